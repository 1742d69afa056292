/* What follows a モニタリング: evidence, 支援経過, time line, the tasks of the next period; and what is due, from what stands. */
#include "care/monitor_own.h"

#include "access/policy.h"
#include "base/buf.h"
#include "base/house.h"
#include "base/str.h"
#include "care/care_log.h"
#include "care/evaluate.h"
#include "care/evidence_writers.h"
#include "care/visit_plan.h"
#include "jp/era.h"
#include "law/codes.h"
#include "register/task.h"
#include "register/timeline.h"
#include "sql/q_visit.h"
#include "store/tx.h"

/* ---- facts and due ----------------------------------------------------------------------------------------------------- */

static enum monitor_method method_of(const char *code)
{
	return str_eq(code, "visit") ? MONITOR_VISIT : str_eq(code, "video") ? MONITOR_VIDEO : MONITOR_EXCUSED;
}

static bool is_contact(const char *item) { return str_eq(item, "visit") || str_eq(item, "phone") || str_eq(item, "office") || str_eq(item, "video"); }

err monitor_facts_of(struct ctx *c, const struct t_care_case *k, int64_t except, struct monitor_facts *f)
{
	struct q_visit_case_plan_row plan;
	struct q_monitoring_acts_row *m;
	struct q_care_log_contacts_row *g;
	size_t n, n_log, used = 0;
	bool found;
	TRY(policy_check(c, k->person_id, CLASS_CARE, ACTION_SEE));
	*f = (struct monitor_facts){.kind = k->kind, .start_on = CIVIL_NONE, .eval_end_on = CIVIL_NONE, .changed_on = CIVIL_NONE};
	TRY(q_visit_case_plan(c, &(struct q_visit_case_plan_in){.case_id = k->id}, &plan, &found));
	if (found) {
		/* 提供開始: the first plan that came into use, not before the case began */
		f->start_on = plan.first_on != CIVIL_NONE ? plan.first_on : plan.from_on != CIVIL_NONE ? plan.from_on : plan.plan_on;
		if (k->start_on != CIVIL_NONE && k->start_on > f->start_on)
			f->start_on = k->start_on;
		f->eval_end_on = plan.now_to_on != CIVIL_NONE ? plan.now_to_on : plan.to_on;
	}
	TRY(q_monitoring_acts(c, &(struct q_monitoring_acts_in){.case_id = k->id}, &m, &n));
	TRY(q_care_log_contacts(c, &(struct q_care_log_contacts_in){.person_id = k->person_id, .from_on = c->today - 62}, &g, &n_log));
	struct monitor_act *acts = ARENA_ARRAY(c->arena, n + n_log + 1, struct monitor_act);
	for (size_t i = 0; i < n; i++) {
		if (m[i].id == except)
			continue;
		acts[used++] = (struct monitor_act){m[i].mon_on, method_of(m[i].method)};
		if (m[i].is_changed)
			f->changed_on = m[i].mon_on;
		if (m[i].is_changed && str_eq(m[i].method, "visit"))
			f->changed_on = CIVIL_NONE; /* seen at a visit */
	}
	for (size_t i = 0; i < n_log; i++)
		if (g[i].is_monitoring || is_contact(g[i].item))
			acts[used++] = (struct monitor_act){g[i].on_day, g[i].is_monitoring ? MONITOR_RECORD : MONITOR_CONTACT};
	f->acts = acts;
	f->n_acts = used;
	return OK;
}

err monitor_due_of(struct ctx *c, const struct t_care_case *k, civil on, struct monitor_due *out)
{
	struct monitor_facts f;
	TRY(monitor_facts_of(c, k, 0, &f));
	monitor_judge(c->house->law, c->arena, &f, on, out);
	return OK;
}

static err monitoring_task(struct ctx *c, const struct t_care_case *k, const struct q_visit_case_plan_row *plan, bool running)
{
	struct monitor_due due = {.interview_due = CIVIL_NONE};
	if (running)
		TRY(monitor_due_of(c, k, c->today, &due));
	if (!running || due.n == 0)
		return task_settle(c, "care_case", k->id, "monitoring", "モニタリングの期限がなくなりました");
	return task_put(c, &(struct task_new){.kind = "monitoring", .person_id = k->person_id, .record_class = CLASS_CARE,
		.org_id = plan->author_org_id != INT_NULL && plan->author_org_id ? plan->author_org_id : k->org_id,
		.assignee_staff_id = k->staff_id == INT_NULL ? 0 : k->staff_id, .due_on = due.interview_due,
		.title = due.must_visit ? "モニタリング（居宅を訪問）" : "モニタリング", .reason = due.why, .table_name = "care_case", .row_id = k->id, .row_pid = k->pid}, NULL);
}

