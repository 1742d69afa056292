/* The figures against a hand sheet: C-195, C-196, C-198, C-199, C-201; the facts of a quarter for the survey (F081). */
#include "dispatch_world.h"

#include "region/dispatch_figures.h"
#include "region/dispatch_paper.h"
#include "region/dispatch_pay.h"

static const struct dispatch_share *share(const struct dispatch_share *v, size_t n, const char *code)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].code, code))
			return &v[i];
	fail_msg("no %s", code);
	return NULL;
}

static const struct dispatch_line *line(const struct dispatch_line *v, size_t n, const char *code)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].code, code))
			return &v[i];
	fail_msg("no %s", code);
	return NULL;
}

/* C-195: ten joint activities, four in the programme, six outside (hospital, day rehab, visiting rehab, own corporation). */
static void ten_activities_split_four_and_six(void **state)
{
	static const char *const outside[] = {"hospital", "hospital", "day_rehab", "visit_rehab", "own_corp", "prevention_centre"};
	struct world *w = *state;
	struct dispatch_year y;
	for (int i = 0; i < 4; i++)
		(void)held(w, 1, D(2026, 5, 1 + i), "visit", "other", true);
	for (size_t i = 0; i < 6; i++)
		(void)held(w, 1, D(2026, 8, 1 + (int)i), "other", outside[i], false);
	officer(w);
	ok(dispatch_year(&w->c, 50, w->c.today, &y));
	assert_int_equal(y.activities, 10);
	assert_int_equal(y.in_programme, 4);
	assert_int_equal(y.outside, 6);
	assert_int_equal(line(y.partners, y.n_partners, "hospital")->all, 2);
	assert_int_equal(line(y.partners, y.n_partners, "other")->all, 0); /* of the programme's none is counted here */
	assert_int_equal(line(y.programme, y.n_programme, "yes")->n[0], 4);
	assert_int_equal(line(y.programme, y.n_programme, "no")->n[1], 6);
	assert_int_equal(y.n_payees, 1);
	assert_int_equal(y.payees[0].yen, 32000);
}

/* The numbers of a line of the sheet, from the first quarter to the share. */
static void sheet_line(const struct dispatch_sheet *sheet, const char *table, const char *item, const char *want)
{
	for (size_t i = 0; i < sheet->n_rows; i++) {
		const char *const *row = sheet->cells + i * DISPATCH_SHEET;
		char got[200];
		if (!str_eq(row[0], table) || !strstr(row[1], item))
			continue;
		(void)snprintf(got, sizeof got, "%s|%s|%s|%s|%s|%s", row[2], row[3], row[4], row[5], row[6], row[7]);
		assert_string_equal(got, want);
		return;
	}
	fail_msg("no line %s %s", table, item);
}

