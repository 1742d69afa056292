/* region/tab: counting, bases, rounds, rules per unit, means, crosses, texts. Named after the rows of community-process §4.15 and §7. */
#include "tab_world.h"

#include "base/civil.h"

/* ---- C-168 / X-03 ------------------------------------------------------------------------------------------------ */

static void C_168_same_printed_number_twice(void **state)
{
	struct arena *a = *state;
	static const struct tab_question q[] = {{.key = "effect", .no = "Q7", .label = "効果", .kind = TAB_SINGLE, OPTS(ABC)},
		{.key = "plan", .no = "Q7", .label = "予定", .kind = TAB_SINGLE, OPTS(YES_NO)}};
	static const char *const lines[] = {"1 1 web a yes", "2 1 web a no", "3 1 web b yes"};
	struct tab_data d = survey(q, 2, 1);
	units_of(a, &d, 3);
	typed(a, &d, lines, 3);
	const struct tab *t = opened(a, &d);
	struct tab_table *x, *y;
	assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = "effect"}, &x), OK);
	assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = "plan"}, &y), OK);
	assert_string_equal(x->no, "Q7");
	assert_string_equal(y->no, "Q7");
	assert_string_equal(printed(x, "a", 0), "2");
	assert_string_equal(printed(y, "yes", 0), "2");
	assert_string_not_equal(x->id, y->id);
	/* a key used twice is refused: nothing could tell them apart */
	struct tab_question twice[] = {q[0], q[0]};
	const struct tab *no = NULL;
	const char *why;
	d.questions = twice;
	assert_int_equal(tab_open(a, &d, &no, &why), ERR_TAB_DATA);
	assert_non_null(strstr(why, "effect"));
}

/* ---- C-171 ------------------------------------------------------------------------------------------------------- */

static void C_171_modes(void **state)
{
	struct arena *a = *state;
	static const struct tab_question q[] = {{.key = "did", .label = "実施", .kind = TAB_SINGLE, OPTS(YES_NO)}};
	static const char *const lines[] = {"1 1 web yes", "2 1 web no", "3 1 mail yes", "4 1 fax yes"};
	static const char *const who[] = {"", "", "春野", "夏川"};
	struct tab_data d = survey(q, 1, 1);
	units_of(a, &d, 4);
	typed(a, &d, lines, 4);
	d.answers.entered_by = who;
	const struct tab *t = opened(a, &d);
	struct tab_table *x;
	assert_int_equal(tab_modes(t, NULL, &x), OK);
	sound(a, x);
	assert_string_equal(printed(x, "web", 0), "2");
	assert_string_equal(printed(x, "paper", 0), "0");
	assert_string_equal(printed(x, "mail", 0), "1");
	assert_string_equal(printed(x, "fax", 0), "1");
	assert_string_equal(printed(x, "total", 0), "4");
	assert_string_equal(printed(x, "mail", 2), "春野");
	assert_string_equal(printed(x, "fax", 2), "夏川");
	assert_string_equal(printed(x, "web", 2), "");
	d.owner = false; /* a reader who is not the owner does not see who typed */
	assert_int_equal(tab_modes(t, NULL, &x), OK);
	assert_int_equal(x->n_cols, 2);
}

/* ---- C-173 / X-06 ------------------------------------------------------------------------------------------------ */

static void C_173_X_06_period_not_finished(void **state)
{
	struct arena *a = *state;
	static const struct tab_question q[] = {{.key = "did", .label = "実施", .kind = TAB_SINGLE, OPTS(YES_NO)}};
	static const char *const lines[] = {"1 1 web yes", "2 1 web no", "1 2 web yes", "2 2 web yes", "3 2 web no"};
	struct tab_round r[2] = {FOUR[0], FOUR[3]};
	r[0].from = civil_from(2024, 4, 1), r[0].to = civil_from(2024, 6, 30), r[0].asked_on = civil_from(2024, 7, 1);
	r[1].from = civil_from(2025, 1, 1), r[1].to = civil_from(2025, 3, 31), r[1].asked_on = civil_from(2025, 3, 3);
	r[1].finished = false;
	const civil on[] = {civil_from(2024, 7, 3), civil_from(2024, 7, 4), civil_from(2025, 3, 10), civil_from(2025, 3, 31), civil_from(2025, 4, 2)};
	struct tab_data d = survey(q, 1, 2);
	units_of(a, &d, 3);
	typed(a, &d, lines, 5);
	d.rounds = r;
	d.answers.answered_on = on;
	const struct tab *t = opened(a, &d);
	struct tab_table *x;
	const char **notes;
	assert_int_equal(tab_round_notes(t, NULL, &notes), 2);
	assert_string_equal(notes[0], "第4四半期は、対象とする期間（令和7年1月1日〜令和7年3月31日）が終わる前の令和7年3月3日に依頼しました。"
		"期間の終わりより前に届いた回答が2件あり、その後の分を含みません。");
	assert_string_equal(notes[1], "第4四半期の対象とする期間は、まだ終わっていません。");
	assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = "did", .by_round = true}, &x), OK);
	sound(a, x);
	assert_false(x->cols[0].unfinished);
	assert_true(x->cols[2].unfinished);
	assert_string_equal(x->cols[2].group, "第4四半期（期間中）");
	assert_true(noted(x, "まだ終わっていません"));
	d.western = true;
	r[1].finished = true;
	assert_int_equal(tab_round_notes(t, NULL, &notes), 1); /* that it was asked early stays worth saying */
	assert_non_null(strstr(notes[0], "2025年3月3日"));
}

