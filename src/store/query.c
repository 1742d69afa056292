#include "store/query.h"

#include "base/buf.h"
#include "base/log.h"
#include "store/db.h"
#include "store/value.h"

#include <string.h>

const char *query_text(struct arena *a, const struct query_desc *d, uint64_t filters, int sort)
{
	struct buf b = buf_new(a);
	for (size_t i = 0; i < d->n_parts; i++) {
		const struct query_part *p = &d->parts[i];
		if ((p->filter >= 0 && !(filters >> p->filter & 1)) || (p->sort >= 0 && p->sort != sort))
			continue;
		buf_str(&b, p->text);
		buf_char(&b, '\n');
	}
	return b.n ? b.p : "";
}

const char *query_types(struct arena *a, const struct query_desc *d)
{
	char *t = arena_alloc(a, d->n_params + 1);
	for (size_t i = 0; i < d->n_params; i++)
		t[i] = d->params[i].source == PARAM_IN ? value_type(d->in[d->params[i].arg].kind)
			: d->params[i].source == PARAM_TODAY ? 't' : 'i';
	return t;
}

static uint64_t filters_of(const struct query_desc *d, const void *in)
{
	uint64_t mask = 0;
	for (size_t i = 0; i < d->n_parts; i++) {
		int f = d->parts[i].filter;
		if (f < 0)
			continue;
		bool there = d->in[f].kind == COL_BOOL ? *(const bool *)((const char *)in + d->in[f].offset)
			: !value_absent(&d->in[f], in);
		if (there)
			mask |= (uint64_t)1 << f;
	}
	return mask;
}

static void bind_all(struct ctx *c, const struct query_desc *d, const void *in, struct db_stmt *st)
{
	for (size_t k = 0; k < d->n_params; k++) {
		int i = (int)k + 1, arg = d->params[k].arg;
		switch (d->params[k].source) {
		case PARAM_IN:
			value_bind(c->arena, st, i, &d->in[arg], in);
			break;
		case PARAM_ORG:
			db_bind_int(st, i, c->actor.org_id);
			break;
		case PARAM_ACCOUNT:
			db_bind_int(st, i, c->actor.account_id);
			break;
		case PARAM_TODAY: {
			char *text = arena_alloc(c->arena, CIVIL_TEXT);
			civil_text(c->today, text);
			db_bind_text(st, i, text);
			break;
		}
		case PARAM_NOW:
			db_bind_int(st, i, c->now_ms);
			break;
		case PARAM_ALL:
			db_bind_int(st, i, c->actor.system);
			break;
		case PARAM_ROLE_CLASS:
			db_bind_int(st, i, c->actor.role_class);
			break;
		case PARAM_MAY:
			db_bind_int(st, i, c->may[arg / ACTION_COUNT][arg % ACTION_COUNT]);
			break;
		case PARAM_OWN:
			db_bind_int(st, i, c->may_own[arg % ACTION_COUNT] >> (arg / ACTION_COUNT) & 1);
			break;
		}
	}
}

static err start(struct ctx *c, const struct query_desc *d, const void *in, struct db_stmt **st)
{
	if (!c->db)
		return ERR_BUG;
	int sort = 0;
	if (d->n_sorts) {
		memcpy(&sort, (const char *)in + d->sort_offset, sizeof sort);
		if (sort < 0 || sort >= d->n_sorts)
			return ERR_BUG;
	}
	uint64_t filters = filters_of(d, in), variant = filters << 4 | (uint64_t)sort;
	TRY(db_get(c->db, d, variant, NULL, NULL, st));
	if (!*st) {
		err e = db_get(c->db, d, variant, query_text(c->arena, d, filters, sort), query_types(c->arena, d), st);
		if (e != OK) {
			log_event(LOG_ERROR, "query", "name", d->name, "message", db_message(c->db), NULL);
			return e;
		}
	}
	if (db_cols(*st) != (int)d->n_out && d->kind != QUERY_EXEC) {
		log_event(LOG_ERROR, "query", "name", d->name, "message", "number of columns differs from the header", NULL);
		db_done(*st);
		return ERR_BUG;
	}
	bind_all(c, d, in, *st);
	return OK;
}

static err read_row(struct ctx *c, const struct query_desc *d, struct db_stmt *st, void *row)
{
	for (size_t i = 0; i < d->n_out; i++) {
		err e = value_read(c->arena, st, (int)i, &d->out[i], row);
		if (e != OK) {
			log_event(LOG_ERROR, "query", "name", d->name, "column", d->out[i].name, "message", "NULL or no value of its kind", NULL);
			return e;
		}
	}
	return OK;
}

/* The first row, then to the end: INSERT … RETURNING is finished only then. */
static err first(struct ctx *c, const struct query_desc *d, struct db_stmt *st, void *row, bool *found)
{
	bool more;
	TRY(db_step(st, found));
	if (!*found)
		return OK;
	TRY(read_row(c, d, st, row));
	return db_step(st, &more);
}

err query_opt(struct ctx *c, const struct query_desc *d, const void *in, void *row, bool *found)
{
	struct db_stmt *st;
	bool hit = false;
	void *r = arena_alloc(c->arena, d->row_size);
	TRY(start(c, d, in, &st));
	err e = first(c, d, st, r, &hit);
	db_done(st);
	TRY(e);
	if (hit)
		memcpy(row, r, d->row_size);
	*found = hit;
	return OK;
}

err query_one(struct ctx *c, const struct query_desc *d, const void *in, void *row)
{
	bool found = false;
	TRY(query_opt(c, d, in, row, &found));
	return found ? OK : ERR_NOTFOUND;
}

err query_many(struct ctx *c, const struct query_desc *d, const void *in, void **rows, size_t *n)
{
	struct db_stmt *st;
	size_t k = 0, cap = 16;
	bool row;
	err e;
	char *v = arena_array(c->arena, cap, d->row_size);
	TRY(start(c, d, in, &st));
	while ((e = db_step(st, &row)) == OK && row) {
		if (k == cap) {
			char *w = arena_array(c->arena, cap * 2, d->row_size);
			memcpy(w, v, cap * d->row_size);
			v = w;
			cap *= 2;
		}
		if ((e = read_row(c, d, st, v + k * d->row_size)) != OK)
			break;
		k++;
	}
	db_done(st);
	TRY(e);
	*rows = v;
	*n = k;
	return OK;
}

err query_each(struct ctx *c, const struct query_desc *d, const void *in,
	err (*fn)(struct ctx *, const void *row, void *arg), void *arg)
{
	struct db_stmt *st;
	bool more;
	err e;
	char *row = arena_alloc(c->arena, d->row_size);
	TRY(start(c, d, in, &st));
	struct arena_mark mark = arena_mark_get(c->arena);
	while ((e = db_step(st, &more)) == OK && more) {
		memset(row, 0, d->row_size);
		if ((e = read_row(c, d, st, row)) != OK || (e = fn(c, row, arg)) != OK)
			break;
		arena_rewind(c->arena, mark);
	}
	db_done(st);
	return e;
}

err query_exec(struct ctx *c, const struct query_desc *d, const void *in, int64_t *changed)
{
	struct db_stmt *st;
	bool row = true;
	err e = OK;
	TRY(start(c, d, in, &st));
	while (row && e == OK)
		e = db_step(st, &row);
	int64_t n = e == OK ? db_changes(st) : 0;
	db_done(st);
	TRY(e);
	if (changed)
		*changed = n;
	return OK;
}
