/* People of the register: search in every spelling, visibility, faults, conflicts, duplicates, merge and un-merge, lists. */
#include "register_world.h"

#include "sql/q_register_person.h"

static bool finds(struct world *w, const char *text, const char *pid)
{
	struct person_hit *h;
	size_t n;
	bool more;
	ok(person_find(&w->c, text, 20, &h, &n, &more));
	for (size_t i = 0; i < n; i++)
		if (strcmp(h[i].pid, pid) == 0)
			return true;
	return false;
}

static void must_find(struct world *w, const char *const *texts, size_t n, const char *pid)
{
	for (size_t i = 0; i < n; i++)
		if (!finds(w, texts[i], pid))
			fail_msg("not found by \"%s\"", texts[i]);
}
#define MUST_FIND(w, pid, ...) \
	must_find(w, (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *), pid)

static void insured(struct world *w, const char *pid, const char *number)
{
	int64_t id;
	ok(person_id(&w->c, pid, &id));
	world_sql(w, "INSERT INTO person_insurance (pid, version, person_id, insurer_no, insured_no, category, from_on, created_ms, created_by,"
		" updated_ms, updated_by) VALUES ('ins%s', 1, %lld, '131011', '%s', '1', '2020-01-01', 0, 0, 0, 0)", number, (long long)id, number);
}

static void search_spellings(void **state)
{
	struct world *w = *state;
	const char *yamada = person_of(w, "山田　花子", "やまだ　はなこ", "S15.3.2", "青葉市緑町一丁目2番3号");
	const char *sato = person_of(w, "佐藤 進", "サトウ ススム", "昭和20年1月5日", "青葉市緑町一丁目9番");
	const char *ito = person_of(w, "伊藤 京子", "イトウ キョウコ", "昭和12年", "青葉市緑町一丁目4番");
	insured(w, yamada, "1234567890");
	insured(w, sato, "H123456789");
	struct person p;
	struct person_input in;
	struct row_conflict *cf;
	int64_t version;
	ok(person_get(&w->c, yamada, &p));
	person_input_of(&w->c, &p, &in);
	in.phone = "０７４３−１２−３４５６";
	ok(person_save(&w->c, yamada, p.version, &in, &cf, &version));
	MUST_FIND(w, yamada, "山田", "山田花子", "山田 花子", "山田　花子", "やまだ", "ヤマダ", "ﾔﾏﾀﾞ", "ﾔﾏ ﾀﾞ", "やまた", "yamada", "YAMADA",
		"ｙａｍａｄａ", "花子", "はなこ", "花子 山田", "山田 ハナコ", "ハナコ やまだ", "yamada hanako", "S15.3.2", "昭和15年3月2日",
		"1940-03-02", "1940/3/2", "s15/3/2", "１２３４５６７８９０", "1234567890", "0743-12-3456", "0743123456", "12-3456", "3456", "山田 S15.3.2",
		"花");
	MUST_FIND(w, sato, "さとう", "サトウ", "ｻﾄｳ", "satou", "sato", "佐藤進", "進", "ススム", "H123456789", "ｈ123456789");
	MUST_FIND(w, ito, "いとう", "itou", "kyouko", "kyoko", "きょうこ", "きようこ", "ｷｮｳｺ");
	static const char *const strangers[] = {"やまもと", "山本", "S15.3.3", "1234567891", "9999", "山田 S15.3.3", "佐藤 花子", "tanaka", "　", "-", "%", "_"};
	for (size_t i = 0; i < sizeof strangers / sizeof strangers[0]; i++)
		if (finds(w, strangers[i], yamada))
			fail_msg("found by \"%s\"", strangers[i]);
}

static void search_variants(void **state)
{
	struct world *w = *state;
	static const char *const names[] = {"渡辺 一", "渡邉 一", "渡邊 一", "渡邊\U000E0101 一"};
	const char *pid[4];
	for (int i = 0; i < 4; i++)
		pid[i] = person_of(w, names[i], "ワタナベ ハジメ", "", arena_fmt(w->arena, "青葉市緑町一丁目%d番", i + 10));
	for (int i = 0; i < 4; i++) {
		struct person p;
		for (int k = 0; k < 4; k++)
			assert_true(finds(w, names[i], pid[k]));
		ok(person_get(&w->c, pid[i], &p));
		assert_string_equal(p.name, names[i]); /* kept as registered, IVS and all */
	}
	const char *taka = person_of(w, "髙﨑 齋", "タカサキ イツキ", "", "");
	MUST_FIND(w, taka, "高崎", "髙崎", "高﨑斎", "齊", "斉");
	/* the very letters typed stand first */
	struct person_hit *h;
	size_t n;
	bool more;
	ok(person_find(&w->c, "渡邉", 20, &h, &n, &more));
	assert_string_equal(h[0].name, "渡邉 一");
}

