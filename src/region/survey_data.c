#include "region/survey_data_own.h"

#include "access/policy.h"
#include "base/map.h"
#include "base/str.h"
#include "region/survey_asked.h"
#include "region/survey_round.h"
#include "region/survey_seat.h"
#include "register/org.h"

#include <string.h>

enum { MOST_TRAITS = 16 };

/* ---- units, traits, rounds ------------------------------------------------------------------------------------------------------ */

static const char *trait_value(struct arena *a, const char *traits, const char *name)
{
	size_t len = strlen(name);
	for (const char *p = traits; p && *p; p = strchr(p, '\n') ? strchr(p, '\n') + 1 : NULL)
		if (strncmp(p, name, len) == 0 && p[len] == '=') {
			const char *end = strchr(p, '\n');
			return arena_strn(a, p + len + 1, end ? (size_t)(end - p - len) - 1 : strlen(p + len + 1));
		}
	return "";
}

static size_t trait_names(struct survey_loading *l, size_t n_targets, const char **names)
{
	size_t n = 0;
	for (size_t i = 0; i < n_targets; i++)
		for (const char *p = l->targets[i].traits; p && *p; p = strchr(p, '\n') ? strchr(p, '\n') + 1 : NULL) {
			const char *eq = strchr(p, '=');
			if (!eq)
				break;
			const char *name = arena_strn(l->a, p, (size_t)(eq - p));
			bool known = false;
			for (size_t k = 0; k < n; k++)
				known = known || str_eq(names[k], name);
			if (!known && n < MOST_TRAITS)
				names[n++] = name;
		}
	return n;
}

/* A property with more than 64 values is no property to cross by: it is left out. */
static void traits(struct survey_loading *l, size_t n_targets)
{
	const char *names[MOST_TRAITS];
	size_t n = trait_names(l, n_targets, names), kept = 0;
	struct tab_trait *v = ARENA_ARRAY(l->a, n + 1, struct tab_trait);
	for (size_t k = 0; k < n; k++) {
		struct tab_option *o = ARENA_ARRAY(l->a, TAB_OPTIONS_MAX, struct tab_option);
		int *of = ARENA_ARRAY(l->a, n_targets + 1, int);
		size_t n_o = 0;
		bool fits = true;
		for (size_t i = 0; i < n_targets && fits; i++) {
			const char *value = trait_value(l->a, l->targets[i].traits, names[k]);
			of[i] = -1;
			for (size_t j = 0; *value && j < n_o; j++)
				if (str_eq(o[j].label, value))
					of[i] = (int)j;
			if (!*value || of[i] >= 0)
				continue;
			fits = n_o < TAB_OPTIONS_MAX;
			if (fits) {
				of[i] = (int)n_o;
				o[n_o++] = (struct tab_option){value, value};
			}
		}
		if (fits && n_o > 1)
			v[kept++] = (struct tab_trait){.key = names[k], .label = names[k], .options = o, .n_options = n_o, .of_unit = of};
	}
	l->d->traits = v;
	l->d->n_traits = kept;
}

static const char *id_text(struct survey_loading *l, int64_t id) { return arena_fmt(l->a, "%lld", (long long)id); }

static err units(struct survey_loading *l)
{
	size_t n;
	TRY(survey_targets(l->c, l->survey.id, &l->targets, &n));
	struct tab_unit *v = ARENA_ARRAY(l->a, n + 1, struct tab_unit);
	l->unit_of = map_new(l->a);
	for (size_t i = 0; i < n; i++) {
		v[i] = (struct tab_unit){.id = l->targets[i].pid, .label = l->targets[i].label};
		map_set(&l->unit_of, id_text(l, l->targets[i].id), (void *)(uintptr_t)(i + 1));
	}
	l->invited = ARENA_ARRAY(l->a, l->n_rounds + 1, struct q_survey_invited_ids_row *);
	l->n_invited = ARENA_ARRAY(l->a, l->n_rounds + 1, size_t);
	for (size_t r = 0; r < l->n_rounds; r++) {
		TRY(q_survey_invited_ids(l->c, &(struct q_survey_invited_ids_in){.round_id = l->rounds[r].id}, &l->invited[r], &l->n_invited[r]));
		for (size_t i = 0; i < l->n_invited[r]; i++) {
			uintptr_t at = (uintptr_t)map_get(&l->unit_of, id_text(l, l->invited[r][i].target_id));
			l->invited[r][i].target_id = (int64_t)at; /* for survey_asked */
			if (at)
				v[at - 1].invited |= (uint64_t)1 << r;
		}
	}
	l->d->units = v;
	l->d->n_units = n;
	traits(l, n);
	return OK;
}

