/* What follows an evaluation, the task before a plan ends, and the set of papers for its renewal (F057). */
#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "care/care_log.h"
#include "care/case.h"
#include "care/evaluate_own.h"

#include "care/evidence_writers.h"
#include "care/monitor.h"
#include "care/plan.h"
#include "jp/era.h"
#include "law/codes.h"
#include "law/numbers.h"
#include "register/certification.h"
#include "register/person.h"
#include "register/task.h"
#include "register/timeline.h"
#include "sql/q_commission.h"
#include "sql/q_visit.h"

const char *evaluate_next(const struct evaluate_tree *t)
{
	bool change = str_eq(t->row.center_decision, "change"), longer = false;
	if (str_eq(t->row.center_decision, "end"))
		return "end";
	for (size_t i = 0; i < t->n_rows; i++) {
		const char *r = t->rows[i].result;
		change = change || str_eq(r, "C1") || str_eq(r, "C2") || str_eq(t->rows[i].achieved, "0");
		longer = longer || str_eq(r, "B");
	}
	return change ? "full" : longer ? "minor" : "";
}

static err opinion_task(struct ctx *c, const struct t_evaluation *r)
{
	struct q_commission_open_of_case_row running;
	TRY(q_commission_open_of_case(c, &(struct q_commission_open_of_case_in){.case_id = r->case_id}, &running));
	if (running.n && !*r->center_decision) /* the steps of the commission ask for it when the office hands it in */
		return task_settle(c, "evaluation", r->id, "evaluation", "原案委託のやりとりで進めます");
	if (!r->is_commissioned || *r->center_decision)
		return task_settle(c, "evaluation", r->id, "evaluation", "地域包括支援センターの意見がそろいました");
	return task_put(c, &(struct task_new){.kind = "evaluation", .person_id = r->person_id, .record_class = CLASS_CARE, .org_id = r->org_id,
		.due_on = CIVIL_NONE, .title = "評価表に地域包括支援センターの意見を書く", .reason = "委託した計画の評価です。意見と判断（継続・変更・終了）を書きます。",
		.table_name = "evaluation", .row_id = r->id, .row_pid = r->pid}, NULL);
}

static const char *summary(struct ctx *c, const struct evaluate_tree *t)
{
	size_t met = 0;
	for (size_t i = 0; i < t->n_rows; i++)
		met += str_eq(t->rows[i].achieved, "1") || str_eq(t->rows[i].result, "A1") || str_eq(t->rows[i].result, "A2");
	return arena_fmt(c->arena, "%zu 件のうち %zu 件を達成", t->n_rows, met);
}

/* HOUSE-EVAL kind=plan: the evaluation at the end of a plan (予防基準30条15号). */
err evaluate_evidence(struct ctx *c, int64_t row_id)
{
	struct t_evaluation r;
	struct t_plan p;
	TRY(row_load(c, &T_evaluation, row_id, &r));
	TRY(row_load(c, &T_plan, r.plan_id, &p));
	const struct evidence_field f[] = {{.name = "done_on", .type = 'd', .day = r.eval_on}, {.name = "kind", .type = 't', .text = "plan"},
		{.name = "plan", .type = 't', .text = p.pid}};
	const struct evidence_new v = {.code = "HOUSE-EVAL", .person_id = r.person_id, .org_id = r.org_id, .record_class = CLASS_CARE, .on_day = r.eval_on,
		.body = evidence_body(c, f, sizeof f / sizeof f[0])};
	return evidence_set(c, "evaluation", r.id, &v, 1, r.retired_ms == INT_NULL);
}

