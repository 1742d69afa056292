#include "access/once.h"

#include "base/pid.h"
#include "sql/q_access.h"
#include "store/tx.h"

const char *once_token(struct ctx *c)
{
	char pid[PID_TEXT];
	pid_make(pid);
	return arena_str(c->arena, pid);
}

err once_begin(struct ctx *c, const char *token, const char **location)
{
	if (!token || !pid_valid(token))
		return ERR_FORM_FIELD;
	if (c->tx_depth == 0)
		return ERR_BUG;
	struct q_form_token_get_row row;
	bool found;
	TRY(q_form_token_get(c, &(struct q_form_token_get_in){.token = token}, &row, &found));
	if (found) {
		*location = row.location;
		return OK;
	}
	err e = q_form_token_insert(c, &(struct q_form_token_insert_in){.token = token}, NULL);
	if (e == ERR_UNIQUE)
		return ERR_RETRY; /* the twin is being saved at this moment (PostgreSQL): look again in a new transaction */
	TRY(e);
	*location = NULL;
	return OK;
}

err once_finish(struct ctx *c, const char *token, const char *location)
{
	if (c->tx_depth == 0)
		return ERR_BUG;
	int64_t changed;
	TRY(q_form_token_finish(c, &(struct q_form_token_finish_in){.token = token, .location = location}, &changed));
	return changed == 1 ? OK : ERR_BUG;
}

err once_led(struct ctx *c, const char *token, const char **location)
{
	struct q_form_token_get_row row;
	bool found;
	*location = NULL;
	if (!token || !pid_valid(token))
		return OK;
	TRY(q_form_token_get(c, &(struct q_form_token_get_in){.token = token}, &row, &found));
	if (found && row.location[0])
		*location = row.location;
	return OK;
}

struct once_work {
	const char *token, *location;
	err (*fn)(struct ctx *c, void *arg, const char **location);
	void *arg;
	bool repeated;
};

static err in_tx(struct ctx *c, void *arg)
{
	struct once_work *w = arg;
	w->repeated = false;
	TRY(once_begin(c, w->token, &w->location));
	if (w->location) {
		w->repeated = true;
		return OK;
	}
	TRY(w->fn(c, w->arg, &w->location));
	return w->location ? once_finish(c, w->token, w->location) : ERR_BUG;
}

err once_run(struct ctx *c, const char *token, err (*fn)(struct ctx *c, void *arg, const char **location), void *arg,
	const char **location, bool *repeated)
{
	struct once_work w = {.token = token, .fn = fn, .arg = arg};
	TRY(tx_run(c, in_tx, &w));
	*location = w.location;
	*repeated = w.repeated;
	return OK;
}
