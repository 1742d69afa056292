/* 訪問の予定: what is refused, the deadline of モニタリング and meeting times that are asked once more, the order of a day, done and
 * undone by records, called off, bin, gates, and the list of monitoring without a visit. Today is in the second half of November 2026. */
#include "plan_world.h"

#include "base/str.h"
#include "care/case.h"
#include "care/care_log.h"
#include "care/monitor.h"
#include "care/visit_plan.h"
#include "care/work.h"
#include "jp/era.h"

#include <string.h>

enum { NINE = 540 };

static struct t_visit_plan visit(struct world *w, civil on, const char *purpose)
{
	struct t_visit_plan r;
	visit_plan_init(&w->c, &r);
	r.planned_on = on;
	r.purpose = purpose;
	return r;
}

static err keep(struct world *w, int64_t person, struct t_visit_plan *r, const char *staff, const char *accepted, struct visit_warning *k)
{
	fault_clear(&w->c);
	return visit_plan_save(&w->c, prs(w, person), r, staff, accepted, k, NULL);
}

/* A visit to person 1 by the nurse, which nothing stands against. */
static struct t_visit_plan planned(struct world *w, int64_t person, civil on, int64_t from, const char *purpose)
{
	struct t_visit_plan r = visit(w, on, purpose);
	r.from_min = from;
	r.to_min = from == INT_NULL ? INT_NULL : from + 60;
	err e = keep(w, person, &r, stf(w, 11), "", NULL);
	for (size_t i = 0; e != OK && i < w->c.n_faults; i++)
		print_error("%s: %s\n", w->c.faults[i].field, w->c.faults[i].message);
	assert_int_equal(e, OK);
	return r;
}

static void bad_input_is_told_at_once(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_visit_plan r = visit(w, c->today - 1, "nosuch");
	r.to_min = NINE;
	is_err(keep(w, 1, &r, "", "", NULL), ERR_INPUT);
	static const char *const fields[] = {"planned_on", "from_min", "purpose", "staff"};
	for (size_t i = 0; i < 4; i++)
		assert_true(*fault_text(c, fields[i]));
	assert_int_equal(count_of(w, "visit_plan", "1 = 1"), 0);
	r = visit(w, c->today, "monitoring");
	r.from_min = r.to_min = NINE;
	is_err(keep(w, 1, &r, stf(w, 11), "", NULL), ERR_INPUT);
	assert_non_null(strstr(fault_text(c, "to_min"), "終わり"));
	r.from_min = r.to_min = INT_NULL;
	r.planned_on = c->today + 500;
	is_err(keep(w, 1, &r, stf(w, 11), "", NULL), ERR_INPUT);
	assert_non_null(strstr(fault_text(c, "planned_on"), "1年以上先"));
	r.planned_on = c->today;
	is_err(keep(w, 1, &r, stf(w, 21), "", NULL), ERR_INPUT); /* of another organisation */
	assert_non_null(strstr(fault_text(c, "staff"), "働いている"));
	/* without any case a first visit can be planned; after the end of a case none */
	ok(keep(w, 1, &r, stf(w, 11), "", NULL));
	assert_true(r.case_id == INT_NULL);
	case_of(w, 1, "home");
	world_sql(w, "UPDATE care_case SET status = 'closed', start_on = '2026-04-01', end_on = '%s'", iso(w, c->today + 5));
	r = visit(w, c->today + 6, "consultation");
	is_err(keep(w, 1, &r, stf(w, 11), "", NULL), ERR_INPUT);
	assert_non_null(strstr(fault_text(c, "planned_on"), arena_fmt(w->arena, "支援は%sに終わっています", era_text(w->arena, c->today + 5))));
	r.planned_on = c->today + 5;
	ok(keep(w, 1, &r, stf(w, 11), "", NULL));
	assert_true(r.case_id != INT_NULL);
}

