/* Tables of two dimensions (C-179, C-181, C-182, C-184, C-193): counts by bit sets, shares of column, row and all, small cells. */
#include "region/tab_own.h"

#include "base/buf.h"
#include "base/str.h"

struct grid {
	const struct tab *t;
	const struct tab_grid_ask *g;
	size_t nr, nc, words;     /* nc: column items; the total stands at index nc */
	int64_t *v;               /* (nr + 1) × (nc + 1); last row: base n of the column, last column: over all columns */
	uint8_t *hide;
	int64_t *ticks;           /* [nc + 1] */
	bool ticks_hidden;
	const uint64_t *all;      /* asked both, in the population */
};

static size_t at(const struct grid *x, size_t r, size_t c)
{
	return r * (x->nc + 1) + c;
}

/* ---- counting ---------------------------------------------------------------------------------------------------- */

static const uint64_t *set_of(const struct tab_dim *d, size_t i)
{
	return i < d->n ? d->items[i].set : d->asked;
}

static void count(struct grid *x)
{
	const struct tab_dim *rows = x->g->rows, *cols = x->g->cols;
	uint64_t *all = tab_set_and(x->t->a, x->g->members, rows->asked, x->words);
	for (size_t w = 0; cols && w < x->words; w++)
		all[w] &= cols->asked[w];
	x->all = all;
	for (size_t r = 0; r <= x->nr; r++)
		for (size_t c = 0; c <= x->nc; c++)
			x->v[at(x, r, c)] = cols ? tab_set_count3(all, set_of(rows, r), set_of(cols, c), x->words)
				: tab_set_count2(all, set_of(rows, r), x->words);
	for (size_t c = 0; c <= x->nc; c++)
		for (size_t r = 0; r < x->nr; r++)
			x->ticks[c] += rows->items[r].no_answer ? 0 : x->v[at(x, r, c)];
}

/* ---- small cells ------------------------------------------------------------------------------------------------- */

/* Rows (or columns) that add up to the total make one block; where several may be chosen each option makes a block with its rest. */
struct block {
	size_t first, n;  /* items */
	bool rest;        /* a second, unprinted line: those not in the item */
};

static struct block block_of(const struct tab_dim *d, size_t i)
{
	if (!d)
		return (struct block){0, 0, false};
	return d->exclusive ? (struct block){0, d->n, false} : (struct block){i, 1, true};
}

static size_t blocks_of(const struct tab_dim *d)
{
	return !d || d->exclusive ? 1 : d->n;
}

static void hide_block(struct grid *x, int64_t below, struct block rows, struct block cols)
{
	size_t nr = rows.n + rows.rest, nc = cols.n + cols.rest, w = nc + 1;
	struct arena_mark mark = arena_mark_get(x->t->a);
	int64_t *v = ARENA_ARRAY(x->t->a, (nr + 1) * w, int64_t);
	uint8_t *h = ARENA_ARRAY(x->t->a, (nr + 1) * w, uint8_t);
	/* map a line of the block to a line of the table: the item, or the total; the rest is total minus item */
	for (size_t r = 0; r <= nr; r++)
		for (size_t c = 0; c <= nc; c++) {
			bool rest_r = rows.rest && r == 1, rest_c = cols.rest && c == 1;
			size_t tr = r == nr ? x->nr : rows.first + (rest_r ? 0 : r), tc = c == nc ? x->nc : cols.first + (rest_c ? 0 : c);
			int64_t n = x->v[at(x, tr, tc)];
			if (rest_r)
				n = x->v[at(x, x->nr, tc)] - n;
			if (rest_c) {
				int64_t whole = rest_r ? x->v[at(x, x->nr, x->nc)] - x->v[at(x, tr, x->nc)] : x->v[at(x, tr, x->nc)];
				n = whole - n;
			}
			v[r * w + c] = n;
		}
	tab_hide_grid(x->t->a, below, v, nr, nc, h);
	for (size_t r = 0; r <= nr; r++)
		for (size_t c = 0; c <= nc; c++) {
			size_t tr = r == nr ? x->nr : rows.first + (rows.rest && r == 1 ? 0 : r), tc = c == nc ? x->nc : cols.first + (cols.rest && c == 1 ? 0 : c);
			x->hide[at(x, tr, tc)] |= h[r * w + c];
		}
	arena_rewind(x->t->a, mark);
}

