#include "web/pages/plan_edit.h"

#include "base/str.h"
#include "care/plan_assist.h"
#include "care/plan_check.h"
#include "care/plan_create.h"
#include "jp/era.h"
#include "jp/numbers.h"
#include "jp/week_text.h"
#include "register/draft.h"
#include "register/org.h"
#include "register/ranks.h"
#include "tmpl/plan_edit.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/pages/plan_edit_spec.h"
#include "web/route.h"

#include <string.h>

struct editor {
	struct req *r;
	struct plan_tree t;
	struct plan_edit_view v;
	const struct ui_choice *orgs, *types, *levels;
	size_t n_orgs, n_types, n_levels;
	int next_new; /* number of the next new row */
};

/* ---- choices ---------------------------------------------------------------------------------------------------- */

static err org_choices(struct editor *ed)
{
	struct req *r = ed->r;
	struct org_filter q = ORG_ALL();
	struct org *o;
	size_t n;
	q.on = r->c->today;
	q.limit = 1000;
	TRY(org_list(r->c, &q, &o, &n));
	struct ui_choice *v = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	for (size_t i = 0; i < n; i++) {
		const char *kind = org_kind_class(o[i].kind);
		if (str_eq(kind, "provider") || str_eq(kind, "medical") || str_eq(kind, "body"))
			v[ed->n_orgs++] = (struct ui_choice){.value = o[i].pid, .label = o[i].name};
	}
	ed->orgs = v;
	return OK;
}

static void type_choices(struct editor *ed)
{
	struct ui_choice *v = ARENA_ARRAY(ed->r->arena, plan_type_count() + 1, struct ui_choice);
	for (size_t i = 0; i < plan_type_count(); i++)
		v[ed->n_types++] = (struct ui_choice){.value = plan_type_code(i), .label = plan_type_label_ja(plan_type_code(i))};
	ed->types = v;
	struct ui_choice *l = ARENA_ARRAY(ed->r->arena, ranks_count(CODE_LEVEL) + 1, struct ui_choice);
	for (size_t i = 0; i < ranks_count(CODE_LEVEL); i++)
		l[ed->n_levels++] = (struct ui_choice){.value = ranks_code(CODE_LEVEL, i), .label = ranks_label_ja(CODE_LEVEL, ranks_code(CODE_LEVEL, i))};
	ed->levels = l;
}

/* ---- fields of a row ------------------------------------------------------------------------------------------------ */

static const char *name_of(struct editor *ed, enum plan_part part, const char *key, const char *column)
{
	return part == PLAN_HEAD ? column : arena_fmt(ed->r->arena, "%s.%s.%s", plan_part(part)->code, key, column);
}

static const char *org_pid(struct editor *ed, const char *id)
{
	struct org o;
	int64_t v;
	return str_int(id, &v) && org_load(ed->r->c, v, &o) == OK ? o.pid : "";
}

/* A stored value as the field holds it. */
static const char *held(struct editor *ed, const struct pe_spec *s, const char *v)
{
	int64_t min;
	if (s->kind == PE_TIME)
		return str_int(v, &min) ? plan_clock_ja(ed->r->arena, (int)min) : "";
	if (s->choices == PE_ORGS)
		return org_pid(ed, v);
	return v;
}

static void choices_in(struct editor *ed, const struct pe_spec *s, struct ui_field *f)
{
	f->optional_blank = s->choices != PE_NONE && s->kind != PE_RADIO;
	switch (s->choices) {
	case PE_ORGS: f->choices = ed->orgs; f->n_choices = ed->n_orgs; break;
	case PE_TYPES: f->choices = ed->types; f->n_choices = ed->n_types; break;
	case PE_LEVELS: f->choices = ed->levels; f->n_choices = ed->n_levels; break;
	case PE_NONE: break;
	default: f->choices = pe_choices(s->choices, &f->n_choices); break;
	}
}

static void days_in(struct editor *ed, const char *code, struct ui_field *f)
{
	static const char *const value[7] = {"1", "2", "3", "4", "5", "6", "7"};
	const char **v = ARENA_ARRAY(ed->r->arena, 8, const char *);
	unsigned mask = week_days_of_code(code);
	f->n_values = 0;
	for (int i = 0; i < 7; i++)
		if (mask & 1u << i)
			v[f->n_values++] = value[i];
	f->values = v;
	f->choices = pe_choices(PE_WEEK, &f->n_choices);
}

