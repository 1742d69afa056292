/* care/plan: reading, saving contents, new plans and copies. */
#include "care_world.h"

#include "care/plan_create.h"
#include "plan_world.h"

#include "store/tx.h"

/* ---- what a plan consists of ---- */

static void every_column_is_known(void **state)
{
	(void)state;
	static const char *const own[] = {"id", "pid", "version", "person_id", "plan_id", "need_id", "goal_id", "service_id", "origin_id",
		"is_untouched", "created_ms", "created_by", "updated_ms", "updated_by", "retired_ms", NULL};
	static const char *const flow[] = {"org_id", "case_id", "author_org_id", "kind", "status", "version_no", "revision_no", "previous_id",
		"change_kind", "change_minor_code", "change_reason", "change_judged_by", "change_judged_on", "change_agreed_on",
		"change_no_meeting", "is_provisional", "provisional_reason", "provisional_until", "center_opinion", "center_checked_on",
		"center_checked_by", "explained_on", "explained_by_staff_id", "consented_on", "delivered_on", "ended_on", "end_reason",
		"copied_untouched", NULL};
	for (int p = 0; p <= PLAN_PARTS; p++) {
		const struct table_desc *t = plan_part((enum plan_part)p)->table;
		for (size_t i = 0; i < t->n_cols; i++) {
			bool known = false;
			for (size_t f = 0; f < plan_field_count(); f++)
				known = known || (plan_field_at(f)->part == (enum plan_part)p && strcmp(plan_field_at(f)->column, t->cols[i].name) == 0);
			for (size_t k = 0; own[k]; k++)
				known = known || strcmp(own[k], t->cols[i].name) == 0;
			for (size_t k = 0; p == PLAN_HEAD && flow[k]; k++)
				known = known || strcmp(flow[k], t->cols[i].name) == 0;
			if (!known)
				fail_msg("%s.%s", t->name, t->cols[i].name);
		}
	}
	for (size_t f = 0; f < plan_field_count(); f++) { /* and no field without its column */
		union plan_any row;
		const struct table_desc *t = plan_part(plan_field_at(f)->part)->table;
		row_init(t, &row);
		assert_non_null(row_column(t, &row, plan_field_at(f)->column));
	}
}

/* ---- create ---- */

static void a_new_plan_knows_what_is_known(void **state)
{
	struct world *w = *state;
	certified(w, "c2", D(2026, 4, 1), D(2027, 3, 31));
	const char *pid = plan_new(w, "home", "home");
	struct plan_tree t = tree(w, pid);
	assert_string_equal(t.plan.status, "draft");
	assert_int_equal(t.plan.version_no, 1);
	assert_string_equal(t.plan.level, "c2");
	assert_string_equal(t.plan.cert_status, "2");
	assert_int_equal(t.plan.cert_to_on, D(2027, 3, 31));
	assert_int_equal(t.plan.to_on, D(2027, 3, 31));
	assert_true(t.plan.class_first);
	assert_false(t.plan.class_continued);
	assert_string_equal(t.plan.change_kind, "first");
	assert_string_equal(t.plan.author_name, "見本 職員11");
	assert_true(t.may_write);
	assert_false(t.is_frozen);
	assert_string_equal(t.person_pid, prs(w, 1));
	/* one 原案 at a time */
	const char *second = NULL;
	is_err(plan_create(&w->c, t.case_pid, "home", NULL, &second), ERR_PLAN_STATE);
	struct plan_row *rows;
	size_t n;
	fault_clear(&w->c);
	ok(plan_list(&w->c, prs(w, 1), NULL, &rows, &n));
	assert_int_equal(n, 1);
	assert_string_equal(rows[0].pid, pid);
}

static void a_prevention_plan_has_four_areas(void **state)
{
	struct world *w = *state;
	certified(w, "s1", D(2026, 4, 1), D(2027, 3, 31));
	struct plan_tree t = tree(w, plan_new(w, "prevention", "prevention"));
	assert_int_equal(t.n_areas, 4);
	assert_string_equal(t.areas[0].area, "move");
	assert_string_equal(t.areas[3].area, "health");
	assert_string_equal(t.plan.plan_kind, "1");
	assert_string_equal(t.plan.support_level, "1");
}

