#include "care/rehab_meeting.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "care/rehab_own.h"
#include "jp/era.h"
#include "law/codes.h"
#include "register/bin.h"
#include "register/gen.h"
#include "register/person.h"
#include "register/task.h"
#include "register/timeline.h"
#include "sql/q_rehab.h"
#include "store/tx.h"

#include <stdio.h>
#include <string.h>

#define TABLE "rehab_meeting"

enum { TEXT = 4000, LINE = 200, TASK_DAYS = 7 };

/* ---- read ------------------------------------------------------------------------------------------------------------ */

static err meeting_at(struct ctx *c, const char *pid, enum action a, struct t_rehab_meeting *row)
{
	TRY(row_find(c, &T_rehab_meeting, pid, row));
	TRY(policy_check_record(c, row->person_id, CLASS_CARE, a));
	if (row->retired_ms != INT_NULL)
		return ERR_NOTFOUND;
	return OK;
}

static err members_of(struct ctx *c, struct rehab_meeting_view *v)
{
	struct q_rehab_meeting_members_row *r;
	TRY(q_rehab_meeting_members(c, &(struct q_rehab_meeting_members_in){.meeting_id = v->row.id}, &r, &v->n_members));
	v->members = ARENA_ARRAY(c->arena, v->n_members + 1, struct t_rehab_meeting_member);
	for (size_t i = 0; i < v->n_members; i++)
		TRY(row_load(c, &T_rehab_meeting_member, r[i].id, &v->members[i]));
	return OK;
}

static err view_of(struct ctx *c, struct rehab_meeting_view *v)
{
	struct q_rehab_meeting_names_row n;
	TRY(q_rehab_meeting_names(c, &(struct q_rehab_meeting_names_in){.id = v->row.id}, &n));
	v->person_pid = n.person_pid;
	v->person_name = n.person_name;
	v->org_name = n.org_name;
	v->staff_name = str_or(n.staff_name, "");
	v->goal_pid = str_or(n.goal_pid, "");
	v->goal_label = rehab_type_label(c, str_or(n.goal_type, ""));
	v->updated_by = str_or(n.updated_by, "");
	v->taken_by = str_or(n.taken_by, "");
	v->is_closed = str_eq(v->row.status, "closed");
	v->may_write = policy_check(c, v->row.person_id, CLASS_CARE, ACTION_WRITE) == OK;
	TRY(rehab_manager_of(c, v->row.person_id, &v->manager));
	int64_t taker = v->manager.found ? v->manager.org_id : v->row.org_id;
	v->may_take = v->is_closed && v->may_write && v->row.taken_on == CIVIL_NONE && taker == c->actor.org_id;
	return members_of(c, v);
}

err rehab_meeting_get(struct ctx *c, const char *pid, struct rehab_meeting_view *out)
{
	*out = (struct rehab_meeting_view){0};
	TRY(meeting_at(c, pid, ACTION_SEE, &out->row));
	return view_of(c, out);
}

