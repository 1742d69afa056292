#include "access/session.h"

#include "access/attempt.h"
#include "access/audit.h"
#include "access/key.h"
#include "access/policy.h"
#include "access/secret.h"
#include "base/house.h"
#include "base/pid.h"
#include "base/str.h"
#include "sql/q_access.h"
#include "store/tx.h"

#include <string.h>

enum { FREE_TRIES = 5, FREE_TRIES_SOURCE = 50, FREE_TRIES_CODE = 20, HALF_TRIES = 5 };
#define TOUCH_MS 60000
#define FORM_TOKEN_MS (30LL * 24 * 3600 * 1000)

static struct blob token_hash(struct ctx *c, const char *token)
{
	uint8_t *mac = arena_alloc(c->arena, KEY_MAC);
	key_mac(c->house->key, "session", token, strlen(token), mac);
	return (struct blob){mac, KEY_MAC};
}

static void token_make(char out[SESSION_TOKEN_TEXT])
{
	uint8_t raw[32];
	rand_bytes(raw, sizeof raw);
	key_hex(raw, sizeof raw, out);
}

static bool same_text(const char *a, const char *b)
{
	/* both are hashed first, so the time tells nothing of where they differ */
	return a && b && secret_equal(a, b);
}

/* ---- before the password ---- */

static const char *device_of(struct ctx *c, const char *nonce, const char *login)
{
	uint8_t mac[KEY_MAC];
	char hex[KEY_MAC * 2 + 1];
	const char *text = arena_fmt(c->arena, "%s %s", nonce, login);
	key_mac(c->house->key, "device", text, strlen(text), mac);
	key_hex(mac, KEY_MAC, hex);
	return arena_fmt(c->arena, "%s.%s", nonce, hex);
}

/* Has this login been used from this browser before? The cookie says so and nobody else can make it. */
static bool device_known(struct ctx *c, const char *device, const char *login)
{
	if (!device || strlen(device) < PID_TEXT)
		return false;
	const char *nonce = arena_strn(c->arena, device, PID_TEXT - 1);
	return pid_valid(nonce) && same_text(device, device_of(c, nonce, login));
}

err session_login_find(struct ctx *c, const char *login, const char *source, const char *device, struct login_try *out)
{
	const char *folded = secret_fold_login(c, login);
	bool known = device_known(c, device, folded);
	struct login_try t = {.hash = credential_dummy_hash(), .login = folded,
		.bucket = known ? attempt_bucket(c, 'd', device, folded) : attempt_bucket(c, 's', folded, source)};
	TRY(attempt_check(c, t.bucket));
	if (!known)
		TRY(attempt_check(c, attempt_bucket(c, 'a', source, "")));
	t.source = source;
	struct q_account_full_in in = Q_ACCOUNT_FULL_NONE;
	struct q_account_full_row *rows;
	size_t n;
	in.login = folded;
	TRY(q_account_full(c, &in, &rows, &n));
	if (n == 1 && str_eq(rows[0].state, "active") && (rows[0].until_on == CIVIL_NONE || rows[0].until_on >= c->today)) {
		struct q_credential_get_row cred;
		bool found;
		TRY(q_credential_get(c, &(struct q_credential_get_in){.account_id = rows[0].id}, &cred, &found));
		if (found && cred.password[0] && cred.totp.p) {
			t.account_id = rows[0].id;
			t.hash = cred.password;
		}
	}
	*out = t;
	return OK;
}

static err note_failure(struct ctx *c, void *arg)
{
	const struct login_try *t = arg;
	TRY(attempt_failed(c, t->bucket, FREE_TRIES));
	if (t->bucket[0] != 'd')
		TRY(attempt_failed(c, attempt_bucket(c, 'a', t->source, ""), FREE_TRIES_SOURCE));
	return audit_change(c, "login-failed", "account", t->account_id, 0);
}

struct half_work {
	const struct login_try *t;
	char *token;
};

static err make_half(struct ctx *c, void *arg)
{
	struct half_work *w = arg;
	char csrf[PID_TEXT];
	pid_make(csrf);
	token_make(w->token);
	return q_session_insert(c, &(struct q_session_insert_in){.token_hash = token_hash(c, w->token), .account_id = w->t->account_id,
		.csrf = csrf, .is_open = false, .bucket = w->t->bucket, .ends_ms = c->now_ms + SESSION_HALF_MS, .follows_id = INT_NULL, .handed = ""}, NULL);
}

err session_login_password(struct ctx *c, const struct login_try *t, bool password_ok, char token[SESSION_TOKEN_TEXT])
{
	if (!password_ok || t->account_id == 0) {
		TRY(tx_run(c, note_failure, (void *)(uintptr_t)t));
		return ERR_LOGIN;
	}
	struct half_work w = {t, token};
	return tx_run(c, make_half, &w);
}

