#include "web/pages/hospital.h"

#include "base/str.h"
#include "care/mandate.h"
#include "codec/json.h"
#include "register/draft.h"
#include "register/org.h"
#include "tmpl/liaison_hospital.h"
#include "web/formin.h"
#include "web/guard.h"
#include "web/pages/common.h"
#include "web/pages/conflict.h"
#include "web/pages/person.h"
#include "web/pages/record.h"
#include "web/pages/record_history.h"
#include "web/route.h"

#include <stdlib.h>
#include <string.h>

static struct hospital_shown shown(struct req *r, const struct hospital_view *h)
{
	const struct t_hospital_stay *t = &h->row;
	return (struct hospital_shown){.h = h, .kind = h->clock.told == HOSPITAL_WAITING ? t->discharged_on == CIVIL_NONE ? "warn" : "note" : h->clock.told == HOSPITAL_LATE ? "note" : "ok",
		.told_how = *t->told_how ? code_label(r, "hospital_told_how", t->told_how) : "",
		.received_how = str_eq(t->received_how, "conference") ? "カンファレンス" : *t->received_how ? "聞き取り" : ""};
}

err liaison_org_field(struct req *r, const char *name, const char *label, const char *stored, struct ui_field *f)
{
	struct org_filter q = ORG_ALL();
	struct org *o;
	size_t n;
	q.kind_class = "medical";
	q.limit = 1000;
	TRY(org_list(r->c, &q, &o, &n));
	struct ui_choice *v = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	for (size_t i = 0; i < n; i++)
		v[i] = (struct ui_choice){.value = o[i].pid, .label = o[i].name};
	*f = (struct ui_field){.name = name, .label = label, .value = stored, .choices = v, .n_choices = n, .optional_blank = true};
	return OK;
}

err page_hospital(struct req *r)
{
	struct page_view *page = page_view(r, "入退院・医療連携");
	struct person_card card;
	struct hospital_view *v;
	struct doctor_info *d = NULL;
	TRY(person_page(r, page, req_param(r, "pid"), &card));
	struct hospital_list_view view = {.page = page, .person_pid = card.p.pid, .may_write = mandate_person(r->c, card.p.id) == OK,
		.sees_medical = card.view.may[ACTION_SEE] & CLASS_MEDICAL, .may_write_medical = card.view.may[ACTION_WRITE] & CLASS_MEDICAL};
	TRY(hospital_list(r->c, card.p.pid, &v, &view.n_rows));
	view.rows = ARENA_ARRAY(r->arena, view.n_rows + 1, struct hospital_shown);
	for (size_t i = 0; i < view.n_rows; i++)
		view.rows[i] = shown(r, &v[i]);
	if (view.sees_medical)
		TRY(doctor_info_list(r->c, card.p.pid, &d, &view.n_infos));
	view.infos = ARENA_ARRAY(r->arena, view.n_infos + 1, struct doctor_info_shown);
	for (size_t i = 0; i < view.n_infos; i++)
		view.infos[i] = doctor_info_shown(r, &d[i]);
	tmpl_hospital_list(res_page(r), &view);
	return OK;
}

/* ---- the stay ---------------------------------------------------------------------------------------------------------- */

static const struct formin_field FIELDS[] = {
	{.name = "admitted_on", .label = "入院日", .kind = FORMIN_DAY, .required = true},
	{.name = "admitted_time", .label = "入院の時刻", .kind = FORMIN_TEXT, .max = 5},
	{.name = "after_hours", .label = "営業時間外の入院", .kind = FORMIN_CODE},
	{.name = "hospital_org", .label = "登録されている医療機関", .kind = FORMIN_CODE, .max = 40},
	{.name = "hospital", .label = "医療機関", .kind = FORMIN_TEXT, .max = 200},
	{.name = "ward", .label = "病棟・病室", .kind = FORMIN_TEXT, .max = 60},
	{.name = "reason", .label = "入院の原因", .kind = FORMIN_LINES, .max = 4000},
	{.name = "told_on", .label = "情報を提供した日", .kind = FORMIN_DAY},
	{.name = "told_time", .label = "情報を提供した時刻", .kind = FORMIN_TEXT, .max = 5},
	{.name = "told_how", .label = "情報を提供した方法", .kind = FORMIN_CODE},
	{.name = "told_to", .label = "情報を提供した相手", .kind = FORMIN_TEXT, .max = 80},
	{.name = "discharge_planned_on", .label = "退院予定日", .kind = FORMIN_DAY},
	{.name = "discharged_on", .label = "退院日", .kind = FORMIN_DAY},
	{.name = "note", .label = "備考", .kind = FORMIN_LINES, .max = 4000},
};

