#include "care/monitor.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "care/children.h"
#include "care/mandate.h"
#include "care/duty_month.h"
#include "care/monitor_own.h"
#include "care/plan.h"
#include "care/printables_of.h"
#include "care/retire.h"
#include "care/view_paper.h"
#include "jp/era.h"
#include "law/codes.h"
#include "care/evidence_writers.h"
#include "register/person.h"
#include "register/staff.h"
#include "register/timeline.h"
#include "sql/q_visit.h"
#include "store/tx.h"

/* ---- read ------------------------------------------------------------------------------------------------------------- */

static err names(struct ctx *c, struct monitor_tree *t)
{
	struct q_monitoring_names_row n;
	TRY(q_monitoring_names(c, &(struct q_monitoring_names_in){.id = t->row.id}, &n));
	t->person_pid = n.person_pid;
	t->person_name = n.person_name;
	t->plan_pid = n.plan_pid;
	t->plan_kind = n.plan_kind;
	t->case_pid = n.case_pid;
	t->org_name = n.org_name;
	t->updated_by = str_or(n.updated_by, "");
	t->log_pid = str_or(n.log_pid, "");
	t->meeting_pid = str_or(n.meeting_pid, "");
	t->may_write = mandate_record(c, t->row.person_id, t->row.case_id, MANDATE_MONITOR) == OK;
	return OK;
}

static err children(struct ctx *c, struct monitor_tree *t)
{
	struct q_monitoring_children_row *r;
	size_t n;
	TRY(q_monitoring_children(c, &(struct q_monitoring_children_in){.monitoring_id = t->row.id}, &r, &n));
	t->services = ARENA_ARRAY(c->arena, n + 1, struct t_monitoring_service);
	t->goals = ARENA_ARRAY(c->arena, n + 1, struct t_monitoring_goal);
	t->infos = ARENA_ARRAY(c->arena, n + 1, struct t_monitoring_info);
	t->shares = ARENA_ARRAY(c->arena, n + 1, struct t_monitoring_share);
	t->n_services = t->n_goals = t->n_infos = t->n_shares = 0;
	for (size_t i = 0; i < n; i++) {
		if (r[i].part == 0)
			TRY(row_load(c, &T_monitoring_service, r[i].id, &t->services[t->n_services++]));
		else if (r[i].part == 1)
			TRY(row_load(c, &T_monitoring_goal, r[i].id, &t->goals[t->n_goals++]));
		else if (r[i].part == 2)
			TRY(row_load(c, &T_monitoring_info, r[i].id, &t->infos[t->n_infos++]));
		else
			TRY(row_load(c, &T_monitoring_share, r[i].id, &t->shares[t->n_shares++]));
	}
	return OK;
}

err monitor_get(struct ctx *c, const char *pid, struct monitor_tree *out)
{
	*out = (struct monitor_tree){0};
	TRY(row_find(c, &T_monitoring, pid, &out->row));
	TRY(policy_check_record(c, out->row.person_id, CLASS_CARE, ACTION_SEE));
	if (out->row.retired_ms != INT_NULL)
		return ERR_NOTFOUND;
	TRY(children(c, out));
	return names(c, out);
}