static void needs_come_from_the_assessment(void **state)
{
	struct world *w = *state;
	const char *assessment = assessed(w);
	const char *pid = NULL;
	ok(plan_create(&w->c, case_of(w, 1, "home"), "home", assessment, &pid));
	struct plan_tree t = tree(w, pid);
	assert_int_equal(t.n_needs, 2);
	assert_string_equal(t.needs[0].text, "屋外の歩行が不安定");
	assert_string_equal(t.needs[0].item_code, "a12_adl");
	assert_string_equal(t.needs[1].whose, "family");
	assert_string_equal(t.plan.wish_person, "家で暮らしたい");
	assert_string_equal(t.own_words, "もう一度、畑に出たい");
}

/* ---- save ---- */

static void a_whole_chain_is_saved_at_once(void **state)
{
	struct world *w = *state;
	const char *pid = plan_new(w, "home", "home");
	full_plan(w, pid);
	struct plan_tree t = tree(w, pid);
	assert_int_equal(t.n_needs, 1);
	assert_int_equal(t.n_goals, 1);
	assert_int_equal(t.n_services, 1);
	assert_int_equal(t.n_slots, 1);
	assert_int_equal(t.goals[0].need_id, t.needs[0].id);
	assert_int_equal(t.services[0].goal_id, t.goals[0].id);
	assert_int_equal(t.slots[0].service_id, t.services[0].id);
	/* the same again writes nothing */
	int64_t revisions = count_of(w, "revision", "table_name LIKE 'plan%'");
	struct t_plan head = t.plan;
	struct plan_child k[] = {{PLAN_NEED, t.needs[0].pid, "", &t.needs[0], false}, {PLAN_GOAL, t.goals[0].pid, "", &t.goals[0], false}};
	ok(plan_save(&w->c, &(struct plan_edit){.pid = pid, .head = &head, .children = k, .n_children = 2}, NULL, NULL));
	assert_int_equal(count_of(w, "revision", "table_name LIKE 'plan%'"), revisions);
}

static void bad_input_names_its_field_and_writes_nothing(void **state)
{
	struct world *w = *state;
	const char *pid = plan_new(w, "home", "home");
	struct t_plan_need need;
	struct t_plan_goal goal, lost;
	row_init(&T_plan_need, &need);
	need.text = "足腰が弱っている";
	row_init(&T_plan_goal, &goal);
	goal.short_from_on = D(2026, 5, 1);
	goal.short_to_on = D(2026, 4, 1);
	row_init(&T_plan_goal, &lost);
	struct plan_child k[] = {{PLAN_NEED, "n1", "", &need, false}, {PLAN_GOAL, "g1", "n1", &goal, false}};
	is_err(plan_save(&w->c, &(struct plan_edit){.pid = pid, .children = k, .n_children = 2}, NULL, NULL), ERR_PERIOD_ORDER);
	assert_non_null(strstr(fault_text(&w->c, "goal.g1.short_to_on"), "短期目標の期間"));
	assert_int_equal(tree(w, pid).n_needs, 0);
	fault_clear(&w->c);
	struct plan_child alone[] = {{PLAN_GOAL, "g2", "", &lost, false}};
	is_err(plan_save(&w->c, &(struct plan_edit){.pid = pid, .children = alone, .n_children = 1}, NULL, NULL), ERR_REQUIRED);
	assert_non_null(fault_of(&w->c, "goal.g2.parent"));
}

