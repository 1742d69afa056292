/* What people type for a stay in the week. */
#include "base/str.h"
#include "jp/week_text.h"
#include "unit.h"

#include <string.h>

static void spellings(void **state)
{
	struct arena *a = *state;
	static const struct {
		const char *typed;
		unsigned days;
		int from, to;
		const char *text, *note;
	} t[] = {
		{"月水金 10-11 訪問介護", 0x15, 600, 660, "訪問介護", ""},
		{"月・水・金 １０：００〜１１：３０　訪問介護", 0x15, 600, 690, "訪問介護", ""},
		{"月曜、水曜日 9:30-16 デイサービス", 0x05, 570, 960, "デイサービス", ""},
		{"平日 9時-16時半 通所介護 さくら", 0x1F, 540, 990, "通所介護 さくら", ""},
		{"毎日22-翌6見守り", 0x7F, 1320, 1800, "見守り", ""},
		{"毎日 22-6 見守り", 0x7F, 1320, 1800, "見守り", ""},
		{"月〜金 0930-1030 リハビリ", 0x1F, 570, 630, "リハビリ", ""},
		{"金〜月 8-9 配食", 0x71, 480, 540, "配食", ""},
		{"土日 7時30分から8時15分まで 家族", 0x60, 450, 495, "家族", ""},
		{"第2・4火 14-15 訪問看護", 0x02, 840, 900, "訪問看護", "第2・4"},
		{"火 第1・3週 午後2時-午後3時 訪問看護", 0x02, 840, 900, "訪問看護", "第1・3週"},
		{"隔週木 13-14 整体", 0x08, 780, 840, "整体", "隔週"},
		{"日 6 起床", 0x40, 360, 360, "起床", ""},
		{"水 0-24 泊まり", 0x04, 0, 1440, "泊まり", ""},
	};
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
		struct week_entry e;
		const char *why = "";
		if (!week_text_parse(a, t[i].typed, &e, &why))
			fail_msg("%s: %s", t[i].typed, why);
		assert_int_equal(e.days, t[i].days);
		assert_int_equal(e.from_min, t[i].from);
		assert_int_equal(e.to_min, t[i].to);
		assert_string_equal(e.text, t[i].text);
		assert_string_equal(e.note, t[i].note);
	}
}

static void refused_with_the_mend(void **state)
{
	struct arena *a = *state;
	static const struct {
		const char *typed, *part;
	} t[] = {{"", "曜日"}, {"訪問介護", "曜日"}, {"月水金 訪問介護", "時間"}, {"月 25-26 訪問介護", "時間"}, {"月 10:75-11 訪問", "時間"},
		{"月 10-11", "内容"}, {"月 10-11 　", "内容"}, {"月 10000-11 訪問", "時間"}, {"月 翌9-8 訪問", "時間"}, {"10-11 訪問介護", "曜日"}};
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
		struct week_entry e;
		const char *why = "";
		assert_false(week_text_parse(a, t[i].typed, &e, &why));
		assert_non_null(strstr(why, t[i].part));
	}
}

static void times_and_days(void **state)
{
	struct arena *a = *state;
	int m;
	assert_true(week_time_parse("９時半", &m) && m == 570);
	assert_true(week_time_parse(" 翌6:00 ", &m) && m == 1800);
	assert_true(week_time_parse("24:00", &m) && m == 1440);
	assert_false(week_time_parse("24:01", &m));
	assert_false(week_time_parse("朝", &m));
	assert_false(week_time_parse("10 時ごろ", &m));
	assert_string_equal(week_days_ja(a, 0x15), "月・水・金");
	assert_string_equal(week_days_ja(a, 0x7F), "毎日");
	for (unsigned d = 0; d < 128; d++)
		assert_int_equal(week_days_of_code(week_days_code(a, d)), d);
	assert_int_equal(week_days_of_code("1010100"), 0x15);
}

int main(void)
{
	const struct CMUnitTest tests[] = {UNIT(spellings), UNIT(refused_with_the_mend), UNIT(times_and_days)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
