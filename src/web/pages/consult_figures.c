/* Figures of the consultations of a fiscal year: by class, channel, source, area and month, as table, bars and CSV (F024). */
#include "base/str.h"
#include "codec/csv.h"
#include "codec/svg.h"
#include "jp/era.h"
#include "register/territory.h"
#include "tmpl/consult_figures.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/pages/consult.h"
#include "web/route.h"

#include <string.h>

enum { YEARS = 6, BAR_LEFT = 290, BAR_MOST = 350, BAR_STEP = 38, WIDTH = 720, LETTER = 22 };

static const struct {
	const char *by, *title, *list, *note;
} BOXES[CONSULT_FIGURE_BOXES] = {
	{"class", "相談の分類", "consult_class", "1件の相談に分類がいくつもあるときは、それぞれの分類に1回ずつ数えます。合計には1回だけ数えます。"},
	{"channel", "相談の方法", "consult_channel", ""},
	{"source", "相談者（だれから）", "consult_source", ""},
	{"area", "圏域（相談を受けたとき）", "", ""},
	{"month", "受付の月", "", ""},
};

static int fiscal_year(civil day)
{
	struct ymd d = civil_ymd(day);
	return d.m < 4 ? d.y - 1 : d.y;
}

/* 令和8年度 */
static const char *year_word(struct req *r, int year)
{
	const char *t = era_text(r->arena, civil_from(year, 4, 1)), *end = strstr(t, "年");
	return end ? arena_fmt(r->arena, "%.*s年度", (int)(end - t), t) : t;
}

static const char *month_word(struct req *r, int y, int m)
{
	const char *t = era_text(r->arena, civil_from(y, m, 1)), *end = strstr(t, "月");
	return end ? arena_fmt(r->arena, "%.*s月", (int)(end - t), t) : t;
}

static const char *word_of(struct req *r, const char *by, const char *list, const char *code)
{
	struct area a;
	int64_t id;
	if (!str_eq(by, "area"))
		return str_blank(code) ? "記録なし" : code_label(r, list, code);
	if (!str_int(code, &id))
		return "圏域が分からない";
	return area_load(r->c, id, &a) == OK ? a.name : "圏域が分からない";
}

/* Every month of the year stands there, those without a consultation too. */
static void months(struct req *r, int year, const struct consult_figure *v, size_t n, struct consult_figures_box *box)
{
	box->n_rows = 12;
	for (int i = 0; i < 12; i++) {
		int y = i < 9 ? year : year + 1, m = i < 9 ? i + 4 : i - 8;
		const char *code = arena_fmt(r->arena, "%04d-%02d", y, m);
		box->rows[i] = (struct consult_figures_row){month_word(r, y, m), 0};
		for (size_t k = 0; k < n; k++)
			if (str_eq(v[k].code, code))
				box->rows[i].n = v[k].n;
	}
}

static const char *bars(struct req *r, const struct consult_figures_box *box, const char *id)
{
	int64_t most = 1;
	for (size_t i = 0; i < box->n_rows; i++)
		if (box->rows[i].n > most)
			most = box->rows[i].n;
	struct svg s = svg_begin(r->arena, WIDTH, (int)box->n_rows * BAR_STEP + 8, id, box->title, "件数を横の棒で表した図です。同じ数字が隣の表にあります。");
	for (size_t i = 0; i < box->n_rows; i++) {
		int y = (int)i * BAR_STEP + 6, w = (int)(box->rows[i].n * BAR_MOST / most);
		svg_text(&s, BAR_LEFT - 12, y + 22, LETTER, "end", box->rows[i].label);
		svg_rect(&s, BAR_LEFT, y, w > 2 ? w : 2, BAR_STEP - 10, (struct svg_paint){.fill = "#006069"});
		svg_text(&s, BAR_LEFT + w + 12, y + 22, LETTER, "start", arena_fmt(r->arena, "%lld", (long long)box->rows[i].n));
	}
	return svg_end(&s);
}

