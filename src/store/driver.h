/* driver — what an engine gives to store/db: a table of functions over a slot. Inside store/ only.
 * Tests: through store/db. */
#ifndef TSU_STORE_DRIVER_H
#define TSU_STORE_DRIVER_H

#include "store/db.h"
#include "base/arena.h"

enum { DB_SLOTS = 512, DB_TEMPS = 16, DB_PARAMS = 256 };

struct db_stmt {
	struct db *db;
	const void *key; /* NULL: the slot is free */
	uint64_t variant;
	void *h; /* the engine's statement */
	bool busy, temp;
};

struct db_ops {
	void (*close)(struct db *);
	err (*prepare)(struct db *, struct db_stmt *, const char *sql, const char *types);
	void (*finalize)(struct db_stmt *);
	void (*reset)(struct db_stmt *);
	void (*bind_null)(struct db_stmt *, int);
	void (*bind_int)(struct db_stmt *, int, int64_t);
	void (*bind_text)(struct db_stmt *, int, const char *);
	void (*bind_blob)(struct db_stmt *, int, struct blob);
	err (*step)(struct db_stmt *, bool *row);
	int (*cols)(const struct db_stmt *);
	bool (*null)(struct db_stmt *, int);
	int64_t (*get_int)(struct db_stmt *, int);
	const char *(*text)(struct db_stmt *, int);
	struct blob (*blob)(struct db_stmt *, int);
	int64_t (*changes)(struct db_stmt *);
	err (*exec)(struct db *, const char *sql);
	err (*wipe_journal)(struct db *); /* NULL: the engine has none of its own */
	bool (*in_tx)(struct db *);
	bool (*has_table)(struct db *, const char *name);
	const char *begin, *commit, *rollback;
};

struct db {
	struct arena *arena; /* holds this struct too */
	const struct db_ops *ops;
	void *conn;
	bool postgres;
	char message[200];
	struct db_stmt slots[DB_SLOTS], temps[DB_TEMPS];
	size_t n_used;
	void *extra; /* the engine's own */
};

MUST err sqlite_driver_open(struct db *db, const char *path, enum db_mode mode);
MUST err postgres_driver_open(struct db *db, const char *conninfo, enum db_mode mode);

#endif
