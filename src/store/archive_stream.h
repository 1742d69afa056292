/* archive_stream — the bytes of an archive, plain or sealed. Sealed: "tsunagi-sealed-1\n", salt (16), opslimit (8, big
 * endian), memlimit (8), secretstream header (24), then pieces of 64 KiB + 17; the last carries the final tag, so a cut
 * file is found. Inside store/ only. Arena; stream_close or stream_abandon gives the file back. Tests: test_store_backup.c. */
#ifndef TSU_STORE_ARCHIVE_STREAM_H
#define TSU_STORE_ARCHIVE_STREAM_H

#include "base/arena.h"
#include "base/err.h"

struct stream;

MUST err stream_create(struct arena *a, const char *path, const char *password, struct stream **out); /* 0600, must not exist */
MUST err stream_write(struct stream *s, const void *p, size_t n);
MUST err stream_close(struct stream *s); /* final piece, fsync */
MUST err stream_open(struct arena *a, const char *path, const char *password, struct stream **out);
MUST err stream_read(struct stream *s, void *p, size_t n); /* exactly n, else ERR_BACKUP_BAD or _LOCKED */
MUST err stream_end(struct stream *s);                     /* nothing may follow */
void stream_abandon(struct stream *s);

#endif
