#include "store/dump.h"

#include "store/db.h"
#include "store/value.h"

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

err dump_defer(struct ctx *c)
{
	return c->tx_depth ? db_exec(c->db, "PRAGMA defer_foreign_keys = ON") : ERR_BUG;
}
