/* リハビリテーション会議: record with members, closing, take-over by the care manager, paper. */
#include "base/str.h"
#include "care/rehab_paper.h"
#include "care/rehab_people.h"
#include "access/policy.h"
#include "tmpl/rehab_meeting.h"
#include "web/formin.h"
#include "web/pages/columns.h"
#include "web/pages/common.h"
#include "web/pages/conflict.h"
#include "web/pages/record.h"
#include "web/pages/rehab.h"
#include "web/route.h"

enum { NEW_ROWS = 3, FIRST_ROWS = 8 };

static const struct formin_field FIELDS[] = {
	{.name = "goal", .label = "目標", .kind = FORMIN_CODE, .max = 40},
	{.name = "kind", .label = "会議の種類", .kind = FORMIN_CODE, .max = 20},
	{.name = "held_on", .label = "開催日", .kind = FORMIN_DAY},
	{.name = "held_from", .label = "開始時刻", .kind = FORMIN_TEXT, .max = 5},
	{.name = "held_to", .label = "終了時刻", .kind = FORMIN_TEXT, .max = 5},
	{.name = "place", .label = "開催場所", .kind = FORMIN_TEXT, .max = 200},
	{.name = "is_online", .label = "テレビ電話等で開いた", .kind = FORMIN_BOOL},
	{.name = "policy", .label = "支援方針", .kind = FORMIN_LINES, .max = 4000},
	{.name = "content", .label = "リハビリテーションの内容", .kind = FORMIN_LINES, .max = 4000},
	{.name = "coordination", .label = "各サービス間の協働の内容", .kind = FORMIN_LINES, .max = 4000},
	{.name = "next_plan", .label = "次回の開催予定と検討事項", .kind = FORMIN_LINES, .max = 4000},
	{.name = "next_places", .label = "次の場", .kind = FORMIN_CODE, .max = 40, .repeat = true},
	{.name = "next_note", .label = "次の場の名前", .kind = FORMIN_TEXT, .max = 200},
	{.name = "handover", .label = "ケアプランへの引き継ぎ", .kind = FORMIN_LINES, .max = 4000},
	{.name = "rows", .label = "構成員の数", .kind = FORMIN_INT, .required = true, .lo = 0, .hi = REHAB_MEMBERS},
	{.name = "pid_*", .label = "行", .kind = FORMIN_CODE, .max = 40},
	{.name = "v_*", .label = "行の版", .kind = FORMIN_INT},
	{.name = "no_*", .label = "順番", .kind = FORMIN_INT, .lo = 0, .hi = 999},
	{.name = "pick_*", .label = "名簿から選ぶ", .kind = FORMIN_TEXT, .max = 80},
	{.name = "role_*", .label = "職種・立場", .kind = FORMIN_CODE, .max = 20},
	{.name = "org_name_*", .label = "所属", .kind = FORMIN_TEXT, .max = 200},
	{.name = "name_*", .label = "氏名", .kind = FORMIN_TEXT, .max = 200},
	{.name = "attend_*", .label = "出欠", .kind = FORMIN_CODE, .max = 20},
	{.name = "absent_reason_*", .label = "不参加の理由", .kind = FORMIN_TEXT, .max = 200},
	{.name = "gone_*", .label = "名簿からはずす", .kind = FORMIN_BOOL},
};

struct form {
	struct t_rehab_meeting *row;
	struct t_rehab_meeting_member *members;
	size_t n;
	struct rehab_candidate *people; /* whom the register knows */
	size_t n_people;
	struct ui_choice *choices;      /* the same, to choose from */
};

static err people_of(struct req *r, const struct rehab_meeting_view *m, struct form *f)
{
	TRY(rehab_people(r->c, f->row, m ? m->members : NULL, m ? m->n_members : 0, &f->people, &f->n_people));
	f->choices = ARENA_ARRAY(r->arena, f->n_people + 1, struct ui_choice);
	for (size_t i = 0; i < f->n_people; i++)
		f->choices[i] = (struct ui_choice){.value = f->people[i].key, .label = f->people[i].label};
	return OK;
}

