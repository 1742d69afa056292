/* transfer_dir — the files of an export on disk: write with a running SHA-256, list, read line by line, remove.
 * Folders 0700, files 0600, names without a way out of the folder. For exchange/ alone. Ownership: arena; an out_file or
 * in_file is closed by its user. Errors: ERR_IO, ERR_DISK_FULL. Tests: tests/unit/test_exchange.c. */
#ifndef TSU_EXCHANGE_TRANSFER_DIR_H
#define TSU_EXCHANGE_TRANSFER_DIR_H

#include "base/ctx.h"

#include <sodium.h>
#include <stdio.h>

struct out_file {
	FILE *f;
	crypto_hash_sha256_state sum;
};
/* dir/sub/name.ndjson in data and log, else dir/sub/name; sub may be "". */
MUST err out_file_open(struct ctx *c, struct out_file *f, const char *dir, const char *sub, const char *name);
MUST err out_file_put(struct out_file *f, const void *p, size_t n);
MUST err out_file_close(struct out_file *f, char sha[65]); /* always closes */

/* Names of all plain files below dir, "data/person.ndjson", in the order of bytes. */
MUST err transfer_dir_list(struct arena *a, const char *dir, const char ***names, size_t *n);
void transfer_dir_remove(struct arena *a, const char *dir);

/* The sum of a file; ERR_NOTFOUND. */
MUST err transfer_dir_sum(struct arena *a, const char *path, char sha[65]);
/* A whole small file (up to 64 MB). */
MUST err transfer_dir_read(struct arena *a, const char *path, const char **p, size_t *n);
/* Every line without its end; the arena is rewound after each. ERR_LIMIT: a line over 256 MB. */
MUST err transfer_dir_lines(struct ctx *c, const char *path, err (*fn)(struct ctx *c, const char *line, void *arg), void *arg);

#endif