static struct pe_field field_of(struct editor *ed, const struct pe_spec *s, const char *key, const void *row, bool untouched)
{
	const struct table_desc *t = s->part == PLAN_HEAD ? &T_plan : plan_part(s->part)->table;
	const char *v = held(ed, s, plan_value(ed->r->arena, t, row, s->column));
	struct pe_field out = {.kind = s->kind, .f = {.name = name_of(ed, s->part, key, s->column), .value = v, .rows = s->rows, .width = s->width,
		.label = s->label ? s->label : plan_field_label_ja(s->part, s->column), .help = s->help}};
	if (s->kind == PE_DATE) {
		civil d;
		out.f.day = civil_parse(v, &d) ? d : CIVIL_NONE;
		out.f.has_day = true;
	}
	if (s->kind == PE_NUMBER)
		out.f.mode = "numeric";
	if (untouched && s->kind == PE_AREA && *v)
		out.f.note = "前回から";
	if (s->kind == PE_DAYS)
		days_in(ed, v, &out.f);
	else
		choices_in(ed, s, &out.f);
	return out;
}

static void fields_of(struct editor *ed, enum plan_part part, const char *key, const void *row, bool untouched, bool more,
                      struct pe_field **v, size_t *n)
{
	size_t all;
	const struct pe_spec *s = pe_specs(&all);
	*v = ARENA_ARRAY(ed->r->arena, all, struct pe_field);
	*n = 0;
	for (size_t i = 0; i < all; i++) {
		if (s[i].part != part || s[i].more != more || (s[i].form == 'H' && ed->v.is_prevention) || (s[i].form == 'Y' && !ed->v.is_prevention))
			continue;
		bool mark = part == PLAN_HEAD ? plan_head_untouched(row, s[i].column) : untouched;
		(*v)[(*n)++] = field_of(ed, &s[i], key, row, mark);
	}
}

/* ---- rows of the page: stored ones and those that came with the form -------------------------------------------------- */

static const char *row_text(const struct table_desc *t, const void *row, const char *column)
{
	void *p = row_column(t, (void *)(uintptr_t)row, column);
	return p ? *(const char *const *)p : "";
}

static bool row_bool(const struct table_desc *t, const void *row, const char *column)
{
	void *p = row_column(t, (void *)(uintptr_t)row, column);
	return p && *(const bool *)p;
}

static int64_t row_int(const struct table_desc *t, const void *row, const char *column)
{
	void *p = row_column(t, (void *)(uintptr_t)row, column);
	return p ? *(const int64_t *)p : INT_NULL;
}

static struct pe_row *row_add(struct editor *ed, struct pe_row **v, size_t *n, size_t *cap)
{
	if (*n == *cap) {
		size_t more = *cap ? 2 * *cap : 8;
		struct pe_row *w = ARENA_ARRAY(ed->r->arena, more, struct pe_row);
		if (*n)
			memcpy(w, *v, *n * sizeof *w);
		*v = w;
		*cap = more;
	}
	struct pe_row *row = &(*v)[(*n)++];
	memset(row, 0, sizeof *row);
	return row;
}

static void row_fill(struct editor *ed, struct pe_row *x, enum plan_part part, const char *key, const char *parent, void *row, int number)
{
	static const char *const gone[] = {[PLAN_NEED] = "この課題を削除する（目標とサービスも）", [PLAN_GOAL] = "この目標を削除する（サービスも）",
		[PLAN_SERVICE] = "このサービスを削除する", [PLAN_AREA] = ""};
	static const char *const word[] = {[PLAN_NEED] = "課題", [PLAN_GOAL] = "目標", [PLAN_SERVICE] = "サービス", [PLAN_AREA] = ""};
	const struct table_desc *t = plan_part(part)->table;
	struct req *r = ed->r;
	x->part = part;
	x->key = key;
	x->parent = parent;
	x->row = row;
	x->is_new = key[0] == 'n' && strlen(key) < 10;
	x->version = x->is_new ? 0 : row_int(t, row, "version");
	x->untouched = row_bool(t, row, "is_untouched");
	x->label = part == PLAN_AREA ? pe_area_label(row_text(t, row, "area")) : arena_fmt(r->arena, "%s %d", word[part], number);
	x->gone_label = gone[part];
	x->gone = name_of(ed, part, key, "gone");
	x->add = part == PLAN_NEED ? arena_fmt(r->arena, "goal:%s", key) : part == PLAN_GOAL ? arena_fmt(r->arena, "service:%s", key) : "";
	fields_of(ed, part, key, row, x->untouched, false, &x->fields, &x->n_fields);
	fields_of(ed, part, key, row, x->untouched, true, &x->more, &x->n_more);
	x->key_name_version = name_of(ed, part, key, "version");
	x->key_name_parent = name_of(ed, part, key, "parent");
	x->gone_field = (struct ui_field){.name = x->gone, .label = x->gone_label};
	for (size_t i = 0; i < x->n_more; i++)
		x->open = x->open || fault_of(r->c, x->more[i].f.name) != NULL;
}

