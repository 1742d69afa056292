/* printables — the forms that can be printed for many people at once (F132): one line each in printables.tbl.h.
 *
 * A module that prints a record registers a function that gives the documents of one person whose date lies in a period, oldest
 * first. It passes the gate itself (PRINT of the form's class): ERR_DENIED is shown as 権限なし, no document as データなし. With
 * `newest` only the newest of the period is wanted. Ownership: arena of the ctx, which is emptied after each person.
 * Tests: tests/unit/test_care_bulk_print.c. */
#ifndef TSU_CARE_PRINTABLES_H
#define TSU_CARE_PRINTABLES_H

#include "care/fill.h"
#include "form/print.h"
#include "register/person.h"

struct printable_period {
	civil from, to; /* CIVIL_NONE: from the beginning; CIVIL_OPEN: without end */
	bool newest;
};
static inline bool printable_in(const struct printable_period *p, civil day)
{
	return (p->from == CIVIL_NONE || day >= p->from) && (p->to == CIVIL_OPEN || day <= p->to);
}

struct printable_docs {
	struct print_job *v; /* name, number and clock are filled in by the bulk print */
	size_t n, cap;
};
/* Adds one document; the job is copied. */
void printable_add(struct ctx *c, struct printable_docs *d, const struct print_job *job);
/* The same for what care/fill has filled; notice: 原案 …, NULL = none; blanks for want of a right are named. */
void printable_add_fill(struct ctx *c, struct printable_docs *d, const struct fill *f, const char *notice);

struct printable {
	const char *form_id, *label;
	err (*docs)(struct ctx *c, const struct person *p, const struct printable_period *period, struct printable_docs *out);
};
const struct printable *printables(size_t *n); /* static */
const struct printable *printable_find(const char *form_id); /* NULL if none */

#endif
