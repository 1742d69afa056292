#define _GNU_SOURCE /* memmem */
#include "store/file.h"

#include "base/house.h"
#include "base/log.h"
#include "base/pid.h"
#include "base/str.h"
#include "sql/q_store.h"
#include "sql/tables.h"
#include "store/image.h"
#include "store/revision.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct file_store {
	const char *dir; /* data/files */
};

static err io_error(void) { return errno == ENOSPC || errno == EDQUOT ? ERR_DISK_FULL : ERR_IO; }

static err make_dir(const char *path)
{
	return mkdir(path, 0700) == 0 || errno == EEXIST ? OK : io_error();
}

err file_store_open(struct arena *a, const char *data_dir, struct file_store **out)
{
	struct file_store *s = ARENA_NEW(a, struct file_store);
	s->dir = arena_fmt(a, "%s/files", data_dir);
	TRY(make_dir(s->dir));
	*out = s;
	return OK;
}

static struct file_store *store_of(const struct ctx *c) { return c->house ? c->house->files : NULL; }

static bool sha_ok(const char *sha)
{
	return sha && strlen(sha) == 64 && strspn(sha, "0123456789abcdef") == 64;
}

static void sum(struct blob bytes, char sha[FILE_SHA_TEXT])
{
	unsigned char h[crypto_hash_sha256_BYTES];
	crypto_hash_sha256(h, bytes.p, bytes.n);
	sodium_bin2hex(sha, FILE_SHA_TEXT, h, sizeof h);
}

static const char *place(struct arena *a, const struct file_store *s, const char *sha)
{
	return arena_fmt(a, "%s/%.2s/%.2s/%s", s->dir, sha, sha + 2, sha);
}

static err write_all(int fd, struct blob bytes)
{
	const char *p = bytes.p;
	size_t left = bytes.n;
	while (left) {
		ssize_t n = write(fd, p, left);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return io_error();
		p += n;
		left -= (size_t)n;
	}
	return fsync(fd) == 0 ? OK : io_error();
}

static err sync_dir(const char *dir)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return io_error();
	err e = fsync(fd) == 0 ? OK : io_error();
	close(fd);
	return e;
}

static bool same_bytes(struct ctx *c, const char *sha)
{
	struct arena_mark mark = arena_mark_get(c->arena);
	struct blob old;
	bool same = file_bytes_get(c, sha, &old) == OK;
	arena_rewind(c->arena, mark);
	return same;
}

err file_bytes_put(struct ctx *c, struct blob bytes, char sha256[FILE_SHA_TEXT])
{
	struct file_store *s = store_of(c);
	char sha[FILE_SHA_TEXT];
	if (!s || (!bytes.p && bytes.n))
		return ERR_BUG;
	if (bytes.n == 0 || bytes.n > FILE_MAX)
		return ERR_LIMIT;
	sum(bytes, sha);
	const char *to = place(c->arena, s, sha);
	const char *mid = arena_fmt(c->arena, "%s/%.2s", s->dir, sha), *low = arena_fmt(c->arena, "%s/%.2s", mid, sha + 2);
	char chance[PID_TEXT];
	pid_make(chance);
	const char *tmp = arena_fmt(c->arena, "%s/.new-%s", low, chance);
	if (access(to, F_OK) == 0 && same_bytes(c, sha)) { /* damaged bytes are written anew */
		memcpy(sha256, sha, sizeof sha);
		return OK;
	}
	TRY(make_dir(mid));
	TRY(make_dir(low));
	int fd = open(tmp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return io_error();
	err e = write_all(fd, bytes);
	if (close(fd) != 0 && e == OK)
		e = io_error();
	if (e == OK && rename(tmp, to) != 0)
		e = io_error();
	if (e != OK) {
		unlink(tmp);
		return e;
	}
	TRY(sync_dir(low));
	TRY(sync_dir(mid));
	TRY(sync_dir(s->dir));
	memcpy(sha256, sha, sizeof sha);
	return OK;
}

static err read_into(const char *path, char *to, size_t n)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT ? ERR_FILE_DAMAGED : io_error();
	size_t have = 0;
	ssize_t k = 1;
	while (have < n && k > 0) {
		k = read(fd, to + have, n - have);
		if (k < 0 && errno == EINTR)
			k = 1;
		else if (k > 0)
			have += (size_t)k;
	}
	close(fd);
	return k < 0 ? io_error() : have == n ? OK : ERR_FILE_DAMAGED;
}

