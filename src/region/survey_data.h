/* survey_data — the answers of a survey as the columns that are tabulated (region/tab).
 *
 * Questions are matched by key over all published versions; what a change of wording breaks opens a new series (C-174). A question that a
 * branch hid is HIDDEN, one that was asked and left open is BLANK; only handed-in answers count. Counts per option are NUMBER questions of
 * their own that name the option they count; rows of a matrix are SINGLE questions.
 * Who may: the owner (survey_gate, owner = true unless anonymous); an organisation that was asked, for the whole beside its own answers
 * (owner = false: small cells stay hidden), of rounds that are over: nobody may see an answer arrive. Ownership: arena. Errors: those of the gate, ERR_JSON.
 * Tests: tests/unit/test_region_survey.c. */
#ifndef TSU_REGION_SURVEY_DATA_H
#define TSU_REGION_SURVEY_DATA_H

#include "region/survey.h"
#include "region/tab.h"

/* round_pid "" = all rounds. */
MUST err survey_data_load(struct ctx *c, const char *survey_pid, const char *round_pid, struct tab_data **out);
/* The same with the number of the row of each answer (survey_answer, or survey_anon_answer of an anonymous survey): for coding. */
MUST err survey_data_rows(struct ctx *c, const char *survey_pid, struct tab_data **out, const int64_t **row_ids);
/* For print outside the house (C-193): the rounds nobody can answer any more, small cells hidden, whoever reads it. Gate as survey_data_load. */
MUST err survey_data_public(struct ctx *c, const char *survey_pid, struct tab_data **out);
/* For an organisation that was asked: the rounds nobody can answer any more, together. ERR_SURVEY_OPEN while its own round is open. */
MUST err survey_data_own(struct ctx *c, const char *invitation_pid, struct tab_data **out, const char **unit_id);

/* 集計の指定: tables beyond the usual ones (C-180, C-184) and 事例紹介 (C-189); what: cross, trait, rule, mean, case; note = 考察.
 * base: of a rule latest, last, first, any, all; of a mean ticked, either, answering, all, units, frame, every. */
void survey_cut_init(const struct t_survey *s, struct t_survey_cut *row);
MUST err survey_cuts(struct ctx *c, int64_t survey_id, struct t_survey_cut **v, size_t *n);
MUST err survey_cut_save(struct ctx *c, struct t_survey_cut *row, struct row_conflict **conflict);
MUST err survey_cut_retire(struct ctx *c, const char *pid);

#endif
