#include "web/pages/meeting.h"

#include "access/policy.h"
#include "base/str.h"
#include "care/copied.h"
#include "care/meeting_fill.h"
#include "tmpl/meeting_edit.h"
#include "tmpl/meeting_list.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/pages/conflict.h"
#include "web/pages/person.h"
#include "web/pages/record.h"
#include "web/route.h"

static struct meeting_shown shown(struct req *r, const struct meeting_view *m)
{
	return (struct meeting_shown){.m = m, .name = m->row.is_unheld ? "担当者への照会（会議に代えて）" : "サービス担当者会議",
		.status = code_label(r, "meeting_status", m->row.status), .status_kind = m->is_closed ? "ok" : "warn",
		.reason = *m->row.reason ? code_label(r, "meeting_reason", m->row.reason) : "",
		.no = m->no == INT_NULL ? "" : arena_fmt(r->arena, "第%lld回", (long long)m->no)};
}

err page_meetings(struct req *r)
{
	struct page_view *page = page_view(r, "サービス担当者会議");
	struct person_card card;
	struct meeting_view *v;
	TRY(person_page(r, page, req_param(r, "pid"), &card));
	struct meeting_list_view view = {.page = page, .person_pid = card.p.pid, .may_write = card.view.may[ACTION_WRITE] & CLASS_MEETING};
	view.locked_ja = card.view.locked_ja;
	view.ask = card.view.ask;
	err e = meeting_list(r->c, card.p.pid, &v, &view.n_rows);
	if (e == ERR_DENIED) { /* known to exist: says so, and whom to ask */
		view.is_locked = true;
		view.n_rows = 0;
		e = OK;
	}
	TRY(e);
	view.rows = ARENA_ARRAY(r->arena, view.n_rows + 1, struct meeting_shown);
	for (size_t i = 0; i < view.n_rows; i++)
		view.rows[i] = shown(r, &v[i]);
	tmpl_meeting_list(res_page(r), &view);
	return OK;
}

err meeting_page(struct req *r, const char *title, struct page_view **page, struct meeting_view *m)
{
	struct person_card card;
	TRY(meeting_get(r->c, req_param(r, "pid"), m));
	*page = page_view(r, title);
	TRY(person_page(r, *page, m->person_pid, &card));
	(*page)->n_tabs = 0;
	(*page)->back_path = arena_fmt(r->arena, "/meetings/%s", m->row.pid);
	(*page)->back_label = "会議";
	return OK;
}

/* ---- edit ---------------------------------------------------------------------------------------------------------- */

static const struct formin_field FIELDS[] = {
	{.name = "plan", .label = "計画", .kind = FORMIN_CODE, .max = 40},
	{.name = "from", .label = "写すもとの会議", .kind = FORMIN_PID},
	{.name = "reason", .label = "会議を開くきっかけ", .kind = FORMIN_CODE, .required = true},
	{.name = "called_on", .label = "招集した日", .kind = FORMIN_DAY, .required = true},
	{.name = "held_on", .label = "開催日（予定日）", .kind = FORMIN_DAY},
	{.name = "held_from", .label = "開始時刻", .kind = FORMIN_TEXT, .max = 5},
	{.name = "held_to", .label = "終了時刻", .kind = FORMIN_TEXT, .max = 5},
	{.name = "place", .label = "開催場所", .kind = FORMIN_TEXT, .max = 200},
	{.name = "online_self", .label = "本人がテレビ電話等で参加する", .kind = FORMIN_BOOL},
	{.name = "online_family", .label = "家族がテレビ電話等で参加する", .kind = FORMIN_BOOL},
	{.name = "online_agreed_on", .label = "同意を得た日", .kind = FORMIN_DAY},
	{.name = "online_agreed_by", .label = "同意した人", .kind = FORMIN_TEXT, .max = 80},
	{.name = "is_unheld", .label = "会議を開かず照会で代える", .kind = FORMIN_BOOL},
	{.name = "unheld_reason", .label = "会議を開かない理由", .kind = FORMIN_CODE},
	{.name = "unheld_note", .label = "会議を開かない理由の内容", .kind = FORMIN_LINES, .max = 2000},
	{.name = "author_name", .label = "計画作成者（担当者）", .kind = FORMIN_TEXT, .max = 80},
	{.name = "create_on", .label = "作成年月日", .kind = FORMIN_DAY},
	{.name = "user_attend", .label = "本人の出席", .kind = FORMIN_TEXT, .max = 40},
	{.name = "family_attend", .label = "家族の出席", .kind = FORMIN_TEXT, .max = 40},
	{.name = "family_relation", .label = "続柄", .kind = FORMIN_TEXT, .max = 40},
	{.name = "attend_note", .label = "備考", .kind = FORMIN_LINES, .max = 500},
	{.name = "topics", .label = "検討した項目", .kind = FORMIN_LINES, .max = 10000},
	{.name = "discussion", .label = "検討内容", .kind = FORMIN_LINES, .max = 10000},
	{.name = "conclusion", .label = "結論", .kind = FORMIN_LINES, .max = 10000},
	{.name = "remaining", .label = "残された課題", .kind = FORMIN_LINES, .max = 10000},
	{.name = "is_unmet", .label = "満たせないニーズがある", .kind = FORMIN_BOOL},
	{.name = "next_on", .label = "次回の開催のめやす", .kind = FORMIN_DAY},
	{.name = "tv_stable", .label = "合意: 状態が安定している", .kind = FORMIN_BOOL},
	{.name = "tv_able", .label = "合意: テレビ電話で意思疎通できる", .kind = FORMIN_BOOL},
	{.name = "tv_informed", .label = "合意: 担当者から情報を得る", .kind = FORMIN_BOOL},
	{.name = "tv_doctor", .label = "主治医の意見の確かめ方", .kind = FORMIN_TEXT, .max = 200},
};

