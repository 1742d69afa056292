#include "care/plan_follow.h"

#include "base/str.h"
#include "care/evaluate.h"
#include "care/evidence_writers.h"
#include "care/plan_flow.h"
#include "jp/era.h"
#include "register/gen.h"
#include "register/task.h"
#include "register/timeline.h"
#include "sql/q_plan.h"

const char *plan_period_ja(struct ctx *c, const struct t_plan *p)
{
	if (p->from_on == CIVIL_NONE && p->to_on == CIVIL_NONE)
		return "期間は未記入";
	return arena_fmt(c->arena, "%s〜%s", p->from_on == CIVIL_NONE ? "" : era_text(c->arena, p->from_on),
	                 p->to_on == CIVIL_NONE ? "" : era_text(c->arena, p->to_on));
}

static int64_t some(int64_t id) { return id == INT_NULL ? 0 : id; }

static err timeline_of(struct ctx *c, const struct plan_tree *t)
{
	const struct t_plan *p = &t->plan;
	return timeline_add(c, &(struct timeline_new){
		.person_id = p->person_id, .at_on = p->plan_on, .kind = "plan", .record_class = CLASS_CARE, .org_id = p->org_id,
		.title = arena_fmt(c->arena, "%s %s（%s）", plan_kind_ja(p->kind), plan_version_ja(c->arena, p->version_no, p->revision_no),
		                   plan_status_ja(p->status)),
		.summary = plan_period_ja(c, p), .table_name = "plan", .row_id = p->id, .row_pid = p->pid});
}

/* REC-DRAFT: when the draft was made, which parts it has, and whether every service says if the insurance covers it. */
static err draft_evidence(struct ctx *c, const struct t_plan *p, struct evidence_new *v)
{
	struct q_plan_draft_facts_row n;
	TRY(q_plan_draft_facts(c, &(struct q_plan_draft_facts_in){.plan_id = p->id}, &n));
	bool told = n.services > 0 && n.untold == 0;
	const char *tables = str_eq(p->kind, "prevention") ? "yobo"
	                   : n.slots || *p->other_services ? (n.services ? "1|2|3" : "1|3") : n.services ? "1|2" : "1";
	const struct evidence_field f[] = {
		{.name = "made_on", .type = 'd', .day = p->create_on},
		{.name = "tables", .type = 't', .text = tables},
		{.name = "benefit_kind", .type = 'b', .yes = told || str_eq(p->kind, "prevention")},
	};
	*v = (struct evidence_new){.code = "REC-DRAFT", .person_id = p->person_id, .org_id = p->org_id, .record_class = CLASS_CARE,
		.on_day = p->create_on, .body = evidence_body(c, f, sizeof f / sizeof f[0])};
	return OK;
}

/* REC-EXC provisional:late: why the services began before the certification (and so before the meeting). */
static size_t provisional_evidence(struct ctx *c, const struct t_plan *p, struct evidence_new *v)
{
	civil from = p->from_on != CIVIL_NONE ? p->from_on : p->plan_on;
	if (!p->is_provisional || str_blank(p->provisional_reason) || from == CIVIL_NONE)
		return 0;
	const struct evidence_field f[] = {
		{.name = "kind", .type = 't', .text = "provisional:late"},
		{.name = "from_on", .type = 'd', .day = from},
		{.name = "to_on", .type = 'd', .day = p->provisional_until},
		{.name = "ground", .type = 't', .text = p->provisional_reason},
		{.name = "written_on", .type = 'd', .day = p->create_on},
		{.name = "written_by", .type = 'n', .number = p->staff_id},
	};
	*v = (struct evidence_new){.code = "REC-EXC", .person_id = p->person_id, .org_id = p->org_id, .record_class = CLASS_CARE, .on_day = from,
		.body = evidence_body(c, f, sizeof f / sizeof f[0])};
	return 1;
}

err plan_evidence(struct ctx *c, int64_t row_id)
{
	struct t_plan p;
	struct evidence_new v[2];
	TRY(row_load(c, &T_plan, row_id, &p));
	TRY(draft_evidence(c, &p, &v[0]));
	size_t n = 1 + provisional_evidence(c, &p, &v[1]);
	return evidence_set(c, "plan", p.id, v, n, p.retired_ms == INT_NULL);
}

