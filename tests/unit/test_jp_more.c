/* jp/numbers (examples of the reference, forms-careplan §7.4–7.6), jp/cp932, jp/postal. */
#include "unit.h"

#include "base/str.h"
#include "jp/cp932.h"
#include "jp/fold.h"
#include "jp/numbers.h"
#include "jp/postal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void insurer(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum number_check r;
	} t[] = {{"131011", NUMBER_OK}, {"271007", NUMBER_OK}, {"141002", NUMBER_OK}, {"011007", NUMBER_OK},
		{"123456", NUMBER_DIGIT}, {"131012", NUMBER_DIGIT}, {"13101", NUMBER_FORM}, {"1310111", NUMBER_FORM},
		{"13101A", NUMBER_FORM}, {"", NUMBER_FORM}};
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++)
		if (number_check_insurer(t[i].text) != t[i].r)
			fail_msg("%s", t[i].text);
	assert_int_equal(number_digit_insurer("13101"), 1);
	assert_int_equal(number_digit_insurer("1310"), -1);
	assert_null(number_sentence_insurer(NUMBER_OK));
	assert_non_null(strstr(number_sentence_insurer(NUMBER_DIGIT), "保存もできます"));
}

static void insured(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum number_check r;
	} t[] = {{"1234567890", NUMBER_OK}, {"0000000001", NUMBER_OK}, {"H123456789", NUMBER_OK},
		{"123456789", NUMBER_FORM}, {"12345678901", NUMBER_FORM}, {"h123456789", NUMBER_FORM},
		{"H12345678", NUMBER_FORM}, {"HH23456789", NUMBER_FORM}, {"A123456789", NUMBER_FORM}};
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++)
		if (number_check_insured(t[i].text) != t[i].r)
			fail_msg("%s", t[i].text);
}

static void office(void **state)
{
	struct arena *a = *state;
	static const struct {
		const char *nine;
		int digit;
	} t[] = {{"137010001", 6}, {"130010001", 1}, {"139010001", 2}, {"477010001", 6}, {"13A010001", 9},
		{"13Z010001", 1}};
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
		assert_int_equal(number_digit_office(t[i].nine), t[i].digit);
		assert_int_equal(number_check_office(arena_fmt(a, "%s%d", t[i].nine, t[i].digit)), NUMBER_OK);
		assert_int_equal(number_check_office(arena_fmt(a, "%s%d", t[i].nine, (t[i].digit + 1) % 10)),
			NUMBER_DIGIT);
	}
	static const char *const samples[] = {"0300000100", "9070000060", "90A0100040"}; /* official, fail the digit */
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(number_check_office(samples[i]), NUMBER_DIGIT);
	static const char *const wrong[] = {"13I0100019", "13O0100019", "13Q0100019", "1A30100019", "137010001",
		"13701000166", "13a0100019", "137010001A", ""};
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		assert_int_equal(number_check_office(wrong[i]), NUMBER_FORM);
	assert_string_equal(number_even(a, " １３ａ－０１００ ０１９ "), "13A0100019");
	assert_string_equal(number_even(a, "ｈ１２３４５６７８９"), "H123456789");
}

static void phone(void **state)
{
	struct arena *a = *state;
	static const struct {
		const char *in, *out;
		bool ok;
	} t[] = {
		{"０９０－１２３４－５６７８", "090-1234-5678", true}, {"09012345678", "090-1234-5678", true},
		{"090 1234 5678", "090-1234-5678", true}, {"(075)222-3111", "075-222-3111", true},
		{"075（222）3111", "075-222-3111", true}, {"0752223111", "0752223111", true}, {"0312345678", "03-1234-5678", true},
		{"0120123456", "0120-123-456", true}, {"08001234567", "0800-123-4567", true},
		{"+81-90-1234-5678", "090-1234-5678", true}, {"+819012345678", "090-1234-5678", true},
		{"+81 (0)75 222 3111", "075-222-3111", true}, {"075ー222ー3111", "075-222-3111", true},
		{" 12345 ", "12345", false}, {"なし", "なし", false}, {"1234567890", "1234567890", false}, {"", "", false},
		{"+1 202 555 0100", "+1 202 555 0100", false}, {"075-222-3111 内線12", "075-222-3111 内線12", false},
		{"00000000000000000000000000000000000000", "00000000000000000000000000000000000000", false},
	};
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
		const char *out;
		bool ok = number_phone(a, t[i].in, &out);
		if (ok != t[i].ok || !str_eq(out, t[i].out))
			fail_msg("%s: %s %d", t[i].in, out, ok);
	}
	assert_string_equal(number_phone_key(a, "＋８１ ９０ １２３４ ５６７８"), "09012345678");
	assert_string_equal(number_phone_key(a, "075-222-3111 内線12"), "075222311112");
}

