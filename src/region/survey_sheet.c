/* The questions of a survey on paper: boxes to tick, lines to write on, a branch as 「…とお答えの方へ」. */
#include "base/buf.h"
#include "base/str.h"
#include "jp/era.h"
#include "region/survey_letter_own.h"

enum { LEFT = 180, RIGHT = 1920, WIDTH = RIGHT - LEFT, TOP = 160, BOTTOM = 2780, INDENT = 60, BOX = 34, GAP = 24, LINE_H = 80, MEMO_H = 320, ROW_LABEL = 560, COLS_MOST = 3 };

static const struct pdf_style LABEL = {.face = PDF_GOTHIC, .size_pt10 = 105, .leading_pct = 140};
static const struct pdf_style TEXT = {.face = PDF_MINCHO, .size_pt10 = 105, .leading_pct = 135};
static const struct pdf_style SMALL = {.face = PDF_MINCHO, .size_pt10 = 90, .leading_pct = 135};
static const struct pdf_pen THIN = {.width_pt100 = 40, .gray = 60};

struct sheet {
	struct ctx *c;
	struct pdf *p;
	struct arena *a;
	const struct survey_letter_in *l;
	const struct t_survey_question *q;
	size_t n;
	int y;
};

/* ---- pages ------------------------------------------------------------------------------------------------------------------------ */

static void new_page(struct sheet *s)
{
	pdf_page_add(s->p, PDF_A4_W, PDF_A4_H);
	s->y = TOP;
}

static void need(struct sheet *s, int h)
{
	if (s->y + h > BOTTOM)
		new_page(s);
}

static int height(struct sheet *s, const char *text, const struct pdf_style *st, int w)
{
	const struct pdf_text *t = pdf_text_set(s->p, text, st, w);
	return pdf_text_height(t, t->n_lines);
}

static void put(struct sheet *s, const char *text, const struct pdf_style *st, int x, int w)
{
	s->y = pdf_text_flow(s->p, text, st, (struct pdf_column){x, w, TOP, BOTTOM}, s->y);
}

static void head(struct sheet *s)
{
	const struct t_survey *v = &s->l->in->survey;
	const struct t_survey_round *r = &s->l->in->round;
	const struct pdf_style title = {.face = PDF_GOTHIC, .size_pt10 = 150, .align = PDF_CENTER};
	const struct pdf_style right = {.face = PDF_MINCHO, .size_pt10 = 105, .align = PDF_RIGHT};
	new_page(s);
	put(s, arena_fmt(s->a, r->id ? "%s　回答用紙" : "%s　調査票", v->title), &title, LEFT, WIDTH);
	s->y += 10;
	if (r->id)
		put(s, arena_fmt(s->a, "%s（%sから%sまでのことをお答えください）　締切 %s", r->name, era_text(s->a, r->period_from), era_text(s->a, r->period_to), era_text_week(s->a, r->closes_on)),
		&SMALL, LEFT, WIDTH);
	if (!v->is_anonymous && s->l->seat) {
		s->y += 10;
		put(s, arena_fmt(s->a, "受付番号 %lld　　%s", (long long)s->l->seat->inv.serial, s->l->seat->label), &right, LEFT, WIDTH);
	}
	s->y += GAP;
}

static void feet(struct sheet *s, size_t first)
{
	const struct pdf_style st = {.face = PDF_MINCHO, .size_pt10 = 85, .align = PDF_CENTER};
	size_t n = pdf_page_count(s->p);
	bool named = !s->l->in->survey.is_anonymous && s->l->seat;
	for (size_t i = first; i < n; i++) {
		pdf_page_turn(s->p, i);
		pdf_text_put(s->p, arena_fmt(s->a, "%s%s　%zu／%zu", named ? arena_fmt(s->a, "受付番号 %lld　", (long long)s->l->seat->inv.serial) : "", s->l->in->survey.title, i - first + 1, n - first),
			&st, LEFT, BOTTOM + 50, WIDTH, 0);
	}
	pdf_page_turn(s->p, n - 1);
}

/* ---- the ways to answer -------------------------------------------------------------------------------------------------------------- */

static void tick(struct sheet *s, int x, int y) { pdf_rect(s->p, x, y + 5, BOX, BOX, THIN, PDF_NO_FILL); }

/* A number means something on paper; a word of the program's own does not. */
static bool printed(const char *code)
{
	int64_t n;
	return str_int(code, &n);
}

static const char *option_text(struct sheet *s, const struct t_survey_question *q, const struct survey_choice *o)
{
	const char *more = str_eq(q->kind, "counts") ? arena_fmt(s->a, "（　　　　　）%s", str_blank(q->unit_word) ? "回" : q->unit_word) : str_eq(o->code, q->other_code) ? "（具体的に：　　　　　　　　　　　　　　）" : "";
	return arena_fmt(s->a, "%s%s%s%s%s", printed(o->code) ? o->code : "", printed(o->code) ? "．" : "", o->label, more, q->asks_detail && !str_eq(o->code, q->other_code) ? "　内容：＿＿＿＿＿＿＿＿＿＿＿＿＿＿" : "");
}

