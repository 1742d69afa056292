/* pages/print — まとめ印刷 (F132): whose, which forms, which period; one job, one file. See care/bulk_print.h. */
#ifndef TSU_WEB_PAGES_PRINT_H
#define TSU_WEB_PAGES_PRINT_H

#include "web/page.h"

struct print_view {
	const struct page_view *page;
	struct ui_field who, text, persons, forms, from, to, which, both_sides;
	const char *said; /* what the search for people found; "" */
	const char *search; /* public id of the search whose people are offered; "" = none */
};

#endif
