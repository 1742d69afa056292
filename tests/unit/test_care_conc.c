/* 特定事業所集中減算 from the plans of an office: each case once a month, two versions of one month once, corporations before offices,
 * exactly 80 % is not above, an office that opened within the period. Rules of the judgement itself: test_duty_law. */
#include "plan_world.h"

#include "base/str.h"
#include "care/conc_report.h"

static int plans;

/* A case with one plan of one service; office 0: a name outside the register. */
static void planned(struct world *w, const char *from, const char *to, const char *service, int office)
{
	int n = ++plans;
	world_sql(w, "INSERT INTO care_case (id, pid, version, person_id, org_id, kind, status, start_on, created_ms, created_by, updated_ms, updated_by)"
	             " VALUES (%d, 'cas%023d', 1, 1, 1, 'home', 'active', '%s', 0, 0, 0, 0)", 900 + n, n, from);
	world_sql(w, "INSERT INTO plan (id, pid, version, person_id, org_id, case_id, kind, status, version_no, revision_no, create_on, plan_on, from_on, to_on, created_ms, created_by, updated_ms, updated_by)"
	             " VALUES (%d, 'pln%023d', 1, 1, 1, %d, 'home', 'delivered', 1, 0, '%s', '%s', '%s', '%s', 0, 0, 0, 0)", 900 + n, n, 900 + n, from, from, from, to);
	world_sql(w, "INSERT INTO plan_need (id, pid, version, person_id, plan_id, no, created_ms, created_by, updated_ms, updated_by) VALUES (%d, 'ned%023d', 1, 1, %d, 1, 0, 0, 0, 0)", 900 + n, n, 900 + n);
	world_sql(w, "INSERT INTO plan_goal (id, pid, version, person_id, plan_id, need_id, no, created_ms, created_by, updated_ms, updated_by) VALUES (%d, 'gol%023d', 1, 1, %d, %d, 1, 0, 0, 0, 0)", 900 + n, n, 900 + n, 900 + n);
	world_sql(w, "INSERT INTO plan_service (pid, version, person_id, plan_id, goal_id, no, actor, type_code, org_id, office, created_ms, created_by, updated_ms, updated_by)"
	             " VALUES ('svc%023d', 1, 1, %d, %d, 1, 'formal', '%s', %s, '事業所%d', 0, 0, 0, 0)", n, 900 + n, 900 + n, service, office ? arena_fmt(w->arena, "%d", office) : "NULL", office);
}

static struct conc_report judged(struct world *w, civil designated)
{
	struct conc_report r;
	ok(conc_report(&w->c, 1, designated, D(2026, 5, 1), &(struct conc_terms){.shift = LAW_SHIFT_PREV}, &r));
	return r;
}

static const struct conc_share *of(const struct conc_report *r, const char *service)
{
	for (size_t i = 0; i < r->n; i++)
		if (str_eq(r->v[i].service, service))
			return &r->v[i];
	fail_msg("no %s", service);
	return NULL;
}