static void a_deadline_is_asked_once_more(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct visit_warning k = {NULL};
	plan_running(w, "home", "home", D(2026, 10, 1), D(2027, 3, 31));
	/* October had none: that can not be mended; the end of November counts */
	struct t_visit_plan r = visit(w, D(2026, 12, 3), "monitoring");
	is_err(keep(w, 1, &r, stf(w, 11), "", &k), ERR_INPUT);
	assert_string_equal(k.key, "due_2026-11-30_2026-12-03");
	assert_non_null(strstr(fault_text(c, "planned_on"), "令和8年11月30日"));
	assert_non_null(strstr(fault_text(c, "planned_on"), "居宅基準13条14号"));
	assert_non_null(strstr(fault_text(c, "planned_on"), "この予定で入れる"));
	assert_int_equal(count_of(w, "visit_plan", "1 = 1"), 0);
	r.planned_on = D(2026, 12, 4); /* read for another day: asked anew */
	is_err(keep(w, 1, &r, stf(w, 11), k.key, &k), ERR_INPUT);
	ok(keep(w, 1, &r, stf(w, 11), k.key, &k));
	/* other purposes go where they like; a visit in November lets December be */
	planned(w, 1, D(2026, 12, 8), INT_NULL, "hospital");
	struct t_visit_plan november = planned(w, 1, D(2026, 11, 25), INT_NULL, "monitoring");
	r.planned_on = D(2026, 12, 10);
	ok(keep(w, 1, &r, stf(w, 11), "", &k));
	r.planned_on = D(2027, 1, 5);
	is_err(keep(w, 1, &r, stf(w, 11), "", &k), ERR_INPUT); /* December then has none */
	assert_string_equal(k.key, "due_2026-12-31_2027-01-05");
	/* moved over the end of the month, words and button are those of a move */
	november.planned_on = D(2026, 12, 1);
	is_err(keep(w, 1, &november, stf(w, 11), "", &k), ERR_INPUT);
	assert_non_null(strstr(fault_text(c, "planned_on"), "この日に動かす"));
	november.planned_on = D(2026, 11, 30);
	ok(keep(w, 1, &november, stf(w, 11), "", &k));
	assert_int_equal(count_of(w, "visit_plan", "planned_on = '2026-11-30' AND purpose = 'monitoring'"), 1);
	/* any visit moved over it, as long as none for monitoring is left before it */
	ok(visit_plan_cancel(c, november.pid, "入院"));
	struct t_visit_plan talk = planned(w, 1, D(2026, 11, 27), INT_NULL, "consultation");
	talk.planned_on = D(2026, 12, 2);
	is_err(keep(w, 1, &talk, stf(w, 11), "", &k), ERR_INPUT);
	ok(keep(w, 1, &talk, stf(w, 11), k.key, &k));
}

/* 予防: the period is of three months; the month in which the evaluation ends asks for a visit of its own. */
static void prevention_has_its_own_deadlines(void **state)
{
	struct world *w = *state;
	struct visit_warning k;
	plan_running(w, "prevention", "prevention", D(2026, 9, 10), D(2027, 1, 20));
	struct t_visit_plan r = visit(w, D(2026, 12, 25), "monitoring");
	ok(keep(w, 1, &r, stf(w, 11), "", &k)); /* October to December */
	r = visit(w, D(2027, 2, 3), "monitoring");
	is_err(keep(w, 1, &r, stf(w, 11), "", &k), ERR_INPUT);
	assert_non_null(strstr(fault_text(&w->c, "planned_on"), "評価期間が終わる令和9年1月"));
	struct t_visit_plan january = visit(w, D(2027, 1, 15), "monitoring");
	ok(keep(w, 1, &january, stf(w, 11), "", &k));
	ok(keep(w, 1, &r, stf(w, 11), "", &k));
}

static void times_that_meet_are_asked(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct visit_warning k;
	civil on = c->today + 3;
	struct t_visit_plan first = planned(w, 1, on, NINE, "consultation");
	struct t_visit_plan r = visit(w, on, "consultation");
	r.from_min = NINE + 30;
	is_err(keep(w, 2, &r, stf(w, 11), "", &k), ERR_INPUT);
	assert_non_null(strstr(fault_text(c, "from_min"), "9:00〜10:00"));
	assert_non_null(strstr(k.key, first.pid));
	r.from_min = NINE + 60; /* one after the other */
	ok(keep(w, 2, &r, stf(w, 11), "", &k));
	assert_string_equal(k.key, "");
	r.from_min = NINE;
	is_err(keep(w, 2, &r, stf(w, 11), "", &k), ERR_INPUT);
	ok(keep(w, 2, &r, stf(w, 12), "", &k)); /* a colleague goes */
	r.note = "車で行く";
	ok(keep(w, 2, &r, stf(w, 12), "", &k));
	ok(visit_plan_cancel(c, first.pid, "本人の都合"));
	ok(keep(w, 2, &r, stf(w, 11), "", &k)); /* what is called off meets nobody */
	ok(visit_plan_resume(c, first.pid));
	assert_int_equal(count_of(w, "visit_plan", "state = 'planned'"), 2);
}

