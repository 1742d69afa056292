/* Pages of the register: struct in → HTML out, and the words for 期限. */
#include "unit.h"

#include "base/str.h"
#include "tmpl/person_edit.h"
#include "tmpl/person_history.h"
#include "tmpl/person_list.h"
#include "web/pages/insurance.h"

#include <string.h>

struct world {
	struct ctx c;
	struct req r;
	struct page_view page;
};

static struct world *world_of(void **state)
{
	struct world *w = ARENA_NEW(*state, struct world);
	memset(w, 0, sizeof *w);
	ctx_init(&w->c, *state, 1795136400000); /* 20 November 2026 */
	w->r = (struct req){.c = &w->c, .arena = *state, .path = "/persons"};
	w->page = (struct page_view){.r = &w->r, .title = "試験", .org_name = "", .user_name = "", .role_label = "", .csrf = "c", .once = "o", .account_pid = "",
		.path = "/persons", .flash = "", .flash_undo = "", .problem = "", .problem_mend = "", .state_note = "", .draft_key = "", .draft_class = "",
		.back_path = "", .back_label = "", .css = "/a.css", .js = "/a.js", .tokens_css = "/t.css"};
	return w;
}

static void has(const struct buf *b, const char *part)
{
	if (!strstr(b->p, part))
		fail_msg("lacks: %s", part);
}

static void lacks(const struct buf *b, const char *part)
{
	if (strstr(b->p, part))
		fail_msg("must not hold: %s", part);
}

static void words_of_an_end(void **state)
{
	static const struct {
		int left;
		const char *word, *kind;
	} rows[] = {{-1, "期限切れ", "bad"}, {0, "今日まで", "bad"}, {14, "あと14日", "bad"}, {15, "あと15日", "warn"}, {30, "あと30日", "warn"},
		{31, "あと31日", "note"}, {60, "あと60日", "note"}, {61, "", ""}};
	civil today = civil_from(2026, 11, 20);
	const char *kind;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		assert_string_equal(until_word(*state, today + rows[i].left, today, &kind), rows[i].word);
		assert_string_equal(kind, rows[i].kind);
	}
	assert_string_equal(until_word(*state, CIVIL_NONE, today, &kind), "");
	assert_string_equal(until_word(*state, CIVIL_OPEN, today, &kind), "");
}

static void list_page(void **state)
{
	struct world *w = world_of(state);
	struct person_hit h = {.id = 1, .pid = "0123456789abcdefghjkmnpqrs", .name = "<b>渡邉</b>", .kana = "ワタナベ", .sex = "2", .birth_on = civil_from(1940, 3, 2),
		.birth_text = "", .home_address = "", .area_id = INT_NULL, .area_name = "中央圏域", .lives_alone = "", .matched = ""};
	struct person_list_row row = {.h = &h, .age = 86, .category = "要支援2", .until = civil_from(2026, 11, 30), .until_word = "あと10日", .until_kind = "bad",
		.phone = "03-5550-1234"};
	struct person_list_view v = {.page = &w->page, .scope = "everyone", .row = "", .search_text = "", .rows = &row, .n_rows = 1, .n_total = 1, .next_path = "",
		.first_path = "/persons?scope=everyone"};
	for (int i = 0; i < 10; i++)
		v.kana[i] = (struct person_list_switch){.value = "0", .label = search_row_label(i), .count = INT64_MIN};
	for (int i = 0; i < 3; i++)
		v.switches[i] = (struct person_list_switch){.value = "mine", .label = "自分の担当", .count = 3, .chosen = i == 0};
	v.area = v.sort = v.ended = (struct ui_field){.name = "area", .label = "区域"};
	struct buf b = buf_new(*state);
	tmpl_person_list(&b, &v);
	has(&b, "&lt;b&gt;渡邉&lt;/b&gt;");
	lacks(&b, "<b>渡邉");
	has(&b, "昭和15年3月2日（1940年3月2日）");
	has(&b, "あと10日");
	has(&b, "aria-pressed=\"true\"");
	has(&b, "href=\"/persons/0123456789abcdefghjkmnpqrs\"");
	has(&b, "最初のページへ");
	lacks(&b, "次へ");
	v.n_rows = 0;
	v.is_search = true;
	v.search_text = "さ<とう";
	b = buf_new(*state);
	tmpl_person_list(&b, &v);
	has(&b, "さ&lt;とう");
	has(&b, "あてはまる方がいません");
}

/* New and edit are one form (U15): the same names in the same order. */
static const char *names_of(struct arena *a, const char *html)
{
	struct buf b = buf_new(a);
	for (const char *p = html; (p = strstr(p, " name=\"")) != NULL;) {
		p += 7;
		const char *end = strchr(p, '"');
		buf_add(&b, p, (size_t)(end - p));
		buf_char(&b, ' ');
	}
	return b.p;
}

