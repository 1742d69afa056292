#include "region/tab_report.h"
#include "region/tab_own.h"

#include "base/buf.h"
#include "base/str.h"

struct making {
	const struct tab *t;
	const struct tab_report_ask *ask;
	struct tab_report *r;
	size_t cap;
	const struct tab_question *did; /* role "did", NULL if the survey has none or is anonymous */
	const char *yes;
	bool no_units;                  /* no tables of units: a part of them is small */
	const char **hollow;            /* sentences that only say there is nothing to count: not for the summary */
	size_t n_hollow;
};

/* ---- parts ------------------------------------------------------------------------------------------------------- */

static struct tab_section *section(struct making *m, enum tab_section_kind kind, const char *title)
{
	struct tab_report *r = m->r;
	if (r->n_sections == m->cap) {
		size_t cap = m->cap ? m->cap * 2 : 16;
		struct tab_section *v = ARENA_ARRAY(m->t->a, cap, struct tab_section);
		for (size_t i = 0; i < r->n_sections; i++)
			v[i] = r->sections[i];
		r->sections = v;
		m->cap = cap;
	}
	r->sections[r->n_sections] = (struct tab_section){.kind = kind, .title = title};
	return &r->sections[r->n_sections++];
}

static void add_table(struct making *m, struct tab_section *s, struct tab_table *x)
{
	struct tab_table **v = ARENA_ARRAY(m->t->a, s->n_tables + 1, struct tab_table *);
	for (size_t i = 0; i < s->n_tables; i++)
		v[i] = s->tables[i];
	v[s->n_tables++] = x;
	s->tables = v;
}

static void add_words(struct making *m, struct tab_section *s, const char *words)
{
	const char **v = ARENA_ARRAY(m->t->a, s->n_words + 1, const char *);
	for (size_t i = 0; i < s->n_words; i++)
		v[i] = s->words[i];
	v[s->n_words++] = words;
	s->words = v;
}

static void add_words_of(struct making *m, struct tab_section *s, const char *words, const struct tab_base *b)
{
	add_words(m, s, words);
	if (b->n || b->n_hidden)
		return;
	const char **v = ARENA_ARRAY(m->t->a, m->n_hollow + 1, const char *);
	for (size_t i = 0; i < m->n_hollow; i++)
		v[i] = m->hollow[i];
	v[m->n_hollow++] = words;
	m->hollow = v;
}

static bool is_hollow(const struct making *m, const char *words)
{
	for (size_t i = 0; i < m->n_hollow; i++)
		if (m->hollow[i] == words)
			return true;
	return false;
}

static struct tab_ask ask_of(const struct making *m, const char *key)
{
	return (struct tab_ask){.key = key, .filter = m->ask->filter, .places = m->ask->places, .force100 = m->ask->force100, .of_ticks = m->ask->of_ticks,
		.mean_of = m->ask->mean_of, .fold_silent = m->ask->fold_silent};
}

/* ---- outline ----------------------------------------------------------------------------------------------------- */

static const char *target_words(const struct making *m, int64_t frame)
{
	const struct tab_data *d = m->t->d;
	struct buf b = buf_new(m->t->a);
	buf_fmt(&b, "%s%s%s", str_or(d->place, ""), !str_blank(d->place) ? "の" : "", str_blank(d->unit_word) ? "回答者" : d->unit_word);
	if (frame > 0)
		buf_fmt(&b, "（%s%s）", tab_text_int(m->t->a, frame), str_or(d->unit_counter, ""));
	if (!str_blank(d->frame))
		buf_fmt(&b, "。数え方：%s", d->frame);
	if (d->frame_on != CIVIL_NONE)
		buf_fmt(&b, "（%s現在）", tab_text_day(m->t, d->frame_on));
	return b.p;
}

