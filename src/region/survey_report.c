#include "region/survey_report.h"

#include "base/buf.h"
#include "base/str.h"
#include "jp/era.h"
#include "region/survey_compare.h"
#include "region/survey_outcome.h"

static const struct survey_pick RULES[] = {{"last", "最後に答えた回の回答"}, {"latest", "最後に尋ねた回の回答（無回答を含む）"}, {"first", "最初に尋ねた回の回答"},
	{"any", "一度でも1番目の選択肢を選んだ"}, {"all", "答えた回のすべてで1番目の選択肢を選んだ"}};
static const struct survey_pick MEANS[] = {{"ticked", "その選択肢を選んだ回答"}, {"either", "どれか一つでも選んだ回答"}, {"answering", "この設問に答えた回答"}, {"all", "この設問を尋ねた回答すべて"},
	{"units", "一度でも選んだ回答者（実数）"}, {"frame", "対象のすべての回答者（実数）"}, {"every", "すべてを並べて見る"}};
static const struct survey_pick CUTS[] = {{"cross", "質問と質問のクロス集計"}, {"trait", "質問と属性のクロス集計"}, {"rule", "回をまとめて回答者ごとに数える"}, {"mean", "平均の母数を変える"},
	{"case", "事例紹介（名前は A・B と印刷）"}};

#define COUNT(v) (sizeof(v) / sizeof((v)[0]))

const struct survey_pick *survey_picks(enum survey_picks which, size_t *n)
{
	*n = which == SURVEY_PICK_RULE ? COUNT(RULES) : which == SURVEY_PICK_MEAN ? COUNT(MEANS) : COUNT(CUTS);
	return which == SURVEY_PICK_RULE ? RULES : which == SURVEY_PICK_MEAN ? MEANS : CUTS;
}

const char *survey_pick_label(enum survey_picks which, const char *code)
{
	size_t n;
	const struct survey_pick *v = survey_picks(which, &n);
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].code, code))
			return v[i].label;
	return "";
}

enum tab_rule survey_rule_of(const char *code)
{
	static const enum tab_rule rules[] = {TAB_LAST_ANSWERED, TAB_LATEST, TAB_FIRST, TAB_ANY, TAB_ALL};
	for (size_t i = 0; i < COUNT(RULES); i++)
		if (str_eq(RULES[i].code, code))
			return rules[i];
	return TAB_LAST_ANSWERED;
}

unsigned survey_mean_of(const char *code)
{
	for (size_t i = 0; i < COUNT(MEANS); i++)
		if (str_eq(MEANS[i].code, code))
			return str_eq(code, "every") ? (1U << (COUNT(MEANS) - 1)) - 1 : 1U << i;
	return TAB_MEAN_TICKED;
}

void survey_report_ask_init(struct survey_report_ask *ask)
{
	*ask = (struct survey_report_ask){.round = "", .unit = "", .rule = "", .mean = "", .table = "", .from = "", .to = "", .action = ACTION_SEE};
}

/* ---- making -------------------------------------------------------------------------------------------------------- */

struct making {
	struct ctx *c;
	const struct tab_data *d;
	const struct tab *t;
	const struct survey_report_ask *ask;
	struct tab_report_ask tab;
	struct tab_report *r;
	struct t_survey_cut *cuts;
	size_t n_cuts;
	size_t round;              /* index asked for; n_rounds: all */
};

static void add_table(struct making *m, struct tab_section *s, struct tab_table *x)
{
	struct tab_table **v = ARENA_ARRAY(m->c->arena, s->n_tables + 1, struct tab_table *);
	for (size_t i = 0; i < s->n_tables; i++)
		v[i] = s->tables[i];
	v[s->n_tables++] = x;
	s->tables = v;
}

static void add_words(struct making *m, struct tab_section *s, const char *words)
{
	const char **v = ARENA_ARRAY(m->c->arena, s->n_words + 1, const char *);
	for (size_t i = 0; i < s->n_words; i++)
		v[i] = s->words[i];
	v[s->n_words++] = words;
	s->words = v;
}

