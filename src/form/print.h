/* print — a form and its answers on paper, as the official form looks.
 *
 * The layout is data: forms/<id>/<version>/print.json (docs/print-layout.md); a form without one is printed in the
 * order of its definition. Text is never cut: a box grows, its row goes on over the next pages, heads are repeated.
 * Every page's foot says name, 被保険者番号, form, page n/N and the time of making (ux U37). Same input, same bytes.
 *
 * Pure: no store, no clock. Ownership: results are arena; the job and all it points to are borrowed.
 * Errors: ERR_FORM_DEF (broken layout), ERR_FONT, ERR_LIMIT (sheet). Tests: tests/unit/test_print.c.
 */
#ifndef TSU_FORM_PRINT_H
#define TSU_FORM_PRINT_H

#include "codec/draw.h"
#include "codec/pdf.h"
#include "form/answer.h"

/* The picture for a box {"drawing": "item"}; all borrowed. */
struct print_picture {
	const char *item;
	const struct drawing *d;
};

struct print_job {
	const struct answers *as;
	const struct answers *earlier;  /* for the radar: the date to compare with; NULL = none */
	const char *name, *insured_no;  /* for the foot; NULL = blank */
	/* What a reference to another record (staff, organisation) is called, and for an ITEM_IMG the words that stand
	 * in place of the picture (the family as a list; key may be ""). NULL: nothing is printed there, never a key. */
	const char *(*ref_name)(void *arg, const struct form_item *item, const char *key);
	void *ref_arg;
	const struct print_picture *pictures; /* drawn where they can be read; else, and in Excel, the words of ref_name stand */
	size_t n_pictures;
	bool words;                     /* say in words what a picture would show (workbooks) */
	const char *notice;             /* a line for the foot such as 控え, or NULL */
	int64_t now_ms;                 /* time of making */
	civil today;
};

/* One form as a file. */
MUST err print_pdf(struct arena *a, struct pdf_fonts *fonts, const struct print_job *job, const char **bytes, size_t *n);
/* The same pages added to a file in the making (many persons, many forms); pages are counted per form.
 * even: add a blank page if needed so that the next form begins on a new sheet of 両面 paper. */
MUST err print_add(struct pdf *p, const struct print_job *job, bool even);

/* Is print.json drawable? Problems by plain Japanese line in p; used by `tsunagi form check`. */
bool print_check(struct arena *a, struct pdf_fonts *fonts, const struct form_def *d, struct form_problems *p);

#endif
