/* codec/csv and codec/qr. */
#include "unit.h"

#include "base/str.h"
#include "codec/csv.h"
#include "codec/qr.h"

#include <stdio.h>
#include <string.h>

/* Rows as text: cells with |, rows with newline; a bad row as !line. */
static const char *show(struct arena *a, const char *bytes, size_t n, char sep, enum csv_charset cs)
{
	struct csv r = csv_open(bytes, n, sep, cs);
	struct csv_row row;
	struct buf b = buf_new(a);
	while (csv_next(&r, a, &row)) {
		if (row.bad != OK) {
			assert_non_null(row.why);
			buf_fmt(&b, "!%d\n", row.line);
			continue;
		}
		buf_fmt(&b, "%d:", row.line);
		for (size_t i = 0; i < row.n; i++)
			buf_fmt(&b, "%s%s", i ? "|" : "", row.cells[i]);
		buf_char(&b, '\n');
	}
	return b.n ? b.p : "";
}

static void reading(void **state)
{
	static const struct {
		const char *in, *out;
	} t[] = {
		{"a,b\r\nc,d\r\n", "1:a|b\n2:c|d\n"}, {"a,b\nc,d", "1:a|b\n2:c|d\n"}, {"a,b\rc,d\r", "1:a|b\n2:c|d\n"},
		{"\xEF\xBB\xBF山田,ヤマダ\r\n", "1:山田|ヤマダ\n"}, {"\"a,\"\"b\"\"\",c\r\n", "1:a,\"b\"|c\n"},
		{"\"a\r\nb\",c\r\nd,e\r\n", "1:a\r\nb|c\n3:d|e\n"}, {"a,,\r\n", "1:a||\n"}, {"\"\",\"\"\n", "1:|\n"},
		{"\r\n\r\na\r\n", "3:a\n"}, {"0012,001\r\n", "1:0012|001\n"}, {"a\"b,c\r\n", "1:a\"b|c\n"}, {"", ""},
		{"a\x1A", "1:a\x1A\n"}, {"a\r\n\x1A", "1:a\n"},
		/* one bad row never blocks the good ones */
		{"a,b\r\n\"c,d\r\ne,f\r\n", "1:a|b\n!2\n3:e|f\n"}, {"a\r\n\"b\"x,c\r\nd\r\n", "1:a\n!2\n3:d\n"},
		{"\"a,1\r\n\"b\",2\r\nc,3\r\n", "!1\n2:b|2\n3:c|3\n"},
		{"山,a\r\n\xE5\xB1,b\r\n川,c\r\n", "1:山|a\n!2\n3:川|c\n"},
	};
	struct arena *a = *state;
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
		const char *out = show(a, t[i].in, strlen(t[i].in), ',', CSV_AUTO);
		if (!str_eq(out, t[i].out))
			fail_msg("%zu: %s", i, out);
	}
	assert_string_equal(show(a, "a\tb,c\n", 6, '\t', CSV_AUTO), "1:a|b,c\n");
	assert_string_equal(show(a, "a\0b,c\nd\n", 8, ',', CSV_AUTO), "!1\n2:d\n");
}

static void charsets(void **state)
{
	struct arena *a = *state;
	const char *text = "番号,氏名,メモ\r\n1,髙橋　ソ表,\"能、\r\n申\"\r\n", *want = "1:番号|氏名|メモ\n2:1|髙橋　ソ表|能、\r\n申\n";
	char *sjis;
	size_t n;
	struct cp932_report r;
	assert_int_equal(cp932_encode(a, text, NULL, &sjis, &n, &r), OK);
	assert_string_equal(show(a, text, strlen(text), ',', CSV_AUTO), want);
	assert_string_equal(show(a, sjis, n, ',', CSV_AUTO), want); /* ソ表能申 end in 5C: no escape there */
	/* plain ASCII first, decided at the first other row */
	char *mixed = arena_alloc(a, n + 10);
	memcpy(mixed, "id,name\n", 8);
	memcpy(mixed + 8, sjis, n);
	assert_string_equal(show(a, mixed, n + 8, ',', CSV_AUTO), "1:id|name\n2:番号|氏名|メモ\n3:1|髙橋　ソ表|能、\r\n申\n");
	const char *half = "\xD4\xCF\xC0\xDE \xC3\xA8,1\n"; /* ﾔﾏﾀﾞ ﾃｨ */
	assert_string_equal(show(a, half, strlen(half), ',', CSV_AUTO), "1:ﾔﾏﾀﾞ ﾃｨ|1\n");
	/* a bad CP932 row among good ones */
	const char *bad = "\x8E\x52,1\r\n\x81\xFF,2\r\n\x90\xEC,3\r\n";
	assert_string_equal(show(a, bad, strlen(bad), ',', CSV_CP932), "1:山|1\n!2\n3:川|3\n");
	struct csv c = csv_open("氏名,x\n\"a", 11, ',', CSV_AUTO);
	struct csv_row row;
	assert_true(csv_next(&c, a, &row));
	assert_int_equal(csv_column(&row, "氏名"), 0);
	assert_int_equal(csv_column(&row, "住所"), -1);
	assert_string_equal(csv_cell(&row, 1), "x");
	assert_string_equal(csv_cell(&row, 7), "");
	assert_true(csv_next(&c, a, &row));
	assert_string_equal(row.why, "2行目：引用符（\"）が閉じていません。この行だけ読み飛ばしました。");
	assert_false(csv_next(&c, a, &row));
}

