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
	civil closed = D(2026, 12, 7); /* a Monday */
	struct law_calendar k = law_calendar_of(law, &closed, 1);
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
		{11, 20, false, 11, 20, "add_hosp_1"}, /* T-FE-13: a Friday, 14:00 */
		{11, 20, false, 11, 21, "add_hosp_2"},
		{11, 20, false, 11, 22, "add_hosp_2"},
		{11, 20, false, 11, 23, ""},
		{11, 20, true, 11, 21, "add_hosp_1"},  /* T-FE-14: 19:00; the third day is a Sunday */
		{11, 20, true, 11, 22, "add_hosp_2"},
		{11, 20, true, 11, 23, "add_hosp_2"},
		{11, 24, false, 11, 22, "add_hosp_1"}, /* T-FE-15 */
		{11, 22, false, 11, 23, "add_hosp_1"}, /* admitted on a Sunday: the next day counts as the day itself */
		{11, 22, false, 11, 24, "add_hosp_2"},
		{11, 23, false, 11, 24, "add_hosp_1"}, /* a Monday, but 勤労感謝の日 */
		{12, 7, false, 12, 8, "add_hosp_1"},   /* the office's own closed day */
		{12, 5, true, 12, 8, "add_hosp_2"},    /* … and as the third day */
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

/* 初回加算 (T-FE-11, 11b, 12): new for the office, two blank months, or the level. */
static void first(void **state)
{
	struct arena *a = *state;
	const struct law_catalogue *law = law_of(a);
	static const struct { bool prevention, before; int64_t blank; bool first_of_level; const char *was, *now; bool holds; } t[] = {
		{false, false, 0, true, "", "c1", true},
		{false, true, 1, true, "", "c1", false},   /* T-FE-11: billed to August, again in October */
		{false, true, 2, true, "", "c1", true},    /* … in November */
		{false, true, 2, false, "c1", "c1", true},
		{false, true, 0, true, "c1", "c3", true},  /* T-FE-12 */
		{false, true, 0, true, "c1", "c2", false},
		{false, true, 0, true, "s2", "c1", true},
		{false, true, 0, true, "s1", "s2", false},
		{false, true, 0, true, "c4", "c2", true},  /* down by two is a change by two */
		{false, true, 0, true, "c2", "c1", false},
		{false, true, 0, false, "c1", "c3", false}, /* the second plan under the new level */
		{false, true, 0, true, "target", "c1", false},
		{false, true, 0, true, "c3", "c3", false},
		{true, false, 0, true, "", "s1", true},
		{true, true, 0, true, "c3", "s1", false},
		{true, true, 2, true, "s1", "s1", true},
	};
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
		struct law_addition x;
		const struct law_first_in in = {.prevention = t[i].prevention, .on = D(2026, 11, 1), .before = t[i].before, .blank_months = t[i].blank,
			.first_of_level = t[i].first_of_level, .level = t[i].now, .level_before = t[i].was};
		assert_int_equal(law_addition_first(law, a, &in, &x), OK);
		if (!str_eq(x.code, !t[i].holds ? "" : t[i].prevention ? "add_first_yobo" : "add_first"))
			fail_msg("%zu: %s", i, x.code);
		assert_int_equal(x.units, t[i].holds ? 300 : 0);
		assert_true(*x.why);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {UNIT(hospital), UNIT(leaving), UNIT(terminal), UNIT(first)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
