/* region/tab_words and region/tab_report: sentences say what the tables print (C-185, C-186), the report is whole (C-179), JSON and CSV carry it. */
#include "tab_world.h"

#include "codec/json.h"
#include "region/tab_report.h"

static void C_186_X_05_round_words(void **state)
{
	struct arena *a = *state;
	static const struct { int64_t num, den; const char *want; } rows[] = {{17, 22, "約8割"}, {39, 61, "約6割"}, {15, 22, "約7割"}, {40, 81, "約半数"}, {450, 1000, "約半数"},
		{449, 1000, "約4割"}, {549, 1000, "約半数"}, {550, 1000, "約6割"}, {65, 100, "約7割"}, {64, 100, "約6割"}, {73, 81, "約9割"}, {96, 100, "ほぼすべて"}, {949, 1000, "約9割"},
		{38, 39, "ほぼすべて"}, {10, 10, "すべて"}, {0, 10, "なし"}, {1, 81, "ごく一部"}, {5, 100, "約1割"}, {15, 100, "約2割"}, {0, 0, "該当なし"}, {77, 100, "約8割"}};
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		assert_string_equal(tab_word_share(a, rows[i].num, rows[i].den), rows[i].want);
	for (int64_t n = 0; n <= 1000; n++) { /* never below the tens of the true share cut off, never more than half a ten away */
		const char *w = tab_word_share(a, n, 1000);
		int64_t tens;
		if (sscanf(w, "約%" SCNd64 "割", &tens) == 1)
			assert_true(n >= tens * 100 - 50 && n < tens * 100 + 50);
	}
	assert_string_equal(tab_word_one_in(a, 57, 1000, "人"), "17人に1人"); /* §5.6: floor(1 / 0.057) */
	assert_string_equal(tab_word_one_in(a, 0, 1000, "人"), "");
}

static void X_05_words_never_without_the_figure(void **state)
{
	struct arena *a = *state;
	struct tab_data d = rehab(a);
	const struct tab *t = opened(a, &d);
	const char *s, *codes[] = {"used"};
	assert_int_equal(tab_say_options(t, &(struct tab_ask){.key = "programme"}, codes, 1, &(struct tab_say){TAB_STYLE_DESU, true}, &s), OK);
	assert_string_equal(s, "「実施あり」とした回答（延べ）81件のうち、派遣事業の活用について「活用あり」と回答したのは、40件（49%、約半数）です。");
	assert_int_equal(tab_say_top(t, "nothing", 2, NULL, &(struct tab_say){0}, &s), ERR_TAB_QUESTION);
	codes[0] = "unknown";
	assert_int_equal(tab_say_options(t, &(struct tab_ask){.key = "programme"}, codes, 1, &(struct tab_say){0}, &s), ERR_TAB_QUESTION);
	/* of several choices counts are united, not added: at least one of the two occasions */
	const char *two[] = {"case_conf", "visit"};
	assert_int_equal(tab_say_options(t, &(struct tab_ask){.key = "occasion"}, two, 2, &(struct tab_say){TAB_STYLE_NOUN, false}, &s), OK);
	assert_non_null(strstr(s, "あわせて70件（86%）"));
}

