/* fold_org: names of organisations, programmes and areas, which are written with numbers in every fashion.
 * Numbers end as kanji (100 → 百) and not the other way round, so that 千代田 and 八千代 stay what they are. */
#include "jp/fold.h"

#include "base/buf.h"
#include "base/str.h"
#include "jp/fold_step.h"

#include <string.h>

struct points {
	uint32_t *p;
	size_t n;
};

enum { BREAK = '-' };

static int digit_of(uint32_t c)
{
	static const uint32_t kanji[] = {0x3007, 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D};
	if (c >= '0' && c <= '9')
		return (int)(c - '0');
	for (int i = 0; i < 10; i++)
		if (kanji[i] == c)
			return i;
	return -1;
}

static bool is_numeral(uint32_t c)
{
	return digit_of(c) >= 0 || c == 0x5341 || c == 0x767E || c == 0x5343 || c == 0x4E07; /* 十百千万 */
}

static bool is_roman(uint32_t c) { return c == 'i' || c == 'v' || c == 'x'; }
static bool is_letter(uint32_t c) { return c >= 'a' && c <= 'z'; }

/* Marks of legal form in brackets or in one sign, read from the text itself: (株), ㈱. Bytes, or 0. */
static size_t short_form(const char *s)
{
	static const char *const signs[] = {"㈱", "㈲", "㈳", "㈶", "㈵", "㈻"};
	static const char *const inner[] = {"株", "有", "福", "医", "社", "財", "同", "特", "一社", "公社", "一財", "公財"};
	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
		if (str_starts(s, signs[i]))
			return strlen(signs[i]);
	size_t open = *s == '(' ? 1 : str_starts(s, "（") ? 3 : 0;
	for (size_t i = 0; open && i < sizeof inner / sizeof inner[0]; i++)
		if (str_starts(s + open, inner[i])) {
			const char *e = s + open + strlen(inner[i]);
			size_t close = *e == ')' ? 1 : str_starts(e, "）") ? 3 : 0;
			if (close)
				return (size_t)(e - s) + close;
		}
	return 0;
}

static struct points read_points(const struct fold_table *t, struct arena *a, const char *text)
{
	struct points k = {NULL, 0};
	size_t cap = 0;
	uint32_t last = 0, step[FOLD_STEP];
	while (*text) {
		size_t skip = short_form(text), n = 0;
		if (skip) {
			text += skip;
		} else {
			uint32_t c = str_next(&text);
			static const char *const roman[] = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"};
			uint32_t r = c >= 0x2170 && c <= 0x217B ? c - 0x10 : c;
			if (r >= 0x2160 && r <= 0x216B) {
				for (const char *d = roman[r - 0x2160]; *d; d++)
					step[n++] = (uint32_t)*d;
			} else if ((n = fold_step(t, c, last == BREAK ? 0 : last, step)) == 0 && is_numeral(last) &&
				   c != 0x30FC && !(c >= 0xFE00 && c <= 0xFE0F) && c < 0xE0000) {
				step[n++] = BREAK; /* 1-2 is not 12; kept only between numerals */
			}
		}
		if (k.n + n > cap) {
			cap = (cap + n) * 2 + 32;
			uint32_t *p = ARENA_ARRAY(a, cap, uint32_t);
			if (k.n)
				memcpy(p, k.p, k.n * sizeof *p);
			k.p = p;
		}
		for (size_t i = 0; i < n; i++)
			k.p[k.n++] = last = step[i];
	}
	return k;
}

static bool at_word(const struct points *k, size_t i, const char *word, size_t *len)
{
	*len = 0;
	for (uint32_t c; (c = str_next(&word)) != 0; (*len)++)
		if (i + *len >= k->n || k->p[i + *len] != c)
			return false;
	return true;
}

static void cut(struct points *k, size_t i, size_t len)
{
	memmove(k->p + i, k->p + i + len, (k->n - i - len) * sizeof *k->p);
	k->n -= len;
}

