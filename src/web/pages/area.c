/* 担当区域: the list by level, one area, its form, its other names, who serves it, its end. */
#include "web/pages/area.h"

#include "base/str.h"
#include "job/job.h"
#include "jp/era.h"
#include "register/draft.h"
#include "tmpl/area_edit.h"
#include "tmpl/area_effect.h"
#include "tmpl/area_list.h"
#include "tmpl/area_show.h"
#include "web/formin.h"
#include "web/pages/conflict.h"
#include "web/route.h"

bool area_may_write(const struct req *r) { return r->who.rights & (RIGHT_ADMIN | RIGHT_INSURER); }

void area_tabs(struct page_view *page)
{
	static const char *const tabs[][2] = {{"/areas", "区域"}, {"/areas/towns", "町域"}, {"/areas/mismatch", "またがる区域"}, {"/areas/words", "呼び名"}};
	page_tabs(page, "", tabs, sizeof tabs / sizeof tabs[0]);
	page->back_path = "/orgs";
	page->back_label = "機関・事業所";
}

err area_insurer_field(struct req *r, const char *stored_pid, struct ui_field *f, int64_t *id)
{
	struct org_filter q = ORG_ALL();
	struct org *o;
	size_t n;
	q.kind = "insurer";
	q.limit = 200;
	TRY(org_list(r->c, &q, &o, &n));
	struct ui_choice *c = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	*f = (struct ui_field){.name = "insurer", .label = "保険者", .value = "", .choices = c, .n_choices = n, .optional_blank = true};
	for (size_t i = 0; i < n; i++) {
		c[i] = (struct ui_choice){.value = o[i].pid, .label = o[i].name};
		if (*stored_pid ? str_eq(o[i].pid, stored_pid) : o[i].id == *id) {
			f->value = o[i].pid;
			*id = o[i].id;
		}
	}
	return OK;
}

err area_choices(struct req *r, const char *level, const char *name, const char *label, struct ui_field *f)
{
	struct area *a;
	size_t n;
	TRY(area_list(r->c, level, r->c->today, &a, &n));
	struct ui_choice *c = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	for (size_t i = 0; i < n; i++) {
		const char *word = "", *code = *a[i].code ? arena_fmt(r->arena, "%s ", a[i].code) : "";
		if (!level)
			TRY(area_level_word(r->c, a[i].level, &word));
		c[i] = (struct ui_choice){.value = a[i].pid, .label = level ? arena_fmt(r->arena, "%s%s", code, a[i].name)
			: arena_fmt(r->arena, "%s%s（%s）", code, a[i].name, word)};
	}
	*f = (struct ui_field){.name = name, .label = label, .choices = c, .n_choices = n, .optional_blank = true};
	return OK;
}

/* ---- list ---- */

static err joined_aliases(struct req *r, int64_t id, const char **out)
{
	struct area_alias *v;
	size_t n;
	*out = "";
	TRY(area_alias_list(r->c, id, &v, &n));
	for (size_t i = 0; i < n; i++)
		*out = i ? arena_fmt(r->arena, "%s、%s", *out, v[i].name) : v[i].name;
	return OK;
}

