/* From set-up to the idle lock: accounts, logins, sessions, and what an attacker tries. */
#include "access_world.h"

#define PASSWORD "青い自転車で港まで行く"
#define MINUTE 60000LL
#define DAY (24LL * 3600 * 1000)

static const uint8_t secret[20] = "a secret of a nurse.";

static const char *totp_now(struct world *w, const uint8_t *s)
{
	char code[8];
	ok(credential_totp_code(s, w->c.now_ms, code));
	return arena_str(w->arena, code);
}

static void nobody(struct world *w)
{
	w->c.actor = (struct actor){.login = "", .purpose = "page"};
	policy_load(&w->c);
	fault_clear(&w->c);
}

static const char *hash_of(struct world *w, const char *password)
{
	char hash[CREDENTIAL_HASH_TEXT];
	ok(credential_hash(password, hash));
	return arena_str(w->arena, hash);
}

/* Password step; the helper's work is done here. */
static err password(struct world *w, const char *login, const char *pw, const char *source, const char *device, char token[65])
{
	struct login_try t;
	nobody(w);
	TRY(session_login_find(&w->c, login, source, device, &t));
	return session_login_password(&w->c, &t, credential_verify(t.hash, pw), token);
}

static void log_in(struct world *w, const char *login, const uint8_t *s, char token[65], const char **device)
{
	char half[65];
	bool paper;
	const char *dev;
	world_clock(w, w->c.now_ms + 60000); /* a code is good once */
	ok(password(w, login, PASSWORD, "10.0.0.1", NULL, half));
	ok(session_login_code(&w->c, half, totp_now(w, s), "10.0.0.1", NULL, token, &dev, &paper));
	assert_false(paper);
	if (device)
		*device = dev;
}

static void first_start(void **state)
{
	struct world *w = *state;
	const char *old, *code, *paper[CREDENTIAL_PAPER_CODES];
	struct enrolment e;
	int64_t n, id;
	ok(account_count(&w->c, &n));
	assert_int_equal(n, 0);
	char token[65];
	assert_int_equal(password(w, "admin", "admin", "s", NULL, token), ERR_LOGIN); /* no account before set-up */
	assert_int_equal(account_setup_code(&w->c, &code), ERR_DENIED);               /* and nobody but the console makes the code */
	world_console(w);
	ok(account_setup_code(&w->c, &old));
	ok(account_setup_code(&w->c, &code));
	nobody(w);
	assert_int_equal(account_enrol_begin(&w->c, old, "s", &e), ERR_SETUP_CODE); /* only the newest is good */
	ok(account_enrol_begin(&w->c, arena_fmt(w->arena, " %s　", code), "s", &e));
	assert_true(e.first);
	const char *hash = hash_of(w, PASSWORD);
	assert_int_equal(account_enrol_finish(&w->c, code, "s", "kanri", "見本 管理", hash, "000000", &id, paper), ERR_TOTP);
	assert_int_equal(account_enrol_finish(&w->c, code, "s", "K", "", hash, totp_now(w, e.secret), &id, paper), ERR_INPUT);
	assert_non_null(fault_of(&w->c, "login"));
	assert_non_null(fault_of(&w->c, "name"));
	fault_clear(&w->c);
	ok(account_count(&w->c, &n));
	assert_int_equal(n, 0); /* a fault left nothing half */
	assert_int_equal(account_enrol_finish(&w->c, code, "s", "kanri", "見本 管理", PASSWORD, totp_now(w, e.secret), &id, paper), ERR_BUG);
	ok(account_enrol_finish(&w->c, code, "s", "ＫＡＮＲＩ", "見本 管理", hash, totp_now(w, e.secret), &id, paper));
	struct account a;
	ok(account_find_login(&w->c, "Kanri", &a));
	assert_int_equal(a.role, ROLE_ADMIN);
	assert_string_equal(a.state, "active");
	assert_int_equal(a.paper_left, 10);
	assert_int_equal(account_enrol_begin(&w->c, code, "s", &e), ERR_SETUP_CODE); /* spent */
	world_console(w);
	assert_int_equal(account_setup_code(&w->c, &code), ERR_DENIED); /* there is an account now */
	/* the enrolment's own TOTP code is no login code any more */
	char half[65];
	const char *dev;
	bool pc;
	ok(password(w, "kanri", PASSWORD, "s", NULL, half));
	assert_int_equal(session_login_code(&w->c, half, totp_now(w, e.secret), "s", NULL, token, &dev, &pc), ERR_TOTP);
	world_clock(w, w->c.now_ms + 60000);
	ok(session_login_code(&w->c, half, totp_now(w, e.secret), "s", NULL, token, &dev, &pc));
}