static void other_names_find(void **state)
{
	struct world *w = *state;
	const char *pid = person_of(w, "鈴木 春", "スズキ ハル", "", "");
	int64_t id;
	ok(person_id(&w->c, pid, &id));
	struct person_name nm = {.kind = "former", .name = "小林 春", .kana = "こばやし はる", .from_on = CIVIL_NONE, .to_on = CIVIL_NONE};
	ok(person_name_save(&w->c, id, &nm));
	struct person_hit *h;
	size_t n;
	bool more;
	ok(person_find(&w->c, "小林", 20, &h, &n, &more));
	assert_int_equal(n, 1);
	assert_string_equal(h[0].name, "鈴木 春");
	assert_string_equal(h[0].matched, "小林 春");
	assert_int_equal(h[0].why, HIT_OTHER_NAME);
	ok(person_name_retire(&w->c, id, nm.pid, "誤り"));
	assert_false(finds(w, "小林", pid));
}

/* Every created person is found by each spelling of the name and reading. Own small generator, seeded. */
static uint32_t dice(uint32_t *s, uint32_t n)
{
	*s = *s * 1664525u + 1013904223u;
	return (*s >> 8) % n;
}

static void property_found_by_each(void **state)
{
	struct world *w = *state;
	static const char *const family[][3] = {{"斎藤", "サイトウ", "saitou"}, {"齋藤", "サイトウ", "saitō"}, {"髙橋", "タカハシ", "takahasi"},
		{"大野", "オオノ", "oono"}, {"小野", "オノ", "ono"}, {"辻", "ツジ", "tsuji"}, {"長谷部", "ハセベ", "hasebe"}, {"神保", "ジンボ", "jinbo"}};
	static const char *const given[][2] = {{"正", "タダシ"}, {"千鶴", "チヅル"}, {"ゑい", "エイ"}, {"京一郎", "キョウイチロウ"}, {"トメ", "トメ"}, {"百合子", "ユリコ"}};
	uint32_t s = 7;
	for (int i = 0; i < 60; i++) {
		struct arena_mark m = arena_mark_get(w->arena);
		uint32_t f = dice(&s, 8), g = dice(&s, 6);
		const char *day = arena_fmt(w->arena, "19%02u-%02u-%02u", 20 + dice(&s, 40), 1 + dice(&s, 12), 1 + dice(&s, 28));
		const char *pid = person_of(w, arena_fmt(w->arena, "%s %s", family[f][0], given[g][0]), arena_fmt(w->arena, "%s %s", family[f][1], given[g][1]),
			day, arena_fmt(w->arena, "青葉市緑町一丁目%d番", i + 1));
		struct person p;
		ok(person_get(&w->c, pid, &p));
		assert_int_equal(count_sql(w, "SELECT COUNT(*) FROM person p WHERE NOT EXISTS (SELECT 1 FROM person_key k WHERE k.person_id = p.id)"), 0);
		struct person_hit *h;
		size_t n;
		bool more;
		const char *texts[] = {p.name, p.kana, day, arena_fmt(w->arena, "%s %s", given[g][0], day), arena_fmt(w->arena, "%s %s", family[f][2], day),
			arena_fmt(w->arena, "%s %s", given[g][1], day), arena_fmt(w->arena, "%s%s", family[f][0], given[g][0])};
		for (size_t k = 0; k < sizeof texts / sizeof texts[0]; k++) {
			bool hit = false;
			ok(person_find(&w->c, texts[k], SEARCH_MAX, &h, &n, &more));
			for (size_t j = 0; j < n; j++)
				hit |= strcmp(h[j].pid, pid) == 0;
			if (!hit)
				fail_msg("%s %s not found by \"%s\"", p.name, p.kana, texts[k]);
		}
		arena_rewind(w->arena, m);
	}
}

static void kana_rows(void **state)
{
	struct world *w = *state;
	struct person_hit *h;
	size_t n;
	const char *a = person_of(w, "青木 一", "アオキ ハジメ", "", ""), *o = person_of(w, "岡 二", "オカ ジ", "", "");
	person_of(w, "加藤 三", "カトウ ミツ", "", "");
	person_of(w, "和田 四", "ワダ ヨツ", "", "");
	ok(person_find_row(&w->c, 0, 20, "", 0, &h, &n));
	assert_int_equal(n, 2);
	assert_string_equal(h[0].pid, a);
	assert_string_equal(h[1].pid, o);
	ok(person_find_row(&w->c, 9, 20, "", 0, &h, &n));
	assert_int_equal(n, 1);
	ok(person_find_row(&w->c, 3, 20, "", 0, &h, &n));
	assert_int_equal(n, 0);
	assert_string_equal(search_row_label(0), "あ");
}

/* --- who sees whom --- */

