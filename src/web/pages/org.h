/* pages/org — organisations: list and search by any spelling, show, edit, other spellings, staff with posts, areas served (C-001).
 * Everybody logged in may read; who may write is the register's matter (403 with its sentence).
 * Ownership: arena of the request. Tests: tests/http/test_person.py. */
#ifndef TSU_WEB_PAGES_ORG_H
#define TSU_WEB_PAGES_ORG_H

#include "register/org.h"
#include "register/staff.h"
#include "register/territory.h"
#include "web/page.h"

struct org_list_view {
	const struct page_view *page;
	const char *text;
	struct ui_field kind;
	struct org_shown {
		const struct org *o;
		const char *kind, *form;
	} *rows;
	size_t n_rows;
	bool more, may_write, none_at_all;
};
struct org_show_view {
	const struct page_view *page;
	const struct org *o;
	const char *kind, *form, *insurer, *branch_of, *operator_name, *warning;
	struct org_counts counts;
	struct org_alias *aliases;
	size_t n_aliases;
	struct org_staff_shown {
		const struct staff_row *s;
		const char *role, *post_pid, *fte; /* fte: 常勤換算; "" = one */
	} *staff;
	size_t n_staff;
	struct org_area_shown {
		const struct org_area *a;
		const char *area_pid;
		bool is_open;
	} *areas;
	size_t n_areas;
	bool may_write, may_staff, may_areas, may_accounts, is_own; /* may_staff: posts and their holders */
	struct ui_field role, area, to_org;
	civil today;
};
struct org_edit_view {
	const struct page_view *page;
	const char *action;
	const struct org *o;
	struct ui_field kind, form, insurer, branch_of;
	const struct org_shown *same;
	size_t n_same;
	bool is_new;
};

#endif
