/* 利用者基本情報 and the illnesses it shows. New and edit are one template; what the register holds is shown and marked. */
#include "base/house.h"
#include "base/str.h"
#include "care/genogram.h"
#include "care/paper.h"
#include "register/draft.h"
#include "tmpl/forms_basic_info.h"
#include "tmpl/forms_checklist.h"
#include "web/pages/common.h"
#include "web/pages/conflict.h"
#include "web/pages/forms.h"
#include "web/route.h"

static void fields_of(struct req *r, const struct basic_info_view *b, bool all_fixed, struct form_fields *ff)
{
	struct form_fields_marks m = {.from_register = b->from_register, .n_from_register = b->n_from_register,
	                              .locked = b->locked, .n_locked = b->n_locked, .fix_bound = true};
	(void)all_fixed;
	form_fields_of(r, b->answers, &m, ff);
}

err page_basic_info_list(struct req *r)
{
	struct page_view *page = page_view(r, "利用者基本情報");
	struct person_card card;
	TRY(person_page(r, page, req_param(r, "pid"), &card));
	struct basic_info_list_view v = {.page = page, .person_pid = card.p.pid, .may_write = card.view.may[ACTION_WRITE] & CLASS_CARE,
		.sees_illness = card.view.may[ACTION_SEE] & CLASS_MEDICAL};
	struct basic_info_row *rows;
	TRY(basic_info_list(r->c, card.p.pid, &rows, &v.n_rows));
	v.rows = rows;
	tmpl_basic_info_list(res_page(r), &v);
	return OK;
}

static const char *key_of(struct req *r, const char *person, const char *pid)
{
	return arena_fmt(r->arena, "person/%s/basic-info/%s", person, str_blank(pid) ? "new" : pid);
}

static err edit(struct req *r, struct basic_info_view *b, err e)
{
	bool is_new = str_blank(b->pid);
	struct page_view *page = page_view(r, "利用者基本情報");
	struct person_card card;
	TRY(person_page(r, page, b->person_pid, &card));
	page->n_tabs = 0; /* a form to fill: its way out is the bar */
	bool sees_illness = card.view.may[ACTION_SEE] & CLASS_MEDICAL;
	page->state = is_new ? STATE_NEW : STATE_SAVED;
	page->base_version = b->version;
	if (page->posted && formin_int(r, "base") != INT_NULL)
		page->base_version = formin_int(r, "base"); /* shown again: still the version the typing started from */
	page->draft_key = key_of(r, b->person_pid, b->pid);
	page->back_path = arena_fmt(r->arena, "/persons/%s/basic-info", b->person_pid);
	page->back_label = "利用者基本情報の一覧";
	struct form_fields ff;
	fields_of(r, b, false, &ff);
	struct form_edit_view v = {
		.page = page, .consult_pid = "", .ff = &ff, .save_label = "保存",
		.intro = "「台帳から」の印がある項目は、基本情報・家族・保険などの画面で直すと、ここにも反映されます。",
		.action = is_new ? arena_fmt(r->arena, "/persons/%s/basic-info", b->person_pid)
		                 : arena_fmt(r->arena, "/persons/%s/basic-info/%s", b->person_pid, b->pid),
		.aside_path = sees_illness ? arena_fmt(r->arena, "/persons/%s/illnesses", b->person_pid) : "", .aside_label = "現病歴・既往歴を直す"};
	tmpl_form_edit(res_page_of(r, e), &v);
	return OK;
}

err page_basic_info_new(struct req *r)
{
	struct basic_info_view b;
	TRY(basic_info_get(r->c, req_param(r, "pid"), "", &b));
	return edit(r, &b, OK);
}

err page_basic_info_edit(struct req *r)
{
	struct basic_info_view b;
	TRY(basic_info_get(r->c, req_param(r, "pid"), req_param(r, "infopid"), &b));
	if (!b.may_write)
		return ERR_DENIED;
	return edit(r, &b, OK);
}

/* Item by item, as the form names them; a record that went to the bin meanwhile has nothing to pick. */
static err disputed(struct req *r, const struct basic_info_view *b, const struct row_conflict *conflict)
{
	const char *back = arena_fmt(r->arena, "/persons/%s/basic-info/%s", b->person_pid, b->pid);
	struct row_conflict items;
	for (size_t i = 0; i < conflict->n; i++)
		if (str_eq(conflict->fields[i].column, "retired_ms"))
			return page_conflict(r, conflict, back);
	TRY(basic_info_conflict(r->c, b, conflict, &items));
	return page_conflict_form(r, &items, b->def, back);
}

