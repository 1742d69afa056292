/* Caseload: every filter's number is its rows, the 逓減 counter by the law of the day; and what comes next in a case. */
#include "care_world.h"

#include "care/case.h"
#include "care/caseload.h"
#include "care/next_step.h"

#include <string.h>
#include "law/numbers.h"
#include "register/evidence.h"

static const char *opened(struct world *w, int64_t person, const char *kind, int64_t staff, civil start)
{
	struct t_care_case r;
	case_init(&w->c, &r);
	r.kind = kind;
	r.referred_on = r.expl_on = r.contract_on = r.start_on = start;
	r.expl_to = "本人";
	fault_clear(&w->c);
	ok(case_save(&w->c, prs(w, person), &r, "", staff ? stf(w, staff) : "", NULL));
	return r.pid;
}

/* A plan in use for every case that has none. */
static void plans_from(struct world *w, const char *from_on, const char *to_on)
{
	world_sql(w, "INSERT INTO plan (pid, version, person_id, org_id, case_id, kind, status, version_no, revision_no, create_on, plan_on, consented_on, from_on, to_on, created_ms, created_by, updated_ms, updated_by)"
	             " SELECT 'pln' || printf('%%023d', k.id), 1, k.person_id, k.org_id, k.id, 'home', 'delivered', 1, 0, '%s', '%s', '%s', '%s', '%s', 0, 0, 0, 0"
	             " FROM care_case k WHERE NOT EXISTS (SELECT 1 FROM plan p WHERE p.case_id = k.id)", from_on, from_on, from_on, from_on, to_on);
}

static void number_is_rows(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	civil begun = c->today - 100;
	(void)opened(w, 1, "home", 11, begun);
	(void)opened(w, 1, "prev_a", 12, begun);
	(void)opened(w, 2, "prevention", 0, begun);
	static const struct { const char *staff, *kind, *only; int64_t n; } t[] = {
		{"", "", "", 3}, {"me", "", "", 1}, {"", "home", "", 1}, {"", "", "noplan", 3}, {"", "", "ending", 0},
		{"", "", "monitoring", 3}, {"", "", "overdue", 3}, {"", "", "idle", 1}, {"me", "prev_a", "", 0},
	};
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++)
		for (int sort = 0; sort < 3; sort++) {
			struct caseload_filter f = {.staff = t[i].staff, .kind = t[i].kind, .only = t[i].only, .sort = (enum caseload_sort)sort};
			struct caseload_row *rows;
			size_t n;
			int64_t count;
			ok(caseload_list(c, &f, &rows, &n));
			ok(caseload_count(c, &f, &count));
			assert_int_equal(n, t[i].n);
			assert_int_equal(count, t[i].n);
		}
	is_err(caseload_count(c, &(struct caseload_filter){.only = "nosuch"}, &(int64_t){0}), ERR_NOTFOUND);
	stranger(w);
	int64_t count;
	ok(caseload_count(c, &(struct caseload_filter){0}, &count));
	assert_int_equal(count, 0);
}

static void step_of_the_day(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct caseload_summary s;
	int64_t v;
	static const struct { int y, m, d; int64_t step, divisor; } t[] = {{2024, 3, 31, 40, 2}, {2024, 4, 1, 45, 3}, {2026, 11, 19, 45, 3}};
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
		ok(law_number(w->house.law, "cm_step_1", D(t[i].y, t[i].m, t[i].d), &v));
		assert_int_equal(v, t[i].step);
		ok(law_number(w->house.law, "cm_prevention_divisor", D(t[i].y, t[i].m, t[i].d), &v));
		assert_int_equal(v, t[i].divisor);
	}
	is_err(law_number(w->house.law, "cm_step_1", D(1999, 1, 1), &v), ERR_NOTFOUND);
	(void)opened(w, 1, "home", 11, D(2026, 10, 1));
	plans_from(w, "2026-10-10", "2026-11-30");
	(void)opened(w, 2, "prevention", 11, D(2026, 11, 1));
	plans_from(w, "2026-11-10", "2027-03-31");
	ok(caseload_summary(c, D(2026, 11, 19), &s));
	assert_int_equal(s.n, 1);
	assert_int_equal(s.v[0].parts, 4);
	assert_string_equal(caseload_parts_ja(w->arena, s.v[0].parts, s.divisor), "1と1/3");
	assert_string_equal(caseload_parts_ja(w->arena, 9, 3), "3");
	assert_int_equal(s.v[0].home + s.v[0].prevention, 2);
	ok(caseload_summary(c, D(2026, 10, 15), &s)); /* as it was then */
	assert_int_equal(s.v[0].parts, 3);
	/* R-FE-01: who has a contract and no plan in use in the month is supported, and not counted; a 給付管理票 on record counts */
	ok(caseload_summary(c, D(2026, 12, 1), &s));
	assert_int_equal(s.v[0].home + s.v[0].prevention, 2);
	assert_int_equal(s.v[0].managed_home, 0);
	assert_int_equal(s.v[0].managed_prevention, 1);
	assert_int_equal(s.v[0].parts, 1);
	assert_int_equal(s.home, 1);
	assert_int_equal(s.managed_home, 0);
	world_sql(w, "INSERT INTO office_record (id, pid, version, org_id, person_id, record_class, kind, on_day, from_on, created_ms, created_by, updated_ms, updated_by)"
	             " VALUES (77, 'ofr%023d', 1, 1, 1, %d, 'bill', '2027-01-09', '2026-12-01', 0, 0, 0, 0)", 77, CLASS_CARE);
	ok(caseload_summary(c, D(2026, 12, 1), &s));
	assert_int_equal(s.v[0].parts, 4);
	world_sql(w, "DELETE FROM office_record WHERE id = 77");
	ok(caseload_summary(c, D(2020, 1, 1), &s));
	assert_int_equal(s.n, 0);
}

