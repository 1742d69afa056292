#include "care/hospital.h"
#include "care/retire.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "care/mandate.h"
#include "care/office_terms.h"
#include "jp/era.h"
#include "law/addition.h"
#include "law/codes.h"
#include "law/numbers.h"
#include "care/evidence_writers.h"
#include "register/gen.h"
#include "register/org.h"
#include "register/person.h"
#include "register/task.h"
#include "register/timeline.h"
#include "sql/q_liaison.h"
#include "store/tx.h"

#include <string.h>

void hospital_init(struct ctx *c, struct t_hospital_stay *row)
{
	row_init(&T_hospital_stay, row);
	row->org_id = c->actor.org_id;
	row->staff_id = c->actor.staff_id > 0 ? c->actor.staff_id : INT_NULL;
	row->admitted_on = c->today;
}

/* ---- the clock -------------------------------------------------------------------------------------------------- */

err hospital_clock_of(struct ctx *c, const struct t_hospital_stay *r, struct hospital_clock *out)
{
	static const char *const labels[] = {"医療機関への情報提供がまだです", "入院時情報連携加算(Ⅰ)の期限内に提供しました", "入院時情報連携加算(Ⅱ)の期限内に提供しました",
	                                     "入院時情報連携加算の期限を過ぎて提供しました"};
	const struct law_number *one = law_number_find(c->house->law, "hosp_info_1", r->admitted_on);
	const struct law_number *two = law_number_find(c->house->law, "hosp_info_2", r->admitted_on);
	const struct law_number *more = law_number_find(c->house->law, "hosp_info_after_hours", r->admitted_on);
	civil end = r->discharged_on == CIVIL_NONE || r->discharged_on > c->today ? c->today : r->discharged_on;
	*out = (struct hospital_clock){.days = end < r->admitted_on ? 0 : end - r->admitted_on, .first_until = CIVIL_NONE, .second_until = CIVIL_NONE,
	                               .source = one ? one->source : ""};
	if (one && two) {
		struct law_calendar k;
		TRY(office_calendar(c, r->org_id, r->admitted_on, r->admitted_on + (civil)two->value, &k));
		law_hospital_days(&k, r->admitted_on, r->after_hours, one->value, two->value, more ? more->value : 0, &out->first_until, &out->second_until);
	}
	if (r->told_on == CIVIL_NONE)
		out->told = HOSPITAL_WAITING;
	else if (one && r->told_on <= out->first_until)
		out->told = HOSPITAL_FIRST;
	else if (two && r->told_on <= out->second_until)
		out->told = HOSPITAL_SECOND;
	else
		out->told = HOSPITAL_LATE;
	out->label = !one && out->told == HOSPITAL_LATE ? "医療機関に情報を提供しました" : labels[out->told];
	return OK;
}

/* ---- read -------------------------------------------------------------------------------------------------------- */

static err papers_of(struct ctx *c, struct hospital_view *v)
{
	struct q_hospital_infos_row *a;
	struct q_discharge_records_row *b;
	TRY(q_hospital_infos(c, &(struct q_hospital_infos_in){.stay_id = v->row.id}, &a, &v->n_infos));
	v->infos = ARENA_ARRAY(c->arena, v->n_infos + 1, struct hospital_paper_row);
	for (size_t i = 0; i < v->n_infos; i++)
		v->infos[i] = (struct hospital_paper_row){a[i].pid, str_or(a[i].staff_name, ""), a[i].id, a[i].made_date};
	TRY(q_discharge_records(c, &(struct q_discharge_records_in){.stay_id = v->row.id}, &b, &v->n_records));
	v->records = ARENA_ARRAY(c->arena, v->n_records + 1, struct hospital_paper_row);
	for (size_t i = 0; i < v->n_records; i++)
		v->records[i] = (struct hospital_paper_row){b[i].pid, str_or(b[i].staff_name, ""), b[i].id, b[i].made_date};
	return OK;
}

static err view_of(struct ctx *c, struct hospital_view *v)
{
	struct q_hospital_stay_names_row n;
	TRY(q_hospital_stay_names(c, &(struct q_hospital_stay_names_in){.id = v->row.id}, &n));
	v->person_pid = n.person_pid;
	v->org_name = n.org_name;
	v->staff_name = str_or(n.staff_name, "");
	v->hospital_org_pid = str_or(n.hospital_org_pid, "");
	v->hospital_name = str_blank(n.hospital_org_name) ? v->row.hospital : n.hospital_org_name;
	v->updated_by = str_or(n.updated_by, "");
	v->may_write = mandate_person(c, v->row.person_id) == OK;
	v->sees_medical = policy_check(c, v->row.person_id, CLASS_MEDICAL, ACTION_SEE) == OK;
	v->may_write_medical = policy_check(c, v->row.person_id, CLASS_MEDICAL, ACTION_WRITE) == OK;
	if (!v->sees_medical)
		v->row.reason = "";
	TRY(hospital_clock_of(c, &v->row, &v->clock));
	return v->sees_medical ? papers_of(c, v) : OK;
}

