#include "jp/postal.h"

#include "base/buf.h"
#include "base/str.h"
#include "jp/cp932.h"
#include "jp/kana.h"

#include <string.h>

enum { COLUMNS = 9, LINE_BYTES = 4096, JOINED_LINES = 64 };

bool postal_even(const char *text, char out[8])
{
	size_t n = 0;
	for (uint32_t c; (c = str_next(&text)) != 0;) {
		if (c >= 0xFF01 && c <= 0xFF5E)
			c -= 0xFEE0;
		if (c >= '0' && c <= '9') {
			if (n == 7)
				return false;
			out[n++] = (char)c;
		} else if (!(c == ' ' || c == 0x3000 || c == '-' || c == 0x3012 || c == 0x3036 || c == 0x2212 ||
			     c == 0x30FC || c == 0xFF70 || (c >= 0x2010 && c <= 0x2015))) {
			return false;
		}
	}
	out[n] = '\0';
	return n == 7;
}

const char *postal_text(struct arena *a, const char *code)
{
	return strlen(code) == 7 && strspn(code, "0123456789") == 7 ? arena_fmt(a, "%.3s-%s", code, code + 3)
								     : arena_str(a, code);
}

/* Fields of one line: "…" or bare, no line ends inside. At least COLUMNS, others ignored. */
static bool fields(struct arena *a, const char *line, const char *f[COLUMNS])
{
	size_t k = 0;
	while (k < COLUMNS) {
		struct buf b = buf_new(a);
		if (*line == '"') {
			for (line++; *line && (*line != '"' || line[1] == '"'); line++) {
				line += *line == '"';
				buf_char(&b, *line);
			}
			if (*line++ != '"')
				return false;
		} else {
			size_t n = strcspn(line, ",");
			buf_add(&b, line, n);
			line += n;
		}
		f[k++] = b.n ? b.p : "";
		if (*line != ',')
			break;
		line++;
	}
	return k == COLUMNS;
}

static bool open_bracket(const char *s)
{
	const char *open = strstr(s, "（");
	return open && !strstr(open, "）");
}

/* The town area without remarks; what stood in brackets goes to *note. */
static const char *clean_town(struct arena *a, const char *town, const char **note)
{
	*note = "";
	const char *open = strstr(town, "（");
	if (open) {
		const char *in = open + strlen("（"), *close = strstr(in, "）");
		*note = arena_strn(a, in, close ? (size_t)(close - in) : strlen(in));
		town = arena_strn(a, town, (size_t)(open - town));
	}
	/* 一円 alone is a real town area (滋賀県多賀町). */
	if (str_eq(town, "以下に掲載がない場合") || str_ends(town, "の次に番地がくる場合") ||
	    str_ends(town, "の次に１～１９番地がくる場合") || (str_ends(town, "一円") && !str_eq(town, "一円")))
		return "";
	return town;
}

static const char *clean_kana(struct arena *a, const char *kana)
{
	size_t n = strcspn(kana, "("); /* half-width bracket of KEN_ALL */
	const char *wide = strstr(kana, "（");
	if (wide && (size_t)(wide - kana) < n)
		n = (size_t)(wide - kana);
	return kana_katakana(a, arena_strn(a, kana, n));
}

static bool good(const char *const f[COLUMNS])
{
	return strlen(f[2]) == 7 && strspn(f[2], "0123456789") == 7 && strlen(f[0]) == 5 &&
	       strspn(f[0], "0123456789") == 5 && *f[6] && *f[7];
}

static err give(struct arena *a, const char *const f[COLUMNS], postal_fn fn, void *arg)
{
	struct postal_row r = {.code = f[2], .municipality = f[0], .prefecture = f[6], .city = f[7]};
	r.town = clean_town(a, f[8], &r.note);
	r.prefecture_kana = clean_kana(a, f[3]);
	r.city_kana = clean_kana(a, f[4]);
	r.town_kana = *r.town ? clean_kana(a, f[5]) : "";
	return fn(arg, &r);
}

struct lines {
	const char *p, *end;
	int at;
	bool cp932;
};

/* The next line that is not empty as UTF-8 in the arena; NULL at the end; "" for one that cannot be read. */
static const char *next_line(struct arena *a, struct lines *l)
{
	while (l->p < l->end) {
		const char *nl = memchr(l->p, '\n', (size_t)(l->end - l->p)), *line = l->p;
		size_t n = (size_t)((nl ? nl : l->end) - line);
		l->p = nl ? nl + 1 : l->end;
		l->at++;
		while (n && line[n - 1] == '\r')
			n--;
		if (!n || (n == 1 && *line == 0x1A)) /* Ctrl-Z ends old files */
			continue;
		if (n > LINE_BYTES)
			return "";
		if (!l->cp932)
			return str_utf8_valid(line, n) ? arena_strn(a, line, n) : "";
		char *utf8;
		struct cp932_report r;
		return cp932_decode(a, line, n, &utf8, &r) == OK ? utf8 : "";
	}
	return NULL;
}

/* Join rows while the bracket of the town area is open (the CP932 file cuts long names). */
static void join(struct arena *a, struct lines *l, const char *f[COLUMNS])
{
	for (int i = 0; open_bracket(f[8]); i++) {
		struct lines ahead = *l;
		const char *more = next_line(a, &ahead), *g[COLUMNS];
		if (!more || i == JOINED_LINES || !fields(a, more, g) || !str_eq(f[2], g[2]) || !str_eq(f[0], g[0]))
			return; /* never closed: the name ends here */
		f[8] = arena_fmt(a, "%s%s", f[8], g[8]);
		if (!str_eq(f[5], g[5]))
			f[5] = arena_fmt(a, "%s%s", f[5], g[5]);
		*l = ahead;
	}
}

err postal_read(struct arena *a, const char *bytes, size_t n, postal_fn fn, void *arg, struct postal_report *report)
{
	struct lines l = {bytes, bytes + n, 0, false};
	*report = (struct postal_report){0, 0, 0};
	if (n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
		l.p += 3;
	else
		l.cp932 = !str_utf8_valid(bytes, n);
	for (;;) {
		struct arena_mark m = arena_mark_get(a);
		const char *f[COLUMNS], *line = next_line(a, &l);
		if (!line)
			return OK;
		int at = l.at;
		if (fields(a, line, f) && good(f)) {
			join(a, &l, f);
			report->n_rows++;
			TRY(give(a, f, fn, arg));
		} else {
			report->n_bad++;
			report->first_bad_line = report->first_bad_line ? report->first_bad_line : at;
		}
		arena_rewind(a, m);
	}
}
