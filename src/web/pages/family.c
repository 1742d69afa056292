#include "web/pages/family.h"

#include "base/str.h"
#include "register/draft.h"
#include "tmpl/person_family.h"
#include "tmpl/person_reason.h"
#include "web/formin.h"
#include "web/guard.h"
#include "web/pages/common.h"
#include "web/pages/conflict.h"
#include "web/route.h"

#include <stdlib.h>

static const char *code_word(const struct gen_code *(*choices)(size_t *n), const char *code)
{
	size_t n;
	const struct gen_code *v = choices(&n);
	return gen_label(v, n, code);
}

/* ---- the list ---- */

static err show_list(struct req *r, err e)
{
	struct page_view *page = page_view(r, "家族・関係者");
	struct person_card card;
	struct relation_view *rel;
	TRY(person_page(r, page, req_param(r, "pid"), &card));
	struct family_view v = {.page = page, .pid = card.p.pid, .name = card.p.name, .may_write = card.view.may[ACTION_WRITE] & CLASS_FAMILY};
	v.locked_word = card.view.ask;
	err list = relation_list(r->c, card.p.id, &rel, &v.n_rows);
	if (list == ERR_DENIED || list == ERR_NOTFOUND) {
		v.is_locked = true;
		v.n_rows = 0;
		list = OK;
	}
	TRY(list);
	v.rows = ARENA_ARRAY(r->arena, v.n_rows + 1, struct family_row);
	for (size_t i = 0; i < v.n_rows; i++) {
		v.rows[i] = (struct family_row){.v = &rel[i], .living = code_word(relation_living_choices, rel[i].row.living), .edit_path = ""};
		if (v.may_write && !rel[i].is_back)
			v.rows[i].edit_path = arena_fmt(r->arena, "/persons/%s/relations/%s", card.p.pid, rel[i].row.pid);
		v.rows[i].order = rel[i].row.emergency_order == INT_NULL ? "" : arena_fmt(r->arena, "%lld", (long long)rel[i].row.emergency_order);
		if (rel[i].shown_person_id)
			look_person(r, rel[i].shown_person_id);
	}
	TRY(record_section_fill(r, record_page_of("household"), &card, GEN_ALL, &v.sections[0]));
	TRY(record_section_fill(r, record_page_of("carer"), &card, GEN_ALL, &v.sections[1]));
	tmpl_person_family(res_page_of(r, e), &v);
	return OK;
}

err page_family(struct req *r) { return show_list(r, OK); }

/* ---- order of emergency calls ---- */

struct turn {
	const char *pid;
	int64_t n;
};

static int by_turn(const void *a, const void *b)
{
	const struct turn *x = a, *y = b;
	return (x->n > y->n) - (x->n < y->n);
}

err page_family_order(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "order_*", .label = "緊急連絡の順番", .kind = FORMIN_INT, .lo = 1, .hi = 99}};
	int64_t id;
	size_t n = 0;
	TRY(person_id(r->c, req_param(r, "pid"), &id));
	err e = formin_read(r, fields, 1);
	if (page_is_input(e))
		return show_list(r, e);
	TRY(e);
	struct turn *t = ARENA_ARRAY(r->arena, r->form.n + 1, struct turn);
	for (size_t i = 0; i < r->form.n; i++)
		if (str_starts(r->form.v[i].name, "order_") && formin_int(r, r->form.v[i].name) != INT_NULL)
			t[n++] = (struct turn){r->form.v[i].name + 6, formin_int(r, r->form.v[i].name)};
	qsort(t, n, sizeof *t, by_turn);
	const char **pids = ARENA_ARRAY(r->arena, n + 1, const char *);
	for (size_t i = 0; i < n; i++)
		pids[i] = t[i].pid;
	TRY(relation_set_emergency(r->c, id, pids, n));
	return res_done(r, "saved", "/persons/%s/family", req_param(r, "pid"));
}

/* ---- one relation ---- */

struct one {
	struct person_card card;
	struct t_relation row;
	struct t_contact contact;
	bool is_new, has_contact;
};