err hospital_get(struct ctx *c, const char *pid, struct hospital_view *out)
{
	*out = (struct hospital_view){0};
	TRY(row_find(c, &T_hospital_stay, pid, &out->row));
	TRY(policy_check_record(c, out->row.person_id, CLASS_CARE, ACTION_SEE));
	if (out->row.retired_ms != INT_NULL)
		return ERR_NOTFOUND;
	return view_of(c, out);
}

err hospital_history(struct ctx *c, const char *pid, struct history_act **v, size_t *n)
{
	struct hospital_view h;
	TRY(hospital_get(c, pid, &h));
	return history_of(c, &(struct history_part){&T_hospital_stay, h.row.id, "", h.sees_medical ? NULL : "reason"}, 1, v, n);
}

err hospital_list(struct ctx *c, const char *person_pid, struct hospital_view **v, size_t *n)
{
	int64_t person;
	struct q_hospital_stays_row *ids;
	TRY(person_id(c, person_pid, &person));
	TRY(policy_check(c, person, CLASS_CARE, ACTION_SEE));
	TRY(q_hospital_stays(c, &(struct q_hospital_stays_in){.person_id = person}, &ids, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct hospital_view);
	for (size_t i = 0; i < *n; i++) {
		(*v)[i] = (struct hospital_view){0};
		TRY(row_load(c, &T_hospital_stay, ids[i].id, &(*v)[i].row));
		TRY(view_of(c, &(*v)[i]));
	}
	return OK;
}

/* ---- checks ------------------------------------------------------------------------------------------------------- */

static void check_time(struct ctx *c, const char *field, const char *label, const char *t)
{
	bool good = strlen(t) == 5 && t[2] == ':' && t[0] >= '0' && t[0] <= '2' && t[1] >= '0' && t[1] <= '9' && t[3] >= '0' && t[3] <= '5' &&
	            t[4] >= '0' && t[4] <= '9' && (t[0] < '2' || t[1] <= '3');
	if (!str_blank(t) && !good)
		(void)fault_add(c, field, ERR_INPUT, "「%s」は、09:30 のように入力してください。", label);
}

static void check_past(struct ctx *c, const char *field, const char *label, civil d)
{
	if (d != CIVIL_NONE && d > c->today)
		(void)fault_add(c, field, ERR_DATE_FUTURE, "「%s」が今日より後になっています。日付を確かめてください。", label);
}

static err check(struct ctx *c, const struct t_hospital_stay *r)
{
	size_t before = c->n_faults;
	if (r->admitted_on == CIVIL_NONE)
		(void)fault_add(c, "admitted_on", ERR_REQUIRED, "「入院日」を入力してください。");
	check_past(c, "told_on", "情報を提供した日", r->told_on);
	check_past(c, "discharged_on", "退院日", r->discharged_on);
	check_time(c, "admitted_time", "入院の時刻", r->admitted_time);
	check_time(c, "told_time", "情報を提供した時刻", r->told_time);
	gen_check_text(c, "hospital", "医療機関", r->hospital, r->hospital_org_id == INT_NULL, 200);
	gen_check_text(c, "ward", "病棟・病室", r->ward, false, 60);
	gen_check_text(c, "reason", "入院の原因", r->reason, false, 4000);
	gen_check_text(c, "told_to", "情報を提供した相手", r->told_to, false, 80);
	gen_check_text(c, "note", "備考", r->note, false, 4000);
	if (r->discharged_on != CIVIL_NONE && r->discharged_on < r->admitted_on)
		(void)fault_add(c, "discharged_on", ERR_INPUT, "「退院日」（%s）が「入院日」（%s）より前になっています。日付を確かめてください。",
		                era_text(c->arena, r->discharged_on), era_text(c->arena, r->admitted_on));
	if (r->told_on != CIVIL_NONE && str_blank(r->told_to))
		(void)fault_add(c, "told_to", ERR_REQUIRED, "「情報を提供した相手」を入力してください。");
	if (r->told_on != CIVIL_NONE && str_blank(r->told_how))
		(void)fault_add(c, "told_how", ERR_REQUIRED, "「情報を提供した方法」を選んでください。");
	else if (!str_blank(r->told_how) && !law_code_valid(c->house->law, "hospital_told_how", r->told_how, c->today))
		(void)fault_add(c, "told_how", ERR_NOT_CHOICE, "「情報を提供した方法」は、一覧から選んでください。");
	if (r->told_on == CIVIL_NONE && (!str_blank(r->told_how) || !str_blank(r->told_to) || !str_blank(r->told_time)))
		(void)fault_add(c, "told_on", ERR_REQUIRED, "「情報を提供した日」を入力してください。");
	return c->n_faults == before ? OK : ERR_INPUT;
}

/* ---- what follows --------------------------------------------------------------------------------------------------- */

static const char *at_text(struct ctx *c, civil day, const char *time)
{
	char t[CIVIL_TEXT];
	if (day == CIVIL_NONE)
		return "";
	civil_text(day, t);
	return arena_fmt(c->arena, "%s%s%s", t, str_blank(time) ? "" : "T", time);
}

static err name_of(struct ctx *c, const struct t_hospital_stay *r, const char **name)
{
	struct org o;
	*name = r->hospital;
	if (r->hospital_org_id == INT_NULL)
		return OK;
	TRY(org_load(c, r->hospital_org_id, &o));
	*name = o.name;
	return OK;
}

err hospital_evidence(struct ctx *c, int64_t row_id)
{
	struct t_hospital_stay r;
	const char *hospital;
	TRY(row_load(c, &T_hospital_stay, row_id, &r));
	TRY(name_of(c, &r, &hospital));
	const struct evidence_field f[] = {
		{.name = "admitted_at", .type = 't', .text = at_text(c, r.admitted_on, r.admitted_time)},
		{.name = "discharged_on", .type = 'd', .day = r.discharged_on},
		{.name = "hospital", .type = 't', .text = hospital},
		{.name = "told_at", .type = 't', .text = at_text(c, r.told_on, r.told_time)},
		{.name = "told_how", .type = 't', .text = r.told_how},
		{.name = "told_to", .type = 't', .text = r.told_to},
		{.name = "received_on", .type = 'd', .day = r.received_on},
		{.name = "received_how", .type = 't', .text = r.received_how},
	};
	const struct evidence_new v = {.code = "REC-HOSP", .person_id = r.person_id, .org_id = r.org_id, .record_class = CLASS_CARE,
		.on_day = r.admitted_on, .body = evidence_body(c, f, sizeof f / sizeof f[0])};
	return evidence_set(c, "hospital_stay", r.id, &v, 1, r.retired_ms == INT_NULL);
}

static err follow(struct ctx *c, const struct t_hospital_stay *r)
{
	const char *hospital;
	struct hospital_clock k;
	TRY(name_of(c, r, &hospital));
	TRY(hospital_evidence(c, r->id));
	TRY(timeline_add(c, &(struct timeline_new){.person_id = r->person_id, .at_on = r->admitted_on, .kind = "hospital", .record_class = CLASS_CARE,
		.org_id = r->org_id, .title = arena_fmt(c->arena, "入院（%s）", hospital), .table_name = "hospital_stay", .row_id = r->id, .row_pid = r->pid,
		.summary = r->discharged_on == CIVIL_NONE ? NULL : arena_fmt(c->arena, "退院 %s", era_text(c->arena, r->discharged_on))}));
	if (r->told_on != CIVIL_NONE || r->discharged_on != CIVIL_NONE)
		return task_settle(c, "hospital_stay", r->id, "document", "医療機関に情報を提供したか、退院しました");
	TRY(hospital_clock_of(c, r, &k));
	civil due = k.first_until != CIVIL_NONE && c->today <= k.first_until ? k.first_until : k.second_until;
	return task_put(c, &(struct task_new){.kind = "document", .person_id = r->person_id, .record_class = CLASS_CARE, .org_id = r->org_id,
		.assignee_staff_id = r->staff_id == INT_NULL ? 0 : r->staff_id, .due_on = due, .title = "医療機関への情報提供（入院時情報提供書）",
		.reason = arena_fmt(c->arena, "%sに入院しました。入院時情報連携加算の期限は、(Ⅰ)が%s、(Ⅱ)が%sまでです（%s）。", era_text(c->arena, r->admitted_on),
		                    era_text(c->arena, k.first_until), era_text(c->arena, k.second_until), k.source),
		.table_name = "hospital_stay", .row_id = r->id, .row_pid = r->pid}, NULL);
}

err hospital_received(struct ctx *c, int64_t stay_id, civil on, bool conference)
{
	struct t_hospital_stay r;
	TRY(row_load(c, &T_hospital_stay, stay_id, &r));
	const char *how = on == CIVIL_NONE ? "" : conference ? "conference" : "hearing";
	if (r.received_on == on && str_eq(r.received_how, how))
		return OK;
	r.received_on = on;
	r.received_how = how;
	TRY(row_save(c, &T_hospital_stay, &r, NULL));
	return follow(c, &r);
}

/* ---- save ----------------------------------------------------------------------------------------------------------- */

struct saving {
	const char *person_pid, *hospital_org_pid;
	struct t_hospital_stay *row;
	struct row_conflict **conflict;
};

static err org_of(struct ctx *c, const char *pid, struct t_hospital_stay *r)
{
	struct org o;
	r->hospital_org_id = INT_NULL;
	if (str_blank(pid))
		return OK;
	err e = org_get(c, pid, &o);
	if (e == ERR_NOTFOUND)
		return fault_add(c, "hospital_org", ERR_NOT_CHOICE, "「登録されている医療機関」は、一覧から選んでください。");
	TRY(e);
	r->hospital_org_id = o.id;
	return OK;
}

/* Without the right to medical records nothing of them is touched. What the papers write (received) is no field of the page. */
static err keep_unseen(struct ctx *c, struct t_hospital_stay *r)
{
	struct t_hospital_stay now;
	TRY(row_load(c, &T_hospital_stay, r->id, &now));
	r->received_on = now.received_on;
	r->received_how = now.received_how;
	if (policy_check(c, r->person_id, CLASS_MEDICAL, ACTION_WRITE) != OK)
		r->reason = now.reason;
	return OK;
}

static err same_person(struct ctx *c, int64_t a, int64_t b)
{
	struct t_person x, y;
	TRY(row_load(c, &T_person, a, &x));
	TRY(row_load(c, &T_person, b, &y));
	return x.cluster_id == y.cluster_id ? OK : ERR_NOTFOUND;
}

static err save_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	struct t_hospital_stay *r = s->row;
	int64_t person;
	TRY(person_id(c, s->person_pid, &person));
	TRY(mandate_person(c, person));
	if (r->id) {
		TRY(mandate_person(c, r->person_id));
		TRY(same_person(c, person, r->person_id));
		TRY(keep_unseen(c, r));
	} else {
		r->person_id = person;
		if (policy_check(c, person, CLASS_MEDICAL, ACTION_WRITE) != OK)
			r->reason = "";
	}
	err e = org_of(c, s->hospital_org_pid, r);
	if (e != OK && e != ERR_NOT_CHOICE)
		return e;
	err e2 = check(c, r);
	if (e != OK || e2 != OK)
		return ERR_INPUT;
	if (r->id)
		TRY(row_save(c, &T_hospital_stay, r, s->conflict));
	else
		TRY(row_insert(c, &T_hospital_stay, r));
	TRY(timeline_touch(c, "hospital_stay", r->id));
	return follow(c, r);
}

