#include "care/mandate.h"

#include "access/policy.h"
#include "base/str.h"
#include "sql/q_commission.h"
#include "store/revision.h"

enum { BY_OWN_RIGHT = 0x3FFFFFFF & ~RELATION_COMMISSION, BY_NO_CASE = BY_OWN_RIGHT & ~RELATION_CASE };

err mandate_person(struct ctx *c, int64_t person_id) { return policy_check_by(c, person_id, CLASS_CARE, ACTION_WRITE, BY_OWN_RIGHT); }

err mandate_case(struct ctx *c, const struct t_care_case *k)
{
	return policy_check_by(c, k->person_id, CLASS_CARE, ACTION_WRITE, k->org_id == c->actor.org_id ? BY_OWN_RIGHT : BY_NO_CASE);
}

static bool names(struct ctx *c, const char *scope, enum mandate part)
{
	static const char *const codes[] = {[MANDATE_PLAN] = "plan", [MANDATE_MONITOR] = "monitoring", [MANDATE_EVALUATE] = "evaluation"};
	size_t n;
	if (part == MANDATE_LOG)
		return true;
	char **v = str_split(c->arena, scope, '|', &n);
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i], codes[part]))
			return true;
	return false;
}

err mandate_taken(struct ctx *c, int64_t person_id, int64_t case_id, enum mandate part, bool *taken)
{
	struct q_commission_mandates_row *v;
	size_t n;
	*taken = false;
	TRY(q_commission_mandates(c, &(struct q_commission_mandates_in){.person_id = person_id, .case_id = case_id}, &v, &n));
	for (size_t i = 0; i < n && !*taken; i++)
		*taken = names(c, v[i].scope, part);
	return OK;
}

err mandate_record(struct ctx *c, int64_t person_id, int64_t case_id, enum mandate part)
{
	struct t_care_case k = {.person_id = person_id, .org_id = c->actor.org_id};
	bool taken;
	if (case_id != INT_NULL)
		TRY(row_load(c, &T_care_case, case_id, &k));
	err e = mandate_case(c, &k);
	if (e != ERR_DENIED)
		return e;
	TRY(policy_check_record(c, person_id, CLASS_CARE, ACTION_WRITE));
	TRY(mandate_taken(c, person_id, case_id, part, &taken));
	return taken ? OK : ERR_DENIED;
}
