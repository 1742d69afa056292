/* duty_lack — 体制による減算: the fee of every client is reduced by 1/100 while the office lacks a measure against abuse (委員会・指針・研修・
 * 担当者: any one of them) and again by 1/100 while it has no 業務継続計画 (平27厚労告95号82号の2・82号の3; R-FE-07, R-CM-PEN-3).
 *
 * What is lacking and since when are the lines of law/duty whose consequence is abuse_gensan or bcp_gensan; the months follow from
 * law/penalty (虐待: from the month after it arose to the month in which it is mended; 業務継続計画: the same, but from the month itself
 * when it arose on the first day). Reckoned from the basic 単位 of 居宅介護支援費 after 運営基準減算 (order of R-FE §8.3); 同一建物 and the
 * additions are not in it, nor is 介護予防支援費 (R-FE-21 要確認).
 * Gate: records of the office itself (class meeting, own); whoever may not see them is told nothing (judged false). Cases: class care.
 * Units: 単位; a month is its first day. Ownership: arena. Errors: of the statements.
 * Tests: tests/unit/test_care_duty.c, tests/http/test_duty.py.
 */
#ifndef TSU_CARE_DUTY_LACK_H
#define TSU_CARE_DUTY_LACK_H

#include "law/numbers.h"

struct duty_lack_part { /* one measure that was lacking */
	const char *rule, *title, *source;
	civil since, mended; /* first day of the lack; the day it was made good, CIVIL_NONE: not yet */
};
struct duty_lack {
	const char *label;
	civil first, last;   /* the reduced months about the month asked for; last CIVIL_OPEN: it goes on */
	const struct duty_lack_part *v;
	size_t n;
};
struct duty_lacks {
	bool judged;
	struct duty_lack v[2];
	size_t n;
	int64_t percent;     /* of each */
	int64_t cases, unknown; /* 居宅介護支援 in the month; of these without known units */
	int64_t before, after;  /* their 単位 together */
};
/* A case of 居宅介護支援 of a month in the order of the steps, with the basic 単位 that fall to it. */
struct duty_fee_case {
	int64_t case_id;
	int step;                      /* (ⅰ)–(ⅲ) as 1–3; 0: unknown */
	const struct law_number *base; /* NULL: unknown (no level at the month's end, or no units of that time) */
};
MUST err duty_fee_cases(struct ctx *c, civil month_on, civil last_on, struct duty_fee_case **v, size_t *n);

struct duty_fee_cut { /* a case that is reduced for another reason: what is left of its basic 単位, in percent */
	int64_t case_id, percent;
};
MUST err duty_lacks_read(struct ctx *c, civil month_on, const struct duty_fee_case *cases, size_t n, const struct duty_fee_cut *cuts, size_t n_cuts,
                         struct duty_lacks *out);

#endif
