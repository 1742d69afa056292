#include "region/survey_compare.h"

#include "base/str.h"
#include "jp/era.h"
#include "region/survey_data.h"
#include "region/survey_round.h"

struct comparing {
	struct ctx *c;
	const struct tab *t;
	const struct tab_data *d;
	const struct survey_compare_ask *ask;
	struct tab_section *s;
};

/* ---- fiscal years ----------------------------------------------------------------------------------------------------- */

static int year_of(const struct tab_round *r) { return r->from == CIVIL_NONE ? 0 : civil_fiscal_year(r->from); }

size_t survey_years(const struct tab_data *d, int *out)
{
	size_t n = 0;
	for (size_t r = 0; r < d->n_rounds; r++) {
		int y = year_of(&d->rounds[r]);
		size_t at = n;
		bool known = y == 0;
		for (size_t i = 0; i < n; i++)
			known = known || out[i] == y;
		if (known)
			continue;
		for (; at > 0 && out[at - 1] > y; at--)
			out[at] = out[at - 1];
		out[at] = y;
		n++;
	}
	return n;
}

uint64_t survey_year_rounds(const struct tab_data *d, int fiscal_year)
{
	uint64_t m = 0;
	for (size_t r = 0; r < d->n_rounds; r++)
		if (fiscal_year && year_of(&d->rounds[r]) == fiscal_year)
			m |= (uint64_t)1 << r;
	return m;
}

/* ---- sides -------------------------------------------------------------------------------------------------------------- */

static uint64_t all_rounds(const struct tab_data *d) { return d->n_rounds ? UINT64_MAX >> (64 - d->n_rounds) : 0; }

static uint64_t answered(const struct tab_data *d)
{
	uint64_t m = 0;
	for (size_t i = 0; i < d->answers.n; i++)
		m |= (uint64_t)1 << d->answers.round_of[i];
	return m;
}

static uint64_t newest_of(uint64_t rounds) { return rounds ? (uint64_t)1 << (63 - __builtin_clzll(rounds)) : 0; }

static const char *side_name(const struct comparing *k, uint64_t rounds)
{
	int y[TAB_ROUNDS_MAX];
	size_t n = survey_years(k->d, y);
	for (size_t r = 0; rounds && !(rounds & (rounds - 1)) && r < k->d->n_rounds; r++)
		if (rounds >> r & 1)
			return n > 1 && year_of(&k->d->rounds[r]) ? arena_fmt(k->c->arena, "%sの%s", era_text_fiscal(k->c->arena, year_of(&k->d->rounds[r])), k->d->rounds[r].name)
				: k->d->rounds[r].name;
	for (size_t i = 0; i < n; i++)
		if (survey_year_rounds(k->d, y[i]) == rounds)
			return era_text_fiscal(k->c->arena, y[i]);
	return str_or(k->d->title, "");
}

static err other_survey(const struct comparing *k, const char *pid, const char *round_pid, const char *round_name, struct tab_side *out)
{
	struct ctx *c = k->c;
	struct t_survey s;
	struct tab_data *d;
	const char *why;
	TRY(survey_get(c, pid, &s));
	TRY(survey_gate(c, &s, k->ask->action));
	if (k->ask->publish)
		TRY(survey_data_public(c, pid, &d));
	else
		TRY(survey_data_load(c, pid, "", &d));
	out->rounds = all_rounds(d);
	out->name = s.title;
	for (size_t r = 0; *round_pid && r < d->n_rounds; r++)
		if (str_eq(d->rounds[r].name, round_name))
			out->rounds = (uint64_t)1 << r;
	if (*round_pid)
		out->name = arena_fmt(c->arena, "%sの%s", s.title, round_name);
	if (!out->rounds)
		return ERR_SURVEY_NO_ROUND;
	return tab_open(c->arena, d, &out->t, &why);
}

/* What the code stands for; rounds 0: left to be found. */
static err side_of(const struct comparing *k, const char *code, struct tab_side *out)
{
	int64_t year;
	struct t_survey_round r;
	struct t_survey s;
	*out = (struct tab_side){.t = k->t, .name = ""};
	if (str_blank(code))
		return OK;
	for (size_t i = 0; i < k->d->n_rounds; i++)
		if (str_eq(k->ask->rounds[i], code))
			out->rounds = (uint64_t)1 << i;
	if (!out->rounds && code[0] == 'y' && str_int(code + 1, &year))
		out->rounds = survey_year_rounds(k->d, (int)year);
	if (out->rounds) {
		out->name = side_name(k, out->rounds);
		return OK;
	}
	err e = survey_get(k->c, code, &s);
	if (e == OK)
		return other_survey(k, code, "", "", out);
	if (e != ERR_NOTFOUND)
		return e;
	TRY(survey_round_get(k->c, code, &r));
	TRY(survey_load(k->c, r.survey_id, &s));
	return other_survey(k, s.pid, code, r.name, out);
}

