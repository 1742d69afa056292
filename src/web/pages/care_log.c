/* 支援経過: the list of a person by period, one entry added from anywhere in three keys, corrections that keep the old text. */
#include "web/pages/visit.h"

#include "access/policy.h"
#include "base/str.h"
#include "care/consult_input.h"
#include "jp/era.h"
#include "register/draft.h"
#include "tmpl/visit_log.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/pages/conflict.h"
#include "web/pages/record.h"
#include "web/route.h"

#include <string.h>

static const struct formin_field PERIOD[] = {{.name = "from", .label = "いつから", .kind = FORMIN_DAY}, {.name = "to", .label = "いつまで", .kind = FORMIN_DAY},
	{.name = "live", .label = "訂正前の記録を隠す", .kind = FORMIN_BOOL}};

/* What the address says of the period; a day that is none is dropped. */
static struct care_log_filter period(struct req *r)
{
	struct care_log_filter f = CARE_LOG_ALL();
	struct era_date d;
	formin_read_query(r, PERIOD, FORMIN_N(PERIOD));
	if (*str_or(req_query(r, "from"), "") && era_parse(r->c, "from", req_query(r, "from"), &d) == OK)
		f.from_on = d.from;
	if (*str_or(req_query(r, "to"), "") && era_parse(r->c, "to", req_query(r, "to"), &d) == OK)
		f.to_on = d.to;
	f.live = *str_or(req_query(r, "live"), "") != '\0';
	return f;
}

static const char *query_of(struct req *r, const struct care_log_filter *f)
{
	char from[CIVIL_TEXT], to[CIVIL_TEXT];
	civil_text(f->from_on, from);
	civil_text(f->to_on, to);
	return arena_fmt(r->arena, "from=%s&to=%s%s", from, to, f->live ? "&live=1" : "");
}

static struct log_shown shown(struct req *r, const struct care_log_view *v)
{
	struct log_shown s = {v, care_log_at(r->c, v->row.at_on, v->row.at_min), ""};
	if (v->row.struck_ms != INT_NULL)
		s.struck = arena_fmt(r->arena, "%s %sが訂正（%s）", era_text_short(r->arena, civil_of_instant(v->row.struck_ms)), v->struck_name, v->row.struck_reason);
	return s;
}

err page_log(struct req *r)
{
	struct page_view *page = page_view(r, "支援経過");
	struct person_card card;
	struct care_log_view *rows;
	TRY(person_page(r, page, req_param(r, "pid"), &card));
	struct care_log_filter f = period(r);
	const char *q = query_of(r, &f), *pid = card.p.pid;
	struct log_list_view v = {.page = page, .person_pid = pid, .from_on = f.from_on, .to_on = f.to_on, .live = f.live,
		.pdf_path = arena_fmt(r->arena, "/persons/%s/log/pdf?%s", pid, q), .xlsx_path = arena_fmt(r->arena, "/persons/%s/log/xlsx?%s", pid, q),
		.csv_path = arena_fmt(r->arena, "/persons/%s/log/csv?%s", pid, q), .may_write = card.view.may[ACTION_WRITE] & CLASS_CARE,
		.may_print = card.view.may[ACTION_PRINT] & CLASS_CARE, .may_export = card.view.may[ACTION_EXPORT] & CLASS_CARE};
	TRY(care_log_count(r->c, pid, &f, &v.total));
	v.pager = pager_of(r, v.total);
	v.pager.path = arena_fmt(r->arena, "/persons/%s/log?%s", pid, q);
	f.offset = (v.pager.page - 1) * v.pager.per_page;
	f.limit = v.pager.per_page;
	TRY(care_log_list(r->c, pid, &f, &rows, &v.n_rows));
	v.rows = ARENA_ARRAY(r->arena, v.n_rows + 1, struct log_shown);
	for (size_t i = 0; i < v.n_rows; i++)
		v.rows[i] = shown(r, &rows[i]);
	tmpl_log_list(res_page(r), &v);
	return OK;
}

/* ---- one entry -------------------------------------------------------------------------------------------------------- */

