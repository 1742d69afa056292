/* Prepares all there is on the connection of c; for test_sql (SQLite) and test_postgres. */
#ifndef TSU_TESTS_SQL_HELP_H
#define TSU_TESTS_SQL_HELP_H

#include "base/ctx.h"
#include "sql/all.h"
#include "store/db.h"
#include "store/migrate.h"
#include "store/value.h"

/* Prints what fails and returns how many statements failed; also (may be NULL) is asked about each variant. */
int sql_prepare_all(struct ctx *c, int (*also)(struct db *db, struct arena *a, const struct query_desc *d, uint64_t filters, int sort));

#endif