/* Keys of new rows of a part below a parent, as the form sent them, in its order. */
static size_t new_keys(struct editor *ed, enum plan_part part, const char *parent, const char **keys, size_t max)
{
	const char *prefix = arena_fmt(ed->r->arena, "%s.n", plan_part(part)->code);
	size_t n = 0;
	for (size_t i = 0; i < ed->r->form.n && n < max; i++) {
		const char *name = ed->r->form.v[i].name, *end = strrchr(name, '.');
		if (!str_starts(name, prefix) || !end || !str_eq(end, ".parent") || !str_eq(ed->r->form.v[i].value, parent))
			continue;
		const char *from = name + strlen(plan_part(part)->code) + 1;
		if (end - from < 10)
			keys[n++] = arena_strn(ed->r->arena, from, (size_t)(end - from));
	}
	return n;
}

/* A new row, the last of its list. */
static void *blank(struct editor *ed, enum plan_part part, int number)
{
	const struct table_desc *t = plan_part(part)->table;
	void *row = arena_alloc(ed->r->arena, t->size);
	row_init(t, row);
	*(int64_t *)row_column(t, row, "no") = number;
	return row;
}

enum { NEW_MAX = 60 };

static void children_of(struct editor *ed, struct pe_row *parent, enum plan_part part)
{
	const char *keys[NEW_MAX];
	size_t n_stored;
	const struct table_desc *t = plan_part(part)->table;
	char *rows = plan_rows(&ed->t, part, &n_stored);
	int number = 0;
	for (size_t i = 0; !parent->is_new && i < n_stored; i++) {
		void *row = rows + i * t->size;
		if (row_int(t, row, plan_part(part)->parent) == row_int(plan_part(parent->part)->table, parent->row, "id"))
			row_fill(ed, row_add(ed, &parent->children, &parent->n_children, &parent->cap_children), part, row_text(t, row, "pid"), parent->key, row, ++number);
	}
	size_t n = new_keys(ed, part, parent->key, keys, NEW_MAX);
	for (size_t i = 0; i < n; i++) {
		number++;
		row_fill(ed, row_add(ed, &parent->children, &parent->n_children, &parent->cap_children), part, keys[i], parent->key, blank(ed, part, number), number);
	}
}

/* The row that 「足す」 asked for. */
static void add_asked(struct editor *ed, const char *add)
{
	struct plan_edit_view *v = &ed->v;
	const char *key = arena_fmt(ed->r->arena, "n%d", ed->next_new++);
	size_t cap = v->n_needs;
	int last = (int)v->n_needs;
	if (str_eq(add, "need")) {
		row_fill(ed, row_add(ed, &v->needs, &v->n_needs, &cap), PLAN_NEED, key, "", blank(ed, PLAN_NEED, last + 1), last + 1);
		return;
	}
	for (size_t i = 0; i < v->n_needs; i++) {
		struct pe_row *need = &v->needs[i];
		int before = (int)need->n_children;
		if (str_eq(add, need->add))
			row_fill(ed, row_add(ed, &need->children, &need->n_children, &need->cap_children), PLAN_GOAL, key, need->key, blank(ed, PLAN_GOAL, before + 1),
			         before + 1);
		for (size_t k = 0; k < need->n_children; k++) {
			struct pe_row *goal = &need->children[k];
			int there = (int)goal->n_children;
			if (str_eq(add, goal->add))
				row_fill(ed, row_add(ed, &goal->children, &goal->n_children, &goal->cap_children), PLAN_SERVICE, key, goal->key,
				         blank(ed, PLAN_SERVICE, there + 1), there + 1);
		}
	}
}

