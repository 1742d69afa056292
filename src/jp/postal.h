/* postal — postal codes: evening out what is typed, and reading the town's file of codes.
 *
 * The file has the layout of 日本郵便 「郵便番号データ」 (KEN_ALL.CSV in CP932, utf_ken_all.csv in UTF-8): 15 columns, one
 * row per town area, a long name going on over following rows while its bracket is open. Here the name is cleaned:
 * 以下に掲載がない場合, …の次に番地がくる場合 and …一円 become the empty town area, what stands in brackets becomes the
 * note. The table in the store belongs to register/; this module gives it rows. A bad row is reported and left out; it
 * never blocks the others. Shipped: share/jp/postal-demo.csv (an invented town, and one real row for a test).
 * Ownership: rows are borrowed for the length of the callback. Errors: what the callback returns; a line over 4 kB is
 * a bad row. Tests: tests/unit/test_jp_more.c, tests/fuzz/fuzz_postal.c.
 */
#ifndef TSU_JP_POSTAL_H
#define TSU_JP_POSTAL_H

#include "base/arena.h"
#include "base/err.h"

struct postal_row {
	const char *code;          /* 7 digits */
	const char *municipality;  /* 全国地方公共団体コード, 5 digits */
	const char *prefecture, *city, *town;                 /* 京都府, 京都市中京区, 上本能寺前町 ("" if none) */
	const char *prefecture_kana, *city_kana, *town_kana;  /* full-width katakana */
	const char *note;          /* what stood in brackets, or "" */
};

struct postal_report {
	size_t n_rows, n_bad;
	int first_bad_line; /* 0 if none */
};

typedef err (*postal_fn)(void *arg, const struct postal_row *row);

/* bytes: the whole file, CP932 or UTF-8 with or without BOM. scratch is rewound after each row. */
MUST err postal_read(struct arena *scratch, const char *bytes, size_t n, postal_fn fn, void *arg,
	struct postal_report *report);

/* 〒604-8571, ６０４８５７１, 604 8571 → "6048571". False if not 7 digits. */
bool postal_even(const char *text, char out[8]);
/* "604-8571" from 7 digits; other text as it is. Arena. */
const char *postal_text(struct arena *a, const char *code);

#endif