static void invisible_stays_invisible(void **state)
{
	struct world *w = *state;
	const char *pid = person_of(w, "秘密 太郎", "ヒミツ タロウ", "S10.1.1", "青葉市緑町一丁目1番");
	struct person p;
	struct person_card card;
	struct person_list_choice ch;
	struct person_hit *v;
	struct row_conflict *cf;
	const char *next;
	size_t n;
	int64_t count, version, id;
	person_list_choice_init(&ch);
	nurse_s(w);
	assert_false(finds(w, "秘密", pid));
	assert_false(finds(w, "S10.1.1", pid));
	assert_int_equal(person_get(&w->c, pid, &p), ERR_NOTFOUND);
	assert_int_equal(person_open(&w->c, pid, &card), ERR_NOTFOUND);
	assert_int_equal(person_id(&w->c, pid, &id), ERR_NOTFOUND);
	assert_int_equal(person_save(&w->c, pid, 1, &(struct person_input){.name = "x"}, &cf, &version), ERR_NOTFOUND);
	assert_int_equal(person_retire(&w->c, pid, "x"), ERR_NOTFOUND);
	assert_int_equal(person_pin(&w->c, pid, true), ERR_NOTFOUND);
	ok(person_list(&w->c, &ch, &v, &n, &next));
	ok(person_list_count(&w->c, &ch, &count));
	assert_int_equal(n, 0);
	assert_int_equal(count, 0);
	be(w, 99, town.north.id, ROLE_ADMIN);
	assert_false(finds(w, "秘密", pid));
	officer(w);
	assert_true(finds(w, "秘密", pid)); /* the insurer has its grant */
	nurse_n(w);
	ok(person_open(&w->c, pid, &card));
	assert_int_equal(card.view.namecard, VISIBILITY_OPEN);
	assert_string_equal(card.own_org_name, "青葉市北地域包括支援センター");
	assert_string_equal(card.insurer_name, "青葉市");
	assert_string_equal(card.age_text, "91歳");
	be(w, 0, 0, ROLE_NONE);
	assert_int_equal(person_list(&w->c, &ch, &v, &n, &next), ERR_DENIED);
}

static void unseen_duplicate(void **state)
{
	struct world *w = *state;
	person_of(w, "秘密 太郎", "ヒミツ タロウ", "S10.1.1", "青葉市緑町一丁目1番");
	struct duplicate_list dup;
	const char *pid = NULL;
	struct person_input in = {.name = "秘密 太郎", .kana = "ひみつ たろう", .birth = "昭和10年1月1日", .home = {"", "青葉市緑町二丁目1番"}};
	nurse_s(w);
	assert_int_equal(person_create(&w->c, &in, &dup, &pid), ERR_PERSON_DUP);
	assert_int_equal(dup.n, 0); /* no name, no number */
	assert_true(dup.unseen);
	assert_non_null(strstr(fault_of(&w->c, "duplicate_reason")->message, "確認が必要です"));
	assert_null(strstr(fault_of(&w->c, "duplicate_reason")->message, "記録"));
	fault_clear(&w->c);
	in.duplicate_reason = "ご家族に別の人と確認した";
	ok(person_create(&w->c, &in, &dup, &pid));
	assert_int_equal(count_sql(w, "SELECT COUNT(*) FROM task WHERE kind = 'dup_check' AND state = 'open'"), 1);
	assert_int_equal(count_sql(w, "SELECT org_id FROM task WHERE kind = 'dup_check'"), town.insurer.id);
	assert_int_equal(count_sql(w, "SELECT COUNT(*) FROM duplicate_note WHERE was_visible = 0 AND note <> ''"), 1);
}

static void seen_duplicates(void **state)
{
	struct world *w = *state;
	const char *pid, *first = person_of(w, "渡邉 とめ", "ワタナベ トメ", "T14.5.6", "青葉市緑町1-2-3");
	static const struct {
		const char *name, *kana, *birth, *address;
		int score; /* 0: no candidate */
	} cases[] = {
		{"渡部 留", "わたなべ　とめ", "大正14年5月6日", "青葉市本町5", 90},
		{"渡辺 とめ", "ワタナベ トメ", "1925-05-06", "", 95},
		{"渡辺とめ", "", "1925-05-06", "", 85},
		{"渡辺 とめ", "", "", "青葉市緑町一丁目2番3号", 70},
		{"渡辺 とめ", "", "", "奈良県青葉市緑町１丁目２−３", 70},
		{"渡辺 とめ", "", "S3.1.1", "青葉市緑町一丁目2番3号", 0},
		{"渡辺 とめ", "", "", "青葉市緑町一丁目2番4号", 0},
		{"渡辺 とめ", "", "", "", 0},
		{"山口 とめ", "ヤマグチ トメ", "T14.5.6", "青葉市緑町1-2-3", 0},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct duplicate_list dup;
		struct duplicate_probe p = {.name = cases[i].name, .kana = cases[i].kana, .birth_on = CIVIL_NONE, .address = cases[i].address};
		civil birth = CIVIL_NONE;
		struct person_input in = {.name = cases[i].name, .kana = cases[i].kana, .birth = cases[i].birth};
		ok(person_check(&w->c, &in));
		if (strcmp(cases[i].birth, "S3.1.1") == 0)
			birth = civil_from(1928, 1, 1);
		else if (*cases[i].birth)
			birth = civil_from(1925, 5, 6);
		p.birth_on = birth;
		ok(duplicate_check(&w->c, &p, &dup));
		if ((dup.n ? dup.v[0].score : 0) != cases[i].score)
			fail_msg("%zu: %s %s %s: score %d, not %d", i, cases[i].name, cases[i].kana, cases[i].address, dup.n ? dup.v[0].score : 0, cases[i].score);
		if (dup.n)
			assert_string_equal(dup.v[0].pid, first);
	}
	struct duplicate_list dup;
	insured(w, first, "1234567890");
	ok(duplicate_check(&w->c, &(struct duplicate_probe){.name = "全然 違う", .kana = "", .birth_on = CIVIL_NONE, .insured_no = "1234567890"}, &dup));
	assert_int_equal(dup.n, 1);
	assert_int_equal(dup.v[0].score, 100);
	assert_string_equal(dup.v[0].reasons_ja, "被保険者番号が同じ");
	int64_t before = count_sql(w, "SELECT COUNT(*) FROM person");
	assert_int_equal(person_create(&w->c, &(struct person_input){.name = "渡辺 とめ", .birth = "T14.5.6", .duplicate_reason = " 　"}, &dup, &pid), ERR_PERSON_DUP);
	assert_int_equal(count_sql(w, "SELECT COUNT(*) FROM person"), before);
}

