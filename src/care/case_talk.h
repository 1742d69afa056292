/* case_talk — 終結の承認 (F124): who has a case in charge asks for its end with day and reason, somebody else approves or returns it.
 *
 * Where the office asks for approval (org.wants_close_approval of the organisation that has the case), case_close takes only what was
 * approved: the day, the reason and the words of the newest request, and only if the newest answer to it is an approval. A new request
 * takes the place of the one before it; an end, and an end taken back, use an approval up. Nobody approves what he asked for himself, nor
 * the end of a case he has in charge; the answer names the request that was read, so that a newer one is not approved unseen.
 * Table case_comment; nothing of it is altered or taken out. A request is a task of the organisation, the answer settles it.
 * Gate: reading class care of the person; writing mandate_case, answering the own organisation besides. Ownership: arena.
 * Errors: ERR_INPUT and its kind with faults by column name. Tests: tests/unit/test_care_case_talk.c, tests/http/test_case.py. */
#ifndef TSU_CARE_CASE_TALK_H
#define TSU_CARE_CASE_TALK_H

#include "care/approval.h"
#include "care/case.h"

struct case_talk {
	struct case_view kase;
	struct t_case_comment *v; /* oldest first */
	size_t n;
	bool wants;                          /* the office asks for approval */
	const struct t_case_comment *asked;  /* the request that stands; NULL: none, or the case was ended with it */
	const struct t_case_comment *answer; /* the newest approval or return of it; NULL: it waits */
	bool approved;
	struct approval_clock clock;
};
MUST err case_talk_get(struct ctx *c, const char *pid, struct case_talk *out);
/* Whose request waits for the actor's answer: not the own, not the end of a case in the own charge. */
bool case_talk_may_answer(const struct ctx *c, const struct case_talk *t);

MUST err case_ask_close(struct ctx *c, const char *pid, civil end_on, const char *reason, const char *note);
MUST err case_comment_add(struct ctx *c, const char *pid, const char *kind /* comment approve return */, const char *asked_pid, const char *body);

/* For case_close, inside its transaction: is this what was approved? Writes that it was used. */
MUST err case_use_approval(struct ctx *c, const struct t_care_case *k, civil end_on, const char *reason, const char *note);

#endif