static bool is_year(const struct comparing *k, uint64_t rounds)
{
	int y[TAB_ROUNDS_MAX];
	size_t n = survey_years(k->d, y);
	for (size_t i = 0; i < n; i++)
		if (survey_year_rounds(k->d, y[i]) == rounds && (rounds & (rounds - 1)))
			return true;
	return false;
}

/* The newest round, or the newest year, with answers among these. */
static uint64_t newest(const struct comparing *k, uint64_t among, bool year)
{
	uint64_t m = newest_of(among & answered(k->d));
	for (size_t r = 0; year && m && r < k->d->n_rounds; r++)
		if (m >> r & 1)
			return survey_year_rounds(k->d, year_of(&k->d->rounds[r]));
	return m;
}

static void fill_sides(const struct comparing *k, struct tab_side *from, struct tab_side *to)
{
	const uint64_t all = all_rounds(k->d);
	if (!to->rounds && from->rounds)
		to->rounds = from->t != k->t ? k->ask->within : newest(k, all & ~from->rounds, is_year(k, from->rounds));
	else if (!to->rounds)
		to->rounds = newest(k, k->ask->within, false);
	if (!from->rounds && to->t == k->t && to->rounds) {
		uint64_t before = (to->rounds & -to->rounds) - 1; /* what lies before the first round of the other side */
		from->rounds = newest(k, before, is_year(k, to->rounds));
	}
	if (from->t == k->t)
		from->name = side_name(k, from->rounds);
	if (to->t == k->t)
		to->name = side_name(k, to->rounds);
}

/* ---- the section ---------------------------------------------------------------------------------------------------------- */

static void put_table(struct comparing *k, struct tab_table *x)
{
	struct tab_table **v = ARENA_ARRAY(k->c->arena, k->s->n_tables + 1, struct tab_table *);
	for (size_t i = 0; i < k->s->n_tables; i++)
		v[i] = k->s->tables[i];
	v[k->s->n_tables++] = x;
	k->s->tables = v;
}

static void put_words(struct comparing *k, const char *words)
{
	const char **v = ARENA_ARRAY(k->c->arena, k->s->n_words + 1, const char *);
	for (size_t i = 0; i < k->s->n_words; i++)
		v[i] = k->s->words[i];
	v[k->s->n_words++] = words;
	k->s->words = v;
}

static err one(struct comparing *k, const struct tab_question *q, const struct tab_side *from, const struct tab_side *to)
{
	struct tab_ask ask = {.key = q->key, .places = k->ask->places};
	struct tab_table *x;
	const char *words;
	err e = tab_compare_sides(&ask, from, to, &x);
	if (e == ERR_TAB_KIND) {
		put_words(k, arena_fmt(k->c->arena, "「%s」は、比べる2つのあいだで設問の文か選択肢が違うため、比べていません。", q->label));
		return OK;
	}
	if (e == ERR_TAB_QUESTION) {
		if (from->t != to->t)
			put_words(k, arena_fmt(k->c->arena, "「%s」は、%sでは尋ねていないため、比べていません。", q->label, from->name));
		return OK;
	}
	TRY(e);
	put_table(k, x);
	if (str_eq(q->role, "did") && q->n_options && tab_say_moved(k->c->arena, x, q->options[0].code, from->name, to->name, &k->ask->say, &words) == OK)
		put_words(k, words);
	return OK;
}

err survey_compare(struct ctx *c, const struct tab *t, const struct tab_data *d, const struct survey_compare_ask *ask, struct tab_section *out)
{
	struct comparing k = {.c = c, .t = t, .d = d, .ask = ask, .s = out};
	struct tab_side from, to;
	bool chosen = !str_blank(ask->from) || !str_blank(ask->to);
	*out = (struct tab_section){.kind = TAB_SEC_CROSS, .title = "比較"};
	TRY(side_of(&k, ask->from, &from));
	TRY(side_of(&k, ask->to, &to));
	fill_sides(&k, &from, &to);
	if (!from.rounds || !to.rounds || (from.t == to.t && from.rounds & to.rounds)) {
		if (chosen)
			put_words(&k, from.rounds && to.rounds ? "比べる2つに同じ回が入っているため、比べられません。別の回か年度を選んでください。" : "比べる相手になる、回答のある回がありません。");
		return OK;
	}
	out->title = arena_fmt(c->arena, "%sと%sの比較", from.name, to.name);
	for (size_t i = 0; i < d->n_questions; i++)
		if (d->questions[i].kind == TAB_SINGLE || d->questions[i].kind == TAB_MULTI)
			TRY(one(&k, &d->questions[i], &from, &to));
	if (!out->n_tables && !chosen)
		out->n_words = 0;
	return OK;
}