static err refresh_tx(struct ctx *c, void *arg)
{
	const int64_t *id = arg;
	struct t_care_case k;
	struct q_visit_case_plan_row plan;
	bool found;
	TRY(row_load(c, &T_care_case, *id, &k));
	TRY(q_visit_case_plan(c, &(struct q_visit_case_plan_in){.case_id = k.id}, &plan, &found));
	bool running = found && k.retired_ms == INT_NULL && !str_eq(case_state(&k, c->today), "closed");
	TRY(monitoring_task(c, &k, &plan, running));
	return evaluate_refresh(c, &k, running ? plan.plan_id : 0);
}

err monitor_refresh(struct ctx *c, int64_t case_id) { return tx_run(c, refresh_tx, &case_id); }

/* ---- evidence ----------------------------------------------------------------------------------------------------------- */

static struct evidence_new put(struct ctx *c, const struct t_monitoring *r, const char *code, civil on, const struct evidence_field *f, size_t n)
{
	return (struct evidence_new){.code = code, .person_id = r->person_id, .org_id = r->org_id, .record_class = CLASS_CARE, .on_day = on,
		.body = evidence_body(c, f, n)};
}

static struct evidence_new mon_of(struct ctx *c, const struct t_monitoring *r)
{
	const struct evidence_field f[] = {
		{.name = "done_on", .type = 'd', .day = r->mon_on},
		{.name = "how", .type = 't', .text = str_eq(r->method, "visit") ? "home" : str_eq(r->method, "video") ? "tv" : "other"},
		{.name = "by", .type = 'n', .number = r->staff_id},
		{.name = "written_on", .type = 'd', .day = civil_of_instant(r->created_ms)},
		{.name = "content", .type = 'b', .yes = *r->condition || *r->special_reason},
	};
	return put(c, r, "REC-MON", r->mon_on, f, sizeof f / sizeof f[0]);
}

static err tvok_of(struct ctx *c, const struct t_monitoring *r, struct evidence_new *v)
{
	struct q_monitoring_informant_row informant;
	bool found;
	TRY(q_monitoring_informant(c, &(struct q_monitoring_informant_in){.monitoring_id = r->id}, &informant, &found));
	const struct evidence_field f[] = {
		{.name = "agreed_on", .type = 'd', .day = r->consent_on},
		{.name = "parties_on", .type = 'd', .day = r->agree_on},
		{.name = "meeting", .type = 'n', .number = r->agree_meeting_id},
		{.name = "three_items", .type = 'b', .yes = r->is_stable && r->is_able && r->is_informed},
		{.name = "informant", .type = 't', .text = found ? informant.office : ""},
	};
	*v = put(c, r, "REC-TVOK", r->consent_on, f, sizeof f / sizeof f[0]);
	return OK;
}

static struct evidence_new exc_of(struct ctx *c, const struct t_monitoring *r)
{
	const struct evidence_field f[] = {
		{.name = "kind", .type = 't', .text = arena_fmt(c->arena, "monitoring:%s", r->special_code)},
		{.name = "from_on", .type = 'd', .day = r->mon_on},
		{.name = "to_on", .type = 'd', .day = r->special_to_on},
		{.name = "ground", .type = 't', .text = r->special_code},
		{.name = "written_on", .type = 'd', .day = civil_of_instant(r->created_ms)},
		{.name = "written_by", .type = 'n', .number = r->staff_id},
	};
	return put(c, r, "REC-EXC", r->mon_on, f, sizeof f / sizeof f[0]);
}

err monitor_evidence(struct ctx *c, int64_t row_id)
{
	struct t_monitoring r;
	struct evidence_new v[4];
	size_t n = 0;
	TRY(row_load(c, &T_monitoring, row_id, &r));
	v[n++] = mon_of(c, &r);
	if (str_eq(r.method, "video") && r.consent_on != CIVIL_NONE)
		TRY(tvok_of(c, &r, &v[n++]));
	if (str_eq(r.method, "other"))
		v[n++] = exc_of(c, &r);
	if (r.is_changed) {
		const struct evidence_field f[] = {{.name = "kind", .type = 't', .text = "condition"}};
		v[n++] = put(c, &r, "HOUSE-CHANGE", r.mon_on, f, 1);
	}
	return evidence_set(c, "monitoring", r.id, v, n, r.retired_ms == INT_NULL);
}

