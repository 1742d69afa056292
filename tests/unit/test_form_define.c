#include "base/str.h"
#include "form/rules.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>

static const char GOOD_META[] =
	"{\"name\":\"試し\",\"notice\":\"なし\",\"source\":\"試験\",\"kind\":\"answers\",\"class\":\"care\",\"retention_years\":5,"
	"\"retention_source\":\"試験\",\"date_item\":\"d\",\"index_items\":[\"d\"]}";
#define SC "\"source\":\"s\",\"confidence\":\"A\""
#define ITEM_D "{\"id\":\"d\",\"type\":\"date\",\"label\":\"日\"," SC "}"
#define FORM(items) "{\"sections\":[{\"id\":\"s\",\"label\":\"節\",\"items\":[" ITEM_D "," items "]}]}"
#define RULES(r) "{\"rules\":[" r "]}"
#define SCORE(expr) RULES("{\"id\":\"r\",\"kind\":\"score\",\"label\":\"点\",\"expr\":\"" expr "\"," SC "}")
#define Q "{\"id\":\"q\",\"type\":\"bool\",\"label\":\"問\",\"points\":[0,1]," SC "}"

static const char *problems(struct arena *a, const struct form_problems *p)
{
	struct buf b = buf_new(a);
	for (size_t i = 0; i < p->n; i++)
		buf_fmt(&b, "%s\n", p->lines[i]);
	return b.p;
}

static err build(struct arena *a, const char *form, const char *rules, const char *print, const char *meta,
	struct form_def **d, const char **said)
{
	struct form_problems p = {0};
	struct form_text t = {.id = "t", .version = "2020-01-01", .form = form, .rules = rules, .print = print, .meta = meta,
		.bindings = "# name\ttype\towner\nperson.name\ttext\tregister\nperson.birth\tdate\town\t生年月日\n"};
	err e = form_build(a, &t, d, &p);
	*said = problems(a, &p);
	return e;
}

static void good(void **state)
{
	struct arena *a = *state;
	struct form_def *d;
	const char *said;
	assert_int_equal(build(a, FORM(Q), SCORE("points(q)"), "{\"not_printed\":[\"d\"],\"blocks\":[{\"boxes\":[{\"item\":\"q\"}]}]}", GOOD_META,
		&d, &said), OK);
	assert_true(form_prints(d, &d->items[1]));
	assert_false(form_prints(d, &d->items[0]));
	assert_string_equal(d->id, "t");
	assert_int_equal(d->n_items, 2);
	assert_int_equal(d->items[1].options[1].points, 1);
	assert_string_equal(d->items[1].options[0].label, "はい");
	assert_int_equal(strlen(d->sha256), 64);
	char before[65];
	memcpy(before, d->sha256, 65);
	assert_int_equal(build(a, FORM(Q) " ", SCORE("points(q)"), NULL, GOOD_META, &d, &said), OK);
	assert_string_not_equal(before, d->sha256);
}

