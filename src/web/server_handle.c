/* From a parsed request to an answer: who, may they, the handler, the access log, and errors as pages. */
#include "web/server_own.h"

#include "access/audit.h"
#include "base/log.h"
#include "base/str.h"
#include "codec/json.h"
#include "store/tx.h"
#include "tmpl/layout_error.h"
#include "web/asset.h"
#include "web/formin.h"
#include "web/guard.h"
#include "web/page.h"
#include "web/route.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

bool handle_host_allowed(const struct server_config *config, const char *host)
{
	static const char *const always[] = {"localhost", "127.0.0.1", "[::1]"};
	const char *end = host[0] == '[' ? strchr(host, ']') : NULL;
	size_t n = end ? (size_t)(end + 1 - host) : strcspn(host, ":");
	if (n == 0)
		return false;
	for (size_t i = 0; i < sizeof always / sizeof always[0]; i++)
		if (strlen(always[i]) == n && strncasecmp(always[i], host, n) == 0)
			return true;
	for (size_t i = 0; i < config->n_hosts; i++)
		if (strlen(config->hosts[i]) == n && strncasecmp(config->hosts[i], host, n) == 0)
			return true;
	const char *listen = config->listen;
	const char *colon = strrchr(listen, ':');
	size_t n_listen = colon ? (size_t)(colon - listen) : strlen(listen);
	return n_listen == n && strncasecmp(listen, host, n) == 0;
}

/* ---- the client's address; X-Forwarded-* counts only from a configured proxy ---- */

static void peer(struct req *r, const struct server_config *config)
{
	const struct conn *k = r->conn;
	const union MHD_ConnectionInfo *info = k && k->mhd ? MHD_get_connection_info(k->mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS) : NULL;
	char text[INET6_ADDRSTRLEN] = "";
	if (info && info->client_addr->sa_family == AF_INET)
		inet_ntop(AF_INET, &((const struct sockaddr_in *)info->client_addr)->sin_addr, text, sizeof text);
	else if (info && info->client_addr->sa_family == AF_INET6)
		inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)info->client_addr)->sin6_addr, text, sizeof text);
	r->client = arena_str(r->arena, text);
	r->https = config->https;
	bool trusted = false;
	for (size_t i = 0; i < config->n_proxies; i++)
		trusted |= strcmp(config->proxies[i], text) == 0;
	if (!trusted)
		return;
	const char *from = req_header(r, "X-Forwarded-For"), *proto = req_header(r, "X-Forwarded-Proto");
	if (from) { /* the last one is what our proxy saw */
		const char *comma = strrchr(from, ',');
		r->client = str_trim(r->arena, comma ? comma + 1 : from);
	}
	if (proto)
		r->https = strcmp(proto, "https") == 0;
}

/* ---- assets ---- */

static err asset(struct req *r)
{
	const struct asset *s = asset_find(r->path);
	if (!s)
		return ERR_NOTFOUND;
	const char *have = req_header(r, "If-None-Match"), *accept = req_header(r, "Accept-Encoding");
	r->res = (struct res){.kind = RES_BYTES, .status = 200, .type = s->type, .cacheable = true};
	res_header(r, "ETag", s->etag);
	if (have && strstr(have, s->etag)) {
		r->res.status = 304;
		return OK;
	}
	bool gz = s->gz && accept && strstr(accept, "gzip");
	if (gz)
		res_header(r, "Content-Encoding", "gzip");
	/* borrowed for the life of the process */
	r->res.body = (struct buf){.arena = r->arena, .p = (char *)(uintptr_t)(gz ? s->gz : s->bytes), .n = gz ? s->n_gz : s->n};
	return OK;
}

/* ---- errors ---- */

static void error_json(struct req *r, err e)
{
	struct arena *a = r->arena;
	struct json *o = json_new(a, JSON_OBJECT), *faults = json_new(a, JSON_ARRAY);
	json_set(a, o, "error", json_new_text(a, err_name(e)));
	json_set(a, o, "sentence", json_new_text(a, err_sentence_ja(e)));
	json_set(a, o, "mend", json_new_text(a, err_mend_ja(e)));
	for (size_t i = 0; i < r->c->n_faults; i++) {
		struct json *f = json_new(a, JSON_OBJECT);
		json_set(a, f, "field", json_new_text(a, r->c->faults[i].field));
		json_set(a, f, "message", json_new_text(a, r->c->faults[i].message));
		json_add(a, faults, f);
	}
	json_set(a, o, "faults", faults);
	json_write(res_json(r, e), o, false);
}

static bool shown_again(const struct pair *p)
{
	static const char *const never[] = {"csrf", "once", "base", "draft"};
	for (size_t i = 0; i < sizeof never / sizeof never[0]; i++)
		if (strcmp(p->name, never[i]) == 0)
			return false;
	return !str_blank(p->value) && !strstr(p->name, "password") && !strstr(p->name, "code") && !strstr(p->name, "secret");
}

