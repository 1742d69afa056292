/* survey_publish — freezing the questions of a survey as a form, and reading the frozen ones; shipped templates. */
#include "base/house.h"
#include "base/str.h"
#include "form/cases.h"
#include "region/front.h"
#include "region/survey_data.h"
#include "region/survey_own.h"
#include "register/territory.h"
#include "sql/q_survey.h"
#include "store/tx.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

enum { NOTE_MAX = 400, MOST_TEMPLATES = 64, AREAS_MOST = 60 };

static const char *form_id(struct arena *a, const struct t_survey *s) { return arena_fmt(a, "survey-%.8s", s->pid); }

static const char *day_text(struct arena *a, civil day)
{
	char text[CIVIL_TEXT];
	civil_text(day, text);
	return arena_str(a, text);
}

struct building {
	struct survey_texts texts;
	const struct form_def *def;
	const char **problems;
	size_t n;
};

static err build(struct ctx *c, const struct t_survey *s, const struct t_survey_question *q, size_t n, struct building *b)
{
	struct form_problems p = {0};
	struct form_def *def = NULL;
	TRY(survey_compose(c, s, q, n, &b->texts, &b->problems, &b->n));
	if (b->n)
		return ERR_INPUT;
	const struct form_text t = {.id = form_id(c->arena, s), .version = day_text(c->arena, c->today), .form = b->texts.form, .rules = b->texts.rules, .meta = b->texts.meta,
		.bindings = ""};
	err e = form_build(c->arena, &t, &def, &p);
	b->def = def;
	if (e != ERR_FORM_DEF)
		return e;
	b->problems = p.lines;
	b->n = p.n;
	return ERR_INPUT;
}

err survey_preview(struct ctx *c, const struct t_survey *s, const struct form_def **def, const char ***problems, size_t *n)
{
	struct t_survey_question *q;
	size_t n_q;
	struct building b = {0};
	TRY(survey_questions(c, s->id, &q, &n_q));
	err e = build(c, s, q, n_q, &b);
	*def = b.def;
	*problems = b.problems;
	*n = b.n;
	return e == ERR_INPUT ? OK : e;
}

/* ---- frozen versions -------------------------------------------------------------------------------------------------------- */

err survey_forms(struct ctx *c, int64_t survey_id, struct t_survey_form **v, size_t *n)
{
	struct q_survey_form_ids_row *r;
	TRY(q_survey_form_ids(c, &(struct q_survey_form_ids_in){.survey_id = survey_id}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct t_survey_form);
	for (size_t i = 0; i < *n; i++)
		TRY(row_load(c, &T_survey_form, r[i].id, &(*v)[i]));
	return OK;
}

err survey_form_def(struct ctx *c, const struct t_survey_form *f, const struct form_def **def)
{
	struct t_survey s;
	TRY(row_load(c, &T_survey, f->survey_id, &s));
	return front_def(c, form_id(c->arena, &s), day_text(c->arena, f->published_on), f->form, f->rules, f->meta, def);
}

err survey_form_questions(struct ctx *c, const struct t_survey_form *f, struct t_survey_question **v, size_t *n)
{
	struct json *all;
	TRY(json_parse(c->arena, f->questions, strlen(f->questions), NULL, &all, NULL));
	*n = all->n;
	*v = ARENA_ARRAY(c->arena, *n + 1, struct t_survey_question);
	for (size_t i = 0; i < *n; i++)
		survey_question_of_json(all->items[i], &(*v)[i]);
	return OK;
}

err survey_form_changes(struct ctx *c, const struct t_survey_form *f, struct survey_change **v, size_t *n)
{
	struct json *all;
	*n = 0;
	*v = NULL;
	if (!*f->changes)
		return OK;
	TRY(json_parse(c->arena, f->changes, strlen(f->changes), NULL, &all, NULL));
	*n = all->n;
	*v = ARENA_ARRAY(c->arena, *n + 1, struct survey_change);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct survey_change){.key = json_get_text(all->items[i], "key", ""), .what = json_get_text(all->items[i], "what", ""),
			.before = json_get_text(all->items[i], "before", ""), .after = json_get_text(all->items[i], "after", ""),
			.breaks = json_bool(json_get(all->items[i], "breaks"), false)};
	return OK;
}

