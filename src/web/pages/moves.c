/* 終えたあとの次の場 and 再自立: the figures of a year as pages and files. */
#include "web/pages/moves.h"

#include "base/house.h"
#include "base/str.h"
#include "jp/era.h"
#include "region/tab_pdf.h"
#include "register/org.h"
#include "tmpl/rehab_figures.h"
#include "web/route.h"

#include <string.h>

static const struct formin_field QUERY[] = {{.name = "y", .label = "年度", .kind = FORMIN_INT, .lo = 2000, .hi = 2999}, {.name = "q", .label = "四半期", .kind = FORMIN_CODE, .max = 1},
	{.name = "table", .label = "表", .kind = FORMIN_CODE, .max = 120}};

enum figures_file { FILE_CSV, FILE_JSON, FILE_PDF };

/* What was asked for, and how it is written in an address. */
struct asked {
	int year, quarter;
	const char *table, *query;
};

static struct asked asked_of(struct req *r)
{
	formin_read_query(r, QUERY, FORMIN_N(QUERY));
	const char *q = str_or(req_query(r, "q"), "");
	struct asked a = {.year = (int)req_query_int(r, "y", civil_fiscal_year(r->c->today), 2000, 2999), .quarter = *q >= '1' && *q <= '4' && !q[1] ? *q - '0' : 0,
		.table = str_or(req_query(r, "table"), "")};
	a.query = a.quarter ? arena_fmt(r->arena, "?y=%d&q=%d", a.year, a.quarter) : arena_fmt(r->arena, "?y=%d", a.year);
	return a;
}

/* ---- shared ---------------------------------------------------------------------------------------------------------- */

static void fill(struct req *r, const struct tab_data *data, const struct tab_report *report, const char *base, const struct asked *a, struct figures_view *v)
{
	static const struct {
		const char *label, *end;
		enum action action;
	} ends[] = {{"CSV", "csv", ACTION_EXPORT}, {"JSON", "json", ACTION_EXPORT}, {"印刷（PDF）", "pdf", ACTION_PRINT}};
	const char *quarter = a->quarter ? arena_fmt(r->arena, "&q=%d", a->quarter) : "";
	struct report_link *files = ARENA_ARRAY(r->arena, FORMIN_N(ends), struct report_link);
	struct survey_report x = {.data = data, .report = report, .counter = "件", .round_name = ""};
	report_view_fill(r->arena, &x, base, a->query, &v->report);
	for (size_t i = 0; i < FORMIN_N(ends); i++)
		if (r->c->may_own[ends[i].action] & CLASS_STATISTICS)
			files[v->n_files++] = (struct report_link){ends[i].label, arena_fmt(r->arena, "%s.%s%s", base, ends[i].end, a->query)};
	v->files = files;
	v->prev = arena_fmt(r->arena, "%s?y=%d%s", base, a->year - 1, quarter);
	v->next = arena_fmt(r->arena, "%s?y=%d%s", base, a->year + 1, quarter);
}

/* The report with one table alone; ERR_NOTFOUND: it has no such table. */
static err only(struct req *r, const struct tab_report *all, const char *table, const struct tab_report **out)
{
	*out = all;
	if (!*table)
		return OK;
	for (size_t i = 0; i < all->n_sections; i++)
		for (size_t k = 0; k < all->sections[i].n_tables; k++)
			if (str_eq(all->sections[i].tables[k]->id, table)) {
				struct tab_report *x = ARENA_NEW(r->arena, struct tab_report);
				struct tab_section *s = ARENA_NEW(r->arena, struct tab_section);
				*s = (struct tab_section){.kind = all->sections[i].kind, .title = all->sections[i].title, .tables = &all->sections[i].tables[k], .n_tables = 1};
				*x = (struct tab_report){.title = all->title, .unit = all->unit, .sections = s, .n_sections = 1};
				*out = x;
				return OK;
			}
	return ERR_NOTFOUND;
}

typedef err (*report_fn)(struct req *r, struct asked *a, enum action action, const struct tab_report **out);

static err file_of(struct req *r, report_fn report, enum figures_file f, const char *name)
{
	enum action action = f == FILE_PDF ? ACTION_PRINT : ACTION_EXPORT;
	const struct tab_report *all, *x;
	struct asked a;
	const char *bytes;
	struct org o;
	size_t n;
	look_as(r, action);
	TRY(report(r, &a, action, &all));
	TRY(only(r, all, a.table, &x));
	const char *file = arena_fmt(r->arena, "%s-%d%s.%s", name, a.year, a.quarter ? arena_fmt(r->arena, "-q%d", a.quarter) : "", f == FILE_CSV ? "csv" : f == FILE_JSON ? "json" : "pdf");
	switch (f) {
	case FILE_CSV:
		TRY(tab_csv(r->arena, x, &bytes, &n));
		return res_file(r, "text/csv; charset=utf-8", bytes, n, file);
	case FILE_JSON:
		bytes = tab_json(r->arena, x);
		return res_file(r, "application/json; charset=utf-8", bytes, strlen(bytes), file);
	default:
		TRY(org_load(r->c, r->c->actor.org_id, &o));
		TRY(tab_pdf(r->arena, r->c->house->fonts, x, &(struct tab_paper){.what = "集計表", .sender = o.name, .counter = "件", .round = "", .on = r->c->today, .now_ms = r->c->now_ms}, &bytes, &n));
		return res_pdf(r, bytes, n, file);
	}
}

