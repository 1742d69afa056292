/* Who is counted (filters, ever / never) and how several rounds of one unit become one (C-177, C-178, §5.3, §5.4). */
#include "region/tab_own.h"

#include "base/str.h"

/* ---- ever -------------------------------------------------------------------------------------------------------- */

err tab_ever_of(const struct tab *t, const char *key, const char *option, uint64_t rounds, int8_t **out)
{
	const struct tab_question *q;
	if (t->d->anonymous)
		return ERR_TAB_UNIT;
	TRY(tab_question_of(t, key, &q));
	int k = tab_option_of(q, option);
	if (k < 0)
		return ERR_TAB_QUESTION;
	const struct tab_qset *s = &t->q[q - t->d->questions];
	int8_t *v = ARENA_ARRAY(t->a, t->d->n_units + 1, int8_t);
	for (size_t u = 0; u < t->d->n_units; u++) {
		v[u] = -1;
		for (size_t i = t->first[u]; i < t->first[u + 1]; i++) {
			uint32_t answer = t->by_unit[i];
			if (!(rounds >> t->d->answers.round_of[answer] & 1) || !tab_bit(s->state[TAB_VALUE], answer))
				continue;
			if (tab_bit(s->option[k], answer))
				v[u] = 1;
			else if (v[u] < 0)
				v[u] = 0;
		}
	}
	*out = v;
	return OK;
}

/* ---- filters ----------------------------------------------------------------------------------------------------- */

static bool in_frame(const struct tab *t, size_t u, uint64_t rounds, bool invitations)
{
	if (!invitations || (t->d->units[u].invited & rounds))
		return true;
	for (size_t i = t->first[u]; i < t->first[u + 1]; i++)
		if (rounds >> t->d->answers.round_of[t->by_unit[i]] & 1)
			return true;
	return false;
}

static err trait_of(const struct tab *t, const struct tab_filter *f, const struct tab_trait **trait, int *value)
{
	for (size_t i = 0; i < t->d->n_traits; i++) {
		const struct tab_trait *x = &t->d->traits[i];
		for (size_t k = 0; str_eq(x->key, f->trait) && k < x->n_options; k++)
			if (str_eq(x->options[k].code, f->trait_value)) {
				*trait = x;
				*value = (int)k;
				return OK;
			}
	}
	return ERR_TAB_QUESTION;
}

static bool ever_passes(enum tab_ever_is want, int8_t is)
{
	return want == TAB_EVER_YES ? is == 1 : want == TAB_EVER_NEVER ? is == 0 : is <= 0;
}

err tab_units_of(const struct tab *t, const struct tab_filter *f, const uint64_t **out)
{
	static const struct tab_filter all;
	const struct tab_data *d = t->d;
	const struct tab_trait *trait = NULL;
	int value = 0;
	int8_t *ever = NULL;
	bool invitations = false, found = false;
	f = f ? f : &all;
	if (d->anonymous)
		return ERR_TAB_UNIT;
	uint64_t rounds = tab_rounds_of(t, f), *set = tab_set_new(t->a, t->unit_words);
	if (f->trait)
		TRY(trait_of(t, f, &trait, &value));
	if (f->ever)
		TRY(tab_ever_of(t, f->ever_key, f->ever_option, rounds, &ever));
	for (size_t u = 0; u < d->n_units; u++)
		invitations = invitations || d->units[u].invited;
	for (size_t u = 0; u < d->n_units; u++) {
		if (f->unit && !str_eq(d->units[u].id, f->unit))
			continue;
		found = true;
		if ((!trait || trait->of_unit[u] == value) && (!ever || ever_passes(f->ever, ever[u])) && in_frame(t, u, rounds, invitations))
			tab_bit_set(set, u);
	}
	if (f->unit && !found)
		return ERR_TAB_QUESTION;
	*out = set;
	return OK;
}

err tab_answers_of(const struct tab *t, const struct tab_filter *f, const uint64_t **out)
{
	uint64_t rounds = tab_rounds_of(t, f), *set = tab_set_new(t->a, t->answer_words);
	const uint64_t *units = NULL;
	if (f && (f->unit || f->trait || f->ever))
		TRY(tab_units_of(t, f, &units));
	for (size_t r = 0; r < t->d->n_rounds; r++)
		for (size_t w = 0; rounds >> r & 1 && w < t->answer_words; w++)
			set[w] |= t->round[r][w];
	for (size_t k = 0; units && k < t->d->answers.n; k++)
		if (!tab_bit(units, t->d->answers.unit_of[k]))
			set[k / 64] &= ~((uint64_t)1 << (k % 64));
	*out = set;
	return OK;
}

/* ---- rules ------------------------------------------------------------------------------------------------------- */

struct outcome {
	enum tab_state state;
	uint64_t bits;
};

/* One unit under the rule: walks its answers in the order of rounds. ANY unites, ALL intersects the answered rounds. */
static struct outcome outcome_of(const struct tab *t, const struct tab_column *col, const uint64_t *asked, size_t u, uint64_t rounds, enum tab_rule rule)
{
	struct outcome o = {TAB_HIDDEN, 0};
	for (size_t i = t->first[u]; i < t->first[u + 1]; i++) {
		uint32_t k = t->by_unit[i];
		if (!(rounds >> t->d->answers.round_of[k] & 1) || !tab_bit(asked, k))
			continue;
		enum tab_state s = col->state[k];
		bool value = s == TAB_VALUE;
		if (rule == TAB_FIRST && o.state != TAB_HIDDEN)
			break;
		if ((rule == TAB_ANY || rule == TAB_ALL) && value && o.state == TAB_VALUE)
			o.bits = rule == TAB_ANY ? o.bits | col->bits[k] : o.bits & col->bits[k];
		else if (value || rule == TAB_LATEST || o.state != TAB_VALUE)
			o = (struct outcome){s, value ? col->bits[k] : 0};
	}
	return o;
}