/* A section of our own stands before the summary. */
static void put_section(struct making *m, const struct tab_section *s)
{
	struct tab_section *v = ARENA_ARRAY(m->c->arena, m->r->n_sections + 1, struct tab_section);
	size_t n = m->r->n_sections, at = n && m->r->sections[n - 1].kind == TAB_SEC_SUMMARY ? n - 1 : n;
	for (size_t i = 0; i < n; i++)
		v[i < at ? i : i + 1] = m->r->sections[i];
	v[at] = *s;
	m->r->sections = v;
	m->r->n_sections++;
}

static uint64_t within(const struct making *m)
{
	return m->tab.filter.rounds ? m->tab.filter.rounds : UINT64_MAX >> (64 - m->d->n_rounds);
}

static err compare(struct making *m, const struct survey_report *out)
{
	struct tab_section s;
	TRY(survey_compare(m->c, m->t, m->d, &(struct survey_compare_ask){.from = m->ask->from, .to = m->ask->to, .rounds = out->rounds, .within = within(m), .action = m->ask->action,
		.publish = m->ask->publish, .places = m->tab.places, .say = m->tab.say}, &s));
	if (s.n_tables || s.n_words)
		put_section(m, &s);
	return OK;
}

/* ---- tables asked for ------------------------------------------------------------------------------------------------ */

static err cut_table(struct making *m, const struct t_survey_cut *x, struct tab_table **out)
{
	struct tab_ask ask = {.key = x->row_key, .filter = m->tab.filter, .places = m->tab.places, .force100 = m->tab.force100};
	const struct tab_question *q = tab_question_find(m->d, x->row_key);
	if (str_eq(x->what, "rule")) {
		ask.rule = survey_rule_of(x->base);
		ask.option = q && q->n_options && (ask.rule == TAB_ANY || ask.rule == TAB_ALL) ? q->options[0].code : NULL;
		TRY(tab_question_table(m->t, &ask, out));
	} else if (str_eq(x->what, "mean")) {
		ask.mean_of = survey_mean_of(x->base);
		TRY(tab_mean_table(m->t, &ask, out));
	} else {
		struct tab_cross_ask cross = {.rows = ask, .by = str_eq(x->what, "trait") ? TAB_BY_TRAIT : TAB_BY_QUESTION, .by_key = x->col_key};
		TRY(tab_cross(m->t, &cross, out));
	}
	(*out)->id = arena_fmt(m->c->arena, "cut.%s", x->pid); /* the id of a cross may hold the name of a trait */
	return OK;
}

static err cuts(struct making *m)
{
	struct tab_section s = {.kind = TAB_SEC_CROSS, .title = "クロス集計と追加の集計"};
	for (size_t i = 0; i < m->n_cuts; i++) {
		struct tab_table *x;
		bool of_units = str_eq(m->cuts[i].what, "rule") || (str_eq(m->cuts[i].what, "mean") && !str_eq(m->cuts[i].base, "ticked"));
		if (str_eq(m->cuts[i].what, "case") || str_eq(m->cuts[i].what, "note"))
			continue;
		if (m->ask->publish && of_units) { /* beside the other tables its small cells could be told by subtraction (C-193) */
			add_words(m, &s, arena_fmt(m->c->arena, "「%s」（%s）は、ほかの表と比べると少ない数が分かることがあるため、公表用には入れていません。", survey_pick_label(SURVEY_PICK_CUT, m->cuts[i].what), m->cuts[i].row_key));
			continue;
		}
		err e = cut_table(m, &m->cuts[i], &x);
		if (e == ERR_TAB_QUESTION || e == ERR_TAB_KIND || e == ERR_TAB_UNIT)
			add_words(m, &s, arena_fmt(m->c->arena, "「%s」（%s）は、今の質問では作れません。集計の指定を見なおしてください。", survey_pick_label(SURVEY_PICK_CUT, m->cuts[i].what), m->cuts[i].row_key));
		else if (e != OK)
			return e;
		else
			add_table(m, &s, x);
	}
	if (s.n_tables || s.n_words)
		put_section(m, &s);
	return OK;
}