/* ---- C-174 ------------------------------------------------------------------------------------------------------- */

static void C_174_changed_wording_is_tabulated_apart(void **state)
{
	struct arena *a = *state;
	static const uint8_t series[] = {1, 2, 2};
	static const struct tab_series wordings[] = {{"ア・イのどれですか", 3}, {"ア・イ・ウのどれですか", 7}};
	static const struct tab_question q[] = {{.key = "kind", .label = "どれですか", .kind = TAB_SINGLE, .options = ABC, .n_options = 3, .series = series,
		.wordings = wordings, .n_wordings = 2}, {.key = "did", .label = "実施", .kind = TAB_SINGLE, OPTS(YES_NO)}};
	static const char *const lines[] = {"1 1 web a yes", "2 1 web b no", "1 2 web c yes", "2 2 web a yes", "1 3 web c no", "2 3 web c no"};
	struct tab_data d = survey(q, 2, 3);
	units_of(a, &d, 2);
	typed(a, &d, lines, 6);
	const struct tab *t = opened(a, &d);
	struct tab_table *x;
	assert_int_equal(tab_series_count(t, "kind"), 2);
	assert_int_equal(tab_series_count(t, "did"), 1);
	assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = "kind", .series = 1, .by_round = true}, &x), OK);
	sound(a, x);
	assert_string_equal(x->title, "ア・イのどれですか");
	assert_int_equal(x->base.n, 2);
	assert_int_equal(x->n_rows, 3); /* a, b, total */
	assert_true(noted(x, "第1四半期だけを集計"));
	assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = "kind", .by_round = true}, &x), OK); /* the newest */
	assert_int_equal(x->series, 2);
	assert_int_equal(x->base.n, 4);
	assert_string_equal(printed(x, "c", 4), "3");
	assert_true(noted(x, "第2四半期・第3四半期だけを集計"));
	assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = "did", .by_round = true}, &x), OK); /* others go on */
	assert_int_equal(x->base.n, 6);
	assert_false(noted(x, "途中で変わった"));
	assert_int_equal(tab_compare(t, &(struct tab_ask){.key = "kind"}, 0, 1, &x), ERR_TAB_KIND);
	assert_int_equal(tab_compare(t, &(struct tab_ask){.key = "kind"}, 1, 2, &x), OK);
	/* a round in which the question did not stand is not asked, whatever lies in the column */
	static const uint8_t later[] = {0, 1, 1};
	struct tab_question one = q[1];
	one.series = later;
	struct tab_question two[] = {q[0], one};
	d.questions = two;
	t = opened(a, &d);
	assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = "did"}, &x), OK);
	assert_int_equal(x->base.n, 4);
}

/* ---- C-175, C-176 ------------------------------------------------------------------------------------------------ */

static void C_175_C_176_response_and_frame(void **state)
{
	struct arena *a = *state;
	static const struct tab_question q[] = {{.key = "did", .label = "実施", .kind = TAB_SINGLE, OPTS(YES_NO)}};
	struct tab_data d = survey(q, 1, 1);
	struct tab_round r = FOUR[0];
	const char **lines = ARENA_ARRAY(a, 1148, const char *);
	for (size_t i = 0; i < 1148; i++)
		lines[i] = "1 1 web no";
	r.n_invited = 4452;
	d.rounds = &r;
	d.anonymous = true;
	d.frame = "支所・出張所を含む施設";
	d.frame_on = civil_from(2017, 11, 16);
	typed(a, &d, lines, 1148);
	const struct tab *t = opened(a, &d);
	struct tab_table *x;
	const char *s;
	assert_int_equal(tab_response(t, NULL, &x), OK);
	sound(a, x);
	assert_string_equal(printed(x, "q1", 0), "4,452");
	assert_string_equal(printed(x, "q1", 1), "1,148");
	assert_string_equal(printed(x, "q1", 2), "3,304");
	assert_string_equal(printed(x, "q1", 3), "25.8%");
	assert_true(noted(x, "支所・出張所を含む施設、名簿の日付 平成29年11月16日"));
	assert_int_equal(tab_say_response(t, NULL, &(struct tab_say){TAB_STYLE_DESU, false}, &s), OK);
	assert_string_equal(s, "依頼した4,452か所のうち1,148か所から回答があり、回答率は25.8%です。");
	assert_int_equal(tab_nonanswer(t, NULL, &x), OK); /* anonymous: nobody can be named */
	assert_int_equal(x->n_rows, 0);
	assert_true(noted(x, "無記名"));
}

