#include "base/buf.h"
#include "base/str.h"
#include "jp/era.h"
#include "register/org.h"
#include "register/person.h"
#include "tmpl/person_drawing.h"
#include "web/asset.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/pages/conflict.h"
#include "web/pages/drawing.h"
#include "web/pages/insurance.h"
#include "web/route.h"

static struct ui_field codes(struct req *r, const char *name, const char *label, const struct gen_code *v, size_t n, const char *stored, bool blank)
{
	struct ui_choice *out = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	for (size_t i = 0; i < n; i++)
		out[i] = (struct ui_choice){.value = v[i].code, .label = v[i].label};
	return (struct ui_field){.name = name, .label = label, .value = stored, .choices = out, .n_choices = n, .optional_blank = blank};
}

static const char *period(struct req *r, civil from, civil to)
{
	if (from == CIVIL_NONE && to == CIVIL_OPEN)
		return "";
	return arena_fmt(r->arena, "%s〜%s", from == CIVIL_NONE ? "" : era_text(r->arena, from), to == CIVIL_OPEN ? "" : era_text(r->arena, to));
}

static const char *name_of(const struct ecomap *e, int node) { return node < 0 ? "本人" : e->nodes[node].name; }

static void rows(struct req *r, struct ecomap_view *v)
{
	const struct ecomap *e = v->e;
	v->rows = ARENA_ARRAY(r->arena, e->n_nodes + 1, struct ecomap_row);
	v->ties = ARENA_ARRAY(r->arena, e->n_ties + 1, struct ecomap_tie_row);
	for (size_t i = 0; i < e->n_nodes; i++)
		v->rows[i] = (struct ecomap_row){.n = &e->nodes[i], .period = period(r, e->nodes[i].row->from_on, e->nodes[i].row->to_on),
			.edit_path = arena_fmt(r->arena, "%s?who=%s#edit", v->bar.base, e->nodes[i].row->pid)};
	for (size_t i = 0; i < e->n_ties; i++)
		v->ties[i] = (struct ecomap_tie_row){.t = &e->ties[i], .from = name_of(e, e->ties[i].a), .to = name_of(e, e->ties[i].b),
			.period = period(r, e->ties[i].row->from_on, e->ties[i].row->to_on),
			.edit_path = arena_fmt(r->arena, "%s?tie=%s#edit", v->bar.base, e->ties[i].row->pid)};
}

static err node_form(struct req *r, struct ecomap_view *v)
{
	struct relation_view *rel;
	size_t n, n_rel;
	TRY(relation_list(r->c, v->e->person_id, &rel, &n_rel));
	struct gen_code *people = ARENA_ARRAY(r->arena, n_rel + 1, struct gen_code);
	for (size_t i = 0; i < n_rel; i++)
		people[i] = (struct gen_code){rel[i].row.pid, arena_fmt(r->arena, "%s（%s）", rel[i].name, rel[i].label)};
	v->relation = codes(r, "relation", "家族・関係者", people, n_rel, v->who ? v->who->relation_pid : "", true);
	const struct gen_code *kinds = ecomap_kind_choices(&n);
	v->kind = codes(r, "kind", "種類", kinds, n, v->who ? v->who->row->kind : "", true);
	v->kind.required = true;
	return OK;
}

static void tie_fields(struct req *r, struct ecomap_view *v)
{
	size_t n;
	const struct t_ecomap_tie *t = v->tie ? v->tie->row : NULL;
	const struct gen_code *strengths = ecomap_strength_choices(&n);
	v->strength = codes(r, "strength", "つながりの強さ", strengths, n, t ? t->strength : "normal", false);
	const struct gen_code *flows = ecomap_flow_choices(&n);
	v->flow = codes(r, "flow", "支えの向き", flows, n, t ? t->flow : "", true);
	struct gen_code *ends = ARENA_ARRAY(r->arena, v->e->n_nodes + 2, struct gen_code);
	ends[0] = (struct gen_code){"me", "本人"};
	for (size_t i = 0; i < v->e->n_nodes; i++)
		ends[i + 1] = (struct gen_code){v->e->nodes[i].row->pid, v->e->nodes[i].name};
	v->a = codes(r, "a", "どこから", ends, v->e->n_nodes + 1, v->tie && v->tie->a >= 0 ? v->e->nodes[v->tie->a].row->pid : "me", false);
	v->b = codes(r, "b", "どこへ", ends, v->e->n_nodes + 1, v->tie ? v->e->nodes[v->tie->b].row->pid : "", true);
	v->b.required = true;
}

