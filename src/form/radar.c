#include "form/radar.h"

#include "codec/svg.h"

#include <string.h>

/* Sine of whole degrees, millionths. */
static const int sines[91] = {
	0, 17452, 34899, 52336, 69756, 87156, 104528, 121869, 139173, 156434, 173648, 190809, 207912,
	224951, 241922, 258819, 275637, 292372, 309017, 325568, 342020, 358368, 374607, 390731, 406737, 422618,
	438371, 453990, 469472, 484810, 500000, 515038, 529919, 544639, 559193, 573576, 587785, 601815, 615661,
	629320, 642788, 656059, 669131, 681998, 694658, 707107, 719340, 731354, 743145, 754710, 766044, 777146,
	788011, 798636, 809017, 819152, 829038, 838671, 848048, 857167, 866025, 874620, 882948, 891007, 898794,
	906308, 913545, 920505, 927184, 933580, 939693, 945519, 951057, 956305, 961262, 965926, 970296, 974370,
	978148, 981627, 984808, 987688, 990268, 992546, 994522, 996195, 997564, 998630, 999391, 999848, 1000000,
};

/* Angles in 1/1000 degree. Between two entries a straight line is near enough: the error is below 0.01 mm here. */
static int64_t sine(int64_t md)
{
	md %= 360000;
	if (md < 0)
		md += 360000;
	if (md >= 180000)
		return -sine(md - 180000);
	if (md > 90000)
		md = 180000 - md;
	int64_t d = md / 1000;
	return d == 90 ? sines[90] : sines[d] + (sines[d + 1] - sines[d]) * (md - d * 1000) / 1000;
}

enum { CX = RADAR_W / 2, CY = 450, R = 300, RINGS = 4, LETTER = 38 };

/* The point on an axis at v of max; clockwise from the top. */
static void point(size_t axis, size_t n, int64_t v, int64_t max, int *x, int *y)
{
	int64_t md = (int64_t)axis * 360000 / (int64_t)n, r = max > 0 ? v * R * 1000 / max : 0; /* r in 1/1000 units */
	int64_t dx = r * sine(md) / 1000000, dy = r * sine(md + 90000) / 1000000;
	*x = CX + (int)((dx + (dx < 0 ? -500 : 500)) / 1000);
	*y = CY - (int)((dy + (dy < 0 ? -500 : 500)) / 1000);
}

struct shape {
	int ring[RINGS][RADAR_AXES_MAX * 2];
	int limit[RADAR_AXES_MAX][4];
	int hi[RADAR_SERIES_MAX][RADAR_AXES_MAX * 2], lo[RADAR_SERIES_MAX][RADAR_AXES_MAX * 2];
	bool banded[RADAR_SERIES_MAX];
	int label[RADAR_AXES_MAX][2];
	int side[RADAR_AXES_MAX]; /* -1 left of the circle, 0 above or below, 1 right */
};

static void shape_of(const struct radar *r, struct shape *s)
{
	size_t n = r->n_axes;
	memset(s, 0, sizeof *s);
	for (size_t i = 0; i < n; i++) {
		for (int k = 0; k < RINGS; k++)
			point(i, n, k + 1, RINGS, &s->ring[k][2 * i], &s->ring[k][2 * i + 1]);
		int64_t md = (int64_t)i * 360000 / (int64_t)n;
		if (r->axes[i].limit > 0) {
			int x, y;
			point(i, n, r->axes[i].limit, r->axes[i].max, &x, &y);
			int tx = (int)(sine(md + 90000) * 14 / 1000000), ty = (int)(sine(md) * 14 / 1000000);
			int t[4] = {x - tx, y - ty, x + tx, y + ty};
			memcpy(s->limit[i], t, sizeof t);
		}
		for (size_t k = 0; k < r->n_series; k++) {
			const struct radar_series *v = &r->series[k];
			point(i, n, v->max[i], r->axes[i].max, &s->hi[k][2 * i], &s->hi[k][2 * i + 1]);
			point(i, n, v->min[i], r->axes[i].max, &s->lo[k][2 * i], &s->lo[k][2 * i + 1]);
			s->banded[k] |= v->max[i] != v->min[i];
		}
		int x, y;
		point(i, n, 112, 100, &x, &y);
		int64_t h = sine(md);
		s->side[i] = h > 150000 ? 1 : h < -150000 ? -1 : 0;
		s->label[i][0] = x;
		s->label[i][1] = y;
	}
}

