/* The story of a モニタリング and of a 評価 with all the rows they ever had. */
#include "base/str.h"
#include "care/evaluate.h"
#include "care/monitor.h"
#include "sql/q_visit.h"

static const char *named(struct ctx *c, const char *what, const char *name)
{
	return str_blank(name) ? what : arena_fmt(c->arena, "%s「%s」", what, name);
}

static err monitor_part(struct ctx *c, int64_t part, int64_t id, struct history_part *p)
{
	if (part == 0) {
		struct t_monitoring_service s;
		TRY(row_load(c, &T_monitoring_service, id, &s));
		*p = (struct history_part){&T_monitoring_service, id, named(c, "サービス", str_blank(s.type) ? s.content : s.type), NULL};
	} else if (part == 1) {
		struct t_monitoring_goal g;
		TRY(row_load(c, &T_monitoring_goal, id, &g));
		*p = (struct history_part){&T_monitoring_goal, id, named(c, "目標", g.short_text), NULL};
	} else if (part == 2) {
		struct t_monitoring_info i;
		TRY(row_load(c, &T_monitoring_info, id, &i));
		*p = (struct history_part){&T_monitoring_info, id, named(c, "担当者からの情報", i.office), NULL};
	} else {
		struct t_monitoring_share s;
		TRY(row_load(c, &T_monitoring_share, id, &s));
		*p = (struct history_part){&T_monitoring_share, id, named(c, "伝えた相手", s.to_name), NULL};
	}
	return OK;
}

err monitor_history(struct ctx *c, const char *pid, struct history_act **v, size_t *n)
{
	struct monitor_tree t;
	struct q_monitoring_children_row *r;
	size_t k;
	TRY(monitor_get(c, pid, &t));
	TRY(q_monitoring_children(c, &(struct q_monitoring_children_in){.monitoring_id = t.row.id, .with_gone = true}, &r, &k));
	struct history_part *p = ARENA_ARRAY(c->arena, k + 1, struct history_part);
	p[0] = (struct history_part){&T_monitoring, t.row.id, "", NULL};
	for (size_t i = 0; i < k; i++)
		TRY(monitor_part(c, r[i].part, r[i].id, &p[i + 1]));
	return history_of(c, p, k + 1, v, n);
}

/* A row that is there now but was not then goes, one that was there then and has gone comes back as a new row. */
static err info_then(struct ctx *c, int64_t id, int64_t at_ms, struct monitor_tree *t)
{
	struct t_monitoring_info now, then;
	TRY(row_load(c, &T_monitoring_info, id, &now));
	err e = row_at(c, &T_monitoring_info, id, at_ms, &then);
	bool alive = now.retired_ms == INT_NULL, was = e == OK && then.retired_ms == INT_NULL;
	if (e != OK && e != ERR_NOTFOUND)
		return e;
	if (!was && !alive)
		return OK;
	struct t_monitoring_info *to = &t->infos[t->n_infos++];
	*to = was ? then : now;
	to->id = alive ? now.id : 0;
	to->pid = alive ? now.pid : "";
	to->version = now.version;
	to->retired_ms = INT_NULL;
	if (!was) {
		to->office = to->content = "";
		to->on_day = CIVIL_NONE;
	}
	return OK;
}

static err share_then(struct ctx *c, int64_t id, int64_t at_ms, struct monitor_tree *t)
{
	struct t_monitoring_share now, then;
	TRY(row_load(c, &T_monitoring_share, id, &now));
	err e = row_at(c, &T_monitoring_share, id, at_ms, &then);
	bool alive = now.retired_ms == INT_NULL, was = e == OK && then.retired_ms == INT_NULL;
	if (e != OK && e != ERR_NOTFOUND)
		return e;
	if (!was && !alive)
		return OK;
	struct t_monitoring_share *to = &t->shares[t->n_shares++];
	*to = was ? then : now;
	to->id = alive ? now.id : 0;
	to->pid = alive ? now.pid : "";
	to->version = now.version;
	to->retired_ms = INT_NULL;
	if (!was) {
		to->to_name = to->content = "";
		to->on_day = CIVIL_NONE;
	}
	return OK;
}

err monitor_revert(struct ctx *c, const char *pid, int64_t at_ms)
{
	struct monitor_tree t;
	struct t_monitoring then;
	struct q_monitoring_children_row *r;
	size_t n;
	TRY(monitor_get(c, pid, &t));
	TRY(row_at(c, &T_monitoring, t.row.id, at_ms, &then));
	then.version = t.row.version;
	then.retired_ms = INT_NULL;
	t.row = then;
	for (size_t i = 0; i < t.n_services; i++) {
		int64_t version = t.services[i].version;
		TRY(row_at(c, &T_monitoring_service, t.services[i].id, at_ms, &t.services[i]));
		t.services[i].version = version;
		t.services[i].retired_ms = INT_NULL;
	}
	for (size_t i = 0; i < t.n_goals; i++) {
		int64_t version = t.goals[i].version;
		TRY(row_at(c, &T_monitoring_goal, t.goals[i].id, at_ms, &t.goals[i]));
		t.goals[i].version = version;
		t.goals[i].retired_ms = INT_NULL;
	}
	TRY(q_monitoring_children(c, &(struct q_monitoring_children_in){.monitoring_id = t.row.id, .with_gone = true}, &r, &n));
	t.infos = ARENA_ARRAY(c->arena, n + 1, struct t_monitoring_info);
	t.shares = ARENA_ARRAY(c->arena, n + 1, struct t_monitoring_share);
	t.n_infos = t.n_shares = 0;
	for (size_t i = 0; i < n; i++) {
		if (r[i].part == 2)
			TRY(info_then(c, r[i].id, at_ms, &t));
		else if (r[i].part == 3)
			TRY(share_then(c, r[i].id, at_ms, &t));
	}
	return monitor_save(c, &t, NULL);
}

err evaluate_history(struct ctx *c, const char *pid, struct history_act **v, size_t *n)
{
	struct evaluate_tree t;
	struct q_evaluation_rows_row *r;
	size_t k;
	TRY(evaluate_get(c, pid, &t));
	TRY(q_evaluation_rows(c, &(struct q_evaluation_rows_in){.evaluation_id = t.row.id, .with_gone = true}, &r, &k));
	struct history_part *p = ARENA_ARRAY(c->arena, k + 1, struct history_part);
	p[0] = (struct history_part){&T_evaluation, t.row.id, "", NULL};
	for (size_t i = 0; i < k; i++) {
		struct t_evaluation_row x;
		TRY(row_load(c, &T_evaluation_row, r[i].id, &x));
		p[i + 1] = (struct history_part){&T_evaluation_row, x.id, named(c, "行", str_blank(x.short_text) ? x.goal : x.short_text), NULL};
	}
	return history_of(c, p, k + 1, v, n);
}