err rehab_meeting_list(struct ctx *c, const char *person_pid, struct rehab_meeting_view **v, size_t *n)
{
	int64_t person;
	struct q_rehab_meeting_of_person_row *ids;
	TRY(person_id(c, person_pid, &person));
	TRY(policy_check(c, person, CLASS_CARE, ACTION_SEE));
	TRY(q_rehab_meeting_of_person(c, &(struct q_rehab_meeting_of_person_in){.person_id = person}, &ids, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct rehab_meeting_view);
	for (size_t i = 0; i < *n; i++) {
		TRY(row_load(c, &T_rehab_meeting, ids[i].id, &(*v)[i].row));
		TRY(view_of(c, &(*v)[i]));
	}
	return OK;
}

err rehab_meeting_init(struct ctx *c, const char *person_pid, const char *goal_pid, const char *kind, struct t_rehab_meeting *row)
{
	row_init(&T_rehab_meeting, row);
	TRY(person_id(c, person_pid, &row->person_id));
	TRY(policy_check(c, row->person_id, CLASS_CARE, ACTION_WRITE));
	row->org_id = c->actor.org_id;
	row->staff_id = c->actor.staff_id > 0 ? c->actor.staff_id : INT_NULL;
	row->status = "open";
	row->kind = str_blank(kind) ? "review" : kind;
	if (!str_blank(goal_pid)) {
		struct rehab_goal_view g;
		TRY(rehab_goal_get(c, goal_pid, &g));
		TRY(rehab_same_person(c, row->person_id, g.row.person_id));
		row->goal_id = g.row.id;
	}
	return OK;
}

/* ---- save ------------------------------------------------------------------------------------------------------------ */

static void check_codes(struct ctx *c, const char *field, const char *label, const char *list, const char *codes)
{
	size_t n;
	char **v = str_split(c->arena, codes, '|', &n);
	for (size_t i = 0; i < n; i++)
		if (!str_blank(v[i]) && !law_code_valid(c->house->law, list, v[i], c->today)) {
			(void)fault_add(c, field, ERR_NOT_CHOICE, "「%s」を一覧から選んでください。", label);
			return;
		}
}

static void check_member(struct ctx *c, size_t i, const struct t_rehab_meeting_member *m)
{
	const char *name = arena_fmt(c->arena, "name_%zu", i), *attend = arena_fmt(c->arena, "attend_%zu", i), *role = arena_fmt(c->arena, "role_%zu", i);
	if (!law_code_valid(c->house->law, "rehab_member", str_or(m->role, ""), c->today))
		(void)fault_add(c, role, ERR_NOT_CHOICE, "構成員%zuの「職種・立場」を一覧から選んでください。", i + 1);
	gen_check_text(c, name, arena_fmt(c->arena, "構成員%zuの氏名", i + 1), m->name, false, LINE);
	gen_check_text(c, arena_fmt(c->arena, "org_name_%zu", i), arena_fmt(c->arena, "構成員%zuの所属", i + 1), m->org_name, false, LINE);
	gen_check_text(c, arena_fmt(c->arena, "absent_reason_%zu", i), arena_fmt(c->arena, "構成員%zuの不参加の理由", i + 1), m->absent_reason, false, LINE);
	if (!str_blank(m->attend) && !law_code_valid(c->house->law, "meeting_attend", m->attend, c->today))
		(void)fault_add(c, attend, ERR_NOT_CHOICE, "構成員%zuの「出欠」を一覧から選んでください。", i + 1);
	if (str_blank(m->name) && !str_eq(m->role, "self") && !str_eq(m->role, "family") && str_blank(m->org_name))
		(void)fault_add(c, name, ERR_REQUIRED, "構成員%zuの氏名か所属を書いてください。", i + 1);
}

static err check(struct ctx *c, struct t_rehab_meeting *r, const struct child_edit *members, size_t n)
{
	size_t before = c->n_faults;
	int at;
	if (!law_code_valid(c->house->law, "rehab_meeting_kind", str_or(r->kind, ""), c->today))
		(void)fault_add(c, "kind", ERR_NOT_CHOICE, "「会議の種類」を一覧から選んでください。");
	const struct {
		const char *field, *label;
		const char **text;
		int max;
	} t[] = {{"place", "開催場所", &r->place, LINE}, {"policy", "支援方針", &r->policy, TEXT}, {"content", "リハビリテーションの内容", &r->content, TEXT},
		{"coordination", "各サービス間の協働の内容", &r->coordination, TEXT}, {"next_plan", "次回の開催予定と検討事項", &r->next_plan, TEXT},
		{"next_note", "次の場の名前", &r->next_note, LINE}, {"handover", "ケアプランへの引き継ぎ", &r->handover, TEXT}};
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
		*t[i].text = str_lf(c->arena, str_or(*t[i].text, ""));
		gen_check_text(c, t[i].field, t[i].label, *t[i].text, false, t[i].max);
	}
	check_codes(c, "next_places", "次の場", "rehab_next_place", str_or(r->next_places, ""));
	const char *times[2][2] = {{"held_from", r->held_from}, {"held_to", r->held_to}};
	for (size_t i = 0; i < 2; i++)
		if (!str_blank(times[i][1]) && !(sscanf(times[i][1], "%2d:", &at) == 1 && at < 24 && strlen(times[i][1]) == 5))
			(void)fault_add(c, times[i][0], ERR_INPUT, "「%s」は 14:00 のように入力してください。", i ? "終了時刻" : "開始時刻");
	if (!str_blank(r->held_from) && !str_blank(r->held_to) && strcmp(r->held_to, r->held_from) < 0)
		(void)fault_add(c, "held_to", ERR_INPUT, "「終了時刻」が「開始時刻」より前になっています。時刻を確かめてください。");
	for (size_t i = 0; i < n; i++)
		if (!members[i].gone)
			check_member(c, i, members[i].row);
	return c->n_faults > before ? ERR_INPUT : OK;
}

