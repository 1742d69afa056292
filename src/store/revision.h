/* revision — rows with history: every save of a table with a version column goes through here and is kept whole.
 *
 * Each save writes one row of table `revision` (version, instant, account, the row as JSON), so that it can be told
 * who knew what when ("as of D as known on D2"), undone, and merged. Deleting moves to the bin for 30 days and ends in
 * retired, never in erasure. All calls stand inside tx_run; a row that was given is put back if the transaction fails.
 * The caller gates: nothing here knows the policy.
 * Ownership: row is the caller's; text filled into it is arena. Errors: ERR_NOTFOUND, ERR_CONFLICT, ERR_BUG (no
 * transaction, no version column, a version that never was), those of store/db.h. Tests: tests/unit/test_store.c.
 */
#ifndef TSU_STORE_REVISION_H
#define TSU_STORE_REVISION_H

#include "base/ctx.h"
#include "store/table.h"

/* Fills id, pid (if NULL or ""), version 1, created_*, updated_*; retired_ms becomes absent. */
MUST err row_insert(struct ctx *c, const struct table_desc *t, void *row);
MUST err row_load(struct ctx *c, const struct table_desc *t, int64_t id, void *row);
MUST err row_find(struct ctx *c, const struct table_desc *t, const char *pid, void *row);

struct row_conflict_field {
	const char *column;
	const char *base, *theirs, *mine; /* as text for people */
	bool is_yes_no;
};

struct row_conflict {
	const struct table_desc *table;
	int64_t row_id, theirs_version, theirs_by, theirs_ms;
	const char *text_pid; /* mine is kept in conflict_text under this pid */
	struct row_conflict_field *fields;
	size_t n;
	struct row_conflict_field *carried; /* what they alone changed: stands when mine is saved on top of theirs */
	size_t n_carried;
};

/* row->version is the version the editor started from. If the stored one is newer, fields merge three ways; fields
 * changed on both sides to different values give ERR_CONFLICT and *conflict (arena; conflict may be NULL). A row
 * retired meanwhile is a conflict on retired_ms. On success row holds the merged row. */
MUST err row_save(struct ctx *c, const struct table_desc *t, void *row, struct row_conflict **conflict);
/* No column differs but those that are the store's own: a save would write nothing new. */
bool row_same(const struct table_desc *t, const void *row_a, const void *row_b);
MUST err row_retire(struct ctx *c, const struct table_desc *t, int64_t id, const char *reason);
MUST err row_restore(struct ctx *c, const struct table_desc *t, int64_t id); /* ERR_NOTFOUND if not in the bin any more */
MUST err row_revert(struct ctx *c, const struct table_desc *t, int64_t id, int64_t to_version);

struct row_version {
	int64_t version, at_ms, by;
	const char *action; /* insert save retire restore revert */
	const char *reason; /* "" if none */
};

MUST err row_history(struct ctx *c, const struct table_desc *t, int64_t id, struct row_version **v, size_t *n); /* newest first */
/* The row as it was in that version, or as it was known at that instant. ERR_NOTFOUND: not yet known. */
MUST err row_at_version(struct ctx *c, const struct table_desc *t, int64_t id, int64_t version, void *row);
MUST err row_at(struct ctx *c, const struct table_desc *t, int64_t id, int64_t known_ms, void *row);

/* The columns in which two states of a row differ, as text for people; before NULL: there was none, so every column that holds something.
 * The store's own columns but retired_ms are left out. */
struct row_change {
	const char *column, *before, *after;
};
void row_changes(struct ctx *c, const struct table_desc *t, const void *before, const void *after, struct row_change **v, size_t *n);

/* Called after each change, inside its transaction. person_id is INT_NULL if the row names nobody. Set once at start
 * (access/audit does). */
void store_set_change_hook(err (*fn)(struct ctx *c, const char *action, const char *table, int64_t row_id, int64_t person_id));

#endif
