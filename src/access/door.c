#include "access/door.h"

#include "access/audit.h"
#include "access/credential.h"
#include "access/key.h"
#include "store/db.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static const char db_name[] = "tsunagi.db", demo_name[] = "demo", outside_name[] = "outside";

static bool exists(struct arena *a, const char *dir, const char *name)
{
	struct stat st;
	return lstat(arena_fmt(a, "%s/%s", dir, name), &st) == 0;
}

static err mark(struct arena *a, const char *dir, const char *name)
{
	int fd = open(arena_fmt(a, "%s/%s", dir, name), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	return fd < 0 || close(fd) != 0 ? ERR_IO : OK;
}

static err make_in(struct arena *a, const char *dir, const char *kind)
{
	if (mkdir(dir, 0700) != 0 && errno != EEXIST)
		return ERR_IO;
	/* a folder made by hand is often readable by all */
	struct stat st;
	if (stat(dir, &st) != 0 || !S_ISDIR(st.st_mode) || chmod(dir, 0700) != 0)
		return ERR_IO;
	if (exists(a, dir, db_name))
		return ERR_UNIQUE;
	if (!exists(a, dir, "house.key")) /* left by an init that was cut off */
		TRY(key_make(dir));
	if (kind)
		TRY(mark(a, dir, kind));
	struct db *db;
	TRY(db_open(arena_fmt(a, "%s/%s", dir, db_name), DB_CREATE, &db));
	db_close(db);
	return OK;
}

static err make(const char *data_dir, const char *kind)
{
	struct arena *a = arena_new(1 << 16);
	if (!a)
		return ERR_NOMEM;
	err e = make_in(a, data_dir, kind);
	arena_free(a);
	return e;
}

err door_make(const char *data_dir, bool demo) { return make(data_dir, demo ? demo_name : NULL); }

err door_make_outside(const char *data_dir) { return make(data_dir, outside_name); }

err door_house(struct arena *a, const char *data_dir, struct house *h)
{
	TRY(credential_init());
	TRY(key_load(a, data_dir, &h->key));
	h->data_dir = arena_str(a, data_dir);
	h->looks = look_log_new(a, data_dir);
	h->demo = exists(a, data_dir, demo_name);
	h->outside = exists(a, data_dir, outside_name);
	audit_hook_store();
	return OK;
}

err door_db(const struct house *h, struct db **out)
{
	struct arena *a = arena_new(1 << 14);
	if (!a)
		return ERR_NOMEM;
	err e = db_open(arena_fmt(a, "%s/%s", h->data_dir, db_name), DB_WRITE, out);
	arena_free(a);
	return e;
}

void door_close(const struct house *h, struct db *db)
{
	db_close(db);
	if (h)
		look_log_close(h->looks);
}