static const char *method_words(const struct making *m)
{
	const struct tab_data *d = m->t->d;
	struct tab_dim modes;
	struct buf b = buf_new(m->t->a);
	if (!str_blank(d->method))
		return d->method;
	tab_dim_modes(m->t, &modes);
	for (size_t i = 0; i < modes.n; i++)
		if (tab_set_count(modes.items[i].set, m->t->answer_words))
			buf_fmt(&b, "%s%s", b.n ? "・" : "", modes.items[i].label);
	return b.n ? b.p : "回答はまだありません";
}

static const char *period_words(const struct making *m)
{
	const struct tab_data *d = m->t->d;
	uint64_t rounds = tab_rounds_of(m->t, &m->ask->filter);
	civil from = CIVIL_NONE, to = CIVIL_NONE;
	for (size_t r = 0; r < d->n_rounds; r++) {
		if (!(rounds >> r & 1))
			continue;
		if (d->rounds[r].from != CIVIL_NONE && (from == CIVIL_NONE || d->rounds[r].from < from))
			from = d->rounds[r].from;
		if (d->rounds[r].to != CIVIL_NONE && d->rounds[r].to > to)
			to = d->rounds[r].to;
	}
	if (from == CIVIL_NONE && to == CIVIL_NONE)
		return NULL;
	return arena_fmt(m->t->a, "%s〜%s", tab_text_day(m->t, from), tab_text_day(m->t, to));
}

static const char *asked_words(const struct making *m)
{
	const struct tab_data *d = m->t->d;
	uint64_t rounds = tab_rounds_of(m->t, &m->ask->filter);
	struct buf b = buf_new(m->t->a);
	for (size_t r = 0; r < d->n_rounds; r++)
		if (rounds >> r & 1 && d->rounds[r].asked_on != CIVIL_NONE)
			buf_fmt(&b, "%s%s：%s%s", b.n ? "、" : "", d->rounds[r].name, tab_text_day(m->t, d->rounds[r].asked_on), d->rounds[r].planned ? "（予定）" : "");
	return b.n ? b.p : NULL;
}

static err outline(struct making *m)
{
	struct arena *a = m->t->a;
	const struct tab_data *d = m->t->d;
	struct tab_section *s = section(m, TAB_SEC_OUTLINE, "調査の概要");
	struct tab_item *v = ARENA_ARRAY(a, 8, struct tab_item);
	const uint64_t *members, *frame;
	size_t n = 0;
	int64_t units = 0;
	if (!d->anonymous) {
		TRY(tab_units_of(m->t, &m->ask->filter, &frame));
		units = tab_set_count(frame, m->t->unit_words);
	}
	TRY(tab_answers_of(m->t, &m->ask->filter, &members));
	const char *period = period_words(m), *asked = asked_words(m);
	if (!str_blank(d->purpose))
		v[n++] = (struct tab_item){"調査目的", d->purpose};
	v[n++] = (struct tab_item){"調査対象", target_words(m, units)};
	v[n++] = (struct tab_item){"調査方法", method_words(m)};
	if (period)
		v[n++] = (struct tab_item){"調査期間", period};
	if (asked)
		v[n++] = (struct tab_item){"依頼した日", asked};
	v[n++] = (struct tab_item){"回答数", arena_fmt(a, "%s%s件", tab_several_rounds(m->t, &m->ask->filter) ? "延べ" : "", tab_text_int(a, tab_set_count(members, m->t->answer_words)))};
	if (d->as_of != CIVIL_NONE)
		v[n++] = (struct tab_item){"集計した日", tab_text_day(m->t, d->as_of)};
	s->items = v;
	s->n_items = n;
	const char **notes;
	size_t n_notes = tab_round_notes(m->t, &m->ask->filter, &notes);
	for (size_t i = 0; i < n_notes; i++)
		add_words(m, s, notes[i]);
	return OK;
}

static err response(struct making *m)
{
	struct tab_section *s = section(m, TAB_SEC_RESPONSE, "回答の状況");
	const struct tab_filter rounds = {.rounds = m->ask->filter.rounds};
	struct tab_table *x;
	const char *words;
	TRY(tab_say_response(m->t, &rounds, &m->ask->say, &words));
	TRY(tab_response(m->t, &rounds, &x));
	add_words_of(m, s, words, &x->base);
	add_table(m, s, x);
	TRY(tab_modes(m->t, &rounds, &x));
	add_table(m, s, x);
	if (m->t->d->owner && !m->t->d->anonymous) {
		TRY(tab_nonanswer(m->t, &rounds, &x));
		if (x->n_rows)
			add_table(m, s, x);
	}
	return OK;
}