static void edit_page(void **state)
{
	struct world *w = world_of(state);
	struct person_input empty = {.name = ""}, full = {.name = "渡邉 さと", .kana = "ワタナベ サト", .sex = "2", .birth = "昭和15年3月2日", .home = {"1000001", "見本市"},
		.phone = "03", .lives_alone = "1", .note = "\n行頭"};
	struct person_edit_view v = {.page = &w->page, .action = "/persons", .is_new = true, .consult_pid = "", .in = &empty, .retire_action = "", .history_path = ""};
	for (int s = 0; s < AREA_SLOTS; s++)
		v.area[s] = (struct ui_field){.name = "area", .label = "区域"};
	v.sex = (struct ui_field){.name = "sex", .label = "性別"};
	v.living = (struct ui_field){.name = "lives_alone", .label = "世帯"};
	v.insurer = (struct ui_field){.name = "insurer", .label = "保険者"};
	struct buf fresh = buf_new(*state), old = buf_new(*state), dup = buf_new(*state);
	tmpl_person_edit(&fresh, &v);
	v.is_new = false;
	v.in = &full;
	v.may_retire = true;
	v.retire_action = "/persons/x/retire";
	tmpl_person_edit(&old, &v);
	assert_string_equal(names_of(*state, fresh.p), names_of(*state, old.p));
	has(&old, "value=\"渡邉 さと\"");
	has(&old, "ごみ箱へ移す");
	lacks(&fresh, "ごみ箱へ移す");
	has(&fresh, "data-kana-of=\"f-name\"");
	has(&fresh, "data-postal-to=\"home_\"");
	struct duplicate_list d = {.unseen = true};
	v.dup = &d;
	tmpl_person_edit(&dup, &v);
	has(&dup, "確認が必要です");
	has(&dup, "name=\"duplicate_reason\"");
	lacks(&dup, "似ているところ");
}

static void history_of_a_reader(void **state)
{
	struct world *w = world_of(state);
	struct row_version rv[2] = {{.version = 2, .at_ms = 1795136400000, .by = 1, .action = "save", .reason = ""},
		{.version = 1, .at_ms = 1795136300000, .by = 1, .action = "insert", .reason = ""}};
	struct version_shown shown[2] = {{&rv[0], "試験 花子", "変更", true}, {&rv[1], "試験 花子", "登録", false}};
	struct conflict_shown con = {.pid = "p", .name = "試験 次郎", .columns = "メモ", .at_ms = 1795136400000, .is_own = false};
	struct history_view v = {.page = &w->page, .revert_action = "", .take_action = "/x", .versions = shown, .n_versions = 2, .conflicts = &con, .n_conflicts = 1};
	struct buf reader = buf_new(*state), writer = buf_new(*state);
	tmpl_person_history(&reader, &v);
	lacks(&reader, "この版に戻す");
	has(&reader, "試験 次郎");
	v.revert_action = "/x/revert";
	tmpl_person_history(&writer, &v);
	has(&writer, "この版に戻す");
	lacks(&writer, "自分が入力した内容を記録に入れる");
}

/* Every field of every kind of record names a column of its table, of a type the form can hold. */
static void fields_are_columns(void **state)
{
	(void)state;
	size_t n;
	const struct record_page *p = record_pages(&n);
	assert_int_equal(n, 11);
	for (size_t i = 0; i < n; i++) {
		assert_ptr_equal(record_page_of(p[i].slug), &p[i]);
		for (size_t k = 0; k < p[i].n_fields; k++) {
			const struct record_field *f = &p[i].fields[k];
			const struct col_desc *d = NULL;
			for (size_t c = 0; c < p[i].kind->table->n_cols; c++)
				if (str_eq(p[i].kind->table->cols[c].name, f->name))
					d = &p[i].kind->table->cols[c];
			if (!d)
				fail_msg("%s has no column %s", p[i].slug, f->name);
			enum col_kind want = f->kind == REC_DAY || f->kind == REC_OPEN_DAY ? COL_DAY : f->kind == REC_BOOL ? COL_BOOL
				: f->kind == REC_INT || f->kind == REC_NUMBER_CODE || f->kind == REC_REF ? COL_INT : COL_TEXT;
			if (d->kind != want)
				fail_msg("%s.%s is of another type", p[i].slug, f->name);
		}
	}
	assert_null(record_page_of("person"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {UNIT(words_of_an_end), UNIT(list_page), UNIT(edit_page), UNIT(history_of_a_reader), UNIT(fields_are_columns)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
