/* duty_gather — from the records to what law/duty judges: one subject per case, person, office and insurer, judged and handed on.
 *
 * Read in ranges of cases (100, and 1,000 once a run is longer than any page shows), so that a city of 100,000 takes 50 MB. Facts are the evidence rows of the
 * organisation that holds the case, of the office it is commissioned to, and those that belong to the person whoever wrote them (認定,
 * 入退院, 基本チェックリスト). What attributes and parts each subject has: docs/decisions/014-duties.md.
 * Gate: class care of each person, in the statements themselves. A rule whose evidence is of a class that the actor may not see for that
 * person (会議, 医療) is not judged at all: neither its keeping nor its lack is told (duty_about.blind names the classes).
 * "As known on": rows of case, plan, certification and evidence as they were then; services and recipients of a plan belong to that
 * version of the plan and are taken as they stand.
 * Ownership: subjects and lines live until fn returns; fn copies what it keeps into ctx->arena. Errors: of the statements, of fn.
 * Tests: tests/unit/test_care_duty.c, tests/http/test_duty.py.
 */
#ifndef TSU_CARE_DUTY_GATHER_H
#define TSU_CARE_DUTY_GATHER_H

#include "base/ctx.h"
#include "law/duty.h"

enum { DUTY_OF_CASE = 1, DUTY_OF_PERSON = 2, DUTY_OF_OFFICE = 4, DUTY_OF_INSURER = 8 };
struct duty_query {
	civil on;            /* judged as of this day; CIVIL_NONE: today */
	civil from;          /* periods that ended before and are closed are left out; CIVIL_NONE: the first of the month before `on` */
	int64_t known_ms;    /* 0: everything */
	int64_t org_id;      /* 0: every organisation that the actor may see */
	int64_t person_id, case_id, staff_id; /* 0: all */
	unsigned subjects;   /* DUTY_OF_*; 0: case and person */
	const char *rule;    /* NULL: all */
	bool all;            /* also not_applicable */
};
struct duty_about { /* whose lines these are; texts "" if none */
	enum duty_subject_kind kind;
	int64_t id, person_id, cluster_id, org_id, staff_id, insurer_org_id; /* id: of case, person or org; INT_NULL: no insurer known */
	const char *case_pid, *case_kind, *person_pid, *name, *kana, *staff_pid, *staff_name, *org_pid, *org_name;
	civil start_on, end_on;
	unsigned blind;      /* class bits whose rules were left out */
};
typedef err (*duty_fn)(struct ctx *c, const struct duty_about *about, const struct duty_ask *ask, const struct duty_lines *lines, void *arg);

MUST err duty_gather(struct ctx *c, const struct duty_query *q, duty_fn fn, void *arg);

/* The whole house by several processors: ranges of cases are independent of each other, so each hand takes the next one, with a connection,
 * a ctx and memory of its own; organisations are the first hand's. fn is called by all hands at once, each with its own arg; `done` (may be
 * NULL) by each when nothing is left for it. What fn keeps in the arena of its ctx belongs to c->arena afterwards. Only for queries about
 * everybody as known now, outside a transaction, and never in a worker of `serve` (docs/decisions/019). Each range is one state of the data;
 * two ranges may differ by what was saved in between. Errors: the first of any hand, ERR_NOMEM. */
enum { DUTY_HANDS_MOST = 8 };
typedef void (*duty_done_fn)(void *arg);
bool duty_hands_may(const struct ctx *c, const struct duty_query *q);
MUST err duty_gather_by_hands(struct ctx *c, const struct duty_query *q, int hands, duty_fn fn, duty_done_fn done, void *const *args);

/* First day of the month before; what the lists look back to. */
civil duty_default_from(civil on);
/* What a delivery calls its recipient, in REC-DELIV and in the part of the plan: "self:0", "office:12", or the name where no
 * organisation of the register is meant. Arena. */
const char *duty_recipient(struct arena *a, const char *kind, int64_t org_id, const char *name);

#endif
