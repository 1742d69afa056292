#include "region/tab_xlsx.h"

#include "base/str.h"
#include "codec/xlsx.h"
#include "region/tab_chart.h"

enum { LABEL_COL_W = 700, COL_W = 190, TEXT_COL_W = 700, WIDE = 1700, TABLES_MAX = 230 };

#define FONT "ＭＳ Ｐゴシック"
static const struct xlsx_style title = {.font = FONT, .size_pt10 = 130, .bold = true};
static const struct xlsx_style plain = {.font = FONT, .size_pt10 = 105};
static const struct xlsx_style wrapped = {.font = FONT, .size_pt10 = 105, .wrap = true, .valign = XLSX_TOP};
static const struct xlsx_style head = {.font = FONT, .size_pt10 = 100, .bold = true, .wrap = true, .align = XLSX_CENTER, .valign = XLSX_MIDDLE, .border = XLSX_BORDER_ALL, .fill_gray = 230};
static const struct xlsx_style label = {.font = FONT, .size_pt10 = 100, .wrap = true, .valign = XLSX_TOP, .border = XLSX_BORDER_ALL};

struct book {
	struct xlsx *x;
	struct arena *a;
	const struct tab_report *r;
};

/* The digits of what is printed: 64% → 64, 1.4 → 14, +5 → 5, 1,148 → 1148. */
static int64_t scaled_of(const char *text, int64_t *scale)
{
	int64_t v = 0;
	bool minus = false, decimals = false;
	*scale = 1;
	for (const char *p = text; *p; p++) {
		minus = minus || *p == '-';
		decimals = decimals || *p == '.';
		if (*p < '0' || *p > '9')
			continue;
		v = v * 10 + (*p - '0');
		*scale *= decimals ? 10 : 1;
	}
	return minus ? -v : v;
}

static const char *format_of(const struct tab_cell *c)
{
	switch (c->kind) {
	case TAB_CELL_COUNT: return "#,##0";
	case TAB_CELL_SHARE: return c->places == 0 ? "0%" : c->places == 1 ? "0.0%" : "0.00%";
	case TAB_CELL_MEAN: return c->places == 0 ? "0" : c->places == 1 ? "0.0" : "0.00";
	default: return c->places == 0 ? "+0;-0;0" : "+0.0;-0.0;0.0";
	}
}

static void put_cell(struct book *b, size_t sheet, int row, int col, const struct tab_cell *c, bool text)
{
	struct xlsx_style st = {.font = FONT, .size_pt10 = 100, .wrap = text, .valign = XLSX_TOP, .border = XLSX_BORDER_ALL, .align = text ? XLSX_LEFT : XLSX_RIGHT};
	int64_t scale;
	if (c->kind != TAB_CELL_COUNT && c->kind != TAB_CELL_SHARE && c->kind != TAB_CELL_MEAN && c->kind != TAB_CELL_POINTS) {
		xlsx_text(b->x, sheet, row, col, row, col, c->text, &st);
		return;
	}
	int64_t v = scaled_of(c->text, &scale);
	st.number = format_of(c);
	xlsx_decimal(b->x, sheet, row, col, v, c->kind == TAB_CELL_SHARE ? scale * 100 : scale, &st);
}

static int put_heads(struct book *b, size_t sheet, int row, const struct tab_table *t)
{
	bool groups = false;
	for (size_t c = 0; c < t->n_cols; c++)
		groups = groups || !str_blank(t->cols[c].group);
	if (groups) {
		xlsx_text(b->x, sheet, row, 0, row, 0, "", &head);
		for (size_t c = 0, end; c < t->n_cols; c = end) {
			for (end = c + 1; end < t->n_cols && str_eq(t->cols[end].group, t->cols[c].group); end++)
				;
			xlsx_text(b->x, sheet, row, (int)c + 1, row, (int)end, arena_fmt(b->a, "%s%s", t->cols[c].group, t->cols[c].unfinished ? "（途中）" : ""), &head);
		}
		row++;
	}
	xlsx_text(b->x, sheet, row, 0, row, 0, "", &head);
	for (size_t c = 0; c < t->n_cols; c++)
		xlsx_text(b->x, sheet, row, (int)c + 1, row, (int)c + 1, t->cols[c].head, &head);
	row++;
	xlsx_text(b->x, sheet, row, 0, row, 0, "母数", &head);
	for (size_t c = 0; c < t->n_cols; c++)
		xlsx_text(b->x, sheet, row, (int)c + 1, row, (int)c + 1, t->cols[c].kind == TAB_CELL_TEXT ? "" : tab_base_text(b->a, &t->cols[c].base), &head);
	return row + 1;
}

/* ---- charts ------------------------------------------------------------------------------------------------------------- */

static int64_t plotted(const struct tab_cell *c, int64_t *scale)
{
	*scale = 1;
	return c->kind == TAB_CELL_COUNT || c->kind == TAB_CELL_SHARE || c->kind == TAB_CELL_MEAN ? scaled_of(c->text, scale) : INT64_MIN;
}

