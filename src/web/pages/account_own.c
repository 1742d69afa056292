#include "web/pages/account_own.h"

#include "access/session.h"
#include "base/str.h"
#include "codec/qr.h"
#include "exchange/front_carry.h"
#include "tmpl/admin_own.h"
#include "web/formin.h"
#include "web/guard.h"
#include "web/route.h"

#include <string.h>

enum { EVENTS = 20 };

/* ---- overview ---- */

static const char *const EVENTS_JA[][2] = {
	{"login", "ログイン"}, {"login-paper", "紙の控えコードでログイン"}, {"login-again", "ログインし直し"}, {"login-failed", "ログインの失敗"}, {"hand-over", "端末をご本人に渡した"},
	{"logout", "ログアウト"}, {"password", "パスワードの変更"}, {"paper-codes", "紙の控えコードの作り直し"}, {"totp", "認証アプリの登録し直し"},
	{"enrol", "利用者の登録"}, {"reset", "登録コードの再発行"},
};

static const char *event_ja(const char *action)
{
	for (size_t i = 0; i < FORMIN_N(EVENTS_JA); i++)
		if (str_eq(EVENTS_JA[i][0], action))
			return EVENTS_JA[i][1];
	return action;
}

static err events(struct req *r, struct own_view *v)
{
	struct own_event *list;
	TRY(own_events(r->c, EVENTS, &list, &v->n_events));
	struct own_event_shown *out = ARENA_ARRAY(r->arena, v->n_events + 1, struct own_event_shown);
	for (size_t i = 0; i < v->n_events; i++) {
		out[i] = (struct own_event_shown){.at_ms = list[i].at_ms, .what = event_ja(list[i].action), .by = "",
			.bad = str_eq(list[i].action, "login-failed")};
		if (list[i].by_account_id > 0 && list[i].by_account_id != r->who.account_id)
			TRY(account_name(r->c, list[i].by_account_id, &out[i].by));
	}
	v->events = out;
	return OK;
}

err page_own(struct req *r)
{
	static const char *const sizes[] = {"標準", "大", "特大"};
	const struct session *s = r->session;
	const struct account *a = &s->account;
	struct own_view v = {.page = page_view(r, "自分の設定"), .login = a->login, .name = a->name, .org = r->who.org_name,
		.role = r->who.role_label, .size = sizes[r->who.text_size], .paper_left = a->paper_left, .idle_min = a->idle_min,
		.list_rows = a->list_rows, .until_on = a->until_on, .manages = (r->who.rights & RIGHT_ACCOUNTS) != 0,
		.carries = front_carry_gate(r->c) == OK};
	TRY(events(r, &v));
	tmpl_admin_own(res_page(r), &v);
	return OK;
}

/* ---- the current password ---- */

#define CURRENT {.name = "current_password", .label = "今のパスワード", .kind = FORMIN_SECRET, .max = 500, .required = true}

/* Failures count as failures of logging in. These routes are POST_FREE so that the count is not rolled back. */
static err confirm(struct req *r)
{
	struct login_try t;
	bool ok = false;
	char token[SESSION_TOKEN_TEXT];
	TRY(session_login_find(r->c, r->who.login, r->client, pairs_get(&r->cookies, GUARD_COOKIE_DEVICE), &t));
	TRY(req_password_check(r, t.hash, req_field(r, "current_password"), &ok));
	if (ok && t.account_id == r->who.account_id)
		return OK;
	err e = session_login_password(r->c, &t, false, token);
	return e == ERR_LOGIN ? fault_add(r->c, "current_password", ERR_INPUT, "今のパスワードが違います。もう一度入力してください。") : e;
}

static bool is_fault(err e) { return page_is_input(e) || e == ERR_LOCKED || e == ERR_TOTP; }

static void back(struct page_view *page)
{
	page->back_path = "/settings/account";
	page->back_label = "自分の設定";
}

/* ---- password ---- */

static err show_password(struct req *r, err e)
{
	struct page_view *page = page_view(r, "パスワードの変更");
	struct own_view v = {.page = page, .login = r->who.login};
	back(page);
	tmpl_admin_own_password(res_page_of(r, e), &v);
	return OK;
}

err page_own_password(struct req *r) { return show_password(r, OK); }

static const struct formin_field PASSWORD[] = {
	CURRENT,
	{.name = "password", .label = "新しいパスワード", .kind = FORMIN_SECRET, .max = 500, .required = true},
	{.name = "password2", .label = "新しいパスワード（もう一度）", .kind = FORMIN_SECRET, .max = 500, .required = true},
};

static err new_password(struct req *r)
{
	const char *hash, *password = req_field(r, "password");
	TRY(formin_read(r, PASSWORD, FORMIN_N(PASSWORD)));
	if (strcmp(password, req_field(r, "password2")) != 0)
		return fault_add(r->c, "password2", ERR_INPUT, "2つの新しいパスワードが違っています。同じものを入力してください。");
	TRY(credential_check_password(r->c, "password", r->who.login, password));
	if (strcmp(password, req_field(r, "current_password")) == 0)
		return fault_add(r->c, "password", ERR_INPUT, "新しいパスワードは、今のパスワードと違うものにしてください。");
	TRY(confirm(r));
	TRY(req_password_hash(r, password, &hash));
	return account_set_password(r->c, r->who.account_id, hash);
}

