/* The year of demo/survey/rehab_quarter.csv: every figure of the published summary comes out of the raw answers, each with its base
 * (features F082; process C-177…C-182, X-01… ). */
#include "tab_world.h"

static const struct tab_filter EVER = {.ever = TAB_EVER_YES, .ever_key = "did", .ever_option = "yes"};
static const struct tab_filter NEVER = {.ever = TAB_EVER_NEVER, .ever_key = "did", .ever_option = "yes"};

static void figures_C_177_ever(void **state)
{
	struct arena *a = *state;
	struct tab_data d = rehab(a);
	const struct tab *t = opened(a, &d);
	struct tab_table *x;
	assert_int_equal(tab_ever(t, &(struct tab_ask){.key = "did", .option = "yes"}, &x), OK);
	sound(a, x);
	assert_string_equal(tab_base_text(a, &x->base), "センター（実数） n=61");
	assert_string_equal(printed(x, "ever", 0), "39");
	assert_string_equal(printed(x, "ever", 1), "64%");
	assert_string_equal(printed(x, "never", 0), "22");
	assert_string_equal(printed(x, "never", 1), "36%");
	assert_string_equal(printed(x, "blank", 0), "0");
	const char *s;
	struct tab_say say = {TAB_STYLE_NOUN, false};
	assert_int_equal(tab_say_ever(t, &(struct tab_ask){.key = "did", .option = "yes"}, &say, false, &s), OK);
	assert_string_equal(s, "市内61か所のうち、一度でも「実施あり」と回答した地域包括支援センターは39か所（64%）");
	say = (struct tab_say){TAB_STYLE_DESU, true};
	assert_int_equal(tab_say_ever(t, &(struct tab_ask){.key = "did", .option = "yes"}, &say, true, &s), OK);
	assert_string_equal(s, "市内61か所のうち、一度も「実施あり」と回答していない地域包括支援センターは22か所（36%、約4割）です。");
}

static void figures_answers_and_effect_C_182(void **state)
{
	struct arena *a = *state;
	struct tab_data d = rehab(a);
	const struct tab *t = opened(a, &d);
	struct tab_table *x;
	assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = "programme"}, &x), OK);
	sound(a, x);
	assert_string_equal(tab_base_text(a, &x->base), "「実施あり」とした回答（延べ） n=81");
	assert_string_equal(printed(x, "used", 0), "40");
	assert_string_equal(printed(x, "used", 1), "49%");
	assert_string_equal(printed(x, "unused", 0), "41");
	assert_string_equal(printed(x, "unused", 1), "51%");
	assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = "effect"}, &x), OK);
	sound(a, x);
	static const char *const want[][3] = {{"very", "48", "59%"}, {"good", "25", "31%"}, {"neither", "7", "9%"}, {"none", "1", "1%"}, {"total", "81", "100%"}};
	assert_int_equal(x->n_rows, 5);
	for (size_t i = 0; i < 5; i++) {
		assert_string_equal(printed(x, want[i][0], 0), want[i][1]);
		assert_string_equal(printed(x, want[i][0], 1), want[i][2]);
	}
	assert_false(noted(x, "四捨五入")); /* 59 + 31 + 9 + 1 = 100 */
	assert_int_equal(x->chart, TAB_CHART_PIE);
	assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = "did", .by_round = true}, &x), OK);
	sound(a, x);
	static const char *const yes[] = {"17", "19", "21", "24", "81"};
	for (size_t i = 0; i < 5; i++)
		assert_string_equal(printed(x, "yes", 2 * i), yes[i]);
	assert_int_equal(x->cols[8].base.n, 231); /* 244 asked, 13 did not answer: they are no "no" */
	assert_string_equal(x->cols[8].base.words, "回答（延べ）");
	assert_string_equal(x->cols[0].base.words, "回答");
}

