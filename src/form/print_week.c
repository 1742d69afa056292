/* 第3表 out of the answers: as a picture (form/week_grid) for paper, as rows of half an hour for a workbook. */
#include "base/buf.h"
#include "base/str.h"
#include "form/print_flow.h"
#include "form/week_grid.h"

#include <stdlib.h>

static const char *const DAYS[7] = {"月", "火", "水", "木", "金", "土", "日"};

static const struct answer *list_of(const struct print_scope *s, const struct json *week, const char *key, const struct form_item **it)
{
	*it = form_item_find(s->as->def, json_get_text(week, key, ""));
	if (!*it || (*it)->type != ITEM_LIST) {
		print_wrong(s->flow, "week の %s は一覧の項目です", key);
		return NULL;
	}
	return &s->as->a[(*it)->index];
}

/* The column of a list by its id; a blank for a column that is not there. */
static const struct answer *column(const struct form_item *list, const struct answers *row, const char *id)
{
	static const struct answer none;
	for (size_t k = 0; k < list->n_children; k++)
		if (str_eq(list->children[k].id, id))
			return &row->a[k];
	return &none;
}

static const char *words_of(const struct answer *v) { return v->blank == BLANK_NONE ? str_or(v->text, "") : ""; }

static int minute(const struct answer *v, int if_blank) { return v->blank == BLANK_NONE ? (int)v->num : if_blank; }

static bool week_of(const struct print_scope *s, const struct json *week, struct week_input *in)
{
	struct print_flow *f = s->flow;
	const struct form_item *slots, *acts;
	const struct answer *sv = list_of(s, week, "slots", &slots), *av = list_of(s, week, "activities", &acts);
	if (!sv || !av)
		return false;
	in->slots = ARENA_ARRAY(f->arena, sv->n_rows + 1, struct week_slot);
	in->activities = ARENA_ARRAY(f->arena, av->n_rows + 1, struct week_activity);
	for (size_t i = 0; i < sv->n_rows; i++) {
		const struct answer *dow = column(slots, sv->rows[i], "dow"), *from = column(slots, sv->rows[i], "from_min"),
		                    *to = column(slots, sv->rows[i], "to_min");
		const char *note = words_of(column(slots, sv->rows[i], "note")), *text = words_of(column(slots, sv->rows[i], "service"));
		in->slots[in->n_slots++] = (struct week_slot){.dow = dow->blank == BLANK_NONE ? (int)dow->num + 1 : 0, .from_min = minute(from, -1),
			.to_min = minute(to, minute(from, -1)),
			.text = *note ? arena_fmt(f->arena, "%s（%s）", text, note) : text};
	}
	for (size_t i = 0; i < av->n_rows; i++) {
		const struct answer *from = column(acts, av->rows[i], "from_min"), *to = column(acts, av->rows[i], "to_min");
		in->activities[in->n_activities++] = (struct week_activity){.from_min = minute(from, -1),
			.to_min = minute(to, minute(from, -1)), .text = words_of(column(acts, av->rows[i], "text"))};
	}
	return true;
}

const struct week_grid *print_value_week(const struct print_scope *s, const struct json *week, int w, int h)
{
	struct print_flow *f = s->flow;
	struct week_input in = {.w = w, .h = h};
	if (!f->week && week_of(s, week, &in))
		f->week = week_grid_make(f->arena, &in);
	return f->week;
}

/* ---- rows of half an hour --------------------------------------------------------------------------------------------------- */

enum { HALF = 30, ROWS = 48, ROW_H = 28, HEAD_H = 50, SECTION_W = 90, MARK_W = 110, LANES = 6, SIZE = 76, MARK_EVERY = 4 };

struct half_hours {
	struct print_flow *f;
	int first;             /* slice of 0:00 */
	int days_x, day_w, act_x;
};

/* One stay, or its part before or after midnight, in rows of its day; to not included. */
struct part {
	const struct week_slot *slot;
	int from, to, lane;
};

