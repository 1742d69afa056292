/* export — everything the house holds, in open files, so that no town is ever tied to this program (F133).
 *
 * One NDJSON file per table, driven by the schema (data/<table>.ndjson: one row per line, columns in the order of the
 * table, rows by id), the stored bytes (files/<sha256>), the logs for reading (log/…), and manifest.json with the schema,
 * the number of rows and the SHA-256 of every file. In a folder, or in one tar archive (store/archive), which a password
 * seals. Taken from a copy made by online backup, so it is of one instant and stops nobody.
 * Two exports of the same data have the same bytes in data/ and files/; log/ and the time in the manifest differ.
 * Gate: the audited console user alone; the act is in the audit and, for every person, in the log of looks.
 * What does not travel and why: transfer.tbl.h, docs/export.md. Errors: ERR_DENIED, ERR_NOT_EMPTY, ERR_IO,
 * ERR_DISK_FULL, ERR_FILE_DAMAGED. Tests: tests/unit/test_exchange.c, tests/proof/out_and_back.py. */
#ifndef TSU_EXCHANGE_EXPORT_H
#define TSU_EXCHANGE_EXPORT_H

#include "base/ctx.h"

struct export_report {
	int64_t tables, rows, files, persons;
};

/* A folder that does not exist yet. */
MUST err export_folder(struct ctx *c, const char *dir, const char *program, struct export_report *out);
/* One archive; password NULL: not sealed. */
MUST err export_file(struct ctx *c, const char *path, const char *password, const char *program, struct export_report *out);

#endif
