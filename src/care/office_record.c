#include "care/office_record.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "care/case.h"
#include "care/children.h"
#include "care/consult_follow.h"
#include "care/mandate.h"
#include "care/retire.h"
#include "jp/numbers.h"
#include "law/codes.h"
#include "law/concentration.h"
#include "register/evidence.h"
#include "register/gen.h"
#include "register/org.h"
#include "register/person.h"
#include "register/timeline.h"
#include "sql/q_house_record.h"
#include "store/tx.h"

#include <string.h>

enum { LINE_MAX_CHARS = 200, AREA_MAX = 4000, LIST_ROWS = 100, EVIDENCE_MAX = 12 };

/* ---- the table ------------------------------------------------------------------------------------------------------- */

static const struct office_kind KINDS[] = {
#define OFFICE_KIND(code, label, evidence, whose, orgs, cls, list, what, day, what_as, day_as, constant, source) \
	{code, label, evidence, OFFICE_##whose, orgs, CLASS_##cls, list, what, day, what_as, day_as, constant, source},
#define OFFICE_FIELD(kind, column, type, label, required, as, help)
#include "care/office_record.tbl.h"
#undef OFFICE_KIND
#undef OFFICE_FIELD
};
static const struct office_field FIELDS[] = {
#define OFFICE_KIND(code, label, evidence, whose, orgs, cls, list, what, day, what_as, day_as, constant, source)
#define OFFICE_FIELD(kind, column, type, label, required, as, help) {kind, column, type, label, required, as, help},
#include "care/office_record.tbl.h"
#undef OFFICE_KIND
#undef OFFICE_FIELD
};
enum { N_KINDS = sizeof KINDS / sizeof KINDS[0], N_FIELDS = sizeof FIELDS / sizeof FIELDS[0] };

size_t office_kind_count(void) { return N_KINDS; }
const struct office_kind *office_kind_at(size_t i) { return &KINDS[i]; }

const struct office_kind *office_kind_find(const char *code)
{
	for (size_t i = 0; i < N_KINDS; i++)
		if (str_eq(KINDS[i].code, code))
			return &KINDS[i];
	return NULL;
}

const struct office_field *office_fields(const char *kind, size_t *n)
{
	size_t first = 0;
	while (first < N_FIELDS && !str_eq(FIELDS[first].kind, kind))
		first++;
	*n = 0;
	while (first + *n < N_FIELDS && str_eq(FIELDS[first + *n].kind, kind))
		++*n;
	return *n ? &FIELDS[first] : NULL;
}

const struct office_field *office_field_at(const struct office_field *first, size_t i) { return &first[i]; }

bool office_kind_open(struct ctx *c, const struct office_kind *k, bool of_person)
{
	struct org o;
	size_t n;
	if (of_person)
		return k->whose != OFFICE_OFFICE;
	if (k->whose == OFFICE_PERSON || org_load(c, c->actor.org_id, &o) != OK)
		return false;
	char **v = str_split(c->arena, k->orgs, '|', &n);
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i], org_kind_class(o.kind)))
			return true;
	return false;
}

/* ---- read -------------------------------------------------------------------------------------------------------------- */

void office_record_init(struct ctx *c, const char *kind, struct t_office_record *row)
{
	row_init(&T_office_record, row);
	row->org_id = c->actor.org_id;
	row->staff_id = c->actor.staff_id > 0 ? c->actor.staff_id : INT_NULL;
	row->kind = kind;
	row->on_day = c->today;
}

static err gate(struct ctx *c, const struct t_office_record *r, enum action a)
{
	if (r->person_id == INT_NULL)
		return policy_check_own(c, r->org_id, CLASS_MEETING, a);
	TRY(policy_check_record(c, r->person_id, (int)r->record_class, a));
	return a == ACTION_WRITE && r->record_class != CLASS_BENEFIT ? mandate_record(c, r->person_id, r->case_id, MANDATE_LOG) : OK;
}

