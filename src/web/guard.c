#include "web/guard.h"

#include "access/audit.h"
#include "access/once.h"
#include "access/policy.h"
#include "access/session.h"
#include "base/str.h"
#include "register/org.h"
#include "web/route.h"

#include <sodium.h>
#include <string.h>

uint32_t guard_rights_of(int role)
{
	static const struct {
		int role;
		uint32_t rights;
	} table[] = {
#define ROLE_RIGHTS(role, rights) {ROLE_##role, rights},
#include "web/role_rights.tbl.h"
#undef ROLE_RIGHTS
	};
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		if (table[i].role == role)
			return table[i].rights | RIGHT_PUBLIC | RIGHT_USER;
	return RIGHT_PUBLIC;
}

static int text_size_of(const char *code)
{
	return str_eq(code, "xlarge") ? 2 : str_eq(code, "large") ? 1 : 0;
}

static const char *cookie(const struct req *r, const char *name) { return pairs_get(&r->cookies, name); }

static err nobody(struct req *r)
{
	const char *pre = cookie(r, GUARD_COOKIE_PRE);
	bool fresh = str_blank(pre) || strlen(pre) > 128;
	if (fresh) {
		pre = session_pre_cookie(r->c);
		pairs_add(r->arena, &r->cookies, GUARD_COOKIE_PRE, pre);
		res_cookie(r, GUARD_COOKIE_PRE, pre, -1);
	}
	r->who = (struct who){.user_name = "", .login = "", .org_name = "", .role_label = "", .account_pid = "", .rights = RIGHT_PUBLIC,
		.csrf = session_pre_csrf(r->c, pre)};
	return OK;
}

static err org_name(struct req *r, const char **out)
{
	*out = "";
	if (r->c->actor.org_id <= 0)
		return OK;
	struct org org;
	err e = org_load(r->c, r->c->actor.org_id, &org);
	if (e == OK)
		*out = org.name;
	return e == ERR_NOTFOUND || e == ERR_DENIED ? OK : e;
}

/* What is asked for, as session_hand writes it. The overlay asks for every session alike (/again); a key of a draft is compared as
 * it reads, not as it is encoded. */
static const char *way_of(struct req *r)
{
	const char *path = r->path, *tail = "";
	if (str_eq(path, "/again"))
		return NULL;
	if (r->route && str_starts(r->route->pattern, "/drafts/{key}")) {
		tail = r->route->pattern + strlen("/drafts/{key}");
		path = arena_fmt(r->arena, "/drafts/%s", req_param(r, "key"));
	}
	return arena_fmt(r->arena, "%s %s%s", r->method == METHOD_POST ? "POST" : "GET", path, tail);
}

err guard_identify(struct req *r)
{
	struct session *s = ARENA_NEW(r->arena, struct session);
	const char *token = cookie(r, GUARD_COOKIE);
	r->session = s;
	if (!token)
		return nobody(r);
	err e = session_open(r->c, token, way_of(r), s);
	if (err_class_of(e) == ERR_CLASS_DENIED)
		return nobody(r);
	TRY(e);
	s->open = true;
	r->who = (struct who){
		.in = true, .account_id = s->account_id, .account_pid = s->account.pid, .user_name = s->account.name, .login = s->account.login,
		.role_label = role_label_ja(s->account.role), .rights = guard_rights_of(s->account.role), .csrf = s->csrf,
		.handed = s->handed, .list_rows = s->account.list_rows, .text_size = text_size_of(s->account.text_size),
	};
	r->c->actor.purpose = "page";
	return org_name(r, &r->who.org_name);
}

static err check_csrf(struct req *r)
{
	const struct session *s = r->session;
	const char *site = req_header(r, "Sec-Fetch-Site"), *typed = req_header(r, "X-Tsunagi-Csrf");
	if (site && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0)
		return ERR_CSRF;
	if (!typed)
		typed = req_field(r, "csrf");
	if (r->who.in)
		return session_csrf_check(s, typed);
	return session_pre_check(r->c, cookie(r, GUARD_COOKIE_PRE), typed);
}

err guard_admit(struct req *r)
{
	const char *page_account = req_header(r, "X-Tsunagi-Account");
	bool public = r->route->right == RIGHT_PUBLIC;
	if (!public && !r->who.in)
		return ERR_SESSION_END;
	if (!public && page_account && r->who.in && strcmp(page_account, r->who.account_pid) != 0)
		return ERR_DENIED;
	if (!(r->who.rights & (uint32_t)r->route->right))
		return ERR_DENIED;
	return r->method == METHOD_GET ? OK : check_csrf(r);
}

/* ---- the same POST twice ---- */

static err once_fn(struct ctx *c, void *arg, const char **location)
{
	struct req *r = arg;
	size_t n_headers = r->res.headers.n;
	(void)c;
	fault_clear(r->c);
	r->res = (struct res){.headers = r->res.headers};
	r->res.headers.n = n_headers;
	TRY(r->route->run(r));
	/* A form shown again: roll back, but keep the page. */
	if (r->res.cause != OK)
		return r->res.cause;
	*location = r->res.kind == RES_REDIRECT ? r->res.location : "/";
	return OK;
}

err guard_call(struct req *r)
{
	if (r->method != METHOD_POST || !r->who.in)
		return r->route->run(r);
	const char *location = NULL;
	bool repeated = false;
	err e = once_run(r->c, req_field(r, "once"), once_fn, r, &location, &repeated);
	if (e != OK && e == r->res.cause && r->res.kind != RES_NONE)
		return OK;
	TRY(e);
	if (repeated) {
		fault_clear(r->c);
		return res_redirect(r, "%s", location);
	}
	return OK;
}

const char *guard_once(struct req *r) { return r->who.in ? once_token(r->c) : ""; }

/* ---- undo ---- */

static const char *undo_mac(struct req *r, const char *path)
{
	unsigned char mac[16];
	char hex[33];
	const char *key = r->who.csrf;
	size_t n_key = strlen(key) < 64 ? strlen(key) : 64;
	if (crypto_generichash(mac, sizeof mac, (const unsigned char *)path, strlen(path), (const unsigned char *)key, n_key) != 0)
		return "";
	sodium_bin2hex(hex, sizeof hex, mac, sizeof mac);
	return arena_str(r->arena, hex);
}

const char *guard_undo(struct req *r, const char *path)
{
	return arena_fmt(r->arena, "undo=%s.%s", undo_mac(r, path), path);
}

const char *guard_undo_path(struct req *r)
{
	const char *undo = req_query(r, "undo"), *dot = strchr(undo, '.');
	if (!r->who.in || !dot || dot - undo != 32 || !str_starts(dot + 1, "/undo/"))
		return "";
	const char *mac = undo_mac(r, dot + 1);
	return strlen(mac) == 32 && sodium_memcmp(mac, undo, 32) == 0 ? dot + 1 : "";
}
