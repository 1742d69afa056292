/* Secrets: passwords, TOTP, codes, the key file, hardening; and the once token. */
#include "access_world.h"

#include "access/chain.h"
#include "access/harden.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

static void passwords(void **state)
{
	struct world *w = *state;
	char hash[CREDENTIAL_HASH_TEXT], other[CREDENTIAL_HASH_TEXT];
	ok(credential_hash("港の青い自転車で12月", hash));
	ok(credential_hash("港の青い自転車で12月", other));
	assert_string_not_equal(hash, other);
	assert_non_null(strstr(hash, "$argon2id$v=19$m=19456,t=2,p=1$"));
	assert_true(credential_verify(hash, "港の青い自転車で12月"));
	assert_false(credential_verify(hash, "港の青い自転車で11月"));
	assert_false(credential_verify(hash, ""));
	assert_false(credential_verify("", ""));
	assert_false(credential_verify("$argon2id$v=19$m=19456,t=2,p=1$", "x"));
	/* it is a whole hash: it costs the same work and fits nothing */
	assert_int_equal(crypto_pwhash_str_needs_rehash(credential_dummy_hash(), 2, 19u * 1024 * 1024), 0);
	assert_false(credential_verify(credential_dummy_hash(), "港の青い自転車で12月"));
	/* any byte of the stored hash changed: no entry */
	for (size_t i = 30; i < strlen(hash); i += 9) {
		char bad[CREDENTIAL_HASH_TEXT];
		memcpy(bad, hash, sizeof bad);
		bad[i] = bad[i] == 'A' ? 'B' : 'A';
		assert_false(credential_verify(bad, "港の青い自転車で12月"));
	}
	static const struct {
		const char *password;
		bool good;
	} table[] = {{"港の青い自転車で12月に", true}, {"correct-horse-battery", true}, {"mado no soto wa ame", true}, {"短い12345", false},
		{"elevenchars", false}, {"Hanako.Y-no-heya", false}, {"xxHANAKO.Yxx123", false}, {"password123456", false},
		{"PassWord!!2026", false}, {"passwordpassword", false}, {"sakurasakura2026", false}, {"123456789012", false},
		{"abcdefghijklm", false}, {"aaaaaaaaaaaaaaaa", false}, {"abababababababab", false}, {"12houkatsushien!", false},
		{"987654321098", false}, {"ああああああああああああ", false}, {"東京大阪名古屋福岡札幌仙台", true}};
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		fault_clear(&w->c);
		err e = credential_check_password(&w->c, "password", "hanako.y", table[i].password);
		if ((e == OK) != table[i].good)
			fail_msg("%s", table[i].password);
		if (!table[i].good)
			assert_non_null(fault_of(&w->c, "password"));
	}
	char *long_one = arena_alloc(w->arena, CREDENTIAL_PASSWORD_MAX + 2);
	memset(long_one, 'x', CREDENTIAL_PASSWORD_MAX + 1);
	assert_int_equal(credential_check_password(&w->c, "password", "a", long_one), ERR_TOO_LONG);
	assert_int_equal(credential_hash(long_one, hash), ERR_TOO_LONG);
}