static err edit(struct req *r, const char *person_pid, const struct t_hospital_stay *row, const char *org_pid, err e)
{
	bool is_new = !row->id;
	struct page_view *page = page_view(r, is_new ? "入院を記録する" : "入退院の記録を直す");
	struct person_card card;
	TRY(person_page(r, page, person_pid, &card));
	TRY(mandate_person(r->c, card.p.id));
	page->n_tabs = 0;
	page->back_path = is_new ? arena_fmt(r->arena, "/persons/%s/hospital", card.p.pid) : arena_fmt(r->arena, "/hospital-stays/%s", row->pid);
	page->back_label = "入退院・医療連携";
	page->state = is_new ? STATE_NEW : STATE_SAVED;
	page->draft_key = is_new ? arena_fmt(r->arena, "person/%s/hospital/new", card.p.pid) : arena_fmt(r->arena, "hospital/%s", row->pid);
	page->draft_class = "medical";
	page->base_version = row->version;
	if (page->posted && formin_int(r, "base") != INT_NULL)
		page->base_version = formin_int(r, "base");
	struct hospital_edit_view v = {.page = page, .row = row, .sees_medical = card.view.may[ACTION_WRITE] & CLASS_MEDICAL,
		.action = is_new ? arena_fmt(r->arena, "/persons/%s/hospital", card.p.pid) : arena_fmt(r->arena, "/hospital-stays/%s", row->pid),
		.told_how = choice_field(r, "told_how", "情報を提供した方法", "hospital_told_how", row->told_how)};
	if (!v.sees_medical)
		page->draft_class = "care";
	v.told_how.optional_blank = true;
	TRY(liaison_org_field(r, "hospital_org", "登録されている医療機関", org_pid, &v.org));
	tmpl_hospital_edit(res_page_of(r, e), &v);
	return OK;
}

err page_hospital_new(struct req *r)
{
	struct t_hospital_stay row;
	hospital_init(r->c, &row);
	return edit(r, req_param(r, "pid"), &row, "", OK);
}

static err read(struct req *r, struct t_hospital_stay *row)
{
	TRY(formin_read(r, FIELDS, FORMIN_N(FIELDS)));
	row->admitted_on = formin_day(r, "admitted_on");
	row->admitted_time = req_field(r, "admitted_time");
	row->after_hours = *req_field(r, "after_hours") != '\0';
	row->hospital = req_field(r, "hospital");
	row->ward = req_field(r, "ward");
	row->reason = req_field(r, "reason");
	row->told_on = formin_day(r, "told_on");
	row->told_time = req_field(r, "told_time");
	row->told_how = req_field(r, "told_how");
	row->told_to = req_field(r, "told_to");
	row->discharge_planned_on = formin_day(r, "discharge_planned_on");
	row->discharged_on = formin_day(r, "discharged_on");
	row->note = req_field(r, "note");
	return OK;
}

err page_hospital_create(struct req *r)
{
	const char *person = req_param(r, "pid");
	struct t_hospital_stay row;
	hospital_init(r->c, &row);
	err e = read(r, &row);
	if (e == OK)
		e = hospital_save(r->c, person, &row, req_field(r, "hospital_org"), NULL);
	if (page_is_input(e))
		return edit(r, person, &row, req_field(r, "hospital_org"), e);
	TRY(e);
	look_person(r, row.person_id);
	TRY(draft_discard(r->c, arena_fmt(r->arena, "person/%s/hospital/new", person)));
	return res_done(r, "created", "/hospital-stays/%s", row.pid);
}

static err open_stay(struct req *r, struct hospital_view *v)
{
	TRY(hospital_get(r->c, req_param(r, "pid"), v));
	look_person(r, v->row.person_id);
	return OK;
}

err page_hospital_stay_edit(struct req *r)
{
	struct hospital_view v;
	TRY(open_stay(r, &v));
	return edit(r, v.person_pid, &v.row, v.hospital_org_pid, OK);
}