const char *radar_value(struct arena *a, const struct radar *r, size_t k, size_t i)
{
	const struct radar_series *s = &r->series[k];
	long long lo = s->min[i], hi = s->max[i], max = r->axes[i].max;
	return lo == hi ? arena_fmt(a, "%lld点（%lld点中）", lo, max) : arena_fmt(a, "%lld〜%lld点（%lld点中）", lo, hi, max);
}

/* "3/5", "2〜4/5", for two dates "3→2/5". */
static const char *short_value(struct arena *a, const struct radar *r, size_t i)
{
	const char *v[RADAR_SERIES_MAX] = {"", ""};
	for (size_t k = 0; k < r->n_series; k++) {
		long long lo = r->series[k].min[i], hi = r->series[k].max[i];
		v[k] = lo == hi ? arena_fmt(a, "%lld", lo) : arena_fmt(a, "%lld〜%lld", lo, hi);
	}
	return arena_fmt(a, "%s%s%s/%lld", v[0], r->n_series > 1 ? "→" : "", v[1], (long long)r->axes[i].max);
}

static const char *axis_title(struct arena *a, const struct radar *r, size_t i)
{
	struct buf b = buf_new(a);
	buf_str(&b, r->axes[i].label);
	for (size_t k = 0; k < r->n_series; k++)
		buf_fmt(&b, "%s%s %s", k ? "、" : "：", r->series[k].name, radar_value(a, r, k, i));
	return b.p;
}

/* One date is drawn like the later one. */
static bool is_later(const struct radar *r, size_t k) { return k + 1 == r->n_series; }

static void marker_svg(struct svg *s, bool later, int x, int y)
{
	struct svg_paint p = {.stroke = later ? "#0017C1" : "#8C4A00", .fill = later ? "#0017C1" : "#FFFFFF", .width = 4};
	if (later)
		svg_rect(s, x - 9, y - 9, 18, 18, p);
	else
		svg_circle(s, x, y, 11, p);
}

static void series_svg(struct svg *s, const struct radar *r, const struct shape *g, size_t k)
{
	bool later = is_later(r, k);
	const char *ink = later ? "#0017C1" : "#8C4A00";
	svg_group(s, later ? "radar-later" : "radar-earlier", r->series[k].name);
	if (g->banded[k]) {
		const char *hatch = svg_hatch(s, later ? "band1" : "band0", ink, later ? 14 : 22);
		svg_band(s, g->hi[k], g->lo[k], r->n_axes, (struct svg_paint){.fill = hatch});
		svg_polygon(s, g->lo[k], r->n_axes, (struct svg_paint){.stroke = ink, .width = 2, .dash = "4 8"});
	}
	svg_polygon(s, g->hi[k], r->n_axes,
	            (struct svg_paint){.stroke = ink, .width = 5, .dash = later ? NULL : "18 12", .fill = later ? ink : NULL,
	                               .fill_opacity_pct = later && !g->banded[k] ? 12 : later ? 1 : 0});
	for (size_t i = 0; i < r->n_axes; i++)
		marker_svg(s, later, g->hi[k][2 * i], g->hi[k][2 * i + 1]);
	svg_group_end(s);
}

const char *radar_svg(struct arena *a, const struct radar *r, const char *id)
{
	struct shape g;
	shape_of(r, &g);
	struct buf desc = buf_new(a);
	buf_str(&desc, "外側ほど当てはまる項目が多いことを表します。");
	for (size_t i = 0; i < r->n_axes; i++)
		buf_fmt(&desc, "%s。", axis_title(a, r, i));
	struct svg s = svg_begin(a, RADAR_W, RADAR_H, id, r->title, desc.p);
	for (int k = 0; k < RINGS; k++)
		svg_polygon(&s, g.ring[k], r->n_axes, (struct svg_paint){.stroke = "#949494", .width = k == RINGS - 1 ? 3 : 1});
	for (size_t i = 0; i < r->n_axes; i++) {
		svg_group(&s, "radar-axis", axis_title(a, r, i));
		svg_line(&s, CX, CY, g.ring[RINGS - 1][2 * i], g.ring[RINGS - 1][2 * i + 1], (struct svg_paint){.stroke = "#949494", .width = 1});
		if (r->axes[i].limit > 0)
			svg_line(&s, g.limit[i][0], g.limit[i][1], g.limit[i][2], g.limit[i][3], (struct svg_paint){.stroke = "#000000", .width = 5});
		const char *anchor = g.side[i] < 0 ? "end" : g.side[i] > 0 ? "start" : "middle";
		int y = g.label[i][1] + (g.side[i] ? 0 : g.label[i][1] < CY ? -LETTER : LETTER / 2);
		svg_text(&s, g.label[i][0], y, LETTER, anchor, r->axes[i].label);
		svg_text(&s, g.label[i][0], y + LETTER * 5 / 4, LETTER, anchor, short_value(a, r, i));
		svg_group_end(&s);
	}
	for (size_t k = 0; k < r->n_series; k++)
		series_svg(&s, r, &g, k);
	for (size_t k = 0; k < r->n_series; k++) {
		int x = 60 + (int)k * 560, y = RADAR_H - 40;
		bool later = is_later(r, k);
		svg_line(&s, x, y - 12, x + 90, y - 12,
		         (struct svg_paint){.stroke = later ? "#0017C1" : "#8C4A00", .width = 5, .dash = later ? NULL : "18 12"});
		marker_svg(&s, later, x + 45, y - 12);
		svg_text(&s, x + 110, y, LETTER, "start", r->series[k].name);
	}
	return svg_end(&s);
}

