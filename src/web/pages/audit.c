#include "web/pages/audit.h"

#include "access/own.h"
#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "codec/pdf_table.h"
#include "jp/era.h"
#include "register/org.h"
#include "register/person.h"
#include "tmpl/admin_audit.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/route.h"

#include <string.h>

enum { DENIAL_DAYS = 14, DENIALS = 200, LOOK_DAYS = 365, LOOKS_ON_PAPER = 5000 };

const char *audit_action_ja(const char *action)
{
	static const char *const words[][2] = {{"view", "閲覧"}, {"list", "一覧での表示"}, {"print", "印刷"}, {"export", "書き出し"},
		{"api", "外部連携での読み出し"}, {"give", "提供"}, {"denied", "閲覧の拒否"}};
	for (size_t i = 0; i < FORMIN_N(words); i++)
		if (str_eq(words[i][0], action))
			return words[i][1];
	return action;
}

const char *audit_what_ja(const char *what)
{
	size_t n;
	const struct route *t = route_table(&n);
	for (size_t i = 0; i < n; i++)
		if (str_eq(t[i].audit, what))
			return t[i].title;
	return what;
}

/* ---- who looked ---- */

struct org_names {
	int64_t id[64];
	const char *name[64];
	size_t n;
};

static err org_name(struct req *r, struct org_names *known, int64_t id, const char **out)
{
	struct org o;
	*out = "";
	if (id <= 0)
		return OK;
	for (size_t i = 0; i < known->n; i++)
		if (known->id[i] == id) {
			*out = known->name[i];
			return OK;
		}
	err e = org_load(r->c, id, &o);
	if (e == OK)
		*out = o.name;
	else if (e != ERR_NOTFOUND && e != ERR_DENIED)
		return e;
	size_t at = known->n < 64 ? known->n++ : 63;
	known->id[at] = id;
	known->name[at] = *out;
	return OK;
}

/* A day of the address; what cannot be read is named and the usual day stays. */
static void day_of(struct req *r, const char *name, const char *label, civil *day)
{
	const char *text = req_query(r, name);
	civil typed;
	if (str_blank(text))
		return;
	if (era_guess(text, &typed))
		*day = typed;
	else
		(void)fault_add(r->c, name, ERR_DATE_FORM, "「%s」の「%s」は日付として読めません。「令和8年4月1日」「R8.4.1」「2026-04-01」のように入力してください。",
			label, text);
}

static void range(struct req *r, struct looks_view *v)
{
	v->to = r->c->today;
	v->from = v->to - LOOK_DAYS;
	day_of(r, "from", "この日から", &v->from);
	day_of(r, "to", "この日まで", &v->to);
	if (v->from > v->to)
		(void)fault_add(r->c, "from", ERR_PERIOD_ORDER, "「この日から」は「この日まで」より前の日にしてください。");
}

static err looks(struct req *r, struct looks_view *v)
{
	struct audit_look_row *rows = NULL;
	struct org_names known = {0};
	int64_t *ids;
	size_t n;
	TRY(audit_person_ids(r->c, v->pid, &ids, &n));
	for (size_t i = 0; i < n; i++)
		look_person(r, ids[i]);
	TRY(audit_looks_of(r->c, ids, n, v->from, v->to, &rows, &v->n_rows));
	struct look_shown *out = ARENA_ARRAY(r->arena, v->n_rows + 1, struct look_shown);
	for (size_t i = 0; i < v->n_rows; i++) {
		out[i] = (struct look_shown){.x = &rows[i], .who = *rows[i].name ? rows[i].name : "サーバーの管理者",
			.what = audit_what_ja(rows[i].what), .action = audit_action_ja(rows[i].action)};
		if (rows[i].n_persons > 1)
			out[i].action = arena_fmt(r->arena, "%s（%lld人の一覧の中）", out[i].action, (long long)rows[i].n_persons);
		TRY(org_name(r, &known, rows[i].org_id, &out[i].org));
	}
	v->rows = out;
	return OK;
}

static err show_looks(struct req *r, err e)
{
	struct looks_view v = {.pid = req_param(r, "pid"), .made_on = r->c->today};
	struct page_view *page;
	char from[CIVIL_TEXT], to[CIVIL_TEXT];
	range(r, &v);
	page = page_view(r, "閲覧の記録");
	v.page = page;
	TRY(person_page_head(r, page, v.pid));
	page->back_path = arena_fmt(r->arena, "/persons/%s", v.pid);
	page->back_label = "基本情報";
	page->wide = true;
	civil_text(v.from, from);
	civil_text(v.to, to);
	v.pdf_path = arena_fmt(r->arena, "/persons/%s/looks/pdf?from=%s&to=%s", v.pid, from, to);
	look_as(r, ACTION_EXPORT);
	TRY(looks(r, &v));
	tmpl_admin_looks(e == OK ? res_page(r) : res_page_of(r, e), &v);
	return OK;
}

err page_looks(struct req *r) { return show_looks(r, OK); }

/* ---- the same on paper, for the person who asked ---- */

static const char *instant_ja(struct arena *a, int64_t ms)
{
	char t[CIVIL_TIME_TEXT];
	civil_time_text(ms, t);
	return arena_fmt(a, "%s %s", era_text_short(a, civil_of_instant(ms)), t + 11);
}

