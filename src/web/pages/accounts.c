#include "web/pages/accounts.h"

#include "access/own.h"
#include "access/policy.h"
#include "base/str.h"
#include "register/org.h"
#include "register/staff.h"
#include "tmpl/admin_accounts.h"
#include "web/formin.h"
#include "web/route.h"

/* ---- what is shown ---- */

static const char *state_ja(const struct account *a)
{
	return str_eq(a->state, "active") ? "利用中" : str_eq(a->state, "invited") ? "登録待ち" : "停止";
}

struct account_shown account_marks(const struct account *a, civil today)
{
	struct account_shown x = {.a = a, .org = "", .role = role_label_ja(a->role), .state = state_ja(a), .stops_on = CIVIL_NONE};
	x.stopped = str_eq(a->state, "stopped");
	x.state_kind = x.stopped ? "bad" : str_eq(a->state, "active") ? "ok" : "note";
	if (x.stopped)
		return x;
	civil unused_on = a->used_on + ACCOUNT_UNUSED_DAYS;
	x.unused = unused_on - today <= ACCOUNTS_WARN_DAYS;
	x.expiring = a->until_on != CIVIL_NONE && a->until_on - today <= ACCOUNTS_WARN_DAYS;
	x.stops_on = a->until_on != CIVIL_NONE && a->until_on < unused_on ? a->until_on : unused_on;
	x.review = a->reviewed_on == CIVIL_NONE || today - a->reviewed_on >= ACCOUNTS_REVIEW_DAYS;
	return x;
}

static err org_name(struct req *r, int64_t org_id, const char **out)
{
	struct org o;
	*out = "";
	if (org_id <= 0)
		return OK;
	err e = org_load(r->c, org_id, &o);
	if (e == OK)
		*out = o.name;
	return e == ERR_NOTFOUND || e == ERR_DENIED ? OK : e;
}

static err shown(struct req *r, const struct account *a, struct account_shown *out)
{
	*out = account_marks(a, r->c->today);
	return org_name(r, a->org_id, &out->org);
}

/* Organisations at work today, for the administrator to choose from. */
static err org_choices(struct req *r, struct ui_field *f)
{
	struct org_filter filter = ORG_ALL();
	struct org *v;
	size_t n;
	filter.on = r->c->today;
	filter.limit = 1000;
	TRY(org_list(r->c, &filter, &v, &n));
	struct ui_choice *out = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	for (size_t i = 0; i < n; i++)
		out[i] = (struct ui_choice){.value = v[i].pid, .label = v[i].name};
	f->choices = out;
	f->n_choices = n;
	return OK;
}

/* ---- list ---- */

static const struct ui_choice STATES[] = {{"active", "利用中", false}, {"invited", "登録待ち", false}, {"stopped", "停止", false},
	{"unused", "まもなく停止", false}, {"review", "見直しが必要", false}};

static bool wanted(const struct account_shown *x, const char *state)
{
	if (str_blank(state))
		return true;
	if (str_eq(state, "unused"))
		return x->unused || x->expiring;
	return str_eq(state, "review") ? x->review : str_eq(state, x->a->state);
}

static err wanted_org(struct req *r, bool all, int64_t *org_id)
{
	const char *pid = req_query(r, "org");
	*org_id = INT_NULL;
	if (!all || str_blank(pid))
		return OK;
	return account_org_id(r->c, pid, org_id);
}

