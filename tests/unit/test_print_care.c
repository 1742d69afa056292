/* The forms of care management on paper: rows that share a need, columns that fill downwards, the week, struck words; the golden
 * cases of every form; a text of 10,000 characters in a shared cell. */
#include "unit.h"

#include "base/buf.h"
#include "base/str.h"
#include "form/cases.h"
#include "form/mark.h"
#include "form/print.h"
#include "form/sheet.h"
#include "form/week_grid.h"
#include "print_help.h"

#include <dirent.h>
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
	return form_load(house, arena_fmt(house, "%s/forms", root ? root : "."), &forms, &p) == OK ? 0 : -1;
}

static int stop(void **state)
{
	arena_free(house);
	return help_stop(state);
}

static struct answers *new_form(struct arena *a, const char *id)
{
	const struct form_def *d = form_find(forms, id, civil_from(2026, 11, 20));
	assert_non_null(d);
	return answers_new(a, d);
}

static void put(struct answers *as, const char *path, const char *text)
{
	const struct form_item *it = form_item_find(as->def, path);
	err e = it && (it->type == ITEM_TEXT || it->type == ITEM_MEMO) ? answers_set_text(as, path, text) : answers_set(as, path, text);
	if (e != OK)
		fail_msg("%s = %s: %s", path, text, err_name(e));
}

static void put_row(struct answers *as, struct arena *a, const char *list, int row, const char *column, const char *text)
{
	put(as, arena_fmt(a, "%s.%d.%s", list, row, column), text);
}

static struct help_file make(struct arena *a, const struct answers *as)
{
	struct print_job j = {.as = as, .name = "見本 花江", .insured_no = "0000012345", .now_ms = now_ms, .today = civil_of_instant(now_ms)};
	const char *bytes;
	size_t n;
	assert_int_equal(print_pdf(a, help_fonts(), &j, &bytes, &n), OK);
	return help_save(bytes, n, "pdf");
}

static int pages_of(struct arena *a, const struct help_file *f)
{
	return atoi(strstr(help_run(a, "pdfinfo %s", f->path), "Pages:") + 6);
}

static char *squeeze(struct arena *a, const char *t)
{
	struct buf b = buf_new(a);
	for (uint32_t c; (c = str_next(&t));)
		if (c > 0x20 && c != 0x3000)
			buf_utf8(&b, c);
	return arena_str(a, str_or(b.p, ""));
}

static int count(const char *text, const char *what)
{
	int n = 0;
	for (const char *t = text; (t = strstr(t, what)); t += strlen(what))
		n++;
	return n;
}

/* Whose paper it is stands in one line of the foot, on every form: nothing below that line. */
static void the_foot_is_one_line(void **state)
{
	struct arena *a = *state;
	for (size_t i = 0; i < forms->n_defs; i++) {
		const struct form_def *d = forms->defs[i];
		const char *text, *why = "";
		struct json *v;
		int64_t w, h, bottom;
		if (form_text_file(a, arena_fmt(a, "%s/print.json", d->dir), &text) != OK)
			continue;
		assert_int_equal(json_parse(a, text, strlen(text), NULL, &v, &why), OK);
		const struct json *paper = json_get(v, "paper");
		assert_true(json_int(json_get(paper, "w"), &w) && json_int(json_get(paper, "h"), &h) && json_int(json_get(paper, "bottom"), &bottom));
		struct help_file f = make(a, answers_new(a, d));
		struct help_image x = help_raster(a, &f, 1, 100);
		int at = (int)(h - bottom) + 25;
		if (!help_ink(&x, 0, at, (int)w, 30, (int)w) || help_ink(&x, 0, at + 34, (int)w, 40, (int)w))
			fail_msg("%s: the foot is not one line", d->id);
	}
}

/* ---- the golden cases ---- */