static void C_175_not_answered_is_not_no(void **state)
{
	struct arena *a = *state;
	static const struct tab_question q[] = {{.key = "did", .label = "実施", .kind = TAB_SINGLE, OPTS(YES_NO)}};
	static const char *const lines[] = {"1 1 web yes", "2 1 web no", "1 2 web no", "3 2 web -"};
	struct tab_data d = survey(q, 1, 2);
	units_of(a, &d, 4);
	((struct tab_unit *)d.units)[3].invited = 2;
	typed(a, &d, lines, 4);
	const struct tab *t = opened(a, &d);
	struct tab_table *x;
	assert_int_equal(tab_response(t, NULL, &x), OK);
	static const char *const want[][5] = {{"q1", "3", "2", "1", "66.7%"}, {"q2", "4", "2", "2", "50.0%"}, {"total", "7", "4", "3", "57.1%"}, {"once", "4", "3", "1", "75.0%"}};
	for (size_t i = 0; i < 4; i++)
		for (size_t c = 0; c < 4; c++)
			assert_string_equal(printed(x, want[i][0], c), want[i][c + 1]);
	assert_int_equal(tab_nonanswer(t, NULL, &x), OK);
	assert_int_equal(x->n_rows, 3);
	assert_string_equal(printed(x, "u2", 1), "未回答");
	assert_string_equal(printed(x, "u3", 0), "未回答");
	assert_string_equal(printed(x, "u4", 0), "依頼なし");
	assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = "did"}, &x), OK);
	assert_string_equal(printed(x, "no", 0), "2");
	assert_string_equal(printed(x, "blank", 0), "1"); /* left blank is its own line */
	assert_true(x->rows[2].no_answer);
	assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = "did", .answered_only = true}, &x), OK);
	assert_int_equal(x->base.n, 3);
	assert_true(noted(x, "無回答などを除いた"));
	d.owner = false;
	assert_int_equal(tab_nonanswer(t, NULL, &x), OK);
	assert_int_equal(x->n_rows, 0);
}

/* ---- C-177, X-02 ------------------------------------------------------------------------------------------------- */

static void C_177_X_02_ever_never_silent(void **state)
{
	struct arena *a = *state;
	static const struct tab_question q[] = {{.key = "did", .label = "実施の機会", .kind = TAB_SINGLE, OPTS(YES_NO)}};
	/* 1 yes once; 2 never; 3 answered a round but left it blank; 4 and 5 answered nothing; 6 no, then yes */
	static const char *const lines[] = {"1 1 web yes", "1 2 web no", "2 1 web no", "3 1 web -", "6 1 web no", "6 2 web yes"};
	struct tab_data d = survey(q, 1, 2);
	units_of(a, &d, 6);
	typed(a, &d, lines, 6);
	const struct tab *t = opened(a, &d);
	struct tab_table *x;
	assert_int_equal(tab_ever(t, &(struct tab_ask){.key = "did", .option = "yes"}, &x), OK);
	sound(a, x);
	assert_string_equal(printed(x, "ever", 0), "2");
	assert_string_equal(printed(x, "never", 0), "1");
	assert_string_equal(printed(x, "blank", 0), "3");
	assert_int_equal(x->base.n, 6);
	assert_int_equal(x->base.counts, TAB_OF_UNITS);
	assert_false(x->base.cumulative);
	assert_string_equal(x->rows[1].label, "一度も「実施あり」と回答していない"); /* not 一度も「実施なし」と回答 */
	assert_int_equal(tab_ever(t, &(struct tab_ask){.key = "did", .option = "yes", .fold_silent = true}, &x), OK);
	assert_int_equal(x->n_rows, 3);
	assert_string_equal(printed(x, "never", 0), "4");
	assert_true(noted(x, "どの回にも回答のなかった3か所は"));
	assert_int_equal(tab_ever(t, &(struct tab_ask){.key = "did", .option = "maybe"}, &x), ERR_TAB_QUESTION);
	d.anonymous = true;
	t = opened(a, &d);
	assert_int_equal(tab_ever(t, &(struct tab_ask){.key = "did", .option = "yes"}, &x), ERR_TAB_UNIT);
}

/* ---- C-178, X-04 ------------------------------------------------------------------------------------------------- */

static const char *of_unit(const struct tab *t, const char *unit, enum tab_rule rule, const char *option)
{
	struct tab_table *x;
	struct tab_ask ask = {.key = "plan", .rule = rule, .option = option, .filter.unit = unit};
	assert_int_equal(tab_question_table(t, &ask, &x), OK);
	assert_int_equal(x->base.n, 1);
	for (size_t r = 0; r < x->n_rows; r++)
		if (x->rows[r].cells[0].num == 1)
			return x->rows[r].code;
	return "";
}

