/* The pure functions of the law beside the duties: open days, parameters, reductions, concentration, certification periods, caseload.
 * Tests T-… are those of the reference rules §1.4, §2.4, §3.2, §8.4. */
#include "base/str.h"
#include "form/define.h"
#include "form/score.h"
#include "law/caseload_count.h"
#include "law/cert_period.h"
#include "law/concentration.h"
#include "law/decide.h"
#include "law/params.h"
#include "law/penalty.h"
#include "unit.h"

#include <limits.h>
#include <stdlib.h>

#define D(y, m, d) civil_from(y, m, d)
#define M(y, m) ((y) * 12 + (m) - 1)

static const struct law_catalogue *load(struct arena *a)
{
	const struct law_catalogue *law = NULL;
	struct ctx *c = ARENA_NEW(a, struct ctx);
	ctx_init(c, a, 0);
	assert_int_equal(law_load(c, a, arena_fmt(a, "%s/law", getenv("TSUNAGI_ROOT")), &law), OK);
	return law;
}

/* ---- days ------------------------------------------------------------------------------------------------------------------------- */

static void open_days(void **state)
{
	const struct law_catalogue *law = load(*state);
	civil newyear[] = {D(2026, 12, 29), D(2026, 12, 30), D(2026, 12, 31)};
	struct law_calendar k = law_calendar_of(law, NULL, 0), own = law_calendar_of(law, newyear, 3);
	/* T-CM-28 */
	assert_int_equal(law_prev_open(&k, D(2024, 9, 15)), D(2024, 9, 13));
	assert_int_equal(law_next_open(&k, D(2024, 9, 15)), D(2024, 9, 17));
	assert_int_equal(law_next_open(&k, D(2026, 9, 15)), D(2026, 9, 15));
	/* five days in a row in September 2026, one of them only because it stands between two */
	assert_int_equal(law_next_open(&k, D(2026, 9, 19)), D(2026, 9, 24));
	assert_string_equal(law_holiday_find(&k, D(2026, 9, 22))->name, "休日（祝日法3条3項）");
	assert_int_equal(law_next_open(&k, D(2026, 12, 29)), D(2026, 12, 29));
	assert_int_equal(law_next_open(&own, D(2026, 12, 29)), D(2027, 1, 4));
	assert_int_equal(law_prev_open(&own, D(2027, 1, 3)), D(2026, 12, 28));
	assert_true(law_calendar_known(&k, D(2028, 12, 31)) && !law_calendar_known(&k, D(2029, 1, 1)) && !law_calendar_known(&k, D(2023, 12, 31)));
	assert_int_equal(law_round_half_up(1411, 50, 100), 706);
	assert_int_equal(law_round_half_up(1411, 99, 100), 1397);
	assert_int_equal(law_round_half_up(1386, 21, 1000), 29);
	assert_int_equal(law_floor_yen(442, 1084), 4791);
	assert_int_equal(law_floor_yen(1411, 1000), 14110);
}

/* The rules of 祝日法 as an oracle: happy Mondays, a Sunday's substitute, a day between two. Only the equinoxes are taken on trust. */
static bool has(const struct law_calendar *k, civil d) { return law_holiday_find(k, d) != NULL; }

static civil monday(int y, int m, int nth)
{
	civil d = D(y, m, 1);
	while (civil_weekday(d) != 1)
		d++;
	return d + 7 * (nth - 1);
}

