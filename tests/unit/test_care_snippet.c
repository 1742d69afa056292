/* 定型文: whose they are, the words that call them, the places that are filled, names that are refused, CSV there and back. */
#include "care_world.h"

#include "care/illness.h"
#include "care/snippet.h"
#include "care/snippet_fill.h"
#include "care/snippet_table.h"

static void officer(struct world *w) { be(w, 41, 4, ROLE_INSURER); }
static void city_rights(struct world *w) { be(w, 42, 4, ROLE_INSURER_RIGHTS); }
static void manager(struct world *w) { be(w, 51, 3, ROLE_CM_MANAGER); }

static void key(struct world *w, int person, const char *text)
{
	world_sql(w, "INSERT INTO person_key (person_id, kind, key, cluster_id) VALUES (%d, 1, '%s', %d)", person, text, person);
}

static int open_world(void **state)
{
	if (care_open(state) != 0)
		return -1;
	struct world *w = *state;
	world_sql(w, "INSERT INTO org (id, pid, version, kind, name, created_ms, created_by, updated_ms, updated_by) VALUES (4, 'org%023d', 1, 'insurer', 'つなぎ市', 0, 0, 0, 0)", 4);
	world_sql(w, "UPDATE org SET insurer_org_id = 4 WHERE id IN (1, 3)");
	care_account(w, 41, 4, ROLE_INSURER);
	care_account(w, 42, 4, ROLE_INSURER_RIGHTS);
	care_account(w, 51, 3, ROLE_CM_MANAGER);
	world_sql(w, "UPDATE person SET name = '秘密 太郎' WHERE id = 3");
	key(w, 1, "見本花子");
	key(w, 1, "ミホンハナコ");
	key(w, 3, "秘密太郎");
	return 0;
}
#define SNIPPET(f) cmocka_unit_test_setup_teardown(f, open_world, world_close)

static struct t_snippet text_of(const char *level, const char *word, const char *title, const char *body)
{
	struct t_snippet r;
	snippet_init(&r);
	r.level = level;
	r.word = word;
	r.title = title;
	r.body = body;
	return r;
}

static err save(struct world *w, const char *level, const char *word, const char *title, const char *body, struct t_snippet *out)
{
	struct t_snippet r = text_of(level, word, title, body);
	fault_clear(&w->c);
	err e = snippet_save(&w->c, &r, NULL);
	if (out)
		*out = r;
	return e;
}

static size_t usable(struct world *w)
{
	struct snippet *v;
	size_t n;
	ok(snippet_list(&w->c, &(struct snippet_filter){.text = NULL}, &v, &n));
	return n;
}

static void test_whose_they_are(void **state)
{
	struct world *w = *state;
	struct t_snippet own, office, town;
	struct snippet s;
	ok(save(w, "own", "あん", "自分の", "本文", &own));
	assert_true(own.account_id == 11 && own.org_id == INT_NULL && own.version == 1);
	is_err(save(w, "office", "あん", "みんなの", "本文", NULL), ERR_NOT_CHOICE);
	assert_non_null(strstr(fault_text(&w->c, "level"), "自分だけ"));
	is_err(save(w, "town", "あん", "市の", "本文", NULL), ERR_NOT_CHOICE);
	head(w);
	ok(save(w, "office", "あん", "みんなの", "本文", &office));
	is_err(save(w, "town", "あん", "市の", "本文", NULL), ERR_NOT_CHOICE);
	officer(w);
	ok(save(w, "town", "あん", "市の", "本文", &town));
	nurse(w);
	assert_int_equal(usable(w), 3);
	nurse2(w); /* of the same office: not the colleague's own */
	assert_int_equal(usable(w), 2);
	is_err(snippet_get(&w->c, own.pid, &s), ERR_NOTFOUND);
	ok(snippet_get(&w->c, office.pid, &s));
	assert_false(s.may_write);
	s.row.body = "変えた";
	is_err(snippet_save(&w->c, &s.row, NULL), ERR_DENIED);
	is_err(snippet_retire(&w->c, office.pid), ERR_DENIED);
	is_err(snippet_retire(&w->c, own.pid), ERR_NOTFOUND);
	is_err(snippet_undo(&w->c, own.pid), ERR_NOTFOUND);
	manager(w); /* another office of the same municipality */
	assert_int_equal(usable(w), 1);
	is_err(snippet_get(&w->c, office.pid, &s), ERR_NOTFOUND);
	stranger(w); /* of an office of no municipality */
	assert_int_equal(usable(w), 0);
	is_err(snippet_get(&w->c, town.pid, &s), ERR_NOTFOUND);
	city_rights(w);
	ok(snippet_get(&w->c, town.pid, &s));
	assert_true(s.may_write);
	is_err(snippet_get(&w->c, office.pid, &s), ERR_NOTFOUND);
	world_console(w);
	assert_int_equal(usable(w), 3);
	is_err(save(w, "office", "こん", "名なし", "本文", NULL), ERR_REQUIRED);
	is_err(save(w, "own", "こん", "名なし", "本文", NULL), ERR_NOT_CHOICE);
}