/* HOUSE-HEARING: what somebody in charge of a service told (30条13号). */
err monitor_info_evidence(struct ctx *c, int64_t row_id)
{
	struct t_monitoring_info s;
	struct t_monitoring r;
	TRY(row_load(c, &T_monitoring_info, row_id, &s));
	TRY(row_load(c, &T_monitoring, s.monitoring_id, &r));
	civil on = s.on_day == CIVIL_NONE ? r.mon_on : s.on_day;
	const struct evidence_field f[] = {{.name = "done_on", .type = 'd', .day = on}, {.name = "office", .type = 't', .text = s.office},
		{.name = "content", .type = 'b', .yes = !str_blank(s.content)}};
	const struct evidence_new v = put(c, &r, "HOUSE-HEARING", on, f, 3);
	return evidence_set(c, "monitoring_info", s.id, &v, !monitor_info_blank(&s), s.retired_ms == INT_NULL && r.retired_ms == INT_NULL);
}

err monitor_share_evidence(struct ctx *c, int64_t row_id)
{
	struct t_monitoring_share s;
	struct t_monitoring r;
	TRY(row_load(c, &T_monitoring_share, row_id, &s));
	TRY(row_load(c, &T_monitoring, s.monitoring_id, &r));
	civil on = s.on_day == CIVIL_NONE ? r.mon_on : s.on_day;
	const struct evidence_field f[] = {{.name = "on_day", .type = 'd', .day = on}, {.name = "to", .type = 't', .text = s.to_name},
		{.name = "content", .type = 'b', .yes = true}, {.name = "agreed", .type = 'b', .yes = s.agreed}};
	const struct evidence_new v = put(c, &r, "REC-MEDINFO", on, f, 4);
	return evidence_set(c, "monitoring_share", s.id, &v, !monitor_share_blank(&s), s.retired_ms == INT_NULL && r.retired_ms == INT_NULL);
}

static err evidence_of(struct ctx *c, const struct monitor_tree *t)
{
	TRY(monitor_evidence(c, t->row.id));
	for (size_t i = 0; i < t->n_infos; i++)
		if (t->infos[i].id)
			TRY(monitor_info_evidence(c, t->infos[i].id));
	for (size_t i = 0; i < t->n_shares; i++)
		if (t->shares[i].id)
			TRY(monitor_share_evidence(c, t->shares[i].id));
	return OK;
}

/* ---- 支援経過 -------------------------------------------------------------------------------------------------------------- */

static const char *label(struct ctx *c, const char *list, const char *code) { return *code ? law_code_label(c->house->law, list, code) : ""; }

static const char *people(struct ctx *c, const struct t_monitoring *r)
{
	size_t n;
	char **v = str_split(c->arena, r->interviewee, '|', &n);
	struct buf b = buf_new(c->arena);
	for (size_t i = 0; i < n; i++)
		if (!str_blank(v[i]))
			buf_fmt(&b, "%s%s", b.n ? "・" : "", label(c, "mon_interviewee", v[i]));
	return b.p ? b.p : "";
}

/* One paragraph per subject, only those that say something. */
static const char *words(struct ctx *c, const struct monitor_tree *t)
{
	const struct t_monitoring *r = &t->row;
	struct buf b = buf_new(c->arena);
	buf_fmt(&b, "【モニタリング】%s", label(c, "mon_method", r->method));
	if (*r->interviewee)
		buf_fmt(&b, "（%sに面接）", people(c, r));
	if (*r->special_code)
		buf_fmt(&b, "\n特段の事情: %s。%s", label(c, "mon_special", r->special_code), r->special_reason);
	if (*r->user_wish)
		buf_fmt(&b, "\n利用者の意向: %s", r->user_wish);
	if (*r->family_wish)
		buf_fmt(&b, "\n家族の意向: %s", r->family_wish);
	if (*r->condition)
		buf_fmt(&b, "\n心身の状態・生活: %s", r->condition);
	for (size_t i = 0; i < t->n_services; i++)
		if (*t->services[i].executed)
			buf_fmt(&b, "%s%s: %s%s%s", i ? "、" : "\nサービス: ", *t->services[i].type ? t->services[i].type : t->services[i].content,
				label(c, "mon_executed", t->services[i].executed), *t->services[i].reason ? "／" : "", t->services[i].reason);
	for (size_t i = 0; i < t->n_goals; i++)
		if (*t->goals[i].status)
			buf_fmt(&b, "%s「%s」%s", i ? "、" : "\n短期目標: ", t->goals[i].short_text, label(c, "mon_status", t->goals[i].status));
	if (str_eq(r->new_issue, "1"))
		buf_fmt(&b, "\n新たな課題: %s", r->new_issue_text);
	if (*r->plan_change)
		buf_fmt(&b, "\n計画の変更: %s%s%s", label(c, "mon_plan_change", r->plan_change), *r->plan_change_reason ? "。" : "", r->plan_change_reason);
	return b.p;
}

