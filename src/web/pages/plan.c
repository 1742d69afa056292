/* Plans of a person: list and start; one plan to read; its papers. */
#include "access/policy.h"
#include "base/str.h"
#include "care/plan_fill.h"
#include "jp/era.h"
#include "tmpl/plan_list.h"
#include "tmpl/plan_show.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/pages/plan.h"
#include "web/route.h"

#include <string.h>

const char *plan_state_kind(const char *status)
{
	if (str_eq(status, "delivered") || str_eq(status, "consented"))
		return "ok";
	if (str_eq(status, "provisional"))
		return "warn";
	return str_eq(status, "draft") || str_eq(status, "explained") ? "note" : "";
}

static enum page_state state_of(const char *status)
{
	return str_eq(status, "draft") ? STATE_DRAFT : str_eq(status, "explained") ? STATE_SAVED : STATE_FINAL;
}

err plan_page(struct req *r, const char *title, struct page_view **page, struct plan_tree *t)
{
	TRY(plan_get(r->c, req_param(r, "pid"), t));
	*page = page_view(r, title);
	TRY(person_page_head(r, *page, t->person_pid));
	(*page)->state = state_of(t->plan.status);
	(*page)->state_note = saved_note(r, t->plan.updated_ms, plan_status_ja(t->plan.status));
	(*page)->back_path = arena_fmt(r->arena, "/plans/%s", t->plan.pid);
	(*page)->back_label = "計画";
	return OK;
}

/* ---- list ------------------------------------------------------------------------------------------------------------------- */

static const char *change_word(struct req *r, const char *kind)
{
	(void)r;
	return str_eq(kind, "minor") ? "軽微な変更" : str_eq(kind, "full") ? "通常の変更・更新" : str_eq(kind, "first") ? "初回" : "";
}

static err start_fields(struct req *r, int64_t person_id, struct plan_list_view *v)
{
	struct plan_start *cases, *assessments;
	size_t n;
	TRY(plan_start_cases(r->c, person_id, &cases, &v->n_cases));
	TRY(plan_start_assessments(r->c, person_id, &assessments, &n));
	struct ui_choice *k = ARENA_ARRAY(r->arena, v->n_cases + 1, struct ui_choice), *a = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	bool one_org = true; /* whose case it is, is said only where cases of two are there to choose from */
	for (size_t i = 1; i < v->n_cases; i++)
		one_org = one_org && str_eq(cases[i].org_name, cases[0].org_name);
	for (size_t i = 0; i < v->n_cases; i++) {
		const char *kind = plan_kind_ja(plan_kind_of_case(cases[i].kind));
		k[i] = (struct ui_choice){cases[i].pid, one_org ? kind : arena_fmt(r->arena, "%s（%s）", kind, cases[i].org_name), false};
	}
	a[0] = (struct ui_choice){"", "使わない（空の原案から始める）", false};
	for (size_t i = 0; i < n; i++)
		a[i + 1] = (struct ui_choice){assessments[i].pid, arena_fmt(r->arena, "%s のアセスメント%s", era_text(r->arena, assessments[i].done_on),
		                                                            assessments[i].confirmed ? "" : "（下書き）"), false};
	const char *wanted = req_query(r, "assessment"), *chosen = n ? assessments[0].pid : "";
	for (size_t i = 0; i < n; i++)
		if (str_eq(assessments[i].pid, wanted))
			chosen = assessments[i].pid;
	v->kase = (struct ui_field){.name = "case", .label = "どのケースの計画か", .choices = k, .n_choices = v->n_cases, .required = true};
	v->assessment = (struct ui_field){.name = "assessment", .label = "もとにするアセスメント", .choices = a, .n_choices = n + 1,
		.value = chosen, .help = "「課題に挙げる」とした項目が、課題の案として入ります。"};
	return OK;
}

