#include "care/consult_follow.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "law/codes.h"
#include "register/bin.h"
#include "register/grant.h"
#include "register/task.h"
#include "register/timeline.h"
#include "sql/q_care.h"
#include "store/revision.h"

/* ---- who may ---------------------------------------------------------------------------------------------- */

int consult_team(const struct ctx *c, enum action a)
{
	if (!(c->may[CLASS_I_RIGHTS][a] & RELATION_GROUP) || !c->actor.account_id)
		return 0;
	return c->actor.role == ROLE_CENTRE_SOCIAL || c->actor.role == ROLE_CENTRE_HEAD ? 2 : 1;
}

err consult_gate(struct ctx *c, const struct t_consult *row, enum action a)
{
	if (row->person_id != INT_NULL)
		return policy_check_record(c, row->person_id, (int)row->record_class, a);
	if (row->record_class != CLASS_RIGHTS || c->actor.system)
		return policy_check_own(c, row->org_id, (int)row->record_class, a);
	/* No person yet, so no grant: the team is known by the record itself. Who is not in it finds nothing (404). */
	int team = row->org_id == c->actor.org_id ? consult_team(c, ACTION_SEE) : 0;
	bool in_team = team == 2 || (team == 1 && (row->created_by == c->actor.account_id ||
	                                           (c->actor.staff_id && row->assignee_staff_id == c->actor.staff_id)));
	if (!in_team)
		return ERR_NOTFOUND;
	return consult_team(c, a) ? OK : ERR_DENIED;
}

err consult_origin(struct ctx *c, const char *pid, int64_t person_id, struct t_consult *row)
{
	TRY(row_find(c, &T_consult, pid, row));
	TRY(consult_gate(c, row, ACTION_SEE));
	if (row->retired_ms != INT_NULL)
		return ERR_NOTFOUND;
	if (row->person_id == INT_NULL || row->person_id == person_id)
		return OK;
	struct t_person a, b;
	TRY(row_load(c, &T_person, row->person_id, &a));
	TRY(row_load(c, &T_person, person_id, &b));
	return a.cluster_id == b.cluster_id ? OK : ERR_NOTFOUND;
}

/* Rights protection is bound to accounts: the one who took the call, the one in charge, whoever works on it now, and the
 * group of the centre (社会福祉士, センター長). Nobody else finds a trace of it. */
static err grant_team(struct ctx *c, const struct t_consult *row)
{
	if (row->record_class != CLASS_RIGHTS || row->person_id == INT_NULL)
		return OK;
	struct q_consult_group_row *group;
	struct q_account_of_staff_row *charge = NULL;
	size_t n, n_charge = 0;
	TRY(q_consult_group(c, &(struct q_consult_group_in){.org_id = row->org_id}, &group, &n));
	if (row->assignee_staff_id != INT_NULL)
		TRY(q_account_of_staff(c, &(struct q_account_of_staff_in){.staff_id = row->assignee_staff_id, .org_id = row->org_id},
		                       &charge, &n_charge));
	for (size_t i = 0; i < n + n_charge + 2; i++) {
		int64_t account = i < n ? group[i].id
		                : i < n + n_charge ? charge[i - n].id
		                : i == n + n_charge ? row->created_by
		                : c->actor.org_id == row->org_id ? c->actor.account_id : 0;
		if (!account)
			continue;
		TRY(grant_write(c, &(struct grant_new){.org_id = row->org_id, .account_id = account, .person_id = row->person_id,
		                                       .classes = CLASS_RIGHTS | CLASS_NAMECARD, .relation = RELATION_GROUP,
		                                       .from_on = CIVIL_NONE, .to_on = CIVIL_NONE,
		                                       .via_table = "consult", .via_id = row->id}));
	}
	return OK;
}

/* ---- time line --------------------------------------------------------------------------------------------- */

const char *consult_one_line(struct arena *a, const char *text, size_t max)
{
	const char *p = text;
	for (size_t n = 0; *p && *p != '\n' && n < max; n++)
		(void)str_next(&p);
	bool cut = *p != '\0';
	return arena_fmt(a, "%s%s", arena_strn(a, text, (size_t)(p - text)), cut ? "…" : "");
}

static const char *channel_ja(struct ctx *c, const char *code) { return law_code_label(c->house->law, "consult_channel", code); }

/* The record and each of its entries stand on the time line of the person it is about now, in its class of now: linking
 * brings the entries made before, linking anew and turning to rights protection take them away from where they were. */
