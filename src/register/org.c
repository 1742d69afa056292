#include "register/org.h"

#include "access/policy.h"
#include "base/pid.h"
#include "base/str.h"
#include "jp/fold.h"
#include "jp/kana.h"
#include "jp/numbers.h"
#include "jp/postal.h"
#include "register/gate.h"
#include "register/keys.h"
#include "sql/q_register_org.h"
#include "sql/tables.h"
#include "store/tx.h"

#include <string.h>

static const struct {
	const char *code, *label, *kind_class;
} kinds[] = {
#define ORG_KIND(code, label, cls) {code, label, cls},
#include "register/org_kinds.tbl.h"
#undef ORG_KIND
};
enum { N_KINDS = sizeof kinds / sizeof kinds[0] };

size_t org_kind_count(void) { return N_KINDS; }
const char *org_kind_code(size_t i) { return i < N_KINDS ? kinds[i].code : ""; }

static int kind_index(const char *code)
{
	for (int i = 0; i < N_KINDS; i++)
		if (str_eq(kinds[i].code, code))
			return i;
	return -1;
}

const char *org_kind_label_ja(const char *code)
{
	int i = kind_index(code);
	return i < 0 ? "" : kinds[i].label;
}

const char *org_kind_class(const char *code)
{
	int i = kind_index(code);
	return i < 0 ? "" : kinds[i].kind_class;
}

const char *org_form_label_ja(const char *form)
{
	return str_eq(form, "direct") ? "直営" : str_eq(form, "commissioned") ? "委託" : "";
}

void org_init(struct org *o)
{
	*o = (struct org){.pid = "", .kind = "", .name = "", .short_name = "", .kana = "", .form = "", .operator_org_id = INT_NULL,
		.branch_of_org_id = INT_NULL, .parent_org_id = INT_NULL, .merged_into_org_id = INT_NULL, .insurer_org_id = INT_NULL,
		.municipality = "", .municipality_code = "", .insurer_no = "", .office_no = "", .phone = "", .fax = "", .email = "",
		.postal = "", .address = "", .capacity = INT_NULL, .valid_from = CIVIL_NONE, .valid_to = CIVIL_OPEN,
		.closed_reason = "", .note = ""};
}

/* The columns a page may set; both ways by the same names. */
#define ORG_COLUMNS(X)                                                                                               \
	X(kind) X(name) X(short_name) X(kana) X(form) X(is_core) X(wants_approval) X(wants_close_approval) X(operator_org_id) X(branch_of_org_id) X(parent_org_id) \
	X(merged_into_org_id) X(insurer_org_id) X(municipality) X(municipality_code) X(insurer_no) X(office_no) X(phone) \
	X(fax) X(email) X(postal) X(address) X(capacity) X(valid_from) X(valid_to) X(closed_reason) X(note)

static void to_row(struct ctx *c, const struct org *o, struct t_org *r)
{
#define X(f) r->f = o->f;
	ORG_COLUMNS(X)
#undef X
	r->name_fold = fold_org(keys_table(c), c->arena, o->name);
}

static void of_row(const struct t_org *r, struct org *o)
{
	org_init(o);
#define X(f) o->f = r->f;
	ORG_COLUMNS(X)
#undef X
	o->id = r->id;
	o->pid = r->pid;
	o->version = r->version;
	o->is_retired = r->retired_ms != INT_NULL;
}

static bool digits_only(const char *s)
{
	return s[strspn(s, "0123456789")] == '\0';
}

static void check_number(struct ctx *c, struct org *o)
{
	o->insurer_no = number_even(c->arena, o->insurer_no);
	o->office_no = number_even(c->arena, o->office_no);
	if (*o->insurer_no && (strlen(o->insurer_no) != 6 || !digits_only(o->insurer_no)))
		fault_add(c, "insurer_no", ERR_INPUT, "保険者番号は数字6けたで入力してください。");
	if (*o->office_no && strlen(o->office_no) != 10)
		fault_add(c, "office_no", ERR_INPUT, "事業所番号は10けた（数字、または英大文字を含む）で入力してください。");
	char postal[8];
	if (*o->postal && !postal_even(o->postal, postal))
		fault_add(c, "postal", ERR_INPUT, "郵便番号は数字7けたで入力してください。");
	else if (*o->postal)
		o->postal = arena_str(c->arena, postal);
}

