/* law/cert_period — 要介護認定・要支援認定 in days: validity (R-NT-VALID-NEW, -RENEW), beginning (R-NT-EFFECT, -CHANGE), renewal window
 * (R-NT-RENEW-WIN), the 30 days (R-NT-30D), 第1号・第2号 by age (R-NT-65, R-NT-40) and the 16 特定疾病 (R-NT-2-DIS).
 *
 * Sources: 介護保険法7・9・27〜33・36条, 則38・39・41・55条. Numbers and the bounds of months come from law/numbers.tsv, by the day of
 * application (R-NT-VALID-RENEW: 48 months only for applications from 2021-04-01). The list of diseases is codes.tsv `tokutei`.
 * Pure. Errors: ERR_NOTFOUND (no number holds that day), ERR_RANGE (months outside the bounds; *why says which bound).
 * Tests: tests/unit/test_duty_law.c (T-NT-01..14).
 */
#ifndef TSU_LAW_CERT_PERIOD_H
#define TSU_LAW_CERT_PERIOD_H

#include "law/numbers.h"

enum law_apply { LAW_APPLY_NEW, LAW_APPLY_CHANGE, LAW_APPLY_RENEW };

struct law_cert {
	enum law_apply kind;
	civil applied_on;
	civil old_to;                /* renewal: the last day of the period before */
	const char *old_level, *level; /* renewal: equal levels allow more months */
	int64_t months;              /* what the council sets; 0 = the usual number */
};
struct law_cert_period {
	civil from, to;
	int64_t months, least, most; /* with the bounds of that day */
};
/* *why (arena) says in plain words how it was reckoned, or why the months are refused. */
MUST err law_cert_period(const struct law_catalogue *law, struct arena *a, const struct law_cert *in, struct law_cert_period *out, const char **why);

/* [to − 60, to]. */
MUST err law_renewal_window(const struct law_catalogue *law, civil to, civil *first, civil *last);
/* The application after the end when a disaster hindered it: up to a month after the hindrance ended. */
civil law_renewal_late(civil hindrance_to);
MUST err law_decision_due(const struct law_catalogue *law, civil applied_on, civil *due);

enum law_insured { LAW_INSURED_NONE, LAW_INSURED_SECOND, LAW_INSURED_FIRST };
enum law_insured law_insured_on(const struct law_catalogue *law, civil birth, bool has_health_insurance, civil on);
/* May somebody be certified on that day? 第2号 needs a disease of the list. */
bool law_may_certify(const struct law_catalogue *law, civil birth, bool has_health_insurance, const char *disease, civil on);

#endif
