/* grant — who is tied to a person: writing and ending the rows of access_grant, for the records that are the reason
 * (area moves, cases, consents, meetings, dispatches, registration).
 *
 * A grant never stands alone: via_table and via_id name the record it comes from, and it is written and ended in the
 * transaction of that record. It carries the cluster of the person, so all merged records are reached. The caller has
 * passed the gate for the record that is the reason; grant_* pass none of their own, which is why only register/ and
 * care/ call them and no page does.
 * Units: days are civil, inclusive on both ends. Errors: ERR_PERIOD_ORDER, ERR_BUG (no class, no relation, outside a
 * transaction). Tests: tests/unit/test_register_b_flow.c.
 */
#ifndef TSU_REGISTER_GRANT_H
#define TSU_REGISTER_GRANT_H

#include "access/policy.h"

struct grant_new {
	int64_t org_id;
	int64_t account_id;      /* 0 = the whole organisation; rights protection should name accounts */
	int role_classes;        /* mask of enum role_class; 0 = all of them */
	int64_t person_id;       /* the cluster is looked up */
	int classes;             /* mask of record class bits; 0 = the usual ones of the relation */
	int relation;            /* one bit of enum relation */
	civil from_on;           /* CIVIL_NONE = today */
	civil to_on;             /* CIVIL_NONE = until further notice */
	const char *via_table;   /* the reason */
	int64_t via_id;
};

/* Writes the grant; the same reason, organisation, account and relation again replaces the older row (so a record that
 * is saved twice leaves one grant). Inside a transaction. */
MUST err grant_write(struct ctx *c, const struct grant_new *in);

/* Ends every grant of a reason: `on` is the first day without it. A grant that would never have been in force is
 * deleted. *n (may be NULL): how many ended. Inside a transaction. */
MUST err grant_end(struct ctx *c, const char *via_table, int64_t via_id, civil on, int64_t *n);

/* A record names another organisation: ends its grants to every organisation but this one, as grant_end. Inside a transaction. */
MUST err grant_end_others(struct ctx *c, const char *via_table, int64_t via_id, int64_t org_id, civil on);

struct grant_row {
	int64_t id, org_id, account_id, via_id;
	int role_classes, classes, relation;
	civil from_on, to_on;
	const char *via_table;
};
/* All grants of a person that are or will be in force, for 「だれが見られるか」. Needs ACTION_GIVE on the name card. */
MUST err grant_list(struct ctx *c, int64_t person_id, struct grant_row **v, size_t *n);

#endif
