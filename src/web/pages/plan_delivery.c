/* 交付 and 個別サービス計画 of a plan, and the list of what is not handed over yet. */
#include "base/str.h"
#include "tmpl/plan_delivery.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/pages/conflict.h"
#include "web/pages/plan.h"
#include "web/route.h"

static const struct ui_choice HOWS[] = {{.value = "hand", .label = "手渡し"}, {.value = "fax", .label = "FAX"}, {.value = "post", .label = "郵送"},
	{.value = "system", .label = "システム（データ連携）"}, {.value = "electronic", .label = "電子メールなどの電磁的方法"}};
static const struct ui_choice KINDS[] = {{.value = "family", .label = "家族"}, {.value = "office", .label = "担当者（事業所）"},
	{.value = "doctor", .label = "主治医等"}, {.value = "center", .label = "地域包括支援センター"}, {.value = "other", .label = "その他"}};

static bool again(err e) { return page_is_input(e) || e == ERR_PLAN_STATE; }

/* ---- 交付 -------------------------------------------------------------------------------------------------------------------- */

static err delivery(struct req *r, err e)
{
	struct plan_tree t;
	struct page_view *page;
	TRY(plan_page(r, "計画の交付", &page, &t));
	struct plan_delivery_view v = {.page = page, .t = &t, .may_write = t.may_write && t.is_frozen && !str_eq(t.plan.status, "cancelled")};
	v.rows = ARENA_ARRAY(r->arena, t.n_deliveries + 1, struct plan_delivery_row);
	struct ui_choice *to = ARENA_ARRAY(r->arena, t.n_deliveries + 2, struct ui_choice);
	size_t n = 0;
	const char *first = "new";
	for (size_t i = 0; i < t.n_deliveries; i++) {
		const struct t_plan_delivery *d = &t.deliveries[i];
		bool done = d->sent_on != CIVIL_NONE || d->received_on != CIVIL_NONE;
		v.rows[v.n_rows++] = (struct plan_delivery_row){d, plan_delivery_kind_ja(d->kind), plan_delivery_how_ja(d->how), done};
		v.n_open += done ? 0 : 1;
		to[n++] = (struct ui_choice){d->pid, arena_fmt(r->arena, "%s（%s）", d->name, plan_delivery_kind_ja(d->kind)), false};
		if (!done && str_eq(first, "new"))
			first = d->pid;
	}
	to[n++] = (struct ui_choice){"new", "ほかの相手を加える", false};
	v.to = (struct ui_field){.name = "to", .label = "渡した相手", .choices = to, .n_choices = n, .value = first, .required = true};
	v.how = (struct ui_field){.name = "how", .label = "渡し方", .choices = HOWS, .n_choices = 5, .optional_blank = true};
	v.kind = (struct ui_field){.name = "kind", .label = "相手の種類", .choices = KINDS, .n_choices = 5, .optional_blank = true};
	tmpl_plan_delivery(res_page_of(r, e), &v);
	return OK;
}

err page_plan_delivery(struct req *r) { return delivery(r, OK); }

static const struct formin_field DELIVERY[] = {
	{.name = "to", .label = "渡した相手", .kind = FORMIN_CODE, .required = true, .max = 26},
	{.name = "kind", .label = "相手の種類", .kind = FORMIN_CODE},
	{.name = "name", .label = "相手の名前", .kind = FORMIN_TEXT, .max = 100},
	{.name = "how", .label = "渡し方", .kind = FORMIN_CODE},
	{.name = "sent_on", .label = "渡した日", .kind = FORMIN_DAY},
	{.name = "received_on", .label = "受け取った日", .kind = FORMIN_DAY},
	{.name = "receipt_note", .label = "受領の確認", .kind = FORMIN_TEXT, .max = 200},
};

err page_plan_delivery_save(struct req *r)
{
	struct plan_tree t;
	struct row_conflict *conflict = NULL;
	TRY(plan_get(r->c, req_param(r, "pid"), &t));
	err e = formin_read(r, DELIVERY, FORMIN_N(DELIVERY));
	if (e == OK) {
		bool is_new = str_eq(req_field(r, "to"), "new");
		struct plan_delivery_edit in = {.pid = is_new ? "" : req_field(r, "to"), .kind = req_field(r, "kind"), .name = req_field(r, "name"),
			.how = req_field(r, "how"), .sent_on = formin_day(r, "sent_on"), .received_on = formin_day(r, "received_on"),
			.receipt_note = req_field(r, "receipt_note")};
		for (size_t i = 0; i < t.n_deliveries; i++) /* one act on one row: on top of what stands there now */
			if (str_eq(t.deliveries[i].pid, in.pid))
				in.version = t.deliveries[i].version;
		e = plan_deliver(r->c, t.plan.pid, &in, &conflict);
	}
	if (again(e))
		return delivery(r, e);
	TRY(e);
	return res_done(r, "saved", "/plans/%s/delivery", t.plan.pid);
}