static err joined_centres(struct req *r, int64_t id, civil on, const char **out)
{
	struct org_area *v;
	size_t n;
	*out = "";
	TRY(territory_of_area(r->c, id, on, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (!str_eq(v[i].role, "cover"))
			*out = **out ? arena_fmt(r->arena, "%s、%s", *out, v[i].org_name) : v[i].org_name;
	return OK;
}

static err shown(struct req *r, const struct area *a, civil on, struct area_shown *x)
{
	struct area up;
	struct town_area *t;
	size_t n;
	*x = (struct area_shown){.a = a, .parent = ""};
	if (a->parent_area_id != INT_NULL && area_load(r->c, a->parent_area_id, &up) == OK)
		x->parent = up.name;
	TRY(joined_aliases(r, a->id, &x->aliases));
	TRY(joined_centres(r, a->id, on, &x->centres));
	TRY(town_area_list(r->c, a->id, &t, &n));
	for (size_t i = 0; i < n; i++)
		x->towns += (t[i].from_on == CIVIL_NONE || t[i].from_on <= on) && t[i].to_on >= on;
	return OK;
}

static err fill_level(struct req *r, const char *code, civil on, bool with_ended, struct area_level_shown *l)
{
	struct area *a;
	size_t n;
	*l = (struct area_level_shown){.code = code, .usual = ""};
	TRY(area_level_word(r->c, code, &l->word));
	if (!str_eq(l->word, area_level_label_ja(code)))
		l->usual = area_level_label_ja(code);
	TRY(area_list(r->c, code, with_ended ? CIVIL_NONE : on, &a, &n));
	l->rows = ARENA_ARRAY(r->arena, n + 1, struct area_shown);
	for (; l->n_rows < n; l->n_rows++)
		TRY(shown(r, &a[l->n_rows], on, &l->rows[l->n_rows]));
	return OK;
}

err page_areas(struct req *r)
{
	static const struct formin_field query[] = {{.name = "on", .label = "いつの区域", .kind = FORMIN_DAY}, {.name = "ended", .label = "終わった区域", .kind = FORMIN_BOOL}};
	formin_read_query(r, query, FORMIN_N(query));
	struct page_view *page = page_view(r, "担当区域");
	civil on;
	if (!era_guess(req_query(r, "on"), &on) || on == CIVIL_NONE)
		on = r->c->today;
	struct area_list_view v = {.page = page, .may_write = area_may_write(r), .with_ended = str_eq(req_query(r, "ended"), "1")};
	v.on = (struct ui_field){.name = "on", .label = "いつの区域か", .day = on, .has_day = true};
	v.levels = ARENA_ARRAY(r->arena, area_level_count(), struct area_level_shown);
	for (size_t i = 0; i < area_level_count(); i++) {
		struct area_level_shown l;
		TRY(fill_level(r, area_level_code(i), on, v.with_ended, &l));
		if (l.n_rows)
			v.levels[v.n_levels++] = l;
		v.n_areas += l.n_rows;
	}
	area_tabs(page);
	tmpl_area_list(res_page(r), &v);
	return OK;
}

/* ---- one area ---- */

static const char *role_ja(const char *role)
{
	return str_eq(role, "charge") ? "担当" : str_eq(role, "branch") ? "ブランチ" : "活動範囲";
}

static err fill_served(struct req *r, struct area_show_view *v)
{
	struct org_area *o;
	TRY(territory_of_area(r->c, v->a->id, CIVIL_NONE, &o, &v->n_served));
	v->served = ARENA_ARRAY(r->arena, v->n_served + 1, struct area_served);
	for (size_t i = 0; i < v->n_served; i++) {
		struct org org;
		TRY(org_load(r->c, o[i].org_id, &org));
		v->served[i] = (struct area_served){&o[i], org.pid, role_ja(o[i].role), o[i].to_on > r->c->today};
	}
	if (!v->may_write)
		return OK;
	struct org_filter q = ORG_ALL();
	struct org *all;
	size_t n;
	q.on = r->c->today;
	q.limit = 1000;
	TRY(org_list(r->c, &q, &all, &n));
	struct ui_choice *c = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	size_t k = 0;
	for (int pass = 0; pass < 2; pass++) /* centres and branches first */
		for (size_t i = 0; i < n; i++)
			if (str_eq(org_kind_class(all[i].kind), "centre") == (pass == 0))
				c[k++] = (struct ui_choice){.value = all[i].pid, .label = arena_fmt(r->arena, "%s（%s）", all[i].name, org_kind_label_ja(all[i].kind))};
	v->org = (struct ui_field){.name = "org", .label = "機関", .choices = c, .n_choices = k, .optional_blank = true};
	return OK;
}

static err fill_persons(struct req *r, struct area_show_view *v)
{
	struct area_count *k;
	size_t n;
	TRY(territory_count(r->c, v->a->level, r->c->today, &k, &n));
	for (size_t i = 0; i < n; i++)
		if (k[i].area_id == v->a->id)
			v->persons = k[i].persons;
	for (int s = 0; s < AREA_SLOTS; s++)
		v->has_persons |= str_eq(area_slot_level((enum area_slot)s), v->a->level);
	return OK;
}

err area_show_again(struct req *r, err e)
{
	struct area a, up;
	struct org o;
	struct area_alias *al;
	struct town_area *t;
	TRY(area_get(r->c, req_param(r, "pid"), &a));
	struct page_view *page = page_view(r, a.name);
	struct area_show_view v = {.page = page, .a = &a, .parent = "", .insurer = "", .may_write = area_may_write(r), .today = r->c->today};
	page->back_path = "/areas";
	page->back_label = "担当区域";
	TRY(area_level_word(r->c, a.level, &v.word));
	if (a.parent_area_id != INT_NULL && area_load(r->c, a.parent_area_id, &up) == OK)
		v.parent = up.name;
	if (a.insurer_org_id != INT_NULL && org_load(r->c, a.insurer_org_id, &o) == OK)
		v.insurer = o.name;
	TRY(area_alias_list(r->c, a.id, &al, &v.n_aliases));
	v.aliases = al;
	TRY(fill_served(r, &v));
	TRY(town_area_list(r->c, a.id, &t, &v.n_towns));
	v.towns = t;
	TRY(fill_persons(r, &v));
	tmpl_area_show(res_page_of(r, e), &v);
	return OK;
}

err page_area_show(struct req *r) { return area_show_again(r, OK); }

static err done(struct req *r, err e)
{
	if (page_is_input(e))
		return area_show_again(r, e);
	TRY(e);
	return res_done(r, "saved", "/areas/%s", req_param(r, "pid"));
}

err page_area_alias(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "alias", .label = "別の呼び名", .kind = FORMIN_TEXT, .max = 60}};
	struct area a;
	TRY(area_get(r->c, req_param(r, "pid"), &a));
	err e = formin_read(r, fields, 1);
	return done(r, e != OK ? e : area_alias_add(r->c, a.id, req_field(r, "alias")));
}

