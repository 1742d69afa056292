#include "web/pages/work.h"

#include "base/str.h"
#include "register/task.h"
#include "tmpl/work_work.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/route.h"

/* Who takes calls has consultations before care management, who does not has none of them. */
static size_t groups_of(const struct page_view *page, enum work_group *g)
{
	size_t n = 0;
	g[n++] = WORK_DUE;
	if (page->can_consult)
		g[n++] = WORK_CONSULT;
	g[n++] = WORK_CARE;
	return n;
}

static struct work_part part_of(struct req *r, enum work_group group, const struct work_box *boxes, size_t n)
{
	static const char *const titles[] = {[WORK_DUE] = "期限のある仕事", [WORK_CARE] = "ケアマネジメント", [WORK_CONSULT] = "相談と振り分け"};
	struct work_part p = {.title = titles[group], .some = ARENA_ARRAY(r->arena, n, const struct work_box *),
	                      .none = ARENA_ARRAY(r->arena, n, const struct work_box *)};
	for (size_t i = 0; i < n; i++)
		if (boxes[i].group == group) {
			if (boxes[i].count)
				p.some[p.n_some++] = &boxes[i];
			else
				p.none[p.n_none++] = &boxes[i];
		}
	return p;
}

err page_work(struct req *r)
{
	/* who sees no case content has no work here */
	if (!(r->who.rights & RIGHT_CASE))
		return res_redirect(r, r->who.rights & RIGHT_ACCOUNTS ? "/admin/accounts" : "/settings/account");
	struct work_view v = {.page = page_view(r, "今日の仕事"), .mine = str_eq(req_query(r, "who"), "me")};
	struct work_box *boxes;
	enum work_group groups[3];
	size_t n;
	TRY(work_boxes(r->c, v.mine, &boxes, &n));
	v.n_parts = groups_of(v.page, groups);
	struct work_part *parts = ARENA_ARRAY(r->arena, v.n_parts, struct work_part);
	for (size_t i = 0; i < v.n_parts; i++)
		parts[i] = part_of(r, groups[i], boxes, n);
	v.parts = parts;
	TRY(duty_figures_mine(r, &v.duties));
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
