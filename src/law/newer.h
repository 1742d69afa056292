/* law/newer — a newer table before it is used: is it right, and what would change.
 *
 * Right means: the whole folder can be read with it in the place of the shipped file (every check of the loaders: columns, days, gaps and
 * overlaps of versions, evaluator kinds, evidence codes, names of numbers and parameters), and nothing that the program or an old
 * record leans on has gone. What ended keeps its row and gets a last day, because old records are judged by it:
 *  - a rule, number, parameter, code or row of a decision of the table in force is still there;
 *  - the values of a number follow each other without a gap, and one that holds today still does;
 *  - a list of codes that has a choice today still has one; the years of the holidays reach as far back and forward as before;
 *  - a consequence of a duty is a code of duty_consequence.
 * Faults: one for each bad row, plain Japanese with file, line and column. Pure. Ownership: arena. Errors: ERR_FORM_DEF with faults,
 * ERR_NOT_UTF8. Tests: tests/unit/test_law_newer.c. Decision: docs/decisions/015-tables-of-the-law.md.
 */
#ifndef TSU_LAW_NEWER_H
#define TSU_LAW_NEWER_H

#include "law/files.h"
#include "law/tables.h"

enum law_change { LAW_ADDED, LAW_ENDED, LAW_CHANGED, LAW_GONE, LAW_CHANGES };
const char *law_change_ja(enum law_change how); /* static: 増える行 … */

struct law_cell_diff {
	const char *column, *now, *then; /* "" = blank */
};
struct law_row_diff {
	enum law_change how; /* LAW_ENDED: a row without an end gets a last day */
	int line;            /* in the new text; 0 if the row has gone */
	const char *key;     /* 「R-CM-07-ho-meet 1」 */
	const char *title;   /* what it says: title, meaning, label … */
	struct law_cell_diff *cells; /* those that differ; of an added or gone row all that are filled */
	size_t n;
};
struct law_diff {
	struct law_row_diff *v; /* in the order of the new text; gone rows last */
	size_t n, n_of[LAW_CHANGES], n_now, n_then; /* n_now, n_then: rows of the table in force and of the new one */
};
struct law_text_row {
	int line;
	const char **field; /* as many as the head has columns */
	const char *key;
};
/* The rows of a text, for showing. *n_cols: columns. */
void law_text_rows(struct arena *a, const struct law_file *f, const char *text, struct law_text_row **v, size_t *n, size_t *n_cols);
/* The name of a column of the file, and its number by name (SIZE_MAX: none). */
const char *law_column_name(struct arena *a, const struct law_file *f, size_t col);
size_t law_column(const struct law_file *f, const char *name);

/* Two texts of one file. Rows that cannot be read are left out. */
void law_diff_texts(struct arena *a, const struct law_file *f, const char *now, const char *then, struct law_diff *out);

/* The whole check. src: the folder and the newer tables in force. *law: the catalogue with the new table (in the arena). */
MUST err law_newer_check(struct ctx *c, const struct law_source *src, const struct law_file *f, const char *text, civil on, const struct law_catalogue **law);

#endif
