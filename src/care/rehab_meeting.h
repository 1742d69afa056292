/* rehab_meeting — リハビリテーション会議: record, members, closing, take-over by the care manager (C-204, C-206; 別紙様式2-3).
 *
 * Life: open（記録中） → closed（確定; frozen）. Closing refuses, each with one sentence: no day or a future one, no place, no members, somebody
 * whose attendance is not said, absence without a reason, no policy, contents or coordination; a conference before the end (kind end) also
 * without a next place (code list rehab_next_place), without somebody of it invited, or without the hand-over to the plan.
 * Closing gives the person's care manager a task (今日の仕事), ended when the meeting is taken over (rehab_meeting_take), and does the review it
 * stands for (care/rehab_goal). Gate: class care of the person. Units: civil days. Ownership: arena.
 * Errors: ERR_INPUT with faults by column name ("<column>_<i>" of members), ERR_CONFLICT, ERR_MEETING_CLOSED, of policy_check.
 * Tests: tests/unit/test_care_rehab.c.
 */
#ifndef TSU_CARE_REHAB_MEETING_H
#define TSU_CARE_REHAB_MEETING_H

#include "care/children.h"
#include "care/rehab_goal.h"
#include "sql/tables.h"

enum { REHAB_MEMBERS = 20 };

struct rehab_meeting_view {
	struct t_rehab_meeting row;
	const char *person_pid, *person_name, *org_name, *staff_name, *goal_pid, *goal_label, *updated_by, *taken_by; /* "" if none */
	struct t_rehab_meeting_member *members; /* in the order of the sheet */
	size_t n_members;
	struct rehab_manager manager;
	bool may_write, is_closed, may_take;
};

/* A new one of the actor; goal_pid "" = about no recorded service. kind: code list rehab_meeting_kind. */
MUST err rehab_meeting_init(struct ctx *c, const char *person_pid, const char *goal_pid, const char *kind, struct t_rehab_meeting *row);
MUST err rehab_meeting_get(struct ctx *c, const char *pid, struct rehab_meeting_view *out);
MUST err rehab_meeting_list(struct ctx *c, const char *person_pid, struct rehab_meeting_view **v, size_t *n);
/* Head and members in one act; members not named are left alone. id 0 = new. */
MUST err rehab_meeting_save(struct ctx *c, const char *person_pid, struct t_rehab_meeting *row, struct child_edit *members, size_t n,
                            struct row_conflict **conflict, struct child_conflicts *member_conflicts);
MUST err rehab_meeting_close(struct ctx *c, const char *pid);
/* By the organisation in charge: read, and taken over into the plan; a note is required for a conference before the end. */
MUST err rehab_meeting_take(struct ctx *c, const char *pid, const char *note);
MUST err rehab_meeting_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid);

#endif
