/* survey_compose — questions → the texts of a form (form.json, rules.json, meta.json), and what differs between two versions. */
#include "base/map.h"
#include "base/str.h"
#include "care/children.h"
#include "region/survey_own.h"

#include <string.h>

#define SOURCE "調査の設計"
#define CONFIDENCE "A"

struct composing {
	struct ctx *c;
	struct arena *a;
	const struct t_survey_question *q;
	size_t n;
	const char **problems;
	size_t n_problems, cap_problems;
	const char **condition; /* of each question, with those it depends on; NULL = always asked */
};

static void problem(struct composing *p, const struct t_survey_question *q, const char *what)
{
	if (p->n_problems < p->cap_problems)
		p->problems[p->n_problems++] = arena_fmt(p->a, "「%s」: %s", *q->label ? q->label : q->key, what);
}

static const char *and_of(struct arena *a, const char *x, const char *y)
{
	return x && y ? arena_fmt(a, "(%s) and (%s)", x, y) : x ? x : y;
}

static bool is_codes(const struct t_survey_question *q) { return str_eq(q->kind, "multi") || str_eq(q->kind, "counts"); }

/* 「その質問で a か b を選んだ」 */
static const char *chosen(struct arena *a, const struct t_survey_question *of, const char *codes)
{
	struct buf b = buf_new(a);
	size_t n;
	char **v = str_split(a, codes, ',', &n);
	if (!is_codes(of))
		buf_fmt(&b, "%s in (", of->key);
	for (size_t i = 0; i < n; i++) {
		const char *code = str_trim(a, v[i]);
		if (is_codes(of))
			buf_fmt(&b, "%shas(%s, '%s')", i ? " or " : "", of->key, code);
		else
			buf_fmt(&b, "%s'%s'", i ? ", " : "", code);
	}
	if (!is_codes(of))
		buf_char(&b, ')');
	return b.p;
}

static void conditions(struct composing *p)
{
	p->condition = ARENA_ARRAY(p->a, p->n + 1, const char *);
	for (size_t i = 0; i < p->n; i++) {
		const struct t_survey_question *q = &p->q[i];
		if (!*q->shown_key)
			continue;
		size_t k = 0;
		while (k < i && !str_eq(p->q[k].key, q->shown_key))
			k++;
		if (k == i)
			problem(p, q, "表示する条件の質問が、この質問より前にありません。");
		else
			p->condition[i] = and_of(p->a, p->condition[k], chosen(p->a, &p->q[k], q->shown_codes));
	}
}

/* ---- items ---------------------------------------------------------------------------------------------------------------- */

static void set(struct arena *a, struct json *o, const char *key, const char *text)
{
	if (text && *text)
		json_set(a, o, key, json_new_text(a, text));
}

static struct json *item(struct composing *p, const char *id, const char *type, const char *label, const char *shown)
{
	struct json *o = json_new(p->a, JSON_OBJECT);
	set(p->a, o, "id", id);
	set(p->a, o, "type", type);
	set(p->a, o, "label", label);
	set(p->a, o, "shown_when", shown);
	set(p->a, o, "source", SOURCE);
	set(p->a, o, "confidence", CONFIDENCE);
	return o;
}

static struct json *options(struct composing *p, const struct survey_choice *v, size_t n)
{
	struct json *list = json_new(p->a, JSON_ARRAY);
	for (size_t i = 0; i < n; i++) {
		struct json *o = json_new(p->a, JSON_OBJECT);
		set(p->a, o, "code", v[i].code);
		set(p->a, o, "label", v[i].label);
		json_add(p->a, list, o);
	}
	return list;
}

static void bounds(struct composing *p, struct json *o, const struct t_survey_question *q)
{
	json_set(p->a, o, "min", json_new_int(p->a, q->lowest == INT_NULL ? 0 : q->lowest));
	json_set(p->a, o, "max", json_new_int(p->a, q->highest == INT_NULL ? 9999999 : q->highest));
	set(p->a, o, "unit", q->unit_word);
}

static const char *label_with_no(struct arena *a, const struct t_survey_question *q)
{
	return *q->printed_no ? arena_fmt(a, "%s %s", q->printed_no, q->label) : q->label;
}

