/* pages/drafts — /drafts: what one has typed and not saved (F139; U18–U20), with the way back to the page; for those who manage
 * accounts also whose drafts lie in the organisation, without a word of their text, to hand them over.
 * Tests: tests/unit/test_web_pages_admin.c, tests/http/test_admin.py. */
#ifndef TSU_WEB_PAGES_DRAFTS_H
#define TSU_WEB_PAGES_DRAFTS_H

#include "register/draft.h"
#include "web/page.h"

struct draft_shown {
	const struct draft *d;
	const char *title, *path; /* "" : no page to go back to */
	const char *owner, *from;
};

struct drafts_view {
	const struct page_view *page;
	const struct draft_shown *own, *others;
	size_t n_own, n_others;
	bool manages;
	struct ui_field to;
};

struct draft_text_view {
	const struct page_view *page;
	struct draft_shown x;
	const struct pair *fields;
	size_t n_fields;
};

/* The page a draft of this key belongs to; "" if the key alone does not tell. Arena. */
const char *draft_path(struct arena *a, const char *key);

#endif
