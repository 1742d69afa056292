/* own — what people do with their own account: a new authenticator, the log of their own logins; and tickets, by which a
 * secret is shown once on the page behind a redirect without being kept anywhere in clear.
 *
 * A new TOTP secret is offered sealed: it travels in the form and counts only when its owner types a code made with it,
 * within OWN_OFFER_MS and from the same account. The caller has asked for the password before (session_login_find,
 * credential_verify). A ticket holds a text for the account that made it, for OWN_TICKET_MS; the address of the page carries
 * it, but it says nothing to anybody else, to another account or later. Ownership: arena.
 * Errors: ERR_TOTP (wrong code), ERR_SESSION_END (offer too old), ERR_NOTFOUND (ticket). Tests: tests/unit/test_access_own.c. */
#ifndef TSU_ACCESS_OWN_H
#define TSU_ACCESS_OWN_H

#include "base/ctx.h"

#define OWN_OFFER_MS (30LL * 60 * 1000)
#define OWN_TICKET_MS (10LL * 60 * 1000)

struct own_totp {
	const char *uri, *text; /* for the QR code and for typing */
	const char *sealed;     /* goes into the form */
};
MUST err own_totp_offer(struct ctx *c, struct own_totp *out);
MUST err own_totp_again(struct ctx *c, const char *sealed, struct own_totp *out); /* the form comes back with a wrong code */
MUST err own_totp_renew(struct ctx *c, const char *sealed, const char *code);

/* "login" "login-paper" "login-again" "login-failed" "hand-over" "logout" "password" "paper-codes" "totp" "enrol" "reset", newest first. */
struct own_event {
	int64_t at_ms, by_account_id;
	const char *action;
};
MUST err own_events(struct ctx *c, int limit, struct own_event **v, size_t *n);

/* kind: which page it is for. Hexadecimal. */
const char *own_ticket_make(struct ctx *c, const char *kind, const char *text);
MUST err own_ticket_open(struct ctx *c, const char *kind, const char *ticket, const char **text);

#endif
