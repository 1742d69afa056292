/* fill — answers of a form of kind `view` from rows of tables, by the names of forms/bindings.tsv (design §4).
 *
 * A binding "plan.analysis" means column analysis of the row of table plan given to fill_row; a list bound to "plan_row" takes
 * its cells from fill_cell by the id of the column, or from rows of one table by fill_rows. Values of the register (person.*,
 * insurance.*, certification.*, rank.*, …) come with fill_register. Items of a record class the actor may not see stay blank and
 * are named in `locked`, so that nobody takes the blank for a fact.
 * Ownership: all arena. Errors: ERR_FORM_UNKNOWN (no such form on that day), ERR_FORM_FIELD (the form has no such column: a slip of
 * the program), of policy_check. Tests: tests/unit/test_care_children.c.
 */
#ifndef TSU_CARE_FILL_H
#define TSU_CARE_FILL_H

#include "base/ctx.h"
#include "form/answer.h"
#include "store/table.h"

struct fill {
	struct ctx *c;
	const struct form_def *def;
	struct answers *as;
	int64_t person_id;
	const char **locked; /* ids of items left blank for want of a right */
	size_t n_locked;
	const char **from_register; /* ids of items that the register filled */
	size_t n_from_register;
};

/* The version of the form that holds on the day; blank answers. The caller has passed the gate of the record. */
MUST err fill_begin(struct ctx *c, const char *form_id, civil on, int64_t person_id, struct fill *f);
/* Every item bound to "<table>.<column>" of the row. */
MUST err fill_row(struct fill *f, const struct table_desc *t, const void *row);
/* The list bound to list_binding: row i takes the columns bound to "<table>.<column>" (or, without such a binding, the columns
 * whose id is the column's name). rows: array of the table's struct. */
MUST err fill_rows(struct fill *f, const char *list_binding, const struct table_desc *t, const void *rows, size_t n);
/* One item by its binding; text as a page or file would give it (codes, ISO days, true/false). "" leaves it blank. A form that
 * does not have the binding is no error: two versions of a form may differ. */
MUST err fill_text(struct fill *f, const char *binding, const char *text);
MUST err fill_day(struct fill *f, const char *binding, civil day);
/* One cell of the list bound to list_binding, by the id of the column. */
MUST err fill_cell(struct fill *f, const char *list_binding, size_t row, const char *column_id, const char *text);
/* The same with words struck through before the new ones (見え消し of a 軽微な変更, form/mark.h). row, column_id: of the list bound
 * to binding; column_id NULL: binding is of the item itself. */
MUST err fill_marked(struct fill *f, const char *binding, size_t row, const char *column_id, const struct mark_step *steps, size_t n);
/* What the register holds of the person on the day. */
MUST err fill_register(struct fill *f, civil on);

#endif
