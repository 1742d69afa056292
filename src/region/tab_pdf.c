#include "region/tab_pdf.h"

#include "base/str.h"
#include "jp/era.h"
#include "region/tab_chart.h"

enum { LEFT = 150, WIDTH = 1800, RIGHT = LEFT + WIDTH, TOP = 150, BOTTOM = 2770, PAD = 10, VPAD = 7, LABEL_W = 480, COL_LEAST = 112, TEXT_COL = 520 };

static const struct pdf_pen thin = {.width_pt100 = 40, .gray = 90};
static const struct pdf_pen thick = {.width_pt100 = 120, .gray = 0};

#define STYLE(f, size, al) ((struct pdf_style){.face = (f), .size_pt10 = (size), .align = (al), .valign = PDF_TOP})

struct sheet {
	struct pdf *p;
	struct arena *a;
	const struct tab_report *r;
	const struct tab_paper *paper;
	int y;
};

static void new_page(struct sheet *s)
{
	pdf_page_add(s->p, PDF_A4_W, PDF_A4_H);
	s->y = TOP;
}

static void room(struct sheet *s, int need)
{
	if (s->y + need > BOTTOM)
		new_page(s);
}

/* A text of any length from the current line on, over pages if need be. */
static void flow(struct sheet *s, const char *text, const struct pdf_style *st, int x, int w)
{
	s->y = pdf_text_flow(s->p, text, st, (struct pdf_column){x, w, TOP, BOTTOM}, s->y);
}

/* ---- tables ------------------------------------------------------------------------------------------------------------- */

/* Columns from..to - 1 of a table with their widths; the labels stand before them. */
struct part {
	const struct tab_table *t;
	size_t from, to;
	int label_w;
	const int *w; /* [t->n_cols] */
	bool groups, bases;
};

static const char *group_of(const struct tab_table *t, size_t c) { return str_or(t->cols[c].group, ""); }

/* Columns of one group stay together unless the group alone is too wide. */
static size_t part_end(const struct tab_table *t, size_t from, const int *least, int wide)
{
	size_t at = from;
	int w = 0;
	while (at < t->n_cols) {
		size_t end = at + 1;
		int more = least[at];
		while (end < t->n_cols && *group_of(t, at) && str_eq(group_of(t, end), group_of(t, at)))
			more += least[end++];
		if (w + more > wide && at > from)
			return at;
		if (w + more > wide) { /* a group too wide by itself: as many as fit */
			for (w = 0; at < end && w + least[at] <= wide; at++)
				w += least[at];
			return at > from ? at : from + 1;
		}
		w += more;
		at = end;
	}
	return at;
}

static int least_of(const struct tab_col *c) { return c->kind == TAB_CELL_TEXT ? TEXT_COL : COL_LEAST; }

/* Texts share what numbers leave. */
static void widths(const struct tab_table *t, size_t from, size_t to, int wide, int *w)
{
	int sum = 0, weight = 0;
	for (size_t c = from; c < to; c++) {
		sum += w[c] = least_of(&t->cols[c]) < wide ? least_of(&t->cols[c]) : wide;
		weight += t->cols[c].kind == TAB_CELL_TEXT ? 6 : 1;
	}
	int spare = wide - sum, cap = 260;
	if (spare < 0) { /* many columns of text (rounds): all alike */
		for (size_t c = from; c < to; c++)
			w[c] = wide / (int)(to - from);
		return;
	}
	for (size_t c = from; c < to; c++) {
		int share = spare * (t->cols[c].kind == TAB_CELL_TEXT ? 6 : 1) / weight;
		w[c] += share;
		if (t->cols[c].kind != TAB_CELL_TEXT && w[c] > cap)
			w[c] = cap;
	}
}

static int head_box(struct sheet *s, const char *text, int x, int w, int h, bool draw)
{
	const struct pdf_style st = {.face = PDF_GOTHIC, .size_pt10 = 75, .align = PDF_CENTER, .valign = PDF_MIDDLE, .leading_pct = 118};
	const struct pdf_text *t = pdf_text_set(s->p, text, &st, w - 2 * PAD);
	int need = pdf_text_height(t, t->n_lines) + 2 * VPAD;
	if (draw) {
		pdf_rect(s->p, x, s->y, w, h, thin, 232);
		pdf_text_draw(s->p, t, 0, t->n_lines, x + PAD, s->y, w - 2 * PAD, h);
	}
	return need;
}