static void invitations(void **state)
{
	struct world *w = *state;
	static const uint8_t s2[20] = "head";
	const char *code, *paper[CREDENTIAL_PAPER_CODES];
	int64_t id, other;
	struct enrolment e;
	int64_t head = world_account(w, "head", ROLE_CENTRE_HEAD, 1, s2);
	ok(session_act_as(&w->c, head, "page"));
	struct account_new in = {.login = "nurse.1", .name = "見本 看護", .role = ROLE_CENTRE_NURSE, .org_id = 1, .staff_id = INT_NULL,
		.until_on = CIVIL_NONE};
	struct account_new bad = in;
	bad.org_id = 2;
	assert_int_equal(account_invite(&w->c, &bad, &id, &code), ERR_DENIED); /* another organisation */
	bad = in;
	bad.role = ROLE_ADMIN;
	assert_int_equal(account_invite(&w->c, &bad, &id, &code), ERR_DENIED); /* no rise above oneself */
	bad.role = ROLE_INSURER_RIGHTS;
	assert_int_equal(account_invite(&w->c, &bad, &id, &code), ERR_DENIED);
	bad = in;
	bad.login = "看護";
	assert_int_equal(account_invite(&w->c, &bad, &id, &code), ERR_INPUT);
	ok(account_invite(&w->c, &in, &id, &code));
	fault_clear(&w->c);
	in.login = "ＮＵＲＳＥ.１";
	assert_int_equal(account_invite(&w->c, &in, &other, &code), ERR_UNIQUE);
	assert_non_null(fault_of(&w->c, "login"));
	ok(account_reset(&w->c, id, &code)); /* the first letter was lost: a new code */
	nobody(w);
	char token[65];
	assert_int_equal(password(w, "nurse.1", PASSWORD, "s", NULL, token), ERR_LOGIN); /* not enrolled yet */
	world_clock(w, NOW + 7 * DAY);
	assert_int_equal(account_enrol_begin(&w->c, code, "s", &e), ERR_SETUP_CODE); /* expired */
	world_clock(w, NOW + 7 * DAY - 1);
	ok(account_enrol_begin(&w->c, code, "s", &e));
	assert_false(e.first);
	assert_string_equal(e.login, "nurse.1");
	ok(account_enrol_finish(&w->c, code, "s", "evil", "evil", hash_of(w, PASSWORD), totp_now(w, e.secret), &other, paper));
	assert_int_equal(other, id);
	struct account a;
	ok(account_find_login(&w->c, "nurse.1", &a));
	assert_string_equal(a.state, "active");
	assert_int_equal(account_find_login(&w->c, "evil", &a), ERR_NOTFOUND);
	/* a code of a stopped account is worth nothing */
	ok(session_act_as(&w->c, head, "page"));
	ok(account_reset(&w->c, id, &code));
	ok(account_stop(&w->c, id, "by_hand"));
	nobody(w);
	assert_int_equal(account_enrol_begin(&w->c, code, "s", &e), ERR_SETUP_CODE);
	ok(session_act_as(&w->c, head, "page"));
	assert_int_equal(account_stop(&w->c, head, "by_hand"), ERR_INPUT); /* not oneself */
	/* guessing codes: after ten one waits */
	nobody(w);
	for (int i = 0; i < 10; i++)
		assert_int_equal(account_enrol_begin(&w->c, credential_code_make(&w->c, 20), "9.9.9.9", &e), ERR_SETUP_CODE);
	assert_int_equal(account_enrol_begin(&w->c, code, "9.9.9.9", &e), ERR_LOCKED);
	assert_int_equal(account_enrol_begin(&w->c, code, "8.8.8.8", &e), ERR_SETUP_CODE);
}

