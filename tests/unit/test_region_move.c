/* C-207: where people go on to when rehabilitation or a short intensive service ends: leavers by area, share with a next place with its base, who has
 * none, numbers alone with small cells hidden for who may not see people. */
#include "dispatch_world.h"

#include "care/rehab_goal.h"
#include "region/move_figures.h"
#include "region/tab_own.h"
#include "report_world.h"

#include <string.h>

enum { FIRST = 100 };

/* A course of somebody in an area that ended. places "" = none recorded. */
static void leaves(struct world *w, int id, int area, const char *type, const char *on, const char *how, const char *places, const char *seen)
{
	world_person(w, id, id);
	world_sql(w, "UPDATE person SET area_id = %d, insurer_org_id = 50 WHERE id = %d", area, id);
	world_sql(w, "INSERT INTO rehab_goal (pid, version, person_id, org_id, type_code, set_on, ended_on, ended_how, next_places, next_seen_on, created_ms, created_by, updated_ms, updated_by)"
		" VALUES ('goa%023d', 1, %d, 1, '%s', '2026-04-01', '%s', '%s', '%s', %s, 0, 0, 0, 0)", id, id, type, on, how, places, *seen ? arena_fmt(w->arena, "'%s'", seen) : "NULL");
	give(w, 50, id, 0, RELATION_INSURER);
	give(w, 1, id, 0, RELATION_AREA);
}

static void charge(struct world *w, int org, int area)
{
	world_sql(w, "INSERT INTO org_area (pid, version, org_id, area_id, role, created_ms, created_by, updated_ms, updated_by) VALUES ('oar%021d%02d', 1, %d, %d, 'charge', 0, 0, 0, 0)", org, area, org, area);
}

/* Case 9: 39 leavers of the short intensive service in the north, 12 in the south, both areas of one centre; two died and are no leavers. */
static void seed_town(struct world *w)
{
	int id = FIRST;
	charge(w, 1, 1);
	charge(w, 1, 2);
	world_sql(w, "UPDATE area SET name = '北' WHERE id = 1");
	world_sql(w, "UPDATE area SET name = '南' WHERE id = 2");
	for (int i = 0; i < 39; i++)
		leaves(w, id++, 1, "c", i < 20 ? "2026-05-10" : "2026-08-10", "done", i < 20 ? "kayoi" : i < 30 ? "kayoi|general" : "", i < 10 ? "2026-09-01" : "");
	for (int i = 0; i < 12; i++)
		leaves(w, id++, 2, "c", "2026-09-30", "term", i < 6 ? "day_care" : "", "");
	for (int i = 0; i < 2; i++)
		leaves(w, id++, 1, "c", "2026-06-01", "death", "", "");
}

static struct move_figures figures(struct world *w, int year, int quarter)
{
	struct move_figures f;
	ok(move_figures(&w->c, &(struct move_ask){.year_on = D(year, 4, 1), .quarter = quarter, .action = ACTION_SEE}, &f));
	for (size_t i = 0; i < f.report->n_sections; i++)
		for (size_t k = 0; k < f.report->sections[i].n_tables; k++)
			assert_null(tab_table_fault(w->arena, f.report->sections[i].tables[k]));
	return f;
}

