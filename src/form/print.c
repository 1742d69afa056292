#include "form/print.h"

#include "base/buf.h"
#include "base/str.h"
#include "form/print_flow.h"

#include <string.h>

/* Where a slice, or a part of it, stands. A head that is drawn again is another instance. */
struct place {
	int slice, y, h, instance, dx;
	size_t page, next; /* next: the place of the same slice that follows + 1; 0 = none */
	bool last;         /* the slice ends here */
};

/* A box over several slices while its rows are put on pages: what is drawn of its text, and where its run on the
 * page in hand began. */
struct span {
	size_t box;
	int top;   /* -1: not on this page */
	bool real; /* a row of its own stands on this page, not only a head that is drawn again */
};

struct layout {
	struct print_flow *f;
	struct place *places;
	size_t n, cap;
	size_t page;           /* of this form, from 0 */
	int y, page_top;       /* page_top: below the repeated heads */
	int instance;
	int heads[32], n_heads; /* slices to repeat on the next page */
	size_t *taken;         /* lines of each box already placed, while a slice is split */
	size_t *own, *own_at;  /* boxes that stand in one slice, by slice: own[own_at[s]] … */
	struct span *spans;
	size_t n_spans, first_span; /* spans before first_span have ended */
	size_t *first, *newest;     /* places of a slice + 1 */
	int cols, col, col_top, step, deepest; /* inside a columns block; cols 0 = none */
};

static void put(struct layout *l, int slice, int h, int instance, bool last)
{
	if (l->n == l->cap) {
		size_t cap = l->cap ? l->cap * 2 : 128;
		struct place *v = ARENA_ARRAY(l->f->arena, cap, struct place);
		if (l->n)
			memcpy(v, l->places, l->n * sizeof *v);
		l->places = v;
		l->cap = cap;
	}
	for (size_t i = l->first_span; i < l->n_spans; i++) {
		struct span *s = &l->spans[i];
		const struct print_box *b = &l->f->boxes[s->box];
		if (slice < b->from || slice > b->to)
			continue;
		s->top = s->top < 0 ? l->y : s->top;
		s->real |= instance == 0;
	}
	l->places[l->n++] = (struct place){.slice = slice, .y = l->y, .h = h, .instance = instance, .dx = l->col * l->step,
	                                   .page = l->page, .last = last};
	if (l->newest[slice])
		l->places[l->newest[slice] - 1].next = l->n;
	else
		l->first[slice] = l->n;
	l->newest[slice] = l->n;
	l->y += h;
}

static void put_heads(struct layout *l, int from, int to)
{
	for (int k = from; k >= 0 && k <= to; k++)
		put(l, k, l->f->slices[k].h, l->instance, true);
}

/* What the open spans have shown when this page (or column) ends at l->y. */
static void close_spans(struct layout *l)
{
	const struct print_flow *f = l->f;
	for (size_t i = l->first_span; i < l->n_spans; i++) {
		struct span *s = &l->spans[i];
		const struct print_box *b = &f->boxes[s->box];
		if (s->top >= 0 && s->real && b->text) {
			size_t fit = pdf_text_fit(b->text, l->y - s->top - 2 * PRINT_VPAD), open = b->text->n_lines - l->taken[s->box];
			l->taken[s->box] += fit < open ? fit : open;
		}
		s->top = -1;
		s->real = false;
	}
}

/* What is left of a column stays ruled down to the foot. */
static void fill_column(struct layout *l, const struct print_slice *s)
{
	if (!l->cols || s->filler < 0 || l->f->bottom <= l->y)
		return;
	l->instance++;
	put(l, s->filler, l->f->bottom - l->y, l->instance, true);
}

