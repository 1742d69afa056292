/* Jobs with kinds of the test's own: progress and result, cancel by killing, a crash, memory that ends, a filter against the
 * network, results for the owner alone. The supervisor runs as it does under `serve`. */
#include "unit.h"

#include "access/account.h"
#include "access/door.h"
#include "access/policy.h"
#include "access/session.h"
#include "base/clock.h"
#include "base/str.h"
#include "job/job.h"
#include "store/open.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static struct {
	struct arena *a;
	struct house house;
	char dir[64];
	int64_t owner, other;
} w;

/* ---- kinds ---- */

static err run_count(struct job_run *j)
{
	int64_t n = 0;
	assert_true(json_int(json_get(j->params, "n"), &n));
	for (int64_t i = 1; i <= n; i++)
		TRY(job_step(j, i, n));
	j->message = arena_fmt(j->c->arena, "%lld件を数えました。", (long long)n);
	job_result(j, "1,2,3\n", 6, "数え.csv");
	return OK;
}

static err run_deaf(struct job_run *j) /* never asks whether it was cancelled */
{
	TRY(job_step(j, 1, 1000));
	for (;;)
		usleep(10000);
}

static err run_crash(struct job_run *j)
{
	(void)j;
	signal(SIGTERM, SIG_DFL);
	sigset_t none;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	raise(SIGTERM);
	return OK;
}

static err run_full(struct job_run *j)
{
	for (int i = 0; i < 100000; i++)
		memset(arena_alloc(j->c->arena, 1 << 20), 1, 1 << 20);
	return OK;
}

static err run_network(struct job_run *j)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	bool closed = fd < 0 && errno == EPERM;
	pid_t pid = fork();
	if (pid == 0)
		_exit(0);
	j->message = closed && pid < 0 ? "閉じています。" : "開いています。";
	return OK;
}

static err run_duty(struct job_run *j)
{
	j->message = arena_fmt(j->c->arena, "%s %s", j->c->actor.system ? "house" : "somebody", json_text(json_get(j->params, "day"), ""));
	return OK;
}

static const struct job_kind KINDS[] = {
	{"count", "数える", run_count, 60, 512, JOB_PLAIN},   {"deaf", "聞かない", run_deaf, 60, 512, JOB_PLAIN},
	{"crash", "落ちる", run_crash, 60, 512, JOB_PLAIN},   {"full", "あふれる", run_full, 60, 2048, JOB_PLAIN},
	{"network", "通信", run_network, 60, 512, JOB_UPLOAD}, {"duty", "毎日のこと", run_duty, 60, 512, JOB_PLAIN, JOB_DAILY},
};
enum { N_KINDS = sizeof KINDS / sizeof KINDS[0] };

/* ---- the house ---- */

static err account(struct ctx *c, const char *login, int64_t *id)
{
	static const uint8_t secret[CREDENTIAL_TOTP_SECRET] = "12345678901234567890";
	struct account_new n = {.login = login, .name = "試験", .role = ROLE_ADMIN, .staff_id = INT_NULL, .until_on = CIVIL_NONE};
	return account_make_ready(c, &n, credential_dummy_hash(), secret, id);
}

static err make_house(struct ctx *c)
{
	TRY(door_make(w.dir, true));
	TRY(door_house(w.a, w.dir, &w.house));
	TRY(store_files(w.a, w.dir, &w.house.files));
	ctx_init(c, w.a, clock_now_ms());
	c->house = &w.house;
	TRY(store_migrate(c, w.dir, "test", NULL));
	session_act_as_console(c, "test", "test");
	TRY(account(c, "owner", &w.owner));
	TRY(account(c, "other", &w.other));
	store_close(c);
	return OK;
}

static int set_up(void **state)
{
	struct ctx c;
	(void)state;
	w.a = arena_new((size_t)256 << 20);
	strcpy(w.dir, "/tmp/test_job_XXXXXX");
	if (!w.a || !mkdtemp(w.dir))
		return -1;
	err e = make_house(&c);
	if (e != OK)
		fprintf(stderr, "house: %s\n", err_name(e));
	return e == OK ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	int done = system(arena_fmt(w.a, "rm -rf %s", w.dir));
	arena_free(w.a);
	return done;
}

