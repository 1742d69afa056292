/* server_own — what the files of the server share. Not for pages. */
#ifndef TSU_WEB_SERVER_OWN_H
#define TSU_WEB_SERVER_OWN_H

#include "register/law_table.h"
#include "web/req.h"
#include "web/server.h"

#include <microhttpd.h>
#include <setjmp.h>

enum { SERVER_HELPERS = 2, SERVER_CONNECTIONS = 250, SERVER_IDLE_S = 60, SERVER_HEADER_S = 15, SERVER_BODY_S = 120,
	SERVER_HEADER_BYTES = 32 * 1024, SERVER_MAX_WAITS = 4, PASSWORD_BYTES = 1025, HASH_BYTES = 128 };

/* ---- password helper (server_helper.c) ---- */
enum password_op { PASSWORD_CHECK, PASSWORD_HASH };
struct password_question {
	uint64_t id;
	int32_t op;
	char hash[HASH_BYTES], password[PASSWORD_BYTES];
};
struct password_answer {
	uint64_t id;
	int32_t ok;
	char hash[HASH_BYTES];
};
_Noreturn void helper_run(const int *fds, int n_fds); /* one end of each worker's socket pair */

struct waits {
	struct password_answer v[SERVER_MAX_WAITS];
	int n, next;
	bool pending;
	struct password_question question;
};

/* ---- one connection and its request (server_conn.c) ---- */
enum stage { STAGE_FREE, STAGE_IDLE, STAGE_HEADERS, STAGE_BODY, STAGE_RUN };

struct conn {
	enum stage stage;
	int fd;
	int64_t since_us;
	struct MHD_Connection *mhd;
	struct arena *arena;      /* kept between requests */
	const char *uri;          /* raw, of the request in work */
	bool begun, drain, suspended, expects_body;
	err early;                /* found before the body was read */
	const char *allow;
	char *body;
	size_t n_body, cap_body, limit;
	struct ctx ctx;
	struct req req;
	struct waits waits;
	int64_t start_us;
};

struct server {
	const struct server_config *config;
	struct MHD_Daemon *daemon;
	struct db *db;
	struct law_now law;       /* the house of this worker, with the law in force */
	int helper_fd;
	bool stop;                /* leave as soon as the requests in work are answered */
	uint64_t next_id;
	size_t body_bytes;        /* held by all bodies in work */
	struct conn conns[SERVER_CONNECTIONS];
};

void conn_notify(void *cls, struct MHD_Connection *c, void **socket_context, enum MHD_ConnectionNotificationCode code);
void *conn_uri(void *cls, const char *uri, struct MHD_Connection *c);
enum MHD_Result conn_handle(void *cls, struct MHD_Connection *c, const char *url, const char *method, const char *version,
	const char *upload, size_t *n_upload, void **con_cls);
void conn_completed(void *cls, struct MHD_Connection *c, void **con_cls, enum MHD_RequestTerminationCode why);
void conn_deadlines(struct server *s, int64_t now_us);
void conn_answered(struct server *s, const struct password_answer *a);
size_t conn_busy(const struct server *s);

/* ---- from a parsed request to res (server_handle.c) ---- */
void handle_request(struct conn *k);
void handle_error_page(struct req *r, err e, const char *allow);
bool handle_host_allowed(const struct server_config *config, const char *host);

/* ---- worker (server_worker.c) ---- */
int worker_run(const struct server_config *config, int listen_fd, int helper_fd);
enum MHD_Result respond(struct conn *k); /* r->res to the wire (server_respond.c) */

#endif
