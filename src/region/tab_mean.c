/* Means (C-180, X-01): the denominator is declared, printed and can be changed; a mean is never made without. */
#include "region/tab_own.h"

#include "base/str.h"

struct mean_row {
	const struct tab_question *number, *of;
	int option;
	enum tab_mean_of kind;
	const uint64_t *base;     /* answers in the denominator; NULL for units */
	const uint64_t *ticked;   /* answers whose number counts */
	const char *words;
};

static int64_t sum_of(const struct tab *t, const struct mean_row *m, const uint64_t *in)
{
	const struct tab_column *col = &t->d->columns[m->number - t->d->questions];
	const uint64_t *value = t->q[m->number - t->d->questions].state[TAB_VALUE];
	int64_t sum = 0;
	for (size_t w = 0; w < t->answer_words; w++)
		for (uint64_t b = in[w] & value[w] & m->ticked[w]; b; b &= b - 1)
			sum += col->number[w * 64 + (size_t)__builtin_ctzll(b)];
	return sum;
}

static int64_t units_in(const struct tab *t, const uint64_t *in)
{
	uint64_t *set = tab_set_new(t->a, t->unit_words);
	for (size_t w = 0; w < t->answer_words; w++)
		for (uint64_t b = in[w]; b; b &= b - 1)
			tab_bit_set(set, t->d->answers.unit_of[w * 64 + (size_t)__builtin_ctzll(b)]);
	return tab_set_count(set, t->unit_words);
}

/* ---- one mean ---------------------------------------------------------------------------------------------------- */

/* Answers that ticked the option but left the number blank are in neither numerator nor denominator. */
static const uint64_t *without_blanks(const struct tab *t, const struct mean_row *m, const uint64_t *base, int64_t *left_out, const uint64_t *members)
{
	const uint64_t *value = t->q[m->number - t->d->questions].state[TAB_VALUE];
	uint64_t *s = tab_set_new(t->a, t->answer_words);
	*left_out = 0;
	for (size_t w = 0; w < t->answer_words; w++) {
		uint64_t blank = m->ticked[w] & ~value[w];
		s[w] = base[w] & ~blank;
		*left_out += __builtin_popcountll(blank & members[w]);
	}
	return s;
}

static const char *mean_words(const struct tab *t, const struct mean_row *m, const char *either)
{
	const char *label = m->of->options[m->option].label;
	switch (m->kind) {
	case TAB_MEAN_TICKED: return arena_fmt(t->a, "「%s」を選んだ回答", label);
	case TAB_MEAN_EITHER: return arena_fmt(t->a, "%sのどれかを選んだ回答", either);
	case TAB_MEAN_ANSWERING: return "この設問に答えた回答";
	case TAB_MEAN_ALL: return arena_fmt(t->a, "この設問を尋ねた%s回答", str_or(m->of->asked_if, ""));
	case TAB_MEAN_UNITS: return arena_fmt(t->a, "「%s」を一度でも選んだ%s（実数）", label, tab_unit_short(t->d));
	default: return arena_fmt(t->a, "対象のすべての%s（実数）", tab_unit_short(t->d));
	}
}

/* The size of the denominator in these answers, and whether it may be printed: judged like a line of the question's own table. */
struct dens {
	int64_t *n;
	bool *hide;
};

/* Counts `set` in each round and in all; marks where it or its rest may not be printed. */
static void line_of(const struct tab *t, const uint64_t *set, const struct tab_ask *ask, const struct tab_dim *asked, const struct tab_dim *rounds,
	const uint64_t *members, struct dens *d, bool numbers)
{
	struct tab_dim_item item = {.code = "d", .label = "d", .set = set};
	struct tab_dim line = {.items = &item, .n = 1, .asked = asked->asked};
	struct tab_table *x;
	tab_grid_table(t, &(struct tab_grid_ask){.id = "", .title = "", .filter = &ask->filter, .rows = &line, .cols = rounds->n > 1 ? rounds : NULL,
		.members = members}, &x);
	for (size_t g = 0; g <= rounds->n; g++) {
		const struct tab_cell *c = &x->rows[0].cells[rounds->n > 1 ? 2 * g : 0];
		if (numbers)
			d->n[g] = c->kind == TAB_CELL_COUNT ? c->num : 0;
		d->hide[g] |= c->kind == TAB_CELL_SECRET;
	}
}