/* Shares of ticks print the number of ticks, so the options are parts of it too. */
static void hide_ticks(struct grid *x, int64_t below)
{
	int64_t *v = ARENA_ARRAY(x->t->a, x->nr + 1, int64_t);
	uint8_t *h = ARENA_ARRAY(x->t->a, x->nr + 1, uint8_t);
	for (size_t c = 0; c <= x->nc; c++) {
		size_t n = 0;
		for (size_t r = 0; r < x->nr; r++)
			if (!x->g->rows->items[r].no_answer)
				v[n++] = x->v[at(x, r, c)];
		tab_hide_line(below, v, n, h);
		n = 0;
		for (size_t r = 0; r < x->nr; r++)
			if (!x->g->rows->items[r].no_answer)
				x->hide[at(x, r, c)] |= h[n++];
	}
}

static void hide(struct grid *x)
{
	int64_t below = x->g->open ? 0 : tab_hide_below(x->t->d);
	if (!below)
		return;
	for (size_t r = 0; r < blocks_of(x->g->rows); r++)
		for (size_t c = 0; c < blocks_of(x->g->cols); c++)
			hide_block(x, below, block_of(x->g->rows, r), block_of(x->g->cols, c));
	if (x->g->of_ticks)
		hide_ticks(x, below);
	for (size_t r = 0; r < x->nr; r++)
		for (size_t c = 0; c <= x->nc; c++)
			x->ticks_hidden |= x->hide[at(x, r, c)];
}

/* ---- printing ---------------------------------------------------------------------------------------------------- */

static struct tab_base base_of(const struct grid *x, size_t c, bool total)
{
	const struct tab_grid_ask *g = x->g;
	int64_t n = g->of_ticks ? x->ticks[c] : x->v[at(x, x->nr, c)];
	struct tab_filter f = g->filter ? *g->filter : (struct tab_filter){0};
	if (!total && g->cols->rounds) /* the head of the column names the round */
		f.rounds = 0;
	struct tab_base b = g->of_units ? tab_base_units(x->t, &f, n) : tab_base_answers(x->t, g->base_q ? g->base_q : g->q, &f, n, g->cumulative && (total || !g->cols->rounds));
	if (g->of_ticks) {
		b.counts = TAB_OF_TICKS;
		b.words = arena_fmt(x->t->a, "%sで選ばれた数", b.words);
	}
	b.n_hidden = x->hide[at(x, x->nr, c)];
	b.n = b.n_hidden ? 0 : b.n;
	return b;
}

static const char *share_head(enum tab_share_of of, unsigned show)
{
	static const char *const heads[] = {[TAB_SHARE_COLUMN] = "列の割合", [TAB_SHARE_ROW] = "行の割合", [TAB_SHARE_ALL] = "全体の割合"};
	return show & (show - 1) ? heads[of] : "割合";
}

/* The columns of one group; c == nc is the total. */
static void add_group(struct grid *x, struct tab_table *out, size_t c, bool single)
{
	const struct tab_grid_ask *g = x->g;
	const char *group = single ? "" : c < x->nc ? g->cols->items[c].label : "合計";
	struct tab_base base = base_of(x, c, c == x->nc);
	struct tab_col *col = tab_col_add(x->t->a, out, group, g->of_units ? "数" : "件数", TAB_CELL_COUNT, base);
	bool unfinished = c < x->nc && g->cols->items[c].unfinished;
	col->unfinished = unfinished;
	for (int of = TAB_SHARE_COLUMN; of <= TAB_SHARE_ALL; of++) {
		if (!(g->show >> of & 1))
			continue;
		col = tab_col_add(x->t->a, out, group, share_head((enum tab_share_of)of, g->show), TAB_CELL_SHARE, of == TAB_SHARE_ALL ? out->base : base);
		col->share_of = (enum tab_share_of)of;
		col->unfinished = unfinished;
	}
}