struct publishing {
	const char *pid, *note;
	struct t_survey_form *out;
	const char **problems;
	size_t n;
};

static err put_form(struct ctx *c, const struct t_survey *s, const struct publishing *p, const struct building *b, const struct t_survey_form *last)
{
	struct t_survey_form row;
	row_init(&T_survey_form, &row);
	row.survey_id = s->id;
	row.no = last ? last->no + 1 : 1;
	row.form = b->texts.form;
	row.rules = b->texts.rules;
	row.meta = b->texts.meta;
	row.questions = b->texts.questions;
	row.sha256 = arena_str(c->arena, b->def->sha256);
	row.published_on = c->today;
	row.note = p->note;
	if (last) {
		struct t_survey_question *before, *after;
		struct survey_change *v;
		size_t n_before, n_after, n;
		TRY(survey_form_questions(c, last, &before, &n_before));
		TRY(survey_form_questions(c, &row, &after, &n_after));
		survey_diff(c->arena, before, n_before, after, n_after, &v, &n);
		row.changes = json_to_text(c->arena, survey_changes_json(c->arena, v, n), false);
	}
	TRY(row_insert(c, &T_survey_form, &row));
	*p->out = row;
	return OK;
}

static err publish_tx(struct ctx *c, void *arg)
{
	struct publishing *p = arg;
	struct t_survey s;
	struct t_survey_question *q;
	struct t_survey_form *forms;
	size_t n, n_forms;
	struct building b = {0};
	TRY(survey_get(c, p->pid, &s));
	TRY(survey_gate(c, &s, ACTION_WRITE));
	TRY(survey_questions(c, s.id, &q, &n));
	TRY(survey_forms(c, s.id, &forms, &n_forms));
	err e = build(c, &s, q, n, &b);
	p->problems = b.problems;
	p->n = b.n;
	TRY(e);
	if (str_count(p->note) > NOTE_MAX)
		return fault_add(c, "note", ERR_TOO_LONG, "「変えた理由」は%d文字までにしてください。", NOTE_MAX);
	if (n_forms && str_eq(forms[n_forms - 1].questions, b.texts.questions)) {
		*p->out = forms[n_forms - 1];
		return OK;
	}
	return put_form(c, &s, p, &b, n_forms ? &forms[n_forms - 1] : NULL);
}

err survey_publish(struct ctx *c, const char *pid, const char *note, struct t_survey_form *out, const char ***problems, size_t *n)
{
	struct publishing p = {.pid = pid, .note = str_or(note, ""), .out = out};
	err e = tx_run(c, publish_tx, &p);
	*problems = p.problems;
	*n = p.n;
	return e;
}

/* ---- templates ---------------------------------------------------------------------------------------------------------------- */

static const char *dir_of(struct ctx *c) { return arena_fmt(c->arena, "%s/share/surveys", c->house->share_dir); }

static err read_template(struct ctx *c, const char *id, struct json **out)
{
	const char *text, *why = "";
	for (const char *s = id; *s; s++)
		if (!((*s >= 'a' && *s <= 'z') || (*s >= '0' && *s <= '9') || *s == '-'))
			return ERR_NOTFOUND;
	if (form_text_file(c->arena, arena_fmt(c->arena, "%s/%s.json", dir_of(c), id), &text) != OK)
		return ERR_NOTFOUND;
	return json_parse(c->arena, text, strlen(text), NULL, out, &why);
}

static int by_id(const void *x, const void *y) { return strcmp(((const struct survey_template *)x)->id, ((const struct survey_template *)y)->id); }

static size_t template_ids(struct ctx *c, const char **ids)
{
	size_t n = 0;
	DIR *d = opendir(dir_of(c));
	if (!d)
		return 0;
	/* the names are copied before anything else is allocated, and they are few: no jump out of the arena while the folder is open */
	for (struct dirent *e; n < MOST_TEMPLATES && (e = readdir(d));)
		if (str_ends(e->d_name, ".json"))
			ids[n++] = arena_strn(c->arena, e->d_name, strlen(e->d_name) - 5);
	closedir(d);
	return n;
}

