/* pages/survey — 調査: design, frame, rounds, answers, files (C-167 … C-176, C-190, C-192). The report stands in pages/survey_report.
 * Ownership: arena of the request. Tests: tests/http/test_survey.py. */
#ifndef TSU_WEB_PAGES_SURVEY_H
#define TSU_WEB_PAGES_SURVEY_H

#include "region/survey_outcome.h"
#include "region/survey_round.h"
#include "web/formin.h"
#include "web/page.h"

struct form_fields;
struct survey_tool_view;
struct tool_use_view;
struct survey_difference;

struct survey_list_row {
	const struct survey_line *s;
	const char *unit, *named;
};
struct survey_own_row {
	const struct survey_own *o;
	const char *state, *state_kind; /* tag */
};
struct survey_list_view {
	const struct page_view *page;
	struct survey_list_row *rows;
	size_t n_rows;
	struct survey_own_row *own;
	size_t n_own;
	const struct survey_template *templates;
	size_t n_templates;
	bool may_write, may_carry; /* may_carry: exchange files of rounds answered outside */
	struct ui_field title, unit, copy;
};

struct survey_step {
	const char *label, *path, *text, *state, *kind;
	const char *act; /* what the button says that leads there */
};
struct survey_steps {
	struct survey_step *v;
	size_t n;
	const struct survey_step *next; /* the first that is not done; NULL = all are */
};
/* survey_steps.c: from the purpose to what will change. */
MUST err survey_steps_of(struct req *r, const struct t_survey *s, struct survey_steps *out);
struct survey_home_view {
	const struct page_view *page;
	const struct t_survey *s;
	const char *unit, *named, *prefill;
	const struct survey_tool_view *tool;
	struct survey_step *steps;
	size_t n_steps;
	const struct t_survey_outcome *outcomes;
	size_t n_outcomes;
	bool may_write, may_tell;
	struct ui_field content, who, due_on, copy_title;
};

struct survey_edit_view {
	const struct page_view *page;
	const char *action;
	const struct t_survey *s;
	struct ui_field unit, named, prefill;
	bool begun; /* rounds exist: named or anonymous is fixed */
};

struct survey_question_row {
	const struct t_survey_question *q;
	const char *kind, *shown; /* 「Q2 で 実施あり」のとき */
	bool first, last, new_section;
};
struct survey_questions_view {
	const struct page_view *page;
	const struct t_survey *s;
	struct survey_question_row *rows;
	size_t n_rows;
	const char *const *problems;
	size_t n_problems;
	const struct t_survey_form *forms;
	size_t n_forms;
	bool may_write, may_print;
};
struct survey_options_row {
	const char *label, *options; /* a question before this one and its options in words */
};
struct survey_question_view {
	const struct page_view *page;
	const char *action;
	const struct t_survey *s;
	const struct t_survey_question *q;
	struct ui_field kind, shown_key, role, lowest, highest;
	struct survey_options_row *before;
	size_t n_before;
	bool is_new;
};
struct survey_preview_view {
	const struct page_view *page;
	const struct t_survey *s;
	const struct form_fields *ff;
	const char *const *problems;
	size_t n_problems;
	bool may_write;
};
struct survey_version_view {
	const struct page_view *page;
	const struct t_survey *s;
	const struct t_survey_form *f;
	const struct survey_change *changes;
	size_t n_changes;
	struct tool_use_view *uses; /* surveys about this version and the one before (C-191) */
	size_t n_uses;
};

struct survey_frame_view {
	const struct page_view *page;
	const struct t_survey *s;
	const struct t_survey_target *rows;
	size_t n_rows;
	bool may_write, has_result, was_trial;
	const struct import_lines *said;
	const char *text;
	int64_t good, bad;
	bool asks_people;
	struct ui_field org_kind, on_day;
};
struct survey_frame_copy_view {
	const struct page_view *page;
	const struct t_survey *s;
	const char *action;
	struct ui_field from;
};
struct survey_people_row {
	const struct person_hit *h;
	bool is_in; /* stands in the frame */
};
struct survey_people_view {
	const struct page_view *page;
	const struct t_survey *s;
	struct survey_people_row *rows;
	size_t n_rows, n_free; /* n_free: of the rows, those that can be chosen */
	struct ui_field scope, area, text;
	const char *keep_scope, *keep_area, *keep_search; /* for the form of choosing */
	const char *next_path, *first_path;
	bool is_search, has_result;
	int64_t added, present, ended;
};
struct survey_target_view {
	const struct page_view *page;
	const char *action;
	const struct t_survey *s;
	const struct t_survey_target *t;
};

struct survey_round_row {
	const struct t_survey_round *r;
	struct survey_rate rate;
	const char *state, *kind, *share;
};
struct survey_rounds_view {
	const struct page_view *page;
	const struct t_survey *s;
	struct survey_round_row *rows;
	size_t n_rows;
	int64_t year;
	bool may_write, has_form;
};
struct survey_round_edit_view {
	const struct page_view *page;
	const char *action;
	const struct t_survey *s;
	const struct t_survey_round *r;
	struct ui_field form, outside;
};
struct survey_seat_row {
	const struct survey_seat *s;
	const char *state, *kind, *mode;
	int64_t differs; /* answers that differ from the records; INT_NULL: none handed in, or nothing was filled in */
};
struct survey_mode_row {
	const char *label;
	int64_t n;
};
struct survey_round_view {
	const struct page_view *page;
	const struct t_survey *s;
	const struct t_survey_round *r;
	const struct survey_rate *rate;
	const char *share, *state, *kind;
	bool is_open, is_early, is_over, may_write;
	int64_t not_asked; /* in the frame, not yet in this round */
	bool compares, may_export; /* compares: the survey is filled in from the records */
	int64_t n_differ;          /* of the rows: handed in and different from the records */
	struct survey_mode_row *modes;
	size_t n_modes;
	struct survey_seat_row *rows;
	size_t n_rows;
	const char *whom;
	struct ui_field filter;
};

struct survey_answer_page_view {
	const struct page_view *page;
	const char *action, *title, *round_name, *target, *lead;
	const char *report; /* こちらの回答と全体; NULL none */
	const char *totals; /* from when they can be read; NULL: now, or never asked for */
	const struct form_fields *ff;
	struct ui_field mode, note, serial;
	bool by_staff, may_write, is_early, is_given, has_prefill;
	const char *closes, *state, *period;
	const struct survey_difference *diffs;
	size_t n_diffs;
};

struct survey_files_view {
	const struct page_view *page;
	const struct t_survey *s;
	bool may_write, may_export, has_result, was_trial;
	const struct import_lines *said;
	const char *text;
	int64_t good, bad;
};

/* Shared by the pages of a survey: tabs and the way back. */
void survey_tabs(struct page_view *page, const struct t_survey *s);
MUST err survey_page(struct req *r, const char *title, struct t_survey *s, struct page_view **page); /* the survey of {pid} */
const char *survey_round_state(const struct t_survey_round *r, civil today, const char **kind);
const char *survey_totals_from(struct req *r, const struct t_survey_round *round); /* a sentence: from when an asked organisation reads the figures of all */
bool survey_may(struct req *r, const struct t_survey *s, enum action a);
const struct ui_choice *survey_choice_list(struct req *r, enum survey_list which, size_t *n);
void survey_count_lines(const struct import_lines *said, int64_t *good, int64_t *bad);

#endif
