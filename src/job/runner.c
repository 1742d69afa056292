/* The supervisor: takes waiting jobs, forks one child each, kills what was cancelled and does not listen, and ends the jobs
 * of children that died. It never holds a connection while it forks. */
#include "job/job.h"

#include "access/door.h"
#include "access/session.h"
#include "base/clock.h"
#include "base/log.h"
#include "register/law_table.h"

#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define JOB_ARENA ((size_t)512 << 20)
enum { TIDY_EVERY_S = 60, PID_BYTES = 32 };

struct running {
	pid_t pid; /* 0: free */
	int64_t job_id;
	char job_pid[PID_BYTES];
	const struct job_kind *kind;
	int64_t cancel_us; /* when the wish was first seen; 0: none */
};

struct supervisor {
	const struct house *house;
	const struct job_kind *kinds;
	size_t n_kinds;
	struct arena *arena;
	struct running running[JOB_CHILDREN];
	int64_t tidied_us;
	civil daily_on; /* the civil day whose duties are in the queue */
	pid_t pid;
};

err job_execute(struct ctx *c, const struct job *job, const struct job_kind *kind);

/* ---- the child ---- */

static void limit(int what, rlim_t value)
{
	struct rlimit r = {value, value};
	if (setrlimit(what, &r) != 0)
		_exit(1);
}

/* No network, no new program, no new process: what a hostile file could want. Everything else as before. */
static bool confine(void)
{
	static const int refused[] = {SCMP_SYS(socket), SCMP_SYS(connect), SCMP_SYS(bind), SCMP_SYS(listen), SCMP_SYS(accept),
		SCMP_SYS(accept4), SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(fork), SCMP_SYS(vfork), SCMP_SYS(clone), SCMP_SYS(ptrace),
		SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev), SCMP_SYS(mount), SCMP_SYS(chroot), SCMP_SYS(kexec_load)};
	scmp_filter_ctx f = seccomp_init(SCMP_ACT_ALLOW);
	if (!f)
		return false;
	bool good = true;
	for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
		good = good && seccomp_rule_add(f, SCMP_ACT_ERRNO(EPERM), refused[i], 0) == 0;
	good = good && seccomp_rule_add(f, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0; /* glibc then tries clone */
	good = good && seccomp_load(f) == 0;
	seccomp_release(f);
	return good;
}

#if defined(__SANITIZE_ADDRESS__)
enum { ADDRESS_LIMIT = 0 }; /* its shadow memory needs the whole address space */
#else
enum { ADDRESS_LIMIT = 1 };
#endif

static err child_work(const struct supervisor *s, const struct job *job, const struct job_kind *kind, struct arena *a)
{
	struct ctx c;
	struct law_now law;
	ctx_init(&c, a, clock_now_ms());
	law_now_init(&law, s->house);
	c.house = s->house;
	TRY(door_db(s->house, &c.db));
	law_now_look(&law, &c);
	if (kind && kind->trust == JOB_UPLOAD && !confine())
		return ERR_BUG;
	err e = job_execute(&c, job, kind);
	door_close(s->house, c.db);
	law_now_close(&law);
	return e;
}

_Noreturn static void child(const struct supervisor *s, const struct job *job, const struct job_kind *kind)
{
	jmp_buf escape;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != s->pid)
		_exit(1);
	signal(SIGTERM, SIG_DFL);
	if (nice(10) == -1 && errno == EPERM)
		_exit(1);
	limit(RLIMIT_CORE, 0);
	if (kind)
		limit(RLIMIT_CPU, (rlim_t)kind->cpu_s);
	if (kind && ADDRESS_LIMIT)
		limit(RLIMIT_AS, (rlim_t)kind->memory_mib << 20);
	struct arena *a = arena_new(JOB_ARENA);
	if (!a || setjmp(escape) != 0)
		_exit(3); /* the supervisor ends the job with ERR_NOMEM */
	arena_set_escape(a, &escape);
	_exit(child_work(s, job, kind, a) == OK ? 0 : 1);
}

/* ---- the supervisor ---- */

static err with_db(struct supervisor *s, err (*fn)(struct supervisor *s, struct ctx *c, void *arg), void *arg)
{
	struct ctx c;
	arena_reset(s->arena);
	ctx_init(&c, s->arena, clock_now_ms());
	c.house = s->house;
	session_act_as_console(&c, "jobs", "jobs");
	TRY(door_db(s->house, &c.db));
	err e = fn(s, &c, arg);
	door_close(s->house, c.db);
	return e;
}

static err take(struct supervisor *s, struct ctx *c, void *arg)
{
	struct job *job = arg;
	bool found;
	(void)s;
	TRY(queue_take(c, job, &found));
	return found ? OK : ERR_NOTFOUND;
}

static err end_full(struct supervisor *s, struct ctx *c, void *arg)
{
	const struct running *r = arg;
	(void)s;
	return queue_end(c, r->job_id, r->cancel_us ? ERR_CANCELLED : ERR_NOMEM, NULL, NULL, 0, NULL);
}

static err end_bug(struct supervisor *s, struct ctx *c, void *arg)
{
	const struct running *r = arg;
	(void)s;
	return queue_end(c, r->job_id, r->cancel_us ? ERR_CANCELLED : ERR_BUG, NULL, NULL, 0, NULL);
}

