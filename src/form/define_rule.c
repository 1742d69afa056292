/* rules.json, and the expressions that stand in form.json. */
#include "base/str.h"
#include "form/loader.h"

static const struct rule_expr *expression(struct loader *l, const char *where, const char *text,
	const struct form_item *scope)
{
	if (str_count(text) > 2000) {
		loader_problem(l, where, "式が長すぎます");
		return NULL;
	}
	const char *why = "";
	struct rule_expr *e = rule_parse(l->a, l->def, scope, l->rules, text, &why);
	if (!e)
		loader_problem(l, where, "式「%s」: %s", text, why);
	return e;
}

static enum rule_kind read_kind(struct loader *l, const char *where, const char *kind)
{
	static const char *const names[] = {"value", "score", "category", "result", "check"};
	for (int i = 0; i < 5; i++)
		if (str_eq(names[i], kind))
			return (enum rule_kind)i;
	loader_problem(l, where, "kind は value, score, category, result, check のどれかです（「%s」）", kind);
	return RULE_VALUE;
}

static bool id_ok(const char *s)
{
	bool ok = *s >= 'a' && *s <= 'z';
	for (; *s; s++)
		ok = ok && ((*s >= 'a' && *s <= 'z') || (*s >= '0' && *s <= '9') || *s == '_');
	return ok;
}

static void read_result(struct loader *l, struct rule *r, const struct json *v)
{
	static const char *const keys[] = {"yes", "no", "unknown"};
	const char **codes[] = {&r->yes, &r->no, &r->unknown}, **labels[] = {&r->yes_label, &r->no_label, &r->unknown_label};
	static const char *const usual[] = {"該当", "非該当", "判定不能"};
	for (int i = 0; i < 3; i++) {
		const struct json *o = json_get(v, keys[i]);
		*labels[i] = json_get_text(o, "label", usual[i]);
		*codes[i] = json_get_text(o, "code", "");
		if (o)
			loader_keys(l, r->id, o, "code label");
		if (r->kind == RULE_RESULT && !**codes[i])
			loader_problem(l, r->id, "result には yes, no, unknown の code が要ります");
	}
}

static void read_check(struct loader *l, struct rule *r, const struct json *v)
{
	r->message = loader_text(l, r->id, v, "message");
	r->field = loader_text(l, r->id, v, "field");
	r->warning = json_bool(json_get(v, "warning"), false);
	if (!form_item_find(l->def, r->field))
		loader_problem(l, r->id, "field「%s」という項目がありません", r->field);
}

static void read_rule(struct loader *l, const struct json *v, struct rule *r)
{
	const char *where = json_get_text(v, "id", "");
	if (!loader_keys(l, where, v, "id code kind label meaning criterion expr unit scale max axis yes no unknown message "
				      "field warning source confidence"))
		return;
	r->id = loader_text(l, where, v, "id");
	if (!id_ok(r->id) || rule_find(l->rules, r->id))
		loader_problem(l, where, "式の名前が正しくないか、2つあります");
	const struct form_item *same = form_item_find(l->def, r->id);
	if (same && (same->type != ITEM_DERIVED || !str_eq(same->derive, r->id)))
		loader_problem(l, where, "式と項目の名前が同じです");
	r->code = json_get_text(v, "code", r->id);
	r->kind = read_kind(l, where, json_get_text(v, "kind", ""));
	r->label = loader_text(l, where, v, "label");
	r->meaning = json_get_text(v, "meaning", "");
	r->criterion = json_get_text(v, "criterion", "");
	r->unit = json_get_text(v, "unit", "");
	r->source = loader_text(l, where, v, "source");
	r->confidence = loader_text(l, where, v, "confidence");
	r->text = loader_text(l, where, v, "expr");
	r->axis = json_get(v, "axis") != NULL;
	r->axis_label = json_get_text(v, "axis", "");
	r->message = r->field = "";
	int64_t n = 0;
	if (json_get(v, "scale") && (!json_int(json_get(v, "scale"), &n) || n < 0 || n > 9))
		loader_problem(l, where, "scale は 0〜9 の数です");
	r->scale = (int)n;
	if (json_get(v, "max") && !json_int(json_get(v, "max"), &r->max))
		loader_problem(l, where, "max は整数です");
	if (r->axis && (r->kind != RULE_SCORE || r->max < 1))
		loader_problem(l, where, "axis は満点（max）のある score に書いてください");
	read_result(l, r, v);
	if (r->kind == RULE_CHECK)
		read_check(l, r, v);
	r->expr = *r->text ? expression(l, where, r->text, NULL) : NULL;
	bool judgement = r->kind == RULE_CATEGORY || r->kind == RULE_RESULT || r->kind == RULE_CHECK;
	if (r->expr && judgement && r->expr->type != RT_BOOL)
		loader_problem(l, where, "判定の式は真偽でなければなりません");
	if (r->expr && r->kind == RULE_SCORE && r->expr->type != RT_INT)
		loader_problem(l, where, "得点の式は数でなければなりません");
	if (r->expr && r->expr->type != RT_INT && r->expr->type != RT_BOOL && r->expr->type != RT_DATE)
		loader_problem(l, where, "式の値は数・真偽・日付のどれかです");
}

