/* pages/survey_report — 集計と報告書: the report of a survey, the tables asked for, the coding of free texts (C-171 … C-189).
 * Ownership: arena of the request. Tests: tests/unit/test_web_pages_survey.c, tests/http/test_survey_report.py. */
#ifndef TSU_WEB_PAGES_SURVEY_REPORT_H
#define TSU_WEB_PAGES_SURVEY_REPORT_H

#include "region/survey_coding.h"
#include "region/survey_report.h"
#include "web/formin.h"
#include "web/page.h"

struct report_head {
	const char *text;
	int64_t span;
};
struct report_table {
	const struct tab_table *t;
	const char *title, *base, *csv, *anchor;
	struct report_head *groups;     /* upper heads; n_groups 0: none */
	size_t n_groups;
	const char *const *heads;       /* [t->n_cols] with the base of the column where it is not that of the table */
	const char *const *labels;      /* [t->n_rows] */
	struct html_safe pictures[2];
	size_t n_pictures;
	bool wide;                      /* the picture stands below the table */
};
struct report_section {
	const struct tab_section *s;
	const char *anchor, *coding;    /* coding: address of the coding of this text; "" none */
	struct ui_field note;           /* 考察; name NULL: not to be written here */
	const char *note_pid;           /* of the row; "" none yet */
	int64_t note_version;
	const char *note_bad;           /* why it could not be saved; NULL none */
	struct report_table *tables;
	size_t n_tables;
};
struct report_link {
	const char *label, *path;
};
struct survey_report_view {
	const struct page_view *page;
	const char *title, *unit, *action, *why_empty;
	struct report_section *sections;
	size_t n_sections;
	const struct report_link *files; /* PDF, Excel, CSV, JSON */
	size_t n_files;
	bool own, may_write;
	bool publish;                   /* 公表用 */
	const char *cuts_path, *cuts_post, *coding_path, *query;
	struct ui_field year, from, to, public_;
	struct ui_field round, rule, mean, of_unit, fold, force100, ticks, places;
};
/* Marks 集計と報告書 as the tab of a page below it. */
void survey_report_tab(struct req *r, struct page_view *page);
/* The page of the report again, after a remark (考察) that could not be saved. */
err survey_report_show(struct req *r, err e);
/* Fills the sections of the view from a report; query: "?…" of what was chosen, for the links. base: "/surveys/…/report". */
void report_view_fill(struct arena *a, const struct survey_report *r, const char *base, const char *query, struct survey_report_view *v);

struct survey_cut_row {
	const struct t_survey_cut *x;
	const char *what, *rows, *cols, *base;
};
struct survey_cuts_view {
	const struct page_view *page;
	const struct t_survey *s;
	struct survey_cut_row *rows;
	size_t n_rows;
	bool may_write;
	struct ui_field cross_row, cross_col, trait_row, trait_col, rule_row, rule_base, mean_row, mean_base, case_row, content, effect;
	const char *action;
};

struct coding_group_row {
	const struct t_survey_group *g;
	int64_t n[2];
};
struct coding_text_row {
	const struct survey_coding_text *t;
	const char *name, *quote_name, *quote;
	struct ui_choice *groups;       /* value: public id of the group */
	bool *chosen;
	size_t n_groups;
	const char *other;              /* what the other coder chose, once both have; "" */
	bool done;
};
struct survey_coding_view_page {
	const struct page_view *page;
	const struct survey_coding_view *k;
	const char *action;
	struct coding_group_row *groups;
	size_t n_groups;
	struct coding_text_row *texts;
	size_t n_texts;
	int64_t coder;                  /* 1, 2; 0: not chosen yet */
	const char *takes;              /* who sits in the chosen seat of another; "" nobody */
	const char *agreement;          /* 「2人とも分類した10件のうち8件（80%）が一致」; "" */
};
struct survey_codings_view {
	const struct page_view *page;
	const struct t_survey *s;
	const struct survey_coding_question *rows;
	size_t n_rows;
	const struct survey_other_words *others;
	size_t n_others;
};

#endif
