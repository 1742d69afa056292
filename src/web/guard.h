/* guard — everything that stands before a handler: session, idle lock, role, CSRF, the token of a form sent twice.
 *
 * Cookies: `tsunagi` (session), `tsunagi_pre` (a browser before login, for the CSRF token of the login form),
 * `tsunagi_device` (a browser that has logged in before). A request of assets/app.js names the account its page was made
 * for (X-Tsunagi-Account): if another one has logged in meanwhile, nothing is read or written (ERR_DENIED).
 * Errors: ERR_SESSION_END (401; what was typed is kept on the page), ERR_CSRF, ERR_DENIED.
 * Tests: tests/unit/test_web.c, tests/http/. */
#ifndef TSU_WEB_GUARD_H
#define TSU_WEB_GUARD_H

#include "web/req.h"

#define GUARD_COOKIE "tsunagi"
#define GUARD_COOKIE_PRE "tsunagi_pre"
#define GUARD_COOKIE_DEVICE "tsunagi_device"

/* Who is it; r->who and c->actor are filled. Never refuses: a public page may be shown to anybody. */
MUST err guard_identify(struct req *r);
/* May this request go on to its handler? */
MUST err guard_admit(struct req *r);
/* The handler, for a POST in one transaction with its once token. Whatever comes out stands in r->res. */
MUST err guard_call(struct req *r);

const char *guard_once(struct req *r); /* a fresh token for the forms of this page */
uint32_t guard_rights_of(int role);
/* The undo bar: guard_undo signs "/undo/…" for the session; the page shows it only if the signature is right. */
const char *guard_undo(struct req *r, const char *path);
const char *guard_undo_path(struct req *r); /* "" if none */

#endif
