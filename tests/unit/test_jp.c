/* jp/era: spellings, borders, partial dates, every day out and back. The other modules of jp: test_jp_text.c. */
#include "unit.h"

#include "base/str.h"
#include "jp/era.h"

#include <stdio.h>
#include <string.h>

static struct ctx make_ctx(void **state)
{
	struct ctx c;
	ctx_init(&c, *state, civil_instant_start(civil_from(2026, 11, 21)));
	return c;
}

static void spellings(void **state)
{
	static const struct {
		const char *text, *iso;
	} t[] = {
		{"令和4年12月3日", "2022-12-03"}, {"R4.12.3", "2022-12-03"}, {"r4.12.3", "2022-12-03"},
		{"R4-12-3", "2022-12-03"}, {"r4-12-3", "2022-12-03"}, {"R4/12/3", "2022-12-03"},
		{"R04.12.03", "2022-12-03"}, {"R.4.12.3", "2022-12-03"}, {"R 4 12 3", "2022-12-03"},
		{"R4 12/3", "2022-12-03"}, {"Ｒ４．１２．３", "2022-12-03"}, {"Ｒ４年１２月３日", "2022-12-03"},
		{"令和４年１２月３日", "2022-12-03"}, {"令和四年十二月三日", "2022-12-03"}, {"令４．１２．３", "2022-12-03"},
		{"　令和 4年 12月 3日 ", "2022-12-03"}, {"令和4年12月3日(土)", "2022-12-03"},
		{"令和4年12月3日（土曜日）", "2022-12-03"}, {"R4年12/3", "2022-12-03"}, {"R4・12・3", "2022-12-03"},
		{"R4ー12ー3", "2022-12-03"}, {"R4−12−3", "2022-12-03"}, {"㋿4年12月3日", "2022-12-03"},
		{"R041203", "2022-12-03"}, {"令和041203", "2022-12-03"}, {"20221203", "2022-12-03"},
		{"２０２２１２０３", "2022-12-03"}, {"2022-12-03", "2022-12-03"}, {"2022/12/3", "2022-12-03"},
		{"2022.12.3", "2022-12-03"}, {"2022年12月3日", "2022-12-03"}, {"西暦2022年12月3日", "2022-12-03"},
		{"二〇二二年一二月三日", "2022-12-03"}, {"二千二十二年十二月三日", "2022-12-03"},
		{"２０２２／１２／０３", "2022-12-03"}, {"2022 12 3", "2022-12-03"},
		{"令和4年12月3日（2022年12月3日）", "2022-12-03"}, {"2022-12-03(令和4年12月3日)", "2022-12-03"},
		{"S15/3/2", "1940-03-02"}, {"S15.3.2", "1940-03-02"}, {"s15.3.2", "1940-03-02"}, {"S150302", "1940-03-02"},
		{"ｓ１５０３０２", "1940-03-02"}, {"昭和15年3月2日", "1940-03-02"}, {"昭15.3.2", "1940-03-02"},
		{"昭和十五年三月二日", "1940-03-02"}, {"昭和一五年三月二日", "1940-03-02"}, {"㍼15年3月2日", "1940-03-02"},
		{"昭和拾五年参月弐日", "1940-03-02"}, {"昭和15年3月2日生", "1940-03-02"},
		{"昭和15年3月2日生まれ", "1940-03-02"}, {"S15，3，2", "1940-03-02"}, {"S15、3、2", "1940-03-02"},
		{"平成元年1月8日", "1989-01-08"}, {"H元.1.8", "1989-01-08"}, {"H1.1.8", "1989-01-08"},
		{"昭和64年1月7日", "1989-01-07"}, {"S64.1.7", "1989-01-07"}, {"平成31年4月30日", "2019-04-30"},
		{"令和元年5月1日", "2019-05-01"}, {"R元年5月1日", "2019-05-01"}, {"大正元年7月30日", "1912-07-30"},
		{"明治45年7月29日", "1912-07-29"}, {"大正15年12月24日", "1926-12-24"}, {"昭和元年12月25日", "1926-12-25"},
		{"M45.7.29", "1912-07-29"}, {"T15.12.24", "1926-12-24"}, {"明治元年1月25日", "1868-01-25"},
		{"昭和廿年八月十五日", "1945-08-15"}, {"昭和十九年十月二十一日", "1944-10-21"}, {"R6.2.29", "2024-02-29"},
	};
	struct ctx c = make_ctx(state);
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
		struct era_date d;
		char iso[CIVIL_TEXT];
		err e = era_parse(&c, "birth_on", t[i].text, &d);
		if (e != OK)
			fail_msg("%s: %s %s", t[i].text, err_name(e), c.faults[c.n_faults - 1].message);
		civil_text(d.day, iso);
		if (strcmp(iso, t[i].iso) != 0)
			fail_msg("%s: %s, not %s", t[i].text, iso, t[i].iso);
		assert_true(d.from == d.day && d.to == d.day);
		civil g;
		assert_true(era_guess(t[i].text, &g) && g == d.day);
	}
	assert_true(sizeof t / sizeof t[0] >= 40);
}

