/* insurance — 被保険者資格 (class care), 負担割合 and 公費 (class benefit), by generation (F010).
 *
 * Numbers are text. A number of the wrong shape is a fault that says what is missing and offers the mend (a zero lost
 * by a spreadsheet); a check digit that does not fit is only advice: official samples do not fit either (forms-careplan
 * §7.4, §7.5, §10). The key of the outside world is (insurer_no, insured_no).
 * 負担割合 runs from 1 August to 31 July (§7.9; 介護保険法49条の2); the ratio of a month is that of its first day.
 * Units: ratio 1..3 (割), yen. Ownership: arena. Errors: ERR_INSURED_NO, ERR_INSURER_NO, ERR_PERIOD_*.
 * Tests: tests/unit/test_register_b.c.
 */
#ifndef TSU_REGISTER_INSURANCE_H
#define TSU_REGISTER_INSURANCE_H

#include "register/gen.h"

extern const struct gen_kind GEN_INSURANCE, GEN_BURDEN, GEN_PUBLIC_AID;
GEN_FACE(insurance, t_person_insurance);
GEN_FACE(burden, t_burden);
GEN_FACE(public_aid, t_public_aid);

/* Something to look at that does not stop the save. */
struct advice {
	const char *field, *message; /* arena */
};

/* As jp/numbers evens it: half width, capitals, without spaces and hyphens. Arena. */
const char *insurance_fold_number(struct ctx *c, const char *typed);
/* Faults: 10 digits, or H and 9 digits; 9 digits offer the number with a leading 0 (and H… for 生活保護単独). */
MUST err insurance_check_insured_no(struct ctx *c, const char *field, const char *folded);
/* Faults: 6 digits; 5 digits offer the number with a leading 0. */
MUST err insurance_check_insurer_no(struct ctx *c, const char *field, const char *folded);
/* Check digit of the insurer, the same numbers with another person (named only if visible, else 「確認が必要です」),
 * category against the H. Gate SEE care. */
MUST err insurance_advice(struct ctx *c, const struct t_person_insurance *row, struct advice **v, size_t *n);

/* 1..3 on the first day of the month of `day`; 0 = not known. */
MUST err burden_ratio(struct ctx *c, int64_t person_id, civil day, int *ratio);
/* The usual period that holds on the day: 1 August – 31 July. */
void burden_year(civil day, civil *from, civil *to);
/* 給付率 in percent for a row: 90, 80, 70, or the limited one. */
int burden_benefit_percent(const struct t_burden *row);

GEN_CHOICES(insurance_category_choices);
GEN_CHOICES(burden_reason_choices);

#endif