static err list(struct req *r, err e)
{
	struct page_view *page = page_view(r, "計画");
	struct person_card card;
	struct plan_row *rows;
	TRY(person_page(r, page, req_param(r, "pid"), &card));
	struct plan_list_view v = {.page = page, .person_pid = card.p.pid, .may_write = card.view.may[ACTION_WRITE] & CLASS_CARE};
	TRY(plan_list(r->c, card.p.pid, NULL, &rows, &v.n_rows));
	v.rows = ARENA_ARRAY(r->arena, v.n_rows + 1, struct plan_list_row);
	for (size_t i = 0; i < v.n_rows; i++) {
		v.rows[i] = (struct plan_list_row){&rows[i], plan_kind_ja(rows[i].kind), plan_version_ja(r->arena, rows[i].version_no, rows[i].revision_no),
			plan_status_ja(rows[i].status), plan_state_kind(rows[i].status), change_word(r, rows[i].change_kind), ""};
		for (size_t k = i + 1; k < v.n_rows && !*v.rows[i].compare_pid; k++)
			if (rows[k].case_id == rows[i].case_id && str_eq(rows[k].kind, rows[i].kind))
				v.rows[i].compare_pid = rows[k].pid;
	}
	if (v.may_write)
		TRY(start_fields(r, card.p.id, &v));
	tmpl_plan_list(res_page_of(r, e), &v);
	return OK;
}

err page_plan_list(struct req *r) { return list(r, OK); }

static const struct formin_field CREATE[] = {
	{.name = "case", .label = "ケース", .kind = FORMIN_PID, .required = true},
	{.name = "assessment", .label = "アセスメント", .kind = FORMIN_PID},
};

err page_plan_create(struct req *r)
{
	struct plan_start *cases;
	struct person_card card;
	const char *pid = NULL, *kind = NULL;
	size_t n;
	TRY(person_open(r->c, req_param(r, "pid"), &card));
	err e = formin_read(r, CREATE, FORMIN_N(CREATE));
	if (e == OK) {
		TRY(plan_start_cases(r->c, card.p.id, &cases, &n));
		for (size_t i = 0; i < n; i++)
			if (str_eq(cases[i].pid, req_field(r, "case")))
				kind = plan_kind_of_case(cases[i].kind);
		if (!kind)
			return ERR_NOTFOUND;
		e = plan_create(r->c, req_field(r, "case"), kind, req_field(r, "assessment"), &pid);
	}
	if (page_is_input(e) || e == ERR_PLAN_STATE)
		return list(r, e);
	TRY(e);
	return res_done(r, "created", "/plans/%s", pid);
}

err page_plan_copy(struct req *r)
{
	const char *pid = NULL;
	TRY(formin_read(r, NULL, 0));
	TRY(plan_copy(r->c, req_param(r, "pid"), &pid));
	return res_done(r, "created", "/plans/%s", pid);
}

/* ---- one plan to read ------------------------------------------------------------------------------------------------------------ */

static const char *period(struct req *r, const char *printed, civil from, civil to)
{
	if (*printed)
		return printed;
	if (from == CIVIL_NONE && to == CIVIL_NONE)
		return "";
	return arena_fmt(r->arena, "%s〜%s", from == CIVIL_NONE ? "" : era_text_short(r->arena, from), to == CIVIL_NONE ? "" : era_text_short(r->arena, to));
}

static const char *actor_word(const char *actor)
{
	return str_eq(actor, "formal") ? "公的サービス" : str_eq(actor, "family") ? "家族" : str_eq(actor, "informal") ? "住民・民間"
	     : str_eq(actor, "self") ? "本人" : "";
}

static const char *freq_word(struct req *r, const struct t_plan_service *s)
{
	if (*s->freq)
		return s->freq;
	if (s->times_week != INT_NULL)
		return arena_fmt(r->arena, "週%lld回", (long long)s->times_week);
	return s->times_month != INT_NULL ? arena_fmt(r->arena, "月%lld回", (long long)s->times_month) : "";
}

static void services_of(struct req *r, const struct plan_tree *t, struct plan_show_goal *g)
{
	g->services = ARENA_ARRAY(r->arena, t->n_services + 1, struct plan_show_service);
	for (size_t i = 0; i < t->n_services; i++)
		if (t->services[i].goal_id == g->g->id)
			g->services[g->n_services++] = (struct plan_show_service){&t->services[i], actor_word(t->services[i].actor),
				period(r, t->services[i].period, t->services[i].from_on, t->services[i].to_on), freq_word(r, &t->services[i])};
}