static void tree_rows(struct editor *ed)
{
	struct plan_edit_view *v = &ed->v;
	const char *keys[NEW_MAX];
	size_t cap = 0;
	int number = 0;
	for (size_t i = 0; i < ed->t.n_needs; i++)
		row_fill(ed, row_add(ed, &v->needs, &v->n_needs, &cap), PLAN_NEED, ed->t.needs[i].pid, "", &ed->t.needs[i], ++number);
	size_t n = new_keys(ed, PLAN_NEED, "", keys, NEW_MAX);
	for (size_t i = 0; i < n; i++) {
		number++;
		row_fill(ed, row_add(ed, &v->needs, &v->n_needs, &cap), PLAN_NEED, keys[i], "", blank(ed, PLAN_NEED, number), number);
	}
	for (size_t i = 0; i < v->n_needs; i++) {
		children_of(ed, &v->needs[i], PLAN_GOAL);
		for (size_t k = 0; k < v->needs[i].n_children; k++)
			children_of(ed, &v->needs[i].children[k], PLAN_SERVICE);
	}
	cap = 0;
	for (size_t i = 0; v->is_prevention && i < ed->t.n_areas; i++)
		row_fill(ed, row_add(ed, &v->areas, &v->n_areas, &cap), PLAN_AREA, ed->t.areas[i].pid, "", &ed->t.areas[i], 0);
}

/* ---- the page ----------------------------------------------------------------------------------------------------------- */

static err open_plan(struct req *r, struct editor *ed)
{
	*ed = (struct editor){.r = r, .next_new = 1};
	TRY(plan_get(r->c, req_param(r, "pid"), &ed->t));
	look_person(r, ed->t.plan.person_id);
	TRY(policy_check_record(r->c, ed->t.plan.person_id, CLASS_CARE, ACTION_WRITE));
	ed->v.is_prevention = str_eq(ed->t.plan.kind, "prevention");
	for (size_t i = 0; i < r->form.n; i++) { /* numbers of new rows already there */
		const char *p = strstr(r->form.v[i].name, ".n"), *end = p ? strchr(p + 2, '.') : NULL;
		int64_t v;
		if (end && str_int(arena_strn(r->arena, p + 2, (size_t)(end - p - 2)), &v) && v >= ed->next_new && v < 100000)
			ed->next_new = (int)v + 1;
	}
	return OK;
}

static err show(struct editor *ed, const char *add, err e)
{
	struct req *r = ed->r;
	struct plan_edit_view *v = &ed->v;
	const struct t_plan *p = &ed->t.plan;
	struct page_view *page = page_view(r, arena_fmt(r->arena, "%sを書く", plan_kind_ja(p->kind)));
	TRY(person_page_head(r, page, ed->t.person_pid));
	page->state = ed->t.is_frozen ? STATE_FINAL : STATE_DRAFT;
	page->draft_key = arena_fmt(r->arena, "plan/%s", p->pid);
	page->draft_class = "care";
	page->base_version = p->version;
	page->back_path = arena_fmt(r->arena, "/plans/%s", p->pid);
	page->back_label = "計画";
	page->wide = true;
	v->page = page;
	v->t = &ed->t;
	v->action = arena_fmt(r->arena, "/plans/%s/edit", p->pid);
	v->more_action = arena_fmt(r->arena, "/plans/%s/edit/more", p->pid);
	v->week_path = v->is_prevention ? "" : arena_fmt(r->arena, "/plans/%s/week", p->pid);
	v->kind = plan_kind_ja(p->kind);
	v->version = plan_version_ja(r->arena, p->version_no, p->revision_no);
	TRY(org_choices(ed));
	type_choices(ed);
	fields_of(ed, PLAN_HEAD, "", p, false, false, &v->texts, &v->n_texts);
	fields_of(ed, PLAN_HEAD, "", p, false, true, &v->head, &v->n_head);
	tree_rows(ed);
	if (add)
		add_asked(ed, add);
	tmpl_plan_edit(res_page_of(r, e), v);
	return OK;
}

static err frozen(struct editor *ed) { return ed->t.is_frozen ? ERR_PLAN_FROZEN : OK; }

