/* pages/plan_week — 第3表 週間サービス計画表: the week as a picture, written by typing 「月水金 10-11 訪問介護」 and by the table
 * beside it (U44, U45). Ownership: arena of the request.
 * Tests: tests/http/test_plan_edit.py. */
#ifndef TSU_WEB_PAGES_PLAN_WEEK_H
#define TSU_WEB_PAGES_PLAN_WEEK_H

#include "care/plan.h"
#include "web/page.h"

struct week_row {
	const struct t_plan_slot *s;
	const char *day, *time, *name, *note, *from, *to, *action;
	bool orphan; /* not of 第2表 */
	struct ui_field dow, service;
};
struct week_activity_row {
	const struct t_plan_activity *a;
	const char *time, *action;
};
struct plan_week_view {
	const struct page_view *page;
	const struct plan_tree *t;
	const char *pid, *action, *rest, *month;
	struct html_safe svg;
	struct ui_field service, copy_from, copy_to;
	struct week_row *rows;
	size_t n_rows;
	struct week_activity_row *activities;
	size_t n_activities;
	int64_t missing; /* stays that 第2表 has and the week has not */
};

#endif
