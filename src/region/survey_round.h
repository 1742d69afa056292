/* survey_round — the times a survey is asked, its frame of targets, invitations with personal links, answers.
 *
 * A round asks one published version of the questions about a period; the request may go out before that period is over (X-06, C-173).
 * Publishing a round's seats to the front makes the links work (region/front); the link itself is known only while it is made: it goes
 * into a mail or onto a letter and is never stored.
 * Named rounds: an answer belongs to its invitation. Anonymous rounds: answers come out of the pot in random order, with the day of the
 * move for a whole batch, and no row, history, time or audit entry ties one to a target (decision 017).
 * Gate: survey_gate of the survey; the target's own organisation for survey_own_*. Units: civil days. Ownership: arena.
 * Source: community-process C-169 … C-176, C-190, C-192, C-193. Errors: ERR_INPUT with faults, ERR_SURVEY_*, ERR_CONFLICT.
 * Tests: tests/unit/test_region_survey_round.c, tests/http/test_survey.py. */
#ifndef TSU_REGION_SURVEY_ROUND_H
#define TSU_REGION_SURVEY_ROUND_H

#include "region/survey.h"
#include "register/import_lines.h"
#include "register/person_list.h"

/* ---- the frame ------------------------------------------------------------------------------------------------------- */
void survey_target_init(const struct t_survey *s, struct t_survey_target *row);
MUST err survey_target_get(struct ctx *c, const char *pid, struct t_survey_target *out);
MUST err survey_target_save(struct ctx *c, struct t_survey_target *row, struct row_conflict **conflict);
MUST err survey_target_retire(struct ctx *c, const char *pid);
MUST err survey_targets(struct ctx *c, int64_t survey_id, struct t_survey_target **v, size_t *n); /* by code */
/* All organisations of a kind at work on the day that are not in the frame yet; traits from the register (区域, 運営形態). */
MUST err survey_frame_orgs(struct ctx *c, const char *survey_pid, const char *org_kind, civil on, int64_t *added);
/* The care managers of the offices at work on the day. */
MUST err survey_frame_staff(struct ctx *c, const char *survey_pid, civil on, int64_t *added);
/* The targets of another survey of the house that are not in the frame yet. ERR_INPUT: from (none chosen, or the survey itself). */
MUST err survey_frame_copy(struct ctx *c, const char *survey_pid, const char *from_pid, int64_t *added);
/* People of the register whose name card the actor may see, by public id. Whoever was taken out of the frame comes back with the old number;
 * who has died or moved away is not asked. Of what is known the name, the address for a letter and the area are noted, no class of care. */
struct survey_people {
	int64_t added, present, ended; /* ended: dead or moved away */
};
MUST err survey_frame_people(struct ctx *c, const char *survey_pid, const char *const *pids, size_t n, struct survey_people *out);
/* The same for everybody of a list (register/person_list), at most SURVEY_PEOPLE_MOST (ERR_LIMIT). */
enum { SURVEY_PEOPLE_MOST = 5000 };
MUST err survey_frame_list(struct ctx *c, const char *survey_pid, const struct person_list_choice *ch, struct survey_people *out);
/* Which of them stand in the frame. */
MUST err survey_frame_has(struct ctx *c, int64_t survey_id, const struct person_hit *hits, size_t n, bool **has);
/* CSV: code,label,email,postal,address and further columns as traits. One bad row never blocks the good ones. */
MUST err survey_frame_import(struct ctx *c, const char *survey_pid, const char *bytes, size_t n, bool trial, struct import_lines *out);

/* ---- rounds ---------------------------------------------------------------------------------------------------------- */
void survey_round_init(const struct t_survey *s, struct t_survey_round *row);
MUST err survey_round_get(struct ctx *c, const char *pid, struct t_survey_round *out);
MUST err survey_round_by_id(struct ctx *c, int64_t id, struct t_survey_round *out); /* gated too */
MUST err survey_round_save(struct ctx *c, struct t_survey_round *row, struct row_conflict **conflict);
MUST err survey_rounds(struct ctx *c, int64_t survey_id, struct t_survey_round **v, size_t *n);
/* The four quarters of a fiscal year (April), asked on the days of seed 000: 1 July, 1 October, 1 January, 1 March, two weeks each. */
MUST err survey_rounds_quarters(struct ctx *c, const char *survey_pid, int fiscal_year, int64_t *added);
bool survey_round_is_open(const struct t_survey_round *r, civil on);
bool survey_round_is_over(const struct t_survey_round *r, civil on); /* nobody can answer any more */
bool survey_round_is_early(const struct t_survey_round *r, civil on); /* asked before its period is over */
MUST err survey_round_close(struct ctx *c, const char *pid); /* closed today; moves the pot of an anonymous one */
MUST err survey_round_reopen(struct ctx *c, const char *pid);

