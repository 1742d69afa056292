/* case — 支援のケース: from the request (依頼) over explanation and contract to the end (完結), one per person, organisation and kind.
 *
 * Legal source: 基準4条1–4項 (説明・同意・契約: R-CM-04-1 … -4), 13条 (居宅介護支援), 予防基準4条; 完結の日 and the keeping of records:
 * 基準29条2項 (R-CM-29). While a case runs its organisation has the grant "case", and for case_finish_days more, so that
 * claims and hand-over can be finished; then "records" (see, print, export) to the end of the insurer's retention_years (law/params.tsv, decision 013).
 * The state follows from the days, nobody types it: 依頼 → 契約・計画作成中 → 支援中 (⇄ 中断) → 終了.
 * The main charge (担当) follows the case: a change here is a change there, in one transaction.
 * Evidence REC-EXPL when the explanation is recorded; time line; task "plan_due" until the first plan stands.
 * A centre or insurer may open a case for another organisation (依頼); everybody else only for the own.
 * Gate: class care of the person; who only has a commission or a case of the own sees it and does not write it (care/mandate). Days civil. Ownership: arena. Errors: ERR_INPUT with faults by column name, ERR_CONFLICT,
 * of policy_check. Tests: tests/unit/test_care_case.c, tests/http/test_case.py.
 */
#ifndef TSU_CARE_CASE_H
#define TSU_CARE_CASE_H

#include "sql/tables.h"
#include "store/revision.h"

struct case_view {
	struct t_care_case row;
	const char *person_pid, *person_name, *org_pid, *org_name, *org_kind, *staff_pid, *staff_name, *expl_by_name; /* "" if none */
	const char *updated_by;
	bool may_write;
};

void case_init(struct ctx *c, struct t_care_case *row); /* a new one of the actor's organisation, requested today */
MUST err case_get(struct ctx *c, const char *pid, struct case_view *out);
/* Of a person, running ones first, then the newest. with_closed false: only running ones. */
MUST err case_list(struct ctx *c, const char *person_pid, bool with_closed, struct case_view **v, size_t *n);
/* The running case of a kind of the organisation ("" = any kind); *found false = none. */
MUST err case_running(struct ctx *c, int64_t person_id, int64_t org_id, const char *kind, struct t_care_case *row, bool *found);
/* id 0 = new: org_pid names the organisation ("" = the own), staff_pid the one in charge ("" = nobody yet); otherwise the row as
 * loaded and changed, with the version the editor started from. */
MUST err case_save(struct ctx *c, const char *person_pid, struct t_care_case *row, const char *org_pid, const char *staff_pid,
                   struct row_conflict **conflict);
/* Where the office asks for approval, only what was approved (care/case_talk). */
MUST err case_close(struct ctx *c, const char *pid, civil end_on, const char *reason, const char *note);
/* ahead: the day may lie before us, as in a request. ERR_INPUT with faults. */
MUST err case_check_end(struct ctx *c, const struct t_care_case *row, civil end_on, const char *reason, const char *note, bool ahead);
MUST err case_reopen(struct ctx *c, const char *pid);
MUST err case_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid);
/* Called by care/start for the bin. */
MUST err case_follow_bin(struct ctx *c, int64_t row_id, bool alive);

/* The state that follows from the days. Static. */
const char *case_state(const struct t_care_case *row, civil today);
bool case_is_prevention(const char *kind);

#endif
