#include "codec/draw.h"

#include "base/str.h"
#include "codec/svg.h"

#include <limits.h>
#include <string.h>

enum { HALF_DOUBLE = 8, ZIG_STEP = 16, ZIG_HIGH = 14, HATCH_STEP = 16, ROUND_POINTS = 32, MAX_CROSSINGS = 64 };

struct drawing *drawing_new(struct arena *a, int w, int h, const char *title, const char *desc)
{
	struct drawing *d = ARENA_NEW(a, struct drawing);
	*d = (struct drawing){.arena = a, .w = w, .h = h, .title = title, .desc = desc};
	return d;
}

static struct draw_shape *add(struct drawing *d, enum draw_kind kind)
{
	if (d->n_shapes == d->cap) {
		size_t cap = d->cap ? d->cap * 2 : 64;
		struct draw_shape *v = ARENA_ARRAY(d->arena, cap, struct draw_shape);
		if (d->n_shapes)
			memcpy(v, d->shapes, d->n_shapes * sizeof *v);
		d->shapes = v;
		d->cap = cap;
	}
	struct draw_shape *s = &d->shapes[d->n_shapes++];
	*s = (struct draw_shape){.kind = kind};
	return s;
}

static void add_points(struct drawing *d, enum draw_kind kind, const int *xy, size_t n, struct draw_pen pen, enum draw_fill fill)
{
	int *copy = ARENA_ARRAY(d->arena, 2 * n + 1, int);
	memcpy(copy, xy, 2 * n * sizeof *copy);
	struct draw_shape *s = add(d, kind);
	s->xy = copy;
	s->n_points = n;
	s->pen = pen;
	s->fill = fill;
}

void draw_polyline(struct drawing *d, const int *xy, size_t n, struct draw_pen pen)
{
	add_points(d, DRAW_POLYLINE, xy, n, pen, DRAW_EMPTY);
}

void draw_line(struct drawing *d, int x1, int y1, int x2, int y2, struct draw_pen pen)
{
	draw_polyline(d, (int[]){x1, y1, x2, y2}, 2, pen);
}

void draw_polygon(struct drawing *d, const int *xy, size_t n, struct draw_pen pen, enum draw_fill fill)
{
	add_points(d, DRAW_POLYGON, xy, n, pen, fill);
}

void draw_rect(struct drawing *d, int x, int y, int w, int h, int r, struct draw_pen pen, enum draw_fill fill)
{
	struct draw_shape *s = add(d, DRAW_RECT);
	s->x = x;
	s->y = y;
	s->w = w;
	s->h = h;
	s->r = r;
	s->pen = pen;
	s->fill = fill;
}

void draw_ellipse(struct drawing *d, int cx, int cy, int rx, int ry, struct draw_pen pen, enum draw_fill fill)
{
	struct draw_shape *s = add(d, DRAW_ELLIPSE);
	s->x = cx;
	s->y = cy;
	s->w = rx;
	s->h = ry;
	s->pen = pen;
	s->fill = fill;
}

/* Whole square root, rounded down. */
static int root(int64_t v)
{
	int64_t r = 0;
	for (int64_t bit = INT64_C(1) << 30; bit; bit >>= 1)
		if ((r + bit) * (r + bit) <= v)
			r += bit;
	return (int)r;
}

static int length(int dx, int dy) { return root((int64_t)dx * dx + (int64_t)dy * dy); }

void draw_arrow(struct drawing *d, int x1, int y1, int x2, int y2, int size)
{
	int dx = x2 - x1, dy = y2 - y1, l = length(dx, dy);
	if (l == 0)
		return;
	int bx = x2 - dx * size / l, by = y2 - dy * size / l, nx = -dy * size / l * 4 / 10, ny = dx * size / l * 4 / 10;
	draw_polygon(d, (int[]){x2, y2, bx + nx, by + ny, bx - nx, by - ny}, 3, (struct draw_pen){.width = 2}, DRAW_BLACK);
}

void draw_text(struct drawing *d, int x, int y, int size, enum draw_anchor anchor, int max_w, int max_lines, const char *text)
{
	struct draw_shape *s = add(d, DRAW_TEXT);
	s->x = x;
	s->y = y;
	s->size = size;
	s->anchor = anchor;
	s->max_w = max_w;
	s->max_lines = max_lines > 1 ? max_lines : 1;
	s->text = text;
}

