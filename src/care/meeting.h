/* meeting — サービス担当者会議 (F053, F061): call, attendance, 要点 (第4表), or the inquiry that stands for a meeting.
 *
 * Legal source: 居宅基準13条9号 (plan), 15号 (renewal), 16号 (change); 予防基準30条9号・15号; forms-careplan §3.4. 末期の悪性腫瘍 as a ground for
 * not meeting stands in 13条9号 only; 予防 needs a concrete reason. Video with the client or the family needs their consent.
 * Life: called (招集中) → closed (確定; frozen) → reopened if need be. Closing refuses what is not allowed, each with one sentence:
 * a future day, absence without a reason, an empty sheet, video without consent, no meeting without reason and answer.
 * Closing writes REC-SCM, or REC-INQ with REC-EXC; REC-INQ for every answered inquiry; the number of the meeting (開催回数).
 * Organisations invited hold the grant "meeting" from the call until MEETING_AFTER_DAYS after it was closed.
 * Gate: class meeting of the person. Days civil. Ownership: arena. Errors: ERR_INPUT with faults by column name, ERR_CONFLICT,
 * ERR_MEETING_CLOSED, of policy_check. Tests: tests/unit/test_care_meeting.c, tests/http/test_meeting.py.
 */
#ifndef TSU_CARE_MEETING_H
#define TSU_CARE_MEETING_H

#include "care/children.h"
#include "sql/tables.h"

enum { MEETING_AFTER_DAYS = 7 };

struct meeting_view {
	struct t_care_meeting row;
	const char *person_pid, *person_name, *org_pid, *org_name, *plan_pid, *updated_by, *closed_by; /* "" if none */
	struct t_care_meeting_member *members; /* in the order of the sheet */
	struct t_care_inquiry *inquiries;
	size_t n_members, n_inquiries;
	const struct t_care_meeting *source;             /* the meeting it was copied from, as it stood then; NULL */
	const struct t_care_meeting_member **member_sources; /* beside members; NULL each if not copied */
	bool may_write, is_closed, is_prevention;
	int64_t no; /* 通し回数: as closed, or as it would be; INT_NULL when nobody meets */
};

/* A new one of the actor about the plan ("" = none): day of the call, author, case. */
MUST err meeting_init(struct ctx *c, const char *person_pid, const char *plan_pid, struct t_care_meeting *row);
/* The same with the place and the agenda of an earlier meeting of the person; its people are called when
 * it is saved, besides those whom the plan names (F051). ERR_NOTFOUND: no such meeting of the person. */
MUST err meeting_init_copy(struct ctx *c, const char *person_pid, const char *plan_pid, const char *from_pid, struct t_care_meeting *row);
/* What a meeting (stored or about to be) was copied from, as it stood then: place and agenda; NULL: not copied. */
MUST err meeting_copied_from(struct ctx *c, const struct t_care_meeting *row, const struct t_care_meeting **source);
/* Per cent of what was copied (people, place, agenda) and is still untouched; 0 if it was not copied. */
bool meeting_member_untouched(const struct meeting_view *v, size_t i);
int meeting_untouched(const struct meeting_view *v);
MUST err meeting_get(struct ctx *c, const char *pid, struct meeting_view *out);
/* Open ones first, then the newest. */
MUST err meeting_list(struct ctx *c, const char *person_pid, struct meeting_view **v, size_t *n);

/* id 0 = new: the members are proposed from the plan in force or given (care/meeting_propose). Otherwise the row as loaded and
 * changed, with the version the editor started from. */
MUST err meeting_save(struct ctx *c, const char *person_pid, struct t_care_meeting *row, struct row_conflict **conflict);
/* The list of members; rows not named are left alone. Faults are named "<column>_<i>" by the index of the edit. */
MUST err meeting_members_save(struct ctx *c, const char *pid, struct child_edit *edits, size_t n, struct child_conflicts *conflicts);
/* An organisation of the register: it sees the meeting from now on. */
MUST err meeting_invite(struct ctx *c, const char *pid, const char *org_pid);
/* Appends what is known of the absent members (office, name, reason, inquiry, answer) to 検討した項目, each once; an earlier
 * state of the same line is brought up to date. */
MUST err meeting_tell_absent(struct ctx *c, const char *pid);
MUST err meeting_close(struct ctx *c, const char *pid);
/* A copied one with more than 80 % untouched: a fault on "accept" until accept is true (F051). */
MUST err meeting_close_seen(struct ctx *c, const char *pid, bool accept);
MUST err meeting_reopen(struct ctx *c, const char *pid);
MUST err meeting_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid);
MUST err meeting_follow_bin(struct ctx *c, int64_t row_id, bool alive); /* called by care/start for the bin */

/* ---- for care/meeting_*, care/inquiry -------------------------------------------------------------------------- */

MUST err meeting_open(struct ctx *c, const char *pid, enum action a, struct t_care_meeting *row); /* gated; ERR_MEETING_CLOSED to write */
MUST err meeting_view_of(struct ctx *c, struct meeting_view *v);      /* the rest of a gated row */
MUST err meeting_check(struct ctx *c, const struct t_care_meeting *row);
void meeting_check_close(struct ctx *c, const struct meeting_view *v); /* adds a fault for everything that is in the way */
MUST err meeting_follow(struct ctx *c, const struct meeting_view *v);
MUST err meeting_follow_inquiry(struct ctx *c, const struct meeting_view *v, const struct t_care_inquiry *q);
MUST err meeting_propose(struct ctx *c, const struct t_care_meeting *row);
const char *meeting_absent_line(struct ctx *c, const struct meeting_view *v, const struct t_care_meeting_member *m);

#endif