static err tell(struct ctx *c, const struct t_rehab_meeting *m)
{
	bool closed = str_eq(m->status, "closed");
	TRY(timeline_touch(c, TABLE, m->id));
	return timeline_add(c, &(struct timeline_new){.person_id = m->person_id, .at_on = m->held_on == CIVIL_NONE ? c->today : m->held_on, .kind = "rehab", .record_class = CLASS_CARE,
		.org_id = m->org_id, .title = arena_fmt(c->arena, "リハビリテーション会議（%s・%s）", law_code_label(c->house->law, "rehab_meeting_kind", m->kind), closed ? "確定" : "記録中"),
		.summary = m->policy, .table_name = TABLE, .row_id = m->id, .row_pid = m->pid});
}

struct saving {
	const char *person_pid;
	struct t_rehab_meeting *row;
	struct child_edit *members;
	size_t n;
	struct row_conflict **conflict;
	struct child_conflicts *more;
};

/* The flow's own columns are not the editor's to change. */
static void keep_flow(struct t_rehab_meeting *r, const struct t_rehab_meeting *old)
{
	r->person_id = old->person_id;
	r->org_id = old->org_id;
	r->goal_id = old->goal_id;
	r->status = old->status;
	r->held_no = old->held_no;
	r->closed_on = old->closed_on;
	r->closed_by = old->closed_by;
	r->taken_on = old->taken_on;
	r->taken_by = old->taken_by;
	r->taken_note = old->taken_note;
}

static err save_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	struct t_rehab_meeting *r = s->row, old;
	int64_t person;
	TRY(person_id(c, s->person_pid, &person));
	TRY(policy_check(c, person, CLASS_CARE, ACTION_WRITE));
	if (r->id) {
		TRY(meeting_at(c, r->pid, ACTION_WRITE, &old));
		TRY(rehab_same_person(c, person, old.person_id));
		if (str_eq(old.status, "closed"))
			return ERR_MEETING_CLOSED;
		keep_flow(r, &old);
	}
	TRY(check(c, r, s->members, s->n));
	TRY(r->id ? row_save(c, &T_rehab_meeting, r, s->conflict) : row_insert(c, &T_rehab_meeting, r));
	TRY(children_save(c, &T_rehab_meeting_member, "meeting_id", r->id, r->person_id, s->members, s->n, s->more));
	return tell(c, r);
}

err rehab_meeting_save(struct ctx *c, const char *person_pid, struct t_rehab_meeting *row, struct child_edit *members, size_t n, struct row_conflict **conflict,
                       struct child_conflicts *member_conflicts)
{
	struct row_conflict *none = NULL;
	struct child_conflicts more = {0};
	struct saving s = {person_pid, row, members, n, conflict ? conflict : &none, member_conflicts ? member_conflicts : &more};
	return tx_run(c, save_tx, &s);
}

/* ---- close ----------------------------------------------------------------------------------------------------------- */

static void need(struct ctx *c, const char *field, const char *label, const char *text)
{
	if (str_blank(text))
		(void)fault_add(c, field, ERR_REQUIRED, "「%s」が書かれていません。書いてから確定してください。", label);
}

static const char *who(struct ctx *c, const struct t_rehab_meeting_member *m)
{
	return arena_fmt(c->arena, "%s%s%s", law_code_label(c->house->law, "rehab_member", m->role), *m->name ? " " : "", m->name);
}

static void check_close(struct ctx *c, const struct rehab_meeting_view *v)
{
	const struct t_rehab_meeting *m = &v->row;
	bool end = str_eq(m->kind, "end"), next = false;
	size_t here = 0;
	if (m->held_on == CIVIL_NONE)
		(void)fault_add(c, "held_on", ERR_REQUIRED, "「開催日」を入力してください。");
	else if (m->held_on > c->today)
		(void)fault_add(c, "held_on", ERR_INPUT, "会議の日（%s）がまだ来ていません。開いた後に確定してください。", era_text(c->arena, m->held_on));
	if (!m->is_online)
		need(c, "place", "開催場所", m->place);
	need(c, "policy", "支援方針", m->policy);
	need(c, "content", "リハビリテーションの内容", m->content);
	need(c, "coordination", "各サービス間の協働の内容", m->coordination);
	for (size_t i = 0; i < v->n_members; i++) {
		const struct t_rehab_meeting_member *x = &v->members[i];
		bool absent = str_eq(x->attend, "absent");
		here += !absent && !str_blank(x->attend);
		next = next || str_eq(x->role, "next_place");
		if (str_blank(x->attend))
			(void)fault_add(c, "members", ERR_REQUIRED, "「%s」の出欠が未記入です。出席か欠席かを選んでください。", who(c, x));
		else if (absent && str_blank(x->absent_reason))
			(void)fault_add(c, "members", ERR_REQUIRED, "「%s」は欠席ですが、理由が書かれていません。不参加の理由を書いてください。", who(c, x));
	}
	if (!here)
		(void)fault_add(c, "members", ERR_REQUIRED, "出席した構成員がいません。構成員を書いてください。");
	if (!end)
		return;
	need(c, "next_places", "次の場", m->next_places);
	need(c, "handover", "ケアプランへの引き継ぎ", m->handover);
	if (!next)
		(void)fault_add(c, "members", ERR_REQUIRED, "終わる前の会議には、次の場（通いの場、総合事業など）の担当者を招きます。構成員に「次の場の担当者」を加えてください。");
}

