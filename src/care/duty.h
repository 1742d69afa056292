/* duty — the lists of duties that pages and the command line show: lines of law/duty as plain rows, each able to say why.
 *
 * Order: what blocks, what is overdue, what is due (nearest first), what is only advised, what is waived, what is done, what begins later.
 * A line that was kept late is overdue in law and stays so; `mended_on` tells that nothing is left to do for it.
 * Gate, ownership, "as known on": as care/duty_gather; everything here lies in ctx->arena. A line is named in an address by rule, first
 * day and place in its subject's list (never by words of a record).
 * Tests: tests/unit/test_care_duty.c, tests/http/test_duty.py.
 */
#ifndef TSU_CARE_DUTY_H
#define TSU_CARE_DUTY_H

#include "care/duty_gather.h"

enum { DUTY_STATUSES = DUTY_NOT_APPLICABLE + 1 };
#define DUTY_SEES(status) (1U << (status))
#define DUTY_OPEN_STATUSES (DUTY_SEES(DUTY_BLOCKED) | DUTY_SEES(DUTY_OVERDUE) | DUTY_SEES(DUTY_DUE) | DUTY_SEES(DUTY_WARNED))

struct duty_item {
	const struct duty_about *about;   /* lines of one subject share it */
	enum duty_status status;
	enum duty_strength strength;
	const struct duty_rule_view *rule; /* borrowed from the law */
	const char *target;               /* 「○○訪問介護」, the plan's first day …; "" */
	const char *part;                 /* id of the part it is about (plan, recipient …); "" */
	civil anchor, lo, hi, due_on, done_on, mended_on; /* CIVIL_NONE if none */
	bool open;                        /* something is left to do */
	bool before_fee;                  /* law/duty.h: the month whose fee it takes away has not come */
	const char *fact_code, *fact_table; /* the record that satisfied it or stood in its place; "" if none */
	int64_t fact_row;                 /* 0 if none */
	civil fact_on;
	const char *event_table;          /* the record that raised it; "" if none */
	int64_t event_row;                /* 0 if none */
	const struct duty_explanation *why; /* NULL unless asked for */
};
struct duty_list_query {
	struct duty_query q;
	unsigned statuses;                /* DUTY_SEES bits; 0: all but not_applicable */
	bool only_open, why;
	bool only_money;                  /* consequences that reduce the fee or stop the claim */
	const char *consequence;          /* NULL: all */
	const char *family;               /* beginning of the rule's id; NULL: all */
	int64_t soon_days;                /* > 0: of the due ones only those due within so many days */
	int hands;                        /* > 1: so many processors may read the whole house together (duty_gather_by_hands); never inside a transaction */
	err (*each)(struct ctx *c, const struct duty_item *i, void *arg); /* not NULL: every line is handed on as soon as it is judged, in the order of
	                                   * the cases, and not kept; it lives until each returns. For lists longer than the memory. */
	void *each_arg;
};
struct duty_list {
	struct duty_item *v;
	size_t n, cap;
	int64_t count[DUTY_STATUSES];     /* of all lines judged, whatever was kept */
	int64_t n_subjects, n_open;
	unsigned blind;                   /* classes of which something was not judged */
};
MUST err duty_list(struct ctx *c, const struct duty_list_query *q, struct duty_list *out);

/* Public id of the record that satisfied the line, as its entry in the time line knows it; "" if it has none the actor may see. */
MUST err duty_record_pid(struct ctx *c, const struct duty_item *i, const char **pid);

/* The record that raised the line and whom it is about, as far as the actor may see it; "" and 0 if not. */
struct duty_event {
	const char *pid, *name;
	int64_t person_id;
};
MUST err duty_event_of(struct ctx *c, const struct duty_item *i, struct duty_event *out);

/* The sentence under a line without opening it: 「10月31日まで」, 「10月12日に済み（期限の後）」. Arena. */
const char *duty_when_ja(struct arena *a, const struct duty_item *i);
/* A row of the house's own (consequence house): no law, no money. */
bool duty_is_house(const struct duty_rule_view *r);
const char *duty_state_ja(const struct duty_item *i); /* one or two words; static */
/* Known to the end of that day. */
int64_t duty_known_ms(civil day);

#endif
