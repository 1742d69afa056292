/* Every migration and every variant of every statement of the product: on SQLite, with the query plan. A full scan of a
 * growing table fails unless the header says "-- scan: reason". A walk along an index or the rowid that already gives the
 * order and ends at a LIMIT is no full scan. */
#include "sql_help.h"
#include "unit.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

static const struct table_desc *table(const char *name)
{
	for (size_t i = 0; i < table_all_n; i++)
		if (strcmp(table_all[i]->name, name) == 0)
			return table_all[i];
	return NULL;
}

/* "SCAN c" or "SCAN c USING …": the growing table scanned in full, or NULL. count(*) names the table, not the alias. */
static const char *scans(const struct query_desc *d, const char *detail)
{
	char alias[64];
	if (sscanf(detail, "SCAN %63s", alias) != 1)
		return NULL;
	for (size_t i = 0; i < d->n_reads; i++)
		if (strcmp(d->reads[i].alias, alias) == 0 || strcmp(d->reads[i].table, alias) == 0) {
			const struct table_desc *t = table(d->reads[i].table);
			return t && t->growing ? t->name : NULL;
		}
	return NULL;
}

static int plan(struct db *db, struct arena *a, const struct query_desc *d, uint64_t filters, int sort)
{
	sqlite3_stmt *st = NULL;
	const char *sql = query_text(a, d, filters, sort), *name = NULL, *found = NULL;
	bool sorts = false;
	if (sqlite3_prepare_v2(db_native(db), arena_fmt(a, "EXPLAIN QUERY PLAN %s", sql), -1, &st, NULL) != SQLITE_OK)
		return 1;
	while (sqlite3_step(st) == SQLITE_ROW) {
		const char *detail = (const char *)sqlite3_column_text(st, 3), *t = scans(d, detail);
		sorts |= strstr(detail, "TEMP B-TREE FOR ORDER BY") != NULL;
		if (t && !name) {
			name = t;
			found = arena_str(a, detail);
		}
	}
	sqlite3_finalize(st);
	if (!name || (!sorts && strstr(sql, "LIMIT") && strstr(sql, "ORDER BY")))
		return 0;
	print_error("%s:%d: %s: full scan of %s (%s); add an index, or -- scan: reason\n", d->file, d->line, d->name, name, found);
	return 1;
}

static int check_plan(struct db *db, struct arena *a, const struct query_desc *d, uint64_t filters, int sort)
{
	return d->scan ? 0 : plan(db, a, d, filters, sort);
}

static void every_statement(void **state)
{
	struct ctx c;
	ctx_init(&c, *state, 0);
	assert_int_equal(db_open(":memory:", DB_CREATE, &c.db), OK);
	assert_int_equal(migrate_run(&c, NULL, "test", NULL), OK);
	assert_true(query_all_n > 0 && table_all_n > 0);
	assert_int_equal(sql_prepare_all(&c, NULL), 0);
	assert_int_equal(sql_prepare_all(&c, check_plan), 0);
	db_close(c.db);
}

/* The check itself can fail. */
static void plan_finds_scans(void **state)
{
	struct ctx c;
	ctx_init(&c, *state, 0);
	assert_int_equal(db_open(":memory:", DB_CREATE, &c.db), OK);
	assert_int_equal(migrate_run(&c, NULL, "test", NULL), OK);
	static const struct query_read reads[] = {{"r", "revision"}, {"schema_version", "schema_version"}};
	struct query_part part = {-1, -1, "SELECT r.body FROM revision r WHERE r.body = 'x'"};
	struct query_desc d = {.name = "try", .file = "-", .kind = QUERY_MANY, .parts = &part, .n_parts = 1, .reads = reads, .n_reads = 2};
	assert_int_equal(plan(c.db, c.arena, &d, 0, 0), 1);
	part.text = "SELECT r.body FROM revision r WHERE r.table_name = 'x'";
	assert_int_equal(plan(c.db, c.arena, &d, 0, 0), 0);
	part.text = "SELECT name FROM schema_version";
	assert_int_equal(plan(c.db, c.arena, &d, 0, 0), 0);
	part.text = "SELECT count(*) FROM revision r";
	assert_int_equal(plan(c.db, c.arena, &d, 0, 0), 1);
	part.text = "SELECT r.body FROM revision r ORDER BY r.id DESC LIMIT 1";
	assert_int_equal(plan(c.db, c.arena, &d, 0, 0), 0);
	part.text = "SELECT r.body FROM revision r ORDER BY r.at_ms DESC LIMIT 1";
	assert_int_equal(plan(c.db, c.arena, &d, 0, 0), 1);
	db_close(c.db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {UNIT(every_statement), UNIT(plan_finds_scans)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
