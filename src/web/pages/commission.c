#include "web/pages/commission.h"

#include "base/str.h"
#include "care/case.h"
#include "care/mandate.h"
#include "register/draft.h"
#include "register/org.h"
#include "tmpl/case_commission.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/pages/conflict.h"
#include "web/pages/person.h"
#include "web/pages/record.h"
#include "web/route.h"

/* ---- list ------------------------------------------------------------------------------------------------------ */

static const char *turn_word(enum commission_side turn, bool is_centre)
{
	if (turn == COMMISSION_NOBODY)
		return "";
	if ((turn == COMMISSION_CENTRE) == is_centre)
		return "こちら";
	return turn == COMMISSION_CENTRE ? "センター" : "事業所";
}

err page_commissions(struct req *r)
{
	static const struct formin_field query[] = {{.name = "all", .label = "終わったものも", .kind = FORMIN_CODE}};
	formin_read_query(r, query, FORMIN_N(query));
	struct commission_list_view v = {.page = page_view(r, "原案委託"), .all = *str_or(req_query(r, "all"), "")};
	struct commission_row *m;
	v.pager = pager_of(r, 0);
	TRY(commission_list(r->c, "", !v.all, (int)v.pager.per_page, 0, &m, &v.n_rows, &v.total));
	v.pager = pager_of(r, v.total);
	v.pager.path = v.all ? "/commissions?all=1" : "/commissions?";
	if (v.pager.page > 1)
		TRY(commission_list(r->c, "", !v.all, (int)v.pager.per_page, (int)((v.pager.page - 1) * v.pager.per_page), &m, &v.n_rows, &v.total));
	v.rows = ARENA_ARRAY(r->arena, v.n_rows + 1, struct commission_shown);
	for (size_t i = 0; i < v.n_rows; i++) {
		bool centre = m[i].org_id == r->c->actor.org_id;
		const char *turn = turn_word(m[i].turn, centre);
		v.rows[i] = (struct commission_shown){&m[i], centre ? m[i].office_name : m[i].org_name, code_label(r, "commission_status", m[i].status), turn,
		                                      str_eq(turn, "こちら") ? "warn" : "note"};
		look_person(r, m[i].person_id);
	}
	tmpl_case_commissions(res_page(r), &v);
	return OK;
}

/* ---- request and change ---------------------------------------------------------------------------------------- */

static const struct formin_field FIELDS[] = {
	{.name = "case", .label = "委託するケース", .kind = FORMIN_CODE, .max = 40},
	{.name = "office", .label = "委託する事業所", .kind = FORMIN_CODE, .max = 40},
	{.name = "scope", .label = "委託する業務", .kind = FORMIN_CODE, .repeat = true},
	{.name = "council_on", .label = "運営協議会の議を経た日", .kind = FORMIN_DAY},
	{.name = "start_on", .label = "委託の始まりの日", .kind = FORMIN_DAY},
	{.name = "until_on", .label = "委託の終わりの日", .kind = FORMIN_DAY},
	{.name = "note", .label = "依頼の内容", .kind = FORMIN_LINES, .max = 4000},
	{.name = "documents", .label = "渡す書類", .kind = FORMIN_LINES, .max = 1000},
};

static err case_field(struct req *r, const char *person_pid, struct ui_field *f)
{
	struct case_view *k;
	size_t n, m = 0;
	TRY(case_list(r->c, person_pid, false, &k, &n));
	struct ui_choice *v = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	for (size_t i = 0; i < n; i++)
		if (k[i].row.org_id == r->c->actor.org_id && commission_kind(k[i].row.kind))
			v[m++] = (struct ui_choice){.value = k[i].row.pid, .label = code_label(r, "case_kind", k[i].row.kind)};
	*f = (struct ui_field){.name = "case", .label = "委託するケース", .value = m == 1 ? v[0].value : str_or(req_query(r, "case"), ""), .choices = v,
		.n_choices = m, .optional_blank = m != 1, .required = true,
		.help = m ? NULL : "先に、介護予防支援か介護予防ケアマネジメントAのケースを始めてください"};
	return OK;
}

