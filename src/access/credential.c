#include "access/credential.h"

#include "base/buf.h"
#include "base/pid.h"
#include "base/str.h"

#include <ctype.h>
#include <liboath/oath.h>
#include <sodium.h>
#include <string.h>

enum { STEP_SECONDS = 30, MIN_LETTERS = 12, MIN_DISTINCT = 5 };
#define HASH_MEMORY (19u * 1024 * 1024)
#define HASH_PASSES 2

_Static_assert(CREDENTIAL_HASH_TEXT >= crypto_pwhash_STRBYTES, "room for the argon2id string");

err credential_init(void)
{
	return sodium_init() >= 0 && oath_init() == OATH_OK ? OK : ERR_BUG;
}

err credential_hash(const char *password, char out[CREDENTIAL_HASH_TEXT])
{
	memset(out, 0, CREDENTIAL_HASH_TEXT);
	size_t n = strlen(password);
	if (n > CREDENTIAL_PASSWORD_MAX)
		return ERR_TOO_LONG;
	return crypto_pwhash_str_alg(out, password, n, HASH_PASSES, HASH_MEMORY, crypto_pwhash_ALG_ARGON2ID13) == 0 ? OK : ERR_NOMEM;
}

bool credential_verify(const char *hash, const char *password)
{
	size_t n = strlen(password), n_hash = strlen(hash);
	if (n > CREDENTIAL_PASSWORD_MAX || n_hash >= crypto_pwhash_STRBYTES)
		return false;
	char padded[crypto_pwhash_STRBYTES] = {0};
	memcpy(padded, hash, n_hash);
	return crypto_pwhash_str_verify(padded, password, n) == 0;
}

const char *credential_dummy_hash(void)
{
	/* Same cost as a real one; the bytes were drawn at random, nobody knows a password for them. */
	return "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$3q0GJm8sVvVYzD2Qf8rJ0m0XcW7nKp5aUu2EYb4hT1k";
}

static const char *const bad_words[] = {
#define BAD_PASSWORD(w) w,
#include "access/bad_passwords.tbl.h"
#undef BAD_PASSWORD
};

/* Is the text nothing but bad words in a row? Longest match is not enough (abc + def…), so try all; texts are short. */
static bool only_bad_words(const char *s, size_t n)
{
	bool reach[CREDENTIAL_PASSWORD_MAX + 1] = {true};
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; reach[i] && k < sizeof bad_words / sizeof bad_words[0]; k++) {
			size_t len = strlen(bad_words[k]);
			if (len <= n - i && memcmp(s + i, bad_words[k], len) == 0)
				reach[i + len] = true;
		}
	return reach[n];
}

static size_t distinct(const char *s)
{
	uint32_t seen[MIN_DISTINCT];
	size_t n = 0;
	for (uint32_t ch; n < MIN_DISTINCT && (ch = str_next(&s)) != 0;) {
		bool old = false;
		for (size_t i = 0; i < n; i++)
			old |= seen[i] == ch;
		if (!old)
			seen[n++] = ch;
	}
	return n;
}

/* Each sign one above or one below the one before: 123456789012 (9 → 0 counts), abcdefghijkl. */
static bool is_run(const char *s)
{
	int step = 0;
	for (size_t i = 1; s[i]; i++) {
		int d = (unsigned char)s[i] - (unsigned char)s[i - 1];
		if ((s[i - 1] == '9' && s[i] == '0') || (s[i - 1] == '0' && s[i] == '9'))
			d = s[i] == '0' ? 1 : -1;
		if ((d != 1 && d != -1) || (step && d != step))
			return false;
		step = d;
	}
	return true;
}

err credential_check_password(struct ctx *c, const char *field, const char *login, const char *password)
{
	size_t n = strlen(password);
	if (n > CREDENTIAL_PASSWORD_MAX)
		return fault_add(c, field, ERR_TOO_LONG, "パスワードが長すぎます。%d文字までにしてください。", CREDENTIAL_PASSWORD_MAX / 4);
	if (str_count(password) < MIN_LETTERS)
		return fault_add(c, field, ERR_PASSWORD_WEAK, "パスワードは%d文字以上にしてください。", MIN_LETTERS);
	char *low = arena_str(c->arena, password), *log = arena_str(c->arena, login);
	for (char *p = low; *p; p++)
		*p = (char)tolower((unsigned char)*p);
	for (char *p = log; *p; p++)
		*p = (char)tolower((unsigned char)*p);
	if (*log && strstr(low, log))
		return fault_add(c, field, ERR_PASSWORD_WEAK, "パスワードに利用者IDを含めないでください。");
	const char *from = low, *to = low + n;
	while (from < to && (unsigned char)*from < 0x80 && !isalpha((unsigned char)*from))
		from++;
	while (to > from && (unsigned char)to[-1] < 0x80 && !isalpha((unsigned char)to[-1]))
		to--;
	bool few = distinct(password) < MIN_DISTINCT, run = is_run(low);
	if (few || run || (to > from && only_bad_words(from, (size_t)(to - from))))
		return fault_add(c, field, ERR_PASSWORD_WEAK,
			"推測されやすいパスワードです。関係のない単語をいくつかつなげるなど、ほかのものにしてください。");
	return OK;
}

