/* pages/carers — the family carers of the people supported here, working ones first asked for (F036). CSV for the same list.
 * Ownership: arena of the request. Tests: tests/http/test_carers.py. */
#ifndef TSU_WEB_PAGES_CARERS_H
#define TSU_WEB_PAGES_CARERS_H

#include "register/carer.h"
#include "web/page.h"

struct carer_shown {
	const struct carer_row *r;
	const char *works, *employment, *leave_left; /* 介護休業の残り; "" unknown */
};
struct carer_list_view {
	const struct page_view *page;
	struct ui_field staff, works;
	const char *csv_path;
	struct carer_shown *rows;
	size_t n_rows;
	int64_t total;
	struct pager pager;
};

#endif