err page_hospital_stay_save(struct req *r)
{
	struct hospital_view v;
	struct row_conflict *conflict = NULL;
	TRY(open_stay(r, &v));
	err e = read(r, &v.row);
	if (e == OK) {
		v.row.version = formin_int(r, "base");
		e = hospital_save(r->c, v.person_pid, &v.row, req_field(r, "hospital_org"), &conflict);
	}
	if (e == ERR_CONFLICT && conflict)
		return page_conflict(r, conflict, arena_fmt(r->arena, "/hospital-stays/%s", v.row.pid));
	if (page_is_input(e))
		return edit(r, v.person_pid, &v.row, req_field(r, "hospital_org"), e);
	TRY(e);
	TRY(draft_discard(r->c, arena_fmt(r->arena, "hospital/%s", v.row.pid)));
	return res_done(r, "saved", "/hospital-stays/%s", v.row.pid);
}

err page_hospital_history(struct req *r)
{
	struct hospital_view h;
	struct history_act *v;
	size_t n;
	struct page_view *page = page_view(r, "入退院の変更の履歴");
	TRY(open_stay(r, &h));
	TRY(hospital_history(r->c, h.row.pid, &v, &n));
	TRY(person_page_head(r, page, h.person_pid));
	page->back_path = arena_fmt(r->arena, "/hospital-stays/%s", h.row.pid);
	page->back_label = "入退院";
	return record_history_page(r, page, v, n, NULL);
}

err page_hospital_stay(struct req *r)
{
	struct hospital_view h;
	struct page_view *page = page_view(r, "入退院");
	struct person_card card;
	TRY(open_stay(r, &h));
	TRY(person_page(r, page, h.person_pid, &card));
	page->state = STATE_SAVED;
	page->state_note = saved_note(r, h.row.updated_ms, h.updated_by);
	struct hospital_show_view v = {.page = page, .s = shown(r, &h), .clock = &h.clock};
	tmpl_hospital_show(res_page(r), &v);
	return OK;
}

static const struct formin_field REASON[] = {{.name = "reason", .label = "移す理由", .kind = FORMIN_TEXT, .max = 500, .required = true}};

static err open_bin(struct req *r, struct hospital_view *m, struct record_bin *b)
{
	TRY(open_stay(r, m));
	*b = (struct record_bin){.title = "入退院の記録をごみ箱へ移す", .person_pid = m->person_pid, .path = arena_fmt(r->arena, "/hospital-stays/%s", m->row.pid),
		.back_path = arena_fmt(r->arena, "/persons/%s/hospital", m->person_pid),
		.sentence = "まちがって作った入退院の記録をごみ箱へ移します。",
		.more = "30日のあいだは元に戻せます。"};
	return OK;
}

err page_hospital_retire_ask(struct req *r)
{
	struct hospital_view m;
	struct record_bin b;
	TRY(open_bin(r, &m, &b));
	return record_bin_ask(r, &b, OK);
}

err page_hospital_retire(struct req *r)
{
	struct hospital_view m;
	struct record_bin b;
	TRY(open_bin(r, &m, &b));
	return record_bin_put(r, &b, m.row.pid, hospital_retire);
}

/* ---- the papers ---------------------------------------------------------------------------------------------------------- */

static bool from_register(const struct fill *f, const char *path)
{
	for (size_t i = 0; i < f->n_from_register; i++)
		if (str_eq(f->from_register[i], path))
			return true;
	return false;
}

void liaison_fields(struct req *r, const struct fill *f, const char *const *fixed, size_t n_fixed, bool may_write, struct form_fields *out)
{
	const char **ids = ARENA_ARRAY(r->arena, f->def->n_items + 1, const char *);
	for (size_t i = 0; i < f->def->n_items; i++)
		ids[i] = f->def->items[i].id;
	struct form_fields_marks m = {.from_register = may_write ? fixed : ids, .n_from_register = may_write ? n_fixed : f->def->n_items,
	                              .locked = f->locked, .n_locked = f->n_locked};
	form_fields_of(r, f->as, &m, out);
	for (size_t s = 0; s < out->n_sections; s++) /* only what the register filled is marked as such */
		for (size_t i = 0; i < out->sections[s].n_fields; i++) {
			struct ff_field *x = &out->sections[s].fields[i];
			if (x->mark && str_eq(x->mark, "台帳から") && (!may_write || !from_register(f, x->f.name)))
				x->mark = "";
		}
}