static err office_field(struct req *r, struct ui_field *f)
{
	struct org_filter q = ORG_ALL();
	struct org *o;
	size_t n, m = 0;
	q.on = r->c->today;
	q.kind = "home_cm"; /* 介護保険法115条の23第3項: 指定居宅介護支援事業者 */
	q.limit = 1000;
	TRY(org_list(r->c, &q, &o, &n));
	struct ui_choice *v = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	for (size_t i = 0; i < n; i++)
		if (o[i].id != r->c->actor.org_id)
			v[m++] = (struct ui_choice){.value = o[i].pid, .label = o[i].name};
	*f = (struct ui_field){.name = "office", .label = "委託する事業所", .value = "", .choices = v, .n_choices = m, .optional_blank = true, .required = true};
	return OK;
}

static err edit(struct req *r, const char *person_pid, const struct t_commission *row, err e)
{
	static const struct formin_field query[] = {{.name = "case", .label = "ケース", .kind = FORMIN_CODE, .max = 40}};
	bool is_new = !row->id;
	struct page_view *page = page_view(r, is_new ? "原案の委託を依頼する" : "委託の内容を直す");
	struct person_card card;
	if (is_new)
		formin_read_query(r, query, FORMIN_N(query));
	TRY(person_page(r, page, person_pid, &card));
	TRY(mandate_person(r->c, card.p.id));
	page->n_tabs = 0;
	page->back_path = is_new ? arena_fmt(r->arena, "/persons/%s/cases", card.p.pid) : arena_fmt(r->arena, "/commissions/%s", row->pid);
	page->back_label = is_new ? "ケース" : "原案委託";
	page->state = is_new ? STATE_NEW : STATE_SAVED;
	page->draft_key = is_new ? arena_fmt(r->arena, "person/%s/commission/new", card.p.pid) : arena_fmt(r->arena, "commission/%s", row->pid);
	page->draft_class = "care";
	page->base_version = row->version;
	struct commission_edit_view v = {.page = page, .row = row, .is_new = is_new, .scope = codes_field(r, "scope", "委託する業務", "commission_scope", row->scope),
		.action = is_new ? arena_fmt(r->arena, "/persons/%s/commissions", card.p.pid) : arena_fmt(r->arena, "/commissions/%s", row->pid)};
	v.scope.required = true;
	if (is_new) {
		TRY(case_field(r, card.p.pid, &v.cases));
		TRY(office_field(r, &v.office));
	}
	tmpl_case_commission_edit(res_page_of(r, e), &v);
	return OK;
}

static err read(struct req *r, struct t_commission *row)
{
	TRY(formin_read(r, FIELDS, FORMIN_N(FIELDS)));
	row->scope = codes_joined(r, "scope");
	row->council_on = formin_day(r, "council_on");
	row->start_on = formin_day(r, "start_on");
	row->until_on = formin_day(r, "until_on");
	row->note = req_field(r, "note");
	row->documents = req_field(r, "documents");
	return OK;
}

err page_commission_new(struct req *r)
{
	struct t_commission row;
	commission_init(r->c, &row);
	return edit(r, req_param(r, "pid"), &row, OK);
}

err page_commission_create(struct req *r)
{
	const char *person = req_param(r, "pid");
	struct t_commission row;
	commission_init(r->c, &row);
	err e = read(r, &row);
	if (e == OK)
		e = commission_save(r->c, person, &row, req_field(r, "case"), req_field(r, "office"), NULL);
	if (page_is_input(e))
		return edit(r, person, &row, e);
	TRY(e);
	look_person(r, row.person_id);
	TRY(draft_discard(r->c, arena_fmt(r->arena, "person/%s/commission/new", person)));
	return res_done(r, "created", "/commissions/%s", row.pid);
}

