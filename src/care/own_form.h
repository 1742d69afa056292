/* own_form — a form of kind `view` whose own items are the columns of one table, by forms/bindings.tsv ("<table>.<column>"): read from
 * the answers of a page into the row. Codes lie with "|" between, yes/no as 1, 0 or absent, the one list `list_column` (may be NULL)
 * as JSON rows of texts keyed by the ids of the form's columns. Items of a class the actor may not write stay as they were.
 * Ownership: arena. Errors: of form/answer. Tests: tests/unit/test_care_hospital.c. */
#ifndef TSU_CARE_OWN_FORM_H
#define TSU_CARE_OWN_FORM_H

#include "care/fill.h"

struct own_form {
	const struct table_desc *t;
	const char *list_binding, *list_column; /* NULL: no list */
	bool (*may_set)(const void *row, const char *column); /* NULL: every column */
};
MUST err own_form_read(struct ctx *c, const struct own_form *o, const struct answers *as, int64_t person_id, void *row);
/* fill_row and the list. */
MUST err own_form_fill(struct fill *f, const struct own_form *o, void *row);
/* Items that are not inputs of the form's page: of other tables, or not to be set now. */
const char *const *own_form_fixed(struct ctx *c, const struct own_form *o, const struct form_def *def, const void *row, size_t *n);

#endif