static void rounds(struct survey_loading *l)
{
	struct tab_round *v = ARENA_ARRAY(l->a, l->n_rounds + 1, struct tab_round);
	for (size_t i = 0; i < l->n_rounds; i++) {
		const struct t_survey_round *r = &l->rounds[i];
		v[i] = (struct tab_round){.key = arena_fmt(l->a, "%lld", (long long)r->no), .name = r->name, .from = r->period_from, .to = r->period_to, .asked_on = r->opens_on,
			.closes_on = r->closes_on, .finished = !survey_round_is_early(r, l->c->today), .not_begun = l->c->today < r->period_from, .n_invited = -1};
	}
	l->d->rounds = v;
	l->d->n_rounds = l->n_rounds;
}

/* ---- answers ------------------------------------------------------------------------------------------------------------------------ */

static enum tab_mode mode_of(const char *code)
{
	static const char *const names[TAB_MODES] = {[TAB_WEB] = "web", [TAB_PAPER] = "paper", [TAB_MAIL] = "mail", [TAB_FAX] = "fax", [TAB_FILE] = "file"};
	for (int i = 0; i < TAB_MODES; i++)
		if (str_eq(names[i], code))
			return (enum tab_mode)i;
	return TAB_WEB; /* inside: a page too */
}

static enum tab_state state_of(enum blank_kind b)
{
	static const enum tab_state states[BLANK_COUNT] = {[BLANK_UNANSWERED] = TAB_BLANK, [BLANK_NONE] = TAB_VALUE, [BLANK_NA] = TAB_NA, [BLANK_REFUSED] = TAB_REFUSED,
		[BLANK_UNKNOWN] = TAB_UNKNOWN};
	return states[b];
}

static void fill(struct survey_loading *l, struct tab_column *col, size_t q, size_t i, const struct answers *as)
{
	const struct tab_question *t = &l->questions[q];
	const struct answer *v = answers_get(as, l->columns[q].path);
	const struct form_item *it = v ? answers_item(as, l->columns[q].path) : NULL;
	if (!v || !it)
		return;
	col->state[i] = (uint8_t)state_of(v->blank);
	if (v->blank != BLANK_NONE)
		return;
	if (it->type == ITEM_CODE) {
		int o = survey_option_find(t, v->text);
		col->bits[i] = o < 0 ? 0 : (uint64_t)1 << o;
	} else if (it->type == ITEM_CODES) {
		for (size_t k = 0; k < it->n_options; k++)
			if (v->set >> k & 1 && survey_option_find(t, it->options[k].code) >= 0)
				col->bits[i] |= (uint64_t)1 << survey_option_find(t, it->options[k].code);
	} else if (it->type == ITEM_INT || it->type == ITEM_DATE) {
		col->number[i] = v->num;
	} else {
		col->text[i] = v->text;
	}
	const char *other = l->columns[q].other_path;
	if (other && col->text && answers_has(as, other))
		col->text[i] = answers_text(as, other);
}

/* What was left open because nobody was asked: a condition that did not hold, an option that was not chosen. */
static void hide(struct survey_loading *l, struct tab_column *cols, size_t i)
{
	for (size_t q = 0; q < l->n; q++) {
		const struct survey_column *k = &l->columns[q];
		if (cols[q].state[i] != TAB_BLANK)
			continue;
		int parent = k->parent ? survey_column_find(l, k->parent) : -1;
		if (parent >= 0 && !(cols[parent].state[i] == TAB_VALUE && cols[parent].bits[i] & k->parent_bits))
			cols[q].state[i] = TAB_HIDDEN;
		if (k->of >= 0 && !(cols[k->of].state[i] == TAB_VALUE && cols[k->of].bits[i] >> k->of_option & 1))
			cols[q].state[i] = TAB_HIDDEN;
	}
}

static err one(struct survey_loading *l, struct tab_column *cols, size_t i, size_t round, const struct form_def *def, const char *json)
{
	struct answers *as;
	TRY(survey_read_answers(l->c, def, json, &as));
	for (size_t q = 0; q < l->n; q++)
		if (l->questions[q].series[round])
			fill(l, &cols[q], q, i, as);
	hide(l, cols, i);
	return OK;
}

struct given {
	int64_t row_id, unit;
	size_t round;
	const char *mode, *json;
	civil day;
};

