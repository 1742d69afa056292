/* pages/plan_week — 第3表 週間サービス計画表: the week as a picture of what is saved, every stay as a row of fields, a line to type
 * 「月水金 10-11 訪問介護」, a day copied, stays taken from 第2表 (U44, U45; F042).
 *
 * One form holds all of it, so whatever button is pressed, everything on the page is saved with it, each stay against the version it
 * came with; two people on one stay get the page of differences. Fields: "slot.<key>.<column>" as on the page that writes 第2表
 * (key: pid of a stored stay, n1, n2 … of a new one), parent (service of 第2表), version, gone. Each box of the picture leads to the
 * page of its stay. assets/week.js makes the picture one to click, drag and walk through; it writes the same fields.
 * Ownership: arena of the request. Tests: tests/http/test_plan_edit.py, tests/browser/week.mjs. */
#ifndef TSU_WEB_PAGES_PLAN_WEEK_H
#define TSU_WEB_PAGES_PLAN_WEEK_H

#include "care/plan.h"
#include "web/page.h"

struct week_row {
	const char *key, *legend, *version_name;
	int64_t version;
	bool orphan; /* not of 第2表 */
	struct ui_field dow, from, to, text, note, service, gone;
};
struct week_activity_row {
	const struct t_plan_activity *a;
	const char *time, *action;
};
struct plan_week_view {
	const struct page_view *page;
	const struct plan_tree *t;
	const char *pid, *action, *rest, *month, *edit_path;
	struct html_safe svg;
	struct ui_field service, copy_from, copy_to;
	struct week_row *rows, blank; /* blank: what the script makes a new stay from */
	size_t n_rows;
	struct week_activity_row *activities;
	size_t n_activities;
	int64_t missing; /* stays that 第2表 has and the week has not */
};

#endif