/* "9:05" is taken as 09:05. */
static const char *time_field(struct req *r, const char *name)
{
	const char *t = req_field(r, name);
	return str_count(t) == 4 && t[1] == ':' ? arena_fmt(r->arena, "0%s", t) : t;
}

static err read(struct req *r, struct t_care_meeting *m)
{
	TRY(formin_read(r, FIELDS, FORMIN_N(FIELDS)));
	m->reason = req_field(r, "reason");
	m->called_on = formin_day(r, "called_on");
	m->held_on = formin_day(r, "held_on");
	m->held_from = time_field(r, "held_from");
	m->held_to = time_field(r, "held_to");
	m->place = req_field(r, "place");
	m->online_self = formin_bool(r, "online_self");
	m->online_family = formin_bool(r, "online_family");
	m->online_agreed_on = formin_day(r, "online_agreed_on");
	m->online_agreed_by = req_field(r, "online_agreed_by");
	m->is_unheld = formin_bool(r, "is_unheld");
	m->unheld_reason = req_field(r, "unheld_reason");
	m->unheld_note = req_field(r, "unheld_note");
	m->author_name = req_field(r, "author_name");
	m->create_on = formin_day(r, "create_on");
	m->user_attend = req_field(r, "user_attend");
	m->family_attend = req_field(r, "family_attend");
	m->family_relation = req_field(r, "family_relation");
	m->attend_note = req_field(r, "attend_note");
	m->topics = req_field(r, "topics");
	m->discussion = req_field(r, "discussion");
	m->conclusion = req_field(r, "conclusion");
	m->remaining = req_field(r, "remaining");
	m->is_unmet = formin_bool(r, "is_unmet");
	m->next_on = formin_day(r, "next_on");
	m->tv_stable = formin_bool(r, "tv_stable");
	m->tv_able = formin_bool(r, "tv_able");
	m->tv_informed = formin_bool(r, "tv_informed");
	m->tv_doctor = req_field(r, "tv_doctor");
	return OK;
}

static const char *note_of(const struct t_care_meeting *row, const struct t_care_meeting *source, const char *column)
{
	return copied_is(&T_care_meeting, row, source, column) ? "前回から" : NULL;
}

static err edit(struct req *r, const char *person_pid, const char *plan_pid, const struct t_care_meeting *row, err e)
{
	bool is_new = !row->id;
	struct page_view *page = page_view(r, is_new ? "会議を招集する" : "会議の要点を書く");
	struct person_card card;
	TRY(person_page(r, page, person_pid, &card));
	TRY(policy_check(r->c, card.p.id, CLASS_MEETING, ACTION_WRITE));
	page->n_tabs = 0;
	const char *action = record_form(r, page, &(struct record_frame){.person_pid = card.p.pid, .pid = row->pid, .what = "meeting", .list = "meetings", .one = "/meetings",
		.label = "会議", .draft_class = "meeting", .version = row->version});
	const struct t_care_meeting *source;
	TRY(meeting_copied_from(r->c, row, &source));
	struct meeting_edit_view v = {.page = page, .row = row, .is_new = is_new, .plan_pid = plan_pid,
		.from_pid = is_new && source ? source->pid : "",
		.place_note = note_of(row, source, "place"), .topics_note = note_of(row, source, "topics"), .action = action,
		.reason = choice_field(r, "reason", "会議を開くきっかけ", "meeting_reason", row->reason),
		.unheld_reason = choice_field(r, "unheld_reason", "会議を開かない理由", "meeting_unheld", row->unheld_reason)};
	v.reason.required = true;
	v.unheld_reason.optional_blank = true;
	tmpl_meeting_edit(res_page_of(r, e), &v);
	return OK;
}