static void holidays_follow_the_act(void **state)
{
	const struct law_catalogue *law = load(*state);
	struct law_calendar k = law_calendar_of(law, NULL, 0);
	static const int fixed[][2] = {{1, 1}, {2, 11}, {2, 23}, {4, 29}, {5, 3}, {5, 4}, {5, 5}, {8, 11}, {11, 3}, {11, 23}};
	for (int y = 2024; y <= 2028; y++) {
		int n = 0, march = 0, september = 0;
		for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++)
			assert_true(has(&k, D(y, fixed[i][0], fixed[i][1])));
		assert_true(has(&k, monday(y, 1, 2)) && has(&k, monday(y, 7, 3)) && has(&k, monday(y, 9, 3)) && has(&k, monday(y, 10, 2)));
		for (civil d = D(y, 1, 1); d <= D(y, 12, 31); d++) {
			const struct law_holiday *h = law_holiday_find(&k, d);
			n += h != NULL;
			march += h && civil_ymd(d).m == 3 && str_eq(h->name, "春分の日");
			september += h && civil_ymd(d).m == 9 && str_eq(h->name, "秋分の日");
			if (h && civil_weekday(d) == 7 && !str_starts(h->name, "休日")) {
				civil next = d + 1;
				while (has(&k, next) && !str_starts(law_holiday_find(&k, next)->name, "休日"))
					next++;
				assert_true(has(&k, next));
			}
			if (!h && civil_weekday(d) != 7)
				assert_false(has(&k, d - 1) && has(&k, d + 1) && civil_ymd(d - 1).y == y && civil_ymd(d + 1).y == y);
		}
		assert_true(march == 1 && september == 1 && n >= 16 && n <= 21);
	}
}

static void parameters(void **state)
{
	struct arena *a = *state;
	const struct law_catalogue *law = load(a);
	const struct law_param *years = law_param_find(law, "retention_years"), *mode = law_param_find(law, "tokudan_mode"), *closed = law_param_find(law, "closed_days");
	const struct duty_param_value v[] = {
		{"retention_years", "011000", "5", D(2025, 4, 1), CIVIL_OPEN}, {"retention_years", "011000", "3", D(2020, 4, 1), D(2025, 3, 31)},
		{"retention_years", "022000", "1", D(2020, 4, 1), CIVIL_OPEN}, {"tokudan_mode", "011000", "apply", D(2020, 4, 1), CIVIL_OPEN},
	};
	const struct duty_params p = {v, 4};
	const struct duty_param_value *set;
	assert_int_equal(law_param_int(years, NULL, "011000", D(2026, 1, 1)), 2);
	assert_int_equal(law_param_int(years, &p, "011000", D(2026, 1, 1)), 5);
	assert_int_equal(law_param_int(years, &p, "011000", D(2025, 3, 31)), 3);
	assert_int_equal(law_param_int(years, &p, "011000", D(2020, 3, 31)), 2);
	assert_int_equal(law_param_int(years, &p, "033000", D(2026, 1, 1)), 2);
	assert_int_equal(law_param_int(years, &p, NULL, D(2026, 1, 1)), 2);
	assert_int_equal(law_param_int(years, &p, "022000", D(2026, 1, 1)), 2); /* below the bound of the law: not used */
	assert_string_equal(law_param_text(mode, &p, "011000", D(2026, 1, 1), &set), "apply");
	assert_ptr_equal(set, &v[3]);
	assert_string_equal(law_param_text(mode, &p, "", D(2026, 1, 1), &set), "record");
	assert_null(set);
	assert_null(law_param_refused(years, a, "2"));
	assert_string_equal(law_param_refused(years, a, "1"), "「記録を保存する年数」は、2 から 10 までの整数（年）で入れてください。");
	assert_non_null(law_param_refused(years, a, "二年"));
	assert_non_null(law_param_refused(mode, a, "never"));
	assert_null(law_param_refused(closed, a, "2026-12-29|2026-12-30"));
	assert_non_null(law_param_refused(closed, a, "2026-12-29,2026-12-30"));
	assert_non_null(law_param_refused(closed, a, "2026-02-30"));
	assert_null(law_param_find(law, "no_such"));
}

/* ---- 減算 ------------------------------------------------------------------------------------------------------------------------------- */

