/* duty_keep — the day from which the records of a case are kept (完結の日, 居宅基準29条2項, 予防基準28条2項), and whether something holds them
 * back beyond it. For care/duty_gather alone.
 *
 * The insurer says which day it is (completion_rule): the end of the contract, or the day on which the last fee came in (REC-BILL, received_on).
 * Where it is the fee and none is written down as received since the end, the last day is not known yet: the end stands for it and the
 * records are held. A written hold (HOUSE-CHANGE, kind hold) holds them from its first to its last day.
 * Pure. Tests: tests/unit/test_care_duty.c.
 */
#ifndef TSU_CARE_DUTY_KEEP_H
#define TSU_CARE_DUTY_KEEP_H

#include "sql/q_duty.h"

struct duty_keep {
	civil completed_on; /* CIVIL_NONE: the case runs */
	bool hold;
};
struct duty_keep duty_keep_of(struct arena *a, const char *completion_rule, civil end_on, civil on, const struct q_duty_facts_row *fact, size_t n);

#endif