err monitor_list(struct ctx *c, const char *person_pid, struct monitor_tree **v, size_t *n)
{
	int64_t person;
	struct q_monitoring_list_row *r;
	TRY(person_id(c, person_pid, &person));
	TRY(policy_check(c, person, CLASS_CARE, ACTION_SEE));
	TRY(q_monitoring_list(c, &(struct q_monitoring_list_in){.person_id = person}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct monitor_tree);
	for (size_t i = 0; i < *n; i++) {
		TRY(row_load(c, &T_monitoring, r[i].id, &(*v)[i].row));
		TRY(names(c, &(*v)[i]));
	}
	return OK;
}

/* ---- new -------------------------------------------------------------------------------------------------------------- */

static const char *period_ja(struct ctx *c, const char *printed, civil from, civil to)
{
	if (*printed || (from == CIVIL_NONE && to == CIVIL_NONE))
		return printed;
	return arena_fmt(c->arena, "%s〜%s", from == CIVIL_NONE ? "" : era_text_short(c->arena, from), to == CIVIL_NONE ? "" : era_text_short(c->arena, to));
}

static int64_t origin(int64_t origin_id, int64_t id) { return origin_id == INT_NULL ? id : origin_id; }

static const struct t_plan_need *need_of(const struct plan_tree *p, int64_t id)
{
	for (size_t i = 0; i < p->n_needs; i++)
		if (p->needs[i].id == id)
			return &p->needs[i];
	return NULL;
}

/* 居宅: each short-term goal. 予防: the goal stands with its 課題, the first of its 支援計画 bears it. */
static void goals_of(struct ctx *c, const struct plan_tree *p, struct monitor_tree *t)
{
	bool prevention = str_eq(p->plan.kind, "prevention");
	t->goals = ARENA_ARRAY(c->arena, p->n_goals + 1, struct t_monitoring_goal);
	for (size_t i = 0; i < p->n_goals; i++) {
		const struct t_plan_goal *g = &p->goals[i];
		const struct t_plan_need *need = need_of(p, g->need_id);
		const char *words = prevention && need ? need->goal : g->short_text;
		if (str_blank(words) || (prevention && i > 0 && p->goals[i - 1].need_id == g->need_id))
			continue;
		struct t_monitoring_goal *m = &t->goals[t->n_goals++];
		row_init(&T_monitoring_goal, m);
		m->plan_goal_id = g->id;
		m->origin_id = origin(g->origin_id, g->id);
		m->no = (int64_t)t->n_goals;
		m->short_text = words;
		m->period = prevention ? period_ja(c, "", p->plan.from_on, p->plan.to_on) : period_ja(c, g->short_period, g->short_from_on, g->short_to_on);
	}
}

static void services_of(struct ctx *c, const struct plan_tree *p, struct monitor_tree *t)
{
	t->services = ARENA_ARRAY(c->arena, p->n_services + 1, struct t_monitoring_service);
	for (size_t i = 0; i < p->n_services; i++) {
		const struct t_plan_service *s = &p->services[i];
		struct t_monitoring_service *m = &t->services[t->n_services++];
		row_init(&T_monitoring_service, m);
		m->plan_service_id = s->id;
		m->origin_id = origin(s->origin_id, s->id);
		m->no = (int64_t)t->n_services;
		m->type = *s->type ? s->type : str_eq(s->actor, "family") ? "家族" : str_eq(s->actor, "self") ? "本人" : "";
		m->office = s->office;
		m->content = *s->freq ? arena_fmt(c->arena, "%s（%s）", s->content, s->freq) : s->content;
	}
}

/* What was agreed of テレビ電話 stays agreed until something changes: the last record's words are offered again. */
static void video_of(const struct monitor_tree *last, size_t n, struct t_monitoring *row)
{
	for (size_t i = 0; i < n; i++) {
		const struct t_monitoring *m = &last[i].row;
		if (m->consent_on == CIVIL_NONE && m->agree_on == CIVIL_NONE)
			continue;
		row->consent_on = m->consent_on;
		row->consent_text = m->consent_text;
		row->agree_on = m->agree_on;
		row->agree_text = m->agree_text;
		row->agree_meeting_id = m->agree_meeting_id;
		row->is_stable = m->is_stable;
		row->is_able = m->is_able;
		row->is_informed = m->is_informed;
		return;
	}
}

err monitor_new(struct ctx *c, const char *person_pid, const char *plan_pid, struct monitor_tree *out)
{
	int64_t person;
	bool found = true;
	struct plan_tree p;
	struct t_care_case k;
	struct staff s;
	struct monitor_tree *last;
	size_t n;
	*out = (struct monitor_tree){0};
	TRY(person_id(c, person_pid, &person));
	TRY(policy_check(c, person, CLASS_CARE, ACTION_WRITE));
	if (str_blank(plan_pid))
		TRY(plan_current(c, person, NULL, c->today, &p, &found));
	else
		TRY(plan_get(c, plan_pid, &p));
	if (!found)
		return fault_add(c, "", ERR_PLAN_STATE, "使っている計画がありません。計画の同意を記録してから、モニタリングを記録してください。");
	TRY(mandate_record(c, p.plan.person_id, p.plan.case_id, MANDATE_MONITOR));
	TRY(row_load(c, &T_care_case, p.plan.case_id, &k));
	row_init(&T_monitoring, &out->row);
	out->row.person_id = p.plan.person_id;
	out->row.org_id = p.plan.org_id;
	out->row.case_id = k.id;
	out->row.plan_id = p.plan.id;
	out->row.kind = k.kind;
	out->row.mon_on = c->today;
	out->row.place = "居宅";
	out->row.staff_id = c->actor.staff_id > 0 ? c->actor.staff_id : INT_NULL;
	if (c->actor.staff_id > 0 && staff_load(c, c->actor.staff_id, &s) == OK)
		out->row.author_name = s.name;
	services_of(c, &p, out);
	goals_of(c, &p, out);
	out->infos = ARENA_ARRAY(c->arena, 1, struct t_monitoring_info);
	out->shares = ARENA_ARRAY(c->arena, 1, struct t_monitoring_share);
	TRY(monitor_list(c, person_pid, &last, &n));
	video_of(last, n, &out->row);
	out->person_pid = p.person_pid;
	out->person_name = p.person_name;
	out->plan_pid = p.plan.pid;
	out->plan_kind = p.plan.kind;
	out->case_pid = p.case_pid;
	out->org_name = p.org_name;
	out->updated_by = out->log_pid = out->meeting_pid = "";
	out->may_write = true;
	return OK;
}

/* ---- save ------------------------------------------------------------------------------------------------------------- */

struct saving {
	struct monitor_tree *t;
	struct row_conflict **conflict;
	struct child_conflicts more;
};

static bool info_blank(const void *row)
{
	const struct t_monitoring_info *r = row;
	return str_blank(r->office) && str_blank(r->content) && r->on_day == CIVIL_NONE;
}

static bool share_blank(const void *row)
{
	const struct t_monitoring_share *r = row;
	return str_blank(r->to_name) && str_blank(r->content) && r->on_day == CIVIL_NONE;
}

bool monitor_info_blank(const struct t_monitoring_info *r) { return info_blank(r); }
bool monitor_share_blank(const struct t_monitoring_share *r) { return share_blank(r); }

enum { PARTS = 4 };

static void parts_of(const struct monitor_tree *t, struct child_part v[static PARTS])
{
	v[0] = (struct child_part){&T_monitoring_service, t->services, t->n_services, "svc", "executed", "executed", "mon_executed", NULL};
	v[1] = (struct child_part){&T_monitoring_goal, t->goals, t->n_goals, "goal", "status", "status", "mon_status", NULL};
	v[2] = (struct child_part){&T_monitoring_info, t->infos, t->n_infos, "info", "content", NULL, NULL, info_blank};
	v[3] = (struct child_part){&T_monitoring_share, t->shares, t->n_shares, "share", "content", NULL, NULL, share_blank};
}

/* Columns that the record got from its plan and no editor writes. */
static void keep_own(struct t_monitoring *to, const struct t_monitoring *from)
{
	to->id = from->id;
	to->person_id = from->person_id;
	to->org_id = from->org_id;
	to->case_id = from->case_id;
	to->plan_id = from->plan_id;
	to->kind = from->kind;
}

static err save_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	struct t_monitoring *r = &s->t->row, stored;
	struct t_care_case k;
	s->more = (struct child_conflicts){0};
	if (r->id) {
		TRY(row_load(c, &T_monitoring, r->id, &stored));
		if (stored.retired_ms != INT_NULL)
			return ERR_NOTFOUND;
		keep_own(r, &stored);
		TRY(duty_month_guard(c, stored.org_id, stored.mon_on, "mon_on", "モニタリング")); /* nor is it taken out of the month */
	}
	TRY(mandate_record(c, r->person_id, r->case_id, MANDATE_MONITOR));
	TRY(row_load(c, &T_care_case, r->case_id, &k));
	struct ymd d = r->mon_on == CIVIL_NONE ? (struct ymd){0} : civil_ymd(r->mon_on);
	r->mon_ym = arena_fmt(c->arena, "%04d-%02d", d.y, d.m);
	TRY(duty_month_guard(c, r->org_id, r->mon_on, "mon_on", "モニタリング")); /* before anything else is asked for in vain */
	TRY(monitor_check(c, &k, s->t));
	if (r->id)
		TRY(row_save(c, &T_monitoring, r, s->conflict));
	else
		TRY(row_insert(c, &T_monitoring, r));
	struct child_part parts[PARTS];
	parts_of(s->t, parts);
	TRY(children_save_parts(c, parts, PARTS, "monitoring_id", r->id, r->person_id, &s->more));
	TRY(timeline_touch(c, "monitoring", r->id));
	return monitor_follow(c, s->t);
}

