/* Additions whose conditions the records of a month show: which record each follows from, and what is not shown to whom. The borders of
 * days and numbers: test_law_addition. */
#include "plan_world.h"

#include "base/str.h"
#include "care/additions.h"

#include <string.h>

static const struct addition_row *of(struct world *w, civil month, const char *code, size_t *n)
{
	struct addition_row *v;
	ok(additions_of_month(&w->c, month, &v, n));
	for (size_t i = 0; i < *n; i++)
		if (str_eq(v[i].a.code, code))
			return &v[i];
	return NULL;
}

static void a_stay(void **state)
{
	struct world *w = *state;
	size_t n;
	(void)case_of(w, 1, "home");
	world_sql(w, "INSERT INTO hospital_stay (id, pid, version, person_id, org_id, admitted_on, told_on, hospital, discharged_on, created_ms, created_by, updated_ms, updated_by)"
	             " VALUES (1, 'sty%023d', 1, 1, 1, '2026-09-07', '2026-09-08', '東病院', '2026-10-05', 0, 0, 0, 0)", 1);
	world_sql(w, "INSERT INTO discharge_record (pid, version, person_id, org_id, stay_id, hearing, created_ms, created_by, updated_ms, updated_by)"
	             " VALUES ('dis%023d', 1, 1, 1, 1, '[{\"on\":\"2026-09-20\",\"by\":\"MSW\",\"conference\":\"yes\"},{\"on\":\"2026-10-01\",\"by\":\"看護師\",\"conference\":\"\"}]', 0, 0, 0, 0)", 1);
	const struct addition_row *x = of(w, D(2026, 9, 15), "add_hosp_2", &n);
	assert_non_null(x);
	assert_int_equal(n, 1);
	assert_int_equal(x->a.units, 200);
	assert_string_equal(x->label, "入院時情報連携加算(Ⅱ)");
	assert_string_equal(x->table, "hospital_stay");
	/* the discharge stands in its own month */
	x = of(w, D(2026, 10, 1), "add_leave_2_meet", &n);
	assert_non_null(x);
	assert_int_equal(x->a.units, 750);
	/* a day on which the office is closed, by its own record */
	world_sql(w, "INSERT INTO office_record (id, pid, version, org_id, record_class, kind, on_day, from_on, to_on, created_ms, created_by, updated_ms, updated_by)"
	             " VALUES (1, 'ofr%023d', 1, 1, %d, 'closed', '2026-04-01', '2026-09-05', '2026-09-07', 0, 0, 0, 0)", 1, CLASS_MEETING);
	assert_non_null(of(w, D(2026, 9, 15), "add_hosp_1", &n));
	world_sql(w, "UPDATE office_record SET to_on = '2026-09-06'");
	assert_null(of(w, D(2026, 9, 15), "add_hosp_1", &n));
	/* told too late: shown as falling short, with the days */
	world_sql(w, "UPDATE hospital_stay SET told_on = '2026-09-10'");
	struct addition_row *v;
	ok(additions_of_month(&w->c, D(2026, 9, 1), &v, &n));
	assert_int_equal(n, 1);
	assert_string_equal(v[0].a.code, "");
	assert_string_equal(v[0].label, "入院時情報連携加算");
	assert_true(*v[0].a.why);
	/* who may not see medical records hears nothing of what the hospital told */
	w->c.may[CLASS_I_MEDICAL][ACTION_SEE] = 0;
	ok(additions_of_month(&w->c, D(2026, 10, 1), &v, &n));
	assert_int_equal(n, 0);
	stranger(w);
	ok(additions_of_month(&w->c, D(2026, 9, 1), &v, &n));
	assert_int_equal(n, 0);
}