static void months_and_corporations(void **state)
{
	struct world *w = *state;
	plans = 0;
	/* two offices of one corporation are one */
	world_sql(w, "INSERT INTO org (id, pid, version, kind, name, operator_org_id, created_ms, created_by, updated_ms, updated_by) VALUES"
	             " (50, 'org%023d', 1, 'corporation', '法人ひとつ', NULL, 0, 0, 0, 0), (51, 'org%023d', 1, 'home_help', 'ひとつ北', 50, 0, 0, 0, 0), (52, 'org%023d', 1, 'home_help', 'ひとつ南', 50, 0, 0, 0, 0)", 50, 51, 52);
	planned(w, "2026-03-01", "2026-08-31", "11", 51);  /* six months */
	planned(w, "2026-08-31", "2027-02-28", "11", 52);  /* one: August */
	planned(w, "2026-02-01", "2026-03-01", "11", 0);   /* one: March */
	planned(w, "2026-09-01", "2026-12-31", "11", 51);  /* none: the next period */
	struct conc_report r = judged(w, CIVIL_NONE);
	assert_int_equal(r.period.from, D(2026, 3, 1));
	assert_int_equal(r.n, 4);
	assert_int_equal(r.plans, 8);
	assert_int_equal(r.months, 6);
	const struct conc_share *s = of(&r, "11");
	assert_int_equal(s->plans, 8);
	assert_string_equal(s->top[0].name, "法人ひとつ");
	assert_int_equal(s->top[0].plans, 7);
	assert_int_equal(s->top[1].plans, 1);
	assert_true(s->result.over && !s->result.reduced); /* 7 of 8, but few plans a month */
	assert_int_equal(s->result.reason, 3);
	assert_int_equal(of(&r, "15")->plans, 0);
	assert_false(of(&r, "15")->result.over); /* nothing of nothing is no share */
	assert_int_equal(r.file_by, D(2026, 9, 15));
	/* a change within a month makes no second plan of that month */
	world_sql(w, "UPDATE plan SET to_on = '2026-05-15', status = 'replaced' WHERE id = 901");
	world_sql(w, "INSERT INTO plan (id, pid, version, person_id, org_id, case_id, kind, status, version_no, revision_no, create_on, plan_on, from_on, to_on, created_ms, created_by, updated_ms, updated_by)"
	             " VALUES (990, 'pln%023d', 1, 1, 1, 901, 'home', 'delivered', 2, 0, '2026-05-16', '2026-05-16', '2026-05-16', '2026-08-31', 0, 0, 0, 0)", 990);
	world_sql(w, "INSERT INTO plan_service (pid, version, person_id, plan_id, goal_id, no, actor, type_code, org_id, office, created_ms, created_by, updated_ms, updated_by)"
	             " VALUES ('svc%023d', 1, 1, 990, 901, 1, 'formal', '11', 51, '', 0, 0, 0, 0)", 990);
	r = judged(w, CIVIL_NONE);
	assert_int_equal(of(&r, "11")->plans, 8);
	assert_int_equal(r.plans, 8);
	/* 予防 does not count */
	world_sql(w, "UPDATE care_case SET kind = 'prevention' WHERE id = 901");
	r = judged(w, CIVIL_NONE);
	assert_int_equal(of(&r, "11")->plans, 2);
	/* opened in June: from then on; opened after the period: not judged */
	r = judged(w, D(2026, 6, 1));
	assert_int_equal(r.months, 3);
	r = judged(w, D(2026, 9, 1));
	assert_false(r.judged);
}

/* While the period runs it is divided by the months that have been: 25 plans a month are no small number because three months are still to come. */
static void a_period_that_runs(void **state)
{
	struct world *w = *state;
	civil today = w->c.today;
	plans = 0;
	for (int i = 0; i < 25; i++)
		planned(w, "2026-03-01", i < 5 ? "2026-12-31" : "2026-05-31", "15", 3);
	w->c.today = D(2026, 5, 20);
	struct conc_report r = judged(w, CIVIL_NONE);
	assert_true(r.months == 3 && r.judged_to == D(2026, 5, 31));
	assert_int_equal(of(&r, "15")->plans, 75); /* what runs on is not counted ahead */
	assert_true(of(&r, "15")->result.over && of(&r, "15")->result.reduced);
	/* over: all of it */
	w->c.today = today;
	r = judged(w, CIVIL_NONE);
	assert_true(r.months == 6 && r.judged_to == r.period.to);
	assert_int_equal(of(&r, "15")->plans, 90);
	assert_true(of(&r, "15")->result.over && !of(&r, "15")->result.reduced && of(&r, "15")->result.reason == 3);
}

