/* pages/consult — 総合相談: the intake in one screen, its record with 経過, the list, linking a person later (F016–F018). */
#ifndef TSU_WEB_PAGES_CONSULT_H
#define TSU_WEB_PAGES_CONSULT_H

#include "care/consult.h"
#include "register/search.h"
#include "web/page.h"
#include "web/res_html.h"

struct consult_edit_view {
	const struct page_view *page;
	const char *action;
	const struct consult_view *c; /* what is stored; a new one is empty */
	bool is_new;
	const char *chosen;            /* pid, new, unknown; "" nobody yet */
	const struct person_hit *hits; /* found by 「本人を探す」 */
	size_t n_hits;
	bool searched, more;
	struct ui_field channel, source, urgency, status, classes, responses, assignee;
	const char *received_time;    /* 13:05 */
	const char *minutes;
};

struct consult_show_view {
	const struct page_view *page;
	const struct consult_view *c;
	const char *channel, *source, *urgency, *status;
	const char **classes, **responses;
	struct consult_entry_shown {
		const struct consult_entry_view *e;
		const char *channel;
	} *entries;
	struct ui_field entry_channel, entry_status;
	const char *minutes;
	bool rights;
};

struct consult_list_view {
	const struct page_view *page;
	struct consult_filter filter;
	const struct consult_list_row {
		const struct consult_row *row;
		const char *status, *channel, *urgency;
		const char *title;
	} *rows;
	size_t n_rows;
	struct pager pager;
	civil today;
	struct ui_field status, class_code, who, only;
	bool of_person;
};

struct consult_link_view {
	const struct page_view *page;
	const struct consult_view *c;
	const char *chosen, *text; /* picked; searched for */
	const struct person_hit *hits;
	size_t n_hits;
	bool searched;
};

/* 相談の件数 (F024): what consult_count_by gives, in words. */
enum { CONSULT_FIGURE_BOXES = 5 };
struct consult_figures_view {
	const struct page_view *page;
	struct ui_field year;
	const char *year_word, *csv_path;
	int64_t total;
	struct consult_figures_box {
		const char *title, *note, *by;
		struct consult_figures_row {
			const char *label;
			int64_t n;
		} *rows;
		size_t n_rows;
		struct html_safe svg;
	} boxes[CONSULT_FIGURE_BOXES];
};

#endif