static err save(struct req *r, const char *info_pid)
{
	struct basic_info_view b;
	const char *person = req_param(r, "pid"), *pid = NULL;
	TRY(basic_info_get(r->c, person, info_pid, &b));
	struct answers *as = b.answers;
	struct form_typed typed = {0};
	struct row_conflict *conflict = NULL;
	err e = form_fields_read(r, b.def, NULL, 0, &as, &typed);
	if (e == OK)
		e = basic_info_save(r->c, &(struct basic_info_input){.person_pid = person, .pid = info_pid,
		                                                     .version = formin_int(r, "base"), .answers = as}, &pid, &conflict);
	if (page_is_input(e) || e == ERR_UNIQUE)
		return edit(r, &b, e);
	if (e == ERR_CONFLICT && conflict)
		return disputed(r, &b, conflict);
	TRY(e);
	TRY(draft_discard(r->c, key_of(r, person, info_pid)));
	return res_done(r, "saved", "/persons/%s/basic-info/%s", person, pid);
}

err page_basic_info_create(struct req *r) { return save(r, ""); }
err page_basic_info_save(struct req *r) { return save(r, req_param(r, "infopid")); }

/* All as fixed values: the reader's view of the form. */
static void freeze(struct req *r, struct basic_info_view *b, struct form_fields *ff)
{
	for (size_t s = 0; s < ff->n_sections; s++)
		for (size_t i = 0; i < ff->sections[s].n_fields; i++) {
			struct ff_field *x = &ff->sections[s].fields[i];
			if (x->kind == FF_FIXED || x->kind == FF_DISPLAY)
				continue;
			const struct answer *v = answers_get(b->answers, x->f.name);
			if (x->kind == FF_LIST)
				x->n_rows = v ? v->n_rows : 0;
			else
				x->shown = v ? answer_show(r->arena, answers_item(b->answers, x->f.name), v) : "";
			x->kind = FF_FIXED;
		}
}

static err family_picture(struct req *r, const struct basic_info_view *b, struct html_safe *out)
{
	struct genogram g;
	err e = genogram_get(r->c, b->person_pid, &g);
	if (e == ERR_DENIED)
		return OK;
	TRY(e);
	if (g.n < 2)
		return OK;
	for (size_t i = 1; i < g.n; i++)
		if (g.who[i].rel->shown_person_id)
			look_person(r, g.who[i].rel->shown_person_id);
	out->s = drawing_svg(r->arena, genogram_drawing(r->c, &g, &GENO_SIZE_PAGE), "family");
	return OK;
}

static err show(struct req *r, err e)
{
	struct basic_info_view b;
	TRY(basic_info_get(r->c, req_param(r, "pid"), req_param(r, "infopid"), &b));
	struct page_view *page = page_view(r, "利用者基本情報");
	TRY(person_page_head(r, page, b.person_pid));
	page->state = STATE_SAVED;
	page->state_note = saved_note(r, b.updated_ms, b.updated_by);
	page->back_path = arena_fmt(r->arena, "/persons/%s/basic-info", b.person_pid);
	page->back_label = "利用者基本情報の一覧";
	struct form_fields ff;
	fields_of(r, &b, true, &ff);
	freeze(r, &b, &ff);
	struct basic_info_show_view v = {.page = page, .b = &b, .ff = &ff};
	TRY(family_picture(r, &b, &v.family));
	tmpl_basic_info_show(res_page_of(r, e), &v);
	return OK;
}

err page_basic_info_show(struct req *r) { return show(r, OK); }

static err paper(struct req *r, enum paper_kind kind)
{
	const char *bytes;
	size_t n;
	struct basic_info_view b;
	TRY(basic_info_get(r->c, req_param(r, "pid"), req_param(r, "infopid"), &b));
	look_person(r, b.person_id);
	look_as(r, ACTION_PRINT);
	TRY(paper_basic_info(r->c, b.person_pid, b.pid, kind, &bytes, &n));
	if (kind == PAPER_PDF)
		return res_pdf(r, bytes, n, "riyosha-kihon-joho.pdf");
	return res_file(r, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes, n, "riyosha-kihon-joho.xlsx");
}

err page_basic_info_pdf(struct req *r) { return paper(r, PAPER_PDF); }
err page_basic_info_sheet(struct req *r) { return paper(r, PAPER_SHEET); }

static const struct formin_field ISSUE[] = {{.name = "recipient", .label = "渡す相手", .kind = FORMIN_TEXT}};

err page_basic_info_issue(struct req *r)
{
	struct basic_info_view b;
	const char *pid = NULL;
	TRY(basic_info_get(r->c, req_param(r, "pid"), req_param(r, "infopid"), &b));
	TRY(formin_read(r, ISSUE, FORMIN_N(ISSUE)));
	look_person(r, b.person_id);
	look_as(r, ACTION_PRINT);
	TRY(paper_issue_basic_info(r->c, b.person_pid, b.pid, req_field(r, "recipient"), &pid));
	return res_done(r, "finished", "/persons/%s/documents", b.person_pid);
}

