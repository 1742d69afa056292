/* session — from a password to an actor, and back to the login page without losing a word.
 *
 * Two steps: session_login_find (who, and is it allowed to try) → the helper runs credential_verify → session_login_password
 * makes a half session → session_login_code (TOTP or paper code) makes the open one under a NEW token (no fixation).
 * The store keeps only hashes of tokens. Cookie: `tsunagi`, HttpOnly, SameSite=Lax, Secure behind TLS; the value is the token.
 *
 * Back-off instead of a lock: failures count per (login, source); from the 5th on one waits 30 s, doubling up to 15 min.
 * A browser that has logged in before carries a device cookie and counts for itself, so nobody can lock a colleague
 * out, not even from the same office line. Unknown logins behave alike, in time and words.
 *
 * Idle lock: after idle_min minutes without a request the session is locked (ERR_SESSION_END), not ended; drafts stay.
 * session_again opens it for the same account only; another person must log in anew and never sees those drafts.
 *
 * Handed over: a device that is given to a client to fill in one page (session_hand) makes only the requests of that page; for
 * everything else the session is as good as locked, until the same account's password is typed (session_again, decision 021).
 * Units: ms. Ownership: arena. Errors: ERR_LOGIN, ERR_TOTP, ERR_LOCKED, ERR_SESSION_END, ERR_CSRF.
 * Tests: tests/unit/test_access.c. */
#ifndef TSU_ACCESS_SESSION_H
#define TSU_ACCESS_SESSION_H

#include "access/account.h"

#define SESSION_TOKEN_TEXT 65 /* 64 hex digits */
#define SESSION_MAX_MS (12LL * 3600 * 1000)
#define SESSION_HALF_MS (5LL * 60 * 1000)

struct session {
	int64_t id, account_id;
	bool open;          /* false: half, the TOTP is still to come */
	bool locked;        /* idle, or in a client's hands and asked for something else */
	bool handed;        /* in a client's hands */
	const char *csrf;   /* to put in every form */
	int64_t seen_ms, ends_ms;
	struct account account;
};

struct login_try {
	int64_t account_id; /* 0: nobody has this login; go on all the same */
	const char *hash;   /* for credential_verify; a hash that fits nothing for unknown or stopped accounts */
	const char *login;  /* folded */
	const char *bucket; /* what the failures are counted by */
	const char *source;
};
/* `source`: the client's address as the server believes it; `device`: value of the device cookie or NULL. ERR_LOCKED with a
 * fault on "" naming the wait. */
MUST err session_login_find(struct ctx *c, const char *login, const char *source, const char *device, struct login_try *out);
/* After the helper: ERR_LOGIN if !password_ok; else a half session's token. */
MUST err session_login_password(struct ctx *c, const struct login_try *t, bool password_ok, char token[SESSION_TOKEN_TEXT]);
/* The second step. `token_half` is spent; *device (arena) is the cookie for this browser. After 5 wrong codes the half
 * session ends (ERR_LOGIN). `paper` tells that a paper code was used. */
MUST err session_login_code(struct ctx *c, const char *token_half, const char *code, const char *source, const char *device,
	char token[SESSION_TOKEN_TEXT], const char **new_device, bool *paper);

/* The guard: token → session. `way`: what is asked for, "GET /path" without its query; NULL = what anybody may ask for. OK:
 * c->actor is filled and policy_load called. ERR_SESSION_END: none, ended, half, idle, or handed over and `way` is not among its
 * ways (out->locked tells the last two; then out->account is filled so that the overlay can name whom it waits for). Touches
 * seen_ms at most once a minute. */
MUST err session_open(struct ctx *c, const char *token, const char *way, struct session *out);
/* The device goes into a client's hands: from now on the session makes the requests of `ways` alone (a line each, "GET /path").
 * Again: other ways. In the caller's transaction; the first in the audit as "hand-over". Ends with session_again or a new login only. */
MUST err session_hand(struct ctx *c, const struct session *s, const char *ways);
/* A half session, for the page that asks the code. */
MUST err session_half(struct ctx *c, const char *token, struct session *out);

/* The overlay, and the login page of a locked session. `keep`: a device in a client's hands stays there (the overlay over the client's
 * own page); the new session is otherwise the staff member's whole one. The page tells whose it is (account pid); password verified by the helper as above, then the code.
 * With a locked session of the same account only the password is asked: the token is renewed, the old one ends.
 * ERR_LOGIN if it is another account's. */
MUST err session_again(struct ctx *c, const char *token_locked, const char *account_pid, const struct login_try *t,
	bool password_ok, bool keep, char token[SESSION_TOKEN_TEXT]);
/* Does the fresh session belong to the page's account? ERR_DENIED if not: show nothing of that page's draft. */
MUST err session_same(struct ctx *c, const struct session *s, const char *account_pid);

MUST err session_csrf_check(const struct session *s, const char *typed);
/* Before login there is no session: the form's token is a keyed hash of a random cookie. */
const char *session_pre_cookie(struct ctx *c);
const char *session_pre_csrf(struct ctx *c, const char *cookie);
MUST err session_pre_check(struct ctx *c, const char *cookie, const char *typed);

MUST err session_lock(struct ctx *c, const char *token); /* 離席 */
MUST err session_end(struct ctx *c, const char *token);
MUST err session_end_all(struct ctx *c, int64_t account_id, int64_t but_session_id);
MUST err session_sweep(struct ctx *c, int64_t *n); /* daily job: dead sessions, old attempts and form tokens */

/* For `--as ACCOUNT` and jobs: act as this account (must be active). */
MUST err session_act_as(struct ctx *c, int64_t account_id, const char *purpose);
/* The audited console user: everything is allowed and everything is in the audit. `login` is the name in the operating system. */
void session_act_as_console(struct ctx *c, const char *login, const char *purpose);

#endif
