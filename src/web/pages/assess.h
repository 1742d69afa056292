/* pages/assess — アセスメント and 課題整理総括表. New and edit are one template: a short form first, the rest opens below it; both views
 * (23 items, four areas) stand on one page, the one in front first. Everything works without script.
 * Ownership: arena of the request. Tests: tests/http/test_assess.py, tests/browser. */
#ifndef TSU_WEB_PAGES_ASSESS_H
#define TSU_WEB_PAGES_ASSESS_H

#include "care/assess.h"
#include "care/issue_sheet.h"
#include "web/page.h"

struct assess_list_view {
	const struct page_view *page;
	const char *person_pid;
	bool may_write;
	struct assess_list_row {
		const struct assess_row *a;
		const char *status, *view, *reason;
		bool is_draft, is_older; /* is_older: there is one before it to compare with */
		const char *before_pid;
	} *rows;
	size_t n_rows;
};

/* One sub-item: a row for the number keys, a choice, or a text. */
enum assess_part_kind { ASSESS_PART_ROW, ASSESS_PART_SELECT, ASSESS_PART_TEXT, ASSESS_PART_NUMBER };
struct assess_part_field {
	enum assess_part_kind kind;
	struct ui_field f;
	const char *number;
};
struct assess_carer_field {
	const struct assess_carer *c;
	struct ui_field f[ASSESS_CARER_FIELDS];
};
struct assess_item_box {
	const struct assess_item *it;
	const char *code, *title, *state_words, *icf_words, *source_words, *part_words; /* words: for the reader's page */
	const char *shown_base; /* version the fields were filled from */
	struct ui_field state, fact, judgement, is_issue, source, as_of, icf, seen;
	struct assess_part_field *rows, *others; /* for the keys; the rest */
	size_t n_rows, n_others;
	bool untouched;
};
struct assess_area_box {
	const struct t_assessment_area *a;
	const char *title, *has_issue_words, *shown_base;
	struct ui_field status_text, intent, has_issue, issue;
};

struct assess_edit_view {
	const struct page_view *page;
	const struct assess_view *v;
	const char *action;
	bool is_new, opened, areas_first;
	int64_t n_stated;
	struct ui_field reason, place, view;
	struct assess_item_box *items;
	size_t n_items;
	struct assess_area_box areas[ASSESS_AREAS];
	struct assess_carer_field *carers;
	size_t n_carers;
};

struct assess_show_view {
	const struct page_view *page;
	const struct assess_view *v;
	struct assess_item_box *items;
	size_t n_items;
	struct assess_area_box areas[ASSESS_AREAS];
	const char *status, *view, *reason, *place, *other_view, *other_view_label;
	bool is_draft, areas_first;
	const struct assess_gap *gaps;
	size_t n_gaps;
	int untouched;
	const struct issue_sheet_row *sheets;
	size_t n_sheets;
	const char *before_pid; /* "": none to compare with */
};

struct assess_icf_view {
	const struct page_view *page;
	const struct assess_view *v;
	struct assess_icf boxes[ASSESS_ICF_BOXES];
};

struct assess_compare_view {
	const struct page_view *page;
	const struct assess_view *before, *after;
	const struct assess_difference *rows;
	size_t n_rows;
};

struct assess_version_shown {
	const struct assess_version *v;
	const char *who, *act;
};
struct assess_conflict_shown {
	const struct assess_conflict *c;
	const char *columns;
	struct assess_text_shown {
		const char *label, *text;
	} *texts;
	size_t n_texts;
};
struct assess_history_view {
	const struct page_view *page;
	const char *pid;
	bool may_write;
	struct assess_version_shown *rows;
	size_t n_rows;
	struct assess_conflict_shown *conflicts;
	size_t n_conflicts;
};

/* ---- 課題整理総括表 ---- */
struct issue_line_shown {
	const struct issue_sheet_line *l;
	const char *code, *label, *group, *base;
	bool is_free, first_of_group, edited[4]; /* now factor prospect note */
	struct ui_field now, prospect, note, name;
	struct ui_field factor;
};
struct issue_need_shown {
	int64_t no;
	const char *base;
	bool edited[3]; /* outlook need need_order */
	struct ui_field outlook, need, need_order;
};
struct issue_sheet_page_view {
	const struct page_view *page;
	const struct issue_sheet_view *s;
	struct ui_field barrier[ISSUE_BARRIERS], wish;
	bool edited_barrier[ISSUE_BARRIERS], edited_wish;
	struct issue_line_shown *lines;
	size_t n_lines;
	struct issue_need_shown *needs;
	size_t n_needs;
};

/* assess_edit.c */
void assess_boxes(struct req *r, const struct assess_view *v, struct assess_item_box **items, struct assess_area_box areas[ASSESS_AREAS]);
/* assess_conflict.c: the side-by-side page (409) for fields of many rows. */
MUST err assess_conflict_page(struct req *r, const struct assess_clashes *k, const char *cancel_path);

#endif
