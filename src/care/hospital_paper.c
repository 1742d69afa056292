#include "care/hospital_paper.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "care/assess.h"
#include "care/basic_info.h"
#include "care/children.h"
#include "care/illness.h"
#include "care/own_form.h"
#include "care/plan.h"
#include "care/printables_of.h"
#include "codec/json.h"
#include "jp/era.h"
#include "register/bin.h"
#include "register/insurance.h"
#include "register/person.h"
#include "register/relation.h"
#include "register/timeline.h"
#include "sql/q_liaison.h"
#include "store/tx.h"

#include <string.h>

struct shape {
	struct own_form own;
	const char *form_id, *label;
};
static const struct shape *shape(enum hospital_form form)
{
	static const struct shape v[] = {
		{{.t = &T_hospital_info}, "nyuin-joho", "入院時情報提供書"},
		{{.t = &T_discharge_record, .list_binding = "discharge_hearing", .list_column = "hearing"}, "taiin-joho", "退院・退所情報記録書"},
	};
	return &v[form];
}

#define TEXT(row, col) (*(const char **)row_column(t, row, col))
#define INT(row, col) (*(int64_t *)row_column(t, row, col))
#define DAY(row, col) (*(civil *)row_column(t, row, col))

/* ---- what a new 入院時情報提供書 takes from the records ------------------------------------------------------------------ */

/* A source the actor may not see gives nothing; that is no fault of the paper. */
static err closed_is_nothing(err e) { return e == ERR_DENIED || e == ERR_NOTFOUND ? OK : e; }

static void take(const char **into, const char *text)
{
	if (str_blank(*into) && !str_blank(text))
		*into = text;
}

static err from_assessment(struct ctx *c, const char *person_pid, struct t_hospital_info *r)
{
	struct assess_row *rows;
	struct assess_view v;
	size_t n;
	TRY(assess_list(c, person_pid, &rows, &n));
	if (!n)
		return OK;
	TRY(assess_get(c, rows[0].pid, &v));
	take(&r->wish_person, v.row.wish_person);
	take(&r->wish_family, v.row.wish_family);
	for (size_t i = 0; i < v.n_items; i++) {
		if (!str_eq(v.items[i].def->code, "a11_adl") || v.items[i].locked)
			continue;
		const char *d = v.items[i].row.detail;
		const struct { const char **into, *key; } map[] = {{&r->adl_move, "indoor"}, {&r->adl_transfer, "transfer"}, {&r->adl_dress, "dress"},
			{&r->adl_rise, "rise"}, {&r->adl_groom, "groom"}, {&r->adl_bath, "bath"}, {&r->adl_eat, "eat"}};
		for (size_t k = 0; k < sizeof map / sizeof map[0]; k++)
			take(map[k].into, assess_detail(c, d, map[k].key));
	}
	return OK;
}

