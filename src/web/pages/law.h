/* pages/law — 制度の表: what holds on a day, since when, from which source and how sure, for every file of law/; the duties with all
 * versions of each rule; newer tables read in by the administrator (law_import.c). About nobody.
 * Tests: tests/http/test_law.py, tests/http/test_admin.py. */
#ifndef TSU_WEB_PAGES_LAW_H
#define TSU_WEB_PAGES_LAW_H

#include "law/decide.h"
#include "law/rule_words.h"
#include "register/law_table.h"
#include "web/page.h"

struct law_file_shown {
	const struct law_file *f;
	const char *path, *from;  /* from: where it comes from: the program, or who read it in when */
	size_t n_rows, n_now;     /* rows, and those that hold today */
	bool imported;
};
struct law_home_view {
	const struct page_view *page;
	const char *version;
	const struct law_file_shown *files;
	size_t n_files;
	const struct law_table_view *outdated;
	size_t n_outdated;
	bool may_import;
};

struct law_list {
	const char *code, *name;
	size_t n;
};
struct law_code_shown {
	const struct law_code *k;
	const char *confidence;
	bool from_open;
};
struct law_rule_shown {
	const struct law_rule *k;
	const char *condition, *outcome, *handin, *confidence;
	bool from_open;
};
struct law_decision_shown {
	const char *name;
	const struct law_rule_shown *rules;
	size_t n_rules;
};
struct law_cell {
	const char *text;
	bool is_code;
};
struct law_row_shown {
	const struct law_cell *cells;
	size_t n_cells;
};
/* One file. Which of the lists is filled depends on the file. */
struct law_file_view {
	const struct page_view *page;
	const struct law_file *f;
	const struct law_table_view *stored; /* NULL: as the program brought it */
	const char *list, *list_name, *word, *path;
	civil day;
	struct ui_field on, text;
	const struct law_list *lists;
	const struct law_code_shown *codes;
	const struct law_decision_shown *decisions;
	const char **heads;
	const struct law_row_shown *rows;
	size_t n_lists, n_codes, n_decisions, n_heads, n_rows, n_all;
	bool is_dated;
};

struct law_duty_shown {
	struct duty_rule_view r;
	const char *path, *subject, *strength, *consequence, *confidence;
	bool from_open, open;
};
struct law_duties_view {
	const struct page_view *page;
	civil day;
	struct ui_field on, text, subject;
	bool open_only;
	const struct law_duty_shown *rows;
	size_t n_rows, n_all;
};

struct law_version_shown {
	struct law_duty_shown d;
	const char *applies, *kind, *evidence, *exceptions, *by, *mend;
	const struct law_rule_param *params;
	size_t n_params;
	bool now, raw; /* raw: who may import also sees how the row is written */
};
struct law_duty_view {
	const struct page_view *page;
	const char *id, *title;
	const struct law_version_shown *v;
	size_t n;
};

struct law_change_group {
	const char *title;
	const struct law_row_diff *const *rows;
	size_t n;
	enum law_change how;
};
struct law_import_view {
	const struct page_view *page;
	const struct law_file_shown *files;
	const struct law_table_view *stored;
	size_t n_files, n_stored;
	const struct law_trial *trial; /* NULL: nothing read yet */
	const struct law_change_group *groups;
	size_t n_groups;
	const char *text, *name;
};
struct law_stored_view {
	const struct page_view *page;
	const struct law_table_view *t;
	const struct law_change_group *groups;
	size_t n_groups, n_now, n_then;
};

MUST err law_files_shown(struct req *r, const struct law_file_shown **v, size_t *n);
void law_groups(struct req *r, const struct law_diff *d, const struct law_change_group **v, size_t *n);

#endif
