#include "form/print_flow.h"

#include "base/str.h"
#include "form/week_grid.h"

#include <string.h>

/* ---- reading the JSON ---- */

static int num(struct print_flow *f, const struct json *v, const char *key, int otherwise)
{
	const struct json *m = json_get(v, key);
	int64_t n;
	if (!m)
		return otherwise;
	if (!json_int(m, &n) || n < -10000 || n > 100000) {
		print_wrong(f, "%s は整数で書いてください", key);
		return otherwise;
	}
	return (int)n;
}

static int word(struct print_flow *f, const struct json *v, const char *key, const char *const *words, int n, int otherwise)
{
	const char *t = json_get_text(v, key, NULL);
	if (!t)
		return otherwise;
	for (int i = 0; i < n; i++)
		if (str_eq(words[i], t))
			return i;
	print_wrong(f, "%s に「%s」は使えません", key, t);
	return otherwise;
}

static struct pdf_style style_of(struct print_flow *f, const struct json *v, struct pdf_style base)
{
	static const char *const faces[] = {"mincho", "gothic"}, *const aligns[] = {"left", "center", "right"},
	                         *const valigns[] = {"top", "middle", "bottom"};
	struct pdf_style s = base;
	s.face = (enum pdf_face)word(f, v, "face", faces, 2, (int)base.face);
	s.align = (enum pdf_align)word(f, v, "align", aligns, 3, (int)base.align);
	s.valign = (enum pdf_valign)word(f, v, "valign", valigns, 3, (int)base.valign);
	s.size_pt10 = num(f, v, "size", base.size_pt10);
	s.leading_pct = num(f, v, "leading", base.leading_pct);
	s.stacked = json_bool(json_get(v, "stack"), false);
	if (s.size_pt10 < 40 || s.size_pt10 > 400)
		print_wrong(f, "size は 40〜400（0.1ポイント）です");
	return s;
}

static unsigned border_of(struct print_flow *f, const struct json *v)
{
	const char *t = json_get_text(v, "border", "");
	if (str_eq(t, "all"))
		return PRINT_TOP | PRINT_RIGHT | PRINT_BOTTOM | PRINT_LEFT;
	static const char letters[] = "TRBL"; /* in the order of the PRINT_ bits */
	unsigned b = 0;
	for (; *t; t++) {
		const char *at = strchr(letters, *t);
		if (!at)
			print_wrong(f, "border は all か T R B L の並びです");
		else
			b |= 1u << (at - letters);
	}
	return b;
}

/* ---- growing arrays ---- */

struct print_box *print_box_new(struct print_flow *f)
{
	if (f->n_boxes == f->cap_boxes) {
		size_t cap = f->cap_boxes ? f->cap_boxes * 2 : 128;
		struct print_box *v = ARENA_ARRAY(f->arena, cap, struct print_box);
		if (f->n_boxes)
			memcpy(v, f->boxes, f->n_boxes * sizeof *v);
		f->boxes = v;
		f->cap_boxes = cap;
	}
	return &f->boxes[f->n_boxes++];
}

int print_slice_new(struct print_flow *f, int h)
{
	if (f->n_slices == f->cap_slices) {
		size_t cap = f->cap_slices ? f->cap_slices * 2 : 64;
		struct print_slice *v = ARENA_ARRAY(f->arena, cap, struct print_slice);
		if (f->n_slices)
			memcpy(v, f->slices, f->n_slices * sizeof *v);
		f->slices = v;
		f->cap_slices = cap;
	}
	f->slices[f->n_slices] = (struct print_slice){.h = h, .min_h = h, .head_from = -1, .head_to = -1, .keep_to = -1, .filler = -1};
	return (int)f->n_slices++;
}

/* ---- boxes ---- */

