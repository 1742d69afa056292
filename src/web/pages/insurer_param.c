#include "web/pages/insurer_param.h"

#include "base/buf.h"
#include "base/house.h"
#include "base/str.h"
#include "jp/era.h"
#include "law/names.h"
#include "law/numbers.h"
#include "register/draft.h"
#include "tmpl/admin_insurer.h"
#include "web/formin.h"
#include "web/pages/columns.h"
#include "web/pages/conflict.h"
#include "web/pages/person.h"
#include "web/route.h"

#include <string.h>

/* ---- lists ------------------------------------------------------------------------------------------------------- */

err page_insurers(struct req *r)
{
	struct insurer_list_view v = {.page = page_view(r, "保険者の設定")};
	struct org_filter f = ORG_ALL();
	struct org *o;
	size_t n;
	f.kind = "insurer";
	TRY(org_list(r->c, &f, &o, &n));
	struct insurer_shown *rows = ARENA_ARRAY(r->arena, n + 1, struct insurer_shown);
	for (size_t i = 0; i < n; i++) {
		struct insurer_param_now *now;
		size_t n_now;
		rows[i].o = &o[i];
		TRY(insurer_param_now(r->c, o[i].id, r->c->today, &now, &n_now));
		for (size_t k = 0; k < n_now; k++)
			rows[i].n_set += now[k].set != NULL;
	}
	v.rows = rows;
	v.n_rows = n;
	tmpl_admin_insurers(res_page(r), &v);
	return OK;
}

static const char *bounds_of(struct arena *a, const struct law_param *p)
{
	if (str_eq(p->type, "int"))
		return arena_fmt(a, "%s%sから%s%s", p->lower, law_unit_ja(p->unit), p->upper, law_unit_ja(p->unit));
	if (!str_eq(p->type, "choice"))
		return "日付";
	struct buf b = buf_new(a);
	size_t n;
	char **v = str_split(a, p->lower, '|', &n);
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%s%s", i ? "／" : "", insurer_param_choice_word(a, p, v[i]));
	return b.p;
}

static struct insurer_param_shown shown(struct req *r, const struct org *o, const struct insurer_param_now *x)
{
	struct arena *a = r->arena;
	return (struct insurer_param_shown){.def = x->def, .label = insurer_param_label(a, x->def), .value = insurer_param_words(a, x->def, x->value, era_text),
		.fallback = insurer_param_words(a, x->def, x->def->fallback, era_text), .bounds = bounds_of(a, x->def), .source = x->set ? x->set->ground : x->def->source,
		.confidence = law_confidence_words(a, x->def->confidence), .from = x->set ? x->set->valid_from : CIVIL_NONE, .to = x->set ? x->set->valid_to : CIVIL_OPEN,
		.path = arena_fmt(a, "/insurers/%s/params/%s", o->pid, x->def->key), .n_rows = x->n_rows,
		.open = str_eq(x->def->confidence, "C") || str_eq(x->def->confidence, "要確認")};
}

err page_insurer(struct req *r)
{
	static const struct formin_field query[] = {{.name = "on", .label = "いつ", .kind = FORMIN_DAY}};
	struct org o;
	struct insurer_param_now *now;
	size_t n;
	TRY(org_get(r->c, req_param(r, "pid"), &o));
	struct page_view *page = page_view(r, arena_fmt(r->arena, "%sの設定", o.name));
	struct insurer_view v = {.page = page, .o = &o, .may_write = insurer_param_may_write(r->c, o.id)};
	formin_read_query(r, query, FORMIN_N(query));
	if (!era_guess(str_or(req_query(r, "on"), ""), &v.day) || v.day == CIVIL_NONE)
		v.day = r->c->today;
	v.on = (struct ui_field){.name = "on", .label = "いつの値か", .day = v.day, .has_day = true};
	page->wide = true;
	page->back_path = "/insurers";
	page->back_label = "保険者の設定";
	TRY(insurer_param_now(r->c, o.id, v.day, &now, &n));
	struct insurer_param_shown *rows = ARENA_ARRAY(r->arena, n + 1, struct insurer_param_shown);
	for (size_t i = 0; i < n; i++)
		rows[i] = shown(r, &o, &now[i]);
	v.rows = rows;
	v.n_rows = n;
	tmpl_admin_insurer(res_page(r), &v);
	return OK;
}

