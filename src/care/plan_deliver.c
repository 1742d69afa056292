#include "care/plan_deliver.h"

#include "base/str.h"
#include "care/plan_check.h"
#include "care/plan_fill.h"
#include "care/plan_flow.h"
#include "care/plan_follow.h"
#include "register/issued.h"
#include "register/task.h"
#include "sql/q_plan.h"
#include "store/revision.h"
#include "store/tx.h"

static const struct gen_code KINDS[] = {{"self", "利用者"}, {"office", "担当者（事業所）"}, {"doctor", "主治医等"},
                                        {"center", "地域包括支援センター"}, {"family", "家族"}, {"other", "その他"}};
static const struct gen_code HOWS[] = {{"hand", "手渡し"}, {"fax", "FAX"}, {"post", "郵送"}, {"system", "システム（データ連携）"},
                                       {"electronic", "電子メールなどの電磁的方法"}};

const char *plan_delivery_kind_ja(const char *kind) { return GEN_LABEL(KINDS, kind); }
const char *plan_delivery_how_ja(const char *how) { return GEN_LABEL(HOWS, how); }

/* ---- rows made by the program ---------------------------------------------------------------------------------------------- */

static bool has_delivery(const struct plan_tree *t, const char *kind, int64_t org_id, const char *name)
{
	for (size_t i = 0; i < t->n_deliveries; i++) {
		const struct t_plan_delivery *d = &t->deliveries[i];
		if (!str_eq(d->kind, kind))
			continue;
		if (org_id != INT_NULL ? d->org_id == org_id : str_eq(kind, "office") ? str_eq(d->name, name) : true)
			return true;
	}
	return false;
}

static err add_delivery(struct ctx *c, const struct plan_tree *t, const char *kind, int64_t org_id, const char *name)
{
	if (has_delivery(t, kind, org_id, name))
		return OK;
	struct t_plan_delivery d;
	row_init(&T_plan_delivery, &d);
	d.person_id = t->plan.person_id;
	d.plan_id = t->plan.id;
	d.kind = kind;
	d.org_id = org_id;
	d.name = name;
	TRY(row_insert(c, &T_plan_delivery, &d));
	return plan_follow_delivery(c, &t->plan, &d);
}

static err add_provider(struct ctx *c, const struct plan_tree *t, const struct t_plan_service *s, const char *office)
{
	for (size_t i = 0; i < t->n_provider_plans; i++)
		if (s->org_id != INT_NULL ? t->provider_plans[i].org_id == s->org_id : str_eq(t->provider_plans[i].office, office))
			return OK;
	struct t_provider_plan r;
	row_init(&T_provider_plan, &r);
	r.person_id = t->plan.person_id;
	r.plan_id = t->plan.id;
	r.org_id = s->org_id;
	r.office = office;
	r.type = s->type;
	r.due_on = c->today + plan_term_days("provider_plan", c->today);
	if (plan_type_has_no_plan(s->type_code))
		r.not_needed_reason = "個別サービス計画の定めがないサービスです。";
	TRY(row_insert(c, &T_provider_plan, &r));
	return plan_follow_provider(c, &t->plan, &r);
}

static err office_name(struct ctx *c, const struct t_plan_service *s, const char **name)
{
	*name = s->office;
	if (s->org_id == INT_NULL)
		return OK;
	struct t_org o;
	TRY(row_load(c, &T_org, s->org_id, &o));
	*name = o.name;
	return OK;
}

/* Twice the same provider is one row: what this act has made already counts too. */
static err refreshed(struct ctx *c, struct plan_tree *t) { return plan_load(c, t->plan.id, t); }

