/* Tables of counts: one question, ever / never, response, non-answers, modes, two rounds compared. */
#include "region/tab_own.h"

#include "base/buf.h"
#include "base/str.h"

bool tab_several_rounds(const struct tab *t, const struct tab_filter *f)
{
	uint64_t m = tab_rounds_of(t, f);
	return (m & (m - 1)) != 0;
}

const struct tab_cell *tab_cell_of(const struct tab_table *t, const char *code, size_t col)
{
	for (size_t r = 0; r < t->n_rows; r++)
		if (str_eq(t->rows[r].code, code) && col < t->n_cols)
			return &t->rows[r].cells[col];
	return NULL;
}

/* 「設問の文または選択肢が変わったため…」 with the rounds that this table counts (C-174). */
void tab_series_note(const struct tab *t, const struct tab_question *q, struct tab_table *out)
{
	struct buf b = buf_new(t->a);
	uint64_t rounds = tab_rounds_of_series(t, q, out->series);
	if (tab_series_count(t, q->key) < 2)
		return;
	for (size_t r = 0, n = 0; r < t->d->n_rounds; r++)
		if (rounds >> r & 1)
			buf_fmt(&b, "%s%s", n++ ? "・" : "", t->d->rounds[r].name);
	tab_note_add(t->a, out, "設問の文または選択肢が途中で変わったため、この表は%sだけを集計しています。ほかの回とは比べられません。", b.n ? b.p : "");
}

/* ---- one question ------------------------------------------------------------------------------------------------ */

static enum tab_chart chart_of(const struct tab_question *q, bool by_round)
{
	return by_round ? q->kind == TAB_DATE ? TAB_CHART_LINE : q->kind == TAB_MULTI ? TAB_CHART_GROUPED : TAB_CHART_STACKED : q->kind == TAB_SINGLE ? TAB_CHART_PIE : q->kind == TAB_DATE ? TAB_CHART_LINE : TAB_CHART_BAR;
}

/* A code book alone says nothing: until a text was put into a group, nobody has found that there is none of them (C-183). */
static bool is_coded(const struct tab_data *d, const char *key)
{
	for (size_t i = 0; i < d->n_codings; i++)
		for (size_t k = 0; str_eq(d->codings[i].key, key) && k < d->codings[i].n_coded; k++)
			if (d->codings[i].coded[k].has_first || d->codings[i].coded[k].has_second)
				return true;
	return false;
}

static bool has_groups(const struct tab_data *d, const char *key)
{
	for (size_t i = 0; i < d->n_codings; i++)
		if (str_eq(d->codings[i].key, key) && d->codings[i].n_groups)
			return true;
	return false;
}

/* 「25件、まだ分類していません。」 */
static void uncoded_note(const struct tab *t, const struct tab_question *q, struct tab_table *x)
{
	const struct tab_cell *n = tab_cell_of(x, "written", x->n_cols >= 2 ? x->n_cols - 2 : 0);
	if (!has_groups(t->d, q->key) || !n)
		return;
	x->chart = TAB_CHART_NONE;
	if (n->kind == TAB_CELL_COUNT && n->num > 0)
		tab_note_add(t->a, x, "記入のある%s件は、まだ分類していません。", n->text);
	else if (n->kind == TAB_CELL_SECRET)
		tab_note_add(t->a, x, "自由記載は、まだ分類していません。");
}

