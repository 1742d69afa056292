/* pages/consents — 同意: who may see what, for which purpose, until when; giving, changing (history, undo,
 * conflict), withdrawing, and 「だれが見られるか」 (U56).
 * Ownership: arena of the request. Tests: tests/http/test_person.py. */
#ifndef TSU_WEB_PAGES_CONSENTS_H
#define TSU_WEB_PAGES_CONSENTS_H

#include "register/consent.h"
#include "register/grant.h"
#include "web/pages/attach.h"
#include "web/pages/person.h"

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
/* New = edit. */
struct consent_form_view {
	const struct page_view *page;
	const struct t_consent *c;
	const char *action, *retire_path, *withdraw_path; /* "" where there is none */
	bool is_new;
	struct ui_field org, classes, purpose, how, by;
	struct attach_list_view files;
	struct history_view history;
};
struct consent_end_view {
	const struct page_view *page;
	const char *action, *sentence, *cancel_path;
	struct ui_field how;
};

#endif
