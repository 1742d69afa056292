#include "register/staff.h"

#include "access/policy.h"
#include "base/str.h"
#include "jp/kana.h"
#include "register/gate.h"
#include "register/keys.h"
#include "register/staff_gate.h"
#include "sql/q_register_org.h"
#include "sql/tables.h"
#include "store/tx.h"

struct code {
	const char *code, *label;
};
static const struct code professions[] = {
#define PROFESSION(code, label) {code, label},
#include "register/professions.tbl.h"
#undef PROFESSION
};
enum { N_PROFESSIONS = sizeof professions / sizeof professions[0] };

static const char *label_of(const struct code *t, size_t n, const char *code)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(t[i].code, code))
			return t[i].label;
	return "";
}

size_t profession_count(void) { return N_PROFESSIONS; }
const char *profession_code(size_t i) { return i < N_PROFESSIONS ? professions[i].code : ""; }
const char *profession_label_ja(const char *code) { return label_of(professions, N_PROFESSIONS, code); }

void staff_init(struct staff *s)
{
	*s = (struct staff){.pid = "", .name = "", .kana = "", .phone = "", .email = "", .is_working_level = true, .contact_level = "org",
		.register_purpose = "", .register_source = "", .note = ""};
}

#define STAFF_COLUMNS(X)                                                                                             \
	X(name) X(kana) X(phone) X(email) X(is_representative) X(is_working_level) X(contact_level) X(register_purpose)  \
	X(register_source) X(note)

static void to_row(struct ctx *c, const struct staff *s, struct t_staff *r)
{
#define X(f) r->f = s->f;
	STAFF_COLUMNS(X)
#undef X
	r->name_fold = keys_name(c, s->name);
	r->kana_fold = keys_name(c, s->kana);
}

static void of_row(const struct t_staff *r, struct staff *s)
{
	staff_init(s);
#define X(f) s->f = r->f;
	STAFF_COLUMNS(X)
#undef X
	s->id = r->id;
	s->pid = r->pid;
	s->version = r->version;
	s->is_retired = r->retired_ms != INT_NULL;
}

err staff_gate_org(struct ctx *c, int64_t org_id)
{
	return gate_territory(c) == OK || policy_may_manage_accounts_of(c, org_id) ? OK : ERR_DENIED;
}

err staff_gate(struct ctx *c, int64_t staff_id)
{
	if (gate_territory(c) == OK)
		return OK;
	if (!policy_may_manage_accounts_of(c, c->actor.org_id))
		return ERR_DENIED;
	struct q_staff_has_post_row r;
	TRY(q_staff_has_post(c, &(struct q_staff_has_post_in){.staff_id = staff_id, .org_id = c->actor.org_id}, &r));
	return r.n > 0 ? OK : ERR_DENIED;
}

static err check(struct ctx *c, struct staff *s)
{
	size_t before = c->n_faults;
	s->name = str_trim(c->arena, str_or(s->name, ""));
	s->kana = kana_katakana(c->arena, str_or(s->kana, ""));
	s->phone = gate_phone(c, "phone", "電話番号", s->phone);
	s->email = str_trim(c->arena, str_or(s->email, ""));
	s->contact_level = str_or(s->contact_level, "org");
	s->register_purpose = str_or(s->register_purpose, "");
	s->register_source = str_or(s->register_source, "");
	s->note = str_or(s->note, "");
	if (!*s->name)
		fault_add(c, "name", ERR_REQUIRED, "氏名を入力してください。");
	gate_length(c, "name", "氏名", s->name, 60);
	gate_length(c, "kana", "フリガナ", s->kana, 60);
	gate_length(c, "email", "メールアドレス", s->email, 254);
	gate_length(c, "note", "メモ", s->note, 2000);
	if (*s->kana && !kana_is_reading(s->kana))
		fault_add(c, "kana", ERR_INPUT, "フリガナは、かな（カタカナ・ひらがな）だけで入力してください。");
	if (!str_eq(s->contact_level, "org") && !str_eq(s->contact_level, "region") && !str_eq(s->contact_level, "public"))
		fault_add(c, "contact_level", ERR_NOT_CHOICE, "連絡先を見せる範囲を選んでください。");
	return c->n_faults > before ? ERR_INPUT : OK;
}

struct staff_job {
	struct staff *s;
	int64_t id, org_id;
	const char *role, *reason;
	civil from_on, to_on;
	struct row_conflict **conflict;
};

