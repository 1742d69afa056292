#include "codec/csv.h"

#include "base/str.h"

#include <string.h>

struct csv csv_open(const char *bytes, size_t n, char sep, enum csv_charset charset)
{
	struct csv r = {bytes, bytes + n, sep, charset, 1};
	if (n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 && charset != CSV_CP932) {
		r.p += 3;
		r.charset = CSV_UTF8;
	}
	return r;
}

/* Bytes of whole UTF-8 sequences of three or more (Japanese) against bytes that belong to none, in a window of the
 * text. Sequences of two bytes prove nothing: pairs of half-width kana in CP932 look the same. */
static enum csv_charset guess(const char *p, size_t n)
{
	enum { WINDOW = 65536 };
	size_t whole = 0, stray = 0;
	n = n < WINDOW ? n : WINDOW;
	for (size_t i = 0; i < n;) {
		size_t len = 1;
		if ((unsigned char)p[i] >= 0x80) {
			for (len = 2; len <= 4 && i + len <= n && !str_utf8_valid(p + i, len); len++)
				;
			if (len > 4 || i + len > n) {
				len = 1;
				stray++;
			} else {
				whole += len > 2 ? len : 0;
			}
		}
		i += len;
	}
	return !stray || whole > stray ? CSV_UTF8 : CSV_CP932;
}

static bool ascii(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)p[i] >= 0x80)
			return false;
	return true;
}

/* Just behind the line end at or after p. */
static const char *line_after(const char *p, const char *end)
{
	while (p < end && *p != '\n' && *p != '\r')
		p++;
	if (p < end && *p == '\r' && p + 1 < end && p[1] == '\n')
		return p + 2;
	return p < end ? p + 1 : end;
}

enum fault_kind { GOOD, OPEN_QUOTE, AFTER_QUOTE, TOO_MANY, TOO_LONG };

static const char *const reasons[] = {
	[OPEN_QUOTE] = "引用符（\"）が閉じていません",
	[AFTER_QUOTE] = "引用符（\"）の閉じたあとに余分な文字があります",
	[TOO_MANY] = "列が多すぎます",
	[TOO_LONG] = "行が長すぎます",
};

struct scan {
	const char *next;                  /* behind the row */
	int lines;                         /* physical lines the row takes */
	size_t n;
	const char *from[CSV_CELLS_MAX];   /* raw cells, quotes apart */
	size_t len[CSV_CELLS_MAX];
	bool quoted[CSV_CELLS_MAX];
};

/* From behind the opening quote to the closing one; NULL if there is none within reason. */
static const char *closing(const char *p, const char *start, const char *end, int *lines)
{
	for (; p < end && p - start < CSV_ROW_BYTES_MAX; p++) {
		if (*p == '"') {
			if (p + 1 == end || p[1] != '"')
				return p;
			p++;
		} else if (*p == '\n' || (*p == '\r' && (p + 1 == end || p[1] != '\n'))) {
			if (++*lines > CSV_ROW_LINES_MAX)
				return NULL;
		}
	}
	return NULL;
}

static enum fault_kind scan_row(const struct csv *r, struct scan *s)
{
	const char *p = r->p;
	s->n = 0;
	s->lines = 1;
	for (;;) {
		if (s->n == CSV_CELLS_MAX)
			return TOO_MANY;
		size_t i = s->n++;
		s->quoted[i] = p < r->end && *p == '"';
		if (s->quoted[i]) {
			const char *q = closing(p + 1, r->p, r->end, &s->lines);
			if (!q)
				return OPEN_QUOTE;
			s->from[i] = p + 1;
			s->len[i] = (size_t)(q - p - 1);
			p = q + 1;
			if (p < r->end && *p != r->sep && *p != '\n' && *p != '\r')
				return AFTER_QUOTE;
		} else {
			s->from[i] = p;
			while (p < r->end && *p != r->sep && *p != '\n' && *p != '\r')
				p++;
			s->len[i] = (size_t)(p - s->from[i]);
		}
		if (p - r->p > CSV_ROW_BYTES_MAX)
			return TOO_LONG;
		if (p == r->end || *p != r->sep)
			break;
		p++;
	}
	s->next = line_after(p, r->end);
	return GOOD;
}

static const char *unquote(struct arena *a, const char *s, size_t n)
{
	if (!memchr(s, '"', n))
		return arena_strn(a, s, n);
	char *out = arena_alloc(a, n + 1);
	size_t w = 0;
	for (size_t i = 0; i < n; i++) {
		out[w++] = s[i];
		i += s[i] == '"';
	}
	return out;
}

static void spoil(struct csv_row *row, struct arena *a, const char *why)
{
	row->bad = ERR_CSV;
	row->why = arena_fmt(a, "%d行目：%s。この行だけ読み飛ばしました。", row->line, why);
	row->n = 0;
	row->cells = NULL;
}