static err from_plan(struct ctx *c, const char *person_pid, struct t_hospital_info *r)
{
	struct plan_row *rows;
	size_t n;
	TRY(plan_list(c, person_pid, NULL, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		struct t_plan p;
		if (!str_eq(rows[i].status, "consented") && !str_eq(rows[i].status, "delivered"))
			continue;
		TRY(row_load(c, &T_plan, rows[i].id, &p));
		take(&r->wish_person, p.wish_person);
		take(&r->wish_family, p.wish_family);
		r->service_note = arena_fmt(c->arena, "%s（計画の期間 %sから%sまで）", plan_kind_ja(rows[i].kind), era_text(c->arena, p.from_on), era_text(c->arena, p.to_on));
		return OK;
	}
	return OK;
}

static err from_basic_info(struct ctx *c, const char *person_pid, struct t_hospital_info *r)
{
	struct basic_info_row *rows;
	size_t n;
	struct t_basic_info b;
	TRY(basic_info_list(c, person_pid, &rows, &n));
	if (!n)
		return OK;
	TRY(row_find(c, &T_basic_info, rows[0].pid, &b));
	take(&r->interest, b.hobby);
	take(&r->life_history, b.life_history);
	r->house_floor = b.room_floor;
	return OK;
}

static err from_family(struct ctx *c, int64_t person_id, struct t_hospital_info *r)
{
	struct relation_view *v;
	size_t n;
	TRY(relation_list(c, person_id, &v, &n));
	for (size_t i = 0; i < n; i++) {
		if (v[i].deceased || v[i].is_back)
			continue;
		if (v[i].row.is_main_carer && str_blank(r->carer)) {
			r->carer = v[i].name;
			r->carer_rel = v[i].label;
			r->carer_tel = v[i].phone;
			r->carer_live = str_eq(v[i].row.living, "together") ? "with" : str_eq(v[i].row.living, "apart") ? "apart" : "";
		}
		if (v[i].row.is_key_person && str_blank(r->keyperson)) {
			r->keyperson = v[i].name;
			r->keyperson_rel = v[i].label;
			r->keyperson_tel = v[i].phone;
		}
	}
	return OK;
}

static err from_illness(struct ctx *c, const char *person_pid, struct t_hospital_info *r)
{
	struct illness *v;
	size_t n;
	struct buf b = buf_new(c->arena);
	TRY(illness_list(c, person_pid, &v, &n));
	for (size_t i = 0; i < n; i++) {
		buf_fmt(&b, "%s%s　%s", b.n ? "\n" : "", v[i].when_text, v[i].disease);
		if (str_eq(v[i].is_primary, "1") && str_blank(r->doc_office)) {
			r->doc_office = v[i].doctor;
			r->doc_tel = v[i].tel;
		}
	}
	if (b.n)
		r->history_other = b.p;
	return OK;
}

static err prefill(struct ctx *c, const struct hospital_view *s, struct t_hospital_info *r)
{
	int64_t person = s->row.person_id;
	int ratio = 0;
	TRY(closed_is_nothing(from_assessment(c, s->person_pid, r)));
	TRY(closed_is_nothing(from_plan(c, s->person_pid, r)));
	TRY(closed_is_nothing(from_basic_info(c, s->person_pid, r)));
	TRY(closed_is_nothing(from_family(c, person, r)));
	TRY(closed_is_nothing(from_illness(c, s->person_pid, r)));
	TRY(closed_is_nothing(burden_ratio(c, person, c->today, &ratio)));
	if (ratio >= 1 && ratio <= 3)
		r->copay = arena_fmt(c->arena, "%d", ratio);
	return OK;
}

/* ---- read ------------------------------------------------------------------------------------------------------------ */

static err fill_paper(struct ctx *c, struct hospital_paper *p)
{
	const struct shape *s = shape(p->form);
	const struct table_desc *t = s->own.t;
	civil day = DAY(p->row, "made_date");
	struct t_org org;
	struct t_staff staff;
	int64_t by = INT(p->row, "staff_id");
	if (!form_find(c->house->forms, s->form_id, day == CIVIL_NONE ? c->today : day))
		day = c->today;
	TRY(fill_begin(c, s->form_id, day, p->stay.row.person_id, &p->fill));
	TRY(own_form_fill(&p->fill, &s->own, p->row));
	TRY(fill_row(&p->fill, &T_hospital_stay, &p->stay.row));
	TRY(fill_text(&p->fill, "hospital_stay.hospital", p->stay.hospital_name));
	TRY(row_load(c, &T_org, INT(p->row, "org_id"), &org));
	TRY(fill_row(&p->fill, &T_org, &org));
	if (by != INT_NULL) {
		TRY(row_load(c, &T_staff, by, &staff));
		TRY(fill_text(&p->fill, "staff.name", staff.name));
	}
	p->fixed = own_form_fixed(c, &s->own, p->fill.def, p->row, &p->n_fixed);
	p->may_write = p->stay.may_write_medical;
	return fill_register(&p->fill, day == CIVIL_NONE ? c->today : day);
}

err hospital_paper_new(struct ctx *c, enum hospital_form form, const char *stay_pid, struct hospital_paper *out)
{
	const struct table_desc *t = shape(form)->own.t;
	*out = (struct hospital_paper){.form = form, .pid = "", .updated_by = "", .row = arena_alloc(c->arena, t->size)};
	TRY(hospital_get(c, stay_pid, &out->stay));
	TRY(policy_check(c, out->stay.row.person_id, CLASS_MEDICAL, ACTION_WRITE));
	row_init(t, out->row);
	INT(out->row, "person_id") = out->stay.row.person_id;
	INT(out->row, "org_id") = c->actor.org_id;
	INT(out->row, "staff_id") = c->actor.staff_id > 0 ? c->actor.staff_id : INT_NULL;
	INT(out->row, "stay_id") = out->stay.row.id;
	DAY(out->row, "made_date") = c->today;
	if (form == HOSPITAL_INFO)
		TRY(prefill(c, &out->stay, out->row));
	return fill_paper(c, out);
}

err hospital_paper_get(struct ctx *c, enum hospital_form form, const char *pid, struct hospital_paper *out)
{
	const struct table_desc *t = shape(form)->own.t;
	struct t_hospital_stay stay;
	struct q_liaison_names_row n;
	*out = (struct hospital_paper){.form = form, .row = arena_alloc(c->arena, t->size)};
	TRY(row_find(c, t, pid, out->row));
	TRY(policy_check_record(c, INT(out->row, "person_id"), CLASS_MEDICAL, ACTION_SEE));
	if (INT(out->row, "retired_ms") != INT_NULL)
		return ERR_NOTFOUND;
	TRY(row_load(c, &T_hospital_stay, INT(out->row, "stay_id"), &stay));
	TRY(hospital_get(c, stay.pid, &out->stay));
	TRY(q_liaison_names(c, &(struct q_liaison_names_in){.person_id = INT(out->row, "person_id"), .staff_id = INT_NULL, .to_org_id = INT_NULL,
	                                                    .account_id = INT(out->row, "updated_by")}, &n));
	out->id = INT(out->row, "id");
	out->version = INT(out->row, "version");
	out->updated_ms = INT(out->row, "updated_ms");
	out->updated_by = str_or(n.updated_by, "");
	out->pid = TEXT(out->row, "pid");
	return fill_paper(c, out);
}

err hospital_hearings(struct ctx *c, const char *hearing, int *n, int *conferences, civil *last, bool *last_is_conference)
{
	struct json *rows;
	*n = *conferences = 0;
	*last = CIVIL_NONE;
	*last_is_conference = false;
	if (str_blank(hearing))
		return OK;
	TRY(json_parse(c->arena, hearing, strlen(hearing), NULL, &rows, NULL));
	for (size_t i = 0; i < rows->n; i++) {
		civil on = CIVIL_NONE;
		if (!civil_parse(json_get_text(rows->items[i], "on", ""), &on))
			continue;
		bool conference = str_eq(json_get_text(rows->items[i], "conference", ""), "yes");
		*n += 1;
		*conferences += conference;
		if (*last == CIVIL_NONE || on >= *last) {
			*last = on;
			*last_is_conference = conference;
		}
	}
	return OK;
}

/* Columns of the items that the page leaves blank for want of a right. */
static const char *locked_columns(struct ctx *c, const struct hospital_paper *p)
{
	size_t n = strlen(shape(p->form)->own.t->name);
	const char *list = "";
	for (size_t i = 0; i < p->fill.def->n_items; i++) {
		const struct form_item *it = &p->fill.def->items[i];
		bool locked = false;
		for (size_t k = 0; k < p->fill.n_locked; k++)
			locked = locked || str_eq(p->fill.locked[k], it->id) || str_eq(p->fill.locked[k], it->path);
		if (locked && strncmp(it->binding, shape(p->form)->own.t->name, n) == 0 && it->binding[n] == '.')
			list = arena_fmt(c->arena, "%s%s%s", list, *list ? "|" : "", it->binding + n + 1);
	}
	return list;
}

err hospital_paper_history(struct ctx *c, const struct hospital_paper *p, struct history_act **v, size_t *n)
{
	const char *hidden = locked_columns(c, p);
	return history_of(c, &(struct history_part){shape(p->form)->own.t, p->id, "", *hidden ? hidden : NULL}, 1, v, n);
}

/* ---- save -------------------------------------------------------------------------------------------------------------- */

struct saving {
	const struct hospital_paper *p;
	int64_t version;
	const struct answers *typed;
	const char *pid;
	struct row_conflict **conflict;
};

/* The newest word of the hospital over all records of the stay. */
static err tell_stay(struct ctx *c, int64_t stay_id)
{
	struct q_discharge_records_row *rows;
	size_t n_rows;
	civil newest = CIVIL_NONE;
	bool by_conference = false;
	TRY(q_discharge_records(c, &(struct q_discharge_records_in){.stay_id = stay_id}, &rows, &n_rows));
	for (size_t i = 0; i < n_rows; i++) {
		struct t_discharge_record r;
		int n, k;
		civil last;
		bool conference;
		TRY(row_load(c, &T_discharge_record, rows[i].id, &r));
		TRY(hospital_hearings(c, r.hearing, &n, &k, &last, &conference));
		if (last != CIVIL_NONE && (newest == CIVIL_NONE || last > newest)) {
			newest = last;
			by_conference = conference;
		}
	}
	return hospital_received(c, stay_id, newest, by_conference);
}

static err save_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	const struct hospital_paper *p = s->p;
	const struct shape *sh = shape(p->form);
	const struct table_desc *t = sh->own.t;
	int64_t person = INT(p->row, "person_id");
	TRY(policy_check_record(c, person, CLASS_MEDICAL, ACTION_WRITE));
	const struct answer *day = answers_get(s->typed, "made_date");
	if (!day || day->blank != BLANK_NONE)
		(void)fault_add(c, "made_date", ERR_REQUIRED, "「記入日」を入力してください。");
	else if ((civil)day->num > c->today)
		(void)fault_add(c, "made_date", ERR_DATE_FUTURE, "「記入日」に、これから先の日付は入力できません。");
	TRY(answers_validate(c, s->typed, true, NULL));
	if (c->n_faults)
		return ERR_INPUT;
	TRY(own_form_read(c, &sh->own, s->typed, person, p->row));
	if (p->id) {
		*(int64_t *)row_column(t, p->row, "version") = s->version;
		TRY(row_save(c, t, p->row, s->conflict));
	} else {
		TRY(row_insert(c, t, p->row));
	}
	s->pid = TEXT(p->row, "pid");
	TRY(timeline_touch(c, t->name, INT(p->row, "id")));
	TRY(timeline_add(c, &(struct timeline_new){.person_id = person, .at_on = DAY(p->row, "made_date"), .kind = "hospital", .record_class = CLASS_MEDICAL,
		.org_id = INT(p->row, "org_id"), .title = sh->label, .table_name = t->name, .row_id = INT(p->row, "id"), .row_pid = s->pid}));
	return p->form == HOSPITAL_RECORD ? tell_stay(c, INT(p->row, "stay_id")) : OK;
}

