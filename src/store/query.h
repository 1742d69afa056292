/* query — runs the typed statements that tools/sqlc generates; only generated code calls query_*.
 *
 * A statement is a list of parts; a part belongs to a filter (there only if the input is not NULL; a bool input: is
 * true), to one sort, or is always there. The variant (set of filters, sort) is prepared once per connection.
 * Ownership: descriptors static; rows and their text are arena. Errors: those of store/db.h; ERR_NOTFOUND (:one).
 * Tests: tests/unit/test_store.c; tests/unit/test_postgres.c prepares every variant on both engines.
 */
#ifndef TSU_STORE_QUERY_H
#define TSU_STORE_QUERY_H

#include "base/ctx.h"
#include "store/table.h"

enum query_kind { QUERY_ONE, QUERY_OPT, QUERY_MANY, QUERY_EACH, QUERY_EXEC };

/* Where a parameter's value comes from; arg is the input's index, or class index * ACTION_COUNT + action. */
enum query_source {
	PARAM_IN, PARAM_ORG, PARAM_ACCOUNT, PARAM_TODAY, PARAM_NOW, PARAM_ALL, PARAM_ROLE_CLASS, PARAM_MAY, PARAM_OWN
};

struct query_param {
	enum query_source source;
	int arg;
};

struct query_part {
	int filter; /* index of the input, -1: always */
	int sort;   /* index of the sort, -1: always */
	const char *text;
};

struct query_read { /* a table the statement reads, for the query-plan check */
	const char *alias, *table;
};

struct query_desc {
	const char *name, *file;
	int line;
	enum query_kind kind;
	const struct query_part *parts;
	size_t n_parts;
	const struct query_param *params;
	size_t n_params;
	const struct col_desc *in;
	size_t n_in;
	const struct col_desc *out;
	size_t n_out;
	size_t row_size;
	size_t sort_offset;
	int n_sorts; /* 0: none */
	const struct query_read *reads;
	size_t n_reads;
	const char *unscoped, *scan; /* the reason, or NULL */
};

MUST err query_one(struct ctx *c, const struct query_desc *d, const void *in, void *row);
MUST err query_opt(struct ctx *c, const struct query_desc *d, const void *in, void *row, bool *found);
MUST err query_many(struct ctx *c, const struct query_desc *d, const void *in, void **rows, size_t *n);
MUST err query_each(struct ctx *c, const struct query_desc *d, const void *in,
	err (*fn)(struct ctx *, const void *row, void *arg), void *arg);
MUST err query_exec(struct ctx *c, const struct query_desc *d, const void *in, int64_t *changed);

/* The text of one variant, filters as a bit mask over the inputs; for tests and the runner. Arena. */
const char *query_text(struct arena *a, const struct query_desc *d, uint64_t filters, int sort);
/* One letter per parameter, as db_prepare wants it. Arena. */
const char *query_types(struct arena *a, const struct query_desc *d);

#endif
