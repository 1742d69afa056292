/* One planned visit: made for a person, changed, moved, called off. What runs into a deadline is told and asked once more. */
#include "web/pages/visit_plan.h"

#include "access/policy.h"
#include "base/str.h"
#include "care/plan.h"
#include "care/case.h"
#include "care/monitor.h"
#include "jp/era.h"
#include "register/staff.h"
#include "tmpl/person_reason.h"
#include "tmpl/visit_plan.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/pages/conflict.h"
#include "web/pages/person.h"
#include "web/pages/record.h"
#include "web/route.h"

#include <string.h>

enum { DUE_OFFERED = 50, BEFORE_DAYS = 60 };

#define FIELDS_OF_TIME \
	{.name = "planned_on", .label = "訪問する日", .kind = FORMIN_DAY, .required = true}, \
	{.name = "from_min", .label = "始まり", .kind = FORMIN_TEXT, .max = 20}, \
	{.name = "to_min", .label = "終わり", .kind = FORMIN_TEXT, .max = 20}, \
	{.name = "staff", .label = "訪問する職員", .kind = FORMIN_CODE, .max = 40, .required = true}, \
	{.name = "sure", .label = "確かめたこと", .kind = FORMIN_TEXT, .max = 2000}, \
	{.name = "seen", .label = "版", .kind = FORMIN_INT}
static const struct formin_field MOVE[] = {FIELDS_OF_TIME};
static const struct formin_field FIELDS[] = {FIELDS_OF_TIME,
	{.name = "purpose", .label = "目的", .kind = FORMIN_CODE, .required = true},
	{.name = "place", .label = "訪問先", .kind = FORMIN_TEXT, .max = 80},
	{.name = "note", .label = "持ち物・確認すること", .kind = FORMIN_LINES, .max = 2000}};

/* ---- whom ----------------------------------------------------------------------------------------------------------------- */

static const struct formin_field CHOOSE[] = {{.name = "day", .label = "日", .kind = FORMIN_DAY}, {.name = "person", .label = "利用者", .kind = FORMIN_PID}};

static const char *iso_asked(struct req *r)
{
	struct era_date d;
	char text[CIVIL_TEXT];
	if (str_blank(str_or(req_query(r, "day"), "")) || era_parse(r->c, "day", req_query(r, "day"), &d) != OK)
		return "";
	civil_text(d.day, text);
	return arena_str(r->arena, text);
}

err page_visit_choose(struct req *r)
{
	struct visit_person *p;
	struct visit_due *due;
	size_t n;
	formin_read_query(r, CHOOSE, FORMIN_N(CHOOSE));
	struct page_view *page = page_view(r, "訪問する人を選ぶ");
	struct visit_choose_view v = {.page = page, .day = iso_asked(r)};
	if (!str_blank(str_or(req_query(r, "person"), "")))
		return res_redirect(r, "/persons/%s/visits/new%s%s", req_query(r, "person"), *v.day ? "?day=" : "", v.day);
	int64_t me = r->c->actor.staff_id > 0 ? r->c->actor.staff_id : -1;
	struct ymd d = civil_ymd(r->c->today);
	TRY(visit_due_list(r->c, &(struct visit_due_filter){.staff_id = me, .from_on = CIVIL_NONE, .to_on = civil_eom(d.y, d.m), .unplanned = true, .limit = DUE_OFFERED},
		&due, &v.n_due));
	v.due = due;
	for (size_t i = 0; i < v.n_due; i++)
		look_person(r, due[i].person_id);
	TRY(visit_person_list(r->c, INT_NULL, &p, &n));
	struct ui_choice *c = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	for (size_t i = 0; i < n; i++)
		c[i] = (struct ui_choice){.value = p[i].pid, .label = arena_fmt(r->arena, "%s（%s）", p[i].name, p[i].kana)};
	v.person = (struct ui_field){.name = "person", .label = "利用者", .choices = c, .n_choices = n, .optional_blank = true};
	page->back_path = *v.day ? arena_fmt(r->arena, "/visits?day=%s", v.day) : "/visits";
	page->back_label = "訪問の予定";
	tmpl_visit_choose(res_page(r), &v);
	return OK;
}