static err choose(struct req *r, struct ecomap_view *v, enum drawing_mode mode, const char *key)
{
	const struct ecomap *e = v->e;
	if (!v->bar.may_write)
		return OK;
	if (mode == DRAW_NO_FORM) {
		const char *add = req_query(r, "add"), *who = req_query(r, "who"), *tie = req_query(r, "tie");
		mode = str_eq(add, "node") ? DRAW_ADD : str_eq(add, "tie") || *tie ? DRAW_TIE : *who ? DRAW_PERSON : mode;
		key = *tie ? tie : who;
	}
	for (size_t i = 0; i < e->n_nodes && mode != DRAW_TIE; i++)
		if (str_eq(e->nodes[i].row->pid, key)) {
			v->who = &e->nodes[i];
			mode = DRAW_PERSON;
		}
	for (size_t i = 0; i < e->n_ties && !v->who; i++) /* a line of the picture may be opened by its key alone */
		if (str_eq(e->ties[i].row->pid, key)) {
			v->tie = &e->ties[i];
			mode = DRAW_TIE;
		}
	if ((mode == DRAW_PERSON && !v->who) || (mode == DRAW_TIE && !str_blank(key) && !v->tie))
		return OK;
	v->mode = mode;
	if (mode == DRAW_TIE || mode == DRAW_ADD)
		tie_fields(r, v);
	return mode == DRAW_ADD || mode == DRAW_PERSON ? node_form(r, v) : OK;
}

static civil day_of(struct req *r, const char *name)
{
	civil day;
	return era_guess(req_query(r, name), &day) ? day : CIVIL_NONE;
}

static err pictures(struct req *r, struct ecomap_view *v, struct ecomap *e)
{
	struct ecomap other;
	v->svg = (struct html_safe){drawing_svg(r->arena, ecomap_drawing(r->c, e), "eco")};
	if (v->with != CIVIL_NONE) {
		TRY(ecomap_get(r->c, e->person_pid, v->with, &other));
		v->svg_with = (struct html_safe){drawing_svg(r->arena, ecomap_drawing(r->c, &other), "eco-with")};
	}
	return OK;
}

static err show(struct req *r, enum drawing_mode mode, const char *key, const struct org *hits, size_t n_hits, err bad)
{
	struct page_view *page = page_view(r, "エコマップ");
	struct person_card card;
	struct ecomap e;
	TRY(person_page(r, page, req_param(r, "pid"), &card));
	record_tab(page, "family");
	page->back_path = arena_fmt(r->arena, "/persons/%s/family", card.p.pid);
	page->back_label = "家族・関係者";
	page->more_js = asset_path("drawing.js");
	page->wide = true;
	struct ecomap_view v = {.page = page, .e = &e, .locked_word = card.view.ask, .hits = hits, .n_hits = n_hits};
	v.bar.base = arena_fmt(r->arena, "/persons/%s/ecomap", card.p.pid);
	v.on = day_of(r, "on");
	v.with = day_of(r, "with");
	v.on_text = v.on == CIVIL_NONE ? "" : era_text(r->arena, v.on);
	v.with_text = v.with == CIVIL_NONE ? "" : era_text(r->arena, v.with);
	err got = ecomap_get(r->c, card.p.pid, v.on, &e);
	if (got == ERR_DENIED || got == ERR_NOTFOUND) {
		v.is_locked = true;
		v.pdf_path = "";
		tmpl_ecomap_page(res_page_of(r, bad), &v);
		return OK;
	}
	TRY(got);
	v.on = e.on;
	char on[CIVIL_TEXT], with[CIVIL_TEXT];
	civil_text(v.on, on);
	civil_text(v.with, with);
	v.pdf_path = arena_fmt(r->arena, "%s/pdf?on=%s%s%s", v.bar.base, on, *with ? "&with=" : "", with);
	v.bar.may_write = e.may_write;
	v.bar.may_print = policy_check(r->c, e.person_id, CLASS_FAMILY, ACTION_PRINT) == OK;
	if (e.may_write)
		TRY(drawing_steps(r->c, e.person_id, DRAWING_ECOMAP, &v.bar.steps));
	TRY(pictures(r, &v, &e));
	rows(r, &v);
	TRY(choose(r, &v, mode, key));
	for (size_t i = 0; i < e.n_nodes; i++)
		if (e.nodes[i].row->relation_id != INT_NULL && e.nodes[i].person_id)
			look_person(r, e.nodes[i].person_id);
	tmpl_ecomap_page(res_page_of(r, bad), &v);
	return OK;
}