/* Put the options in lines inside the width; returns the height they take. */
static int flow_chips(struct print_flow *f, struct print_box *b)
{
	int x = 0, y = 0, line = 0, room = b->w - 2 * b->pad;
	int side = (int)((int64_t)b->style.size_pt10 * 254 / 720), gap = b->mark == MARK_CHECK ? side * 4 / 5 : side / 3; /* the letter's height in 0.1 mm */
	for (size_t i = 0; i < b->n_chips; i++) {
		struct print_chip *c = &b->chips[i];
		struct pdf_style st = b->style;
		st.align = PDF_LEFT;
		c->text = pdf_text_set(f->pdf, c->label, &st, room - (b->mark == MARK_CHECK ? side * 5 / 4 : side));
		c->h = pdf_text_height(c->text, c->text->n_lines);
		c->w = pdf_text_width(c->text) + (b->mark == MARK_CHECK ? side * 5 / 4 : side);
		if (x && x + c->w > room) {
			x = 0;
			y += line;
			line = 0;
		}
		c->x = x;
		c->y = y;
		x += c->w + gap;
		line = c->h + 4 > line ? c->h + 4 : line;
	}
	return y + line;
}

static int need_of(struct print_flow *f, struct print_box *b)
{
	if (b->n_chips)
		return flow_chips(f, b) + 2 * PRINT_VPAD;
	if (!b->text || !*b->string)
		return 0;
	return pdf_text_height(b->text, b->text->n_lines) + 2 * PRINT_VPAD;
}

void print_box_set_text(struct print_flow *f, struct print_box *b)
{
	b->style.marks = b->value;
	if (!b->n_chips)
		b->text = pdf_text_set(f->pdf, b->string, &b->style, b->w - 2 * b->pad);
}

/* One step smaller: about a tenth, and never below 6 points. */
static void shrink(struct print_flow *f, struct print_box *b)
{
	int size = b->style.size_pt10 * 88 / 100;
	b->style.size_pt10 = size < 60 ? 60 : size;
	print_box_set_text(f, b);
}

/* Where in a band its boxes go: moved to the right by dx; slices of another row's band, or new ones; the runs of rows
 * that a box with span_by covers. */
struct run {
	const struct json *box; /* in print.json */
	size_t at;              /* in the flow */
};
struct placing {
	int dx;
	int slices;                   /* first slice to use; -1 = make them */
	const struct answers *before; /* the row before, for span_by */
	struct run *runs;
	size_t n_runs;
};
enum { RUNS = 32 };

/* A box that covers the rows of a run: true if this row belongs to the run before it, which then goes on. */
static bool goes_on(struct print_flow *f, const struct json *v, const struct print_scope *s, struct placing *at, int to)
{
	const struct json *by = json_get(v, "span_by");
	if (!by)
		return false;
	size_t i = 0;
	while (i < at->n_runs && at->runs[i].box != v)
		i++;
	if (i == at->n_runs) {
		if (i == RUNS) {
			print_wrong(f, "span_by は1段に%d個までです", RUNS);
			return false;
		}
		at->runs[at->n_runs++].box = v;
	} else if (print_value_same(s, by, at->before)) {
		f->boxes[at->runs[i].at].to = to;
		return true;
	}
	at->runs[i].at = f->n_boxes;
	return false;
}

static void make_box(struct print_flow *f, const struct json *v, const struct print_scope *s, int from, int to, int h, int dx)
{
	static const char *const overflow[] = {"grow", "wrap", "shrink"};
	struct print_box *b = print_box_new(f);
	*b = (struct print_box){.x = num(f, v, "x", f->left) + dx, .from = from, .to = to, .h = h, .string = ""};
	b->w = num(f, v, "w", f->right - b->x);
	b->pad = num(f, v, "pad", 12);
	b->style = style_of(f, v, f->style);
	b->border = border_of(f, v);
	b->border_pt100 = num(f, v, "line", 50);
	b->fill = num(f, v, "fill", PDF_NO_FILL);
	b->mark = print_value_mark(v);
	b->shrink = word(f, v, "overflow", overflow, 3, 0) == 2;
	b->radar = json_bool(json_get(v, "radar"), false);
	if (b->x < 0 || b->w <= 2 * b->pad || b->x + b->w > f->paper_w)
		print_wrong(f, "枠が紙からはみ出すか、幅がありません（x %d、w %d）", b->x, b->w);
	if (b->mark != MARK_NONE) {
		b->chips = print_value_chips(s, v, &b->n_chips);
		b->value = true;
		return;
	}
	const struct json *week = json_get(v, "week"), *rest = json_get(v, "week_rest");
	const char *picture = json_get_text(v, "drawing", NULL);
	if (json_get(v, "qr")) {
		const char *code = print_value_text(s, json_get(v, "qr"), &b->value);
		if (*code && qr_cells(f->arena, code, &b->qr) != OK)
			b->string = code;
	} else if (week) {
		const struct week_grid *g = print_value_week(s, week, b->w - 2 * PRINT_PICTURE_PAD, h - 2 * PRINT_PICTURE_PAD);
		b->value = true;
		b->drawing = g ? g->d : NULL;
		return;
	} else if (rest) {
		b->value = true;
		b->string = f->week ? f->week->rest : "";
	} else if (picture) {
		b->string = print_value_picture(s, picture, &b->drawing);
		b->value = true;
		if (b->drawing && drawing_least_pt10(b->drawing, b->w - 2 * PRINT_PICTURE_PAD, h - 2 * PRINT_PICTURE_PAD) < PRINT_PICTURE_LEAST_PT10)
			b->drawing = NULL;
		if (b->drawing)
			return;
	} else {
		b->string = print_value_text(s, v, &b->value);
	}
	print_box_set_text(f, b);
}

