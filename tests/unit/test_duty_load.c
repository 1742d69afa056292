/* law/duties.tsv, params.tsv and holidays.tsv that cannot be right are refused: plain words, file and line. */
#include "base/str.h"
#include "law/duty.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *slurp(struct arena *a, const char *path)
{
	FILE *f = fopen(path, "r");
	assert_non_null(f);
	char *text = arena_alloc(a, 1 << 19);
	text[fread(text, 1, (1 << 19) - 1, f)] = '\0';
	fclose(f);
	return text;
}

static void spill(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

static const char *const FILES[] = {"VERSION", "assess_items.tsv", "codes.tsv", "decisions.tsv", "duties.tsv", "holidays.tsv", "issue_rows.tsv", "names.tsv", "numbers.tsv", "params.tsv"};

/* A folder like law/ in which one file has these lines added. */
static const char *message(struct arena *a, const char *file, const char *more)
{
	char dir[] = "/tmp/tsunagi-duty-XXXXXX";
	struct ctx c;
	const struct law_catalogue *law;
	ctx_init(&c, a, 0);
	assert_non_null(mkdtemp(dir));
	for (size_t i = 0; i < sizeof FILES / sizeof FILES[0]; i++) {
		char *text = slurp(a, arena_fmt(a, "%s/law/%s", getenv("TSUNAGI_ROOT"), FILES[i]));
		if (str_eq(FILES[i], file))
			text = arena_fmt(a, "%s%s%s", text, str_ends(text, "\n") ? "" : "\n", more);
		spill(arena_fmt(a, "%s/%s", dir, FILES[i]), text);
	}
	err e = law_load(&c, a, dir, &law);
	for (size_t i = 0; i < sizeof FILES / sizeof FILES[0]; i++)
		unlink(arena_fmt(a, "%s/%s", dir, FILES[i]));
	rmdir(dir);
	if (e == OK)
		return "";
	assert_int_equal(e, ERR_FORM_DEF);
	assert_int_equal(c.n_faults, 1);
	return c.faults[0].message;
}

/* rule version title subject applies strength kind params evidence exceptions consequence mend apply_by from to source confidence */
#define ROW(id, v, subject, kind, params, evidence, exc, by, from, to) \
	id "\t" v "\t名\t" subject "\tkind=home\tduty\t" kind "\t" params "\t" evidence "\t" exc "\tguidance\tx\t" by "\t" from "\t" to "\t出典\tA\n"

static void wrong_rows(void **state)
{
	struct arena *a = *state;
	static const struct {
		const char *row, *says;
	} t[] = {
		{ROW("X-1", "1", "case", "order", "anchor=start_on", "REC-SCM", "", "act", "2020-01-01", ""), ""},
		{ROW("X-1", "1", "case", "order", "anchor=start_on", "REC-SCM", "", "act", "2020-01-01", "2020-12-31") ROW("X-1", "2", "case", "order", "anchor=start_on", "REC-SCM", "", "act", "2021-01-01", ""), ""},
		{ROW("X-1", "1", "case", "order", "anchor=start_on", "REC-SCM", "", "act", "2020-01-01", "2020-12-31") ROW("X-1", "2", "case", "order", "anchor=start_on", "REC-SCM", "", "act", "2021-01-02", ""), "すき間"},
		{ROW("X-1", "1", "case", "order", "anchor=start_on", "REC-SCM", "", "act", "2020-01-01", "2021-01-01") ROW("X-1", "2", "case", "order", "anchor=start_on", "REC-SCM", "", "act", "2021-01-01", ""), "重なって"},
		{ROW("X-1", "1", "case", "order", "anchor=start_on", "REC-SCM", "", "act", "2020-01-01", "") ROW("X-1", "2", "case", "order", "anchor=start_on", "REC-SCM", "", "act", "2021-01-01", ""), "重なって"},
		{ROW("X-1", "2", "case", "order", "anchor=start_on", "REC-SCM", "", "act", "", ""), "版の番号は1から"},
		{ROW("X-1", "1", "case", "order", "anchor=start_on", "REC-SCM", "", "act", "2020-01-01", "2020-12-31") ROW("X-1", "3", "case", "order", "anchor=start_on", "REC-SCM", "", "act", "2021-01-01", ""), "版の番号が"},
		{ROW("X-1", "1", "case", "order", "anchor=start_on", "REC-SCM", "", "act", "2020-01-01", "2020-12-31") ROW("X-1", "2", "office", "order", "anchor=start_on", "REC-SCM", "", "act", "2021-01-01", ""), "対象が、前の版と違います"},
		{ROW("X-1", "1", "case", "magic", "anchor=start_on", "REC-SCM", "", "act", "", ""), "種類（evaluator）を知りません"},
		{ROW("X-1", "1", "house", "order", "anchor=start_on", "REC-SCM", "", "act", "", ""), "言葉を知りません"},
		{ROW("X-1", "1", "case", "order", "anchor=start_on", "REC-SCM", "", "someday", "", ""), "言葉を知りません"},
		{ROW("X-1", "1", "case", "order", "anchor=start_on;colour=red", "REC-SCM", "", "act", "", ""), "「colour」は知られていません"},
		{ROW("X-1", "1", "case", "order", "anchor=start_on;bound=3", "REC-SCM", "", "act", "", ""), "種類 order では使えません"},
		{ROW("X-1", "1", "case", "order", "anchor=start_on;anchor=contract_on", "REC-SCM", "", "act", "", ""), "「anchor」が2つあります"},
		{ROW("X-1", "1", "case", "order", "anchor", "REC-SCM", "", "act", "", ""), "「名前=値」の形ではありません"},
		{ROW("X-1", "1", "case", "order", "", "REC-SCM", "", "act", "", ""), "パラメーター anchor がありません"},
		{ROW("X-1", "1", "case", "due", "anchor=start_on", "REC-SCM", "", "act", "", ""), "パラメーター n がありません"},
		{ROW("X-1", "1", "case", "due", "anchor=start_on;n=no_such_number", "REC-SCM", "", "act", "", ""), "law/numbers.tsv"},
		{ROW("X-1", "1", "case", "due", "anchor=start_on;n=param.no_such", "REC-SCM", "", "act", "", ""), "law/params.tsv"},
		{ROW("X-1", "1", "case", "due", "anchor=start_on;n=param.tokudan_mode", "REC-SCM", "", "act", "", ""), "数ではないパラメーター"},
		{ROW("X-1", "1", "case", "due", "anchor=start_on;n=3;unit=week", "REC-SCM", "", "act", "", ""), "単位は"},
		{ROW("X-1", "1", "case", "order", "anchor=start_on", "REC-NONE", "", "act", "", ""), "記録のコード"},
		{ROW("X-1", "1", "case", "order", "anchor=start_on", "REC-SCM", "no:such", "act", "", ""), "例外"},
		{ROW("X-1", "1", "case", "order", "anchor=start_on;alt=REC-NONE", "REC-SCM", "", "act", "", ""), "記録のコード"},
		{ROW("X-1", "1", "case", "order", "anchor=start_on;need=x >= y", "REC-SCM", "", "act", "", ""), "条件が読めません"},
		{ROW("X-1", "1", "case", "order", "anchor=a|b|c|d", "REC-SCM", "", "act", "", ""), "多すぎます"},
		{ROW("X-1", "1", "case", "order", "anchor=start_on;link=to=plan", "REC-SCM", "", "act", "", ""), "link"},
		{ROW("X-1", "1", "case", "each_target", "each=provider;anchor=plan.from", "REC-SCM", "", "act", "", ""), "each か link"},
		{ROW("X-1", "1", "case", "fields", "event=REC-SCM", "REC-SCM", "", "act", "", ""), "event か fields"},
		{ROW("X-1", "1", "case", "threshold", "anchor=start_on;value=n", "REC-SCM", "", "act", "", ""), "value か bound"},
		{ROW("X-1", "1", "case", "threshold", "anchor=start_on;value=n;bounds=nothing_;bound_by=level", "REC-SCM", "", "act", "", ""), "この始まりの名前"},
		{ROW("X-1", "1", "case", "order", "anchor=start_on", "REC-SCM", "", "act", "2021-02-30", ""), "日付ではありません"},
		{"X-1\t1\t名\tcase\n", "列の数"},
		{ROW("", "1", "case", "order", "anchor=start_on", "REC-SCM", "", "act", "", ""), "空"},
		{ROW("X-1", "one", "case", "order", "anchor=start_on", "REC-SCM", "", "act", "", ""), "版が数ではありません"},
	};
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
		struct arena_mark m = arena_mark_get(a);
		const char *got = message(a, "duties.tsv", t[i].row);
		if (!*t[i].says ? *got != '\0' : !strstr(got, t[i].says) || !str_starts(got, "duties.tsv の "))
			fail_msg("%s: wanted %s, got %s", t[i].row, t[i].says, got);
		arena_rewind(a, m);
	}
}

