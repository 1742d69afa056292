/* duty_waiver — 例外の記録: why a legal duty was not kept, of a kind that the rule itself accepts (居宅基準13条9号ただし書・14号の「特段の
 * 事情」 and the like; REC-EXC of the reference rules §0.3, §0.6).
 *
 * Of a person, with or without one of its cases, or of the actor's own office. What is checked: the rule accepts the kind (law/duties.tsv),
 * a ground is written, the days go forward, lie within those that the law gives the kind (経過措置), span no more than one period of the rule (law/duty_span) and end no later than today + one
 * period. Whether the ground is good enough is not judged. A record of its own: history, audit, bin; the evidence REC-EXC (kind, from_on,
 * to_on, ground, written_on, written_by) is written, changed and hidden in the same transaction.
 * A monitoring or meeting writes its own exception (monitoring:*, no_meeting:*); one here counts beside it.
 * The duty page links to duty_waiver_path. Units: civil days.
 * Gate: class care of the person, to write also care/mandate; of an office: its own, class meeting. Ownership: arena.
 * Errors: ERR_INPUT and other faults by column name, ERR_CONFLICT, of policy_check.
 * Legal confidence: the kinds and their rules as in law/duties.tsv; the longest span is a default of this system (要確認).
 * Tests: tests/unit/test_care_duty_waiver.c, tests/http/test_office_record.py.
 */
#ifndef TSU_CARE_DUTY_WAIVER_H
#define TSU_CARE_DUTY_WAIVER_H

#include "sql/tables.h"
#include "store/revision.h"

struct duty_waiver_view {
	struct t_duty_waiver row;
	const char *person_pid, *person_name;  /* "" of an office */
	const char *org_pid, *org_name, *case_pid, *staff_name, *updated_by; /* "" if none */
	const char *rule_title, *kind_ja;
	bool may_write;
};
struct duty_waiver_kind {
	const char *kind, *label;
};

/* "/persons/{pid}/waivers/new?rule=R-…&kind=…" or "/orgs/{pid}/waivers/new?…"; kind and case_pid may be "". Arena.
 * person_pid "" = of the office org_pid. */
const char *duty_waiver_path(struct arena *a, const char *person_pid, const char *org_pid, const char *rule, const char *kind, const char *case_pid);

/* What the rule accepts today; n = 0: nothing, or no such rule. */
void duty_waiver_kinds(struct ctx *c, const char *rule, struct duty_waiver_kind **v, size_t *n);
/* The rules that accept something, of persons (cases, plans, certificates) or of offices. */
struct duty_waiver_rule {
	const char *id, *title;
};
void duty_waiver_rules(struct ctx *c, bool of_office, struct duty_waiver_rule **v, size_t *n);
/* One period of the rule, in months: how long a waiver may hold. 0: no such rule. */
int duty_waiver_months(struct ctx *c, const char *rule);

void duty_waiver_init(struct ctx *c, struct t_duty_waiver *row); /* of today, by the actor */
MUST err duty_waiver_get(struct ctx *c, const char *pid, struct duty_waiver_view *out);
/* Newest first. person_pid "": those of the actor's office itself. */
MUST err duty_waiver_list(struct ctx *c, const char *person_pid, struct duty_waiver_view **v, size_t *n);
/* row->id 0 = new, of the person (and case) or, person_pid "", of the actor's office; else the row as loaded and changed. */
MUST err duty_waiver_save(struct ctx *c, const char *person_pid, const char *case_pid, struct t_duty_waiver *row, struct row_conflict **conflict);
MUST err duty_waiver_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid);

/* Writer of the evidence from the record alone (register/evidence). Inside a transaction; no gate of its own. */
MUST err duty_waiver_evidence(struct ctx *c, int64_t row_id);

#endif
