/* form.json: sections, items, options, limits, bindings. Expressions wait until the rules are read. */
#include "base/ctx.h"
#include "base/str.h"
#include "form/loader.h"

#include <stdio.h>
#include <string.h>

static const char *const type_names[ITEM_TYPE_COUNT] = {"text", "memo", "date", "partial-date", "ym", "time", "int",
	"dec", "bool", "code", "codes", "list", "ref", "img", "derived", "display"};

const char *item_type_name(enum item_type t)
{
	return (unsigned)t < ITEM_TYPE_COUNT ? type_names[t] : "";
}

/* Our own limits where the form names none (forms-careplan §0.1: 「—」 = no official length). */
enum { TEXT_LENGTH = 200, MEMO_LENGTH = 4000, REF_LENGTH = 64 };
/* Options of codes live in one 64-bit set. */
enum { OPTIONS_MAX = 64, ROWS_MAX = 5000, ITEMS_MAX = 500 };

static bool id_valid(const char *s)
{
	if (!(*s >= 'a' && *s <= 'z') || strlen(s) > 40)
		return false;
	for (; *s; s++)
		if (!((*s >= 'a' && *s <= 'z') || (*s >= '0' && *s <= '9') || *s == '_'))
			return false;
	return true;
}

static int64_t power10(int n)
{
	int64_t v = 1;
	while (n-- > 0)
		v *= 10;
	return v;
}

static void read_type(struct loader *l, struct form_item *it, const char *t)
{
	if (str_starts(t, "dec(")) {
		int used = 0;
		it->type = ITEM_DEC;
		if (sscanf(t, "dec(%2d,%1d)%n", &it->digits, &it->scale, &used) != 2 || t[used] || it->digits < 1
			|| it->digits > 15 || it->scale < 0 || it->scale > it->digits)
			loader_problem(l, it->path, "型「%s」は dec(けた,小数) の形で書いてください", t);
		return;
	}
	for (int i = 0; i < ITEM_TYPE_COUNT; i++)
		if (i != ITEM_DEC && str_eq(type_names[i], t)) {
			it->type = (enum item_type)i;
			return;
		}
	loader_problem(l, it->path, "「%s」という型はありません", t);
}

static void read_options(struct loader *l, struct form_item *it, const struct json *v)
{
	const struct json *list = json_get(v, "options");
	bool needs = it->type == ITEM_CODE || it->type == ITEM_CODES;
	if (!list) {
		if (needs)
			loader_problem(l, it->path, "選択肢（options）がありません");
		return;
	}
	if (!needs || list->type != JSON_ARRAY || list->n < 1 || list->n > OPTIONS_MAX) {
		loader_problem(l, it->path, "options は code か codes の項目に 1〜%d 個で書いてください", OPTIONS_MAX);
		return;
	}
	it->options = ARENA_ARRAY(l->a, list->n, struct form_option);
	for (size_t i = 0; i < list->n; i++) {
		const struct json *o = list->items[i];
		struct form_option *to = &it->options[i];
		if (!loader_keys(l, it->path, o, "code label points"))
			return;
		to->code = loader_text(l, it->path, o, "code");
		to->label = loader_text(l, it->path, o, "label");
		if (json_get(o, "points") && !json_int(json_get(o, "points"), &to->points))
			loader_problem(l, it->path, "点（points）は整数で書いてください");
		if (strchr(to->code, ',') || strchr(to->code, '\'') || str_starts(to->code, "blank:"))
			loader_problem(l, it->path, "選択肢のコード「%s」に使えない文字があります", to->code);
		if (form_option_find(it, to->code))
			loader_problem(l, it->path, "選択肢「%s」が2つあります", to->code);
		it->n_options = i + 1;
	}
}

/* A bool is shown as two choices; "points": [yes, no], "labels": [yes, no]. */
static void read_bool(struct loader *l, struct form_item *it, const struct json *v)
{
	const struct json *points = json_get(v, "points"), *labels = json_get(v, "labels");
	if (it->type != ITEM_BOOL) {
		if (points || labels)
			loader_problem(l, it->path, "points と labels は bool の項目だけに書けます");
		return;
	}
	it->options = ARENA_ARRAY(l->a, 2, struct form_option);
	it->n_options = 2;
	for (size_t i = 0; i < 2; i++) {
		struct form_option *o = &it->options[i];
		o->code = i == 0 ? "Y" : "N";
		o->label = json_text(json_at(labels, i), i == 0 ? "はい" : "いいえ");
		if (points && !json_int(json_at(points, i), &o->points))
			loader_problem(l, it->path, "points は [はいの点, いいえの点] と書いてください");
	}
	if (labels && (labels->type != JSON_ARRAY || labels->n != 2))
		loader_problem(l, it->path, "labels は2つ書いてください");
}

static bool read_bound(const struct json *v, const char *key, int scale, int64_t *out)
{
	const struct json *b = json_get(v, key);
	return !b || json_scaled(b, scale, out);
}

