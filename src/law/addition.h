/* law/addition — additions to the fee whose conditions can be seen in records (R-FE-11..14, 16, 20): pure judgements that explain
 * themselves. They say that the conditions hold, never that the addition is claimed.
 *
 * 入院時情報連携加算 (2024-04-01 on): (Ⅰ) told on the day of admission or before, or on the next day after an admission out of office hours;
 * (Ⅱ) told within add_hosp_days after it, and, after an admission out of hours whose third day is no office day, one day later.
 * An admission on a day that is no office day counts for (Ⅰ) as one out of hours. Office days are those of the calendar: no Saturday,
 * Sunday or holiday, and no closed day that the office has written down; its hours are a tick of the record. 退院・退所加算 counts how often
 * the hospital's information was received, and how often in a conference. ターミナルケアマネジメント加算 counts days of home visits.
 * Earlier rules (before 2024-04) are not judged: ERR_NOTFOUND of the number leaves the line out.
 * Sources: 平12厚告20号, 平27厚労告95号85号〜85号の3, 平18厚労告129号; confidence of each number in law/numbers.tsv.
 * Units: 単位, civil days. Ownership: why in the arena. Tests: tests/unit/test_law_addition.c.
 */
#ifndef TSU_LAW_ADDITION_H
#define TSU_LAW_ADDITION_H

#include "law/calendar.h"
#include "law/numbers.h"

struct law_addition {
	const char *code;   /* id of law/numbers.tsv; "" = the conditions do not hold */
	int64_t units;
	const char *why;    /* one sentence with the days; arena */
	const char *source; /* of the number; "" */
	const char *confidence;
};
/* Last days for (Ⅰ) and (Ⅱ): n1, n2 days after the admission; more: added where (Ⅰ) takes in the next day. */
void law_hospital_days(const struct law_calendar *k, civil admitted_on, bool after_hours, int64_t n1, int64_t n2, int64_t more, civil *first, civil *second);
MUST err law_addition_hospital(const struct law_catalogue *law, struct arena *a, const struct law_calendar *k, civil admitted_on, bool after_hours,
                               civil told_on, struct law_addition *out);
/* times: how often information was received during the stay; conferences: of these, in a conference. */
MUST err law_addition_leave(const struct law_catalogue *law, struct arena *a, civil discharged_on, int times, int conferences, struct law_addition *out);
/* visits: days of visits at home, any order; counted within the window before death. */
MUST err law_addition_terminal(const struct law_catalogue *law, struct arena *a, civil death_on, const civil *visits, size_t n, struct law_addition *out);
/* 初回加算 (R-FE-11, R-FE-20): the plan is new for the office — none before it, or `blank_months` calendar months without support and claim
 * since; or, of 居宅介護支援 only, it is the first under a certification whose level is 要介護 after 要支援, or 2 steps and more from the one
 * before. Who in the office is in charge is no condition; another office begins anew (T-FE-11b). */
struct law_first_in {
	bool prevention;          /* 介護予防支援 */
	civil on;                 /* the plan's first day */
	bool before;              /* the office had a plan of this kind before */
	int64_t blank_months;     /* whole months before that of the plan, without support and claim; counted up to the number asked */
	bool first_of_level;      /* the office's first full plan under the certification of that day */
	const char *level, *level_before; /* of that certification and of the one before it; "" none */
};
MUST err law_addition_first(const struct law_catalogue *law, struct arena *a, const struct law_first_in *in, struct law_addition *out);
/* One whose only condition is a day: add_clinic, add_commission. */
MUST err law_addition_plain(const struct law_catalogue *law, const char *code, civil on, const char *why, struct law_addition *out);

#endif