static void next_page(struct layout *l, int slice, bool repeat)
{
	const struct print_slice *s = &l->f->slices[slice];
	close_spans(l);
	fill_column(l, s);
	l->deepest = l->y > l->deepest ? l->y : l->deepest;
	l->instance++;
	if (repeat && l->col + 1 < l->cols) { /* the next column of the same page */
		l->col++;
		l->y = l->col_top;
		put_heads(l, s->head_from, s->head_to);
		l->page_top = l->y;
		return;
	}
	l->page++;
	l->y = l->f->top;
	l->col = l->deepest = 0;
	if (!repeat) {
		l->n_heads = 0;
	} else {
		for (int i = 0; i < l->n_heads; i++)
			put(l, l->heads[i], l->f->slices[l->heads[i]].h, l->instance, true);
		l->col_top = l->y;
		put_heads(l, s->head_from, s->head_to);
	}
	l->page_top = l->y;
}

/* The smallest part of a slice that may stand alone on a page: what was laid out, and all that cannot be divided. */
static int least(const struct layout *l, int slice)
{
	const struct print_flow *f = l->f;
	int h = f->slices[slice].min_h;
	for (size_t i = l->own_at[slice]; i < l->own_at[slice + 1]; i++) {
		const struct print_box *b = &f->boxes[l->own[i]];
		int need = 0;
		for (size_t k = 0; k < b->n_chips; k++)
			need = b->chips[k].y + b->chips[k].h > need ? b->chips[k].y + b->chips[k].h : need;
		if (!b->value && b->text && *b->string) /* a heading is drawn whole on each part */
			need = pdf_text_height(b->text, b->text->n_lines);
		if (need + 2 * PRINT_VPAD > h)
			h = need + 2 * PRINT_VPAD;
	}
	return h;
}

/* What is left to draw of a split slice after a part of height h; 0 when nothing is. */
static int rest_after(struct layout *l, int slice, int h)
{
	const struct print_flow *f = l->f;
	int rest = 0;
	for (size_t i = l->own_at[slice]; i < l->own_at[slice + 1]; i++) {
		size_t at = l->own[i];
		const struct print_box *b = &f->boxes[at];
		if (!b->value || !b->text)
			continue;
		size_t fit = pdf_text_fit(b->text, h - 2 * PRINT_VPAD), open = b->text->n_lines - l->taken[at];
		l->taken[at] += fit < open ? fit : open;
		if (l->taken[at] < b->text->n_lines) {
			int need = pdf_text_height(b->text, b->text->n_lines - l->taken[at]) + 2 * PRINT_VPAD;
			rest = need > rest ? need : rest;
		}
	}
	return rest;
}

/* How high the last slice of spans must be here so that what is left of their texts has room. */
static int span_need(const struct layout *l, int slice)
{
	const struct print_flow *f = l->f;
	int h = 0;
	for (size_t i = l->first_span; i < l->n_spans; i++) {
		const struct span *s = &l->spans[i];
		const struct print_box *b = &f->boxes[s->box];
		if (b->to != slice || !b->text)
			continue;
		size_t open = b->text->n_lines - l->taken[s->box];
		if (open == 0 || !*b->string)
			continue;
		int need = pdf_text_height(b->text, open) + 2 * PRINT_VPAD - (s->top < 0 ? 0 : l->y - s->top);
		h = need > h ? need : h;
	}
	return h;
}

static void place_slice(struct layout *l, int slice)
{
	const struct print_flow *f = l->f;
	int own = f->slices[slice].own_h, min = least(l, slice), page_room = f->bottom - l->page_top;
	if (f->slices[slice].keep_to >= 0) {
		int sum = 0;
		for (int k = slice; k <= f->slices[slice].keep_to; k++)
			sum += f->slices[k].h;
		if (sum > f->bottom - l->y && sum <= page_room)
			next_page(l, slice, true);
	}
	for (;;) {
		int room = f->bottom - l->y, span = span_need(l, slice), h = own > span ? own : span;
		if (h <= room) {
			put(l, slice, h, 0, true);
			return;
		}
		bool fresh = l->y == l->page_top, divides = h > min;
		if (!fresh && (!divides || room < min + 60 || room < 250)) {
			next_page(l, slice, true);
			continue;
		}
		if (!divides || room < 150) { /* higher than a page and nothing to divide: print_check refuses such layouts */
			put(l, slice, h, 0, true);
			return;
		}
		own = rest_after(l, slice, room);
		put(l, slice, room, 0, own == 0 && span <= room);
		if (own == 0 && span <= room)
			return;
		next_page(l, slice, true);
		min = min < own ? min : own;
	}
}