static err open_one(struct req *r, struct page_view *page, struct one *o)
{
	TRY(page ? person_page(r, page, req_param(r, "pid"), &o->card) : person_open(r->c, req_param(r, "pid"), &o->card));
	look_person(r, o->card.p.id);
	TRY(policy_check(r->c, o->card.p.id, CLASS_FAMILY, ACTION_WRITE));
	o->is_new = !*req_param(r, "rpid");
	o->has_contact = true;
	relation_init(&o->row);
	contact_init(&o->contact);
	o->row.person_id = o->card.p.id;
	if (o->is_new)
		return OK;
	TRY(relation_find(r->c, req_param(r, "rpid"), &o->row));
	bool mine = false;
	for (size_t i = 0; i < o->card.n_cluster; i++)
		mine = mine || o->card.cluster_ids[i] == o->row.person_id;
	if (!mine)
		return ERR_NOTFOUND;
	o->has_contact = o->row.contact_id != INT_NULL;
	if (!o->has_contact)
		return OK;
	struct relation_view *rel;
	size_t n;
	TRY(relation_list(r->c, o->card.p.id, &rel, &n));
	for (size_t i = 0; i < n; i++)
		if (rel[i].row.id == o->row.id)
			return contact_find(r->c, rel[i].shown_pid, &o->contact);
	return ERR_NOTFOUND;
}

static struct ui_field code_field(struct req *r, const char *name, const char *label, const struct gen_code *v, size_t n, const char *value)
{
	struct ui_choice *c = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	for (size_t i = 0; i < n; i++)
		c[i] = (struct ui_choice){.value = v[i].code, .label = v[i].label};
	return (struct ui_field){.name = name, .label = label, .value = value, .choices = c, .n_choices = n, .optional_blank = true};
}

static err fill_found(struct req *r, struct relation_edit_view *v, const struct one *o, const char *text)
{
	struct person_hit *hits;
	size_t n;
	bool more;
	v->searched = true;
	TRY(person_find(r->c, text, 10, &hits, &n, &more));
	for (size_t i = 0; i < n; i++) {
		if (hits[i].id == o->card.p.id)
			continue;
		look_person(r, hits[i].id);
		hits[v->n_hits++] = hits[i];
	}
	v->hits = hits;
	return contact_search(r->c, text, &v->contacts, &v->n_contacts);
}

static err fill_other(struct req *r, struct relation_edit_view *v, const struct one *o)
{
	struct person other;
	if (!o->has_contact) {
		TRY(person_load(r->c, o->row.other_person_id, &other));
		look_person(r, other.id);
		v->is_person = true;
		v->shown_name = other.name;
		v->shown_path = arena_fmt(r->arena, "/persons/%s", other.pid);
	} else if (!o->is_new) {
		struct contact_client *clients;
		TRY(contact_clients(r->c, o->contact.pid, &clients, &v->n_clients));
		for (size_t i = 0; i < v->n_clients; i++)
			look_person(r, clients[i].person_id);
		v->clients = clients;
	}
	return OK;
}

static err show_one(struct req *r, const char *find, err e)
{
	struct page_view *page = page_view(r, "家族・関係者");
	struct one o;
	TRY(open_one(r, page, &o));
	const char *base = arena_fmt(r->arena, "/persons/%s/relations", o.card.p.pid);
	struct relation_edit_view v = {.page = page, .is_new = o.is_new, .row = &o.row, .contact = &o.contact, .shown_name = "", .shown_path = "",
	                               .find_action = arena_fmt(r->arena, "%s/find", base), .retire_action = ""};
	v.action = o.is_new ? base : arena_fmt(r->arena, "%s/%s", base, o.row.pid);
	if (!o.is_new)
		v.retire_action = arena_fmt(r->arena, "%s/retire", v.action);
	struct gen_code *kin = ARENA_ARRAY(r->arena, relation_kin_count(), struct gen_code);
	for (size_t i = 0; i < relation_kin_count(); i++)
		kin[i] = (struct gen_code){relation_kin_code(i), relation_kin_label_ja(relation_kin_code(i))};
	v.kind = code_field(r, "kind", "続柄・関係", kin, relation_kin_count(), o.row.kind);
	v.kind.required = true;
	size_t n;
	const struct gen_code *livings = relation_living_choices(&n);
	v.living = code_field(r, "living", "同居・別居", livings, n, o.row.living);
	static const struct ui_choice sexes[] = {{.value = "1", .label = "男性"}, {.value = "2", .label = "女性"}};
	v.sex = (struct ui_field){.name = "sex", .label = "性別（家族構成図の□と○）", .value = o.contact.sex, .choices = sexes, .n_choices = 2, .optional_blank = true};
	TRY(fill_other(r, &v, &o));
	if (!str_blank(find))
		TRY(fill_found(r, &v, &o, find));
	page->state = o.is_new ? STATE_NEW : STATE_SAVED;
	page->base_version = o.is_new ? 0 : page->posted && formin_int(r, "base") != INT_NULL ? formin_int(r, "base") : o.row.version;
	page->draft_key = arena_fmt(r->arena, "person/%s/relation/%s", o.card.p.pid, o.is_new ? "new" : o.row.pid);
	page->draft_class = "family";
	page->back_path = arena_fmt(r->arena, "/persons/%s/family", o.card.p.pid);
	page->back_label = "家族・関係者の一覧";
	record_tab(page, "family");
	tmpl_person_relation(res_page_of(r, e), &v);
	return OK;
}