static err review_task(struct ctx *c, const struct t_plan *p)
{
	bool in_use = str_eq(p->status, "consented") || str_eq(p->status, "delivered");
	bool provisional = str_eq(p->status, "provisional") || (in_use && p->is_provisional);
	civil end = p->to_on;
	if (p->cert_to_on != CIVIL_NONE && p->cert_to_on != CIVIL_OPEN && (end == CIVIL_NONE || p->cert_to_on < end))
		end = p->cert_to_on;
	struct task_new task = {.kind = "plan_due", .person_id = p->person_id, .record_class = CLASS_CARE, .org_id = p->org_id,
	                        .assignee_staff_id = some(p->staff_id), .table_name = "plan", .row_id = p->id, .row_pid = p->pid};
	if (provisional && p->provisional_until != CIVIL_NONE) {
		task.due_on = p->provisional_until;
		task.title = "暫定の計画を本計画にする";
		task.reason = "暫定の期限です。認定結果と同意を確かめて、本計画を作ってください。";
		return task_put(c, &task, NULL);
	}
	if (!in_use || end == CIVIL_NONE || end == CIVIL_OPEN)
		return task_settle(c, "plan", p->id, "plan_due", "計画の状態が変わりました。");
	task.due_on = end - plan_term_days("review_before", c->today);
	task.title = arena_fmt(c->arena, "計画の見直し（%s まで）", era_text(c->arena, end));
	task.reason = "計画の期間または認定の有効期間が終わる前に、評価と見直しをします。";
	return task_put(c, &task, NULL);
}

err plan_follow(struct ctx *c, const struct plan_tree *t)
{
	TRY(timeline_of(c, t));
	TRY(plan_evidence(c, t->plan.id));
	TRY(review_task(c, &t->plan));
	return evaluate_follow_plan(c, &t->plan);
}

/* The parts of a plan: there while they and the plan are. */

static struct evidence_new part_of(struct ctx *c, const struct t_plan *p, const char *code, civil on, const struct evidence_field *f, size_t n)
{
	return (struct evidence_new){.code = code, .person_id = p->person_id, .org_id = p->org_id, .record_class = CLASS_CARE, .on_day = on,
		.body = evidence_body(c, f, n)};
}

err plan_consent_evidence(struct ctx *c, int64_t row_id)
{
	struct t_plan_consent k;
	struct t_plan p;
	TRY(row_load(c, &T_plan_consent, row_id, &k));
	TRY(row_load(c, &T_plan, k.plan_id, &p));
	const struct evidence_field f[] = {
		{.name = "agreed_on", .type = 'd', .day = k.agreed_on},
		{.name = "target", .type = 't', .text = arena_fmt(c->arena, "plan:%s:%s", p.pid, k.content_sha)},
		{.name = "agreed_by", .type = 't', .text = k.agreed_by},
		{.name = "how", .type = 't', .text = k.how},
		{.name = "electronic_ok_on", .type = 'd', .day = k.electronic_ok_on},
	};
	const struct evidence_new v = part_of(c, &p, "REC-CONSENT", k.agreed_on, f, sizeof f / sizeof f[0]);
	return evidence_set(c, "plan_consent", k.id, &v, 1, k.retired_ms == INT_NULL && p.retired_ms == INT_NULL);
}

err plan_delivery_evidence(struct ctx *c, int64_t row_id)
{
	struct t_plan_delivery d;
	struct t_plan p;
	TRY(row_load(c, &T_plan_delivery, row_id, &d));
	TRY(row_load(c, &T_plan, d.plan_id, &p));
	civil on = d.received_on != CIVIL_NONE ? d.received_on : d.sent_on;
	const struct evidence_field f[] = {
		{.name = "delivered_on", .type = 'd', .day = on},
		{.name = "to", .type = 't', .text = arena_fmt(c->arena, "%s:%lld", d.kind, (long long)some(d.org_id))},
		{.name = "version", .type = 't', .text = p.pid},
		{.name = "how", .type = 't', .text = d.how},
		{.name = "to_doctor", .type = 'b', .yes = str_eq(d.kind, "doctor")},
	};
	const struct evidence_new v = part_of(c, &p, "REC-DELIV", on, f, sizeof f / sizeof f[0]);
	return evidence_set(c, "plan_delivery", d.id, &v, on != CIVIL_NONE, d.retired_ms == INT_NULL && p.retired_ms == INT_NULL);
}