/* A level cannot be changed by a later save, nor an owner. */
static void test_the_owner_stays(void **state)
{
	struct world *w = *state;
	struct t_snippet r;
	ok(save(w, "own", "あん", "自分の", "本文", &r));
	r.level = "town";
	r.org_id = 4;
	r.account_id = 12;
	r.body = "直した";
	ok(snippet_save(&w->c, &r, NULL));
	assert_string_equal(r.level, "own");
	assert_true(r.account_id == 11 && r.version == 2);
}

static const char *first_found(struct world *w, const char *typed)
{
	struct snippet *v;
	size_t n;
	ok(snippet_find(&w->c, typed, &v, &n));
	return n ? v[0].row.title : "";
}

static void test_words_are_found_folded(void **state)
{
	struct world *w = *state;
	static const char *const spellings[] = {"あん", "アン", "ｱﾝ", "あ", "an", "ＡＮ"};
	ok(save(w, "own", "；あんぴ", "安否", "本文", NULL));
	ok(save(w, "own", "ガイド", "案内", "本文", NULL));
	ok(save(w, "own", "ADL", "日常生活動作", "本文", NULL));
	for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++)
		assert_string_equal(first_found(w, spellings[i]), "安否");
	assert_string_equal(first_found(w, "かい"), "案内");
	assert_string_equal(first_found(w, "がいど"), "案内");
	assert_string_equal(first_found(w, "ａｄ"), "日常生活動作");
	assert_string_equal(first_found(w, "んぴ"), ""); /* only the beginning calls */
	assert_string_equal(first_found(w, ""), "");
	ok(save(w, "own", "あん", "短い", "本文", NULL));
	assert_string_equal(first_found(w, "あん"), "短い"); /* the whole word before a beginning */
	is_err(save(w, "own", "あ ん", "空白", "本文", NULL), ERR_INPUT);
	assert_non_null(strstr(fault_text(&w->c, "word"), "空白"));
	is_err(save(w, "own", "！！", "記号", "本文", NULL), ERR_INPUT);
	is_err(save(w, "own", "アン", "短い", "別の本文", NULL), ERR_INPUT); /* the same in another spelling */
	assert_non_null(strstr(fault_text(&w->c, "title"), "もうあります"));
}

static void test_places_are_filled_from_the_record(void **state)
{
	struct world *w = *state;
	struct snippet_facts f;
	struct snippet_filled x;
	int64_t id;
	world_sql(w, "UPDATE person SET kana = 'ミホン　ハナコ', birth_on = '1940-03-02', sex = '2' WHERE id = 1");
	world_sql(w, "INSERT INTO illness (pid, version, person_id, disease, doctor, is_primary, created_ms, created_by, updated_ms, updated_by)"
		" VALUES ('ill%023d', 1, 1, '高血圧', '青葉医院 内科医師', '1', 0, 0, 0, 0)", 1);
	ok(snippet_facts(&w->c, prs(w, 1), &f, &id));
	assert_int_equal(id, 1);
	snippet_fill(w->arena, "｛氏名｝様（｛年齢｝・{性別}）、主治医は｛ 主治医 ｝、区分｛要介護度｝。{}｛｝｛氏名", &f, &x);
	assert_string_equal(x.text, "見本 花子様（86歳・女性）、主治医は青葉医院 内科医師、区分＿＿。{}｛｝｛氏名");
	assert_int_equal(x.n_open, 1);
	assert_string_equal(x.open[0], "要介護度");
	snippet_fill(w->arena, "｛ふりがな｝ ｛今日｝ ｛今月｝ ｛来月｝ ｛自分｝ ｛事業所｝ ｛目標｝｛目標｝", &f, &x);
	assert_string_equal(x.text, "みほん　はなこ 令和8年11月18日 11月 12月 見本 職員11 北地域包括支援センター ＿＿＿＿");
	assert_int_equal(x.n_open, 1);
	/* what stands in the record is text, never a place */
	world_sql(w, "UPDATE person SET name = '｛生年月日｝' WHERE id = 1");
	ok(snippet_facts(&w->c, prs(w, 1), &f, NULL));
	snippet_fill(w->arena, "｛氏名｝", &f, &x);
	assert_string_equal(x.text, "｛生年月日｝");
}

