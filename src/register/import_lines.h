/* import_lines — what every reading of a CSV table into the register has in common: its head, the lines that say what became of
 * each row, the faults of a row as one text, the trial that is taken back.
 *
 * Each row is a transaction of its own: a bad one is told with its line and never blocks the good ones. Lines from 1. Ownership:
 * arena. Errors: ERR_CSV with a fault on "file" if the file as a whole cannot be used; ERR_BUG inside a transaction.
 * Tests: tests/unit/test_register_town.c, test_care_snippet.c. */
#ifndef TSU_REGISTER_IMPORT_LINES_H
#define TSU_REGISTER_IMPORT_LINES_H

#include "base/ctx.h"
#include "codec/csv.h"

struct import_line {
	int line;
	bool is_bad;
	const char *text; /* what was done, or the fault and its mend */
};
struct import_lines {
	struct import_line *v;
	size_t n, cap;
	const char *unread; /* columns nobody knows, 「、」 between; "" */
};

void import_note(struct ctx *c, struct import_lines *o, int line, bool is_bad, const char *text);
/* The first row: where each heading stands (-1: nowhere) and what nobody knows. no_head: the sentence if there is none. */
MUST err import_head(struct ctx *c, struct import_lines *o, struct csv *f, const char *const *headings, int n, int *at, const char *no_head);
/* The faults since `before` in one text; they are taken off the list, for they belong to no field of a page. */
const char *import_faults(struct ctx *c, size_t before, err e);

/* Runs rows on the file; a trial in a transaction that is taken back (rows may then run again and begins from nothing). */
struct import_file {
	size_t n_bytes, most_bytes;
	bool trial;
	err (*rows)(struct ctx *c, void *arg);
	void *arg;
};
MUST err import_run(struct ctx *c, const struct import_file *f);

#endif
