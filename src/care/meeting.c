#include "care/meeting.h"

#include "access/policy.h"
#include "base/buf.h"
#include "base/house.h"
#include "base/str.h"
#include "care/case.h"
#include "care/copied.h"
#include "care/plan.h"
#include "law/codes.h"
#include "register/bin.h"
#include "register/cluster.h"
#include "register/evidence.h"
#include "register/gen.h"
#include "register/org.h"
#include "register/person.h"
#include "register/staff.h"
#include "register/timeline.h"
#include "sql/q_meeting.h"
#include "store/tx.h"

/* ---- read ---------------------------------------------------------------------------------------------------------- */

static err number_of(struct ctx *c, struct meeting_view *v)
{
	const struct t_care_meeting *m = &v->row;
	struct q_meeting_number_row n;
	v->no = m->held_no;
	if (v->is_closed || m->is_unheld)
		return OK;
	TRY(q_meeting_number(c, &(struct q_meeting_number_in){.person_id = m->person_id, .before_id = m->id,
		.on_day = m->held_on == CIVIL_NONE ? c->today : m->held_on}, &n));
	v->no = n.n + 1;
	return OK;
}

static err parts_of(struct ctx *c, struct meeting_view *v)
{
	struct q_meeting_members_row *m;
	struct q_meeting_inquiries_row *q;
	TRY(q_meeting_members(c, &(struct q_meeting_members_in){.meeting_id = v->row.id}, &m, &v->n_members));
	TRY(q_meeting_inquiries(c, &(struct q_meeting_inquiries_in){.meeting_id = v->row.id}, &q, &v->n_inquiries));
	v->members = ARENA_ARRAY(c->arena, v->n_members + 1, struct t_care_meeting_member);
	v->inquiries = ARENA_ARRAY(c->arena, v->n_inquiries + 1, struct t_care_inquiry);
	for (size_t i = 0; i < v->n_members; i++)
		TRY(row_load(c, &T_care_meeting_member, m[i].id, &v->members[i]));
	for (size_t i = 0; i < v->n_inquiries; i++)
		TRY(row_load(c, &T_care_inquiry, q[i].id, &v->inquiries[i]));
	return OK;
}

/* The agenda without what meeting_absent_line wrote of those who did not come: that belongs to the meeting before alone. */
static const char *agenda_of(struct ctx *c, const char *topics)
{
	size_t n;
	struct buf b = buf_new(c->arena);
	char **v = str_split(c->arena, topics, '\n', &n);
	for (size_t i = 0; i < n; i++)
		if (!str_starts(v[i], "欠席：") && !str_starts(v[i], "照会："))
			buf_fmt(&b, "%s%s", b.n ? "\n" : "", v[i]);
	return b.n ? b.p : "";
}

err meeting_copied_from(struct ctx *c, const struct t_care_meeting *row, const struct t_care_meeting **source)
{
	void *x;
	TRY(copied_source(c, &T_care_meeting, row->copied_from_id, row->id ? row->created_ms : c->now_ms, &x));
	if (x)
		((struct t_care_meeting *)x)->topics = agenda_of(c, ((struct t_care_meeting *)x)->topics);
	*source = x;
	return OK;
}

static err sources_of(struct ctx *c, struct meeting_view *v)
{
	void *x;
	v->member_sources = ARENA_ARRAY(c->arena, v->n_members + 1, const struct t_care_meeting_member *);
	TRY(meeting_copied_from(c, &v->row, &v->source));
	for (size_t i = 0; i < v->n_members; i++) {
		const struct t_care_meeting_member *m = &v->members[i];
		TRY(copied_source(c, &T_care_meeting_member, m->copied_from_id, m->created_ms, &x));
		v->member_sources[i] = x;
	}
	return OK;
}

/* A line is untouched while office and name both are. */
bool meeting_member_untouched(const struct meeting_view *v, size_t i)
{
	const struct t_care_meeting_member *m = &v->members[i], *was = v->member_sources[i];
	return was && str_eq(m->org_role, was->org_role) && str_eq(m->name, was->name);
}