static void login_and_session(void **state)
{
	struct world *w = *state;
	int64_t id = world_account(w, "nurse", ROLE_CENTRE_NURSE, 1, secret);
	char half[65], token[65], other[65];
	const char *dev;
	bool paper;
	struct session s;
	ok(password(w, "ｎｕｒｓｅ ", PASSWORD, "10.0.0.1", NULL, half));
	assert_int_equal(session_open(&w->c, half, NULL, &s), ERR_SESSION_END); /* half is no session */
	assert_int_equal(w->c.actor.account_id, 0);
	ok(session_half(&w->c, half, &s));
	assert_string_equal(s.account.login, "nurse");
	ok(session_login_code(&w->c, half, totp_now(w, secret), "10.0.0.1", NULL, token, &dev, &paper));
	/* fixation: what was known before the login opens nothing after it */
	assert_string_not_equal(half, token);
	assert_int_equal(session_open(&w->c, half, NULL, &s), ERR_SESSION_END);
	assert_int_equal(session_half(&w->c, half, &s), ERR_SESSION_END);
	ok(session_open(&w->c, token, NULL, &s));
	assert_int_equal(w->c.actor.account_id, id);
	assert_int_equal(w->c.actor.role, ROLE_CENTRE_NURSE);
	assert_int_equal(w->c.actor.org_id, 1);
	assert_true(w->c.may[CLASS_I_NAMECARD][ACTION_SEE] & RELATION_AREA);
	/* the same TOTP code again, in the same 30 s: refused */
	ok(password(w, "nurse", PASSWORD, "10.0.0.1", NULL, half));
	assert_int_equal(session_login_code(&w->c, half, totp_now(w, secret), "10.0.0.1", NULL, other, &dev, &paper), ERR_TOTP);
	/* CSRF */
	ok(session_open(&w->c, token, NULL, &s));
	ok(session_csrf_check(&s, arena_str(w->arena, s.csrf)));
	assert_int_equal(session_csrf_check(&s, ""), ERR_CSRF);
	assert_int_equal(session_csrf_check(&s, NULL), ERR_CSRF);
	assert_int_equal(session_csrf_check(&s, once_token(&w->c)), ERR_CSRF);
	assert_int_equal(session_csrf_check(&(struct session){.csrf = ""}, ""), ERR_CSRF);
	const char *pre = session_pre_cookie(&w->c);
	ok(session_pre_check(&w->c, pre, session_pre_csrf(&w->c, pre)));
	assert_int_equal(session_pre_check(&w->c, session_pre_cookie(&w->c), session_pre_csrf(&w->c, pre)), ERR_CSRF);
	assert_int_equal(session_pre_check(&w->c, NULL, ""), ERR_CSRF);
	/* nothing of the token stands in the file */
	char leak[200];
	snprintf(leak, sizeof leak, "grep -aq '%s' %s/*", token, w->dir);
	assert_int_not_equal(system(leak), 0);
	static const char *const junk[] = {"", "x", "' OR 1=1 --", "0000000000000000000000000000000000000000000000000000000000000000"};
	for (size_t i = 0; i < sizeof junk / sizeof junk[0]; i++)
		assert_int_equal(session_open(&w->c, junk[i], NULL, &s), ERR_SESSION_END);
	/* logout */
	ok(session_open(&w->c, token, NULL, &s));
	ok(session_end(&w->c, token));
	assert_int_equal(session_open(&w->c, token, NULL, &s), ERR_SESSION_END);
	/* twelve hours, however busy */
	log_in(w, "nurse", secret, token, NULL);
	int64_t start = w->c.now_ms;
	for (int64_t t = 0; t < SESSION_MAX_MS; t += 15 * MINUTE) {
		world_clock(w, start + t);
		ok(session_open(&w->c, token, NULL, &s));
	}
	world_clock(w, start + SESSION_MAX_MS);
	assert_int_equal(session_open(&w->c, token, NULL, &s), ERR_SESSION_END);
	/* a half session is good for five minutes */
	ok(password(w, "nurse", PASSWORD, "10.0.0.1", NULL, half));
	world_clock(w, w->c.now_ms + SESSION_HALF_MS);
	assert_int_equal(session_login_code(&w->c, half, totp_now(w, secret), "10.0.0.1", NULL, token, &dev, &paper), ERR_SESSION_END);
	/* stopped: out at once */
	log_in(w, "nurse", secret, token, NULL);
	ok(session_open(&w->c, token, NULL, &s));
	world_console(w);
	ok(account_stop(&w->c, id, "by_hand"));
	assert_int_equal(session_open(&w->c, token, NULL, &s), ERR_SESSION_END);
	assert_int_equal(password(w, "nurse", PASSWORD, "10.0.0.1", NULL, half), ERR_LOGIN);
}