static err look_for_cancel(struct supervisor *s, struct ctx *c, void *arg)
{
	(void)arg;
	for (int i = 0; i < JOB_CHILDREN; i++) {
		struct running *r = &s->running[i];
		struct job job;
		if (r->pid == 0 || r->cancel_us || queue_get(c, r->job_pid, &job) != OK || !job.cancel_asked)
			continue;
		r->cancel_us = clock_monotonic_us();
	}
	return OK;
}

static err tidy(struct supervisor *s, struct ctx *c, void *arg)
{
	int64_t revived, wiped;
	(void)s;
	(void)arg;
	return queue_tidy(c, &revived, &wiped);
}

/* A new civil day: what is due once a day goes into the queue. What fails is tried again the next round. */
static err daily(struct supervisor *s, struct ctx *c, void *arg)
{
	(void)arg;
	for (size_t i = 0; i < s->n_kinds; i++) {
		bool added = false;
		if (s->kinds[i].when != JOB_DAILY)
			continue;
		TRY(queue_add_daily(c, s->kinds[i].kind, &added));
		if (added)
			log_event(LOG_INFO, "job_daily", "kind", s->kinds[i].kind, NULL);
	}
	s->daily_on = c->today;
	return OK;
}

static const struct job_kind *kind_of(const struct supervisor *s, const char *name)
{
	for (size_t i = 0; i < s->n_kinds; i++)
		if (strcmp(s->kinds[i].kind, name) == 0)
			return &s->kinds[i];
	return NULL;
}

static bool start_one(struct supervisor *s, struct running *r)
{
	struct job job;
	if (with_db(s, take, &job) != OK)
		return false;
	*r = (struct running){.job_id = job.id, .kind = kind_of(s, job.kind)};
	snprintf(r->job_pid, sizeof r->job_pid, "%s", job.pid);
	r->pid = fork();
	if (r->pid == 0)
		child(s, &job, r->kind);
	if (r->pid < 0) {
		r->pid = 0;
		log_event(LOG_ERROR, "job_fork", "errno", strerror(errno), NULL);
		return false; /* it waits again when its sign of life is missed */
	}
	return true;
}

static void reap(struct supervisor *s)
{
	int status;
	for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;) {
		for (int i = 0; i < JOB_CHILDREN; i++) {
			struct running *r = &s->running[i];
			if (r->pid != pid)
				continue;
			bool full = (WIFEXITED(status) && WEXITSTATUS(status) == 3) || (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU);
			if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
				log_event(LOG_WARN, "job_died", "kind", r->kind ? r->kind->kind : "?", NULL);
				err e = with_db(s, full ? end_full : end_bug, r);
				if (e != OK && e != ERR_NOTFOUND)
					log_event(LOG_ERROR, "job_end", "error", err_name(e), NULL);
			}
			*r = (struct running){0};
		}
	}
}

static void kill_cancelled(struct supervisor *s)
{
	int64_t now = clock_monotonic_us();
	for (int i = 0; i < JOB_CHILDREN; i++)
		if (s->running[i].pid > 0 && s->running[i].cancel_us && now - s->running[i].cancel_us > (int64_t)JOB_GRACE_S * 1000000 / 2)
			kill(s->running[i].pid, SIGKILL);
}

static bool any(const struct supervisor *s)
{
	for (int i = 0; i < JOB_CHILDREN; i++)
		if (s->running[i].pid > 0)
			return true;
	return false;
}

/* One round; called about once a second. */
static void round_of(struct supervisor *s)
{
	reap(s);
	if (any(s)) {
		err e = with_db(s, look_for_cancel, NULL);
		if (e != OK)
			log_event(LOG_WARN, "job_look", "error", err_name(e), NULL);
		kill_cancelled(s);
	}
	if (civil_of_instant(clock_now_ms()) != s->daily_on) {
		err e = with_db(s, daily, NULL);
		if (e != OK)
			log_event(LOG_WARN, "job_daily", "error", err_name(e), NULL);
	}
	for (int i = 0; i < JOB_CHILDREN; i++)
		if (s->running[i].pid == 0 && !start_one(s, &s->running[i]))
			break;
	int64_t now = clock_monotonic_us();
	if (now - s->tidied_us > (int64_t)TIDY_EVERY_S * 1000000) {
		s->tidied_us = now;
		err e = with_db(s, tidy, NULL);
		if (e != OK)
			log_event(LOG_WARN, "job_tidy", "error", err_name(e), NULL);
	}
}

int job_supervise(const struct house *house, const struct job_kind *kinds, size_t n)
{
	struct supervisor s = {.house = house, .kinds = kinds, .n_kinds = n, .arena = arena_new((size_t)16 << 20), .daily_on = CIVIL_NONE, .pid = getpid()};
	sigset_t set, old;
	if (!s.arena)
		return 1;
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGCHLD);
	sigprocmask(SIG_BLOCK, &set, &old);
	for (;;) {
		struct timespec second = {.tv_nsec = 700000000};
		round_of(&s);
		int signo = sigtimedwait(&set, NULL, &second);
		if (signo == SIGTERM || signo == SIGINT)
			break;
	}
	/* what runs is cut off; it waits again after the next start */
	for (int i = 0; i < JOB_CHILDREN; i++)
		if (s.running[i].pid > 0)
			kill(s.running[i].pid, SIGKILL);
	arena_free(s.arena);
	return 0;
}

int job_supervise_table(const struct house *house)
{
	size_t n;
	const struct job_kind *kinds = job_kinds(&n);
	return job_supervise(house, kinds, n);
}
