/* region/tab_report — the whole report of a survey as sections of sentences and tables, and its plain copies as JSON and CSV.
 *
 * One report feeds page, PDF, Excel, CSV and `tsunagi survey tabulate --json`: outline (purpose, target, method, period, n), response,
 * one section per question in the order of the paper, ever / never, means, crosses asked for, text groups, summary. Asked for one unit
 * it holds the unit's own answers beside the figures of all, without response lists and crosses.
 * Ownership: arena of the tab. Errors: as in tab_ask. Tests: tests/unit/test_tab_report.c.
 */
#ifndef TSU_REGION_TAB_REPORT_H
#define TSU_REGION_TAB_REPORT_H

#include "region/tab_words.h"

struct tab_report_ask {
	struct tab_filter filter;
	const char *unit;            /* id: a report for this unit; NULL the whole. Set data.owner = false when the unit itself reads it */
	const char *ever_option;     /* the "yes" of the question with role "did"; NULL = its first option */
	const struct tab_cross_ask *crosses; /* filters of their own are kept; a zero filter takes the report's */
	size_t n_crosses;
	unsigned mean_of;            /* set of enum tab_mean_of; 0 = TAB_MEAN_TICKED */
	size_t top;                  /* how many first options of "effect" count as effective; 0 = 2 */
	enum tab_rule rule;          /* how opinions per unit come from several rounds; 0 = TAB_LAST_ANSWERED (§5.4) */
	bool fold_silent, force100, of_ticks;
	bool compare;                /* choices: the last two rounds of a wording side by side, with the difference in points */
	int places;
	struct tab_say say;
};
MUST err tab_report(const struct tab *t, const struct tab_report_ask *ask, struct tab_report **out);

/* The unit's own answers beside those of all: options × total, then a mark per round (◯). ERR_TAB_UNIT in an anonymous survey. */
MUST err tab_own_table(const struct tab *t, const struct tab_ask *ask, const char *unit, struct tab_table **out);

/* Everything of the report, stable names, exact numerators and denominators; hidden cells have neither. Compact JSON text. */
const char *tab_json(struct arena *a, const struct tab_report *r);
/* For people: one table after another, base under the title, notes below; UTF-8 with BOM, safe against formulas. */
MUST err tab_csv(struct arena *a, const struct tab_report *r, const char **bytes, size_t *n);

#endif
