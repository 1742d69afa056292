/* open — the data folder as a whole: tsunagi.db, access-YYYY-MM.db (written by access/audit), files/, all 0700/0600.
 * What main/, web/server and job/ may see of the store. A connection does not survive fork: open after it.
 * Errors: ERR_NO_DATA, ERR_SCHEMA_OLD / _NEWER / _DIFF, ERR_IO, those of store/db. Tests: test_store_backup.c. */
#ifndef TSU_STORE_OPEN_H
#define TSU_STORE_OPEN_H

#include "base/ctx.h"

struct file_store;

/* Sets c->db. read_only: for reports and checks. Refuses a schema that is not exactly this program's. */
MUST err store_open(struct ctx *c, const char *data_dir, bool read_only);
/* Brings the schema up, also of the empty tsunagi.db that access/door makes; a verified backup is written to data_dir/before-<version>-<instant>.db first if there is data.
 * *applied versions (may be NULL). c->db is open afterwards. */
MUST err store_migrate(struct ctx *c, const char *data_dir, const char *program, size_t *applied);
void store_close(struct ctx *c); /* c->db may be NULL */
void store_long_read(struct ctx *c); /* what follows on this connection reads the whole house */
/* The folder of stored bytes, for house.files. Arena. */
MUST err store_files(struct arena *a, const char *data_dir, struct file_store **out);
/* After the arena escaped in the middle of a request: statements reset, transaction rolled back. */
void store_recover(struct ctx *c);

#endif
