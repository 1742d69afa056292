/* credential — passwords (argon2id, 19 MiB, t=2), TOTP (RFC 6238, 30 s, 6 digits, one step either side), paper codes.
 *
 * credential_hash and credential_verify are pure and slow (about 30 ms, 19 MiB): the web server runs them in its helper
 * processes so that a login never queues behind a print. All other functions are quick. A TOTP code or a step before
 * the last accepted one is refused (no replay). Paper codes: 10, each good once, kept as keyed hashes.
 * Sources: OWASP password storage cheat sheet; RFC 6238 §5.2; NIST SP 800-63B §5.1.1 (length and a list of bad ones,
 * no composition rules, paste allowed).
 * Ownership: arena. Errors: ERR_PASSWORD_WEAK, ERR_TOTP. Tests: tests/unit/test_access.c. */
#ifndef TSU_ACCESS_CREDENTIAL_H
#define TSU_ACCESS_CREDENTIAL_H

#include "base/ctx.h"

#define CREDENTIAL_HASH_TEXT 128
#define CREDENTIAL_TOTP_SECRET 20
#define CREDENTIAL_PAPER_CODES 10
#define CREDENTIAL_PASSWORD_MAX 1024 /* bytes */

MUST err credential_init(void); /* sodium_init; once per process */

/* Pure; no ctx. "out" is a self-describing argon2id string. */
MUST err credential_hash(const char *password, char out[CREDENTIAL_HASH_TEXT]);
bool credential_verify(const char *hash, const char *password); /* false also for a broken hash */
/* A hash that no password fits, for logins nobody has: the answer takes the same time. Static. */
const char *credential_dummy_hash(void);

/* ≥ 12 characters, not containing the login, not in the list of bad ones, not one character repeated. Adds the fault
 * to `field`. */
MUST err credential_check_password(struct ctx *c, const char *field, const char *login, const char *password);

/* TOTP. `last_step` is the step of the last accepted code (0 = none); on OK *step is to be kept. */
MUST err credential_totp_check(const uint8_t secret[CREDENTIAL_TOTP_SECRET], int64_t now_ms, const char *code,
	int64_t last_step, int64_t *step);
/* "otpauth://totp/…" for the QR code, and the secret in Base32 groups of four for typing. Arena. */
const char *credential_totp_uri(struct ctx *c, const char *login, const uint8_t secret[CREDENTIAL_TOTP_SECRET]);
const char *credential_totp_text(struct ctx *c, const uint8_t secret[CREDENTIAL_TOTP_SECRET]);
/* The code of an instant (tests, demo). */
MUST err credential_totp_code(const uint8_t secret[CREDENTIAL_TOTP_SECRET], int64_t now_ms, char out[7]);

/* A one-time code for people: n letters in groups of four with hyphens, alphabet without 0 O 1 I L U. Arena. */
const char *credential_code_make(struct ctx *c, int n_letters);
/* Upper case, full width to half width, hyphens and spaces dropped. Arena; "" if a sign is outside the alphabet. */
const char *credential_code_fold(struct ctx *c, const char *typed);

#endif
