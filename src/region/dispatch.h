/* dispatch — リハビリ専門職派遣事業: one chain from the informal question over the request to the visit or conference (F079; seed 000 Q2–Q6;
 * C-194, C-195, C-197, C-200). Joint work outside the programme is the same record with in_programme false and a partner.
 *
 * A dispatch names nobody. The case is told masked (case_label); whose it is (dispatch_case) is tied by the centre alone, under consent, and
 * opens the person's record to the therapist's organisation (relation dispatch) from acceptance until the follow-up is done or the dispatch ends.
 * What counts: a dispatch counts on held_on, once, for its occasion; an inquiry that was never turned counts as an inquiry only. A サービス担当者会議
 * is never a case conference (Q4: サ担を含まない).
 * Gate: class statistics by the sides of a dispatch — the centre (org_id), the town (insurer_org_id and the body that runs its programme), the
 * therapist's organisation (an offer that is open or accepted). Writing a request, an inquiry, joint work, the case: the centre. dispatch_case,
 * reports and follow-ups with a person: class care of the person besides.
 * Units: civil days, minutes, yen; codes of law/codes.tsv lists dispatch_*, several with | between. Ownership: arena.
 * Errors: ERR_INPUT and other faults by column name, ERR_CONFLICT, ERR_NOTFOUND (not a side of it), ERR_DENIED (a side, but not this act).
 * Tests: tests/unit/test_region_dispatch.c, tests/http/test_dispatch.py.
 */
#ifndef TSU_REGION_DISPATCH_H
#define TSU_REGION_DISPATCH_H

#include "sql/tables.h"
#include "store/revision.h"

enum dispatch_side { DISPATCH_CENTRE = 1, DISPATCH_TOWN = 2, DISPATCH_REHAB = 4 };

struct dispatch_view {
	struct t_dispatch row;
	int sides;                /* mask of enum dispatch_side: as what the actor sees it */
	const char *org_pid, *org_name, *insurer_name, *staff_name, *area_name, *therapist_name, *rehab_org_name; /* "" none */
	const char *updated_by;
	/* the person of the case; "" unless there is a case and the actor may see the person */
	const char *person_pid, *person_name;
	int64_t person_id;        /* 0 = none, or not to be seen */
	int64_t case_id;          /* dispatch_case; 0 = none, or not to be seen */
	bool may_write;           /* the request itself */
};

/* A new one of the actor's centre: today, insurer of the centre, in the programme. state: "inquiry" "requested" "held" (joint work outside). */
MUST err dispatch_init(struct ctx *c, const char *state, struct t_dispatch *row);
MUST err dispatch_get(struct ctx *c, const char *pid, struct dispatch_view *out);
/* id 0 = new; else the row as loaded and changed. States move only by the acts below. */
MUST err dispatch_save(struct ctx *c, struct t_dispatch *row, struct row_conflict **conflict);
/* The informal question becomes a request: requested_on = on; the fields of the request are in row. The same chain goes on. */
MUST err dispatch_turn(struct ctx *c, struct t_dispatch *row, civil on, struct row_conflict **conflict);
/* The town answers an informal question. */
MUST err dispatch_answer(struct ctx *c, const char *pid, const char *answer, civil on);
/* accepted → held, by the centre or the therapist's organisation; freezes the fee of the day. follow_due_on CIVIL_NONE = none agreed. */
MUST err dispatch_hold(struct ctx *c, const char *pid, civil held_on, int64_t minutes, const char *note, civil follow_due_on);
/* requested, offered, accepted → cancelled, by the centre or the town, with the reason. */
MUST err dispatch_cancel(struct ctx *c, const char *pid, const char *reason);
/* held → done without a follow-up, by the centre, with the reason. */
MUST err dispatch_end(struct ctx *c, const char *pid, const char *reason);
MUST err dispatch_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid);

struct dispatch_filter {
	const char *state;        /* NULL = all */
	const char *which;        /* NULL = all; "open" (inquiry requested offered accepted), "over" (held done cancelled) */
	int64_t org_id;           /* of one centre; INT_NULL = all the actor sees */
	civil from, to;           /* of held_on; CIVIL_NONE = any */
	int limit, offset;        /* limit 0 = 50 */
};
#define DISPATCH_ALL() {.org_id = INT_NULL, .from = CIVIL_NONE, .to = CIVIL_NONE}
/* What the actor is a side of, the most urgent and oldest first; persons are not named in lists. */
MUST err dispatch_list(struct ctx *c, const struct dispatch_filter *f, struct dispatch_view **v, size_t *n);
MUST err dispatch_count(struct ctx *c, const struct dispatch_filter *f, int64_t *n);

/* --- the person, under consent (C-198) --- */
/* The person agreed that the case is told to the therapist's organisation: needs ACTION_GIVE on care. One alive row per dispatch. */
MUST err dispatch_case_tie(struct ctx *c, const char *dispatch_pid, const char *person_pid, civil agreed_on, const char *agreed_by, const char *how);
/* The person takes it back: every grant of the dispatch ends on that day. */
MUST err dispatch_case_withdraw(struct ctx *c, const char *dispatch_pid, civil on, const char *note);

/* Whether the actor's organisation is a centre that may ask, and whether it coordinates (the insurer, or the body that runs its programme). */
bool dispatch_is_centre(struct ctx *c);
MUST err dispatch_town_of(struct ctx *c, int64_t *insurer_org_id); /* INT_NULL: does not coordinate */

/* Labels of a "|" list by a list of law/codes.tsv: 「支援の初回導入時、定例開催の研修会や検討会」. Arena. */
const char *dispatch_labels(struct ctx *c, const char *list, const char *codes);

#endif
