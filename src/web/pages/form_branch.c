#include "web/pages/form_branch.h"

#include "base/str.h"
#include "codec/json.h"
#include "form/rules.h"

static const char *short_of(struct req *r, const struct form_item *it)
{
	return *it->no ? arena_fmt(r->arena, "問%s", it->no) : arena_fmt(r->arena, "「%s」", it->short_label);
}

static const struct form_option *option_of(const struct rule_expr *e)
{
	if (e->op == OP_ITEM && e->item->type == ITEM_BOOL && e->item->n_options > 0)
		return &e->item->options[0];
	if ((e->op == OP_IS || e->op == OP_HAS) && e->num >= 0 && (size_t)e->num < e->item->n_options)
		return &e->item->options[e->num];
	return NULL;
}

static const char *only_of(struct req *r, const struct rule_expr *e)
{
	const struct form_option *o = option_of(e);
	if (o)
		return arena_fmt(r->arena, "%sで「%s」と答えた方だけ", short_of(r, e->item), o->label);
	if (e->op == OP_AND && e->n > 0) /* the nearest condition: it is asked itself only where the ones before it hold */
		return only_of(r, e->args[e->n - 1]);
	if (e->op != OP_OR || e->n == 0)
		return "前の質問の答えによって答える質問です";
	struct buf b = buf_new(r->arena);
	for (size_t i = 0; i < e->n; i++) {
		o = option_of(e->args[i]);
		if (!o)
			return "前の質問の答えによって答える質問です";
		bool first = i == 0 || e->args[i]->item != e->args[i - 1]->item;
		if (i > 0)
			buf_str(&b, first ? "、または" : "か");
		if (first)
			buf_fmt(&b, "%sで", short_of(r, e->args[i]->item));
		buf_fmt(&b, "「%s」", o->label);
	}
	buf_str(&b, "と答えた方だけ");
	return b.p;
}

/* ["is","q1","1"], ["or",…]; NULL: the script cannot judge it, so the question stays. */
static struct json *cond_of(struct req *r, const struct rule_expr *e)
{
	static const char *const words[] = {[OP_OR] = "or", [OP_AND] = "and", [OP_NOT] = "not"};
	struct json *a = json_new(r->arena, JSON_ARRAY);
	const struct form_option *o = option_of(e);
	if (o && !e->item->parent) {
		json_add(r->arena, a, json_new_text(r->arena, "is"));
		json_add(r->arena, a, json_new_text(r->arena, e->item->path));
		json_add(r->arena, a, json_new_text(r->arena, o->code));
		return a;
	}
	if (e->op != OP_OR && e->op != OP_AND && e->op != OP_NOT)
		return NULL;
	json_add(r->arena, a, json_new_text(r->arena, words[e->op]));
	for (size_t i = 0; i < e->n; i++) {
		struct json *part = cond_of(r, e->args[i]);
		if (!part)
			return NULL;
		json_add(r->arena, a, part);
	}
	return a;
}

const char *form_branch_only(struct req *r, const struct form_item *it) { return it->shown_when ? only_of(r, it->shown_when) : ""; }

const char *form_branch_cond(struct req *r, const struct form_item *it)
{
	struct json *cond = it->shown_when ? cond_of(r, it->shown_when) : NULL;
	return cond ? json_to_text(r->arena, cond, false) : "";
}