static err tell_manager(struct ctx *c, const struct rehab_meeting_view *v)
{
	const struct t_rehab_meeting *m = &v->row;
	bool end = str_eq(m->kind, "end");
	const char *reason = end ? arena_fmt(c->arena, "終わる前の会議が確定しました。次の場: %s。ケアプランへ引き継いで、記録してください。", m->next_note)
	                         : "会議の内容を読み、居宅サービス計画・介護予防サービス計画に反映するところを確かめてください。";
	return task_put(c, &(struct task_new){.kind = "rehab", .person_id = m->person_id, .record_class = CLASS_CARE, .org_id = v->manager.found ? v->manager.org_id : m->org_id,
		.assignee_staff_id = v->manager.found ? v->manager.staff_id : 0, .due_on = c->today + TASK_DAYS,
		.title = arena_fmt(c->arena, "リハビリテーション会議の%s", end ? "引き継ぎ" : "確認"), .reason = reason, .table_name = TABLE, .row_id = m->id, .row_pid = m->pid}, NULL);
}

static err close_tx(struct ctx *c, void *arg)
{
	struct rehab_meeting_view v;
	struct q_rehab_meeting_number_row n;
	TRY(rehab_meeting_get(c, arg, &v));
	TRY(policy_check_record(c, v.row.person_id, CLASS_CARE, ACTION_WRITE));
	if (v.is_closed)
		return ERR_MEETING_CLOSED;
	size_t before = c->n_faults;
	check_close(c, &v);
	if (c->n_faults > before)
		return ERR_INPUT;
	TRY(q_rehab_meeting_number(c, &(struct q_rehab_meeting_number_in){.person_id = v.row.person_id}, &n));
	v.row.status = "closed";
	v.row.held_no = n.n + 1;
	v.row.closed_on = c->today;
	v.row.closed_by = c->actor.account_id;
	TRY(row_save(c, &T_rehab_meeting, &v.row, NULL));
	TRY(tell_manager(c, &v));
	TRY(rehab_review_by_meeting(c, &v.row));
	return tell(c, &v.row);
}

err rehab_meeting_close(struct ctx *c, const char *pid) { return tx_run(c, close_tx, (void *)pid); }

struct taking {
	const char *pid, *note;
};

static err take_tx(struct ctx *c, void *arg)
{
	const struct taking *in = arg;
	struct rehab_meeting_view v;
	TRY(rehab_meeting_get(c, in->pid, &v));
	if (!v.may_take)
		return ERR_DENIED;
	size_t before = c->n_faults;
	gen_check_text(c, "note", "計画への引き継ぎ", in->note, str_eq(v.row.kind, "end"), TEXT);
	if (c->n_faults > before)
		return ERR_INPUT;
	v.row.taken_on = c->today;
	v.row.taken_by = c->actor.account_id;
	v.row.taken_note = str_lf(c->arena, str_or(in->note, ""));
	TRY(row_save(c, &T_rehab_meeting, &v.row, NULL));
	return task_settle(c, TABLE, v.row.id, NULL, "計画への引き継ぎを記録しました");
}

err rehab_meeting_take(struct ctx *c, const char *pid, const char *note) { return tx_run(c, take_tx, &(struct taking){pid, note}); }

static err retire_tx(struct ctx *c, void *arg)
{
	const char **a = arg;
	struct t_rehab_meeting row;
	TRY(meeting_at(c, a[0], ACTION_WRITE, &row));
	return bin_put(c, &(struct bin_put){.table = &T_rehab_meeting, .row_id = row.id, .row_pid = row.pid, .person_id = row.person_id, .org_id = row.org_id, .record_class = CLASS_CARE,
		.reason = a[1], .title = "リハビリテーション会議"}, &a[2]);
}

err rehab_meeting_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid)
{
	const char *a[3] = {pid, reason, NULL};
	TRY(tx_run(c, retire_tx, a));
	if (bin_pid)
		*bin_pid = a[2];
	return OK;
}
