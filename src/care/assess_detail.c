/* Details of an item: sub-item → value, kept as one JSON object of texts. */
#include "base/str.h"
#include "care/assess_own.h"
#include "codec/json.h"

#include <string.h>

static struct json *object_of(struct ctx *c, const char *text)
{
	struct json *o = NULL;
	if (!str_blank(text) && json_parse(c->arena, text, strlen(text), NULL, &o, NULL) == OK && json_is(o, JSON_OBJECT))
		return o;
	return json_new(c->arena, JSON_OBJECT);
}

const char *assess_detail(struct ctx *c, const char *detail, const char *key)
{
	return json_get_text(object_of(c, detail), key, "");
}

/* Blank values are left out, so that "nothing said" is one text only. */
static const char *text_of(struct ctx *c, const struct json *o)
{
	struct json *out = json_new(c->arena, JSON_OBJECT);
	for (size_t i = 0; i < o->n; i++)
		if (!str_blank(json_text(o->items[i], "")))
			json_set(c->arena, out, o->keys[i], json_new_text(c->arena, json_text(o->items[i], "")));
	return json_to_text(c->arena, out, true);
}

const char *assess_detail_put(struct ctx *c, const char *detail, const struct assess_pair *pairs, size_t n)
{
	struct json *o = object_of(c, detail);
	for (size_t i = 0; i < n; i++)
		json_set(c->arena, o, pairs[i].key, json_new_text(c->arena, str_or(pairs[i].value, "")));
	return text_of(c, o);
}

size_t assess_detail_keys(struct ctx *c, const char *const *details, size_t n_details, const char ***keys)
{
	struct json *all = json_new(c->arena, JSON_OBJECT);
	for (size_t k = 0; k < n_details; k++) {
		struct json *o = object_of(c, details[k]);
		for (size_t i = 0; i < o->n; i++)
			json_set(c->arena, all, o->keys[i], json_new_text(c->arena, ""));
	}
	*keys = all->keys;
	return all->n;
}

const char *assess_detail_merge(struct ctx *c, const char *base, const char *theirs, const char *mine, bool *clash)
{
	const char *const all[] = {base, theirs, mine};
	const char **keys;
	size_t n = assess_detail_keys(c, all, 3, &keys);
	struct json *b = object_of(c, base), *t = object_of(c, theirs), *m = object_of(c, mine), *out = json_new(c->arena, JSON_OBJECT);
	*clash = false;
	for (size_t i = 0; i < n; i++) {
		const char *was = json_get_text(b, keys[i], ""), *their = json_get_text(t, keys[i], ""), *my = json_get_text(m, keys[i], "");
		*clash = *clash || (!str_eq(their, was) && !str_eq(my, was) && !str_eq(their, my));
		json_set(c->arena, out, keys[i], json_new_text(c->arena, str_eq(my, was) ? their : my));
	}
	return text_of(c, out);
}