static void totp(void **state)
{
	struct world *w = *state;
	/* RFC 6238 appendix B, SHA-1, the last six of its eight digits */
	static const uint8_t secret[20] = "12345678901234567890";
	static const struct {
		int64_t at;
		const char *code;
	} rfc[] = {{59, "287082"}, {1111111109, "081804"}, {1111111111, "050471"}, {1234567890, "005924"}, {2000000000, "279037"}};
	int64_t step;
	for (size_t i = 0; i < sizeof rfc / sizeof rfc[0]; i++) {
		char code[8];
		ok(credential_totp_code(secret, rfc[i].at * 1000, code));
		assert_string_equal(code, rfc[i].code);
		if (rfc[i].at > 60) {
			ok(credential_totp_check(secret, rfc[i].at * 1000, rfc[i].code, 0, &step));
			assert_int_equal(step, rfc[i].at / 30);
		}
	}
	char code[8];
	ok(credential_totp_code(secret, NOW, code));
	int64_t at = NOW / 1000 / 30;
	for (int d = -3; d <= 3; d++) /* one step either side, no more */
		assert_int_equal(credential_totp_check(secret, NOW + d * 30000, code, 0, &step), d >= -1 && d <= 1 ? OK : ERR_TOTP);
	assert_int_equal(credential_totp_check(secret, NOW, code, at, &step), ERR_TOTP); /* used */
	assert_int_equal(credential_totp_check(secret, NOW, code, at + 1, &step), ERR_TOTP);
	ok(credential_totp_check(secret, NOW, code, at - 1, &step));
	char *wide = arena_str(w->arena, "");
	for (int i = 0; i < 6; i++)
		wide = arena_fmt(w->arena, "%s%s%s", wide, (const char *[]){"０", "１", "２", "３", "４", "５", "６", "７", "８", "９"}[code[i] - '0'],
			i == 2 ? "　" : "");
	ok(credential_totp_check(secret, NOW, wide, 0, &step)); /* as a Japanese keyboard types it */
	static const char *const bad[] = {"", "12345", "1234567", "abcdef", "１２３", "000000 000000", "あいうえおか"};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_int_equal(credential_totp_check(secret, NOW, bad[i], 0, &step), ERR_TOTP);
	assert_string_equal(credential_totp_text(&w->c, secret), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
	assert_string_equal(credential_totp_uri(&w->c, "hanako", secret),
		"otpauth://totp/tsunagi:hanako?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=tsunagi&algorithm=SHA1&digits=6&period=30");
}

static void codes(void **state)
{
	struct world *w = *state;
	const char *a = credential_code_make(&w->c, 20), *b = credential_code_make(&w->c, 20);
	assert_int_equal(strlen(a), 24);
	assert_string_not_equal(a, b);
	assert_int_equal(strspn(a, "23456789ABCDEFGHJKMNPQRSTVWXYZ-"), 24);
	assert_string_equal(credential_code_fold(&w->c, " abcd-ｅｆｇｈ　２３−４５ー67‐89 "), "ABCDEFGH23456789");
	assert_string_equal(credential_code_fold(&w->c, "ABCO"), ""); /* O is not in the alphabet */
	assert_string_equal(credential_code_fold(&w->c, "'; --"), "");
}

static void key_file(void **state)
{
	struct world *w = *state;
	struct stat st;
	const struct house_key *k;
	const char *path = arena_fmt(w->arena, "%s/house.key", w->dir);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_int_equal(st.st_size, 32);
	assert_int_equal(stat(w->dir, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
	static const char *const private_files[] = {"tsunagi.db", "audit.head"};
	ok(audit_anchor_make(&w->c, "test", &(const char *){NULL}));
	for (int i = 0; i < 2; i++) {
		assert_int_equal(stat(arena_fmt(w->arena, "%s/%s", w->dir, private_files[i]), &st), 0);
		assert_int_equal(st.st_mode & 077, 0);
	}
	assert_int_equal(key_make(w->dir), ERR_UNIQUE);
	assert_int_equal(door_make(w->dir, false), ERR_UNIQUE);
	ok(key_load(w->arena, w->dir, &k));
	for (int bit = 1; bit <= 040; bit <<= 1) { /* any right of group or others: refused */
		assert_int_equal(chmod(path, (mode_t)(0600 | bit)), 0);
		assert_int_equal(key_load(w->arena, w->dir, &k), ERR_KEY);
	}
	assert_int_equal(chmod(path, 0600), 0);
	ok(key_load(w->arena, w->dir, &k));
	assert_int_equal(truncate(path, 31), 0);
	assert_int_equal(key_load(w->arena, w->dir, &k), ERR_KEY);
	assert_int_equal(truncate(path, 33), 0);
	assert_int_equal(key_load(w->arena, w->dir, &k), ERR_KEY);
	assert_int_equal(rename(path, arena_fmt(w->arena, "%s/other", w->dir)), 0);
	assert_int_equal(symlink("other", path), 0);
	assert_int_equal(key_load(w->arena, w->dir, &k), ERR_KEY); /* a link is not followed */
	assert_int_equal(key_load(w->arena, "/nowhere", &k), ERR_KEY);
}

static void sealing(void **state)
{
	struct world *w = *state;
	const struct house_key *a = key_of_bytes(w->arena, (const uint8_t *)"0123456789abcdef0123456789abcdef"),
		*b = key_of_bytes(w->arena, (const uint8_t *)"1123456789abcdef0123456789abcdef");
	size_t n, m;
	void *p;
	uint8_t *s = key_seal(w->arena, a, "totp", "秘密", 6, &n), *t = key_seal(w->arena, a, "totp", "秘密", 6, &m);
	assert_int_equal(n, 6 + KEY_SEAL_EXTRA);
	assert_true(memcmp(s, t, n) != 0); /* a new nonce each time */
	ok(key_open(w->arena, a, "totp", s, n, &p, &m));
	assert_int_equal(m, 6);
	assert_memory_equal(p, "秘密", 6);
	assert_int_equal(key_open(w->arena, b, "totp", s, n, &p, &m), ERR_KEY);
	assert_int_equal(key_open(w->arena, a, "other", s, n, &p, &m), ERR_KEY);
	assert_int_equal(key_open(w->arena, a, "totp", s, 5, &p, &m), ERR_KEY);
	assert_int_equal(key_open(w->arena, a, "totp", NULL, 0, &p, &m), ERR_KEY);
	for (size_t i = 0; i < n; i++) {
		s[i] ^= 1;
		assert_int_equal(key_open(w->arena, a, "totp", s, n, &p, &m), ERR_KEY);
		s[i] ^= 1;
	}
	uint8_t x[KEY_MAC], y[KEY_MAC];
	key_mac(a, "one", "abc", 3, x);
	key_mac(a, "two", "abc", 3, y);
	assert_false(key_mac_equal(x, y));
	key_mac(b, "one", "abc", 3, y);
	assert_false(key_mac_equal(x, y));
	key_mac(a, "one", "abc", 3, y);
	assert_true(key_mac_equal(x, y));
	char hex[65];
	key_hex(x, 32, hex);
	assert_true(key_unhex(hex, y, 32));
	assert_memory_equal(x, y, 32);
	hex[63] = 'g';
	assert_false(key_unhex(hex, y, 32));
	assert_false(key_unhex("abc", y, 32));
}

static void hardened(void **state)
{
	(void)state;
	pid_t child = fork();
	if (child == 0) {
		setenv("PGPASSWORD", "x", 1);
		if (harden_process() != OK || harden_untraceable() != OK)
			_exit(1);
		struct rlimit r;
		int fd = open("/tmp/tsunagi-harden-test", O_CREAT | O_WRONLY | O_TRUNC, 0666);
		struct stat st;
		bool fine = getrlimit(RLIMIT_CORE, &r) == 0 && r.rlim_max == 0 && prctl(PR_GET_DUMPABLE) == 0 && !getenv("PGPASSWORD") &&
			fd >= 0 && fstat(fd, &st) == 0 && (st.st_mode & 077) == 0;
		unlink("/tmp/tsunagi-harden-test");
		_exit(fine ? 0 : 2);
	}
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

/* ---- once ---- */

static int runs;

static err work(struct ctx *c, void *arg, const char **location)
{
	runs++;
	TRY(audit_change(c, "test", "work", runs, 0));
	if (arg)
		return *(err *)arg;
	*location = arena_fmt(c->arena, "/persons/%d", runs);
	return OK;
}

static void twice_is_once(void **state)
{
	struct world *w = *state;
	const char *token = once_token(&w->c), *where;
	bool again;
	struct audit_head head;
	runs = 0;
	err fails = ERR_INPUT;
	assert_int_equal(once_run(&w->c, token, work, &fails, &where, &again), ERR_INPUT); /* a fault leaves the token free */
	ok(once_run(&w->c, token, work, NULL, &where, &again));
	assert_false(again);
	assert_string_equal(where, "/persons/2");
	ok(audit_head_read(&w->c, &head));
	int64_t seq = head.seq;
	for (int i = 0; i < 3; i++) {
		ok(once_run(&w->c, token, work, NULL, &where, &again));
		assert_true(again);
		assert_string_equal(where, "/persons/2");
	}
	assert_int_equal(runs, 2);
	ok(audit_head_read(&w->c, &head));
	assert_int_equal(head.seq, seq); /* nothing written twice */
	/* the same token of another account is another token */
	static const uint8_t secret[20] = "x";
	ok(once_led(&w->c, token, &where));
	assert_string_equal(where, "/persons/2");
	w->c.actor.account_id = world_account(w, "other", ROLE_CENTRE_NURSE, 1, secret);
	ok(once_led(&w->c, token, &where));
	assert_null(where);
	ok(once_run(&w->c, token, work, NULL, &where, &again));
	assert_false(again);
	assert_string_equal(where, "/persons/3");
	ok(once_led(&w->c, "kein-token", &where));
	assert_null(where);
	assert_int_equal(once_run(&w->c, "kein-token", work, NULL, &where, &again), ERR_FORM_FIELD);
	assert_int_equal(once_run(&w->c, NULL, work, NULL, &where, &again), ERR_FORM_FIELD);
	assert_int_equal(once_begin(&w->c, token, &where), ERR_BUG); /* outside a transaction */
	int64_t n;
	world_clock(w, NOW + 31LL * 24 * 3600 * 1000);
	ok(session_sweep(&w->c, &n));
	assert_int_equal(n, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD(passwords), WORLD(totp), WORLD(codes), WORLD(key_file), WORLD(sealing), cmocka_unit_test(hardened), WORLD(twice_is_once),
	};
	return cmocka_run_group_tests_name("access", tests, NULL, NULL);
}
