#include "region/tab_chart.h"

#include "base/buf.h"
#include "base/str.h"

enum {
	LETTER = 34,
	LINE = LETTER * 13 / 10,
	GAP = 16,
	LABEL_W = 380,             /* names of bars */
	NUMBER_W = 210,            /* figures behind bars */
	BAR_H = 40,
	STEP = 78,                 /* from bar to bar */
	PIE_R = 240,
	SWATCH = 44,
	GROUPS_MOST = 6,
	GROUPED_BARS_MOST = 48
};

static const struct draw_pen EDGE = {.line = DRAW_SOLID, .width = 3};
static const struct draw_pen THIN = {.line = DRAW_SOLID, .width = 2, .gray = 120};

/* In the order of the paper; after the last it begins again, and the labels tell. */
static enum draw_fill fill_of(size_t i)
{
	static const enum draw_fill fills[] = {DRAW_DARK, DRAW_HATCH, DRAW_GRAY, DRAW_HATCH_CROSS, DRAW_PAPER, DRAW_HATCH_BACK, DRAW_HATCH_LEVEL, DRAW_BLACK};
	return fills[i % (sizeof fills / sizeof fills[0])];
}

const char *tab_counter(const struct tab_base *b, const char *counter)
{
	return b->counts == TAB_OF_UNITS || b->counts == TAB_OF_INVITED ? str_or(counter, "") : str_or(b->counter, "件");
}

/* ---- what is shown ------------------------------------------------------------------------------------------------ */

static bool is_total_group(const struct tab_col *c) { return str_eq(c->group, "合計"); }

/* The lines that are categories: not the line of the base, not the sums of the response table. */
static size_t shown_rows(const struct tab_table *t, size_t *rows)
{
	size_t n = 0;
	for (size_t r = 0; r < t->n_rows; r++)
		if (!t->rows[r].total && !(str_eq(t->id, "response") && (str_eq(t->rows[r].code, "total") || str_eq(t->rows[r].code, "once"))))
			rows[n++] = r;
	return n;
}

/* The last column of that kind; n_cols if there is none. */
static size_t last_col(const struct tab_table *t, enum tab_cell_kind kind)
{
	size_t at = t->n_cols;
	for (size_t c = 0; c < t->n_cols; c++)
		if (t->cols[c].kind == kind)
			at = c;
	return at;
}

/* One column is a whole of which every row is a part: only then a pie is true. */
static bool is_whole(const struct tab_table *t, size_t count)
{
	for (size_t r = 0; r < t->n_rows; r++)
		if (t->rows[r].total)
			return count + 1 < t->n_cols && t->cols[count + 1].kind == TAB_CELL_SHARE && t->rows[r].cells[count + 1].kind == TAB_CELL_SHARE &&
				t->rows[r].cells[count].kind == TAB_CELL_COUNT;
	return false;
}

static bool col_secret(const struct tab_table *t, size_t c)
{
	for (size_t r = 0; r < t->n_rows; r++)
		if (t->rows[r].cells[c].kind == TAB_CELL_SECRET)
			return true;
	return false;
}

static bool is_empty(const struct tab_table *t, const size_t *rows, size_t n, size_t c)
{
	for (size_t r = 0; r < n; r++)
		if (t->rows[rows[r]].cells[c].kind != TAB_CELL_NONE && t->rows[rows[r]].cells[c].kind != TAB_CELL_EMPTY && t->rows[rows[r]].cells[c].num > 0)
			return false;
	return true;
}

static void plot_one(struct tab_plot *p, enum tab_chart kind, size_t *cols, size_t c)
{
	p->kind = kind;
	cols[0] = c;
	p->cols = cols;
	p->n_cols = 1;
}

/* A pie, or bars where the pie would tell what is hidden or where the parts are no whole. */
static void plot_parts(const struct tab_table *t, struct tab_plot *p, size_t *cols, size_t c)
{
	plot_one(p, is_whole(t, c) && !col_secret(t, c) ? TAB_CHART_PIE : TAB_CHART_BAR, cols, c);
}

