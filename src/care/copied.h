/* copied — what of a copied record is still as it was copied (F051).
 *
 * Nothing is marked in the store: a field is untouched while it holds the very words its source held when the copy was made. So a
 * mark cannot go astray when two people save at once, and who puts the old words back is told that they are the old ones.
 * Texts without words are never told of. Weights are characters. Ownership: arena. The caller has passed the gate of the record, and a
 * source is of the same person and class. Tests: tests/unit/test_care_meeting.c, tests/unit/test_care_assess.c. */
#ifndef TSU_CARE_COPIED_H
#define TSU_CARE_COPIED_H

#include "base/ctx.h"
#include "store/table.h"

enum { COPIED_MOST_PERCENT = 80 }; /* more than this untouched: asked once before it counts */

/* The source as it stood when the row was made; NULL: not copied, or the source is gone. */
MUST err copied_source(struct ctx *c, const struct table_desc *t, int64_t from_id, int64_t made_ms, void **source);
/* A text column with words that are still those of the source (NULL: false). */
bool copied_is(const struct table_desc *t, const void *row, const void *source, const char *column);

struct copied_sum {
	size_t all, left; /* characters */
};
void copied_add(struct copied_sum *s, const struct table_desc *t, const void *row, const void *source, const char *column);
int copied_percent(const struct copied_sum *s); /* untouched; 0 if nothing was copied */

#endif
