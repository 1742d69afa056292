#include "care/office_terms.h"

#include "base/house.h"
#include "base/str.h"
#include "sql/q_fee.h"

enum { CLOSED_MOST = 400 };

err office_calendar(struct ctx *c, int64_t org_id, civil from, civil to, struct law_calendar *out)
{
	struct q_office_terms_row *r;
	size_t n, n_days = 0;
	*out = law_calendar_of(c->house->law, NULL, 0);
	TRY(q_office_terms(c, &(struct q_office_terms_in){.org_id = org_id, .kind = "closed", .from_on = from, .to_on = to}, &r, &n));
	if (n == 0)
		return OK;
	civil *days = ARENA_ARRAY(c->arena, CLOSED_MOST, civil);
	for (size_t i = 0; i < n; i++)
		for (civil d = r[i].from_on > from ? r[i].from_on : from; d <= to && d <= r[i].to_on && n_days < CLOSED_MOST; d++)
			days[n_days++] = d;
	*out = law_calendar_of(c->house->law, days, n_days);
	return OK;
}

err office_has_link(struct ctx *c, int64_t org_id, civil on, bool *out)
{
	struct q_office_terms_row *r;
	size_t n;
	*out = false;
	TRY(q_office_terms(c, &(struct q_office_terms_in){.org_id = org_id, .kind = "fee_link", .from_on = on, .to_on = on}, &r, &n));
	*out = n > 0;
	return OK;
}

err office_reasons(struct ctx *c, int64_t org_id, civil from, civil to, struct office_reason **v, size_t *n)
{
	static const struct { const char *kind; int number; } kinds[] = {{"conc_1", 1}, {"conc_2", 2}, {"conc_5", 5}, {"conc_6", 6}};
	size_t cap = 0;
	*v = NULL;
	*n = 0;
	for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
		struct q_office_terms_row *r;
		size_t m;
		TRY(q_office_terms(c, &(struct q_office_terms_in){.org_id = org_id, .kind = kinds[k].kind, .from_on = from, .to_on = from}, &r, &m));
		struct office_reason *grown = ARENA_ARRAY(c->arena, cap + m + 1, struct office_reason);
		for (size_t i = 0; i < *n; i++)
			grown[i] = (*v)[i];
		*v = grown;
		cap += m;
		for (size_t i = 0; i < m; i++)
			if (r[i].to_on == CIVIL_NONE || r[i].to_on >= to)
				(*v)[(*n)++] = (struct office_reason){.pid = r[i].pid, .service = r[i].what, .content = r[i].content, .partner = r[i].partner,
					.number = kinds[k].number, .offices = kinds[k].number == 1 ? r[i].units : INT_NULL, .on_day = r[i].on_day};
	}
	return OK;
}