static void print_case(const struct form_def *d, const char *name)
{
	struct arena *a = arena_new((size_t)96 << 20);
	const char *text, *why = "";
	struct json *v;
	struct answers *as;
	assert_int_equal(form_text_file(a, arena_fmt(a, "%s/cases/%s", d->dir, name), &text), OK);
	assert_int_equal(json_parse(a, text, strlen(text), NULL, &v, &why), OK);
	const struct json *want = json_get(v, "expect"), *words = json_get(want, "text");
	int64_t pages;
	if (json_get(want, "pages") || words) {
		if (answers_from_json(a, d, v, &as, &why))
			fail_msg("%s %s: %s", d->id, name, why);
		struct help_file f = make(a, as);
		const char *out = squeeze(a, help_text(a, &f, ""));
		if (json_int(json_get(want, "pages"), &pages) && pages != pages_of(a, &f))
			fail_msg("%s %s: %d pages", d->id, name, pages_of(a, &f));
		for (size_t i = 0; words && i < words->n; i++)
			if (!strstr(out, squeeze(a, json_text(json_at(words, i), ""))))
				fail_msg("%s %s: 「%s」 is not on paper", d->id, name, json_text(json_at(words, i), ""));
		struct print_job j = {.as = as, .name = "見本 花江", .insured_no = "0000012345", .now_ms = now_ms, .today = d->from};
		const char *bytes;
		size_t n;
		assert_int_equal(sheet_write(a, help_fonts(), &j, &bytes, &n), OK);
	}
	arena_free(a);
}

static void golden_cases_on_paper(void **state)
{
	(void)state;
	int tried = 0;
	for (size_t i = 0; i < forms->n_defs; i++) {
		char dir[512];
		snprintf(dir, sizeof dir, "%s/cases", forms->defs[i]->dir);
		DIR *f = opendir(dir);
		for (struct dirent *e; f && (e = readdir(f));)
			if (str_ends(e->d_name, ".json")) {
				print_case(forms->defs[i], e->d_name);
				tried++;
			}
		if (f)
			closedir(f);
	}
	assert_true(tried > 60);
}

/* ---- shared cells ---- */

static char *numbered(struct arena *a, int from, int to)
{
	struct buf b = buf_new(a);
	for (int i = from; i < to; i++)
		buf_fmt(&b, "あいうえおか%04d", i);
	return b.p;
}

static void plan_rows(struct answers *as, struct arena *a, int n, int per_need)
{
	for (int i = 0; i < n; i++) {
		put_row(as, a, "rows", i, "need_no", arena_fmt(a, "%d", i / per_need + 1));
		put_row(as, a, "rows", i, "need_text", arena_fmt(a, "課題%02dの文", i / per_need + 1));
		put_row(as, a, "rows", i, "goal_no", "1");
		put_row(as, a, "rows", i, "short", arena_fmt(a, "短目%02d", i / per_need + 1));
		put_row(as, a, "rows", i, "content", arena_fmt(a, "内容%02dの文", i));
	}
}

static void a_need_is_printed_once(void **state)
{
	struct arena *a = *state;
	struct answers *as = new_form(a, "kyotaku-2");
	plan_rows(as, a, 30, 5);
	struct help_file f = make(a, as);
	const char *out = squeeze(a, help_text(a, &f, "-layout"));
	int pages = pages_of(a, &f);
	assert_in_range(pages, 2, 5);
	for (int i = 0; i < 6; i++) {
		assert_int_equal(count(out, arena_fmt(a, "課題%02dの文", i + 1)), 1);
		assert_int_equal(count(out, arena_fmt(a, "短目%02d", i + 1)), 1);
	}
	for (int i = 0; i < 30; i++)
		assert_int_equal(count(out, arena_fmt(a, "内容%02dの文", i)), 1);
	assert_in_range(count(out, "長期目標"), pages - 1, pages); /* the head stands on each page that has rows */
	assert_int_equal(count(out, "居宅サービス計画書（２）"), pages);
	/* other needs, or rows without a number, do not merge */
	struct answers *apart = new_form(a, "kyotaku-2");
	for (int i = 0; i < 3; i++)
		put_row(apart, a, "rows", i, "need_text", "同じ文");
	struct help_file g = make(a, apart);
	assert_int_equal(count(squeeze(a, help_text(a, &g, "-layout")), "同じ文"), 3);
}

