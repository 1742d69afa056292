#include "store/backup.h"

#include "base/buf.h"
#include "base/house.h"
#include "base/log.h"
#include "base/str.h"
#include "sql/all.h"
#include "store/archive.h"
#include "store/db.h"
#include "store/file.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
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

/* The copy at path is whole in itself. */
static err check_copy(sqlite3 *h)
{
	bool good = says(h, "PRAGMA integrity_check", "ok") && says(h, "PRAGMA foreign_key_check", NULL);
	return good ? OK : ERR_DB;
}

static err online_copy(sqlite3 *from, const char *to_file)
{
	int fd = open(to_file, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return ERR_IO;
	close(fd);
	sqlite3 *to = NULL;
	err e = sqlite3_open_v2(to_file, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK ? OK : ERR_IO;
	if (e == OK)
		e = copy(from, to);
	/* the copy carries the WAL flag; a copy is one file */
	if (e == OK && !says(to, "PRAGMA journal_mode=DELETE", "delete"))
		e = ERR_DB;
	if (e == OK)
		e = check_copy(to);
	sqlite3_close_v2(to);
	if (e == OK)
		e = sync_file(to_file);
	if (e != OK) {
		log_event(LOG_ERROR, "backup", "error", err_name(e), NULL);
		unlink(to_file);
	}
	return e;
}

err backup_database(struct ctx *c, const char *to_file)
{
	if (!c->db || db_is_postgres(c->db))
		return ERR_BUG;
	return online_copy(db_native(c->db), to_file);
}

/* "table count" lines, in the order of the migrations. A table that an older program's data does not have is left out. */
static err count_rows(const char *path, struct buf *text, struct backup_report *r)
{
	struct db *db;
	TRY(db_open(path, DB_READ, &db));
	err e = OK;
	for (size_t i = 0; e == OK && i < table_all_n; i++) {
		const struct table_desc *t = table_all[i];
		struct db_stmt *st;
		bool row = false;
		if (!db_has_table(db, t->name))
			continue;
		e = db_get(db, t, 0, t->sql_count, "", &st);
		if (e != OK)
			break;
		e = db_step(st, &row);
		int64_t n = e == OK && row ? db_int(st, 0) : 0;
		db_done(st);
		buf_fmt(text, "%s %" PRId64 "\n", t->name, n);
		r->tables++;
		r->rows += n;
	}
	db_close(db);
	return e;
}

struct walk {
	struct ctx *c;
	struct archive *w;
	const char *data_dir, *tmp; /* tmp: name for the copies of databases */
	struct buf counts;
	struct backup_report *report;
	bool main_seen;
};

static err add_database(struct walk *k, const char *name, const char *path)
{
	sqlite3 *from = NULL;
	unlink(k->tmp); /* of a backup that was killed */
	err e = sqlite3_open_v2(path, &from, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK ? OK : ERR_DB;
	if (e == OK) {
		sqlite3_busy_timeout(from, 10000);
		e = online_copy(from, k->tmp);
	}
	sqlite3_close_v2(from);
	if (e == OK && strcmp(name, "tsunagi.db") == 0) {
		k->main_seen = true;
		e = count_rows(k->tmp, &k->counts, k->report);
	}
	if (e == OK)
		e = archive_add_file(k->w, name, k->tmp);
	unlink(k->tmp);
	return e;
}

static bool passed_over(const char *name)
{
	return name[0] == '.' || str_ends(name, "-wal") || str_ends(name, "-shm") || str_ends(name, "-journal") || str_ends(name, ".part")
		|| str_starts(name, "before-");
}

static int by_name(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

static err names_in(struct arena *a, const char *dir, char ***v, size_t *n)
{
	size_t cap = 64;
	*v = ARENA_ARRAY(a, cap, char *);
	*n = 0;
	DIR *d = opendir(dir);
	if (!d)
		return ERR_IO;
	struct dirent *e;
	while ((e = readdir(d)) != NULL) {
		if (passed_over(e->d_name))
			continue;
		if (*n == cap) {
			char **w = ARENA_ARRAY(a, cap * 2, char *);
			memcpy(w, *v, cap * sizeof *w);
			*v = w;
			cap *= 2;
		}
		(*v)[(*n)++] = arena_str(a, e->d_name);
	}
	closedir(d);
	qsort(*v, *n, sizeof **v, by_name);
	return OK;
}

static err add_plain(struct walk *k, const char *name, const char *path)
{
	if (!archive_name_ok(name)) { /* nothing of ours is called so */
		log_event(LOG_WARN, "backup", "left_out", name, NULL);
		return OK;
	}
	err e = archive_add_file(k->w, name, path);
	return e == ERR_NOTFOUND ? OK : e; /* gone meanwhile: a job's result that was wiped */
}

/* Databases before files/: what a row names was written before the row, so it is in files/ when we come there. */
static err add_dir(struct walk *k, const char *prefix, int depth)
{
	struct arena *a = k->c->arena;
	char **v;
	size_t n;
	if (depth > 4)
		return ERR_BUG;
	TRY(names_in(a, arena_fmt(a, "%s/%s", k->data_dir, prefix), &v, &n));
	for (int dirs = 0; dirs < 2; dirs++)
		for (size_t i = 0; i < n; i++) {
			const char *name = arena_fmt(a, "%s%s", prefix, v[i]), *path = arena_fmt(a, "%s/%s", k->data_dir, name);
			struct stat st;
			if (lstat(path, &st) != 0)
				continue;
			if (S_ISDIR(st.st_mode) && dirs)
				TRY(add_dir(k, arena_fmt(a, "%s/", name), depth + 1));
			else if (S_ISREG(st.st_mode) && !dirs && str_ends(name, ".db"))
				TRY(add_database(k, name, path));
			else if (S_ISREG(st.st_mode) && !dirs)
				TRY(add_plain(k, name, path));
		}
	return OK;
}

static err read_back(struct ctx *c, const char *file, const char *password, struct archive_entry **v, size_t *n, struct backup_report *r)
{
	TRY(archive_read(c->arena, file, password, NULL, v, n));
	r->files = (int64_t)*n;
	r->bytes = 0;
	for (size_t i = 0; i < *n; i++)
		r->bytes += (*v)[i].size;
	return OK;
}

err backup_write(struct ctx *c, const char *data_dir, const char *to_file, const char *password, struct backup_report *out)
{
	struct backup_report r = {0};
	struct walk k = {c, NULL, data_dir, arena_fmt(c->arena, "%s.copy", to_file), buf_new(c->arena), &r, false};
	struct archive_entry *v;
	size_t n;
	TRY(archive_create(c->arena, to_file, password, &k.w));
	err e = add_dir(&k, "", 0);
	if (e == OK && !k.main_seen)
		e = ERR_NO_DATA;
	if (e == OK)
		e = archive_add_text(k.w, "counts.txt", k.counts.n ? k.counts.p : "");
	if (e == OK)
		e = archive_finish(k.w);
	archive_abandon(k.w);
	TRY(e);
	e = read_back(c, to_file, password, &v, &n, &r);
	if (e != OK) {
		unlink(to_file);
		return e;
	}
	*out = r;
	return OK;
}

static err check_database(const char *path)
{
	sqlite3 *h = NULL;
	err e = sqlite3_open_v2(path, &h, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK ? check_copy(h) : ERR_DB;
	sqlite3_close_v2(h);
	return e == OK ? OK : ERR_BACKUP_BAD;
}

/* Every stored file that the restored rows name. */
static err check_files(struct ctx *c, const char *dir)
{
	struct ctx r;
	struct house house = {0};
	int64_t n, bad = 0;
	ctx_init(&r, c->arena, c->now_ms);
	r.house = &house;
	TRY(file_store_open(c->arena, dir, &house.files));
	TRY(db_open(arena_fmt(c->arena, "%s/tsunagi.db", dir), DB_READ, &r.db));
	err e = db_has_table(r.db, "stored_file") ? file_check_all(&r, &n, &bad) : OK;
	db_close(r.db);
	TRY(e);
	return bad ? ERR_BACKUP_BAD : OK;
}

err backup_restore(struct ctx *c, const char *from_file, const char *password, const char *to_dir, struct backup_report *out)
{
	struct backup_report r = {0};
	struct archive_entry *v;
	size_t n;
	struct arena *a = c->arena;
	if (!to_dir)
		return read_back(c, from_file, password, &v, &n, out);
	TRY(archive_read(a, from_file, password, to_dir, &v, &n));
	const char *counts = NULL, *main_file = arena_fmt(a, "%s/tsunagi.db", to_dir);
	struct buf now = buf_new(a);
	for (size_t i = 0; i < n; i++) {
		const char *path = arena_fmt(a, "%s/%s", to_dir, v[i].name);
		r.files++;
		r.bytes += v[i].size;
		if (str_ends(v[i].name, ".db"))
			TRY(check_database(path));
		if (strcmp(v[i].name, "counts.txt") == 0) {
			counts = v[i].text;
			unlink(path);
		}
	}
	TRY(count_rows(main_file, &now, &r) == OK ? OK : ERR_BACKUP_BAD);
	if (!counts || strcmp(counts, now.n ? now.p : "") != 0)
		return ERR_BACKUP_BAD;
	TRY(check_files(c, to_dir));
	*out = r;
	return OK;
}
