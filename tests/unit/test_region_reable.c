/* C-211: people likely to improve are marked with day, who and why; the share who finish services because they regained independence, with its base. */
#include "dispatch_world.h"

#include "care/prospect.h"
#include "region/reable_figures.h"
#include "region/tab_own.h"
#include "report_world.h"

#include <string.h>

enum { FIRST = 100 };

static void preventive(struct world *w, int id, int person, int org, const char *kind, const char *start, const char *end, const char *reason)
{
	world_sql(w, "INSERT INTO care_case (id, pid, version, person_id, org_id, kind, status, start_on, end_on, end_reason, created_ms, created_by, updated_ms, updated_by)"
		" VALUES (%d, 'cas%023d', 1, %d, %d, '%s', 'active', '%s', %s, '%s', 0, 0, 0, 0)", id, id, person, org, kind, start, *end ? arena_fmt(w->arena, "'%s'", end) : "NULL", reason);
}

static void marked(struct world *w, int case_id, int person, const char *on, const char *prospect)
{
	world_sql(w, "INSERT INTO case_prospect (pid, version, person_id, case_id, org_id, staff_id, on_day, prospect, reason, created_ms, created_by, updated_ms, updated_by)"
		" VALUES ('pro%023d', 1, %d, %d, 1, 111, '%s', '%s', '歩けるようになってきた', 0, 0, 0, 0)", case_id, person, case_id, on, prospect);
}

static void somebody(struct world *w, int id)
{
	world_person(w, id, id);
	world_sql(w, "UPDATE person SET insurer_org_id = 50 WHERE id = %d", id);
	give(w, 50, id, 0, RELATION_INSURER);
	give(w, 1, id, 0, RELATION_AREA);
}

/* 20 people of centre 1, 8 marked likely, 5 of them finish services. */
static void twenty(struct world *w)
{
	static const char *const kinds[] = {"prev_a", "prevention", "prev_b", "prev_c"};
	for (int i = 0; i < 20; i++) {
		int id = FIRST + i;
		somebody(w, id);
		preventive(w, id, id, 1, kinds[i % 4], "2026-05-01", i < 5 ? "2026-09-30" : i == 5 ? "2026-10-31" : "", i < 5 ? "improved" : i == 5 ? "death" : "");
		if (i < 8)
			marked(w, id, id, "2026-05-10", "likely");
		else if (i < 11)
			marked(w, id, id, "2026-05-10", i < 10 ? "keep" : "watch");
	}
}

static struct reable_figures figures(struct world *w, int year)
{
	struct reable_figures f;
	ok(reable_figures(&w->c, D(year, 4, 1), ACTION_SEE, &f));
	for (size_t i = 0; i < f.report->n_sections; i++)
		for (size_t k = 0; k < f.report->sections[i].n_tables; k++)
			assert_null(tab_table_fault(w->arena, f.report->sections[i].tables[k]));
	return f;
}

static void c211_five_of_eight_is_63_percent(void **state)
{
	struct world *w = *state;
	twenty(w);
	head(w);
	struct reable_figures f = figures(w, 2026);
	assert_string_equal(report_cell(f.report, "q.prospect", "total", 0), "20");
	assert_string_equal(report_cell(f.report, "q.prospect", "likely", 0), "8");
	assert_string_equal(report_cell(f.report, "q.prospect", "keep", 0), "2");
	assert_string_equal(report_cell(f.report, "q.prospect", "watch", 0), "1");
	assert_string_equal(report_cell(f.report, "q.prospect", "none", 0), "9");
	assert_string_equal(report_cell(f.report, "q.regained", "yes", 0), "5");
	assert_string_equal(report_cell(f.report, "q.regained", "yes", 1), "63%");
	assert_string_equal(tab_base_text(w->arena, &report_table(f.report, "q.regained")->base), "「改善の見込みあり」とした利用者 n=8");
	assert_true(report_says(f.report, "「改善の見込みあり」とした利用者8人のうち、「自立してサービスを終えた」は5人（63%）です。"));
	assert_true(report_says(f.report, "続いている 2人 ＋ 死亡 1人 ＋ 自立・サービスの利用なし 5人 ＝ 8人"));
	assert_string_equal(report_cell(f.report, "cross.regained.kind", "total", 0), "2"); /* 介護予防支援 */
	/* the list: running ones first, with plan kind, day and judge */
	assert_int_equal(f.n_list, 8);
	assert_string_equal(f.list[0].outcome, "続いている");
	assert_string_equal(f.list[0].judge, "見本 職員11");
	assert_true(f.list[2].regained && !f.list[7].regained);
	assert_string_equal(f.list[7].outcome, "死亡");
	assert_true(*f.list[0].kind_label && f.list[0].likely_on == D(2026, 5, 10));
	/* nothing happened the year before: 該当なし */
	f = figures(w, 2025);
	assert_string_equal(report_cell(f.report, "q.regained", "yes", 1), "該当なし");
	assert_true(report_says(f.report, "割合は該当なしです"));
	assert_int_equal(f.n_list, 0);
	/* next year: those who go on, still marked */
	f = figures(w, 2027);
	assert_string_equal(report_cell(f.report, "q.regained", "total", 0), "2");
}