/* ---- 事例紹介 (C-189) -------------------------------------------------------------------------------------------------- */

/* 事例検討会3回 アセスメント訪問9回 その他0回: what the target answered, all rounds asked for added up. */
static const char *case_counts(const struct making *m, size_t unit)
{
	const struct tab_data *d = m->d;
	struct buf b = buf_new(m->c->arena);
	for (size_t i = 0; i < d->n_questions; i++) {
		const struct tab_question *q = &d->questions[i], *of = q->of_key ? tab_question_find(d, q->of_key) : NULL;
		const char *label = "";
		int64_t sum = 0;
		if (q->kind != TAB_NUMBER || !of)
			continue;
		for (size_t k = 0; k < d->answers.n; k++)
			if (d->answers.unit_of[k] == unit && d->columns[i].state[k] == TAB_VALUE && (within(m) >> d->answers.round_of[k] & 1))
				sum += d->columns[i].number[k];
		for (size_t o = 0; o < of->n_options; o++)
			if (str_eq(of->options[o].code, q->of_option))
				label = of->options[o].label;
		buf_fmt(&b, "%s%s %lld%s", b.n ? "、" : "", label, (long long)sum, str_or(q->unit, ""));
	}
	return b.n ? b.p : "";
}

/* Whether the programme was used in some round, in the words of the question. "" without such a question or answer. */
static const char *case_programme(const struct making *m, size_t unit)
{
	const struct tab_question *q = tab_question_role(m->d, "programme");
	const struct tab_column *col = q ? &m->d->columns[q - m->d->questions] : NULL;
	int64_t best = -1;
	for (size_t k = 0; col && q->n_options && k < m->d->answers.n; k++)
		if (m->d->answers.unit_of[k] == unit && col->state[k] == TAB_VALUE && col->bits[k]) {
			int o = __builtin_ctzll(col->bits[k]);
			best = best < 0 || o < best ? o : best;
		}
	return best < 0 ? "" : q->options[best].label;
}

static void one_case(struct making *m, const struct t_survey_cut *x, size_t unit, size_t no, struct tab_item *v, size_t *n)
{
	struct arena *a = m->c->arena;
	const char *counts = case_counts(m, unit), *programme = case_programme(m, unit);
	/* After Z the letters begin again in pairs; no name of a target is printed. */
	const char *letter = no < 26 ? arena_fmt(a, "%c", (char)('A' + no)) : arena_fmt(a, "%c%c", (char)('A' + no / 26 - 1), (char)('A' + no % 26));
	v[(*n)++] = (struct tab_item){arena_fmt(a, "事例%zu", no + 1), arena_fmt(a, "%s%s%s%s%s", letter, str_or(m->d->unit_short, ""), *programme ? "（" : "", programme, *programme ? "）" : "")};
	if (*counts)
		v[(*n)++] = (struct tab_item){"連携回数", counts};
	v[(*n)++] = (struct tab_item){"連携内容", x->content};
	if (*x->effect)
		v[(*n)++] = (struct tab_item){"効果", x->effect};
}

static void cases(struct making *m)
{
	struct tab_item *v = ARENA_ARRAY(m->c->arena, 4 * m->n_cuts + 1, struct tab_item);
	size_t n = 0, no = 0;
	for (size_t i = 0; i < m->n_cuts; i++)
		for (size_t u = 0; str_eq(m->cuts[i].what, "case") && u < m->d->n_units; u++)
			if (str_eq(m->d->units[u].id, m->cuts[i].row_key))
				one_case(m, &m->cuts[i], u, no++, v, &n);
	if (n)
		put_section(m, &(struct tab_section){.kind = TAB_SEC_TEXT, .title = "事例紹介", .items = v, .n_items = n});
}

