/* xlsx — an Excel workbook in memory, for sheets that people print and fill on.
 *
 * Text stays text (a 被保険者番号 of 0000012345 keeps its zeros; a text that begins with = is no formula). Cells are
 * collected in the arena and written in one go by libxlsxwriter, so no library resource is held while the arena may
 * jump. Same cells, same bytes: the date in the file is the one given. A4, one page wide, print area = what is used, charts too.
 *
 * Units: widths and heights in 0.1 mm; rows and columns from 0; last ones included. Errors: ERR_LIMIT for a text over
 * 32,767 characters (Excel's limit) or ranges that overlap. Tests: tests/unit/test_print.c.
 */
#ifndef TSU_CODEC_XLSX_H
#define TSU_CODEC_XLSX_H

#include "base/arena.h"
#include "base/err.h"

enum { XLSX_TEXT_MAX = 32767 };

enum xlsx_align { XLSX_LEFT, XLSX_CENTER, XLSX_RIGHT };
enum xlsx_valign { XLSX_TOP, XLSX_MIDDLE, XLSX_BOTTOM };
enum { XLSX_BORDER_LEFT = 1, XLSX_BORDER_TOP = 2, XLSX_BORDER_RIGHT = 4, XLSX_BORDER_BOTTOM = 8, XLSX_BORDER_ALL = 15 };

struct xlsx_style {
	const char *font; /* NULL = ＭＳ 明朝 */
	int size_pt10;    /* 0 = 105 */
	bool bold, wrap;
	bool stacked;     /* letters one below the other */
	enum xlsx_align align;
	enum xlsx_valign valign;
	unsigned border;
	int fill_gray;    /* 0 = none, else 1..255 */
	const char *number; /* NULL = text; else Excel's format of a number: "#,##0", "0%", "0.0" (static) */
};

struct xlsx;

struct xlsx *xlsx_new(struct arena *a, const char *title, int64_t now_ms);
/* name: at most 31 characters; what Excel forbids in names is replaced. Returns its index. */
size_t xlsx_sheet_add(struct xlsx *x, const char *name, bool landscape);
void xlsx_col_width(struct xlsx *x, size_t sheet, int col, int w_mm10);
void xlsx_row_height(struct xlsx *x, size_t sheet, int row, int h_mm10);
void xlsx_page_break(struct xlsx *x, size_t sheet, int before_row);
void xlsx_repeat_rows(struct xlsx *x, size_t sheet, int first, int last); /* heads on each printed page */
void xlsx_foot(struct xlsx *x, size_t sheet, const char *left); /* page n/N is added at the right */
/* A text over the range row..row2 × col..col2 (merged if more than one cell). */
void xlsx_text(struct xlsx *x, size_t sheet, int row, int col, int row2, int col2, const char *text, const struct xlsx_style *st);
void xlsx_int(struct xlsx *x, size_t sheet, int row, int col, int64_t v, const struct xlsx_style *st);
/* scaled / scale as a decimal number (64 / 100 with the number format "0%"): exactly what is printed elsewhere, for Excel to count with. */
void xlsx_decimal(struct xlsx *x, size_t sheet, int row, int col, int64_t scaled, int64_t scale, const struct xlsx_style *st);
/* A radar over the range, drawn by Excel from the shares (percent of the full mark) of each series; n axes. The numbers stand
 * in a hidden sheet, so the chart can be changed with them. */
struct xlsx_radar {
	const char *const *axes;   /* labels, n of them */
	size_t n, n_series;
	const char *names[4];
	const int64_t *shares[4];  /* n of them each, 0..100 */
};
void xlsx_radar(struct xlsx *x, size_t sheet, int row, int col, int row2, int col2, const struct xlsx_radar *r);
/* A chart of Excel's own with its upper left corner in a cell. Values are num / scale; INT64_MIN leaves a gap. The numbers stand in a
 * hidden sheet, so the chart can be changed with them. */
enum xlsx_chart_kind { XLSX_PIE, XLSX_BARS, XLSX_STACKED, XLSX_LINES };
struct xlsx_chart {
	enum xlsx_chart_kind kind;
	const char *title;
	const char *const *categories;   /* n */
	const char *const *names;        /* n_series */
	const int64_t *const *values;    /* n_series of n each */
	size_t n, n_series;
	int64_t scale;                   /* 1, 10, 100 … */
	const char *number;              /* format of the labels; NULL = as they are */
	int w, h;                        /* 0.1 mm */
};
void xlsx_chart(struct xlsx *x, size_t sheet, int row, int col, const struct xlsx_chart *c);
MUST err xlsx_write(struct xlsx *x, const char **bytes, size_t *n);

#endif