static void read_cells(const struct csv *r, struct arena *a, const struct scan *s, struct csv_row *row)
{
	row->n = s->n;
	row->cells = ARENA_ARRAY(a, s->n, const char *);
	for (size_t i = 0; i < s->n; i++) {
		const char *raw = s->quoted[i] ? unquote(a, s->from[i], s->len[i]) : NULL;
		size_t n = raw ? strlen(raw) : s->len[i];
		if (memchr(s->from[i], '\0', s->len[i])) {
			spoil(row, a, "文字でないデータが混じっています");
			return;
		}
		if (r->charset == CSV_CP932) {
			struct cp932_report report;
			char *utf8;
			if (cp932_decode(a, raw ? raw : s->from[i], n, &utf8, &report) != OK) {
				spoil(row, a, arena_fmt(a, "%zu列目に Shift_JIS として読めない文字があります", i + 1));
				return;
			}
			row->cells[i] = utf8;
		} else {
			row->cells[i] = raw ? raw : arena_strn(a, s->from[i], n);
			if (!str_utf8_valid(row->cells[i], n)) {
				spoil(row, a, arena_fmt(a, "%zu列目に文字化けがあります", i + 1));
				return;
			}
		}
	}
}

bool csv_next(struct csv *r, struct arena *a, struct csv_row *row)
{
	while (r->p < r->end && (*r->p == '\n' || *r->p == '\r' || (*r->p == 0x1A && r->p + 1 == r->end))) {
		r->p = *r->p == 0x1A ? r->end : line_after(r->p, r->end); /* Ctrl-Z ends old files */
		r->line++;
	}
	if (r->p == r->end)
		return false;
	struct scan *s = ARENA_NEW(a, struct scan);
	*row = (struct csv_row){.line = r->line};
	enum fault_kind fault = scan_row(r, s);
	if (fault != GOOD) {
		spoil(row, a, reasons[fault]);
		r->p = line_after(r->p, r->end);
		r->line++;
		return true;
	}
	if (r->charset == CSV_AUTO && !ascii(r->p, (size_t)(s->next - r->p)))
		r->charset = guess(r->p, (size_t)(r->end - r->p));
	read_cells(r, a, s, row);
	r->p = s->next;
	r->line += s->lines;
	return true;
}

static bool same_trimmed(const char *a, const char *b)
{
	while (*a == ' ')
		a++;
	size_t n = strlen(a);
	while (n && a[n - 1] == ' ')
		n--;
	return strlen(b) == n && memcmp(a, b, n) == 0;
}

int csv_column(const struct csv_row *head, const char *name)
{
	for (size_t i = 0; i < head->n; i++)
		if (same_trimmed(head->cells[i], name))
			return (int)i;
	return -1;
}

const char *csv_cell(const struct csv_row *row, int column)
{
	return column < 0 || (size_t)column >= row->n ? "" : row->cells[column];
}

/* --- writer --- */

struct csv_writer csv_writer_new(struct arena *a, unsigned options)
{
	struct csv_writer w = {buf_new(a), options, false};
	if ((options & CSV_BOM) && !(options & CSV_TO_CP932))
		buf_str(&w.b, "\xEF\xBB\xBF");
	return w;
}

static char separator(const struct csv_writer *w) { return w->options & CSV_TAB ? '\t' : ','; }

static void next_cell(struct csv_writer *w)
{
	if (w->row_begun)
		buf_char(&w->b, separator(w));
	w->row_begun = true;
}

/* Would a spreadsheet take the cell for a formula? */
static bool formula(const char *s)
{
	static const char *const wide[] = {"＝", "＋", "－", "＠"};
	if (*s && strchr("=+-@\t\r", *s))
		return true;
	for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++)
		if (str_starts(s, wide[i]))
			return true;
	return false;
}

void csv_put(struct csv_writer *w, const char *text)
{
	const char *s = str_or(text, "");
	next_cell(w);
	bool guard = (w->options & CSV_EXCEL) && formula(s);
	size_t n = strlen(s);
	bool quote = (w->options & CSV_QUOTE_ALL) || strpbrk(s, "\"\r\n") || strchr(s, separator(w)) ||
		(n && (s[0] == ' ' || s[n - 1] == ' ' || s[0] == '\t'));
	if (quote)
		buf_char(&w->b, '"');
	if (guard)
		buf_char(&w->b, '\'');
	for (; *s; s++) {
		if (*s == '"')
			buf_char(&w->b, '"');
		buf_char(&w->b, *s);
	}
	if (quote)
		buf_char(&w->b, '"');
}

void csv_put_int(struct csv_writer *w, int64_t v)
{
	next_cell(w);
	if (v != INT64_MIN)
		buf_fmt(&w->b, "%lld", (long long)v);
}

void csv_end(struct csv_writer *w)
{
	buf_str(&w->b, "\r\n");
	w->row_begun = false;
}

err csv_finish(struct csv_writer *w, const struct fold_table *offers, const char **bytes, size_t *n,
	struct cp932_report *report)
{
	if (w->row_begun)
		csv_end(w);
	struct cp932_report own;
	report = report ? report : &own;
	*report = (struct cp932_report){NULL, 0};
	if (w->options & CSV_TO_CP932) {
		char *out;
		err e = cp932_encode(w->b.arena, w->b.n ? w->b.p : "", offers, &out, n, report);
		if (e == OK || e == ERR_CP932)
			*bytes = out;
		return e;
	}
	*bytes = w->b.n ? w->b.p : "";
	*n = w->b.n;
	return OK;
}