void draw_group(struct drawing *d, const char *key, const char *cls, const char *title)
{
	struct draw_shape *s = add(d, DRAW_GROUP);
	s->key = key;
	s->cls = cls;
	s->text = title;
}

void draw_group_end(struct drawing *d) { add(d, DRAW_GROUP_END); }

void draw_link(struct drawing *d, const char *href, const char *key, const char *cls, const char *title)
{
	struct draw_shape *s = add(d, DRAW_LINK);
	s->href = href;
	s->key = key;
	s->cls = cls;
	s->text = title;
}

void draw_link_end(struct drawing *d) { add(d, DRAW_LINK_END); }

/* ---- what both renderers share ---- */

static int letter_width(uint32_t c, int size)
{
	bool narrow = c < 0x300 || (c >= 0xFF61 && c <= 0xFF9F);
	return narrow ? size * 58 / 100 : size;
}

int draw_text_width(const char *text, int size)
{
	int w = 0, widest = 0;
	for (uint32_t c; (c = str_next(&text));) {
		w = c == '\n' ? 0 : w + letter_width(c, size);
		widest = w > widest ? w : widest;
	}
	return widest;
}

/* One segment as a zigzag between its ends; writes at most 2 * (l / ZIG_STEP + 2) numbers. */
static size_t zigzag(int x1, int y1, int x2, int y2, int *xy)
{
	int dx = x2 - x1, dy = y2 - y1, l = length(dx, dy), steps = l / ZIG_STEP, n = 0;
	xy[n++] = x1;
	xy[n++] = y1;
	for (int i = 1; i < steps; i++) {
		int side = i % 2 ? ZIG_HIGH : -ZIG_HIGH;
		xy[n++] = x1 + dx * i / steps - dy * side / l;
		xy[n++] = y1 + dy * i / steps + dx * side / l;
	}
	xy[n++] = x2;
	xy[n++] = y2;
	return (size_t)n / 2;
}

struct sink {
	void *to;
	void (*stroke)(void *to, const int *xy, size_t n, struct draw_pen pen);
};

/* Double lines and zigzags become plain lines, segment by segment. */
static void stroke_path(struct arena *a, struct sink s, const int *xy, size_t n, struct draw_pen pen)
{
	if (pen.line == DRAW_NO_LINE)
		return;
	if (pen.line != DRAW_DOUBLE && pen.line != DRAW_ZIGZAG) {
		s.stroke(s.to, xy, n, pen);
		return;
	}
	bool twice = pen.line == DRAW_DOUBLE;
	pen.line = DRAW_SOLID;
	for (size_t i = 0; i + 1 < n; i++) {
		const int *p = xy + 2 * i;
		int dx = p[2] - p[0], dy = p[3] - p[1], l = length(dx, dy);
		if (l == 0)
			continue;
		if (twice) {
			int ox = -dy * HALF_DOUBLE / l, oy = dx * HALF_DOUBLE / l;
			s.stroke(s.to, (int[]){p[0] + ox, p[1] + oy, p[2] + ox, p[3] + oy}, 2, pen);
			s.stroke(s.to, (int[]){p[0] - ox, p[1] - oy, p[2] - ox, p[3] - oy}, 2, pen);
		} else {
			int *v = ARENA_ARRAY(a, 2 * ((size_t)l / ZIG_STEP + 3), int);
			s.stroke(s.to, v, zigzag(p[0], p[1], p[2], p[3], v), pen);
		}
	}
}

/* cos and sin of i/32 of a full turn in 1/10000. */
static const int quarter[9] = {10000, 9808, 9239, 8315, 7071, 5556, 3827, 1951, 0};
static int cosine(int i)
{
	i &= 31;
	return i <= 8 ? quarter[i] : i <= 16 ? -quarter[16 - i] : i <= 24 ? -quarter[i - 16] : quarter[32 - i];
}

