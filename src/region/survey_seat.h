/* survey_seat — what the modules of a survey's rounds share among themselves. For region/ alone. */
#ifndef TSU_REGION_SURVEY_SEAT_H
#define TSU_REGION_SURVEY_SEAT_H

#include "region/survey_round.h"

/* The round and its survey, gated for the action. */
MUST err survey_round_for(struct ctx *c, const char *pid, enum action a, struct t_survey_round *r, struct t_survey *s);
/* The invitation, its round and survey, gated. */
MUST err survey_seat_for(struct ctx *c, const char *invitation_pid, enum action a, struct t_survey_invitation *i, struct t_survey_round *r, struct t_survey *s);
/* What the front knows of the round is made equal to it. _show: only if it has been asked of anybody yet. */
MUST err survey_round_front(struct ctx *c, const struct t_survey *s, const struct t_survey_round *r);
MUST err survey_round_show(struct ctx *c, const struct t_survey *s, const struct t_survey_round *r);
/* 結果と変えること, for those who answered (C-190); "" while nothing was told. */
MUST err survey_results_text(struct ctx *c, const struct t_survey *s, const char **text);
/* What the records say about the target in the period of the round, as answers; NULL if the survey asks for nothing in advance. */
MUST err survey_prefill(struct ctx *c, const struct t_survey *s, const struct t_survey_round *r, const struct form_def *def, int64_t org_id, struct answers **out);
bool survey_prefill_covers(const char *path); /* do the records say 0 or none of this item where they say nothing? */
/* Answers as they are stored: hidden ones left out. */
MUST err survey_store_answers(struct ctx *c, const struct answers *as, const char **json);
MUST err survey_read_answers(struct ctx *c, const struct form_def *def, const char *json, struct answers **out);

#endif