static void must_fail(void **state)
{
	struct arena *a = *state;
	static const struct {
		const char *form, *rules, *print, *meta, *says;
	} t[] = {
		{FORM(Q), NULL, NULL, "{}", "「name」がありません"},
		{FORM(Q), NULL, NULL, "{\"nom\":1}", "「nom」という欄は決められていません"},
		{"{", NULL, NULL, GOOD_META, "form.json: 1行目"},
		{NULL, NULL, NULL, GOOD_META, "form.json または"},
		{FORM(Q "," Q), NULL, NULL, GOOD_META, "同じ名前の項目が2つ"},
		{FORM("{\"id\":\"q\",\"type\":\"bol\",\"label\":\"問\"," SC "}"), NULL, NULL, GOOD_META, "「bol」という型はありません"},
		{FORM("{\"id\":\"q\",\"type\":\"bool\",\"label\":\"問\",\"colour\":1," SC "}"), NULL, NULL, GOOD_META, "「colour」"},
		{FORM("{\"id\":\"Q1\",\"type\":\"bool\",\"label\":\"問\"," SC "}"), NULL, NULL, GOOD_META, "項目の名前は"},
		{FORM("{\"id\":\"q\",\"type\":\"bool\",\"label\":\"問\"}"), NULL, NULL, GOOD_META, "出典"},
		{FORM("{\"id\":\"q\",\"type\":\"code\",\"label\":\"問\"," SC "}"), NULL, NULL, GOOD_META, "選択肢（options）がありません"},
		{FORM("{\"id\":\"q\",\"type\":\"code\",\"label\":\"問\",\"options\":[{\"code\":\"1\",\"label\":\"一\"},{\"code\":\"1\",\"label\":\"二\"}]," SC "}"), NULL, NULL, GOOD_META, "選択肢「1」が2つ"},
		{FORM("{\"id\":\"q\",\"type\":\"dec(4,5)\",\"label\":\"問\"," SC "}"), NULL, NULL, GOOD_META, "dec("},
		{FORM("{\"id\":\"q\",\"type\":\"int\",\"label\":\"問\",\"min\":5,\"max\":2," SC "}"), NULL, NULL, GOOD_META, "min と max"},
		{FORM("{\"id\":\"q\",\"type\":\"text\",\"label\":\"問\",\"max_length\":0," SC "}"), NULL, NULL, GOOD_META, "max_length"},
		{FORM("{\"id\":\"q\",\"type\":\"list\",\"label\":\"問\"," SC "}"), NULL, NULL, GOOD_META, "items（列）"},
		{FORM("{\"id\":\"q\",\"type\":\"ref\",\"label\":\"問\"," SC "}"), NULL, NULL, GOOD_META, "ref は"},
		{FORM("{\"id\":\"q\",\"type\":\"text\",\"label\":\"問\",\"required\":\"yes\"," SC "}"), NULL, NULL, GOOD_META, "required は"},
		{FORM("{\"id\":\"q\",\"type\":\"text\",\"label\":\"問\",\"required\":\"cond\"," SC "}"), NULL, NULL, GOOD_META, "required_when"},
		{FORM("{\"id\":\"q\",\"type\":\"text\",\"label\":\"問\",\"shown_when\":\"d\"," SC "}"), NULL, NULL, GOOD_META, "真偽の式"},
		{FORM("{\"id\":\"q\",\"type\":\"text\",\"label\":\"問\",\"class\":\"secret\"," SC "}"), NULL, NULL, GOOD_META, "記録の種類"},
		{FORM("{\"id\":\"q\",\"type\":\"text\",\"label\":\"問\",\"link_id\":\"d\"," SC "}"), NULL, NULL, GOOD_META, "link_id「d」が2つ"},
		{FORM("{\"id\":\"q\",\"type\":\"derived\",\"label\":\"問\",\"derive\":\"x\"," SC "}"), NULL, NULL, GOOD_META, "式「x」が"},
		{FORM("{\"id\":\"q\",\"type\":\"text\",\"label\":\"問\",\"bind\":\"person.age\"," SC "}"), NULL, NULL, GOOD_META, "bindings.tsv にありません"},
		{FORM(Q), SCORE("points(z)"), NULL, GOOD_META, "「z」という項目も式もありません"},
		{FORM(Q), SCORE("q"), NULL, GOOD_META, "得点の式は数"},
		{FORM(Q), SCORE("r + 1"), NULL, GOOD_META, "「r」という項目も"},
		{FORM(Q), SCORE("1 +"), NULL, GOOD_META, "終わり"},
		{FORM(Q), SCORE("points(q) + q"), NULL, GOOD_META, "数が要る所に真偽"},
		{FORM(Q), SCORE("if(q, 1)"), NULL, GOOD_META, "if は"},
		{FORM(Q), SCORE("sum()"), NULL, GOOD_META, "中身のない"},
		{FORM(Q), SCORE("loop(q)"), NULL, GOOD_META, "「loop」という関数はありません"},
		{FORM(Q), SCORE("points(q..d)"), NULL, GOOD_META, "範囲が"},
		{FORM(Q), SCORE("1 2"), NULL, GOOD_META, "残っています"},
		{FORM(Q), RULES("{\"id\":\"q\",\"kind\":\"score\",\"label\":\"点\",\"expr\":\"1\"," SC "}"), NULL, GOOD_META, "式と項目の名前が同じ"},
		{FORM(Q), RULES("{\"id\":\"k\",\"kind\":\"category\",\"label\":\"点\",\"expr\":\"1\"," SC "}"), NULL, GOOD_META, "判定の式は真偽"},
		{FORM(Q), RULES("{\"id\":\"k\",\"kind\":\"result\",\"label\":\"点\",\"expr\":\"q\"," SC "}"), NULL, GOOD_META, "yes, no, unknown"},
		{FORM(Q), RULES("{\"id\":\"k\",\"kind\":\"check\",\"label\":\"点\",\"expr\":\"q\",\"field\":\"z\",\"message\":\"m\"," SC "}"), NULL, GOOD_META, "field「z」"},
		{FORM(Q), NULL, "{\"pages\":[{\"boxes\":[{\"id\":\"b\",\"item\":\"zz\"}]}]}", GOOD_META, "「zz」という項目がありません"},
		{FORM(Q), NULL, "{\"blocks\":[{\"boxes\":[{\"item\":\"q\"}]}]}", GOOD_META, "d: 印刷するところがありません"},
		{FORM(Q), NULL, "{\"not_printed\":[\"q\",\"d\"],\"blocks\":[{\"boxes\":[{\"item\":\"q\"}]}]}", GOOD_META, "q: not_printed にあるのに"},
		{FORM(Q), NULL, "{\"pages\":[{\"boxes\":[{\"id\":\"b\",\"rule\":\"zz\"}]}]}", GOOD_META, "「zz」という式がありません"},
	};
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
		struct form_def *d = NULL;
		const char *said;
		assert_int_equal(build(a, t[i].form, t[i].rules, t[i].print, t[i].meta, &d, &said), ERR_FORM_DEF);
		assert_null(d);
		if (!strstr(said, t[i].says))
			fail_msg("case %zu wants 「%s」, said:\n%s", i, t[i].says, said);
	}
}

