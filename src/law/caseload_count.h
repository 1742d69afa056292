/* law/caseload_count — how many clients a care manager's office may count, pure: 取扱件数 and 逓減 (R-FE-05; 平12厚告20号 注, 老企36
 * 第3の7) and the number of care managers (R-CM-02-staff; 居宅基準2条).
 *
 * Counted in parts: 1 part = 1/divisor of a case (a 予防 client is one part, a 要介護 client `divisor` parts), so nothing is rounded. FTE in
 * hundredths (1.50 = 150). care/caseload.c shows the same count on its pages; it takes divisor and step from the same numbers.
 * The second border (60) is dealt out as the first, which the notice does not say (要確認).
 * Errors: ERR_NOTFOUND (no number holds in the month). Tests: tests/unit/test_duty_law.c (T-CM-12, 13, T-FE-02..07).
 */
#ifndef TSU_LAW_CASELOAD_COUNT_H
#define TSU_LAW_CASELOAD_COUNT_H

#include "law/numbers.h"

struct law_caseload_in {
	int64_t home, prevention; /* clients: 要介護, 予防支援 (without those of 特別地域) */
	int64_t fte_100;          /* care managers, full-time equivalents × 100; > 0 */
	bool link;                /* (Ⅱ): ケアプランデータ連携 and an office clerk */
};
struct law_caseload {
	int64_t parts, divisor;   /* count = parts / divisor, of the whole office */
	int64_t step_1, step_2;   /* per FTE */
	bool over_1, over_2;      /* count ÷ FTE ≧ step */
	int64_t full, second, third; /* how many of the 要介護 clients fall to (ⅰ), (ⅱ), (ⅲ), by day of contract */
};
MUST err law_caseload(const struct law_catalogue *law, civil month, const struct law_caseload_in *in, struct law_caseload *out);
/* The row of law/numbers.tsv with the basic 単位 of 居宅介護支援費 (R-FE-01, R-FE-02), step 1–3 for (ⅰ)–(ⅲ), by the level at the month's end
 * (R-FE-03): c1 … c5. NULL: another level, or no units of that month in the tables. */
const struct law_number *law_home_fee(const struct law_catalogue *law, civil month, bool link, int step, const char *level);
/* max(1, ceil(count ÷ cm_per)) */
MUST err law_cm_needed(const struct law_catalogue *law, civil month, int64_t home, int64_t prevention, bool link, int64_t *need);

#endif
