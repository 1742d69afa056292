#include "region/tab_words.h"
#include "region/tab_own.h"

#include "base/buf.h"
#include "base/str.h"

#include <inttypes.h>

const char *tab_word_share(struct arena *a, int64_t num, int64_t den)
{
	if (den <= 0)
		return "該当なし";
	if (num <= 0)
		return "なし";
	if (num >= den)
		return "すべて";
	if (num * 100 < den * 5)
		return "ごく一部";
	if (num * 100 >= den * 95)
		return "ほぼすべて";
	if (num * 100 >= den * 45 && num * 100 < den * 55)
		return "約半数";
	return arena_fmt(a, "約%" PRId64 "割", tab_half_up(num, den, 10, 0));
}

const char *tab_word_one_in(struct arena *a, int64_t num, int64_t den, const char *counter)
{
	return num <= 0 || den < num ? "" : arena_fmt(a, "%" PRId64 "%sに1%s", den / num, counter, counter);
}

static const char *end_of(const struct tab_say *say)
{
	return say->style == TAB_STYLE_DESU ? "です。" : "";
}

/* （64%） or （64%、約6割） */
static const char *share_words(struct arena *a, int64_t num, int64_t den, int places, const struct tab_say *say)
{
	const char *s = tab_text_share(a, num, den, places);
	return say->rounded && den > 0 ? arena_fmt(a, "（%s、%s）", s, tab_word_share(a, num, den)) : arena_fmt(a, "（%s）", s);
}

/* What the sentence is about: the short name, or the whole question in brackets. */
static const char *about_of(const struct tab *t, const struct tab_question *q)
{
	return str_blank(q->label_short) ? arena_fmt(t->a, "「%s」", q->label) : q->label_short;
}

static const char *counter_of(const struct tab *t, const struct tab_base *b)
{
	return b->counts == TAB_OF_UNITS || b->counts == TAB_OF_INVITED ? str_or(t->d->unit_counter, "") : "件";
}

/* 「…回答（延べ）81件のうち、」 or, when n may not be printed, 「…回答（延べ）のうち、」 */
static const char *base_words(const struct tab *t, const struct tab_base *b)
{
	return b->n_hidden ? arena_fmt(t->a, "%sのうち、", b->words) : arena_fmt(t->a, "%s%s%sのうち、", b->words, tab_text_int(t->a, b->n), counter_of(t, b));
}

/* 「実施あり」とした回答（延べ）は0件のため、活用についての集計はありません。 */
static const char *empty_words(const struct tab *t, const struct tab_base *b, const char *about)
{
	return arena_fmt(t->a, "%sは0%sのため、%sについての集計はありません。", b->words, counter_of(t, b), about);
}

err tab_say_ever(const struct tab *t, const struct tab_ask *ask, const struct tab_say *say, bool never, const char **out)
{
	struct tab_table *x;
	const struct tab_question *q;
	TRY(tab_ever(t, ask, &x));
	TRY(tab_question_of(t, ask->key, &q));
	const char *counter = str_or(t->d->unit_counter, ""), *unit = str_blank(t->d->unit_word) ? "回答者" : t->d->unit_word;
	const char *label = q->options[tab_option_of(q, ask->option)].label;
	const struct tab_cell *n = tab_cell_of(x, never ? "never" : "ever", 0);
	const char *whole = x->base.n_hidden ? "" : arena_fmt(t->a, "%s%s%sのうち、", str_or(t->d->place, ""), tab_text_int(t->a, x->base.n), counter);
	const struct tab_cell *silent = tab_cell_of(x, "blank", 0); /* who never answered has not said "never" (§5.3) */
	bool some_silent = silent && (silent->kind == TAB_CELL_SECRET || silent->num > 0);
	const char *who = arena_fmt(t->a, never ? some_silent ? "回答はあり、一度も「%s」と回答していない%sは" : "一度も「%s」と回答していない%sは" : "一度でも「%s」と回答した%sは", label, unit);
	if (n->kind == TAB_CELL_COUNT)
		*out = arena_fmt(t->a, "%s%s%s%s%s%s", whole, who, tab_text_int(t->a, n->num), counter, share_words(t->a, n->num, x->base.n, ask->places, say), end_of(say));
	else
		*out = arena_fmt(t->a, "%s%s、%s", whole, who, n->kind == TAB_CELL_SECRET ? "少数のため示していません。" : "該当がありません。");
	return OK;
}

