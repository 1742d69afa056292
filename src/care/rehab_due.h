/* rehab_due — the days on which a rehabilitation course is to be planned, reviewed and prepared for its end (C-206, C-208). Pure.
 *
 * Source: Vol.1217 Ⅲ-2 (a facility plans within two weeks, the plan is reviewed about every three months), Ⅱ-3(4) (conference in the month
 * before the end); the numbers are data (law/numbers.tsv). A course may be recorded long after it began: reviews due by the day its first
 * day was recorded could not be asked for and cannot be made good any more. They are kept as `before` (to be seen, no task), but the last of
 * them, which is the one a review of today answers. What is more than REHAB_PAST_MONTHS past is not listed at all.
 * Units: civil days, whole months. Errors: none. Tests: tests/unit/test_care_rehab.c (table), tests/http/test_rehab.py. */
#ifndef TSU_CARE_REHAB_DUE_H
#define TSU_CARE_REHAB_DUE_H

#include "base/civil.h"

#include <stdbool.h>
#include <stddef.h>

enum { REHAB_WANTED = 64, REHAB_PAST_MONTHS = 12 };

struct rehab_course {
	civil started_on, end_on, ended_on; /* CIVIL_NONE: not known; not set; it runs */
	civil known_on;                     /* the day on which started_on was recorded */
	bool is_facility;
};
struct rehab_numbers {
	int first_days, again_months, ahead_months, end_months; /* again_months 0: no repetition */
};
struct rehab_wanted {
	const char *kind; /* code list rehab_review: first again end */
	civil due;
	bool before; /* due by the day the course was recorded, and not the last such: no task */
};
/* v: REHAB_WANTED of them; the number is returned. In the order of the days, the end last. */
size_t rehab_due_of(const struct rehab_course *k, const struct rehab_numbers *no, civil today, struct rehab_wanted *v);

#endif