static void C_185_sentences_of_change_and_ties(void **state)
{
	struct arena *a = *state;
	static const struct tab_question q[] = {{.key = "did", .label = "実施", .kind = TAB_SINGLE, OPTS(YES_NO)}, {.key = "k", .label = "種類", .kind = TAB_MULTI, OPTS(ABC)}};
	static const char *const lines[] = {"1 1 web yes a|b", "2 1 web no a|b", "3 1 web no c", "1 2 web yes -", "2 2 web yes -", "3 2 web no -", "4 2 web no -"};
	struct tab_data d = survey(q, 2, 2);
	units_of(a, &d, 4);
	typed(a, &d, lines, 7);
	const struct tab *t = opened(a, &d);
	struct tab_table *x;
	const char *s;
	assert_int_equal(tab_compare(t, &(struct tab_ask){.key = "did"}, 0, 1, &x), OK);
	sound(a, x);
	assert_string_equal(printed(x, "yes", 1), "33%");
	assert_string_equal(printed(x, "yes", 3), "50%");
	assert_string_equal(printed(x, "yes", 4), "+17"); /* 50 - 33.33 = 16.67, not the difference of rounded shares by chance */
	assert_string_equal(printed(x, "no", 4), "-17");
	assert_int_equal(tab_compare(t, &(struct tab_ask){.key = "did", .places = 1}, 1, 0, &x), OK); /* the other way round */
	assert_string_equal(printed(x, "yes", 4), "-16.7");
	assert_int_equal(tab_say_change(t, &(struct tab_ask){.key = "did"}, "yes", 0, 1, &(struct tab_say){0}, &s), OK);
	assert_string_equal(s, "「実施あり」と回答した割合は、第1四半期が33%（回答 n=3）、第2四半期が50%（回答 n=4）で、17ポイント増えています。");
	assert_int_equal(tab_say_change(t, &(struct tab_ask){.key = "did"}, "yes", 1, 1, &(struct tab_say){TAB_STYLE_NOUN, false}, &s), OK);
	assert_non_null(strstr(s, "で、ほぼ同じ"));
	assert_int_equal(tab_say_rank(t, &(struct tab_ask){.key = "k", .filter.rounds = 1}, &(struct tab_say){0}, &s), OK);
	assert_string_equal(s, "第1四半期の回答3件のうち、「種類」で最も多いのは「ア」「イ」（2件、67%）、次いで「ウ」（1件、33%）です。");
	assert_int_equal(tab_compare(t, &(struct tab_ask){.key = "did"}, 0, 9, &x), ERR_TAB_QUESTION);
	d.owner = false;
	assert_int_equal(tab_say_change(t, &(struct tab_ask){.key = "did"}, "yes", 0, 1, &(struct tab_say){0}, &s), OK);
	assert_string_equal(s, "「実施あり」と回答した割合の変化は、少数のため示していません。");
}

/* ---- report ------------------------------------------------------------------------------------------------------ */

static struct tab_data year(struct arena *a)
{
	struct tab_data d = rehab(a);
	struct tab_round *r = arena_copy(a, FOUR, sizeof FOUR);
	for (int i = 0; i < 4; i++) {
		r[i].from = civil_add_months(civil_from(2024, 4, 1), 3 * i);
		r[i].to = civil_add_months(r[i].from, 3) - 1;
	}
	r[0].asked_on = civil_from(2024, 7, 1), r[1].asked_on = civil_from(2024, 10, 1), r[2].asked_on = civil_from(2025, 1, 6), r[3].asked_on = civil_from(2025, 3, 3);
	d.rounds = r;
	d.purpose = "実施状況と課題を把握し、今後の施策に生かすため。";
	d.as_of = civil_from(2025, 4, 30);
	return d;
}

static const struct tab_section *section_of(const struct tab_report *r, enum tab_section_kind kind, const char *part)
{
	for (size_t i = 0; i < r->n_sections; i++)
		if (r->sections[i].kind == kind && strstr(r->sections[i].title, part))
			return &r->sections[i];
	fail_msg("no section %s", part);
	return NULL;
}