/* --- faults --- */

static void faults_in_plain_words(void **state)
{
	struct world *w = *state;
	static const struct {
		struct person_input in;
		const char *field, *words, *offer;
	} cases[] = {
		{{.name = ""}, "name", "氏名不詳", NULL},
		{{.name = "　"}, "name", "氏名を入力", NULL},
		{{.name = "・・"}, "name", "", NULL},
		{{.name = "山田", .kana = "山田"}, "kana", "かな", NULL},
		{{.name = "山田", .birth = "昭和64年1月8日"}, "birth", "", "1989-01-08"},
		{{.name = "山田", .birth = "2027-01-01"}, "birth", "これから先", NULL},
		{{.name = "山田", .birth = "明治5年"}, "birth", "130年", NULL},
		{{.name = "山田", .birth = "S15.2.30"}, "birth", "", NULL},
		{{.name = "山田", .birth = "きのう"}, "birth", "", NULL},
		{{.name = "山田", .sex = "3"}, "sex", "選択肢", NULL},
		{{.name = "山田", .home = {"604-857", ""}}, "home_postal", "7けた", NULL},
		{{.name = "山田", .phone = "でんわ"}, "phone", "数字", NULL},
		{{.name = "山田", .lives_alone = "はい"}, "lives_alone", "選択肢", NULL},
		{{.name = "山田", .birth = "S15.3.2", .death = "S15.3.1"}, "death", "生年月日より前", NULL},
		{{.name = "山田", .death = "2027-01-01"}, "death", "これから先", NULL},
		{{.name = "山田", .is_area_manual = true, .area_pid = {"zzz"}}, "area_zone", "一覧", NULL},
		{{.name = "山田", .insurer_pid = "zzz"}, "insurer", "一覧", NULL},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct duplicate_list dup;
		const char *pid;
		fault_clear(&w->c);
		err e = person_create(&w->c, &cases[i].in, &dup, &pid);
		const struct fault *f = fault_of(&w->c, cases[i].field);
		if (err_class_of(e) != ERR_CLASS_INPUT || !f || !strstr(f->message, cases[i].words))
			fail_msg("case %zu (%s): %s %s", i, cases[i].field, err_name(e), f ? f->message : "no fault");
		if (cases[i].offer && (!f->offer || !strstr(f->offer, cases[i].offer)))
			fail_msg("case %zu: offer %s", i, f->offer ? f->offer : "none");
	}
	fault_clear(&w->c);
	assert_int_equal(count_sql(w, "SELECT COUNT(*) FROM person"), 0);
	/* all faults at once */
	struct duplicate_list dup;
	const char *pid;
	assert_int_not_equal(person_create(&w->c, &(struct person_input){.name = "", .kana = "abc", .birth = "x", .sex = "7"}, &dup, &pid), OK);
	assert_int_equal(w->c.n_faults, 4);
	fault_clear(&w->c);
	ok(person_create(&w->c, &(struct person_input){.is_unnamed = true, .birth = "昭和10年頃"}, &dup, &pid));
	struct person p;
	ok(person_get(&w->c, pid, &p));
	assert_string_equal(p.name, "氏名不詳");
	assert_int_equal(p.birth_on, CIVIL_NONE);
	assert_string_equal(p.birth_text, "昭和10年頃");
	be(w, 21, town.north.id, ROLE_PROVIDER); /* a provider registers nobody */
	assert_int_equal(person_create(&w->c, &(struct person_input){.name = "山田"}, &dup, &pid), ERR_DENIED);
}

/* --- saving --- */

