/* 目標か終わりのないリハビリ: plan services and recorded courses that lack either (C-203). */
#include "base/house.h"
#include "base/str.h"
#include "care/rehab_goal.h"
#include "care/rehab_own.h"
#include "law/codes.h"
#include "register/person.h"
#include "access/policy.h"
#include "sql/q_rehab.h"

#include <stdlib.h>

struct gathering {
	struct rehab_unset_row *v;
	const char **types;
	size_t n, cap;
	int64_t person; /* INT_NULL: everybody */
	int long_months;
	bool more;
};

static int months_between(civil from, civil to)
{
	int n = 0;
	if (from == CIVIL_NONE || from > to)
		return from == CIVIL_NONE ? -1 : 0;
	while (civil_add_months(from, n + 1) <= to)
		n++;
	return n;
}

static void add(struct ctx *c, struct gathering *g, const struct rehab_unset_row *r, const char *type)
{
	if (g->n == g->cap) {
		g->more = true;
		return;
	}
	struct rehab_unset_row *x = &g->v[g->n];
	g->types[g->n++] = type;
	*x = *r;
	x->type_label = rehab_type_label(c, type);
	x->months = months_between(x->since, c->today);
	x->is_long = x->months >= g->long_months;
}

static bool listed(const struct gathering *g, int64_t person, const char *type)
{
	for (size_t i = 0; i < g->n; i++)
		if (g->v[i].person_id == person && str_eq(g->types[i], type))
			return true;
	return false;
}

static err courses(struct ctx *c, struct gathering *g)
{
	struct q_rehab_unset_goal_row *r;
	size_t n;
	TRY(q_rehab_unset_goal(c, &(struct q_rehab_unset_goal_in){.person_id = g->person, .limit = REHAB_UNSET_MOST + 1}, &r, &n));
	for (size_t i = 0; i < n; i++) {
		struct q_rehab_service_since_row since = {CIVIL_NONE};
		if (r[i].started_on == CIVIL_NONE)
			TRY(q_rehab_service_since(c, &(struct q_rehab_service_since_in){.cluster_id = r[i].cluster_id, .type_code = r[i].type_code}, &since));
		add(c, g, &(struct rehab_unset_row){.person_id = r[i].person_id, .person_pid = r[i].person_pid, .person_name = r[i].person_name, .office = r[i].provider_name ? r[i].provider_name : r[i].provider,
			.goal_pid = r[i].goal_pid, .service_pid = "", .since = r[i].started_on != CIVIL_NONE ? r[i].started_on : since.since, .no_goal = !r[i].has_goal, .no_end = !r[i].has_end}, r[i].type_code);
	}
	return OK;
}

/* Of plans in force, each kind once for a person. One with a course of its own is not here. */
static err services(struct ctx *c, struct gathering *g, const char *type)
{
	struct q_rehab_unset_service_row *r;
	size_t n;
	TRY(q_rehab_unset_service(c, &(struct q_rehab_unset_service_in){.type_code = type, .person_id = g->person, .limit = 2 * REHAB_UNSET_MOST}, &r, &n));
	for (size_t i = 0; i < n; i++) {
		struct q_rehab_service_since_row since;
		if (listed(g, r[i].person_id, type))
			continue;
		TRY(q_rehab_service_since(c, &(struct q_rehab_service_since_in){.cluster_id = r[i].cluster_id, .type_code = type}, &since));
		add(c, g, &(struct rehab_unset_row){.person_id = r[i].person_id, .person_pid = r[i].person_pid, .person_name = r[i].person_name, .office = r[i].office_name ? r[i].office_name : r[i].office,
			.goal_pid = "", .service_pid = r[i].service_pid, .since = since.since, .no_goal = true, .no_end = true}, type);
	}
	return OK;
}

static int longest(const void *a, const void *b)
{
	const struct rehab_unset_row *x = a, *y = b;
	if (x->since != y->since)
		return x->since == CIVIL_NONE ? 1 : y->since == CIVIL_NONE ? -1 : x->since < y->since ? -1 : 1;
	return x->person_id < y->person_id ? -1 : x->person_id > y->person_id;
}

static err gather(struct ctx *c, int64_t person, struct rehab_unset_row **v, size_t *n, bool *more)
{
	struct gathering g = {.cap = REHAB_UNSET_MOST, .person = person};
	size_t n_types;
	g.v = ARENA_ARRAY(c->arena, g.cap + 1, struct rehab_unset_row);
	g.types = ARENA_ARRAY(c->arena, g.cap + 1, const char *);
	TRY(rehab_number(c, "rehab_long_months", &g.long_months));
	TRY(courses(c, &g));
	const struct law_code **types = law_code_list(c->house->law, c->arena, "rehab_service", c->today, &n_types);
	for (size_t i = 0; i < n_types; i++)
		TRY(services(c, &g, types[i]->code));
	qsort(g.v, g.n, sizeof *g.v, longest);
	*v = g.v;
	*n = g.n;
	*more = g.more;
	return OK;
}

err rehab_unset_list(struct ctx *c, struct rehab_unset_row **v, size_t *n, bool *more) { return gather(c, INT_NULL, v, n, more); }

err rehab_unset_of(struct ctx *c, const char *person_pid, struct rehab_unset_row **v, size_t *n)
{
	int64_t person;
	bool more;
	TRY(person_id(c, person_pid, &person));
	TRY(policy_check(c, person, CLASS_CARE, ACTION_SEE));
	return gather(c, person, v, n, &more);
}