/* C-201: centre × quarter by hand.  centre 1: 2 conferences + 1 visit in Q1, 1 visit in Q3; centre 2: 3 visits in Q3, 1 conference in Q4. */
static void a_year_equals_the_hand_sheet(void **state)
{
	struct world *w = *state;
	struct dispatch_year y;
	struct dispatch_sheet sheet;
	const char *csv;
	size_t n;
	(void)held(w, 1, D(2025, 4, 1), "case_conf", "other", false);
	(void)held(w, 1, D(2025, 6, 30), "case_conf", "other", true);
	(void)held(w, 1, D(2025, 6, 30), "visit", "other", false);
	(void)held(w, 1, D(2025, 10, 1), "visit", "other", true);
	for (int i = 0; i < 3; i++)
		(void)held(w, 2, D(2025, 12, 31), "visit", "other", false);
	(void)held(w, 2, D(2026, 1, 1), "case_conf", "other", false);
	(void)held(w, 2, D(2026, 4, 1), "case_conf", "other", false); /* the next year */
	(void)held(w, 2, D(2025, 3, 31), "case_conf", "other", false); /* the year before */
	officer(w);
	ok(dispatch_year(&w->c, 50, D(2025, 9, 1), &y));
	assert_int_equal(y.activities, 8);
	assert_int_equal(y.n_centres, 2);
	assert_int_equal(y.centres_did, 2);
	assert_int_equal(y.centres_used, 1);
	assert_int_equal(y.answers_did, 4);
	assert_int_equal(y.answers_used, 2);
	const struct dispatch_centre_year *one = &y.centres[y.centres[0].org_id == 1 ? 0 : 1];
	const int64_t by_hand[] = {3, 0, 1, 0};
	for (size_t q = 0; q < DISPATCH_QUARTERS; q++)
		assert_int_equal(one->n[q], by_hand[q]);
	assert_int_equal(one->case_conf, 2);
	assert_int_equal(one->visit, 2);
	const struct dispatch_line *conf = line(y.occasions, y.n_occasions, "case_conf"), *visit = line(y.occasions, y.n_occasions, "visit");
	assert_int_equal(conf->all, 3);
	assert_int_equal(conf->n[0], 2);
	assert_int_equal(conf->n[3], 1);
	assert_int_equal(visit->all, 5);
	assert_int_equal(visit->n[2], 4);
	/* 3 conferences in 2 pairs of centre and quarter that had one: 1.5; 5 visits in 3: 1.7; over the 4 pairs that did anything 0.8 and 1.3 */
	static const char *const means[] = {"1.5", "1.7", "0.8", "1.3", "4.0", "4.0"};
	assert_int_equal(y.n_means, 6);
	for (size_t i = 0; i < 6; i++) {
		assert_string_equal(y.means[i].mean, means[i]);
		assert_non_null(strstr(y.means[i].base_ja, "分母"));
	}
	dispatch_year_sheet(&w->c, &y, &sheet);
	for (size_t i = 0; i < sheet.n_rows; i++)
		assert_true(*sheet.cells[i * DISPATCH_SHEET] && *sheet.cells[i * DISPATCH_SHEET + 1] && *sheet.cells[i * DISPATCH_SHEET + 8]); /* no line without a base */
	/* every line with a base is divided by it, and the counts stand by quarter */
	sheet_line(&sheet, "総数", "連携の回数", "3|0|4|1|8|");
	sheet_line(&sheet, "総数", "活用あり", "1|0|1|0|2|25%");
	sheet_line(&sheet, "センター", "連携したセンター（", "1|0|2|1|2|100%");
	sheet_line(&sheet, "センター", "連携したセンターと四半期の組", "1|0|2|1|4|50%");
	sheet_line(&sheet, "機会", "アセスメント訪問", "1|0|4|0|5|63%"); /* 5 of 8 */
	sheet_line(&sheet, "活用", "活用なし", "2|0|3|1|6|75%");
	sheet_line(&sheet, "時期", "導入", "3|0|4|1|8|100%");
	sheet_line(&sheet, "理由", "つながり", "3|0|4|1|8|100%");
	sheet_line(&sheet, "派遣事業のほかの相手", "その他", "2|0|3|1|6|100%");
	sheet_line(&sheet, "謝金（円）", "計", "||||16,000|");
	ok(dispatch_year_csv(&w->c, 50, D(2025, 9, 1), &csv, &n));
	assert_non_null(strstr(csv, ",16000,"));
	assert_non_null(strstr(csv, "アセスメント訪問の平均回数（四半期ごと）"));
	/* what is owed: two dispatches of 8,000 yen, in order of their days; one when the period is half */
	struct dispatch_pay owed;
	size_t n_cells;
	ok(dispatch_pay(&w->c, 50, "", D(2025, 4, 1), D(2026, 3, 31), &owed));
	assert_int_equal(owed.n, 2);
	assert_int_equal(owed.yen, 16000);
	assert_int_equal(owed.lines[0].held_on, D(2025, 6, 30));
	const char *const *cells = dispatch_pay_cells(&w->c, &owed, &n_cells);
	assert_int_equal(n_cells, 4); /* two lines, the subtotal, the sum */
	assert_string_equal(cells[2 * DISPATCH_PAY_COLS + 5], "16,000");
	ok(dispatch_pay(&w->c, 50, owed.lines[0].org_pid, D(2025, 10, 1), D(2026, 3, 31), &owed));
	assert_int_equal(owed.n, 1);
	is_err(dispatch_pay(&w->c, 50, "", D(2025, 10, 1), D(2025, 9, 1), &owed), ERR_PERIOD_ORDER);
	fault_clear(&w->c);
	struct dispatch_paper p;
	ok(dispatch_paper_year(&w->c, 50, D(2025, 9, 1), &p));
	assert_memory_equal(p.bytes, "%PDF", 4);
	/* a centre sees its own numbers alone, another municipality nothing */
	be(w, 16, 1, ROLE_CENTRE_HEAD);
	ok(dispatch_year(&w->c, 50, D(2025, 9, 1), &y));
	assert_int_equal(y.activities, 4);
	assert_int_equal(y.n_centres, 1);
	manager3(w);
	is_err(dispatch_year(&w->c, 50, D(2025, 9, 1), &y), ERR_NOTFOUND);
	therapist(w);
	is_err(dispatch_year(&w->c, 50, D(2025, 9, 1), &y), ERR_NOTFOUND);
}

