/* リハビリ: goals and ends with the list of those without (C-203), the conference (C-204), information in five items (C-205), the conference
 * before the end (C-206), the three-month reviews (C-208), Barthel Index and FAI over time (C-210). */
#include "plan_world.h"

#include "care/measure.h"
#include "care/rehab_info.h"
#include "care/rehab_meeting.h"
#include "care/rehab_paper.h"

#include <string.h>

static void fine(struct world *w, err e)
{
	for (size_t i = 0; e != OK && i < w->c.n_faults; i++)
		print_error("%s: %s\n", w->c.faults[i].field, w->c.faults[i].message);
	ok(e);
}

static struct t_rehab_goal goal_new(struct world *w, const char *type, civil started, civil end)
{
	struct t_rehab_goal g;
	ok(rehab_goal_init(&w->c, prs(w, 1), "", &g));
	g.type_code = type;
	g.provider = "見本リハビリ";
	g.started_on = started;
	g.goal = "店まで歩く";
	g.end_on = end;
	fine(w, rehab_goal_save(&w->c, prs(w, 1), &g, NULL));
	return g;
}

static bool has_task(struct world *w, const char *due)
{
	return count_of(w, "task", arena_fmt(w->arena, "table_name = 'rehab_review' AND state = 'open' AND retired_ms IS NULL AND due_on = '%s'", due)) == 1;
}

static int64_t review_tasks(struct world *w) { return count_of(w, "task", "table_name = 'rehab_review' AND state = 'open' AND retired_ms IS NULL"); }

/* ---- C-203 ----------------------------------------------------------------------------------------------------------- */

static void rehab_without_goal_or_end_is_listed(void **state)
{
	struct world *w = *state;
	struct rehab_unset_row *v;
	size_t n;
	bool more;
	civil since = civil_add_months(w->c.today, -14);
	(void)plan_running(w, "home", "home", since, w->c.today + 100);
	ok(rehab_unset_list(&w->c, &v, &n, &more));
	assert_int_equal(n, 0); /* 通所介護 is none */
	world_sql(w, "UPDATE plan_service SET type_code = '14', type = '訪問リハビリテーション', from_on = '%s'", iso(w, since));
	ok(rehab_unset_list(&w->c, &v, &n, &more));
	assert_int_equal(n, 1);
	assert_int_equal(v[0].months, 14);
	assert_true(v[0].is_long && v[0].no_goal && v[0].no_end && !more);
	assert_string_equal(v[0].type_label, "訪問リハビリテーション");

	struct t_rehab_goal g;
	ok(rehab_goal_init(&w->c, prs(w, 1), v[0].service_pid, &g));
	assert_string_equal(g.type_code, "14");
	assert_string_equal(g.goal, "庭を歩ける"); /* the plan's short goal is offered */
	assert_int_equal(g.started_on, since);
	fine(w, rehab_goal_save(&w->c, prs(w, 1), &g, NULL));
	ok(rehab_unset_list(&w->c, &v, &n, &more));
	assert_int_equal(n, 1); /* a goal alone is not enough */
	assert_true(!v[0].no_goal && v[0].no_end);
	assert_string_equal(v[0].goal_pid, g.pid);
	g.end_on = w->c.today + 60;
	fine(w, rehab_goal_save(&w->c, prs(w, 1), &g, NULL));
	ok(rehab_unset_of(&w->c, prs(w, 1), &v, &n));
	assert_int_equal(n, 0);
	struct rehab_goal_version *h;
	ok(rehab_goal_history(&w->c, g.pid, &h, &n));
	assert_int_equal(n, 2);
	assert_int_equal(h[1].row.end_on, CIVIL_NONE);

	stranger(w); /* nothing of it for another centre */
	ok(rehab_unset_list(&w->c, &v, &n, &more));
	assert_int_equal(n, 0);
	is_err(rehab_goal_get(&w->c, g.pid, &(struct rehab_goal_view){0}), ERR_NOTFOUND);
}