static const struct formin_field DROP[] = {{.name = "reason", .label = "渡さない理由", .kind = FORMIN_TEXT, .max = 200}};

err page_plan_delivery_drop(struct req *r)
{
	err e = formin_read(r, DROP, FORMIN_N(DROP));
	if (e == OK)
		e = plan_delivery_drop(r->c, req_param(r, "pid"), req_param(r, "dpid"), req_field(r, "reason"));
	if (again(e))
		return delivery(r, e);
	TRY(e);
	return res_done(r, "saved", "/plans/%s/delivery", req_param(r, "pid"));
}

err page_plan_unsent(struct req *r)
{
	struct page_view *page = page_view(r, "まだ渡していない計画");
	struct plan_unsent_view v = {.page = page};
	struct plan_unsent *rows;
	TRY(plan_unsent_list(r->c, 0, &rows, &v.n_rows));
	v.rows = rows;
	for (size_t i = 0; i < v.n_rows; i++)
		look_person(r, rows[i].person_id);
	tmpl_plan_unsent(res_page(r), &v);
	return OK;
}

/* ---- 個別サービス計画 ---------------------------------------------------------------------------------------------------------- */

static err providers(struct req *r, err e)
{
	struct plan_tree t;
	struct page_view *page;
	TRY(plan_page(r, "個別サービス計画", &page, &t));
	struct plan_provider_view v = {.page = page, .t = &t, .may_write = t.may_write && t.is_frozen && !str_eq(t.plan.status, "cancelled")};
	v.rows = ARENA_ARRAY(r->arena, t.n_provider_plans + 1, struct plan_provider_row);
	struct ui_choice *which = ARENA_ARRAY(r->arena, t.n_provider_plans + 1, struct ui_choice);
	for (size_t i = 0; i < t.n_provider_plans; i++) {
		const struct t_provider_plan *p = &t.provider_plans[i];
		bool late = p->due_on != CIVIL_NONE && p->due_on < r->c->today;
		const char *state = *p->not_needed_reason ? "求めない" : p->received_on != CIVIL_NONE ? "受け取った" : late ? "期限を過ぎた"
		                  : p->asked_on != CIVIL_NONE ? "求めた" : "まだ求めていない";
		const char *kind = *p->not_needed_reason ? "" : p->received_on != CIVIL_NONE ? "ok" : late ? "bad" : "warn";
		v.rows[v.n_rows++] = (struct plan_provider_row){p, state, kind};
		which[i] = (struct ui_choice){p->pid, arena_fmt(r->arena, "%s（%s）", p->office, p->type), false};
	}
	v.which = (struct ui_field){.name = "which", .label = "事業所", .choices = which, .n_choices = t.n_provider_plans, .required = true};
	v.how = (struct ui_field){.name = "asked_how", .label = "求めた方法", .choices = HOWS, .n_choices = 5, .optional_blank = true};
	tmpl_plan_providers(res_page_of(r, e), &v);
	return OK;
}

err page_plan_providers(struct req *r) { return providers(r, OK); }

static const struct formin_field PROVIDER[] = {
	{.name = "which", .label = "事業所", .kind = FORMIN_PID, .required = true},
	{.name = "asked_on", .label = "求めた日", .kind = FORMIN_DAY},
	{.name = "asked_how", .label = "求めた方法", .kind = FORMIN_CODE},
	{.name = "received_on", .label = "受け取った日", .kind = FORMIN_DAY},
	{.name = "not_needed_reason", .label = "求めない理由", .kind = FORMIN_TEXT, .max = 200},
	{.name = "note", .label = "メモ", .kind = FORMIN_TEXT, .max = 400},
};

err page_plan_provider_save(struct req *r)
{
	struct plan_tree t;
	struct row_conflict *conflict = NULL;
	TRY(plan_get(r->c, req_param(r, "pid"), &t));
	err e = formin_read(r, PROVIDER, FORMIN_N(PROVIDER));
	if (e == OK) {
		struct provider_plan_edit in = {.pid = req_field(r, "which"), .asked_on = formin_day(r, "asked_on"), .due_on = CIVIL_NONE,
			.received_on = formin_day(r, "received_on"), .asked_how = req_field(r, "asked_how"),
			.not_needed_reason = req_field(r, "not_needed_reason"), .note = req_field(r, "note")};
		for (size_t i = 0; i < t.n_provider_plans; i++)
			if (str_eq(t.provider_plans[i].pid, in.pid)) { /* a blank day of asking leaves the one that is known */
				in.version = t.provider_plans[i].version;
				if (in.asked_on == CIVIL_NONE)
					in.asked_on = t.provider_plans[i].asked_on;
				if (!*in.asked_how)
					in.asked_how = t.provider_plans[i].asked_how;
			}
		e = provider_plan_save(r->c, t.plan.pid, &in, &conflict);
	}
	if (again(e))
		return providers(r, e);
	TRY(e);
	return res_done(r, "saved", "/plans/%s/providers", t.plan.pid);
}
