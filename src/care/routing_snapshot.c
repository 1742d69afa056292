#include "care/routing_snapshot.h"

#include "base/house.h"
#include "base/str.h"
#include "codec/json.h"
#include "law/codes.h"

#include <string.h>

static const char *truth_ja(enum law_truth t)
{
	return t == LAW_TRUE ? "当てはまる" : t == LAW_FALSE ? "当てはまらない" : "未確認";
}

const char *snapshot_inputs(struct ctx *c, const struct routing_proposal *p)
{
	struct arena *a = c->arena;
	struct json *list = json_new(a, JSON_ARRAY);
	for (size_t i = 0; i < p->n_inputs; i++) {
		struct json *o = json_new(a, JSON_OBJECT);
		json_set(a, o, "name", json_new_text(a, p->inputs[i].name));
		json_set(a, o, "label", json_new_text(a, p->inputs[i].label));
		json_set(a, o, "value", json_new_text(a, p->inputs[i].value));
		json_set(a, o, "shown", json_new_text(a, p->inputs[i].shown));
		json_add(a, list, o);
	}
	return json_to_text(a, list, false);
}

const char *snapshot_judgement(struct ctx *c, const struct routing_proposal *p)
{
	struct arena *a = c->arena;
	struct json *list = json_new(a, JSON_ARRAY);
	for (size_t i = 0; i < p->decision.n_rows; i++) {
		const struct law_rule_result *r = &p->decision.rows[i];
		struct json *o = json_new(a, JSON_OBJECT);
		json_set(a, o, "rule", json_new_text(a, r->rule->id));
		json_set(a, o, "text", json_new_text(a, r->rule->reason));
		json_set(a, o, "condition", json_new_text(a, r->rule->condition));
		json_set(a, o, "source", json_new_text(a, r->rule->source));
		json_set(a, o, "truth", json_new_text(a, truth_ja(r->truth)));
		json_set(a, o, "decided", json_new_bool(a, r->rule == p->decision.rule));
		json_add(a, list, o);
	}
	struct json *all = json_new(a, JSON_OBJECT);
	json_set(a, all, "law_version", json_new_text(a, c->house->law->version));
	json_set(a, all, "rules", list);
	return json_to_text(a, all, false);
}

const char *snapshot_handin(struct ctx *c, const char *codes)
{
	struct arena *a = c->arena;
	struct json *list = json_new(a, JSON_ARRAY);
	size_t n = 0;
	char **v = str_blank(codes) ? NULL : str_split(a, codes, '|', &n);
	for (size_t i = 0; i < n; i++) {
		struct json *o = json_new(a, JSON_OBJECT);
		json_set(a, o, "code", json_new_text(a, v[i]));
		json_set(a, o, "handed_on", json_new_text(a, ""));
		json_add(a, list, o);
	}
	return json_to_text(a, list, false);
}

static err parse(struct ctx *c, const char *text, struct json **out)
{
	return json_parse(c->arena, text, strlen(text), NULL, out, NULL);
}

err snapshot_read_inputs(struct ctx *c, const char *text, struct routing_view *v)
{
	struct json *j;
	TRY(parse(c, text, &j));
	v->n_facts = j->n;
	v->facts = ARENA_ARRAY(c->arena, j->n + 1, struct routing_fact);
	for (size_t i = 0; i < j->n; i++)
		v->facts[i] = (struct routing_fact){json_get_text(j->items[i], "label", ""), json_get_text(j->items[i], "shown", "")};
	return OK;
}

err snapshot_read_judgement(struct ctx *c, const char *text, struct routing_view *v)
{
	struct json *all;
	TRY(parse(c, text, &all));
	const struct json *j = json_get(all, "rules");
	v->n_reasons = j ? j->n : 0;
	v->reasons = ARENA_ARRAY(c->arena, v->n_reasons + 1, struct routing_reason);
	for (size_t i = 0; i < v->n_reasons; i++)
		v->reasons[i] = (struct routing_reason){
			.rule = json_get_text(j->items[i], "rule", ""), .text = json_get_text(j->items[i], "text", ""),
			.source = json_get_text(j->items[i], "source", ""), .truth = json_get_text(j->items[i], "truth", ""),
			.decided = json_bool(json_get(j->items[i], "decided"), false)};
	return OK;
}

err snapshot_read_handin(struct ctx *c, const char *text, struct routing_view *v)
{
	struct json *j;
	TRY(parse(c, text, &j));
	v->n_handins = j->n;
	v->handins = ARENA_ARRAY(c->arena, j->n + 1, struct routing_handin);
	for (size_t i = 0; i < j->n; i++) {
		const char *code = json_get_text(j->items[i], "code", "");
		civil on = CIVIL_NONE;
		if (!civil_parse(json_get_text(j->items[i], "handed_on", ""), &on))
			on = CIVIL_NONE;
		v->handins[i] = (struct routing_handin){code, law_code_label(c->house->law, "routing_handin", code), on};
	}
	return OK;
}

err snapshot_handin_done(struct ctx *c, const char **text, const char *code, civil on, bool *all)
{
	struct json *j;
	TRY(parse(c, *text, &j));
	bool found = false;
	*all = true;
	for (size_t i = 0; i < j->n; i++) {
		if (str_eq(json_get_text(j->items[i], "code", ""), code)) {
			char day[CIVIL_TEXT];
			civil_text(on, day);
			json_set(c->arena, j->items[i], "handed_on", json_new_text(c->arena, day));
			found = true;
		}
		if (str_blank(json_get_text(j->items[i], "handed_on", "")))
			*all = false;
	}
	if (!found)
		return ERR_NOTFOUND;
	*text = json_to_text(c->arena, j, false);
	return OK;
}