err provider_plan_evidence(struct ctx *c, int64_t row_id)
{
	struct t_provider_plan r;
	struct t_plan p;
	TRY(row_load(c, &T_provider_plan, row_id, &r));
	TRY(row_load(c, &T_plan, r.plan_id, &p));
	const struct evidence_field f[] = {
		{.name = "asked_on", .type = 'd', .day = r.asked_on},
		{.name = "received_on", .type = 'd', .day = r.received_on},
		{.name = "office", .type = 't', .text = r.office},
	};
	const struct evidence_new v = part_of(c, &p, "REC-SVCPLAN", r.asked_on != CIVIL_NONE ? r.asked_on : p.plan_on, f, sizeof f / sizeof f[0]);
	return evidence_set(c, "provider_plan", r.id, &v, 1, r.retired_ms == INT_NULL && p.retired_ms == INT_NULL);
}

err plan_follow_consent(struct ctx *c, const struct t_plan *p, const struct t_plan_consent *k)
{
	TRY(plan_consent_evidence(c, k->id));
	return timeline_add(c, &(struct timeline_new){
		.person_id = p->person_id, .at_on = k->agreed_on, .kind = "consent", .record_class = CLASS_CARE, .org_id = p->org_id,
		.title = arena_fmt(c->arena, "%sへの同意", plan_kind_ja(p->kind)),
		.summary = plan_version_ja(c->arena, p->version_no, p->revision_no), .table_name = "plan_consent", .row_id = k->id,
		.row_pid = p->pid});
}

err plan_follow_delivery(struct ctx *c, const struct t_plan *p, const struct t_plan_delivery *d)
{
	TRY(plan_delivery_evidence(c, d->id));
	if (d->sent_on != CIVIL_NONE || d->received_on != CIVIL_NONE) {
		civil on = d->received_on != CIVIL_NONE ? d->received_on : d->sent_on;
		TRY(timeline_add(c, &(struct timeline_new){
			.person_id = p->person_id, .at_on = on, .kind = "document", .record_class = CLASS_CARE, .org_id = p->org_id,
			.title = arena_fmt(c->arena, "%sの交付", plan_kind_ja(p->kind)), .summary = d->name, .table_name = "plan_delivery",
			.row_id = d->id, .row_pid = p->pid}));
		return task_settle(c, "plan_delivery", d->id, "document", "交付しました。");
	}
	civil first = p->from_on != CIVIL_NONE && p->from_on > c->today ? p->from_on : c->today;
	return task_put(c, &(struct task_new){.kind = "document", .person_id = p->person_id, .record_class = CLASS_CARE,
		.org_id = p->org_id, .assignee_staff_id = some(p->staff_id), .due_on = first + plan_term_days("deliver_within", c->today),
		.title = arena_fmt(c->arena, "計画の交付: %s", d->name),
		.reason = "計画は、利用者と担当者に交付します（居宅基準13条11号、予防基準30条11号）。", .table_name = "plan_delivery",
		.row_id = d->id, .row_pid = p->pid}, NULL);
}

err plan_follow_provider(struct ctx *c, const struct t_plan *p, const struct t_provider_plan *r)
{
	TRY(provider_plan_evidence(c, r->id));
	if (r->received_on != CIVIL_NONE || *r->not_needed_reason)
		return task_settle(c, "provider_plan", r->id, "provider_plan", "個別サービス計画を受け取りました。");
	return task_put(c, &(struct task_new){.kind = "provider_plan", .person_id = p->person_id, .record_class = CLASS_CARE,
		.org_id = p->org_id, .assignee_staff_id = some(p->staff_id), .due_on = r->due_on,
		.title = arena_fmt(c->arena, "個別サービス計画の受領: %s", r->office),
		.reason = "位置付けた事業者に、個別サービス計画の提出を求めます（居宅基準13条12号、予防基準30条12号）。",
		.table_name = "provider_plan", .row_id = r->id, .row_pid = p->pid}, NULL);
}

err plan_follow_bin(struct ctx *c, int64_t plan_id, bool alive)
{
	struct q_plan_parts_row *r;
	size_t n;
	static const char *const named[] = {NULL, NULL, NULL, NULL, NULL, NULL, "plan_consent", "plan_delivery", "provider_plan", NULL};
	TRY(q_plan_parts(c, &(struct q_plan_parts_in){.plan_id = plan_id}, &r, &n));
	for (size_t i = 0; i < n; i++) {
		const char *table = named[r[i].part];
		if (!table)
			continue;
		TRY(timeline_hide(c, table, r[i].id, !alive));
		TRY(str_eq(table, "plan_consent") ? plan_consent_evidence(c, r[i].id)
			: str_eq(table, "plan_delivery") ? plan_delivery_evidence(c, r[i].id) : provider_plan_evidence(c, r[i].id));
	}
	return OK;
}
