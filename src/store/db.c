#include "store/db.h"

#include "base/str.h"
#include "store/driver.h"

#include <stdio.h>
#include <string.h>

/* Test hook, see docs/architecture.md §2. */
static long fail_countdown;
static err fail_with;

void db_fail_nth(long n, err e)
{
	fail_countdown = n;
	fail_with = e;
}

long db_fail_left(void) { return fail_countdown; }

static bool strike(struct db *db, err *e)
{
	if (fail_countdown <= 0 || --fail_countdown != 0)
		return false;
	snprintf(db->message, sizeof db->message, "test hook");
	*e = fail_with;
	return true;
}

err db_open(const char *target, enum db_mode mode, struct db **out)
{
	struct arena *a = arena_new((size_t)16 << 20);
	if (!a)
		return ERR_NOMEM;
	struct db *db = ARENA_NEW(a, struct db);
	db->arena = a;
	err e = str_starts(target, "postgres:") ? postgres_driver_open(db, target + strlen("postgres:"), mode)
		: sqlite_driver_open(db, target, mode);
	if (e != OK) {
		db_close(db);
		return e;
	}
	*out = db;
	return OK;
}

static void drop(struct db_stmt *st)
{
	if (st->key)
		st->db->ops->finalize(st);
	st->key = NULL;
	st->busy = false;
}

static void drop_idle(struct db *db, bool all)
{
	for (size_t i = 0; i < DB_SLOTS; i++)
		if (all || !db->slots[i].busy)
			drop(&db->slots[i]);
	for (size_t i = 0; i < DB_TEMPS; i++)
		if (all || !db->temps[i].busy)
			drop(&db->temps[i]);
}

void db_close(struct db *db)
{
	if (!db)
		return;
	if (db->ops) {
		drop_idle(db, true);
		db->ops->close(db);
	}
	arena_free(db->arena);
}

static void cache(struct db *db, const char *size)
{
	if (!db_is_postgres(db) && db_exec(db, size) != OK)
		return; /* the usual size holds */
}

void db_bulk(struct db *db) { cache(db, "PRAGMA cache_size=-131072"); }
void db_long_read(struct db *db) { cache(db, "PRAGMA cache_size=-16384"); }

bool db_is_postgres(const struct db *db) { return db->postgres; }
const char *db_message(const struct db *db) { return db->message; }
void *db_native(struct db *db) { return db->conn; }

static size_t hash(const void *key, uint64_t variant)
{
	uint64_t h = ((uintptr_t)key >> 3) * 0x9E3779B97F4A7C15u ^ (variant + 1) * 0xC2B2AE3D27D4EB4Fu;
	return (size_t)(h >> 40);
}

/* A free slot for the pair; slots probed one after the other. Full to three quarters: everything idle goes. Slots in
 * use stay where they are, so a probe must not stop at a free slot: it looks at all of a short run. */
enum { RUN = 24 };

static struct db_stmt *slot(struct db *db, const void *key, uint64_t variant, bool make)
{
	struct db_stmt *idle = NULL;
	for (size_t i = 0; i < RUN; i++) {
		struct db_stmt *st = &db->slots[(hash(key, variant) + i) % DB_SLOTS];
		if (st->key == key && st->variant == variant)
			return st;
		if (!st->key && (!idle || idle->key))
			idle = st;
		else if (!st->busy && !idle)
			idle = st;
	}
	if (make && idle)
		drop(idle);
	return make ? idle : NULL;
}

static struct db_stmt *temp_slot(struct db *db)
{
	for (size_t i = 0; i < DB_TEMPS; i++)
		if (!db->temps[i].key) {
			db->temps[i].temp = true;
			return &db->temps[i];
		}
	return NULL;
}

err db_get(struct db *db, const void *key, uint64_t variant, const char *sql, const char *types, struct db_stmt **out)
{
	struct db_stmt *st = slot(db, key, variant, false);
	if (st && !st->busy) {
		st->busy = true;
		*out = st;
		return OK;
	}
	if (!sql) {
		*out = NULL;
		return OK;
	}
	err e;
	if (strike(db, &e))
		return e;
	struct db_stmt *to = st ? temp_slot(db) : slot(db, key, variant, true);
	if (!to)
		to = temp_slot(db);
	if (!to) {
		snprintf(db->message, sizeof db->message, "too many statements open at once");
		return ERR_BUG;
	}
	to->db = db;
	TRY(db->ops->prepare(db, to, sql, types));
	to->key = key;
	to->variant = variant;
	to->busy = true;
	*out = to;
	return OK;
}

void db_done(struct db_stmt *st)
{
	if (!st)
		return;
	st->db->ops->reset(st);
	st->busy = false;
	if (st->temp)
		drop(st);
}

void db_bind_null(struct db_stmt *st, int i) { st->db->ops->bind_null(st, i); }
void db_bind_int(struct db_stmt *st, int i, int64_t v) { st->db->ops->bind_int(st, i, v); }

void db_bind_text(struct db_stmt *st, int i, const char *v)
{
	if (v)
		st->db->ops->bind_text(st, i, v);
	else
		st->db->ops->bind_null(st, i);
}

void db_bind_blob(struct db_stmt *st, int i, struct blob v)
{
	if (v.p)
		st->db->ops->bind_blob(st, i, v);
	else
		st->db->ops->bind_null(st, i);
}

err db_step(struct db_stmt *st, bool *row)
{
	err e;
	*row = false;
	if (strike(st->db, &e))
		return e;
	return st->db->ops->step(st, row);
}

int db_cols(const struct db_stmt *st) { return st->db->ops->cols(st); }
bool db_null(struct db_stmt *st, int col) { return st->db->ops->null(st, col); }
int64_t db_int(struct db_stmt *st, int col) { return st->db->ops->get_int(st, col); }
const char *db_text(struct db_stmt *st, int col) { return st->db->ops->text(st, col); }
struct blob db_blob(struct db_stmt *st, int col) { return st->db->ops->blob(st, col); }
int64_t db_changes(struct db_stmt *st) { return st->db->ops->changes(st); }

err db_exec(struct db *db, const char *sql)
{
	err e;
	if (strike(db, &e))
		return e;
	return db->ops->exec(db, sql);
}

err db_begin(struct db *db) { return db_exec(db, db->ops->begin); }
err db_commit(struct db *db) { return db_exec(db, db->ops->commit); }
err db_wipe_journal(struct db *db) { return db->ops->wipe_journal ? db->ops->wipe_journal(db) : OK; }
bool db_in_tx(struct db *db) { return db->ops->in_tx(db); }
bool db_has_table(struct db *db, const char *name) { return db->ops->has_table(db, name); }

void db_rollback(struct db *db)
{
	if (!db->ops->in_tx(db))
		return;
	err e = db->ops->exec(db, db->ops->rollback);
	(void)e; /* nothing better can be done; the engine rolls back when the connection closes */
}

void db_recover(struct db *db)
{
	if (!db)
		return;
	for (size_t i = 0; i < DB_SLOTS; i++)
		if (db->slots[i].busy)
			db_done(&db->slots[i]);
	for (size_t i = 0; i < DB_TEMPS; i++)
		if (db->temps[i].busy)
			db_done(&db->temps[i]);
	db_rollback(db);
}