static void put(struct half_hours *g, int x, int w, int from, int to, const char *text, unsigned border, enum pdf_align align)
{
	struct print_box *b = print_box_new(g->f);
	bool head = from < g->first || x < g->days_x;
	*b = (struct print_box){.x = x, .w = w, .from = from, .to = to, .h = (to - from + 1) * ROW_H, .string = text, .value = !head, .pad = 6, .border = border,
		.border_pt100 = 50, .fill = head ? 240 : PDF_NO_FILL, .style = g->f->style};
	b->style.size_pt10 = SIZE;
	b->style.align = align;
	b->style.face = head ? PDF_GOTHIC : g->f->style.face;
	b->style.valign = head && x != g->f->left + SECTION_W ? PDF_MIDDLE : PDF_TOP;
	print_box_set_text(g->f, b);
}

static int cmp_part(const void *x, const void *y)
{
	const struct part *a = x, *b = y;
	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	if (a->to != b->to)
		return a->to > b->to ? -1 : 1;
	return a->slot < b->slot ? -1 : a->slot > b->slot;
}

static struct part part_of(const struct week_slot *s, int from, int to)
{
	int a = from / HALF, b = (to + HALF - 1) / HALF;
	a = a < ROWS ? a : ROWS - 1;
	b = b > ROWS ? ROWS : b <= a ? a + 1 : b;
	return (struct part){.slot = s, .from = a, .to = b};
}

static bool is_placed(const struct week_slot *s) { return s->dow >= 1 && s->dow <= 7 && s->from_min >= 0 && s->from_min < 1440; }

/* The parts of a day in lanes; one that finds no lane joins the words of the last (lane -1). How many lanes there are. */
static int lanes_of(struct part *v, size_t n)
{
	int ends[LANES] = {0}, used = 1;
	for (size_t i = 0; i < n; i++) {
		int lane = 0;
		while (lane < LANES && ends[lane] > v[i].from)
			lane++;
		v[i].lane = lane < LANES ? lane : -1;
		if (lane == LANES)
			continue;
		ends[lane] = v[i].to;
		used = lane + 1 > used ? lane + 1 : used;
	}
	return used;
}

static const char *stay_words(struct arena *a, const struct week_slot *s)
{
	return s->from_min == s->to_min ? arena_fmt(a, "%s %s", s->text, week_clock(a, s->from_min))
	                                : arena_fmt(a, "%s %s〜%s", s->text, week_clock(a, s->from_min), week_clock(a, s->to_min));
}

/* The free rows of a lane, ruled every two hours. */
static void free_rows(struct half_hours *g, const bool *taken, int x, int w, unsigned sides)
{
	for (int from = 0; from < ROWS;) {
		int to = from;
		while (to < ROWS && !taken[to] && (to == from || to % MARK_EVERY))
			to++;
		if (to > from)
			put(g, x, w, g->first + from, g->first + to - 1, "",
			    sides | (from % MARK_EVERY ? 0u : PRINT_TOP) | (to % MARK_EVERY ? 0u : PRINT_BOTTOM), PDF_LEFT);
		from = to > from ? to : from + 1;
	}
}

static void put_day(struct half_hours *g, const struct week_input *in, int dow, struct buf *rest)
{
	struct arena *a = g->f->arena;
	struct part *v = ARENA_ARRAY(a, 2 * in->n_slots + 1, struct part);
	size_t n = 0;
	for (size_t i = 0; i < in->n_slots; i++) {
		const struct week_slot *s = &in->slots[i];
		if (is_placed(s) && s->dow == dow)
			v[n++] = part_of(s, s->from_min, s->to_min > 1440 ? 1440 : s->to_min);
		if (is_placed(s) && s->dow % 7 + 1 == dow && s->to_min > 1440)
			v[n++] = part_of(s, 0, s->to_min - 1440);
	}
	qsort(v, n, sizeof *v, cmp_part);
	int lanes = lanes_of(v, n), x = g->days_x + (dow - 1) * g->day_w, w = g->day_w / lanes;
	for (int lane = 0; lane < lanes; lane++) {
		bool taken[ROWS + 1] = {false};
		int lw = lane + 1 == lanes ? g->day_w - lane * w : w;
		for (size_t i = 0; i < n; i++) {
			if (v[i].lane != lane)
				continue;
			for (int k = v[i].from; k < v[i].to; k++)
				taken[k] = true;
			put(g, x + lane * w, lw, g->first + v[i].from, g->first + v[i].to - 1, stay_words(a, v[i].slot), PRINT_TOP | PRINT_RIGHT | PRINT_BOTTOM | PRINT_LEFT,
			    PDF_LEFT);
		}
		free_rows(g, taken, x + lane * w, lw, (lane ? 0u : PRINT_LEFT) | (lane + 1 == lanes ? PRINT_RIGHT : 0u));
	}
	for (size_t i = 0; i < n; i++)
		if (v[i].lane < 0)
			buf_fmt(rest, "%s%s曜　%s", rest->n ? "\n" : "", DAYS[dow - 1], stay_words(a, v[i].slot));
}