err page_area_alias_remove(struct req *r)
{
	struct area a;
	TRY(area_get(r->c, req_param(r, "pid"), &a));
	TRY(formin_read(r, NULL, 0));
	return done(r, area_alias_remove(r->c, a.id, req_param(r, "apid")));
}

err page_area_assign(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "org", .label = "機関", .kind = FORMIN_PID, .required = true},
		{.name = "assign_from", .label = "いつから", .kind = FORMIN_DAY, .required = true}};
	struct area a;
	struct org o;
	TRY(area_get(r->c, req_param(r, "pid"), &a));
	err e = formin_read(r, fields, FORMIN_N(fields));
	if (e == OK)
		e = org_get(r->c, req_field(r, "org"), &o);
	if (e == OK)
		e = territory_assign(r->c, o.id, a.id, str_eq(o.kind, "branch") ? "branch" : str_eq(o.kind, "centre") ? "charge" : "cover",
			formin_day(r, "assign_from"), CIVIL_OPEN);
	return done(r, e);
}

err page_area_assign_end(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "last_day", .label = "最後の日", .kind = FORMIN_DAY, .required = true}};
	struct area a;
	TRY(area_get(r->c, req_param(r, "pid"), &a));
	err e = formin_read(r, fields, FORMIN_N(fields));
	return done(r, e != OK ? e : territory_end(r->c, req_param(r, "opid"), formin_day(r, "last_day")));
}

/* ---- new and edit ---- */

static err show_form(struct req *r, const struct area *a, const char *parent_pid, err e)
{
	bool is_new = a->id == 0;
	int64_t insurer = a->insurer_org_id;
	struct page_view *page = page_view(r, is_new ? "区域の登録" : "区域を直す");
	struct area_edit_view v = {.page = page, .a = a, .is_new = is_new, .action = is_new ? "/areas" : arena_fmt(r->arena, "/areas/%s", a->pid)};
	struct ui_choice *c = ARENA_ARRAY(r->arena, area_level_count(), struct ui_choice);
	for (size_t i = 0; i < area_level_count(); i++) {
		c[i].value = area_level_code(i);
		TRY(area_level_word(r->c, c[i].value, &c[i].label));
	}
	v.level = (struct ui_field){.name = "level", .label = "区域の種類", .value = a->level, .choices = c, .n_choices = area_level_count(), .optional_blank = true,
		.required = true};
	TRY(area_choices(r, NULL, "parent", "上の区域", &v.parent));
	v.parent.value = parent_pid;
	if (is_new && insurer == INT_NULL)
		TRY(territory_insurer(r->c, &insurer));
	TRY(area_insurer_field(r, "", &v.insurer, &insurer));
	page->state = is_new ? STATE_NEW : STATE_SAVED;
	page->base_version = is_new ? 0 : page->posted && formin_int(r, "base") != INT_NULL ? formin_int(r, "base") : a->version;
	page->draft_key = is_new ? "area/new" : arena_fmt(r->arena, "area/%s", a->pid);
	page->back_path = is_new ? "/areas" : v.action;
	page->back_label = is_new ? "担当区域" : a->name;
	tmpl_area_edit(res_page_of(r, e), &v);
	return OK;
}

