#include "care/ecomap.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "jp/era.h"

#include <stdlib.h>

enum { NODE_W = 330, NODE_H = 124, CENTRE = 95, EDGE = 70, TEXT = 30, NARROW = 24, LEGEND_H = 110 };

/* Sine of thousandths of a degree in 1/10000 (Bhaskara's formula, good to 0.2 %). */
static int sine(int md)
{
	md %= 360000;
	if (md < 0)
		md += 360000;
	bool below = md >= 180000;
	int64_t x = (below ? md - 180000 : md) / 10, p = x * (18000 - x); /* hundredths of a degree */
	int v = (int)(40000 * p / (INT64_C(405000000) - p));
	return below ? -v : v;
}

static bool overlap(struct ecomap_place a, struct ecomap_place b)
{
	return abs(a.x - b.x) < (a.w + b.w) / 2 + NARROW && abs(a.y - b.y) < (a.h + b.h) / 2 + NARROW;
}

static void around(size_t n, struct ecomap_place *at, int rx, int ry)
{
	for (size_t i = 0; i < n; i++) {
		int md = (int)(360000 * (int64_t)i / (int64_t)n);
		at[i] = (struct ecomap_place){rx + (int)((int64_t)rx * sine(md) / 10000), ry - (int)((int64_t)ry * sine(md + 90000) / 10000), NODE_W, NODE_H};
	}
}

static bool crowded(size_t n, const struct ecomap_place *at)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < i; k++)
			if (overlap(at[i], at[k]))
				return true;
	return false;
}

void ecomap_layout(size_t n, struct ecomap_place *at, int *width, int *height)
{
	int rx = 620, ry = 400;
	around(n, at, rx, ry);
	while (crowded(n, at)) {
		rx += rx / 12;
		ry += ry / 16;
		around(n, at, rx, ry);
	}
	for (size_t i = 0; i < n; i++) {
		at[i].x += EDGE + NODE_W / 2;
		at[i].y += EDGE + NODE_H / 2;
	}
	*width = 2 * rx + NODE_W + 2 * EDGE;
	*height = 2 * ry + NODE_H + 2 * EDGE;
}

/* ---- lines ---- */

/* From the middle of a node towards x, y: where its edge is left. */
static void leave(const struct ecomap_place *p, bool round, int x, int y, int *ox, int *oy)
{
	int64_t dx = x - p->x, dy = y - p->y;
	if (round) {
		int64_t l = 1;
		while (l * l < dx * dx + dy * dy)
			l++;
		*ox = p->x + (int)(dx * (CENTRE + 6) / l);
		*oy = p->y + (int)(dy * (CENTRE + 6) / l);
		return;
	}
	int64_t hw = p->w / 2 + 6, hh = p->h / 2 + 6, ax = dx < 0 ? -dx : dx, ay = dy < 0 ? -dy : dy;
	bool side = ax * hh > ay * hw;
	*ox = p->x + (int)(side ? (dx < 0 ? -hw : hw) : ay ? dx * hh / ay : 0);
	*oy = p->y + (int)(side ? dy * hw / (ax ? ax : 1) : (dy < 0 ? -hh : hh));
}

static struct draw_pen pen_of(const struct t_ecomap_tie *t)
{
	bool strong = str_eq(t->strength, "strong"), weak = str_eq(t->strength, "weak");
	struct draw_pen pen = {.width = strong ? 6 : weak ? 3 : 4};
	pen.line = t->is_stress ? DRAW_ZIGZAG : strong ? DRAW_DOUBLE : weak ? DRAW_DOTTED : DRAW_SOLID;
	return pen;
}

/* Between two nodes past the client: a line that would cross the middle bends around it. */
static bool bends(const struct ecomap_place *a, const struct ecomap_place *b, const struct ecomap_place *mid, int *x, int *y)
{
	int64_t dx = b->x - a->x, dy = b->y - a->y, cross = dx * (mid->y - a->y) - dy * (mid->x - a->x), l = 1;
	while (l * l < dx * dx + dy * dy)
		l++;
	int64_t off = cross / l, room = CENTRE + 70;
	if (off > room || off < -room)
		return false;
	int64_t side = off >= 0 ? -1 : 1; /* away from the client, to the side where the line lies */
	*x = mid->x + (int)(side * -dy * (room + 60) / l);
	*y = mid->y + (int)(side * dx * (room + 60) / l);
	return true;
}

