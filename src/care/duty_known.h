/* duty_known — what of cases, plans, certifications, services and recipients stood at an instant, though it is in the bin, cancelled, taken out or worded
 * otherwise by now. For care/duty_gather alone; the lists take the place of those that it read as they stand. Who may see a person is
 * asked as of today: a right that has ended shows nothing of the past.
 * Gate: scope of each statement. Ownership: arena. Errors: of the statements. Tests: tests/unit/test_care_duty.c.
 */
#ifndef TSU_CARE_DUTY_KNOWN_H
#define TSU_CARE_DUTY_KNOWN_H

#include "care/duty_gather.h"
#include "sql/q_duty.h"

MUST err duty_known_cases(struct ctx *c, const struct duty_query *q, int64_t after, int64_t limit, struct q_duty_cases_row **v, size_t *n);
/* Plans and certifications as they stand (the caller takes each back), services and recipients as they stood. lo, hi: ids of cases. */
MUST err duty_known_plans(struct ctx *c, const struct duty_query *q, int64_t lo, int64_t hi, struct q_duty_plans_row **v, size_t *n);
MUST err duty_known_certs(struct ctx *c, const struct duty_query *q, int64_t lo, int64_t hi, struct q_duty_certs_row **v, size_t *n);
MUST err duty_known_services(struct ctx *c, const struct duty_query *q, int64_t lo, int64_t hi, struct q_duty_services_row **v, size_t *n);
MUST err duty_known_targets(struct ctx *c, const struct duty_query *q, int64_t lo, int64_t hi, struct q_duty_targets_row **v, size_t *n);

#endif
