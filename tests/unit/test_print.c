/* form/print, form/radar, form/sheet: the forms on paper, read back by other programs. */
#include "unit.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/str.h"
#include "codec/pdf_table.h"
#include "form/print.h"
#include "form/radar.h"
#include "form/sheet.h"
#include "print_help.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct arena *house;
static struct form_catalogue *forms;
static const int64_t now_ms = INT64_C(1792976400000);

static int start(void **state)
{
	if (help_start(state))
		return -1;
	house = arena_new((size_t)64 << 20);
	struct form_problems p = {0};
	const char *root = getenv("TSUNAGI_ROOT");
	if (form_load(house, arena_fmt(house, "%s/forms", root ? root : "."), &forms, &p) != OK) {
		for (size_t i = 0; i < p.n; i++)
			fprintf(stderr, "%s\n", p.lines[i]);
		return -1;
	}
	return 0;
}

static int stop(void **state)
{
	arena_free(house);
	return help_stop(state);
}

static const struct form_def *form(const char *id)
{
	const struct form_def *d = NULL;
	for (size_t i = 0; i < forms->n_defs; i++)
		if (str_eq(forms->defs[i]->id, id))
			d = forms->defs[i];
	assert_non_null(d);
	return d;
}

static void set(struct answers *as, const char *path, const char *text)
{
	err e = answers_set(as, path, text);
	if (e != OK)
		fail_msg("%s = %s: %s", path, text, err_name(e));
}

/* One letter per question, as in the worked examples of the reference; "-" stands for No.12, "." is left blank. */
static struct answers *checklist(struct arena *a, const char *letters, const char *cm, const char *kg)
{
	struct answers *as = answers_new(a, form("kihon-checklist"));
	set(as, "kcl_date", "2026-11-20");
	set(as, "insured_no", "0000012345");
	set(as, "name", "𠮷田 﨑子");
	set(as, "address", "架空県見本市中央区本町一丁目2番3号 みほんハイツ101");
	set(as, "phone", "000-0000-0000");
	set(as, "birth_date", "1941-05-03");
	set(as, "desired_service", "体操の教室に通いたい。週に1回くらいなら続けられそう。");
	set(as, "respondent", "family");
	set(as, "respondent_relation", "長女");
	for (int i = 0; letters[i]; i++)
		if (letters[i] == 'Y' || letters[i] == 'N')
			set(as, arena_fmt(a, "kcl%02d", i + 1), letters[i] == 'Y' ? "true" : "false");
	if (*cm)
		set(as, "height_cm", cm);
	if (*kg)
		set(as, "weight_kg", kg);
	return as;
}

static const char *staff_name(void *arg, const struct form_item *it, const char *key)
{
	(void)arg;
	(void)key;
	return it->type == ITEM_IMG ? "見本 花江（長女、別居）\n𠮷田 一夫（弟、別居）" : "見本 担当子";
}

static struct print_job job_of(const struct answers *as)
{
	return (struct print_job){.as = as, .name = "𠮷田 﨑子", .insured_no = "0000012345", .now_ms = now_ms,
	                          .today = civil_of_instant(now_ms), .ref_name = staff_name};
}

static struct help_file make(struct arena *a, const struct print_job *j)
{
	const char *bytes;
	size_t n;
	assert_int_equal(print_pdf(a, help_fonts(), j, &bytes, &n), OK);
	return help_save(bytes, n, "pdf");
}

static int pages_of(struct arena *a, const struct help_file *f)
{
	const char *at = strstr(help_run(a, "pdfinfo %s", f->path), "Pages:");
	assert_non_null(at);
	return atoi(at + 6);
}

/* Without spaces and line ends: paper breaks lines and spreads words as it likes. */
static char *squeeze(struct arena *a, const char *t)
{
	struct buf b = buf_new(a);
	for (uint32_t c; (c = str_next(&t));)
		if (c > 0x20 && c != 0x3000)
			buf_utf8(&b, c);
	return arena_str(a, b.p);
}

