/* gate — small gates and checks that the modules of organisations, areas, staff and people share. For register/ alone.
 * Ownership: arena. Errors: ERR_DENIED. Tests: through the modules. */
#ifndef TSU_REGISTER_GATE_H
#define TSU_REGISTER_GATE_H

#include "base/ctx.h"

MUST err gate_logged_in(const struct ctx *c);
/* Organisations, areas, towns, staff of all: the administrator, the console, the insurer's own staff. */
MUST err gate_territory(const struct ctx *c);

/* A fault if the text has more than max characters. */
void gate_length(struct ctx *c, const char *field, const char *label, const char *text, size_t max);
/* Telephone, evened out; also one without the area code. A fault if it is none. */
const char *gate_phone(struct ctx *c, const char *field, const char *label, const char *text);
/* %text% with the signs of LIKE taken out. */
const char *gate_like(struct ctx *c, const char *text);

#endif
