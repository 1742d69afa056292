/* jp/kana and jp/fold. */
#include "unit.h"

#include "base/str.h"
#include "jp/fold.h"
#include "jp/kana.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct fold_table *table(struct arena *a)
{
	struct fold_table *t;
	const char *root = getenv("TSUNAGI_ROOT");
	int line;
	err e = fold_open(a, arena_fmt(a, "%s/share/jp/itaiji.tsv", root ? root : "."), &t, &line);
	if (e != OK)
		fail_msg("itaiji.tsv: %s line %d", err_name(e), line);
	return t;
}

static void kana_keys(void **state)
{
	static const char *const same[][8] = {
		{"ヤマダ", "ﾔﾏ ﾀﾞ", "やまだ", "やまた", "ヤマダ", "ﾔﾏﾀﾞ", "ヤマタ゛", "や　ま だ"},
		{"サトウ", "さとう", "ｻﾄｳ", "サ ト ウ", NULL},
		{"ショウコ", "しようこ", "シヨウコ", "ｼｮｳｺ", NULL},
		{"ローラ", "ろら", "ﾛｰﾗ", "ロラ", NULL},
		{"ヴィヴィアン", "ういういあん", NULL},
		{"パン", "ﾊﾟﾝ", "ばん", "ハン", NULL},
		{"ヱビス", "えびす", NULL}, {"いすゞ", "イスズ", "いすす", NULL}, {"ヲノ", "おの", NULL},
		{"ツヅキ", "つずき", NULL},
	};
	struct arena *a = *state;
	for (size_t i = 0; i + 1 < sizeof same / sizeof same[0]; i++)
		for (size_t k = 1; k < 8 && same[i][k]; k++)
			if (!str_eq(kana_fold(a, same[i][0]), kana_fold(a, same[i][k])))
				fail_msg("%s %s: %s %s", same[i][0], same[i][k], kana_fold(a, same[i][0]),
					kana_fold(a, same[i][k]));
	assert_string_equal(kana_fold(a, "やまだ　たろう"), "ヤマタタロウ");
	assert_string_not_equal(kana_fold(a, "やまだ"), kana_fold(a, "やまな"));
	assert_string_equal(kana_fold(a, ""), "");
}

static void kana_store(void **state)
{
	static const struct {
		const char *in, *out;
		bool reading;
	} t[] = {
		{"やまだ たろう", "ヤマダ　タロウ", true}, {" ﾔﾏﾀﾞ   ﾊﾅｺ ", "ヤマダ　ハナコ", true},
		{"ﾊﾟｳﾞｪﾙ", "パヴェル", true}, {"ﾛｰﾗ", "ローラ", true}, {"ロ-ラ", "ローラ", true},
		{"ジョン・スミス", "ジョン・スミス", true}, {"ｼﾞｮﾝ･ｽﾐｽ", "ジョン・スミス", true},
		{"がぎぐげごぱぴぷぺぽゔ", "ガギグゲゴパピプペポヴ", true}, {"か゛", "ガ", true},
		{"山田", "山田", false}, {"ヤマダ1", "ヤマダ1", false}, {"ーヤ", "ーヤ", false}, {"", "", false},
		{"アﾞ", "ア゛", false}, {"Yamada", "Yamada", false},
	};
	struct arena *a = *state;
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
		const char *k = kana_katakana(a, t[i].in);
		assert_string_equal(k, t[i].out);
		assert_int_equal(kana_is_reading(k), t[i].reading);
		assert_string_equal(kana_katakana(a, k), k);
	}
	assert_string_equal(kana_hiragana(a, "ﾔﾏﾀﾞ"), "やまだ");
}

