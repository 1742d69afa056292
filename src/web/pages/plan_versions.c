/* Versions of a plan: word differences, confirmation and approval, history. */
#include "base/str.h"
#include "care/approval.h"
#include "jp/era.h"
#include "tmpl/plan_versions.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/pages/plan.h"
#include "web/route.h"

/* ---- differences -------------------------------------------------------------------------------------------------------------- */

static const char *version_word(struct req *r, const struct plan_tree *t)
{
	return arena_fmt(r->arena, "%s %s（%s、%s）", plan_kind_ja(t->plan.kind), plan_version_ja(r->arena, t->plan.version_no, t->plan.revision_no),
	                 era_text(r->arena, t->plan.plan_on), plan_status_ja(t->plan.status));
}

err page_plan_diff(struct req *r)
{
	struct plan_tree after, before;
	struct page_view *page;
	struct plan_row *versions;
	struct plan_diff_row *rows;
	size_t n;
	TRY(plan_page(r, "版をくらべる", &page, &after));
	TRY(plan_of_case(r->c, after.plan.case_id, &versions, &n));
	struct ui_choice *c = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	struct plan_diff_view v = {.page = page, .pid = after.plan.pid, .after = version_word(r, &after), .before = ""};
	const char *with = str_blank(req_query(r, "with")) ? after.previous_pid : req_query(r, "with");
	v.with = (struct ui_field){.name = "with", .label = "くらべる相手の版", .choices = c, .value = with};
	for (size_t i = 0; i < n; i++)
		if (!str_eq(versions[i].pid, after.plan.pid) && str_eq(versions[i].kind, after.plan.kind))
			c[v.with.n_choices++] = (struct ui_choice){versions[i].pid, arena_fmt(r->arena, "%s（%s）",
				plan_version_ja(r->arena, versions[i].version_no, versions[i].revision_no), era_text(r->arena, versions[i].plan_on)), false};
	if (!str_blank(with)) {
		TRY(plan_get(r->c, with, &before));
		if (before.plan.person_id != after.plan.person_id)
			return ERR_NOTFOUND;
		v.before = version_word(r, &before);
		plan_diff(r->arena, &before, &after, &rows, &n);
		v.rows = ARENA_ARRAY(r->arena, n + 1, struct plan_diff_line);
		for (size_t i = 0; i < n; i++) {
			static const char *const words[][2] = {{"変わった", "note"}, {"加わった", "ok"}, {"なくなった", "bad"}};
			v.rows[v.n_rows++] = (struct plan_diff_line){plan_row_ja(r->c, rows[i].part, rows[i].after ? rows[i].after : rows[i].before),
				words[rows[i].kind][0], words[rows[i].kind][1], &rows[i]};
		}
	}
	tmpl_plan_diff(res_page(r), &v);
	return OK;
}

/* ---- confirmation and approval ---------------------------------------------------------------------------------------------------- */

static const struct ui_choice KINDS[] = {{.value = "comment", .label = "コメント"}, {.value = "ask_approval", .label = "承認を頼む"},
	{.value = "approve", .label = "承認する"}, {.value = "return", .label = "差し戻す（理由を書く）"}};

static err talk(struct req *r, err e)
{
	struct plan_tree t;
	struct page_view *page;
	TRY(plan_page(r, "確認・承認", &page, &t));
	struct plan_talk_view v = {.page = page, .t = &t, .may_write = t.may_write, .sha = plan_content_sha(r->c, &t),
		.may_check = t.may_write && t.plan.org_id == r->c->actor.org_id && t.plan.author_org_id != INT_NULL};
	struct approval_clock clock = APPROVAL_CLOCK();
	TRY(plan_approval_of(r->c, &t, &v.approval));
	v.rows = ARENA_ARRAY(r->arena, t.n_comments + 1, struct plan_talk_row);
	for (size_t i = 0; i < t.n_comments; i++) {
		struct plan_talk_row *x = &v.rows[v.n_rows++];
		x->k = &t.comments[i];
		x->kind = "";
		for (size_t k = 0; k < 4; k++)
			if (str_eq(KINDS[k].value, x->k->kind))
				x->kind = k == 1 ? "承認の依頼" : k == 2 ? "承認" : k == 3 ? "差し戻し" : "コメント";
		approval_word(&clock, x->k->kind, x->k->at_ms);
		TRY(staff_name_of(r, x->k->staff_id, &x->who));
	}
	v.took = approval_span_ja(r->arena, clock.took_ms);
	v.kind = (struct ui_field){.name = "kind", .label = "種類", .choices = KINDS, .n_choices = 4, .value = "comment", .required = true};
	tmpl_plan_talk(res_page_of(r, e), &v);
	return OK;
}

