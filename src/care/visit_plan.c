#include "care/visit_plan_own.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "care/mandate.h"
#include "care/retire.h"
#include "jp/era.h"
#include "law/codes.h"
#include "register/gen.h"
#include "register/person.h"
#include "register/staff.h"
#include "sql/q_visit_plan.h"
#include "store/tx.h"

enum { CANCEL_MAX = 200, DUE_MOST = 500, PERSONS_MOST = 1000 };

void visit_plan_init(struct ctx *c, struct t_visit_plan *row)
{
	row_init(&T_visit_plan, row);
	row->org_id = c->actor.org_id;
	row->staff_id = c->actor.staff_id > 0 ? c->actor.staff_id : 0;
	row->planned_on = c->today;
	row->purpose = "monitoring";
	row->state = "planned";
	row->from_min = row->to_min = row->case_id = row->done_id = INT_NULL;
}

const char *visit_clock(struct ctx *c, int64_t from, int64_t to)
{
	if (from == INT_NULL)
		return "";
	const char *a = arena_fmt(c->arena, "%lld:%02lld", (long long)(from / 60), (long long)(from % 60));
	return to == INT_NULL ? a : arena_fmt(c->arena, "%s〜%lld:%02lld", a, (long long)(to / 60), (long long)(to % 60));
}

/* ---- read ------------------------------------------------------------------------------------------------------------- */

static const char *phones(struct ctx *c, const char *phone, const char *mobile)
{
	return str_blank(mobile) || str_eq(phone, mobile) ? phone : str_blank(phone) ? mobile : arena_fmt(c->arena, "%s／%s", phone, mobile);
}