static struct dens dens_of(const struct tab *t, const struct mean_row *m, const struct tab_ask *ask, const struct tab_dim *asked, const struct tab_dim *rounds,
	const uint64_t *members, const uint64_t *frame)
{
	size_t groups = rounds->n + 1;
	struct dens d = {ARENA_ARRAY(t->a, groups, int64_t), ARENA_ARRAY(t->a, groups, bool)};
	int64_t below = tab_hide_below(t->d);
	if (m->kind >= TAB_MEAN_UNITS) {
		for (size_t g = 0; g < groups; g++) {
			uint64_t *in = tab_set_and(t->a, members, m->ticked, t->answer_words);
			for (size_t w = 0; g < rounds->n && w < t->answer_words; w++)
				in[w] &= rounds->items[g].set[w];
			d.n[g] = m->kind == TAB_MEAN_FRAME ? tab_set_count(frame, t->unit_words) : units_in(t, in);
			d.hide[g] = below && d.n[g] < below;
		}
		line_of(t, m->ticked, ask, asked, rounds, members, &d, false);
		return d;
	}
	line_of(t, m->base, ask, asked, rounds, members, &d, true);
	if (m->kind != TAB_MEAN_TICKED) /* whatever it is divided by, the sum comes from those who ticked */
		line_of(t, m->ticked, ask, asked, rounds, members, &d, false);
	return d;
}

static void mean_row_add(const struct tab *t, const struct mean_row *m, const struct tab_ask *ask, const struct tab_dim *rounds, const uint64_t *members,
	struct dens d, bool many, struct tab_table *out)
{
	struct arena *a = t->a;
	const struct tab_option *o = &m->of->options[m->option];
	struct tab_row *row = tab_row_add(a, out, o->code, many ? arena_fmt(a, "%s（母数：%s）", o->label, m->words) : o->label);
	size_t first = ask->by_round && rounds->n > 1 ? 0 : rounds->n, c = 0;
	bool units = m->kind >= TAB_MEAN_UNITS;
	row->base = (struct tab_base){.counts = units ? TAB_OF_UNITS : TAB_OF_ANSWERS, .cumulative = !units && tab_several_rounds(t, &ask->filter),
		.n = d.hide[rounds->n] ? 0 : d.n[rounds->n], .n_hidden = d.hide[rounds->n], .words = m->words};
	for (size_t g = first; g <= rounds->n; g++) {
		uint64_t *in = tab_set_and(a, members, units ? m->ticked : m->base, t->answer_words);
		for (size_t w = 0; g < rounds->n && w < t->answer_words; w++)
			in[w] &= rounds->items[g].set[w];
		int64_t sum = sum_of(t, m, in);
		row->cells[c++] = d.hide[g] ? tab_cell_secret() : d.n[g] ? tab_cell_count(a, sum) : tab_cell_none();
		row->cells[c++] = d.hide[g] ? tab_cell_secret() : tab_cell_count(a, d.n[g]);
		row->cells[c++] = d.hide[g] ? tab_cell_secret() : tab_cell_mean(a, sum, d.n[g], 1);
		out->secret |= d.hide[g];
		if (g == rounds->n && !d.hide[g] && d.n[g])
			tab_note_add(a, out, "%s：%s%s ÷ %s（%s）＝ %s%s", o->label, tab_text_int(a, sum), str_or(m->number->unit, ""), tab_text_int(a, d.n[g]), m->words,
				tab_text_scaled(a, tab_half_up(sum, d.n[g], 1, 1), 1), str_or(m->number->unit, ""));
	}
}

/* ---- the table --------------------------------------------------------------------------------------------------- */