/* ---- paper ---- */

struct fit {
	struct pdf *p;
	int x, y;
	int64_t num, den; /* scale */
};
static int fx(const struct fit *f, int x) { return f->x + (int)(x * f->num / f->den); }
static int fy(const struct fit *f, int y) { return f->y + (int)(y * f->num / f->den); }
static int fl(const struct fit *f, int l) { return (int)(l * f->num / f->den); }

static void fit_points(const struct fit *f, const int *from, int *to, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		to[2 * i] = fx(f, from[2 * i]);
		to[2 * i + 1] = fy(f, from[2 * i + 1]);
	}
}

static void marker_pdf(const struct fit *f, bool later, int x, int y)
{
	struct pdf_pen pen = {.width_pt100 = 80};
	int r = fl(f, 11);
	if (later)
		pdf_rect(f->p, fx(f, x) - r, fy(f, y) - r, 2 * r, 2 * r, pen, 0);
	else
		pdf_ellipse(f->p, fx(f, x), fy(f, y), r, r, pen, 255);
}

static void series_pdf(const struct fit *f, const struct radar *r, const struct shape *g, size_t k)
{
	int hi[RADAR_AXES_MAX * 2], lo[RADAR_AXES_MAX * 2];
	bool later = is_later(r, k);
	fit_points(f, g->hi[k], hi, r->n_axes);
	fit_points(f, g->lo[k], lo, r->n_axes);
	if (g->banded[k]) {
		pdf_band(f->p, hi, lo, r->n_axes, later ? 215 : 235);
		pdf_polygon(f->p, lo, r->n_axes, true, (struct pdf_pen){.width_pt100 = 50, .dash = PDF_DOTTED}, PDF_NO_FILL);
	}
	pdf_polygon(f->p, hi, r->n_axes, true, (struct pdf_pen){.width_pt100 = later ? 120 : 90, .dash = later ? PDF_SOLID : PDF_DASHED},
	            PDF_NO_FILL);
	for (size_t i = 0; i < r->n_axes; i++)
		marker_pdf(f, later, g->hi[k][2 * i], g->hi[k][2 * i + 1]);
}

/* Text beside a point: anchor -1 ends there, 0 is centred, 1 begins there. */
static void text_pdf(const struct fit *f, const char *t, int x, int y, int anchor)
{
	struct pdf_style st = {.face = PDF_GOTHIC, .size_pt10 = (int)(LETTER * f->num * 720 / f->den / 254), .valign = PDF_BOTTOM,
	                       .align = anchor < 0 ? PDF_RIGHT : anchor > 0 ? PDF_LEFT : PDF_CENTER};
	int w = fl(f, 560), h = fl(f, LETTER * 5 / 4), left = fx(f, x) - (anchor < 0 ? w : anchor == 0 ? w / 2 : 0);
	const struct pdf_text *s = pdf_text_set(f->p, t, &st, 0);
	pdf_text_draw(f->p, s, 0, 1, left, fy(f, y + LETTER / 5) - h, w, h);
}

