#include "store/tx.h"

#include "base/log.h"
#include "base/pid.h"
#include "store/db.h"

#include <string.h>
#include <time.h>

enum { RETRIES = 5 };

struct tx_note {
	struct tx_note *next;
	void *p; /* keep: where to put back */
	const void *was;
	size_t n;
	err (*fn)(struct ctx *c, void *arg); /* after: what to do */
	void *arg;
	bool wipe; /* after: empty the journal */
};

static struct tx_note *note(struct ctx *c)
{
	struct tx_note *t = ARENA_NEW(c->arena, struct tx_note);
	t->next = c->tx_notes;
	c->tx_notes = t;
	return t;
}

void tx_keep(struct ctx *c, void *p, size_t n)
{
	struct tx_note *t = note(c);
	t->was = arena_copy(c->arena, p, n);
	t->n = n;
	t->p = p;
}

void tx_after(struct ctx *c, err (*fn)(struct ctx *c, void *arg), void *arg)
{
	/* Found again it moves to the front, so that a transaction of many rows with the same wish does not search long. */
	for (struct tx_note **p = &c->tx_notes; *p; p = &(*p)->next) {
		struct tx_note *old = *p;
		if (old->fn != fn || old->arg != arg)
			continue;
		*p = old->next;
		old->next = c->tx_notes;
		c->tx_notes = old;
		return;
	}
	struct tx_note *t = note(c);
	t->fn = fn;
	t->arg = arg;
}

void tx_wipe(struct ctx *c) { note(c)->wipe = true; }

/* Newest first, so that the oldest copy of the same bytes wins. */
static void put_back(struct ctx *c)
{
	for (struct tx_note *t = c->tx_notes; t; t = t->next)
		if (t->p)
			memcpy(t->p, t->was, t->n);
}

static void back_off(int attempt)
{
	unsigned char chance;
	rand_bytes(&chance, 1);
	long ms = (2L << attempt) + chance % (4 << attempt);
	struct timespec ts = {0, ms * 1000000L};
	nanosleep(&ts, NULL);
}

void tx_view_begin(struct ctx *c)
{
	if (c->db && !c->tx_view && c->tx_depth == 0 && !db_is_postgres(c->db))
		c->tx_view = db_exec(c->db, "BEGIN") == OK;
}

void tx_view_end(struct ctx *c)
{
	if (!c->tx_view)
		return;
	c->tx_view = false;
	if (db_commit(c->db) != OK)
		db_rollback(c->db);
}

static void wipe_after(struct ctx *c, const struct tx_note *notes)
{
	while (notes && !notes->wipe)
		notes = notes->next;
	if (!notes)
		return;
	err e = db_wipe_journal(c->db);
	if (e != OK)
		log_event(LOG_WARN, "tx_wipe", "error", err_name(e), NULL);
}

static err once(struct ctx *c, err (*fn)(struct ctx *c, void *arg), void *arg)
{
	TRY(db_begin(c->db));
	c->tx_depth = 1;
	c->tx_doom = OK;
	err e = fn(c, arg);
	c->tx_depth = 0;
	if (e == OK)
		e = c->tx_doom;
	if (e == OK)
		e = db_commit(c->db);
	if (e != OK) {
		db_rollback(c->db);
		put_back(c);
	}
	return e;
}

static void run_after(struct ctx *c, struct tx_note *notes)
{
	/* oldest first */
	struct tx_note *order = NULL;
	while (notes) {
		struct tx_note *next = notes->next;
		notes->next = order;
		order = notes;
		notes = next;
	}
	for (; order; order = order->next)
		if (order->fn) {
			err e = tx_run(c, order->fn, order->arg);
			if (e != OK)
				log_event(LOG_ERROR, "tx_after", "error", err_name(e), NULL);
		}
}

err tx_run(struct ctx *c, err (*fn)(struct ctx *c, void *arg), void *arg)
{
	if (!c->db)
		return ERR_BUG;
	if (c->tx_depth > 0) {
		c->tx_depth++;
		err e = fn(c, arg);
		c->tx_depth--;
		if (e != OK && c->tx_doom == OK)
			c->tx_doom = e;
		return e;
	}
	tx_view_end(c);
	size_t faults = c->n_faults;
	err e;
	for (int attempt = 0;; attempt++) {
		c->tx_notes = NULL;
		e = once(c, fn, arg);
		if (e != ERR_RETRY || attempt == RETRIES)
			break;
		c->n_faults = faults;
		back_off(attempt);
	}
	struct tx_note *notes = c->tx_notes;
	c->tx_notes = NULL;
	if (e == OK)
		wipe_after(c, notes);
	run_after(c, notes);
	return e;
}

void tx_recover(struct ctx *c)
{
	db_recover(c->db);
	c->tx_depth = 0;
	c->tx_doom = OK;
	c->tx_notes = NULL;
	c->tx_view = false;
}

void tx_bulk(struct ctx *c) { db_bulk(c->db); }
