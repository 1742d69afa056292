/* law/numbers — single numbers of the law with their period: thresholds, day counts, divisors (law/numbers.tsv).
 * Whole numbers in the unit the file names. ERR_NOTFOUND: no value holds on that day; nobody guesses one. Tests: test_law.c. */
#ifndef TSU_LAW_NUMBERS_H
#define TSU_LAW_NUMBERS_H

#include "law/tables.h"

struct law_number {
	const char *id, *unit, *meaning, *source, *confidence;
	int64_t value;
	civil from, to; /* CIVIL_OPEN when open */
};

/* The row that holds on the day; NULL if none. Borrowed. */
const struct law_number *law_number_find(const struct law_catalogue *law, const char *id, civil on);
/* A unit after a number: 「月」 of the tables is a length and reads 「か月」 (2月 would be February). Borrowed. */
const char *law_unit_ja(const char *unit);
MUST err law_number(const struct law_catalogue *law, const char *id, civil on, int64_t *value);

#endif