err monitor_save(struct ctx *c, struct monitor_tree *t, struct row_conflict **conflict)
{
	struct row_conflict *none = NULL;
	struct saving s = {.t = t, .conflict = conflict ? conflict : &none};
	/* A page shows the record again before the request's own transaction has put the rows back: do it here. */
	struct monitor_tree was = *t;
	was.services = arena_copy(c->arena, t->services, t->n_services * sizeof *t->services);
	was.goals = arena_copy(c->arena, t->goals, t->n_goals * sizeof *t->goals);
	was.infos = arena_copy(c->arena, t->infos, t->n_infos * sizeof *t->infos);
	was.shares = arena_copy(c->arena, t->shares, t->n_shares * sizeof *t->shares);
	err e = tx_run(c, save_tx, &s);
	if (e != OK)
		*t = was;
	struct child_part parts[PARTS];
	parts_of(t, parts);
	if (e == ERR_CONFLICT)
		children_tell(c, parts, PARTS, &s.more);
	return e;
}

/* ---- bin -------------------------------------------------------------------------------------------------------------- */

static err bin_gate(struct ctx *c, const void *row)
{
	const struct t_monitoring *r = row;
	return mandate_record(c, r->person_id, r->case_id, MANDATE_MONITOR);
}

static const char *bin_title(struct ctx *c, const void *row) { return arena_fmt(c->arena, "モニタリング: %s", era_text(c->arena, ((const struct t_monitoring *)row)->mon_on)); }

