#define _GNU_SOURCE /* memfd_create: the library writes to a named file only; this one never touches a disk */
#include "codec/xlsx.h"

#include "base/civil.h"
#include "base/str.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum what { CELL_TEXT, CELL_INT, RADAR, CHART, COL_WIDTH, ROW_HEIGHT, PAGE_BREAK, REPEAT };

struct cell {
	struct cell *next;
	enum what what;
	int row, col, row2, col2;
	const char *text;
	int64_t v, scale; /* v / scale; 0 = 1 */
	struct xlsx_style style;
	const struct xlsx_radar *radar;
	const struct xlsx_chart *chart;
	int w, h; /* of the radar's range, 0.1 mm */
};

struct sheet {
	const char *name, *foot;
	bool landscape;
	struct cell *first, *last;
	int max_row, max_col, n_breaks;
};

enum { SHEETS_MAX = 240 };

struct xlsx {
	struct arena *arena;
	const char *title;
	int64_t now_ms;
	struct sheet sheets[SHEETS_MAX];
	size_t n_sheets, n_cells, text_bytes;
	bool bad;
};

struct xlsx *xlsx_new(struct arena *a, const char *title, int64_t now_ms)
{
	struct xlsx *x = ARENA_NEW(a, struct xlsx);
	x->arena = a;
	x->title = arena_str(a, title);
	x->now_ms = now_ms;
	return x;
}

size_t xlsx_sheet_add(struct xlsx *x, const char *name, bool landscape)
{
	if (x->n_sheets == SHEETS_MAX) {
		x->bad = true;
		return SHEETS_MAX - 1;
	}
	size_t len = 0, n = 0;
	char *s = arena_str(x->arena, name);
	for (const char *r = s; *r && n < 31; n++, len = (size_t)(r - s))
		str_next(&r);
	s[len] = '\0';
	for (char *c = s; *c; c++)
		if (strchr("[]:*?/\\'", *c))
			*c = '_';
	x->sheets[x->n_sheets] = (struct sheet){.name = *s ? s : "Sheet", .landscape = landscape, .max_row = -1, .max_col = -1};
	return x->n_sheets++;
}

static struct cell *add(struct xlsx *x, size_t sheet, enum what what)
{
	struct cell *c = ARENA_NEW(x->arena, struct cell);
	struct sheet *s = &x->sheets[sheet];
	c->what = what;
	if (s->last)
		s->last->next = c;
	else
		s->first = c;
	s->last = c;
	x->n_cells++;
	return c;
}

void xlsx_col_width(struct xlsx *x, size_t sheet, int col, int w)
{
	struct cell *c = add(x, sheet, COL_WIDTH);
	c->col = col;
	c->v = w;
}

void xlsx_row_height(struct xlsx *x, size_t sheet, int row, int h)
{
	struct cell *c = add(x, sheet, ROW_HEIGHT);
	c->row = row;
	c->v = h;
}

void xlsx_page_break(struct xlsx *x, size_t sheet, int before_row)
{
	add(x, sheet, PAGE_BREAK)->row = before_row;
	x->sheets[sheet].n_breaks++;
}

void xlsx_repeat_rows(struct xlsx *x, size_t sheet, int first, int last)
{
	struct cell *c = add(x, sheet, REPEAT);
	c->row = first;
	c->row2 = last;
}

void xlsx_foot(struct xlsx *x, size_t sheet, const char *left) { x->sheets[sheet].foot = arena_str(x->arena, left); }

static struct cell *value(struct xlsx *x, size_t sheet, enum what what, int row, int col, int row2, int col2,
                          const struct xlsx_style *st)
{
	struct cell *c = add(x, sheet, what);
	struct sheet *s = &x->sheets[sheet];
	c->row = row;
	c->col = col;
	c->row2 = row2 < row ? row : row2;
	c->col2 = col2 < col ? col : col2;
	if (st)
		c->style = *st;
	if (c->row2 > s->max_row)
		s->max_row = c->row2;
	if (c->col2 > s->max_col)
		s->max_col = c->col2;
	x->n_cells += (size_t)(c->row2 - c->row + 1) * (size_t)(c->col2 - c->col + 1);
	return c;
}