static void expect(struct arena *a, const char *text, const char *const *want)
{
	const char *t = squeeze(a, text);
	for (; *want; want++)
		if (!strstr(t, squeeze(a, *want)))
			fail_msg("not on paper: %s", *want);
}

static void every_layout_can_be_drawn(void **state)
{
	struct arena *a = *state;
	struct form_problems p = {0};
	for (size_t i = 0; i < forms->n_defs; i++)
		print_check(a, help_fonts(), forms->defs[i], &p);
	for (size_t i = 0; i < p.n; i++)
		fprintf(stderr, "%s\n", p.lines[i]);
	assert_int_equal(p.n, 0);
}

static void checklist_says_what_was_answered(void **state)
{
	struct arena *a = *state;
	struct answers *as = checklist(a, "YYYYYNNNYYY-YYNNNYYNYYNNN", "148", "40");
	struct print_job j = job_of(as);
	struct help_file f = make(a, &j);
	assert_int_equal(pages_of(a, &f), 2);
	expect(a, help_text(a, &f, "-layout -l 1"),
	       (const char *const[]){"基本チェックリスト", "𠮷田 﨑子", "0000012345", "バスや電車で1人で外出していますか",
	                             "わけもなく疲れたような感じがする", "148", "18.3", "0.はい", "1.いいえ", "長女",
	                             "体操の教室に通いたい", "昭和16年5月3日（85歳）", NULL});
	expect(a, help_text(a, &f, "-layout -f 2"),
	       (const char *const[]){"判定", "該当", "① 複数の項目に支障", "⑦ うつ病の可能性", "11点", "2点", "告示第197号", "閉じこもり", NULL});
}

static struct answers *basic_info(struct arena *a)
{
	if (!form_known(forms, "riyosha-kihon-joho") || !form("riyosha-kihon-joho")->print) /* its layout is not drawn yet */
		skip();
	struct answers *as = answers_new(a, form("riyosha-kihon-joho"));
	static const char *const v[][2] = {
		{"insured_no", "0000012345"}, {"consult_date", "2026-11-20"}, {"author", "見本 担当子"}, {"consult_method", "01"},
		{"consult_count", "02"}, {"prev_consult_date", "2026-10-02"}, {"current_place", "01"}, {"name_kana", "ヨシダ サキコ"},
		{"name", "𠮷田 﨑子"}, {"sex", "2"}, {"birth_date", "1941-05-03"},
		{"address", "架空県見本市中央区本町一丁目2番3号 みほんハイツ101"}, {"phone", "000-0000-0000"}, {"adl_rank", "12"},
		{"dementia_rank", "02"}, {"care_level", "12"}, {"cert_from", "2026-04-01"}, {"cert_to", "2027-03-31"},
		{"prev_care_level", "01"}, {"kcl_result", "1"}, {"kcl_date", "2026-11-20"}, {"dis_physical", "true"},
		{"dis_note", "身障4級（右膝）"}, {"housing_type", "05"}, {"room_floor", "2"}, {"home_modification", "1"},
		{"econ_kokumin", "true"}, {"econ_kosei", "true"}, {"econ_note", "月に11万円ほど"}, {"visitor_name", "見本 花江"},
		{"visitor_relation", "長女"}, {"visitor_address", "架空県見本市南区二丁目5番"}, {"visitor_phone", "000-1111-2222"},
		{"emergency.0.name", "見本 花江"}, {"emergency.0.relation", "長女"}, {"emergency.0.address", "架空県見本市南区二丁目5番"},
		{"emergency.0.phone", "000-1111-2222"}, {"emergency.1.name", "𠮷田 一夫"}, {"emergency.1.relation", "弟"},
		{"family_note", "夫は5年前に死去。長女が週に2回、買い物を手伝う。"},
		{"life_history", "見本市で生まれ、洋裁の仕事を40年続けた。夫と二人で店を営んでいた。"},
		{"day_overview", "朝は6時に起きて庭に水をやる。午後はテレビを見て過ごすことが多い。"},
		{"day_schedule.0.when", "6:00"}, {"day_schedule.0.self", "起床、庭の水やり"}, {"day_schedule.1.when", "12:00"},
		{"day_schedule.1.self", "昼食"}, {"day_schedule.1.carer", "長女が来る（火・金）"}, {"hobby", "洋裁、花を育てること"},
		{"relation", "隣の家の人と毎日あいさつをする。老人会には出なくなった。"}, {"med.0.when", "平成30年4月頃"},
		{"med.0.disease", "変形性膝関節症"}, {"med.0.doctor", "みほん整形外科 見本医師"}, {"med.0.is_primary", "1"},
		{"med.0.tel", "000-3333-4444"}, {"med.0.course", "01"}, {"med.0.treatment", "月に1回通院し、痛み止めを飲んでいる。"},
		{"svc_informal", "配食（週2回）、長女の買い物"}, {"consent_date", "2026-11-20"}, {"consent_name", "𠮷田 﨑子"},
	};
	for (size_t i = 0; i < sizeof v / sizeof v[0]; i++)
		set(as, v[i][0], v[i][1]);
	return as;
}

