#include "form/sheet.h"

#include "base/buf.h"
#include "base/str.h"
#include "codec/xlsx.h"
#include "form/print_flow.h"

#include <stdlib.h>

enum { SNAP = 4, ROW_MAX = 1400 }; /* 0.1 mm; Excel's highest row is 409 points */

struct cell_box {
	const struct print_box *box;
	struct buf text;
	int row, row2, col, col2; /* where it was put; col < 0: not */
};

struct grid {
	struct print_flow *f;
	int *x;      /* edges of the columns */
	int n_cols;
	int *row_of; /* first row of each slice; [n_slices] = number of rows */
	int *owner;  /* rows × columns: index of the box + 1 */
	struct cell_box *cells;
};

static void sort(int *v, size_t n)
{
	for (size_t i = 1; i < n; i++)
		for (size_t k = i; k > 0 && v[k - 1] > v[k]; k--) {
			int t = v[k];
			v[k] = v[k - 1];
			v[k - 1] = t;
		}
}

/* Edges of all boxes; those nearer than half a millimetre are one. */
static void columns(struct grid *g)
{
	struct print_flow *f = g->f;
	int *v = ARENA_ARRAY(f->arena, f->n_boxes * 2 + 2, int);
	size_t n = 0;
	for (size_t i = 0; i < f->n_boxes; i++) {
		int both[2] = {f->boxes[i].x, f->boxes[i].x + f->boxes[i].w};
		for (int k = 0; k < 2; k++) { /* few different edges: keep the list short while collecting */
			size_t m = 0;
			while (m < n && v[m] != both[k])
				m++;
			if (m == n)
				v[n++] = both[k];
		}
	}
	sort(v, n);
	size_t u = 0;
	for (size_t i = 0; i < n; i++)
		if (u == 0 || v[i] - v[u - 1] > SNAP)
			v[u++] = v[i];
	g->x = v;
	g->n_cols = u ? (int)u - 1 : 0;
}

static int column_of(const struct grid *g, int x)
{
	int best = 0;
	for (int i = 0; i <= g->n_cols; i++)
		if (abs(g->x[i] - x) < abs(g->x[best] - x))
			best = i;
	return best;
}

static const char *box_text(struct arena *a, const struct print_box *b)
{
	if (!b->n_chips)
		return b->radar ? "" : b->string;
	struct buf t = buf_new(a);
	for (size_t i = 0; i < b->n_chips; i++) {
		const char *mark = b->mark == MARK_CHECK ? (b->chips[i].on ? "☑" : "☐") : b->chips[i].on ? "○" : "";
		buf_fmt(&t, "%s%s%s", !i ? "" : b->chips[i].y > b->chips[i - 1].y ? "\n" : "　", mark, b->chips[i].label);
	}
	return t.p;
}

static int *at(const struct grid *g, int row, int col) { return &g->owner[row * g->n_cols + col]; }

static bool column_free(const struct grid *g, const struct cell_box *c, int col)
{
	for (int r = c->row; r <= c->row2; r++)
		if (*at(g, r, col))
			return false;
	return true;
}

/* Take the free columns of the box's place. Where another text already stands on all of it, the words join that one:
 * no word is left out. */
static void take(struct grid *g, size_t i)
{
	struct cell_box *c = &g->cells[i];
	int from = column_of(g, c->box->x), to = column_of(g, c->box->x + c->box->w) - 1;
	c->row = g->row_of[c->box->from];
	c->row2 = g->row_of[c->box->to + 1] - 1;
	if (c->row2 < c->row)
		c->row2 = c->row;
	c->col = -1;
	for (int k = from; k <= to; k++) {
		if (!column_free(g, c, k)) {
			if (c->col >= 0)
				break;
			continue;
		}
		if (c->col < 0)
			c->col = k;
		c->col2 = k;
	}
	if (c->col >= 0) {
		for (int r = c->row; r <= c->row2; r++)
			for (int k = c->col; k <= c->col2; k++)
				*at(g, r, k) = (int)i + 1;
		return;
	}
	for (int r = c->row; r <= c->row2 && c->text.n; r++)
		for (int k = from; k <= to; k++)
			if (*at(g, r, k)) {
				struct buf *t = &g->cells[*at(g, r, k) - 1].text;
				buf_str(t, t->n ? "　" : "");
				buf_str(t, c->text.p);
				return;
			}
}

