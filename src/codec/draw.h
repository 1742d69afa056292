/* draw — a picture of lines, shapes and words as a small list, shown by two renderers: inline SVG for a page and PDF
 * for paper, so that what is printed is what was seen (genogram, ecomap).
 *
 * Units: 0.1 mm from the top left corner, y downwards; gray 0 (black) .. 255 (white). Kinds of lines differ in shape,
 * never by colour alone. Words are never mirrored or cut: they become smaller down to DRAW_TEXT_LEAST, then go on in
 * further lines.
 * Ownership: struct drawing and all it points to are arena; texts are borrowed. Tests: tests/unit/test_print_codec.c.
 */
#ifndef TSU_CODEC_DRAW_H
#define TSU_CODEC_DRAW_H

#include "codec/pdf.h"

enum draw_kind { DRAW_POLYLINE, DRAW_POLYGON, DRAW_RECT, DRAW_ELLIPSE, DRAW_TEXT, DRAW_GROUP, DRAW_GROUP_END, DRAW_LINK, DRAW_LINK_END };
enum draw_line { DRAW_SOLID, DRAW_DASHED, DRAW_DOTTED, DRAW_DOUBLE, DRAW_ZIGZAG, DRAW_NO_LINE };
/* The hatches differ in direction, so that parts of a chart can be told apart in black and white. */
enum draw_fill { DRAW_EMPTY, DRAW_PAPER, DRAW_GRAY, DRAW_BLACK, DRAW_HATCH, DRAW_DARK, DRAW_HATCH_BACK, DRAW_HATCH_LEVEL, DRAW_HATCH_CROSS };
enum draw_anchor { DRAW_START, DRAW_MIDDLE, DRAW_END };

struct draw_pen {
	enum draw_line line;
	int width; /* 0 = 3 */
	int gray;
};

struct draw_shape {
	enum draw_kind kind;
	struct draw_pen pen;
	enum draw_fill fill;
	int x, y, w, h, r;         /* rectangle (r = round corners); ellipse: centre and both radii in w, h */
	const int *xy;             /* polyline, polygon: x and y in turn */
	size_t n_points;
	enum draw_anchor anchor;   /* text: x is its start, middle or end, y the top of its first line */
	int size, max_w;           /* text: height of a letter; widest line, 0 = any */
	int max_lines;             /* text: lines for which there is room at this size */
	const char *text;          /* text; title of a group */
	const char *key, *cls;     /* group: data-key and class, NULL allowed */
	const char *href;          /* link: a local address */
};

struct drawing {
	struct arena *arena;
	int w, h;
	const char *title, *desc;  /* what the picture is, and in a sentence what it shows */
	struct draw_shape *shapes;
	size_t n_shapes, cap;
};

enum { DRAW_TEXT_LEAST = 18 }; /* about 5 pt */

struct drawing *drawing_new(struct arena *a, int w, int h, const char *title, const char *desc);

void draw_line(struct drawing *d, int x1, int y1, int x2, int y2, struct draw_pen pen);
void draw_polyline(struct drawing *d, const int *xy, size_t n_points, struct draw_pen pen); /* copied */
void draw_polygon(struct drawing *d, const int *xy, size_t n_points, struct draw_pen pen, enum draw_fill fill);
void draw_rect(struct drawing *d, int x, int y, int w, int h, int r, struct draw_pen pen, enum draw_fill fill);
void draw_ellipse(struct drawing *d, int cx, int cy, int rx, int ry, struct draw_pen pen, enum draw_fill fill);
/* The head of an arrow with its point at x2, y2. */
void draw_arrow(struct drawing *d, int x1, int y1, int x2, int y2, int size);
void draw_text(struct drawing *d, int x, int y, int size, enum draw_anchor anchor, int max_w, int max_lines, const char *text);
void draw_group(struct drawing *d, const char *key, const char *cls, const char *title);
void draw_group_end(struct drawing *d);
/* A group that leads somewhere on a page; on paper it is nothing. title: what a reader of the screen is told. */
void draw_link(struct drawing *d, const char *href, const char *key, const char *cls, const char *title);
void draw_link_end(struct drawing *d);

/* Room that a text of this size takes; full-width letters are as wide as high, the others count half. */
int draw_text_width(const char *text, int size);

/* id: unique on the page. Arena. */
const char *drawing_svg(struct arena *a, const struct drawing *d, const char *id);
/* Scaled to fit into the box (never larger than drawn), in its middle. */
void drawing_pdf(struct pdf *p, const struct drawing *d, int x, int y, int w, int h);
/* The smallest words in such a box, in 0.1 pt: whether it can be read at all. INT_MAX without words. */
int drawing_least_pt10(const struct drawing *d, int w, int h);

#endif
