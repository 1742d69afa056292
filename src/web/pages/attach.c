#include "web/pages/attach.h"

#include "base/str.h"
#include "tmpl/parts_attach.h"
#include "tmpl/person_reason.h"
#include "web/formin.h"
#include "web/guard.h"
#include "web/pages/common.h"
#include "web/pages/conflict.h"
#include "web/pages/person.h"
#include "web/pages/record_history.h"
#include "web/route.h"

static const char *type_word(const char *type) { return str_eq(type, "application/pdf") ? "PDF" : str_eq(type, "image/jpeg") ? "JPEG" : "PNG"; }

err attach_list_fill(struct req *r, const struct page_view *page, const char *person, const struct attach_owner *o, struct attach_list_view *v)
{
	struct attach_row *rows;
	*v = (struct attach_list_view){.page = page, .path = arena_fmt(r->arena, "/persons/%s/attach/%s/%s", person, o->kind->slug, o->pid),
		.may_write = policy_check_record(r->c, o->person_id, o->record_class, ACTION_WRITE) == OK,
		.may_print = policy_check_record(r->c, o->person_id, o->record_class, ACTION_PRINT) == OK};
	TRY(attach_list(r->c, o, &rows, &v->n_rows));
	v->rows = ARENA_ARRAY(r->arena, v->n_rows + 1, struct attach_shown);
	for (size_t i = 0; i < v->n_rows; i++)
		v->rows[i] = (struct attach_shown){&rows[i], attach_kind_label_ja(rows[i].row.kind), type_word(rows[i].type),
			attach_size_ja(r->c, rows[i].size), account_word(r, rows[i].row.created_by)};
	return OK;
}

/* The record of the address; under another person's address it is not there. */
static err open_owner(struct req *r, struct page_view *page, enum action a, struct person_card *card, struct attach_owner *o)
{
	if (page)
		TRY(person_page(r, page, req_param(r, "pid"), card));
	else {
		TRY(person_open(r->c, req_param(r, "pid"), card));
		look_person(r, card->p.id);
	}
	TRY(attach_owner_find(r->c, req_param(r, "kind"), req_param(r, "rpid"), a, o));
	for (size_t i = 0; i < card->n_cluster; i++)
		if (card->cluster_ids[i] == o->person_id)
			return OK;
	return ERR_NOTFOUND;
}

static struct ui_field kind_field(struct req *r, const char *stored)
{
	size_t n;
	const struct gen_code *kinds = attach_kind_choices(&n);
	struct ui_choice *c = ARENA_ARRAY(r->arena, n, struct ui_choice);
	for (size_t i = 0; i < n; i++)
		c[i] = (struct ui_choice){.value = kinds[i].code, .label = kinds[i].label};
	return (struct ui_field){.name = "kind", .label = "書類の種類", .value = stored, .choices = c, .n_choices = n, .required = true};
}

static err show(struct req *r, err e)
{
	struct page_view *page = page_view(r, "添付ファイル");
	struct person_card card;
	struct attach_owner o;
	TRY(open_owner(r, page, ACTION_SEE, &card, &o));
	struct attach_page_view v = {.owner = o.kind->label};
	TRY(attach_list_fill(r, page, card.p.pid, &o, &v.list));
	v.kind = kind_field(r, NULL);
	v.limits = arena_fmt(r->arena, "PDF・JPEG・PNG、1つ%sまで。写真の撮影場所などの情報は、保存するときに取り除きます。", attach_size_ja(r->c, ATTACH_MAX_BYTES));
	page->title = arena_fmt(r->arena, "%sの添付ファイル", o.kind->label);
	page->back_path = arena_fmt(r->arena, o.kind->back, card.p.pid, o.pid);
	page->back_label = arena_fmt(r->arena, "%sの記録", o.kind->label);
	tmpl_attach_page(res_page_of(r, e), &v);
	return OK;
}

err page_attach_list(struct req *r) { return show(r, OK); }

static const struct formin_field FIELDS[] = {
	{.name = "kind", .label = "書類の種類", .kind = FORMIN_CODE, .required = true}, {.name = "title", .label = "書類の名前", .kind = FORMIN_TEXT, .max = 100},
	{.name = "taken_on", .label = "書類の日付", .kind = FORMIN_DAY, .past = true},   {.name = "note", .label = "備考", .kind = FORMIN_LINES, .max = 1000},
	{.name = "file", .label = "ファイル"},
};

err page_attach_add(struct req *r)
{
	struct person_card card;
	struct attach_owner o;
	TRY(open_owner(r, NULL, ACTION_WRITE, &card, &o));
	const struct upload *file = req_file(r, "file");
	err e = formin_read(r, FIELDS, FORMIN_N(FIELDS));
	if (e == OK)
		e = attach_add(r->c, &o, &(struct attach_new){.kind = req_field(r, "kind"), .title = req_field(r, "title"), .note = req_field(r, "note"),
			.name = file ? file->name : "", .taken_on = formin_day(r, "taken_on"),
			.bytes = file ? (struct blob){file->bytes, file->n} : (struct blob){NULL, 0}}, NULL);
	if (page_is_input(e))
		return show(r, e);
	TRY(e);
	return res_done(r, "saved", "/persons/%s/attach/%s/%s", card.p.pid, o.kind->slug, o.pid);
}

/* ---- one file ---- */