err hospital_paper_save(struct ctx *c, const struct hospital_paper *p, int64_t version, const struct answers *typed, const char **pid,
                        struct row_conflict **conflict)
{
	struct row_conflict *none = NULL;
	struct saving s = {.p = p, .version = version, .typed = typed, .conflict = conflict ? conflict : &none};
	TRY(tx_run(c, save_tx, &s));
	*pid = s.pid;
	return OK;
}

struct retiring {
	enum hospital_form form;
	const char *pid, *reason, **bin_pid;
};

static err retire_tx(struct ctx *c, void *arg)
{
	const struct retiring *in = arg;
	const struct shape *sh = shape(in->form);
	const struct table_desc *t = sh->own.t;
	void *row = arena_alloc(c->arena, t->size);
	TRY(row_find(c, t, in->pid, row));
	int64_t person = INT(row, "person_id");
	TRY(policy_check_record(c, person, CLASS_MEDICAL, ACTION_WRITE));
	if (INT(row, "retired_ms") != INT_NULL)
		return ERR_NOTFOUND;
	if (str_blank(in->reason))
		return fault_add(c, "reason", ERR_REQUIRED, "ごみ箱に移す理由を書いてください。");
	return bin_put(c, &(struct bin_put){.table = t, .row_id = INT(row, "id"), .row_pid = TEXT(row, "pid"), .person_id = person, .org_id = INT(row, "org_id"),
		.record_class = CLASS_MEDICAL, .reason = in->reason, .title = sh->label}, in->bin_pid);
}

