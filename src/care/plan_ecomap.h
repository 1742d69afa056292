/* plan_ecomap — services and informal supports of a plan that the ecomap does not show yet: the plan offers to add them (F035).
 *
 * Offered: what is of 第2表 (or the 予防 form), by organisation of the register or by name, once each; not the person and the family, whose
 * place is the family picture. Offered as long as no node of the organisation or name holds today, so never twice.
 * Gate: class care to read the plan, class family to see and write the ecomap; without that nothing is offered.
 * Ownership: arena. Tests: tests/unit/test_care_plan_flow.c, tests/http/test_plan_edit.py. */
#ifndef TSU_CARE_PLAN_ECOMAP_H
#define TSU_CARE_PLAN_ECOMAP_H

#include "care/plan.h"

struct plan_offer {
	const struct t_plan_service *s;
	const char *name, *what; /* 見本デイサービス, 通所介護 */
};
MUST err plan_ecomap_offers(struct ctx *c, const struct plan_tree *t, struct plan_offer **v, size_t *n);
/* Adds the nodes of these services (pids), each tied to the person from the service's first day or today; what is there already, or is
 * not of the plan, is passed over. Undone on the page of the ecomap. */
MUST err plan_ecomap_add(struct ctx *c, const char *plan_pid, const char *const *service_pids, size_t n);

#endif
