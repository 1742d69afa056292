/* survey_own — what the modules of surveys share among themselves. For region/ alone. */
#ifndef TSU_REGION_SURVEY_OWN_H
#define TSU_REGION_SURVEY_OWN_H

#include "region/survey.h"

MUST err survey_has_rounds(struct ctx *c, int64_t survey_id, bool *yes);

/* Faults of one question by column. */
MUST err survey_question_check(struct ctx *c, struct t_survey_question *q);

/* The questions as the three texts of a form. Every condition carries those of the questions it depends on. */
struct survey_texts {
	const char *form, *rules, *meta, *questions;
};
MUST err survey_compose(struct ctx *c, const struct t_survey *s, const struct t_survey_question *q, size_t n, struct survey_texts *out,
	const char ***problems, size_t *n_problems);
struct json *survey_question_json(struct arena *a, const struct t_survey_question *q);
void survey_question_of_json(const struct json *v, struct t_survey_question *q); /* texts borrowed of v */
void survey_diff(struct arena *a, const struct t_survey_question *before, size_t n_before, const struct t_survey_question *after, size_t n_after,
	struct survey_change **v, size_t *n);
struct json *survey_changes_json(struct arena *a, const struct survey_change *v, size_t n);

#endif