static void c211_town_by_centre_and_rules_of_counting(void **state)
{
	struct world *w = *state;
	twenty(w);
	somebody(w, 200);
	preventive(w, 200, 200, 2, "prev_a", "2025-05-01", "2026-04-30", "improved");
	marked(w, 200, 200, "2025-06-01", "likely");
	/* judged anew: stays in the base. A second case of the same person at the centre: counted once, by the last */
	somebody(w, 201);
	preventive(w, 201, 201, 1, "prev_a", "2026-04-01", "2026-06-30", "level_change");
	preventive(w, 202, 201, 1, "prevention", "2026-07-01", "", "");
	marked(w, 201, 201, "2026-04-05", "likely");
	marked(w, 202, 201, "2026-08-01", "keep");
	/* 居宅介護支援 is none of it */
	somebody(w, 203);
	preventive(w, 203, 203, 1, "home", "2026-04-01", "", "");
	officer(w);
	struct reable_figures f = figures(w, 2026);
	assert_string_equal(report_cell(f.report, "q.prospect", "total", 0), "22");
	assert_string_equal(report_cell(f.report, "q.regained", "total", 0), "10");
	assert_string_equal(report_cell(f.report, "q.regained", "yes", 1), "60%");
	assert_string_equal(report_cell(f.report, "cross.regained.org", "yes", 1), "56%"); /* 5 of 9 at centre 1 */
	assert_string_equal(report_cell(f.report, "cross.regained.org", "yes", 3), "100%");
	/* who sees nobody counts nobody */
	stranger(w);
	f = figures(w, 2026);
	assert_string_equal(report_cell(f.report, "q.prospect", "total", 0), "0");
	assert_int_equal(f.n_list, 0);
}

static void c211_a_judgement_has_day_who_reason_and_history(void **state)
{
	struct world *w = *state;
	struct t_case_prospect r;
	struct prospect_view *v;
	struct prospect_version *h;
	const char *bin, *cas = "cas00000000000000000000001";
	size_t n;
	bool may;
	preventive(w, 1, 1, 1, "prev_a", "2026-05-01", "", "");
	preventive(w, 2, 1, 1, "home", "2026-05-01", "", "");
	ok(prospect_init(&w->c, cas, &r));
	r.prospect = "maybe";
	r.on_day = w->c.today + 1;
	is_err(prospect_save(&w->c, cas, &r, NULL), ERR_INPUT);
	assert_true(*fault_text(&w->c, "prospect") && *fault_text(&w->c, "on_day") && *fault_text(&w->c, "reason"));
	assert_int_equal(count_of(w, "case_prospect", "1 = 1"), 0);
	fault_clear(&w->c);
	r.prospect = "likely";
	r.on_day = w->c.today - 10;
	r.reason = "杖で外に出られるようになった";
	ok(prospect_save(&w->c, cas, &r, NULL));
	assert_int_equal(count_of(w, "timeline", "table_name = 'case_prospect'"), 1);
	r.reason = "杖で一人で外に出られるようになった";
	ok(prospect_save(&w->c, cas, &r, NULL));
	ok(prospect_history(&w->c, r.pid, &h, &n));
	assert_int_equal(n, 2);
	assert_string_equal(h[1].row.reason, "杖で外に出られるようになった");
	struct t_case_prospect twice;
	ok(prospect_init(&w->c, cas, &twice));
	twice.prospect = "keep";
	twice.reason = "同じ日";
	twice.on_day = r.on_day;
	is_err(prospect_save(&w->c, cas, &twice, NULL), ERR_INPUT);
	fault_clear(&w->c);
	twice.on_day = w->c.today;
	ok(prospect_save(&w->c, cas, &twice, NULL));
	ok(prospect_list(&w->c, cas, NULL, &v, &n, &may));
	assert_int_equal(n, 2);
	assert_true(may);
	assert_string_equal(v[0].row.prospect, "keep");
	assert_string_equal(v[1].staff_name, "見本 職員11");
	/* of 居宅介護支援 none is judged */
	struct t_case_prospect home;
	ok(prospect_init(&w->c, "cas00000000000000000000002", &home));
	home.prospect = "likely";
	home.reason = "理由";
	is_err(prospect_save(&w->c, "cas00000000000000000000002", &home, NULL), ERR_INPUT);
	fault_clear(&w->c);
	ok(prospect_retire(&w->c, twice.pid, "まちがい", &bin));
	ok(prospect_list(&w->c, cas, NULL, &v, &n, &may));
	assert_int_equal(n, 1);
	ok(bin_restore(&w->c, bin));
	stranger(w);
	is_err(prospect_get(&w->c, r.pid, &(struct prospect_view){0}), ERR_NOTFOUND);
	is_err(prospect_list(&w->c, cas, NULL, &v, &n, &may), ERR_NOTFOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		DISPATCH(c211_five_of_eight_is_63_percent),
		DISPATCH(c211_town_by_centre_and_rules_of_counting),
		DISPATCH(c211_a_judgement_has_day_who_reason_and_history),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
