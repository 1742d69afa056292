#include "store/revision.h"

#include "base/buf.h"
#include "base/pid.h"
#include "sql/q_store.h"
#include "store/db.h"
#include "store/rowjson.h"
#include "store/tx.h"
#include "store/value.h"

#include <string.h>

static const int64_t BIN_MS = (int64_t)30 * 24 * 3600 * 1000;

/* Set once at start by access/audit; see docs/architecture.md §2. */
static err (*change_hook)(struct ctx *c, const char *action, const char *table, int64_t row_id, int64_t person_id);

void store_set_change_hook(err (*fn)(struct ctx *c, const char *action, const char *table, int64_t row_id, int64_t person_id))
{
	change_hook = fn;
}

static int64_t *int_at(const struct table_desc *t, int col, void *row)
{
	return (int64_t *)(void *)((char *)row + t->cols[col].offset);
}

static int64_t get_int(const struct table_desc *t, int col, const void *row)
{
	int64_t v;
	memcpy(&v, (const char *)row + t->cols[col].offset, sizeof v);
	return v;
}

static void set_int(const struct table_desc *t, int col, void *row, int64_t v)
{
	if (col >= 0)
		*int_at(t, col, row) = v;
}

static err ready(struct ctx *c, const struct table_desc *t)
{
	return c->db && c->tx_depth > 0 && t->version >= 0 && t->id >= 0 ? OK : ERR_BUG;
}

/* One letter per column (without id), then the letters of more. */
static const char *types_of(struct arena *a, const struct table_desc *t, const char *more)
{
	struct buf b = buf_new(a);
	for (size_t i = 0; i < t->n_cols; i++)
		if ((int)i != t->id)
			buf_char(&b, value_type(t->cols[i].kind));
	buf_str(&b, more);
	return b.p;
}

static int bind_row(struct ctx *c, struct db_stmt *st, const struct table_desc *t, const void *row)
{
	int k = 1;
	for (size_t i = 0; i < t->n_cols; i++)
		if ((int)i != t->id)
			value_bind(c->arena, st, k++, &t->cols[i], row);
	return k;
}

/* Revision row and audit, after every change. */
static err changed(struct ctx *c, const struct table_desc *t, const void *row, const char *action, const char *reason)
{
	int64_t id = get_int(t, t->id, row);
	TRY(q_revision_add(c, &(struct q_revision_add_in){.table_name = t->name, .row_id = id, .version = get_int(t, t->version, row),
		.action = action, .reason = reason ? reason : "", .body = rowjson_write(c->arena, t, row)}, NULL));
	int64_t person = t->person_id >= 0 ? get_int(t, t->person_id, row) : INT_NULL;
	return change_hook ? change_hook(c, action, t->name, id, person) : OK;
}

static void stamp(struct ctx *c, const struct table_desc *t, void *row)
{
	set_int(t, t->updated_ms, row, c->now_ms);
	set_int(t, t->updated_by, row, c->actor.account_id);
}

err row_insert(struct ctx *c, const struct table_desc *t, void *row)
{
	TRY(ready(c, t));
	tx_keep(c, row, t->size);
	if (t->pid >= 0) {
		const char **pid = (const char **)(void *)((char *)row + t->cols[t->pid].offset);
		if (!*pid || !**pid) {
			char *p = arena_alloc(c->arena, PID_TEXT);
			pid_make(p);
			*pid = p;
		}
	}
	set_int(t, t->version, row, 1);
	set_int(t, t->created_ms, row, c->now_ms);
	set_int(t, t->created_by, row, c->actor.account_id);
	set_int(t, t->retired_ms, row, INT_NULL);
	stamp(c, t, row);
	struct db_stmt *st;
	bool got = false, more;
	TRY(db_get(c->db, t->sql_insert, 0, t->sql_insert, types_of(c->arena, t, ""), &st));
	bind_row(c, st, t, row);
	err e = db_step(st, &got);
	if (e == OK && got) {
		set_int(t, t->id, row, db_int(st, 0));
		e = db_step(st, &more);
	}
	db_done(st);
	TRY(e);
	return got ? changed(c, t, row, "insert", NULL) : ERR_DB;
}

