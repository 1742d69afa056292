/* name_in — does a text hold the whole name, or the reading, of somebody the actor may see?
 *
 * For texts that are kept for use with other people (定型文, F050): a name that slips in would be copied into another record.
 * Compared as person_find does (jp/fold: width, 異体字, kana) with spaces left out, over the index of names; a sign that ends a
 * word (、。「」 line end …) ends a name too. Only people whose name card is open to the actor are compared, so that nobody
 * learns of others; the answer names nobody. Written names count from two letters, readings from four; people without a name not.
 * Gate: logged in. Lines from 1. Errors: those of the store. Tests: tests/unit/test_care_snippet.c. */
#ifndef TSU_REGISTER_NAME_IN_H
#define TSU_REGISTER_NAME_IN_H

#include "base/ctx.h"

/* *line: where the first such name stands; 0 = nowhere. */
MUST err name_in_text(struct ctx *c, const char *text, int *line);

#endif
