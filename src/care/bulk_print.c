#include "care/bulk_print.h"

#include "access/audit.h"
#include "base/buf.h"
#include "base/house.h"
#include "base/str.h"
#include "register/insurance.h"
#include "register/search.h"

#include <string.h>

#define FILE_ARENA ((size_t)1 << 30)
#define WORK_ARENA ((size_t)256 << 20)

/* One line of the list at the front. */
struct line {
	const char *name, *text;
};

struct work {
	struct ctx *c;            /* of the caller: what must live until the end */
	const struct bulk_print_order *o;
	struct bulk_print_result *out;
	struct arena *file, *arena; /* the pdf's, and what is emptied after each person */
	struct pdf *pdf;
	struct line *lines;
};

static const char *const list_names[] = {"mine", "supported", "everyone", "search"};

const char *bulk_print_list_name(enum list_scope scope) { return list_names[scope]; }

bool bulk_print_list_of(const char *name, enum list_scope *scope)
{
	for (int i = 0; i < 4; i++)
		if (str_eq(list_names[i], name)) {
			*scope = (enum list_scope)i;
			return true;
		}
	return false;
}

/* ---- people ticked one by one ---- */

static void line(struct buf *b, const char *key, const char *value)
{
	if (!str_blank(value) && !strpbrk(value, "\r\n"))
		buf_fmt(b, "%s=%s\n", key, value);
}

err bulk_print_choice_save(struct ctx *c, const struct bulk_print_choice *k, const char **pid)
{
	struct buf b = buf_new(c->arena);
	for (size_t i = 0; i < k->n_persons; i++)
		line(&b, "p", k->persons[i]);
	for (size_t i = 0; i < k->n_forms; i++)
		line(&b, "f", k->forms[i]);
	line(&b, "text", k->text);
	line(&b, "from", k->from);
	line(&b, "to", k->to);
	line(&b, "which", k->which);
	line(&b, "both_sides", k->both_sides ? "1" : "");
	return search_save(c, b.n ? b.p : "", pid);
}

static void once(const char **v, size_t *n, size_t most, const char *value)
{
	for (size_t i = 0; i < *n; i++)
		if (str_eq(v[i], value))
			return;
	if (*n < most)
		v[(*n)++] = value;
}

err bulk_print_choice_get(struct ctx *c, const char *pid, struct bulk_print_choice *k)
{
	const char *params, **persons = ARENA_ARRAY(c->arena, BULK_PRINT_CHOSEN, const char *), **forms = ARENA_ARRAY(c->arena, BULK_PRINT_FORMS, const char *);
	size_t n;
	*k = (struct bulk_print_choice){.persons = persons, .forms = forms, .text = "", .from = "", .to = "", .which = ""};
	TRY(search_get(c, pid, &params));
	char **v = str_split(c->arena, params, '\n', &n);
	for (size_t i = 0; i < n; i++) {
		char *value = strchr(v[i], '=');
		if (!value)
			continue;
		*value++ = '\0';
		if (str_eq(v[i], "p"))
			once(persons, &k->n_persons, BULK_PRINT_CHOSEN, value);
		else if (str_eq(v[i], "f"))
			once(forms, &k->n_forms, BULK_PRINT_FORMS, value);
		else if (str_eq(v[i], "both_sides"))
			k->both_sides = true;
		else
			*(str_eq(v[i], "text") ? &k->text : str_eq(v[i], "from") ? &k->from : str_eq(v[i], "to") ? &k->to : &k->which) = value;
	}
	return OK;
}

static err chosen(struct ctx *c, struct bulk_print_order *o)
{
	struct bulk_print_choice k;
	TRY(bulk_print_choice_get(c, o->chosen_pid, &k));
	o->person_pids = ARENA_ARRAY(c->arena, k.n_persons + 1, const char *);
	o->n_persons = k.n_persons;
	for (size_t i = 0; i < k.n_persons; i++)
		o->person_pids[i] = k.persons[i];
	return OK;
}