err hospital_record_follow_bin(struct ctx *c, int64_t row_id, bool alive)
{
	struct t_discharge_record r;
	(void)alive; /* the list asks the rows themselves */
	TRY(row_load(c, &T_discharge_record, row_id, &r));
	return tell_stay(c, r.stay_id);
}

err hospital_paper_retire(struct ctx *c, enum hospital_form form, const char *pid, const char *reason, const char **bin_pid)
{
	struct retiring in = {form, pid, reason, bin_pid};
	return tx_run(c, retire_tx, &in);
}

/* ---- paper --------------------------------------------------------------------------------------------------------------- */

static struct view_source source(const struct hospital_paper *p)
{
	return (struct view_source){.f = &p->fill, .table_name = shape(p->form)->own.t->name, .row_id = p->id, .row_version = p->version};
}

err hospital_paper_print(struct ctx *c, const struct hospital_paper *p, enum paper_kind kind, const char **bytes, size_t *n)
{
	struct view_source s = source(p);
	return view_paper(c, &s, kind, bytes, n);
}

err hospital_paper_issue(struct ctx *c, const struct hospital_paper *p, const char **issued_pid)
{
	struct view_source s = source(p);
	const struct t_hospital_stay *r = &p->stay.row;
	struct issued_recipient to = {.kind = "doctor", .name = p->stay.hospital_name, .org_id = r->hospital_org_id == INT_NULL ? 0 : r->hospital_org_id,
		.how = str_eq(r->told_how, "fax") ? "fax" : str_eq(r->told_how, "mail") ? "post" : str_eq(r->told_how, "electronic") ? "electronic" : "hand",
		.on_day = r->told_on};
	return view_issue(c, &s, p->form == HOSPITAL_INFO ? "sent" : "kept", &to, p->form == HOSPITAL_INFO ? 1 : 0, issued_pid);
}

