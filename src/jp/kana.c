#include "jp/kana.h"

#include "base/buf.h"
#include "base/str.h"
#include "jp/fold.h"

#include <string.h>

/* Half-width katakana U+FF66..U+FF9D in order. */
static const uint16_t half[] = {
	0x30F2, 0x30A1, 0x30A3, 0x30A5, 0x30A7, 0x30A9, 0x30E3, 0x30E5, 0x30E7, 0x30C3, 0x30FC, 0x30A2, 0x30A4, 0x30A6,
	0x30A8, 0x30AA, 0x30AB, 0x30AD, 0x30AF, 0x30B1, 0x30B3, 0x30B5, 0x30B7, 0x30B9, 0x30BB, 0x30BD, 0x30BF, 0x30C1,
	0x30C4, 0x30C6, 0x30C8, 0x30CA, 0x30CB, 0x30CC, 0x30CD, 0x30CE, 0x30CF, 0x30D2, 0x30D5, 0x30D8, 0x30DB, 0x30DE,
	0x30DF, 0x30E0, 0x30E1, 0x30E2, 0x30E4, 0x30E6, 0x30E8, 0x30E9, 0x30EA, 0x30EB, 0x30EC, 0x30ED, 0x30EF, 0x30F3,
};

/* Large katakana without mark for U+30A1..U+30FA. */
static const uint16_t base[] = {
	0x30A2, 0x30A2, 0x30A4, 0x30A4, 0x30A6, 0x30A6, 0x30A8, 0x30A8, 0x30AA, 0x30AA, /* ァ..オ */
	0x30AB, 0x30AB, 0x30AD, 0x30AD, 0x30AF, 0x30AF, 0x30B1, 0x30B1, 0x30B3, 0x30B3, /* カ..ゴ */
	0x30B5, 0x30B5, 0x30B7, 0x30B7, 0x30B9, 0x30B9, 0x30BB, 0x30BB, 0x30BD, 0x30BD, /* サ..ゾ */
	0x30BF, 0x30BF, 0x30C1, 0x30C1, 0x30C4, 0x30C4, 0x30C4, 0x30C6, 0x30C6, 0x30C8, 0x30C8, /* タ..ド */
	0x30CA, 0x30CB, 0x30CC, 0x30CD, 0x30CE,
	0x30CF, 0x30CF, 0x30CF, 0x30D2, 0x30D2, 0x30D2, 0x30D5, 0x30D5, 0x30D5, 0x30D8, 0x30D8, 0x30D8, 0x30DB, 0x30DB,
	0x30DB, 0x30DE, 0x30DF, 0x30E0, 0x30E1, 0x30E2,
	0x30E4, 0x30E4, 0x30E6, 0x30E6, 0x30E8, 0x30E8, 0x30E9, 0x30EA, 0x30EB, 0x30EC, 0x30ED,
	0x30EF, 0x30EF, 0x30A4, 0x30A8, 0x30AA, 0x30F3, 0x30A6, 0x30AB, 0x30B1, /* ヮワヰヱヲンヴヵヶ */
	0x30EF, 0x30A4, 0x30A8, 0x30AA, /* ヷヸヹヺ */
};

static uint32_t to_katakana(uint32_t c)
{
	if (c >= 0x3041 && c <= 0x3096)
		return c + 0x60;
	if (c >= 0xFF66 && c <= 0xFF9D)
		return half[c - 0xFF66];
	return c;
}

static bool is_mark(uint32_t c) { return (c >= 0x3099 && c <= 0x309C) || c == 0xFF9E || c == 0xFF9F; }

uint32_t kana_base(uint32_t c)
{
	if (is_mark(c))
		return 0;
	c = to_katakana(c);
	if (c >= 0x30A1 && c <= 0x30FA)
		return base[c - 0x30A1];
	return c == 0x30FC ? 0 : c;
}

