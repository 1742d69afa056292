/* pages/work — 今日の仕事, the first page (F122): boxes with numbers, each number a link to exactly its rows. */
#ifndef TSU_WEB_PAGES_WORK_H
#define TSU_WEB_PAGES_WORK_H

#include "care/work.h"
#include "web/page.h"
#include "web/pages/duty.h"

/* A group of boxes: those with rows as cards, the empty ones in one line below. */
struct work_part {
	const char *title;
	const struct work_box **some, **none;
	size_t n_some, n_none;
};
struct work_view {
	const struct page_view *page;
	bool mine;
	const struct work_part *parts;
	size_t n_parts;
	struct duty_figures duties;
};

struct work_list_view {
	const struct page_view *page;
	bool mine;
	struct work_box box;
	const struct work_row *rows;
	size_t n_rows;
	struct pager pager;
	civil today;
};

#endif
