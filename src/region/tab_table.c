/* Building of tables: no figure without a base, no cell without the text that is printed. */
#include "region/tab_own.h"

#include "base/buf.h"
#include "base/str.h"

#include <stdlib.h>

/* A forgotten base is a mistake of the program, never of the data: better no answer than a figure that says nothing. */
static void must_have(const struct tab_base *b)
{
	if (str_blank(b->words))
		abort();
}

struct tab_table *tab_table_new(struct arena *a, const char *id, const char *key, const char *no, const char *title, struct tab_base base)
{
	struct tab_table *t = ARENA_NEW(a, struct tab_table);
	must_have(&base);
	*t = (struct tab_table){.id = id, .key = str_or(key, ""), .no = str_or(no, ""), .title = title, .base = base};
	return t;
}

/* Room for one more in v[n], doubling. */
static void *grown(struct arena *a, void *v, size_t n, size_t *cap, size_t size)
{
	if (n < *cap)
		return v;
	size_t more = *cap ? *cap * 2 : 8;
	char *p = arena_array(a, more, size);
	const char *old = v;
	for (size_t i = 0; i < n * size; i++)
		p[i] = old[i];
	*cap = more;
	return p;
}

struct tab_col *tab_col_add(struct arena *a, struct tab_table *t, const char *group, const char *head, enum tab_cell_kind kind, struct tab_base base)
{
	if (kind != TAB_CELL_TEXT)
		must_have(&base);
	base.words = str_or(base.words, "");
	t->cols = grown(a, t->cols, t->n_cols, &t->cap_cols, sizeof *t->cols);
	t->cols[t->n_cols] = (struct tab_col){.group = str_or(group, ""), .head = head, .kind = kind, .base = base};
	return &t->cols[t->n_cols++];
}

struct tab_row *tab_row_add(struct arena *a, struct tab_table *t, const char *code, const char *label)
{
	t->rows = grown(a, t->rows, t->n_rows, &t->cap_rows, sizeof *t->rows);
	struct tab_row *r = &t->rows[t->n_rows++];
	*r = (struct tab_row){.code = str_or(code, ""), .label = label, .cells = ARENA_ARRAY(a, t->n_cols, struct tab_cell)};
	for (size_t c = 0; c < t->n_cols; c++)
		r->cells[c].text = "";
	return r;
}

size_t tab_col_append(struct arena *a, struct tab_table *t, const char *group, const char *head)
{
	size_t c = t->n_cols;
	(void)tab_col_add(a, t, group, head, TAB_CELL_TEXT, (struct tab_base){.words = ""});
	for (size_t r = 0; r < t->n_rows; r++) {
		struct tab_cell *cells = ARENA_ARRAY(a, t->n_cols, struct tab_cell);
		for (size_t i = 0; i < c; i++)
			cells[i] = t->rows[r].cells[i];
		cells[c] = tab_cell_text("");
		t->rows[r].cells = cells;
	}
	return c;
}

void tab_note_secret(const struct tab *t, struct tab_table *out)
{
	if (out->secret)
		tab_note_add(t->a, out, "x は、%d未満の少ない数を伏せたところ、または引き算で少ない数が分からないように伏せたところです。", (int)t->d->small_cell);
}

void tab_note_add(struct arena *a, struct tab_table *t, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	const char *s = arena_vfmt(a, fmt, ap);
	va_end(ap);
	for (size_t i = 0; i < t->n_notes; i++)
		if (str_eq(t->notes[i], s))
			return;
	t->notes = grown(a, t->notes, t->n_notes, &t->cap_notes, sizeof *t->notes);
	t->notes[t->n_notes++] = s;
}

struct tab_cell tab_cell_count(struct arena *a, int64_t v)
{
	return (struct tab_cell){.kind = TAB_CELL_COUNT, .num = v, .text = tab_text_int(a, v)};
}

struct tab_cell tab_cell_share(struct arena *a, int64_t num, int64_t den, int places)
{
	if (den <= 0)
		return tab_cell_none();
	return (struct tab_cell){.kind = TAB_CELL_SHARE, .num = num, .den = den, .places = places, .text = tab_text_share(a, num, den, places)};
}