/* ---- the code ---- */

struct code_work {
	const char *token_half, *code, *source;
	char *token;
	struct q_session_find_row half;
	const char *login;
	bool paper;
};

/* ERR_TOTP: neither a TOTP code nor a paper code that is still good. Spends what it accepts. */
static err spend_code(struct ctx *c, int64_t account_id, const char *code, bool *paper)
{
	struct q_credential_get_row cred;
	bool found;
	void *secret;
	size_t n;
	int64_t step, changed;
	*paper = false;
	TRY(q_credential_get(c, &(struct q_credential_get_in){.account_id = account_id}, &cred, &found));
	if (!found || !cred.totp.p)
		return ERR_TOTP;
	TRY(key_open(c->arena, c->house->key, "totp", cred.totp.p, cred.totp.n, &secret, &n));
	if (n != CREDENTIAL_TOTP_SECRET)
		return ERR_KEY;
	if (credential_totp_check(secret, c->now_ms, code, cred.totp_step, &step) == OK) {
		TRY(q_credential_step(c, &(struct q_credential_step_in){.account_id = account_id, .totp_step = step}, &changed));
		return changed == 1 ? OK : ERR_TOTP;
	}
	const char *folded = credential_code_fold(c, code);
	if (!*folded)
		return ERR_TOTP;
	TRY(q_paper_code_use(c, &(struct q_paper_code_use_in){.account_id = account_id, .hash = secret_code_hash(c, folded)}, &changed));
	*paper = changed == 1;
	return changed == 1 ? OK : ERR_TOTP;
}

static err open_session(struct ctx *c, int64_t account_id, const char *bucket, int64_t follows_id, const char *handed,
	char token[SESSION_TOKEN_TEXT])
{
	char csrf[PID_TEXT];
	pid_make(csrf);
	token_make(token);
	TRY(q_session_insert(c, &(struct q_session_insert_in){.token_hash = token_hash(c, token), .account_id = account_id, .csrf = csrf,
		.is_open = true, .bucket = bucket, .ends_ms = c->now_ms + SESSION_MAX_MS, .follows_id = follows_id, .handed = handed}, NULL));
	TRY(q_credential_used(c, &(struct q_credential_used_in){.account_id = account_id}, NULL));
	return OK;
}

static err login_in_tx(struct ctx *c, void *arg)
{
	struct code_work *w = arg;
	TRY(spend_code(c, w->half.account_id, w->code, &w->paper));
	/* The half session goes; the open one has a token that nobody has seen before: no fixation. */
	TRY(q_session_end_id(c, &(struct q_session_end_id_in){.id = w->half.id}, NULL));
	TRY(open_session(c, w->half.account_id, w->half.bucket, INT_NULL, "", w->token));
	TRY(attempt_ok(c, w->half.bucket));
	return audit_change(c, w->paper ? "login-paper" : "login", "account", w->half.account_id, 0);
}

static const char *code_bucket(struct ctx *c, int64_t account_id)
{
	return attempt_bucket(c, 'c', arena_fmt(c->arena, "%lld", (long long)account_id), "");
}

static err wrong_code(struct ctx *c, void *arg)
{
	struct code_work *w = arg;
	TRY(q_session_wrong(c, &(struct q_session_wrong_in){.id = w->half.id}, NULL));
	if (w->half.n_wrong + 1 >= HALF_TRIES)
		TRY(q_session_end_id(c, &(struct q_session_end_id_in){.id = w->half.id}, NULL));
	TRY(attempt_failed(c, w->half.bucket, FREE_TRIES));
	/* Who gets here knows the password; from many sources the account itself waits, known browsers excepted. */
	if (w->half.bucket[0] != 'd')
		TRY(attempt_failed(c, code_bucket(c, w->half.account_id), FREE_TRIES_CODE));
	return audit_change(c, "login-failed", "account", w->half.account_id, 0);
}

static err find_half(struct ctx *c, const char *token, struct q_session_find_row *row)
{
	bool found;
	if (!token)
		return ERR_SESSION_END;
	TRY(q_session_find(c, &(struct q_session_find_in){.token_hash = token_hash(c, token)}, row, &found));
	return found && !row->is_open && row->ends_ms > c->now_ms ? OK : ERR_SESSION_END;
}

