/* How a judgement came about, in the words of the form. */
#include "base/str.h"
#include "form/rules.h"

static const char *item_name(struct arena *a, const struct form_item *it)
{
	return *it->no && !*it->unit ? arena_fmt(a, "No.%s", it->no) : it->short_label;
}

static const char *number(struct arena *a, const struct rule *r, int64_t v)
{
	if (r->expr->type == RT_DATE)
		return era_text(a, (civil)v);
	return json_new_scaled(a, v, r->scale)->text;
}

const char *rule_show(struct arena *a, const struct rule_outcome *o)
{
	const struct rule *r = o->rule;
	if (r->expr->type == RT_BOOL)
		return o->min ? r->yes_label : o->max ? r->unknown_label : r->no_label;
	if (o->min == o->max)
		return arena_fmt(a, "%s%s", number(a, r, o->min), r->unit);
	if (r->kind == RULE_VALUE) /* bounds of a measure over all possible heights say nothing */
		return "計算できません";
	return arena_fmt(a, "%s〜%s%s", number(a, r, o->min), number(a, r, o->max), r->unit);
}

static void names(struct buf *b, const char *head, const struct form_item *const *v, size_t n)
{
	if (!n)
		return;
	buf_str(b, head);
	const char *before = NULL;
	for (size_t i = 0; i < n; i++) {
		const char *s = item_name(b->arena, v[i]);
		if (before && str_eq(before, s))
			continue;
		buf_str(b, before ? "、" : "");
		buf_str(b, s);
		before = s;
	}
	buf_str(b, "。");
}

static int64_t points_of(const struct form_item *it, const struct answer *v)
{
	int64_t p = 0;
	if (v->blank != BLANK_NONE)
		return 0;
	if (it->type == ITEM_BOOL)
		return it->options[v->num ? 0 : 1].points;
	if (it->type == ITEM_CODE)
		return it->options[v->num].points;
	for (size_t i = 0; it->type == ITEM_CODES && i < it->n_options; i++)
		p += (v->set >> i & 1) ? it->options[i].points : 0;
	return p;
}

/* The parts of e that gave points: items by name, judgements counted as points by their rule's label. */
static void scored(struct buf *b, const struct answers *as, const struct rule_expr *e, civil today, bool *any)
{
	const char *name = NULL;
	if (e->op == OP_POINTS) {
		int64_t p = points_of(e->item, &as->a[e->item->index]);
		if (p)
			name = p == 1 ? item_name(b->arena, e->item) : arena_fmt(b->arena, "%s（%lld点）", item_name(b->arena, e->item), (long long)p);
	} else if (e->op == OP_COUNT && e->n == 1 && e->args[0]->op == OP_RULE) {
		struct rule_outcome o;
		rule_bounds(as, e->args[0]->rule, today, &o);
		if (o.min)
			name = o.rule->label;
	} else {
		for (size_t i = 0; i < e->n; i++)
			scored(b, as, e->args[i], today, any);
		return;
	}
	if (!name)
		return;
	buf_str(b, *any ? "、" : "点がついた項目は ");
	buf_str(b, name);
	*any = true;
}

static void explain_score(struct buf *b, const struct answers *as, const struct rule_outcome *o, civil today)
{
	buf_fmt(b, "%sは%s", o->rule->label, rule_show(b->arena, o));
	if (o->rule->max)
		buf_fmt(b, "（%lld%s満点）", (long long)o->rule->max, o->rule->unit);
	buf_str(b, "。");
	bool any = false;
	scored(b, as, o->rule->expr, today, &any);
	if (any)
		buf_str(b, "。");
}

/* The rules a judgement names, each with its outcome. */
static void explain_parts(struct buf *b, const struct answers *as, const struct rule_expr *e, civil today)
{
	if (e->op == OP_RULE) {
		struct rule_outcome o;
		rule_bounds(as, e->rule, today, &o);
		if (e->rule->kind == RULE_SCORE)
			explain_score(b, as, &o, today);
		else
			buf_fmt(b, "%s: %s。", e->rule->label, rule_show(b->arena, &o));
		return;
	}
	if (e->op == OP_POINTS || e->op == OP_ITEM || e->op == OP_IS || e->op == OP_HAS) {
		const char *s = answer_show(b->arena, e->item, &as->a[e->item->index]);
		buf_fmt(b, "%sの答えは「%s」。", item_name(b->arena, e->item), *s ? s : "未記入");
	}
	for (size_t i = 0; i < e->n; i++)
		explain_parts(b, as, e->args[i], today);
}

static void explain_value(struct buf *b, const struct answers *as, const struct rule_outcome *o)
{
	buf_fmt(b, "%sは%s", o->rule->label, rule_show(b->arena, o));
	for (size_t i = 0; i < o->n_inputs; i++) {
		const struct form_item *it = o->inputs[i];
		const char *s = answer_show(b->arena, it, &as->a[it->index]);
		if (*s)
			buf_fmt(b, "%s%s %s%s", i ? "、" : "（", it->short_label, s, it->unit);
		else
			buf_fmt(b, "%s%s 未記入", i ? "、" : "（", it->short_label);
	}
	buf_str(b, o->n_inputs ? "）。" : "。");
}

const char *rule_explain(struct arena *a, const struct answers *as, const struct rule_outcome *o, civil today)
{
	struct buf b = buf_new(a);
	const struct rule *r = o->rule;
	switch (r->kind) {
	case RULE_SCORE: explain_score(&b, as, o, today); break;
	case RULE_VALUE: explain_value(&b, as, o); break;
	default:
		buf_fmt(&b, "%s: %s。", r->label, rule_show(a, o));
		if (*r->criterion)
			buf_fmt(&b, "条件は「%s」。", r->criterion);
		explain_parts(&b, as, r->expr, today);
	}
	names(&b, "答えによって結果が変わる空欄は ", o->missing, o->n_missing);
	if (!o->exact)
		buf_str(&b, "（空欄の組み合わせが多いため、範囲は広めに示しています。）");
	buf_fmt(&b, "根拠は %s（確度 %s）。", r->source, r->confidence);
	return b.p;
}
