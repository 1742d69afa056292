/* care/routing_snapshot — the judgement of a routing as JSON, frozen in the row and read back for the page. What was
 * decided is never recomputed with later rules or values (design §3). Used by care/routing only. Ownership: arena.
 * Errors: ERR_JSON (a damaged row). Tests: tests/unit/test_care_routing.c. */
#ifndef TSU_CARE_ROUTING_SNAPSHOT_H
#define TSU_CARE_ROUTING_SNAPSHOT_H

#include "care/routing.h"

const char *snapshot_inputs(struct ctx *c, const struct routing_proposal *p);
const char *snapshot_judgement(struct ctx *c, const struct routing_proposal *p);
const char *snapshot_handin(struct ctx *c, const char *codes); /* "a|b" */
MUST err snapshot_read_inputs(struct ctx *c, const char *text, struct routing_view *v);
MUST err snapshot_read_judgement(struct ctx *c, const char *text, struct routing_view *v);
MUST err snapshot_read_handin(struct ctx *c, const char *text, struct routing_view *v);
/* Mark one paper; *all tells that none is open any more. ERR_NOTFOUND: no such paper. */
MUST err snapshot_handin_done(struct ctx *c, const char **text, const char *code, civil on, bool *all);

#endif
