/* address — 郵便番号: import of Japan Post's KEN_ALL file and look-up without the network (U08).
 *
 * The file (CP932 or UTF-8, CSV of 15 columns) is public domain by Japan Post's own word; it is not shipped. Towns that
 * the file splits over several lines are joined; 「以下に掲載がない場合」 and the like become an empty town; what stands in
 * brackets goes to the note. Import replaces the whole table in one transaction.
 * Gate of the import: administrator or console. Ownership: arena. Errors: ERR_CSV with a fault naming the line.
 * Tests: tests/unit/test_register_org.c. */
#ifndef TSU_REGISTER_ADDRESS_H
#define TSU_REGISTER_ADDRESS_H

#include "base/ctx.h"
#include "register/territory.h"

struct postal_row {
	const char *postal, *local_code, *prefecture, *city, *town, *prefecture_kana, *city_kana, *town_kana, *note;
};
/* 7 digits in any width, with or without the hyphen: folded into out, false if it is no postal code. */
bool postal_fold(const char *text, char out[8]);
MUST err postal_import(struct ctx *c, const void *bytes, size_t n_bytes, int64_t *n_rows);
MUST err postal_find(struct ctx *c, const char *postal, struct postal_row **v, size_t *n);

/* What the page fills from a postal code: 都道府県市区町村町域 and the areas (U08). n == 0: unknown. */
struct postal_fill {
	const char *address;              /* 都道府県 + 市区町村 + 町域 */
	int64_t area_id[AREA_SLOTS];      /* INT_NULL */
	const char *area_pid[AREA_SLOTS], *area_name[AREA_SLOTS];
};
MUST err postal_fill(struct ctx *c, const char *postal, struct postal_fill **v, size_t *n);

#endif
