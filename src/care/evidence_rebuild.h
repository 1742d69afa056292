/* evidence_rebuild — proves that the table of evidence equals a recomputation from the records, and mends it where it does not (design §5).
 *
 * For each table of evidence_writers.tbl.h every record is written again by its own writer, in slices of transactions; what the evidence of the
 * record said before and says after is compared (code, day, person, organisation, class, body; hidden rows count as absent). A check rolls
 * each slice back, so it leaves nothing behind; a mend keeps it, with one audit entry per record, and its rows are known since the record's
 * last change. Rows whose record is gone, or whose table has no writer, are extra; those of a known table are dropped by a mend.
 * Gate: the house itself (the console). Nothing personal is told: table, public id, code. Ownership: the lists live during the call back.
 * Errors: ERR_DENIED, those of the writers (a record that cannot be written again is told as broken and does not stop the rest).
 * Tests: tests/unit/test_care_evidence.c, tests/unit/cmd_duty.sh.
 */
#ifndef TSU_CARE_EVIDENCE_REBUILD_H
#define TSU_CARE_EVIDENCE_REBUILD_H

#include "base/ctx.h"

enum evidence_diff_kind { EVIDENCE_MISSING, EVIDENCE_EXTRA, EVIDENCE_DIFFERENT, EVIDENCE_BROKEN };
const char *evidence_diff_ja(enum evidence_diff_kind k); /* static */

struct evidence_diff {
	const char *table, *pid /* "" : no record */, *code;
	int64_t row_id;
	enum evidence_diff_kind kind;
};
struct evidence_count {
	int64_t records, rows, missing, extra, different, broken;
};
MUST err evidence_rebuild(struct ctx *c, bool check, void (*tell)(const struct evidence_diff *d, void *arg), void *arg, struct evidence_count *out);

#endif