static err view_of(struct ctx *c, struct office_record_view *v)
{
	struct q_office_record_names_row n;
	TRY(q_office_record_names(c, &(struct q_office_record_names_in){.id = v->row.id}, &n));
	v->kind = office_kind_find(v->row.kind);
	if (!v->kind)
		return ERR_BUG;
	v->person_pid = str_or(n.person_pid, "");
	v->person_name = str_or(n.person_name, "");
	v->org_pid = n.org_pid;
	v->org_name = n.org_name;
	v->case_pid = str_or(n.case_pid, "");
	v->staff_name = str_or(n.staff_name, "");
	v->updated_by = str_or(n.updated_by, "");
	v->what_ja = *v->kind->list ? law_code_label(c->house->law, v->kind->list, v->row.what) : "";
	v->may_write = gate(c, &v->row, ACTION_WRITE) == OK;
	return OK;
}

err office_record_get(struct ctx *c, const char *pid, struct office_record_view *out)
{
	*out = (struct office_record_view){0};
	TRY(row_find(c, &T_office_record, pid, &out->row));
	TRY(gate(c, &out->row, ACTION_SEE));
	return out->row.retired_ms == INT_NULL ? view_of(c, out) : ERR_NOTFOUND;
}

static err load(struct ctx *c, int64_t id, struct office_record_view *v)
{
	TRY(row_load(c, &T_office_record, id, &v->row));
	return view_of(c, v);
}