void xlsx_text(struct xlsx *x, size_t sheet, int row, int col, int row2, int col2, const char *text, const struct xlsx_style *st)
{
	struct cell *c = value(x, sheet, CELL_TEXT, row, col, row2, col2, st);
	c->text = arena_str(x->arena, text);
	x->text_bytes += strlen(c->text);
	if (str_count(c->text) > XLSX_TEXT_MAX)
		x->bad = true;
}

void xlsx_int(struct xlsx *x, size_t sheet, int row, int col, int64_t v, const struct xlsx_style *st)
{
	value(x, sheet, CELL_INT, row, col, row, col, st)->v = v;
}

void xlsx_decimal(struct xlsx *x, size_t sheet, int row, int col, int64_t scaled, int64_t scale, const struct xlsx_style *st)
{
	struct cell *c = value(x, sheet, CELL_INT, row, col, row, col, st);
	c->v = scaled;
	c->scale = scale;
}

enum { ROW_H = 53, COL_W = 169 }; /* Excel's own, 0.1 mm */

/* The first row (ROW_HEIGHT) or column (COL_WIDTH) behind so much of the sheet; `own`: the size of those that were given none. */
static int behind(const struct sheet *s, enum what what, int at, int need, int own)
{
	for (; need > 0; at++) {
		int size = own;
		for (const struct cell *k = s->first; k; k = k->next)
			if (k->what == what && (what == ROW_HEIGHT ? k->row : k->col) == at)
				size = (int)k->v;
		need -= size > 0 ? size : 1;
	}
	return at;
}

/* The print area reaches to the foot of a chart. Rows and columns that are given their size later count as Excel's own. */
static void covers(struct sheet *s, const struct cell *chart)
{
	int row = behind(s, ROW_HEIGHT, chart->row, chart->chart->h, ROW_H), col = behind(s, COL_WIDTH, chart->col, chart->chart->w, COL_W) - 1;
	s->max_row = row > s->max_row ? row : s->max_row;
	s->max_col = col > s->max_col ? col : s->max_col;
}

void xlsx_chart(struct xlsx *x, size_t sheet, int row, int col, const struct xlsx_chart *chart)
{
	struct cell *c = add(x, sheet, CHART);
	struct xlsx_chart *keep = ARENA_NEW(x->arena, struct xlsx_chart);
	*keep = *chart;
	c->row = row;
	c->col = col;
	c->chart = keep;
	covers(&x->sheets[sheet], c);
	x->n_cells += 400 + 40 * (chart->n + 2) * (chart->n_series + 1); /* the chart's own XML */
	for (size_t i = 0; i < chart->n; i++)
		x->text_bytes += strlen(chart->categories[i]) * (chart->n_series + 1);
	for (size_t i = 0; i < chart->n_series; i++)
		x->text_bytes += 2 * strlen(chart->names[i]);
	x->text_bytes += strlen(chart->title);
}

void xlsx_radar(struct xlsx *x, size_t sheet, int row, int col, int row2, int col2, const struct xlsx_radar *r)
{
	struct cell *c = add(x, sheet, RADAR);
	struct xlsx_radar *keep = ARENA_NEW(x->arena, struct xlsx_radar);
	*keep = *r;
	c->row = row;
	c->col = col;
	for (const struct cell *k = x->sheets[sheet].first; k; k = k->next) {
		if (k->what == COL_WIDTH && k->col >= col && k->col <= col2)
			c->w += (int)k->v;
		if (k->what == ROW_HEIGHT && k->row >= row && k->row <= row2)
			c->h += (int)k->v;
	}
	c->radar = keep;
	x->n_cells += 400 + 20 * r->n * (r->n_series + 1); /* the chart's own XML */
}