err page_area_new(struct req *r)
{
	struct area a;
	area_init(&a);
	a.level = area_level_label_ja(req_query(r, "level"))[0] ? req_query(r, "level") : "";
	return show_form(r, &a, "", OK);
}

static err parent_pid(struct req *r, const struct area *a, const char **pid)
{
	struct area up;
	*pid = "";
	if (a->parent_area_id == INT_NULL)
		return OK;
	TRY(area_load(r->c, a->parent_area_id, &up));
	*pid = up.pid;
	return OK;
}

err page_area_edit(struct req *r)
{
	struct area a;
	const char *up;
	TRY(area_get(r->c, req_param(r, "pid"), &a));
	TRY(parent_pid(r, &a, &up));
	return show_form(r, &a, up, OK);
}

static const struct formin_field FIELDS[] = {
	{.name = "name", .label = "名前", .kind = FORMIN_TEXT}, {.name = "code", .label = "番号", .kind = FORMIN_TEXT},
	{.name = "level", .label = "区域の種類", .kind = FORMIN_CODE}, {.name = "parent", .label = "上の区域", .kind = FORMIN_PID},
	{.name = "insurer", .label = "保険者", .kind = FORMIN_PID}, {.name = "sort", .label = "並び順", .kind = FORMIN_INT, .lo = 0, .hi = 9999},
	{.name = "valid_from", .label = "始まりの日", .kind = FORMIN_DAY}, {.name = "valid_to", .label = "終わりの日", .kind = FORMIN_DAY}, {.name = "note", .label = "備考", .kind = FORMIN_LINES, .max = 2000},
};

static err take(struct req *r, struct area *a)
{
	struct area up;
	struct org o;
	a->name = req_field(r, "name");
	a->code = req_field(r, "code");
	if (a->id == 0)
		a->level = req_field(r, "level");
	a->sort = formin_int(r, "sort") == INT_NULL ? 0 : formin_int(r, "sort");
	a->valid_from = formin_day(r, "valid_from");
	a->note = req_field(r, "note");
	if (a->valid_to != CIVIL_OPEN) { /* an end may be put off or taken back here; an earlier one is area_close's, for towns end with it */
		civil last = formin_day(r, "valid_to") == CIVIL_NONE ? CIVIL_OPEN : formin_day(r, "valid_to");
		if (last < a->valid_to)
			return fault_add(r->c, "valid_to", ERR_INPUT, "終わりの日は、今の日より早くできません。空欄にして続けてから、区域の画面で終えてください。");
		a->valid_to = last;
	}
	a->parent_area_id = a->insurer_org_id = INT_NULL;
	if (*req_field(r, "parent")) {
		TRY(area_get(r->c, req_field(r, "parent"), &up));
		a->parent_area_id = up.id;
	}
	if (*req_field(r, "insurer")) {
		TRY(org_get(r->c, req_field(r, "insurer"), &o));
		a->insurer_org_id = o.id;
	}
	return OK;
}

err page_area_create(struct req *r)
{
	struct area a;
	area_init(&a);
	err e = formin_read(r, FIELDS, FORMIN_N(FIELDS));
	if (e == OK)
		e = take(r, &a);
	if (e == OK)
		e = area_create(r->c, &a);
	if (page_is_input(e)) {
		a.id = 0;
		return show_form(r, &a, req_field(r, "parent"), e);
	}
	TRY(e);
	TRY(draft_discard(r->c, "area/new"));
	return res_done(r, "created", "/areas/%s", a.pid);
}