static err send(struct req *r, enum action a)
{
	struct attach_row at;
	struct blob b;
	err e = attach_read(r->c, req_param(r, "pid"), a, &at, &b);
	if (e == OK || e == ERR_FILE_DAMAGED)
		look_person(r, at.row.person_id);
	TRY(e);
	look_as(r, a);
	const char *ext = str_eq(at.type, "application/pdf") ? "pdf" : str_eq(at.type, "image/jpeg") ? "jpg" : "png";
	const char *name = arena_fmt(r->arena, "%s.%s", at.row.title, ext);
	return a == ACTION_PRINT ? res_file(r, at.type, b.p, b.n, name) : res_show(r, at.type, b.p, b.n, name);
}

err page_attach_open(struct req *r) { return send(r, ACTION_SEE); }
err page_attach_copy(struct req *r) { return send(r, ACTION_PRINT); }

/* ---- its name, kind, day and note ---- */

static err open_file(struct req *r, enum action a, struct attach_row *at, struct person *who, const char **list)
{
	struct attach_owner o;
	TRY(attach_find(r->c, req_param(r, "pid"), a, at, &o));
	TRY(person_load(r->c, o.person_id, who));
	look_person(r, o.person_id);
	*list = arena_fmt(r->arena, "/persons/%s/attach/%s/%s", who->pid, o.kind->slug, o.pid);
	return OK;
}

static err show_edit(struct req *r, err e)
{
	struct page_view *page = page_view(r, "添付ファイルの名前・種類を直す");
	struct attach_row at;
	struct person who;
	const char *list;
	TRY(open_file(r, ACTION_WRITE, &at, &who, &list));
	TRY(person_page_head(r, page, who.pid));
	page->back_path = list;
	page->back_label = "添付ファイル";
	/* shown again: still the version the typing started from */
	page->base_version = page->posted && formin_int(r, "base") != INT_NULL ? formin_int(r, "base") : at.row.version;
	struct attach_edit_view v = {.page = page, .a = &at, .action = arena_fmt(r->arena, "/attachments/%s", at.row.pid), .cancel_path = list,
		.kind = kind_field(r, at.row.kind)};
	tmpl_attach_edit(res_page_of(r, e), &v);
	return OK;
}

err page_attach_edit(struct req *r) { return show_edit(r, OK); }

err page_attach_save(struct req *r)
{
	struct attach_row at;
	struct person who;
	const char *list;
	struct row_conflict *conflict = NULL;
	TRY(open_file(r, ACTION_WRITE, &at, &who, &list));
	err e = formin_read(r, FIELDS, FORMIN_N(FIELDS) - 1);
	if (e == OK)
		e = attach_save(r->c, at.row.pid, formin_int(r, "base"), &(struct attach_new){.kind = req_field(r, "kind"), .title = req_field(r, "title"),
			.note = req_field(r, "note"), .taken_on = formin_day(r, "taken_on")}, &conflict);
	if (e == ERR_CONFLICT && conflict)
		return page_conflict(r, conflict, list);
	if (page_is_input(e))
		return show_edit(r, e);
	TRY(e);
	return res_done(r, "saved", "%s", list);
}

err page_attach_history(struct req *r)
{
	struct page_view *page = page_view(r, "添付ファイルの変更の履歴");
	struct attach_row at;
	struct person who;
	struct history_act *v;
	const char *list;
	size_t n;
	TRY(open_file(r, ACTION_SEE, &at, &who, &list));
	TRY(attach_history(r->c, at.row.pid, &v, &n));
	TRY(person_page_head(r, page, who.pid));
	page->back_path = list;
	page->back_label = "添付ファイル";
	return record_history_page(r, page, v, n, NULL);
}

static err show_retire(struct req *r, err e)
{
	struct page_view *page = page_view(r, "添付ファイルをごみ箱へ移す");
	struct attach_row at;
	struct attach_owner o;
	struct person who;
	TRY(attach_find(r->c, req_param(r, "pid"), ACTION_WRITE, &at, &o));
	TRY(person_load(r->c, o.person_id, &who));
	TRY(person_page_head(r, page, who.pid));
	const char *list = arena_fmt(r->arena, "/persons/%s/attach/%s/%s", who.pid, o.kind->slug, o.pid);
	struct reason_view v = {.page = page, .action = arena_fmt(r->arena, "/attachments/%s/retire", at.row.pid), .cancel_path = list, .label = "移す理由",
		.button = "ごみ箱へ移す", .sentence = arena_fmt(r->arena, "「%s」をごみ箱へ移します。", at.row.title), .more = "30日のあいだは、ごみ箱から元に戻せます。"};
	tmpl_person_reason(res_page_of(r, e), &v);
	return OK;
}

err page_attach_retire_ask(struct req *r) { return show_retire(r, OK); }

err page_attach_retire(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "reason", .label = "移す理由", .kind = FORMIN_TEXT, .max = 500, .required = true}};
	struct attach_row at;
	struct attach_owner o;
	struct person who;
	const char *bin = "";
	TRY(attach_find(r->c, req_param(r, "pid"), ACTION_WRITE, &at, &o));
	TRY(person_load(r->c, o.person_id, &who));
	look_person(r, o.person_id);
	err e = formin_read(r, fields, FORMIN_N(fields));
	if (e == OK)
		e = attach_retire(r->c, at.row.pid, req_field(r, "reason"), &bin);
	if (page_is_input(e))
		return show_retire(r, e);
	TRY(e);
	return res_done(r, "deleted", "/persons/%s/attach/%s/%s?%s", who.pid, o.kind->slug, o.pid, guard_undo(r, arena_fmt(r->arena, "/undo/trash/%s", bin)));
}
