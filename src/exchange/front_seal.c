#include "exchange/front_seal.h"

#include "access/key.h"
#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char MAGIC[] = "tsunagi-front-1\n", LINE[] = "tsunagi-key-1";
enum { N_MAGIC = sizeof MAGIC - 1, SEED = 32, SIGN = crypto_sign_BYTES, SEAL = crypto_box_SEALBYTES };

struct front_keys {
	uint8_t sign_secret[crypto_sign_SECRETKEYBYTES], box_secret[crypto_box_SECRETKEYBYTES];
	uint8_t public[64]; /* to verify, to seal for */
};
_Static_assert(crypto_sign_PUBLICKEYBYTES == 32 && crypto_box_PUBLICKEYBYTES == 32, "two keys of 32 bytes in one text");

static err make_file(const char *path)
{
	uint8_t seeds[SEED * 2];
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return errno == EEXIST ? OK : ERR_KEY;
	randombytes_buf(seeds, sizeof seeds);
	bool ok = write(fd, seeds, sizeof seeds) == (ssize_t)sizeof seeds && fsync(fd) == 0;
	sodium_memzero(seeds, sizeof seeds);
	ok = close(fd) == 0 && ok;
	if (!ok)
		unlink(path);
	return ok ? OK : ERR_KEY;
}

static err read_file(const char *path, uint8_t seeds[SEED * 2])
{
	struct stat st;
	uint8_t more;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return ERR_KEY;
	bool ok = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && !(st.st_mode & 077) && st.st_uid == geteuid() &&
	          read(fd, seeds, SEED * 2) == SEED * 2 && read(fd, &more, 1) == 0;
	close(fd);
	return ok ? OK : ERR_KEY;
}

static const char *path_of(struct arena *a, const char *data_dir) { return arena_fmt(a, "%s/outside.key", data_dir); }

bool front_keys_there(struct arena *a, const char *data_dir) { return access(path_of(a, data_dir), F_OK) == 0; }

err front_keys_of(struct arena *a, const char *data_dir, const struct front_keys **out)
{
	uint8_t seeds[SEED * 2];
	const char *path = path_of(a, data_dir);
	if (sodium_init() < 0)
		return ERR_KEY;
	TRY(make_file(path));
	TRY(read_file(path, seeds));
	struct front_keys *k = ARENA_NEW(a, struct front_keys);
	bool ok = crypto_sign_seed_keypair(k->public, k->sign_secret, seeds) == 0 && crypto_box_seed_keypair(k->public + 32, k->box_secret, seeds + SEED) == 0;
	sodium_memzero(seeds, sizeof seeds);
	*out = k;
	return ok ? OK : ERR_KEY;
}

const char *front_keys_public(struct arena *a, const struct front_keys *k)
{
	char *hex = arena_alloc(a, FRONT_PUBLIC_HEX + 1);
	key_hex(k->public, sizeof k->public, hex);
	return hex;
}

/* ---- the public key as a line ---------------------------------------------------------------------------------------------------- */

static void sum_of(const char *public_hex, uint8_t out[16])
{
	crypto_generichash(out, 16, (const uint8_t *)public_hex, strlen(public_hex), (const uint8_t *)LINE, sizeof LINE);
}

const char *front_key_check(struct arena *a, const char *public_hex)
{
	uint8_t sum[16];
	uint64_t v;
	sum_of(public_hex, sum);
	memcpy(&v, sum, sizeof v);
	v %= 10000000000000000ULL;
	return arena_fmt(a, "%04d %04d %04d %04d", (int)(v / 1000000000000ULL), (int)(v / 100000000ULL % 10000), (int)(v / 10000 % 10000), (int)(v % 10000));
}

const char *front_key_line(struct arena *a, const char *public_hex)
{
	uint8_t sum[16];
	char digits[9];
	sum_of(public_hex, sum);
	key_hex(sum + 8, 4, digits);
	return arena_fmt(a, "%s %s %s", LINE, public_hex, digits);
}

err front_key_parse(struct arena *a, const char *line, const char **public_hex)
{
	uint8_t raw[64];
	size_t n;
	char **v = str_split(a, str_trim(a, line), ' ', &n);
	if (n != 3 || !str_eq(v[0], LINE) || !key_unhex(v[1], raw, sizeof raw))
		return ERR_KEY;
	char *hex = arena_alloc(a, FRONT_PUBLIC_HEX + 1);
	key_hex(raw, sizeof raw, hex);
	if (!str_eq(front_key_line(a, hex), arena_fmt(a, "%s %s %s", v[0], hex, v[2])))
		return ERR_KEY;
	*public_hex = hex;
	return OK;
}

/* ---- files ---------------------------------------------------------------------------------------------------------------------- */

err front_seal(struct arena *a, const struct front_keys *mine, const char *peer_hex, const char *body, size_t n, const char **bytes, size_t *n_bytes)
{
	uint8_t peer[64];
	if (!key_unhex(peer_hex, peer, sizeof peer))
		return ERR_KEY;
	uint8_t *plain = arena_alloc(a, SIGN + n + 1), *out = arena_alloc(a, N_MAGIC + SIGN + n + SEAL + 1);
	memcpy(plain + SIGN, body, n);
	if (crypto_sign_detached(plain, NULL, (const uint8_t *)body, n, mine->sign_secret) != 0)
		return ERR_KEY;
	memcpy(out, MAGIC, N_MAGIC);
	if (crypto_box_seal(out + N_MAGIC, plain, SIGN + n, peer + 32) != 0)
		return ERR_KEY;
	*bytes = (const char *)out;
	*n_bytes = N_MAGIC + SIGN + n + SEAL;
	return OK;
}

err front_unseal(struct arena *a, const struct front_keys *mine, const char *peer_hex, const char *bytes, size_t n_bytes, const char **body, size_t *n)
{
	uint8_t peer[64];
	if (!key_unhex(peer_hex, peer, sizeof peer))
		return ERR_KEY;
	if (n_bytes < N_MAGIC + SIGN + SEAL || memcmp(bytes, MAGIC, N_MAGIC) != 0)
		return ERR_FRONT_FILE;
	size_t n_plain = n_bytes - N_MAGIC - SEAL;
	uint8_t *plain = arena_alloc(a, n_plain + 1);
	if (crypto_box_seal_open(plain, (const uint8_t *)bytes + N_MAGIC, n_bytes - N_MAGIC, mine->public + 32, mine->box_secret) != 0)
		return ERR_FRONT_FILE;
	if (crypto_sign_verify_detached(plain, plain + SIGN, n_plain - SIGN, peer) != 0)
		return ERR_FRONT_FILE;
	*body = (const char *)plain + SIGN;
	*n = n_plain - SIGN;
	return OK;
}
