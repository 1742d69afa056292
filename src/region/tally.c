#include "region/tally.h"

#include "base/buf.h"
#include "base/str.h"
#include "region/tab_own.h"

#include <string.h>

struct tally {
	struct arena *a;
	struct tab_data d;
	struct tab_question q[TALLY_QUESTIONS];
	struct tab_option options[TALLY_QUESTIONS][TAB_OPTIONS_MAX];
	struct tab_column cols[TALLY_QUESTIONS];
	struct tab_trait traits[TALLY_TRAITS];
	struct tab_option values[TALLY_TRAITS][TAB_OPTIONS_MAX];
	int *of[TALLY_TRAITS];
	struct tab_round round;
};

struct tally *tally_new(struct arena *a, size_t n, const char *title, const char *record_word, const char *counter)
{
	struct tally *t = ARENA_NEW(a, struct tally);
	struct tab_unit *units = ARENA_ARRAY(a, n + 1, struct tab_unit);
	uint32_t *unit_of = ARENA_ARRAY(a, n + 1, uint32_t);
	for (size_t i = 0; i < n; i++) {
		units[i] = (struct tab_unit){.id = "", .label = "", .invited = 1};
		unit_of[i] = (uint32_t)i;
	}
	*t = (struct tally){.a = a, .d = {.title = title, .purpose = "", .method = "", .frame = "", .place = "", .unit_word = record_word, .unit_short = record_word, .unit_counter = counter,
		.record_word = record_word, .units = units, .n_units = n, .frame_on = CIVIL_NONE}};
	t->d.answers = (struct tab_answers){.n = n, .unit_of = unit_of, .round_of = ARENA_ARRAY(a, n + 1, uint8_t), .mode_of = ARENA_ARRAY(a, n + 1, uint8_t)};
	t->d.questions = t->q;
	t->d.columns = t->cols;
	t->d.traits = t->traits;
	t->d.rounds = &t->round;
	t->d.n_rounds = 1;
	return t;
}

static size_t question_at(const struct tally *t, const char *key)
{
	size_t i = 0;
	while (i < t->d.n_questions && !str_eq(t->q[i].key, key))
		i++;
	return i;
}

static size_t trait_at(const struct tally *t, const char *key)
{
	size_t i = 0;
	while (i < t->d.n_traits && !str_eq(t->traits[i].key, key))
		i++;
	return i;
}

void tally_question(struct tally *t, const char *key, const char *label, const char *asked_if, enum tab_kind kind)
{
	size_t i = t->d.n_questions++, n = t->d.answers.n;
	t->q[i] = (struct tab_question){.key = key, .no = "", .label = label, .label_short = label, .section = "", .asked_if = asked_if, .unit = "", .role = "", .kind = kind,
		.options = t->options[i]};
	t->cols[i] = (struct tab_column){.state = ARENA_ARRAY(t->a, n + 1, uint8_t), .bits = ARENA_ARRAY(t->a, n + 1, uint64_t)};
}

void tally_option(struct tally *t, const char *key, const char *code, const char *label)
{
	struct tab_question *q = &t->q[question_at(t, key)];
	if (q->n_options < TAB_OPTIONS_MAX)
		t->options[q - t->q][q->n_options++] = (struct tab_option){code, label};
}

void tally_set(struct tally *t, const char *key, size_t record, const char *code)
{
	size_t at = question_at(t, key);
	int k = tab_option_of(&t->q[at], code);
	if (k < 0) { /* a code no list knows any more is shown as it is */
		tally_option(t, key, code, code);
		k = (int)t->q[at].n_options - 1;
	}
	t->cols[at].state[record] = TAB_VALUE;
	t->cols[at].bits[record] = (t->q[at].kind == TAB_MULTI ? t->cols[at].bits[record] : 0) | (uint64_t)1 << k;
}

void tally_trait(struct tally *t, const char *key, const char *label)
{
	size_t i = t->d.n_traits++;
	t->of[i] = ARENA_ARRAY(t->a, t->d.n_units + 1, int);
	for (size_t u = 0; u < t->d.n_units; u++)
		t->of[i][u] = -1;
	t->traits[i] = (struct tab_trait){.key = key, .label = label, .options = t->values[i], .of_unit = t->of[i]};
}

static int value_at(struct tally *t, size_t i, const char *label)
{
	struct tab_trait *x = &t->traits[i];
	for (size_t k = 0; k < x->n_options; k++)
		if (str_eq(x->options[k].label, label))
			return (int)k;
	if (x->n_options == TAB_OPTIONS_MAX)
		return TAB_OPTIONS_MAX - 1;
	if (x->n_options == TAB_OPTIONS_MAX - 1)
		label = "そのほか";
	t->values[i][x->n_options] = (struct tab_option){label, label};
	return (int)x->n_options++;
}

