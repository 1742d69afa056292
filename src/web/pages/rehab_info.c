/* 介護支援専門員への情報提供 in five items: sheet, sending, what the receiver sees, paper. */
#include "access/policy.h"
#include "base/str.h"
#include "care/children.h"
#include "care/rehab_paper.h"
#include "tmpl/rehab_info.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/pages/conflict.h"
#include "web/pages/record.h"
#include "web/pages/rehab.h"
#include "web/route.h"

static const struct formin_field FIELDS[] = {
	{.name = "goal", .label = "目標", .kind = FORMIN_CODE, .max = 40},
	{.name = "author", .label = "書いた人", .kind = FORMIN_TEXT, .max = 200},
	{.name = "made_on", .label = "作成日", .kind = FORMIN_DAY},
	{.name = "wishes", .label = "本人・家族の希望と社会参加", .kind = FORMIN_LINES, .max = 2000},
	{.name = "abilities", .label = "能力と改善の見込み", .kind = FORMIN_LINES, .max = 2000},
	{.name = "care_ways", .label = "介護の方法と気を付けること", .kind = FORMIN_LINES, .max = 2000},
	{.name = "surroundings", .label = "環境・用具の工夫", .kind = FORMIN_LINES, .max = 2000},
	{.name = "other", .label = "その他", .kind = FORMIN_LINES, .max = 2000},
};

static err edit(struct req *r, const char *person_pid, const char *goal_pid, const struct t_rehab_info *row, err e)
{
	struct page_view *page = page_view(r, row->id ? "情報提供を直す" : "介護支援専門員への情報提供を書く");
	TRY(rehab_page(r, page, person_pid));
	struct rehab_info_edit_view v = {.page = page, .row = row, .goal_pid = goal_pid};
	v.action = record_form(r, page, &(struct record_frame){.person_pid = person_pid, .pid = row->pid, .what = "rehab-info", .list = "rehab/infos", .one = "/rehab-infos",
		.label = row->id ? "情報提供" : "リハビリ", .draft_class = "care", .version = row->version});
	if (!row->id)
		page->back_path = arena_fmt(r->arena, "/persons/%s/rehab", person_pid);
	for (size_t i = 0; i < REHAB_INFO_ITEMS; i++)
		v.items[i] = (struct ui_field){.name = rehab_info_column(i), .label = rehab_info_label(i), .rows = 4,
			.value = *(const char *const *)row_column(&T_rehab_info, (void *)row, rehab_info_column(i))};
	tmpl_rehab_info_edit(res_page_of(r, e), &v);
	return OK;
}

static err read(struct req *r, struct t_rehab_info *row)
{
	TRY(formin_read(r, FIELDS, FORMIN_N(FIELDS)));
	row->author = req_field(r, "author");
	row->made_on = formin_day(r, "made_on");
	row->wishes = req_field(r, "wishes");
	row->abilities = req_field(r, "abilities");
	row->care_ways = req_field(r, "care_ways");
	row->surroundings = req_field(r, "surroundings");
	row->other = req_field(r, "other");
	return OK;
}

err page_rehab_info_new(struct req *r)
{
	struct t_rehab_info row;
	const char *person = req_param(r, "pid"), *goal = str_or(req_query(r, "goal"), "");
	TRY(rehab_info_init(r->c, person, goal, &row));
	return edit(r, person, goal, &row, OK);
}

err page_rehab_info_create(struct req *r)
{
	struct t_rehab_info row;
	const char *person = req_param(r, "pid"), *goal = req_field(r, "goal");
	TRY(rehab_info_init(r->c, person, goal, &row));
	look_person(r, row.person_id);
	err e = read(r, &row);
	if (e == OK)
		e = rehab_info_save(r->c, person, &row, NULL);
	if (page_is_input(e))
		return edit(r, person, goal, &row, e);
	TRY(e);
	TRY(record_draft_done(r, person, "", "rehab-info", true));
	return res_done(r, "created", "/rehab-infos/%s", row.pid);
}

static err open_info(struct req *r, struct rehab_info_view *i)
{
	TRY(rehab_info_get(r->c, req_param(r, "pid"), i));
	look_person(r, i->row.person_id);
	return OK;
}

