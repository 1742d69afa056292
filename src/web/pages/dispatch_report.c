/* 助言の報告, and the effect of a quarter. */
#include "web/pages/dispatch.h"

#include "access/policy.h"
#include "base/str.h"
#include "jp/era.h"
#include "register/draft.h"
#include "tmpl/dispatch_report.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/pages/conflict.h"
#include "web/pages/dispatch_parts.h"
#include "web/pages/record.h"
#include "web/route.h"

struct ui_field dispatch_yes_no(struct req *r, const char *name, const char *label, const char *stored)
{
	struct ui_choice *c = ARENA_ARRAY(r->arena, 2, struct ui_choice);
	c[0] = (struct ui_choice){.value = "yes", .label = "はい"};
	c[1] = (struct ui_choice){.value = "no", .label = "いいえ"};
	return (struct ui_field){.name = name, .label = label, .value = stored, .choices = c, .n_choices = 2, .optional_blank = true};
}

/* ---- report ---------------------------------------------------------------------------------------------------------- */

static const struct formin_field REPORT[] = {
	{.name = "on_day", .label = "報告の日", .kind = FORMIN_DAY},
	{.name = "author", .label = "助言した人", .kind = FORMIN_TEXT, .max = 200},
	{.name = "observed", .label = "見立て・確かめたこと", .kind = FORMIN_LINES, .max = 4000},
	{.name = "advice", .label = "助言", .kind = FORMIN_LINES, .max = 4000},
	{.name = "possible", .label = "できるようになること・なったこと", .kind = FORMIN_LINES, .max = 4000},
	{.name = "goal_before", .label = "助言の前の目標", .kind = FORMIN_LINES, .max = 4000},
	{.name = "goal_after", .label = "助言を受けた目標", .kind = FORMIN_LINES, .max = 4000},
	{.name = "goal_changed", .label = "目標が変わったか", .kind = FORMIN_CODE, .max = 10},
};

static err open_report(struct req *r, struct dispatch_view *d, struct t_dispatch_report *row)
{
	struct dispatch_report_view v;
	TRY(dispatch_get(r->c, req_param(r, "pid"), d));
	TRY(dispatch_report_of(r->c, d->row.pid, &v));
	if (!v.may_write)
		return ERR_DENIED;
	if (d->person_id)
		look_person(r, d->person_id);
	*row = v.row;
	return v.found ? OK : dispatch_report_init(r->c, d->row.pid, row);
}

static err edit(struct req *r, const struct dispatch_view *d, const struct t_dispatch_report *row, err e)
{
	struct page_view *page = page_view(r, row->id ? "助言の報告を直す" : "助言の報告を書く");
	struct dispatch_report_edit_view v = {.page = page, .row = row, .action = arena_fmt(r->arena, "/dispatch/%s/report", d->row.pid), .with_person = d->case_id != 0};
	v.changed = dispatch_yes_no(r, "goal_changed", "助言を受けて、計画の目標が変わりましたか", row->goal_changed);
	page->back_path = arena_fmt(r->arena, "/dispatch/%s", d->row.pid);
	page->back_label = "連携の記録";
	page->state = row->id ? STATE_SAVED : STATE_NEW;
	page->draft_key = arena_fmt(r->arena, "dispatch/%s/report", d->row.pid);
	page->draft_class = d->case_id ? "care" : "statistics";
	page->base_version = row->version;
	tmpl_dispatch_report(res_page_of(r, e), &v);
	return OK;
}

err page_dispatch_report(struct req *r)
{
	struct dispatch_view d;
	struct t_dispatch_report row;
	TRY(open_report(r, &d, &row));
	return edit(r, &d, &row, OK);
}

err page_dispatch_report_save(struct req *r)
{
	struct dispatch_view d;
	struct t_dispatch_report row;
	struct row_conflict *conflict = NULL;
	TRY(open_report(r, &d, &row));
	err e = formin_read(r, REPORT, FORMIN_N(REPORT));
	if (e == OK) {
		row.on_day = formin_day(r, "on_day");
		row.author = req_field(r, "author");
		row.observed = req_field(r, "observed");
		row.advice = req_field(r, "advice");
		row.possible = req_field(r, "possible");
		row.goal_before = req_field(r, "goal_before");
		row.goal_after = req_field(r, "goal_after");
		row.goal_changed = req_field(r, "goal_changed");
		if (row.id)
			row.version = formin_int(r, "base");
		e = dispatch_report_save(r->c, d.row.pid, &row, &conflict);
	}
	if (e == ERR_CONFLICT && conflict)
		return page_conflict(r, conflict, arena_fmt(r->arena, "/dispatch/%s", d.row.pid));
	if (page_is_input(e))
		return edit(r, &d, &row, e);
	TRY(e);
	TRY(draft_discard(r->c, arena_fmt(r->arena, "dispatch/%s/report", d.row.pid)));
	return res_done(r, "saved", "/dispatch/%s", d.row.pid);
}

static err bin_of(struct req *r, struct dispatch_view *d, struct record_bin *b)
{
	struct dispatch_report_view v;
	TRY(dispatch_get(r->c, req_param(r, "pid"), d));
	TRY(dispatch_report_of(r->c, d->row.pid, &v));
	if (!v.found)
		return ERR_NOTFOUND;
	if (!v.may_retire)
		return ERR_DENIED;
	*b = (struct record_bin){.title = "助言の報告をごみ箱へ移す", .person_pid = "", .path = arena_fmt(r->arena, "/dispatch/%s/report", d->row.pid),
		.back_path = arena_fmt(r->arena, "/dispatch/%s", d->row.pid), .sentence = "助言の報告をごみ箱へ移します。", .more = "30日のあいだは元に戻せます。"};
	return OK;
}