static void chain(struct req *r, const struct plan_tree *t, struct plan_show_view *v)
{
	v->needs = ARENA_ARRAY(r->arena, t->n_needs + 1, struct plan_show_need);
	for (size_t i = 0; i < t->n_needs; i++) {
		struct plan_show_need *n = &v->needs[v->n_needs++];
		n->n = &t->needs[i];
		n->goals = ARENA_ARRAY(r->arena, t->n_goals + 1, struct plan_show_goal);
		for (size_t k = 0; k < t->n_goals; k++) {
			const struct t_plan_goal *g = &t->goals[k];
			if (g->need_id != n->n->id)
				continue;
			struct plan_show_goal *x = &n->goals[n->n_goals++];
			*x = (struct plan_show_goal){.g = g, .long_period = period(r, g->long_period, g->long_from_on, g->long_to_on),
				.short_period = period(r, g->short_period, g->short_from_on, g->short_to_on)};
			services_of(r, t, x);
		}
	}
}

static void week(struct req *r, const struct plan_tree *t, struct plan_show_view *v)
{
	static const char *const days[] = {"", "月", "火", "水", "木", "金", "土", "日"};
	v->slots = ARENA_ARRAY(r->arena, t->n_slots + 1, struct plan_show_slot);
	for (size_t i = 0; i < t->n_slots; i++) {
		const struct t_plan_slot *s = &t->slots[i];
		const char *name = s->service;
		for (size_t k = 0; !*name && k < t->n_services; k++)
			if (t->services[k].id == s->service_id)
				name = t->services[k].type;
		v->slots[v->n_slots++] = (struct plan_show_slot){.day = days[s->dow >= 1 && s->dow <= 7 ? s->dow : 0],
			.time = arena_fmt(r->arena, "%lld:%02lld〜%s%lld:%02lld", (long long)s->from_min / 60, (long long)s->from_min % 60,
			                  s->to_min > 1440 ? "翌" : "", (long long)(s->to_min > 1440 ? s->to_min - 1440 : s->to_min) / 60, (long long)s->to_min % 60),
			.name = name, .note = s->note, .orphan = s->service_id == INT_NULL};
	}
}

static void fact(struct plan_fact *v, size_t *n, const char *label, const char *value, bool untouched)
{
	v[(*n)++] = (struct plan_fact){label, value, untouched};
}

static const char *day(struct req *r, civil d) { return d == CIVIL_NONE ? "" : era_text_both(r->arena, d); }

static void facts(struct req *r, const struct plan_tree *t, struct plan_show_view *v)
{
	const struct t_plan *p = &t->plan;
	v->head = ARENA_ARRAY(r->arena, 24, struct plan_fact);
	fact(v->head, &v->n_head, "計画作成（変更）日", day(r, p->plan_on), false);
	fact(v->head, &v->n_head, "作成年月日", day(r, p->create_on), false);
	fact(v->head, &v->n_head, "計画期間", period(r, "", p->from_on, p->to_on), false);
	fact(v->head, &v->n_head, "要介護状態区分", arena_fmt(r->arena, "%s%s%s", ranks_label_ja(CODE_LEVEL, p->level),
		str_eq(p->cert_status, "1") ? "（申請中）" : "", *p->expected_level ? arena_fmt(r->arena, " 見込み: %s", ranks_label_ja(CODE_LEVEL, p->expected_level)) : ""), false);
	fact(v->head, &v->n_head, "認定の有効期間", period(r, "", p->cert_from_on, p->cert_to_on), false);
	fact(v->head, &v->n_head, "初回作成日", day(r, p->first_plan_on), false);
	fact(v->head, &v->n_head, "計画作成者", arena_fmt(r->arena, "%s（%s）", p->author_name, *t->author_org_name ? t->author_org_name : t->org_name), false);
	if (*p->change_kind)
		fact(v->head, &v->n_head, "変更の種類と理由", arena_fmt(r->arena, "%s%s%s", change_word(r, p->change_kind), *p->change_reason ? ": " : "", p->change_reason), false);
	if (*p->change_minor_code)
		fact(v->head, &v->n_head, "軽微な変更の例", code_label(r, "plan_minor", p->change_minor_code), false);
	if (p->is_provisional)
		fact(v->head, &v->n_head, "暫定の理由と期限", arena_fmt(r->arena, "%s（%s まで）", p->provisional_reason, day(r, p->provisional_until)), false);
	if (p->explained_on != CIVIL_NONE)
		fact(v->head, &v->n_head, "説明した日", day(r, p->explained_on), false);
	if (t->n_consents) {
		const struct t_plan_consent *k = &t->consents[t->n_consents - 1];
		fact(v->head, &v->n_head, "同意", arena_fmt(r->arena, "%s %s %s（%s）", day(r, k->agreed_on), plan_agreed_by_ja(k->agreed_by), k->agreed_name, plan_how_ja(k->how)), false);
	}
	if (p->ended_on != CIVIL_NONE)
		fact(v->head, &v->n_head, "終わった日と理由", arena_fmt(r->arena, "%s %s", day(r, p->ended_on), p->end_reason), false);
	v->texts = ARENA_ARRAY(r->arena, plan_field_count() + 1, struct plan_fact);
	for (size_t i = 0; i < plan_field_count(); i++) {
		const struct plan_field *f = plan_field_at(i);
		const char *value = plan_value(r->arena, &T_plan, p, f->column);
		bool text = f->is_marked || str_eq(f->column, "committee_opinion");
		if (f->part == PLAN_HEAD && text && (f->form == 'B' || (f->form == 'Y') == v->prevention))
			fact(v->texts, &v->n_texts, f->label, value, plan_head_untouched(p, f->column));
	}
	if (*p->center_opinion || p->center_checked_on != CIVIL_NONE)
		fact(v->texts, &v->n_texts, "地域包括支援センターの意見", arena_fmt(r->arena, "%s\n（確認した日: %s）", p->center_opinion, day(r, p->center_checked_on)), false);
}