static void romaji(void **state)
{
	static const struct {
		const char *in, *out; /* readings with | between */
	} t[] = {
		{"satou", "サトウ"}, {"sato", "サト"}, {"SATO", "サト"}, {"ｓａｔｏｕ", "サトウ"}, {"yamada", "ヤマダ"},
		{"shinya", "シンヤ|シニャ"}, {"sinya", "シンヤ|シニャ"}, {"shin'ya", "シンヤ"}, {"satō", "サトウ|サトオ"},
		{"satoh", "サトウ|サトオ"}, {"ohno", "オオノ|オウノ"}, {"ōno", "オオノ|オウノ"}, {"ono", "オノ"},
		{"oono", "オオノ"}, {"ohara", "オハラ"}, {"ohyama", "オヒャマ"}, {"kyouko", "キョウコ"}, {"tizu", "チズ"},
		{"chizu", "チズ"}, {"hujita", "フジタ"}, {"fujita", "フジタ"}, {"huzita", "フジタ"}, {"junichi", "ジュニチ"},
		{"jun'ichi", "ジュンイチ"}, {"zyun'iti", "ジュンイチ"}, {"hattori", "ハットリ"}, {"hotcha", "ホッチャ"},
		{"homma", "ホンマ"}, {"honma", "ホンマ"}, {"namba", "ナンバ"}, {"konno", "コンノ"}, {"kannon", "カンノン"},
		{"tsuda", "ツダ"}, {"tuda", "ツダ"}, {"suzuki", "スズキ"}, {"watanabe", "ワタナベ"}, {"nyuuta", "ニュウタ"},
		{"yamada taro", "ヤマダ　タロ"}, {"Yamada, Tarō", "ヤマダ　タロウ|ヤマダ　タロオ"}, {"jinn", "ジン"},
		{"山田", ""}, {"yamad", ""}, {"123", ""}, {"", ""}, {"x", ""}, {"q'", ""},
	};
	struct arena *a = *state;
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
		const char *out[KANA_READINGS], *all = "";
		size_t n = kana_romaji(a, t[i].in, out);
		for (size_t k = 0; k < n; k++)
			all = arena_fmt(a, "%s%s%s", all, k ? "|" : "", out[k]);
		if (!str_eq(all, t[i].out))
			fail_msg("%s: %s, not %s", t[i].in, all, t[i].out);
	}
}

static void rows(void **state)
{
	(void)state;
	static const struct {
		const char *text, *label;
	} t[] = {{"アベ", "あ"}, {"オノ", "あ"}, {"ヴァン", "あ"}, {"ガモウ", "か"}, {"ｶﾄｳ", "か"}, {"さとう", "さ"},
		{"ヅカ", "た"}, {"ナラ", "な"}, {"ポール", "は"}, {"マキ", "ま"}, {"ヨシダ", "や"}, {"ロク", "ら"},
		{"ワダ", "わ"}, {"ンド", "わ"}, {"　ヤマダ", "や"}, {"山田", ""}, {"", ""}, {"A", ""}};
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++)
		assert_string_equal(kana_row_label(kana_row(t[i].text)), t[i].label);
	for (int row = 0; row < 10; row++)
		for (const char *p = kana_row_letters(row); *p;) {
			const char *at = p;
			uint32_t c = str_next(&p);
			assert_int_equal(kana_row(at), row);
			assert_int_equal(kana_base(c), c);
		}
}

