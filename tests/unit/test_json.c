#include "base/str.h"
#include "codec/json.h"
#include "json_oracle.h"
#include "unit.h"

#include <string.h>

static err parse(struct arena *a, const char *s, struct json **v)
{
	const char *why = NULL;
	err e = json_parse(a, s, strlen(s), NULL, v, &why);
	if (e)
		assert_non_null(why);
	return e;
}

static void reads_and_writes(void **state)
{
	struct arena *a = *state;
	static const struct {
		const char *in, *out, *canonical;
	} t[] = {
		{" {\"b\":1 , \"a\":[true,false,null]} ", "{\"b\":1,\"a\":[true,false,null]}", "{\"a\":[true,false,null],\"b\":1}"},
		{"\"\\u3042\\n\\ud842\\udfb7<\"", "\"あ\\n𠮷\\u003c\"", NULL},
		{"53.40", "53.40", NULL},
		{"-0.1e+3", "-0.1e+3", NULL},
		{"\"\u2028\"", "\"\\u2028\"", NULL},
		{"\"“引用”\"", "\"“引用”\"", NULL},
		{"{}", "{}", NULL},
		{"[]", "[]", NULL},
		{"\"\"", "\"\"", NULL},
	};
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
		struct json *v;
		assert_int_equal(parse(a, t[i].in, &v), OK);
		assert_string_equal(json_to_text(a, v, false), t[i].out);
		assert_string_equal(json_to_text(a, v, true), t[i].canonical ? t[i].canonical : t[i].out);
	}
}

static void refuses(void **state)
{
	struct arena *a = *state;
	static const char *const bad[] = {"", " ", "{", "[1,]", "{\"a\":1,}", "{\"a\":1,\"a\":2}", "01", "1.", ".5", "+1", "1e",
		"-", "nul", "truex", "'a'", "\"\n\"", "\"\\x\"", "\"\\u0000\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"", "1 2",
		"[1 2]", "{a:1}", "{\"a\" 1}", "\"abc", "\"\\", "\"\\u12", "NaN", "Infinity", "/* c */1", "\xEF\xBB\xBF{}", "\"\xC0\xAF\""};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct json *v = NULL;
		if (parse(a, bad[i], &v) == OK)
			fail_msg("accepted: %s", bad[i]);
		assert_null(v);
		assert_false(oracle_accepts(bad[i], strlen(bad[i])));
	}
}

static void limits(void **state)
{
	struct arena *a = *state;
	struct buf b = buf_new(a);
	for (int i = 0; i < 64; i++)
		buf_char(&b, '[');
	for (int i = 0; i < 64; i++)
		buf_char(&b, ']');
	struct json *v;
	const char *why;
	assert_int_equal(json_parse(a, b.p, b.n, NULL, &v, &why), OK);
	char *deeper = arena_fmt(a, "[%s]", b.p);
	assert_int_equal(json_parse(a, deeper, strlen(deeper), NULL, &v, &why), ERR_LIMIT);
	struct json_limits few = {100, 10, 5};
	assert_int_equal(json_parse(a, "[1,2,3,4]", 9, &few, &v, &why), OK);
	assert_int_equal(json_parse(a, "[1,2,3,4,5]", 11, &few, &v, &why), ERR_LIMIT);
	assert_int_equal(json_parse(a, "\"\xE3\x81\"", 4, NULL, &v, &why), ERR_NOT_UTF8);
	assert_int_equal(parse(a, "{\n \"a\": x}", &v), ERR_JSON);
	assert_int_equal(json_parse(a, "{\n \"a\": x}", 10, NULL, &v, &why), ERR_JSON);
	assert_true(str_starts(why, "2行目の7文字目"));
	/* many keys are checked for doubles without squaring */
	struct buf o = buf_new(a);
	buf_char(&o, '{');
	for (int i = 0; i < 50000; i++)
		buf_fmt(&o, "\"k%d\":0,", i);
	size_t n = o.n;
	buf_str(&o, "\"k49999\":1}");
	assert_int_equal(json_parse(a, o.p, o.n, NULL, &v, &why), ERR_JSON);
	o.p[n - 1] = '}';
	assert_int_equal(json_parse(a, o.p, n, NULL, &v, &why), OK);
	assert_int_equal(v->n, 50000);
}

