/* Free texts: groups of the code book, quotes, agreement of two coders (C-183). */
#include "region/tab_own.h"

#include "base/buf.h"
#include "base/str.h"

static err coding_of(const struct tab *t, const char *key, const struct tab_question **q, const struct tab_coding **coding)
{
	TRY(tab_question_of(t, key, q));
	if ((*q)->kind != TAB_TEXT)
		return ERR_TAB_KIND;
	for (size_t i = 0; i < t->d->n_codings; i++)
		if (str_eq(t->d->codings[i].key, key)) {
			*coding = &t->d->codings[i];
			return OK;
		}
	return ERR_TAB_QUESTION;
}

static bool counts(const struct tab *t, const struct tab_coded *x, const uint64_t *written)
{
	return x->answer < t->d->answers.n && tab_bit(written, x->answer);
}

/* Texts of these answers to this question in this wording. */
static err written_of(const struct tab *t, const struct tab_ask *ask, const struct tab_question *q, const uint64_t **out)
{
	struct tab_dim d;
	const uint64_t *members;
	TRY(tab_dim_question(t, q->key, ask->series, true, &d));
	TRY(tab_answers_of(t, &ask->filter, &members));
	*out = tab_set_and(t->a, members, d.asked, t->answer_words);
	return OK;
}

err tab_coding_table(const struct tab *t, const struct tab_ask *ask, struct tab_table **out)
{
	const struct tab_question *q;
	const struct tab_coding *coding;
	const uint64_t *written;
	TRY(coding_of(t, ask->key, &q, &coding));
	TRY(written_of(t, ask, q, &written));
	size_t n = coding->n_groups;
	struct tab_dim_item *items = ARENA_ARRAY(t->a, n + 1, struct tab_dim_item);
	uint64_t **sets = ARENA_ARRAY(t->a, n + 1, uint64_t *), *open = tab_set_and(t->a, written, written, t->answer_words);
	for (size_t g = 0; g < n; g++) {
		sets[g] = tab_set_new(t->a, t->answer_words);
		items[g] = (struct tab_dim_item){.code = coding->groups[g].code, .label = coding->groups[g].label, .set = sets[g]};
	}
	for (size_t i = 0; i < coding->n_coded; i++) {
		const struct tab_coded *x = &coding->coded[i];
		if (!counts(t, x, written) || !(x->has_first || x->has_second))
			continue;
		for (size_t g = 0; g < n; g++)
			if ((x->has_first ? x->first : x->second) >> g & 1)
				tab_bit_set(sets[g], x->answer);
		if (x->has_first ? x->first : x->second)
			open[x->answer / 64] &= ~((uint64_t)1 << (x->answer % 64));
	}
	items[n] = (struct tab_dim_item){.code = "uncoded", .label = "未分類", .no_answer = true, .set = open};
	struct tab_dim rows = {.label = q->label, .items = items, .n = n + (tab_set_count(open, t->answer_words) > 0), .asked = written};
	struct tab_grid_ask g = {.id = arena_fmt(t->a, "text.%s", q->key), .title = q->label, .q = q, .filter = &ask->filter, .rows = &rows, .members = written,
		.cumulative = tab_several_rounds(t, &ask->filter), .places = ask->places, .chart = TAB_CHART_BAR};
	tab_grid_table(t, &g, out);
	(*out)->base.counts = TAB_OF_TEXTS;
	(*out)->base.words = arena_fmt(t->a, "%sのうち記入があるもの", (*out)->base.words);
	for (size_t c = 0; c < (*out)->n_cols; c++)
		(*out)->cols[c].base = (*out)->base;
	size_t quotes = tab_col_append(t->a, *out, "", "主な意見");
	for (size_t k = 0; k < n; k++) {
		struct buf b = buf_new(t->a);
		for (size_t i = 0; i < coding->n_coded; i++) {
			const struct tab_coded *x = &coding->coded[i];
			if (counts(t, x, written) && !str_blank(x->quote) && (x->has_first ? x->first : x->second) >> k & 1)
				buf_fmt(&b, "%s・%s", b.n ? "\n" : "", x->quote);
		}
		/* words of a group too small to be counted would say who wrote them */
		if ((*out)->rows[k].cells[0].kind != TAB_CELL_SECRET)
			(*out)->rows[k].cells[quotes] = tab_cell_text(b.n ? b.p : "");
	}
	tab_note_add(t->a, *out, "自由記載を分類して数えました。一つの記載が二つ以上の分類に入ることがあります。");
	return OK;
}