static const char *base_short(struct sheet *s, const struct tab_col *c)
{
	return c->kind == TAB_CELL_TEXT || !c->base.words ? "" : c->base.n_hidden ? "n=x" : arena_fmt(s->a, "n=%lld", (long long)c->base.n);
}

static const char *head_of(struct sheet *s, const struct part *p, size_t c)
{
	const struct tab_col *k = &p->t->cols[c];
	return p->bases && *base_short(s, k) ? arena_fmt(s->a, "%s\n%s", k->head, base_short(s, k)) : k->head;
}

static int group_width(const struct part *p, size_t c, size_t *end)
{
	int w = p->w[c];
	for (*end = c + 1; *end < p->to && str_eq(group_of(p->t, *end), group_of(p->t, c)); ++*end)
		w += p->w[*end];
	return w;
}

static void heads(struct sheet *s, const struct part *p)
{
	int h = 0, x = LEFT + p->label_w;
	if (p->groups) {
		size_t end;
		for (size_t c = p->from; c < p->to; c = end) {
			int w = group_width(p, c, &end), need = head_box(s, tab_col_group(s->a, &p->t->cols[c]), x, w, 0, false);
			h = need > h ? need : h;
			x += w;
		}
		pdf_rect(s->p, LEFT, s->y, p->label_w, h, thin, 232);
		x = LEFT + p->label_w;
		for (size_t c = p->from; c < p->to; c = end) {
			int w = group_width(p, c, &end);
			(void)head_box(s, tab_col_group(s->a, &p->t->cols[c]), x, w, h, true);
			x += w;
		}
		s->y += h;
		h = 0;
	}
	for (size_t c = p->from; c < p->to; c++) {
		int need = head_box(s, head_of(s, p, c), 0, p->w[c], 0, false);
		h = need > h ? need : h;
	}
	pdf_rect(s->p, LEFT, s->y, p->label_w, h, thin, 232);
	x = LEFT + p->label_w;
	for (size_t c = p->from; c < p->to; x += p->w[c++])
		(void)head_box(s, head_of(s, p, c), x, p->w[c], h, true);
	s->y += h;
}

struct strip {
	const struct pdf_text **text; /* label, then the cells of the part */
	const int *w;
	size_t n, high;
	int fill;
};

static void draw_strip(struct sheet *s, const struct strip *k, size_t from, size_t n, int h)
{
	int x = LEFT;
	for (size_t i = 0; i < k->n; x += k->w[i++]) {
		pdf_rect(s->p, x, s->y, k->w[i], h, thin, k->fill);
		if (from < k->text[i]->n_lines)
			pdf_text_draw(s->p, k->text[i], from, k->text[i]->n_lines - from < n ? k->text[i]->n_lines - from : n, x + PAD, s->y + VPAD, k->w[i] - 2 * PAD, h - 2 * VPAD);
	}
	s->y += h;
}

static const char *row_label(struct sheet *s, const struct tab_row *row)
{
	return row->base.words && !row->total ? arena_fmt(s->a, "%s（%s）", row->label, row->base.n_hidden ? "n=x" : arena_fmt(s->a, "n=%lld", (long long)row->base.n)) : row->label;
}

