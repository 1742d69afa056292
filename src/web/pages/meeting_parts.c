/* The members of a meeting and the inquiries to those who do not come; the public page behind a one-time link. */
#include "access/policy.h"
#include "base/str.h"
#include "care/meeting_fill.h"
#include "register/draft.h"
#include "register/org.h"
#include "tmpl/meeting_answer.h"
#include "tmpl/meeting_edit.h"
#include "web/formin.h"
#include "web/guard.h"
#include "web/pages/columns.h"
#include "web/pages/common.h"
#include "web/pages/conflict.h"
#include "web/pages/meeting.h"
#include "web/route.h"

enum { NEW_ROWS = 2, MOST_ROWS = 60 };

/* ---- members ----------------------------------------------------------------------------------------------------------- */

static const struct formin_field MEMBER_FIELDS[] = {
	{.name = "rows", .label = "行の数", .kind = FORMIN_INT, .required = true, .lo = 0, .hi = MOST_ROWS},
	{.name = "pid_*", .label = "行", .kind = FORMIN_CODE, .max = 40},
	{.name = "v_*", .label = "行の版", .kind = FORMIN_INT},
	{.name = "no_*", .label = "順番", .kind = FORMIN_INT, .lo = 0, .hi = 999},
	{.name = "kind_*", .label = "区分", .kind = FORMIN_CODE},
	{.name = "org_role_*", .label = "所属（職種）", .kind = FORMIN_TEXT, .max = 200},
	{.name = "name_*", .label = "氏名", .kind = FORMIN_TEXT, .max = 80},
	{.name = "phone_*", .label = "電話番号", .kind = FORMIN_TEXT, .max = 30},
	{.name = "fax_*", .label = "FAX番号", .kind = FORMIN_TEXT, .max = 30},
	{.name = "attend_*", .label = "出欠", .kind = FORMIN_CODE},
	{.name = "absent_reason_*", .label = "欠席の理由", .kind = FORMIN_TEXT, .max = 500},
	{.name = "gone_*", .label = "名簿からはずす", .kind = FORMIN_BOOL},
};

static const char *numbered(struct req *r, const char *name, size_t i) { return arena_fmt(r->arena, "%s_%zu", name, i); }

static struct meeting_row_fields fields_of(struct req *r, const struct t_care_meeting_member *m, size_t i)
{
	struct meeting_row_fields f = {.row = *m, .title = m->id ? arena_fmt(r->arena, "%s %s", m->org_role, m->name) : arena_fmt(r->arena, "%zu人目（新しい人）", i + 1),
		.kind = choice_field(r, numbered(r, "kind", i), "区分", "meeting_member", m->kind),
		.org_role = {.name = numbered(r, "org_role", i), .label = "所属（職種）", .value = m->org_role, .rows = 2},
		.name = {.name = numbered(r, "name", i), .label = "氏名", .value = m->name},
		.phone = {.name = numbered(r, "phone", i), .label = "電話番号", .value = m->phone, .type = "tel"},
		.fax = {.name = numbered(r, "fax", i), .label = "FAX番号", .value = m->fax, .type = "tel"},
		.attend = choice_field(r, numbered(r, "attend", i), "出欠", "meeting_attend", m->attend),
		.absent_reason = {.name = numbered(r, "absent_reason", i), .label = "欠席の理由", .value = m->absent_reason},
		.gone = {.name = numbered(r, "gone", i), .label = "名簿からはずす"},
		.no_name = numbered(r, "no", i), .pid_name = numbered(r, "pid", i), .v_name = numbered(r, "v", i)};
	f.kind.optional_blank = f.attend.optional_blank = true;
	return f;
}

static err org_field(struct req *r, struct ui_field *f)
{
	struct org_filter q = ORG_ALL();
	struct org *o;
	size_t n, k = 0;
	q.on = r->c->today;
	q.limit = 1000;
	TRY(org_list(r->c, &q, &o, &n));
	struct ui_choice *v = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	for (size_t i = 0; i < n; i++)
		if (o[i].id != r->c->actor.org_id)
			v[k++] = (struct ui_choice){.value = o[i].pid, .label = o[i].name};
	*f = (struct ui_field){.name = "org", .label = "招く機関", .choices = v, .n_choices = k, .optional_blank = true,
		.help = "招いた機関は、招いたときから会議の確定の7日後まで、会議とケアマネジメントの記録を見られます"};
	return OK;
}