static void report_is_whole(void **state)
{
	struct arena *a = *state;
	struct tab_data d = year(a);
	const struct tab *t = opened(a, &d);
	struct tab_report *r;
	const struct tab_cross_ask cross = {.rows.key = "did", .by = TAB_BY_QUESTION, .by_key = "plan"};
	assert_int_equal(tab_report(t, &(struct tab_report_ask){.crosses = &cross, .n_crosses = 1}, &r), OK);
	size_t tables = 0;
	for (size_t i = 0; i < r->n_sections; i++)
		for (size_t k = 0; k < r->sections[i].n_tables; k++, tables++)
			sound(a, r->sections[i].tables[k]);
	assert_true(tables >= 17);
	for (size_t i = 0; i < r->n_sections; i++) /* ids are unique: a page can point at one */
		for (size_t k = 0; k < r->sections[i].n_tables; k++)
			for (size_t j = 0; j < r->n_sections; j++)
				for (size_t m = 0; m < r->sections[j].n_tables; m++)
					if (i != j || k != m)
						assert_string_not_equal(r->sections[i].tables[k]->id, r->sections[j].tables[m]->id);
	const struct tab_section *s = section_of(r, TAB_SEC_OUTLINE, "概要");
	static const char *const heads[] = {"調査目的", "調査対象", "調査方法", "調査期間", "依頼した日", "回答数", "集計した日"};
	assert_int_equal(s->n_items, COUNT_OF(heads));
	for (size_t i = 0; i < s->n_items; i++)
		assert_string_equal(s->items[i].head, heads[i]);
	assert_string_equal(s->items[1].text, "市内の地域包括支援センター（61か所）");
	assert_string_equal(s->items[2].text, "ウェブ・郵送・ファクス・ファイル");
	assert_string_equal(s->items[3].text, "令和6年4月1日〜令和7年3月31日");
	assert_string_equal(s->items[5].text, "延べ231件");
	assert_non_null(strstr(s->words[0], "第4四半期は、対象とする期間")); /* */
	s = section_of(r, TAB_SEC_RESPONSE, "");
	assert_string_equal(s->words[0], "依頼した延べ244か所のうち231か所から回答があり、回答率は94.7%です。");
	s = section_of(r, TAB_SEC_QUESTION, "Q7 連携の効果");
	assert_non_null(strstr(s->words[0], "あわせて73件（90%）"));
	s = section_of(r, TAB_SEC_QUESTION, "Q7 今後");
	assert_non_null(strstr(s->words[0], "39か所のうち"));
	assert_non_null(strstr(s->words[0], "38か所（97%）"));
	assert_non_null(strstr(s->words[1], "17か所（77%）"));
	assert_int_equal(s->n_tables, 3); /* ever, never, and the answers by round: units and answers on one page (C-179) */
	assert_int_equal(s->tables[0]->base.counts, TAB_OF_UNITS);
	assert_int_equal(s->tables[2]->base.counts, TAB_OF_ANSWERS);
	s = section_of(r, TAB_SEC_MEAN, "実施機会");
	assert_int_equal(s->n_words, 3);
	assert_int_equal(section_of(r, TAB_SEC_CROSS, "")->n_tables, 1);
	assert_true(section_of(r, TAB_SEC_SUMMARY, "")->n_words > 8);
	assert_int_equal(r->sections[r->n_sections - 1].kind, TAB_SEC_SUMMARY);
	/* with the last two rounds beside each other */
	size_t before = tables;
	tables = 0;
	assert_int_equal(tab_report(t, &(struct tab_report_ask){.compare = true, .of_ticks = true}, &r), OK);
	for (size_t i = 0; i < r->n_sections; i++)
		tables += r->sections[i].n_tables;
	assert_int_equal(tables, before - 1 + 8); /* no cross; eight questions with options */
	s = section_of(r, TAB_SEC_QUESTION, "Q2");
	assert_string_equal(s->tables[1]->id, "compare.did");
	assert_string_equal(s->words[1], "「実施あり」と回答した割合は、第3四半期が35%（回答 n=60）、第4四半期が42%（回答 n=57）で、7ポイント増えています。");
	/* one quarter only */
	assert_int_equal(tab_report(t, &(struct tab_report_ask){.filter.rounds = 2}, &r), OK);
	assert_string_equal(section_of(r, TAB_SEC_OUTLINE, "")->items[3].text, "令和6年7月1日〜令和6年9月30日");
	/* and for a reader who is not the owner: no lists, nothing small */
	d.owner = false;
	t = opened(a, &d);
	assert_int_equal(tab_report(t, &(struct tab_report_ask){0}, &r), OK);
	for (size_t i = 0; i < r->n_sections; i++)
		for (size_t k = 0; k < r->sections[i].n_tables; k++) {
			const struct tab_table *x = r->sections[i].tables[k];
			assert_string_not_equal(x->id, "nonanswer");
			for (size_t m = 0; m < x->n_rows && r->sections[i].kind == TAB_SEC_QUESTION; m++)
				for (size_t c = 0; c < x->n_cols; c++)
					if (x->rows[m].cells[c].kind == TAB_CELL_COUNT)
						assert_true(x->rows[m].cells[c].num == 0 || x->rows[m].cells[c].num >= 3);
		}
}