static void draw_row(struct sheet *s, const struct part *p, const struct tab_row *row)
{
	struct pdf_style st = {.face = row->total ? PDF_GOTHIC : PDF_MINCHO, .size_pt10 = 85, .valign = PDF_TOP, .leading_pct = 122};
	size_t n = p->to - p->from + 1;
	struct strip k = {.text = ARENA_ARRAY(s->a, n, const struct pdf_text *), .n = n, .fill = row->total ? 244 : PDF_NO_FILL};
	int *w = ARENA_ARRAY(s->a, n, int);
	for (size_t i = 0; i < n; i++) {
		const struct tab_cell *x = i ? &row->cells[p->from + i - 1] : NULL;
		st.align = !x ? PDF_LEFT : p->t->cols[p->from + i - 1].kind == TAB_CELL_TEXT ? PDF_LEFT : PDF_RIGHT;
		if (x && x->kind == TAB_CELL_TEXT && str_count(x->text) < 4)
			st.align = PDF_CENTER;
		w[i] = i ? p->w[p->from + i - 1] : p->label_w;
		k.text[i] = pdf_text_set(s->p, x ? x->text : row_label(s, row), &st, w[i] - 2 * PAD);
		if (k.text[i]->n_lines > k.text[k.high]->n_lines)
			k.high = i;
	}
	k.w = w;
	size_t lines = k.text[k.high]->n_lines ? k.text[k.high]->n_lines : 1;
	for (size_t from = 0; from < lines;) {
		int whole = pdf_text_height(k.text[k.high], lines - from) + 2 * VPAD, left = BOTTOM - s->y;
		if (whole > left) {
			new_page(s);
			heads(s, p);
			left = BOTTOM - s->y;
		}
		size_t take = whole <= left ? lines - from : pdf_text_fit(k.text[k.high], left - 2 * VPAD);
		take = take ? take : 1;
		draw_strip(s, &k, from, take, pdf_text_height(k.text[k.high], take) + 2 * VPAD);
		from += take;
	}
}

static void draw_part(struct sheet *s, const struct part *p)
{
	room(s, 260); /* heads and two lines stay together */
	heads(s, p);
	for (size_t i = 0; i < p->t->n_rows; i++)
		draw_row(s, p, &p->t->rows[i]);
}

static void grid(struct sheet *s, const struct tab_table *t)
{
	int *w = ARENA_ARRAY(s->a, t->n_cols + 1, int), *least = ARENA_ARRAY(s->a, t->n_cols + 1, int);
	struct part p = {.t = t, .w = w, .label_w = LABEL_W};
	int texts = 0;
	for (size_t c = 0; c < t->n_cols; c++) {
		p.groups = p.groups || !str_blank(t->cols[c].group);
		p.bases = p.bases || (t->cols[c].kind != TAB_CELL_TEXT && (t->cols[c].base.n != t->base.n || t->cols[c].base.n_hidden != t->base.n_hidden));
		texts += t->cols[c].kind == TAB_CELL_TEXT;
	}
	for (size_t c = 0; c < t->n_cols; c++)
		least[c] = texts > 2 && t->cols[c].kind == TAB_CELL_TEXT ? 150 : least_of(&t->cols[c]);
	for (p.from = 0; p.from < t->n_cols; p.from = p.to) {
		p.to = part_end(t, p.from, least, WIDTH - LABEL_W);
		widths(t, p.from, p.to, WIDTH - LABEL_W, w);
		if (p.from > 0)
			s->y += 24;
		draw_part(s, &p);
	}
}

static void charts(struct sheet *s, const struct tab_table *t)
{
	struct tab_picture pics[TAB_CHARTS_MAX];
	size_t n = tab_charts(s->a, t, s->paper->counter, pics);
	for (size_t i = 0; i < n; i++) {
		int h = pics[i].drawing->h, most = BOTTOM - TOP;
		h = h < most ? h : most;
		room(s, h + 20);
		drawing_pdf(s->p, pics[i].drawing, LEFT + (WIDTH - TAB_CHART_W) / 2, s->y + 10, TAB_CHART_W, h);
		s->y += h + 30;
	}
}

/* About what a table takes with its notes and pictures: to keep them on one page where that is possible. */
static int height_of(struct sheet *s, const struct tab_table *t)
{
	struct tab_picture pics[TAB_CHARTS_MAX];
	size_t n = tab_charts(s->a, t, s->paper->counter, pics);
	int h = 290 + (int)t->n_rows * 52 + (int)t->n_notes * 40;
	for (size_t i = 0; i < n; i++)
		h += pics[i].drawing->h + 40;
	return h;
}