err hospital_save(struct ctx *c, const char *person_pid, struct t_hospital_stay *row, const char *hospital_org_pid,
                  struct row_conflict **conflict)
{
	struct row_conflict *none = NULL;
	struct saving s = {person_pid, hospital_org_pid, row, conflict ? conflict : &none};
	return tx_run(c, save_tx, &s);
}

static err bin_gate(struct ctx *c, const void *row) { return mandate_person(c, ((const struct t_hospital_stay *)row)->person_id); }
static const char *bin_title(struct ctx *c, const void *row) { return arena_fmt(c->arena, "入院（%s）", era_text(c->arena, ((const struct t_hospital_stay *)row)->admitted_on)); }

static err bin_refused(struct ctx *c, const void *row)
{
	struct q_hospital_papers_used_row used;
	TRY(q_hospital_papers_used(c, &(struct q_hospital_papers_used_in){.stay_id = ((const struct t_hospital_stay *)row)->id}, &used));
	if (used.n)
		return fault_add(c, "reason", ERR_INPUT, "この入院には情報提供書や退院時の記録があります。先にそちらをごみ箱へ移してください。");
	return OK;
}

err hospital_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid)
{
	return retire_record(c, &(struct retire_kind){&T_hospital_stay, CLASS_CARE, bin_title, bin_gate, bin_refused}, pid, reason, bin_pid);
}