/* Columns side by side: rows fill the left one first. filler draws the empty rest of the last page's columns. */
static void begin_columns(struct layout *l, int slice)
{
	const struct print_slice *s = &l->f->slices[slice];
	if (l->f->bottom - l->y < 400)
		next_page(l, slice, true);
	l->cols = s->cols;
	l->step = s->col_step;
	l->col = 0;
	l->col_top = l->deepest = l->y;
}

static void end_columns(struct layout *l, int slice)
{
	const struct print_slice *s = &l->f->slices[slice];
	for (; s->filler >= 0;) {
		fill_column(l, s);
		if (l->col + 1 >= l->cols)
			break;
		l->col++;
		l->y = l->col_top;
		put_heads(l, s->head_from, s->head_to);
	}
	l->y = l->deepest > l->y ? l->deepest : l->y;
	l->cols = l->col = 0;
}

static void index_boxes(struct layout *l)
{
	struct print_flow *f = l->f;
	struct arena *a = f->arena;
	l->taken = ARENA_ARRAY(a, f->n_boxes + 1, size_t);
	l->own = ARENA_ARRAY(a, f->n_boxes + 1, size_t);
	l->own_at = ARENA_ARRAY(a, f->n_slices + 2, size_t);
	l->first = ARENA_ARRAY(a, f->n_slices + 1, size_t);
	l->newest = ARENA_ARRAY(a, f->n_slices + 1, size_t);
	l->spans = ARENA_ARRAY(a, f->n_boxes + 1, struct span);
	size_t *at = l->own_at;
	for (size_t i = 0; i < f->n_boxes; i++)
		if (f->boxes[i].from == f->boxes[i].to)
			at[f->boxes[i].from + 2]++;
		else if (f->boxes[i].value && f->boxes[i].text)
			l->spans[l->n_spans++] = (struct span){.box = i, .top = -1};
	for (size_t k = 2; k < f->n_slices + 2; k++)
		at[k] += at[k - 1];
	for (size_t i = 0; i < f->n_boxes; i++)
		if (f->boxes[i].from == f->boxes[i].to)
			l->own[at[f->boxes[i].from + 1]++] = i;
}

static struct layout paginate(struct print_flow *f)
{
	struct layout l = {.f = f, .y = f->top, .page_top = f->top};
	index_boxes(&l);
	for (size_t i = 0; i < f->n_slices; i++) {
		const struct print_slice *s = &f->slices[i];
		if (s->is_filler)
			continue;
		if (s->page_before && i > 0)
			next_page(&l, (int)i, false);
		if (s->cols && !l.cols)
			begin_columns(&l, (int)i);
		place_slice(&l, (int)i);
		while (l.first_span < l.n_spans && f->boxes[l.spans[l.first_span].box].to <= (int)i)
			l.first_span++;
		if (l.cols && s->cols_end)
			end_columns(&l, (int)i);
		if (s->repeat && l.n_heads < 32) {
			l.heads[l.n_heads++] = (int)i;
			if (l.y > l.page_top)
				l.page_top = l.y;
		}
	}
	return l;
}

/* ---- drawing ---- */