/* ---- form --------------------------------------------------------------------------------------------------------------------- */

err visit_duties(struct req *r, const char *person_pid, const struct monitor_duty **v, size_t *n, const char **why)
{
	struct case_view *k;
	size_t m;
	struct monitor_due d;
	*v = NULL;
	*n = 0;
	*why = "動いているケースがないので、モニタリングの期限はありません。";
	TRY(case_list(r->c, person_pid, false, &k, &m));
	for (size_t i = 0; i < m && *n == 0; i++) {
		TRY(monitor_due_of(r->c, &k[i].row, r->c->today, &d));
		*why = d.why;
		*v = d.v;
		*n = d.n;
	}
	return OK;
}

static err staff_field(struct req *r, const char *stored, const char *stored_name, struct ui_field *f)
{
	const struct ui_choice *s;
	size_t n;
	bool found = str_blank(stored);
	TRY(choices_staff(r, &s, &n));
	struct ui_choice *v = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	for (size_t i = 0; i < n; i++) {
		v[i] = s[i];
		found |= str_eq(s[i].value, stored);
	}
	if (!found) /* somebody who has left since */
		v[n++] = (struct ui_choice){.value = stored, .label = stored_name};
	*f = (struct ui_field){.name = "staff", .label = "訪問する職員", .value = stored, .choices = v, .n_choices = n, .required = true, .width = "m", .optional_blank = str_blank(stored)};
	return OK;
}

/* What a form is about: a new visit (v NULL) or a stored one. */
struct form_of {
	const char *person_pid, *staff_pid, *staff_name, *sure;
	const struct visit_plan_view *v;
	const struct t_visit_plan *row;
	bool is_move;
};

static err edit(struct req *r, const struct form_of *f, err e)
{
	bool is_new = !f->v;
	const char *pid = is_new ? "" : f->row->pid, *why;
	struct page_view *page = page_view(r, f->is_move ? "訪問の予定を動かす" : is_new ? "訪問の予定を入れる" : "訪問の予定を直す");
	TRY(person_page_head(r, page, f->person_pid));
	const char *action = record_form(r, page, &(struct record_frame){.person_pid = f->person_pid, .pid = pid, .what = "visit", .list = "visits", .one = "/visit-plans",
		.label = "訪問の予定", .draft_class = "care", .version = f->row->version});
	if (f->is_move)
		page->draft_key = "";
	struct visit_edit_view v = {.page = page, .row = f->row, .is_move = f->is_move, .sure = f->sure, .from = record_clock(r, f->row->from_min),
		.to = record_clock(r, f->row->to_min), .action = f->is_move ? arena_fmt(r->arena, "%s/move", action) : action, .cancel_path = page->back_path,
		.person_name = page->person->name, .button = *f->sure ? f->is_move ? "この日に動かす" : is_new ? "この予定で入れる" : "この予定にする" : f->is_move ? "動かす" : "保存",
		.purpose = choice_field(r, "purpose", "目的", "visit_purpose", f->row->purpose)};
	v.purpose.required = true;
	TRY(staff_field(r, f->staff_pid, f->staff_name, &v.staff));
	TRY(visit_duties(r, f->person_pid, &v.duties, &v.n_duties, &why));
	tmpl_visit_edit(res_page_of(r, e), &v);
	return OK;
}

/* A time that is none is a fault, and the save is refused with all others. */
static err read(struct req *r, const struct formin_field *fields, size_t n, struct t_visit_plan *row)
{
	TRY(formin_read(r, fields, n));
	row->planned_on = formin_day(r, "planned_on");
	row->from_min = record_minutes(r, "from_min", "始まり");
	row->to_min = record_minutes(r, "to_min", "終わり");
	if (fields == FIELDS) {
		row->purpose = req_field(r, "purpose");
		row->place = req_field(r, "place");
		row->note = req_field(r, "note");
	}
	return OK;
}