static void figures_means_C_180_X_01(void **state)
{
	struct arena *a = *state;
	struct tab_data d = rehab(a);
	const struct tab *t = opened(a, &d);
	struct tab_table *x;
	assert_int_equal(tab_mean_table(t, &(struct tab_ask){.key = "occasion"}, &x), OK);
	sound(a, x);
	static const char *const want[][4] = {{"case_conf", "57", "41", "1.4"}, {"visit", "107", "43", "2.5"}, {"other", "26", "18", "1.4"}};
	for (size_t i = 0; i < 3; i++)
		for (size_t c = 0; c < 3; c++)
			assert_string_equal(printed(x, want[i][0], c), want[i][c + 1]);
	assert_string_equal(tab_base_text(a, &x->rows[0].base), "「事例検討会」を選んだ回答 n=41");
	assert_true(noted(x, "57回 ÷ 41"));
	/* no common base gives both; the denominators can be changed and each is printed */
	assert_int_equal(tab_mean_table(t, &(struct tab_ask){.key = "occasion", .mean_of = 63}, &x), OK);
	sound(a, x);
	static const int64_t dens[] = {41, 81, 81, 81};
	static const char *const means[] = {"1.4", "0.7", "0.7", "0.7"};
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(x->rows[i].cells[1].num, dens[i]);
		assert_string_equal(x->rows[i].cells[2].text, means[i]);
		assert_int_equal(x->rows[i].base.counts, TAB_OF_ANSWERS);
	}
	assert_int_equal(x->rows[5].cells[1].num, 61); /* the whole frame, in units */
	assert_int_equal(x->rows[5].base.counts, TAB_OF_UNITS);
	assert_string_equal(x->rows[5].cells[2].text, "0.9");
	const char **s;
	size_t n;
	assert_int_equal(tab_say_means(t, &(struct tab_ask){.key = "occasion"}, &(struct tab_say){TAB_STYLE_DESU, false}, &s, &n), OK);
	assert_int_equal(n, 3);
	assert_string_equal(s[1], "アセスメント訪問の平均は2.5回（107回÷43、母数は「アセスメント訪問」を選んだ回答）です。");
	/* by round: sums of the rounds are the sum of the year */
	assert_int_equal(tab_mean_table(t, &(struct tab_ask){.key = "occasion", .by_round = true}, &x), OK);
	sound(a, x);
	int64_t sum = 0;
	for (size_t g = 0; g < 4; g++)
		sum += x->rows[1].cells[3 * g].num;
	assert_int_equal(sum, 107);
	assert_int_equal(x->rows[1].cells[12].num, 107);
}

static void figures_plans_C_178_X_04(void **state)
{
	struct arena *a = *state;
	struct tab_data d = rehab(a);
	const struct tab *t = opened(a, &d);
	struct tab_table *x;
	static const struct { const char *key; const struct tab_filter *who; const char *n, *yes, *yes_share, *no, *no_share; } want[] = {
		{"plan", &EVER, "一度でも「実施あり」と回答したセンター（実数） n=39", "38", "97%", "1", "3%"},
		{"plan_programme", &EVER, "一度でも「実施あり」と回答したセンター（実数） n=39", "31", "79%", "8", "21%"},
		{"plan", &NEVER, "一度も「実施あり」と回答していないセンター（実数） n=22", "17", "77%", "5", "23%"},
		{"plan_programme", &NEVER, "一度も「実施あり」と回答していないセンター（実数） n=22", "15", "68%", "7", "32%"}};
	for (size_t i = 0; i < COUNT_OF(want); i++) {
		assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = want[i].key, .filter = *want[i].who, .rule = TAB_LAST_ANSWERED}, &x), OK);
		sound(a, x);
		assert_string_equal(tab_base_text(a, &x->base), want[i].n);
		assert_string_equal(printed(x, "yes", 0), want[i].yes);
		assert_string_equal(printed(x, "yes", 1), want[i].yes_share);
		assert_string_equal(printed(x, "no", 0), want[i].no);
		assert_string_equal(printed(x, "no", 1), want[i].no_share);
		assert_true(noted(x, "無回答でない最後の回"));
	}
	const char *s, *codes[] = {"yes"};
	assert_int_equal(tab_say_options(t, &(struct tab_ask){.key = "plan", .filter = NEVER, .rule = TAB_LAST_ANSWERED}, codes, 1,
		&(struct tab_say){TAB_STYLE_DESU, true}, &s), OK);
	assert_string_equal(s, "一度も「実施あり」と回答していないセンター（実数）22か所のうち、今後の連携の予定について「連携予定あり」と回答したのは、17か所（77%、約8割）です。");
}

static void figures_caption_C_185_X_03(void **state)
{
	struct arena *a = *state;
	struct tab_data d = rehab(a);
	const struct tab *t = opened(a, &d);
	const char *s;
	assert_int_equal(tab_say_top(t, "effect", 2, NULL, &(struct tab_say){TAB_STYLE_DESU, false}, &s), OK);
	assert_string_equal(s, "「実施あり」とした回答（延べ）81件のうち、連携の効果について「大変効果があった」「効果があった」と回答したのは、あわせて73件（90%）です。");
	assert_null(strstr(s, "予定"));
	assert_int_equal(tab_say_rank(t, &(struct tab_ask){.key = "reason"}, &(struct tab_say){TAB_STYLE_NOUN, false}, &s), OK);
	assert_string_equal(s, "「実施あり」とした回答（延べ）81件のうち、実施した理由で最も多いのは「自立支援のためのリハビリ専門職の意見確認」（52件、64%）、次いで「サービス利用についての相談」（31件、38%）");
}