/* Everything below runs without the arena: the library's memory is given back before anything can jump. */

struct known_format {
	struct xlsx_style style;
	lxw_format *format;
};
struct writer {
	lxw_workbook *book;
	struct known_format known[256]; /* a form uses a few dozen; more are made anew */
	size_t n_known;
	lxw_worksheet *numbers; /* of the charts; made when the first is drawn */
	int n_numbers;          /* rows used in it */
	bool bad;
};

static bool style_eq(const struct xlsx_style *a, const struct xlsx_style *b)
{
	return str_eq(a->font, b->font) && a->size_pt10 == b->size_pt10 && a->bold == b->bold && a->wrap == b->wrap &&
	       a->align == b->align && a->valign == b->valign && a->border == b->border && a->fill_gray == b->fill_gray && a->stacked == b->stacked && str_eq(str_or(a->number, ""), str_or(b->number, ""));
}

static lxw_format *format_of(struct writer *w, const struct xlsx_style *st)
{
	for (size_t i = 0; i < w->n_known; i++)
		if (style_eq(&w->known[i].style, st))
			return w->known[i].format;
	static const uint8_t align[] = {LXW_ALIGN_LEFT, LXW_ALIGN_CENTER, LXW_ALIGN_RIGHT};
	static const uint8_t valign[] = {LXW_ALIGN_VERTICAL_TOP, LXW_ALIGN_VERTICAL_CENTER, LXW_ALIGN_VERTICAL_BOTTOM};
	lxw_format *f = workbook_add_format(w->book);
	format_set_font_name(f, st->font ? st->font : "ＭＳ 明朝");
	format_set_font_size(f, (st->size_pt10 ? st->size_pt10 : 105) / 10.0);
	format_set_num_format(f, st->number ? st->number : "@"); /* text, so that Excel keeps it text after an edit */
	format_set_align(f, align[st->align]);
	format_set_align(f, valign[st->valign]);
	if (st->bold)
		format_set_bold(f);
	if (st->wrap && !st->stacked)
		format_set_text_wrap(f);
	if (st->stacked)
		format_set_rotation(f, 270);
	if (st->border & XLSX_BORDER_LEFT)
		format_set_left(f, LXW_BORDER_THIN);
	if (st->border & XLSX_BORDER_TOP)
		format_set_top(f, LXW_BORDER_THIN);
	if (st->border & XLSX_BORDER_RIGHT)
		format_set_right(f, LXW_BORDER_THIN);
	if (st->border & XLSX_BORDER_BOTTOM)
		format_set_bottom(f, LXW_BORDER_THIN);
	if (st->fill_gray)
		format_set_bg_color(f, (lxw_color_t)(st->fill_gray * 0x010101));
	if (w->n_known < sizeof w->known / sizeof w->known[0])
		w->known[w->n_known++] = (struct known_format){*st, f};
	return f;
}

#define NUMBERS "図の数"