/* A band: boxes with y and h of their own; cut into slices at every edge. */
static int make_band(struct print_flow *f, const struct json *band, const struct print_scope *s, struct placing *at)
{
	const struct json *boxes = json_get(band, "boxes");
	int h = num(f, band, "h", 60);
	size_t n = boxes && boxes->type == JSON_ARRAY ? boxes->n : 0;
	int *edge = ARENA_ARRAY(f->arena, 2 * n + 2, int);
	size_t m = 0;
	edge[m++] = 0;
	edge[m++] = h;
	for (size_t i = 0; i < n; i++) {
		int y = num(f, json_at(boxes, i), "y", 0), bh = num(f, json_at(boxes, i), "h", h - y);
		if (y < 0 || bh <= 0 || y + bh > h)
			print_wrong(f, "枠が段からはみ出しています（y %d、h %d、段の高さ %d）", y, bh, h);
		edge[m++] = y < 0 ? 0 : y > h ? h : y;
		edge[m++] = y + bh > h || y + bh < 0 ? h : y + bh;
	}
	for (size_t i = 1; i < m; i++) /* few edges: insertion sort */
		for (size_t k = i; k > 0 && edge[k - 1] > edge[k]; k--) {
			int t = edge[k];
			edge[k] = edge[k - 1];
			edge[k - 1] = t;
		}
	size_t u = 1;
	for (size_t i = 1; i < m; i++)
		if (edge[i] != edge[u - 1])
			edge[u++] = edge[i];
	int first = at->slices < 0 ? (int)f->n_slices : at->slices;
	for (size_t i = 1; i < u && at->slices < 0; i++)
		print_slice_new(f, edge[i] - edge[i - 1]);
	if (at->slices < 0 && u > 2) /* a row of several lines stays together where it can */
		f->slices[first].keep_to = first + (int)u - 2;
	for (size_t i = 0; i < n && !f->why; i++) {
		const struct json *v = json_at(boxes, i);
		int y = num(f, v, "y", 0), bh = num(f, v, "h", h - y), from = first, to = first;
		for (size_t k = 0; k + 1 < u; k++) {
			if (edge[k] == y)
				from = first + (int)k;
			if (edge[k + 1] == y + bh)
				to = first + (int)k;
		}
		if (!goes_on(f, v, s, at, to))
			make_box(f, v, s, from, to, bh, at->dx);
	}
	return first;
}

static void make_plain_band(struct print_flow *f, const struct json *band, const struct print_scope *s)
{
	make_band(f, band, s, &(struct placing){.slices = -1, .runs = (struct run[RUNS]){{0}}});
}

/* ---- blocks ---- */

static void make_blocks(struct print_flow *f, const struct json *blocks, struct print_scope s, int depth);

static void set_heads(struct print_flow *f, size_t from, size_t to, int head_from, int head_to)
{
	for (size_t i = from; i < to; i++) {
		f->slices[i].head_from = head_from;
		f->slices[i].head_to = head_to;
	}
}