static void check(struct ctx *c, struct org *o)
{
	o->name = str_trim(c->arena, str_or(o->name, ""));
	o->kana = kana_katakana(c->arena, str_or(o->kana, ""));
#define X(f) if (!o->f) o->f = "";
	X(short_name) X(form) X(municipality) X(municipality_code) X(insurer_no) X(office_no) X(phone) X(fax) X(email) X(postal)
	X(address) X(closed_reason) X(note) X(kind)
#undef X
	gate_length(c, "name", "名称", o->name, 100);
	gate_length(c, "kana", "フリガナ", o->kana, 100);
	gate_length(c, "address", "住所", o->address, 200);
	gate_length(c, "note", "メモ", o->note, 4000);
	if (!*o->name)
		fault_add(c, "name", ERR_REQUIRED, "名称を入力してください。");
	if (kind_index(o->kind) < 0)
		fault_add(c, "kind", ERR_NOT_CHOICE, "種類を選んでください。");
	if (*o->form && !*org_form_label_ja(o->form))
		fault_add(c, "form", ERR_NOT_CHOICE, "直営か委託かを選んでください。");
	bool centre = str_eq(org_kind_class(o->kind), "centre");
	if ((*o->form || o->is_core) && !centre)
		fault_add(c, "form", ERR_INPUT, "直営・委託と基幹型は、地域包括支援センターとブランチにだけ付けられます。");
	if (o->branch_of_org_id != INT_NULL && o->branch_of_org_id == o->id)
		fault_add(c, "branch_of", ERR_INPUT, "自分自身のブランチにはできません。");
	if (o->capacity != INT_NULL && (o->capacity < 0 || o->capacity > 100000))
		fault_add(c, "capacity", ERR_RANGE, "定員は0から100000までの数で入力してください。");
	if (o->valid_from != CIVIL_NONE && o->valid_to < o->valid_from)
		fault_add(c, "valid_to", ERR_PERIOD_ORDER, NULL);
	check_number(c, o);
}

static err gate_org(struct ctx *c, int64_t org_id)
{
	return gate_territory(c) == OK || (org_id && policy_may_manage_accounts_of(c, org_id)) ? OK : ERR_DENIED;
}

struct org_job {
	struct org *o;
	struct row_conflict **conflict;
};

static err create_tx(struct ctx *c, void *arg)
{
	struct org *o = arg;
	struct t_org r;
	row_init(&T_org, &r);
	to_row(c, o, &r);
	TRY(row_insert(c, &T_org, &r));
	of_row(&r, o);
	return OK;
}

err org_create(struct ctx *c, struct org *o)
{
	TRY(gate_territory(c));
	size_t before = c->n_faults;
	check(c, o);
	if (c->n_faults > before)
		return ERR_INPUT;
	return tx_run(c, create_tx, o);
}

err org_load(struct ctx *c, int64_t id, struct org *out)
{
	TRY(gate_logged_in(c));
	struct t_org r;
	TRY(row_load(c, &T_org, id, &r));
	of_row(&r, out);
	return OK;
}

err org_get(struct ctx *c, const char *pid, struct org *out)
{
	TRY(gate_logged_in(c));
	struct t_org r;
	TRY(row_find(c, &T_org, pid, &r));
	of_row(&r, out);
	return OK;
}

static err save_tx(struct ctx *c, void *arg)
{
	struct org_job *j = arg;
	struct t_org r;
	TRY(row_find(c, &T_org, j->o->pid, &r));
	to_row(c, j->o, &r);
	r.version = j->o->version;
	TRY(row_save(c, &T_org, &r, j->conflict));
	of_row(&r, j->o);
	return OK;
}

err org_save(struct ctx *c, struct org *o, struct row_conflict **conflict)
{
	struct org now;
	TRY(org_get(c, o->pid, &now));
	TRY(gate_org(c, now.id));
	o->id = now.id;
	size_t before = c->n_faults;
	check(c, o);
	if (c->n_faults > before)
		return ERR_INPUT;
	struct org_job j = {o, conflict};
	return tx_run(c, save_tx, &j);
}

err org_close(struct ctx *c, const char *pid, civil last_day, const char *reason, const char *successor_pid)
{
	struct org o, next;
	TRY(org_get(c, pid, &o));
	if (str_blank(reason))
		return fault_add(c, "reason", ERR_REQUIRED, "閉じる理由を入力してください。");
	o.valid_to = last_day;
	o.closed_reason = reason;
	if (successor_pid && *successor_pid) {
		TRY(org_get(c, successor_pid, &next));
		if (next.id == o.id)
			return fault_add(c, "successor", ERR_INPUT, "引き継ぎ先には別の機関を選んでください。");
		o.merged_into_org_id = next.id;
	}
	return org_save(c, &o, NULL);
}

struct pid_job {
	const struct table_desc *table;
	int64_t id;
	const char *reason;
};

static err retire_tx(struct ctx *c, void *arg)
{
	struct pid_job *j = arg;
	return j->reason ? row_retire(c, j->table, j->id, j->reason) : row_restore(c, j->table, j->id);
}

err org_retire(struct ctx *c, const char *pid, const char *reason)
{
	struct org o;
	TRY(org_get(c, pid, &o));
	TRY(gate_territory(c));
	return tx_run(c, retire_tx, &(struct pid_job){&T_org, o.id, str_or(reason, "")});
}