err page_plan_talk(struct req *r) { return talk(r, OK); }

static const struct formin_field COMMENT[] = {
	{.name = "kind", .label = "種類", .kind = FORMIN_CODE, .choices = KINDS, .n_choices = 4},
	{.name = "body", .label = "コメント", .kind = FORMIN_LINES, .max = 2000},
	{.name = "seen", .label = "読んだ計画", .kind = FORMIN_CODE, .max = 64},
};

err page_plan_comment(struct req *r)
{
	err e = formin_read(r, COMMENT, FORMIN_N(COMMENT));
	if (e == OK)
		e = plan_comment_add(r->c, req_param(r, "pid"), req_field(r, "kind"), req_field(r, "seen"), req_field(r, "body"));
	if (page_is_input(e))
		return talk(r, e);
	TRY(e);
	return res_done(r, "saved", "/plans/%s/talk", req_param(r, "pid"));
}

static const struct formin_field CHECK[] = {
	{.name = "center_opinion", .label = "地域包括支援センターの意見", .kind = FORMIN_LINES, .max = 4000},
	{.name = "center_checked_on", .label = "確認した日", .kind = FORMIN_DAY},
};

err page_plan_center_check(struct req *r)
{
	err e = formin_read(r, CHECK, FORMIN_N(CHECK));
	if (e == OK)
		e = plan_center_check(r->c, req_param(r, "pid"), req_field(r, "center_opinion"), formin_day(r, "center_checked_on"));
	if (page_is_input(e))
		return talk(r, e);
	TRY(e);
	return res_done(r, "saved", "/plans/%s/talk", req_param(r, "pid"));
}

/* ---- history ------------------------------------------------------------------------------------------------------------------------ */

static const char *action_word(const char *action)
{
	return str_eq(action, "insert") ? "作った" : str_eq(action, "retire") ? "外した・捨てた" : str_eq(action, "restore") ? "戻した"
	     : str_eq(action, "revert") ? "前の版に戻した" : "直した";
}

err page_plan_history(struct req *r)
{
	struct plan_tree t;
	struct page_view *page;
	struct plan_change_note *notes;
	TRY(plan_page(r, "変更の履歴", &page, &t));
	struct plan_history_view v = {.page = page, .t = &t};
	TRY(plan_changes(r->c, t.plan.pid, &notes, &v.n_rows));
	v.rows = ARENA_ARRAY(r->arena, v.n_rows + 1, struct plan_history_row);
	for (size_t i = 0; i < v.n_rows; i++)
		v.rows[i] = (struct plan_history_row){notes[i].at_ms, notes[i].version, notes[i].what, notes[i].who, action_word(notes[i].action),
			i > 0 && notes[i].at_ms != notes[i - 1].at_ms};
	tmpl_plan_history(res_page(r), &v);
	return OK;
}

static const struct formin_field REVERT[] = {{.name = "at", .label = "戻す時点", .kind = FORMIN_INT, .lo = 1, .hi = 9007199254740991, .required = true}};

err page_plan_revert(struct req *r)
{
	TRY(formin_read(r, REVERT, FORMIN_N(REVERT)));
	TRY(plan_revert(r->c, req_param(r, "pid"), formin_int(r, "at")));
	return res_done(r, "restored", "/plans/%s/history", req_param(r, "pid"));
}
