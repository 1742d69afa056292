/* pages/form_fields — a form definition as fields of a page: one generic renderer for every form, so a new form is data.
 *
 * Sections in the order of the form; yes/no questions with a printed number become rows for the number keys (U13);
 * lists become small tables of inputs with empty rows to spare; derived items show their value. Items that come from
 * the register are shown with the mark 台帳から and are not inputs of this page; locked items say so.
 * Ownership: arena of the request. Tests: tests/http/test_forms.py. */
#ifndef TSU_WEB_PAGES_FORM_FIELDS_H
#define TSU_WEB_PAGES_FORM_FIELDS_H

#include "form/answer.h"
#include "web/formin.h"
#include "web/page.h"

enum ff_kind { FF_TEXT, FF_AREA, FF_DATE, FF_RADIO, FF_CHECKS, FF_ROW, FF_LIST, FF_FIXED, FF_DISPLAY };

struct ff_cell {
	enum ff_kind kind;
	struct ui_field f;
	const char *shown; /* FF_FIXED */
};

struct ff_row {
	struct ff_cell *cells;
};

struct ff_field {
	enum ff_kind kind;
	struct ui_field f;
	const char *number;           /* FF_ROW */
	const char *shown;            /* FF_FIXED: the value in words; FF_DISPLAY: the text */
	const char *mark;             /* FF_FIXED: 台帳から, 閲覧の権限がありません; "" else */
	const char *const *heads;     /* FF_LIST */
	size_t n_heads;
	struct ff_row *rows;
	size_t n_rows;
	const char *only, *cond;      /* with marks.branches: whom the question asks, and its condition (form_branch.h); "" else */
};

struct ff_section {
	const char *id, *label;
	struct ff_field *fields;
	size_t n_fields;
};

struct form_fields {
	const struct form_def *def;
	struct ff_section *sections;
	size_t n_sections;
};

struct form_fields_marks {
	const char *const *from_register; /* item ids shown as fixed */
	size_t n_from_register;
	const char *const *locked;
	size_t n_locked;
	bool fix_bound;  /* kind view: every item bound to the register is fixed, filled or not */
	const char *const *noted;  /* items filled in from the register that may be typed over: marked */
	size_t n_noted;
	const char *noted_as;      /* the mark; NULL: 台帳から */
	const char *const *hidden; /* item ids left out of this page */
	size_t n_hidden;
	bool branches;             /* say whom a question asks that hangs on another answer, and mark it 必須 if it has to be answered there */
};

void form_fields_of(struct req *r, const struct answers *as, const struct form_fields_marks *m, struct form_fields *out);

/* The POST's fields without the layout's own (csrf, once, base, draft, and `skip`), as form/answer reads them. Declares
 * nothing: the definition does; formin_read has checked UTF-8 and length. */
MUST err form_fields_read(struct req *r, const struct form_def *def, const char *const *skip, size_t n_skip,
                          struct answers **out, struct form_typed *typed);

#endif