static err read_by(struct ctx *c, const struct table_desc *t, const char *sql, int64_t id, const char *pid, void *row)
{
	struct db_stmt *st;
	bool got = false;
	if (!c->db || !sql)
		return ERR_BUG;
	void *r = arena_alloc(c->arena, t->size);
	TRY(db_get(c->db, sql, 0, sql, pid ? "t" : "i", &st));
	if (pid)
		db_bind_text(st, 1, pid);
	else
		db_bind_int(st, 1, id);
	err e = db_step(st, &got);
	for (size_t i = 0; e == OK && got && i < t->n_cols; i++)
		e = value_read(c->arena, st, (int)i, &t->cols[i], r);
	db_done(st);
	TRY(e);
	if (!got)
		return ERR_NOTFOUND;
	memcpy(row, r, t->size);
	return OK;
}

err row_load(struct ctx *c, const struct table_desc *t, int64_t id, void *row)
{
	return read_by(c, t, t->sql_by_id, id, NULL, row);
}

err row_find(struct ctx *c, const struct table_desc *t, const char *pid, void *row)
{
	return pid ? read_by(c, t, t->sql_by_pid, 0, pid, row) : ERR_NOTFOUND;
}

/* Writes row over the stored version `old`, as version old + 1. */
static err write_over(struct ctx *c, const struct table_desc *t, void *row, int64_t old, const char *action, const char *reason)
{
	set_int(t, t->version, row, old + 1);
	stamp(c, t, row);
	struct db_stmt *st;
	bool more;
	TRY(db_get(c->db, t->sql_update, 0, t->sql_update, types_of(c->arena, t, "ii"), &st));
	int k = bind_row(c, st, t, row);
	db_bind_int(st, k, get_int(t, t->id, row));
	db_bind_int(st, k + 1, old);
	err e = db_step(st, &more);
	int64_t n = e == OK ? db_changes(st) : 0;
	db_done(st);
	TRY(e);
	if (n != 1)
		return ERR_RETRY; /* somebody was between our reading and our writing (PostgreSQL) */
	return changed(c, t, row, action, reason);
}

/* Columns the store itself keeps: never merged, always those of the stored row. */
static bool system_col(const struct table_desc *t, int i)
{
	return i == t->id || i == t->pid || i == t->version || i == t->created_ms || i == t->created_by || i == t->updated_ms
		|| i == t->updated_by || i == t->retired_ms;
}

struct lost {
	const struct table_desc *t;
	struct row_conflict *conflict;
	const char *mine, *fields;
	int64_t base_version;
};

static err keep_lost(struct ctx *c, void *arg)
{
	const struct lost *l = arg;
	return q_conflict_text_add(c, &(struct q_conflict_text_add_in){.pid = l->conflict->text_pid, .table_name = l->t->name,
		.row_id = l->conflict->row_id, .base_version = l->base_version, .theirs_version = l->conflict->theirs_version,
		.mine = l->mine, .fields = l->fields}, NULL);
}

static void conflict_field(struct ctx *c, struct row_conflict_field *v, size_t *n, const struct col_desc *col, const void *base, const void *theirs,
	const void *mine)
{
	v[(*n)++] = (struct row_conflict_field){col->name, value_show(c->arena, col, base), value_show(c->arena, col, theirs),
		value_show(c->arena, col, mine), col->kind == COL_BOOL};
}

