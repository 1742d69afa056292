/* A worker: one process, one thread, one database connection; an epoll of the library's epoll, the helpers' answers and
 * the signals. */
#include "web/server_own.h"

#include "access/door.h"
#include "base/clock.h"
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

enum { GRACE_S = 10 };

static void mhd_log(void *cls, const char *fmt, va_list ap)
{
	char text[200];
	(void)cls;
	vsnprintf(text, sizeof text, fmt, ap);
	log_event(LOG_DEBUG, "http", "text", text, NULL);
}

static struct MHD_Daemon *start(struct server *s, int listen_fd)
{
	return MHD_start_daemon(MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC | MHD_USE_ERROR_LOG, 0, NULL, NULL, conn_handle, s,
		MHD_OPTION_EXTERNAL_LOGGER, mhd_log, NULL,
		MHD_OPTION_LISTEN_SOCKET, listen_fd,
		MHD_OPTION_CONNECTION_LIMIT, (unsigned)SERVER_CONNECTIONS,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)SERVER_IDLE_S,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)SERVER_HEADER_BYTES,
		MHD_OPTION_NOTIFY_CONNECTION, conn_notify, s,
		MHD_OPTION_NOTIFY_COMPLETED, conn_completed, s,
		MHD_OPTION_URI_LOG_CALLBACK, conn_uri, s,
		MHD_OPTION_STRICT_FOR_CLIENT, 1,
		MHD_OPTION_END);
}

static void watch(int epoll, int fd)
{
	struct epoll_event e = {.events = EPOLLIN, .data.fd = fd};
	if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &e) != 0)
		log_event(LOG_ERROR, "epoll", "errno", strerror(errno), NULL);
}

static void read_answers(struct server *s)
{
	struct password_answer a;
	while (recv(s->helper_fd, &a, sizeof a, MSG_DONTWAIT) == (ssize_t)sizeof a)
		conn_answered(s, &a);
	memset(&a, 0, sizeof a);
}

static void read_signals(struct server *s, int fd)
{
	struct signalfd_siginfo info;
	while (read(fd, &info, sizeof info) == (ssize_t)sizeof info) {
		if (info.ssi_signo != SIGHUP) {
			s->stop = true;
			continue;
		}
		int log = s->config->log_path ? open(s->config->log_path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600) : -1;
		if (log >= 0) {
			dup2(log, STDERR_FILENO);
			close(log);
		}
	}
}

static int wait_ms(struct server *s)
{
	MHD_UNSIGNED_LONG_LONG ms;
	if (MHD_get_timeout(s->daemon, &ms) == MHD_YES && ms < 1000)
		return (int)ms;
	return 1000;
}

static void loop(struct server *s, int signal_fd)
{
	int epoll = epoll_create1(EPOLL_CLOEXEC);
	const union MHD_DaemonInfo *info = MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_EPOLL_FD);
	int64_t last = 0, stop_at = 0;
	if (epoll < 0 || !info)
		return;
	watch(epoll, info->epoll_fd);
	watch(epoll, s->helper_fd);
	watch(epoll, signal_fd);
	for (;;) {
		struct epoll_event events[8];
		int n = epoll_wait(epoll, events, 8, wait_ms(s));
		for (int i = 0; i < n; i++) {
			if (events[i].data.fd == s->helper_fd)
				read_answers(s);
			else if (events[i].data.fd == signal_fd)
				read_signals(s, signal_fd);
		}
		MHD_run(s->daemon);
		int64_t now = clock_monotonic_us();
		if (now - last > 1000000) {
			conn_deadlines(s, now);
			last = now;
		}
		if (!s->stop)
			continue;
		if (stop_at == 0) {
			stop_at = now + (int64_t)GRACE_S * 1000000;
			/* The master keeps the listen socket; our copy must not take calls that nobody answers if it died. */
			close(MHD_quiesce_daemon(s->daemon));
		}
		if (conn_busy(s) == 0 || now > stop_at)
			break;
	}
	close(epoll);
}

int worker_run(const struct server_config *config, int listen_fd, int helper_fd)
{
	static struct server server; /* too large for the stack; the only one of this process */
	struct server *s = &server;
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	sigprocmask(SIG_SETMASK, &set, NULL);
	int signal_fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
	*s = (struct server){.config = config, .helper_fd = helper_fd};
	law_now_init(&s->law, config->house);
	err e = door_db(config->house, &s->db);
	if (e != OK) {
		log_event(LOG_ERROR, "worker_db", "error", err_name(e), NULL);
		return 1;
	}
	s->daemon = start(s, listen_fd);
	if (!s->daemon || signal_fd < 0) {
		log_event(LOG_ERROR, "worker_start", NULL);
		return 1;
	}
	loop(s, signal_fd);
	MHD_stop_daemon(s->daemon);
	door_close(config->house, s->db);
	law_now_close(&s->law);
	for (size_t i = 0; i < SERVER_CONNECTIONS; i++)
		arena_free(s->conns[i].arena);
	close(signal_fd);
	return 0;
}
