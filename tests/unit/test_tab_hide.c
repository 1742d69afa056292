/* Small cells (C-193): nothing below the threshold is printed, and nothing of it follows from what is printed. */
#include "tab_world.h"

static uint32_t seed = 20240331;
static uint32_t chance(uint32_t n)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 12) % n;
}

/* ---- lines ------------------------------------------------------------------------------------------------------- */

static void C_193_a_cell_of_two_is_hidden_at_three(void **state)
{
	struct arena *a = *state;
	static const struct tab_question q[] = {{.key = "k", .label = "どれ", .kind = TAB_SINGLE, .options = ABC, .n_options = 3}};
	const char **lines = ARENA_ARRAY(a, 30, const char *);
	for (int i = 0; i < 30; i++) /* a 20, b 8, c 2 */
		lines[i] = arena_fmt(a, "%d 1 web %s", i + 1, i < 20 ? "a" : i < 28 ? "b" : "c");
	struct tab_data d = survey(q, 1, 1);
	units_of(a, &d, 30);
	typed(a, &d, lines, 30);
	const struct tab *t = opened(a, &d);
	struct tab_table *x;
	assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = "k"}, &x), OK);
	assert_string_equal(printed(x, "c", 0), "2"); /* the owner sees it */
	d.owner = false;
	assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = "k"}, &x), OK);
	sound(a, x);
	assert_true(x->secret);
	assert_string_equal(printed(x, "c", 0), "x");
	assert_string_equal(printed(x, "c", 1), "x");
	assert_string_equal(printed(x, "b", 0), "x"); /* 30 - 20 - 8 would tell */
	assert_string_equal(printed(x, "b", 1), "x");
	assert_string_equal(printed(x, "a", 0), "20");
	assert_int_equal(tab_cell_of(x, "c", 0)->num, 0); /* the number itself does not travel */
	assert_true(noted(x, "3未満"));
	d.small_cell = 2;
	assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = "k"}, &x), OK);
	assert_false(x->secret);
	d.small_cell = 3;
	d.owner = true;
	d.anonymous = true; /* an anonymous survey hides from everybody */
	t = opened(a, &d);
	assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = "k"}, &x), OK);
	assert_string_equal(printed(x, "c", 0), "x");
	/* sentences say no more than the table */
	const char *s, *codes[] = {"c"};
	assert_int_equal(tab_say_options(t, &(struct tab_ask){.key = "k"}, codes, 1, &(struct tab_say){0}, &s), OK);
	assert_string_equal(s, "回答30件のうち、「どれ」について「ウ」と回答したのは、少数のため示していません。");
	const char *both[] = {"a", "b"}; /* 28 of 30 would tell the 2 */
	assert_int_equal(tab_say_options(t, &(struct tab_ask){.key = "k"}, both, 2, &(struct tab_say){0}, &s), OK);
	assert_non_null(strstr(s, "少数のため"));
}

/* Could a reader who knows that hidden counts are at least 1 (zeros are printed) be sure that the small count is below the threshold? */
static void C_193_lines_keep_room(void **state)
{
	(void)state;
	for (int round = 0; round < 20000; round++) {
		int64_t v[6], below = 3 + chance(3), sum = 0, hidden = 0, zeros = 0;
		uint8_t h[6];
		size_t n = 1 + chance(6);
		bool small = false, shown = false;
		for (size_t i = 0; i < n; i++) {
			v[i] = chance(9);
			small |= v[i] > 0 && v[i] < below;
		}
		tab_hide_line(below, v, n, h);
		for (size_t i = 0; i < n; i++) {
			if (!small)
				assert_false(h[i]); /* nothing is hidden without need */
			if (v[i] > 0 && v[i] < below)
				assert_true(h[i]);
			sum += h[i] ? v[i] : 0;
			hidden += h[i];
			zeros += h[i] && !v[i];
			shown |= !h[i];
		}
		if (small && shown) {
			assert_true(hidden >= 2);
			assert_true(sum - (hidden - 1) >= below); /* a hidden count may be as large as the threshold */
			assert_int_equal(zeros, 0);
		}
	}
}

