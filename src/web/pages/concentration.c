/* What the fee of the actor's office hangs on: the judgement table of 特定事業所集中減算, and the additions whose conditions the records show. */
#include "web/pages/duty.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "codec/pdf_table.h"
#include "codec/svg.h"
#include "jp/era.h"
#include "register/org.h"
#include "tmpl/duty_conc.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/pages/person.h"
#include "web/route.h"

#include <string.h>

static const struct formin_field QUERY[] = {{.name = "d", .label = "判定期間の日", .kind = FORMIN_DAY}};

static const char *day_text(struct arena *a, civil day)
{
	char text[CIVIL_TEXT];
	civil_text(day, text);
	return arena_str(a, text);
}

static const char *span_ja(struct arena *a, civil from, civil to) { return arena_fmt(a, "%sから%sまで", era_text(a, from), era_text(a, to)); }

static err report(struct req *r, struct conc_report *out)
{
	struct era_date d;
	formin_read_query(r, QUERY, FORMIN_N(QUERY));
	const char *text = str_or(req_query(r, "d"), "");
	civil day = *text && era_parse(r->c, "d", text, &d) == OK ? d.day : law_half_year_before(r->c->today).to;
	return conc_report_own(r->c, day, out);
}

static const char *reason_mark(int number) { return number == 1 ? "①" : number == 2 ? "②" : number == 5 ? "⑤" : "⑥"; }

enum { BAR_LEFT = 260, BAR_MOST = 640, BAR_STEP = 40, HEAD = 28, WIDTH = 1160, LETTER = 18 };

static const char *bars(struct req *r, const struct conc_report *k)
{
	int h = (int)k->n * BAR_STEP + 12 + HEAD;
	struct svg g = svg_begin(r->arena, WIDTH, h, "bars-conc", "サービスごとの最大の法人の割合", "サービスごとに、最大の法人の割合を横の棒で表した図です。縦の線は届出が要る境です。同じ数字が表にあります。");
	for (size_t i = 0; i < k->n; i++) {
		const struct conc_share *s = &k->v[i];
		int y = (int)i * BAR_STEP + 8 + HEAD, w = s->plans ? (int)((s->n_top ? s->top[0].plans : 0) * BAR_MOST / s->plans) : 0;
		svg_text(&g, BAR_LEFT - 12, y + 20, LETTER, "end", s->label);
		svg_rect(&g, BAR_LEFT, y, w > 2 ? w : 2, BAR_STEP - 14, (struct svg_paint){.fill = s->result.over ? "#b00020" : "#006069"});
		svg_text(&g, BAR_LEFT + w + 10, y + 20, LETTER, "start", s->plans ? arena_fmt(r->arena, "%s%s", str_percent(r->arena, s->n_top ? s->top[0].plans : 0, s->plans), s->result.over ? "（超えています）" : "") : "該当なし");
	}
	if (k->n) {
		int x = BAR_LEFT + (int)(k->bound_percent * BAR_MOST / 100);
		svg_text(&g, x, 20, LETTER, "middle", arena_fmt(r->arena, "%lld%%", (long long)k->bound_percent));
		svg_line(&g, x, HEAD, x, h - 2, (struct svg_paint){.stroke = "#1a1a1a", .width = 3, .dash = "8 5", .title = "届出が要る境"});
	}
	return svg_end(&g);
}

/* To write down what the records cannot count, with service and half-year filled in. */
static err reason_paths(struct req *r, struct conc_view *v)
{
	enum { WAYS = CONC_REASON_PATHS };
	static const int numbers[WAYS] = {1, 2, 5, 6};
	struct org o;
	if (policy_check_own(r->c, r->c->actor.org_id, CLASS_MEETING, ACTION_WRITE) != OK)
		return OK;
	TRY(org_load(r->c, r->c->actor.org_id, &o));
	v->reason_paths = ARENA_ARRAY(r->arena, v->r.n * WAYS + 1, const char *);
	for (size_t i = 0; i < v->r.n * WAYS; i++) {
		int number = numbers[i % WAYS];
		const char *from = day_text(r->arena, v->r.period.from);
		/* ② is of the office, for all services, and goes on */
		v->reason_paths[i] = number == 2 ? arena_fmt(r->arena, "/orgs/%s/records/new?kind=conc_2&from_on=%s", o.pid, from)
		                                 : arena_fmt(r->arena, "/orgs/%s/records/new?kind=conc_%d&what=%s&from_on=%s&to_on=%s", o.pid, number, v->r.v[i / WAYS].service,
		                                             from, day_text(r->arena, v->r.period.to));
	}
	return OK;
}