static void report_of_an_anonymous_survey(void **state)
{
	struct arena *a = *state;
	struct tab_data d = year(a);
	d.anonymous = true;
	for (int i = 0; i < 4; i++)
		((struct tab_round *)d.rounds)[i].n_invited = 61;
	const struct tab *t = opened(a, &d);
	struct tab_report *r;
	assert_int_equal(tab_report(t, &(struct tab_report_ask){0}, &r), OK);
	for (size_t i = 0; i < r->n_sections; i++) {
		assert_int_not_equal(r->sections[i].kind, TAB_SEC_EVER);
		for (size_t k = 0; k < r->sections[i].n_tables; k++) {
			sound(a, r->sections[i].tables[k]);
			assert_int_not_equal(r->sections[i].tables[k]->base.counts, TAB_OF_UNITS);
		}
	}
	assert_int_equal(tab_report(t, &(struct tab_report_ask){.unit = "c3"}, &r), ERR_TAB_UNIT);
}

static void report_for_one_unit(void **state)
{
	struct arena *a = *state;
	struct tab_data d = year(a);
	d.owner = false;
	const struct tab *t = opened(a, &d);
	struct tab_report *r;
	size_t u = d.answers.unit_of[0];
	assert_int_equal(tab_report(t, &(struct tab_report_ask){.unit = d.units[u].id}, &r), OK);
	assert_string_equal(r->unit, d.units[u].label);
	const struct tab_section *s = section_of(r, TAB_SEC_OWN, "Q2");
	const struct tab_table *x = s->tables[0];
	sound(a, x);
	assert_string_equal(x->cols[0].group, "全体");
	assert_int_equal(x->base.n, 231);
	assert_string_equal(x->cols[2].group, d.units[u].label);
	for (size_t k = 0; k < d.answers.n; k++) { /* each of its answers is marked where it belongs */
		if (d.answers.unit_of[k] != u)
			continue;
		size_t c = 2 + d.answers.round_of[k];
		assert_string_equal(printed(x, "yes", c), d.columns[0].bits[k] == 1 ? "◯" : "");
		assert_string_equal(printed(x, "no", c), d.columns[0].bits[k] == 2 ? "◯" : "");
	}
	for (size_t i = 0; i < r->n_sections; i++) { /* and nobody else's words or name */
		assert_true(r->sections[i].kind == TAB_SEC_OWN || r->sections[i].kind == TAB_SEC_OUTLINE);
		for (size_t k = 0; k < r->sections[i].n_tables; k++)
			sound(a, r->sections[i].tables[k]);
	}
	const char *json = tab_json(a, r);
	for (size_t i = 0; i < d.n_units; i++)
		if (i != u)
			assert_null(strstr(json, d.units[i].label));
	assert_int_equal(tab_report(t, &(struct tab_report_ask){.unit = "nobody"}, &r), ERR_TAB_QUESTION);
}