static void basic_info_has_two_pages(void **state)
{
	struct arena *a = *state;
	struct print_job j = job_of(basic_info(a));
	struct help_file f = make(a, &j);
	assert_int_equal(pages_of(a, &f), 2);
	expect(a, help_text(a, &f, "-layout -l 1"),
	       (const char *const[]){"利用者基本情報", "令和8年11月20日", "ヨシダ サキコ", "昭和16年5月3日生（85歳）", "TEL　000-0000-0000",
	                             "身障4級（右膝）", "見本 花江", "弟", "夫は5年前に死去", "花江（長女、別居）", NULL});
	expect(a, help_text(a, &f, "-layout -f 2"),
	       (const char *const[]){"介護予防に関する事項", "洋裁の仕事を40年続けた", "6:00", "老人会", "変形性膝関節症", "☆",
	                             "みほん整形外科", "配食（週2回）", "同意します", NULL});
}

static void family_is_drawn_where_it_can_be_read(void **state)
{
	struct arena *a = *state;
	struct print_job j = job_of(basic_info(a));
	struct help_file words = make(a, &j);
	struct drawing *d = drawing_new(a, 700, 500, "家族構成", "");
	draw_text(d, 350, 100, 30, DRAW_MIDDLE, 600, 1, "図の中の文字");
	draw_rect(d, 300, 300, 90, 90, 0, (struct draw_pen){0}, DRAW_BLACK);
	struct print_picture p = {"family_diagram", d};
	j.pictures = &p;
	j.n_pictures = 1;
	struct help_file f = make(a, &j);
	assert_int_equal(pages_of(a, &f), 2);
	expect(a, help_text(a, &f, "-layout -l 1"), (const char *const[]){"図の中の文字", NULL});
	assert_null(strstr(squeeze(a, help_text(a, &f, "-layout -l 1")), "花江（長女、別居）"));
	struct help_image x = help_raster(a, &words, 1, 50), y = help_raster(a, &f, 1, 50);
	assert_true(help_differs(&x, &y) > 30);
	/* a picture whose words nobody could read: the list stands there */
	d->w = 9000;
	struct help_file small = make(a, &j);
	expect(a, help_text(a, &small, "-layout -l 1"), (const char *const[]){"花江（長女、別居）", NULL});
}

static void every_page_has_the_five_things_in_its_foot(void **state)
{
	struct arena *a = *state;
	struct answers *as = checklist(a, "YYYYYNNNYYY-YYNNNYYNYYNNN", "148", "40");
	struct print_job j = job_of(as);
	struct help_file f = make(a, &j);
	int n = pages_of(a, &f);
	for (int i = 1; i <= n; i++) {
		const char *t = help_text(a, &f, arena_fmt(a, "-layout -f %d -l %d", i, i));
		expect(a, t, (const char *const[]){"氏名　𠮷田 﨑子", "被保険者番号　0000012345", "基本チェックリスト",
		                                arena_fmt(a, "%d/%d ページ", i, n), "作成 2026年", NULL});
	}
}


