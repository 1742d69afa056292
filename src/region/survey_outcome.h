/* survey_outcome — 変えること: what the owner of a survey will do because of its results; told to all who answered and put on the agenda
 * (C-190). Telling makes the lines visible behind the links of the survey, in the result mail, and as a task of the own organisation.
 * Gate: survey_gate. Ownership: arena. Errors: ERR_INPUT with faults, ERR_CONFLICT. Tests: tests/unit/test_region_survey.c. */
#ifndef TSU_REGION_SURVEY_OUTCOME_H
#define TSU_REGION_SURVEY_OUTCOME_H

#include "region/survey.h"

void survey_outcome_init(const struct t_survey *s, struct t_survey_outcome *row);
MUST err survey_outcomes(struct ctx *c, int64_t survey_id, struct t_survey_outcome **v, size_t *n); /* the caller has passed the gate of the survey */
MUST err survey_outcome_save(struct ctx *c, struct t_survey_outcome *row, struct row_conflict **conflict);
MUST err survey_outcome_retire(struct ctx *c, const char *pid);
MUST err survey_outcome_tell(struct ctx *c, const char *survey_pid);

#endif
