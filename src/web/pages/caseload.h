/* pages/caseload — the clients of one care manager or of the office, and the supervisor's view (F122–F123).
 * Ownership: arena of the request. Tests: tests/http/test_case.py. */
#ifndef TSU_WEB_PAGES_CASELOAD_H
#define TSU_WEB_PAGES_CASELOAD_H

#include "care/approval.h"
#include "care/caseload.h"
#include "web/page.h"

struct caseload_shown {
	const struct caseload_row *r;
	const char *kind, *status, *plan_status, *level, *due_kind;
};
struct caseload_view {
	const struct page_view *page;
	struct ui_field staff, kind, only, sort;
	struct caseload_shown *rows;
	size_t n_rows;
	int64_t total;
	struct pager pager;
};
struct caseload_sum_row {
	const struct caseload_person *p;
	const char *name, *parts, *path, *fte;
	const char *tag, *tag_kind; /* 逓減 */
	int64_t overdue, total, managed, duties; /* managed: with benefits managed in the month; duties: overdue ones, of the law */
	const char *duties_path;
	const char *overdue_path;
};
struct caseload_sum_view {
	const struct page_view *page;
	civil on;
	const char *csv_path, *step_ja, *step_source, *parts, *fte; /* parts, fte: of the office */
	const struct caseload_summary *s;
	const char *levels[CASELOAD_LEVELS];
	struct caseload_sum_row *rows;
	size_t n_rows;
	struct html_safe svg;
	/* 承認 (F124): of plans and of the end of cases */
	civil since;
	struct caseload_approval {
		const char *label, *middle, *most;
		const struct approval_sum *sum;
	} approvals[2];
	struct caseload_wait {
		const struct approval_wait *w;
		const char *what, *path, *waited;
	} *waits;
	size_t n_waits;
};

#endif