/* Axes in column A, a series in each column after it. The hidden sheet is added last, when all others stand. */
static void put_radar(struct writer *w, lxw_worksheet *ws, const struct cell *c)
{
	static const uint8_t dash[] = {LXW_CHART_LINE_DASH_SOLID, LXW_CHART_LINE_DASH_ROUND_DOT, LXW_CHART_LINE_DASH_DASH, LXW_CHART_LINE_DASH_LONG_DASH};
	const struct xlsx_radar *r = c->radar;
	lxw_chart *chart = workbook_add_chart(w->book, LXW_CHART_RADAR_WITH_MARKERS);
	lxw_row_t first = (lxw_row_t)w->n_numbers + 1, last = first + (lxw_row_t)r->n - 1;
	if (!chart || !w->numbers) {
		w->bad = true;
		return;
	}
	for (size_t i = 0; i < r->n; i++)
		worksheet_write_string(w->numbers, first + (lxw_row_t)i, 0, r->axes[i], NULL);
	for (size_t k = 0; k < r->n_series; k++) {
		lxw_col_t col = (lxw_col_t)k + 1;
		worksheet_write_string(w->numbers, first - 1, col, r->names[k], NULL);
		for (size_t i = 0; i < r->n; i++)
			worksheet_write_number(w->numbers, first + (lxw_row_t)i, col, (double)r->shares[k][i], NULL);
		lxw_chart_series *s = chart_add_series(chart, NULL, NULL);
		chart_series_set_categories(s, NUMBERS, first, 0, last, 0);
		chart_series_set_values(s, NUMBERS, first, col, last, col);
		chart_series_set_name(s, r->names[k]);
		lxw_chart_line line = {.color = LXW_COLOR_BLACK, .width = 1.5f, .dash_type = dash[k % 4]};
		chart_series_set_line(s, &line);
		chart_series_set_marker_type(s, k % 2 ? LXW_CHART_MARKER_CIRCLE : LXW_CHART_MARKER_SQUARE);
	}
	chart_axis_set_min(chart->y_axis, 0);
	chart_axis_set_max(chart->y_axis, 100);
	chart_axis_set_major_unit(chart->y_axis, 25);
	chart_legend_set_position(chart, r->n_series > 1 ? LXW_CHART_LEGEND_BOTTOM : LXW_CHART_LEGEND_NONE);
	chart_title_off(chart);
	chart_axis_set_num_format(chart->y_axis, ";;;"); /* the labels say the points; a scale in percent would mislead */
	lxw_chart_line no_frame = {.none = LXW_TRUE}; /* the cell has one */
	chart_chartarea_set_line(chart, &no_frame);
	/* 480 × 288 pixels at 96 dots per inch unless scaled; a little less than the frame */
	lxw_chart_options o = {.x_offset = 6, .y_offset = 6, .x_scale = ((double)c->w * 96 / 254 - 12) / 480, .y_scale = ((double)c->h * 96 / 254 - 12) / 288};
	if (worksheet_insert_chart_opt(ws, (lxw_row_t)c->row, (lxw_col_t)c->col, chart, &o) != LXW_NO_ERROR)
		w->bad = true;
	w->n_numbers = (int)last + 2;
}

/* Told apart without colours: Excel's own patterns in black on white. */
static void series_ink(lxw_chart_series *s, enum xlsx_chart_kind kind, size_t i)
{
	static const uint8_t patterns[] = {LXW_CHART_PATTERN_DARK_UPWARD_DIAGONAL, LXW_CHART_PATTERN_PERCENT_25, LXW_CHART_PATTERN_SMALL_GRID, LXW_CHART_PATTERN_PERCENT_75,
		LXW_CHART_PATTERN_LIGHT_DOWNWARD_DIAGONAL, LXW_CHART_PATTERN_NARROW_HORIZONTAL, LXW_CHART_PATTERN_PERCENT_5, LXW_CHART_PATTERN_DIAGONAL_BRICK};
	lxw_chart_line line = {.color = LXW_COLOR_BLACK, .width = 1.0f};
	chart_series_set_line(s, &line);
	if (kind == XLSX_LINES) {
		chart_series_set_marker_type(s, i % 2 ? LXW_CHART_MARKER_CIRCLE : LXW_CHART_MARKER_SQUARE);
		return;
	}
	lxw_chart_pattern pattern = {.fg_color = LXW_COLOR_BLACK, .bg_color = LXW_COLOR_WHITE, .type = patterns[i % (sizeof patterns)]};
	chart_series_set_pattern(s, &pattern);
}