static const char *either_of(const struct tab *t, const struct tab_question *q, uint64_t *set)
{
	const char *words = "";
	const struct tab_qset *s = &t->q[q - t->d->questions];
	for (size_t i = 0; i < t->d->n_questions; i++) {
		const struct tab_question *n = &t->d->questions[i];
		int k = str_eq(n->of_key, q->key) ? tab_option_of(q, n->of_option) : -1;
		if (k < 0)
			continue;
		words = arena_fmt(t->a, "%s%s「%s」", words, *words ? "・" : "", q->options[k].label);
		for (size_t w = 0; w < t->answer_words; w++)
			set[w] |= s->option[k][w];
	}
	return words;
}

static void mean_columns(const struct tab *t, const struct tab_ask *ask, const struct tab_dim *rounds, struct tab_table *out)
{
	for (size_t g = ask->by_round && rounds->n > 1 ? 0 : rounds->n; g <= rounds->n; g++) {
		const char *group = g < rounds->n ? rounds->items[g].label : rounds->n > 1 && ask->by_round ? "合計" : "";
		bool unfinished = g < rounds->n && rounds->items[g].unfinished;
		struct tab_base b = out->base;
		if (g < rounds->n)
			b.words = arena_fmt(t->a, "%sの回答", group);
		tab_col_add(t->a, out, group, "合計", TAB_CELL_COUNT, b)->unfinished = unfinished;
		tab_col_add(t->a, out, group, "母数", TAB_CELL_COUNT, b)->unfinished = unfinished;
		tab_col_add(t->a, out, group, "平均", TAB_CELL_MEAN, b)->unfinished = unfinished;
		out->cols[out->n_cols - 1].share_of = TAB_SHARE_ROW;
	}
}

err tab_mean_table(const struct tab *t, const struct tab_ask *ask, struct tab_table **out)
{
	const struct tab_question *q;
	const uint64_t *members, *frame = NULL;
	struct tab_dim asked, rounds;
	unsigned of = ask->mean_of ? ask->mean_of : TAB_MEAN_TICKED;
	bool many = (of & (of - 1)) != 0, any = false;
	int64_t left_out;
	TRY(tab_question_of(t, ask->key, &q));
	TRY(tab_dim_question(t, ask->key, ask->series, false, &asked));
	TRY(tab_answers_of(t, &ask->filter, &members));
	if (of >= TAB_MEAN_UNITS)
		TRY(tab_units_of(t, &ask->filter, &frame));
	tab_dim_rounds(t, tab_rounds_of(t, &ask->filter) & tab_rounds_of_series(t, q, asked.series), &rounds);
	members = tab_set_and(t->a, members, asked.asked, t->answer_words);
	const struct tab_qset *s = &t->q[q - t->d->questions];
	uint64_t *either = tab_set_new(t->a, t->answer_words);
	const char *either_words = either_of(t, q, either);
	int64_t n = tab_set_count(members, t->answer_words), below = tab_hide_below(t->d);
	struct tab_base base = tab_base_answers(t, q, &ask->filter, n, tab_several_rounds(t, &ask->filter));
	base.n_hidden = below && n && n < below;
	base.n = base.n_hidden ? 0 : n;
	struct tab_table *x = tab_table_new(t->a, arena_fmt(t->a, "mean.%s", q->key), q->key, q->no, arena_fmt(t->a, "%s：1回答あたりの平均", tab_question_short(q)), base);
	x->series = asked.series;
	x->chart = TAB_CHART_BAR;
	mean_columns(t, ask, &rounds, x);
	for (size_t i = 0; i < t->d->n_questions; i++) {
		const struct tab_question *number = &t->d->questions[i];
		int k = str_eq(number->of_key, q->key) ? tab_option_of(q, number->of_option) : -1;
		for (unsigned kind = TAB_MEAN_TICKED; k >= 0 && kind <= TAB_MEAN_FRAME; kind <<= 1) {
			if (!(of & kind))
				continue;
			struct mean_row m = {.number = number, .of = q, .option = k, .kind = (enum tab_mean_of)kind, .ticked = s->option[k]};
			const uint64_t *whole = kind == TAB_MEAN_TICKED ? s->option[k] : kind == TAB_MEAN_EITHER ? either : kind == TAB_MEAN_ANSWERING ? s->state[TAB_VALUE] : asked.asked;
			m.base = without_blanks(t, &m, whole, &left_out, members);
			m.words = mean_words(t, &m, either_words);
			mean_row_add(t, &m, ask, &rounds, members, dens_of(t, &m, ask, &asked, &rounds, members, frame), many, x);
			if (left_out)
				tab_note_add(t->a, x, "%s：選んだが数の記入がない回答%sは、合計にも母数にも入れていません。", q->options[k].label,
					below ? "" : arena_fmt(t->a, "%s件", tab_text_int(t->a, left_out)));
			any = true;
		}
	}
	if (!any)
		return ERR_TAB_KIND;
	tab_note_secret(t, x);
	tab_series_note(t, q, x);
	*out = x;
	return OK;
}