err plan_deliver_prepare(struct ctx *c, const struct plan_tree *tree)
{
	struct plan_tree t = *tree;
	bool medical = false;
	TRY(add_delivery(c, &t, "self", INT_NULL, t.person_name));
	for (size_t i = 0; i < tree->n_services; i++) {
		const struct t_plan_service *s = &tree->services[i];
		const char *office;
		TRY(office_name(c, s, &office));
		medical = medical || (*s->type_code && plan_type_is_medical(s->type_code));
		bool formal = str_eq(s->actor, "formal") || *s->type_code || s->org_id != INT_NULL || str_eq(s->covered, "Y");
		if (!formal || str_blank(office))
			continue;
		TRY(refreshed(c, &t));
		TRY(add_delivery(c, &t, "office", s->org_id, office));
		if (!str_eq(s->covered, "N"))
			TRY(add_provider(c, &t, s, office));
	}
	if (medical) {
		struct q_plan_doctor_row d;
		bool found = false;
		TRY(q_plan_doctor(c, &(struct q_plan_doctor_in){.person_id = t.plan.person_id}, &d, &found));
		TRY(add_delivery(c, &t, "doctor", INT_NULL, found ? d.doctor : "主治医"));
	}
	if (t.plan.author_org_id != INT_NULL && t.plan.author_org_id != t.plan.org_id)
		TRY(add_delivery(c, &t, "center", t.plan.org_id, t.org_name));
	return OK;
}

err plan_issue(struct ctx *c, const struct plan_tree *t, const char *purpose)
{
	size_t n;
	const char *const *forms = plan_forms(t->plan.kind, &n);
	for (size_t i = 0; i < n; i++) {
		struct view_source s;
		TRY(plan_source(c, t, forms[i], &s));
		TRY(view_issue(c, &s, purpose, NULL, 0, NULL));
	}
	return OK;
}

/* ---- one row of the table ------------------------------------------------------------------------------------------------------ */

struct delivering {
	const char *plan_pid, *pid, *reason;
	const struct plan_delivery_edit *in;
	const struct provider_plan_edit *request;
	struct row_conflict **conflict;
};

static err open_in_use(struct ctx *c, const char *pid, struct plan_tree *t)
{
	struct t_plan row;
	TRY(plan_open(c, pid, ACTION_WRITE, &row));
	TRY(plan_load(c, row.id, t));
	if (!t->is_frozen || str_eq(row.status, "cancelled"))
		return fault_add(c, "", ERR_PLAN_STATE, "交付は、計画への同意（または暫定の使用）を記録してから記録してください。");
	return OK;
}

static err check_days(struct ctx *c, const struct plan_delivery_edit *in, const char *name)
{
	size_t before = c->n_faults;
	if (str_blank(in->pid)) {
		GEN_CHECK_CODE(c, "kind", "「渡す相手の種類」", KINDS, in->kind, true);
		gen_check_text(c, "name", "「渡す相手」", in->name, true, 100);
	}
	GEN_CHECK_CODE(c, "how", "「渡し方」", HOWS, in->how, in->sent_on != CIVIL_NONE);
	if (in->sent_on != CIVIL_NONE && in->sent_on > c->today)
		(void)fault_add(c, "sent_on", ERR_DATE_FUTURE, "%sに渡した日に、これから先の日付は入力できません。", name);
	if (in->received_on != CIVIL_NONE && in->received_on > c->today)
		(void)fault_add(c, "received_on", ERR_DATE_FUTURE, "%sが受け取った日に、これから先の日付は入力できません。", name);
	if (in->sent_on != CIVIL_NONE && in->received_on != CIVIL_NONE && in->received_on < in->sent_on)
		(void)fault_add(c, "received_on", ERR_PERIOD_ORDER, "%sが受け取った日が、渡した日より前です。どちらかを直してください。", name);
	gen_check_text(c, "receipt_note", "「受領の確認」", in->receipt_note, false, 200);
	return c->n_faults == before ? OK : c->faults[before].code;
}