static void penalties(void **state)
{
	struct arena *a = *state;
	const struct law_catalogue *law = load(a);
	struct law_penalty_month *m;
	size_t n;
	/* T-CM-07: May only */
	const struct law_violation may[] = {{"R-CM-13-14-monthly", M(2026, 5)}, {"R-CM-13-14-home", M(2026, 5)}};
	assert_int_equal(law_penalty(law, a, may, 2, LAW_PENALTY_TOGETHER, &m, &n), OK);
	assert_int_equal(n, 1);
	assert_int_equal(m[0].percent, 50);
	assert_int_equal(m[0].n_rules, 2);
	assert_int_equal(law_penalty_units(1411, m[0].percent), 706);
	/* T-CM-08 */
	const struct law_violation three[] = {{"x", M(2026, 7)}, {"x", M(2026, 5)}, {"x", M(2026, 6)}, {"x", M(2026, 5)}};
	assert_int_equal(law_penalty(law, a, three, 4, LAW_PENALTY_TOGETHER, &m, &n), OK);
	assert_int_equal(n, 3);
	assert_true(m[0].month == M(2026, 5) && m[0].percent == 50 && m[1].percent == 0 && m[2].percent == 0 && m[2].row == 3);
	/* again after a month that was kept: from the beginning */
	const struct law_violation gap[] = {{"x", M(2026, 5)}, {"x", M(2026, 7)}};
	assert_int_equal(law_penalty(law, a, gap, 2, LAW_PENALTY_TOGETHER, &m, &n), OK);
	assert_true(n == 2 && m[0].percent == 50 && m[1].percent == 50);
	/* T-CM-09, T-CM-34: April and May */
	const struct law_violation four2[] = {{"R-CM-04-2-choice", M(2026, 4)}, {"R-CM-04-2-choice", M(2026, 5)}};
	assert_int_equal(law_penalty(law, a, four2, 2, LAW_PENALTY_TOGETHER, &m, &n), OK);
	assert_true(n == 2 && m[0].percent == 50 && m[1].percent == 0);
	/* two different failures in neighbouring months: the insurer's reading */
	const struct law_violation two[] = {{"x", M(2026, 12)}, {"y", M(2027, 1)}};
	assert_int_equal(law_penalty(law, a, two, 2, LAW_PENALTY_TOGETHER, &m, &n), OK);
	assert_true(m[0].percent == 50 && m[1].percent == 0);
	assert_int_equal(law_penalty(law, a, two, 2, LAW_PENALTY_BY_RULE, &m, &n), OK);
	assert_true(m[0].percent == 50 && m[1].percent == 50);
	const struct law_violation old[] = {{"x", M(2005, 5)}};
	assert_int_equal(law_penalty(law, a, old, 1, LAW_PENALTY_TOGETHER, &m, &n), ERR_NOTFOUND);
}

/* T-CM-36 */
static void lacks(void **state)
{
	const struct law_catalogue *law = load(*state);
	int first, last;
	int64_t units;
	assert_true(law_abuse_months(D(2026, 5, 10), D(2026, 7, 3), &first, &last));
	assert_true(first == M(2026, 6) && last == M(2026, 7));
	assert_true(law_bcp_months(D(2026, 5, 1), D(2026, 7, 3), &first, &last));
	assert_true(first == M(2026, 5) && last == M(2026, 7));
	assert_true(law_bcp_months(D(2026, 5, 2), D(2026, 7, 3), &first, &last));
	assert_true(first == M(2026, 6) && last == M(2026, 7));
	assert_false(law_abuse_months(D(2026, 5, 10), D(2026, 5, 20), &first, &last));
	assert_true(law_abuse_months(D(2026, 12, 10), CIVIL_NONE, &first, &last));
	assert_true(first == M(2027, 1) && last == INT_MAX);
	assert_int_equal(law_lack_units(law, M(2026, 5), 1411, 2, &units), OK);
	assert_int_equal(units, 1383);
	assert_int_equal(law_lack_units(law, M(2024, 3), 1411, 2, &units), ERR_NOTFOUND);
}

