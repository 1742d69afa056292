/* fold_step — one code point of a key, shared by jp/fold and jp/fold_org alone. */
#ifndef TSU_JP_FOLD_STEP_H
#define TSU_JP_FOLD_STEP_H

#include "jp/fold.h"

enum { FOLD_STEP = 40 }; /* the longest decomposition (U+FDFA) has 18 */

/* What the key has for c after `last` (the code point before it in the key, for 々); returns how many. */
size_t fold_step(const struct fold_table *t, uint32_t c, uint32_t last, uint32_t out[FOLD_STEP]);

#endif