/* ---- a number by itself ------------------------------------------------------------------------------------------ */

err tab_number_table(const struct tab *t, const struct tab_ask *ask, struct tab_table **out)
{
	struct arena *a = t->a;
	const struct tab_question *q;
	const uint64_t *members;
	struct tab_dim rounds;
	TRY(tab_question_of(t, ask->key, &q));
	TRY(tab_answers_of(t, &ask->filter, &members));
	const struct tab_qset *s = &t->q[q - t->d->questions];
	int series = ask->series ? ask->series : tab_series_newest(t, q);
	tab_dim_rounds(t, tab_rounds_of(t, &ask->filter) & tab_rounds_of_series(t, q, series), &rounds);
	struct tab_dim asked = {.asked = tab_set_and(a, s->asked, rounds.asked, t->answer_words)};
	struct mean_row m = {.number = q, .base = s->state[TAB_VALUE], .ticked = s->state[TAB_VALUE], .kind = TAB_MEAN_TICKED};
	struct dens d = dens_of(t, &m, ask, &asked, &rounds, members, NULL);
	size_t last = rounds.n;
	struct tab_base base = tab_base_answers(t, q, &ask->filter, d.hide[last] ? 0 : d.n[last], rounds.n > 1);
	base.n_hidden = d.hide[last];
	base.words = arena_fmt(a, "%sのうち数の記入があるもの", base.words);
	struct tab_table *x = tab_table_new(a, arena_fmt(a, "q.%s", q->key), q->key, q->no, q->label, base);
	x->series = series;
	x->chart = rounds.n > 1 && ask->by_round ? TAB_CHART_LINE : TAB_CHART_NONE;
	tab_col_add(a, x, "", "回答数", TAB_CELL_COUNT, base);
	tab_col_add(a, x, "", str_blank(q->unit) ? "合計" : arena_fmt(a, "合計（%s）", q->unit), TAB_CELL_COUNT, base);
	tab_col_add(a, x, "", str_blank(q->unit) ? "平均" : arena_fmt(a, "平均（%s）", q->unit), TAB_CELL_MEAN, base)->share_of = TAB_SHARE_ROW;
	for (size_t g = ask->by_round && rounds.n > 1 ? 0 : last; g <= last; g++) {
		uint64_t *in = tab_set_and(a, members, asked.asked, t->answer_words);
		for (size_t w = 0; g < last && w < t->answer_words; w++)
			in[w] &= rounds.items[g].set[w];
		struct tab_row *row = tab_row_add(a, x, g < last ? rounds.items[g].code : "total", g < last ? rounds.items[g].label : "合計");
		row->total = g == last;
		row->base = base;
		row->base.n = d.hide[g] ? 0 : d.n[g];
		row->base.n_hidden = d.hide[g];
		int64_t sum = sum_of(t, &m, in);
		row->cells[0] = d.hide[g] ? tab_cell_secret() : tab_cell_count(a, d.n[g]);
		row->cells[1] = d.hide[g] ? tab_cell_secret() : d.n[g] ? tab_cell_count(a, sum) : tab_cell_none();
		row->cells[2] = d.hide[g] ? tab_cell_secret() : tab_cell_mean(a, sum, d.n[g], 1);
		x->secret |= d.hide[g];
	}
	tab_note_add(a, x, "平均＝合計÷数を記入した回答の数。無回答は含みません。");
	tab_note_secret(t, x);
	tab_series_note(t, q, x);
	*out = x;
	return OK;
}