/* The frozen documents name to whom they went. */
static err tell_issued(struct ctx *c, const struct plan_tree *t, const struct t_plan_delivery *d)
{
	struct q_plan_issued_row *docs;
	size_t n;
	TRY(q_plan_issued(c, &(struct q_plan_issued_in){.plan_id = t->plan.id}, &docs, &n));
	for (size_t i = 0; i < n; i++)
		TRY(issued_add_recipient(c, docs[i].pid, &(struct issued_recipient){
			.kind = str_eq(d->kind, "center") ? "office" : d->kind, .name = d->name,
			.org_id = d->org_id == INT_NULL ? 0 : d->org_id,
			.how = str_eq(d->how, "system") ? "electronic" : d->how, .on_day = d->sent_on}));
	return OK;
}

/* Everybody has it: the plan is 確定. */
static err settle_delivery(struct ctx *c, int64_t plan_id)
{
	struct plan_tree t;
	civil last = CIVIL_NONE;
	TRY(plan_load(c, plan_id, &t));
	bool all = t.n_deliveries > 0;
	for (size_t i = 0; i < t.n_deliveries; i++) {
		civil on = t.deliveries[i].sent_on != CIVIL_NONE ? t.deliveries[i].sent_on : t.deliveries[i].received_on;
		all = all && on != CIVIL_NONE;
		if (on != CIVIL_NONE && on > last)
			last = on;
	}
	bool was = str_eq(t.plan.status, "delivered");
	if (all == was || (!was && !str_eq(t.plan.status, "consented")))
		return OK;
	t.plan.status = all ? "delivered" : "consented";
	t.plan.delivered_on = all ? last : CIVIL_NONE;
	TRY(row_save(c, &T_plan, &t.plan, NULL));
	return plan_follow(c, &t);
}

static err find_delivery(struct ctx *c, const struct plan_tree *t, const char *pid, struct t_plan_delivery *d)
{
	for (size_t i = 0; i < t->n_deliveries; i++)
		if (str_eq(t->deliveries[i].pid, pid)) {
			*d = t->deliveries[i];
			return OK;
		}
	(void)c;
	return ERR_NOTFOUND;
}

static err deliver_tx(struct ctx *c, void *arg)
{
	struct delivering *x = arg;
	const struct plan_delivery_edit *in = x->in;
	struct plan_tree t;
	struct t_plan_delivery d;
	TRY(open_in_use(c, x->plan_pid, &t));
	bool is_new = str_blank(in->pid);
	row_init(&T_plan_delivery, &d);
	if (!is_new)
		TRY(find_delivery(c, &t, in->pid, &d));
	TRY(check_days(c, in, is_new ? "相手" : d.name));
	bool had = d.sent_on != CIVIL_NONE;
	d.how = str_or(in->how, "");
	d.sent_on = in->sent_on;
	d.received_on = in->received_on;
	d.receipt_note = str_or(in->receipt_note, "");
	if (is_new) {
		d.person_id = t.plan.person_id;
		d.plan_id = t.plan.id;
		d.kind = in->kind;
		d.name = str_trim(c->arena, in->name);
		TRY(row_insert(c, &T_plan_delivery, &d));
	} else {
		d.version = in->version;
		TRY(row_save(c, &T_plan_delivery, &d, x->conflict));
	}
	TRY(plan_follow_delivery(c, &t.plan, &d));
	if (d.sent_on != CIVIL_NONE && !had)
		TRY(tell_issued(c, &t, &d));
	return settle_delivery(c, t.plan.id);
}

err plan_deliver(struct ctx *c, const char *plan_pid, const struct plan_delivery_edit *in, struct row_conflict **conflict)
{
	struct row_conflict *none = NULL;
	struct delivering x = {.plan_pid = plan_pid, .in = in, .conflict = conflict ? conflict : &none};
	return tx_run(c, deliver_tx, &x);
}

