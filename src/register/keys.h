/* keys — the folded search keys of the register: person_key rows, telephone digits, town keys. For register/ alone.
 *
 * Names: every suffix of every name and reading, so one index range finds beginning and middle (進 of 佐藤進 too).
 * Towns: the text before the first number, folded, and "#n" where the number is a 丁目.
 * Ownership: arena. Errors: those of the store. Tests: tests/unit/test_register_a.c, test_register_org.c. */
#ifndef TSU_REGISTER_KEYS_H
#define TSU_REGISTER_KEYS_H

#include "base/ctx.h"

enum { KEY_HEAD = 1, KEY_MIDDLE = 2, KEY_PHONE = 3, KEY_SHORT = 5 };
enum { KEY_MAX_CHARS = 24 };
/* Greater than any text with the prefix; arena. */
const char *keys_end(struct ctx *c, const char *prefix);

const struct fold_table *keys_table(const struct ctx *c); /* NULL if the house has none */
const char *keys_name(struct ctx *c, const char *name);   /* folded, at most KEY_MAX_CHARS */
/* A folded reading without long vowels (キヨウコ → キヨコ), as romaji is often written; arena. */
const char *keys_short(struct ctx *c, const char *key);
/* Half-width digits of a text (and H in front of nine), everything else dropped; arena. */
const char *keys_digits(struct ctx *c, const char *text);
/* Half-width digits, everything else as it is; arena. */
const char *keys_half_digits(struct ctx *c, const char *text);

/* Writes the keys of a person anew from person and person_name. Inside a transaction. */
MUST err keys_rebuild(struct ctx *c, int64_t person_id);

/* A town or an address as folded text and numbers. */
struct town_key {
	const char *base;     /* without prefecture; folded; up to the first number */
	int64_t numbers[4];
	size_t n_numbers;
	bool is_chome;        /* the first number is followed by 丁目 */
	bool is_banchi;       /* the first number is followed by 番 or 番地: no 丁目 */
};
struct town_key town_key_of(struct ctx *c, const char *text);
/* The key of a town row: base, or base#n with a 丁目. */
const char *town_key_text(struct ctx *c, const char *city, const char *town);

#endif
