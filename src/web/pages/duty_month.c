/* The month of an office: what is open, what it costs, closing it and opening it again. */
#include "web/pages/duty.h"

#include "base/house.h"
#include "base/str.h"
#include "jp/era.h"
#include "law/numbers.h"
#include "tmpl/duty_duty.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/route.h"

#include <string.h>

static const struct formin_field MONTH[] = {{.name = "m", .label = "月", .kind = FORMIN_CODE, .max = 7}};

civil duty_month_asked(struct req *r, const char *text)
{
	char day[CIVIL_TEXT] = "0000-00-01";
	civil first;
	if (text && strlen(text) == 7) {
		memcpy(day, text, 7);
		if (civil_parse(day, &first))
			return first;
	}
	return duty_default_from(r->c->today);
}

const char *duty_month_key(struct arena *a, civil on)
{
	struct ymd d = civil_ymd(on);
	return arena_fmt(a, "%04d-%02d", d.y, d.m);
}

const char *duty_month_ja(struct arena *a, civil on) { return era_text_month(a, civil_ymd(on).y, civil_ymd(on).m); }

static err month_lines(struct req *r, struct duty_month_view *v)
{
	struct duty_month_shown *x = ARENA_ARRAY(r->arena, v->m.n + 1, struct duty_month_shown);
	for (size_t i = 0; i < v->m.n; i++) {
		char day[CIVIL_TEXT];
		TRY(duty_shown_of(r, &v->m.v[i].i, &x[i].s));
		x[i].s.anchor_id = arena_fmt(r->arena, "m%zu", i);
		civil_text(v->m.v[i].i.anchor, day);
		x[i].l = &v->m.v[i];
		x[i].key_rule = v->m.v[i].i.rule->id;
		x[i].key_anchor = arena_str(r->arena, day);
		x[i].bad = r->c->n_faults && str_eq(str_or(req_field(r, "case"), ""), x[i].s.i->about->case_pid) && str_eq(str_or(req_field(r, "rule"), ""), x[i].key_rule) &&
		           str_eq(str_or(req_field(r, "anchor"), ""), x[i].key_anchor) && str_eq(str_or(req_field(r, "target"), ""), x[i].s.i->part);
		x[i].field_id = x[i].bad ? "f-reason" : arena_fmt(r->arena, "f-reason-%zu", i); /* where the summary of faults leads */
		x[i].reason = x[i].bad ? str_or(req_field(r, "reason"), "") : v->m.v[i].reason;
		look_person(r, v->m.v[i].i.about->person_id);
	}
	v->v = x;
	v->n = v->m.n;
	return OK;
}

static const char *percent_ja(struct arena *a, int64_t percent) { return percent ? arena_fmt(a, "100分の%lld", (long long)percent) : "算定しません"; }

static void month_money(struct req *r, struct duty_month_view *v)
{
	const struct law_number *first = law_number_find(r->c->house->law, "unten_first_percent", v->m.month_on), *next = law_number_find(r->c->house->law, "unten_next_percent", v->m.month_on);
	v->penalty_help = first && next ? arena_fmt(r->arena, "続く減算の最初の月は%s、2か月目からは%s（%s）。", percent_ja(r->arena, first->value), percent_ja(r->arena, next->value), first->source) : "";
	static const char *const steps[] = {"", "(ⅰ)", "(ⅱ)", "(ⅲ)"};
	v->rates = ARENA_ARRAY(r->arena, v->m.n_cases + 1, const char *);
	v->units = ARENA_ARRAY(r->arena, v->m.n_cases + 1, const char *);
	v->spans = ARENA_ARRAY(r->arena, v->m.n_cases + 1, const char *);
	for (size_t i = 0; i < v->m.n_cases; i++) {
		const struct duty_month_case *k = &v->m.cases[i];
		v->rates[i] = arena_fmt(r->arena, "%s（%dか月目）", percent_ja(r->arena, k->percent), k->row);
		v->units[i] = !k->base ? "" : arena_fmt(r->arena, "%s%lld単位 → %lld単位", steps[k->step], (long long)k->base->value, (long long)k->units);
		v->spans[i] = k->first == k->last ? arena_fmt(r->arena, "%s", duty_month_ja(r->arena, k->first))
		                                  : arena_fmt(r->arena, "%sから%sまで", duty_month_ja(r->arena, k->first), duty_month_ja(r->arena, k->last));
		look_person(r, k->about.person_id);
	}
}

/* What the records say now, where that is not what the month was closed with. */
static const char *since_closed(struct req *r, const struct duty_month *m)
{
	if (!m->n_without && !m->n_gone)
		return "";
	const char *gone = m->n_gone ? arena_fmt(r->arena, "なくなった行 %lld件", (long long)m->n_gone) : "";
	const char *come = m->n_without ? arena_fmt(r->arena, "新しく現れた行 %zu件", m->n_without) : "";
	return arena_fmt(r->arena, "その後の記録で、%s%s%sがあります。締めの内容を直すときは、理由を書いて締めを開いてください。", gone, *gone && *come ? "、" : "", come);
}