static void tie(struct drawing *d, const struct t_ecomap_tie *t, const struct ecomap_place *a, const struct ecomap_place *b,
                const struct ecomap_place *mid, const char *title)
{
	int x, y, ax, ay, bx, by;
	bool centre = t->a_node_id == INT_NULL, bent = !centre && bends(a, b, mid, &x, &y);
	leave(a, centre, bent ? x : b->x, bent ? y : b->y, &ax, &ay);
	leave(b, false, bent ? x : a->x, bent ? y : a->y, &bx, &by);
	draw_group(d, t->pid, "eco-tie", title);
	if (bent)
		draw_polyline(d, (int[]){ax, ay, x, y, bx, by}, 3, pen_of(t));
	else
		draw_line(d, ax, ay, bx, by, pen_of(t));
	if (str_eq(t->flow, "out") || str_eq(t->flow, "both"))
		draw_arrow(d, bent ? x : ax, bent ? y : ay, bx, by, 40);
	if (str_eq(t->flow, "in") || str_eq(t->flow, "both"))
		draw_arrow(d, bent ? x : bx, bent ? y : by, ax, ay, 40);
	draw_group_end(d);
}

static void node(struct drawing *d, const struct ecomap_node *v, const struct ecomap_place *p)
{
	bool family = str_eq(v->row->kind, "family"), informal = str_eq(v->row->kind, "friend") || str_eq(v->row->kind, "community");
	const char *second = *v->detail ? v->detail : v->kind_label;
	draw_group(d, v->row->pid, "eco-node", arena_fmt(d->arena, "%s（%s）", v->name, second));
	struct draw_pen pen = {.width = 4, .line = informal ? DRAW_DASHED : DRAW_SOLID};
	if (family)
		draw_ellipse(d, p->x, p->y, p->w / 2, p->h / 2, pen, DRAW_PAPER);
	else
		draw_rect(d, p->x - p->w / 2, p->y - p->h / 2, p->w, p->h, informal ? 30 : 6, pen, DRAW_PAPER);
	int room = p->w - (family ? 80 : 24);
	bool long_name = draw_text_width(v->name, TEXT) > room && !family;
	draw_text(d, p->x, p->y - (long_name ? 56 : 40), TEXT, DRAW_MIDDLE, room, family ? 1 : 2, v->name);
	draw_text(d, p->x, p->y + (long_name ? 26 : 8), 24, DRAW_MIDDLE, family ? room - 40 : room, 1, second);
	draw_group_end(d);
}

static void client(struct drawing *d, const struct ecomap *e, const struct ecomap_place *p)
{
	struct draw_pen pen = {.width = 6};
	draw_group(d, "me", "eco-node client", arena_fmt(d->arena, "%s（本人）", e->name));
	draw_ellipse(d, p->x, p->y, CENTRE, CENTRE, pen, DRAW_PAPER);
	draw_ellipse(d, p->x, p->y, CENTRE - 12, CENTRE - 12, (struct draw_pen){.width = 3}, DRAW_PAPER);
	draw_text(d, p->x, p->y - 38, TEXT, DRAW_MIDDLE, 2 * CENTRE - 50, 1, e->name);
	draw_text(d, p->x, p->y + 6, 24, DRAW_MIDDLE, 0, 1, "本人");
	draw_group_end(d);
}

static void legend(struct drawing *d, int y)
{
	static const struct {
		const char *words, *strength, *flow;
		bool stress;
	} signs[] = {{"強い", "strong", "", false}, {"ふつう", "normal", "", false}, {"弱い", "weak", "", false}, {"ストレス・対立", "normal", "", true},
	             {"支えの向き", "normal", "out", false}};
	int x = EDGE;
	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
		struct t_ecomap_tie t = {.strength = signs[i].strength, .is_stress = signs[i].stress};
		draw_line(d, x, y + 18, x + 110, y + 18, pen_of(&t));
		if (*signs[i].flow)
			draw_arrow(d, x, y + 18, x + 116, y + 18, 36);
		draw_text(d, x + 130, y + 4, 26, DRAW_START, 0, 1, signs[i].words);
		x += 170 + draw_text_width(signs[i].words, 26);
	}
	draw_text(d, EDGE, y + 52, 26, DRAW_START, 0, 1, "だ円＝家族　四角＝機関・サービス　点線の枠＝友人・地域");
}