static const struct formin_field NEW[] = {{.name = "day", .label = "日", .kind = FORMIN_DAY}, {.name = "purpose", .label = "目的", .kind = FORMIN_CODE}};

static err person_to_write(struct req *r, struct person *p)
{
	TRY(person_get(r->c, req_param(r, "pid"), p));
	look_person(r, p->id);
	return policy_check(r->c, p->id, CLASS_CARE, ACTION_WRITE);
}

err page_visit_new(struct req *r)
{
	struct person p;
	struct t_visit_plan row;
	struct staff s;
	struct era_date d;
	TRY(person_to_write(r, &p));
	visit_plan_init(r->c, &row);
	formin_read_query(r, NEW, FORMIN_N(NEW));
	if (!str_blank(str_or(req_query(r, "day"), "")) && era_parse(r->c, "day", req_query(r, "day"), &d) == OK)
		row.planned_on = d.day;
	if (!str_blank(str_or(req_query(r, "purpose"), "")))
		row.purpose = req_query(r, "purpose");
	const char *me = r->c->actor.staff_id > 0 && staff_load(r->c, r->c->actor.staff_id, &s) == OK ? s.pid : "";
	return edit(r, &(struct form_of){.person_pid = p.pid, .staff_pid = me, .staff_name = "", .sure = "", .row = &row}, OK);
}

static const char *day_of(struct req *r, const struct t_visit_plan *row, const char *staff_pid)
{
	char text[CIVIL_TEXT];
	civil_text(row->planned_on, text);
	return arena_fmt(r->arena, "/visits?day=%s&who=%s", text, row->staff_id == r->c->actor.staff_id ? "me" : staff_pid);
}

err page_visit_create(struct req *r)
{
	struct person p;
	struct t_visit_plan row;
	struct visit_warning warned = {""};
	TRY(person_to_write(r, &p));
	visit_plan_init(r->c, &row);
	err e = read(r, FIELDS, FORMIN_N(FIELDS), &row);
	if (e == OK)
		e = visit_plan_save(r->c, p.pid, &row, req_field(r, "staff"), req_field(r, "sure"), &warned, NULL);
	if (page_is_input(e))
		return edit(r, &(struct form_of){.person_pid = p.pid, .staff_pid = req_field(r, "staff"), .staff_name = "", .sure = warned.key, .row = &row}, e);
	TRY(e);
	TRY(record_draft_done(r, p.pid, row.pid, "visit", true));
	return res_done(r, "planned", "%s", day_of(r, &row, req_field(r, "staff")));
}

/* ---- a stored one ---------------------------------------------------------------------------------------------------------- */

static err open_plan(struct req *r, struct visit_plan_view *v)
{
	TRY(visit_plan_get(r->c, req_param(r, "pid"), v));
	look_person(r, v->row.person_id);
	return OK;
}

err page_visit_show(struct req *r)
{
	struct visit_plan_view p;
	struct page_view *page = page_view(r, "訪問の予定");
	TRY(open_plan(r, &p));
	TRY(person_page_head(r, page, p.person_pid));
	struct visit_show_view v = {.page = page, .v = &p, .is_planned = str_eq(p.row.state, "planned"), .is_cancelled = str_eq(p.row.state, "cancelled"),
		.day_path = day_of(r, &p.row, p.staff_pid), .on_ja = era_text_week(r->arena, p.row.planned_on)};
	struct plan_tree plan;
	TRY(plan_current(r->c, p.row.person_id, NULL, r->c->today, &plan, &v.has_plan));
	v.state = visit_state_word(r, p.row.state, p.row.planned_on, &v.state_kind);
	record_shown(r, page, p.row.updated_ms, p.updated_by, v.day_path, "1日の訪問の予定");
	tmpl_visit_show(res_page(r), &v);
	return OK;
}