static void read_limits(struct loader *l, struct form_item *it, const struct json *v)
{
	bool number = it->type == ITEM_INT || it->type == ITEM_DEC;
	it->max = it->type == ITEM_DEC ? power10(it->digits) - 1 : 999999999;
	it->min = it->type == ITEM_DEC ? 0 : -999999999;
	if (!number && (json_get(v, "min") || json_get(v, "max")))
		loader_problem(l, it->path, "min と max は数の項目だけに書けます");
	if (number && (!read_bound(v, "min", it->scale, &it->min) || !read_bound(v, "max", it->scale, &it->max)
		|| it->min > it->max))
		loader_problem(l, it->path, "min と max が正しくありません");
	int64_t n = it->type == ITEM_MEMO ? MEMO_LENGTH : it->type == ITEM_REF ? REF_LENGTH : TEXT_LENGTH;
	if (json_get(v, "max_length") && (!json_int(json_get(v, "max_length"), &n) || n < 1 || n > 100000))
		loader_problem(l, it->path, "max_length は 1〜100000 の数です");
	it->max_length = (int)n;
	int64_t places = it->scale;
	if (json_get(v, "places") && (it->type != ITEM_DEC || !json_int(json_get(v, "places"), &places) || places < 0
		|| places > it->scale))
		loader_problem(l, it->path, "places は小数の項目に、型の小数けた以下で書いてください");
	it->places = (int)places;
	int64_t rows = 20;
	if (json_get(v, "max_rows")
		&& (it->type != ITEM_LIST || !json_int(json_get(v, "max_rows"), &rows) || rows < 1 || rows > ROWS_MAX))
		loader_problem(l, it->path, "max_rows は一覧の項目に 1〜%d で書いてください", ROWS_MAX);
	it->max_rows = (int)rows;
}

static void read_required(struct loader *l, struct form_item *it, const struct json *v)
{
	static const char *const names[] = {"no", "form", "link", "cond"};
	const char *r = json_get_text(v, "required", "no");
	for (int i = 0; i < 4; i++)
		if (str_eq(names[i], r)) {
			it->required = (enum required)i;
			return;
		}
	loader_problem(l, it->path, "required は no, form, link, cond のどれかです（「%s」）", r);
}

static int read_class(struct loader *l, struct form_item *it, const struct json *v)
{
	const char *code = json_get_text(v, "class", NULL);
	if (!code)
		return it->parent ? it->parent->class_bit : l->def->class_bit;
	for (int bit = 1; bit; bit = (int)((unsigned)bit << 1))
		if (*code && str_eq(class_code(bit), code))
			return bit;
	loader_problem(l, it->path, "「%s」という記録の種類はありません", code);
	return 0;
}

/* A view item that is stored must name a getter of bindings.tsv with its own type; an answers item must not. */
static void read_binding(struct loader *l, struct form_item *it, const struct json *v)
{
	it->binding = json_get_text(v, "bind", "");
	bool stored = it->type != ITEM_DERIVED && it->type != ITEM_DISPLAY;
	if (l->def->kind == FORM_ANSWERS) {
		if (*it->binding && !map_get(&l->bindings, it->binding))
			loader_problem(l, it->path, "結びつけ先「%s」は bindings.tsv にありません", it->binding);
		return;
	}
	if (!stored)
		return;
	if (!*it->binding) {
		loader_problem(l, it->path, "台帳との結びつけ（bind）がありません");
		return;
	}
	const struct loader_binding *b = map_get(&l->bindings, it->binding);
	if (!b)
		loader_problem(l, it->path, "結びつけ先「%s」は bindings.tsv にありません", it->binding);
	else if (!str_eq(b->type, item_type_name(it->type)))
		loader_problem(l, it->path, "結びつけ先「%s」の型は %s ですが、項目は %s です", it->binding, b->type,
			item_type_name(it->type));
	else
		it->from_register = b->from_register;
}

static void read_links(struct loader *l, struct form_item *it, const struct json *v)
{
	it->link_id = json_get_text(v, "link_id", NULL);
	if (it->type == ITEM_DERIVED) {
		if (it->link_id)
			loader_problem(l, it->path, "計算で決まる項目に link_id は書けません");
		it->link_id = "";
		return;
	}
	if (!it->link_id)
		it->link_id = it->path;
	if (map_get(&l->links, it->link_id))
		loader_problem(l, it->path, "link_id「%s」が2つあります", it->link_id);
	map_set(&l->links, it->link_id, it);
}

static void read_items(struct loader *l, const struct json *list, struct form_item *to, size_t first,
	const struct form_item *parent, const char *section);

