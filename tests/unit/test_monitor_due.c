/* When a monitoring is due: tables of months, periods, テレビ電話, 特段の事情, month ends and 29 February. */
#include "unit.h"

#include "base/str.h"
#include "care/monitor_due.h"
#include "law/tables.h"

#include <stdlib.h>

#define D(y, m, d) civil_from(y, m, d)

static const struct law_catalogue *law_of(struct arena *a)
{
	const struct law_catalogue *law;
	struct ctx *c = ARENA_NEW(a, struct ctx);
	c->arena = a;
	assert_int_equal(law_load(c, a, arena_fmt(a, "%s/law", getenv("TSUNAGI_ROOT")), &law), OK);
	return law;
}

struct given {
	const char *kind;
	civil start, today;
	struct monitor_act acts[4];
	size_t n;
	civil due;       /* of the interview; CIVIL_NONE: none */
	bool must_visit, overdue;
};


static void home_every_month(void **state)
{
	struct arena *a = *state;
	const struct law_catalogue *law = law_of(a);
	const struct given t[] = {
		{"home", D(2026, 4, 10), D(2026, 4, 10), {{0}}, 0, D(2026, 4, 30), false, false},
		{"home", D(2026, 4, 10), D(2026, 5, 1), {{0}}, 0, D(2026, 4, 30), false, true},
		{"home", D(2026, 4, 10), D(2026, 4, 30), {{D(2026, 4, 30), MONITOR_VISIT}}, 1, D(2026, 5, 31), false, false},
		{"home", D(2026, 4, 10), D(2026, 5, 31), {{D(2026, 4, 1), MONITOR_VISIT}}, 1, D(2026, 5, 31), false, false},
		/* two months of テレビ電話 are not possible: after April's visit and May's call June is a visit */
		{"home", D(2026, 4, 10), D(2026, 5, 20), {{D(2026, 4, 15), MONITOR_VISIT}, {D(2026, 5, 20), MONITOR_VIDEO}}, 2, D(2026, 6, 30), true, false},
		{"home", D(2026, 4, 10), D(2026, 6, 2), {{D(2026, 4, 15), MONITOR_VISIT}, {D(2026, 5, 20), MONITOR_VIDEO}, {D(2026, 6, 2), MONITOR_VISIT}}, 3, D(2026, 7, 31), false, false},
		/* 特段の事情 stands for the interview of its month, not for the visit */
		{"home", D(2026, 4, 10), D(2026, 5, 20), {{D(2026, 4, 15), MONITOR_VISIT}, {D(2026, 5, 20), MONITOR_EXCUSED}}, 2, D(2026, 6, 30), true, false},
		/* before April 2024 every month is a visit */
		{"home", D(2023, 4, 1), D(2023, 5, 1), {{D(2023, 4, 3), MONITOR_VISIT}}, 1, D(2023, 5, 31), true, false},
		/* month ends, also of leap years */
		{"home", D(2028, 1, 31), D(2028, 2, 1), {{D(2028, 1, 31), MONITOR_VISIT}}, 1, D(2028, 2, 29), false, false},
		{"home", D(2027, 1, 31), D(2027, 2, 1), {{D(2027, 1, 31), MONITOR_VISIT}}, 1, D(2027, 2, 28), false, false},
		{"home", D(2027, 12, 1), D(2027, 12, 31), {{D(2027, 12, 31), MONITOR_VISIT}}, 1, D(2028, 1, 31), false, false},
		{"home", D(2028, 2, 29), D(2028, 2, 29), {{0}}, 0, D(2028, 2, 29), false, false},
	};
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
		struct monitor_due due;
		struct monitor_facts f = {t[i].kind, t[i].start, CIVIL_NONE, CIVIL_NONE, t[i].acts, t[i].n};
		monitor_judge(law, a, &f, t[i].today, &due);
		if (due.interview_due != t[i].due || due.must_visit != t[i].must_visit || due.v[0].overdue != t[i].overdue)
			fail_msg("row %zu: due %d (want %d) visit %d overdue %d", i, due.interview_due, t[i].due, due.must_visit, due.v[0].overdue);
		assert_true(*due.v[0].sentence && *due.v[0].inputs && *due.v[0].source);
		assert_string_equal(due.v[0].rule, "R-CM-13-14-monthly");
	}
}

