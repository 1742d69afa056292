/* office_terms — what an office has written down of itself that decides about its fee, dated (office_record): its closed days
 * (運営規程; R-FE-12), whether it claims 居宅介護支援費(Ⅱ) (R-FE-02, R-FE-05), the reasons it has for 特定事業所集中減算 (R-CM-CONC-4).
 *
 * Gate: records of the office itself (class meeting, own). Who may not see them gets none, so the national calendar and (Ⅰ).
 * Units: civil days. Ownership: arena. Errors: of the statements. Tests: tests/unit/test_care_office_record.c, test_care_conc.c.
 */
#ifndef TSU_CARE_OFFICE_TERMS_H
#define TSU_CARE_OFFICE_TERMS_H

#include "base/ctx.h"
#include "law/calendar.h"

/* Saturdays, Sundays, national holidays, and the closed days of the office that touch the days. */
MUST err office_calendar(struct ctx *c, int64_t org_id, civil from, civil to, struct law_calendar *out);
/* Does the office claim (Ⅱ) on that day? */
MUST err office_has_link(struct ctx *c, int64_t org_id, civil on, bool *out);

struct office_reason {
	const char *pid, *service, *content, *partner; /* service "": reason 2, which holds for every service */
	int number;          /* 1, 2, 5 or 6 of 老企36 第3の13 */
	int64_t offices;     /* of reason 1: offices of the kind in the usual area; else INT_NULL */
	civil on_day;        /* confirmed, accepted */
};
/* Those that hold for the whole half-year. */
MUST err office_reasons(struct ctx *c, int64_t org_id, civil from, civil to, struct office_reason **v, size_t *n);

#endif
