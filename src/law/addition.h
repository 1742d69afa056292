/* law/addition — additions to the fee whose conditions can be seen in records (R-FE-11..14, 16, 20): pure judgements that explain
 * themselves. They say that the conditions hold, never that the addition is claimed.
 *
 * 入院時情報連携加算 (2024-04-01 on): (Ⅰ) told on the day of admission or before, or on the next day after an admission out of office hours;
 * (Ⅱ) told within add_hosp_days after it, and, after an admission out of hours whose third day is no office day, one day later.
 * Office days are weekdays that are no holiday (the hours of the single office are not in the records). 退院・退所加算 counts how often
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
MUST err law_addition_hospital(const struct law_catalogue *law, struct arena *a, const struct law_calendar *k, civil admitted_on, bool after_hours,
                               civil told_on, struct law_addition *out);
/* times: how often information was received during the stay; conferences: of these, in a conference. */
MUST err law_addition_leave(const struct law_catalogue *law, struct arena *a, civil discharged_on, int times, int conferences, struct law_addition *out);
/* visits: days of visits at home, any order; counted within the window before death. */
MUST err law_addition_terminal(const struct law_catalogue *law, struct arena *a, civil death_on, const civil *visits, size_t n, struct law_addition *out);
/* One whose only condition is a day: add_first, add_first_yobo, add_clinic, add_commission. */
MUST err law_addition_plain(const struct law_catalogue *law, const char *code, civil on, const char *why, struct law_addition *out);

#endif
