#include "jp/cp932.h"

#include "base/buf.h"
#include "base/str.h"
#include "jp/fold.h"

#include <iconv.h>
#include <string.h>

static const char GETA[] = "\x81\xAC"; /* 〓 */

/* The same sign under another code point. */
static uint32_t same_sign(uint32_t c)
{
	switch (c) {
	case 0x301C: return 0xFF5E; /* 〜 */
	case 0x2212: return 0xFF0D; /* − */
	case 0x2016: return 0x2225; /* ‖ */
	case 0x2014: return 0x2015; /* — */
	case 0x00A2: return 0xFFE0; /* ¢ */
	case 0x00A3: return 0xFFE1; /* £ */
	case 0x00AC: return 0xFFE2; /* ¬ */
	case 0x00A5: return 0xFFE5; /* ¥, which CP932 has only wide; 0x5C is the backslash */
	default: return c;
	}
}

static size_t utf8_of(uint32_t c, char out[4])
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

/* Convert one character; bytes written, 0 if it has no code. */
static size_t one(iconv_t h, const char *in, size_t n_in, char *out, size_t cap)
{
	char *src = (char *)(uintptr_t)in; /* iconv's signature; it does not write there */
	char *dst = out;
	size_t left = n_in, room = cap;
	iconv(h, NULL, NULL, NULL, NULL);
	if (iconv(h, &src, &left, &dst, &room) != 0 || left)
		return 0;
	return cap - room;
}

static size_t encode_one(iconv_t h, uint32_t c, char out[4])
{
	char u[4];
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c >= 0xE000 && c <= 0xF8FF) /* private: another machine shows another character */
		return 0;
	return one(h, u, utf8_of(same_sign(c), u), out, 4);
}

err cp932_encode(struct arena *a, const char *utf8, const struct fold_table *offers, char **out, size_t *n,
	struct cp932_report *report)
{
	size_t count = str_count(utf8), n_out = 0, n_bad = 0, at = 0;
	char *o = arena_alloc(a, count * 2 + 1);
	struct hole {
		size_t at;
		uint32_t c, offer;
	} *holes = NULL;
	/* First how many, then which: so that no memory is asked for while the handle is open. */
	for (int pass = 0; pass < 2; pass++) {
		if (pass == 1) {
			if (!n_bad)
				break;
			holes = ARENA_ARRAY(a, n_bad, struct hole);
		}
		iconv_t h = iconv_open("CP932", "UTF-8");
		if (h == (iconv_t)-1)
			return ERR_BUG;
		const char *p = utf8;
		n_out = n_bad = at = 0;
		for (uint32_t c; (c = str_next(&p)) != 0;) {
			char b[4];
			size_t len = encode_one(h, c, b);
			at++;
			if (!len || len > 2) {
				uint32_t to = fold_kanji(offers, c);
				if (holes)
					holes[n_bad] = (struct hole){at, c, to != c && encode_one(h, to, b) ? to : 0};
				n_bad++;
				/* Two bytes of a letter, no string. NOLINTNEXTLINE(bugprone-not-null-terminated-result) */
				memcpy(b, GETA, 2);
				len = 2;
			}
			memcpy(o + n_out, b, len);
			n_out += len;
		}
		iconv_close(h);
	}
	o[n_out] = '\0';
	*out = o;
	*n = n_out;
	report->n = n_bad;
	report->bad = n_bad ? ARENA_ARRAY(a, n_bad, struct cp932_bad) : NULL;
	for (size_t i = 0; i < n_bad; i++) {
		char u[4];
		report->bad[i].at = holes[i].at;
		report->bad[i].text = arena_strn(a, u, utf8_of(holes[i].c, u));
		report->bad[i].offer = holes[i].offer ? arena_strn(a, u, utf8_of(holes[i].offer, u)) : NULL;
	}
	return n_bad ? ERR_CP932 : OK;
}

static bool is_lead(unsigned char c) { return (c >= 0x81 && c <= 0x9F) || (c >= 0xE0 && c <= 0xFC); }

err cp932_decode(struct arena *a, const char *bytes, size_t n, char **out, struct cp932_report *report)
{
	char *o = arena_alloc(a, n * 3 + 1);
	size_t n_out = 0, n_bad = 0;
	struct hole {
		size_t at, len;
	} *holes = NULL;
	for (int pass = 0; pass < 2; pass++) {
		if (pass == 1) {
			if (!n_bad)
				break;
			holes = ARENA_ARRAY(a, n_bad, struct hole);
		}
		iconv_t h = iconv_open("UTF-8", "CP932");
		if (h == (iconv_t)-1)
			return ERR_BUG;
		n_out = n_bad = 0;
		for (size_t i = 0; i < n;) {
			size_t len = is_lead((unsigned char)bytes[i]) && i + 1 < n ? 2 : 1, w;
			char u[8];
			if (bytes[i] > 0) { /* ASCII: CP932 has the backslash at 0x5C */
				u[0] = bytes[i];
				w = 1;
			} else {
				w = bytes[i] ? one(h, bytes + i, len, u, sizeof u) : 0;
			}
			if (!w || w > 3 * len) {
				/* a bad lead byte must not swallow a line end or a comma */
				if (len == 2 && (unsigned char)bytes[i + 1] < 0x80)
					len = 1;
				if (holes)
					holes[n_bad] = (struct hole){i, len};
				n_bad++;
				/* Three bytes of a letter, no string. NOLINTNEXTLINE(bugprone-not-null-terminated-result) */
				memcpy(u, "\xEF\xBF\xBD", 3);
				w = 3;
			}
			memcpy(o + n_out, u, w);
			n_out += w;
			i += len;
		}
		iconv_close(h);
	}
	o[n_out] = '\0';
	*out = o;
	report->n = n_bad;
	report->bad = n_bad ? ARENA_ARRAY(a, n_bad, struct cp932_bad) : NULL;
	for (size_t i = 0; i < n_bad; i++) {
		const unsigned char *p = (const unsigned char *)bytes + holes[i].at;
		report->bad[i] = (struct cp932_bad){holes[i].at + 1,
			holes[i].len == 2 ? arena_fmt(a, "%02X%02X", p[0], p[1]) : arena_fmt(a, "%02X", p[0]), NULL};
	}
	return n_bad ? ERR_CP932 : OK;
}

const char *cp932_sentence(struct arena *a, const struct cp932_report *r)
{
	enum { NAMED = 5 };
	struct buf b = buf_new(a);
	for (size_t i = 0; i < r->n && i < NAMED; i++) {
		buf_fmt(&b, "%s「%s」（%zu文字目", i ? "、" : "", r->bad[i].text, r->bad[i].at);
		if (r->bad[i].offer)
			buf_fmt(&b, "。代わりの文字の例：「%s」", r->bad[i].offer);
		buf_str(&b, "）");
	}
	if (r->n > NAMED)
		buf_fmt(&b, " ほか%zu文字", r->n - NAMED);
	buf_str(&b, "は、Shift_JIS にない文字です。");
	return b.p;
}
