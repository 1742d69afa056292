/* pages/routing — 振り分け: what the rules propose and why, what is still to be asked, what to hand in; the frozen record. */
#ifndef TSU_WEB_PAGES_ROUTING_H
#define TSU_WEB_PAGES_ROUTING_H

#include "care/routing.h"
#include "web/page.h"

struct routing_row_shown {
	const char *rule, *text, *source, *truth;
	bool decided;
};

struct routing_edit_view {
	const struct page_view *page;
	const char *person_pid, *consult_pid;
	struct routing_proposal p;
	struct ui_field wish, needs_cert, tokutei, use_benefit, services, route;
	bool asks_tokutei;
	struct routing_row_shown *rows;
	size_t n_rows;
};

struct routing_show_view {
	const struct page_view *page;
	const struct routing_view *v;
};

struct routing_list_view {
	const struct page_view *page;
	const char *person_pid;
	const struct routing_view *rows;
	size_t n_rows;
};

#endif