static void half_years(void **state)
{
	const struct law_catalogue *law = load(*state);
	/* T-CM-10 */
	struct law_half_year h = law_half_year_before(D(2026, 11, 10));
	assert_true(h.from == D(2026, 3, 1) && h.to == D(2026, 8, 31));
	/* T-CM-27 */
	assert_true(h.file_by == D(2026, 9, 15) && h.reduced_from == D(2026, 10, 1) && h.reduced_to == D(2027, 3, 31));
	assert_int_equal(civil_weekday(h.file_by), 2);
	h = law_half_year_of(D(2027, 2, 10));
	assert_true(h.from == D(2026, 9, 1) && h.to == D(2027, 2, 28) && h.file_by == D(2027, 3, 15) && h.reduced_from == D(2027, 4, 1) && h.reduced_to == D(2027, 9, 30));
	assert_int_equal(law_half_year_of(D(2028, 1, 1)).to, D(2028, 2, 29));
	assert_int_equal(law_half_year_of(D(2026, 3, 1)).from, D(2026, 3, 1));
	assert_int_equal(law_half_year_of(D(2026, 2, 28)).from, D(2025, 9, 1));
	struct law_calendar k = law_calendar_of(law, NULL, 0);
	assert_int_equal(law_shift_day(&k, D(2024, 9, 15), LAW_SHIFT_PREV), D(2024, 9, 13));
	assert_int_equal(law_shift_day(&k, D(2024, 9, 15), LAW_SHIFT_NONE), D(2024, 9, 15));
	/* T-CM-38: papers kept */
	h = law_half_year_of(D(2026, 8, 31));
	assert_int_equal(law_conc_keep_until(&h, 5), D(2031, 8, 31));
	civil from;
	assert_true(law_conc_judged(&h, D(2026, 6, 10), false, &from) && from == D(2026, 6, 10));
	assert_false(law_conc_judged(&h, D(2026, 6, 10), true, &from));
	assert_true(law_conc_judged(&h, D(2020, 6, 10), true, &from) && from == D(2026, 3, 1));
	assert_false(law_conc_judged(&h, D(2026, 9, 10), false, &from));
}

static void concentration(void **state)
{
	struct arena *a = *state;
	const struct law_catalogue *law = load(a);
	struct law_half_year h = law_half_year_of(D(2026, 8, 31));
	struct law_conc_result r[4];
	struct law_conc_office o = {.months = 6, .plans = 600};
	/* T-CM-26: exactly 80 % is not above */
	const struct law_conc_service help[] = {{"homehelp", 100, 80, 20}, {"homehelp", 100, 81, 20}, {"homehelp", 1000, 801, 20}, {"none", 0, 0, 20}};
	assert_int_equal(law_conc_judge(law, a, &h, &o, help, 4, r), OK);
	assert_true(!r[0].over && !r[0].reduced && r[1].over && r[1].reduced && r[2].over && !r[3].over);
	assert_string_equal(r[1].why, "最大の法人 81 件 ÷ 計画 100 件 は 80% を超える → 届出が要る。正当な理由に当たる記録がない → 減算");
	assert_string_equal(r[0].why, "最大の法人 80 件 ÷ 計画 100 件 は 80% を超えない → 届出は要らない");
	/* T-CM-29: a month's mean of 19.5 plans */
	o.plans = 117;
	assert_int_equal(law_conc_judge(law, a, &h, &o, help + 1, 1, r), OK);
	assert_true(r[0].over && r[0].reason == 3 && !r[0].reduced);
	o.plans = 121; /* 20.17 */
	assert_int_equal(law_conc_judge(law, a, &h, &o, help + 1, 1, r), OK);
	assert_int_equal(r[0].reason, 0);
	/* T-CM-37 */
	o = (struct law_conc_office){.months = 6, .plans = 600};
	const struct law_conc_service both[] = {{"homehelp", 200, 170, 4}, {"daycare", 200, 170, 10}};
	assert_int_equal(law_conc_judge(law, a, &h, &o, both, 2, r), OK);
	assert_true(r[0].over && r[0].reason == 1 && !r[0].reduced && r[1].over && r[1].reason == 0 && r[1].reduced);
	/* 4: ten plans a month of this service; 5, 6: accepted by the insurer */
	const struct law_conc_service few[] = {{"rental", 60, 60, -1}, {"rental", 61, 61, -1}};
	o.accepted_6 = "daycare";
	assert_int_equal(law_conc_judge(law, a, &h, &o, both, 2, r), OK);
	assert_true(r[1].reason == 6 && !r[1].reduced);
	o.accepted = "daycare";
	assert_int_equal(law_conc_judge(law, a, &h, &o, few, 2, r), OK);
	assert_true(r[0].reason == 4 && r[1].reason == 0);
	assert_int_equal(law_conc_judge(law, a, &h, &o, both, 2, r), OK);
	assert_int_equal(r[1].reason, 5);
	o.special_area = true;
	assert_int_equal(law_conc_judge(law, a, &h, &o, both, 2, r), OK);
	assert_int_equal(r[1].reason, 2);
}