/* Undo brings back the plan as a whole: head and rows, with the ids they had. */
static void an_earlier_state_comes_back_whole(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	const char *pid = plan_new(w, "home", "home");
	full_plan(w, pid);
	struct plan_tree was = tree(w, pid);
	int64_t then = c->now_ms;
	/* another save: a need changed and one added, a service taken out, the head changed */
	world_clock(w, then + 60000);
	struct plan_tree t = tree(w, pid);
	struct t_plan_need other;
	row_init(&T_plan_need, &other);
	other.no = 2;
	other.text = "夜に眠れない";
	t.needs[0].text = "書き損じ";
	t.plan.overall_policy = "書き損じ";
	struct plan_child k[] = {{PLAN_NEED, t.needs[0].pid, "", &t.needs[0], false}, {PLAN_NEED, "n9", "", &other, false},
		{PLAN_SERVICE, t.services[0].pid, "", &t.services[0], true}};
	ok(plan_save(c, &(struct plan_edit){.pid = pid, .head = &t.plan, .children = k, .n_children = 3}, NULL, NULL));
	struct plan_tree spoilt = tree(w, pid);
	int64_t later = c->now_ms;
	assert_int_equal(spoilt.n_needs, was.n_needs + 1);
	assert_int_equal(spoilt.n_services, was.n_services - 1);
	/* back to the first */
	world_clock(w, then + 120000);
	is_err(plan_revert(c, pid, 1), ERR_NOTFOUND); /* before there was a plan */
	ok(plan_revert(c, pid, then));
	t = tree(w, pid);
	assert_string_equal(t.plan.overall_policy, was.plan.overall_policy);
	assert_int_equal(t.n_needs, was.n_needs);
	assert_string_equal(t.needs[0].text, was.needs[0].text);
	assert_int_equal(t.needs[0].id, was.needs[0].id);
	assert_int_equal(t.n_services, was.n_services);
	assert_int_equal(t.n_goals, was.n_goals);
	for (size_t i = 0; i < t.n_services; i++) {
		assert_int_equal(t.services[i].id, was.services[i].id);
		assert_string_equal(t.services[i].content, was.services[i].content);
	}
	/* and the undo undone */
	world_clock(w, then + 180000);
	ok(plan_revert(c, pid, later));
	t = tree(w, pid);
	assert_string_equal(t.plan.overall_policy, "書き損じ");
	assert_string_equal(t.needs[0].text, "書き損じ");
	assert_int_equal(t.n_needs, spoilt.n_needs);
	assert_int_equal(t.n_services, spoilt.n_services);
	/* a row taken out too long ago does not come back, and then nothing does */
	world_clock(w, then + (int64_t)(BIN_DAYS + 1) * 86400000);
	is_err(plan_revert(c, pid, then), ERR_INPUT);
	assert_string_equal(tree(w, pid).plan.overall_policy, "書き損じ");
}

static void two_people_on_one_plan(void **state)
{
	struct world *w = *state;
	const char *pid = plan_new(w, "home", "home");
	full_plan(w, pid);
	struct plan_tree a = tree(w, pid), b = tree(w, pid);
	struct t_plan_need other;
	row_init(&T_plan_need, &other);
	other.no = 2;
	other.text = "夜に眠れない";
	/* different needs: both stand */
	a.needs[0].text = "外を歩くのが不安";
	struct plan_child ka[] = {{PLAN_NEED, a.needs[0].pid, "", &a.needs[0], false}};
	ok(plan_save(&w->c, &(struct plan_edit){.pid = pid, .children = ka, .n_children = 1}, NULL, NULL));
	nurse2(w);
	struct plan_child kb[] = {{PLAN_NEED, "n9", "", &other, false}};
	b.plan.overall_policy = "転ばないように見守る";
	ok(plan_save(&w->c, &(struct plan_edit){.pid = pid, .head = &b.plan, .children = kb, .n_children = 1}, NULL, NULL));
	struct plan_tree t = tree(w, pid);
	assert_int_equal(t.n_needs, 2);
	assert_string_equal(t.needs[0].text, "外を歩くのが不安");
	assert_string_equal(t.plan.overall_policy, "転ばないように見守る");
	/* the same field of the same need: nothing is written, both texts are told, mine is kept */
	b.needs[0].text = "坂道で転びやすい";
	a.plan.version = 1;
	struct t_plan head = b.plan;
	head.analysis = "筋力の低下がもとにある";
	struct plan_child kc[] = {{PLAN_NEED, b.needs[0].pid, "", &b.needs[0], false}};
	struct plan_conflicts conflicts;
	is_err(plan_save(&w->c, &(struct plan_edit){.pid = pid, .head = &head, .children = kc, .n_children = 1}, NULL, &conflicts),
	       ERR_CONFLICT);
	assert_int_equal(conflicts.n, 1);
	assert_int_equal(conflicts.v[0].part, PLAN_NEED);
	assert_string_equal(conflicts.v[0].key, b.needs[0].pid);
	assert_string_equal(conflicts.v[0].row->fields[0].column, "text");
	assert_string_equal(conflicts.v[0].row->fields[0].theirs, "外を歩くのが不安");
	assert_string_equal(conflicts.v[0].row->fields[0].mine, "坂道で転びやすい");
	assert_string_equal(conflicts.theirs_name, "見本 職員11");
	assert_int_equal(count_of(w, "conflict_text", "table_name = 'plan_need' AND mine LIKE '%坂道%'"), 1);
	assert_string_equal(tree(w, pid).plan.analysis, "歩く力を取り戻したい");
}