/* A row for each row of the list, at least "min". "across": so many rows of the list side by side, "step" apart. */
static void make_list(struct print_flow *f, const struct json *v, const char *list, struct print_scope s)
{
	const struct json *row = json_get(v, "row");
	s.list = form_item_find(s.as->def, list);
	if (!s.list || s.list->type != ITEM_LIST) {
		print_wrong(f, "「%s」は一覧の項目ではありません", list);
		return;
	}
	const struct answer *a = &s.as->a[s.list->index];
	size_t n = (size_t)num(f, v, "min", 1), across = (size_t)num(f, v, "across", 1);
	n = n > a->n_rows ? n : a->n_rows;
	if (across < 1 || across > 10) {
		print_wrong(f, "across は1〜10です");
		return;
	}
	n = (n + across - 1) / across * across;
	struct placing at = {.slices = -1, .runs = ARENA_ARRAY(f->arena, RUNS, struct run)};
	for (size_t i = 0; i < n && !f->why; i++) {
		s.row = i < a->n_rows ? a->rows[i] : NULL;
		s.row_no = i + 1;
		at.dx = (int)(i % across) * num(f, v, "step", 0);
		if (i % across == 0)
			at.slices = -1;
		at.slices = make_band(f, row, &s, &at);
		at.before = s.row;
	}
}

static int make_head(struct print_flow *f, const struct json *v, const struct print_scope *s, int *to)
{
	const struct json *head = json_get(v, "head");
	*to = -1;
	if (!head)
		return -1;
	int from = (int)f->n_slices;
	make_plain_band(f, head, s);
	*to = (int)f->n_slices - 1;
	return from;
}

/* list / each / each_rule: a head and a row drawn for each. */
static void make_table(struct print_flow *f, const struct json *v, struct print_scope s)
{
	const struct json *row = json_get(v, "row"), *each = json_get(v, "each"), *rules = json_get(v, "each_rule");
	int head_to, head_from = make_head(f, v, &s, &head_to);
	size_t first = f->n_slices;
	for (size_t i = 0; each && i < each->n; i++) {
		s.each = form_item_find(s.as->def, json_text(json_at(each, i), ""));
		if (!s.each)
			print_wrong(f, "項目「%s」がありません", json_text(json_at(each, i), ""));
		else
			make_plain_band(f, row, &s);
	}
	for (size_t i = 0; rules && i < rules->n; i++) {
		s.rule = rule_find(s.as->def->rules, json_text(json_at(rules, i), ""));
		if (!s.rule)
			print_wrong(f, "式「%s」がありません", json_text(json_at(rules, i), ""));
		else
			make_plain_band(f, row, &s);
	}
	const char *list = json_get_text(v, "list", NULL);
	if (list)
		make_list(f, v, list, s);
	set_heads(f, first, f->n_slices, head_from, head_to);
}

/* "columns": rows fill the first column down to the foot of the page, then the next; the rest stays ruled. */
static void make_columns(struct print_flow *f, const struct json *v, struct print_scope s)
{
	int cols = num(f, v, "columns", 2), step = num(f, v, "step", 0), filler = -1;
	const char *list = json_get_text(v, "list", "");
	size_t first = f->n_slices;
	int head_to, head_from = make_head(f, v, &s, &head_to);
	size_t rows = f->n_slices;
	make_list(f, v, list, s);
	set_heads(f, rows, f->n_slices, head_from, head_to);
	if (cols < 2 || cols > 4 || step < 100) {
		print_wrong(f, "columns は2〜4、step は100以上です");
		return;
	}
	if (f->why)
		return;
	if (!f->job->words) {
		s.list = form_item_find(s.as->def, list);
		s.row = NULL;
		filler = (int)f->n_slices;
		make_plain_band(f, json_get(v, "row"), &s);
		if ((int)f->n_slices != filler + 1)
			print_wrong(f, "columns の行は、1段の枠だけでできています");
		f->slices[filler].is_filler = true;
	}
	size_t end = filler < 0 ? f->n_slices : (size_t)filler;
	for (size_t i = first; i < end; i++) {
		f->slices[i].cols = cols;
		f->slices[i].col_step = step;
		f->slices[i].filler = filler;
	}
	f->slices[end - 1].cols_end = true;
}