static void blanks_stay_blank_and_say_so(void **state)
{
	struct arena *a = *state;
	struct answers *as = answers_new(a, form("kihon-checklist"));
	struct print_job j = job_of(as);
	j.name = NULL;
	struct help_file blank = make(a, &j);
	expect(a, help_text(a, &blank, "-layout -f 2"), (const char *const[]){"判定不能", "0〜20点", "No.1〜20", NULL});
	assert_null(strstr(squeeze(a, help_text(a, &blank, "-layout -f 2")), "非該当"));
	/* Circles: the answered form differs from the blank one only by ink around the chosen words. */
	as = checklist(a, "YNYYYYYYNNN-NNNYNNYNNNNNN", "", "");
	struct print_job k = job_of(as);
	struct help_file full = make(a, &k);
	struct help_image b = help_raster(a, &blank, 1, 100), f = help_raster(a, &full, 1, 100);
	const char *at = strstr(help_run(a, "pdftotext -bbox -l 1 %s -", full.path), "バスや電車で");
	assert_non_null(at);
	while (!str_starts(at, "yMin="))
		at--;
	int y = (int)(atof(at + 6) * 254 / 72) - 15; /* the row of question 1, where はい is chosen */
	size_t yes_blank = help_ink(&b, 1500, y, 210, 60, PDF_A4_W), yes_full = help_ink(&f, 1500, y, 210, 60, PDF_A4_W);
	size_t no_blank = help_ink(&b, 1730, y, 210, 60, PDF_A4_W), no_full = help_ink(&f, 1730, y, 210, 60, PDF_A4_W);
	assert_true(no_blank > 20);
	assert_true(yes_full > yes_blank);
	assert_int_equal(no_full, no_blank);
}

/* Where the file says there is a word, there is ink: no letter is drawn white, empty or off the paper. */
static void every_word_has_ink(void **state)
{
	struct arena *a = *state;
	const struct answers *both[] = {checklist(a, "YYYYYNNNYYY-YYNNNYYNYYNNN", "148", "40"), basic_info(a)};
	for (int i = 0; i < 2; i++) {
		struct print_job j = job_of(both[i]);
		struct help_file f = make(a, &j);
		for (int page = 1; page <= 2; page++) {
			struct help_image im = help_raster(a, &f, page, 100);
			const char *t = help_run(a, "pdftotext -bbox -f %d -l %d %s -", page, page, f.path);
			int words = 0;
			for (double x, y, x2, y2; (t = strstr(t, "<word ")); t++, words++) {
				assert_int_equal(sscanf(t, "<word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\"", &x, &y, &x2, &y2), 4);
				int mm[4] = {(int)(x * 254 / 72), (int)(y * 254 / 72), (int)(x2 * 254 / 72) + 1, (int)(y2 * 254 / 72) + 1};
				assert_true(mm[0] >= 0 && mm[1] >= 0 && mm[2] <= PDF_A4_W && mm[3] <= PDF_A4_H);
				if (help_ink(&im, mm[0], mm[1], mm[2] - mm[0], mm[3] - mm[1], PDF_A4_W) == 0)
					fail_msg("no ink: %.80s", t);
			}
			assert_true(words > 60);
		}
	}
}

static void reprint_is_byte_equal(void **state)
{
	struct arena *a = *state;
	struct print_job j = job_of(checklist(a, "YYYYYNNNYYY-YYNNNYYNYYNNN", "148", "40"));
	struct help_file x = make(a, &j), y = make(a, &j);
	assert_int_equal(x.n, y.n);
	assert_memory_equal(x.bytes, y.bytes, x.n);
	j.now_ms += 60000;
	struct help_file z = make(a, &j);
	assert_true(z.n != x.n || memcmp(z.bytes, x.bytes, x.n) != 0);
}

