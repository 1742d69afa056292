/* The parts of the web room that need no house: body parsing under any cutting, declared fields, routes, escaping, the
 * layout as struct in → HTML out. */
#include "unit.h"

#include "base/pid.h"
#include "base/str.h"
#include "tmpl/layout_page.h"
#include "tmpl/parts_form.h"
#include "web/formin.h"
#include "web/page.h"
#include "web/route.h"

#include <stdio.h>
#include <string.h>

static struct req *request(struct arena *a, struct ctx *c)
{
	struct req *r = ARENA_NEW(a, struct req);
	ctx_init(c, a, INT64_C(1795222800000)); /* 2026-11-20 */
	*r = (struct req){.c = c, .arena = a, .path = "/persons", .method = METHOD_POST,
		.who = {.user_name = "", .login = "", .org_name = "", .role_label = "", .account_pid = "", .csrf = "c"}};
	return r;
}

/* ---- parsing ---- */

static void test_urlencoded(void **state)
{
	static const struct {
		const char *body, *name, *value;
		err e;
	} rows[] = {
		{"a=1&b=2", "b", "2", OK},
		{"a=%E5%B1%B1+%E7%94%B0", "a", "山 田", OK},
		{"a=x%0D%0Ay%0Dz", "a", "x\ny\nz", OK},
		{"a", "a", "", OK},
		{"&&a=1&&", "a", "1", OK},
		{"a=b=c", "a", "b=c", OK},
		{"a=%", NULL, NULL, ERR_NOT_UTF8},
		{"a=%4", NULL, NULL, ERR_NOT_UTF8},
		{"a=%zz", NULL, NULL, ERR_NOT_UTF8},
		{"a=%00", NULL, NULL, ERR_NOT_UTF8},
		{"a=%C0%AF", NULL, NULL, ERR_NOT_UTF8},
		{"a=%ED%A0%80", NULL, NULL, ERR_NOT_UTF8},
		{"%FF=1", NULL, NULL, ERR_NOT_UTF8},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct pairs p;
		assert_int_equal(formin_urlencoded(*state, rows[i].body, strlen(rows[i].body), &p), rows[i].e);
		if (rows[i].e == OK)
			assert_string_equal(pairs_get(&p, rows[i].name), rows[i].value);
	}
	struct buf b = buf_new(*state);
	for (int i = 0; i <= FORMIN_MAX_FIELDS; i++)
		buf_str(&b, "a=1&");
	struct pairs p;
	assert_int_equal(formin_urlencoded(*state, b.p, b.n, &p), ERR_LIMIT);
}

static const char MULTIPART[] = "--AaB\r\nContent-Disposition: form-data; name=\"kana\"\r\n\r\nヤマダ\r\n"
	"--AaB\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n"
	"--AaB\r\nContent-Disposition: form-data; name=\"f\"; filename=\"C:\\x\\a%22b.csv\"\r\nContent-Type: text/csv\r\n\r\n1,2\r\n\0--AaX\r\n"
	"--AaB--\r\n";

static void test_multipart(void **state)
{
	struct pairs p;
	struct upload *f;
	size_t n;
	const char *type = "multipart/form-data; boundary=AaB";
	assert_int_equal(formin_multipart(*state, type, MULTIPART, sizeof MULTIPART - 1, &p, &f, &n), OK);
	assert_string_equal(pairs_get(&p, "kana"), "ヤマダ");
	assert_string_equal(pairs_get(&p, "empty"), "");
	assert_int_equal(n, 1);
	assert_string_equal(f[0].field, "f");
	assert_string_equal(f[0].name, "a\"b.csv");
	assert_string_equal(f[0].type, "text/csv");
	assert_int_equal(f[0].n, 11);
	assert_memory_equal(f[0].bytes, "1,2\r\n\0--AaX", 11);
	assert_int_equal(formin_multipart(*state, "multipart/form-data", MULTIPART, sizeof MULTIPART - 1, &p, &f, &n), ERR_BODY_TYPE);
	assert_int_equal(formin_multipart(*state, "multipart/form-data; boundary=\"\"", MULTIPART, 10, &p, &f, &n), ERR_BODY_TYPE);
	/* cut anywhere: an error or nothing, never half a field taken for whole */
	for (size_t cut = 1; cut < sizeof MULTIPART - 5; cut++)
		assert_int_not_equal(formin_multipart(*state, type, MULTIPART, cut, &p, &f, &n), OK);
}

/* Random bytes and random damage: no crash (the sanitizers watch), and what is accepted is UTF-8. */
static void test_damage(void **state)
{
	struct arena *a = *state;
	uint32_t seed = 20261120;
	for (int round = 0; round < 4000; round++) {
		struct arena_mark mark = arena_mark_get(a);
		size_t len = sizeof MULTIPART - 1, n = 0;
		char *body = arena_copy(a, MULTIPART, len);
		struct pairs p;
		struct upload *f;
		for (int k = 0; k < 1 + round % 6; k++) {
			seed = seed * 1664525 + 1013904223;
			body[(seed >> 8) % len] = (char)(seed >> 24);
		}
		bool ok = round % 2 ? formin_multipart(a, "multipart/form-data; boundary=AaB", body, len, &p, &f, &n) == OK :
			formin_urlencoded(a, body, len, &p) == OK;
		for (size_t i = 0; ok && i < p.n; i++)
			assert_true(str_utf8_valid(p.v[i].value, strlen(p.v[i].value)));
		arena_rewind(a, mark);
	}
}

