#include "register/charge.h"

#include "access/policy.h"
#include "base/str.h"
#include "jp/era.h"
#include "register/gate.h"
#include "register/grant.h"
#include "register/task.h"
#include "sql/q_register_org.h"
#include "sql/tables.h"
#include "store/tx.h"

const char *charge_role_label_ja(const char *code)
{
	return str_eq(code, "main") ? "主担当" : str_eq(code, "sub") ? "副担当" : str_eq(code, "watch") ? "見守り" : "";
}

err charge_list(struct ctx *c, int64_t person_id, civil on, struct charge **v, size_t *n)
{
	struct q_charge_list_row *r;
	TRY(policy_check(c, person_id, CLASS_NAMECARD, ACTION_SEE));
	TRY(q_charge_list(c, &(struct q_charge_list_in){.person_id = person_id, .on_day = on}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n ? *n : 1, struct charge);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct charge){r[i].id, r[i].person_id, r[i].org_id, r[i].staff_id, r[i].pid, r[i].role, r[i].staff_name, r[i].org_name,
			r[i].from_on, r[i].to_on};
	return OK;
}

/* Watching over (民生委員) is no case work: no grant. */
static err grant_of(struct ctx *c, const struct t_person_charge *r)
{
	if (str_eq(r->role, "watch"))
		return OK;
	return grant_write(c, &(struct grant_new){.org_id = r->org_id, .person_id = r->person_id, .relation = RELATION_CASE, .from_on = r->from_on,
		.to_on = r->to_on, .via_table = "person_charge", .via_id = r->id});
}

/* The person in charge goes; `case_too`: the organisation's case ends with it. Without, the case stays with the organisation
 * although nobody there is in charge, until somebody is or charge_end ends it; docs/decisions/008-end-of-charge.md. */
static err end_row(struct ctx *c, int64_t id, civil last_day, const char *reason, bool case_too)
{
	struct t_person_charge r;
	TRY(row_load(c, &T_person_charge, id, &r));
	bool vacant = r.to_on < last_day, never = last_day < r.from_on;
	if (case_too || never) {
		TRY(grant_end(c, "person_charge", id, never ? r.from_on : last_day + 1, NULL));
		TRY(task_settle(c, "person_charge", id, "charge_vacant", reason));
	}
	if (never)
		return row_retire(c, &T_person_charge, id, reason);
	if (vacant) { /* the charge had ended before, the case ends now */
		r.end_reason = *reason ? arena_fmt(c->arena, "%s（%sにケースの終わり: %s）", r.end_reason, era_text(c->arena, last_day), reason)
		                       : arena_fmt(c->arena, "%s（%sにケースの終わり）", r.end_reason, era_text(c->arena, last_day));
		return row_save(c, &T_person_charge, &r, NULL);
	}
	TRY(q_charge_team_end(c, &(struct q_charge_team_end_in){.staff_id = r.staff_id, .org_id = r.org_id, .person_id = r.person_id,
		.charge_id = r.id, .last_on = last_day}, NULL));
	r.to_on = last_day;
	r.end_reason = reason;
	return row_save(c, &T_person_charge, &r, NULL);
}

/* Whoever begins takes the case over from a charge whose holder left without a successor. */
static err begin_row(struct ctx *c, struct t_person_charge *r)
{
	if (!str_eq(r->role, "watch")) {
		struct q_charge_vacant_row *old;
		size_t n;
		TRY(q_charge_vacant(c, &(struct q_charge_vacant_in){.person_id = r->person_id, .org_id = r->org_id, .on_day = r->from_on}, &old, &n));
		for (size_t i = 0; i < n; i++) {
			TRY(grant_end(c, "person_charge", old[i].id, r->from_on, NULL));
			TRY(task_settle(c, "person_charge", old[i].id, "charge_vacant", "後任が決まりました。"));
			r->handed_from_id = r->handed_from_id == INT_NULL ? old[i].id : r->handed_from_id;
		}
	}
	TRY(row_insert(c, &T_person_charge, r));
	return grant_of(c, r);
}

static err begin_tx(struct ctx *c, void *arg)
{
	struct t_person_charge *r = arg;
	if (str_eq(r->role, "main")) {
		struct q_charge_open_main_row *old;
		size_t n;
		TRY(q_charge_open_main(c, &(struct q_charge_open_main_in){.person_id = r->person_id, .org_id = r->org_id, .on_day = r->from_on}, &old, &n));
		for (size_t i = 0; i < n; i++)
			TRY(end_row(c, old[i].id, r->from_on - 1, "主担当の交代", true));
	}
	return begin_row(c, r);
}