err page_ecomap(struct req *r) { return show(r, DRAW_NO_FORM, "", NULL, 0, OK); }

err page_ecomap_pdf(struct req *r)
{
	const char *bytes;
	size_t n;
	struct ecomap e;
	civil on = day_of(r, "on"), with = day_of(r, "with");
	TRY(ecomap_get(r->c, req_param(r, "pid"), on, &e));
	look_person(r, e.person_id);
	look_as(r, ACTION_PRINT);
	for (size_t i = 0; i < e.n_nodes; i++)
		if (e.nodes[i].person_id)
			look_person(r, e.nodes[i].person_id);
	TRY(ecomap_pdf(r->c, req_param(r, "pid"), on, with, &bytes, &n));
	return res_pdf(r, bytes, n, "ecomap.pdf");
}

/* ---- acts ---- */

static err look(struct req *r)
{
	int64_t id;
	TRY(person_id(r->c, req_param(r, "pid"), &id));
	look_person(r, id);
	return OK;
}

static err done(struct req *r, const char *flash, const char *key)
{
	if (str_blank(key))
		return res_done(r, flash, "/persons/%s/ecomap", req_param(r, "pid"));
	return res_done(r, flash, "/persons/%s/ecomap?who=%s", req_param(r, "pid"), key);
}

static err answer(struct req *r, err e, struct row_conflict *conflict, enum drawing_mode mode, const char *key, const char *open)
{
	if (e == ERR_CONFLICT && conflict)
		return page_conflict(r, conflict, arena_fmt(r->arena, "/persons/%s/ecomap", req_param(r, "pid")));
	if (page_is_input(e))
		return show(r, mode, key, NULL, 0, e);
	TRY(e);
	return done(r, "saved", open);
}

#define TEXT(n, l, m) {.name = (n), .label = (l), .kind = FORMIN_TEXT, .max = (m)}
static const struct formin_field NODE[] = {
	{.name = "key", .label = "資源", .kind = FORMIN_CODE, .max = 40}, {.name = "relation", .label = "家族・関係者", .kind = FORMIN_CODE, .max = 40},
	TEXT("org_text", "機関・事業所", 100), {.name = "org", .label = "機関・事業所", .kind = FORMIN_PID}, TEXT("label", "図に出す名前", 60),
	{.name = "kind", .label = "種類", .kind = FORMIN_CODE}, {.name = "strength", .label = "つながりの強さ", .kind = FORMIN_CODE},
	{.name = "is_stress", .label = "ストレス・対立", .kind = FORMIN_BOOL}, {.name = "flow", .label = "支えの向き", .kind = FORMIN_CODE},
	{.name = "from_on", .label = "始まりの日", .kind = FORMIN_DAY}, {.name = "to_on", .label = "終わりの日", .kind = FORMIN_DAY}, TEXT("note", "備考", 500),
};

/* The organisation that was chosen, or the only one the words mean; else they are shown to choose from. */
static err org_of(struct req *r, int64_t *id, struct org **hits, size_t *n)
{
	struct org o;
	const char *pid = req_field(r, "org"), *text = req_field(r, "org_text");
	*id = INT_NULL;
	*n = 0;
	if (!str_blank(pid)) {
		TRY(org_get(r->c, pid, &o));
		*id = o.id;
		return OK;
	}
	if (str_blank(text))
		return OK;
	TRY(org_find(r->c, text, 8, hits, n));
	for (size_t i = 0; i < *n; i++)
		if (*n == 1 || str_eq((*hits)[i].name, text)) {
			*id = (*hits)[i].id;
			*n = 0;
			return OK;
		}
	if (*n)
		return fault_add(r->c, "org", ERR_NOT_CHOICE, "「%s」に当たる機関・事業所が%zu件あります。下から選んでください。", text, *n);
	return fault_add(r->c, "org_text", ERR_NOT_CHOICE, "「%s」という機関・事業所は登録されていません。名前だけを図に出すときは、「図に出す名前」に入れてください。", text);
}

