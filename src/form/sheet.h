/* sheet — a form and its answers as an Excel sheet that looks like the form (ux U34, U41).
 *
 * The same boxes as form/print, laid on a grid of merged cells: same widths, same rows, A4. Text is text (a
 * 被保険者番号 keeps its zeros, a memo that begins with = is no formula). A chosen option has ○ (or ☑) before it,
 * because a workbook has no circles. Drawings (the radar) are left out; their figures stand in the tables.
 * Ownership: arena. Errors: ERR_FORM_DEF, ERR_LIMIT (a text over 32,767 characters). Tests: tests/unit/test_print.c.
 */
#ifndef TSU_FORM_SHEET_H
#define TSU_FORM_SHEET_H

#include "form/print.h"

MUST err sheet_write(struct arena *a, struct pdf_fonts *fonts, const struct print_job *job, const char **bytes, size_t *n);

#endif
