/* plan_assist — what the program writes for the author where it follows from what was chosen: words of a service (種別, 事業所, 頻度)
 * and stays of the week from the days and times of 第2表; and small questions of the page that writes the week. It fills blanks only and never changes what was typed.
 * Gate: none of its own; the caller saves through care/plan. Ownership: arena. Tests: tests/unit/test_care_plan_assist.c. */
#ifndef TSU_CARE_PLAN_ASSIST_H
#define TSU_CARE_PLAN_ASSIST_H

#include "care/plan.h"

/* 種別 from the code, 事業所 and its number from the register, the week's count and 「週2回（月・木）」 from the days; formal help is 対象. */
void plan_service_complete(struct ctx *c, struct t_plan_service *s);
/* 9:30, 24:00, 翌6:00. Arena. */
const char *plan_clock_ja(struct arena *a, int min);

struct plan_slot_new {
	struct t_plan_slot row;
	const char *service_key; /* pid of the service */
};
/* Stays that 第2表 has and the week has not: one per day of each service with days and times. Nothing is written. */
MUST err plan_week_missing(struct ctx *c, const struct plan_tree *t, struct plan_slot_new **v, size_t *n);

/* The month in the heading of 第3表 (「令和8年12月分より」), on the page and on paper alike: that of the first day of 計画期間, without
 * one that of 計画作成（変更）日. */
civil plan_month_on(const struct t_plan *p);
/* A stay that somebody else took out while the author had it on the page: did the author change it against `version`, or left it
 * alone? ERR_NOTFOUND if it never was of this plan. */
MUST err plan_slot_was_changed(struct ctx *c, const struct plan_tree *t, const char *pid, int64_t version, const struct t_plan_slot *typed, bool *changed);

#endif
