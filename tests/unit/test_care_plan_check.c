/* care/plan_check: a plan that has nothing against it, and for each rule one change that makes it speak. */
#include "plan_world.h"

#include "care/intake.h"
#include "care/plan_check.h"

static bool has(struct world *w, const char *pid, const char *code, bool *block)
{
	struct plan_tree t = tree(w, pid);
	struct plan_problem *v;
	size_t n;
	ok(plan_check(&w->c, &t, &v, &n));
	bool found = false;
	for (size_t i = 0; i < n; i++) {
		assert_true(strlen(v[i].sentence) > 10 && strlen(v[i].source) > 5);
		if (i && v[i].is_block)
			assert_true(v[i - 1].is_block); /* blocks first */
		if (strcmp(v[i].code, code) == 0) {
			found = true;
			*block = v[i].is_block;
		}
	}
	return found;
}

static void says(struct world *w, const char *pid, const char *code, bool is_block)
{
	bool block = false;
	if (!has(w, pid, code, &block))
		fail_msg("%s is not told", code);
	assert_int_equal(block, is_block);
}

static void silent(struct world *w, const char *pid, const char *code)
{
	bool block;
	if (has(w, pid, code, &block))
		fail_msg("%s is told", code);
}

static const char *good(struct world *w)
{
	certified(w, "c2", w->c.today - 60, w->c.today + 300);
	const char *pid = plan_new(w, "home", "home");
	full_plan(w, pid);
	return pid;
}

static void save(struct world *w, const char *pid, struct plan_tree *t)
{
	struct plan_child *k = ARENA_ARRAY(w->arena, 64, struct plan_child);
	size_t n = 0;
	for (int p = 0; p < PLAN_PARTS; p++) {
		size_t rows;
		const struct table_desc *d = plan_part((enum plan_part)p)->table;
		char *v = plan_rows(t, (enum plan_part)p, &rows);
		for (size_t i = 0; i < rows; i++)
			k[n++] = (struct plan_child){(enum plan_part)p, plan_value(w->arena, d, v + i * d->size, "pid"), "", v + i * d->size, false};
	}
	ok(plan_save(&w->c, &(struct plan_edit){.pid = pid, .head = &t->plan, .children = k, .n_children = n}, NULL, NULL));
}