err tab_say_silent(const struct tab *t, const struct tab_ask *ask, const struct tab_say *say, const char **out)
{
	struct tab_table *x;
	TRY(tab_ever(t, ask, &x));
	const char *counter = str_or(t->d->unit_counter, ""), *unit = str_blank(t->d->unit_word) ? "回答者" : t->d->unit_word;
	const struct tab_cell *n = tab_cell_of(x, "blank", 0);
	*out = "";
	if (!n || (n->kind != TAB_CELL_SECRET && n->num == 0))
		return OK;
	const char *whole = x->base.n_hidden ? "" : arena_fmt(t->a, "%s%s%sのうち、", str_or(t->d->place, ""), tab_text_int(t->a, x->base.n), counter);
	if (n->kind == TAB_CELL_SECRET)
		*out = arena_fmt(t->a, "%sどの回にもこの設問への回答がない%sは、少数のため示していません。", whole, unit);
	else
		*out = arena_fmt(t->a, "%sどの回にもこの設問への回答がない%sは%s%s%s%s", whole, unit, tab_text_int(t->a, n->num), counter,
			share_words(t->a, n->num, x->base.n, ask->places, say), end_of(say));
	return OK;
}

/* Column of the grand total's counts. */
static size_t total_col(const struct tab_table *x)
{
	size_t c = x->n_cols;
	while (c-- > 0)
		if (x->cols[c].kind == TAB_CELL_COUNT)
			return c;
	return 0;
}

/* How many of the members chose at least one of these: for choices of several the counts must not be added up. */
static err union_of(const struct tab *t, const struct tab_ask *ask, const char *const *codes, size_t n, int64_t *sum)
{
	bool units = ask->rule != TAB_PER_ANSWER;
	size_t words = units ? t->unit_words : t->answer_words;
	struct tab_dim d;
	const uint64_t *members;
	TRY(units ? tab_dim_rule(t, ask, &d) : tab_dim_question(t, ask->key, ask->series, ask->answered_only, &d));
	TRY(units ? tab_units_of(t, &ask->filter, &members) : tab_answers_of(t, &ask->filter, &members));
	uint64_t *any = tab_set_new(t->a, words);
	for (size_t k = 0; k < n; k++) {
		bool found = false;
		for (size_t i = 0; i < d.n; i++)
			if (str_eq(d.items[i].code, codes[k])) {
				found = true;
				for (size_t w = 0; w < words; w++)
					any[w] |= d.items[i].set[w];
			}
		if (!found)
			return ERR_TAB_QUESTION;
	}
	*sum = tab_set_count3(any, d.asked, members, words);
	return OK;
}

err tab_say_options(const struct tab *t, const struct tab_ask *ask, const char *const *codes, size_t n, const struct tab_say *say, const char **out)
{
	struct tab_ask one = *ask;
	struct tab_table *x;
	const struct tab_question *q;
	int64_t sum;
	bool secret = false;
	one.by_round = one.of_ticks = false;
	TRY(tab_question_of(t, ask->key, &q));
	if (q->kind != TAB_SINGLE && q->kind != TAB_MULTI)
		return ERR_TAB_KIND;
	TRY(tab_question_table(t, &one, &x));
	TRY(union_of(t, &one, codes, n, &sum));
	struct buf b = buf_new(t->a);
	int64_t added = 0, below = tab_hide_below(t->d);
	for (size_t k = 0; k < n; k++) {
		for (size_t r = 0; r < x->n_rows; r++)
			if (str_eq(x->rows[r].code, codes[k])) {
				buf_fmt(&b, "「%s」", x->rows[r].label);
				added += x->rows[r].cells[0].num;
				secret |= x->rows[r].cells[0].kind == TAB_CELL_SECRET;
			}
	}
	/* a union over several choices is a count of its own: neither it, nor its rest, nor what the choices share may be small */
	secret |= below && ((sum && sum < below) || (x->base.n > sum && x->base.n - sum < below) || (added > sum && added - sum < below) || x->base.n_hidden);
	const char *about = arena_fmt(t->a, "%s%sについて%sと回答したのは", base_words(t, &x->base), about_of(t, q), b.n ? b.p : "");
	if (secret)
		*out = arena_fmt(t->a, "%s、少数のため示していません。", about);
	else if (!x->base.n)
		*out = empty_words(t, &x->base, about_of(t, q));
	else
		*out = arena_fmt(t->a, "%s、%s%s%s%s%s", about, n > 1 ? "あわせて" : "", tab_text_int(t->a, sum), counter_of(t, &x->base),
			share_words(t->a, sum, x->base.n, ask->places, say), end_of(say));
	return OK;
}