/* Merges theirs into mine; the fields both changed are listed. */
static struct row_conflict *merge(struct ctx *c, const struct table_desc *t, void *mine, const void *theirs, const void *base)
{
	struct row_conflict *k = ARENA_NEW(c->arena, struct row_conflict);
	k->table = t;
	k->row_id = get_int(t, t->id, theirs);
	k->theirs_version = get_int(t, t->version, theirs);
	k->theirs_by = t->updated_by >= 0 ? get_int(t, t->updated_by, theirs) : 0;
	k->theirs_ms = t->updated_ms >= 0 ? get_int(t, t->updated_ms, theirs) : INT_NULL;
	k->fields = ARENA_ARRAY(c->arena, t->n_cols, struct row_conflict_field);
	k->carried = ARENA_ARRAY(c->arena, t->n_cols, struct row_conflict_field);
	if (t->retired_ms >= 0 && get_int(t, t->retired_ms, theirs) != INT_NULL)
		conflict_field(c, k->fields, &k->n, &t->cols[t->retired_ms], base, theirs, mine);
	for (size_t i = 0; i < t->n_cols; i++) {
		const struct col_desc *col = &t->cols[i];
		if (system_col(t, (int)i) || value_equal(col, mine, theirs) || value_equal(col, theirs, base))
			continue;
		if (value_equal(col, mine, base)) {
			conflict_field(c, k->carried, &k->n_carried, col, base, theirs, mine);
			value_copy(col, mine, theirs);
		} else {
			conflict_field(c, k->fields, &k->n, col, base, theirs, mine);
		}
	}
	return k;
}

static void keep_mine(struct ctx *c, const struct table_desc *t, const void *mine, int64_t base_version, struct row_conflict *k)
{
	struct lost *l = ARENA_NEW(c->arena, struct lost);
	char *pid = arena_alloc(c->arena, PID_TEXT);
	struct buf names = buf_new(c->arena);
	for (size_t i = 0; i < k->n; i++)
		buf_fmt(&names, "%s%s", i ? "," : "", k->fields[i].column);
	pid_make(pid);
	k->text_pid = pid;
	*l = (struct lost){t, k, rowjson_write(c->arena, t, mine), names.p, base_version};
	tx_after(c, keep_lost, l);
}

bool row_same(const struct table_desc *t, const void *row_a, const void *row_b)
{
	for (size_t i = 0; i < t->n_cols; i++)
		if (!system_col(t, (int)i) && !value_equal(&t->cols[i], row_a, row_b))
			return false;
	return true;
}

err row_save(struct ctx *c, const struct table_desc *t, void *row, struct row_conflict **conflict)
{
	TRY(ready(c, t));
	if (conflict)
		*conflict = NULL;
	void *stored = arena_alloc(c->arena, t->size), *base = arena_alloc(c->arena, t->size);
	TRY(row_load(c, t, get_int(t, t->id, row), stored));
	int64_t from = get_int(t, t->version, row), now = get_int(t, t->version, stored);
	if (from > now)
		return ERR_BUG;
	bool retired = t->retired_ms >= 0 && get_int(t, t->retired_ms, stored) != INT_NULL;
	tx_keep(c, row, t->size);
	if (from < now || retired) {
		const void *was = arena_copy(c->arena, row, t->size); /* as the editor wanted it, before the merge */
		TRY(row_at_version(c, t, get_int(t, t->id, row), from, base));
		struct row_conflict *k = merge(c, t, row, stored, base);
		if (k->n) {
			keep_mine(c, t, was, from, k);
			if (conflict)
				*conflict = k;
			return ERR_CONFLICT;
		}
	}
	for (size_t i = 0; i < t->n_cols; i++)
		if (system_col(t, (int)i))
			value_copy(&t->cols[i], row, stored);
	return write_over(c, t, row, now, "save", NULL);
}

err row_retire(struct ctx *c, const struct table_desc *t, int64_t id, const char *reason)
{
	TRY(ready(c, t));
	if (t->retired_ms < 0)
		return ERR_BUG;
	void *row = arena_alloc(c->arena, t->size);
	TRY(row_load(c, t, id, row));
	if (get_int(t, t->retired_ms, row) != INT_NULL)
		return ERR_NOTFOUND;
	set_int(t, t->retired_ms, row, c->now_ms);
	return write_over(c, t, row, get_int(t, t->version, row), "retire", reason);
}

