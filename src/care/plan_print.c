/* The forms of plans for many people at once (care/printables): every version that was or is to be used, oldest first. */
#include "access/policy.h"
#include "base/str.h"
#include "care/plan_fill.h"
#include "care/printables_of.h"

static err docs(struct ctx *c, const struct person *p, const struct printable_period *period, const char *form_id, struct printable_docs *out)
{
	struct plan_row *rows;
	size_t n;
	bool later = false; /* a newer one of the period has been seen */
	TRY(policy_check(c, p->id, CLASS_CARE, ACTION_PRINT));
	TRY(plan_list(c, p->pid, str_eq(form_id, "yobo-keikaku") ? "prevention" : "home", &rows, &n));
	bool *wanted = ARENA_ARRAY(c->arena, n + 1, bool);
	for (size_t i = 0; i < n; i++) { /* newest first */
		wanted[i] = printable_in(period, rows[i].plan_on) && !str_eq(rows[i].status, "cancelled") && !(period->newest && later);
		later = later || wanted[i];
	}
	for (size_t i = n; i-- > 0;) {
		struct plan_tree t;
		struct view_source s;
		if (!wanted[i])
			continue;
		TRY(plan_get(c, rows[i].pid, &t));
		TRY(plan_source(c, &t, form_id, &s));
		printable_add_fill(c, out, s.f, s.notice);
	}
	return OK;
}

#define DOCS(fn, form_id)                                                                                                  \
	err fn(struct ctx *c, const struct person *p, const struct printable_period *period, struct printable_docs *out)   \
	{                                                                                                                  \
		return docs(c, p, period, form_id, out);                                                                   \
	}
DOCS(printables_kyotaku_1, "kyotaku-1")
DOCS(printables_kyotaku_2, "kyotaku-2")
DOCS(printables_kyotaku_3, "kyotaku-3")
DOCS(printables_yobo_keikaku, "yobo-keikaku")
