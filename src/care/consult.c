#include "care/consult.h"

#include "access/policy.h"
#include "base/str.h"
#include "care/consult_input.h"
#include "jp/era.h"
#include "law/codes.h"
#include "base/house.h"
#include "register/draft.h"
#include "register/grant.h"
#include "register/task.h"
#include "register/timeline.h"
#include "sql/q_care.h"
#include "store/revision.h"
#include "store/tx.h"

#include <string.h>

/* ---- who may ---------------------------------------------------------------------------------------------- */

/* A consultation about a person follows that person's rights; about nobody yet, the organisation's own. */
static err gate(struct ctx *c, const struct t_consult *row, enum action a)
{
	if (row->person_id != INT_NULL)
		return policy_check(c, row->person_id, (int)row->record_class, a);
	return policy_check_own(c, row->org_id, (int)row->record_class, a);
}

static err person_of(struct ctx *c, const char *pid, int64_t *id)
{
	*id = INT_NULL;
	if (str_blank(pid))
		return OK;
	struct t_person p;
	TRY(row_find(c, &T_person, pid, &p));
	TRY(policy_check(c, p.id, CLASS_NAMECARD, ACTION_SEE));
	*id = p.id;
	return OK;
}

static err staff_of(struct ctx *c, const char *pid, int64_t *id)
{
	*id = c->actor.staff_id ? c->actor.staff_id : INT_NULL;
	if (str_blank(pid))
		return OK;
	struct t_staff s;
	if (row_find(c, &T_staff, pid, &s) != OK)
		return fault_add(c, "assignee", ERR_NOT_CHOICE, "「担当者」は、表示されている中から選んでください。");
	*id = s.id;
	return OK;
}

/* Rights protection is bound to accounts: the one who took the call, the one in charge, and the group of the centre
 * (社会福祉士, センター長). Nobody else finds a trace of it. */
static err grant_group(struct ctx *c, const struct t_consult *row)
{
	if (row->record_class != CLASS_RIGHTS || row->person_id == INT_NULL)
		return OK;
	struct q_consult_group_row *group;
	struct q_account_of_staff_row *charge = NULL;
	size_t n, n_charge = 0;
	TRY(q_consult_group(c, &group, &n));
	if (row->assignee_staff_id != INT_NULL)
		TRY(q_account_of_staff(c, &(struct q_account_of_staff_in){.staff_id = row->assignee_staff_id}, &charge, &n_charge));
	for (size_t i = 0; i < n + n_charge + 1; i++) {
		int64_t account = i < n ? group[i].id : i < n + n_charge ? charge[i - n].id : c->actor.account_id;
		if (!account)
			continue;
		TRY(grant_write(c, &(struct grant_new){.org_id = row->org_id, .account_id = account, .person_id = row->person_id,
		                                       .classes = CLASS_RIGHTS | CLASS_NAMECARD, .relation = RELATION_GROUP,
		                                       .from_on = CIVIL_NONE, .to_on = CIVIL_NONE,
		                                       .via_table = "consult", .via_id = row->id}));
	}
	return OK;
}

/* ---- what follows from a saved consultation ------------------------------------------------------------- */

static const char *one_line(struct arena *a, const char *text, size_t max)
{
	const char *p = text;
	for (size_t n = 0; *p && *p != '\n' && n < max; n++)
		(void)str_next(&p);
	bool cut = *p != '\0';
	return arena_fmt(a, "%s%s", arena_strn(a, text, (size_t)(p - text)), cut ? "…" : "");
}

static err follow(struct ctx *c, const struct t_consult *row)
{
	TRY(grant_group(c, row));
	if (row->person_id != INT_NULL)
		TRY(timeline_add(c, &(struct timeline_new){
			.person_id = row->person_id, .at_ms = row->received_ms, .kind = "consult",
			.record_class = (int)row->record_class, .org_id = row->org_id,
			.title = arena_fmt(c->arena, "相談（%s）", law_code_label(c->house->law, "consult_channel", row->channel)),
			.summary = one_line(c->arena, row->content, 80), .table_name = "consult", .row_id = row->id,
			.row_pid = row->pid}));
	if (str_eq(row->status, "closed") || row->next_on == CIVIL_NONE)
		TRY(task_settle(c, "consult", row->id, "consult_next", "相談の状況が変わりました。"));
	if (!str_eq(row->status, "closed") && row->next_on != CIVIL_NONE)
		TRY(task_put(c, &(struct task_new){
			.kind = "consult_next", .person_id = row->person_id == INT_NULL ? 0 : row->person_id, .consult_id = row->id,
			.record_class = (int)row->record_class, .org_id = row->org_id,
			.assignee_staff_id = row->assignee_staff_id == INT_NULL ? 0 : row->assignee_staff_id, .due_on = row->next_on,
			.title = row->next_action, .reason = "相談の記録に書かれた次の対応です。", .table_name = "consult",
			.row_id = row->id, .row_pid = row->pid}, NULL));
	if (row->person_id != INT_NULL)
		TRY(task_settle(c, "consult", row->id, "consult_link", "本人が分かりました。"));
	return OK;
}

