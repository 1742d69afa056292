/* The questions of a survey as a respondent's page shows them. */
#include "web/pages/front.h"

#include "base/str.h"

#include <string.h>

static const char *label_of(struct req *r, const struct form_item *it)
{
	return *it->no ? arena_fmt(r->arena, "問%s　%s", it->no, it->label) : it->label;
}

/* ---- the form ---------------------------------------------------------------------------------------------------------------- */

static bool answered(const struct answer *a) { return a && (a->blank != BLANK_UNANSWERED || a->n_rows > 0); }

static void note_prefill(struct req *r, const struct front_view *v, const struct form_item *it, struct ff_field *f, struct front_page_view *out)
{
	const struct answer *known = v->prefill ? answers_get(v->prefill, it->path) : NULL;
	if (!answered(known))
		return;
	const char *was = answers_text(v->prefill, it->path);
	out->any_prefill = true;
	f->f.note = str_eq(was, answers_text(v->answers, it->path)) ? "記録から" : arena_fmt(r->arena, "記録では「%s」", was);
}

static void question(struct req *r, const struct front_view *v, const struct form_item *it, struct ff_field *f, struct front_page_view *out,
	struct front_q *q)
{
	if (f->kind == FF_ROW)
		f->kind = FF_RADIO;
	if (f->f.required && (f->kind == FF_RADIO))
		f->f.optional_blank = false;
	f->f.label = it->type == ITEM_CODE && !*it->no ? it->short_label : label_of(r, it); /* a row of a table stands below its question */
	f->f.no_snippet = true;
	f->f.no_draft = true;
	note_prefill(r, v, it, f, out);
	*q = (struct front_q){.field = f, .path = it->path, .only = "", .cond = ""};
	if (!it->shown_when)
		return;
	out->any_branch = true;
	q->only = f->only;
	q->cond = f->cond;
}

void front_questions(struct req *r, const struct front_view *v, struct front_page_view *out)
{
	struct form_fields ff;
	form_fields_of(r, v->answers, &(struct form_fields_marks){.branches = true}, &ff);
	out->sections = ARENA_ARRAY(r->arena, ff.n_sections + 1, struct front_section);
	out->n_sections = ff.n_sections;
	for (size_t s = 0; s < ff.n_sections; s++) {
		struct ff_section *from = &ff.sections[s];
		struct front_section *to = &out->sections[s];
		*to = (struct front_section){.id = from->id, .label = from->label, .qs = ARENA_ARRAY(r->arena, from->n_fields + 1, struct front_q),
			.n = from->n_fields};
		for (size_t i = 0; i < from->n_fields; i++)
			question(r, v, form_item_find(v->def, from->fields[i].f.name), &from->fields[i], out, &to->qs[i]);
	}
}

/* ---- answers in words ------------------------------------------------------------------------------------------------------------ */

static const char *value_of(struct req *r, const struct answers *as, const struct form_item *it)
{
	const struct answer *a = answers_get(as, it->path);
	if (!a || it->type != ITEM_LIST) {
		const char *text = answers_text(as, it->path);
		return *text && *it->unit && a && a->blank == BLANK_NONE ? arena_fmt(r->arena, "%s%s", text, it->unit) : text;
	}
	struct buf b = buf_new(r->arena);
	for (size_t i = 0; i < a->n_rows; i++)
		for (size_t k = 0; k < it->n_children; k++) {
			const char *cell = answer_show(r->arena, &it->children[k], &a->rows[i]->a[k]);
			if (*cell)
				buf_fmt(&b, "%s%s", b.n > 0 ? "、" : "", cell);
		}
	return b.p ? b.p : "";
}

struct front_line *front_lines(struct req *r, const struct front_view *v, const struct answers *as, bool all, size_t *n)
{
	struct front_line *out = ARENA_ARRAY(r->arena, v->def->n_items + 1, struct front_line);
	*n = 0;
	for (size_t i = 0; i < v->def->n_items; i++) {
		const struct form_item *it = &v->def->items[i];
		if (it->type == ITEM_DISPLAY || it->type == ITEM_DERIVED || it->type == ITEM_IMG)
			continue;
		if (front_asked_of(r->c, as, it) != FRONT_ASKED && !answered(answers_get(as, it->path)))
			continue;
		const char *value = value_of(r, as, it);
		if (all || *value)
			out[(*n)++] = (struct front_line){.label = label_of(r, it), .value = value, .theirs = ""};
	}
	return out;
}

static const char *typed_word(const struct form_item *it, const char *value)
{
	const struct form_option *o = it->n_options > 0 ? form_option_find(it, value) : NULL;
	return o ? o->label : value;
}

/* As it was sent, read or not: nothing typed is lost on a page that is no form any more. */
struct front_line *front_typed(struct req *r, const struct front_view *v, size_t *n)
{
	struct front_line *out = ARENA_ARRAY(r->arena, r->form.n + 1, struct front_line);
	*n = 0;
	for (size_t i = 0; i < r->form.n; i++) {
		const struct form_item *it = form_item_find(v->def, r->form.v[i].name);
		if (it && !str_blank(r->form.v[i].value))
			out[(*n)++] = (struct front_line){.label = label_of(r, it), .value = typed_word(it, r->form.v[i].value), .theirs = ""};
	}
	return out;
}

struct front_line *front_differ(struct req *r, const struct answers *mine, const struct answers *theirs, size_t *n)
{
	struct front_line *out = ARENA_ARRAY(r->arena, mine->n + 1, struct front_line);
	*n = 0;
	for (size_t i = 0; i < mine->n; i++) {
		const struct form_item *it = &mine->items[i];
		const char *a = value_of(r, mine, it), *b = value_of(r, theirs, it);
		if (strcmp(a, b) != 0)
			out[(*n)++] = (struct front_line){.label = label_of(r, it), .value = a, .theirs = b};
	}
	return out;
}
