/* 入院時情報連携・退院退所・ターミナル: every border of a day and of a number (reference rules R-FE-12, 13, 16). */
#include "unit.h"

#include "base/str.h"
#include "law/addition.h"

#include <stdlib.h>

static const struct law_catalogue *law_of(struct arena *a)
{
	const struct law_catalogue *law = NULL;
	struct ctx *c = ARENA_NEW(a, struct ctx);
	ctx_init(c, a, 0);
	assert_int_equal(law_load(c, a, arena_fmt(a, "%s/law", getenv("TSUNAGI_ROOT")), &law), OK);
	return law;
}

static civil D(int y, int m, int d) { return civil_from(y, m, d); }

static void hospital(void **state)
{
	struct arena *a = *state;
	const struct law_catalogue *law = law_of(a);
	struct law_calendar k = law_calendar_of(law, NULL, 0);
	static const struct { int m, d; bool late; int tm, td; const char *code; } t[] = {
		{10, 7, false, 10, 5, "add_hosp_1"},  /* before the admission */
		{10, 7, false, 10, 7, "add_hosp_1"},
		{10, 7, false, 10, 8, "add_hosp_2"},
		{10, 7, false, 10, 9, "add_hosp_2"},
		{10, 7, false, 10, 10, ""},
		{10, 7, true, 10, 8, "add_hosp_1"},   /* after hours: the next day counts as the day itself */
		{10, 7, true, 10, 9, "add_hosp_2"},
		{10, 8, true, 10, 10, "add_hosp_2"},  /* the third day is a Saturday … */
		{10, 8, true, 10, 11, "add_hosp_2"},  /* … so the day after it still counts */
		{10, 8, true, 10, 12, ""},
		{10, 8, false, 10, 11, ""},           /* but not after an admission within hours */
	};
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
		struct law_addition x;
		assert_int_equal(law_addition_hospital(law, a, &k, D(2026, t[i].m, t[i].d), t[i].late, D(2026, t[i].tm, t[i].td), &x), OK);
		if (!str_eq(x.code, t[i].code))
			fail_msg("%zu: %s, wanted %s", i, x.code, t[i].code);
		assert_int_equal(x.units, !*t[i].code ? 0 : str_eq(t[i].code, "add_hosp_1") ? 250 : 200);
		assert_true(*x.why);
	}
	struct law_addition x;
	assert_int_equal(law_addition_hospital(law, a, &k, D(2024, 3, 31), false, D(2024, 3, 31), &x), ERR_NOTFOUND); /* the rule before 2024-04 */
	assert_int_equal(law_addition_hospital(law, a, &k, D(2024, 4, 1), false, CIVIL_NONE, &x), OK);
	assert_string_equal(x.code, "");
}

static void leaving(void **state)
{
	struct arena *a = *state;
	const struct law_catalogue *law = law_of(a);
	static const struct { int times, conferences; const char *code; int64_t units; } t[] = {
		{0, 0, "", 0}, {1, 0, "add_leave_1_talk", 450}, {1, 1, "add_leave_1_meet", 600}, {2, 0, "add_leave_2_talk", 600}, {2, 1, "add_leave_2_meet", 750},
		{2, 2, "add_leave_2_meet", 750}, {3, 0, "add_leave_2_talk", 600}, {3, 1, "add_leave_3_meet", 900}, {5, 2, "add_leave_3_meet", 900},
	};
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
		struct law_addition x;
		assert_int_equal(law_addition_leave(law, a, D(2026, 10, 1), t[i].times, t[i].conferences, &x), OK);
		assert_string_equal(x.code, t[i].code);
		assert_int_equal(x.units, t[i].units);
	}
}

static void terminal(void **state)
{
	struct arena *a = *state;
	const struct law_catalogue *law = law_of(a);
	civil death = D(2026, 10, 20);
	static const struct { int d1, d2; bool holds; } t[] = {
		{6, 20, true},  /* fourteen days before, and the day itself */
		{5, 20, false}, /* fifteen days before does not count */
		{10, 10, false}, /* two visits on one day are one day */
		{19, 21, false}, /* after death */
	};
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
		struct law_addition x;
		civil v[] = {D(2026, 10, t[i].d1), D(2026, 10, t[i].d2)};
		assert_int_equal(law_addition_terminal(law, a, death, v, 2, &x), OK);
		assert_int_equal(*x.code != '\0', t[i].holds);
		assert_int_equal(x.units, t[i].holds ? 400 : 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {UNIT(hospital), UNIT(leaving), UNIT(terminal)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
