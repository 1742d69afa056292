/* The PostgreSQL engine behind store/db. Statements and migrations are prepared on it in the tests; types are given
 * with each statement, so that a parameter a variant does not use has one all the same. */
#include "store/driver.h"

#include "base/buf.h"
#include "base/log.h"

#include <ctype.h>
#include <inttypes.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OID_INT8 = 20, OID_TEXT = 25, OID_BYTEA = 17 };

struct pg_stmt {
	char name[24];
	int n_params, n_cols, at; /* at: current row */
	const char *values[DB_PARAMS];
	int lengths[DB_PARAMS], formats[DB_PARAMS];
	char numbers[DB_PARAMS][21];
	PGresult *result;
	struct blob read;
	struct pg_stmt *next_free;
};

struct pg {
	struct pg_stmt *free;
	unsigned long n_names;
};

static err fail(struct db *db, const char *message, const char *state)
{
	snprintf(db->message, sizeof db->message, "%s", message ? message : "");
	if (state && (strcmp(state, "40001") == 0 || strcmp(state, "40P01") == 0 || strcmp(state, "55P03") == 0))
		return ERR_RETRY;
	if (state && strcmp(state, "23505") == 0)
		return ERR_UNIQUE;
	if (state && strcmp(state, "53100") == 0)
		return ERR_DISK_FULL;
	if (state && strcmp(state, "57014") == 0)
		return ERR_CANCELLED;
	log_event(LOG_ERROR, "db", "engine", "postgres", "state", state ? state : "", NULL);
	return ERR_DB;
}

static err fail_result(struct db *db, PGresult *r)
{
	err e = fail(db, r ? PQresultErrorMessage(r) : PQerrorMessage(db->conn), r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL);
	PQclear(r);
	return e;
}

static void p_close(struct db *db) { PQfinish(db->conn); }

/* ?N to $N, outside quotes. */
static void dollars(struct buf *b, const char *sql)
{
	bool quoted = false;
	for (; *sql; sql++) {
		if (*sql == '\'')
			quoted = !quoted;
		buf_char(b, *sql == '?' && !quoted && isdigit((unsigned char)sql[1]) ? '$' : *sql);
	}
}

static err p_prepare(struct db *db, struct db_stmt *st, const char *sql, const char *types)
{
	struct pg *pg = db->extra;
	size_t n = strlen(types);
	Oid oids[DB_PARAMS];
	if (n > DB_PARAMS)
		return ERR_BUG;
	for (size_t i = 0; i < n; i++)
		oids[i] = types[i] == 't' ? OID_TEXT : types[i] == 'b' ? OID_BYTEA : OID_INT8;
	struct pg_stmt *h = pg->free;
	if (h)
		pg->free = h->next_free;
	else
		h = ARENA_NEW(db->arena, struct pg_stmt);
	snprintf(h->name, sizeof h->name, "q%lu", ++pg->n_names);
	h->n_params = (int)n;
	h->result = NULL;
	for (size_t i = 0; i < n; i++)
		h->values[i] = NULL;
	struct arena_mark mark = arena_mark_get(db->arena);
	struct buf text = buf_new(db->arena);
	dollars(&text, sql);
	PGresult *r = PQprepare(db->conn, h->name, text.p ? text.p : "", (int)n, oids);
	arena_rewind(db->arena, mark);
	if (PQresultStatus(r) != PGRES_COMMAND_OK) {
		h->next_free = pg->free;
		pg->free = h;
		return fail_result(db, r);
	}
	PQclear(r);
	r = PQdescribePrepared(db->conn, h->name);
	h->n_cols = PQnfields(r);
	PQclear(r);
	st->h = h;
	return OK;
}

static void p_reset(struct db_stmt *st)
{
	struct pg_stmt *h = st->h;
	PQclear(h->result);
	h->result = NULL;
	PQfreemem((void *)(uintptr_t)h->read.p);
	h->read = (struct blob){NULL, 0};
	for (int i = 0; i < h->n_params; i++)
		h->values[i] = NULL;
}

static void p_finalize(struct db_stmt *st)
{
	struct pg_stmt *h = st->h;
	struct pg *pg = st->db->extra;
	char sql[48];
	p_reset(st);
	snprintf(sql, sizeof sql, "DEALLOCATE %s", h->name);
	PQclear(PQexec(st->db->conn, sql));
	h->next_free = pg->free;
	pg->free = h;
}

static void bind(struct db_stmt *st, int i, const char *v, int length, int format)
{
	struct pg_stmt *h = st->h;
	if (i > h->n_params)
		return;
	h->values[i - 1] = v;
	h->lengths[i - 1] = length;
	h->formats[i - 1] = format;
}