err bulk_print_persons(struct ctx *c, struct bulk_print_order *o, bool *more)
{
	*more = false;
	if (!str_blank(o->chosen_pid))
		return chosen(c, o);
	struct person_list_choice page = o->list;
	page.limit = 200;
	page.after = "";
	o->person_pids = ARENA_ARRAY(c->arena, BULK_PRINT_PERSONS, const char *);
	o->n_persons = 0;
	*more = false;
	do {
		struct person_hit *v;
		size_t n;
		const char *next;
		TRY(person_list(c, &page, &v, &n, &next));
		for (size_t i = 0; i < n; i++) {
			if (o->n_persons == BULK_PRINT_PERSONS) {
				*more = true;
				return OK;
			}
			o->person_pids[o->n_persons++] = v[i].pid;
		}
		page.after = next;
	} while (*page.after);
	return OK;
}

static const char *day_text(struct ctx *c, civil day)
{
	char t[CIVIL_TEXT];
	if (day == CIVIL_NONE || day == CIVIL_OPEN)
		return "";
	civil_text(day, t);
	return arena_fmt(c->arena, "%s", t);
}

struct json *bulk_print_params(struct ctx *c, const struct bulk_print_order *o)
{
	struct arena *a = c->arena;
	struct json *v = json_new(a, JSON_OBJECT), *forms = json_new(a, JSON_ARRAY);
	for (size_t i = 0; i < o->n_forms; i++)
		json_add(a, forms, json_new_text(a, o->form_ids[i]));
	json_set(a, v, "forms", forms);
	json_set(a, v, "list", json_new_text(a, bulk_print_list_name(o->list.scope)));
	json_set(a, v, "search", json_new_text(a, str_or(o->list.search_pid, "")));
	json_set(a, v, "chosen", json_new_text(a, str_or(o->chosen_pid, "")));
	json_set(a, v, "ended", json_new_bool(a, o->list.with_ended));
	json_set(a, v, "from", json_new_text(a, day_text(c, o->period.from)));
	json_set(a, v, "to", json_new_text(a, day_text(c, o->period.to)));
	json_set(a, v, "newest", json_new_bool(a, o->period.newest));
	json_set(a, v, "both_sides", json_new_bool(a, o->both_sides));
	return v;
}

err bulk_print_of_params(struct ctx *c, const struct json *v, struct bulk_print_order *o)
{
	bool more;
	*o = (struct bulk_print_order){.period = {CIVIL_NONE, CIVIL_OPEN, json_bool(json_get(v, "newest"), false)},
	                               .both_sides = json_bool(json_get(v, "both_sides"), false)};
	person_list_choice_init(&o->list);
	o->list.search_pid = json_get_text(v, "search", "");
	o->chosen_pid = json_get_text(v, "chosen", "");
	o->list.with_ended = json_bool(json_get(v, "ended"), false);
	const char *from = json_get_text(v, "from", ""), *to = json_get_text(v, "to", "");
	if (!bulk_print_list_of(json_get_text(v, "list", ""), &o->list.scope) || (*from && !civil_parse(from, &o->period.from)) ||
	    (*to && !civil_parse(to, &o->period.to)))
		return ERR_BUG;
	const struct json *forms = json_get(v, "forms");
	for (size_t i = 0; forms && i < forms->n && i < BULK_PRINT_FORMS; i++)
		o->form_ids[o->n_forms++] = json_text(json_at(forms, i), "");
	TRY(bulk_print_persons(c, o, &more));
	return more ? ERR_LIMIT : OK;
}

