/* The questions of a survey's forms as columns: what counts or details what, what was asked of whom, which version said what. */
#include "region/survey_data_own.h"

#include "base/str.h"

#include <string.h>

int survey_column_find(const struct survey_loading *l, const char *key)
{
	for (size_t i = 0; i < l->n; i++)
		if (str_eq(l->questions[i].key, key))
			return (int)i;
	return -1;
}

int survey_option_find(const struct tab_question *q, const char *code)
{
	for (size_t i = 0; i < q->n_options; i++)
		if (str_eq(q->options[i].code, code))
			return (int)i;
	return -1;
}

/* Options of all versions: those of the newest first, then what only older ones had. */
static err add_options(struct survey_loading *l, struct tab_question *q, const char *lines)
{
	struct survey_choice *v;
	size_t n;
	TRY(survey_choices(l->c, "options", lines, &v, &n));
	struct tab_option *o = ARENA_ARRAY(l->a, q->n_options + n + 1, struct tab_option);
	if (q->n_options)
		memcpy(o, q->options, q->n_options * sizeof *o);
	q->options = o;
	for (size_t i = 0; i < n && q->n_options < TAB_OPTIONS_MAX; i++)
		if (survey_option_find(q, v[i].code) < 0)
			o[q->n_options++] = (struct tab_option){v[i].code, v[i].label};
	return OK;
}

static struct tab_question *question_new(struct survey_loading *l, const struct t_survey_question *s, const char *key, const char *label, enum tab_kind kind)
{
	if (l->n == SURVEY_MOST_QUESTIONS)
		return NULL;
	struct tab_question *q = &l->questions[l->n];
	l->columns[l->n] = (struct survey_column){.q = q, .path = key, .of = -1, .of_option = -1};
	*q = (struct tab_question){.key = key, .no = s->printed_no, .label = label, .label_short = "", .section = s->section, .asked_if = "", .unit = s->unit_word,
		.role = "", .kind = kind, .series = ARENA_ARRAY(l->a, l->n_rounds + 1, uint8_t)};
	l->n++;
	return q;
}

static err add_counts(struct survey_loading *l, const struct t_survey_question *s, int of)
{
	const struct tab_question *q = &l->questions[of];
	for (size_t i = 0; i < q->n_options; i++) {
		const char *key = survey_item(l->a, s->key, arena_fmt(l->a, "%s_n", q->options[i].code));
		struct tab_question *n = question_new(l, s, key, arena_fmt(l->a, "%sの回数", q->options[i].label), TAB_NUMBER);
		if (!n)
			return OK;
		n->of_key = q->key;
		n->of_option = q->options[i].code;
		l->columns[l->n - 1].of = of;
		l->columns[l->n - 1].of_option = (int)i;
	}
	return OK;
}

static void add_details(struct survey_loading *l, const struct t_survey_question *s, int of)
{
	const struct tab_question *q = &l->questions[of];
	for (size_t i = 0; s->asks_detail && i < q->n_options; i++) {
		const char *key = survey_item(l->a, s->key, arena_fmt(l->a, "%s_detail", q->options[i].code));
		if (!question_new(l, s, key, arena_fmt(l->a, "%s：%s", s->label, q->options[i].label), TAB_TEXT))
			return;
		l->columns[l->n - 1].of = of;
		l->columns[l->n - 1].of_option = (int)i;
	}
}

static err add_matrix(struct survey_loading *l, const struct t_survey_question *s)
{
	struct survey_choice *rows;
	size_t n;
	TRY(survey_choices(l->c, "parts", s->parts, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		const char *key = survey_item(l->a, s->key, rows[i].code);
		int at = survey_column_find(l, key);
		struct tab_question *q = at >= 0 ? &l->questions[at] : question_new(l, s, key, arena_fmt(l->a, "%s：%s", s->label, rows[i].label), TAB_SINGLE);
		if (!q)
			return OK;
		if (at < 0)
			q->label_short = rows[i].label;
		TRY(add_options(l, q, s->options));
	}
	return OK;
}

/* A question in the newest version that has it decides words and kind; older versions only add options. */
static err add_question(struct survey_loading *l, const struct t_survey_question *s)
{
	static const enum tab_kind kinds[SURVEY_KIND_COUNT] = {[SURVEY_SINGLE] = TAB_SINGLE, [SURVEY_MULTI] = TAB_MULTI, [SURVEY_COUNTS] = TAB_MULTI,
		[SURVEY_NUMBER] = TAB_NUMBER, [SURVEY_DATE] = TAB_DATE, [SURVEY_TEXT] = TAB_TEXT, [SURVEY_MEMO] = TAB_TEXT};
	int kind = survey_kind_of(s->kind), at = survey_column_find(l, s->key);
	if (kind < 0 || kind == SURVEY_NOTE)
		return OK;
	if (kind == SURVEY_MATRIX)
		return add_matrix(l, s);
	bool choice = kind == SURVEY_SINGLE || kind == SURVEY_MULTI || kind == SURVEY_COUNTS;
	if (at >= 0)
		return choice ? add_options(l, &l->questions[at], s->options) : OK;
	struct tab_question *q = question_new(l, s, s->key, s->label, kinds[kind]);
	if (!q)
		return OK;
	at = (int)l->n - 1;
	q->role = s->role;
	q->label_short = *s->role ? survey_label(SURVEY_ROLES, s->role) : arena_fmt(l->a, "「%s」", s->label); /* a question inside a sentence */
	if (!choice)
		return OK;
	q->unit = "";
	if (*s->other_code)
		l->columns[at].other_path = survey_item(l->a, s->key, "other");
	return add_options(l, q, s->options);
}

/* What hangs on the options of a question, once all options are known. */
static err add_parts(struct survey_loading *l, const struct t_survey_question *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int at = survey_column_find(l, v[i].key);
		if (at < 0)
			continue;
		if (str_eq(v[i].kind, "counts"))
			TRY(add_counts(l, &v[i], at));
		add_details(l, &v[i], at);
	}
	return OK;
}