static const char *numbered(struct req *r, const char *name, size_t i) { return arena_fmt(r->arena, "%s_%zu", name, i); }

static struct rehab_member_fields fields_of(struct req *r, const struct form *form, size_t i)
{
	const struct t_rehab_meeting_member *m = &form->members[i];
	const char *who = arena_fmt(r->arena, "構成員%zu", i + 1);
	struct rehab_member_fields f = {.row = m, .title = who, .pid_name = numbered(r, "pid", i), .v_name = numbered(r, "v", i), .no_name = numbered(r, "no", i),
		.role = choice_field(r, numbered(r, "role", i), "職種・立場", "rehab_member", m->role), .org_name = {.name = numbered(r, "org_name", i), .label = "所属", .value = m->org_name},
		.name = {.name = numbered(r, "name", i), .label = "氏名", .value = m->name}, .attend = choice_field(r, numbered(r, "attend", i), "出欠", "meeting_attend", m->attend),
		.absent_reason = {.name = numbered(r, "absent_reason", i), .label = "不参加の理由（欠席のとき）", .value = m->absent_reason},
		.gone = {.name = numbered(r, "gone", i), .label = "名簿からはずす"},
		.pick = {.name = numbered(r, "pick", i), .label = "名簿から選ぶ", .choices = form->choices, .n_choices = form->n_people, .value = rehab_people_key(form->people, form->n_people, m),
			.optional_blank = true}};
	f.role.optional_blank = f.attend.optional_blank = true;
	return f;
}

static err edit(struct req *r, const char *person_pid, const char *goal_pid, const char *goal_label, const struct form *f, err e)
{
	const struct t_rehab_meeting *row = f->row;
	struct page_view *page = page_view(r, row->id ? "リハビリテーション会議を直す" : "リハビリテーション会議を記録する");
	TRY(rehab_page(r, page, person_pid));
	struct rehab_meeting_edit_view v = {.page = page, .row = row, .goal_pid = goal_pid, .goal_label = goal_label, .kind = choice_field(r, "kind", "会議の種類", "rehab_meeting_kind", row->kind),
		.next_places = codes_field(r, "next_places", "次の場（終わる前の会議では必ず選びます）", "rehab_next_place", row->next_places), .n_members = f->n};
	v.kind.required = true;
	v.action = record_form(r, page, &(struct record_frame){.person_pid = person_pid, .pid = row->pid, .what = "rehab-meeting", .list = "rehab/meetings", .one = "/rehab-meetings",
		.label = row->id ? "会議の記録" : "リハビリ", .draft_class = "care", .version = row->version});
	if (!row->id)
		page->back_path = arena_fmt(r->arena, "/persons/%s/rehab", person_pid);
	v.members = ARENA_ARRAY(r->arena, f->n + 1, struct rehab_member_fields);
	for (size_t i = 0; i < f->n; i++)
		v.members[i] = fields_of(r, f, i);
	tmpl_rehab_meeting_edit(res_page_of(r, e), &v);
	return OK;
}

/* The stored members and some empty rows; a new meeting has the care manager and the person called already. */
static void rows_of(struct req *r, const struct rehab_meeting_view *m, struct form *f)
{
	static const char *const first[] = {"self", "family", "doctor", "pt", "care_manager"};
	size_t had = m ? m->n_members : 0, n = m ? had + NEW_ROWS : FIRST_ROWS;
	f->n = n < REHAB_MEMBERS ? n : REHAB_MEMBERS;
	f->members = ARENA_ARRAY(r->arena, f->n + 1, struct t_rehab_meeting_member);
	for (size_t i = 0; i < f->n; i++) {
		row_init(&T_rehab_meeting_member, &f->members[i]);
		f->members[i].no = (int64_t)i + 1;
		if (i < had)
			f->members[i] = m->members[i];
		else if (!m && i < sizeof first / sizeof first[0])
			f->members[i].role = first[i];
	}
}