void radar_pdf(struct pdf *p, const struct radar *r, int x, int y, int w, int h)
{
	struct shape g;
	shape_of(r, &g);
	struct fit f = {.p = p, .num = w, .den = RADAR_W};
	if ((int64_t)RADAR_H * w / RADAR_W > h) {
		f.num = h;
		f.den = RADAR_H;
	}
	f.x = x + (w - fl(&f, RADAR_W)) / 2;
	f.y = y + (h - fl(&f, RADAR_H)) / 2;
	struct pdf_pen thin = {.width_pt100 = 30, .gray = 130}, rim = {.width_pt100 = 60, .gray = 90}, mark = {.width_pt100 = 150};
	int ring[RADAR_AXES_MAX * 2];
	for (int k = 0; k < RINGS; k++) {
		fit_points(&f, g.ring[k], ring, r->n_axes);
		pdf_polygon(p, ring, r->n_axes, true, k == RINGS - 1 ? rim : thin, PDF_NO_FILL);
	}
	for (size_t k = 0; k < r->n_series; k++)
		series_pdf(&f, r, &g, k);
	for (size_t i = 0; i < r->n_axes; i++) {
		pdf_line(p, fx(&f, CX), fy(&f, CY), ring[2 * i], ring[2 * i + 1], thin);
		if (r->axes[i].limit > 0)
			pdf_line(p, fx(&f, g.limit[i][0]), fy(&f, g.limit[i][1]), fx(&f, g.limit[i][2]), fy(&f, g.limit[i][3]), mark);
		int ly = g.label[i][1] + (g.side[i] ? 0 : g.label[i][1] < CY ? -LETTER : LETTER / 2);
		text_pdf(&f, r->axes[i].label, g.label[i][0], ly, g.side[i]);
		text_pdf(&f, short_value(pdf_arena(p), r, i), g.label[i][0], ly + LETTER * 5 / 4, g.side[i]);
	}
	for (size_t k = 0; k < r->n_series; k++) {
		int lx = 60 + (int)k * 560, ly = RADAR_H - 40;
		bool later = is_later(r, k);
		pdf_line(p, fx(&f, lx), fy(&f, ly - 12), fx(&f, lx + 90), fy(&f, ly - 12),
		         (struct pdf_pen){.width_pt100 = later ? 120 : 90, .dash = later ? PDF_SOLID : PDF_DASHED});
		marker_pdf(&f, later, lx + 45, ly - 12);
		text_pdf(&f, r->series[k].name, lx + 110, ly, 1);
	}
}

/* The point from which a category applies, where its rule says just "score >= n". */
static int64_t limit_of(const struct form_rules *all, const struct rule *score)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct rule *r = &all->rules[i];
		const struct rule_expr *e = r->expr;
		if (r->kind != RULE_CATEGORY || !e || e->op != OP_LE || e->n != 2)
			continue;
		if (e->args[0]->op == OP_NUM && e->args[1]->op == OP_RULE && e->args[1]->rule == score)
			return e->args[0]->num;
	}
	return 0;
}

err radar_of_answers(struct arena *a, const struct answers *const *as, const char *const *names, size_t n, civil today,
                     struct radar **out)
{
	return radar_of_outcomes(a, as, names, n, today, NULL, out);
}

err radar_of_outcomes(struct arena *a, const struct answers *const *as, const char *const *names, size_t n, civil today,
                      struct rule_outcome *known, struct radar **out)
{
	if (n == 0 || n > RADAR_SERIES_MAX)
		return ERR_BUG;
	const struct form_def *d = as[0]->def;
	struct radar *r = ARENA_NEW(a, struct radar);
	r->title = arena_fmt(a, "%sのレーダーチャート", d->name);
	for (size_t i = 0; i < d->rules->n && r->n_axes < RADAR_AXES_MAX; i++) {
		const struct rule *rule = &d->rules->rules[i];
		if (rule->kind != RULE_SCORE || !rule->axis || rule->max <= 0)
			continue;
		r->axes[r->n_axes] = (struct radar_axis){.label = *rule->axis_label ? rule->axis_label : rule->label, .max = rule->max,
		                                         .limit = limit_of(d->rules, rule)};
		for (size_t k = 0; k < n; k++) {
			const struct rule *same = rule_find(as[k]->def->rules, rule->id);
			if (!same)
				return ERR_FORM_DEF;
			struct rule_outcome fresh = {0}, *o = &fresh;
			if (known && k + 1 == n)
				o = &known[same - as[k]->def->rules->rules];
			if (!o->rule)
				rule_eval(a, as[k], same, today, o);
			r->series[k].min[r->n_axes] = o->min;
			r->series[k].max[r->n_axes] = o->max;
		}
		r->n_axes++;
	}
	for (size_t k = 0; k < n; k++)
		r->series[k].name = names[k];
	r->n_series = n;
	if (r->n_axes < 3)
		return ERR_FORM_DEF;
	*out = r;
	return OK;
}
