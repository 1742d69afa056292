#include "web/pages/cases.h"

#include "base/str.h"
#include "care/mandate.h"
#include "care/next_step.h"
#include "care/prospect.h"
#include "register/org.h"
#include "register/staff.h"
#include "tmpl/case_case.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/pages/conflict.h"
#include "web/pages/person.h"
#include "web/pages/record.h"
#include "web/route.h"

static struct case_shown shown(struct req *r, const struct case_view *c)
{
	const char *st = c->row.status;
	return (struct case_shown){.c = c, .kind = code_label(r, "case_kind", c->row.kind), .status = code_label(r, "case_status", st),
		.status_kind = str_eq(st, "active") ? "ok" : str_eq(st, "closed") ? "note" : str_eq(st, "paused") ? "warn" : "note",
		.end_reason = *c->row.end_reason ? code_label(r, "case_end", c->row.end_reason) : ""};
}

err page_cases(struct req *r)
{
	struct page_view *page = page_view(r, "ケース");
	struct person_card card;
	struct case_view *v;
	TRY(person_page(r, page, req_param(r, "pid"), &card));
	struct case_list_view view = {.page = page, .person_pid = card.p.pid, .may_write = mandate_person(r->c, card.p.id) == OK};
	view.locked_ja = card.view.locked_ja;
	view.ask = card.view.ask;
	err e = case_list(r->c, card.p.pid, true, &v, &view.n_rows);
	if (e == ERR_DENIED) { /* known to exist: says so, and whom to ask */
		view.is_locked = true;
		view.n_rows = 0;
		e = OK;
	}
	TRY(e);
	view.rows = ARENA_ARRAY(r->arena, view.n_rows + 1, struct case_shown);
	for (size_t i = 0; i < view.n_rows; i++)
		view.rows[i] = shown(r, &v[i]);
	tmpl_case_list(res_page(r), &view);
	return OK;
}

/* ---- edit ---------------------------------------------------------------------------------------------------- */

static const struct formin_field FIELDS[] = {
	{.name = "org", .label = "担当する機関", .kind = FORMIN_CODE, .max = 40},
	{.name = "kind", .label = "支援の種類", .kind = FORMIN_CODE, .required = true},
	{.name = "staff", .label = "担当者", .kind = FORMIN_CODE, .max = 40},
	{.name = "referred_on", .label = "依頼を受けた日", .kind = FORMIN_DAY},
	{.name = "referred_by", .label = "依頼した人", .kind = FORMIN_CODE},
	{.name = "referred_note", .label = "依頼の内容", .kind = FORMIN_LINES, .max = 4000},
	{.name = "expl_on", .label = "説明した日", .kind = FORMIN_DAY},
	{.name = "expl_by", .label = "説明した職員", .kind = FORMIN_CODE, .max = 40},
	{.name = "expl_to", .label = "説明した相手", .kind = FORMIN_TEXT, .max = 80},
	{.name = "expl_items", .label = "説明した項目", .kind = FORMIN_CODE, .repeat = true},
	{.name = "expl_doc_version", .label = "説明した文書の版", .kind = FORMIN_TEXT, .max = 80},
	{.name = "contract_on", .label = "契約日", .kind = FORMIN_DAY},
	{.name = "notice_on", .label = "計画作成依頼の届出の日", .kind = FORMIN_DAY},
	{.name = "start_on", .label = "支援の開始日", .kind = FORMIN_DAY},
	{.name = "paused", .label = "中断している", .kind = FORMIN_CODE},
	{.name = "note", .label = "備考", .kind = FORMIN_LINES, .max = 4000},
};

static err staff_field(struct req *r, const char *name, const char *label, int64_t org_id, const char *stored, struct ui_field *f)
{
	struct staff_row *s;
	size_t n;
	TRY(staff_list(r->c, &(struct staff_filter){.org_id = org_id, .on = r->c->today}, &s, &n));
	struct ui_choice *v = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	for (size_t i = 0; i < n; i++)
		v[i] = (struct ui_choice){.value = s[i].pid, .label = s[i].name};
	*f = (struct ui_field){.name = name, .label = label, .value = stored, .choices = v, .n_choices = n, .optional_blank = true};
	return OK;
}

