/* Days as official paper prints them. */
#include "jp/era.h"

static const struct era_row rows[] = {
#define ERA(letter, kanji, name, ligature, y, m, d) {letter, kanji, name, ligature, y, m, d},
#include "jp/eras.tbl.h"
#undef ERA
};
enum { N_ERAS = sizeof rows / sizeof rows[0] };

const struct era_row *era_table(size_t *n)
{
	*n = N_ERAS;
	return rows;
}

struct era_parts era_parts(civil day)
{
	struct ymd t = civil_ymd(day);
	for (int i = N_ERAS - 1; i >= 0; i--)
		if (day >= civil_from(rows[i].y, rows[i].m, rows[i].d))
			return (struct era_parts){i, rows[i].letter, rows[i].name, t.y - rows[i].y + 1, t.m, t.d};
	return (struct era_parts){-1, ' ', "", t.y, t.m, t.d};
}

static bool printable(civil day) { return day != CIVIL_NONE && day != CIVIL_OPEN; }

static const char *year_text(struct arena *a, const struct era_parts *p)
{
	return p->year == 1 && p->era >= 0 ? arena_fmt(a, "%s元", p->name) : arena_fmt(a, "%s%d", p->name, p->year);
}

const char *era_text(struct arena *a, civil day)
{
	if (!printable(day))
		return "";
	struct era_parts p = era_parts(day);
	return arena_fmt(a, "%s年%d月%d日", year_text(a, &p), p.month, p.day);
}

const char *era_text_both(struct arena *a, civil day)
{
	if (!printable(day))
		return "";
	struct ymd t = civil_ymd(day);
	return arena_fmt(a, "%s（%d年%d月%d日）", era_text(a, day), t.y, t.m, t.d);
}

const char *era_text_short(struct arena *a, civil day)
{
	if (!printable(day))
		return "";
	struct era_parts p = era_parts(day);
	if (p.era < 0)
		return arena_fmt(a, "%d.%d.%d", p.year, p.month, p.day);
	return arena_fmt(a, "%c%d.%d.%d", p.letter, p.year, p.month, p.day);
}

const char *era_text_month(struct arena *a, int y, int m)
{
	/* The era of the month's last day: 令和元年5月, and 昭和64年1月 is 平成元年1月 on paper of that month's end. */
	struct era_parts p = era_parts(civil_eom(y, m));
	return arena_fmt(a, "%s年%d月", year_text(a, &p), m);
}

const char *era_text_fiscal(struct arena *a, int fiscal_year)
{
	struct era_parts p = era_parts(civil_from(fiscal_year, 12, 1));
	return arena_fmt(a, "%s年度", year_text(a, &p));
}

const char *era_text_week(struct arena *a, civil day)
{
	static const char *const names[] = {"月", "火", "水", "木", "金", "土", "日"};
	if (!printable(day))
		return "";
	return arena_fmt(a, "%s（%s）", era_text(a, day), names[civil_weekday(day) - 1]);
}
