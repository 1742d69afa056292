/* The stored form of answers. Values by type: text as text, numbers as numbers (decimals with their places), bool as
 * true/false, code as its code, codes as a list of codes, days "YYYY-MM-DD", 年月 "YYYY-MM", time "HH:MM", a partial
 * date as {words, precision, about, from, to}, a list as a list of objects, a kind of blank as {"blank": kind}. */
#include "base/str.h"
#include "form/answer_in.h"

#include <string.h>

static const char *const precisions[] = {"day", "ten-days", "month", "season", "year", "decade", "unknown"};

static struct json *day_json(struct arena *a, civil day)
{
	char iso[CIVIL_TEXT];
	if (day == CIVIL_NONE)
		return json_new(a, JSON_NULL);
	civil_text(day, iso);
	return json_new_text(a, iso);
}

static struct json *partial_json(struct arena *a, const struct era_date *d)
{
	struct json *o = json_new(a, JSON_OBJECT);
	json_set(a, o, "words", json_new_text(a, d->words));
	json_set(a, o, "precision", json_new_text(a, precisions[d->precision]));
	json_set(a, o, "about", json_new_bool(a, d->about));
	json_set(a, o, "from", day_json(a, d->from));
	json_set(a, o, "to", day_json(a, d->to));
	return o;
}

static struct json *level_json(struct arena *a, const struct answers *as);

static struct json *value_json(struct arena *a, const struct form_item *it, const struct answer *v)
{
	struct json *l;
	switch (it->type) {
	case ITEM_INT: case ITEM_DEC: return answer_number(a, it, v->num);
	case ITEM_BOOL: return json_new_bool(a, v->num != 0);
	case ITEM_PARTIAL_DATE: return partial_json(a, &v->part);
	case ITEM_CODES:
		l = json_new(a, JSON_ARRAY);
		for (size_t i = 0; i < it->n_options; i++)
			if (v->set >> i & 1)
				json_add(a, l, json_new_text(a, it->options[i].code));
		return l;
	case ITEM_LIST:
		l = json_new(a, JSON_ARRAY);
		for (size_t i = 0; i < v->n_rows; i++)
			json_add(a, l, level_json(a, v->rows[i]));
		return l;
	case ITEM_TEXT: case ITEM_MEMO: case ITEM_REF: case ITEM_IMG: return json_new_text(a, v->text);
	default: return json_new_text(a, answer_field(a, it, v));
	}
}

static struct json *level_json(struct arena *a, const struct answers *as)
{
	struct json *o = json_new(a, JSON_OBJECT);
	for (size_t i = 0; i < as->n; i++) {
		const struct form_item *it = &as->items[i];
		const struct answer *v = &as->a[i];
		bool empty = v->blank == BLANK_UNANSWERED || (v->blank == BLANK_NONE && it->type == ITEM_LIST && !v->n_rows);
		if (it->type == ITEM_DERIVED || it->type == ITEM_DISPLAY || empty)
			continue;
		if (v->blank != BLANK_NONE) {
			struct json *b = json_new(a, JSON_OBJECT);
			json_set(a, b, "blank", json_new_text(a, blank_code(v->blank)));
			json_set(a, o, it->id, b);
		} else {
			json_set(a, o, it->id, value_json(a, it, v));
		}
	}
	return o;
}

struct json *answers_to_json(struct arena *a, const struct answers *as)
{
	struct json *o = json_new(a, JSON_OBJECT);
	json_set(a, o, "form", json_new_text(a, as->def->id));
	json_set(a, o, "version", json_new_text(a, as->def->version));
	json_set(a, o, "sha256", json_new_text(a, as->def->sha256));
	json_set(a, o, "answers", level_json(a, as));
	return o;
}

struct back {
	struct ctx c;
	const char *why;
};

static err bad(struct back *x, const char *path, const char *what)
{
	x->why = arena_fmt(x->c.arena, "「%s」%s", path, what);
	return ERR_JSON;
}

static bool day_of(const struct json *v, civil *out)
{
	*out = CIVIL_NONE;
	return json_is(v, JSON_NULL) || civil_parse(json_text(v, ""), out);
}

static err partial_of(struct back *x, const char *path, const struct json *v, struct answer *out)
{
	struct era_date d = {.day = CIVIL_NONE, .words = json_get_text(v, "words", ""), .about = json_bool(json_get(v, "about"), false)};
	const char *p = json_get_text(v, "precision", "");
	size_t i = 0;
	while (i < sizeof precisions / sizeof precisions[0] && !str_eq(precisions[i], p))
		i++;
	if (i == sizeof precisions / sizeof precisions[0] || !day_of(json_get(v, "from"), &d.from)
		|| !day_of(json_get(v, "to"), &d.to) || d.from > d.to || str_blank(d.words))
		return bad(x, path, "の日付が読めません");
	d.precision = (enum era_precision)i;
	if (d.precision == ERA_DAY && !d.about)
		d.day = d.from;
	out->part = d;
	out->num = d.from;
	return OK;
}