static void limits(void **state)
{
	struct arena *a = *state;
	char *wide = arena_alloc(a, 2 * CSV_CELLS_MAX + 16);
	for (int i = 0; i < CSV_CELLS_MAX; i++)
		wide[i] = ',';
	strcpy(wide + CSV_CELLS_MAX, "\nok\n");
	assert_string_equal(show(a, wide, strlen(wide), ',', CSV_AUTO), "!1\n2:ok\n");
	size_t n = CSV_ROW_BYTES_MAX + 100;
	char *big = arena_alloc(a, n + 8);
	memset(big, 'x', n);
	strcpy(big + n, "\nok\n");
	assert_string_equal(show(a, big, strlen(big), ',', CSV_AUTO), "!1\n2:ok\n");
}

static void writing(void **state)
{
	struct arena *a = *state;
	struct csv_writer w = csv_writer_new(a, CSV_BOM | CSV_EXCEL);
	static const char *const cells[] = {"=1+1", "+81", "-x", "@A", "\tT", "＝1", "0012", "a\"b", "a,b", "a\r\nb", " a", NULL, "山田"};
	for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++)
		csv_put(&w, cells[i]);
	csv_put_int(&w, -5);
	csv_put_int(&w, INT64_MIN);
	csv_end(&w);
	const char *out;
	size_t n;
	assert_int_equal(csv_finish(&w, NULL, &out, &n, NULL), OK);
	assert_string_equal(out, "\xEF\xBB\xBF'=1+1,'+81,'-x,'@A,\"'\tT\",'＝1,0012,\"a\"\"b\",\"a,b\",\"a\r\nb\",\" a\",,山田,-5,\r\n");
	w = csv_writer_new(a, 0);
	csv_put(&w, "=1+1");
	csv_put(&w, "-x");
	assert_int_equal(csv_finish(&w, NULL, &out, &n, NULL), OK);
	assert_string_equal(out, "=1+1,-x\r\n");
	assert_int_equal(n, 9);
	w = csv_writer_new(a, CSV_TO_CP932 | CSV_BOM);
	csv_put(&w, "𠮷あ");
	struct cp932_report r;
	assert_int_equal(csv_finish(&w, NULL, &out, &n, &r), ERR_CP932);
	assert_int_equal(r.n, 1);
	assert_string_equal(r.bad[0].text, "𠮷");
	assert_memory_equal(out, "\x81\xAC\x82\xA0\r\n", 6);
}

/* What is written is read back, whatever stands in the cells. */
static void round_trip(void **state)
{
	struct arena *a = *state;
	static const char *const bits[] = {"\"", ",", "\r\n", "\n", "\r", "a", "山", " ", "'", "=", "", "ソ", "\t", "0"};
	uint32_t x = 12345;
	for (int turn = 0; turn < 3000; turn++) {
		struct arena_mark m = arena_mark_get(a);
		const char *cells[4];
		unsigned options = turn % 3 == 0 ? CSV_QUOTE_ALL : turn % 3 == 1 ? CSV_TAB | CSV_BOM : CSV_TO_CP932;
		struct csv_writer w = csv_writer_new(a, options);
		for (int i = 0; i < 4; i++) {
			struct buf b = buf_new(a);
			for (int k = 0; k < 5; k++) {
				x = x * 1664525 + 1013904223;
				buf_str(&b, bits[(x >> 16) % (sizeof bits / sizeof bits[0])]);
			}
			cells[i] = i == 0 ? arena_fmt(a, "k%s", b.n ? b.p : "") : b.n ? b.p : "";
			csv_put(&w, cells[i]);
		}
		const char *out;
		size_t n;
		assert_int_equal(csv_finish(&w, NULL, &out, &n, NULL), OK);
		struct csv r = csv_open(out, n, options & CSV_TAB ? '\t' : ',', CSV_AUTO);
		struct csv_row row;
		assert_true(csv_next(&r, a, &row));
		assert_int_equal(row.bad, OK);
		assert_int_equal(row.n, 4);
		for (int i = 0; i < 4; i++)
			assert_string_equal(row.cells[i], cells[i]);
		assert_false(csv_next(&r, a, &row));
		arena_rewind(a, m);
	}
}

static void qr(void **state)
{
	struct arena *a = *state;
	struct buf b = buf_new(a);
	assert_int_equal(qr_svg(&b, "otpauth://totp/tsunagi:demo?secret=ABC", "確認<コード>", 240), OK);
	assert_true(str_starts(b.p, "<svg ") && str_ends(b.p, "</svg>"));
	assert_non_null(strstr(b.p, "aria-label=\"確認&lt;コード&gt;\""));
	assert_non_null(strstr(b.p, "M4 4h7v1h-7z")); /* the corner mark, inside the quiet zone */
	assert_null(strstr(b.p, "ABC"));
	struct buf other = buf_new(a);
	assert_int_equal(qr_svg(&other, "otpauth://totp/tsunagi:demo?secret=ABD", "確認<コード>", 240), OK);
	assert_string_not_equal(b.p, other.p);
	assert_int_equal(qr_svg(&b, "", "x", 10), ERR_REQUIRED);
	char *big = arena_alloc(a, 5001);
	memset(big, 'a', 5000);
	assert_int_equal(qr_svg(&b, big, "x", 10), ERR_TOO_LONG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(reading), UNIT(charsets), UNIT(limits), UNIT(writing), UNIT(round_trip), UNIT(qr),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