/* ---- moves ----------------------------------------------------------------------------------------------------------- */

static err moves_of(struct req *r, struct asked *a, enum action action, struct move_figures *f)
{
	*a = asked_of(r);
	TRY(move_figures(r->c, &(struct move_ask){.year_on = civil_from(a->year, 4, 1), .quarter = a->quarter, .action = action}, f));
	a->quarter = f->quarter;
	a->query = f->quarter ? a->query : arena_fmt(r->arena, "?y=%d", a->year);
	return OK;
}

static struct ui_field quarter_field(struct req *r, const struct move_figures *f)
{
	struct ui_choice *v = ARENA_ARRAY(r->arena, 5, struct ui_choice);
	v[0] = (struct ui_choice){.value = "", .label = "年度の全体"};
	for (int q = 1; q <= 4; q++)
		v[q] = (struct ui_choice){.value = arena_fmt(r->arena, "%d", q), .label = arena_fmt(r->arena, "第%d四半期", q)};
	return (struct ui_field){.name = "q", .label = "期間", .value = f->quarter ? arena_fmt(r->arena, "%d", f->quarter) : "", .choices = v, .n_choices = f->span == MOVE_NUMBERS ? 0 : 5};
}

err page_moves(struct req *r)
{
	struct asked a;
	struct move_figures f;
	TRY(moves_of(r, &a, ACTION_SEE, &f));
	struct page_view *page = page_view(r, arena_fmt(r->arena, "終えたあとの次の場　%s", f.period));
	struct moves_view v = {.f = {.page = page, .whose = f.whose}, .quarter = quarter_field(r, &f), .year = arena_fmt(r->arena, "%d", a.year), .left = f.left, .n_left = f.n_left,
		.more = f.more_left, .numbers = f.span == MOVE_NUMBERS};
	v.f.lead = "リハビリと短期集中予防サービスを終えた人が、通いの場や通所介護などの次の場につながったかを数えます。";
	for (size_t i = 0; i < f.n_left; i++)
		look_person(r, f.left[i].person_id);
	page->wide = true;
	page->back_path = "/dispatch";
	page->back_label = "リハビリ専門職";
	fill(r, f.data, f.report, "/rehab/moves", &a, &v.f);
	tmpl_rehab_moves(res_page(r), &v);
	return OK;
}

static err moves_report(struct req *r, struct asked *a, enum action action, const struct tab_report **out)
{
	struct move_figures f;
	TRY(moves_of(r, a, action, &f));
	*out = f.report;
	return OK;
}

err page_moves_csv(struct req *r) { return file_of(r, moves_report, FILE_CSV, "tsugi-no-ba"); }
err page_moves_json(struct req *r) { return file_of(r, moves_report, FILE_JSON, "tsugi-no-ba"); }
err page_moves_pdf(struct req *r) { return file_of(r, moves_report, FILE_PDF, "tsugi-no-ba"); }

/* ---- people likely to improve -------------------------------------------------------------------------------------------- */

static err reable_of(struct req *r, struct asked *a, enum action action, struct reable_figures *f)
{
	*a = asked_of(r);
	a->quarter = 0; /* whole years alone */
	a->query = arena_fmt(r->arena, "?y=%d", a->year);
	return reable_figures(r->c, civil_from(a->year, 4, 1), action, f);
}

err page_reable(struct req *r)
{
	struct asked a;
	struct reable_figures f;
	TRY(reable_of(r, &a, ACTION_SEE, &f));
	struct page_view *page = page_view(r, arena_fmt(r->arena, "改善の見込みと再自立　%s", f.period));
	struct reable_view v = {.f = {.page = page, .whose = f.whose}, .list = f.list, .n_list = f.n_list, .more = f.more};
	v.f.lead = "改善の見込みがある人には、再自立（リエイブルメント）を目指すケアプランをつくります。見込みありと記録した人のうち、自立してサービスを終えた人の割合です。";
	for (size_t i = 0; i < f.n_list; i++)
		look_person(r, f.list[i].person_id);
	page->wide = true;
	page->back_path = "/caseload";
	page->back_label = "ケースの一覧";
	fill(r, f.data, f.report, "/rehab/reable", &a, &v.f);
	tmpl_rehab_reable(res_page(r), &v);
	return OK;
}

static err reable_report(struct req *r, struct asked *a, enum action action, const struct tab_report **out)
{
	struct reable_figures f;
	TRY(reable_of(r, a, action, &f));
	*out = f.report;
	return OK;
}

err page_reable_csv(struct req *r) { return file_of(r, reable_report, FILE_CSV, "saijiritsu"); }
err page_reable_json(struct req *r) { return file_of(r, reable_report, FILE_JSON, "saijiritsu"); }
err page_reable_pdf(struct req *r) { return file_of(r, reable_report, FILE_PDF, "saijiritsu"); }