err page_accounts(struct req *r)
{
	struct accounts_view v = {.all = policy_may_administer(r->c)};
	struct account *list;
	int64_t org_id;
	size_t n, k = 0;
	const char *state = req_query(r, "state"), *org = "";
	TRY(wanted_org(r, v.all, &org_id));
	TRY(account_list(r->c, org_id, &list, &n));
	struct account_shown *rows = ARENA_ARRAY(r->arena, n + 1, struct account_shown);
	for (size_t i = 0; i < n; i++) {
		struct account_shown x = account_marks(&list[i], r->c->today);
		v.n_review += x.review;
		v.n_unused += x.unused || x.expiring;
		if (wanted(&x, state))
			rows[k++] = x;
	}
	v.pager = pager_of(r, (int64_t)k);
	size_t first = (size_t)((v.pager.page - 1) * v.pager.per_page);
	v.rows = rows + (first < k ? first : k);
	v.n_rows = first < k ? k - first : 0;
	if ((int64_t)v.n_rows > v.pager.per_page)
		v.n_rows = (size_t)v.pager.per_page;
	for (size_t i = 0; i < v.n_rows; i++) {
		struct account_shown *x = &rows[first + i];
		if (i > 0 && x->a->org_id == rows[first + i - 1].a->org_id)
			x->org = org;
		else
			TRY(org_name(r, x->a->org_id, &x->org));
		org = x->org;
	}
	struct buf path = buf_new(r->arena);
	buf_str(&path, "/admin/accounts?state=");
	html_urlpart(&path, state);
	buf_str(&path, "&org=");
	html_urlpart(&path, req_query(r, "org"));
	v.pager.path = path.p;
	v.state = (struct ui_field){.name = "state", .label = "状態", .value = state, .choices = STATES, .n_choices = FORMIN_N(STATES),
		.optional_blank = true};
	v.org = (struct ui_field){.name = "org", .label = "機関", .value = req_query(r, "org"), .optional_blank = true};
	if (v.all)
		TRY(org_choices(r, &v.org));
	v.page = page_view(r, "利用者IDの管理");
	tmpl_admin_accounts(res_page(r), &v);
	return OK;
}

/* ---- invitation ---- */

static void role_choices(struct req *r, bool orgless, struct ui_field *f)
{
	struct ui_choice *out = ARENA_ARRAY(r->arena, ROLE_COUNT, struct ui_choice);
	size_t n = 0;
	for (int role = 1; role < ROLE_COUNT; role++)
		if (account_may_give_role(r->c, role) && (role == ROLE_ADMIN) == orgless)
			out[n++] = (struct ui_choice){.value = role_code(role), .label = role_label_ja(role)};
	*f = (struct ui_field){.name = "role", .label = "役割", .choices = out, .n_choices = n, .required = true,
		.help = "役割によって、見られる記録と行える操作が決まります。"};
}

static err staff_choices(struct req *r, int64_t org_id, struct ui_field *f)
{
	struct staff_row *s;
	size_t n;
	*f = (struct ui_field){.name = "staff", .label = "職員の記録", .optional_blank = true,
		.help = "職員名簿にある人なら選んでください。担当の一覧に結び付きます。"};
	if (org_id <= 0)
		return OK;
	TRY(staff_list(r->c, &(struct staff_filter){.org_id = org_id, .on = r->c->today, .limit = 500}, &s, &n));
	struct ui_choice *out = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	for (size_t i = 0; i < n; i++)
		out[i] = (struct ui_choice){.value = s[i].pid, .label = s[i].name};
	f->choices = out;
	f->n_choices = n;
	return OK;
}

/* "" with an administrator: an account that belongs to no organisation. */
static err org_of(struct req *r, const char *pid, int64_t *org_id, const char **name, const char **org_pid)
{
	struct org o;
	*org_id = 0;
	*name = "どの機関にも属さない（システム管理者）";
	*org_pid = "";
	if (!policy_may_administer(r->c))
		TRY(org_load(r->c, r->c->actor.org_id, &o));
	else if (str_blank(pid))
		return OK;
	else
		TRY(org_get(r->c, pid, &o));
	*org_id = o.id;
	*name = o.name;
	*org_pid = o.pid;
	return OK;
}

