/* 保険・認定: all period records of 介護 and 障害 side by side, as of a day and as known on a day, and on one time line (F010, F011). */
#include "web/pages/insurance.h"

#include "base/str.h"
#include "jp/era.h"
#include "register/ranks.h"
#include "tmpl/person_insurance.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/route.h"

#include <stdlib.h>
#include <string.h>

static const char *pid_at(const struct table_desc *t, const void *row) { return *(const char *const *)((const char *)row + t->cols[t->pid].offset); }

static err fill_advice(struct req *r, const struct record_page *p, const void *row, struct record_row_shown *out)
{
	struct advice *v;
	size_t n = 0;
	if (p->kind == &GEN_INSURANCE)
		TRY(insurance_advice(r->c, row, &v, &n));
	else if (p->kind == &GEN_CERTIFICATION)
		TRY(certification_advice(r->c, row, &v, &n));
	out->advice = ARENA_ARRAY(r->arena, n + 1, const char *);
	for (size_t i = 0; i < n; i++)
		out->advice[i] = v[i].message;
	out->n_advice = n;
	return OK;
}

static void row_period(const struct gen_kind *k, const void *row, civil *from, civil *to)
{
	k->period(row, from, to);
	if (*from == CIVIL_NONE && k->day)
		*from = k->day(row);
}

/* A judgement has no last day: the newer one of its kind takes its place, the later entry where the day is the same. */
static bool is_outdone(const struct gen_kind *k, const char *rows, size_t n, size_t i, civil today)
{
	if (k != &GEN_RANK)
		return false;
	const struct t_person_rank *v = (const struct t_person_rank *)(const void *)rows;
	for (size_t j = 0; j < n; j++)
		if (v[j].judged_on <= today && k->same_series(&v[i], &v[j]) &&
		    (v[j].judged_on > v[i].judged_on || (v[j].judged_on == v[i].judged_on && v[j].id > v[i].id)))
			return true;
	return false;
}

err record_section_fill(struct req *r, const struct record_page *p, const struct person_card *card, struct gen_asof asof, struct record_section *out)
{
	void *rows;
	const struct gen_kind *k = p->kind;
	*out = (struct record_section){.p = p, .class_label = class_label_ja(k->class_bit)};
	out->row_path = arena_fmt(r->arena, "/persons/%s/records/%s", card->p.pid, p->slug);
	out->add_path = arena_fmt(r->arena, "%s/new", out->row_path);
	out->may_write = card->view.may[ACTION_WRITE] & (uint32_t)k->class_bit;
	err e = gen_list(r->c, k, card->p.id, asof, &rows, &out->n_rows);
	if (e == ERR_DENIED || e == ERR_NOTFOUND) {
		out->is_locked = true;
		return OK;
	}
	TRY(e);
	out->rows = ARENA_ARRAY(r->arena, out->n_rows + 1, struct record_row_shown);
	for (size_t i = 0; i < out->n_rows; i++) {
		const void *row = (const char *)rows + i * k->table->size;
		struct record_row_shown *s = &out->rows[i];
		civil from, to, today = r->c->today;
		row_period(k, row, &from, &to);
		s->pid = pid_at(k->table, row);
		s->text = k->text(r->c, row);
		s->period = from == CIVIL_NONE ? "" : to == CIVIL_NONE ? era_text(r->arena, from) : gen_period_ja(r->c, from, to);
		s->show_period = *s->period && !strstr(s->text, s->period);
		s->is_now = from != CIVIL_NONE && to != CIVIL_NONE && from <= today && to >= today &&
			!is_outdone(k, rows, out->n_rows, i, today);
		s->until_word = s->is_now ? until_word(r->arena, to, today, &s->until_kind) : "";
		if (asof.known_on == CIVIL_NONE)
			TRY(fill_advice(r, p, row, s));
	}
	return OK;
}

static civil typed_day(struct req *r, const char *field, const char *text)
{
	struct era_date d;
	if (str_blank(text) || era_parse(r->c, field, text, &d) != OK)
		return CIVIL_NONE;
	return d.day;
}

static int newest_first(const void *a, const void *b)
{
	const struct record_line *x = a, *y = b;
	return (y->from > x->from) - (y->from < x->from);
}

/* Everything of both laws in one order, newest first (F011). */
static err fill_lines(struct req *r, struct insurance_view *v, const struct person_card *card, struct gen_asof asof)
{
	size_t cap = 1;
	for (size_t i = 0; i < v->n_sections; i++)
		cap += v->sections[i].n_rows;
	v->lines = ARENA_ARRAY(r->arena, cap, struct record_line);
	for (size_t i = 0; i < v->n_sections; i++) {
		const struct record_section *s = &v->sections[i];
		void *rows;
		size_t n;
		if (s->is_locked)
			continue;
		TRY(gen_list(r->c, s->p->kind, card->p.id, asof, &rows, &n));
		for (size_t k = 0; k < n && k < s->n_rows; k++) {
			civil from, to;
			row_period(s->p->kind, (const char *)rows + k * s->p->kind->table->size, &from, &to);
			v->lines[v->n_lines++] = (struct record_line){from, s->rows[k].period, s->p->label, s->rows[k].text, s->p->disability};
		}
	}
	qsort(v->lines, v->n_lines, sizeof v->lines[0], newest_first);
	return OK;
}

err page_insurance(struct req *r)
{
	struct page_view *page = page_view(r, "保険・認定");
	struct person_card card;
	size_t n;
	const struct record_page *pages = record_pages(&n);
	TRY(person_page(r, page, req_param(r, "pid"), &card));
	page->wide = true;
	struct insurance_view v = {.page = page, .pid = card.p.pid, .on = req_query(r, "on"), .known = req_query(r, "known"), .ask = card.view.ask};
	v.on_day = typed_day(r, "on", v.on);
	v.known_day = typed_day(r, "known", v.known);
	page->faults = r->c->faults;
	page->n_faults = 0; /* said beside the box: nothing was to be saved */
	struct gen_asof asof = {v.on_day, v.known_day};
	v.sections = ARENA_ARRAY(r->arena, n, struct record_section);
	for (size_t i = 0; i < n; i++)
		if (str_eq(pages[i].back, "insurance"))
			TRY(record_section_fill(r, &pages[i], &card, asof, &v.sections[v.n_sections++]));
	TRY(fill_lines(r, &v, &card, asof));
	tmpl_person_insurance(res_page(r), &v);
	return OK;
}