static err member_of(struct req *r, const struct rehab_meeting_view *m, const struct form *f, size_t i)
{
	struct t_rehab_meeting_member *x = &f->members[i];
	const struct t_rehab_meeting_member *was = NULL;
	const char *pid = req_field(r, numbered(r, "pid", i));
	int64_t no = formin_int(r, numbered(r, "no", i));
	row_init(&T_rehab_meeting_member, x);
	for (size_t k = 0; m && k < m->n_members; k++)
		if (str_eq(m->members[k].pid, pid))
			was = &m->members[k];
	if (was)
		*x = *was;
	x->pid = pid;
	if (*pid)
		x->version = formin_int(r, numbered(r, "v", i));
	x->no = no == INT_NULL ? (int64_t)i + 1 : no;
	x->role = req_field(r, numbered(r, "role", i));
	x->org_name = req_field(r, numbered(r, "org_name", i));
	x->name = req_field(r, numbered(r, "name", i));
	x->attend = req_field(r, numbered(r, "attend", i));
	x->absent_reason = req_field(r, numbered(r, "absent_reason", i));
	return rehab_people_pick(r->c, f->people, f->n_people, req_field(r, numbered(r, "pick", i)), was, i, x);
}

static const char *time_field(struct req *r, const char *name)
{
	const char *t = req_field(r, name);
	return str_count(t) == 4 && t[1] == ':' ? arena_fmt(r->arena, "0%s", t) : t;
}

static err read(struct req *r, const struct rehab_meeting_view *m, struct form *f, struct child_edit **edits)
{
	struct t_rehab_meeting *row = f->row;
	err e = formin_read(r, FIELDS, FORMIN_N(FIELDS));
	if (e != OK) {
		rows_of(r, m, f);
		return e;
	}
	row->kind = req_field(r, "kind");
	row->held_on = formin_day(r, "held_on");
	row->held_from = time_field(r, "held_from");
	row->held_to = time_field(r, "held_to");
	row->place = req_field(r, "place");
	row->is_online = formin_bool(r, "is_online");
	row->policy = req_field(r, "policy");
	row->content = req_field(r, "content");
	row->coordination = req_field(r, "coordination");
	row->next_plan = req_field(r, "next_plan");
	row->next_places = codes_joined(r, "next_places");
	row->next_note = req_field(r, "next_note");
	row->handover = req_field(r, "handover");
	f->n = (size_t)formin_int(r, "rows");
	f->members = ARENA_ARRAY(r->arena, f->n + 1, struct t_rehab_meeting_member);
	*edits = ARENA_ARRAY(r->arena, f->n + 1, struct child_edit);
	err bad = OK;
	for (size_t i = 0; i < f->n; i++) {
		e = member_of(r, m, f, i);
		if (!page_is_input(e))
			TRY(e);
		bad = e != OK ? e : bad;
		const struct t_rehab_meeting_member *x = &f->members[i];
		/* a row offered and left alone is nobody */
		bool empty = !*x->pid && str_blank(x->name) && str_blank(x->org_name) && str_blank(x->attend) && str_blank(x->absent_reason);
		(*edits)[i] = (struct child_edit){&f->members[i], empty || formin_bool(r, numbered(r, "gone", i))};
	}
	return bad;
}

/* A row in dispute: mine stays in the boxes, theirs is told under its box, and the row goes on from their version. */
static void tell_conflicts(struct req *r, const struct child_conflicts *more, struct form *f)
{
	for (size_t k = 0; k < more->n; k++)
		for (size_t i = 0; i < f->n; i++) {
			if (f->members[i].id != more->v[k]->row_id)
				continue;
			f->members[i].version = more->v[k]->theirs_version;
			for (size_t j = 0; j < more->v[k]->n; j++) {
				const struct row_conflict_field *x = &more->v[k]->fields[j];
				bool who = str_eq(x->column, "staff_id") || str_eq(x->column, "member_org_id") || str_eq(x->column, "relation_id");
				(void)fault_add(r->c, numbered(r, str_eq(x->column, "retired_ms") ? "gone" : who ? "pick" : x->column, i), ERR_CONFLICT,
					"ほかの人が同じところを「%s」にしました。もう一度保存すると、あなたの入力になります。", column_words(r, "rehab_meeting_member", x->column, str_or(x->theirs, "")));
			}
		}
}

