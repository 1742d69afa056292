/* 409 of a plan: rows in dispute, field by field, on the page all conflicts have (pages/conflict). */
#include "base/str.h"
#include "care/plan_assist.h"
#include "jp/era.h"
#include "register/org.h"
#include "register/ranks.h"
#include "tmpl/consult_conflict.h"
#include "web/pages/conflict.h"
#include "web/pages/plan_edit_spec.h"

#include <string.h>

static const struct pe_spec *spec_of(enum plan_part part, const char *column)
{
	size_t n;
	const struct pe_spec *s = pe_specs(&n);
	for (size_t i = 0; i < n; i++)
		if (s[i].part == part && str_eq(s[i].column, column))
			return &s[i];
	return NULL;
}

static const char *name_of(struct req *r, const struct plan_conflict *k, const char *column)
{
	return k->part == PLAN_HEAD ? column : arena_fmt(r->arena, "%s.%s.%s", plan_part(k->part)->code, k->key, column);
}

/* The stored text as the field of the page holds it. */
static const char *value_of(struct req *r, const struct pe_spec *s, const char *v)
{
	int64_t n;
	struct org o;
	if (s->kind == PE_TIME && str_int(v, &n))
		return plan_clock_ja(r->arena, (int)n);
	if (s->choices == PE_ORGS)
		return str_int(v, &n) && org_load(r->c, n, &o) == OK ? o.pid : "";
	if (s->kind == PE_CHECK)
		return str_eq(v, "はい") || str_eq(v, "1") ? "1" : "";
	return v;
}

static const char *words_of(struct req *r, const struct pe_spec *s, const char *v)
{
	size_t n;
	civil day;
	int64_t id;
	struct org o;
	if (str_blank(v))
		return "（空欄）";
	if (s->kind == PE_DATE)
		return civil_parse(v, &day) ? era_text(r->arena, day) : v;
	if (s->choices == PE_ORGS)
		return str_int(v, &id) && org_load(r->c, id, &o) == OK ? o.name : "（空欄）";
	if (s->choices == PE_LEVELS)
		return ranks_label_ja(CODE_LEVEL, v);
	if (s->kind == PE_TIME)
		return value_of(r, s, v);
	const struct ui_choice *c = pe_choices(s->choices, &n);
	for (size_t i = 0; c && i < n; i++)
		if (str_eq(c[i].value, v))
			return c[i].label;
	return v;
}

struct gathering {
	struct req *r;
	const struct plan_tree *t;
	struct conflict_view *v;
	struct pair *others;
	bool *done; /* fields of the form that are settled */
};

static void settle(struct gathering *g, const char *name)
{
	for (size_t i = 0; i < g->r->form.n; i++)
		if (str_eq(g->r->form.v[i].name, name))
			g->done[i] = true;
}

static void put(struct gathering *g, const char *name, const char *value) { g->others[g->v->n_others++] = (struct pair){name, value}; }

/* The service of 第2表 that a stay belongs to: the page knows it as parent. */
static const struct t_plan_service *service_of(const struct gathering *g, const char *id)
{
	int64_t v;
	for (size_t i = 0; str_int(str_or(id, ""), &v) && i < g->t->n_services; i++)
		if (g->t->services[i].id == v)
			return &g->t->services[i];
	return NULL;
}

static const char *service_words(const struct t_plan_service *s) { return !s ? "（空欄）" : *s->type ? s->type : s->content; }

static bool is_service_of_slot(const struct plan_conflict *k, const char *column) { return k->part == PLAN_SLOT && str_eq(column, "service_id"); }

static void dispute_service(struct gathering *g, const struct plan_conflict *k, const struct row_conflict_field *f, struct conflict_field *o)
{
	const struct t_plan_service *base = service_of(g, f->base), *theirs = service_of(g, f->theirs), *mine = service_of(g, f->mine);
	*o = (struct conflict_field){.name = name_of(g->r, k, "parent"), .label = arena_fmt(g->r->arena, "%s　第2表のサービス", k->what), .base_words = service_words(base),
		.theirs_words = service_words(theirs), .mine_words = service_words(mine), .theirs = theirs ? theirs->pid : "", .mine = mine ? mine->pid : "", .both = "",
		.typed = true};
	settle(g, o->name);
}

