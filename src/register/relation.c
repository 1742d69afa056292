#include "register/relation.h"

#include "access/policy.h"
#include "base/pid.h"
#include "base/str.h"
#include "jp/kana.h"
#include "sql/q_record.h"
#include "store/tx.h"

#include <string.h>

static const struct {
	const char *code, *label, *inverse;
} kin[] = {
#define KIN(code, label, inverse) {code, label, inverse},
#include "register/kin.tbl.h"
#undef KIN
};
static const struct gen_code livings[] = {{"together", "同居"}, {"apart", "別居"}, {"unknown", "不明"}};

size_t relation_kin_count(void) { return sizeof kin / sizeof kin[0]; }
const char *relation_kin_code(size_t i) { return i < relation_kin_count() ? kin[i].code : ""; }

const char *relation_kin_label_ja(const char *kind)
{
	for (size_t i = 0; i < relation_kin_count(); i++)
		if (str_eq(kin[i].code, kind))
			return kin[i].label;
	return "";
}

const char *relation_kin_inverse(const char *kind)
{
	for (size_t i = 0; i < relation_kin_count(); i++)
		if (str_eq(kin[i].code, kind))
			return kin[i].inverse;
	return "other";
}

static err ids(struct ctx *c, int64_t person_id, bool with_retired, int64_t **out, size_t *n)
{
	struct q_record_relation_ids_row *rows;
	TRY(q_record_relation_ids(c, &(struct q_record_relation_ids_in){.person_id = person_id, .with_retired = with_retired}, &rows, n));
	*out = (int64_t *)rows;
	return OK;
}

static void check(struct ctx *c, void *row)
{
	struct t_relation *r = row;
	if (!*relation_kin_label_ja(r->kind))
		(void)fault_add(c, "kind", str_blank(r->kind) ? ERR_REQUIRED : ERR_NOT_CHOICE, "続柄・関係を選んでください。");
	gen_check_text(c, "label", "続柄", r->label, false, 40);
	gen_check_text(c, "can_contact", "連絡してよい時間・方法", r->can_contact, false, 200);
	gen_check_text(c, "note", "備考", r->note, false, 2000);
	GEN_CHECK_CODE(c, "living", "同居・別居", livings, r->living, false);
	if (r->emergency_order != INT_NULL && (r->emergency_order < 1 || r->emergency_order > 99))
		(void)fault_add(c, "emergency_order", ERR_RANGE, "緊急連絡の順番は1から99までの数字です。");
	if (r->to_on != CIVIL_NONE && r->from_on != CIVIL_NONE && r->to_on < r->from_on)
		(void)fault_add(c, "to_on", ERR_PERIOD_ORDER, NULL);
	if (r->other_person_id == r->person_id)
		(void)fault_add(c, "other_person", ERR_NOT_CHOICE, "本人を本人の家族にすることはできません。別の方を選んでください。");
}

static void period(const void *row, civil *from, civil *to)
{
	const struct t_relation *r = row;
	*from = r->from_on;
	*to = r->to_on;
}

static const char *text(struct ctx *c, const void *row)
{
	const struct t_relation *r = row;
	return arena_fmt(c->arena, "%s%s%s", *r->label ? r->label : relation_kin_label_ja(r->kind),
		r->is_key_person ? " キーパーソン" : "", r->is_main_carer ? " 主介護者" : "");
}

/* The other end: a contact the actor may reach, or a person the actor sees. */
static err before(struct ctx *c, void *row, void *arg)
{
	struct t_relation *r = row;
	if ((r->other_person_id == INT_NULL) == (r->contact_id == INT_NULL))
		return fault_add(c, "other_person", ERR_REQUIRED, "家族・関係者の名前を入力するか、登録されている方から選んでください。");
	if (r->other_person_id != INT_NULL)
		return policy_check(c, r->other_person_id, CLASS_NAMECARD, ACTION_SEE);
	if (arg) /* a contact written in this very transaction */
		return OK;
	struct q_record_relation_of_contact_row *seen;
	size_t n;
	TRY(q_record_relation_of_contact(c, &(struct q_record_relation_of_contact_in){.contact_id = r->contact_id}, &seen, &n));
	return n ? OK : ERR_NOTFOUND;
}