static err show_new(struct req *r, const char *org_pid, err e)
{
	struct account_new_view v = {.page = page_view(r, "新しい利用者ID"), .all = policy_may_administer(r->c)};
	struct page_view *page = (struct page_view *)(uintptr_t)v.page;
	int64_t org_id;
	page->back_path = "/admin/accounts";
	page->back_label = "利用者IDの管理";
	TRY(org_of(r, org_pid, &org_id, &v.org_name, &v.org_pid));
	v.org = (struct ui_field){.name = "org", .label = "所属する機関", .value = v.org_pid, .optional_blank = true};
	if (v.all)
		TRY(org_choices(r, &v.org));
	role_choices(r, org_id == 0, &v.role);
	TRY(staff_choices(r, org_id, &v.staff));
	v.has_staff = v.staff.n_choices > 0;
	tmpl_admin_account_new(res_page_of(r, e), &v);
	return OK;
}

err page_account_new(struct req *r) { return show_new(r, req_query(r, "org"), OK); }

static const struct formin_field NEW[] = {
	{.name = "org", .label = "所属する機関", .kind = FORMIN_PID},
	{.name = "login", .label = "利用者ID", .kind = FORMIN_TEXT, .max = 32, .required = true},
	{.name = "name", .label = "氏名", .kind = FORMIN_TEXT, .max = 60, .required = true},
	{.name = "role", .label = "役割", .kind = FORMIN_CODE, .required = true},
	{.name = "staff", .label = "職員の記録", .kind = FORMIN_PID},
	{.name = "until_on", .label = "利用できる最後の日", .kind = FORMIN_DAY},
};

/* 303 to the page that shows the code: sent twice, both lead there. */
static err to_code(struct req *r, const char *pid, const char *code)
{
	return res_redirect(r, "/admin/accounts/%s/code?t=%s", pid, own_ticket_make(r->c, arena_fmt(r->arena, "code-%s", pid), code));
}

static err invite(struct req *r, int64_t *id, const char **code)
{
	const char *name, *pid;
	struct account_new in = {.staff_id = INT_NULL};
	TRY(formin_read(r, NEW, FORMIN_N(NEW)));
	TRY(org_of(r, req_field(r, "org"), &in.org_id, &name, &pid));
	if (!str_blank(req_field(r, "staff"))) {
		struct staff s;
		TRY(staff_get(r->c, req_field(r, "staff"), &s));
		in.staff_id = s.id;
	}
	in.login = req_field(r, "login");
	in.name = req_field(r, "name");
	in.role = role_of_code(req_field(r, "role"));
	in.until_on = formin_day(r, "until_on");
	return account_invite(r->c, &in, id, code);
}

err page_account_create(struct req *r)
{
	int64_t id;
	const char *code;
	struct account a;
	err e = invite(r, &id, &code);
	if (page_is_input(e) || e == ERR_UNIQUE)
		return show_new(r, req_field(r, "org"), e);
	TRY(e);
	TRY(account_find_login(r->c, req_field(r, "login"), &a));
	return to_code(r, a.pid, code);
}

err page_account_code(struct req *r)
{
	struct account a;
	const char *code;
	TRY(account_find(r->c, req_param(r, "pid"), &a));
	TRY(own_ticket_open(r->c, arena_fmt(r->arena, "code-%s", a.pid), req_query(r, "t"), &code));
	struct page_view *page = page_view(r, "登録コードのお知らせ");
	page->back_path = arena_fmt(r->arena, "/admin/accounts/%s", a.pid);
	page->back_label = a.name;
	struct account_code_view v = {.page = page, .a = &a, .code = code,
		.host = arena_fmt(r->arena, "%s://%s/setup", r->https ? "https" : "http", str_or(r->host, ""))};
	tmpl_admin_account_code(res_page(r), &v);
	return OK;
}

/* ---- one account ---- */

static const struct ui_choice REASONS[] = {{"left", "退職", false}, {"moved", "異動", false}, {"lost", "端末や認証アプリの紛失", false},
	{"review", "年次の見直し", false}, {"by_hand", "そのほか", false}};