static void dispute(struct gathering *g, const struct plan_conflict *k, const struct row_conflict_field *f)
{
	struct req *r = g->r;
	const struct pe_spec *s = spec_of(k->part, f->column);
	const char *name = name_of(r, k, f->column);
	const char *label = arena_fmt(r->arena, "%s%s%s", k->part == PLAN_HEAD ? "" : k->what, k->part == PLAN_HEAD ? "" : "　", plan_field_label_ja(k->part, f->column));
	struct conflict_field *o = &g->v->fields[g->v->n_fields++];
	if (is_service_of_slot(k, f->column)) {
		dispute_service(g, k, f, o);
		return;
	}
	if (!s) { /* taken out by one of the two */
		*o = (struct conflict_field){.name = name_of(r, k, "gone"), .label = arena_fmt(r->arena, "%sの削除", k->what), .base_words = "", .theirs_words = "残して直した",
			.mine_words = "削除する", .theirs = "", .mine = "1", .both = "", .typed = true};
		settle(g, o->name);
		return;
	}
	settle(g, name);
	*o = (struct conflict_field){.name = name, .label = label, .base_words = words_of(r, s, str_or(f->base, "")), .theirs_words = words_of(r, s, str_or(f->theirs, "")),
		.mine_words = words_of(r, s, str_or(f->mine, "")), .theirs = value_of(r, s, str_or(f->theirs, "")), .mine = value_of(r, s, str_or(f->mine, "")),
		.typed = s->kind != PE_DAYS, .may_join = s->kind == PE_AREA};
	o->both = arena_fmt(r->arena, "%s\n%s", o->theirs, o->mine);
}

/* What the other changed and the reader did not touch goes on as the other left it. */
static void carry(struct gathering *g, const struct plan_conflict *k)
{
	for (size_t i = 0; i < k->row->n_carried; i++) {
		const struct row_conflict_field *f = &k->row->carried[i];
		const struct pe_spec *s = spec_of(k->part, f->column);
		const char *name = name_of(g->r, k, f->column), *v = str_or(f->theirs, "");
		if (is_service_of_slot(k, f->column)) {
			const struct t_plan_service *theirs = service_of(g, f->theirs);
			settle(g, name_of(g->r, k, "parent"));
			put(g, name_of(g->r, k, "parent"), theirs ? theirs->pid : "");
		}
		if (!s)
			continue;
		settle(g, name);
		if (s->kind == PE_DAYS) {
			for (int d = 0; d < 7 && v[d]; d++)
				if (v[d] == '1')
					put(g, name, arena_fmt(g->r->arena, "%d", d + 1));
		} else {
			put(g, name, value_of(g->r, s, v));
		}
	}
}

static void one(struct gathering *g, const struct plan_conflict *k)
{
	const char *version = k->part == PLAN_HEAD ? "base" : name_of(g->r, k, "version");
	for (size_t i = 0; i < k->row->n; i++)
		dispute(g, k, &k->row->fields[i]);
	carry(g, k);
	settle(g, version);
	if (k->part != PLAN_HEAD)
		put(g, version, arena_fmt(g->r->arena, "%lld", (long long)k->row->theirs_version));
}

err page_plan_conflict(struct req *r, const struct plan_tree *t, const struct plan_conflicts *conflicts, const char *action)
{
	struct page_view *page = page_view(r, "ほかの人も同じ項目を直しています");
	size_t fields = 1, carried = 1;
	for (size_t i = 0; i < conflicts->n; i++) {
		fields += conflicts->v[i].row->n;
		carried += 7 * conflicts->v[i].row->n_carried + 1;
	}
	struct conflict_view v = {.page = page, .action = action, .cancel_path = arena_fmt(r->arena, "/plans/%s", t->plan.pid),
		.theirs_by = str_or(conflicts->theirs_name, "ほかの職員"), .theirs_ms = conflicts->theirs_ms, .theirs_version = t->plan.version};
	struct gathering g = {r, t, &v, ARENA_ARRAY(r->arena, r->form.n + carried, struct pair), ARENA_ARRAY(r->arena, r->form.n + 1, bool)};
	memset(g.done, 0, (r->form.n + 1) * sizeof *g.done);
	v.fields = ARENA_ARRAY(r->arena, fields, struct conflict_field);
	for (size_t i = 0; i < conflicts->n; i++) {
		if (conflicts->v[i].part == PLAN_HEAD)
			v.theirs_version = conflicts->v[i].row->theirs_version;
		one(&g, &conflicts->v[i]);
	}
	/* without a dispute over the head its base stays what the editor started from, so that its fields go on merging */
	const char *base = req_field(r, "base");
	bool head = false;
	for (size_t i = 0; i < conflicts->n; i++)
		head = head || conflicts->v[i].part == PLAN_HEAD;
	int64_t from;
	if (!head && str_int(base, &from))
		v.theirs_version = from;
	for (size_t i = 0; i < r->form.n; i++) {
		const char *name = r->form.v[i].name;
		if (!g.done[i] && !str_eq(name, "csrf") && !str_eq(name, "once") && !str_eq(name, "base"))
			put(&g, name, r->form.v[i].value);
	}
	v.others = g.others;
	tmpl_conflict_page(res_page_of(r, ERR_CONFLICT), &v);
	return OK;
}
