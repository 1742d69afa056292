/* duty_short — days of 短期入所 within the period of a certification, up to one plan (居宅基準13条21号, 予防基準30条23号). For
 * care/duty_gather alone.
 *
 * A month for which the days used are written down (HOUSE-SHORT) counts with these; any other with what the plans in use foresee, a time
 * of 短期入所 being a day: so many a month, or a week, for the days of the month in which the plan and the service run. Plans that came before
 * count up to the day before the next; a plan that comes later is counted where it is judged itself. Parts of a day are dropped at the end.
 * Units: days. Pure. Tests: tests/unit/test_care_duty.c.
 */
#ifndef TSU_CARE_DUTY_SHORT_H
#define TSU_CARE_DUTY_SHORT_H

#include "sql/q_duty.h"

struct duty_stays { /* the rows of one case */
	const struct q_duty_plans_row *plan;
	const struct q_duty_services_row *service;
	const struct q_duty_facts_row *fact;
	size_t n_plan, n_service, n_fact;
	bool (*in_use)(const struct q_duty_plans_row *);
	civil (*end)(const struct q_duty_plans_row *);
};
/* Does the case have anything to do with 短期入所 at all? Asked once, as most have not. */
bool duty_short_any(const struct duty_stays *s);
/* From..to: the period of the certification. INT_NULL: neither this plan nor a record of its time has anything to do with 短期入所. */
int64_t duty_short_days(const struct duty_stays *s, const struct q_duty_plans_row *p, civil from, civil to, struct arena *a);

#endif