err page_ecomap_node(struct req *r)
{
	struct row_conflict *conflict = NULL;
	struct org *hits = NULL;
	size_t n = 0;
	int64_t org = INT_NULL;
	TRY(look(r));
	err e = formin_read(r, NODE, FORMIN_N(NODE));
	const char *key = req_field(r, "key");
	if (e == OK)
		e = org_of(r, &org, &hits, &n);
	if (e == OK)
		e = ecomap_node_save_act(r->c, req_param(r, "pid"), &(struct ecomap_node_input){.pid = key, .version = formin_int(r, "base") == INT_NULL ? 0 : formin_int(r, "base"),
			.org_id = org, .relation_pid = req_field(r, "relation"), .label = req_field(r, "label"), .kind = req_field(r, "kind"), .note = req_field(r, "note"),
			.from_on = formin_day(r, "from_on"), .to_on = formin_day(r, "to_on"), .strength = req_field(r, "strength"), .flow = req_field(r, "flow"),
			.is_stress = formin_bool(r, "is_stress")}, &conflict);
	if (page_is_input(e) && n)
		return show(r, DRAW_ADD, key, hits, n, e);
	return answer(r, e, conflict, DRAW_ADD, key, "");
}

static const struct formin_field TIE[] = {
	{.name = "tie", .label = "つながり", .kind = FORMIN_CODE, .max = 40}, {.name = "a", .label = "どこから", .kind = FORMIN_CODE, .max = 40},
	{.name = "b", .label = "どこへ", .kind = FORMIN_CODE, .max = 40}, {.name = "strength", .label = "つながりの強さ", .kind = FORMIN_CODE},
	{.name = "is_stress", .label = "ストレス・対立", .kind = FORMIN_BOOL}, {.name = "flow", .label = "支えの向き", .kind = FORMIN_CODE},
	{.name = "from_on", .label = "始まりの日", .kind = FORMIN_DAY}, {.name = "to_on", .label = "終わりの日", .kind = FORMIN_DAY}, TEXT("note", "備考", 500),
};

err page_ecomap_tie(struct req *r)
{
	struct row_conflict *conflict = NULL;
	TRY(look(r));
	err e = formin_read(r, TIE, FORMIN_N(TIE));
	const char *tie = req_field(r, "tie");
	if (e == OK)
		e = ecomap_tie_save_act(r->c, req_param(r, "pid"), &(struct ecomap_tie_input){.pid = tie, .version = formin_int(r, "base") == INT_NULL ? 0 : formin_int(r, "base"),
			.a = req_field(r, "a"), .b = req_field(r, "b"), .strength = req_field(r, "strength"), .flow = req_field(r, "flow"), .note = req_field(r, "note"),
			.is_stress = formin_bool(r, "is_stress"), .from_on = formin_day(r, "from_on"), .to_on = formin_day(r, "to_on")}, &conflict);
	return answer(r, e, conflict, DRAW_TIE, tie, "");
}

static const struct formin_field REMOVE[] = {
	{.name = "key", .label = "資源", .kind = FORMIN_CODE, .max = 40, .required = true},
	{.name = "reason", .label = "理由", .kind = FORMIN_TEXT, .max = 500, .required = true},
};

err page_ecomap_remove(struct req *r)
{
	TRY(look(r));
	err e = formin_read(r, REMOVE, FORMIN_N(REMOVE));
	if (e == OK)
		e = ecomap_remove(r->c, req_param(r, "pid"), req_field(r, "key"), req_field(r, "reason"));
	if (page_is_input(e))
		return show(r, DRAW_PERSON, req_field(r, "key"), NULL, 0, e);
	TRY(e);
	return done(r, "deleted", "");
}

static const struct ui_choice DIRS[] = {{.value = "left", .label = "前"}, {.value = "right", .label = "後ろ"}};
static const struct formin_field MOVE[] = {
	{.name = "key", .label = "資源", .kind = FORMIN_CODE, .max = 40, .required = true},
	{.name = "dir", .label = "向き", .kind = FORMIN_CODE, .choices = DIRS, .n_choices = 2, .required = true},
};

err page_ecomap_move(struct req *r)
{
	TRY(look(r));
	err e = formin_read(r, MOVE, FORMIN_N(MOVE));
	if (e == OK)
		e = ecomap_move(r->c, req_param(r, "pid"), req_field(r, "key"), str_eq(req_field(r, "dir"), "right"));
	return answer(r, e, NULL, DRAW_PERSON, req_field(r, "key"), req_field(r, "key"));
}

static err go(struct req *r, err (*fn)(struct ctx *c, int64_t person_id, const char *drawing))
{
	int64_t id;
	TRY(person_id(r->c, req_param(r, "pid"), &id));
	look_person(r, id);
	TRY(formin_read(r, NULL, 0));
	TRY(fn(r->c, id, DRAWING_ECOMAP));
	return done(r, "restored", "");
}

err page_ecomap_undo(struct req *r) { return go(r, drawing_undo); }
err page_ecomap_redo(struct req *r) { return go(r, drawing_redo); }