/* Each slice from first on becomes k lower ones, and the boxes cover them. */
static void split_slices(struct print_flow *f, size_t first, size_t k)
{
	size_t m = f->n_slices - first;
	struct print_slice *old = ARENA_ARRAY(f->arena, m + 1, struct print_slice);
	memcpy(old, f->slices + first, m * sizeof *old);
	for (size_t i = m; i < m * k; i++)
		print_slice_new(f, 0);
	for (size_t i = 0; i < m * k; i++) {
		struct print_slice *s = &f->slices[first + i];
		*s = old[i / k];
		s->keep_to = -1;
		s->min_h = s->h = old[i / k].min_h / (int)k + (i % k + 1 == k ? old[i / k].min_h % (int)k : 0);
	}
	for (size_t i = 0; i < f->n_boxes; i++) {
		struct print_box *b = &f->boxes[i];
		if (b->from < (int)first)
			continue;
		b->from = (int)(first + ((size_t)b->from - first) * k);
		b->to = (int)(first + ((size_t)b->to - first + 1) * k - 1);
	}
}

/* "spread": the rows of a list, evenly beside the rows of the group. */
static void make_spread(struct print_flow *f, const struct json *v, struct print_scope s, size_t first)
{
	const char *list = json_get_text(v, "list", "");
	const struct json *boxes = json_get(v, "boxes");
	s.list = form_item_find(s.as->def, list);
	if (!s.list || s.list->type != ITEM_LIST || !boxes || f->n_slices == first) {
		print_wrong(f, "spread には一覧の項目と boxes が要ります");
		return;
	}
	const struct answer *a = &s.as->a[s.list->index];
	size_t n = (size_t)num(f, v, "min", 1), m = f->n_slices - first;
	n = n > a->n_rows ? n : a->n_rows;
	if (m && n > m)
		split_slices(f, first, (n + m - 1) / m);
	m = f->n_slices - first;
	struct placing at = {.slices = -1, .runs = ARENA_ARRAY(f->arena, RUNS, struct run)};
	for (size_t i = 0; i < n && !f->why; i++) {
		size_t from = first + i * m / n, to = first + (i + 1) * m / n - 1;
		int h = 0;
		for (size_t k = from; k <= to; k++)
			h += f->slices[k].min_h;
		s.row = i < a->n_rows ? a->rows[i] : NULL;
		s.row_no = i + 1;
		for (size_t k = 0; k < boxes->n; k++)
			if (!goes_on(f, json_at(boxes, k), &s, &at, (int)to))
				make_box(f, json_at(boxes, k), &s, (int)from, (int)to, h, 0);
		at.before = s.row;
	}
}

/* Boxes that stand beside several blocks and span them all. */
static void make_group(struct print_flow *f, const struct json *v, struct print_scope s, int depth)
{
	int head_to, head_from = make_head(f, v, &s, &head_to);
	size_t first = f->n_slices;
	make_blocks(f, json_get(v, "group"), s, depth + 1);
	if (f->n_slices == first) {
		print_wrong(f, "group の中に段がありません");
		return;
	}
	if (json_get(v, "spread"))
		make_spread(f, json_get(v, "spread"), s, first);
	if (head_from >= 0)
		set_heads(f, first, f->n_slices, head_from, head_to);
	const struct json *side = json_get(v, "side");
	for (size_t i = 0; side && i < side->n; i++) {
		int h = 0;
		for (size_t k = first; k < f->n_slices; k++)
			h += f->slices[k].min_h;
		make_box(f, json_at(side, i), &s, (int)first, (int)f->n_slices - 1, h, 0);
	}
	if (json_bool(json_get(v, "keep"), false))
		f->slices[first].keep_to = (int)f->n_slices - 1;
}

