/* A letter on paper, in the form offices write: day at the right, addressee at the left in the window, sender at the right, title in the
 * middle, text, 記, 以上. */
#include "base/buf.h"
#include "base/str.h"
#include "codec/qr.h"
#include "jp/era.h"
#include "region/survey_letter_own.h"

enum {
	LEFT = 220, RIGHT = 1880, WIDTH = RIGHT - LEFT, TOP = 200, BOTTOM = 2800,
	/* the window of a 長形3号 envelope over an A4 sheet folded in three (seen through it: 20…110 mm from the left, 15…60 mm from the top) */
	WINDOW_W = 800, WINDOW_H = 410, FOLD_1 = 990, FOLD_2 = 1980, FOLD_MARK = 50,
	SENDER_Y = 640, TITLE_GAP = 60, CODE = 320, FACT_LABEL = 330, GAP = 30
};

static const struct pdf_style TEXT = {.face = PDF_MINCHO, .size_pt10 = 105, .leading_pct = 155};
static const struct pdf_style SMALL = {.face = PDF_MINCHO, .size_pt10 = 90, .leading_pct = 140};
static const struct pdf_style STRONG = {.face = PDF_GOTHIC, .size_pt10 = 105, .leading_pct = 155};

struct sheet {
	struct pdf *p;
	struct arena *a;
	int y;
};

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

/* A text over as many pages as it takes. */
static void flow(struct sheet *s, const char *text, const struct pdf_style *style, int x, int w)
{
	s->y = pdf_text_flow(s->p, text, style, (struct pdf_column){x, w, TOP, BOTTOM}, s->y);
}

static struct pdf_style aligned(struct pdf_style s, enum pdf_align align)
{
	s.align = align;
	return s;
}

/* ---- above the text -------------------------------------------------------------------------------------------------------------- */

static void fold_marks(struct sheet *s)
{
	const struct pdf_pen pen = {.width_pt100 = 30, .gray = 150};
	pdf_line(s->p, 0, FOLD_1, FOLD_MARK, FOLD_1, pen);
	pdf_line(s->p, 0, FOLD_2, FOLD_MARK, FOLD_2, pen);
}

/* Made smaller until it fits: nothing that the post must read is cut. */
static void window(struct sheet *s, const struct survey_letter_in *l)
{
	struct buf b = buf_new(s->a);
	if (!str_blank(l->seat->postal))
		buf_fmt(&b, "〒%s\n", l->seat->postal);
	if (!str_blank(l->seat->address))
		buf_fmt(&b, "%s\n", l->seat->address);
	if (b.n)
		buf_str(&b, "\n");
	const char *name = survey_addressee(s->a, &l->in->survey, l->seat->label);
	buf_str(&b, name);
	struct pdf_style st = {.face = PDF_MINCHO, .size_pt10 = 115, .leading_pct = 135};
	while (st.size_pt10 > 95 && pdf_text_width(pdf_text_set(s->p, name, &st, 0)) > WINDOW_W)
		st.size_pt10 -= 5;
	const struct pdf_text *t = pdf_text_set(s->p, b.p, &st, WINDOW_W);
	while (pdf_text_height(t, t->n_lines) > WINDOW_H && st.size_pt10 > 70) {
		st.size_pt10 -= 5;
		t = pdf_text_set(s->p, b.p, &st, WINDOW_W);
	}
	pdf_text_draw(s->p, t, 0, t->n_lines, LEFT, TOP, WINDOW_W, WINDOW_H);
}

static void head(struct sheet *s, const struct survey_letter_in *l)
{
	const struct pdf_style right = aligned(TEXT, PDF_RIGHT);
	struct buf b = buf_new(s->a);
	new_page(s);
	fold_marks(s);
	window(s, l);
	pdf_text_put(s->p, era_text(s->a, l->today), &right, LEFT + WINDOW_W, TOP, WIDTH - WINDOW_W, 0);
	buf_str(&b, l->sender->name);
	if (!str_blank(l->sender->address))
		buf_fmt(&b, "\n%s", l->sender->address);
	s->y = SENDER_Y + pdf_text_put(s->p, b.p, &right, LEFT + WINDOW_W / 2, SENDER_Y, WIDTH - WINDOW_W / 2, 0);
	if (s->y < FOLD_1 - 100)
		s->y = FOLD_1 - 100; /* the title stands clear of the fold in a short letter */
}

/* ---- the text ---------------------------------------------------------------------------------------------------------------------- */