static struct xlsx_style style_of(const struct print_flow *f, const struct print_box *b)
{
	static const enum xlsx_align align[] = {XLSX_LEFT, XLSX_CENTER, XLSX_RIGHT};
	static const enum xlsx_valign valign[] = {XLSX_TOP, XLSX_MIDDLE, XLSX_BOTTOM};
	struct xlsx_style s = {.font = b->style.face == PDF_GOTHIC ? "ＭＳ ゴシック" : "ＭＳ 明朝", .size_pt10 = b->style.size_pt10,
	                       .wrap = true, .align = align[b->style.align], .valign = valign[b->style.valign],
	                       .fill_gray = b->fill > 0 ? b->fill : 0, .stacked = b->style.stacked};
	if (s.stacked && b->string) { /* letters one below the other are never wrapped: all of them must have room */
		int letters = (int)str_count(b->string), h = 0;
		for (int i = b->from; i <= b->to; i++)
			h += f->slices[i].h;
		int room = letters ? h * 720 / 254 * 100 / (letters * 155) : 0;
		if (room > 0 && room < s.size_pt10)
			s.size_pt10 = room;
	}
	s.border = (b->border & PRINT_TOP ? XLSX_BORDER_TOP : 0u) | (b->border & PRINT_RIGHT ? XLSX_BORDER_RIGHT : 0u) |
	           (b->border & PRINT_BOTTOM ? XLSX_BORDER_BOTTOM : 0u) | (b->border & PRINT_LEFT ? XLSX_BORDER_LEFT : 0u);
	return s;
}

/* The radar as a chart of Excel's own: shares of the full mark, outwards = more. A score with blanks gets a second line for what
 * it may still become. */
static void radar_of(struct grid *g, struct xlsx *x, size_t sheet, const struct cell_box *c)
{
	const struct radar *r = g->f->radar;
	struct arena *a = g->f->arena;
	struct xlsx_radar out = {.n = r->n_axes};
	const char **axes = ARENA_ARRAY(a, r->n_axes + 1, const char *);
	for (size_t i = 0; i < r->n_axes; i++)
		axes[i] = arena_fmt(a, "%s %s", r->axes[i].label, radar_value(a, r, r->n_series - 1, i));
	out.axes = (const char *const *)axes;
	for (size_t k = 0; k < r->n_series; k++) {
		int64_t *low = ARENA_ARRAY(a, r->n_axes + 1, int64_t), *high = ARENA_ARRAY(a, r->n_axes + 1, int64_t);
		bool open = false;
		for (size_t i = 0; i < r->n_axes; i++) {
			low[i] = r->series[k].min[i] * 100 / r->axes[i].max;
			high[i] = r->series[k].max[i] * 100 / r->axes[i].max;
			open |= low[i] != high[i];
		}
		out.names[out.n_series] = str_or(r->series[k].name, "");
		out.shares[out.n_series++] = low;
		if (open) {
			out.names[out.n_series] = arena_fmt(a, "%s（未記入がすべて当てはまるとき）", str_or(r->series[k].name, ""));
			out.shares[out.n_series++] = high;
		}
	}
	xlsx_radar(x, sheet, c->row, c->col, c->row2, c->col2, &out);
}