static void cp932_both_ways(void **state)
{
	struct arena *a = *state;
	struct cp932_report r;
	char *out, *back;
	size_t n;
	const char *text = "髙﨑　①Ⅲ㈱ ～ ｶﾅ\\~ 鴎神羽";
	assert_int_equal(cp932_encode(a, text, NULL, &out, &n, &r), OK);
	assert_int_equal(cp932_decode(a, out, n, &back, &r), OK);
	assert_string_equal(back, text);
	assert_int_equal(cp932_encode(a, "あ", NULL, &out, &n, &r), OK);
	assert_int_equal(n, 2);
	assert_memory_equal(out, "\x82\xA0", 2);
	/* the same signs from another machine */
	assert_int_equal(cp932_encode(a, "〜−‖—¥", NULL, &out, &n, &r), OK);
	assert_int_equal(n, 10);
	assert_memory_equal(out, "\x81\x60\x81\x7C\x81\x61\x81\x5C\x81\x8F", 10);
	assert_int_equal(cp932_encode(a, "", NULL, &out, &n, &r), OK);
	assert_int_equal(n, 0);
	/* every double-byte code that decodes goes back to a code that means the same */
	for (unsigned hi = 0x81; hi <= 0xFC; hi++)
		for (unsigned lo = 0x40; lo <= 0xFC; lo++) {
			struct arena_mark m = arena_mark_get(a);
			char in[2] = {(char)hi, (char)lo}, *again;
			if ((hi < 0xA0 || hi > 0xDF) && (hi < 0xF0 || hi >= 0xFA) && cp932_decode(a, in, 2, &back, &r) == OK) {
				if (cp932_encode(a, back, NULL, &out, &n, &r) != OK || cp932_decode(a, out, n, &again, &r) != OK ||
				    !str_eq(back, again))
					fail_msg("%02X%02X %s", hi, lo, back);
			}
			arena_rewind(a, m);
		}
}

static void cp932_report_all(void **state)
{
	struct arena *a = *state;
	struct cp932_report r;
	char *out;
	size_t n;
	struct fold_table *t;
	int line;
	const char *root = getenv("TSUNAGI_ROOT");
	assert_int_equal(fold_open(a, arena_fmt(a, "%s/share/jp/itaiji.tsv", root ? root : "."), &t, &line), OK);
	assert_int_equal(cp932_encode(a, "𠮷田と葛\xF3\xA0\x84\x81城😀", t, &out, &n, &r), ERR_CP932);
	assert_int_equal(r.n, 3);
	assert_int_equal(r.bad[0].at, 1);
	assert_string_equal(r.bad[0].text, "𠮷");
	assert_string_equal(r.bad[0].offer, "吉");
	assert_int_equal(r.bad[1].at, 5);
	assert_null(r.bad[1].offer);
	assert_int_equal(r.bad[2].at, 7);
	assert_string_equal(r.bad[2].text, "😀");
	char *back;
	struct cp932_report r2;
	assert_int_equal(cp932_decode(a, out, n, &back, &r2), OK);
	assert_string_equal(back, "〓田と葛〓城〓"); /* offered, never put in */
	assert_non_null(strstr(cp932_sentence(a, &r), "「𠮷」（1文字目。代わりの文字の例：「吉」）"));
	assert_int_equal(cp932_encode(a, "\xEE\x80\x80", NULL, &out, &n, &r), ERR_CP932); /* private use */
	assert_int_equal(cp932_decode(a, "a\x81,b\x00\xFF\n\x82", 8, &back, &r), ERR_CP932);
	assert_string_equal(back, "a\xEF\xBF\xBD,b\xEF\xBF\xBD\xEF\xBF\xBD\n\xEF\xBF\xBD");
	assert_int_equal(r.n, 4);
	assert_int_equal(r.bad[0].at, 2);
	assert_string_equal(r.bad[0].text, "81");
}

static void postal_codes(void **state)
{
	struct arena *a = *state;
	static const struct {
		const char *in, *out;
	} t[] = {{"6048571", "6048571"}, {"604-8571", "6048571"}, {"〒604-8571", "6048571"}, {"６０４－８５７１", "6048571"},
		{"604ー8571", "6048571"}, {"604 8571", "6048571"}, {"604857", NULL}, {"60485711", NULL}, {"604-857a", NULL},
		{"", NULL}};
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
		char out[8];
		bool ok = postal_even(t[i].in, out);
		assert_int_equal(ok, t[i].out != NULL);
		if (ok)
			assert_string_equal(out, t[i].out);
	}
	assert_string_equal(postal_text(a, "6048571"), "604-8571");
	assert_string_equal(postal_text(a, "604"), "604");
}

struct seen {
	struct arena *a;
	char text[8192];
};