/* ---- ever and unit-level opinions -------------------------------------------------------------------------------- */

static err ever(struct making *m)
{
	struct tab_table *x;
	const char *words;
	struct tab_ask ask = ask_of(m, m->did->key);
	ask.option = m->yes;
	struct tab_section *s = section(m, TAB_SEC_EVER, arena_fmt(m->t->a, "%s：回の全体を通して", tab_question_short(m->did)));
	TRY(tab_ever(m->t, &ask, &x));
	if (x->secret) { /* the number of those who answered stands in the table of the response: with it the hidden part could be told (C-193) */
		add_words_of(m, s, "少ない数があるため、回の全体を通した集計は示していません。", &(struct tab_base){0});
		m->no_units = true;
		return OK;
	}
	for (int never = 0; never < 2; never++) {
		TRY(tab_say_ever(m->t, &ask, &m->ask->say, never, &words));
		add_words_of(m, s, words, &x->base);
	}
	TRY(tab_say_silent(m->t, &ask, &m->ask->say, &words));
	if (*words)
		add_words_of(m, s, words, &x->base);
	add_table(m, s, x);
	return OK;
}

/* Opinions about the future are one per unit: the last answer that is not blank, for those who ever did and those who never did. */
static err opinion(struct making *m, const struct tab_question *q, struct tab_section *s)
{
	struct tab_table *x;
	const char *words;
	for (int never = 0; m->did && never < 2; never++) {
		struct tab_ask ask = ask_of(m, q->key);
		ask.rule = m->ask->rule ? m->ask->rule : TAB_LAST_ANSWERED;
		ask.option = ask.rule == TAB_ANY || ask.rule == TAB_ALL ? q->options[0].code : NULL;
		if (!ask.filter.ever) {
			ask.filter.ever = never ? m->ask->fold_silent ? TAB_EVER_NEVER_OR_SILENT : TAB_EVER_NEVER : TAB_EVER_YES;
			ask.filter.ever_key = m->did->key;
			ask.filter.ever_option = m->yes;
		}
		TRY(tab_question_table(m->t, &ask, &x));
		x->id = arena_fmt(m->t->a, "%s.%s", x->id, never ? "never" : "ever");
		add_table(m, s, x);
		TRY(tab_say_options(m->t, &ask, &q->options[0].code, 1, &m->ask->say, &words));
		add_words_of(m, s, words, &x->base);
		if (m->ask->filter.ever)
			break;
	}
	return OK;
}

/* ---- questions --------------------------------------------------------------------------------------------------- */

static bool has_numbers(const struct tab_data *d, const char *key)
{
	for (size_t i = 0; i < d->n_questions; i++)
		if (str_eq(d->questions[i].of_key, key))
			return true;
	return false;
}

static bool is_coded(const struct tab_data *d, const char *key)
{
	for (size_t i = 0; i < d->n_codings; i++)
		if (str_eq(d->codings[i].key, key))
			return true;
	return false;
}

static const char *heading(const struct making *m, const struct tab_question *q)
{
	return str_blank(q->no) ? q->label : arena_fmt(m->t->a, "%s %s", q->no, q->label);
}

static err question_words(struct making *m, const struct tab_question *q, struct tab_section *s, const struct tab_ask *ask, const struct tab_base *base)
{
	const char *words;
	const char *role = str_or(q->role, "");
	if (q->kind != TAB_SINGLE && q->kind != TAB_MULTI)
		return OK;
	if (str_eq(role, "effect")) {
		size_t top = m->ask->top ? m->ask->top : 2;
		TRY(tab_say_top(m->t, "effect", top < q->n_options ? top : q->n_options, &m->ask->filter, &m->ask->say, &words));
	} else if (str_eq(role, "programme")) {
		TRY(tab_say_options(m->t, ask, &q->options[0].code, 1, &m->ask->say, &words));
	} else {
		TRY(tab_say_rank(m->t, ask, &m->ask->say, &words));
	}
	add_words_of(m, s, words, base);
	return OK;
}

