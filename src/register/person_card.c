/* The card of person.h: what the head of every page about a person shows. */
#include "base/str.h"
#include "jp/era.h"
#include "register/cluster.h"
#include "register/person_row.h"
#include "sql/q_register_org.h"
#include "sql/q_register_person.h"

static err org_name(struct ctx *c, int64_t id, const char **out)
{
	struct q_org_name_row o;
	bool found = false;
	*out = "";
	if (id != INT_NULL)
		TRY(q_org_name(c, &(struct q_org_name_in){.id = id}, &o, &found));
	if (found)
		*out = o.name;
	return OK;
}

static const char *age_text(struct ctx *c, const struct person *p)
{
	if (p->birth_on == CIVIL_NONE)
		return "";
	if (p->death_on != CIVIL_NONE)
		return arena_fmt(c->arena, "享年%d歳", civil_age(p->birth_on, p->death_on));
	return arena_fmt(c->arena, "%d歳", civil_age(p->birth_on, c->today));
}

/* The record in front; if it is in the bin, the one asked for. */
static err front_row(struct ctx *c, const struct t_person *asked, struct t_person *r)
{
	*r = *asked;
	if (asked->cluster_id == asked->id)
		return OK;
	TRY(row_load(c, &T_person, asked->cluster_id, r));
	if (r->retired_ms != INT_NULL)
		*r = *asked;
	return OK;
}

err person_open(struct ctx *c, const char *pid, struct person_card *out)
{
	struct t_person asked, r;
	struct q_person_pin_get_row pin;
	TRY(row_find(c, &T_person, pid, &asked));
	TRY(policy_visibility(c, asked.id, &out->view));
	if (out->view.namecard != VISIBILITY_OPEN)
		return ERR_NOTFOUND;
	TRY(front_row(c, &asked, &r));
	TRY(person_of_row(c, &r, &out->p));
	out->birth_text = r.birth_on == CIVIL_NONE ? r.birth_text : era_text_both(c->arena, r.birth_on);
	out->age_text = age_text(c, &out->p);
	TRY(org_name(c, r.own_org_id, &out->own_org_name));
	TRY(org_name(c, r.insurer_org_id, &out->insurer_name));
	TRY(cluster_ids(c, r.id, &out->cluster_ids, &out->n_cluster));
	TRY(q_person_pin_get(c, &(struct q_person_pin_get_in){.person_id = r.id}, &pin));
	out->is_pinned = pin.n > 0;
	return OK;
}
