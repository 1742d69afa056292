#include "store/archive.h"

#include "base/buf.h"
#include "base/str.h"
#include "store/archive_stream.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 512, CHUNK = 64 * 1024, TEXT_MAX = 1 << 20 };
static const char MANIFEST[] = "MANIFEST";

struct archive {
	struct arena *arena;
	struct stream *out;
	const char *path, *part;
	struct buf manifest;
	char chunk[CHUNK];
	bool ended;
};

bool archive_name_ok(const char *name)
{
	size_t n = strlen(name);
	return n > 0 && n < 100 && name[0] != '/' && name[0] != '.' && !strstr(name, "..") && !strstr(name, "//") && !strstr(name, "/.")
		&& name[n - 1] != '/'
		&& strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/") == n;
}

/* --- tar headers (POSIX ustar) --- */

static unsigned header_sum(const unsigned char h[BLOCK])
{
	unsigned sum = 0;
	for (int i = 0; i < BLOCK; i++)
		sum += i >= 148 && i < 156 ? ' ' : h[i];
	return sum;
}

static void header_make(unsigned char h[BLOCK], const char *name, int64_t size)
{
	memset(h, 0, BLOCK);
	snprintf((char *)h, 100, "%s", name);
	memcpy(h + 100, "0000600", 8);
	memcpy(h + 108, "0000000", 8);
	memcpy(h + 116, "0000000", 8);
	if (size < (int64_t)1 << 33) {
		snprintf((char *)h + 124, 12, "%011" PRIo64, (uint64_t)size);
	} else { /* base 256, as GNU and POSIX.1-2001 readers know it */
		h[124] = 0x80;
		for (int i = 0; i < 8; i++)
			h[135 - i] = (unsigned char)((uint64_t)size >> (8 * i));
	}
	memcpy(h + 136, "00000000000", 12);
	h[156] = '0';
	/* a field of a tar head, not a string. NOLINTNEXTLINE(bugprone-not-null-terminated-result) */
	memcpy(h + 257, "ustar\00000", 8);
	snprintf((char *)h + 148, 8, "%06o", header_sum(h));
	h[155] = ' ';
}

static bool header_read(const unsigned char h[BLOCK], const char **name, int64_t *size)
{
	unsigned long sum = 0;
	uint64_t n = 0;
	if (memcmp(h + 257, "ustar", 5) != 0 || h[156] != '0' || h[99] != 0)
		return false;
	for (int i = 148; i < 154; i++)
		sum = sum * 8 + (unsigned long)(h[i] - '0');
	if (sum != header_sum(h))
		return false;
	if (h[124] == 0x80) {
		for (int i = 128; i < 136; i++)
			n = n << 8 | h[i];
	} else {
		for (int i = 124; i < 135; i++) {
			if (h[i] < '0' || h[i] > '7')
				return false;
			n = n * 8 + (uint64_t)(h[i] - '0');
		}
	}
	*name = (const char *)h;
	*size = (int64_t)n;
	return n < (uint64_t)1 << 50 && archive_name_ok(*name);
}

/* --- writing --- */

err archive_create(struct arena *a, const char *path, const char *password, struct archive **out)
{
	if (access(path, F_OK) == 0)
		return ERR_NOT_EMPTY;
	struct archive *w = ARENA_NEW(a, struct archive);
	w->arena = a;
	w->path = arena_str(a, path);
	w->part = arena_fmt(a, "%s.part", path);
	w->manifest = buf_new(a);
	buf_str(&w->manifest, "tsunagi-backup 1\n");
	TRY(stream_create(a, w->part, password, &w->out));
	*out = w;
	return OK;
}

static err pad(struct archive *w, int64_t size)
{
	static const unsigned char zero[BLOCK];
	size_t rest = (size_t)(size % BLOCK);
	return rest ? stream_write(w->out, zero, BLOCK - rest) : OK;
}

static void list(struct archive *w, const char *name, int64_t size, crypto_hash_sha256_state *h)
{
	unsigned char sum[crypto_hash_sha256_BYTES];
	char hex[65];
	crypto_hash_sha256_final(h, sum);
	sodium_bin2hex(hex, sizeof hex, sum, sizeof sum);
	buf_fmt(&w->manifest, "%s %" PRId64 " %s\n", hex, size, name);
}

