/* Whom to call: who was called to the meeting it was copied from (F051), the offices of the plan it is about (else the one in force), the doctor, the family, the centre of the area.
 * What the actor may not see is left out; nothing is guessed. */
#include "access/policy.h"
#include "base/str.h"
#include "care/meeting.h"
#include "care/plan.h"
#include "register/org.h"
#include "register/person.h"
#include "register/relation.h"
#include "sql/q_meeting.h"

struct proposing {
	struct ctx *c;
	const struct t_care_meeting *m;
	struct t_care_meeting_member v[60]; /* as many as the form takes */
	size_t n;
};

static struct t_care_meeting_member *add(struct proposing *p, const char *kind, const char *org_role, const char *name)
{
	if (p->n == sizeof p->v / sizeof p->v[0])
		return NULL;
	for (size_t i = 0; i < p->n; i++) /* called already: as in the meeting before */
		if (str_eq(p->v[i].kind, kind) && str_eq(p->v[i].org_role, org_role) && (str_blank(name) || str_eq(p->v[i].name, name)))
			return NULL;
	struct t_care_meeting_member *x = &p->v[p->n++];
	row_init(&T_care_meeting_member, x);
	x->person_id = p->m->person_id;
	x->meeting_id = p->m->id;
	x->no = (int64_t)p->n;
	x->kind = kind;
	x->org_role = org_role;
	x->name = name;
	return x;
}

static void reach(struct ctx *c, struct t_care_meeting_member *x, int64_t org_id)
{
	struct org o;
	if (!x || org_id == INT_NULL || org_load(c, org_id, &o) != OK)
		return;
	x->org_id = org_id;
	x->phone = str_or(o.phone, "");
	x->fax = str_or(o.fax, "");
}

/* The people of the meeting before, with where to reach them; whether they come is not known yet. */
static err as_before(struct proposing *p)
{
	struct q_meeting_members_row *ids;
	size_t n;
	if (p->m->copied_from_id == INT_NULL)
		return OK;
	TRY(q_meeting_members(p->c, &(struct q_meeting_members_in){.meeting_id = p->m->copied_from_id}, &ids, &n));
	for (size_t i = 0; i < n; i++) {
		struct t_care_meeting_member was;
		TRY(row_load(p->c, &T_care_meeting_member, ids[i].id, &was));
		struct t_care_meeting_member *x = add(p, was.kind, was.org_role, was.name);
		if (!x)
			continue;
		x->copied_from_id = was.id;
		x->org_id = was.org_id;
		x->phone = was.phone;
		x->fax = was.fax;
	}
	return OK;
}

static err offices(struct proposing *p)
{
	struct plan_tree t;
	bool found = p->m->plan_id != INT_NULL;
	if (policy_check(p->c, p->m->person_id, CLASS_CARE, ACTION_SEE) != OK)
		return OK;
	if (found)
		TRY(plan_load(p->c, p->m->plan_id, &t));
	else
		TRY(plan_current(p->c, p->m->person_id, NULL, p->c->today, &t, &found));
	for (size_t i = 0; found && i < t.n_services; i++) {
		const struct t_plan_service *s = &t.services[i];
		bool there = str_blank(s->office) || str_eq(s->actor, "family") || str_eq(s->actor, "self");
		for (size_t k = 0; k < p->n && !there; k++)
			there = s->org_id != INT_NULL ? p->v[k].org_id == s->org_id : str_starts(p->v[k].org_role, s->office);
		if (there)
			continue;
		const char *role = str_blank(s->type) ? s->office : arena_fmt(p->c->arena, "%s（%s）", s->office, s->type);
		reach(p->c, add(p, str_eq(s->actor, "informal") ? "helper" : "provider", role, ""), s->org_id);
	}
	return OK;
}

static err doctor(struct proposing *p)
{
	struct q_meeting_doctor_row r;
	bool found;
	TRY(q_meeting_doctor(p->c, &(struct q_meeting_doctor_in){.person_id = p->m->person_id}, &r, &found));
	if (found)
		(void)add(p, "doctor", arena_fmt(p->c->arena, "%s（主治医）", r.doctor), "");
	return OK;
}

static err family(struct proposing *p)
{
	struct relation_view *v;
	size_t n;
	err e = relation_list(p->c, p->m->person_id, &v, &n);
	if (e == ERR_DENIED || e == ERR_NOTFOUND)
		return OK;
	TRY(e);
	for (size_t i = 0; i < n; i++) {
		if (v[i].deceased || !(v[i].row.is_key_person || v[i].row.is_main_carer))
			continue;
		struct t_care_meeting_member *x = add(p, "family", arena_fmt(p->c->arena, "家族（%s）", v[i].label), v[i].name);
		if (x)
			x->phone = str_or(v[i].phone, "");
	}
	return OK;
}

static err centre(struct proposing *p)
{
	struct org_filter f = ORG_ALL();
	struct person who;
	struct org own, *o;
	size_t n;
	TRY(org_load(p->c, p->m->org_id, &own));
	TRY(person_load(p->c, p->m->person_id, &who));
	f.kind_class = "centre";
	f.area_id = who.area_id[AREA_SLOT_ZONE];
	f.on = p->c->today;
	f.limit = 1;
	if (str_eq(org_kind_class(own.kind), "centre") || f.area_id == INT_NULL)
		return OK;
	TRY(org_list(p->c, &f, &o, &n));
	bool there = false;
	for (size_t i = 0; n && i < p->n; i++)
		there = there || p->v[i].org_id == o[0].id;
	if (n && !there)
		reach(p->c, add(p, "centre", o[0].name, ""), o[0].id);
	return OK;
}

err meeting_propose(struct ctx *c, const struct t_care_meeting *row)
{
	struct proposing *p = ARENA_NEW(c->arena, struct proposing);
	*p = (struct proposing){.c = c, .m = row};
	TRY(as_before(p));
	TRY(offices(p));
	TRY(doctor(p));
	TRY(family(p));
	TRY(centre(p));
	for (size_t i = 0; i < p->n; i++)
		TRY(row_insert(c, &T_care_meeting_member, &p->v[i]));
	return OK;
}