const struct gen_kind GEN_RELATION = {.label = "家族・関係者", .table = &T_relation, .class_bit = CLASS_FAMILY, .timeline = "family",
	.ids = ids, .check = check, .period = period, .text = text, .before = before};

void relation_init(struct t_relation *row) { gen_init(&GEN_RELATION, row); }
void contact_init(struct t_contact *row) { row_init(&T_contact, row); }

err relation_find(struct ctx *c, const char *pid, struct t_relation *row)
{
	TRY(gen_find(c, &GEN_RELATION, pid, row));
	if (row->other_person_id != INT_NULL && policy_check(c, row->other_person_id, CLASS_NAMECARD, ACTION_SEE) != OK)
		return ERR_NOTFOUND;
	return OK;
}

err relation_save(struct ctx *c, struct t_relation *row, struct row_conflict **conflict)
{
	return gen_save(c, &GEN_RELATION, row, conflict);
}

err relation_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid)
{
	return gen_retire(c, &GEN_RELATION, pid, reason, bin_pid);
}

err relation_undo(struct ctx *c, const char *pid) { return gen_undo(c, &GEN_RELATION, pid); }

/* --- contacts --- */

static err contact_check(struct ctx *c, struct t_contact *r)
{
	size_t n = c->n_faults;
	gen_check_text(c, "name", "氏名", r->name, true, 60);
	gen_check_text(c, "kana", "フリガナ", r->kana, false, 80);
	gen_check_text(c, "phone", "電話番号", r->phone, false, 30);
	gen_check_text(c, "phone2", "別の電話番号", r->phone2, false, 30);
	gen_check_text(c, "address", "住所", r->address, false, 200);
	gen_check_text(c, "note", "備考", r->note, false, 2000);
	if (r->birth_year != INT_NULL && (r->birth_year < 1868 || r->birth_year > civil_ymd(c->today).y))
		(void)fault_add(c, "birth_year", ERR_RANGE, "生まれた年は西暦4けたで、今年までの年を入力してください。");
	if (*r->sex && !str_eq(r->sex, "1") && !str_eq(r->sex, "2"))
		(void)fault_add(c, "sex", ERR_NOT_CHOICE, "性別を選び直してください。");
	if (r->deceased_on != CIVIL_NONE) {
		r->is_deceased = true;
		if (r->deceased_on > c->today)
			(void)fault_add(c, "deceased_on", ERR_DATE_FUTURE, "亡くなった日がこれから先の日付です。確かめてください。");
	}
	r->kana_fold = kana_fold(c->arena, str_blank(r->kana) ? r->name : r->kana);
	return c->n_faults > n ? c->faults[n].code : OK;
}

static err contact_gate(struct ctx *c, int64_t contact_id)
{
	struct q_record_relation_of_contact_row *seen;
	size_t n;
	TRY(q_record_relation_of_contact(c, &(struct q_record_relation_of_contact_in){.contact_id = contact_id}, &seen, &n));
	return n ? OK : ERR_NOTFOUND;
}

static err contact_write_gate(struct ctx *c, int64_t contact_id)
{
	TRY(contact_gate(c, contact_id));
	struct q_record_contact_writable_row w;
	TRY(q_record_contact_writable(c, &(struct q_record_contact_writable_in){.contact_id = contact_id}, &w));
	return w.n ? OK : ERR_DENIED;
}

struct contact_saving {
	struct t_contact *row;
	struct row_conflict **conflict;
	struct t_relation *relation;
};

static err contact_tx(struct ctx *c, void *arg)
{
	struct contact_saving *s = arg;
	tx_keep(c, s->row, sizeof *s->row);
	return s->row->id ? row_save(c, &T_contact, s->row, s->conflict) : row_insert(c, &T_contact, s->row);
}