static void paper_codes(void **state)
{
	struct world *w = *state;
	int64_t id = world_account(w, "nurse", ROLE_CENTRE_NURSE, 1, secret);
	const char *paper[CREDENTIAL_PAPER_CODES], *older[CREDENTIAL_PAPER_CODES], *dev;
	char half[65], token[65];
	bool used_paper;
	ok(account_paper_codes(&w->c, id, older));
	ok(account_paper_codes(&w->c, id, paper));
	for (int i = 0; i < CREDENTIAL_PAPER_CODES; i++)
		for (int k = 0; k < i; k++)
			assert_string_not_equal(paper[i], paper[k]);
	ok(password(w, "nurse", PASSWORD, "s", NULL, half));
	assert_int_equal(session_login_code(&w->c, half, older[0], "s", NULL, token, &dev, &used_paper), ERR_TOTP);
	ok(session_login_code(&w->c, half, paper[3], "s", NULL, token, &dev, &used_paper));
	assert_true(used_paper);
	ok(password(w, "nurse", PASSWORD, "s", NULL, half));
	assert_int_equal(session_login_code(&w->c, half, paper[3], "s", NULL, token, &dev, &used_paper), ERR_TOTP); /* once */
	struct account a;
	ok(account_find_login(&w->c, "nurse", &a));
	assert_int_equal(a.paper_left, 9);
	/* another's codes are no use */
	static const uint8_t s2[20] = "another";
	world_account(w, "clerk", ROLE_CENTRE_CLERK, 1, s2);
	ok(password(w, "clerk", PASSWORD, "s", NULL, half));
	assert_int_equal(session_login_code(&w->c, half, paper[4], "s", NULL, token, &dev, &used_paper), ERR_TOTP);
}

static void nobody_locks_a_colleague_out(void **state)
{
	struct world *w = *state;
	world_account(w, "nurse", ROLE_CENTRE_NURSE, 1, secret);
	char token[65], half[65];
	const char *device, *dev;
	bool paper;
	log_in(w, "nurse", secret, token, &device);
	for (int i = 0; i < 5; i++)
		assert_int_equal(password(w, "nurse", "wrong", "6.6.6.6", NULL, half), ERR_LOGIN);
	assert_int_equal(password(w, "nurse", "wrong", "6.6.6.6", NULL, half), ERR_LOCKED);
	assert_non_null(fault_of(&w->c, ""));
	/* the right password does not get through either: else the wait would tell which one is right */
	assert_int_equal(password(w, "nurse", PASSWORD, "6.6.6.6", NULL, half), ERR_LOCKED);
	ok(password(w, "nurse", PASSWORD, "10.0.0.1", NULL, half)); /* from elsewhere she comes in */
	ok(password(w, "nurse", PASSWORD, "6.6.6.6", device, half)); /* and from the same line with her own browser */
	/* a device cookie is worth nothing for another login, or made up */
	assert_int_equal(password(w, "nurse", PASSWORD, "6.6.6.6", "00000000000000000000000000.00", half), ERR_LOCKED);
	assert_int_equal(password(w, "nurse", PASSWORD, "6.6.6.6", arena_fmt(w->arena, "%.*s0", (int)strlen(device) - 1, device), half),
		device[strlen(device) - 1] == '0' ? OK : ERR_LOCKED);
	/* waits double up to 15 minutes and end */
	int64_t waited = 0;
	for (int round = 0; round < 8; round++) {
		int64_t step = 1000;
		while (password(w, "nurse", "wrong", "6.6.6.6", NULL, half) == ERR_LOCKED) {
			world_clock(w, w->c.now_ms + step);
			waited += step;
		}
	}
	assert_in_range(waited / 1000, 30 + 60 + 120 + 240 + 480, 8 * 15 * 60);
	world_clock(w, w->c.now_ms + 15 * MINUTE);
	ok(password(w, "nurse", PASSWORD, "6.6.6.6", NULL, half));
	world_clock(w, w->c.now_ms + 60000);
	ok(session_login_code(&w->c, half, totp_now(w, secret), "6.6.6.6", NULL, token, &dev, &paper));
	assert_int_equal(password(w, "nurse", "wrong", "6.6.6.6", NULL, half), ERR_LOGIN); /* success forgot the failures */
	/* an unknown login behaves the same, step by step */
	for (int i = 0; i < 5; i++)
		assert_int_equal(password(w, "nobody", "wrong", "7.7.7.7", NULL, half), ERR_LOGIN);
	assert_int_equal(password(w, "nobody", "wrong", "7.7.7.7", NULL, half), ERR_LOCKED);
	/* one source trying many logins */
	err e = OK;
	int tries = 0;
	while (tries < 80 && (e = password(w, arena_fmt(w->arena, "user%d", tries), "wrong", "5.5.5.5", NULL, half)) == ERR_LOGIN)
		tries++;
	assert_int_equal(e, ERR_LOCKED);
	assert_int_equal(tries, 50);
}