static err create_tx(struct ctx *c, void *arg)
{
	struct staff_job *j = arg;
	struct t_staff r;
	struct t_staff_post p;
	row_init(&T_staff, &r);
	to_row(c, j->s, &r);
	TRY(row_insert(c, &T_staff, &r));
	row_init(&T_staff_post, &p);
	p.staff_id = r.id;
	p.org_id = j->org_id;
	p.role = j->role;
	p.is_main = p.is_full_time = true;
	p.from_on = j->from_on;
	p.to_on = j->to_on;
	TRY(row_insert(c, &T_staff_post, &p));
	of_row(&r, j->s);
	return OK;
}

err staff_create(struct ctx *c, struct staff *s, int64_t org_id, const char *role, civil from_on, civil to_on)
{
	struct t_org o;
	TRY(gate_logged_in(c));
	TRY(row_load(c, &T_org, org_id, &o));
	TRY(staff_gate_org(c, org_id));
	err e = check(c, s);
	if (!*post_role_label_ja(role))
		e = fault_add(c, "role", ERR_NOT_CHOICE, "役割を選んでください。");
	if (from_on == CIVIL_NONE)
		e = fault_add(c, "from_on", ERR_REQUIRED, "いつからの所属かを入力してください。");
	if (to_on == CIVIL_NONE)
		to_on = CIVIL_OPEN;
	if (from_on != CIVIL_NONE && to_on < from_on)
		e = fault_add(c, "to_on", ERR_PERIOD_ORDER, NULL);
	TRY(e);
	return tx_run(c, create_tx, &(struct staff_job){.s = s, .org_id = org_id, .role = role, .from_on = from_on, .to_on = to_on});
}

err staff_load(struct ctx *c, int64_t id, struct staff *out)
{
	struct t_staff r;
	TRY(gate_logged_in(c));
	TRY(row_load(c, &T_staff, id, &r));
	of_row(&r, out);
	struct q_staff_has_post_row own;
	TRY(q_staff_has_post(c, &(struct q_staff_has_post_in){.staff_id = id, .org_id = c->actor.org_id}, &own));
	if (own.n == 0 && str_eq(out->contact_level, "org") && staff_gate(c, id) != OK)
		out->phone = out->email = out->note = "";
	return OK;
}

err staff_get(struct ctx *c, const char *pid, struct staff *out)
{
	struct t_staff r;
	TRY(gate_logged_in(c));
	TRY(row_find(c, &T_staff, pid, &r));
	return staff_load(c, r.id, out);
}

static err save_tx(struct ctx *c, void *arg)
{
	struct staff_job *j = arg;
	struct t_staff r;
	TRY(row_load(c, &T_staff, j->id, &r));
	to_row(c, j->s, &r);
	r.version = j->s->version;
	TRY(row_save(c, &T_staff, &r, j->conflict));
	of_row(&r, j->s);
	return OK;
}

err staff_save(struct ctx *c, struct staff *s, struct row_conflict **conflict)
{
	struct t_staff r;
	TRY(gate_logged_in(c));
	TRY(row_find(c, &T_staff, s->pid, &r));
	TRY(staff_gate(c, r.id));
	TRY(check(c, s));
	return tx_run(c, save_tx, &(struct staff_job){.s = s, .id = r.id, .conflict = conflict});
}

static err retire_tx(struct ctx *c, void *arg)
{
	struct staff_job *j = arg;
	return j->reason ? row_retire(c, &T_staff, j->id, j->reason) : row_restore(c, &T_staff, j->id);
}

static err retire(struct ctx *c, const char *pid, const char *reason)
{
	struct t_staff r;
	TRY(gate_logged_in(c));
	TRY(row_find(c, &T_staff, pid, &r));
	TRY(staff_gate(c, r.id));
	return tx_run(c, retire_tx, &(struct staff_job){.id = r.id, .reason = reason});
}

err staff_retire(struct ctx *c, const char *pid, const char *reason) { return retire(c, pid, str_or(reason, "")); }
err staff_restore(struct ctx *c, const char *pid) { return retire(c, pid, NULL); }

