/* plan_deliver — 交付 to the client, every provider, the doctor and the centre, and the requests of 個別サービス計画 (F046, F047).
 *
 * Rows are made by the program when a plan is agreed (or used as 暫定): the client; each provider of its services, once; the
 * doctor when a medical service stands in it (13条19号の2); the centre when the plan was commissioned. A plan is delivered
 * when every row has a day of handing over; receipts may come later. Requests: one per provider and version, due after the
 * days of plan_terms (provider_plan); kinds without an own plan are marked so.
 * Sources: 居宅基準13条11・12・19号の2, 予防基準30条11・12・21号の2. Gate WRITE care. Ownership: arena.
 * Errors: ERR_PLAN_STATE, ERR_REQUIRED, ERR_NOT_CHOICE, ERR_CONFLICT, ERR_NOTFOUND. Tests: tests/unit/test_care_plan_flow.c. */
#ifndef TSU_CARE_PLAN_DELIVER_H
#define TSU_CARE_PLAN_DELIVER_H

#include "care/plan.h"

/* Inside a transaction: rows that are missing yet. */
MUST err plan_deliver_prepare(struct ctx *c, const struct plan_tree *t);
/* The forms as they are now, frozen (PDF) with purpose agreed; inside a transaction. */
MUST err plan_issue(struct ctx *c, const struct plan_tree *t, const char *purpose);

struct plan_delivery_edit {
	const char *pid;        /* "" = one more recipient */
	int64_t version;
	const char *kind, *name; /* for a new one: family office doctor center other */
	const char *how;        /* system fax post hand electronic */
	civil sent_on, received_on;
	const char *receipt_note;
};
/* One row of the delivery table. The issued documents get the recipient when it is handed over. */
MUST err plan_deliver(struct ctx *c, const char *plan_pid, const struct plan_delivery_edit *in, struct row_conflict **conflict);
/* A recipient that is none (a provider that fell away): out of the table with a reason, never the client. */
MUST err plan_delivery_drop(struct ctx *c, const char *plan_pid, const char *pid, const char *reason);

struct provider_plan_edit {
	const char *pid;
	int64_t version;
	civil asked_on, due_on, received_on;
	const char *asked_how, *not_needed_reason, *note;
};
MUST err provider_plan_save(struct ctx *c, const char *plan_pid, const struct provider_plan_edit *in, struct row_conflict **conflict);

const char *plan_delivery_kind_ja(const char *kind); /* static */
const char *plan_delivery_how_ja(const char *how);

/* What is not handed over yet, of the actor's organisation: the list at month start (F046). */
struct plan_unsent {
	int64_t person_id;
	const char *plan_pid, *person_pid, *person_name, *name, *kind, *plan_kind;
	civil plan_on, from_on;
};
MUST err plan_unsent_list(struct ctx *c, int limit, struct plan_unsent **v, size_t *n);

#endif