err page_area_save(struct req *r)
{
	struct area a;
	struct row_conflict *conflict = NULL;
	TRY(area_get(r->c, req_param(r, "pid"), &a));
	err e = formin_read(r, FIELDS, FORMIN_N(FIELDS));
	if (e == OK)
		e = take(r, &a);
	if (e == OK) {
		if (formin_int(r, "base") != INT_NULL)
			a.version = formin_int(r, "base");
		e = area_save(r->c, &a, &conflict);
	}
	if (e == ERR_CONFLICT && conflict)
		return page_conflict(r, conflict, arena_fmt(r->arena, "/areas/%s", a.pid));
	if (page_is_input(e))
		return show_form(r, &a, req_field(r, "parent"), e);
	TRY(e);
	TRY(draft_discard(r->c, arena_fmt(r->arena, "area/%s", a.pid)));
	return res_done(r, "saved", "/areas/%s", a.pid);
}

/* ---- the effect, before it is saved ---- */

static err area_word(struct req *r, int64_t id, const char **out)
{
	struct area a;
	*out = "（なし）";
	if (id == INT_NULL)
		return OK;
	TRY(area_load(r->c, id, &a));
	*out = a.name;
	return OK;
}

err area_effect_show(struct req *r, const char *title, struct area_effect_view *v)
{
	struct page_view *page = page_view(r, title);
	v->page = page;
	v->today = r->c->today;
	page->back_path = *v->area_pid && !v->n_towns ? arena_fmt(r->arena, "/areas/%s", v->area_pid) : "/areas/towns";
	page->back_label = "やめて戻る";
	v->moves = ARENA_ARRAY(r->arena, v->e.n_moves + 1, struct area_effect_move);
	for (; v->n_moves < v->e.n_moves; v->n_moves++) {
		const struct town_move *m = &v->e.moves[v->n_moves];
		struct area_effect_move *x = &v->moves[v->n_moves];
		x->persons = m->persons;
		TRY(area_word(r, m->from_area, &x->from));
		TRY(area_word(r, m->to_area, &x->to));
	}
	tmpl_area_effect(res_page(r), v);
	return OK;
}

err area_follow_later(struct req *r, const struct town_effect *e, const char *path)
{
	const char *pid;
	if (!e->is_later || e->on > r->c->today)
		return res_done(r, "saved", "%s", path);
	TRY(job_start(r->c, "area_follow", NULL, CLASS_NAMECARD, &pid));
	return res_done(r, "queued", "/jobs/%s", pid);
}

static const struct formin_field CLOSE[] = {{.name = "last_day", .label = "最後の日", .kind = FORMIN_DAY, .required = true}};

err page_area_close_try(struct req *r)
{
	struct area a;
	struct area_effect_view v = {.save_label = "この区域を終える", .from_text = "", .insurer_pid = ""};
	TRY(area_get(r->c, req_param(r, "pid"), &a));
	err e = formin_read(r, CLOSE, FORMIN_N(CLOSE));
	if (e == OK)
		e = town_area_close(r->c, a.pid, formin_day(r, "last_day"), true, &v.e);
	if (page_is_input(e))
		return area_show_again(r, e);
	TRY(e);
	v.area_pid = a.pid;
	v.last_text = req_field(r, "last_day");
	v.action = arena_fmt(r->arena, "/areas/%s/end", a.pid);
	v.sentence = arena_fmt(r->arena, "%sを終えます。この区域の町域 %lld 件と、担当する機関も同じ日に終わります。", a.name, (long long)v.e.ended);
	return area_effect_show(r, "区域を終える前の確認", &v);
}

err page_area_close(struct req *r)
{
	struct area a;
	struct town_effect e;
	TRY(area_get(r->c, req_param(r, "pid"), &a));
	err x = formin_read(r, CLOSE, FORMIN_N(CLOSE));
	if (x == OK)
		x = town_area_close(r->c, a.pid, formin_day(r, "last_day"), false, &e);
	if (page_is_input(x))
		return area_show_again(r, x);
	TRY(x);
	return area_follow_later(r, &e, arena_fmt(r->arena, "/areas/%s", a.pid));
}
