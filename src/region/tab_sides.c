/* Two sides compared: some rounds of one tabulation beside some rounds of the same or of another (last year's survey), by question key.
 *
 * Only what the same question asks in the same words with the same options is put side by side (C-174). A side is added up from the table
 * over all rounds that the report prints anyway: where small cells are hidden in it, a sum that would need one is hidden too, so that the
 * comparison tells nothing beyond it (C-193). */
#include "region/tab_own.h"

#include "base/buf.h"
#include "base/str.h"

struct got {
	const struct tab_question *q;
	int series;
	const char *label;
	uint64_t offered;
	const struct tab_table *x;
	size_t cols[TAB_ROUNDS_MAX + 1]; /* of the counts that are added up */
	size_t n_cols;
	struct tab_base base;
};

/* The rounds of the side in which the question stands, all in one wording. */
static err rounds_of(const struct tab_side *s, const struct tab_question *q, uint64_t *rounds, int *series)
{
	*rounds = 0;
	*series = 0;
	for (size_t r = 0; r < s->t->d->n_rounds; r++) {
		int now = q->series ? q->series[r] : 1;
		if (!(s->rounds >> r & 1) || now == 0)
			continue;
		if (*series && *series != now)
			return ERR_TAB_KIND;
		*series = now;
		*rounds |= (uint64_t)1 << r;
	}
	return *rounds ? OK : ERR_TAB_QUESTION;
}

/* Columns of the counts: those of the rounds asked for, or the sum the table itself prints. */
static void pick_columns(const struct tab_side *s, struct got *g, uint64_t rounds, uint64_t whole)
{
	size_t at = 0;
	if (rounds == whole) {
		for (size_t c = 0; c < g->x->n_cols; c++)
			if (g->x->cols[c].kind == TAB_CELL_COUNT)
				g->cols[0] = c;
		g->n_cols = 1;
		return;
	}
	for (size_t r = 0; r < s->t->d->n_rounds; r++) {
		if (!(whole >> r & 1))
			continue;
		if (rounds >> r & 1)
			g->cols[g->n_cols++] = 2 * at;
		at++;
	}
}

static err side_of(const struct tab_ask *ask, const struct tab_side *s, struct got *g)
{
	uint64_t rounds, whole;
	struct tab_ask one = {.key = ask->key, .places = ask->places};
	struct tab_table *x;
	*g = (struct got){0};
	TRY(tab_question_of(s->t, ask->key, &g->q));
	if (g->q->kind != TAB_SINGLE && g->q->kind != TAB_MULTI)
		return ERR_TAB_KIND;
	TRY(rounds_of(s, g->q, &rounds, &g->series));
	const struct tab_series *w = (size_t)g->series <= g->q->n_wordings ? &g->q->wordings[g->series - 1] : NULL;
	g->label = w && w->label ? w->label : g->q->label;
	g->offered = w && w->options ? w->options : UINT64_MAX;
	whole = tab_hide_below(s->t->d) ? tab_rounds_of_series(s->t, g->q, g->series) : rounds;
	one.series = g->series;
	one.filter.rounds = whole;
	one.by_round = (whole & (whole - 1)) != 0;
	TRY(tab_question_table(s->t, &one, &x));
	g->x = x;
	pick_columns(s, g, rounds, whole);
	g->base = tab_base_answers(s->t, g->q, NULL, 0, (rounds & (rounds - 1)) != 0);
	for (size_t i = 0; i < g->n_cols; i++) {
		const struct tab_base *b = &x->cols[g->cols[i]].base;
		g->base.n_hidden |= b->n_hidden;
		g->base.n += b->n;
	}
	g->base.n = g->base.n_hidden ? 0 : g->base.n;
	return OK;
}

static bool offers(const struct got *g, size_t k) { return k < 64 && g->offered >> k & 1; }

static bool same_options(const struct got *x, const struct got *y)
{
	size_t n[2] = {0, 0};
	for (size_t k = 0; k < y->q->n_options; k++)
		n[1] += offers(y, k);
	for (size_t k = 0; k < x->q->n_options; k++) {
		int o = offers(x, k) ? tab_option_of(y->q, x->q->options[k].code) : -1;
		if (!offers(x, k))
			continue;
		if (o < 0 || !offers(y, (size_t)o) || !str_eq(x->q->options[k].label, y->q->options[o].label))
			return false;
		n[0]++;
	}
	return n[0] == n[1];
}

