/* pages/forms — 基本チェックリスト (entry, judgement with reasons, history, comparison of two dates) and 利用者基本情報;
 * print, Excel, FHIR, issuing (F025, F026, F028). */
#ifndef TSU_WEB_PAGES_FORMS_H
#define TSU_WEB_PAGES_FORMS_H

#include "care/basic_info.h"
#include "care/illness.h"
#include "care/intake.h"
#include "base/str.h"
#include "web/pages/form_fields.h"

struct form_edit_view {
	const struct page_view *page;
	const char *action, *consult_pid, *intro, *save_label;
	bool keys;                 /* number keys answer the rows */
	const char *list;          /* where the form's sheets are */
	bool grid, by_self;        /* the choices of all questions stand under one another; filled in by the client */
	const struct form_fields *ff;
	const struct form_warning *warnings;
	size_t n_warnings;
	const char *aside_path, *aside_label; /* e.g. 現病歴を直す */
};

struct score_row {
	const char *label, *value, *earlier, *explained, *source, *max;
};
struct criterion_row {
	const char *label, *meaning, *criterion, *value, *explained, *source;
	const char *kind; /* ok note warn bad: the tag */
};
struct answer_row {
	const char *no, *label, *value, *earlier;
	bool moved;
};

/* A file read in that says somebody else. */
struct import_view {
	const struct page_view *page;
	const char *person_pid, *json;
	const struct identity *who;
	struct ui_field same;
};

struct response_show_view {
	const struct page_view *page;
	const struct response_view *r;
	const struct response_view *earlier; /* NULL: none */
	const char *result_label, *result_kind, *result_explained, *result_source;
	struct criterion_row *criteria;
	size_t n_criteria;
	struct score_row *scores;
	size_t n_scores;
	const char **missing;
	size_t n_missing;
	struct html_safe radar;
	struct answer_row *answers;
	size_t n_answers;
	bool may_export;
	const struct form_warning *warnings;
	size_t n_warnings;
	const struct response_row *others; /* to compare with */
	size_t n_others;
};

struct checklist_list_view {
	const struct page_view *page;
	const char *person_pid;
	struct checklist_list_row {
		const struct response_row *row;
		const char *result, *kind;
	} *rows;
	size_t n_rows;
	bool may_write;
};

struct basic_info_show_view {
	struct html_safe family; /* the family picture; s NULL = none or not to be seen */
	const struct page_view *page;
	const struct basic_info_view *b;
	const struct form_fields *ff;
};

struct basic_info_list_view {
	const struct page_view *page;
	const char *person_pid;
	bool may_write, sees_illness;
	const struct basic_info_row *rows;
	size_t n_rows;
};

struct illness_view {
	const struct page_view *page;
	const char *person_pid;
	const struct illness *rows;
	size_t n_rows;
	const struct illness *edit; /* the one in the form; empty for a new one */
	struct ui_field is_primary, course;
};

#endif