err page_relation_new(struct req *r) { return show_one(r, "", OK); }
err page_relation_edit(struct req *r) { return show_one(r, "", OK); }

#define TEXT(n, l, m) {.name = (n), .label = (l), .kind = FORMIN_TEXT, .max = (m)}
static const struct formin_field FIELDS[] = {
	{.name = "find", .label = "さがす言葉", .kind = FORMIN_TEXT, .max = 100}, {.name = "other", .label = "だれを", .kind = FORMIN_CODE, .max = 40},
	{.name = "kind", .label = "続柄・関係", .kind = FORMIN_CODE}, TEXT("label", "続柄の書き方", 40), {.name = "living", .label = "同居・別居", .kind = FORMIN_CODE},
	{.name = "is_key_person", .label = "キーパーソン", .kind = FORMIN_BOOL}, {.name = "is_main_carer", .label = "主な介護者", .kind = FORMIN_BOOL},
	{.name = "emergency_order", .label = "緊急連絡の順番", .kind = FORMIN_INT, .lo = 1, .hi = 99}, TEXT("can_contact", "連絡してよい時間・方法", 200),
	{.name = "note", .label = "備考", .kind = FORMIN_LINES, .max = 2000},
	TEXT("name", "氏名", 60), TEXT("kana", "フリガナ", 80), TEXT("phone", "電話番号", 30), TEXT("phone2", "別の電話番号", 30), TEXT("postal", "郵便番号", 20),
	TEXT("address", "住所", 200), TEXT("email", "メールアドレス", 200),
	{.name = "sex", .label = "性別", .kind = FORMIN_CODE, .max = 1},
	{.name = "birth_year", .label = "生まれた年", .kind = FORMIN_INT, .lo = 1868, .hi = 2100}, {.name = "is_deceased", .label = "亡くなっている", .kind = FORMIN_BOOL},
	{.name = "deceased_on", .label = "亡くなった日", .kind = FORMIN_DAY}, {.name = "contact_base", .label = "版", .kind = FORMIN_INT},
};

err page_relation_find(struct req *r)
{
	err e = formin_read(r, FIELDS, FORMIN_N(FIELDS));
	return show_one(r, e == OK ? req_field(r, "find") : "", e);
}

static void take(struct req *r, struct one *o)
{
	o->row.kind = req_field(r, "kind");
	o->row.label = req_field(r, "label");
	o->row.living = req_field(r, "living");
	o->row.is_key_person = formin_bool(r, "is_key_person");
	o->row.is_main_carer = formin_bool(r, "is_main_carer");
	o->row.emergency_order = formin_int(r, "emergency_order");
	o->row.can_contact = req_field(r, "can_contact");
	o->row.note = req_field(r, "note");
	if (!o->is_new && formin_int(r, "base") != INT_NULL)
		o->row.version = formin_int(r, "base");
	struct t_contact *c = &o->contact;
	c->name = req_field(r, "name");
	c->kana = req_field(r, "kana");
	c->phone = req_field(r, "phone");
	c->phone2 = req_field(r, "phone2");
	c->postal = req_field(r, "postal");
	c->address = req_field(r, "address");
	c->email = req_field(r, "email");
	c->sex = req_field(r, "sex");
	c->birth_year = formin_int(r, "birth_year");
	c->is_deceased = formin_bool(r, "is_deceased");
	c->deceased_on = formin_day(r, "deceased_on");
	if (!o->is_new && formin_int(r, "contact_base") != INT_NULL)
		c->version = formin_int(r, "contact_base");
}

