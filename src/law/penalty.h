/* law/penalty — months of reduced fee: 運営基準減算 (R-CM-PEN-1..3) and the 1/100 reductions for 虐待防止・業務継続計画 (R-FE-07).
 *
 * Input: months in which a duty of 95号82号 was not kept, rule by rule (R-CM-PEN-1: which rules these are is the column consequence =
 * unten_gensan of law/duties.tsv; R-CM-PEN-3: the evaluators say from which month, and the month in which it is mended is not among
 * them). Output: month by month the rate: the first month 50/100, from the second month in a row 0 (R-CM-PEN-2; 平12厚告20号 イ注6).
 * Whether two different failures in neighbouring months make one row is not told by the notice: `mix` (parameter penalty_mix).
 * Months are counted y * 12 + m - 1. Percents come from law/numbers.tsv. Pure; results arena.
 * Errors: ERR_NOTFOUND (no rate holds in that month). Tests: tests/unit/test_duty_law.c (T-CM-07..09, 34..36).
 */
#ifndef TSU_LAW_PENALTY_H
#define TSU_LAW_PENALTY_H

#include "law/numbers.h"

int law_month_of(civil day);           /* y * 12 + m - 1 */
civil law_month_first(int month);
civil law_month_last(int month);
const char *law_month_text(struct arena *a, int month); /* "2026-05" */

struct law_violation {
	const char *rule;
	int month;
};
struct law_penalty_month {
	int month;
	int64_t percent;    /* of the basic units: 50 or 0 */
	int row;            /* the how-manieth month in a row: 1, 2 … */
	const char **rules; /* what was not kept in that month */
	size_t n_rules;
};
enum law_penalty_mix { LAW_PENALTY_TOGETHER, LAW_PENALTY_BY_RULE };

/* v in any order, doubles allowed. Only reduced months are returned, by month. */
MUST err law_penalty(const struct law_catalogue *law, struct arena *a, const struct law_violation *v, size_t n,
                     enum law_penalty_mix mix, struct law_penalty_month **out, size_t *n_out);
/* 基本単位 × percent, rounded half up: 1411 × 50 % = 706. */
int64_t law_penalty_units(int64_t base_tani, int64_t percent);

/* R-FE-07. abuse: from the month after it arose to the month in which it is mended. bcp: the same, but from the month itself if it
 * arose on the first day. mended CIVIL_NONE: not yet (last = INT_MAX). False: no month at all. */
bool law_abuse_months(civil arose, civil mended, int *first, int *last);
bool law_bcp_months(civil arose, civil mended, int *first, int *last);
/* base − each of `lacks` × (base − round_half_up(base × 99/100)), percent from numbers (T-FE-09). */
MUST err law_lack_units(const struct law_catalogue *law, int month, int64_t base_tani, int lacks, int64_t *out);

#endif
