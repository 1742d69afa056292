/* inquiry — 照会 to a member of a meeting who does not come (F053, U40): asked by paper, telephone or a one-time link, answered into
 * the sheet of the meeting. Legal source: 居宅基準13条9号・15号 (照会), 予防基準30条9号.
 *
 * The link holds 128 random bits; only a keyed hash is stored. It holds INQUIRY_LINK_DAYS, once, and shows what the sender wrote
 * for it (inquiry_question) and nothing else: a text with the client's name in it makes no link. Wrong links from one source
 * wait like wrong passwords (access/attempt). Wrong, used, expired and binned links are one answer: ERR_ANSWER_LINK.
 * Gate: class meeting of the person; inquiry_by_link and inquiry_answer pass none but the link.
 * Errors: ERR_INPUT with faults by column name, ERR_CONFLICT, ERR_MEETING_CLOSED, ERR_ANSWER_LINK, ERR_LOCKED.
 * Ownership: arena. Tests: tests/unit/test_care_meeting.c, tests/http/test_meeting.py. */
#ifndef TSU_CARE_INQUIRY_H
#define TSU_CARE_INQUIRY_H

#include "care/meeting.h"

enum { INQUIRY_LINK_DAYS = 14 };

/* A new inquiry to the member (pid), filled from the meeting, or the open one there is already. */
MUST err inquiry_begin(struct ctx *c, const char *meeting_pid, const char *member_pid, const char **pid);
/* With the meeting it belongs to; ERR_NOTFOUND if it is not of that meeting. */
MUST err inquiry_get(struct ctx *c, const char *meeting_pid, const char *pid, struct meeting_view *m, struct t_care_inquiry *out);
/* The row as loaded and changed, an answer from paper or telephone included. */
MUST err inquiry_save(struct ctx *c, const char *meeting_pid, struct t_care_inquiry *row, struct row_conflict **conflict);
MUST err inquiry_retire(struct ctx *c, const char *meeting_pid, const char *pid, const char **bin_pid);
/* *token (arena) is told once and kept nowhere; a link made before holds no longer. */
MUST err inquiry_link(struct ctx *c, const char *meeting_pid, const char *pid, const char **token);

struct inquiry_question {
	const char *from_org, *from_name, *to, *client_label, *question, *plan_outline;
	civil due_on;
};
/* source: the address of whoever asks, as the server believes it. */
MUST err inquiry_by_link(struct ctx *c, const char *token, const char *source, struct inquiry_question *out);
MUST err inquiry_answer(struct ctx *c, const char *token, const char *source, const char *answer, const char *answered_by);

#endif