/* The many first; what is equal stays in the order of the codes. */
static void most_first(struct consult_figures_row *v, size_t n)
{
	for (size_t i = 1; i < n; i++)
		for (size_t k = i; k > 0 && v[k].n > v[k - 1].n; k--) {
			struct consult_figures_row t = v[k];
			v[k] = v[k - 1];
			v[k - 1] = t;
		}
}

static err fill(struct req *r, int year, struct consult_figures_view *v)
{
	civil from = civil_from(year, 4, 1), to = civil_from(year + 1, 3, 31);
	for (size_t b = 0; b < CONSULT_FIGURE_BOXES; b++) {
		struct consult_figure *f;
		size_t n;
		struct consult_figures_box *box = &v->boxes[b];
		TRY(consult_count_by(r->c, BOXES[b].by, from, to, &f, &n, &v->total));
		*box = (struct consult_figures_box){.title = BOXES[b].title, .note = BOXES[b].note, .by = BOXES[b].by};
		box->rows = ARENA_ARRAY(r->arena, n + 12, struct consult_figures_row);
		if (str_eq(BOXES[b].by, "month")) {
			months(r, year, f, n, box);
		} else {
			for (size_t i = 0; i < n; i++)
				box->rows[box->n_rows++] = (struct consult_figures_row){word_of(r, BOXES[b].by, BOXES[b].list, f[i].code), f[i].n};
			most_first(box->rows, box->n_rows);
		}
		box->svg = (struct html_safe){bars(r, box, arena_fmt(r->arena, "bars-%s", BOXES[b].by))};
	}
	return OK;
}

static const struct formin_field QUERY[] = {{.name = "year", .label = "年度", .kind = FORMIN_INT, .lo = 2000, .hi = 2200}};

static int year_asked(struct req *r)
{
	int now = fiscal_year(r->c->today);
	formin_read_query(r, QUERY, FORMIN_N(QUERY));
	return (int)req_query_int(r, "year", now, now - YEARS + 1, now);
}

err page_consult_figures(struct req *r)
{
	int year = year_asked(r), now = fiscal_year(r->c->today);
	struct page_view *page = page_view(r, "相談の件数");
	struct consult_figures_view v = {.page = page, .year_word = year_word(r, year),
		.csv_path = arena_fmt(r->arena, "/consults/figures.csv?year=%d", year)};
	struct ui_choice *c = ARENA_ARRAY(r->arena, YEARS, struct ui_choice);
	for (int i = 0; i < YEARS; i++)
		c[i] = (struct ui_choice){.value = arena_fmt(r->arena, "%d", now - i), .label = year_word(r, now - i)};
	v.year = (struct ui_field){.name = "year", .label = "年度", .value = arena_fmt(r->arena, "%d", year), .choices = c, .n_choices = YEARS};
	page->back_path = "/consults";
	page->back_label = "相談の一覧";
	TRY(fill(r, year, &v));
	tmpl_consult_figures(res_page(r), &v);
	return OK;
}

err page_consult_figures_csv(struct req *r)
{
	int year = year_asked(r);
	struct consult_figures_view v = {.page = NULL};
	const char *bytes;
	size_t n;
	TRY(fill(r, year, &v));
	struct csv_writer w = csv_writer_new(r->arena, CSV_BOM | CSV_EXCEL);
	csv_put(&w, "年度");
	csv_put(&w, "数え方");
	csv_put(&w, "項目");
	csv_put(&w, "件数");
	csv_end(&w);
	const char *word = year_word(r, year);
	csv_put(&w, word);
	csv_put(&w, "合計（1件の相談を1回）");
	csv_put(&w, "");
	csv_put_int(&w, v.total);
	csv_end(&w);
	for (size_t b = 0; b < CONSULT_FIGURE_BOXES; b++)
		for (size_t i = 0; i < v.boxes[b].n_rows; i++) {
			csv_put(&w, word);
			csv_put(&w, v.boxes[b].title);
			csv_put(&w, v.boxes[b].rows[i].label);
			csv_put_int(&w, v.boxes[b].rows[i].n);
			csv_end(&w);
		}
	TRY(csv_finish(&w, NULL, &bytes, &n, NULL));
	return res_file(r, "text/csv; charset=utf-8", bytes, n, arena_fmt(r->arena, "soudan-kensu-%d.csv", year));
}
