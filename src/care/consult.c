#include "care/consult.h"

#include "access/policy.h"
#include "base/buf.h"
#include "base/house.h"
#include "base/str.h"
#include "care/consult_follow.h"
#include "care/consult_input.h"
#include "jp/era.h"
#include "law/codes.h"
#include "register/bin.h"
#include "register/staff.h"
#include "register/timeline.h"
#include "sql/q_care.h"
#include "sql/q_record.h"
#include "store/revision.h"
#include "store/tx.h"

#include <string.h>

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

/* A fault does not end the reading: all of them are told at once. "" = the actor for a new record, nobody for an old. */
static err staff_of(struct ctx *c, const char *pid, bool is_new, int64_t *id)
{
	if (str_blank(pid)) {
		if (is_new)
			*id = c->actor.staff_id ? c->actor.staff_id : INT_NULL;
		return OK;
	}
	struct t_staff s;
	struct q_record_staff_in_org_row seat;
	bool found = false;
	if (row_find(c, &T_staff, pid, &s) == OK && (s.id == *id || s.id == c->actor.staff_id)) {
		*id = s.id; /* who is in charge stays, also after leaving */
		return OK;
	}
	if (row_find(c, &T_staff, pid, &s) == OK)
		TRY(q_record_staff_in_org(c, &(struct q_record_staff_in_org_in){.staff_id = s.id, .org_id = c->actor.org_id}, &seat, &found));
	if (found)
		*id = s.id;
	else
		(void)fault_add(c, "assignee", ERR_NOT_CHOICE, "「担当者」は、表示されている中から選んでください。");
	return OK;
}

/* A record in the bin is changed by nobody; it is found there. */
static err open_row(struct ctx *c, const struct t_consult *row)
{
	TRY(consult_gate(c, row, ACTION_WRITE));
	return row->retired_ms == INT_NULL ? OK : ERR_NOTFOUND;
}

/* ---- classes and responses: sets of codes, "a|b" in the row (history, merging), one row each for counting -------- */

static bool has_code(char *const *v, size_t n, const char *code)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i], code))
			return true;
	return false;
}

static char **codes_split(struct ctx *c, const char *text, size_t *n)
{
	*n = 0;
	return str_blank(text) ? NULL : str_split(c->arena, text, '|', n);
}

/* Two people ticked different boxes: each box stands as the one who moved it wanted. Nothing to ask anybody about. */
static const char *codes_merge(struct ctx *c, const char *base, const char *theirs, const char *mine)
{
	size_t nb, nt, nm;
	char **b = codes_split(c, base, &nb), **t = codes_split(c, theirs, &nt), **m = codes_split(c, mine, &nm);
	struct buf out = buf_new(c->arena);
	for (size_t i = 0; i < nt; i++)
		if (has_code(m, nm, t[i]) || !has_code(b, nb, t[i]))
			buf_fmt(&out, "%s%s", out.n ? "|" : "", t[i]);
	for (size_t i = 0; i < nm; i++)
		if (!has_code(t, nt, m[i]) && !has_code(b, nb, m[i]))
			buf_fmt(&out, "%s%s", out.n ? "|" : "", m[i]);
	return out.p;
}

static err codes_index(struct ctx *c, int64_t id, const char *kind, const char *codes)
{
	size_t n;
	char **v = codes_split(c, codes, &n);
	for (size_t i = 0; i < n; i++)
		TRY(q_consult_code_insert(c, &(struct q_consult_code_insert_in){.consult_id = id, .kind = kind, .code = v[i]}, NULL));
	return OK;
}

static err codes_save(struct ctx *c, const struct t_consult *row)
{
	TRY(q_consult_codes_clear(c, &(struct q_consult_codes_clear_in){.consult_id = row->id}, NULL));
	TRY(codes_index(c, row->id, "class", row->classes));
	return codes_index(c, row->id, "response", row->responses);
}

static int class_of(struct ctx *c, const char *codes)
{
	size_t n;
	char **v = codes_split(c, codes, &n);
	return consult_class_of((const char *const *)v, n);
}

/* ---- save -------------------------------------------------------------------------------------------------- */

struct saving {
	const struct consult_input *in;
	const char *pid;
	struct row_conflict **conflict;
};

