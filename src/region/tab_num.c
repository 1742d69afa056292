#include "region/tab_own.h"

#include "base/buf.h"
#include "jp/era.h"

#include <inttypes.h>
#include <stdio.h>

/* A sum of a million counts times 100 with decimals outgrows 64 bits in between. */
__extension__ typedef __int128 wide;

static int64_t power10(int places)
{
	int64_t p = 1;
	for (int i = 0; i < places; i++)
		p *= 10;
	return p;
}

int64_t tab_half_up(int64_t num, int64_t den, int64_t factor, int places)
{
	bool minus = num < 0;
	wide v = (wide)(minus ? -num : num) * factor * power10(places);
	int64_t r = (int64_t)((v * 2 + den) / ((wide)den * 2));
	return minus ? -r : r;
}

const char *tab_text_int(struct arena *a, int64_t v)
{
	char digits[24];
	int n = snprintf(digits, sizeof digits, "%" PRId64, v < 0 ? -v : v);
	struct buf b = buf_new(a);
	buf_str(&b, v < 0 ? "-" : "");
	for (int i = 0; i < n; i++) {
		buf_char(&b, digits[i]);
		if ((n - 1 - i) % 3 == 0 && i + 1 < n)
			buf_char(&b, ',');
	}
	return b.p;
}

const char *tab_text_scaled(struct arena *a, int64_t v, int places)
{
	if (places == 0)
		return tab_text_int(a, v);
	int64_t p = power10(places), m = v < 0 ? -v : v;
	return arena_fmt(a, "%s%s.%0*" PRId64, v < 0 ? "-" : "", tab_text_int(a, m / p), places, m % p);
}

const char *tab_text_share(struct arena *a, int64_t num, int64_t den, int places)
{
	return den <= 0 ? "該当なし" : arena_fmt(a, "%s%%", tab_text_scaled(a, tab_half_up(num, den, 100, places), places));
}

const char *tab_text_day(const struct tab *t, civil day)
{
	if (day == CIVIL_NONE || day == CIVIL_OPEN)
		return "";
	struct ymd x = civil_ymd(day);
	return t->d->western ? arena_fmt(t->a, "%d年%d月%d日", x.y, x.m, x.d) : era_text(t->a, day);
}

void tab_force_100(struct arena *a, const int64_t *num, size_t n, int64_t den, int places, int64_t *out)
{
	int64_t whole = 100 * power10(places), sum = 0;
	bool *given = ARENA_ARRAY(a, n, bool);
	for (size_t i = 0; i < n; i++)
		sum += out[i] = (int64_t)((wide)num[i] * whole / den);
	for (; sum < whole; sum++) { /* at most n - 1 units are missing after truncation */
		size_t best = n;
		for (size_t i = 0; i < n; i++) {
			if (given[i])
				continue;
			if (best == n) {
				best = i;
				continue;
			}
			int64_t ri = (int64_t)((wide)num[i] * whole % den), rb = (int64_t)((wide)num[best] * whole % den);
			if (ri > rb || (ri == rb && num[i] > num[best]))
				best = i;
		}
		if (best == n)
			return;
		given[best] = true;
		out[best]++;
	}
}

err tab_parts_total(struct arena *a, const int64_t *parts, size_t n, int64_t total, int places, const char **note)
{
	int64_t sum = 0;
	for (size_t i = 0; i < n; i++)
		sum += parts[i];
	int64_t off = sum > total ? sum - total : total - sum;
	*note = NULL;
	if (!off)
		return OK;
	const char *s = tab_text_scaled(a, sum, places), *t = tab_text_scaled(a, total, places);
	/* half a unit of the last digit for each part: off <= n / 2, compared without a fraction */
	if (2 * off <= (int64_t)n) {
		*note = arena_fmt(a, "内訳の合計（%s）と合計（%s）の差は、四捨五入によるものです。", s, t);
		return OK;
	}
	*note = arena_fmt(a, "内訳の合計（%s）が合計（%s）と %s 違います。四捨五入では説明できません。", s, t, tab_text_scaled(a, off, places));
	return ERR_INPUT;
}