/* A new page, if `need` fits on one and not on what is left of this. */
static void together(struct sheet *s, int need)
{
	if (need <= BOTTOM - TOP)
		room(s, need);
}

static void table(struct sheet *s, const struct tab_table *t)
{
	const struct pdf_style title = STYLE(PDF_GOTHIC, 100, PDF_LEFT), base = STYLE(PDF_GOTHIC, 85, PDF_LEFT), note = STYLE(PDF_MINCHO, 78, PDF_LEFT);
	room(s, 380);
	together(s, height_of(s, t));
	flow(s, str_blank(t->no) ? t->title : arena_fmt(s->a, "%s　%s", t->no, t->title), &title, LEFT, WIDTH);
	flow(s, tab_base_text(s->a, &t->base), &base, LEFT, WIDTH);
	s->y += 10;
	if (t->n_rows)
		grid(s, t);
	s->y += 12;
	for (size_t i = 0; i < t->n_notes; i++)
		flow(s, arena_fmt(s->a, "注）%s", t->notes[i]), &note, LEFT + 10, WIDTH - 10);
	s->y += 12;
	charts(s, t);
	s->y += 30;
}

/* ---- sections --------------------------------------------------------------------------------------------------------------- */

static void heading(struct sheet *s, const char *text)
{
	const struct pdf_style st = {.face = PDF_GOTHIC, .size_pt10 = 125, .valign = PDF_MIDDLE, .leading_pct = 125};
	const struct pdf_text *t = pdf_text_set(s->p, text, &st, WIDTH - 60);
	int h = pdf_text_height(t, t->n_lines) + 28;
	room(s, h + 420); /* no heading at the end of a page */
	pdf_rect(s->p, LEFT, s->y, WIDTH, h, (struct pdf_pen){0}, 222);
	pdf_rect(s->p, LEFT, s->y, 16, h, (struct pdf_pen){0}, 60);
	pdf_text_draw(s->p, t, 0, t->n_lines, LEFT + 40, s->y, WIDTH - 60, h);
	s->y += h + 26;
}

static void items(struct sheet *s, const struct tab_section *x)
{
	const struct pdf_style head = STYLE(PDF_GOTHIC, 100, PDF_LEFT), text = {.face = PDF_MINCHO, .size_pt10 = 100, .valign = PDF_TOP, .leading_pct = 150};
	for (size_t i = 0; i < x->n_items; i++) {
		int h = pdf_text_height(pdf_text_set(s->p, x->items[i].text, &text, WIDTH - 360), 1) + 14;
		room(s, h);
		(void)pdf_text_put(s->p, x->items[i].head, &head, LEFT, s->y + 4, 340, 0);
		flow(s, x->items[i].text, &text, LEFT + 360, WIDTH - 360);
		s->y += 14;
	}
}

static void words(struct sheet *s, const struct tab_section *x)
{
	const struct pdf_style st = {.face = PDF_MINCHO, .size_pt10 = 105, .valign = PDF_TOP, .leading_pct = 145};
	for (size_t i = 0; i < x->n_words; i++) {
		room(s, 70);
		pdf_rect(s->p, LEFT + 8, s->y + 22, 14, 14, (struct pdf_pen){0}, 60);
		flow(s, x->words[i], &st, LEFT + 46, WIDTH - 46);
		s->y += 8;
	}
	if (x->n_words)
		s->y += 18;
}

/* 考察 in a frame of its own line: what the owner thinks of the figures above. */
static void note(struct sheet *s, const struct tab_section *x)
{
	const struct pdf_style head = STYLE(PDF_GOTHIC, 100, PDF_LEFT), text = {.face = PDF_MINCHO, .size_pt10 = 105, .valign = PDF_TOP, .leading_pct = 150};
	if (str_blank(x->note))
		return;
	room(s, 160);
	pdf_line(s->p, LEFT, s->y, RIGHT, s->y, thin);
	s->y += 14;
	flow(s, "考察", &head, LEFT, WIDTH);
	s->y += 4;
	flow(s, x->note, &text, LEFT + 20, WIDTH - 20);
	s->y += 12;
	pdf_line(s->p, LEFT, s->y, RIGHT, s->y, thin);
	s->y += 20;
}

