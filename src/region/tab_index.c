/* Opening the data: they are checked once, then each option of each question becomes a bit set over the answers. */
#include "region/tab_own.h"

#include "base/map.h"
#include "base/str.h"

#include <string.h>

uint64_t *tab_set_new(struct arena *a, size_t words)
{
	return ARENA_ARRAY(a, words ? words : 1, uint64_t);
}

uint64_t *tab_set_all(struct arena *a, size_t n)
{
	size_t words = (n + 63) / 64;
	uint64_t *s = tab_set_new(a, words);
	for (size_t i = 0; i < words; i++)
		s[i] = UINT64_MAX;
	if (n % 64)
		s[words - 1] = ((uint64_t)1 << (n % 64)) - 1;
	return s;
}

uint64_t *tab_set_and(struct arena *a, const uint64_t *x, const uint64_t *y, size_t words)
{
	uint64_t *s = tab_set_new(a, words);
	for (size_t i = 0; i < words; i++)
		s[i] = x[i] & y[i];
	return s;
}

int64_t tab_set_count(const uint64_t *x, size_t words)
{
	int64_t n = 0;
	for (size_t i = 0; i < words; i++)
		n += __builtin_popcountll(x[i]);
	return n;
}

int64_t tab_set_count2(const uint64_t *x, const uint64_t *y, size_t words)
{
	int64_t n = 0;
	for (size_t i = 0; i < words; i++)
		n += __builtin_popcountll(x[i] & y[i]);
	return n;
}

int64_t tab_set_count3(const uint64_t *x, const uint64_t *y, const uint64_t *z, size_t words)
{
	int64_t n = 0;
	for (size_t i = 0; i < words; i++)
		n += __builtin_popcountll(x[i] & y[i] & z[i]);
	return n;
}

/* ---- checking ---------------------------------------------------------------------------------------------------- */

static const char *check_questions(struct arena *a, const struct tab_data *d)
{
	struct map seen = map_new(a);
	for (size_t i = 0; i < d->n_questions; i++) {
		const struct tab_question *q = &d->questions[i];
		if (str_blank(q->key) || map_get(&seen, q->key))
			return arena_fmt(a, "設問の鍵「%s」が空か、二度使われています。", str_or(q->key, ""));
		map_set(&seen, q->key, (void *)q);
		if (q->n_options > TAB_OPTIONS_MAX)
			return arena_fmt(a, "設問「%s」の選択肢が %d を超えています。", q->key, TAB_OPTIONS_MAX);
		for (size_t k = 0; k < q->n_options; k++)
			for (size_t m = 0; m < k; m++)
				if (str_eq(q->options[k].code, q->options[m].code))
					return arena_fmt(a, "設問「%s」の選択肢「%s」が二度使われています。", q->key, q->options[k].code);
		for (size_t r = 0; q->series && r < d->n_rounds; r++)
			if (q->series[r] > (q->n_wordings ? q->n_wordings : 1))
				return arena_fmt(a, "設問「%s」の文の番号が、回「%s」で範囲の外です。", q->key, d->rounds[r].name);
	}
	for (size_t i = 0; i < d->n_questions; i++) {
		const struct tab_question *q = &d->questions[i];
		const struct tab_question *of = tab_question_find(d, q->of_key);
		if (q->of_key && (!of || tab_option_of(of, q->of_option) < 0 || q->kind != TAB_NUMBER))
			return arena_fmt(a, "設問「%s」が数えている選択肢が見つかりません。", q->key);
	}
	return NULL;
}

static const char *check_cells(struct arena *a, const struct tab_data *d, size_t i)
{
	const struct tab_question *q = &d->questions[i];
	const struct tab_column *col = &d->columns[i];
	uint64_t allowed = q->n_options == 64 ? UINT64_MAX : ((uint64_t)1 << q->n_options) - 1;
	bool choice = q->kind == TAB_SINGLE || q->kind == TAB_MULTI;
	if (d->answers.n && (!col->state || (choice && !col->bits) || ((q->kind == TAB_NUMBER || q->kind == TAB_DATE) && !col->number)
	    || (q->kind == TAB_TEXT && !col->text)))
		return arena_fmt(a, "設問「%s」の回答の列がありません。", q->key);
	for (size_t k = 0; k < d->answers.n; k++) {
		if (col->state[k] >= TAB_STATES)
			return arena_fmt(a, "設問「%s」の %zu 件目の状態が読めません。", q->key, k + 1);
		if (!choice || col->state[k] != TAB_VALUE)
			continue;
		/* of several choices none may have been taken: that is an answer; of one choice exactly one is */
		if ((col->bits[k] & ~allowed) || (q->kind == TAB_SINGLE && (!col->bits[k] || (col->bits[k] & (col->bits[k] - 1)))))
			return arena_fmt(a, "設問「%s」の %zu 件目の選択が、選択肢と合いません。", q->key, k + 1);
	}
	return NULL;
}

static const char *check(struct arena *a, const struct tab_data *d)
{
	if (!d->n_rounds || d->n_rounds > TAB_ROUNDS_MAX)
		return arena_fmt(a, "回の数は1から%dまでです。", TAB_ROUNDS_MAX);
	for (size_t k = 0; k < d->answers.n; k++)
		if (d->answers.round_of[k] >= d->n_rounds || d->answers.mode_of[k] >= TAB_MODES
		    || (!d->anonymous && d->answers.unit_of[k] >= d->n_units))
			return arena_fmt(a, "%zu 件目の回答の回、方法または回答者が範囲の外です。", k + 1);
	for (size_t i = 0; i < d->n_traits; i++) {
		if (d->traits[i].n_options > TAB_OPTIONS_MAX)
			return arena_fmt(a, "属性「%s」の値が %d を超えています。", d->traits[i].key, TAB_OPTIONS_MAX);
		for (size_t u = 0; u < d->n_units; u++)
			if (d->traits[i].of_unit[u] >= (int)d->traits[i].n_options)
				return arena_fmt(a, "属性「%s」の値が範囲の外です。", d->traits[i].key);
	}
	const char *why = check_questions(a, d);
	for (size_t i = 0; !why && i < d->n_questions; i++)
		why = check_cells(a, d, i);
	return why;
}

