/* db — the port to the database: SQLite inside the program, or PostgreSQL. Used by store/ and generated code alone.
 *
 * One struct db is one connection of one process; it is not shared and does not survive fork (open after fork).
 * A statement text has ?1 ?2 … as parameters, in both engines; `types` has one letter per parameter (i int64, t text,
 * b bytes). Prepared statements are cached by (key, variant), key being a static address.
 * Text and bytes bound are borrowed until db_done; text and bytes read are borrowed until the next step or db_done.
 * Errors: ERR_RETRY (someone else writes), ERR_DISK_FULL, ERR_UNIQUE, ERR_CANCELLED, ERR_DB (all else; db_message says
 * more, never values). SQLite: busy_timeout before any other pragma, WAL, synchronous=FULL, foreign_keys=ON, secure_delete=ON, file 0600.
 * Tests: tests/unit/test_store.c, tests/unit/test_postgres.c.
 */
#ifndef TSU_STORE_DB_H
#define TSU_STORE_DB_H

#include "base/err.h"
#include "store/table.h"

struct db;
struct db_stmt;

enum db_mode { DB_CREATE, DB_WRITE, DB_READ };

/* target: a file name, or "postgres:" and a libpq connection string. The db is owned: db_close. */
MUST err db_open(const char *target, enum db_mode mode, struct db **out);
void db_close(struct db *db); /* NULL is allowed */
bool db_is_postgres(const struct db *db);
const char *db_message(const struct db *db); /* of the last error; borrowed */
void *db_native(struct db *db);              /* sqlite3 * or PGconn *; for backup and the tests */

/* Give the cached statement or prepare sql. sql may be NULL to ask the cache only (then *out may be NULL). */
MUST err db_get(struct db *db, const void *key, uint64_t variant, const char *sql, const char *types, struct db_stmt **out);
void db_done(struct db_stmt *st); /* reset, forget the bindings, back into the cache */

void db_bind_null(struct db_stmt *st, int i); /* parameters count from 1; one that the variant does not use is ignored */
void db_bind_int(struct db_stmt *st, int i, int64_t v);
void db_bind_text(struct db_stmt *st, int i, const char *v); /* NULL binds NULL */
void db_bind_blob(struct db_stmt *st, int i, struct blob v);
MUST err db_step(struct db_stmt *st, bool *row);
int db_cols(const struct db_stmt *st);
bool db_null(struct db_stmt *st, int col); /* columns count from 0 */
int64_t db_int(struct db_stmt *st, int col);
const char *db_text(struct db_stmt *st, int col); /* NULL for NULL */
struct blob db_blob(struct db_stmt *st, int col);
int64_t db_changes(struct db_stmt *st);

MUST err db_exec(struct db *db, const char *sql); /* a script without parameters (migrations) */
MUST err db_begin(struct db *db);
MUST err db_commit(struct db *db);
void db_rollback(struct db *db); /* harmless outside a transaction */
/* Thousands of writes follow (import, demo): SQLite may keep more pages in memory, so that none is written twice. Harmless if refused. */
void db_bulk(struct db *db);
/* The whole house is read, in ranges that ask for the same people several times: SQLite may keep 16 MB in memory. */
void db_long_read(struct db *db);
/* All that was written goes into the data file and the journal becomes empty (SQLite: a truncating checkpoint; PostgreSQL keeps its own).
 * ERR_RETRY: readers or writers stood in the way. Outside a transaction. */
MUST err db_wipe_journal(struct db *db);
bool db_in_tx(struct db *db);
bool db_has_table(struct db *db, const char *name);

/* After the arena escaped in the middle of work: reset every statement, roll back. */
void db_recover(struct db *db);

/* Tests only: the N-th prepare, step, begin, commit or exec from now on gives e instead of happening; 0 = off. */
void db_fail_nth(long n, err e);
long db_fail_left(void); /* > 0: the hook has not struck yet */

#endif