int meeting_untouched(const struct meeting_view *v)
{
	struct copied_sum s = {0};
	if (!v->source)
		return 0;
	copied_add(&s, &T_care_meeting, &v->row, v->source, "place");
	copied_add(&s, &T_care_meeting, &v->row, v->source, "topics");
	for (size_t i = 0; i < v->n_members; i++) {
		copied_add(&s, &T_care_meeting_member, &v->members[i], v->member_sources[i], "org_role");
		copied_add(&s, &T_care_meeting_member, &v->members[i], v->member_sources[i], "name");
	}
	return copied_percent(&s);
}

err meeting_view_of(struct ctx *c, struct meeting_view *v)
{
	struct q_meeting_names_row n;
	TRY(q_meeting_names(c, &(struct q_meeting_names_in){.id = v->row.id}, &n));
	v->person_pid = n.person_pid;
	v->person_name = n.person_name;
	v->org_pid = n.org_pid;
	v->org_name = n.org_name;
	v->plan_pid = str_or(n.plan_pid, "");
	v->updated_by = str_or(n.updated_by, "");
	v->closed_by = str_or(n.closed_by, "");
	v->is_prevention = !str_blank(n.plan_kind) ? str_eq(n.plan_kind, "prevention") : !str_blank(n.case_kind) && case_is_prevention(n.case_kind);
	v->is_closed = str_eq(v->row.status, "closed");
	v->may_write = policy_check(c, v->row.person_id, CLASS_MEETING, ACTION_WRITE) == OK;
	TRY(parts_of(c, v));
	TRY(sources_of(c, v));
	return number_of(c, v);
}

err meeting_open(struct ctx *c, const char *pid, enum action a, struct t_care_meeting *row)
{
	TRY(row_find(c, &T_care_meeting, pid, row));
	TRY(policy_check_record(c, row->person_id, CLASS_MEETING, a));
	if (row->retired_ms != INT_NULL)
		return ERR_NOTFOUND;
	return a == ACTION_WRITE && str_eq(row->status, "closed") ? ERR_MEETING_CLOSED : OK;
}

err meeting_get(struct ctx *c, const char *pid, struct meeting_view *out)
{
	*out = (struct meeting_view){.no = INT_NULL};
	TRY(meeting_open(c, pid, ACTION_SEE, &out->row));
	return meeting_view_of(c, out);
}

