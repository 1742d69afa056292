/* survey_differ — where an answer says something else than the records did when it was filled in (F081).
 *
 * What the records cover stands in full: joint work, programme, occasions and their counts, timings, reasons. A count they do not have is 0 there,
 * a tick they do not have is 「なし」, so that what was added shows like what was changed. Of the rest (opinions, plans) only what the records
 * named is compared. Handed-in answers of named rounds alone.
 * Gate: survey_gate of the survey (see; export for the file). Ownership: arena. Errors: those of the gate.
 * Tests: tests/unit/test_region_survey.c. */
#ifndef TSU_REGION_SURVEY_DIFFER_H
#define TSU_REGION_SURVEY_DIFFER_H

#include "region/survey_round.h"

struct survey_difference {
	const char *label, *was, *now; /* was: 「なし」 and 0 where the records cover it and have none; now "" = left blank */
};
/* Of an answer in hand. known NULL: the survey fills nothing in, no rows. */
MUST err survey_differences(struct ctx *c, const struct answers *known, const struct answers *given, struct survey_difference **v, size_t *n);
/* How many per seat. INT_NULL: not handed in, or nothing was filled in. */
MUST err survey_differing(struct ctx *c, const char *round_pid, const struct survey_seat *seats, size_t n, int64_t **counts);
/* One row per difference: number, target, question, 記録では, 回答では. */
MUST err survey_differing_csv(struct ctx *c, const char *round_pid, const char **bytes, size_t *n);

#endif
