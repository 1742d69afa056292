/* job — work longer than a page: one child process per job, with limits, progress, cancel and a result kept for 24 hours.
 *
 * A kind is a line of jobs.tbl.h (name, handler, label, limits). A page enqueues with job_start and sends the browser to
 * /jobs/<pid>. The supervisor (a child of `serve`) takes waiting jobs and forks; the handler acts with its owner's
 * rights, in slices of at most JOB_SLICE rows (one transaction each), and calls job_step after each slice: that is the
 * sign of life, the bar on the page, and where it learns that it was cancelled (ERR_CANCELLED: return at once). Who
 * does not return within JOB_GRACE_S is killed. A kind that is JOB_DAILY is also enqueued by the supervisor itself, once per civil
 * day in Japan, soon after midnight or after the start; it then acts as the house (actor.system, params {"day"}). A handler that reads uploads (JOB_UPLOAD) runs under a seccomp filter
 * without network, new programs or new processes. Personal data stay in the database and in the result, never in params,
 * message or log.
 * Units: seconds, MiB, pieces. Ownership: arena of the job. Errors: those of store/queue; a handler's error ends the job
 * with its sentence. Tests: tests/unit/test_job.c. */
#ifndef TSU_JOB_JOB_H
#define TSU_JOB_JOB_H

#include "base/house.h"
#include "codec/json.h"
#include "store/queue.h"

enum { JOB_SLICE = 200, JOB_GRACE_S = 3, JOB_CHILDREN = 2 };
enum job_trust { JOB_PLAIN, JOB_UPLOAD };
enum job_when { JOB_ASKED, JOB_DAILY };

struct job_run {
	struct ctx *c;
	const struct json *params;
	int64_t id;
	const char *message;      /* set by the handler: what the owner reads at the end; NULL: the usual words */
	const void *result;       /* by job_result */
	size_t n_result;
	const char *result_name;
};

struct job_kind {
	const char *kind, *label_ja;
	err (*run)(struct job_run *j);
	int cpu_s, memory_mib;
	enum job_trust trust;
	enum job_when when;
};

const struct job_kind *job_kinds(size_t *n); /* the table */
const char *job_kind_label(const char *kind); /* static; the kind itself if unknown */

/* For pages: in a transaction of its own. params may be NULL. *pid is arena. */
MUST err job_start(struct ctx *c, const char *kind, const struct json *params, int record_class, const char **pid);
MUST err job_get(struct ctx *c, const char *pid, struct job *out);
MUST err job_list(struct ctx *c, struct job **v, size_t *n);
MUST err job_cancel(struct ctx *c, const char *pid);
MUST err job_bytes(struct ctx *c, const char *pid, const void **bytes, size_t *n, const char **name);

/* For handlers. ERR_CANCELLED: return it. */
MUST err job_step(struct job_run *j, int64_t done, int64_t total);
void job_result(struct job_run *j, const void *bytes, size_t n, const char *name);

/* Take one waiting job and run it here and now (command line, tests). *found false: none waits. */
MUST err job_run_one(struct ctx *c, const struct job_kind *kinds, size_t n, bool *found);

/* The supervisor's process; returns on SIGTERM. */
int job_supervise(const struct house *house, const struct job_kind *kinds, size_t n);
int job_supervise_table(const struct house *house); /* with the table, for the server */

#endif
