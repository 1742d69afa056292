/* care/plan_report: informal support by month, concentration per kind of service and body. */
#include "plan_world.h"

#include "care/plan_report.h"

static const char *agreed(struct world *w, int64_t person, const char *type, int64_t org, const char *office, bool informal)
{
	const char *pid = NULL;
	ok(plan_create(&w->c, case_of(w, person, "home"), "home", NULL, &pid));
	struct t_plan_need need;
	struct t_plan_goal goal;
	struct t_plan_service a, b;
	row_init(&T_plan_need, &need);
	row_init(&T_plan_goal, &goal);
	row_init(&T_plan_service, &a);
	row_init(&T_plan_service, &b);
	need.text = "歩く";
	a.actor = "formal";
	a.type_code = type;
	a.covered = "Y";
	a.org_id = org;
	a.office = office;
	b.actor = informal ? "informal" : "family";
	struct plan_child k[] = {{PLAN_NEED, "n", "", &need, false}, {PLAN_GOAL, "g", "n", &goal, false}, {PLAN_SERVICE, "a", "g", &a, false},
	                         {PLAN_SERVICE, "b", "g", &b, false}};
	ok(plan_save(&w->c, &(struct plan_edit){.pid = pid, .children = k, .n_children = 4}, NULL, NULL));
	world_sql(w, "UPDATE plan SET status = 'consented', consented_on = plan_on WHERE pid = '%s'", pid);
	return pid;
}

static void informal_support(void **state)
{
	struct world *w = *state;
	struct plan_month *v;
	size_t n;
	agreed(w, 1, "11", 3, "東", true);
	agreed(w, 2, "11", 3, "東", false);
	ok(plan_informal(&w->c, w->c.today, w->c.today, &v, &n));
	assert_int_equal(n, 1);
	assert_int_equal(v[0].plans, 2);
	assert_int_equal(v[0].informal, 1);
	ok(plan_informal(&w->c, w->c.today + 1, w->c.today + 60, &v, &n));
	assert_int_equal(n, 0);
	stranger(w); /* another organisation has no such plans */
	ok(plan_informal(&w->c, w->c.today, w->c.today, &v, &n));
	assert_int_equal(n, 0);
}

static void concentration(void **state)
{
	struct world *w = *state;
	struct plan_share *v;
	size_t n;
	/* bodies count, not offices: 2 and 3 are of one body */
	world_sql(w, "UPDATE org SET operator_org_id = 3 WHERE id = 2");
	for (int i = 0; i < 3; i++)
		agreed(w, 1, "15", 3, "東", false);
	agreed(w, 1, "15", 2, "南", false);
	agreed(w, 2, "15", INT_NULL, "町の事業所", false);
	ok(plan_concentration(&w->c, w->c.today - 30, w->c.today, &v, &n));
	assert_int_equal(n, 2);
	assert_int_equal(v[0].plans, 4);
	int64_t all = 0;
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(v[i].of, 5);
		assert_string_equal(v[i].type, "通所介護");
		all += v[i].plans;
	}
	assert_int_equal(all, 5);
}

static void eighty_is_not_over(void **state)
{
	struct world *w = *state;
	struct plan_share *v;
	size_t n;
	for (int i = 0; i < 4; i++)
		agreed(w, 1, "11", 3, "東", false);
	agreed(w, 2, "11", INT_NULL, "町の事業所", false);
	ok(plan_concentration(&w->c, w->c.today - 30, w->c.today, &v, &n));
	assert_int_equal(v[0].plans * 100, v[0].of * 80);
	assert_false(v[0].over);
	agreed(w, 1, "11", 3, "東", false);
	ok(plan_concentration(&w->c, w->c.today - 30, w->c.today, &v, &n));
	assert_int_equal(v[0].plans * 6, v[0].of * 5);
	assert_true(v[0].over);
}

int main(void)
{
	const struct CMUnitTest tests[] = {CARE(informal_support), CARE(concentration), CARE(eighty_is_not_over)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