static const char *order(struct world *w, civil on)
{
	struct visit_line *v;
	size_t n;
	ok(visit_plan_list(&w->c, &(struct visit_filter){111, on, on}, &v, &n));
	const char *out = "";
	for (size_t i = 0; i < n; i++) {
		out = arena_fmt(w->arena, "%s%s%d%s", out, i ? " " : "", v[i].no, v[i].note);
		assert_true(i == 0 || v[i].no > 0);
	}
	return out;
}

static struct t_visit_plan noted(struct world *w, int64_t person, civil on, int64_t from, const char *note)
{
	struct t_visit_plan r = visit(w, on, "consultation");
	r.from_min = from;
	r.note = note;
	struct visit_warning k;
	ok(keep(w, person, &r, stf(w, 11), "", &k));
	return r;
}

static void a_day_has_an_order(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	civil on = c->today + 4;
	noted(w, 1, on, 900, "c");
	struct t_visit_plan b = noted(w, 2, on, INT_NULL, "b");
	struct t_visit_plan a = noted(w, 2, on, 600, "a"); /* with a time: before the later one */
	assert_string_equal(order(w, on), "1a 2c 3b");
	ok(visit_plan_step(c, b.pid, -1));
	assert_string_equal(order(w, on), "1a 2b 3c");
	ok(visit_plan_step(c, a.pid, -1)); /* at the end nothing moves */
	assert_string_equal(order(w, on), "1a 2b 3c");
	for (int i = 0; i < 8; i++) /* no room is left between two: they are numbered anew */
		noted(w, 1, on, 610 - i, "x");
	assert_int_equal(count_of(w, "visit_plan", "sort_no < 1"), 0);
	assert_int_equal(count_of(w, "(SELECT COUNT(*) AS k FROM visit_plan GROUP BY planned_on, staff_id, sort_no)", "k > 1"), 0);
	world_sql(w, "UPDATE visit_plan SET retired_ms = 1 WHERE note = 'x'");
	/* by the areas: person 2 lives in the first one */
	world_sql(w, "INSERT INTO area (id, pid, version, name, level, sort, created_ms, created_by, updated_ms, updated_by) VALUES (71, 'ar1', 1, '東', 'zone', 1, 0, 0, 0, 0),"
		" (72, 'ar2', 1, '西', 'zone', 2, 0, 0, 0, 0)");
	world_sql(w, "UPDATE person SET area_id = 73 - id + 0 WHERE id IN (1, 2)");
	ok(visit_plan_step(c, b.pid, 1));
	assert_string_equal(order(w, on), "1a 2c 3b");
	ok(visit_plan_arrange(c, 111, on, VISIT_BY_TOWN));
	assert_string_equal(order(w, on), "1b 2a 3c");
	ok(visit_plan_step(c, b.pid, 1));
	ok(visit_plan_step(c, a.pid, 1));
	ok(visit_plan_step(c, a.pid, 1));
	assert_string_equal(order(w, on), "1b 2c 3a");
	ok(visit_plan_arrange(c, 111, on, VISIT_BY_TIME)); /* one without a time stays behind the one before it, here none */
	assert_string_equal(order(w, on), "1b 2a 3c");
	ok(visit_plan_step(c, b.pid, 1));
	ok(visit_plan_arrange(c, 111, on, VISIT_BY_TIME));
	assert_string_equal(order(w, on), "1a 2b 3c");
	/* called off, it gives up its number; moved, it goes to the end of the other day */
	ok(visit_plan_cancel(c, b.pid, "雨"));
	assert_string_equal(order(w, on), "1a 1b 2c");
	struct visit_plan_view v;
	ok(visit_plan_get(c, a.pid, &v));
	noted(w, 1, on + 1, INT_NULL, "d");
	struct t_visit_plan moved = v.row;
	moved.planned_on = on + 1;
	ok(keep(w, 2, &moved, stf(w, 11), "", NULL));
	assert_string_equal(order(w, on + 1), "1d 2a");
}

static const char *state_of(struct world *w, const char *pid)
{
	struct visit_plan_view v;
	ok(visit_plan_get(&w->c, pid, &v));
	return v.row.state;
}

static void entry(struct world *w, int64_t person, const char *item, struct t_care_log *r)
{
	fault_clear(&w->c);
	care_log_init(&w->c, r);
	r->item = item;
	r->content = "行った";
	ok(care_log_add(&w->c, prs(w, person), r));
}