static void order_is_no_conflict(void **state)
{
	struct world *w = *state;
	const char *pid = plan_new(w, "home", "home");
	full_plan(w, pid);
	struct plan_tree a = tree(w, pid), b = tree(w, pid);
	a.needs[0].no = 2;
	b.needs[0].no = 3;
	struct plan_child ka[] = {{PLAN_NEED, a.needs[0].pid, "", &a.needs[0], false}}, kb[] = {{PLAN_NEED, b.needs[0].pid, "", &b.needs[0], false}};
	ok(plan_save(&w->c, &(struct plan_edit){.pid = pid, .children = ka, .n_children = 1}, NULL, NULL));
	ok(plan_save(&w->c, &(struct plan_edit){.pid = pid, .children = kb, .n_children = 1}, NULL, NULL));
	assert_int_equal(tree(w, pid).needs[0].no, 2);
}

static void a_need_takes_its_goals_along(void **state)
{
	struct world *w = *state;
	const char *pid = plan_new(w, "home", "home");
	full_plan(w, pid);
	struct plan_tree t = tree(w, pid);
	struct plan_child k[] = {{PLAN_NEED, t.needs[0].pid, "", &t.needs[0], true}};
	ok(plan_save(&w->c, &(struct plan_edit){.pid = pid, .children = k, .n_children = 1}, NULL, NULL));
	t = tree(w, pid);
	assert_int_equal(t.n_needs + t.n_goals + t.n_services, 0);
	assert_int_equal(t.n_slots, 1); /* the orphan check lists it */
	assert_true(t.slots[0].service_id == INT_NULL);
	assert_int_equal(count_of(w, "plan_goal", "retired_ms IS NOT NULL"), 1);
}

static void what_another_wrote_below_is_not_taken_along(void **state)
{
	struct world *w = *state;
	const char *pid = plan_new(w, "home", "home");
	full_plan(w, pid);
	struct plan_tree mine = tree(w, pid), theirs = mine;
	nurse2(w);
	w->c.now_ms += 60000;
	struct t_plan_goal g = theirs.goals[0];
	g.short_text = "週に3回、庭を歩く";
	struct plan_child k[] = {{PLAN_GOAL, g.pid, "", &g, false}};
	ok(plan_save(&w->c, &(struct plan_edit){.pid = pid, .children = k, .n_children = 1}, NULL, NULL));
	nurse(w);
	w->c.now_ms += 60000;
	struct plan_conflicts conflicts;
	struct plan_child gone[] = {{PLAN_NEED, mine.needs[0].pid, "", &mine.needs[0], true}};
	is_err(plan_save(&w->c, &(struct plan_edit){.pid = pid, .children = gone, .n_children = 1}, NULL, &conflicts), ERR_CONFLICT);
	assert_int_equal(conflicts.n, 1);
	assert_int_equal(tree(w, pid).n_goals, 1);
	/* having read it, the editor names it and it goes */
	struct plan_tree now = tree(w, pid);
	struct plan_child both[] = {{PLAN_NEED, now.needs[0].pid, "", &now.needs[0], true},
	                            {PLAN_GOAL, now.goals[0].pid, now.needs[0].pid, &now.goals[0], false}};
	ok(plan_save(&w->c, &(struct plan_edit){.pid = pid, .children = both, .n_children = 2}, NULL, NULL));
	assert_int_equal(tree(w, pid).n_goals, 0);
}

static void an_editor_cannot_write_the_state(void **state)
{
	struct world *w = *state;
	const char *pid = plan_new(w, "home", "home");
	struct plan_tree t = tree(w, pid);
	t.plan.status = "delivered";
	t.plan.version_no = 9;
	t.plan.consented_on = D(2026, 4, 1);
	t.plan.analysis = "本人の力を生かす";
	ok(plan_save(&w->c, &(struct plan_edit){.pid = pid, .head = &t.plan}, NULL, NULL));
	t = tree(w, pid);
	assert_string_equal(t.plan.status, "draft");
	assert_int_equal(t.plan.version_no, 1);
	assert_true(t.plan.consented_on == CIVIL_NONE);
	assert_string_equal(t.plan.analysis, "本人の力を生かす");
}

/* ---- copy ---- */