static err open_it(struct req *r, struct commission_view *m)
{
	TRY(commission_get(r->c, req_param(r, "pid"), m));
	look_person(r, m->row.person_id);
	return OK;
}

static err open_own(struct req *r, struct commission_view *m)
{
	TRY(open_it(r, m));
	return m->side == COMMISSION_CENTRE ? OK : ERR_NOTFOUND;
}

err page_commission_edit(struct req *r)
{
	struct commission_view m;
	TRY(open_own(r, &m));
	return edit(r, m.person_pid, &m.row, OK);
}

err page_commission_save(struct req *r)
{
	struct commission_view m;
	struct row_conflict *conflict = NULL;
	TRY(open_own(r, &m));
	err e = read(r, &m.row);
	if (e == OK) {
		m.row.version = formin_int(r, "base");
		e = commission_save(r->c, m.person_pid, &m.row, "", "", &conflict);
	}
	if (e == ERR_CONFLICT && conflict)
		return page_conflict(r, conflict, arena_fmt(r->arena, "/commissions/%s", m.row.pid));
	if (page_is_input(e))
		return edit(r, m.person_pid, &m.row, e);
	TRY(e);
	TRY(draft_discard(r->c, arena_fmt(r->arena, "commission/%s", m.row.pid)));
	return res_done(r, "saved", "/commissions/%s", m.row.pid);
}

/* ---- one commission ---------------------------------------------------------------------------------------------- */

/* The evaluation that goes between the two: the office writes it, the centre decides on it. */
static err evaluation_of(struct req *r, struct commission_show_view *v)
{
	const struct commission_view *m = v->m;
	const char *pid = "";
	bool office = m->side == COMMISSION_OFFICE && m->turn == COMMISSION_OFFICE;
	v->eval_path = "";
	v->decides = m->side == COMMISSION_CENTRE && str_eq(m->row.status, "eval_submitted");
	v->decision = choice_field(r, "decision", "地域包括支援センターの判断", "eval_decision", "");
	v->decision.optional_blank = true;
	if (!m->sees_care)
		return OK;
	if (office && (str_eq(m->row.status, "approved") || str_eq(m->row.status, "eval_returned"))) {
		TRY(commission_evaluation_pid(r->c, m, &pid));
		v->eval_path = *pid ? arena_fmt(r->arena, "/evaluations/%s", pid) : arena_fmt(r->arena, "/persons/%s/evaluations/new", m->person_pid);
		v->eval_label = *pid ? "提出する評価表を開く" : "評価表を書く";
	} else if (v->decides && *m->evaluation_pid) {
		v->eval_path = arena_fmt(r->arena, "/evaluations/%s", m->evaluation_pid);
		v->eval_label = "提出された評価表を開く";
	}
	return OK;
}

static err steps_of(struct req *r, struct commission_show_view *v)
{
	struct buf words = buf_new(r->arena);
	const struct commission_move **s = commission_steps(r->c, v->m, &v->n_steps);
	v->steps = ARENA_ARRAY(r->arena, v->n_steps + 1, struct commission_step_shown);
	for (size_t i = 0; i < v->n_steps; i++) {
		bool stops = str_eq(s[i]->event, "refuse") || str_eq(s[i]->event, "withdraw") || str_eq(s[i]->event, "end");
		v->steps[i] = (struct commission_step_shown){s[i]->event, s[i]->label, stops ? "danger" : i ? "plain" : "main"};
		if (*s[i]->words)
			buf_fmt(&words, "%s「%s」には%sを書いてください", words.n ? "。" : "", v->steps[i].label, s[i]->words);
		v->accepts = v->accepts || str_eq(s[i]->event, "accept");
		if (str_eq(s[i]->event, "submit") && v->m->sees_care)
			v->plan_new = arena_fmt(r->arena, "/persons/%s/plans", v->m->person_pid);
	}
	v->words = words.p ? words.p : NULL;
	return evaluation_of(r, v);
}

