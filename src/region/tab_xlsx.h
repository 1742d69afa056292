/* region/tab_xlsx — the report of a survey as an Excel workbook: one sheet of words, one sheet per table with a chart of Excel's own.
 *
 * Counts, shares and means are numbers (rounded as printed, so that they equal page, PDF and CSV); what is hidden is the text x, an empty
 * base the text 該当なし. Ownership: arena. Errors: ERR_LIMIT. Tests: tests/unit/test_tab_chart.c.
 */
#ifndef TSU_REGION_TAB_XLSX_H
#define TSU_REGION_TAB_XLSX_H

#include "region/tab_report.h"

MUST err tab_xlsx(struct arena *a, const struct tab_report *r, int64_t now_ms, const char **bytes, size_t *n);

#endif
