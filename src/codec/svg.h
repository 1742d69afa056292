/* svg — a small writer of inline SVG for pages: shapes, text, titles. Text is escaped; colours and widths are
 * presentation attributes, never style="" (the pages' content security policy forbids inline styles).
 *
 * Units: whole user units (drawings use 0.1 mm, the same geometry as codec/pdf). Ownership: arena.
 * `id` must be unique on the page: ids of title, desc and patterns are built from it. Tests: tests/unit/test_print.c.
 */
#ifndef TSU_CODEC_SVG_H
#define TSU_CODEC_SVG_H

#include "base/buf.h"

#include <stdbool.h>

struct svg {
	struct buf b;
	const char *id;
};

struct svg_paint {
	const char *stroke, *fill; /* attribute values; NULL = none */
	int width;                 /* of the stroke; 0 = 2 */
	const char *dash;          /* stroke-dasharray or NULL */
	const char *cls;           /* class or NULL */
	const char *title;         /* <title> of the shape or NULL */
	int fill_opacity_pct;      /* 0 = opaque */
};

struct svg svg_begin(struct arena *a, int w, int h, const char *id, const char *title, const char *desc);
/* role "group" for a picture that holds links: what is inside an img is not there for a reader of the screen. */
struct svg svg_begin_as(struct arena *a, const char *role, int w, int h, const char *id, const char *title, const char *desc);
const char *svg_end(struct svg *s);

void svg_group(struct svg *s, const char *cls, const char *title); /* title NULL allowed */
/* key: data-key, by which a script finds what the group stands for; each NULL allowed. */
void svg_group_keyed(struct svg *s, const char *key, const char *cls, const char *title);
void svg_group_end(struct svg *s);
/* A group that leads to a local address. */
void svg_link(struct svg *s, const char *href, const char *key, const char *cls, const char *title);
void svg_link_end(struct svg *s);
void svg_line(struct svg *s, int x1, int y1, int x2, int y2, struct svg_paint p);
void svg_circle(struct svg *s, int cx, int cy, int r, struct svg_paint p);
void svg_rect(struct svg *s, int x, int y, int w, int h, struct svg_paint p);
void svg_round_rect(struct svg *s, int x, int y, int w, int h, int r, struct svg_paint p);
void svg_ellipse(struct svg *s, int cx, int cy, int rx, int ry, struct svg_paint p);
void svg_polyline(struct svg *s, const int *xy, size_t n_points, struct svg_paint p);
void svg_polygon(struct svg *s, const int *xy, size_t n_points, struct svg_paint p);
/* The area between two polygons (even-odd). */
void svg_band(struct svg *s, const int *outer, const int *inner, size_t n_points, struct svg_paint p);
/* anchor: "start", "middle", "end". size in user units. */
void svg_text(struct svg *s, int x, int y, int size, const char *anchor, const char *text);
/* A hatch to be used as fill; returns "url(#…)". Arena. */
const char *svg_hatch(struct svg *s, const char *name, const char *stroke, int step);

/* Text or attribute value with & < > " ' escaped and characters that XML forbids left out. */
void svg_escape(struct buf *b, const char *text);

#endif
