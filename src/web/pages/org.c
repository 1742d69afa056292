/* Organisations: list, page, form. The acts on one organisation (spellings, staff, areas) are in org_parts.c. */
#include "web/pages/org.h"

#include "access/policy.h"
#include "base/str.h"
#include "register/draft.h"
#include "tmpl/org_edit.h"
#include "tmpl/org_list.h"
#include "tmpl/org_show.h"
#include "web/formin.h"
#include "web/pages/conflict.h"
#include "web/pages/org_parts.h"
#include "web/route.h"

enum { LIST_ROWS = 100 };

static bool is_insurer(const struct req *r) { return r->who.rights & (RIGHT_ADMIN | RIGHT_INSURER); }

static struct ui_field kind_field(struct req *r, const char *value, const char *blank)
{
	size_t n = org_kind_count();
	struct ui_choice *c = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	c[0] = (struct ui_choice){.value = "", .label = blank};
	for (size_t i = 0; i < n; i++)
		c[i + 1] = (struct ui_choice){.value = org_kind_code(i), .label = org_kind_label_ja(org_kind_code(i))};
	return (struct ui_field){.name = "kind", .label = "種類", .value = value, .choices = c, .n_choices = n + 1};
}

static err org_field(struct req *r, const char *name, const char *label, const char *kind_class, int64_t stored, struct ui_field *f)
{
	struct org_filter q = ORG_ALL();
	struct org *o;
	size_t n;
	q.kind_class = kind_class;
	q.limit = 1000;
	TRY(org_list(r->c, &q, &o, &n));
	struct ui_choice *c = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	*f = (struct ui_field){.name = name, .label = label, .value = "", .choices = c, .n_choices = n + 1};
	c[0] = (struct ui_choice){.value = "", .label = "（なし）"};
	for (size_t i = 0; i < n; i++) {
		c[i + 1] = (struct ui_choice){.value = o[i].pid, .label = o[i].name};
		if (o[i].id == stored)
			f->value = o[i].pid;
	}
	return OK;
}

static struct org_shown *shown(struct req *r, const struct org *o, size_t n)
{
	struct org_shown *v = ARENA_ARRAY(r->arena, n + 1, struct org_shown);
	for (size_t i = 0; i < n; i++)
		v[i] = (struct org_shown){&o[i], org_kind_label_ja(o[i].kind), org_form_label_ja(o[i].form)};
	return v;
}

err page_org_list(struct req *r)
{
	static const struct formin_field query[] = {{.name = "text", .label = "名前", .kind = FORMIN_TEXT, .max = 100}, {.name = "kind", .label = "種類", .kind = FORMIN_CODE}};
	struct org_filter q = ORG_ALL();
	struct org *o;
	formin_read_query(r, query, FORMIN_N(query));
	struct org_list_view v = {.page = page_view(r, "機関・事業所"), .text = req_query(r, "text"), .kind = kind_field(r, req_query(r, "kind"), "すべての種類"),
	                          .may_write = is_insurer(r)};
	q.text = v.text;
	q.kind = *req_query(r, "kind") ? req_query(r, "kind") : NULL;
	q.limit = LIST_ROWS + 1;
	TRY(org_list(r->c, &q, &o, &v.n_rows));
	v.more = v.n_rows > LIST_ROWS;
	if (v.more)
		v.n_rows = LIST_ROWS;
	v.none_at_all = v.n_rows == 0 && str_blank(v.text) && !*req_query(r, "kind");
	v.rows = shown(r, o, v.n_rows);
	tmpl_org_list(res_page(r), &v);
	return OK;
}

static const char *name_of(struct req *r, int64_t id)
{
	struct org o;
	return id != INT_NULL && org_load(r->c, id, &o) == OK ? o.name : "";
}