/* An item of a question is named by both, so that a fault says which of them; on the page, below the question, its own name is enough. */
static void name_item(struct composing *p, struct json *o, const struct t_survey_question *q, const char *own)
{
	json_set(p->a, o, "label", json_new_text(p->a, arena_fmt(p->a, "%s：%s", label_with_no(p->a, q), own)));
	set(p->a, o, "short", own);
}

static void add_details(struct composing *p, struct json *items, size_t i, const struct survey_choice *v, size_t n)
{
	const struct t_survey_question *q = &p->q[i];
	for (size_t k = 0; k < n; k++) {
		const char *shown = and_of(p->a, p->condition[i], chosen(p->a, q, v[k].code));
		if (str_eq(q->kind, "counts")) {
			struct json *o = item(p, survey_item(p->a, q->key, arena_fmt(p->a, "%s_n", v[k].code)), "int", arena_fmt(p->a, "%sの回数", v[k].label), shown);
			bounds(p, o, q);
			/* a tick without its number would silently fall out of sum and mean */
			set(p->a, o, "required", "cond");
			set(p->a, o, "required_when", shown);
			json_add(p->a, items, o);
		}
		/* the option with words of its own has that field already */
		if (q->asks_detail && !str_eq(v[k].code, q->other_code))
			json_add(p->a, items, item(p, survey_item(p->a, q->key, arena_fmt(p->a, "%s_detail", v[k].code)), "text", arena_fmt(p->a, "%sの内容", v[k].label), shown));
	}
}

static void add_choice(struct composing *p, struct json *items, size_t i)
{
	const struct t_survey_question *q = &p->q[i];
	struct survey_choice *v;
	size_t n;
	if (survey_choices(p->c, "options", q->options, &v, &n) != OK || n == 0) {
		problem(p, q, "選択肢がありません。");
		return;
	}
	struct json *o = item(p, q->key, is_codes(q) ? "codes" : "code", label_with_no(p->a, q), p->condition[i]);
	json_set(p->a, o, "options", options(p, v, n));
	set(p->a, o, "help", *q->help ? q->help : is_codes(q) ? "あてはまるものをいくつでも選んでください。" : "");
	if (q->is_required)
		set(p->a, o, "required", p->condition[i] ? "cond" : "form");
	if (q->is_required)
		set(p->a, o, "required_when", p->condition[i]);
	json_add(p->a, items, o);
	add_details(p, items, i, v, n);
	if (*q->other_code)
		json_add(p->a, items, item(p, survey_item(p->a, q->key, "other"), "text", "その他の内容", and_of(p->a, p->condition[i], chosen(p->a, q, q->other_code))));
}

static void add_matrix(struct composing *p, struct json *items, size_t i)
{
	const struct t_survey_question *q = &p->q[i];
	struct survey_choice *v, *rows;
	size_t n, n_rows;
	if (survey_choices(p->c, "options", q->options, &v, &n) != OK || survey_choices(p->c, "parts", q->parts, &rows, &n_rows) != OK || !n || !n_rows) {
		problem(p, q, "選択肢か表の行がありません。");
		return;
	}
	struct json *head = item(p, survey_item(p->a, q->key, "head"), "display", label_with_no(p->a, q), p->condition[i]);
	set(p->a, head, "help", q->help);
	json_add(p->a, items, head);
	for (size_t k = 0; k < n_rows; k++) {
		struct json *o = item(p, survey_item(p->a, q->key, rows[k].code), "code", rows[k].label, p->condition[i]);
		name_item(p, o, q, rows[k].label);
		json_set(p->a, o, "options", options(p, v, n));
		if (q->is_required)
			set(p->a, o, "required", p->condition[i] ? "cond" : "form");
		if (q->is_required)
			set(p->a, o, "required_when", p->condition[i]);
		json_add(p->a, items, o);
	}
}

