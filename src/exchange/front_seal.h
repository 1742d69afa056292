/* front_seal — the key pair of a house for exchange files, and the sealing of a file for the other house.
 *
 * DIR/outside.key (mode 0600) holds two seeds of 32 bytes: for Ed25519 (who wrote it) and for X25519 (who may read it). What is told
 * to the other house is one line, the public key; its check number is compared by telephone. A file is the line "tsunagi-front-1",
 * then crypto_box_seal(signature | body): one changed byte anywhere and it cannot be opened. The signed body names writer and reader.
 * Ownership: arena. Errors: ERR_KEY, ERR_FRONT_FILE. Tests: tests/unit/test_exchange_front.c. */
#ifndef TSU_EXCHANGE_FRONT_SEAL_H
#define TSU_EXCHANGE_FRONT_SEAL_H

#include "base/arena.h"
#include "base/err.h"

enum { FRONT_PUBLIC_HEX = 128 };

struct front_keys; /* secret and public; arena */
bool front_keys_there(struct arena *a, const char *data_dir);
/* Made on first use. */
MUST err front_keys_of(struct arena *a, const char *data_dir, const struct front_keys **out);
const char *front_keys_public(struct arena *a, const struct front_keys *k); /* FRONT_PUBLIC_HEX hex digits */

/* "tsunagi-key-1 <hex> <4 digits of a sum>" and back; ERR_KEY if a letter is wrong or missing. */
const char *front_key_line(struct arena *a, const char *public_hex);
MUST err front_key_parse(struct arena *a, const char *line, const char **public_hex);
const char *front_key_check(struct arena *a, const char *public_hex); /* 照合番号: "1234 5678 9012 3456" */

MUST err front_seal(struct arena *a, const struct front_keys *mine, const char *peer_hex, const char *body, size_t n, const char **bytes, size_t *n_bytes);
MUST err front_unseal(struct arena *a, const struct front_keys *mine, const char *peer_hex, const char *bytes, size_t n_bytes, const char **body, size_t *n);

#endif