static err show(struct req *r, err e)
{
	struct commission_view m;
	struct commission_event *x;
	struct page_view *page = page_view(r, "原案委託");
	TRY(open_it(r, &m));
	TRY(person_page_head(r, page, m.person_pid));
	page->back_path = "/commissions";
	page->back_label = "原案委託の一覧";
	page->state = STATE_SAVED;
	page->state_note = saved_note(r, m.row.updated_ms, m.updated_by);
	bool over = m.turn == COMMISSION_NOBODY;
	struct commission_show_view v = {.page = page, .m = &m, .status = code_label(r, "commission_status", m.row.status),
		.status_kind = over ? "note" : m.turn == m.side ? "warn" : "ok", .scope = codes_labels(r, "commission_scope", m.row.scope), .plan_new = "", .body = "",
		.may_edit = m.side == COMMISSION_CENTRE && m.may_write && !over,
		.may_retire = m.side == COMMISSION_CENTRE && m.may_write && str_eq(m.row.status, "requested")};
	v.turn = over ? "この委託は終わっています。"
	       : m.turn == m.side ? "こちらの番です。"
	       : arena_fmt(r->arena, "%sの番です。%d日待っています。", m.turn == COMMISSION_CENTRE ? m.org_name : m.office_name, r->c->today - m.row.status_on);
	TRY(steps_of(r, &v));
	TRY(commission_events(r->c, &m, &x, &v.n_events));
	v.events = ARENA_ARRAY(r->arena, v.n_events + 1, struct commission_event_shown);
	for (size_t i = 0; i < v.n_events; i++)
		v.events[i] = (struct commission_event_shown){.e = &x[i], .label = code_label(r, "commission_event", x[i].event)};
	tmpl_case_commission(res_page_of(r, e), &v);
	return OK;
}

err page_commission(struct req *r) { return show(r, OK); }

err page_commission_step(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "event", .label = "次の段階", .kind = FORMIN_CODE, .required = true},
		{.name = "body", .label = "伝えること", .kind = FORMIN_LINES, .max = 2000}, {.name = "decision", .label = "地域包括支援センターの判断", .kind = FORMIN_CODE},
		{.name = "load_checked", .label = "業務の量", .kind = FORMIN_BOOL}};
	struct commission_view m, after;
	TRY(open_it(r, &m));
	err e = formin_read(r, fields, FORMIN_N(fields));
	if (e == OK)
		e = commission_step_checked(r->c, m.row.pid, req_field(r, "event"), req_field(r, "body"), req_field(r, "decision"), formin_bool(r, "load_checked"));
	if (page_is_input(e))
		return show(r, e);
	TRY(e);
	if (commission_get(r->c, m.row.pid, &after) != OK) /* refused: the person is closed again */
		return res_done(r, "saved", "/commissions");
	return res_done(r, "saved", "/commissions/%s", m.row.pid);
}

static err open_bin(struct req *r, struct commission_view *m, struct record_bin *b)
{
	TRY(open_own(r, m));
	*b = (struct record_bin){.title = "委託の依頼をごみ箱へ移す", .person_pid = m->person_pid, .path = arena_fmt(r->arena, "/commissions/%s", m->row.pid),
		.back_path = "/commissions",
		.sentence = "まちがって作った委託の依頼をごみ箱へ移します。",
		.more = "依頼をやめるときは「依頼の取り下げ」を使ってください。30日のあいだは元に戻せます。"};
	return OK;
}

err page_commission_retire_ask(struct req *r)
{
	struct commission_view m;
	struct record_bin b;
	TRY(open_bin(r, &m, &b));
	return record_bin_ask(r, &b, OK);
}

err page_commission_retire(struct req *r)
{
	struct commission_view m;
	struct record_bin b;
	TRY(open_bin(r, &m, &b));
	return record_bin_put(r, &b, m.row.pid, commission_retire);
}