static size_t stacked_cols(const struct tab_table *t, size_t *cols)
{
	size_t n = 0;
	for (size_t c = 0; c < t->n_cols; c++)
		if (t->cols[c].kind == TAB_CELL_COUNT && !is_total_group(&t->cols[c]))
			cols[n++] = c;
	return n;
}

/* Shares of the answers of each group, without the total and without groups nobody answered in. */
static size_t grouped_cols(const struct tab_table *t, size_t *cols)
{
	size_t n = 0;
	for (size_t c = 0; c < t->n_cols; c++)
		if (t->cols[c].kind == TAB_CELL_SHARE && t->cols[c].share_of == TAB_SHARE_COLUMN && !is_total_group(&t->cols[c]) && (t->cols[c].base.n > 0 || t->cols[c].base.n_hidden))
			cols[n++] = c;
	return n;
}

static size_t share_cols(const struct tab_table *t, size_t *cols)
{
	size_t n = 0;
	for (size_t c = 0; c < t->n_cols; c++)
		if (t->cols[c].kind == TAB_CELL_SHARE)
			cols[n++] = c;
	return n;
}

size_t tab_plots(struct arena *a, const struct tab_table *t, struct tab_plot out[TAB_CHARTS_MAX])
{
	size_t *rows = ARENA_ARRAY(a, t->n_rows + 1, size_t), *cols = ARENA_ARRAY(a, t->n_cols + 1, size_t), n = 0;
	size_t n_rows = shown_rows(t, rows), count = last_col(t, TAB_CELL_COUNT), mean = last_col(t, TAB_CELL_MEAN), share = last_col(t, TAB_CELL_SHARE);
	struct tab_plot p = {.rows = rows, .n_rows = n_rows};
	if (t->chart == TAB_CHART_NONE || n_rows == 0)
		return 0;
	if (t->chart == TAB_CHART_LINE) {
		plot_one(&p, TAB_CHART_LINE, cols, mean < t->n_cols ? mean : str_eq(t->id, "response") ? share : count);
	} else if (t->chart == TAB_CHART_STACKED) {
		p.kind = TAB_CHART_STACKED;
		p.cols = cols;
		p.n_cols = stacked_cols(t, cols);
	} else if (t->chart == TAB_CHART_GROUPED) {
		p.kind = TAB_CHART_GROUPED;
		p.cols = cols;
		p.n_cols = grouped_cols(t, cols);
		if (p.n_cols > GROUPS_MOST || p.n_cols * n_rows > GROUPED_BARS_MOST) /* more bars than can be read: one for each line, all groups together */
			plot_one(&p, TAB_CHART_BAR, cols, count);
	} else if (str_starts(t->id, "compare.")) {
		p.kind = TAB_CHART_BAR;
		p.cols = cols;
		p.n_cols = share_cols(t, cols);
	} else if (t->chart == TAB_CHART_PIE) {
		plot_parts(t, &p, cols, count);
	} else {
		plot_one(&p, TAB_CHART_BAR, cols, mean < t->n_cols ? mean : count);
	}
	if (p.n_cols == 0 || p.cols[p.n_cols - 1] >= t->n_cols)
		return 0;
	bool empty = true;
	for (size_t c = 0; c < p.n_cols; c++)
		empty = empty && is_empty(t, rows, n_rows, p.cols[c]);
	if (empty)
		return 0;
	out[n++] = p;
	if (p.kind == TAB_CHART_STACKED && count < t->n_cols && is_total_group(&t->cols[count]) && is_whole(t, count) && str_starts(t->id, "q.") && !col_secret(t, count)) {
		out[n] = (struct tab_plot){.rows = rows, .n_rows = n_rows};
		plot_one(&out[n++], TAB_CHART_PIE, ARENA_ARRAY(a, 1, size_t), count);
	}
	return n;
}

/* ---- words --------------------------------------------------------------------------------------------------------- */