/* Stacked: the bars are columns of the table, the parts its rows. Otherwise categories are rows. */
static void put_chart(struct book *b, size_t sheet, int row, const struct tab_table *t, const struct tab_plot *p)
{
	static const enum xlsx_chart_kind kinds[] = {XLSX_BARS, XLSX_PIE, XLSX_BARS, XLSX_STACKED, XLSX_LINES};
	bool turned = p->kind == TAB_CHART_STACKED;
	size_t n = turned ? p->n_cols : p->n_rows, n_series = turned ? p->n_rows : p->n_cols;
	const char **categories = ARENA_ARRAY(b->a, n + 1, const char *), **names = ARENA_ARRAY(b->a, n_series + 1, const char *);
	const int64_t **values = ARENA_ARRAY(b->a, n_series + 1, const int64_t *);
	struct xlsx_chart k = {.kind = kinds[p->kind], .title = t->title, .categories = categories, .names = names, .values = values, .n = n, .n_series = n_series, .scale = 1,
		.w = 1500, .h = p->kind == TAB_CHART_PIE ? 900 : (int)(n * n_series * (turned ? 40 : 70)) + 500};
	k.h = k.h > 2400 ? 2400 : k.h;
	for (size_t i = 0; i < n; i++)
		categories[i] = !turned ? t->rows[p->rows[i]].label : str_blank(t->cols[p->cols[i]].group) ? t->cols[p->cols[i]].head : t->cols[p->cols[i]].group;
	for (size_t s = 0; s < n_series; s++) {
		int64_t *v = ARENA_ARRAY(b->a, n + 1, int64_t);
		names[s] = turned ? t->rows[p->rows[s]].label : str_blank(t->cols[p->cols[s]].group) ? t->cols[p->cols[s]].head : t->cols[p->cols[s]].group;
		for (size_t i = 0; i < n; i++) {
			const struct tab_cell *c = turned ? &t->rows[p->rows[s]].cells[p->cols[i]] : &t->rows[p->rows[i]].cells[p->cols[s]];
			int64_t scale;
			v[i] = plotted(c, &scale);
			if (v[i] != INT64_MIN) {
				k.scale = c->kind == TAB_CELL_SHARE ? scale * 100 : scale;
				k.number = format_of(c);
			}
		}
		values[s] = v;
	}
	xlsx_chart(b->x, sheet, row, 0, &k);
}

/* ---- sheets ------------------------------------------------------------------------------------------------------------- */

static void put_table(struct book *b, const struct tab_table *t, size_t no)
{
	struct tab_plot plots[TAB_CHARTS_MAX];
	size_t sheet = xlsx_sheet_add(b->x, arena_fmt(b->a, "%zu %s", no, str_blank(t->no) ? t->title : arena_fmt(b->a, "%s %s", t->no, t->title)), t->n_cols > 6);
	int row = 0;
	xlsx_col_width(b->x, sheet, 0, LABEL_COL_W);
	for (size_t c = 0; c < t->n_cols; c++)
		xlsx_col_width(b->x, sheet, (int)c + 1, t->cols[c].kind == TAB_CELL_TEXT ? TEXT_COL_W : COL_W);
	xlsx_text(b->x, sheet, row, 0, row, 0, str_blank(t->no) ? t->title : arena_fmt(b->a, "%s %s", t->no, t->title), &title);
	row++;
	xlsx_text(b->x, sheet, row, 0, row, 0, tab_base_text(b->a, &t->base), &plain);
	row += 2;
	row = put_heads(b, sheet, row, t);
	for (size_t r = 0; r < t->n_rows; r++, row++) {
		const struct tab_row *x = &t->rows[r];
		xlsx_text(b->x, sheet, row, 0, row, 0, x->base.words && !x->total ? arena_fmt(b->a, "%s（%s）", x->label, tab_base_text(b->a, &x->base)) : x->label, &label);
		for (size_t c = 0; c < t->n_cols; c++)
			put_cell(b, sheet, row, (int)c + 1, &x->cells[c], t->cols[c].kind == TAB_CELL_TEXT);
	}
	for (size_t i = 0; i < t->n_notes; i++)
		xlsx_text(b->x, sheet, row, 0, row, 0, arena_fmt(b->a, "注：%s", t->notes[i]), &plain), row++;
	size_t n = tab_plots(b->a, t, plots);
	for (size_t i = 0; i < n; i++)
		put_chart(b, sheet, row + 1 + (int)i * 26, t, &plots[i]);
	xlsx_foot(b->x, sheet, b->r->title);
}

static void put_words(struct book *b)
{
	size_t sheet = xlsx_sheet_add(b->x, "概要とまとめ", false);
	int row = 0;
	xlsx_col_width(b->x, sheet, 0, 400);
	xlsx_col_width(b->x, sheet, 1, WIDE - 400);
	xlsx_text(b->x, sheet, row, 0, row, 0, b->r->title, &title);
	row++;
	if (!str_blank(b->r->unit)) {
		xlsx_text(b->x, sheet, row, 0, row, 0, b->r->unit, &title);
		row++;
	}
	for (size_t i = 0; i < b->r->n_sections; i++) {
		const struct tab_section *s = &b->r->sections[i];
		if (s->n_items + s->n_words == 0)
			continue;
		row++;
		xlsx_text(b->x, sheet, row, 0, row, 0, arena_fmt(b->a, "【%s】", s->title), &title);
		row++;
		for (size_t k = 0; k < s->n_items; k++, row++) {
			xlsx_text(b->x, sheet, row, 0, row, 0, s->items[k].head, &wrapped);
			xlsx_text(b->x, sheet, row, 1, row, 1, s->items[k].text, &wrapped);
		}
		for (size_t k = 0; k < s->n_words; k++, row++)
			xlsx_text(b->x, sheet, row, 1, row, 1, s->words[k], &wrapped);
	}
	xlsx_foot(b->x, sheet, b->r->title);
}

err tab_xlsx(struct arena *a, const struct tab_report *r, int64_t now_ms, const char **bytes, size_t *n)
{
	struct book b = {.x = xlsx_new(a, r->title, now_ms), .a = a, .r = r};
	size_t no = 0;
	put_words(&b);
	for (size_t i = 0; i < r->n_sections; i++)
		for (size_t k = 0; k < r->sections[i].n_tables; k++) {
			if (++no > TABLES_MAX)
				return ERR_LIMIT;
			put_table(&b, r->sections[i].tables[k], no);
		}
	return xlsx_write(b.x, bytes, n);
}
