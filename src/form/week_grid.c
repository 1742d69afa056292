#include "form/week_grid.h"

#include "base/buf.h"
#include "base/str.h"

#include <stdlib.h>

const struct week_section week_sections[6] = {{"深夜", 0, 360}, {"早朝", 360, 480}, {"午前", 480, 720}, {"午後", 720, 1080},
                                              {"夜間", 1080, 1320}, {"深夜", 1320, 1440}};
static const char *const day_names[7] = {"月", "火", "水", "木", "金", "土", "日"};

enum { DAY = 1440, SECTION_W = 70, MARK_W = 80, HEAD_H = 50, LETTER = 30, LETTER_LEAST = 22, NUMBER_H = 26, LANES = 8 };

/* One box of the picture: a slot, or its part before or after midnight. */
struct part {
	const struct week_slot *slot;
	int from, to;    /* minutes of its day */
	int end;         /* as drawn: never lower than a number needs */
	int lane, lanes; /* of its cluster */
};

/* What is said in full beneath: equal texts at equal times share a number. */
struct note {
	const char *text;
	int from, to;
	unsigned days; /* bit 0 月; 0 = an activity */
};

struct week {
	struct arena *a;
	struct drawing *d;
	int w, h, day_w, days_x, act_x;
	struct note *notes;
	size_t n_notes;
};

const char *week_clock(struct arena *a, int min)
{
	const char *next = min > DAY ? "翌" : "";
	min = min > DAY ? min - DAY : min;
	return arena_fmt(a, "%s%d:%02d", next, min / 60, min % 60);
}

static int y_of(const struct week *g, int min) { return HEAD_H + (int)((int64_t)(g->h - HEAD_H) * min / DAY); }

static const char *number_text(struct arena *a, size_t n)
{
	static const char *const circled[] = {"①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧", "⑨", "⑩", "⑪", "⑫", "⑬", "⑭", "⑮", "⑯", "⑰", "⑱", "⑲", "⑳"};
	return n < 20 ? circled[n] : arena_fmt(a, "(%zu)", n + 1);
}

static const char *note_of(struct week *g, const char *text, int from, int to, int dow)
{
	unsigned day = dow ? 1u << (dow - 1) : 0;
	size_t i = 0;
	while (i < g->n_notes && !(g->notes[i].from == from && g->notes[i].to == to && (g->notes[i].days != 0) == (day != 0) &&
	                           str_eq(g->notes[i].text, text)))
		i++;
	if (i == g->n_notes)
		g->notes[g->n_notes++] = (struct note){.text = text, .from = from, .to = to};
	g->notes[i].days |= day;
	return number_text(g->a, i);
}

/* Lines a text takes; a letter of width is kept free, because a line may not begin with 、 or 。 */
static int lines_of(const char *text, int size, int w)
{
	int lines = 1, room = w - size / 2, used = 0;
	for (uint32_t c; (c = str_next(&text));) {
		if (c == '\n') {
			lines++;
			used = 0;
			continue;
		}
		int k = c < 0x80 ? (size + 1) / 2 : size;
		if (used + k > room) {
			lines++;
			used = 0;
		}
		used += k;
	}
	return lines;
}

/* The size and lines in which a text has room; 0 if it has none. */
static int size_for(const char *text, int w, int h, int *lines)
{
	for (int size = LETTER; size >= LETTER_LEAST; size -= 2) {
		*lines = lines_of(text, size, w);
		if (w >= size * 2 && *lines * size * 120 / 100 <= h)
			return size;
	}
	return 0;
}

static void rule(struct week *g, int x1, int y1, int x2, int y2, int width)
{
	draw_line(g->d, x1, y1, x2, y2, (struct draw_pen){.width = width});
}