/* The share that belongs to a count: the next column of the same group, of the column's own base. "" none. */
static const char *share_of(const struct tab_table *t, const struct tab_row *row, size_t c)
{
	for (size_t k = c + 1; k < t->n_cols && t->cols[k].kind == TAB_CELL_SHARE && str_eq(t->cols[k].group, t->cols[c].group); k++)
		if (t->cols[k].share_of == TAB_SHARE_COLUMN && row->cells[k].kind != TAB_CELL_SECRET)
			return row->cells[k].text;
	return "";
}

/* 48件 59% / 1.4（n=41） / 97% / x */
static const char *figure(struct arena *a, const struct tab_table *t, const struct tab_row *row, size_t c, const char *counter)
{
	const struct tab_cell *x = &row->cells[c];
	if (x->kind == TAB_CELL_SECRET)
		return "x（伏せています）";
	if (x->kind == TAB_CELL_MEAN && row->base.words && !row->base.n_hidden)
		return arena_fmt(a, "%s（n=%lld）", x->text, (long long)row->base.n);
	if (x->kind != TAB_CELL_COUNT)
		return x->text;
	const char *share = share_of(t, row, c);
	return arena_fmt(a, "%s%s%s%s", x->text, tab_counter(&t->cols[c].base, counter), *share ? " " : "", share);
}

static const char *col_name(const struct tab_col *c) { return str_blank(c->group) ? c->head : c->group; }

/* Category, count, share — all the picture says. */
static const char *description(struct arena *a, const struct tab_table *t, const struct tab_plot *p, const char *counter)
{
	static const char *const kinds[] = {"図", "円グラフ", "棒グラフ", "積み上げ棒グラフ", "折れ線グラフ", "棒グラフ"};
	struct buf b = buf_new(a);
	buf_fmt(&b, "%s。%s。", kinds[p->kind], tab_base_text(a, &t->base));
	for (size_t c = 0; c < p->n_cols; c++) {
		if (p->n_cols > 1)
			buf_fmt(&b, "%s（%s）：", col_name(&t->cols[p->cols[c]]), tab_base_text(a, &t->cols[p->cols[c]].base));
		for (size_t r = 0; r < p->n_rows; r++)
			buf_fmt(&b, "%s%s %s", r ? "、" : "", t->rows[p->rows[r]].label, figure(a, t, &t->rows[p->rows[r]], p->cols[c], counter));
		buf_str(&b, "。");
	}
	buf_str(&b, "同じ数字が表にあります。");
	return b.p;
}

/* ---- pie ------------------------------------------------------------------------------------------------------------- */

/* sin of whole degrees, 0 … 90, in 1/10000. */
static const int SINES[91] = {0, 175, 349, 523, 698, 872, 1045, 1219, 1392, 1564, 1736, 1908, 2079, 2250, 2419, 2588, 2756, 2924, 3090, 3256, 3420, 3584, 3746, 3907, 4067,
	4226, 4384, 4540, 4695, 4848, 5000, 5150, 5299, 5446, 5592, 5736, 5878, 6018, 6157, 6293, 6428, 6561, 6691, 6820, 6947, 7071, 7193, 7314, 7431, 7547, 7660, 7771, 7880,
	7986, 8090, 8192, 8290, 8387, 8480, 8572, 8660, 8746, 8829, 8910, 8988, 9063, 9135, 9205, 9272, 9336, 9397, 9455, 9511, 9563, 9613, 9659, 9703, 9744, 9781, 9816, 9848,
	9877, 9903, 9925, 9945, 9962, 9976, 9986, 9994, 9998, 10000};

/* Of hundredths of a degree, between whole degrees in a straight line. */
static int sine(int64_t cdeg)
{
	cdeg = ((cdeg % 36000) + 36000) % 36000;
	int sign = cdeg >= 18000 ? -1 : 1;
	cdeg %= 18000;
	if (cdeg > 9000)
		cdeg = 18000 - cdeg;
	int64_t d = cdeg / 100, rest = cdeg % 100;
	int64_t v = SINES[d] + (d < 90 ? (SINES[d + 1] - SINES[d]) * rest / 100 : 0);
	return (int)(sign * v);
}