err survey_templates(struct ctx *c, struct survey_template **v, size_t *n)
{
	const char *ids[MOST_TEMPLATES];
	size_t n_ids = template_ids(c, ids);
	*v = ARENA_ARRAY(c->arena, n_ids + 1, struct survey_template);
	*n = 0;
	for (size_t i = 0; i < n_ids; i++) {
		struct json *t;
		TRY(read_template(c, ids[i], &t));
		(*v)[(*n)++] = (struct survey_template){.id = ids[i], .title = json_get_text(t, "title", ids[i]), .purpose = json_get_text(t, "purpose", ""),
			.unit = json_get_text(t, "unit", ""), .source = json_get_text(t, "source", ""), .is_anonymous = json_bool(json_get(t, "anonymous"), false)};
	}
	qsort(*v, *n, sizeof **v, by_id);
	return OK;
}

struct templating {
	const char *id, **pid;
};

static err add_groups(struct ctx *c, const struct t_survey *s, const struct json *groups)
{
	for (size_t i = 0; groups && i < groups->n; i++) {
		struct t_survey_group g;
		row_init(&T_survey_group, &g);
		g.survey_id = s->id;
		g.key = json_get_text(groups->items[i], "key", "");
		g.label = json_get_text(groups->items[i], "label", "");
		g.sort = (int64_t)i + 1;
		TRY(row_insert(c, &T_survey_group, &g));
	}
	return OK;
}

/* "areas": the level whose areas of the town are the options; what the template says stays where the register has not two of them. */
static err area_options(struct ctx *c, const char *level, const char **options)
{
	struct area *v;
	size_t n;
	struct buf b = buf_new(c->arena);
	if (str_blank(level))
		return OK;
	TRY(area_list(c, level, c->today, &v, &n));
	if (n < 2 || n > AREAS_MOST)
		return OK;
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "a%zu %s\n", i + 1, v[i].name);
	buf_str(&b, "other そのほか・決まっていない");
	*options = b.p;
	return OK;
}

/* Tables of the report the survey is made for; they appear once its questions are fixed. */
static err add_cuts(struct ctx *c, const struct t_survey *s, const struct json *cuts)
{
	for (size_t i = 0; cuts && i < cuts->n; i++) {
		struct t_survey_cut x;
		survey_cut_init(s, &x);
		x.what = json_get_text(cuts->items[i], "what", "");
		x.row_key = json_get_text(cuts->items[i], "row_key", "");
		x.col_key = json_get_text(cuts->items[i], "col_key", "");
		x.sort = (int64_t)i + 1;
		TRY(row_insert(c, &T_survey_cut, &x));
	}
	return OK;
}

static err template_tx(struct ctx *c, void *arg)
{
	const struct templating *t = arg;
	struct json *j;
	struct t_survey s;
	TRY(read_template(c, t->id, &j));
	survey_init(c, &s);
	s.title = json_get_text(j, "title", "");
	s.purpose = json_get_text(j, "purpose", "");
	s.unit = json_get_text(j, "unit", "centre");
	s.target_words = json_get_text(j, "target", "");
	s.frame_words = json_get_text(j, "frame", "");
	s.greeting = json_get_text(j, "greeting", "");
	s.prefill = json_get_text(j, "prefill", "");
	s.is_anonymous = json_bool(json_get(j, "anonymous"), false);
	s.template = t->id;
	TRY(survey_save(c, &s, NULL));
	const struct json *list = json_get(j, "questions");
	for (size_t i = 0; list && i < list->n; i++) {
		struct t_survey_question q;
		survey_question_of_json(list->items[i], &q);
		q.survey_id = s.id;
		TRY(area_options(c, json_get_text(list->items[i], "areas", ""), &q.options));
		TRY(survey_question_save(c, &q, NULL));
	}
	TRY(add_groups(c, &s, json_get(j, "groups")));
	TRY(add_cuts(c, &s, json_get(j, "cuts")));
	*t->pid = s.pid;
	return OK;
}

err survey_from_template(struct ctx *c, const char *id, const char **pid) { return tx_run(c, template_tx, &(struct templating){id, pid}); }