/* カ..ホ with the mark put on; 0 if that letter takes none. */
static uint32_t with_mark(uint32_t c, uint32_t mark)
{
	bool half_circle = mark == 0x309A || mark == 0x309C || mark == 0xFF9F;
	if (c >= 0x30CF && c <= 0x30DB && (c - 0x30CF) % 3 == 0)
		return c + (half_circle ? 2 : 1);
	if (half_circle)
		return 0;
	if ((c >= 0x30AB && c <= 0x30C1 && (c - 0x30AB) % 2 == 0) || c == 0x30C4 || c == 0x30C6 || c == 0x30C8)
		return c + 1;
	return c == 0x30A6 ? 0x30F4 : 0;
}

static bool is_dash(uint32_t c)
{
	return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFF0D || c == 0xFF70;
}

static bool is_space(uint32_t c) { return c == ' ' || c == 0x3000 || c == 0xA0 || (c >= '\t' && c <= '\r'); }

const char *kana_katakana(struct arena *a, const char *text)
{
	struct buf b = buf_new(a);
	uint32_t held = 0; /* not written yet: a mark may follow */
	bool space = false;
	for (uint32_t c; (c = str_next(&text)) != 0;) {
		if (is_space(c)) {
			space = true;
			continue;
		}
		uint32_t joined = held && is_mark(c) && !space ? with_mark(held, c) : 0;
		if (joined) {
			held = joined;
			continue;
		}
		if (held)
			buf_utf8(&b, held);
		if (space && held)
			buf_utf8(&b, 0x3000);
		space = false;
		if (is_dash(c) && held >= 0x30A1 && held <= 0x30FC)
			c = 0x30FC;
		held = c == 0xFF65 ? 0x30FB : c == 0xFF9E ? 0x309B : c == 0xFF9F ? 0x309C : to_katakana(c);
	}
	if (held)
		buf_utf8(&b, held);
	return b.n ? b.p : "";
}

const char *kana_hiragana(struct arena *a, const char *text)
{
	struct buf b = buf_new(a);
	const char *s = kana_katakana(a, text);
	for (uint32_t c; (c = str_next(&s)) != 0;)
		buf_utf8(&b, c >= 0x30A1 && c <= 0x30F6 ? c - 0x60 : c);
	return b.n ? b.p : "";
}

bool kana_is_reading(const char *text)
{
	bool any = false;
	for (uint32_t c; (c = str_next(&text)) != 0;) {
		bool kana = c >= 0x30A1 && c <= 0x30FA;
		if (!kana && !(any && (c == 0x30FC || c == 0x30FB || c == 0x3000 || c == ' ')))
			return false;
		any = true;
	}
	return any;
}

const char *kana_fold(struct arena *a, const char *text) { return fold_name(NULL, a, text); }

static const struct {
	const char *label, *letters;
	uint16_t last; /* last folded letter of the row */
} rows[] = {
	{"あ", "アイウエオ", 0x30AA}, {"か", "カキクケコ", 0x30B3}, {"さ", "サシスセソ", 0x30BD},
	{"た", "タチツテト", 0x30C8}, {"な", "ナニヌネノ", 0x30CE}, {"は", "ハヒフヘホ", 0x30DB},
	{"ま", "マミムメモ", 0x30E2}, {"や", "ヤユヨ", 0x30E8},     {"ら", "ラリルレロ", 0x30ED},
	{"わ", "ワン", 0x30F3},
};
enum { N_ROWS = sizeof rows / sizeof rows[0] };

int kana_row(const char *text)
{
	uint32_t c;
	do
		c = str_next(&text);
	while (is_space(c));
	c = kana_base(c);
	if (c < 0x30A2 || c > 0x30F3)
		return -1;
	for (int i = 0; i < N_ROWS; i++)
		if (c <= rows[i].last)
			return i;
	return -1;
}

const char *kana_row_label(int row) { return row < 0 || row >= N_ROWS ? "" : rows[row].label; }
const char *kana_row_letters(int row) { return row < 0 || row >= N_ROWS ? "" : rows[row].letters; }