static err show_members(struct req *r, const struct t_care_meeting_member *typed, size_t n_typed, err e)
{
	struct meeting_view m;
	struct page_view *page;
	TRY(meeting_page(r, "出席者と出欠", &page, &m));
	TRY(policy_check_record(r->c, m.row.person_id, CLASS_MEETING, ACTION_WRITE));
	if (m.is_closed)
		return ERR_MEETING_CLOSED;
	struct meeting_members_view v = {.page = page, .action = arena_fmt(r->arena, "/meetings/%s/members", m.row.pid),
		.invite = arena_fmt(r->arena, "/meetings/%s/invite", m.row.pid), .n_rows = typed ? n_typed : m.n_members + NEW_ROWS};
	if (v.n_rows > MOST_ROWS)
		v.n_rows = MOST_ROWS;
	v.rows = ARENA_ARRAY(r->arena, v.n_rows + 1, struct meeting_row_fields);
	for (size_t i = 0; i < v.n_rows; i++) {
		struct t_care_meeting_member x;
		row_init(&T_care_meeting_member, &x);
		x.no = (i ? v.rows[i - 1].row.no : 0) + 1;
		v.rows[i] = fields_of(r, typed ? &typed[i] : i < m.n_members ? &m.members[i] : &x, i);
		v.rows[i].untouched = !typed && i < m.n_members && meeting_member_untouched(&m, i);
	}
	TRY(org_field(r, &v.org));
	tmpl_meeting_members(res_page_of(r, e), &v);
	return OK;
}

err page_meeting_members(struct req *r) { return show_members(r, NULL, 0, OK); }

/* A row in dispute: mine stays in the boxes, theirs is told under its box, and the row goes on from their version. */
static void tell_conflicts(struct req *r, const struct child_conflicts *more, struct t_care_meeting_member *rows, size_t n)
{
	for (size_t k = 0; k < more->n; k++)
		for (size_t i = 0; i < n; i++) {
			if (rows[i].id != more->v[k]->row_id)
				continue;
			rows[i].version = more->v[k]->theirs_version;
			for (size_t f = 0; f < more->v[k]->n; f++) {
				const struct row_conflict_field *x = &more->v[k]->fields[f];
				const char *column = str_eq(x->column, "retired_ms") ? "gone" : x->column;
				(void)fault_add(r->c, numbered(r, column, i), ERR_CONFLICT, "ほかの人が同じところを「%s」にしました。もう一度保存すると、あなたの入力になります。",
				                column_words(r, "care_meeting_member", x->column, str_or(x->theirs, "")));
			}
		}
}

static void member_of(struct req *r, const struct meeting_view *m, size_t i, struct t_care_meeting_member *x)
{
	const char *pid = req_field(r, numbered(r, "pid", i));
	row_init(&T_care_meeting_member, x);
	for (size_t k = 0; k < m->n_members; k++)
		if (str_eq(m->members[k].pid, pid))
			*x = m->members[k];
	x->pid = pid;
	if (*pid)
		x->version = formin_int(r, numbered(r, "v", i));
	x->no = formin_int(r, numbered(r, "no", i)) == INT_NULL ? (int64_t)i + 1 : formin_int(r, numbered(r, "no", i));
	x->kind = req_field(r, numbered(r, "kind", i));
	x->org_role = req_field(r, numbered(r, "org_role", i));
	x->name = req_field(r, numbered(r, "name", i));
	x->phone = req_field(r, numbered(r, "phone", i));
	x->fax = req_field(r, numbered(r, "fax", i));
	x->attend = req_field(r, numbered(r, "attend", i));
	x->absent_reason = req_field(r, numbered(r, "absent_reason", i));
}

err page_meeting_members_save(struct req *r)
{
	struct meeting_view m;
	struct child_conflicts more = {0};
	TRY(meeting_get(r->c, req_param(r, "pid"), &m));
	look_person(r, m.row.person_id);
	err e = formin_read(r, MEMBER_FIELDS, FORMIN_N(MEMBER_FIELDS));
	if (e != OK)
		return page_is_input(e) ? show_members(r, NULL, 0, e) : e;
	size_t n = (size_t)formin_int(r, "rows");
	struct t_care_meeting_member *rows = ARENA_ARRAY(r->arena, n + 1, struct t_care_meeting_member);
	struct child_edit *edits = ARENA_ARRAY(r->arena, n + 1, struct child_edit);
	for (size_t i = 0; i < n; i++) {
		member_of(r, &m, i, &rows[i]);
		bool empty = !*rows[i].pid && str_blank(rows[i].org_role) && str_blank(rows[i].name);
		edits[i] = (struct child_edit){&rows[i], empty || formin_bool(r, numbered(r, "gone", i))};
	}
	e = meeting_members_save(r->c, m.row.pid, edits, n, &more);
	if (e == ERR_CONFLICT && more.n) {
		tell_conflicts(r, &more, rows, n);
		return show_members(r, rows, n, e);
	}
	if (page_is_input(e))
		return show_members(r, rows, n, e);
	TRY(e);
	return res_done(r, "saved", "/meetings/%s", m.row.pid);
}