err staff_list(struct ctx *c, const struct staff_filter *f, struct staff_row **v, size_t *n)
{
	struct q_staff_list_row *r;
	TRY(gate_logged_in(c));
	struct q_staff_list_in in = {.org_id = f->org_id, .role = f->role, .profession = f->profession,
		.on_day = f->on == CIVIL_NONE ? c->today : f->on, .limit = f->limit > 0 ? f->limit : 100, .offset = f->offset};
	if (f->text && !str_blank(f->text)) {
		in.fold_from = keys_name(c, f->text);
		in.fold_to = keys_end(c, in.fold_from);
		if (!*in.fold_from) {
			*n = 0;
			*v = NULL;
			return OK;
		}
	}
	TRY(q_staff_list(c, &in, &r, n));
	*v = ARENA_ARRAY(c->arena, *n ? *n : 1, struct staff_row);
	for (size_t i = 0; i < *n; i++) {
		bool shown = c->actor.system || r[i].org_id == c->actor.org_id || !str_eq(r[i].contact_level, "org") || gate_territory(c) == OK;
		(*v)[i] = (struct staff_row){r[i].id, r[i].org_id, r[i].pid, r[i].name, r[i].kana, str_or(r[i].org_name, ""), str_or(r[i].role, ""),
			str_or(r[i].title, ""), shown ? r[i].phone : "", r[i].from_on, r[i].to_on};
	}
	return OK;
}

/* --- licences --- */

err staff_licence_list(struct ctx *c, int64_t staff_id, struct staff_licence **v, size_t *n)
{
	struct q_staff_licence_list_row *r;
	TRY(gate_logged_in(c));
	TRY(q_staff_licence_list(c, &(struct q_staff_licence_list_in){.staff_id = staff_id}, &r, n));
	bool shown = staff_gate(c, staff_id) == OK; /* the numbers are for those who keep them */
	*v = ARENA_ARRAY(c->arena, *n ? *n : 1, struct staff_licence);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct staff_licence){r[i].id, r[i].version, r[i].pid, r[i].profession, shown ? r[i].licence_no : "", r[i].from_on,
			r[i].expires_on};
	return OK;
}

struct licence_job {
	int64_t staff_id;
	struct staff_licence *l;
};

static err licence_tx(struct ctx *c, void *arg)
{
	struct licence_job *j = arg;
	struct t_staff_licence r;
	row_init(&T_staff_licence, &r);
	if (j->l->id)
		TRY(row_load(c, &T_staff_licence, j->l->id, &r));
	if (j->l->id && r.staff_id != j->staff_id)
		return ERR_NOTFOUND;
	r.staff_id = j->staff_id;
	r.profession = j->l->profession;
	r.licence_no = str_or(j->l->licence_no, "");
	r.from_on = j->l->from_on;
	r.expires_on = j->l->expires_on;
	if (!j->l->id) {
		TRY(row_insert(c, &T_staff_licence, &r));
	} else {
		r.version = j->l->version;
		TRY(row_save(c, &T_staff_licence, &r, NULL));
	}
	j->l->id = r.id;
	j->l->pid = r.pid;
	j->l->version = r.version;
	return OK;
}

err staff_licence_save(struct ctx *c, int64_t staff_id, struct staff_licence *l)
{
	TRY(gate_logged_in(c));
	TRY(staff_gate(c, staff_id));
	size_t before = c->n_faults;
	if (!*profession_label_ja(l->profession))
		fault_add(c, "profession", ERR_NOT_CHOICE, "資格を選んでください。");
	gate_length(c, "licence_no", "登録番号", str_or(l->licence_no, ""), 30);
	if (l->from_on != CIVIL_NONE && l->expires_on != CIVIL_NONE && l->expires_on < l->from_on)
		fault_add(c, "expires_on", ERR_PERIOD_ORDER, NULL);
	return c->n_faults > before ? ERR_INPUT : tx_run(c, licence_tx, &(struct licence_job){staff_id, l});
}

static err licence_retire_tx(struct ctx *c, void *arg)
{
	return row_retire(c, &T_staff_licence, *(const int64_t *)arg, "");
}

err staff_licence_retire(struct ctx *c, const char *pid)
{
	struct t_staff_licence r;
	TRY(gate_logged_in(c));
	TRY(row_find(c, &T_staff_licence, pid, &r));
	TRY(staff_gate(c, r.staff_id));
	return tx_run(c, licence_retire_tx, &r.id);
}

err staff_expiring(struct ctx *c, int64_t org_id, civil until, struct staff_expiry **v, size_t *n)
{
	struct q_staff_expiring_row *r;
	TRY(gate_logged_in(c));
	if (gate_territory(c) != OK && org_id != c->actor.org_id)
		return ERR_DENIED;
	TRY(q_staff_expiring(c, &(struct q_staff_expiring_in){.org_id = org_id, .until_on = until}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n ? *n : 1, struct staff_expiry);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct staff_expiry){r[i].staff_id, r[i].staff_pid, r[i].name, r[i].profession, r[i].expires_on};
	return OK;
}
