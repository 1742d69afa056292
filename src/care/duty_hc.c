#include "care/duty_hc.h"

#include "base/house.h"
#include "base/str.h"
#include "law/decide.h"
#include "law/names.h"
#include "law/numbers.h"
#include "sql/q_fee.h"

/* The number that was written down last for a day up to this one. */
static err written(struct ctx *c, int64_t org_id, civil on, int64_t *people, const char **council)
{
	struct q_office_terms_row *r;
	size_t n;
	civil last = CIVIL_NONE;
	*people = INT_NULL;
	*council = "";
	TRY(q_office_terms(c, &(struct q_office_terms_in){.org_id = org_id, .kind = "population", .from_on = on, .to_on = on}, &r, &n));
	for (size_t i = 0; i < n; i++)
		if (r[i].units != INT_NULL && (last == CIVIL_NONE || r[i].from_on >= last)) {
			last = r[i].from_on;
			*people = r[i].units;
			*council = r[i].what;
		}
	return OK;
}

/* How many the arrangement asks for (law/numbers.tsv hc_need_*), and for each step beyond the border one more. */
static err asked_by(const struct law_catalogue *law, struct arena *a, const char *outcome, int64_t people, int64_t step, civil on, int64_t *n)
{
	int64_t border;
	TRY(law_number(law, arena_fmt(a, "hc_need_%s", outcome), on, n));
	if (!str_eq(outcome, "large") || step <= 0)
		return OK;
	TRY(law_number(law, "hc_large_from", on, &border));
	*n += (people - border) / step;
	return OK;
}

/* Which of the professions must be among them. */
static bool kinds_there(const char *outcome, const struct duty_hc_posts *p)
{
	if (str_eq(outcome, "one_two"))
		return true;
	if (str_eq(outcome, "two"))
		return p->full_time;
	if (str_eq(outcome, "nurse_plus"))
		return p->nurse && (p->social_worker || p->chief);
	return p->nurse && p->social_worker && p->chief;
}

err duty_hc_values(struct ctx *c, const struct duty_run *r, struct duty_values *v, int64_t org_id, int64_t insurer_org_id, civil on, const struct duty_hc_posts *p)
{
	const struct law_catalogue *law = c->house->law;
	const struct law_param *step = law_param_find(law, "hc_large_step");
	struct law_decision d;
	int64_t people;
	const char *council;
	TRY(written(c, org_id, on, &people, &council));
	if (people == INT_NULL)
		return OK;
	const char *number = arena_fmt(c->arena, "%lld", (long long)people);
	const struct law_input in[] = {{"population", law_name_or(law, "input", "hc_staff.population", ""), number, number},
		{"council", law_name_or(law, "input", "hc_staff.council", ""), council, council}};
	TRY(law_decide(c, law, "hc_staff", on, in, sizeof in / sizeof in[0], &d));
	if (!d.rule)
		return OK;
	int64_t need;
	TRY(asked_by(law, v->a, d.rule->outcome, people, step ? law_param_int(step, &r->settings.params, duty_run_insurer(r, insurer_org_id), on) : 0, on, &need));
	duty_values_int(v, "population", people);
	duty_values_add(v, "staffing", d.rule->outcome);
	duty_values_int(v, "staff_need", need);
	duty_values_int(v, "staff_have", p->n);
	duty_values_add(v, "staffing_ok", kinds_there(d.rule->outcome, p) && p->n >= need ? "true" : "false");
	return OK;
}
