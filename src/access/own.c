#include "access/own.h"

#include "access/audit.h"
#include "access/credential.h"
#include "access/key.h"
#include "base/house.h"
#include "base/pid.h"
#include "base/str.h"
#include "sql/q_access.h"
#include "store/tx.h"

#include <stdio.h>
#include <string.h>

enum { TICKET_MAX = 4000 };

/* ---- sealed texts: account, end and kind stand inside ---- */

static const char *seal(struct ctx *c, const char *kind, int64_t for_ms, const char *text)
{
	const long long until_ms = (long long)c->now_ms + for_ms;
	const char *plain = arena_fmt(c->arena, "%s %lld %lld %s", kind, (long long)c->actor.account_id, until_ms, text);
	size_t n;
	const uint8_t *sealed = key_seal(c->arena, c->house->key, "ticket", plain, strlen(plain), &n);
	char *hex = arena_alloc(c->arena, n * 2 + 1);
	key_hex(sealed, n, hex);
	return hex;
}

/* NULL: not ours, another account's, another page's or too old. */
static const char *unseal(struct ctx *c, const char *kind, const char *hex)
{
	size_t n = strlen(hex) / 2, n_plain;
	void *plain;
	if (c->actor.account_id <= 0 || n <= KEY_SEAL_EXTRA || n > TICKET_MAX)
		return NULL;
	uint8_t *sealed = arena_alloc(c->arena, n);
	if (!key_unhex(hex, sealed, n) || key_open(c->arena, c->house->key, "ticket", sealed, n, &plain, &n_plain) != OK)
		return NULL;
	const char *text = arena_strn(c->arena, plain, n_plain);
	const char *head = arena_fmt(c->arena, "%s %lld ", kind, (long long)c->actor.account_id);
	if (!str_starts(text, head))
		return NULL;
	const char *ends = text + strlen(head), *space = strchr(ends, ' ');
	int64_t ends_ms;
	if (!space || !str_int(arena_strn(c->arena, ends, (size_t)(space - ends)), &ends_ms) || ends_ms <= c->now_ms)
		return NULL;
	return space + 1;
}

const char *own_ticket_make(struct ctx *c, const char *kind, const char *text) { return seal(c, kind, OWN_TICKET_MS, text); }

err own_ticket_open(struct ctx *c, const char *kind, const char *ticket, const char **text)
{
	*text = unseal(c, kind, ticket);
	return *text ? OK : ERR_NOTFOUND;
}

/* ---- TOTP ---- */

static void show(struct ctx *c, const uint8_t secret[CREDENTIAL_TOTP_SECRET], const char *sealed, struct own_totp *out)
{
	*out = (struct own_totp){.uri = credential_totp_uri(c, c->actor.login, secret), .text = credential_totp_text(c, secret), .sealed = sealed};
}

err own_totp_offer(struct ctx *c, struct own_totp *out)
{
	uint8_t secret[CREDENTIAL_TOTP_SECRET];
	char hex[CREDENTIAL_TOTP_SECRET * 2 + 1];
	if (c->actor.account_id <= 0)
		return ERR_DENIED;
	rand_bytes(secret, sizeof secret);
	key_hex(secret, sizeof secret, hex);
	show(c, secret, seal(c, "totp", OWN_OFFER_MS, hex), out);
	return OK;
}

static err offered(struct ctx *c, const char *sealed, uint8_t secret[CREDENTIAL_TOTP_SECRET])
{
	const char *hex = unseal(c, "totp", sealed);
	return hex && key_unhex(hex, secret, CREDENTIAL_TOTP_SECRET) ? OK : ERR_SESSION_END;
}

err own_totp_again(struct ctx *c, const char *sealed, struct own_totp *out)
{
	uint8_t secret[CREDENTIAL_TOTP_SECRET];
	TRY(offered(c, sealed, secret));
	show(c, secret, sealed, out);
	return OK;
}

struct renew_work {
	const uint8_t *secret;
	int64_t step;
};

static err renew_in_tx(struct ctx *c, void *arg)
{
	const struct renew_work *w = arg;
	size_t n;
	int64_t changed;
	void *sealed = key_seal(c->arena, c->house->key, "totp", w->secret, CREDENTIAL_TOTP_SECRET, &n);
	TRY(q_credential_set_totp(c, &(struct q_credential_set_totp_in){.account_id = c->actor.account_id, .totp = {sealed, n},
		.totp_step = w->step}, &changed));
	if (changed != 1)
		return ERR_NOTFOUND;
	return audit_change(c, "totp", "account", c->actor.account_id, 0);
}

err own_totp_renew(struct ctx *c, const char *sealed, const char *code)
{
	uint8_t secret[CREDENTIAL_TOTP_SECRET];
	struct renew_work w = {.secret = secret};
	TRY(offered(c, sealed, secret));
	TRY(credential_totp_check(secret, c->now_ms, code, 0, &w.step));
	return tx_run(c, renew_in_tx, &w);
}

/* ---- the own log ---- */

err own_events(struct ctx *c, int limit, struct own_event **v, size_t *n)
{
	struct q_audit_of_account_row *rows;
	if (c->actor.account_id <= 0)
		return ERR_DENIED;
	TRY(q_audit_of_account(c, &(struct q_audit_of_account_in){.limit = limit}, &rows, n));
	*v = ARENA_ARRAY(c->arena, *n ? *n : 1, struct own_event);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct own_event){.at_ms = rows[i].at_ms, .by_account_id = rows[i].account_id, .action = rows[i].action};
	return OK;
}