/* Short ones side by side. */
static int columns(struct sheet *s, const struct t_survey_question *q, const struct survey_choice *v, size_t n)
{
	int cols = q->asks_detail || str_eq(q->kind, "counts") ? 2 : COLS_MOST, widest = 0;
	for (size_t i = 0; i < n; i++) {
		int w = pdf_text_width(pdf_text_set(s->p, option_text(s, q, &v[i]), &TEXT, 0));
		widest = w > widest ? w : widest;
	}
	while (cols > 1 && widest > (WIDTH - INDENT) / cols - BOX - 2 * GAP)
		cols--;
	return cols;
}

static err options(struct sheet *s, const struct t_survey_question *q)
{
	struct survey_choice *v;
	size_t n;
	TRY(survey_choices(s->c, "", q->options, &v, &n));
	int cols = columns(s, q, v, n), w = (WIDTH - INDENT) / cols;
	for (size_t i = 0; i < n; i += (size_t)cols) {
		int h = 0;
		for (size_t k = i; k < n && k < i + (size_t)cols; k++) {
			int one = height(s, option_text(s, q, &v[k]), &TEXT, w - BOX - GAP);
			h = one > h ? one : h;
		}
		need(s, h);
		for (size_t k = i; k < n && k < i + (size_t)cols; k++) {
			int x = LEFT + INDENT + (int)(k - i) * w;
			tick(s, x, s->y);
			pdf_text_put(s->p, option_text(s, q, &v[k]), &TEXT, x + BOX + 14, s->y, w - BOX - GAP, 0);
		}
		s->y += h + 8;
	}
	return OK;
}

static err matrix(struct sheet *s, const struct t_survey_question *q)
{
	const struct pdf_style mid = {.face = PDF_MINCHO, .size_pt10 = 90, .align = PDF_CENTER, .valign = PDF_MIDDLE};
	struct survey_choice *cols, *rows;
	size_t n_cols, n_rows;
	TRY(survey_choices(s->c, "", q->options, &cols, &n_cols));
	TRY(survey_choices(s->c, "", q->parts, &rows, &n_rows));
	if (n_cols == 0)
		return OK;
	int w = (WIDTH - INDENT - ROW_LABEL) / (int)n_cols, left = LEFT + INDENT, head_h = 60;
	for (size_t k = 0; k < n_cols; k++) {
		int h = height(s, cols[k].label, &mid, w - 16) + 20;
		head_h = h > head_h ? h : head_h;
	}
	need(s, head_h + 2 * LINE_H);
	pdf_rect(s->p, left, s->y, ROW_LABEL, head_h, THIN, 235);
	for (size_t k = 0; k < n_cols; k++) {
		int x = left + ROW_LABEL + (int)k * w;
		pdf_rect(s->p, x, s->y, w, head_h, THIN, 235);
		pdf_text_put(s->p, cols[k].label, &mid, x + 8, s->y, w - 16, head_h);
	}
	s->y += head_h;
	for (size_t i = 0; i < n_rows; i++) {
		int h = height(s, rows[i].label, &SMALL, ROW_LABEL - 30) + 24;
		h = h > 60 ? h : 60;
		need(s, h);
		pdf_rect(s->p, left, s->y, ROW_LABEL, h, THIN, PDF_NO_FILL);
		pdf_text_put(s->p, rows[i].label, &SMALL, left + 15, s->y + 12, ROW_LABEL - 30, 0);
		for (size_t k = 0; k < n_cols; k++) {
			int x = left + ROW_LABEL + (int)k * w;
			pdf_rect(s->p, x, s->y, w, h, THIN, PDF_NO_FILL);
			tick(s, x + (w - BOX) / 2, s->y + (h - BOX) / 2 - 5);
		}
		s->y += h;
	}
	return OK;
}

static void writing_box(struct sheet *s, int h)
{
	need(s, h);
	pdf_rect(s->p, LEFT + INDENT, s->y, WIDTH - INDENT, h, THIN, PDF_NO_FILL);
	s->y += h;
}

