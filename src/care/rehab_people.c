#include "care/rehab_people.h"

#include "access/policy.h"
#include "base/str.h"
#include "care/plan.h"
#include "register/org.h"
#include "register/person.h"
#include "register/relation.h"
#include "register/staff.h"
#include "sql/q_meeting.h"

enum { MOST = 400, ORGS = 24, STAFF_OF_ORG = 60 };

struct people {
	struct ctx *c;
	struct rehab_candidate *v;
	size_t n;
	int64_t orgs[ORGS];
	size_t n_orgs;
};

static struct rehab_candidate *add(struct people *p, const char *key, const char *label, const char *role, const char *org_name, const char *name)
{
	if (p->n == MOST)
		return NULL;
	struct rehab_candidate *x = &p->v[p->n++];
	*x = (struct rehab_candidate){key, label, role, org_name, name, INT_NULL, INT_NULL, INT_NULL};
	return x;
}

static void add_org(struct people *p, int64_t org_id)
{
	if (org_id == INT_NULL || org_id <= 0 || p->n_orgs == ORGS)
		return;
	for (size_t i = 0; i < p->n_orgs; i++)
		if (p->orgs[i] == org_id)
			return;
	p->orgs[p->n_orgs++] = org_id;
}

static err family(struct people *p, int64_t person_id)
{
	struct relation_view *v;
	size_t n;
	err e = relation_list(p->c, person_id, &v, &n);
	if (e == ERR_DENIED || e == ERR_NOTFOUND)
		return OK;
	TRY(e);
	for (size_t i = 0; i < n; i++) {
		if (v[i].deceased || v[i].is_back)
			continue;
		struct rehab_candidate *x = add(p, arena_fmt(p->c->arena, "kin-%s", v[i].row.pid), arena_fmt(p->c->arena, "家族・知人: %s %s", v[i].label, v[i].name), "family", v[i].label, v[i].name);
		if (x)
			x->relation_id = v[i].row.id;
	}
	return OK;
}

static err doctor(struct people *p, int64_t person_id)
{
	struct q_meeting_doctor_row r;
	bool found;
	TRY(q_meeting_doctor(p->c, &(struct q_meeting_doctor_in){.person_id = person_id}, &r, &found));
	if (found)
		(void)add(p, "doctor", arena_fmt(p->c->arena, "主治医: %s", r.doctor), "doctor", "", r.doctor);
	return OK;
}

/* The organisations around the person: whose conference it is, mine, the care manager's, that of the course, those of the plan. */
static err offices(struct people *p, const struct t_rehab_meeting *row)
{
	struct rehab_manager m;
	struct plan_tree t;
	bool found;
	add_org(p, row->org_id);
	add_org(p, p->c->actor.org_id);
	TRY(rehab_manager_of(p->c, row->person_id, &m));
	if (m.found)
		add_org(p, m.org_id);
	if (row->goal_id != INT_NULL) {
		struct t_rehab_goal g;
		TRY(row_load(p->c, &T_rehab_goal, row->goal_id, &g));
		add_org(p, g.provider_org_id);
	}
	TRY(plan_current(p->c, row->person_id, NULL, p->c->today, &t, &found));
	for (size_t i = 0; found && i < t.n_services; i++)
		add_org(p, t.services[i].org_id);
	return OK;
}

/* What a post says of the profession; the licence says more and is asked when somebody is chosen. */
static const char *role_of_post(const char *post)
{
	static const char *const of[][2] = {{"phn", "phn"}, {"cm", "care_manager"}, {"chief_cm", "care_manager"}, {"prevention", "care_manager"}, {"provider", "provider"}};
	for (size_t i = 0; i < sizeof of / sizeof of[0]; i++)
		if (str_eq(of[i][0], post))
			return of[i][1];
	return "";
}

static err staff(struct people *p, int64_t org_id)
{
	struct org o;
	struct staff_row *v;
	size_t n;
	if (org_load(p->c, org_id, &o) != OK || o.is_retired)
		return OK;
	TRY(staff_list(p->c, &(struct staff_filter){.org_id = org_id, .on = p->c->today, .limit = STAFF_OF_ORG}, &v, &n));
	struct rehab_candidate *x = add(p, arena_fmt(p->c->arena, "org-%s", o.pid), arena_fmt(p->c->arena, "%s（担当者は書く）", o.name), "", o.name, "");
	if (x)
		x->org_id = org_id;
	for (size_t i = 0; i < n; i++) {
		x = add(p, arena_fmt(p->c->arena, "staff-%s-%s", v[i].pid, o.pid), arena_fmt(p->c->arena, "%s: %s", o.name, v[i].name), role_of_post(v[i].role), o.name, v[i].name);
		if (x) {
			x->staff_id = v[i].id;
			x->org_id = org_id;
		}
	}
	return OK;
}