void loader_rules(struct loader *l)
{
	l->file = arena_fmt(l->a, "%s/%s/rules.json", l->def->id, l->def->version);
	if (!l->rules_json || !loader_keys(l, "", l->rules_json, "rules"))
		return;
	const struct json *list = json_get(l->rules_json, "rules");
	if (!json_is(list, JSON_ARRAY) || list->n > 500) {
		loader_problem(l, "rules", "[ ] で、500個まで書いてください");
		return;
	}
	l->rules->rules = ARENA_ARRAY(l->a, list->n ? list->n : 1, struct rule);
	for (size_t i = 0; i < list->n; i++) {
		struct rule *r = &l->rules->rules[i];
		r->id = "";
		read_rule(l, list->items[i], r);
		if (!r->expr) /* already a problem; stand in, so that the rest can be checked */
			r->expr = ARENA_NEW(l->a, struct rule_expr);
		l->rules->n = i + 1; /* only what stands before may be named: no circle is possible */
	}
}

static const struct rule_expr *condition(struct loader *l, const struct json *v, const char *key,
	const struct form_item *it)
{
	const char *text = json_get_text(v, key, NULL);
	if (!text)
		return NULL;
	const struct rule_expr *e = expression(l, it->path, text, it->parent);
	if (e && e->type != RT_BOOL)
		loader_problem(l, it->path, "%s は真偽の式でなければなりません", key);
	return e;
}

static void item_conditions(struct loader *l, const struct json *v, struct form_item *it)
{
	it->shown_when = condition(l, v, "shown_when", it);
	it->required_when = condition(l, v, "required_when", it);
	if ((it->required == REQUIRED_COND) != (it->required_when != NULL))
		loader_problem(l, it->path, "required: cond と required_when は一緒に書いてください");
	if (it->type == ITEM_DERIVED && !rule_find(l->rules, it->derive))
		loader_problem(l, it->path, "式「%s」が rules.json にありません", it->derive);
	const struct json *children = json_get(v, "items");
	for (size_t i = 0; i < it->n_children; i++)
		item_conditions(l, children->items[i], &it->children[i]);
}

void loader_conditions(struct loader *l)
{
	l->file = arena_fmt(l->a, "%s/%s/form.json", l->def->id, l->def->version);
	const struct json *sections = json_get(l->form_json, "sections");
	for (size_t i = 0; i < l->def->n_sections; i++) {
		const struct json *items = json_get(sections->items[i], "items");
		for (size_t k = 0; k < l->def->sections[i].n; k++)
			item_conditions(l, items->items[k], &l->def->items[l->def->sections[i].first + k]);
	}
}
