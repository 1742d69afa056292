#include "store/dump.h"

#include "base/pid.h"
#include "store/db.h"
#include "store/value.h"

#include <string.h>

err dump_each(struct ctx *c, const struct table_desc *t, err (*fn)(struct ctx *c, const void *row, void *arg), void *arg)
{
	struct db_stmt *st;
	TRY(db_get(c->db, t->sql_dump, 0, t->sql_dump, "", &st));
	err e;
	bool got;
	while ((e = db_step(st, &got)) == OK && got) {
		struct arena_mark m = arena_mark_get(c->arena);
		void *row = arena_alloc(c->arena, t->size);
		for (size_t i = 0; e == OK && i < t->n_cols; i++)
			e = value_read(c->arena, st, (int)i, &t->cols[i], row);
		if (e == OK)
			e = fn(c, row, arg);
		arena_rewind(c->arena, m);
		if (e != OK)
			break;
	}
	db_done(st);
	return e;
}

err dump_count(struct ctx *c, const struct table_desc *t, int64_t *n)
{
	struct db_stmt *st;
	bool got = false;
	TRY(db_get(c->db, t->sql_count, 0, t->sql_count, "", &st));
	err e = db_step(st, &got);
	if (e == OK)
		*n = got ? db_int(st, 0) : 0;
	db_done(st);
	return e;
}

err dump_load(struct ctx *c, const struct table_desc *t, const void *row)
{
	struct db_stmt *st;
	bool got;
	char *types = arena_alloc(c->arena, t->n_cols + 1);
	if (c->tx_depth == 0)
		return ERR_BUG;
	for (size_t i = 0; i < t->n_cols; i++)
		types[i] = value_type(t->cols[i].kind);
	TRY(db_get(c->db, t->sql_load, 0, t->sql_load, types, &st));
	for (size_t i = 0; i < t->n_cols; i++)
		value_bind(c->arena, st, (int)i + 1, &t->cols[i], row);
	err e = db_step(st, &got);
	db_done(st);
	return e;
}

static void put_int(const struct table_desc *t, int col, void *row, int64_t v)
{
	if (col >= 0)
		memcpy((char *)row + t->cols[col].offset, &v, sizeof v);
}

err dump_insert(struct ctx *c, const struct table_desc *t, void *row)
{
	struct db_stmt *st;
	bool got = false, more;
	char *types = arena_alloc(c->arena, t->n_cols + 1), *pid = arena_alloc(c->arena, PID_TEXT);
	int n = 0;
	if (c->tx_depth == 0 || t->id < 0)
		return ERR_BUG;
	pid_make(pid);
	if (t->pid >= 0)
		memcpy((char *)row + t->cols[t->pid].offset, &pid, sizeof pid);
	put_int(t, t->version, row, 1);
	put_int(t, t->created_ms, row, c->now_ms);
	put_int(t, t->created_by, row, c->actor.account_id);
	put_int(t, t->updated_ms, row, c->now_ms);
	put_int(t, t->updated_by, row, c->actor.account_id);
	for (size_t i = 0; i < t->n_cols; i++)
		if ((int)i != t->id)
			types[n++] = value_type(t->cols[i].kind);
	TRY(db_get(c->db, t->sql_insert, 0, t->sql_insert, types, &st));
	n = 0;
	for (size_t i = 0; i < t->n_cols; i++)
		if ((int)i != t->id)
			value_bind(c->arena, st, ++n, &t->cols[i], row);
	err e = db_step(st, &got);
	if (e == OK && got) {
		put_int(t, t->id, row, db_int(st, 0));
		e = db_step(st, &more);
	}
	db_done(st);
	return e != OK ? e : got ? OK : ERR_DB;
}

err dump_defer(struct ctx *c)
{
	return c->tx_depth ? db_exec(c->db, "PRAGMA defer_foreign_keys = ON") : ERR_BUG;
}
