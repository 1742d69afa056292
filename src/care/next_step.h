/* next_step — what comes next in a case (F125): from what stands, the next act with its sentence and where it is done.
 *
 * The order is that of 13条 (居宅) and 30条 (予防): 説明・契約 → アセスメント → 原案 → 担当者会議 → 説明・同意 → 交付 → モニタリング → 評価 → 更新. It
 * offers, it never blocks: what the law blocks stands in care/plan_check.
 * next_step is pure (table test); next_step_of reads what stands from cases, assessments, plans and evidence rows.
 * Days civil. Ownership: texts static or arena. Errors: of policy_check. Tests: tests/unit/test_care_caseload.c. */
#ifndef TSU_CARE_NEXT_STEP_H
#define TSU_CARE_NEXT_STEP_H

#include "care/case.h"

struct step_facts {
	const char *case_pid, *person_pid;
	const char *kind;                       /* of the case */
	bool closed;
	civil expl_on, contract_on, start_on;
	const char *assessment_pid, *assessment_status; /* of the newest; "" = none */
	civil assessed_on;                      /* newest confirmed */
	const char *plan_pid, *plan_status;     /* of the newest not cancelled; "" = none */
	civil plan_on, plan_to_on;
	bool plan_provisional;                  /* in use as 暫定, or agreed to while the result of the certification is open */
	civil provisional_until;                /* deadline of the 暫定; CIVIL_NONE unknown */
	bool certified;                         /* a certification holds today and none is applied for */
	civil met_on;                           /* REC-SCM or REC-INQ on or after the assessment behind the plan */
	civil mon_on;                           /* newest REC-MON */
	bool evaluated;                         /* the plan in force has an evaluation */
	civil today;
	int64_t notice_days;                    /* plan_end_notice */
	int64_t months;                         /* one monitoring every so many calendar months: 1 居宅, 3 予防 */
};
struct next_step {
	const char *code;     /* explain assess confirm plan meet certify definite consent deliver monitor evaluate wait none */
	const char *label;    /* of the button: 「アセスメントをする」 */
	const char *sentence; /* why */
	const char *path;     /* "" = nothing to do now */
	bool urgent;
};
struct next_step next_step(struct arena *a, const struct step_facts *f);
MUST err next_step_of(struct ctx *c, const struct case_view *v, struct next_step *out);

#endif