/* ---- caseload ---------------------------------------------------------------------------------------------------------------------------- */

static void care_managers(void **state)
{
	const struct law_catalogue *law = load(*state);
	int64_t n;
	civil now = D(2026, 11, 1);
	/* T-CM-12, T-CM-13 */
	assert_int_equal(law_cm_needed(law, now, 40, 12, false, &n), OK);
	assert_int_equal(n, 1);
	assert_int_equal(law_cm_needed(law, now, 41, 12, false, &n), OK);
	assert_int_equal(n, 2);
	assert_int_equal(law_cm_needed(law, now, 41, 12, true, &n), OK);
	assert_int_equal(n, 1);
	assert_int_equal(law_cm_needed(law, now, 0, 0, false, &n), OK);
	assert_int_equal(n, 1);
}

static void fee_steps(void **state)
{
	const struct law_catalogue *law = load(*state);
	static const struct {
		const char *name;
		int y, m;
		int64_t home, prevention, fte;
		bool link, over;
		int64_t full, second, third;
	} t[] = {
		{"T-FE-01", 2026, 11, 1, 0, 100, false, false, 1, 0, 0},
		{"T-FE-02", 2026, 11, 44, 3, 100, false, true, 44, 0, 0},
		{"T-FE-03", 2026, 11, 44, 2, 100, false, false, 44, 0, 0},
		{"T-FE-04", 2026, 11, 50, 0, 100, false, true, 44, 6, 0},
		{"T-FE-05", 2026, 11, 50, 0, 100, true, true, 49, 1, 0},
		{"T-FE-06", 2026, 11, 90, 0, 200, false, true, 89, 1, 0},
		{"T-FE-06b", 2026, 11, 80, 0, 150, false, true, 66, 14, 0},
		{"T-FE-07", 2024, 3, 40, 0, 100, false, true, 39, 1, 0},
		{"second step", 2026, 11, 65, 0, 100, false, true, 44, 15, 6},
	};
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
		struct law_caseload c;
		assert_int_equal(law_caseload(law, D(t[i].y, t[i].m, 1), &(struct law_caseload_in){t[i].home, t[i].prevention, t[i].fte, t[i].link}, &c), OK);
		if (c.over_1 != t[i].over || c.full != t[i].full || c.second != t[i].second || c.third != t[i].third)
			fail_msg("%s: %lld %lld %lld", t[i].name, (long long)c.full, (long long)c.second, (long long)c.third);
	}
	static const struct { int y, m; bool link; int step; const char *level; int64_t units; } fees[] = {
		{2026, 11, false, 1, "c1", 1086}, {2026, 11, false, 1, "c2", 1086}, {2026, 11, false, 1, "c3", 1411}, {2026, 11, false, 2, "c5", 704}, {2026, 11, false, 3, "c2", 326},
		{2026, 11, true, 1, "c4", 1411}, {2026, 11, true, 2, "c1", 527}, {2026, 11, true, 3, "c3", 410}, {2024, 3, false, 1, "c3", 1398}, {2024, 4, false, 1, "c3", 1411},
		{2024, 3, true, 1, "c3", 1398}, {2024, 3, true, 2, "c1", 522}, {2024, 3, true, 2, "c3", 677}, {2021, 4, true, 3, "c1", 313},
		{2024, 3, true, 3, "c5", 406}, {2024, 4, true, 2, "c3", 683}, {2021, 3, true, 1, "c3", -1}, {2021, 3, false, 1, "c3", -1}, {2026, 11, false, 1, "s2", -1}, {2026, 11, false, 1, "", -1}, {2026, 11, false, 4, "c1", -1}};
	for (size_t i = 0; i < sizeof fees / sizeof fees[0]; i++) {
		const struct law_number *n = law_home_fee(law, D(fees[i].y, fees[i].m, 1), fees[i].link, fees[i].step, fees[i].level);
		assert_int_equal(n ? n->value : -1, fees[i].units);
	}
	/* T-FE-01: 1,411 単位 at 10.00 円 */
	assert_int_equal(law_floor_yen(1411, 1000), 14110);
}