struct point {
	int x, y;
};
/* Clockwise from the top. */
static struct point on_circle(int cx, int cy, int r, int64_t cdeg)
{
	return (struct point){cx + (int)((int64_t)r * sine(cdeg) / 10000), cy - (int)((int64_t)r * sine(cdeg + 9000) / 10000)};
}

static void slice(struct drawing *d, int cx, int cy, int64_t from, int64_t to, enum draw_fill fill)
{
	int xy[2 * 64], n = 0;
	if (to - from >= 36000) {
		draw_ellipse(d, cx, cy, PIE_R, PIE_R, EDGE, fill);
		return;
	}
	xy[n++] = cx;
	xy[n++] = cy;
	int64_t steps = (to - from) / 700 + 1;
	for (int64_t i = 0; i <= steps; i++) {
		struct point p = on_circle(cx, cy, PIE_R, from + (to - from) * i / steps);
		xy[n++] = p.x;
		xy[n++] = p.y;
	}
	draw_polygon(d, xy, (size_t)n / 2, EDGE, fill);
}

static void boxed(struct drawing *d, int cx, int cy, const char *text)
{
	int w = draw_text_width(text, LETTER) + 14, h = LINE + 4;
	draw_rect(d, cx - w / 2, cy - h / 2, w, h, 6, (struct draw_pen){.line = DRAW_NO_LINE}, DRAW_PAPER);
	draw_text(d, cx, cy - LETTER * 62 / 100, LETTER, DRAW_MIDDLE, 0, 1, text);
}

static struct drawing *pie(struct arena *a, const struct tab_table *t, const struct tab_plot *p, const char *counter)
{
	enum { CX = PIE_R + 20, CY = PIE_R + 20, LEGEND = 2 * PIE_R + 90, LEGEND_STEP = 84 };
	size_t c = p->cols[0];
	int64_t sum = 0, at = 0;
	int h = (int)p->n_rows * LEGEND_STEP + 20;
	struct drawing *d = drawing_new(a, TAB_CHART_W, h > 2 * CY ? h : 2 * CY, t->title, description(a, t, p, counter));
	for (size_t r = 0; r < p->n_rows; r++)
		sum += t->rows[p->rows[r]].cells[c].num;
	for (size_t r = 0; r < p->n_rows; r++) {
		int64_t n = t->rows[p->rows[r]].cells[c].num, from = at * 36000 / sum, to = (at + n) * 36000 / sum;
		if (n > 0)
			slice(d, CX, CY, from, to, fill_of(r));
		at += n;
	}
	at = 0;
	for (size_t r = 0; r < p->n_rows; r++) {
		const struct tab_row *row = &t->rows[p->rows[r]];
		int64_t n = row->cells[c].num, mid = (2 * at + n) * 18000 / sum;
		int y = (d->h - (int)p->n_rows * LEGEND_STEP) / 2 + (int)r * LEGEND_STEP;
		if (n * 100 >= sum * 7) {
			struct point q = on_circle(CX, CY, PIE_R * 62 / 100, mid);
			boxed(d, q.x, q.y, row->cells[c].text);
		}
		draw_rect(d, LEGEND, y + 6, SWATCH, SWATCH, 0, EDGE, fill_of(r));
		draw_text(d, LEGEND + SWATCH + GAP, y, LETTER, DRAW_START, TAB_CHART_W - LEGEND - SWATCH - GAP, 1, row->label);
		draw_text(d, LEGEND + SWATCH + GAP, y + LINE - 6, LETTER, DRAW_START, TAB_CHART_W - LEGEND - SWATCH - GAP, 1, figure(a, t, row, c, counter));
		at += n;
	}
	return d;
}

/* ---- bars -------------------------------------------------------------------------------------------------------------- */

/* Whether x is more than y, both num / den. */
static bool more(const struct tab_cell *x, const struct tab_cell *y)
{
	int64_t dx = x->den > 0 ? x->den : 1, dy = y->den > 0 ? y->den : 1;
	return x->num * dy > y->num * dx;
}

