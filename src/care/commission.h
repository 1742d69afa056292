/* commission — 原案委託 (F052): a centre's prevention case given to an office, step by step between the two, with no mail or fax.
 *
 *   centre: request → (withdraw) · return, approve · eval_return, eval_approve · end
 *   office: accept or refuse · submit the draft · eval_submit
 * commission_move names every step: whose it is, from which states, to which. Each is a row of commission_event (day, who, words).
 * From the request the office has the grant COMMISSION for the name card, from acceptance for the usual classes, both until
 * until_on; refusal, withdrawal and end close it at once. An approved draft carries the centre's opinion (plan_center_check),
 * a returned one a comment (plan_comment_add). The office writes its draft with plan_create in the centre's case and
 * the evaluation with evaluate_save; eval_submit names that record, which then rests with the centre (care/evaluate) until it is
 * returned; eval_approve writes the centre's opinion and decision into it.
 * The task "commission" lies with the side whose turn it is; the time line has each step.
 * Legal source: 介護保険法115条の23第3項, 予防基準12条 (運営協議会の議・業務の範囲・委託先).
 * Gate: the two organisations only; class care, but the name card for the office while the request waits; to request
 * needs GIVE of the name card. Days civil.
 * Ownership: arena. Errors: ERR_INPUT and other faults by column name, ERR_CONFLICT, of policy_check.
 * Tests: tests/unit/test_care_commission.c, tests/http/test_commission.py.
 */
#ifndef TSU_CARE_COMMISSION_H
#define TSU_CARE_COMMISSION_H

#include "sql/tables.h"
#include "store/revision.h"

enum commission_side { COMMISSION_NOBODY, COMMISSION_CENTRE, COMMISSION_OFFICE };

struct commission_move {
	const char *event;  /* code list commission_event */
	const char *label;  /* what the button says */
	const char *from;   /* codes of commission_status, "|" between */
	const char *to;
	enum commission_side side;
	const char *words;  /* what has to be written with it; "" = nothing has to */
};

struct commission_view {
	struct t_commission row;
	const char *person_pid, *person_name, *case_pid, *org_pid, *org_name, *office_pid, *office_name;
	const char *staff_name, *office_staff_name, *plan_pid, *evaluation_pid, *updated_by; /* "" if none */
	enum commission_side side, turn;
	bool may_write;     /* the actor may take the steps of its side */
	bool sees_care;     /* links to case and plan open */
	bool lapsed;        /* until_on is past and nobody has ended it */
};

struct commission_event {
	int64_t id, at_ms;
	const char *event, *body, *org_name, *staff_name, *plan_pid, *evaluation_pid; /* "" if none */
};

struct commission_row {
	int64_t id, person_id, org_id;
	const char *pid, *person_name, *org_name, *office_name, *status;
	civil status_on, until_on;
	int waiting;        /* days in this state; 0 when it is over */
	enum commission_side turn;
};

void commission_init(struct ctx *c, struct t_commission *row); /* a new one of the actor's centre, for a year */
MUST err commission_get(struct ctx *c, const char *pid, struct commission_view *out);
MUST err commission_events(struct ctx *c, const struct commission_view *m, struct commission_event **v, size_t *n);
/* Both sides of the actor's organisation, the longest wait first. case_pid "" = all cases. */
MUST err commission_list(struct ctx *c, const char *case_pid, bool open, int limit, int offset, struct commission_row **v, size_t *n,
                         int64_t *total);
/* id 0 = a new request: case_pid and office_pid name what is given to whom; otherwise the row as loaded and changed. */
MUST err commission_save(struct ctx *c, const char *person_pid, struct t_commission *row, const char *case_pid, const char *office_pid,
                         struct row_conflict **conflict);
/* decision: code of eval_decision, for eval_approve where the evaluation has none yet; else "". */
MUST err commission_step(struct ctx *c, const char *pid, const char *event, const char *body, const char *decision);
/* The same; load_checked: whoever accepts has looked at the load of the office (居宅基準13条26号; HOUSE-COMMISSION load_checked_on). */
MUST err commission_step_checked(struct ctx *c, const char *pid, const char *event, const char *body, const char *decision, bool load_checked);
/* The evaluation the office would hand in now; "" = it has to be written first. */
MUST err commission_evaluation_pid(struct ctx *c, const struct commission_view *m, const char **pid);
MUST err commission_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid); /* a request not yet answered */
/* The case has ended: so do its commissions. Called by care/case in its own transaction; no gate of its own. */
MUST err commission_follow_case(struct ctx *c, int64_t case_id);
/* Called by care/start for the bin. */
MUST err commission_follow_bin(struct ctx *c, int64_t row_id, bool alive);

/* The steps open to the actor now, in the order of the table. Arena. */
const struct commission_move **commission_steps(struct ctx *c, const struct commission_view *m, size_t *n);
enum commission_side commission_turn(const char *status);
/* May this kind of case be commissioned? */
bool commission_kind(const char *case_kind);

#endif