static const char *item_of_column(const struct form_def *def, const char *table, const char *column)
{
	size_t n = strlen(table);
	for (size_t i = 0; i < def->n_items; i++) {
		const char *b = def->items[i].binding;
		if (strncmp(b, table, n) == 0 && b[n] == '.' && str_eq(b + n + 1, column))
			return def->items[i].path;
	}
	return column;
}

/* A stored value as the field of the form sends it. */
static const char *as_sent(struct req *r, const struct form_item *it, const char *held)
{
	if (it->type == ITEM_BOOL)
		return str_eq(held, "1") ? "Y" : str_eq(held, "0") ? "N" : "";
	if (it->type != ITEM_CODES)
		return held;
	char *s = arena_str(r->arena, held);
	for (char *p = s; *p; p++)
		if (*p == '|')
			*p = ',';
	return s;
}

static void translate(struct req *r, const struct form_def *def, const char *table, struct row_conflict_field *f)
{
	const char *path = item_of_column(def, table, f->column);
	if (path == f->column) /* no item of the form */
		return;
	f->column = path;
	for (size_t i = 0; i < def->n_items; i++)
		if (str_eq(def->items[i].path, path)) {
			f->base = as_sent(r, &def->items[i], str_or(f->base, ""));
			f->theirs = as_sent(r, &def->items[i], str_or(f->theirs, ""));
			f->mine = as_sent(r, &def->items[i], str_or(f->mine, ""));
		}
}

static bool same_cells(const struct json *a, const struct json *b, const char *const *cells, size_t n)
{
	for (size_t j = 0; j < n; j++)
		if (!str_eq(json_get_text(a, cells[j], ""), json_get_text(b, cells[j], "")))
			return false;
	return true;
}

/* The rows of a list that the other one added or changed are put behind those of the page: no row is lost. */
static err join_list(struct req *r, const char *list, const char *theirs, const char *mine)
{
	static const char *const cells[] = {"on", "by", "conference"};
	struct json *rows, *own;
	size_t next = 0;
	if (str_blank(theirs))
		return OK;
	for (size_t i = 0; i < r->form.n; i++)
		if (str_starts(r->form.v[i].name, arena_fmt(r->arena, "%s.", list)) && *r->form.v[i].value) {
			size_t no = strtoul(r->form.v[i].name + strlen(list) + 1, NULL, 10);
			next = no + 1 > next ? no + 1 : next;
		}
	TRY(json_parse(r->arena, theirs, strlen(theirs), NULL, &rows, NULL));
	mine = str_blank(mine) ? "[]" : mine;
	TRY(json_parse(r->arena, mine, strlen(mine), NULL, &own, NULL));
	for (size_t i = 0; i < rows->n; i++) {
		bool there = false;
		for (size_t k = 0; k < own->n && !there; k++)
			there = same_cells(rows->items[i], own->items[k], cells, 3);
		for (size_t j = 0; !there && j < 3; j++) {
			const char *name = arena_fmt(r->arena, "%s.%zu.%s", list, next, cells[j]), *value = json_get_text(rows->items[i], cells[j], "");
			bool sent = false;
			for (size_t k = 0; k < r->form.n; k++)
				if (str_eq(r->form.v[k].name, name)) {
					r->form.v[k].value = value;
					sent = true;
				}
			if (!sent)
				pairs_add(r->arena, &r->form, name, value);
		}
		next += !there;
	}
	return OK;
}

err liaison_conflict(struct req *r, struct row_conflict *c, const struct form_def *def, const char *list_column, const char *cancel_path)
{
	struct row_conflict_field *sets[] = {c->fields, c->carried};
	size_t *counts[] = {&c->n, &c->n_carried};
	for (int s = 0; s < 2; s++) {
		size_t kept = 0;
		for (size_t i = 0; i < *counts[s]; i++) {
			struct row_conflict_field f = sets[s][i];
			if (list_column && str_eq(f.column, list_column)) {
				TRY(join_list(r, list_column, str_or(f.theirs, ""), str_or(f.mine, "")));
				continue;
			}
			translate(r, def, c->table->name, &f);
			sets[s][kept++] = f;
		}
		*counts[s] = kept;
	}
	return page_conflict_form(r, c, def, cancel_path);
}

