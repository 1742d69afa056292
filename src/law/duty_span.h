/* law/duty_span — for how long one written exception of a rule may hold at most: one period of the rule itself (a month of a monthly duty,
 * the n months of periods, visit_within, since_last and standing), else the number `exc_months` of law/numbers.tsv (a default of this system).
 * A longer hindrance is written again, with its ground of then.
 * Source: 居宅基準13条14号 (「一月に一回」), 予防基準30条16号; reference rules §0.6 P2. Units: months. Pure. Tests: test_duty_span.c. */
#ifndef TSU_LAW_DUTY_SPAN_H
#define TSU_LAW_DUTY_SPAN_H

#include "law/duty.h"

int duty_span_months(const struct law_catalogue *law, const struct duty_rule *r, civil on);
/* The kinds of exception the rule accepts, in the order of the table. Arena array of pieces of the table's text. */
const char *const *duty_span_kinds(struct arena *a, const struct duty_rule *r, size_t *n);

#endif
