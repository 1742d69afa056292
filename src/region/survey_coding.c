#include "region/survey_coding.h"

#include "access/account.h"
#include "access/policy.h"
#include "base/str.h"
#include "region/survey_data.h"
#include "region/survey_round.h"
#include "register/gen.h"
#include "sql/q_survey.h"
#include "store/tx.h"

#include <string.h>

enum { LABEL_CHARS = 100, QUOTE_CHARS = 400 };

/* ---- reading ------------------------------------------------------------------------------------------------------------- */

struct opened {
	struct survey_coding_view *v;
	struct tab_data *d;
	const int64_t *row_ids;
	size_t *answer_of;          /* of each text, index of the answer */
	struct t_survey_round *rounds;
	size_t n_rounds;
	struct q_survey_coding_list_row *rows; /* all of the key */
	size_t n_rows;
};

/* FNV-1a: only to tell texts of one page apart, not a secret. */
static const char *token_of(struct arena *a, int64_t id, const char *text)
{
	uint64_t h = UINT64_C(14695981039346656037) ^ (uint64_t)id;
	for (h *= UINT64_C(1099511628211); *text; text++)
		h = (h ^ (unsigned char)*text) * UINT64_C(1099511628211);
	return arena_fmt(a, "%016llx", (unsigned long long)h);
}