/* The last round of this wording against the one before, as a table and, for the first option, a sentence. */
static err comparison(struct making *m, const struct tab_question *q, size_t at, const struct tab_ask *ask, uint64_t rounds)
{
	struct tab_table *x;
	const char *words;
	if (!m->ask->compare || !(rounds & (rounds - 1)) || (q->kind != TAB_SINGLE && q->kind != TAB_MULTI))
		return OK;
	size_t last = 63 - (size_t)__builtin_clzll(rounds), before = 63 - (size_t)__builtin_clzll(rounds & ~((uint64_t)1 << last));
	TRY(tab_compare(m->t, ask, before, last, &x));
	if (tab_series_count(m->t, q->key) > 1)
		x->id = arena_fmt(m->t->a, "%s.s%d", x->id, ask->series);
	add_table(m, &m->r->sections[at], x);
	TRY(tab_say_change(m->t, ask, q->options[0].code, before, last, &m->ask->say, &words));
	const struct tab_base *both = x->cols[1].base.n && x->cols[3].base.n ? &x->base : &(struct tab_base){0};
	add_words_of(m, &m->r->sections[at], words, x->secret ? &x->base : both);
	return OK;
}

static err means(struct making *m, const struct tab_question *q, const struct tab_ask *ask)
{
	struct tab_section *s = section(m, TAB_SEC_MEAN, arena_fmt(m->t->a, "%s：平均", tab_question_short(q)));
	struct tab_table *x;
	const char **words;
	size_t n;
	struct tab_ask one = *ask;
	one.by_round = tab_several_rounds(m->t, &m->ask->filter);
	TRY(tab_mean_table(m->t, &one, &x));
	add_table(m, s, x);
	TRY(tab_say_means(m->t, &one, &m->ask->say, &words, &n));
	one.by_round = false;
	TRY(tab_mean_table(m->t, &one, &x));
	bool any = false;
	for (size_t i = 0; i < n; i++)
		any = any || x->rows[i].cells[2].kind != TAB_CELL_NONE;
	if (!any) {
		add_words_of(m, s, arena_fmt(m->t->a, "%sを数えた回答がないため、平均はありません。", tab_question_short(q)), &(struct tab_base){0});
		return OK;
	}
	for (size_t i = 0; i < n; i++)
		add_words_of(m, s, words[i], &x->rows[i].base);
	return OK;
}

static err question(struct making *m, const struct tab_question *q)
{
	const char *role = str_or(q->role, "");
	bool text = q->kind == TAB_TEXT, plan = (str_eq(role, "plan") || str_eq(role, "plan_programme")) && m->did && !m->t->d->anonymous && !m->no_units;
	struct tab_table *x;
	size_t at = m->r->n_sections; /* sections move when more are added: look up by number */
	(void)section(m, text ? TAB_SEC_TEXT : TAB_SEC_QUESTION, heading(m, q));
	if (plan)
		TRY(opinion(m, q, &m->r->sections[at]));
	for (int series = 1; series <= UINT8_MAX; series++) {
		struct tab_ask ask = ask_of(m, q->key);
		uint64_t rounds = tab_rounds_of_series(m->t, q, series) & tab_rounds_of(m->t, &m->ask->filter);
		ask.series = series;
		ask.by_round = (rounds & (rounds - 1)) != 0;
		if (!rounds) {
			if (series > (int)q->n_wordings)
				break;
			continue;
		}
		TRY(tab_question_table(m->t, &ask, &x));
		if (tab_series_count(m->t, q->key) > 1)
			x->id = arena_fmt(m->t->a, "%s.s%d", x->id, series);
		add_table(m, &m->r->sections[at], x);
		if (!plan)
			TRY(question_words(m, q, &m->r->sections[at], &ask, &x->base));
		TRY(comparison(m, q, at, &ask, rounds));
		if (text && is_coded(m->t->d, q->key)) {
			TRY(tab_coding_agreement(m->t, &ask, &x));
			if (x->base.n && m->t->d->owner)
				add_table(m, &m->r->sections[at], x);
		}
		if (has_numbers(m->t->d, q->key))
			TRY(means(m, q, &ask));
	}
	return OK;
}

