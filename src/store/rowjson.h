/* rowjson — a row as one flat JSON object and back, for revision bodies. Members in the order of the columns; a NULL
 * is null; days "YYYY-MM-DD"; bytes lower-case hexadecimal. Reading leaves alone the columns the text does not name
 * (columns younger than the revision) and skips names the table no longer has. Arena. ERR_DB: not such an object.
 * Tests: tests/unit/test_store.c. */
#ifndef TSU_STORE_ROWJSON_H
#define TSU_STORE_ROWJSON_H

#include "base/arena.h"
#include "base/err.h"
#include "store/table.h"

const char *rowjson_write(struct arena *a, const struct table_desc *t, const void *row);
MUST err rowjson_read(struct arena *a, const struct table_desc *t, const char *json, void *row);

#endif