static void save_merges_and_conflicts(void **state)
{
	struct world *w = *state;
	const char *pid = person_of(w, "山田 花子", "ヤマダ ハナコ", "S15.3.2", "青葉市緑町一丁目2番3号");
	struct person p;
	struct person_input a, b, d;
	struct row_conflict *cf = NULL;
	int64_t version;
	ok(person_get(&w->c, pid, &p));
	person_input_of(&w->c, &p, &a);
	person_input_of(&w->c, &p, &b);
	person_input_of(&w->c, &p, &d);
	a.phone = "0743-12-3456";
	b.note = "犬を飼っている";
	d.phone = "090-1111-2222";
	ok(person_save(&w->c, pid, p.version, &a, &cf, &version));
	assert_int_equal(version, p.version + 1);
	ok(person_save(&w->c, pid, p.version, &b, &cf, &version)); /* another field: both stay */
	struct person now;
	ok(person_get(&w->c, pid, &now));
	assert_string_equal(now.phone, "0743-12-3456");
	assert_string_equal(now.note, "犬を飼っている");
	assert_int_equal(person_save(&w->c, pid, p.version, &d, &cf, &version), ERR_CONFLICT);
	assert_non_null(cf);
	assert_int_equal(cf->n, 1);
	assert_string_equal(cf->fields[0].column, "phone");
	assert_string_equal(cf->fields[0].theirs, "0743-12-3456");
	assert_string_equal(cf->fields[0].mine, "090-1111-2222");
	ok(person_get(&w->c, pid, &now));
	assert_string_equal(now.phone, "0743-12-3456");
	/* a new name is found, the old one is not */
	person_input_of(&w->c, &now, &a);
	a.name = "川上 花子";
	a.kana = "カワカミ ハナコ";
	ok(person_save(&w->c, pid, now.version, &a, &cf, &version));
	assert_true(finds(w, "川上", pid));
	assert_false(finds(w, "やまだ", pid));
	ok(person_revert(&w->c, pid, now.version));
	assert_true(finds(w, "やまだ", pid));
	struct row_version *v;
	size_t n;
	ok(person_history(&w->c, pid, &v, &n));
	assert_true(n >= 5);
}

static void bin_and_back(void **state)
{
	struct world *w = *state;
	const char *pid = person_of(w, "山田 花子", "ヤマダ ハナコ", "S15.3.2", "");
	assert_int_equal(person_retire(&w->c, pid, " "), ERR_REQUIRED);
	ok(person_retire(&w->c, pid, "二重登録"));
	assert_false(finds(w, "山田", pid));
	ok(person_restore(&w->c, pid));
	assert_true(finds(w, "山田", pid));
}

/* --- areas --- */

static void areas_from_address(void **state)
{
	struct world *w = *state;
	static const struct {
		const char *address;
		int zone; /* 1 north, 2 south, 0 none */
		bool school;
	} cases[] = {
		{"青葉市緑町一丁目2番3号", 1, true}, {"奈良県青葉市緑町1丁目2-3", 1, true}, {"青葉市緑町１－２－３", 1, true},
		{"緑町1-2", 1, true}, {"青葉市緑町二丁目8番", 2, false}, {"青葉市緑町2-8-101", 2, false}, {"青葉市緑町三丁目1", 0, false},
		{"青葉市本町5番地", 1, false}, {"青葉市本町100", 1, false}, {"青葉市本町101番地2", 2, false}, {"青葉市本町二〇", 0, false},
		{"青葉市本町", 0, false}, {"大阪府大阪市北区1-1", 0, false}, {"", 0, false},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		int64_t id[AREA_SLOTS];
		const char *fold;
		ok(territory_of_address(&w->c, cases[i].address, w->c.today, id, &fold));
		int zone = id[AREA_SLOT_ZONE] == town.zone_n.id ? 1 : id[AREA_SLOT_ZONE] == town.zone_s.id ? 2 : 0;
		if (zone != cases[i].zone || (id[AREA_SLOT_ELEMENTARY] == town.school.id) != cases[i].school)
			fail_msg("%s: zone %d", cases[i].address, zone);
	}
	const char *pid = person_of(w, "山田 花子", "ヤマダ ハナコ", "", "青葉市緑町一丁目2番3号");
	struct person p;
	ok(person_get(&w->c, pid, &p));
	assert_string_equal(p.area_name[AREA_SLOT_ZONE], "北圏域");
	assert_string_equal(p.area_name[AREA_SLOT_ELEMENTARY], "緑小学校区");
}

