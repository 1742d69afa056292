#include "web/pages/form_fields.h"

#include "base/str.h"
#include "codec/json.h"
#include "web/pages/form_branch.h"

#include <string.h>

enum { SPARE_ROWS = 2 };

static bool one_of(const char *const *v, size_t n, const char *id)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i], id))
			return true;
	return false;
}

static const struct ui_choice *choices(struct req *r, const struct form_item *it)
{
	struct ui_choice *v = ARENA_ARRAY(r->arena, it->n_options + 1, struct ui_choice);
	for (size_t i = 0; i < it->n_options; i++)
		v[i] = (struct ui_choice){.value = it->options[i].code, .label = it->options[i].label};
	return v;
}

static const char *const *codes_set(struct req *r, const struct form_item *it, const struct answer *v, size_t *n)
{
	const char **out = ARENA_ARRAY(r->arena, it->n_options + 1, const char *);
	*n = 0;
	for (size_t i = 0; v && v->blank == BLANK_NONE && i < it->n_options; i++)
		if (v->set >> i & 1)
			out[(*n)++] = it->options[i].code;
	return (const char *const *)out;
}

/* One item as a field. name: its path, with the row number inside lists. */
static enum ff_kind field_of(struct req *r, const struct form_item *it, const struct answer *v, const char *name, struct ui_field *f)
{
	*f = (struct ui_field){.name = name, .label = it->label, .help = str_blank(it->help) ? NULL : it->help,
	                       .required = it->required == REQUIRED_FORM, .unit = str_blank(it->unit) ? NULL : it->unit,
	                       .value = v ? answer_field(r->arena, it, v) : ""};
	switch (it->type) {
	case ITEM_MEMO:
		f->max_chars = it->max_length;
		f->rows = 3;
		return FF_AREA;
	case ITEM_DATE:
	case ITEM_PARTIAL_DATE:
		if (v && v->blank == BLANK_NONE)
			f->value = answer_show(r->arena, it, v);
		return FF_DATE;
	case ITEM_BOOL:
	case ITEM_CODE:
		f->choices = choices(r, it);
		f->n_choices = it->n_options;
		f->optional_blank = true;
		return it->type == ITEM_BOOL && !str_blank(it->no) ? FF_ROW : FF_RADIO;
	case ITEM_CODES:
		f->choices = choices(r, it);
		f->n_choices = it->n_options;
		f->values = codes_set(r, it, v, &f->n_values);
		return FF_CHECKS;
	case ITEM_INT:
	case ITEM_DEC:
		f->width = "s";
		f->mode = "decimal";
		return FF_TEXT;
	case ITEM_TIME:
	case ITEM_YM:
		f->width = "s";
		return FF_TEXT;
	default:
		f->max_chars = it->max_length > 60 ? 0 : it->max_length;
		return FF_TEXT;
	}
}

static void list_of(struct req *r, const struct form_item *it, const struct answer *v, struct ff_field *out)
{
	const char **heads = ARENA_ARRAY(r->arena, it->n_children, const char *);
	for (size_t k = 0; k < it->n_children; k++)
		heads[k] = it->children[k].short_label;
	out->heads = (const char *const *)heads;
	out->n_heads = it->n_children;
	size_t filled = v ? v->n_rows : 0, n = filled + SPARE_ROWS;
	if (n < 4)
		n = 4;
	if (n > (size_t)it->max_rows)
		n = (size_t)it->max_rows;
	out->rows = ARENA_ARRAY(r->arena, n + 1, struct ff_row);
	out->n_rows = n;
	for (size_t i = 0; i < n; i++) {
		out->rows[i].cells = ARENA_ARRAY(r->arena, it->n_children, struct ff_cell);
		for (size_t k = 0; k < it->n_children; k++) {
			const struct form_item *child = &it->children[k];
			const struct answer *cell = i < filled ? &v->rows[i]->a[k] : NULL;
			struct ff_cell *c = &out->rows[i].cells[k];
			c->kind = field_of(r, child, cell, arena_fmt(r->arena, "%s.%zu.%s", it->path, i, child->id), &c->f);
			c->f.label = arena_fmt(r->arena, "%s %zu行目 %s", it->label, i + 1, child->label);
			c->shown = cell ? answer_show(r->arena, child, cell) : "";
		}
	}
}

static void fixed_of(struct req *r, const struct answers *as, const struct form_item *it, const struct answer *v,
                     const char *mark, struct ff_field *out)
{
	out->mark = mark;
	if (it->type == ITEM_LIST) {
		list_of(r, it, v, out);
		out->kind = FF_FIXED;
		out->n_rows = v ? v->n_rows : 0;
		return;
	}
	out->kind = FF_FIXED;
	out->shown = it->type == ITEM_DERIVED ? answers_text(as, it->path) : v ? answer_show(r->arena, it, v) : "";
}

