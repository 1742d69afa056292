#include "care/plan_diff.h"

#include "base/buf.h"
#include "base/str.h"
#include "jp/era.h"

#include <string.h>

/* ---- chunks ---------------------------------------------------------------------------------------------------------------- */

enum script { SCRIPT_SIGN, SCRIPT_KANJI, SCRIPT_HIRAGANA, SCRIPT_KATAKANA, SCRIPT_LATIN, SCRIPT_SPACE };

static enum script script_of(uint32_t u)
{
	if ((u >= 0x4E00 && u <= 0x9FFF) || (u >= 0x3400 && u <= 0x4DBF) || u >= 0x20000 || u == 0x3005 || u == 0x3006)
		return SCRIPT_KANJI;
	if (u >= 0x3041 && u <= 0x309F)
		return SCRIPT_HIRAGANA;
	if ((u >= 0x30A0 && u <= 0x30FF) || (u >= 0xFF66 && u <= 0xFF9F))
		return SCRIPT_KATAKANA;
	if ((u >= '0' && u <= '9') || (u >= 'A' && u <= 'Z') || (u >= 'a' && u <= 'z') || (u >= 0xFF10 && u <= 0xFF5A && u != 0xFF1A))
		return SCRIPT_LATIN;
	return u == ' ' || u == 0x3000 ? SCRIPT_SPACE : SCRIPT_SIGN;
}

char **text_chunks(struct arena *a, const char *text, size_t *n)
{
	size_t max = str_count(text) + 1;
	char **v = ARENA_ARRAY(a, max, char *);
	const char *start = text, *p = text;
	enum script run = SCRIPT_SIGN;
	*n = 0;
	while (*p) {
		const char *here = p;
		enum script s = script_of(str_next(&p));
		/* a voiced mark or a long vowel goes on with what it belongs to: both stand in the block of katakana already */
		if (here != start && (s != run || s == SCRIPT_SIGN)) {
			v[(*n)++] = arena_strn(a, start, (size_t)(here - start));
			start = here;
		}
		run = s;
	}
	if (p != start)
		v[(*n)++] = arena_strn(a, start, (size_t)(p - start));
	return v;
}

/* ---- Myers ------------------------------------------------------------------------------------------------------------------- */

struct out {
	struct arena *a;
	struct diff_piece *v;
	size_t n;
	struct buf text;
	enum diff_kind kind;
	bool open;
};

static void flush(struct out *o)
{
	if (o->open && o->text.n)
		o->v[o->n++] = (struct diff_piece){o->kind, arena_strn(o->a, o->text.p, o->text.n)};
	o->text = buf_new(o->a);
	o->open = false;
}

static void put(struct out *o, enum diff_kind kind, const char *chunk)
{
	if (!o->open || o->kind != kind)
		flush(o);
	o->kind = kind;
	o->open = true;
	buf_str(&o->text, chunk);
}

/* The furthest points of every step, kept so that the way back is known: step d has 2d+1 of them. */
static int trace(struct arena *a, char **x, int n, char **y, int m, int ***steps)
{
	int max = n + m;
	int *v = ARENA_ARRAY(a, (size_t)(2 * max + 3), int);
	*steps = ARENA_ARRAY(a, (size_t)max + 2, int *);
	for (int d = 0; d <= max; d++) {
		for (int k = -d; k <= d; k += 2) {
			bool down = k == -d || (k != d && v[max + 1 + k - 1] < v[max + 1 + k + 1]);
			int i = down ? v[max + 1 + k + 1] : v[max + 1 + k - 1] + 1, j = i - k;
			while (i < n && j < m && str_eq(x[i], y[j])) {
				i++;
				j++;
			}
			v[max + 1 + k] = i;
			if (i >= n && j >= m) {
				(*steps)[d] = arena_copy(a, v + max + 1 - d, (size_t)(2 * d + 1) * sizeof *v);
				return d;
			}
		}
		(*steps)[d] = arena_copy(a, v + max + 1 - d, (size_t)(2 * d + 1) * sizeof *v);
	}
	return max;
}

struct move {
	enum diff_kind kind;
	int at;
};

/* From the end back to the beginning; moves come out in reverse. */
static size_t way_back(int **steps, int d, int n, int m, struct move *moves)
{
	size_t k = 0;
	int i = n, j = m;
	for (; d > 0; d--) {
		const int *v = steps[d - 1];
		int diag = i - j, w = d - 1;
		int left = diag - 1 >= -w && diag - 1 <= w ? v[w + diag - 1] : -1, right = diag + 1 >= -w && diag + 1 <= w ? v[w + diag + 1] : -1;
		bool down = diag == -d || (diag != d && left < right);
		int prev_i = down ? right : left, prev_j = down ? prev_i - diag - 1 : prev_i - diag + 1;
		while (i > (down ? prev_i : prev_i + 1) && j > (down ? prev_j + 1 : prev_j)) {
			moves[k++] = (struct move){DIFF_SAME, --i};
			j--;
		}
		moves[k++] = down ? (struct move){DIFF_IN, prev_j} : (struct move){DIFF_OUT, prev_i};
		i = prev_i;
		j = prev_j;
	}
	while (i > 0)
		moves[k++] = (struct move){DIFF_SAME, --i};
	return k;
}

