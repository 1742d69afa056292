#include "base/str.h"
#include "form/fhirmap.h"
#include "form/score.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#define SC "\"source\":\"s\",\"confidence\":\"A\"}"
static const char FORM[] =
	"{\"sections\":[{\"id\":\"s\",\"label\":\"節\",\"items\":["
	"{\"id\":\"d\",\"type\":\"date\",\"label\":\"記入日\",\"required\":\"form\"," SC ","
	"{\"id\":\"future\",\"type\":\"date\",\"label\":\"予定日\",\"future\":true," SC ","
	"{\"id\":\"when\",\"type\":\"partial-date\",\"label\":\"発症\"," SC ","
	"{\"id\":\"month\",\"type\":\"ym\",\"label\":\"対象月\"," SC ","
	"{\"id\":\"clock\",\"type\":\"time\",\"label\":\"時刻\"," SC ","
	"{\"id\":\"name\",\"type\":\"text\",\"label\":\"氏名\",\"max_length\":5," SC ","
	"{\"id\":\"note\",\"type\":\"memo\",\"label\":\"特記\",\"max_length\":20," SC ","
	"{\"id\":\"n\",\"type\":\"int\",\"label\":\"回数\",\"min\":0,\"max\":99," SC ","
	"{\"id\":\"w\",\"type\":\"dec(4,1)\",\"label\":\"体重\",\"min\":0.1," SC ","
	"{\"id\":\"q\",\"type\":\"bool\",\"label\":\"外出\"," SC ","
	"{\"id\":\"c\",\"type\":\"code\",\"label\":\"方法\",\"options\":[{\"code\":\"01\",\"label\":\"来所\"},{\"code\":\"03\",\"label\":\"その他\"}]," SC ","
	"{\"id\":\"other\",\"type\":\"text\",\"label\":\"その他の内容\",\"required\":\"cond\",\"shown_when\":\"c = '03'\",\"required_when\":\"c = '03'\"," SC ","
	"{\"id\":\"m\",\"type\":\"codes\",\"label\":\"年金\",\"options\":[{\"code\":\"a\",\"label\":\"国民\"},{\"code\":\"b\",\"label\":\"厚生\"},{\"code\":\"z\",\"label\":\"障害\"}]," SC ","
	"{\"id\":\"med\",\"type\":\"list\",\"label\":\"病歴\",\"max_rows\":3,\"items\":["
	"{\"id\":\"what\",\"type\":\"text\",\"label\":\"病名\",\"required\":\"form\"," SC ","
	"{\"id\":\"course\",\"type\":\"code\",\"label\":\"経過\",\"options\":[{\"code\":\"01\",\"label\":\"治療中\"},{\"code\":\"02\",\"label\":\"観察\"}]," SC ","
	"{\"id\":\"cure\",\"type\":\"memo\",\"label\":\"内容\",\"required\":\"cond\",\"shown_when\":\"course = '01'\",\"required_when\":\"course = '01'\"," SC "]," SC
	"]}]}";
static const char META[] =
	"{\"name\":\"試し\",\"notice\":\"なし\",\"source\":\"試験\",\"kind\":\"answers\",\"class\":\"care\",\"retention_years\":5,"
	"\"retention_source\":\"試験\",\"date_item\":\"d\"}";
static const char RULES[] =
	"{\"rules\":[{\"id\":\"k1\",\"kind\":\"check\",\"label\":\"日\",\"expr\":\"days(d, future) >= 0\",\"field\":\"future\","
	"\"message\":\"予定日が記入日より前です。\"," SC ",{\"id\":\"k2\",\"kind\":\"check\",\"label\":\"数\",\"expr\":\"n < 50\",\"field\":\"n\","
	"\"warning\":true,\"message\":\"多いようです。\"," SC "]}";

static const struct form_def *def(struct arena *a)
{
	struct form_problems p = {0};
	struct form_def *d = NULL;
	struct form_text t = {.id = "t", .version = "2020-01-01", .form = FORM, .rules = RULES, .meta = META};
	err e = form_build(a, &t, &d, &p);
	for (size_t i = 0; i < p.n; i++)
		print_message("%s\n", p.lines[i]);
	assert_int_equal(e, OK);
	return d;
}

