#include "web/pages/prospect.h"

#include "access/policy.h"
#include "base/str.h"
#include "register/draft.h"
#include "tmpl/case_prospect.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/pages/conflict.h"
#include "web/pages/person.h"
#include "web/pages/record.h"
#include "web/route.h"

static const struct formin_field FIELDS[] = {
	{.name = "prospect", .label = "改善の見込み", .kind = FORMIN_CODE, .max = 10},
	{.name = "on_day", .label = "見立てた日", .kind = FORMIN_DAY},
	{.name = "reason", .label = "そう考えた理由", .kind = FORMIN_LINES, .max = 2000},
	{.name = "aim", .label = "もう一度できるようになりたいこと", .kind = FORMIN_LINES, .max = 2000},
};

static err read(struct req *r, struct t_case_prospect *row)
{
	TRY(formin_read(r, FIELDS, FORMIN_N(FIELDS)));
	row->prospect = req_field(r, "prospect");
	row->on_day = formin_day(r, "on_day");
	row->reason = req_field(r, "reason");
	row->aim = req_field(r, "aim");
	return OK;
}

static struct ui_field choice(struct req *r, const char *stored)
{
	struct ui_field f = choice_field(r, "prospect", "改善の見込み", "case_prospect", stored);
	f.required = f.optional_blank = true;
	return f;
}

/* ---- of a case ------------------------------------------------------------------------------------------------------- */

static err list(struct req *r, const char *case_pid, const struct t_case_prospect *typed, err e)
{
	struct page_view *page = page_view(r, "改善の見込み");
	struct case_view k;
	struct prospect_view *rows;
	struct t_case_prospect fresh;
	struct person_card card;
	struct prospects_view v = {.page = page, .action = arena_fmt(r->arena, "/cases/%s/prospects", case_pid), .case_path = arena_fmt(r->arena, "/cases/%s", case_pid)};
	TRY(prospect_list(r->c, case_pid, &k, &rows, &v.n_rows, &v.may_write));
	TRY(person_page(r, page, k.person_pid, &card));
	person_tab(page, "/cases");
	v.rows = rows;
	v.prevention = case_is_prevention(k.row.kind);
	v.kind_label = code_label(r, "case_kind", k.row.kind);
	page->back_path = v.case_path;
	page->back_label = "ケース";
	if (v.may_write && !typed) {
		TRY(prospect_init(r->c, case_pid, &fresh));
		fresh.prospect = "";
		typed = &fresh;
	}
	v.row = typed;
	v.prospect = choice(r, typed ? typed->prospect : "");
	if (v.may_write) {
		page->draft_key = arena_fmt(r->arena, "case/%s/prospect/new", case_pid);
		page->draft_class = "care";
	}
	tmpl_case_prospects(res_page_of(r, e), &v);
	return OK;
}

err page_prospects(struct req *r) { return list(r, req_param(r, "pid"), NULL, OK); }

err page_prospect_create(struct req *r)
{
	struct t_case_prospect row;
	const char *case_pid = req_param(r, "pid");
	TRY(prospect_init(r->c, case_pid, &row));
	look_person(r, row.person_id);
	err e = read(r, &row);
	if (e == OK)
		e = prospect_save(r->c, case_pid, &row, NULL);
	if (page_is_input(e))
		return list(r, case_pid, &row, e);
	TRY(e);
	TRY(draft_discard(r->c, arena_fmt(r->arena, "case/%s/prospect/new", case_pid)));
	return res_done(r, "created", "/cases/%s/prospects", case_pid);
}

/* ---- one ------------------------------------------------------------------------------------------------------------- */

static err open_one(struct req *r, struct prospect_view *x)
{
	TRY(prospect_get(r->c, req_param(r, "pid"), x));
	look_person(r, x->row.person_id);
	return OK;
}

