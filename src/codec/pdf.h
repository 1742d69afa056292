/* pdf — a PDF in memory: pages, lines, boxes, circles and Japanese text that is measured exactly and never cut.
 *
 * Own writer over HarfBuzz's glyphs and subsets (docs/decisions/005-pdf-writer.md says why). Everything is kept in the
 * arena until pdf_write, so a page can be turned back to ("page n of N" in the foot). The same calls with the same
 * info give byte-equal output: no clock, no chance, no host font settings. All fonts are embedded as subsets; each
 * glyph carries its text, so text can be searched and copied, variation selectors included.
 *
 * Units: mm10 = 0.1 mm from the top left corner of the page; font sizes in 0.1 pt; inks 0 (black) .. 255 (white).
 * Ownership: struct pdf and texts are arena; the fonts are borrowed. Tests: tests/unit/test_print.c.
 */
#ifndef TSU_CODEC_PDF_H
#define TSU_CODEC_PDF_H

#include "base/arena.h"
#include "base/err.h"
#include "codec/pdf_font.h"

enum { PDF_A4_W = 2100, PDF_A4_H = 2970 };

struct pdf;

struct pdf_info {
	const char *title, *subject; /* NULL allowed */
	int64_t now_ms;              /* creation date; from ctx, never from a clock */
};

struct pdf *pdf_new(struct arena *a, struct pdf_fonts *fonts, const struct pdf_info *info);
size_t pdf_page_add(struct pdf *p, int w_mm10, int h_mm10); /* turns to it; returns its index */
void pdf_page_turn(struct pdf *p, size_t page);             /* draw on an earlier page again */
size_t pdf_page_count(const struct pdf *p);
struct arena *pdf_arena(const struct pdf *p);
/* Where texts are set and what else is needed only until it is drawn; the pdf's own arena unless one is given. A long file
 * (many people) gives one that is emptied after each of them. NULL: back to the pdf's own. */
void pdf_scratch_set(struct pdf *p, struct arena *scratch);
struct arena *pdf_scratch(const struct pdf *p);
void pdf_pages_to_front(struct pdf *p, size_t n); /* the last n pages become the first, in their order */
/* The finished file; arena. Call once. */
MUST err pdf_write(struct pdf *p, const char **bytes, size_t *n);

/* ---- lines and shapes ---- */
enum pdf_dash { PDF_SOLID, PDF_DASHED, PDF_DOTTED };
struct pdf_pen {
	int width_pt100; /* 0 = nothing is stroked */
	int gray;
	enum pdf_dash dash;
};
#define PDF_NO_FILL (-1)

void pdf_line(struct pdf *p, int x1, int y1, int x2, int y2, struct pdf_pen pen);
void pdf_rect(struct pdf *p, int x, int y, int w, int h, struct pdf_pen pen, int fill_gray);
void pdf_ellipse(struct pdf *p, int cx, int cy, int rx, int ry, struct pdf_pen pen, int fill_gray);
/* A ring whose ends are half circles: for a ○ around a long word, which an ellipse would cross. */
void pdf_capsule(struct pdf *p, int x, int y, int w, int h, struct pdf_pen pen);
void pdf_round_rect(struct pdf *p, int x, int y, int w, int h, int r, struct pdf_pen pen, int fill_gray);
/* Points in mm10, x and y in turn. */
void pdf_polygon(struct pdf *p, const int *xy, size_t n_points, bool closed, struct pdf_pen pen, int fill_gray);
/* Between two polygons of equally many points: the band is filled (even-odd). */
void pdf_band(struct pdf *p, const int *outer, const int *inner, size_t n_points, int fill_gray);
/* A square box of the given side, with a tick if on. */
void pdf_check(struct pdf *p, int x, int y, int side, bool on);

/* ---- text ---- */
enum pdf_align { PDF_LEFT, PDF_CENTER, PDF_RIGHT };
enum pdf_valign { PDF_TOP, PDF_MIDDLE, PDF_BOTTOM };
struct pdf_style {
	enum pdf_face face;
	int size_pt10;
	int leading_pct; /* line height in percent of the size; 0 = 130 */
	enum pdf_align align;
	enum pdf_valign valign;
	int gray;
	bool stacked;    /* one letter per line, for short headings written downwards */
	bool marks;      /* U+FDD0 … U+FDD1: what stands between them is struck through; neither is drawn */
};

struct pdf_line {
	size_t from, n;   /* glyphs */
	int64_t width_mpt; /* without the spaces at the end; 1/1000 pt */
};
struct pdf_text {
	struct pdf_style style;
	const struct pdf_glyph *glyphs;
	const struct pdf_line *lines;
	size_t n_glyphs, n_lines;
	int64_t line_mpt; /* height of one line */
	bool missing;     /* some character is in none of the fonts */
};

/* Break text into lines of at most w (0 = only at line feeds) by the Japanese rules (no 、。」 at the start, no 「 at
 * the end of a line, Latin words and numbers whole when they fit). Nothing is ever dropped. Arena. */
const struct pdf_text *pdf_text_set(struct pdf *p, const char *utf8, const struct pdf_style *style, int w_mm10);
int pdf_text_width(const struct pdf_text *t);                 /* the widest line, rounded up */
int pdf_text_height(const struct pdf_text *t, size_t n_lines); /* rounded up */
size_t pdf_text_fit(const struct pdf_text *t, int h_mm10);    /* how many lines have room in h */
/* Draw n lines from line `from` inside the box, aligned as the style says. */
void pdf_text_draw(struct pdf *p, const struct pdf_text *t, size_t from, size_t n, int x, int y, int w, int h);
/* Set and draw in one go; returns the height used. */
int pdf_text_put(struct pdf *p, const char *utf8, const struct pdf_style *style, int x, int y, int w, int h);

/* Text of any length from y on, over new A4 pages (from top to bottom of each) where it needs them; returns where it ends. */
struct pdf_column {
	int x, w, top, bottom;
};
int pdf_text_flow(struct pdf *p, const char *utf8, const struct pdf_style *style, struct pdf_column c, int y);

/* Used by codec/pdf_text alone. */
void pdf_glyphs_emit(struct pdf *p, const struct pdf_glyph *g, size_t n, int64_t x_mpt, int64_t y_mpt, int size_pt10, int gray);
struct pdf_fonts *pdf_fonts_of(const struct pdf *p);
int64_t pdf_mpt(int64_t mm10); /* 0.1 mm in 1/1000 pt */

#endif