static void a_bad_goal_is_refused(void **state)
{
	struct world *w = *state;
	struct t_rehab_goal g;
	ok(rehab_goal_init(&w->c, prs(w, 1), "", &g));
	g.type_code = "11";
	g.started_on = w->c.today;
	g.end_on = w->c.today - 1;
	g.set_on = w->c.today + 1;
	is_err(rehab_goal_save(&w->c, prs(w, 1), &g, NULL), ERR_INPUT);
	static const char *const fields[] = {"type_code", "end_on", "set_on"};
	for (size_t i = 0; i < 3; i++)
		assert_true(*fault_text(&w->c, fields[i]));
	assert_int_equal(count_of(w, "rehab_goal", "1 = 1"), 0);
}

/* ---- C-204, C-206 ------------------------------------------------------------------------------------------------------ */

static const char *conference(struct world *w, const char *goal_pid, const char *kind, const char *const (*who)[3], size_t n)
{
	struct t_rehab_meeting m;
	struct t_rehab_meeting_member rows[8];
	struct child_edit edits[8];
	ok(rehab_meeting_init(&w->c, prs(w, 1), goal_pid, kind, &m));
	m.held_on = w->c.today;
	m.place = "自宅";
	m.policy = "歩く力を保つ";
	m.content = "屋外の歩行";
	m.coordination = "通所介護でも同じ歩き方で";
	for (size_t i = 0; i < n; i++) {
		row_init(&T_rehab_meeting_member, &rows[i]);
		rows[i].no = (int64_t)i + 1;
		rows[i].role = who[i][0];
		rows[i].name = who[i][1];
		rows[i].attend = who[i][2];
		edits[i] = (struct child_edit){&rows[i], false};
	}
	fault_clear(&w->c);
	fine(w, rehab_meeting_save(&w->c, prs(w, 1), &m, edits, n, NULL, NULL));
	return m.pid;
}

/* Changes one member and keeps the rest. */
static void change(struct world *w, const char *pid, size_t i, const char *reason)
{
	struct rehab_meeting_view v;
	ok(rehab_meeting_get(&w->c, pid, &v));
	v.members[i].absent_reason = reason;
	struct child_edit e = {&v.members[i], false};
	fine(w, rehab_meeting_save(&w->c, prs(w, 1), &v.row, &e, 1, NULL, NULL));
}

static void conference_closes_with_reasons_and_tells(void **state)
{
	static const char *const who[6][3] = {{"self", "", "came"}, {"family", "長女", "came"}, {"doctor", "見本 医師", "absent"}, {"pt", "見本 療法士", "came"},
		{"care_manager", "見本 ケアマネ", "online"}, {"provider", "見本 相談員", "came"}};
	struct world *w = *state;
	struct rehab_meeting_view v;
	const char *bytes;
	size_t n;
	(void)case_of(w, 1, "home");
	const char *pid = conference(w, "", "review", who, 6);
	is_err(rehab_meeting_close(&w->c, pid), ERR_INPUT);
	assert_non_null(strstr(fault_text(&w->c, "members"), "見本 医師"));
	assert_int_equal(count_of(w, "task", "table_name = 'rehab_meeting'"), 0);
	change(w, pid, 2, "診療のため");
	fault_clear(&w->c);
	fine(w, rehab_meeting_close(&w->c, pid));
	ok(rehab_meeting_get(&w->c, pid, &v));
	assert_true(v.is_closed && v.n_members == 6 && v.row.held_no == 1 && v.may_take);
	assert_int_equal(count_of(w, "task", "table_name = 'rehab_meeting' AND state = 'open' AND org_id = 1 AND assignee_staff_id = 111"), 1);
	is_err(rehab_meeting_save(&w->c, prs(w, 1), &v.row, NULL, 0, NULL, NULL), ERR_MEETING_CLOSED);
	ok(rehab_paper_meeting(&w->c, pid, &bytes, &n));
	assert_true(n > 1000 && memcmp(bytes, "%PDF", 4) == 0);
	fine(w, rehab_meeting_take(&w->c, pid, "計画は変えない"));
	assert_int_equal(count_of(w, "task", "table_name = 'rehab_meeting' AND state = 'open'"), 0);
	is_err(rehab_meeting_take(&w->c, pid, ""), ERR_DENIED); /* once */
}