static void link_to(struct req *r, struct plan_link *v, size_t *n, const char *pid, const char *path, const char *label)
{
	v[(*n)++] = (struct plan_link){arena_fmt(r->arena, "/plans/%s%s", pid, path), label};
}

static void links(struct req *r, const struct plan_tree *t, struct plan_show_view *v)
{
	static const char *const names[][2] = {{"kyotaku-1", "第1表"}, {"kyotaku-2", "第2表"}, {"kyotaku-3", "第3表"}, {"yobo-keikaku", "介護予防サービス・支援計画書"}};
	const char *pid = t->plan.pid, *s = t->plan.status;
	v->links = ARENA_ARRAY(r->arena, 12, struct plan_link);
	v->papers = ARENA_ARRAY(r->arena, 4, struct plan_link);
	bool use = str_eq(s, "provisional") || str_eq(s, "consented") || str_eq(s, "delivered");
	if (t->may_write && !t->is_frozen)
		link_to(r, v->links, &v->n_links, pid, "/edit", "内容を書く・直す");
	if (t->is_frozen && !str_eq(s, "cancelled")) {
		link_to(r, v->links, &v->n_links, pid, "/delivery", "交付");
		link_to(r, v->links, &v->n_links, pid, "/providers", "個別サービス計画");
	}
	if (t->may_write && use)
		link_to(r, v->links, &v->n_links, pid, "/change", "計画を変更する");
	if (t->may_write && !t->is_frozen && !str_eq(t->plan.change_kind, "minor"))
		link_to(r, v->links, &v->n_links, pid, "/provisional", "暫定で使い始める");
	if (!t->is_frozen && policy_check(r->c, t->plan.person_id, CLASS_MEETING, ACTION_WRITE) == OK)
		v->links[v->n_links++] = (struct plan_link){arena_fmt(r->arena, "/persons/%s/meetings/new?plan=%s", t->person_pid, pid), "担当者会議を招集する"};
	if (*t->previous_pid)
		v->links[v->n_links++] = (struct plan_link){arena_fmt(r->arena, "/plans/%s/diff?with=%s", pid, t->previous_pid), "前の版とくらべる"};
	link_to(r, v->links, &v->n_links, pid, "/talk", arena_fmt(r->arena, "確認・承認（%zu）", t->n_comments));
	link_to(r, v->links, &v->n_links, pid, "/history", "変更の履歴");
	if (t->may_write && !str_eq(s, "replaced") && !str_eq(s, "ended") && !str_eq(s, "cancelled"))
		link_to(r, v->links, &v->n_links, pid, "/close", t->is_frozen ? "終了する" : "取りやめる・捨てる");
	size_t n;
	const char *const *forms = plan_forms(t->plan.kind, &n);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < 4; k++)
			if (str_eq(forms[i], names[k][0]))
				link_to(r, v->papers, &v->n_papers, pid, arena_fmt(r->arena, "/forms/%s", forms[i]), names[k][1]);
}