static void C_178_X_04_rules(void **state)
{
	struct arena *a = *state;
	static const struct tab_question q[] = {{.key = "plan", .label = "予定", .kind = TAB_SINGLE, OPTS(YES_NO)}, {.key = "many", .label = "複数", .kind = TAB_MULTI, OPTS(ABC)}};
	static const char *const lines[] = {"1 1 web yes a|b", "1 2 web - a", "1 3 web - -", "2 1 web yes a", "2 2 web yes a|c", "2 3 web no a|d", "3 3 web - -", "4 2 web . ."};
	struct tab_data d = survey(q, 2, 3);
	units_of(a, &d, 5);
	typed(a, &d, lines, 8);
	const struct tab *t = opened(a, &d);
	assert_string_equal(of_unit(t, "u1", TAB_LAST_ANSWERED, NULL), "yes");
	assert_string_equal(of_unit(t, "u1", TAB_LATEST, NULL), "blank");
	assert_string_equal(of_unit(t, "u1", TAB_FIRST, NULL), "yes");
	assert_string_equal(of_unit(t, "u2", TAB_LATEST, NULL), "no");
	assert_string_equal(of_unit(t, "u2", TAB_LAST_ANSWERED, NULL), "no");
	assert_string_equal(of_unit(t, "u2", TAB_ANY, "yes"), "yes");
	assert_string_equal(of_unit(t, "u2", TAB_ALL, "yes"), "not_all");
	assert_string_equal(of_unit(t, "u3", TAB_ANY, "yes"), "blank");
	struct tab_table *x;
	static const enum tab_rule rules[] = {TAB_LAST_ANSWERED, TAB_LATEST, TAB_FIRST, TAB_ANY, TAB_ALL};
	static const char *const words[] = {"無回答でない最後の回", "最後の回の回答", "最初の回", "一度でも「実施あり」", "すべての回で「実施あり」"};
	for (size_t i = 0; i < 5; i++) { /* the rule is printed */
		assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = "plan", .rule = rules[i], .option = "yes"}, &x), OK);
		sound(a, x);
		assert_true(noted(x, words[i]));
		assert_int_equal(x->base.n, 3); /* 4 was not asked, 5 did not answer */
		assert_int_equal(x->base.counts, TAB_OF_UNITS);
		assert_true(noted(x, "対象の5か所のうち"));
	}
	assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = "many", .rule = TAB_ANY}, &x), OK);
	assert_string_equal(printed(x, "a", 0), "2");
	assert_string_equal(printed(x, "c", 0), "1");
	assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = "many", .rule = TAB_ALL}, &x), OK);
	assert_string_equal(printed(x, "a", 0), "2");
	assert_string_equal(printed(x, "b", 0), "0"); /* 1 ticked b in one of its two answered rounds */
	assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = "plan", .rule = TAB_ANY}, &x), ERR_TAB_KIND);
	assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = "plan", .rule = TAB_LATEST, .by_round = true}, &x), ERR_TAB_KIND);
	/* two answers of one unit in one round would be a tie: refused */
	static const char *const tie[] = {"1 1 web yes a", "1 1 fax no b"};
	const struct tab *no = NULL;
	const char *why;
	typed(a, &d, tie, 2);
	assert_int_equal(tab_open(a, &d, &no, &why), ERR_TAB_DATA);
	d.anonymous = true; /* but two sheets in an anonymous survey are two answers */
	t = opened(a, &d);
	assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = "plan", .rule = TAB_LATEST}, &x), ERR_TAB_UNIT);
	assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = "plan", .filter.trait = "area", .filter.trait_value = "n"}, &x), ERR_TAB_UNIT);
	assert_int_equal(tab_mean_table(t, &(struct tab_ask){.key = "many", .mean_of = TAB_MEAN_FRAME}, &x), ERR_TAB_UNIT);
	assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = "plan"}, &x), OK);
	assert_true(x->base.n_hidden); /* two answers are too few to be printed, even for the owner */
	d.small_cell = 0;
	assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = "plan"}, &x), OK);
	assert_int_equal(x->base.n, 2);
}

/* ---- C-179 ------------------------------------------------------------------------------------------------------- */

static void C_179_units_and_answers_say_so(void **state)
{
	struct arena *a = *state;
	struct tab_data d = rehab(a);
	const struct tab *t = opened(a, &d);
	struct tab_table *x, *y;
	assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = "did", .rule = TAB_ANY, .option = "yes"}, &x), OK);
	assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = "programme"}, &y), OK);
	assert_string_equal(tab_base_text(a, &x->base), "センター（実数） n=61");
	assert_string_equal(tab_base_text(a, &y->base), "「実施あり」とした回答（延べ） n=81");
	sound(a, x);
	y->cols[1].base.words = "";
	assert_non_null(tab_table_fault(a, y)); /* a column without a base is found */
	y->cols[1].base.words = "回答";
	assert_null(tab_table_fault(a, y));
	y->rows[0].cells[1].den = 0;
	assert_non_null(tab_table_fault(a, y));
}

/* ---- C-180 ------------------------------------------------------------------------------------------------------- */

