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
}
