/* pages/visit_plan — 訪問の予定: the month, the day with its order, one visit. Ownership: arena of the request.
 * Tests: tests/http/test_visit_plan.py. */
#ifndef TSU_WEB_PAGES_VISIT_PLAN_H
#define TSU_WEB_PAGES_VISIT_PLAN_H

#include "care/care_log.h"
#include "care/monitor_due.h"
#include "care/visit_plan.h"
#include "web/page.h"

/* ---- the month ---- */
struct visit_cell {
	civil on;
	int day;
	bool in_month, is_today, is_shut; /* is_shut: Saturday, Sunday or holiday */
	const char *holiday;              /* its name; "" */
	const char *path, *label;         /* of the day's page; 「令和8年11月25日（水）」 */
	const struct visit_line *v;       /* those shown; n_more are not */
	size_t n, n_more, n_all;
	const struct visit_due *due;      /* without a visit, those shown */
	size_t n_due_shown, n_due_more;
	int64_t n_due, n_unplanned;       /* モニタリング due on that day; of these without a visit */
};
struct visit_week {
	struct visit_cell d[7];
};
struct visit_month_view {
	const struct page_view *page;
	const char *month, *month_ja, *prev_path, *next_path, *this_path, *choose_path, *unplanned_path;
	struct ui_field staff;
	bool all;
	struct visit_week *weeks;
	size_t n_weeks;
	int64_t n_visits, n_late, n_unplanned;
};

/* ---- the day ---- */
struct visit_day_row {
	const struct visit_line *v;
	const char *state, *state_kind; /* word and kind of the tag */
	bool may_write, is_first, is_last;
};
struct visit_day_view {
	const struct page_view *page;
	civil on;
	const char *on_iso, *on_ja, *holiday, *who, *prev_path, *next_path, *month_path, *pdf_path, *choose_path;
	struct ui_field staff;
	bool all, may_order;           /* all: of the whole organisation; then there is no order to change */
	struct visit_day_row *rows;
	size_t n_rows, n_stand;        /* n_stand: not called off */
	const struct visit_due *due;   /* モニタリング whose last day it is, without a visit */
	size_t n_due;
	struct care_day day;           /* what was done; next dates of records without a plan */
	const char **done_at;
};

/* ---- whom to visit ---- */
struct visit_choose_view {
	const struct page_view *page;
	const char *day;               /* ISO; "" */
	struct ui_field person;
	const struct visit_due *due;
	size_t n_due;
};

/* ---- one visit ---- */
struct visit_edit_view {
	const struct page_view *page;
	const char *action, *sure, *button, *from, *to, *cancel_path, *person_name;
	const struct t_visit_plan *row;
	struct ui_field staff, purpose;
	bool is_move;
	const struct monitor_duty *duties;
	size_t n_duties;
};
struct visit_show_view {
	const struct page_view *page;
	const struct visit_plan_view *v;
	const char *state, *state_kind, *day_path, *on_ja;
	bool is_planned, is_cancelled, has_plan; /* has_plan: a plan is in use, so a monitoring can be written */
};
struct visit_list_view {
	const struct page_view *page;
	const char *person_pid;
	const struct visit_plan_view *rows;
	const char **state, **state_kind, **on_ja;
	size_t n_rows;
	bool may_write;
	const struct monitor_duty *duties;
	size_t n_duties;
	const char *none;
};

/* State of a visit as a word and the kind of its tag. */
const char *visit_state_word(struct req *r, const char *state, civil on, const char **kind);
/* What is due of モニタリング in the first running case of the person that asks for it; *why: the sentence if nothing is. */
MUST err visit_duties(struct req *r, const char *person_pid, const struct monitor_duty **v, size_t *n, const char **why);
/* 「自分」, 「事業所全体」 and the staff; who as in the address. *id: INT_NULL for all, -1 nobody. */
MUST err visit_staff_field(struct req *r, const char *who, struct ui_field *f, int64_t *id, const char **name);

#endif