/* ---- grids ------------------------------------------------------------------------------------------------------- */

/* Every way to fill the hidden cells with counts from 0 so that all that is printed stays true; for each hidden cell whether it took two values. */
struct fill {
	size_t nr, nc, w;
	const int64_t *v;
	const uint8_t *h;
	int64_t x[64], low[64], high[64];
	long found;
};

/* Sums of the inner cells so far; a printed total must not be passed, and must be met at the end. */
static bool fits(struct fill *f, size_t upto)
{
	int64_t all = 0;
	for (size_t r = 0; r < f->nr; r++) {
		int64_t s = 0;
		for (size_t c = 0; c < f->nc; c++)
			s += f->x[r * f->w + c];
		all += s;
		if (!f->h[r * f->w + f->nc] && (s > f->v[r * f->w + f->nc] || (upto >= r * f->w + f->nc && s != f->v[r * f->w + f->nc])))
			return false;
		f->x[r * f->w + f->nc] = s;
	}
	for (size_t c = 0; c < f->nc; c++) {
		int64_t s = 0;
		for (size_t r = 0; r < f->nr; r++)
			s += f->x[r * f->w + c];
		if (!f->h[f->nr * f->w + c] && (s > f->v[f->nr * f->w + c] || (upto >= f->nr * f->w && s != f->v[f->nr * f->w + c])))
			return false;
		f->x[f->nr * f->w + c] = s;
	}
	return all <= f->x[f->nr * f->w + f->nc] && (upto < f->nr * f->w || all == f->x[f->nr * f->w + f->nc]);
}

static void fill_from(struct fill *f, size_t i)
{
	size_t inner = f->nr * f->w, cells = inner + f->w;
	while (i < inner && (i % f->w == f->nc || !f->h[i]))
		i++;
	if (i == inner) {
		if (!fits(f, inner))
			return;
		f->found++;
		for (size_t k = 0; k < cells; k++) {
			f->low[k] = f->x[k] < f->low[k] ? f->x[k] : f->low[k];
			f->high[k] = f->x[k] > f->high[k] ? f->x[k] : f->high[k];
		}
		return;
	}
	for (f->x[i] = 0; fits(f, i); f->x[i]++)
		fill_from(f, i + 1);
	f->x[i] = 0;
}

static void C_193_no_subtraction_reveals_a_small_cell(void **state)
{
	struct arena *a = *state;
	long hidden_grids = 0, shown_cells = 0;
	for (int round = 0; round < 4000; round++) {
		struct arena_mark mark = arena_mark_get(a);
		size_t nr = 1 + chance(3), nc = 1 + chance(3), w = nc + 1, cells = (nr + 1) * w;
		int64_t v[64] = {0}, below = 3;
		uint8_t h[64];
		bool small = false, any = false;
		for (size_t r = 0; r < nr; r++)
			for (size_t c = 0; c < nc; c++) {
				int64_t n = chance(3) ? chance(6) : 0;
				v[r * w + c] = n;
				v[r * w + nc] += n;
				v[nr * w + c] += n;
				v[cells - 1] += n;
			}
		if (v[cells - 1] > 12)
			continue;
		tab_hide_grid(a, below, v, nr, nc, h);
		for (size_t i = 0; i < cells; i++) {
			small |= v[i] > 0 && v[i] < below;
			any |= h[i] != 0;
			shown_cells += !h[i];
			if (v[i] > 0 && v[i] < below)
				assert_true(h[i]);
		}
		assert_int_equal(small, any);
		if (!any || h[cells - 1]) {
			arena_rewind(a, mark);
			continue;
		}
		hidden_grids++;
		struct fill f = {.nr = nr, .nc = nc, .w = w, .v = v, .h = h};
		for (size_t i = 0; i < cells; i++) {
			f.x[i] = h[i] && i != cells - 1 ? 0 : v[i];
			f.low[i] = INT64_MAX;
			f.high[i] = INT64_MIN;
		}
		fill_from(&f, 0);
		assert_true(f.found > 1);
		for (size_t i = 0; i < cells; i++)
			if (v[i] > 0 && v[i] < below && f.high[i] < below) { /* in no equal table it is large enough: the reader knows that it is small */
				for (size_t k = 0; k < cells; k++)
					print_error("%s%" PRId64 "%s", h[k] ? "[" : " ", v[k], h[k] ? "]" : " ");
				fail_msg("cell %zu of %zu x %zu follows", i, nr, nc);
			}
		arena_rewind(a, mark);
	}
	assert_true(hidden_grids > 300);
	assert_true(shown_cells > 3000); /* and it does not hide everything */
}

