/* server — master, workers, password helpers.
 *
 * The master binds one listen socket and forks N single-threaded workers (libmicrohttpd under our own epoll), 2 helpers
 * for argon2id (a login never queues behind a page), and the job supervisor (job/runner). A child that dies is started
 * anew; SIGTERM lets requests in work end (10 s), SIGHUP opens the log file anew. Children end with their master.
 *
 * One request: header limits and deadlines → Host → route → body limit → parse → guard → handler → access log → body.
 * Memory: one arena of SERVER_ARENA per request; when it is full the request answers 507 and the store is rolled back.
 * A BUG error ends the worker after its answer. The log names routes, never paths, queries or persons.
 * Tests: tests/unit/test_web_server.c. */
#ifndef TSU_WEB_SERVER_H
#define TSU_WEB_SERVER_H

#include "base/ctx.h"
#include "base/house.h"

#define SERVER_ARENA ((size_t)64 << 20)
#define SERVER_BODY_MAX ((size_t)32 << 20)

struct server_config {
	const char *listen;           /* "127.0.0.1:8080", "[::1]:8080" */
	int workers;                  /* 1..64 */
	const char *const *hosts;     /* names under which the house is reached, without port; the listen address and localhost always */
	size_t n_hosts;
	const char *const *proxies;   /* addresses whose X-Forwarded-For and -Proto are believed */
	size_t n_proxies;
	bool https;                   /* always behind TLS: Secure cookies, HSTS */
	const char *log_path;         /* NULL: stderr as it is */
	const struct house *house;
	int (*jobs)(const struct house *house); /* body of the job supervisor's process; NULL: none */
};

/* Runs until SIGTERM or SIGINT; 0, or 1 if it could not start. */
int server_run(const struct server_config *config);

#endif