static void draw_chips(struct print_flow *f, const struct print_box *b, int y, int h, bool whole)
{
	int used = 0, side = (int)((int64_t)b->style.size_pt10 * 254 / 720), wide = 0;
	for (size_t i = 0; i < b->n_chips; i++) {
		const struct print_chip *c = &b->chips[i];
		used = c->y + c->h > used ? c->y + c->h : used;
		wide = c->x + c->w > wide ? c->x + c->w : wide;
	}
	int top = y + (b->style.valign == PDF_TOP || !whole ? PRINT_VPAD : (h - used) / 2);
	int left = b->x + b->pad;
	if (b->style.align == PDF_CENTER)
		left += (b->w - 2 * b->pad - wide) / 2;
	else if (b->style.align == PDF_RIGHT)
		left += b->w - 2 * b->pad - wide;
	for (size_t i = 0; i < b->n_chips; i++) {
		const struct print_chip *c = &b->chips[i];
		int x = left + c->x, cy = top + c->y;
		if (b->mark == MARK_CHECK) {
			int line = pdf_text_height(c->text, 1), box = side * 9 / 10;
			pdf_check(f->pdf, x, cy + (line - box) / 2, box, c->on);
			pdf_text_draw(f->pdf, c->text, 0, c->text->n_lines, x + side * 5 / 4, cy, c->w, c->h);
		} else {
			int tw = pdf_text_width(c->text);
			pdf_text_draw(f->pdf, c->text, 0, c->text->n_lines, x + side / 2, cy, c->w, c->h);
			int rx = tw / 2 + side * 42 / 100, ry = c->h / 2 + side / 8, cx = x + side / 2 + tw / 2, my = cy + c->h / 2;
			struct pdf_pen ring = {.width_pt100 = 110};
			if (!tw)
				rx = ry = side * 6 / 10; /* nothing in it: the ○ put into an empty cell */
			if (c->on && rx > 2 * ry)
				pdf_capsule(f->pdf, cx - rx, my - ry, 2 * rx, 2 * ry, ring);
			else if (c->on)
				pdf_ellipse(f->pdf, cx, my, rx, ry, ring, PDF_NO_FILL);
		}
	}
}

/* The code in the middle of its box, with the quiet zone the standard asks for. */
static void draw_qr(struct print_flow *f, const struct print_box *b, int y, int h)
{
	int side = b->w < h ? b->w : h, cells = b->qr->side + 2 * QR_QUIET, x = b->x + (b->w - side) / 2;
	y += (h - side) / 2;
	for (int r = 0; r < b->qr->side; r++)
		for (int k = 0; k < b->qr->side;) {
			int n = 0;
			while (k + n < b->qr->side && qr_dark(b->qr, r, k + n))
				n++;
			int x1 = side * (k + QR_QUIET) / cells, x2 = side * (k + n + QR_QUIET) / cells, y1 = side * (r + QR_QUIET) / cells,
			    y2 = side * (r + 1 + QR_QUIET) / cells;
			if (n)
				pdf_rect(f->pdf, x + x1, y + y1, x2 - x1, y2 - y1, (struct pdf_pen){0}, 0);
			k += n ? n : 1;
		}
}

static void draw_border(struct print_flow *f, const struct print_box *b, int y, int h)
{
	struct pdf_pen pen = {.width_pt100 = b->border_pt100};
	int x2 = b->x + b->w, y2 = y + h;
	if (b->border == (PRINT_TOP | PRINT_RIGHT | PRINT_BOTTOM | PRINT_LEFT)) {
		pdf_rect(f->pdf, b->x, y, b->w, h, pen, PDF_NO_FILL);
		return;
	}
	if (b->border & PRINT_TOP)
		pdf_line(f->pdf, b->x, y, x2, y, pen);
	if (b->border & PRINT_RIGHT)
		pdf_line(f->pdf, x2, y, x2, y2, pen);
	if (b->border & PRINT_BOTTOM)
		pdf_line(f->pdf, b->x, y2, x2, y2, pen);
	if (b->border & PRINT_LEFT)
		pdf_line(f->pdf, b->x, y, b->x, y2, pen);
}

