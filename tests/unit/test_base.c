#include "base/arena.h"
#include "base/buf.h"
#include "base/civil.h"
#include "base/clock.h"
#include "base/ctx.h"
#include "base/map.h"
#include "base/pid.h"
#include "base/str.h"
#include "unit.h"

static void arena_escape(void **state)
{
	(void)state;
	struct arena *a = arena_new(64 * 1024);
	jmp_buf out;
	volatile int got = 0;
	arena_set_escape(a, &out);
	if (setjmp(out) == 0) {
		for (;;) {
			arena_alloc(a, 1000);
			got++;
		}
	}
	assert_in_range(got, 30, 65);
	arena_reset(a);
	arena_fail_nth(3);
	volatile int n = 0;
	if (setjmp(out) == 0)
		for (;;) {
			arena_alloc(a, 8);
			n++;
		}
	assert_int_equal(n, 2);
	arena_free(a);
}

static void arena_rewinds(void **state)
{
	(void)state;
	struct arena *a = arena_new(1 << 20);
	char *keep = arena_str(a, "残す");
	struct arena_mark m = arena_mark_get(a);
	size_t used = arena_used(a);
	for (int i = 0; i < 1000; i++)
		arena_alloc(a, 500);
	arena_rewind(a, m);
	assert_int_equal(arena_used(a), used);
	assert_string_equal(keep, "残す");
	arena_free(a);
}

static void arena_adopts(void **state)
{
	(void)state;
	struct arena *a = arena_new(1 << 20), *b = arena_new(1 << 20), *big = arena_new(4 << 20);
	struct arena_mark m = arena_mark_get(a);
	size_t used = arena_used(a);
	char *said = arena_str(b, "別の手が書いた");
	for (int i = 0; i < 100; i++)
		arena_alloc(b, 5000);
	(void)arena_alloc(big, 2 << 20);
	assert_false(arena_adopt(a, big)); /* more than a may hold: both stay as they are */
	assert_int_equal(arena_used(a), used);
	assert_true(arena_adopt(a, b));
	assert_string_equal(said, "別の手が書いた");
	assert_true(arena_used(a) > 500000);
	(void)arena_str(a, "その後");
	arena_rewind(a, m);
	assert_int_equal(arena_used(a), used);
	arena_free(a);
	arena_free(big);
}

static void text(void **state)
{
	struct arena *a = *state;
	assert_string_equal(str_trim(a, " 　 山田　太郎\n　"), "山田　太郎");
	assert_true(str_blank("　 \t"));
	assert_false(str_blank("　あ"));
	assert_string_equal(str_lf(a, "a\r\nb\rc\n"), "a\nb\nc\n");
	assert_true(str_utf8_valid("𠮷野家", 10));
	assert_false(str_utf8_valid("\xC0\xAF", 2));
	assert_false(str_utf8_valid("\xED\xA0\x80", 3));
	assert_false(str_utf8_valid("\xF4\x90\x80\x80", 4));
	assert_false(str_utf8_valid("a\0b", 3));
	const char *s = "𠮷あa";
	assert_int_equal(str_next(&s), 0x20BB7);
	assert_int_equal(str_next(&s), 0x3042);
	assert_int_equal(str_next(&s), 'a');
	assert_int_equal(str_next(&s), 0);
	int64_t v;
	assert_true(str_int("-9223372036854775808", &v));
	assert_true(v == INT64_MIN);
	assert_false(str_int("9223372036854775808", &v));
	assert_false(str_int("12a", &v));
	assert_false(str_int("", &v));
	assert_string_equal(str_percent(a, 2, 3), "66.7%");
	assert_string_equal(str_percent(a, 1, 8), "12.5%");
	assert_string_equal(str_percent(a, 1, 2000), "0.1%");
	assert_string_equal(str_percent(a, 4, 4), "100.0%");
	assert_string_equal(str_percent(a, 0, 0), "–");
	struct buf b = buf_new(a);
	for (int i = 0; i < 100; i++)
		buf_fmt(&b, "%d,", i);
	buf_utf8(&b, 0x20BB7);
	size_t n;
	char **parts = str_split(a, b.p, ',', &n);
	assert_int_equal(n, 101);
	assert_string_equal(parts[99], "99");
	assert_string_equal(parts[100], "𠮷");
}

static civil d(const char *iso)
{
	civil out = CIVIL_NONE;
	assert_true(civil_parse(iso, &out));
	return out;
}

static void eq(civil day, const char *iso)
{
	char t[CIVIL_TEXT];
	civil_text(day, t);
	assert_string_equal(t, iso);
}