static err groups_of(struct ctx *c, int64_t survey_id, const char *key, struct t_survey_group **v, size_t *n)
{
	struct q_survey_group_ids_row *ids;
	TRY(q_survey_group_ids(c, &(struct q_survey_group_ids_in){.survey_id = survey_id, .key = key}, &ids, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct t_survey_group);
	for (size_t i = 0; i < *n; i++)
		TRY(row_load(c, &T_survey_group, ids[i].id, &(*v)[i]));
	return OK;
}

static err codings_of(struct ctx *c, struct opened *o)
{
	for (size_t r = 0; r < o->n_rounds; r++) {
		struct q_survey_coding_list_row *k;
		size_t n;
		TRY(q_survey_coding_list(c, &(struct q_survey_coding_list_in){.round_id = o->rounds[r].id, .key = o->v->key}, &k, &n));
		struct q_survey_coding_list_row *all = ARENA_ARRAY(c->arena, o->n_rows + n + 1, struct q_survey_coding_list_row);
		if (o->n_rows)
			memcpy(all, o->rows, o->n_rows * sizeof *all);
		if (n)
			memcpy(all + o->n_rows, k, n * sizeof *all);
		o->rows = all;
		o->n_rows += n;
	}
	return OK;
}

/* The seat an account sat down in first; 0: none. */
static int seat_of(const struct opened *o, int64_t account)
{
	const struct q_survey_coding_list_row *first = NULL;
	for (size_t k = 0; k < o->n_rows; k++)
		if (o->rows[k].created_by == account && (!first || o->rows[k].id < first->id))
			first = &o->rows[k];
	return first ? (int)first->coder : 0;
}

/* Who sits in a seat: the last to put a mark in it whose own seat it is. Marks somebody made in both seats, before seats were kept, count for the
 * first alone. */
static err seats_of(struct ctx *c, const struct opened *o)
{
	o->v->mine = seat_of(o, c->actor.account_id);
	for (int coder = 1; coder <= 2; coder++) {
		const struct q_survey_coding_list_row *last = NULL;
		for (size_t k = 0; k < o->n_rows; k++)
			if (o->rows[k].coder == coder && seat_of(o, o->rows[k].created_by) == coder && (!last || o->rows[k].id > last->id))
				last = &o->rows[k];
		o->v->holder[coder - 1] = "";
		if (last)
			TRY(account_name(c, last->created_by, &o->v->holder[coder - 1]));
		if (last && str_blank(o->v->holder[coder - 1]))
			o->v->holder[coder - 1] = "ほかの職員"; /* an account that is no more */
	}
	return OK;
}

static bool of_answer(const struct opened *o, const struct q_survey_coding_list_row *k, int64_t id)
{
	return (o->v->survey.is_anonymous ? k->anon_id : k->answer_id) == id;
}

static void mark(const struct opened *o, size_t i)
{
	struct survey_coding_text *t = &o->v->texts[i];
	for (size_t k = 0; k < o->n_rows; k++) {
		if (!of_answer(o, &o->rows[k], o->row_ids[o->answer_of[i]]))
			continue;
		for (size_t g = 0; g < o->v->n_groups; g++)
			if (o->v->groups[g].id == o->rows[k].group_id) {
				size_t who = o->rows[k].coder == 2;
				t->chosen[who] |= (uint64_t)1 << g;
				t->done[who] = true;
				t->quote = *o->rows[k].quote ? o->rows[k].quote : t->quote;
			}
	}
	o->v->both += t->done[0] && t->done[1];
	o->v->same += t->done[0] && t->done[1] && t->chosen[0] == t->chosen[1];
}

static void texts_of(struct ctx *c, struct opened *o, const struct tab_question *q)
{
	const struct tab_column *col = &o->d->columns[q - o->d->questions];
	struct survey_coding_view *v = o->v;
	v->texts = ARENA_ARRAY(c->arena, o->d->answers.n + 1, struct survey_coding_text);
	o->answer_of = ARENA_ARRAY(c->arena, o->d->answers.n + 1, size_t);
	for (size_t k = 0; k < o->d->answers.n; k++) {
		if (col->state[k] != TAB_VALUE || str_blank(col->text[k]))
			continue;
		o->answer_of[v->n_texts] = k;
		v->texts[v->n_texts] = (struct survey_coding_text){.token = token_of(c->arena, o->row_ids[k], col->text[k]), .round = o->d->rounds[o->d->answers.round_of[k]].name,
			.who = o->d->anonymous ? "" : o->d->units[o->d->answers.unit_of[k]].label, .text = col->text[k], .quote = ""};
		mark(o, v->n_texts++);
	}
}

static err open_coding(struct ctx *c, const char *survey_pid, const char *key, struct opened *o)
{
	TRY(survey_get(c, survey_pid, &o->v->survey));
	TRY(survey_gate(c, &o->v->survey, ACTION_WRITE));
	TRY(survey_data_rows(c, survey_pid, &o->d, &o->row_ids));
	const struct tab_question *q = tab_question_find(o->d, key);
	if (!q || q->kind != TAB_TEXT)
		return ERR_NOTFOUND;
	o->v->key = q->key;
	o->v->label = str_blank(q->no) ? q->label : arena_fmt(c->arena, "%s %s", q->no, q->label);
	TRY(groups_of(c, o->v->survey.id, q->key, &o->v->groups, &o->v->n_groups));
	TRY(survey_rounds(c, o->v->survey.id, &o->rounds, &o->n_rounds));
	TRY(codings_of(c, o));
	texts_of(c, o, q);
	return seats_of(c, o);
}

err survey_coding_open(struct ctx *c, const char *survey_pid, const char *key, struct survey_coding_view *out)
{
	struct opened o = {.v = out};
	*out = (struct survey_coding_view){0};
	return open_coding(c, survey_pid, key, &o);
}

/* The answers of a survey for whoever may code them. */
static err answers_to_code(struct ctx *c, const char *survey_pid, struct t_survey *s, struct tab_data **d)
{
	const int64_t *ids;
	TRY(survey_get(c, survey_pid, s));
	TRY(survey_gate(c, s, ACTION_WRITE));
	return survey_data_rows(c, survey_pid, d, &ids);
}

err survey_other_list(struct ctx *c, const char *survey_pid, struct survey_other_words **v, size_t *n)
{
	struct t_survey s;
	struct tab_data *d;
	*n = 0;
	TRY(answers_to_code(c, survey_pid, &s, &d));
	*v = ARENA_ARRAY(c->arena, d->n_questions * d->answers.n + 1, struct survey_other_words);
	for (size_t i = 0; i < d->n_questions; i++) {
		const struct tab_question *q = &d->questions[i];
		const char **text = d->columns[i].text;
		for (size_t k = 0; text && q->kind != TAB_TEXT && k < d->answers.n; k++)
			if (!str_blank(text[k]))
				(*v)[(*n)++] = (struct survey_other_words){.no = q->no, .label = q->label, .round = d->rounds[d->answers.round_of[k]].name,
					.who = d->anonymous ? "" : d->units[d->answers.unit_of[k]].label, .text = text[k]};
	}
	return OK;
}

err survey_coding_questions(struct ctx *c, const char *survey_pid, struct survey_coding_question **v, size_t *n)
{
	struct t_survey s;
	struct tab_data *d;
	*n = 0;
	TRY(answers_to_code(c, survey_pid, &s, &d));
	*v = ARENA_ARRAY(c->arena, d->n_questions + 1, struct survey_coding_question);
	for (size_t i = 0; i < d->n_questions; i++) {
		const struct tab_question *q = &d->questions[i];
		struct t_survey_group *g;
		struct survey_coding_question *x = &(*v)[*n];
		if (q->kind != TAB_TEXT)
			continue;
		*x = (struct survey_coding_question){.key = q->key, .no = q->no, .label = q->label};
		for (size_t k = 0; k < d->answers.n; k++)
			x->n_texts += d->columns[i].state[k] == TAB_VALUE && !str_blank(d->columns[i].text[k]);
		TRY(groups_of(c, s.id, q->key, &g, &x->n_groups));
		for (size_t k = 0; k < d->n_codings; k++)
			for (size_t t = 0; str_eq(d->codings[k].key, q->key) && t < d->codings[k].n_coded; t++) {
				x->n_coded[0] += d->codings[k].coded[t].has_first;
				x->n_coded[1] += d->codings[k].coded[t].has_second;
			}
		++*n;
	}
	return OK;
}

/* ---- the code book ----------------------------------------------------------------------------------------------------------- */

struct grouping {
	const char *survey_pid, *key, *pid, *label;
};

static err check_label(struct ctx *c, const struct survey_coding_view *v, const char *label, int64_t but)
{
	size_t before = c->n_faults;
	gen_check_text(c, "label", "分類の名前", label, true, LABEL_CHARS);
	for (size_t i = 0; i < v->n_groups; i++)
		if (v->groups[i].id != but && str_eq(v->groups[i].label, label))
			(void)fault_add(c, "label", ERR_NOT_CHOICE, "「%s」という分類は、もうあります。別の名前にしてください。", label);
	return c->n_faults > before ? ERR_INPUT : OK;
}

static err add_tx(struct ctx *c, void *arg)
{
	const struct grouping *g = arg;
	struct survey_coding_view v = {0};
	struct t_survey_group row;
	TRY(survey_coding_open(c, g->survey_pid, g->key, &v));
	TRY(check_label(c, &v, g->label, 0));
	if (v.n_groups >= SURVEY_GROUPS_MAX)
		return fault_add(c, "label", ERR_LIMIT, "分類は%d個までです。使っていない分類を外してから加えてください。", SURVEY_GROUPS_MAX);
	row_init(&T_survey_group, &row);
	row.survey_id = v.survey.id;
	row.key = v.key;
	row.label = g->label;
	row.sort = v.n_groups ? v.groups[v.n_groups - 1].sort + 1 : 1;
	return row_insert(c, &T_survey_group, &row);
}

err survey_group_add(struct ctx *c, const char *survey_pid, const char *key, const char *label)
{
	return tx_run(c, add_tx, &(struct grouping){survey_pid, key, "", label});
}

static err group_for(struct ctx *c, const struct grouping *g, struct survey_coding_view *v, struct t_survey_group *row)
{
	TRY(survey_coding_open(c, g->survey_pid, g->key, v));
	for (size_t i = 0; i < v->n_groups; i++)
		if (str_eq(v->groups[i].pid, g->pid)) {
			*row = v->groups[i];
			return OK;
		}
	return ERR_NOTFOUND;
}

static err rename_tx(struct ctx *c, void *arg)
{
	const struct grouping *g = arg;
	struct survey_coding_view v = {0};
	struct t_survey_group row;
	TRY(group_for(c, g, &v, &row));
	TRY(check_label(c, &v, g->label, row.id));
	row.label = g->label;
	return row_save(c, &T_survey_group, &row, NULL);
}

err survey_group_rename(struct ctx *c, const char *survey_pid, const char *key, const char *group_pid, const char *label)
{
	return tx_run(c, rename_tx, &(struct grouping){survey_pid, key, group_pid, label});
}

static err remove_tx(struct ctx *c, void *arg)
{
	const struct grouping *g = arg;
	struct survey_coding_view v = {0};
	struct t_survey_group row;
	TRY(group_for(c, g, &v, &row));
	for (size_t i = 0; i < v.n_texts; i++)
		for (size_t k = 0; k < v.n_groups; k++)
			if (v.groups[k].id == row.id && ((v.texts[i].chosen[0] | v.texts[i].chosen[1]) >> k & 1))
				return fault_add(c, "label", ERR_SURVEY_FIXED, "「%s」に分類した記載があるので外せません。先に、その記載の印を外してください。", row.label);
	return row_retire(c, &T_survey_group, row.id, "分類を外す");
}

err survey_group_remove(struct ctx *c, const char *survey_pid, const char *key, const char *group_pid)
{
	return tx_run(c, remove_tx, &(struct grouping){survey_pid, key, group_pid, ""});
}

/* ---- coding ---------------------------------------------------------------------------------------------------------------------- */

static err check_quote(struct ctx *c, const struct opened *o, size_t i, const struct survey_coding_said *s)
{
	size_t before = c->n_faults;
	const char *field = arena_fmt(c->arena, "q%s", s->token);
	gen_check_text(c, field, "引用", s->quote, false, QUOTE_CHARS);
	if (!str_blank(s->quote) && !s->groups && !o->v->texts[i].chosen[0] && !o->v->texts[i].chosen[1])
		(void)fault_add(c, field, ERR_REQUIRED, "引用を書いた記載には、分類の印を1つ以上付けてください。");
	for (size_t u = 0; !o->d->anonymous && u < o->d->n_units; u++)
		if (!str_blank(o->d->units[u].label) && strstr(s->quote, o->d->units[u].label))
			(void)fault_add(c, field, ERR_NOT_CHOICE, "引用に「%s」が入っています。だれの意見かわからないように、名前を書かないでください。", o->d->units[u].label);
	return c->n_faults > before ? ERR_INPUT : OK;
}

/* The rows of one text: those of this coder become what was said, the quote stands in all of them. */
static err put_text(struct ctx *c, const struct opened *o, size_t i, int coder, const struct survey_coding_said *s)
{
	size_t answer = o->answer_of[i];
	int64_t id = o->row_ids[answer];
	for (size_t g = 0; g < o->v->n_groups; g++) {
		bool want = s->groups >> g & 1, have = false;
		for (size_t k = 0; k < o->n_rows; k++) {
			const struct q_survey_coding_list_row *r = &o->rows[k];
			struct t_survey_coding row;
			if (!of_answer(o, r, id) || r->group_id != o->v->groups[g].id)
				continue;
			bool mine = r->coder == coder;
			have = have || mine;
			if (mine && !want) {
				TRY(row_retire(c, &T_survey_coding, r->id, "分類の印を外す"));
			} else if (!str_eq(r->quote, s->quote)) {
				TRY(row_load(c, &T_survey_coding, r->id, &row));
				row.quote = s->quote;
				TRY(row_save(c, &T_survey_coding, &row, NULL));
			}
		}
		if (!want || have)
			continue;
		struct t_survey_coding row;
		row_init(&T_survey_coding, &row);
		row.round_id = o->rounds[o->d->answers.round_of[answer]].id;
		*(o->v->survey.is_anonymous ? &row.anon_id : &row.answer_id) = id;
		row.key = o->v->key;
		row.group_id = o->v->groups[g].id;
		row.coder = coder;
		row.quote = s->quote;
		TRY(row_insert(c, &T_survey_coding, &row));
	}
	return OK;
}

static err check_seat(struct ctx *c, const struct survey_coding_view *v, const struct survey_coding_save *s)
{
	if (s->coder != 1 && s->coder != 2)
		return fault_add(c, "coder", ERR_NOT_CHOICE, "「どちらの分類者か」を選んでください。");
	if (v->mine == s->coder)
		return OK;
	if (v->mine)
		return fault_add(c, "coder", ERR_NOT_CHOICE, "あなたは、この質問の分類者%dです。1人で2人分の分類はできません。分類者%dの印は、ほかの職員が付けてください。", v->mine, s->coder);
	if (*v->holder[s->coder - 1] && !s->take_over)
		return fault_add(c, "take", ERR_REQUIRED, "分類者%dは、%sさんです。引き継ぐときは「引き継ぐ」に印を付けてください。引き継がないときは、もう1人の分類者を選んでください。", s->coder, v->holder[s->coder - 1]);
	return OK;
}

static err put_tx(struct ctx *c, void *arg)
{
	const struct survey_coding_save *s = arg;
	struct survey_coding_view v = {0};
	struct opened o = {.v = &v};
	size_t before = c->n_faults;
	TRY(open_coding(c, s->survey_pid, s->key, &o));
	TRY(check_seat(c, &v, s));
	for (int write = 0; write < 2; write++) {
		for (size_t i = 0; i < s->n; i++)
			for (size_t t = 0; t < v.n_texts; t++) {
				if (!str_eq(v.texts[t].token, s->said[i].token))
					continue;
				err e = write ? put_text(c, &o, t, s->coder, &s->said[i]) : check_quote(c, &o, t, &s->said[i]);
				if (e != OK && e != ERR_INPUT)
					return e;
			}
		if (c->n_faults > before)
			return ERR_INPUT;
	}
	return OK;
}

err survey_coding_put(struct ctx *c, const struct survey_coding_save *s) { return tx_run(c, put_tx, (void *)s); }