err page_dispatch_report_retire_ask(struct req *r)
{
	struct dispatch_view d;
	struct record_bin b;
	TRY(bin_of(r, &d, &b));
	return record_bin_ask(r, &b, OK);
}

err page_dispatch_report_retire(struct req *r)
{
	struct dispatch_view d;
	struct record_bin b;
	TRY(bin_of(r, &d, &b));
	return record_bin_put(r, &b, d.row.pid, dispatch_report_retire);
}

/* ---- a quarter of the own centre ---------------------------------------------------------------------------------------- */

static const struct formin_field QUARTER[] = {
	{.name = "quarter", .label = "四半期", .kind = FORMIN_DAY},
	{.name = "rating", .label = "連携の効果", .kind = FORMIN_CODE, .max = 20},
	{.name = "aspects", .label = "効果があったところ", .kind = FORMIN_CODE, .max = 20, .repeat = true},
	{.name = "comment", .label = "意見（自由記載）", .kind = FORMIN_LINES, .max = 4000},
	{.name = "seen", .label = "版", .kind = FORMIN_INT},
};

/* The last eight quarters that have begun. */
static struct ui_field quarters(struct req *r, civil chosen)
{
	enum { N = 8 };
	struct ui_choice *c = ARENA_ARRAY(r->arena, N, struct ui_choice);
	struct ui_field f = {.name = "quarter", .label = "四半期", .choices = c, .n_choices = N};
	civil from, to, year, day = r->c->today;
	int number;
	for (size_t i = 0; i < N; i++) {
		char iso[CIVIL_TEXT];
		dispatch_quarter_of(day, &from, &to, &number, &year);
		civil_text(from, iso);
		c[i] = (struct ui_choice){.value = arena_str(r->arena, iso), .label = arena_fmt(r->arena, "%s 第%d四半期", era_text_fiscal(r->arena, civil_fiscal_year(from)), number)};
		if (from == chosen)
			f.value = c[i].value;
		day = from - 1;
	}
	return f;
}

static err quarter_page(struct req *r, civil day, err e)
{
	struct dispatch_quarter_view v = {0};
	civil from, to, year;
	bool found;
	int number;
	dispatch_quarter_of(day, &from, &to, &number, &year);
	if (!dispatch_is_centre(r->c))
		return ERR_NOTFOUND;
	TRY(dispatch_quarter(r->c, r->c->actor.org_id, from, to, &v.q));
	TRY(dispatch_effect_get(r->c, "", from, &v.effect, &found));
	struct page_view *page = page_view(r, "四半期のまとめと効果");
	v.page = page;
	v.quarter = quarters(r, from);
	v.quarter_iso = str_or(v.quarter.value, "");
	v.title = arena_fmt(r->arena, "%s 第%d四半期（%sから%sまで）", era_text_fiscal(r->arena, civil_fiscal_year(from)), number, era_text(r->arena, from), era_text(r->arena, to));
	v.timings = codes_labels(r, "dispatch_timing", v.q.timings);
	v.reasons = codes_labels(r, "dispatch_reason", v.q.reasons);
	v.by_dispatch = *v.q.effect_by_dispatch ? code_label(r, "dispatch_effect", v.q.effect_by_dispatch) : "";
	v.rating = choice_field(r, "rating", "この四半期の連携の効果", "dispatch_effect", v.effect.rating);
	v.rating.required = true;
	v.aspects = codes_field(r, "aspects", "効果があったところ（いくつでも）", "dispatch_aspect", v.effect.aspects);
	v.may_write = (r->c->may_own[ACTION_WRITE] & CLASS_STATISTICS) != 0;
	page->back_path = "/dispatch";
	page->back_label = "リハビリ専門職";
	tmpl_dispatch_quarter(res_page_of(r, e), &v);
	return OK;
}

err page_dispatch_quarter(struct req *r)
{
	struct era_date d;
	formin_read_query(r, QUARTER, 1);
	const char *text = str_or(req_query(r, "quarter"), "");
	return quarter_page(r, *text && era_parse(r->c, "quarter", text, &d) == OK ? d.day : r->c->today, OK);
}

err page_dispatch_quarter_save(struct req *r)
{
	struct t_dispatch_effect x;
	bool found;
	err e = formin_read(r, QUARTER, FORMIN_N(QUARTER));
	civil day = e == OK ? formin_day(r, "quarter") : r->c->today;
	if (e == OK) {
		TRY(dispatch_effect_get(r->c, "", day == CIVIL_NONE ? r->c->today : day, &x, &found));
		x.quarter_on = day;
		x.rating = req_field(r, "rating");
		x.aspects = codes_joined(r, "aspects");
		x.comment = req_field(r, "comment");
		if (found)
			x.version = formin_int(r, "seen");
		e = dispatch_effect_save(r->c, "", &x, NULL);
	}
	if (page_is_input(e))
		return quarter_page(r, day == CIVIL_NONE ? r->c->today : day, e);
	TRY(e);
	return res_done(r, "saved", "/dispatch/quarter?quarter=%s", req_field(r, "quarter"));
}