/* Only what still stands is changed. */
static err ask(struct req *r, bool is_move)
{
	struct visit_plan_view v;
	TRY(open_plan(r, &v));
	TRY(policy_check_record(r->c, v.row.person_id, CLASS_CARE, ACTION_WRITE));
	if (!v.may_write || !str_eq(v.row.state, "planned"))
		return res_redirect(r, "/visit-plans/%s", v.row.pid);
	return edit(r, &(struct form_of){.person_pid = v.person_pid, .staff_pid = v.staff_pid, .staff_name = v.staff_name, .sure = "", .v = &v, .row = &v.row, .is_move = is_move}, OK);
}

err page_visit_edit(struct req *r) { return ask(r, false); }
err page_visit_move_ask(struct req *r) { return ask(r, true); }

static err save(struct req *r, bool is_move)
{
	struct visit_plan_view v;
	struct row_conflict *conflict = NULL;
	struct visit_warning warned = {""};
	TRY(open_plan(r, &v));
	struct t_visit_plan row = v.row;
	err e = is_move ? read(r, MOVE, FORMIN_N(MOVE), &row) : read(r, FIELDS, FORMIN_N(FIELDS), &row);
	if (e == OK) {
		row.version = formin_int(r, "seen") == INT_NULL ? formin_int(r, "base") : formin_int(r, "seen");
		e = visit_plan_save(r->c, v.person_pid, &row, req_field(r, "staff"), req_field(r, "sure"), &warned, &conflict);
	}
	if (e == ERR_CONFLICT && conflict)
		return page_conflict(r, conflict, arena_fmt(r->arena, "/visit-plans/%s", v.row.pid));
	if (page_is_input(e))
		return edit(r, &(struct form_of){.person_pid = v.person_pid, .staff_pid = req_field(r, "staff"), .staff_name = v.staff_name, .sure = warned.key, .v = &v, .row = &row,
			.is_move = is_move}, e);
	TRY(e);
	if (!is_move)
		TRY(record_draft_done(r, v.person_pid, row.pid, "visit", false));
	return res_done(r, row.planned_on == v.row.planned_on ? "saved" : "moved", "%s", day_of(r, &row, req_field(r, "staff")));
}

err page_visit_save(struct req *r) { return save(r, false); }
err page_visit_move(struct req *r) { return save(r, true); }

static const struct formin_field STEP[] = {{.name = "back", .label = "もどる画面", .kind = FORMIN_CODE, .max = 40}};

static err step(struct req *r, int by)
{
	struct visit_plan_view v;
	TRY(formin_read(r, STEP, FORMIN_N(STEP)));
	TRY(open_plan(r, &v));
	TRY(visit_plan_step(r->c, v.row.pid, by));
	return res_redirect(r, "%s#v-%s", day_of(r, &v.row, v.staff_pid), v.row.pid);
}

err page_visit_up(struct req *r) { return step(r, -1); }
err page_visit_down(struct req *r) { return step(r, 1); }

/* ---- called off, back, bin ----------------------------------------------------------------------------------------------------- */

static const struct formin_field REASON[] = {{.name = "reason", .label = "取りやめる理由", .kind = FORMIN_TEXT, .max = 200, .required = true}};

static err cancel_ask(struct req *r, const struct visit_plan_view *p, err e)
{
	struct page_view *page = page_view(r, "訪問の予定を取りやめる");
	TRY(person_page_head(r, page, p->person_pid));
	const char *one = arena_fmt(r->arena, "/visit-plans/%s", p->row.pid);
	struct reason_view v = {.page = page, .action = arena_fmt(r->arena, "%s/cancel", one), .cancel_path = one, .label = "取りやめる理由", .button = "取りやめる",
		.sentence = arena_fmt(r->arena, "%sの訪問の予定を取りやめます。", era_text_week(r->arena, p->row.planned_on)), .more = "予定は「取りやめ」として残り、いつでも予定に戻せます。"};
	tmpl_person_reason(res_page_of(r, e), &v);
	return OK;
}