err meeting_list(struct ctx *c, const char *person_pid, struct meeting_view **v, size_t *n)
{
	int64_t person;
	struct q_meeting_of_person_row *ids;
	TRY(person_id(c, person_pid, &person));
	TRY(policy_check(c, person, CLASS_MEETING, ACTION_SEE));
	TRY(q_meeting_of_person(c, &(struct q_meeting_of_person_in){.person_id = person}, &ids, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct meeting_view);
	for (size_t i = 0; i < *n; i++) {
		(*v)[i] = (struct meeting_view){.no = INT_NULL};
		TRY(row_load(c, &T_care_meeting, ids[i].id, &(*v)[i].row));
		TRY(meeting_view_of(c, &(*v)[i]));
	}
	return OK;
}

/* ---- save ---------------------------------------------------------------------------------------------------------- */

static err same_person(struct ctx *c, int64_t a, int64_t b)
{
	struct t_person x, y;
	TRY(row_load(c, &T_person, a, &x));
	TRY(row_load(c, &T_person, b, &y));
	return x.cluster_id == y.cluster_id ? OK : ERR_NOTFOUND;
}

err meeting_init(struct ctx *c, const char *person_pid, const char *plan_pid, struct t_care_meeting *row)
{
	struct t_care_case k;
	bool found = false;
	row_init(&T_care_meeting, row);
	TRY(person_id(c, person_pid, &row->person_id));
	TRY(policy_check(c, row->person_id, CLASS_MEETING, ACTION_WRITE));
	row->org_id = c->actor.org_id;
	row->staff_id = c->actor.staff_id > 0 ? c->actor.staff_id : INT_NULL;
	row->status = "called";
	row->called_on = row->create_on = c->today;
	if (!str_blank(plan_pid)) {
		struct plan_tree t;
		TRY(plan_get(c, plan_pid, &t));
		TRY(same_person(c, row->person_id, t.plan.person_id));
		row->plan_id = t.plan.id;
		row->case_id = t.plan.case_id;
		row->person_id = t.plan.person_id;
		row->reason = str_eq(t.plan.change_kind, "first") ? "new" : "";
	} else {
		TRY(case_running(c, row->person_id, row->org_id, "", &k, &found));
		if (found)
			row->case_id = k.id;
	}
	struct staff s;
	if (row->staff_id != INT_NULL && staff_load(c, row->staff_id, &s) == OK)
		row->author_name = s.name;
	return OK;
}

err meeting_init_copy(struct ctx *c, const char *person_pid, const char *plan_pid, const char *from_pid, struct t_care_meeting *row)
{
	struct t_care_meeting from;
	TRY(meeting_init(c, person_pid, plan_pid, row));
	TRY(meeting_open(c, from_pid, ACTION_SEE, &from));
	TRY(same_person(c, row->person_id, from.person_id));
	row->copied_from_id = from.id;
	row->place = from.place;
	row->topics = agenda_of(c, from.topics);
	return OK;
}

struct saving {
	const char *person_pid;
	struct t_care_meeting *row;
	struct row_conflict **conflict;
};

static err follow_row(struct ctx *c, const struct t_care_meeting *row)
{
	struct meeting_view v = {.row = *row, .no = INT_NULL};
	TRY(meeting_view_of(c, &v));
	return meeting_follow(c, &v);
}

/* The flow's own columns are not the editor's to change. */
static void keep_flow(struct t_care_meeting *r, const struct t_care_meeting *stored)
{
	r->person_id = stored->person_id;
	r->org_id = stored->org_id;
	r->case_id = stored->case_id;
	r->copied_from_id = stored->copied_from_id;
	r->status = stored->status;
	r->held_no = stored->held_no;
	r->closed_on = stored->closed_on;
	r->closed_by = stored->closed_by;
}

static err save_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	struct t_care_meeting *r = s->row, stored;
	int64_t person;
	bool is_new = !r->id;
	TRY(person_id(c, s->person_pid, &person));
	TRY(policy_check(c, person, CLASS_MEETING, ACTION_WRITE));
	if (!is_new) {
		TRY(meeting_open(c, r->pid, ACTION_WRITE, &stored));
		TRY(same_person(c, person, stored.person_id));
		keep_flow(r, &stored);
	}
	TRY(meeting_check(c, r));
	if (!is_new)
		TRY(row_save(c, &T_care_meeting, r, s->conflict));
	else {
		TRY(row_insert(c, &T_care_meeting, r));
		TRY(meeting_propose(c, r));
	}
	TRY(timeline_touch(c, "care_meeting", r->id));
	return follow_row(c, r);
}

err meeting_save(struct ctx *c, const char *person_pid, struct t_care_meeting *row, struct row_conflict **conflict)
{
	struct row_conflict *none = NULL;
	struct saving s = {person_pid, row, conflict ? conflict : &none};
	return tx_run(c, save_tx, &s);
}

struct members {
	const char *pid;
	struct child_edit *edits;
	size_t n;
	struct child_conflicts *conflicts;
};

static void check_member(struct ctx *c, size_t i, const struct t_care_meeting_member *m)
{
	const char *role = arena_fmt(c->arena, "org_role_%zu", i), *attend = arena_fmt(c->arena, "attend_%zu", i);
	const char *kind = arena_fmt(c->arena, "kind_%zu", i);
	if (str_blank(m->org_role) && str_blank(m->name))
		(void)fault_add(c, role, ERR_REQUIRED, "「所属（職種）」か「氏名」を入力してください。");
	if (!str_blank(m->kind) && !law_code_valid(c->house->law, "meeting_member", m->kind, c->today))
		(void)fault_add(c, kind, ERR_NOT_CHOICE, "「区分」は、一覧から選んでください。");
	if (!str_blank(m->attend) && !law_code_valid(c->house->law, "meeting_attend", m->attend, c->today))
		(void)fault_add(c, attend, ERR_NOT_CHOICE, "「出欠」は、一覧から選んでください。");
	gen_check_text(c, role, "所属（職種）", m->org_role, false, 200);
	gen_check_text(c, arena_fmt(c->arena, "name_%zu", i), "氏名", m->name, false, 80);
	gen_check_text(c, arena_fmt(c->arena, "absent_reason_%zu", i), "欠席の理由", m->absent_reason, false, 500);
}