static void prevention_every_three(void **state)
{
	struct arena *a = *state;
	const struct law_catalogue *law = law_of(a);
	const struct given t[] = {
		/* start in April: May to July is the first period */
		{"prevention", D(2026, 4, 10), D(2026, 4, 20), {{0}}, 0, D(2026, 7, 31), false, false},
		{"prevention", D(2026, 4, 10), D(2026, 8, 1), {{0}}, 0, D(2026, 7, 31), false, true},
		{"prevention", D(2026, 4, 10), D(2026, 7, 31), {{D(2026, 5, 1), MONITOR_VISIT}}, 1, D(2026, 10, 31), false, false},
		/* an interview in the month of the start is before the first period */
		{"prevention", D(2026, 4, 10), D(2026, 4, 30), {{D(2026, 4, 30), MONITOR_VISIT}}, 1, D(2026, 7, 31), false, false},
		/* two periods without a visit are not possible */
		{"prevention", D(2026, 4, 10), D(2026, 8, 1), {{D(2026, 6, 1), MONITOR_VIDEO}}, 1, D(2026, 10, 31), true, false},
		{"prevention", D(2026, 4, 10), D(2026, 8, 1), {{D(2026, 6, 1), MONITOR_VISIT}}, 1, D(2026, 10, 31), false, false},
		{"prevention", D(2026, 4, 10), D(2026, 11, 2), {{D(2026, 6, 1), MONITOR_VISIT}, {D(2026, 9, 9), MONITOR_VIDEO}}, 2, D(2027, 1, 31), true, false},
		/* start on 30 November: December to February, 29 February in a leap year */
		{"prevention", D(2027, 11, 30), D(2027, 12, 1), {{0}}, 0, D(2028, 2, 29), false, false},
		{"prevention", D(2026, 11, 30), D(2026, 12, 1), {{0}}, 0, D(2027, 2, 28), false, false},
		{"prev_a", D(2026, 1, 31), D(2026, 2, 1), {{0}}, 0, D(2026, 4, 30), false, false},
		{"prev_b", D(2026, 1, 31), D(2026, 2, 1), {{0}}, 0, D(2026, 7, 31), true, false},
	};
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
		struct monitor_due due;
		struct monitor_facts f = {t[i].kind, t[i].start, CIVIL_NONE, CIVIL_NONE, t[i].acts, t[i].n};
		monitor_judge(law, a, &f, t[i].today, &due);
		bool late = false;
		for (size_t k = 0; k < due.n; k++)
			late = late || due.v[k].overdue;
		if (due.interview_due != t[i].due || due.must_visit != t[i].must_visit || late != t[i].overdue)
			fail_msg("row %zu: due %d (want %d) visit %d overdue %d", i, due.interview_due, t[i].due, due.must_visit, late);
	}
}

static const struct monitor_duty *duty(const struct monitor_due *d, const char *rule)
{
	for (size_t i = 0; i < d->n; i++)
		if (str_eq(d->v[i].rule, rule))
			return &d->v[i];
	return NULL;
}

static void evaluation_month_change_and_contact(void **state)
{
	struct arena *a = *state;
	const struct law_catalogue *law = law_of(a);
	struct monitor_due due;
	struct monitor_act acts[3] = {{D(2026, 6, 1), MONITOR_VISIT}, {D(2026, 9, 3), MONITOR_VIDEO}};
	struct monitor_facts f = {"prevention", D(2026, 4, 1), D(2026, 9, 30), CIVIL_NONE, acts, 2};
	monitor_judge(law, a, &f, D(2026, 9, 10), &due);
	const struct monitor_duty *m = duty(&due, "R-YB-30-16-must");
	assert_non_null(m);
	assert_int_equal(m->due_on, D(2026, 9, 30));
	assert_true(m->at_home && due.must_visit);
	assert_null(duty(&due, "R-YB-30-16-off")); /* this month has an interview */
	acts[2] = (struct monitor_act){D(2026, 9, 29), MONITOR_VISIT};
	f.n_acts = 3;
	monitor_judge(law, a, &f, D(2026, 9, 30), &due);
	assert_null(duty(&due, "R-YB-30-16-must"));
	/* a month without anything: contact and record; a call is contact, no record */
	monitor_judge(law, a, &f, D(2026, 10, 5), &due);
	assert_int_equal(duty(&due, "R-YB-30-16-off")->due_on, D(2026, 10, 31));
	assert_int_equal(duty(&due, "R-YB-30-16-rec")->due_on, D(2026, 10, 31));
	acts[0] = (struct monitor_act){D(2026, 10, 2), MONITOR_CONTACT};
	monitor_judge(law, a, &f, D(2026, 10, 5), &due);
	assert_null(duty(&due, "R-YB-30-16-off"));
	assert_non_null(duty(&due, "R-YB-30-16-rec"));
	acts[0].method = MONITOR_RECORD;
	monitor_judge(law, a, &f, D(2026, 10, 5), &due);
	assert_null(duty(&due, "R-YB-30-16-rec"));
	/* a marked change asks for a visit until there is one */
	f.changed_on = D(2026, 10, 3);
	monitor_judge(law, a, &f, D(2026, 10, 5), &due);
	assert_int_equal(duty(&due, "R-YB-30-16-must")->due_on, D(2026, 10, 31));
	acts[0] = (struct monitor_act){D(2026, 10, 4), MONITOR_VISIT};
	monitor_judge(law, a, &f, D(2026, 10, 5), &due);
	assert_null(duty(&due, "R-YB-30-16-must"));
	/* 介護予防ケアマネジメントC, and no plan */
	f.kind = "prev_c";
	monitor_judge(law, a, &f, D(2026, 10, 5), &due);
	assert_int_equal(due.n, 0);
	assert_int_equal(due.interview_due, CIVIL_NONE);
	f = (struct monitor_facts){"home", CIVIL_NONE, CIVIL_NONE, CIVIL_NONE, NULL, 0};
	monitor_judge(law, a, &f, D(2026, 10, 5), &due);
	assert_int_equal(due.n, 0);
	assert_true(*due.why);
}

