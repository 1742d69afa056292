/* law/tables — the dated data of the law: code lists, decision tables and single numbers, read once from the folder law/.
 *
 * The files are tab-separated UTF-8 with a head row; `#` begins a comment line. Every row carries valid_from,
 * valid_to (empty = open), source and confidence (A, B, C or 要確認), so a judgement can name its ground and a
 * newer file can replace the shipped one. Law never stands as `if` in code: code knows only evaluator kinds.
 * Ownership: the catalogue lives in the arena given (a long-lived one); all strings are borrowed from it.
 * Errors: ERR_IO (no such folder), ERR_FORM_DEF (a row that cannot be read; the message names file and line).
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

MUST err law_load(struct ctx *c, struct arena *keep, const char *dir, const struct law_catalogue **out);

/* A row without valid_from holds from here on. */
bool law_from_open(civil from);

/* One row of a tab-separated file; fields are NUL-terminated and borrowed from the file's text. */
struct law_row {
	const char *file;
	int line;
	const char *field[24];
	size_t n;
};
/* Calls fn for each data row of dir/name. The head must equal `head` (tab-separated) to the letter. */
MUST err law_read_tsv(struct ctx *c, struct arena *keep, const char *dir, const char *name, const char *head,
                      err (*fn)(struct ctx *, const struct law_row *, void *), void *arg);
/* The same of a text, which is cut into pieces and must live as long as the rows. */
MUST err law_read_text(struct ctx *c, const char *name, char *text, const char *head, err (*fn)(struct ctx *, const struct law_row *, void *), void *arg);
/* Fault for a row: names file and line. */
err law_row_fault(struct ctx *c, const struct law_row *r, const char *why);
/* Room for one more element behind n: the array itself, or a copy of twice its size. */
void *law_grow(struct arena *keep, void *old, size_t n, size_t *cap, size_t size);
/* valid_from / valid_to cells; empty means open. */
MUST err law_row_period(struct ctx *c, const struct law_row *r, size_t from_col, civil *from, civil *to);

#endif