/* What the reader may not see stays blank; a person nobody may see is not there at all. */
static void test_places_follow_the_rights(void **state)
{
	struct world *w = *state;
	struct snippet_facts f;
	world_sql(w, "INSERT INTO illness (pid, version, person_id, disease, doctor, is_primary, created_ms, created_by, updated_ms, updated_by)"
		" VALUES ('ill%023d', 1, 1, '高血圧', '青葉医院 内科医師', '1', 0, 0, 0, 0)", 1);
	clerk(w); /* name card and care, but nothing medical */
	ok(snippet_facts(&w->c, prs(w, 1), &f, NULL));
	assert_string_equal(f.v[PLACE_NAME], "見本 花子");
	assert_string_equal(f.v[PLACE_DOCTOR], "");
	nurse(w);
	ok(snippet_facts(&w->c, prs(w, 1), &f, NULL));
	assert_string_equal(f.v[PLACE_DOCTOR], "青葉医院 内科医師");
	is_err(snippet_facts(&w->c, prs(w, 3), &f, NULL), ERR_NOTFOUND);
	is_err(snippet_facts(&w->c, prs(w, 9), &f, NULL), ERR_NOTFOUND);
	ok(snippet_facts(&w->c, NULL, &f, NULL));
	assert_string_equal(f.v[PLACE_NAME], "");
	assert_string_equal(f.v[PLACE_TODAY], "令和8年11月18日");
}

static void test_unknown_places_are_named(void **state)
{
	struct world *w = *state;
	struct t_snippet r;
	is_err(save(w, "own", "あん", "名前", "｛氏名｝と{お名前}と｛住所録｝と{お名前}", NULL), ERR_INPUT);
	const char *said = fault_text(&w->c, "body");
	assert_non_null(strstr(said, "「本文」の｛お名前｝｛住所録｝は、"));
	assert_non_null(strstr(said, "｛主治医｝"));
	ok(save(w, "own", "あん", "名前", "{氏名}様\r\n ｛ 今日 ｝　\n\n", &r));
	assert_string_equal(r.body, "｛氏名｝様\n ｛今日｝");
}

static void test_names_are_refused(void **state)
{
	struct world *w = *state;
	static const char *const bad[] = {"見本花子様に電話", "きのう見本　花子 様に", "（見本 花子）", "みほん はなこ さん", "一行目\n二行目\n見本花子"};
	static const char *const good[] = {"見本。花子", "見本の花子", "ハナコ", "見本", "秘密太郎様に電話", "｛氏名｝様"};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		is_err(save(w, "own", "あん", "名前", bad[i], NULL), ERR_INPUT);
		assert_non_null(strstr(fault_text(&w->c, "body"), "利用者のお名前が含まれています"));
		assert_null(strstr(fault_text(&w->c, "body"), "花子")); /* the sentence names nobody */
	}
	assert_non_null(strstr(fault_text(&w->c, "body"), "3行目"));
	is_err(save(w, "own", "あん", "見本花子様用", "本文", NULL), ERR_INPUT);
	assert_non_null(strstr(fault_text(&w->c, "title"), "お名前"));
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) /* the 5th: of somebody the nurse cannot see; it answers as any text */
		ok(save(w, "own", "あん", arena_fmt(w->arena, "名前%zu", i), good[i], NULL));
	be(w, 71, 3, ROLE_CM); /* sees neither */
	ok(save(w, "own", "あん", "名前", "見本花子様に電話", NULL));
	world_sql(w, "UPDATE person SET is_unnamed = 1 WHERE id = 1");
	nurse(w);
	ok(save(w, "own", "うん", "名前", "見本花子様に電話", NULL));
}

static void test_put_away_and_undo(void **state)
{
	struct world *w = *state;
	struct t_snippet r;
	struct snippet s, *v;
	size_t n;
	ok(save(w, "own", "あん", "名前", "一", &r));
	is_err(snippet_undo(&w->c, r.pid), ERR_NOTFOUND); /* the first version has none before it */
	r.body = "二";
	ok(snippet_save(&w->c, &r, NULL));
	ok(snippet_undo(&w->c, r.pid));
	ok(snippet_get(&w->c, r.pid, &s));
	assert_string_equal(s.row.body, "一");
	ok(snippet_retire(&w->c, r.pid));
	assert_int_equal(usable(w), 0);
	ok(snippet_list(&w->c, &(struct snippet_filter){.put_away = true}, &v, &n));
	assert_int_equal(n, 1);
	ok(snippet_undo(&w->c, r.pid));
	assert_int_equal(usable(w), 1);
	ok(snippet_retire(&w->c, r.pid));
	ok(save(w, "own", "あん", "名前", "同じ名前の新しいもの", NULL));
	is_err(snippet_restore(&w->c, r.pid), ERR_INPUT);
	world_clock(w, NOW + 31 * 86400000LL);
	is_err(snippet_restore(&w->c, r.pid), ERR_BIN_FINAL);
	ok(snippet_list(&w->c, &(struct snippet_filter){.put_away = true}, &v, &n));
	assert_int_equal(n, 0);
	assert_true(count_of(w, "audit_entry", "table_name = 'snippet'") >= 5);
	assert_int_equal(count_of(w, "revision", "table_name = 'snippet' AND action = 'retire'"), 2);
}

