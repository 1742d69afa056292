/* plan_minor — what the notice on 軽微な変更 says of a change (decision table minor_change of law/decisions.tsv), and what the two versions
 * themselves show against it.
 *
 * The table knows examples that may count as minor and changes that never do; an example is a candidate only: the care manager judges
 * whether the whole procedure is needed, and writes the reason (居宅基準13条16号, 予防基準30条18号). Of the never-minor ones the versions
 * show one by themselves: one office more than before.
 * Pure but for the tree's reading. Ownership: arena. Errors: of law_decide, of the reading.
 * Source: 介護保険最新情報 Vol.959, reference rules R-CM-13-16-change (T-CM-39, T-CM-40). Tests: tests/unit/test_care_plan_flow.c.
 */
#ifndef TSU_CARE_PLAN_MINOR_H
#define TSU_CARE_PLAN_MINOR_H

#include "care/plan.h"

struct plan_minor {
	const char *change;   /* the example in words */
	const char *outcome;  /* minor full; "" where the table says nothing of it */
	const char *label, *reason, *rule, *source, *confidence; /* "" with outcome "" */
};
/* change: a code of plan_minor, add_office or equip_other. */
MUST err plan_minor_judge(struct ctx *c, const char *change, civil on, struct plan_minor *out);
/* What may be answered beside the examples of the notice: changes of which the table says that they are not minor. */
size_t plan_minor_others(struct ctx *c, const char ***codes, const char ***labels);
/* The office that the new version has beyond those of the version before; "" if it has none. New ones in the place of old ones count as
 * a change of the office, which is another example. */
MUST err plan_minor_added(struct ctx *c, const struct plan_tree *t, const char **office);

#endif
