/* pdf_table — a list on paper: title, facts, and a table whose head is drawn again on every page, with page n/N in the foot.
 *
 * Same writer, fonts and promise as the forms (codec/pdf): nothing is cut. A cell wraps and its row grows; a row higher than
 * what is left goes to the next page, one higher than a page goes on there. A4, upright. Same input, same bytes.
 * Units: 0.1 mm. Ownership: result in the arena, everything given is borrowed. Errors: ERR_FONT. Tests: tests/unit/test_print.c.
 */
#ifndef TSU_CODEC_PDF_TABLE_H
#define TSU_CODEC_PDF_TABLE_H

#include "codec/pdf.h"

enum { PDF_TABLE_W = 1800 }; /* what the columns share */

struct pdf_table_col {
	const char *label;
	int w; /* all of them together PDF_TABLE_W */
};

struct pdf_table {
	const char *title;
	const char *const *facts; /* label, value, label, value … */
	size_t n_facts;           /* pairs */
	const char *note;         /* below the facts; may be "" */
	const struct pdf_table_col *cols;
	size_t n_cols;
	const char *const *cells; /* n_rows × n_cols, row by row */
	size_t n_rows;
	const char *empty;        /* said in place of rows if there are none */
	const char *foot;         /* left in the foot of every page, beside page n/N and the time of making */
	int64_t now_ms;           /* time of making */
};

MUST err pdf_table_write(struct arena *a, struct pdf_fonts *fonts, const struct pdf_table *t, const char **bytes, size_t *n);

#endif