/* 10,000 characters that can be told apart: the last ones must be on paper, and all of them in order. */
static char *long_text(struct arena *a, size_t n)
{
	struct buf b = buf_new(a);
	for (size_t i = 0; str_count(str_or(b.p, "")) < n - 12 && i < n; i += 10)
		buf_fmt(&b, "あいうえ、か%04zu%s", i / 10 % 10000, i % 200 == 0 ? "\n" : "");
	buf_str(&b, "終わりの文字は鱗です鱗");
	return b.p;
}

static void print_long(const struct form_def *d, const struct form_item *it)
{
	struct arena *a = arena_new((size_t)96 << 20);
	struct answers *as = answers_new(a, d);
	const char *path = it->parent ? arena_fmt(a, "%s.0.%s", it->parent->id, it->id) : it->path;
	size_t most = (size_t)it->max_length < 10000 ? (size_t)it->max_length : 10000;
	bool memo = it->type == ITEM_MEMO;
	struct answers *level = as;
	if (it->parent) { /* a row comes into being with its first value */
		assert_int_equal(answers_set_text(as, path, "x"), OK);
		level = as->a[it->parent->index].rows[0];
	}
	for (size_t i = 0; i < d->n_items; i++) /* blocks that stand only with a yes */
		if (d->items[i].type == ITEM_BOOL)
			set(as, d->items[i].path, "true");
	/* straight into the answer: also a text longer than the form allows (old records) must be printed whole */
	level->a[it->index].blank = BLANK_NONE;
	level->a[it->index].text = long_text(a, memo ? 10000 : most < 40 ? 40 : most);
	struct print_job j = job_of(as);
	struct help_file f = make(a, &j);
	const char *out = squeeze(a, help_text(a, &f, ""));
	int ends = 0; /* in a narrow column the readers mix lines of neighbours; the rare letter stands twice
	                 * in the text (and again where the item stands in a page head), nowhere else */
	for (const char *e = out; (e = strstr(e, "鱗")); e++)
		ends++;
	if (ends < 2 || ends % 2)
		fail_msg("%s: the end of %s is not on paper", d->id, it->path);
	int n = pages_of(a, &f);
	assert_true(!memo || n > 3);
	for (int m = 0; memo && m < 900; m += 7) /* nothing is cut at a page's end */
		if (!strstr(out, arena_fmt(a, "%04d", m)))
			fail_msg("%s: %s lacks %04d", d->id, it->path, m);
	for (int p = 1; p <= n; p++) { /* beside a long name of a person the form goes by its short one */
		const char *page = squeeze(a, help_text(a, &f, arena_fmt(a, "-f %d -l %d", p, p)));
		if (!strstr(page, squeeze(a, d->name)) && !strstr(page, squeeze(a, d->short_name)))
			fail_msg("%s: page %d of %s has no name", d->id, p, it->path);
	}
	arena_free(a);
}

static void no_text_is_cut(void **state)
{
	(void)state;
	int tried = 0;
	for (size_t i = 0; i < forms->n_defs; i++)
		for (size_t k = 0; k < forms->defs[i]->n_items; k++) {
			const struct form_item *it = &forms->defs[i]->items[k];
			if ((it->type == ITEM_MEMO || it->type == ITEM_TEXT) && form_prints(forms->defs[i], it)) {
				print_long(forms->defs[i], it);
				tried++;
			}
			for (size_t c = 0; c < it->n_children; c++)
				if ((it->children[c].type == ITEM_MEMO || it->children[c].type == ITEM_TEXT) && form_prints(forms->defs[i], &it->children[c]))
					print_long(forms->defs[i], &it->children[c]);
		}
	assert_true(tried > 5);
}

