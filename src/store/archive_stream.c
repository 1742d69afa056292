#include "store/archive_stream.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PIECE = 64 * 1024, SEAL = crypto_secretstream_xchacha20poly1305_ABYTES };
static const char MAGIC[] = "tsunagi-sealed-1\n";
enum { MAGIC_N = sizeof MAGIC - 1 };
/* argon2id: about half a second on a small machine; the values stand in the file, so they may grow later. */
static const uint64_t OPS = 3, MEM = 64u << 20, MEM_MOST = 1u << 30, OPS_MOST = 20;

struct stream {
	int fd;
	bool sealed, last; /* last: the final piece was read */
	crypto_secretstream_xchacha20poly1305_state state;
	unsigned char piece[PIECE], sealed_piece[PIECE + SEAL];
	size_t have, at; /* filled part of piece, read position in it */
};

static err write_all(int fd, const void *p, size_t n)
{
	const char *c = p;
	while (n) {
		ssize_t k = write(fd, c, n);
		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0)
			return errno == ENOSPC || errno == EDQUOT ? ERR_DISK_FULL : ERR_IO;
		c += k;
		n -= (size_t)k;
	}
	return OK;
}

/* *got < n only at the end of the file. */
static err read_some(int fd, void *p, size_t n, size_t *got)
{
	*got = 0;
	while (*got < n) {
		ssize_t k = read(fd, (char *)p + *got, n - *got);
		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0)
			return ERR_IO;
		if (k == 0)
			break;
		*got += (size_t)k;
	}
	return OK;
}

static void put64(unsigned char *p, uint64_t v)
{
	for (int i = 0; i < 8; i++)
		p[i] = (unsigned char)(v >> (56 - 8 * i));
}

static uint64_t get64(const unsigned char *p)
{
	uint64_t v = 0;
	for (int i = 0; i < 8; i++)
		v = v << 8 | p[i];
	return v;
}

static err derive(unsigned char key[crypto_secretstream_xchacha20poly1305_KEYBYTES], const char *password, const unsigned char *salt,
	uint64_t ops, uint64_t mem)
{
	return crypto_pwhash(key, crypto_secretstream_xchacha20poly1305_KEYBYTES, password, strlen(password), salt, ops, (size_t)mem,
		crypto_pwhash_ALG_ARGON2ID13) == 0 ? OK : ERR_NOMEM;
}

enum { SALT = crypto_pwhash_SALTBYTES, HEAD = crypto_secretstream_xchacha20poly1305_HEADERBYTES };

static err start_sealed(struct stream *s, const char *password)
{
	unsigned char head[SALT + 16 + HEAD], key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
	randombytes_buf(head, SALT);
	put64(head + SALT, OPS);
	put64(head + SALT + 8, MEM);
	TRY(derive(key, password, head, OPS, MEM));
	crypto_secretstream_xchacha20poly1305_init_push(&s->state, head + SALT + 16, key);
	sodium_memzero(key, sizeof key);
	TRY(write_all(s->fd, MAGIC, MAGIC_N));
	return write_all(s->fd, head, sizeof head);
}

err stream_create(struct arena *a, const char *path, const char *password, struct stream **out)
{
	if (sodium_init() < 0)
		return ERR_BUG;
	struct stream *s = ARENA_NEW(a, struct stream);
	s->fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (s->fd < 0)
		return errno == EEXIST ? ERR_NOT_EMPTY : ERR_IO;
	s->sealed = password && *password;
	err e = s->sealed ? start_sealed(s, password) : OK;
	if (e != OK) {
		stream_abandon(s);
		unlink(path);
		return e;
	}
	*out = s;
	return OK;
}

static err flush(struct stream *s, bool final)
{
	size_t n = s->have;
	s->have = 0;
	if (!s->sealed)
		return write_all(s->fd, s->piece, n);
	unsigned long long len;
	unsigned char tag = final ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0;
	if (crypto_secretstream_xchacha20poly1305_push(&s->state, s->sealed_piece, &len, s->piece, n, NULL, 0, tag) != 0)
		return ERR_BUG;
	return write_all(s->fd, s->sealed_piece, (size_t)len);
}

