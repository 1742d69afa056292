/* 定型文 from and to CSV: read and tried first, then taken. */
#include "web/pages/snippet.h"

#include "base/str.h"
#include "tmpl/snippet_import.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/route.h"

#include <string.h>

static err show(struct req *r, struct snippet_import_view *v, err e)
{
	struct page_view *page = page_view(r, "定型文をCSVから取り込む");
	struct ui_choice *c = ARENA_ARRAY(r->arena, 3, struct ui_choice);
	static const char *const levels[] = {"own", "office", "town"};
	v->page = page;
	v->level = (struct ui_field){.name = "level", .label = "「使う人」の列がない行", .value = *v->level_code ? v->level_code : "own", .choices = c};
	for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++) {
		bool may;
		TRY(snippet_may_write(r->c, levels[i], &may));
		if (may)
			c[v->level.n_choices++] = (struct ui_choice){.value = levels[i], .label = code_label(r, "snippet_level", levels[i])};
	}
	page->back_path = "/snippets";
	page->back_label = "定型文";
	tmpl_snippet_import(res_page_of(r, e), v);
	return OK;
}

err page_snippet_import(struct req *r) { return show(r, &(struct snippet_import_view){.text = "", .level_code = ""}, OK); }

err page_snippet_import_read(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "file", .label = "CSVファイル"},
		{.name = "text", .label = "CSVの内容", .kind = FORMIN_LINES, .max = SNIPPET_IMPORT_BYTES},
		{.name = "level", .label = "使う人", .kind = FORMIN_CODE}, {.name = "act", .label = "操作", .kind = FORMIN_CODE}};
	struct snippet_import_view v = {.text = "", .level_code = ""};
	const char *bytes = "";
	size_t n = 0;
	err e = formin_read(r, fields, FORMIN_N(fields));
	if (e == OK)
		e = csv_upload_bytes(r, &bytes, &n);
	v.level_code = req_field(r, "level");
	v.was_trial = !str_eq(req_field(r, "act"), "take");
	if (e == OK)
		e = snippet_import_csv(r->c, bytes, n, *v.level_code ? v.level_code : "own", INT_NULL, v.was_trial, &v.t);
	if (page_is_input(e))
		return show(r, &v, e);
	TRY(e);
	v.has_result = true;
	if (v.was_trial)
		v.text = csv_upload_text(r, bytes, n);
	return show(r, &v, OK);
}

err page_snippet_export(struct req *r)
{
	static const struct formin_field filter[] = {{.name = "category", .label = "分類", .kind = FORMIN_CODE}, {.name = "charset", .label = "文字コード", .kind = FORMIN_CODE}};
	const char *bytes, *name = "teikeibun.csv";
	struct cp932_report report;
	size_t n;
	formin_read_query(r, filter, FORMIN_N(filter));
	bool cp932 = str_eq(req_query(r, "charset"), "cp932");
	err e = snippet_export_csv(r->c, &(struct snippet_filter){.category = req_query(r, "category")}, cp932, &bytes, &n, &report);
	if (e == ERR_CP932)
		return fault_add(r->c, "", ERR_CP932, "シフトJISにない文字があります。%s UTF-8 のファイルを使ってください。", cp932_sentence(r->arena, &report));
	TRY(e);
	return res_file(r, cp932 ? "text/csv; charset=Shift_JIS" : "text/csv; charset=utf-8", bytes, n, name);
}