/* A pie has one series; its points carry the patterns. */
static void pie_ink(lxw_chart_series *s, size_t n)
{
	static lxw_chart_pattern patterns[8] = {{.fg_color = LXW_COLOR_BLACK, .bg_color = LXW_COLOR_WHITE, .type = LXW_CHART_PATTERN_DARK_UPWARD_DIAGONAL},
		{.fg_color = LXW_COLOR_BLACK, .bg_color = LXW_COLOR_WHITE, .type = LXW_CHART_PATTERN_PERCENT_25}, {.fg_color = LXW_COLOR_BLACK, .bg_color = LXW_COLOR_WHITE, .type = LXW_CHART_PATTERN_SMALL_GRID},
		{.fg_color = LXW_COLOR_BLACK, .bg_color = LXW_COLOR_WHITE, .type = LXW_CHART_PATTERN_PERCENT_75}, {.fg_color = LXW_COLOR_BLACK, .bg_color = LXW_COLOR_WHITE, .type = LXW_CHART_PATTERN_LIGHT_DOWNWARD_DIAGONAL},
		{.fg_color = LXW_COLOR_BLACK, .bg_color = LXW_COLOR_WHITE, .type = LXW_CHART_PATTERN_NARROW_HORIZONTAL}, {.fg_color = LXW_COLOR_BLACK, .bg_color = LXW_COLOR_WHITE, .type = LXW_CHART_PATTERN_PERCENT_5},
		{.fg_color = LXW_COLOR_BLACK, .bg_color = LXW_COLOR_WHITE, .type = LXW_CHART_PATTERN_DIAGONAL_BRICK}};
	lxw_chart_line line = {.color = LXW_COLOR_BLACK, .width = 1.0f};
	lxw_chart_point points[64] = {{0}};
	lxw_chart_point *list[65] = {0};
	for (size_t i = 0; i < n && i < 64; i++) {
		points[i].pattern = &patterns[i % 8];
		points[i].line = &line;
		list[i] = &points[i];
	}
	chart_series_set_points(s, list);
}

static void put_chart(struct writer *w, lxw_worksheet *ws, const struct cell *c)
{
	static const uint8_t kinds[] = {LXW_CHART_PIE, LXW_CHART_BAR, LXW_CHART_BAR_STACKED, LXW_CHART_LINE};
	const struct xlsx_chart *k = c->chart;
	lxw_chart *chart = workbook_add_chart(w->book, kinds[k->kind]);
	lxw_row_t first = (lxw_row_t)w->n_numbers + 1, last = first + (lxw_row_t)k->n - 1;
	if (!chart || !w->numbers) {
		w->bad = true;
		return;
	}
	for (size_t i = 0; i < k->n; i++)
		worksheet_write_string(w->numbers, first + (lxw_row_t)i, 0, k->categories[i], NULL);
	for (size_t i = 0; i < k->n_series; i++) {
		lxw_col_t col = (lxw_col_t)i + 1;
		worksheet_write_string(w->numbers, first - 1, col, k->names[i], NULL);
		for (size_t p = 0; p < k->n; p++)
			if (k->values[i][p] != INT64_MIN)
				worksheet_write_number(w->numbers, first + (lxw_row_t)p, col, (double)k->values[i][p] / (double)(k->scale ? k->scale : 1), NULL);
		lxw_chart_series *s = chart_add_series(chart, NULL, NULL);
		chart_series_set_categories(s, NUMBERS, first, 0, last, 0);
		chart_series_set_values(s, NUMBERS, first, col, last, col);
		chart_series_set_name(s, k->names[i]);
		chart_series_set_labels(s);
		if (k->number)
			chart_series_set_labels_num_format(s, k->number);
		if (k->kind == XLSX_PIE) {
			chart_series_set_labels_options(s, LXW_FALSE, LXW_TRUE, LXW_TRUE); /* no share beside it: both would take one format */
			chart_series_set_labels_leader_line(s);
			pie_ink(s, k->n);
		} else {
			series_ink(s, k->kind, i);
		}
	}
	lxw_chart_font letters = {.size = 11, .bold = LXW_TRUE};
	chart_title_set_name(chart, k->title);
	chart_title_set_name_font(chart, &letters);
	chart_legend_set_position(chart, k->n_series > 1 ? LXW_CHART_LEGEND_BOTTOM : LXW_CHART_LEGEND_NONE);
	bool bars = k->kind == XLSX_BARS || k->kind == XLSX_STACKED;
	if (k->number && k->kind != XLSX_PIE)
		chart_axis_set_num_format(bars ? chart->x_axis : chart->y_axis, k->number);
	if (bars) { /* the first line of the table stands on top, the scale at the foot; of bars y is the axis of the lines */
		chart_axis_set_reverse(chart->y_axis);
		chart_axis_set_crossing_max(chart->y_axis);
	}
	lxw_chart_options o = {.x_offset = 6, .y_offset = 6, .x_scale = (double)k->w * 96 / 254 / 480, .y_scale = (double)k->h * 96 / 254 / 288};
	if (worksheet_insert_chart_opt(ws, (lxw_row_t)c->row, (lxw_col_t)c->col, chart, &o) != LXW_NO_ERROR)
		w->bad = true;
	w->n_numbers = (int)last + 2;
}

