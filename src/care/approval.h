/* approval — how long approvals take (F124): from the request to the approval, of plans and of the end of cases.
 *
 * A thread (plan_comment, case_comment) is read word by word, oldest first: the clock starts with the newest request and stops with the
 * approval after it; a return lets it run on until somebody approves or asks anew. Words are those written in the actor's organisation.
 * Gate: class care of each person (scope). Instants ms UTC, spans ms. Ownership: arena.
 * Tests: tests/unit/test_care_case_talk.c, tests/http/test_case.py. */
#ifndef TSU_CARE_APPROVAL_H
#define TSU_CARE_APPROVAL_H

#include "base/ctx.h"

struct approval_clock {
	int64_t asked_ms; /* the newest request; INT_NULL none */
	int64_t took_ms;  /* from it to the approval; INT_NULL not yet */
	bool waits;       /* asked, and neither approved nor returned nor ended since */
};
#define APPROVAL_CLOCK() ((struct approval_clock){.asked_ms = INT_NULL, .took_ms = INT_NULL})
void approval_word(struct approval_clock *k, const char *word /* ask_approval approve return done comment */, int64_t at_ms);
const char *approval_span_ja(struct arena *a, int64_t ms); /* 25分, 3時間, 2日; "" for INT_NULL */

struct approval_wait {
	bool is_case;
	const char *pid, *label, *person_pid, *person_name, *who; /* of the plan or case; its kind (code); who asked, "" */
	int64_t person_id, asked_ms;
};
struct approval_sum {
	int64_t n_approved, n_returned, n_waiting;
	int64_t middle_ms, most_ms; /* median and longest of the approvals; INT_NULL if none */
};
struct approval_report {
	struct approval_sum plans, cases;
	struct approval_wait *waits; /* the longest waiting first */
	size_t n_waits;
};
MUST err approval_report(struct ctx *c, civil since, struct approval_report *out);

#endif
