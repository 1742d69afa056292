#include "region/survey_letter.h"

#include "base/house.h"
#include "base/str.h"
#include "region/front.h"
#include "region/survey_letter_own.h"
#include "store/tx.h"

#include <setjmp.h>

#define FILE_ARENA ((size_t)400 << 20)
#define LETTER_ARENA ((size_t)32 << 20)
enum { SLICE = 200 };

struct press {
	struct ctx *c;
	const struct survey_letter_order *o;
	struct survey_round_in in;
	struct org sender;
	struct smtp_setting setting;
	struct survey_seat *seats;
	const char **links; /* those on their way; "" = not made; NULL = a letter without one */
	bool paper;         /* with the questions on paper: always where there is no address to answer at */
	size_t n;
	const struct t_survey_question *questions;
	size_t n_questions;
	struct arena *file, *letter;
	struct pdf *pdf;
};

/* ---- who gets one ------------------------------------------------------------------------------------------------------------ */

static err chosen(struct press *w)
{
	const struct survey_letter_order *o = w->o;
	w->seats = ARENA_ARRAY(w->c->arena, o->n_seats + 1, struct survey_seat);
	for (size_t i = 0; i < o->n_seats; i++) {
		TRY(survey_seat_get(w->c, o->seats[i], &w->seats[w->n]));
		if (w->seats[w->n].inv.round_id != w->in.round.id)
			return ERR_NOTFOUND;
		w->n += !str_eq(w->seats[w->n].inv.state, "declined");
	}
	return OK;
}

static err by_letter(struct press *w)
{
	int64_t skipped, fresh;
	size_t n, kept = 0;
	if (w->o->what == SURVEY_REMINDER)
		TRY(survey_collect(w->c, w->in.round.pid, false, &fresh));
	TRY(survey_post_seats(w->c, &w->in, w->o->what, true, &w->seats, &n, &skipped));
	for (size_t i = 0; i < n; i++)
		if (survey_reach_of(&w->seats[i]) != REACH_MAIL)
			w->seats[kept++] = w->seats[i];
	w->n = kept;
	return OK;
}

static err begin(struct press *w)
{
	struct ctx *c = w->c;
	struct t_survey_form f;
	struct t_survey_question *q;
	TRY(survey_round_in_of(c, w->o->round_pid, ACTION_WRITE, &w->in));
	TRY(survey_gate(c, &w->in.survey, ACTION_PRINT));
	TRY(survey_post_open(c, &w->in, true));
	TRY(survey_mail_setting(c, false, false, &w->setting));
	w->paper = w->o->paper || !*w->setting.front_url;
	TRY(org_load(c, w->in.survey.org_id, &w->sender));
	TRY(w->o->seats ? chosen(w) : by_letter(w));
	if (w->n == 0)
		return fault_add(c, "", ERR_REQUIRED, w->o->what == SURVEY_REMINDER ? "督促状を印刷する相手がいません。" : "依頼状を印刷する相手がいません。先に回答者をこの回に加えてください。");
	if (w->n > SURVEY_LETTERS_MOST)
		return ERR_LIMIT;
	w->links = ARENA_ARRAY(c->arena, w->n, const char *);
	for (size_t i = 0; i < w->n; i++)
		w->links[i] = "";
	if (!w->paper)
		return OK;
	TRY(row_load(c, &T_survey_form, w->in.round.form_id, &f));
	TRY(survey_form_questions(c, &f, &q, &w->n_questions));
	w->questions = q;
	return OK;
}

/* ---- drawing ------------------------------------------------------------------------------------------------------------------- */

/* Both sides: the questions begin on a new sheet, and so does the next letter; what is sent back has nobody's link on its back. */
static void pad(struct press *w)
{
	if (w->o->both_sides && pdf_page_count(w->pdf) % 2)
		pdf_page_add(w->pdf, PDF_A4_W, PDF_A4_H);
}

static err draw_one(struct press *w, size_t i)
{
	struct ctx c = *w->c; /* the memory of one letter, emptied after it */
	struct survey_letter_in l = {.in = &w->in, .sender = &w->sender, .what = w->o->what, .seat = &w->seats[i], .url = "", .paper = w->paper, .today = w->c->today};
	bool done;
	/* whoever has been chosen gets a letter: that one is missing would tell that an anonymous link is used */
	if (*w->setting.front_url) {
		TRY(survey_post_offer(w->c, &w->in, SURVEY_REQUEST, true, w->seats[i].inv.pid, &w->links[i], &done));
		if (done)
			return OK;
	} else {
		w->links[i] = NULL;
	}
	c.arena = w->letter;
	pdf_scratch_set(w->pdf, w->letter);
	if (w->links[i])
		l.url = survey_link_url(w->letter, w->setting.front_url, w->links[i]);
	TRY(survey_letter_draw(w->pdf, &l));
	pad(w);
	if (w->paper) {
		TRY(survey_sheet_draw(&c, w->pdf, &l, w->questions, w->n_questions));
		pad(w);
	}
	arena_reset(w->letter);
	return OK;
}