static void C_180_denominators(void **state)
{
	struct arena *a = *state;
	static const struct tab_question q[] = {{.key = "how", .label = "機会", .kind = TAB_MULTI, OPTS(ABC)},
		{.key = "how_a", .label = "アの回数", .unit = "回", .kind = TAB_NUMBER, .of_key = "how", .of_option = "a"},
		{.key = "how_b", .label = "イの回数", .unit = "回", .kind = TAB_NUMBER, .of_key = "how", .of_option = "b"}};
	/* the number left blank; a number typed for an option that is not ticked; another option only; no answer; not asked */
	static const char *const lines[] = {"1 1 web a 3 -", "2 1 web a|b 1 4", "3 1 web a - -", "4 1 web c 9 -", "5 1 web - - -", "6 1 web . . .", "1 2 web a 2 -"};
	struct tab_data d = survey(q, 3, 2);
	units_of(a, &d, 6);
	typed(a, &d, lines, 7);
	const struct tab *t = opened(a, &d);
	struct tab_table *x;
	assert_int_equal(tab_mean_table(t, &(struct tab_ask){.key = "how", .mean_of = 63}, &x), OK);
	sound(a, x);
	static const int64_t dens[] = {3, 3, 4, 5, 3, 6}; /* ticked, either, answering, all, units, frame; answer 3 left out of the first four */
	for (size_t i = 0; i < 6; i++) {
		assert_int_equal(x->rows[i].cells[0].num, 6);
		assert_int_equal(x->rows[i].cells[1].num, dens[i]);
		assert_int_equal(x->rows[i].cells[2].den, dens[i]);
		assert_int_equal(x->rows[i].base.n, dens[i]);
	}
	assert_true(noted(x, "数の記入がない回答1件"));
	assert_true(noted(x, "6回 ÷ 3（「ア」を選んだ回答）＝ 2.0回"));
	assert_int_equal(tab_mean_table(t, &(struct tab_ask){.key = "how"}, &x), OK); /* the default is the ticked option */
	assert_int_equal(x->n_rows, 2);
	assert_string_equal(printed(x, "b", 2), "4.0");
	assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = "how_a", .by_round = true}, &x), OK);
	sound(a, x);
	assert_string_equal(printed(x, "total", 0), "4");
	assert_string_equal(printed(x, "total", 1), "15");
	assert_string_equal(printed(x, "q2", 2), "2.0");
	assert_int_equal(tab_mean_table(t, &(struct tab_ask){.key = "how_a"}, &x), ERR_TAB_KIND);
	assert_int_equal(tab_mean_table(t, &(struct tab_ask){.key = "nothing"}, &x), ERR_TAB_QUESTION);
}

/* ---- C-181 ------------------------------------------------------------------------------------------------------- */

static void C_181_answers_or_ticks(void **state)
{
	struct arena *a = *state;
	static const struct tab_question q[] = {{.key = "why", .label = "理由", .kind = TAB_MULTI, OPTS(ABC)}};
	static const char *const lines[] = {"1 1 web a|b", "2 1 web a|b", "3 1 web a"};
	struct tab_data d = survey(q, 1, 1);
	units_of(a, &d, 3);
	typed(a, &d, lines, 3);
	const struct tab *t = opened(a, &d);
	struct tab_table *x;
	d.columns[0].bits[2] = 0; /* answered, and ticked nothing: counts in the base */
	assert_int_equal(tab_question_table(opened(a, &d), &(struct tab_ask){.key = "why"}, &x), OK);
	assert_string_equal(printed(x, "a", 1), "67%");
	assert_int_equal(x->base.n, 3);
	d.columns[0].bits[2] = 1;
	assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = "why"}, &x), OK);
	sound(a, x);
	assert_string_equal(printed(x, "a", 1), "100%");
	assert_string_equal(printed(x, "b", 1), "67%"); /* 100 + 67 > 100 */
	assert_string_equal(printed(x, "total", 0), "3");
	assert_string_equal(printed(x, "total", 1), "");
	assert_true(noted(x, "3件に対して選択は延べ5"));
	assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = "why", .of_ticks = true}, &x), OK);
	sound(a, x);
	assert_string_equal(printed(x, "a", 1), "60%");
	assert_string_equal(printed(x, "b", 1), "40%");
	assert_string_equal(printed(x, "total", 0), "5");
	assert_int_equal(x->base.counts, TAB_OF_TICKS);
	assert_int_equal(x->base.n, 5);
}

/* ---- C-182, §5.1, §5.11 ------------------------------------------------------------------------------------------ */

