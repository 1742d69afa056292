#include "jp/era_token.h"

#include "base/str.h"
#include "jp/era.h"

#include <string.h>

/* One code point, evened out: full-width ASCII to half, capitals, one dash, one space, plain numerals. */
static uint32_t even_one(uint32_t c)
{
	if (c >= 0xFF01 && c <= 0xFF5E)
		c -= 0xFEE0;
	if (c >= 'a' && c <= 'z')
		return c - 32;
	switch (c) {
	case 0x3000: case 0x00A0: case '\t': case '\n': case '\r':
		return ' ';
	case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2015: case 0x2212: case 0x30FC:
	case 0xFF70:
		return '-';
	case 0xFF0E: case 0x3002: case 0xFF61: case 0x30FB: case 0xFF65: case 0x3001: case 0xFF64: case ',':
		return '.';
	case 0x25CB: case 0x25EF: case 0x96F6: /* ○ ◯ 零 */
		return 0x3007;
	case 0x58F1: case 0x58F9: return 0x4E00; /* 壱 壹 */
	case 0x5F10: case 0x8CB3: return 0x4E8C; /* 弐 貳 */
	case 0x53C2: return 0x4E09; /* 参 */
	case 0x62FE: return 0x5341; /* 拾 */
	case 0x5EFF: return 0; /* 廿: written out by era_even */
	default:
		return c;
	}
}

static size_t put(char *out, uint32_t c)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xC0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3F));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xE0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3F));
		out[2] = (char)(0x80 | (c & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3F));
	out[2] = (char)(0x80 | (c >> 6 & 0x3F));
	out[3] = (char)(0x80 | (c & 0x3F));
	return 4;
}

bool era_even(const char *text, char out[ERA_CHARS])
{
	size_t n = 0, n_eras;
	const struct era_row *eras = era_table(&n_eras);
	for (uint32_t c; (c = str_next(&text)) != 0;) {
		if (n + 8 >= ERA_CHARS)
			return false;
		const char *whole = c == 0x5EFF ? "二十" : NULL;
		for (size_t i = 0; i < n_eras; i++)
			if (eras[i].ligature == c)
				whole = eras[i].name;
		if (whole) {
			size_t len = strlen(whole);
			memcpy(out + n, whole, len);
			n += len;
		} else {
			n += put(out + n, even_one(c));
		}
	}
	out[n] = '\0';
	return true;
}

static const struct {
	const char *text;
	enum era_tok kind;
	int value;
} words[] = { /* longer before shorter */
	{"年代", TOK_DECADE, 0}, {"年", TOK_YEAR, 0}, {"月", TOK_MONTH, 0}, {"日", TOK_DAY, 0}, {"元", TOK_FIRST, 1},
	{"西暦", TOK_WESTERN, 0}, {".", TOK_SEP, 0}, {"/", TOK_SEP, 0}, {"-", TOK_SEP, 0}, {" ", TOK_SPACE, 0},
	{"頃", TOK_ABOUT, 0}, {"ごろ", TOK_ABOUT, 0}, {"ころ", TOK_ABOUT, 0}, {"くらい", TOK_ABOUT, 0},
	{"ぐらい", TOK_ABOUT, 0}, {"位", TOK_ABOUT, 0}, {"およそ", TOK_ABOUT, 0}, {"約", TOK_ABOUT, 0},
	{"不明", TOK_UNKNOWN, 0}, {"不詳", TOK_UNKNOWN, 0}, {"わからない", TOK_UNKNOWN, 0},
	{"分からない", TOK_UNKNOWN, 0}, {"春", TOK_SEASON, 0}, {"夏", TOK_SEASON, 1}, {"秋", TOK_SEASON, 2},
	{"冬", TOK_SEASON, 3}, {"上旬", TOK_TEN, 0}, {"初旬", TOK_TEN, 0}, {"中旬", TOK_TEN, 1},
	{"下旬", TOK_TEN, 2}, {"生まれ", TOK_BORN, 0}, {"生れ", TOK_BORN, 0}, {"生", TOK_BORN, 0},
};

static size_t read_word(const char *s, struct era_token *t)
{
	size_t n;
	const struct era_row *eras = era_table(&n);
	for (size_t i = 0; i < n; i++) {
		t->kind = TOK_ERA;
		t->value = (int)i;
		if (str_starts(s, eras[i].name))
			return strlen(eras[i].name);
		if (str_starts(s, eras[i].kanji))
			return strlen(eras[i].kanji);
		if (*s == eras[i].letter)
			return 1;
	}
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (str_starts(s, words[i].text)) {
			t->kind = words[i].kind;
			t->value = words[i].value;
			return strlen(words[i].text);
		}
	return 0;
}

static int kanji_digit(uint32_t c)
{
	static const uint32_t digit[] = {0x3007, 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D};
	for (int i = 0; i < 10; i++)
		if (digit[i] == c)
			return i;
	return c == 0x5341 ? 10 : c == 0x767E ? 100 : c == 0x5343 ? 1000 : -1;
}

/* A run of kanji numerals: figure by figure (二〇二二) or with 十百千 (二千二十二). Length 0: none or nonsense. */
static size_t read_kanji(const char *s, struct era_token *t)
{
	const char *p = s, *next = s;
	int total = 0, last = 0, figures = 0, smallest = 10000;
	bool placed = false;
	for (int v; (v = kanji_digit(str_next(&next))) >= 0; p = next) {
		if (v < 10) {
			if (placed && figures > 0)
				return 0;
			last = last * 10 + v;
			if (++figures > 8)
				return 0;
		} else {
			if (figures > 1 || v >= smallest)
				return 0;
			placed = true;
			smallest = v;
			total += (figures ? last : 1) * v;
			last = figures = 0;
		}
	}
	t->kind = TOK_NUM;
	t->value = total + last;
	t->digits = placed ? (t->value > 999 ? 4 : t->value > 99 ? 3 : t->value > 9 ? 2 : 1) : figures;
	return (size_t)(p - s);
}

static size_t read_digits(const char *s, struct era_token *t)
{
	size_t n = 0;
	int v = 0;
	for (; s[n] >= '0' && s[n] <= '9'; n++) {
		if (n == 8)
			return 0;
		v = v * 10 + (s[n] - '0');
	}
	t->kind = TOK_NUM;
	t->value = v;
	t->digits = (int)n;
	return n;
}

bool era_tokens(const char *s, struct era_token out[ERA_TOKENS])
{
	size_t n = 0;
	while (*s) {
		if (n + 1 == ERA_TOKENS)
			return false;
		struct era_token t = {TOK_END, 0, 0};
		size_t len = read_digits(s, &t);
		if (!len)
			len = read_kanji(s, &t);
		if (!len)
			len = read_word(s, &t);
		if (!len)
			return false;
		out[n++] = t;
		s += len;
	}
	out[n] = (struct era_token){TOK_END, 0, 0};
	return true;
}
