#include "web/asset.h"

#include "base/buf.h"
#include "base/str.h"

#include <dirent.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <zlib.h>

enum { MAX_ASSETS = 200 };
/* Read-only after asset_load, like the catalogues of struct house. */
static struct asset assets[MAX_ASSETS];
static size_t n_assets;

const char *asset_type(const char *name)
{
	static const char *const types[][2] = {
		{".css", "text/css; charset=utf-8"}, {".js", "text/javascript; charset=utf-8"}, {".svg", "image/svg+xml"},
		{".png", "image/png"}, {".woff2", "font/woff2"}, {".ico", "image/x-icon"}, {".json", "application/json"},
		{".txt", "text/plain; charset=utf-8"}, {".webmanifest", "application/manifest+json"},
	};
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		if (str_ends(name, types[i][0]))
			return types[i][1];
	return "application/octet-stream";
}

/* zlib asks for its memory here, so that it goes with the arena even when a jump skips deflateEnd. */
static void *z_alloc(void *arena, unsigned n, unsigned size) { return arena_array(arena, n, size); }

static void z_free(void *arena, void *p)
{
	(void)arena;
	(void)p;
}

size_t asset_gzip(struct arena *a, const void *p, size_t n, int level, void **out)
{
	z_stream z = {.zalloc = z_alloc, .zfree = z_free, .opaque = a};
	if (n < 200 || n > (size_t)32 << 20 || deflateInit2(&z, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		return 0;
	uLong bound = deflateBound(&z, (uLong)n);
	*out = arena_alloc(a, bound);
	z.next_in = (Bytef *)(uintptr_t)p;
	z.avail_in = (uInt)n;
	z.next_out = *out;
	z.avail_out = (uInt)bound;
	int done = deflate(&z, Z_FINISH);
	size_t made = (size_t)z.total_out;
	deflateEnd(&z);
	return done == Z_STREAM_END && made < n ? made : 0;
}

static err read_file(struct arena *a, const char *path, struct buf *out)
{
	struct stat st;
	*out = buf_new(a);
	if (lstat(path, &st) != 0 || !S_ISREG(st.st_mode))
		return ERR_NOTFOUND;
	FILE *f = fopen(path, "rb");
	if (!f)
		return ERR_IO;
	char chunk[16384];
	for (size_t n; (n = fread(chunk, 1, sizeof chunk, f)) > 0;)
		buf_add(out, chunk, n);
	bool good = !ferror(f);
	fclose(f);
	return good ? OK : ERR_IO;
}

static void add(struct arena *a, const char *name, const struct buf *b)
{
	unsigned char hash[16];
	char hex[33];
	crypto_generichash(hash, sizeof hash, (const unsigned char *)b->p, b->n, NULL, 0);
	sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
	const char *dot = strrchr(name, '.');
	struct asset *s = &assets[n_assets++];
	*s = (struct asset){.name = arena_str(a, name), .type = asset_type(name), .bytes = b->p, .n = b->n};
	s->path = arena_fmt(a, "/assets/%.*s.%.12s%s", (int)(dot ? (size_t)(dot - name) : strlen(name)), name, hex, str_or(dot, ""));
	s->etag = arena_fmt(a, "\"%.16s\"", hex);
	if (!str_ends(name, ".png") && !str_ends(name, ".woff2")) {
		void *gz = NULL;
		s->n_gz = asset_gzip(a, b->p, b->n, 9, &gz);
		s->gz = s->n_gz > 0 ? gz : NULL;
	}
}

err asset_load(struct arena *a, const char *dir)
{
	if (sodium_init() < 0)
		return ERR_BUG;
	DIR *d = opendir(dir);
	if (!d)
		return ERR_IO;

	err e = OK;
	for (struct dirent *f; e == OK && n_assets < MAX_ASSETS && (f = readdir(d)) != NULL;) {
		struct buf b;
		if (f->d_name[0] == '.' || strcmp(asset_type(f->d_name), "application/octet-stream") == 0)
			continue;
		e = read_file(a, arena_fmt(a, "%s/%s", dir, f->d_name), &b);
		if (e == OK)
			add(a, f->d_name, &b);
		e = e == ERR_NOTFOUND ? OK : e;
	}
	closedir(d);
	return e != OK ? e : n_assets > 0 ? OK : ERR_IO;
}

const char *asset_path(const char *name)
{
	for (size_t i = 0; i < n_assets; i++)
		if (strcmp(assets[i].name, name) == 0)
			return assets[i].path;
	return "/assets/missing";
}

const struct asset *asset_find(const char *path)
{
	for (size_t i = 0; i < n_assets; i++)
		if (strcmp(assets[i].path, path) == 0)
			return &assets[i];
	return NULL;
}