static void put(struct writer *w, lxw_worksheet *ws, const struct cell *c)
{
	lxw_format *f = NULL;
	lxw_error e = LXW_NO_ERROR;
	lxw_row_t r = (lxw_row_t)c->row, r2 = (lxw_row_t)c->row2;
	lxw_col_t k = (lxw_col_t)c->col, k2 = (lxw_col_t)c->col2;
	switch (c->what) {
	case COL_WIDTH: /* Excel counts widths in digits of 7 pixels plus 5; 96 dots per inch */
		e = worksheet_set_column(ws, k, k, (double)c->v * 96 / 254 > 5 ? ((double)c->v * 96 / 254 - 5) / 7 : 0.1, NULL);
		break;
	case ROW_HEIGHT:
		e = worksheet_set_row(ws, r, (double)c->v * 72 / 254, NULL);
		break;
	case REPEAT:
		e = worksheet_repeat_rows(ws, r, r2);
		break;
	case PAGE_BREAK:
		break;
	case RADAR:
		put_radar(w, ws, c);
		break;
	case CHART:
		put_chart(w, ws, c);
		break;
	case CELL_INT: {
		struct xlsx_style st = c->style;
		f = format_of(w, &st);
		e = worksheet_write_number(ws, r, k, c->scale ? (double)c->v / (double)c->scale : (double)c->v, f);
		break;
	}
	case CELL_TEXT:
		f = format_of(w, &c->style);
		if (r != r2 || k != k2)
			e = worksheet_merge_range(ws, r, k, r2, k2, "", f);
		if (e == LXW_NO_ERROR)
			e = *c->text ? worksheet_write_string(ws, r, k, c->text, f) : worksheet_write_blank(ws, r, k, f);
		break;
	}
	if (e != LXW_NO_ERROR)
		w->bad = true;
}

static void put_sheet(struct writer *w, lxw_worksheet *ws, const struct sheet *s)
{
	worksheet_set_paper(ws, 9); /* A4 */
	if (s->landscape)
		worksheet_set_landscape(ws);
	worksheet_fit_to_pages(ws, 1, 0);
	worksheet_set_margins(ws, 0.5, 0.5, 0.5, 0.6);
	worksheet_gridlines(ws, LXW_HIDE_ALL_GRIDLINES);
	lxw_row_t breaks[1024];
	size_t n_breaks = 0;
	for (const struct cell *c = s->first; c; c = c->next) {
		put(w, ws, c);
		if (c->what == PAGE_BREAK && n_breaks < 1022)
			breaks[n_breaks++] = (lxw_row_t)c->row;
	}
	if (n_breaks) {
		breaks[n_breaks] = 0;
		worksheet_set_h_pagebreaks(ws, breaks);
	}
	if (s->max_row >= 0)
		worksheet_print_area(ws, 0, 0, (lxw_row_t)s->max_row, (lxw_col_t)s->max_col);
	/* & begins a code in headers and footers; doubled it is a letter. At most 255 characters. */
	char foot[512] = "&L&8";
	size_t n = strlen(foot);
	for (const char *r = str_or(s->foot, ""), *t = r; *r && n < 200; r = t) {
		uint32_t ch = str_next(&t);
		if (ch == '&')
			foot[n++] = '&';
		memcpy(foot + n, r, (size_t)(t - r));
		n += (size_t)(t - r);
	}
	snprintf(foot + n, sizeof foot - n, "&R&8&P / &N");
	worksheet_set_footer(ws, foot);
}