/* ---- 変えること and 考察 (C-190) ------------------------------------------------------------------------------------------- */

/* Told is what was sent to those who answered; only that goes outside. */
static err outcomes(struct making *m, int64_t survey_id)
{
	struct arena *a = m->c->arena;
	struct t_survey_outcome *o;
	size_t n, kept = 0;
	TRY(survey_outcomes(m->c, survey_id, &o, &n));
	struct tab_item *v = ARENA_ARRAY(a, n + 1, struct tab_item);
	for (size_t i = 0; i < n; i++) {
		if (m->ask->publish && o[i].told_on == CIVIL_NONE)
			continue;
		const char *due = o[i].due_on != CIVIL_NONE ? arena_fmt(a, "%sまで", era_text(a, o[i].due_on)) : "";
		bool more = *o[i].who || *due;
		v[kept] = (struct tab_item){arena_fmt(a, "変えること%zu", kept + 1),
			arena_fmt(a, "%s%s%s%s%s%s", o[i].content, more ? "（" : "", o[i].who, *o[i].who && *due ? "、" : "", due, more ? "）" : "")};
		kept++;
	}
	if (kept)
		put_section(m, &(struct tab_section){.kind = TAB_SEC_TEXT, .title = "結果を受けて変えること", .items = v, .n_items = kept});
	return OK;
}

/* Which remark belongs to a section: that of its question, of the response, of "ever", or of the whole (in the summary). "" none. */
static const char *note_key(const struct tab_section *s, const struct tab_section *before)
{
	if (s->kind == TAB_SEC_RESPONSE)
		return SURVEY_NOTE_RESPONSE;
	if (s->kind == TAB_SEC_EVER)
		return SURVEY_NOTE_EVER;
	if (s->kind == TAB_SEC_SUMMARY)
		return SURVEY_NOTE_WHOLE;
	const char *key = (s->kind == TAB_SEC_QUESTION || s->kind == TAB_SEC_TEXT) && s->n_tables ? s->tables[0]->key : "";
	return before && str_eq(before->note_key, key) ? "" : key;
}

static void notes(struct making *m)
{
	for (size_t i = 0; i < m->r->n_sections; i++) {
		struct tab_section *s = &m->r->sections[i];
		s->note_key = note_key(s, i ? s - 1 : NULL);
		for (size_t k = 0; *s->note_key && k < m->n_cuts; k++)
			if (str_eq(m->cuts[k].what, "note") && str_eq(m->cuts[k].row_key, s->note_key))
				s->note = m->cuts[k].content;
	}
}

/* ---- one table ----------------------------------------------------------------------------------------------------------- */

/* Nothing but the table asked for, so that its file is that table. */
static err only(struct making *m)
{
	for (size_t i = 0; i < m->r->n_sections; i++)
		for (size_t k = 0; k < m->r->sections[i].n_tables; k++)
			if (str_eq(m->r->sections[i].tables[k]->id, m->ask->table)) {
				struct tab_section *s = ARENA_NEW(m->c->arena, struct tab_section);
				*s = (struct tab_section){.kind = m->r->sections[i].kind, .title = m->r->sections[i].title, .tables = &m->r->sections[i].tables[k], .n_tables = 1};
				m->r->sections = s;
				m->r->n_sections = 1;
				return OK;
			}
	return ERR_NOTFOUND;
}

/* The tabulation knows rounds by number, so that a file read in elsewhere gives the same tables; a page asks by public id. */
static err rounds_of(struct making *m, struct survey_report *out)
{
	struct t_survey_round *r;
	size_t n;
	TRY(survey_rounds(m->c, out->survey.id, &r, &n));
	const char **pids = ARENA_ARRAY(m->c->arena, n + 1, const char *);
	m->round = m->d->n_rounds;
	for (size_t i = 0; i < n; i++) /* rounds that are open may have been left out */
		for (size_t k = 0; k < m->d->n_rounds; k++)
			if (str_eq(m->d->rounds[k].key, arena_fmt(m->c->arena, "%lld", (long long)r[i].no))) {
				pids[k] = r[i].pid;
				if (str_eq(r[i].pid, m->ask->round))
					m->round = k;
			}
	out->rounds = pids;
	return OK;
}