static void add_plain(struct composing *p, struct json *items, size_t i)
{
	static const char *const types[SURVEY_KIND_COUNT] = {[SURVEY_NUMBER] = "int", [SURVEY_DATE] = "date", [SURVEY_TEXT] = "text", [SURVEY_MEMO] = "memo", [SURVEY_NOTE] = "display"};
	const struct t_survey_question *q = &p->q[i];
	int kind = survey_kind_of(q->kind);
	if (kind < 0 || !types[kind]) {
		problem(p, q, "質問の形が分かりません。");
		return;
	}
	struct json *o = item(p, q->key, types[kind], label_with_no(p->a, q), p->condition[i]);
	if (kind == SURVEY_NUMBER)
		bounds(p, o, q);
	if (kind == SURVEY_DATE)
		json_set(p->a, o, "future", json_new_bool(p->a, true));
	if (kind != SURVEY_NOTE)
		set(p->a, o, "help", q->help);
	if (q->is_required && kind != SURVEY_NOTE) {
		set(p->a, o, "required", p->condition[i] ? "cond" : "form");
		set(p->a, o, "required_when", p->condition[i]);
	}
	json_add(p->a, items, o);
}

static struct json *sections(struct composing *p)
{
	struct json *list = json_new(p->a, JSON_ARRAY), *items = NULL;
	for (size_t i = 0; i < p->n; i++) {
		const struct t_survey_question *q = &p->q[i];
		if (!items || !str_eq(q->section, p->q[i - 1].section)) {
			struct json *s = json_new(p->a, JSON_OBJECT);
			items = json_new(p->a, JSON_ARRAY);
			set(p->a, s, "id", arena_fmt(p->a, "s%zu", list->n + 1));
			set(p->a, s, "label", *q->section ? q->section : "質問");
			json_set(p->a, s, "items", items);
			json_add(p->a, list, s);
		}
		int kind = survey_kind_of(q->kind);
		if (kind == SURVEY_MATRIX)
			add_matrix(p, items, i);
		else if (kind == SURVEY_SINGLE || kind == SURVEY_MULTI || kind == SURVEY_COUNTS)
			add_choice(p, items, i);
		else
			add_plain(p, items, i);
	}
	return list;
}

static const char *meta_text(struct arena *a, const struct t_survey *s)
{
	struct json *m = json_new(a, JSON_OBJECT);
	set(a, m, "name", s->title);
	set(a, m, "notice", "この機関の調査");
	set(a, m, "source", SOURCE);
	set(a, m, "confidence", CONFIDENCE);
	set(a, m, "kind", "answers");
	set(a, m, "class", "statistics");
	json_set(a, m, "retention_years", json_new_int(a, 5));
	set(a, m, "retention_source", "5年を初めの値とし、機関が決める（docs/open-questions.md）");
	return json_to_text(a, m, false);
}

/* ---- questions as JSON ------------------------------------------------------------------------------------------------------- */

static const char *const TEXTS[] = {"section", "key", "printed_no", "label", "help", "kind", "options", "parts", "other_code", "shown_key", "shown_codes",
	"unit_word", "role"};

struct json *survey_question_json(struct arena *a, const struct t_survey_question *q)
{
	struct json *o = json_new(a, JSON_OBJECT);
	for (size_t i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++)
		set(a, o, TEXTS[i], *(const char *const *)row_column(&T_survey_question, (void *)q, TEXTS[i]));
	if (q->is_required)
		json_set(a, o, "required", json_new_bool(a, true));
	if (q->asks_detail)
		json_set(a, o, "asks_detail", json_new_bool(a, true));
	if (q->lowest != INT_NULL)
		json_set(a, o, "lowest", json_new_int(a, q->lowest));
	if (q->highest != INT_NULL)
		json_set(a, o, "highest", json_new_int(a, q->highest));
	return o;
}

void survey_question_of_json(const struct json *v, struct t_survey_question *q)
{
	row_init(&T_survey_question, q);
	for (size_t i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++)
		*(const char **)row_column(&T_survey_question, q, TEXTS[i]) = json_get_text(v, TEXTS[i], "");
	q->is_required = json_bool(json_get(v, "required"), false);
	q->asks_detail = json_bool(json_get(v, "asks_detail"), false);
	if (!json_int(json_get(v, "lowest"), &q->lowest))
		q->lowest = INT_NULL;
	if (!json_int(json_get(v, "highest"), &q->highest))
		q->highest = INT_NULL;
}

