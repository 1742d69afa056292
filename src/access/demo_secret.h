/* demo_secret — the one TOTP secret and the one password of all accounts of a demo folder, so that a newcomer can log in
 * without a telephone. They open nothing elsewhere: every function answers ERR_DENIED unless the folder is marked demo,
 * and such a folder says so on every page. Static texts. Tests: tests/unit/test_exchange.c. */
#ifndef TSU_ACCESS_DEMO_SECRET_H
#define TSU_ACCESS_DEMO_SECRET_H

#include "access/credential.h"

#define DEMO_PASSWORD "tsunagi-demo-2026"
#define DEMO_TOTP "TSUNAGIDEMOTSUNAGIDEMOTSUNAGIDEM" /* Base32 of 20 bytes, for an authenticator app */

MUST err demo_secret_bytes(const struct ctx *c, uint8_t out[CREDENTIAL_TOTP_SECRET]);
/* The six digits that hold now. */
MUST err demo_secret_code(const struct ctx *c, char out[7]);

#endif