const struct drawing *ecomap_drawing(struct ctx *c, const struct ecomap *e)
{
	struct ecomap_place *at = ARENA_ARRAY(c->arena, e->n_nodes + 1, struct ecomap_place), mid = {0};
	int *place = ARENA_ARRAY(c->arena, e->n_nodes + 1, int), w, h, n = 0, n_ties = 0;
	for (size_t i = 0; i < e->n_nodes; i++)
		place[i] = e->nodes[i].holds ? n++ : -1;
	ecomap_layout((size_t)n, at, &w, &h);
	mid = (struct ecomap_place){w / 2, h / 2, 2 * CENTRE, 2 * CENTRE};
	for (size_t i = 0; i < e->n_ties; i++)
		n_ties += e->ties[i].holds;
	struct drawing *d = drawing_new(c->arena, w, h + LEGEND_H, "エコマップ",
		arena_fmt(c->arena, "%s現在。本人のまわりに%d件の資源、つながりは%d本。くわしくは一覧をご覧ください。", era_text(c->arena, e->on), n, n_ties));
	for (size_t i = 0; i < e->n_ties; i++) {
		const struct ecomap_tie *t = &e->ties[i];
		int a = t->a < 0 ? -1 : place[t->a], b = place[t->b];
		if (!t->holds || b < 0 || (t->a >= 0 && a < 0))
			continue;
		const char *from = t->a < 0 ? "本人" : e->nodes[t->a].name;
		tie(d, t->row, a < 0 ? &mid : &at[a], &at[b], &mid, arena_fmt(c->arena, "%sと%s：%s", from, e->nodes[t->b].name, t->words));
	}
	client(d, e, &mid);
	for (size_t i = 0; i < e->n_nodes; i++)
		if (place[i] >= 0)
			node(d, &e->nodes[i], &at[place[i]]);
	legend(d, h);
	return d;
}

err ecomap_pdf(struct ctx *c, const char *person_pid, civil on, civil with, const char **bytes, size_t *n)
{
	enum { W = PDF_A4_H, H = PDF_A4_W, PAPER = 120 };
	struct ecomap e[2];
	bool two = with != CIVIL_NONE;
	TRY(ecomap_get(c, person_pid, on, &e[0]));
	if (two)
		TRY(ecomap_get(c, person_pid, with, &e[1]));
	TRY(policy_check(c, e[0].person_id, CLASS_FAMILY, ACTION_PRINT));
	struct pdf *p = pdf_new(c->arena, c->house->fonts, &(struct pdf_info){.title = "エコマップ", .now_ms = c->now_ms});
	struct pdf_style head = {.face = PDF_GOTHIC, .size_pt10 = 150}, foot = {.face = PDF_GOTHIC, .size_pt10 = 80, .align = PDF_RIGHT};
	char t[CIVIL_TIME_TEXT];
	civil_time_text(c->now_ms, t);
	pdf_page_add(p, W, H);
	pdf_text_put(p, "エコマップ", &head, PAPER, PAPER, W - 2 * PAPER, 80);
	head.size_pt10 = 110;
	head.align = PDF_RIGHT;
	pdf_text_put(p, arena_fmt(c->arena, "%s　様", e[0].name), &head, PAPER, PAPER + 10, W - 2 * PAPER, 60);
	int w = (W - 2 * PAPER - (two ? 60 : 0)) / (two ? 2 : 1);
	for (int i = 0; i < (two ? 2 : 1); i++) {
		int x = PAPER + i * (w + 60);
		head.align = PDF_CENTER;
		pdf_text_put(p, arena_fmt(c->arena, "%s現在", era_text(c->arena, e[i].on)), &head, x, PAPER + 90, w, 60);
		drawing_pdf(p, ecomap_drawing(c, &e[i]), x, PAPER + 160, w, H - 2 * PAPER - 230);
	}
	pdf_text_put(p, arena_fmt(c->arena, "作成 %s", t), &foot, PAPER, H - PAPER - 30, W - 2 * PAPER, 40);
	return pdf_write(p, bytes, n);
}
