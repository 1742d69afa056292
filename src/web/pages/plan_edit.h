/* pages/plan_edit — writing the contents of a plan: 第1表・第2表 (kind home) or 介護予防サービス・支援計画書 (kind prevention) on one page.
 *
 * Field names: those of the head are the columns; those of rows "<part>.<key>.<column>" (key: pid of a stored row, n1, n2 … of a
 * new one), so that faults of care/plan lead to their field. "<part>.<key>.parent", ".version" and ".gone" go along.
 * A row is added by a button that sends the page as it is and gets it back with one row more: nothing typed is lost and
 * nothing is saved. Works without script; the draft is saved as on every page.
 * Ownership: arena of the request. Tests: tests/http/test_plan_edit.py. */
#ifndef TSU_WEB_PAGES_PLAN_EDIT_H
#define TSU_WEB_PAGES_PLAN_EDIT_H

#include "care/plan.h"
#include "web/page.h"

enum pe_kind { PE_AREA, PE_LINE, PE_DATE, PE_SELECT, PE_RADIO, PE_CHECK, PE_DAYS, PE_TIME, PE_NUMBER };

struct pe_field {
	enum pe_kind kind;
	struct ui_field f;
};

struct pe_row {
	enum plan_part part;
	const char *key, *parent, *label;
	int64_t version;
	bool is_new, untouched;
	void *row;
	struct pe_field *fields, *more; /* more: behind 「くわしく」 */
	size_t n_fields, n_more;
	const char *gone, *gone_label, *add;             /* names and values of the box and the button */
	const char *key_name_version, *key_name_parent; /* names of the hidden fields */
	struct ui_field gone_field;
	bool open;                                      /* a fault lies behind 「くわしく」 */
	struct pe_row *children;
	size_t n_children, cap_children;
};

struct plan_edit_view {
	const struct page_view *page;
	const struct plan_tree *t;
	const char *action, *more_action, *week_path, *kind, *version;
	bool is_prevention;
	struct pe_field *head, *texts;
	size_t n_head, n_texts;
	struct pe_row *areas, *needs;
	size_t n_areas, n_needs;
	const char *add_need;
};

#endif