err file_bytes_get(struct ctx *c, const char *sha256, struct blob *out)
{
	struct file_store *s = store_of(c);
	struct stat st;
	char sha[FILE_SHA_TEXT];
	if (!s)
		return ERR_BUG;
	if (!sha_ok(sha256))
		return ERR_NOTFOUND;
	const char *path = place(c->arena, s, sha256);
	if (stat(path, &st) != 0)
		return errno == ENOENT ? ERR_FILE_DAMAGED : io_error();
	if (!S_ISREG(st.st_mode) || st.st_size <= 0 || st.st_size > FILE_MAX)
		return ERR_FILE_DAMAGED;
	size_t n = (size_t)st.st_size;
	char *p = arena_alloc(c->arena, n + 1);
	TRY(read_into(path, p, n));
	sum((struct blob){p, n}, sha);
	if (strcmp(sha, sha256) != 0) {
		log_event(LOG_ERROR, "file", "damaged", sha256, NULL);
		return ERR_FILE_DAMAGED;
	}
	*out = (struct blob){p, n};
	return OK;
}

err file_bytes_drop(struct ctx *c, const char *sha256, int64_t own, bool *dropped)
{
	struct file_store *s = store_of(c);
	struct q_stored_file_uses_row uses;
	if (!s || c->tx_depth == 0)
		return ERR_BUG;
	if (!sha_ok(sha256))
		return ERR_NOTFOUND;
	TRY(q_stored_file_uses(c, &(struct q_stored_file_uses_in){.sha256 = sha256}, &uses));
	bool go = uses.files + uses.jobs <= own;
	if (go && unlink(place(c->arena, s, sha256)) != 0 && errno != ENOENT)
		return io_error();
	if (dropped)
		*dropped = go;
	return OK;
}

err file_put(struct ctx *c, struct blob bytes, struct t_stored_file *f)
{
	char *sha = arena_alloc(c->arena, FILE_SHA_TEXT);
	if (c->tx_depth == 0)
		return ERR_BUG;
	if (bytes.n > FILE_MAX)
		return ERR_LIMIT;
	const char *type = file_sniff(bytes);
	if (strcmp(type, "image/jpeg") == 0)
		TRY(image_strip_jpeg(c->arena, bytes, &bytes));
	else if (strcmp(type, "image/png") == 0)
		TRY(image_strip_png(c->arena, bytes, &bytes));
	TRY(file_bytes_put(c, bytes, sha));
	f->sha256 = sha;
	f->size = (int64_t)bytes.n;
	f->type = type;
	return row_insert(c, &T_stored_file, f);
}

err file_get(struct ctx *c, const struct t_stored_file *f, struct blob *out)
{
	TRY(file_bytes_get(c, f->sha256, out));
	return (int64_t)out->n == f->size ? OK : ERR_FILE_DAMAGED;
}

struct check {
	int64_t n, bad;
};

static err check_one(struct ctx *c, const struct q_stored_file_check_row *row, void *arg)
{
	struct check *k = arg;
	struct blob b;
	err e = file_bytes_get(c, row->sha256, &b);
	k->n++;
	if (e == ERR_FILE_DAMAGED || e == ERR_NOTFOUND || (e == OK && (int64_t)b.n != row->size))
		k->bad++;
	else
		TRY(e);
	return OK;
}

err file_check_all(struct ctx *c, int64_t *n, int64_t *bad)
{
	struct check k = {0, 0};
	TRY(q_stored_file_check(c, check_one, &k));
	*n = k.n;
	*bad = k.bad;
	return OK;
}

static bool has(struct blob b, size_t at, const char *magic, size_t n)
{
	return b.n >= at + n && memcmp((const char *)b.p + at, magic, n) == 0;
}

static bool holds(struct blob b, const char *word)
{
	return b.p && memmem(b.p, b.n, word, strlen(word)) != NULL;
}

static const char *sniff_zip(struct blob b)
{
	if (holds(b, "[Content_Types].xml") && holds(b, "xl/workbook.xml"))
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
	if (holds(b, "[Content_Types].xml") && holds(b, "word/document.xml"))
		return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
	return "application/zip";
}

const char *file_sniff(struct blob b)
{
	static const struct {
		const char *magic;
		size_t n, at;
		const char *type;
	} known[] = {
		{"%PDF-", 5, 0, "application/pdf"},
		{"\x89PNG\r\n\x1a\n", 8, 0, "image/png"},
		{"\xFF\xD8\xFF", 3, 0, "image/jpeg"},
		{"GIF87a", 6, 0, "image/gif"},
		{"GIF89a", 6, 0, "image/gif"},
		{"II*\0", 4, 0, "image/tiff"},
		{"MM\0*", 4, 0, "image/tiff"},
		{"ftypheic", 8, 4, "image/heic"},
		{"ftypmif1", 8, 4, "image/heic"},
		{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, 0, "application/x-ole-storage"},
	};
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (has(b, known[i].at, known[i].magic, known[i].n))
			return known[i].type;
	if (has(b, 0, "RIFF", 4) && has(b, 8, "WEBP", 4))
		return "image/webp";
	if (has(b, 0, "PK\x03\x04", 4))
		return sniff_zip(b);
	if (b.n && str_utf8_valid(b.p, b.n))
		return "text/plain";
	return "application/octet-stream";
}
