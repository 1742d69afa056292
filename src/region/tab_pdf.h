/* region/tab_pdf — the report of a survey on paper: cover and outline, response, results with charts, groups of free texts, cases, summary (C-188).
 *
 * A4 upright, all fonts embedded, nothing cut: a cell wraps, a long table goes on with its heads repeated, a table wider than the page
 * is printed in parts that each carry the labels. The base stands under every title and every column that has one of its own. Charts are
 * those of the page (region/tab_chart). Same report, same bytes. Foot of every page: title, page n/N, day of making.
 * Units: 0.1 mm. Ownership: arena. Errors: ERR_FONT. Tests: tests/unit/test_tab_chart.c.
 */
#ifndef TSU_REGION_TAB_PDF_H
#define TSU_REGION_TAB_PDF_H

#include "codec/pdf.h"
#include "region/tab_report.h"

struct tab_paper {
	const char *what;    /* on the cover, under the title; NULL = 調査結果報告書 */
	const char *sender;  /* who asked: on the cover */
	const char *counter; /* か所 */
	const char *round;   /* name of the round the report is of; "" all */
	civil on;            /* printed on the cover */
	int64_t now_ms;
};
MUST err tab_pdf(struct arena *a, struct pdf_fonts *fonts, const struct tab_report *r, const struct tab_paper *p, const char **bytes, size_t *n);

#endif