static const struct formin_field FIELDS[] = {
	{.name = "item", .label = "項目", .kind = FORMIN_CODE, .required = true},
	{.name = "item_text", .label = "項目の内容", .kind = FORMIN_TEXT, .max = 40},
	{.name = "at_on", .label = "年月日", .kind = FORMIN_TEXT, .max = 40},
	{.name = "at_time", .label = "時刻", .kind = FORMIN_TEXT, .max = 20},
	{.name = "partner", .label = "相手", .kind = FORMIN_TEXT, .max = 80},
	{.name = "content", .label = "内容", .kind = FORMIN_LINES, .max = 10000, .required = true},
	{.name = "minutes", .label = "かかった時間", .kind = FORMIN_INT, .lo = 0, .hi = 1440},
	{.name = "is_meeting", .label = "会議の要点", .kind = FORMIN_BOOL},
	{.name = "is_monitoring", .label = "モニタリングの結果を含む", .kind = FORMIN_BOOL},
	{.name = "next_on", .label = "次の予定", .kind = FORMIN_DAY},
	{.name = "office", .label = "事業所", .kind = FORMIN_TEXT, .max = 80},
	{.name = "about", .label = "行ったこと", .kind = FORMIN_CODE, .repeat = true},
	{.name = "info_kind", .label = "受けた情報", .kind = FORMIN_CODE},
	{.name = "back", .label = "もどる画面", .kind = FORMIN_TEXT, .max = 200},
	{.name = "reason", .label = "訂正の理由", .kind = FORMIN_TEXT, .max = 200},
	{.name = "only_strike", .label = "打ち消すだけにする", .kind = FORMIN_BOOL},
	{.name = "seen", .label = "版", .kind = FORMIN_INT},
};

/* Back to the list the entry was made from: only an address of that list. */
static const char *back_of(const char *text)
{
	if (strncmp(text, "/caseload", 9) != 0)
		return "";
	for (const char *p = text; *p; p++)
		if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789/?=&_-", *p))
			return "";
	return text;
}

static err edit(struct req *r, const char *person_pid, const char *name, const struct care_log_view *old, const struct t_care_log *row, const char *back, err e)
{
	struct page_view *page = page_view(r, old ? "支援経過を訂正する" : "支援経過を記録する");
	const char *list = arena_fmt(r->arena, "/persons/%s/log", person_pid);
	bool quick = r->fragment && !old;
	struct log_edit_view v = {.page = page, .row = row, .is_correction = old != NULL, .is_quick = quick, .back = back, .person_name = name,
		.action = old ? arena_fmt(r->arena, "/log/%s/correct", old->row.pid) : list, .cancel_path = *back ? back : list,
		.item = choice_field(r, "item", "項目", "care_log_item", row->item), .version = old ? old->row.version : 0,
		.time = row->at_min == INT_NULL ? "" : arena_fmt(r->arena, "%02lld:%02lld", (long long)(row->at_min / 60), (long long)(row->at_min % 60))};
	v.item.required = true;
	v.about = codes_field(r, "about", "行ったこと（法の求め）", "care_log_about", row->about);
	v.info_kind = choice_field(r, "info_kind", "事業所から受けた情報", "care_log_info", row->info_kind);
	v.info_kind.optional_blank = true;
	page->back_path = v.cancel_path;
	page->back_label = *back ? "ケースの一覧" : "支援経過";
	if (!quick) {
		TRY(person_page_head(r, page, person_pid));
		page->state = old ? STATE_SAVED : STATE_NEW;
		page->draft_key = old ? arena_fmt(r->arena, "log/%s", old->row.pid) : arena_fmt(r->arena, "person/%s/log/new", person_pid);
		page->draft_class = "care";
		page->base_version = v.version;
	}
	if (quick)
		tmpl_log_quick(res_page_of(r, e), &v);
	else
		tmpl_log_edit(res_page_of(r, e), &v);
	return OK;
}

static err person_to_write(struct req *r, struct person *p)
{
	TRY(person_get(r->c, req_param(r, "pid"), p));
	look_person(r, p->id);
	return policy_check(r->c, p->id, CLASS_CARE, ACTION_WRITE);
}

err page_log_new(struct req *r)
{
	struct person p;
	struct t_care_log row;
	TRY(person_to_write(r, &p));
	care_log_init(r->c, &row);
	return edit(r, p.pid, p.name, NULL, &row, back_of(str_or(req_query(r, "back"), "")), OK);
}

static err read(struct req *r, struct t_care_log *row)
{
	int64_t ms = 0;
	TRY(formin_read(r, FIELDS, FORMIN_N(FIELDS)));
	const char *day = req_field(r, "at_on"), *time = req_field(r, "at_time");
	TRY(consult_time_read(r->c, "at_on", day, "at_time", time, &ms));
	row->at_on = civil_of_instant(ms);
	row->at_min = str_blank(time) ? INT_NULL : (ms - civil_instant_start(row->at_on)) / 60000;
	row->item = req_field(r, "item");
	row->item_text = req_field(r, "item_text");
	row->partner = req_field(r, "partner");
	row->content = req_field(r, "content");
	row->minutes = formin_int(r, "minutes");
	row->is_meeting = formin_bool(r, "is_meeting");
	row->is_monitoring = formin_bool(r, "is_monitoring");
	row->next_on = formin_day(r, "next_on");
	row->office = req_field(r, "office");
	row->about = codes_joined(r, "about");
	row->info_kind = req_field(r, "info_kind");
	return OK;
}