static err gather(struct survey_loading *l, struct given **out, size_t *n_out)
{
	size_t cap = 0, n = 0;
	struct given *v = NULL;
	for (size_t r = 0; r < l->n_rounds; r++) {
		struct q_survey_answer_list_row *named = NULL;
		struct q_survey_anon_list_row *anon = NULL;
		size_t k = 0;
		if (l->survey.is_anonymous)
			TRY(q_survey_anon_list(l->c, &(struct q_survey_anon_list_in){.round_id = l->rounds[r].id}, &anon, &k));
		else
			TRY(q_survey_answer_list(l->c, &(struct q_survey_answer_list_in){.round_id = l->rounds[r].id, .state = "submitted"}, &named, &k));
		if (n + k > cap) {
			cap = (n + k) * 2;
			struct given *more = ARENA_ARRAY(l->a, cap, struct given);
			if (n)
				memcpy(more, v, n * sizeof *v);
			v = more;
		}
		for (size_t i = 0; i < k; i++) {
			if (anon) {
				v[n++] = (struct given){anon[i].id, 0, r, anon[i].mode, anon[i].answers, anon[i].received_on};
				continue;
			}
			if (!named) /* k counts the one list or the other */
				break;
			uintptr_t at = (uintptr_t)map_get(&l->unit_of, id_text(l, named[i].target_id));
			if (at)
				v[n++] = (struct given){named[i].id, (int64_t)at - 1, r, named[i].mode, named[i].answers, named[i].submitted_on};
		}
	}
	*out = v;
	*n_out = n;
	return OK;
}

static err answers(struct survey_loading *l)
{
	struct given *g;
	size_t n;
	const struct form_def **defs = ARENA_ARRAY(l->a, l->n_rounds + 1, const struct form_def *);
	TRY(gather(l, &g, &n));
	for (size_t r = 0; r < l->n_rounds; r++)
		for (size_t f = 0; f < l->n_forms; f++)
			if (l->forms[f].id == l->rounds[r].form_id)
				TRY(survey_form_def(l->c, &l->forms[f], &defs[r]));
	uint32_t *unit = ARENA_ARRAY(l->a, n + 1, uint32_t);
	uint8_t *round = ARENA_ARRAY(l->a, n + 1, uint8_t), *mode = ARENA_ARRAY(l->a, n + 1, uint8_t);
	civil *day = ARENA_ARRAY(l->a, n + 1, civil);
	l->row_id = ARENA_ARRAY(l->a, n + 1, int64_t);
	l->d->answers = (struct tab_answers){.n = n, .unit_of = unit, .round_of = round, .mode_of = mode, .answered_on = day};
	struct tab_column *cols = tab_columns_new(l->a, l->d);
	for (size_t q = 0; q < l->n; q++)
		if (l->columns[q].other_path)
			cols[q].text = ARENA_ARRAY(l->a, n + 1, const char *);
	for (size_t i = 0; i < n; i++) {
		unit[i] = (uint32_t)g[i].unit;
		round[i] = (uint8_t)g[i].round;
		mode[i] = (uint8_t)mode_of(g[i].mode);
		day[i] = g[i].day;
		l->row_id[i] = g[i].row_id;
		TRY(one(l, cols, i, g[i].round, defs[g[i].round], g[i].json));
	}
	l->n_answers = n;
	l->d->columns = cols;
	return OK;
}

/* ---- for readers other than the owner ------------------------------------------------------------------------------------------------- */

static bool is_small(const struct survey_loading *l, int64_t n) { return n > 0 && n < l->survey.small_cell; }

/* Will the table of this question hide a cell? Options, their opposite where several may be chosen, and what was left open. */
static bool has_small(const struct survey_loading *l, size_t q)
{
	const struct tab_question *t = &l->questions[q];
	const struct tab_column *col = &l->d->columns[q];
	int64_t asked = 0, states[TAB_STATES] = {0}, of[TAB_OPTIONS_MAX] = {0};
	for (size_t i = 0; i < l->n_answers; i++) {
		states[col->state[i]]++;
		asked += col->state[i] != TAB_HIDDEN;
		for (size_t o = 0; col->bits && o < t->n_options; o++)
			of[o] += (int64_t)(col->state[i] == TAB_VALUE && col->bits[i] >> o & 1);
	}
	for (int k = TAB_BLANK; k < TAB_STATES; k++)
		if (is_small(l, states[k]))
			return true;
	for (size_t o = 0; o < t->n_options; o++)
		if (is_small(l, of[o]) || is_small(l, asked - of[o]))
			return true;
	return false;
}

