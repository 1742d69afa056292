/* conc_report — 特定事業所集中減算の判定表 of one office (R-CM-CONC-1..4; 平27厚労告95号83号, 老企36 第3の13) and the shares that are
 * explained to clients (R-CM-04-3): per kind of service, in how many plans it stands and how many of these go to one corporation.
 *
 * While a period runs, it is counted up to the present month and divided by the months counted, so that reason 3 (月平均20件以下) is not
 * promised by months that have not been. A plan counts once in each month in which it was in use, per case (two versions in one month are one plan). Only 居宅介護支援. An office
 * without a known corporation counts as its own. Which services are judged: code list conc_service by the end of the period.
 * Reasons 3 and 4 are counted; 1 (few offices near), 5 and 6 (accepted by the insurer) are what the office has written down for the whole
 * half-year with its evidence (care/office_terms), and so is 2 (特別地域居宅介護支援加算), which holds for all services.
 * Gate: class care of each person; the numbers are those of what the actor may see — for the office itself all of it.
 * Units: civil days; counts of plans × months. Ownership: arena. Errors: of the statements; a time for which the tables know no bound is not judged.
 * Tests: tests/unit/test_care_conc.c, tests/http/test_duty.py.
 */
#ifndef TSU_CARE_CONC_REPORT_H
#define TSU_CARE_CONC_REPORT_H

#include "base/ctx.h"
#include "care/office_terms.h"
#include "law/concentration.h"
#include "register/insurer_param.h"

enum { CONC_TOP = 3 };
struct conc_corp {
	const char *name;
	int64_t plans;
};
struct conc_share {
	const char *service, *label;
	int64_t plans;
	struct conc_corp top[CONC_TOP]; /* those with most, the first decides */
	size_t n_top;
	struct law_conc_result result;
	struct office_reason *reasons;  /* written down for this service and half-year */
	size_t n_reasons;
};
struct conc_report {
	struct law_half_year period;
	civil judged_from;          /* the office ran from here on */
	civil judged_to;            /* counted up to here: before period.to while the period runs */
	civil file_by;              /* moved for closed days as the insurer has it */
	bool judged;                /* false: not judged at all (conc_partial, or no bound of the law known for that time) */
	int64_t months, plans;      /* plans × months of the period */
	struct conc_share *v;
	size_t n;
	bool over, reduced;         /* any service */
	bool filed;                 /* it is filed: a service is over, or the insurer asks for the papers of all */
	int64_t bound_percent;      /* of the law, at the end of the period */
};
struct conc_terms {             /* what the insurer has set */
	bool skip_partial, file_all; /* file_all: the papers are filed though nothing is over (conc_file_all) */
	enum law_shift shift;
	const struct law_calendar *calendar; /* NULL: the national one */
};
/* As the insurer of the office had it at the end of the period: conc_partial, conc_filing_shift, its closed days. */
void conc_terms_of(struct ctx *c, const struct insurer_settings *settings, int64_t insurer_org_id, civil on, struct conc_terms *out);
/* Of the actor's own office, by the terms of its insurer. */
MUST err conc_report_own(struct ctx *c, civil day, struct conc_report *out);
/* The half-year in which the day lies. */
MUST err conc_report(struct ctx *c, int64_t org_id, civil designated_on, civil day, const struct conc_terms *terms, struct conc_report *out);

#endif
