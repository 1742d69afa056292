/* res_parts — the view of the house's own small pages (res_parts.c). Tests: tests/http/. */
#ifndef TSU_WEB_RES_PARTS_H
#define TSU_WEB_RES_PARTS_H

#include "web/page.h"

struct house_view {
	struct page_view *page;
	const struct ui_choice *sizes;
	size_t n_sizes;
	const char *size, *rows, *idle;
};

#endif