static const char *const PATH[] = {"hospital-infos", "discharge-records"};
static const char *const NAME[] = {"入院時情報提供書", "退院・退所情報記録書"};
static const char *const STAY_PATH[] = {"info", "record"};
static const char *const FILE_NAME[] = {"nyuin-joho", "taiin-joho"};

static const char *paper_key(struct req *r, const struct hospital_paper *p)
{
	return *p->pid ? arena_fmt(r->arena, "%s/%s", PATH[p->form], p->pid) : arena_fmt(r->arena, "%s/%s/new", PATH[p->form], p->stay.row.pid);
}

static err show_paper(struct req *r, struct hospital_paper *p, err e)
{
	struct page_view *page = page_view(r, NAME[p->form]);
	struct form_fields ff;
	bool is_new = !*p->pid;
	TRY(person_page_head(r, page, p->stay.person_pid));
	page->back_path = arena_fmt(r->arena, "/hospital-stays/%s", p->stay.row.pid);
	page->back_label = "入退院の記録";
	page->state = is_new ? STATE_NEW : STATE_SAVED;
	if (!is_new)
		page->state_note = saved_note(r, p->updated_ms, p->updated_by);
	page->base_version = p->version;
	if (page->posted && formin_int(r, "base") != INT_NULL)
		page->base_version = formin_int(r, "base");
	if (p->may_write) {
		page->draft_key = paper_key(r, p);
		page->draft_class = "medical";
	}
	liaison_fields(r, &p->fill, p->fixed, p->n_fixed, p->may_write, &ff);
	struct hospital_paper_view v = {.page = page, .p = p, .ff = &ff, .is_new = is_new, .what = NAME[p->form],
		.path = arena_fmt(r->arena, "/%s/%s", PATH[p->form], p->pid),
		.action = is_new ? arena_fmt(r->arena, "/hospital-stays/%s/%s", p->stay.row.pid, STAY_PATH[p->form]) : arena_fmt(r->arena, "/%s/%s", PATH[p->form], p->pid),
		.issue_label = p->form == HOSPITAL_INFO ? "提供した文書として残す" : "確定した文書として残す"};
	tmpl_hospital_paper(res_page_of(r, e), &v);
	return OK;
}

static err new_paper(struct req *r, enum hospital_form form)
{
	struct hospital_paper p;
	TRY(hospital_paper_new(r->c, form, req_param(r, "pid"), &p));
	look_person(r, p.stay.row.person_id);
	return show_paper(r, &p, OK);
}

static err save_paper(struct req *r, struct hospital_paper *p)
{
	struct answers *as = p->fill.as;
	struct form_typed typed = {0};
	struct row_conflict *conflict = NULL;
	const char *pid = "", *key = paper_key(r, p);
	look_person(r, p->stay.row.person_id);
	err e = form_fields_read(r, p->fill.def, NULL, 0, &as, &typed);
	if (e == OK)
		e = hospital_paper_save(r->c, p, formin_int(r, "base"), as, &pid, &conflict);
	if (page_is_input(e))
		return show_paper(r, p, e);
	if (e == ERR_CONFLICT && conflict)
		return liaison_conflict(r, conflict, p->fill.def, p->form == HOSPITAL_RECORD ? "hearing" : NULL, arena_fmt(r->arena, "/%s/%s", PATH[p->form], p->pid));
	TRY(e);
	TRY(draft_discard(r->c, key));
	return res_done(r, "saved", "/%s/%s", PATH[p->form], pid);
}

static err create_paper(struct req *r, enum hospital_form form)
{
	struct hospital_paper p;
	TRY(hospital_paper_new(r->c, form, req_param(r, "pid"), &p));
	return save_paper(r, &p);
}

static err open_paper(struct req *r, enum hospital_form form, struct hospital_paper *p)
{
	TRY(hospital_paper_get(r->c, form, req_param(r, "pid"), p));
	look_person(r, p->stay.row.person_id);
	return OK;
}

static err one_paper(struct req *r, enum hospital_form form)
{
	struct hospital_paper p;
	TRY(open_paper(r, form, &p));
	return show_paper(r, &p, OK);
}

