/* A newer table of the law: what is refused, in plain words with row and column, and what would change. Rules in words. */
#include "base/str.h"
#include "law/newer.h"
#include "law/names.h"
#include "law/rule_words.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>

static struct law_source source(struct ctx *c, struct arena *a)
{
	ctx_init(c, a, 0);
	return (struct law_source){.dir = arena_fmt(a, "%s/law", getenv("TSUNAGI_ROOT"))};
}

static const char *shipped(struct arena *a, const char *file)
{
	struct ctx c;
	struct law_source src = source(&c, a);
	char *text;
	assert_int_equal(law_file_text(&c, a, &src, file, &text), OK);
	return text;
}

static const char *replaced(struct arena *a, const char *text, const char *what, const char *with)
{
	const char *at = strstr(text, what);
	if (!at)
		fail_msg("the table does not hold %s", what);
	return arena_fmt(a, "%.*s%s%s", (int)(at - text), text, with, at + strlen(what));
}

/* The faults of a text, with a line break behind each. */
static const char *faults(struct arena *a, const char *file, const char *text)
{
	struct ctx c;
	struct law_source src = source(&c, a);
	const struct law_catalogue *law;
	const char *all = "";
	err e = law_newer_check(&c, &src, law_file_find(file), text, civil_from(2026, 11, 20), &law);
	assert_int_equal(e == OK, c.n_faults == 0);
	for (size_t i = 0; i < c.n_faults; i++)
		all = arena_fmt(a, "%s%s\n", all, c.faults[i].message);
	return all;
}

#define ROW(id, v, kind, evidence, consequence, from, to) id "\t" v "\t名\tcase\tkind=home\tduty\t" kind "\tanchor=start_on\t" evidence "\t\t" consequence "\tcase\tact\t" from "\t" to "\t出典\tA\n"

static void one_fault_for_each_row(void **state)
{
	struct arena *a = *state;
	const char *duties = shipped(a, "duties.tsv");
	const char *said = faults(a, "duties.tsv", arena_fmt(a, "%s%s%s%s%s%s", duties, ROW("X-1", "1", "magic", "REC-SCM", "guidance", "2020-01-01", "2020-12-31"),
		ROW("X-1", "2", "order", "REC-SCM", "guidance", "2021-01-01", ""), ROW("X-2", "1", "order", "REC-NONE", "guidance", "2020-01-01", ""),
		ROW("X-3", "1", "order", "REC-SCM", "guidance", "2020-02-30", ""), "X-4\tshort\n"));
	size_t lines = 0;
	for (const char *p = said; *p; p++)
		lines += *p == '\n';
	assert_int_equal(lines, 4); /* the second version of X-1 is not blamed for the first */
	assert_non_null(strstr(said, "「kind」の列（左から 7 番目）: 規則 X-1: 種類（evaluator）を知りません。"));
	assert_non_null(strstr(said, "「evidence」の列"));
	assert_non_null(strstr(said, "「valid_from」の列（左から 14 番目）: 有効期間の始まりが日付ではありません"));
	assert_non_null(strstr(said, "この行は 2 列"));
}

static void what_is_refused(void **state)
{
	struct arena *a = *state;
	const char *duties = shipped(a, "duties.tsv"), *numbers = shipped(a, "numbers.tsv"), *params = shipped(a, "params.tsv"), *codes = shipped(a, "codes.tsv"),
		*days = shipped(a, "holidays.tsv"), *decisions = shipped(a, "decisions.tsv");
	const struct {
		const char *file, *text, *says;
	} t[] = {
		{"duties.tsv", duties, ""},
		{"duties.tsv", arena_fmt(a, "%s%s", duties, ROW("X-1", "1", "order", "REC-SCM", "guidance", "2020-01-01", "")), ""},
		{"duties.tsv", arena_fmt(a, "%s%s", duties, ROW("X-1", "1", "order", "REC-SCM", "prison", "2020-01-01", "")), "duty_consequence にない帰結「prison」"},
		{"duties.tsv", arena_fmt(a, "%s%s%s", duties, ROW("X-1", "1", "order", "REC-SCM", "guidance", "2020-01-01", "2020-12-31"), ROW("X-1", "2", "order", "REC-SCM", "guidance", "2021-01-02", "")), "すき間"},
		{"duties.tsv", arena_fmt(a, "%s%s%s", duties, ROW("X-1", "1", "order", "REC-SCM", "guidance", "2020-01-01", ""), ROW("X-1", "2", "order", "REC-SCM", "guidance", "2021-01-02", "")), "重なって"},
		{"duties.tsv", replaced(a, duties, "R-CM-04-1-info\t1", "R-CM-04-1-other\t1"), "「R-CM-04-1-info」（重要事項を文書で説明し、サービスを始める前に同意を得ます）の行がありません"},
		{"numbers.tsv", numbers, ""},
		{"numbers.tsv", replaced(a, numbers, "cm_step_1\t45\t件\t居宅介護支援費(Ⅰ)の逓減が始まる取扱件数\t2024-04-01", "cm_step_1\t45\t件\t取扱件数\t2024-05-01"), "すき間があります"},
		{"numbers.tsv", replaced(a, numbers, "cm_step_1\t45\t件\t居宅介護支援費(Ⅰ)の逓減が始まる取扱件数\t2024-04-01\t", "cm_step_1\t45\t件\t取扱件数\t2024-04-01\t2025-03-31"), "「cm_step_1」に、今日使える値がありません"},
		{"numbers.tsv", replaced(a, numbers, "age_first\t65", "age_first\t六十五"), "「value」の列（左から 2 番目）: 値が整数ではありません。"},
		{"numbers.tsv", replaced(a, numbers, "lifeaid_c3\t", "lifeaid_x3\t"), "「lifeaid_c3」"},
		{"params.tsv", replaced(a, params, "retention_years\tint\t2\t2", "retention_years\tint\t1\t2"), "既定値が、型または上下限に合いません"},
		{"params.tsv", replaced(a, params, "b_interval\t", "c_interval\t"), "param"}, /* a duty names it */
		{"codes.tsv", replaced(a, codes, "evidence\tREC-MON\t", "evidence\tREC-MONI\t"), "記録のコード"},
		{"holidays.tsv", arena_fmt(a, "%.*s2026-01-01\t元日\t出典\tB\n", (int)(strstr(days, "2024-01-01") - days), days), "2024 年の祝日がありません"},
		{"holidays.tsv", replaced(a, days, "2024-01-08", "2024-01-00"), "「day」の列（左から 1 番目）"},
		{"decisions.tsv", replaced(a, decisions, "routing\tRT-04", "routing\tRT-99"), "「routing RT-04」"},
		{"duties.tsv", "rule\tversion\n", "見出し"},
	};
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
		struct arena_mark m = arena_mark_get(a);
		const char *got = faults(a, t[i].file, t[i].text);
		if (!*t[i].says ? *got != '\0' : !strstr(got, t[i].says))
			fail_msg("%zu %s: wanted %s, got %s", i, t[i].file, t[i].says, got);
		arena_rewind(a, m);
	}
}

