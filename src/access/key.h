/* key — the house key: 32 random bytes in DIR/house.key (mode 0600, owned by the user who runs the house).
 *
 * From it come, by purpose, the keys of the audit chain, of sealed secrets (TOTP) and of hashed one-time codes.
 * Losing the file means new TOTP and paper codes for everybody and a chain that can no longer be verified, so it
 * belongs in the backup, apart from the data. Algorithms: keyed BLAKE2b, XChaCha20-Poly1305 (libsodium).
 * Ownership: struct house_key is arena of the caller and must outlive every ctx. Errors: ERR_KEY.
 * Tests: tests/unit/test_access.c. */
#ifndef TSU_ACCESS_KEY_H
#define TSU_ACCESS_KEY_H

#include "base/arena.h"
#include "base/err.h"

struct house_key;

#define KEY_MAC 32
#define KEY_SEAL_EXTRA 40 /* nonce 24 + tag 16 */

/* Make DIR/house.key; ERR_UNIQUE if there is one already. */
MUST err key_make(const char *data_dir);
/* Refuses a file that others may read, that is no plain file, or of another length. */
MUST err key_load(struct arena *a, const char *data_dir, const struct house_key **out);
/* A key that lives only in memory (tests, `serve --outside` without register). */
const struct house_key *key_of_bytes(struct arena *a, const uint8_t bytes[32]);

/* Keyed hash of the bytes for a purpose ("audit", "code", "login"…). */
void key_mac(const struct house_key *k, const char *purpose, const void *p, size_t n, uint8_t out[KEY_MAC]);
bool key_mac_equal(const uint8_t a[KEY_MAC], const uint8_t b[KEY_MAC]); /* constant time */
/* Sealed bytes are n + KEY_SEAL_EXTRA long; arena. */
void *key_seal(struct arena *a, const struct house_key *k, const char *purpose, const void *p, size_t n, size_t *n_sealed);
MUST err key_open(struct arena *a, const struct house_key *k, const char *purpose, const void *sealed, size_t n_sealed,
	void **p, size_t *n);
void key_hex(const uint8_t *p, size_t n, char *out); /* 2n+1 bytes */
bool key_unhex(const char *hex, uint8_t *out, size_t n); /* exactly 2n digits, else false */

#endif