/* From the half hour in which something begins to the next one. */
static void put_activities(struct half_hours *g, const struct week_input *in, struct buf *rest)
{
	struct arena *a = g->f->arena;
	const char *at[ROWS] = {0};
	for (int m = 0; m < 1440; m++) /* in the order of the day */
		for (size_t i = 0; i < in->n_activities; i++) {
			const struct week_activity *v = &in->activities[i];
			if (v->from_min != m)
				continue;
			const char *when = v->to_min > v->from_min ? arena_fmt(a, "%s〜%s", week_clock(a, v->from_min), week_clock(a, v->to_min)) : week_clock(a, v->from_min);
			const char *before = at[m / HALF];
			at[m / HALF] = arena_fmt(a, "%s%s%s %s", str_or(before, ""), before ? "\n" : "", when, v->text);
		}
	for (size_t i = 0; i < in->n_activities; i++)
		if (in->activities[i].from_min < 0 || in->activities[i].from_min >= 1440)
			buf_fmt(rest, "%s%s", rest->n ? "\n" : "", in->activities[i].text);
	for (int from = 0; from < ROWS;) {
		int to = from + 1;
		while (to < ROWS && !at[to])
			to++;
		put(g, g->act_x, g->f->right - g->act_x, g->first + from, g->first + to - 1, str_or(at[from], ""),
		    PRINT_LEFT | PRINT_RIGHT | (from ? 0u : PRINT_TOP) | (to < ROWS ? 0u : PRINT_BOTTOM), PDF_LEFT);
		from = to;
	}
}

static void put_head(struct half_hours *g, int slice)
{
	const unsigned all = PRINT_TOP | PRINT_RIGHT | PRINT_BOTTOM | PRINT_LEFT;
	put(g, g->f->left, g->days_x - g->f->left, slice, slice, "", all, PDF_CENTER);
	for (int d = 0; d < 7; d++)
		put(g, g->days_x + d * g->day_w, g->day_w, slice, slice, DAYS[d], all, PDF_CENTER);
	put(g, g->act_x, g->f->right - g->act_x, slice, slice, "主な日常生活上の活動", all, PDF_CENTER);
	for (size_t i = 0; i < 6; i++)
		put(g, g->f->left, SECTION_W, g->first + week_sections[i].from_min / HALF, g->first + week_sections[i].to_min / HALF - 1, week_sections[i].name, all,
		    PDF_CENTER);
	for (int row = 0; row < ROWS; row += MARK_EVERY)
		put(g, g->f->left + SECTION_W, MARK_W, g->first + row, g->first + row + MARK_EVERY - 1, week_clock(g->f->arena, row * HALF), all, PDF_RIGHT);
}

void print_week_rows(struct print_flow *f, const struct json *week, const struct print_scope *s)
{
	struct week_input in = {0};
	struct half_hours g = {.f = f, .days_x = f->left + SECTION_W + MARK_W};
	struct buf rest = buf_new(f->arena);
	if (!week_of(s, week, &in))
		return;
	g.day_w = (f->right - g.days_x) * 85 / 100 / 7;
	g.act_x = g.days_x + 7 * g.day_w;
	int head = print_slice_new(f, HEAD_H);
	g.first = head + 1;
	for (int i = 0; i < ROWS; i++)
		(void)print_slice_new(f, ROW_H);
	put_head(&g, head);
	for (int dow = 1; dow <= 7; dow++)
		put_day(&g, &in, dow, &rest);
	put_activities(&g, &in, &rest);
	for (size_t i = 0; i < in.n_slots; i++)
		if (!is_placed(&in.slots[i]))
			buf_fmt(&rest, "%s%s", rest.n ? "\n" : "", in.slots[i].text);
	if (rest.n) {
		int row = print_slice_new(f, ROW_H);
		put(&g, g.days_x, f->right - g.days_x, row, row, rest.p, PRINT_TOP | PRINT_RIGHT | PRINT_BOTTOM | PRINT_LEFT, PDF_LEFT);
	}
}