static bool add_item(struct req *r, const struct answers *as, const struct form_item *it, const struct form_fields_marks *m,
                     struct ff_field *out)
{
	if (m && one_of(m->hidden, m->n_hidden, it->id))
		return false;
	const struct answer *v = answers_get(as, it->path);
	*out = (struct ff_field){.f = {.name = it->path, .label = it->label}, .number = it->no, .mark = "", .shown = "", .only = "", .cond = ""};
	if (m && one_of(m->locked, m->n_locked, it->id)) {
		fixed_of(r, as, it, NULL, "閲覧の権限がありません", out);
	} else if (m && (one_of(m->from_register, m->n_from_register, it->id) ||
	                 (m->fix_bound && *it->binding && !str_starts(it->binding, "basic_info.")))) {
		fixed_of(r, as, it, v, one_of(m->from_register, m->n_from_register, it->id) ? "台帳から" : "台帳に未入力", out);
	} else if (it->type == ITEM_DISPLAY) {
		out->kind = FF_DISPLAY;
		out->shown = it->label;
		out->f.help = str_blank(it->help) ? NULL : it->help;
	} else if (it->type == ITEM_DERIVED || it->type == ITEM_IMG) {
		return false;
	} else if (it->type == ITEM_LIST) {
		out->kind = FF_LIST;
		list_of(r, it, v, out);
	} else {
		out->kind = field_of(r, it, v, it->path, &out->f);
		if (m && one_of(m->noted, m->n_noted, it->id))
			out->f.note = m->noted_as ? m->noted_as : "台帳から";
	}
	if (m && m->branches) {
		if (it->type == ITEM_CODE)
			out->f.label = it->short_label; /* a row of a table stands below its question */
		out->only = form_branch_only(r, it);
		out->cond = form_branch_cond(r, it);
		out->f.required = out->f.required || (it->required == REQUIRED_COND && it->shown_when);
	}
	return true;
}

void form_fields_of(struct req *r, const struct answers *as, const struct form_fields_marks *m, struct form_fields *out)
{
	const struct form_def *d = as->def;
	*out = (struct form_fields){.def = d, .sections = ARENA_ARRAY(r->arena, d->n_sections + 1, struct ff_section),
	                            .n_sections = d->n_sections};
	for (size_t s = 0; s < d->n_sections; s++) {
		struct ff_section *sec = &out->sections[s];
		*sec = (struct ff_section){.id = d->sections[s].id, .label = d->sections[s].label,
		                           .fields = ARENA_ARRAY(r->arena, d->sections[s].n + 1, struct ff_field)};
		for (size_t i = 0; i < d->sections[s].n; i++)
			if (add_item(r, as, &d->items[d->sections[s].first + i], m, &sec->fields[sec->n_fields]))
				sec->n_fields++;
	}
}

/* The rows of a list in one field, as the page of a conflict sends the side picked: its cells again, as the form sends them. */
static err list_cells(struct req *r, const struct form_item *it, const char *value, struct pairs *to)
{
	struct json *rows;
	if (str_blank(value))
		return OK;
	if (json_parse(r->arena, value, strlen(value), NULL, &rows, NULL) != OK || !json_is(rows, JSON_ARRAY))
		return fault_add(r->c, it->path, ERR_FORM_FIELD, NULL);
	for (size_t i = 0; i < rows->n; i++)
		for (size_t k = 0; k < it->n_children; k++)
			pairs_add(r->arena, to, arena_fmt(r->arena, "%s.%zu.%s", it->path, i, it->children[k].id),
			          json_get_text(rows->items[i], it->children[k].id, ""));
	return OK;
}

static err open_lists(struct req *r, const struct form_def *def)
{
	struct pairs all = {0};
	for (size_t i = 0; i < r->form.n; i++) {
		const struct pair *f = &r->form.v[i];
		const struct form_item *list = NULL;
		for (size_t k = 0; k < def->n_items; k++)
			if (def->items[k].type == ITEM_LIST && str_eq(def->items[k].path, f->name))
				list = &def->items[k];
		if (list)
			TRY(list_cells(r, list, f->value, &all));
		else
			pairs_add(r->arena, &all, f->name, f->value);
	}
	r->form = all;
	return OK;
}

err form_fields_read(struct req *r, const struct form_def *def, const char *const *skip, size_t n_skip,
                     struct answers **out, struct form_typed *typed)
{
	static const struct formin_field any[] = {{.name = "*", .label = "入力", .kind = FORMIN_LINES, .max = 20000, .repeat = true}};
	static const char *const own[] = {"csrf", "once", "base", "draft"};
	TRY(formin_read(r, any, 1));
	TRY(open_lists(r, def));
	struct form_field *v = ARENA_ARRAY(r->arena, r->form.n + 1, struct form_field);
	size_t n = 0;
	for (size_t i = 0; i < r->form.n; i++) {
		const char *name = r->form.v[i].name;
		if (one_of(own, sizeof own / sizeof own[0], name) || one_of(skip, n_skip, name))
			continue;
		v[n++] = (struct form_field){name, r->form.v[i].value};
	}
	return answers_read(r->c, def, v, n, out, typed);
}
