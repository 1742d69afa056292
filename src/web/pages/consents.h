/* pages/consents — 同意: who may see what, for which purpose, until when; giving, withdrawing, and 「だれが見られるか」 (U56).
 * Ownership: arena of the request. Tests: tests/http/test_person.py. */
#ifndef TSU_WEB_PAGES_CONSENTS_H
#define TSU_WEB_PAGES_CONSENTS_H

#include "register/consent.h"
#include "register/grant.h"
#include "web/page.h"

struct consents_view {
	const struct page_view *page;
	const char *pid, *locked_ja, *ask;
	bool is_locked, may_write, may_give;
	struct consent_shown {
		const struct t_consent *c;
		const char *org, *classes, *purpose, *how, *by, *period, *state, *state_kind;
		bool may_withdraw;
	} *rows;
	size_t n_rows;
	struct grant_shown {
		const char *org, *relation, *classes, *period;
		bool is_account;
	} *grants;
	size_t n_grants;
};
struct consent_new_view {
	const struct page_view *page;
	const char *action, *name;
	struct ui_field org, classes, purpose, how, by;
	const char *from, *agreed;
};
struct consent_end_view {
	const struct page_view *page;
	const char *action, *sentence, *cancel_path;
	struct ui_field how;
};

#endif