/* In one line where it fits, else the name of the survey in a line of its own, smaller if need be. */
static void title(struct sheet *s, const struct survey_letter_in *l)
{
	const char *rest = l->what == SURVEY_REMINDER ? "へのご回答について（再度のお願い）" : "へのご回答のお願い", *name = l->in->survey.title;
	struct pdf_style st = {.face = PDF_GOTHIC, .size_pt10 = 140, .align = PDF_CENTER};
	const char *text = arena_fmt(s->a, "「%s」%s", name, rest);
	if (pdf_text_width(pdf_text_set(s->p, text, &st, 0)) > WIDTH)
		text = arena_fmt(s->a, "「%s」\n%s", name, rest);
	while (st.size_pt10 > 110 && pdf_text_width(pdf_text_set(s->p, text, &st, 0)) > WIDTH)
		st.size_pt10 -= 5;
	s->y += TITLE_GAP;
	flow(s, text, &st, LEFT, WIDTH);
	s->y += TITLE_GAP;
}

/* Every paragraph begins one letter in, as is the custom; a line that was indented by hand stays as it is. */
static const char *indented(struct arena *a, const char *text)
{
	struct buf b = buf_new(a);
	size_t n;
	char **lines = str_split(a, text, '\n', &n);
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%s%s%s", i ? "\n" : "", str_blank(lines[i]) || str_starts(lines[i], "　") || str_starts(lines[i], "・") ? "" : "　", lines[i]);
	return b.n ? b.p : "";
}

static void text(struct sheet *s, const struct survey_letter_in *l)
{
	struct buf b = buf_new(s->a);
	if (l->what == SURVEY_REMINDER)
		buf_fmt(&b, "　さきにお願いした標記の調査の締切が、%sに近づいています。お忙しいところ恐れ入りますが、ご回答くださいますよう、お願いいたします。\n　行き違いで、すでにご回答くださっているときは、ご容赦ください。",
			era_text_week(s->a, l->in->round.closes_on));
	else if (!str_blank(l->in->survey.greeting))
		buf_fmt(&b, "%s\n　つきましては、下記によりご回答くださいますよう、お願いいたします。", indented(s->a, l->in->survey.greeting));
	else
		buf_str(&b, "　日ごろから、地域の介護と福祉にご協力をいただき、ありがとうございます。\n　このたび、標記の調査を行うことになりました。お忙しいところ恐れ入りますが、下記によりご回答くださいますよう、お願いいたします。");
	flow(s, b.p, &TEXT, LEFT, WIDTH);
	s->y += GAP;
}

/* ---- 記 -------------------------------------------------------------------------------------------------------------------------------- */

static void fact(struct sheet *s, int *no, const char *label, const char *value, int w)
{
	++*no;
	int h = pdf_text_put(s->p, arena_fmt(s->a, "%d　%s", *no, label), &STRONG, LEFT, s->y, FACT_LABEL, 0);
	int v = pdf_text_put(s->p, value, &TEXT, LEFT + FACT_LABEL, s->y, w - FACT_LABEL, 0);
	s->y += (h > v ? h : v) + 8;
}

static void code(struct sheet *s, const struct qr *q, int x, int y)
{
	int cells = q->side + 2 * QR_QUIET;
	const struct pdf_pen none = {0};
	for (int row = 0; row < q->side; row++)
		for (int col = 0; col < q->side; col++) {
			if (!qr_dark(q, row, col))
				continue;
			int from = col;
			while (col + 1 < q->side && qr_dark(q, row, col + 1))
				col++;
			int x1 = x + CODE * (from + QR_QUIET) / cells, x2 = x + CODE * (col + 1 + QR_QUIET) / cells;
			int y1 = y + CODE * (row + QR_QUIET) / cells, y2 = y + CODE * (row + 1 + QR_QUIET) / cells;
			pdf_rect(s->p, x1, y1, x2 - x1, y2 - y1, none, 0);
		}
}

static const char *how(struct arena *a, const struct survey_letter_in *l)
{
	if (!*l->url)
		return "同封の回答用紙に書いて、締切までに、郵送・ファクスなどで下のお問い合わせ先へお返しください。";
	return arena_fmt(a, "右の二次元コードをスマートフォンで読みとるか、下のアドレスをパソコンで開いて、画面の質問にお答えください。%s",
		l->paper ? "同封の回答用紙に書いてお返しくださってもかまいません。" : "");
}