err tab_question_table(const struct tab *t, const struct tab_ask *ask, struct tab_table **out)
{
	const struct tab_question *q;
	struct tab_dim rows, rounds;
	const uint64_t *members;
	TRY(tab_question_of(t, ask->key, &q));
	if (ask->rule != TAB_PER_ANSWER && ask->by_round)
		return ERR_TAB_KIND;
	if (q->kind == TAB_NUMBER)
		return ask->rule == TAB_PER_ANSWER ? tab_number_table(t, ask, out) : ERR_TAB_KIND;
	if (q->kind == TAB_TEXT && is_coded(t->d, q->key) && ask->rule == TAB_PER_ANSWER)
		return tab_coding_table(t, ask, out);
	bool units = ask->rule != TAB_PER_ANSWER;
	TRY(units ? tab_dim_rule(t, ask, &rows) : tab_dim_question(t, ask->key, ask->series, ask->answered_only, &rows));
	TRY(units ? tab_units_of(t, &ask->filter, &members) : tab_answers_of(t, &ask->filter, &members));
	tab_dim_rounds(t, tab_rounds_of(t, &ask->filter) & tab_rounds_of_series(t, q, rows.series), &rounds);
	struct tab_grid_ask g = {.id = arena_fmt(t->a, "q.%s%s", q->key, units ? ".unit" : ask->by_round ? ".round" : ""), .title = rows.label, .q = q,
		.filter = &ask->filter, .rows = &rows, .cols = ask->by_round ? &rounds : NULL, .members = members, .of_units = units,
		.cumulative = rounds.n > 1 && tab_several_rounds(t, &ask->filter), .of_ticks = ask->of_ticks && q->kind == TAB_MULTI,
		.force100 = ask->force100, .answered_only = ask->answered_only, .places = ask->places, .chart = chart_of(q, ask->by_round)};
	tab_grid_table(t, &g, out);
	tab_series_note(t, q, *out);
	if (q->kind == TAB_TEXT && !units)
		uncoded_note(t, q, *out);
	if (units) {
		int64_t frame = tab_set_count(members, t->unit_words), silent = frame - tab_set_count2(members, rows.asked, t->unit_words);
		if (silent > 0 && !ask->answered_only && !tab_hide_below(t->d))
			tab_note_add(t->a, *out, "対象の%s%sのうち、この設問への回答を求められなかった、または調査に回答しなかった%s%sは含みません。",
				tab_text_int(t->a, frame), str_or(t->d->unit_counter, ""), tab_text_int(t->a, silent), str_or(t->d->unit_counter, ""));
	}
	return OK;
}

/* ---- ever -------------------------------------------------------------------------------------------------------- */

err tab_ever(const struct tab *t, const struct tab_ask *ask, struct tab_table **out)
{
	const struct tab_question *q;
	const uint64_t *units;
	int8_t *ever;
	TRY(tab_question_of(t, ask->key, &q));
	int series = ask->series ? ask->series : tab_series_newest(t, q), k = tab_option_of(q, ask->option);
	uint64_t rounds = tab_rounds_of(t, &ask->filter) & tab_rounds_of_series(t, q, series);
	TRY(tab_ever_of(t, ask->key, ask->option, rounds, &ever));
	TRY(tab_units_of(t, &ask->filter, &units));
	uint64_t *set[3] = {tab_set_new(t->a, t->unit_words), tab_set_new(t->a, t->unit_words), tab_set_new(t->a, t->unit_words)};
	for (size_t u = 0; u < t->d->n_units; u++)
		if (tab_bit(units, u))
			tab_bit_set(set[ever[u] == 1 ? 0 : ever[u] == 0 || ask->fold_silent ? 1 : 2], u);
	int64_t folded = 0;
	for (size_t u = 0; u < t->d->n_units; u++)
		folded += ask->fold_silent && tab_bit(units, u) && ever[u] < 0;
	const char *label = q->options[k].label;
	struct tab_dim_item items[3] = {
		{.code = "ever", .label = arena_fmt(t->a, "一度でも「%s」と回答", label), .set = set[0]},
		{.code = "never", .label = arena_fmt(t->a, "一度も「%s」と回答していない", label), .set = set[1]},
		{.code = "blank", .label = "無回答（どの回にも回答なし）", .no_answer = true, .set = set[2]}};
	struct tab_dim rows = {.label = q->label, .items = items, .n = ask->fold_silent ? 2 : 3, .asked = units, .exclusive = true, .series = series};
	struct tab_grid_ask g = {.id = arena_fmt(t->a, "ever.%s", q->key), .q = q, .filter = &ask->filter, .rows = &rows, .members = units, .of_units = true,
		.title = arena_fmt(t->a, "%s：一度でも「%s」と回答したか", tab_question_short(q), label), .places = ask->places, .force100 = ask->force100,
		.chart = TAB_CHART_PIE};
	tab_grid_table(t, &g, out);
	tab_note_add(t->a, *out, "回答した回に一度でも「%s」があれば「一度でも」、回答した回がありどの回にもなければ「一度も」、どの回にも回答がなければ「無回答」としました。", label);
	if (ask->fold_silent)
		tab_note_add(t->a, *out, "どの回にも回答のなかった%s%sは、「一度も「%s」と回答していない」に含めています。",
			tab_hide_below(t->d) && folded < tab_hide_below(t->d) && folded ? "少数の" : tab_text_int(t->a, folded),
			tab_hide_below(t->d) && folded < tab_hide_below(t->d) && folded ? tab_unit_short(t->d) : str_or(t->d->unit_counter, ""), label);
	tab_series_note(t, q, *out);
	return OK;
}