/* ---- one key, one value ------------------------------------------------------------------------------------------ */

static const char *act_ja(const char *action)
{
	static const char *const words[][2] = {{"insert", "登録"}, {"save", "変更"}, {"retire", "取りやめ"}, {"restore", "元に戻した"}, {"revert", "元の版に戻した"}};
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (str_eq(words[i][0], action))
			return words[i][1];
	return action;
}

static err versions_of(struct req *r, const struct law_param *def, struct insurer_param_view *v)
{
	struct insurer_param_version *rows;
	size_t n;
	TRY(insurer_param_versions(r->c, v->row->pid, &rows, &n));
	struct insurer_version_shown *out = ARENA_ARRAY(r->arena, n + 1, struct insurer_version_shown);
	for (size_t i = 0; i < n; i++) {
		const struct t_insurer_param *x = &rows[i].row;
		out[i] = (struct insurer_version_shown){.version = rows[i].version, .at_ms = rows[i].at_ms, .who = account_word(r, rows[i].by), .what = act_ja(rows[i].action),
			.value = insurer_param_words(r->arena, def, x->value, era_text), .ground = x->ground, .note = x->note, .from = x->valid_from, .to = x->valid_to};
	}
	v->versions = out;
	v->n_versions = n;
	return OK;
}

static err values_of(struct req *r, const struct law_param *def, struct insurer_param_view *v)
{
	for (int away = 0; away < 2; away++) {
		struct t_insurer_param *rows;
		size_t n;
		TRY(insurer_param_list(r->c, v->o->id, def->key, away, &rows, &n));
		struct insurer_value_shown *out = ARENA_ARRAY(r->arena, n + 1, struct insurer_value_shown);
		for (size_t i = 0; i < n; i++)
			out[i] = (struct insurer_value_shown){&rows[i], insurer_param_words(r->arena, def, rows[i].value, era_text), arena_fmt(r->arena, "/insurer-params/%s", rows[i].pid),
				rows[i].valid_from <= r->c->today && r->c->today <= rows[i].valid_to};
		*(away ? &v->away : &v->values) = out;
		*(away ? &v->n_away : &v->n_values) = n;
	}
	return OK;
}

/* Days stand one a line in the box. */
static const char *days_typed(struct req *r, const char *value)
{
	struct buf b = buf_new(r->arena);
	size_t n = 0;
	char **v = *value ? str_split(r->arena, value, '|', &n) : NULL;
	for (size_t i = 0; v && i < n; i++) {
		civil day;
		buf_fmt(&b, "%s\n", civil_parse(v[i], &day) ? era_text(r->arena, day) : v[i]);
	}
	return b.n ? b.p : "なし";
}

static struct ui_field value_field(struct req *r, const struct law_param *p, const char *value)
{
	struct ui_field f = {.name = "value", .label = "値", .value = value, .required = true, .width = "m", .no_snippet = true};
	if (str_eq(p->type, "int")) {
		f.unit = law_unit_ja(p->unit);
		f.mode = "numeric";
		f.help = arena_fmt(r->arena, "%s。決めないときの値は%s%s", bounds_of(r->arena, p), p->fallback, law_unit_ja(p->unit));
		return f;
	}
	if (str_eq(p->type, "days")) {
		f.value = *value || !r->c ? days_typed(r, value) : "";
		f.rows = 8;
		f.help = "1行に1日ずつ（令和8年12月29日・R8.12.29・2026-12-29 のどれでも）。土日と祝日は要りません。ないときは「なし」";
		return f;
	}
	size_t n;
	char **v = str_split(r->arena, p->lower, '|', &n);
	struct ui_choice *c = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	for (size_t i = 0; i < n; i++)
		c[i] = (struct ui_choice){.value = v[i], .label = insurer_param_choice_word(r->arena, p, v[i])};
	f.choices = c;
	f.n_choices = n;
	return f;
}