/* ---- tables of several dimensions -------------------------------------------------------------------------------- */

static void C_193_tables_that_share_totals_agree(void **state)
{
	struct arena *a = *state;
	static const struct tab_question q[] = {{.key = "k", .label = "どれ", .kind = TAB_SINGLE, OPTS(ABC)}, {.key = "m", .label = "複数", .kind = TAB_MULTI, OPTS(ABC)}};
	for (int round = 0; round < 60; round++) {
		struct arena_mark mark = arena_mark_get(a);
		size_t n = 20 + chance(60);
		const char **lines = ARENA_ARRAY(a, n, const char *);
		int *area = ARENA_ARRAY(a, n, int);
		for (size_t i = 0; i < n; i++) {
			lines[i] = arena_fmt(a, "%zu 1 web %c %s", i + 1, "aaaaabbbcd"[chance(10)], (const char *[]){"a", "a|b", "b|c|d", "-", "a|d"}[chance(5)]);
			area[i] = (int)chance(4);
		}
		const struct tab_trait trait = {"area", "圏域", ABC, 4, area};
		struct tab_data d = survey(q, 2, 1);
		units_of(a, &d, n);
		typed(a, &d, lines, n);
		d.traits = &trait;
		d.n_traits = 1;
		d.owner = false;
		const struct tab *t = opened(a, &d);
		struct tab_table *alone, *cross;
		static const char *const keys[] = {"k", "m"};
		for (size_t k = 0; k < 2; k++) {
			assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = keys[k]}, &alone), OK);
			assert_int_equal(tab_cross(t, &(struct tab_cross_ask){.rows.key = keys[k], .by = TAB_BY_TRAIT, .by_key = "area"}, &cross), OK);
			sound(a, cross);
			for (size_t r = 0; r < alone->n_rows; r++) /* what one table hides the other does not print */
				assert_string_equal(alone->rows[r].cells[0].text, cross->rows[r].cells[cross->n_cols - 4].text);
			for (size_t r = 0; r < cross->n_rows; r++)
				for (size_t c = 0; c < cross->n_cols; c++) {
					const struct tab_cell *x = &cross->rows[r].cells[c];
					/* no small count as numerator, denominator or rest of a share */
					if (x->kind == TAB_CELL_COUNT || x->kind == TAB_CELL_SHARE)
						assert_true(x->num == 0 || x->num >= 3);
					if (x->kind == TAB_CELL_SHARE)
						assert_true(x->den >= 3);
				}
		}
		/* of several choices: who did not tick is a group as well */
		assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = "m"}, &alone), OK);
		for (size_t r = 0; r < 4; r++)
			if (alone->rows[r].cells[0].kind == TAB_CELL_COUNT)
				assert_true(alone->rows[r].cells[0].num == (int64_t)n || (int64_t)n - alone->rows[r].cells[0].num >= 3);
		assert_int_equal(tab_cross(t, &(struct tab_cross_ask){.rows.key = "k", .by = TAB_BY_QUESTION, .by_key = "m"}, &cross), OK);
		sound(a, cross);
		arena_rewind(a, mark);
	}
}

