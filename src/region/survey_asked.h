/* survey_asked — who was asked in a round, and since when (community-process C-173, C-175): a name on the list is no request.
 * For region/survey_data only. Ownership: arena. Tests: tests/unit/test_region_survey.c. */
#ifndef TSU_REGION_SURVEY_ASKED_H
#define TSU_REGION_SURVEY_ASKED_H

#include "region/survey.h"
#include "region/tab.h"
#include "sql/q_survey.h"

struct survey_asking {
	struct arena *a;
	const struct t_survey *survey;
	const struct t_survey_round *rounds;
	size_t n_rounds;
	struct q_survey_invited_ids_row *const *invited; /* [n_rounds] the lists; target_id has become the index of the unit + 1, 0 not in the data */
	const size_t *n_invited;
	civil today;
};
/* Fills d->waiting, and asked_on, planned and (anonymous) n_invited of the rounds, which are those of d. After the answers are there. */
void survey_asked(const struct survey_asking *x, struct tab_data *d, struct tab_round *rounds);

#endif
