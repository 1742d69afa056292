/* attempt — waits after failures, by bucket. Not a lock: a bucket is one login from one source, one known browser, or one
 * source, so nobody's failures stop somebody else elsewhere. After `free_tries` failures the wait is 30 s, doubling up to
 * 15 min; a success or two hours of quiet forget them. For access/ and the
 * one-time links of care/inquiry. Tests: tests/unit/test_access_login.c. */
#ifndef TSU_ACCESS_ATTEMPT_H
#define TSU_ACCESS_ATTEMPT_H

#include "base/ctx.h"

#define ATTEMPT_WAIT_MS (30LL * 1000)
#define ATTEMPT_WAIT_MOST_MS (15LL * 60 * 1000)
#define ATTEMPT_FORGET_MS (2LL * 3600 * 1000)

MUST err attempt_check(struct ctx *c, const char *bucket); /* ERR_LOCKED with a fault naming the wait */
MUST err attempt_failed(struct ctx *c, const char *bucket, int64_t free_tries); /* its own transaction, or joins */
MUST err attempt_ok(struct ctx *c, const char *bucket);
/* kind is a letter; the parts are hashed with the house key, so no login and no address stands in the store. Arena. */
const char *attempt_bucket(struct ctx *c, char kind, const char *a, const char *b);

#endif
