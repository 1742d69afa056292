/* req — one request as a handler sees it, and the answer it makes.
 *
 * A handler is `err page_x(struct req *r)`, named in routes.tbl.h. The server has already parsed the request, found
 * the route, and the guard has checked host, session, CSRF, once token and right. The handler reads params, query
 * and declared fields, calls register/ care/ …, fills a plain view struct, calls the template into res_page(r) and
 * returns OK; or it returns an error, which becomes the page of errors.tbl.h with everything typed kept on it.
 * Text is valid UTF-8 with LF line ends; nothing here is NULL unless it says so: an absent value is "".
 * Ownership: everything lives in r->arena. Tests: tests/unit/test_web.c, tests/http/.
 */
#ifndef TSU_WEB_REQ_H
#define TSU_WEB_REQ_H

#include "base/buf.h"
#include "base/ctx.h"

/* POST carries the CSRF and the once token and runs in one transaction with it. POST_FREE carries the CSRF token only: for
 * acts that may be repeated freely (drafts, searches, log in). */
enum method { METHOD_GET, METHOD_POST, METHOD_POST_FREE };

struct pair {
	const char *name, *value;
};
struct pairs {
	struct pair *v;
	size_t n, cap;
};

/* An uploaded file; the name is the client's and only for display. */
struct upload {
	const char *field, *name, *type;
	const void *bytes;
	size_t n;
};

/* Who is at the other end. All text "" and in = false if nobody has logged in. */
struct who {
	bool in;
	bool handed;      /* the device is in a client's hands: nothing but its one page (access/session.h) */
	int64_t account_id;
	const char *account_pid;
	const char *user_name, *login, *org_name, *role_label;
	uint32_t rights;  /* mask of enum right */
	int list_rows;    /* rows per page of a list */
	int text_size;    /* 0 標準, 1 大, 2 特大 */
	const char *csrf; /* token for forms: of the session, or of the browser before login */
};

enum res_kind { RES_NONE, RES_PAGE, RES_REDIRECT, RES_BYTES };

struct res {
	enum res_kind kind;
	int status;
	err cause;          /* why a page was shown again (res_page_of): the transaction of the POST is rolled back */
	struct buf body;
	const char *type, *location, *disposition;
	bool cacheable;     /* static assets only; everything else is no-store */
	struct pairs headers;
};

struct route;
struct server; /* web/server: the worker */

struct req {
	struct ctx *c;
	struct arena *arena; /* = c->arena */
	const struct route *route;
	enum method method;
	bool head;           /* HEAD: answered as GET without body */
	bool https;
	bool fragment;       /* asked by assets/app.js (header X-Tsunagi: 1): answer a part, errors as JSON */
	const char *path, *host, *client;
	struct pairs params, query, cookies, form;
	struct upload *files;
	size_t n_files;
	const char *body;    /* raw body for JSON routes */
	size_t n_body;
	const char *body_type;
	struct who who;
	struct res res;
	int64_t *looked;     /* person ids reported by look_person */
	size_t n_looked, cap_looked;
	enum action look_action;
	struct server *server;
	void *conn;          /* web/server: the connection */
	void *wait;          /* web/server: an answer of the password helper */
	void *session;       /* web/guard */
};

/* ---- reading ---- */
const char *pairs_get(const struct pairs *p, const char *name); /* first; NULL if absent */
void pairs_add(struct arena *a, struct pairs *p, const char *name, const char *value);
const char *req_param(const struct req *r, const char *name); /* from the path pattern: {pid} */
const char *req_query(const struct req *r, const char *name);
int64_t req_query_int(const struct req *r, const char *name, int64_t if_absent, int64_t min, int64_t max);
bool req_has(const struct req *r, const char *name);          /* the field was sent (a checkbox) */
const char *req_field(const struct req *r, const char *name);
size_t req_all(const struct req *r, const char *name, const char ***values); /* repeated fields, in order */
const struct upload *req_file(const struct req *r, const char *name); /* NULL if none or empty */
const char *req_header(const struct req *r, const char *name); /* NULL if absent */

/* ---- persons looked at: the audit gets them before the body leaves ---- */
void look_person(struct req *r, int64_t person_id);
void look_as(struct req *r, enum action a); /* what kind of look: ACTION_SEE unless told (print, export) */

/* ---- answering ---- */
struct buf *res_page(struct req *r);               /* 200 HTML; write into it */
struct buf *res_page_of(struct req *r, err e);     /* HTML with the status of e: a form shown again with its faults */
MUST err res_redirect(struct req *r, const char *fmt, ...) __attribute__((format(printf, 2, 3))); /* 303 to a local path */
/* 303 with one sentence of flash.tbl.h shown there: res_done(r, "saved", "/persons/%s", pid) */
MUST err res_done(struct req *r, const char *flash, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
MUST err res_pdf(struct req *r, const void *bytes, size_t n, const char *file_name);  /* opens in the browser */
MUST err res_show(struct req *r, const char *type, const void *bytes, size_t n, const char *file_name); /* a picture or PDF: opens in the browser */
MUST err res_file(struct req *r, const char *type, const void *bytes, size_t n, const char *file_name); /* downloads */
struct buf *res_json(struct req *r, err e);        /* write JSON text into it; the status is that of e */
void res_header(struct req *r, const char *name, const char *value);
void res_cookie(struct req *r, const char *name, const char *value, int max_age_s); /* -1: until the browser closes */

/* ---- password helper: slow hashing off the worker ----
 * The first call returns ERR_WAIT, which the handler passes on (TRY); the server suspends the connection and, when the
 * helper has answered, runs the handler once more from its beginning. So nothing may be written before this call. */
MUST err req_password_check(struct req *r, const char *hash, const char *password, bool *ok);
MUST err req_password_hash(struct req *r, const char *password, const char **hash);

#endif
