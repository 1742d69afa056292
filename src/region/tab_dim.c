/* Dimensions over answers: a question, the rounds, a trait of the units, the modes. */
#include "region/tab_own.h"

#include "base/str.h"
#include "jp/era.h"

const struct tab_option TAB_BLANK_WORDS[TAB_STATES] = {[TAB_BLANK] = {"blank", "無回答"}, [TAB_NA] = {"na", "該当なし"},
	[TAB_REFUSED] = {"refused", "答えない"}, [TAB_UNKNOWN] = {"unknown", "不明"}};

static void choice_items(const struct tab *t, const struct tab_question *q, int series, struct tab_dim *out)
{
	const struct tab_qset *s = &t->q[q - t->d->questions];
	uint64_t offered = series >= 1 && (size_t)series <= q->n_wordings ? q->wordings[series - 1].options : 0;
	for (size_t k = 0; k < q->n_options; k++)
		if (!offered || offered >> k & 1)
			out->items[out->n++] = (struct tab_dim_item){.code = q->options[k].code, .label = q->options[k].label, .set = s->option[k]};
}

/* Months of the dates that occur, at most 24 of them, otherwise calendar years. */
static err date_items(const struct tab *t, const struct tab_question *q, struct tab_dim *out)
{
	const struct tab_column *col = &t->d->columns[q - t->d->questions];
	const uint64_t *value = t->q[q - t->d->questions].state[TAB_VALUE];
	int64_t low = INT64_MAX, high = INT64_MIN;
	for (size_t k = 0; k < t->d->answers.n; k++)
		if (tab_bit(value, k)) {
			struct ymd y = civil_ymd((civil)col->number[k]);
			int64_t month = (int64_t)y.y * 12 + y.m - 1;
			low = month < low ? month : low;
			high = month > high ? month : high;
		}
	if (low > high)
		return OK;
	int64_t step = high - low < 24 ? 1 : 12;
	low -= step == 12 ? low % 12 : 0;
	size_t n = (size_t)((high - low) / step + 1);
	out->items = ARENA_ARRAY(t->a, n + TAB_STATES, struct tab_dim_item);
	uint64_t **sets = ARENA_ARRAY(t->a, n, uint64_t *);
	for (size_t i = 0; i < n; i++) {
		int64_t m = low + (int64_t)i * step;
		sets[i] = tab_set_new(t->a, t->answer_words);
		out->items[i] = (struct tab_dim_item){.set = sets[i], .code = step == 12 ? arena_fmt(t->a, "%d", (int)(m / 12)) : arena_fmt(t->a, "%d-%02d", (int)(m / 12), (int)(m % 12 + 1)),
			.label = step == 12 ? arena_fmt(t->a, "%d年", (int)(m / 12)) : t->d->western ? arena_fmt(t->a, "%d年%d月", (int)(m / 12), (int)(m % 12 + 1))
				: era_text_month(t->a, (int)(m / 12), (int)(m % 12 + 1))};
	}
	for (size_t k = 0; k < t->d->answers.n; k++)
		if (tab_bit(value, k)) {
			struct ymd y = civil_ymd((civil)col->number[k]);
			tab_bit_set(sets[((int64_t)y.y * 12 + y.m - 1 - low) / step], k);
		}
	out->n = n;
	return OK;
}

err tab_dim_question(const struct tab *t, const char *key, int series, bool answered_only, struct tab_dim *out)
{
	const struct tab_question *q;
	TRY(tab_question_of(t, key, &q));
	const struct tab_qset *s = &t->q[q - t->d->questions];
	series = series ? series : tab_series_newest(t, q);
	uint64_t rounds = tab_rounds_of_series(t, q, series);
	uint64_t *asked = tab_set_new(t->a, t->answer_words);
	for (size_t r = 0; r < t->d->n_rounds; r++)
		for (size_t w = 0; rounds >> r & 1 && w < t->answer_words; w++)
			asked[w] |= t->round[r][w] & (answered_only ? s->state[TAB_VALUE][w] : s->asked[w]);
	const char *wording = series >= 1 && (size_t)series <= q->n_wordings ? q->wordings[series - 1].label : NULL;
	*out = (struct tab_dim){.label = str_or(wording, q->label), .asked = asked, .series = series, .exclusive = q->kind != TAB_MULTI,
		.items = ARENA_ARRAY(t->a, q->n_options + TAB_STATES + 1, struct tab_dim_item)};
	if (q->kind == TAB_SINGLE || q->kind == TAB_MULTI)
		choice_items(t, q, series, out);
	else if (q->kind == TAB_DATE)
		TRY(date_items(t, q, out));
	else if (q->kind == TAB_TEXT)
		out->items[out->n++] = (struct tab_dim_item){.code = "written", .label = "記入あり", .set = s->state[TAB_VALUE]};
	else
		return ERR_TAB_KIND;
	for (int k = TAB_BLANK; !answered_only && k < TAB_STATES; k++)
		if (k != TAB_VALUE && tab_set_count2(s->state[k], asked, t->answer_words))
			out->items[out->n++] = (struct tab_dim_item){.code = TAB_BLANK_WORDS[k].code, .label = TAB_BLANK_WORDS[k].label, .no_answer = true, .set = s->state[k]};
	return OK;
}