/* row->id 0: the page of a key with the form for a new value. */
static err show(struct req *r, const struct org *o, const struct t_insurer_param *row, err e)
{
	const struct law_param *def = law_param_find(r->c->house->law, row->key);
	struct insurer_param_now *now;
	size_t n;
	if (!def)
		return ERR_NOTFOUND;
	bool is_new = row->id == 0;
	struct page_view *page = page_view(r, is_new ? insurer_param_label(r->arena, def) : "設定の値を直す");
	struct insurer_param_view v = {.page = page, .o = o, .row = is_new ? NULL : row, .may_write = insurer_param_may_write(r->c, o->id), .is_choice = str_eq(def->type, "choice"),
		.is_days = str_eq(def->type, "days"), .save_label = is_new ? "この値を登録する" : "保存",
		.action = is_new ? arena_fmt(r->arena, "/insurers/%s/params/%s", o->pid, def->key) : arena_fmt(r->arena, "/insurer-params/%s", row->pid)};
	page->back_path = is_new ? arena_fmt(r->arena, "/insurers/%s", o->pid) : arena_fmt(r->arena, "/insurers/%s/params/%s", o->pid, def->key);
	page->back_label = is_new ? arena_fmt(r->arena, "%sの設定", o->name) : insurer_param_label(r->arena, def);
	if (v.may_write && (is_new || row->retired_ms == INT_NULL)) {
		page->draft_key = is_new ? arena_fmt(r->arena, "insurer:%s:%s", o->pid, def->key) : arena_fmt(r->arena, "insurer-param:%s", row->pid);
		page->base_version = is_new ? 0 : row->version;
	}
	TRY(insurer_param_now(r->c, o->id, r->c->today, &now, &n));
	for (size_t i = 0; i < n; i++)
		if (now[i].def == def) {
			struct insurer_param_shown *p = ARENA_NEW(r->arena, struct insurer_param_shown);
			*p = shown(r, o, &now[i]);
			v.p = p;
		}
	v.ask_after = fault_of(r->c, "after_ok") != NULL;
	v.value = value_field(r, def, is_new ? "" : row->value);
	if (is_new)
		TRY(values_of(r, def, &v));
	else
		TRY(versions_of(r, def, &v));
	tmpl_admin_insurer_param(res_page_of(r, e), &v);
	return OK;
}

static const struct formin_field FIELDS[] = {{.name = "value", .label = "値", .kind = FORMIN_LINES, .max = 8000}, {.name = "valid_from", .label = "最初の日", .kind = FORMIN_DAY},
	{.name = "valid_to", .label = "最後の日", .kind = FORMIN_DAY}, {.name = "ground", .label = "根拠", .max = 200}, {.name = "note", .label = "メモ", .kind = FORMIN_LINES, .max = 2000},
	{.name = "after_ok", .label = "その後の値を確かめた", .kind = FORMIN_BOOL}};

/* A value with an end of its own cuts the one that runs, and the day after nothing is left but the default: asked before it is saved. */
static err ask_after(struct req *r, const struct t_insurer_param *row)
{
	const struct t_insurer_param *next;
	const struct law_param *def = law_param_find(r->c->house->law, row->key);
	struct insurer_param_now *now;
	bool falls;
	size_t n;
	TRY(insurer_param_after(r->c, row, &next, &falls));
	if (!falls || formin_bool(r, "after_ok"))
		return OK;
	const char *cut = "";
	TRY(insurer_param_now(r->c, row->insurer_org_id, row->valid_from == CIVIL_NONE ? r->c->today : row->valid_from, &now, &n));
	for (size_t i = 0; i < n; i++)
		if (now[i].def == def && now[i].set && now[i].set->id != row->id)
			cut = arena_fmt(r->arena, "今の「%s」は%sで終わり、その後も戻りません。", insurer_param_words(r->arena, def, now[i].value, era_text), era_text(r->arena, row->valid_from - 1));
	return fault_add(r->c, "after_ok", ERR_REQUIRED,
		"この値は%sで終わり、%sからは「決めないとき」の値「%s」になります。%s続ける値があるときは、「最後の日」を空欄にするか、先にその後の値を決めてください。これでよければ「その後の値を確かめた」に印を付けて、もう一度保存してください。",
		era_text(r->arena, row->valid_to), era_text(r->arena, row->valid_to + 1), insurer_param_words(r->arena, def, def->fallback, era_text), cut);
}

