/* migrate — brings a data file to the schema of this program. The migrations are inside the binary (tools/sqlc), so the
 * program alone is enough.
 *
 * A version is a folder of sql/migrate; each is applied in one transaction, in order of name, forward only, and its
 * SHA-256 is recorded. A data file with a version this program does not know is refused (ERR_SCHEMA_NEWER), one whose
 * applied version reads differently too (ERR_SCHEMA_DIFF): nothing is ever changed then. If there is data, a verified
 * backup is taken first. Ownership: arena. Tests: tests/unit/test_store.c, test_postgres.c.
 */
#ifndef TSU_STORE_MIGRATE_H
#define TSU_STORE_MIGRATE_H

#include "base/ctx.h"

/* How many versions are missing (0: up to date). */
MUST err migrate_pending(struct ctx *c, size_t *n_pending);
/* Applies what is missing. backup_to: file for the backup beforehand, NULL: none; it is taken only if a version is
 * missing and the file is not new. program: version text. *applied may be NULL. */
MUST err migrate_run(struct ctx *c, const char *backup_to, const char *program, size_t *applied);

/* The text for PostgreSQL: INTEGER becomes BIGINT, INTEGER PRIMARY KEY an identity, BLOB BYTEA; STRICT goes. Arena. */
const char *migrate_to_postgres(struct arena *a, const char *sql);

#endif