err session_login_code(struct ctx *c, const char *token_half, const char *code, const char *source, const char *device,
	char token[SESSION_TOKEN_TEXT], const char **new_device, bool *paper)
{
	struct code_work w = {.token_half = token_half, .code = code, .source = source, .token = token};
	TRY(find_half(c, token_half, &w.half));
	struct account a;
	TRY(secret_account(c, w.half.account_id, &a));
	if (!secret_account_usable(c, &a))
		return ERR_SESSION_END;
	TRY(attempt_check(c, w.half.bucket));
	if (w.half.bucket[0] != 'd')
		TRY(attempt_check(c, code_bucket(c, w.half.account_id)));
	err e = tx_run(c, login_in_tx, &w);
	if (e == ERR_TOTP) {
		TRY(tx_run(c, wrong_code, &w));
		return w.half.n_wrong + 1 >= HALF_TRIES ? ERR_LOGIN : ERR_TOTP;
	}
	TRY(e);
	char nonce[PID_TEXT];
	pid_make(nonce);
	*new_device = device_known(c, device, a.login) ? device : device_of(c, nonce, a.login);
	*paper = w.paper;
	return OK;
}

/* ---- the guard ---- */

static void act(struct ctx *c, const struct account *a, const char *purpose)
{
	c->actor = (struct actor){.account_id = a->id, .staff_id = a->staff_id == INT_NULL ? 0 : a->staff_id, .org_id = a->org_id,
		.role = a->role, .login = a->login, .purpose = purpose};
	policy_load(c);
}

static err lock_in_tx(struct ctx *c, void *arg)
{
	return q_session_lock(c, &(struct q_session_lock_in){.token_hash = token_hash(c, arg)}, NULL);
}

static err touch_in_tx(struct ctx *c, void *arg)
{
	return q_session_touch(c, &(struct q_session_touch_in){.id = *(int64_t *)arg}, NULL);
}

static void fill(struct session *out, const struct q_session_find_row *row)
{
	out->id = row->id;
	out->account_id = row->account_id;
	out->open = row->is_open;
	out->csrf = row->csrf;
	out->seen_ms = row->seen_ms;
	out->ends_ms = row->ends_ms;
	out->handed = row->handed[0] != 0;
}

static bool among(const char *way, const char *ways)
{
	size_t n = strlen(way);
	for (const char *p = ways; *p; p += *p == '\n') {
		size_t k = strcspn(p, "\n");
		if (k == n && memcmp(p, way, n) == 0)
			return true;
		p += k;
	}
	return false;
}

err session_hand(struct ctx *c, const struct session *s, const char *ways)
{
	TRY(q_session_hand(c, &(struct q_session_hand_in){.id = s->id, .handed = ways}, NULL));
	return s->handed ? OK : audit_change(c, "hand-over", "account", s->account_id, 0);
}

err session_open(struct ctx *c, const char *token, const char *way, struct session *out)
{
	memset(out, 0, sizeof *out);
	if (!token || strlen(token) != SESSION_TOKEN_TEXT - 1)
		return ERR_SESSION_END;
	struct q_session_find_row row;
	bool found;
	TRY(q_session_find(c, &(struct q_session_find_in){.token_hash = token_hash(c, token)}, &row, &found));
	if (!found || !row.is_open || row.ends_ms <= c->now_ms)
		return ERR_SESSION_END;
	struct account a;
	TRY(secret_account(c, row.account_id, &a));
	if (!secret_account_usable(c, &a))
		return ERR_SESSION_END;
	fill(out, &row);
	out->account = a;
	if (row.is_locked || c->now_ms - row.seen_ms >= (int64_t)a.idle_min * 60000) {
		out->locked = true;
		out->csrf = ""; /* a locked session changes nothing */
		if (!row.is_locked)
			TRY(tx_run(c, lock_in_tx, (void *)(uintptr_t)token));
		return ERR_SESSION_END;
	}
	if (way && out->handed && !among(way, row.handed)) {
		out->locked = true; /* for this request alone: the client's page goes on */
		out->csrf = "";
		return ERR_SESSION_END;
	}
	if (c->now_ms - row.seen_ms >= TOUCH_MS)
		TRY(tx_run(c, touch_in_tx, &row.id));
	act(c, &a, "page");
	return OK;
}

err session_half(struct ctx *c, const char *token, struct session *out)
{
	memset(out, 0, sizeof *out);
	struct q_session_find_row row;
	TRY(find_half(c, token, &row));
	TRY(secret_account(c, row.account_id, &out->account));
	fill(out, &row);
	return OK;
}

/* ---- again, in the overlay ---- */

struct again_work {
	struct q_session_find_row old;
	const char *bucket, *handed;
	char *token;
};

static err again_in_tx(struct ctx *c, void *arg)
{
	struct again_work *w = arg;
	TRY(q_session_end_id(c, &(struct q_session_end_id_in){.id = w->old.id}, NULL));
	TRY(open_session(c, w->old.account_id, w->bucket, w->old.id, w->handed, w->token));
	TRY(attempt_ok(c, w->bucket));
	return audit_change(c, "login-again", "account", w->old.account_id, 0);
}

