/* A report as JSON (for programs: exact fractions) and as CSV (for people). Excel and PDF are drawn elsewhere from the same tables. */
#include "region/tab_report.h"

#include "base/str.h"
#include "codec/csv.h"
#include "codec/json.h"

#include <stdlib.h>

/* ---- JSON -------------------------------------------------------------------------------------------------------- */

static const char *const COUNTS[] = {"units", "answers", "ticks", "texts", "invited"};
static const char *const CELLS[] = {"empty", "count", "share", "mean", "points", "text", "none", "secret"};
static const char *const SHARES[] = {"column", "row", "all"};
static const char *const CHARTS[] = {"none", "pie", "bar", "stacked", "line", "grouped"};
static const char *const SECTIONS[] = {"summary", "outline", "response", "question", "ever", "mean", "cross", "text", "own"};

static void put(struct arena *a, struct json *o, const char *key, const char *s)
{
	json_set(a, o, key, json_new_text(a, str_or(s, "")));
}

static struct json *base_json(struct arena *a, const struct tab_base *b)
{
	struct json *o = json_new(a, JSON_OBJECT);
	put(a, o, "counts", COUNTS[b->counts]);
	json_set(a, o, "cumulative", json_new_bool(a, b->cumulative));
	json_set(a, o, "n", b->n_hidden ? json_new(a, JSON_NULL) : json_new_int(a, b->n));
	put(a, o, "words", b->words);
	return o;
}

static struct json *cell_json(struct arena *a, const struct tab_cell *c)
{
	struct json *o = json_new(a, JSON_OBJECT);
	put(a, o, "kind", CELLS[c->kind]);
	if (c->kind == TAB_CELL_COUNT || c->kind == TAB_CELL_SHARE || c->kind == TAB_CELL_MEAN || c->kind == TAB_CELL_POINTS)
		json_set(a, o, "num", json_new_int(a, c->num));
	if (c->kind == TAB_CELL_SHARE || c->kind == TAB_CELL_MEAN || c->kind == TAB_CELL_POINTS)
		json_set(a, o, "den", json_new_int(a, c->den));
	put(a, o, "text", c->text);
	return o;
}

static struct json *table_json(struct arena *a, const struct tab_table *t)
{
	struct json *o = json_new(a, JSON_OBJECT), *cols = json_new(a, JSON_ARRAY), *rows = json_new(a, JSON_ARRAY), *notes = json_new(a, JSON_ARRAY);
	put(a, o, "id", t->id);
	put(a, o, "question", t->key);
	put(a, o, "no", t->no);
	put(a, o, "title", t->title);
	json_set(a, o, "series", json_new_int(a, t->series));
	json_set(a, o, "base", base_json(a, &t->base));
	put(a, o, "chart", CHARTS[t->chart]);
	for (size_t c = 0; c < t->n_cols; c++) {
		const struct tab_col *x = &t->cols[c];
		struct json *col = json_new(a, JSON_OBJECT);
		put(a, col, "group", x->group);
		put(a, col, "head", x->head);
		put(a, col, "kind", CELLS[x->kind]);
		if (x->kind == TAB_CELL_SHARE)
			put(a, col, "share_of", SHARES[x->share_of]);
		if (x->kind != TAB_CELL_TEXT)
			json_set(a, col, "base", base_json(a, &x->base));
		json_set(a, col, "unfinished", json_new_bool(a, x->unfinished));
		json_add(a, cols, col);
	}
	for (size_t r = 0; r < t->n_rows; r++) {
		const struct tab_row *x = &t->rows[r];
		struct json *row = json_new(a, JSON_OBJECT), *cells = json_new(a, JSON_ARRAY);
		put(a, row, "code", x->code);
		put(a, row, "label", x->label);
		json_set(a, row, "total", json_new_bool(a, x->total));
		json_set(a, row, "no_answer", json_new_bool(a, x->no_answer));
		if (x->base.words)
			json_set(a, row, "base", base_json(a, &x->base));
		for (size_t c = 0; c < t->n_cols; c++)
			json_add(a, cells, cell_json(a, &x->cells[c]));
		json_set(a, row, "cells", cells);
		json_add(a, rows, row);
	}
	for (size_t i = 0; i < t->n_notes; i++)
		json_add(a, notes, json_new_text(a, t->notes[i]));
	json_set(a, o, "columns", cols);
	json_set(a, o, "rows", rows);
	json_set(a, o, "notes", notes);
	return o;
}

