#include "access/attempt.h"

#include "access/key.h"
#include "base/house.h"
#include "sql/q_access.h"
#include "store/tx.h"

#include <string.h>

const char *attempt_bucket(struct ctx *c, char kind, const char *a, const char *b)
{
	uint8_t mac[KEY_MAC];
	char hex[KEY_MAC + 1];
	const char *text = arena_fmt(c->arena, "%c%zu:%s%s", kind, strlen(a), a, b);
	key_mac(c->house->key, "attempt", text, strlen(text), mac);
	key_hex(mac, KEY_MAC / 2, hex);
	return arena_fmt(c->arena, "%c:%s", kind, hex);
}

err attempt_check(struct ctx *c, const char *bucket)
{
	struct q_login_attempt_get_row row;
	bool found;
	TRY(q_login_attempt_get(c, &(struct q_login_attempt_get_in){.bucket = bucket}, &row, &found));
	if (!found || row.until_ms <= c->now_ms)
		return OK;
	int64_t wait_ms = row.until_ms - c->now_ms;
	/* a clock that was set back must not lock anybody out for longer than the longest wait */
	if (wait_ms > ATTEMPT_WAIT_MOST_MS)
		return OK;
	int64_t s = (wait_ms + 999) / 1000;
	return fault_add(c, "", ERR_LOCKED, s > 90 ? "確認の失敗が続きました。あと約%lld分待ってから、もう一度お試しください。" :
		"確認の失敗が続きました。あと約%lld秒待ってから、もう一度お試しください。", (long long)(s > 90 ? (s + 59) / 60 : s));
}

struct attempt_work {
	const char *bucket;
	int64_t free_tries;
};

static err failed(struct ctx *c, void *arg)
{
	struct attempt_work *w = arg;
	struct q_login_attempt_get_row row;
	bool found;
	TRY(q_login_attempt_get(c, &(struct q_login_attempt_get_in){.bucket = w->bucket}, &row, &found));
	int64_t n = found && c->now_ms - row.last_ms < ATTEMPT_FORGET_MS ? row.n_failed + 1 : 1, until = 0;
	if (n >= w->free_tries) {
		int64_t doubled = n - w->free_tries;
		int64_t wait = doubled >= 5 ? ATTEMPT_WAIT_MOST_MS : ATTEMPT_WAIT_MS << doubled;
		until = c->now_ms + (wait < ATTEMPT_WAIT_MOST_MS ? wait : ATTEMPT_WAIT_MOST_MS);
	}
	return q_login_attempt_put(c, &(struct q_login_attempt_put_in){.bucket = w->bucket, .n_failed = n, .until_ms = until}, NULL);
}

err attempt_failed(struct ctx *c, const char *bucket, int64_t free_tries)
{
	struct attempt_work w = {bucket, free_tries};
	return tx_run(c, failed, &w);
}

static err succeeded(struct ctx *c, void *arg)
{
	return q_login_attempt_clear(c, &(struct q_login_attempt_clear_in){.bucket = arg}, NULL);
}

err attempt_ok(struct ctx *c, const char *bucket) { return tx_run(c, succeeded, (void *)(uintptr_t)bucket); }
