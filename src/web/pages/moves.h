/* pages/moves — the figures of rehabilitation that ended and where people went on to (C-207), and of people likely to improve (C-211): tables with
 * charts of the one tabulation, the list of people for who may see them, CSV, JSON and PDF. Ownership: arena of the request.
 * Tests: tests/http/test_moves.py. */
#ifndef TSU_WEB_PAGES_MOVES_H
#define TSU_WEB_PAGES_MOVES_H

#include "region/move_figures.h"
#include "region/reable_figures.h"
#include "web/pages/survey_report.h"

struct figures_view {
	const struct page_view *page;
	const char *lead, *whose, *prev, *next;
	struct survey_report_view report; /* sections only */
	const struct report_link *files;  /* CSV, JSON, PDF, as the role may */
	size_t n_files;
};
struct moves_view {
	struct figures_view f;
	struct ui_field quarter;          /* n_choices 0: the year alone */
	const char *year;
	const struct move_left *left;
	size_t n_left;
	bool more, numbers;
};
struct reable_view {
	struct figures_view f;
	const struct reable_person *list;
	size_t n_list;
	bool more;
};

#endif