static void names(void **state)
{
	static const char *const same[][8] = {
		{"渡辺", "渡邊", "渡邉", "渡\xE9\x82\x89\xF3\xA0\x84\x81", "渡 辺", "渡　邊"},
		{"高橋", "髙橋", "髙𣘺", "高槗"}, {"山崎", "山﨑", "山嵜", "山碕"}, {"斎藤", "齋藤", "齊藤", "斉藤"},
		{"沢田", "澤田"}, {"広田", "廣田"}, {"浜田", "濱田", "濵田"}, {"島田", "嶋田", "嶌田"}, {"桜井", "櫻井"},
		{"真田", "眞田"}, {"国井", "國井"}, {"徳田", "德田"}, {"恵子", "惠子"}, {"瀬川", "瀨川"}, {"吉田", "𠮷田"},
		{"佐々木", "佐佐木"}, {"神田", "\xEF\xA8\x99田"}, {"富田", "冨田"}, {"桑原", "桒原"}, {"龍ケ崎", "竜ヶ崎", "竜ｹ崎"},
		{"塚本", "\xEF\xA8\x90本"}, {"Smith", "ＳＭＩＴＨ", "smith", "S.mith"}, {"José", "jose", "JOSE"},
		{"マリア・ロペス", "まりあ　ろへす"}, {"滝", "瀧"}, {"静", "靜"}, {"亀井", "龜井"}, {"館", "舘"},
	};
	struct arena *a = *state;
	struct fold_table *t = table(a);
	assert_true(fold_count(t) >= 400);
	for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
		for (size_t k = 1; k < 8 && same[i][k]; k++) {
			const char *x = fold_name(t, a, same[i][0]), *y = fold_name(t, a, same[i][k]);
			if (!str_eq(x, y))
				fail_msg("%s %s: %s %s", same[i][0], same[i][k], x, y);
			assert_string_equal(fold_name(t, a, x), x);
		}
	assert_string_not_equal(fold_name(t, a, "山田"), fold_name(t, a, "山本"));
	assert_string_equal(fold_name(NULL, a, "渡邊"), "渡邊");
	/* a long text goes past the small buffer */
	struct {
		char s[3001];
	} *big = arena_alloc(a, sizeof *big);
	for (int i = 0; i < 1000; i++)
		memcpy(big->s + 3 * i, "髙", 3);
	const char *key = fold_name(t, a, big->s);
	assert_int_equal(str_count(key), 1000);
	assert_memory_equal(key + 2997, "高", 3);
	char small[8];
	assert_int_equal(fold_name_into(t, "髙髙髙", small, sizeof small), 9);
	assert_string_equal(small, "高高");
}

static void table_faults(void **state)
{
	struct arena *a = *state;
	struct fold_table *t;
	int line = 0;
	static const struct {
		const char *tsv;
		err e;
		int line;
	} v[] = {{"# x\n髙\t高\n", OK, 2}, {"髙\t高\r\n\r\n", OK, 2}, {"髙高\n", ERR_INPUT, 1}, {"髙\t高\n髙\t鷹\n", ERR_INPUT, 2},
		{"髙\t高\n高\t髙\n", ERR_INPUT, 2}, {"髙\t髙\n", ERR_INPUT, 1}, {"a\tb\n", ERR_INPUT, 1},
		{"\xE9\xAB\t高\n", ERR_INPUT, 1}, {"", OK, 0}};
	for (size_t i = 0; i < sizeof v / sizeof v[0]; i++) {
		line = 0;
		assert_int_equal(fold_read(a, v[i].tsv, strlen(v[i].tsv), &t, &line), v[i].e);
		assert_int_equal(line, v[i].line);
	}
	const char *chain = "邉\t邊\n邊\t辺\n";
	assert_int_equal(fold_read(a, chain, strlen(chain), &t, NULL), OK);
	assert_string_equal(fold_name(t, a, "渡邉"), "渡辺");
	assert_int_equal(fold_open(a, "/nonexistent/itaiji.tsv", &t, &line), ERR_IO);
}

