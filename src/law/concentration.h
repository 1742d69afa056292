/* law/concentration — 特定事業所集中減算 (R-CM-CONC-1..4; 平27厚労告95号83号, 老企36 第3の13) and the half-year of R-CM-04-3-calc.
 *
 * Periods: 1 March – end of August (filing 15 September, reduced October – March) and 1 September – end of February (filing 15 March,
 * reduced April – September). A share above the bound (80 %; exactly 80 % is not above) has to be filed whatever the reason; the
 * reduction falls away for a reason. Reasons 1–4 are counted here, 5 and 6 are the insurer's judgement and only named.
 * Shares are compared as fractions, never as decimals. Numbers: law/numbers.tsv. Pure; results arena.
 * Errors: ERR_NOTFOUND (no bound holds on that day). Tests: tests/unit/test_duty_law.c (T-CM-10, 26..29, 37, 38).
 */
#ifndef TSU_LAW_CONCENTRATION_H
#define TSU_LAW_CONCENTRATION_H

#include "law/calendar.h"
#include "law/numbers.h"

struct law_half_year {
	civil from, to;             /* the period judged */
	civil file_by;              /* before moving for closed days */
	civil reduced_from, reduced_to;
};
/* The period in which the day lies; the last one that had ended before the day (R-CM-04-3-calc). */
struct law_half_year law_half_year_of(civil day);
struct law_half_year law_half_year_before(civil day);
enum law_shift { LAW_SHIFT_NONE, LAW_SHIFT_PREV, LAW_SHIFT_NEXT };
civil law_shift_day(const struct law_calendar *k, civil day, enum law_shift how);
bool law_shift_parse(const char *word, enum law_shift *out); /* none, prev, next */

struct law_conc_service { /* one kind of service in the period */
	const char *service;    /* its code */
	int64_t plans;          /* plans with this service, summed over the months */
	int64_t top_plans;      /* of these, plans with an office of the corporation that has most */
	int64_t offices_near;   /* offices of this kind in the usual area; -1 unknown */
};
struct law_conc_office {
	int64_t months;         /* months of the period in which it ran: 6, less if partial */
	int64_t plans;          /* all plans, summed over the months */
	bool special_area;      /* takes 特別地域居宅介護支援加算 */
	const char *accepted, *accepted_6; /* services whose reason 5, 6 the insurer accepted, "|" between; "" or NULL none */
};
struct law_conc_result {
	const char *service;
	bool over;              /* share > bound: to be filed */
	int reason;             /* 0 none; 1–4 counted here; 5, 6 accepted by the insurer */
	bool reduced;           /* over and no reason */
	int64_t bound_percent;
	const char *why;        /* one line in plain words; arena */
};
MUST err law_conc_judge(const struct law_catalogue *law, struct arena *a, const struct law_half_year *period,
                        const struct law_conc_office *office, const struct law_conc_service *s, size_t n, struct law_conc_result *out);
/* Was the office open long enough to be judged? `partial` (parameter conc_partial): from = from the day of designation, skip = not
 * unless it ran through the whole period. Gives the first day judged. */
bool law_conc_judged(const struct law_half_year *period, civil designated_on, bool skip_partial, civil *from);
/* The papers of the judgement may not be thrown away up to this day (R-CM-CONC-3). */
civil law_conc_keep_until(const struct law_half_year *period, int64_t years);

#endif