static void start(struct ctx *c, struct arena *a)
{
	ctx_init(c, a, civil_instant_start(civil_from(2026, 11, 20)));
}

static err post(struct ctx *c, const struct form_def *d, const char *pairs, struct answers **as, struct form_typed *t)
{
	size_t n, two;
	char **p = str_split(c->arena, pairs, '&', &n);
	struct form_field *f = ARENA_ARRAY(c->arena, n + 1, struct form_field);
	for (size_t i = 0; i < n; i++) {
		char **kv = str_split(c->arena, p[i], '=', &two);
		f[i] = (struct form_field){kv[0], two > 1 ? kv[1] : ""};
	}
	fault_clear(c);
	return answers_read(c, d, f, n, as, t);
}

static const char FULL[] = "_token=x&d=令和8年4月1日&future=2027-01-05&when=昭和20年頃&month=2026-04&clock=９時３０分&name= 山田花子 &"
			   "note=一行目\r\n二行目&n=１２&w=５３．４&q=N&c=03&other=手紙&m=a&m=z&med.0.what=高血圧&med.0.course=01&"
			   "med.0.cure=服薬&med.1.what=&med.2.what=白内障";

static void reads_a_post(void **state)
{
	struct arena *a = *state;
	const struct form_def *d = def(a);
	struct ctx c;
	struct answers *as;
	start(&c, a);
	assert_int_equal(post(&c, d, FULL, &as, NULL), OK);
	static const struct {
		const char *path, *shown, *field;
	} t[] = {
		{"d", "令和8年4月1日", "2026-04-01"}, {"when", "昭和20年頃", "昭和20年頃"}, {"month", "令和8年4月", "2026-04"},
		{"clock", "9:30", "09:30"}, {"name", "山田花子", "山田花子"}, {"note", "一行目\n二行目", "一行目\n二行目"},
		{"n", "12", "12"}, {"w", "53.4", "53.4"}, {"q", "いいえ", "N"}, {"c", "その他", "03"}, {"m", "国民、障害", "a,z"},
		{"med.0.course", "治療中", "01"}, {"med.1.what", "白内障", "白内障"},
	};
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
		assert_string_equal(answers_text(as, t[i].path), t[i].shown);
		assert_string_equal(answer_field(a, answers_item(as, t[i].path), answers_get(as, t[i].path)), t[i].field);
	}
	assert_int_equal(answers_get(as, "med")->n_rows, 2); /* the empty row is gone */
	assert_null(answers_get(as, "med.2.what"));
	assert_string_equal(answers_text(as, "med"), "高血圧　治療中　服薬\n白内障");
	struct form_warnings w = {0};
	assert_int_equal(answers_validate(&c, as, false, &w), OK);
	assert_int_equal(c.n_faults, 0);
	assert_int_equal(w.n, 0);
}