/* ---- response ---------------------------------------------------------------------------------------------------- */

struct response {
	int64_t invited, answered;
};

/* The rounds in which the unit was asked: on the list is not yet asked (C-175). */
static uint64_t asked_in(const struct tab_data *d, size_t u) { return d->units[u].invited & ~(d->waiting ? d->waiting[u] : 0); }

static struct response response_of(const struct tab *t, size_t r)
{
	const struct tab_data *d = t->d;
	struct response x = {0, tab_set_count(t->round[r], t->answer_words)};
	if (d->rounds[r].n_invited >= 0 && (d->anonymous || d->rounds[r].n_invited > 0)) {
		x.invited = d->rounds[r].n_invited > x.answered ? d->rounds[r].n_invited : x.answered; /* who answered was asked */
		return x;
	}
	uint64_t *came = tab_set_new(t->a, t->unit_words);
	for (size_t k = 0; !d->anonymous && k < d->answers.n; k++)
		if (d->answers.round_of[k] == r)
			tab_bit_set(came, d->answers.unit_of[k]);
	for (size_t u = 0; u < d->n_units; u++) /* who answered was asked, whatever the list of invitations says */
		x.invited += (asked_in(d, u) >> r & 1) || (!d->anonymous && tab_bit(came, u));
	return x;
}

static void response_row(const struct tab *t, struct tab_table *out, const char *code, const char *label, struct response x, const char *words)
{
	struct arena *a = t->a;
	struct tab_row *row = tab_row_add(a, out, code, label);
	row->base = (struct tab_base){.counts = TAB_OF_INVITED, .cumulative = str_eq(code, "total"), .n = x.invited, .words = words};
	row->total = str_eq(code, "total");
	row->cells[0] = tab_cell_count(a, x.invited);
	row->cells[1] = tab_cell_count(a, x.answered);
	row->cells[2] = tab_cell_count(a, x.invited > x.answered ? x.invited - x.answered : 0);
	row->cells[3] = tab_cell_share(a, x.answered, x.invited, 1);
}