static err show(struct req *r, const struct rehab_info_view *i, err e)
{
	struct page_view *page = page_view(r, "介護支援専門員への情報提供");
	TRY(rehab_page(r, page, i->person_pid));
	page->state = i->is_sent ? STATE_FINAL : STATE_SAVED;
	page->state_note = saved_note(r, i->row.updated_ms, i->updated_by);
	struct rehab_info_show_view v = {.page = page, .i = i, .base = arena_fmt(r->arena, "/rehab-infos/%s", i->row.pid), .ask = i->n_empty > 0,
		.may_print = policy_check(r->c, i->row.person_id, CLASS_CARE, ACTION_PRINT) == OK};
	tmpl_rehab_info_show(res_page_of(r, e), &v);
	return OK;
}

err page_rehab_info(struct req *r)
{
	struct rehab_info_view i;
	TRY(open_info(r, &i));
	return show(r, &i, OK);
}

err page_rehab_info_edit(struct req *r)
{
	struct rehab_info_view i;
	TRY(open_info(r, &i));
	if (!i.may_write || i.is_sent)
		return ERR_DENIED;
	return edit(r, i.person_pid, i.goal_pid, &i.row, OK);
}

err page_rehab_info_save(struct req *r)
{
	struct rehab_info_view i;
	struct row_conflict *conflict = NULL;
	TRY(open_info(r, &i));
	err e = read(r, &i.row);
	if (e == OK) {
		i.row.version = formin_int(r, "base");
		e = rehab_info_save(r->c, i.person_pid, &i.row, &conflict);
	}
	if (e == ERR_CONFLICT && conflict)
		return page_conflict(r, conflict, arena_fmt(r->arena, "/rehab-infos/%s", i.row.pid));
	if (page_is_input(e))
		return edit(r, i.person_pid, i.goal_pid, &i.row, e);
	TRY(e);
	TRY(record_draft_done(r, "", i.row.pid, "rehab-info", false));
	return res_done(r, "saved", "/rehab-infos/%s", i.row.pid);
}

err page_rehab_info_send(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "accept", .label = "空の項目があるまま送る", .kind = FORMIN_BOOL}};
	struct rehab_info_view i;
	TRY(open_info(r, &i));
	err e = formin_read(r, fields, FORMIN_N(fields));
	if (e == OK)
		e = rehab_info_send(r->c, i.row.pid, formin_bool(r, "accept"));
	if (page_is_input(e))
		return show(r, &i, e);
	TRY(e);
	return res_done(r, "sent", "/rehab-infos/%s", i.row.pid);
}

err page_rehab_info_read(struct req *r)
{
	struct rehab_info_view i;
	TRY(open_info(r, &i));
	TRY(formin_read(r, NULL, 0));
	TRY(rehab_info_read(r->c, i.row.pid));
	return res_done(r, "saved", "/rehab-infos/%s", i.row.pid);
}

err page_rehab_info_print(struct req *r)
{
	struct rehab_info_view i;
	const char *bytes;
	size_t n;
	TRY(open_info(r, &i));
	look_as(r, ACTION_PRINT);
	TRY(rehab_paper_info(r->c, i.row.pid, &bytes, &n));
	return res_pdf(r, bytes, n, "rehab-joho.pdf");
}

static err bin_of(struct req *r, struct rehab_info_view *i, struct record_bin *b)
{
	TRY(open_info(r, i));
	if (!i->may_write)
		return ERR_DENIED;
	*b = (struct record_bin){.title = "情報提供をごみ箱へ移す", .person_pid = i->person_pid, .path = arena_fmt(r->arena, "/rehab-infos/%s", i->row.pid),
		.back_path = arena_fmt(r->arena, "/persons/%s/rehab", i->person_pid), .sentence = "まちがって作った情報提供をごみ箱へ移します。",
		.more = "送ったあとのものは、受け取った人からも見えなくなります。30日のあいだは元に戻せます。"};
	return OK;
}

err page_rehab_info_retire_ask(struct req *r)
{
	struct rehab_info_view i;
	struct record_bin b;
	TRY(bin_of(r, &i, &b));
	return record_bin_ask(r, &b, OK);
}

err page_rehab_info_retire(struct req *r)
{
	struct rehab_info_view i;
	struct record_bin b;
	TRY(bin_of(r, &i, &b));
	return record_bin_put(r, &b, i.row.pid, rehab_info_retire);
}
