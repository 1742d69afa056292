#include "care/duty_lack.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "care/caseload.h"
#include "care/duty.h"
#include "law/codes.h"
#include "law/penalty.h"
#include "sql/q_fee.h"

#include <limits.h>

static const struct {
	const char *consequence;
	bool (*months)(civil arose, civil mended, int *first, int *last);
} LACKS[] = {{"abuse_gensan", law_abuse_months}, {"bcp_gensan", law_bcp_months}};
enum { N_LACKS = sizeof LACKS / sizeof LACKS[0] };

/* The steps are dealt out by the day of the contract (老企36 第3の7). */
err duty_fee_cases(struct ctx *c, civil month_on, civil last_on, struct duty_fee_case **v, size_t *n)
{
	struct q_fee_cases_row *r;
	struct caseload_summary load;
	TRY(caseload_summary(c, last_on, &load));
	TRY(q_fee_cases(c, &(struct q_fee_cases_in){.org_id = c->actor.org_id, .from_on = month_on, .to_on = last_on}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct duty_fee_case);
	for (size_t i = 0; i < *n; i++) {
		struct duty_fee_case *k = &(*v)[i];
		*k = (struct duty_fee_case){.case_id = r[i].case_id};
		if (load.office.divisor == 0)
			continue;
		k->step = (int64_t)i < load.office.full ? 1 : (int64_t)i < load.office.full + load.office.second ? 2 : 3;
		k->base = law_home_fee(c->house->law, month_on, load.link, k->step, str_or(r[i].level, ""));
	}
	return OK;
}

/* What was lacking so that this month is reduced for it. */
static void lack_of(struct ctx *c, const struct duty_list *l, size_t which, civil month_on, struct duty_lacks *out)
{
	struct duty_lack_part *part = ARENA_ARRAY(c->arena, l->n + 1, struct duty_lack_part);
	size_t n = 0;
	int month = law_month_of(month_on), from = INT_MAX, to = INT_MIN, first, last;
	for (size_t i = 0; i < l->n; i++) {
		const struct duty_item *x = &l->v[i];
		if (!str_eq(x->rule->consequence, LACKS[which].consequence) || x->due_on == CIVIL_NONE || !LACKS[which].months(x->due_on + 1, x->mended_on, &first, &last) ||
		    month < first || month > last)
			continue;
		part[n++] = (struct duty_lack_part){x->rule->id, x->rule->title, x->rule->source, x->due_on + 1, x->mended_on};
		from = first < from ? first : from;
		to = last > to ? last : to;
	}
	if (n)
		out->v[out->n++] = (struct duty_lack){.label = law_code_label(c->house->law, "duty_consequence", LACKS[which].consequence), .first = law_month_first(from),
			.last = to == INT_MAX ? CIVIL_OPEN : law_month_first(to), .v = part, .n = n};
}

static int64_t percent_left(const struct duty_fee_cut *cuts, size_t n, int64_t case_id)
{
	for (size_t i = 0; i < n; i++)
		if (cuts[i].case_id == case_id)
			return cuts[i].percent;
	return 100;
}

err duty_lacks_read(struct ctx *c, civil month_on, const struct duty_fee_case *cases, size_t n, const struct duty_fee_cut *cuts, size_t n_cuts,
                    struct duty_lacks *out)
{
	struct duty_list l;
	*out = (struct duty_lacks){.cases = (int64_t)n};
	if (c->actor.org_id <= 0 || policy_check_own(c, c->actor.org_id, CLASS_MEETING, ACTION_SEE) != OK)
		return OK;
	out->judged = true;
	TRY(duty_list(c, &(struct duty_list_query){.statuses = DUTY_SEES(DUTY_OVERDUE),
		.q = {.on = c->today, .from = month_on, .org_id = c->actor.org_id, .subjects = DUTY_OF_OFFICE}}, &l));
	for (size_t k = 0; k < N_LACKS; k++)
		lack_of(c, &l, k, month_on, out);
	if (!out->n)
		return OK;
	err e = law_number(c->house->law, "lack_percent", month_on, &out->percent);
	if (e == ERR_NOTFOUND) { /* before the reduction began */
		out->n = 0;
		return OK;
	}
	TRY(e);
	for (size_t i = 0; i < n; i++) {
		int64_t left, units = cases[i].base ? law_penalty_units(cases[i].base->value, percent_left(cuts, n_cuts, cases[i].case_id)) : 0;
		TRY(law_lack_units(c->house->law, law_month_of(month_on), units, (int)out->n, &left));
		out->unknown += !cases[i].base;
		out->before += units;
		out->after += left;
	}
	return OK;
}