err row_restore(struct ctx *c, const struct table_desc *t, int64_t id)
{
	TRY(ready(c, t));
	if (t->retired_ms < 0)
		return ERR_BUG;
	void *row = arena_alloc(c->arena, t->size);
	TRY(row_load(c, t, id, row));
	int64_t since = get_int(t, t->retired_ms, row);
	if (since == INT_NULL || since + BIN_MS < c->now_ms)
		return ERR_NOTFOUND;
	set_int(t, t->retired_ms, row, INT_NULL);
	return write_over(c, t, row, get_int(t, t->version, row), "restore", NULL);
}

err row_revert(struct ctx *c, const struct table_desc *t, int64_t id, int64_t to_version)
{
	TRY(ready(c, t));
	void *stored = arena_alloc(c->arena, t->size), *old = arena_alloc(c->arena, t->size);
	TRY(row_load(c, t, id, stored));
	TRY(row_at_version(c, t, id, to_version, old));
	for (size_t i = 0; i < t->n_cols; i++)
		if (system_col(t, (int)i))
			value_copy(&t->cols[i], old, stored);
	return write_over(c, t, old, get_int(t, t->version, stored), "revert", arena_fmt(c->arena, "%lld", (long long)to_version));
}

void row_changes(struct ctx *c, const struct table_desc *t, const void *before, const void *after, struct row_change **v, size_t *n)
{
	*v = ARENA_ARRAY(c->arena, t->n_cols + 1, struct row_change);
	*n = 0;
	for (size_t i = 0; i < t->n_cols; i++) {
		const struct col_desc *col = &t->cols[i];
		if (((int)i != t->retired_ms && system_col(t, (int)i)) || (before && value_equal(col, before, after)))
			continue;
		const char *was = before ? value_show(c->arena, col, before) : "", *is = value_show(c->arena, col, after);
		if (before || *is)
			(*v)[(*n)++] = (struct row_change){col->name, was, is};
	}
}

err row_history(struct ctx *c, const struct table_desc *t, int64_t id, struct row_version **v, size_t *n)
{
	struct q_revision_list_row *rows;
	size_t k;
	TRY(q_revision_list(c, &(struct q_revision_list_in){.table_name = t->name, .row_id = id}, &rows, &k));
	struct row_version *out = ARENA_ARRAY(c->arena, k + 1, struct row_version);
	for (size_t i = 0; i < k; i++)
		out[i] = (struct row_version){rows[i].version, rows[i].at_ms, rows[i].account_id, rows[i].action, rows[i].reason};
	*v = out;
	*n = k;
	return OK;
}

/* Columns younger than the revision keep what the stored row has. */
static err from_body(struct ctx *c, const struct table_desc *t, int64_t id, const char *body, void *row)
{
	void *r = arena_alloc(c->arena, t->size);
	TRY(row_load(c, t, id, r));
	TRY(rowjson_read(c->arena, t, body, r));
	memcpy(row, r, t->size);
	return OK;
}

err row_at_version(struct ctx *c, const struct table_desc *t, int64_t id, int64_t version, void *row)
{
	struct q_revision_body_row r;
	bool found = false;
	TRY(q_revision_body(c, &(struct q_revision_body_in){.table_name = t->name, .row_id = id, .version = version}, &r, &found));
	return found ? from_body(c, t, id, r.body, row) : ERR_NOTFOUND;
}

err row_at(struct ctx *c, const struct table_desc *t, int64_t id, int64_t known_ms, void *row)
{
	struct q_revision_body_at_row r;
	bool found = false;
	TRY(q_revision_body_at(c, &(struct q_revision_body_at_in){.table_name = t->name, .row_id = id, .known_ms = known_ms}, &r, &found));
	return found ? from_body(c, t, id, r.body, row) : ERR_NOTFOUND;
}