static void the_border(void **state)
{
	struct world *w = *state;
	plans = 0;
	/* 30 plans a month, so that no smallness excuses: 24 of 30 is exactly 80 % */
	for (int i = 0; i < 30; i++)
		planned(w, "2026-03-01", "2026-08-31", "15", i < 24 ? 3 : 2);
	struct conc_report r = judged(w, CIVIL_NONE);
	assert_int_equal(of(&r, "15")->plans, 180);
	assert_int_equal(of(&r, "15")->top[0].plans, 144);
	assert_false(of(&r, "15")->result.over || r.over || r.filed);
	/* an insurer may ask for the papers of all (conc_file_all) */
	struct conc_report all;
	ok(conc_report(&w->c, 1, CIVIL_NONE, r.period.to, &(struct conc_terms){.shift = LAW_SHIFT_PREV, .file_all = true}, &all));
	assert_true(all.filed && !all.over);
	/* one month more with the same corporation is above: to be filed, and reduced */
	planned(w, "2026-08-01", "2026-08-31", "15", 3);
	r = judged(w, CIVIL_NONE);
	assert_true(of(&r, "15")->result.over && of(&r, "15")->result.reduced && r.reduced);
	/* reasons that the office has written down: for another service, for half the time, for the whole of it */
	world_sql(w, "INSERT INTO office_record (id, pid, version, org_id, record_class, kind, what, on_day, from_on, to_on, partner, content, created_ms, created_by, updated_ms, updated_by)"
	             " VALUES (1, 'ofr%023d', 1, 1, %d, 'conc_5', '11', '2026-09-01', '2026-03-01', '2026-08-31', '介護保険課', '理由書', 0, 0, 0, 0)", 1, CLASS_MEETING);
	r = judged(w, CIVIL_NONE);
	assert_int_equal(of(&r, "15")->n_reasons, 0);
	assert_true(r.reduced);
	world_sql(w, "UPDATE office_record SET what = '15', to_on = '2026-05-31'");
	r = judged(w, CIVIL_NONE);
	assert_true(r.reduced);
	world_sql(w, "UPDATE office_record SET to_on = '2026-08-31'");
	r = judged(w, CIVIL_NONE);
	assert_true(r.over && !r.reduced);
	assert_int_equal(of(&r, "15")->result.reason, 5);
	assert_string_equal(of(&r, "15")->reasons[0].content, "理由書");
	world_sql(w, "UPDATE office_record SET kind = 'conc_6'");
	r = judged(w, CIVIL_NONE);
	assert_int_equal(of(&r, "15")->result.reason, 6);
	/* five offices near are not fewer than five */
	world_sql(w, "UPDATE office_record SET kind = 'conc_1', units = 5");
	r = judged(w, CIVIL_NONE);
	assert_true(r.reduced);
	world_sql(w, "UPDATE office_record SET units = 4");
	r = judged(w, CIVIL_NONE);
	assert_true(r.over && !r.reduced);
	assert_int_equal(of(&r, "15")->result.reason, 1);
	/* ② of the office, not of a service: for the whole half-year, still going on or not; begun within it, it is none */
	world_sql(w, "UPDATE office_record SET kind = 'conc_2', what = '', units = NULL, from_on = '2025-04-01', to_on = NULL");
	r = judged(w, CIVIL_NONE);
	assert_true(r.over && !r.reduced);
	assert_int_equal(of(&r, "15")->result.reason, 2);
	assert_true(of(&r, "15")->n_reasons == 1 && of(&r, "11")->n_reasons == 1);
	world_sql(w, "UPDATE office_record SET to_on = '2026-08-30'");
	r = judged(w, CIVIL_NONE);
	assert_true(r.reduced);
	world_sql(w, "UPDATE office_record SET from_on = '2026-03-02', to_on = NULL");
	r = judged(w, CIVIL_NONE);
	assert_true(r.reduced);
	world_sql(w, "UPDATE office_record SET retired_ms = 5");
	stranger(w); /* who sees no case of it sees no plan of it */
	r = judged(w, CIVIL_NONE);
	assert_int_equal(r.plans, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {CARE(months_and_corporations), CARE(a_period_that_runs), CARE(the_border)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
