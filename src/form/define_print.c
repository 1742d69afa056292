/* print.json: every "item", "rule" and "list" it names must exist, wherever it stands. What a box may hold besides
 * is checked by form/print, which draws it. */
#include "base/str.h"
#include "form/loader.h"

static void references(struct loader *l, const struct json *v, const char *where)
{
	for (size_t i = 0; v && (v->type == JSON_OBJECT || v->type == JSON_ARRAY) && i < v->n; i++) {
		const struct json *m = v->items[i];
		const char *key = v->type == JSON_OBJECT ? v->keys[i] : "";
		bool item = str_eq(key, "item") || str_eq(key, "list") || str_eq(key, "if"), rule = str_eq(key, "rule");
		if (item && m->type == JSON_STRING && !form_item_find(l->def, m->text))
			loader_problem(l, where, "「%s」という項目がありません", m->text);
		if (str_eq(key, "drawing")) {
			const struct form_item *it = m->type == JSON_STRING ? form_item_find(l->def, m->text) : NULL;
			if (!it || it->type != ITEM_IMG)
				loader_problem(l, where, "drawing「%s」という図の項目がありません", json_text(m, ""));
		}
		if (rule && m->type == JSON_STRING && !rule_find(l->rules, m->text))
			loader_problem(l, where, "「%s」という式がありません", m->text);
		references(l, m, json_get_text(v, "id", where));
	}
}

static bool names(const struct json *v, const char *key, const struct form_item *it)
{
	if (v->type == JSON_STRING)
		/* a column has its place where it is named, or where its list is shown as a whole */
		return str_eq(v->text, it->path) || (it->parent && str_eq(v->text, it->parent->path) && !str_eq(key, "list"));
	for (size_t i = 0; (v->type == JSON_OBJECT || v->type == JSON_ARRAY) && i < v->n; i++)
		if (names(v->items[i], v->type == JSON_OBJECT ? v->keys[i] : key, it))
			return true;
	return false;
}

bool form_prints(const struct form_def *d, const struct form_item *it)
{
	const struct json *blocks = json_get(d->print, "blocks");
	return !d->print || (blocks && names(blocks, "", it));
}

static bool left_out(const struct form_def *d, const struct form_item *it)
{
	const struct json *v = json_get(d->print, "not_printed");
	for (size_t i = 0; v && i < v->n; i++)
		if (str_eq(json_text(json_at(v, i), ""), it->path))
			return true;
	return false;
}

/* Every item has a place on paper or is said to have none: nothing is forgotten by a slip. */
static void places(struct loader *l, const struct form_item *it, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (it[i].type == ITEM_LIST) {
			places(l, it[i].children, it[i].n_children);
			continue;
		}
		bool has = form_prints(l->def, &it[i]), out = left_out(l->def, &it[i]);
		if (!has && !out && it[i].type != ITEM_DISPLAY && it[i].type != ITEM_DERIVED)
			loader_problem(l, it[i].path, "印刷するところがありません。様式に欄がないときは not_printed に挙げてください");
		if (has && out)
			loader_problem(l, it[i].path, "not_printed にあるのに、印刷するところがあります");
	}
}

void loader_print(struct loader *l)
{
	l->file = arena_fmt(l->a, "%s/%s/print.json", l->def->id, l->def->version);
	if (!l->def->print)
		return;
	if (l->def->print->type != JSON_OBJECT) {
		loader_problem(l, "", "{ } で書いてください");
		return;
	}
	references(l, l->def->print, "");
	places(l, l->def->items, l->def->n_items);
}