enum { STEPS_MAX = 1500 }; /* texts that have little in common are told whole: the memory of the way back grows with its square */

static void middle(struct out *o, char **x, int n, char **y, int m)
{
	if (n == 0 || m == 0 || n + m > DIFF_MAX || n + m > STEPS_MAX) {
		for (int i = 0; i < n; i++)
			put(o, DIFF_OUT, x[i]);
		for (int j = 0; j < m; j++)
			put(o, DIFF_IN, y[j]);
		return;
	}
	int **steps;
	int d = trace(o->a, x, n, y, m, &steps);
	struct move *moves = ARENA_ARRAY(o->a, (size_t)(n + m) + 1, struct move);
	size_t k = way_back(steps, d, n, m, moves);
	while (k-- > 0)
		put(o, moves[k].kind, moves[k].kind == DIFF_IN ? y[moves[k].at] : x[moves[k].at]);
}

void text_diff(struct arena *a, const char *before, const char *after, struct diff_piece **v, size_t *n)
{
	size_t nx, ny, head = 0, tail = 0;
	char **x = text_chunks(a, before, &nx), **y = text_chunks(a, after, &ny);
	struct out o = {.a = a, .v = ARENA_ARRAY(a, nx + ny + 2, struct diff_piece), .text = buf_new(a)};
	while (head < nx && head < ny && str_eq(x[head], y[head]))
		head++;
	while (tail < nx - head && tail < ny - head && str_eq(x[nx - 1 - tail], y[ny - 1 - tail]))
		tail++;
	for (size_t i = 0; i < head; i++)
		put(&o, DIFF_SAME, x[i]);
	middle(&o, x + head, (int)(nx - head - tail), y + head, (int)(ny - head - tail));
	for (size_t i = nx - tail; i < nx; i++)
		put(&o, DIFF_SAME, x[i]);
	flush(&o);
	*v = o.v;
	*n = o.n;
}

/* ---- two plans ------------------------------------------------------------------------------------------------------------------ */

/* Values as people read them. */
static const char *words(struct arena *a, const struct plan_field *f, const struct table_desc *t, const void *row)
{
	const char *v = row ? plan_value(a, t, row, f->column) : "";
	civil day;
	if (str_ends(f->column, "_on") && civil_parse(v, &day))
		return era_text(a, day);
	if (str_ends(f->column, "_min") || str_starts(f->column, "time_")) {
		int64_t m;
		return str_int(v, &m) ? arena_fmt(a, "%lld:%02lld", (long long)m / 60, (long long)m % 60) : v;
	}
	if (str_eq(f->column, "days") && strlen(v) == 7) {
		static const char *const d[] = {"月", "火", "水", "木", "金", "土", "日"};
		struct buf b = buf_new(a);
		for (size_t i = 0; i < 7; i++)
			if (v[i] == '1')
				buf_str(&b, d[i]);
		return b.n ? b.p : "";
	}
	static const char *const codes[][3] = {{"covered", "Y", "対象"}, {"covered", "N", "対象外"}, {"has_issue", "1", "有"}, {"has_issue", "2", "無"},
	                                       {"actor", "formal", "公的サービス"}, {"actor", "family", "家族"}, {"actor", "informal", "住民・民間"},
	                                       {"actor", "self", "本人"}, {"whose", "person", "本人"}, {"whose", "family", "家族・介護者"},
	                                       {"life_support", "1", "該当"}, {"class_first", "1", "○"}, {"class_referred", "1", "○"},
	                                       {"class_continued", "1", "○"}, {"cert_status", "1", "申請中"}, {"cert_status", "2", "認定済"}};
	for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
		if (str_eq(f->column, codes[i][0]) && str_eq(v, codes[i][1]))
			return codes[i][2];
	if (str_starts(f->column, "prog_") && *v)
		return str_eq(v, "1") ? "要" : "否";
	return v;
}

static int64_t number(const struct table_desc *t, const void *row, const char *column)
{
	int64_t *p = row_column(t, (void *)(uintptr_t)row, column);
	return p ? *p : INT_NULL;
}

static bool same_text(const struct table_desc *t, const void *a, const void *b, const char *column)
{
	return plan_same_value(t, a, b, column);
}