static bool everybody(const struct tab_filter *f)
{
	return !f->rounds && !f->unit && !f->trait && !f->ever;
}

static err crosses(struct making *m)
{
	struct tab_section *s = m->ask->n_crosses ? section(m, TAB_SEC_CROSS, "クロス集計") : NULL;
	for (size_t i = 0; i < m->ask->n_crosses; i++) {
		struct tab_cross_ask one = m->ask->crosses[i];
		struct tab_table *x;
		if (everybody(&one.rows.filter))
			one.rows.filter = m->ask->filter;
		TRY(tab_cross(m->t, &one, &x));
		add_table(m, s, x);
	}
	return OK;
}

/* What the sections said first, gathered at the end: nothing is said here that is not said above beside its table. */
static void summary(struct making *m)
{
	struct tab_section *s = section(m, TAB_SEC_SUMMARY, "まとめ");
	for (size_t i = 0; i + 1 < m->r->n_sections; i++) {
		struct tab_section *x = &m->r->sections[i];
		if (x->kind == TAB_SEC_EVER || x->kind == TAB_SEC_QUESTION || x->kind == TAB_SEC_MEAN || x->kind == TAB_SEC_RESPONSE)
			for (size_t k = 0; k < x->n_words; k++)
				if (!is_hollow(m, x->words[k]))
					add_words(m, s, x->words[k]);
	}
	if (!s->n_words)
		m->r->n_sections--;
}

/* ---- one unit ---------------------------------------------------------------------------------------------------- */

static const char *own_mark(const struct tab *t, const struct tab_question *q, uint32_t answer, const char *code)
{
	const struct tab_column *col = &t->d->columns[q - t->d->questions];
	enum tab_state s = col->state[answer];
	if (s == TAB_VALUE && col->bits) {
		int k = tab_option_of(q, code);
		return k >= 0 && col->bits[answer] >> k & 1 ? "◯" : "";
	}
	return s != TAB_HIDDEN && s != TAB_VALUE && str_eq(TAB_BLANK_WORDS[s].code, code) ? "◯" : "";
}

/* What the unit answered, in words, for kinds without options. */
static const char *own_value(const struct tab *t, const struct tab_question *q, uint32_t answer)
{
	const struct tab_column *col = &t->d->columns[q - t->d->questions];
	enum tab_state s = col->state[answer];
	if (s == TAB_HIDDEN)
		return "";
	if (s != TAB_VALUE)
		return TAB_BLANK_WORDS[s].label;
	if (q->kind == TAB_NUMBER)
		return arena_fmt(t->a, "%s%s", tab_text_int(t->a, col->number[answer]), str_or(q->unit, ""));
	return q->kind == TAB_DATE ? tab_text_day(t, (civil)col->number[answer]) : str_or(col->text[answer], "");
}