err tab_coding_agreement(const struct tab *t, const struct tab_ask *ask, struct tab_table **out)
{
	struct arena *a = t->a;
	const struct tab_question *q;
	const struct tab_coding *coding;
	const uint64_t *written;
	int64_t n = 0, same = 0;
	TRY(coding_of(t, ask->key, &q, &coding));
	TRY(written_of(t, ask, q, &written));
	int64_t *agree = ARENA_ARRAY(a, coding->n_groups + 1, int64_t);
	for (size_t i = 0; i < coding->n_coded; i++) {
		const struct tab_coded *x = &coding->coded[i];
		if (!x->has_first || !x->has_second || !counts(t, x, written))
			continue;
		n++;
		same += x->first == x->second;
		for (size_t g = 0; g < coding->n_groups; g++)
			agree[g] += (x->first >> g & 1) == (x->second >> g & 1);
	}
	struct tab_base base = {.counts = TAB_OF_TEXTS, .cumulative = tab_several_rounds(t, &ask->filter), .n = n, .words = "二人が分類した記載"};
	struct tab_table *x = tab_table_new(a, arena_fmt(a, "agree.%s", q->key), q->key, q->no, arena_fmt(a, "%s：分類の一致", tab_question_short(q)), base);
	tab_col_add(a, x, "", "一致した数", TAB_CELL_COUNT, base);
	tab_col_add(a, x, "", "一致率", TAB_CELL_SHARE, base);
	for (size_t g = 0; g <= coding->n_groups; g++) {
		bool all = g == coding->n_groups;
		struct tab_row *row = tab_row_add(a, x, all ? "all" : coding->groups[g].code, all ? "すべての分類が一致" : coding->groups[g].label);
		row->total = all;
		row->cells[0] = n ? tab_cell_count(a, all ? same : agree[g]) : tab_cell_none();
		row->cells[1] = tab_cell_share(a, all ? same : agree[g], n, ask->places);
	}
	tab_note_add(a, x, "分類ごとの一致は、二人とも付けた記載と、二人とも付けなかった記載を数えています。");
	*out = x;
	return OK;
}

err tab_text_list(const struct tab *t, const struct tab_ask *ask, struct tab_table **out)
{
	struct arena *a = t->a;
	const struct tab_data *d = t->d;
	const struct tab_question *q;
	const uint64_t *written;
	TRY(tab_question_of(t, ask->key, &q));
	if (q->kind != TAB_TEXT)
		return ERR_TAB_KIND;
	TRY(written_of(t, ask, q, &written));
	struct tab_base base = tab_base_answers(t, q, &ask->filter, tab_set_count(written, t->answer_words), tab_several_rounds(t, &ask->filter));
	base.counts = TAB_OF_TEXTS;
	base.words = arena_fmt(a, "%sのうち記入があるもの", base.words);
	base.n_hidden = base.n && base.n < tab_hide_below(d);
	base.n = base.n_hidden ? 0 : base.n;
	struct tab_table *x = tab_table_new(a, arena_fmt(a, "list.%s", q->key), q->key, q->no, q->label, base);
	*out = x;
	tab_col_add(a, x, "", "回", TAB_CELL_TEXT, base);
	if (!d->anonymous)
		tab_col_add(a, x, "", "回答者", TAB_CELL_TEXT, base);
	tab_col_add(a, x, "", "記載", TAB_CELL_TEXT, base);
	if (!d->owner) {
		tab_note_add(a, x, "記載の全文は、調査を行った者だけが見られます。");
		return OK;
	}
	const struct tab_column *col = &d->columns[q - d->questions];
	for (size_t k = 0; k < d->answers.n; k++) {
		if (!tab_bit(written, k))
			continue;
		struct tab_row *row = tab_row_add(a, x, arena_fmt(a, "%zu", k), arena_fmt(a, "%zu", x->n_rows + 1));
		size_t c = 0;
		row->cells[c++] = tab_cell_text(d->rounds[d->answers.round_of[k]].name);
		if (!d->anonymous)
			row->cells[c++] = tab_cell_text(d->units[d->answers.unit_of[k]].label);
		row->cells[c] = tab_cell_text(col->text[k]);
	}
	return OK;
}