static int depends_on(const struct survey_loading *l, size_t q)
{
	const struct survey_column *k = &l->columns[q];
	return k->of >= 0 ? k->of : k->parent ? survey_column_find(l, k->parent) : -1;
}

/* The base of a question that was asked of some only is a number of the question it hangs on: where that one hides a cell, nothing is told
 * of those that hang on it, or the hidden number could be read off (C-193). */
static void withhold(struct survey_loading *l)
{
	struct tab_column *cols = (struct tab_column *)l->d->columns;
	bool *gone = ARENA_ARRAY(l->a, l->n + 1, bool);
	size_t kept = 0;
	for (size_t q = 0; q < l->n; q++)
		for (int up = depends_on(l, q), steps = 0; up >= 0 && steps < SURVEY_MOST_QUESTIONS && !gone[q]; up = depends_on(l, (size_t)up), steps++)
			gone[q] = has_small(l, (size_t)up);
	for (size_t q = 0; q < l->n; q++) {
		if (gone[q])
			continue;
		l->questions[kept] = l->questions[q];
		l->columns[kept] = l->columns[q];
		cols[kept++] = cols[q];
	}
	l->n = l->d->n_questions = kept;
}

/* ---- codings -------------------------------------------------------------------------------------------------------------------------- */

static int64_t group_at(const struct t_survey_group *g, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (g[i].id == id)
			return (int64_t)i;
	return -1;
}

static err coding_of(struct survey_loading *l, struct tab_coding *out, const char *key, const struct t_survey_group *g, size_t n)
{
	struct tab_option *o = ARENA_ARRAY(l->a, n + 1, struct tab_option);
	struct tab_coded *v = ARENA_ARRAY(l->a, l->n_answers + 1, struct tab_coded);
	struct map at = map_new(l->a);
	for (size_t i = 0; i < n; i++)
		o[i] = (struct tab_option){arena_fmt(l->a, "%zu", i + 1), g[i].label};
	for (size_t i = 0; i < l->n_answers; i++) {
		v[i].answer = (uint32_t)i;
		map_set(&at, id_text(l, l->row_id[i]), (void *)(uintptr_t)(i + 1));
	}
	for (size_t r = 0; r < l->n_rounds; r++) {
		struct q_survey_coding_list_row *k;
		size_t n_k;
		TRY(q_survey_coding_list(l->c, &(struct q_survey_coding_list_in){.round_id = l->rounds[r].id, .key = key}, &k, &n_k));
		for (size_t i = 0; i < n_k; i++) {
			uintptr_t a = (uintptr_t)map_get(&at, id_text(l, l->survey.is_anonymous ? k[i].anon_id : k[i].answer_id));
			int64_t b = group_at(g, n, k[i].group_id);
			if (!a || b < 0 || b >= TAB_OPTIONS_MAX)
				continue;
			struct tab_coded *x = &v[a - 1];
			if (k[i].coder == 2)
				x->second |= (uint64_t)1 << b, x->has_second = true;
			else
				x->first |= (uint64_t)1 << b, x->has_first = true;
			if (*k[i].quote)
				x->quote = k[i].quote;
		}
	}
	size_t kept = 0;
	for (size_t i = 0; i < l->n_answers; i++)
		if (v[i].has_first || v[i].has_second)
			v[kept++] = v[i];
	*out = (struct tab_coding){.key = key, .groups = o, .n_groups = n, .coded = v, .n_coded = kept};
	return OK;
}

static err codings(struct survey_loading *l)
{
	struct q_survey_group_ids_row *ids;
	size_t n, kept = 0;
	TRY(q_survey_group_ids(l->c, &(struct q_survey_group_ids_in){.survey_id = l->survey.id}, &ids, &n));
	struct t_survey_group *g = ARENA_ARRAY(l->a, n + 1, struct t_survey_group);
	struct tab_coding *v = ARENA_ARRAY(l->a, n + 1, struct tab_coding);
	for (size_t i = 0; i < n; i++)
		TRY(row_load(l->c, &T_survey_group, ids[i].id, &g[i]));
	for (size_t i = 0; i < n;) {
		size_t k = i;
		while (k < n && str_eq(g[k].key, g[i].key))
			k++;
		if (survey_column_find(l, g[i].key) >= 0)
			TRY(coding_of(l, &v[kept++], g[i].key, &g[i], k - i));
		i = k;
	}
	l->d->codings = v;
	l->d->n_codings = kept;
	return OK;
}

