/* transfer — many acts in one transaction, for the house's own bulk work (demo town, import): a commit costs a
 * synchronous write, so a few hundred acts share one. Only for the audited console user (actor.system); whoever the
 * single acts inside run as is theirs to say, and each passes its own gate.
 * fn may run again when another process was writing: it changes nothing but the database, the arena and what it can do
 * twice. Errors: ERR_DENIED, those of fn. Tests: tests/unit/test_exchange.c. */
#ifndef TSU_EXCHANGE_TRANSFER_H
#define TSU_EXCHANGE_TRANSFER_H

#include "base/ctx.h"

MUST err transfer_batch(struct ctx *c, err (*fn)(struct ctx *c, void *arg), void *arg);

#endif
