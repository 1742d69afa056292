/* pages/interest — 興味・関心チェックシート of a person: the sheets by date with their numbers, then and now side by side, one sheet with what may
 * become a goal; handed to the client in large letters (C-209, F031). The form itself is edited by pages/checklist.
 * Ownership: arena of the request. Tests: tests/http/test_interest.py. */
#ifndef TSU_WEB_PAGES_INTEREST_H
#define TSU_WEB_PAGES_INTEREST_H

#include "care/interest.h"
#include "web/page.h"

struct interest_line_shown {
	const struct interest_line *l;
	const char *then, *now;        /* the marks in words; "" none */
	const char *word, *tag;        /* 「している」になった … ; "" unchanged */
	const char *goal_path;         /* where it becomes a goal; "" not wanted, or not for the reader */
};
struct interest_list_view {
	const struct page_view *page;
	const char *base, *person_pid;
	const struct interest_sheet *sheets;
	size_t n_sheets;
	const struct interest_sheet *then, *now; /* NULL: fewer than two */
	struct ui_field then_field, now_field;
	struct interest_line_shown *lines;       /* those whose marks differ */
	size_t n_lines, n_began, n_stopped;
	bool may_write;
};
struct interest_show_view {
	const struct page_view *page;
	const struct response_view *r;
	struct interest_line_shown *lines;
	size_t n_lines;
	const char *counts[INTEREST_STATES];
	const char *how, *job;
	const struct form_warning *warnings;
	size_t n_warnings;
	bool may_print, may_export;
};
struct interest_thanks_view {
	const struct page_view *page;
	const char *list;
};

/* One filled sheet; the caller has opened it. */
MUST err interest_show(struct req *r, const struct response_view *v, err e);
/* The page is for the client's own hands: the client is named, nothing else of the record is to be reached. */
void interest_hand_over(struct page_view *page);
/* Candidates for a goal as ticks "wish", those of the newest sheet; n_choices 0: none. */
MUST err interest_wish_field(struct req *r, const char *person_pid, struct ui_field *f);
/* The words of the wishes named in codes ("|" between), each on a line of its own behind the goal as written, none twice. */
MUST err interest_goal_with(struct req *r, const char *person_pid, const char *goal, const char *codes, const char **out);

#endif