static void first_and_last(void **state)
{
	struct world *w = *state;
	size_t n;
	certified(w, "c2", D(2026, 9, 1), D(2027, 8, 31));
	const char *pid = plan_new(w, "home", "home");
	world_sql(w, "UPDATE plan SET status = 'delivered', from_on = '2026-10-01', consented_on = '2026-09-25', create_on = '2026-09-20' WHERE pid = '%s'", pid);
	const struct addition_row *x = of(w, D(2026, 10, 31), "add_first", &n);
	assert_non_null(x);
	assert_int_equal(x->a.units, 300);
	assert_true(strstr(x->but, "運営基準減算") != NULL); /* nothing of its papers is there */
	assert_null(of(w, D(2026, 11, 1), "add_first", &n));
	assert_null(of(w, D(2026, 10, 31), "add_clinic", &n));
	static const struct { const char *day, *about, *struck; } logs[] = {{"2026-10-02", "hearing", "NULL"}, {"2026-10-05", "hearing|clinic", "NULL"}, {"2026-10-20", "clinic", "NULL"},
		{"2026-11-02", "clinic", "5"}, {"2026-11-03", "clinical", "NULL"}};
	for (size_t i = 0; i < sizeof logs / sizeof logs[0]; i++)
		world_sql(w, "INSERT INTO care_log (pid, version, person_id, org_id, at_on, item, content, about, struck_ms, created_ms, created_by, updated_ms, updated_by)"
		             " VALUES ('log%023d', 1, 1, 1, '%s', 'other', '受診', '%s', %s, 0, 0, 0, 0)", (int)i, logs[i].day, logs[i].about, logs[i].struck);
	x = of(w, D(2026, 10, 31), "add_clinic", &n);
	assert_non_null(x);
	assert_int_equal(x->a.units, 50);
	assert_int_equal(n, 2); /* once a month, beside the first plan */
	assert_null(of(w, D(2026, 11, 30), "add_clinic", &n)); /* struck through; another word */
	world_sql(w, "UPDATE person SET death_on = '2026-11-10' WHERE id = 1");
	assert_null(of(w, D(2026, 11, 1), "add_terminal", &n));
	assert_int_equal(n, 1); /* shown as falling short */
	for (int i = 0; i < 2; i++)
		world_sql(w, "INSERT INTO monitoring (pid, version, person_id, org_id, case_id, plan_id, kind, mon_on, mon_ym, method, created_ms, created_by, updated_ms, updated_by)"
		             " SELECT 'mon%023d', 1, 1, 1, case_id, id, 'home', '2026-11-0%d', '2026-11', 'visit', 0, 0, 0, 0 FROM plan WHERE person_id = 1", i, 3 + i);
	x = of(w, D(2026, 11, 1), "add_terminal", &n);
	assert_non_null(x);
	assert_int_equal(x->a.units, 400);
}

static void plan_at(struct world *w, const char *case_pid, int no, const char *from, const char *to, const char *kind, const char *change)
{
	world_sql(w, "INSERT INTO plan (pid, version, person_id, org_id, case_id, kind, status, version_no, revision_no, change_kind, create_on, plan_on, from_on, to_on,"
	             " created_ms, created_by, updated_ms, updated_by) SELECT 'pla%023d', 1, 1, 1, id, '%s', 'delivered', %d, 0, '%s', '%s', '%s', '%s', '%s', 0, 0, 0, 0"
	             " FROM care_case WHERE pid = '%s'", no, kind, no, change, from, from, from, to, case_pid);
}