err office_record_list(struct ctx *c, const char *person_pid, const char *kind, int offset, int limit, struct office_record_view **v, size_t *n)
{
	if (str_blank(person_pid)) {
		struct q_office_record_of_org_row *r;
		TRY(policy_check_own(c, c->actor.org_id, CLASS_MEETING, ACTION_SEE));
		TRY(q_office_record_of_org(c, &(struct q_office_record_of_org_in){.org_id = c->actor.org_id, .kind = kind, .offset = offset,
			.limit = limit ? limit : LIST_ROWS}, &r, n));
		*v = ARENA_ARRAY(c->arena, *n + 1, struct office_record_view);
		for (size_t i = 0; i < *n; i++)
			TRY(load(c, r[i].id, &(*v)[i]));
		return OK;
	}
	struct q_office_record_of_person_row *r;
	int64_t person;
	TRY(person_id(c, person_pid, &person));
	TRY(policy_check(c, person, CLASS_CARE, ACTION_SEE));
	TRY(q_office_record_of_person(c, &(struct q_office_record_of_person_in){.person_id = person, .kind = kind}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct office_record_view);
	for (size_t i = 0; i < *n; i++)
		TRY(load(c, r[i].id, &(*v)[i]));
	return OK;
}

err office_record_count(struct ctx *c, const char *kind, int64_t *n)
{
	struct q_office_record_count_row r;
	TRY(policy_check_own(c, c->actor.org_id, CLASS_MEETING, ACTION_SEE));
	TRY(q_office_record_count(c, &(struct q_office_record_count_in){.org_id = c->actor.org_id, .kind = kind}, &r));
	*n = r.n;
	return OK;
}

/* ---- checks ------------------------------------------------------------------------------------------------------------ */

static const void *at(const struct t_office_record *r, const char *column) { return row_column(&T_office_record, (void *)r, column); }
static const char *text_at(const struct t_office_record *r, const char *column) { return str_or(*(const char *const *)at(r, column), ""); }
static civil day_at(const struct t_office_record *r, const char *column) { return *(const civil *)at(r, column); }

/* Digits of any width, with or without commas; kept as plain digits. */
static void check_whole(struct ctx *c, const struct t_office_record *r, const struct office_field *f)
{
	const char **text = row_column(&T_office_record, (void *)r, f->column);
	int64_t n;
	if (str_blank(*text)) {
		if (f->required && !fault_of(c, f->column))
			(void)fault_add(c, f->column, ERR_REQUIRED, "「%s」を数字で入力してください。", f->label);
		return;
	}
	bool minus = strstr(*text, "-") || strstr(*text, "－") || strstr(*text, "−"); /* number_even would drop it */
	size_t n_parts;
	char **part = str_split(c->arena, number_even(c->arena, *text), ',', &n_parts);
	const char *digits = "";
	for (size_t i = 0; i < n_parts; i++)
		digits = arena_fmt(c->arena, "%s%s", digits, part[i]);
	if (minus || !str_int(digits, &n))
		(void)fault_add(c, f->column, ERR_INPUT, "「%s」は、0 以上の数字で入力してください。", f->label);
	else
		*text = arena_fmt(c->arena, "%lld", (long long)n);
}

static void check_field(struct ctx *c, const struct t_office_record *r, const struct office_field *f)
{
	switch (f->type) {
	case 't':
		gen_check_text(c, f->column, f->label, text_at(r, f->column), f->required, LINE_MAX_CHARS);
		break;
	case 'a':
		gen_check_text(c, f->column, f->label, text_at(r, f->column), f->required, AREA_MAX);
		break;
	case 'd':
	case 'm':
		if (f->required && day_at(r, f->column) == CIVIL_NONE && !fault_of(c, f->column))
			(void)fault_add(c, f->column, ERR_REQUIRED, "「%s」を入力してください。", f->label);
		break;
	case 'i':
		check_whole(c, r, f);
		break;
	case 'n':
		if (f->required && *(const int64_t *)at(r, f->column) == INT_NULL && !fault_of(c, f->column))
			(void)fault_add(c, f->column, ERR_REQUIRED, "「%s」を数字で入力してください。", f->label);
		break;
	default:
		break;
	}
}

static bool is_conc(const struct t_office_record *r) { return str_eq(r->kind, "conc_1") || str_eq(r->kind, "conc_5") || str_eq(r->kind, "conc_6"); }

/* A reason of 特定事業所集中減算 is judged half-year by half-year: it begins and ends with one. */
static void check_conc(struct ctx *c, const struct t_office_record *r)
{
	if (!is_conc(r))
		return;
	if (r->from_on != CIVIL_NONE && law_half_year_of(r->from_on).from != r->from_on)
		(void)fault_add(c, "from_on", ERR_RANGE, "「いつの判定期間から」は、3月1日か9月1日にしてください。");
	if (r->to_on != CIVIL_NONE && law_half_year_of(r->to_on).to != r->to_on)
		(void)fault_add(c, "to_on", ERR_RANGE, "「いつの判定期間まで」は、8月31日か2月の末日にしてください。");
}

static void check_days(struct ctx *c, const struct t_office_record *r, const struct office_kind *k)
{
	if (r->on_day == CIVIL_NONE)
		(void)fault_add(c, "on_day", ERR_REQUIRED, "「%s」を入力してください。", k->day_label);
	else if (r->on_day > c->today)
		(void)fault_add(c, "on_day", ERR_DATE_FUTURE, "「%s」が今日より後になっています。日付を確かめてください。", k->day_label);
	if (r->from_on != CIVIL_NONE && r->to_on != CIVIL_NONE && r->to_on < r->from_on)
		(void)fault_add(c, "to_on", ERR_PERIOD_ORDER, "終わりの日が始まりの日より前になっています。日付を直してください。");
	if (str_eq(r->kind, "request") && str_eq(r->what, "discharge") && r->other_on == CIVIL_NONE)
		(void)fault_add(c, "other_on", ERR_REQUIRED, "「退院・退所の予定日」を入力してください。計画を作りはじめる期限になります。");
	if (str_eq(r->kind, "short_use") && r->units != INT_NULL && r->from_on != CIVIL_NONE && r->units > civil_ymd(civil_add_months(r->from_on, 1) - 1).d)
		(void)fault_add(c, "units", ERR_RANGE, "「短期入所を使った日数」が、その月の日数より多くなっています。日数を確かめてください。");
	if (str_eq(r->kind, "measure") && r->other_on != CIVIL_NONE && r->other_on < r->on_day)
		(void)fault_add(c, "other_on", ERR_PERIOD_ORDER, "「終わった日」が「%s」より前になっています。日付を直してください。", k->day_label);
	if (str_eq(r->kind, "measure") && str_eq(r->what, "abuse_officer") && str_blank(r->partner))
		(void)fault_add(c, "partner", ERR_REQUIRED, "「担当者・作った人の氏名」に、虐待防止の担当者の氏名を入力してください。");
	if (r->units != INT_NULL && r->units < 0)
		(void)fault_add(c, "units", ERR_INPUT, "数は 0 以上で入力してください。");
}

static err check(struct ctx *c, struct t_office_record *r)
{
	const struct office_kind *k = office_kind_find(r->kind);
	size_t before = c->n_faults, n;
	if (!k || !office_kind_open(c, k, r->person_id != INT_NULL))
		return fault_add(c, "kind", ERR_NOT_CHOICE, "「記録の種類」は、一覧から選んでください。");
	if (*k->list && str_blank(r->what))
		(void)fault_add(c, "what", ERR_REQUIRED, "「%s」を選んでください。", k->what_label);
	else if (*k->list && !law_code_valid(c->house->law, k->list, r->what, r->on_day == CIVIL_NONE ? c->today : r->on_day))
		(void)fault_add(c, "what", ERR_NOT_CHOICE, "「%s」は、一覧から選んでください。", k->what_label);
	check_days(c, r, k);
	check_conc(c, r);
	const struct office_field *f = office_fields(k->code, &n);
	for (size_t i = 0; i < n; i++)
		check_field(c, r, &f[i]);
	return c->n_faults == before ? OK : ERR_INPUT;
}

/* ---- evidence ---------------------------------------------------------------------------------------------------------- */

static struct evidence_field field_of(struct ctx *c, const struct t_office_record *r, const struct office_field *f)
{
	struct evidence_field e = {.name = f->as, .type = 't', .text = "", .day = CIVIL_NONE, .number = INT_NULL};
	switch (f->type) {
	case 'd':
		e.type = 'd';
		e.day = day_at(r, f->column);
		break;
	case 'b':
		e.type = 'b';
		e.yes = *(const bool *)at(r, f->column);
		break;
	case 'c':
		e.text = *(const bool *)at(r, f->column) ? "confirmed" : "";
		break;
	case 'i':
		e.type = 'n';
		if (!str_int(text_at(r, f->column), &e.number))
			e.number = INT_NULL;
		break;
	case 'n':
		e.type = 'n';
		e.number = *(const int64_t *)at(r, f->column);
		break;
	case 'm': {
		char day[CIVIL_TEXT];
		civil_text(day_at(r, f->column), day);
		e.text = arena_strn(c->arena, day, 7);
		break;
	}
	default:
		e.text = text_at(r, f->column);
	}
	return e;
}

static bool has(const struct evidence_field *e, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(e[i].name, name))
			return true;
	return false;
}

