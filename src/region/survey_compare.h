/* survey_compare — two sides of a report beside each other: rounds, fiscal years, or the survey of the year before (features F094).
 *
 * A side is written as a code: "" (the newest with answers, the one before it), the public id of a round, "y2025" (all rounds whose period
 * begins in that fiscal year), the public id of another survey of the house (all its rounds) or of one of its rounds. Questions are matched by
 * key; where wording or options differ the question is named and not compared (C-174).
 * Gate: that of the other survey, for the action of the report. Ownership: arena. Errors: ERR_NOTFOUND (no such round, year or survey), those of
 * the gate, ERR_TAB_*. Tests: tests/http/test_survey_report.py, tests/unit/test_tab_words.c. */
#ifndef TSU_REGION_SURVEY_COMPARE_H
#define TSU_REGION_SURVEY_COMPARE_H

#include "access/policy.h"
#include "region/tab_words.h"

struct survey_compare_ask {
	const char *from, *to;       /* codes; "" */
	const char *const *rounds;   /* public ids of the rounds of the tabulation */
	uint64_t within;             /* rounds the report is of */
	enum action action;
	bool publish;                /* small cells of the other survey are hidden too */
	int places;
	struct tab_say say;
};
/* The section of the comparison; n_tables and n_words 0: there is nothing to compare. */
MUST err survey_compare(struct ctx *c, const struct tab *t, const struct tab_data *d, const struct survey_compare_ask *ask, struct tab_section *out);

/* The fiscal years of the rounds, oldest first; out: at least d->n_rounds. */
size_t survey_years(const struct tab_data *d, int *out);
uint64_t survey_year_rounds(const struct tab_data *d, int fiscal_year);

#endif