/* One long text over few and over many rows: every part of it is there, once, also where pages end inside it. */
static void a_shared_text_is_never_cut(void **state)
{
	struct arena *a = *state;
	static const struct {
		int rows, long_row;
		const char *column;
	} t[] = {{3, 0, "need_text"}, {3, 0, "short"}, {40, 0, "need_text"}, {17, 9, "content"}, {2, 1, "content"}};
	for (size_t k = 0; k < sizeof t / sizeof t[0]; k++) {
		struct arena *w = arena_new((size_t)96 << 20);
		struct answers *as = new_form(w, "kyotaku-2");
		plan_rows(as, w, t[k].rows, t[k].rows);
		char *text = numbered(w, 0, 1000);
		for (int i = 0; i < t[k].rows; i++) /* a shared cell has the text in each of its rows */
			if (!str_eq(t[k].column, "content") || i == t[k].long_row)
				put_row(as, w, "rows", i, t[k].column, text);
		struct help_file f = make(w, as);
		/* as written into the file: box after box, so only a page's end can stand inside a number */
		const char *out = squeeze(w, help_text(w, &f, "-raw"));
		int broken = 0, pages = pages_of(w, &f);
		for (int m = 0; m < 1000; m++)
			broken += !strstr(out, arena_fmt(w, "か%04d", m));
		if (broken > pages || pages < 4)
			fail_msg("%s over %d rows: %d places are missing on %d pages", t[k].column, t[k].rows, broken, pages);
		assert_non_null(strstr(out, "0999"));
		for (int i = 0; i < t[k].rows; i++)
			if (!str_eq(t[k].column, "content"))
				assert_int_equal(count(out, arena_fmt(w, "内容%02dの文", i)), 1);
		arena_free(w);
	}
	(void)a;
}

static void columns_fill_downwards(void **state)
{
	struct arena *a = *state;
	struct answers *as = new_form(a, "kyotaku-5");
	for (int i = 0; i < 90; i++) {
		put_row(as, a, "rows", i, "at", arena_fmt(a, "日%02d日", i));
		put_row(as, a, "rows", i, "item", "電話");
		put_row(as, a, "rows", i, "content", arena_fmt(a, "経過%02dの内容", i));
	}
	struct help_file f = make(a, as);
	int pages = pages_of(a, &f);
	const char *out = squeeze(a, help_text(a, &f, "-layout")), *first = squeeze(a, help_text(a, &f, "-layout -l 1"));
	assert_int_equal(pages, 2);
	for (int i = 0; i < 90; i++)
		assert_int_equal(count(out, arena_fmt(a, "経過%02dの内容", i)), 1);
	assert_int_equal(count(first, "項目"), 2); /* both columns have their head */
	/* beside the first row stands the row that begins the second column, not the second row */
	const char *one = strstr(first, "経過00の内容");
	assert_non_null(one);
	const char *next = strstr(one + 3, "経過");
	assert_non_null(next);
	assert_in_range(atoi(next + strlen("経過")), 15, 40);
	/* more than one page is not needed for none */
	struct help_file g = make(a, new_form(a, "kyotaku-5"));
	assert_int_equal(pages_of(a, &g), 1);
	assert_int_equal(count(squeeze(a, help_text(a, &g, "")), "項目"), 2);
}

/* ---- struck words ---- */

static void struck_words_are_kept(void **state)
{
	struct arena *a = *state;
	struct answers *as = new_form(a, "kyotaku-2"), *plain = new_form(a, "kyotaku-2");
	const struct mark_step steps[] = {{"（令和8年12月1日変更）", false}, {"週2回", true}, {"週3回", false}};
	assert_int_equal(answers_set_marked(as, "rows.0.freq", steps, 3), OK);
	assert_int_equal(answers_set_text(plain, "rows.0.freq", "（令和8年12月1日変更）週2回週3回"), OK);
	assert_string_equal(answers_text(as, "rows.0.freq"), "（令和8年12月1日変更）〔変更前：週2回〕週3回");
	struct help_file f = make(a, as), g = make(a, plain);
	const char *out = squeeze(a, help_text(a, &f, ""));
	assert_non_null(strstr(out, "週2回"));
	assert_non_null(strstr(out, "週3回"));
	struct help_image x = help_raster(a, &f, 1, 150), y = help_raster(a, &g, 1, 150);
	assert_in_range(help_differs(&x, &y), 10, 2000); /* the line through, and nothing else */
	/* what is typed cannot strike: the marks are taken out, the page is the same to the byte */
	struct answers *typed = new_form(a, "kyotaku-2");
	assert_int_equal(answers_set_text(typed, "rows.0.freq", "（令和8年12月1日変更）\xEF\xB7\x90週2回\xEF\xB7\x91週3回"), OK);
	struct help_file h = make(a, typed);
	assert_int_equal(h.n, g.n);
	assert_memory_equal(h.bytes, g.bytes, g.n);
	/* nor inside the words that are struck */
	const struct mark_step sly[] = {{"あ\xEF\xB7\x91い", true}, {"う", false}};
	assert_string_equal(mark_paper(a, sly, 2), "\xEF\xB7\x90" "あい" "\xEF\xB7\x91" "う");
	/* and it survives only as words */
	struct answers *back;
	const char *why;
	assert_int_equal(answers_from_json(a, as->def, answers_to_json(a, as), &back, &why), OK);
	assert_null(back->a[form_item_find(as->def, "rows")->index].rows[0]->a[form_item_find(as->def, "rows.freq")->index].marked);
}

