#include "register/grant.h"

#include "base/str.h"
#include "sql/q_record.h"

/* A grant without its reason, a class or a relation would open a record for nobody knows why: a fault of the program. */
static bool well_formed(const struct ctx *c, const struct grant_new *in, int classes)
{
	return c->tx_depth > 0 && in->org_id > 0 && in->person_id > 0 && classes > 0 && in->relation > 0 &&
	       (in->relation & (in->relation - 1)) == 0 && !str_blank(in->via_table);
}

err grant_write(struct ctx *c, const struct grant_new *in)
{
	int classes = in->classes ? in->classes : (int)relation_usual_classes(in->relation);
	if (!well_formed(c, in, classes))
		return ERR_BUG;
	/* Rights protection is bound to accounts (access/relations.tbl.h). */
	if ((classes & CLASS_RIGHTS) && !in->account_id)
		return ERR_BUG;
	civil from = in->from_on == CIVIL_NONE ? c->today : in->from_on;
	civil to = in->to_on == CIVIL_NONE ? CIVIL_OPEN : in->to_on;
	if (to < from)
		return ERR_PERIOD_ORDER;
	struct q_record_cluster_row cluster;
	bool found;
	TRY(q_record_cluster(c, &(struct q_record_cluster_in){.person_id = in->person_id}, &cluster, &found));
	if (!found)
		return ERR_NOTFOUND;
	int roles = in->role_classes ? in->role_classes : ROLE_CLASS_ALL;
	struct q_record_grant_same_row same;
	TRY(q_record_grant_same(c, &(struct q_record_grant_same_in){.via_table = in->via_table, .via_id = in->via_id,
		.org_id = in->org_id, .account_id = in->account_id, .relation = in->relation}, &same, &found));
	if (found)
		return q_record_grant_replace(c, &(struct q_record_grant_replace_in){.id = same.id, .role_classes = roles,
			.cluster_id = cluster.cluster_id, .classes = classes, .from_on = from, .to_on = to}, NULL);
	return q_record_grant_insert(c, &(struct q_record_grant_insert_in){.org_id = in->org_id, .account_id = in->account_id,
		.role_classes = roles, .cluster_id = cluster.cluster_id, .classes = classes, .relation = in->relation, .from_on = from,
		.to_on = to, .via_table = in->via_table, .via_id = in->via_id}, NULL);
}

err grant_end(struct ctx *c, const char *via_table, int64_t via_id, civil on, int64_t *n)
{
	if (c->tx_depth == 0 || on == CIVIL_NONE)
		return ERR_BUG;
	int64_t ended;
	TRY(q_record_grant_end(c, &(struct q_record_grant_end_in){.via_table = via_table, .via_id = via_id, .last_on = on - 1}, &ended));
	if (n)
		*n = ended;
	return q_record_grant_drop(c, &(struct q_record_grant_drop_in){.via_table = via_table, .via_id = via_id}, NULL);
}

err grant_end_others(struct ctx *c, const char *via_table, int64_t via_id, int64_t org_id, civil on)
{
	if (c->tx_depth == 0 || on == CIVIL_NONE)
		return ERR_BUG;
	TRY(q_record_grant_end_others(c, &(struct q_record_grant_end_others_in){.via_table = via_table, .via_id = via_id, .org_id = org_id,
		.last_on = on - 1}, NULL));
	return q_record_grant_drop(c, &(struct q_record_grant_drop_in){.via_table = via_table, .via_id = via_id}, NULL);
}

err grant_list(struct ctx *c, int64_t person_id, struct grant_row **v, size_t *n)
{
	TRY(policy_check(c, person_id, CLASS_NAMECARD, ACTION_GIVE));
	struct q_record_grant_list_row *rows;
	TRY(q_record_grant_list(c, &(struct q_record_grant_list_in){.person_id = person_id}, &rows, n));
	*v = ARENA_ARRAY(c->arena, *n ? *n : 1, struct grant_row);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct grant_row){rows[i].id, rows[i].org_id, rows[i].account_id, rows[i].via_id, (int)rows[i].role_classes,
			(int)rows[i].classes, (int)rows[i].relation, rows[i].from_on, rows[i].to_on, rows[i].via_table};
	return OK;
}
