/* evidence_writers — the writers of evidence by table (evidence_writers.tbl.h). Each makes the rows of one record from what is stored of it, so
 * that a save, the bin and a recomputation cannot differ; none reads the actor or the day. Inside a transaction; no gate of their own.
 * Errors: ERR_NOTFOUND (no such record), those of register/evidence. Tests: tests/unit/test_care_evidence.c. */
#ifndef TSU_CARE_EVIDENCE_WRITERS_H
#define TSU_CARE_EVIDENCE_WRITERS_H

#include "register/evidence.h"

#define EVIDENCE_WRITER(table, fn) MUST err fn(struct ctx *c, int64_t row_id);
#include "care/evidence_writers.tbl.h"
#undef EVIDENCE_WRITER

/* Tells register/evidence of all of them; care_start does. */
void evidence_writers_start(void);

#endif
