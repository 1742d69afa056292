/* backup — copies of the data, taken while the program runs, checked before they count.
 *
 * backup_database: one data file by SQLite's online backup; the copy is checked (integrity, foreign keys).
 * backup_write: the whole data folder in one archive (store/archive): every *.db by online backup, files/ and the other
 * plain files (keys, audit.head) as they are, and counts.txt, the number of rows of every table. It holds the keys of
 * the house: seal it with a password, or lock it up. Afterwards the archive is read back and compared.
 * backup_restore: into a fresh folder; every sum, every database's integrity, the counts and every stored file are
 * compared before it counts.
 * Files 0600, folders 0700. Errors: ERR_BACKUP_BAD, ERR_BACKUP_LOCKED, ERR_NOT_EMPTY, ERR_IO, ERR_DISK_FULL, ERR_DB.
 * Tests: tests/unit/test_store_backup.c.
 */
#ifndef TSU_STORE_BACKUP_H
#define TSU_STORE_BACKUP_H

#include "base/ctx.h"

MUST err backup_database(struct ctx *c, const char *to_file);

struct backup_report {
	int64_t files, bytes, tables, rows; /* rows of the main data file */
};

/* password NULL or "": not sealed. c->db need not be open. */
MUST err backup_write(struct ctx *c, const char *data_dir, const char *to_file, const char *password, struct backup_report *out);
/* to_dir NULL: verify the archive alone, sum by sum. */
MUST err backup_restore(struct ctx *c, const char *from_file, const char *password, const char *to_dir, struct backup_report *out);

#endif