static void frame(struct week *g)
{
	struct arena *a = g->a;
	for (size_t i = 0; i < 6; i++) {
		int y = y_of(g, week_sections[i].from_min), y2 = y_of(g, week_sections[i].to_min);
		rule(g, 0, y, g->w, y, 4);
		draw_text(g->d, SECTION_W / 2, (y + y2) / 2 - 16, 28, DRAW_MIDDLE, SECTION_W, 1, week_sections[i].name);
	}
	for (int m = 0; m <= DAY; m += 120) {
		int y = y_of(g, m);
		rule(g, SECTION_W, y, g->w, y, 2);
		draw_text(g->d, SECTION_W + MARK_W - 6, m == DAY ? y - 30 : y + 2, 24, DRAW_END, MARK_W, 1, week_clock(a, m));
	}
	for (int i = 0; i <= 7; i++) {
		int x = g->days_x + i * g->day_w;
		rule(g, x, 0, x, g->h, 2);
		if (i < 7)
			draw_text(g->d, x + g->day_w / 2, 9, 30, DRAW_MIDDLE, g->day_w, 1, day_names[i]);
	}
	rule(g, SECTION_W, HEAD_H, SECTION_W, g->h, 2);
	draw_text(g->d, (g->act_x + g->w) / 2, 9, 28, DRAW_MIDDLE, g->w - g->act_x - 4, 1, "主な日常生活上の活動");
	draw_rect(g->d, 0, 0, g->w, g->h, 0, (struct draw_pen){.width = 4}, DRAW_EMPTY);
}

static int by_time(const void *x, const void *y)
{
	const struct part *p = x, *q = y;
	if (p->from != q->from)
		return p->from < q->from ? -1 : 1;
	if (p->to != q->to)
		return p->to > q->to ? -1 : 1;
	return p->slot < q->slot ? -1 : p->slot > q->slot;
}

/* Parts that meet in time stand side by side. */
static void lanes(struct part *p, size_t n)
{
	for (size_t i = 0; i < n;) {
		int ends[LANES] = {0}, used = 0, until = p[i].end;
		size_t k = i;
		for (; k < n && (k == i || p[k].from < until); k++) {
			int lane = 0;
			while (lane < used && ends[lane] > p[k].from)
				lane++;
			p[k].lane = lane; /* LANES = no room: it is said beneath */
			if (lane == LANES)
				continue;
			used = lane + 1 > used ? lane + 1 : used;
			ends[lane] = p[k].end;
			until = p[k].end > until ? p[k].end : until;
		}
		for (; i < k; i++)
			p[i].lanes = used;
	}
}

static const char *day_name(int dow) { return dow >= 1 && dow <= 7 ? day_names[dow - 1] : ""; }

static void draw_part(struct week *g, const struct part *p, int dow)
{
	const struct week_slot *s = p->slot;
	if (p->lane >= LANES) {
		note_of(g, s->text, s->from_min, s->to_min, s->dow);
		return;
	}
	int w = (g->day_w - 4) / p->lanes, x = g->days_x + (dow - 1) * g->day_w + 2 + p->lane * w, y = y_of(g, p->from), lines = 1;
	int h = y_of(g, p->end) - y, size = size_for(s->text, w - 8, h - 2, &lines);
	if (y + h > g->h)
		y = g->h - h;
	const char *text = size ? s->text : note_of(g, s->text, s->from_min, s->to_min, s->dow);
	if (!size) {
		size = w < 40 ? LETTER_LEAST : NUMBER_H - 2;
		lines = 1;
	}
	if (s->href)
		draw_link(g->d, s->href, s->key, "week-slot", arena_fmt(g->a, "%s %s〜%s %s", day_name(s->dow), week_clock(g->a, s->from_min),
		          week_clock(g->a, s->to_min), s->text));
	draw_rect(g->d, x, y, w - 1, h, 0, (struct draw_pen){.width = 3}, DRAW_PAPER);
	draw_text(g->d, x + 4, y + (h > lines * size * 12 / 10 + 8 ? 4 : 0), size, DRAW_START, w - 8, lines, text);
	if (s->href)
		draw_link_end(g->d);
}

static bool placed(const struct week_slot *s) { return s->dow >= 1 && s->dow <= 7 && s->from_min >= 0 && s->from_min < DAY; }

static void draw_day(struct week *g, const struct week_input *in, int dow)
{
	struct part *p = ARENA_ARRAY(g->a, 2 * in->n_slots + 1, struct part);
	size_t n = 0;
	int least = NUMBER_H * DAY / (g->h - HEAD_H) + 1; /* minutes that a number takes */
	for (size_t i = 0; i < in->n_slots; i++) {
		const struct week_slot *s = &in->slots[i];
		if (!placed(s))
			continue;
		if (s->dow == dow)
			p[n++] = (struct part){.slot = s, .from = s->from_min, .to = s->to_min > DAY ? DAY : s->to_min};
		if (s->dow % 7 + 1 == dow && s->to_min > DAY)
			p[n++] = (struct part){.slot = s, .from = 0, .to = s->to_min > 2 * DAY ? DAY : s->to_min - DAY};
	}
	for (size_t i = 0; i < n; i++)
		p[i].end = p[i].to - p[i].from < least ? p[i].from + least : p[i].to;
	qsort(p, n, sizeof *p, by_time);
	lanes(p, n);
	for (size_t i = 0; i < n; i++)
		draw_part(g, &p[i], dow);
}

