/* pages/account_own — /settings/account: one's own password, authenticator, paper codes and logins (U51). Every change asks for
 * the current password, so an unattended screen is not enough. Secrets are shown once (access/own tickets).
 * Tests: tests/http/test_admin.py. */
#ifndef TSU_WEB_PAGES_ACCOUNT_OWN_H
#define TSU_WEB_PAGES_ACCOUNT_OWN_H

#include "access/own.h"
#include "web/page.h"

struct own_event_shown {
	int64_t at_ms;
	const char *what, *by;
	bool bad;
};

struct own_view {
	const struct page_view *page;
	const char *login, *name, *org, *role, *size;
	int64_t paper_left, idle_min, list_rows;
	civil until_on;
	const struct own_event_shown *events;
	size_t n_events;
	bool manages, carries; /* carries: the exchange files of surveys */
};

struct own_totp_view {
	const struct page_view *page;
	const char *sealed, *text;
	struct html_safe qr;
};

struct own_paper_view {
	const struct page_view *page;
	const char *login, *name;
	const char **codes;
	size_t n_codes;
};

#endif