static err see(void *arg, const struct postal_row *r)
{
	struct seen *s = arg;
	size_t n = strlen(s->text);
	snprintf(s->text + n, sizeof s->text - n, "%s|%s|%s|%s|%s|%s|%s|%s|%s\n", r->code, r->municipality, r->prefecture,
		r->city, r->town, r->prefecture_kana, r->city_kana, r->town_kana, r->note);
	return OK;
}

static err stop(void *arg, const struct postal_row *r)
{
	(void)arg;
	(void)r;
	return ERR_CANCELLED;
}

static const char rows_text[] =
	"25443,\"52203\",\"5220317\",\"ｼｶﾞｹﾝ\",\"ｲﾇｶﾐｸﾞﾝﾀｶﾞﾁｮｳ\",\"ｲﾁｴﾝ\",\"滋賀県\",\"犬上郡多賀町\",\"一円\",0,0,0,0,0,0\r\n"
	"26104,\"604  \",\"6040000\",\"ｷｮｳﾄﾌ\",\"ｷｮｳﾄｼﾅｶｷﾞｮｳｸ\",\"ｲｶﾆｹｲｻｲｶﾞﾅｲﾊﾞｱｲ\",\"京都府\",\"京都市中京区\",\"以下に掲載がない場合\",0,0,0,0,0,0\r\n"
	"broken line\r\n"
	"01101,\"060  \",\"0600042\",\"ﾎｯｶｲﾄﾞｳ\",\"ｻｯﾎﾟﾛｼﾁｭｳｵｳｸ\",\"ｵｵﾄﾞｵﾘﾆｼ(1-\",\"北海道\",\"札幌市中央区\",\"大通西（１～\",1,0,1,0,0,0\r\n"
	"01101,\"060  \",\"0600042\",\"ﾎｯｶｲﾄﾞｳ\",\"ｻｯﾎﾟﾛｼﾁｭｳｵｳｸ\",\"19ﾁｮｳﾒ)\",\"北海道\",\"札幌市中央区\",\"１９丁目）\",1,0,1,0,0,0\r\n"
	"01101,\"060  \",\"06000\",\"ﾎｯｶｲﾄﾞｳ\",\"x\",\"x\",\"北海道\",\"札幌市\",\"x\",1,0,1,0,0,0";

static const char rows_seen[] =
	"5220317|25443|滋賀県|犬上郡多賀町|一円|シガケン|イヌカミグンタガチョウ|イチエン|\n"
	"6040000|26104|京都府|京都市中京区||キョウトフ|キョウトシナカギョウク||\n"
	"0600042|01101|北海道|札幌市中央区|大通西|ホッカイドウ|サッポロシチュウオウク|オオドオリニシ|１～１９丁目\n";

static void postal_rows(void **state)
{
	struct arena *a = *state;
	struct postal_report r;
	struct seen s = {.a = a};
	assert_int_equal(postal_read(a, rows_text, sizeof rows_text - 1, see, &s, &r), OK);
	assert_string_equal(s.text, rows_seen);
	assert_true(r.n_rows == 3 && r.n_bad == 2 && r.first_bad_line == 3);
	char *sjis;
	size_t n;
	struct cp932_report bad;
	assert_int_equal(cp932_encode(a, rows_text, NULL, &sjis, &n, &bad), OK);
	s.text[0] = '\0';
	assert_int_equal(postal_read(a, sjis, n, see, &s, &r), OK);
	assert_string_equal(s.text, rows_seen);
	assert_int_equal(postal_read(a, rows_text, sizeof rows_text - 1, stop, NULL, &r), ERR_CANCELLED);
	assert_int_equal(postal_read(a, "", 0, stop, NULL, &r), OK);
}

static void postal_demo(void **state)
{
	struct arena *a = *state;
	const char *root = getenv("TSUNAGI_ROOT");
	FILE *f = fopen(arena_fmt(a, "%s/share/jp/postal-demo.csv", root ? root : "."), "rb");
	assert_non_null(f);
	char text[8192];
	size_t n = fread(text, 1, sizeof text, f);
	fclose(f);
	struct postal_report r;
	struct seen s = {.a = a};
	assert_int_equal(postal_read(a, text, n, see, &s, &r), OK);
	assert_true(r.n_rows == 14 && r.n_bad == 0);
	assert_non_null(strstr(s.text, "6048571|26104|京都府|京都市中京区|上本能寺前町|キョウトフ|キョウトシナカギョウク|カミホンノウジマエチョウ|\n"));
	assert_non_null(strstr(s.text, "0000005|99201|つなぎ県|つなぎ市|大橋|"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(insurer), UNIT(insured), UNIT(office), UNIT(phone), UNIT(cp932_both_ways), UNIT(cp932_report_all),
		UNIT(postal_codes), UNIT(postal_rows), UNIT(postal_demo),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
