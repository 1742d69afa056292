/* 評価 and the set of papers before a plan ends. */
#include "web/pages/visit.h"

#include "access/policy.h"
#include "base/str.h"
#include "tmpl/visit_evaluation.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/pages/conflict.h"
#include "web/pages/person.h"
#include "web/pages/record.h"
#include "web/pages/record_history.h"
#include "web/route.h"

static bool prevention(const struct evaluate_tree *t) { return str_eq(t->row.form, "yobo-hyoka"); }
static const char *form_ja(const struct evaluate_tree *t) { return prevention(t) ? "介護予防支援・サービス評価表" : "評価表"; }

err page_evaluations(struct req *r)
{
	struct page_view *page = page_view(r, "評価");
	struct person_card card;
	struct evaluate_tree *t;
	TRY(person_page(r, page, req_param(r, "pid"), &card));
	person_tab(page, "/log");
	struct eval_list_view v = {.page = page, .person_pid = card.p.pid, .may_write = card.view.may[ACTION_WRITE] & CLASS_CARE};
	TRY(evaluate_list(r->c, card.p.pid, &t, &v.n_rows));
	v.rows = ARENA_ARRAY(r->arena, v.n_rows + 1, struct eval_shown);
	for (size_t i = 0; i < v.n_rows; i++)
		v.rows[i] = (struct eval_shown){&t[i], form_ja(&t[i]), code_label(r, "eval_decision", t[i].row.center_decision)};
	tmpl_eval_list(res_page(r), &v);
	return OK;
}

/* ---- edit ---------------------------------------------------------------------------------------------------------------- */

static const struct formin_field FIELDS[] = {
	{.name = "plan", .label = "計画", .kind = FORMIN_PID},
	{.name = "form", .label = "様式", .kind = FORMIN_CODE},
	{.name = "eval_on", .label = "評価日", .kind = FORMIN_DAY, .required = true},
	{.name = "create_on", .label = "作成日", .kind = FORMIN_DAY},
	{.name = "author_name", .label = "計画作成者氏名", .kind = FORMIN_TEXT, .max = 80},
	{.name = "overall", .label = "総合的な方針", .kind = FORMIN_LINES, .max = 10000},
	{.name = "center_opinion", .label = "地域包括支援センター意見", .kind = FORMIN_LINES, .max = 10000},
	{.name = "center_decision", .label = "地域包括支援センターの判断", .kind = FORMIN_CODE},
	{.name = "next_service", .label = "移行先", .kind = FORMIN_CODE, .repeat = true},
	{.name = "row.*", .label = "評価の行", .kind = FORMIN_LINES, .max = 10000},
};

static const char *name(struct req *r, size_t i, const char *column) { return arena_fmt(r->arena, "row.%zu.%s", i, column); }

static void lines_of(struct req *r, const struct evaluate_tree *t, struct eval_edit_view *v)
{
	v->n_lines = t->n_rows;
	v->lines = ARENA_ARRAY(r->arena, t->n_rows + 1, struct eval_line);
	for (size_t i = 0; i < t->n_rows; i++) {
		const struct t_evaluation_row *x = &t->rows[i];
		struct eval_line *l = &v->lines[i];
		*l = (struct eval_line){.pid = x->pid, .version = x->version, .row = x, .pid_name = name(r, i, "pid"), .version_name = name(r, i, "version"),
			.number = arena_fmt(r->arena, "%zu", i + 1)};
		l->pick = v->is_prevention ? choice_field(r, name(r, i, "achieved"), "目標の達成・未達成", "eval_achieved", x->achieved)
		                           : choice_field(r, name(r, i, "result"), "結果", "eval_result", x->result);
		l->status = (struct ui_field){.name = name(r, i, "status"), .label = "目標達成状況", .value = x->status, .rows = 2,
			.note = v->is_new && *x->status ? "前回のモニタリングから" : NULL};
		l->cause_user = (struct ui_field){.name = name(r, i, "cause_user"), .label = "達成しない原因（本人・家族の意見）", .value = x->cause_user, .rows = 2};
		l->cause_author = (struct ui_field){.name = name(r, i, "cause_author"), .label = "達成しない原因（計画作成者の評価）", .value = x->cause_author, .rows = 2};
		l->next = (struct ui_field){.name = name(r, i, "next"), .label = "今後の方針", .value = x->next, .rows = 2};
		l->comment = (struct ui_field){.name = name(r, i, "comment"), .label = "コメント（効果が認められたもの／見直しを要するもの）", .value = x->comment, .rows = 2};
	}
}

