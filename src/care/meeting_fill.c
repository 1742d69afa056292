#include "care/meeting_fill.h"

#include "access/policy.h"
#include "base/str.h"
#include "care/inquiry.h"
#include "care/printables_of.h"
#include "register/org.h"

static civil day_of(const struct ctx *c, civil day) { return day == CIVIL_NONE ? c->today : day; }

err meeting_source(struct ctx *c, const struct meeting_view *v, struct view_source *s)
{
	struct fill *f = ARENA_NEW(c->arena, struct fill);
	struct t_care_meeting m = v->row;
	struct t_care_meeting_member *here = ARENA_ARRAY(c->arena, v->n_members + 1, struct t_care_meeting_member);
	size_t n = 0;
	for (size_t i = 0; i < v->n_members; i++)
		if (str_eq(v->members[i].attend, "came") || str_eq(v->members[i].attend, "online"))
			here[n++] = v->members[i];
	m.held_no = v->no;
	TRY(fill_begin(c, "kyotaku-4", day_of(c, m.held_on), m.person_id, f));
	TRY(fill_register(f, day_of(c, m.held_on)));
	TRY(fill_row(f, &T_care_meeting, &m));
	TRY(fill_rows(f, "care_meeting_member", &T_care_meeting_member, here, n));
	*s = (struct view_source){.f = f, .table_name = "care_meeting", .row_id = m.id, .row_version = m.version, .notice = v->is_closed ? NULL : "確定前"};
	return OK;
}

/* The sender: the office that called the meeting and whoever writes for it. */
static err fill_sender(struct fill *f, const struct t_care_meeting *m)
{
	struct org o;
	TRY(org_load(f->c, m->org_id, &o));
	TRY(fill_text(f, "staff.name", m->author_name));
	TRY(fill_text(f, "org.name", o.name));
	TRY(fill_text(f, "org.office_no", str_or(o.office_no, "")));
	TRY(fill_text(f, "org.postal", str_or(o.postal, "")));
	TRY(fill_text(f, "org.address", str_or(o.address, "")));
	TRY(fill_text(f, "org.phone", str_or(o.phone, "")));
	return fill_text(f, "org.fax", str_or(o.fax, ""));
}

err meeting_inquiry_source(struct ctx *c, const struct meeting_view *v, const struct t_care_inquiry *q, struct view_source *s)
{
	struct fill *f = ARENA_NEW(c->arena, struct fill);
	TRY(fill_begin(c, "shokai", day_of(c, q->asked_on), q->person_id, f));
	TRY(fill_register(f, day_of(c, q->asked_on)));
	TRY(fill_row(f, &T_care_inquiry, q));
	TRY(fill_sender(f, &v->row));
	if (!v->row.is_unheld && v->row.held_on != CIVIL_NONE)
		TRY(fill_day(f, "care_inquiry.meeting_on", v->row.held_on));
	*s = (struct view_source){.f = f, .table_name = "care_inquiry", .row_id = q->id, .row_version = q->version};
	return OK;
}

err meeting_paper(struct ctx *c, const char *pid, enum paper_kind kind, const char **bytes, size_t *n)
{
	struct meeting_view v;
	struct view_source s;
	TRY(meeting_get(c, pid, &v));
	TRY(meeting_source(c, &v, &s));
	return view_paper(c, &s, kind, bytes, n);
}

err meeting_inquiry_paper(struct ctx *c, const char *pid, const char *inquiry_pid, enum paper_kind kind, const char **bytes, size_t *n)
{
	struct meeting_view v;
	struct t_care_inquiry q;
	struct view_source s;
	TRY(inquiry_get(c, pid, inquiry_pid, &v, &q));
	TRY(meeting_inquiry_source(c, &v, &q, &s));
	return view_paper(c, &s, kind, bytes, n);
}

/* ---- for many people at once (care/printables), oldest first -------------------------------------------------------------- */

err printables_kyotaku_4(struct ctx *c, const struct person *p, const struct printable_period *period, struct printable_docs *out)
{
	struct meeting_view *v;
	size_t n, newest = SIZE_MAX;
	TRY(policy_check(c, p->id, CLASS_CARE, ACTION_PRINT));
	TRY(meeting_list(c, p->pid, &v, &n));
	for (size_t i = n; i-- > 0;)
		if (v[i].is_closed && printable_in(period, v[i].row.held_on))
			newest = i;
	for (size_t i = n; i-- > 0;) {
		struct view_source s;
		if (!v[i].is_closed || !printable_in(period, v[i].row.held_on) || (period->newest && i != newest))
			continue;
		TRY(meeting_source(c, &v[i], &s));
		printable_add_fill(c, out, s.f, s.notice);
	}
	return OK;
}

err printables_shokai(struct ctx *c, const struct person *p, const struct printable_period *period, struct printable_docs *out)
{
	struct meeting_view *v;
	struct view_source s, last = {0};
	size_t n;
	civil last_on = CIVIL_NONE;
	TRY(policy_check(c, p->id, CLASS_CARE, ACTION_PRINT));
	TRY(meeting_list(c, p->pid, &v, &n));
	for (size_t i = n; i-- > 0;)
		for (size_t k = 0; k < v[i].n_inquiries; k++) {
			const struct t_care_inquiry *q = &v[i].inquiries[k];
			if (q->asked_on == CIVIL_NONE || !printable_in(period, q->asked_on))
				continue;
			TRY(meeting_inquiry_source(c, &v[i], q, &s));
			if (!period->newest)
				printable_add_fill(c, out, s.f, s.notice);
			else if (last_on == CIVIL_NONE || q->asked_on >= last_on) {
				last = s;
				last_on = q->asked_on;
			}
		}
	if (last.f)
		printable_add_fill(c, out, last.f, last.notice);
	return OK;
}