/* ---- invitations ----------------------------------------------------------------------------------------------------- */
struct survey_seat {
	struct t_survey_invitation inv;
	const char *target_pid, *target_code, *label, *email, *postal, *address;
	const char *answer_state; /* "" none, opened, partial, submitted; of anonymous rounds always "" */
	const char *mode;
	civil submitted_on;
};
/* One invitation for each target that has none yet; the seats go to the front (filled in advance where the survey says so). */
MUST err survey_invite(struct ctx *c, const char *round_pid, int64_t *added);
enum survey_whom { SURVEY_ALL, SURVEY_SILENT, SURVEY_ANSWERED, SURVEY_BOUNCED, SURVEY_UNSENT };
/* The seats of a round. Anonymous: SILENT and ANSWERED give ERR_DENIED; who is to be reminded only survey_mail_* knows. */
MUST err survey_seats(struct ctx *c, const char *round_pid, enum survey_whom whom, struct survey_seat **v, size_t *n);
MUST err survey_seat_get(struct ctx *c, const char *pid, struct survey_seat *out);
/* A fresh link; earlier ones of the seat then answer "replaced" (C-170). */
MUST err survey_link(struct ctx *c, const char *invitation_pid, const char **link);
MUST err survey_seat_mark(struct ctx *c, const char *invitation_pid, const char *state, const char *why); /* bounced declined waiting */
struct survey_rate {
	int64_t frame, invited, sent, bounced, declined, opened, partial, submitted; /* anonymous: opened, partial 0 */
	int64_t in_pot;              /* anonymous: handed in and not yet moved */
	struct { const char *mode; int64_t n; } modes[16];
	size_t n_modes;
};
MUST err survey_rate_of(struct ctx *c, const char *round_pid, struct survey_rate *out);

/* ---- answers --------------------------------------------------------------------------------------------------------- */
struct survey_answer_view {
	struct t_survey_answer row;     /* id 0: none yet */
	const struct form_def *def;
	const struct answers *answers, *prefill; /* prefill NULL: none */
	const char *target_label, *target_pid, *invitation_pid, *staff_name;
	int64_t serial;
};
MUST err survey_answer_get(struct ctx *c, const char *invitation_pid, struct survey_answer_view *out); /* named rounds */
/* Staff enters paper, fax, a telephone call: mode and who are kept (C-171). Named: by invitation; serial: as typed from the paper, must be
 * that of the invitation (ERR_SURVEY_OTHER), INT_NULL = not asked. Closed rounds take late paper with a note. */
MUST err survey_answer_enter(struct ctx *c, const char *invitation_pid, int64_t serial, const struct answers *as, const char *mode,
	const char *note, bool submit, int64_t base);
MUST err survey_anon_enter(struct ctx *c, const char *round_pid, const struct answers *as, const char *mode); /* into the pot */
/* What the front gathered since: named answers become rows with history; the pot of an anonymous round is moved if `pot`. */
MUST err survey_collect(struct ctx *c, const char *round_pid, bool pot, int64_t *n);
/* The same for the one seat whose link has just saved (named; others and the outside house: nothing). Gate: that link. */
MUST err survey_gathered(struct ctx *c, const char *seat_key);

/* The target's own organisation, from its work: rounds that ask it and are open or were answered. */
struct survey_own {
	const char *invitation_pid, *title, *round_name, *sender, *state;
	civil opens_on, closes_on;
	bool is_open;
};
MUST err survey_own_list(struct ctx *c, struct survey_own **v, size_t *n);
MUST err survey_own_get(struct ctx *c, const char *invitation_pid, struct survey_answer_view *out, struct t_survey_round *round, struct t_survey *survey);
MUST err survey_own_save(struct ctx *c, const char *invitation_pid, const struct answers *as, bool submit, int64_t base);

/* ---- files (C-192) --------------------------------------------------------------------------------------------------- */
/* One row per target and round, question keys as columns: target,round,mode,submitted_on,… ; UTF-8 with BOM or CP932. */
MUST err survey_raw_csv(struct ctx *c, const char *survey_pid, const char *round_pid /* "" = all */, bool cp932, const char **bytes, size_t *n);
MUST err survey_codebook_csv(struct ctx *c, const char *survey_pid, bool cp932, const char **bytes, size_t *n);
/* The same file in: unknown columns are refused as a whole, naming them; each row is its own (unknown target, twice the same, bad value). */
/* target: number or name in the frame; round: number, name or q1, q2 …; submitted_on: when missing, today or the last day of the round. */
MUST err survey_raw_import(struct ctx *c, const char *survey_pid, const char *bytes, size_t n, bool trial, struct import_lines *out);
/* The same inside a transaction, for the house's own bulk work: the first bad row takes all back. */
MUST err survey_raw_take(struct ctx *c, const char *survey_pid, const char *bytes, size_t n, struct import_lines *out);

#endif
