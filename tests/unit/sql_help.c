#include "sql_help.h"

#include <stdio.h>
#include <string.h>

static int one(struct ctx *c, const struct query_desc *d, uint64_t filters, int sort,
	int (*also)(struct db *, struct arena *, const struct query_desc *, uint64_t, int))
{
	struct db_stmt *st = NULL;
	const char *sql = query_text(c->arena, d, filters, sort);
	if (also)
		return also(c->db, c->arena, d, filters, sort);
	static uint64_t variant; /* each its own, so that none comes out of the cache */
	err e = db_get(c->db, &variant, ++variant, sql, query_types(c->arena, d), &st);
	if (e != OK) {
		fprintf(stderr, "%s:%d: %s: %s\n%s\n", d->file, d->line, d->name, db_message(c->db), sql);
		return 1;
	}
	int cols = db_cols(st);
	if (d->kind != QUERY_EXEC && cols != (int)d->n_out) {
		fprintf(stderr, "%s:%d: %s: %d columns, the header names %zu\n", d->file, d->line, d->name, cols, d->n_out);
		db_done(st);
		return 1;
	}
	db_done(st);
	return 0;
}

/* The next set of filters that differs; false after the last. */
static bool next_set(uint64_t mask, uint64_t *set)
{
	*set = (*set - mask) & mask;
	return *set != 0;
}

static int statement(struct ctx *c, const struct query_desc *d, int (*also)(struct db *, struct arena *, const struct query_desc *, uint64_t, int))
{
	uint64_t mask = 0, set = 0;
	for (size_t i = 0; i < d->n_parts; i++)
		if (d->parts[i].filter >= 0)
			mask |= (uint64_t)1 << d->parts[i].filter;
	do
		for (int sort = 0; sort < (d->n_sorts ? d->n_sorts : 1); sort++) {
			struct arena_mark mark = arena_mark_get(c->arena);
			int bad = one(c, d, set, sort, also);
			arena_rewind(c->arena, mark);
			if (bad)
				return 1;
		}
	while (next_set(mask, &set));
	return 0;
}

static int text(struct ctx *c, const char *what, const char *sql, const char *types)
{
	struct db_stmt *st = NULL;
	if (!sql)
		return 0;
	if (db_get(c->db, sql, 0, sql, types, &st) != OK) {
		fprintf(stderr, "%s: %s\n", what, db_message(c->db));
		return 1;
	}
	db_done(st);
	return 0;
}

int sql_prepare_all(struct ctx *c, int (*also)(struct db *, struct arena *, const struct query_desc *, uint64_t, int))
{
	int bad = 0;
	for (size_t i = 0; i < query_all_n; i++)
		bad += statement(c, query_all[i], also);
	for (size_t i = 0; i < table_all_n && !also; i++) {
		const struct table_desc *t = table_all[i];
		char types[300];
		size_t n = 0;
		for (size_t k = 0; k < t->n_cols; k++)
			if ((int)k != t->id)
				types[n++] = value_type(t->cols[k].kind);
		types[n] = '\0';
		bad += text(c, t->name, t->sql_insert, types);
		strcpy(types + n, "ii");
		bad += text(c, t->name, t->sql_update, types);
		bad += text(c, t->name, t->sql_by_id, "i");
		bad += text(c, t->name, t->sql_by_pid, "t");
		bad += text(c, t->name, t->sql_dump, "");
		for (size_t k = 0; k < t->n_cols; k++)
			types[k] = value_type(t->cols[k].kind);
		types[t->n_cols] = '\0';
		bad += text(c, t->name, t->sql_load, types);
	}
	return bad;
}
