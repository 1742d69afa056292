/* once — the same POST twice gives the first result.
 *
 * Every form carries a random token (once_token). The work and the token are written in one transaction: when the work
 * fails, the token is free again, so a corrected form can be sent. Tokens belong to an account; kept 30 days.
 * Ownership: arena. Errors: ERR_FORM_FIELD if the token is no token. Tests: tests/unit/test_access.c. */
#ifndef TSU_ACCESS_ONCE_H
#define TSU_ACCESS_ONCE_H

#include "base/ctx.h"

const char *once_token(struct ctx *c); /* arena; for a new form */

/* Inside a transaction. *location NULL: first time, go on; else where the first one led. */
MUST err once_begin(struct ctx *c, const char *token, const char **location);
MUST err once_finish(struct ctx *c, const char *token, const char *location);

/* Both around `fn` in one transaction: fn sets *location (arena). *repeated tells that fn did not run. */
MUST err once_run(struct ctx *c, const char *token, err (*fn)(struct ctx *c, void *arg, const char **location), void *arg,
	const char **location, bool *repeated);

/* Where the POST with this token led; "/": its answer was a page. NULL: the token is unspent (or is none). */
MUST err once_led(struct ctx *c, const char *token, const char **location);

#endif
