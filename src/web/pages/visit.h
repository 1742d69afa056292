/* pages/visit — 支援経過, モニタリング, 評価, 更新の一組. Ownership: arena of the request. Tests: tests/http/test_visit.py. */
#ifndef TSU_WEB_PAGES_VISIT_H
#define TSU_WEB_PAGES_VISIT_H

#include "care/care_log.h"
#include "care/evaluate.h"
#include "care/monitor.h"
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
	struct ui_field item, about, info_kind;
};
struct log_show_view {
	const struct page_view *page;
	struct log_shown s;
	const char *about; /* what of the law was done in it, in words */
};

/* ---- モニタリング ---- */
struct mon_row_shown {
	const struct t_monitoring *m;
	const char *pid, *method, *change, *change_kind, *author;
};
struct trend_cell {
	const char *label; /* "" = not judged that day */
	const char *note;
};
struct trend_row {
	const char *goal;
	struct trend_cell *cells;
};
struct mon_list_view {
	const struct page_view *page;
	const char *person_pid;
	struct mon_row_shown *rows;
	size_t n_rows;
	struct monitor_duty *duties;
	size_t n_duties;
	const char *none; /* why nothing is due */
	civil *days;      /* columns of the trend */
	struct trend_row *trend;
	size_t n_days, n_trend;
	struct html_safe svg;
	bool may_write;
};
/* A row of the form: its fields by name, so that a page shown again keeps what was typed. */
struct mon_line {
	const char *pid, *pid_name, *version_name;
	int64_t version;
	const char *head, *sub; /* what the plan says */
	const char *number;
	struct ui_field pick, words, office, on, agreed;
};
struct mon_edit_view {
	const struct page_view *page;
	const char *action, *plan_pid, *video_refused, *why;
	const struct t_monitoring *row;
	const char *from, *to;
	struct mon_line *services, *goals, *infos, *shares;
	size_t n_services, n_goals, n_infos, n_shares;
	struct ui_field method, special, interviewee, issue, change, agreement;
	const char *meetings_path;
	bool is_new, open_video, open_special, open_share; /* folded where nothing of it is needed */
};
struct mon_show_view {
	const struct page_view *page;
	const struct monitor_tree *t;
	const char *method, *special, *interviewee, *issue, *change, *at, *next_path, *next_label;
	const char **executed, **status;
	bool may_print;
};

/* ---- 評価 ---- */
struct eval_list_view {
	const struct page_view *page;
	const char *person_pid;
	struct eval_shown {
		const struct evaluate_tree *t;
		const char *form, *decision;
	} *rows;
	size_t n_rows;
	bool may_write;
};
struct eval_line {
	const char *pid, *pid_name, *version_name, *number;
	int64_t version;
	const struct t_evaluation_row *row;
	struct ui_field pick, status, cause_user, cause_author, next, comment;
};
struct eval_edit_view {
	const struct page_view *page;
	const char *action, *plan_pid, *form;
	const struct t_evaluation *row;
	struct eval_line *lines;
	size_t n_lines;
	struct ui_field decision, next_service;
	bool is_new, is_prevention, may_opine;
};
struct eval_show_view {
	const struct page_view *page;
	const struct evaluate_tree *t;
	const char **result;
	const char *decision, *next_service, *next_path, *next_label, *next_why, *commission;
	bool is_prevention, may_print;
};
struct renewal_view {
	const struct page_view *page;
	const struct renewal *r;
	bool found;
	const char *person_pid;
};

#endif