/* ---- 認定 ----------------------------------------------------------------------------------------------------------------------------------- */

static void cert_periods(void **state)
{
	struct arena *a = *state;
	const struct law_catalogue *law = load(a);
	static const struct {
		const char *name;
		enum law_apply kind;
		int applied[3], old_to[3];
		const char *old_level, *level;
		int64_t months;
		int from[3], to[3];
		int64_t most; /* refused with this bound; 0: granted */
	} t[] = {
		{"T-NT-01", LAW_APPLY_NEW, {2026, 4, 15}, {0}, "", "c1", 6, {2026, 4, 15}, {2026, 10, 31}, 0},
		{"T-NT-02", LAW_APPLY_NEW, {2026, 4, 1}, {0}, "", "c1", 6, {2026, 4, 1}, {2026, 9, 30}, 0},
		{"T-NT-03 six", LAW_APPLY_NEW, {2026, 11, 20}, {0}, "", "c1", 0, {2026, 11, 20}, {2027, 5, 31}, 0},
		{"T-NT-03 twelve", LAW_APPLY_NEW, {2026, 11, 20}, {0}, "", "c1", 12, {2026, 11, 20}, {2027, 11, 30}, 0},
		{"T-NT-03 three", LAW_APPLY_NEW, {2026, 11, 20}, {0}, "", "c1", 3, {2026, 11, 20}, {2027, 2, 28}, 0},
		{"T-NT-04 twelve", LAW_APPLY_RENEW, {2026, 9, 10}, {2026, 10, 31}, "c1", "c1", 12, {2026, 11, 1}, {2027, 10, 31}, 0},
		{"T-NT-04 36", LAW_APPLY_RENEW, {2026, 9, 10}, {2026, 10, 31}, "c1", "c1", 36, {2026, 11, 1}, {2029, 10, 31}, 0},
		{"T-NT-04 48", LAW_APPLY_RENEW, {2026, 9, 10}, {2026, 10, 31}, "c1", "c1", 48, {2026, 11, 1}, {2030, 10, 31}, 0},
		{"T-NT-05", LAW_APPLY_RENEW, {2026, 9, 10}, {2026, 10, 31}, "c2", "c3", 48, {0}, {0}, 36},
		{"T-NT-06", LAW_APPLY_RENEW, {2021, 3, 31}, {2021, 4, 30}, "c2", "c2", 48, {0}, {0}, 36},
		{"T-NT-06 next day", LAW_APPLY_RENEW, {2021, 4, 1}, {2021, 4, 30}, "c2", "c2", 48, {2021, 5, 1}, {2025, 4, 30}, 0},
		{"T-NT-13", LAW_APPLY_RENEW, {2026, 9, 10}, {2026, 10, 31}, "c1", "c3", 0, {2026, 11, 1}, {2027, 10, 31}, 0},
		{"T-NT-14", LAW_APPLY_CHANGE, {2026, 11, 12}, {0}, "c1", "c3", 6, {2026, 11, 12}, {2027, 5, 31}, 0},
		{"too short", LAW_APPLY_NEW, {2026, 11, 12}, {0}, "", "c3", 2, {0}, {0}, 12},
		{"too long", LAW_APPLY_NEW, {2026, 11, 12}, {0}, "", "c3", 13, {0}, {0}, 12},
		{"blank levels are not equal", LAW_APPLY_RENEW, {2026, 9, 10}, {2026, 10, 31}, "", "", 48, {0}, {0}, 36},
	};
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
		struct law_cert_period p;
		const char *why = "";
		struct law_cert in = {t[i].kind, D(t[i].applied[0], t[i].applied[1], t[i].applied[2]), D(t[i].old_to[0], t[i].old_to[1], t[i].old_to[2]), t[i].old_level, t[i].level, t[i].months};
		err e = law_cert_period(law, a, &in, &p, &why);
		bool fits = t[i].most ? e == ERR_RANGE && p.most == t[i].most
		                      : e == OK && p.from == D(t[i].from[0], t[i].from[1], t[i].from[2]) && p.to == D(t[i].to[0], t[i].to[1], t[i].to[2]);
		if (!fits || !*why)
			fail_msg("%s: %s", t[i].name, why);
	}
}

