/* plan_fill — the official forms of a plan: kyotaku-1, -2, -3 and yobo-keikaku, filled from its rows (F040–F042).
 *
 * 第2表 and the table of the 予防 form get one row per service (or per goal, per need where nothing follows). A 軽微な変更 stands
 * on the same sheet: what changed since the sheet was first made is struck through after the day of the change (forms-careplan
 * §6.1). A slot over midnight is drawn as two. Gate: PRINT of the form's class by view_paper; SEE by plan_get.
 * Ownership: arena. Errors: of care/fill. Tests: tests/unit/test_care_plan_flow.c. */
#ifndef TSU_CARE_PLAN_FILL_H
#define TSU_CARE_PLAN_FILL_H

#include "care/fill.h"
#include "care/plan.h"
#include "care/view_paper.h"

MUST err plan_fill(struct ctx *c, const struct plan_tree *t, const char *form_id, struct fill *f);
/* The forms of the plan's kind, in order; static. */
const char *const *plan_forms(const char *kind, size_t *n);
/* What view_paper prints, with 「原案」 or 「暫定」 on it while it is one. */
MUST err plan_source(struct ctx *c, const struct plan_tree *t, const char *form_id, struct view_source *s);
/* PDF or Excel of one form, by the pid of the plan. */
MUST err plan_paper(struct ctx *c, const char *pid, const char *form_id, enum paper_kind kind, const char **bytes, size_t *n);

#endif