static struct ctx as(struct arena *a, int64_t account_id)
{
	struct ctx c;
	ctx_init(&c, a, clock_now_ms());
	c.house = &w.house;
	assert_int_equal(door_db(&w.house, &c.db), OK);
	assert_int_equal(session_act_as(&c, account_id, "test"), OK);
	return c;
}

static pid_t supervise(void)
{
	fflush(NULL);
	pid_t pid = fork();
	if (pid == 0)
		_exit(job_supervise(&w.house, KINDS, N_KINDS));
	return pid;
}

static void end_supervisor(pid_t pid)
{
	int status;
	kill(pid, SIGTERM);
	waitpid(pid, &status, 0);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static struct job wait_for(struct ctx *c, const char *pid, bool (*good)(const struct job *), int seconds)
{
	struct job j = {0};
	for (int i = 0; i < seconds * 20; i++) {
		assert_int_equal(job_get(c, pid, &j), OK);
		if (good(&j))
			return j;
		usleep(50000);
	}
	fail_msg("job %s: state %d, done %lld", j.kind, (int)j.state, (long long)j.done);
	return j;
}

static bool ended(const struct job *j) { return j->state == JOB_DONE || j->state == JOB_FAILED || j->state == JOB_CANCELLED; }
static bool started(const struct job *j) { return j->done > 0; }

/* ---- tests ---- */

static void test_result(void **state)
{
	struct ctx c = as(*state, w.owner), other = as(*state, w.other);
	struct json *params = json_new(c.arena, JSON_OBJECT);
	const char *pid, *name;
	const void *bytes;
	size_t n;
	bool found;
	json_set(c.arena, params, "n", json_new_int(c.arena, 7));
	assert_int_equal(job_start(&c, "count", params, 0, &pid), OK);
	assert_int_equal(job_bytes(&c, pid, &bytes, &n, &name), ERR_NOTFOUND);
	struct ctx runner = as(*state, w.owner);
	session_act_as_console(&runner, "jobs", "jobs");
	assert_int_equal(job_run_one(&runner, KINDS, N_KINDS, &found), OK);
	assert_true(found);
	assert_int_equal(job_run_one(&runner, KINDS, N_KINDS, &found), OK);
	assert_false(found);
	struct job j;
	assert_int_equal(job_get(&c, pid, &j), OK);
	assert_int_equal(j.state, JOB_DONE);
	assert_int_equal(j.done, 7);
	assert_string_equal(j.message, "7件を数えました。");
	assert_int_equal(job_bytes(&c, pid, &bytes, &n, &name), OK);
	assert_memory_equal(bytes, "1,2,3\n", 6);
	assert_string_equal(name, "数え.csv");
	assert_int_equal(job_get(&other, pid, &j), ERR_NOTFOUND);
	assert_int_equal(job_bytes(&other, pid, &bytes, &n, &name), ERR_NOTFOUND);
	assert_int_equal(job_cancel(&other, pid), ERR_NOTFOUND);
	door_close(NULL, c.db);
	door_close(NULL, other.db);
	door_close(NULL, runner.db);
}

static void test_supervisor(void **state)
{
	const char *deaf, *crash, *full, *network, *unknown;
	pid_t pid = supervise();
	struct ctx c = as(*state, w.owner);
	assert_int_equal(job_start(&c, "deaf", NULL, 0, &deaf), OK);
	wait_for(&c, deaf, started, 10);
	int64_t before = clock_monotonic_us();
	assert_int_equal(job_cancel(&c, deaf), OK);
	assert_int_equal(wait_for(&c, deaf, ended, 10).state, JOB_CANCELLED);
	assert_true(clock_monotonic_us() - before < 5000000);
	assert_int_equal(job_start(&c, "crash", NULL, 0, &crash), OK);
	assert_int_equal(job_start(&c, "full", NULL, 0, &full), OK);
	assert_int_equal(job_start(&c, "network", NULL, 0, &network), OK);
	assert_int_equal(job_start(&c, "no_such_kind", NULL, 0, &unknown), OK);
	struct job j = wait_for(&c, crash, ended, 20);
	assert_int_equal(j.state, JOB_FAILED);
	assert_int_equal(j.error, ERR_BUG);
	j = wait_for(&c, full, ended, 30);
	assert_int_equal(j.state, JOB_FAILED);
	assert_int_equal(j.error, ERR_NOMEM);
	j = wait_for(&c, network, ended, 20);
	assert_int_equal(j.state, JOB_DONE);
	assert_string_equal(j.message, "閉じています。");
	assert_int_equal(wait_for(&c, unknown, ended, 20).state, JOB_FAILED);
	end_supervisor(pid);
	door_close(NULL, c.db);
}

static struct ctx house_ctx(struct arena *a, const char *day)
{
	struct ctx c;
	ctx_init(&c, a, clock_now_ms());
	c.house = &w.house;
	assert_true(civil_parse(day, &c.today));
	assert_int_equal(door_db(&w.house, &c.db), OK);
	session_act_as_console(&c, "jobs", "jobs");
	return c;
}

static size_t duties(struct ctx *c, struct job **v)
{
	size_t n;
	assert_int_equal(queue_list(c, 100, v, &n), OK);
	return n;
}

static size_t of_2027(struct ctx *c, struct job **v)
{
	size_t n = duties(c, v), k = 0;
	for (size_t i = 0; i < n; i++)
		k += strstr((*v)[i].params, "2027-") != NULL;
	return k;
}

/* Once per civil day, also when the process that asked has died in between; the house itself does it. */
static void test_daily(void **state)
{
	struct job *v;
	bool added, found;
	struct ctx c = house_ctx(*state, "2026-11-20");
	size_t before = duties(&c, &v);
	assert_int_equal(queue_add_daily(&c, "duty", &added), OK);
	assert_true(added);
	door_close(NULL, c.db);
	c = house_ctx(*state, "2026-11-20"); /* started again */
	assert_int_equal(queue_add_daily(&c, "duty", &added), OK);
	assert_false(added);
	assert_int_equal(queue_add_daily(&c, "count", &added), OK); /* another duty has a day of its own */
	assert_true(added);
	assert_int_equal(job_cancel(&c, (duties(&c, &v), v[0].pid)), OK);
	assert_int_equal(job_run_one(&c, KINDS, N_KINDS, &found), OK);
	assert_true(found);
	session_act_as_console(&c, "jobs", "jobs");
	assert_int_equal(duties(&c, &v), before + 2);
	assert_string_equal(v[1].message, "house 2026-11-20");
	assert_int_equal(v[1].state, JOB_DONE);
	assert_int_equal(queue_add_daily(&c, "duty", &added), OK); /* done is done for this day */
	assert_false(added);
	door_close(NULL, c.db);
	c = house_ctx(*state, "2026-11-21");
	assert_int_equal(queue_add_daily(&c, "duty", &added), OK);
	assert_true(added);
	assert_int_equal(job_run_one(&c, KINDS, N_KINDS, &found), OK);
	door_close(NULL, c.db);
}

/* The supervisor looks at the day: one job for a day whatever the number of starts, another after midnight in Japan. */
static void test_daily_supervisor(void **state)
{
	static const struct { const char *at; size_t in_all; const char *newest; } starts[] = {
		{"2027-02-28T14:59:30Z!", 1, "house 2027-02-28"}, {"2027-02-28T14:59:50Z!", 1, "house 2027-02-28"},
		{"2027-02-28T15:00:00Z!", 2, "house 2027-03-01"}, {"2027-03-01T10:00:00Z!", 2, "house 2027-03-01"}};
	struct job *v;
	struct ctx c = house_ctx(*state, "2027-02-28");
	for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
		setenv("TSUNAGI_NOW", starts[i].at, 1);
		pid_t pid = supervise();
		for (int k = 0; k < 200 && (of_2027(&c, &v) < starts[i].in_all || v[0].state != JOB_DONE); k++)
			usleep(50000);
		usleep(1500000); /* two rounds more add nothing */
		end_supervisor(pid);
		assert_int_equal(of_2027(&c, &v), starts[i].in_all);
		assert_int_equal(v[0].state, JOB_DONE);
		assert_string_equal(v[0].message, starts[i].newest);
	}
	unsetenv("TSUNAGI_NOW");
	door_close(NULL, c.db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {UNIT(test_result), UNIT(test_supervisor), UNIT(test_daily), UNIT(test_daily_supervisor)};
	return cmocka_run_group_tests_name("job", tests, set_up, tear_down);
}