/* ---- declared fields ---- */

static const struct ui_choice SEX[] = {{"1", "男", false}, {"2", "女", false}};
static const struct formin_field FIELDS[] = {
	{.name = "name", .label = "氏名", .kind = FORMIN_TEXT, .max = 5, .required = true},
	{.name = "note", .label = "メモ", .kind = FORMIN_LINES, .max = 20},
	{.name = "n", .label = "人数", .kind = FORMIN_INT, .lo = 1, .hi = 9},
	{.name = "day", .label = "日付", .kind = FORMIN_DAY, .past = true},
	{.name = "sex", .label = "性別", .kind = FORMIN_CODE, .choices = SEX, .n_choices = 2},
	{.name = "item.*", .label = "項目", .kind = FORMIN_CODE, .repeat = true},
};

static void test_declared(void **state)
{
	static const struct {
		const char *body, *field; /* the field with a fault; NULL: none */
		err e, fault;
	} rows[] = {
		{"name=山田花子&note=a%0Ab&n=５&day=R8.4.1&sex=2&item.a=x&item.b=y&csrf=1&once=2&base=3", NULL, OK, OK},
		{"name=%20", "name", ERR_INPUT, ERR_REQUIRED},
		{"name=一二三四五六", "name", ERR_INPUT, ERR_TOO_LONG},
		{"name=a%0Ab", "name", ERR_INPUT, ERR_INPUT},
		{"name=a%07", "name", ERR_INPUT, ERR_INPUT},
		{"name=a&n=x", "n", ERR_INPUT, ERR_NOT_NUMBER},
		{"name=a&n=10", "n", ERR_INPUT, ERR_RANGE},
		{"name=a&day=昭和64年1月8日", "day", ERR_INPUT, ERR_DATE_ERA},
		{"name=a&day=R9.1.1", "day", ERR_INPUT, ERR_DATE_FUTURE},
		{"name=a&sex=3", "sex", ERR_INPUT, ERR_NOT_CHOICE},
		{"name=a&item.q=<b>", "item.q", ERR_INPUT, ERR_NOT_CHOICE},
		{"name=a&evil=1", NULL, ERR_FORM_FIELD, OK},
		{"name=a&name=b", NULL, ERR_FORM_FIELD, OK},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ctx c;
		struct req *r = request(*state, &c);
		assert_int_equal(formin_urlencoded(*state, rows[i].body, strlen(rows[i].body), &r->form), OK);
		err e = formin_read(r, FIELDS, FORMIN_N(FIELDS));
		if (e != rows[i].e)
			fail_msg("row %zu: %s", i, err_name(e));
		if (!rows[i].field)
			continue;
		const struct fault *f = fault_of(&c, rows[i].field);
		assert_non_null(f);
		assert_int_equal(f->code, rows[i].fault);
	}
	struct ctx c;
	struct req *r = request(*state, &c);
	assert_int_equal(formin_urlencoded(*state, rows[0].body, strlen(rows[0].body), &r->form), OK);
	assert_int_equal(formin_read(r, FIELDS, FORMIN_N(FIELDS)), OK);
	assert_int_equal(formin_int(r, "n"), 5);
	assert_int_equal(formin_day(r, "day"), civil_from(2026, 4, 1));
	assert_string_equal(req_field(r, "note"), "a\nb");
	assert_int_equal(formin_int(r, "absent"), INT_NULL);
}

/* ---- routes ---- */

static void test_match(void **state)
{
	char pid[PID_TEXT];
	struct pairs p;
	pid_make(pid);
	assert_true(route_match(*state, "/persons/{pid}/edit", arena_fmt(*state, "/persons/%s/edit", pid), &p));
	assert_string_equal(pairs_get(&p, "pid"), pid);
	assert_false(route_match(*state, "/persons/{pid}", "/persons/12", &p));
	assert_false(route_match(*state, "/persons/{pid}", arena_fmt(*state, "/persons/%s/", pid), &p));
	assert_true(route_match(*state, "/drafts/{key}", "/drafts/person%2Fx", &p));
	assert_false(route_match(*state, "/drafts/{key}", "/drafts/", &p));
	assert_true(route_match(*state, "/", "/", &p));
	assert_false(route_match(*state, "/", "/x", &p));
}

