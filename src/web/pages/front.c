#include "web/pages/front.h"

#include "base/str.h"
#include "jp/era.h"
#include "region/survey_round.h"
#include "tmpl/front_page.h"
#include "web/asset.h"
#include "web/route.h"

#include <string.h>

/* No menu, no login: what the house is, is nobody's business here. */
static struct page_view *bare_page(struct req *r, const struct front_view *v)
{
	struct page_view *p = page_view(r, v ? v->round.title : "調査の回答ページ");
	p->bare = true;
	p->in = false;
	p->can_search = p->can_consult = false;
	return p;
}

/* ---- pages that are no form ------------------------------------------------------------------------------------------------ */

static struct front_said_view said(struct req *r, const struct front_view *v, const char *kind, const char *sentence, const char *mend)
{
	return (struct front_said_view){.page = bare_page(r, v), .css = asset_path("front.css"), .script = asset_path("front.js"), .kind = kind,
		.sentence = sentence, .mend = mend, .v = v, .again = "", .again_label = "", .lines_head = ""};
}

static err say(struct req *r, const struct front_said_view *s, err e)
{
	tmpl_front_said(res_page_of(r, e), s);
	return OK;
}

static err unknown_link(struct req *r)
{
	struct front_said_view s = said(r, NULL, "bad", "このリンクでは、回答のページを開けません。",
		"リンクが途中で切れていないか確かめてください。手紙のリンクは、1文字ずつ確かめるか、二次元コードを読み取ってください。"
		"開けないときは、調査の問い合わせ先へご連絡ください。");
	s.page->title = "調査の回答ページ";
	return say(r, &s, ERR_NOTFOUND);
}

/* What was typed in a form that cannot be taken. */
static err refused(struct req *r, const struct front_view *v, err e)
{
	fault_clear(r->c);
	struct front_said_view s = said(r, v, "bad", e == ERR_NOTFOUND ? "この回答の依頼は、取り消されています。" : err_sentence_ja(e),
		e == ERR_NOTFOUND ? "くわしくは、調査の問い合わせ先へお尋ねください。" : err_mend_ja(e));
	s.lines = front_typed(r, v, &s.n_lines);
	s.lines_head = "送ろうとした内容（保存していません）";
	s.printable = s.n_lines > 0;
	return say(r, &s, e);
}

static err not_open(struct req *r, const struct front_view *v)
{
	struct front_said_view s;
	switch (v->state) {
	case FRONT_NOT_YET:
		s = said(r, v, "note", "回答の受付は、まだ始まっていません。",
			arena_fmt(r->arena, "%sから回答できます。その日になってから、同じリンクを開いてください。", era_text(r->arena, v->round.opens_on)));
		return say(r, &s, OK);
	case FRONT_CLOSED:
		s = said(r, v, "note", err_sentence_ja(ERR_SURVEY_CLOSED),
			v->is_given ? "回答した内容は下のとおりです。直したいときは、調査の問い合わせ先へご連絡ください。" : "くわしくは、調査の問い合わせ先へお尋ねください。");
		if (v->is_given && !v->round.is_anonymous) {
			s.lines = front_lines(r, v, v->answers, true, &s.n_lines);
			s.lines_head = v->is_submitted ? "提出した回答" : "途中まで保存した回答（提出していません）";
			s.printable = true;
		}
		s.show_results = true;
		return say(r, &s, OK);
	case FRONT_SPENT:
		s = said(r, v, "ok", str_eq(req_query(r, "done"), "submitted") ? "回答を提出しました。ありがとうございました。" : err_sentence_ja(ERR_SURVEY_SPENT),
			"無記名の調査なので、提出したあとの回答は、見ることも直すこともできません。この画面は閉じてかまいません。");
		s.handed_in = s.show_results = true;
		return say(r, &s, OK);
	case FRONT_REPLACED:
		s = said(r, v, "warn", err_sentence_ja(ERR_SURVEY_REPLACED), err_mend_ja(ERR_SURVEY_REPLACED));
		return say(r, &s, OK);
	default:
		s = said(r, v, "warn", "この回答の依頼は、取り消されています。", "くわしくは、調査の問い合わせ先へお尋ねください。");
		return say(r, &s, OK);
	}
}

