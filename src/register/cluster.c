#include "register/cluster.h"

#include "access/audit.h"
#include "access/policy.h"
#include "base/str.h"
#include "sql/q_register_person.h"
#include "sql/tables.h"
#include "store/revision.h"
#include "store/tx.h"

err cluster_ids(struct ctx *c, int64_t person_id, int64_t **ids, size_t *n)
{
	struct q_person_cluster_ids_row *r;
	TRY(q_person_cluster_ids(c, &(struct q_person_cluster_ids_in){.id = person_id}, &r, n));
	*ids = ARENA_ARRAY(c->arena, *n ? *n : 1, int64_t);
	for (size_t i = 0; i < *n; i++)
		(*ids)[i] = r[i].id;
	return OK;
}

struct merge_job {
	int64_t front, joins, from_cluster, to_cluster, event_id;
	const char *reason, *pid;
};

/* The grants that stand on `from` from now on stand on `to`; which they were is kept. */
static err move_grants(struct ctx *c, const struct merge_job *j)
{
	struct q_merge_grant_ids_row *g;
	size_t n;
	TRY(q_merge_grant_ids(c, &(struct q_merge_grant_ids_in){.cluster_id = j->from_cluster}, &g, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(q_merge_grant_add(c, &(struct q_merge_grant_add_in){.merge_event_id = j->event_id, .grant_id = g[i].id,
			.from_cluster_id = j->from_cluster}, NULL));
		TRY(q_merge_grant_move(c, &(struct q_merge_grant_move_in){.id = g[i].id, .from_cluster_id = j->from_cluster,
			.cluster_id = j->to_cluster}, NULL));
	}
	return OK;
}

/* The search keys know the cluster too. */
static err move_person(struct ctx *c, int64_t person_id, int64_t cluster_id)
{
	TRY(q_person_cluster_set(c, &(struct q_person_cluster_set_in){.id = person_id, .cluster_id = cluster_id}, NULL));
	return q_person_key_cluster(c, &(struct q_person_key_cluster_in){.person_id = person_id, .cluster_id = cluster_id}, NULL);
}

static err merge_tx(struct ctx *c, void *arg)
{
	struct merge_job *j = arg;
	struct t_merge_event e;
	struct q_person_cluster_ids_row *members;
	struct q_person_cluster_get_row now;
	bool found;
	size_t n;
	TRY(q_person_cluster_get(c, &(struct q_person_cluster_get_in){.id = j->front}, &now, &found));
	j->to_cluster = found ? now.cluster_id : 0;
	TRY(q_person_cluster_get(c, &(struct q_person_cluster_get_in){.id = j->joins}, &now, &found));
	j->from_cluster = found ? now.cluster_id : 0;
	if (!j->to_cluster || !j->from_cluster)
		return ERR_NOTFOUND;
	if (j->to_cluster == j->from_cluster)
		return fault_add(c, "joins", ERR_INPUT, "この2つの記録は、すでに1つにまとめられています。");
	row_init(&T_merge_event, &e);
	e.person_id = j->front;
	e.merged_person_id = j->joins;
	e.to_cluster_id = j->to_cluster;
	e.from_cluster_id = j->from_cluster;
	e.reason = j->reason;
	TRY(row_insert(c, &T_merge_event, &e));
	j->event_id = e.id;
	j->pid = e.pid;
	TRY(q_person_cluster_ids(c, &(struct q_person_cluster_ids_in){.id = j->joins}, &members, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(q_merge_member_add(c, &(struct q_merge_member_add_in){.merge_event_id = e.id, .person_id = members[i].id,
			.from_cluster_id = members[i].cluster_id}, NULL));
		TRY(move_person(c, members[i].id, j->to_cluster));
		TRY(audit_change(c, "merge", "person", members[i].id, members[i].id));
	}
	TRY(move_grants(c, j));
	return audit_change(c, "merge", "person", j->front, j->front);
}

static err visible(struct ctx *c, const char *pid, int64_t *id)
{
	struct q_person_id_of_pid_row r;
	bool found;
	TRY(q_person_id_of_pid(c, &(struct q_person_id_of_pid_in){.pid = pid}, &r, &found));
	if (!found)
		return ERR_NOTFOUND;
	*id = r.id;
	return policy_check(c, r.id, CLASS_NAMECARD, ACTION_WRITE);
}

err cluster_merge(struct ctx *c, const char *front_pid, const char *joins_pid, const char *reason, const char **event_pid)
{
	struct merge_job j = {.reason = str_trim(c->arena, str_or(reason, ""))};
	TRY(visible(c, front_pid, &j.front));
	TRY(visible(c, joins_pid, &j.joins));
	if (j.front == j.joins)
		return fault_add(c, "joins", ERR_INPUT, "同じ記録どうしはまとめられません。もう1つの記録を選んでください。");
	if (!*j.reason)
		return fault_add(c, "reason", ERR_REQUIRED, "同じ人と判断した理由を入力してください。");
	TRY(tx_run(c, merge_tx, &j));
	*event_pid = j.pid;
	return OK;
}

/* A grant written while the records were joined goes with the person it was written for, if its reason tells that. */
static err part_new_grants(struct ctx *c, int64_t to_cluster)
{
	struct q_merge_grant_ids_row *g;
	size_t n;
	TRY(q_merge_grant_ids(c, &(struct q_merge_grant_ids_in){.cluster_id = to_cluster}, &g, &n));
	for (size_t i = 0; i < n; i++) {
		struct q_merge_grant_person_row p;
		struct q_person_cluster_get_row own;
		bool found;
		TRY(q_merge_grant_person(c, &(struct q_merge_grant_person_in){.via_table = g[i].via_table, .via_id = g[i].via_id}, &p, &found));
		if (found)
			TRY(q_person_cluster_get(c, &(struct q_person_cluster_get_in){.id = p.person_id}, &own, &found));
		if (found && own.cluster_id != to_cluster)
			TRY(q_merge_grant_move(c, &(struct q_merge_grant_move_in){.id = g[i].id, .from_cluster_id = to_cluster,
				.cluster_id = own.cluster_id}, NULL));
	}
	return OK;
}

static err unmerge_tx(struct ctx *c, void *arg)
{
	struct merge_job *j = arg;
	struct t_merge_event e;
	struct q_merge_member_list_row *m;
	struct q_merge_grant_list_row *g;
	struct q_person_cluster_get_row front;
	size_t n;
	bool found;
	TRY(row_load(c, &T_merge_event, j->event_id, &e));
	if (e.undone_ms != INT_NULL)
		return ERR_CONFLICT;
	/* The front may itself have joined another cluster since: what is parted leaves from where it stands now. */
	TRY(q_person_cluster_get(c, &(struct q_person_cluster_get_in){.id = e.person_id}, &front, &found));
	int64_t now = found ? front.cluster_id : e.to_cluster_id;
	TRY(q_merge_member_list(c, &(struct q_merge_member_list_in){.merge_event_id = e.id}, &m, &n));
	for (size_t i = 0; i < n; i++) {
		if (m[i].cluster_id != now)
			continue; /* parted already by undoing an older merge */
		TRY(move_person(c, m[i].person_id, m[i].from_cluster_id));
		TRY(audit_change(c, "unmerge", "person", m[i].person_id, m[i].person_id));
	}
	TRY(q_merge_grant_list(c, &(struct q_merge_grant_list_in){.merge_event_id = e.id}, &g, &n));
	for (size_t i = 0; i < n; i++)
		TRY(q_merge_grant_move(c, &(struct q_merge_grant_move_in){.id = g[i].grant_id, .from_cluster_id = now,
			.cluster_id = g[i].from_cluster_id}, NULL));
	TRY(part_new_grants(c, now));
	e.undone_ms = c->now_ms;
	e.undone_by = c->actor.account_id;
	e.undo_reason = j->reason;
	TRY(row_save(c, &T_merge_event, &e, NULL));
	return audit_change(c, "unmerge", "person", e.person_id, e.person_id);
}

err cluster_unmerge(struct ctx *c, const char *event_pid, const char *reason)
{
	struct t_merge_event e;
	TRY(row_find(c, &T_merge_event, event_pid, &e));
	TRY(policy_check(c, e.person_id, CLASS_NAMECARD, ACTION_WRITE));
	TRY(policy_check(c, e.merged_person_id, CLASS_NAMECARD, ACTION_WRITE));
	struct merge_job j = {.event_id = e.id, .reason = str_trim(c->arena, str_or(reason, ""))};
	if (!*j.reason)
		return fault_add(c, "reason", ERR_REQUIRED, "元に戻す理由を入力してください。");
	return tx_run(c, unmerge_tx, &j);
}

err cluster_history(struct ctx *c, const char *person_pid, struct merge_row **v, size_t *n)
{
	struct q_person_id_of_pid_row p;
	struct q_merge_list_row *r;
	bool found;
	TRY(q_person_id_of_pid(c, &(struct q_person_id_of_pid_in){.pid = person_pid}, &p, &found));
	if (!found)
		return ERR_NOTFOUND;
	TRY(q_merge_list(c, &(struct q_merge_list_in){.person_id = p.id}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n ? *n : 1, struct merge_row);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct merge_row){r[i].pid, r[i].front_pid, r[i].front_name, r[i].joined_pid, r[i].joined_name, r[i].reason,
			r[i].undo_reason, r[i].at_ms, r[i].undone_ms, r[i].by_account, r[i].undone_by};
	return OK;
}