struct tab_cell tab_cell_mean(struct arena *a, int64_t num, int64_t den, int places)
{
	if (den <= 0)
		return tab_cell_none();
	return (struct tab_cell){.kind = TAB_CELL_MEAN, .num = num, .den = den, .places = places,
		.text = tab_text_scaled(a, tab_half_up(num, den, 1, places), places)};
}

struct tab_cell tab_cell_points(struct arena *a, int64_t n1, int64_t d1, int64_t n2, int64_t d2, int places)
{
	if (d1 <= 0 || d2 <= 0)
		return tab_cell_none();
	int64_t num = n2 * d1 - n1 * d2, den = d1 * d2, v = tab_half_up(num, den, 100, places);
	return (struct tab_cell){.kind = TAB_CELL_POINTS, .num = num, .den = den, .places = places,
		.text = arena_fmt(a, "%s%s", v > 0 ? "+" : v == 0 ? "±" : "", tab_text_scaled(a, v, places))};
}

struct tab_cell tab_cell_text(const char *s)
{
	return (struct tab_cell){.kind = TAB_CELL_TEXT, .text = str_or(s, "")};
}

struct tab_cell tab_cell_none(void)
{
	return (struct tab_cell){.kind = TAB_CELL_NONE, .text = "該当なし"};
}

struct tab_cell tab_cell_secret(void)
{
	return (struct tab_cell){.kind = TAB_CELL_SECRET, .text = "x"};
}

/* ---- words of bases ---------------------------------------------------------------------------------------------- */

const char *tab_unit_short(const struct tab_data *d)
{
	const char *full = str_or(d->unit_word, "");
	return !str_blank(d->unit_short) ? d->unit_short : *full ? full : "回答者";
}

const char *tab_record_word(const struct tab_data *d)
{
	return str_blank(d->record_word) ? "回答" : d->record_word;
}

const char *tab_question_short(const struct tab_question *q)
{
	return str_blank(q->label_short) ? q->label : q->label_short;
}

/* 「一度でも「実施あり」と回答した」 and the value of the trait, before the noun. */
static const char *filter_words(const struct tab *t, const struct tab_filter *f)
{
	struct buf b = buf_new(t->a);
	const struct tab_question *q = f && f->ever ? tab_question_find(t->d, f->ever_key) : NULL;
	int k = q ? tab_option_of(q, f->ever_option) : -1;
	if (k >= 0)
		buf_fmt(&b, f->ever == TAB_EVER_YES ? "一度でも「%s」と回答した" : "一度も「%s」と回答していない", q->options[k].label);
	for (size_t i = 0; f && f->trait && i < t->d->n_traits; i++)
		for (size_t v = 0; str_eq(t->d->traits[i].key, f->trait) && v < t->d->traits[i].n_options; v++)
			if (str_eq(t->d->traits[i].options[v].code, f->trait_value))
				buf_fmt(&b, "%sが「%s」の", t->d->traits[i].label, t->d->traits[i].options[v].label);
	for (size_t u = 0; f && f->unit && u < t->d->n_units; u++)
		if (str_eq(t->d->units[u].id, f->unit))
			buf_fmt(&b, "%sの", t->d->units[u].label);
	if (f && f->rounds)
		for (size_t r = 0, n = 0; r < t->d->n_rounds; r++)
			if (f->rounds >> r & 1)
				buf_fmt(&b, "%s%s", n++ ? "・" : "", t->d->rounds[r].name);
	if (f && f->rounds)
		buf_str(&b, "の");
	return b.n ? b.p : "";
}

struct tab_base tab_base_answers(const struct tab *t, const struct tab_question *q, const struct tab_filter *f, int64_t n, bool cumulative)
{
	return (struct tab_base){.counts = TAB_OF_ANSWERS, .cumulative = cumulative, .n = n, .counter = str_blank(t->d->record_word) ? NULL : t->d->unit_counter,
		.words = arena_fmt(t->a, "%s%s%s%s", filter_words(t, f), q ? str_or(q->asked_if, "") : "", tab_record_word(t->d), cumulative ? "（延べ）" : "")};
}

struct tab_base tab_base_units(const struct tab *t, const struct tab_filter *f, int64_t n)
{
	return (struct tab_base){.counts = TAB_OF_UNITS, .n = n, .words = arena_fmt(t->a, "%s%s（実数）", filter_words(t, f), tab_unit_short(t->d))};
}
