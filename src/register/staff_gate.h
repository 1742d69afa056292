/* staff_gate — who may change staff records: shared by staff, post and charge. For register/ alone.
 * Errors: ERR_DENIED. Tests: tests/unit/test_register_org.c. */
#ifndef TSU_REGISTER_STAFF_GATE_H
#define TSU_REGISTER_STAFF_GATE_H

#include "base/ctx.h"

MUST err staff_gate_org(struct ctx *c, int64_t org_id);
MUST err staff_gate(struct ctx *c, int64_t staff_id); /* some organisation of the staff member lets the actor */

#endif
