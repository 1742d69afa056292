/* monitor — モニタリング (forms-careplan §5.1): an interview about the plan in use, with what it found of every service and short-term
 * goal, and what follows from it.
 *
 * Legal source: 居宅基準13条13・13の2・14号, 予防基準30条14・16号. A テレビ電話 is refused with its reason unless all of it stands: the
 * law of the day allows it and the home was visited recently enough (care/monitor_due), written consent, agreement of a meeting (its 第4表)
 * on the three things, information of those in charge (R-CM-13-14-tvcond). 特段の事情 is the person's, never a fault of the
 * device (Q&A 問110). A day to come is refused.
 * One save writes the record, its rows, REC-MON (REC-TVOK, REC-EXC, REC-MEDINFO), the entry of 支援経過, the time line, settles the
 * task of this period and puts the one of the next; a re-assessment wanted and a change of the plan become tasks.
 * Gate: class care of the person. Days civil, times minutes of the day. Ownership: arena.
 * Errors: ERR_INPUT with faults ("mon_on", "svc.0.executed", "goal.1.status", "info.0.content", "share.0.to_name" …), ERR_CONFLICT, ERR_PLAN_STATE
 * (no plan in use), of policy_check. Tests: tests/unit/test_care_visit.c, tests/unit/test_monitor_due.c, tests/http/test_visit.py.
 */
#ifndef TSU_CARE_MONITOR_H
#define TSU_CARE_MONITOR_H

#include "care/case.h"
#include "care/fill.h"
#include "care/monitor_due.h"
#include "care/paper.h"
#include "register/history.h"
#include "sql/tables.h"

struct monitor_tree {
	struct t_monitoring row;
	struct t_monitoring_service *services;
	struct t_monitoring_goal *goals;
	struct t_monitoring_info *infos;   /* of a save: rows without content are left out; stored ones then go */
	struct t_monitoring_share *shares;
	size_t n_services, n_goals, n_infos, n_shares;
	const char *person_pid, *person_name, *plan_pid, *plan_kind, *case_pid, *org_name, *updated_by, *log_pid, *meeting_pid; /* "" if none */
	bool may_write;
};

/* A new one of the plan ("" = the one in use today): its services and goals, and what the last one said of テレビ電話. */
MUST err monitor_new(struct ctx *c, const char *person_pid, const char *plan_pid, struct monitor_tree *out);
MUST err monitor_get(struct ctx *c, const char *pid, struct monitor_tree *out);
/* Newest first; heads with names only. */
MUST err monitor_list(struct ctx *c, const char *person_pid, struct monitor_tree **v, size_t *n);
/* t: as monitor_new or monitor_get gave it, changed; versions are those the editor started from. ERR_CONFLICT: *conflict of the head,
 * or NULL and a fault per row in dispute; the rows of t then bear the newest version, so a second save means it. */
MUST err monitor_save(struct ctx *c, struct monitor_tree *t, struct row_conflict **conflict);
/* Everything that was changed since it was recorded, rows that were taken out too; newest first. */
MUST err monitor_history(struct ctx *c, const char *pid, struct history_act **v, size_t *n);
/* Back to what it said at an instant of its history, rows and all, as a new save that is checked like any other. ERR_NOTFOUND: it was
 * not there yet. */
MUST err monitor_revert(struct ctx *c, const char *pid, int64_t at_ms);
MUST err monitor_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid);
MUST err monitor_follow_bin(struct ctx *c, int64_t row_id, bool alive); /* for care/start */

/* ---- the agreement of a テレビ電話 ---- */
struct monitor_agreement {
	int64_t meeting_id;
	const char *pid, *label; /* label: day, which meeting, whether the three things are recorded */
	civil on;
	bool is_recorded;
};
/* The closed meetings of the person, newest first; none for who may not see meetings. */
MUST err monitor_agreements(struct ctx *c, const char *person_pid, struct monitor_agreement **v, size_t *n);
/* The agreement of that meeting into t ("" = none): day, words, the three things. A meeting that is no choice is a fault of
 * "agree_meeting"; whether it will do is judged by the save. */
MUST err monitor_agree(struct ctx *c, struct monitor_tree *t, const char *meeting_pid);
/* Does t bear a day of agreement that was typed, in a record stored before (this one or an earlier one)? */
MUST err monitor_had_typed(struct ctx *c, const struct monitor_tree *t, bool *had);

/* ---- what is due ---- */
/* The facts of a case; except: a monitoring left out (the one being edited), 0 = none. */
MUST err monitor_facts_of(struct ctx *c, const struct t_care_case *k, int64_t except, struct monitor_facts *f);
MUST err monitor_due_of(struct ctx *c, const struct t_care_case *k, civil on, struct monitor_due *out);
/* Renews the tasks "monitoring" and "evaluation" of the case after anything that moves them (a plan comes into use, a record is
 * saved, retired or restored). Inside a transaction, past the gate. */
MUST err monitor_refresh(struct ctx *c, int64_t case_id);

/* ---- attainment over time ---- */
struct monitor_point {
	civil on;
	const char *status, *note, *monitoring_pid;
};
struct monitor_line {
	int64_t origin_id;
	const char *goal; /* as it is worded now */
	struct monitor_point *v;
	size_t n;
};
MUST err monitor_trend(struct ctx *c, const char *person_pid, struct monitor_line **v, size_t *n);

MUST err monitor_paper(struct ctx *c, const char *pid, enum paper_kind kind, const char **bytes, size_t *n);

#endif