static void wrong_totp_codes(void **state)
{
	struct world *w = *state;
	world_account(w, "nurse", ROLE_CENTRE_NURSE, 1, secret);
	char token[65], half[65];
	const char *device, *dev;
	bool paper;
	log_in(w, "nurse", secret, token, &device);
	world_clock(w, w->c.now_ms + 60000);
	/* someone who has the password tries codes from many places: five per half session, then the account's codes wait */
	int wrong = 0;
	err e = OK;
	for (int source = 0; source < 30 && e != ERR_LOCKED; source++) {
		const char *from = arena_fmt(w->arena, "1.1.1.%d", source);
		ok(password(w, "nurse", PASSWORD, from, NULL, half));
		do {
			e = session_login_code(&w->c, half, "111111", from, NULL, token, &dev, &paper);
			wrong += e == ERR_TOTP || e == ERR_LOGIN;
		} while (e == ERR_TOTP);
		assert_true(e == ERR_LOGIN || e == ERR_LOCKED);
	}
	assert_int_equal(e, ERR_LOCKED);
	assert_int_equal(wrong, 20);
	/* her own browser still gets in */
	ok(password(w, "nurse", PASSWORD, "10.0.0.1", device, half));
	assert_int_equal(session_login_code(&w->c, half, "111111", "10.0.0.1", device, token, &dev, &paper), ERR_TOTP); /* mistyped */
	ok(session_login_code(&w->c, half, totp_now(w, secret), "10.0.0.1", device, token, &dev, &paper));
	assert_string_equal(dev, device);
}

static void idle_and_again(void **state)
{
	struct world *w = *state;
	static const uint8_t s2[20] = "another";
	world_account(w, "nurse", ROLE_CENTRE_NURSE, 1, secret);
	world_account(w, "clerk", ROLE_CENTRE_CLERK, 1, s2);
	char token[65], fresh[65], clerk[65];
	struct session s, cs;
	struct login_try t;
	log_in(w, "nurse", secret, token, NULL);
	log_in(w, "clerk", s2, clerk, NULL);
	ok(session_open(&w->c, token, NULL, &s));
	const char *nurse_pid = arena_str(w->arena, s.account.pid);
	world_clock(w, w->c.now_ms + 19 * MINUTE);
	ok(session_open(&w->c, token, NULL, &s));
	world_clock(w, w->c.now_ms + 20 * MINUTE);
	nobody(w);
	assert_int_equal(session_open(&w->c, token, NULL, &s), ERR_SESSION_END);
	assert_true(s.locked);
	assert_string_equal(s.account.login, "nurse");
	assert_string_equal(s.csrf, "");
	assert_int_equal(w->c.actor.account_id, 0);
	world_clock(w, w->c.now_ms - 10 * MINUTE);
	assert_int_equal(session_open(&w->c, token, NULL, &s), ERR_SESSION_END); /* a clock set back does not unlock */
	world_clock(w, w->c.now_ms + 10 * MINUTE);
	/* the clerk at the nurse's screen */
	ok(session_login_find(&w->c, "clerk", "10.0.0.1", NULL, &t));
	assert_int_equal(session_again(&w->c, token, nurse_pid, &t, true, false, fresh), ERR_LOGIN);
	ok(session_login_find(&w->c, "nurse", "10.0.0.1", NULL, &t));
	assert_int_equal(session_again(&w->c, token, nurse_pid, &t, false, false, fresh), ERR_LOGIN);
	assert_int_equal(session_again(&w->c, token, once_token(&w->c), &t, true, false, fresh), ERR_LOGIN);
	assert_int_equal(session_again(&w->c, NULL, nurse_pid, &t, true, false, fresh), ERR_SESSION_END);
	ok(session_again(&w->c, token, nurse_pid, &t, true, false, fresh));
	assert_string_not_equal(fresh, token);
	assert_int_equal(session_open(&w->c, token, NULL, &s), ERR_SESSION_END);
	ok(session_open(&w->c, fresh, NULL, &s));
	ok(session_same(&w->c, &s, nurse_pid));
	/* the cookie was lost and the clerk logged in: nothing of the nurse's page is shown */
	log_in(w, "clerk", s2, clerk, NULL);
	ok(session_open(&w->c, clerk, NULL, &cs));
	assert_int_equal(session_same(&w->c, &cs, nurse_pid), ERR_DENIED);
	assert_int_equal(session_same(&w->c, &cs, NULL), ERR_DENIED);
	/* 離席 */
	ok(session_open(&w->c, fresh, NULL, &s));
	ok(session_lock(&w->c, fresh));
	assert_int_equal(session_open(&w->c, fresh, NULL, &s), ERR_SESSION_END);
	assert_true(s.locked);
}

