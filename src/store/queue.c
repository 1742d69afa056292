#include "store/queue.h"

#include "base/pid.h"
#include "base/str.h"
#include "sql/q_store.h"
#include "store/file.h"
#include "store/tx.h"

#include <string.h>

static const struct {
	const char *code, *label;
} states[] = {[JOB_WAITING] = {"waiting", "順番待ち"}, [JOB_RUNNING] = {"running", "処理中"}, [JOB_DONE] = {"done", "できました"},
	[JOB_FAILED] = {"failed", "できませんでした"}, [JOB_CANCELLED] = {"cancelled", "取り消しました"}};
enum { N_STATES = sizeof states / sizeof states[0] };

const char *job_state_label_ja(enum job_state s) { return states[s].label; }

static err load(struct ctx *c, int64_t id, struct job *out)
{
	struct q_job_row_row r;
	bool found = false;
	TRY(q_job_row(c, &(struct q_job_row_in){.id = id}, &r, &found));
	if (!found)
		return ERR_NOTFOUND;
	int state = 0;
	while (state < N_STATES && strcmp(states[state].code, r.state) != 0)
		state++;
	if (state == N_STATES)
		return ERR_DB;
	*out = (struct job){r.id, r.pid, r.kind, r.params, r.account_id, r.org_id, r.record_class, (enum job_state)state, r.done, r.total,
		r.is_cancel_asked, r.attempts, (err)r.error, r.message, r.result_sha256, r.result_name, r.import_id, r.created_ms, r.started_ms,
		r.ended_ms, r.expires_ms};
	return OK;
}

struct add {
	struct q_job_add_in in;
	struct job *out;
};

static err add(struct ctx *c, void *arg)
{
	struct add *p = arg;
	struct q_job_add_row r;
	TRY(q_job_add(c, &p->in, &r));
	return load(c, r.id, p->out);
}

err queue_add(struct ctx *c, const char *kind, const char *params, int record_class, const char *import_id, struct job *out)
{
	char *pid = arena_alloc(c->arena, PID_TEXT);
	struct job made;
	pid_make(pid);
	struct add p = {{.pid = pid, .kind = kind, .params = params, .record_class = record_class, .import_id = str_or(import_id, "")}, &made};
	TRY(tx_run(c, add, &p));
	*out = made;
	return OK;
}

struct daily {
	const char *kind, *params;
	bool added;
};

static err add_daily(struct ctx *c, void *arg)
{
	struct daily *d = arg;
	struct q_job_there_row there;
	struct job made;
	d->added = false;
	TRY(q_job_there(c, &(struct q_job_there_in){.kind = d->kind, .params = d->params}, &there));
	if (there.n)
		return OK;
	TRY(queue_add(c, d->kind, d->params, 0, NULL, &made));
	d->added = true;
	return OK;
}

err queue_add_daily(struct ctx *c, const char *kind, bool *added)
{
	char day[CIVIL_TEXT];
	civil_text(c->today, day);
	struct daily d = {.kind = kind, .params = arena_fmt(c->arena, "{\"day\":\"%s\"}", day)};
	TRY(tx_run(c, add_daily, &d));
	*added = d.added;
	return OK;
}

static err own(struct ctx *c, const char *pid, int64_t *id)
{
	struct q_job_own_row r = {0};
	bool found = false;
	TRY(q_job_own(c, &(struct q_job_own_in){.pid = str_or(pid, "")}, &r, &found));
	*id = r.id;
	return found ? OK : ERR_NOTFOUND;
}

err queue_get(struct ctx *c, const char *pid, struct job *out)
{
	int64_t id;
	TRY(own(c, pid, &id));
	return load(c, id, out);
}

err queue_list(struct ctx *c, int64_t limit, struct job **v, size_t *n)
{
	struct q_job_own_list_row *rows;
	size_t k;
	TRY(q_job_own_list(c, &(struct q_job_own_list_in){.limit = limit}, &rows, &k));
	struct job *out = ARENA_ARRAY(c->arena, k + 1, struct job);
	for (size_t i = 0; i < k; i++)
		TRY(load(c, rows[i].id, &out[i]));
	*v = out;
	*n = k;
	return OK;
}

/* A job that waits ends at once; one that runs is asked to stop; one that has ended stays as it is. */
static err cancel(struct ctx *c, void *arg)
{
	int64_t id;
	TRY(own(c, arg, &id));
	TRY(q_job_cancel_waiting(c, &(struct q_job_cancel_waiting_in){.id = id, .expires_ms = c->now_ms + QUEUE_KEEP_MS}, NULL));
	return q_job_cancel_ask(c, &(struct q_job_cancel_ask_in){.id = id}, NULL);
}

err queue_cancel(struct ctx *c, const char *pid) { return tx_run(c, cancel, (void *)(uintptr_t)pid); }

