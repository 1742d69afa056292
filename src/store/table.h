/* table — what the program knows about a table at run time: its columns with kind, NULL and place in the C struct.
 *
 * tools/sqlc writes one struct t_<table> and one T_<table> for every table of sql/migrate (sql/tables.h); the
 * revision module, the export and the tests work on any table through them.
 * Ownership: all static. Tests: tests/unit/test_store.c, tests/unit/test_sqlc.c.
 */
#ifndef TSU_STORE_TABLE_H
#define TSU_STORE_TABLE_H

#include "base/civil.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct blob {
	const void *p; /* NULL: no value */
	size_t n;
};

/* The C types: int64_t for id, version, int and ms; const char * for pid and text; civil for day; bool; struct blob. */
enum col_kind { COL_ID, COL_PID, COL_VERSION, COL_INT, COL_BOOL, COL_TEXT, COL_DAY, COL_MS, COL_BLOB };

struct col_desc {
	const char *name;
	enum col_kind kind;
	bool nullable;
	size_t offset;
};

struct table_desc {
	const char *name;
	size_t size; /* of the C struct */
	const struct col_desc *cols;
	size_t n_cols;
	/* index of the column, -1 if the table has none */
	int id, pid, version, person_id, created_ms, created_by, updated_ms, updated_by, retired_ms;
	bool growing;           /* false: the migration says "-- small: reason" */
	const char *sql_insert; /* all columns but id; gives the id back */
	const char *sql_by_id, *sql_by_pid;
	const char *sql_count;
	const char *sql_dump; /* all columns of all rows, by id, else by all columns: always the same order */
	const char *sql_load; /* all columns, the id too */
	const char *sql_update; /* columns but id; then id, then the version it must still have */
};

/* Every text "" and every nullable column absent; the other numbers 0. */
void row_init(const struct table_desc *t, void *row);

#endif
