/* dispatch_match — the coordinator: who fits an open request, offers, answers, declines with their reason (C-196).
 *
 * Suggestions are ranked with their reasons: profession wished, area served, free on a wished day (the earlier the better), load; a day beyond
 * the urgency that nobody wished is marked and stands behind those in time. The area is that of the request, else the one the centre has in its charge. Nobody is
 * chosen by the program: the coordinator offers one; declined, the best suggestion that was not asked yet, fits and has a free day in time is offered at
 * once; the coordinator can withdraw it. With no area known nobody is offered at once: the request is the coordinator's task again.
 * Source: S0 派遣事業 names a coordinator and no method; docs/open-questions.md.
 * Gate: the town suggests, offers, withdraws, and enters an answer told by telephone; the therapist's organisation answers its own offers. Ownership: arena.
 * Errors: faults ("therapist", "on_day", "decline_reason"), ERR_NOTFOUND, ERR_DENIED, ERR_CONFLICT (answered meanwhile).
 * Tests: tests/unit/test_region_dispatch.c.
 */
#ifndef TSU_REGION_DISPATCH_MATCH_H
#define TSU_REGION_DISPATCH_MATCH_H

#include "region/dispatch_pool.h"

struct dispatch_suggestion {
	const struct dispatch_free *who;
	int64_t points;
	civil on_day;              /* the day that would be offered; CIVIL_NONE: none free */
	struct dispatch_hours hours;
	bool profession_fits, area_fits, day_wished, asked; /* asked: was offered this request before */
	bool area_open, too_late;  /* no area of the request is known; the day was not wished and lies beyond the urgency */
	const char *why;           /* arena: 「希望の職種に合う・北圏域を担当している・最も早い空きは令和8年11月27日（金）・前後28日の派遣2件」 */
};
MUST err dispatch_place(struct ctx *c, const char *dispatch_pid, const char **name); /* area the request is matched by; "" not known */
/* The one 日常生活圏域 the centre has in its charge on the day; INT_NULL: none, or several. */
MUST err dispatch_area_of(struct ctx *c, int64_t org_id, civil on, int64_t *area_id);
civil dispatch_latest(struct ctx *c, const struct t_dispatch *r); /* last day the urgency of the request allows (law/numbers.tsv dispatch_days_*); CIVIL_NONE: no urgency */
MUST err dispatch_suggest(struct ctx *c, const char *dispatch_pid, struct dispatch_suggestion **v, size_t *n);

struct dispatch_offer_view {
	struct t_dispatch_offer row;
	const char *therapist_pid, *therapist_name, *profession, *org_name;
};
MUST err dispatch_offers(struct ctx *c, int64_t dispatch_id, struct dispatch_offer_view **v, size_t *n); /* first offered first */
MUST err dispatch_offer_make(struct ctx *c, const char *dispatch_pid, const char *therapist_pid, civil on, const char *from, const char *to);
MUST err dispatch_offer_accept(struct ctx *c, const char *dispatch_pid, const char *offer_pid);
/* *next (may be NULL): whom the request went to then, "" if nobody is left. */
MUST err dispatch_offer_decline(struct ctx *c, const char *dispatch_pid, const char *offer_pid, const char *reason, const char *note, const char **next);
MUST err dispatch_offer_withdraw(struct ctx *c, const char *dispatch_pid, const char *offer_pid, const char *note);

#endif
