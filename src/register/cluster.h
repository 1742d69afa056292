/* cluster — two records of one person are joined, and parted again without loss (F009).
 *
 * Foreign keys never move: merging points person.cluster_id of one cluster at the other's, and every reader reads by
 * cluster. Grants of the joined cluster count for the whole; which they were is kept, so that parting gives each side
 * exactly its own back. Both acts are in the audit and need a reason. version and updated_* of the records do not change.
 * Gate: write on the name card of both sides. Errors: ERR_INPUT (same record, no reason, already joined), ERR_NOTFOUND,
 * ERR_DENIED, ERR_CONFLICT (un-merge of a merge that is undone already). Tests: tests/unit/test_register_a.c. */
#ifndef TSU_REGISTER_CLUSTER_H
#define TSU_REGISTER_CLUSTER_H

#include "base/ctx.h"

/* `front` stays in front; `joins` joins it. *event_pid (arena) names the act. */
MUST err cluster_merge(struct ctx *c, const char *front_pid, const char *joins_pid, const char *reason, const char **event_pid);
MUST err cluster_unmerge(struct ctx *c, const char *event_pid, const char *reason);

struct merge_row {
	const char *pid, *front_pid, *front_name, *joined_pid, *joined_name, *reason, *undo_reason;
	int64_t at_ms, undone_ms; /* INT_NULL = holds */
	int64_t by, undone_by;
};
/* The merges a person took part in, newest first. */
MUST err cluster_history(struct ctx *c, const char *person_pid, struct merge_row **v, size_t *n);
/* All records of the cluster of a person (ids), the front first. No gate: the caller gates. */
MUST err cluster_ids(struct ctx *c, int64_t person_id, int64_t **ids, size_t *n);

#endif
