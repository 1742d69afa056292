/* Connections: deadlines, limits, collecting the body. Every callback that may allocate sets the arena's escape itself, so
 * no jump crosses a frame of the library. */
#include "web/server_own.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/str.h"
#include "store/open.h"
#include "web/formin.h"
#include "web/route.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

enum { DRAIN_MORE = 64 << 20 };

static void stage(struct conn *k, enum stage s)
{
	k->stage = s;
	k->since_us = clock_monotonic_us();
}

void conn_notify(void *cls, struct MHD_Connection *c, void **socket_context, enum MHD_ConnectionNotificationCode code)
{
	struct server *s = cls;
	if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
		struct conn *k = *socket_context;
		if (!k)
			return;
		arena_free(k->arena);
		*k = (struct conn){0};
		return;
	}
	for (size_t i = 0; i < SERVER_CONNECTIONS; i++) {
		struct conn *k = &s->conns[i];
		if (k->stage != STAGE_FREE)
			continue;
		const union MHD_ConnectionInfo *info = MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD);
		*k = (struct conn){.fd = info ? info->connect_fd : -1, .mhd = c};
		stage(k, STAGE_IDLE);
		*socket_context = k;
		return;
	}
	*socket_context = NULL; /* cannot happen: the daemon's limit is the same number */
}

static struct conn *conn_of(struct MHD_Connection *c)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	return info ? info->socket_context : NULL;
}

/* The request line is here: the clock of the headers starts, and memory for this request. */
void *conn_uri(void *cls, const char *uri, struct MHD_Connection *c)
{
	struct conn *k = conn_of(c);
	jmp_buf escape;
	(void)cls;
	if (!k)
		return NULL;
	if (!k->arena)
		k->arena = arena_new(SERVER_ARENA);
	if (!k->arena)
		return NULL;
	k->start_us = clock_monotonic_us();
	k->begun = k->drain = k->suspended = false;
	k->early = OK;
	k->allow = "";
	k->body = NULL;
	k->n_body = k->cap_body = k->limit = 0;
	k->waits = (struct waits){0};
	k->uri = NULL;
	stage(k, STAGE_HEADERS);
	if (setjmp(escape) == 0) {
		arena_set_escape(k->arena, &escape);
		k->uri = arena_str(k->arena, uri);
	}
	arena_set_escape(k->arena, NULL);
	return k;
}

/* ---- the head of a request ---- */

static enum MHD_Result each_header(void *cls, enum MHD_ValueKind kind, const char *key, const char *value)
{
	struct req *r = cls;
	(void)kind;
	if (value && str_utf8_valid(value, strlen(value)))
		pairs_add(r->arena, &r->cookies, key, value);
	return MHD_YES;
}

static bool path_clean(const char *path)
{
	return path[0] == '/' && !strstr(path, "//") && strlen(path) < 2000 && str_utf8_valid(path, strlen(path));
}

/* serve --outside: links of surveys, what their pages need, the sign of life; "/" says where to look. */
static bool outside_path(struct req *r)
{
	if (strcmp(r->path, "/") == 0)
		r->path = "/a";
	return strcmp(r->path, "/a") == 0 || str_starts(r->path, "/a/") || str_starts(r->path, "/assets/") || strcmp(r->path, "/health") == 0;
}

static err read_head(struct server *s, struct conn *k, const char *method)
{
	struct req *r = &k->req;
	ctx_init(&k->ctx, k->arena, clock_now_ms());
	k->ctx.db = s->db;
	k->ctx.house = &s->law.house;
	*r = (struct req){.c = &k->ctx, .arena = k->arena, .server = s, .conn = k, .wait = &k->waits, .client = "", .host = ""};
	r->head = strcmp(method, "HEAD") == 0;
	r->method = strcmp(method, "POST") == 0 ? METHOD_POST : METHOD_GET;
	const char *q = strchr(k->uri, '?');
	r->path = arena_strn(k->arena, k->uri, q ? (size_t)(q - k->uri) : strlen(k->uri));
	r->host = str_or(req_header(r, "Host"), "");
	r->fragment = req_header(r, "X-Tsunagi") != NULL;
	MHD_get_connection_values(k->mhd, MHD_COOKIE_KIND, each_header, r);
	if (q && formin_urlencoded(k->arena, q + 1, strlen(q + 1), &r->query) != OK)
		return ERR_NOTFOUND;
	if (!path_clean(r->path))
		return ERR_NOTFOUND;
	if (!handle_host_allowed(s->config, r->host))
		return ERR_HOST;
	if (!r->head && strcmp(method, "GET") != 0 && strcmp(method, "POST") != 0) {
		k->allow = "GET, HEAD, POST";
		return ERR_METHOD;
	}
	if (s->config->house->outside && !outside_path(r))
		return ERR_NOTFOUND;
	if (str_starts(r->path, "/assets/"))
		return r->method == METHOD_GET ? OK : ERR_METHOD;
	return route_find(r, &k->allow);
}