err tab_say_top(const struct tab *t, const char *role, size_t top, const struct tab_filter *f, const struct tab_say *say, const char **out)
{
	const struct tab_question *q = tab_question_role(t->d, role);
	const char *codes[TAB_OPTIONS_MAX];
	if (!q || !top || top > q->n_options)
		return ERR_TAB_QUESTION;
	for (size_t k = 0; k < top; k++)
		codes[k] = q->options[k].code;
	return tab_say_options(t, &(struct tab_ask){.key = q->key, .filter = f ? *f : (struct tab_filter){0}}, codes, top, say, out);
}

/* The rows with the largest count below `under`; they are printed or they are not ranked. */
static int64_t place_of(const struct tab_table *x, int64_t under, struct buf *b)
{
	int64_t best = 0;
	for (size_t r = 0; r < x->n_rows; r++) {
		const struct tab_cell *c = &x->rows[r].cells[total_col(x)];
		if (!x->rows[r].total && !x->rows[r].no_answer && c->kind == TAB_CELL_COUNT && c->num > best && c->num < under)
			best = c->num;
	}
	for (size_t r = 0; best && r < x->n_rows; r++) {
		const struct tab_cell *c = &x->rows[r].cells[total_col(x)];
		if (!x->rows[r].total && !x->rows[r].no_answer && c->kind == TAB_CELL_COUNT && c->num == best)
			buf_fmt(b, "「%s」", x->rows[r].label);
	}
	return best;
}

err tab_say_rank(const struct tab *t, const struct tab_ask *ask, const struct tab_say *say, const char **out)
{
	struct tab_ask one = *ask;
	struct tab_table *x;
	const struct tab_question *q;
	one.by_round = one.of_ticks = false;
	TRY(tab_question_of(t, ask->key, &q));
	if (q->kind != TAB_SINGLE && q->kind != TAB_MULTI)
		return ERR_TAB_KIND;
	TRY(tab_question_table(t, &one, &x));
	bool hidden = false; /* of several choices a very common one is hidden too when few did not take it: no order can be told then */
	for (size_t r = 0; r < x->n_rows; r++)
		hidden |= q->kind == TAB_MULTI && x->rows[r].cells[0].kind == TAB_CELL_SECRET;
	if (hidden) {
		*out = arena_fmt(t->a, "%sについては、少数を伏せた項目があるため、多い順を示していません。", about_of(t, q));
		return OK;
	}
	struct buf first = buf_new(t->a), second = buf_new(t->a);
	int64_t n1 = place_of(x, INT64_MAX, &first), n2 = n1 ? place_of(x, n1, &second) : 0;
	const char *counter = counter_of(t, &x->base), *about = base_words(t, &x->base);
	if (!n1) {
		*out = x->secret ? arena_fmt(t->a, "%sについての回答は、少数のため示していません。", about_of(t, q))
			: x->base.n ? arena_fmt(t->a, "%s%sについて選ばれたものはありません。", about, about_of(t, q)) : empty_words(t, &x->base, about_of(t, q));
		return OK;
	}
	const char *s1 = arena_fmt(t->a, "（%s%s、%s）", tab_text_int(t->a, n1), counter, tab_text_share(t->a, n1, x->base.n, ask->places));
	const char *s2 = n2 ? arena_fmt(t->a, "、次いで%s（%s%s、%s）", second.p, tab_text_int(t->a, n2), counter, tab_text_share(t->a, n2, x->base.n, ask->places)) : "";
	*out = arena_fmt(t->a, "%s%sで最も多いのは%s%s%s%s", about, about_of(t, q), first.p, s1, s2, end_of(say));
	return OK;
}

