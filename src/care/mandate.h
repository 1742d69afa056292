/* mandate — what an organisation may write of a case: its own, or what a commission (原案委託) gives it of another's.
 *
 * The case itself (request, explanation and contract, start, pause, end, bin) belongs to the organisation that has it: 契約 and
 * 重要事項の説明 are the 指定介護予防支援事業者's own duty, which a commission does not hand over (予防基準4条・12条; 介護保険法
 * 115条の23第3項 speaks of 業務の一部). An office with a commission sees all of it, and writes the parts its scope names: "plan"
 * (assessment, basic information, plan and its talk), "monitoring", "evaluation"; the log (支援経過) with any of them.
 * Who may write for the person by a right of the own (a case of the own, the area, the registration) is not narrowed, but for one
 * thing: the case of another organisation is not written on the ground of a case of the own.
 * Gate: policy.tbl.h through policy_check_by, class care. Errors: ERR_NOTFOUND, ERR_DENIED as of policy_check_record.
 * Tests: tests/unit/test_care_commission.c, tests/http/test_commission.py.
 */
#ifndef TSU_CARE_MANDATE_H
#define TSU_CARE_MANDATE_H

#include "base/ctx.h"
#include "sql/tables.h"

enum mandate { MANDATE_PLAN, MANDATE_MONITOR, MANDATE_EVALUATE, MANDATE_LOG };

/* The case itself. */
MUST err mandate_case(struct ctx *c, const struct t_care_case *k);
/* What is of the person and no part of a commission: a new case, 振り分け, 入退院, 同意の撤回. */
MUST err mandate_person(struct ctx *c, int64_t person_id);
/* A record of a case; case_id INT_NULL: of none, then any running commission for the person counts. */
MUST err mandate_record(struct ctx *c, int64_t person_id, int64_t case_id, enum mandate part);
/* Does a running commission to the actor's organisation give it that part? The caller has passed the gate of the person. */
MUST err mandate_taken(struct ctx *c, int64_t person_id, int64_t case_id, enum mandate part, bool *taken);

#endif
