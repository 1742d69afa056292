/* pages/survey_send — 依頼・督促を送る: what would go out by mail and on paper, before it does; what came back; results (C-170, C-172, C-190).
 * Ownership: arena of the request. Tests: tests/http/test_survey_mail.py. */
#ifndef TSU_WEB_PAGES_SURVEY_SEND_H
#define TSU_WEB_PAGES_SURVEY_SEND_H

#include "region/survey_mail.h"
#include "web/page.h"

struct survey_back_row {
	const struct survey_seat *s;
	const char *serial, *email; /* email: as typed, if this row was just refused */
	int64_t base;               /* version of the target */
	const char *fault;          /* "" or what is wrong with what was typed in this row */
};
struct survey_send_view {
	const struct page_view *page;
	const struct survey_mail_plan *p;
	bool may_write, is_open, can_mail, may_print;
	int64_t not_asked;          /* in the frame, not yet in this round */
	const char *reminders;      /* the days of the rule */
	struct survey_back_row *back;
	size_t n_back;
};

#endif
