/* Comments, approval and the centre's check of a commissioned plan (F052, F124). */
#include "access/policy.h"
#include "base/str.h"
#include "care/plan_flow.h"
#include "register/gen.h"
#include "register/task.h"
#include "store/revision.h"
#include "store/tx.h"

err plan_approval_lacks(struct ctx *c, const struct plan_tree *t, bool *wants, bool *lacks)
{
	const struct t_plan *p = &t->plan;
	struct t_org o;
	const char *last = "";
	*lacks = false;
	TRY(row_load(c, &T_org, p->author_org_id != INT_NULL && p->author_org_id ? p->author_org_id : p->org_id, &o));
	for (size_t i = 0; i < t->n_comments; i++)
		if (str_eq(t->comments[i].kind, "approve") || str_eq(t->comments[i].kind, "return"))
			last = t->comments[i].kind;
	*wants = o.wants_approval;
	*lacks = o.wants_approval && !str_eq(last, "approve");
	return OK;
}

struct talking {
	const char *pid, *kind, *field, *body;
	civil on;
};

static const struct gen_code KINDS[] = {{"comment", "コメント"}, {"ask_approval", "承認の依頼"}, {"approve", "承認"}, {"return", "差し戻し"}};

static err comment_tx(struct ctx *c, void *arg)
{
	struct talking *x = arg;
	struct t_plan p;
	struct t_plan_comment k;
	size_t before = c->n_faults;
	TRY(plan_open(c, x->pid, ACTION_WRITE, &p));
	GEN_CHECK_CODE(c, "kind", "「種類」", KINDS, x->kind, true);
	gen_check_text(c, "body", "「コメント」", x->body, str_eq(x->kind, "comment") || str_eq(x->kind, "return"), 2000);
	if (str_eq(x->kind, "approve") && c->actor.staff_id > 0 && p.staff_id == c->actor.staff_id)
		(void)fault_add(c, "kind", ERR_INPUT, "自分が作った計画は、自分では承認できません。ほかの人に依頼してください。");
	if (c->n_faults > before)
		return c->faults[before].code;
	row_init(&T_plan_comment, &k);
	k.person_id = p.person_id;
	k.plan_id = p.id;
	k.org_id = c->actor.org_id;
	k.staff_id = c->actor.staff_id > 0 ? c->actor.staff_id : INT_NULL;
	k.at_ms = c->now_ms;
	k.kind = x->kind;
	k.field = str_or(x->field, "");
	k.body = str_lf(c->arena, str_or(x->body, ""));
	TRY(row_insert(c, &T_plan_comment, &k));
	if (str_eq(x->kind, "ask_approval"))
		return task_put(c, &(struct task_new){.kind = "other", .person_id = p.person_id, .record_class = CLASS_CARE, .org_id = p.org_id,
			.due_on = CIVIL_NONE, .title = "計画の承認", .reason = "計画の確認と承認を頼まれています。", .table_name = "plan", .row_id = p.id,
			.row_pid = p.pid}, NULL);
	if (str_eq(x->kind, "approve") || str_eq(x->kind, "return"))
		return task_settle(c, "plan", p.id, "other", GEN_LABEL(KINDS, x->kind));
	return OK;
}

err plan_comment_add(struct ctx *c, const char *pid, const char *kind, const char *field, const char *body)
{
	struct talking x = {.pid = pid, .kind = kind, .field = field, .body = body};
	return tx_run(c, comment_tx, &x);
}

static err center_tx(struct ctx *c, void *arg)
{
	struct talking *x = arg;
	struct t_plan p;
	size_t before = c->n_faults;
	TRY(plan_open(c, x->pid, ACTION_WRITE, &p));
	if (p.org_id != c->actor.org_id && !c->actor.system)
		return fault_add(c, "center_opinion", ERR_DENIED, "確認は、委託した地域包括支援センターの職員が行います。");
	gen_check_text(c, "center_opinion", "「地域包括支援センターの意見」", x->body, false, 4000);
	if (x->on == CIVIL_NONE)
		(void)fault_add(c, "center_checked_on", ERR_REQUIRED, "「確認した日」を入力してください。");
	else if (x->on > c->today)
		(void)fault_add(c, "center_checked_on", ERR_DATE_FUTURE, "「確認した日」に、これから先の日付は入力できません。");
	if (c->n_faults > before)
		return c->faults[before].code;
	p.center_opinion = str_lf(c->arena, str_or(x->body, ""));
	p.center_checked_on = x->on;
	p.center_checked_by = c->actor.staff_id > 0 ? c->actor.staff_id : INT_NULL;
	return row_save(c, &T_plan, &p, NULL);
}

err plan_center_check(struct ctx *c, const char *pid, const char *opinion, civil on)
{
	struct talking x = {.pid = pid, .body = opinion, .on = on};
	return tx_run(c, center_tx, &x);
}
