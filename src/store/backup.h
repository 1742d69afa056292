/* backup — copies of the data, taken while the program runs, checked before they count.
 *
 * backup_database copies the main data file (SQLite's online backup), opens the copy, checks integrity, foreign keys
 * and the number of rows of every table. Files are 0600. Errors: ERR_IO, ERR_DISK_FULL, ERR_DB (the copy does not
 * check; it is removed). Tests: tests/unit/test_store_backup.c.
 */
#ifndef TSU_STORE_BACKUP_H
#define TSU_STORE_BACKUP_H

#include "base/ctx.h"

MUST err backup_database(struct ctx *c, const char *to_file);

#endif
