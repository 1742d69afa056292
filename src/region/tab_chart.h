/* region/tab_chart — the charts of a table: bar, pie with count and share, stacked by round, line over rounds (C-187).
 *
 * A chart is a `struct drawing` (codec/draw): one geometry, shown as SVG on the page and drawn into the PDF, so paper equals screen.
 * Every label is the text of a cell of the table; what the table hides as a small cell is neither drawn nor measurable: a pie that would
 * need a hidden cell becomes bars, a hidden bar has the length of none. Parts differ by hatch, not by colour alone, and each carries its
 * label. The description of the drawing reads category, count and share, so that nothing is in the picture alone.
 * Pure. Units: 0.1 mm. Ownership: arena; texts are borrowed from the table. Tests: tests/unit/test_tab_chart.c.
 */
#ifndef TSU_REGION_TAB_CHART_H
#define TSU_REGION_TAB_CHART_H

#include "codec/draw.h"
#include "region/tab.h"

enum { TAB_CHARTS_MAX = 2, TAB_CHART_W = 1100 };
struct tab_picture {
	enum tab_chart kind;
	struct drawing *drawing;
};
/* The pictures of a table (0 … 2: a single choice over rounds is shown stacked and, all rounds together, as a pie).
 * counter: word behind counts of units (か所); answers, ticks and texts are 件. */
size_t tab_charts(struct arena *a, const struct tab_table *t, const char *counter, struct tab_picture out[TAB_CHARTS_MAX]);

/* What of the table a chart shows, for charts drawn by others (Excel): categories are rows, each series a column. */
struct tab_plot {
	enum tab_chart kind;
	const size_t *rows;      /* indexes of the rows shown */
	const size_t *cols;      /* indexes of the columns shown: counts, shares or means */
	size_t n_rows, n_cols;
};
size_t tab_plots(struct arena *a, const struct tab_table *t, struct tab_plot out[TAB_CHARTS_MAX]);

/* The word behind a count: 件, or the counter of units. Static or borrowed. */
const char *tab_counter(const struct tab_base *b, const char *counter);

#endif
