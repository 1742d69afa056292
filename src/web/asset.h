/* asset — the files of assets/ (and the design tokens), read once at start, gzipped, and served under an address with
 * the hash of the content, so that a browser may keep them for a year. Symbolic links and other folders are not
 * served: only the names found at start exist. Ownership: for the life of the process. Tests: tests/unit/test_web.c. */
#ifndef TSU_WEB_ASSET_H
#define TSU_WEB_ASSET_H

#include "base/arena.h"
#include "base/err.h"

struct asset {
	const char *name, *type, *path, *etag;
	const void *bytes, *gz; /* gz NULL if it does not pay */
	size_t n, n_gz;
};

/* Adds every file of the folder; call before forking. ERR_IO if the folder is missing or nothing is there. */
MUST err asset_load(struct arena *a, const char *dir);
/* "/assets/app.3f2a….css"; "/assets/<name>" if there is no such file (answers 404). Static. */
const char *asset_path(const char *name);
const struct asset *asset_find(const char *path); /* NULL if none */
const char *asset_type(const char *name);         /* MIME type by the ending */

/* gzip in the arena; 0 bytes if it did not get smaller. */
size_t asset_gzip(struct arena *a, const void *p, size_t n, int level, void **out);

#endif