static void moving_house_moves_rights(void **state)
{
	struct world *w = *state;
	officer(w); /* registered by the city: the centres see it by the area alone */
	const char *pid = person_of(w, "山田 花子", "ヤマダ ハナコ", "", "青葉市緑町一丁目2番3号");
	struct person p;
	struct person_input in;
	struct row_conflict *cf;
	int64_t version;
	nurse_n(w);
	assert_true(finds(w, "山田", pid));
	nurse_s(w);
	assert_false(finds(w, "山田", pid));
	world_clock(w, NOW + 30LL * 86400000);
	officer(w);
	ok(person_get(&w->c, pid, &p));
	person_input_of(&w->c, &p, &in);
	in.home.address = "青葉市緑町二丁目1番";
	ok(person_save(&w->c, pid, p.version, &in, &cf, &version));
	nurse_n(w);
	assert_false(finds(w, "山田", pid));
	nurse_s(w);
	assert_true(finds(w, "山田", pid));
	struct person_area *pa;
	size_t n;
	int zones = 0;
	officer(w);
	ok(person_area_list(&w->c, p.id, &pa, &n));
	for (size_t i = 0; i < n; i++)
		zones += strcmp(pa[i].level, "zone") == 0;
	assert_int_equal(zones, 2); /* the old one is kept with its last day */
	/* by hand: the address changes nothing any more */
	ok(person_get(&w->c, pid, &p));
	person_input_of(&w->c, &p, &in);
	in.is_area_manual = true;
	in.area_pid[AREA_SLOT_ZONE] = town.zone_n.pid;
	ok(person_save(&w->c, pid, p.version, &in, &cf, &version));
	ok(person_get(&w->c, pid, &p));
	assert_int_equal(p.area_id[AREA_SLOT_ZONE], town.zone_n.id);
	nurse_n(w);
	assert_true(finds(w, "山田", pid));
	nurse_s(w);
	assert_false(finds(w, "山田", pid));
}

/* --- merge --- */

/* Everything a merge might touch, as text. */
static const char *snapshot(struct world *w)
{
	static const char *const sql[] = {
		"SELECT group_concat(id || '|' || pid || '|' || version || '|' || cluster_id || '|' || name || '|' || updated_ms, char(10)) FROM (SELECT * FROM person ORDER BY id)",
		"SELECT group_concat(id || '|' || org_id || '|' || cluster_id || '|' || relation || '|' || from_on || '|' || to_on || '|' || via_table || via_id, char(10)) FROM (SELECT * FROM access_grant ORDER BY id)",
		"SELECT group_concat(person_id || '|' || kind || '|' || key, char(10)) FROM (SELECT * FROM person_key ORDER BY id)",
		"SELECT group_concat(id || '|' || person_id || '|' || area_id || '|' || to_on, char(10)) FROM (SELECT * FROM person_area ORDER BY id)",
		"SELECT count(*) FROM revision WHERE table_name = 'person'"};
	const char *all = "";
	for (size_t i = 0; i < sizeof sql / sizeof sql[0]; i++) {
		struct db_stmt *st;
		bool row;
		ok(db_get(w->db, sql[i], 0, sql[i], "", &st));
		ok(db_step(st, &row));
		const char *t = db_text(st, 0);
		all = arena_fmt(w->arena, "%s%s\n--\n", all, t ? t : "");
		db_done(st);
	}
	return all;
}

/* The search asks the grants by the cluster that stands in the key. */
static void keys_follow(struct world *w)
{
	assert_int_equal(count_sql(w, "SELECT COUNT(*) FROM person_key k JOIN person p ON p.id = k.person_id WHERE k.cluster_id <> p.cluster_id"), 0);
}