static err make(struct making *m, const char *unit, struct survey_report *out)
{
	const char *why;
	TRY(rounds_of(m, out));
	if (*m->ask->round && m->round == m->d->n_rounds && m->d->owner)
		return ERR_NOTFOUND;
	if (!m->d->owner) /* a round alone beside all rounds would let small cells be told by subtraction (C-193) */
		m->round = m->d->n_rounds;
	m->tab = (struct tab_report_ask){.unit = unit, .rule = survey_rule_of(m->ask->rule), .mean_of = survey_mean_of(m->ask->mean), .fold_silent = m->ask->fold_silent,
		.force100 = m->ask->force100, .of_ticks = m->ask->of_ticks, .places = m->ask->one_place ? 1 : 0, .say = {TAB_STYLE_DESU, !m->ask->exact}};
	if (m->round < m->d->n_rounds)
		m->tab.filter.rounds = (uint64_t)1 << m->round;
	else if (m->ask->year && m->d->owner && survey_year_rounds(m->d, m->ask->year))
		m->tab.filter.rounds = survey_year_rounds(m->d, m->ask->year);
	else if (m->ask->year && m->d->owner)
		return ERR_NOTFOUND;
	if (m->d->n_rounds == 0) /* nothing was asked of anybody yet */
		return ERR_SURVEY_NO_ROUND;
	TRY(tab_open(m->c->arena, m->d, &m->t, &why));
	TRY(tab_report(m->t, &m->tab, &m->r));
	if (!unit) {
		TRY(compare(m, out));
		TRY(cuts(m));
		cases(m);
		TRY(outcomes(m, out->survey.id));
		notes(m);
	}
	if (*m->ask->table)
		TRY(only(m));
	out->data = m->d;
	out->round_name = m->round < m->d->n_rounds ? m->d->rounds[m->round].name : m->tab.filter.rounds ? era_text_fiscal(m->c->arena, m->ask->year) : "";
	m->r->mark = m->ask->publish ? "公表用" : "";
	out->report = m->r;
	out->counter = str_or(m->d->unit_counter, "");
	return OK;
}

err survey_report_make(struct ctx *c, const char *survey_pid, const struct survey_report_ask *ask, struct survey_report *out)
{
	struct tab_data *d;
	struct making m = {.c = c, .ask = ask};
	TRY(survey_get(c, survey_pid, &out->survey));
	TRY(survey_gate(c, &out->survey, ask->action));
	if (ask->publish)
		TRY(survey_data_public(c, survey_pid, &d));
	else
		TRY(survey_data_load(c, survey_pid, "", &d));
	TRY(survey_cuts(c, out->survey.id, &m.cuts, &m.n_cuts));
	m.d = d;
	if (!*ask->unit || ask->publish) /* what is published names nobody */
		return make(&m, NULL, out);
	for (size_t u = 0; u < d->n_units; u++)
		if (str_eq(d->units[u].id, ask->unit))
			return make(&m, ask->unit, out);
	return ERR_NOTFOUND;
}

err survey_report_own(struct ctx *c, const char *invitation_pid, const struct survey_report_ask *ask, struct survey_report *out)
{
	struct tab_data *d;
	const char *unit;
	struct survey_answer_view v;
	struct t_survey_round r;
	struct survey_report_ask all = *ask;
	struct making m = {.c = c, .ask = &all};
	all.round = all.from = all.to = "";
	all.publish = false;
	TRY(survey_own_get(c, invitation_pid, &v, &r, &out->survey));
	TRY(survey_data_own(c, invitation_pid, &d, &unit));
	m.d = d;
	return make(&m, d->anonymous ? NULL : unit, out);
}
