/* pages/commission — 原案委託: the list for both sides, the request, one commission with its steps. Ownership: arena of the request.
 * Tests: tests/http/test_commission.py. */
#ifndef TSU_WEB_PAGES_COMMISSION_H
#define TSU_WEB_PAGES_COMMISSION_H

#include "care/commission.h"
#include "web/page.h"

struct commission_shown {
	const struct commission_row *m;
	const char *other, *status, *turn, *turn_kind;
};
struct commission_list_view {
	const struct page_view *page;
	bool all;
	struct commission_shown *rows;
	size_t n_rows;
	int64_t total;
	struct pager pager;
};
struct commission_edit_view {
	const struct page_view *page;
	const char *action;
	const struct t_commission *row;
	bool is_new;
	struct ui_field cases, office, scope;
};
struct commission_step_shown {
	const char *event, *label, *kind;
};
struct commission_event_shown {
	const struct commission_event *e;
	const char *label;
};
struct commission_show_view {
	const struct page_view *page;
	const struct commission_view *m;
	const char *status, *status_kind, *turn, *scope, *words, *plan_new, *eval_path, *eval_label;
	struct ui_field decision;
	bool accepts; /* the office says whether it takes it */
	bool decides; /* the centre says what becomes of it with its step */
	struct commission_step_shown *steps;
	size_t n_steps;
	struct commission_event_shown *events;
	size_t n_events;
	const char *body;
	bool may_edit, may_retire;
};

#endif