static void month_lacks(struct req *r, struct duty_month_view *v)
{
	const struct duty_lacks *k = &v->m.lacks;
	v->lack_spans = ARENA_ARRAY(r->arena, k->n + 1, const char *);
	for (size_t i = 0; i < k->n; i++)
		v->lack_spans[i] = k->v[i].last == CIVIL_OPEN ? arena_fmt(r->arena, "%sから、直した月まで", duty_month_ja(r->arena, k->v[i].first))
		                 : k->v[i].first == k->v[i].last ? duty_month_ja(r->arena, k->v[i].first)
		                 : arena_fmt(r->arena, "%sから%sまで", duty_month_ja(r->arena, k->v[i].first), duty_month_ja(r->arena, k->v[i].last));
	v->lack_units = !k->n ? "" : !k->cases ? "この月に給付管理をしている人がいないため、減る単位はありません。"
		: k->cases == k->unknown ? "居宅介護支援費の単位がわからないため、減る単位は計算していません。" : arena_fmt(r->arena, "%lld人の基本の単位を合わせて %lld単位 → %lld単位（%lld単位の減）%s", (long long)(k->cases - k->unknown),
		(long long)k->before, (long long)k->after, (long long)(k->before - k->after),
		k->unknown ? arena_fmt(r->arena, "。ほかに、単位のわからない人が%lld人います", (long long)k->unknown) : "");
}

static err show_month(struct req *r, civil month, err shown)
{
	struct duty_month_view v = {.page = page_view(r, "月の締め")};
	TRY(duty_month_read(r->c, month, true, &v.m));
	v.month_ja = duty_month_ja(r->arena, v.m.month_on);
	v.month_key = duty_month_key(r->arena, v.m.month_on);
	v.prev_key = duty_month_key(r->arena, civil_add_months(v.m.month_on, -1));
	v.next_key = duty_month_key(r->arena, civil_add_months(v.m.month_on, 1));
	v.print_path = arena_fmt(r->arena, "/duties/month/print?m=%s", v.month_key);
	v.is_over = v.m.last_on < r->c->today;
	v.may_write = (r->c->may_own[ACTION_WRITE] & CLASS_MEETING) != 0;
	v.closed_note = v.m.row.id > 0 && v.m.row.is_closed
	                    ? arena_fmt(r->arena, "%sに締めました（残した行 %lld件）。%s", era_text(r->arena, v.m.row.closed_on), (long long)v.m.row.lines, since_closed(r, &v.m))
	                    : v.m.row.id > 0 ? arena_fmt(r->arena, "締めを開いています。理由: %s", v.m.row.reopen_reason) : "";
	v.reopen = (struct ui_field){.name = "reason", .label = "締めを開く理由", .required = true, .no_draft = true};
	TRY(month_lines(r, &v));
	month_money(r, &v);
	month_lacks(r, &v);
	struct page_view *page = page_view(r, arena_fmt(r->arena, "月の締め　%s", v.month_ja));
	page->back_path = "/duties";
	page->back_label = "務めと期限";
	v.page = page;
	tmpl_duty_month(res_page_of(r, shown), &v);
	return OK;
}

err page_duty_month(struct req *r)
{
	formin_read_query(r, MONTH, FORMIN_N(MONTH));
	return show_month(r, duty_month_asked(r, req_query(r, "m")), OK);
}

static const struct formin_field REASON[] = {{.name = "m", .label = "月", .kind = FORMIN_CODE, .max = 7, .required = true},
	{.name = "case", .label = "ケース", .kind = FORMIN_PID}, {.name = "rule", .label = "規則", .kind = FORMIN_CODE, .max = 60},
	{.name = "anchor", .label = "起点の日", .kind = FORMIN_DAY}, {.name = "target", .label = "対象", .kind = FORMIN_TEXT},
	{.name = "reason", .label = "理由", .kind = FORMIN_TEXT, .max = 400}};

err page_duty_month_reason(struct req *r)
{
	err e = formin_read(r, REASON, FORMIN_N(REASON));
	civil month = duty_month_asked(r, req_field(r, "m"));
	if (e == OK)
		e = duty_month_reason(r->c, month, str_or(req_field(r, "case"), ""), str_or(req_field(r, "rule"), ""), formin_day(r, "anchor"),
		                      str_or(req_field(r, "target"), ""), str_or(req_field(r, "reason"), ""));
	if (page_is_input(e))
		return show_month(r, month, e);
	TRY(e);
	return res_done(r, "saved", "/duties/month?m=%s", duty_month_key(r->arena, month));
}

err page_duty_month_close(struct req *r)
{
	err e = formin_read(r, REASON, FORMIN_N(REASON));
	civil month = duty_month_asked(r, req_field(r, "m"));
	if (e == OK)
		e = duty_month_close(r->c, month);
	if (page_is_input(e))
		return show_month(r, month, e);
	TRY(e);
	return res_done(r, "closed", "/duties/month?m=%s", duty_month_key(r->arena, month));
}

err page_duty_month_reopen(struct req *r)
{
	err e = formin_read(r, REASON, FORMIN_N(REASON));
	civil month = duty_month_asked(r, req_field(r, "m"));
	if (e == OK)
		e = duty_month_reopen(r->c, month, str_or(req_field(r, "reason"), ""));
	if (page_is_input(e))
		return show_month(r, month, e);
	TRY(e);
	return res_done(r, "reopened", "/duties/month?m=%s", duty_month_key(r->arena, month));
}

err page_duty_month_print(struct req *r)
{
	formin_read_query(r, MONTH, FORMIN_N(MONTH));
	civil month = duty_month_asked(r, req_query(r, "m"));
	struct duty_month m;
	TRY(duty_month_read(r->c, month, false, &m));
	struct duty_item *v = ARENA_ARRAY(r->arena, m.n + 1, struct duty_item);
	const char **notes = ARENA_ARRAY(r->arena, m.n + 1, const char *);
	for (size_t i = 0; i < m.n; i++) {
		v[i] = m.v[i].i;
		notes[i] = m.v[i].reason;
	}
	return duty_paper(r, arena_fmt(r->arena, "月の締め　%s", duty_month_ja(r->arena, m.month_on)), r->c->today, v, m.n, notes, "month.pdf");
}