/* Is it the same row in both versions? */
static bool same_row(enum plan_part part, const struct table_desc *t, const void *a, const void *b)
{
	if (part == PLAN_AREA)
		return same_text(t, a, b, "area");
	if (part == PLAN_SLOT)
		return same_text(t, a, b, "dow") && same_text(t, a, b, "from_min") && same_text(t, a, b, "service");
	if (part == PLAN_ACTIVITY)
		return same_text(t, a, b, "text");
	int64_t x = number(t, a, "origin_id"), y = number(t, b, "origin_id");
	return (x == INT_NULL ? number(t, a, "id") : x) == (y == INT_NULL ? number(t, b, "id") : y);
}

/* Written anew with the very same words: no difference to anybody who reads. */
static bool same_words(enum plan_part part, const struct table_desc *t, const void *a, const void *b)
{
	for (size_t i = 0; i < plan_field_count(); i++)
		if (plan_field_at(i)->part == part && *plan_field_at(i)->label && !plan_same_value(t, a, b, plan_field_at(i)->column))
			return false;
	return true;
}

/* A day, a time, a code: its words are not those that are stored, and half a day says nothing to a reader. */
static bool is_one_value(struct arena *a, const struct plan_field *f, const struct table_desc *t, const void *row, const char *shown)
{
	return row && !str_eq(shown, plan_value(a, t, row, f->column));
}

static void whole(struct arena *a, const char *before, const char *after, struct plan_diff_field *d)
{
	d->pieces = ARENA_ARRAY(a, 2, struct diff_piece);
	d->n = 0;
	if (*before)
		d->pieces[d->n++] = (struct diff_piece){DIFF_OUT, before};
	if (*after)
		d->pieces[d->n++] = (struct diff_piece){DIFF_IN, after};
}

static bool fields_of(struct arena *a, enum plan_part part, const void *before, const void *after, struct plan_diff_row *r)
{
	const struct table_desc *t = plan_part(part)->table;
	r->fields = ARENA_ARRAY(a, plan_field_count() + 1, struct plan_diff_field);
	r->n = 0;
	for (size_t i = 0; i < plan_field_count(); i++) {
		const struct plan_field *f = plan_field_at(i);
		if (f->part != part || !*f->label)
			continue;
		const char *x = words(a, f, t, before), *y = words(a, f, t, after);
		if (str_eq(x, y))
			continue;
		struct plan_diff_field *d = &r->fields[r->n++];
		d->column = f->column;
		d->label = f->label;
		if (is_one_value(a, f, t, before, x) || is_one_value(a, f, t, after, y))
			whole(a, x, y, d);
		else
			text_diff(a, x, y, &d->pieces, &d->n);
	}
	return r->n > 0;
}

static void part_diff(struct arena *a, const struct plan_tree *before, const struct plan_tree *after, enum plan_part part,
                      struct plan_diff_row *v, size_t *n)
{
	size_t nb, na;
	const struct table_desc *t = plan_part(part)->table;
	const char *b = plan_rows(before, part, &nb), *f = plan_rows(after, part, &na);
	bool *used = ARENA_ARRAY(a, nb + 1, bool);
	for (size_t i = 0; i < na; i++) {
		const void *now = f + i * t->size, *was = NULL;
		for (size_t k = 0; k < nb && !was; k++)
			if (!used[k] && (part == PLAN_HEAD || same_row(part, t, b + k * t->size, now))) {
				was = b + k * t->size;
				used[k] = true;
			}
		for (size_t k = 0; k < nb && !was; k++)
			if (!used[k] && same_words(part, t, b + k * t->size, now)) {
				was = b + k * t->size;
				used[k] = true;
			}
		struct plan_diff_row r = {.part = part, .kind = was ? ROW_CHANGED : ROW_NEW, .before = was, .after = now};
		if (fields_of(a, part, was, now, &r) || !was)
			v[(*n)++] = r;
	}
	for (size_t k = 0; k < nb; k++) {
		struct plan_diff_row r = {.part = part, .kind = ROW_GONE, .before = b + k * t->size};
		if (used[k])
			continue;
		(void)fields_of(a, part, r.before, NULL, &r);
		v[(*n)++] = r;
	}
}

void plan_diff(struct arena *a, const struct plan_tree *before, const struct plan_tree *after, struct plan_diff_row **v, size_t *n)
{
	size_t max = 1, k;
	for (int p = 0; p <= PLAN_PARTS; p++) {
		(void)plan_rows(before, (enum plan_part)p, &k);
		max += k;
		(void)plan_rows(after, (enum plan_part)p, &k);
		max += k;
	}
	*v = ARENA_ARRAY(a, max, struct plan_diff_row);
	*n = 0;
	part_diff(a, before, after, PLAN_HEAD, *v, n);
	for (int p = 0; p < PLAN_PARTS; p++)
		part_diff(a, before, after, (enum plan_part)p, *v, n);
}
