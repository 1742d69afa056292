/* mark — 見え消し: words struck through that stay readable, for 軽微な変更 on the same sheet (forms-careplan §6.1: the day of the
 * change before the changed place, the old words kept).
 *
 * On paper the struck words stand between two noncharacters of Unicode (U+FDD0, U+FDD1), which no keyboard, file or page may
 * give: mark_clean takes them out of every text that comes from outside, and only answers_set_marked puts them in. Everything
 * else that reads an answer (page, Excel, FHIR, JSON) sees the same in plain words: 「（令和8年4月1日変更）新　〔変更前：旧〕」.
 * Ownership: arena. Tests: tests/unit/test_print_care.c. */
#ifndef TSU_FORM_MARK_H
#define TSU_FORM_MARK_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

#define MARK_BEGIN 0xFDD0
#define MARK_END 0xFDD1

struct mark_step {
	const char *text;
	bool struck;
};

/* The text without the two marks; the text itself if it has none. */
const char *mark_clean(struct arena *a, const char *text);
/* What paper gets, and what everything else gets. */
const char *mark_paper(struct arena *a, const struct mark_step *steps, size_t n);
const char *mark_plain(struct arena *a, const struct mark_step *steps, size_t n);

#endif
