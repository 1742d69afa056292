/* archive — one file that holds many: a POSIX tar (readable with any tar), or, with a password, the same inside
 * libsodium's secretstream (XChaCha20-Poly1305, key by argon2id). The last entry, MANIFEST, lists the SHA-256 and size
 * of all others; an archive without it, or whose sums differ, is bad. Written to PATH.part and renamed when it is whole.
 *
 * Names are relative, of letters, digits and . _ - / without "..". Ownership: a writer and what it returns are arena.
 * Errors: ERR_BACKUP_BAD, ERR_BACKUP_LOCKED (password wrong, or the sealed bytes were changed), ERR_NOT_EMPTY, ERR_IO,
 * ERR_DISK_FULL. Tests: tests/unit/test_store_backup.c.
 */
#ifndef TSU_STORE_ARCHIVE_H
#define TSU_STORE_ARCHIVE_H

#include "base/arena.h"
#include "base/err.h"

struct archive;

MUST err archive_create(struct arena *a, const char *path, const char *password, struct archive **out);
bool archive_name_ok(const char *name);
/* ERR_NOTFOUND if from_path is not there; nothing is written then. */
MUST err archive_add_file(struct archive *w, const char *name, const char *from_path);
MUST err archive_add_text(struct archive *w, const char *name, const char *text);
MUST err archive_finish(struct archive *w); /* writes MANIFEST, fsync, rename */
void archive_abandon(struct archive *w);    /* removes PATH.part; harmless after finish */

struct archive_entry {
	const char *name, *sha256;
	int64_t size;
	const char *text; /* of entries whose name ends in .txt, up to 1 MB; else NULL */
};

/* Reads the whole archive and compares every sum. to_dir: put the files there (it must be an empty folder or not exist);
 * NULL: compare only. password NULL for an open one; ERR_BACKUP_LOCKED if it is sealed. */
MUST err archive_read(struct arena *a, const char *path, const char *password, const char *to_dir, struct archive_entry **v, size_t *n);

#endif