/* T-FE-11, 12 over the records: a gap of two months, months in hospital, bills, a level changed by two. */
static void first_again(void **state)
{
	struct world *w = *state;
	size_t n;
	const char *k = case_of(w, 1, "home");
	plan_at(w, k, 1, "2026-01-01", "2026-06-30", "home", "first");
	assert_non_null(of(w, D(2026, 1, 1), "add_first", &n));
	plan_at(w, k, 2, "2026-08-01", "2026-08-31", "home", "full"); /* July is blank: one month */
	assert_null(of(w, D(2026, 8, 1), "add_first", &n));
	assert_int_equal(n, 0);
	plan_at(w, k, 3, "2026-11-01", "2027-10-31", "home", "full"); /* September and October are */
	const struct addition_row *x = of(w, D(2026, 11, 1), "add_first", &n);
	assert_non_null(x);
	assert_true(strstr(x->a.why, "2か月") != NULL);
	/* a bill for October says that there was support after all */
	world_sql(w, "INSERT INTO office_record (id, pid, version, person_id, org_id, record_class, kind, on_day, from_on, created_ms, created_by, updated_ms, updated_by)"
	             " VALUES (1, 'ofr%023d', 1, 1, 1, %d, 'bill', '2026-11-05', '2026-10-01', 0, 0, 0, 0)", 1, CLASS_BENEFIT);
	w->c.may[CLASS_I_BENEFIT][ACTION_SEE] = w->c.may[CLASS_I_CARE][ACTION_SEE];
	assert_null(of(w, D(2026, 11, 1), "add_first", &n));
	world_sql(w, "UPDATE office_record SET retired_ms = 5 WHERE id = 1");
	/* a plan that went on counts no month spent wholly in hospital */
	world_sql(w, "UPDATE plan SET to_on = '2026-10-31' WHERE version_no = 2");
	assert_null(of(w, D(2026, 11, 1), "add_first", &n));
	world_sql(w, "INSERT INTO hospital_stay (id, pid, version, person_id, org_id, admitted_on, hospital, discharged_on, created_ms, created_by, updated_ms, updated_by)"
	             " VALUES (1, 'sty%023d', 1, 1, 1, '2026-08-20', '東病院', '2026-10-30', 0, 0, 0, 0)", 1);
	assert_null(of(w, D(2026, 11, 1), "add_first", &n)); /* home again on the 30th */
	world_sql(w, "UPDATE hospital_stay SET discharged_on = '2026-11-01'");
	assert_non_null(of(w, D(2026, 11, 1), "add_first", &n));
}

static void first_by_level(void **state)
{
	struct world *w = *state;
	size_t n;
	const char *k = case_of(w, 1, "home");
	static const struct { const char *level, *from, *to; } v[] = {{"c1", "2026-01-01", "2026-04-09"}, {"c3", "2026-04-10", "2026-09-30"}, {"c4", "2026-10-01", "2027-03-31"}};
	for (size_t i = 0; i < 3; i++)
		world_sql(w, "INSERT INTO certification (pid, version, person_id, status, apply_kind, level, from_on, to_on, created_ms, created_by, updated_ms, updated_by)"
		             " VALUES ('cer%023d', 1, 1, 'certified', 'change', '%s', '%s', '%s', 0, 0, 0, 0)", (int)i, v[i].level, v[i].from, v[i].to);
	plan_at(w, k, 1, "2026-01-01", "2026-12-31", "home", "first");
	plan_at(w, k, 2, "2026-04-15", "2026-12-31", "home", "minor"); /* no new plan */
	assert_null(of(w, D(2026, 4, 1), "add_first", &n));
	plan_at(w, k, 3, "2026-05-01", "2026-12-31", "home", "full");
	const struct addition_row *x = of(w, D(2026, 5, 1), "add_first", &n);
	assert_non_null(x);
	assert_true(strstr(x->a.why, "要介護1から要介護3") != NULL);
	plan_at(w, k, 4, "2026-06-01", "2026-12-31", "home", "full");
	assert_null(of(w, D(2026, 6, 1), "add_first", &n));
	plan_at(w, k, 5, "2026-10-01", "2027-03-31", "home", "full"); /* one step */
	assert_null(of(w, D(2026, 10, 1), "add_first", &n));
	world_sql(w, "UPDATE certification SET level = 's2' WHERE level = 'c3'");
	assert_non_null(of(w, D(2026, 10, 1), "add_first", &n)); /* 要支援 → 要介護 */
}

int main(void)
{
	const struct CMUnitTest tests[] = {CARE(a_stay), CARE(first_and_last), CARE(first_again), CARE(first_by_level)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
