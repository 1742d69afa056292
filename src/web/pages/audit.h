/* pages/audit — who looked at this person (F115, 個人情報保護法 33条の開示請求に添える一覧), and the administrator's page of the
 * tamper-evident log (F116): head to print, verification, refusals. The list passes the gate of audit_looks_of: the right to
 * give the name card out of the house. Tests: tests/unit/test_web_pages_admin.c, tests/http/test_admin.py. */
#ifndef TSU_WEB_PAGES_AUDIT_H
#define TSU_WEB_PAGES_AUDIT_H

#include "access/audit.h"
#include "web/page.h"

#define AUDIT_QUICK_BYTES (64LL << 20) /* verified while the page waits; more is for the command line */

struct look_shown {
	const struct audit_look_row *x;
	const char *who, *what, *action, *org;
};

struct looks_view {
	const struct page_view *page;
	const char *pid, *pdf_path;
	civil from, to, made_on;
	const struct look_shown *rows;
	size_t n_rows;
	bool ranged;
};

struct denial_shown {
	const struct audit_denial *x;
	const char *what;
};

struct audit_view {
	const struct page_view *page;
	struct audit_head head;
	bool verified, quick;
	struct audit_report report;
	const struct denial_shown *denials;
	const struct audit_denial *failures;
	size_t n_denials, n_failures;
	const char *line;
	civil today;
};

/* 「印刷」 for "print"; static. */
const char *audit_action_ja(const char *action);
/* The page's name behind its name in the log; the name itself if there is none any more. */
const char *audit_what_ja(const char *what);

#endif
