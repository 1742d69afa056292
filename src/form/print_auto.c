/* The layout of a form that has no print.json: title, then label and value in the order of the definition. */
#include "form/print_flow.h"

static struct json *obj(struct arena *a) { return json_new(a, JSON_OBJECT); }

static struct json *box(struct arena *a, int x, int w, const char *key, const char *value)
{
	struct json *b = obj(a);
	json_set(a, b, "x", json_new_int(a, x));
	json_set(a, b, "w", json_new_int(a, w));
	json_set(a, b, key, json_new_text(a, value));
	json_set(a, b, "border", json_new_text(a, "all"));
	return b;
}

static struct json *band(struct arena *a, int h, struct json *one, struct json *two)
{
	struct json *v = obj(a), *boxes = json_new(a, JSON_ARRAY);
	json_set(a, v, "h", json_new_int(a, h));
	json_add(a, boxes, one);
	if (two)
		json_add(a, boxes, two);
	json_set(a, v, "boxes", boxes);
	return v;
}

static bool has_options(const struct form_item *it)
{
	return it->type == ITEM_BOOL || it->type == ITEM_CODE || it->type == ITEM_CODES;
}

/* The columns of a list share the width by how much they may hold. */
static struct json *columns(struct arena *a, const struct form_item *list, bool head)
{
	struct json *v = obj(a), *boxes = json_new(a, JSON_ARRAY);
	int n = (int)list->n_children, x = 150;
	for (int i = 0; i < n; i++) {
		const struct form_item *c = &list->children[i];
		int w = 1800 * (i + 1) / n - 1800 * i / n;
		struct json *b = box(a, x, w, head ? "text" : "item", head ? c->short_label : c->path);
		if (head) {
			json_set(a, b, "align", json_new_text(a, "center"));
			json_set(a, b, "face", json_new_text(a, "gothic"));
			json_set(a, b, "fill", json_new_int(a, 238));
		}
		json_set(a, b, "size", json_new_int(a, 85));
		json_add(a, boxes, b);
		x += w;
	}
	json_set(a, v, "h", json_new_int(a, 70));
	json_set(a, v, "boxes", boxes);
	return v;
}

const struct json *print_auto(struct arena *a, const struct form_def *d)
{
	struct json *blocks = json_new(a, JSON_ARRAY);
	struct json *title = box(a, 150, 1800, "text", d->name);
	json_set(a, title, "border", json_new_text(a, ""));
	json_set(a, title, "size", json_new_int(a, 150));
	json_set(a, title, "face", json_new_text(a, "gothic"));
	json_set(a, title, "align", json_new_text(a, "center"));
	struct json *head = band(a, 130, title, NULL);
	json_set(a, head, "repeat", json_new_bool(a, true));
	json_add(a, blocks, head);
	for (size_t k = 0; k < d->n_sections; k++) {
		struct json *section = box(a, 150, 1800, "text", d->sections[k].label);
		json_set(a, section, "face", json_new_text(a, "gothic"));
		json_set(a, section, "fill", json_new_int(a, 225));
		json_add(a, blocks, band(a, 65, section, NULL));
		for (size_t i = d->sections[k].first; i < d->sections[k].first + d->sections[k].n; i++) {
			const struct form_item *it = &d->items[i];
			if (it->type == ITEM_LIST) {
				struct json *label = box(a, 150, 1800, "text", it->label), *t = obj(a);
				json_add(a, blocks, band(a, 65, label, NULL));
				json_set(a, t, "list", json_new_text(a, it->path));
				json_set(a, t, "head", columns(a, it, true));
				json_set(a, t, "row", columns(a, it, false));
				json_add(a, blocks, t);
				continue;
			}
			struct json *label = box(a, 150, 700, "text", it->type == ITEM_DISPLAY ? "" : it->label);
			struct json *value = box(a, 850, 1100, "item", it->path);
			json_set(a, value, "overflow", json_new_text(a, "grow"));
			if (has_options(it))
				json_set(a, value, "mark", json_new_text(a, it->type == ITEM_CODES ? "check" : "circle"));
			if (it->type == ITEM_MEMO)
				json_set(a, value, "valign", json_new_text(a, "top"));
			json_add(a, blocks, band(a, it->type == ITEM_MEMO ? 200 : 70, label, value));
		}
	}
	struct json *print = obj(a);
	json_set(a, print, "blocks", blocks);
	return print;
}