static void json_and_csv(void **state)
{
	struct arena *a = *state;
	struct tab_data d = year(a);
	d.owner = false;
	const struct tab *t = opened(a, &d);
	struct tab_report *r;
	struct json *j;
	const char *why, *bytes;
	size_t n;
	assert_int_equal(tab_report(t, &(struct tab_report_ask){0}, &r), OK);
	const char *text = tab_json(a, r);
	assert_int_equal(json_parse(a, text, strlen(text), NULL, &j, &why), OK);
	const struct json *sections = json_get(j, "sections");
	assert_int_equal(sections->n, r->n_sections);
	for (size_t i = 0; i < sections->n; i++) {
		const struct json *tables = json_get(json_at(sections, i), "tables");
		for (size_t k = 0; k < tables->n; k++) {
			const struct json *x = json_at(tables, k);
			const struct tab_table *want = r->sections[i].tables[k];
			assert_string_equal(json_get_text(x, "id", ""), want->id);
			assert_string_equal(json_get_text(json_get(x, "base"), "words", ""), want->base.words);
			for (size_t m = 0; m < want->n_rows; m++)
				for (size_t c = 0; c < want->n_cols; c++) {
					const struct json *cell = json_at(json_get(json_at(json_get(x, "rows"), m), "cells"), c);
					const struct tab_cell *w = &want->rows[m].cells[c];
					int64_t num;
					assert_string_equal(json_get_text(cell, "text", NULL), w->text);
					if (w->kind == TAB_CELL_COUNT) {
						assert_true(json_int(json_get(cell, "num"), &num));
						assert_int_equal(num, w->num);
					}
					if (w->kind == TAB_CELL_SECRET) {
						assert_null(json_get(cell, "num"));
						assert_null(json_get(cell, "den"));
					}
				}
		}
	}
	assert_int_equal(tab_csv(a, r, &bytes, &n), OK);
	struct csv c = csv_open(bytes, n, ',', CSV_UTF8);
	struct csv_row row;
	size_t lines = 0, bases = 0;
	bool programme = false;
	while (csv_next(&c, a, &row)) {
		assert_int_equal(row.bad, OK);
		lines++;
		bases += strstr(row.cells[0], " n=") != NULL && row.n == 1;
		programme |= str_eq(row.cells[0], "活用あり") && str_eq(csv_cell(&row, (int)row.n - 2), "40");
	}
	size_t tables = 0;
	for (size_t i = 0; i < r->n_sections; i++)
		tables += r->sections[i].n_tables;
	assert_true(lines > 100);
	assert_int_equal(bases, tables); /* no table without its base under the title */
	assert_true(programme);
}

