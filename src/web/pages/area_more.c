/* Areas from a CSV file, areas that lie across others (C-002), and the municipality's own words for the levels. */
#include "web/pages/area.h"

#include "base/str.h"
#include "codec/csv.h"
#include "job/job.h"
#include "jp/era.h"
#include "tmpl/area_import.h"
#include "tmpl/area_mismatch.h"
#include "tmpl/area_words.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/route.h"

#include <string.h>

/* ---- import ---- */

enum { FOLLOW_ON_PAGE = 2000 };

static err show_import(struct req *r, struct area_import_view *v, err e)
{
	struct page_view *page = page_view(r, "区域をCSVから取り込む");
	v->page = page;
	page->back_path = "/areas";
	page->back_label = "担当区域";
	tmpl_area_import(res_page_of(r, e), v);
	return OK;
}

err page_area_import(struct req *r) { return show_import(r, &(struct area_import_view){.text = ""}, OK); }

err page_area_import_read(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "file", .label = "CSVファイル"}, {.name = "text", .label = "CSVの内容", .kind = FORMIN_LINES, .max = TERRITORY_IMPORT_BYTES},
		{.name = "act", .label = "操作", .kind = FORMIN_CODE}};
	struct area_import_view v = {.text = ""};
	const char *bytes = "", *pid;
	size_t n = 0;
	err e = formin_read(r, fields, FORMIN_N(fields));
	if (e == OK)
		e = csv_upload_bytes(r, &bytes, &n);
	v.was_trial = !str_eq(req_field(r, "act"), "take");
	if (e == OK)
		e = territory_import_csv(r->c, bytes, n, v.was_trial, FOLLOW_ON_PAGE, &v.t);
	if (page_is_input(e))
		return show_import(r, &v, e);
	TRY(e);
	v.has_result = true;
	if (v.was_trial)
		v.text = csv_upload_text(r, bytes, n);
	else if (v.t.is_later)
		TRY(job_start(r->c, "area_follow", NULL, CLASS_NAMECARD, &pid));
	return show_import(r, &v, OK);
}

/* ---- areas that lie across others ---- */

static const struct formin_field ON[] = {{.name = "on", .label = "いつ", .kind = FORMIN_DAY}};

static err fill_mismatch(struct req *r, struct area_mismatch_view *v)
{
	struct area_mismatch *m;
	formin_read_query(r, ON, FORMIN_N(ON));
	if (!era_guess(req_query(r, "on"), &v->day) || v->day == CIVIL_NONE)
		v->day = r->c->today;
	TRY(territory_mismatch(r->c, v->day, &m, &v->n_rows));
	v->rows = ARENA_ARRAY(r->arena, v->n_rows + 1, struct area_mismatch_shown);
	for (size_t i = 0, first = 0; i < v->n_rows; i++) {
		struct area a, z;
		struct area_mismatch_shown *x = &v->rows[i];
		TRY(area_load(r->c, m[i].area_id, &a));
		TRY(area_load(r->c, m[i].zone_id, &z));
		*x = (struct area_mismatch_shown){.m = &m[i], .area_pid = a.pid, .zone_pid = z.pid, .first = i == 0 || m[i - 1].area_id != m[i].area_id};
		TRY(area_level_word(r->c, m[i].area_level, &x->level));
		if (x->first) {
			first = i;
			v->n_areas++;
		}
		v->rows[first].span++;
	}
	return OK;
}

err page_area_mismatch(struct req *r)
{
	struct page_view *page = page_view(r, "2つ以上の圏域にまたがる区域");
	struct area_mismatch_view v = {.page = page};
	char day[CIVIL_TEXT];
	TRY(fill_mismatch(r, &v));
	civil_text(v.day, day);
	v.csv_path = arena_fmt(r->arena, "/areas/mismatch.csv?on=%s", day);
	v.on = (struct ui_field){.name = "on", .label = "いつの区域か", .day = v.day, .has_day = true};
	area_tabs(page);
	tmpl_area_mismatch(res_page(r), &v);
	return OK;
}

err page_area_mismatch_csv(struct req *r)
{
	static const char *const head[] = {"基準日", "区域の種類", "区域", "またがる圏域", "担当するセンター", "町域の数"};
	struct area_mismatch_view v = {.page = NULL};
	char day[CIVIL_TEXT];
	const char *bytes;
	size_t n;
	TRY(fill_mismatch(r, &v));
	civil_text(v.day, day);
	struct csv_writer w = csv_writer_new(r->arena, CSV_BOM | CSV_EXCEL);
	for (size_t i = 0; i < sizeof head / sizeof head[0]; i++)
		csv_put(&w, head[i]);
	csv_end(&w);
	for (size_t i = 0; i < v.n_rows; i++) {
		csv_put(&w, day);
		csv_put(&w, v.rows[i].level);
		csv_put(&w, v.rows[i].m->area_name);
		csv_put(&w, v.rows[i].m->zone_name);
		csv_put(&w, v.rows[i].m->org_name);
		csv_put_int(&w, v.rows[i].m->towns);
		csv_end(&w);
	}
	TRY(csv_finish(&w, NULL, &bytes, &n, NULL));
	return res_file(r, "text/csv; charset=utf-8", bytes, n, arena_fmt(r->arena, "kuiki-matagari-%s.csv", day));
}

/* ---- the municipality's own words ---- */

static err show_words(struct req *r, err e)
{
	struct page_view *page = page_view(r, "区域の呼び名");
	struct area_words_view v = {.page = page, .may_write = area_may_write(r), .insurer = ""};
	int64_t insurer;
	struct org o;
	TRY(territory_insurer(r->c, &insurer));
	if (insurer != INT_NULL && org_load(r->c, insurer, &o) == OK)
		v.insurer = o.name;
	v.may_write = v.may_write && *v.insurer;
	v.rows = ARENA_ARRAY(r->arena, area_level_count(), struct area_word_shown);
	for (; v.n_rows < area_level_count(); v.n_rows++) {
		const char *code = area_level_code(v.n_rows), *word;
		TRY(area_level_word(r->c, code, &word));
		v.rows[v.n_rows].f = (struct ui_field){.name = arena_fmt(r->arena, "word_%s", code), .label = area_level_label_ja(code), .value = word, .width = "m"};
	}
	area_tabs(page);
	tmpl_area_words(res_page_of(r, e), &v);
	return OK;
}

err page_area_words(struct req *r) { return show_words(r, OK); }

err page_area_words_save(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "word_*", .label = "呼び名", .kind = FORMIN_TEXT, .max = 30}};
	int64_t insurer;
	err e = formin_read(r, fields, FORMIN_N(fields));
	TRY(territory_insurer(r->c, &insurer));
	if (e == OK && insurer == INT_NULL)
		e = fault_add(r->c, "", ERR_INPUT, "保険者が決まりません。先に保険者を登録してください。");
	for (size_t i = 0; i < area_level_count() && e == OK; i++) {
		const char *code = area_level_code(i), *typed = req_field(r, arena_fmt(r->arena, "word_%s", code)), *now;
		TRY(area_level_word(r->c, code, &now));
		if (!*typed)
			typed = area_level_label_ja(code); /* left blank: the usual word again */
		if (!str_eq(typed, now))
			e = org_label_save(r->c, insurer, arena_fmt(r->arena, "area.%s", code), typed);
	}
	if (page_is_input(e))
		return show_words(r, e);
	TRY(e);
	return res_done(r, "saved", "/areas/words");
}