/* ---- the week ---- */

static bool drawn(const struct week_grid *g, const char *text, int *n)
{
	*n = 0;
	for (size_t i = 0; i < g->d->n_shapes; i++)
		if (g->d->shapes[i].kind == DRAW_TEXT && str_eq(g->d->shapes[i].text, text))
			++*n;
	return *n > 0;
}

/* In Excel 第3表 is a grid: half hours down, seven days across, every stay over its rows and every word of it there. */
static void the_week_in_a_workbook(void **state)
{
	struct arena *a = *state;
	struct answers *as = new_form(a, "kyotaku-3");
	static const char *const slots[3][4] = {
		{"訪問看護のとても長い名前の事業所", "1", "545", "560"}, {"通所介護", "1", "540", "960"}, {"夜間の見守り", "7", "0", "360"}};
	static const char *const columns[4] = {"service", "dow", "from_min", "to_min"};
	for (int i = 0; i < 3; i++)
		for (int k = 0; k < 4; k++)
			put_row(as, a, "slots", i, columns[k], slots[i][k]);
	put_row(as, a, "activities", 0, "text", "起床");
	put_row(as, a, "activities", 0, "from_min", "390");
	struct print_job j = {.as = as, .name = "見本 花江", .now_ms = now_ms, .today = as->def->from};
	const char *bytes;
	size_t n;
	assert_int_equal(sheet_write(a, help_fonts(), &j, &bytes, &n), OK);
	struct help_file f = help_save(bytes, n, "xlsx");
	const char *words = help_run(a, "unzip -p %s xl/sharedStrings.xml", f.path), *sheet = help_run(a, "unzip -p %s xl/worksheets/sheet1.xml", f.path);
	static const char *const wanted[] = {"訪問看護のとても長い名前の事業所 9:05〜9:20", "通所介護 9:00〜16:00", "夜間の見守り 0:00〜6:00", "6:30 起床", "主な日常生活上の活動", "早朝",
		"週単位以外の"};
	for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
		if (!strstr(words, wanted[i]))
			fail_msg("the workbook lacks %s", wanted[i]);
	assert_non_null(strstr(sheet, "<row r=\"50\"")); /* 48 half hours and what stands above */
}

static void the_week_cuts_nothing(void **state)
{
	struct arena *a = *state;
	struct week_slot s[] = {
		{1, 540, 720, "通所介護", NULL},
		{1, 600, 660, "訪問看護", NULL},     /* beside it */
		{7, 1320, 1800, "泊まり", NULL},     /* over midnight, into Monday */
		{3, 600, 610, "服薬の声かけの電話をする人がいる", NULL},
		{4, 600, 610, "服薬の声かけの電話をする人がいる", NULL},
		{0, 600, 660, "曜日なし", NULL},
		{2, -1, -1, "時刻なし", NULL},
		{5, 1440, 1500, "あふれ", NULL},
	};
	struct week_activity v[] = {{360, 360, "起床"}, {361, 361, "すぐ後"}, {1439, 1439, "とても遅い"}, {-1, -1, "時なし"}};
	struct week_grid const *g = week_grid_make(a, &(struct week_input){.w = 2700, .h = 1400, .slots = s, .n_slots = 8, .activities = v, .n_activities = 4});
	int n;
	assert_true(drawn(g, "通所介護", &n) && n == 1);
	assert_true(drawn(g, "訪問看護", &n) && n == 1);
	assert_true(drawn(g, "泊まり", &n) && n == 2);
	assert_true(drawn(g, "6:00 起床", &n));
	assert_true(drawn(g, "①", &n) && n == 2); /* equal ones share a number */
	assert_non_null(strstr(g->rest, "①水・木　10:00〜10:10　服薬の声かけの電話をする人がいる"));
	assert_non_null(strstr(g->rest, "曜日なし"));
	assert_non_null(strstr(g->rest, "火　　時刻なし"));
	assert_non_null(strstr(g->rest, "あふれ"));
	assert_non_null(strstr(g->rest, "23:59　とても遅い"));
	assert_non_null(strstr(g->rest, "時なし"));
	for (size_t i = 0; i < g->d->n_shapes; i++) { /* inside the picture */
		const struct draw_shape *d = &g->d->shapes[i];
		if (d->kind == DRAW_RECT)
			assert_true(d->x >= 0 && d->y >= 0 && d->x + d->w <= 2700 && d->y + d->h <= 1400);
	}
	assert_string_equal(week_clock(a, 1800), "翌6:00");
	assert_string_equal(week_clock(a, 1440), "24:00");
	/* a crowd: every text is drawn or said beneath */
	struct week_slot many[200];
	for (int i = 0; i < 200; i++)
		many[i] = (struct week_slot){i % 7 + 1, i * 53 % 1400, i * 53 % 1400 + i % 90, arena_fmt(a, "用事%03d", i), NULL, NULL};
	g = week_grid_make(a, &(struct week_input){.w = 2700, .h = 1400, .slots = many, .n_slots = 200});
	for (int i = 0; i < 200; i++)
		if (!drawn(g, many[i].text, &n) && !strstr(g->rest, many[i].text))
			fail_msg("%s is lost", many[i].text);
}