const char *tab_json(struct arena *a, const struct tab_report *r)
{
	struct json *o = json_new(a, JSON_OBJECT), *sections = json_new(a, JSON_ARRAY);
	put(a, o, "title", r->title);
	put(a, o, "unit", r->unit);
	put(a, o, "mark", r->mark);
	for (size_t i = 0; i < r->n_sections; i++) {
		const struct tab_section *s = &r->sections[i];
		struct json *x = json_new(a, JSON_OBJECT), *items = json_new(a, JSON_ARRAY), *words = json_new(a, JSON_ARRAY), *tables = json_new(a, JSON_ARRAY);
		put(a, x, "kind", SECTIONS[s->kind]);
		put(a, x, "title", s->title);
		put(a, x, "note", s->note);
		for (size_t k = 0; k < s->n_items; k++) {
			struct json *item = json_new(a, JSON_OBJECT);
			put(a, item, "head", s->items[k].head);
			put(a, item, "text", s->items[k].text);
			json_add(a, items, item);
		}
		for (size_t k = 0; k < s->n_words; k++)
			json_add(a, words, json_new_text(a, s->words[k]));
		for (size_t k = 0; k < s->n_tables; k++)
			json_add(a, tables, table_json(a, s->tables[k]));
		json_set(a, x, "items", items);
		json_set(a, x, "words", words);
		json_set(a, x, "tables", tables);
		json_add(a, sections, x);
	}
	json_set(a, o, "sections", sections);
	return json_to_text(a, o, false);
}

/* ---- CSV --------------------------------------------------------------------------------------------------------- */

static void line(struct csv_writer *w, const char *s)
{
	csv_put(w, s);
	csv_end(w);
}

/* Numbers stay numbers: the guard against formulas would put an apostrophe before a sign. */
static void put_cell(struct csv_writer *w, const struct tab_cell *c)
{
	if (c->kind == TAB_CELL_COUNT)
		csv_put_int(w, c->num);
	else if (c->kind == TAB_CELL_POINTS && c->text[0] == '+')
		csv_put(w, c->text + 1);
	else if (c->kind == TAB_CELL_POINTS && c->text[0] == '-' && c->places == 0)
		csv_put_int(w, -(int64_t)strtol(c->text + 1, NULL, 10));
	else
		csv_put(w, c->text);
}

static void table_csv(struct arena *a, struct csv_writer *w, const struct tab_table *t)
{
	bool groups = false, bases = false;
	line(w, str_blank(t->no) ? t->title : arena_fmt(a, "%s %s", t->no, t->title));
	line(w, tab_base_text(a, &t->base));
	for (size_t c = 0; c < t->n_cols; c++) {
		groups = groups || !str_blank(t->cols[c].group);
		bases = bases || (t->cols[c].kind != TAB_CELL_TEXT && t->cols[c].base.n != t->base.n);
	}
	csv_put(w, "");
	for (size_t c = 0; groups && c < t->n_cols; c++)
		csv_put(w, t->cols[c].group);
	if (groups) {
		csv_end(w);
		csv_put(w, "");
	}
	for (size_t c = 0; c < t->n_cols; c++)
		csv_put(w, t->cols[c].head);
	csv_end(w);
	if (bases) {
		csv_put(w, "母数");
		for (size_t c = 0; c < t->n_cols; c++) {
			const struct tab_col *x = &t->cols[c];
			bool again = c && str_eq(x->group, x[-1].group) && str_eq(x->base.words, x[-1].base.words) && x->base.n == x[-1].base.n;
			csv_put(w, x->kind == TAB_CELL_TEXT || again ? "" : tab_base_text(a, &x->base));
		}
		csv_end(w);
	}
	for (size_t r = 0; r < t->n_rows; r++) {
		const struct tab_row *x = &t->rows[r];
		bool own = x->base.words && !x->total;
		csv_put(w, own ? arena_fmt(a, "%s（%s）", x->label, tab_base_text(a, &x->base)) : x->label);
		for (size_t c = 0; c < t->n_cols; c++)
			put_cell(w, &x->cells[c]);
		csv_end(w);
	}
	for (size_t i = 0; i < t->n_notes; i++)
		line(w, arena_fmt(a, "注：%s", t->notes[i]));
	csv_end(w);
}

err tab_csv(struct arena *a, const struct tab_report *r, const char **bytes, size_t *n)
{
	struct csv_writer w = csv_writer_new(a, CSV_BOM | CSV_EXCEL);
	line(&w, r->title);
	if (!str_blank(r->unit))
		line(&w, r->unit);
	if (!str_blank(r->mark))
		line(&w, r->mark);
	for (size_t i = 0; i < r->n_sections; i++) {
		const struct tab_section *s = &r->sections[i];
		csv_end(&w);
		line(&w, arena_fmt(a, "【%s】", s->title));
		for (size_t k = 0; k < s->n_items; k++) {
			csv_put(&w, s->items[k].head);
			csv_put(&w, s->items[k].text);
			csv_end(&w);
		}
		for (size_t k = 0; k < s->n_words; k++)
			line(&w, s->words[k]);
		for (size_t k = 0; k < s->n_tables; k++)
			table_csv(a, &w, s->tables[k]);
		if (!str_blank(s->note)) {
			csv_put(&w, "考察");
			csv_put(&w, s->note);
			csv_end(&w);
		}
	}
	return csv_finish(&w, NULL, bytes, n, NULL);
}
