/* tx — the one way to write: a function runs inside a transaction; it is tried again when another process was writing.
 *
 * fn may run up to 6 times, so it changes nothing but the database, the arena, and memory noted with tx_keep. Faults
 * that an unsuccessful try collected are forgotten. A tx_run inside a tx_run joins; if the inner one fails the outer
 * one rolls back as a whole, whatever its fn returns. Any error rolls back. The arena's escape does too: the guard
 * calls tx_recover. Errors: those of fn and of the commit (ERR_RETRY after the last try, ERR_DISK_FULL, ERR_DB).
 * Tests: tests/unit/test_store.c, with fail-the-N-th-call.
 */
#ifndef TSU_STORE_TX_H
#define TSU_STORE_TX_H

#include "base/ctx.h"

MUST err tx_run(struct ctx *c, err (*fn)(struct ctx *c, void *arg), void *arg);

/* Inside: if the transaction does not commit, put these n bytes back as they are now. */
void tx_keep(struct ctx *c, void *p, size_t n);
/* Inside: run fn in a transaction of its own after this one has ended, committed or not (a retried try is forgotten).
 * The same fn and arg asked for twice run once. */
void tx_after(struct ctx *c, err (*fn)(struct ctx *c, void *arg), void *arg);
/* Inside: when this has been committed, the engine's journal is emptied, so that the files do not tell what was written together
 * or stood there before (anonymous answers). Waits for readers; if they go on, the next one does it. */
void tx_wipe(struct ctx *c);
/* One state of the data for all statements of a reading request, so that a number and its rows agree; on SQLite one lock of
 * the file instead of one for each statement. A tx_run ends it before it begins; asked for twice it stays. Where it cannot
 * begin, and on PostgreSQL (an error would spoil the transaction for the page that tells of it), each statement reads the newest. */
void tx_view_begin(struct ctx *c);
void tx_view_end(struct ctx *c); /* harmless without one */
void tx_bulk(struct ctx *c); /* thousands of writes follow: see db_bulk */
/* For guards, after the arena escaped: everything open is reset and rolled back. */
void tx_recover(struct ctx *c);

#endif