static void conference_before_the_end(void **state)
{
	static const char *const who[3][3] = {{"self", "", "came"}, {"pt", "見本 療法士", "came"}, {"next_place", "体操の会 世話人", "came"}};
	struct world *w = *state;
	struct rehab_meeting_view v;
	(void)case_of(w, 1, "home");
	w->c.today = D(2026, 11, 20);
	struct t_rehab_goal g = goal_new(w, "14", D(2026, 11, 1), D(2026, 12, 15));
	assert_true(has_task(w, "2026-11-15")); /* in the month before the end */
	const char *pid = conference(w, g.pid, "end", who, 2);
	is_err(rehab_meeting_close(&w->c, pid), ERR_INPUT);
	assert_true(*fault_text(&w->c, "next_places") && *fault_text(&w->c, "handover"));
	assert_non_null(strstr(fault_text(&w->c, "members"), "次の場"));
	fault_clear(&w->c);
	pid = conference(w, g.pid, "end", who, 3);
	ok(rehab_meeting_get(&w->c, pid, &v));
	v.row.next_places = "kayoi|day_care";
	v.row.handover = "体操の会を計画に入れる";
	fine(w, rehab_meeting_save(&w->c, prs(w, 1), &v.row, NULL, 0, NULL, NULL));
	fine(w, rehab_meeting_close(&w->c, pid));
	assert_false(has_task(w, "2026-11-15"));
	assert_int_equal(count_of(w, "task", "table_name = 'rehab_meeting' AND state = 'open' AND title LIKE '%引き継ぎ'"), 1);
	is_err(rehab_meeting_take(&w->c, pid, ""), ERR_INPUT); /* how it goes into the plan is said */
	fault_clear(&w->c);
	fine(w, rehab_meeting_take(&w->c, pid, "短期目標を変えた"));
}

/* ---- C-205 ----------------------------------------------------------------------------------------------------------- */

static void information_in_five_items(void **state)
{
	struct world *w = *state;
	struct t_rehab_info i;
	struct rehab_info_view v;
	const char *bytes;
	size_t n;
	ok(rehab_info_init(&w->c, prs(w, 1), "", &i));
	i.author = "見本 療法士";
	i.wishes = "公園に行きたい";
	i.abilities = "あと2か月で屋外500メートル";
	i.care_ways = "立ち上がりを待つ";
	i.surroundings = "玄関に台";
	fine(w, rehab_info_save(&w->c, prs(w, 1), &i, NULL));
	is_err(rehab_info_send(&w->c, i.pid, true), ERR_INPUT); /* nobody is in charge yet */
	fault_clear(&w->c);
	(void)case_of(w, 1, "home");
	is_err(rehab_info_send(&w->c, i.pid, false), ERR_REQUIRED);
	assert_true(*fault_text(&w->c, "accept"));
	fault_clear(&w->c);
	assert_int_equal(count_of(w, "task", "table_name = 'rehab_info'"), 0);
	fine(w, rehab_info_send(&w->c, i.pid, true));
	ok(rehab_info_get(&w->c, i.pid, &v));
	assert_true(v.is_sent && v.may_read && v.row.is_gap_known);
	assert_int_equal(v.n_empty, 1);
	for (size_t k = 0; k < REHAB_INFO_ITEMS; k++)
		assert_true(*v.items[k].label);
	assert_string_equal(v.items[4].text, "");
	assert_int_equal(count_of(w, "task", "table_name = 'rehab_info' AND state = 'open' AND assignee_staff_id = 111"), 1);
	v.row.wishes = "あとから";
	is_err(rehab_info_save(&w->c, prs(w, 1), &v.row, NULL), ERR_INPUT); /* what was sent stays */
	fault_clear(&w->c);
	ok(rehab_paper_info(&w->c, i.pid, &bytes, &n));
	assert_memory_equal(bytes, "%PDF", 4);
	ok(rehab_info_read(&w->c, i.pid));
	assert_int_equal(count_of(w, "task", "table_name = 'rehab_info' AND state = 'open'"), 0);
}