static void copied_text_is_marked_until_touched(void **state)
{
	struct world *w = *state;
	const char *pid = plan_new(w, "home", "home"), *copy = NULL;
	full_plan(w, pid);
	set_status(w, pid, "delivered");
	ok(plan_copy(&w->c, pid, &copy));
	struct plan_tree from = tree(w, pid), t = tree(w, copy);
	assert_int_equal(t.plan.version_no, 2);
	assert_string_equal(t.plan.change_kind, "full");
	assert_string_equal(t.previous_pid, pid);
	assert_string_equal(t.needs[0].text, from.needs[0].text);
	assert_int_equal(t.needs[0].origin_id, from.needs[0].id);
	assert_int_equal(t.goals[0].need_id, t.needs[0].id);
	assert_int_equal(t.slots[0].service_id, t.services[0].id);
	assert_true(t.needs[0].is_untouched);
	assert_true(plan_head_untouched(&t.plan, "analysis"));
	assert_int_equal(plan_untouched_percent(&t), 100);
	assert_string_equal(plan_content_sha(&w->c, &from), plan_content_sha(&w->c, &from));
	t.needs[0].text = "杖で外を歩きたい";
	t.plan.analysis = "足の力が戻ってきた";
	struct plan_child k[] = {{PLAN_NEED, t.needs[0].pid, "", &t.needs[0], false}};
	ok(plan_save(&w->c, &(struct plan_edit){.pid = copy, .head = &t.plan, .children = k, .n_children = 1}, NULL, NULL));
	t = tree(w, copy);
	assert_false(t.needs[0].is_untouched);
	assert_true(t.goals[0].is_untouched);
	assert_false(plan_head_untouched(&t.plan, "analysis"));
	assert_true(plan_untouched_percent(&t) < 100);
}

/* ---- in force, gate, bin ---- */

static void the_version_in_force(void **state)
{
	struct world *w = *state;
	const char *pid = plan_new(w, "home", "home");
	struct plan_tree t;
	bool found;
	ok(plan_current(&w->c, 1, NULL, w->c.today, &t, &found));
	assert_false(found); /* an 原案 is not in force */
	set_status(w, pid, "provisional");
	ok(plan_current(&w->c, 1, "home", w->c.today, &t, &found));
	assert_true(found);
	assert_string_equal(t.plan.pid, pid);
	ok(plan_current(&w->c, 1, "prevention", w->c.today, &t, &found));
	assert_false(found);
	ok(plan_current(&w->c, 1, NULL, w->c.today - 1, &t, &found));
	assert_false(found);
}

static void nobody_else_finds_it(void **state)
{
	struct world *w = *state;
	const char *pid = plan_new(w, "home", "home");
	struct plan_tree t;
	stranger(w);
	is_err(plan_get(&w->c, pid, &t), ERR_NOTFOUND);
	clerk(w);
	ok(plan_get(&w->c, pid, &t));
	assert_false(t.may_write);
	is_err(plan_save(&w->c, &(struct plan_edit){.pid = pid, .head = &t.plan}, NULL, NULL), ERR_DENIED);
}

static void into_the_bin_and_back(void **state)
{
	struct world *w = *state;
	const char *pid = plan_new(w, "home", "home"), *bin = NULL;
	is_err(plan_retire(&w->c, pid, "", &bin), ERR_REQUIRED);
	fault_clear(&w->c);
	ok(plan_retire(&w->c, pid, "作り直すため", &bin));
	struct plan_tree t;
	is_err(plan_get(&w->c, pid, &t), ERR_NOTFOUND);
	assert_int_equal(count_of(w, "timeline", "kind = 'plan' AND is_hidden = 0"), 0);
	ok(bin_restore(&w->c, bin));
	ok(plan_get(&w->c, pid, &t));
	assert_int_equal(count_of(w, "timeline", "kind = 'plan' AND is_hidden = 0"), 1);
	set_status(w, pid, "delivered");
	is_err(plan_retire(&w->c, pid, "間違い", &bin), ERR_PLAN_FROZEN);
	fault_clear(&w->c);
	t = tree(w, pid);
	t.plan.analysis = "書きかえ";
	is_err(plan_save(&w->c, &(struct plan_edit){.pid = pid, .head = &t.plan}, NULL, NULL), ERR_PLAN_FROZEN);
	assert_string_equal(tree(w, pid).plan.analysis, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_column_is_known), CARE(a_new_plan_knows_what_is_known), CARE(a_prevention_plan_has_four_areas),
		CARE(needs_come_from_the_assessment), CARE(a_whole_chain_is_saved_at_once),
		CARE(bad_input_names_its_field_and_writes_nothing), CARE(an_earlier_state_comes_back_whole), CARE(two_people_on_one_plan), CARE(order_is_no_conflict), CARE(a_need_takes_its_goals_along),
		CARE(what_another_wrote_below_is_not_taken_along), CARE(an_editor_cannot_write_the_state),
		CARE(copied_text_is_marked_until_touched), CARE(the_version_in_force), CARE(nobody_else_finds_it), CARE(into_the_bin_and_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