/* May the actor put a consultation on this person's record? */
static err about(struct ctx *c, int64_t person_id, struct t_consult *row)
{
	TRY(policy_check(c, person_id, CLASS_CONSULTATION, ACTION_WRITE));
	if (row->area_id != INT_NULL)
		return OK;
	struct t_person p;
	TRY(row_load(c, &T_person, person_id, &p));
	row->area_id = p.area_id;
	return OK;
}

static err save_new(struct ctx *c, const struct consult_input *in, struct t_consult *row, int64_t person_id)
{
	row->org_id = c->actor.org_id;
	row->person_id = person_id;
	TRY(consult_input_read(c, in, row));
	/* Who may write consultations may take down a matter of rights protection; the grant to the team follows. */
	if (person_id != INT_NULL)
		TRY(about(c, person_id, row));
	else
		TRY(policy_check_own(c, row->org_id, CLASS_CONSULTATION, ACTION_WRITE));
	return row_insert(c, &T_consult, row);
}

static err same_person(struct ctx *c, int64_t a, int64_t b, bool *same)
{
	struct t_person x, y;
	TRY(row_load(c, &T_person, a, &x));
	TRY(row_load(c, &T_person, b, &y));
	*same = x.cluster_id == y.cluster_id;
	return OK;
}

/* Status, next action and its day are one decision. Merged from two people's halves it may make no sense (closed, yet with
 * a next day): then the second is told what the first decided, and decides anew. */
static err step_holds(struct ctx *c, const struct t_consult *row)
{
	bool closed = str_eq(row->status, "closed"), planned = row->next_on != CIVIL_NONE;
	bool sound = closed ? !planned && str_blank(row->next_action) && row->closed_on != CIVIL_NONE && !str_blank(row->close_reason)
	                    : row->closed_on == CIVIL_NONE && str_blank(row->close_reason) && !(planned && str_blank(row->next_action));
	if (sound)
		return OK;
	return fault_add(c, "status", ERR_INPUT, "ほかの人が先に状況や次の対応を変えています（いまの状況は「%s」）。状況・次にすること・期日を確かめて、もう一度保存してください。",
	                 law_code_label(c->house->law, "consult_status", row->status));
}

static err save_old(struct ctx *c, const struct consult_input *in, struct t_consult *row, int64_t person_id,
                    struct row_conflict **conflict)
{
	struct t_consult base, now = *row;
	bool same = true;
	if (row->person_id != INT_NULL && person_id != INT_NULL)
		TRY(same_person(c, row->person_id, person_id, &same));
	if (!same)
		(void)fault_add(c, "person", ERR_INPUT, "別の人に付けかえるときは、相談の画面の「本人を付けかえる」から、理由を書いて付けかえてください。");
	err e = consult_input_read(c, in, row);
	if (!same || e != OK)
		return e != OK ? e : ERR_INPUT;
	if (row->person_id == INT_NULL && person_id != INT_NULL) {
		TRY(about(c, person_id, row));
		row->person_id = person_id;
		row->linked_ms = c->now_ms;
		row->linked_by = c->actor.account_id;
	}
	TRY(row_at_version(c, &T_consult, row->id, in->version, &base));
	const char *classes = codes_merge(c, base.classes, now.classes, row->classes);
	const char *responses = codes_merge(c, base.responses, now.responses, row->responses);
	/* The boxes are merged by hand; the row is saved with what the other one left, then with both. */
	row->classes = now.classes;
	row->responses = now.responses;
	row->record_class = now.record_class;
	row->version = in->version;
	e = row_save(c, &T_consult, row, conflict);
	if (e == ERR_CONFLICT && *conflict) { /* saved on top of theirs, the boxes are those of both */
		struct row_conflict *k = *conflict;
		k->carried[k->n_carried++] = (struct row_conflict_field){"classes", base.classes, classes, classes, false};
		k->carried[k->n_carried++] = (struct row_conflict_field){"responses", base.responses, responses, responses, false};
	}
	TRY(e);
	TRY(step_holds(c, row));
	/* Taking a record out of rights protection is a decision of its own, not a side effect of an edit. */
	int record_class = now.record_class == CLASS_RIGHTS ? CLASS_RIGHTS : class_of(c, classes);
	if (str_eq(classes, row->classes) && str_eq(responses, row->responses) && record_class == row->record_class)
		return OK;
	row->classes = classes;
	row->responses = responses;
	row->record_class = record_class;
	return row_save(c, &T_consult, row, conflict);
}