void tab_dim_rounds(const struct tab *t, uint64_t rounds, struct tab_dim *out)
{
	uint64_t *asked = tab_set_new(t->a, t->answer_words);
	*out = (struct tab_dim){.label = "回", .exclusive = true, .rounds = true, .asked = asked, .items = ARENA_ARRAY(t->a, t->d->n_rounds, struct tab_dim_item)};
	for (size_t r = 0; r < t->d->n_rounds; r++) {
		const struct tab_round *x = &t->d->rounds[r];
		if (!(rounds >> r & 1))
			continue;
		for (size_t w = 0; w < t->answer_words; w++)
			asked[w] |= t->round[r][w];
		out->items[out->n++] = (struct tab_dim_item){.code = x->key, .set = t->round[r], .unfinished = !x->finished,
			.label = x->finished ? x->name : arena_fmt(t->a, x->not_begun ? "%s（まだ始まっていません）" : "%s（期間中）", x->name)};
	}
}

void tab_dim_modes(const struct tab *t, struct tab_dim *out)
{
	static const struct tab_option modes[TAB_MODES] = {{"web", "ウェブ"}, {"paper", "紙"}, {"mail", "郵送"}, {"fax", "ファクス"}, {"file", "ファイル"}};
	*out = (struct tab_dim){.label = "回答の方法", .exclusive = true, .asked = tab_set_all(t->a, t->d->answers.n), .n = TAB_MODES,
		.items = ARENA_ARRAY(t->a, TAB_MODES, struct tab_dim_item)};
	for (int m = 0; m < TAB_MODES; m++) {
		uint64_t *set = tab_set_new(t->a, t->answer_words);
		for (size_t k = 0; k < t->d->answers.n; k++)
			if (t->d->answers.mode_of[k] == m)
				tab_bit_set(set, k);
		out->items[m] = (struct tab_dim_item){.code = modes[m].code, .label = modes[m].label, .set = set};
	}
}

err tab_dim_trait(const struct tab *t, const char *key, bool of_units, struct tab_dim *out)
{
	const struct tab_data *d = t->d;
	const struct tab_trait *x = NULL;
	if (d->anonymous)
		return ERR_TAB_UNIT;
	for (size_t i = 0; i < d->n_traits && !x; i++)
		x = str_eq(d->traits[i].key, key) ? &d->traits[i] : NULL;
	if (!x)
		return ERR_TAB_QUESTION;
	size_t words = of_units ? t->unit_words : t->answer_words, n = of_units ? d->n_units : d->answers.n;
	uint64_t **sets = ARENA_ARRAY(t->a, x->n_options + 1, uint64_t *); /* the last: not known */
	for (size_t k = 0; k <= x->n_options; k++)
		sets[k] = tab_set_new(t->a, words);
	for (size_t i = 0; i < n; i++) {
		int v = x->of_unit[of_units ? i : d->answers.unit_of[i]];
		tab_bit_set(sets[v < 0 ? x->n_options : (size_t)v], i);
	}
	*out = (struct tab_dim){.label = x->label, .exclusive = true, .asked = tab_set_all(t->a, n), .n = x->n_options,
		.items = ARENA_ARRAY(t->a, x->n_options + 1, struct tab_dim_item)};
	for (size_t k = 0; k < x->n_options; k++)
		out->items[k] = (struct tab_dim_item){.code = x->options[k].code, .label = x->options[k].label, .set = sets[k]};
	if (tab_set_count(sets[x->n_options], words))
		out->items[out->n++] = (struct tab_dim_item){.code = "unknown", .label = "不明", .no_answer = true, .set = sets[x->n_options]};
	return OK;
}