err evaluate_follow(struct ctx *c, const struct evaluate_tree *t)
{
	const struct t_evaluation *r = &t->row;
	struct t_care_log g;
	TRY(evaluate_evidence(c, r->id));
	TRY(timeline_add(c, &(struct timeline_new){.person_id = r->person_id, .at_on = r->eval_on, .kind = "evaluation", .record_class = CLASS_CARE,
		.org_id = r->org_id, .title = evaluate_is_prevention(r) ? "介護予防支援・サービス評価表" : "評価表", .summary = summary(c, t),
		.table_name = "evaluation", .row_id = r->id, .row_pid = r->pid}));
	row_init(&T_care_log, &g);
	g.person_id = r->person_id;
	g.org_id = r->org_id;
	g.case_id = r->case_id;
	g.staff_id = r->staff_id;
	g.at_on = r->eval_on;
	g.item = "other";
	g.item_text = "評価";
	g.content = arena_fmt(c->arena, "【評価】%s。%s", summary(c, t), r->overall);
	g.source_table = "evaluation";
	g.source_id = r->id;
	TRY(care_log_put(c, &g));
	TRY(opinion_task(c, r));
	return monitor_refresh(c, r->case_id);
}

/* ---- the task before a plan ends ------------------------------------------------------------------------------------------- */

err evaluate_refresh(struct ctx *c, const struct t_care_case *k, int64_t plan_id)
{
	struct t_plan p;
	struct q_evaluation_of_plan_row done;
	bool found;
	if (!plan_id)
		return OK;
	TRY(row_load(c, &T_plan, plan_id, &p));
	TRY(q_evaluation_of_plan(c, &(struct q_evaluation_of_plan_in){.plan_id = plan_id}, &done, &found));
	if (found || p.to_on == CIVIL_NONE || p.to_on == CIVIL_OPEN)
		return task_settle(c, "plan", plan_id, "evaluation", "評価を記録しました");
	return task_put(c, &(struct task_new){.kind = "evaluation", .person_id = p.person_id, .record_class = CLASS_CARE,
		.org_id = p.author_org_id != INT_NULL && p.author_org_id ? p.author_org_id : p.org_id,
		.assignee_staff_id = k->staff_id == INT_NULL ? 0 : k->staff_id, .due_on = p.to_on,
		.title = arena_fmt(c->arena, "計画の評価と更新の準備（%s まで）", era_text(c->arena, p.to_on)),
		.reason = "計画の期間が終わるまでに、評価・再アセスメント・次の計画の原案を一組で用意します。", .table_name = "plan", .row_id = p.id, .row_pid = p.pid}, NULL);
}

err evaluate_follow_plan(struct ctx *c, const struct t_plan *p)
{
	bool in_use = str_eq(p->status, "provisional") || str_eq(p->status, "consented") || str_eq(p->status, "delivered");
	if (!in_use)
		TRY(task_settle(c, "plan", p->id, "evaluation", "計画の状態が変わりました"));
	return monitor_refresh(c, p->case_id);
}

/* ---- 更新の一組 --------------------------------------------------------------------------------------------------------------- */

static void item(struct renewal *o, struct renewal_item i)
{
	i.state = i.done ? "すみ" : *i.state ? i.state : "まだ";
	o->v[o->n++] = i;
}

static err ends(struct ctx *c, const struct plan_tree *p, struct renewal *o)
{
	struct certification_state st;
	int64_t days;
	o->plan_to_on = p->plan.to_on;
	o->cert_to_on = CIVIL_NONE;
	err e = certification_state(c, p->plan.person_id, (struct gen_asof){c->today, CIVIL_NONE}, &st);
	if (e != OK && e != ERR_DENIED)
		return e;
	while (e == OK && st.has_current) { /* a renewal that is decided already goes on where this one ends */
		o->cert_to_on = st.current.to_on == CIVIL_OPEN ? CIVIL_NONE : st.current.to_on;
		if (o->cert_to_on == CIVIL_NONE)
			break;
		TRY(certification_state(c, p->plan.person_id, (struct gen_asof){o->cert_to_on + 1, CIVIL_NONE}, &st));
	}
	o->due_on = o->plan_to_on;
	if (o->cert_to_on != CIVIL_NONE && (o->due_on == CIVIL_NONE || o->cert_to_on < o->due_on))
		o->due_on = o->cert_to_on;
	TRY(law_number(c->house->law, "renewal_days", c->today, &days));
	o->near = o->due_on != CIVIL_NONE && o->due_on - c->today <= days;
	return OK;
}