static void orgs(void **state)
{
	static const char *const same[][8] = {
		{"いきいき100歳体操", "いきいき百歳体操", "いきいき1００歳体操", "いきいき一〇〇歳体操", "イキイキ百歳體操",
			"いきいき 100歳 体操"},
		{"第1圏域", "第一圏域", "第①圏域", "第Ⅰ圏域", "第１圈域"}, {"ステージⅢ", "ステージ3", "ステージIII", "ステージ三"},
		{"株式会社つなぎケア", "㈱つなぎケア", "（株）つなぎケア", "(株) ツナギケア", "つなぎケア株式会社", "つなぎケア"},
		{"社会福祉法人みどり会", "(福)みどり会", "みどり會"}, {"24時間訪問", "二十四時間訪問", "２４時間訪問"},
		{"デイサービスセンター", "ﾃﾞｲｻｰﾋﾞｽｾﾝﾀｰ", "デイサービスセンタ"}, {"3丁目1-2", "三丁目一－二", "３丁目１－２"},
	};
	struct arena *a = *state;
	struct fold_table *t = table(a);
	for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
		for (size_t k = 1; k < 8 && same[i][k]; k++) {
			const char *x = fold_org(t, a, same[i][0]), *y = fold_org(t, a, same[i][k]);
			if (!str_eq(x, y))
				fail_msg("%s %s: %s %s", same[i][0], same[i][k], x, y);
			assert_string_equal(fold_org(t, a, x), x);
		}
	assert_string_equal(fold_org(t, a, "いきいき100歳体操"), "イキイキ百歳体操");
	assert_string_equal(fold_org(t, a, "12345"), "一万二千三百四十五");
	assert_string_equal(fold_org(t, a, "110番"), "百十番");
	assert_string_equal(fold_org(t, a, "007"), "〇〇七");
	assert_string_equal(fold_org(t, a, "八千代台"), "八千代台");
	assert_string_equal(fold_org(t, a, "株式会社"), "株式会社");
	assert_string_not_equal(fold_org(t, a, "1-2"), fold_org(t, a, "12"));
	assert_string_not_equal(fold_org(t, a, "第1圏域"), fold_org(t, a, "第2圏域"));
	assert_string_equal(fold_org(t, a, "㈱"), "株");
	assert_string_equal(fold_org(t, a, ""), "");
}

static void bigrams(void **state)
{
	struct arena *a = *state;
	int64_t *g;
	assert_int_equal(fold_bigrams(a, "ヤマタ", &g), 2);
	assert_true(g[0] == ((int64_t)0x30E4 << 24 | 0x30DE) && g[1] == ((int64_t)0x30DE << 24 | 0x30BF));
	assert_int_equal(fold_bigrams(a, "林", &g), 1);
	assert_true(g[0] == (int64_t)0x6797 << 24);
	assert_int_equal(fold_bigrams(a, "ナナナナ", &g), 1);
	assert_int_equal(fold_bigrams(a, "𠮷𠮷田", &g), 2);
	assert_int_equal(fold_bigrams(a, "", &g), 0);
}

/* Folding a key changes nothing, whatever Unicode brings. */
static void idempotent(void **state)
{
	struct arena *a = *state;
	struct fold_table *t = table(a);
	for (uint32_t c = 1; c < 0x110000; c++) {
		if (c >= 0xD800 && c < 0xE000)
			continue;
		if (c >= 0x30000 && c < 0xE0000)
			c = 0xE0000;
		struct arena_mark m = arena_mark_get(a);
		char s[16], *p = s;
		*p++ = 'a';
		if (c < 0x80)
			*p++ = (char)c;
		else if (c < 0x800)
			*p++ = (char)(0xC0 | c >> 6), *p++ = (char)(0x80 | (c & 63));
		else if (c < 0x10000)
			*p++ = (char)(0xE0 | c >> 12), *p++ = (char)(0x80 | (c >> 6 & 63)), *p++ = (char)(0x80 | (c & 63));
		else
			*p++ = (char)(0xF0 | c >> 18), *p++ = (char)(0x80 | (c >> 12 & 63)),
			*p++ = (char)(0x80 | (c >> 6 & 63)), *p++ = (char)(0x80 | (c & 63));
		*p = '\0';
		const char *once = fold_name(t, a, s), *org = fold_org(t, a, s);
		if (!str_eq(fold_name(t, a, once), once))
			fail_msg("U+%04X: %s %s", c, once, fold_name(t, a, once));
		if (!str_eq(fold_org(t, a, org), org))
			fail_msg("org U+%04X: %s %s", c, org, fold_org(t, a, org));
		arena_rewind(a, m);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(kana_keys), UNIT(kana_store), UNIT(romaji), UNIT(rows), UNIT(names), UNIT(table_faults), UNIT(orgs),
		UNIT(bigrams), UNIT(idempotent),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
