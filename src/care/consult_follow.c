#include "care/consult_follow.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "care/evidence_writers.h"
#include "law/codes.h"
#include "register/bin.h"
#include "register/grant.h"
#include "register/task.h"
#include "register/timeline.h"
#include "sql/q_care.h"
#include "store/revision.h"

/* ---- who may ---------------------------------------------------------------------------------------------- */

err consult_gate(struct ctx *c, const struct t_consult *row, enum action a)
{
	if (row->person_id != INT_NULL)
		return policy_check_record(c, row->person_id, (int)row->record_class, a);
	if (row->record_class != CLASS_RIGHTS || c->actor.system)
		return policy_check_own(c, row->org_id, (int)row->record_class, a);
	/* No person yet, so no grant: the team is known by the record itself. Who is not in it finds nothing (404). */
	int team = row->org_id == c->actor.org_id ? policy_rights_team(c, ACTION_SEE) : 0;
	bool in_team = team == 2 || (team == 1 && (row->created_by == c->actor.account_id ||
	                                           (c->actor.staff_id && row->assignee_staff_id == c->actor.staff_id)));
	if (!in_team)
		return ERR_NOTFOUND;
	return policy_rights_team(c, a) ? OK : ERR_DENIED;
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

struct member {
	int64_t account;
	civil to_on;
};

/* Until when an account belongs to the team, CIVIL_NONE = no more. Who is in charge of the call belongs
 * to it while it is open; who took it, while it is open and nobody is in charge of it. Afterwards both count for as long as one is in
 * charge of the person; docs/decisions/008. */
static civil member_until(const struct ctx *c, const struct t_consult *row, const struct q_consult_team_row *a)
{
	bool in_charge = a->staff_id != INT_NULL && a->staff_id == row->assignee_staff_id;
	bool closed = str_eq(row->status, "closed");
	if (a->is_group || (in_charge && !closed))
		return CIVIL_OPEN;
	if (a->charge_to == CIVIL_NONE)
		return !closed && row->assignee_staff_id == INT_NULL ? CIVIL_OPEN : CIVIL_NONE;
	return a->charge_to >= c->today ? a->charge_to : CIVIL_NONE;
}

static err team_grant(struct ctx *c, const struct t_consult *row, int64_t account, civil to_on)
{
	return grant_write(c, &(struct grant_new){.org_id = row->org_id, .account_id = account, .person_id = row->person_id,
	                                          .classes = CLASS_RIGHTS | CLASS_NAMECARD, .relation = RELATION_GROUP,
	                                          .from_on = CIVIL_NONE, .to_on = to_on, .via_table = "consult", .via_id = row->id});
}

static bool is_member(const struct member *m, size_t n, int64_t account)
{
	for (size_t i = 0; i < n; i++)
		if (m[i].account == account)
			return true;
	return false;
}

/* Rights of the team that rest on nothing any more end today, the day included: who handed the matter over. */
static err team_trim(struct ctx *c, const struct t_consult *row, const struct member *m, size_t n)
{
	struct q_consult_grants_row *g;
	size_t n_grants;
	TRY(q_consult_grants(c, &(struct q_consult_grants_in){.consult_id = row->id}, &g, &n_grants));
	for (size_t i = 0; i < n_grants; i++)
		if (!is_member(m, n, g[i].account_id))
			TRY(q_consult_grant_last(c, &(struct q_consult_grant_last_in){.id = g[i].id}, NULL));
	return OK;
}

static err team_of(struct ctx *c, const struct t_consult *row, struct member **m, size_t *n)
{
	struct q_consult_team_row *a;
	size_t n_accounts;
	TRY(q_consult_team(c, &(struct q_consult_team_in){.org_id = row->org_id, .created_by = row->created_by,
	                                                  .assignee_staff_id = row->assignee_staff_id, .person_id = row->person_id},
	                   &a, &n_accounts));
	*m = ARENA_ARRAY(c->arena, n_accounts + 1, struct member);
	*n = 0;
	for (size_t i = 0; i < n_accounts; i++) {
		civil until = member_until(c, row, &a[i]);
		if (until != CIVIL_NONE)
			(*m)[(*n)++] = (struct member){a[i].id, until};
	}
	return OK;
}

/* Rights protection is bound to accounts: the one who took the call, the one in charge, and the group of the centre
 * (社会福祉士, センター長). Whoever works on it now without being one of them, as when 虐待 comes up in a call of a colleague,
 * keeps it to the end of the day. Nobody else finds a trace of it. */
static err grant_team(struct ctx *c, const struct t_consult *row)
{
	if (row->record_class != CLASS_RIGHTS || row->person_id == INT_NULL)
		return OK;
	struct member *m;
	size_t n;
	TRY(team_of(c, row, &m, &n));
	TRY(team_trim(c, row, m, n));
	for (size_t i = 0; i < n; i++)
		TRY(team_grant(c, row, m[i].account, m[i].to_on));
	bool visits = c->actor.org_id == row->org_id && c->actor.account_id && !is_member(m, n, c->actor.account_id);
	return visits ? team_grant(c, row, c->actor.account_id, c->today) : OK;
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

/* ---- evidence ------------------------------------------------------------------------------------------------- */

/* HOUSE-CONSULT: that it was received. */
err consult_evidence(struct ctx *c, int64_t row_id)
{
	struct t_consult r;
	TRY(row_load(c, &T_consult, row_id, &r));
	const struct evidence_field f[] = {{.name = "received_on", .type = 'd', .day = r.received_on}};
	const struct evidence_new v = {.code = "HOUSE-CONSULT", .person_id = r.person_id == INT_NULL ? 0 : r.person_id, .org_id = r.org_id,
		.record_class = (int)r.record_class, .on_day = r.received_on, .body = evidence_body(c, f, 1)};
	return evidence_set(c, "consult", r.id, &v, 1, r.retired_ms == INT_NULL);
}

static const char *how_of(const char *channel)
{
	return str_eq(channel, "phone") ? "phone" : str_eq(channel, "home_visit") ? "home"
	     : str_eq(channel, "visit_office") || str_eq(channel, "desk") || str_eq(channel, "meeting") ? "face" : "letter";
}

/* HOUSE-CONTACT: what was done after it, if somebody was reached. */
err consult_entry_evidence(struct ctx *c, int64_t row_id)
{
	struct t_consult_entry e;
	struct t_consult r;
	TRY(row_load(c, &T_consult_entry, row_id, &e));
	TRY(row_load(c, &T_consult, e.consult_id, &r));
	civil on = civil_of_instant(e.at_ms);
	const struct evidence_field f[] = {{.name = "done_on", .type = 'd', .day = on}, {.name = "how", .type = 't', .text = how_of(e.channel)},
		{.name = "office", .type = 't', .text = ""}, {.name = "with", .type = 't', .text = ""}, {.name = "content", .type = 'b', .yes = false}};
	const struct evidence_new v = {.code = "HOUSE-CONTACT", .person_id = r.person_id == INT_NULL ? 0 : r.person_id, .org_id = r.org_id,
		.record_class = (int)r.record_class, .on_day = on, .body = evidence_body(c, f, sizeof f / sizeof f[0])};
	return evidence_set(c, "consult_entry", e.id, &v, e.reached, e.retired_ms == INT_NULL && r.retired_ms == INT_NULL);
}

static err follow_evidence(struct ctx *c, int64_t consult_id)
{
	struct q_consult_entries_row *e;
	size_t n;
	TRY(consult_evidence(c, consult_id));
	TRY(q_consult_entries(c, &(struct q_consult_entries_in){.consult_id = consult_id}, &e, &n));
	for (size_t i = 0; i < n; i++)
		TRY(consult_entry_evidence(c, e[i].id));
	return OK;
}

err consult_follow(struct ctx *c, const struct t_consult *row)
{
	TRY(follow_evidence(c, row->id));
	TRY(grant_team(c, row));
	TRY(timeline_of(c, row));
	return tasks_of(c, row);
}

/* What the way to the bin limited lasts again, but only for who would be given it today. */
static err team_back(struct ctx *c, const struct t_consult *row)
{
	struct member *m;
	size_t n;
	TRY(team_of(c, row, &m, &n));
	return team_trim(c, row, m, n);
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
	TRY(follow_evidence(c, consult_id));
	/* The team can open the bin for as long as the record can come back; then its right from this record ends. */
	if (!alive)
		return q_consult_grants_until(
			c, &(struct q_consult_grants_until_in){.consult_id = consult_id, .to_on = c->today + BIN_DAYS}, NULL);
	TRY(q_consult_grants_back(c, &(struct q_consult_grants_back_in){.consult_id = consult_id, .open_on = CIVIL_OPEN}, NULL));
	return row.record_class == CLASS_RIGHTS && row.person_id != INT_NULL ? team_back(c, &row) : OK;
}