err contact_save(struct ctx *c, struct t_contact *row, struct row_conflict **conflict)
{
	if (!row->id) /* a contact is born with its first relation */
		return ERR_BUG;
	TRY(contact_write_gate(c, row->id));
	TRY(contact_check(c, row));
	return tx_run(c, contact_tx, &(struct contact_saving){row, conflict, NULL});
}

struct contact_reverting {
	int64_t id, version;
};

static err contact_revert_tx(struct ctx *c, void *arg)
{
	const struct contact_reverting *r = arg;
	return row_revert(c, &T_contact, r->id, r->version);
}

err contact_revert(struct ctx *c, const char *pid, int64_t to_version)
{
	struct t_contact row;
	if (!pid || !pid_valid(pid) || to_version < 1)
		return ERR_NOTFOUND;
	TRY(row_find(c, &T_contact, pid, &row));
	TRY(contact_write_gate(c, row.id));
	return tx_run(c, contact_revert_tx, &(struct contact_reverting){row.id, to_version});
}

static err relation_contact_tx(struct ctx *c, void *arg)
{
	struct contact_saving *s = arg;
	static char fresh;
	bool born = !s->row->id;
	tx_keep(c, s->relation, sizeof *s->relation);
	TRY(contact_tx(c, s));
	s->relation->contact_id = s->row->id;
	s->relation->other_person_id = INT_NULL;
	return gen_save_with(c, &GEN_RELATION, s->relation, born ? &fresh : NULL, s->conflict);
}

err relation_save_contact(struct ctx *c, struct t_relation *row, struct t_contact *contact, struct row_conflict **conflict)
{
	if (!contact)
		return relation_save(c, row, conflict);
	TRY(policy_check(c, row->person_id, CLASS_FAMILY, ACTION_WRITE));
	if (contact->id)
		TRY(contact_write_gate(c, contact->id));
	size_t n = c->n_faults;
	(void)!contact_check(c, contact);
	check(c, row); /* all faults at once */
	if (c->n_faults > n)
		return c->faults[n].code;
	return tx_run(c, relation_contact_tx, &(struct contact_saving){contact, conflict, row});
}

err contact_find(struct ctx *c, const char *pid, struct t_contact *row)
{
	if (!pid || !pid_valid(pid))
		return ERR_NOTFOUND;
	TRY(row_find(c, &T_contact, pid, row));
	TRY(contact_gate(c, row->id));
	return row->retired_ms == INT_NULL ? OK : ERR_NOTFOUND;
}

err contact_search(struct ctx *c, const char *typed, struct t_contact **v, size_t *n)
{
	const char *key = kana_fold(c->arena, str_trim(c->arena, typed));
	*n = 0;
	*v = NULL;
	if (!*key)
		return OK;
	struct q_record_contact_search_row *rows;
	size_t got;
	TRY(q_record_contact_search(c, &(struct q_record_contact_search_in){.kana_from = key,
		.kana_to = arena_fmt(c->arena, "%s\xF4\x8F\xBF\xBF", key), .phone = str_trim(c->arena, typed), .limit = 20}, &rows, &got));
	*v = ARENA_ARRAY(c->arena, got ? got : 1, struct t_contact);
	for (; *n < got; ++*n)
		TRY(row_load(c, &T_contact, rows[*n].id, &(*v)[*n]));
	return OK;
}

err contact_clients(struct ctx *c, const char *pid, struct contact_client **v, size_t *n)
{
	struct t_contact row;
	TRY(contact_find(c, pid, &row));
	struct q_record_relation_of_contact_row *rows;
	TRY(q_record_relation_of_contact(c, &(struct q_record_relation_of_contact_in){.contact_id = row.id}, &rows, n));
	*v = ARENA_ARRAY(c->arena, *n ? *n : 1, struct contact_client);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct contact_client){rows[i].person_id, rows[i].person_pid, rows[i].person_name};
	return OK;
}

/* --- the list --- */