static void an_entry_makes_it_done(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_visit_plan one = planned(w, 1, c->today, NINE, "consultation"), other = planned(w, 2, c->today, INT_NULL, "consultation"),
	                    tomorrow = planned(w, 1, c->today + 1, INT_NULL, "consultation");
	struct t_visit_plan late = one;
	struct t_care_log g;
	struct visit_plan_view v;
	entry(w, 1, "phone", &g);
	assert_string_equal(state_of(w, one.pid), "planned");
	nurse2(w);
	entry(w, 1, "visit", &g); /* somebody else was there */
	nurse(w);
	assert_string_equal(state_of(w, one.pid), "planned");
	entry(w, 1, "visit", &g);
	ok(visit_plan_get(c, one.pid, &v));
	assert_string_equal(v.row.state, "done");
	assert_string_equal(v.done_path, arena_fmt(w->arena, "/log/%s", g.pid));
	assert_string_equal(state_of(w, other.pid), "planned");
	assert_string_equal(state_of(w, tomorrow.pid), "planned");
	/* what is done is not moved or called off */
	late.planned_on = c->today + 2;
	is_err(keep(w, 1, &late, stf(w, 11), "", NULL), ERR_INPUT);
	fault_clear(c);
	is_err(visit_plan_cancel(c, one.pid, "雨"), ERR_INPUT);
	/* the entry is struck: it was no visit after all */
	struct t_care_log right;
	care_log_init(c, &right);
	right.item = "phone";
	right.content = "電話だった";
	fault_clear(c);
	ok(care_log_correct(c, g.pid, g.version, &right, "まちがい", NULL));
	assert_string_equal(state_of(w, one.pid), "planned");
	care_log_init(c, &g);
	g.item = "visit";
	g.content = "やはり行った";
	ok(care_log_correct(c, right.pid, right.version, &g, "まちがい", NULL));
	assert_string_equal(state_of(w, one.pid), "done");
	assert_int_equal(count_of(w, "revision", "table_name = 'visit_plan'"), 3 + 3);
}

static void a_monitoring_makes_it_done(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct monitor_tree t;
	const char *bin;
	plan_running(w, "home", "home", D(2026, 10, 1), D(2027, 3, 31));
	struct t_visit_plan one = planned(w, 1, c->today, NINE, "monitoring");
	ok(monitor_new(c, prs(w, 1), "", &t));
	t.row.method = "visit";
	t.row.interviewee = "self";
	t.row.user_wish = "続けたい";
	t.row.condition = "変わりない";
	t.row.new_issue = "2";
	t.row.plan_change = "none";
	t.services[0].executed = "done";
	t.goals[0].status = "same";
	fault_clear(c);
	ok(monitor_save(c, &t, NULL));
	assert_string_equal(state_of(w, one.pid), "done");
	assert_int_equal(count_of(w, "visit_plan", "done_table = 'monitoring' AND done_id IS NOT NULL"), 1);
	ok(monitor_save(c, &t, NULL)); /* the same again changes nothing */
	assert_int_equal(count_of(w, "revision", "table_name = 'visit_plan'"), 2);
	t.row.mon_on = c->today - 1; /* it was the day before */
	ok(monitor_save(c, &t, NULL));
	assert_string_equal(state_of(w, one.pid), "planned");
	t.row.mon_on = c->today;
	ok(monitor_save(c, &t, NULL));
	assert_string_equal(state_of(w, one.pid), "done");
	ok(monitor_retire(c, t.row.pid, "まちがい", &bin));
	assert_string_equal(state_of(w, one.pid), "planned");
	ok(bin_restore(c, bin));
	assert_string_equal(state_of(w, one.pid), "done");
}

static void called_off_and_the_bin(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct visit_plan_view v;
	const char *bin;
	struct t_visit_plan one = planned(w, 1, c->today, NINE, "consultation");
	is_err(visit_plan_cancel(c, one.pid, " "), ERR_INPUT);
	fault_clear(c);
	ok(visit_plan_cancel(c, one.pid, "本人が入院"));
	ok(visit_plan_get(c, one.pid, &v));
	assert_string_equal(v.row.cancel_reason, "本人が入院");
	is_err(keep(w, 1, &v.row, stf(w, 11), "", NULL), ERR_INPUT);
	struct t_care_log g;
	entry(w, 1, "visit", &g); /* what is called off is not made */
	assert_string_equal(state_of(w, one.pid), "cancelled");
	ok(visit_plan_resume(c, one.pid));
	assert_string_equal(state_of(w, one.pid), "planned");
	ok(visit_plan_retire(c, one.pid, "二重に入れた", &bin));
	is_err(visit_plan_get(c, one.pid, &v), ERR_NOTFOUND);
	assert_string_equal(order(w, c->today), "");
	ok(bin_restore(c, bin));
	ok(visit_plan_get(c, one.pid, &v));
	/* two people, the same field */
	struct t_visit_plan a = v.row, b = v.row;
	struct row_conflict *conflict = NULL;
	a.note = "保険証";
	ok(keep(w, 1, &a, stf(w, 11), "", NULL));
	b.note = "印かん";
	is_err(visit_plan_save(c, prs(w, 1), &b, stf(w, 11), "", NULL, &conflict), ERR_CONFLICT);
	assert_non_null(conflict);
}

