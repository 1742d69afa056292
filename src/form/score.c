#include "form/score.h"

#include "base/str.h"

static size_t judged(const struct form_def *d)
{
	size_t n = 0;
	for (size_t i = 0; i < d->rules->n; i++)
		n += d->rules->rules[i].kind != RULE_CHECK;
	return n;
}

static void fresh(struct arena *a, const struct form_def *d, struct form_result *out)
{
	size_t n = judged(d);
	*out = (struct form_result){.def = d, .outcomes = ARENA_ARRAY(a, n + 1, struct rule_outcome),
		.explained = ARENA_ARRAY(a, n + 1, const char *)};
}

void form_score(struct arena *a, const struct answers *as, civil today, struct form_result *out)
{
	fresh(a, as->def, out);
	for (size_t i = 0; i < as->def->rules->n; i++) {
		const struct rule *r = &as->def->rules->rules[i];
		if (r->kind == RULE_CHECK)
			continue;
		struct rule_outcome *o = &out->outcomes[out->n];
		rule_eval(a, as, r, today, o);
		out->explained[out->n++] = rule_explain(a, as, o, today);
		if (r->kind == RULE_RESULT)
			out->result = o;
	}
}

const struct rule_outcome *form_outcome(const struct form_result *r, const char *rule_id)
{
	for (size_t i = 0; i < r->n; i++)
		if (str_eq(r->outcomes[i].rule->id, rule_id))
			return &r->outcomes[i];
	return NULL;
}

const char *form_explained(const struct form_result *r, const char *rule_id)
{
	for (size_t i = 0; i < r->n; i++)
		if (str_eq(r->outcomes[i].rule->id, rule_id))
			return r->explained[i];
	return "";
}

const char *form_result_code(const struct form_result *r)
{
	if (!r->result)
		return "";
	const struct rule *u = r->result->rule;
	enum tri t = outcome_tri(r->result);
	return t == TRI_YES ? u->yes : t == TRI_NO ? u->no : u->unknown;
}

const char *form_result_label(const struct form_result *r)
{
	if (!r->result)
		return "";
	const struct rule *u = r->result->rule;
	enum tri t = outcome_tri(r->result);
	return t == TRI_YES ? u->yes_label : t == TRI_NO ? u->no_label : u->unknown_label;
}

static struct json *bounds(struct arena *a, const struct rule_outcome *o, bool links)
{
	struct json *s = json_new(a, JSON_OBJECT), *m = json_new(a, JSON_ARRAY);
	json_set(a, s, "min", json_new_scaled(a, o->min, o->rule->scale));
	json_set(a, s, "max", json_new_scaled(a, o->max, o->rule->scale));
	for (size_t i = 0; i < o->n_missing; i++)
		json_add(a, m, json_new_text(a, links ? o->missing[i]->link_id : o->missing[i]->path));
	json_set(a, s, "missing", m);
	return s;
}

struct json *form_result_json(struct arena *a, const struct form_result *r)
{
	struct json *o = json_new(a, JSON_OBJECT), *scores = json_new(a, JSON_OBJECT), *criteria = json_new(a, JSON_ARRAY);
	json_set(a, o, "form", json_new_text(a, r->def->id));
	json_set(a, o, "version", json_new_text(a, r->def->version));
	json_set(a, o, "scores", scores);
	json_set(a, o, "criteria", criteria);
	for (size_t i = 0; i < r->n; i++) {
		const struct rule_outcome *x = &r->outcomes[i];
		if (x->rule->kind == RULE_SCORE)
			json_set(a, scores, x->rule->code, bounds(a, x, true));
		if (x->rule->kind != RULE_CATEGORY)
			continue;
		struct json *c = json_new(a, JSON_OBJECT);
		enum tri t = outcome_tri(x);
		json_set(a, c, "id", json_new_text(a, x->rule->code));
		json_set(a, c, "met", t == TRI_MAYBE ? json_new(a, JSON_NULL) : json_new_bool(a, t == TRI_YES));
		json_set(a, c, "source", json_new_text(a, x->rule->source));
		json_add(a, criteria, c);
	}
	if (r->result) {
		struct json *code = json_new(a, JSON_OBJECT);
		json_set(a, code, "code", json_new_text(a, form_result_code(r)));
		json_set(a, o, "result", code);
	}
	return o;
}

struct json *form_result_snapshot(struct arena *a, const struct form_result *r)
{
	struct json *o = json_new(a, JSON_OBJECT), *all = json_new(a, JSON_OBJECT);
	json_set(a, o, "form", json_new_text(a, r->def->id));
	json_set(a, o, "version", json_new_text(a, r->def->version));
	json_set(a, o, "sha256", json_new_text(a, r->def->sha256));
	json_set(a, o, "code", json_new_text(a, form_result_code(r)));
	json_set(a, o, "outcomes", all);
	for (size_t i = 0; i < r->n; i++) {
		struct json *x = bounds(a, &r->outcomes[i], false);
		json_set(a, x, "exact", json_new_bool(a, r->outcomes[i].exact));
		json_set(a, x, "explained", json_new_text(a, r->explained[i]));
		json_set(a, all, r->outcomes[i].rule->id, x);
	}
	return o;
}

static err restore_one(struct arena *a, const struct form_def *d, const struct json *x, struct rule_outcome *o)
{
	const struct json *missing = json_get(x, "missing");
	if (!json_scaled(json_get(x, "min"), o->rule->scale, &o->min) || !json_scaled(json_get(x, "max"), o->rule->scale, &o->max)
		|| !json_is(missing, JSON_ARRAY))
		return ERR_JSON;
	o->exact = json_bool(json_get(x, "exact"), true);
	o->missing = ARENA_ARRAY(a, missing->n + 1, const struct form_item *);
	for (size_t i = 0; i < missing->n; i++) {
		const struct form_item *it = form_item_find(d, json_text(missing->items[i], ""));
		if (!it)
			return ERR_JSON;
		o->missing[o->n_missing++] = it;
	}
	return OK;
}

err form_result_restore(struct arena *a, const struct form_def *d, const struct json *v, struct form_result *out)
{
	struct form_result r;
	fresh(a, d, &r);
	const struct json *all = json_get(v, "outcomes");
	for (size_t i = 0; i < d->rules->n; i++) {
		const struct rule *u = &d->rules->rules[i];
		if (u->kind == RULE_CHECK)
			continue;
		struct rule_outcome *o = &r.outcomes[r.n];
		const struct json *x = json_get(all, u->id);
		o->rule = u;
		TRY(restore_one(a, d, x, o));
		r.explained[r.n++] = arena_str(a, json_get_text(x, "explained", ""));
		if (u->kind == RULE_RESULT)
			r.result = o;
	}
	*out = r;
	return OK;
}
