/* care/plan_diff: differences of texts, against brute force. */
#include "unit.h"

#include "base/buf.h"
#include "base/str.h"
#include "care/plan_diff.h"

static const char *side(struct arena *a, const struct diff_piece *v, size_t n, enum diff_kind skip)
{
	struct buf b = buf_new(a);
	for (size_t i = 0; i < n; i++)
		if (v[i].kind != skip)
			buf_str(&b, v[i].text);
	return b.n ? b.p : "";
}

static const char *show(struct arena *a, const char *before, const char *after)
{
	struct diff_piece *v;
	size_t n;
	struct buf b = buf_new(a);
	text_diff(a, before, after, &v, &n);
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, v[i].kind == DIFF_SAME ? "%s" : v[i].kind == DIFF_OUT ? "[-%s-]" : "[+%s+]", v[i].text);
	assert_string_equal(side(a, v, n, DIFF_IN), before);
	assert_string_equal(side(a, v, n, DIFF_OUT), after);
	for (size_t i = 1; i < n; i++)
		assert_true(v[i].kind != v[i - 1].kind);
	return b.n ? b.p : "";
}

static void words(void **state)
{
	struct arena *a = *state;
	assert_string_equal(show(a, "週1回の通所介護", "週2回の通所介護"), "週[-1-][+2+]回の通所介護");
	assert_string_equal(show(a, "", ""), "");
	assert_string_equal(show(a, "", "新しい"), "[+新しい+]");
	assert_string_equal(show(a, "消える", ""), "[-消える-]");
	assert_string_equal(show(a, "転倒を防ぐ。", "転倒を防ぐ。"), "転倒を防ぐ。");
	assert_string_equal(show(a, "庭を歩く", "庭を歩き、畑に行く"), "庭を歩[+き、畑に行+]く");
}

static void chunks_are_readable(void **state)
{
	struct arena *a = *state;
	size_t n;
	char **v = text_chunks(a, "訪問看護をＡ事業所で、週2回。", &n);
	static const char *const want[] = {"訪問看護", "を", "Ａ", "事業所", "で", "、", "週", "2", "回", "。"};
	assert_int_equal(n, sizeof want / sizeof want[0]);
	for (size_t i = 0; i < n; i++)
		assert_string_equal(v[i], want[i]);
}

/* Length of the longest common subsequence of chunks, the slow way. */
static size_t common(char **x, size_t n, char **y, size_t m)
{
	static size_t t[64][64];
	for (size_t i = 0; i <= n; i++)
		for (size_t j = 0; j <= m; j++)
			t[i][j] = !i || !j ? 0 : str_eq(x[i - 1], y[j - 1]) ? t[i - 1][j - 1] + 1 : t[i - 1][j] > t[i][j - 1] ? t[i - 1][j] : t[i][j - 1];
	return t[n][m];
}

static void the_shortest_way(void **state)
{
	struct arena *a = *state;
	static const char *const letters[] = {"歩", "く", "ア", "。", "3"};
	uint32_t seed = 12345;
	for (int round = 0; round < 3000; round++) {
		struct buf b[2] = {buf_new(a), buf_new(a)};
		struct arena_mark mark = arena_mark_get(a);
		for (int k = 0; k < 2; k++) {
			seed = seed * 1664525u + 1013904223u;
			for (uint32_t i = 0, n = (seed >> 16) % 14; i < n; i++) {
				seed = seed * 1664525u + 1013904223u;
				buf_str(&b[k], letters[(seed >> 16) % 5]);
			}
		}
		const char *x = b[0].n ? arena_str(a, b[0].p) : "", *y = b[1].n ? arena_str(a, b[1].p) : "";
		size_t nx, ny, n, same = 0;
		char **cx = text_chunks(a, x, &nx), **cy = text_chunks(a, y, &ny);
		struct diff_piece *v;
		text_diff(a, x, y, &v, &n);
		assert_string_equal(side(a, v, n, DIFF_IN), x);
		assert_string_equal(side(a, v, n, DIFF_OUT), y);
		for (size_t i = 0; i < n; i++)
			if (v[i].kind == DIFF_SAME) {
				size_t k;
				(void)text_chunks(a, v[i].text, &k);
				same += k;
			}
		/* chunks joined in a piece may read as fewer (く + く), never as more than the best way has */
		assert_true(same <= common(cx, nx, cy, ny));
		arena_rewind(a, mark);
	}
}

static void long_texts_end(void **state)
{
	struct arena *a = *state;
	struct buf x = buf_new(a), y = buf_new(a);
	for (int i = 0; i < 5000; i++) {
		buf_fmt(&x, "%d。", i * 7 % 1000);
		buf_fmt(&y, "%d。", i * 11 % 1000);
	}
	(void)show(a, x.p, y.p);
}

/* A day and a code are told as a whole; a sentence word by word. */
static void days_and_codes(void **state)
{
	struct arena *a = *state;
	struct plan_tree before = {.plan = {.from_on = civil_from(2026, 11, 20), .cert_status = "1", .overall_policy = "週1回の通所"}}, after = before;
	struct plan_diff_row *v;
	size_t n, seen = 0;
	after.plan.from_on = civil_from(2026, 12, 11);
	after.plan.cert_status = "2";
	after.plan.overall_policy = "週2回の通所";
	plan_diff(a, &before, &after, &v, &n);
	assert_int_equal(n, 1);
	for (size_t i = 0; i < v[0].n; i++) {
		const struct plan_diff_field *f = &v[0].fields[i];
		bool text = str_eq(f->column, "overall_policy");
		assert_int_equal(f->n, text ? 4 : 2);
		if (str_eq(f->column, "from_on")) {
			assert_string_equal(f->pieces[0].text, "令和8年11月20日");
			assert_string_equal(f->pieces[1].text, "令和8年12月11日");
		}
		seen += text || str_eq(f->column, "from_on") || str_eq(f->column, "cert_status");
	}
	assert_int_equal(seen, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {UNIT(words), UNIT(chunks_are_readable), UNIT(the_shortest_way), UNIT(long_texts_end), UNIT(days_and_codes)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
