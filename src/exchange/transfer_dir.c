#include "exchange/transfer_dir.h"

#include "access/key.h"
#include "base/buf.h"
#include "base/str.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 1 << 16, SMALL = 64 << 20, LINE = 256 << 20 };

static err io_error(void) { return errno == ENOSPC || errno == EDQUOT ? ERR_DISK_FULL : ERR_IO; }

err out_file_open(struct ctx *c, struct out_file *f, const char *dir, const char *sub, const char *name)
{
	const char *folder = *sub ? arena_fmt(c->arena, "%s/%s", dir, sub) : dir;
	bool lines = str_eq(sub, "data") || str_eq(sub, "log");
	f->f = NULL;
	if (mkdir(folder, 0700) != 0 && errno != EEXIST)
		return io_error();
	int fd = open(arena_fmt(c->arena, "%s/%s%s", folder, name, lines ? ".ndjson" : ""), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return io_error();
	f->f = fdopen(fd, "wb");
	if (!f->f) {
		close(fd);
		return ERR_IO;
	}
	crypto_hash_sha256_init(&f->sum);
	return OK;
}

err out_file_put(struct out_file *f, const void *p, size_t n)
{
	if (n == 0)
		return OK;
	crypto_hash_sha256_update(&f->sum, p, n);
	return fwrite(p, 1, n, f->f) == n ? OK : io_error();
}

err out_file_close(struct out_file *f, char sha[65])
{
	unsigned char sum[crypto_hash_sha256_BYTES];
	if (!f->f)
		return ERR_IO;
	crypto_hash_sha256_final(&f->sum, sum);
	key_hex(sum, sizeof sum, sha);
	bool bad = fflush(f->f) != 0 || fsync(fileno(f->f)) != 0;
	err e = bad ? io_error() : OK;
	if (fclose(f->f) != 0 && e == OK)
		e = io_error();
	f->f = NULL;
	return e;
}

/* --- walking --- */

static int by_name(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

struct names {
	struct arena *a;
	const char **v;
	size_t n, cap;
};

static void name_add(struct names *l, const char *name)
{
	if (l->n == l->cap) {
		size_t cap = l->cap ? l->cap * 2 : 256;
		const char **v = ARENA_ARRAY(l->a, cap, const char *);
		if (l->n)
			memcpy(v, l->v, l->n * sizeof *v);
		l->v = v;
		l->cap = cap;
	}
	l->v[l->n++] = name;
}

/* The entries of one folder; closed before anything is allocated for long (the arena may jump away). */
static err entries(struct arena *a, const char *dir, struct names *l)
{
	enum { MANY = 4096 };
	char (*small)[256] = arena_alloc(a, sizeof *small * MANY); /* names are short: tables, months and sums; read in parts */
	size_t skip = 0;
	for (;;) {
		DIR *d = opendir(dir);
		if (!d)
			return ERR_IO;
		size_t n = 0, seen = 0;
		const struct dirent *e;
		while (n < MANY && (e = readdir(d)) != NULL) {
			if (str_eq(e->d_name, ".") || str_eq(e->d_name, "..") || seen++ < skip)
				continue;
			snprintf(small[n++], sizeof small[0], "%s", e->d_name);
		}
		closedir(d);
		for (size_t i = 0; i < n; i++)
			name_add(l, arena_str(a, small[i]));
		if (n < MANY)
			return OK;
		skip += n;
	}
}

static err walk(struct arena *a, const char *dir, const char *prefix, struct names *out)
{
	struct names l = {.a = a};
	TRY(entries(a, dir, &l));
	for (size_t i = 0; i < l.n; i++) {
		struct stat st;
		const char *path = arena_fmt(a, "%s/%s", dir, l.v[i]), *name = arena_fmt(a, "%s%s", prefix, l.v[i]);
		if (lstat(path, &st) != 0)
			return ERR_IO;
		if (S_ISDIR(st.st_mode))
			TRY(walk(a, path, arena_fmt(a, "%s/", name), out));
		else if (S_ISREG(st.st_mode))
			name_add(out, name);
	}
	return OK;
}

err transfer_dir_list(struct arena *a, const char *dir, const char ***names, size_t *n)
{
	struct names l = {.a = a};
	TRY(walk(a, dir, "", &l));
	if (l.n)
		qsort(l.v, l.n, sizeof *l.v, by_name);
	*names = l.v;
	*n = l.n;
	return OK;
}

void transfer_dir_remove(struct arena *a, const char *dir)
{
	static const char *const subs[] = {"data", "log", "files"};
	const char **names;
	size_t n;
	if (transfer_dir_list(a, dir, &names, &n) != OK)
		return;
	for (size_t i = 0; i < n; i++)
		unlink(arena_fmt(a, "%s/%s", dir, names[i]));
	for (size_t i = 0; i < 3; i++)
		rmdir(arena_fmt(a, "%s/%s", dir, subs[i]));
	rmdir(dir);
}

/* --- reading --- */

err transfer_dir_sum(struct arena *a, const char *path, char sha[65])
{
	unsigned char *chunk = arena_alloc(a, CHUNK), sum[crypto_hash_sha256_BYTES];
	FILE *f = fopen(path, "rb");
	if (!f)
		return errno == ENOENT ? ERR_NOTFOUND : ERR_IO;
	crypto_hash_sha256_state s;
	crypto_hash_sha256_init(&s);
	for (size_t n; (n = fread(chunk, 1, CHUNK, f)) > 0;)
		crypto_hash_sha256_update(&s, chunk, n);
	bool bad = ferror(f) != 0;
	fclose(f);
	crypto_hash_sha256_final(&s, sum);
	key_hex(sum, sizeof sum, sha);
	return bad ? ERR_IO : OK;
}

err transfer_dir_read(struct arena *a, const char *path, const char **p, size_t *n)
{
	struct stat st;
	if (stat(path, &st) != 0)
		return errno == ENOENT ? ERR_NOTFOUND : ERR_IO;
	if (st.st_size > SMALL)
		return ERR_LIMIT;
	char *v = arena_alloc(a, (size_t)st.st_size + 1);
	FILE *f = fopen(path, "rb");
	if (!f)
		return ERR_IO;
	*n = fread(v, 1, (size_t)st.st_size, f);
	fclose(f);
	*p = v;
	return *n == (size_t)st.st_size ? OK : ERR_IO;
}

static err line_of(struct ctx *c, FILE *f, char **line)
{
	struct buf b = buf_new(c->arena);
	char part[4096];
	*line = NULL;
	while (fgets(part, sizeof part, f)) {
		size_t n = strlen(part);
		bool end = n && part[n - 1] == '\n';
		buf_add(&b, part, end ? n - 1 : n);
		if (b.n > LINE)
			return ERR_LIMIT;
		*line = b.p;
		if (end)
			return OK;
	}
	return ferror(f) ? ERR_IO : OK;
}

err transfer_dir_lines(struct ctx *c, const char *path, err (*fn)(struct ctx *c, const char *line, void *arg), void *arg)
{
	FILE *f = fopen(path, "rb");
	err e = f ? OK : errno == ENOENT ? ERR_NOTFOUND : ERR_IO;
	while (e == OK) {
		struct arena_mark m = arena_mark_get(c->arena);
		char *line;
		e = line_of(c, f, &line);
		if (e == OK && !line)
			break;
		if (e == OK)
			e = fn(c, line, arg);
		arena_rewind(c->arena, m);
	}
	if (f)
		fclose(f);
	return e;
}