void tally_value(struct tally *t, const char *key, const char *label) { (void)value_at(t, trait_at(t, key), label); }

void tally_cut(struct tally *t, const char *key, size_t record, const char *label)
{
	size_t i = trait_at(t, key);
	t->of[i][record] = str_blank(label) ? -1 : value_at(t, i, label);
}

err tally_open(struct tally *t, const struct tally_ask *ask, const struct tab **out)
{
	t->round = (struct tab_round){.key = "period", .name = ask->period, .from = ask->from, .to = ask->to, .asked_on = CIVIL_NONE, .closes_on = CIVIL_NONE,
		.finished = ask->to < ask->as_of, .n_invited = -1};
	t->d.owner = ask->owner;
	t->d.small_cell = ask->small_cell;
	t->d.as_of = ask->as_of;
	return tab_open(t->a, &t->d, out, NULL);
}

const struct tab_data *tally_data(const struct tally *t) { return &t->d; }

/* ---- the report ---------------------------------------------------------------------------------------------------- */

/* The same list with room for one more. */
static void *roomier(struct arena *a, const void *v, size_t n, size_t size)
{
	char *more = arena_array(a, n + 1, size);
	if (n)
		memcpy(more, v, n * size);
	return more;
}

struct tab_section *tally_section(struct arena *a, struct tab_report *r, enum tab_section_kind kind, const char *title)
{
	struct tab_section *v = roomier(a, r->sections, r->n_sections, sizeof *v);
	v[r->n_sections] = (struct tab_section){.kind = kind, .title = title};
	r->sections = v;
	return &v[r->n_sections++];
}

void tally_words(struct arena *a, struct tab_section *s, const char *words)
{
	const char **v = roomier(a, s->words, s->n_words, sizeof *v);
	v[s->n_words++] = words;
	s->words = v;
}

void tally_item(struct arena *a, struct tab_section *s, const char *head, const char *text)
{
	struct tab_item *v = roomier(a, s->items, s->n_items, sizeof *v);
	v[s->n_items++] = (struct tab_item){head, text};
	s->items = v;
}

void tally_table(struct arena *a, struct tab_section *s, struct tab_table *x)
{
	struct tab_table **v = roomier(a, s->tables, s->n_tables, sizeof *v);
	v[s->n_tables++] = x;
	s->tables = v;
}

const char *tally_say(struct arena *a, const struct tab_table *x, const char *code, size_t col)
{
	const struct tab_cell *n = tab_cell_of(x, code, col), *share = tab_cell_of(x, code, col + 1);
	const struct tab_base *b = &x->cols[col].base;
	const char *label = "";
	for (size_t r = 0; r < x->n_rows; r++)
		if (str_eq(x->rows[r].code, code))
			label = x->rows[r].label;
	if (!n || !share)
		return "";
	if (n->kind == TAB_CELL_SECRET || share->kind == TAB_CELL_SECRET || b->n_hidden)
		return arena_fmt(a, "%sのうち「%s」の数は、少ないため示していません。", b->words, label);
	if (share->kind == TAB_CELL_NONE)
		return arena_fmt(a, "%sはなく、「%s」の割合は該当なしです。", b->words, label);
	const char *k = str_or(b->counter, "件");
	return arena_fmt(a, "%s%s%sのうち、「%s」は%s%s（%s）です。", b->words, tab_text_int(a, b->n), k, label, n->text, k, share->text);
}

const char *tally_sum(struct arena *a, const struct tab_table *x, size_t col)
{
	struct buf b = buf_new(a);
	const char *total = "", *counter = str_or(x->cols[col].base.counter, "件");
	int64_t sum = 0, all = -1;
	for (size_t r = 0; r < x->n_rows; r++) {
		const struct tab_cell *k = &x->rows[r].cells[col];
		if (k->kind == TAB_CELL_SECRET)
			return "";
		if (x->rows[r].total) {
			total = k->text;
			all = k->num;
		} else if (k->num) {
			buf_fmt(&b, "%s%s %s%s", b.n ? " ＋ " : "", x->rows[r].label, k->text, counter);
			sum += k->num;
		}
	}
	return b.n && sum == all ? arena_fmt(a, "内訳の合計: %s ＝ %s%s", b.p, total, counter) : "";
}