static err init(struct req *r, const char *person, const char *goal, const char *kind, struct form *f, const char **label)
{
	TRY(rehab_meeting_init(r->c, person, goal, kind, f->row));
	*label = "";
	if (*goal) {
		struct rehab_goal_view g;
		TRY(rehab_goal_get(r->c, goal, &g));
		*label = g.type_label;
	}
	return people_of(r, NULL, f);
}

err page_rehab_meeting_new(struct req *r)
{
	struct t_rehab_meeting row;
	struct form f = {.row = &row};
	const char *person = req_param(r, "pid"), *goal = str_or(req_query(r, "goal"), ""), *label;
	TRY(init(r, person, goal, str_or(req_query(r, "kind"), ""), &f, &label));
	rows_of(r, NULL, &f);
	return edit(r, person, goal, label, &f, OK);
}

err page_rehab_meeting_create(struct req *r)
{
	struct t_rehab_meeting row;
	struct form f = {.row = &row};
	struct child_edit *edits = NULL;
	const char *person = req_param(r, "pid"), *goal = req_field(r, "goal"), *label;
	TRY(init(r, person, goal, "", &f, &label));
	look_person(r, row.person_id);
	err e = read(r, NULL, &f, &edits);
	if (e == OK)
		e = rehab_meeting_save(r->c, person, &row, edits, f.n, NULL, NULL);
	if (page_is_input(e))
		return edit(r, person, goal, label, &f, e);
	TRY(e);
	TRY(record_draft_done(r, person, "", "rehab-meeting", true));
	return res_done(r, "created", "/rehab-meetings/%s", row.pid);
}

static err open_meeting(struct req *r, struct rehab_meeting_view *m)
{
	TRY(rehab_meeting_get(r->c, req_param(r, "pid"), m));
	look_person(r, m->row.person_id);
	return OK;
}

err page_rehab_meeting_edit(struct req *r)
{
	struct rehab_meeting_view m;
	TRY(open_meeting(r, &m));
	if (m.is_closed)
		return ERR_MEETING_CLOSED;
	if (!m.may_write)
		return ERR_DENIED;
	struct form f = {.row = &m.row};
	TRY(people_of(r, &m, &f));
	rows_of(r, &m, &f);
	return edit(r, m.person_pid, m.goal_pid, m.goal_label, &f, OK);
}

err page_rehab_meeting_save(struct req *r)
{
	struct rehab_meeting_view m;
	struct row_conflict *conflict = NULL;
	struct child_conflicts more = {0};
	struct child_edit *edits = NULL;
	TRY(open_meeting(r, &m));
	struct form f = {.row = &m.row};
	TRY(people_of(r, &m, &f));
	err e = read(r, &m, &f, &edits);
	if (e == OK) {
		m.row.version = formin_int(r, "base");
		e = rehab_meeting_save(r->c, m.person_pid, &m.row, edits, f.n, &conflict, &more);
	}
	if (e == ERR_CONFLICT && conflict)
		return page_conflict(r, conflict, arena_fmt(r->arena, "/rehab-meetings/%s", m.row.pid));
	if (e == ERR_CONFLICT)
		tell_conflicts(r, &more, &f);
	if (page_is_input(e) || e == ERR_CONFLICT)
		return edit(r, m.person_pid, m.goal_pid, m.goal_label, &f, e);
	TRY(e);
	TRY(record_draft_done(r, "", m.row.pid, "rehab-meeting", false));
	return res_done(r, "saved", "/rehab-meetings/%s", m.row.pid);
}

/* ---- one ------------------------------------------------------------------------------------------------------------- */