static void make_blocks(struct print_flow *f, const struct json *blocks, struct print_scope s, int depth)
{
	bool page = false;
	if (depth > 8 || !blocks || blocks->type != JSON_ARRAY) {
		print_wrong(f, "blocks は [ ] で書き、入れ子は8段までです");
		return;
	}
	for (size_t i = 0; i < blocks->n && !f->why; i++) {
		const struct json *v = json_at(blocks, i);
		size_t first = f->n_slices;
		if (!print_value_if(&s, v))
			continue;
		if (json_get(v, "page"))
			page = true;
		else if (json_get(v, "week_rows"))
			print_week_rows(f, json_get(v, "week_rows"), &s);
		else if (json_get(v, "gap"))
			print_slice_new(f, num(f, v, "gap", 20));
		else if (json_get(v, "group"))
			make_group(f, v, s, depth);
		else if (json_get(v, "columns"))
			make_columns(f, v, s);
		else if (json_get(v, "row"))
			make_table(f, v, s);
		else if (json_get(v, "boxes"))
			make_plain_band(f, v, &s);
		else
			print_wrong(f, "段は boxes、row、group、columns、week_rows、gap、page のどれかを持ちます");
		if (f->n_slices > first && page) {
			f->slices[first].page_before = true;
			page = false;
		}
		if (json_bool(json_get(v, "repeat"), false))
			for (size_t k = first; k < f->n_slices; k++)
				f->slices[k].repeat = true;
	}
}

/* Rows grow until every text has room. Boxes over fewer rows first, so that wide spans use what is already there. */
static void grow(struct print_flow *f)
{
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < f->n_boxes; i++) {
			struct print_box *b = &f->boxes[i];
			if ((b->from != b->to) != (pass == 1))
				continue;
			int have = 0, need = need_of(f, b);
			for (int k = b->from; k <= b->to; k++)
				have += f->slices[k].h;
			if (need > have && b->shrink) {
				shrink(f, b);
				need = need_of(f, b);
			}
			if (need > have)
				f->slices[b->to].h += need - have;
		}
		for (size_t i = 0; i < f->n_slices && pass == 0; i++)
			f->slices[i].own_h = f->slices[i].h;
	}
}

err print_flow_make(struct pdf *p, const struct print_job *job, struct print_flow **out)
{
	struct arena *a = pdf_scratch(p);
	struct print_flow *f = ARENA_NEW(a, struct print_flow);
	const struct form_def *d = job->as->def;
	const struct json *print = d->print ? d->print : print_auto(a, d), *paper = json_get(print, "paper");
	f->pdf = p;
	f->arena = a;
	f->job = job;
	f->paper_w = num(f, paper, "w", PDF_A4_W);
	f->paper_h = num(f, paper, "h", PDF_A4_H);
	f->left = num(f, paper, "left", 150);
	f->right = f->paper_w - num(f, paper, "right", 150);
	f->top = num(f, paper, "top", 130);
	f->bottom = f->paper_h - num(f, paper, "bottom", 170);
	if (f->paper_w < 500 || f->paper_h < 500 || f->left >= f->right || f->bottom - f->top < 400)
		print_wrong(f, "paper の大きさか余白が正しくありません");
	f->style = style_of(f, print, (struct pdf_style){.face = PDF_MINCHO, .size_pt10 = 100, .valign = PDF_MIDDLE});
	*out = f;
	const struct answers *both[2] = {job->earlier ? job->earlier : job->as, job->as};
	const char *names[2] = {"", ""};
	for (int i = 0; i < 2; i++) {
		const struct form_item *it = form_item_find(both[i]->def, both[i]->def->date_item);
		names[i] = it && !it->parent ? answer_show(a, it, &both[i]->a[it->index]) : "";
	}
	struct radar *radar = NULL;
	int skip = job->earlier ? 0 : 1;
	f->outcomes = ARENA_ARRAY(a, d->rules->n + 1, struct rule_outcome);
	if (radar_of_outcomes(a, both + skip, names + skip, (size_t)(2 - skip), job->today, f->outcomes, &radar) == OK)
		f->radar = radar;
	if (!f->why)
		make_blocks(f, json_get(print, "blocks"), (struct print_scope){.as = job->as, .today = job->today, .flow = f}, 0);
	if (!f->why && f->n_slices == 0)
		print_wrong(f, "印刷するものがありません");
	if (f->why)
		return ERR_FORM_DEF;
	grow(f);
	return OK;
}
