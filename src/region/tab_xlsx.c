#include "region/tab_xlsx.h"

#include "base/str.h"
#include "codec/xlsx.h"
#include "region/tab_chart.h"

/* 0.1 mm; PAGE_*: what an A4 sheet holds between the margins of codec/xlsx, upright and lying. */
enum { LABEL_COL_W = 700, COL_W_LEAST = 220, COL_W_MOST = 420, TEXT_COL_W = 700, CHART_W = 1500, PAGE_W = 1840, PAGE_H = 2680, PAGE_W_LYING = 2710, PAGE_H_LYING = 1810,
	ITEM_W = 400, CELL_PAD = 40, GAP_H = 53, TABLES_MAX = 230, COLS_MAX = 1024 };

#define FONT "ＭＳ Ｐゴシック"
static const struct xlsx_style title = {.font = FONT, .size_pt10 = 130, .bold = true, .wrap = true, .valign = XLSX_TOP};
static const struct xlsx_style wrapped = {.font = FONT, .size_pt10 = 105, .wrap = true, .valign = XLSX_TOP};
static const struct xlsx_style head = {.font = FONT, .size_pt10 = 100, .bold = true, .wrap = true, .align = XLSX_CENTER, .valign = XLSX_MIDDLE, .border = XLSX_BORDER_ALL, .fill_gray = 230};
static const struct xlsx_style label = {.font = FONT, .size_pt10 = 100, .wrap = true, .valign = XLSX_TOP, .border = XLSX_BORDER_ALL};

struct book {
	struct xlsx *x;
	struct arena *a;
	const struct tab_report *r;
	size_t sheet;
	int w[COLS_MAX]; /* of the sheet's columns */
	int n_cols;
	int row, row_h;  /* the row that is written now, and what it needs so far */
	int y, page_h;   /* where it begins on the printed sheet; 0 = the top of a page */
};

/* Lines a text takes in so wide a cell: a letter is as wide as it is high, of ASCII half of it; one letter of each line is lost where it may
 * not break. Excel and LibreOffice do not agree on when
 * a row grows with its text, so every row is given its height. */
static int lines_in(const char *text, int w, int size_pt10)
{
	int half = size_pt10 * 254 / 720 / 2, most = (w - CELL_PAD) / (half > 0 ? half : 1) - 2, n = 1, used = 0;
	for (const char *p = text; *p;) {
		uint32_t ch = str_next(&p);
		int k = ch < 0x80 ? 1 : 2;
		if (ch == '\n' || used + k > most) {
			n++;
			used = 0;
		}
		used += ch == '\n' ? 0 : k;
	}
	return n;
}

/* A text over the columns col to col2 of the row that is written. */
static void put(struct book *b, int col, int col2, const char *text, const struct xlsx_style *st)
{
	int w = 0;
	for (int i = col; i <= col2; i++)
		w += b->w[i];
	int h = lines_in(text, w, st->size_pt10) * st->size_pt10 * 53 / 100 + 8; /* one and a half times the letter, as fonts that stand in for ＭＳ Ｐゴシック need */
	if (h > b->row_h)
		b->row_h = h;
	xlsx_text(b->x, b->sheet, b->row, col, b->row, col2, text, st);
}

static void end_row(struct book *b)
{
	int h = b->row_h ? b->row_h : GAP_H;
	xlsx_row_height(b->x, b->sheet, b->row++, h);
	if (b->y + h > b->page_h)
		b->y = 0;
	b->y += h;
	b->row_h = 0;
}

/* A line over the whole width. */
static void put_line(struct book *b, const char *text, const struct xlsx_style *st)
{
	put(b, 0, b->n_cols - 1, text, st);
	end_row(b);
}

/* Columns as wide as the paper: what is left over stands empty behind them, so that lines and charts have room. */
static void begin_sheet(struct book *b, const char *name, const int *w, int n, bool lying)
{
	int sum = 0, page = lying ? PAGE_W_LYING : PAGE_W;
	b->sheet = xlsx_sheet_add(b->x, name, lying);
	b->n_cols = n;
	b->row = b->row_h = b->y = 0;
	for (int i = 0; i < n; i++)
		sum += b->w[i] = w[i];
	if (page - sum >= CELL_PAD)
		b->w[b->n_cols++] = page - sum;
	else if (sum < page)
		b->w[n - 1] += page - sum;
	for (int i = 0; i < b->n_cols; i++)
		xlsx_col_width(b->x, b->sheet, i, b->w[i]);
	/* what is wider than the paper is printed smaller */
	b->page_h = (int)((int64_t)(lying ? PAGE_H_LYING : PAGE_H) * (sum > page ? sum : page) / page);
	xlsx_foot(b->x, b->sheet, str_blank(b->r->mark) ? b->r->title : arena_fmt(b->a, "%s（%s）", b->r->title, b->r->mark));
}

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

