/* civil — days of the civil calendar in Japan (JST), without any clock or time zone.
 *
 * A civil day is the number of days since 1970-01-01 (negative before). Legal dates are civil days; instants
 * are int64 milliseconds UTC. JST is UTC+9 without summer time since 1952, so the day of an instant is plain
 * arithmetic and TZ is never asked.
 * Sources: 民法140条 (初日不算入), 143条 (暦による計算); 年齢計算ニ関スル法律; reference rules §0.4.
 * Range: 1868-01-01 .. 2999-12-31. Tests: tests/unit/test_base.c (T-NT-10, T-NT-11 among them).
 */
#ifndef TSU_BASE_CIVIL_H
#define TSU_BASE_CIVIL_H

#include <stdbool.h>
#include <stdint.h>

typedef int32_t civil;
#define INT_NULL INT64_MIN       /* no instant, no number (NULL in the store) */
#define CIVIL_NONE INT32_MIN     /* no date (NULL in the store) */
#define CIVIL_OPEN ((civil)2932896) /* 9999-12-31: "until further notice" in period columns */

struct ymd {
	int y, m, d;
};

bool civil_valid(int y, int m, int d);
civil civil_from(int y, int m, int d); /* CIVIL_NONE if not a day of the calendar */
struct ymd civil_ymd(civil day);
int civil_weekday(civil day); /* 1 = Monday .. 7 = Sunday, as in the care-plan codes (S1) */

civil civil_eom(int y, int m);               /* last day of the month */
civil civil_add_months(civil day, int n);    /* 民法143条: no such day = end of month */
civil civil_days_after(civil day, int n);    /* 初日不算入 */
civil civil_attain_age(civil birth, int age);/* day before the n-th birthday; born 2/29 attains on 2/28 */
int civil_age(civil birth, civil on);        /* full years by the birthday reckoning used on forms; -1 if unborn */
int civil_fiscal_year(civil day);            /* 1 April .. 31 March */

/* "YYYY-MM-DD" <-> civil; parse is strict ISO only (people's spellings are jp/era's work). */
#define CIVIL_TEXT 11
void civil_text(civil day, char out[CIVIL_TEXT]); /* "" for CIVIL_NONE */
bool civil_parse(const char *iso, civil *out);

civil civil_of_instant(int64_t ms_utc);      /* the day in JST */
int64_t civil_instant_start(civil day);      /* ms UTC of 00:00 JST */
/* "YYYY-MM-DD HH:MM" in JST. */
#define CIVIL_TIME_TEXT 17
void civil_time_text(int64_t ms_utc, char out[CIVIL_TIME_TEXT]);

#endif