/* A renewal agreed early goes on where the plan in force ends: what has to be prepared next is the one after it. */
static err last_agreed(struct ctx *c, int64_t person, struct plan_tree *p)
{
	bool more = true;
	while (more && p->plan.to_on != CIVIL_NONE && p->plan.to_on != CIVIL_OPEN) {
		struct plan_tree next;
		bool found;
		TRY(plan_current(c, person, NULL, p->plan.to_on + 1, &next, &found));
		more = found && next.plan.id != p->plan.id && next.plan.to_on != CIVIL_NONE && next.plan.to_on > p->plan.to_on;
		if (more)
			*p = next;
	}
	return OK;
}

err evaluate_renewal(struct ctx *c, const char *person_pid, struct renewal *o, bool *found)
{
	int64_t person, notice;
	struct plan_tree p;
	struct q_evaluation_of_plan_row ev;
	struct q_renewal_facts_row f;
	bool evaluated;
	struct arena *a = c->arena;
	*o = (struct renewal){0};
	TRY(person_id(c, person_pid, &person));
	TRY(plan_current(c, person, NULL, c->today, &p, found));
	if (!*found)
		return OK;
	TRY(last_agreed(c, person, &p));
	o->person_pid = person_pid;
	o->plan_pid = p.plan.pid;
	o->plan_kind = p.plan.kind;
	TRY(ends(c, &p, o));
	TRY(law_number(c->house->law, "plan_end_notice", c->today, &notice));
	civil since = p.plan.plan_on + 1;
	if (o->due_on != CIVIL_NONE && o->due_on - notice > since)
		since = (civil)(o->due_on - notice);
	TRY(q_evaluation_of_plan(c, &(struct q_evaluation_of_plan_in){.plan_id = p.plan.id}, &ev, &evaluated));
	TRY(q_renewal_facts(c, &(struct q_renewal_facts_in){.person_id = p.plan.person_id, .org_id = c->actor.org_id, .plan_id = p.plan.id, .since = since}, &f));
	bool assessed = str_eq(str_or(f.assessment_status, ""), "confirmed"), drafted = !str_blank(f.draft_pid);
	item(o, (struct renewal_item){.code = "evaluation", .label = "評価", .done = evaluated, .state = "", .detail = evaluated ? era_text(a, ev.eval_on) : "",
		.path = evaluated ? arena_fmt(a, "/evaluations/%s", ev.pid) : arena_fmt(a, "/persons/%s/evaluations/new", person_pid),
		.button = evaluated ? "評価を開く" : "評価をする"});
	item(o, (struct renewal_item){.code = "assess", .label = "再アセスメント", .done = assessed, .state = str_blank(f.assessment_pid) ? "" : "下書き",
		.detail = f.assessed_on != CIVIL_NONE ? era_text(a, f.assessed_on) : "",
		.path = str_blank(f.assessment_pid) ? arena_fmt(a, "/persons/%s/assessments/new", person_pid) : arena_fmt(a, "/assessments/%s", f.assessment_pid),
		.button = str_blank(f.assessment_pid) ? "再アセスメントを始める" : "アセスメントを開く"});
	item(o, (struct renewal_item){.code = "plan", .label = "次の計画の原案", .done = drafted && !str_eq(f.draft_status, "draft"), .state = drafted ? "下書き" : "",
		.detail = drafted ? law_code_label(c->house->law, "plan_status", f.draft_status) : "",
		.path = drafted ? arena_fmt(a, "/plans/%s", f.draft_pid) : arena_fmt(a, "/plans/%s", p.plan.pid), .button = drafted ? "原案を開く" : "いまの計画から原案を作る"});
	item(o, (struct renewal_item){.code = "meeting", .label = "サービス担当者会議", .done = f.meeting_on != CIVIL_NONE, .state = "",
		.detail = f.meeting_on != CIVIL_NONE ? era_text(a, f.meeting_on) : "", .path = arena_fmt(a, "/persons/%s/meetings", person_pid), .button = "会議の記録へ"});
	return OK;
}