err tab_say_means(const struct tab *t, const struct tab_ask *ask, const struct tab_say *say, const char ***out, size_t *n)
{
	struct tab_ask one = *ask;
	struct tab_table *x;
	const struct tab_question *q;
	const char *unit = "";
	one.by_round = false;
	TRY(tab_question_of(t, ask->key, &q));
	TRY(tab_mean_table(t, &one, &x));
	for (size_t i = 0; i < t->d->n_questions; i++)
		if (str_eq(t->d->questions[i].of_key, q->key))
			unit = str_or(t->d->questions[i].unit, "");
	const char **v = ARENA_ARRAY(t->a, x->n_rows, const char *);
	for (size_t r = 0; r < x->n_rows; r++) {
		const struct tab_row *row = &x->rows[r];
		const struct tab_cell *m = &row->cells[2];
		int k = tab_option_of(q, row->code);
		const char *label = k >= 0 ? q->options[k].label : row->label;
		if (m->kind == TAB_CELL_MEAN)
			v[r] = arena_fmt(t->a, "%sの平均は%s%s（%s%s÷%s、母数は%s）%s", label, m->text, unit, tab_text_int(t->a, m->num), unit, tab_text_int(t->a, m->den), row->base.words,
				end_of(say));
		else
			v[r] = arena_fmt(t->a, "%sの平均は、%s", label, m->kind == TAB_CELL_SECRET ? "少数のため示していません。"
				: arena_fmt(t->a, "%sがないため、ありません。", row->base.words));
	}
	*out = v;
	*n = x->n_rows;
	return OK;
}

err tab_say_response(const struct tab *t, const struct tab_filter *f, const struct tab_say *say, const char **out)
{
	struct tab_table *x;
	TRY(tab_response(t, f, &x));
	const struct tab_row *row = NULL;
	for (size_t r = 0; r < x->n_rows; r++)
		row = x->rows[r].total || !row ? &x->rows[r] : row;
	const char *counter = str_or(t->d->unit_counter, "");
	if (!row || row->cells[3].kind != TAB_CELL_SHARE)
		*out = "まだ依頼していないため、回答率はありません。";
	else
		*out = arena_fmt(t->a, "依頼した%s%s%sのうち%s%sから回答があり、回答率は%s%s", row->total ? "延べ" : "", row->cells[0].text, counter, row->cells[1].text, counter,
			row->cells[3].text, end_of(say));
	return OK;
}

err tab_say_change(const struct tab *t, const struct tab_ask *ask, const char *code, size_t from_round, size_t to_round, const struct tab_say *say,
	const char **out)
{
	struct tab_table *x;
	TRY(tab_compare(t, ask, from_round, to_round, &x));
	return tab_say_moved(t->a, x, code, t->d->rounds[from_round].name, t->d->rounds[to_round].name, say, out);
}

err tab_say_moved(struct arena *a, const struct tab_table *x, const char *code, const char *from, const char *to, const struct tab_say *say, const char **out)
{
	const struct tab_row *row = NULL;
	for (size_t r = 0; r < x->n_rows; r++)
		row = str_eq(x->rows[r].code, code) ? &x->rows[r] : row;
	if (!row || row->total)
		return ERR_TAB_QUESTION;
	const struct tab_cell *d = &row->cells[4];
	if (d->kind != TAB_CELL_POINTS) {
		*out = arena_fmt(a, "「%s」と回答した割合の変化は、%s", row->label, d->kind == TAB_CELL_SECRET ? "少数のため示していません。" : "どちらかに回答がないため、ありません。");
		return OK;
	}
	int64_t v = tab_half_up(d->num, d->den, 100, d->places);
	const char *moved = v == 0 ? say->style == TAB_STYLE_DESU ? "で、ほぼ変わりません。" : "で、ほぼ同じ"
		: arena_fmt(a, "で、%sポイント%s", tab_text_scaled(a, v < 0 ? -v : v, d->places),
			say->style == TAB_STYLE_DESU ? v > 0 ? "増えています。" : "減っています。" : v > 0 ? "の増" : "の減");
	*out = arena_fmt(a, "「%s」と回答した割合は、%sが%s（%s n=%s）、%sが%s（%s n=%s）%s", row->label, from, row->cells[1].text,
		x->cols[1].base.words, tab_text_int(a, row->cells[1].den), to, row->cells[3].text, x->cols[3].base.words,
		tab_text_int(a, row->cells[3].den), moved);
	return OK;
}