err monitor_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid)
{
	struct t_monitoring r;
	TRY(row_find(c, &T_monitoring, pid, &r));
	TRY(bin_gate(c, &r));
	TRY(duty_month_guard(c, r.org_id, r.mon_on, "reason", "モニタリング"));
	return retire_record(c, &(struct retire_kind){&T_monitoring, CLASS_CARE, bin_title, bin_gate, NULL}, pid, reason, bin_pid);
}

err monitor_follow_bin(struct ctx *c, int64_t row_id, bool alive)
{
	struct t_monitoring r;
	struct q_monitoring_children_row *k;
	size_t n;
	TRY(row_load(c, &T_monitoring, row_id, &r));
	TRY(q_monitoring_children(c, &(struct q_monitoring_children_in){.monitoring_id = row_id}, &k, &n));
	for (size_t i = 0; i < n; i++)
		if (k[i].part == 3)
			TRY(monitor_share_evidence(c, k[i].id));
		else if (k[i].part == 2)
			TRY(monitor_info_evidence(c, k[i].id));
	TRY(monitor_visited(c, &r, alive));
	return monitor_refresh(c, r.case_id);
}

/* ---- attainment over time, paper ----------------------------------------------------------------------------------------- */

err monitor_trend(struct ctx *c, const char *person_pid, struct monitor_line **v, size_t *n)
{
	int64_t person;
	struct q_monitoring_trend_row *r;
	size_t k;
	TRY(person_id(c, person_pid, &person));
	TRY(policy_check(c, person, CLASS_CARE, ACTION_SEE));
	TRY(q_monitoring_trend(c, &(struct q_monitoring_trend_in){.person_id = person}, &r, &k));
	*v = ARENA_ARRAY(c->arena, k + 1, struct monitor_line);
	*n = 0;
	struct monitor_point *points = ARENA_ARRAY(c->arena, k + 1, struct monitor_point);
	for (size_t i = 0; i < k; i++) {
		if (i == 0 || r[i].origin_id != r[i - 1].origin_id)
			(*v)[(*n)++] = (struct monitor_line){.origin_id = r[i].origin_id, .v = &points[i]};
		struct monitor_line *line = &(*v)[*n - 1];
		points[i] = (struct monitor_point){r[i].mon_on, r[i].status, r[i].note, r[i].monitoring_pid};
		line->n++;
		line->goal = r[i].short_text;
	}
	return OK;
}

