/* Every migration and every variant of every statement on PostgreSQL. Run by script/with-postgres; without PGHOST it
 * says "skipped" (77). The store's own round of a row is run for real. */
#include "base/str.h"
#include "sql/tables.h"
#include "sql_help.h"
#include "store/tx.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void every_statement(void **state)
{
	struct ctx c;
	ctx_init(&c, *state, 1000);
	assert_int_equal(db_open("postgres:", DB_WRITE, &c.db), OK);
	assert_true(db_is_postgres(c.db));
	size_t applied = 0;
	err e = migrate_run(&c, NULL, "test", &applied);
	if (e != OK)
		fail_msg("migrate: %s: %s", err_name(e), db_message(c.db));
	assert_true(applied > 0);
	size_t pending = 9;
	assert_int_equal(migrate_pending(&c, &pending), OK);
	assert_int_equal(pending, 0);
	assert_int_equal(sql_prepare_all(&c, NULL), 0);
	db_close(c.db);
}

static err two_versions(struct ctx *c, void *arg)
{
	(void)arg;
	return db_exec(c->db, "INSERT INTO schema_version VALUES ('try', 'x', 1, 'y')");
}

static void errors_are_mapped(void **state)
{
	struct ctx c;
	ctx_init(&c, *state, 1000);
	assert_int_equal(db_open("postgres:", DB_WRITE, &c.db), OK);
	assert_int_equal(tx_run(&c, two_versions, NULL), OK);
	assert_int_equal(tx_run(&c, two_versions, NULL), ERR_UNIQUE);
	assert_false(db_in_tx(c.db));
	db_close(c.db);
	assert_int_equal(db_open("postgres:host=/nonexistent", DB_WRITE, &c.db), ERR_DB);
}

int main(void)
{
	if (!getenv("PGHOST"))
		return 77;
	const struct CMUnitTest tests[] = {UNIT(every_statement), UNIT(errors_are_mapped)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