err org_restore(struct ctx *c, const char *pid)
{
	struct org o;
	TRY(org_get(c, pid, &o));
	TRY(gate_territory(c));
	return tx_run(c, retire_tx, &(struct pid_job){&T_org, o.id, NULL});
}

/* --- lists --- */

static err load_all(struct ctx *c, const int64_t *ids, size_t n, size_t stride, struct org **v)
{
	*v = ARENA_ARRAY(c->arena, n ? n : 1, struct org);
	for (size_t i = 0; i < n; i++)
		TRY(org_load(c, *(const int64_t *)((const char *)ids + i * stride), &(*v)[i]));
	return OK;
}

err org_list(struct ctx *c, const struct org_filter *f, struct org **v, size_t *n)
{
	TRY(gate_logged_in(c));
	struct q_org_list_in in = {.kind = str_or(f->kind, ""), .form = str_or(f->form, ""), .is_core = f->is_core,
		.insurer_org_id = f->insurer_org_id == INT_NULL ? -1 : f->insurer_org_id,
		.branch_of_org_id = f->branch_of_org_id == INT_NULL ? -1 : f->branch_of_org_id, .area_id = f->area_id, .on_day = f->on,
		.limit = f->limit > 0 ? f->limit : 100, .offset = f->offset};
	bool by_class = f->kind_class && *f->kind_class;
	if (by_class) { /* a class is a set of kinds: taken out below, before the page is cut */
		in.limit = 1000000;
		in.offset = 0;
	}
	if (f->text && !str_blank(f->text)) {
		const char *digits = number_even(c->arena, f->text);
		if ((strlen(digits) == 10 || strlen(digits) == 6) && digits_only(digits + 3))
			in.number = digits;
		else
			in.fold = gate_like(c, fold_org(keys_table(c), c->arena, f->text));
		if (in.fold && strlen(in.fold) == 2) { /* only signs were typed: nothing is called so */
			*n = 0;
			*v = NULL;
			return OK;
		}
	}
	struct q_org_list_row *rows;
	size_t m;
	TRY(q_org_list(c, &in, &rows, &m));
	if (!by_class) {
		*n = m;
		return load_all(c, &rows->id, m, sizeof *rows, v);
	}
	struct org *all;
	TRY(load_all(c, &rows->id, m, sizeof *rows, &all));
	*n = 0;
	size_t seen = 0, limit = f->limit > 0 ? (size_t)f->limit : 100;
	*v = all;
	for (size_t i = 0; i < m && *n < limit; i++)
		if (str_eq(org_kind_class(all[i].kind), f->kind_class) && seen++ >= (size_t)f->offset)
			all[(*n)++] = all[i];
	return OK;
}

err org_find(struct ctx *c, const char *text, int limit, struct org **v, size_t *n)
{
	struct org_filter f = ORG_ALL();
	f.text = text;
	f.limit = limit;
	*n = 0;
	*v = NULL;
	return str_blank(text) ? OK : org_list(c, &f, v, n);
}

err org_duplicates(struct ctx *c, const struct org *o, struct org **v, size_t *n)
{
	TRY(gate_logged_in(c));
	struct q_org_same_row *rows;
	TRY(q_org_same(c, &(struct q_org_same_in){.fold = fold_org(keys_table(c), c->arena, str_or(o->name, "")),
		.office_no = number_even(c->arena, str_or(o->office_no, "")), .insurer_no = number_even(c->arena, str_or(o->insurer_no, "")),
		.not_id = o->id}, &rows, n));
	return load_all(c, &rows->id, *n, sizeof *rows, v);
}

err org_insurer_by_no(struct ctx *c, const char *insurer_no, struct org *out)
{
	struct q_org_by_insurer_no_row r;
	bool found;
	TRY(q_org_by_insurer_no(c, &(struct q_org_by_insurer_no_in){.insurer_no = insurer_no}, &r, &found));
	return found ? org_load(c, r.id, out) : ERR_NOTFOUND;
}

/* --- aliases --- */

err org_alias_list(struct ctx *c, int64_t org_id, struct org_alias **v, size_t *n)
{
	TRY(gate_logged_in(c));
	struct q_org_alias_list_row *rows;
	TRY(q_org_alias_list(c, &(struct q_org_alias_list_in){.org_id = org_id}, &rows, n));
	*v = ARENA_ARRAY(c->arena, *n ? *n : 1, struct org_alias);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct org_alias){rows[i].id, rows[i].pid, rows[i].name};
	return OK;
}

struct alias_job {
	int64_t org_id;
	const char *name;
};