err queue_result(struct ctx *c, const char *pid, const void **bytes, size_t *n, const char **name)
{
	struct job j;
	struct blob b;
	TRY(queue_get(c, pid, &j));
	if (j.state != JOB_DONE || !j.result_sha256 || j.expires_ms <= c->now_ms)
		return ERR_NOTFOUND;
	TRY(file_bytes_get(c, j.result_sha256, &b));
	*bytes = b.p;
	*n = b.n;
	*name = j.result_name;
	return OK;
}

struct take {
	struct job *out;
	bool found;
};

static err take(struct ctx *c, void *arg)
{
	struct take *p = arg;
	struct q_job_next_row r;
	int64_t changed = 0;
	p->found = false;
	TRY(q_job_next(c, &r, &p->found));
	if (!p->found)
		return OK;
	TRY(q_job_start(c, &(struct q_job_start_in){.id = r.id}, &changed));
	if (changed != 1)
		return ERR_RETRY;
	return load(c, r.id, p->out);
}

err queue_take(struct ctx *c, struct job *out, bool *found)
{
	struct job j;
	struct q_job_next_row r;
	/* look first: an idle runner does not write every second */
	TRY(q_job_next(c, &r, found));
	if (!*found)
		return OK;
	struct take p = {&j, false};
	TRY(tx_run(c, take, &p));
	if (p.found)
		*out = j;
	*found = p.found;
	return OK;
}

struct beat {
	int64_t id, done, total;
	bool cancelled;
};

static err beat(struct ctx *c, void *arg)
{
	struct beat *p = arg;
	struct job j;
	int64_t changed = 0;
	TRY(q_job_beat(c, &(struct q_job_beat_in){.id = p->id, .done = p->done, .total = p->total}, &changed));
	if (changed != 1)
		return ERR_NOTFOUND;
	TRY(load(c, p->id, &j));
	p->cancelled = j.cancel_asked;
	return OK;
}

err queue_progress(struct ctx *c, int64_t id, int64_t done, int64_t total, bool *cancelled)
{
	struct beat p = {id, done, total, false};
	TRY(tx_run(c, beat, &p));
	*cancelled = p.cancelled;
	return OK;
}

struct end {
	int64_t id;
	err e;
	const char *message, *name;
	struct blob bytes;
};

static err end(struct ctx *c, void *arg)
{
	const struct end *p = arg;
	char *sha = NULL;
	int64_t changed = 0;
	if (p->e == OK && p->bytes.n) {
		sha = arena_alloc(c->arena, FILE_SHA_TEXT);
		TRY(file_bytes_put(c, p->bytes, sha));
	}
	const char *state = p->e == OK ? "done" : p->e == ERR_CANCELLED ? "cancelled" : "failed";
	TRY(q_job_end(c, &(struct q_job_end_in){.id = p->id, .state = state, .error = p->e,
		.message = p->message ? p->message : err_sentence_ja(p->e), .result_sha256 = sha, .result_name = str_or(p->name, ""),
		.expires_ms = c->now_ms + QUEUE_KEEP_MS}, &changed));
	return changed == 1 ? OK : ERR_NOTFOUND;
}

err queue_end(struct ctx *c, int64_t id, err e, const char *message, const void *bytes, size_t n, const char *name)
{
	struct end p = {id, e, message, name, {bytes, n}};
	return tx_run(c, end, &p);
}

struct tidy {
	int64_t revived, wiped;
};

static err revive(struct ctx *c, void *arg)
{
	struct tidy *p = arg;
	struct q_job_stale_row *rows;
	size_t n;
	p->revived = 0;
	TRY(q_job_stale(c, &(struct q_job_stale_in){.before_ms = c->now_ms - QUEUE_STALE_MS}, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		if (rows[i].attempts < QUEUE_ATTEMPTS)
			TRY(q_job_again(c, &(struct q_job_again_in){.id = rows[i].id}, NULL));
		else
			TRY(q_job_end(c, &(struct q_job_end_in){.id = rows[i].id, .state = "failed", .error = ERR_BUG,
				.message = err_sentence_ja(ERR_BUG), .result_name = "", .expires_ms = c->now_ms + QUEUE_KEEP_MS}, NULL));
		p->revived++;
	}
	return OK;
}

static err wipe(struct ctx *c, void *arg)
{
	struct tidy *p = arg;
	struct q_job_expired_row *rows;
	size_t n;
	p->wiped = 0;
	TRY(q_job_expired(c, &(struct q_job_expired_in){.limit = 200}, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		if (rows[i].result_sha256)
			TRY(file_bytes_drop(c, rows[i].result_sha256, 1, NULL));
		TRY(q_job_delete(c, &(struct q_job_delete_in){.id = rows[i].id}, NULL));
		p->wiped++;
	}
	return OK;
}

err queue_tidy(struct ctx *c, int64_t *revived, int64_t *wiped)
{
	struct tidy p = {0, 0};
	TRY(tx_run(c, revive, &p));
	TRY(tx_run(c, wipe, &p));
	*revived = p.revived;
	*wiped = p.wiped;
	return OK;
}