static void C_193_means_and_texts(void **state)
{
	struct arena *a = *state;
	static const struct tab_question q[] = {{.key = "how", .label = "機会", .kind = TAB_MULTI, .options = ABC, .n_options = 2},
		{.key = "how_a", .label = "回数", .unit = "回", .kind = TAB_NUMBER, .of_key = "how", .of_option = "a"}, {.key = "text", .label = "意見", .kind = TAB_TEXT}};
	const char **lines = ARENA_ARRAY(a, 20, const char *);
	for (int i = 0; i < 20; i++)
		lines[i] = arena_fmt(a, "%d 1 web %s %s t%d", i + 1, i < 2 ? "a|b" : "b", i < 2 ? "7" : "-", i);
	static const struct tab_coded coded[] = {{0, 1, 0, true, false, "少ない分類の言葉"}, {1, 2, 0, true, false, NULL}, {2, 2, 0, true, false, "三人の分類の言葉"}, {3, 2, 0, true, false, NULL},
		{4, 2, 0, true, false, NULL}};
	static const struct tab_option groups[] = {{"g1", "一"}, {"g2", "二"}};
	const struct tab_coding coding = {"text", groups, 2, coded, COUNT_OF(coded)};
	struct tab_data d = survey(q, 3, 1);
	units_of(a, &d, 20);
	typed(a, &d, lines, 20);
	d.codings = &coding;
	d.n_codings = 1;
	d.owner = false;
	const struct tab *t = opened(a, &d);
	struct tab_table *x;
	assert_int_equal(tab_mean_table(t, &(struct tab_ask){.key = "how", .mean_of = TAB_MEAN_TICKED | TAB_MEAN_ALL}, &x), OK);
	sound(a, x);
	assert_string_equal(x->rows[0].cells[2].text, "x");
	assert_string_equal(x->rows[0].cells[0].text, "x");
	assert_true(x->rows[0].base.n_hidden);
	assert_false(noted(x, "14回"));
	assert_int_equal(tab_coding_table(t, &(struct tab_ask){.key = "text"}, &x), OK);
	assert_string_equal(printed(x, "g1", 0), "x");
	assert_string_equal(printed(x, "g1", 2), ""); /* and not its quote */
	assert_string_equal(printed(x, "g2", 2), "・三人の分類の言葉");
}

/* Of several choices the most common one may be the hidden one, and a union tells what two choices share. */
static void C_193_sentences_over_several_choices(void **state)
{
	struct arena *a = *state;
	static const struct tab_question q[] = {{.key = "m", .label = "複数", .label_short = "複数", .kind = TAB_MULTI, OPTS(ABC)}};
	const char **lines = ARENA_ARRAY(a, 30, const char *), *s;
	for (int i = 0; i < 30; i++) /* a 29 of 30; b 10, c 10, both 1 */
		lines[i] = arena_fmt(a, "%d 1 web %s", i + 1, i == 0 ? "d" : i < 10 ? "a|b" : i == 10 ? "a|b|c" : i < 20 ? "a|c" : "a");
	struct tab_data d = survey(q, 1, 1);
	units_of(a, &d, 30);
	typed(a, &d, lines, 30);
	const struct tab *t = opened(a, &d);
	const char *both[] = {"b", "c"};
	assert_int_equal(tab_say_rank(t, &(struct tab_ask){.key = "m"}, &(struct tab_say){0}, &s), OK);
	assert_non_null(strstr(s, "最も多いのは「ア」（29件"));
	assert_int_equal(tab_say_options(t, &(struct tab_ask){.key = "m"}, both, 2, &(struct tab_say){0}, &s), OK);
	assert_non_null(strstr(s, "19件"));
	d.owner = false;
	assert_int_equal(tab_say_rank(t, &(struct tab_ask){.key = "m"}, &(struct tab_say){0}, &s), OK);
	assert_string_equal(s, "複数については、少数を伏せた項目があるため、多い順を示していません。");
	assert_int_equal(tab_say_options(t, &(struct tab_ask){.key = "m"}, both, 2, &(struct tab_say){0}, &s), OK);
	assert_null(strstr(s, "19"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {UNIT(C_193_a_cell_of_two_is_hidden_at_three), UNIT(C_193_lines_keep_room), UNIT(C_193_no_subtraction_reveals_a_small_cell),
		UNIT(C_193_tables_that_share_totals_agree), UNIT(C_193_means_and_texts), UNIT(C_193_sentences_over_several_choices)};
	return cmocka_run_group_tests_name("tab_hide", tests, NULL, NULL);
}