static bool has_ids(const struct t_rehab_meeting_member *m) { return m->staff_id != INT_NULL || m->member_org_id != INT_NULL || m->relation_id != INT_NULL; }

static bool same(const struct rehab_candidate *x, const struct t_rehab_meeting_member *m)
{
	return x->staff_id == m->staff_id && x->org_id == m->member_org_id && x->relation_id == m->relation_id;
}

const char *rehab_people_key(const struct rehab_candidate *v, size_t n, const struct t_rehab_meeting_member *m)
{
	for (size_t i = 0; has_ids(m) && i < n; i++)
		if (same(&v[i], m))
			return v[i].key;
	return "";
}

err rehab_people(struct ctx *c, const struct t_rehab_meeting *row, const struct t_rehab_meeting_member *members, size_t n_members, struct rehab_candidate **v, size_t *n)
{
	struct people *p = ARENA_NEW(c->arena, struct people);
	struct person who;
	TRY(policy_check(c, row->person_id, CLASS_CARE, ACTION_WRITE));
	*p = (struct people){.c = c, .v = ARENA_ARRAY(c->arena, MOST, struct rehab_candidate)};
	TRY(person_load(c, row->person_id, &who));
	(void)add(p, "self", arena_fmt(c->arena, "本人: %s", who.name), "self", "", who.name);
	TRY(family(p, row->person_id));
	TRY(doctor(p, row->person_id));
	TRY(offices(p, row));
	for (size_t i = 0; i < p->n_orgs; i++)
		TRY(staff(p, p->orgs[i]));
	for (size_t i = 0; i < n_members; i++) {
		const struct t_rehab_meeting_member *m = &members[i];
		if (!has_ids(m) || *rehab_people_key(p->v, p->n, m))
			continue;
		struct rehab_candidate *x = add(p, arena_fmt(c->arena, "kept-%s", m->pid), arena_fmt(c->arena, "%s %s（記録のまま）", m->org_name, m->name), m->role, m->org_name, m->name);
		if (x) {
			x->staff_id = m->staff_id;
			x->org_id = m->member_org_id;
			x->relation_id = m->relation_id;
		}
	}
	*v = p->v;
	*n = p->n;
	return OK;
}

/* ---- a choice ---------------------------------------------------------------------------------------------------------- */

static err role_of(struct ctx *c, const struct rehab_candidate *x, const char **role)
{
	static const char *const of[][2] = {{"doctor", "doctor"}, {"dentist", "dentist"}, {"pt", "pt"}, {"ot", "ot"}, {"st", "st"}, {"chief_cm", "care_manager"}, {"cm", "care_manager"}, {"phn", "phn"},
		{"nurse", "nurse"}, {"assistant_nurse", "nurse"}, {"dietitian", "dietitian"}, {"dental_hygienist", "hygienist"}, {"care_worker", "carer"}};
	struct staff_licence *l;
	size_t n;
	*role = *x->role ? x->role : x->staff_id != INT_NULL ? "other" : x->org_id != INT_NULL ? "provider" : "other";
	if (x->staff_id == INT_NULL)
		return OK;
	TRY(staff_licence_list(c, x->staff_id, &l, &n));
	for (size_t k = 0; k < sizeof of / sizeof of[0]; k++)
		for (size_t i = 0; i < n; i++)
			if (str_eq(l[i].profession, of[k][0])) {
				*role = of[k][1];
				return OK;
			}
	return OK;
}

static void as_written(struct t_rehab_meeting_member *x) { x->staff_id = x->member_org_id = x->relation_id = INT_NULL; }

err rehab_people_pick(struct ctx *c, const struct rehab_candidate *v, size_t n, const char *key, const struct t_rehab_meeting_member *was, size_t i, struct t_rehab_meeting_member *x)
{
	const struct rehab_candidate *k = NULL;
	if (str_blank(key)) {
		as_written(x);
		return OK;
	}
	for (size_t j = 0; j < n && !k; j++)
		if (str_eq(v[j].key, key))
			k = &v[j];
	if (!k)
		return fault_add(c, arena_fmt(c->arena, "pick_%zu", i), ERR_NOT_CHOICE, "構成員%zuの「名簿から選ぶ」を一覧から選び直してください。", i + 1);
	if (str_blank(x->role))
		TRY(role_of(c, k, &x->role));
	if (was && has_ids(was) && same(k, was)) { /* chosen before: words changed by hand are nobody of the register */
		bool kept = str_eq(x->org_name, was->org_name) && (str_eq(x->name, was->name) || !*k->name);
		if (!kept)
			as_written(x);
		return OK;
	}
	x->staff_id = k->staff_id;
	x->member_org_id = k->org_id;
	x->relation_id = k->relation_id;
	if (*k->org_name || *k->name)
		x->org_name = k->org_name;
	if (*k->name)
		x->name = k->name;
	return OK;
}