static err show_account(struct req *r, const struct account *a, err e)
{
	struct page_view *page = page_view(r, a->name);
	struct account_view v = {.page = page, .self = a->id == r->c->actor.account_id};
	page->back_path = "/admin/accounts";
	page->back_label = "利用者IDの管理";
	TRY(shown(r, a, &v.x));
	v.reason = (struct ui_field){.name = "reason", .label = "停止の理由", .choices = REASONS, .n_choices = FORMIN_N(REASONS), .required = true,
		.optional_blank = true};
	tmpl_admin_account(res_page_of(r, e), &v);
	return OK;
}

err page_account(struct req *r)
{
	struct account a;
	TRY(account_find(r->c, req_param(r, "pid"), &a));
	return show_account(r, &a, OK);
}

static const struct formin_field STOP[] = {
	{.name = "reason", .label = "停止の理由", .kind = FORMIN_CODE, .required = true, .choices = REASONS, .n_choices = FORMIN_N(REASONS)},
};

err page_account_stop(struct req *r)
{
	struct account a;
	TRY(account_find(r->c, req_param(r, "pid"), &a));
	err e = formin_read(r, STOP, FORMIN_N(STOP));
	if (e == OK)
		e = account_stop(r->c, a.id, req_field(r, "reason"));
	if (page_is_input(e))
		return show_account(r, &a, e);
	TRY(e);
	return res_done(r, "stopped", "/admin/accounts/%s", a.pid);
}

err page_account_resume(struct req *r)
{
	struct account a;
	TRY(account_find(r->c, req_param(r, "pid"), &a));
	TRY(formin_read(r, NULL, 0));
	TRY(account_resume(r->c, a.id));
	return res_done(r, "resumed", "/admin/accounts/%s", a.pid);
}

err page_account_reset(struct req *r)
{
	struct account a;
	const char *code;
	TRY(account_find(r->c, req_param(r, "pid"), &a));
	TRY(formin_read(r, NULL, 0));
	TRY(account_reset(r->c, a.id, &code));
	return to_code(r, a.pid, code);
}

err page_account_review(struct req *r)
{
	struct account a;
	TRY(account_find(r->c, req_param(r, "pid"), &a));
	TRY(formin_read(r, NULL, 0));
	TRY(account_review(r->c, a.id));
	return res_done(r, "reviewed", "/admin/accounts/%s", a.pid);
}

/* ---- an organisation leaves ---- */

static err show_leave(struct req *r, err e)
{
	struct page_view *page = page_view(r, "機関の離脱");
	struct account_leave_view v = {.page = page};
	page->back_path = "/admin/accounts";
	page->back_label = "利用者IDの管理";
	v.org = (struct ui_field){.name = "org", .label = "離脱する機関", .required = true, .optional_blank = true};
	TRY(org_choices(r, &v.org));
	tmpl_admin_account_leave(res_page_of(r, e), &v);
	return OK;
}

err page_account_leave(struct req *r) { return show_leave(r, OK); }

static const struct formin_field LEAVE[] = {
	{.name = "org", .label = "離脱する機関", .kind = FORMIN_PID, .required = true},
	{.name = "sure", .label = "確認", .kind = FORMIN_BOOL},
};

err page_account_leave_save(struct req *r)
{
	int64_t org_id = 0, n;
	err e = formin_read(r, LEAVE, FORMIN_N(LEAVE));
	if (e == OK && !formin_bool(r, "sure"))
		e = fault_add(r->c, "sure", ERR_REQUIRED, "全員の利用者IDを停止してよいことを確かめて、印を付けてください。");
	if (e == OK)
		TRY(account_org_id(r->c, req_field(r, "org"), &org_id));
	if (e == OK)
		e = account_stop_org(r->c, org_id, &n);
	if (page_is_input(e))
		return show_leave(r, e);
	TRY(e);
	return res_done(r, "stopped", "/admin/accounts?org=%s", req_field(r, "org"));
}
