/* plan_diff — what changed between two versions of a plan, word by word (F043).
 *
 * Texts are cut into readable chunks (a run of kanji, of hiragana, of katakana, of Latin letters and digits; each sign by
 * itself) and compared with Myers' algorithm; over DIFF_MAX chunks the middle is shown as taken out and put in whole.
 * Rows are matched by origin_id (the same need in both versions), else they are new or gone. Pure: no store, no clock.
 * Ownership: arena. Tests: tests/unit/test_plan_diff.c (also: old and new text can be rebuilt from every difference). */
#ifndef TSU_CARE_PLAN_DIFF_H
#define TSU_CARE_PLAN_DIFF_H

#include "care/plan.h"

enum diff_kind { DIFF_SAME, DIFF_OUT, DIFF_IN };
struct diff_piece {
	enum diff_kind kind;
	const char *text;
};
enum { DIFF_MAX = 4000 }; /* chunks of one text */

/* Pieces of two texts; neighbours of one kind are joined. */
void text_diff(struct arena *a, const char *before, const char *after, struct diff_piece **v, size_t *n);
/* The chunks of a text, for tests. */
char **text_chunks(struct arena *a, const char *text, size_t *n);

enum row_diff { ROW_CHANGED, ROW_NEW, ROW_GONE };
struct plan_diff_field {
	const char *column, *label;
	struct diff_piece *pieces;
	size_t n;
};
struct plan_diff_row {
	enum plan_part part;
	enum row_diff kind;
	const void *before, *after; /* NULL where there is none */
	struct plan_diff_field *fields;
	size_t n;
};
/* Only rows and fields that differ, part by part in the order of the forms (head first). */
void plan_diff(struct arena *a, const struct plan_tree *before, const struct plan_tree *after, struct plan_diff_row **v, size_t *n);

#endif