err page_plan_edit(struct req *r)
{
	struct editor ed;
	TRY(open_plan(r, &ed));
	TRY(frozen(&ed));
	return show(&ed, NULL, OK);
}

err page_plan_edit_more(struct req *r)
{
	struct editor ed;
	TRY(open_plan(r, &ed));
	TRY(frozen(&ed));
	return show(&ed, req_field(r, "add"), OK);
}

/* ---- reading the form ---------------------------------------------------------------------------------------------------- */

static void set_text(const struct table_desc *t, void *row, const char *column, const char *v)
{
	*(const char **)row_column(t, row, column) = v;
}

static void read_day(struct editor *ed, const struct pe_spec *s, const char *name, const char *typed, void *row)
{
	struct era_date d;
	civil *to = row_column(s->part == PLAN_HEAD ? &T_plan : plan_part(s->part)->table, row, s->column);
	if (str_blank(typed))
		*to = CIVIL_NONE;
	else if (era_parse(ed->r->c, name, typed, &d) == OK)
		*to = d.from;
}

static void read_number(struct editor *ed, const struct pe_spec *s, const char *name, const char *typed, void *row)
{
	int64_t v, *to = row_column(s->part == PLAN_HEAD ? &T_plan : plan_part(s->part)->table, row, s->column);
	int min;
	const char *label = s->label ? s->label : plan_field_label_ja(s->part, s->column);
	if (str_blank(typed))
		*to = INT_NULL;
	else if (s->kind == PE_TIME && week_time_parse(typed, &min))
		*to = min;
	else if (s->kind == PE_TIME)
		(void)fault_add(ed->r->c, name, ERR_INPUT, "「%s」は「9:30」のように時刻で入力してください。翌日は「翌6:00」と書きます。", label);
	else if (str_int(number_even(ed->r->arena, typed), &v) && v >= 0 && v < 1000000)
		*to = v;
	else
		(void)fault_add(ed->r->c, name, ERR_INPUT, "「%s」は、0以上の整数で入力してください。", label);
}

static void read_org(struct editor *ed, const char *name, const char *typed, void *row)
{
	struct t_plan_service *s = row;
	struct org o;
	s->org_id = INT_NULL;
	if (str_blank(typed))
		return;
	if (org_get(ed->r->c, typed, &o) == OK)
		s->org_id = o.id;
	else
		(void)fault_add(ed->r->c, name, ERR_NOT_CHOICE, "「事業所」は、一覧から選んでください。");
}

static const char *days_sent(struct editor *ed, const char *name)
{
	const char **v;
	size_t n = req_all(ed->r, name, &v);
	unsigned mask = 0;
	for (size_t i = 0; i < n; i++)
		if (v[i][0] >= '1' && v[i][0] <= '7' && !v[i][1])
			mask |= 1u << (v[i][0] - '1');
	return week_days_code(ed->r->arena, mask);
}

static void read_field(struct editor *ed, const struct pe_spec *s, const char *key, void *row)
{
	const struct table_desc *t = s->part == PLAN_HEAD ? &T_plan : plan_part(s->part)->table;
	const char *name = name_of(ed, s->part, key, s->column), *typed = req_field(ed->r, name);
	bool sent = req_has(ed->r, name);
	if (s->kind == PE_CHECK) { /* an unticked box is not sent */
		*(bool *)row_column(t, row, s->column) = str_eq(typed, "1");
	} else if (s->kind == PE_DAYS) {
		set_text(t, row, s->column, days_sent(ed, name));
	} else if (!sent) {
		return;
	} else if (s->kind == PE_DATE) {
		read_day(ed, s, name, typed, row);
	} else if (s->kind == PE_TIME || s->kind == PE_NUMBER) {
		read_number(ed, s, name, typed, row);
	} else if (s->choices == PE_ORGS) {
		read_org(ed, name, typed, row);
	} else {
		set_text(t, row, s->column, s->kind == PE_AREA ? str_lf(ed->r->arena, typed) : str_trim(ed->r->arena, typed));
	}
}

static void read_row(struct editor *ed, enum plan_part part, const char *key, void *row)
{
	size_t n;
	const struct pe_spec *s = pe_specs(&n);
	for (size_t i = 0; i < n; i++)
		if (s[i].part == part && !(s[i].form == 'H' && ed->v.is_prevention) && !(s[i].form == 'Y' && !ed->v.is_prevention))
			read_field(ed, &s[i], key, row);
}