/* Half-width letters without spaces and hyphens; NULL when something else is in it or it is longer than max. */
static char *fold_typed(struct arena *a, const char *typed, size_t max)
{
	char *out = arena_alloc(a, max + 1);
	size_t n = 0;
	for (uint32_t ch; (ch = str_next(&typed)) != 0;) {
		if (ch >= 0xFF01 && ch <= 0xFF5E)
			ch -= 0xFEE0;
		/* the many dashes of Japanese keyboards: hyphen, en/em dash, minus, long vowel marks */
		if (ch == ' ' || ch == 0x3000 || ch == '\t' || ch == '\n' || ch == '\r' || ch == '-' || (ch >= 0x2010 && ch <= 0x2015) ||
			ch == 0x2212 || ch == 0x30FC || ch == 0xFF70)
			continue;
		if (ch >= 0x80 || n == max)
			return NULL;
		out[n++] = (char)toupper((int)ch);
	}
	out[n] = '\0';
	return out;
}

static bool totp_text(const uint8_t *secret, uint64_t step, char out[7])
{
	return oath_totp_generate((const char *)secret, CREDENTIAL_TOTP_SECRET, (time_t)(step * STEP_SECONDS), STEP_SECONDS, 0, 6, out) ==
		OATH_OK;
}

err credential_totp_check(const uint8_t secret[CREDENTIAL_TOTP_SECRET], int64_t now_ms, const char *code, int64_t last_step,
	int64_t *step)
{
	struct arena *a = arena_new(1 << 14);
	if (!a)
		return ERR_NOMEM;
	const char *typed = fold_typed(a, code, 6);
	int64_t now = now_ms / 1000 / STEP_SECONDS, hit = 0;
	err e = ERR_TOTP;
	if (typed && strlen(typed) == 6 && now > 1) {
		for (int64_t s = now - 1; s <= now + 1; s++) {
			char good[8];
			if (!totp_text(secret, (uint64_t)s, good))
				continue;
			/* the earliest fitting step that was not used; all three are compared in any case */
			if (sodium_memcmp(good, typed, 6) == 0 && s > last_step && !hit)
				hit = s;
		}
	}
	if (hit) {
		*step = hit;
		e = OK;
	}
	arena_free(a);
	return e;
}

err credential_totp_code(const uint8_t secret[CREDENTIAL_TOTP_SECRET], int64_t now_ms, char out[7])
{
	return totp_text(secret, (uint64_t)(now_ms / 1000 / STEP_SECONDS), out) ? OK : ERR_BUG;
}

/* RFC 4648 Base32; 20 bytes give 32 letters without padding. */
static void base32(const uint8_t *p, size_t n, char *out)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	uint32_t bits = 0;
	int have = 0;
	for (size_t i = 0; i < n; i++) {
		bits = bits << 8 | p[i];
		have += 8;
		while (have >= 5) {
			*out++ = letters[bits >> (have - 5) & 31];
			have -= 5;
		}
	}
	*out = '\0';
}

const char *credential_totp_uri(struct ctx *c, const char *login, const uint8_t secret[CREDENTIAL_TOTP_SECRET])
{
	char text[33];
	base32(secret, CREDENTIAL_TOTP_SECRET, text);
	return arena_fmt(c->arena, "otpauth://totp/tsunagi:%s?secret=%s&issuer=tsunagi&algorithm=SHA1&digits=6&period=30", login, text);
}

const char *credential_totp_text(struct ctx *c, const uint8_t secret[CREDENTIAL_TOTP_SECRET])
{
	char text[33];
	base32(secret, CREDENTIAL_TOTP_SECRET, text);
	struct buf b = buf_new(c->arena);
	for (int i = 0; i < 32; i += 4)
		buf_fmt(&b, "%s%.4s", i ? " " : "", text + i);
	return b.p;
}

static const char code_letters[] = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

const char *credential_code_make(struct ctx *c, int n_letters)
{
	struct buf b = buf_new(c->arena);
	for (int i = 0; i < n_letters;) {
		uint8_t r;
		rand_bytes(&r, 1);
		if (r >= 240) /* 8 × 30: no letter is likelier than another */
			continue;
		if (i && i % 4 == 0)
			buf_char(&b, '-');
		buf_char(&b, code_letters[r % 30]);
		i++;
	}
	return b.p;
}

const char *credential_code_fold(struct ctx *c, const char *typed)
{
	const char *s = fold_typed(c->arena, typed, 64);
	return s && strspn(s, code_letters) == strlen(s) ? s : "";
}