static void names_every_fault(void **state)
{
	struct arena *a = *state;
	const struct form_def *d = def(a);
	static const struct {
		const char *post, *field;
		err code;
		const char *says;
	} t[] = {
		{"w=53.45", "w", ERR_RANGE, "体重は0.1〜999.9の数で、小数1けた"}, {"w=0", "w", ERR_RANGE, "体重"},
		{"w=abc", "w", ERR_NOT_NUMBER, "体重は数字で"}, {"w=1e2", "w", ERR_NOT_NUMBER, "体重"}, {"n=100", "n", ERR_RANGE, "回数は0〜99"},
		{"q=maybe", "q", ERR_NOT_CHOICE, "外出は、表示されている"}, {"c=02", "c", ERR_NOT_CHOICE, "方法"},
		{"name=寿限無寿限無", "name", ERR_TOO_LONG, "氏名は5文字まで"}, {"name=a\nb", "name", ERR_INPUT, "改行"},
		{"clock=25:00", "clock", ERR_RANGE, "時刻は0:00から"}, {"clock=朝", "clock", ERR_NOT_NUMBER, "9:30"},
		{"d=2026-02-30", "d", ERR_DATE_DAY, "記入日"}, {"d=昭和64年1月8日", "d", ERR_DATE_ERA, "記入日"},
		{"month=2026-13", "month", ERR_DATE_DAY, "対象月"}, {"zz=1", "zz", ERR_FORM_FIELD, NULL},
		{"med.0.zz=1", "med.0.zz", ERR_FORM_FIELD, NULL}, {"med.3.what=x", "med.3.what", ERR_LIMIT, "病歴の行が多すぎ"},
		{"q.blank=lost", "q.blank", ERR_FORM_FIELD, NULL}, {"med=x", "med", ERR_FORM_FIELD, NULL},
		{"med.99999999999999999999.what=x", "med.99999999999999999999.what", ERR_FORM_FIELD, NULL},
	};
	struct ctx c;
	struct answers *as;
	start(&c, a);
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
		err e = post(&c, d, t[i].post, &as, NULL);
		if (e != t[i].code)
			fail_msg("%s: %s", t[i].post, err_name(e));
		const struct fault *f = fault_of(&c, t[i].field);
		assert_non_null(f);
		if (t[i].says && !strstr(f->message, t[i].says))
			fail_msg("%s says %s", t[i].post, f->message);
	}
	struct form_typed typed; /* all at once, and what was typed is kept */
	assert_int_equal(post(&c, d, "w=abc&n=100&d=2026-02-30&name=可", &as, &typed), ERR_NOT_NUMBER);
	assert_int_equal(c.n_faults, 3);
	assert_int_equal(typed.n, 3);
	assert_string_equal(typed.fields[0].value, "abc");
	assert_string_equal(answers_text(as, "name"), "可");
	assert_int_equal(post(&c, d, "d=昭和64年1月8日", &as, NULL), ERR_DATE_ERA);
	assert_non_null(fault_of(&c, "d")->offer);
}

static void kinds_of_blank(void **state)
{
	struct arena *a = *state;
	const struct form_def *d = def(a);
	struct ctx c;
	struct answers *as;
	start(&c, a);
	assert_int_equal(post(&c, d, "q=&q.blank=refused&n.blank=na&n=&w.blank=unknown&w=50&name.blank=&m=&m=b", &as, NULL), OK);
	assert_int_equal(answers_get(as, "q")->blank, BLANK_REFUSED);
	assert_int_equal(answers_get(as, "n")->blank, BLANK_NA);
	assert_int_equal(answers_get(as, "w")->blank, BLANK_NONE); /* a typed value counts more than the kind */
	assert_int_equal(answers_get(as, "name")->blank, BLANK_UNANSWERED);
	assert_string_equal(answers_text(as, "m"), "厚生");
	assert_string_equal(answer_show(a, answers_item(as, "q"), answers_get(as, "q")), "答えない");
	assert_int_equal(answers_num(as, "n", -7), -7);
}

static void validates(void **state)
{
	struct arena *a = *state;
	const struct form_def *d = def(a);
	struct ctx c;
	struct answers *as;
	start(&c, a);
	assert_int_equal(post(&c, d, "c=03&n=60&med.0.course=01&future=2026-11-21", &as, NULL), OK);
	struct form_warnings w = {0};
	assert_int_equal(answers_validate(&c, as, false, &w), ERR_REQUIRED);
	assert_int_equal(c.n_faults, 4);
	assert_non_null(fault_of(&c, "d"));
	assert_string_equal(fault_of(&c, "other")->message, "その他の内容を入力してください。");
	assert_non_null(fault_of(&c, "med.0.what"));
	assert_non_null(fault_of(&c, "med.0.cure"));
	assert_int_equal(w.n, 1);
	assert_string_equal(w.w[0].rule, "k2");
	fault_clear(&c);
	assert_int_equal(answers_validate(&c, as, true, NULL), OK); /* a draft may be short */
	assert_int_equal(post(&c, d, "d=2026-11-21&future=2026-11-20&c=01", &as, NULL), OK);
	assert_int_equal(answers_validate(&c, as, false, NULL), ERR_DATE_FUTURE);
	assert_non_null(fault_of(&c, "d"));
	assert_string_equal(fault_of(&c, "future")->message, "予定日が記入日より前です。");
	assert_false(answers_shown(as, answers_item(as, "other"), c.today));
	assert_true(answers_shown(answers_new(a, d), form_item_find(d, "other"), c.today)); /* it may still come */
}