static void rows(struct grid *g, struct xlsx *x, size_t sheet)
{
	struct print_flow *f = g->f;
	g->row_of = ARENA_ARRAY(f->arena, f->n_slices + 1, int);
	int row = 0;
	for (size_t i = 0; i < f->n_slices; i++) {
		/* Excel sets text a little wider than we do: rows that grew get some air. */
		int h = f->slices[i].h, air = h > f->slices[i].min_h ? h / 12 : 0, n = (h + air + ROW_MAX - 1) / ROW_MAX;
		n = n ? n : 1;
		g->row_of[i] = row;
		if (h <= SNAP && !f->slices[i].page_before && i + 1 < f->n_slices)
			continue; /* a remainder of the layout: Excel and others would make a visible row of it */
		if (f->slices[i].page_before && i)
			xlsx_page_break(x, sheet, row);
		for (int k = 0; k < n; k++)
			xlsx_row_height(x, sheet, row++, (h + air) / n);
	}
	g->row_of[f->n_slices] = row;
	g->owner = ARENA_ARRAY(f->arena, (size_t)row * (size_t)(g->n_cols + 1) + 1, int);
}

/* Excel repeats one run of rows on each printed page: the bands drawn again on every page, and the head of the table that
 * follows them. */
static void titles(const struct grid *g, struct xlsx *x, size_t sheet)
{
	const struct print_flow *f = g->f;
	size_t first = 0, last;
	while (first < f->n_slices && !f->slices[first].repeat)
		first++;
	last = first;
	while (last < f->n_slices && f->slices[last].repeat)
		last++;
	if (first == f->n_slices) /* no such band: the first table's head */
		first = last = 0;
	for (size_t i = last; i < f->n_slices; i++)
		if (f->slices[i].head_from == (int)last) {
			last = (size_t)f->slices[i].head_to + 1;
			break;
		}
	if (last > first && g->row_of[last] - g->row_of[first] <= 12)
		xlsx_repeat_rows(x, sheet, g->row_of[first], g->row_of[last] - 1);
}

err sheet_write(struct arena *a, struct pdf_fonts *fonts, const struct print_job *job, const char **bytes, size_t *n)
{
	struct grid g = {0};
	struct pdf *measure = pdf_new(a, fonts, &(struct pdf_info){0});
	struct print_job words = *job; /* a workbook says in words what a picture shows */
	words.n_pictures = 0;
	words.words = true;
	TRY(print_flow_make(measure, &words, &g.f));
	struct print_flow *f = g.f;
	struct xlsx *x = xlsx_new(a, job->as->def->name, job->now_ms);
	size_t sheet = xlsx_sheet_add(x, job->as->def->short_name, f->paper_w > f->paper_h);
	columns(&g);
	rows(&g, x, sheet);
	titles(&g, x, sheet);
	for (int i = 0; i < g.n_cols; i++)
		xlsx_col_width(x, sheet, i, g.x[i + 1] - g.x[i]);
	g.cells = ARENA_ARRAY(a, f->n_boxes + 1, struct cell_box);
	for (size_t i = 0; i < f->n_boxes; i++) {
		g.cells[i] = (struct cell_box){.box = &f->boxes[i], .text = buf_new(a), .col = -1};
		buf_str(&g.cells[i].text, box_text(a, &f->boxes[i]));
	}
	for (int with_text = 1; with_text >= 0; with_text--) /* empty frames take what is left over */
		for (size_t i = 0; i < f->n_boxes; i++)
			if ((g.cells[i].text.n > 0) == with_text)
				take(&g, i);
	for (size_t i = 0; i < f->n_boxes; i++) {
		const struct cell_box *c = &g.cells[i];
		struct xlsx_style st = style_of(f, c->box);
		if (c->col >= 0 && (c->text.n || st.border || st.fill_gray))
			xlsx_text(x, sheet, c->row, c->col, c->row2, c->col2, str_or(c->text.p, ""), &st);
		if (c->col >= 0 && c->box->radar && f->radar)
			radar_of(&g, x, sheet, c);
	}
	xlsx_foot(x, sheet, arena_fmt(a, "氏名 %s  被保険者番号 %s  %s", str_or(job->name, ""), str_or(job->insured_no, ""),
	                              job->as->def->name));
	return xlsx_write(x, bytes, n);
}
