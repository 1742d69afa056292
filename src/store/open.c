#include "store/open.h"

#include "store/db.h"
#include "store/file.h"
#include "store/migrate.h"
#include "store/tx.h"

#include <inttypes.h>
#include <unistd.h>

static const char *main_file(struct ctx *c, const char *data_dir) { return arena_fmt(c->arena, "%s/tsunagi.db", data_dir); }

static err open_main(struct ctx *c, const char *data_dir, bool read_only)
{
	const char *path = main_file(c, data_dir);
	if (access(path, F_OK) != 0)
		return ERR_NO_DATA;
	return db_open(path, read_only ? DB_READ : DB_WRITE, &c->db);
}

err store_open(struct ctx *c, const char *data_dir, bool read_only)
{
	size_t pending = 0;
	TRY(open_main(c, data_dir, read_only));
	err e = migrate_pending(c, &pending);
	if (e == OK && pending > 0)
		e = ERR_SCHEMA_OLD;
	if (e != OK)
		store_close(c);
	return e;
}

err store_migrate(struct ctx *c, const char *data_dir, const char *program, size_t *applied)
{
	const char *before = arena_fmt(c->arena, "%s/before-%s-%" PRId64 ".db", data_dir, program, c->now_ms);
	TRY(open_main(c, data_dir, false));
	err e = migrate_run(c, before, program, applied);
	if (e != OK)
		store_close(c);
	return e;
}

void store_long_read(struct ctx *c) { db_long_read(c->db); }

void store_close(struct ctx *c)
{
	db_close(c->db);
	c->db = NULL;
}

err store_files(struct arena *a, const char *data_dir, struct file_store **out) { return file_store_open(a, data_dir, out); }
void store_recover(struct ctx *c) { tx_recover(c); }