static struct tab_cell share_cell(const struct grid *x, size_t r, size_t c, enum tab_share_of of, const int64_t *forced)
{
	struct arena *a = x->t->a;
	size_t dr = of == TAB_SHARE_ROW ? r : x->nr, dc = of == TAB_SHARE_COLUMN ? c : x->nc;
	int64_t den = x->g->of_ticks && of == TAB_SHARE_COLUMN ? x->ticks[c] : x->v[at(x, dr, dc)];
	int places = x->g->places;
	if (x->hide[at(x, r, c)] || x->hide[at(x, dr, dc)])
		return tab_cell_secret();
	struct tab_cell s = tab_cell_share(a, x->v[at(x, r, c)], den, places);
	if (forced && s.kind == TAB_CELL_SHARE && of == TAB_SHARE_COLUMN)
		s.text = arena_fmt(a, "%s%%", tab_text_scaled(a, forced[r], places));
	return s;
}

static void fill_row(struct grid *x, struct tab_row *row, size_t r, int64_t *const *forced, const size_t *groups, size_t n_groups)
{
	bool ticks_no_answer = x->g->of_ticks && r < x->nr && x->g->rows->items[r].no_answer;
	size_t k = 0;
	for (size_t i = 0; i < n_groups; i++) {
		size_t c = groups[i];
		bool empty = !x->v[at(x, x->nr, c)];
		int64_t n = r == x->nr && x->g->of_ticks ? x->ticks[c] : x->v[at(x, r, c)];
		row->cells[k++] = x->hide[at(x, r, c)] ? tab_cell_secret() : empty && r < x->nr ? tab_cell_none() : tab_cell_count(x->t->a, n);
		for (int of = TAB_SHARE_COLUMN; of <= TAB_SHARE_ALL; of++) {
			if (!(x->g->show >> of & 1))
				continue;
			struct tab_cell s = r < x->nr || of != TAB_SHARE_COLUMN || x->g->of_ticks ? share_cell(x, r, c, (enum tab_share_of)of, r < x->nr ? forced[c] : NULL)
				: empty ? tab_cell_none() : x->hide[at(x, r, c)] ? tab_cell_secret() : tab_cell_share(x->t->a, n, n, x->g->places);
			if (r == x->nr && of == TAB_SHARE_COLUMN && x->g->of_ticks)
				s = x->ticks[c] ? tab_cell_share(x->t->a, n, n, x->g->places) : tab_cell_none();
			/* where several may be ticked the line of the base is no share of itself worth printing; ticks have no line for "none" */
			if ((r == x->nr && of == TAB_SHARE_COLUMN && !x->g->rows->exclusive && !x->g->of_ticks) || ticks_no_answer)
				s = (struct tab_cell){.kind = TAB_CELL_EMPTY, .text = ""};
			row->cells[k++] = s;
		}
	}
}

/* Does what is printed add up to 100? Told only where every share is printed. */
static void sum_note(struct grid *x, struct tab_table *out, const size_t *groups, size_t n_groups)
{
	struct arena *a = x->t->a;
	struct buf b = buf_new(a);
	int64_t whole = tab_half_up(1, 1, 100, x->g->places);
	if (!(x->g->show & TAB_SHOW_COLUMN) || (!x->g->rows->exclusive && !x->g->of_ticks))
		return;
	for (size_t i = 0; i < n_groups; i++) {
		size_t c = groups[i];
		int64_t den = x->g->of_ticks ? x->ticks[c] : x->v[at(x, x->nr, c)], sum = 0;
		bool secret = x->hide[at(x, x->nr, c)];
		for (size_t r = 0; r < x->nr; r++) {
			secret |= x->hide[at(x, r, c)];
			sum += den && !(x->g->of_ticks && x->g->rows->items[r].no_answer) ? tab_half_up(x->v[at(x, r, c)], den, 100, x->g->places) : 0;
		}
		if (!secret && den && sum != whole)
			buf_fmt(&b, "%s%s %s%%", b.n ? "、" : "", c < x->nc ? x->g->cols->items[c].label : "合計", tab_text_scaled(a, sum, x->g->places));
	}
	if (b.n && x->g->force100)
		tab_note_add(a, out, "割合は、合計が100%%になるように端数を調整しています（最大剰余法）。調整前の合計：%s。", b.p);
	else if (b.n)
		tab_note_add(a, out, "割合は四捨五入しているため、足しても100%%になりません（%s）。", b.p);
}