static err copy_in(struct archive *w, int fd, int64_t size, crypto_hash_sha256_state *h)
{
	int64_t left = size;
	while (left > 0) {
		ssize_t n = read(fd, w->chunk, left < CHUNK ? (size_t)left : CHUNK);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return ERR_IO; /* shorter than it was: it is being written */
		crypto_hash_sha256_update(h, (const unsigned char *)w->chunk, (size_t)n);
		TRY(stream_write(w->out, w->chunk, (size_t)n));
		left -= n;
	}
	return OK;
}

err archive_add_file(struct archive *w, const char *name, const char *from_path)
{
	unsigned char head[BLOCK];
	crypto_hash_sha256_state h;
	struct stat st;
	if (!archive_name_ok(name))
		return ERR_BUG;
	int fd = open(from_path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return errno == ENOENT ? ERR_NOTFOUND : ERR_IO;
	err e = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) ? OK : ERR_IO;
	if (e == OK) {
		header_make(head, name, st.st_size);
		e = stream_write(w->out, head, BLOCK);
	}
	crypto_hash_sha256_init(&h);
	if (e == OK)
		e = copy_in(w, fd, st.st_size, &h);
	close(fd);
	TRY(e);
	TRY(pad(w, st.st_size));
	list(w, name, st.st_size, &h);
	return OK;
}

err archive_add_text(struct archive *w, const char *name, const char *text)
{
	unsigned char head[BLOCK];
	crypto_hash_sha256_state h;
	size_t n = strlen(text);
	header_make(head, name, (int64_t)n);
	TRY(stream_write(w->out, head, BLOCK));
	TRY(stream_write(w->out, text, n));
	TRY(pad(w, (int64_t)n));
	crypto_hash_sha256_init(&h);
	crypto_hash_sha256_update(&h, (const unsigned char *)text, n);
	list(w, name, (int64_t)n, &h);
	return OK;
}

err archive_finish(struct archive *w)
{
	static const unsigned char zero[2 * BLOCK];
	const char *manifest = arena_str(w->arena, w->manifest.p);
	TRY(archive_add_text(w, MANIFEST, manifest));
	TRY(stream_write(w->out, zero, sizeof zero));
	TRY(stream_close(w->out));
	w->ended = true;
	if (link(w->part, w->path) != 0) { /* link, not rename: never over a file that appeared meanwhile */
		unlink(w->part);
		return errno == EEXIST ? ERR_NOT_EMPTY : ERR_IO;
	}
	unlink(w->part);
	return OK;
}

void archive_abandon(struct archive *w)
{
	if (w->ended)
		return;
	w->ended = true;
	stream_abandon(w->out);
	unlink(w->part);
}

/* --- reading --- */

struct reading {
	struct arena *arena;
	struct stream *in;
	const char *to_dir;
	struct archive_entry *v;
	size_t n, cap;
	char chunk[CHUNK];
	const char *manifest;
};

static err make_parents(char *path, size_t from)
{
	for (char *p = path + from; (p = strchr(p, '/')) != NULL; p++) {
		*p = '\0';
		int rc = mkdir(path, 0700);
		*p = '/';
		if (rc != 0 && errno != EEXIST)
			return ERR_IO;
	}
	return OK;
}

static err open_target(struct reading *r, const char *name, int *fd)
{
	*fd = -1;
	if (!r->to_dir || strcmp(name, MANIFEST) == 0)
		return OK;
	char *path = arena_fmt(r->arena, "%s/%s", r->to_dir, name);
	TRY(make_parents(path, strlen(r->to_dir) + 1));
	*fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	return *fd < 0 ? ERR_IO : OK;
}

static err put_out(int fd, const char *p, size_t n)
{
	while (n) {
		ssize_t k = write(fd, p, n);
		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0)
			return errno == ENOSPC ? ERR_DISK_FULL : ERR_IO;
		p += k;
		n -= (size_t)k;
	}
	return OK;
}