err page_meeting_invite(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "org", .label = "招く機関", .kind = FORMIN_CODE, .max = 40, .required = true}};
	err e = formin_read(r, fields, FORMIN_N(fields));
	if (e == OK)
		e = meeting_invite(r->c, req_param(r, "pid"), req_field(r, "org"));
	if (page_is_input(e))
		return show_members(r, NULL, 0, e);
	TRY(e);
	return res_done(r, "saved", "/meetings/%s/members", req_param(r, "pid"));
}

/* ---- inquiry ----------------------------------------------------------------------------------------------------------- */

err page_meeting_ask(struct req *r)
{
	const char *pid = NULL;
	TRY(formin_read(r, NULL, 0));
	TRY(inquiry_begin(r->c, req_param(r, "pid"), req_param(r, "mpid"), &pid));
	return res_done(r, "created", "/meetings/%s/inquiries/%s", req_param(r, "pid"), pid);
}

static const struct formin_field INQUIRY_FIELDS[] = {
	{.name = "office", .label = "宛先の事業所", .kind = FORMIN_TEXT, .max = 200},
	{.name = "name", .label = "宛先の担当者", .kind = FORMIN_TEXT, .max = 80},
	{.name = "fax", .label = "FAX番号", .kind = FORMIN_TEXT, .max = 30},
	{.name = "phone", .label = "電話番号", .kind = FORMIN_TEXT, .max = 30},
	{.name = "asked_on", .label = "照会年月日", .kind = FORMIN_DAY},
	{.name = "due_on", .label = "回答の期限", .kind = FORMIN_DAY},
	{.name = "how", .label = "照会の方法", .kind = FORMIN_CODE},
	{.name = "client_label", .label = "利用者の呼び方", .kind = FORMIN_TEXT, .max = 40},
	{.name = "reason", .label = "欠席・照会の理由", .kind = FORMIN_LINES, .max = 2000},
	{.name = "question", .label = "お尋ねしたいこと", .kind = FORMIN_LINES, .max = 10000},
	{.name = "plan_outline", .label = "計画原案のあらまし", .kind = FORMIN_LINES, .max = 10000},
	{.name = "answer", .label = "回答", .kind = FORMIN_LINES, .max = 10000},
	{.name = "answered_on", .label = "回答年月日", .kind = FORMIN_DAY},
	{.name = "answered_by", .label = "回答者", .kind = FORMIN_TEXT, .max = 80},
};

static err read_inquiry(struct req *r, struct t_care_inquiry *q)
{
	TRY(formin_read(r, INQUIRY_FIELDS, FORMIN_N(INQUIRY_FIELDS)));
	q->office = req_field(r, "office");
	q->name = req_field(r, "name");
	q->fax = req_field(r, "fax");
	q->phone = req_field(r, "phone");
	q->asked_on = formin_day(r, "asked_on");
	q->due_on = formin_day(r, "due_on");
	q->how = req_field(r, "how");
	q->client_label = req_field(r, "client_label");
	q->reason = req_field(r, "reason");
	q->question = req_field(r, "question");
	q->plan_outline = req_field(r, "plan_outline");
	q->answer = req_field(r, "answer");
	q->answered_on = formin_day(r, "answered_on");
	q->answered_by = req_field(r, "answered_by");
	q->version = formin_int(r, "base");
	return OK;
}

static err show_inquiry(struct req *r, const struct t_care_inquiry *typed, const char *link, err e)
{
	struct meeting_view m;
	struct t_care_inquiry q;
	struct page_view *page;
	TRY(inquiry_get(r->c, req_param(r, "pid"), req_param(r, "ipid"), &m, &q));
	TRY(meeting_page(r, "担当者への照会", &page, &m));
	bool open = q.answered_on == CIVIL_NONE;
	if (typed)
		q = *typed;
	page->state = STATE_SAVED;
	page->base_version = q.version;
	page->draft_key = m.may_write ? arena_fmt(r->arena, "inquiry/%s", q.pid) : "";
	page->draft_class = "meeting";
	struct meeting_inquiry_view v = {.page = page, .m = &m, .q = &q, .link = link, .path = arena_fmt(r->arena, "/meetings/%s/inquiries/%s", m.row.pid, q.pid),
		.how = choice_field(r, "how", "照会の方法", "inquiry_how", q.how), .may_link = m.may_write && open,
		.link_open = open && q.link_hash && q.link_until_ms != INT_NULL && q.link_until_ms > r->c->now_ms};
	v.how.optional_blank = true;
	tmpl_meeting_inquiry(res_page_of(r, e), &v);
	return OK;
}

err page_inquiry_show(struct req *r) { return show_inquiry(r, NULL, "", OK); }

