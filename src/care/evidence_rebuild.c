#include "care/evidence_rebuild.h"

#include "access/audit.h"
#include "base/str.h"
#include "care/evidence_writers.h"
#include "sql/q_house_record.h"
#include "store/revision.h"
#include "store/tx.h"

#include <string.h>

enum { SLICE = 200, DIFFS_MAX = SLICE * 8 };

const char *evidence_diff_ja(enum evidence_diff_kind k)
{
	static const char *const words[] = {"足りない", "余っている", "違っている", "読めない"};
	return words[k];
}

struct slice {
	const struct table_desc *table;
	evidence_writer *fn;
	int64_t from, to; /* ids */
	bool check;
	struct evidence_diff *v;
	size_t n;
	struct evidence_count count;
};

static void found(struct slice *s, const char *pid, const char *code, int64_t row_id, enum evidence_diff_kind kind)
{
	int64_t *of[] = {&s->count.missing, &s->count.extra, &s->count.different, &s->count.broken};
	++*of[kind];
	if (s->n < DIFFS_MAX)
		s->v[s->n++] = (struct evidence_diff){s->table->name, pid, code, row_id, kind};
}

static const struct evidence_own *same_code(const struct evidence_own *v, size_t n, const char *code)
{
	for (size_t i = 0; i < n; i++)
		if (!v[i].hidden && str_eq(v[i].code, code))
			return &v[i];
	return NULL;
}

static bool equal(const struct evidence_own *a, const struct evidence_own *b)
{
	return a->person_id == b->person_id && a->org_id == b->org_id && a->record_class == b->record_class && a->on_day == b->on_day && str_eq(a->body, b->body);
}

static void compare(struct slice *s, const char *pid, int64_t row_id, const struct evidence_own *was, size_t n_was, const struct evidence_own *is, size_t n_is)
{
	for (size_t i = 0; i < n_is; i++) {
		if (is[i].hidden)
			continue;
		const struct evidence_own *old = same_code(was, n_was, is[i].code);
		s->count.rows++;
		if (!old)
			found(s, pid, is[i].code, row_id, EVIDENCE_MISSING);
		else if (!equal(old, &is[i]))
			found(s, pid, is[i].code, row_id, EVIDENCE_DIFFERENT);
	}
	for (size_t i = 0; i < n_was; i++)
		if (!was[i].hidden && !same_code(is, n_is, was[i].code))
			found(s, pid, was[i].code, row_id, EVIDENCE_EXTRA);
}

static int64_t number(const struct table_desc *t, const void *row, int col)
{
	int64_t v = INT_NULL;
	if (col >= 0)
		memcpy(&v, (const char *)row + t->cols[col].offset, sizeof v);
	return v;
}

static err gone(struct ctx *c, struct slice *s, int64_t id, const struct evidence_own *was, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (!was[i].hidden)
			found(s, "", was[i].code, id, EVIDENCE_EXTRA);
		TRY(evidence_drop(c, s->table->name, id, was[i].code));
	}
	return OK;
}

/* The writer acts at the instant of the record's last change: a row that was missing was known since then. */
static err write_again(struct ctx *c, const struct slice *s, const void *row, int64_t id)
{
	const struct table_desc *t = s->table;
	int64_t now = c->now_ms, then = number(t, row, t->updated_ms >= 0 ? t->updated_ms : t->created_ms);
	if (then != INT_NULL && then > 0)
		c->now_ms = then;
	err e = s->fn(c, id);
	c->now_ms = now;
	return e;
}

static err one(struct ctx *c, struct slice *s, int64_t id)
{
	const struct table_desc *t = s->table;
	struct evidence_own *was, *is;
	size_t n_was, n_is, before = s->n;
	void *row = arena_alloc(c->arena, t->size);
	TRY(evidence_of_row(c, t->name, id, &was, &n_was));
	err e = row_load(c, t, id, row);
	if (e == ERR_NOTFOUND)
		return gone(c, s, id, was, n_was);
	TRY(e);
	const char *pid = t->pid >= 0 ? *(const char *const *)((const char *)row + t->cols[t->pid].offset) : "";
	s->count.records++;
	e = write_again(c, s, row, id);
	if (e == ERR_BUG || e == ERR_NOTFOUND) { /* a record from elsewhere without what its evidence asks for */
		found(s, pid, "", id, EVIDENCE_BROKEN);
		return OK;
	}
	TRY(e);
	TRY(evidence_of_row(c, t->name, id, &is, &n_is));
	compare(s, pid, id, was, n_was, is, n_is);
	return s->n == before || s->check ? OK : audit_change(c, "evidence.rebuild", t->name, id, number(t, row, t->person_id));
}

static err slice_tx(struct ctx *c, void *arg)
{
	struct slice *s = arg;
	s->n = 0;
	s->count = (struct evidence_count){0};
	for (int64_t id = s->from; id < s->to; id++)
		TRY(one(c, s, id));
	return s->check ? ERR_CANCELLED : OK; /* a check leaves nothing behind */
}

static err table(struct ctx *c, struct slice *s, int64_t last, void (*tell)(const struct evidence_diff *, void *), void *arg, struct evidence_count *out)
{
	for (int64_t from = 1; from <= last; from += SLICE) {
		struct arena_mark m = arena_mark_get(c->arena);
		s->from = from;
		s->to = from + SLICE <= last ? from + SLICE : last + 1;
		s->v = ARENA_ARRAY(c->arena, DIFFS_MAX, struct evidence_diff);
		err e = tx_run(c, slice_tx, s);
		if (e != OK && !(s->check && e == ERR_CANCELLED))
			return e;
		out->records += s->count.records;
		out->rows += s->count.rows;
		out->missing += s->count.missing;
		out->extra += s->count.extra;
		out->different += s->count.different;
		out->broken += s->count.broken;
		for (size_t i = 0; i < s->n && tell; i++)
			tell(&s->v[i], arg);
		arena_rewind(c->arena, m);
	}
	return OK;
}

static int64_t last_of(const struct q_evidence_ends_row *v, size_t n, const char *name)
{
	int64_t last = 0;
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].table_name, name) && v[i].last_id != INT_NULL && v[i].last_id > last)
			last = v[i].last_id;
	return last;
}

static bool has_writer(const char *name)
{
	evidence_writer *fn;
	for (size_t i = 0; i < evidence_writer_count(); i++)
		if (str_eq(evidence_writer_at(i, &fn)->name, name))
			return true;
	return false;
}

err evidence_rebuild(struct ctx *c, bool check, void (*tell)(const struct evidence_diff *d, void *arg), void *arg, struct evidence_count *out)
{
	struct q_evidence_ends_row *ends;
	size_t n;
	*out = (struct evidence_count){0};
	if (!c->actor.system)
		return ERR_DENIED;
	TRY(q_evidence_ends(c, &ends, &n));
	for (size_t i = 0; i < evidence_writer_count(); i++) {
		struct slice s = {.check = check};
		s.table = evidence_writer_at(i, &s.fn);
		TRY(table(c, &s, last_of(ends, n, s.table->name), tell, arg, out));
	}
	for (size_t i = 0; i < n; i++)
		if (ends[i].rows > 0 && !has_writer(ends[i].table_name)) {
			const struct evidence_diff d = {ends[i].table_name, "", "", 0, EVIDENCE_EXTRA};
			out->extra += ends[i].rows;
			if (tell)
				tell(&d, arg);
		}
	return OK;
}