static void lists_go_on_with_their_head(void **state)
{
	struct arena *a = *state;
	struct answers *as = basic_info(a);
	for (int i = 0; i < 25; i++) {
		set(as, arena_fmt(a, "med.%d.disease", i), arena_fmt(a, "病名%02d", i));
		set(as, arena_fmt(a, "med.%d.treatment", i), "通院と服薬を続けている。食事と運動に気をつけるように言われている。");
	}
	struct print_job j = job_of(as);
	struct help_file f = make(a, &j);
	int n = pages_of(a, &f);
	assert_true(n >= 3);
	const char *third = help_text(a, &f, "-layout -f 3 -l 3");
	expect(a, third, (const char *const[]){"医療機関・医師名", "治療中の場合は内容", "利用者基本情報", NULL});
	const char *all = help_text(a, &f, "-layout");
	for (int i = 0; i < 25; i++)
		expect(a, all, (const char *const[]){arena_fmt(a, "病名%02d", i), NULL});
}

static void fonts_of_forms_are_embedded(void **state)
{
	struct arena *a = *state;
	struct print_job j = job_of(basic_info(a));
	struct help_file f = make(a, &j);
	char **lines;
	size_t n;
	lines = str_split(a, help_run(a, "pdffonts %s", f.path), '\n', &n);
	assert_true(n > 3);
	for (size_t i = 2; i < n; i++)
		if (*lines[i] && !strstr(lines[i], " yes yes yes "))
			fail_msg("%s", lines[i]);
}

static void radar_has_every_axis_with_its_values(void **state)
{
	struct arena *a = *state;
	struct answers *one = checklist(a, "YYYYYNNNYYY-YYNNNYYNYYNNN", "148", "40"), *two = checklist(a, "YYYYY.NNNN.-NNNYNNYNNNNNN", "", "");
	set(two, "kcl_date", "2027-05-20");
	struct radar *r;
	assert_int_equal(radar_of_answers(a, (const struct answers *const[]){one, two}, (const char *const[]){"前", "後"}, 2,
	                                  civil_of_instant(now_ms), &r), OK);
	assert_int_equal(r->n_axes, 7);
	const char *svg = radar_svg(a, r, "r1");
	static const char *const titles[] = {
		"<title>生活：前 0点（5点中）、後 0点（5点中）</title>", "<title>運動：前 5点（5点中）、後 2〜3点（5点中）</title>",
		"<title>栄養：前 2点（2点中）、後 0〜2点（2点中）</title>", "<title>口腔：前 2点（3点中）、後 0点（3点中）</title>",
		"<title>閉じこもり：前 1点（2点中）、後 0点（2点中）</title>", "<title>認知：前 1点（3点中）、後 0点（3点中）</title>",
		"<title>うつ：前 2点（5点中）、後 0点（5点中）</title>",
	};
	for (size_t i = 0; i < 7; i++)
		if (!strstr(svg, titles[i]))
			fail_msg("no %s in\n%s", titles[i], svg);
	assert_null(strstr(svg, "style="));
	assert_non_null(strstr(svg, "stroke-dasharray=\"18 12\"")); /* dates differ in line, not only in colour */
	assert_non_null(strstr(svg, "fill-rule=\"evenodd\""));      /* the band of what is not known */
	assert_non_null(strstr(svg, "<circle"));
	struct print_job j = job_of(two);
	j.earlier = one;
	struct help_file f = make(a, &j);
	expect(a, help_text(a, &f, "-f 2"), (const char *const[]){"5→2〜3/5", "2→0〜2/2", NULL});
}

