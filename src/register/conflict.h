/* conflict — 競合の記録 (F143; U21–U23): two people saved the same field; the second got the side-by-side page, and what the
 * second had typed is kept here until it is taken or no longer wanted.
 *
 * Who may see the record sees that there was a conflict, when, between whom and on which fields; the losing text itself
 * is shown to the one who typed it, who can put it into the record in one act (a new version; the other text stays in
 * the history). Ownership: arena. Errors: ERR_NOTFOUND, of policy_check, of row_save.
 * Tests: tests/unit/test_register_b.c.
 */
#ifndef TSU_REGISTER_CONFLICT_H
#define TSU_REGISTER_CONFLICT_H

#include "store/revision.h"

struct conflict_row {
	const char *pid, *columns /* names, comma between */, *name /* of the account */;
	int64_t account_id, at_ms, base_version, theirs_version;
	bool is_own;
};
/* Newest first. The caller names the record's person and class; both are checked here. */
MUST err conflict_list(struct ctx *c, const struct table_desc *t, int64_t row_id, int64_t person_id, int record_class,
	struct conflict_row **v, size_t *n);

struct conflict_field {
	const char *column, *text;
};
/* The actor's own losing text. */
MUST err conflict_text_mine(struct ctx *c, const struct table_desc *t, const char *pid, struct conflict_field **v, size_t *n);
/* Put it into the record; gate WRITE. */
MUST err conflict_take_mine(struct ctx *c, const struct table_desc *t, int64_t row_id, int64_t person_id, int record_class,
	const char *pid);

#endif
