#include "care/genogram_draw.h"

#include "base/buf.h"
#include "base/str.h"

enum { LEGEND_SIZE = 26, LEGEND_LINE = 44, LEGEND_SIGN = 60 };

static const struct draw_pen THIN = {.width = 3}, THICK = {.width = 5};

const char *geno_words(struct arena *a, const struct geno_person *p)
{
	static const char *const sexes[] = {"性別不明", "男性", "女性"};
	struct buf b = buf_new(a);
	buf_fmt(&b, "%s（%s）、%s", p->name, p->is_client ? "本人" : p->kin, sexes[p->sex]);
	if (p->deceased)
		buf_str(&b, "、死亡");
	if (p->age >= 0)
		buf_fmt(&b, "、%s%d歳", p->deceased ? "享年" : "", p->age);
	if (p->together && !p->is_client)
		buf_str(&b, "、同居");
	buf_str(&b, p->is_key ? "、キーパーソン" : "");
	buf_str(&b, p->is_carer ? "、主な介護者" : "");
	return b.p;
}

void geno_label(struct arena *a, const struct geno_size *s, const struct geno_person *p, const char **name, const char **second)
{
	const char *kin = p->is_client ? "本人" : p->kin, *age = p->deceased && p->age >= 0 ? arena_fmt(a, "（享年%d）", p->age) : "";
	*name = s->names ? p->name : "";
	*second = s->names ? arena_fmt(a, "%s%s", kin, age) : kin;
}

static void shape(struct drawing *d, const struct geno_person *p, int x, int y, int half, struct draw_pen pen)
{
	enum draw_fill fill = p->deceased ? DRAW_GRAY : DRAW_PAPER;
	if (p->sex == GENO_MAN)
		draw_rect(d, x - half, y - half, 2 * half, 2 * half, 0, pen, fill);
	else if (p->sex == GENO_WOMAN)
		draw_ellipse(d, x, y, half, half, pen, fill);
	else
		draw_polygon(d, (int[]){x, y - half, x + half, y, x, y + half, x - half, y}, 4, pen, fill);
}

static void person(struct drawing *d, const struct geno_layout *l, const struct geno_person *p, struct geno_place at)
{
	const struct geno_size *s = l->size;
	struct arena *a = d->arena;
	int half = s->shape / 2, x = at.x, y = at.y, in = half * 7 / 10;
	draw_group(d, p->key, p->is_client ? "geno client" : "geno", geno_words(a, p));
	shape(d, p, x, y, half, THICK);
	if (p->is_client)
		shape(d, p, x, y, half - 14, THIN);
	if (p->deceased) {
		draw_line(d, x - in, y - in, x + in, y + in, THIN);
		draw_line(d, x - in, y + in, x + in, y - in, THIN);
	}
	const char *name, *second;
	geno_label(a, s, p, &name, &second);
	int top = y + half + 8;
	if (*name)
		draw_text(d, x, top, s->text, DRAW_MIDDLE, s->label_w, 1, name);
	top += *name ? s->text * 120 / 100 : 0;
	/* a little smaller rather than a second line of one letter */
	bool fits = draw_text_width(second, s->text * 7 / 10) <= s->label_w;
	draw_text(d, x, top, s->text * 9 / 10, DRAW_MIDDLE, s->label_w, fits ? 1 : s->lines - (*name ? 1 : 0), second);
	if (!p->deceased && p->age >= 0)
		draw_text(d, x, y - s->text * 6 / 10, s->text, DRAW_MIDDLE, 2 * half - 34, 1, arena_fmt(a, "%d", p->age));
	else if (!p->deceased && p->sex == GENO_UNKNOWN)
		draw_text(d, x, y - s->text * 6 / 10, s->text, DRAW_MIDDLE, 2 * half - 34, 1, "？");
	if (p->is_key || p->is_carer)
		draw_text(d, x + half + 2, y - half - 12, s->text * 9 / 10, DRAW_START, 0, 1,
		          arena_fmt(a, "%s%s", p->is_carer ? "★" : "", p->is_key ? "Ｋ" : ""));
	draw_group_end(d);
}

static struct draw_pen pen_of(enum geno_kind k)
{
	struct draw_pen pen = THIN;
	if (k == GENO_PARTNER || k == GENO_ADOPTED)
		pen.line = DRAW_DASHED;
	if (k == GENO_COUPLE || k == GENO_SEPARATED || k == GENO_EX || k == GENO_PARTNER)
		pen.width = 5;
	return pen;
}

static void slashes(struct drawing *d, int x, int y, int n)
{
	for (int i = 0; i < n; i++) {
		int at = x + (n == 2 ? (i ? 9 : -9) : 0);
		draw_line(d, at - 10, y + 22, at + 10, y - 22, THICK);
	}
}

static int slashes_of(enum geno_kind k) { return k == GENO_EX ? 2 : k == GENO_SEPARATED ? 1 : 0; }

/* ---- legend ---- */

struct legend {
	struct drawing *d;
	int x, y, w;
};