static void video_conditions(void **state)
{
	struct arena *a = *state;
	const struct law_catalogue *law = law_of(a);
	const struct { const char *kind; civil start, eval_end, on; struct monitor_act acts[3]; size_t n; bool refused; } t[] = {
		{"home", D(2026, 4, 1), CIVIL_NONE, D(2026, 5, 5), {{D(2026, 4, 2), MONITOR_VISIT}}, 1, false},
		{"home", D(2026, 4, 1), CIVIL_NONE, D(2026, 5, 31), {{D(2026, 4, 30), MONITOR_VISIT}}, 1, false},
		{"home", D(2026, 4, 1), CIVIL_NONE, D(2026, 6, 1), {{D(2026, 4, 30), MONITOR_VISIT}, {D(2026, 5, 9), MONITOR_VIDEO}}, 2, true},
		{"home", D(2026, 4, 1), CIVIL_NONE, D(2026, 6, 1), {{D(2026, 5, 1), MONITOR_VISIT}}, 1, false},
		{"home", D(2026, 4, 1), CIVIL_NONE, D(2026, 4, 20), {{0}}, 0, false}, /* the first one: a visit is better, but it may be */
		{"home", D(2026, 4, 1), CIVIL_NONE, D(2026, 5, 20), {{D(2026, 4, 20), MONITOR_VIDEO}}, 1, true},
		{"home", D(2023, 4, 1), CIVIL_NONE, D(2024, 3, 31), {{D(2024, 2, 20), MONITOR_VISIT}}, 1, true}, /* the law of the day */
		{"home", D(2023, 4, 1), CIVIL_NONE, D(2024, 4, 1), {{D(2024, 3, 20), MONITOR_VISIT}}, 1, false},
		{"prevention", D(2026, 4, 1), D(2027, 3, 31), D(2026, 8, 1), {{D(2026, 7, 31), MONITOR_VISIT}}, 1, false},
		{"prevention", D(2026, 4, 1), D(2027, 3, 31), D(2026, 11, 1), {{D(2026, 7, 31), MONITOR_VISIT}}, 1, true},
		{"prevention", D(2026, 4, 1), D(2027, 3, 31), D(2027, 3, 1), {{D(2027, 1, 31), MONITOR_VISIT}}, 1, true},
		{"prev_c", D(2026, 4, 1), CIVIL_NONE, D(2026, 5, 1), {{0}}, 0, true},
	};
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
		struct monitor_facts f = {t[i].kind, t[i].start, t[i].eval_end, CIVIL_NONE, t[i].acts, t[i].n};
		const char *why = monitor_video_refused(law, a, &f, t[i].on);
		if ((why != NULL) != t[i].refused)
			fail_msg("row %zu: %s", i, why ? why : "allowed");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {UNIT(home_every_month), UNIT(prevention_every_three), UNIT(evaluation_month_change_and_contact), UNIT(video_conditions)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
