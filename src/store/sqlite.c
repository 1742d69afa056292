/* The SQLite engine behind store/db. */
#include "store/driver.h"

#include "base/log.h"

#include <fcntl.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUSY_MS = 3000 };

static err fail(struct db *db, int rc)
{
	int extended = db->conn ? sqlite3_extended_errcode(db->conn) : rc;
	snprintf(db->message, sizeof db->message, "%s", db->conn ? sqlite3_errmsg(db->conn) : sqlite3_errstr(rc));
	switch (rc & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return ERR_RETRY;
	case SQLITE_FULL:
		return ERR_DISK_FULL;
	case SQLITE_NOMEM:
		return ERR_NOMEM;
	case SQLITE_INTERRUPT:
		return ERR_CANCELLED;
	case SQLITE_CONSTRAINT:
		if (extended == SQLITE_CONSTRAINT_UNIQUE || extended == SQLITE_CONSTRAINT_PRIMARYKEY)
			return ERR_UNIQUE;
		break;
	default:
		break;
	}
	log_event(LOG_ERROR, "db", "engine", "sqlite", "message", db->message, NULL);
	return ERR_DB;
}

static void s_close(struct db *db) { sqlite3_close_v2(db->conn); }

static err s_prepare(struct db *db, struct db_stmt *st, const char *sql, const char *types)
{
	(void)types;
	sqlite3_stmt *h = NULL;
	int rc = sqlite3_prepare_v3(db->conn, sql, -1, SQLITE_PREPARE_PERSISTENT, &h, NULL);
	if (rc != SQLITE_OK)
		return fail(db, rc);
	st->h = h;
	return OK;
}

static void s_finalize(struct db_stmt *st) { sqlite3_finalize(st->h); }

static void s_reset(struct db_stmt *st)
{
	sqlite3_reset(st->h);
	sqlite3_clear_bindings(st->h);
}

static bool there(struct db_stmt *st, int i) { return i <= sqlite3_bind_parameter_count(st->h); }

static void s_bind_null(struct db_stmt *st, int i)
{
	if (there(st, i))
		sqlite3_bind_null(st->h, i);
}

static void s_bind_int(struct db_stmt *st, int i, int64_t v)
{
	if (there(st, i))
		sqlite3_bind_int64(st->h, i, v);
}

static void s_bind_text(struct db_stmt *st, int i, const char *v)
{
	if (there(st, i))
		sqlite3_bind_text(st->h, i, v, -1, SQLITE_STATIC);
}

static void s_bind_blob(struct db_stmt *st, int i, struct blob v)
{
	if (there(st, i))
		sqlite3_bind_blob64(st->h, i, v.p, v.n, SQLITE_STATIC);
}

static err s_step(struct db_stmt *st, bool *row)
{
	int rc = sqlite3_step(st->h);
	*row = rc == SQLITE_ROW;
	return rc == SQLITE_ROW || rc == SQLITE_DONE ? OK : fail(st->db, rc);
}

static int s_cols(const struct db_stmt *st) { return sqlite3_column_count(st->h); }
static bool s_null(struct db_stmt *st, int c) { return sqlite3_column_type(st->h, c) == SQLITE_NULL; }
static int64_t s_int(struct db_stmt *st, int c) { return sqlite3_column_int64(st->h, c); }
static const char *s_text(struct db_stmt *st, int c) { return (const char *)sqlite3_column_text(st->h, c); }

static struct blob s_blob(struct db_stmt *st, int c)
{
	if (s_null(st, c))
		return (struct blob){NULL, 0};
	const void *p = sqlite3_column_blob(st->h, c);
	return (struct blob){p ? p : "", (size_t)sqlite3_column_bytes(st->h, c)};
}

static int64_t s_changes(struct db_stmt *st) { return sqlite3_changes64(st->db->conn); }

static err s_exec(struct db *db, const char *sql)
{
	int rc = sqlite3_exec(db->conn, sql, NULL, NULL, NULL);
	return rc == SQLITE_OK ? OK : fail(db, rc);
}

static err s_wipe_journal(struct db *db)
{
	int rc = sqlite3_wal_checkpoint_v2(db->conn, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	return rc == SQLITE_OK ? OK : fail(db, rc);
}

static bool s_in_tx(struct db *db) { return db->conn && !sqlite3_get_autocommit(db->conn); }

static bool s_has_table(struct db *db, const char *name)
{
	return sqlite3_table_column_metadata(db->conn, "main", name, NULL, NULL, NULL, NULL, NULL, NULL) == SQLITE_OK;
}

static const struct db_ops ops = {
	.close = s_close, .prepare = s_prepare, .finalize = s_finalize, .reset = s_reset, .bind_null = s_bind_null,
	.bind_int = s_bind_int, .bind_text = s_bind_text, .bind_blob = s_bind_blob, .step = s_step, .cols = s_cols,
	.null = s_null, .get_int = s_int, .text = s_text, .blob = s_blob, .changes = s_changes, .exec = s_exec,
	.wipe_journal = s_wipe_journal, .in_tx = s_in_tx, .has_table = s_has_table,
	.begin = "BEGIN IMMEDIATE", .commit = "COMMIT", .rollback = "ROLLBACK",
};

/* The file is made by us with 0600 before SQLite sees it; its -wal and -shm take over the mode. */
static err make_file(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		return ERR_IO;
	close(fd);
	return OK;
}

err sqlite_driver_open(struct db *db, const char *path, enum db_mode mode)
{
	sqlite3 *h = NULL;
	if (mode == DB_CREATE && strcmp(path, ":memory:") != 0)
		TRY(make_file(path));
	int flags = mode == DB_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
	if (strcmp(path, ":memory:") == 0)
		flags |= SQLITE_OPEN_MEMORY | SQLITE_OPEN_CREATE;
	int rc = sqlite3_open_v2(path, &h, flags | SQLITE_OPEN_NOMUTEX, NULL);
	db->ops = &ops;
	db->conn = h;
	if (rc != SQLITE_OK)
		return fail(db, rc);
	sqlite3_extended_result_codes(h, 1);
	/* busy_timeout first: every later pragma may meet another process. */
	sqlite3_busy_timeout(h, BUSY_MS);
	sqlite3_db_config(h, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(h, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_db_config(h, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	if (mode == DB_READ)
		return s_exec(db, "PRAGMA query_only=ON; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF");
	return s_exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;"
		"PRAGMA temp_store=MEMORY; PRAGMA cache_size=-8000; PRAGMA secure_delete=ON"); /* what is deleted leaves no bytes behind */
}
