#include "law/calendar.h"

#include "base/str.h"
#include "law/files.h"

struct loading {
	struct arena *keep;
	struct law_holiday *v;
	size_t n, cap;
};

/* day name source confidence; in the order of days */
static err holiday_row(struct ctx *c, const struct law_row *r, void *arg)
{
	struct loading *l = arg;
	l->v = law_grow(l->keep, l->v, l->n, &l->cap, sizeof *l->v);
	struct law_holiday *h = &l->v[l->n];
	*h = (struct law_holiday){.name = r->field[1], .source = r->field[2], .confidence = r->field[3]};
	TRY(law_row_filled(c, r, 0xf));
	if (!civil_parse(r->field[0], &h->day))
		return law_cell_fault(c, r, 0, "日付ではないものが書かれています（例: 2027-01-01）。");
	if (l->n && l->v[l->n - 1].day >= h->day)
		return law_cell_fault(c, r, 0, "日付の順に並んでいません。");
	l->n++;
	return OK;
}

err law_calendar_load(struct ctx *c, struct arena *keep, const struct law_source *src, struct law_catalogue *cat)
{
	struct loading l = {.keep = keep};
	TRY(law_read_tsv(c, keep, src, "holidays.tsv", law_file_head("holidays.tsv"), holiday_row, &l));
	cat->holidays = l.v;
	cat->n_holidays = l.n;
	return OK;
}

struct law_calendar law_calendar_of(const struct law_catalogue *law, const civil *closed, size_t n_closed)
{
	return (struct law_calendar){law->holidays, law->n_holidays, closed, n_closed};
}

const struct law_holiday *law_holiday_find(const struct law_calendar *k, civil day)
{
	size_t lo = 0, hi = k->n_holidays;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (k->holidays[mid].day < day)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < k->n_holidays && k->holidays[lo].day == day ? &k->holidays[lo] : NULL;
}

bool law_calendar_known(const struct law_calendar *k, civil day)
{
	return k->n_holidays && civil_ymd(day).y >= civil_ymd(k->holidays[0].day).y &&
	       civil_ymd(day).y <= civil_ymd(k->holidays[k->n_holidays - 1].day).y;
}

bool law_open_day(const struct law_calendar *k, civil day)
{
	for (size_t i = 0; i < k->n_closed; i++)
		if (k->closed[i] == day)
			return false;
	return civil_weekday(day) <= 5 && !law_holiday_find(k, day);
}

civil law_next_open(const struct law_calendar *k, civil day)
{
	while (day != CIVIL_NONE && !law_open_day(k, day))
		day++;
	return day;
}

civil law_prev_open(const struct law_calendar *k, civil day)
{
	while (day != CIVIL_NONE && !law_open_day(k, day))
		day--;
	return day;
}

int64_t law_round_half_up(int64_t value, int64_t num, int64_t den) { return (2 * value * num + den) / (2 * den); }
int64_t law_floor_yen(int64_t tani, int64_t price_sen) { return tani * price_sen / 100; }
