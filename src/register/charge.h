/* charge — what post and person_list need of the 担当 beside staff.h. For register/ alone. Tests: test_register_org.c. */
#ifndef TSU_REGISTER_CHARGE_H
#define TSU_REGISTER_CHARGE_H

#include "register/staff.h"

/* Ends a charge on its last day and, with a successor (else INT_NULL), begins the same one for the successor on the next
 * day. Without one the organisation keeps the case and gets a task to decide. Inside a transaction; no gate: the caller has passed that of the post. */
MUST err charge_hand_over(struct ctx *c, int64_t charge_id, civil last_day, int64_t successor_staff_id);

#endif