static void C_182_half_up_and_sum(void **state)
{
	struct arena *a = *state;
	static const struct { int64_t num, den; int places; const char *want; } rows[] = {{48, 81, 0, "59%"}, {25, 81, 0, "31%"}, {7, 81, 0, "9%"}, {1, 81, 0, "1%"},
		{31, 39, 0, "79%"}, {8, 39, 0, "21%"}, {1, 200, 0, "1%"}, {1, 8, 0, "13%"}, {1, 8, 1, "12.5%"}, {5, 1000, 1, "0.5%"}, {1148, 4452, 1, "25.8%"}, {1, 3, 2, "33.33%"},
		{0, 5, 0, "0%"}, {5, 5, 1, "100.0%"}, {3, 0, 0, "該当なし"}, {0, 0, 1, "該当なし"}, {45, 1000, 0, "5%"}, {449, 10000, 0, "4%"}};
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		assert_string_equal(tab_text_share(a, rows[i].num, rows[i].den, rows[i].places), rows[i].want);
	assert_int_equal(tab_half_up(INT64_C(4000000000000000), INT64_C(8000000000000000), 100, 1), 500); /* no overflow on the way */
	static const struct tab_question q[] = {{.key = "k", .label = "どれ", .kind = TAB_SINGLE, .options = ABC, .n_options = 3}};
	static const char *const lines[] = {"1 1 web a", "2 1 web b", "3 1 web c"};
	struct tab_data d = survey(q, 1, 1);
	units_of(a, &d, 3);
	typed(a, &d, lines, 3);
	const struct tab *t = opened(a, &d);
	struct tab_table *x;
	assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = "k"}, &x), OK);
	assert_string_equal(printed(x, "a", 1), "33%");
	assert_true(noted(x, "99%"));
	assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = "k", .force100 = true}, &x), OK);
	assert_string_equal(printed(x, "a", 1), "34%");
	assert_string_equal(printed(x, "b", 1), "33%");
	assert_int_equal(x->rows[0].cells[1].num, 1); /* the exact figure stays */
	assert_true(noted(x, "最大剰余法"));
	int64_t got[7], sum;
	uint32_t seed = 7;
	for (int round = 0; round < 2000; round++) { /* always 100, never more than one unit away from the true share */
		int64_t n[7], den = 0;
		for (int i = 0; i < 7; i++) {
			seed = seed * 1664525u + 1013904223u;
			den += n[i] = (seed >> 16) % 40;
		}
		if (!den)
			continue;
		tab_force_100(a, n, 7, den, round % 2, got);
		sum = 0;
		for (int i = 0; i < 7; i++) {
			int64_t whole = round % 2 ? 1000 : 100;
			sum += got[i];
			assert_true(got[i] * den > n[i] * whole - den && got[i] * den < n[i] * whole + den);
		}
		assert_int_equal(sum, round % 2 ? 1000 : 100);
	}
}

static void rule_5_11_parts_and_totals(void **state)
{
	struct arena *a = *state;
	const char *note;
	assert_int_equal(tab_parts_total(a, (int64_t[]){11160, 487}, 2, 11646, 1, &note), OK);
	assert_string_equal(note, "内訳の合計（1,164.7）と合計（1,164.6）の差は、四捨五入によるものです。");
	assert_int_equal(tab_parts_total(a, (int64_t[]){11160, 487}, 2, 11647, 1, &note), OK);
	assert_null(note);
	assert_int_equal(tab_parts_total(a, (int64_t[]){11160, 487}, 2, 11645, 1, &note), ERR_INPUT);
	assert_non_null(strstr(note, "0.2 違います"));
	assert_int_equal(tab_parts_total(a, (int64_t[]){5}, 1, 4, 0, &note), ERR_INPUT); /* half a unit for one part: no room for a whole one */
}

/* ---- C-183 ------------------------------------------------------------------------------------------------------- */

static void C_183_groups_quotes_agreement(void **state)
{
	struct arena *a = *state;
	static const struct tab_question q[] = {{.key = "text", .label = "意見", .kind = TAB_TEXT}};
	static const char *const lines[] = {"1 1 web t1", "2 1 web t2", "3 1 web t3", "4 1 web t4", "5 1 web t5", "6 1 web t6", "7 1 web t7", "8 1 web t8", "9 1 web t9", "10 1 web t10",
		"11 1 web -", "12 1 web ."};
	struct tab_data d = survey(q, 1, 1);
	units_of(a, &d, 12);
	typed(a, &d, lines, 12);
	/* ten texts, three groups; text 4 stands in two groups; text 9 only one coder, text 10 none */
	static const struct tab_coded coded[] = {{0, 1, 1, true, true, "気づきがあった"}, {1, 1, 1, true, true, NULL}, {2, 1, 2, true, true, NULL}, {3, 3, 3, true, true, NULL},
		{4, 2, 2, true, true, NULL}, {5, 2, 2, true, true, "意欲が出た"}, {6, 4, 4, true, true, NULL}, {7, 4, 1, true, true, NULL}, {8, 4, 0, true, false, NULL}, {10, 1, 1, true, true, "回答していない"}};
	static const struct tab_option groups[] = {{"cm", "ケアマネジメント"}, {"will", "意欲"}, {"assess", "アセスメント"}};
	const struct tab_coding coding = {"text", groups, 3, coded, COUNT_OF(coded)};
	d.codings = &coding;
	d.n_codings = 1;
	const struct tab *t = opened(a, &d);
	struct tab_table *x;
	assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = "text"}, &x), OK);
	sound(a, x);
	assert_int_equal(x->base.n, 10);
	assert_int_equal(x->base.counts, TAB_OF_TEXTS);
	assert_string_equal(printed(x, "cm", 0), "4");
	assert_string_equal(printed(x, "will", 0), "3");
	assert_string_equal(printed(x, "assess", 0), "3");
	assert_string_equal(printed(x, "uncoded", 0), "1");
	assert_string_equal(printed(x, "cm", 2), "・気づきがあった"); /* a code on an answer without text counts nowhere */
	assert_string_equal(printed(x, "will", 2), "・意欲が出た");
	assert_int_equal(tab_coding_agreement(t, &(struct tab_ask){.key = "text"}, &x), OK);
	sound(a, x);
	assert_int_equal(x->base.n, 8);
	assert_string_equal(printed(x, "all", 0), "6");
	assert_string_equal(printed(x, "all", 1), "75%");
	assert_string_equal(printed(x, "cm", 1), "75%");
	assert_string_equal(printed(x, "will", 1), "88%");
	assert_int_equal(tab_text_list(t, &(struct tab_ask){.key = "text"}, &x), OK);
	assert_int_equal(x->n_rows, 10);
	d.owner = false;
	assert_int_equal(tab_text_list(t, &(struct tab_ask){.key = "text"}, &x), OK);
	assert_int_equal(x->n_rows, 0);
	d.n_codings = 0;
	d.owner = true;
	assert_int_equal(tab_coding_table(t, &(struct tab_ask){.key = "text"}, &x), ERR_TAB_QUESTION);
	assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = "text"}, &x), OK); /* uncoded: how many wrote */
	assert_string_equal(printed(x, "written", 0), "10");
	assert_string_equal(printed(x, "blank", 0), "1");
}

