/* bin — ごみ箱 (F144; U23, U24): every delete is a retirement that can be taken back for 30 days; then the record stays
 * retired for good, but its row is never erased here (that is a retention run). Undo lives here too.
 *
 * bin_put is the one way to retire a record: it hides the record's entries on the time line and its evidence and takes
 * its open tasks along; bin_restore brings back exactly these, and the row is as it was. What an actor may not see is not
 * in the bin's list and not in its number. Ownership: arena. Errors: ERR_NOTFOUND, ERR_BIN_FINAL, of policy_check.
 * Tests: tests/unit/test_register_b.c.
 */
#ifndef TSU_REGISTER_BIN_H
#define TSU_REGISTER_BIN_H

#include "store/revision.h"

#define BIN_DAYS 30

struct bin_put {
	const struct table_desc *table;
	int64_t row_id;
	const char *row_pid;
	int64_t person_id;  /* 0 = none: then org_id owns it */
	int64_t org_id;     /* 0 = the actor's */
	int record_class;
	const char *title;  /* what it was, one line */
	const char *reason; /* may be NULL */
};
/* Gate WRITE. Joins a running transaction. *pid (may be NULL): for 「元に戻す」. */
MUST err bin_put(struct ctx *c, const struct bin_put *in, const char **pid);

/* Rooms above: what else follows a record of this table into the bin (alive = false) and back, inside the transaction.
 * Once per table and process, before the first request. `table` is borrowed for ever. */
void bin_on_follow(const char *table, err (*fn)(struct ctx *c, int64_t row_id, bool alive));

struct bin_row {
	int64_t id, row_id, person_id /* 0 none */, org_id, retired_ms, retired_by;
	const char *pid, *table_name, *row_pid, *title, *reason, *retired_name;
	int record_class;
	bool may_restore; /* the reader may write that record */
	int days_left; /* until it stays retired for good */
};
MUST err bin_list(struct ctx *c, int64_t person_id /* 0 = all */, int limit, int offset, struct bin_row **v, size_t *n);
/* Gate WRITE on the record's class. ERR_BIN_FINAL after 30 days. */
MUST err bin_restore(struct ctx *c, const char *pid);
/* Daily job: what is older than 30 days becomes final. */
MUST err bin_sweep(struct ctx *c, int64_t *n);

/* Is the row of this person? ERR_NOTFOUND if not, so nobody reaches another's row by naming an own person. A table
 * without a person passes. */
MUST err bin_row_of(struct ctx *c, const struct table_desc *t, int64_t row_id, int64_t person_id);

/* Undo of the last change of any row whose gate is (person, class); used by the modules' own _undo. */
MUST err bin_undo(struct ctx *c, const struct table_desc *t, int64_t row_id, int64_t person_id, int record_class);

#endif