static err fill_lists(struct fill *f, const struct monitor_tree *t)
{
	TRY(fill_rows(f, "monitoring_service", &T_monitoring_service, t->services, t->n_services));
	TRY(fill_rows(f, "monitoring_goal", &T_monitoring_goal, t->goals, t->n_goals));
	for (size_t i = 0; i < t->n_goals; i++)
		TRY(fill_cell(f, "monitoring_goal", i, "short", t->goals[i].short_text));
	for (size_t i = 0; i < t->n_infos; i++) {
		TRY(fill_cell(f, "monitoring_info", i, "on", era_text_short(f->c->arena, t->infos[i].on_day)));
		TRY(fill_cell(f, "monitoring_info", i, "office", t->infos[i].office));
		TRY(fill_cell(f, "monitoring_info", i, "content", t->infos[i].content));
	}
	for (size_t i = 0; i < t->n_shares; i++) {
		TRY(fill_cell(f, "monitoring_share", i, "to", t->shares[i].to_name));
		TRY(fill_cell(f, "monitoring_share", i, "on", era_text_short(f->c->arena, t->shares[i].on_day)));
		TRY(fill_cell(f, "monitoring_share", i, "content", t->shares[i].content));
		TRY(fill_cell(f, "monitoring_share", i, "agreed", t->shares[i].agreed ? "あり" : "なし"));
	}
	return OK;
}

/* A code of this program's list that the form does not have (an imported one) is left blank rather than refused. */
static err source(struct ctx *c, const struct monitor_tree *t, struct fill *f)
{
	TRY(fill_begin(c, "monitoring", t->row.mon_on, t->row.person_id, f));
	TRY(fill_register(f, t->row.mon_on));
	TRY(fill_row(f, &T_monitoring, &t->row));
	if (t->row.consent_on != CIVIL_NONE)
		TRY(fill_text(f, "monitoring.consent_text", arena_fmt(c->arena, "%s %s", era_text_short(c->arena, t->row.consent_on), t->row.consent_text)));
	if (t->row.agree_on != CIVIL_NONE)
		TRY(fill_text(f, "monitoring.agree_text", arena_fmt(c->arena, "%s %s", era_text_short(c->arena, t->row.agree_on), t->row.agree_text)));
	return fill_lists(f, t);
}

err monitor_paper(struct ctx *c, const char *pid, enum paper_kind kind, const char **bytes, size_t *n)
{
	struct monitor_tree t;
	struct fill f;
	TRY(monitor_get(c, pid, &t));
	TRY(source(c, &t, &f));
	return view_paper(c, &(struct view_source){.f = &f, .table_name = "monitoring", .row_id = t.row.id, .row_version = t.row.version}, kind, bytes, n);
}

err printables_monitoring(struct ctx *c, const struct person *p, const struct printable_period *period, struct printable_docs *out)
{
	struct monitor_tree *v, t;
	size_t n, newest = SIZE_MAX;
	TRY(policy_check(c, p->id, CLASS_CARE, ACTION_PRINT));
	TRY(monitor_list(c, p->pid, &v, &n));
	for (size_t i = n; i-- > 0;)
		if (printable_in(period, v[i].row.mon_on))
			newest = i; /* the list is newest first */
	for (size_t i = n; i-- > 0;) {
		struct fill f;
		if (!printable_in(period, v[i].row.mon_on) || (period->newest && i != newest))
			continue;
		TRY(monitor_get(c, v[i].row.pid, &t));
		TRY(source(c, &t, &f));
		printable_add_fill(c, out, &f, NULL);
	}
	return OK;
}