/* Who never answered has not said "never": three parts that add up to the frame, and nothing empty in the summary (§5.3, C-177, X-02). */
static void C_177_silent_units_are_told(void **state)
{
	struct arena *a = *state;
	static const struct tab_question q[] = {{.key = "did", .label = "連携を実施しましたか", .label_short = "実施", .kind = TAB_SINGLE, .role = "did", OPTS(YES_NO)},
		{.key = "kind", .label = "どれですか", .label_short = "種類", .asked_if = "「実施なし」とした", .kind = TAB_SINGLE, .role = "programme", OPTS(ABC)},
		{.key = "plan", .label = "今後", .label_short = "今後の予定", .kind = TAB_SINGLE, .role = "plan", OPTS(YES_NO)}};
	static const char *const lines[] = {"1 1 web yes . yes"};
	struct tab_data d = survey(q, 3, 2);
	units_of(a, &d, 61);
	typed(a, &d, lines, 1);
	struct tab_report *r;
	const char *s;
	struct tab_ask ask = {.key = "did", .option = "yes"};
	assert_int_equal(tab_say_ever(opened(a, &d), &ask, &(struct tab_say){TAB_STYLE_DESU, true}, true, &s), OK);
	assert_string_equal(s, "市内61か所のうち、回答はあり、一度も「実施あり」と回答していない地域包括支援センターは0か所（0%、なし）です。");
	assert_int_equal(tab_say_silent(opened(a, &d), &ask, &(struct tab_say){TAB_STYLE_DESU, false}, &s), OK);
	assert_string_equal(s, "市内61か所のうち、どの回にもこの設問への回答がない地域包括支援センターは60か所（98%）です。");
	ask.fold_silent = true; /* told in the note of the table then */
	assert_int_equal(tab_say_silent(opened(a, &d), &ask, &(struct tab_say){0}, &s), OK);
	assert_string_equal(s, "");
	assert_int_equal(tab_report(opened(a, &d), &(struct tab_report_ask){0}, &r), OK);
	const struct tab_section *ever = section_of(r, TAB_SEC_EVER, "実施"), *kind = section_of(r, TAB_SEC_QUESTION, "どれですか"), *sum = section_of(r, TAB_SEC_SUMMARY, "");
	assert_int_equal(ever->n_words, 3);
	assert_int_equal(kind->n_words, 1);
	assert_string_equal(kind->words[0], "「実施なし」とした回答（延べ）は0件のため、種類についての集計はありません。");
	bool silent = false;
	for (size_t i = 0; i < sum->n_words; i++) {
		silent = silent || strstr(sum->words[i], "回答がない地域包括支援センターは60か所") != NULL;
		assert_null(strstr(sum->words[i], "集計はありません"));
	}
	assert_true(silent);
	d.owner = false; /* two silent of five: not told, and no figure that tells it */
	static const char *const more[] = {"1 1 web yes . yes", "2 1 web yes . yes", "3 1 web yes . yes"};
	units_of(a, &d, 5);
	typed(a, &d, more, 3);
	assert_int_equal(tab_say_silent(opened(a, &d), &(struct tab_ask){.key = "did", .option = "yes"}, &(struct tab_say){0}, &s), OK);
	assert_non_null(strstr(s, "少数のため示していません"));
	/* who answered stands in the table of the response: no table of units then, or the hidden part could be told by subtraction */
	assert_int_equal(tab_report(opened(a, &d), &(struct tab_report_ask){0}, &r), OK);
	assert_int_equal(section_of(r, TAB_SEC_EVER, "実施")->n_tables, 0);
	for (size_t i = 0; i < r->n_sections; i++)
		for (size_t k = 0; k < r->sections[i].n_tables; k++)
			assert_int_not_equal(r->sections[i].tables[k]->base.counts, TAB_OF_UNITS);
}

