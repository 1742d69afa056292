/* look — the files of looks, for the modules of access/ that write, list and verify them. See access/audit.h.
 * A month is "2026-11" (JST). Tests: tests/unit/test_access_audit.c. */
#ifndef TSU_ACCESS_LOOK_H
#define TSU_ACCESS_LOOK_H

#include "base/ctx.h"

#define LOOK_MONTH_TEXT 8

void look_month(civil day, char out[LOOK_MONTH_TEXT]);
bool look_month_ok(const char *m, size_t n);
const char *look_file(struct ctx *c, const char *month, const char *ending); /* arena; ending "db" or "head" */
MUST err look_months(struct ctx *c, const char *ending, const char ***v, size_t *n);
/* Open a file to read through house.looks, which closes it at the next one; *out is the same actor on it. */
MUST err look_read(const struct ctx *c, const char *path, struct ctx *out);

#endif
