/* pages/measure — scales filled again and again (Barthel Index, FAI): one filled sheet, and the course over time (C-210). The form itself
 * is edited by pages/checklist. Tests: tests/http/test_rehab.py. */
#ifndef TSU_WEB_PAGES_MEASURE_H
#define TSU_WEB_PAGES_MEASURE_H

#include "care/measure.h"
#include "web/page.h"

struct measure_shown {
	const struct measure_course *c;
	struct html_safe svg; /* s NULL: no complete one */
	const char *change, *new_path;
};
struct measures_view {
	const struct page_view *page;
	const char *person_pid;
	struct measure_shown *v;
	size_t n;
	bool may_write;
};
struct measure_answer {
	const char *no, *label, *value;
};
struct measure_show_view {
	const struct page_view *page;
	const struct response_view *r;
	const char *total, *source;
	struct measure_answer *answers;
	size_t n_answers;
	bool complete, may_print;
};

/* One filled sheet of a scale; the caller has opened it. */
MUST err measure_show(struct req *r, const struct response_view *v, err e);

#endif
