/* guard_login — views of the pages of logging in and enrolling (guard_login.c). Tests: tests/http/, tests/unit/test_web.c. */
#ifndef TSU_WEB_GUARD_LOGIN_H
#define TSU_WEB_GUARD_LOGIN_H

#include "web/page.h"

struct login_view {
	struct page_view *page;
	const char *login, *name, *next, *code;
	const char *demo_code; /* the code that holds now, in a demo folder only; NULL elsewhere */
	const char *locked_pid; /* the account whose session is locked or in a client's hands: its password alone is asked; NULL = a whole login */
	const char *other_path; /* where somebody else logs in */
	bool first;            /* no account exists yet, or this code makes the first one */
	const char *totp_text; /* the secret for typing */
	struct html_safe qr;
	const char **paper;
	size_t n_paper;
};

#endif
