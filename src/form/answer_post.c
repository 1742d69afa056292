/* From a POST, and the checks before saving. */
#include "base/str.h"
#include "form/answer_in.h"
#include "form/rules.h"

#include <string.h>

/* A label that is a sentence itself stands in brackets: 「回数を書いてください。」は数字で… */
static const char *named(struct ctx *c, const struct form_item *it)
{
	static const char *const ends[] = {"。", "？", "?", "．"};
	for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
		if (str_ends(it->label, ends[i]))
			return arena_fmt(c->arena, "「%s」", it->label);
	return it->label;
}

/* The sentence names the item as the page does and says the mend. */
static void say(struct ctx *c, const char *path, const struct form_item *it, err e)
{
	const char *name = named(c, it);
	switch (e) {
	case ERR_TOO_LONG:
		fault_add(c, path, e, "%sは%d文字までです。短くしてください。", name, it->max_length);
		return;
	case ERR_RANGE: {
		const char *lo = answer_number(c->arena, it, it->min)->text;
		const char *hi = answer_number(c->arena, it, it->max)->text;
		if (it->type == ITEM_TIME)
			fault_add(c, path, e, "%sは0:00から23:59までの時刻で入力してください。", name);
		else if (it->type == ITEM_DEC)
			fault_add(c, path, e, "%sは%s〜%sの数で、小数%dけたまでにしてください。", name, lo, hi, it->scale);
		else
			fault_add(c, path, e, "%sは%s〜%sの数で入力してください。", name, lo, hi);
		return;
	}
	case ERR_NOT_NUMBER:
		fault_add(c, path, e, it->type == ITEM_TIME ? "%sは「9:30」のように入力してください。" : "%sは数字で入力してください。",
			name);
		return;
	case ERR_NOT_CHOICE:
		fault_add(c, path, e, "%sは、表示されている選択肢から選んでください。", name);
		return;
	case ERR_REQUIRED:
		fault_add(c, path, e, it->n_options ? "%sを選んでください。" : "%sを入力してください。", name);
		return;
	case ERR_INPUT:
		fault_add(c, path, e, "%sには改行を入れられません。1行で入力してください。", name);
		return;
	default:
		fault_add(c, path, e, "%s: %s%s", name, err_sentence_ja(e), err_mend_ja(e));
	}
}

static void keep_typed(struct arena *a, struct form_typed *t, size_t cap, const char *name, const char *value)
{
	if (!t)
		return;
	if (!t->fields)
		t->fields = ARENA_ARRAY(a, cap, struct form_field);
	t->fields[t->n++] = (struct form_field){arena_str(a, name), arena_str(a, value)};
}

/* Dates bring their own sentence; put the item's name before it. */
static void name_fault(struct ctx *c, size_t before, const struct form_item *it)
{
	if (c->n_faults > before) {
		struct fault *f = &c->faults[c->n_faults - 1];
		f->message = arena_fmt(c->arena, "%s: %s", it->label, f->message);
	}
}

static err read_field(struct ctx *c, struct answers *as, const struct form_field *f, struct form_typed *typed, size_t n)
{
	const char *name = f->name;
	bool kind = str_ends(name, ".blank");
	if (str_ends(name, ".rows"))
		return OK;
	if (kind)
		name = arena_strn(c->arena, name, strlen(name) - strlen(".blank"));
	const struct form_item *it = answers_item(as, name);
	if (!it || it->type == ITEM_LIST || it->type == ITEM_DERIVED || it->type == ITEM_DISPLAY)
		return fault_add(c, f->name, ERR_FORM_FIELD, NULL);
	const struct answer *now = answers_get(as, name);
	if (kind) {
		enum blank_kind b;
		if (!*f->value)
			return OK;
		if (!blank_parse(f->value, &b))
			return fault_add(c, f->name, ERR_FORM_FIELD, NULL);
		if (now && now->blank == BLANK_NONE) /* a value was typed: the value counts */
			return OK;
		return answers_set_blank(as, name, b);
	}
	struct answer v;
	size_t before = c->n_faults;
	err e = answer_parse(c, name, it, f->value, &v);
	if (e) {
		if (c->n_faults > before)
			name_fault(c, before, it);
		else
			say(c, name, it, e);
		keep_typed(c->arena, typed, n, name, f->value);
		return e;
	}
	if (v.blank == BLANK_UNANSWERED && now && now->blank != BLANK_UNANSWERED)
		return OK; /* "<path>.blank" came first, or the empty hidden field of a group of boxes */
	if (it->type == ITEM_CODES && now && now->blank == BLANK_NONE)
		v.set |= now->set;
	e = answer_put(as, name, &v);
	return e ? fault_add(c, name, e, "%sの行が多すぎます。", it->parent ? it->parent->label : it->label) : OK;
}