static void refusals(void **state)
{
	static const struct {
		const char *text;
		err code;
		const char *offer, *says;
	} t[] = {
		{"昭和64年1月8日", ERR_DATE_ERA, "1989-01-08", "平成元年1月8日"},
		{"S64.1.8", ERR_DATE_ERA, "1989-01-08", "平成元年1月8日"},
		{"S640108", ERR_DATE_ERA, "1989-01-08", "平成元年1月8日"},
		{"平成31年5月1日", ERR_DATE_ERA, "2019-05-01", "令和元年5月1日"},
		{"平成元年1月7日", ERR_DATE_ERA, "1989-01-07", "昭和64年1月7日"},
		{"令和元年4月30日", ERR_DATE_ERA, "2019-04-30", "平成31年4月30日"},
		{"大正15年12月25日", ERR_DATE_ERA, "1926-12-25", "昭和元年12月25日"},
		{"明治45年7月30日", ERR_DATE_ERA, "1912-07-30", "大正元年7月30日"},
		{"昭和100年4月1日", ERR_DATE_ERA, "2025-04-01", "令和7年4月1日"},
		{"昭和1940年3月2日", ERR_DATE_ERA, "1940-03-02", "昭和15年3月2日"},
		{"令和0年5月1日", ERR_DATE_ERA, NULL, "元年"},
		{"令和4年2月29日", ERR_DATE_DAY, NULL, "28日"}, {"令和4年11月31日", ERR_DATE_DAY, NULL, "30日"},
		{"2022-13-01", ERR_DATE_DAY, NULL, "12"}, {"20221301", ERR_DATE_DAY, NULL, "12"},
		{"2022-12-00", ERR_DATE_DAY, NULL, "31日"}, {"19000229", ERR_DATE_DAY, NULL, "28日"},
		{"15.3.2", ERR_DATE_FORM, NULL, "元号"}, {"150302", ERR_DATE_FORM, NULL, "読めません"},
		{"3150302", ERR_DATE_FORM, NULL, "読めません"}, {"2021123", ERR_DATE_FORM, NULL, "読めません"},
		{"令和4年", ERR_DATE_FORM, NULL, "すべて"}, {"令和4年12月", ERR_DATE_FORM, NULL, "すべて"},
		{"昭和20年頃", ERR_DATE_FORM, NULL, "すべて"}, {"不明", ERR_DATE_FORM, NULL, "すべて"},
		{"昭和20年8月15日頃", ERR_DATE_FORM, NULL, "すべて"},
		{"12月3日", ERR_DATE_FORM, NULL, "読めません"}, {"きのう", ERR_DATE_FORM, NULL, "読めません"},
		{"令和四十五年二〇月", ERR_DATE_DAY, NULL, "12"}, {"2022/12/", ERR_DATE_FORM, NULL, "読めません"},
		{"2022-12-03T09:00", ERR_DATE_FORM, NULL, "読めません"}, {"2022年12日3月", ERR_DATE_FORM, NULL, "読めません"},
		{"明治元年1月24日", ERR_DATE_FORM, NULL, "1868"}, {"1867-11-09", ERR_DATE_FORM, NULL, "明治元年"},
		{"9999-12-31", ERR_DATE_FORM, NULL, "2999"}, {"", ERR_REQUIRED, NULL, "入力"},
		{" 　", ERR_REQUIRED, NULL, "入力"}, {"123456789012", ERR_DATE_FORM, NULL, "読めません"},
		{"令和4年12月3日（2022年12月4日）", ERR_DATE_FORM, NULL, "かっこ"},
		{"令和2十年1月1日", ERR_DATE_FORM, NULL, "読めません"}, {"昭和十十年1月1日", ERR_DATE_FORM, NULL, "読めません"},
	};
	struct ctx c = make_ctx(state);
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
		struct era_date d = {.day = 42};
		fault_clear(&c);
		err e = era_parse(&c, "f", t[i].text, &d);
		const struct fault *f = fault_of(&c, "f");
		if (e != t[i].code || !f || !strstr(f->message, t[i].says) ||
		    !str_eq(f->offer, t[i].offer))
			fail_msg("%s: %s \"%s\" offer %s", t[i].text, err_name(e), f ? f->message : "", f ? f->offer : "");
		assert_int_equal(d.day, 42); /* untouched */
	}
	/* the sentence of the issue, whole */
	fault_clear(&c);
	struct era_date d;
	assert_int_equal(era_parse(&c, "f", "昭和64年1月8日", &d), ERR_DATE_ERA);
	assert_string_equal(c.faults[0].message,
		"「昭和64年1月8日」は昭和にない日付です。平成元年1月8日ではありませんか。");
}