static const struct formin_field RETIRE_INFO[] = {{.name = "reason", .label = "理由", .kind = FORMIN_TEXT, .max = 500}};

err page_basic_info_retire(struct req *r)
{
	TRY(formin_read(r, RETIRE_INFO, FORMIN_N(RETIRE_INFO)));
	err e = basic_info_retire(r->c, req_param(r, "pid"), req_param(r, "infopid"), req_field(r, "reason"));
	if (page_is_input(e))
		return show(r, e);
	TRY(e);
	return res_done(r, "deleted", "/persons/%s/basic-info", req_param(r, "pid"));
}

/* ---- 現病歴・既往歴 --------------------------------------------------------------------------------------------- */

static const struct formin_field ILLNESS[] = {
	{.name = "pid", .label = "行", .kind = FORMIN_CODE, .max = 26},
	{.name = "when_text", .label = "年月日", .kind = FORMIN_TEXT, .max = 60},
	{.name = "disease", .label = "病名", .kind = FORMIN_TEXT},
	{.name = "doctor", .label = "医療機関・医師名", .kind = FORMIN_TEXT},
	{.name = "tel", .label = "電話番号", .kind = FORMIN_TEXT, .max = 40},
	{.name = "is_primary", .label = "主治医・意見作成者", .kind = FORMIN_CODE},
	{.name = "course", .label = "経過", .kind = FORMIN_CODE},
	{.name = "treatment", .label = "治療中の内容", .kind = FORMIN_LINES},
};
static const struct ui_choice PRIMARY[] = {{.value = "1", .label = "主治医・意見作成者（☆）"}, {.value = "2", .label = "それ以外"}};
static const struct ui_choice COURSE[] = {{.value = "01", .label = "治療中"}, {.value = "02", .label = "経過観察中"}, {.value = "03", .label = "その他"}};

static err illnesses(struct req *r, const char *edit_pid, err e)
{
	static const struct illness none = {.pid = "", .when_text = "", .disease = "", .doctor = "", .is_primary = "", .tel = "", .course = "", .treatment = ""};
	struct page_view *page = page_view(r, "現病歴・既往歴");
	const char *person = req_param(r, "pid");
	TRY(person_page_head(r, page, person));
	page->back_path = arena_fmt(r->arena, "/persons/%s/basic-info", person);
	page->back_label = "利用者基本情報";
	struct illness_view v = {.page = page, .person_pid = person, .edit = &none};
	struct illness *rows;
	TRY(illness_list(r->c, person, &rows, &v.n_rows));
	v.rows = rows;
	for (size_t i = 0; i < v.n_rows; i++)
		if (str_eq(rows[i].pid, edit_pid))
			v.edit = &rows[i];
	v.is_primary = (struct ui_field){.name = "is_primary", .label = "主治医・意見作成者", .value = v.edit->is_primary, .choices = PRIMARY, .n_choices = 2, .optional_blank = true};
	v.course = (struct ui_field){.name = "course", .label = "経過", .value = v.edit->course, .choices = COURSE, .n_choices = 3, .optional_blank = true};
	tmpl_illness_page(res_page_of(r, e), &v);
	return OK;
}

err page_illness_list(struct req *r) { return illnesses(r, req_query(r, "edit"), OK); }

err page_illness_save(struct req *r)
{
	const char *person = req_param(r, "pid"), *pid = NULL;
	struct row_conflict *conflict = NULL;
	err e = formin_read(r, ILLNESS, FORMIN_N(ILLNESS));
	if (e == OK)
		e = illness_save(r->c, person, &(struct illness){
			.pid = req_field(r, "pid"), .version = formin_int(r, "base") == INT_NULL ? 0 : formin_int(r, "base"),
			.when_text = req_field(r, "when_text"), .disease = req_field(r, "disease"), .doctor = req_field(r, "doctor"),
			.tel = req_field(r, "tel"), .is_primary = req_field(r, "is_primary"), .course = req_field(r, "course"),
			.treatment = req_field(r, "treatment")}, &pid, &conflict);
	if (page_is_input(e))
		return illnesses(r, req_field(r, "pid"), e);
	if (e == ERR_CONFLICT && conflict)
		return page_conflict(r, conflict, arena_fmt(r->arena, "/persons/%s/illnesses", person));
	TRY(e);
	return res_done(r, "saved", "/persons/%s/illnesses", person);
}

static const struct formin_field RETIRE[] = {
	{.name = "reason", .label = "理由", .kind = FORMIN_TEXT, .required = true},
	{.name = "person", .label = "利用者", .kind = FORMIN_PID},
};

err page_illness_retire(struct req *r)
{
	TRY(formin_read(r, RETIRE, FORMIN_N(RETIRE)));
	TRY(illness_retire(r->c, req_param(r, "pid"), req_field(r, "reason")));
	return res_done(r, "deleted", "/persons/%s/illnesses", req_field(r, "person"));
}
