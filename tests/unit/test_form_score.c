/* Scores of the 基本チェックリスト: the golden cases, and random patterns with blanks against brute force over all
 * completions. The brute force below is written from forms-careplan §1.4 alone and shares no code with the engine. */
#include "base/str.h"
#include "form/cases.h"
#include "form/score.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct form_def *load(struct arena *a)
{
	struct form_catalogue *c = NULL;
	struct form_problems p = {0};
	assert_int_equal(form_load(a, arena_fmt(a, "%s/forms", getenv("TSUNAGI_ROOT")), &c, &p), OK);
	return form_find(c, "kihon-checklist", civil_from(2026, 11, 20));
}

static void golden(void **state)
{
	struct arena *a = *state;
	const struct form_def *d = load(a);
	struct form_problems p = {0};
	size_t n;
	err e = form_check_cases(a, d, &p, &n);
	for (size_t i = 0; i < p.n; i++)
		print_message("%s\n", p.lines[i]);
	assert_int_equal(e, OK);
	assert_true(n >= 35);
}

static void a_wrong_case_is_found(void **state)
{
	struct arena *a = *state;
	const struct form_def *d = load(a);
	static const char *const wrong[] = {
		"{\"about\":\"x\",\"on\":\"2026-11-20\",\"answers\":{\"kcl16\":false},\"expect\":{\"result\":\"not-eligible\"}}",
		"{\"about\":\"x\",\"on\":\"2026-11-20\",\"answers\":{\"kcl16\":false},\"expect\":{\"criteria\":{\"5\":false}}}",
		"{\"about\":\"x\",\"on\":\"2026-11-20\",\"answers\":{\"kcl16\":false},\"expect\":{\"scores\":{\"homebound\":1}}}",
		"{\"about\":\"x\",\"on\":\"2026-11-20\",\"answers\":{\"kcl16\":false},\"expect\":{\"missing\":{\"homebound\":[]}}}",
		"{\"about\":\"x\",\"on\":\"2026-11-20\",\"answers\":{\"kcl16\":\"N\"},\"expect\":{}}",
		"{\"about\":\"x\",\"on\":\"2026-11-20\",\"answers\":{\"kcl99\":true},\"expect\":{}}",
	};
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		struct form_problems p = {0};
		form_check_case(a, d, "wrong", wrong[i], &p);
		assert_int_equal(p.n, 1);
	}
}

/* -1 blank, 0 no point, 1 point, for No.1..25 */
struct outcome {
	int min[8], max[8]; /* total20, life, motor, nutrition, oral, homebound, cognition, depression */
	bool can[8], cannot[8]; /* criteria 1..7, [0] = any */
};

static void complete(const int p[26], struct outcome *o)
{
	static const int from[8] = {1, 1, 6, 11, 13, 16, 18, 21}, to[8] = {20, 5, 10, 12, 15, 17, 20, 25};
	int s[8];
	for (int i = 0; i < 8; i++) {
		s[i] = 0;
		for (int k = from[i]; k <= to[i]; k++)
			s[i] += p[k];
		o->min[i] = s[i] < o->min[i] ? s[i] : o->min[i];
		o->max[i] = s[i] > o->max[i] ? s[i] : o->max[i];
	}
	bool met[8] = {false, s[0] >= 10, s[2] >= 3, s[3] == 2, s[4] >= 2, p[16] == 1, s[6] >= 1, s[7] >= 2};
	for (int i = 1; i < 8; i++)
		met[0] = met[0] || met[i];
	for (int i = 0; i < 8; i++) {
		o->can[i] = o->can[i] || met[i];
		o->cannot[i] = o->cannot[i] || !met[i];
	}
}

static void brute(const int given[26], struct outcome *o)
{
	int blank[26], n = 0, p[26];
	memcpy(p, given, sizeof p);
	for (int i = 1; i <= 25; i++)
		if (given[i] < 0)
			blank[n++] = i;
	*o = (struct outcome){.min = {99, 99, 99, 99, 99, 99, 99, 99}, .max = {-1, -1, -1, -1, -1, -1, -1, -1}};
	for (unsigned long m = 0; m < 1ul << n; m++) {
		for (int i = 0; i < n; i++)
			p[blank[i]] = (int)(m >> i & 1);
		complete(p, o);
	}
}

static uint32_t seed = 20150401;

static uint32_t chance(uint32_t n)
{
	seed ^= seed << 13;
	seed ^= seed >> 17;
	seed ^= seed << 5;
	return seed % n;
}

/* A pattern with at most 12 blanks (brute force: 4,096 completions at most), of very different densities. */
static void pattern(struct answers *as, int p[26])
{
	uint32_t points = chance(10), blanks = chance(13);
	for (int i = 1; i <= 25; i++)
		p[i] = chance(12) < points;
	for (uint32_t i = 0; i < blanks; i++)
		p[1 + chance(25)] = -1;
	for (int i = 1; i <= 25; i++) {
		char id[8];
		bool no_gives = i <= 8 || i == 16 || i == 19;
		snprintf(id, sizeof id, "kcl%02d", i);
		if (i == 12) {
			/* blank: height, weight or both; point: just under 18.5; no point: 18.5 or more */
			int64_t h = 140000 + 1000 * (int64_t)chance(40), limit = 185 * h * h / 100000000;
			uint32_t which = p[i] < 0 ? 1 + chance(3) : 0;
			if (!(which & 1))
				assert_int_equal(answers_set_int(as, "height_cm", h), OK);
			if (!(which & 2))
				assert_int_equal(answers_set_int(as, "weight_kg", p[i] == 1 ? limit - 1 - chance(9000) : limit + 1 + chance(40000)), OK);
		} else if (p[i] < 0) {
			assert_int_equal(answers_set_blank(as, id, (enum blank_kind[]){BLANK_UNANSWERED, BLANK_NA, BLANK_REFUSED, BLANK_UNKNOWN}[chance(4)]), OK);
		} else {
			assert_int_equal(answers_set_int(as, id, (p[i] == 1) != no_gives), OK);
		}
	}
}