/* What the kind's fields say, then what the code asks for and nobody gives: null. */
static size_t fields_of(struct ctx *c, const struct t_office_record *r, const struct office_kind *k, struct evidence_field *e)
{
	size_t n = 0, n_fields, n_names, n_parts;
	const struct office_field *f = office_fields(k->code, &n_fields);
	if (*k->what_as)
		e[n++] = (struct evidence_field){.name = k->what_as, .type = 't', .text = r->what};
	if (*k->day_as)
		e[n++] = (struct evidence_field){.name = k->day_as, .type = 'd', .day = r->on_day};
	if (*k->constant) {
		char **part = str_split(c->arena, k->constant, '=', &n_parts);
		e[n++] = (struct evidence_field){.name = part[0], .type = 't', .text = part[1]};
	}
	for (size_t i = 0; i < n_fields; i++)
		if (*f[i].as)
			e[n++] = field_of(c, r, &f[i]);
	char **names = str_split(c->arena, evidence_fields(k->evidence), ' ', &n_names);
	for (size_t i = 0; i < n_names && n < EVIDENCE_MAX; i++)
		if (!has(e, n, names[i]))
			e[n++] = (struct evidence_field){.name = names[i], .type = 'd', .day = CIVIL_NONE};
	return n;
}

err office_record_evidence(struct ctx *c, int64_t row_id)
{
	struct t_office_record r;
	struct evidence_field e[EVIDENCE_MAX];
	TRY(row_load(c, &T_office_record, row_id, &r));
	const struct office_kind *k = office_kind_find(r.kind);
	if (!k)
		return ERR_BUG;
	size_t n = fields_of(c, &r, k, e);
	const struct evidence_new v = {.code = k->evidence, .person_id = r.person_id == INT_NULL ? 0 : r.person_id, .org_id = r.org_id,
		.record_class = (int)r.record_class, .on_day = r.on_day, .body = evidence_body(c, e, n)};
	return evidence_set(c, "office_record", r.id, &v, 1, r.retired_ms == INT_NULL);
}