static uint32_t seed = 11;

static uint32_t chance(uint32_t n)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 16) % n;
}

static void random_level(struct arena *a, struct answers *root, const struct form_item *items, size_t n, const char *prefix)
{
	static const char *const words[] = {"", "あ", "\"<&\\", "𠮷田", "x"};
	for (size_t i = 0; i < n; i++) {
		const struct form_item *it = &items[i];
		const char *p = arena_fmt(a, "%s%s", prefix, it->id);
		err e = OK;
		if (it->type == ITEM_DERIVED || it->type == ITEM_DISPLAY)
			continue;
		if (it->type == ITEM_LIST) {
			for (uint32_t r = 0, k = chance(4); r < k; r++)
				random_level(a, root, it->children, it->n_children, arena_fmt(a, "%s.%u.", p, r));
			continue;
		}
		if (chance(4) == 0) {
			e = answers_set_blank(root, p, (enum blank_kind[]){BLANK_UNANSWERED, BLANK_NA, BLANK_REFUSED, BLANK_UNKNOWN}[chance(4)]);
		} else {
			switch (it->type) {
			case ITEM_BOOL: e = answers_set_int(root, p, chance(2)); break;
			case ITEM_INT: case ITEM_DEC: e = answers_set_int(root, p, it->min + chance((uint32_t)(it->max - it->min + 1))); break;
			case ITEM_TIME: e = answers_set_int(root, p, chance(1440)); break;
			case ITEM_YM: e = answers_set_int(root, p, 1990 * 12 + chance(600)); break;
			case ITEM_DATE: e = answers_set_date(root, p, (civil)chance(20000)); break;
			case ITEM_PARTIAL_DATE:
				e = answers_set(root, p, (const char *[]){"昭和20年頃", "平成12年10月", "1999年", "2001-02-03", "不明", "昭和30年代"}[chance(6)]);
				break;
			case ITEM_CODE: e = answers_set_code(root, p, it->options[chance((uint32_t)it->n_options)].code); break;
			case ITEM_CODES:
				e = answers_set_code(root, p, it->options[chance((uint32_t)it->n_options)].code);
				if (!e && chance(2))
					e = answers_set_code(root, p, it->options[chance((uint32_t)it->n_options)].code);
				break;
			default: e = answers_set_text(root, p, words[chance(5)]);
			}
		}
		if (e)
			fail_msg("%s: %s", p, err_name(e));
	}
}

/* answers → JSON → answers and answers → QuestionnaireResponse → answers lose nothing. */
static void round_trips(void **state)
{
	struct arena *a = *state;
	struct form_catalogue *cat;
	struct form_problems p = {0};
	assert_int_equal(form_load(a, arena_fmt(a, "%s/forms", getenv("TSUNAGI_ROOT")), &cat, &p), OK);
	const struct form_def *defs[] = {def(a), cat->defs[0], cat->defs[1]};
	for (int round = 0; round < 3000; round++) {
		struct arena_mark m = arena_mark_get(a);
		const struct form_def *d = defs[round % 3];
		struct answers *as = answers_new(a, d), *back;
		random_level(a, as, d->items, d->n_items, "");
		const char *text = json_to_text(a, answers_to_json(a, as), true), *why = "";
		struct json *v;
		assert_int_equal(json_parse(a, text, strlen(text), NULL, &v, &why), OK);
		if (answers_from_json(a, d, v, &back, &why))
			fail_msg("%s\n%s", why, text);
		assert_true(answers_equal(as, back));
		assert_string_equal(json_to_text(a, answers_to_json(a, back), true), text);
		const char *fhir = json_to_text(a, fhir_response(a, as, "2026-11-20", "Patient/x"), false);
		assert_int_equal(json_parse(a, fhir, strlen(fhir), NULL, &v, &why), OK);
		if (fhir_answers(a, d, v, &back, &why))
			fail_msg("%s\n%s", why, fhir);
		if (!answers_equal(as, back))
			fail_msg("%s\n%s\n%s", fhir, text, json_to_text(a, answers_to_json(a, back), true));
		struct answers *copy = answers_copy(a, as);
		struct answer_diff *diff;
		assert_true(answers_equal(as, copy));
		assert_int_equal(answers_diff(a, as, copy, &diff), 0);
		arena_rewind(a, m);
	}
}

