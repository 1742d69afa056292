/* demo_acts — the single acts of the demo's year; each runs with the actor and the clock of its event (demo_run).
 * e->n and e->m say which one where a person has several. Tests: tests/unit/test_exchange.c. */
#ifndef TSU_MAIN_DEMO_ACTS_H
#define TSU_MAIN_DEMO_ACTS_H

#include "main/demo_world.h"

/* demo_record.c */
MUST err demo_act_register(struct demo *d, struct ctx *c, struct demo_event *e);
MUST err demo_act_insurance(struct demo *d, struct ctx *c, struct demo_event *e);
MUST err demo_act_apply(struct demo *d, struct ctx *c, struct demo_event *e);   /* n: which certification */
MUST err demo_act_certify(struct demo *d, struct ctx *c, struct demo_event *e); /* n */
MUST err demo_act_burden(struct demo *d, struct ctx *c, struct demo_event *e);
MUST err demo_act_family(struct demo *d, struct ctx *c, struct demo_event *e);
MUST err demo_act_disability(struct demo *d, struct ctx *c, struct demo_event *e);
MUST err demo_act_end(struct demo *d, struct ctx *c, struct demo_event *e);
/* demo_drawing.c */
MUST err demo_act_drawing(struct demo *d, struct ctx *c, struct demo_event *e); /* n: which family */
/* demo_care.c */
MUST err demo_act_check(struct demo *d, struct ctx *c, struct demo_event *e);   /* n: which of the person's checklists */
MUST err demo_act_recheck(struct demo *d, struct ctx *c, struct demo_event *e); /* n: the blanks are asked for */
MUST err demo_act_route(struct demo *d, struct ctx *c, struct demo_event *e);
MUST err demo_act_settle(struct demo *d, struct ctx *c, struct demo_event *e);  /* what a routing asked for is done */
MUST err demo_act_basic_info(struct demo *d, struct ctx *c, struct demo_event *e);
/* demo_case.c */
/* The case of the account's organisation begins today; the account stays the actor. */
MUST err demo_case_begin(struct demo *d, struct ctx *c, struct demo_person *p, int login, const char *kind);
MUST err demo_case_end(struct demo *d, struct ctx *c, struct demo_person *p, civil last_day, const char *reason);
/* demo_plan.c */
MUST err demo_act_plan(struct demo *d, struct ctx *c, struct demo_event *e);
MUST err demo_act_agree(struct demo *d, struct ctx *c, struct demo_event *e);  /* m: days from the 原案 to today */
MUST err demo_write_plan(struct demo *d, struct ctx *c, const struct demo_person *p, const char *pid); /* the contents of a new 原案 */
MUST err demo_plan_open(struct ctx *c, const struct demo_person *p, const char *kind /* NULL: any */, bool *open); /* a 原案 is being written */
MUST err demo_hand_over(struct ctx *c, const char *pid, bool all); /* all false: one provider waits for its copy */
MUST err demo_agree_plan(struct ctx *c, const struct demo_person *p, const char *pid); /* explained, agreed and delivered today */
/* demo_meeting.c */
MUST err demo_meeting_call(struct ctx *c, struct demo_person *p, const char *plan_pid, civil held_on);
MUST err demo_meeting_hold(struct ctx *c, struct demo_person *p);
/* demo_visit.c */
MUST err demo_act_visit(struct demo *d, struct ctx *c, struct demo_event *e);  /* n: 0 monitoring, 1 support log, 2 receipts; m: which */
/* demo_assess.c */
MUST err demo_act_assess(struct demo *d, struct ctx *c, struct demo_event *e);
/* demo_hospital.c */
MUST err demo_act_stay(struct demo *d, struct ctx *c, struct demo_event *e);   /* n: 0 admitted … 3 discharged */
MUST err demo_act_letter(struct demo *d, struct ctx *c, struct demo_event *e); /* n, m: which */
/* demo_renew.c */
MUST err demo_act_evaluate(struct demo *d, struct ctx *c, struct demo_event *e);
MUST err demo_act_knot(struct demo *d, struct ctx *c, struct demo_event *e);   /* n: what does not fit */
MUST err demo_act_scan(struct demo *d, struct ctx *c, struct demo_event *e);   /* n: picture or PDF */
struct evaluate_tree;
MUST err demo_evaluate(struct ctx *c, const struct demo_person *p, const char *plan_pid, struct evaluate_tree *t);
/* demo_commission.c */
/* Some cases of the centre go to an office; pick: a number of the person. */
MUST err demo_commission_out(struct demo *d, struct ctx *c, struct demo_person *p, const char *case_pid, const char *case_kind, const char *note, int pick);
MUST err demo_act_commissions(struct demo *d, struct ctx *c, struct demo_event *e); /* every running 原案委託 goes on */
/* demo_consult.c */
MUST err demo_act_call(struct demo *d, struct ctx *c, struct demo_event *e);
MUST err demo_act_entry(struct demo *d, struct ctx *c, struct demo_event *e);   /* n: which entry */
MUST err demo_act_link(struct demo *d, struct ctx *c, struct demo_event *e);

/* demo_snippet.c: 定型文 of centres, offices, the town and the shown accounts, from demo/snippets.csv; no transaction around it */
MUST err demo_make_snippets(struct demo *d, struct ctx *c, const char *share_dir);

/* demo_office.c: 事業所の記録, some 届出 and exceptions of people; after the year, no transaction around it */
MUST err demo_make_office_records(struct demo *d, struct ctx *c);
/* 調査 of two fiscal years: demo_survey.c. */
MUST err demo_make_survey(struct demo *d, struct ctx *c, const char *share_dir);
/* demo_rehab.c: リハビリ of some people; after the year, no transaction around it */
MUST err demo_make_rehab(struct demo *d, struct ctx *c);
/* demo_move.c: courses that ended, judgements of a prospect; after demo_make_rehab, no transaction around it */
MUST err demo_make_moves(struct demo *d, struct ctx *c);

/* Act as that account from now on, in this event. */
void demo_as(struct demo *d, struct ctx *c, int who);
/* The person is in the care of the centre: main charge, once. */
MUST err demo_centre_charge(struct demo *d, struct ctx *c, struct demo_person *p);

#endif
