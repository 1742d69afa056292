/* queue — jobs: work longer than a page, run by one child process each (job/runner). A row in table job; safe with
 * several processes.
 *
 * A job acts with its owner's rights and only the owner (or the house itself) sees it. The result's bytes lie in
 * store/file and are wiped 24 hours after the end. A worker that gives no sign of life for QUEUE_STALE_MS is dead: its
 * job waits again, at most QUEUE_ATTEMPTS times. Cancelling asks; the worker sees it at its next queue_progress.
 * Every function opens its own transaction. Ownership: arena. Errors: ERR_NOTFOUND (no such job of this owner, or it is
 * not running), those of store/db and store/file. Tests: tests/unit/test_store_queue.c.
 */
#ifndef TSU_STORE_QUEUE_H
#define TSU_STORE_QUEUE_H

#include "base/ctx.h"

enum { QUEUE_STALE_MS = 120 * 1000, QUEUE_ATTEMPTS = 3, QUEUE_KEEP_MS = 24 * 3600 * 1000 };
enum job_state { JOB_WAITING, JOB_RUNNING, JOB_DONE, JOB_FAILED, JOB_CANCELLED };

struct job {
	int64_t id;
	const char *pid, *kind, *params; /* params: JSON */
	int64_t account_id, org_id, record_class;
	enum job_state state;
	int64_t done, total; /* total 0: not known */
	bool cancel_asked;
	int64_t attempts;
	err error;
	const char *message;
	const char *result_sha256; /* NULL: none */
	const char *result_name, *import_id;
	int64_t created_ms, started_ms, ended_ms, expires_ms; /* INT_NULL: not yet */
};

const char *job_state_label_ja(enum job_state s); /* static */

/* record_class: class bit of the result, 0 none; import_id may be NULL. The owner is the actor. */
MUST err queue_add(struct ctx *c, const char *kind, const char *params, int record_class, const char *import_id, struct job *out);
/* Once per civil day (c->today, JST): adds a job of the house itself with params {"day":"2026-11-20"} unless it has been added on this
 * day, whatever became of it. The row is what remembers: it is written in one transaction and kept for QUEUE_KEEP_MS after its end,
 * so longer than the day. Days on which nobody called are not made up for. The actor is the console user. */
MUST err queue_add_daily(struct ctx *c, const char *kind, bool *added);
MUST err queue_get(struct ctx *c, const char *pid, struct job *out); /* the owner's */
MUST err queue_list(struct ctx *c, int64_t limit, struct job **v, size_t *n); /* the owner's, newest first */
MUST err queue_cancel(struct ctx *c, const char *pid);
/* The owner's result, until it is wiped; ERR_NOTFOUND: none or no more. */
MUST err queue_result(struct ctx *c, const char *pid, const void **bytes, size_t *n, const char **name);

/* For the runner. */
MUST err queue_take(struct ctx *c, struct job *out, bool *found);
/* Also the sign of life; *cancelled: stop now and call queue_end with ERR_CANCELLED. ERR_NOTFOUND: it is another's now. */
MUST err queue_progress(struct ctx *c, int64_t id, int64_t done, int64_t total, bool *cancelled);
/* e OK: done, with n result bytes (0: none) under that file name. message: a sentence for the owner, NULL: the error's. */
MUST err queue_end(struct ctx *c, int64_t id, err e, const char *message, const void *bytes, size_t n, const char *name);
/* Dead workers' jobs wait again or fail; ended jobs older than 24 hours and their results go. */
MUST err queue_tidy(struct ctx *c, int64_t *revived, int64_t *wiped);

#endif