static err init(struct req *r, const char *person, const char *plan, const char *from, struct t_care_meeting *row)
{
	return str_blank(from) ? meeting_init(r->c, person, plan, row) : meeting_init_copy(r->c, person, plan, from, row);
}

err page_meeting_new(struct req *r)
{
	struct t_care_meeting row;
	const char *person = req_param(r, "pid"), *plan = req_query(r, "plan");
	TRY(init(r, person, plan, req_query(r, "from"), &row));
	return edit(r, person, plan, &row, OK);
}

err page_meeting_create(struct req *r)
{
	const char *person = req_param(r, "pid"), *plan = req_field(r, "plan");
	struct t_care_meeting row;
	TRY(init(r, person, plan, req_field(r, "from"), &row));
	err e = read(r, &row);
	if (e == OK)
		e = meeting_save(r->c, person, &row, NULL);
	if (page_is_input(e))
		return edit(r, person, plan, &row, e);
	TRY(e);
	look_person(r, row.person_id);
	TRY(record_draft_done(r, person, "", "meeting", true));
	return res_done(r, "created", "/meetings/%s", row.pid);
}

static err open_meeting(struct req *r, struct meeting_view *m)
{
	TRY(meeting_get(r->c, req_param(r, "pid"), m));
	look_person(r, m->row.person_id);
	return OK;
}

err page_meeting_edit(struct req *r)
{
	struct meeting_view m;
	TRY(open_meeting(r, &m));
	if (m.is_closed)
		return ERR_MEETING_CLOSED;
	return edit(r, m.person_pid, "", &m.row, OK);
}

err page_meeting_save(struct req *r)
{
	struct meeting_view m;
	struct row_conflict *conflict = NULL;
	TRY(open_meeting(r, &m));
	err e = read(r, &m.row);
	if (e == OK) {
		m.row.version = formin_int(r, "base");
		e = meeting_save(r->c, m.person_pid, &m.row, &conflict);
	}
	if (e == ERR_CONFLICT && conflict)
		return page_conflict(r, conflict, arena_fmt(r->arena, "/meetings/%s", m.row.pid));
	if (page_is_input(e))
		return edit(r, m.person_pid, "", &m.row, e);
	TRY(e);
	TRY(record_draft_done(r, "", m.row.pid, "meeting", false));
	return res_done(r, "saved", "/meetings/%s", m.row.pid);
}

/* ---- one meeting ------------------------------------------------------------------------------------------------------ */

static void parts(struct req *r, const struct meeting_view *m, struct meeting_show_view *v)
{
	v->n_members = m->n_members;
	v->n_inquiries = m->n_inquiries;
	v->members = ARENA_ARRAY(r->arena, m->n_members + 1, struct meeting_member_line);
	v->inquiries = ARENA_ARRAY(r->arena, m->n_inquiries + 1, struct meeting_inquiry_line);
	for (size_t i = 0; i < m->n_members; i++) {
		const struct t_care_meeting_member *x = &m->members[i];
		v->members[i] = (struct meeting_member_line){.m = x, .kind = *x->kind ? code_label(r, "meeting_member", x->kind) : "",
			.attend = *x->attend ? code_label(r, "meeting_attend", x->attend) : "未定",
			.attend_kind = !*x->attend ? "note" : str_eq(x->attend, "absent") ? "warn" : "ok",
			.untouched = meeting_member_untouched(m, i)};
	}
	for (size_t i = 0; i < m->n_inquiries; i++) {
		const struct t_care_inquiry *q = &m->inquiries[i];
		bool answered = q->answered_on != CIVIL_NONE, late = !answered && q->due_on != CIVIL_NONE && q->due_on < r->c->today;
		v->inquiries[i] = (struct meeting_inquiry_line){.q = q, .how = *q->how ? code_label(r, "inquiry_how", q->how) : "",
			.state = answered ? "回答あり" : late ? "期限切れ" : "回答待ち", .state_kind = answered ? "ok" : late ? "bad" : "warn"};
	}
}