static void draw_activities(struct week *g, const struct week_input *in)
{
	int y = HEAD_H, w = g->w - g->act_x - 12;
	for (int m = 0; m <= DAY; m++) /* in the order of the day */
		for (size_t i = 0; i < in->n_activities; i++) {
			const struct week_activity *v = &in->activities[i];
			if (v->from_min != m)
				continue;
			const char *when = v->to_min > v->from_min ? arena_fmt(g->a, "%s〜%s", week_clock(g->a, v->from_min), week_clock(g->a, v->to_min))
			                                           : week_clock(g->a, v->from_min);
			const char *text = arena_fmt(g->a, "%s %s", when, v->text);
			int at = y_of(g, m), lines, size = size_for(text, w, NUMBER_H + 4, &lines);
			at = at < y ? y : at;
			if (at + NUMBER_H + 4 > g->h) {
				note_of(g, v->text, v->from_min, v->to_min, 0);
				continue;
			}
			if (!size)
				text = arena_fmt(g->a, "%s %s", when, note_of(g, v->text, v->from_min, v->to_min, 0));
			int letters = size ? size : LETTER_LEAST;
			draw_rect(g->d, g->act_x + 4, at + 1, draw_text_width(text, letters) + 4, letters + 4, 0, (struct draw_pen){.line = DRAW_NO_LINE}, DRAW_PAPER);
			draw_text(g->d, g->act_x + 6, at, size ? size : LETTER_LEAST, DRAW_START, w, 1, text);
			y = at + NUMBER_H + 4;
		}
}

/* What has no time of day. */
static void note_activities(struct week *g, const struct week_input *in)
{
	for (size_t i = 0; i < in->n_activities; i++)
		if (in->activities[i].from_min < 0 || in->activities[i].from_min > DAY)
			note_of(g, in->activities[i].text, in->activities[i].from_min, in->activities[i].to_min, 0);
}

static const char *rest_text(const struct week *g)
{
	struct buf b = buf_new(g->a);
	for (size_t i = 0; i < g->n_notes; i++) {
		const struct note *n = &g->notes[i];
		buf_fmt(&b, "%s%s", i ? "\n" : "", number_text(g->a, i));
		for (int d = 0, many = 0; d < 7; d++)
			if (n->days >> d & 1)
				buf_fmt(&b, "%s%s", many++ ? "・" : "", day_names[d]);
		buf_fmt(&b, "%s%s", n->days ? "　" : "", n->from < 0 ? "" : week_clock(g->a, n->from));
		if (n->from >= 0 && n->to > n->from)
			buf_fmt(&b, "〜%s", week_clock(g->a, n->to));
		buf_fmt(&b, "　%s", n->text);
	}
	return str_or(b.p, "");
}

const struct week_grid *week_grid_make(struct arena *a, const struct week_input *in)
{
	struct week g = {.a = a, .w = in->w, .h = in->h < 400 ? 400 : in->h, .days_x = SECTION_W + MARK_W};
	g.day_w = (in->w - g.days_x) * 85 / 100 / 7;
	g.act_x = g.days_x + 7 * g.day_w;
	g.notes = ARENA_ARRAY(a, in->n_slots + in->n_activities + 1, struct note);
	g.d = drawing_new(a, g.w, g.h, "週間サービス計画表", "月曜から日曜の0時から24時までのサービスと、主な日常生活上の活動");
	frame(&g);
	for (int dow = 1; dow <= 7; dow++)
		draw_day(&g, in, dow);
	draw_activities(&g, in);
	note_activities(&g, in);
	for (size_t i = 0; i < in->n_slots; i++)
		if (!placed(&in->slots[i]))
			note_of(&g, in->slots[i].text, in->slots[i].from_min, in->slots[i].to_min, in->slots[i].dow >= 1 && in->slots[i].dow <= 7 ? in->slots[i].dow : 0);
	struct week_grid *out = ARENA_NEW(a, struct week_grid);
	*out = (struct week_grid){.d = g.d, .rest = rest_text(&g)};
	return out;
}