static void sheet_holds_the_same_words(void **state)
{
	struct arena *a = *state;
	struct answers *as = basic_info(a);
	char *t = long_text(a, 10000);
	const struct form_item *memo = form_item_find(as->def, "life_history");
	as->a[memo->index].text = t;
	for (int i = 0; i < 2; i++) {
		struct print_job j = job_of(i ? as : checklist(a, "YYYYYNNNYYY-YYNNNYYNYYNNN", "148", "40"));
		const char *bytes;
		size_t n;
		assert_int_equal(sheet_write(a, help_fonts(), &j, &bytes, &n), OK);
		struct help_file f = help_save(bytes, n, "xlsx");
		const char *strings = help_run(a, "unzip -p %s xl/sharedStrings.xml", f.path);
		const char *sheet = help_run(a, "unzip -p %s xl/worksheets/sheet1.xml", f.path);
		expect(a, strings, i ? (const char *const[]){"利用者基本情報", "字は鱗です鱗", "○来所", "☑身障", "☆", "同意します", NULL}
		                     : (const char *const[]){"基本チェックリスト", "○0.はい", "1.いいえ", "○1.いいえ", "判定", "告示第197号", NULL});
		assert_non_null(strstr(strings, "0000012345"));
		assert_non_null(strstr(sheet, "<mergeCell "));
		assert_non_null(strstr(sheet, "paperSize=\"9\""));
		assert_null(strstr(sheet, "<f>"));
		const char *styles = help_run(a, "unzip -p %s xl/styles.xml", f.path);
		assert_non_null(strstr(styles, "textRotation=\"255\"")); /* headings written downwards */
		if (i) {
			expect(a, strings, (const char *const[]){"治療中\n経過観察中\nその他", NULL}); /* one below the other, as on paper */
			continue;
		}
		/* the radar is a chart with its numbers, and No.12 is marked by what was worked out */
		const char *chart = help_run(a, "unzip -p %s xl/charts/chart1.xml", f.path);
		expect(a, chart, (const char *const[]){"radarChart", "運動", "3", NULL});
		expect(a, strings, (const char *const[]){"○該当　非該当", NULL});
	}
}

static void a_form_without_layout_is_printed_in_order(void **state)
{
	struct arena *a = *state;
	struct answers *as = basic_info(a);
	struct form_def bare = *as->def;
	bare.print = NULL;
	as->def = &bare;
	struct print_job j = job_of(as);
	struct help_file f = make(a, &j);
	expect(a, help_text(a, &f, "-layout"), (const char *const[]){"今までの生活", "洋裁の仕事", "変形性膝関節症", "老人会", "𠮷田 﨑子", NULL});
	struct form_problems p = {0};
	assert_true(print_check(a, help_fonts(), &bare, &p));
}

static void a_broken_layout_is_refused_in_words(void **state)
{
	static const char *const bad[] = {
		"{}", "{\"blocks\":[]}", "{\"blocks\":[{\"h\":50}]}", "{\"blocks\":[{\"h\":50,\"boxes\":[{\"x\":2000,\"w\":500}]}]}",
		"{\"blocks\":[{\"h\":50,\"boxes\":[{\"item\":\"nothing\"}]}]}", "{\"blocks\":[{\"h\":50,\"boxes\":[{\"y\":40,\"h\":20}]}]}",
		"{\"blocks\":[{\"h\":50,\"boxes\":[{\"item\":\"name\",\"mark\":\"circle\"}]}]}",
		"{\"blocks\":[{\"h\":50,\"boxes\":[{\"text\":\"a\",\"align\":\"middle\"}]}]}",
		"{\"blocks\":[{\"h\":20,\"boxes\":[{\"text\":\"高さが足りない\"}]}]}", "{\"blocks\":[{\"h\":2900,\"boxes\":[{\"text\":\"a\"}]}]}",
		"{\"blocks\":[{\"group\":[]}]}", "{\"blocks\":[{\"list\":\"name\",\"row\":{\"boxes\":[]}}]}",
		"{\"paper\":{\"w\":100},\"blocks\":[{\"h\":50,\"boxes\":[]}]}",
	};
	struct arena *a = *state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct form_def d = *form("kihon-checklist");
		struct json *v;
		assert_int_equal(json_parse(a, bad[i], strlen(bad[i]), NULL, &v, NULL), OK);
		d.print = v;
		struct form_problems p = {0};
		if (print_check(a, help_fonts(), &d, &p) || p.n == 0)
			fail_msg("taken: %s", bad[i]);
	}
}