/* ---- C-208 ----------------------------------------------------------------------------------------------------------- */

static void reviews_of_a_facility_and_of_a_visit(void **state)
{
	struct world *w = *state;
	struct rehab_goal_view v;
	const char *bin;
	w->c.today = D(2026, 4, 1);
	struct t_rehab_goal g = goal_new(w, "52", D(2026, 4, 1), CIVIL_NONE);
	assert_int_equal(review_tasks(w), 3);
	assert_true(has_task(w, "2026-04-15") && has_task(w, "2026-07-01") && has_task(w, "2026-10-01"));
	ok(rehab_goal_retire(&w->c, g.pid, "まちがい", &bin));
	assert_int_equal(review_tasks(w), 0); /* its reviews go along, and come back */
	ok(bin_restore(&w->c, bin));
	assert_int_equal(review_tasks(w), 3);
	ok(rehab_goal_retire(&w->c, g.pid, "まちがい", NULL));

	g = goal_new(w, "16", D(2026, 4, 1), CIVIL_NONE);
	assert_int_equal(review_tasks(w), 2);
	assert_true(has_task(w, "2026-07-01") && has_task(w, "2026-10-01"));
	w->c.today = D(2026, 6, 30);
	ok(rehab_goal_get(&w->c, g.pid, &v));
	is_err(rehab_review_done(&w->c, v.reviews[0].pid, w->c.today + 1, ""), ERR_INPUT);
	fault_clear(&w->c);
	fine(w, rehab_review_done(&w->c, v.reviews[0].pid, w->c.today, "目標はそのまま"));
	assert_false(has_task(w, "2026-07-01"));
	assert_true(has_task(w, "2026-10-01")); /* and the next ones go on */
	is_err(rehab_review_done(&w->c, v.reviews[0].pid, w->c.today, "もう一度"), ERR_INPUT);
	fault_clear(&w->c);
	ok(rehab_goal_get(&w->c, g.pid, &v));
	v.row.ended_on = w->c.today;
	v.row.ended_how = "done";
	fine(w, rehab_goal_save(&w->c, prs(w, 1), &v.row, NULL));
	assert_int_equal(review_tasks(w), 0); /* the service is over */
}

/* What is due of a course, and what was due before it was recorded: "2026-01-01 again", "-" before: no task. */
struct due_case {
	civil started, end, ended, known, today;
	bool facility;
	const char *expect;
};

