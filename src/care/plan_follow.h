/* plan_follow — what a plan writes beside itself, in its own transaction: time line, evidence, tasks. For care/plan_*.
 * Ownership: arena. Tests: tests/unit/test_care_plan.c. */
#ifndef TSU_CARE_PLAN_FOLLOW_H
#define TSU_CARE_PLAN_FOLLOW_H

#include "care/plan.h"

/* After any save of the plan: entry "plan" of the time line, REC-DRAFT, the tasks of its state (見直し, 暫定の期限). */
MUST err plan_follow(struct ctx *c, const struct plan_tree *t);
/* A consent: REC-CONSENT and its entry. */
MUST err plan_follow_consent(struct ctx *c, const struct t_plan *p, const struct t_plan_consent *k);
/* A recipient: REC-DELIV once received, task "document" while nobody has sent it (until: the first day of service). */
MUST err plan_follow_delivery(struct ctx *c, const struct t_plan *p, const struct t_plan_delivery *d);
/* 個別サービス計画: REC-SVCPLAN, and the task while it is missing. */
MUST err plan_follow_provider(struct ctx *c, const struct t_plan *p, const struct t_provider_plan *r);
/* The plan went to the bin or came back (register/bin). */
MUST err plan_follow_bin(struct ctx *c, int64_t plan_id, bool alive);

/* 「令和8年4月1日〜令和8年9月30日」 */
const char *plan_period_ja(struct ctx *c, const struct t_plan *p);

#endif