static void others_see_nothing(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct visit_plan_view v, *vs;
	struct visit_line *lines;
	struct t_visit_plan one = planned(w, 1, c->today, NINE, "consultation"), r;
	const char *bin;
	size_t n;
	r = visit(w, c->today, "consultation");
	is_err(keep(w, 3, &r, stf(w, 11), "", NULL), ERR_NOTFOUND);
	stranger(w);
	is_err(visit_plan_get(c, one.pid, &v), ERR_NOTFOUND);
	is_err(visit_plan_cancel(c, one.pid, "雨"), ERR_NOTFOUND);
	is_err(visit_plan_step(c, one.pid, 1), ERR_NOTFOUND);
	is_err(visit_plan_retire(c, one.pid, "雨", &bin), ERR_NOTFOUND);
	is_err(visit_plan_of_person(c, prs(w, 1), c->today, &vs, &n), ERR_NOTFOUND);
	ok(visit_plan_list(c, &(struct visit_filter){INT_NULL, c->today, c->today}, &lines, &n));
	assert_int_equal(n, 0);
	clerk(w); /* sees the calendar, writes no record of care */
	ok(visit_plan_list(c, &(struct visit_filter){INT_NULL, c->today, c->today}, &lines, &n));
	bool sees = n == 1;
	r = visit(w, c->today, "consultation");
	assert_true(keep(w, 1, &r, stf(w, 11), "", NULL) != OK);
	assert_true(visit_plan_cancel(c, one.pid, "雨") != OK);
	assert_true(!sees || visit_plan_step(c, one.pid, 1) != OK);
	assert_int_equal(count_of(w, "visit_plan", "state = 'planned'"), 1);
}

static int64_t unplanned(struct world *w, int64_t staff)
{
	struct visit_due *v;
	size_t n;
	int64_t count;
	struct visit_due_filter f = {.staff_id = staff, .from_on = CIVIL_NONE, .to_on = D(2026, 11, 30), .unplanned = true};
	ok(visit_due_list(&w->c, &f, &v, &n));
	ok(visit_due_count(&w->c, staff, f.to_on, &count));
	assert_int_equal(count, n);
	struct work_box box;
	struct work_row *rows;
	size_t m;
	ok(work_rows(&w->c, "monitoring_unplanned", staff != INT_NULL, 0, 50, &box, &rows, &m));
	assert_int_equal(box.count, n);
	assert_int_equal(m, n);
	return count;
}

static void monitoring_without_a_visit(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	plan_running(w, "home", "home", D(2026, 11, 1), D(2027, 3, 31));
	assert_int_equal(unplanned(w, INT_NULL), 0);
	ok(monitor_refresh(c, 1));
	assert_int_equal(unplanned(w, INT_NULL), 1);
	assert_int_equal(unplanned(w, 111), 1);
	struct t_visit_plan one = planned(w, 1, D(2026, 11, 27), INT_NULL, "consultation");
	assert_int_equal(unplanned(w, 111), 1); /* not for that */
	one.purpose = "monitoring";
	ok(keep(w, 1, &one, stf(w, 12), "", NULL));
	assert_int_equal(unplanned(w, 111), 0);
	ok(visit_plan_cancel(c, one.pid, "雨"));
	assert_int_equal(unplanned(w, INT_NULL), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {CARE(bad_input_is_told_at_once), CARE(a_deadline_is_asked_once_more), CARE(prevention_has_its_own_deadlines),
		CARE(times_that_meet_are_asked), CARE(a_day_has_an_order), CARE(an_entry_makes_it_done), CARE(a_monitoring_makes_it_done), CARE(called_off_and_the_bin),
		CARE(others_see_nothing), CARE(monitoring_without_a_visit)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