static err members_tx(struct ctx *c, void *arg)
{
	struct members *in = arg;
	struct t_care_meeting r;
	size_t before = c->n_faults;
	TRY(meeting_open(c, in->pid, ACTION_WRITE, &r));
	for (size_t i = 0; i < in->n; i++)
		if (!in->edits[i].gone)
			check_member(c, i, in->edits[i].row);
	if (c->n_faults > before)
		return ERR_INPUT;
	TRY(children_save(c, &T_care_meeting_member, "meeting_id", r.id, r.person_id, in->edits, in->n, in->conflicts));
	return follow_row(c, &r);
}

err meeting_members_save(struct ctx *c, const char *pid, struct child_edit *edits, size_t n, struct child_conflicts *conflicts)
{
	struct child_conflicts none = {0};
	struct members in = {pid, edits, n, conflicts ? conflicts : &none};
	return tx_run(c, members_tx, &in);
}

struct inviting {
	const char *pid, *org_pid;
};

static err invite_tx(struct ctx *c, void *arg)
{
	const struct inviting *in = arg;
	struct t_care_meeting r;
	struct meeting_view v = {.no = INT_NULL};
	struct t_care_meeting_member m;
	struct org o;
	TRY(meeting_open(c, in->pid, ACTION_WRITE, &r));
	v.row = r;
	TRY(meeting_view_of(c, &v));
	if (str_blank(in->org_pid))
		return fault_add(c, "org", ERR_REQUIRED, "招く機関を選んでください。");
	err e = org_get(c, in->org_pid, &o);
	if (e == ERR_NOTFOUND)
		return fault_add(c, "org", ERR_NOT_CHOICE, "招く機関は、一覧から選んでください。");
	TRY(e);
	for (size_t i = 0; i < v.n_members; i++)
		if (v.members[i].org_id == o.id)
			return fault_add(c, "org", ERR_INPUT, "その機関は、もう招いています。");
	row_init(&T_care_meeting_member, &m);
	m.person_id = r.person_id;
	m.meeting_id = r.id;
	m.no = v.n_members ? v.members[v.n_members - 1].no + 1 : 1;
	m.kind = str_eq(org_kind_class(o.kind), "centre") ? "centre" : str_eq(org_kind_class(o.kind), "cm") ? "cm" : "provider";
	m.org_id = o.id;
	m.org_role = o.name;
	m.phone = str_or(o.phone, "");
	m.fax = str_or(o.fax, "");
	TRY(row_insert(c, &T_care_meeting_member, &m));
	return follow_row(c, &r);
}

err meeting_invite(struct ctx *c, const char *pid, const char *org_pid)
{
	struct inviting in = {pid, org_pid};
	return tx_run(c, invite_tx, &in);
}

/* Text with the line once: what was told before and has grown since (an answer came) is replaced, what somebody changed stays. */
static const char *with_line(struct ctx *c, const char *text, const char *line)
{
	size_t n;
	bool there = str_blank(line);
	struct buf b = buf_new(c->arena);
	char **v = str_split(c->arena, text, '\n', &n);
	for (size_t i = 0; i < n; i++) {
		bool earlier = !there && !str_blank(v[i]) && str_starts(line, v[i]);
		there = there || earlier;
		buf_fmt(&b, "%s%s", i ? "\n" : "", earlier ? line : v[i]);
	}
	if (!there)
		buf_fmt(&b, "%s%s", b.n ? "\n" : "", line);
	return b.p ? b.p : "";
}

static err absent_tx(struct ctx *c, void *arg)
{
	const char *const *pid = arg;
	struct meeting_view v = {.no = INT_NULL};
	TRY(meeting_open(c, *pid, ACTION_WRITE, &v.row));
	TRY(meeting_view_of(c, &v));
	const char *topics = v.row.topics;
	for (size_t i = 0; i < v.n_members; i++) {
		if (!str_eq(v.members[i].attend, "absent") && !v.row.is_unheld)
			continue;
		topics = with_line(c, topics, meeting_absent_line(c, &v, &v.members[i]));
	}
	if (str_eq(topics, v.row.topics))
		return OK;
	v.row.topics = topics;
	return row_save(c, &T_care_meeting, &v.row, NULL);
}