static void merge_and_part(void **state)
{
	struct world *w = *state;
	officer(w);
	const char *a = person_of(w, "山田 花子", "ヤマダ ハナコ", "S15.3.2", "青葉市緑町一丁目2番3号");
	const char *b = person_of(w, "山田 ハナ", "ヤマダ ハナ", "S15.3.2", "青葉市緑町二丁目1番");
	const char *d = person_of(w, "田中 英子", "タナカ ヒデコ", "S15.3.2", "青葉市緑町二丁目2番");
	const char *before = snapshot(w), *event, *event2;
	struct person_hit *h;
	size_t n;
	bool more;
	nurse_n(w);
	assert_int_equal(cluster_merge(&w->c, a, b, "同じ人", &event), ERR_NOTFOUND); /* b is not seen from the north */
	officer(w);
	assert_int_equal(cluster_merge(&w->c, a, a, "同じ人", &event), ERR_INPUT);
	assert_int_equal(cluster_merge(&w->c, a, b, " ", &event), ERR_REQUIRED);
	ok(cluster_merge(&w->c, a, b, "ご本人に確認", &event));
	keys_follow(w);
	assert_int_equal(cluster_merge(&w->c, a, b, "もう一度", &event2), ERR_INPUT);
	/* one row, by either name, the front shown; both centres see it now */
	ok(person_find(&w->c, "山田", 20, &h, &n, &more));
	assert_int_equal(n, 1);
	assert_string_equal(h[0].pid, a);
	ok(person_find(&w->c, "山田 ハナ", 20, &h, &n, &more));
	assert_int_equal(n, 1);
	assert_string_equal(h[0].pid, a);
	nurse_n(w);
	assert_true(finds(w, "山田", a));
	nurse_s(w);
	assert_true(finds(w, "山田", a));
	struct person_card card;
	ok(person_open(&w->c, b, &card)); /* the old address of the record leads to the front */
	assert_string_equal(card.p.pid, a);
	assert_int_equal(card.n_cluster, 2);
	officer(w);
	/* a second merge on top, parted in the wrong order */
	ok(cluster_merge(&w->c, d, a, "同じ人", &event2));
	keys_follow(w);
	assert_int_equal(count_sql(w, "SELECT COUNT(DISTINCT cluster_id) FROM person"), 1);
	struct person p;
	struct person_input in;
	struct row_conflict *cf;
	int64_t version;
	ok(person_get(&w->c, b, &p)); /* a save in between keeps the cluster */
	person_input_of(&w->c, &p, &in);
	ok(person_save(&w->c, b, p.version, &in, &cf, &version));
	keys_follow(w);
	assert_int_equal(count_sql(w, "SELECT COUNT(DISTINCT cluster_id) FROM person"), 1);
	fault_clear(&w->c);
	assert_int_equal(cluster_unmerge(&w->c, event, ""), ERR_REQUIRED);
	ok(cluster_unmerge(&w->c, event, "別の人だった"));
	keys_follow(w);
	assert_int_equal(cluster_unmerge(&w->c, event, "もう一度"), ERR_CONFLICT);
	ok(cluster_unmerge(&w->c, event2, "別の人だった"));
	keys_follow(w);
	nurse_n(w);
	assert_true(finds(w, "山田", a));
	assert_false(finds(w, "山田", b));
	nurse_s(w);
	assert_false(finds(w, "山田", a));
	assert_true(finds(w, "山田", b));
	struct merge_row *m;
	officer(w);
	ok(cluster_history(&w->c, a, &m, &n));
	assert_int_equal(n, 2);
	assert_true(count_sql(w, "SELECT COUNT(*) FROM audit_entry WHERE action = 'merge'") >= 4);
	assert_true(count_sql(w, "SELECT COUNT(*) FROM audit_entry WHERE action = 'unmerge'") >= 4);
	(void)before;
}

static void merge_leaves_no_trace(void **state)
{
	struct world *w = *state;
	officer(w);
	const char *a = person_of(w, "山田 花子", "ヤマダ ハナコ", "S15.3.2", "青葉市緑町一丁目2番3号");
	const char *b = person_of(w, "山田 ハナ", "ヤマダ ハナ", "S15.3.2", "青葉市緑町二丁目1番");
	const char *before = snapshot(w), *event;
	for (int i = 0; i < 3; i++) {
		world_clock(w, w->c.now_ms + 86400000);
		ok(cluster_merge(&w->c, i % 2 ? b : a, i % 2 ? a : b, "同じ人", &event));
		assert_string_not_equal(before, snapshot(w));
		ok(cluster_unmerge(&w->c, event, "別の人"));
		assert_string_equal(before, snapshot(w));
	}
}

static void grants_of_the_joined_time(void **state)
{
	struct world *w = *state;
	officer(w);
	const char *a = person_of(w, "山田 花子", "ヤマダ ハナコ", "S15.3.2", "青葉市緑町一丁目2番3号");
	const char *b = person_of(w, "山田 ハナ", "ヤマダ ハナ", "S15.3.2", "大阪市");
	const char *event;
	struct person p;
	struct person_input in;
	struct row_conflict *cf;
	int64_t version;
	ok(cluster_merge(&w->c, a, b, "同じ人", &event));
	ok(person_get(&w->c, b, &p));
	person_input_of(&w->c, &p, &in);
	in.home.address = "青葉市緑町二丁目1番"; /* while joined: the grant of the south is written for b */
	ok(person_save(&w->c, b, p.version, &in, &cf, &version));
	nurse_s(w);
	assert_true(finds(w, "山田", a));
	officer(w);
	ok(cluster_unmerge(&w->c, event, "別の人"));
	nurse_s(w);
	assert_false(finds(w, "山田", a));
	assert_true(finds(w, "山田", b));
}

/* --- lists --- */