/* After handing in by name: until when it can be changed, and what was answered. */
static err thanks(struct req *r, const struct front_view *v)
{
	struct front_said_view s = said(r, v, "ok", "回答を提出しました。ありがとうございました。",
		arena_fmt(r->arena, "%sまでは、同じリンクを開けば何度でも直せます。", era_text(r->arena, v->round.closes_on)));
	s.again = r->path;
	s.again_label = "回答を直す";
	s.lines = front_lines(r, v, v->answers, false, &s.n_lines);
	s.lines_head = "提出した回答";
	s.handed_in = s.printable = true;
	return say(r, &s, OK);
}

/* ---- the form ---------------------------------------------------------------------------------------------------------------- */

struct again {
	int64_t base;
	const struct answers *typed; /* of a conflict; else NULL */
	err e;
};

static err show_form(struct req *r, const struct front_view *v, const struct again *a)
{
	struct front_page_view p = {.page = bare_page(r, v), .action = r->path, .script = asset_path("front.js"), .css = asset_path("front.css"), .v = v,
		.base = a->base, .kept = str_eq(req_query(r, "done"), "kept")};
	front_questions(r, v, &p);
	if (a->typed)
		p.conflict = front_differ(r, a->typed, v->answers, &p.n_conflict);
	tmpl_front_form(res_page_of(r, a->e), &p);
	return OK;
}

static err open_link(struct req *r, struct front_view *v) { return front_open(r->c, req_param(r, "linkpid"), v); }

err page_front(struct req *r)
{
	struct front_view v;
	err e = open_link(r, &v);
	if (e == ERR_NOTFOUND)
		return unknown_link(r);
	TRY(e);
	if (v.state != FRONT_OPEN)
		return not_open(r, &v);
	if (!r->head) /* mail filters ask for the head alone */
		TRY(front_mark_opened(r->c, req_param(r, "linkpid")));
	if (v.is_submitted && str_eq(req_query(r, "done"), "submitted"))
		return thanks(r, &v);
	return show_form(r, &v, &(struct again){.base = v.version});
}

/* Another tab was quicker: what was typed stays in the form, and the newest state is what it is now compared with. */
static err conflict(struct req *r, const struct answers *typed)
{
	struct front_view v;
	TRY(open_link(r, &v));
	if (v.state != FRONT_OPEN)
		return refused(r, &v, front_state_error(v.state));
	return show_form(r, &v, &(struct again){.base = v.version, .typed = typed, .e = ERR_CONFLICT});
}

err page_front_save(struct req *r)
{
	static const char *const own[] = {"seat", "act"};
	struct front_view v;
	struct answers *as = NULL;
	struct form_typed typed;
	err e = open_link(r, &v);
	if (e == ERR_NOTFOUND)
		return unknown_link(r);
	TRY(e);
	if (!str_eq(req_field(r, "seat"), v.seat_key))
		return refused(r, &v, ERR_SURVEY_OTHER);
	if (v.state != FRONT_OPEN)
		return refused(r, &v, front_state_error(v.state));
	bool submit = str_eq(req_field(r, "act"), "submit");
	int64_t base;
	if (!str_int(req_field(r, "base"), &base))
		base = 0;
	e = form_fields_read(r, v.def, own, sizeof own / sizeof own[0], &as, &typed);
	if (page_is_input(e) && submit && as)
		front_faults(r->c, as);
	if (e == OK)
		e = front_save(r->c, req_param(r, "linkpid"), as, submit, base);
	if (page_is_input(e))
		return show_form(r, &v, &(struct again){.base = base, .e = e});
	if (e == ERR_CONFLICT)
		return conflict(r, as);
	if (e == ERR_SURVEY_CLOSED || e == ERR_SURVEY_SPENT || e == ERR_SURVEY_REPLACED || e == ERR_SURVEY_EARLY)
		return refused(r, &v, e);
	TRY(e);
	/* Where the survey is in this house too, its owner sees the answer at once. It is saved already: what cannot be taken now is taken with
	 * the next collecting, and the respondent is told nothing else. */
	if (survey_gathered(r->c, v.seat_key) != OK)
		fault_clear(r->c);
	return res_redirect(r, "%s?done=%s", r->path, submit || v.is_submitted ? "submitted" : "kept");
}

err page_front_home(struct req *r)
{
	struct front_said_view s = said(r, NULL, "note", "調査に回答する方は、お届けしたメールか手紙のリンクを開いてください。",
		"リンクは、回答する方ごとにちがいます。届いていないときは、調査の問い合わせ先へご連絡ください。");
	return say(r, &s, OK);
}