static int length_of(const struct tab_cell *x, const struct tab_cell *most, int room)
{
	if (x->kind == TAB_CELL_SECRET || x->num <= 0 || most->num <= 0)
		return 0;
	int64_t dx = x->den > 0 ? x->den : 1, dm = most->den > 0 ? most->den : 1;
	return (int)(room * x->num * dm / (dx * most->num));
}

static void legend_line(struct drawing *d, int x, int y, const char *label, size_t i)
{
	draw_rect(d, x, y + 4, SWATCH, SWATCH - 6, 0, EDGE, fill_of(i));
	draw_text(d, x + SWATCH + 10, y, LETTER, DRAW_START, 0, 1, label);
}

/* Names of the parts in lines as wide as the chart; draws only if `draw`. Returns the height. */
static int legend(struct drawing *d, const char *const *labels, size_t n, int w, bool draw)
{
	int x = 0, y = 0;
	for (size_t i = 0; i < n; i++) {
		int need = SWATCH + 10 + draw_text_width(labels[i], LETTER) + 36;
		if (x > 0 && x + need > w) {
			x = 0;
			y += LINE + 12;
		}
		if (draw)
			legend_line(d, x, y, labels[i], i);
		x += need;
	}
	return y + LINE + 24;
}

static struct drawing *bars(struct arena *a, const struct tab_table *t, const struct tab_plot *p, const char *counter)
{
	enum { ROOM = TAB_CHART_W - LABEL_W - GAP - NUMBER_W - 20 };
	const char **names = ARENA_ARRAY(a, p->n_cols + 1, const char *);
	const struct tab_cell none = {0}, *most = &none;
	for (size_t c = 0; c < p->n_cols; c++)
		names[c] = col_name(&t->cols[p->cols[c]]);
	for (size_t r = 0; r < p->n_rows; r++)
		for (size_t c = 0; c < p->n_cols; c++)
			if (more(&t->rows[p->rows[r]].cells[p->cols[c]], most))
				most = &t->rows[p->rows[r]].cells[p->cols[c]];
	int step = p->n_cols > 1 ? (int)p->n_cols * (BAR_H + 6) + 30 : STEP, top = p->n_cols > 1 ? legend(NULL, names, p->n_cols, TAB_CHART_W, false) : 4;
	struct drawing *d = drawing_new(a, TAB_CHART_W, top + (int)p->n_rows * step + 8, t->title, description(a, t, p, counter));
	if (p->n_cols > 1)
		(void)legend(d, names, p->n_cols, TAB_CHART_W, true);
	draw_line(d, LABEL_W + GAP, top, LABEL_W + GAP, top + (int)p->n_rows * step, THIN);
	for (size_t r = 0; r < p->n_rows; r++) {
		const struct tab_row *row = &t->rows[p->rows[r]];
		int y = top + (int)r * step;
		bool one_line = draw_text_width(row->label, LETTER - 4) <= LABEL_W;
		draw_text(d, LABEL_W, y + (p->n_cols > 1 ? 4 : one_line ? (STEP - LINE) / 2 : 2), LETTER - 4, DRAW_END, LABEL_W, 2, row->label);
		for (size_t c = 0; c < p->n_cols; c++) {
			int w = length_of(&row->cells[p->cols[c]], most, ROOM), at = y + (p->n_cols > 1 ? 4 + (int)c * (BAR_H + 6) : (STEP - BAR_H) / 2);
			if (w > 0)
				draw_rect(d, LABEL_W + GAP, at, w, BAR_H, 0, EDGE, p->n_cols > 1 ? fill_of(c) : row->no_answer ? DRAW_PAPER : DRAW_GRAY);
			draw_text(d, LABEL_W + GAP + w + 12, at - 1, LETTER, DRAW_START, TAB_CHART_W - LABEL_W - GAP - w - 12, 1, figure(a, t, row, p->cols[c], counter));
		}
	}
	return d;
}

/* ---- stacked -------------------------------------------------------------------------------------------------------------- */

struct stack {
	struct arena *a;
	const struct tab_table *t;
	const struct tab_plot *p;
	struct drawing *d;
	int64_t most;
};