/* ---- index ------------------------------------------------------------------------------------------------------- */

static void index_question(struct tab *t, size_t i)
{
	const struct tab_data *d = t->d;
	const struct tab_question *q = &d->questions[i];
	const struct tab_column *col = &d->columns[i];
	struct tab_qset *s = &t->q[i];
	s->asked = tab_set_new(t->a, t->answer_words);
	for (int k = TAB_BLANK; k < TAB_STATES; k++)
		s->state[k] = tab_set_new(t->a, t->answer_words);
	s->option = ARENA_ARRAY(t->a, q->n_options ? q->n_options : 1, uint64_t *);
	for (size_t k = 0; k < q->n_options; k++)
		s->option[k] = tab_set_new(t->a, t->answer_words);
	for (size_t k = 0; k < d->answers.n; k++) {
		if (col->state[k] == TAB_HIDDEN || (q->series && !q->series[d->answers.round_of[k]]))
			continue;
		tab_bit_set(s->asked, k);
		tab_bit_set(s->state[col->state[k]], k);
		if (col->bits && col->state[k] == TAB_VALUE)
			for (uint64_t b = col->bits[k]; b; b &= b - 1)
				tab_bit_set(s->option[__builtin_ctzll(b)], k);
	}
}

/* Answers of each unit in the order of rounds; false if one unit has two in one round (§5.4: no ties). */
static bool index_units(struct tab *t)
{
	const struct tab_data *d = t->d;
	size_t *next = ARENA_ARRAY(t->a, d->n_units + 1, size_t);
	t->first = ARENA_ARRAY(t->a, d->n_units + 2, size_t);
	t->by_unit = ARENA_ARRAY(t->a, d->answers.n + 1, uint32_t);
	for (size_t k = 0; k < d->answers.n; k++)
		t->first[d->answers.unit_of[k] + 1]++;
	for (size_t u = 0; u < d->n_units; u++)
		next[u + 1] = t->first[u + 1] += t->first[u];
	for (size_t r = 0; r < d->n_rounds; r++)
		for (size_t k = 0; k < d->answers.n; k++) {
			if (d->answers.round_of[k] != r)
				continue;
			uint32_t u = d->answers.unit_of[k];
			if (next[u] > t->first[u] && d->answers.round_of[t->by_unit[next[u] - 1]] == r)
				return false;
			t->by_unit[next[u]++] = (uint32_t)k;
		}
	return true;
}

err tab_open(struct arena *a, const struct tab_data *d, const struct tab **out, const char **why)
{
	const char *w = check(a, d);
	if (why)
		*why = w;
	if (w)
		return ERR_TAB_DATA;
	struct tab *t = ARENA_NEW(a, struct tab);
	*t = (struct tab){.a = a, .d = d, .answer_words = (d->answers.n + 63) / 64, .unit_words = (d->n_units + 63) / 64};
	t->round = ARENA_ARRAY(a, d->n_rounds, uint64_t *);
	for (size_t r = 0; r < d->n_rounds; r++)
		t->round[r] = tab_set_new(a, t->answer_words);
	for (size_t k = 0; k < d->answers.n; k++)
		tab_bit_set(t->round[d->answers.round_of[k]], k);
	t->q = ARENA_ARRAY(a, d->n_questions ? d->n_questions : 1, struct tab_qset);
	for (size_t i = 0; i < d->n_questions; i++)
		index_question(t, i);
	if (!d->anonymous && !index_units(t)) {
		if (why)
			*why = "同じ回に、同じ回答者の回答が二つあります。";
		return ERR_TAB_DATA;
	}
	*out = t;
	return OK;
}

/* ---- looking up -------------------------------------------------------------------------------------------------- */

err tab_question_of(const struct tab *t, const char *key, const struct tab_question **q)
{
	const struct tab_question *x = tab_question_find(t->d, key);
	if (!x)
		return ERR_TAB_QUESTION;
	*q = x;
	return OK;
}

int tab_option_of(const struct tab_question *q, const char *code)
{
	for (size_t k = 0; code && k < q->n_options; k++)
		if (str_eq(q->options[k].code, code))
			return (int)k;
	return -1;
}

uint64_t tab_rounds_of(const struct tab *t, const struct tab_filter *f)
{
	uint64_t all = t->d->n_rounds == 64 ? UINT64_MAX : ((uint64_t)1 << t->d->n_rounds) - 1;
	return f && f->rounds ? f->rounds & all : all;
}

int tab_series_newest(const struct tab *t, const struct tab_question *q)
{
	int s = q->series ? 0 : 1;
	for (size_t r = 0; q->series && r < t->d->n_rounds; r++)
		s = q->series[r] ? q->series[r] : s;
	return s;
}

uint64_t tab_rounds_of_series(const struct tab *t, const struct tab_question *q, int series)
{
	uint64_t m = 0;
	for (size_t r = 0; r < t->d->n_rounds; r++)
		if ((q->series ? q->series[r] : 1) == series)
			m |= (uint64_t)1 << r;
	return m;
}

size_t tab_series_count(const struct tab *t, const char *key)
{
	const struct tab_question *q = tab_question_find(t->d, key);
	size_t n = 0;
	for (int s = 1; q && s <= UINT8_MAX; s++)
		n += tab_rounds_of_series(t, q, s) != 0;
	return n;
}