static void against_brute_force(void **state)
{
	struct arena *a = *state;
	const struct form_def *d = load(a);
	static const char *const scores[8] = {"total20", "life", "motor", "nutrition", "oral", "homebound", "cognition", "depression"};
	static const char *const rules[8] = {"result", "c1", "c2", "c3", "c4", "c5", "c6", "c7"};
	int seen[3] = {0};
	for (int round = 0; round < 10000; round++) {
		struct arena_mark m = arena_mark_get(a);
		struct answers *as = answers_new(a, d);
		int p[26] = {0};
		pattern(as, p);
		struct outcome want;
		brute(p, &want);
		for (int i = 0; i < 8; i++) {
			struct rule_outcome s, c;
			rule_eval(a, as, rule_find(d->rules, scores[i]), civil_from(2026, 11, 20), &s);
			rule_eval(a, as, rule_find(d->rules, rules[i]), civil_from(2026, 11, 20), &c);
			assert_true(s.exact && c.exact);
			assert_int_equal(s.min, want.min[i]);
			assert_int_equal(s.max, want.max[i]);
			enum tri t = !want.cannot[i] ? TRI_YES : !want.can[i] ? TRI_NO : TRI_MAYBE;
			assert_int_equal(outcome_tri(&c), t);
			assert_int_equal(c.n_missing > 0, t == TRI_MAYBE);
			assert_int_equal(s.n_missing > 0, s.min != s.max);
			seen[t] += i == 0;
		}
		arena_rewind(a, m);
	}
	assert_true(seen[0] > 300 && seen[1] > 300 && seen[2] > 300); /* all three results were really met */
}

static void contract(void **state)
{
	struct arena *a = *state;
	const struct form_def *d = load(a);
	struct answers *as = answers_new(a, d);
	for (int i = 1; i <= 25; i++)
		if (i != 12 && i != 17)
			assert_int_equal(answers_set_int(as, arena_fmt(a, "kcl%02d", i), i <= 8 || i == 16 || i == 19), OK);
	struct form_result r;
	form_score(a, as, civil_from(2026, 11, 20), &r);
	const char *text = json_to_text(a, form_result_json(a, &r), false);
	assert_true(str_starts(text, "{\"form\":\"kihon-checklist\",\"version\":\"2015-04-01\",\"scores\":{\"total20\":{\"min\":0,\"max\":2,"
				     "\"missing\":[\"height_cm\",\"weight_kg\",\"kcl17\"]},\"life\":{\"min\":0,\"max\":0,\"missing\":[]},\"motor\":"));
	assert_non_null(strstr(text, "\"criteria\":[{\"id\":\"1\",\"met\":false,\"source\":\""));
	assert_true(str_ends(text, "\"result\":{\"code\":\"not-eligible\"}}"));
	assert_string_equal(form_result_label(&r), "非該当");
	/* snapshot and back */
	struct form_result back;
	assert_int_equal(form_result_restore(a, d, form_result_snapshot(a, &r), &back), OK);
	assert_string_equal(json_to_text(a, form_result_json(a, &back), false), text);
	assert_string_equal(form_explained(&back, "c5"), form_explained(&r, "c5"));
	assert_int_equal(form_result_restore(a, d, json_new(a, JSON_OBJECT), &back), ERR_JSON);
}

static void explains(void **state)
{
	struct arena *a = *state;
	const struct form_def *d = load(a);
	struct answers *as = answers_new(a, d);
	assert_int_equal(answers_set_int(as, "kcl06", 0), OK);
	assert_int_equal(answers_set_int(as, "kcl09", 1), OK);
	assert_int_equal(answers_set_int(as, "kcl16", 0), OK);
	assert_int_equal(answers_set(as, "height_cm", "１７０"), OK);
	assert_int_equal(answers_set(as, "weight_kg", "53.4"), OK);
	assert_int_equal(answers_set(as, "kcl_date", "2026-11-20"), OK);
	assert_int_equal(answers_set(as, "birth_date", "昭和20年3月1日"), OK);
	struct form_result r;
	form_score(a, as, civil_from(2026, 11, 20), &r);
	const char *motor = form_explained(&r, "c2");
	assert_non_null(strstr(motor, "判定不能"));
	assert_non_null(strstr(motor, "No.6〜10のうち3点以上"));
	assert_non_null(strstr(motor, "運動機能（No.6〜10）は2〜5点（5点満点）"));
	assert_non_null(strstr(motor, "点がついた項目は No.6、No.9"));
	assert_non_null(strstr(motor, "空欄は No.7、No.8、No.10"));
	assert_non_null(strstr(form_explained(&r, "c5"), "No.16の答えは「いいえ」"));
	assert_non_null(strstr(form_explained(&r, "bmi"), "BMIは18.5（身長 170.0cm、体重 53.4kg）"));
	assert_string_equal(rule_show(a, form_outcome(&r, "kcl12")), "該当");
	assert_string_equal(rule_show(a, form_outcome(&r, "age")), "81歳");
	assert_string_equal(form_result_code(&r), "eligible");
	assert_null(form_outcome(&r, "none"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {UNIT(golden), UNIT(a_wrong_case_is_found), UNIT(against_brute_force), UNIT(contract),
		UNIT(explains)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
