/* What follows a meeting, in its own transaction: rights of the invited, evidence, time line, task. */
#include "base/buf.h"
#include "base/house.h"
#include "base/str.h"
#include "care/cert_follow.h"
#include "care/evidence_writers.h"
#include "care/meeting.h"
#include "jp/era.h"
#include "law/codes.h"
#include "register/grant.h"
#include "register/task.h"
#include "register/timeline.h"
#include "sql/q_meeting.h"

static err follow_rights(struct ctx *c, const struct meeting_view *v)
{
	const struct t_care_meeting *m = &v->row;
	TRY(grant_end(c, "care_meeting", m->id, c->today, NULL)); /* whoever is not invited any more */
	for (size_t i = 0; i < v->n_members; i++) {
		int64_t org = v->members[i].org_id;
		if (org == INT_NULL || org == m->org_id)
			continue;
		TRY(grant_write(c, &(struct grant_new){.org_id = org, .person_id = m->person_id, .relation = RELATION_MEETING, .from_on = m->called_on,
			.to_on = v->is_closed ? m->closed_on + MEETING_AFTER_DAYS : CIVIL_NONE, .via_table = "care_meeting", .via_id = m->id}));
	}
	return OK;
}

static void who(struct buf *b, const struct t_care_meeting_member *m)
{
	buf_fmt(b, "%s%s%s%s", b->n ? "、" : "", m->org_role, *m->org_role && *m->name ? " " : "", m->name);
}

static struct evidence_new scm_evidence(struct ctx *c, const struct meeting_view *v)
{
	const struct t_care_meeting *m = &v->row;
	struct buf here = buf_new(c->arena), absent = buf_new(c->arena);
	bool online = m->online_self || m->online_family, in_place = false;
	for (size_t i = 0; i < v->n_members; i++) {
		const struct t_care_meeting_member *x = &v->members[i];
		online = online || str_eq(x->attend, "online");
		in_place = in_place || str_eq(x->attend, "came");
		who(str_eq(x->attend, "absent") ? &absent : &here, x);
		if (str_eq(x->attend, "absent"))
			buf_fmt(&absent, "（%s）", x->absent_reason);
	}
	const struct evidence_field f[] = {
		{.name = "held_on", .type = 'd', .day = m->held_on},
		{.name = "attendees", .type = 't', .text = here.p ? here.p : ""},
		{.name = "form", .type = 't', .text = !online ? "room" : in_place ? "mixed" : "video"},
		{.name = "tv_agreed", .type = 'b', .yes = m->online_agreed_on != CIVIL_NONE},
		{.name = "absentees", .type = 't', .text = absent.p ? absent.p : ""},
	};
	return (struct evidence_new){.code = "REC-SCM", .person_id = m->person_id, .org_id = m->org_id, .record_class = CLASS_MEETING,
		.on_day = m->held_on, .body = evidence_body(c, f, sizeof f / sizeof f[0])};
}

/* やむを得ない理由: why there was no meeting (13条9号ただし書). */
static struct evidence_new exc_evidence(struct ctx *c, const struct meeting_view *v)
{
	const struct t_care_meeting *m = &v->row;
	const struct evidence_field f[] = {
		{.name = "kind", .type = 't', .text = arena_fmt(c->arena, "no_meeting:%s", m->unheld_reason)},
		{.name = "from_on", .type = 'd', .day = m->called_on},
		{.name = "to_on", .type = 'd', .day = m->held_on},
		{.name = "ground", .type = 't', .text = m->unheld_note},
		{.name = "written_on", .type = 'd', .day = m->closed_on},
		{.name = "written_by", .type = 't', .text = m->author_name},
	};
	return (struct evidence_new){.code = "REC-EXC", .person_id = m->person_id, .org_id = m->org_id, .record_class = CLASS_MEETING,
		.on_day = m->held_on, .body = evidence_body(c, f, sizeof f / sizeof f[0])};
}

err inquiry_evidence(struct ctx *c, int64_t row_id)
{
	struct t_care_inquiry q;
	struct t_care_meeting m;
	TRY(row_load(c, &T_care_inquiry, row_id, &q));
	TRY(row_load(c, &T_care_meeting, q.meeting_id, &m));
	const struct evidence_field f[] = {
		{.name = "asked_on", .type = 'd', .day = q.asked_on},
		{.name = "to", .type = 't', .text = arena_fmt(c->arena, "%s%s%s", q.office, *q.office && *q.name ? " " : "", q.name)},
		{.name = "answer", .type = 't', .text = q.answer},
		{.name = "reason", .type = 't', .text = str_blank(q.reason) ? m.unheld_note : q.reason},
	};
	const struct evidence_new v = {.code = "REC-INQ", .person_id = m.person_id, .org_id = m.org_id, .record_class = CLASS_MEETING,
		.on_day = q.answered_on, .body = evidence_body(c, f, sizeof f / sizeof f[0])};
	bool told = q.asked_on != CIVIL_NONE && q.answered_on != CIVIL_NONE;
	return evidence_set(c, "care_inquiry", q.id, &v, told, q.retired_ms == INT_NULL && m.retired_ms == INT_NULL && str_eq(m.status, "closed"));
}

