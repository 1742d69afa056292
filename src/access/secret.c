#include "access/secret.h"

#include "access/key.h"
#include "access/policy.h"
#include "base/buf.h"
#include "base/house.h"
#include "base/str.h"
#include "sql/q_access.h"

#include <ctype.h>
#include <sodium.h>
#include <string.h>

const char *secret_fold_login(struct ctx *c, const char *typed)
{
	struct buf b = buf_new(c->arena);
	for (const char *s = str_trim(c->arena, typed); *s;) {
		uint32_t ch = str_next(&s);
		if (ch >= 0xFF01 && ch <= 0xFF5E)
			ch -= 0xFEE0;
		buf_utf8(&b, ch < 0x80 ? (uint32_t)tolower((int)ch) : ch);
	}
	return b.p ? b.p : "";
}

bool secret_equal(const char *a, const char *b)
{
	uint8_t x[32], y[32];
	crypto_generichash(x, sizeof x, (const uint8_t *)a, strlen(a), NULL, 0);
	crypto_generichash(y, sizeof y, (const uint8_t *)b, strlen(b), NULL, 0);
	return sodium_memcmp(x, y, sizeof x) == 0;
}

struct blob secret_code_hash(struct ctx *c, const char *folded_code)
{
	uint8_t *mac = arena_alloc(c->arena, KEY_MAC);
	key_mac(c->house->key, "code", folded_code, strlen(folded_code), mac);
	return (struct blob){mac, KEY_MAC};
}

err secret_account(struct ctx *c, int64_t id, struct account *out)
{
	struct q_account_full_in in = Q_ACCOUNT_FULL_NONE;
	struct q_account_full_row *r;
	size_t n;
	in.id = id;
	TRY(q_account_full(c, &in, &r, &n));
	if (n != 1)
		return ERR_NOTFOUND;
	*out = (struct account){.id = r->id, .pid = r->pid, .login = r->login, .name = r->name, .role = role_of_code(r->role),
		.org_id = r->org_id, .staff_id = r->staff_id, .state = r->state, .stopped_reason = r->stopped_reason,
		.text_size = r->text_size, .idle_min = (int)r->idle_min, .list_rows = (int)r->list_rows, .until_on = r->until_on,
		.used_on = r->used_on, .reviewed_on = r->reviewed_on, .has_totp = r->has_totp, .paper_left = r->paper_left,
		.version = r->version};
	return OK;
}

bool secret_account_usable(const struct ctx *c, const struct account *a)
{
	return str_eq(a->state, "active") && (a->until_on == CIVIL_NONE || a->until_on >= c->today);
}