static void section(struct sheet *s, const struct tab_section *x)
{
	if (x->n_tables && x->n_items == 0)
		together(s, 140 + (int)x->n_words * 90 + height_of(s, x->tables[0]));
	heading(s, x->title);
	items(s, x);
	words(s, x);
	for (size_t i = 0; i < x->n_tables; i++)
		table(s, x->tables[i]);
	note(s, x);
	s->y += 24;
}

static void cover(struct sheet *s)
{
	const struct pdf_style title = {.face = PDF_GOTHIC, .size_pt10 = 200, .align = PDF_CENTER, .valign = PDF_TOP, .leading_pct = 150};
	const struct pdf_style sub = {.face = PDF_GOTHIC, .size_pt10 = 130, .align = PDF_CENTER, .valign = PDF_TOP}, right = {.face = PDF_MINCHO, .size_pt10 = 110, .align = PDF_RIGHT, .valign = PDF_TOP};
	new_page(s);
	pdf_line(s->p, LEFT, s->y, RIGHT, s->y, thick);
	s->y += 60;
	s->y += pdf_text_put(s->p, s->r->title, &title, LEFT, s->y, WIDTH, 0) + 20;
	s->y += pdf_text_put(s->p, str_or(s->paper->what, "調査結果報告書"), &sub, LEFT, s->y, WIDTH, 0) + 10;
	const char *of = !str_blank(s->r->unit) ? arena_fmt(s->a, "（%s）", s->r->unit) : !str_blank(s->paper->round) ? arena_fmt(s->a, "（%s）", s->paper->round) : "";
	if (!str_blank(s->r->mark))
		s->y += pdf_text_put(s->p, arena_fmt(s->a, "【%s】", s->r->mark), &sub, LEFT, s->y, WIDTH, 0) + 10;
	if (*of)
		s->y += pdf_text_put(s->p, of, &sub, LEFT, s->y, WIDTH, 0) + 10;
	s->y += 40;
	pdf_line(s->p, LEFT, s->y, RIGHT, s->y, thick);
	s->y += 40;
	s->y += pdf_text_put(s->p, arena_fmt(s->a, "%s\n%s", era_text(s->a, s->paper->on), s->paper->sender), &right, LEFT, s->y, WIDTH, 0) + 70;
}

static void foot(struct sheet *s, size_t page, size_t pages)
{
	struct pdf_style st = {.face = PDF_GOTHIC, .size_pt10 = 75, .valign = PDF_TOP, .leading_pct = 120};
	const char *right = arena_fmt(s->a, "%zu/%zu ページ", page + 1, pages);
	int w = pdf_text_width(pdf_text_set(s->p, right, &st, 0)), y = BOTTOM + 40;
	pdf_line(s->p, LEFT, y - 8, RIGHT, y - 8, (struct pdf_pen){.width_pt100 = 25, .gray = 120});
	(void)pdf_text_put(s->p, str_blank(s->r->mark) ? s->r->title : arena_fmt(s->a, "【%s】%s", s->r->mark, s->r->title), &st, LEFT, y, WIDTH - w - 40, 60);
	st.align = PDF_RIGHT;
	(void)pdf_text_put(s->p, right, &st, LEFT, y, WIDTH, 60);
}

err tab_pdf(struct arena *a, struct pdf_fonts *fonts, const struct tab_report *r, const struct tab_paper *paper, const char **bytes, size_t *n)
{
	struct sheet s = {.p = pdf_new(a, fonts, &(struct pdf_info){.title = r->title, .now_ms = paper->now_ms}), .a = a, .r = r, .paper = paper};
	cover(&s);
	for (size_t i = 0; i < r->n_sections; i++)
		section(&s, &r->sections[i]);
	size_t pages = pdf_page_count(s.p);
	for (size_t i = 0; i < pages; i++) {
		pdf_page_turn(s.p, i);
		foot(&s, i, pages);
	}
	return pdf_write(s.p, bytes, n);
}