err page_concentration(struct req *r)
{
	struct conc_view v = {0};
	struct page_view *page = page_view(r, "特定事業所集中減算の判定");
	TRY(report(r, &v.r));
	page->back_path = "/duties";
	page->back_label = "務めと期限";
	v.page = page;
	v.period_ja = span_ja(r->arena, v.r.period.from, v.r.period.to);
	v.reduced_ja = span_ja(r->arena, v.r.period.reduced_from, v.r.period.reduced_to);
	v.prev = arena_fmt(r->arena, "/duties/concentration?d=%s", day_text(r->arena, v.r.period.from - 1));
	v.next = arena_fmt(r->arena, "/duties/concentration?d=%s", day_text(r->arena, v.r.period.to + 1));
	v.print_path = arena_fmt(r->arena, "/duties/concentration/print?d=%s", day_text(r->arena, v.r.period.to));
	v.percent = ARENA_ARRAY(r->arena, v.r.n + 1, const char *);
	for (size_t i = 0; i < v.r.n; i++)
		v.percent[i] = v.r.v[i].plans ? str_percent(r->arena, v.r.v[i].n_top ? v.r.v[i].top[0].plans : 0, v.r.v[i].plans) : "該当なし";
	TRY(reason_paths(r, &v));
	v.svg = (struct html_safe){bars(r, &v.r)};
	tmpl_duty_conc(res_page(r), &v);
	return OK;
}

err page_concentration_print(struct req *r)
{
	static const struct pdf_table_col cols[] = {{"サービス", 280}, {"位置付けた計画", 220}, {"多い順の法人と計画", 560}, {"割合", 160}, {"判定", 580}};
	enum { N = sizeof cols / sizeof cols[0] };
	struct arena *a = r->arena;
	struct conc_report k;
	const char *bytes;
	size_t n;
	TRY(report(r, &k));
	const char **cells = ARENA_ARRAY(a, k.n * N + 1, const char *);
	for (size_t i = 0; i < k.n; i++) {
		const struct conc_share *s = &k.v[i];
		const char *tops = "";
		for (size_t t = 0; t < s->n_top; t++)
			tops = arena_fmt(a, "%s%s%s %lld件", tops, t ? "\n" : "", s->top[t].name, (long long)s->top[t].plans);
		const char *why = s->result.why;
		for (size_t t = 0; t < s->n_reasons; t++)
			why = arena_fmt(a, "%s\n%s %s %s", why, reason_mark(s->reasons[t].number), era_text(a, s->reasons[t].on_day), s->reasons[t].content);
		const char *row[N] = {s->label, arena_fmt(a, "%lld件", (long long)s->plans), tops,
			s->plans ? str_percent(a, s->n_top ? s->top[0].plans : 0, s->plans) : "該当なし", s->plans ? why : "該当なし"};
		memcpy(cells + i * N, row, sizeof row);
	}
	const char *facts[] = {"事業所", r->who.org_name, "判定期間", span_ja(a, k.period.from, k.period.to), "届出の期限", era_text_both(a, k.file_by),
		"減算になる期間", span_ja(a, k.period.reduced_from, k.period.reduced_to), "期間の計画", arena_fmt(a, "のべ%lld件（%lldか月%s）", (long long)k.plans, (long long)k.months, k.judged_to < k.period.to ? "。判定期間の途中" : "")};
	struct pdf_table t = {.title = "特定事業所集中減算　判定表", .facts = facts, .n_facts = FORMIN_N(facts) / 2, .cols = cols, .n_cols = N, .cells = cells,
		.n_rows = k.n, .empty = "この判定期間には判定しません。", .now_ms = r->c->now_ms, .foot = "特定事業所集中減算　判定表",
		.note = "計画は使った月ごとに1件と数えています（平成27年厚生労働省告示第95号第83号、老企第36号 第3の13）。"};
	TRY(pdf_table_write(a, r->c->house->fonts, &t, &bytes, &n));
	return res_pdf(r, bytes, n, "shuchu-gensan.pdf");
}

/* ---- additions ------------------------------------------------------------------------------------------------------------------------------ */

static const struct formin_field MONTH[] = {{.name = "m", .label = "月", .kind = FORMIN_CODE, .max = 7}};

err page_additions(struct req *r)
{
	struct page_view *page = page_view(r, "加算の条件");
	struct additions_view v = {.page = page};
	struct addition_row *rows;
	formin_read_query(r, MONTH, FORMIN_N(MONTH));
	civil month = duty_month_asked(r, req_query(r, "m"));
	TRY(additions_of_month(r->c, month, &rows, &v.n));
	struct addition_shown *shown = ARENA_ARRAY(r->arena, v.n + 1, struct addition_shown);
	for (size_t i = 0; i < v.n; i++) {
		shown[i] = (struct addition_shown){&rows[i], timeline_record_path(r, rows[i].table, rows[i].pid, rows[i].person_pid)};
		v.n_hold += *rows[i].a.code != '\0';
		look_person(r, rows[i].person_id);
	}
	v.v = shown;
	v.month_ja = era_text_month(r->arena, civil_ymd(month).y, civil_ymd(month).m);
	v.prev = arena_fmt(r->arena, "/duties/additions?m=%s", duty_month_key(r->arena, civil_add_months(month, -1)));
	v.next = arena_fmt(r->arena, "/duties/additions?m=%s", duty_month_key(r->arena, civil_add_months(month, 1)));
	page->back_path = "/duties";
	page->back_label = "務めと期限";
	tmpl_duty_additions(res_page(r), &v);
	return OK;
}
