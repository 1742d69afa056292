/* law/calendar — open days of an office of government, and the two roundings of the fee tables.
 *
 * Months, ages and days after are base/civil's (civil_eom, civil_add_months, civil_days_after, civil_attain_age). Here: which days
 * an insurer's desk is closed. Saturday and Sunday, the national holidays of law/holidays.tsv (国民の祝日に関する法律; the list of the
 * Cabinet Office) and the days that the insurer names itself (年末年始 …). Whether a term that ends on a closed day moves back or
 * forward is the insurer's choice, notice by notice (R-CM-CONC-2), so both are here and neither is a default.
 * Rounding: units are rounded half up each time a rate is taken, money is cut (reference rules §0.4).
 * Pure. Units: civil days, 単位, 円. A day beyond the last year of the table counts by weekday alone: law_calendar_known tells.
 * Ownership: borrowed. Tests: tests/unit/test_duty_law.c.
 */
#ifndef TSU_LAW_CALENDAR_H
#define TSU_LAW_CALENDAR_H

#include "law/tables.h"

struct law_holiday {
	civil day;
	const char *name, *source, *confidence;
};
struct law_calendar {
	const struct law_holiday *holidays; /* by day */
	size_t n_holidays;
	const civil *closed; /* the insurer's own closed days, any order */
	size_t n_closed;
};

MUST err law_calendar_load(struct ctx *c, struct arena *keep, const struct law_source *src, struct law_catalogue *cat);
/* The national calendar, with the insurer's own days. */
struct law_calendar law_calendar_of(const struct law_catalogue *law, const civil *closed, size_t n_closed);
const struct law_holiday *law_holiday_find(const struct law_calendar *k, civil day); /* NULL: none */
bool law_calendar_known(const struct law_calendar *k, civil day); /* is the year of the day in the table? */
bool law_open_day(const struct law_calendar *k, civil day);
civil law_next_open(const struct law_calendar *k, civil day); /* the day itself if open */
civil law_prev_open(const struct law_calendar *k, civil day);

/* tani × num ÷ den, half up; tani, num >= 0, den > 0. */
int64_t law_round_half_up(int64_t value, int64_t num, int64_t den);
/* 単位 × 1単位の単価 in 1/100 円, cut to whole 円. */
int64_t law_floor_yen(int64_t tani, int64_t price_sen);

#endif