static err alias_tx(struct ctx *c, void *arg)
{
	struct alias_job *j = arg;
	struct org_alias *old;
	size_t n;
	TRY(org_alias_list(c, j->org_id, &old, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(old[i].name, j->name))
			return OK;
	struct t_org_alias r;
	row_init(&T_org_alias, &r);
	r.org_id = j->org_id;
	r.name = j->name;
	r.name_fold = fold_org(keys_table(c), c->arena, j->name);
	return row_insert(c, &T_org_alias, &r);
}

err org_alias_add(struct ctx *c, int64_t org_id, const char *name)
{
	struct org o;
	TRY(org_load(c, org_id, &o));
	TRY(gate_org(c, org_id));
	name = str_trim(c->arena, str_or(name, ""));
	size_t before = c->n_faults;
	if (!*name)
		fault_add(c, "alias", ERR_REQUIRED, "別の書き方を入力してください。");
	gate_length(c, "alias", "別の書き方", name, 100);
	if (c->n_faults > before)
		return ERR_INPUT;
	struct alias_job j = {org_id, name};
	return str_eq(name, o.name) ? OK : tx_run(c, alias_tx, &j);
}

err org_alias_remove(struct ctx *c, const char *alias_pid)
{
	struct t_org_alias r;
	TRY(gate_logged_in(c));
	TRY(row_find(c, &T_org_alias, alias_pid, &r));
	TRY(gate_org(c, r.org_id));
	return tx_run(c, retire_tx, &(struct pid_job){&T_org_alias, r.id, ""});
}

err org_count_parts(struct ctx *c, int64_t org_id, civil on, struct org_counts *out)
{
	TRY(gate_logged_in(c));
	struct q_org_counts_row r;
	struct q_org_count_persons_row p;
	TRY(q_org_counts(c, &(struct q_org_counts_in){.org_id = org_id, .on_day = on}, &r));
	civil today = c->today;
	c->today = on < today ? on : today; /* the rights of that day */
	err e = q_org_count_persons(c, &(struct q_org_count_persons_in){.org_id = org_id, .on_day = on}, &p);
	c->today = today;
	TRY(e);
	*out = (struct org_counts){r.areas, r.branches, r.staff, p.n};
	return OK;
}

/* --- check digits: advice only --- */

const char *org_number_warning(struct ctx *c, const char *kind, const char *number)
{
	const char *no = number_even(c->arena, str_or(number, ""));
	if (!*no)
		return NULL;
	return str_eq(kind, "insurer") ? number_sentence_insurer(number_check_insurer(no)) : number_sentence_office(number_check_office(no));
}

err org_named(struct ctx *c, const char *field, const char *text, int64_t *id)
{
	struct q_org_same_row *r;
	size_t n = 0;
	const char *no = number_even(c->arena, text);
	TRY(gate_logged_in(c));
	if (pid_valid(text)) {
		struct t_org o;
		err e = row_find(c, &T_org, text, &o);
		if (e == OK)
			*id = o.id;
		if (e != ERR_NOTFOUND)
			return e;
	} else {
		TRY(q_org_same(c, &(struct q_org_same_in){.fold = fold_org(keys_table(c), c->arena, text), .office_no = no, .insurer_no = no, .not_id = 0},
			&r, &n));
	}
	if (n != 1)
		return fault_add(c, field, ERR_INPUT, n ? "機関「%s」がいくつもあります。事業所番号で書いてください。"
			: "機関「%s」が登録されていません。先に機関を登録するか、名前を確かめてください。", text);
	*id = r[0].id;
	return OK;
}

/* --- labels --- */

err org_label(struct ctx *c, int64_t insurer_org_id, const char *key, const char *if_none, const char **out)
{
	struct q_label_get_row r;
	bool found;
	TRY(q_label_get(c, &(struct q_label_get_in){.org_id = insurer_org_id, .key = key}, &r, &found));
	*out = found ? r.text : if_none;
	return OK;
}

struct label_job {
	int64_t org_id;
	const char *key, *text;
};

static err label_tx(struct ctx *c, void *arg)
{
	struct label_job *j = arg;
	struct q_label_own_row own;
	bool found;
	struct t_label r;
	TRY(q_label_own(c, &(struct q_label_own_in){.org_id = j->org_id, .key = j->key}, &own, &found));
	if (!found) {
		row_init(&T_label, &r);
		r.org_id = j->org_id;
		r.key = j->key;
		r.text = j->text;
		return row_insert(c, &T_label, &r);
	}
	TRY(row_load(c, &T_label, own.id, &r));
	r.text = j->text;
	return row_save(c, &T_label, &r, NULL);
}

err org_label_save(struct ctx *c, int64_t insurer_org_id, const char *key, const char *text)
{
	TRY(gate_territory(c));
	text = str_trim(c->arena, str_or(text, ""));
	if (!*text)
		return fault_add(c, "label", ERR_REQUIRED, "呼び名を入力してください。");
	struct label_job j = {insurer_org_id, key, text};
	return tx_run(c, label_tx, &j);
}