err bulk_print_check(struct ctx *c, const struct bulk_print_order *o)
{
	if (o->n_persons == 0)
		fault_add(c, "persons", ERR_REQUIRED, "印刷する利用者がいません。別の一覧を選んでください。");
	if (o->n_forms == 0)
		fault_add(c, "forms", ERR_REQUIRED, "印刷する様式を1つ以上選んでください。");
	for (size_t i = 0; i < o->n_forms; i++)
		if (!printable_find(o->form_ids[i]))
			fault_add(c, "forms", ERR_NOT_CHOICE, "様式「%s」はまとめて印刷できません。", o->form_ids[i]);
	if (o->period.from != CIVIL_NONE && o->period.to != CIVIL_OPEN && o->period.from > o->period.to)
		fault_add(c, "to", ERR_PERIOD_ORDER, "期間の終わりは、始まりより後の日にしてください。");
	if (o->n_persons > BULK_PRINT_PERSONS)
		return ERR_LIMIT;
	return c->n_faults ? ERR_INPUT : OK;
}

static const char *insured_no(struct ctx *c, int64_t person_id)
{
	struct t_person_insurance row;
	bool found = false;
	if (insurance_at(c, person_id, (struct gen_asof){c->today, CIVIL_NONE}, &row, &found) != OK || !found)
		return "";
	return row.insured_no;
}

/* The documents of one form; says in *text what came of it. */
static err one_form(struct work *w, struct ctx *c, const struct person *p, const char *no, const struct printable *f, struct buf *text)
{
	struct printable_docs docs = {0};
	err e = f->docs(c, p, &w->o->period, &docs);
	buf_str(text, text->n ? "　" : "");
	if (e == ERR_DENIED || e == ERR_NOTFOUND) {
		w->out->denied++;
		buf_fmt(text, "%s：権限なし", f->label);
		return OK;
	}
	TRY(e);
	if (docs.n == 0) {
		w->out->no_data++;
		buf_fmt(text, "%s：データなし", f->label);
		return OK;
	}
	for (size_t i = 0; i < docs.n; i++) {
		struct print_job job = docs.v[i];
		job.name = p->name;
		job.insured_no = no;
		job.now_ms = c->now_ms;
		job.today = c->today;
		TRY(print_add(w->pdf, &job, false));
	}
	w->out->printed += docs.n;
	buf_fmt(text, docs.n > 1 ? "%s：印刷済（%zu件）" : "%s：印刷済", f->label, docs.n);
	return OK;
}

static err one_person(struct work *w, size_t i)
{
	struct ctx c = *w->c; /* its memory is emptied after each person, so nothing of it may stay in the caller's */
	struct person p;
	c.arena = w->arena;
	c.faults = NULL;
	c.n_faults = c.cap_faults = 0;
	pdf_scratch_set(w->pdf, w->arena);
	err e = person_get(&c, w->o->person_pids[i], &p);
	if (e == ERR_NOTFOUND || e == ERR_DENIED) {
		w->lines[i] = (struct line){"（閲覧できない方）", "権限なし"};
		w->out->denied += w->o->n_forms;
		return OK;
	}
	TRY(e);
	struct buf text = buf_new(w->arena);
	size_t before = w->out->printed;
	const char *no = insured_no(&c, p.id);
	for (size_t k = 0; k < w->o->n_forms; k++)
		TRY(one_form(w, &c, &p, no, printable_find(w->o->form_ids[k]), &text));
	if (w->out->printed > before)
		TRY(audit_look(&c, "print", "bulk_print", &p.id, 1));
	if (w->o->both_sides && pdf_page_count(w->pdf) % 2)
		pdf_page_add(w->pdf, PDF_A4_W, PDF_A4_H);
	w->lines[i] = (struct line){arena_str(w->file, p.name), arena_str(w->file, text.p)};
	return OK;
}

/* ---- the list at the front ---- */

enum { LEFT = 150, WIDTH = 1800, NAME_W = 480, FOOT = 2800 };

static int list_head(struct work *w, const char *summary)
{
	const struct pdf_style title = {.face = PDF_GOTHIC, .size_pt10 = 140, .align = PDF_CENTER}, text = {.face = PDF_GOTHIC, .size_pt10 = 90};
	pdf_page_add(w->pdf, PDF_A4_W, PDF_A4_H);
	int y = 130;
	y += pdf_text_put(w->pdf, "まとめ印刷の一覧", &title, LEFT, y, WIDTH, 80) + 20;
	return y + pdf_text_put(w->pdf, summary, &text, LEFT, y, WIDTH, 80) + 20;
}