static err conditions(struct survey_loading *l, const struct t_survey_question *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int at = survey_column_find(l, v[i].key), parent = *v[i].shown_key ? survey_column_find(l, v[i].shown_key) : -1;
		if (parent < 0)
			continue;
		size_t n_codes;
		uint64_t bits = 0;
		struct buf words = buf_new(l->a);
		char **code = str_split(l->a, v[i].shown_codes, ',', &n_codes);
		for (size_t k = 0; k < n_codes; k++) {
			int o = survey_option_find(&l->questions[parent], str_trim(l->a, code[k]));
			if (o < 0)
				continue;
			bits |= (uint64_t)1 << o;
			buf_fmt(&words, "%s「%s」", words.n ? "か" : "", l->questions[parent].options[o].label);
		}
		for (size_t k = 0; k < l->n; k++) {
			struct survey_column *col = &l->columns[k];
			bool mine = (int)k == at || (str_eq(v[i].kind, "matrix") && str_starts(col->q->key, arena_fmt(l->a, "%s_", v[i].key)));
			if (!mine)
				continue;
			col->parent = v[i].shown_key;
			col->parent_bits = bits;
			col->q->asked_if = words.n ? arena_fmt(l->a, "%sとした", words.p) : "";
		}
	}
	return OK;
}

static bool of_question(struct survey_loading *l, const struct t_survey_question *v, const struct survey_column *col)
{
	const char *key = col->of >= 0 ? l->questions[col->of].key : col->q->key;
	return str_eq(v->key, key) || (str_eq(v->kind, "matrix") && str_starts(key, arena_fmt(l->a, "%s_", v->key)));
}

/* Which wording was asked in which round: a change that breaks the row of figures opens a new one. */
static err series(struct survey_loading *l, const struct t_survey_question *const *of_form, const size_t *n_of_form)
{
	uint8_t *now = ARENA_ARRAY(l->a, l->n + 1, uint8_t);
	for (size_t f = 0; f < l->n_forms; f++) {
		struct survey_change *ch;
		size_t n_ch;
		TRY(survey_form_changes(l->c, &l->forms[f], &ch, &n_ch));
		for (size_t q = 0; q < l->n; q++) {
			bool asked = false, breaks = now[q] == 0;
			for (size_t k = 0; k < n_of_form[f]; k++) {
				if (!of_question(l, &of_form[f][k], &l->columns[q]))
					continue;
				asked = true;
				for (size_t x = 0; x < n_ch; x++)
					breaks = breaks || (ch[x].breaks && str_eq(ch[x].key, of_form[f][k].key));
			}
			now[q] = (uint8_t)(now[q] + (asked && breaks));
			for (size_t r = 0; r < l->n_rounds; r++)
				if (l->rounds[r].form_id == l->forms[f].id)
					((uint8_t *)l->questions[q].series)[r] = asked ? now[q] : 0;
		}
	}
	return OK;
}

static err wordings(struct survey_loading *l, const struct t_survey_question *const *of_form, const size_t *n_of_form)
{
	for (size_t q = 0; q < l->n; q++) {
		struct tab_question *t = &l->questions[q];
		uint8_t most = 0;
		for (size_t r = 0; r < l->n_rounds; r++)
			if (t->series[r] > most)
				most = t->series[r];
		if (most <= 1)
			continue;
		struct tab_series *w = ARENA_ARRAY(l->a, most, struct tab_series);
		for (size_t r = 0; r < l->n_rounds; r++)
			for (size_t f = 0; f < l->n_forms; f++)
				for (size_t k = 0; l->rounds[r].form_id == l->forms[f].id && t->series[r] && k < n_of_form[f]; k++)
					if (str_eq(of_form[f][k].key, t->key)) {
						struct survey_choice *v;
						size_t n;
						TRY(survey_choices(l->c, "options", of_form[f][k].options, &v, &n));
						w[t->series[r] - 1] = (struct tab_series){.label = of_form[f][k].label};
						for (size_t o = 0; o < n; o++)
							if (survey_option_find(t, v[o].code) >= 0)
								w[t->series[r] - 1].options |= (uint64_t)1 << survey_option_find(t, v[o].code);
					}
		t->wordings = w;
		t->n_wordings = most;
	}
	return OK;
}

err survey_data_questions(struct survey_loading *l)
{
	const struct t_survey_question **of = ARENA_ARRAY(l->a, l->n_forms + 1, const struct t_survey_question *);
	size_t *n_of = ARENA_ARRAY(l->a, l->n_forms + 1, size_t);
	l->questions = ARENA_ARRAY(l->a, SURVEY_MOST_QUESTIONS, struct tab_question);
	l->columns = ARENA_ARRAY(l->a, SURVEY_MOST_QUESTIONS, struct survey_column);
	for (size_t f = l->n_forms; f-- > 0;) {
		struct t_survey_question *v;
		TRY(survey_form_questions(l->c, &l->forms[f], &v, &n_of[f]));
		of[f] = v;
		for (size_t i = 0; i < n_of[f]; i++)
			TRY(add_question(l, &v[i]));
	}
	for (size_t f = l->n_forms; f-- > 0;) {
		if (f + 1 == l->n_forms)
			TRY(add_parts(l, of[f], n_of[f]));
		TRY(conditions(l, of[f], n_of[f]));
	}
	TRY(series(l, of, n_of));
	TRY(wordings(l, of, n_of));
	l->d->questions = l->questions;
	l->d->n_questions = l->n;
	return OK;
}