static void put_cell(struct book *b, int col, const struct tab_cell *c, bool text)
{
	struct xlsx_style st = {.font = FONT, .size_pt10 = 100, .wrap = text, .valign = XLSX_TOP, .border = XLSX_BORDER_ALL, .align = text ? XLSX_LEFT : XLSX_RIGHT};
	int64_t scale;
	if (c->kind != TAB_CELL_COUNT && c->kind != TAB_CELL_SHARE && c->kind != TAB_CELL_MEAN && c->kind != TAB_CELL_POINTS) {
		put(b, col, col, c->text, &st);
		return;
	}
	int64_t v = scaled_of(c->text, &scale);
	st.number = format_of(c);
	xlsx_decimal(b->x, b->sheet, b->row, col, v, c->kind == TAB_CELL_SHARE ? scale * 100 : scale, &st);
}

static void put_heads(struct book *b, const struct tab_table *t)
{
	bool groups = false;
	for (size_t c = 0; c < t->n_cols; c++)
		groups = groups || !str_blank(t->cols[c].group);
	if (groups) {
		put(b, 0, 0, "", &head);
		for (size_t c = 0, end; c < t->n_cols; c = end) {
			for (end = c + 1; end < t->n_cols && str_eq(t->cols[end].group, t->cols[c].group); end++)
				;
			put(b, (int)c + 1, (int)end, tab_col_group(b->a, &t->cols[c]), &head);
		}
		end_row(b);
	}
	put(b, 0, 0, "", &head);
	for (size_t c = 0; c < t->n_cols; c++)
		put(b, (int)c + 1, (int)c + 1, t->cols[c].head, &head);
	end_row(b);
	put(b, 0, 0, "母数", &head);
	for (size_t c = 0; c < t->n_cols; c++)
		put(b, (int)c + 1, (int)c + 1, t->cols[c].kind == TAB_CELL_TEXT ? "" : tab_base_text(b->a, &t->cols[c].base), &head);
	end_row(b);
}

/* ---- charts ------------------------------------------------------------------------------------------------------------- */

static int64_t plotted(const struct tab_cell *c, int64_t *scale)
{
	*scale = 1;
	return c->kind == TAB_CELL_COUNT || c->kind == TAB_CELL_SHARE || c->kind == TAB_CELL_MEAN ? scaled_of(c->text, scale) : INT64_MIN;
}

/* Stacked: the bars are columns of the table, the parts its rows. Otherwise categories are rows. */
static void put_chart(struct book *b, const struct tab_table *t, const struct tab_plot *p)
{
	static const enum xlsx_chart_kind kinds[] = {XLSX_BARS, XLSX_PIE, XLSX_BARS, XLSX_STACKED, XLSX_LINES, XLSX_BARS};
	bool turned = p->kind == TAB_CHART_STACKED;
	size_t n = turned ? p->n_cols : p->n_rows, n_series = turned ? p->n_rows : p->n_cols;
	const char **categories = ARENA_ARRAY(b->a, n + 1, const char *), **names = ARENA_ARRAY(b->a, n_series + 1, const char *);
	const int64_t **values = ARENA_ARRAY(b->a, n_series + 1, const int64_t *);
	struct xlsx_chart k = {.kind = kinds[p->kind], .title = t->title, .categories = categories, .names = names, .values = values, .n = n, .n_series = n_series, .scale = 1,
		.w = CHART_W, .h = p->kind == TAB_CHART_PIE ? 900 : (int)(n * n_series * (turned ? 40 : 70)) + 500};
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
	int rows = (k.h + GAP_H - 1) / GAP_H + 1;
	end_row(b);
	if (b->y + rows * GAP_H > b->page_h) { /* not over the end of a page */
		xlsx_page_break(b->x, b->sheet, b->row);
		b->y = 0;
	}
	xlsx_chart(b->x, b->sheet, b->row, 0, &k);
	for (int i = 0; i < rows; i++)
		end_row(b);
}

