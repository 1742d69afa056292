/* transfer — what export, import and the house's own bulk work share.
 *
 * transfer_batch: many acts in one transaction (demo town, import): a commit costs a synchronous write, so a few hundred
 * acts share one. Only for the audited console user (actor.system); whoever the single acts inside run as is theirs to
 * say, and each passes its own gate. fn may run again when another process was writing: it changes nothing but the
 * database, the arena and what it can do twice.
 * The tables say what of the schema travels (transfer.tbl.h, transfer_files.tbl.h).
 * Errors: ERR_DENIED, those of fn. Tests: tests/unit/test_exchange.c. */
#ifndef TSU_EXCHANGE_TRANSFER_H
#define TSU_EXCHANGE_TRANSFER_H

#include "base/ctx.h"
#include "store/table.h"

MUST err transfer_batch(struct ctx *c, err (*fn)(struct ctx *c, void *arg), void *arg);

enum transfer_kind { TRANSFER_DATA, TRANSFER_LOG, TRANSFER_SKIP };
enum transfer_kind transfer_kind_of(const char *table);
const char *transfer_reason(const char *table); /* static; "" for data */

/* Does the column name stored bytes? -1: it speaks of a sum, but nobody has said; 0 no; 1 yes. */
int transfer_is_file(const struct table_desc *t, size_t col);

/* Names in the lists that the schema does not have (a table was renamed); NULL if all are there. Arena. */
const char *transfer_unknown_name(struct arena *a);

#define TRANSFER_FORMAT "tsunagi-export"
#define TRANSFER_VERSION 1

#endif