err session_again(struct ctx *c, const char *token_locked, const char *account_pid, const struct login_try *t, bool password_ok,
	bool keep, char token[SESSION_TOKEN_TEXT])
{
	struct again_work w = {.bucket = t->bucket, .handed = "", .token = token};
	bool found = false;
	if (token_locked)
		TRY(q_session_find(c, &(struct q_session_find_in){.token_hash = token_hash(c, token_locked)}, &w.old, &found));
	if (!found || !w.old.is_open || w.old.ends_ms <= c->now_ms)
		return ERR_SESSION_END; /* the whole login is needed */
	struct account a;
	TRY(secret_account(c, w.old.account_id, &a));
	if (keep)
		w.handed = w.old.handed;
	bool mine = t->account_id == w.old.account_id && account_pid && str_eq(a.pid, account_pid) && secret_account_usable(c, &a);
	if (!mine || !password_ok) {
		TRY(tx_run(c, note_failure, (void *)(uintptr_t)t));
		return ERR_LOGIN;
	}
	return tx_run(c, again_in_tx, &w);
}

err session_same(struct ctx *c, const struct session *s, const char *account_pid)
{
	(void)c;
	return account_pid && s->open && !s->locked && str_eq(s->account.pid, account_pid) ? OK : ERR_DENIED;
}

/* ---- CSRF ---- */

err session_csrf_check(const struct session *s, const char *typed)
{
	return s->csrf && s->csrf[0] && same_text(s->csrf, typed) ? OK : ERR_CSRF;
}

const char *session_pre_cookie(struct ctx *c)
{
	char pid[PID_TEXT];
	pid_make(pid);
	return arena_str(c->arena, pid);
}

const char *session_pre_csrf(struct ctx *c, const char *cookie)
{
	uint8_t mac[KEY_MAC];
	char hex[KEY_MAC * 2 + 1];
	key_mac(c->house->key, "pre-csrf", cookie, strlen(cookie), mac);
	key_hex(mac, KEY_MAC, hex);
	return arena_str(c->arena, hex);
}

err session_pre_check(struct ctx *c, const char *cookie, const char *typed)
{
	return cookie && pid_valid(cookie) && same_text(session_pre_csrf(c, cookie), typed) ? OK : ERR_CSRF;
}

/* ---- ends ---- */

err session_lock(struct ctx *c, const char *token) { return tx_run(c, lock_in_tx, (void *)(uintptr_t)token); }

static err end_in_tx(struct ctx *c, void *arg)
{
	int64_t n;
	TRY(q_session_end(c, &(struct q_session_end_in){.token_hash = token_hash(c, arg)}, &n));
	return n ? audit_change(c, "logout", "account", c->actor.account_id, 0) : OK;
}

err session_end(struct ctx *c, const char *token) { return tx_run(c, end_in_tx, (void *)(uintptr_t)token); }

static err end_all_in_tx(struct ctx *c, void *arg)
{
	return q_session_end_account(c, arg, NULL);
}

err session_end_all(struct ctx *c, int64_t account_id, int64_t but_session_id)
{
	struct q_session_end_account_in in = {.account_id = account_id, .but_id = but_session_id};
	return tx_run(c, end_all_in_tx, &in);
}

static err sweep_in_tx(struct ctx *c, void *arg)
{
	int64_t *n = arg, k;
	TRY(q_session_sweep(c, n));
	TRY(q_login_attempt_sweep(c, &(struct q_login_attempt_sweep_in){.before_ms = c->now_ms - ATTEMPT_FORGET_MS}, &k));
	*n += k;
	TRY(q_form_token_sweep(c, &(struct q_form_token_sweep_in){.before_ms = c->now_ms - FORM_TOKEN_MS}, &k));
	*n += k;
	return OK;
}

err session_sweep(struct ctx *c, int64_t *n)
{
	int64_t k = 0;
	TRY(tx_run(c, sweep_in_tx, &k));
	if (n)
		*n = k;
	return OK;
}

/* ---- command line and jobs ---- */

err session_act_as(struct ctx *c, int64_t account_id, const char *purpose)
{
	struct account a;
	TRY(secret_account(c, account_id, &a));
	if (!secret_account_usable(c, &a))
		return ERR_DENIED;
	act(c, &a, purpose);
	return OK;
}

void session_act_as_console(struct ctx *c, const char *login, const char *purpose)
{
	c->actor = (struct actor){.system = true, .login = login, .purpose = purpose};
	policy_load(c);
}