err meeting_tell_absent(struct ctx *c, const char *pid) { return tx_run(c, absent_tx, &pid); }

/* ---- close --------------------------------------------------------------------------------------------------------- */

struct closing {
	const char *pid;
	bool accept;
};

static err close_tx(struct ctx *c, void *arg)
{
	const struct closing *in = arg;
	struct meeting_view v = {.no = INT_NULL};
	size_t before = c->n_faults;
	TRY(meeting_open(c, in->pid, ACTION_WRITE, &v.row));
	TRY(meeting_view_of(c, &v));
	meeting_check_close(c, &v);
	if (meeting_untouched(&v) > COPIED_MOST_PERCENT && !in->accept)
		(void)fault_add(c, "accept", ERR_INPUT, "前の会議から写した出席者・場所・検討した項目の%d%%が、そのままです。この会議の内容か確かめ、このままでよければ「見直しました」に印を付けて、もう一度確定してください。",
		                meeting_untouched(&v));
	if (c->n_faults > before)
		return ERR_INPUT;
	if (v.row.tv_stable) /* all three, meeting_check_close saw to it: the 第4表 says so */
		v.row.conclusion = with_line(c, v.row.conclusion, arena_fmt(c->arena,
			"テレビ電話によるモニタリングについて、状態が安定していること、意思疎通ができること、画面で分からない情報を担当者から得ることに合意した（主治医: %s）。", v.row.tv_doctor));
	v.row.held_no = v.row.is_unheld ? INT_NULL : v.no;
	v.row.status = "closed";
	v.row.closed_on = c->today;
	v.row.closed_by = c->actor.account_id;
	TRY(row_save(c, &T_care_meeting, &v.row, NULL));
	return follow_row(c, &v.row);
}

err meeting_close(struct ctx *c, const char *pid) { return meeting_close_seen(c, pid, false); }

err meeting_close_seen(struct ctx *c, const char *pid, bool accept)
{
	struct closing in = {pid, accept};
	return tx_run(c, close_tx, &in);
}

static err hide_evidence(struct ctx *c, int64_t meeting_id, bool hidden)
{
	struct q_meeting_inquiries_row *q;
	size_t n;
	TRY(q_meeting_inquiries(c, &(struct q_meeting_inquiries_in){.meeting_id = meeting_id}, &q, &n));
	for (size_t i = 0; i < n; i++)
		TRY(evidence_hide(c, "care_inquiry", q[i].id, hidden));
	return evidence_hide(c, "care_meeting", meeting_id, hidden);
}

static err reopen_tx(struct ctx *c, void *arg)
{
	const char *const *pid = arg;
	struct t_care_meeting r;
	err e = meeting_open(c, *pid, ACTION_WRITE, &r);
	if (e != ERR_MEETING_CLOSED)
		return e; /* open already: nothing to do */
	r.status = "called";
	r.held_no = INT_NULL;
	r.closed_on = CIVIL_NONE;
	r.closed_by = INT_NULL;
	TRY(row_save(c, &T_care_meeting, &r, NULL));
	TRY(hide_evidence(c, r.id, true));
	return follow_row(c, &r);
}

err meeting_reopen(struct ctx *c, const char *pid) { return tx_run(c, reopen_tx, &pid); }

/* ---- bin ----------------------------------------------------------------------------------------------------------- */

struct retiring {
	const char *pid, *reason, **bin_pid;
};

static err retire_tx(struct ctx *c, void *arg)
{
	const struct retiring *in = arg;
	struct t_care_meeting r;
	TRY(meeting_open(c, in->pid, ACTION_WRITE, &r));
	if (str_blank(in->reason))
		return fault_add(c, "reason", ERR_REQUIRED, "ごみ箱に移す理由を書いてください。");
	return bin_put(c, &(struct bin_put){.table = &T_care_meeting, .row_id = r.id, .row_pid = r.pid, .person_id = r.person_id, .org_id = r.org_id,
		.record_class = CLASS_MEETING, .reason = in->reason, .title = "サービス担当者会議"}, in->bin_pid);
}

err meeting_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid)
{
	struct retiring in = {pid, reason, bin_pid};
	return tx_run(c, retire_tx, &in);
}