static int64_t stack_sum(const struct stack *s, size_t c)
{
	int64_t n = 0;
	for (size_t r = 0; r < s->p->n_rows; r++) {
		const struct tab_cell *x = &s->t->rows[s->p->rows[r]].cells[c];
		n += x->kind == TAB_CELL_COUNT ? x->num : 0;
	}
	return n;
}

/* A number below its own part, with a line up to it; where two would touch, the later one moves to the right. Returns where the next may begin. */
static int label_below(const struct stack *s, int middle, int bottom, int free_from, const char *text)
{
	int w = draw_text_width(text, LETTER - 8), x = middle - w / 2;
	x = x < free_from ? free_from : x;
	if (x + w > TAB_CHART_W)
		x = TAB_CHART_W - w;
	draw_line(s->d, middle, bottom, x + w / 2, bottom + 10, THIN);
	draw_text(s->d, x, bottom + 10, LETTER - 8, DRAW_START, 0, 1, text);
	return x + w + 16;
}

/* One bar of parts. What is too narrow for its number has it below its own part; what is hidden is told behind the bar. */
static void stack_bar(const struct stack *s, size_t c, int y)
{
	enum { LEFT = 300, ROOM = TAB_CHART_W - LEFT - 150 };
	const struct tab_col *col = &s->t->cols[c];
	struct buf rest = buf_new(s->a);
	int64_t sum = 0;
	int at = LEFT, free_from = LEFT;
	draw_text(s->d, LEFT - GAP, y - 12, LETTER, DRAW_END, LEFT - GAP, 1, str_blank(col->group) ? col->head : tab_col_group(s->a, col));
	draw_text(s->d, LEFT - GAP, y + LINE - 16, LETTER - 6, DRAW_END, LEFT - GAP, 1, col->base.n_hidden ? "n=x" : arena_fmt(s->a, "n=%lld", (long long)col->base.n));
	for (size_t r = 0; r < s->p->n_rows; r++) {
		const struct tab_row *row = &s->t->rows[s->p->rows[r]];
		const struct tab_cell *x = &row->cells[c];
		if (x->kind == TAB_CELL_COUNT && x->num > 0) {
			sum += x->num;
			int end = LEFT + (int)(ROOM * sum / s->most);
			draw_rect(s->d, at, y, end - at, BAR_H + 12, 0, EDGE, fill_of(r));
			if (draw_text_width(x->text, LETTER) + 18 <= end - at)
				boxed(s->d, (at + end) / 2, y + (BAR_H + 12) / 2, x->text);
			else
				free_from = label_below(s, (at + end) / 2, y + BAR_H + 12, free_from, x->text);
			at = end;
		} else if (x->kind == TAB_CELL_SECRET) {
			buf_fmt(&rest, "%s%s x", rest.n ? "、" : "", row->label);
		}
	}
	if (rest.n) { /* behind the bar if there is room, else below it, after what stands there */
		bool fits = at + 14 + draw_text_width(rest.p, LETTER - 8) <= TAB_CHART_W;
		int x = fits ? at + 14 : free_from;
		draw_text(s->d, x, fits ? y + 12 : y + BAR_H + 22, LETTER - 8, DRAW_START, TAB_CHART_W - x, 1, rest.p);
	}
}

static struct drawing *stacked(struct arena *a, const struct tab_table *t, const struct tab_plot *p, const char *counter)
{
	enum { BAR_STEP = 124 };
	struct stack s = {.a = a, .t = t, .p = p, .most = 1};
	const char **labels = ARENA_ARRAY(a, p->n_rows + 1, const char *);
	for (size_t r = 0; r < p->n_rows; r++)
		labels[r] = t->rows[p->rows[r]].label;
	for (size_t c = 0; c < p->n_cols; c++) {
		int64_t n = stack_sum(&s, p->cols[c]);
		s.most = n > s.most ? n : s.most;
	}
	int top = legend(NULL, labels, p->n_rows, TAB_CHART_W, false);
	s.d = drawing_new(a, TAB_CHART_W, top + (int)p->n_cols * BAR_STEP + 8, t->title, description(a, t, p, counter));
	(void)legend(s.d, labels, p->n_rows, TAB_CHART_W, true);
	for (size_t c = 0; c < p->n_cols; c++)
		stack_bar(&s, p->cols[c], top + (int)c * BAR_STEP);
	return s.d;
}

