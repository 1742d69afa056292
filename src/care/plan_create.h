/* plan_create — a new plan with everything that is known already, from an assessment, or copied from the version before.
 *
 * Known at creation: certification (period, level, day, 申請中), author and office, 初回作成日 and 初回・継続 (from earlier plans of
 * the organisation for the person), 委託. From an assessment: wishes, needs from its items flagged 課題に挙げる, areas for 予防.
 * A copy carries head texts and all children with origin_id, each marked as untouched until somebody changes it (F051).
 * Sources: forms-careplan §2.2, §3.1; 居宅基準13条6–8号, 予防基準30条6–8号. Gate: WRITE of class care.
 * Ownership: arena. Errors: of policy_check, ERR_NOTFOUND, ERR_PLAN_STATE (the case is closed; an 原案 is open already; the case is another
 * organisation's and its 原案 is not commissioned to the actor's).
 * Tests: tests/unit/test_care_plan.c. */
#ifndef TSU_CARE_PLAN_CREATE_H
#define TSU_CARE_PLAN_CREATE_H

#include "care/plan.h"

/* kind: home or prevention; from_assessment_pid: "" or NULL = empty. There is one open 原案 per case and kind. */
MUST err plan_create(struct ctx *c, const char *case_pid, const char *kind, const char *from_assessment_pid, const char **pid);
/* A new 原案 of the same case from any earlier version: the next version_no, change_kind full. */
MUST err plan_copy(struct ctx *c, const char *pid, const char **new_pid);
/* Inside a transaction, the caller has passed the gate: copies head texts and children of `from` into the new row. The
 * caller has filled kind, case and numbers; marked: F051. */
MUST err plan_copy_into(struct ctx *c, const struct plan_tree *from, struct t_plan *row, bool marked);

/* Text of the plan that is copied and untouched, in per cent of all text; -1 if there is none. */
int plan_untouched_percent(const struct plan_tree *t);
/* Is this head column marked as copied and untouched? */
bool plan_head_untouched(const struct t_plan *p, const char *column);

/* kind of plan for a kind of case: home → home, the others → prevention. Static. */
const char *plan_kind_of_case(const char *case_kind);

#endif