static void list_switches(void **state)
{
	struct world *w = *state;
	struct person_list_choice ch, kept;
	struct person_hit *v;
	const char *next, *pid[25], *charge;
	size_t n, all = 0;
	int64_t count, id;
	struct staff s;
	world_console(w);
	staff_init(&s);
	s.name = "保健 師子";
	s.kana = "ホケン シコ";
	ok(staff_create(&w->c, &s, town.north.id, "phn", w->c.today, CIVIL_NONE));
	nurse_n(w);
	w->c.actor.staff_id = s.id;
	for (int i = 0; i < 25; i++)
		pid[i] = person_of(w, arena_fmt(w->arena, "人%d", i), i % 2 ? "アキ" : "サキ", arena_fmt(w->arena, "S%d.1.1", i + 5), i % 5 ? "青葉市緑町一丁目1番" : "青葉市本町200番地");
	person_list_choice_init(&ch);
	ch.limit = 10;
	do {
		ok(person_list(&w->c, &ch, &v, &n, &next));
		for (size_t i = 1; i < n; i++)
			assert_true(strcmp(v[i - 1].kana, v[i].kana) <= 0);
		all += n;
		ch.after = next;
	} while (*next);
	assert_int_equal(all, 25);
	for (int sort = LIST_BY_BIRTH; sort <= LIST_BY_NEW; sort++) {
		person_list_choice_init(&ch);
		ch.limit = 7;
		ch.sort = (enum list_sort)sort;
		for (all = 0;; ch.after = next) {
			ok(person_list(&w->c, &ch, &v, &n, &next));
			if (!all)
				assert_string_equal(v[0].pid, sort == LIST_BY_BIRTH ? pid[0] : pid[24]);
			all += n;
			if (!*next)
				break;
		}
		assert_int_equal(all, 25);
	}
	person_list_choice_init(&ch);
	ch.area_pid = town.zone_s.pid;
	ok(person_list_count(&w->c, &ch, &count));
	assert_int_equal(count, 5);
	ch.area_pid = town.school.pid;
	ok(person_list_count(&w->c, &ch, &count));
	assert_int_equal(count, 20);
	person_list_choice_init(&ch);
	ch.kana_row = 2; /* さ */
	ok(person_list_count(&w->c, &ch, &count));
	assert_int_equal(count, 13);
	for (ch.count_most = 12; ch.count_most < 15; ch.count_most++) { /* a bound cuts the number, and nothing else */
		ok(person_list_count(&w->c, &ch, &count));
		assert_int_equal(count, ch.count_most < 13 ? ch.count_most : 13);
	}
	ch.count_most = 0;
	ch.kana_row = -1;
	ch.scope = LIST_MINE;
	ok(person_list_count(&w->c, &ch, &count));
	assert_int_equal(count, 0);
	ok(person_id(&w->c, pid[3], &id));
	ok(charge_begin(&w->c, id, town.north.id, s.id, "main", w->c.today, &charge));
	ok(person_pin(&w->c, pid[4], true));
	ok(person_pin(&w->c, pid[4], true)); /* twice is once */
	ok(person_list(&w->c, &ch, &v, &n, &next));
	assert_int_equal(n, 2);
	ch.scope = LIST_SUPPORTED;
	ok(person_list(&w->c, &ch, &v, &n, &next));
	assert_int_equal(n, 1);
	assert_string_equal(v[0].pid, pid[3]);
	ok(person_pin(&w->c, pid[4], false));
	ch.scope = LIST_MINE;
	ok(person_list_count(&w->c, &ch, &count));
	assert_int_equal(count, 1);
	/* the choice outlives the session and is the account's own */
	ch.area_pid = town.zone_n.pid;
	ch.sort = LIST_BY_BIRTH;
	ok(person_list_choice_save(&w->c, &ch));
	nurse_n(w);
	ok(person_list_choice_get(&w->c, &kept));
	assert_int_equal(kept.scope, LIST_MINE);
	assert_int_equal(kept.sort, LIST_BY_BIRTH);
	assert_string_equal(kept.area_pid, town.zone_n.pid);
	nurse_s(w);
	ok(person_list_choice_get(&w->c, &kept));
	assert_int_equal(kept.scope, LIST_EVERYONE);
}

static void saved_search(void **state)
{
	struct world *w = *state;
	const char *pid, *params, *next, *person = person_of(w, "山田 花子", "ヤマダ ハナコ", "S15.3.2", "");
	struct person_list_choice ch;
	struct person_hit *v;
	size_t n;
	ok(search_save(&w->c, "q=やまだ\nrow=7", &pid));
	assert_true(pid_valid(pid));
	ok(search_get(&w->c, pid, &params));
	assert_string_equal(params, "q=やまだ\nrow=7");
	person_list_choice_init(&ch);
	ch.scope = LIST_SEARCH;
	ch.search_pid = pid;
	ok(person_list(&w->c, &ch, &v, &n, &next));
	assert_int_equal(n, 1);
	assert_string_equal(v[0].pid, person);
	nurse_s(w);
	assert_int_equal(search_get(&w->c, pid, &params), ERR_NOTFOUND);
	world_console(w);
	int64_t swept;
	ok(search_sweep(&w->c, NOW + 1, &swept));
	assert_int_equal(swept, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		REGISTER(search_spellings), REGISTER(search_variants), REGISTER(other_names_find), REGISTER(property_found_by_each), REGISTER(kana_rows),
		REGISTER(invisible_stays_invisible), REGISTER(unseen_duplicate), REGISTER(seen_duplicates), REGISTER(faults_in_plain_words),
		REGISTER(save_merges_and_conflicts), REGISTER(bin_and_back), REGISTER(areas_from_address), REGISTER(moving_house_moves_rights),
		REGISTER(merge_and_part), REGISTER(merge_leaves_no_trace), REGISTER(grants_of_the_joined_time), REGISTER(list_switches),
		REGISTER(saved_search),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