static err save_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	const struct consult_input *in = s->in;
	struct t_consult row;
	row_init(&T_consult, &row);
	int64_t person_id;
	bool is_new = str_blank(in->pid);
	if (!is_new) {
		TRY(row_find(c, &T_consult, in->pid, &row));
		TRY(consult_gate(c, &row, ACTION_WRITE));
	}
	TRY(person_of(c, in->person_pid, &person_id));
	size_t faults = c->n_faults;
	TRY(staff_of(c, in->assignee_pid, is_new, &row.assignee_staff_id));
	err e = is_new ? save_new(c, in, &row, person_id) : save_old(c, in, &row, person_id, s->conflict);
	if (e == OK && c->n_faults > faults)
		e = ERR_INPUT;
	TRY(e);
	TRY(codes_save(c, &row));
	TRY(timeline_touch(c, "consult", row.id));
	TRY(consult_follow(c, &row));
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
	TRY(open_row(c, &row));
	int64_t person_id;
	TRY(person_of(c, l->person_pid, &person_id));
	if (person_id == INT_NULL)
		return fault_add(c, "person", ERR_REQUIRED, "だれの相談かを選んでください。");
	if (row.person_id == person_id)
		return OK;
	bool again = row.person_id != INT_NULL, same = false;
	if (again)
		TRY(same_person(c, row.person_id, person_id, &same));
	if (again && !same && str_blank(l->reason))
		return fault_add(c, "reason", ERR_REQUIRED, "別の人に付けかえるときは、理由を書いてください。");
	TRY(about(c, person_id, &row));
	row.person_id = person_id;
	row.linked_ms = c->now_ms;
	row.linked_by = c->actor.account_id;
	struct row_conflict *conflict = NULL;
	TRY(row_save(c, &T_consult, &row, &conflict));
	if (again && !str_blank(l->reason)) {
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
	return consult_follow(c, &row);
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
	TRY(open_row(c, &row));
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
	(void)!consult_step_read(c, str_blank(in->status) ? row.status : in->status, in->next_action, in->next_on, in->close_reason, &row);
	if (c->n_faults != before)
		return ERR_INPUT;
	e.staff_id = c->actor.staff_id ? c->actor.staff_id : INT_NULL;
	TRY(row_insert(c, &T_consult_entry, &e));
	row.version = in->consult_version;
	struct row_conflict *conflict = NULL;
	TRY(row_save(c, &T_consult, &row, &conflict));
	TRY(step_holds(c, &row));
	return consult_follow(c, &row);
}

err consult_entry_add(struct ctx *c, const struct consult_entry_input *in)
{
	struct consult_entry_input copy = *in;
	err e = tx_run(c, entry_tx, &copy);
	/* What was done is not in dispute, only what comes next: the page shows the text again beside the step of now. */
	if (e == ERR_CONFLICT)
		return fault_add(c, "status", ERR_INPUT,
		                 "ほかの人が先に状況や次の対応を変えました。書いた経過はこのまま残っています。状況と次の対応を確かめて、もう一度保存してください。");
	return e;
}

/* ---- bin --------------------------------------------------------------------------------------------------- */

static err retire_tx(struct ctx *c, void *arg)
{
	const char *const *a = arg;
	struct t_consult row;
	TRY(row_find(c, &T_consult, a[0], &row));
	TRY(open_row(c, &row));
	if (str_blank(a[1]))
		return fault_add(c, "reason", ERR_REQUIRED, "ごみ箱に移す理由を書いてください。");
	if (row.person_id == INT_NULL && row.record_class == CLASS_RIGHTS)
		return fault_add(c, "", ERR_INPUT, "本人が分からない権利擁護の相談は、ごみ箱に移せません。終結にするか、本人を付けてから移してください。");
	return bin_put(c, &(struct bin_put){
		.table = &T_consult, .row_id = row.id, .row_pid = row.pid, .person_id = row.person_id == INT_NULL ? 0 : row.person_id,
		.org_id = row.org_id, .record_class = (int)row.record_class, .reason = a[1],
		.title = arena_fmt(c->arena, "相談（%s）%s", law_code_label(c->house->law, "consult_channel", row.channel),
		                   era_text(c->arena, row.received_on))}, NULL);
}

err consult_retire(struct ctx *c, const char *pid, const char *reason)
{
	const char *a[2] = {pid, reason};
	return tx_run(c, retire_tx, a);
}
