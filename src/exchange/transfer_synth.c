#include "exchange/transfer_synth.h"

#include "access/audit.h"
#include "base/house.h"
#include "base/str.h"
#include "exchange/transfer.h"
#include "register/grant.h"
#include "register/insurance.h"
#include "register/keys.h"
#include "register/person_area.h"
#include "sql/q_register_person.h"
#include "sql/tables.h"
#include "store/dump.h"

enum { PLACES = 64 };

struct adding {
	const struct synth_person *v;
	size_t n;
	struct known_place {
		const char *place, *town_fold;
		int64_t area_id[AREA_SLOTS];
	} known[PLACES];
	size_t n_known;
};

static err place_of(struct ctx *c, struct adding *a, const struct synth_person *p, struct known_place **out)
{
	for (size_t i = 0; i < a->n_known; i++)
		if (str_eq(a->known[i].place, p->place)) {
			*out = &a->known[i];
			return OK;
		}
	if (a->n_known == PLACES)
		a->n_known = 0;
	struct known_place *k = &a->known[a->n_known++];
	k->place = p->place;
	*out = k;
	return territory_of_address(c, p->address, c->today, k->area_id, &k->town_fold);
}

static void person_row(struct ctx *c, const struct synth_person *p, const struct known_place *k, struct t_person *r)
{
	row_init(&T_person, r);
	r->name = p->name;
	r->kana = p->kana;
	r->name_fold = keys_name(c, p->name);
	r->kana_fold = keys_name(c, p->kana);
	r->sex = p->sex;
	r->birth_on = p->birth_on;
	r->home_postal = p->postal;
	r->home_address = p->address;
	r->home_town_fold = k->town_fold;
	r->phone = p->phone;
	r->insurer_org_id = p->insurer_org_id;
	r->own_org_id = p->own_org_id;
	person_area_to_row(k->area_id, r);
}

static err add_insurance(struct ctx *c, const struct synth_person *p, int64_t person_id)
{
	struct t_person_insurance i;
	insurance_init(&i);
	i.person_id = person_id;
	i.insurer_no = p->insurer_no;
	i.insured_no = p->insured_no;
	i.category = "1";
	i.from_on = civil_attain_age(p->birth_on, 65);
	TRY(dump_insert(c, &T_person_insurance, &i));
	if (!p->level)
		return OK;
	struct t_certification k;
	row_init(&T_certification, &k);
	k.person_id = person_id;
	k.status = "certified";
	k.apply_kind = "new";
	k.level = p->level;
	k.applied_on = k.from_on = p->from_on;
	k.decided_on = p->from_on + 28;
	k.to_on = p->to_on;
	k.insurer_no = p->insurer_no;
	return dump_insert(c, &T_certification, &k);
}

static err add_one(struct ctx *c, struct adding *a, const struct synth_person *p)
{
	struct known_place *k;
	struct t_person r;
	TRY(place_of(c, a, p, &k));
	person_row(c, p, k, &r);
	TRY(dump_insert(c, &T_person, &r));
	TRY(q_person_cluster_set(c, &(struct q_person_cluster_set_in){.id = r.id, .cluster_id = r.id}, NULL));
	struct grant_new g = {.org_id = p->own_org_id, .person_id = r.id, .relation = RELATION_REGISTRAR, .from_on = CIVIL_NONE,
		.to_on = CIVIL_NONE, .via_table = "person", .via_id = r.id};
	TRY(grant_write(c, &g));
	g.org_id = p->insurer_org_id;
	g.relation = RELATION_INSURER;
	TRY(grant_write(c, &g));
	TRY(person_area_set(c, r.id, k->area_id, false));
	TRY(add_insurance(c, p, r.id));
	return keys_rebuild(c, r.id);
}

static err add_all(struct ctx *c, void *arg)
{
	struct adding *a = arg;
	a->n_known = 0;
	for (size_t i = 0; i < a->n; i++)
		TRY(add_one(c, a, &a->v[i]));
	return audit_change(c, "synth", "person", (int64_t)a->n, 0);
}

err transfer_synth_add(struct ctx *c, const struct synth_person *v, size_t n)
{
	if (!c->house || !c->house->demo)
		return ERR_DENIED;
	struct adding *a = ARENA_NEW(c->arena, struct adding);
	a->v = v;
	a->n = n;
	return transfer_batch(c, add_all, a);
}