err page_plan_show(struct req *r)
{
	struct plan_tree t;
	struct page_view *page;
	struct plan_problem *problems;
	TRY(plan_page(r, "計画", &page, &t));
	page->title = plan_kind_ja(t.plan.kind);
	page->back_path = arena_fmt(r->arena, "/persons/%s/plans", t.person_pid);
	page->back_label = "計画の一覧";
	struct plan_show_view v = {.page = page, .t = &t, .prevention = str_eq(t.plan.kind, "prevention"), .kind = plan_kind_ja(t.plan.kind),
		.version = plan_version_ja(r->arena, t.plan.version_no, t.plan.revision_no), .state = plan_status_ja(t.plan.status),
		.state_kind = plan_state_kind(t.plan.status), .change = change_word(r, t.plan.change_kind), .next = plan_next(&t)};
	facts(r, &t, &v);
	chain(r, &t, &v);
	week(r, &t, &v);
	links(r, &t, &v);
	for (size_t i = 0; i < t.n_areas && i < 4; i++)
		v.area_labels[i] = plan_row_ja(r->c, PLAN_AREA, &t.areas[i]);
	v.cert_news = v.centre_news = "";
	bool in_use = str_eq(t.plan.status, "provisional") || str_eq(t.plan.status, "consented") || str_eq(t.plan.status, "delivered");
	if (in_use) {
		TRY(plan_cert_news(r->c, &t, &v.cert_news));
		v.centre_news = plan_centre_news(r->c, &t);
	}
	if (!t.is_frozen) {
		TRY(plan_approval_of(r->c, &t, &v.approval));
		if (v.approval.lacks && t.may_write && str_eq(t.plan.status, "draft"))
			v.next = (struct plan_step){"/talk", "承認を受ける", v.approval.voided ? "承認のあとで計画が直されたため、承認は無効です。もう一度承認を受けます。"
				: "この事業所では、説明の前にほかの職員の承認が要ります。"};
		TRY(plan_check(r->c, &t, &problems, &v.n_problems));
		v.problems = problems;
		v.n_blocks = plan_blocks(problems, v.n_problems);
	}
	if (t.may_write && !str_eq(t.plan.status, "cancelled") && !str_eq(t.plan.status, "ended") && !str_eq(t.plan.status, "replaced")) {
		struct plan_offer *offers;
		TRY(plan_ecomap_offers(r->c, &t, &offers, &v.n_offers));
		v.offers = offers;
	}
	tmpl_plan_show(res_page(r), &v);
	return OK;
}

static const struct formin_field OFFER[] = {{.name = "service", .label = "加える支援", .kind = FORMIN_PID, .repeat = true}};

err page_plan_ecomap(struct req *r)
{
	struct plan_tree t;
	const char **pids;
	TRY(plan_get(r->c, req_param(r, "pid"), &t));
	look_person(r, t.plan.person_id);
	TRY(formin_read(r, OFFER, FORMIN_N(OFFER)));
	size_t n = req_all(r, "service", &pids);
	TRY(plan_ecomap_add(r->c, t.plan.pid, pids, n));
	return n ? res_done(r, "saved", "/plans/%s", t.plan.pid) : res_redirect(r, "/plans/%s", t.plan.pid);
}

/* ---- papers ------------------------------------------------------------------------------------------------------------------------ */

static err paper(struct req *r, enum paper_kind kind)
{
	struct plan_tree t;
	const char *bytes, *form = req_param(r, "form");
	size_t n;
	TRY(plan_get(r->c, req_param(r, "pid"), &t));
	look_person(r, t.plan.person_id);
	look_as(r, ACTION_PRINT);
	TRY(plan_paper(r->c, t.plan.pid, form, kind, &bytes, &n));
	if (kind == PAPER_PDF)
		return res_pdf(r, bytes, n, arena_fmt(r->arena, "%s.pdf", form));
	return res_file(r, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes, n, arena_fmt(r->arena, "%s.xlsx", form));
}

err page_plan_pdf(struct req *r) { return paper(r, PAPER_PDF); }
err page_plan_sheet(struct req *r) { return paper(r, PAPER_SHEET); }
