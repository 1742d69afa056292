/* pages/snippet — 定型文: the list, new, edit, put away, CSV; the texts filled for one person, as a page to copy from (works without
 * script) and as JSON for assets/snippet.js, which puts them into any long field (F050; ux U16).
 *
 * The filled texts are looked up by the pid of the person in the path; the look goes into the access log like any other page.
 * A search is a POST: what is typed there may be a name. Tests: tests/http/test_snippet.py, tests/browser/snippet.mjs. */
#ifndef TSU_WEB_PAGES_SNIPPET_H
#define TSU_WEB_PAGES_SNIPPET_H

#include "care/snippet_fill.h"
#include "care/snippet_table.h"
#include "web/page.h"

struct snippet_shown {
	const struct snippet *s;
	const char *category, *text; /* text: filled, on the page of a person */
	const char *open;            /* 「主治医、目標」; "" */
	int rows;                    /* lines of the box */
};
struct snippet_group {
	const char *code, *label, *who;
	struct snippet_shown *rows;
	size_t n_rows;
};
struct snippet_list_view {
	const struct page_view *page;
	const char *text, *csv_path, *cp932_path;
	struct ui_field category;
	struct snippet_group groups[3];
	size_t n_groups, n_all;
	const struct snippet *away;
	size_t n_away;
	bool of_person, is_search;
	const char *person_pid;
};
struct snippet_edit_view {
	const struct page_view *page;
	const char *action;
	const struct t_snippet *row;
	struct ui_field level, category;
	const char *level_label, *owner, *category_label;
	const struct snippet_place_info *places;
	size_t n_places;
	bool is_new, may_write;
};
struct snippet_import_view {
	const struct page_view *page;
	struct ui_field level;
	struct snippet_import t;
	const char *text, *level_code;
	bool has_result, was_trial;
};

#endif