err visit_plan_list(struct ctx *c, const struct visit_filter *f, struct visit_line **v, size_t *n)
{
	struct q_visit_plan_list_row *r;
	TRY(q_visit_plan_list(c, &(struct q_visit_plan_list_in){.staff_id = f->staff_id, .from_on = f->from_on, .to_on = f->to_on,
		.sort = Q_VISIT_PLAN_LIST_SORT_ROUTE}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct visit_line);
	for (size_t i = 0; i < *n; i++) {
		struct visit_line *o = &(*v)[i];
		bool same = i > 0 && r[i].staff_id == r[i - 1].staff_id && r[i].planned_on == r[i - 1].planned_on;
		*o = (struct visit_line){.id = r[i].id, .person_id = r[i].person_id, .cluster_id = r[i].cluster_id, .staff_id = r[i].staff_id, .from_min = r[i].from_min,
			.to_min = r[i].to_min, .case_id = r[i].case_id, .pid = r[i].pid, .person_pid = r[i].person_pid, .name = r[i].person_name, .kana = r[i].kana,
			.address = r[i].address, .phone = phones(c, r[i].phone, r[i].mobile), .area = str_or(r[i].area_name, ""), .purpose = r[i].purpose,
			.purpose_ja = law_code_label(c->house->law, "visit_purpose", r[i].purpose), .place = r[i].place, .note = r[i].note, .state = r[i].state,
			.staff_pid = str_or(r[i].staff_pid, ""), .staff_name = str_or(r[i].staff_name, ""), .clock = visit_clock(c, r[i].from_min, r[i].to_min), .start = visit_clock(c, r[i].from_min, INT_NULL),
			.on = r[i].planned_on, .no = same ? (*v)[i - 1].no : 0, .late = r[i].planned_on < c->today && str_eq(r[i].state, "planned")};
		if (!str_eq(o->state, "cancelled")) /* what is called off takes no number */
			o->no++;
	}
	return OK;
}

static err view_of(struct ctx *c, struct visit_plan_view *v)
{
	struct q_visit_plan_names_row n;
	TRY(q_visit_plan_names(c, &(struct q_visit_plan_names_in){.id = v->row.id}, &n));
	v->person_pid = n.person_pid;
	v->person_name = n.person_name;
	v->address = n.address;
	v->phone = phones(c, n.phone, n.mobile);
	v->staff_pid = str_or(n.staff_pid, "");
	v->staff_name = str_or(n.staff_name, "");
	v->case_pid = str_or(n.case_pid, "");
	v->updated_by = str_or(n.updated_by, "");
	v->purpose_ja = law_code_label(c->house->law, "visit_purpose", v->row.purpose);
	v->clock = visit_clock(c, v->row.from_min, v->row.to_min);
	v->done_path = str_blank(n.done_pid) ? "" : arena_fmt(c->arena, str_eq(v->row.done_table, "monitoring") ? "/monitorings/%s" : "/log/%s", n.done_pid);
	v->may_write = mandate_record(c, v->row.person_id, v->row.case_id, MANDATE_LOG) == OK;
	return OK;
}

err visit_plan_get(struct ctx *c, const char *pid, struct visit_plan_view *out)
{
	*out = (struct visit_plan_view){0};
	TRY(row_find(c, &T_visit_plan, pid, &out->row));
	TRY(policy_check_record(c, out->row.person_id, CLASS_CARE, ACTION_SEE));
	if (out->row.retired_ms != INT_NULL)
		return ERR_NOTFOUND;
	return view_of(c, out);
}

err visit_plan_of_person(struct ctx *c, const char *person_pid, civil from_on, struct visit_plan_view **v, size_t *n)
{
	int64_t person;
	struct q_visit_plan_of_person_row *r;
	TRY(person_id(c, person_pid, &person));
	TRY(policy_check(c, person, CLASS_CARE, ACTION_SEE));
	TRY(q_visit_plan_of_person(c, &(struct q_visit_plan_of_person_in){.person_id = person, .from_on = from_on}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct visit_plan_view);
	for (size_t i = 0; i < *n; i++) {
		(*v)[i] = (struct visit_plan_view){0};
		TRY(row_load(c, &T_visit_plan, r[i].id, &(*v)[i].row));
		TRY(view_of(c, &(*v)[i]));
	}
	return OK;
}

/* ---- save --------------------------------------------------------------------------------------------------------------- */

struct saving {
	const char *person_pid, *staff_pid, *accepted;
	struct t_visit_plan *row;
	struct visit_warning *warned;
	struct row_conflict **conflict;
};

/* Columns that no editor writes. */
static void keep_own(struct t_visit_plan *to, const struct t_visit_plan *from)
{
	to->person_id = from->person_id;
	to->org_id = from->org_id;
	to->case_id = from->case_id;
	to->sort_no = from->sort_no;
	to->state = from->state;
	to->cancel_reason = from->cancel_reason;
	to->done_table = from->done_table;
	to->done_id = from->done_id;
}

static err staff_of(struct ctx *c, const char *pid, struct t_visit_plan *r)
{
	struct staff s;
	r->staff_id = 0;
	if (str_blank(pid))
		return OK; /* visit_check says so */
	err e = staff_get(c, pid, &s);
	if (e == ERR_NOTFOUND)
		return OK;
	TRY(e);
	r->staff_id = s.id;
	return OK;
}

static err still_open(struct ctx *c, const struct t_visit_plan *r)
{
	if (r->retired_ms != INT_NULL)
		return ERR_NOTFOUND;
	if (str_eq(r->state, "planned"))
		return OK;
	return fault_add(c, "", ERR_INPUT, str_eq(r->state, "done") ? "この訪問は、もう記録があって済みになっています。予定は変えられません。"
	                                                           : "この予定は取りやめになっています。予定に戻してから直してください。");
}

static err save_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	struct t_visit_plan *r = s->row, stored;
	bool is_new = !r->id;
	*s->warned = (struct visit_warning){""};
	if (is_new) {
		TRY(person_id(c, s->person_pid, &r->person_id));
		TRY(policy_check(c, r->person_id, CLASS_CARE, ACTION_WRITE));
	} else {
		TRY(row_load(c, &T_visit_plan, r->id, &stored));
		TRY(policy_check_record(c, stored.person_id, CLASS_CARE, ACTION_WRITE));
		keep_own(r, &stored);
		TRY(still_open(c, &stored));
	}
	TRY(staff_of(c, s->staff_pid, r));
	TRY(visit_check(c, r, is_new ? NULL : &stored));
	TRY(mandate_record(c, r->person_id, r->case_id, MANDATE_LOG));
	TRY(visit_warn(c, r, is_new ? NULL : &stored, s->accepted, s->warned));
	if (is_new || stored.planned_on != r->planned_on || stored.staff_id != r->staff_id || stored.from_min != r->from_min)
		TRY(visit_place(c, r));
	return is_new ? row_insert(c, &T_visit_plan, r) : row_save(c, &T_visit_plan, r, s->conflict);
}

err visit_plan_save(struct ctx *c, const char *person_pid, struct t_visit_plan *row, const char *staff_pid, const char *accepted,
                    struct visit_warning *warned, struct row_conflict **conflict)
{
	struct row_conflict *none = NULL;
	struct visit_warning unread;
	struct saving s = {person_pid, staff_pid, accepted, row, warned ? warned : &unread, conflict ? conflict : &none};
	return tx_run(c, save_tx, &s);
}

/* ---- called off, and back ------------------------------------------------------------------------------------------------- */

static err open_to_write(struct ctx *c, const char *pid, struct t_visit_plan *r)
{
	TRY(row_find(c, &T_visit_plan, pid, r));
	TRY(mandate_record(c, r->person_id, r->case_id, MANDATE_LOG));
	return r->retired_ms == INT_NULL ? OK : ERR_NOTFOUND;
}

struct calling_off {
	const char *pid, *reason; /* NULL: it stands again */
};

static err cancel_tx(struct ctx *c, void *arg)
{
	const struct calling_off *in = arg;
	struct t_visit_plan r;
	TRY(open_to_write(c, in->pid, &r));
	if (!in->reason) {
		if (!str_eq(r.state, "cancelled"))
			return OK;
		r.state = "planned";
		r.cancel_reason = "";
		TRY(visit_place(c, &r));
		return row_save(c, &T_visit_plan, &r, NULL);
	}
	TRY(still_open(c, &r));
	size_t before = c->n_faults;
	gen_check_text(c, "reason", "取りやめる理由", in->reason, true, CANCEL_MAX);
	if (c->n_faults > before)
		return ERR_INPUT;
	r.state = "cancelled";
	r.cancel_reason = in->reason;
	return row_save(c, &T_visit_plan, &r, NULL);
}

err visit_plan_cancel(struct ctx *c, const char *pid, const char *reason)
{
	return tx_run(c, cancel_tx, &(struct calling_off){pid, str_or(reason, "")});
}
err visit_plan_resume(struct ctx *c, const char *pid) { return tx_run(c, cancel_tx, &(struct calling_off){pid, NULL}); }

static err bin_gate(struct ctx *c, const void *row)
{
	const struct t_visit_plan *r = row;
	return mandate_record(c, r->person_id, r->case_id, MANDATE_LOG);
}

static const char *bin_title(struct ctx *c, const void *row)
{
	const struct t_visit_plan *r = row;
	return arena_fmt(c->arena, "訪問の予定: %s（%s）", era_text(c->arena, r->planned_on), law_code_label(c->house->law, "visit_purpose", r->purpose));
}

err visit_plan_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid)
{
	return retire_record(c, &(struct retire_kind){&T_visit_plan, CLASS_CARE, bin_title, bin_gate, NULL}, pid, reason, bin_pid);
}

