#include "codec/pdf_table.h"

#include "base/civil.h"
#include "base/str.h"

enum { LEFT = 150, RIGHT = LEFT + PDF_TABLE_W, TOP = 130, BOTTOM = 2790, PAD = 12, VPAD = 9, FACT_W = 330 };

static const struct pdf_pen thin = {.width_pt100 = 40, .gray = 90};
static const struct pdf_style cell = {.face = PDF_MINCHO, .size_pt10 = 90, .valign = PDF_TOP};
static const struct pdf_style head = {.face = PDF_GOTHIC, .size_pt10 = 90, .valign = PDF_MIDDLE};
static const struct pdf_style fact = {.face = PDF_GOTHIC, .size_pt10 = 90, .valign = PDF_TOP};

struct sheet {
	struct pdf *p;
	const struct pdf_table *t;
	int y;
};

static void draw_head(struct sheet *s)
{
	int x = LEFT, h = 0;
	for (size_t i = 0; i < s->t->n_cols; i++) {
		const struct pdf_text *text = pdf_text_set(s->p, s->t->cols[i].label, &head, s->t->cols[i].w - 2 * PAD);
		int need = pdf_text_height(text, text->n_lines) + 2 * VPAD;
		h = need > h ? need : h;
	}
	for (size_t i = 0; i < s->t->n_cols; x += s->t->cols[i++].w) {
		pdf_rect(s->p, x, s->y, s->t->cols[i].w, h, thin, 230);
		pdf_text_put(s->p, s->t->cols[i].label, &head, x + PAD, s->y, s->t->cols[i].w - 2 * PAD, h);
	}
	s->y += h;
}

static void new_page(struct sheet *s)
{
	pdf_page_add(s->p, PDF_A4_W, PDF_A4_H);
	s->y = TOP;
}

/* Title, facts and note: on the first page alone; the foot says on every page whose list it is. */
static void draw_top(struct sheet *s)
{
	const struct pdf_style title = {.face = PDF_GOTHIC, .size_pt10 = 150, .valign = PDF_TOP};
	new_page(s);
	s->y += pdf_text_put(s->p, s->t->title, &title, LEFT, s->y, PDF_TABLE_W, 0) + 30;
	for (size_t i = 0; i < s->t->n_facts; i++) {
		int a = pdf_text_put(s->p, s->t->facts[2 * i], &fact, LEFT, s->y, FACT_W - PAD, 0);
		int b = pdf_text_put(s->p, s->t->facts[2 * i + 1], &cell, LEFT + FACT_W, s->y, PDF_TABLE_W - FACT_W, 0);
		s->y += (a > b ? a : b) + 8;
	}
	if (!str_blank(s->t->note))
		s->y += pdf_text_put(s->p, s->t->note, &cell, LEFT, s->y + 12, PDF_TABLE_W, 0) + 12;
	s->y += 30;
}

/* One strip of a row: lines from..from+n of every cell. */
static void draw_strip(struct sheet *s, const struct pdf_text **text, size_t from, size_t n, int h)
{
	int x = LEFT;
	for (size_t i = 0; i < s->t->n_cols; x += s->t->cols[i++].w) {
		pdf_rect(s->p, x, s->y, s->t->cols[i].w, h, thin, PDF_NO_FILL);
		if (from < text[i]->n_lines)
			pdf_text_draw(s->p, text[i], from, text[i]->n_lines - from < n ? text[i]->n_lines - from : n, x + PAD, s->y + VPAD,
			              s->t->cols[i].w - 2 * PAD, h - 2 * VPAD);
	}
	s->y += h;
}

static void draw_row(struct sheet *s, const char *const *cells)
{
	const struct pdf_text **text = ARENA_ARRAY(pdf_arena(s->p), s->t->n_cols, const struct pdf_text *);
	size_t high = 0;
	for (size_t i = 0; i < s->t->n_cols; i++) {
		text[i] = pdf_text_set(s->p, cells[i], &cell, s->t->cols[i].w - 2 * PAD);
		if (text[i]->n_lines > text[high]->n_lines)
			high = i;
	}
	size_t lines = text[high]->n_lines ? text[high]->n_lines : 1;
	for (size_t from = 0; from < lines;) {
		int whole = pdf_text_height(text[high], lines - from) + 2 * VPAD, room = BOTTOM - s->y;
		if (whole > room) { /* all of it, or as much as a page holds */
			new_page(s);
			draw_head(s);
			room = BOTTOM - s->y;
		}
		size_t n = whole <= room ? lines - from : pdf_text_fit(text[high], room - 2 * VPAD);
		if (n == 0)
			n = 1; /* a head that fills a page leaves no room: still no line is dropped */
		draw_strip(s, text, from, n, pdf_text_height(text[high], n) + 2 * VPAD);
		from += n;
	}
}

static void draw_foot(struct sheet *s, size_t page, size_t pages)
{
	struct arena *a = pdf_arena(s->p);
	char made[CIVIL_TIME_TEXT];
	civil_time_text(s->t->now_ms, made);
	struct pdf_style st = {.face = PDF_GOTHIC, .size_pt10 = 75, .valign = PDF_TOP, .leading_pct = 120};
	const char *right = arena_fmt(a, "%zu/%zu ページ　作成 %.4s年%d月%d日 %s", page + 1, pages, made, (made[5] - '0') * 10 + made[6] - '0',
	                              (made[8] - '0') * 10 + made[9] - '0', made + 11);
	int w = pdf_text_width(pdf_text_set(s->p, right, &st, 0)), y = BOTTOM + 35;
	pdf_line(s->p, LEFT, y - 8, RIGHT, y - 8, (struct pdf_pen){.width_pt100 = 25, .gray = 120});
	pdf_text_put(s->p, s->t->foot, &st, LEFT, y, PDF_TABLE_W - w - 40, 60);
	st.align = PDF_RIGHT;
	pdf_text_put(s->p, right, &st, LEFT, y, PDF_TABLE_W, 60);
}

err pdf_table_write(struct arena *a, struct pdf_fonts *fonts, const struct pdf_table *t, const char **bytes, size_t *n)
{
	struct sheet s = {.p = pdf_new(a, fonts, &(struct pdf_info){.title = t->title, .now_ms = t->now_ms}), .t = t};
	draw_top(&s);
	draw_head(&s);
	for (size_t i = 0; i < t->n_rows; i++)
		draw_row(&s, t->cells + i * t->n_cols);
	if (t->n_rows == 0)
		pdf_text_put(s.p, t->empty, &cell, LEFT + PAD, s.y + VPAD, PDF_TABLE_W - 2 * PAD, 0);
	size_t pages = pdf_page_count(s.p);
	for (size_t i = 0; i < pages; i++) {
		pdf_page_turn(s.p, i);
		draw_foot(&s, i, pages);
	}
	return pdf_write(s.p, bytes, n);
}
