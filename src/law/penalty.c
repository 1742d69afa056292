#include "law/penalty.h"

#include "base/str.h"
#include "law/calendar.h"

#include <limits.h>
#include <stdlib.h>

int law_month_of(civil day)
{
	struct ymd t = civil_ymd(day);
	return t.y * 12 + t.m - 1;
}

civil law_month_first(int month) { return civil_from(month / 12, month % 12 + 1, 1); }
civil law_month_last(int month) { return civil_eom(month / 12, month % 12 + 1); }
const char *law_month_text(struct arena *a, int month) { return arena_fmt(a, "%04d-%02d", month / 12, month % 12 + 1); }

static bool broke(const struct law_violation *v, size_t n, int month, const char *rule)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].month == month && (!rule || str_eq(v[i].rule, rule)))
			return true;
	return false;
}

static int row_of(const struct law_violation *v, size_t n, int month, const char *rule)
{
	int row = 0;
	while (broke(v, n, month - row, rule))
		row++;
	return row;
}

static int by_month(const void *a, const void *b)
{
	const struct law_penalty_month *x = a, *y = b;
	return (x->month > y->month) - (x->month < y->month);
}

static void month_rules(struct arena *a, const struct law_violation *v, size_t n, enum law_penalty_mix mix, struct law_penalty_month *m)
{
	m->rules = ARENA_ARRAY(a, n, const char *);
	for (size_t i = 0; i < n; i++) {
		bool seen = v[i].month != m->month;
		for (size_t k = 0; k < m->n_rules && !seen; k++)
			seen = str_eq(m->rules[k], v[i].rule);
		if (seen)
			continue;
		m->rules[m->n_rules++] = v[i].rule;
		int row = row_of(v, n, m->month, mix == LAW_PENALTY_TOGETHER ? NULL : v[i].rule);
		m->row = row > m->row ? row : m->row;
	}
}

err law_penalty(const struct law_catalogue *law, struct arena *a, const struct law_violation *v, size_t n, enum law_penalty_mix mix,
                struct law_penalty_month **out, size_t *n_out)
{
	*out = ARENA_ARRAY(a, n + 1, struct law_penalty_month);
	*n_out = 0;
	for (size_t i = 0; i < n; i++) {
		bool seen = false;
		for (size_t k = 0; k < *n_out && !seen; k++)
			seen = (*out)[k].month == v[i].month;
		if (seen)
			continue;
		struct law_penalty_month *m = &(*out)[(*n_out)++];
		*m = (struct law_penalty_month){.month = v[i].month};
		month_rules(a, v, n, mix, m);
		TRY(law_number(law, m->row > 1 ? "unten_next_percent" : "unten_first_percent", law_month_first(m->month), &m->percent));
	}
	qsort(*out, *n_out, sizeof **out, by_month);
	return OK;
}

int64_t law_penalty_units(int64_t base_tani, int64_t percent) { return law_round_half_up(base_tani, percent, 100); }

static bool lack_months(civil arose, civil mended, bool this_month, int *first, int *last)
{
	*first = law_month_of(arose) + (this_month ? 0 : 1);
	*last = mended == CIVIL_NONE ? INT_MAX : law_month_of(mended);
	return *first <= *last;
}

bool law_abuse_months(civil arose, civil mended, int *first, int *last) { return lack_months(arose, mended, false, first, last); }
bool law_bcp_months(civil arose, civil mended, int *first, int *last)
{
	return lack_months(arose, mended, civil_ymd(arose).d == 1, first, last);
}

err law_lack_units(const struct law_catalogue *law, int month, int64_t base_tani, int lacks, int64_t *out)
{
	int64_t percent;
	TRY(law_number(law, "lack_percent", law_month_first(month), &percent));
	*out = base_tani - lacks * (base_tani - law_round_half_up(base_tani, 100 - percent, 100));
	return OK;
}
