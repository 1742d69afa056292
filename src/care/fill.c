#include "care/fill.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "care/basic_info_fill.h"
#include "register/person.h"

#include <string.h>

static bool may_see(struct fill *f, const struct form_item *it)
{
	if (it->class_bit == 0 || it->class_bit == f->def->class_bit || it->class_bit == CLASS_CARE)
		return true;
	if (policy_check(f->c, f->person_id, it->class_bit, ACTION_SEE) == OK)
		return true;
	for (size_t i = 0; i < f->n_locked; i++)
		if (str_eq(f->locked[i], it->id))
			return false;
	f->locked[f->n_locked++] = it->id;
	return false;
}

err fill_begin(struct ctx *c, const char *form_id, civil on, int64_t person_id, struct fill *f)
{
	const struct form_def *def = form_find(c->house->forms, form_id, on);
	if (!def)
		return fault_add(c, "", ERR_FORM_UNKNOWN, "様式「%s」は、この日付ではまだ使えません。", form_id);
	*f = (struct fill){.c = c, .def = def, .as = answers_new(c->arena, def), .person_id = person_id,
	                   .locked = ARENA_ARRAY(c->arena, 2 * def->n_items + 1, const char *),
	                   .from_register = ARENA_ARRAY(c->arena, 2 * def->n_items + 1, const char *)};
	return OK;
}

static const char *iso(struct ctx *c, civil d)
{
	char text[CIVIL_TEXT];
	civil_text(d, text);
	return arena_fmt(c->arena, "%s", text);
}

/* The column's value as a page would send it; NULL if the row has none. */
static const char *text_of(struct ctx *c, const struct col_desc *col, const void *row)
{
	const char *at = (const char *)row + col->offset;
	switch (col->kind) {
	case COL_TEXT:
	case COL_PID: return *(const char *const *)(const void *)at;
	case COL_DAY: {
		civil d = *(const civil *)(const void *)at;
		return d == CIVIL_NONE || d == CIVIL_OPEN ? NULL : iso(c, d);
	}
	case COL_BOOL: return *(const bool *)(const void *)at ? "true" : "false";
	case COL_ID:
	case COL_INT:
	case COL_VERSION: {
		int64_t v = *(const int64_t *)(const void *)at;
		return v == INT_NULL ? NULL : arena_fmt(c->arena, "%lld", (long long)v);
	}
	default: return NULL;
	}
}

static err put(struct fill *f, const struct form_item *it, const char *path, const char *text)
{
	if (str_blank(text))
		return OK;
	if (it->type == ITEM_TEXT || it->type == ITEM_MEMO || it->type == ITEM_REF || it->type == ITEM_IMG)
		return answers_set_text(f->as, path, text);
	if (it->type == ITEM_TIME && !strchr(text, ':')) { /* minutes of the day */
		int64_t v;
		return str_int(text, &v) ? answers_set_int(f->as, path, v % 1440) : ERR_FORM_FIELD;
	}
	if (it->type == ITEM_CODES && strchr(text, '|')) { /* codes as tables keep them */
		size_t n;
		char **codes = str_split(f->c->arena, text, '|', &n);
		for (size_t i = 0; i < n; i++)
			if (!str_blank(codes[i]))
				TRY(answers_set_code(f->as, path, codes[i]));
		return OK;
	}
	return answers_set(f->as, path, text);
}

static const struct col_desc *column(const struct table_desc *t, const char *name)
{
	for (size_t i = 0; i < t->n_cols; i++)
		if (str_eq(t->cols[i].name, name))
			return &t->cols[i];
	return NULL;
}

/* "plan.analysis" for table plan: analysis; NULL for another table's. */
static const char *own_column(const struct table_desc *t, const char *binding)
{
	size_t n = strlen(t->name);
	return strncmp(binding, t->name, n) == 0 && binding[n] == '.' ? binding + n + 1 : NULL;
}

err fill_row(struct fill *f, const struct table_desc *t, const void *row)
{
	for (size_t i = 0; i < f->def->n_items; i++) {
		const struct form_item *it = &f->def->items[i];
		const char *name = it->type == ITEM_LIST ? NULL : own_column(t, it->binding);
		const struct col_desc *col = name ? column(t, name) : NULL;
		if (col && may_see(f, it))
			TRY(put(f, it, it->path, text_of(f->c, col, row)));
	}
	return OK;
}

static const struct form_item *bound(const struct fill *f, const char *binding)
{
	for (size_t i = 0; i < f->def->n_items; i++)
		if (str_eq(f->def->items[i].binding, binding))
			return &f->def->items[i];
	return NULL;
}

err fill_rows(struct fill *f, const char *list_binding, const struct table_desc *t, const void *rows, size_t n)
{
	const struct form_item *list = bound(f, list_binding);
	if (!list)
		return OK;
	for (size_t k = 0; k < list->n_children; k++) {
		const struct form_item *it = &list->children[k];
		const char *name = own_column(t, it->binding);
		const struct col_desc *col = column(t, name ? name : it->id);
		if (!col || !may_see(f, it))
			continue;
		for (size_t i = 0; i < n; i++)
			TRY(put(f, it, arena_fmt(f->c->arena, "%s.%zu.%s", list->path, i, it->id),
			        text_of(f->c, col, (const char *)rows + i * t->size)));
	}
	return OK;
}

err fill_text(struct fill *f, const char *binding, const char *text)
{
	const struct form_item *it = bound(f, binding);
	return it && may_see(f, it) ? put(f, it, it->path, text) : OK;
}

err fill_day(struct fill *f, const char *binding, civil day)
{
	return day == CIVIL_NONE || day == CIVIL_OPEN ? OK : fill_text(f, binding, iso(f->c, day));
}

err fill_cell(struct fill *f, const char *list_binding, size_t row, const char *column_id, const char *text)
{
	const struct form_item *list = bound(f, list_binding);
	if (!list)
		return OK;
	for (size_t k = 0; k < list->n_children; k++)
		if (str_eq(list->children[k].id, column_id))
			return may_see(f, &list->children[k])
				? put(f, &list->children[k], arena_fmt(f->c->arena, "%s.%zu.%s", list->path, row, column_id), text) : OK;
	return ERR_FORM_FIELD;
}

err fill_marked(struct fill *f, const char *binding, size_t row, const char *column_id, const struct mark_step *steps, size_t n)
{
	const struct form_item *it = bound(f, binding);
	if (!it || !may_see(f, it))
		return OK;
	const char *path = column_id ? arena_fmt(f->c->arena, "%s.%zu.%s", it->path, row, column_id) : it->path;
	return answers_set_marked(f->as, path, steps, n);
}

err fill_register(struct fill *f, civil on)
{
	struct person p;
	TRY(person_load(f->c, f->person_id, &p));
	struct basic_info_view v = {.person_id = f->person_id, .def = f->def, .answers = f->as, .from_register = f->from_register,
	                            .n_from_register = f->n_from_register, .locked = f->locked, .n_locked = f->n_locked};
	TRY(basic_info_fill_register(f->c, &p, on, &v));
	f->n_from_register = v.n_from_register;
	f->n_locked = v.n_locked;
	return OK;
}