static void c207_leavers_north_39_south_12(void **state)
{
	struct world *w = *state;
	seed_town(w);
	head(w);
	struct move_figures f = figures(w, 2026, 0);
	assert_int_equal(f.span, MOVE_AREAS);
	/* every ending, and which are leavers */
	assert_string_equal(report_cell(f.report, "q.how", "total", 0), "53");
	assert_string_equal(report_cell(f.report, "q.how", "death", 0), "2");
	assert_true(report_says(f.report, "内訳の合計: 目標に達した 39件 ＋ 期間の終わり 12件 ＋ 死亡 2件 ＝ 53件"));
	/* by area, of the short intensive service: 北, 南, 合計 */
	assert_string_equal(report_table(f.report, "c.has.area")->cols[0].group, "北");
	assert_string_equal(report_cell(f.report, "c.has.area", "total", 0), "39");
	assert_string_equal(report_cell(f.report, "c.has.area", "yes", 1), "77%");
	assert_string_equal(report_cell(f.report, "c.has.area", "total", 2), "12");
	assert_string_equal(report_cell(f.report, "c.has.area", "yes", 3), "50%");
	assert_string_equal(report_cell(f.report, "c.has.area", "yes", 4), "36");
	assert_string_equal(report_cell(f.report, "c.has.area", "yes", 5), "71%");
	assert_int_equal(report_table(f.report, "c.has.area")->cols[0].base.n, 39);
	assert_string_equal(report_table(f.report, "q.has")->base.words, "入院・施設への入所・死亡・転居のほかの終わった利用");
	assert_true(report_says(f.report, "51件のうち、「次の場あり」は36件（71%）です。"));
	assert_true(report_says(f.report, "次の場あり 36件 ＋ 次の場の記録なし 15件 ＝ 51件"));
	/* where to: several may be named, the base stays the leavers */
	assert_string_equal(report_cell(f.report, "q.next", "kayoi", 0), "30");
	assert_string_equal(report_cell(f.report, "q.next", "kayoi", 1), "59%");
	assert_string_equal(report_cell(f.report, "q.next", "general", 0), "10");
	assert_string_equal(report_cell(f.report, "q.next", "none", 0), "15");
	assert_string_equal(report_cell(f.report, "q.seen", "yes", 0), "10");
	/* who has none */
	assert_int_equal(f.n_left, 15);
	assert_false(f.more_left);
	assert_int_equal(f.left[0].ended_on, D(2026, 9, 30));
	/* a quarter */
	f = figures(w, 2026, 1);
	assert_string_equal(report_cell(f.report, "q.has", "total", 0), "20");
	assert_string_equal(report_cell(f.report, "q.has", "yes", 1), "100%");
	assert_int_equal(f.n_left, 0);
	officer(w);
	f = figures(w, 2026, 0);
	assert_int_equal(f.span, MOVE_TOWN);
	assert_string_equal(report_cell(f.report, "cross.has.centre", "total", 0), "51");
}

/* Nothing ended: 該当なし, never 0 % */
static void c207_an_empty_base_says_so(void **state)
{
	struct world *w = *state;
	seed_town(w);
	head(w);
	struct move_figures f = figures(w, 2024, 0);
	assert_string_equal(report_cell(f.report, "q.has", "yes", 1), "該当なし");
	assert_true(report_says(f.report, "割合は該当なしです"));
	for (size_t i = 0; i < f.report->n_sections; i++)
		for (size_t k = 0; k < f.report->sections[i].n_tables; k++) {
			const struct tab_table *t = f.report->sections[i].tables[k];
			for (size_t r = 0; r < t->n_rows; r++)
				for (size_t c = 0; c < t->n_cols; c++)
					assert_null(strchr(t->rows[r].cells[c].text, '%'));
		}
	assert_null(strstr(tab_json(w->arena, f.report), "nan"));
}

/* Who may see nobody gets the town's numbers: no names, no quarter, small cells and what would tell them hidden. */
static void c207_numbers_alone_hide_small_cells(void **state)
{
	struct world *w = *state;
	const char *bytes;
	size_t n;
	seed_town(w);
	leaves(w, 300, 2, "16", "2026-07-01", "done", "", "");
	world_sql(w, "INSERT INTO dispatch_programme (pid, version, insurer_org_id, runner_org_id, name, created_ms, created_by, updated_ms, updated_by) VALUES ('pro%023d', 1, 50, 60, '派遣事業', 0, 0, 0, 0)", 1);
	therapist(w);
	struct move_figures f = figures(w, 2026, 1);
	assert_int_equal(f.span, MOVE_NUMBERS);
	assert_int_equal(f.quarter, 0);
	assert_int_equal(f.n_left, 0);
	assert_string_equal(report_cell(f.report, "q.has", "yes", 0), "36");
	assert_string_equal(report_cell(f.report, "q.how", "death", 0), "x");
	assert_null(report_table(f.report, "c.has.area"));
	assert_null(report_table(f.report, "fee.16"));
	/* one course of 通所リハビリテーション: its column tells nothing, and no other cell of the table gives it away */
	const struct tab_table *t = report_table(f.report, "cross.has.service");
	size_t secret = 0;
	for (size_t r = 0; r < t->n_rows; r++)
		for (size_t c = 0; c < t->n_cols; c++)
			if (t->rows[r].cells[c].kind == TAB_CELL_SECRET)
				secret++;
			else
				assert_false(t->rows[r].cells[c].kind == TAB_CELL_COUNT && t->rows[r].cells[c].num == 1);
	assert_true(secret >= 4);
	ok(tab_csv(w->arena, f.report, &bytes, &n));
	assert_null(strstr(bytes, "prs"));
	assert_null(strstr(tab_json(w->arena, f.report), "goa0"));
	/* another organisation sees its own alone */
	manager3(w);
	f = figures(w, 2026, 0);
	assert_int_equal(f.span, MOVE_OWN);
	assert_string_equal(report_cell(f.report, "q.how", "total", 0), "0");
	stranger(w);
	f = figures(w, 2026, 0);
	assert_string_equal(report_cell(f.report, "q.how", "total", 0), "0");
}