static err facts(struct sheet *s, const struct survey_letter_in *l)
{
	const struct t_survey_round *r = &l->in->round;
	const struct pdf_style centre = aligned(TEXT, PDF_CENTER);
	const struct qr *q = NULL;
	int no = 0, w = *l->url ? WIDTH - CODE - GAP : WIDTH;
	if (*l->url)
		TRY(qr_cells(s->a, l->url, &q));
	need(s, 800);
	s->y += pdf_text_put(s->p, "記", &centre, LEFT, s->y, WIDTH, 0) + GAP;
	int top = s->y;
	fact(s, &no, "調査の名前", arena_fmt(s->a, "%s（%s）", l->in->survey.title, r->name), w);
	fact(s, &no, "対象の期間", arena_fmt(s->a, "%sから%sまで%s", era_text(s->a, r->period_from), era_text(s->a, r->period_to),
		l->what == SURVEY_REQUEST && survey_round_is_early(r, r->opens_on) ? "（期間の終わる前にお願いしています。変わったところは締切までに直せます）" : ""), w);
	if (l->today < r->opens_on)
		fact(s, &no, "回答の始まり", era_text_week(s->a, r->opens_on), w);
	fact(s, &no, "締切", era_text_week(s->a, r->closes_on), w);
	if (!l->in->survey.is_anonymous)
		fact(s, &no, "受付番号", arena_fmt(s->a, "%lld", (long long)l->seat->inv.serial), w);
	fact(s, &no, "回答の方法", how(s->a, l), w);
	if (q)
		code(s, q, RIGHT - CODE, top);
	if (q && s->y < top + CODE)
		s->y = top + CODE;
	return OK;
}

static void link_box(struct sheet *s, const struct survey_letter_in *l)
{
	const struct pdf_style st = {.face = PDF_GOTHIC, .size_pt10 = 120, .align = PDF_CENTER, .leading_pct = 150};
	const struct pdf_pen pen = {.width_pt100 = 60, .gray = 90};
	const struct pdf_text *t = pdf_text_set(s->p, l->url, &st, WIDTH - 80);
	int h = pdf_text_height(t, t->n_lines) + 40;
	s->y += 10;
	pdf_rect(s->p, LEFT, s->y, WIDTH, h, pen, PDF_NO_FILL);
	pdf_text_draw(s->p, t, 0, t->n_lines, LEFT + 40, s->y + 20, WIDTH - 80, h - 40);
	s->y += h + 20;
}

static void notes(struct sheet *s, const struct survey_letter_in *l)
{
	struct buf b = buf_new(s->a);
	if (*l->url)
		buf_str(&b, "・アドレスは、この宛先だけのものです。ほかの方にお渡しにならないでください。英字はすべて小文字です。\n"
			"・前に届いたアドレスがあるときは、使えなくなります。この手紙のものをお使いください。\n");
	if (l->in->survey.is_anonymous)
		buf_fmt(&b, "・無記名の調査です。だれがどう回答したかは、調査する側にもわかりません。%s\n", l->paper ? "回答用紙には、名前も番号も印刷していません。" : "");
	else if (!*l->url)
		buf_str(&b, "・回答用紙の受付番号は、消さずにお返しください。だれの回答かを確かめるために使います。\n");
	else
		buf_str(&b, "・途中で保存して、あとで続けられます。締切までは、提出したあとも直せます。\n");
	flow(s, b.p, &SMALL, LEFT, WIDTH);
}

static void foot(struct sheet *s, const struct survey_letter_in *l)
{
	const struct pdf_style right = aligned(TEXT, PDF_RIGHT);
	const struct pdf_pen pen = {.width_pt100 = 40, .gray = 120};
	need(s, 80);
	s->y += pdf_text_put(s->p, "以上", &right, LEFT, s->y, WIDTH, 0) + GAP;
	struct buf b = buf_new(s->a);
	buf_str(&b, l->sender->name);
	if (!str_blank(l->in->survey.contact))
		buf_fmt(&b, "\n%s", l->in->survey.contact);
	else if (!str_blank(l->sender->phone))
		buf_fmt(&b, "\n電話 %s", l->sender->phone);
	const struct pdf_text *t = pdf_text_set(s->p, b.p, &SMALL, WIDTH - FACT_LABEL - 60);
	int h = pdf_text_height(t, t->n_lines) + 40;
	need(s, h);
	pdf_rect(s->p, LEFT, s->y, WIDTH, h, pen, PDF_NO_FILL);
	pdf_text_put(s->p, "お問い合わせ", &STRONG, LEFT + 30, s->y + 20, FACT_LABEL, 0);
	pdf_text_draw(s->p, t, 0, t->n_lines, LEFT + FACT_LABEL + 30, s->y + 20, WIDTH - FACT_LABEL - 60, h - 40);
	s->y += h;
}

err survey_letter_draw(struct pdf *p, const struct survey_letter_in *l)
{
	struct sheet s = {.p = p, .a = pdf_scratch(p)};
	head(&s, l);
	title(&s, l);
	text(&s, l);
	TRY(facts(&s, l));
	if (*l->url)
		link_box(&s, l);
	notes(&s, l);
	foot(&s, l);
	return OK;
}