static void cert_days(void **state)
{
	const struct law_catalogue *law = load(*state);
	civil from, to, due;
	/* T-NT-07, T-NT-08 */
	static const int win[][6] = {{2026, 10, 31, 2026, 9, 1}, {2027, 3, 31, 2027, 1, 30}, {2027, 2, 28, 2026, 12, 30}, {2026, 12, 31, 2026, 11, 1}};
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(law_renewal_window(law, D(win[i][0], win[i][1], win[i][2]), &from, &to), OK);
		assert_int_equal(from, D(win[i][3], win[i][4], win[i][5]));
		assert_int_equal(to, D(win[i][0], win[i][1], win[i][2]));
	}
	assert_int_equal(law_renewal_late(D(2026, 11, 15)), D(2026, 12, 15));
	/* T-NT-09 */
	assert_int_equal(law_decision_due(law, D(2026, 4, 15), &due), OK);
	assert_int_equal(due, D(2026, 5, 15));
	assert_int_equal(law_decision_due(law, D(2026, 12, 5), &due), OK);
	assert_int_equal(due, D(2027, 1, 4));
	/* T-NT-10, T-NT-11 */
	static const int born[][6] = {{1961, 12, 1, 2026, 11, 30}, {1962, 3, 1, 2027, 2, 28}, {1964, 2, 29, 2029, 2, 28}, {1962, 4, 1, 2027, 3, 31}, {1962, 4, 2, 2027, 4, 1}};
	for (size_t i = 0; i < 5; i++) {
		civil birth = D(born[i][0], born[i][1], born[i][2]), day = D(born[i][3], born[i][4], born[i][5]);
		assert_int_equal(law_insured_on(law, birth, true, day), LAW_INSURED_FIRST);
		assert_int_equal(law_insured_on(law, birth, true, day - 1), LAW_INSURED_SECOND);
		assert_int_equal(law_insured_on(law, birth, false, day - 1), LAW_INSURED_NONE);
	}
	assert_int_equal(civil_fiscal_year(D(2027, 3, 31)), 2026);
	assert_int_equal(civil_fiscal_year(D(2027, 4, 1)), 2027);
	assert_int_equal(law_insured_on(law, CIVIL_NONE, true, D(2026, 1, 1)), LAW_INSURED_NONE);
	/* T-NT-12 */
	civil fifty_five = D(1971, 5, 5), on = D(2026, 11, 20);
	assert_false(law_may_certify(law, fifty_five, true, "", on));
	assert_true(law_may_certify(law, fifty_five, true, "13", on));
	assert_false(law_may_certify(law, fifty_five, true, "17", on));
	assert_false(law_may_certify(law, fifty_five, false, "13", on));
	assert_true(law_may_certify(law, D(1950, 1, 1), false, "", on));
	assert_false(law_may_certify(law, D(1990, 1, 1), true, "13", on));
	assert_false(law_may_certify(law, D(1950, 1, 1), true, "01", D(2006, 3, 31)) && law_may_certify(law, D(1960, 1, 1), true, "01", D(2006, 3, 31)));
}

/* ---- tables that are decisions --------------------------------------------------------------------------------------------------------------- */

static const char *outcome(struct ctx *c, const struct law_catalogue *law, const char *table, const struct law_input *in, size_t n)
{
	struct law_decision d;
	assert_int_equal(law_decide(c, law, table, D(2026, 11, 21), in, n, &d), OK);
	return d.rule ? d.rule->outcome : "";
}