static void show_contact(struct relation_view *v, const struct t_contact *k)
{
	v->name = k->name;
	v->kana = k->kana;
	v->phone = k->phone;
	v->phone2 = k->phone2;
	v->postal = k->postal;
	v->address = k->address;
	v->note = k->note;
	v->deceased = k->is_deceased;
	v->shown_pid = k->pid;
}

static err show_person(struct ctx *c, struct relation_view *v, int64_t person_id)
{
	struct t_person p;
	TRY(row_load(c, &T_person, person_id, &p));
	v->name = p.name;
	v->kana = p.kana;
	v->phone = p.phone;
	v->phone2 = p.mobile;
	v->postal = p.home_postal;
	v->address = p.home_address;
	v->note = "";
	v->deceased = p.death_on != CIVIL_NONE;
	v->shown_person_id = p.id;
	v->shown_pid = p.pid;
	return OK;
}

err relation_list(struct ctx *c, int64_t person_id, struct relation_view **v, size_t *n)
{
	TRY(policy_check(c, person_id, CLASS_FAMILY, ACTION_SEE));
	int64_t *list;
	size_t n_own, n_back;
	TRY(ids(c, person_id, false, &list, &n_own));
	struct q_record_relation_back_ids_row *back;
	TRY(q_record_relation_back_ids(c, &(struct q_record_relation_back_ids_in){.person_id = person_id}, &back, &n_back));
	*v = ARENA_ARRAY(c->arena, n_own + n_back + 1, struct relation_view);
	*n = n_own + n_back;
	for (size_t i = 0; i < *n; i++) {
		struct relation_view *out = &(*v)[i];
		out->is_back = i >= n_own;
		TRY(row_load(c, &T_relation, out->is_back ? back[i - n_own].id : list[i], &out->row));
		const struct t_relation *r = &out->row;
		if (out->is_back) {
			out->label = relation_kin_label_ja(relation_kin_inverse(r->kind));
			TRY(show_person(c, out, r->person_id));
			continue;
		}
		out->label = *r->label ? r->label : relation_kin_label_ja(r->kind);
		if (r->other_person_id != INT_NULL) {
			TRY(show_person(c, out, r->other_person_id));
			continue;
		}
		struct t_contact k;
		TRY(row_load(c, &T_contact, r->contact_id, &k));
		show_contact(out, &k);
	}
	return OK;
}

err relation_emergency(struct ctx *c, int64_t person_id, struct relation_view **v, size_t *n)
{
	struct relation_view *all;
	size_t n_all;
	TRY(relation_list(c, person_id, &all, &n_all));
	*v = all;
	*n = 0;
	for (size_t i = 0; i < n_all; i++)
		if (!all[i].is_back && !all[i].deceased && all[i].row.emergency_order != INT_NULL && all[i].row.to_on >= c->today)
			(*v)[(*n)++] = all[i];
	return OK;
}

struct ordering {
	int64_t person_id;
	const char *const *pids;
	size_t n;
};

static err order_tx(struct ctx *c, void *arg)
{
	const struct ordering *o = arg;
	int64_t *list;
	size_t n, used = 0;
	TRY(ids(c, o->person_id, false, &list, &n));
	for (size_t i = 0; i < n; i++) {
		struct t_relation r;
		TRY(row_load(c, &T_relation, list[i], &r));
		int64_t order = INT_NULL;
		for (size_t k = 0; k < o->n; k++)
			if (str_eq(o->pids[k], r.pid)) {
				order = (int64_t)k + 1;
				used++;
			}
		if (r.emergency_order == order)
			continue;
		r.emergency_order = order;
		TRY(row_save(c, &T_relation, &r, NULL));
	}
	return used == o->n ? OK : ERR_NOTFOUND;
}

err relation_set_emergency(struct ctx *c, int64_t person_id, const char *const *pids, size_t n)
{
	TRY(policy_check(c, person_id, CLASS_FAMILY, ACTION_WRITE));
	return tx_run(c, order_tx, &(struct ordering){person_id, pids, n});
}

GEN_CHOICES_C(relation_living_choices, livings);