static void names_what_moved(void **state)
{
	struct arena *a = *state;
	const struct form_def *d = def(a);
	struct ctx c;
	struct answers *x, *y;
	start(&c, a);
	assert_int_equal(post(&c, d, "q=Y&n=3&name=山田&med.0.what=高血圧", &x, NULL), OK);
	assert_int_equal(post(&c, d, "q=N&n=3&w.blank=na&med.0.what=高血圧&med.1.what=白内障", &y, NULL), OK);
	struct answer_diff *v;
	size_t n = answers_diff(a, x, y, &v);
	struct buf b = buf_new(a);
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%s:%s>%s ", v[i].path, v[i].before ? answer_show(a, v[i].item, v[i].before) : "-",
			v[i].after ? answer_show(a, v[i].item, v[i].after) : "-");
	assert_string_equal(b.p, "name:山田> w:>該当なし q:はい>いいえ med.1.what:->白内障 ");
}

static void fhir_refuses(void **state)
{
	struct arena *a = *state;
	const struct form_def *d = def(a);
#define RESPONSE(items) "{\"resourceType\":\"QuestionnaireResponse\",\"item\":[" items "]}"
#define ANSWER(link, value) "{\"linkId\":\"" link "\",\"answer\":[{" value "}]}"
	static const struct {
		const char *text, *says;
	} t[] = {
		{"{}", "resourceType"}, {"[]", "resourceType"}, {RESPONSE(ANSWER("zz", "\"valueBoolean\":true")), "「zz」"},
		{RESPONSE(ANSWER("q", "\"valueString\":\"Y\"")), "valueBoolean"}, {RESPONSE(ANSWER("q", "\"valueBoolean\":1")), "valueBoolean"},
		{RESPONSE(ANSWER("q", "\"valueBoolean\":null")), "valueBoolean"}, {RESPONSE(ANSWER("w", "\"valueDecimal\":\"53\"")), "valueDecimal"},
		{RESPONSE(ANSWER("w", "\"valueDecimal\":53.45")), "小数1けた"}, {RESPONSE(ANSWER("w", "\"valueDecimal\":-1")), "0.1〜999.9"},
		{RESPONSE(ANSWER("n", "\"valueDecimal\":1")), "valueInteger"}, {RESPONSE(ANSWER("c", "\"valueCoding\":{\"code\":\"02\"}")), "「02」"},
		{RESPONSE(ANSWER("d", "\"valueDate\":\"2026-02-30\"")), "valueDate"}, {RESPONSE(ANSWER("d", "\"valueDate\":\"2026\"")), "valueDate"},
		{RESPONSE(ANSWER("q", "\"valueBoolean\":true") "," ANSWER("q", "\"valueBoolean\":false")), "2つ"},
		{RESPONSE("{\"linkId\":\"q\",\"answer\":[{\"valueBoolean\":true},{\"valueBoolean\":true}]}"), "2つ以上"},
		{RESPONSE("{\"answer\":[]}"), "linkId のない"}, {RESPONSE("{\"linkId\":\"q\",\"answer\":{}}"), "[ ]"},
		{RESPONSE("{\"linkId\":\"q\",\"answer\":[{}]}"), "値（value…）"}, {RESPONSE(ANSWER("name", "\"valueString\":\"寿限無寿限無\"")), "5文字"},
		{RESPONSE(ANSWER("clock", "\"valueTime\":\"9:30\"")), "valueTime"}, {"{\"resourceType\":\"QuestionnaireResponse\",\"item\":{}}", "item は"},
	};
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
		struct json *v;
		struct answers *as;
		const char *why = "";
		assert_int_equal(json_parse(a, t[i].text, strlen(t[i].text), NULL, &v, &why), OK);
		if (fhir_answers(a, d, v, &as, &why) != ERR_FHIR || !strstr(why, t[i].says))
			fail_msg("%s: %s", t[i].text, why);
	}
	/* groups of any name, nested items, an integer for a decimal, absent answers */
	const char *good = RESPONSE("{\"linkId\":\"any\",\"item\":[" ANSWER("w", "\"valueInteger\":53") ",{\"linkId\":\"q\",\"answer\":[{\"valueBoolean\":"
		"true,\"item\":[" ANSWER("n", "\"valueInteger\":4") "]}]},{\"linkId\":\"c\"},{\"linkId\":\"m\",\"answer\":[]}]}");
	struct json *v;
	struct answers *as;
	const char *why = "";
	assert_int_equal(json_parse(a, good, strlen(good), NULL, &v, &why), OK);
	assert_int_equal(fhir_answers(a, d, v, &as, &why), OK);
	assert_string_equal(answers_text(as, "w"), "53.0");
	assert_int_equal(answers_num(as, "n", 0), 4);
	assert_int_equal(answers_num(as, "q", 0), 1);
}