static err drop_tx(struct ctx *c, void *arg)
{
	struct delivering *x = arg;
	struct plan_tree t;
	struct t_plan_delivery d;
	TRY(open_in_use(c, x->plan_pid, &t));
	TRY(find_delivery(c, &t, x->pid, &d));
	if (str_eq(d.kind, "self"))
		return fault_add(c, "reason", ERR_PLAN_STATE, "利用者への交付は、なくせません。");
	if (d.sent_on != CIVIL_NONE)
		return fault_add(c, "reason", ERR_PLAN_STATE, "渡した記録は消せません。渡した日を空にしてからはずしてください。");
	if (str_blank(x->reason))
		return fault_add(c, "reason", ERR_REQUIRED, "渡さなくてよい理由を書いてください。");
	TRY(task_settle(c, "plan_delivery", d.id, "document", "渡さないことにしました。"));
	TRY(row_retire(c, &T_plan_delivery, d.id, x->reason));
	return settle_delivery(c, t.plan.id);
}

err plan_delivery_drop(struct ctx *c, const char *plan_pid, const char *pid, const char *reason)
{
	struct delivering x = {.plan_pid = plan_pid, .pid = pid, .reason = reason};
	return tx_run(c, drop_tx, &x);
}

/* ---- 個別サービス計画 --------------------------------------------------------------------------------------------------------------- */

static err request_tx(struct ctx *c, void *arg)
{
	struct delivering *x = arg;
	const struct provider_plan_edit *in = x->request;
	struct plan_tree t;
	struct t_provider_plan r;
	size_t before = c->n_faults;
	TRY(open_in_use(c, x->plan_pid, &t));
	size_t i = 0;
	while (i < t.n_provider_plans && !str_eq(t.provider_plans[i].pid, in->pid))
		i++;
	if (i == t.n_provider_plans)
		return ERR_NOTFOUND;
	r = t.provider_plans[i];
	if (in->asked_on != CIVIL_NONE && in->asked_on > c->today)
		(void)fault_add(c, "asked_on", ERR_DATE_FUTURE, "%sに求めた日に、これから先の日付は入力できません。", r.office);
	if (in->received_on != CIVIL_NONE && in->received_on > c->today)
		(void)fault_add(c, "received_on", ERR_DATE_FUTURE, "%sの計画を受け取った日に、これから先の日付は入力できません。", r.office);
	gen_check_text(c, "not_needed_reason", "「求めない理由」", in->not_needed_reason, false, 200);
	gen_check_text(c, "note", "「メモ」", in->note, false, 400);
	GEN_CHECK_CODE(c, "asked_how", "「求めた方法」", HOWS, in->asked_how, false);
	if (c->n_faults > before)
		return c->faults[before].code;
	r.version = in->version;
	r.asked_on = in->asked_on;
	r.asked_how = str_or(in->asked_how, "");
	r.due_on = in->due_on != CIVIL_NONE ? in->due_on : r.due_on;
	r.received_on = in->received_on;
	r.not_needed_reason = str_trim(c->arena, str_or(in->not_needed_reason, ""));
	r.note = str_or(in->note, "");
	TRY(row_save(c, &T_provider_plan, &r, x->conflict));
	return plan_follow_provider(c, &t.plan, &r);
}

err provider_plan_save(struct ctx *c, const char *plan_pid, const struct provider_plan_edit *in, struct row_conflict **conflict)
{
	struct row_conflict *none = NULL;
	struct delivering x = {.plan_pid = plan_pid, .request = in, .conflict = conflict ? conflict : &none};
	return tx_run(c, request_tx, &x);
}

err plan_unsent_list(struct ctx *c, int limit, struct plan_unsent **v, size_t *n)
{
	struct q_plan_unsent_row *r;
	TRY(q_plan_unsent(c, &(struct q_plan_unsent_in){.limit = limit > 0 ? limit : 200}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct plan_unsent);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct plan_unsent){r[i].person_id, r[i].plan_pid, r[i].person_pid, r[i].person_name, r[i].name, r[i].kind,
		                               r[i].plan_kind, r[i].plan_on, r[i].from_on};
	return OK;
}