static err show(struct req *r, err e)
{
	struct meeting_view m;
	struct page_view *page;
	TRY(meeting_page(r, "サービス担当者会議", &page, &m));
	page->back_path = arena_fmt(r->arena, "/persons/%s/meetings", m.person_pid);
	page->back_label = "会議の一覧";
	page->state = m.is_closed ? STATE_FINAL : STATE_SAVED;
	page->state_note = saved_note(r, m.row.updated_ms, m.updated_by);
	struct meeting_show_view v = {.page = page, .s = shown(r, &m), .path = arena_fmt(r->arena, "/meetings/%s", m.row.pid),
		.unheld_reason = *m.row.unheld_reason ? code_label(r, "meeting_unheld", m.row.unheld_reason) : "",
		.place_untouched = copied_is(&T_care_meeting, &m.row, m.source, "place"), .topics_untouched = copied_is(&T_care_meeting, &m.row, m.source, "topics"),
		.ask_accept = meeting_untouched(&m) > COPIED_MOST_PERCENT,
		.plan_open = *m.plan_pid && policy_check(r->c, m.row.person_id, CLASS_CARE, ACTION_SEE) == OK,
		.may_print = policy_check(r->c, m.row.person_id, CLASS_CARE, ACTION_PRINT) == OK};
	parts(r, &m, &v);
	tmpl_meeting_show(res_page_of(r, e), &v);
	return OK;
}

err page_meeting_show(struct req *r) { return show(r, OK); }

static err act(struct req *r, err (*run)(struct ctx *c, const char *pid), const char *flash)
{
	struct meeting_view m;
	TRY(open_meeting(r, &m));
	err e = formin_read(r, NULL, 0);
	if (e == OK)
		e = run(r->c, m.row.pid);
	if (page_is_input(e))
		return show(r, e);
	TRY(e);
	return res_done(r, flash, "/meetings/%s", m.row.pid);
}

static const struct formin_field CLOSE[] = {{.name = "accept", .label = "見直しました", .kind = FORMIN_BOOL}};

err page_meeting_close(struct req *r)
{
	struct meeting_view m;
	TRY(open_meeting(r, &m));
	err e = formin_read(r, CLOSE, FORMIN_N(CLOSE));
	if (e == OK)
		e = meeting_close_seen(r->c, m.row.pid, formin_bool(r, "accept"));
	if (page_is_input(e))
		return show(r, e);
	TRY(e);
	return res_done(r, "finished", "/meetings/%s", m.row.pid);
}

err page_meeting_reopen(struct req *r) { return act(r, meeting_reopen, "restored"); }
err page_meeting_absent(struct req *r) { return act(r, meeting_tell_absent, "saved"); }

static err open_bin(struct req *r, struct meeting_view *m, struct record_bin *b)
{
	TRY(open_meeting(r, m));
	TRY(policy_check_record(r->c, m->row.person_id, CLASS_MEETING, ACTION_WRITE));
	*b = (struct record_bin){.title = "会議をごみ箱へ移す", .person_pid = m->person_pid, .path = arena_fmt(r->arena, "/meetings/%s", m->row.pid),
		.back_path = arena_fmt(r->arena, "/persons/%s/meetings", m->person_pid),
		.sentence = "まちがって招集した会議をごみ箱へ移します。",
		.more = "招いた機関からも見えなくなります。30日のあいだは元に戻せます。"};
	return OK;
}

err page_meeting_retire_ask(struct req *r)
{
	struct meeting_view m;
	struct record_bin b;
	TRY(open_bin(r, &m, &b));
	return record_bin_ask(r, &b, OK);
}

err page_meeting_retire(struct req *r)
{
	struct meeting_view m;
	struct record_bin b;
	TRY(open_bin(r, &m, &b));
	return record_bin_put(r, &b, m.row.pid, meeting_retire);
}

/* ---- paper ------------------------------------------------------------------------------------------------------------ */

static err paper(struct req *r, enum paper_kind kind)
{
	struct meeting_view m;
	const char *bytes;
	size_t n;
	TRY(open_meeting(r, &m));
	look_as(r, ACTION_PRINT);
	TRY(meeting_paper(r->c, m.row.pid, kind, &bytes, &n));
	if (kind == PAPER_PDF)
		return res_pdf(r, bytes, n, "kaigi.pdf");
	return res_file(r, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes, n, "kaigi.xlsx");
}

err page_meeting_pdf(struct req *r) { return paper(r, PAPER_PDF); }
err page_meeting_sheet(struct req *r) { return paper(r, PAPER_SHEET); }