err stream_write(struct stream *s, const void *p, size_t n)
{
	const char *c = p;
	while (n) {
		size_t k = PIECE - s->have < n ? PIECE - s->have : n;
		memcpy(s->piece + s->have, c, k);
		s->have += k;
		c += k;
		n -= k;
		if (s->have == PIECE)
			TRY(flush(s, false));
	}
	return OK;
}

err stream_close(struct stream *s)
{
	err e = flush(s, true);
	if (e == OK && fsync(s->fd) != 0)
		e = ERR_IO;
	if (close(s->fd) != 0 && e == OK)
		e = ERR_IO;
	s->fd = -1;
	return e;
}

void stream_abandon(struct stream *s)
{
	if (s->fd >= 0)
		close(s->fd);
	s->fd = -1;
	sodium_memzero(&s->state, sizeof s->state);
}

static err open_sealed(struct stream *s, const char *password)
{
	unsigned char head[SALT + 16 + HEAD], key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
	size_t got;
	if (!password || !*password)
		return ERR_BACKUP_LOCKED;
	TRY(read_some(s->fd, head, sizeof head, &got));
	uint64_t ops = get64(head + SALT), mem = get64(head + SALT + 8);
	if (got != sizeof head || ops < 1 || ops > OPS_MOST || mem < 8192 || mem > MEM_MOST)
		return ERR_BACKUP_BAD;
	TRY(derive(key, password, head, ops, mem));
	int rc = crypto_secretstream_xchacha20poly1305_init_pull(&s->state, head + SALT + 16, key);
	sodium_memzero(key, sizeof key);
	return rc == 0 ? OK : ERR_BACKUP_LOCKED;
}

static err fill(struct stream *s)
{
	size_t got;
	s->at = 0;
	s->have = 0;
	if (!s->sealed) {
		TRY(read_some(s->fd, s->piece, PIECE, &got));
		s->have = got;
		return OK;
	}
	if (s->last)
		return OK;
	unsigned long long len;
	unsigned char tag;
	TRY(read_some(s->fd, s->sealed_piece, PIECE + SEAL, &got));
	if (got < SEAL)
		return ERR_BACKUP_BAD; /* cut at the border of a piece */
	if (crypto_secretstream_xchacha20poly1305_pull(&s->state, s->piece, &len, &tag, s->sealed_piece, got, NULL, 0) != 0)
		return ERR_BACKUP_LOCKED;
	s->have = (size_t)len;
	s->last = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
	return s->have || s->last ? OK : ERR_BACKUP_BAD;
}

err stream_open(struct arena *a, const char *path, const char *password, struct stream **out)
{
	if (sodium_init() < 0)
		return ERR_BUG;
	struct stream *s = ARENA_NEW(a, struct stream);
	size_t got;
	s->fd = open(path, O_RDONLY | O_CLOEXEC);
	if (s->fd < 0)
		return errno == ENOENT ? ERR_NOTFOUND : ERR_IO;
	err e = read_some(s->fd, s->piece, MAGIC_N, &got);
	s->sealed = e == OK && got == MAGIC_N && memcmp(s->piece, MAGIC, MAGIC_N) == 0;
	if (e == OK && s->sealed)
		e = open_sealed(s, password);
	else
		s->have = got;
	if (e != OK) {
		stream_abandon(s);
		return e;
	}
	*out = s;
	return OK;
}

err stream_read(struct stream *s, void *p, size_t n)
{
	char *c = p;
	while (n) {
		if (s->at == s->have) {
			TRY(fill(s));
			if (s->have == 0)
				return ERR_BACKUP_BAD;
		}
		size_t k = s->have - s->at < n ? s->have - s->at : n;
		memcpy(c, s->piece + s->at, k);
		s->at += k;
		c += k;
		n -= k;
	}
	return OK;
}

err stream_end(struct stream *s)
{
	size_t got;
	char more;
	if (s->at < s->have)
		return ERR_BACKUP_BAD;
	if (s->sealed && !s->last) {
		TRY(fill(s));
		if (s->have || !s->last)
			return ERR_BACKUP_BAD;
	}
	TRY(read_some(s->fd, &more, 1, &got));
	return got ? ERR_BACKUP_BAD : OK;
}