err page_own_password_save(struct req *r)
{
	err e = new_password(r);
	if (is_fault(e))
		return show_password(r, e);
	TRY(e);
	res_cookie(r, GUARD_COOKIE, "", 0);
	return res_done(r, "password", "/login");
}

/* ---- authenticator ---- */

static err show_totp(struct req *r, const struct own_totp *o, err e)
{
	struct page_view *page = page_view(r, "認証アプリの登録し直し");
	struct own_totp_view v = {.page = page, .sealed = o->sealed, .text = o->text};
	struct buf qr = buf_new(r->arena);
	back(page);
	TRY(qr_svg(&qr, o->uri, "認証アプリ用のQRコード", 220));
	v.qr.s = qr.p;
	tmpl_admin_own_totp(res_page_of(r, e), &v);
	return OK;
}

err page_own_totp(struct req *r)
{
	struct own_totp o;
	TRY(own_totp_offer(r->c, &o));
	return show_totp(r, &o, OK);
}

static const struct formin_field TOTP[] = {
	CURRENT,
	{.name = "offer_secret", .label = "認証アプリの登録", .kind = FORMIN_SECRET, .max = 4000, .required = true},
	{.name = "code", .label = "確認コード", .kind = FORMIN_SECRET, .max = 40, .required = true},
};

static err new_totp(struct req *r)
{
	TRY(formin_read(r, TOTP, FORMIN_N(TOTP)));
	TRY(confirm(r));
	err e = own_totp_renew(r->c, req_field(r, "offer_secret"), req_field(r, "code"));
	return e == ERR_TOTP ? fault_add(r->c, "code", ERR_TOTP, "確認コードが合いません。新しく登録した認証アプリに、今出ている6けたの数字を入力してください。") : e;
}

err page_own_totp_save(struct req *r)
{
	struct own_totp o;
	err e = new_totp(r);
	if (e == ERR_SESSION_END) { /* the offer is older than half an hour */
		TRY(own_totp_offer(r->c, &o));
		e = fault_add(r->c, "code", ERR_INPUT, "時間がたったため、図を新しくしました。もう一度読みとってください。");
		return show_totp(r, &o, e);
	}
	if (is_fault(e)) {
		if (own_totp_again(r->c, req_field(r, "offer_secret"), &o) != OK)
			TRY(own_totp_offer(r->c, &o));
		return show_totp(r, &o, e);
	}
	TRY(e);
	return res_done(r, "totp", "/settings/account");
}

/* ---- paper codes ---- */

static err show_paper_ask(struct req *r, err e)
{
	const struct session *s = r->session;
	struct page_view *page = page_view(r, "紙の控えコード");
	struct own_view v = {.page = page, .paper_left = s->account.paper_left};
	back(page);
	tmpl_admin_own_paper_ask(res_page_of(r, e), &v);
	return OK;
}

/* "CODE CODE …" of a ticket. */
static size_t split(struct req *r, const char *text, const char **codes, size_t most)
{
	size_t n = 0;
	while (*text && n < most) {
		size_t k = strcspn(text, " ");
		codes[n++] = arena_strn(r->arena, text, k);
		text += k + (text[k] == ' ');
	}
	return n;
}

err page_own_paper(struct req *r)
{
	const char *text, *codes[CREDENTIAL_PAPER_CODES];
	if (str_blank(req_query(r, "t")))
		return show_paper_ask(r, OK);
	TRY(own_ticket_open(r->c, "paper", req_query(r, "t"), &text));
	struct page_view *page = page_view(r, "紙の控えコード");
	struct own_paper_view v = {.page = page, .login = r->who.login, .name = r->who.user_name, .codes = codes};
	back(page);
	v.n_codes = split(r, text, codes, CREDENTIAL_PAPER_CODES);
	tmpl_admin_own_paper(res_page(r), &v);
	return OK;
}

static const struct formin_field PAPER[] = {CURRENT};

err page_own_paper_make(struct req *r)
{
	const char *paper[CREDENTIAL_PAPER_CODES];
	err e = formin_read(r, PAPER, FORMIN_N(PAPER));
	if (e == OK)
		e = confirm(r);
	if (is_fault(e))
		return show_paper_ask(r, e);
	TRY(e);
	TRY(account_paper_codes(r->c, r->who.account_id, paper));
	struct buf b = buf_new(r->arena);
	for (int i = 0; i < CREDENTIAL_PAPER_CODES; i++)
		buf_fmt(&b, "%s%s", i ? " " : "", paper[i]);
	return res_redirect(r, "/settings/account/paper?t=%s", own_ticket_make(r->c, "paper", b.p));
}