static err follow(struct ctx *c, const struct t_office_record *r)
{
	const struct office_kind *k = office_kind_find(r->kind);
	TRY(office_record_evidence(c, r->id));
	if (r->person_id == INT_NULL)
		return OK;
	return timeline_add(c, &(struct timeline_new){.person_id = r->person_id, .at_on = r->on_day, .kind = "progress", .record_class = (int)r->record_class,
		.org_id = r->org_id, .title = *k->list ? arena_fmt(c->arena, "%s（%s）", k->label, law_code_label(c->house->law, k->list, r->what)) : k->label,
		.summary = *r->content ? consult_one_line(c->arena, r->content, 60) : NULL, .table_name = "office_record", .row_id = r->id, .row_pid = r->pid});
}

/* ---- save --------------------------------------------------------------------------------------------------------------- */

struct saving {
	const char *person_pid;
	struct t_office_record *row;
	struct row_conflict **conflict;
};

static err subject_of(struct ctx *c, const struct saving *s)
{
	struct t_office_record *r = s->row;
	const struct office_kind *k = office_kind_find(r->kind);
	struct t_care_case own;
	bool found = false;
	r->org_id = c->actor.org_id;
	r->person_id = r->case_id = INT_NULL;
	r->record_class = CLASS_MEETING;
	if (str_blank(s->person_pid))
		return OK;
	TRY(person_id(c, s->person_pid, &r->person_id));
	r->record_class = k ? k->record_class : CLASS_CARE;
	TRY(policy_check(c, r->person_id, (int)r->record_class, ACTION_WRITE));
	if (policy_check(c, r->person_id, CLASS_CARE, ACTION_SEE) == OK)
		TRY(case_running(c, r->person_id, c->actor.org_id, "", &own, &found));
	r->case_id = found ? own.id : INT_NULL;
	return OK;
}

static err save_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	struct t_office_record *r = s->row, stored;
	if (r->id) {
		TRY(row_load(c, &T_office_record, r->id, &stored));
		TRY(gate(c, &stored, ACTION_WRITE));
		r->kind = stored.kind;
	} else {
		TRY(subject_of(c, s));
		TRY(gate(c, r, ACTION_WRITE));
	}
	TRY(check(c, r));
	if (r->id)
		TRY(row_save(c, &T_office_record, r, s->conflict));
	else
		TRY(row_insert(c, &T_office_record, r));
	return follow(c, r);
}

err office_record_save(struct ctx *c, const char *person_pid, struct t_office_record *row, struct row_conflict **conflict)
{
	struct row_conflict *none = NULL;
	struct saving s = {person_pid, row, conflict ? conflict : &none};
	return tx_run(c, save_tx, &s);
}

/* ---- bin ----------------------------------------------------------------------------------------------------------------- */

static const char *bin_title(struct ctx *c, const void *row)
{
	const struct t_office_record *r = row;
	const struct office_kind *k = office_kind_find(r->kind);
	return k ? arena_fmt(c->arena, "事業所の記録: %s", k->label) : "事業所の記録";
}

static err bin_gate(struct ctx *c, const void *row) { return gate(c, row, ACTION_WRITE); }

err office_record_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid)
{
	struct t_office_record r;
	TRY(row_find(c, &T_office_record, pid, &r));
	TRY(gate(c, &r, ACTION_SEE));
	return retire_record(c, &(struct retire_kind){&T_office_record, (int)r.record_class, bin_title, bin_gate, NULL}, pid, reason, bin_pid);
}
