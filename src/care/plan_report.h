/* plan_report — figures of the plans of the actor's organisation: informal support by month (F048), concentration on one body per
 * kind of service (F049), and what a new plan can start from. Only plans the actor may see are counted. Ownership: arena.
 * Tests: tests/unit/test_care_plan_report.c. */
#ifndef TSU_CARE_PLAN_REPORT_H
#define TSU_CARE_PLAN_REPORT_H

#include "base/ctx.h"

struct plan_month {
	const char *month; /* YYYY-MM of the consent */
	int64_t plans, informal;
};
MUST err plan_informal(struct ctx *c, civil from, civil to, struct plan_month **v, size_t *n);

struct plan_share {
	const char *type_code, *type, *body;
	int64_t plans, of; /* plans with this kind of service at this body, and with this kind at all */
	bool over; /* above the threshold of plan_terms (concentration_pct) */
};
MUST err plan_concentration(struct ctx *c, civil from, civil to, struct plan_share **v, size_t *n);

/* Cases and assessments a plan of the person can start from. */
struct plan_start {
	const char *pid, *kind /* of the case */, *org_name;
	civil done_on; /* of the assessment */
	bool confirmed;
};
MUST err plan_start_cases(struct ctx *c, int64_t person_id, struct plan_start **v, size_t *n);
MUST err plan_start_assessments(struct ctx *c, int64_t person_id, struct plan_start **v, size_t *n);

#endif