/* ---- done by a record ------------------------------------------------------------------------------------------------------ */

static err open_again(struct ctx *c, const struct visit_record *r, bool alive)
{
	struct q_visit_plan_done_by_row *d;
	struct t_visit_plan v;
	size_t n;
	TRY(q_visit_plan_done_by(c, &(struct q_visit_plan_done_by_in){.done_table = r->table, .done_id = r->id}, &d, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(row_load(c, &T_visit_plan, d[i].id, &v));
		if (alive && v.planned_on == r->on && v.staff_id == r->staff_id)
			continue;
		v.state = "planned";
		v.done_table = "";
		v.done_id = INT_NULL;
		TRY(row_save(c, &T_visit_plan, &v, NULL));
	}
	return OK;
}

err visit_plan_follow(struct ctx *c, const struct visit_record *r, bool alive)
{
	struct q_visit_plan_open_on_row *o;
	struct t_visit_plan v;
	size_t n;
	TRY(open_again(c, r, alive));
	if (!alive || r->staff_id == INT_NULL)
		return OK;
	TRY(q_visit_plan_open_on(c, &(struct q_visit_plan_open_on_in){.person_id = r->person_id, .staff_id = r->staff_id, .on_day = r->on}, &o, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(row_load(c, &T_visit_plan, o[i].id, &v));
		v.state = "done";
		v.done_table = r->table;
		v.done_id = r->id;
		TRY(row_save(c, &T_visit_plan, &v, NULL));
	}
	return OK;
}

/* ---- due, and whom to visit -------------------------------------------------------------------------------------------------- */

static civil month_end(civil day)
{
	struct ymd d = civil_ymd(day);
	return civil_eom(d.y, d.m);
}

err visit_due_list(struct ctx *c, const struct visit_due_filter *f, struct visit_due **v, size_t *n)
{
	struct q_visit_due_list_row *r;
	TRY(q_visit_due_list(c, &(struct q_visit_due_list_in){.staff_id = f->staff_id, .from_on = f->from_on, .to_on = f->to_on, .until = month_end(c->today),
		.unplanned = f->unplanned, .offset = f->offset, .limit = f->limit ? f->limit : DUE_MOST}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct visit_due);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct visit_due){.due_on = r[i].due_on, .visit_on = r[i].visit_on, .person_id = r[i].person_id, .person_pid = r[i].person_pid, .name = r[i].person_name,
			.title = r[i].title, .reason = r[i].reason, .staff_name = str_or(r[i].staff_name, ""), .visit_pid = str_or(r[i].visit_pid, "")};
	return OK;
}

err visit_due_count(struct ctx *c, int64_t staff_id, civil to_on, int64_t *n)
{
	struct q_visit_due_count_row r;
	TRY(q_visit_due_count(c, &(struct q_visit_due_count_in){.staff_id = staff_id, .to_on = to_on, .until = month_end(c->today)}, &r));
	*n = r.n;
	return OK;
}

err visit_person_list(struct ctx *c, int64_t staff_id, struct visit_person **v, size_t *n)
{
	struct q_visit_persons_row *r;
	size_t m;
	TRY(q_visit_persons(c, &(struct q_visit_persons_in){.staff_id = staff_id, .limit = PERSONS_MOST}, &r, &m));
	*v = ARENA_ARRAY(c->arena, m + 1, struct visit_person);
	*n = 0;
	for (size_t i = 0; i < m; i++)
		if (i == 0 || !str_eq(r[i].person_pid, r[i - 1].person_pid)) /* two cases of one person stand side by side */
			(*v)[(*n)++] = (struct visit_person){r[i].person_pid, r[i].person_name, r[i].kana};
	return OK;
}
