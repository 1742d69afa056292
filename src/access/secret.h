/* secret — small helpers that account and session share. Inside access/ only. Tests: through both. */
#ifndef TSU_ACCESS_SECRET_H
#define TSU_ACCESS_SECRET_H

#include "access/account.h"
#include "store/table.h"

/* Half-width small letters without white space at the ends. Arena. */
const char *secret_fold_login(struct ctx *c, const char *typed);
bool secret_equal(const char *a, const char *b); /* in a time that does not tell where they differ */
struct blob secret_code_hash(struct ctx *c, const char *folded_code); /* arena */
MUST err secret_account(struct ctx *c, int64_t id, struct account *out); /* no gate; ERR_NOTFOUND */
bool secret_account_usable(const struct ctx *c, const struct account *a); /* active and not past its last day */

#endif