static err draw_all(struct press *w, const char **pdf, size_t *n)
{
	const char *bytes;
	w->pdf = pdf_new(w->file, w->c->house->fonts, &(struct pdf_info){.title = w->in.survey.title, .now_ms = w->c->now_ms});
	for (size_t i = 0; i < w->n; i++) {
		TRY(draw_one(w, i));
		if (w->o->step)
			TRY(w->o->step(w->o->arg, (int64_t)i + 1, (int64_t)w->n));
	}
	pdf_scratch_set(w->pdf, NULL);
	TRY(pdf_write(w->pdf, &bytes, n));
	*pdf = arena_copy(w->c->arena, bytes, *n);
	return OK;
}

/* ---- the marks: all when the file is whole, or none --------------------------------------------------------------------------------- */

struct marking {
	struct press *w;
	size_t from, to;
	bool arrived;
};

static err mark_tx(struct ctx *c, void *arg)
{
	const struct marking *m = arg;
	const struct press *w = m->w;
	for (size_t i = m->from; i < m->to; i++)
		if (!w->links[i] || *w->links[i])
			TRY(survey_post_note(c, &w->in, &(struct survey_posted){.what = w->o->what, .seat_pid = w->seats[i].inv.pid, .link = w->links[i], .arrived = m->arrived,
				.by_letter = true, .why = ""}));
	return OK;
}

static err mark_all(struct press *w, bool arrived)
{
	for (size_t i = 0; i < w->n; i += SLICE)
		TRY(tx_run(w->c, mark_tx, &(struct marking){w, i, i + SLICE < w->n ? i + SLICE : w->n, arrived}));
	return OK;
}

/* Not made part of the function that may be jumped back to. */
__attribute__((noinline)) static err press(struct press *w, const char **pdf, size_t *n)
{
	err e = draw_all(w, pdf, n);
	if (e != OK) {
		err undone = mark_all(w, false);
		return undone == OK ? e : undone;
	}
	return mark_all(w, true);
}

/* A file too large for its memory ends here. Alone with the jump, so that nothing the caller holds can be lost in it. */
__attribute__((noinline)) static err guarded(struct press *w, const char **pdf, size_t *n)
{
	jmp_buf full;
	if (setjmp(full) != 0)
		return ERR_NOMEM;
	arena_set_escape(w->file, &full);
	arena_set_escape(w->letter, &full);
	return press(w, pdf, n);
}

err survey_letters(struct ctx *c, const struct survey_letter_order *o, const char **pdf, size_t *n_pdf, struct survey_sent *out)
{
	struct press w = {.c = c, .o = o};
	*out = (struct survey_sent){.stopped = ""};
	TRY(begin(&w));
	w.file = arena_new(FILE_ARENA);
	w.letter = arena_new(LETTER_ARENA);
	err e = w.file && w.letter ? guarded(&w, pdf, n_pdf) : ERR_NOMEM;
	arena_free(w.file);
	arena_free(w.letter);
	out->total = out->sent = e == OK ? (int64_t)w.n : 0;
	return e;
}

err survey_letter_pdf(struct ctx *c, const char *round_pid, const char *const *invitation_pids, size_t n, bool paper, const char **pdf, size_t *n_pdf)
{
	struct survey_sent sent;
	return survey_letters(c, &(struct survey_letter_order){.round_pid = round_pid, .what = SURVEY_REQUEST, .seats = invitation_pids, .n_seats = n, .paper = paper}, pdf, n_pdf, &sent);
}

/* ---- the questions alone ------------------------------------------------------------------------------------------------------------ */

static err blank(struct ctx *c, const struct survey_round_in *in, const struct t_survey_question *q, size_t n, const char **bytes, size_t *n_bytes)
{
	struct pdf *p = pdf_new(c->arena, c->house->fonts, &(struct pdf_info){.title = in->survey.title, .now_ms = c->now_ms});
	TRY(survey_sheet_draw(c, p, &(struct survey_letter_in){.in = in, .url = "", .paper = true, .today = c->today}, q, n));
	return pdf_write(p, bytes, n_bytes);
}

err survey_questions_pdf(struct ctx *c, const char *survey_pid, const char **bytes, size_t *n)
{
	struct survey_round_in in = {.sender = ""};
	struct t_survey_question *q;
	size_t n_q;
	TRY(survey_get(c, survey_pid, &in.survey));
	TRY(survey_gate(c, &in.survey, ACTION_PRINT));
	row_init(&T_survey_round, &in.round);
	TRY(survey_questions(c, in.survey.id, &q, &n_q));
	return blank(c, &in, q, n_q, bytes, n);
}

err survey_round_questions_pdf(struct ctx *c, const char *round_pid, const char **bytes, size_t *n)
{
	struct survey_round_in in;
	struct t_survey_form f;
	struct t_survey_question *q;
	size_t n_q;
	TRY(survey_round_in_of(c, round_pid, ACTION_PRINT, &in));
	TRY(row_load(c, &T_survey_form, in.round.form_id, &f));
	TRY(survey_form_questions(c, &f, &q, &n_q));
	return blank(c, &in, q, n_q, bytes, n);
}
