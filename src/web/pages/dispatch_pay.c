/* 謝金明細: what is owed for the dispatches held in a period, as a page, on paper and as a file. */
#include "web/pages/dispatch.h"

#include "base/str.h"
#include "jp/era.h"
#include "tmpl/dispatch_pay.h"
#include "web/formin.h"
#include "web/route.h"

static const struct formin_field QUERY[] = {{.name = "from", .label = "いつから", .kind = FORMIN_DAY}, {.name = "to", .label = "いつまで", .kind = FORMIN_DAY},
	{.name = "org", .label = "支払先", .kind = FORMIN_PID}, {.name = "y", .label = "年度", .kind = FORMIN_INT, .lo = 2000, .hi = 2999}};

struct asked {
	int64_t insurer;
	civil from, to;
	const char *org;
};

/* The town alone; without dates the fiscal year. */
static err asked_of(struct req *r, struct asked *a)
{
	struct era_date d;
	TRY(dispatch_town_of(r->c, &a->insurer));
	if (a->insurer == INT_NULL)
		return ERR_NOTFOUND;
	formin_read_query(r, QUERY, FORMIN_N(QUERY));
	a->from = civil_from((int)req_query_int(r, "y", civil_fiscal_year(r->c->today), 2000, 2999), 4, 1);
	a->to = civil_add_months(a->from, 12) - 1;
	a->org = str_or(req_query(r, "org"), "");
	if (!str_blank(req_query(r, "from")) && era_parse(r->c, "from", req_query(r, "from"), &d) == OK)
		a->from = d.day;
	if (!str_blank(req_query(r, "to")) && era_parse(r->c, "to", req_query(r, "to"), &d) == OK)
		a->to = d.day;
	return OK;
}

/* Whom the period owes anything; the one chosen stays in the list. */
static struct ui_field org_field(struct req *r, const struct dispatch_pay *all, const char *chosen)
{
	struct ui_choice *v = ARENA_ARRAY(r->arena, all->n + 2, struct ui_choice);
	struct ui_field f = {.name = "org", .label = "支払先", .value = chosen, .choices = v};
	v[f.n_choices++] = (struct ui_choice){.value = "", .label = "すべて"};
	for (size_t i = 0; i < all->n; i++)
		if (i == 0 || all->lines[i].org_id != all->lines[i - 1].org_id)
			v[f.n_choices++] = (struct ui_choice){.value = all->lines[i].org_pid, .label = all->lines[i].org};
	return f;
}

err page_dispatch_pay(struct req *r)
{
	struct asked a;
	struct dispatch_pay all, p;
	char from[CIVIL_TEXT], to[CIVIL_TEXT];
	TRY(asked_of(r, &a));
	err e = dispatch_pay(r->c, a.insurer, "", a.from, a.to, &all);
	if (e == OK)
		e = dispatch_pay(r->c, a.insurer, a.org, a.from, a.to, &p);
	if (page_is_input(e))
		all = p = (struct dispatch_pay){.from = a.from, .to = a.to};
	else
		TRY(e);
	struct page_view *page = page_view(r, "リハビリ専門職の派遣　謝金明細");
	civil_text(a.from, from);
	civil_text(a.to, to);
	const char *query = arena_fmt(r->arena, "from=%s&to=%s&org=%s", from, to, a.org);
	struct dispatch_pay_view v = {.page = page, .p = &p, .head = dispatch_pay_head(), .org = org_field(r, &all, a.org), .print_path = arena_fmt(r->arena, "/dispatch/pay/print?%s", query),
		.csv_path = arena_fmt(r->arena, "/dispatch/pay/csv?%s", query), .may_print = (r->c->may_own[ACTION_PRINT] & CLASS_STATISTICS) != 0,
		.may_export = (r->c->may_own[ACTION_EXPORT] & CLASS_STATISTICS) != 0};
	const char *const *cells = dispatch_pay_cells(r->c, &p, &v.n_rows);
	v.rows = ARENA_ARRAY(r->arena, v.n_rows + 1, struct dispatch_sheet_row);
	for (size_t i = 0; i < v.n_rows; i++)
		v.rows[i] = (struct dispatch_sheet_row){cells + i * DISPATCH_PAY_COLS, cells + i * DISPATCH_PAY_COLS + 1};
	page->wide = true;
	page->back_path = "/dispatch-fees";
	page->back_label = "派遣の謝金";
	tmpl_dispatch_pay(res_page_of(r, e), &v);
	return OK;
}

err page_dispatch_pay_csv(struct req *r)
{
	struct asked a;
	const char *bytes;
	size_t n;
	TRY(asked_of(r, &a));
	TRY(dispatch_pay_csv(r->c, a.insurer, a.org, a.from, a.to, &bytes, &n));
	return res_file(r, "text/csv; charset=utf-8", bytes, n, "haken-shakin.csv");
}

err page_dispatch_pay_print(struct req *r)
{
	struct asked a;
	struct dispatch_paper p;
	TRY(asked_of(r, &a));
	look_as(r, ACTION_PRINT);
	TRY(dispatch_paper_pay(r->c, a.insurer, a.org, a.from, a.to, &p));
	return res_pdf(r, p.bytes, p.n, p.name);
}
