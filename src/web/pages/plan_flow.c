/* The steps of a plan: explain, consent, 暫定, change, minor change settled, end. */
#include "base/house.h"
#include "base/str.h"
#include "law/codes.h"
#include "tmpl/plan_flow.h"
#include "web/asset.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/pages/plan.h"
#include "web/route.h"

static err view_of(struct req *r, const char *title, const char *path, struct plan_tree *t, struct plan_flow_view *v)
{
	struct page_view *page;
	struct plan_problem *problems;
	TRY(plan_page(r, title, &page, t));
	if (!t->may_write)
		return ERR_DENIED;
	*v = (struct plan_flow_view){.page = page, .t = t, .kind = plan_kind_ja(t->plan.kind), .untouched = plan_untouched_percent(t),
		.version = plan_version_ja(r->arena, t->plan.version_no, t->plan.revision_no), .until_most = CIVIL_NONE,
		.action = arena_fmt(r->arena, "/plans/%s/%s", t->plan.pid, path), .signature = "", .signature_js = ""};
	TRY(plan_check(r->c, t, &problems, &v->n_problems));
	v->problems = problems;
	v->n_blocks = plan_blocks(problems, v->n_problems);
	return OK;
}

/* What a step refuses is shown on its own page, with all that was typed. */
static bool again(err e) { return page_is_input(e) || e == ERR_PLAN_STATE || e == ERR_PLAN_FROZEN; }

/* ---- explain ---------------------------------------------------------------------------------------------------------------- */

static const struct formin_field EXPLAIN[] = {
	{.name = "explained_on", .label = "説明した日", .kind = FORMIN_DAY, .required = true},
	{.name = "untouched_ok", .label = "読み直した", .kind = FORMIN_BOOL},
	{.name = "warnings_ok", .label = "注意を読んだ", .kind = FORMIN_BOOL},
};

static err explain(struct req *r, err e)
{
	struct plan_tree t;
	struct plan_flow_view v;
	TRY(view_of(r, "内容を確かめて説明する", "explain", &t, &v));
	tmpl_plan_explain(res_page_of(r, e), &v);
	return OK;
}

err page_plan_explain(struct req *r) { return explain(r, OK); }

err page_plan_explain_save(struct req *r)
{
	err e = formin_read(r, EXPLAIN, FORMIN_N(EXPLAIN));
	if (e == OK)
		e = plan_explain(r->c, req_param(r, "pid"), &(struct plan_explain){.on = formin_day(r, "explained_on"),
			.untouched_ok = formin_bool(r, "untouched_ok"), .warnings_ok = formin_bool(r, "warnings_ok")});
	if (again(e))
		return explain(r, e);
	TRY(e);
	return res_done(r, "saved", "/plans/%s", req_param(r, "pid"));
}

err page_plan_back(struct req *r)
{
	TRY(formin_read(r, NULL, 0));
	TRY(plan_back(r->c, req_param(r, "pid"), ""));
	return res_done(r, "saved", "/plans/%s", req_param(r, "pid"));
}

/* ---- consent ------------------------------------------------------------------------------------------------------------------ */

static const struct formin_field CONSENT[] = {
	{.name = "explained_on", .label = "説明した日", .kind = FORMIN_DAY},
	{.name = "told_benefit", .label = "区分して説明した", .kind = FORMIN_BOOL},
	{.name = "agreed_on", .label = "同意した日", .kind = FORMIN_DAY},
	{.name = "agreed_by", .label = "同意した人", .kind = FORMIN_CODE},
	{.name = "agreed_name", .label = "同意した人の氏名", .kind = FORMIN_TEXT, .max = 100},
	{.name = "agreed_relation", .label = "続柄・関係", .kind = FORMIN_TEXT, .max = 50},
	{.name = "how", .label = "同意の方法", .kind = FORMIN_CODE},
	{.name = "electronic_ok_on", .label = "承諾を得た日", .kind = FORMIN_DAY},
	{.name = "signature", .label = "手書きの署名", .kind = FORMIN_LINES, .max = 700000},
	{.name = "scan", .label = "署名のスキャン", .kind = FORMIN_TEXT},
	{.name = "note", .label = "メモ", .kind = FORMIN_LINES, .max = 1000},
};