/* A request that has not gone out is planned, not done; who was not asked is not missing (C-173, C-175). */
static void C_173_planned_requests(void **state)
{
	struct arena *a = *state;
	struct tab_data d = year(a);
	struct tab_round *r = arena_copy(a, d.rounds, 4 * sizeof *r);
	uint64_t *waiting = ARENA_ARRAY(a, d.n_units, uint64_t);
	static const char *const lines[] = {"1 1 web yes", "2 1 web no"};
	static const struct tab_question q[] = {{.key = "did", .label = "実施", .kind = TAB_SINGLE, OPTS(YES_NO)}};
	d.questions = q;
	d.n_questions = 1;
	d.n_codings = 0;
	d.answers = (struct tab_answers){0};
	units_of(a, &d, 17);
	typed(a, &d, lines, 2);
	d.rounds = r;
	d.as_of = civil_from(2024, 11, 26);
	r[2].asked_on = civil_from(2024, 11, 20);
	r[2].planned = r[3].planned = r[3].not_begun = true;
	r[2].finished = r[3].finished = false;
	for (size_t u = 0; u < 17; u++)
		waiting[u] = 12 | (u >= 5);
	d.waiting = waiting;
	const struct tab *t = opened(a, &d);
	const char **notes, *s;
	assert_int_equal(tab_round_notes(t, NULL, &notes), 4);
	assert_string_equal(notes[0], "第3四半期は、依頼の予定の日（令和6年11月20日）になりましたが、まだ依頼していません。");
	assert_string_equal(notes[2], "第4四半期は、まだ依頼していません（令和7年3月3日に依頼する予定です。対象とする期間が終わる前の依頼になります）。");
	assert_string_equal(notes[3], "第4四半期の対象とする期間は、まだ始まっていません。");
	struct tab_report *rep;
	assert_int_equal(tab_report(t, &(struct tab_report_ask){0}, &rep), OK);
	const struct tab_section *outline = section_of(rep, TAB_SEC_OUTLINE, "");
	for (size_t i = 0; i < outline->n_items; i++)
		if (str_eq(outline->items[i].head, "依頼した日"))
			assert_non_null(strstr(outline->items[i].text, "第4四半期：令和7年3月3日（予定）"));
	struct tab_table *x;
	assert_int_equal(tab_response(t, &(struct tab_filter){.rounds = 1}, &x), OK);
	assert_string_equal(printed(x, "q1", 0), "5");
	assert_string_equal(printed(x, "q1", 2), "3");
	assert_int_equal(tab_response(t, &(struct tab_filter){.rounds = 8}, &x), OK);
	assert_string_equal(printed(x, "q4", 3), "該当なし");
	assert_string_equal(x->rows[0].label, "第4四半期（依頼前）");
	assert_int_equal(tab_say_response(t, &(struct tab_filter){.rounds = 8}, &(struct tab_say){0}, &s), OK);
	assert_string_equal(s, "まだ依頼していないため、回答率はありません。");
	assert_int_equal(tab_nonanswer(t, &(struct tab_filter){.rounds = 1}, &x), OK);
	assert_int_equal(x->n_rows, 3);
	assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = "did", .by_round = true}, &x), OK);
	assert_string_equal(x->cols[6].group, "第4四半期（まだ始まっていません）");
	assert_string_equal(tab_col_group(a, &x->cols[6]), "第4四半期（まだ始まっていません）");
	assert_string_equal(tab_col_group(a, &(struct tab_col){.group = "第1センター", .unfinished = true}), "第1センター（途中）");
}

