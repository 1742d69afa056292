#include "web/pages/work.h"

#include "base/str.h"
#include "register/task.h"
#include "tmpl/work_work.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/route.h"

err page_work(struct req *r)
{
	/* who sees no case content has no work here */
	if (!(r->who.rights & RIGHT_CASE))
		return res_redirect(r, r->who.rights & RIGHT_ACCOUNTS ? "/admin/accounts" : "/settings/account");
	struct work_view v = {.page = page_view(r, "今日の仕事"), .mine = str_eq(req_query(r, "who"), "me")};
	struct work_box *boxes;
	TRY(work_boxes(r->c, v.mine, &boxes, &v.n_boxes));
	v.boxes = boxes;
	tmpl_work_home(res_page(r), &v);
	return OK;
}

err page_work_list(struct req *r)
{
	struct work_list_view v = {.mine = str_eq(req_query(r, "who"), "me"), .today = r->c->today};
	struct work_row *rows;
	size_t n;
	const char *box = req_param(r, "box");
	/* The box first, for its number decides the pages. */
	TRY(work_rows(r->c, box, v.mine, 0, 1, &v.box, &rows, &n));
	v.pager = pager_of(r, v.box.count);
	v.pager.path = arena_fmt(r->arena, "/work/%s%s", v.box.code, v.mine ? "?who=me" : "");
	TRY(work_rows(r->c, box, v.mine, (v.pager.page - 1) * v.pager.per_page, v.pager.per_page, &v.box, &rows, &v.n_rows));
	for (size_t i = 0; i < v.n_rows; i++)
		if (rows[i].person_id != INT_NULL)
			look_person(r, rows[i].person_id);
	v.rows = rows;
	struct page_view *page = page_view(r, v.box.label);
	page->back_path = v.mine ? "/?who=me" : "/";
	page->back_label = "今日の仕事";
	v.page = page;
	tmpl_work_list(res_page(r), &v);
	return OK;
}

static const struct formin_field DONE[] = {
	{.name = "note", .label = "メモ", .kind = FORMIN_TEXT, .max = 200},
	{.name = "back", .label = "戻り先", .kind = FORMIN_CODE, .max = 40},
};

err page_task_done(struct req *r)
{
	TRY(formin_read(r, DONE, FORMIN_N(DONE)));
	TRY(task_done(r->c, req_param(r, "pid"), req_field(r, "note")));
	return res_done(r, "saved", "/work/%s", str_blank(req_field(r, "back")) ? "today" : req_field(r, "back"));
}
