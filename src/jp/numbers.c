#include "jp/numbers.h"

#include "base/buf.h"
#include "base/str.h"

#include <string.h>

static bool is_dash(uint32_t c)
{
	return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0x30FC || c == 0xFF70;
}

static bool is_space(uint32_t c) { return c == ' ' || c == 0x3000 || c == 0xA0 || (c >= '\t' && c <= '\r'); }
static uint32_t half(uint32_t c) { return c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c; }

const char *number_even(struct arena *a, const char *text)
{
	struct buf b = buf_new(a);
	for (uint32_t c; (c = str_next(&text)) != 0;) {
		c = half(c);
		if (is_dash(c) || is_space(c))
			continue;
		buf_utf8(&b, c >= 'a' && c <= 'z' ? c - 32 : c);
	}
	return b.n ? b.p : "";
}

/* 0..9 for digits, 10.. for letters without I, O, Q; -1. */
static int value_of(char c)
{
	static const char letters[] = "ABCDEFGHJKLMNPRSTUVWXYZ";
	if (c >= '0' && c <= '9')
		return c - '0';
	const char *p = c ? strchr(letters, c) : NULL;
	return p ? 10 + (int)(p - letters) : -1;
}

/* Modulus 10, weights 2-1 from the right, products by their figures. */
static int digit(const char *s, int n, int letter_at)
{
	int sum = 0;
	for (int i = 0; i < n; i++) {
		int v = value_of(s[i]);
		if (v < 0 || (v > 9 && i != letter_at))
			return -1;
		v *= (n - 1 - i) % 2 == 0 ? 2 : 1;
		sum += v / 10 + v % 10;
	}
	return (10 - sum % 10) % 10;
}

int number_digit_insurer(const char *text) { return digit(text, 5, -1); }
int number_digit_office(const char *text) { return digit(text, 9, 2); }

static bool digits(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s[i] < '0' || s[i] > '9')
			return false;
	return true;
}

enum number_check number_check_insurer(const char *s)
{
	if (strlen(s) != 6 || !digits(s, 6))
		return NUMBER_FORM;
	return number_digit_insurer(s) == s[5] - '0' ? NUMBER_OK : NUMBER_DIGIT;
}

enum number_check number_check_insured(const char *s)
{
	return strlen(s) == 10 && (digits(s, 10) || (*s == 'H' && digits(s + 1, 9))) ? NUMBER_OK : NUMBER_FORM;
}

enum number_check number_check_office(const char *s)
{
	if (strlen(s) != 10 || !digits(s + 9, 1) || number_digit_office(s) < 0)
		return NUMBER_FORM;
	return number_digit_office(s) == s[9] - '0' ? NUMBER_OK : NUMBER_DIGIT;
}

const char *number_sentence_insurer(enum number_check r)
{
	return r == NUMBER_OK ? NULL
	     : r == NUMBER_FORM ? "保険者番号は数字6けたです。被保険者証の番号を確かめてください。"
				: "保険者番号の最後の1けた（検証番号）が合いません。打ち間違いがないか確かめてください。このまま保存もできます。";
}

const char *number_sentence_insured(enum number_check r)
{
	return r == NUMBER_OK ? NULL : "被保険者番号は、数字10けた、または H と数字9けたです。被保険者証の番号を確かめてください。";
}

const char *number_sentence_office(enum number_check r)
{
	return r == NUMBER_OK ? NULL
	     : r == NUMBER_FORM ? "事業所番号は10けたです（3けた目だけは英字のことがあります）。指定通知書の番号を確かめてください。"
				: "事業所番号の最後の1けた（検証番号）が合いません。打ち間違いがないか確かめてください。このまま保存もできます。";
}

/* Digits with one '-' where anything stood between them; "" if other letters are there. */
static bool phone_groups(const char *text, char out[32], size_t *n_digits, bool *divided)
{
	size_t n = 0;
	bool gap = false, plus = false;
	*n_digits = 0;
	*divided = false;
	for (uint32_t c; (c = str_next(&text)) != 0;) {
		c = half(c);
		if (c >= '0' && c <= '9') {
			if (n + 3 > 32)
				return false;
			if (gap && n) {
				out[n++] = '-';
				*divided = true;
			}
			gap = false;
			out[n++] = (char)c;
			++*n_digits;
		} else if (c == '+' && !n && !plus) {
			plus = true;
		} else if (is_dash(c) || is_space(c) || c == '(' || c == ')' || c == '.' || c == 0x30FB) {
			gap = true;
		} else {
			return false;
		}
	}
	out[n] = '\0';
	if (plus) { /* +81-90-… and +81 (0)90-… */
		size_t skip = 2;
		if (strncmp(out, "81", 2) != 0)
			return false;
		/* out begins with "81" and ends in NUL, so it has three bytes at least. NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult) */
		skip += out[skip] == '-';
		size_t zero = out[skip] == '0';
		skip += zero;
		skip += zero && out[skip] == '-';
		memmove(out + 1, out + skip, strlen(out + skip) + 1);
		out[0] = '0';
		*n_digits = *n_digits - 2 - zero + 1;
		*divided = strchr(out, '-') != NULL;
	}
	return true;
}

bool number_phone(struct arena *a, const char *text, const char **out)
{
	static const struct {
		const char *start;
		int digits, first, second;
	} shapes[] = {{"0800", 11, 4, 3}, {"090", 11, 3, 4}, {"080", 11, 3, 4}, {"070", 11, 3, 4}, {"060", 11, 3, 4}, {"050", 11, 3, 4},
		{"0120", 10, 4, 3}, {"0570", 10, 4, 3}, {"03", 10, 2, 4}, {"06", 10, 2, 4}};
	char g[32 + 1];
	size_t n;
	bool divided;
	*out = str_trim(a, text);
	if (!phone_groups(text, g, &n, &divided) || (n != 10 && n != 11) || g[0] != '0')
		return false;
	for (size_t i = 0; !divided && i < sizeof shapes / sizeof shapes[0]; i++)
		if (str_starts(g, shapes[i].start) && n == (size_t)shapes[i].digits) {
			int f = shapes[i].first, s = shapes[i].second;
			*out = arena_fmt(a, "%.*s-%.*s-%s", f, g, s, g + f, g + f + s);
			return true;
		}
	*out = arena_str(a, g);
	return true;
}

const char *number_phone_key(struct arena *a, const char *text)
{
	const char *p;
	struct buf b = buf_new(a);
	number_phone(a, text, &p);
	for (uint32_t c; (c = str_next(&p)) != 0;) {
		c = half(c);
		if (c >= '0' && c <= '9')
			buf_char(&b, (char)c);
	}
	return b.n ? b.p : "";
}
