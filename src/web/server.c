/* The master: it owns the listen socket and the children and does nothing else, so it has no reason to die. */
#include "web/server.h"

#include "base/clock.h"
#include "base/log.h"
#include "web/server_own.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX_WORKERS = 64, MAX_CHILDREN = MAX_WORKERS + SERVER_HELPERS + 1, STOP_S = 15 };
enum kind { KIND_WORKER, KIND_HELPER, KIND_JOBS };

struct child {
	pid_t pid; /* 0: not running */
	enum kind kind;
	int slot;
	int64_t born_us;
};

struct master {
	const struct server_config *config;
	int listen_fd;
	int worker_end[MAX_WORKERS], helper_end[MAX_WORKERS];
	struct child children[MAX_CHILDREN];
	int n_children;
	sigset_t old_mask;
	pid_t pid;
};

static int listen_on(const char *text)
{
	char host[128];
	const char *colon = strrchr(text, ':');
	if (!colon || (size_t)(colon - text) >= sizeof host)
		return -1;
	const char *from = text[0] == '[' ? text + 1 : text;
	size_t n = (size_t)(colon - from) - (text[0] == '[' ? 1 : 0);
	memcpy(host, from, n);
	host[n] = '\0';
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV}, *list;
	if (getaddrinfo(n > 0 ? host : NULL, colon + 1, &hints, &list) != 0)
		return -1;
	int fd = -1;
	for (struct addrinfo *i = list; i && fd < 0; i = i->ai_next) {
		int one = 1;
		fd = socket(i->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
		if (fd < 0)
			continue;
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
		if (bind(fd, i->ai_addr, i->ai_addrlen) != 0 || listen(fd, 512) != 0) {
			close(fd);
			fd = -1;
		}
	}
	freeaddrinfo(list);
	return fd;
}

static int child_body(struct master *m, const struct child *k)
{
	if (k->kind == KIND_HELPER)
		helper_run(m->helper_end, m->config->workers);
	if (k->kind == KIND_JOBS)
		return m->config->jobs(m->config->house);
	return worker_run(m->config, m->listen_fd, m->worker_end[k->slot]);
}

static void spawn(struct master *m, struct child *k)
{
	k->born_us = clock_monotonic_us();
	k->pid = fork();
	if (k->pid < 0) {
		k->pid = 0;
		log_event(LOG_ERROR, "fork", "errno", strerror(errno), NULL);
		return;
	}
	if (k->pid > 0)
		return;
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != m->pid)
		_exit(1);
	if (k->kind != KIND_WORKER) {
		sigprocmask(SIG_SETMASK, &m->old_mask, NULL);
		signal(SIGHUP, SIG_IGN);
		close(m->listen_fd);
	}
	int code = child_body(m, k);
	fflush(NULL);
	_exit(code);
}

static struct child *child_of(struct master *m, pid_t pid)
{
	for (int i = 0; i < m->n_children; i++)
		if (m->children[i].pid == pid)
			return &m->children[i];
	return NULL;
}

static void reap(struct master *m, bool stopping)
{
	static const char *const words[] = {"worker", "helper", "jobs"};
	int status;
	for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;) {
		struct child *k = child_of(m, pid);
		if (!k)
			continue;
		k->pid = 0;
		if (stopping)
			continue;
		char how[32];
		snprintf(how, sizeof how, WIFSIGNALED(status) ? "signal %d" : "exit %d", WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
		log_event(LOG_WARN, "child_ended", "kind", words[k->kind], "how", how, NULL);
	}
}

/* A child that died within a second of its birth waits a second. */
static void respawn(struct master *m)
{
	int64_t now = clock_monotonic_us();
	for (int i = 0; i < m->n_children; i++)
		if (m->children[i].pid == 0 && now - m->children[i].born_us > 1000000)
			spawn(m, &m->children[i]);
}

static void tell(struct master *m, int signo)
{
	for (int i = 0; i < m->n_children; i++)
		if (m->children[i].pid > 0 && (signo != SIGHUP || m->children[i].kind == KIND_WORKER))
			kill(m->children[i].pid, signo);
}

static bool all_gone(const struct master *m)
{
	for (int i = 0; i < m->n_children; i++)
		if (m->children[i].pid > 0)
			return false;
	return true;
}

static void stop(struct master *m)
{
	int64_t until = clock_monotonic_us() + (int64_t)STOP_S * 1000000;
	tell(m, SIGTERM);
	for (reap(m, true); !all_gone(m); reap(m, true)) {
		if (clock_monotonic_us() > until)
			tell(m, SIGKILL);
		usleep(20000);
	}
}

static void loop(struct master *m, const sigset_t *set)
{
	for (;;) {
		struct timespec second = {.tv_sec = 1};
		int signo = sigtimedwait(set, NULL, &second);
		if (signo == SIGTERM || signo == SIGINT)
			return;
		if (signo == SIGHUP) {
			int log = m->config->log_path ? open(m->config->log_path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600) : -1;
			if (log >= 0) {
				dup2(log, STDERR_FILENO);
				close(log);
			}
			tell(m, SIGHUP);
		}
		reap(m, false);
		respawn(m);
	}
}

int server_run(const struct server_config *config)
{
	static struct master master;
	struct master *m = &master;
	sigset_t set;
	if (config->workers < 1 || config->workers > MAX_WORKERS)
		return 1;
	*m = (struct master){.config = config, .listen_fd = listen_on(config->listen), .pid = getpid()};
	if (m->listen_fd < 0) {
		fprintf(stderr, "tsunagi: %s を開けません（%s）。ほかのプログラムが使っていないか確かめてください。\n", config->listen, strerror(errno));
		return 1;
	}
	for (int i = 0; i < config->workers; i++) {
		int pair[2];
		if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
			return 1;
		m->worker_end[i] = pair[0];
		m->helper_end[i] = pair[1];
		m->children[m->n_children++] = (struct child){.kind = KIND_WORKER, .slot = i};
	}
	for (int i = 0; i < SERVER_HELPERS; i++)
		m->children[m->n_children++] = (struct child){.kind = KIND_HELPER, .slot = i};
	if (config->jobs)
		m->children[m->n_children++] = (struct child){.kind = KIND_JOBS};
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error of writing, not the end of the worker */
	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	sigprocmask(SIG_BLOCK, &set, &m->old_mask);
	for (int i = 0; i < m->n_children; i++)
		spawn(m, &m->children[i]);
	log_event(LOG_INFO, "serve", "listen", config->listen, NULL);
	loop(m, &set);
	stop(m);
	close(m->listen_fd);
	return 0;
}