static void plan_body(struct server *s, struct conn *k)
{
	const char *length = req_header(&k->req, "Content-Length");
	int64_t n = 0;
	k->limit = k->req.route ? (size_t)k->req.route->body_kb * 1024 : 0;
	if (k->limit > SERVER_BODY_MAX)
		k->limit = SERVER_BODY_MAX;
	k->req.body_type = req_header(&k->req, "Content-Type");
	if (length && (!str_int(length, &n) || n < 0)) {
		k->early = ERR_INPUT;
		return;
	}
	if ((size_t)n > k->limit)
		k->early = k->early ? k->early : ERR_LIMIT;
	else if (s->body_bytes + k->limit > SERVER_BODY_MAX * 4)
		k->early = k->early ? k->early : ERR_BUSY;
	else if (n > 0 && k->early == OK)
		k->cap_body = (size_t)n;
	k->drain = k->early != OK;
}

static void begin(struct server *s, struct conn *k, const char *method)
{
	jmp_buf escape;
	k->begun = true;
	stage(k, STAGE_BODY);
	if (setjmp(escape) != 0) {
		k->early = ERR_NOMEM;
		arena_set_escape(k->arena, NULL);
		return;
	}
	arena_set_escape(k->arena, &escape);
	k->early = read_head(s, k, method);
	plan_body(s, k);
	if (k->cap_body > 0) {
		k->body = arena_alloc(k->arena, k->cap_body + 1);
		s->body_bytes += k->cap_body;
	}
	arena_set_escape(k->arena, NULL);
}

static size_t next_size(size_t cap, size_t need)
{
	cap = cap ? cap * 2 : 16 * 1024;
	while (cap < need)
		cap *= 2;
	return cap;
}

static void grow(struct server *s, struct conn *k, const size_t cap)
{
	jmp_buf escape;
	if (setjmp(escape) != 0) {
		k->early = ERR_NOMEM;
		k->drain = true;
		arena_set_escape(k->arena, NULL);
		return;
	}
	arena_set_escape(k->arena, &escape);
	char *p = arena_alloc(k->arena, cap + 1);
	if (k->n_body > 0)
		memcpy(p, k->body, k->n_body);
	s->body_bytes += cap - k->cap_body;
	k->body = p;
	k->cap_body = cap;
	arena_set_escape(k->arena, NULL);
}

static enum MHD_Result take(struct server *s, struct conn *k, const char *p, size_t *n)
{
	size_t total = k->n_body + *n;
	if (!k->drain && total > k->limit) {
		k->early = ERR_LIMIT;
		k->drain = true;
	}
	/* Read on for a while, so that the browser gets to see the answer; then hang up. */
	if (k->drain && total > k->limit + DRAIN_MORE)
		return MHD_NO;
	if (!k->drain && total > k->cap_body)
		grow(s, k, next_size(k->cap_body, total));
	if (!k->drain)
		memcpy(k->body + k->n_body, p, *n);
	k->n_body = total;
	*n = 0;
	return MHD_YES;
}

static void ask_helper(struct server *s, struct conn *k)
{
	struct password_question *q = &k->waits.question;
	q->id = ++s->next_id;
	k->waits.pending = true;
	k->suspended = true;
	MHD_suspend_connection(k->mhd);
	if (send(s->helper_fd, q, sizeof *q, MSG_NOSIGNAL | MSG_DONTWAIT) != (ssize_t)sizeof *q) {
		/* the queue of the helpers is full: say no rather than wait */
		conn_answered(s, &(struct password_answer){.id = q->id, .ok = -1});
	}
	memset(q->password, 0, sizeof q->password);
}

void conn_answered(struct server *s, const struct password_answer *a)
{
	for (size_t i = 0; i < SERVER_CONNECTIONS; i++) {
		struct conn *k = &s->conns[i];
		if (!k->suspended || k->waits.question.id != a->id)
			continue;
		if (a->ok < 0)
			k->early = ERR_BUSY;
		else
			k->waits.v[k->waits.n++] = *a;
		k->waits.pending = false;
		k->suspended = false;
		MHD_resume_connection(k->mhd);
		return;
	}
}