static err timeline_of(struct ctx *c, const struct t_consult *row)
{
	int64_t person = row->person_id == INT_NULL ? 0 : row->person_id;
	TRY(q_consult_timeline_clear(c, &(struct q_consult_timeline_clear_in){.consult_id = row->id, .person_id = person}, NULL));
	TRY(q_consult_timeline_clear_entries(
		c, &(struct q_consult_timeline_clear_entries_in){.consult_id = row->id, .person_id = person}, NULL));
	if (!person)
		return OK;
	TRY(timeline_add(c, &(struct timeline_new){
		.person_id = person, .at_ms = row->received_ms, .kind = "consult", .record_class = (int)row->record_class,
		.org_id = row->org_id, .title = arena_fmt(c->arena, "相談（%s）", channel_ja(c, row->channel)),
		.summary = consult_one_line(c->arena, row->content, 80), .table_name = "consult", .row_id = row->id,
		.row_pid = row->pid}));
	struct q_consult_entries_row *e;
	size_t n;
	TRY(q_consult_entries(c, &(struct q_consult_entries_in){.consult_id = row->id}, &e, &n));
	for (size_t i = 0; i < n; i++)
		TRY(timeline_add(c, &(struct timeline_new){
			.person_id = person, .at_ms = e[i].at_ms, .kind = "progress", .record_class = (int)row->record_class,
			.org_id = row->org_id,
			.title = arena_fmt(c->arena, "相談の経過（%s%s）", channel_ja(c, e[i].channel), e[i].reached ? "" : "・つながらず"),
			.summary = consult_one_line(c->arena, e[i].content, 80), .table_name = "consult_entry", .row_id = e[i].id,
			.row_pid = row->pid}));
	return OK;
}

/* ---- tasks --------------------------------------------------------------------------------------------------- */

/* Tasks of any state say whose matter it is: none may stay behind in the old class or with the old person. */
static err tasks_move(struct ctx *c, const struct t_consult *row)
{
	struct q_consult_tasks_row *v;
	size_t n;
	TRY(q_consult_tasks(c, &(struct q_consult_tasks_in){.consult_id = row->id}, &v, &n));
	for (size_t i = 0; i < n; i++) {
		struct t_task t;
		TRY(row_load(c, &T_task, v[i].id, &t));
		if (t.record_class == row->record_class && t.person_id == row->person_id)
			continue;
		t.record_class = row->record_class;
		t.person_id = row->person_id;
		TRY(row_save(c, &T_task, &t, NULL));
	}
	return OK;
}

static err tasks_of(struct ctx *c, const struct t_consult *row)
{
	TRY(tasks_move(c, row));
	if (str_eq(row->status, "closed") || row->next_on == CIVIL_NONE)
		return task_settle(c, "consult", row->id, "consult_next", "相談の状況が変わりました。");
	return task_put(c, &(struct task_new){
		.kind = "consult_next", .person_id = row->person_id == INT_NULL ? 0 : row->person_id, .consult_id = row->id,
		.record_class = (int)row->record_class, .org_id = row->org_id,
		.assignee_staff_id = row->assignee_staff_id == INT_NULL ? 0 : row->assignee_staff_id, .due_on = row->next_on,
		.title = row->next_action, .reason = "相談の記録に書かれた次の対応です。", .table_name = "consult",
		.row_id = row->id, .row_pid = row->pid}, NULL);
}

err consult_follow(struct ctx *c, const struct t_consult *row)
{
	TRY(grant_team(c, row));
	TRY(timeline_of(c, row));
	return tasks_of(c, row);
}

/* ---- bin ------------------------------------------------------------------------------------------------------ */

err consult_follow_bin(struct ctx *c, int64_t consult_id, bool alive)
{
	struct t_consult row;
	TRY(row_load(c, &T_consult, consult_id, &row));
	struct q_consult_entries_row *e;
	size_t n;
	TRY(q_consult_entries(c, &(struct q_consult_entries_in){.consult_id = consult_id}, &e, &n));
	for (size_t i = 0; i < n; i++)
		TRY(timeline_hide(c, "consult_entry", e[i].id, !alive));
	/* The team can open the bin for as long as the record can come back; then its right from this record ends. */
	if (!alive)
		return q_consult_grants_until(
			c, &(struct q_consult_grants_until_in){.consult_id = consult_id, .to_on = c->today + BIN_DAYS}, NULL);
	return q_consult_grants_back(c, &(struct q_consult_grants_back_in){.consult_id = consult_id, .open_on = CIVIL_OPEN}, NULL);
}