err tab_response(const struct tab *t, const struct tab_filter *f, struct tab_table **out)
{
	struct arena *a = t->a;
	const struct tab_data *d = t->d;
	uint64_t rounds = tab_rounds_of(t, f);
	bool several = tab_several_rounds(t, f);
	struct response sum = {0, 0}, each[TAB_ROUNDS_MAX];
	for (size_t r = 0; r < d->n_rounds; r++) {
		if (!(rounds >> r & 1))
			continue;
		each[r] = response_of(t, r);
		sum.invited += each[r].invited;
		sum.answered += each[r].answered;
	}
	const char *words = arena_fmt(a, "調査を依頼した%s%s", str_or(d->unit_word, "回答者"), several ? "（延べ）" : "");
	struct tab_base base = {.counts = TAB_OF_INVITED, .cumulative = several, .n = sum.invited, .words = words};
	struct tab_table *table = tab_table_new(a, "response", "", "", "回答の状況", base);
	tab_col_add(a, table, "", "依頼した数", TAB_CELL_COUNT, base);
	tab_col_add(a, table, "", "回答した数", TAB_CELL_COUNT, base);
	tab_col_add(a, table, "", "回答のない数", TAB_CELL_COUNT, base);
	tab_col_add(a, table, "", "回答率", TAB_CELL_SHARE, base)->share_of = TAB_SHARE_ROW;
	for (size_t r = 0; r < d->n_rounds; r++)
		if (rounds >> r & 1)
			response_row(t, table, d->rounds[r].key, d->rounds[r].planned ? arena_fmt(a, "%s（依頼前）", d->rounds[r].name) : d->rounds[r].name, each[r], arena_fmt(a, "%sに依頼した数", d->rounds[r].name));
	if (several)
		response_row(t, table, "total", "全体（延べ）", sum, words);
	const uint64_t *frame;
	if (several && !d->anonymous && tab_units_of(t, f, &frame) == OK) {
		struct response once = {0, 0};
		for (size_t u = 0; u < d->n_units; u++) {
			bool came = false;
			for (size_t i = t->first[u]; i < t->first[u + 1]; i++)
				came = came || rounds >> d->answers.round_of[t->by_unit[i]] & 1;
			once.answered += came;
			once.invited += tab_bit(frame, u) && (came || !d->waiting || !(d->units[u].invited & rounds) || (asked_in(d, u) & rounds));
		}
		response_row(t, table, "once", "1回以上回答（実数）", once, arena_fmt(a, "調査を依頼した%s（実数）", str_or(d->unit_word, "回答者")));
	}
	tab_note_add(a, table, "回答率＝回答した数÷依頼した数。回答のないことは「いいえ」「なし」の回答とは別に数えています。");
	if (!str_blank(d->frame))
		tab_note_add(a, table, "対象の数え方：%s%s%s。", d->frame, d->frame_on == CIVIL_NONE ? "" : "、名簿の日付 ", tab_text_day(t, d->frame_on));
	table->chart = several ? TAB_CHART_LINE : TAB_CHART_NONE;
	*out = table;
	return OK;
}

err tab_nonanswer(const struct tab *t, const struct tab_filter *f, struct tab_table **out)
{
	struct arena *a = t->a;
	const struct tab_data *d = t->d;
	uint64_t rounds = tab_rounds_of(t, f);
	struct tab_base base = {.counts = TAB_OF_INVITED, .words = arena_fmt(a, "調査を依頼した%s", tab_unit_short(d))};
	struct tab_table *table = tab_table_new(a, "nonanswer", "", "", "回答のない回がある回答者", base);
	*out = table;
	for (size_t r = 0; r < d->n_rounds; r++)
		if (rounds >> r & 1)
			tab_col_add(a, table, "", d->rounds[r].name, TAB_CELL_TEXT, base);
	if (d->anonymous || !d->owner) {
		tab_note_add(a, table, d->anonymous ? "無記名の調査では、だれが回答していないかは分かりません。" : "回答していない人の一覧は、調査を行った者だけが見られます。");
		return OK;
	}
	for (size_t u = 0; u < d->n_units; u++) {
		uint64_t came = 0;
		for (size_t i = t->first[u]; i < t->first[u + 1]; i++)
			came |= (uint64_t)1 << d->answers.round_of[t->by_unit[i]];
		table->base.n += ((asked_in(d, u) | came) & rounds) != 0;
		if (!(asked_in(d, u) & rounds & ~came))
			continue;
		struct tab_row *row = tab_row_add(a, table, d->units[u].id, d->units[u].label);
		for (size_t r = 0, c = 0; r < d->n_rounds; r++)
			if (rounds >> r & 1)
				row->cells[c++] = tab_cell_text(came >> r & 1 ? "回答" : asked_in(d, u) >> r & 1 ? "未回答" : d->units[u].invited >> r & 1 ? "依頼前" : "依頼なし");
	}
	return OK;
}

