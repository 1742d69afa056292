#include "care/duty_hc.h"

#include "base/house.h"
#include "base/str.h"
#include "law/decide.h"
#include "law/names.h"
#include "sql/q_fee.h"

enum { LARGE_FROM = 6000 }; /* where the row "large" of the table begins; what is over it is divided by the step */

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

struct asked {
	int64_t n;
	bool kinds;
};

/* What the arrangement asks for: how many, and whether the professions are there. */
static struct asked asked_by(const char *outcome, int64_t people, int64_t step, const struct duty_hc_posts *p)
{
	bool all = p->nurse && p->social_worker && p->chief;
	if (str_eq(outcome, "one_two"))
		return (struct asked){1, true};
	if (str_eq(outcome, "two"))
		return (struct asked){2, p->full_time};
	if (str_eq(outcome, "nurse_plus"))
		return (struct asked){2, p->nurse && (p->social_worker || p->chief)};
	return (struct asked){3 + (str_eq(outcome, "large") && step > 0 ? (people - LARGE_FROM) / step : 0), all};
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
	struct asked k = asked_by(d.rule->outcome, people, step ? law_param_int(step, &r->settings.params, duty_run_insurer(r, insurer_org_id), on) : 0, p);
	duty_values_int(v, "population", people);
	duty_values_add(v, "staffing", d.rule->outcome);
	duty_values_int(v, "staff_need", k.n);
	duty_values_int(v, "staff_have", p->n);
	duty_values_add(v, "staffing_ok", k.kinds && p->n >= k.n ? "true" : "false");
	return OK;
}