static err consent(struct req *r, err e)
{
	struct plan_tree t;
	struct plan_flow_view v;
	TRY(view_of(r, "同意を記録する", "consent", &t, &v));
	v.agreed_by = choice_field(r, "agreed_by", "同意した人", "plan_agreed_by", "self");
	v.how = choice_field(r, "how", "同意の方法", "plan_how", "sign");
	v.agreed_by.required = v.how.required = true;
	v.signature = v.page->posted ? req_field(r, "signature") : "";
	v.signature_js = asset_path("signature.js");
	tmpl_plan_consent(res_page_of(r, e), &v);
	return OK;
}

err page_plan_consent(struct req *r) { return consent(r, OK); }

err page_plan_consent_save(struct req *r)
{
	err e = formin_read(r, CONSENT, FORMIN_N(CONSENT));
	const struct upload *scan = req_file(r, "scan");
	if (e == OK)
		e = plan_consent(r->c, req_param(r, "pid"), &(struct plan_consent_new){
			.explained_on = formin_day(r, "explained_on"), .told_benefit = formin_bool(r, "told_benefit"),
			.agreed_on = formin_day(r, "agreed_on"), .agreed_by = req_field(r, "agreed_by"), .agreed_name = req_field(r, "agreed_name"),
			.agreed_relation = req_field(r, "agreed_relation"), .how = req_field(r, "how"),
			.electronic_ok_on = formin_day(r, "electronic_ok_on"), .signature = req_field(r, "signature"),
			.scan = scan ? (struct blob){scan->bytes, scan->n} : (struct blob){NULL, 0}, .scan_name = scan ? scan->name : "",
			.note = req_field(r, "note")});
	if (again(e))
		return consent(r, e);
	TRY(e);
	return res_done(r, "saved", "/plans/%s/delivery", req_param(r, "pid"));
}

/* ---- 暫定 ------------------------------------------------------------------------------------------------------------------------ */

static const struct formin_field PROVISIONAL[] = {
	{.name = "reason", .label = "理由", .kind = FORMIN_LINES, .max = 1000},
	{.name = "until", .label = "暫定の期限", .kind = FORMIN_DAY},
	{.name = "expected_level", .label = "見込みの区分", .kind = FORMIN_CODE},
};

static err provisional(struct req *r, err e)
{
	struct plan_tree t;
	struct plan_flow_view v;
	TRY(view_of(r, "暫定で使い始める", "provisional", &t, &v));
	struct ui_choice *c = ARENA_ARRAY(r->arena, ranks_count(CODE_LEVEL) + 1, struct ui_choice);
	for (size_t i = 0; i < ranks_count(CODE_LEVEL); i++)
		c[i] = (struct ui_choice){.value = ranks_code(CODE_LEVEL, i), .label = ranks_label_ja(CODE_LEVEL, ranks_code(CODE_LEVEL, i))};
	v.expected_level = (struct ui_field){.name = "expected_level", .label = "見込みの要介護状態区分", .value = t.plan.expected_level, .choices = c,
		.n_choices = ranks_count(CODE_LEVEL), .optional_blank = true, .help = "認定の結果が出ていないときに選びます。"};
	v.until_most = r->c->today + plan_term_days("provisional_max", r->c->today);
	tmpl_plan_provisional(res_page_of(r, e), &v);
	return OK;
}

err page_plan_provisional(struct req *r) { return provisional(r, OK); }