static void notes(struct grid *x, struct tab_table *out, const size_t *groups, size_t n_groups)
{
	struct arena *a = x->t->a;
	const struct tab_dim *rows = x->g->rows, *cols = x->g->cols;
	if (rows->note)
		tab_note_add(a, out, "%s", rows->note);
	if (!rows->exclusive && !x->g->of_ticks)
		tab_note_add(a, out, "複数回答のため、割合の合計は100%%を超えることがあります%s。", x->ticks_hidden || !x->ticks[x->nc] ? ""
			: arena_fmt(a, "（%s%sに対して選択は延べ%s）", tab_text_int(a, x->v[at(x, x->nr, x->nc)]), x->g->of_units ? str_or(x->t->d->unit_counter, "") : "件",
				tab_text_int(a, x->ticks[x->nc])));
	if (x->g->of_ticks)
		tab_note_add(a, out, "割合の母数は、選ばれた数の合計です。");
	if (x->g->answered_only)
		tab_note_add(a, out, "無回答などを除いた回答を母数としています。");
	sum_note(x, out, groups, n_groups);
	for (size_t c = 0; cols && c < x->nc; c++)
		if (cols->items[c].unfinished && !str_ends(cols->items[c].label, "（まだ始まっていません）"))
			tab_note_add(a, out, "%sは、対象とする期間がまだ終わっていません。", cols->items[c].label);
	if (!x->v[at(x, x->nr, x->nc)])
		tab_note_add(a, out, "この%sに当てはまる%sがないため、割合は「該当なし」です。", str_blank(x->t->d->record_word) ? "設問" : "表", tab_record_word(x->t->d));
	tab_note_secret(x->t, out);
}

static int64_t **forced_of(struct grid *x)
{
	int64_t **f = ARENA_ARRAY(x->t->a, x->nc + 1, int64_t *), *num = ARENA_ARRAY(x->t->a, x->nr + 1, int64_t);
	for (size_t c = 0; x->g->force100 && (x->g->rows->exclusive || x->g->of_ticks) && c <= x->nc; c++) {
		int64_t den = x->g->of_ticks ? x->ticks[c] : x->v[at(x, x->nr, c)];
		if (!den)
			continue;
		for (size_t r = 0; r < x->nr; r++)
			num[r] = x->g->of_ticks && x->g->rows->items[r].no_answer ? 0 : x->v[at(x, r, c)];
		f[c] = ARENA_ARRAY(x->t->a, x->nr + 1, int64_t);
		tab_force_100(x->t->a, num, x->nr, den, x->g->places, f[c]);
	}
	return f;
}

static void add_rows(struct grid *x, struct tab_table *out, const size_t *groups, size_t n_groups)
{
	int64_t **forced = forced_of(x);
	for (size_t r = 0; r <= x->nr; r++) {
		const struct tab_dim_item *item = r < x->nr ? &x->g->rows->items[r] : NULL;
		const char *total = x->g->of_ticks ? "選択の合計" : x->g->rows->exclusive ? "合計" : x->g->of_units ? "回答者数"
			: str_blank(x->t->d->record_word) ? "回答数" : arena_fmt(x->t->a, "%sの数", x->t->d->record_word);
		struct tab_row *row = tab_row_add(x->t->a, out, item ? item->code : "total", item ? item->label : total);
		row->total = !item;
		row->no_answer = item && item->no_answer;
		if (x->g->show & TAB_SHOW_ROW) {
			row->base = x->g->of_units ? tab_base_units(x->t, x->g->filter, x->v[at(x, r, x->nc)])
				: tab_base_answers(x->t, x->g->base_q ? x->g->base_q : x->g->q, x->g->filter, x->v[at(x, r, x->nc)], x->g->cumulative);
			row->base.words = arena_fmt(x->t->a, item ? "%sのうち「%s」" : "%s", row->base.words, item ? item->label : "");
			row->base.n_hidden = x->hide[at(x, r, x->nc)];
			row->base.n = row->base.n_hidden ? 0 : row->base.n;
		}
		fill_row(x, row, r, forced, groups, n_groups);
		for (size_t c = 0; c < out->n_cols; c++)
			out->secret |= row->cells[c].kind == TAB_CELL_SECRET;
	}
}