static void partial(void **state)
{
	static const struct {
		const char *text, *from, *to;
		enum era_precision p;
		bool about;
	} t[] = {
		{"令和4年12月3日", "2022-12-03", "2022-12-03", ERA_DAY, false},
		{"昭和20年", "1945-01-01", "1945-12-31", ERA_YEAR, false},
		{"S20", "1945-01-01", "1945-12-31", ERA_YEAR, false},
		{"1945", "1945-01-01", "1945-12-31", ERA_YEAR, false},
		{"1945年", "1945-01-01", "1945-12-31", ERA_YEAR, false},
		{"昭和20年頃", "1944-01-01", "1946-12-31", ERA_YEAR, true},
		{"昭和２０年ごろ", "1944-01-01", "1946-12-31", ERA_YEAR, true},
		{"約昭和20年", "1944-01-01", "1946-12-31", ERA_YEAR, true},
		{"昭和20年代", "1945-01-01", "1954-12-31", ERA_DECADE, false},
		{"昭和20年代頃", "1944-01-01", "1955-12-31", ERA_DECADE, true},
		{"昭和60年代", "1985-01-01", "1989-01-07", ERA_DECADE, false},
		{"1940年代", "1940-01-01", "1949-12-31", ERA_DECADE, false},
		{"昭和64年", "1989-01-01", "1989-01-07", ERA_YEAR, false},
		{"平成元年", "1989-01-08", "1989-12-31", ERA_YEAR, false},
		{"平成31年", "2019-01-01", "2019-04-30", ERA_YEAR, false},
		{"平成31年4月", "2019-04-01", "2019-04-30", ERA_MONTH, false},
		{"令和6年2月", "2024-02-01", "2024-02-29", ERA_MONTH, false},
		{"R6.2", "2024-02-01", "2024-02-29", ERA_MONTH, false},
		{"2024-02", "2024-02-01", "2024-02-29", ERA_MONTH, false},
		{"令和6年2月頃", "2024-01-01", "2024-03-31", ERA_MONTH, true},
		{"令和6年2月上旬", "2024-02-01", "2024-02-10", ERA_TEN_DAYS, false},
		{"令和6年2月下旬", "2024-02-21", "2024-02-29", ERA_TEN_DAYS, false},
		{"令和6年2月20日頃", "2024-02-10", "2024-03-01", ERA_DAY, true},
		{"昭和20年夏", "1945-06-01", "1945-08-31", ERA_SEASON, false},
		{"昭和20年の夏", NULL, NULL, ERA_SEASON, false},
		{"昭和20年月日不詳", "1945-01-01", "1945-12-31", ERA_YEAR, false},
		{"昭和20年3月日不詳", "1945-03-01", "1945-03-31", ERA_MONTH, false},
		{"昭和20年3月 不明", "1945-03-01", "1945-03-31", ERA_MONTH, false},
		{"不明", "", "", ERA_UNKNOWN, false}, {"不詳", "", "", ERA_UNKNOWN, false},
		{"生年月日不明", NULL, NULL, ERA_UNKNOWN, false},
	};
	struct ctx c = make_ctx(state);
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
		struct era_date d;
		char from[CIVIL_TEXT], to[CIVIL_TEXT];
		err e = era_parse_partial(&c, "f", t[i].text, &d);
		if (!t[i].from) {
			assert_int_equal(e, ERR_DATE_FORM);
			continue;
		}
		if (e != OK)
			fail_msg("%s: %s", t[i].text, c.faults[c.n_faults - 1].message);
		civil_text(d.from, from);
		civil_text(d.to, to);
		if (strcmp(from, t[i].from) || strcmp(to, t[i].to) || d.precision != t[i].p || d.about != t[i].about)
			fail_msg("%s: %s..%s precision %d about %d", t[i].text, from, to, d.precision, d.about);
		assert_string_equal(d.words, t[i].text);
	}
	struct era_date d;
	fault_clear(&c);
	assert_int_equal(era_parse_partial(&c, "f", "平成31年5月", &d), ERR_DATE_ERA);
	assert_string_equal(c.faults[0].offer, "令和元年5月");
	fault_clear(&c);
	assert_int_equal(era_parse_partial(&c, "f", "平成32年", &d), ERR_DATE_ERA);
	assert_string_equal(c.faults[0].offer, "令和2年");
	assert_int_equal(era_parse_partial(&c, "f", "平成40年代", &d), ERR_DATE_ERA);
	assert_int_equal(era_parse_partial(&c, "f", "昭和21年代", &d), ERR_DATE_FORM);
}

