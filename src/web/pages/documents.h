/* pages/documents — documents that left the house: list, the bytes as issued, recipients, withdrawal.
 * Ownership: arena of the request. Tests: tests/http/test_person.py. */
#ifndef TSU_WEB_PAGES_DOCUMENTS_H
#define TSU_WEB_PAGES_DOCUMENTS_H

#include "register/issued.h"
#include "web/page.h"

struct recipient_shown {
	const char *kind, *name, *how;
	civil on_day;
};
struct document_shown {
	const struct t_issued_doc *d;
	const char *purpose, *by, *org, *class_label;
	struct recipient_shown *recipients;
	size_t n_recipients;
	bool may_print, may_write;
};
struct documents_view {
	const struct page_view *page;
	const char *pid;
	struct document_shown *rows;
	size_t n_rows;
	struct ui_field kind, how;
};

#endif
