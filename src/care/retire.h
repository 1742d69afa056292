/* retire — a care record of a person goes to the bin, with a reason.
 *
 * Gate: what the kind's own says (care/mandate). Ownership: arena. Errors: ERR_NOTFOUND (no such record, or in the bin already),
 * ERR_REQUIRED (no reason), what refused says, of policy_check. Tests: tests/unit/test_care_case.c, test_care_visit.c. */
#ifndef TSU_CARE_RETIRE_H
#define TSU_CARE_RETIRE_H

#include "store/revision.h"

struct retire_kind {
	const struct table_desc *table;  /* has person_id, org_id, retired_ms */
	int record_class;
	const char *(*title)(struct ctx *c, const void *row); /* in the list of the bin */
	err (*gate)(struct ctx *c, const void *row);          /* who may */
	err (*refused)(struct ctx *c, const void *row);       /* why this one has to stay, as a fault of "reason"; NULL = none */
};

MUST err retire_record(struct ctx *c, const struct retire_kind *k, const char *pid, const char *reason, const char **bin_pid);

#endif
