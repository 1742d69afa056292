/* import — reads a complete export (exchange/export) into a folder that `tsunagi init` has just made.
 *
 * Before a row is written: every sum of the manifest, the schema (must be this program's own), every table of the schema
 * present, the house empty. Then all rows in one transaction with their ids, versions, history and grants; the stored bytes;
 * search keys are worked out anew. Passwords do not travel: each account needs `tsunagi account reset-totp`. The logs of
 * the old house are put into DIR/imported/ for reading; the new house begins its own chain with an entry "import".
 * Exported again, data/ and files/ are byte-equal. Gate: the audited console user alone.
 * Errors: ERR_DENIED, ERR_BACKUP_BAD with a fault that names the file, ERR_BACKUP_LOCKED, ERR_SCHEMA_DIFF, ERR_NOT_EMPTY, ERR_IO.
 * Tests: tests/unit/test_exchange.c, tests/proof/out_and_back.py. */
#ifndef TSU_EXCHANGE_IMPORT_H
#define TSU_EXCHANGE_IMPORT_H

#include "base/ctx.h"

struct import_report {
	int64_t tables, rows, files, persons, accounts;
	bool demo; /* the export was of a demo house: the folder is marked so */
};

MUST err import_folder(struct ctx *c, const char *dir, struct import_report *out);
/* A folder, or an archive of export_file; password NULL: not sealed. */
MUST err import_path(struct ctx *c, const char *path, const char *password, struct import_report *out);

#endif