void handle_error_page(struct req *r, err e, const char *allow)
{
	struct pairs headers = r->res.headers;
	r->res = (struct res){.headers = headers};
	if (e == ERR_METHOD && allow && allow[0])
		res_header(r, "Allow", allow);
	if (e == ERR_LOCKED || e == ERR_BUSY || e == ERR_RETRY)
		res_header(r, "Retry-After", "30");
	if (r->fragment) {
		error_json(r, e);
		return;
	}
	if (!r->who.csrf) {
		struct who none = {.user_name = "", .login = "", .org_name = "", .role_label = "", .account_pid = "", .csrf = ""};
		r->who = none;
	}
	struct error_view v = {.page = page_view(r, err_sentence_ja(e)), .mend = err_mend_ja(e), .number = (int)e,
		.login = e == ERR_SESSION_END, .next = r->method == METHOD_GET ? r->path : "/"};
	v.page->bare = !r->who.in;
	v.typed = ARENA_ARRAY(r->arena, r->form.n + 1, const char *);
	for (size_t i = 0; i < r->form.n; i++)
		if (shown_again(&r->form.v[i]))
			v.typed[v.n_typed++] = r->form.v[i].value;
	tmpl_layout_error(res_page_of(r, e), &v);
}

/* ---- the walk ---- */

static const char *look_word(enum action a)
{
	return a == ACTION_PRINT ? "print" : a == ACTION_EXPORT ? "export" : a == ACTION_GIVE ? "give" : "view";
}

static err look(struct req *r)
{
	if (r->n_looked == 0)
		return OK;
	const char *word = r->look_action == ACTION_SEE && r->n_looked > 1 ? "list" : look_word(r->look_action);
	return audit_look(r->c, word, r->route->audit, r->looked, r->n_looked);
}

static err walk(struct req *r, struct conn *k)
{
	if (k->early != OK)
		return k->early;
	if (r->form.n == 0 && r->n_files == 0)
		TRY(formin_body(r));
	TRY(guard_admit(r));
	TRY(guard_call(r));
	return r->res.kind == RES_NONE ? ERR_BUG : look(r);
}

static void begin_view(struct req *r)
{
	if (r->method == METHOD_GET)
		tx_view_begin(r->c);
}

static bool wants_login(const struct req *r, err e)
{
	return e == ERR_SESSION_END && r->method == METHOD_GET && !r->fragment;
}

static void go_to_login(struct req *r)
{
	struct buf b = buf_new(r->arena);
	buf_str(&b, "/login?next=");
	html_urlpart(&b, r->path);
	if (res_redirect(r, "%s", b.p) != OK)
		handle_error_page(r, ERR_SESSION_END, "");
}

static void handle(struct conn *k)
{
	struct req *r = &k->req;
	struct pairs none = {0};
	k->waits.next = 0;
	k->waits.pending = false;
	fault_clear(r->c);
	r->res = (struct res){.headers = none};
	r->n_looked = 0;
	peer(r, r->server->config);
	r->c->request_id = arena_fmt(r->arena, "%lld", (long long)k->start_us);
	if (k->early == OK && !r->route) {
		if (asset(r) != OK)
			handle_error_page(r, ERR_NOTFOUND, "");
		return;
	}
	begin_view(r);
	err e = k->early == ERR_HOST || k->early == ERR_NOMEM ? OK : guard_identify(r);
	if (e == OK) {
		begin_view(r); /* again, if opening the session wrote */
		e = walk(r, k);
	}
	if (e == ERR_WAIT && k->waits.pending)
		return;
	if (e == OK) {
		if (r->method != METHOD_GET && audit_head_write(r->c) != OK)
			log_event(LOG_ERROR, "audit_head", "route", r->route->audit, NULL);
		return;
	}
	if (r->route && err_class_of(e) == ERR_CLASS_DENIED && r->n_looked > 0 &&
		audit_look(r->c, "denied", r->route->audit, r->looked, r->n_looked) != OK)
		log_event(LOG_ERROR, "look_log", "route", r->route->audit, NULL);
	if (err_class_of(e) == ERR_CLASS_BUG || err_class_of(e) == ERR_CLASS_IO)
		log_event(LOG_ERROR, "error", "name", err_name(e), "route", r->route ? r->route->audit : "-", NULL);
	if (err_class_of(e) == ERR_CLASS_BUG)
		r->server->stop = true;
	if (wants_login(r, e))
		go_to_login(r);
	else
		handle_error_page(r, e, k->allow);
}

void handle_request(struct conn *k)
{
	handle(k);
	tx_view_end(k->req.c);
}