static err versions(struct req *r, const struct prospect_view *x, struct prospect_edit_view *v)
{
	struct prospect_version *h;
	size_t n;
	TRY(prospect_history(r->c, x->row.pid, &h, &n));
	v->versions = ARENA_ARRAY(r->arena, n + 1, struct prospect_version_shown);
	for (size_t i = 0; i < n; i++)
		v->versions[v->n_versions++] = (struct prospect_version_shown){&h[i].row, code_label(r, "case_prospect", h[i].row.prospect), account_word(r, h[i].by), h[i].at_ms};
	return OK;
}

static err show(struct req *r, const struct prospect_view *x, const struct t_case_prospect *row, err e)
{
	struct page_view *page = page_view(r, "改善の見込みの記録");
	struct case_view k;
	struct prospect_edit_view v = {.page = page, .x = x, .row = row, .prospect = choice(r, row->prospect), .retire_path = arena_fmt(r->arena, "/prospects/%s/retire", x->row.pid)};
	TRY(case_get(r->c, x->case_pid, &k));
	TRY(person_page_head(r, page, k.person_pid));
	v.kind_label = code_label(r, "case_kind", k.row.kind);
	v.action = record_form(r, page, &(struct record_frame){.person_pid = k.person_pid, .pid = x->row.pid, .what = "prospect", .list = "cases", .one = "/prospects",
		.label = "改善の見込み", .draft_class = "care", .version = row->version});
	page->back_path = arena_fmt(r->arena, "/cases/%s/prospects", x->case_pid);
	page->back_label = "改善の見込み";
	page->state = STATE_SAVED;
	page->state_note = saved_note(r, x->row.updated_ms, x->updated_by);
	if (!x->may_write)
		page->draft_key = "";
	TRY(versions(r, x, &v));
	tmpl_case_prospect(res_page_of(r, e), &v);
	return OK;
}

err page_prospect(struct req *r)
{
	struct prospect_view x;
	TRY(open_one(r, &x));
	return show(r, &x, &x.row, OK);
}

err page_prospect_save(struct req *r)
{
	struct prospect_view x;
	struct row_conflict *conflict = NULL;
	TRY(open_one(r, &x));
	struct t_case_prospect row = x.row;
	err e = read(r, &row);
	if (e == OK) {
		row.version = formin_int(r, "base");
		e = prospect_save(r->c, x.case_pid, &row, &conflict);
	}
	if (e == ERR_CONFLICT && conflict)
		return page_conflict(r, conflict, arena_fmt(r->arena, "/prospects/%s", x.row.pid));
	if (page_is_input(e))
		return show(r, &x, &row, e);
	TRY(e);
	TRY(record_draft_done(r, "", x.row.pid, "prospect", false));
	return res_done(r, "saved", "/cases/%s/prospects", x.case_pid);
}

static err bin_of(struct req *r, struct prospect_view *x, struct record_bin *b)
{
	struct case_view k;
	TRY(open_one(r, x));
	if (!x->may_write)
		return ERR_DENIED;
	TRY(case_get(r->c, x->case_pid, &k));
	*b = (struct record_bin){.title = "改善の見込みの記録をごみ箱へ移す", .person_pid = k.person_pid, .path = arena_fmt(r->arena, "/prospects/%s", x->row.pid),
		.back_path = arena_fmt(r->arena, "/cases/%s/prospects", x->case_pid), .sentence = "まちがって作った記録をごみ箱へ移します。",
		.more = "見立てが変わったときは、ごみ箱へ移さずに、新しい日で記録してください。30日のあいだは元に戻せます。"};
	return OK;
}

err page_prospect_retire_ask(struct req *r)
{
	struct prospect_view x;
	struct record_bin b;
	TRY(bin_of(r, &x, &b));
	return record_bin_ask(r, &b, OK);
}

err page_prospect_retire(struct req *r)
{
	struct prospect_view x;
	struct record_bin b;
	TRY(bin_of(r, &x, &b));
	return record_bin_put(r, &b, x.row.pid, prospect_retire);
}