static void numbers(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int scale;
		bool ok;
		int64_t v;
	} t[] = {
		{"53.4", 1, true, 534}, {"53", 1, true, 530}, {"53.40", 1, true, 534}, {"53.45", 1, false, 0},
		{"0.1", 1, true, 1}, {"1e3", 0, true, 1000}, {"1.5e1", 0, true, 15}, {"15e-1", 1, true, 15},
		{"1.0", 0, true, 1}, {"-2.5", 1, true, -25}, {"0", 9, true, 0}, {"0e99999", 0, true, 0},
		{"9223372036854775807", 0, true, INT64_MAX}, {"9223372036854775808", 0, false, 0}, {"1e30", 0, false, 0},
		{"1e-30", 3, false, 0}, {"0.0000", 1, true, 0}, {"", 0, false, 0}, {"1.", 0, false, 0}, {"０", 0, false, 0},
	};
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
		int64_t v = 0;
		assert_int_equal(json_scaled_text(t[i].text, t[i].scale, &v), t[i].ok);
		if (t[i].ok)
			assert_int_equal(v, t[i].v);
	}
}

static void paths_and_building(void **state)
{
	struct arena *a = *state;
	struct json *v;
	assert_int_equal(parse(a, "{\"item\":[{\"answer\":[{\"valueDecimal\":53.4}]}]}", &v), OK);
	int64_t n;
	assert_true(json_scaled(json_path(v, "item.0.answer.0.valueDecimal"), 1, &n));
	assert_int_equal(n, 534);
	assert_null(json_path(v, "item.1.answer"));
	assert_null(json_path(v, "item.x"));
	assert_null(json_get(json_at(NULL, 0), "x"));
	struct json *o = json_new(a, JSON_OBJECT), *l = json_new(a, JSON_ARRAY);
	json_set(a, o, "n", json_new_scaled(a, -5, 1));
	json_set(a, o, "n", json_new_scaled(a, 534, 1));
	for (int i = 0; i < 10; i++)
		json_add(a, l, json_new_int(a, i));
	json_set(a, o, "l", l);
	json_set(a, o, "t", json_new_text(a, NULL));
	json_set(a, o, "min", json_new_int(a, INT64_MIN));
	json_set(a, o, "neg", json_new_scaled(a, -5, 1));
	assert_string_equal(json_to_text(a, o, false),
		"{\"n\":53.4,\"l\":[0,1,2,3,4,5,6,7,8,9],\"t\":null,\"min\":-9223372036854775808,\"neg\":-0.5}");
}

/* Random trees: what we write, the oracle reads; what it writes, we read; both ways equal. */
static void agrees_with_oracle(void **state)
{
	struct arena *a = *state;
	uint32_t seed = 7;
	static const char *const parts[] = {"{\"a\":", "[", "]", "}", ",", "1", "-2.5", "\"あ\\n\"", "true", "null", "\"b\":", "\"\\u00e9\""};
	int agreed = 0;
	for (int i = 0; i < 20000; i++) {
		struct arena_mark m = arena_mark_get(a);
		struct buf b = buf_new(a);
		int k = 1 + (int)(seed >> 16) % 8;
		for (int j = 0; j < k; j++) {
			seed = seed * 1664525u + 1013904223u;
			buf_str(&b, parts[(seed >> 16) % (sizeof parts / sizeof parts[0])]);
		}
		struct json *v;
		const char *why;
		err e = json_parse(a, b.p, b.n, NULL, &v, &why);
		if ((e == OK) != oracle_accepts(b.p, b.n))
			fail_msg("we %d, oracle %d: %s", e == OK, e != OK, b.p);
		if (!e) {
			assert_true(oracle_equal(b.p, json_to_text(a, v, true)));
			agreed++;
		}
		arena_rewind(a, m);
	}
	assert_true(agreed > 500);
}

int main(void)
{
	const struct CMUnitTest tests[] = {UNIT(reads_and_writes), UNIT(refuses), UNIT(limits), UNIT(numbers),
		UNIT(paths_and_building), UNIT(agrees_with_oracle)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
