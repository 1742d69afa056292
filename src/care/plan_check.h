/* plan_check — what stands against explaining and agreeing to a plan (F044, F045, F049), each with the rule it comes from.
 *
 * Rules are dated rows of plan_checks.tbl.h; kinds of services are rows of plan_types.tbl.h. A block stops plan_explain and
 * plan_consent; a warning is read and may stand. Nothing here writes. Gate: that of plan_get (the tree is at hand); what
 * the actor may not see (meetings, checklist) is not judged. Ownership: arena.
 * Sources: in the rows. Tests: tests/unit/test_care_plan_check.c (each rule: one plan that has it, one that has not). */
#ifndef TSU_CARE_PLAN_CHECK_H
#define TSU_CARE_PLAN_CHECK_H

#include "care/plan.h"

struct plan_problem {
	const char *code;      /* of the rule */
	bool is_block;
	const char *sentence;  /* what is wrong and the mend, naming the row */
	enum plan_part part;   /* where to jump: PLAN_HEAD or the part … */
	const char *key;       /* … pid of the row, "" for the head */
	const char *column;    /* … and the column, "" for the whole row */
	const char *source, *confidence;
};
MUST err plan_check(struct ctx *c, const struct plan_tree *t, struct plan_problem **v, size_t *n);
/* Where it is mended: the editor's field (its names are those of plan_save), the week for 第3表, the meeting or the assessment that is missing. Arena. */
const char *plan_problem_path(struct arena *a, const struct plan_tree *t, const struct plan_problem *p);
/* What the register's certification says against that of the plan (a result came, the level or the period changed): one sentence, or
 * "" when nothing is new. For plans in use, where nothing is checked any more. */
MUST err plan_cert_news(struct ctx *c, const struct plan_tree *t, const char **sentence);
/* A commissioned plan that was agreed to before the centre had checked the draft, or is not checked: one sentence, or "". */
const char *plan_centre_news(struct ctx *c, const struct plan_tree *t);
/* Number of blocks among them. */
size_t plan_blocks(const struct plan_problem *v, size_t n);

/* Kinds of services by 種類コード. */
const char *plan_type_label_ja(const char *type_code); /* static; "" if unknown */
bool plan_type_is_medical(const char *type_code);
bool plan_type_is_equipment(const char *type_code);
bool plan_type_is_sale(const char *type_code); /* equipment sold; the rest of it is hired out */
bool plan_type_is_short_stay(const char *type_code); /* 短期入所生活介護・療養介護: a time is a day */
bool plan_type_has_no_plan(const char *type_code); /* no 個別サービス計画 is asked for */
size_t plan_type_count(void);
const char *plan_type_code(size_t i);

/* The label of a row for sentences: 課題1「…」. */
const char *plan_row_ja(struct ctx *c, enum plan_part part, const void *row);

#endif