err page_plan_provisional_save(struct req *r)
{
	err e = formin_read(r, PROVISIONAL, FORMIN_N(PROVISIONAL));
	if (e == OK)
		e = plan_provisional(r->c, req_param(r, "pid"), &(struct plan_provisional){.reason = req_field(r, "reason"),
			.until = formin_day(r, "until"), .expected_level = req_field(r, "expected_level")});
	if (again(e))
		return provisional(r, e);
	TRY(e);
	return res_done(r, "saved", "/plans/%s", req_param(r, "pid"));
}

/* ---- change ---------------------------------------------------------------------------------------------------------------------- */

static const struct ui_choice CHANGE_KINDS[] = {
	{.value = "full", .label = "通常の変更・更新（アセスメントから、会議・説明・同意・交付までやり直す）"},
	{.value = "minor", .label = "軽微な変更（同じ用紙に続ける。一連の業務が要るかは個別に判断する）"}};

static const struct formin_field CHANGE[] = {
	{.name = "change_kind", .label = "変更の種類", .kind = FORMIN_CODE},
	{.name = "minor_code", .label = "当てはまる例", .kind = FORMIN_CODE},
	{.name = "reason", .label = "理由", .kind = FORMIN_LINES, .max = 1000},
	{.name = "no_meeting", .label = "会議を開かない理由", .kind = FORMIN_LINES, .max = 1000},
	{.name = "judged_on", .label = "判断した日", .kind = FORMIN_DAY},
	{.name = "agreed_on", .label = "本人の了解を得た日", .kind = FORMIN_DAY},
	{.name = "plan_on", .label = "計画作成（変更）日", .kind = FORMIN_DAY},
};

/* A monitoring or an evaluation leads here with what it found: the kind and the example are chosen already. */
static const struct formin_field CHANGE_QUERY[] = {
	{.name = "kind", .label = "変更の種類", .kind = FORMIN_CODE, .max = 10},
	{.name = "code", .label = "当てはまる例", .kind = FORMIN_CODE, .max = 40},
};

/* Beside the examples of the notice the changes of which it says that they are none: who chooses one is told so. */
static void add_others(struct req *r, struct ui_field *f)
{
	const char **codes, **labels;
	size_t n = plan_minor_others(r->c, &codes, &labels);
	struct ui_choice *all = ARENA_ARRAY(r->arena, f->n_choices + n, struct ui_choice);
	for (size_t i = 0; i < f->n_choices; i++)
		all[i] = f->choices[i];
	for (size_t i = 0; i < n; i++)
		all[f->n_choices + i] = (struct ui_choice){.value = codes[i], .label = arena_fmt(r->arena, "%s（軽微な変更になりません）", labels[i])};
	f->choices = all;
	f->n_choices += n;
}

static err change(struct req *r, err e)
{
	formin_read_query(r, CHANGE_QUERY, FORMIN_N(CHANGE_QUERY));
	const char *kind = str_eq(str_or(req_query(r, "kind"), ""), "minor") ? "minor" : "full", *code = str_or(req_query(r, "code"), "");
	struct plan_tree t;
	struct plan_flow_view v;
	TRY(view_of(r, "計画を変更する", "change", &t, &v));
	v.change_kind = (struct ui_field){.name = "change_kind", .label = "変更の種類", .choices = CHANGE_KINDS, .n_choices = 2, .value = kind, .required = true};
	v.minor_code = choice_field(r, "minor_code", "当てはまる例（軽微な変更のとき）", "plan_minor", law_code_valid(r->c->house->law, "plan_minor", code, r->c->today) ? code : "");
	v.minor_code.optional_blank = true;
	add_others(r, &v.minor_code);
	v.minor_code.help = "形だけ例に当たっても、自動的に軽微にはなりません。判断の理由を書いてください（介護保険最新情報 Vol.959）。";
	tmpl_plan_change(res_page_of(r, e), &v);
	return OK;
}

err page_plan_change(struct req *r) { return change(r, OK); }

