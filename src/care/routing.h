/* care/routing — 振り分け: which way a person goes after the consultation, why, and what to hand in.
 *
 * The rules are the table `routing` of law/decisions.tsv (seed 003; R-CMY-*, R-NT-*), evaluated by law/decide.
 * Inputs known to the register are filled in (age on the day, insured kind by R-NT-65/40, certification, newest
 * checklist); the rest is asked (希望, 特定疾病, 予防給付の利用, 使いたいサービス). Choosing another way than the proposed one
 * needs a reason. What was decided is a snapshot. Saving opens the next tasks: checklist, application, hand-ins,
 * 「本人との面接」 when care management starts after a call only (C-023).
 * Errors: as care/consult. Tests: tests/unit/test_care_routing.c.
 */
#ifndef TSU_CARE_ROUTING_H
#define TSU_CARE_ROUTING_H

#include "base/ctx.h"
#include "law/decide.h"

struct row_conflict;

struct routing_answers { /* what is asked; "" = not yet answered */
	const char *wish;        /* code list routing_wish */
	const char *needs_cert;  /* yes no: 明らかに要介護認定が必要か */
	const char *tokutei;     /* yes no: 40–64歳, 特定疾病が原因か */
	const char *use_benefit; /* yes no: 予防給付を使うか */
	const char *const *services; /* code list routing_service */
	size_t n_services;
};

struct routing_proposal {
	struct law_input *inputs; /* all of them, with labels and words */
	size_t n_inputs;
	struct law_decision decision;
	const char *route, *route_label; /* NULL when open */
	const char **handin, **handin_label;
	size_t n_handin;
	int64_t response_id, certification_id; /* INT_NULL if none; what it rests on */
	const char *response_pid;
};

/* Works it out without writing anything. */
MUST err routing_propose(struct ctx *c, const char *person_pid, const struct routing_answers *a, civil on,
                         struct routing_proposal *out);

struct routing_input {
	const char *person_pid, *consult_pid;
	struct routing_answers answers;
	const char *decided_on;      /* typed; empty = today */
	const char *route;           /* chosen; empty = as proposed */
	const char *override_reason, *note;
};
MUST err routing_save(struct ctx *c, const struct routing_input *in, const char **pid);

struct routing_view {
	int64_t id, version;
	const char *pid, *person_pid, *consult_pid, *route, *route_label, *proposed_route_label, *override_reason, *note;
	const char *org_name, *staff_name;
	civil decided_on;
	struct routing_reason {
		const char *rule, *text, *source, *truth; /* truth: 当てはまる / 当てはまらない / 未確認 */
		bool decided;
	} *reasons;
	size_t n_reasons;
	struct routing_fact {
		const char *label, *value;
	} *facts;
	size_t n_facts;
	struct routing_handin {
		const char *code, *label;
		civil handed_on; /* CIVIL_NONE = not yet */
	} *handins;
	size_t n_handins;
	bool may_write;
};
MUST err routing_get(struct ctx *c, const char *pid, struct routing_view *out);
MUST err routing_list(struct ctx *c, const char *person_pid, struct routing_view **rows, size_t *n);
/* Mark a paper as handed in on a day (typed; empty = today). A notification (list routing_notify) becomes REC-NOTIFY. */
MUST err routing_handin_done(struct ctx *c, const char *pid, const char *code, const char *on);
/* To the 30-day bin with its tasks; a reason is required. */
MUST err routing_retire(struct ctx *c, const char *pid, const char *reason);

#endif