/* What 移行支援加算 looks at is shown with its base, and is not claimed. */
static void c207_the_fee_is_shown_not_claimed(void **state)
{
	struct world *w = *state;
	charge(w, 1, 1);
	leaves(w, 101, 1, "14", "2026-07-01", "done", "day_care", "2026-07-20");
	leaves(w, 102, 1, "14", "2026-07-01", "done", "kayoi", "");
	leaves(w, 103, 1, "14", "2026-07-01", "done", "self", "");
	leaves(w, 104, 1, "14", "2026-07-01", "hospital", "", "");
	leaves(w, 105, 1, "66", "2026-07-01", "done", "day_care", "2026-07-20");
	officer(w);
	struct move_figures f = figures(w, 2026, 0);
	assert_string_equal(report_cell(f.report, "fee.14", "total", 0), "3");
	assert_string_equal(report_cell(f.report, "fee.14", "seen", 1), "33%");
	assert_string_equal(report_cell(f.report, "fee.14", "yes", 0), "1");
	assert_string_equal(report_cell(f.report, "fee.14", "no", 0), "1");
	assert_string_equal(report_cell(f.report, "fee.16", "seen", 1), "該当なし");
	assert_null(report_table(f.report, "fee.66"));
	assert_true(report_says(f.report, "判定していません"));
}

/* The end is recorded on the course: how, where to, and when that was made sure; a conference before the end speaks for a course that says nothing. */
static void c207_the_end_asks_for_how_and_where_to(void **state)
{
	struct world *w = *state;
	struct t_rehab_goal g;
	charge(w, 1, 1);
	world_sql(w, "UPDATE person SET area_id = 1, insurer_org_id = 50 WHERE id = 1");
	ok(rehab_goal_init(&w->c, prs(w, 1), "", &g));
	g.type_code = "c";
	g.started_on = D(2026, 5, 1);
	g.next_places = "kayoi";
	is_err(rehab_goal_save(&w->c, prs(w, 1), &g, NULL), ERR_INPUT);
	assert_non_null(strstr(fault_text(&w->c, "ended_on"), "終えた日"));
	fault_clear(&w->c);
	g.ended_on = D(2026, 7, 31);
	g.next_seen_on = D(2026, 7, 1);
	is_err(rehab_goal_save(&w->c, prs(w, 1), &g, NULL), ERR_INPUT);
	assert_true(*fault_text(&w->c, "ended_how") && *fault_text(&w->c, "next_seen_on"));
	fault_clear(&w->c);
	g.ended_how = "done";
	g.next_seen_on = CIVIL_NONE;
	g.next_places = "";
	ok(rehab_goal_save(&w->c, prs(w, 1), &g, NULL));
	struct move_figures f = figures(w, 2026, 0);
	assert_int_equal(f.n_left, 1);
	assert_string_equal(f.left[0].goal_pid, g.pid);
	world_sql(w, "INSERT INTO rehab_meeting (pid, version, person_id, org_id, goal_id, kind, status, held_on, next_places, created_ms, created_by, updated_ms, updated_by)"
		" VALUES ('mee%023d', 1, 1, 1, %lld, 'end', 'closed', '2026-07-10', 'general', 0, 0, 0, 0)", 1, (long long)g.id);
	f = figures(w, 2026, 0);
	assert_int_equal(f.n_left, 0);
	assert_string_equal(report_cell(f.report, "q.next", "general", 0), "1");
	g.next_places = "kayoi|day_care";
	g.next_seen_on = D(2026, 8, 20);
	ok(rehab_goal_save(&w->c, prs(w, 1), &g, NULL));
	f = figures(w, 2026, 2);
	assert_string_equal(report_cell(f.report, "q.next", "general", 0), "0");
	assert_string_equal(report_cell(f.report, "q.next", "day_care", 0), "1");
	assert_string_equal(report_cell(f.report, "q.seen", "yes", 1), "100%");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		DISPATCH(c207_leavers_north_39_south_12),
		DISPATCH(c207_an_empty_base_says_so),
		DISPATCH(c207_numbers_alone_hide_small_cells),
		DISPATCH(c207_the_fee_is_shown_not_claimed),
		DISPATCH(c207_the_end_asks_for_how_and_where_to),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