err meeting_follow_inquiry(struct ctx *c, const struct meeting_view *v, const struct t_care_inquiry *q)
{
	return v->is_closed ? inquiry_evidence(c, q->id) : OK;
}

static err evidence_of(struct ctx *c, const struct meeting_view *v)
{
	const struct evidence_new e = v->row.is_unheld ? exc_evidence(c, v) : scm_evidence(c, v);
	return evidence_set(c, "care_meeting", v->row.id, &e, 1, v->is_closed && v->row.retired_ms == INT_NULL);
}

err meeting_evidence(struct ctx *c, int64_t row_id)
{
	struct meeting_view v = {.no = INT_NULL};
	TRY(row_load(c, &T_care_meeting, row_id, &v.row));
	TRY(meeting_view_of(c, &v));
	return evidence_of(c, &v);
}

static err follow_evidence(struct ctx *c, const struct meeting_view *v)
{
	if (!v->is_closed)
		return OK;
	TRY(evidence_of(c, v));
	for (size_t i = 0; i < v->n_inquiries; i++)
		TRY(inquiry_evidence(c, v->inquiries[i].id));
	return OK;
}

err meeting_follow(struct ctx *c, const struct meeting_view *v)
{
	const struct t_care_meeting *m = &v->row;
	const char *name = m->is_unheld ? "サービス担当者会議に代わる照会" : "サービス担当者会議";
	const char *state = !v->is_closed ? "招集中" : m->is_unheld ? "確定" : arena_fmt(c->arena, "第%lld回", (long long)m->held_no);
	TRY(follow_rights(c, v));
	TRY(follow_evidence(c, v));
	TRY(cert_follow_person(c, m->person_id));
	TRY(timeline_add(c, &(struct timeline_new){.person_id = m->person_id, .at_on = v->is_closed ? m->held_on : m->called_on, .kind = "meeting",
		.record_class = CLASS_MEETING, .org_id = m->org_id, .title = arena_fmt(c->arena, "%s（%s）", name, state),
		.summary = str_blank(m->reason) ? NULL : law_code_label(c->house->law, "meeting_reason", m->reason), .table_name = "care_meeting",
		.row_id = m->id, .row_pid = m->pid}));
	if (v->is_closed)
		return task_settle(c, "care_meeting", m->id, NULL, "会議の記録を確定しました");
	return task_put(c, &(struct task_new){.kind = "meeting", .person_id = m->person_id, .record_class = CLASS_MEETING, .org_id = m->org_id,
		.assignee_staff_id = m->staff_id == INT_NULL ? 0 : m->staff_id, .due_on = m->held_on, .title = name,
		.reason = "会議を開いて（または照会して）要点を確定します。計画への同意は、その後です（居宅基準13条9号・10号、予防基準30条9号・10号）。",
		.table_name = "care_meeting", .row_id = m->id, .row_pid = m->pid}, NULL);
}

err meeting_follow_bin(struct ctx *c, int64_t row_id, bool alive)
{
	struct meeting_view v = {.no = INT_NULL};
	TRY(row_load(c, &T_care_meeting, row_id, &v.row));
	TRY(meeting_view_of(c, &v));
	for (size_t i = 0; i < v.n_inquiries; i++)
		TRY(inquiry_evidence(c, v.inquiries[i].id));
	TRY(cert_follow_person(c, v.row.person_id));
	return alive ? follow_rights(c, &v) : grant_end(c, "care_meeting", row_id, c->today, NULL);
}

static const char *one_line(struct ctx *c, const char *text)
{
	char *t = arena_str(c->arena, text);
	for (char *p = t; *p; p++)
		if (*p == '\n')
			*p = ' ';
	return t;
}

const char *meeting_absent_line(struct ctx *c, const struct meeting_view *v, const struct t_care_meeting_member *m)
{
	struct buf b = buf_new(c->arena);
	buf_fmt(&b, "%s：%s%s%s", str_eq(m->attend, "absent") ? "欠席" : "照会", m->org_role, *m->org_role && *m->name ? " " : "", m->name);
	if (*m->absent_reason)
		buf_fmt(&b, "（理由：%s）", one_line(c, m->absent_reason));
	bool any = *m->absent_reason != '\0';
	for (size_t i = 0; i < v->n_inquiries; i++) {
		const struct t_care_inquiry *q = &v->inquiries[i];
		if (q->member_id != m->id || q->asked_on == CIVIL_NONE)
			continue;
		any = true;
		buf_fmt(&b, " %sに%s照会「%s」", era_text(c->arena, q->asked_on), *q->how ? arena_fmt(c->arena, "%sで", law_code_label(c->house->law, "inquiry_how", q->how)) : "", one_line(c, q->question));
		if (q->answered_on != CIVIL_NONE)
			buf_fmt(&b, "、%sに回答「%s」", era_text(c->arena, q->answered_on), one_line(c, q->answer));
	}
	return any && b.p ? b.p : "";
}