/* Raw answers written by hand to CSV and read again give the same tables, cell by cell (C-192). */
static void figures_out_and_back_C_192(void **state)
{
	struct arena *a = *state;
	struct tab_data d = rehab(a), back;
	struct csv_writer w = csv_writer_new(a, 0);
	csv_put(&w, "target");
	csv_put(&w, "round");
	csv_put(&w, "mode");
	for (size_t q = 0; q < d.n_questions; q++)
		csv_put(&w, d.questions[q].key);
	csv_end(&w);
	static const char *const modes[] = {"web", "paper", "mail", "fax", "file"};
	for (size_t k = 0; k < d.answers.n; k++) {
		csv_put(&w, d.units[d.answers.unit_of[k]].label);
		csv_put(&w, d.rounds[d.answers.round_of[k]].key);
		csv_put(&w, modes[d.answers.mode_of[k]]);
		for (size_t q = 0; q < d.n_questions; q++) {
			const struct tab_question *x = &d.questions[q];
			const struct tab_column *col = &d.columns[q];
			const char *cell = "";
			for (size_t o = 0; col->state[k] == TAB_VALUE && o < x->n_options; o++)
				if (col->bits[k] >> o & 1)
					cell = arena_fmt(a, "%s%s%s", cell, *cell ? "|" : "", x->options[o].code);
			if (col->state[k] == TAB_VALUE && x->kind == TAB_NUMBER)
				cell = arena_fmt(a, "%" PRId64, col->number[k]);
			if (col->state[k] == TAB_VALUE && x->kind == TAB_TEXT)
				cell = col->text[k];
			csv_put(&w, cell);
		}
		csv_end(&w);
	}
	const char *bytes;
	size_t n;
	assert_int_equal(csv_finish(&w, NULL, &bytes, &n, NULL), OK);
	back = rehab_from(a, bytes, n);
	const struct tab *t1 = opened(a, &d), *t2 = opened(a, &back);
	for (size_t q = 0; q < d.n_questions; q++)
		for (int by = 0; by < 2; by++) {
			struct tab_table *x, *y;
			const char *why;
			struct tab_ask ask = {.key = d.questions[q].key, .by_round = by};
			assert_int_equal(tab_question_table(t1, &ask, &x), OK);
			assert_int_equal(tab_question_table(t2, &ask, &y), OK);
			sound(a, x);
			assert_true(tab_table_equal(a, x, y, &why));
			assert_null(why);
			y->rows[0].cells[0].num++;
			assert_false(tab_table_equal(a, x, y, &why));
			assert_non_null(why);
		}
}

/* a question whose values did not come with the file is tabulated as 該当なし, never as 0 %. */
static void figures_without_values_X_07(void **state)
{
	struct arena *a = *state;
	struct tab_data d = rehab(a);
	struct tab_column *cols = arena_copy(a, d.columns, d.n_questions * sizeof *cols);
	struct tab_column *empty = tab_columns_new(a, &d);
	for (size_t q = 0; q < d.n_questions; q++)
		if (str_eq(d.questions[q].key, "timing") || str_eq(d.questions[q].key, "occasion"))
			cols[q] = empty[q];
	d.columns = cols;
	const struct tab *t = opened(a, &d);
	struct tab_table *x;
	const char *s;
	assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = "timing", .by_round = true}, &x), OK);
	sound(a, x);
	for (size_t r = 0; r + 1 < x->n_rows; r++)
		for (size_t c = 0; c < x->n_cols; c++)
			assert_string_equal(x->rows[r].cells[c].text, "該当なし");
	assert_int_equal(tab_mean_table(t, &(struct tab_ask){.key = "occasion"}, &x), OK);
	sound(a, x);
	assert_string_equal(printed(x, "visit", 2), "該当なし");
	assert_int_equal(tab_say_rank(t, &(struct tab_ask){.key = "timing"}, &(struct tab_say){0}, &s), OK);
	assert_string_equal(s, "「実施あり」とした回答（延べ）は0件のため、連携した時期についての集計はありません。");
}

int main(void)
{
	const struct CMUnitTest tests[] = {UNIT(figures_C_177_ever), UNIT(figures_answers_and_effect_C_182), UNIT(figures_means_C_180_X_01),
		UNIT(figures_plans_C_178_X_04), UNIT(figures_caption_C_185_X_03), UNIT(figures_out_and_back_C_192), UNIT(figures_without_values_X_07)};
	return cmocka_run_group_tests_name("tab_rehab", tests, NULL, NULL);
}
