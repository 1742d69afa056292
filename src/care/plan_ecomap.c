#include "care/plan_ecomap.h"

#include "access/policy.h"
#include "base/str.h"
#include "care/ecomap.h"
#include "register/org.h"
#include "store/tx.h"

static const char *name_of(const struct t_plan_service *s) { return !str_blank(s->office) ? s->office : s->type; }

/* The same organisation or name as one before. */
static bool offered(const struct plan_offer *v, size_t n, const struct t_plan_service *s, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if ((s->org_id != INT_NULL && v[i].s->org_id == s->org_id) || str_eq(v[i].name, name))
			return true;
	return false;
}

err plan_ecomap_offers(struct ctx *c, const struct plan_tree *t, struct plan_offer **v, size_t *n)
{
	*n = 0;
	*v = ARENA_ARRAY(c->arena, t->n_services + 1, struct plan_offer);
	if (policy_check(c, t->plan.person_id, CLASS_FAMILY, ACTION_WRITE) != OK)
		return OK;
	for (size_t i = 0; i < t->n_services; i++) {
		const struct t_plan_service *s = &t->services[i];
		const char *name = name_of(s);
		bool exists;
		if (str_blank(name) || str_eq(s->actor, "family") || str_eq(s->actor, "self") || offered(*v, *n, s, name))
			continue;
		TRY(ecomap_offer(c, t->plan.person_id, s->org_id, name, &exists));
		if (!exists)
			(*v)[(*n)++] = (struct plan_offer){s, name, str_blank(s->office) || str_blank(s->type) ? "" : s->type};
	}
	return OK;
}

static err kind_of(struct ctx *c, const struct t_plan_service *s, const char **kind)
{
	struct org o;
	*kind = str_eq(s->actor, "informal") ? "community" : "care";
	if (s->org_id == INT_NULL)
		return OK;
	TRY(org_load(c, s->org_id, &o));
	if (str_eq(org_kind_class(o.kind), "medical"))
		*kind = "medical";
	return OK;
}

struct adding {
	const char *plan_pid;
	const char *const *pids;
	size_t n;
};

static err add_one(struct ctx *c, const struct plan_tree *t, const struct plan_offer *o)
{
	const char *kind;
	struct row_conflict *conflict = NULL;
	TRY(kind_of(c, o->s, &kind));
	return ecomap_node_save_act(c, t->person_pid, &(struct ecomap_node_input){.pid = "", .org_id = o->s->org_id, .relation_pid = "", .label = o->name, .kind = kind,
		.note = o->what, .from_on = o->s->from_on != CIVIL_NONE && o->s->from_on <= c->today ? o->s->from_on : c->today, .to_on = CIVIL_NONE, .strength = "normal", .flow = "in"}, &conflict);
}

static err add_tx(struct ctx *c, void *arg)
{
	const struct adding *a = arg;
	struct plan_tree t;
	struct plan_offer *v;
	size_t n;
	TRY(plan_get(c, a->plan_pid, &t));
	TRY(policy_check(c, t.plan.person_id, CLASS_FAMILY, ACTION_WRITE));
	TRY(plan_ecomap_offers(c, &t, &v, &n));
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < a->n; k++)
			if (str_eq(a->pids[k], v[i].s->pid)) {
				TRY(add_one(c, &t, &v[i]));
				break;
			}
	return OK;
}

err plan_ecomap_add(struct ctx *c, const char *plan_pid, const char *const *service_pids, size_t n)
{
	return tx_run(c, add_tx, &(struct adding){plan_pid, service_pids, n});
}