/* C-199: 10 ratings 5/3/1/1 are 50/30/10/10 per cent; aspects by level. C-198: share of changed goals. C-196: declines by reason. */
static void effects_goals_and_declines(void **state)
{
	static const char *const ratings[] = {"very", "very", "very", "very", "very", "good", "good", "good", "neither", "none"};
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct dispatch_year y;
	therapist(w);
	(void)person_to_send(w, "見本 一", "pt", 0);
	for (size_t i = 0; i < 10; i++) {
		struct t_dispatch_effect x;
		struct t_dispatch d;
		bool found;
		int64_t id = held(w, 1, D(2026, 5, 1), "visit", "other", false);
		ok(row_load(c, &T_dispatch, id, &d));
		ok(dispatch_effect_get(c, d.pid, CIVIL_NONE, &x, &found));
		x.rating = ratings[i];
		x.aspects = i < 6 ? "motivation|assessment" : "";
		ok(dispatch_effect_save(c, d.pid, &x, NULL));
		if (i < 4)
			world_sql(w, "INSERT INTO dispatch_report (pid, version, dispatch_id, org_id, by_org_id, on_day, goal_changed, created_ms, created_by, updated_ms, updated_by)"
				" VALUES ('rep%023zu', 1, %lld, 1, 1, '2026-05-01', '%s', 0, 0, 0, 0)", i, (long long)id, i == 0 ? "yes" : "no");
		if (i < 3)
			world_sql(w, "INSERT INTO dispatch_offer (pid, version, dispatch_id, therapist_id, org_id, no, state, on_day, offered_on, decline_reason, created_ms, created_by, updated_ms,"
				" updated_by) SELECT 'off%023zu', 1, %lld, t.id, 60, 1, 'declined', '2026-05-01', '2026-05-01', '%s', 0, 0, 0, 0 FROM dispatch_therapist t", i, (long long)id,
				i ? "load" : "no_day");
	}
	officer(w);
	ok(dispatch_year(c, 50, c->today, &y));
	static const char *const codes[] = {"very", "good", "neither", "none"}, *const percent[] = {"50", "30", "10", "10"};
	for (size_t i = 0; i < 4; i++) {
		assert_string_equal(share(y.effects, y.n_effects, codes[i])->percent, percent[i]);
		assert_int_equal(share(y.effects, y.n_effects, codes[i])->of, 10);
	}
	const struct dispatch_line *m = line(y.aspects, y.n_aspects, "motivation");
	assert_int_equal(m->all, 6);
	assert_int_equal(m->n[0], 5);
	assert_int_equal(m->n[1], 1);
	/* the tags of single ratings and of those of quarters are counted apart, each over its own ratings */
	struct dispatch_sheet sheet;
	struct t_dispatch_effect quarterly;
	bool had;
	be(w, 16, 1, ROLE_CENTRE_HEAD);
	ok(dispatch_effect_get(c, "", D(2026, 4, 1), &quarterly, &had));
	quarterly.quarter_on = D(2026, 4, 1);
	quarterly.rating = "good";
	quarterly.aspects = "motivation";
	ok(dispatch_effect_save(c, "", &quarterly, NULL));
	officer(w);
	ok(dispatch_year(c, 50, c->today, &y));
	assert_int_equal(line(y.aspects, y.n_aspects, "motivation")->all, 6);
	assert_int_equal(line(y.aspects_quarter, y.n_aspects, "motivation")->all, 1);
	dispatch_year_sheet(c, &y, &sheet);
	sheet_line(&sheet, "効果があったところ（1回ごと）", line(y.aspects, y.n_aspects, "motivation")->label, "||||6|60%");
	sheet_line(&sheet, "効果があったところ（四半期ごと）", line(y.aspects, y.n_aspects, "motivation")->label, "||||1|100%");
	assert_int_equal(y.goal.n, 1);
	assert_int_equal(y.goal.of, 4);
	assert_string_equal(y.goal.percent, "25");
	assert_int_equal(share(y.declines, y.n_declines, "load")->n, 2);
	assert_int_equal(share(y.declines, y.n_declines, "no_day")->n, 1);
	assert_string_equal(share(y.declines, y.n_declines, "load")->percent, "67");
}