/* ---- C-184 ------------------------------------------------------------------------------------------------------- */

static void C_184_cross(void **state)
{
	struct arena *a = *state;
	static const struct tab_question q[] = {{.key = "meeting", .label = "会議の開催", .kind = TAB_SINGLE, OPTS(YES_NO)}, {.key = "need", .label = "ニーズの把握", .kind = TAB_SINGLE, OPTS(YES_NO)}};
	const char **lines = ARENA_ARRAY(a, 100, const char *);
	int *area = ARENA_ARRAY(a, 100, int);
	for (int i = 0; i < 100; i++) { /* meeting yes: 60, of them 40 without; meeting no: 40, of them 10 with */
		lines[i] = arena_fmt(a, "%d 1 web %s %s", i + 1, i < 60 ? "yes" : "no", i < 40 ? "no" : i < 70 ? "yes" : "no");
		area[i] = i % 4 == 3 ? -1 : i % 2;
	}
	static const struct tab_option areas[] = {{"n", "北"}, {"s", "南"}};
	const struct tab_trait trait = {"area", "圏域", areas, 2, area};
	struct tab_data d = survey(q, 2, 1);
	units_of(a, &d, 100);
	typed(a, &d, lines, 100);
	d.traits = &trait;
	d.n_traits = 1;
	const struct tab *t = opened(a, &d);
	struct tab_table *x;
	assert_int_equal(tab_cross(t, &(struct tab_cross_ask){.rows.key = "meeting", .by = TAB_BY_QUESTION, .by_key = "need"}, &x), OK);
	sound(a, x);
	/* columns: need yes, need no, total; each count, share of column, of row, of all */
	assert_string_equal(x->cols[4].group, "実施なし");
	assert_string_equal(printed(x, "yes", 4), "40");
	assert_string_equal(printed(x, "yes", 5), "57%"); /* of 70 without capture */
	assert_string_equal(printed(x, "yes", 6), "67%"); /* of 60 with a meeting */
	assert_string_equal(printed(x, "yes", 7), "40%"); /* of 100 */
	assert_int_equal(x->cols[5].base.n, 70);
	assert_int_equal(x->rows[0].base.n, 60);
	assert_int_equal(x->cols[7].base.n, 100);
	assert_string_equal(printed(x, "total", 8), "100");
	assert_int_equal(tab_cross(t, &(struct tab_cross_ask){.rows.key = "meeting", .by = TAB_BY_TRAIT, .by_key = "area", .show = TAB_SHOW_COLUMN}, &x), OK);
	sound(a, x);
	assert_int_equal(x->n_cols, 8); /* north, south, not known, total */
	assert_string_equal(printed(x, "total", 0), "50");
	assert_string_equal(printed(x, "total", 4), "25");
	assert_int_equal(tab_cross(t, &(struct tab_cross_ask){.rows = {.key = "meeting", .rule = TAB_LATEST}, .by = TAB_BY_TRAIT, .by_key = "area"}, &x), OK);
	assert_int_equal(x->base.counts, TAB_OF_UNITS);
	assert_int_equal(tab_cross(t, &(struct tab_cross_ask){.rows = {.key = "meeting", .rule = TAB_LATEST}, .by = TAB_BY_QUESTION, .by_key = "need"}, &x), OK);
	assert_string_equal(printed(x, "yes", 4), "40");
	assert_int_equal(tab_cross(t, &(struct tab_cross_ask){.rows.key = "meeting", .by = TAB_BY_TRAIT, .by_key = "size"}, &x), ERR_TAB_QUESTION);
	assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = "need", .filter.trait = "area", .filter.trait_value = "n"}, &x), OK);
	assert_int_equal(x->base.n, 50);
	assert_string_equal(x->base.words, "圏域が「北」の回答");
}