static struct tab_cell sum_of(struct arena *a, const struct got *g, const char *code)
{
	int64_t sum = 0;
	for (size_t i = 0; i < g->n_cols; i++) {
		const struct tab_cell *c = tab_cell_of(g->x, code, g->cols[i]);
		if (c && c->kind == TAB_CELL_SECRET)
			return tab_cell_secret();
		sum += c ? c->num : 0;
	}
	return g->base.n_hidden ? tab_cell_secret() : g->base.n ? tab_cell_count(a, sum) : tab_cell_none();
}

static void row_put(const struct tab *t, struct tab_table *x, const struct got *g, const struct tab_row *like, int places)
{
	struct arena *a = t->a;
	struct tab_row *row = tab_row_add(a, x, like->code, like->label);
	row->total = like->total;
	row->no_answer = like->no_answer;
	for (size_t i = 0; i < 2; i++) {
		struct tab_cell n = sum_of(a, &g[i], like->code);
		row->cells[2 * i] = n;
		row->cells[2 * i + 1] = like->total && g[i].q->kind == TAB_MULTI ? (struct tab_cell){.kind = TAB_CELL_EMPTY, .text = ""}
			: n.kind == TAB_CELL_COUNT ? tab_cell_share(a, n.num, g[i].base.n, places) : n;
		x->secret |= n.kind == TAB_CELL_SECRET;
	}
	const struct tab_cell *s1 = &row->cells[1], *s2 = &row->cells[3];
	if (!like->total)
		row->cells[4] = s1->kind == TAB_CELL_SECRET || s2->kind == TAB_CELL_SECRET ? tab_cell_secret()
			: s1->kind == TAB_CELL_SHARE && s2->kind == TAB_CELL_SHARE ? tab_cell_points(a, s1->num, s1->den, s2->num, s2->den, places) : tab_cell_none();
}

static bool has_row(const struct tab_table *x, const char *code) { return tab_cell_of(x, code, 0) != NULL; }

err tab_compare_sides(const struct tab_ask *ask, const struct tab_side *from, const struct tab_side *to, struct tab_table **out)
{
	const struct tab *t = to->t;
	const struct tab_side *side[2] = {from, to};
	struct arena *a = t->a;
	struct got g[2];
	for (int i = 0; i < 2; i++)
		TRY(side_of(ask, side[i], &g[i]));
	if (g[0].q->kind != g[1].q->kind || !str_eq(g[0].label, g[1].label) || !same_options(&g[0], &g[1]) || (from->t == t && g[0].series != g[1].series))
		return ERR_TAB_KIND;
	struct tab_base base = {.counts = TAB_OF_ANSWERS, .cumulative = true, .n = g[0].base.n + g[1].base.n, .n_hidden = g[0].base.n_hidden || g[1].base.n_hidden,
		.words = arena_fmt(a, "%sと%sの%s%s（延べ）", from->name, to->name, str_or(g[1].q->asked_if, ""), tab_record_word(t->d))};
	base.n = base.n_hidden ? 0 : base.n;
	struct tab_table *x = tab_table_new(a, arena_fmt(a, "compare.%s", g[1].q->key), g[1].q->key, g[1].q->no,
		arena_fmt(a, "%s：%sと%sの比較", tab_question_short(g[1].q), from->name, to->name), base);
	x->series = g[1].series;
	x->chart = TAB_CHART_BAR;
	for (int i = 0; i < 2; i++) {
		bool unfinished = false;
		for (size_t r = 0; r < side[i]->t->d->n_rounds; r++)
			unfinished = unfinished || (side[i]->rounds >> r & 1 && !side[i]->t->d->rounds[r].finished);
		tab_col_add(a, x, side[i]->name, "件数", TAB_CELL_COUNT, g[i].base)->unfinished = unfinished;
		tab_col_add(a, x, side[i]->name, "割合", TAB_CELL_SHARE, g[i].base)->unfinished = unfinished;
	}
	tab_col_add(a, x, "", "差（ポイント）", TAB_CELL_POINTS, base);
	for (size_t r = 0; r < g[1].x->n_rows; r++) { /* what only the earlier side has (不明 …) stands before the base */
		for (size_t k = 0; g[1].x->rows[r].total && k < g[0].x->n_rows; k++)
			if (!has_row(g[1].x, g[0].x->rows[k].code))
				row_put(t, x, g, &g[0].x->rows[k], ask->places);
		row_put(t, x, g, &g[1].x->rows[r], ask->places);
	}
	if (g[0].q->kind == TAB_MULTI)
		tab_note_add(a, x, "複数回答のため、割合の合計は100%%を超えることがあります。");
	tab_note_add(a, x, "差は、四捨五入する前の割合から計算しています。");
	tab_note_secret(t, x);
	*out = x;
	return OK;
}
