#include "exchange/transfer.h"

#include "access/policy.h"
#include "base/str.h"
#include "sql/all.h"
#include "store/tx.h"

#include <string.h>

struct batch {
	err (*fn)(struct ctx *c, void *arg);
	void *arg;
};

static err batch_tx(struct ctx *c, void *arg)
{
	const struct batch *b = arg;
	return b->fn(c, b->arg);
}

err transfer_batch(struct ctx *c, err (*fn)(struct ctx *c, void *arg), void *arg)
{
	struct batch b = {fn, arg};
	if (!c->actor.system)
		return ERR_DENIED;
	struct actor console = c->actor;
	int64_t now_ms = c->now_ms;
	tx_bulk(c);
	err e = tx_run(c, batch_tx, &b);
	/* fn acts as others and on other days; the console and its clock come back. */
	c->actor = console;
	c->now_ms = now_ms;
	c->today = civil_of_instant(now_ms);
	policy_load(c);
	return e;
}

static const struct {
	const char *table;
	enum transfer_kind kind;
	const char *reason;
} tables[] = {
#define TRANSFER(table, kind, reason) {#table, TRANSFER_##kind, reason},
#include "exchange/transfer.tbl.h"
#undef TRANSFER
};
enum { N_TABLES = sizeof tables / sizeof tables[0] };

static const struct {
	const char *table, *column;
	int is_file;
} files[] = {
#define FILE_YES_FILE 1
#define FILE_YES_NONE 0
#define TRANSFER_FILE(table, column, kind, reason) {#table, #column, FILE_YES_##kind},
#include "exchange/transfer_files.tbl.h"
#undef TRANSFER_FILE
};
enum { N_FILES = sizeof files / sizeof files[0] };

enum transfer_kind transfer_kind_of(const char *table)
{
	for (size_t i = 0; i < N_TABLES; i++)
		if (str_eq(tables[i].table, table))
			return tables[i].kind;
	return TRANSFER_DATA;
}

const char *transfer_reason(const char *table)
{
	for (size_t i = 0; i < N_TABLES; i++)
		if (str_eq(tables[i].table, table))
			return tables[i].reason;
	return "";
}

int transfer_is_file(const struct table_desc *t, size_t col)
{
	const char *name = t->cols[col].name;
	for (size_t i = 0; i < N_FILES; i++)
		if (str_eq(files[i].table, t->name) && str_eq(files[i].column, name))
			return files[i].is_file;
	return t->cols[col].kind == COL_TEXT && strstr(name, "sha") ? -1 : 0;
}

static bool in_schema(const char *table, const char *column)
{
	for (size_t i = 0; i < table_all_n; i++) {
		if (!str_eq(table_all[i]->name, table))
			continue;
		for (size_t k = 0; column && k < table_all[i]->n_cols; k++)
			if (str_eq(table_all[i]->cols[k].name, column))
				return true;
		return !column;
	}
	return false;
}

const char *transfer_unknown_name(struct arena *a)
{
	for (size_t i = 0; i < N_TABLES; i++)
		if (!in_schema(tables[i].table, NULL))
			return tables[i].table;
	for (size_t i = 0; i < N_FILES; i++)
		if (!in_schema(files[i].table, files[i].column))
			return arena_fmt(a, "%s.%s", files[i].table, files[i].column);
	return NULL;
}
