/* Figures of plans: informal support by month (F048), concentration per kind of service and body (F049); table, bars, CSV. */
#include "base/str.h"
#include "codec/csv.h"
#include "codec/svg.h"
#include "jp/era.h"
#include "tmpl/plan_figures.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/pages/plan.h"
#include "web/route.h"

enum { HALVES = 6, BAR_LEFT = 420, BAR_MOST = 230, BAR_STEP = 38, WIDTH = 760, LETTER = 22 };

/* Half-years of 判定期間: 前期 3月〜8月, 後期 9月〜2月 (rules R-CM-CONC). */
static civil half_from(civil today, int back)
{
	struct ymd d = civil_ymd(today);
	int y = d.m < 3 ? d.y - 1 : d.y, m = d.m >= 3 && d.m < 9 ? 3 : 9;
	return civil_add_months(civil_from(y, m, 1), -6 * back);
}

static const char *half_word(struct req *r, civil from)
{
	struct ymd d = civil_ymd(from), e = civil_ymd(civil_add_months(from, 5));
	return arena_fmt(r->arena, "%s〜%s（%s）", era_text_month(r->arena, d.y, d.m), era_text_month(r->arena, e.y, e.m), d.m == 3 ? "前期" : "後期");
}

struct bar {
	const char *label, *percent;
	int64_t part, of;
};

static const char *bars(struct req *r, const char *id, const char *title, const struct bar *bar, size_t n)
{
	struct svg s = svg_begin(r->arena, WIDTH, (int)n * BAR_STEP + 8, id, title, "割合を横の棒で表した図です。同じ数字が隣の表にあります。");
	for (size_t i = 0; i < n; i++) {
		int y = (int)i * BAR_STEP + 6, w = bar[i].of ? (int)(bar[i].part * BAR_MOST / bar[i].of) : 0;
		svg_text(&s, BAR_LEFT - 12, y + 22, LETTER, "end", bar[i].label);
		svg_rect(&s, BAR_LEFT, y, w > 2 ? w : 2, BAR_STEP - 10, (struct svg_paint){.fill = "#006069"});
		svg_text(&s, BAR_LEFT + w + 12, y + 22, LETTER, "start", bar[i].percent);
	}
	return svg_end(&s);
}

static err fill(struct req *r, civil from, struct plan_figures_view *v)
{
	struct ymd end = civil_ymd(civil_add_months(from, 5));
	civil to = civil_eom(end.y, end.m);
	struct plan_month *m;
	struct plan_share *s;
	size_t n;
	TRY(plan_informal(r->c, from, to, &m, &n));
	TRY(plan_concentration(r->c, from, to, &s, &v->n_shares));
	v->shares = s;
	v->period_word = half_word(r, from);
	v->months = ARENA_ARRAY(r->arena, 6, struct plan_figures_month);
	struct bar *bar = ARENA_ARRAY(r->arena, v->n_shares + 6, struct bar);
	for (v->n_months = 0; v->n_months < 6; v->n_months++) {
		struct ymd d = civil_ymd(civil_add_months(from, (int)v->n_months));
		const char *code = arena_fmt(r->arena, "%04d-%02d", d.y, d.m);
		struct plan_figures_month *x = &v->months[v->n_months];
		x->label = era_text_month(r->arena, d.y, d.m);
		for (size_t k = 0; k < n; k++)
			if (str_eq(m[k].month, code)) {
				x->plans = m[k].plans;
				x->informal = m[k].informal;
			}
		x->percent = str_percent(r->arena, x->informal, x->plans);
		bar[v->n_months] = (struct bar){x->label, x->percent, x->informal, x->plans};
	}
	v->bars_informal = (struct html_safe){bars(r, "bars-informal", "住民・民間の支えがある計画の割合", bar, v->n_months)};
	v->share_percent = ARENA_ARRAY(r->arena, v->n_shares + 1, const char *);
	for (size_t i = 0; i < v->n_shares; i++) {
		v->share_percent[i] = str_percent(r->arena, s[i].plans, s[i].of);
		bar[i] = (struct bar){arena_fmt(r->arena, "%s・%s", s[i].type, s[i].body), v->share_percent[i], s[i].plans, s[i].of};
	}
	v->bars_shares = (struct html_safe){bars(r, "bars-shares", "サービスごとの法人の割合", bar, v->n_shares)};
	return OK;
}

static const struct formin_field QUERY[] = {{.name = "half", .label = "期間", .kind = FORMIN_INT, .lo = 0, .hi = HALVES - 1}};

static int half_asked(struct req *r)
{
	formin_read_query(r, QUERY, FORMIN_N(QUERY));
	return (int)req_query_int(r, "half", 0, 0, HALVES - 1);
}

err page_plan_figures(struct req *r)
{
	int half = half_asked(r);
	struct page_view *page = page_view(r, "計画の数字");
	struct plan_figures_view v = {.page = page, .csv_path = arena_fmt(r->arena, "/plans/figures.csv?half=%d", half)};
	struct ui_choice *c = ARENA_ARRAY(r->arena, HALVES, struct ui_choice);
	for (int i = 0; i < HALVES; i++)
		c[i] = (struct ui_choice){.value = arena_fmt(r->arena, "%d", i), .label = half_word(r, half_from(r->c->today, i))};
	v.period = (struct ui_field){.name = "half", .label = "期間", .value = arena_fmt(r->arena, "%d", half), .choices = c, .n_choices = HALVES};
	TRY(fill(r, half_from(r->c->today, half), &v));
	tmpl_plan_figures(res_page(r), &v);
	return OK;
}

err page_plan_figures_csv(struct req *r)
{
	int half = half_asked(r);
	struct plan_figures_view v = {.page = NULL};
	const char *bytes;
	size_t n;
	TRY(fill(r, half_from(r->c->today, half), &v));
	struct csv_writer w = csv_writer_new(r->arena, CSV_BOM | CSV_EXCEL);
	static const char *const heads[] = {"数字", "月・サービス", "法人・事業所", "計画数", "当てはまる計画数", "割合"};
	for (size_t i = 0; i < 6; i++)
		csv_put(&w, heads[i]);
	csv_end(&w);
	for (size_t i = 0; i < v.n_months; i++) {
		csv_put(&w, "住民・民間の支えがある計画");
		csv_put(&w, v.months[i].label);
		csv_put(&w, "");
		csv_put_int(&w, v.months[i].plans);
		csv_put_int(&w, v.months[i].informal);
		csv_put(&w, v.months[i].percent);
		csv_end(&w);
	}
	for (size_t i = 0; i < v.n_shares; i++) {
		csv_put(&w, "サービスごとの法人の割合");
		csv_put(&w, v.shares[i].type);
		csv_put(&w, v.shares[i].body);
		csv_put_int(&w, v.shares[i].of);
		csv_put_int(&w, v.shares[i].plans);
		csv_put(&w, v.share_percent[i]);
		csv_end(&w);
	}
	TRY(csv_finish(&w, NULL, &bytes, &n, NULL));
	return res_file(r, "text/csv; charset=utf-8", bytes, n, "keikaku-suji.csv");
}