/* ---- sheets ------------------------------------------------------------------------------------------------------------- */

static void put_table(struct book *b, const struct tab_table *t, size_t no)
{
	struct tab_plot plots[TAB_CHARTS_MAX];
	int w[COLS_MAX], n_numbers = 0, left;
	bool lying = t->n_cols > 6;
	const char *name = str_blank(t->no) ? t->title : arena_fmt(b->a, "%s %s", t->no, t->title);
	for (size_t c = 0; c < t->n_cols; c++)
		n_numbers += t->cols[c].kind != TAB_CELL_TEXT;
	left = (lying ? PAGE_W_LYING : PAGE_W) - LABEL_COL_W - ((int)t->n_cols - n_numbers) * TEXT_COL_W;
	left = n_numbers ? left / n_numbers : 0;
	left = left < COL_W_LEAST ? COL_W_LEAST : left > COL_W_MOST ? COL_W_MOST : left;
	w[0] = LABEL_COL_W;
	for (size_t c = 0; c < t->n_cols; c++)
		w[c + 1] = t->cols[c].kind == TAB_CELL_TEXT ? TEXT_COL_W : left;
	begin_sheet(b, arena_fmt(b->a, "%zu %s", no, name), w, (int)t->n_cols + 1, lying);
	put_line(b, name, &title);
	put_line(b, tab_base_text(b->a, &t->base), &wrapped);
	end_row(b);
	put_heads(b, t);
	for (size_t r = 0; r < t->n_rows; r++) {
		const struct tab_row *x = &t->rows[r];
		put(b, 0, 0, x->base.words && !x->total ? arena_fmt(b->a, "%s（%s）", x->label, tab_base_text(b->a, &x->base)) : x->label, &label);
		for (size_t c = 0; c < t->n_cols; c++)
			put_cell(b, (int)c + 1, &x->cells[c], t->cols[c].kind == TAB_CELL_TEXT);
		end_row(b);
	}
	for (size_t i = 0; i < t->n_notes; i++)
		put_line(b, arena_fmt(b->a, "注：%s", t->notes[i]), &wrapped);
	size_t n = tab_plots(b->a, t, plots);
	for (size_t i = 0; i < n; i++)
		put_chart(b, t, &plots[i]);
}

static void put_words(struct book *b)
{
	static const int w[] = {ITEM_W, PAGE_W - ITEM_W};
	begin_sheet(b, "概要とまとめ", w, 2, false);
	put_line(b, b->r->title, &title);
	if (!str_blank(b->r->unit))
		put_line(b, b->r->unit, &title);
	if (!str_blank(b->r->mark))
		put_line(b, b->r->mark, &title);
	for (size_t i = 0; i < b->r->n_sections; i++) {
		const struct tab_section *s = &b->r->sections[i];
		if (s->n_items + s->n_words == 0 && str_blank(s->note))
			continue;
		end_row(b);
		put_line(b, arena_fmt(b->a, "【%s】", s->title), &title);
		for (size_t k = 0; k < s->n_items; k++) {
			put(b, 0, 0, s->items[k].head, &wrapped);
			put(b, 1, 1, s->items[k].text, &wrapped);
			end_row(b);
		}
		for (size_t k = 0; k < s->n_words; k++) {
			put(b, 1, 1, s->words[k], &wrapped);
			end_row(b);
		}
		if (!str_blank(s->note)) {
			put(b, 0, 0, "考察", &wrapped);
			put(b, 1, 1, s->note, &wrapped);
			end_row(b);
		}
	}
}

err tab_xlsx(struct arena *a, const struct tab_report *r, int64_t now_ms, const char **bytes, size_t *n)
{
	struct book *b = ARENA_NEW(a, struct book);
	size_t no = 0;
	*b = (struct book){.x = xlsx_new(a, r->title, now_ms), .a = a, .r = r};
	put_words(b);
	for (size_t i = 0; i < r->n_sections; i++)
		for (size_t k = 0; k < r->sections[i].n_tables; k++) {
			if (++no > TABLES_MAX || r->sections[i].tables[k]->n_cols > COLS_MAX - 2)
				return ERR_LIMIT;
			put_table(b, r->sections[i].tables[k], no);
		}
	return xlsx_write(b->x, bytes, n);
}