err page_log_create(struct req *r)
{
	struct person p;
	struct t_care_log row;
	TRY(person_to_write(r, &p));
	care_log_init(r->c, &row);
	err e = read(r, &row);
	const char *back = back_of(req_field(r, "back"));
	if (e == OK)
		e = care_log_add(r->c, p.pid, &row);
	if (page_is_input(e))
		return edit(r, p.pid, p.name, NULL, &row, back, e);
	TRY(e);
	TRY(draft_discard(r->c, arena_fmt(r->arena, "person/%s/log/new", p.pid)));
	if (*back)
		return res_done(r, "saved", "%s", back);
	return res_done(r, "saved", "/persons/%s/log", p.pid);
}

static err open_entry(struct req *r, struct care_log_view *v)
{
	TRY(care_log_get(r->c, req_param(r, "pid"), v));
	look_person(r, v->row.person_id);
	return OK;
}

err page_log_show(struct req *r)
{
	struct care_log_view e;
	struct page_view *page = page_view(r, "支援経過の記録");
	TRY(open_entry(r, &e));
	TRY(person_page_head(r, page, e.person_pid));
	page->back_path = arena_fmt(r->arena, "/persons/%s/log", e.person_pid);
	page->back_label = "支援経過";
	const char *info = *e.row.info_kind ? arena_fmt(r->arena, "%sの情報を受けた", code_label(r, "care_log_info", e.row.info_kind)) : "", *about = codes_labels(r, "care_log_about", e.row.about);
	struct log_show_view v = {page, shown(r, &e), arena_fmt(r->arena, "%s%s%s", about, *about && *info ? "、" : "", info)};
	tmpl_log_show(res_page(r), &v);
	return OK;
}

err page_log_correct_ask(struct req *r)
{
	struct care_log_view old;
	TRY(open_entry(r, &old));
	TRY(policy_check_record(r->c, old.row.person_id, CLASS_CARE, ACTION_WRITE));
	if (!old.may_write)
		return res_redirect(r, "/log/%s", old.row.pid);
	return edit(r, old.person_pid, old.person_name, &old, &old.row, "", OK);
}

err page_log_correct(struct req *r)
{
	struct care_log_view old;
	struct t_care_log row;
	struct row_conflict *conflict = NULL;
	TRY(open_entry(r, &old));
	care_log_init(r->c, &row);
	err e = read(r, &row);
	if (e == OK)
		e = care_log_correct(r->c, old.row.pid, formin_int(r, "seen"), formin_bool(r, "only_strike") ? NULL : &row, req_field(r, "reason"), &conflict);
	if (e == ERR_CONFLICT || page_is_input(e))
		return edit(r, old.person_pid, old.person_name, &old, &row, "", e);
	TRY(e);
	TRY(draft_discard(r->c, arena_fmt(r->arena, "log/%s", old.row.pid)));
	return res_done(r, "saved", "/persons/%s/log", old.person_pid);
}

/* ---- paper, Excel, CSV ------------------------------------------------------------------------------------------------- */

static err paper(struct req *r, enum paper_kind kind)
{
	struct person p;
	const char *bytes, *form;
	size_t n;
	TRY(person_get(r->c, req_param(r, "pid"), &p));
	look_person(r, p.id);
	look_as(r, ACTION_PRINT);
	struct care_log_filter f = period(r);
	TRY(care_log_form(r->c, p.pid, &form));
	TRY(care_log_paper(r->c, p.pid, form, &f, kind, &bytes, &n));
	if (kind == PAPER_PDF)
		return res_pdf(r, bytes, n, "shien-keika.pdf");
	return res_file(r, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes, n, "shien-keika.xlsx");
}

err page_log_pdf(struct req *r) { return paper(r, PAPER_PDF); }
err page_log_sheet(struct req *r) { return paper(r, PAPER_SHEET); }

err page_log_csv(struct req *r)
{
	struct person p;
	const char *bytes;
	size_t n;
	TRY(person_get(r->c, req_param(r, "pid"), &p));
	look_person(r, p.id);
	look_as(r, ACTION_EXPORT);
	struct care_log_filter f = period(r);
	TRY(care_log_csv(r->c, p.pid, &f, &bytes, &n));
	return res_file(r, "text/csv; charset=utf-8", bytes, n, "shien-keika.csv");
}
