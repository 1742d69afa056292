/* dispatch_own — what the modules of the dispatch programme share. For region/ alone. Sides, tasks and grants of a dispatch; checks of codes.
 * Ownership: arena. Errors: ERR_NOTFOUND (no side of it), ERR_DENIED (a side, not for this act). Tests: through the modules. */
#ifndef TSU_REGION_DISPATCH_OWN_H
#define TSU_REGION_DISPATCH_OWN_H

#include "region/dispatch.h"
#include "region/dispatch_pool.h"

enum { DISPATCH_LINE = 200, DISPATCH_TEXT = 4000 };

/* As what the actor sees the row: mask of enum dispatch_side, 0 = not at all. */
MUST err dispatch_sides(struct ctx *c, const struct t_dispatch *r, int *sides);
/* act_as 0: to look. Else the sides that may do the act, one of which the actor must be and be allowed to write. */
MUST err dispatch_gate(struct ctx *c, const struct t_dispatch *r, int act_as, int *sides);
MUST err dispatch_open(struct ctx *c, const char *pid, int act_as, struct t_dispatch *out, int *sides);
/* Inside the transaction of a save: tasks for whoever is next, grants of its case. moved: the state is another one. */
MUST err dispatch_settle(struct ctx *c, const struct t_dispatch *r, bool moved);
/* The row goes to another state: saved, settled. */
MUST err dispatch_move(struct ctx *c, struct t_dispatch *r, const char *state);
/* dispatch_free_list of one municipality, without a gate. */
MUST err dispatch_free_in(struct ctx *c, int64_t insurer_org_id, int64_t area_id, const char *profession, civil from, struct dispatch_free **v, size_t *n);
/* Hook of the bin: its grants go and come with it. */
MUST err dispatch_follow_bin(struct ctx *c, int64_t row_id, bool alive);

MUST err dispatch_insurer_of(struct ctx *c, int64_t org_id, int64_t *insurer_org_id);        /* ERR_INPUT with a sentence if there is none */
MUST err dispatch_coordinator(struct ctx *c, int64_t insurer_org_id, int64_t *org_id);       /* the body that runs it, else the insurer */
/* May the actor act for the municipality: its insurer, or the body that runs its programme? */
MUST err dispatch_town_gate(struct ctx *c, int64_t insurer_org_id, enum action a);

void dispatch_check_code(struct ctx *c, const char *field, const char *label, const char *list, const char *code, bool required);
/* Several with | between. */
void dispatch_check_codes(struct ctx *c, const char *field, const char *label, const char *list, const char *codes, bool required);
bool dispatch_has(const char *codes, const char *code);
bool dispatch_state_in(const struct t_dispatch *r, const char *states); /* "held|done" */
/* "14:00" or ""; evens out 1400, 14時; a fault if it is no time. */
const char *dispatch_clock(struct ctx *c, const char *field, const char *label, const char *text);

#endif