/* ---- line --------------------------------------------------------------------------------------------------------------------- */

static struct drawing *line(struct arena *a, const struct tab_table *t, const struct tab_plot *p, const char *counter)
{
	enum { H = 520, TOP = 60, BOTTOM = H - 110, LEFT = 110, RIGHT = TAB_CHART_W - 40 };
	size_t c = p->cols[0], n = 0;
	const struct tab_cell whole = {.kind = TAB_CELL_SHARE, .num = 1, .den = 1}, none = {0};
	const struct tab_cell *most = t->cols[c].kind == TAB_CELL_SHARE ? &whole : &none;
	int *xy = ARENA_ARRAY(a, 2 * p->n_rows + 1, int), step = p->n_rows > 1 ? (RIGHT - LEFT - 160) / (int)(p->n_rows - 1) : 0;
	struct drawing *d = drawing_new(a, TAB_CHART_W, H, t->title, description(a, t, p, counter));
	for (size_t r = 0; r < p->n_rows; r++)
		if (more(&t->rows[p->rows[r]].cells[c], most))
			most = &t->rows[p->rows[r]].cells[c];
	draw_line(d, LEFT, BOTTOM, RIGHT, BOTTOM, EDGE);
	draw_line(d, LEFT, TOP, LEFT, BOTTOM, THIN);
	draw_text(d, LEFT - 12, BOTTOM - 20, LETTER, DRAW_END, 0, 1, "0");
	draw_text(d, LEFT - 12, TOP - 20, LETTER, DRAW_END, 100, 1, most == &whole ? "100%" : str_or(most->text, ""));
	draw_line(d, LEFT, TOP, RIGHT, TOP, (struct draw_pen){.line = DRAW_DOTTED, .width = 2, .gray = 150});
	for (size_t r = 0; r < p->n_rows; r++) {
		const struct tab_row *row = &t->rows[p->rows[r]];
		int x = LEFT + 80 + (int)r * step, y = BOTTOM - length_of(&row->cells[c], most, BOTTOM - TOP);
		draw_text(d, x, BOTTOM + 14, LETTER, DRAW_MIDDLE, step ? step - 8 : 300, 2, row->label);
		if (row->cells[c].kind == TAB_CELL_SECRET || row->cells[c].kind == TAB_CELL_NONE || row->cells[c].kind == TAB_CELL_EMPTY) {
			draw_text(d, x, BOTTOM - LINE - 4, LETTER, DRAW_MIDDLE, 0, 1, row->cells[c].text);
			if (n > 1)
				draw_polyline(d, xy, n, EDGE);
			n = 0; /* no line across what is not there */
			continue;
		}
		xy[2 * n] = x;
		xy[2 * n++ + 1] = y;
		draw_ellipse(d, x, y, 10, 10, EDGE, DRAW_BLACK);
		draw_text(d, x, y + (y < TOP + 70 ? 18 : -LINE - 16), LETTER, DRAW_MIDDLE, 0, 1, row->cells[c].text);
	}
	if (n > 1)
		draw_polyline(d, xy, n, EDGE);
	return d;
}

size_t tab_charts(struct arena *a, const struct tab_table *t, const char *counter, struct tab_picture out[TAB_CHARTS_MAX])
{
	struct tab_plot p[TAB_CHARTS_MAX];
	size_t n = tab_plots(a, t, p);
	for (size_t i = 0; i < n; i++) {
		out[i].kind = p[i].kind;
		out[i].drawing = p[i].kind == TAB_CHART_PIE ? pie(a, t, &p[i], counter) : p[i].kind == TAB_CHART_STACKED ? stacked(a, t, &p[i], counter)
			: p[i].kind == TAB_CHART_LINE ? line(a, t, &p[i], counter) : bars(a, t, &p[i], counter);
	}
	return n;
}
