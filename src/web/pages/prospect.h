/* pages/prospect — 改善の見込み of a preventive case: the judgements with day, who and reason, and a new one (C-211).
 * Ownership: arena of the request. Tests: tests/http/test_moves.py. */
#ifndef TSU_WEB_PAGES_PROSPECT_H
#define TSU_WEB_PAGES_PROSPECT_H

#include "care/prospect.h"
#include "web/page.h"

struct prospects_view {
	const struct page_view *page;
	const char *action, *kind_label, *case_path;
	bool prevention;
	const struct prospect_view *rows;
	size_t n_rows;
	bool may_write;
	const struct t_case_prospect *row; /* the new one */
	struct ui_field prospect;
};
struct prospect_edit_view {
	const struct page_view *page;
	const char *action, *kind_label, *retire_path;
	const struct prospect_view *x;
	const struct t_case_prospect *row;
	struct ui_field prospect;
	struct prospect_version_shown {
		const struct t_case_prospect *row;
		const char *label, *who;
		int64_t at_ms;
	} *versions;
	size_t n_versions;
};

#endif