/* Who typed it in, each name once. */
static const char *typists(const struct tab *t, const uint64_t *set)
{
	struct buf b = buf_new(t->a);
	for (size_t k = 0; k < t->d->answers.n; k++) {
		const char *who = str_or(t->d->answers.entered_by[k], "");
		bool seen = !*who || !tab_bit(set, k);
		for (size_t m = 0; !seen && m < k; m++)
			seen = tab_bit(set, m) && str_eq(who, t->d->answers.entered_by[m]);
		if (!seen)
			buf_fmt(&b, "%s%s", b.n ? "、" : "", who);
	}
	return b.n ? b.p : "";
}

err tab_modes(const struct tab *t, const struct tab_filter *f, struct tab_table **out)
{
	struct tab_dim rows, rounds;
	const uint64_t *members;
	TRY(tab_answers_of(t, f, &members));
	tab_dim_modes(t, &rows);
	tab_dim_rounds(t, tab_rounds_of(t, f), &rounds);
	struct tab_grid_ask g = {.id = "modes", .title = "回答の方法", .filter = f, .rows = &rows, .cols = rounds.n > 1 ? &rounds : NULL, .members = members,
		.cumulative = tab_several_rounds(t, f), .open = true, .chart = TAB_CHART_BAR};
	tab_grid_table(t, &g, out);
	if (t->d->answers.entered_by && t->d->owner) {
		size_t c = tab_col_append(t->a, *out, "", "代わりに入力した人");
		for (size_t r = 0; r < rows.n; r++)
			(*out)->rows[r].cells[c] = tab_cell_text(typists(t, tab_set_and(t->a, rows.items[r].set, members, t->answer_words)));
	}
	return OK;
}

/* ---- two rounds -------------------------------------------------------------------------------------------------- */

err tab_compare(const struct tab *t, const struct tab_ask *ask, size_t from_round, size_t to_round, struct tab_table **out)
{
	struct arena *a = t->a;
	const struct tab_question *q;
	struct tab_ask one = *ask;
	struct tab_table *part[2];
	TRY(tab_question_of(t, ask->key, &q));
	if (from_round >= t->d->n_rounds || to_round >= t->d->n_rounds)
		return ERR_TAB_QUESTION;
	if ((q->kind != TAB_SINGLE && q->kind != TAB_MULTI) || (q->series && q->series[from_round] != q->series[to_round]))
		return ERR_TAB_KIND;
	one.rule = TAB_PER_ANSWER;
	one.of_ticks = false;
	one.series = q->series ? q->series[from_round] : 1;
	one.filter.rounds = (uint64_t)1 << from_round | (uint64_t)1 << to_round;
	one.by_round = true; /* both rounds from one grid: what is small is hidden in both so that no difference tells it */
	TRY(tab_question_table(t, &one, &part[0]));
	const size_t per = 2; /* count and share */
	bool same = from_round == to_round;
	size_t first = 0, second = same ? 0 : per;
	if (from_round > to_round) {
		first = per;
		second = 0;
	}
	struct tab_table *x = tab_table_new(a, arena_fmt(a, "compare.%s", q->key), q->key, q->no, arena_fmt(a, "%s：%sと%sの比較", tab_question_short(q),
		t->d->rounds[from_round].name, t->d->rounds[to_round].name), part[0]->base);
	x->series = part[0]->series;
	x->chart = TAB_CHART_BAR;
	size_t from_cols[2] = {first, second};
	for (int i = 0; i < 2; i++)
		for (size_t c = 0; c < per; c++) {
			const struct tab_col *old = &part[0]->cols[from_cols[i] + c];
			tab_col_add(a, x, old->group, old->head, old->kind, old->base)->unfinished = old->unfinished;
		}
	tab_col_add(a, x, "", "差（ポイント）", TAB_CELL_POINTS, part[0]->base);
	for (size_t r = 0; r < part[0]->n_rows; r++) {
		const struct tab_row *old = &part[0]->rows[r];
		struct tab_row *row = tab_row_add(a, x, old->code, old->label);
		row->total = old->total;
		row->no_answer = old->no_answer;
		for (size_t c = 0; c < per; c++) {
			row->cells[c] = old->cells[first + c];
			row->cells[per + c] = old->cells[second + c];
		}
		const struct tab_cell *s1 = &row->cells[1], *s2 = &row->cells[3];
		x->secret |= s1->kind == TAB_CELL_SECRET || s2->kind == TAB_CELL_SECRET;
		if (!old->total)
			row->cells[4] = s1->kind == TAB_CELL_SECRET || s2->kind == TAB_CELL_SECRET ? tab_cell_secret()
				: s1->kind == TAB_CELL_SHARE && s2->kind == TAB_CELL_SHARE ? tab_cell_points(a, s1->num, s1->den, s2->num, s2->den, ask->places) : tab_cell_none();
	}
	for (size_t i = 0; i < part[0]->n_notes; i++)
		tab_note_add(a, x, "%s", part[0]->notes[i]);
	tab_note_add(a, x, "差は、四捨五入する前の割合から計算しています。");
	*out = x;
	return OK;
}

