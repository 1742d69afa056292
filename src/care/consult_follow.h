/* care/consult_follow — what hangs on a consultation and moves with it: the grants of the rights-protection team, the
 * entries on the time line, the tasks. Used by care/consult and, for the bin, by care/start. Every function stands in a
 * transaction whose writer has passed the gate. Ownership: arena. Tests: tests/unit/test_care_consult.c. */
#ifndef TSU_CARE_CONSULT_FOLLOW_H
#define TSU_CARE_CONSULT_FOLLOW_H

#include "base/ctx.h"
#include "sql/tables.h"

/* After a save: grants, time line (of this person and class alone), tasks. */
MUST err consult_follow(struct ctx *c, const struct t_consult *row);
/* The bin took it or gave it back. */
MUST err consult_follow_bin(struct ctx *c, int64_t consult_id, bool alive);
/* The gate of one consultation: of its person, else of its organisation or team. */
MUST err consult_gate(struct ctx *c, const struct t_consult *row, enum action a);
/* A consultation as the origin of another record of this person: it may be seen, and is about the person or nobody yet. */
MUST err consult_origin(struct ctx *c, const char *pid, int64_t person_id, struct t_consult *row);
/* "消費者被害の相談…" cut to at most max characters, first line only. */
const char *consult_one_line(struct arena *a, const char *text, size_t max);

#endif
