/* address — 郵便番号: import of Japan Post's KEN_ALL file and look-up without the network (U08).
 *
 * The file is not shipped (Japan Post claims no right in it; it changes monthly); jp/postal reads it. The import replaces
 * the whole table in one transaction.
 * Gate of the import: administrator or console. Ownership: arena. Errors: ERR_CSV with a fault naming the line.
 * Tests: tests/unit/test_register_org.c. */
#ifndef TSU_REGISTER_ADDRESS_H
#define TSU_REGISTER_ADDRESS_H

#include "base/ctx.h"
#include "register/territory.h"

struct postal_place {
	const char *postal, *local_code, *prefecture, *city, *town, *prefecture_kana, *city_kana, *town_kana, *note;
};
struct postal_done {
	int64_t n_rows, n_bad;
	int first_bad_line; /* 0 if none; bad lines are left out and never block the others */
};
/* The file as it is (jp/postal reads it). A file without one good row changes nothing: ERR_CSV. */
MUST err postal_import(struct ctx *c, const void *bytes, size_t n_bytes, struct postal_done *done);
/* Any spelling of the code; n 0 if it is unknown or no postal code. */
MUST err postal_find(struct ctx *c, const char *postal, struct postal_place **v, size_t *n);

/* What the page fills from a postal code: 都道府県市区町村町域 and the areas (U08). n == 0: unknown. */
struct postal_fill {
	const char *address;              /* 都道府県 + 市区町村 + 町域 */
	int64_t area_id[AREA_SLOTS];      /* INT_NULL */
	const char *area_pid[AREA_SLOTS], *area_name[AREA_SLOTS];
};
MUST err postal_fill(struct ctx *c, const char *postal, struct postal_fill **v, size_t *n);

#endif
