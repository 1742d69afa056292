#include "care/own_form.h"

#include "access/policy.h"
#include "base/str.h"
#include "care/children.h"
#include "codec/json.h"

#include <string.h>

static const struct col_desc *column_of(const struct own_form *o, const struct form_item *it, const void *row)
{
	size_t n = strlen(o->t->name);
	const char *name = o->list_binding && str_eq(it->binding, o->list_binding) ? o->list_column
	                 : strncmp(it->binding, o->t->name, n) == 0 && it->binding[n] == '.' ? it->binding + n + 1 : NULL;
	if (!name || (o->may_set && !o->may_set(row, name)))
		return NULL;
	for (size_t i = 0; i < o->t->n_cols; i++)
		if (str_eq(o->t->cols[i].name, name))
			return &o->t->cols[i];
	return NULL;
}

static bool may_write(struct ctx *c, int64_t person_id, const struct form_def *def, const struct form_item *it)
{
	return it->class_bit == 0 || it->class_bit == def->class_bit || it->class_bit == CLASS_CARE ||
	       policy_check(c, person_id, it->class_bit, ACTION_WRITE) == OK;
}

static const char *list_out(struct ctx *c, const struct answers *as, const struct form_item *it)
{
	struct json *rows = json_new(c->arena, JSON_ARRAY);
	const struct answer *list = answers_get(as, it->path);
	if (!list || !list->n_rows)
		return "";
	for (size_t i = 0; i < list->n_rows; i++) {
		struct json *o = json_new(c->arena, JSON_OBJECT);
		for (size_t k = 0; k < it->n_children; k++)
			json_set(c->arena, o, it->children[k].id, json_new_text(c->arena, answer_field(c->arena, &it->children[k], &list->rows[i]->a[k])));
		json_add(c->arena, rows, o);
	}
	return json_to_text(c->arena, rows, false);
}

static const char *text_out(struct ctx *c, const struct answers *as, const struct form_item *it, const struct answer *v)
{
	if (it->type == ITEM_LIST)
		return list_out(c, as, it);
	if (!v || v->blank != BLANK_NONE)
		return "";
	char *s = arena_str(c->arena, answer_field(c->arena, it, v));
	for (char *p = s; it->type == ITEM_CODES && *p; p++)
		if (*p == ',')
			*p = '|';
	return s;
}

err own_form_read(struct ctx *c, const struct own_form *o, const struct answers *as, int64_t person_id, void *row)
{
	for (size_t i = 0; i < as->def->n_items; i++) {
		const struct form_item *it = &as->def->items[i];
		const struct col_desc *col = column_of(o, it, row);
		if (!col || !may_write(c, person_id, as->def, it))
			continue;
		const struct answer *v = answers_get(as, it->path);
		bool has = v && v->blank == BLANK_NONE;
		char *at = (char *)row + col->offset;
		switch (col->kind) {
		case COL_TEXT: *(const char **)(void *)at = text_out(c, as, it, v); break;
		case COL_DAY: *(civil *)(void *)at = has ? (civil)v->num : CIVIL_NONE; break;
		case COL_INT: *(int64_t *)(void *)at = has ? v->num : INT_NULL; break;
		default: return ERR_BUG;
		}
	}
	return OK;
}

err own_form_fill(struct fill *f, const struct own_form *o, void *row)
{
	struct ctx *c = f->c;
	TRY(fill_row(f, o->t, row));
	if (!o->list_binding)
		return OK;
	const char *text = *(const char *const *)row_column(o->t, row, o->list_column);
	const struct form_item *list = NULL;
	for (size_t i = 0; i < f->def->n_items; i++)
		if (str_eq(f->def->items[i].binding, o->list_binding))
			list = &f->def->items[i];
	if (!list || str_blank(text))
		return OK;
	struct json *rows;
	TRY(json_parse(c->arena, text, strlen(text), NULL, &rows, NULL));
	for (size_t i = 0; i < rows->n; i++)
		for (size_t k = 0; k < list->n_children; k++)
			TRY(fill_cell(f, o->list_binding, i, list->children[k].id, json_get_text(rows->items[i], list->children[k].id, "")));
	return OK;
}

const char *const *own_form_fixed(struct ctx *c, const struct own_form *o, const struct form_def *def, const void *row, size_t *n)
{
	const char **ids = ARENA_ARRAY(c->arena, def->n_items + 1, const char *);
	*n = 0;
	for (size_t i = 0; i < def->n_items; i++)
		if (!column_of(o, &def->items[i], row) && def->items[i].type != ITEM_DERIVED && def->items[i].type != ITEM_DISPLAY)
			ids[(*n)++] = def->items[i].id;
	return ids;
}
