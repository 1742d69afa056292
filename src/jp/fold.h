/* fold — search keys of names and organisations: what people type finds what is registered.
 *
 * A key is for comparing only; the registered characters are never changed by it. fold_name drops spaces, marks and
 * variation selectors (IVS), makes width and case even (NFKC), folds 異体字 to the common form by the table
 * share/jp/itaiji.tsv (a town may replace it), repeats 々, and folds kana (katakana, voiced marks off, small to large,
 * ー dropped). fold_org does the same and evens out numbers (100 = 百 = 一〇〇 = １００ = ①…, Ⅲ = III = 3) and
 * leaves out words of legal form (株式会社, ㈱, 社会福祉法人 …) where something else remains.
 * Idempotent: folding a key gives the key (tested, fuzzed). Speed: no allocation but the result.
 * Ownership: the table is arena of its maker and read-only; keys are arena. Errors: ERR_IO (file), ERR_INPUT (a line
 * of the file that cannot be read, two forms for one variant, a circle). Tests: tests/unit/test_jp_text.c, fuzz_fold.c.
 */
#ifndef TSU_JP_FOLD_H
#define TSU_JP_FOLD_H

#include "base/arena.h"
#include "base/err.h"

struct fold_table;

/* Read the table from a file, or from text (n bytes). *line (may be NULL) names the bad line of an ERR_INPUT. */
MUST err fold_open(struct arena *a, const char *path, struct fold_table **out, int *line);
MUST err fold_read(struct arena *a, const char *tsv, size_t n, struct fold_table **out, int *line);
size_t fold_count(const struct fold_table *t); /* pairs in the table */
uint32_t fold_kanji(const struct fold_table *t, uint32_t code_point); /* the common form, or itself; t may be NULL */

/* table NULL: no 異体字. Any valid UTF-8; the key of blank text is "". */
const char *fold_name(const struct fold_table *t, struct arena *a, const char *text);
const char *fold_org(const struct fold_table *t, struct arena *a, const char *text);
/* The key into the caller's memory, cut at a whole code point; returns the bytes the whole key needs without NUL. */
size_t fold_name_into(const struct fold_table *t, const char *text, char *out, size_t cap);

/* Pairs of neighbouring code points of a key, each once, in order; a key of one code point gives it alone.
 * As numbers for the bigram table: first << 24 | second (second 0 for a lone one). Arena. */
size_t fold_bigrams(struct arena *a, const char *key, int64_t **out);

#endif