static void decisions(void **state)
{
	struct ctx c;
	ctx_init(&c, *state, 0);
	const struct law_catalogue *law = load(*state);
	/* T-CM-39, T-CM-40 */
	static const char *const minor[][2] = {{"minor_equip", "minor"}, {"equip_other", "full"}, {"add_office", "full"}, {"minor_count", "minor"}, {"minor_day", "minor"}, {"", ""}, {"other", ""}};
	for (size_t i = 0; i < sizeof minor / sizeof minor[0]; i++)
		assert_string_equal(outcome(&c, law, "minor_change", &(struct law_input){"change", "変更", minor[i][0], ""}, 1), minor[i][1]);
	/* T-YB-14 */
	static const char *const staff[][3] = {{"1500", "yes", "two"}, {"1500", "no", "council_first"}, {"999", "yes", "one_two"}, {"1000", "yes", "two"}, {"2000", "yes", "nurse_plus"},
		{"3000", "no", "three"}, {"5999", "yes", "three"}, {"6000", "no", "large"}};
	for (size_t i = 0; i < sizeof staff / sizeof staff[0]; i++) {
		struct law_input in[] = {{"population", "人数", staff[i][0], ""}, {"council", "協議会", staff[i][1], ""}};
		assert_string_equal(outcome(&c, law, "hc_staff", in, 2), staff[i][2]);
	}
	/* T-YB-13: A beside other services is A */
	struct law_input mix[] = {{"insured", "", "first", ""}, {"cert", "", "none", ""}, {"level", "", "unknown", ""}, {"needs_cert", "", "no", ""}, {"tokutei", "", "", ""},
		{"wish", "", "service", ""}, {"use_benefit", "", "no", ""}, {"checklist", "", "eligible", ""}, {"svc_a", "", "yes", ""}, {"svc_b", "", "no", ""}, {"svc_c", "", "yes", ""}};
	assert_string_equal(outcome(&c, law, "routing", mix, sizeof mix / sizeof mix[0]), "cm_a");
}

/* T-YB-11, T-YB-12: the 基本チェックリスト is scored by its form (form/score); here the rule's three examples. */
static const char *checklist(struct arena *a, const struct form_def *d, const char *const *points, size_t n)
{
	struct answers *as = answers_new(a, d);
	for (size_t i = 0; i < as->n; i++) {
		const struct form_item *it = &as->items[i];
		if (it->type != ITEM_BOOL || !str_starts(it->id, "kcl"))
			continue;
		bool hit = false;
		for (size_t k = 0; k < n; k++)
			hit = hit || str_eq(points[k], it->id);
		size_t o = (it->options[0].points != 0) == hit ? 0 : 1;
		assert_int_equal(answers_set(as, it->id, o == 0 ? "true" : "false"), OK);
	}
	assert_int_equal(answers_set(as, "height_cm", "160.0"), OK);
	assert_int_equal(answers_set(as, "weight_kg", "55.0"), OK);
	struct form_result r;
	form_score(a, as, D(2026, 11, 20), &r);
	return form_result_code(&r);
}

static void target_people(void **state)
{
	struct arena *a = *state;
	struct form_catalogue *c = NULL;
	struct form_problems p = {0};
	assert_int_equal(form_load(a, arena_fmt(a, "%s/forms", getenv("TSUNAGI_ROOT")), &c, &p), OK);
	const struct form_def *d = form_find(c, "kihon-checklist", D(2026, 11, 20));
	assert_string_equal(checklist(a, d, (const char *const[]){"kcl06", "kcl07", "kcl08"}, 3), "eligible");
	assert_string_equal(checklist(a, d, (const char *const[]){"kcl06", "kcl07"}, 2), "not-eligible");
	assert_string_equal(checklist(a, d, (const char *const[]){"kcl11"}, 1), "not-eligible");
	assert_string_equal(checklist(a, d, (const char *const[]){"kcl13"}, 1), "not-eligible");
	assert_string_equal(checklist(a, d, (const char *const[]){"kcl16"}, 1), "eligible");
}

int main(void)
{
	const struct CMUnitTest tests[] = {UNIT(open_days), UNIT(holidays_follow_the_act), UNIT(parameters), UNIT(penalties), UNIT(lacks), UNIT(half_years), UNIT(concentration),
		UNIT(care_managers), UNIT(fee_steps), UNIT(cert_periods), UNIT(cert_days), UNIT(decisions), UNIT(target_people)};
	return cmocka_run_group_tests_name("duty_law", tests, NULL, NULL);
}
