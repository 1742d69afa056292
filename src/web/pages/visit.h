/* pages/visit — 支援経過, the day's list, モニタリング, 評価, 更新の一組. Ownership: arena of the request. Tests: tests/http/test_visit.py. */
#ifndef TSU_WEB_PAGES_VISIT_H
#define TSU_WEB_PAGES_VISIT_H

#include "care/care_log.h"
#include "web/page.h"

struct log_shown {
	const struct care_log_view *v;
	const char *at, *struck;   /* struck: who and when; "" = valid */
};
struct log_list_view {
	const struct page_view *page;
	const char *person_pid, *pdf_path, *xlsx_path, *csv_path;
	civil from_on, to_on;
	struct log_shown *rows;
	size_t n_rows;
	int64_t total;
	struct pager pager;
	bool may_write, may_print, may_export, live;
};
struct log_edit_view {
	const struct page_view *page;
	const char *action, *cancel_path, *back, *time, *person_name;
	const struct t_care_log *row;
	bool is_correction, is_quick;
	int64_t version;
	struct ui_field item;
};
struct log_show_view {
	const struct page_view *page;
	struct log_shown s;
};
struct day_view {
	const struct page_view *page;
	civil on;
	struct ui_field staff;
	struct care_day day;
	const char **done_at, *pdf_path;
};

#endif