static err edit(struct req *r, const struct evaluate_tree *t, err e)
{
	bool is_new = !t->row.id;
	struct page_view *page = page_view(r, form_ja(t));
	TRY(person_page_head(r, page, t->person_pid));
	const char *action = record_form(r, page, &(struct record_frame){.person_pid = t->person_pid, .pid = t->row.pid, .what = "evaluation", .list = "evaluations", .one = "/evaluations",
		.label = "評価", .draft_class = "care", .version = t->row.version});
	struct eval_edit_view v = {.page = page, .row = &t->row, .is_new = is_new, .is_prevention = prevention(t), .may_opine = t->may_opine, .plan_pid = t->plan_pid,
		.form = t->row.form, .action = action,
		.decision = choice_field(r, "center_decision", "地域包括支援センターの判断", "eval_decision", t->row.center_decision),
		.next_service = codes_field(r, "next_service", "移行先", "eval_next", t->row.next_service)};
	v.decision.optional_blank = true;
	lines_of(r, t, &v);
	tmpl_eval_edit(res_page_of(r, e), &v);
	return OK;
}

err page_evaluation_new(struct req *r)
{
	struct evaluate_tree t;
	const char *form = str_or(req_query(r, "form"), "");
	err e = evaluate_new(r->c, req_param(r, "pid"), "", form, &t);
	if (e == ERR_PLAN_STATE) {
		fault_clear(r->c); /* nobody typed anything: the page says what to do first */
		struct page_view *page = page_view(r, "評価");
		TRY(person_page_head(r, page, req_param(r, "pid")));
		page->back_path = arena_fmt(r->arena, "/persons/%s/evaluations", req_param(r, "pid"));
		page->back_label = "評価";
		tmpl_eval_noplan(res_page_of(r, e), &(struct eval_list_view){.page = page, .person_pid = req_param(r, "pid")});
		return OK;
	}
	TRY(e);
	look_person(r, t.row.person_id);
	return edit(r, &t, OK);
}

static const char *cell(struct req *r, size_t i, const char *column) { return str_or(req_field(r, name(r, i, column)), ""); }

static err read(struct req *r, struct evaluate_tree *t)
{
	TRY(formin_read(r, FIELDS, FORMIN_N(FIELDS)));
	struct t_evaluation *x = &t->row;
	x->eval_on = formin_day(r, "eval_on");
	x->create_on = formin_day(r, "create_on") == CIVIL_NONE ? x->eval_on : formin_day(r, "create_on");
	x->author_name = req_field(r, "author_name");
	x->overall = req_field(r, "overall");
	if (t->may_opine && prevention(t)) {
		x->center_opinion = req_field(r, "center_opinion");
		x->center_decision = req_field(r, "center_decision");
	}
	x->next_service = codes_joined(r, "next_service");
	for (size_t i = 0; i < t->n_rows; i++) {
		struct t_evaluation_row *w = &t->rows[i];
		int64_t version;
		w->version = str_int(cell(r, i, "version"), &version) ? version : 0;
		if (prevention(t)) {
			w->status = cell(r, i, "status");
			w->achieved = cell(r, i, "achieved");
			w->cause_user = cell(r, i, "cause_user");
			w->cause_author = cell(r, i, "cause_author");
			w->next = cell(r, i, "next");
		} else {
			w->result = cell(r, i, "result");
			w->comment = cell(r, i, "comment");
		}
	}
	return OK;
}

err page_evaluation_create(struct req *r)
{
	struct evaluate_tree t;
	TRY(evaluate_new(r->c, req_param(r, "pid"), str_or(req_field(r, "plan"), ""), str_or(req_field(r, "form"), ""), &t));
	look_person(r, t.row.person_id);
	err e = read(r, &t);
	if (e == OK)
		e = evaluate_save(r->c, &t, NULL);
	if (page_is_input(e))
		return edit(r, &t, e);
	TRY(e);
	TRY(record_draft_done(r, t.person_pid, "", "evaluation", true));
	return res_done(r, "saved", "/evaluations/%s", t.row.pid);
}

static err open_one(struct req *r, struct evaluate_tree *t)
{
	TRY(evaluate_get(r->c, req_param(r, "pid"), t));
	look_person(r, t->row.person_id);
	return OK;
}

err page_evaluation_edit(struct req *r)
{
	struct evaluate_tree t;
	TRY(open_one(r, &t));
	if (!t.may_write)
		return ERR_DENIED;
	return edit(r, &t, OK);
}

err page_evaluation_save(struct req *r)
{
	struct evaluate_tree t;
	struct row_conflict *conflict = NULL;
	TRY(open_one(r, &t));
	err e = read(r, &t);
	if (e == OK) {
		t.row.version = formin_int(r, "base");
		e = evaluate_save(r->c, &t, &conflict);
	}
	if (e == ERR_CONFLICT && conflict)
		return page_conflict(r, conflict, arena_fmt(r->arena, "/evaluations/%s", t.row.pid));
	if (e == ERR_CONFLICT || page_is_input(e))
		return edit(r, &t, e);
	TRY(e);
	TRY(record_draft_done(r, "", t.row.pid, "evaluation", false));
	return res_done(r, "saved", "/evaluations/%s", t.row.pid);
}

/* ---- one record ------------------------------------------------------------------------------------------------------------ */