/* "p:<pid>" a person of the register, "c:<pid>" a contact that is there, else a new contact. */
static err write(struct req *r, struct one *o, struct row_conflict **conflict)
{
	const char *other = req_field(r, "other");
	if (!o->is_new)
		return o->has_contact ? relation_save_contact(r->c, &o->row, &o->contact, conflict) : relation_save(r->c, &o->row, conflict);
	if (str_starts(other, "p:")) {
		TRY(person_id(r->c, other + 2, &o->row.other_person_id));
		return relation_save(r->c, &o->row, conflict);
	}
	if (!str_starts(other, "c:"))
		return relation_save_contact(r->c, &o->row, &o->contact, conflict);
	struct t_contact there;
	TRY(contact_find(r->c, other + 2, &there));
	o->row.contact_id = there.id;
	return relation_save_contact(r->c, &o->row, NULL, conflict);
}

/* Two records are saved by one form: the version the page_conflict sends on belongs to the one that was disputed. */
static void aim(struct req *r, struct row_conflict *cf)
{
	if (!str_eq(cf->table->name, "contact"))
		return;
	for (size_t i = 0; i < r->form.n; i++)
		if (str_eq(r->form.v[i].name, "contact_base"))
			r->form.v[i].value = arena_fmt(r->arena, "%lld", (long long)cf->theirs_version);
	cf->theirs_version = formin_int(r, "base");
}

err page_relation_save(struct req *r)
{
	struct one o;
	struct row_conflict *conflict = NULL;
	TRY(open_one(r, NULL, &o));
	const char *back = arena_fmt(r->arena, "/persons/%s/family", o.card.p.pid);
	const char *draft = arena_fmt(r->arena, "person/%s/relation/%s", o.card.p.pid, o.is_new ? "new" : o.row.pid);
	err e = formin_read(r, FIELDS, FORMIN_N(FIELDS));
	if (e == OK) {
		take(r, &o);
		e = write(r, &o, &conflict);
	}
	if (e == ERR_CONFLICT && conflict) {
		aim(r, conflict);
		return page_conflict(r, conflict, back);
	}
	if (page_is_input(e))
		return show_one(r, req_field(r, "find"), e);
	TRY(e);
	TRY(draft_discard(r->c, draft));
	return res_done(r, "saved", "%s", back);
}

err page_relation_create(struct req *r) { return page_relation_save(r); }

static err show_retire(struct req *r, err e)
{
	struct page_view *page = page_view(r, "ごみ箱へ移す");
	struct one o;
	TRY(open_one(r, page, &o));
	const char *path = arena_fmt(r->arena, "/persons/%s/relations/%s", o.card.p.pid, o.row.pid);
	struct reason_view v = {.page = page, .action = arena_fmt(r->arena, "%s/retire", path), .cancel_path = path, .label = "移す理由", .button = "ごみ箱へ移す",
	                        .sentence = "この方との関係の記録をごみ箱へ移します。", .more = "30日のあいだは、ごみ箱から元に戻せます。"};
	tmpl_person_reason(res_page_of(r, e), &v);
	return OK;
}

err page_relation_retire_ask(struct req *r) { return show_retire(r, OK); }

err page_relation_retire(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "reason", .label = "移す理由", .kind = FORMIN_TEXT, .max = 500, .required = true}};
	struct one o;
	const char *bin = "";
	TRY(open_one(r, NULL, &o));
	err e = formin_read(r, fields, 1);
	if (e == OK)
		e = relation_retire(r->c, o.row.pid, req_field(r, "reason"), &bin);
	if (page_is_input(e))
		return show_retire(r, e);
	TRY(e);
	return res_done(r, "deleted", "/persons/%s/family?%s", o.card.p.pid, guard_undo(r, arena_fmt(r->arena, "/undo/trash/%s", bin)));
}
