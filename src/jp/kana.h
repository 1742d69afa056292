/* kana — readings of names: storing them evenly, searching them loosely, finding them by romaji and by row.
 *
 * Sources: 外来語の表記・現代仮名遣い (kana), ヘボン式 and 訓令式 (昭和29年内閣告示1号) for romaji; ux U05, F001.
 * Ownership: arena. Errors: none; anything else than kana passes through or is said by kana_is_reading.
 * Tests: tests/unit/test_jp_text.c, tests/fuzz/fuzz_fold.c.
 */
#ifndef TSU_JP_KANA_H
#define TSU_JP_KANA_H

#include "base/arena.h"

#include <stdbool.h>

/* For storing フリガナ: full-width katakana, half-width marks joined (ﾀﾞ → ダ), one full-width space between parts. */
const char *kana_katakana(struct arena *a, const char *text);
const char *kana_hiragana(struct arena *a, const char *text);
/* Only full-width katakana, ー, ・ and spaces between, at least one kana, none of the marks first. */
bool kana_is_reading(const char *text);

/* Search key: fold_name without 異体字 (ﾔﾏ ﾀﾞ, やまだ, やまた, ヤマダ all give ヤマタ). */
const char *kana_fold(struct arena *a, const char *text);
/* One code point of kana as the key has it: large katakana without mark; 0 = dropped (ー, marks); others as they are. */
uint32_t kana_base(uint32_t code_point);

/* Romaji to katakana, the likely reading first (shinya: シンヤ, シニャ; ono: オノ; ohno: オオノ, オウノ). At most max
 * readings; 0 if the text is not romaji from end to end (spaces, ', - and long marks are). */
enum { KANA_READINGS = 8 };
size_t kana_romaji(struct arena *a, const char *text, const char *out[KANA_READINGS]);

/* 五十音 row of the first kana: 0 ア行 … 9 ワ行; -1 if the text does not begin with kana. */
int kana_row(const char *text);
const char *kana_row_label(int row);  /* static: "あ" … "わ"; "" for others */
/* The folded first letters of a row ("アイウエオ"); ワ行 is "ワン", since ヲ folds to オ. Static. */
const char *kana_row_letters(int row);

#endif