err page_inquiry_save(struct req *r)
{
	struct meeting_view m;
	struct t_care_inquiry q;
	struct row_conflict *conflict = NULL;
	TRY(inquiry_get(r->c, req_param(r, "pid"), req_param(r, "ipid"), &m, &q));
	look_person(r, q.person_id);
	err e = read_inquiry(r, &q);
	if (e == OK)
		e = inquiry_save(r->c, m.row.pid, &q, &conflict);
	if (e == ERR_CONFLICT && conflict)
		return page_conflict(r, conflict, arena_fmt(r->arena, "/meetings/%s", m.row.pid));
	if (page_is_input(e))
		return show_inquiry(r, &q, "", e);
	TRY(e);
	TRY(draft_discard(r->c, arena_fmt(r->arena, "inquiry/%s", q.pid)));
	return res_done(r, "saved", "/meetings/%s/inquiries/%s", m.row.pid, q.pid);
}

err page_inquiry_link(struct req *r)
{
	const char *token = "";
	TRY(formin_read(r, NULL, 0));
	err e = inquiry_link(r->c, req_param(r, "pid"), req_param(r, "ipid"), &token);
	if (page_is_input(e))
		return show_inquiry(r, NULL, "", e);
	TRY(e);
	return show_inquiry(r, NULL, arena_fmt(r->arena, "%s://%s/answer/%s", r->https ? "https" : "http", str_or(r->host, ""), token), OK);
}

err page_inquiry_retire(struct req *r)
{
	const char *bin = "";
	TRY(formin_read(r, NULL, 0));
	TRY(inquiry_retire(r->c, req_param(r, "pid"), req_param(r, "ipid"), &bin));
	return res_done(r, "deleted", "/meetings/%s?%s", req_param(r, "pid"), guard_undo(r, arena_fmt(r->arena, "/undo/trash/%s", bin)));
}

static err inquiry_paper(struct req *r, enum paper_kind kind)
{
	struct meeting_view m;
	const char *bytes;
	size_t n;
	TRY(meeting_get(r->c, req_param(r, "pid"), &m));
	look_person(r, m.row.person_id);
	look_as(r, ACTION_PRINT);
	TRY(meeting_inquiry_paper(r->c, m.row.pid, req_param(r, "ipid"), kind, &bytes, &n));
	if (kind == PAPER_PDF)
		return res_pdf(r, bytes, n, "shokai.pdf");
	return res_file(r, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes, n, "shokai.xlsx");
}

err page_inquiry_pdf(struct req *r) { return inquiry_paper(r, PAPER_PDF); }
err page_inquiry_sheet(struct req *r) { return inquiry_paper(r, PAPER_SHEET); }

/* ---- behind the link: nobody is logged in --------------------------------------------------------------------------------- */

static err answer_page(struct req *r, const struct inquiry_question *q, const char *sentence, err e)
{
	struct page_view *page = page_view(r, "照会への回答");
	page->bare = true;
	struct meeting_answer_view v = {.page = page, .action = r->path, .sentence = sentence};
	if (q)
		v.q = *q;
	res_header(r, "Referrer-Policy", "no-referrer");
	tmpl_meeting_answer(res_page_of(r, e), &v);
	return OK;
}

/* One page for a link that is wrong, used or late, and for whoever has to wait. */
static err no_answer(struct req *r, err e)
{
	const struct fault *f = fault_of(r->c, "");
	const char *sentence = e == ERR_LOCKED && f ? f->message : arena_fmt(r->arena, "%s%s", err_sentence_ja(e), err_mend_ja(e));
	fault_clear(r->c);
	return answer_page(r, NULL, sentence, e);
}

err page_answer(struct req *r)
{
	struct inquiry_question q;
	err e = inquiry_by_link(r->c, req_param(r, "token"), r->client, &q);
	if (e == ERR_ANSWER_LINK || e == ERR_LOCKED)
		return no_answer(r, e);
	TRY(e);
	return answer_page(r, &q, "", OK);
}

err page_answer_save(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "answer", .label = "ご回答・ご意見", .kind = FORMIN_LINES, .max = 10000, .required = true},
		{.name = "answered_by", .label = "お名前", .kind = FORMIN_TEXT, .max = 80, .required = true}};
	struct inquiry_question q;
	err e = inquiry_by_link(r->c, req_param(r, "token"), r->client, &q);
	if (e == OK)
		e = formin_read(r, fields, FORMIN_N(fields));
	if (e == OK)
		e = inquiry_answer(r->c, req_param(r, "token"), r->client, req_field(r, "answer"), req_field(r, "answered_by"));
	if (e == ERR_ANSWER_LINK || e == ERR_LOCKED)
		return no_answer(r, e);
	if (page_is_input(e))
		return answer_page(r, &q, "", e);
	TRY(e);
	return answer_page(r, NULL, "ご回答を受け取りました。ありがとうございました。この画面は閉じてかまいません。", OK);
}
