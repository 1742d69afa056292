/* sqlc — reads sql/migrate and sql/query, writes the typed C of docs/architecture.md §3 and §5.
 * sqlc.c reads and checks; sqlc_text.c understands the text of a statement; sqlc_emit.c writes. Everything lives in
 * one arena until exit; a fault of the input ends the program with "file:line: message" and exit code 1.
 * Tests: tests/unit/test_sqlc.c with tests/golden/sqlc. */
#ifndef TSU_TOOLS_SQLC_H
#define TSU_TOOLS_SQLC_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/ctx.h"
#include "base/str.h"
#include "store/query.h"
#include "store/table.h"

enum { MAX_COLS = 200, MAX_IN = 60, MAX_FILTERS = 10, MAX_SORTS = 12, MAX_PARTS = 60, MAX_PARAMS = 120, MAX_READS = 40 };

struct field {
	const char *name;
	enum col_kind kind;
	bool nullable;
};

struct table {
	const char *name, *file;
	int line;
	struct field cols[MAX_COLS];
	size_t n;
	bool person; /* person itself, or has person_id */
	bool small;
};

struct part {
	int filter, sort, line;
	const char *raw, *text; /* as written; expanded */
};

struct stmt {
	const char *name, *doc, *file, *context, *unscoped, *scan;
	int line;
	enum query_kind kind;
	struct field in[MAX_IN], out[MAX_IN];
	const char *sorts[MAX_SORTS];
	bool used[MAX_IN];
	struct part parts[MAX_PARTS];
	struct query_param params[MAX_PARAMS];
	struct query_read reads[MAX_READS];
	size_t n_in, n_out, n_sorts, n_parts, n_params, n_reads;
};

struct migration {
	const char *version, *file, *sql; /* "0001_access", path below sql/, text */
};

struct sqlc {
	struct arena *a;
	struct table *tables[500];
	struct stmt *stmts[4000];
	struct migration migrations[1000];
	const char *contexts[200];
	size_t n_tables, n_stmts, n_migrations, n_contexts;
};

_Noreturn void die(const char *file, int line, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
struct table *table_find(struct sqlc *s, const char *name);
bool name_ok(const char *name); /* snake_case and no word of C */

/* sqlc_text.c: check the statement and fill parts[].text, params, reads. */
void stmt_compile(struct sqlc *s, struct stmt *q);
/* sqlc_emit.c */
void emit_all(struct sqlc *s, const char *out_dir);

#endif
