#include "store/backup.h"

#include "base/log.h"
#include "store/db.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

/* One text from a statement of the engine itself. */
static bool says(sqlite3 *h, const char *pragma, const char *expected)
{
	sqlite3_stmt *st = NULL;
	bool ok = false;
	if (sqlite3_prepare_v2(h, pragma, -1, &st, NULL) == SQLITE_OK) {
		int rc = sqlite3_step(st);
		ok = expected ? rc == SQLITE_ROW && strcmp((const char *)sqlite3_column_text(st, 0), expected) == 0 : rc == SQLITE_DONE;
	}
	sqlite3_finalize(st);
	return ok;
}

static err copy(sqlite3 *from, sqlite3 *to)
{
	sqlite3_backup *b = sqlite3_backup_init(to, "main", from, "main");
	if (!b)
		return ERR_DB;
	int rc;
	do {
		rc = sqlite3_backup_step(b, 1000);
		if (rc == SQLITE_BUSY || rc == SQLITE_LOCKED)
			sqlite3_sleep(20);
	} while (rc == SQLITE_OK || rc == SQLITE_BUSY || rc == SQLITE_LOCKED);
	sqlite3_backup_finish(b);
	return rc == SQLITE_DONE ? OK : (rc & 0xff) == SQLITE_FULL ? ERR_DISK_FULL : ERR_DB;
}

static err sync_file(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return ERR_IO;
	int rc = fsync(fd);
	close(fd);
	return rc == 0 ? OK : ERR_IO;
}

err backup_database(struct ctx *c, const char *to_file)
{
	if (!c->db || db_is_postgres(c->db))
		return ERR_BUG;
	int fd = open(to_file, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return ERR_IO;
	close(fd);
	sqlite3 *to = NULL;
	err e = sqlite3_open_v2(to_file, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK ? OK : ERR_IO;
	if (e == OK)
		e = copy(db_native(c->db), to);
	/* the copy carries the WAL flag; a copy is one file */
	if (e == OK && !says(to, "PRAGMA journal_mode=DELETE", "delete"))
		e = ERR_DB;
	if (e == OK && (!says(to, "PRAGMA integrity_check", "ok") || !says(to, "PRAGMA foreign_key_check", NULL)))
		e = ERR_DB;
	sqlite3_close_v2(to);
	if (e == OK)
		e = sync_file(to_file);
	if (e != OK) {
		log_event(LOG_ERROR, "backup", "error", err_name(e), NULL);
		unlink(to_file);
	}
	return e;
}