err page_plan_change_save(struct req *r)
{
	const char *pid = NULL;
	err e = formin_read(r, CHANGE, FORMIN_N(CHANGE));
	if (e == OK)
		e = plan_change(r->c, req_param(r, "pid"), &(struct plan_change){.kind = req_field(r, "change_kind"),
			.minor_code = req_field(r, "minor_code"), .reason = req_field(r, "reason"), .no_meeting = req_field(r, "no_meeting"),
			.judged_on = formin_day(r, "judged_on"), .agreed_on = formin_day(r, "agreed_on"), .plan_on = formin_day(r, "plan_on")}, &pid);
	if (again(e))
		return change(r, e);
	TRY(e);
	return res_done(r, "created", "/plans/%s", pid);
}

static const struct formin_field MINOR[] = {{.name = "agreed_on", .label = "本人の了解を得た日", .kind = FORMIN_DAY}};

static err minor(struct req *r, err e)
{
	struct plan_tree t;
	struct plan_flow_view v;
	TRY(view_of(r, "軽微な変更を確定する", "minor", &t, &v));
	TRY(plan_minor_added(r->c, &t, &v.added_office));
	TRY(plan_minor_judge(r->c, *v.added_office ? "add_office" : t.plan.change_minor_code, t.plan.plan_on, &v.judged));
	tmpl_plan_minor(res_page_of(r, e), &v);
	return OK;
}

err page_plan_minor(struct req *r) { return minor(r, OK); }

err page_plan_minor_save(struct req *r)
{
	err e = formin_read(r, MINOR, FORMIN_N(MINOR));
	if (e == OK)
		e = plan_minor_settle(r->c, req_param(r, "pid"), formin_day(r, "agreed_on"));
	if (again(e))
		return minor(r, e);
	TRY(e);
	return res_done(r, "saved", "/plans/%s/delivery", req_param(r, "pid"));
}

/* ---- end, cancel, bin ----------------------------------------------------------------------------------------------------------------- */

static const struct formin_field CLOSE[] = {
	{.name = "ended_on", .label = "終了の日", .kind = FORMIN_DAY},
	{.name = "reason", .label = "理由", .kind = FORMIN_LINES, .max = 1000},
};

static err close_page(struct req *r, err e)
{
	struct plan_tree t;
	struct plan_flow_view v;
	TRY(view_of(r, "計画を終える", "close", &t, &v));
	tmpl_plan_close(res_page_of(r, e), &v);
	return OK;
}

err page_plan_close(struct req *r) { return close_page(r, OK); }

err page_plan_end(struct req *r)
{
	err e = formin_read(r, CLOSE, FORMIN_N(CLOSE));
	if (e == OK)
		e = plan_end(r->c, req_param(r, "pid"), formin_day(r, "ended_on"), req_field(r, "reason"));
	if (again(e))
		return close_page(r, e);
	TRY(e);
	return res_done(r, "saved", "/plans/%s", req_param(r, "pid"));
}

err page_plan_cancel(struct req *r)
{
	err e = formin_read(r, CLOSE, FORMIN_N(CLOSE));
	if (e == OK)
		e = plan_cancel(r->c, req_param(r, "pid"), req_field(r, "reason"));
	if (again(e))
		return close_page(r, e);
	TRY(e);
	return res_done(r, "saved", "/plans/%s", req_param(r, "pid"));
}

err page_plan_retire(struct req *r)
{
	struct plan_tree t;
	const char *bin = NULL;
	TRY(plan_get(r->c, req_param(r, "pid"), &t));
	err e = formin_read(r, CLOSE, FORMIN_N(CLOSE));
	if (e == OK)
		e = plan_retire(r->c, t.plan.pid, req_field(r, "reason"), &bin);
	if (again(e))
		return close_page(r, e);
	TRY(e);
	return res_done(r, "deleted", "/persons/%s/plans", t.person_pid);
}
