#include "access/key.h"

#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct house_key {
	uint8_t k[32];
};

static const char *path_of(char *out, size_t n, const char *data_dir)
{
	int w = snprintf(out, n, "%s/house.key", data_dir);
	return w > 0 && (size_t)w < n ? out : NULL;
}

err key_make(const char *data_dir)
{
	char path[4096];
	if (sodium_init() < 0 || !path_of(path, sizeof path, data_dir))
		return ERR_KEY;
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return errno == EEXIST ? ERR_UNIQUE : ERR_KEY;
	uint8_t k[32];
	randombytes_buf(k, sizeof k);
	bool ok = write(fd, k, sizeof k) == (ssize_t)sizeof k && fchmod(fd, 0600) == 0 && fsync(fd) == 0;
	sodium_memzero(k, sizeof k);
	ok = close(fd) == 0 && ok;
	if (!ok) {
		unlink(path);
		return ERR_KEY;
	}
	return OK;
}

err key_load(struct arena *a, const char *data_dir, const struct house_key **out)
{
	char path[4096];
	struct stat st;
	if (sodium_init() < 0 || !path_of(path, sizeof path, data_dir))
		return ERR_KEY;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return ERR_KEY;
	const char *why = NULL;
	uint8_t k[33];
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		why = "no-file";
	else if (st.st_mode & 077)
		why = "mode";
	else if (st.st_uid != geteuid())
		why = "owner";
	else if (read(fd, k, sizeof k) != 32)
		why = "length";
	close(fd);
	if (why) {
		log_event(LOG_ERROR, "key-refused", "why", why, NULL);
		return ERR_KEY;
	}
	*out = key_of_bytes(a, k);
	sodium_memzero(k, sizeof k);
	return OK;
}

const struct house_key *key_of_bytes(struct arena *a, const uint8_t bytes[32])
{
	struct house_key *key = ARENA_NEW(a, struct house_key);
	memcpy(key->k, bytes, 32);
	return key;
}

static void subkey(const struct house_key *k, const char *purpose, uint8_t out[32])
{
	crypto_generichash(out, 32, (const uint8_t *)purpose, strlen(purpose), k->k, sizeof k->k);
}

void key_mac(const struct house_key *k, const char *purpose, const void *p, size_t n, uint8_t out[KEY_MAC])
{
	uint8_t sub[32];
	subkey(k, purpose, sub);
	crypto_generichash(out, KEY_MAC, p, n, sub, sizeof sub);
	sodium_memzero(sub, sizeof sub);
}

bool key_mac_equal(const uint8_t a[KEY_MAC], const uint8_t b[KEY_MAC]) { return sodium_memcmp(a, b, KEY_MAC) == 0; }

enum { NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES };
_Static_assert(NONCE + TAG == KEY_SEAL_EXTRA, "sealed bytes are longer by nonce and tag");

void *key_seal(struct arena *a, const struct house_key *k, const char *purpose, const void *p, size_t n, size_t *n_sealed)
{
	uint8_t sub[32], *out = arena_alloc(a, n + KEY_SEAL_EXTRA);
	subkey(k, purpose, sub);
	randombytes_buf(out, NONCE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(out + NONCE, NULL, p, n, (const uint8_t *)purpose, strlen(purpose), NULL, out, sub);
	sodium_memzero(sub, sizeof sub);
	*n_sealed = n + KEY_SEAL_EXTRA;
	return out;
}

err key_open(struct arena *a, const struct house_key *k, const char *purpose, const void *sealed, size_t n_sealed,
	void **p, size_t *n)
{
	if (!sealed || n_sealed < KEY_SEAL_EXTRA)
		return ERR_KEY;
	uint8_t sub[32], *out = arena_alloc(a, n_sealed - KEY_SEAL_EXTRA + 1);
	const uint8_t *in = sealed;
	subkey(k, purpose, sub);
	int bad = crypto_aead_xchacha20poly1305_ietf_decrypt(out, NULL, NULL, in + NONCE, n_sealed - NONCE,
		(const uint8_t *)purpose, strlen(purpose), in, sub);
	sodium_memzero(sub, sizeof sub);
	if (bad)
		return ERR_KEY;
	*p = out;
	*n = n_sealed - KEY_SEAL_EXTRA;
	return OK;
}

void key_hex(const uint8_t *p, size_t n, char *out) { sodium_bin2hex(out, n * 2 + 1, p, n); }

bool key_unhex(const char *hex, uint8_t *out, size_t n)
{
	size_t got;
	const char *end;
	return strlen(hex) == n * 2 && sodium_hex2bin(out, n, hex, n * 2, NULL, &got, &end) == 0 && got == n && *end == '\0';
}