err survey_compose(struct ctx *c, const struct t_survey *s, const struct t_survey_question *q, size_t n, struct survey_texts *out,
	const char ***problems, size_t *n_problems)
{
	struct composing p = {.c = c, .a = c->arena, .q = q, .n = n, .cap_problems = 4 * n + 8};
	p.problems = ARENA_ARRAY(c->arena, p.cap_problems, const char *);
	conditions(&p);
	if (n == 0)
		p.problems[p.n_problems++] = "質問がまだありません。";
	struct json *form = json_new(c->arena, JSON_OBJECT), *rules = json_new(c->arena, JSON_OBJECT), *all = json_new(c->arena, JSON_ARRAY);
	json_set(c->arena, form, "sections", sections(&p));
	json_set(c->arena, rules, "rules", json_new(c->arena, JSON_ARRAY));
	for (size_t i = 0; i < n; i++)
		json_add(c->arena, all, survey_question_json(c->arena, &q[i]));
	*out = (struct survey_texts){.form = json_to_text(c->arena, form, false), .rules = json_to_text(c->arena, rules, false), .meta = meta_text(c->arena, s),
		.questions = json_to_text(c->arena, all, false)};
	*problems = p.problems;
	*n_problems = p.n_problems;
	return OK;
}

/* ---- what differs ------------------------------------------------------------------------------------------------------------ */

struct differing {
	struct survey_change *v;
	size_t n;
};

static void differs(struct differing *d, const char *key, const char *what, const char *before, const char *after, bool breaks)
{
	if (!str_eq(before, after))
		d->v[d->n++] = (struct survey_change){key, what, before, after, breaks};
}

/* What breaks the row of figures: another wording or other options (C-174). Order, heads and help do not. */
static void diff_one(struct differing *d, const struct t_survey_question *x, const struct t_survey_question *y)
{
	differs(d, y->key, "質問文", x->label, y->label, true);
	differs(d, y->key, "質問の形", survey_label(SURVEY_KINDS, x->kind), survey_label(SURVEY_KINDS, y->kind), true);
	differs(d, y->key, "選択肢", x->options, y->options, true);
	differs(d, y->key, "表の行", x->parts, y->parts, true);
	differs(d, y->key, "表示する条件", x->shown_codes, y->shown_codes, true);
	differs(d, y->key, "表示する条件の質問", x->shown_key, y->shown_key, true);
	differs(d, y->key, "印刷する番号", x->printed_no, y->printed_no, false);
	differs(d, y->key, "答え方", x->help, y->help, false);
}

static const struct t_survey_question *find(const struct t_survey_question *v, size_t n, const char *key)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].key, key))
			return &v[i];
	return NULL;
}

void survey_diff(struct arena *a, const struct t_survey_question *before, size_t n_before, const struct t_survey_question *after, size_t n_after,
	struct survey_change **v, size_t *n)
{
	struct differing d = {.v = ARENA_ARRAY(a, 8 * (n_before + n_after) + 1, struct survey_change)};
	for (size_t i = 0; i < n_after; i++) {
		const struct t_survey_question *old = find(before, n_before, after[i].key);
		if (old)
			diff_one(&d, old, &after[i]);
		else
			differs(&d, after[i].key, "加えた質問", "", after[i].label, false);
	}
	for (size_t i = 0; i < n_before; i++)
		if (!find(after, n_after, before[i].key))
			differs(&d, before[i].key, "外した質問", before[i].label, "", false);
	*v = d.v;
	*n = d.n;
}

struct json *survey_changes_json(struct arena *a, const struct survey_change *v, size_t n)
{
	struct json *list = json_new(a, JSON_ARRAY);
	for (size_t i = 0; i < n; i++) {
		struct json *o = json_new(a, JSON_OBJECT);
		set(a, o, "key", v[i].key);
		set(a, o, "what", v[i].what);
		json_set(a, o, "before", json_new_text(a, v[i].before));
		json_set(a, o, "after", json_new_text(a, v[i].after));
		json_set(a, o, "breaks", json_new_bool(a, v[i].breaks));
		json_add(a, list, o);
	}
	return list;
}