static err codes_save(struct ctx *c, int64_t id, const char *kind, const char *const *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		bool again = false;
		for (size_t k = 0; k < i; k++)
			again = again || str_eq(v[k], v[i]);
		if (!again)
			TRY(q_consult_code_insert(c, &(struct q_consult_code_insert_in){.consult_id = id, .kind = kind, .code = v[i]},
			                          NULL));
	}
	return OK;
}

/* ---- save -------------------------------------------------------------------------------------------------- */

struct saving {
	const struct consult_input *in;
	const char *pid;
	struct row_conflict **conflict;
};

static err save_new(struct ctx *c, const struct consult_input *in, struct t_consult *row, int64_t person_id)
{
	row->org_id = c->actor.org_id;
	row->person_id = person_id;
	if (person_id != INT_NULL) {
		struct t_person p;
		TRY(row_load(c, &T_person, person_id, &p));
		row->area_id = p.area_id;
	}
	TRY(consult_input_read(c, in, row));
	/* Who may write consultations may take down a matter of rights protection; the grant to the group follows. */
	if (person_id != INT_NULL)
		TRY(policy_check(c, person_id, CLASS_CONSULTATION, ACTION_WRITE));
	else
		TRY(policy_check_own(c, row->org_id, CLASS_CONSULTATION, ACTION_WRITE));
	return row_insert(c, &T_consult, row);
}

static err save_old(struct ctx *c, const struct consult_input *in, struct t_consult *row, int64_t person_id,
                    struct row_conflict **conflict)
{
	TRY(row_find(c, &T_consult, in->pid, row));
	TRY(gate(c, row, ACTION_WRITE));
	int64_t linked = row->person_id;
	int64_t was_class = row->record_class;
	TRY(consult_input_read(c, in, row));
	if (linked == INT_NULL && person_id != INT_NULL) {
		row->person_id = person_id;
		row->linked_ms = c->now_ms;
		row->linked_by = c->actor.account_id;
	}
	/* Taking a record out of rights protection is a decision of its own, not a side effect of an edit. */
	if (was_class == CLASS_RIGHTS)
		row->record_class = CLASS_RIGHTS;
	row->version = in->version;
	return row_save(c, &T_consult, row, conflict);
}

static err save_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	const struct consult_input *in = s->in;
	struct t_consult row;
	row_init(&T_consult, &row);
	int64_t person_id, staff_id;
	TRY(person_of(c, in->person_pid, &person_id));
	TRY(staff_of(c, in->assignee_pid, &staff_id));
	row.assignee_staff_id = staff_id;
	if (str_blank(in->pid)) {
		TRY(save_new(c, in, &row, person_id));
	} else {
		TRY(save_old(c, in, &row, person_id, s->conflict));
	}
	TRY(q_consult_codes_clear(c, &(struct q_consult_codes_clear_in){.consult_id = row.id}, NULL));
	TRY(codes_save(c, row.id, "class", in->classes, in->n_classes));
	TRY(codes_save(c, row.id, "response", in->responses, in->n_responses));
	TRY(follow(c, &row));
	s->pid = row.pid;
	return OK;
}

err consult_save(struct ctx *c, const struct consult_input *in, const char **pid, struct row_conflict **conflict)
{
	struct row_conflict *none = NULL;
	struct saving s = {.in = in, .conflict = conflict ? conflict : &none};
	TRY(tx_run(c, save_tx, &s));
	*pid = s.pid;
	return OK;
}

/* ---- link later (F017) ------------------------------------------------------------------------------------- */

struct linking {
	const char *pid, *person_pid, *reason;
};

