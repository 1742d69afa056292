/* Comments, approval and the centre's check of a commissioned plan (F052, F124). */
#include "access/policy.h"
#include "base/str.h"
#include "care/plan_flow.h"
#include "register/gen.h"
#include "register/task.h"
#include "store/revision.h"
#include "store/tx.h"

err plan_approval_of(struct ctx *c, const struct plan_tree *t, struct plan_approval *out)
{
	const struct t_plan *p = &t->plan;
	struct t_org o;
	*out = (struct plan_approval){0};
	TRY(row_load(c, &T_org, p->author_org_id != INT_NULL && p->author_org_id ? p->author_org_id : p->org_id, &o));
	for (size_t i = 0; i < t->n_comments; i++) {
		const struct t_plan_comment *k = &t->comments[i];
		if (str_eq(k->kind, "approve") || str_eq(k->kind, "return"))
			out->approved = str_eq(k->kind, "approve") ? k : NULL;
	}
	out->wants = o.wants_approval;
	/* what is frozen nobody edits any more; 暫定 itself writes the level expected */
	out->voided = !t->is_frozen && out->approved && *out->approved->content_sha && !str_eq(out->approved->content_sha, plan_content_sha(c, t));
	out->lacks = out->wants && (!out->approved || out->voided);
	return OK;
}

struct talking {
	const char *pid, *kind, *seen_sha, *body;
	civil on;
};

static const struct gen_code KINDS[] = {{"comment", "コメント"}, {"ask_approval", "承認の依頼"}, {"approve", "承認"}, {"return", "差し戻し"}};

static err comment_tx(struct ctx *c, void *arg)
{
	struct talking *x = arg;
	struct t_plan p;
	struct plan_tree t;
	struct t_plan_comment k;
	size_t before = c->n_faults;
	TRY(plan_open(c, x->pid, ACTION_WRITE, &p));
	TRY(plan_load(c, p.id, &t));
	const char *sha = plan_content_sha(c, &t);
	GEN_CHECK_CODE(c, "kind", "「種類」", KINDS, x->kind, true);
	gen_check_text(c, "body", "「コメント」", x->body, str_eq(x->kind, "comment") || str_eq(x->kind, "return"), 2000);
	if (str_eq(x->kind, "approve") && c->actor.staff_id > 0 && p.staff_id == c->actor.staff_id)
		(void)fault_add(c, "kind", ERR_INPUT, "自分が作った計画は、自分では承認できません。ほかの人に依頼してください。");
	if (str_eq(x->kind, "approve") && x->seen_sha && !str_eq(x->seen_sha, sha))
		(void)fault_add(c, "kind", ERR_INPUT, "この画面を開いたあとで、計画が直されました。いまの計画を読み直してから承認してください。");
	if (c->n_faults > before)
		return c->faults[before].code;
	row_init(&T_plan_comment, &k);
	k.person_id = p.person_id;
	k.plan_id = p.id;
	k.org_id = c->actor.org_id;
	k.staff_id = c->actor.staff_id > 0 ? c->actor.staff_id : INT_NULL;
	k.at_ms = c->now_ms;
	k.kind = x->kind;
	k.content_sha = str_eq(x->kind, "approve") ? sha : "";
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

err plan_comment_add(struct ctx *c, const char *pid, const char *kind, const char *seen_sha, const char *body)
{
	struct talking x = {.pid = pid, .kind = kind, .seen_sha = seen_sha, .body = body};
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