err tab_own_table(const struct tab *t, const struct tab_ask *ask, const char *unit, struct tab_table **out)
{
	const struct tab_data *d = t->d;
	const struct tab_question *q;
	struct tab_ask all = *ask;
	struct tab_table *x;
	size_t u = 0;
	if (d->anonymous)
		return ERR_TAB_UNIT;
	while (u < d->n_units && !str_eq(d->units[u].id, unit))
		u++;
	if (u == d->n_units)
		return ERR_TAB_QUESTION;
	TRY(tab_question_of(t, ask->key, &q));
	all.filter.unit = NULL;
	all.by_round = false;
	all.rule = TAB_PER_ANSWER;
	TRY(tab_question_table(t, &all, &x));
	x->id = arena_fmt(t->a, "own.%s", q->key);
	for (size_t c = 0; c < x->n_cols; c++)
		x->cols[c].group = "全体";
	bool choice = q->kind == TAB_SINGLE || q->kind == TAB_MULTI;
	if (!choice) { /* its own words or numbers on a line of their own above the figures of all */
		(void)tab_row_add(t->a, x, "own", d->units[u].label);
		for (size_t r = x->n_rows - 1; r > 0; r--) {
			struct tab_row swap = x->rows[r];
			x->rows[r] = x->rows[r - 1];
			x->rows[r - 1] = swap;
		}
	}
	uint64_t rounds = tab_rounds_of(t, &ask->filter) & tab_rounds_of_series(t, q, x->series);
	for (size_t r = 0; r < d->n_rounds; r++) {
		if (!(rounds >> r & 1))
			continue;
		size_t c = tab_col_append(t->a, x, d->units[u].label, d->rounds[r].name);
		x->cols[c].unfinished = !d->rounds[r].finished;
		for (size_t i = t->first[u]; i < t->first[u + 1]; i++) {
			uint32_t answer = t->by_unit[i];
			if (d->answers.round_of[answer] != r)
				continue;
			for (size_t k = 0; choice && k < x->n_rows; k++)
				x->rows[k].cells[c] = tab_cell_text(own_mark(t, q, answer, x->rows[k].code));
			if (!choice)
				x->rows[0].cells[c] = tab_cell_text(own_value(t, q, answer));
		}
	}
	*out = x;
	return OK;
}

static err own(struct making *m)
{
	const struct tab_data *d = m->t->d;
	size_t u = 0;
	while (u < d->n_units && !str_eq(d->units[u].id, m->ask->unit))
		u++;
	if (d->anonymous || u == d->n_units)
		return d->anonymous ? ERR_TAB_UNIT : ERR_TAB_QUESTION;
	m->r->unit = d->units[u].label;
	for (size_t i = 0; i < d->n_questions; i++) {
		const struct tab_question *q = &d->questions[i];
		struct tab_section *s = section(m, TAB_SEC_OWN, heading(m, q));
		for (int series = 1; series <= UINT8_MAX; series++) {
			struct tab_ask ask = ask_of(m, q->key);
			struct tab_table *x;
			ask.series = series;
			if (!(tab_rounds_of_series(m->t, q, series) & tab_rounds_of(m->t, &m->ask->filter))) {
				if (series > (int)q->n_wordings)
					break;
				continue;
			}
			TRY(tab_own_table(m->t, &ask, m->ask->unit, &x));
			add_table(m, s, x);
		}
	}
	return OK;
}

/* ---- all --------------------------------------------------------------------------------------------------------- */

err tab_report(const struct tab *t, const struct tab_report_ask *ask, struct tab_report **out)
{
	struct tab_report *r = ARENA_NEW(t->a, struct tab_report);
	struct making m = {.t = t, .ask = ask, .r = r};
	const struct tab_question *did = tab_question_role(t->d, "did");
	*r = (struct tab_report){.title = str_or(t->d->title, ""), .unit = ""};
	if (did && !t->d->anonymous && did->n_options) {
		m.did = did;
		m.yes = ask->ever_option ? ask->ever_option : did->options[0].code;
	}
	TRY(outline(&m));
	if (ask->unit) {
		TRY(own(&m));
		*out = r;
		return OK;
	}
	TRY(response(&m));
	if (m.did && !ask->filter.ever)
		TRY(ever(&m));
	for (size_t i = 0; i < t->d->n_questions; i++)
		if (!t->d->questions[i].of_key)
			TRY(question(&m, &t->d->questions[i]));
	TRY(crosses(&m));
	summary(&m);
	for (size_t s = 0; s < r->n_sections; s++)
		for (size_t i = 0; i < r->sections[s].n_tables; i++)
			if (tab_table_fault(t->a, r->sections[s].tables[i]))
				return ERR_BUG;
	*out = r;
	return OK;
}