static err log_of(struct ctx *c, const struct monitor_tree *t)
{
	const struct t_monitoring *r = &t->row;
	struct t_care_log g;
	row_init(&T_care_log, &g);
	g.person_id = r->person_id;
	g.org_id = r->org_id;
	g.case_id = r->case_id;
	g.staff_id = r->staff_id;
	g.at_on = r->mon_on;
	g.at_min = r->mon_from;
	g.item = str_eq(r->method, "visit") ? "visit" : str_eq(r->method, "video") ? "video" : "other";
	g.item_text = str_eq(r->method, "other") ? "モニタリング" : "";
	g.partner = people(c, r);
	g.content = words(c, t);
	g.minutes = r->mon_from != INT_NULL && r->mon_to != INT_NULL ? r->mon_to - r->mon_from : INT_NULL;
	g.is_monitoring = true;
	g.next_on = r->next_on;
	g.source_table = "monitoring";
	g.source_id = r->id;
	return care_log_put(c, &g);
}

/* ---- tasks -------------------------------------------------------------------------------------------------------------- */

static err wanted(struct ctx *c, const struct t_monitoring *r, const char *kind, bool yes, const char *title, const char *reason)
{
	if (!yes)
		return task_settle(c, "monitoring", r->id, kind, "モニタリングの記録を直しました");
	return task_put(c, &(struct task_new){.kind = kind, .person_id = r->person_id, .record_class = CLASS_CARE, .org_id = r->org_id,
		.assignee_staff_id = r->staff_id == INT_NULL ? 0 : r->staff_id, .due_on = CIVIL_NONE, .title = title, .reason = reason,
		.table_name = "monitoring", .row_id = r->id, .row_pid = r->pid}, NULL);
}

err monitor_visited(struct ctx *c, const struct t_monitoring *r, bool alive)
{
	return visit_plan_follow(c, &(struct visit_record){"monitoring", r->id, r->person_id, r->staff_id, r->mon_on}, alive && str_eq(r->method, "visit"));
}

err monitor_follow(struct ctx *c, const struct monitor_tree *t)
{
	const struct t_monitoring *r = &t->row;
	TRY(evidence_of(c, t));
	TRY(log_of(c, t));
	TRY(monitor_visited(c, r, true));
	TRY(timeline_add(c, &(struct timeline_new){.person_id = r->person_id, .at_on = r->mon_from == INT_NULL ? r->mon_on : CIVIL_NONE,
		.at_ms = r->mon_from == INT_NULL ? 0 : civil_instant_start(r->mon_on) + r->mon_from * 60000, .kind = "monitoring", .record_class = CLASS_CARE,
		.org_id = r->org_id, .title = arena_fmt(c->arena, "モニタリング（%s）", label(c, "mon_method", r->method)),
		.summary = *r->plan_change ? arena_fmt(c->arena, "計画の変更: %s", label(c, "mon_plan_change", r->plan_change)) : NULL,
		.table_name = "monitoring", .row_id = r->id, .row_pid = r->pid}));
	TRY(wanted(c, r, "assess", r->wants_assess, "再アセスメント", "モニタリングで、再アセスメントが必要と判断しました。"));
	TRY(wanted(c, r, "plan_due", str_eq(r->plan_change, "full") || str_eq(r->plan_change, "minor"),
		str_eq(r->plan_change, "minor") ? "計画の軽微な変更" : "計画の変更（一連の手続）", r->plan_change_reason));
	if (r->version == 1) /* a new record settles what was due; a correction only moves it */
		TRY(task_settle(c, "care_case", r->case_id, "monitoring", "モニタリングを記録しました"));
	return monitor_refresh(c, r->case_id);
}