/* 逓減 of the office: 常勤換算 by dated rows of the posts, (Ⅱ) by the office's record, what was taken on by commission. */
static void steps_of_the_office(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct caseload_summary s;
	civil on = D(2026, 11, 19);
	for (int i = 0; i < 50; i++)
		world_sql(w, "INSERT INTO care_case (id, pid, version, person_id, org_id, kind, status, staff_id, start_on, created_ms, created_by, updated_ms, updated_by)"
		             " VALUES (%d, 'cas%023d', 1, 1, 1, 'home', 'active', 111, '2026-04-01', 0, 0, 0, 0)", 500 + i, 500 + i);
	plans_from(w, "2026-04-01", "2027-03-31");
	ok(caseload_summary(c, on, &s));
	assert_int_equal(s.fte_100, 100); /* nobody's licence is on record: whoever is in charge */
	assert_true(s.v[0].at_step && s.office.over_1);
	assert_int_equal(s.office.full, 44);
	assert_int_equal(s.office.second, 6);
	/* T-FE-05: (Ⅱ) from the month on that the office writes down */
	world_sql(w, "INSERT INTO office_record (id, pid, version, org_id, record_class, kind, on_day, from_on, created_ms, created_by, updated_ms, updated_by)"
	             " VALUES (1, 'ofr%023d', 1, 1, %d, 'fee_link', '2026-10-10', '2026-11-01', 0, 0, 0, 0)", 1, CLASS_MEETING);
	ok(caseload_summary(c, on, &s));
	assert_true(s.link);
	assert_int_equal(s.step, 50);
	assert_int_equal(s.office.full, 49);
	ok(caseload_summary(c, D(2026, 10, 31), &s));
	assert_true(!s.link && s.office.full == 44);
	world_sql(w, "UPDATE office_record SET to_on = '2026-11-10' WHERE id = 1");
	ok(caseload_summary(c, on, &s));
	assert_false(s.link);
	/* two care managers by licence, one of them half: 1.5 */
	for (int i = 0; i < 2; i++)
		world_sql(w, "INSERT INTO staff_licence (pid, version, staff_id, profession, created_ms, created_by, updated_ms, updated_by) VALUES ('lic%023d', 1, %d, 'cm', 0, 0, 0, 0)", i, 111 + i);
	world_sql(w, "INSERT INTO post_fte (pid, version, post_id, from_on, fte_100, created_ms, created_by, updated_ms, updated_by)"
	             " SELECT 'fte%023d', 1, id, '2026-11-01', 50, 0, 0, 0, 0 FROM staff_post WHERE staff_id = 112", 1);
	ok(caseload_summary(c, on, &s));
	assert_int_equal(s.fte_100, 150);
	assert_false(s.office.over_1);
	assert_true(s.v[0].at_step); /* fifty with one of them is still a mark */
	ok(caseload_summary(c, D(2026, 10, 31), &s));
	assert_int_equal(s.fte_100, 200); /* half only since November */
	/* one case of 介護予防支援 of the centre 2, taken on by commission: a third */
	world_sql(w, "INSERT INTO care_case (id, pid, version, person_id, org_id, kind, status, start_on, created_ms, created_by, updated_ms, updated_by)"
	             " VALUES (700, 'cas%023d', 1, 1, 2, 'prevention', 'active', '2026-04-01', 0, 0, 0, 0)", 700);
	world_sql(w, "INSERT INTO commission (pid, version, person_id, case_id, org_id, office_org_id, office_staff_id, until_on, status, status_on, created_ms, created_by, updated_ms, updated_by)"
	             " VALUES ('cms%023d', 1, 1, 700, 2, 1, 112, '2027-03-31', 'accepted', '2026-04-01', 0, 0, 0, 0)", 1);
	plans_from(w, "2026-04-01", "2027-03-31");
	ok(caseload_summary(c, on, &s));
	assert_int_equal(s.n, 2);
	assert_int_equal(s.prevention, 1);
	assert_int_equal(s.office.parts, 151);
	assert_int_equal(s.v[1].taken, 1);
	assert_int_equal(s.v[1].fte_100, 50);
}

