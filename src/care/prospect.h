/* prospect — 改善の見込み of a person in preventive care: likely to improve or not, the day, who judged and why (C-211).
 *
 * Source: 京都市「リハビリ専門職と連携したケアマネジメントの実施状況についての調査」（令和6年度） まとめ: 改善の見込みがある方については再自立
 * （リエイブルメント）を目指せるケアプランを作成することが重要. The judgement hangs on a case of 介護予防支援 or 介護予防ケアマネジメント A・B・C; each is a
 * row with its own day, so the newest holds and earlier ones stay; a row is corrected only where it was written wrong (with history).
 * Gate: class care of the person; writing as the plan of the case (care/mandate). Days civil. Ownership: arena.
 * Errors: ERR_INPUT with faults by column name, ERR_CONFLICT, of case_get and policy_check. Tests: tests/unit/test_region_reable.c.
 */
#ifndef TSU_CARE_PROSPECT_H
#define TSU_CARE_PROSPECT_H

#include "care/case.h"

struct prospect_view {
	struct t_case_prospect row;
	const char *case_pid, *label, *org_name, *staff_name, *updated_by; /* "" if none */
	bool may_write;
};
/* Of a case, newest first. *kase and *may_write (a new one) may be NULL. */
MUST err prospect_list(struct ctx *c, const char *case_pid, struct case_view *kase, struct prospect_view **v, size_t *n, bool *may_write);
MUST err prospect_get(struct ctx *c, const char *pid, struct prospect_view *out);
/* How one was written and corrected, newest first. */
struct prospect_version {
	struct t_case_prospect row;
	int64_t at_ms, by; /* account */
};
MUST err prospect_history(struct ctx *c, const char *pid, struct prospect_version **v, size_t *n);
/* A new one of today by the actor. */
MUST err prospect_init(struct ctx *c, const char *case_pid, struct t_case_prospect *row);
/* id 0 = new; otherwise as loaded and changed, with the version the editor started from. */
MUST err prospect_save(struct ctx *c, const char *case_pid, struct t_case_prospect *row, struct row_conflict **conflict);
MUST err prospect_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid);

#endif
