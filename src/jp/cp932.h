/* cp932 — UTF-8 to and from CP932 (Windows-31J, "Shift_JIS" of old Windows and of 国保連 files).
 *
 * Never drops or changes a character silently: every character that has no code is named with its position, and 〓
 * stands in its place. A substitute (𠮷 → 吉) may be offered from the 異体字 table; it is never put in by itself. Signs
 * that Macs and Windows encode differently (〜 − ‖ — ¢ £ ¬ ¥) are the same sign and go to their CP932 code.
 * Ownership: arena; the iconv handle is closed before anything is allocated. Errors: ERR_CP932 with the out-parameters
 * set (text with 〓 and the list); ERR_BUG if the C library knows no CP932.
 * Tests: tests/unit/test_jp_more.c, tests/fuzz/fuzz_cp932.c.
 */
#ifndef TSU_JP_CP932_H
#define TSU_JP_CP932_H

#include "base/arena.h"
#include "base/err.h"

struct fold_table;

struct cp932_bad {
	size_t at;               /* encode: n-th character, decode: n-th byte; from 1 */
	const char *text;        /* encode: the character; decode: the bytes as hex, "81FF" */
	const char *offer;       /* a character CP932 has, or NULL */
};

struct cp932_report {
	struct cp932_bad *bad;
	size_t n;
};

/* offers may be NULL. out is NUL-terminated; *n its bytes. */
MUST err cp932_encode(struct arena *a, const char *utf8, const struct fold_table *offers, char **out, size_t *n,
	struct cp932_report *report);
/* Bytes that are no CP932 (and NUL) become U+FFFD. */
MUST err cp932_decode(struct arena *a, const char *bytes, size_t n, char **out, struct cp932_report *report);
/* One plain sentence naming the first characters: 「𠮷」（3文字目）… Arena. */
const char *cp932_sentence(struct arena *a, const struct cp932_report *report);

#endif