/* ---- for many people ------------------------------------------------------------------------------------------------------ */

static err add_paper(struct ctx *c, enum hospital_form form, const char *pid, struct printable_docs *out)
{
	struct hospital_paper *p = ARENA_NEW(c->arena, struct hospital_paper);
	TRY(hospital_paper_get(c, form, pid, p));
	printable_add_fill(c, out, &p->fill, NULL);
	return OK;
}

/* Of all stays, oldest first. */
static err papers(struct ctx *c, enum hospital_form form, const struct person *who, const struct printable_period *period, struct printable_docs *out)
{
	struct hospital_view *v;
	size_t n;
	const char *newest = NULL;
	TRY(policy_check(c, who->id, CLASS_MEDICAL, ACTION_PRINT));
	TRY(hospital_list(c, who->pid, &v, &n));
	for (size_t i = n; i-- > 0;) {
		const struct hospital_paper_row *rows = form == HOSPITAL_INFO ? v[i].infos : v[i].records;
		for (size_t k = form == HOSPITAL_INFO ? v[i].n_infos : v[i].n_records; k-- > 0;) {
			if (!printable_in(period, rows[k].made_on))
				continue;
			newest = rows[k].pid;
			if (!period->newest)
				TRY(add_paper(c, form, newest, out));
		}
	}
	return period->newest && newest ? add_paper(c, form, newest, out) : OK;
}

err printables_hospital_info(struct ctx *c, const struct person *p, const struct printable_period *period, struct printable_docs *out)
{
	return papers(c, HOSPITAL_INFO, p, period, out);
}

err printables_discharge(struct ctx *c, const struct person *p, const struct printable_period *period, struct printable_docs *out)
{
	return papers(c, HOSPITAL_RECORD, p, period, out);
}