static err answer(struct sheet *s, const struct t_survey_question *q)
{
	int kind = survey_kind_of(q->kind);
	switch (kind) {
	case SURVEY_SINGLE:
	case SURVEY_MULTI:
	case SURVEY_COUNTS:
		return options(s, q);
	case SURVEY_MATRIX:
		return matrix(s, q);
	case SURVEY_NUMBER:
		put(s, arena_fmt(s->a, "（　　　　　　　　　）%s", q->unit_word), &TEXT, LEFT + INDENT, WIDTH - INDENT);
		return OK;
	case SURVEY_DATE:
		put(s, "（令和・平成・昭和　　　　年　　　　月　　　　日）", &TEXT, LEFT + INDENT, WIDTH - INDENT);
		return OK;
	case SURVEY_TEXT:
		writing_box(s, LINE_H);
		return OK;
	case SURVEY_MEMO:
		writing_box(s, MEMO_H);
		return OK;
	default:
		return OK;
	}
}

/* ---- one question ---------------------------------------------------------------------------------------------------------------------- */

static const char *name_of(struct sheet *s, const struct t_survey_question *q)
{
	return str_blank(q->printed_no) ? arena_fmt(s->a, "「%s」", q->label) : str_starts(q->printed_no, "問") || str_starts(q->printed_no, "Q") ? q->printed_no : arena_fmt(s->a, "問%s", q->printed_no);
}

/* 「問2で「ある」とお答えの方へ」 */
static err branch(struct sheet *s, const struct t_survey_question *q, const char **text)
{
	const struct t_survey_question *on = NULL;
	struct survey_choice *v;
	size_t n, n_codes, said = 0;
	*text = "";
	for (size_t i = 0; i < s->n; i++)
		if (str_eq(s->q[i].key, q->shown_key))
			on = &s->q[i];
	if (!on || str_blank(q->shown_key))
		return OK;
	char **codes = str_split(s->a, q->shown_codes, ',', &n_codes);
	struct buf b = buf_new(s->a);
	TRY(survey_choices(s->c, "", on->options, &v, &n));
	buf_fmt(&b, "【%sで", name_of(s, on));
	for (size_t k = 0; k < n_codes; k++)
		for (size_t i = 0; i < n; i++)
			if (str_eq(v[i].code, str_trim(s->a, codes[k])))
				buf_fmt(&b, "%s「%s」", said++ ? "か" : "", v[i].label);
	buf_str(&b, "とお答えの方へ】");
	*text = b.p;
	return OK;
}

static const char *kind_words(const struct t_survey_question *q)
{
	switch (survey_kind_of(q->kind)) {
	case SURVEY_SINGLE:
		return "（1つに✓）";
	case SURVEY_MULTI:
		return "（あてはまるものすべてに✓）";
	case SURVEY_COUNTS:
		return "（あてはまるものに✓を付け、数を記入）";
	case SURVEY_MATRIX:
		return "（行ごとに1つ✓）";
	default:
		return "";
	}
}

static err question(struct sheet *s, const struct t_survey_question *q, const char *section)
{
	const char *only, *label = str_blank(q->printed_no) ? q->label : arena_fmt(s->a, "%s　%s", name_of(s, q), q->label);
	label = arena_fmt(s->a, "%s%s", label, kind_words(q));
	TRY(branch(s, q, &only));
	int h = height(s, label, &LABEL, WIDTH) + (*only ? height(s, only, &SMALL, WIDTH) : 0) + (str_eq(q->kind, "memo") ? MEMO_H : 2 * LINE_H);
	bool heading = !str_blank(q->section) && !str_eq(q->section, section);
	need(s, h + (heading ? 110 : 0));
	if (heading) {
		const struct pdf_style st = {.face = PDF_GOTHIC, .size_pt10 = 110, .valign = PDF_MIDDLE};
		int hh = height(s, q->section, &st, WIDTH - 40) + 24;
		pdf_rect(s->p, LEFT, s->y, WIDTH, hh, (struct pdf_pen){0}, 225);
		pdf_text_put(s->p, q->section, &st, LEFT + 20, s->y, WIDTH - 40, hh);
		s->y += hh + GAP;
	}
	if (*only)
		put(s, only, &SMALL, LEFT, WIDTH);
	put(s, label, &LABEL, LEFT, WIDTH);
	if (!str_blank(q->help))
		put(s, q->help, &SMALL, LEFT + INDENT, WIDTH - INDENT);
	s->y += 8;
	TRY(answer(s, q));
	s->y += GAP + 10;
	return OK;
}

err survey_sheet_draw(struct ctx *c, struct pdf *p, const struct survey_letter_in *l, const struct t_survey_question *q, size_t n)
{
	struct sheet s = {.c = c, .p = p, .a = pdf_scratch(p), .l = l, .q = q, .n = n};
	size_t first = pdf_page_count(p);
	head(&s);
	for (size_t i = 0; i < n; i++)
		TRY(question(&s, &q[i], i ? q[i - 1].section : ""));
	const struct pdf_style right = {.face = PDF_MINCHO, .size_pt10 = 105, .align = PDF_RIGHT};
	put(&s, "質問は以上です。ご協力ありがとうございました。", &right, LEFT, WIDTH);
	feet(&s, first);
	return OK;
}