static void wrong_params_and_days(void **state)
{
	struct arena *a = *state;
	static const char *const t[][3] = {
		{"params.tsv", "new\tint\t3\t1\t5\t年\t意味\t出典\tB\n", ""},
		{"params.tsv", "new\tint\t6\t1\t5\t年\t意味\t出典\tB\n", "上下限"},
		{"params.tsv", "new\tint\t3\t?\t5\t年\t意味\t出典\tB\n", "整数ではありません"},
		{"params.tsv", "new\tchoice\tc\ta|b\t\t\t意味\t出典\tB\n", "上下限"},
		{"params.tsv", "new\tcolour\tc\ta|b\t\t\t意味\t出典\tB\n", "型は"},
		{"params.tsv", "retention_years\tint\t3\t1\t5\t年\t意味\t出典\tB\n", "2つあります"},
		{"params.tsv", "new\tint\t3\t1\t5\t年\t\t出典\tB\n", "空です"},
		{"holidays.tsv", "2029-01-01\t元日\t出典\tB\n", ""},
		{"holidays.tsv", "2028-01-01\t元日\t出典\tB\n", "順に"},
		{"holidays.tsv", "2029-02-30\t元日\t出典\tB\n", "日付ではない"},
	};
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
		const char *got = message(a, t[i][0], t[i][1]);
		if (!*t[i][2] ? *got != '\0' : !strstr(got, t[i][2]) || !str_starts(got, t[i][0]))
			fail_msg("%s: wanted %s, got %s", t[i][1], t[i][2], got);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {UNIT(wrong_rows), UNIT(wrong_params_and_days)};
	return cmocka_run_group_tests_name("duty_load", tests, NULL, NULL);
}