static const char *const CLIENT_WAYS = "GET /a/1/new\nPOST /a/1\nGET /a/1/thanks";
static err hand_in_tx(struct ctx *c, void *arg) { return session_hand(c, arg, CLIENT_WAYS); }

/* Decision 021: what a client with the device in hand may ask for, and how a staff member gets it back. */
static void in_the_clients_hands(void **state)
{
	static const char *const no[] = {"GET /a/1", "GET /", "POST /a/1/new", "GET /a/1/new/x", "GET /a", "", "GET /a/1/new\nPOST /a/1", "/a/1"};
	static const char *const yes[] = {"GET /a/1/new", "POST /a/1", "GET /a/1/thanks"};
	struct world *w = *state;
	char token[65], fresh[65];
	struct session s;
	struct login_try t;
	world_account(w, "nurse", ROLE_CENTRE_NURSE, 1, secret);
	log_in(w, "nurse", secret, token, NULL);
	ok(session_open(&w->c, token, "GET /a/1", &s));
	assert_false(s.handed);
	const char *nurse_pid = arena_str(w->arena, s.account.pid);
	ok(tx_run(&w->c, hand_in_tx, &s));
	for (int again = 0; again < 2; again++) {
		for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++) {
			ok(session_open(&w->c, token, yes[i], &s));
			assert_true(s.handed);
		}
		for (size_t i = 0; i < sizeof no / sizeof no[0]; i++) {
			nobody(w);
			assert_int_equal(session_open(&w->c, token, no[i], &s), ERR_SESSION_END);
			assert_true(s.locked);
			assert_string_equal(s.account.login, "nurse");
			assert_string_equal(s.csrf, "");
			assert_int_equal(w->c.actor.account_id, 0);
		}
		ok(session_open(&w->c, token, NULL, &s)); /* "is anybody logged in?" */
		if (again)
			break;
		/* idle meanwhile: over the client's page the password opens the client's page alone */
		world_clock(w, w->c.now_ms + 21 * MINUTE);
		nobody(w);
		assert_int_equal(session_open(&w->c, token, yes[0], &s), ERR_SESSION_END);
		ok(session_login_find(&w->c, "nurse", "10.0.0.1", NULL, &t));
		ok(session_again(&w->c, token, nurse_pid, &t, true, true, fresh));
		memcpy(token, fresh, sizeof token);
	}
	/* back in the staff member's hands */
	nobody(w);
	assert_int_equal(session_again(&w->c, token, nurse_pid, &t, false, false, fresh), ERR_LOGIN);
	ok(session_again(&w->c, token, nurse_pid, &t, true, false, fresh));
	assert_int_equal(session_open(&w->c, token, yes[0], &s), ERR_SESSION_END);
	ok(session_open(&w->c, fresh, "GET /", &s));
	assert_false(s.handed);
}