/* Run the request under the guard of its arena. */
static void run(struct server *s, struct conn *k)
{
	jmp_buf escape;
	stage(k, STAGE_RUN);
	if (setjmp(escape) == 0) {
		arena_set_escape(k->arena, &escape);
		if (k->body && !k->drain) /* a drained body counts on beyond what was kept */
			k->body[k->n_body] = '\0';
		if (k->req.route) /* also after a wait: another request may have seen a newer law meanwhile, and the older one is gone */
			law_now_look(&s->law, &k->ctx);
		k->req.body = k->drain ? NULL : k->body;
		k->req.n_body = k->drain ? 0 : k->n_body;
		handle_request(k);
		arena_set_escape(k->arena, NULL);
		return;
	}
	/* The arena is full: forget all of it, roll back, and answer from a fresh one. */
	arena_set_escape(k->arena, NULL);
	store_recover(&k->ctx);
	log_event(LOG_ERROR, "arena_full", "route", k->req.route ? k->req.route->audit : "-", NULL);
	if (setjmp(escape) == 0) {
		arena_reset(k->arena);
		arena_set_escape(k->arena, &escape);
		const struct route *route = k->req.route;
		ctx_init(&k->ctx, k->arena, k->ctx.now_ms);
		k->ctx.house = &s->law.house;
		k->req = (struct req){.c = &k->ctx, .arena = k->arena, .server = s, .route = route, .path = "/", .host = "", .client = "",
			.fragment = k->req.fragment, .head = k->req.head};
		handle_error_page(&k->req, ERR_NOMEM, "");
	} else {
		k->req.res = (struct res){.status = 507};
	}
	arena_set_escape(k->arena, NULL);
}

enum MHD_Result conn_handle(void *cls, struct MHD_Connection *c, const char *url, const char *method, const char *version,
	const char *upload, size_t *n_upload, void **con_cls)
{
	struct server *s = cls;
	struct conn *k = *con_cls;
	(void)c;
	(void)url;
	(void)version;
	if (!k || !k->uri)
		return MHD_NO;
	if (!k->begun) {
		begin(s, k, method);
		return MHD_YES;
	}
	if (*n_upload > 0)
		return take(s, k, upload, n_upload);
	if (k->suspended)
		return MHD_YES;
	run(s, k);
	if (k->waits.pending) {
		ask_helper(s, k);
		return MHD_YES;
	}
	return respond(k);
}

static void log_done(const struct conn *k, enum MHD_RequestTerminationCode why)
{
	char status[16], us[32];
	if (k->req.res.cacheable)
		return;
	snprintf(status, sizeof status, "%d", k->req.res.status);
	snprintf(us, sizeof us, "%lld", (long long)(clock_monotonic_us() - k->start_us));
	log_event(LOG_INFO, "request", "route", k->req.route ? k->req.route->audit : "-", "status", status, "us", us, "end",
		why == MHD_REQUEST_TERMINATED_COMPLETED_OK ? "ok" : "cut", NULL);
}

void conn_completed(void *cls, struct MHD_Connection *c, void **con_cls, enum MHD_RequestTerminationCode why)
{
	struct server *s = cls;
	struct conn *k = *con_cls;
	(void)c;
	if (!k)
		return;
	if (k->begun)
		log_done(k, why);
	s->body_bytes -= k->cap_body <= s->body_bytes ? k->cap_body : s->body_bytes;
	k->cap_body = 0;
	memset(&k->waits, 0, sizeof k->waits);
	k->req = (struct req){0};
	k->suspended = false;
	k->uri = NULL;
	arena_reset(k->arena);
	stage(k, STAGE_IDLE);
	*con_cls = NULL;
}

/* The caller hung up in the middle of a request. The library misses it when the end comes together with the headers, and
 * would keep the place, and a stopping worker, waiting for the rest. */
static bool hung_up(const struct conn *k)
{
	char byte;
	return (k->stage == STAGE_HEADERS || k->stage == STAGE_BODY) && k->fd >= 0 && recv(k->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

/* A client that sends its headers or body drop by drop holds a place for others: hang up. */
void conn_deadlines(struct server *s, int64_t now_us)
{
	static const int limit_s[] = {0, SERVER_IDLE_S, SERVER_HEADER_S, SERVER_BODY_S, 0};
	for (size_t i = 0; i < SERVER_CONNECTIONS; i++) {
		struct conn *k = &s->conns[i];
		int limit = limit_s[k->stage];
		if ((limit > 0 && now_us - k->since_us > (int64_t)limit * 1000000 && k->fd >= 0) || hung_up(k))
			shutdown(k->fd, SHUT_RDWR);
	}
}

size_t conn_busy(const struct server *s)
{
	size_t n = 0;
	for (size_t i = 0; i < SERVER_CONNECTIONS; i++)
		n += s->conns[i].stage > STAGE_IDLE;
	return n;
}