static err fill_staff(struct req *r, struct org_show_view *v)
{
	struct staff_row *s;
	struct staff_fte *fte;
	size_t n_fte;
	TRY(staff_fte_on(r->c, v->o->id, r->c->today, &fte, &n_fte));
	TRY(staff_list(r->c, &(struct staff_filter){.org_id = v->o->id, .on = r->c->today, .limit = 200}, &s, &v->n_staff));
	v->staff = ARENA_ARRAY(r->arena, v->n_staff + 1, struct org_staff_shown);
	for (size_t i = 0; i < v->n_staff; i++) {
		struct staff_post *p;
		size_t n;
		v->staff[i] = (struct org_staff_shown){&s[i], post_role_label_ja(s[i].role), "", ""};
		for (size_t k = 0; k < n_fte; k++)
			if (fte[k].staff_id == s[i].id && fte[k].fte_100 != STAFF_FTE_ONE)
				v->staff[i].fte = staff_fte_ja(r->arena, fte[k].fte_100);
		if (!v->may_staff)
			continue;
		TRY(staff_post_list(r->c, s[i].id, &p, &n));
		for (size_t k = 0; k < n; k++)
			if (p[k].org_id == v->o->id && str_eq(p[k].role, s[i].role) && p[k].from_on <= r->c->today && p[k].to_on >= r->c->today)
				v->staff[i].post_pid = p[k].pid;
	}
	size_t n = post_role_count();
	struct ui_choice *c = ARENA_ARRAY(r->arena, n, struct ui_choice);
	for (size_t i = 0; i < n; i++)
		c[i] = (struct ui_choice){.value = post_role_code(i), .label = post_role_label_ja(post_role_code(i))};
	v->role = (struct ui_field){.name = "role", .label = "役割", .choices = c, .n_choices = n, .optional_blank = true};
	return OK;
}

static err fill_areas(struct req *r, struct org_show_view *v)
{
	struct area *a;
	size_t n;
	struct org_area *served;
	TRY(territory_of_org(r->c, v->o->id, CIVIL_NONE, &served, &v->n_areas));
	v->areas = ARENA_ARRAY(r->arena, v->n_areas + 1, struct org_area_shown);
	for (size_t i = 0; i < v->n_areas; i++) {
		struct area one;
		TRY(area_load(r->c, served[i].area_id, &one));
		v->areas[i] = (struct org_area_shown){&served[i], one.pid, served[i].to_on == CIVIL_OPEN};
	}
	if (!v->may_areas)
		return OK;
	TRY(area_list(r->c, NULL, r->c->today, &a, &n));
	struct ui_choice *c = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	for (size_t i = 0; i < n; i++) {
		const char *word;
		TRY(area_level_word(r->c, a[i].level, &word));
		c[i] = (struct ui_choice){.value = a[i].pid, .label = arena_fmt(r->arena, "%s（%s）", a[i].name, word)};
	}
	v->area = (struct ui_field){.name = "area", .label = "区域", .choices = c, .n_choices = n, .optional_blank = true};
	return org_field(r, "to_org", "移す先", "centre", INT_NULL, &v->to_org);
}

err page_org_again(struct req *r, err e)
{
	struct org o;
	TRY(org_get(r->c, req_param(r, "pid"), &o));
	struct org_show_view v = {.page = NULL, .o = &o, .kind = org_kind_label_ja(o.kind), .form = org_form_label_ja(o.form), .insurer = name_of(r, o.insurer_org_id),
	                          .branch_of = name_of(r, o.branch_of_org_id), .operator_name = name_of(r, o.operator_org_id), .today = r->c->today};
	struct page_view *page = page_view(r, o.name);
	v.page = page;
	page->back_path = "/orgs";
	page->back_label = "機関・事業所の一覧";
	v.may_areas = is_insurer(r);
	v.may_accounts = r->who.rights & RIGHT_ADMIN;
	v.is_own = o.id == r->c->actor.org_id && policy_check_own(r->c, o.id, CLASS_MEETING, ACTION_SEE) == OK && (r->who.rights & RIGHT_CASE);
	v.may_write = v.may_areas || (r->c->actor.role == ROLE_CENTRE_HEAD && r->c->actor.org_id == o.id);
	v.may_staff = v.may_write || policy_may_manage_accounts_of(r->c, o.id);
	v.warning = org_number_warning(r->c, o.kind, str_eq(o.kind, "insurer") ? o.insurer_no : o.office_no);
	TRY(org_count_parts(r->c, o.id, r->c->today, &v.counts));
	TRY(org_alias_list(r->c, o.id, &v.aliases, &v.n_aliases));
	TRY(fill_staff(r, &v));
	TRY(fill_areas(r, &v));
	tmpl_org_show(res_page_of(r, e), &v);
	return OK;
}