static err show(struct req *r, const struct rehab_meeting_view *m, err e)
{
	struct page_view *page = page_view(r, "リハビリテーション会議");
	TRY(rehab_page(r, page, m->person_pid));
	page->state = m->is_closed ? STATE_FINAL : STATE_SAVED;
	page->state_note = saved_note(r, m->row.updated_ms, m->updated_by);
	struct rehab_meeting_show_view v = {.page = page, .m = m, .base = arena_fmt(r->arena, "/rehab-meetings/%s", m->row.pid), .kind = code_label(r, "rehab_meeting_kind", m->row.kind),
		.next_places = codes_labels(r, "rehab_next_place", m->row.next_places), .is_end = str_eq(m->row.kind, "end"),
		.may_print = policy_check(r->c, m->row.person_id, CLASS_CARE, ACTION_PRINT) == OK};
	v.members = ARENA_ARRAY(r->arena, m->n_members + 1, struct rehab_member_line);
	for (size_t i = 0; i < m->n_members; i++) {
		const struct t_rehab_meeting_member *x = &m->members[i];
		v.members[i] = (struct rehab_member_line){x, code_label(r, "rehab_member", x->role), *x->attend ? code_label(r, "meeting_attend", x->attend) : "未記入",
			!*x->attend ? "note" : str_eq(x->attend, "absent") ? "warn" : "ok"};
	}
	tmpl_rehab_meeting_show(res_page_of(r, e), &v);
	return OK;
}

err page_rehab_meeting(struct req *r)
{
	struct rehab_meeting_view m;
	TRY(open_meeting(r, &m));
	return show(r, &m, OK);
}

err page_rehab_meeting_close(struct req *r)
{
	struct rehab_meeting_view m;
	TRY(open_meeting(r, &m));
	err e = formin_read(r, NULL, 0);
	if (e == OK)
		e = rehab_meeting_close(r->c, m.row.pid);
	if (page_is_input(e))
		return show(r, &m, e);
	TRY(e);
	return res_done(r, "finished", "/rehab-meetings/%s", m.row.pid);
}

err page_rehab_meeting_take(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "note", .label = "計画への引き継ぎ", .kind = FORMIN_LINES, .max = 4000}};
	struct rehab_meeting_view m;
	TRY(open_meeting(r, &m));
	err e = formin_read(r, fields, FORMIN_N(fields));
	if (e == OK)
		e = rehab_meeting_take(r->c, m.row.pid, req_field(r, "note"));
	if (page_is_input(e))
		return show(r, &m, e);
	TRY(e);
	return res_done(r, "saved", "/rehab-meetings/%s", m.row.pid);
}

err page_rehab_meeting_print(struct req *r)
{
	struct rehab_meeting_view m;
	const char *bytes;
	size_t n;
	TRY(open_meeting(r, &m));
	look_as(r, ACTION_PRINT);
	TRY(rehab_paper_meeting(r->c, m.row.pid, &bytes, &n));
	return res_pdf(r, bytes, n, "rehab-kaigi.pdf");
}

static err bin_of(struct req *r, struct rehab_meeting_view *m, struct record_bin *b)
{
	TRY(open_meeting(r, m));
	if (!m->may_write)
		return ERR_DENIED;
	*b = (struct record_bin){.title = "リハビリテーション会議をごみ箱へ移す", .person_pid = m->person_pid, .path = arena_fmt(r->arena, "/rehab-meetings/%s", m->row.pid),
		.back_path = arena_fmt(r->arena, "/persons/%s/rehab", m->person_pid), .sentence = "まちがって記録した会議をごみ箱へ移します。", .more = "30日のあいだは元に戻せます。"};
	return OK;
}

err page_rehab_meeting_retire_ask(struct req *r)
{
	struct rehab_meeting_view m;
	struct record_bin b;
	TRY(bin_of(r, &m, &b));
	return record_bin_ask(r, &b, OK);
}

err page_rehab_meeting_retire(struct req *r)
{
	struct rehab_meeting_view m;
	struct record_bin b;
	TRY(bin_of(r, &m, &b));
	return record_bin_put(r, &b, m.row.pid, rehab_meeting_retire);
}