/* A box on one page: from the top of its first part there to the bottom of its last. */
static void draw_part(struct print_flow *f, struct print_box *b, int y, int h, bool first, bool last)
{
	if (b->qr && first)
		draw_qr(f, b, y, h);
	if (b->fill >= 0)
		pdf_rect(f->pdf, b->x, y, b->w, h, (struct pdf_pen){0}, b->fill);
	if (b->n_chips && first)
		draw_chips(f, b, y, h, last);
	if (b->radar && f->radar && first)
		radar_pdf(f->pdf, f->radar, b->x + 10, y + 10, b->w - 20, h - 20);
	if (b->drawing && first)
		drawing_pdf(f->pdf, b->drawing, b->x + PRINT_PICTURE_PAD, y + PRINT_PICTURE_PAD, b->w - 2 * PRINT_PICTURE_PAD, h - 2 * PRINT_PICTURE_PAD);
	if (b->text && *b->string) {
		int x = b->x + b->pad, w = b->w - 2 * b->pad;
		if (!b->value) {
			/* A heading beside many rows is left out on a part too low for it, if another part shows it. */
			bool room = pdf_text_height(b->text, b->text->n_lines) <= h;
			if (b->from == b->to || room || (last && !b->shown))
				pdf_text_draw(f->pdf, b->text, 0, b->text->n_lines, x, y, w, h);
			b->shown |= room;
		} else if (first && last) {
			size_t n = b->text->n_lines;
			bool tight = pdf_text_height(b->text, n) + 2 * PRINT_VPAD > h;
			int in = b->style.valign == PDF_MIDDLE || tight ? 0 : PRINT_VPAD;
			pdf_text_draw(f->pdf, b->text, 0, n, x, y + in, w, h - 2 * in);
		} else {
			size_t open = b->text->n_lines - b->cursor, n = pdf_text_fit(b->text, h - 2 * PRINT_VPAD);
			if (last || n > open)
				n = open;
			struct pdf_text part = *b->text;
			part.style.valign = PDF_TOP;
			pdf_text_draw(f->pdf, &part, b->cursor, n, x, y + PRINT_VPAD, w, h);
			b->cursor += n;
		}
	}
	draw_border(f, b, y, h);
}

/* All parts of a box on one page stand one below the other (between them at most a head that is drawn again and
 * belongs to the box's own rows). */
static void draw_box(const struct layout *l, struct print_box *b, size_t first_page)
{
	bool begun = false;
	int x = b->x;
	size_t i = l->n, stop = 0;
	if (!l->places)
		return;
	for (int k = b->from; k <= b->to; k++) {
		if (l->first[k] && l->first[k] - 1 < i)
			i = l->first[k] - 1;
		if (l->newest[k] > stop)
			stop = l->newest[k];
	}
	while (i < stop) {
		const struct place *p = &l->places[i];
		if (p->slice < b->from || p->slice > b->to) {
			i++;
			continue;
		}
		size_t k = i;
		bool again = true; /* nothing but a repeated head */
		for (;; k++) {
			again &= l->places[k].instance != 0;
			if (k + 1 >= l->n || l->places[k + 1].slice < b->from || l->places[k + 1].slice > b->to ||
			    l->places[k + 1].page != p->page || l->places[k + 1].dx != p->dx)
				break;
		}
		const struct place *e = &l->places[k];
		bool last = e->slice == b->to && e->last;
		pdf_page_turn(l->f->pdf, first_page + p->page);
		b->x = x + p->dx;
		draw_part(l->f, b, p->y, e->y + e->h - p->y, again || !begun, again || last);
		begun |= !again;
		if (b->from == b->to && !e->next)
			break;
		i = b->from == b->to ? e->next - 1 : k + 1;
	}
	b->x = x;
}

/* Whose paper of which form this is, in one line: a form whose whole name has no room there goes by its short name. */
static const char *foot_words(const struct print_flow *f, const struct pdf_style *st, int w)
{
	const struct print_job *j = f->job;
	const char *const names[] = {j->as->def->name, j->as->def->short_name};
	const char *words = "";
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		words = arena_fmt(f->arena, "氏名　%s　　被保険者番号　%s　　%s%s%s", str_or(j->name, ""), str_or(j->insured_no, ""), names[i],
		                  j->notice ? "　　" : "", str_or(j->notice, ""));
		if (pdf_text_width(pdf_text_set(f->pdf, words, st, 0)) <= w)
			break;
	}
	return words;
}