static err level_of(struct back *x, const char *prefix, const struct json *v, struct answers *as);

static err rows_of(struct back *x, const char *path, const struct json *v, struct answers *as, const struct form_item *it)
{
	if (!json_is(v, JSON_ARRAY))
		return bad(x, path, "は一覧でなければなりません");
	for (size_t i = 0; i < v->n; i++) {
		struct answers *row;
		if (answer_add_row(as, it, &row))
			return bad(x, path, "の行が多すぎます");
		TRY(level_of(x, arena_fmt(x->c.arena, "%s.%zu.", path, i), v->items[i], row));
	}
	return OK;
}

static err codes_of(struct back *x, const char *path, const struct json *v, const struct form_item *it, struct answer *out)
{
	if (!json_is(v, JSON_ARRAY) || !v->n)
		return bad(x, path, "はコードの一覧でなければなりません");
	for (size_t i = 0; i < v->n; i++) {
		const struct form_option *o = form_option_find(it, json_text(v->items[i], ""));
		if (!o)
			return bad(x, path, "に選択肢にないコードがあります");
		out->set |= (uint64_t)1 << (o - it->options);
	}
	return OK;
}

static err value_of(struct back *x, const char *path, const struct json *v, const struct form_item *it, struct answer *out)
{
	const char *text = json_text(v, NULL);
	switch (it->type) {
	case ITEM_BOOL:
		if (!json_is(v, JSON_BOOL))
			return bad(x, path, "は true か false でなければなりません");
		out->num = v->boolean;
		return OK;
	case ITEM_INT: case ITEM_DEC:
		if (!json_scaled(v, it->scale, &out->num) || out->num < it->min || out->num > it->max)
			return bad(x, path, "は決められた範囲の数でなければなりません");
		return OK;
	case ITEM_PARTIAL_DATE: return partial_of(x, path, v, out);
	case ITEM_CODES: return codes_of(x, path, v, it, out);
	default: break;
	}
	if (!text || !*text)
		return bad(x, path, "は文字でなければなりません");
	if (it->type == ITEM_TEXT || it->type == ITEM_MEMO || it->type == ITEM_REF || it->type == ITEM_IMG) {
		out->text = text;
		return OK;
	}
	if (answer_parse(&x->c, path, it, text, out) || out->blank != BLANK_NONE)
		return bad(x, path, "の値が読めません");
	return OK;
}

static err level_of(struct back *x, const char *prefix, const struct json *v, struct answers *as)
{
	if (!json_is(v, JSON_OBJECT))
		return bad(x, prefix, "は { } でなければなりません");
	for (size_t i = 0; i < v->n; i++) {
		const char *path = arena_fmt(x->c.arena, "%s%s", prefix, v->keys[i]);
		size_t k = 0;
		while (k < as->n && !str_eq(as->items[k].id, v->keys[i]))
			k++;
		const struct form_item *it = k < as->n ? &as->items[k] : NULL;
		if (!it || it->type == ITEM_DERIVED || it->type == ITEM_DISPLAY)
			return bad(x, path, "という項目はこの様式にありません");
		const struct json *blank = json_get(v->items[i], "blank");
		struct answer out = {.blank = BLANK_NONE};
		out.part.day = out.part.from = out.part.to = CIVIL_NONE;
		if (blank) {
			if (!blank_parse(json_text(blank, ""), &out.blank))
				return bad(x, path, "の空欄の種類が読めません");
			as->a[k] = out;
		} else if (it->type == ITEM_LIST) {
			TRY(rows_of(x, path, v->items[i], as, it));
		} else {
			TRY(value_of(x, path, v->items[i], it, &out));
			as->a[k] = out;
		}
	}
	return OK;
}

err answers_from_json(struct arena *a, const struct form_def *d, const struct json *v, struct answers **out, const char **why)
{
	struct back x = {.why = NULL};
	ctx_init(&x.c, a, 0);
	struct answers *as = answers_new(a, d);
	const struct json *body = json_get(v, "answers");
	err e = body ? level_of(&x, "", body, as) : bad(&x, "answers", "がありません");
	if (e) {
		if (why)
			*why = x.why;
		return e;
	}
	*out = as;
	return OK;
}
