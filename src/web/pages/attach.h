/* pages/attach — scans and photos of a record, for every kind of record that has some (register/attach): the list, adding one,
 * opening it, taking a copy away, the bin. A page of a record shows the list with tmpl_attach_list.
 * Ownership: arena of the request. Tests: tests/http/test_attach.py. */
#ifndef TSU_WEB_PAGES_ATTACH_H
#define TSU_WEB_PAGES_ATTACH_H

#include "register/attach.h"
#include "web/page.h"

struct attach_shown {
	const struct attach_row *a;
	const char *kind, *type, *size, *by;
};
struct attach_list_view {
	const struct page_view *page;
	const char *path; /* of the page of this record's files */
	struct attach_shown *rows;
	size_t n_rows;
	bool may_write, may_print;
};
struct attach_page_view {
	struct attach_list_view list;
	const char *owner; /* 「同意」 */
	const char *limits;
	struct ui_field kind;
};

struct attach_edit_view {
	const struct page_view *page;
	const struct attach_row *a;
	const char *action, *cancel_path;
	struct ui_field kind;
};

/* The list for the page of the record: owner from attach_owner_find, person: public id of the address. */
MUST err attach_list_fill(struct req *r, const struct page_view *page, const char *person, const struct attach_owner *o, struct attach_list_view *v);

#endif