/* The own organisation first; the others for whoever may hand a person over. */
static err org_field(struct req *r, bool others, struct ui_field *f)
{
	struct org_filter q = ORG_ALL();
	struct org *o;
	size_t n, k = 0;
	q.on = r->c->today;
	q.limit = 1000;
	TRY(org_list(r->c, &q, &o, &n));
	struct ui_choice *v = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	const char *own = "";
	for (int pass = 0; pass < (others ? 2 : 1); pass++)
		for (size_t i = 0; i < n; i++) {
			const char *kind = org_kind_class(o[i].kind);
			bool is_own = o[i].id == r->c->actor.org_id;
			if (is_own != (pass == 0) || (!str_eq(kind, "cm") && !str_eq(kind, "centre")))
				continue;
			if (is_own)
				own = o[i].pid;
			v[k++] = (struct ui_choice){.value = o[i].pid, .label = o[i].name};
		}
	*f = (struct ui_field){.name = "org", .label = "担当する機関", .value = own, .choices = v, .n_choices = k, .required = true,
		.help = others ? "ほかの事業所を選ぶと、その事業所に依頼し、この人の記録を見られるようになります" : NULL};
	return OK;
}

static const char *pid_of_staff(struct req *r, int64_t id)
{
	struct staff s;
	return id != INT_NULL && staff_load(r->c, id, &s) == OK ? s.pid : "";
}

static err edit(struct req *r, const char *person_pid, const struct t_care_case *row, err e)
{
	bool is_new = !row->id;
	struct page_view *page = page_view(r, is_new ? "ケースを始める" : "ケースを直す");
	struct person_card card;
	TRY(person_page(r, page, person_pid, &card));
	TRY(is_new ? mandate_person(r->c, card.p.id) : mandate_case(r->c, row));
	page->n_tabs = 0;
	const char *action = record_form(r, page, &(struct record_frame){.person_pid = card.p.pid, .pid = row->pid, .what = "case", .list = "cases", .one = "/cases",
		.label = "ケース", .draft_class = "care", .version = row->version});
	struct case_edit_view v = {.page = page, .row = row, .is_new = is_new, .paused = str_eq(row->status, "paused"),
		.action = action,
		.kind = choice_field(r, "kind", "支援の種類", "case_kind", row->kind),
		.referred_by = choice_field(r, "referred_by", "依頼した人", "case_source", row->referred_by),
		.expl_items = codes_field(r, "expl_items", "説明した項目", "case_expl_item", row->expl_items)};
	v.kind.required = true;
	v.referred_by.optional_blank = true;
	TRY(org_field(r, is_new && (card.view.may[ACTION_GIVE] & CLASS_NAMECARD), &v.org));
	TRY(staff_field(r, "staff", "担当者", row->org_id, pid_of_staff(r, row->staff_id), &v.staff));
	if (v.org.help)
		v.staff.help = "ほかの機関に依頼するときは、その機関が決めます";
	TRY(staff_field(r, "expl_by", "説明した職員", row->org_id, pid_of_staff(r, row->expl_by_staff_id), &v.expl_by));
	tmpl_case_edit(res_page_of(r, e), &v);
	return OK;
}

err page_case_new(struct req *r)
{
	struct t_care_case row;
	case_init(r->c, &row);
	row.staff_id = r->c->actor.staff_id > 0 ? r->c->actor.staff_id : INT_NULL;
	return edit(r, req_param(r, "pid"), &row, OK);
}

static err read(struct req *r, struct t_care_case *row)
{
	TRY(formin_read(r, FIELDS, FORMIN_N(FIELDS)));
	row->kind = req_field(r, "kind");
	row->referred_on = formin_day(r, "referred_on");
	row->referred_by = req_field(r, "referred_by");
	row->referred_note = req_field(r, "referred_note");
	row->expl_on = formin_day(r, "expl_on");
	row->expl_to = req_field(r, "expl_to");
	row->expl_items = codes_joined(r, "expl_items");
	row->expl_doc_version = req_field(r, "expl_doc_version");
	row->contract_on = formin_day(r, "contract_on");
	row->notice_on = formin_day(r, "notice_on");
	row->start_on = formin_day(r, "start_on");
	row->note = req_field(r, "note");
	row->status = *req_field(r, "paused") ? "paused" : "";
	row->expl_by_staff_id = INT_NULL;
	struct staff s;
	if (*req_field(r, "expl_by") && staff_get(r->c, req_field(r, "expl_by"), &s) == OK)
		row->expl_by_staff_id = s.id;
	return OK;
}

err page_case_create(struct req *r)
{
	const char *person = req_param(r, "pid");
	struct t_care_case row;
	case_init(r->c, &row);
	err e = read(r, &row);
	struct org o;
	/* Another organisation names its own staff; the field offers only ours. */
	bool ours = str_blank(req_field(r, "org")) || (org_get(r->c, req_field(r, "org"), &o) == OK && o.id == r->c->actor.org_id);
	if (e == OK)
		e = case_save(r->c, person, &row, req_field(r, "org"), ours ? req_field(r, "staff") : "", NULL);
	if (page_is_input(e))
		return edit(r, person, &row, e);
	TRY(e);
	look_person(r, row.person_id);
	TRY(record_draft_done(r, person, "", "case", true));
	return res_done(r, "created", "/cases/%s", row.pid);
}