static bool row_empty(const struct answers *row)
{
	for (size_t i = 0; i < row->n; i++)
		if (row->a[i].blank != BLANK_UNANSWERED)
			return false;
	return true;
}

/* Rows left wholly empty go, unless something in them could not be read (then the page is shown again anyway). */
static void drop_empty_rows(struct answers *as)
{
	for (size_t i = 0; i < as->n; i++) {
		struct answer *v = &as->a[i];
		size_t kept = 0;
		for (size_t k = 0; k < v->n_rows; k++)
			if (!row_empty(v->rows[k]))
				v->rows[kept++] = v->rows[k];
		if (v->n_rows && !kept)
			v->blank = BLANK_UNANSWERED;
		v->n_rows = kept;
	}
}

err answers_read(struct ctx *c, const struct form_def *d, const struct form_field *fields, size_t n,
	struct answers **out, struct form_typed *typed)
{
	struct answers *as = answers_new(c->arena, d);
	err first = OK;
	if (typed)
		*typed = (struct form_typed){0};
	for (size_t i = 0; i < n; i++) {
		if (fields[i].name[0] == '_')
			continue;
		err e = read_field(c, as, &fields[i], typed, n);
		first = first ? first : e;
	}
	if (!first)
		drop_empty_rows(as);
	*out = as;
	return first;
}

bool answers_shown(const struct answers *as, const struct form_item *it, civil today)
{
	return !it->shown_when || rule_test(as, NULL, it->shown_when, today) != TRI_NO;
}

static err check_item(struct ctx *c, const struct answers *root, const struct answers *row, const struct form_item *it,
	const char *path, const struct answer *v, bool draft)
{
	if (it->shown_when && rule_test(root, row, it->shown_when, c->today) == TRI_NO)
		return OK;
	bool needed = it->required == REQUIRED_FORM || it->required == REQUIRED_LINK
		|| (it->required_when && rule_test(root, row, it->required_when, c->today) == TRI_YES);
	if (v->blank == BLANK_UNANSWERED) {
		if (!needed || draft || it->type == ITEM_DERIVED || it->type == ITEM_DISPLAY)
			return OK;
		say(c, path, it, ERR_REQUIRED);
		return ERR_REQUIRED;
	}
	if (v->blank != BLANK_NONE)
		return OK;
	civil from = it->type == ITEM_DATE ? (civil)v->num : it->type == ITEM_PARTIAL_DATE ? v->part.from : CIVIL_NONE;
	if (from != CIVIL_NONE && !it->future_ok && from > c->today)
		return fault_add(c, path, ERR_DATE_FUTURE, "%sが、今日（%s）より先の日付です。日付を確かめてください。", it->label,
			era_text(c->arena, c->today));
	return OK;
}

static void warn(struct ctx *c, struct form_warnings *w, const struct rule *r)
{
	if (!w)
		return;
	if (w->n == w->cap) {
		size_t cap = w->cap ? w->cap * 2 : 8;
		struct form_warning *to = ARENA_ARRAY(c->arena, cap, struct form_warning);
		if (w->n)
			memcpy(to, w->w, w->n * sizeof *to);
		w->w = to;
		w->cap = cap;
	}
	w->w[w->n++] = (struct form_warning){r->field, r->id, r->message};
}

err answers_validate(struct ctx *c, const struct answers *as, bool draft, struct form_warnings *w)
{
	err first = OK;
	for (size_t i = 0; i < as->n; i++) {
		const struct form_item *it = &as->items[i];
		const struct answer *v = &as->a[i];
		err e = check_item(c, as, NULL, it, it->path, v, draft);
		first = first ? first : e;
		for (size_t r = 0; r < v->n_rows; r++)
			for (size_t k = 0; k < it->n_children; k++) {
				const char *path = arena_fmt(c->arena, "%s.%zu.%s", it->id, r, it->children[k].id);
				e = check_item(c, as, v->rows[r], &it->children[k], path, &v->rows[r]->a[k], draft);
				first = first ? first : e;
			}
	}
	for (size_t i = 0; i < as->def->rules->n; i++) {
		const struct rule *r = &as->def->rules->rules[i];
		if (r->kind != RULE_CHECK || rule_test(as, NULL, r->expr, c->today) != TRI_NO)
			continue;
		if (r->warning) {
			warn(c, w, r);
			continue;
		}
		err e = fault_add(c, r->field, ERR_INPUT, "%s", r->message);
		first = first ? first : e;
	}
	return first;
}