static err store_paper(struct req *r, enum hospital_form form)
{
	struct hospital_paper p;
	TRY(open_paper(r, form, &p));
	return save_paper(r, &p);
}

static err print_paper(struct req *r, enum hospital_form form, enum paper_kind kind)
{
	struct hospital_paper p;
	const char *bytes;
	size_t n;
	TRY(open_paper(r, form, &p));
	look_as(r, ACTION_PRINT);
	TRY(hospital_paper_print(r->c, &p, kind, &bytes, &n));
	return record_paper(r, kind, bytes, n, FILE_NAME[form]);
}

static err paper_history(struct req *r, enum hospital_form form)
{
	struct hospital_paper p;
	struct history_act *v;
	size_t n;
	struct page_view *page = page_view(r, arena_fmt(r->arena, "%sの変更の履歴", NAME[form]));
	TRY(open_paper(r, form, &p));
	TRY(hospital_paper_history(r->c, &p, &v, &n));
	TRY(person_page_head(r, page, p.stay.person_pid));
	page->back_path = arena_fmt(r->arena, "/%s/%s", PATH[form], p.pid);
	page->back_label = NAME[form];
	const struct history_more more = {.def = p.fill.def, .list_column = form == HOSPITAL_RECORD ? "hearing" : NULL};
	return record_history_page(r, page, v, n, &more);
}

static err issue_paper(struct req *r, enum hospital_form form)
{
	struct hospital_paper p;
	const char *pid;
	TRY(open_paper(r, form, &p));
	TRY(formin_read(r, NULL, 0));
	look_as(r, ACTION_PRINT);
	TRY(hospital_paper_issue(r->c, &p, &pid));
	return res_done(r, "finished", "/persons/%s/documents", p.stay.person_pid);
}

static err retire_paper(struct req *r, enum hospital_form form)
{
	struct hospital_paper p;
	const char *bin = "";
	TRY(open_paper(r, form, &p));
	TRY(formin_read(r, REASON, FORMIN_N(REASON)));
	err e = hospital_paper_retire(r->c, form, p.pid, req_field(r, "reason"), &bin);
	if (page_is_input(e))
		return show_paper(r, &p, e);
	TRY(e);
	return res_done(r, "deleted", "/persons/%s/hospital?%s", p.stay.person_pid, guard_undo(r, arena_fmt(r->arena, "/undo/trash/%s", bin)));
}

err page_hospital_info_new(struct req *r) { return new_paper(r, HOSPITAL_INFO); }
err page_hospital_info_create(struct req *r) { return create_paper(r, HOSPITAL_INFO); }
err page_hospital_info(struct req *r) { return one_paper(r, HOSPITAL_INFO); }
err page_hospital_info_save(struct req *r) { return store_paper(r, HOSPITAL_INFO); }
err page_hospital_info_pdf(struct req *r) { return print_paper(r, HOSPITAL_INFO, PAPER_PDF); }
err page_hospital_info_sheet(struct req *r) { return print_paper(r, HOSPITAL_INFO, PAPER_SHEET); }
err page_hospital_info_history(struct req *r) { return paper_history(r, HOSPITAL_INFO); }
err page_discharge_history(struct req *r) { return paper_history(r, HOSPITAL_RECORD); }
err page_hospital_info_issue(struct req *r) { return issue_paper(r, HOSPITAL_INFO); }
err page_hospital_info_retire(struct req *r) { return retire_paper(r, HOSPITAL_INFO); }
err page_discharge_new(struct req *r) { return new_paper(r, HOSPITAL_RECORD); }
err page_discharge_create(struct req *r) { return create_paper(r, HOSPITAL_RECORD); }
err page_discharge(struct req *r) { return one_paper(r, HOSPITAL_RECORD); }
err page_discharge_save(struct req *r) { return store_paper(r, HOSPITAL_RECORD); }
err page_discharge_pdf(struct req *r) { return print_paper(r, HOSPITAL_RECORD, PAPER_PDF); }
err page_discharge_sheet(struct req *r) { return print_paper(r, HOSPITAL_RECORD, PAPER_SHEET); }
err page_discharge_issue(struct req *r) { return issue_paper(r, HOSPITAL_RECORD); }
err page_discharge_retire(struct req *r) { return retire_paper(r, HOSPITAL_RECORD); }