static void view_must_bind(void **state)
{
	struct arena *a = *state;
	const char *meta = arena_fmt(a, "{\"name\":\"試し\",\"notice\":\"なし\",\"source\":\"試験\",\"kind\":\"view\",\"class\":\"care\",\"retention_years\":5,"
			    "\"retention_source\":\"試験\"}");
	struct form_def *d;
	const char *said;
	const char *one = "{\"sections\":[{\"id\":\"s\",\"label\":\"節\",\"items\":[{\"id\":\"n\",\"type\":\"%s\",\"label\":\"名\",%s" SC "}]}]}";
	assert_int_equal(build(a, arena_fmt(a, one, "text", ""), NULL, NULL, meta, &d, &said), ERR_FORM_DEF);
	assert_non_null(strstr(said, "結びつけ（bind）がありません"));
	assert_int_equal(build(a, arena_fmt(a, one, "memo", "\"bind\":\"person.name\","), NULL, NULL, meta, &d, &said), ERR_FORM_DEF);
	assert_non_null(strstr(said, "型は text"));
	assert_int_equal(build(a, arena_fmt(a, one, "text", "\"bind\":\"person.name\","), NULL, NULL, meta, &d, &said), OK);
	assert_true(d->items[0].from_register);
}

static void shipped(void **state)
{
	struct arena *a = *state;
	struct form_catalogue *c = NULL;
	struct form_problems p = {0};
	err e = form_load(a, arena_fmt(a, "%s/forms", getenv("TSUNAGI_ROOT")), &c, &p);
	if (e)
		fail_msg("%s\n%s", err_name(e), problems(a, &p));
	const struct form_def *k = form_find(c, "kihon-checklist", civil_from(2026, 11, 20));
	assert_non_null(k);
	assert_string_equal(k->version, "2015-04-01");
	assert_null(form_find(c, "kihon-checklist", civil_from(2015, 3, 31)));
	assert_ptr_equal(form_find_version(c, "kihon-checklist", "2015-04-01"), k);
	assert_true(form_known(c, "kihon-checklist"));
	assert_false(form_known(c, "kihon"));
	const struct form_def *v = form_find(c, "riyosha-kihon-joho", civil_from(2026, 11, 20));
	assert_non_null(v);
	assert_int_equal(v->kind, FORM_VIEW);
	assert_true(form_item_find(v, "name")->from_register);
	assert_false(form_item_find(v, "hobby")->from_register);
	assert_int_equal(form_item_find(v, "emergency")->max_rows, 4);
	assert_int_equal(form_item_find(v, "med.0.disease")->class_bit, CLASS_MEDICAL);
	assert_int_equal(form_item_find(v, "dis_physical")->class_bit, CLASS_DISABILITY);
	assert_int_equal(form_item_find(v, "adl_rank")->n_options, 9);
	/* いいえ gives the point for exactly these ten (forms-careplan §1.2) */
	for (int no = 1; no <= 25; no++) {
		if (no == 12)
			continue;
		const struct form_item *it = form_item_find(k, arena_fmt(a, "kcl%02d", no));
		assert_non_null(it);
		bool no_side = no <= 8 || no == 16 || no == 19;
		assert_int_equal(it->options[0].points, !no_side);
		assert_int_equal(it->options[1].points, no_side);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {UNIT(good), UNIT(must_fail), UNIT(view_must_bind), UNIT(shipped)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
