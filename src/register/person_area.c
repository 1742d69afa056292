#include "register/person_area.h"

#include "base/str.h"
#include "register/grant.h"
#include "register/person.h"
#include "sql/q_register_org.h"
#include "sql/q_register_person.h"
#include "sql/tables.h"

void person_area_of_row(const struct t_person *p, int64_t a[AREA_SLOTS])
{
	a[AREA_SLOT_ZONE] = p->area_id;
	a[AREA_SLOT_ELEMENTARY] = p->elementary_area_id;
	a[AREA_SLOT_JUNIOR] = p->junior_area_id;
	a[AREA_SLOT_MINSEI] = p->minsei_area_id;
	a[AREA_SLOT_DISTRICT] = p->district_area_id;
}

void person_area_to_row(const int64_t a[AREA_SLOTS], struct t_person *p)
{
	p->area_id = a[AREA_SLOT_ZONE];
	p->elementary_area_id = a[AREA_SLOT_ELEMENTARY];
	p->junior_area_id = a[AREA_SLOT_JUNIOR];
	p->minsei_area_id = a[AREA_SLOT_MINSEI];
	p->district_area_id = a[AREA_SLOT_DISTRICT];
}

static int relation_of(const char *role)
{
	return str_eq(role, "charge") ? RELATION_AREA : str_eq(role, "branch") ? RELATION_BRANCH : 0;
}

/* The grants of everybody who serves the area now or later, for one new row. */
static err grants_of_row(struct ctx *c, int64_t person_id, int64_t area_id, int64_t row_id)
{
	struct q_org_area_list_row *r;
	size_t n;
	TRY(q_org_area_list(c, &(struct q_org_area_list_in){.org_id = INT_NULL, .area_id = area_id, .on_day = CIVIL_NONE, .until_open = true,
		.from_day = c->today}, &r, &n));
	for (size_t i = 0; i < n; i++) {
		int relation = relation_of(r[i].role);
		if (!relation)
			continue;
		civil from = r[i].from_on == CIVIL_NONE || r[i].from_on < c->today ? c->today : r[i].from_on;
		TRY(grant_write(c, &(struct grant_new){.org_id = r[i].org_id, .person_id = person_id, .relation = relation, .from_on = from,
			.to_on = r[i].to_on, .via_table = "person_area", .via_id = row_id}));
	}
	return OK;
}

static err end_row(struct ctx *c, const struct q_person_area_open_row *r)
{
	TRY(grant_end(c, "person_area", r->id, c->today, NULL));
	if (r->from_on >= c->today)
		return q_person_area_drop(c, &(struct q_person_area_drop_in){.id = r->id}, NULL);
	return q_person_area_end(c, &(struct q_person_area_end_in){.id = r->id, .to_on = c->today - 1}, NULL);
}

err person_area_set(struct ctx *c, int64_t person_id, const int64_t area_id[AREA_SLOTS], bool is_manual)
{
	struct q_person_area_open_row *open;
	size_t n;
	TRY(q_person_area_open(c, &(struct q_person_area_open_in){.person_id = person_id, .on_day = c->today}, &open, &n));
	for (int s = 0; s < AREA_SLOTS; s++) {
		const char *level = area_slot_level((enum area_slot)s);
		bool stays = false;
		for (size_t i = 0; i < n; i++)
			if (str_eq(open[i].level, level) && open[i].area_id == area_id[s])
				stays = true;
			else if (str_eq(open[i].level, level))
				TRY(end_row(c, &open[i]));
		if (stays || area_id[s] == INT_NULL)
			continue;
		struct q_person_area_insert_row row;
		TRY(q_person_area_insert(c, &(struct q_person_area_insert_in){.person_id = person_id, .level = level, .area_id = area_id[s],
			.from_on = c->today, .is_manual = is_manual}, &row));
		TRY(grants_of_row(c, person_id, area_id[s], row.id));
	}
	return OK;
}

err person_area_grants(struct ctx *c, int64_t area_id, int64_t org_id, const char *role, civil from_on, civil to_on, int64_t *n)
{
	int relation = relation_of(role);
	*n = 0;
	if (!relation)
		return OK;
	return q_area_grant_add(c, &(struct q_area_grant_add_in){.area_id = area_id, .org_id = org_id, .role_classes = ROLE_CLASS_ALL,
		.classes = relation_usual_classes(relation), .relation = relation,
		.from_on = from_on == CIVIL_NONE ? civil_from(1900, 1, 1) : from_on, .to_on = to_on}, n);
}

err person_area_grants_end(struct ctx *c, int64_t area_id, int64_t org_id, const char *role, civil last_on)
{
	int relation = relation_of(role);
	if (!relation)
		return OK;
	TRY(q_area_grant_drop(c, &(struct q_area_grant_drop_in){.area_id = area_id, .org_id = org_id, .relation = relation, .last_on = last_on}, NULL));
	return q_area_grant_end(c, &(struct q_area_grant_end_in){.area_id = area_id, .org_id = org_id, .relation = relation, .last_on = last_on}, NULL);
}

err person_area_list(struct ctx *c, int64_t person_id, struct person_area **v, size_t *n)
{
	struct q_person_area_list_row *r;
	TRY(policy_check(c, person_id, CLASS_NAMECARD, ACTION_SEE));
	TRY(q_person_area_list(c, &(struct q_person_area_list_in){.person_id = person_id}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n ? *n : 1, struct person_area);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct person_area){r[i].level, r[i].area_name, r[i].area_code, r[i].area_id, r[i].from_on, r[i].to_on, r[i].is_manual};
	return OK;
}