err page_visit_cancel_ask(struct req *r)
{
	struct visit_plan_view v;
	TRY(open_plan(r, &v));
	TRY(policy_check_record(r->c, v.row.person_id, CLASS_CARE, ACTION_WRITE));
	if (!v.may_write || !str_eq(v.row.state, "planned"))
		return res_redirect(r, "/visit-plans/%s", v.row.pid);
	return cancel_ask(r, &v, OK);
}

err page_visit_cancel(struct req *r)
{
	struct visit_plan_view v;
	TRY(open_plan(r, &v));
	err e = formin_read(r, REASON, FORMIN_N(REASON));
	if (e == OK)
		e = visit_plan_cancel(r->c, v.row.pid, req_field(r, "reason"));
	if (page_is_input(e))
		return cancel_ask(r, &v, e);
	TRY(e);
	return res_done(r, "called_off", "%s", day_of(r, &v.row, v.staff_pid));
}

err page_visit_resume(struct req *r)
{
	struct visit_plan_view v;
	TRY(open_plan(r, &v));
	TRY(visit_plan_resume(r->c, v.row.pid));
	return res_done(r, "restored", "/visit-plans/%s", v.row.pid);
}

static err open_bin(struct req *r, struct visit_plan_view *v, struct record_bin *b)
{
	TRY(open_plan(r, v));
	*b = (struct record_bin){.title = "訪問の予定をごみ箱へ移す", .person_pid = v->person_pid, .path = arena_fmt(r->arena, "/visit-plans/%s", v->row.pid),
		.back_path = arena_fmt(r->arena, "/persons/%s/visits", v->person_pid), .sentence = "まちがって入れた訪問の予定をごみ箱へ移します。",
		.more = "行かなくなった訪問は、「取りやめる」で理由を残してください。ごみ箱からは30日のあいだ元に戻せます。"};
	return OK;
}

err page_visit_retire_ask(struct req *r)
{
	struct visit_plan_view v;
	struct record_bin b;
	TRY(open_bin(r, &v, &b));
	return record_bin_ask(r, &b, OK);
}

err page_visit_retire(struct req *r)
{
	struct visit_plan_view v;
	struct record_bin b;
	TRY(open_bin(r, &v, &b));
	return record_bin_put(r, &b, v.row.pid, visit_plan_retire);
}

/* ---- of a person ------------------------------------------------------------------------------------------------------------------ */

err page_person_visits(struct req *r)
{
	struct page_view *page = page_view(r, "訪問の予定");
	struct person_card card;
	struct visit_plan_view *rows;
	TRY(person_page(r, page, req_param(r, "pid"), &card));
	person_tab(page, "/log");
	struct visit_list_view v = {.page = page, .person_pid = card.p.pid, .may_write = card.view.may[ACTION_WRITE] & CLASS_CARE};
	TRY(visit_plan_of_person(r->c, card.p.pid, r->c->today - BEFORE_DAYS, &rows, &v.n_rows));
	v.rows = rows;
	v.state = ARENA_ARRAY(r->arena, v.n_rows + 1, const char *);
	v.state_kind = ARENA_ARRAY(r->arena, v.n_rows + 1, const char *);
	v.on_ja = ARENA_ARRAY(r->arena, v.n_rows + 1, const char *);
	for (size_t i = 0; i < v.n_rows; i++) {
		v.state[i] = visit_state_word(r, rows[i].row.state, rows[i].row.planned_on, &v.state_kind[i]);
		v.on_ja[i] = era_text_week(r->arena, rows[i].row.planned_on);
	}
	TRY(visit_duties(r, card.p.pid, &v.duties, &v.n_duties, &v.none));
	tmpl_visit_list(res_page(r), &v);
	return OK;
}