static const int *outline(struct arena *a, const struct draw_shape *s, size_t *n)
{
	if (s->kind == DRAW_POLYGON) {
		*n = s->n_points;
		return s->xy;
	}
	*n = s->kind == DRAW_RECT ? 4 : ROUND_POINTS;
	int *v = ARENA_ARRAY(a, 2 * *n, int);
	if (s->kind == DRAW_RECT) {
		const int xy[8] = {s->x, s->y, s->x + s->w, s->y, s->x + s->w, s->y + s->h, s->x, s->y + s->h};
		memcpy(v, xy, sizeof xy);
		return v;
	}
	for (int i = 0; i < ROUND_POINTS; i++) {
		v[2 * i] = s->x + s->w * cosine(i) / 10000;
		v[2 * i + 1] = s->y + s->h * cosine(i + 24) / 10000;
	}
	return v;
}

/* Lines ax·x + ay·y = k through the shape, where they are inside of it; ax and ay are 0, 1 or -1, ay is not 0. */
static void hatch_along(struct arena *a, struct sink s, const struct draw_shape *shape, int ax, int ay)
{
	size_t n;
	const int *xy = outline(a, shape, &n);
	int from = INT_MAX, to = INT_MIN;
	for (size_t i = 0; i < n; i++) {
		int k = ax * xy[2 * i] + ay * xy[2 * i + 1];
		from = k < from ? k : from;
		to = k > to ? k : to;
	}
	for (int k = from + HATCH_STEP / 2; k < to; k += HATCH_STEP) {
		int x[MAX_CROSSINGS], m = 0;
		for (size_t i = 0; i < n && m < MAX_CROSSINGS; i++) {
			const int *p = xy + 2 * i, *q = xy + 2 * ((i + 1) % n);
			int kp = ax * p[0] + ay * p[1] - k, kq = ax * q[0] + ay * q[1] - k;
			if ((kp < 0) == (kq < 0))
				continue;
			int at = p[0] + (int)((int64_t)(q[0] - p[0]) * kp / (kp - kq)), j = m++;
			for (; j > 0 && x[j - 1] > at; j--)
				x[j] = x[j - 1];
			x[j] = at;
		}
		for (int i = 0; i + 1 < m; i += 2)
			s.stroke(s.to, (int[]){x[i], ay * (k - ax * x[i]), x[i + 1], ay * (k - ax * x[i + 1])}, 2, (struct draw_pen){.width = 2});
	}
}

static void hatch(struct arena *a, struct sink s, const struct draw_shape *shape)
{
	if (shape->fill == DRAW_HATCH || shape->fill == DRAW_HATCH_CROSS)
		hatch_along(a, s, shape, 1, 1);
	if (shape->fill == DRAW_HATCH_BACK || shape->fill == DRAW_HATCH_CROSS)
		hatch_along(a, s, shape, 1, -1);
	if (shape->fill == DRAW_HATCH_LEVEL)
		hatch_along(a, s, shape, 0, 1);
}

/* ---- SVG ---- */

static const char *ink(struct arena *a, int gray) { return arena_fmt(a, "#%02X%02X%02X", gray & 255, gray & 255, gray & 255); }

static struct svg_paint paint_of(struct arena *a, const struct draw_shape *s, bool outlined)
{
	static const char *const fills[] = {NULL, "#FFFFFF", "#D8D8D8", "#000000", "#FFFFFF", "#5A5A5A", "#FFFFFF", "#FFFFFF", "#FFFFFF"};
	struct svg_paint p = {.fill = fills[s->fill]};
	if (outlined && s->pen.line <= DRAW_DOTTED) {
		p.stroke = ink(a, s->pen.gray);
		p.width = s->pen.width ? s->pen.width : 3;
		if (s->pen.line == DRAW_DASHED)
			p.dash = arena_fmt(a, "%d %d", 7 * p.width, 4 * p.width);
		else if (s->pen.line == DRAW_DOTTED)
			p.dash = arena_fmt(a, "%d %d", 2 * p.width, 3 * p.width);
	}
	return p;
}

static void svg_stroke(void *to, const int *xy, size_t n, struct draw_pen pen)
{
	struct svg *s = to;
	svg_polyline(s, xy, n, paint_of(s->b.arena, &(struct draw_shape){.pen = pen}, true));
}

/* The end of a line of at most max_w (at least one letter); breaks at a blank if there is one. */
static const char *line_end(const char *t, int size, int max_w)
{
	const char *at = t, *blank = NULL;
	int w = 0;
	while (*at && *at != '\n') {
		const char *next = at;
		uint32_t c = str_next(&next);
		w += letter_width(c, size);
		if (w > max_w && at != t)
			return blank ? blank : at;
		if (c == ' ' || c == 0x3000)
			blank = next;
		at = next;
	}
	return at;
}

