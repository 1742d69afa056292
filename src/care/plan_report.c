#include "care/plan_report.h"

#include "access/policy.h"
#include "base/str.h"
#include "care/plan_check.h"
#include "care/plan_flow.h"
#include "sql/q_plan.h"

err plan_informal(struct ctx *c, civil from, civil to, struct plan_month **v, size_t *n)
{
	struct q_plan_informal_by_month_row *r;
	TRY(q_plan_informal_by_month(c, &(struct q_plan_informal_by_month_in){.from_on = from, .to_on = to}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct plan_month);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct plan_month){r[i].month, r[i].plans, r[i].informal};
	return OK;
}

err plan_concentration(struct ctx *c, civil from, civil to, struct plan_share **v, size_t *n)
{
	struct q_plan_concentration_row *r;
	struct q_plan_type_totals_row *all;
	size_t n_all;
	int limit = plan_term_days("concentration_pct", to);
	TRY(q_plan_concentration(c, &(struct q_plan_concentration_in){.from_on = from, .to_on = to}, &r, n));
	TRY(q_plan_type_totals(c, &(struct q_plan_type_totals_in){.from_on = from, .to_on = to}, &all, &n_all));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct plan_share);
	for (size_t i = 0; i < *n; i++) {
		const char *label = plan_type_label_ja(r[i].type_code);
		struct plan_share *s = &(*v)[i];
		*s = (struct plan_share){.type_code = r[i].type_code, .type = *label ? label : r[i].type, .body = r[i].body, .plans = r[i].plans};
		for (size_t k = 0; k < n_all; k++)
			if (str_eq(all[k].type_code, r[i].type_code))
				s->of = all[k].plans;
		s->over = limit && s->of && 100 * s->plans > limit * s->of;
	}
	return OK;
}

err plan_start_cases(struct ctx *c, int64_t person_id, struct plan_start **v, size_t *n)
{
	TRY(policy_check(c, person_id, CLASS_CARE, ACTION_SEE));
	struct q_plan_cases_row *r;
	TRY(q_plan_cases(c, &(struct q_plan_cases_in){.person_id = person_id}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct plan_start);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct plan_start){.pid = r[i].pid, .kind = r[i].kind, .org_name = r[i].org_name, .done_on = CIVIL_NONE};
	return OK;
}

err plan_start_assessments(struct ctx *c, int64_t person_id, struct plan_start **v, size_t *n)
{
	TRY(policy_check(c, person_id, CLASS_CARE, ACTION_SEE));
	struct q_plan_assessments_row *r;
	TRY(q_plan_assessments(c, &(struct q_plan_assessments_in){.person_id = person_id}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct plan_start);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct plan_start){.pid = r[i].pid, .kind = "", .org_name = "", .done_on = r[i].done_on,
		                              .confirmed = str_eq(r[i].status, "confirmed")};
	return OK;
}