/* Two who change the same field: nothing is written over. */
static void test_conflict(void **state)
{
	struct world *w = *state;
	struct t_snippet a, b;
	struct row_conflict *k = NULL;
	head(w);
	ok(save(w, "office", "あん", "名前", "元", &a));
	b = a;
	a.body = "先";
	ok(snippet_save(&w->c, &a, NULL));
	b.body = "後";
	is_err(snippet_save(&w->c, &b, &k), ERR_CONFLICT);
	assert_true(k && k->n == 1);
	assert_string_equal(k->fields[0].theirs, "先");
}

static err take(struct world *w, const char *csv, bool trial, struct snippet_import *t)
{
	fault_clear(&w->c);
	return snippet_import_csv(&w->c, csv, strlen(csv), "own", INT_NULL, trial, t);
}

static void test_csv(void **state)
{
	struct world *w = *state;
	struct snippet_import t;
	const char *bytes;
	size_t n;
	struct cp932_report report;
	static const char good[] = "呼び出し語,名前,本文,分類,備考\r\n"
	                           "あん,安否,\"一行目\n'=1+1\",支援経過,x\r\n"
	                           "みほ,名前入り,見本花子様,,\r\n"
	                           "さし,差しこみ,｛お名前｝,,\r\n"
	                           "ぶん,分類違い,本文,知らない分類,\r\n"
	                           ",語なし,本文,,\r\n"
	                           "しき,計算,=1+1,その他,\r\n";
	ok(take(w, good, true, &t));
	assert_true(t.added == 2 && t.bad == 4 && t.same == 0);
	assert_int_equal(usable(w), 0); /* only tried */
	ok(take(w, good, false, &t));
	assert_true(t.added == 2 && t.bad == 4);
	assert_string_equal(t.said.unread, "備考");
	assert_true(t.said.v[1].is_bad && t.said.v[1].line == 4); /* a physical line: the first row has two */
	assert_non_null(strstr(t.said.v[1].text, "お名前"));
	assert_non_null(strstr(t.said.v[3].text, "支援経過"));
	assert_int_equal(w->c.n_faults, 0);
	ok(take(w, good, false, &t));
	assert_true(t.added == 0 && t.changed == 0 && t.same == 2);
	ok(take(w, "使う人,呼び出し語,名前,本文\n自分だけ,アン,安否,変えた\n事業所のみんな,うん,運,本文\n", false, &t));
	assert_true(t.changed == 1 && t.bad == 1 && t.added == 0);
	for (int cp932 = 0; cp932 < 2; cp932++) { /* there and back: nothing new */
		ok(snippet_export_csv(&w->c, &(struct snippet_filter){.text = NULL}, cp932, &bytes, &n, &report));
		assert_non_null(strstr(bytes, "'=1+1")); /* a spreadsheet runs nothing */
		ok(snippet_import_csv(&w->c, bytes, n, "own", INT_NULL, false, &t));
		assert_true(t.same == 2 && t.added == 0 && t.changed == 0 && t.bad == 0);
	}
	ok(save(w, "own", "よし", "字", "𠮷野", NULL));
	is_err(snippet_export_csv(&w->c, &(struct snippet_filter){.text = NULL}, true, &bytes, &n, &report), ERR_CP932);
	assert_int_equal(report.n, 1);
	is_err(take(w, "a,b\n1,2\n", false, &t), ERR_CSV);
	is_err(take(w, "呼び出し語,名前,本文\n", false, &t), ERR_CSV);
	world_console(w);
	ok(snippet_import_csv(&w->c, good, strlen(good), "office", 3, false, &t));
	assert_true(t.added == 2 && t.bad == 4); /* those of the nurse are not those of office 3 */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SNIPPET(test_whose_they_are), SNIPPET(test_the_owner_stays), SNIPPET(test_words_are_found_folded),
		SNIPPET(test_places_are_filled_from_the_record), SNIPPET(test_places_follow_the_rights), SNIPPET(test_unknown_places_are_named),
		SNIPPET(test_names_are_refused), SNIPPET(test_put_away_and_undo), SNIPPET(test_conflict), SNIPPET(test_csv),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
