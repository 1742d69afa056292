/* territory_import — areas, their other names, who serves them and their towns from one CSV file (docs/first-day.md).
 *
 * UTF-8 or CP932; the first row names the columns, in any order:
 *   種類* (日常生活圏域 …, the municipality's own word, or zone …)  番号  名前*  別の呼び名 (several: ／ or ;)  上の区域  始まり  終わり  備考
 *   担当の機関 (name in any spelling, or office number)  担当の始まり  市区町村  町域  番地から  番地まで  町域の始まり
 * A row is an area, or an area with one town of it; the same area may stand in many rows and is made once. What is there
 * already is left as it is, so the same file may be read twice. A number stands for the area where the name is left out.
 * Each row is a transaction of its own: a bad one never blocks the good ones and is named with its line. The areas of people
 * follow at the end. A trial does everything and takes it back.
 * Gate: administrator, console, insurer's staff. Lines from 1. Ownership: arena. Errors: ERR_CSV with a fault on "file" if the
 * file as a whole cannot be used. Tests: tests/unit/test_register_town.c, tests/http/test_fresh_house.py. */
#ifndef TSU_REGISTER_TERRITORY_IMPORT_H
#define TSU_REGISTER_TERRITORY_IMPORT_H

#include "register/import_lines.h"
#include "register/territory.h"

enum { TERRITORY_IMPORT_ROWS = 20000, TERRITORY_IMPORT_BYTES = 2 << 20 };

struct territory_import {
	int64_t good, bad;                      /* rows */
	int64_t areas, aliases, assigned, towns; /* made */
	int64_t persons;                        /* who got another area */
	bool is_later;                          /* more people than that: town_follow_all is still to be called */
	struct import_lines said;
};
/* max_people: that many at most follow at once (slices of TOWN_FOLLOW_SLICE); 0 = all. */
MUST err territory_import_csv(struct ctx *c, const void *bytes, size_t n_bytes, bool trial, int64_t max_people, struct territory_import *out);

#endif