/* ◎○ go on; △ lengthens the goal's period, × changes the plan, 終了 ends it. */
static void lead(struct req *r, const struct evaluate_tree *t, struct eval_show_view *v)
{
	const char *next = evaluate_next(t);
	v->next_path = v->next_label = v->next_why = "";
	if (!t->may_write || !*next)
		return;
	if (str_eq(next, "end")) {
		v->next_path = arena_fmt(r->arena, "/cases/%s/close", t->case_pid);
		v->next_label = "支援の終了に進む";
		v->next_why = "センターの判断は「終了」です。";
		return;
	}
	bool minor = str_eq(next, "minor");
	v->next_path = minor ? arena_fmt(r->arena, "/plans/%s/change?kind=minor&code=minor_goal_ext", t->plan_pid) : arena_fmt(r->arena, "/plans/%s/change?kind=full", t->plan_pid);
	v->next_label = minor ? "目標期間の延長（軽微な変更）に進む" : "計画の変更に進む";
	v->next_why = minor ? "期間を延ばせば達成できる見込みの目標があります。" : "達成していない目標があります。計画を見直します。";
}

err page_evaluation_show(struct req *r)
{
	struct evaluate_tree t;
	TRY(open_one(r, &t));
	struct page_view *page = page_view(r, form_ja(&t));
	TRY(person_page_head(r, page, t.person_pid));
	record_shown(r, page, t.row.updated_ms, t.updated_by, arena_fmt(r->arena, "/persons/%s/evaluations", t.person_pid), "評価の一覧");
	struct eval_show_view v = {.page = page, .t = &t, .is_prevention = prevention(&t), .decision = code_label(r, "eval_decision", t.row.center_decision),
		.commission = code_label(r, "commission_status", t.commission_status),
		.next_service = codes_labels(r, "eval_next", t.row.next_service), .result = ARENA_ARRAY(r->arena, t.n_rows + 1, const char *),
		.may_print = policy_check(r->c, t.row.person_id, CLASS_CARE, ACTION_PRINT) == OK};
	for (size_t i = 0; i < t.n_rows; i++)
		v.result[i] = v.is_prevention ? code_label(r, "eval_achieved", t.rows[i].achieved) : code_label(r, "eval_result", t.rows[i].result);
	lead(r, &t, &v);
	tmpl_eval_show(res_page(r), &v);
	return OK;
}

err page_evaluation_history(struct req *r)
{
	struct evaluate_tree t;
	struct history_act *v;
	size_t n;
	struct page_view *page = page_view(r, "評価の変更の履歴");
	TRY(open_one(r, &t));
	TRY(evaluate_history(r->c, t.row.pid, &v, &n));
	TRY(person_page_head(r, page, t.person_pid));
	page->back_path = arena_fmt(r->arena, "/evaluations/%s", t.row.pid);
	page->back_label = "評価";
	return record_history_page(r, page, v, n, NULL);
}

static err paper(struct req *r, enum paper_kind kind)
{
	struct evaluate_tree t;
	const char *bytes;
	size_t n;
	TRY(open_one(r, &t));
	look_as(r, ACTION_PRINT);
	TRY(evaluate_paper(r->c, t.row.pid, kind, &bytes, &n));
	return record_paper(r, kind, bytes, n, "hyoka");
}

err page_evaluation_pdf(struct req *r) { return paper(r, PAPER_PDF); }
err page_evaluation_sheet(struct req *r) { return paper(r, PAPER_SHEET); }

static err open_bin(struct req *r, struct evaluate_tree *m, struct record_bin *b)
{
	TRY(open_one(r, m));
	*b = (struct record_bin){.title = "評価をごみ箱へ移す", .person_pid = m->person_pid, .path = arena_fmt(r->arena, "/evaluations/%s", m->row.pid),
		.back_path = arena_fmt(r->arena, "/persons/%s/evaluations", m->person_pid),
		.sentence = "この評価をごみ箱へ移します。",
		.more = "支援経過の記録も一緒に見えなくなります。30日のあいだは元に戻せます。"};
	return OK;
}

err page_evaluation_retire_ask(struct req *r)
{
	struct evaluate_tree m;
	struct record_bin b;
	TRY(open_bin(r, &m, &b));
	return record_bin_ask(r, &b, OK);
}

err page_evaluation_retire(struct req *r)
{
	struct evaluate_tree m;
	struct record_bin b;
	TRY(open_bin(r, &m, &b));
	return record_bin_put(r, &b, m.row.pid, evaluate_retire);
}

/* ---- 更新の一組 --------------------------------------------------------------------------------------------------------------- */

err page_renewal(struct req *r)
{
	struct page_view *page = page_view(r, "更新の準備");
	struct person_card card;
	struct renewal set;
	TRY(person_page(r, page, req_param(r, "pid"), &card));
	person_tab(page, "/plans");
	struct renewal_view v = {.page = page, .r = &set, .person_pid = card.p.pid};
	TRY(evaluate_renewal(r->c, card.p.pid, &set, &v.found));
	tmpl_renewal_show(res_page(r), &v);
	return OK;
}
