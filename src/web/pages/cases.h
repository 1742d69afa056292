/* pages/cases — ケース of a person: request, explanation, contract, start, end. Ownership: arena of the request.
 * Tests: tests/http/test_case.py. */
#ifndef TSU_WEB_PAGES_CASES_H
#define TSU_WEB_PAGES_CASES_H

#include "care/commission.h"
#include "care/next_step.h"
#include "web/page.h"

struct case_shown {
	const struct case_view *c;
	const char *kind, *status, *status_kind, *end_reason;
};
struct case_list_view {
	const struct page_view *page;
	const char *person_pid;
	struct case_shown *rows;
	size_t n_rows;
	bool may_write, is_locked;
	const char *locked_ja, *ask;
};
struct case_edit_view {
	const struct page_view *page;
	const char *action;
	const struct t_care_case *row;
	bool is_new, paused;
	struct ui_field kind, org, staff, referred_by, expl_items, expl_by;
};
struct case_show_view {
	const struct page_view *page;
	struct case_shown s;
	const char *referred_by, *expl_items;
	struct next_step next;
	struct commission_row *commissions; /* status: in words */
	size_t n_commissions;
	bool may_commission;
};
struct case_end_view {
	const struct page_view *page;
	const char *action, *cancel_path, *sentence;
	struct ui_field reason;
};

#endif
