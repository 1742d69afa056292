/* The pages of logging in: password, then code; once more in the overlay (/again, JSON for assets/app.js); log out; and the
 * enrolment by a one-time code. Passwords are checked by the helpers. Nothing here tells whether a login exists. */
#include "web/guard_login.h"

#include "access/demo_secret.h"
#include "access/account.h"
#include "access/credential.h"
#include "access/session.h"
#include "base/str.h"
#include "codec/json.h"
#include "codec/qr.h"
#include "tmpl/layout_login.h"
#include "web/formin.h"
#include "web/guard.h"
#include "web/route.h"

#include <string.h>

#define COOKIE_HALF "tsunagi_half"
enum { DEVICE_DAYS = 400 };

static const char *cookie(const struct req *r, const char *name) { return str_or(pairs_get(&r->cookies, name), ""); }

static const char *device(const struct req *r) { return pairs_get(&r->cookies, GUARD_COOKIE_DEVICE); }

/* Where to go after the login: only a path of this house. */
static const char *next_of(const char *typed)
{
	bool good = typed[0] == '/' && typed[1] != '/' && typed[1] != '\\' && strlen(typed) < 1000 && !str_starts(typed, "/login");
	for (const char *p = typed; good && *p; p++)
		good = (unsigned char)*p > 0x20 && *p != '\\' && *p != 0x7f;
	return good ? typed : "/";
}

static struct login_view login_view(struct req *r, const char *title)
{
	struct login_view v = {.page = page_view(r, title), .next = "/", .login = ""};
	v.page->bare = true;
	return v;
}

/* A wrong password is a fault of the form as a whole; the page comes again with the login kept. */
static bool is_login_fault(err e)
{
	return e == ERR_LOGIN || e == ERR_TOTP || e == ERR_LOCKED || e == ERR_SETUP_CODE || err_class_of(e) == ERR_CLASS_INPUT;
}

static void fault_whole(struct req *r, err e)
{
	if (r->c->n_faults == 0)
		fault_add(r->c, "", e, "%s%s", err_sentence_ja(e), err_mend_ja(e));
}

/* ---- password ---- */

static void log_in(struct req *r, const char *token, const char *new_device)
{
	res_cookie(r, GUARD_COOKIE, token, -1);
	res_cookie(r, COOKIE_HALF, "", 0);
	if (!str_blank(new_device))
		res_cookie(r, GUARD_COOKIE_DEVICE, new_device, DEVICE_DAYS * 24 * 3600);
}

static err show_login(struct req *r, const char *login, const char *next, err e)
{
	int64_t n = 1;
	if (e != OK)
		fault_whole(r, e);
	else
		TRY(account_count(r->c, &n));
	struct login_view v = login_view(r, "ログイン");
	v.login = login;
	v.next = next;
	v.first = n == 0;
	tmpl_layout_login(res_page_of(r, e), &v);
	return OK;
}

/* 離席, or the device comes back from a client: the session waits for its own account, whose password is enough. */
static err show_locked(struct req *r, const char *next, err e)
{
	const struct session *s = r->session;
	if (e != OK)
		fault_whole(r, e);
	struct login_view v = login_view(r, "パスワードの確認");
	v.locked_pid = s->account.pid;
	v.name = s->account.name;
	v.next = next;
	struct buf b = buf_new(r->arena);
	buf_str(&b, "/login?as=other&next=");
	html_urlpart(&b, next);
	v.other_path = b.p;
	tmpl_layout_login(res_page_of(r, e), &v);
	return OK;
}

err page_login(struct req *r)
{
	const struct session *s = r->session;
	const char *next = next_of(req_query(r, "next"));
	if (r->who.in)
		return res_redirect(r, "%s", next);
	if (s->locked && !str_eq(req_query(r, "as"), "other"))
		return show_locked(r, next, OK);
	return show_login(r, "", next, OK);
}

static const struct formin_field LOGIN_FIELDS[] = {
	{.name = "login", .label = "利用者ID", .kind = FORMIN_TEXT, .max = 64, .required = true},
	{.name = "password", .label = "パスワード", .kind = FORMIN_SECRET, .max = 500, .required = true},
	{.name = "next", .label = "行き先", .kind = FORMIN_TEXT, .max = 1000},
};