static void what_changes(void **state)
{
	struct arena *a = *state;
	const struct law_file *f = law_file_find("numbers.tsv");
	const char *head = arena_fmt(a, "# note\n%s\n", f->head);
	const char *now = arena_fmt(a, "%sx\t1\t件\t数\t2020-04-01\t\t出典\tA\ny\t2\t件\t数\t\t\t出典\tA\nz\t3\t件\t数\t\t\t出典\tA\n", head);
	const char *then = arena_fmt(a, "%sx\t1\t件\t数\t2020-04-01\t2027-03-31\t出典\tA\nx\t4\t件\t数\t2027-04-01\t\t出典\tA\ny\t5\t件\t数\t\t\t出典\tB\n", head);
	struct law_diff d;
	law_diff_texts(a, f, now, then, &d);
	assert_int_equal(d.n_now, 3);
	assert_int_equal(d.n_then, 3);
	assert_int_equal(d.n, 4);
	for (int i = 0; i < LAW_CHANGES; i++)
		assert_int_equal(d.n_of[i], 1);
	assert_int_equal(d.v[0].how, LAW_ENDED);
	assert_int_equal(d.v[0].line, 3);
	assert_string_equal(d.v[0].cells[0].column, "valid_to");
	assert_string_equal(d.v[0].cells[0].now, "");
	assert_string_equal(d.v[0].cells[0].then, "2027-03-31");
	assert_int_equal(d.v[1].how, LAW_ADDED);
	assert_string_equal(d.v[1].key, "x 2027-04-01");
	assert_int_equal(d.v[2].how, LAW_CHANGED);
	assert_int_equal(d.v[2].n, 2); /* value and confidence side by side */
	assert_string_equal(d.v[2].cells[0].now, "2");
	assert_string_equal(d.v[2].cells[0].then, "5");
	assert_int_equal(d.v[3].how, LAW_GONE);
	assert_string_equal(d.v[3].title, "数");
	law_diff_texts(a, f, now, now, &d);
	assert_int_equal(d.n, 0);
	/* every shipped file has its head in law/files.tbl.h */
	for (size_t i = 0; i < law_file_count(); i++) {
		struct law_text_row *rows;
		size_t n, cols;
		law_text_rows(a, law_file_at(i), shipped(a, law_file_at(i)->name), &rows, &n, &cols);
		assert_true(n > 10);
		assert_string_equal(law_column_name(a, law_file_at(i), cols - 1), str_eq(law_file_at(i)->name, "names.tsv") ? "label" : "confidence");
	}
}

/* Every rule can be read: no parameter and no kind without a Japanese name. */
static void rules_in_words(void **state)
{
	struct arena *a = *state;
	struct ctx c;
	struct law_source src = source(&c, a);
	const struct law_catalogue *law;
	assert_int_equal(law_load_from(&c, a, &src, &law), OK);
	for (size_t i = 0; i < duty_rule_count(law); i++) {
		const struct duty_rule_view *r = duty_rule_view(duty_rule_at(law, i));
		size_t n;
		struct law_rule_param *p = law_rule_params(law, a, r, civil_from(2026, 11, 20), &n);
		for (size_t k = 0; k < n; k++)
			if (str_eq(p[k].label, p[k].name) || !*p[k].words)
				fail_msg("%s: no word for %s", r->id, p[k].name);
		static const char *const lists[] = {"duty_kind", "duty_strength", "duty_by"};
		const char *const codes[] = {r->kind, r->strength, r->apply_by};
		for (size_t k = 0; k < 3; k++)
			assert_non_null(law_name_or(law, lists[k], codes[k], NULL));
		assert_true(!*r->mend || law_name_or(law, "duty_mend", r->mend, NULL));
	}
	assert_string_equal(law_rule_condition(law, a, "kind in prevention|prev_a & plan.medical=true"), "種類が 介護予防支援・介護予防ケアマネジメントA のどれか\n計画の医療サービスが はい");
	assert_string_equal(law_rule_condition(law, a, ""), "");
	assert_string_equal(law_rule_codes(law, a, "evidence", "REC-MON|REC-SCM"), "モニタリング、担当者会議");
}

int main(void)
{
	const struct CMUnitTest tests[] = {UNIT(one_fault_for_each_row), UNIT(what_is_refused), UNIT(what_changes), UNIT(rules_in_words)};
	return cmocka_run_group_tests_name("law_newer", tests, NULL, NULL);
}
