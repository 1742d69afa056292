/* visit_plan — 訪問の予定: who goes to whom, when, in which order, for what (F060).
 *
 * The day list is meant for the car: the order is the staff's own (上へ・下へ), or follows the areas (町域) or the times; there is no map,
 * because the house holds no coordinates and asks no other host. A visit is done when 支援経過 (訪問) or モニタリング (居宅訪問) of that day, person
 * and staff is saved: in the same transaction, and taken back when that record goes.
 * Before a visit for モニタリング is planned, or any visit moved, past a day that the rules of care/monitor_due set for the case (居宅基準13条14号,
 * 予防基準30条16号), and where two visits of one staff meet, the save is refused with the reason until the caller says that exactly this
 * was read (`accepted`). Other planned visits for monitoring count as made; what is overdue already does not warn again, the end of the
 * present period does.
 * Gate: class care of the person, writing as 支援経過 (care/mandate, MANDATE_LOG). Days civil, times minutes of the day.
 * Ownership: arena. Errors: ERR_INPUT with faults by column name, ERR_CONFLICT, of policy_check.
 * Tests: tests/unit/test_care_visit_plan.c, tests/http/test_visit_plan.py.
 */
#ifndef TSU_CARE_VISIT_PLAN_H
#define TSU_CARE_VISIT_PLAN_H

#include "sql/tables.h"
#include "store/revision.h"

struct visit_line {
	int64_t id, person_id, cluster_id, staff_id, from_min, to_min, case_id; /* INT_NULL unknown */
	const char *pid, *person_pid, *name, *kana, *address, *phone, *area, *purpose, *purpose_ja, *place, *note, *state, *staff_pid, *staff_name;
	const char *clock, *start; /* 「10:00〜11:00」, 「10:00」; "" = not fixed */
	civil on;
	int no;            /* order in the staff's day, from 1 */
	bool late;         /* the day has passed and nothing is written */
};
struct visit_filter {
	int64_t staff_id;  /* INT_NULL: everybody of the organisation */
	civil from_on, to_on;
};
MUST err visit_plan_list(struct ctx *c, const struct visit_filter *f, struct visit_line **v, size_t *n);

struct visit_plan_view {
	struct t_visit_plan row;
	const char *person_pid, *person_name, *address, *phone, *staff_pid, *staff_name, *case_pid, *updated_by, *purpose_ja, *clock; /* "" if none */
	const char *done_path; /* the record that made it done; "" */
	bool may_write;
};
void visit_plan_init(struct ctx *c, struct t_visit_plan *row); /* of the actor, today, モニタリング */
MUST err visit_plan_get(struct ctx *c, const char *pid, struct visit_plan_view *out);
/* Of a person from a day on. */
MUST err visit_plan_of_person(struct ctx *c, const char *person_pid, civil from_on, struct visit_plan_view **v, size_t *n);

/* What a plan would run into, each in a plain sentence; key "" = nothing. */
struct visit_warning {
	const char *key;
};
/* id 0 = new; staff_pid: who goes. accepted: the key of the warnings that the editor has read, "" none; where others stand, ERR_INPUT, the
 * faults say them and warned->key is theirs. A plan that is done or cancelled is not changed. */
MUST err visit_plan_save(struct ctx *c, const char *person_pid, struct t_visit_plan *row, const char *staff_pid, const char *accepted,
                         struct visit_warning *warned, struct row_conflict **conflict);
MUST err visit_plan_cancel(struct ctx *c, const char *pid, const char *reason);
MUST err visit_plan_resume(struct ctx *c, const char *pid); /* a cancelled one */
MUST err visit_plan_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid);

/* One place up (-1) or down (1) in the staff's day; at its end nothing changes. */
MUST err visit_plan_step(struct ctx *c, const char *pid, int by);
enum visit_order { VISIT_BY_TOWN, VISIT_BY_TIME };
/* The visits of one of the staff on a day: areas, towns and reading; or times (those without one after the one they follow). */
MUST err visit_plan_arrange(struct ctx *c, int64_t staff_id, civil on, enum visit_order how);

/* ---- what the records do (inside their transaction, past their gate) ---- */
struct visit_record {
	const char *table; /* care_log, monitoring */
	int64_t id, person_id, staff_id /* INT_NULL */;
	civil on;
};
/* alive: it stands and is of a visit; its plans of that day, person and staff are done by it, all others of it are planned again. */
MUST err visit_plan_follow(struct ctx *c, const struct visit_record *r, bool alive);

/* ---- モニタリング without a visit in the calendar ---- */
struct visit_due {
	civil due_on, visit_on;   /* visit_on: the first visit planned for it; CIVIL_NONE none */
	int64_t person_id;
	const char *person_pid, *name, *title, *reason, *staff_name, *visit_pid;
};
struct visit_due_filter {
	int64_t staff_id;         /* INT_NULL: all of the organisation */
	civil from_on, to_on;     /* of the last day; from_on CIVIL_NONE: whatever has passed too */
	bool unplanned;           /* only those without a visit */
	int64_t offset, limit;    /* limit 0 = 500 */
};
MUST err visit_due_list(struct ctx *c, const struct visit_due_filter *f, struct visit_due **v, size_t *n);
/* How many are due up to that day without a visit. */
MUST err visit_due_count(struct ctx *c, int64_t staff_id, civil to_on, int64_t *n);

struct visit_person {
	const char *pid, *name, *kana;
};
/* Clients to choose from, by reading. */
MUST err visit_person_list(struct ctx *c, int64_t staff_id, struct visit_person **v, size_t *n);

/* ---- paper ---- */
/* The day as a list (PDF): order, time, name, address, telephone, purpose, what to bring. staff_name as printed. Visits of people
 * whom the actor may see but not print are left out, and the paper says how many. */
MUST err visit_plan_paper(struct ctx *c, int64_t staff_id, const char *staff_name, civil on, const char **bytes, size_t *n);

/* 「10:00〜11:00」, 「10:00」, "". Arena. */
const char *visit_clock(struct ctx *c, int64_t from_min, int64_t to_min);

#endif