static void steps(void **state)
{
	struct world *w = *state;
	civil today = D(2026, 11, 20), none = CIVIL_NONE;
	struct step_facts f = {.case_pid = "k", .person_pid = "p", .kind = "home", .expl_on = none, .contract_on = none, .start_on = none,
		.assessment_pid = "", .assessment_status = "", .assessed_on = none, .plan_pid = "", .plan_status = "", .plan_on = none, .plan_to_on = none,
		.provisional_until = none, .met_on = none, .mon_on = none, .today = today, .notice_days = 60, .months = 1};
#define STEP(expect) assert_string_equal(next_step(w->arena, &f).code, expect)
	STEP("explain");
	f.expl_on = today - 40;
	STEP("explain");
	f.contract_on = today - 40;
	STEP("assess");
	f.assessment_pid = "a";
	STEP("confirm");
	f.assessed_on = today - 38;
	STEP("plan");
	assert_string_equal(next_step(w->arena, &f).path, "/persons/p/plans?assessment=a");
	f.plan_pid = "l";
	f.plan_status = "draft";
	f.plan_on = today - 36;
	f.plan_to_on = today + 300;
	STEP("meet");
	f.met_on = today - 35;
	STEP("consent");
	f.plan_status = "consented";
	STEP("deliver");
	f.plan_provisional = true;
	f.provisional_until = today + 20;
	STEP("certify");
	assert_non_null(strstr(next_step(w->arena, &f).sentence, "令和8年12月")); /* the deadline is told */
	assert_false(next_step(w->arena, &f).urgent);
	f.certified = true;
	STEP("definite");
	assert_string_equal(next_step(w->arena, &f).path, "/plans/l/change?kind=full");
	f.plan_status = "provisional";
	STEP("definite");
	assert_string_equal(next_step(w->arena, &f).path, "/plans/l/consent");
	f.provisional_until = today - 1;
	assert_non_null(strstr(next_step(w->arena, &f).sentence, "を過ぎています"));
	f.certified = false;
	STEP("certify");
	assert_true(next_step(w->arena, &f).urgent);
	f.plan_status = "consented";
	f.plan_provisional = false;
	f.plan_status = "delivered";
	f.start_on = today - 30; /* 21 October: no monitoring in November yet */
	STEP("monitor");
	f.mon_on = D(2026, 11, 1);
	STEP("wait");
	f.mon_on = D(2026, 10, 31);
	STEP("monitor");
	f.months = 3; /* 予防 */
	STEP("wait");
	f.mon_on = D(2026, 9, 1);
	STEP("wait");
	f.mon_on = D(2026, 8, 31);
	STEP("monitor");
	f.mon_on = today;
	f.plan_to_on = today + 61;
	STEP("wait");
	f.plan_to_on = today + 60;
	STEP("evaluate");
	f.evaluated = true;
	STEP("assess");
	assert_false(next_step(w->arena, &f).urgent);
	f.plan_to_on = today - 1;
	assert_true(next_step(w->arena, &f).urgent);
	f.closed = true;
	STEP("none");
}

static void read_from_the_record(void **state)
{
	struct world *w = *state;
	struct case_view v;
	struct next_step s;
	struct t_care_case r;
	case_init(&w->c, &r);
	ok(case_save(&w->c, prs(w, 1), &r, "", "", NULL));
	ok(case_get(&w->c, r.pid, &v));
	ok(next_step_of(&w->c, &v, &s));
	assert_string_equal(s.code, "explain");
	ok(case_get(&w->c, opened(w, 2, "prevention", 11, w->c.today), &v));
	ok(next_step_of(&w->c, &v, &s));
	assert_string_equal(s.code, "assess");
}

int main(void)
{
	const struct CMUnitTest tests[] = {CARE(number_is_rows), CARE(step_of_the_day), CARE(steps_of_the_office), CARE(steps), CARE(read_from_the_record)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