/* The own organisation's work may be given out by who may write the card; another organisation's also by who may pass it on. */
static err gate(struct ctx *c, int64_t person_id, int64_t org_id)
{
	TRY(policy_check(c, person_id, CLASS_NAMECARD, ACTION_WRITE));
	return org_id == c->actor.org_id ? OK : policy_check(c, person_id, CLASS_NAMECARD, ACTION_GIVE);
}

err charge_begin(struct ctx *c, int64_t person_id, int64_t org_id, int64_t staff_id, const char *role, civil from_on, const char **pid)
{
	struct t_staff s;
	struct t_org o;
	TRY(gate(c, person_id, org_id));
	TRY(row_load(c, &T_org, org_id, &o));
	TRY(row_load(c, &T_staff, staff_id, &s));
	size_t before = c->n_faults;
	if (!*charge_role_label_ja(role))
		fault_add(c, "role", ERR_NOT_CHOICE, "主担当・副担当・見守りのどれかを選んでください。");
	if (from_on == CIVIL_NONE)
		fault_add(c, "from_on", ERR_REQUIRED, "担当を始める日を入力してください。");
	struct q_staff_has_post_row has;
	TRY(q_staff_has_post(c, &(struct q_staff_has_post_in){.staff_id = staff_id, .org_id = org_id}, &has));
	if (!has.n)
		fault_add(c, "staff", ERR_INPUT, "この人は、いまその機関に所属していません。");
	if (c->n_faults > before)
		return ERR_INPUT;
	struct t_person_charge r;
	row_init(&T_person_charge, &r);
	r.person_id = person_id;
	r.org_id = org_id;
	r.staff_id = staff_id;
	r.role = role;
	r.from_on = from_on;
	r.to_on = CIVIL_OPEN;
	TRY(tx_run(c, begin_tx, &r));
	*pid = r.pid;
	return OK;
}

struct end_job {
	int64_t id;
	civil last_day;
	const char *reason;
};

static err end_tx(struct ctx *c, void *arg)
{
	struct end_job *j = arg;
	return end_row(c, j->id, j->last_day, j->reason, true);
}

err charge_end(struct ctx *c, const char *pid, civil last_day, const char *reason)
{
	struct t_person_charge r;
	err e = row_find(c, &T_person_charge, pid, &r);
	if (e != OK)
		return e;
	TRY(gate(c, r.person_id, r.org_id));
	if (last_day == CIVIL_NONE)
		return fault_add(c, "to_on", ERR_REQUIRED, "最後の日を入力してください。");
	return tx_run(c, end_tx, &(struct end_job){r.id, last_day, str_or(reason, "")});
}

/* Nobody is in charge from now on: somebody has to decide, or the person would be lost sight of. */
static err vacant_task(struct ctx *c, const struct t_person_charge *r, civil last_day)
{
	struct t_staff s;
	struct t_person p;
	if (str_eq(r->role, "watch"))
		return OK;
	TRY(row_load(c, &T_staff, r->staff_id, &s));
	TRY(row_load(c, &T_person, r->person_id, &p));
	return task_put(c, &(struct task_new){.kind = "charge_vacant", .person_id = r->person_id, .record_class = CLASS_NAMECARD, .org_id = r->org_id,
		.due_on = last_day, .title = "担当者を決める", .reason = arena_fmt(c->arena, "%sの%sさんの所属が%sで終わり、後任が決まっていません。担当を決めるか、ケースを終えてください。",
			charge_role_label_ja(r->role), s.name, era_text(c->arena, last_day)), .table_name = "person_charge", .row_id = r->id,
		.row_pid = p.pid}, NULL);
}

err charge_hand_over(struct ctx *c, int64_t charge_id, civil last_day, int64_t successor)
{
	struct t_person_charge r, next;
	TRY(row_load(c, &T_person_charge, charge_id, &r));
	bool vacant = successor == INT_NULL && last_day >= r.from_on;
	TRY(end_row(c, charge_id, last_day, "所属の終わり", !vacant));
	if (vacant)
		return vacant_task(c, &r, last_day);
	if (successor == INT_NULL)
		return OK;
	row_init(&T_person_charge, &next);
	next.person_id = r.person_id;
	next.org_id = r.org_id;
	next.staff_id = successor;
	next.role = r.role;
	next.from_on = last_day + 1 > r.from_on ? last_day + 1 : r.from_on;
	next.to_on = r.to_on;
	next.handed_from_id = charge_id;
	return begin_row(c, &next);
}