static err read(struct req *r, struct t_insurer_param *row)
{
	TRY(formin_read(r, FIELDS, FORMIN_N(FIELDS)));
	row->value = req_field(r, "value");
	row->valid_from = formin_day(r, "valid_from");
	row->valid_to = formin_day(r, "valid_to");
	row->ground = req_field(r, "ground");
	row->note = req_field(r, "note");
	return OK;
}

err page_insurer_param(struct req *r)
{
	struct org o;
	struct t_insurer_param row;
	TRY(org_get(r->c, req_param(r, "pid"), &o));
	insurer_param_init(&row);
	row.key = req_param(r, "key");
	return show(r, &o, &row, OK);
}

err page_insurer_param_add(struct req *r)
{
	struct org o;
	struct t_insurer_param row;
	TRY(org_get(r->c, req_param(r, "pid"), &o));
	insurer_param_init(&row);
	row.insurer_org_id = o.id;
	row.key = req_param(r, "key");
	if (!law_param_find(r->c->house->law, row.key))
		return ERR_NOTFOUND;
	err e = read(r, &row);
	if (e == OK)
		e = ask_after(r, &row);
	if (e == OK)
		e = insurer_param_save(r->c, &row, NULL);
	if (page_is_input(e)) {
		row.id = 0;
		return show(r, &o, &row, e);
	}
	TRY(e);
	TRY(draft_discard(r->c, arena_fmt(r->arena, "insurer:%s:%s", o.pid, row.key)));
	return res_done(r, "created", "/insurers/%s/params/%s", o.pid, row.key);
}

static err open_value(struct req *r, struct t_insurer_param *row, struct org *o)
{
	TRY(insurer_param_get(r->c, req_param(r, "pid"), row));
	return org_load(r->c, row->insurer_org_id, o);
}

err page_insurer_value(struct req *r)
{
	struct t_insurer_param row;
	struct org o;
	TRY(open_value(r, &row, &o));
	return show(r, &o, &row, OK);
}

err page_insurer_value_save(struct req *r)
{
	struct t_insurer_param row;
	struct org o;
	struct row_conflict *conflict = NULL;
	TRY(open_value(r, &row, &o));
	err e = read(r, &row);
	if (e == OK)
		e = ask_after(r, &row);
	if (e == OK) {
		row.version = formin_int(r, "base");
		e = insurer_param_save(r->c, &row, &conflict);
	}
	if (e == ERR_CONFLICT && conflict)
		return page_conflict(r, conflict, arena_fmt(r->arena, "/insurer-params/%s", row.pid));
	if (page_is_input(e))
		return show(r, &o, &row, e);
	TRY(e);
	TRY(draft_discard(r->c, arena_fmt(r->arena, "insurer-param:%s", row.pid)));
	return res_done(r, "saved", "/insurers/%s/params/%s", o.pid, row.key);
}

err page_insurer_value_retire(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "reason", .label = "理由", .max = 200}};
	struct t_insurer_param row;
	struct org o;
	TRY(open_value(r, &row, &o));
	err e = formin_read(r, fields, FORMIN_N(fields));
	if (e == OK)
		e = insurer_param_retire(r->c, row.pid, req_field(r, "reason"));
	if (page_is_input(e))
		return show(r, &o, &row, e);
	TRY(e);
	return res_done(r, "deleted", "/insurers/%s/params/%s", o.pid, row.key);
}

err page_insurer_value_restore(struct req *r)
{
	struct t_insurer_param row;
	struct org o;
	TRY(open_value(r, &row, &o));
	err e = insurer_param_restore(r->c, row.pid);
	if (page_is_input(e)) {
		insurer_param_init(&row);
		struct t_insurer_param key;
		TRY(insurer_param_get(r->c, req_param(r, "pid"), &key));
		row.key = key.key;
		return show(r, &o, &row, e);
	}
	TRY(e);
	return res_done(r, "restored", "/insurers/%s/params/%s", o.pid, row.key);
}
