/* snippet_table — 定型文 from and to a CSV file (F050).
 *
 * Columns, in any order: 使う人 (自分だけ, 事業所のみんな, 市区町村のみんな; blank = `level`)  呼び出し語*  名前*  分類 (blank = その他)  本文*
 * UTF-8 or CP932, found out by itself; a line end in 本文 stands inside quotation marks. A row that is there already (same owner,
 * 呼び出し語 and 名前) is changed if its 分類 or 本文 differ, else left alone, so the same file may be read twice. Each row is a
 * transaction of its own: a bad one never blocks the good ones and is named with its line. A trial writes nothing.
 * Export is that same table: read back, it changes nothing. In CP932 what has no sign there is told, with a sign to take.
 * Gate: that of each row (care/snippet). Lines from 1. Ownership: arena. Errors: ERR_CSV with a fault on "file" if the file as a
 * whole cannot be used; ERR_CP932 with the report. Tests: tests/unit/test_care_snippet.c, tests/http/test_snippet.py. */
#ifndef TSU_CARE_SNIPPET_TABLE_H
#define TSU_CARE_SNIPPET_TABLE_H

#include "care/snippet.h"
#include "jp/cp932.h"
#include "register/import_lines.h"

enum { SNIPPET_IMPORT_ROWS = 2000, SNIPPET_IMPORT_BYTES = 2 << 20 };

struct snippet_import {
	int64_t added, changed, same, bad;
	struct import_lines said;
};
/* level: of rows that name none. org_id: whose, for the console alone; else INT_NULL. */
MUST err snippet_import_csv(struct ctx *c, const void *bytes, size_t n_bytes, const char *level, int64_t org_id, bool trial,
                            struct snippet_import *out);
/* Those of the filter. */
MUST err snippet_export_csv(struct ctx *c, const struct snippet_filter *f, bool cp932, const char **bytes, size_t *n, struct cp932_report *report);

#endif