/* Two sides by question key: rounds added up, another survey, another wording; where small cells are hidden, nothing beyond the table (F094, C-174, C-193). */
static void F094_sides_compared(void **state)
{
	struct arena *a = *state;
	static const struct tab_option other[] = {{"yes", "実施あり"}, {"no", "なし"}};
	static const struct tab_question q[] = {{.key = "did", .label = "実施", .kind = TAB_SINGLE, OPTS(YES_NO)}, {.key = "old", .label = "やめた", .kind = TAB_SINGLE, OPTS(YES_NO)}};
	static const struct tab_question changed[] = {{.key = "did", .label = "実施", .kind = TAB_SINGLE, OPTS(other)}};
	static const char *const lines[] = {"1 1 web yes no", "2 1 web no no", "1 2 web yes no", "2 2 web yes no", "1 3 web yes no", "2 3 web no no", "3 3 web no no", "4 3 web no no"};
	struct tab_data d = survey(q, 2, 3), e = survey(changed, 1, 1);
	struct tab_table *x;
	units_of(a, &d, 4);
	typed(a, &d, lines, 8);
	units_of(a, &e, 1);
	typed(a, &e, (const char *const[]){"1 1 web yes"}, 1);
	const struct tab *t = opened(a, &d), *u = opened(a, &e);
	const struct tab_ask ask = {.key = "did"};
	assert_int_equal(tab_compare_sides(&ask, &(struct tab_side){t, 3, "前半"}, &(struct tab_side){t, 4, "後半"}, &x), OK);
	sound(a, x);
	assert_string_equal(printed(x, "yes", 0), "3");
	assert_string_equal(printed(x, "yes", 1), "75%");
	assert_string_equal(printed(x, "yes", 3), "25%");
	assert_string_equal(printed(x, "yes", 4), "-50");
	assert_string_equal(tab_base_text(a, &x->cols[0].base), "回答（延べ） n=4");
	const char *s;
	assert_int_equal(tab_say_moved(a, x, "yes", "前半", "後半", &(struct tab_say){0}, &s), OK);
	assert_string_equal(s, "「実施あり」と回答した割合は、前半が75%（回答（延べ） n=4）、後半が25%（回答 n=4）で、50ポイント減っています。");
	assert_int_equal(tab_compare_sides(&ask, &(struct tab_side){u, 1, "昨年"}, &(struct tab_side){t, 7, "今年"}, &x), ERR_TAB_KIND); /* an option reads otherwise */
	assert_int_equal(tab_compare_sides(&(struct tab_ask){.key = "old"}, &(struct tab_side){u, 1, "昨年"}, &(struct tab_side){t, 7, "今年"}, &x), ERR_TAB_QUESTION);
	d.owner = false; /* three rounds of small cells: the comparison prints no figure that the table of the rounds hides */
	t = opened(a, &d);
	struct tab_table *whole;
	assert_int_equal(tab_question_table(t, &(struct tab_ask){.key = "did", .by_round = true}, &whole), OK);
	assert_int_equal(tab_compare_sides(&ask, &(struct tab_side){t, 3, "前半"}, &(struct tab_side){t, 4, "後半"}, &x), OK);
	sound(a, x);
	assert_int_equal(tab_cell_of(whole, "yes", 4)->kind, TAB_CELL_SECRET);
	assert_int_equal(tab_cell_of(x, "yes", 2)->kind, TAB_CELL_SECRET);
	assert_int_equal(tab_cell_of(x, "yes", 0)->kind, TAB_CELL_SECRET); /* 1 + 2 would tell both with the year */
	assert_int_equal(tab_cell_of(x, "yes", 4)->kind, TAB_CELL_SECRET);
}

/* A code book without one text in it counts nothing (C-183). */
static void C_183_nothing_coded_yet(void **state)
{
	struct arena *a = *state;
	static const struct tab_question q[] = {{.key = "why", .label = "理由", .kind = TAB_TEXT}};
	static const char *const lines[] = {"1 1 web 本文1", "2 1 web 本文2", "3 1 web -"};
	struct tab_data d = survey(q, 1, 1);
	const struct tab_coded one = {.answer = 0, .first = 1, .has_first = true};
	struct tab_coding coding = {.key = "why", .groups = ABC, .n_groups = 3};
	struct tab_table *x;
	units_of(a, &d, 3);
	typed(a, &d, lines, 3);
	d.codings = &coding;
	d.n_codings = 1;
	assert_int_equal(tab_question_table(opened(a, &d), &(struct tab_ask){.key = "why"}, &x), OK);
	assert_int_equal(x->n_rows, 3); /* 記入あり, 無回答, the base: no group with 0 % */
	assert_int_equal(x->chart, TAB_CHART_NONE);
	assert_true(noted(x, "記入のある2件は、まだ分類していません。"));
	coding.coded = &one;
	coding.n_coded = 1;
	assert_int_equal(tab_question_table(opened(a, &d), &(struct tab_ask){.key = "why"}, &x), OK);
	assert_string_equal(x->id, "text.why");
	assert_string_equal(printed(x, "a", 0), "1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {UNIT(C_186_X_05_round_words), UNIT(X_05_words_never_without_the_figure), UNIT(C_185_sentences_of_change_and_ties),
		UNIT(report_is_whole), UNIT(report_of_an_anonymous_survey), UNIT(report_for_one_unit), UNIT(json_and_csv), UNIT(C_177_silent_units_are_told), UNIT(C_173_planned_requests), UNIT(C_183_nothing_coded_yet), UNIT(F094_sides_compared)};
	return cmocka_run_group_tests_name("tab_words", tests, NULL, NULL);
}