/* ---- rounds ------------------------------------------------------------------------------------------------------ */

/* A request that has not gone out is told as planned, never as done. */
static const char *planned_note(const struct tab *t, const struct tab_round *x)
{
	const char *day = tab_text_day(t, x->asked_on);
	if (t->d->as_of != CIVIL_NONE && x->asked_on <= t->d->as_of)
		return arena_fmt(t->a, "%sは、依頼の予定の日（%s）になりましたが、まだ依頼していません。", x->name, day);
	return arena_fmt(t->a, "%sは、まだ依頼していません（%sに依頼する予定です%s）。", x->name, day,
		x->to != CIVIL_NONE && x->asked_on <= x->to ? "。対象とする期間が終わる前の依頼になります" : "");
}

size_t tab_round_notes(const struct tab *t, const struct tab_filter *f, const char ***out)
{
	const struct tab_data *d = t->d;
	uint64_t rounds = tab_rounds_of(t, f);
	const char **v = ARENA_ARRAY(t->a, 2 * d->n_rounds, const char *);
	size_t n = 0;
	for (size_t r = 0; r < d->n_rounds; r++) {
		const struct tab_round *x = &d->rounds[r];
		int64_t early = 0;
		if (!(rounds >> r & 1))
			continue;
		for (size_t k = 0; d->answers.answered_on && x->to != CIVIL_NONE && k < d->answers.n; k++)
			early += d->answers.round_of[k] == r && d->answers.answered_on[k] != CIVIL_NONE && d->answers.answered_on[k] <= x->to;
		if (x->planned)
			v[n++] = planned_note(t, x);
		else if (x->asked_on != CIVIL_NONE && x->to != CIVIL_NONE && x->asked_on <= x->to)
			v[n++] = arena_fmt(t->a, "%sは、対象とする期間（%s〜%s）が終わる前の%sに依頼しました。%s", x->name, tab_text_day(t, x->from),
				tab_text_day(t, x->to), tab_text_day(t, x->asked_on),
				early ? arena_fmt(t->a, "期間の終わりより前に届いた回答が%s件あり、その後の分を含みません。", tab_text_int(t->a, early)) : "");
		if (!x->finished)
			v[n++] = arena_fmt(t->a, x->not_begun ? "%sの対象とする期間は、まだ始まっていません。" : "%sの対象とする期間は、まだ終わっていません。", x->name);
	}
	*out = v;
	return n;
}