static void calendar(void **state)
{
	(void)state;
	for (civil day = d("1868-01-01"); day < d("2200-01-01"); day++) {
		struct ymd t = civil_ymd(day);
		assert_true(civil_valid(t.y, t.m, t.d));
		assert_int_equal(civil_from(t.y, t.m, t.d), day);
	}
	civil none = 7;
	assert_false(civil_parse("2026-02-29", &none));
	assert_false(civil_parse("2026-2-9", &none));
	assert_int_equal(none, 7);
	eq(CIVIL_OPEN, "9999-12-31");
	eq(civil_eom(2028, 2), "2028-02-29");
	eq(civil_add_months(d("2026-01-31"), 1), "2026-02-28");
	eq(civil_add_months(d("2026-01-31"), 13), "2027-02-28");
	eq(civil_add_months(d("2026-03-31"), -1), "2026-02-28");
	eq(civil_days_after(d("2026-04-15"), 30), "2026-05-15"); /* T-NT-09 */
	eq(civil_days_after(d("2026-12-05"), 30), "2027-01-04");
	eq(civil_attain_age(d("1961-12-01"), 65), "2026-11-30"); /* T-NT-10 */
	eq(civil_attain_age(d("1962-03-01"), 65), "2027-02-28");
	eq(civil_attain_age(d("1964-02-29"), 65), "2029-02-28");
	eq(civil_attain_age(d("1962-04-01"), 65), "2027-03-31"); /* T-NT-11 */
	assert_int_equal(civil_fiscal_year(civil_attain_age(d("1962-04-01"), 65)), 2026);
	eq(civil_attain_age(d("1962-04-02"), 65), "2027-04-01");
	assert_int_equal(civil_age(d("1940-11-22"), d("2026-11-21")), 85);
	assert_int_equal(civil_age(d("1940-11-21"), d("2026-11-21")), 86);
	assert_int_equal(civil_weekday(d("2026-11-21")), 6); /* Saturday */
	int64_t ms;
	assert_true(clock_parse("2026-11-20T15:00:00Z", &ms));
	eq(civil_of_instant(ms), "2026-11-21"); /* midnight in Japan */
	eq(civil_of_instant(ms - 1), "2026-11-20");
	eq(civil_of_instant(-1), "1970-01-01");
	char t[CIVIL_TIME_TEXT];
	civil_time_text(ms - 60000, t);
	assert_string_equal(t, "2026-11-20 23:59");
}

static void table_of_errors(void **state)
{
	(void)state;
	assert_int_equal(err_http_status(ERR_CONFLICT), 409);
	assert_string_equal(err_name(ERR_DATE_ERA), "DATE_ERA");
	assert_int_equal(err_class_of((err)77777), ERR_CLASS_BUG);
	int seen[1000] = {0};
#define ERR(n, number, c, h, j, m)                                                                                   \
	assert_int_equal(seen[number]++, 0);                                                                         \
	assert_true(h >= 400 && h < 600);                                                                            \
	assert_true(str_ends(j, "。") && str_ends(m, "。"));
#include "base/errors.tbl.h"
#undef ERR
}

static void faults(void **state)
{
	struct ctx c;
	ctx_init(&c, *state, 0);
	for (int i = 0; i < 20; i++)
		(void)fault_add(&c, arena_fmt(*state, "f%d", i), ERR_RANGE, "%d番目の値は範囲の外です。", i);
	assert_int_equal(fault_add(&c, "birth_on", ERR_DATE_ERA, NULL), ERR_DATE_ERA);
	fault_offer(&c, "1989-01-08");
	assert_int_equal(c.n_faults, 21);
	assert_string_equal(fault_of(&c, "f19")->message, "19番目の値は範囲の外です。");
	assert_string_equal(fault_of(&c, "birth_on")->offer, "1989-01-08");
	assert_null(fault_of(&c, "nowhere"));
	assert_int_equal(class_index(CLASS_RIGHTS), CLASS_I_RIGHTS);
	assert_string_equal(class_label_ja(CLASS_RIGHTS), "権利擁護");
}

static void maps_and_ids(void **state)
{
	struct arena *a = *state;
	struct map m = map_new(a);
	for (intptr_t i = 0; i < 1000; i++)
		map_set(&m, arena_fmt(a, "k%d", (int)i), (void *)(i + 1));
	map_set(&m, "k7", (void *)(intptr_t)70);
	assert_int_equal(m.n, 1000);
	assert_ptr_equal(map_get(&m, "k7"), (void *)(intptr_t)70);
	assert_ptr_equal(map_get(&m, "k999"), (void *)(intptr_t)1000);
	assert_null(map_get(&m, "none"));
	char p[PID_TEXT], q[PID_TEXT];
	pid_make(p);
	pid_make(q);
	assert_true(pid_valid(p) && pid_valid(q));
	assert_string_not_equal(p, q);
	assert_false(pid_valid("01234567890123456789012345u"));
	rand_seed(5);
	pid_make(p);
	rand_seed(5);
	pid_make(q);
	assert_string_equal(p, q);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arena_escape), cmocka_unit_test(arena_rewinds), cmocka_unit_test(arena_adopts), UNIT(text), cmocka_unit_test(calendar),
		cmocka_unit_test(table_of_errors), UNIT(faults), UNIT(maps_and_ids),
	};
	return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