static void p_bind_null(struct db_stmt *st, int i) { bind(st, i, NULL, 0, 0); }

static void p_bind_int(struct db_stmt *st, int i, int64_t v)
{
	struct pg_stmt *h = st->h;
	if (i > h->n_params)
		return;
	snprintf(h->numbers[i - 1], sizeof h->numbers[0], "%" PRId64, v);
	bind(st, i, h->numbers[i - 1], 0, 0);
}

static void p_bind_text(struct db_stmt *st, int i, const char *v) { bind(st, i, v, 0, 0); }
static void p_bind_blob(struct db_stmt *st, int i, struct blob v) { bind(st, i, v.p, (int)v.n, 1); }

static err p_step(struct db_stmt *st, bool *row)
{
	struct pg_stmt *h = st->h;
	if (!h->result) {
		h->result = PQexecPrepared(st->db->conn, h->name, h->n_params, h->values, h->lengths, h->formats, 0);
		ExecStatusType s = PQresultStatus(h->result);
		if (s != PGRES_COMMAND_OK && s != PGRES_TUPLES_OK) {
			PGresult *r = h->result;
			h->result = NULL;
			return fail_result(st->db, r);
		}
		h->at = -1;
	}
	*row = ++h->at < PQntuples(h->result);
	return OK;
}

static int p_cols(const struct db_stmt *st) { return ((const struct pg_stmt *)st->h)->n_cols; }

static bool p_null(struct db_stmt *st, int c)
{
	struct pg_stmt *h = st->h;
	return PQgetisnull(h->result, h->at, c);
}

static const char *p_text(struct db_stmt *st, int c)
{
	struct pg_stmt *h = st->h;
	return p_null(st, c) ? NULL : PQgetvalue(h->result, h->at, c);
}

static int64_t p_int(struct db_stmt *st, int c)
{
	const char *s = p_text(st, c);
	return s ? strtoll(s, NULL, 10) : 0;
}

static struct blob p_blob(struct db_stmt *st, int c)
{
	struct pg_stmt *h = st->h;
	const char *s = p_text(st, c);
	PQfreemem((void *)(uintptr_t)h->read.p);
	h->read = (struct blob){NULL, 0};
	if (s)
		h->read.p = PQunescapeBytea((const unsigned char *)s, &h->read.n);
	return h->read;
}

static int64_t p_changes(struct db_stmt *st)
{
	struct pg_stmt *h = st->h;
	return strtoll(PQcmdTuples(h->result), NULL, 10);
}

static err p_exec(struct db *db, const char *sql)
{
	PGresult *r = PQexec(db->conn, sql);
	ExecStatusType s = PQresultStatus(r);
	if (s != PGRES_COMMAND_OK && s != PGRES_TUPLES_OK && s != PGRES_EMPTY_QUERY)
		return fail_result(db, r);
	PQclear(r);
	return OK;
}

static bool p_in_tx(struct db *db) { return db->conn && PQtransactionStatus(db->conn) != PQTRANS_IDLE; }

static bool p_has_table(struct db *db, const char *name)
{
	const char *v[1] = {name};
	PGresult *r = PQexecParams(db->conn, "SELECT 1 WHERE to_regclass($1) IS NOT NULL", 1, NULL, v, NULL, NULL, 0);
	bool there = PQntuples(r) == 1;
	PQclear(r);
	return there;
}

static const struct db_ops ops = {
	.close = p_close, .prepare = p_prepare, .finalize = p_finalize, .reset = p_reset, .bind_null = p_bind_null,
	.bind_int = p_bind_int, .bind_text = p_bind_text, .bind_blob = p_bind_blob, .step = p_step, .cols = p_cols,
	.null = p_null, .get_int = p_int, .text = p_text, .blob = p_blob, .changes = p_changes, .exec = p_exec,
	.in_tx = p_in_tx, .has_table = p_has_table,
	.begin = "BEGIN ISOLATION LEVEL SERIALIZABLE", .commit = "COMMIT", .rollback = "ROLLBACK",
};

static void quiet(void *arg, const char *message)
{
	(void)arg;
	(void)message;
}

err postgres_driver_open(struct db *db, const char *conninfo, enum db_mode mode)
{
	db->postgres = true;
	db->ops = &ops;
	db->extra = ARENA_NEW(db->arena, struct pg);
	db->conn = PQconnectdb(conninfo);
	if (PQstatus(db->conn) != CONNECTION_OK)
		return fail(db, PQerrorMessage(db->conn), NULL);
	PQsetNoticeProcessor(db->conn, quiet, NULL);
	TRY(p_exec(db, "SET client_encoding TO 'UTF8'"));
	return mode == DB_READ ? p_exec(db, "SET default_transaction_read_only TO on") : OK;
}