static void list_pages(struct work *w, const char *summary)
{
	const struct pdf_style style = {.face = PDF_GOTHIC, .size_pt10 = 88, .valign = PDF_TOP};
	const struct pdf_pen thin = {.width_pt100 = 30, .gray = 120};
	size_t first = pdf_page_count(w->pdf);
	pdf_scratch_set(w->pdf, NULL);
	int y = list_head(w, summary);
	for (size_t i = 0; i < w->o->n_persons; i++) {
		const struct pdf_text *name = pdf_text_set(w->pdf, arena_fmt(w->file, "%zu　%s", i + 1, w->lines[i].name), &style, NAME_W),
		                      *text = pdf_text_set(w->pdf, w->lines[i].text, &style, WIDTH - NAME_W);
		size_t lines = name->n_lines > text->n_lines ? name->n_lines : text->n_lines;
		int h = pdf_text_height(name, lines) + 14;
		if (y + h > FOOT)
			y = list_head(w, summary);
		pdf_text_draw(w->pdf, name, 0, name->n_lines, LEFT, y, NAME_W, h);
		pdf_text_draw(w->pdf, text, 0, text->n_lines, LEFT + NAME_W, y, WIDTH - NAME_W, h);
		y += h;
		pdf_line(w->pdf, LEFT, y - 7, LEFT + WIDTH, y - 7, thin);
	}
	if (w->o->both_sides && (pdf_page_count(w->pdf) - first) % 2)
		pdf_page_add(w->pdf, PDF_A4_W, PDF_A4_H);
	pdf_pages_to_front(w->pdf, pdf_page_count(w->pdf) - first);
}

const char *bulk_print_summary(struct ctx *c, const struct bulk_print_order *o, const struct bulk_print_result *r)
{
	return arena_fmt(c->arena, "%zu人、%zu様式：印刷済 %zu件、データなし %zu件、権限なし %zu件", o->n_persons, o->n_forms, r->printed, r->no_data, r->denied);
}

static err run(struct work *w, err (*step)(void *arg, int64_t done, int64_t total), void *arg)
{
	const struct bulk_print_order *o = w->o;
	w->pdf = pdf_new(w->file, w->c->house->fonts, &(struct pdf_info){.title = "まとめ印刷", .now_ms = w->c->now_ms});
	w->lines = ARENA_ARRAY(w->file, o->n_persons + 1, struct line);
	for (size_t i = 0; i < o->n_persons; i++) {
		TRY(one_person(w, i));
		arena_reset(w->arena);
		if (step)
			TRY(step(arg, (int64_t)i + 1, (int64_t)o->n_persons));
	}
	if (w->out->printed == 0)
		return OK;
	list_pages(w, bulk_print_summary(w->c, o, w->out));
	const char *bytes;
	w->out->pages = pdf_page_count(w->pdf);
	TRY(pdf_write(w->pdf, &bytes, &w->out->n_pdf));
	w->out->pdf = arena_copy(w->c->arena, bytes, w->out->n_pdf);
	return OK;
}

err bulk_print(struct ctx *c, const struct bulk_print_order *o, err (*step)(void *arg, int64_t done, int64_t total), void *arg,
               struct bulk_print_result *out)
{
	*out = (struct bulk_print_result){0};
	TRY(bulk_print_check(c, o));
	struct work w = {.c = c, .o = o, .out = out, .file = arena_new(FILE_ARENA), .arena = arena_new(WORK_ARENA)};
	jmp_buf full;
	err e = ERR_NOMEM;
	if (w.file && w.arena && setjmp(full) == 0) {
		arena_set_escape(w.file, &full);
		arena_set_escape(w.arena, &full);
		e = run(&w, step, arg);
	}
	arena_free(w.file);
	arena_free(w.arena);
	return e;
}