static const char *rule_note(struct arena *a, const struct tab_ask *ask, const char *label)
{
	switch (ask->rule) {
	case TAB_LAST_ANSWERED: return "回答者ごとに、無回答でない最後の回の回答を使いました。";
	case TAB_LATEST: return "回答者ごとに、最後の回の回答を使いました（無回答はそのまま無回答とします）。";
	case TAB_FIRST: return "回答者ごとに、最初の回の回答を使いました。";
	case TAB_ANY:
		return label ? arena_fmt(a, "回答者ごとに、一度でも「%s」と回答したかどうかで分けました。", label)
			: "回答者ごとに、いずれかの回で選んだものを数えました。";
	case TAB_ALL:
		return label ? arena_fmt(a, "回答者ごとに、回答したすべての回で「%s」と回答したかどうかで分けました。", label)
			: "回答者ごとに、回答したすべての回で選んだものを数えました。";
	default: return NULL;
	}
}

static void blank_items(const struct tab *t, const struct outcome *o, const uint64_t *members, struct tab_dim *dim)
{
	for (int s = TAB_BLANK; s < TAB_STATES; s++) {
		uint64_t *set = tab_set_new(t->a, t->unit_words);
		if (s == TAB_VALUE)
			continue;
		for (size_t u = 0; u < t->d->n_units; u++)
			if (tab_bit(members, u) && o[u].state == (enum tab_state)s)
				tab_bit_set(set, u);
		if (tab_set_count(set, t->unit_words))
			dim->items[dim->n++] = (struct tab_dim_item){.code = TAB_BLANK_WORDS[s].code, .label = TAB_BLANK_WORDS[s].label, .no_answer = true, .set = set};
	}
}

/* Yes and no of ANY and ALL with an option. */
static void yes_no_items(const struct tab *t, const struct tab_ask *ask, const struct tab_option *yes, uint64_t bit, const struct outcome *o, struct tab_dim *dim)
{
	uint64_t *set[2] = {tab_set_new(t->a, t->unit_words), tab_set_new(t->a, t->unit_words)};
	bool any = ask->rule == TAB_ANY;
	for (size_t u = 0; u < t->d->n_units; u++)
		if (o[u].state == TAB_VALUE)
			tab_bit_set(set[o[u].bits & bit ? 0 : 1], u);
	dim->items[0] = (struct tab_dim_item){.code = yes->code, .set = set[0],
		.label = arena_fmt(t->a, any ? "一度でも「%s」と回答" : "すべての回で「%s」と回答", yes->label)};
	dim->items[1] = (struct tab_dim_item){.code = any ? "never" : "not_all", .set = set[1],
		.label = arena_fmt(t->a, any ? "一度も「%s」と回答していない" : "「%s」でない回がある", yes->label)};
	dim->n = 2;
	dim->exclusive = true;
}

err tab_dim_rule(const struct tab *t, const struct tab_ask *ask, struct tab_dim *out)
{
	const struct tab_data *d = t->d;
	const struct tab_question *q;
	const uint64_t *units;
	TRY(tab_question_of(t, ask->key, &q));
	if (q->kind != TAB_SINGLE && q->kind != TAB_MULTI)
		return ERR_TAB_KIND;
	int yes = tab_option_of(q, ask->option);
	bool by_option = ask->rule == TAB_ANY || ask->rule == TAB_ALL;
	if (ask->option && by_option && yes < 0)
		return ERR_TAB_QUESTION;
	if (by_option && yes < 0 && q->kind == TAB_SINGLE)
		return ERR_TAB_KIND; /* "in any round" of one choice out of several says nothing without the choice */
	by_option = by_option && yes >= 0;
	TRY(tab_units_of(t, &ask->filter, &units));
	int series = ask->series ? ask->series : tab_series_newest(t, q);
	uint64_t rounds = tab_rounds_of(t, &ask->filter) & tab_rounds_of_series(t, q, series);
	struct outcome *o = ARENA_ARRAY(t->a, d->n_units + 1, struct outcome);
	uint64_t *asked = tab_set_new(t->a, t->unit_words);
	for (size_t u = 0; u < d->n_units; u++) {
		o[u] = outcome_of(t, &d->columns[q - d->questions], t->q[q - d->questions].asked, u, rounds, ask->rule);
		if (tab_bit(units, u) && o[u].state != TAB_HIDDEN && (!ask->answered_only || o[u].state == TAB_VALUE))
			tab_bit_set(asked, u);
	}
	*out = (struct tab_dim){.label = q->label, .asked = asked, .series = series,
		.items = ARENA_ARRAY(t->a, q->n_options + TAB_STATES + 2, struct tab_dim_item),
		.note = rule_note(t->a, ask, by_option ? q->options[yes].label : NULL), .exclusive = q->kind == TAB_SINGLE};
	if (by_option)
		yes_no_items(t, ask, &q->options[yes], (uint64_t)1 << yes, o, out);
	for (size_t k = 0; !by_option && k < q->n_options; k++) {
		uint64_t *set = tab_set_new(t->a, t->unit_words);
		for (size_t u = 0; u < d->n_units; u++)
			if (o[u].state == TAB_VALUE && o[u].bits >> k & 1)
				tab_bit_set(set, u);
		out->items[out->n++] = (struct tab_dim_item){.code = q->options[k].code, .label = q->options[k].label, .set = set};
	}
	blank_items(t, o, asked, out);
	return OK;
}