err page_org_show(struct req *r) { return page_org_again(r, OK); }

/* ---- new and edit ---- */

static const struct ui_choice FORMS[] = {{.value = "direct", .label = "直営"}, {.value = "commissioned", .label = "委託"}};

static err show_form(struct req *r, const struct org *o, const struct org *same, size_t n_same, err e)
{
	bool is_new = o->id == 0;
	struct page_view *page = page_view(r, is_new ? "機関・事業所の登録" : "機関・事業所を直す");
	struct org_edit_view v = {.page = page, .o = o, .is_new = is_new, .action = is_new ? "/orgs" : arena_fmt(r->arena, "/orgs/%s", o->pid),
	                          .kind = kind_field(r, o->kind, "（選んでください）"), .same = shown(r, same, n_same), .n_same = n_same};
	v.kind.required = true;
	v.form = (struct ui_field){.name = "form", .label = "直営・委託（地域包括支援センターとブランチ）", .value = o->form, .choices = FORMS, .n_choices = 2, .optional_blank = true};
	TRY(org_field(r, "insurer", "保険者", "insurer", o->insurer_org_id, &v.insurer));
	TRY(org_field(r, "branch_of", "親のセンター（ブランチのとき）", "centre", o->branch_of_org_id, &v.branch_of));
	page->state = is_new ? STATE_NEW : STATE_SAVED;
	page->base_version = is_new ? 0 : page->posted && formin_int(r, "base") != INT_NULL ? formin_int(r, "base") : o->version;
	page->draft_key = is_new ? "org/new" : arena_fmt(r->arena, "org/%s", o->pid);
	page->back_path = is_new ? "/orgs" : v.action;
	page->back_label = is_new ? "機関・事業所の一覧" : o->name;
	tmpl_org_edit(res_page_of(r, e), &v);
	return OK;
}

err page_org_new(struct req *r)
{
	struct org o;
	org_init(&o);
	return show_form(r, &o, NULL, 0, OK);
}

err page_org_edit(struct req *r)
{
	struct org o;
	TRY(org_get(r->c, req_param(r, "pid"), &o));
	return show_form(r, &o, NULL, 0, OK);
}

#define TEXT(n, l) {.name = (n), .label = (l), .kind = FORMIN_TEXT}
static const struct formin_field FIELDS[] = {
	TEXT("name", "名称"), TEXT("short_name", "略称"), TEXT("kana", "フリガナ"), {.name = "kind", .label = "種類", .kind = FORMIN_CODE},
	{.name = "form", .label = "直営・委託", .kind = FORMIN_CODE}, {.name = "is_core", .label = "基幹型", .kind = FORMIN_BOOL}, {.name = "wants_approval", .label = "計画の承認", .kind = FORMIN_BOOL},
	{.name = "wants_close_approval", .label = "ケースの終了の承認", .kind = FORMIN_BOOL},
	{.name = "insurer", .label = "保険者", .kind = FORMIN_PID}, {.name = "branch_of", .label = "親のセンター", .kind = FORMIN_PID},
	TEXT("insurer_no", "保険者番号"), TEXT("office_no", "事業所番号"), TEXT("municipality", "市区町村名"), TEXT("phone", "電話番号"), TEXT("fax", "ファクス"), TEXT("email", "メールアドレス"),
	TEXT("postal", "郵便番号"), TEXT("address", "住所"), {.name = "capacity", .label = "定員", .kind = FORMIN_INT},
	{.name = "valid_from", .label = "始まりの日", .kind = FORMIN_DAY}, {.name = "note", .label = "備考", .kind = FORMIN_LINES, .max = 2000},
	{.name = "same_ok", .label = "別の機関である", .kind = FORMIN_BOOL},
};

