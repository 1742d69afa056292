#include "codec/svg.h"

#include "base/str.h"

void svg_escape(struct buf *b, const char *t)
{
	const char *from = t;
	for (uint32_t c; from = t, (c = str_next(&t));) {
		if (c == '&')
			buf_str(b, "&amp;");
		else if (c == '<')
			buf_str(b, "&lt;");
		else if (c == '>')
			buf_str(b, "&gt;");
		else if (c == '"')
			buf_str(b, "&quot;");
		else if (c == '\'')
			buf_str(b, "&#39;");
		else if ((c >= 0x20 || c == '\n' || c == '\t') && c != 0xFFFE && c != 0xFFFF && !(c >= 0x7F && c < 0xA0))
			buf_add(b, from, (size_t)(t - from));
	}
}

static void attr(struct svg *s, const char *name, const char *value)
{
	buf_fmt(&s->b, " %s=\"", name);
	svg_escape(&s->b, value);
	buf_char(&s->b, '"');
}

static void title(struct svg *s, const char *t)
{
	buf_str(&s->b, "<title>");
	svg_escape(&s->b, t);
	buf_str(&s->b, "</title>");
}

struct svg svg_begin_as(struct arena *a, const char *role, int w, int h, const char *id, const char *t, const char *desc)
{
	struct svg s = {.b = buf_new(a), .id = arena_str(a, id)};
	buf_fmt(&s.b, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"%s\"", w, h, role);
	attr(&s, "aria-labelledby", arena_fmt(a, "%s-t %s-d", id, id));
	buf_str(&s.b, "><title");
	attr(&s, "id", arena_fmt(a, "%s-t", id));
	buf_char(&s.b, '>');
	svg_escape(&s.b, t);
	buf_str(&s.b, "</title><desc");
	attr(&s, "id", arena_fmt(a, "%s-d", id));
	buf_char(&s.b, '>');
	svg_escape(&s.b, desc);
	buf_str(&s.b, "</desc>\n");
	return s;
}

struct svg svg_begin(struct arena *a, int w, int h, const char *id, const char *t, const char *desc)
{
	return svg_begin_as(a, "img", w, h, id, t, desc);
}

const char *svg_end(struct svg *s)
{
	buf_str(&s->b, "</svg>\n");
	return s->b.p;
}

void svg_group_keyed(struct svg *s, const char *key, const char *cls, const char *t)
{
	buf_str(&s->b, "<g");
	if (key)
		attr(s, "data-key", key);
	if (cls)
		attr(s, "class", cls);
	buf_char(&s->b, '>');
	if (t)
		title(s, t);
}

void svg_group(struct svg *s, const char *cls, const char *t) { svg_group_keyed(s, NULL, cls, t); }

void svg_group_end(struct svg *s) { buf_str(&s->b, "</g>\n"); }

void svg_link(struct svg *s, const char *href, const char *key, const char *cls, const char *t)
{
	buf_str(&s->b, "<a");
	attr(s, "href", href);
	if (key)
		attr(s, "data-key", key);
	if (cls)
		attr(s, "class", cls);
	attr(s, "aria-label", t);
	buf_char(&s->b, '>');
	title(s, t);
}

void svg_link_end(struct svg *s) { buf_str(&s->b, "</a>\n"); }

static void finish(struct svg *s, const char *element, struct svg_paint p)
{
	attr(s, "fill", p.fill ? p.fill : "none");
	if (p.fill_opacity_pct)
		buf_fmt(&s->b, " fill-opacity=\"0.%02d\"", p.fill_opacity_pct % 100);
	if (p.stroke) {
		attr(s, "stroke", p.stroke);
		buf_fmt(&s->b, " stroke-width=\"%d\"", p.width ? p.width : 2);
	}
	if (p.dash)
		attr(s, "stroke-dasharray", p.dash);
	if (p.cls)
		attr(s, "class", p.cls);
	if (p.title) {
		buf_char(&s->b, '>');
		title(s, p.title);
		buf_fmt(&s->b, "</%s>\n", element);
	} else {
		buf_str(&s->b, "/>\n");
	}
}

void svg_line(struct svg *s, int x1, int y1, int x2, int y2, struct svg_paint p)
{
	buf_fmt(&s->b, "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"", x1, y1, x2, y2);
	finish(s, "line", p);
}

void svg_circle(struct svg *s, int cx, int cy, int r, struct svg_paint p)
{
	buf_fmt(&s->b, "<circle cx=\"%d\" cy=\"%d\" r=\"%d\"", cx, cy, r);
	finish(s, "circle", p);
}

void svg_rect(struct svg *s, int x, int y, int w, int h, struct svg_paint p)
{
	buf_fmt(&s->b, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"", x, y, w, h);
	finish(s, "rect", p);
}

void svg_round_rect(struct svg *s, int x, int y, int w, int h, int r, struct svg_paint p)
{
	buf_fmt(&s->b, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"", x, y, w, h);
	if (r)
		buf_fmt(&s->b, " rx=\"%d\"", r);
	finish(s, "rect", p);
}

void svg_ellipse(struct svg *s, int cx, int cy, int rx, int ry, struct svg_paint p)
{
	buf_fmt(&s->b, "<ellipse cx=\"%d\" cy=\"%d\" rx=\"%d\" ry=\"%d\"", cx, cy, rx, ry);
	finish(s, "ellipse", p);
}

static void points(struct svg *s, const int *xy, size_t n, const char *first, const char *other)
{
	for (size_t i = 0; i < n; i++)
		buf_fmt(&s->b, "%s%d,%d", i ? other : first, xy[2 * i], xy[2 * i + 1]);
}

void svg_polyline(struct svg *s, const int *xy, size_t n, struct svg_paint p)
{
	buf_str(&s->b, "<polyline points=\"");
	points(s, xy, n, "", " ");
	buf_char(&s->b, '"');
	finish(s, "polyline", p);
}

void svg_polygon(struct svg *s, const int *xy, size_t n, struct svg_paint p)
{
	buf_str(&s->b, "<polygon points=\"");
	points(s, xy, n, "", " ");
	buf_char(&s->b, '"');
	finish(s, "polygon", p);
}

void svg_band(struct svg *s, const int *outer, const int *inner, size_t n, struct svg_paint p)
{
	buf_str(&s->b, "<path fill-rule=\"evenodd\" d=\"");
	points(s, outer, n, "M", " L");
	buf_str(&s->b, " Z ");
	points(s, inner, n, "M", " L");
	buf_str(&s->b, " Z\"");
	finish(s, "path", p);
}

void svg_text(struct svg *s, int x, int y, int size, const char *anchor, const char *text)
{
	buf_fmt(&s->b, "<text x=\"%d\" y=\"%d\" font-size=\"%d\" text-anchor=\"%s\">", x, y, size, anchor);
	svg_escape(&s->b, text);
	buf_str(&s->b, "</text>\n");
}

const char *svg_hatch(struct svg *s, const char *name, const char *stroke, int step)
{
	buf_fmt(&s->b, "<defs><pattern patternUnits=\"userSpaceOnUse\" width=\"%d\" height=\"%d\" patternTransform=\"rotate(45)\"", step, step);
	attr(s, "id", arena_fmt(s->b.arena, "%s-%s", s->id, name));
	buf_fmt(&s->b, "><line x1=\"0\" y1=\"0\" x2=\"0\" y2=\"%d\" stroke-width=\"3\"", step);
	attr(s, "stroke", stroke);
	buf_str(&s->b, "/></pattern></defs>\n");
	return arena_fmt(s->b.arena, "url(#%s-%s)", s->id, name);
}
