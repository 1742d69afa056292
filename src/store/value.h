/* value — one member of a row struct: bind it, read it, compare it. Inside store/ only.
 * Text and bytes read are arena. Errors: ERR_DB if the stored value is not of its kind. Tests: test_store.c. */
#ifndef TSU_STORE_VALUE_H
#define TSU_STORE_VALUE_H

#include "base/arena.h"
#include "store/db.h"

char value_type(enum col_kind k); /* the letter of db_get */
bool value_absent(const struct col_desc *col, const void *row);
void value_set_absent(const struct col_desc *col, void *row); /* NULL, or "" / 0 / false if the column has no NULL */
/* A NULL pointer in a text column without NULL is bound as "". */
void value_bind(struct arena *a, struct db_stmt *st, int i, const struct col_desc *col, const void *row);
MUST err value_read(struct arena *a, struct db_stmt *st, int i, const struct col_desc *col, void *row);
bool value_equal(const struct col_desc *col, const void *row_a, const void *row_b);
void value_copy(const struct col_desc *col, void *to, const void *from);
const char *value_show(struct arena *a, const struct col_desc *col, const void *row); /* text for people; "" if absent */

#endif