static err link_tx(struct ctx *c, void *arg)
{
	const struct linking *l = arg;
	struct t_consult row;
	TRY(row_find(c, &T_consult, l->pid, &row));
	TRY(gate(c, &row, ACTION_WRITE));
	int64_t person_id;
	TRY(person_of(c, l->person_pid, &person_id));
	if (person_id == INT_NULL)
		return fault_add(c, "person", ERR_REQUIRED, "だれの相談かを選んでください。");
	if (row.person_id == person_id)
		return OK;
	if (row.person_id != INT_NULL && str_blank(l->reason))
		return fault_add(c, "reason", ERR_REQUIRED, "別の人に付けかえるときは、理由を書いてください。");
	TRY(policy_check(c, person_id, CLASS_CONSULTATION, ACTION_WRITE));
	struct t_person p;
	TRY(row_load(c, &T_person, person_id, &p));
	if (row.person_id != INT_NULL)
		TRY(timeline_hide(c, "consult", row.id, true));
	row.person_id = person_id;
	row.linked_ms = c->now_ms;
	row.linked_by = c->actor.account_id;
	if (row.area_id == INT_NULL)
		row.area_id = p.area_id;
	struct row_conflict *conflict = NULL;
	TRY(row_save(c, &T_consult, &row, &conflict));
	if (!str_blank(l->reason)) {
		struct t_consult_entry e;
		row_init(&T_consult_entry, &e);
		e.consult_id = row.id;
		e.at_ms = c->now_ms;
		e.channel = "other";
		e.content = arena_fmt(c->arena, "相談の本人を付けかえました。理由: %s", l->reason);
		e.reached = true;
		e.staff_id = c->actor.staff_id ? c->actor.staff_id : INT_NULL;
		TRY(row_insert(c, &T_consult_entry, &e));
	}
	return follow(c, &row);
}

err consult_link_person(struct ctx *c, const char *pid, const char *person_pid, const char *reason)
{
	struct linking l = {pid, person_pid, reason};
	return tx_run(c, link_tx, &l);
}

/* ---- 経過 --------------------------------------------------------------------------------------------------- */

static err entry_tx(struct ctx *c, void *arg)
{
	const struct consult_entry_input *in = arg;
	struct t_consult row;
	TRY(row_find(c, &T_consult, in->consult_pid, &row));
	TRY(gate(c, &row, ACTION_WRITE));
	struct t_consult_entry e;
	row_init(&T_consult_entry, &e);
	size_t before = c->n_faults;
	e.consult_id = row.id;
	(void)!consult_code_read(c, "channel", "方法", "consult_channel", in->channel, &e.channel);
	(void)!consult_time_read(c, "at_on", in->at_on, "at_time", in->at_time, &e.at_ms);
	(void)!consult_minutes_read(c, "minutes", in->minutes, &e.minutes);
	e.counterpart = str_trim(c->arena, str_or(in->counterpart, ""));
	e.content = str_lf(c->arena, str_or(in->content, ""));
	e.reached = in->reached;
	if (str_blank(e.content) && e.reached)
		(void)fault_add(c, "content", ERR_REQUIRED, "「経過の内容」を書いてください。");
	(void)!consult_step_read(c, in->status, in->next_action, in->next_on, in->close_reason, &row);
	if (c->n_faults != before)
		return ERR_INPUT;
	e.staff_id = c->actor.staff_id ? c->actor.staff_id : INT_NULL;
	TRY(row_insert(c, &T_consult_entry, &e));
	row.version = in->consult_version;
	struct row_conflict *conflict = NULL;
	TRY(row_save(c, &T_consult, &row, &conflict));
	TRY(follow(c, &row));
	if (row.person_id != INT_NULL)
		TRY(timeline_add(c, &(struct timeline_new){
			.person_id = row.person_id, .at_ms = e.at_ms, .kind = "progress", .record_class = (int)row.record_class,
			.org_id = row.org_id,
			.title = arena_fmt(c->arena, "相談の経過（%s%s）", law_code_label(c->house->law, "consult_channel", e.channel),
			                   e.reached ? "" : "・つながらず"),
			.summary = one_line(c->arena, e.content, 80), .table_name = "consult_entry", .row_id = e.id,
			.row_pid = row.pid}));
	return OK;
}

err consult_entry_add(struct ctx *c, const struct consult_entry_input *in)
{
	struct consult_entry_input copy = *in;
	return tx_run(c, entry_tx, &copy);
}

/* ---- bin --------------------------------------------------------------------------------------------------- */

static err retire_tx(struct ctx *c, void *arg)
{
	const char *const *a = arg;
	struct t_consult row;
	TRY(row_find(c, &T_consult, a[0], &row));
	TRY(gate(c, &row, ACTION_WRITE));
	TRY(timeline_hide(c, "consult", row.id, true));
	TRY(task_settle(c, "consult", row.id, NULL, "相談の記録がごみ箱に移されました。"));
	return row_retire(c, &T_consult, row.id, a[1]);
}

err consult_retire(struct ctx *c, const char *pid, const char *reason)
{
	const char *a[2] = {pid, reason};
	return tx_run(c, retire_tx, a);
}