/* ---- the whole --------------------------------------------------------------------------------------------------------------------------- */

static err place_of(struct survey_loading *l, const char **out)
{
	struct org o;
	TRY(org_load(l->c, l->survey.org_id, &o));
	*out = str_eq(org_kind_class(o.kind), "insurer") ? "市内" : "";
	return OK;
}

/* While a round is open, each answer would be seen to arrive by whoever reads the totals before and after it. */
static void leave_open_out(struct survey_loading *l)
{
	size_t kept = 0;
	for (size_t i = 0; i < l->n_rounds; i++)
		if (survey_round_is_over(&l->rounds[i], l->c->today))
			l->rounds[kept++] = l->rounds[i];
	l->n_rounds = kept;
}

static err load(struct survey_loading *l, const char *round_pid, bool owner)
{
	struct tab_data *d = l->d;
	TRY(survey_rounds(l->c, l->survey.id, &l->rounds, &l->n_rounds));
	if (!owner)
		leave_open_out(l);
	if (l->n_rounds > TAB_ROUNDS_MAX)
		l->n_rounds = TAB_ROUNDS_MAX;
	for (size_t i = 0; *round_pid && i < l->n_rounds; i++)
		if (str_eq(l->rounds[i].pid, round_pid)) {
			l->rounds = &l->rounds[i];
			l->n_rounds = 1;
			break;
		}
	if (*round_pid && (l->n_rounds != 1 || !str_eq(l->rounds[0].pid, round_pid)))
		return ERR_NOTFOUND;
	TRY(survey_forms(l->c, l->survey.id, &l->forms, &l->n_forms));
	*d = (struct tab_data){.title = l->survey.title, .purpose = l->survey.purpose, .method = "", .frame = l->survey.frame_words, .frame_on = l->survey.frame_on,
		.unit_word = survey_label(SURVEY_UNITS, l->survey.unit), .unit_short = survey_unit_short(l->survey.unit), .unit_counter = survey_unit_counter(l->survey.unit),
		.anonymous = l->survey.is_anonymous, .owner = owner && !l->survey.is_anonymous, .small_cell = l->survey.small_cell, .as_of = l->c->today};
	TRY(place_of(l, &d->place));
	rounds(l);
	TRY(survey_data_questions(l));
	TRY(units(l));
	TRY(answers(l));
	survey_asked(&(struct survey_asking){.a = l->a, .survey = &l->survey, .rounds = l->rounds, .n_rounds = l->n_rounds, .invited = l->invited, .n_invited = l->n_invited, .today = l->c->today}, d,
		(struct tab_round *)d->rounds);
	if (!d->owner)
		withhold(l);
	return codings(l);
}

err survey_data_load(struct ctx *c, const char *survey_pid, const char *round_pid, struct tab_data **out)
{
	struct survey_loading l = {.c = c, .a = c->arena, .d = ARENA_NEW(c->arena, struct tab_data)};
	TRY(survey_get(c, survey_pid, &l.survey));
	TRY(load(&l, round_pid, true));
	*out = l.d;
	return OK;
}

err survey_data_rows(struct ctx *c, const char *survey_pid, struct tab_data **out, const int64_t **row_ids)
{
	struct survey_loading l = {.c = c, .a = c->arena, .d = ARENA_NEW(c->arena, struct tab_data)};
	TRY(survey_get(c, survey_pid, &l.survey));
	TRY(load(&l, "", true));
	*out = l.d;
	*row_ids = l.row_id;
	return OK;
}

err survey_data_public(struct ctx *c, const char *survey_pid, struct tab_data **out)
{
	struct survey_loading l = {.c = c, .a = c->arena, .d = ARENA_NEW(c->arena, struct tab_data)};
	TRY(survey_get(c, survey_pid, &l.survey));
	TRY(load(&l, "", false));
	*out = l.d;
	return OK;
}

err survey_data_own(struct ctx *c, const char *invitation_pid, struct tab_data **out, const char **unit_id)
{
	struct survey_loading l = {.c = c, .a = c->arena, .d = ARENA_NEW(c->arena, struct tab_data)};
	struct survey_answer_view v;
	struct t_survey_round r;
	TRY(survey_own_get(c, invitation_pid, &v, &r, &l.survey));
	if (!survey_round_is_over(&r, c->today))
		return ERR_SURVEY_OPEN;
	TRY(load(&l, "", false));
	*out = l.d;
	*unit_id = v.target_pid;
	return OK;
}