/* The size at which the text has room, not below the least. */
static int fitting(const char *text, int size, int max_w, int max_lines, int least)
{
	if (max_w <= 0)
		return size;
	for (;; size--) {
		int lines = 0;
		for (const char *t = text; *t; lines++) {
			t = line_end(t, size, max_w);
			t += *t == '\n';
		}
		if (lines <= max_lines || size <= least)
			return size;
	}
}

static void text_svg(struct svg *s, const struct draw_shape *t)
{
	static const char *const anchors[] = {"start", "middle", "end"};
	int size = fitting(t->text, t->size, t->max_w, t->max_lines, DRAW_TEXT_LEAST), y = t->y;
	for (const char *at = t->text; *at; y += size * 120 / 100) {
		const char *end = line_end(at, size, t->max_w > 0 ? t->max_w : INT_MAX / 2);
		svg_text(s, t->x, y + size, size, anchors[t->anchor], arena_strn(s->b.arena, at, (size_t)(end - at)));
		at = end + (*end == '\n');
	}
}

static void shape_svg(struct svg *s, const struct draw_shape *t)
{
	struct arena *a = s->b.arena;
	struct sink sink = {s, svg_stroke};
	switch (t->kind) {
	case DRAW_POLYLINE:
		stroke_path(a, sink, t->xy, t->n_points, t->pen);
		return;
	case DRAW_POLYGON: svg_polygon(s, t->xy, t->n_points, paint_of(a, t, true)); break;
	case DRAW_RECT: svg_round_rect(s, t->x, t->y, t->w, t->h, t->r, paint_of(a, t, true)); break;
	case DRAW_ELLIPSE: svg_ellipse(s, t->x, t->y, t->w, t->h, paint_of(a, t, true)); break;
	case DRAW_TEXT: text_svg(s, t); return;
	case DRAW_GROUP: svg_group_keyed(s, t->key, t->cls, t->text); return;
	case DRAW_GROUP_END: svg_group_end(s); return;
	case DRAW_LINK: svg_link(s, t->href, t->key, t->cls, t->text); return;
	case DRAW_LINK_END: svg_link_end(s); return;
	}
	hatch(a, sink, t);
}

const char *drawing_svg(struct arena *a, const struct drawing *d, const char *id)
{
	bool links = false;
	for (size_t i = 0; i < d->n_shapes; i++)
		links = links || d->shapes[i].kind == DRAW_LINK;
	struct svg s = svg_begin_as(a, links ? "group" : "img", d->w, d->h, id, d->title, d->desc);
	for (size_t i = 0; i < d->n_shapes; i++)
		shape_svg(&s, &d->shapes[i]);
	return svg_end(&s);
}

/* ---- PDF ---- */

struct fit {
	struct pdf *p;
	int x, y;        /* corner on the page */
	int64_t num, den; /* scale, at most 1 */
};

static int scaled(const struct fit *f, int v) { return (int)(v * f->num / f->den); }

static struct fit fit_into(const struct drawing *d, int w, int h)
{
	struct fit f = {.num = 1, .den = 1};
	if (d->w > w || d->h > h) {
		bool wide = (int64_t)d->w * h > (int64_t)d->h * w;
		f.num = wide ? w : h;
		f.den = wide ? d->w : d->h;
	}
	f.num = f.num > 0 ? f.num : 1;
	f.x = (w - scaled(&f, d->w)) / 2;
	f.y = (h - scaled(&f, d->h)) / 2;
	return f;
}

static struct pdf_pen pen_of(const struct fit *f, struct draw_pen pen)
{
	static const enum pdf_dash dash[] = {PDF_SOLID, PDF_DASHED, PDF_DOTTED};
	if (pen.line > DRAW_DOTTED)
		return (struct pdf_pen){0};
	int width = scaled(f, (pen.width ? pen.width : 3) * 2835 / 100); /* 0.1 mm = 28.35/100 pt */
	return (struct pdf_pen){.width_pt100 = width < 30 ? 30 : width, .gray = pen.gray, .dash = dash[pen.line]};
}

