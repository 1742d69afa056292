/* additions — whose records of a month show the conditions of an addition to the fee, and whose fall short by a little (R-FE-11..14, 16, 20).
 *
 * Shown, not claimed: agreement, staff and the other papers an addition needs are not judged. 初回加算 and 退院・退所加算 exclude each other
 * and 初回加算 falls away in a month of 運営基準減算: said in `but`.
 * Gate: class care of each person; the hospital's information also class medical (else that stay's 退院・退所加算 is left out).
 * Ownership: arena. Errors: of the statements. Tests: tests/unit/test_care_additions.c, tests/http/test_duty.py.
 */
#ifndef TSU_CARE_ADDITIONS_H
#define TSU_CARE_ADDITIONS_H

#include "base/ctx.h"
#include "law/addition.h"

struct addition_row {
	int64_t person_id;
	const char *person_pid, *name, *kana;
	const char *table, *pid;  /* the record it follows from: hospital_stay, care_case, care_log, commission */
	const char *label;        /* 「入院時情報連携加算(Ⅰ)」; of one that does not hold: its name without a step */
	const char *but;          /* what stands against it; "" */
	struct law_addition a;    /* code "": the conditions do not hold, why says what is missing */
};
/* month_on: any day of the month. Those that hold first. */
MUST err additions_of_month(struct ctx *c, civil month_on, struct addition_row **v, size_t *n);

#endif