static void nothing_blocks_a_good_plan(void **state)
{
	struct world *w = *state;
	const char *pid = good(w);
	struct plan_tree t = tree(w, pid);
	struct plan_problem *v;
	size_t n;
	ok(plan_check(&w->c, &t, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (v[i].is_block)
			print_error("%s %s\n", v[i].code, v[i].sentence);
	assert_int_equal(plan_blocks(v, n), 0);
	says(w, pid, "no_meeting", false);
	says(w, pid, "no_assessment", false);
	says(w, pid, "opinion_missing", false);
	says(w, pid, "provider_no", false);
}

static void the_chain(void **state)
{
	struct world *w = *state;
	certified(w, "c2", w->c.today - 60, w->c.today + 300);
	const char *pid = plan_new(w, "home", "home");
	says(w, pid, "no_need", true);
	full_plan(w, pid);
	struct plan_tree t = tree(w, pid);
	struct t_plan_need need;
	struct t_plan_goal goal;
	struct t_plan_slot slot;
	row_init(&T_plan_need, &need);
	need.no = 2;
	need.text = "夜に眠れない";
	row_init(&T_plan_goal, &goal);
	goal.no = 2;
	goal.short_text = "玄関まで歩ける";
	row_init(&T_plan_slot, &slot);
	slot.service = "配食";
	slot.dow = 2;
	slot.from_min = slot.to_min = 720;
	silent(w, pid, "need_no_goal");
	silent(w, pid, "goal_no_service");
	silent(w, pid, "slot_orphan");
	silent(w, pid, "period_missing");
	struct plan_child k[] = {{PLAN_NEED, "n2", "", &need, false}, {PLAN_GOAL, "g2", t.needs[0].pid, &goal, false}, {PLAN_SLOT, "l2", "", &slot, false}};
	ok(plan_save(&w->c, &(struct plan_edit){.pid = pid, .children = k, .n_children = 3}, NULL, NULL));
	says(w, pid, "need_no_goal", true);
	says(w, pid, "goal_no_service", true);
	says(w, pid, "goal_text", false);
	says(w, pid, "slot_orphan", true);
	says(w, pid, "period_missing", true);
}

static void the_centre_comes_first(void **state)
{
	struct world *w = *state;
	certified(w, "s1", w->c.today - 60, w->c.today + 300);
	const char *pid = plan_new(w, "prevention", "prevention");
	full_plan(w, pid);
	silent(w, pid, "centre_first");
	world_sql(w, "UPDATE plan SET consignment = '2', author_org_id = 3");
	says(w, pid, "centre_first", false);
	world_sql(w, "UPDATE plan SET center_checked_on = '%s'", iso(w, w->c.today - 3));
	silent(w, pid, "centre_first");
	world_sql(w, "UPDATE plan SET consented_on = '%s'", iso(w, w->c.today - 4));
	says(w, pid, "centre_first", false);
	world_sql(w, "UPDATE plan SET consented_on = center_checked_on");
	silent(w, pid, "centre_first");
	world_sql(w, "UPDATE plan SET center_checked_on = NULL");
	says(w, pid, "centre_first", false);
}

static void services(void **state)
{
	struct world *w = *state;
	const char *pid = good(w);
	struct plan_tree t = tree(w, pid);
	silent(w, pid, "service_frequency");
	silent(w, pid, "service_provider");
	silent(w, pid, "service_covered");
	silent(w, pid, "choice");
	t.services[0].freq = "";
	t.services[0].times_week = INT_NULL;
	t.services[0].office = "";
	t.services[0].org_id = INT_NULL;
	t.services[0].covered = "";
	t.services[0].options_shown = 1;
	t.slots[0].service_id = INT_NULL;
	save(w, pid, &t);
	says(w, pid, "service_frequency", true);
	says(w, pid, "service_provider", true);
	says(w, pid, "service_covered", true);
	says(w, pid, "choice", false);
	world_sql(w, "UPDATE plan_slot SET retired_ms = 1");
	says(w, pid, "service_not_in_week", false);
	t = tree(w, pid);
	t.services[0].choice_reason = "家から一番近い";
	save(w, pid, &t);
	silent(w, pid, "choice");
}

static void periods(void **state)
{
	struct world *w = *state;
	const char *pid = good(w);
	struct plan_tree t = tree(w, pid);
	silent(w, pid, "goal_outside");
	silent(w, pid, "goal_crossing");
	silent(w, pid, "service_outside");
	t.goals[0].short_to_on = t.plan.to_on + 1;
	t.services[0].to_on = t.plan.cert_to_on + 1;
	save(w, pid, &t);
	says(w, pid, "goal_outside", true);
	says(w, pid, "goal_crossing", true);
	says(w, pid, "service_outside", true);
	says(w, pid, "service_beyond_plan", false);
	t = tree(w, pid);
	t.plan.cert_status = "1"; /* 暫定: the period is not known yet */
	save(w, pid, &t);
	silent(w, pid, "service_outside");
	says(w, pid, "cert_applying", false);
}

/* A change in the middle of a goal: the goal goes on from where it began; one that is over before the new version begins does not. */
static void a_goal_carried_over(void **state)
{
	struct world *w = *state;
	const char *pid = good(w);
	struct plan_tree t = tree(w, pid);
	t.goals[0].short_from_on = t.plan.from_on - 10;
	t.goals[0].long_from_on = t.plan.from_on - 10;
	save(w, pid, &t);
	says(w, pid, "goal_outside", true);
	world_sql(w, "UPDATE plan SET previous_id = id WHERE pid = '%s'", pid);
	silent(w, pid, "goal_outside");
	t = tree(w, pid);
	t.goals[0].short_to_on = t.plan.from_on - 1;
	save(w, pid, &t);
	says(w, pid, "goal_outside", true);
}

/* A plan written before its period begins stands on the renewed certification: that of the last period is news, the next is none. */
static void the_next_certificate(void **state)
{
	struct world *w = *state;
	const char *pid = good(w);
	struct plan_tree t = tree(w, pid);
	civil ends = t.plan.cert_to_on;
	t.plan.from_on = ends + 1;
	t.plan.to_on = ends + 90;
	save(w, pid, &t);
	silent(w, pid, "cert_changed"); /* nothing is decided for those days */
	certified(w, "c3", ends + 1, ends + 365);
	says(w, pid, "cert_changed", false);
	t = tree(w, pid);
	t.plan.cert_from_on = ends + 1;
	t.plan.cert_to_on = ends + 365;
	t.plan.level = "c3";
	save(w, pid, &t);
	silent(w, pid, "cert_changed");
}

static void the_certificate_moved(void **state)
{
	struct world *w = *state;
	const char *pid = good(w), *news;
	silent(w, pid, "cert_changed");
	world_sql(w, "UPDATE certification SET level = 'c3'");
	says(w, pid, "cert_changed", false);
	struct plan_tree t = tree(w, pid);
	ok(plan_cert_news(&w->c, &t, &news));
	assert_non_null(strstr(news, "要介護3"));
	assert_string_equal(plan_problem_path(w->arena, &t, &(struct plan_problem){.code = "", .part = PLAN_SLOT, .key = "k", .column = "service"}),
	                    arena_fmt(w->arena, "/plans/%s/week", pid));
	assert_string_equal(plan_problem_path(w->arena, &t, &(struct plan_problem){.code = "", .part = PLAN_GOAL, .key = "k", .column = ""}),
	                    arena_fmt(w->arena, "/plans/%s/edit#f-goal.k.short_text", pid));
	assert_string_equal(plan_problem_path(w->arena, &t, &(struct plan_problem){.code = "no_meeting", .part = PLAN_HEAD, .column = ""}),
	                    arena_fmt(w->arena, "/persons/%s/meetings/new?plan=%s", t.person_pid, pid));
	assert_string_equal(plan_problem_path(w->arena, &t, &(struct plan_problem){.code = "service_not_in_week", .part = PLAN_SERVICE, .key = "k", .column = "days"}),
	                    arena_fmt(w->arena, "/plans/%s/week", pid));
}

static void medical_and_equipment(void **state)
{
	struct world *w = *state;
	const char *pid = good(w);
	struct plan_tree t = tree(w, pid);
	silent(w, pid, "medical_order");
	t.services[0].type_code = "13";
	save(w, pid, &t);
	says(w, pid, "medical_order", true);
	t = tree(w, pid);
	t.services[0].doctor_order_on = w->c.today;
	save(w, pid, &t);
	silent(w, pid, "medical_order");
	t = tree(w, pid);
	t.services[0].type_code = "17";
	save(w, pid, &t);
	says(w, pid, "equipment_reason", true);
	t = tree(w, pid);
	t.services[0].reason = "屋外の歩行を支えるため";
	save(w, pid, &t);
	silent(w, pid, "equipment_reason");
	t = tree(w, pid);
	t.services[0].type_code = "76";
	t.services[0].doctor_order_on = CIVIL_NONE;
	save(w, pid, &t);
	silent(w, pid, "medical_order");
	says(w, pid, "medical_order_some", false);
}

static void life_support(void **state)
{
	struct world *w = *state;
	const char *pid = good(w);
	struct plan_tree t = tree(w, pid);
	t.services[0].life_support = true;
	t.services[0].times_week = 7;
	save(w, pid, &t);
	says(w, pid, "life_support_reason", true);
	silent(w, pid, "life_support_count"); /* 31 a month; 要介護2: 34 */
	t = tree(w, pid);
	t.plan.life_support_reason = "3";
	t.services[0].times_week = 8;
	save(w, pid, &t);
	says(w, pid, "life_support_reason", true); /* その他 without its words */
	says(w, pid, "life_support_count", false);
	t = tree(w, pid);
	t.plan.life_support_other = "家族が遠方のため";
	save(w, pid, &t);
	silent(w, pid, "life_support_reason");
	t = tree(w, pid);
	t.services[0].life_support = false;
	save(w, pid, &t);
	says(w, pid, "life_support_idle", false);
}

/* The published numbers of visits a month, one by one: one fewer says nothing, the number itself does. */
static void life_support_numbers(void **state)
{
	static const struct { const char *level; int times; } PUBLISHED[] = {{"c1", 27}, {"c2", 34}, {"c3", 43}, {"c4", 38}, {"c5", 31}};
	struct world *w = *state;
	const char *pid = good(w);
	for (size_t i = 0; i < sizeof PUBLISHED / sizeof PUBLISHED[0]; i++)
		for (int less = 1; less >= 0; less--) {
			struct plan_tree t = tree(w, pid);
			t.plan.level = PUBLISHED[i].level;
			t.services[0].life_support = true;
			t.services[0].times_week = INT_NULL;
			t.services[0].times_month = PUBLISHED[i].times - less;
			save(w, pid, &t);
			if (less)
				silent(w, pid, "life_support_count");
			else
				says(w, pid, "life_support_count", false);
		}
}

static void providers_and_letters(void **state)
{
	struct world *w = *state;
	const char *pid = good(w);
	silent(w, pid, "provider_closed");
	silent(w, pid, "cp932");
	world_sql(w, "UPDATE org SET valid_to = '2020-03-31' WHERE id = 3");
	says(w, pid, "provider_closed", true);
	struct plan_tree t = tree(w, pid);
	t.needs[0].text = "𠮷野さんと歩きたい";
	t.services[0].office_no = "12345";
	save(w, pid, &t);
	says(w, pid, "cp932", false);
	says(w, pid, "provider_no", false);
}

static void prevention(void **state)
{
	struct world *w = *state;
	const char *pid = plan_new(w, "prevention", "prevention");
	says(w, pid, "no_certification", false);
	says(w, pid, "goal_of_life", false);
	says(w, pid, "area_issue", false);
	struct plan_tree t = tree(w, pid);
	t.plan.goal_year = "春に花見に行く";
	for (size_t i = 0; i < t.n_areas; i++)
		t.areas[i].has_issue = "2";
	save(w, pid, &t);
	silent(w, pid, "goal_of_life");
	silent(w, pid, "area_issue");
	silent(w, pid, "opinion_missing"); /* of the other form */
	struct answers *as = answers_new(w->arena, form_find(w->house.forms, "kihon-checklist", w->c.today));
	const char *response;
	ok(answers_set_date(as, "kcl_date", w->c.today));
	ok(answers_set_text(as, "name", "見本 花子"));
	ok(answers_set_text(as, "address", "青葉市"));
	ok(answers_set_date(as, "birth_date", D(1944, 5, 6)));
	for (int i = 6; i <= 10; i++)
		ok(answers_set_int(as, arena_fmt(w->arena, "kcl%02d", i), i == 9 || i == 10 ? 1 : 0));
	ok(response_save(&w->c, &(struct response_input){.person_pid = prs(w, 1), .answers = as}, &response, NULL));
	silent(w, pid, "program_no");
	t = tree(w, pid);
	t.plan.prog_move = "2";
	save(w, pid, &t);
	says(w, pid, "program_no", false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CARE(nothing_blocks_a_good_plan), CARE(the_chain), CARE(the_centre_comes_first), CARE(services), CARE(periods), CARE(a_goal_carried_over), CARE(the_next_certificate), CARE(the_certificate_moved), CARE(medical_and_equipment),
		CARE(life_support), CARE(life_support_numbers), CARE(providers_and_letters), CARE(prevention),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
