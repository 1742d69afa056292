/* The end of a case: directly, or asked for, talked over and approved (F124). */
#include "base/str.h"
#include "care/case_talk.h"
#include "tmpl/case_close.h"
#include "web/formin.h"
#include "web/pages/cases.h"
#include "web/pages/common.h"
#include "web/route.h"

static err open_talk(struct req *r, struct case_talk *t)
{
	TRY(case_talk_get(r->c, req_param(r, "pid"), t));
	look_person(r, t->kase.row.person_id);
	return OK;
}

/* ---- the end ---------------------------------------------------------------------------------------------------- */

static enum case_end_step step_of(const struct case_talk *t)
{
	if (!t->wants)
		return CASE_END_NOW;
	if (t->approved)
		return CASE_END_APPROVED;
	return t->asked && !t->answer ? CASE_END_WAITS : CASE_END_ASK;
}

static err show_end(struct req *r, err e)
{
	struct case_talk t;
	TRY(open_talk(r, &t));
	if (!t.kase.may_write)
		return ERR_DENIED;
	enum case_end_step step = step_of(&t);
	struct page_view *page = page_view(r, step == CASE_END_NOW || step == CASE_END_APPROVED ? "ケースを終了する" : "ケースの終了の承認を頼む");
	const char *pid = t.kase.row.pid, *stored = t.asked ? t.asked->end_reason : NULL;
	TRY(person_page_head(r, page, t.kase.person_pid));
	struct case_end_view v = {.page = page, .step = step, .pid = pid, .asked = t.asked, .answer = t.answer,
		.action = arena_fmt(r->arena, step == CASE_END_NOW || step == CASE_END_APPROVED ? "/cases/%s/close" : "/cases/%s/close/ask", pid),
		.cancel_path = arena_fmt(r->arena, "/cases/%s", pid), .reason = choice_field(r, "end_reason", "終了の理由", "case_end", stored),
		.asked_reason = stored ? code_label(r, "case_end", stored) : "", .end_on = t.asked ? t.asked->end_on : r->c->today,
		.may_end = t.asked && t.asked->end_on <= r->c->today,
		.sentence = arena_fmt(r->arena, "%sの%sを終了します。終了日（完結の日）から記録の保存期間を数えます。", t.kase.org_name, code_label(r, "case_kind", t.kase.row.kind))};
	v.reason.required = true;
	tmpl_case_end(res_page_of(r, e), &v);
	return OK;
}

err page_case_close_ask(struct req *r) { return show_end(r, OK); }

static const struct formin_field END[] = {{.name = "end_on", .label = "終了日（完結の日）", .kind = FORMIN_DAY, .required = true},
	{.name = "end_reason", .label = "終了の理由", .kind = FORMIN_CODE, .required = true},
	{.name = "end_note", .label = "終了の内容", .kind = FORMIN_LINES, .max = 4000}};

err page_case_close(struct req *r)
{
	struct case_talk t;
	err e;
	TRY(open_talk(r, &t));
	const char *pid = t.kase.row.pid;
	if (t.wants && t.approved) { /* what was approved stands on the page and is not typed again */
		e = formin_read(r, NULL, 0);
		if (e == OK)
			e = case_close(r->c, pid, t.asked->end_on, t.asked->end_reason, t.asked->body);
	} else {
		e = formin_read(r, END, FORMIN_N(END));
		if (e == OK)
			e = case_close(r->c, pid, formin_day(r, "end_on"), req_field(r, "end_reason"), req_field(r, "end_note"));
	}
	if (page_is_input(e))
		return show_end(r, e);
	TRY(e);
	return res_done(r, "saved", "/cases/%s", pid);
}

err page_case_close_request(struct req *r)
{
	struct case_talk t;
	TRY(open_talk(r, &t));
	err e = formin_read(r, END, FORMIN_N(END));
	if (e == OK)
		e = case_ask_close(r->c, t.kase.row.pid, formin_day(r, "end_on"), req_field(r, "end_reason"), req_field(r, "end_note"));
	if (page_is_input(e))
		return show_end(r, e);
	TRY(e);
	return res_done(r, "saved", "/cases/%s/talk", t.kase.row.pid);
}

