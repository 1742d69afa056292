/* How long all crosses of a survey take: usage: bench_tab [ANSWERS] [QUESTIONS]. 10,000 answers and 40 questions of six options (half of
 * them of several choices) by default; the aim is 1 s for all pairs (region/tab). Prints opening, bare counts by bit sets, whole tables with
 * texts and bases, the same for a reader from whom small cells are hidden. Measure with a build without sanitizers. */
#include "region/tab_own.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double cpu(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static uint32_t seed = 1;
static uint32_t chance(uint32_t n)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 12) % n;
}

static const struct tab_option OPTIONS[] = {{"1", "一"}, {"2", "二"}, {"3", "三"}, {"4", "四"}, {"5", "五"}, {"6", "六"}};

int main(int argc, char **argv)
{
	size_t n = argc > 1 ? (size_t)strtol(argv[1], NULL, 10) : 10000, nq = argc > 2 ? (size_t)strtol(argv[2], NULL, 10) : 40;
	struct arena *a = arena_new((size_t)1 << 30);
	static const struct tab_round round = {"r1", "第1回", .from = CIVIL_NONE, .to = CIVIL_NONE, .asked_on = CIVIL_NONE, .closes_on = CIVIL_NONE, .finished = true, .n_invited = -1};
	struct tab_question *q = ARENA_ARRAY(a, nq, struct tab_question);
	for (size_t i = 0; i < nq; i++)
		q[i] = (struct tab_question){.key = arena_fmt(a, "q%zu", i), .no = "", .label = arena_fmt(a, "設問%zu", i), .kind = i % 2 ? TAB_MULTI : TAB_SINGLE, .options = OPTIONS, .n_options = 6};
	struct tab_unit *units = ARENA_ARRAY(a, n, struct tab_unit);
	uint32_t *unit_of = ARENA_ARRAY(a, n, uint32_t);
	for (size_t k = 0; k < n; k++) {
		unit_of[k] = (uint32_t)k;
		units[k] = (struct tab_unit){"u", "センター", 1};
	}
	struct tab_data d = {.title = "", .unit_word = "センター", .unit_counter = "か所", .owner = true, .small_cell = 3, .frame_on = CIVIL_NONE, .as_of = CIVIL_NONE,
		.rounds = &round, .n_rounds = 1, .units = units, .n_units = n, .questions = q, .n_questions = nq,
		.answers = {n, unit_of, ARENA_ARRAY(a, n, uint8_t), ARENA_ARRAY(a, n, uint8_t), NULL, NULL}};
	struct tab_column *cols = tab_columns_new(a, &d);
	for (size_t i = 0; i < nq; i++)
		for (size_t k = 0; k < n; k++) {
			cols[i].state[k] = chance(20) ? TAB_VALUE : TAB_BLANK;
			cols[i].bits[k] = cols[i].state[k] == TAB_VALUE ? (uint64_t)1 << chance(i % 2 ? 6 : 5) | (i % 2 ? chance(64) : 0) : 0;
			if (i % 2 == 0 && chance(2000) == 0 && cols[i].state[k] == TAB_VALUE)
				cols[i].bits[k] = 32; /* a rare option, so that there is something to hide */
		}
	d.columns = cols;
	const struct tab *t;
	const char *why = "";
	double t0 = cpu();
	if (tab_open(a, &d, &t, &why) != OK) {
		fprintf(stderr, "%s\n", why);
		return 1;
	}
	printf("open\t%zu answers × %zu questions\t%.3f s\n", n, nq, cpu() - t0);
	t0 = cpu();
	int64_t sum = 0;
	for (size_t i = 0; i < nq; i++)
		for (size_t k = 0; k < i; k++)
			for (size_t x = 0; x < 6; x++)
				for (size_t y = 0; y < 6; y++)
					sum += tab_set_count2(t->q[i].option[x], t->q[k].option[y], t->answer_words);
	printf("counts of all crosses\t%zu pairs\t%.3f s\t(%lld)\n", nq * (nq - 1) / 2, cpu() - t0, (long long)sum);
	for (int hidden = 0; hidden < 2; hidden++) {
		size_t secret = 0;
		d.owner = !hidden;
		t0 = cpu();
		for (size_t i = 0; i < nq; i++)
			for (size_t k = 0; k < i; k++) {
				struct arena_mark m = arena_mark_get(a);
				struct tab_table *x;
				if (tab_cross(t, &(struct tab_cross_ask){.rows.key = q[i].key, .by = TAB_BY_QUESTION, .by_key = q[k].key}, &x) != OK)
					return 1;
				secret += x->secret;
				arena_rewind(a, m);
			}
		printf("%s\t%zu tables, %zu with hidden cells\t%.3f s\n", hidden ? "tables, small cells hidden" : "tables, three shares each", nq * (nq - 1) / 2, secret, cpu() - t0);
	}
	arena_free(a);
	return 0;
}