static err password_step(struct req *r, char token[SESSION_TOKEN_TEXT])
{
	struct login_try t;
	bool ok = false;
	TRY(formin_read(r, LOGIN_FIELDS, FORMIN_N(LOGIN_FIELDS)));
	TRY(session_login_find(r->c, req_field(r, "login"), r->client, device(r), &t));
	TRY(req_password_check(r, t.hash, req_field(r, "password"), &ok));
	return session_login_password(r->c, &t, ok, token);
}

static const struct formin_field LOCKED_FIELDS[] = {
	{.name = "account", .label = "利用者", .kind = FORMIN_PID, .required = true},
	{.name = "password", .label = "パスワード", .kind = FORMIN_SECRET, .max = 500, .required = true},
	{.name = "next", .label = "行き先", .kind = FORMIN_TEXT, .max = 1000},
};

static err unlock_step(struct req *r, char token[SESSION_TOKEN_TEXT])
{
	const struct session *s = r->session;
	struct login_try t;
	bool ok = false;
	TRY(formin_read(r, LOCKED_FIELDS, FORMIN_N(LOCKED_FIELDS)));
	TRY(session_login_find(r->c, s->account.login, r->client, device(r), &t));
	TRY(req_password_check(r, t.hash, req_field(r, "password"), &ok));
	return session_again(r->c, cookie(r, GUARD_COOKIE), req_field(r, "account"), &t, ok, false, token);
}

static err unlock(struct req *r)
{
	char token[SESSION_TOKEN_TEXT];
	const char *next = next_of(req_field(r, "next"));
	err e = unlock_step(r, token);
	if (e == ERR_SESSION_END) /* it has ended meanwhile */
		return show_login(r, "", next, e);
	if (is_login_fault(e))
		return show_locked(r, next, e);
	TRY(e);
	log_in(r, token, NULL);
	return res_redirect(r, "%s", next);
}

err page_login_post(struct req *r)
{
	const struct session *s = r->session;
	if (s->locked && req_has(r, "account"))
		return unlock(r);
	char token[SESSION_TOKEN_TEXT];
	const char *next = next_of(req_field(r, "next"));
	err e = password_step(r, token);
	if (is_login_fault(e))
		return show_login(r, req_field(r, "login"), next, e);
	TRY(e);
	res_cookie(r, COOKIE_HALF, token, SESSION_HALF_MS / 1000);
	struct buf b = buf_new(r->arena);
	html_urlpart(&b, next);
	return res_redirect(r, "/login/code?next=%s", b.p);
}

/* ---- code ---- */

static err show_code(struct req *r, const char *next, err e)
{
	if (e != OK)
		fault_whole(r, e);
	struct login_view v = login_view(r, "確認コード");
	v.next = next;
	char demo[7];
	if (demo_secret_code(r->c, demo) == OK)
		v.demo_code = arena_str(r->arena, demo);
	tmpl_layout_code(res_page_of(r, e), &v);
	return OK;
}

err page_code(struct req *r)
{
	struct session half;
	err e = session_half(r->c, cookie(r, COOKIE_HALF), &half);
	if (err_class_of(e) == ERR_CLASS_DENIED)
		return res_redirect(r, "/login");
	TRY(e);
	return show_code(r, next_of(req_query(r, "next")), OK);
}

static const struct formin_field CODE_FIELDS[] = {
	{.name = "code", .label = "確認コード", .kind = FORMIN_SECRET, .max = 40, .required = true},
	{.name = "next", .label = "行き先", .kind = FORMIN_TEXT, .max = 1000},
};

err page_code_post(struct req *r)
{
	char token[SESSION_TOKEN_TEXT];
	const char *new_device = NULL, *next = next_of(req_field(r, "next"));
	bool paper = false;
	err e = formin_read(r, CODE_FIELDS, FORMIN_N(CODE_FIELDS));
	if (e == OK)
		e = session_login_code(r->c, cookie(r, COOKIE_HALF), req_field(r, "code"), r->client, device(r), token, &new_device, &paper);
	if (e == ERR_SESSION_END || e == ERR_LOGIN)
		return show_login(r, "", next, e);
	if (is_login_fault(e))
		return show_code(r, next, e);
	TRY(e);
	log_in(r, token, new_device);
	return res_redirect(r, "%s", next);
}