void tab_grid_table(const struct tab *t, const struct tab_grid_ask *g, struct tab_table **out)
{
	struct tab_grid_ask ask = *g;
	ask.show = g->show ? g->show : TAB_SHOW_COLUMN;
	ask.force100 = g->force100 && (g->rows->exclusive || g->of_ticks);
	struct grid x = {.t = t, .g = &ask, .nr = g->rows->n, .nc = g->cols ? g->cols->n : 0, .words = g->of_units ? t->unit_words : t->answer_words};
	size_t cells = (x.nr + 1) * (x.nc + 1);
	x.v = ARENA_ARRAY(t->a, cells, int64_t);
	x.hide = ARENA_ARRAY(t->a, cells, uint8_t);
	x.ticks = ARENA_ARRAY(t->a, x.nc + 1, int64_t);
	count(&x);
	hide(&x);
	struct tab_table *table = tab_table_new(t->a, g->id, g->q ? g->q->key : "", g->q ? g->q->no : "", g->title, base_of(&x, x.nc, true));
	table->series = g->rows->series;
	table->chart = g->chart;
	size_t *groups = ARENA_ARRAY(t->a, x.nc + 1, size_t), n = 0;
	for (size_t c = 0; c < x.nc; c++)
		groups[n++] = c;
	if (x.nc != 1 || !g->cols || !g->cols->exclusive) /* one column that is everything needs no total beside it */
		groups[n++] = x.nc;
	for (size_t i = 0; i < n; i++)
		add_group(&x, table, groups[i], n == 1 && groups[i] == x.nc);
	add_rows(&x, table, groups, n);
	notes(&x, table, groups, n);
	*out = table;
}

err tab_cross(const struct tab *t, const struct tab_cross_ask *ask, struct tab_table **out)
{
	const struct tab_question *q, *by = NULL;
	struct tab_dim rows, cols;
	const uint64_t *members;
	bool units = ask->rows.rule != TAB_PER_ANSWER;
	TRY(tab_question_of(t, ask->rows.key, &q));
	TRY(units ? tab_dim_rule(t, &ask->rows, &rows) : tab_dim_question(t, ask->rows.key, ask->rows.series, ask->rows.answered_only, &rows));
	TRY(units ? tab_units_of(t, &ask->rows.filter, &members) : tab_answers_of(t, &ask->rows.filter, &members));
	if (ask->by == TAB_BY_TRAIT) {
		TRY(tab_dim_trait(t, ask->by_key, units, &cols));
	} else if (ask->by == TAB_BY_QUESTION) {
		struct tab_ask second = ask->rows;
		TRY(tab_question_of(t, ask->by_key, &by));
		second.key = ask->by_key;
		second.series = ask->by_series;
		second.option = NULL;
		TRY(units ? tab_dim_rule(t, &second, &cols) : tab_dim_question(t, ask->by_key, ask->by_series, ask->rows.answered_only, &cols));
	} else if (units) {
		return ERR_TAB_KIND; /* a unit has no one round and no one mode */
	} else if (ask->by == TAB_BY_ROUND) {
		tab_dim_rounds(t, tab_rounds_of(t, &ask->rows.filter), &cols);
	} else {
		tab_dim_modes(t, &cols);
	}
	const char *by_label = by ? tab_question_short(by) : cols.label;
	struct tab_grid_ask g = {.id = arena_fmt(t->a, "cross.%s.%s", q->key, ask->by == TAB_BY_ROUND ? "round" : ask->by == TAB_BY_MODE ? "mode" : ask->by_key),
		.title = arena_fmt(t->a, "%s × %s", tab_question_short(q), by_label), .q = q, .filter = &ask->rows.filter, .rows = &rows, .cols = &cols,
		.members = members, .of_units = units, .cumulative = tab_several_rounds(t, &ask->rows.filter),
		.base_q = by && str_blank(q->asked_if) && !str_blank(by->asked_if) ? by : q, .show = ask->show ? ask->show : 7,
		.answered_only = ask->rows.answered_only, .places = ask->rows.places, .chart = rows.exclusive ? TAB_CHART_STACKED : TAB_CHART_GROUPED};
	tab_grid_table(t, &g, out);
	if (cols.note)
		tab_note_add(t->a, *out, "%s", cols.note);
	return OK;
}
