#include "region/tab.h"

#include "base/buf.h"
#include "base/str.h"

#include <inttypes.h>

struct tab_column *tab_columns_new(struct arena *a, const struct tab_data *d)
{
	struct tab_column *v = ARENA_ARRAY(a, d->n_questions, struct tab_column);
	for (size_t q = 0; q < d->n_questions; q++) {
		enum tab_kind kind = d->questions[q].kind;
		v[q].state = ARENA_ARRAY(a, d->answers.n, uint8_t);
		if (kind == TAB_SINGLE || kind == TAB_MULTI)
			v[q].bits = ARENA_ARRAY(a, d->answers.n, uint64_t);
		else if (kind == TAB_NUMBER || kind == TAB_DATE)
			v[q].number = ARENA_ARRAY(a, d->answers.n, int64_t);
		else
			v[q].text = ARENA_ARRAY(a, d->answers.n, const char *);
	}
	return v;
}

const struct tab_question *tab_question_find(const struct tab_data *d, const char *key)
{
	for (size_t q = 0; key && q < d->n_questions; q++)
		if (str_eq(d->questions[q].key, key))
			return &d->questions[q];
	return NULL;
}

const struct tab_question *tab_question_role(const struct tab_data *d, const char *role)
{
	for (size_t q = 0; q < d->n_questions; q++)
		if (str_eq(str_or(d->questions[q].role, ""), role))
			return &d->questions[q];
	return NULL;
}

const char *tab_col_group(struct arena *a, const struct tab_col *c)
{
	const char *g = str_or(c->group, "");
	return *g && c->unfinished && !str_ends(g, "）") ? arena_fmt(a, "%s（途中）", g) : g;
}

const char *tab_base_text(struct arena *a, const struct tab_base *b)
{
	return b->n_hidden ? arena_fmt(a, "%s n=x", b->words) : arena_fmt(a, "%s n=%" PRId64, b->words, b->n);
}

/* ---- comparing --------------------------------------------------------------------------------------------------- */

static bool words_equal(const char *x, const char *y)
{
	return str_eq(str_or(x, ""), str_or(y, ""));
}

static bool base_equal(const struct tab_base *x, const struct tab_base *y)
{
	return x->counts == y->counts && x->cumulative == y->cumulative && x->n == y->n && x->n_hidden == y->n_hidden
		&& words_equal(x->words, y->words);
}

static bool cell_equal(const struct tab_cell *x, const struct tab_cell *y)
{
	return x->kind == y->kind && x->num == y->num && x->den == y->den && x->places == y->places && words_equal(x->text, y->text);
}

static bool col_equal(const struct tab_col *x, const struct tab_col *y)
{
	return words_equal(x->group, y->group) && words_equal(x->head, y->head) && x->kind == y->kind && x->share_of == y->share_of
		&& x->unfinished == y->unfinished && base_equal(&x->base, &y->base);
}

static const char *row_differs(struct arena *a, const struct tab_table *t, const struct tab_row *x, const struct tab_row *y)
{
	if (!words_equal(x->code, y->code) || !words_equal(x->label, y->label) || x->total != y->total || x->no_answer != y->no_answer
	    || !base_equal(&x->base, &y->base))
		return arena_fmt(a, "行「%s」と「%s」が違います。", str_or(x->label, ""), str_or(y->label, ""));
	for (size_t c = 0; c < t->n_cols; c++)
		if (!cell_equal(&x->cells[c], &y->cells[c]))
			return arena_fmt(a, "行「%s」の列「%s %s」が、%s と %s で違います。", str_or(x->label, ""), str_or(t->cols[c].group, ""),
				t->cols[c].head, x->cells[c].text, y->cells[c].text);
	return NULL;
}

static const char *differs(struct arena *a, const struct tab_table *x, const struct tab_table *y)
{
	if (!words_equal(x->id, y->id) || !words_equal(x->key, y->key) || !words_equal(x->no, y->no) || !words_equal(x->title, y->title)
	    || x->series != y->series || x->chart != y->chart || x->secret != y->secret || !base_equal(&x->base, &y->base))
		return arena_fmt(a, "表「%s」と「%s」の見出しまたは母数が違います。", x->title, y->title);
	if (x->n_cols != y->n_cols || x->n_rows != y->n_rows || x->n_notes != y->n_notes)
		return arena_fmt(a, "表「%s」の行、列または注の数が違います。", x->title);
	for (size_t c = 0; c < x->n_cols; c++)
		if (!col_equal(&x->cols[c], &y->cols[c]))
			return arena_fmt(a, "列「%s %s」の見出しまたは母数が違います。", str_or(x->cols[c].group, ""), x->cols[c].head);
	for (size_t r = 0; r < x->n_rows; r++) {
		const char *w = row_differs(a, x, &x->rows[r], &y->rows[r]);
		if (w)
			return w;
	}
	for (size_t i = 0; i < x->n_notes; i++)
		if (!words_equal(x->notes[i], y->notes[i]))
			return arena_fmt(a, "注が違います：%s／%s", x->notes[i], y->notes[i]);
	return NULL;
}

bool tab_table_equal(struct arena *a, const struct tab_table *x, const struct tab_table *y, const char **why)
{
	const char *w = differs(a, x, y);
	if (why)
		*why = w;
	return !w;
}

const char *tab_table_fault(struct arena *a, const struct tab_table *t)
{
	if (str_blank(t->base.words))
		return arena_fmt(a, "表「%s」に母数がありません。", str_or(t->title, ""));
	for (size_t c = 0; c < t->n_cols; c++)
		if (t->cols[c].kind != TAB_CELL_TEXT && str_blank(t->cols[c].base.words))
			return arena_fmt(a, "表「%s」の列「%s」に母数がありません。", t->title, t->cols[c].head);
	for (size_t r = 0; r < t->n_rows; r++)
		for (size_t c = 0; c < t->n_cols; c++) {
			const struct tab_cell *x = &t->rows[r].cells[c];
			bool figure = x->kind == TAB_CELL_SHARE || x->kind == TAB_CELL_MEAN || x->kind == TAB_CELL_POINTS;
			if (!x->text || (figure && x->den <= 0))
				return arena_fmt(a, "表「%s」の行「%s」に、母数のない値があります。", t->title, str_or(t->rows[r].label, ""));
			if (t->cols[c].kind == TAB_CELL_SHARE && t->cols[c].share_of == TAB_SHARE_ROW && figure && str_blank(t->rows[r].base.words))
				return arena_fmt(a, "表「%s」の行「%s」に母数がありません。", t->title, str_or(t->rows[r].label, ""));
		}
	return NULL;
}