err page_case_reopen(struct req *r)
{
	struct case_talk t;
	TRY(open_talk(r, &t));
	TRY(formin_read(r, NULL, 0));
	TRY(case_reopen(r->c, t.kase.row.pid));
	return res_done(r, "restored", "/cases/%s", t.kase.row.pid);
}

/* ---- the thread -------------------------------------------------------------------------------------------------- */

static const struct ui_choice KINDS[] = {{.value = "approve", .label = "承認する"}, {.value = "return", .label = "差し戻す（理由を書く）"},
	{.value = "comment", .label = "コメント"}};

static const char *word_of(const char *kind)
{
	return str_eq(kind, "ask_approval") ? "承認の依頼" : str_eq(kind, "approve") ? "承認" : str_eq(kind, "return") ? "差し戻し"
	     : str_eq(kind, "done") ? "終了した" : "コメント";
}

struct case_talk_state case_talk_state(struct req *r, const struct case_talk *t)
{
	if (t->kase.row.end_on != CIVIL_NONE || !t->wants)
		return (struct case_talk_state){"", ""};
	if (t->approved)
		return (struct case_talk_state){t->asked->end_on <= r->c->today ? "終了が承認されました。「終了する」で終了を記録します。"
			: "終了が承認されました。終了日になったら「終了する」で終了を記録します。", "ok"};
	if (t->answer)
		return (struct case_talk_state){"終了の依頼が差し戻されました。理由を読み、直してもう一度頼んでください。", "warn"};
	return t->asked ? (struct case_talk_state){"終了の承認を待っています。承認されると、終了を記録できます。", "warn"} : (struct case_talk_state){"", ""};
}

static err talk(struct req *r, err e)
{
	struct case_talk t;
	struct page_view *page = page_view(r, "ケースの終了の承認");
	TRY(open_talk(r, &t));
	TRY(person_page_head(r, page, t.kase.person_pid));
	page->back_path = arena_fmt(r->arena, "/cases/%s", t.kase.row.pid);
	page->back_label = "ケース";
	struct case_talk_view v = {.page = page, .t = &t, .took = approval_span_ja(r->arena, t.clock.took_ms), .state = case_talk_state(r, &t),
		.may_answer = case_talk_may_answer(r->c, &t), .rows = ARENA_ARRAY(r->arena, t.n + 1, struct case_talk_row), .n_rows = t.n,
		.kind_label = code_label(r, "case_kind", t.kase.row.kind), .can_ask = t.kase.may_write && t.kase.row.end_on == CIVIL_NONE && (!t.asked || t.answer)};
	for (size_t i = 0; i < t.n; i++) {
		v.rows[i] = (struct case_talk_row){.m = &t.v[i], .kind = word_of(t.v[i].kind), .asks = str_eq(t.v[i].kind, "ask_approval"),
			.reason = *t.v[i].end_reason ? code_label(r, "case_end", t.v[i].end_reason) : ""};
		TRY(staff_name_of(r, t.v[i].staff_id, &v.rows[i].who));
	}
	size_t from = v.may_answer ? 0 : 2;
	v.kind = (struct ui_field){.name = "kind", .label = "種類", .choices = KINDS + from, .n_choices = FORMIN_N(KINDS) - from, .value = v.may_answer ? "" : "comment", .required = true};
	tmpl_case_talk(res_page_of(r, e), &v);
	return OK;
}

err page_case_talk(struct req *r) { return talk(r, OK); }

static const struct formin_field COMMENT[] = {
	{.name = "kind", .label = "種類", .kind = FORMIN_CODE, .choices = KINDS, .n_choices = FORMIN_N(KINDS), .required = true},
	{.name = "asked", .label = "読んだ依頼", .kind = FORMIN_PID},
	{.name = "body", .label = "コメント", .kind = FORMIN_LINES, .max = 2000},
};

err page_case_comment(struct req *r)
{
	struct case_talk t;
	TRY(open_talk(r, &t));
	err e = formin_read(r, COMMENT, FORMIN_N(COMMENT));
	if (e == OK)
		e = case_comment_add(r->c, t.kase.row.pid, req_field(r, "kind"), req_field(r, "asked"), req_field(r, "body"));
	if (page_is_input(e))
		return talk(r, e);
	TRY(e);
	return res_done(r, "saved", "/cases/%s/talk", t.kase.row.pid);
}