static err open_case(struct req *r, struct case_view *v)
{
	TRY(case_get(r->c, req_param(r, "pid"), v));
	look_person(r, v->row.person_id);
	return OK;
}

err page_case_edit(struct req *r)
{
	struct case_view v;
	TRY(open_case(r, &v));
	return edit(r, v.person_pid, &v.row, OK);
}

err page_case_save(struct req *r)
{
	struct case_view v;
	struct row_conflict *conflict = NULL;
	TRY(open_case(r, &v));
	err e = read(r, &v.row);
	if (e == OK) {
		v.row.version = formin_int(r, "base");
		e = case_save(r->c, v.person_pid, &v.row, "", req_field(r, "staff"), &conflict);
	}
	if (e == ERR_CONFLICT && conflict)
		return page_conflict(r, conflict, arena_fmt(r->arena, "/cases/%s", v.row.pid));
	if (page_is_input(e))
		return edit(r, v.person_pid, &v.row, e);
	TRY(e);
	TRY(record_draft_done(r, "", v.row.pid, "case", false));
	return res_done(r, "saved", "/cases/%s", v.row.pid);
}

/* ---- one case ---------------------------------------------------------------------------------------------------- */

/* 原案委託 of the case; one may be asked for while none is under way. */
static err commissions_of(struct req *r, const struct case_view *c, struct case_show_view *v)
{
	int64_t total;
	TRY(commission_list(r->c, c->row.pid, false, 50, 0, &v->commissions, &v->n_commissions, &total));
	v->may_commission = c->may_write && c->row.org_id == r->c->actor.org_id && commission_kind(c->row.kind) && c->row.end_on == CIVIL_NONE;
	for (size_t i = 0; i < v->n_commissions; i++) {
		if (v->commissions[i].turn != COMMISSION_NOBODY)
			v->may_commission = false;
		v->commissions[i].status = code_label(r, "commission_status", v->commissions[i].status);
	}
	return OK;
}

/* 改善の見込み: the judgement that holds. */
static err prospect_of(struct req *r, const struct case_view *c, struct case_show_view *v)
{
	struct prospect_view *p;
	size_t n;
	TRY(prospect_list(r->c, c->row.pid, NULL, &p, &n, &v->may_judge));
	v->prevention = case_is_prevention(c->row.kind);
	v->prospect = n ? p[0].label : "";
	v->prospect_on = n ? p[0].row.on_day : CIVIL_NONE;
	return OK;
}

err page_case_show(struct req *r)
{
	struct case_view c;
	struct page_view *page = page_view(r, "ケース");
	struct person_card card;
	TRY(open_case(r, &c));
	TRY(person_page(r, page, c.person_pid, &card));
	page->state = STATE_SAVED;
	page->state_note = saved_note(r, c.row.updated_ms, c.updated_by);
	struct case_show_view v = {.page = page, .s = shown(r, &c), .expl_items = codes_labels(r, "case_expl_item", c.row.expl_items),
		.referred_by = *c.row.referred_by ? code_label(r, "case_source", c.row.referred_by) : ""};
	struct case_talk talk;
	TRY(case_talk_get(r->c, c.row.pid, &talk));
	v.talk = case_talk_state(r, &talk);
	v.n_talk = talk.n;
	v.wants_approval = talk.wants;
	TRY(next_step_of(r->c, &c, &v.next));
	TRY(commissions_of(r, &c, &v));
	TRY(prospect_of(r, &c, &v));
	tmpl_case_show(res_page(r), &v);
	return OK;
}

static err open_bin(struct req *r, struct case_view *m, struct record_bin *b)
{
	TRY(open_case(r, m));
	if (!m->may_write)
		return ERR_DENIED;
	*b = (struct record_bin){.title = "ケースをごみ箱へ移す", .person_pid = m->person_pid, .path = arena_fmt(r->arena, "/cases/%s", m->row.pid),
		.back_path = arena_fmt(r->arena, "/persons/%s/cases", m->person_pid),
		.sentence = "まちがって始めたケースをごみ箱へ移します。",
		.more = "支援が終わったときは、ごみ箱ではなく「終了する」を使ってください。30日のあいだは元に戻せます。"};
	return OK;
}

err page_case_retire_ask(struct req *r)
{
	struct case_view m;
	struct record_bin b;
	TRY(open_bin(r, &m, &b));
	return record_bin_ask(r, &b, OK);
}

err page_case_retire(struct req *r)
{
	struct case_view m;
	struct record_bin b;
	TRY(open_bin(r, &m, &b));
	return record_bin_put(r, &b, m.row.pid, case_retire);
}