static void printing(void **state)
{
	struct arena *a = *state;
	civil d = civil_from(2026, 11, 21);
	assert_string_equal(era_text(a, d), "令和8年11月21日");
	assert_string_equal(era_text_both(a, d), "令和8年11月21日（2026年11月21日）");
	assert_string_equal(era_text_short(a, d), "R8.11.21");
	assert_string_equal(era_text_week(a, d), "令和8年11月21日（土）");
	assert_string_equal(era_text(a, civil_from(2019, 5, 1)), "令和元年5月1日");
	assert_string_equal(era_text_short(a, civil_from(2019, 5, 1)), "R1.5.1");
	assert_string_equal(era_text(a, CIVIL_NONE), "");
	assert_string_equal(era_text(a, CIVIL_OPEN), "");
	assert_string_equal(era_text(a, civil_from(1868, 1, 24)), "1868年1月24日");
	assert_string_equal(era_text_month(a, 2019, 4), "平成31年4月");
	assert_string_equal(era_text_month(a, 2019, 5), "令和元年5月");
	assert_string_equal(era_text_fiscal(a, 2019), "令和元年度");
	assert_string_equal(era_text_fiscal(a, 2018), "平成30年度");
	assert_string_equal(era_text_fiscal(a, 2026), "令和8年度");
	struct era_parts p = era_parts(civil_from(1940, 3, 2));
	assert_true(p.letter == 'S' && p.year == 15 && p.month == 3 && p.day == 2);
	assert_string_equal(p.name, "昭和");
}

/* parse(format(d)) == d, four ways of writing, every day. */
static void every_day(void **state)
{
	struct arena *a = *state;
	struct ctx c = make_ctx(state);
	for (civil day = civil_from(1868, 2, 1); day <= civil_from(2100, 12, 31); day++) {
		struct arena_mark m = arena_mark_get(a);
		char iso[CIVIL_TEXT];
		civil_text(day, iso);
		const char *t[] = {era_text(a, day), era_text_both(a, day), era_text_short(a, day), era_text_week(a, day),
			iso};
		for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
			struct era_date d;
			if (era_parse(&c, "f", t[i], &d) != OK || d.day != day)
				fail_msg("%s", t[i]);
		}
		arena_rewind(a, m);
	}
	assert_int_equal(c.n_faults, 0);
}

static void future(void **state)
{
	struct ctx c = make_ctx(state);
	assert_int_equal(era_check_past(&c, "birth_on", c.today), OK);
	assert_int_equal(era_check_past(&c, "birth_on", CIVIL_NONE), OK);
	assert_int_equal(c.n_faults, 0);
	assert_int_equal(era_check_past(&c, "birth_on", c.today + 1), ERR_DATE_FUTURE);
	assert_non_null(strstr(c.faults[0].message, "令和8年11月22日"));
	assert_non_null(strstr(c.faults[0].message, "今日（令和8年11月21日）"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(spellings), UNIT(refusals), UNIT(partial), UNIT(printing), UNIT(every_day), UNIT(future),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
