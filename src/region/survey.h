/* survey — 調査: what is asked of whom; its questions while they are designed; their publication as a form.
 *
 * A survey is made blank, from a shipped template (share/surveys/<id>.json) or from another survey. Its questions are rows with stable
 * keys; survey_publish composes them into a form of kind answers, has it checked as every form is, and freezes it (survey_form). A round
 * (region/survey_round) asks one published version; what differs from the version before is kept word by word (C-174).
 * Named or anonymous: once the first round exists it cannot change.
 * Gate: the organisation's own, class statistics. Source: community-process §3.7, §4.15 (C-167, C-168, C-174, C-176).
 * Units: civil days. Ownership: arena; tables static. Errors: ERR_INPUT with faults by column, ERR_SURVEY_FIXED, ERR_CONFLICT, those of the gate.
 * Tests: tests/unit/test_region_survey.c, tests/http/test_survey.py. */
#ifndef TSU_REGION_SURVEY_H
#define TSU_REGION_SURVEY_H

#include "form/answer.h"
#include "sql/tables.h"
#include "store/revision.h"

enum survey_kind {
#define SURVEY_KIND(code, name, label, options) SURVEY_##name,
#include "region/survey_kinds.tbl.h"
#undef SURVEY_KIND
	SURVEY_KIND_COUNT
};
/* Lists of codes with their labels, for choices: n of them, i from 0; static. */
struct survey_word {
	const char *code, *label;
};
enum survey_list { SURVEY_UNITS, SURVEY_KINDS, SURVEY_MODES, SURVEY_ROLES };
const struct survey_word *survey_words(enum survey_list which, size_t *n);
const char *survey_label(enum survey_list which, const char *code); /* "" if unknown */
const char *survey_unit_counter(const char *unit);                   /* か所, 人 */
const char *survey_unit_short(const char *unit);                     /* 包括 … */
int survey_kind_of(const char *code);                                /* -1 if unknown */

/* ---- surveys --------------------------------------------------------------------------------------------------------- */
void survey_init(struct ctx *c, struct t_survey *row);
MUST err survey_gate(struct ctx *c, const struct t_survey *row, enum action a);
MUST err survey_get(struct ctx *c, const char *pid, struct t_survey *out);
MUST err survey_load(struct ctx *c, int64_t id, struct t_survey *out); /* gated too */
MUST err survey_save(struct ctx *c, struct t_survey *row, struct row_conflict **conflict); /* id 0 = new */
MUST err survey_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid);
struct survey_line {
	const char *pid, *title, *unit;
	bool is_anonymous;
	int64_t n_rounds, n_targets;
	civil opens_on, closes_on; /* of the round that is open, else of the last one begun, else of a planned one; CIVIL_NONE: none */
};
MUST err survey_list(struct ctx *c, struct survey_line **v, size_t *n);
/* A new survey with the questions, groups and frame of another one. */
MUST err survey_copy(struct ctx *c, const char *pid, const char *title, const char **new_pid);

/* ---- questions ------------------------------------------------------------------------------------------------------- */
struct survey_choice {
	const char *code, *label;
};
MUST err survey_questions(struct ctx *c, int64_t survey_id, struct t_survey_question **v, size_t *n);
MUST err survey_question_get(struct ctx *c, const char *pid, struct t_survey_question *out);
void survey_question_init(const struct t_survey *s, struct t_survey_question *row);
/* id 0 = new, at the end. Codes are given to options without one; a code in use stays with its label's line. */
MUST err survey_question_save(struct ctx *c, struct t_survey_question *row, struct row_conflict **conflict);
MUST err survey_question_retire(struct ctx *c, const char *pid);
MUST err survey_question_move(struct ctx *c, const char *pid, int steps); /* -1 up, +1 down */
/* Lines "code label" as choices; a line without code gets the next free number. Faults on `field`. */
MUST err survey_choices(struct ctx *c, const char *field, const char *lines, struct survey_choice **v, size_t *n);
const char *survey_choices_text(struct arena *a, const struct survey_choice *v, size_t n); /* normal form of the lines */

/* ---- published versions ---------------------------------------------------------------------------------------------- */
struct survey_change {
	const char *key, *what, *before, *after; /* what: 質問文 選択肢 … in Japanese */
	bool breaks;                             /* answers before and after cannot be added up: tabulated apart */
};
/* Composes, checks, freezes. *problems: lines of the check, each a plain sentence naming the question. A text that equals the newest
 * version publishes nothing new and gives that one. */
MUST err survey_publish(struct ctx *c, const char *pid, const char *note, struct t_survey_form *out, const char ***problems, size_t *n);
/* The draft as a form, for the preview; the same problems. */
MUST err survey_preview(struct ctx *c, const struct t_survey *s, const struct form_def **def, const char ***problems, size_t *n);
MUST err survey_forms(struct ctx *c, int64_t survey_id, struct t_survey_form **v, size_t *n); /* by no; gated through the survey by the caller */
MUST err survey_form_def(struct ctx *c, const struct t_survey_form *f, const struct form_def **def);
MUST err survey_form_questions(struct ctx *c, const struct t_survey_form *f, struct t_survey_question **v, size_t *n);
MUST err survey_form_changes(struct ctx *c, const struct t_survey_form *f, struct survey_change **v, size_t *n);

/* ---- templates ------------------------------------------------------------------------------------------------------- */
struct survey_template {
	const char *id, *title, *purpose, *unit, *source;
	bool is_anonymous;
};
MUST err survey_templates(struct ctx *c, struct survey_template **v, size_t *n);
MUST err survey_from_template(struct ctx *c, const char *id, const char **pid);

/* The names of form items of a question: "key"; "key_other"; "key_<code>_n" and "key_<code>_detail"; "key_<part>" of a matrix. */
const char *survey_item(struct arena *a, const char *key, const char *suffix);

#endif