static bool sign(struct legend *g, const char *words, bool used)
{
	if (!used)
		return false;
	int room = LEGEND_SIGN + 12 + draw_text_width(words, LEGEND_SIZE) + 40;
	if (g->x > 60 && g->x + room > g->w - 40) {
		g->x = 60;
		g->y += LEGEND_LINE;
	}
	draw_text(g->d, g->x + LEGEND_SIGN + 12, g->y + 4, LEGEND_SIZE, DRAW_START, 0, 1, words);
	return true; /* the sign itself is drawn by the caller, then next() */
}

static void next(struct legend *g, const char *words) { g->x += LEGEND_SIGN + 12 + draw_text_width(words, LEGEND_SIZE) + 40; }

static void sign_person(struct legend *g, const char *words, bool used, struct geno_person p)
{
	if (!sign(g, words, used))
		return;
	int x = g->x + LEGEND_SIGN / 2, y = g->y + 18;
	shape(g->d, &p, x, y, 17, THIN);
	if (p.is_client)
		shape(g->d, &p, x, y, 11, THIN);
	if (p.deceased) {
		draw_line(g->d, x - 12, y - 12, x + 12, y + 12, THIN);
		draw_line(g->d, x - 12, y + 12, x + 12, y - 12, THIN);
	}
	next(g, words);
}

static void sign_line(struct legend *g, const char *words, bool used, enum geno_kind k)
{
	if (!sign(g, words, used))
		return;
	draw_line(g->d, g->x, g->y + 18, g->x + LEGEND_SIGN, g->y + 18, pen_of(k));
	slashes(g->d, g->x + LEGEND_SIGN / 2, g->y + 18, slashes_of(k));
	next(g, words);
}

static void sign_text(struct legend *g, const char *words, bool used, const char *mark)
{
	if (!sign(g, words, used))
		return;
	draw_text(g->d, g->x + LEGEND_SIGN / 2, g->y + 4, LEGEND_SIZE, DRAW_MIDDLE, 0, 1, mark);
	next(g, words);
}

static void sign_home(struct legend *g, bool used)
{
	if (!sign(g, "同居", used))
		return;
	draw_rect(g->d, g->x, g->y, LEGEND_SIGN, 36, 0, (struct draw_pen){.line = DRAW_DASHED, .width = 2}, DRAW_EMPTY);
	next(g, "同居");
}

static void legend(struct legend *g, const struct geno_layout *l, const struct geno_person *p, size_t n)
{
	bool has[GENO_SIBLING + 1] = {false}, man = false, woman = false, unknown = false, dead = false, key = false, carer = false;
	for (size_t i = 0; i < l->n_lines; i++)
		has[l->lines[i].kind] = true;
	for (size_t i = 0; i < n; i++) {
		man |= p[i].sex == GENO_MAN;
		woman |= p[i].sex == GENO_WOMAN;
		unknown |= p[i].sex == GENO_UNKNOWN;
		dead |= p[i].deceased;
		key |= p[i].is_key;
		carer |= p[i].is_carer;
	}
	sign_person(g, "男性", man, (struct geno_person){.sex = GENO_MAN});
	sign_person(g, "女性", woman, (struct geno_person){.sex = GENO_WOMAN});
	sign_person(g, "性別不明", unknown, (struct geno_person){.sex = GENO_UNKNOWN});
	for (size_t i = 0; i < n; i++)
		sign_person(g, "本人", p[i].is_client, (struct geno_person){.sex = p[i].sex, .is_client = true});
	sign_person(g, "死亡", dead, (struct geno_person){.sex = GENO_MAN, .deceased = true});
	sign_line(g, "婚姻", has[GENO_COUPLE], GENO_COUPLE);
	sign_line(g, "別居中", has[GENO_SEPARATED], GENO_SEPARATED);
	sign_line(g, "離婚", has[GENO_EX], GENO_EX);
	sign_line(g, "内縁", has[GENO_PARTNER], GENO_PARTNER);
	sign_line(g, "養子・配偶者の子", has[GENO_ADOPTED], GENO_ADOPTED);
	sign_home(g, l->n_outlines > 0);
	sign_text(g, "主な介護者", carer, "★");
	sign_text(g, "キーパーソン", key, "Ｋ");
}

struct drawing *geno_draw(struct arena *a, const struct geno_layout *l, const struct geno_person *people, size_t n,
                          const char *title, const char *desc)
{
	struct drawing *d = drawing_new(a, l->w, l->h, title, desc);
	for (size_t i = 0; i < l->n_outlines; i++)
		draw_polygon(d, l->outlines[i].xy, l->outlines[i].n_points, (struct draw_pen){.line = DRAW_DASHED, .width = 3, .gray = 60}, DRAW_EMPTY);
	for (size_t i = 0; i < l->n_lines; i++) {
		const struct geno_line *v = &l->lines[i];
		draw_polyline(d, v->xy, v->n_points, pen_of(v->kind));
		slashes(d, v->mark_x, v->mark_y, slashes_of(v->kind));
	}
	for (size_t i = 0; i < n; i++)
		person(d, l, &people[i], l->at[i]);
	if (!l->size->names)
		return d;
	struct legend g = {.d = d, .x = 60, .y = l->h, .w = d->w};
	legend(&g, l, people, n);
	d->h = g.y + LEGEND_LINE + 20;
	return d;
}
