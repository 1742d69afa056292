#include "exchange/transfer.h"

#include "access/policy.h"
#include "store/tx.h"

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
	err e = tx_run(c, batch_tx, &b);
	/* fn acts as others and on other days; the console and its clock come back. */
	c->actor = console;
	c->now_ms = now_ms;
	c->today = civil_of_instant(now_ms);
	policy_load(c);
	return e;
}