/* The facts of a quarter: what the survey is filled from (Q2 … Q7). */
static void the_facts_of_a_quarter(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct dispatch_quarter q;
	struct t_dispatch_effect x;
	civil from, to, year;
	bool found;
	int number;
	dispatch_quarter_of(D(2027, 3, 31), &from, &to, &number, &year);
	assert_int_equal(from, D(2027, 1, 1));
	assert_int_equal(to, D(2027, 3, 31));
	assert_int_equal(number, 4);
	assert_int_equal(year, D(2026, 4, 1));
	dispatch_quarter_of(D(2026, 4, 1), &from, &to, &number, &year);
	assert_int_equal(number, 1);
	assert_int_equal(to, D(2026, 6, 30));
	dispatch_quarter_of(D(2026, 10, 1), &from, &to, &number, &year);
	be(w, 16, 1, ROLE_CENTRE_HEAD);
	ok(dispatch_quarter(c, 1, from, to, &q));
	assert_false(q.did);
	assert_string_equal(q.used, "");
	(void)held(w, 1, D(2026, 10, 1), "case_conf", "other", false);
	int64_t last = held(w, 1, D(2026, 11, 1), "visit", "other", true);
	world_sql(w, "UPDATE dispatch SET timings = 'review|first|other', timing_note = '担当者の交代' WHERE id = %lld", (long long)last);
	(void)held(w, 2, D(2026, 11, 1), "visit", "other", true); /* another centre's */
	be(w, 16, 1, ROLE_CENTRE_HEAD);
	ok(dispatch_quarter(c, 1, from, to, &q));
	assert_true(q.did);
	assert_int_equal(q.activities, 2);
	assert_string_equal(q.used, "yes");
	assert_int_equal(q.case_conf, 1);
	assert_int_equal(q.visit, 1);
	assert_string_equal(q.timings, "first|review|other"); /* once each, in the order of the list */
	assert_string_equal(q.timing_notes, "担当者の交代");
	assert_string_equal(q.reasons, "links");
	assert_string_equal(q.effect, "");
	ok(dispatch_effect_get(c, "", from, &x, &found));
	x.quarter_on = from;
	x.rating = "neither";
	x.comment = "続けたい";
	ok(dispatch_effect_save(c, "", &x, NULL));
	ok(dispatch_quarter(c, 1, from, to, &q));
	assert_string_equal(q.effect, "neither");
	assert_string_equal(q.effect_comment, "続けたい");
	is_err(dispatch_quarter(c, 2, from, to, &q), ERR_NOTFOUND); /* another centre's facts */
	officer(w);
	ok(dispatch_quarter(c, 2, from, to, &q));
	assert_int_equal(q.activities, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		DISPATCH(ten_activities_split_four_and_six),
		DISPATCH(a_year_equals_the_hand_sheet),
		DISPATCH(effects_goals_and_declines),
		DISPATCH(the_facts_of_a_quarter),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