static void days_of_a_course_recorded_late(void **state)
{
	enum { NO = CIVIL_NONE };
	const struct rehab_numbers no = {.first_days = 14, .again_months = 3, .ahead_months = 6, .end_months = 1};
	struct world *w = *state;
	const struct due_case cases[] = {
		/* recorded on its first day: everything is ahead */
		{D(2026, 4, 1), NO, NO, D(2026, 4, 1), D(2026, 4, 1), false, "2026-07-01 again|2026-10-01 again"},
		{D(2026, 4, 1), NO, NO, D(2026, 4, 1), D(2026, 4, 1), true, "2026-04-15 first|2026-07-01 again|2026-10-01 again"},
		/* 14 months late: of the four of the last year only the last, and what comes */
		{D(2025, 9, 20), NO, NO, D(2026, 11, 20), D(2026, 11, 20), false, "-2025-12-20 again|-2026-03-20 again|-2026-06-20 again|2026-09-20 again|2026-12-20 again|2027-03-20 again"},
		/* the day before, the day itself and the day after a review falls due */
		{D(2026, 1, 1), NO, NO, D(2026, 6, 30), D(2026, 6, 30), false, "2026-04-01 again|2026-07-01 again|2026-10-01 again"},
		{D(2026, 1, 1), NO, NO, D(2026, 7, 1), D(2026, 7, 1), false, "-2026-04-01 again|2026-07-01 again|2026-10-01 again|2027-01-01 again"},
		{D(2026, 1, 1), NO, NO, D(2026, 7, 2), D(2026, 7, 2), false, "-2026-04-01 again|2026-07-01 again|2026-10-01 again|2027-01-01 again"},
		/* a facility: the first plan of a month ago is asked for, that of a year ago is not */
		{D(2026, 10, 1), NO, NO, D(2026, 11, 1), D(2026, 11, 1), true, "2026-10-15 first|2027-01-01 again|2027-04-01 again"},
		{D(2026, 1, 10), NO, NO, D(2026, 11, 1), D(2026, 11, 1), true, "-2026-01-24 first|-2026-04-10 again|-2026-07-10 again|2026-10-10 again|2027-01-10 again|2027-04-10 again"},
		/* recorded in time and neglected: what was not done stays overdue */
		{D(2026, 1, 1), NO, NO, D(2026, 1, 1), D(2026, 11, 20), false, "2026-04-01 again|2026-07-01 again|2026-10-01 again|2027-01-01 again|2027-04-01 again"},
		/* recorded in July, looked at in November: from the last one of then on */
		{D(2025, 12, 1), NO, NO, D(2026, 7, 5), D(2026, 11, 20), false, "-2026-03-01 again|2026-06-01 again|2026-09-01 again|2026-12-01 again|2027-03-01 again"},
		/* the conference before the end is always asked for; what comes after the end is not; a course that is over asks for nothing */
		{D(2025, 12, 1), D(2026, 12, 15), NO, D(2026, 11, 20), D(2026, 11, 20), false, "-2026-03-01 again|-2026-06-01 again|2026-09-01 again|2026-12-01 again|2026-11-15 end"},
		{D(2025, 12, 1), D(2026, 12, 15), D(2026, 11, 1), D(2026, 11, 20), D(2026, 11, 20), false, ""},
		{NO, D(2026, 12, 15), NO, D(2026, 11, 20), D(2026, 11, 20), false, "2026-11-15 end"},
		/* 31 August: the short months */
		{D(2026, 8, 31), NO, NO, D(2026, 8, 31), D(2026, 8, 31), false, "2026-11-30 again|2027-02-28 again"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct due_case *k = &cases[i];
		struct rehab_wanted v[REHAB_WANTED];
		struct buf b = buf_new(w->arena);
		size_t n = rehab_due_of(&(struct rehab_course){k->started, k->end, k->ended, k->known, k->facility}, &no, k->today, v);
		for (size_t j = 0; j < n; j++)
			buf_fmt(&b, "%s%s%s %s", j ? "|" : "", v[j].before ? "-" : "", iso(w, v[j].due), v[j].kind);
		if (strcmp(b.n ? b.p : "", k->expect) != 0)
			fail_msg("case %zu: %s", i, b.p);
	}
}

static void c208_a_course_recorded_late_asks_for_the_last_review(void **state)
{
	static const char *const who[2][3] = {{"self", "", "came"}, {"pt", "見本 療法士", "came"}};
	struct world *w = *state;
	struct rehab_goal_view v;
	(void)case_of(w, 1, "home");
	w->c.today = D(2026, 11, 20);
	struct t_rehab_goal g = goal_new(w, "14", D(2025, 9, 20), CIVIL_NONE);
	assert_int_equal(review_tasks(w), 3);
	assert_true(has_task(w, "2026-09-20") && has_task(w, "2026-12-20") && has_task(w, "2027-03-20"));
	ok(rehab_goal_get(&w->c, g.pid, &v));
	assert_int_equal(v.n_reviews, 6); /* the earlier ones can be seen */
	for (size_t i = 0; i < v.n_reviews; i++)
		assert_int_equal(v.before[i], i < 3);
	/* a conference of today answers the last one, not the oldest */
	fine(w, rehab_meeting_close(&w->c, conference(w, g.pid, "review", who, 2)));
	assert_false(has_task(w, "2026-09-20"));
	ok(rehab_goal_get(&w->c, g.pid, &v));
	assert_int_equal(v.reviews[0].done_on, CIVIL_NONE);
	assert_int_equal(v.reviews[3].done_on, w->c.today);
	/* the first day turns out to be another one: what was due before today is not asked for anew */
	v.row.started_on = D(2026, 1, 10);
	fine(w, rehab_goal_save(&w->c, prs(w, 1), &v.row, NULL));
	assert_int_equal(v.row.known_on, w->c.today);
	assert_true(has_task(w, "2026-10-10") && !has_task(w, "2026-07-10") && !has_task(w, "2026-04-10"));
	/* saved again a month later, nothing becomes a task that was none */
	w->c.today = D(2026, 12, 20);
	ok(rehab_goal_get(&w->c, g.pid, &v));
	v.row.goal = "駅まで歩く";
	fine(w, rehab_goal_save(&w->c, prs(w, 1), &v.row, NULL));
	assert_int_equal(v.row.known_on, D(2026, 11, 20));
	assert_true(has_task(w, "2026-10-10") && !has_task(w, "2026-07-10"));
}

/* ---- C-210 ----------------------------------------------------------------------------------------------------------- */

static err evaluated(struct world *w, const char *form, civil on, int less, int blank)
{
	const struct form_def *def = form_find(w->house.forms, form, on);
	const char *pid;
	assert_non_null(def);
	struct answers *as = answers_new(w->arena, def);
	ok(answers_set_date(as, "done_on", on));
	for (size_t i = 0, k = 0; i < def->n_items; i++) {
		const struct form_item *it = &def->items[i];
		if (!*it->no || (int)k++ < blank)
			continue;
		int code = (int)it->n_options - 1 - ((int)k <= less ? 1 : 0);
		ok(answers_set_code(as, it->path, arena_fmt(w->arena, "%d", code)));
	}
	return response_save(&w->c, &(struct response_input){.person_pid = prs(w, 1), .form_id = form, .answers = as}, &pid, NULL);
}

static void scales_over_time(void **state)
{
	struct world *w = *state;
	struct measure_course k;
	static const int max[] = {100, 45};
	for (size_t i = 0; i < 2; i++) {
		const struct measure *m = measure_at(i);
		assert_int_equal(m->max, max[i]);
		fine(w, evaluated(w, m->form_id, w->c.today - 90, 3, 0));
		fine(w, evaluated(w, m->form_id, w->c.today - 30, 0, 1));
		fine(w, evaluated(w, m->form_id, w->c.today, 0, 0));
		ok(measure_course_of(&w->c, prs(w, 1), m, &k));
		assert_int_equal(k.n, 3);
		assert_int_equal(k.n_complete, 2); /* one item is blank: no sum */
		assert_int_equal(k.last->sum, max[i]);
		assert_int_equal(k.change, i ? 3 : 15);
		assert_int_equal(k.first->sum, max[i] - k.change);
		struct answers *as = answers_new(w->arena, form_find(w->house.forms, m->form_id, w->c.today));
		is_err(answers_set_code(as, i ? "work" : "meal", "4"), ERR_NOT_CHOICE); /* out of range */
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CARE(rehab_without_goal_or_end_is_listed),
		CARE(a_bad_goal_is_refused),
		CARE_PRINT(conference_closes_with_reasons_and_tells),
		CARE(conference_before_the_end),
		CARE_PRINT(information_in_five_items),
		CARE(reviews_of_a_facility_and_of_a_visit),
		CARE(days_of_a_course_recorded_late),
		CARE(c208_a_course_recorded_late_asks_for_the_last_review),
		CARE(scales_over_time),
	};
	return cmocka_run_group_tests_name("care_rehab", tests, NULL, NULL);
}
