#include "job/job.h"

#include "access/session.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/str.h"

#include <string.h>

#define JOB(name, handler, label, cpu_s, mib, trust, when) err handler(struct job_run *j);
#include "job/jobs.tbl.h"
#undef JOB

static const struct job_kind table[] = {
#define JOB(name, handler, label, cpu_s, mib, trust, when) {#name, label, handler, cpu_s, mib, trust, when},
#include "job/jobs.tbl.h"
#undef JOB
	{0},
};

const struct job_kind *job_kinds(size_t *n)
{
	*n = sizeof table / sizeof table[0] - 1;
	return table;
}

const char *job_kind_label(const char *kind)
{
	for (size_t i = 0; table[i].kind; i++)
		if (strcmp(table[i].kind, kind) == 0)
			return table[i].label_ja;
	return kind;
}

err job_start(struct ctx *c, const char *kind, const struct json *params, int record_class, const char **pid)
{
	struct job j;
	TRY(queue_add(c, kind, params ? json_to_text(c->arena, params, true) : "{}", record_class, NULL, &j));
	*pid = j.pid;
	return OK;
}

err job_get(struct ctx *c, const char *pid, struct job *out) { return queue_get(c, pid, out); }

err job_list(struct ctx *c, struct job **v, size_t *n) { return queue_list(c, 50, v, n); }

err job_cancel(struct ctx *c, const char *pid) { return queue_cancel(c, pid); }

err job_bytes(struct ctx *c, const char *pid, const void **bytes, size_t *n, const char **name)
{
	return queue_result(c, pid, bytes, n, name);
}

err job_step(struct job_run *j, int64_t done, int64_t total)
{
	bool cancelled = false;
	j->c->now_ms = clock_now_ms(); /* a long job lives through minutes: its sign of life must tell the time */
	TRY(queue_progress(j->c, j->id, done, total, &cancelled));
	return cancelled ? ERR_CANCELLED : OK;
}

void job_result(struct job_run *j, const void *bytes, size_t n, const char *name)
{
	j->result = bytes;
	j->n_result = n;
	j->result_name = name;
}

static const struct job_kind *find(const struct job_kind *kinds, size_t n, const char *kind)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(kinds[i].kind, kind) == 0)
			return &kinds[i];
	return NULL;
}

/* Everything between taking and ending; also the body of the child process (runner.c). */
err job_execute(struct ctx *c, const struct job *job, const struct job_kind *kind);

err job_execute(struct ctx *c, const struct job *job, const struct job_kind *kind)
{
	struct json *params = NULL;
	struct job_run run = {.c = c, .id = job->id};
	err e = kind ? OK : ERR_NOTFOUND;
	const char *purpose = arena_fmt(c->arena, "job:%s", job->kind);
	if (e == OK && kind->when == JOB_DAILY && job->account_id == 0)
		session_act_as_console(c, "daily", purpose); /* the house's own */
	else if (e == OK)
		e = session_act_as(c, job->account_id, purpose);
	if (e == OK)
		e = json_parse(c->arena, job->params, strlen(job->params), NULL, &params, NULL);
	run.params = params;
	if (e == OK)
		e = kind->run(&run);
	c->now_ms = clock_now_ms();
	log_event(e == OK ? LOG_INFO : LOG_WARN, "job_ended", "kind", job->kind, "result", err_name(e), NULL);
	return queue_end(c, job->id, e, run.message, e == OK ? run.result : NULL, e == OK ? run.n_result : 0, run.result_name);
}

err job_run_one(struct ctx *c, const struct job_kind *kinds, size_t n, bool *found)
{
	struct job job;
	TRY(queue_take(c, &job, found));
	return *found ? job_execute(c, &job, find(kinds, n, job.kind)) : OK;
}