/* A list on paper: heads again on every page, page n/N, a cell higher than a page goes on, nothing is lost. */
static void table_on_pages(void **state)
{
	static const struct pdf_table_col cols[] = {{"日時", 400}, {"見た人", 600}, {"所属", 800}};
	static const char *const facts[] = {"氏名", "見本 花子", "期間", "令和8年4月1日から令和8年11月20日まで"};
	struct arena *a = *state;
	enum { ROWS = 130 };
	const char **cells = ARENA_ARRAY(a, ROWS * 3, const char *);
	struct buf long_cell = buf_new(a);
	for (int i = 0; i < 4000; i++)
		buf_fmt(&long_cell, "%s", i % 10 == 9 ? "里" : "山");
	for (size_t i = 0; i < ROWS; i++) {
		cells[3 * i] = arena_fmt(a, "目印%03zu", i);
		cells[3 * i + 1] = "見本 職員";
		cells[3 * i + 2] = i == 60 ? long_cell.p : "青葉市北部地域包括支援センター";
	}
	struct pdf_table t = {.title = "閲覧の記録", .facts = facts, .n_facts = 2, .cols = cols, .n_cols = 3, .cells = cells, .n_rows = ROWS,
		.note = "説明", .empty = "なし", .foot = "見本 花子", .now_ms = now_ms};
	const char *bytes, *again;
	size_t n, m;
	assert_int_equal(pdf_table_write(a, help_fonts(), &t, &bytes, &n), OK);
	assert_int_equal(pdf_table_write(a, help_fonts(), &t, &again, &m), OK);
	assert_true(n == m && memcmp(bytes, again, n) == 0);
	struct help_file f = help_save(bytes, n, "pdf");
	const char *text = help_text(a, &f, "-layout");
	size_t pages = 0, heads = 0, long_signs = 0, foots = 0;
	for (const char *p = text; *p; p++) {
		pages += *p == '\f';
		heads += strncmp(p, "見た人", strlen("見た人")) == 0;
		foots += strncmp(p, " ページ", strlen(" ページ")) == 0;
		long_signs += strncmp(p, "里", strlen("里")) == 0;
	}
	assert_true(pages >= 4);
	assert_int_equal(heads, pages);
	assert_int_equal(foots, pages);
	assert_int_equal(long_signs, 400);
	for (size_t i = 0; i < ROWS; i++)
		assert_non_null(strstr(text, arena_fmt(a, "目印%03zu", i)));
	assert_non_null(strstr(text, arena_fmt(a, "%zu/%zu ページ", pages, pages)));
	assert_non_null(strstr(text, "令和8年4月1日から"));
	t.n_rows = 0;
	assert_int_equal(pdf_table_write(a, help_fonts(), &t, &bytes, &n), OK);
	f = help_save(bytes, n, "pdf");
	assert_non_null(strstr(help_text(a, &f, ""), "なし"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(every_layout_can_be_drawn), UNIT(checklist_says_what_was_answered),
		UNIT(basic_info_has_two_pages), UNIT(family_is_drawn_where_it_can_be_read),
		UNIT(every_page_has_the_five_things_in_its_foot), UNIT(blanks_stay_blank_and_say_so), UNIT(every_word_has_ink),
		UNIT(reprint_is_byte_equal),
		UNIT(no_text_is_cut), UNIT(lists_go_on_with_their_head), UNIT(fonts_of_forms_are_embedded),
		UNIT(radar_has_every_axis_with_its_values), UNIT(sheet_holds_the_same_words),
		UNIT(a_form_without_layout_is_printed_in_order), UNIT(table_on_pages),
		UNIT(a_broken_layout_is_refused_in_words),
	};
	return cmocka_run_group_tests_name("print", tests, start, stop);
}