MUST static err write_to(struct xlsx *x, int fd)
{
	char path[48];
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	struct writer w = {.book = workbook_new(path)};
	if (!w.book)
		return ERR_IO;
	lxw_doc_properties props = {.title = (char *)(uintptr_t)x->title, .author = (char *)(uintptr_t)"tsunagi",
	                            .created = (time_t)(x->now_ms / 1000)};
	workbook_set_properties(w.book, &props);
	lxw_worksheet *sheets[SHEETS_MAX];
	bool charts = false;
	for (size_t i = 0; i < x->n_sheets; i++) {
		sheets[i] = workbook_add_worksheet(w.book, x->sheets[i].name);
		w.bad |= !sheets[i];
		for (const struct cell *c = x->sheets[i].first; c; c = c->next)
			charts |= c->what == RADAR || c->what == CHART;
	}
	if (charts && (w.numbers = workbook_add_worksheet(w.book, NUMBERS)))
		worksheet_hide(w.numbers);
	for (size_t i = 0; !w.bad && i < x->n_sheets; i++)
		put_sheet(&w, sheets[i], &x->sheets[i]);
	if (workbook_close(w.book) != LXW_NO_ERROR) /* closes and frees in any case */
		return ERR_IO;
	return w.bad ? ERR_LIMIT : OK;
}

/* Excel calls a file with overlapping ranges damaged; this release of the library does not look. */
static bool overlaps(const struct sheet *s)
{
	for (const struct cell *a = s->first; a; a = a->next) {
		if (a->what != CELL_TEXT || (a->row == a->row2 && a->col == a->col2))
			continue;
		for (const struct cell *b = s->first; b; b = b->next)
			if (b != a && (b->what == CELL_TEXT || b->what == CELL_INT) && a->row <= b->row2 && b->row <= a->row2 &&
			    a->col <= b->col2 && b->col <= a->col2)
				return true;
	}
	return false;
}

err xlsx_write(struct xlsx *x, const char **bytes, size_t *n)
{
	for (size_t i = 0; i < x->n_sheets; i++)
		x->bad |= overlaps(&x->sheets[i]);
	if (x->bad)
		return ERR_LIMIT;
	/* More than the XML can grow to (a cell's tags; a letter escaped to six), and the file is that, packed. */
	size_t cap = (size_t)128 * 1024 + x->n_sheets * 8192 + x->n_cells * 128 + x->text_bytes * 6;
	char *out = arena_alloc(x->arena, cap);
	int fd = memfd_create("sheet", MFD_CLOEXEC);
	if (fd < 0)
		return ERR_IO;
	err e = write_to(x, fd);
	struct stat st = {0};
	if (e == OK && (fstat(fd, &st) != 0 || st.st_size <= 0))
		e = ERR_IO;
	if (e == OK && (size_t)st.st_size > cap)
		e = ERR_LIMIT;
	if (e == OK && pread(fd, out, (size_t)st.st_size, 0) != st.st_size)
		e = ERR_IO;
	close(fd);
	if (e != OK)
		return e;
	*bytes = out;
	*n = (size_t)st.st_size;
	return OK;
}
