/* evaluate — 評価: 介護予防支援・サービス評価表 (form yobo-hyoka) and 評価表 (form hyoka-hyo) of a plan, and the set of papers before it ends.
 *
 * Sources: 予防基準30条17号 (評価), forms-careplan §2.3, §5.3. Goals and services come from the plan, the state of each goal from
 * the last モニタリング. An unmet goal needs both causes (本人・家族, 計画作成者). Where the plan was commissioned (原案委託) the centre adds its
 * opinion and decision; until then a task of the centre is open. Results lead on: △ to 目標期間の延長 (軽微な変更), × to a change.
 * Gate: class care of the person. Ownership: arena. Errors: ERR_INPUT with faults ("row.0.status" …), ERR_CONFLICT, ERR_PLAN_STATE,
 * of policy_check. Tests: tests/unit/test_care_visit.c, tests/http/test_visit.py.
 */
#ifndef TSU_CARE_EVALUATE_H
#define TSU_CARE_EVALUATE_H

#include "care/paper.h"
#include "register/history.h"
#include "sql/tables.h"
#include "store/revision.h"

struct evaluate_tree {
	struct t_evaluation row;
	struct t_evaluation_row *rows;
	size_t n_rows;
	const char *person_pid, *person_name, *plan_pid, *plan_kind, *case_pid, *case_kind, *org_name, *updated_by;
	bool may_write;
	bool may_opine; /* the actor is of the centre that commissioned the plan */
	const char *commission_pid, *commission_status; /* 原案委託 it belongs to; "" = none that has been taken on */
	bool is_handed;  /* handed in to the centre by the office */
	bool is_resting; /* handed in and not returned: the office may not change it now */
};

/* form: "yobo-hyoka", "hyoka-hyo" or "" = that of the plan's kind. plan_pid "" = the one in use today. */
MUST err evaluate_new(struct ctx *c, const char *person_pid, const char *plan_pid, const char *form, struct evaluate_tree *out);
MUST err evaluate_get(struct ctx *c, const char *pid, struct evaluate_tree *out);
MUST err evaluate_list(struct ctx *c, const char *person_pid, struct evaluate_tree **v, size_t *n); /* heads, newest first */
/* As monitor_save. */
MUST err evaluate_save(struct ctx *c, struct evaluate_tree *t, struct row_conflict **conflict);
/* The centre's opinion and decision (eval_decision) on the evaluation of a commissioned plan. */
MUST err evaluate_opine(struct ctx *c, const char *pid, const char *opinion, const char *decision);
MUST err evaluate_history(struct ctx *c, const char *pid, struct history_act **v, size_t *n); /* as monitor_history */
MUST err evaluate_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid);
MUST err evaluate_follow_bin(struct ctx *c, int64_t row_id, bool alive); /* for care/start */
MUST err evaluate_paper(struct ctx *c, const char *pid, enum paper_kind kind, const char **bytes, size_t *n);

/* What the results lead to: "" nothing, "minor" 目標期間の延長, "full" a change, "end". Static. */
const char *evaluate_next(const struct evaluate_tree *t);

/* The task "evaluation" of the plan in use (0 = none): due on its last day, settled once it is evaluated. Inside a transaction. */
MUST err evaluate_refresh(struct ctx *c, const struct t_care_case *k, int64_t plan_id);
/* A plan was saved or changed its state (care/plan_follow): its tasks and those of its case follow. */
MUST err evaluate_follow_plan(struct ctx *c, const struct t_plan *p);

/* ---- 更新の一組 (F057) ---- */
struct renewal_item {
	const char *code;    /* evaluation assess plan meeting */
	const char *label;   /* 評価 … */
	const char *state;   /* まだ, 下書き, すみ */
	const char *detail;  /* day or what stands; "" */
	const char *path, *button;
	bool done;
};
struct renewal {
	const char *person_pid, *plan_pid, *plan_kind;
	civil plan_to_on, cert_to_on; /* CIVIL_NONE unknown */
	civil due_on;                 /* the earlier of the two */
	bool near;                    /* within renewal_days */
	struct renewal_item v[4];
	size_t n;
};
/* *found false: no plan in use. */
MUST err evaluate_renewal(struct ctx *c, const char *person_pid, struct renewal *out, bool *found);

#endif
