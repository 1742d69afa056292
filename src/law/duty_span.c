#include "law/duty_span.h"

#include "base/str.h"
#include "law/duty_own.h"
#include "law/numbers.h"

enum { FALLBACK_MONTHS = 12 };

static int of_count(const struct duty_count *k, civil on)
{
	const struct law_number *row = duty_count_row(k, on);
	int64_t n = row ? row->value : k->param ? k->param->number : k->literal;
	return n > 0 && n <= 120 ? (int)n : 1;
}

int duty_span_months(const struct law_catalogue *law, const struct duty_rule *r, civil on)
{
	int64_t n = FALLBACK_MONTHS;
	if (r->kind == DUTY_KIND_standing && r->p.n.set)
		return of_count(&r->p.n, on);
	switch (r->kind) {
	case DUTY_KIND_monthly:
	case DUTY_KIND_on_event:
		return 1;
	case DUTY_KIND_periods:
	case DUTY_KIND_since_last:
		return of_count(&r->p.n, on);
	case DUTY_KIND_visit_within:
		return r->p.by_periods ? of_count(&r->p.n, on) * of_count(&r->p.number, on) : of_count(&r->p.n, on);
	default:
		return law_number(law, "exc_months", on, &n) == OK && n > 0 ? (int)n : FALLBACK_MONTHS;
	}
}

const char *const *duty_span_kinds(struct arena *a, const struct duty_rule *r, size_t *n)
{
	const char *text = duty_rule_view(r)->exceptions;
	*n = 0;
	if (str_blank(str_or(text, "")))
		return NULL;
	return (const char *const *)str_split(a, text, '|', n);
}