/* Every line of the table is sound: methods and limits fit, names and titles are there, no two lines answer the same. */
static void test_table(void **state)
{
	size_t n;
	const struct route *t = route_table(&n);
	assert_true(n > 20);
	for (size_t i = 0; i < n; i++) {
		const char *where = arena_fmt(*state, "%s %s", t[i].handler, t[i].pattern);
		if (t[i].pattern[0] != '/' || str_blank(t[i].audit) || str_blank(t[i].title) || right_label(t[i].right)[0] == '\0')
			fail_msg("%s: incomplete", where);
		if ((t[i].method == METHOD_GET) != (t[i].body_kb == 0))
			fail_msg("%s: a GET has no body, a POST has a limit", where);
		for (size_t k = 0; k < i; k++)
			if ((t[k].method == METHOD_GET) == (t[i].method == METHOD_GET) && strcmp(t[k].pattern, t[i].pattern) == 0)
				fail_msg("%s: twice", where);
	}
}

/* ---- HTML ---- */

static void test_escape(void **state)
{
	struct buf b = buf_new(*state);
	html_text(&b, "<a href=\"x\">&'");
	html_attr(&b, "<\"'&>");
	html_urlpart(&b, "山 /?&#%");
	assert_string_equal(b.p, "&lt;a href=\"x\"&gt;&amp;'&lt;&quot;&#39;&amp;&gt;%E5%B1%B1%20%2F%3F%26%23%25");
	static const char *const urls[][2] = {{"/a?b=1&c", "/a?b=1&amp;c"}, {"javascript:x", "#"}, {"//evil", "#"}, {"/\\evil", "#"}, {"https://e", "#"},
		{"#f-x", "#f-x"}, {"?page=2", "?page=2"}, {"/a\nb", "#"}, {NULL, "#"}};
	for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++) {
		b = buf_new(*state);
		html_url(&b, urls[i][0]);
		assert_string_equal(b.p, urls[i][1]);
	}
	b = buf_new(*state);
	html_num(&b, -1234567);
	html_num(&b, INT_NULL);
	html_num(&b, 999);
	html_date(&b, CIVIL_NONE);
	html_date(&b, civil_from(2026, 4, 1));
	html_time(&b, INT64_C(1775019780000)); /* 2026-04-01 05:03 UTC */
	html_timeiso(&b, INT64_C(1775019780000));
	assert_string_equal(b.p, "-1,234,567999令和8年4月1日（2026年4月1日）令和8年4月1日 14:032026-04-01T14:03+09:00");
}

static void test_layout(void **state)
{
	struct ctx c;
	struct req *r = request(*state, &c);
	pairs_add(*state, &r->form, "name", "<b>\"山田");
	fault_add(&c, "name", ERR_REQUIRED, "「氏名」を入力してください。");
	fault_offer(&c, "山田");
	struct page_view *v = page_view(r, "人の<登録>");
	struct buf b = buf_new(*state);
	tmpl_layout_top(&b, v);
	tmpl_ui_form(&b, v, "/persons");
	tmpl_ui_text(&b, v, &(struct ui_field){.name = "name", .label = "氏名", .value = "stored", .help = "全角", .required = true});
	tmpl_ui_radio(&b, v, &(struct ui_field){.name = "sex", .label = "性別", .choices = SEX, .n_choices = 2, .value = "1"});
	tmpl_ui_area(&b, v, &(struct ui_field){.name = "memo", .label = "メモ", .value = "\n先頭の改行"});
	tmpl_layout_foot(&b, v);
	static const char *const wanted[] = {
		"<html lang=\"ja\" data-text=\"0\">", "【入力の誤り】人の&lt;登録&gt; | つなぎ", "<h1>人の&lt;登録&gt;</h1>",
		"<a href=\"#f-name\">「氏名」を入力してください。</a>", "value=\"&lt;b&gt;&quot;山田\"", "aria-invalid=\"true\" aria-describedby=\"h-name e-name\"",
		"data-offer=\"山田\"", "<input type=\"hidden\" name=\"csrf\" value=\"c\">", ">\n\n先頭の改行</textarea>", "</main>", "</html>",
	};
	for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
		if (!strstr(b.p, wanted[i]))
			fail_msg("missing %s in\n%s", wanted[i], b.p);
	assert_null(strstr(b.p, "stored"));
	assert_null(strstr(b.p, "checked")); /* came back without a choice: none is put in again */
	assert_null(strstr(b.p, "style="));
}

/* An answer leads only to this house. */
static void test_redirect(void **state)
{
	struct ctx c;
	struct req *r = request(*state, &c);
	assert_int_equal(res_redirect(r, "%s", "//evil.example"), ERR_BUG);
	assert_int_equal(res_redirect(r, "%s", "/a b"), ERR_BUG);
	assert_int_equal(res_redirect(r, "%s", "https://evil.example"), ERR_BUG);
	assert_int_equal(res_done(r, "saved", "/persons/%s?tab=1#x", "p"), OK);
	assert_string_equal(r->res.location, "/persons/p?tab=1&done=saved#x");
	assert_int_equal(res_file(r, "text/csv", "x", 1, "名簿\"\r\nX: 1.csv"), OK);
	assert_null(strpbrk(r->res.disposition, "\r\n"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {UNIT(test_urlencoded), UNIT(test_multipart), UNIT(test_damage), UNIT(test_declared), UNIT(test_match),
		UNIT(test_table), UNIT(test_escape), UNIT(test_layout), UNIT(test_redirect)};
	return cmocka_run_group_tests_name("web", tests, NULL, NULL);
}
