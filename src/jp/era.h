/* era — dates as people write them (和暦 and 西暦) and as official paper prints them.
 *
 * Reads full and half width, kanji numerals, 元年, one-letter and one-kanji eras, compact figures, and says what is
 * wrong in one plain sentence; where the right date is clear it is offered, never put in by itself. Era limits come
 * from the table eras.tbl.h (昭和64年1月7日 is the last day of 昭和). Days before 1873 are reckoned in the Gregorian
 * calendar throughout, as every register today does.
 * Partial dates (年のみ, 年月, 昭和20年頃, 昭和20年代, 不明) are legal values: the typed words are kept and printed
 * again; from/to bound the days they can mean. 「頃」 widens the bounds by one unit of what was said (a year, a month,
 * ten days): our own choice, for sorting and for "could it be", never for a legal deadline.
 * Units: civil days. Range 1868-01-25 .. 2999-12-31. Ownership: text results are arena; fixed buffers by the caller.
 * Errors: ERR_REQUIRED, ERR_DATE_FORM, ERR_DATE_ERA, ERR_DATE_DAY, ERR_DATE_FUTURE as faults of the field.
 * Tests: tests/unit/test_jp.c (spellings table; every day 1868-02 .. 2100), tests/fuzz/fuzz_era.c.
 */
#ifndef TSU_JP_ERA_H
#define TSU_JP_ERA_H

#include "base/ctx.h"

enum era_precision { ERA_DAY, ERA_TEN_DAYS, ERA_MONTH, ERA_SEASON, ERA_YEAR, ERA_DECADE, ERA_UNKNOWN };

struct era_date {
	enum era_precision precision;
	bool about;         /* 頃 */
	civil day;          /* CIVIL_NONE unless ERA_DAY without 頃 */
	civil from, to;     /* earliest and latest day; CIVIL_NONE both if ERA_UNKNOWN */
	const char *words;  /* as typed, trimmed; arena; show and print these for a partial date */
};

/* A whole day. Blank text is ERR_REQUIRED: look with str_blank first where a date may be left out. */
MUST err era_parse(struct ctx *c, const char *field, const char *text, struct era_date *out);
/* A day or a partial date. */
MUST err era_parse_partial(struct ctx *c, const char *field, const char *text, struct era_date *out);
/* For search boxes and imports: is this a whole day? No fault, no memory. */
bool era_guess(const char *text, civil *out);
/* Refuse a day after ctx->today (birth, death, day of a record). CIVIL_NONE passes. */
MUST err era_check_past(struct ctx *c, const char *field, civil day);

/* CIVIL_NONE and CIVIL_OPEN give "" (an open period ends in nothing: 令和8年4月1日〜). Arena. */
const char *era_text(struct arena *a, civil day);       /* 令和8年11月21日 ; 令和元年5月1日 */
const char *era_text_both(struct arena *a, civil day);  /* 令和8年11月21日（2026年11月21日） */
const char *era_text_short(struct arena *a, civil day); /* R8.11.21 */
const char *era_text_month(struct arena *a, int y, int m);    /* 令和8年11月 */
const char *era_text_fiscal(struct arena *a, int fiscal_year);/* 令和8年度; the era of 1 December names it */
const char *era_text_week(struct arena *a, civil day);  /* 令和8年11月21日（土） */

/* The parts, for boxes that print era, year, month and day apart (official forms). */
struct era_parts {
	int era;            /* index in the table; -1 before 明治 */
	char letter;        /* 'R' */
	const char *name;   /* static, 令和; "" before 明治 */
	int year, month, day;
};
struct era_parts era_parts(civil day);

/* The table, for selects and for the browser's copy of it. Static. */
struct era_row {
	char letter;
	const char *kanji, *name;
	uint32_t ligature;
	int y, m, d;
};
const struct era_row *era_table(size_t *n);

#endif