static void the_week_on_paper(void **state)
{
	struct arena *a = *state;
	struct answers *as = new_form(a, "kyotaku-3");
	put(as, "from_date", "2026-12-01");
	for (int i = 0; i < 60; i++) {
		put_row(as, a, "slots", i, "service", arena_fmt(a, "用事%02dの名前が長い", i));
		put_row(as, a, "slots", i, "dow", arena_fmt(a, "%d", i % 7 + 1));
		put_row(as, a, "slots", i, "from_min", arena_fmt(a, "%d", 480 + i / 7 * 15));
		put_row(as, a, "slots", i, "to_min", arena_fmt(a, "%d", 480 + i / 7 * 15 + 15));
	}
	struct help_file f = make(a, as);
	const char *out = squeeze(a, help_text(a, &f, ""));
	for (int i = 0; i < 60; i++)
		if (!strstr(out, arena_fmt(a, "用事%02dの名前が長い", i)))
			fail_msg("slot %d is not on paper", i);
	assert_non_null(strstr(out, "令和8年12月分より"));
	/* drawn where it belongs: the boxes of Monday from eight o'clock on, and nothing at two in the night */
	struct help_file g = make(a, new_form(a, "kyotaku-3"));
	struct help_image x = help_raster(a, &f, 1, 100), y = help_raster(a, &g, 1, 100);
	assert_true(help_ink(&x, 300, 780, 280, 120, 2970) > 300 + help_ink(&y, 300, 780, 280, 120, 2970));
	assert_int_equal(help_ink(&x, 300, 450, 280, 60, 2970), help_ink(&y, 300, 450, 280, 60, 2970));
	for (size_t i = 0; i < 6; i++)
		assert_non_null(strstr(out, week_sections[i].name));
}

static void sender_code_is_drawn(void **state)
{
	struct arena *a = *state;
	struct answers *as = new_form(a, "shokai"), *none = new_form(a, "shokai");
	put(as, "code", "Q-7F3K-92MD");
	struct help_file f = make(a, as), g = make(a, none);
	struct help_image x = help_raster(a, &f, 2, 100), y = help_raster(a, &g, 2, 100);
	assert_true(help_ink(&x, 1650, 230, 300, 230, 2100) > 500 + help_ink(&y, 1650, 230, 300, 230, 2100));
	assert_non_null(strstr(squeeze(a, help_text(a, &f, "")), "Q-7F3K-92MD"));
}

/* What is asked for only with a yes stands only then. */
static void blocks_that_stand_on_a_condition(void **state)
{
	struct arena *a = *state;
	struct answers *as = new_form(a, "kyotaku-1");
	put(as, "consent_name", "見本 花江");
	struct help_file f = make(a, as);
	assert_null(strstr(squeeze(a, help_text(a, &f, "")), "同意日"));
	put(as, "consent_box", "true");
	f = make(a, as);
	assert_non_null(strstr(squeeze(a, help_text(a, &f, "")), "同意日"));
	assert_int_equal(pages_of(a, &f), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {UNIT(golden_cases_on_paper), UNIT(the_foot_is_one_line), UNIT(a_need_is_printed_once), UNIT(a_shared_text_is_never_cut),
	                                   UNIT(columns_fill_downwards), UNIT(struck_words_are_kept), UNIT(the_week_cuts_nothing), UNIT(the_week_in_a_workbook),
	                                   UNIT(the_week_on_paper), UNIT(sender_code_is_drawn), UNIT(blocks_that_stand_on_a_condition)};
	return cmocka_run_group_tests(tests, start, stop);
}