/* ---- the overlay ---- */

static err answer(struct req *r, const struct session *s, bool in, bool locked)
{
	struct arena *a = r->arena;
	struct json *o = json_new(a, JSON_OBJECT);
	json_set(a, o, "in", json_new_bool(a, in));
	json_set(a, o, "locked", json_new_bool(a, locked));
	json_set(a, o, "csrf", json_new_text(a, in ? s->csrf : r->who.csrf));
	json_set(a, o, "account", json_new_text(a, in || locked ? s->account.pid : ""));
	json_set(a, o, "login", json_new_text(a, locked ? s->account.login : ""));
	json_set(a, o, "name", json_new_text(a, locked ? s->account.name : ""));
	json_write(res_json(r, OK), o, false);
	return OK;
}

/* Is this browser logged in, as whom, and with which CSRF token? */
err page_again_state(struct req *r)
{
	const struct session *s = r->session;
	return answer(r, s, r->who.in, !r->who.in && s->locked);
}

static const struct formin_field AGAIN_FIELDS[] = {
	{.name = "account", .label = "利用者", .kind = FORMIN_PID, .required = true},
	{.name = "login", .label = "利用者ID", .kind = FORMIN_TEXT, .max = 64},
	{.name = "password", .label = "パスワード", .kind = FORMIN_SECRET, .max = 500},
	{.name = "code", .label = "確認コード", .kind = FORMIN_SECRET, .max = 40},
};

static err again_step(struct req *r, char token[SESSION_TOKEN_TEXT], bool *half)
{
	const struct session *s = r->session;
	struct login_try t;
	bool ok = false, paper;
	const char *new_device = NULL;
	*half = false;
	TRY(formin_read(r, AGAIN_FIELDS, FORMIN_N(AGAIN_FIELDS)));
	if (req_field(r, "code")[0]) {
		TRY(session_login_code(r->c, cookie(r, COOKIE_HALF), req_field(r, "code"), r->client, device(r), token, &new_device, &paper));
		log_in(r, token, new_device);
		return OK;
	}
	bool locked = s->locked && strcmp(s->account.pid, req_field(r, "account")) == 0;
	TRY(session_login_find(r->c, locked ? s->account.login : req_field(r, "login"), r->client, device(r), &t));
	TRY(req_password_check(r, t.hash, req_field(r, "password"), &ok));
	if (locked) {
		TRY(session_again(r->c, cookie(r, GUARD_COOKIE), req_field(r, "account"), &t, ok, true, token));
		log_in(r, token, NULL);
		return OK;
	}
	*half = true;
	TRY(session_login_password(r->c, &t, ok, token));
	res_cookie(r, COOKIE_HALF, token, SESSION_HALF_MS / 1000);
	return OK;
}

/* A fresh session of somebody else must see nothing of the page it was opened over: its draft, its text. */
err page_again(struct req *r)
{
	char token[SESSION_TOKEN_TEXT];
	bool half;
	struct session *s = ARENA_NEW(r->arena, struct session);
	TRY(again_step(r, token, &half));
	if (half) {
		struct json *o = json_new(r->arena, JSON_OBJECT);
		json_set(r->arena, o, "in", json_new_bool(r->arena, false));
		json_set(r->arena, o, "code", json_new_bool(r->arena, true));
		json_write(res_json(r, OK), o, false);
		return OK;
	}
	TRY(session_open(r->c, token, NULL, s));
	return answer(r, s, true, false);
}

err page_logout(struct req *r)
{
	TRY(session_end(r->c, cookie(r, GUARD_COOKIE)));
	res_cookie(r, GUARD_COOKIE, "", 0);
	return res_done(r, "logout", "/login");
}

/* ---- enrolment ---- */

static err show_setup(struct req *r, err e)
{
	int64_t n = 1;
	if (e != OK)
		fault_whole(r, e);
	else
		TRY(account_count(r->c, &n));
	struct login_view v = login_view(r, "利用者の登録");
	v.first = n == 0;
	tmpl_layout_setup(res_page_of(r, e), &v);
	return OK;
}