/* ---- dates ------------------------------------------------------------------------------------------------------- */

static void dates_by_month_or_year(void **state)
{
	struct arena *a = *state;
	static const struct tab_question q[] = {{.key = "on", .label = "実施した日", .kind = TAB_DATE}};
	static const char *const lines[] = {"1 1 web 2024-04-01", "2 1 web 2024-04-30", "3 1 web 2024-06-15", "4 1 web -"};
	static const char *const wide[] = {"1 1 web 2019-04-01", "2 1 web 2024-04-30", "3 1 web 2024-06-15", "4 1 web -"};
	struct tab_data d = survey(q, 1, 1);
	units_of(a, &d, 4);
	typed(a, &d, lines, 4);
	struct tab_table *x;
	assert_int_equal(tab_question_table(opened(a, &d), &(struct tab_ask){.key = "on"}, &x), OK);
	sound(a, x);
	assert_int_equal(x->n_rows, 5); /* April, May, June, no answer, total */
	assert_string_equal(x->rows[0].label, "令和6年4月");
	assert_string_equal(printed(x, "2024-04", 0), "2");
	assert_string_equal(printed(x, "2024-05", 0), "0");
	typed(a, &d, wide, 4);
	assert_int_equal(tab_question_table(opened(a, &d), &(struct tab_ask){.key = "on"}, &x), OK);
	assert_string_equal(printed(x, "2024", 0), "2");
	assert_string_equal(printed(x, "2020", 0), "0");
}

/* ---- bad data ---------------------------------------------------------------------------------------------------- */

static void data_that_contradict_themselves(void **state)
{
	struct arena *a = *state;
	static const struct tab_question q[] = {{.key = "k", .label = "どれ", .kind = TAB_SINGLE, OPTS(ABC)}, {.key = "n", .label = "数", .kind = TAB_NUMBER, .of_key = "k", .of_option = "a"}};
	static const char *const lines[] = {"1 1 web a 1", "2 1 web b -"};
	struct tab_data d = survey(q, 2, 1);
	const struct tab *t = NULL;
	const char *why;
	units_of(a, &d, 2);
	typed(a, &d, lines, 2);
	d.columns[0].bits[1] = 3; /* two choices in a single one */
	assert_int_equal(tab_open(a, &d, &t, &why), ERR_TAB_DATA);
	assert_non_null(strstr(why, "「k」の 2 件目"));
	d.columns[0].bits[1] = 16; /* an option that does not stand on the paper */
	assert_int_equal(tab_open(a, &d, &t, &why), ERR_TAB_DATA);
	d.columns[0].bits[1] = 2;
	d.columns[0].bits[1] = 0; /* a single choice that is none */
	assert_int_equal(tab_open(a, &d, &t, &why), ERR_TAB_DATA);
	d.columns[0].bits[1] = 2;
	((uint32_t *)d.answers.unit_of)[1] = 2;
	assert_int_equal(tab_open(a, &d, &t, &why), ERR_TAB_DATA);
	((uint32_t *)d.answers.unit_of)[1] = 1;
	struct tab_question bad[] = {q[0], q[1]};
	bad[1].of_option = "z";
	d.questions = bad;
	assert_int_equal(tab_open(a, &d, &t, &why), ERR_TAB_DATA);
	d.questions = q;
	d.n_rounds = 0;
	assert_int_equal(tab_open(a, &d, &t, &why), ERR_TAB_DATA);
	d.n_rounds = 1;
	assert_int_equal(tab_open(a, &d, &t, &why), OK);
	d.answers.n = 0; /* nobody has answered yet */
	struct tab_table *x;
	t = opened(a, &d);
	assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = "k"}, &x), OK);
	sound(a, x);
	assert_string_equal(printed(x, "a", 1), "該当なし");
}

int main(void)
{
	const struct CMUnitTest tests[] = {UNIT(C_168_same_printed_number_twice), UNIT(C_171_modes), UNIT(C_173_X_06_period_not_finished),
		UNIT(C_174_changed_wording_is_tabulated_apart), UNIT(C_175_C_176_response_and_frame), UNIT(C_175_not_answered_is_not_no), UNIT(C_177_X_02_ever_never_silent),
		UNIT(C_178_X_04_rules), UNIT(C_179_units_and_answers_say_so), UNIT(C_180_denominators), UNIT(C_181_answers_or_ticks), UNIT(C_182_half_up_and_sum),
		UNIT(rule_5_11_parts_and_totals), UNIT(C_183_groups_quotes_agreement), UNIT(C_184_cross), UNIT(dates_by_month_or_year), UNIT(data_that_contradict_themselves)};
	return cmocka_run_group_tests_name("tab", tests, NULL, NULL);
}