static err read_entry(struct reading *r, const char *name, int64_t size)
{
	crypto_hash_sha256_state h;
	unsigned char sum[crypto_hash_sha256_BYTES];
	bool keep = strcmp(name, MANIFEST) == 0 || str_ends(name, ".txt");
	struct buf text = buf_new(r->arena);
	char *hex = arena_alloc(r->arena, 65);
	int fd;
	if (keep && size > 64 * (int64_t)TEXT_MAX)
		return ERR_BACKUP_BAD;
	TRY(open_target(r, name, &fd));
	crypto_hash_sha256_init(&h);
	err e = OK;
	for (int64_t left = size; left > 0 && e == OK;) {
		size_t n = left < CHUNK ? (size_t)left : CHUNK;
		e = stream_read(r->in, r->chunk, n);
		if (e == OK) {
			crypto_hash_sha256_update(&h, (const unsigned char *)r->chunk, n);
			if (keep)
				buf_add(&text, r->chunk, n);
			if (fd >= 0)
				e = put_out(fd, r->chunk, n);
		}
		left -= (int64_t)n;
	}
	if (fd >= 0 && e == OK && fsync(fd) != 0)
		e = ERR_IO;
	if (fd >= 0)
		close(fd);
	TRY(e);
	if (size % BLOCK)
		TRY(stream_read(r->in, r->chunk, (size_t)(BLOCK - size % BLOCK)));
	crypto_hash_sha256_final(&h, sum);
	sodium_bin2hex(hex, 65, sum, sizeof sum);
	buf_str(&text, "");
	if (strcmp(name, MANIFEST) == 0) {
		r->manifest = text.n ? text.p : "";
		return OK;
	}
	if (r->n == r->cap) {
		size_t cap = r->cap ? r->cap * 2 : 64;
		struct archive_entry *v = ARENA_ARRAY(r->arena, cap, struct archive_entry);
		if (r->n)
			memcpy(v, r->v, r->n * sizeof *v);
		r->v = v;
		r->cap = cap;
	}
	r->v[r->n++] = (struct archive_entry){name, hex, size, keep && size <= TEXT_MAX ? (text.n ? text.p : "") : NULL};
	return OK;
}

static err compare(struct reading *r)
{
	struct buf b = buf_new(r->arena);
	buf_str(&b, "tsunagi-backup 1\n");
	for (size_t i = 0; i < r->n; i++)
		buf_fmt(&b, "%s %" PRId64 " %s\n", r->v[i].sha256, r->v[i].size, r->v[i].name);
	return r->manifest && strcmp(b.p, r->manifest) == 0 ? OK : ERR_BACKUP_BAD;
}

static err read_all(struct reading *r)
{
	static const unsigned char zero[BLOCK];
	unsigned char head[BLOCK];
	for (;;) {
		const char *name;
		int64_t size;
		TRY(stream_read(r->in, head, BLOCK));
		if (memcmp(head, zero, BLOCK) == 0)
			break;
		if (r->manifest || !header_read(head, &name, &size))
			return ERR_BACKUP_BAD;
		TRY(read_entry(r, arena_str(r->arena, name), size));
	}
	TRY(stream_read(r->in, head, BLOCK));
	TRY(stream_end(r->in));
	return compare(r);
}

static err fresh_dir(const char *dir)
{
	if (mkdir(dir, 0700) == 0)
		return OK;
	DIR *d = errno == EEXIST ? opendir(dir) : NULL;
	if (!d)
		return ERR_IO;
	struct dirent *e;
	int n = 0;
	while ((e = readdir(d)) != NULL)
		n += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
	closedir(d);
	return n ? ERR_NOT_EMPTY : chmod(dir, 0700) == 0 ? OK : ERR_IO;
}

err archive_read(struct arena *a, const char *path, const char *password, const char *to_dir, struct archive_entry **v, size_t *n)
{
	struct reading *r = ARENA_NEW(a, struct reading);
	r->arena = a;
	r->to_dir = to_dir;
	if (to_dir)
		TRY(fresh_dir(to_dir));
	TRY(stream_open(a, path, password, &r->in));
	err e = read_all(r);
	stream_abandon(r->in);
	TRY(e);
	*v = r->v;
	*n = r->n;
	return OK;
}
