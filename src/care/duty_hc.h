/* duty_hc — how many of the three professions a 地域包括支援センター needs, by the number of 第1号被保険者 of its area (介護保険法施行規則140条の66
 * 第1号, 条例; reference rules R-HC-STAFF, -S, -L). For care/duty_office alone.
 *
 * The number is what the centre has written down with its day (office record "population"); without one only the rule of one each is judged.
 * The decision table hc_staff says which arrangement it is; law/numbers.tsv (hc_need_*, hc_large_from) how many it asks for; beyond the border one more for each hc_large_step people that the insurer has set.
 * Units: people. Ownership: arena. Errors: of the query, of law_decide. Tests: tests/unit/test_care_duty.c.
 */
#ifndef TSU_CARE_DUTY_HC_H
#define TSU_CARE_DUTY_HC_H

#include "care/duty_own.h"

struct duty_hc_posts {
	bool nurse, social_worker, chief, full_time; /* full_time: one of the three professions works full time */
	int64_t n;                                   /* people of any of them */
};
MUST err duty_hc_values(struct ctx *c, const struct duty_run *r, struct duty_values *v, int64_t org_id, int64_t insurer_org_id, civil on, const struct duty_hc_posts *p);

#endif