/* Words of legal form go, unless nothing else would remain. */
static void drop_forms(struct points *k)
{
	static const char *const forms[] = {"株式会社", "有限会社", "合同会社", "合資会社", "合名会社", "一般社団法人",
		"公益社団法人", "一般財団法人", "公益財団法人", "社会福祉法人", "社会医療法人", "医療法人社団", "医療法人財団",
		"医療法人", "特定非営利活動法人", "npo法人"};
	for (bool again = true; again;) {
		again = false;
		for (size_t f = 0; f < sizeof forms / sizeof forms[0]; f++)
			for (size_t i = 0, len; i < k->n; i++)
				if (at_word(k, i, forms[f], &len) && len < k->n) {
					cut(k, i, len);
					again = true;
				}
	}
}

static void drop_breaks(struct points *k)
{
	size_t w = 0;
	for (size_t i = 0; i < k->n; i++)
		if (k->p[i] != BREAK || (w && k->p[w - 1] != BREAK && is_numeral(k->p[w - 1]) && i + 1 < k->n &&
						is_numeral(k->p[i + 1])))
			k->p[w++] = k->p[i];
	k->n = w;
}

/* ii … xii, whole runs of letters only; never a lone letter. */
static int roman_value(const uint32_t *p, size_t n)
{
	static const char *const value[] = {"ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii"};
	static const int number[] = {2, 3, 4, 6, 7, 8, 9, 11, 12};
	for (size_t v = 0; v < sizeof value / sizeof value[0]; v++) {
		size_t i = 0;
		while (i < n && value[v][i] && (uint32_t)value[v][i] == p[i])
			i++;
		if (i == n && !value[v][i])
			return number[v];
	}
	return 0;
}

static void roman_runs(struct points *k)
{
	size_t w = 0;
	for (size_t i = 0; i < k->n;) {
		size_t n = 0;
		while (i + n < k->n && is_roman(k->p[i + n]))
			n++;
		bool bounded = (!w || !is_letter(k->p[w - 1])) && (i + n == k->n || !is_letter(k->p[i + n]));
		int v = n >= 2 && bounded ? roman_value(k->p + i, n) : 0;
		if (v) {
			if (v >= 10)
				k->p[w++] = '1';
			k->p[w++] = (uint32_t)('0' + v % 10);
			i += n;
		} else {
			n = n ? n : 1;
			memmove(k->p + w, k->p + i, n * sizeof *k->p);
			w += n;
			i += n;
		}
	}
	k->n = w;
}

static void four(struct buf *b, int v)
{
	static const char *const digit[] = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
	static const char *const unit[] = {"千", "百", "十", ""};
	static const int size[] = {1000, 100, 10, 1};
	for (int i = 0; i < 4; i++) {
		int d = v / size[i] % 10;
		if (!d)
			continue;
		if (d > 1 || i == 3)
			buf_str(b, digit[d]);
		buf_str(b, unit[i]);
	}
}

/* A run of figures: as a number in kanji; figure by figure with a leading zero or beyond eight figures. */
static void number(struct buf *b, const uint32_t *p, size_t n)
{
	static const char *const digit[] = {"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
	if (n > 8 || digit_of(p[0]) == 0) {
		for (size_t i = 0; i < n; i++)
			buf_str(b, digit[digit_of(p[i])]);
		return;
	}
	int v = 0;
	for (size_t i = 0; i < n; i++)
		v = v * 10 + digit_of(p[i]);
	if (v >= 10000) {
		four(b, v / 10000);
		buf_str(b, "万");
	}
	four(b, v % 10000);
}

const char *fold_org(const struct fold_table *t, struct arena *a, const char *text)
{
	if (!text)
		return "";
	struct points k = read_points(t, a, text);
	if (!k.n) /* nothing but a mark of legal form */
		return fold_name(t, a, text);
	drop_forms(&k);
	roman_runs(&k);
	drop_breaks(&k);
	struct buf b = buf_new(a);
	for (size_t i = 0; i < k.n;) {
		size_t n = 0;
		while (i + n < k.n && digit_of(k.p[i + n]) >= 0)
			n++;
		if (n)
			number(&b, k.p + i, n);
		else
			buf_utf8(&b, k.p[i]);
		i += n ? n : 1;
	}
	return b.n ? b.p : "";
}