err page_setup(struct req *r) { return show_setup(r, OK); }

static const struct formin_field SETUP_FIELDS[] = {
	{.name = "setup_code", .label = "登録コード", .kind = FORMIN_TEXT, .max = 60, .required = true},
	{.name = "login", .label = "利用者ID", .kind = FORMIN_TEXT, .max = 32},
};

static err show_enrol(struct req *r, const struct enrolment *n, const char *code, const char *login, const char *name, err e)
{
	if (e != OK)
		fault_whole(r, e);
	struct login_view v = login_view(r, "パスワードと認証アプリの登録");
	v.code = code;
	v.login = login;
	v.name = name;
	v.first = n->first;
	v.totp_text = n->totp_text;
	const char *uri = n->totp_uri[0] ? n->totp_uri : credential_totp_uri(r->c, login, n->secret);
	struct buf qr = buf_new(r->arena);
	TRY(qr_svg(&qr, uri, "認証アプリ用のQRコード", 220));
	v.qr.s = qr.p;
	tmpl_layout_enrol(res_page_of(r, e), &v);
	return OK;
}

err page_setup_code(struct req *r)
{
	struct enrolment n;
	err e = formin_read(r, SETUP_FIELDS, FORMIN_N(SETUP_FIELDS));
	if (e == OK)
		e = account_enrol_begin(r->c, req_field(r, "setup_code"), r->client, &n);
	if (e == OK && n.first && str_blank(req_field(r, "login")))
		e = fault_add(r->c, "login", ERR_REQUIRED, "はじめての管理者は、使いたい「利用者ID」を入力してください。");
	if (is_login_fault(e))
		return show_setup(r, e);
	TRY(e);
	return show_enrol(r, &n, req_field(r, "setup_code"), n.first ? req_field(r, "login") : n.login, n.name, OK);
}

static const struct formin_field FINISH_FIELDS[] = {
	{.name = "setup_code", .label = "登録コード", .kind = FORMIN_TEXT, .max = 60, .required = true},
	{.name = "login", .label = "利用者ID", .kind = FORMIN_TEXT, .max = 32},
	{.name = "name", .label = "氏名", .kind = FORMIN_TEXT, .max = 60},
	{.name = "password", .label = "パスワード", .kind = FORMIN_SECRET, .max = 500, .required = true},
	{.name = "password2", .label = "パスワード（もう一度）", .kind = FORMIN_SECRET, .max = 500, .required = true},
	{.name = "code", .label = "確認コード", .kind = FORMIN_SECRET, .max = 40, .required = true},
};

static err finish(struct req *r, const struct enrolment *n, const char *paper[CREDENTIAL_PAPER_CODES])
{
	const char *hash, *password = req_field(r, "password");
	const char *login = n->first ? req_field(r, "login") : n->login;
	int64_t id;
	TRY(formin_read(r, FINISH_FIELDS, FORMIN_N(FINISH_FIELDS)));
	if (strcmp(password, req_field(r, "password2")) != 0)
		return fault_add(r->c, "password2", ERR_INPUT, "2つのパスワードが違っています。同じものを入力してください。");
	TRY(credential_check_password(r->c, "password", login, password));
	TRY(req_password_hash(r, password, &hash));
	return account_enrol_finish(r->c, req_field(r, "setup_code"), r->client, login, n->first ? req_field(r, "name") : n->name, hash,
		req_field(r, "code"), &id, paper);
}

err page_setup_finish(struct req *r)
{
	struct enrolment n;
	const char *paper[CREDENTIAL_PAPER_CODES];
	err e = account_enrol_begin(r->c, req_field(r, "setup_code"), r->client, &n);
	if (is_login_fault(e))
		return show_setup(r, e);
	TRY(e);
	e = finish(r, &n, paper);
	if (is_login_fault(e))
		return show_enrol(r, &n, req_field(r, "setup_code"), n.first ? req_field(r, "login") : n.login, req_field(r, "name"), e);
	TRY(e);
	struct login_view v = login_view(r, "紙の控えコード");
	v.paper = paper;
	v.n_paper = CREDENTIAL_PAPER_CODES;
	tmpl_layout_paper(res_page(r), &v);
	return OK;
}