static int *moved(const struct fit *f, const int *xy, size_t n)
{
	int *v = ARENA_ARRAY(pdf_arena(f->p), 2 * n + 1, int);
	for (size_t i = 0; i < n; i++) {
		v[2 * i] = f->x + scaled(f, xy[2 * i]);
		v[2 * i + 1] = f->y + scaled(f, xy[2 * i + 1]);
	}
	return v;
}

static void pdf_stroke(void *to, const int *xy, size_t n, struct draw_pen pen)
{
	struct fit *f = to;
	pdf_polygon(f->p, moved(f, xy, n), n, false, pen_of(f, pen), PDF_NO_FILL);
}

static int pt10(int mm10) { return (int)((int64_t)mm10 * 7200 / 2540); }

static void text_pdf(struct fit *f, const struct draw_shape *t)
{
	static const enum pdf_align align[] = {PDF_LEFT, PDF_CENTER, PDF_RIGHT};
	int max_w = scaled(f, t->max_w), least = scaled(f, DRAW_TEXT_LEAST), size = scaled(f, t->size);
	struct pdf_style st = {.face = PDF_GOTHIC, .size_pt10 = pt10(size), .leading_pct = 120, .align = align[t->anchor]};
	const struct pdf_text *set;
	for (;; st.size_pt10--) {
		set = pdf_text_set(f->p, t->text, &st, max_w);
		if (st.size_pt10 <= pt10(least) || st.size_pt10 <= 20 || t->max_w <= 0 || set->n_lines <= (size_t)t->max_lines)
			break;
	}
	int w = pdf_text_width(set), x = f->x + scaled(f, t->x);
	x -= t->anchor == DRAW_START ? 0 : t->anchor == DRAW_MIDDLE ? w / 2 : w;
	pdf_text_draw(f->p, set, 0, set->n_lines, x, f->y + scaled(f, t->y), w, pdf_text_height(set, set->n_lines));
}

static void shape_pdf(struct fit *f, const struct draw_shape *t)
{
	static const int fills[] = {PDF_NO_FILL, 255, 216, 0, 255, 90, 255, 255, 255};
	struct arena *a = pdf_arena(f->p);
	struct sink sink = {f, pdf_stroke};
	struct pdf_pen pen = pen_of(f, t->pen);
	switch (t->kind) {
	case DRAW_POLYLINE:
		stroke_path(a, sink, t->xy, t->n_points, t->pen);
		return;
	case DRAW_POLYGON: pdf_polygon(f->p, moved(f, t->xy, t->n_points), t->n_points, true, pen, fills[t->fill]); break;
	case DRAW_RECT:
		if (t->r > 0)
			pdf_round_rect(f->p, f->x + scaled(f, t->x), f->y + scaled(f, t->y), scaled(f, t->w), scaled(f, t->h), scaled(f, t->r),
			               pen, fills[t->fill]);
		else
			pdf_rect(f->p, f->x + scaled(f, t->x), f->y + scaled(f, t->y), scaled(f, t->w), scaled(f, t->h), pen, fills[t->fill]);
		break;
	case DRAW_ELLIPSE:
		pdf_ellipse(f->p, f->x + scaled(f, t->x), f->y + scaled(f, t->y), scaled(f, t->w), scaled(f, t->h), pen, fills[t->fill]);
		break;
	case DRAW_TEXT: text_pdf(f, t); return;
	case DRAW_GROUP:
	case DRAW_GROUP_END:
	case DRAW_LINK:
	case DRAW_LINK_END: return;
	}
	hatch(a, sink, t);
}

void drawing_pdf(struct pdf *p, const struct drawing *d, int x, int y, int w, int h)
{
	struct fit f = fit_into(d, w, h);
	f.p = p;
	f.x += x;
	f.y += y;
	for (size_t i = 0; i < d->n_shapes; i++)
		shape_pdf(&f, &d->shapes[i]);
}

int drawing_least_pt10(const struct drawing *d, int w, int h)
{
	struct fit f = fit_into(d, w, h);
	int least = INT_MAX;
	for (size_t i = 0; i < d->n_shapes; i++) {
		const struct draw_shape *t = &d->shapes[i];
		if (t->kind != DRAW_TEXT || str_blank(t->text))
			continue;
		int size = pt10(scaled(&f, fitting(t->text, t->size, t->max_w, t->max_lines, DRAW_TEXT_LEAST)));
		least = size < least ? size : least;
	}
	return least;
}