err page_looks_pdf(struct req *r)
{
	static const struct pdf_table_col cols[] = {{"日時", 290}, {"見た人", 290}, {"所属", 560}, {"見た画面", 380}, {"区分", 280}};
	enum { N = FORMIN_N(cols) };
	struct arena *a = r->arena;
	struct looks_view v = {.pid = req_param(r, "pid"), .made_on = r->c->today};
	struct person p;
	const char *bytes;
	size_t n;
	range(r, &v);
	if (r->c->n_faults)
		return show_looks(r, ERR_INPUT);
	TRY(person_get(r->c, v.pid, &p));
	look_as(r, ACTION_PRINT);
	TRY(looks(r, &v));
	if (v.n_rows > LOOKS_ON_PAPER) {
		(void)fault_add(r->c, "from", ERR_LIMIT, "この期間の記録は%zu件あります。一度に印刷できるのは%d件までです。期間を短く分けて印刷してください。", v.n_rows,
			LOOKS_ON_PAPER);
		return show_looks(r, ERR_INPUT);
	}
	const char **cells = ARENA_ARRAY(a, v.n_rows * N + 1, const char *);
	for (size_t i = 0; i < v.n_rows; i++) {
		const struct look_shown *k = &v.rows[i];
		const char *row[N] = {instant_ja(a, k->x->at_ms), k->who, k->org, k->what, k->action};
		memcpy(cells + i * N, row, sizeof row);
	}
	const char *facts[] = {"氏名", arena_fmt(a, "%s（%s）", p.name, p.kana), "生年月日", str_or(era_text(a, p.birth_on), ""),
		"期間", arena_fmt(a, "%s から %s まで", era_text(a, v.from), era_text(a, v.to)), "件数", arena_fmt(a, "%zu件", v.n_rows),
		"作成", arena_fmt(a, "%s　%s　%s", era_text(a, v.made_on), r->who.org_name, r->who.user_name)};
	struct pdf_table t = {.title = "閲覧の記録（だれが見たか）", .facts = facts, .n_facts = FORMIN_N(facts) / 2, .cols = cols, .n_cols = N,
		.cells = cells, .n_rows = v.n_rows, .empty = "この期間に見た人はいません。", .now_ms = r->c->now_ms,
		.note = "この方の記録を画面・一覧・印刷・書き出しで見た人を、日時の順に並べたものです。",
		.foot = arena_fmt(a, "%s　閲覧の記録", p.name)};
	TRY(pdf_table_write(a, r->c->house->fonts, &t, &bytes, &n));
	return res_pdf(r, bytes, n, "looks.pdf");
}

/* ---- the administrator's page ---- */

static err refusals(struct req *r, struct audit_view *v)
{
	struct audit_denial *d, *f;
	civil from = r->c->today - DENIAL_DAYS;
	TRY(audit_denials(r->c, from, DENIALS, &d, &v->n_denials));
	TRY(audit_login_failures(r->c, from, DENIALS, &f, &v->n_failures));
	struct denial_shown *out = ARENA_ARRAY(r->arena, v->n_denials + 1, struct denial_shown);
	for (size_t i = 0; i < v->n_denials; i++)
		out[i] = (struct denial_shown){.x = &d[i], .what = audit_what_ja(d[i].what)};
	v->denials = out;
	v->failures = f;
	return OK;
}

static err show_audit(struct req *r, struct audit_view *v)
{
	int64_t bytes;
	v->page = page_view(r, "監査");
	v->today = r->c->today;
	TRY(audit_size(r->c, &bytes));
	v->quick = bytes <= AUDIT_QUICK_BYTES;
	TRY(audit_head_read(r->c, &v->head));
	TRY(refusals(r, v));
	tmpl_admin_audit(res_page(r), v);
	return OK;
}

err page_audit(struct req *r) { return show_audit(r, &(struct audit_view){0}); }

err page_audit_verify(struct req *r)
{
	struct audit_view v = {0};
	int64_t bytes;
	TRY(formin_read(r, NULL, 0));
	TRY(audit_size(r->c, &bytes));
	if (bytes <= AUDIT_QUICK_BYTES) {
		TRY(audit_verify(r->c, NULL, &v.report));
		v.verified = true;
	}
	return show_audit(r, &v);
}

err page_audit_anchor_make(struct req *r)
{
	const char *line;
	TRY(formin_read(r, NULL, 0));
	if (!policy_may_administer(r->c))
		return ERR_DENIED;
	TRY(audit_anchor_make(r->c, "printed", &line));
	return res_redirect(r, "/admin/audit/anchor?t=%s", own_ticket_make(r->c, "anchor", line));
}

err page_audit_anchor(struct req *r)
{
	struct page_view *page = page_view(r, "監査記録の控え");
	struct audit_view v = {.page = page, .today = r->c->today};
	page->back_path = "/admin/audit";
	page->back_label = "監査";
	TRY(own_ticket_open(r->c, "anchor", req_query(r, "t"), &v.line));
	tmpl_admin_audit_anchor(res_page(r), &v);
	return OK;
}