static void draw_foot(struct print_flow *f, size_t page, size_t pages)
{
	const struct print_job *j = f->job;
	struct arena *a = f->arena;
	char t[CIVIL_TIME_TEXT];
	civil_time_text(j->now_ms, t);
	struct pdf_style st = {.face = PDF_GOTHIC, .size_pt10 = 75, .valign = PDF_TOP, .leading_pct = 120};
	const char *right = arena_fmt(a, "%zu/%zu ページ　作成 %.4s年%d月%d日 %s", page + 1, pages, t, (t[5] - '0') * 10 + t[6] - '0',
	                              (t[8] - '0') * 10 + t[9] - '0', t + 11);
	const struct pdf_text *r = pdf_text_set(f->pdf, right, &st, 0);
	int w = f->right - f->left, rw = pdf_text_width(r), y = f->bottom + 25;
	pdf_line(f->pdf, f->left, y - 8, f->right, y - 8, (struct pdf_pen){.width_pt100 = 25, .gray = 120});
	pdf_text_put(f->pdf, foot_words(f, &st, w - rw - 40), &st, f->left, y, w - rw - 40, 60);
	st.align = PDF_RIGHT;
	r = pdf_text_set(f->pdf, right, &st, 0);
	pdf_text_draw(f->pdf, r, 0, 1, f->left, y, w, 60);
}

err print_add(struct pdf *p, const struct print_job *job, bool even)
{
	struct print_flow *f;
	TRY(print_flow_make(p, job, &f));
	struct layout l = paginate(f);
	size_t first = pdf_page_count(p), pages = l.page + 1;
	for (size_t i = 0; i < pages; i++)
		pdf_page_add(p, f->paper_w, f->paper_h);
	for (size_t i = 0; i < f->n_boxes; i++)
		draw_box(&l, &f->boxes[i], first);
	for (size_t i = 0; i < pages; i++) {
		pdf_page_turn(p, first + i);
		draw_foot(f, i, pages);
	}
	if (even && pages % 2)
		pdf_page_add(p, f->paper_w, f->paper_h);
	return OK;
}

err print_pdf(struct arena *a, struct pdf_fonts *fonts, const struct print_job *job, const char **bytes, size_t *n)
{
	struct pdf *p = pdf_new(a, fonts, &(struct pdf_info){.title = job->as->def->name, .subject = job->as->def->notice,
	                                                      .now_ms = job->now_ms});
	TRY(print_add(p, job, false));
	return pdf_write(p, bytes, n);
}

bool print_check(struct arena *a, struct pdf_fonts *fonts, const struct form_def *d, struct form_problems *p)
{
	struct print_job job = {.as = answers_new(a, d), .today = d->from};
	struct pdf *doc = pdf_new(a, fonts, &(struct pdf_info){0});
	struct print_flow *f;
	if (print_flow_make(doc, &job, &f) != OK) {
		form_problem(a, p, "%s/%s/print.json: %s", d->id, d->version, str_or(f->why, "割り付けできません"));
		return false;
	}
	bool good = true;
	for (size_t i = 0; i < f->n_slices; i++)
		if (f->slices[i].min_h > f->bottom - f->top) {
			form_problem(a, p, "%s/%s/print.json: 高さ %d の段が1ページに収まりません", d->id, d->version, f->slices[i].min_h);
			good = false;
		}
	/* A blank form: its headings must have room as laid out, or it would not look like the official one. */
	for (size_t i = 0; d->print && i < f->n_boxes; i++) {
		const struct print_box *b = &f->boxes[i];
		int have = 0, min = 0;
		for (int k = b->from; k <= b->to; k++) {
			have += f->slices[k].h;
			min += f->slices[k].min_h;
		}
		if (have > min && b->text && pdf_text_height(b->text, b->text->n_lines) + 2 * PRINT_VPAD > min) {
			form_problem(a, p, "%s/%s/print.json: 「%s」が枠（幅 %d、高さ %d）に収まりません", d->id, d->version, b->string, b->w, min);
			good = false;
		}
	}
	return good;
}