static err ref(struct req *r, const char *field, int64_t *id)
{
	struct org o;
	*id = INT_NULL;
	if (!*req_field(r, field))
		return OK;
	TRY(org_get(r->c, req_field(r, field), &o));
	*id = o.id;
	return OK;
}

static err take(struct req *r, struct org *o)
{
	o->name = req_field(r, "name");
	o->short_name = req_field(r, "short_name");
	o->kana = req_field(r, "kana");
	o->kind = req_field(r, "kind");
	o->form = req_field(r, "form");
	o->is_core = formin_bool(r, "is_core");
	o->wants_approval = formin_bool(r, "wants_approval");
	o->wants_close_approval = formin_bool(r, "wants_close_approval");
	o->insurer_no = req_field(r, "insurer_no");
	o->office_no = req_field(r, "office_no");
	o->municipality = req_field(r, "municipality");
	o->phone = req_field(r, "phone");
	o->fax = req_field(r, "fax");
	o->email = req_field(r, "email");
	o->postal = req_field(r, "postal");
	o->address = req_field(r, "address");
	o->capacity = formin_int(r, "capacity");
	o->valid_from = formin_day(r, "valid_from");
	o->note = req_field(r, "note");
	TRY(ref(r, "insurer", &o->insurer_org_id));
	return ref(r, "branch_of", &o->branch_of_org_id);
}

/* A name that is there in another spelling is shown before it is doubled. */
static err doubled(struct req *r, const struct org *o, struct org **same, size_t *n)
{
	*n = 0;
	if (formin_bool(r, "same_ok"))
		return OK;
	TRY(org_duplicates(r->c, o, same, n));
	return *n ? fault_add(r->c, "same_ok", ERR_INPUT, "同じ名前か番号の機関があります。別の機関であれば、下の印を付けて保存してください。") : OK;
}

err page_org_create(struct req *r)
{
	struct org o, *same = NULL;
	size_t n = 0;
	org_init(&o);
	err e = formin_read(r, FIELDS, FORMIN_N(FIELDS));
	if (e == OK)
		e = take(r, &o);
	if (e == OK)
		e = doubled(r, &o, &same, &n);
	if (e == OK)
		e = org_create(r->c, &o);
	if (page_is_input(e)) {
		o.id = 0;
		return show_form(r, &o, same, n, e);
	}
	TRY(e);
	TRY(draft_discard(r->c, "org/new"));
	return res_done(r, "created", "/orgs/%s", o.pid);
}

err page_org_save(struct req *r)
{
	struct org o;
	struct row_conflict *conflict = NULL;
	TRY(org_get(r->c, req_param(r, "pid"), &o));
	err e = formin_read(r, FIELDS, FORMIN_N(FIELDS));
	if (e == OK)
		e = take(r, &o);
	if (e == OK) {
		if (formin_int(r, "base") != INT_NULL)
			o.version = formin_int(r, "base");
		e = org_save(r->c, &o, &conflict);
	}
	if (e == ERR_CONFLICT && conflict)
		return page_conflict(r, conflict, arena_fmt(r->arena, "/orgs/%s", o.pid));
	if (page_is_input(e))
		return show_form(r, &o, NULL, 0, e);
	TRY(e);
	TRY(draft_discard(r->c, arena_fmt(r->arena, "org/%s", o.pid)));
	return res_done(r, "saved", "/orgs/%s", o.pid);
}
