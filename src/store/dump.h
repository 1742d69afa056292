/* dump — whole tables out and in, any table by its description: what export and import are made of. No history, no
 * audit, no gate: exchange/ gates and writes the audit for the whole.
 *
 * Out: every row in a fixed order (id, else all columns); in: the row as it was, its id too, no revision. Loading stands
 * inside tx_run; with dump_defer references may point forward until the transaction ends.
 * Ownership: a row given to fn lives until fn returns. Errors: those of store/db. Tests: tests/unit/test_exchange.c. */
#ifndef TSU_STORE_DUMP_H
#define TSU_STORE_DUMP_H

#include "base/ctx.h"
#include "store/table.h"

MUST err dump_each(struct ctx *c, const struct table_desc *t, err (*fn)(struct ctx *c, const void *row, void *arg), void *arg);
MUST err dump_count(struct ctx *c, const struct table_desc *t, int64_t *n);
MUST err dump_load(struct ctx *c, const struct table_desc *t, const void *row);
/* A new row without history: fills id, pid, version 1, created_*, updated_*. Only for what keeps no history (synth). */
MUST err dump_insert(struct ctx *c, const struct table_desc *t, void *row);
MUST err dump_defer(struct ctx *c);

#endif
