/* history — the story of a record and the rows below it: who changed what, when, from what to what (F143).
 *
 * A part is a row with its name for people. Its versions are compared one with the next; the columns that differ come as texts for
 * people, codes unresolved (pages/columns says them). The store's own columns are left out. Newest first; parts saved in one act stand
 * together, in the order they were given. Nothing is written.
 * The caller has passed the gate of the record, and gives only columns and parts that the reader may see.
 * Ownership: arena. Tests: tests/unit/test_care_visit.c, tests/http/test_visit.py. */
#ifndef TSU_REGISTER_HISTORY_H
#define TSU_REGISTER_HISTORY_H

#include "store/revision.h"

struct history_part {
	const struct table_desc *table;
	int64_t id;
	const char *what; /* 「サービス「通所介護」」; "" = the record itself */
	const char *hidden; /* columns the reader may not see, "|" between; NULL: none */
};
struct history_act {
	int64_t at_ms, by, version;
	const char *action, *reason; /* insert save retire restore revert */
	const char *table, *what;
	struct row_change *v; /* none for insert of the record itself: all of it was new */
	size_t n;
};
/* At most HISTORY_MOST acts. */
enum { HISTORY_MOST = 500 };
MUST err history_of(struct ctx *c, const struct history_part *parts, size_t n_parts, struct history_act **v, size_t *n);

#endif
