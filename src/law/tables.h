/* law/tables — the dated data of the law: code lists, decision tables and single numbers, read once from the folder law/.
 *
 * The files are tab-separated UTF-8 with a head row; `#` begins a comment line. Every row carries valid_from,
 * valid_to (empty = open), source and confidence (A, B, C or 要確認), so a judgement can name its ground and a
 * newer file can replace the shipped one. Law never stands as `if` in code: code knows only evaluator kinds.
 * Ownership: the catalogue lives in the arena given (a long-lived one); all strings are borrowed from it.
 * Errors: ERR_IO (no such folder), ERR_FORM_DEF (a row that cannot be read; the message names file, line and column).
 * Tests: tests/unit/test_law.c.
 */
#ifndef TSU_LAW_TABLES_H
#define TSU_LAW_TABLES_H

#include "base/ctx.h"

struct law_code {
	const char *list, *code, *label, *source, *confidence;
	civil from, to; /* law_from_open(from): no beginning given; CIVIL_OPEN when open */
};
struct law_name { /* law/names.h */
	const char *kind, *key, *label;
};

struct law_rule;   /* law/decide.h */
struct law_number; /* law/numbers.h */
struct law_assess_item; /* law/assess_items.h */
struct law_issue_row;
struct law_holiday; /* law/calendar.h */
struct law_param;   /* law/params.h */
struct duty_table;  /* law/duty.h */

struct law_catalogue {
	const struct law_code *codes;
	size_t n_codes;
	const struct law_rule *rules;
	size_t n_rules;
	const struct law_number *numbers;
	size_t n_numbers;
	const struct law_assess_item *assess;
	size_t n_assess;
	const struct law_issue_row *issue_rows;
	size_t n_issue_rows;
	const struct law_name *names;
	size_t n_names;
	const struct law_holiday *holidays;
	size_t n_holidays;
	const struct law_param *params;
	size_t n_params;
	const struct duty_table *duties;
	const char *version; /* of the folder: first line of law/VERSION */
};

/* Where the tables come from: the folder, and for some files another text in the place of the file (law/files.h, a newer table that was
 * read in). Texts are borrowed and not changed; they must live as long as the catalogue. */
struct law_overlay {
	const char *file, *text;
};
struct law_source {
	const char *dir;
	const struct law_overlay *over;
	size_t n_over;
	bool every_row; /* go on after a bad row: one fault for each (at most LAW_FAULTS of a file) */
};
enum { LAW_FAULTS = 100, LAW_FILE_MAX = 4 << 20 };

MUST err law_load(struct ctx *c, struct arena *keep, const char *dir, const struct law_catalogue **out);
MUST err law_load_from(struct ctx *c, struct arena *keep, const struct law_source *src, const struct law_catalogue **out);
/* The text of one file as it would be read (a copy that may be cut). */
MUST err law_file_text(struct ctx *c, struct arena *keep, const struct law_source *src, const char *name, char **out);

/* A row without valid_from holds from here on. */
bool law_from_open(civil from);

/* One row of a tab-separated file; fields are NUL-terminated and borrowed from the file's text. */
struct law_row {
	const char *file, *head;
	int line;
	const char *field[24];
	size_t n;
};
typedef err (*law_row_fn)(struct ctx *c, const struct law_row *r, void *arg);
/* Calls fn for each data row of the file. The head must equal `head` (tab-separated) to the letter. */
MUST err law_read_tsv(struct ctx *c, struct arena *keep, const struct law_source *src, const char *name, const char *head, law_row_fn fn, void *arg);
/* The same of a text, which is cut into pieces and must live as long as the rows. */
MUST err law_read_text(struct ctx *c, const char *name, char *text, const char *head, law_row_fn fn, void *arg);
/* Fault for a row: names file and line; with a column, that too (from 0). */
err law_row_fault(struct ctx *c, const struct law_row *r, const char *why);
err law_cell_fault(struct ctx *c, const struct law_row *r, size_t col, const char *why);
/* The columns of the mask (1 << column) are not empty. */
MUST err law_row_filled(struct ctx *c, const struct law_row *r, uint32_t cols);
/* Room for one more element behind n: the array itself, or a copy of twice its size. */
void *law_grow(struct arena *keep, void *old, size_t n, size_t *cap, size_t size);
/* valid_from / valid_to cells; empty means open. */
MUST err law_row_period(struct ctx *c, const struct law_row *r, size_t from_col, civil *from, civil *to);

#endif
