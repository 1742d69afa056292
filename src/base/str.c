#include "base/str.h"

#include <string.h>

bool str_eq(const char *a, const char *b) { return a == b || (a && b && strcmp(a, b) == 0); }
const char *str_or(const char *s, const char *if_null) { return s ? s : if_null; }

static const char *skip_space(const char *s)
{
	for (;;) {
		if (*s == ' ' || (*s >= '\t' && *s <= '\r'))
			s++;
		else if (strncmp(s, "\xE3\x80\x80", 3) == 0)
			s += 3;
		else
			return s;
	}
}

bool str_blank(const char *s) { return !s || *skip_space(s) == '\0'; }
bool str_starts(const char *s, const char *prefix) { return s && strncmp(s, prefix, strlen(prefix)) == 0; }

bool str_ends(const char *s, const char *suffix)
{
	if (!s)
		return false;
	size_t n = strlen(s), m = strlen(suffix);
	return n >= m && memcmp(s + n - m, suffix, m) == 0;
}

char *str_trim(struct arena *a, const char *s)
{
	if (!s)
		return arena_str(a, "");
	s = skip_space(s);
	size_t n = strlen(s);
	for (;;) {
		if (n && (s[n - 1] == ' ' || (s[n - 1] >= '\t' && s[n - 1] <= '\r')))
			n--;
		else if (n >= 3 && memcmp(s + n - 3, "\xE3\x80\x80", 3) == 0)
			n -= 3;
		else
			return arena_strn(a, s, n);
	}
}

char *str_lf(struct arena *a, const char *s)
{
	char *out = arena_str(a, s), *w = out;
	for (const char *r = out; *r; r++) {
		if (*r == '\r') {
			*w++ = '\n';
			if (r[1] == '\n')
				r++;
		} else {
			*w++ = *r;
		}
	}
	*w = '\0';
	return out;
}

/* Length of the well-formed sequence at p (Unicode table 3-7), or 0. */
static size_t seq(const unsigned char *p, size_t n)
{
	if (p[0] == 0)
		return 0;
	if (p[0] < 0x80)
		return 1;
	unsigned lo = 0x80, hi = 0xBF;
	size_t len;
	if (p[0] >= 0xC2 && p[0] <= 0xDF) {
		len = 2;
	} else if ((p[0] & 0xF0) == 0xE0) {
		len = 3;
		if (p[0] == 0xE0)
			lo = 0xA0;
		if (p[0] == 0xED)
			hi = 0x9F;
	} else if (p[0] >= 0xF0 && p[0] <= 0xF4) {
		len = 4;
		if (p[0] == 0xF0)
			lo = 0x90;
		if (p[0] == 0xF4)
			hi = 0x8F;
	} else {
		return 0;
	}
	if (n < len || p[1] < lo || p[1] > hi)
		return 0;
	for (size_t i = 2; i < len; i++)
		if ((p[i] & 0xC0) != 0x80)
			return 0;
	return len;
}

bool str_utf8_valid(const char *s, size_t n)
{
	const unsigned char *p = (const unsigned char *)s;
	while (n) {
		size_t k = seq(p, n);
		if (!k)
			return false;
		p += k;
		n -= k;
	}
	return true;
}

uint32_t str_next(const char **s)
{
	const unsigned char *p = (const unsigned char *)*s;
	if (!*p)
		return 0;
	uint32_t c;
	size_t n;
	if (p[0] < 0x80)
		c = p[0], n = 1;
	else if (p[0] < 0xE0)
		c = p[0] & 0x1F, n = 2;
	else if (p[0] < 0xF0)
		c = p[0] & 0x0F, n = 3;
	else
		c = p[0] & 0x07, n = 4;
	for (size_t i = 1; i < n; i++)
		c = c << 6 | (p[i] & 0x3F);
	*s += n;
	return c;
}

size_t str_count(const char *s)
{
	size_t n = 0;
	for (; s && *s; s++)
		if (((unsigned char)*s & 0xC0) != 0x80)
			n++;
	return n;
}

bool str_int(const char *s, int64_t *out)
{
	if (!s || !*s)
		return false;
	bool neg = *s == '-';
	if (*s == '-' || *s == '+')
		s++;
	if (!*s)
		return false;
	int64_t v = 0;
	for (; *s; s++) {
		if (*s < '0' || *s > '9')
			return false;
		if (__builtin_mul_overflow(v, (int64_t)10, &v) ||
		    __builtin_sub_overflow(v, (int64_t)(*s - '0'), &v))
			return false;
	}
	if (!neg && v == INT64_MIN)
		return false;
	*out = neg ? v : -v;
	return true;
}

const char *str_percent(struct arena *a, int64_t part, int64_t of)
{
	if (!of)
		return "–";
	int64_t tenths = (2000 * part + of) / (2 * of);
	return arena_fmt(a, "%lld.%lld%%", (long long)(tenths / 10), (long long)(tenths % 10));
}

char **str_split(struct arena *a, const char *s, char sep, size_t *n)
{
	size_t count = 1;
	for (const char *p = s; *p; p++)
		count += *p == sep;
	char **parts = ARENA_ARRAY(a, count + 1, char *);
	*n = count;
	for (size_t i = 0; i < count; i++) {
		const char *e = strchr(s, sep);
		size_t len = e ? (size_t)(e - s) : strlen(s);
		parts[i] = arena_strn(a, s, len);
		s = e ? e + 1 : s + len;
	}
	return parts;
}
