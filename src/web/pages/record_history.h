/* pages/record_history — 変更の履歴 of a record: who changed what, when, word by word, act by act. For every record whose room tells its story
 * (register/history) and whose columns have words (pages/columns). Ownership: arena of the request.
 * Tests: tests/http/test_visit.py, test_hospital.py, test_attach.py. */
#ifndef TSU_WEB_PAGES_RECORD_HISTORY_H
#define TSU_WEB_PAGES_RECORD_HISTORY_H

#include "care/plan_diff.h"
#include "form/define.h"
#include "register/history.h"
#include "web/page.h"

struct history_field_shown {
	const char *label, *before, *after;
	struct diff_piece *pieces; /* of two texts; n_pieces 0: a choice, a day, a number */
	size_t n_pieces;
	bool same; /* both in the same words: only told that it changed */
};
struct history_part_shown {
	const char *what, *action;
	struct history_field_shown *fields;
	size_t n_fields;
};
struct history_act_shown {
	int64_t at_ms;
	const char *who, *action, *reason;
	const char *at; /* to turn back to it: milliseconds; "" cannot be, or nothing to turn back */
	struct history_part_shown *parts;
	size_t n_parts;
};
struct record_history_view {
	const struct page_view *page;
	struct history_act_shown *acts;
	size_t n_acts;
	const char *revert; /* where 「この内容に戻す」 posts `at`; "" */
};
/* What a record has beyond the plain story; NULL: nothing. */
struct history_more {
	const char *revert;         /* NULL: cannot be turned back by this reader */
	const struct form_def *def; /* columns that are items of this form take its words; NULL */
	const char *list_column;    /* the column that holds its list; NULL */
};
/* The whole page; the caller has set head and way back. */
MUST err record_history_page(struct req *r, struct page_view *page, const struct history_act *v, size_t n, const struct history_more *more);

#endif