static void authored_is_a_day_in_japan(void **state)
{
	struct arena *a = *state;
	static const struct {
		const char *text, *day;
	} t[] = {{"2026-11-20", "2026-11-20"}, {"2026-11-20T16:00:00Z", "2026-11-21"}, {"2026-11-20T14:59:59.9Z", "2026-11-20"},
		{"2026-11-20T00:30:00+09:00", "2026-11-20"}, {"2026-11-20T23:00:00-05:00", "2026-11-21"}, {"2026-11", "2026-11-01"},
		{"2026-11-20T10:00:00", NULL}, {"20261120", NULL}, {"", NULL}, {"2026-11-31", NULL}};
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
		struct json *v = json_new(a, JSON_OBJECT);
		json_set(a, v, "authored", json_new_text(a, t[i].text));
		civil day;
		char iso[CIVIL_TEXT];
		assert_int_equal(fhir_authored(a, v, &day, NULL), t[i].day ? OK : ERR_FHIR);
		civil_text(day, iso);
		assert_string_equal(iso, t[i].day ? t[i].day : "");
	}
}

static void questionnaire(void **state)
{
	struct arena *a = *state;
	struct form_catalogue *cat;
	struct form_problems p = {0};
	assert_int_equal(form_load(a, arena_fmt(a, "%s/forms", getenv("TSUNAGI_ROOT")), &cat, &p), OK);
	struct json *q = fhir_questionnaire(a, form_find(cat, "kihon-checklist", civil_from(2026, 11, 20)));
	assert_string_equal(json_get_text(q, "url", ""), "urn:tsunagi:form:kihon-checklist");
	assert_string_equal(json_get_text(q, "version", ""), "2015-04-01");
	const struct json *first = json_path(q, "item.1.item.0");
	assert_string_equal(json_get_text(first, "linkId", ""), "kcl01");
	assert_string_equal(json_get_text(first, "type", ""), "boolean");
	assert_string_equal(json_get_text(first, "text", ""), "バスや電車で1人で外出していますか");
	assert_null(strstr(json_to_text(a, q, false), "\"bmi\"")); /* derived items are not asked */
}

int main(void)
{
	const struct CMUnitTest tests[] = {UNIT(reads_a_post), UNIT(names_every_fault), UNIT(kinds_of_blank), UNIT(validates),
		UNIT(round_trips), UNIT(names_what_moved), UNIT(fhir_refuses), UNIT(authored_is_a_day_in_japan), UNIT(questionnaire)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