static void read_item(struct loader *l, const struct json *v, struct form_item *it)
{
	if (!loader_keys(l, it->path, v, "id type label short no help help_source unit options points labels required "
					 "shown_when required_when items max_rows max_length min max places future class derive ref bind "
					 "link_id source confidence"))
		return;
	read_type(l, it, loader_text(l, it->path, v, "type"));
	it->label = loader_text(l, it->path, v, "label");
	it->short_label = json_get_text(v, "short", it->label);
	it->no = json_get_text(v, "no", "");
	it->help = json_get_text(v, "help", "");
	it->help_source = json_get_text(v, "help_source", "");
	it->unit = json_get_text(v, "unit", "");
	it->future_ok = json_bool(json_get(v, "future"), false);
	it->derive = json_get_text(v, "derive", "");
	it->ref = json_get_text(v, "ref", "");
	it->source = json_get_text(v, "source", it->parent ? it->parent->source : "");
	it->confidence = json_get_text(v, "confidence", it->parent ? it->parent->confidence : "");
	read_options(l, it, v);
	read_bool(l, it, v);
	read_limits(l, it, v);
	read_required(l, it, v);
	it->class_bit = read_class(l, it, v);
	read_binding(l, it, v);
	read_links(l, it, v);
	if (!*it->source || !*it->confidence)
		loader_problem(l, it->path, "出典（source）と確度（confidence）を書いてください");
	if ((it->type == ITEM_REF) != (*it->ref != 0))
		loader_problem(l, it->path, "ref は型 ref の項目に書いてください");
	const struct json *children = json_get(v, "items");
	if ((it->type == ITEM_LIST) != (children != NULL) || (children && (it->parent || children->type != JSON_ARRAY
		|| !children->n || children->n > ITEMS_MAX))) {
		loader_problem(l, it->path, "items（列）は一番上の一覧にだけ、1つ以上書いてください");
		return;
	}
	if (children) {
		it->children = ARENA_ARRAY(l->a, children->n, struct form_item);
		read_items(l, children, it->children, 0, it, "");
		it->n_children = children->n;
	}
}

static void read_items(struct loader *l, const struct json *list, struct form_item *to, size_t first,
	const struct form_item *parent, const char *section)
{
	for (size_t i = 0; i < list->n; i++) {
		struct form_item *it = &to[first + i];
		const char *id = json_get_text(list->items[i], "id", "");
		it->id = id;
		it->path = parent ? arena_fmt(l->a, "%s.%s", parent->id, id) : id;
		it->parent = parent;
		it->section = section;
		it->index = (int)(first + i);
		it->label = it->short_label = it->no = it->help = it->help_source = it->unit = it->link_id = it->binding = it->derive = it->ref = "";
		it->source = it->confidence = "";
		if (!id_valid(id))
			loader_problem(l, it->path, "項目の名前は英小文字・数字・_ で、英字から始めて40字までです");
		for (size_t k = 0; k < first + i; k++)
			if (str_eq(to[k].id, id))
				loader_problem(l, it->path, "同じ名前の項目が2つあります");
		read_item(l, list->items[i], it);
	}
}

void loader_items(struct loader *l)
{
	struct form_def *d = l->def;
	l->file = arena_fmt(l->a, "%s/%s/form.json", d->id, d->version);
	if (!loader_keys(l, "", l->form_json, "sections"))
		return;
	const struct json *sections = json_get(l->form_json, "sections");
	if (!json_is(sections, JSON_ARRAY) || !sections->n || sections->n > 100) {
		loader_problem(l, "sections", "1つ以上の節が要ります");
		return;
	}
	size_t total = 0;
	for (size_t i = 0; i < sections->n; i++) {
		const struct json *items = json_get(sections->items[i], "items");
		if (!json_is(items, JSON_ARRAY) || !items->n || (total += items->n) > ITEMS_MAX) {
			loader_problem(l, "sections", "節には 1〜%d 個の項目が要ります", ITEMS_MAX);
			return;
		}
	}
	d->sections = ARENA_ARRAY(l->a, sections->n, struct form_section);
	d->items = ARENA_ARRAY(l->a, total, struct form_item);
	for (size_t i = 0; i < sections->n; i++) {
		const struct json *s = sections->items[i];
		struct form_section *to = &d->sections[d->n_sections++];
		const char *where = arena_fmt(l->a, "sections[%zu]", i);
		loader_keys(l, where, s, "id label items");
		*to = (struct form_section){.id = loader_text(l, where, s, "id"), .label = loader_text(l, where, s, "label"),
			.first = d->n_items, .n = json_get(s, "items")->n};
		read_items(l, json_get(s, "items"), d->items, d->n_items, NULL, to->id);
		d->n_items += to->n;
	}
	if (*d->date_item && (!form_item_find(d, d->date_item) || form_item_find(d, d->date_item)->type != ITEM_DATE))
		loader_problem(l, "meta.date_item", "「%s」という日付の項目がありません", d->date_item);
	for (size_t i = 0; i < d->n_index_items; i++)
		if (!form_item_find(d, d->index_items[i]))
			loader_problem(l, "meta.index_items", "「%s」という項目がありません", d->index_items[i]);
}