static void upkeep(void **state)
{
	struct world *w = *state;
	static const uint8_t s2[20] = "b", s3[20] = "c";
	int64_t a1 = world_account(w, "nurse", ROLE_CENTRE_NURSE, 1, secret), a2 = world_account(w, "cm1", ROLE_CM, 2, s2), n;
	int64_t a3 = world_account(w, "cm2", ROLE_CM, 2, s3);
	char t1[65], t2[65];
	struct session s;
	struct account a;
	log_in(w, "nurse", secret, t1, NULL);
	log_in(w, "cm1", s2, t2, NULL);
	ok(session_open(&w->c, t2, NULL, &s));
	assert_int_equal(account_stop_org(&w->c, 2, &n), ERR_DENIED);
	world_console(w);
	ok(account_stop_org(&w->c, 2, &n));
	assert_int_equal(n, 2);
	assert_int_equal(session_open(&w->c, t2, NULL, &s), ERR_SESSION_END);
	ok(session_open(&w->c, t1, NULL, &s));
	world_console(w);
	ok(account_resume(&w->c, a2));
	ok(account_find_login(&w->c, "cm1", &a));
	assert_string_equal(a.state, "active");
	ok(account_find_login(&w->c, "cm2", &a));
	assert_string_equal(a.stopped_reason, "org_left");
	/* 90 days: on the 90th day still good, on the 91st stopped */
	int64_t now = w->c.now_ms;
	world_clock(w, now + 60 * DAY);
	log_in(w, "cm1", s2, t2, NULL);
	world_clock(w, now + 90 * DAY);
	world_console(w);
	ok(account_stop_unused(&w->c, &n));
	assert_int_equal(n, 0);
	world_clock(w, now + 91 * DAY);
	ok(account_stop_unused(&w->c, &n));
	assert_int_equal(n, 1);
	ok(account_find_login(&w->c, "nurse", &a));
	assert_string_equal(a.stopped_reason, "unused");
	ok(account_resume(&w->c, a1));
	ok(account_stop_unused(&w->c, &n)); /* the next night does not stop it again */
	assert_int_equal(n, 0);
	/* a guest's last day */
	struct account_new in = {.login = "guest", .name = "見本 客", .role = ROLE_REHAB, .org_id = 3, .staff_id = INT_NULL,
		.until_on = w->c.today + 1};
	int64_t guest;
	ok(account_make_ready(&w->c, &in, hash_of(w, PASSWORD), s3, &guest));
	world_clock(w, w->c.now_ms + DAY);
	ok(session_act_as(&w->c, guest, "test"));
	world_clock(w, w->c.now_ms + DAY);
	assert_int_equal(session_act_as(&w->c, guest, "test"), ERR_DENIED);
	world_console(w);
	ok(account_stop_unused(&w->c, &n));
	ok(account_find_login(&w->c, "guest", &a));
	assert_string_equal(a.stopped_reason, "expired");
	ok(account_review(&w->c, a2));
	ok(account_find_login(&w->c, "cm1", &a));
	assert_int_equal(a.reviewed_on, w->c.today);
	struct account *list;
	size_t k;
	ok(account_list(&w->c, INT_NULL, &list, &k));
	assert_int_equal(k, 4);
	nobody(w);
	assert_int_equal(account_list(&w->c, INT_NULL, &list, &k), ERR_DENIED);
	assert_int_equal(account_list(&w->c, 2, &list, &k), ERR_DENIED);
	ok(session_act_as(&w->c, a2, "page"));
	assert_int_equal(account_stop(&w->c, a3, "by_hand"), ERR_NOTFOUND);
	assert_int_equal(account_reset(&w->c, a2, &(const char *){NULL}), ERR_DENIED);
	assert_int_equal(account_set_password(&w->c, a1, hash_of(w, "x")), ERR_DENIED);
	ok(account_set_password(&w->c, a2, hash_of(w, "別の長い言葉をつなげる")));
	assert_int_equal(password(w, "cm1", PASSWORD, "z", NULL, t2), ERR_LOGIN);
	ok(password(w, "cm1", "別の長い言葉をつなげる", "z", NULL, t2));
	ok(session_act_as(&w->c, a2, "page"));
	assert_int_equal(account_save_prefs(&w->c, &(struct account_prefs){"huge", 1, 5}), ERR_NOT_CHOICE);
	assert_int_equal(w->c.n_faults, 3);
	ok(account_save_prefs(&w->c, &(struct account_prefs){"xlarge", 30, 50}));
	ok(account_find_login(&w->c, "cm1", &a));
	assert_string_equal(a.text_size, "xlarge");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD(first_start), WORLD(invitations), WORLD(login_and_session), WORLD(paper_codes), WORLD(nobody_locks_a_colleague_out),
		WORLD(wrong_totp_codes), WORLD(idle_and_again), WORLD(in_the_clients_hands), WORLD(upkeep),
	};
	return cmocka_run_group_tests_name("access_login", tests, NULL, NULL);
}
