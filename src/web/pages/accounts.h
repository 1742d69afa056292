/* pages/accounts — /admin/accounts: who may log in (F118, U51): list with marks, invitation with a code to print, stop, resume,
 * renewal, yearly review, an organisation that leaves. Shows accounts only, never a client. Tests:
 * tests/unit/test_web_pages_admin.c, tests/http/test_admin.py. */
#ifndef TSU_WEB_PAGES_ACCOUNTS_H
#define TSU_WEB_PAGES_ACCOUNTS_H

#include "access/account.h"
#include "web/page.h"

#define ACCOUNTS_WARN_DAYS 30    /* before the 90 days or the guest's last day are over */
#define ACCOUNTS_REVIEW_DAYS 365 /* yearly review */

struct account_shown {
	const struct account *a;
	const char *org, *role, *state;
	const char *state_kind; /* class of the tag */
	bool unused, expiring, review, stopped;
	civil stops_on;         /* the day the 90 days or the guest's time end; CIVIL_NONE if stopped */
};
/* Marks of one account on a day. */
struct account_shown account_marks(const struct account *a, civil today);

struct accounts_view {
	const struct page_view *page;
	const struct account_shown *rows;
	size_t n_rows;
	struct pager pager;
	struct ui_field org, state;
	bool all;               /* administrator: every organisation */
	int64_t n_review, n_unused;
};

struct account_new_view {
	const struct page_view *page;
	const char *org_pid, *org_name;
	bool all;
	struct ui_field org, role, staff;
	bool has_staff;
};

struct account_view {
	const struct page_view *page;
	struct account_shown x;
	bool self;
	struct ui_field reason;
};

struct account_code_view {
	const struct page_view *page;
	const struct account *a;
	const char *code, *host;
};

struct account_leave_view {
	const struct page_view *page;
	struct ui_field org;
};

#endif