struct reading {
	struct plan_child *v;
	size_t n, cap;
};

/* A new row of which nothing was filled in is no row. */
static bool is_blank_row(struct editor *ed, enum plan_part part, const char *key)
{
	size_t n;
	const struct pe_spec *s = pe_specs(&n);
	for (size_t i = 0; i < n; i++)
		if (s[i].part == part && !str_eq(s[i].column, "no") && !str_eq(s[i].column, "whose") && !str_eq(s[i].column, "actor") && !str_eq(s[i].column, "covered") &&
		    !str_blank(req_field(ed->r, name_of(ed, part, key, s[i].column))))
			return false;
	return true;
}

static bool has_children(const struct pe_row *x, struct editor *ed)
{
	for (size_t i = 0; i < x->n_children; i++)
		if (!x->children[i].is_new || !is_blank_row(ed, x->children[i].part, x->children[i].key) || has_children(&x->children[i], ed))
			return true;
	return false;
}

static void take(struct editor *ed, struct reading *rd, struct pe_row *x)
{
	const char *version = name_of(ed, x->part, x->key, "version");
	bool on_page = req_has(ed->r, version);
	int64_t base;
	if (on_page && !(x->is_new && is_blank_row(ed, x->part, x->key) && !has_children(x, ed))) {
		const struct table_desc *t = plan_part(x->part)->table;
		read_row(ed, x->part, x->key, x->row);
		if (str_int(req_field(ed->r, version), &base))
			*(int64_t *)row_column(t, x->row, "version") = base;
		if (x->part == PLAN_SERVICE)
			plan_service_complete(ed->r->c, x->row);
		rd->v[rd->n++] = (struct plan_child){.part = x->part, .key = x->key, .parent_key = x->parent, .row = x->row, .gone = *req_field(ed->r, x->gone) != '\0'};
	}
	for (size_t i = 0; i < x->n_children; i++)
		take(ed, rd, &x->children[i]);
}

static size_t count_rows(const struct pe_row *v, size_t n)
{
	size_t sum = n;
	for (size_t i = 0; i < n; i++)
		sum += count_rows(v[i].children, v[i].n_children);
	return sum;
}

static err read(struct editor *ed, struct t_plan *head, struct reading *rd)
{
	struct plan_edit_view *v = &ed->v;
	size_t before = ed->r->c->n_faults;
	int64_t base;
	tree_rows(ed);
	rd->v = ARENA_ARRAY(ed->r->arena, count_rows(v->needs, v->n_needs) + v->n_areas + 1, struct plan_child);
	*head = ed->t.plan;
	read_row(ed, PLAN_HEAD, "", head);
	if (str_int(req_field(ed->r, "base"), &base))
		head->version = base;
	for (size_t i = 0; i < v->n_areas; i++)
		take(ed, rd, &v->areas[i]);
	for (size_t i = 0; i < v->n_needs; i++)
		take(ed, rd, &v->needs[i]);
	return ed->r->c->n_faults > before ? ERR_INPUT : OK;
}

/* The rows for the page that comes back are read anew: reading wrote into them. */
static err again(struct req *r, err e)
{
	struct editor ed;
	TRY(open_plan(r, &ed));
	return show(&ed, NULL, e);
}

err page_plan_edit_save(struct req *r)
{
	struct editor ed;
	struct reading rd = {0};
	struct t_plan head;
	struct plan_conflicts conflicts = {0};
	const char *pid = NULL;
	TRY(open_plan(r, &ed));
	err e = read(&ed, &head, &rd);
	if (e == OK)
		e = plan_save(r->c, &(struct plan_edit){.pid = ed.t.plan.pid, .head = &head, .children = rd.v, .n_children = rd.n}, &pid, &conflicts);
	if (e == ERR_CONFLICT && conflicts.n)
		return page_plan_conflict(r, &ed.t, &conflicts, arena_fmt(r->arena, "/plans/%s/edit", ed.t.plan.pid));
	if (page_is_input(e))
		return again(r, e);
	TRY(e);
	TRY(draft_discard(r->c, arena_fmt(r->arena, "plan/%s", pid)));
	return res_done(r, "saved", "/plans/%s%s", pid, str_eq(req_field(r, "then"), "stay") ? "/edit" : "");
}
