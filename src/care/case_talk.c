#include "care/case_talk.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "care/mandate.h"
#include "jp/era.h"
#include "law/codes.h"
#include "register/gen.h"
#include "register/task.h"
#include "sql/q_approval.h"
#include "store/tx.h"

static const struct gen_code KINDS[] = {{"comment", "コメント"}, {"approve", "承認"}, {"return", "差し戻し"}};

/* ---- read ------------------------------------------------------------------------------------------------------ */

static err load(struct ctx *c, const struct t_care_case *k, struct case_talk *t)
{
	struct q_case_comment_ids_row *ids;
	struct t_org o;
	TRY(row_load(c, &T_org, k->org_id, &o));
	TRY(q_case_comment_ids(c, &(struct q_case_comment_ids_in){.case_id = k->id}, &ids, &t->n));
	t->wants = o.wants_close_approval;
	t->v = ARENA_ARRAY(c->arena, t->n + 1, struct t_case_comment);
	t->asked = t->answer = NULL;
	t->clock = APPROVAL_CLOCK();
	for (size_t i = 0; i < t->n; i++) {
		struct t_case_comment *m = &t->v[i];
		TRY(row_load(c, &T_case_comment, ids[i].id, m));
		approval_word(&t->clock, m->kind, m->at_ms);
		if (str_eq(m->kind, "ask_approval") || str_eq(m->kind, "done")) {
			t->asked = str_eq(m->kind, "done") ? NULL : m;
			t->answer = NULL;
		} else if (t->asked && m->asked_id == t->asked->id) {
			t->answer = m;
		}
	}
	t->approved = t->answer && str_eq(t->answer->kind, "approve");
	return OK;
}

err case_talk_get(struct ctx *c, const char *pid, struct case_talk *out)
{
	TRY(case_get(c, pid, &out->kase));
	return load(c, &out->kase.row, out);
}

static bool is_own(const struct ctx *c, const struct case_talk *t)
{
	int64_t me = c->actor.staff_id;
	return me > 0 && (t->kase.row.staff_id == me || (t->asked && t->asked->staff_id == me));
}

bool case_talk_may_answer(const struct ctx *c, const struct case_talk *t)
{
	return t->kase.may_write && t->asked && !t->approved && t->kase.row.end_on == CIVIL_NONE && t->kase.row.org_id == c->actor.org_id && !is_own(c, t);
}

/* ---- write ------------------------------------------------------------------------------------------------------ */

static err add(struct ctx *c, const struct t_care_case *k, struct t_case_comment *m)
{
	m->person_id = k->person_id;
	m->case_id = k->id;
	m->org_id = c->actor.org_id;
	m->staff_id = c->actor.staff_id > 0 ? c->actor.staff_id : INT_NULL;
	m->at_ms = c->now_ms;
	return row_insert(c, &T_case_comment, m);
}

static err writable(struct ctx *c, const char *pid, struct case_talk *t)
{
	TRY(case_talk_get(c, pid, t));
	return mandate_case(c, &t->kase.row);
}

struct talking {
	const char *pid, *kind, *asked_pid, *reason, *body;
	civil end_on;
};

static err ask_tx(struct ctx *c, void *arg)
{
	const struct talking *in = arg;
	struct case_talk t;
	struct t_case_comment m;
	size_t before = c->n_faults;
	TRY(writable(c, in->pid, &t));
	const struct t_care_case *k = &t.kase.row;
	if (k->end_on != CIVIL_NONE)
		return fault_add(c, "", ERR_INPUT, "このケースは、もう終了しています。");
	TRY(case_check_end(c, k, in->end_on, in->reason, in->body, true));
	if (c->n_faults > before)
		return c->faults[before].code;
	row_init(&T_case_comment, &m);
	m.kind = "ask_approval";
	m.end_on = in->end_on;
	m.end_reason = in->reason;
	m.body = str_lf(c->arena, str_or(in->body, ""));
	TRY(add(c, k, &m));
	return task_put(c, &(struct task_new){.kind = "other", .person_id = k->person_id, .record_class = CLASS_CARE, .org_id = k->org_id,
		.due_on = CIVIL_NONE, .title = "ケースの終了の承認",
		.reason = arena_fmt(c->arena, "%sを%sに終了してよいか、確認と承認を頼まれています。", law_code_label(c->house->law, "case_kind", k->kind),
		                    era_text(c->arena, in->end_on)),
		.table_name = "care_case", .row_id = k->id, .row_pid = k->pid}, NULL);
}

err case_ask_close(struct ctx *c, const char *pid, civil end_on, const char *reason, const char *note)
{
	struct talking in = {.pid = pid, .end_on = end_on, .reason = reason, .body = note};
	return tx_run(c, ask_tx, &in);
}

static err may_answer(struct ctx *c, const struct case_talk *t, const struct talking *in)
{
	bool approves = str_eq(in->kind, "approve");
	if (t->kase.row.org_id != c->actor.org_id && !c->actor.system)
		return fault_add(c, "kind", ERR_DENIED, "承認と差し戻しは、ケースを担当する機関の職員が行います。");
	if (!t->asked)
		return fault_add(c, "kind", ERR_INPUT, "承認の依頼がありません。先に「終了の承認を頼む」から、終了日と理由を添えて頼んでください。");
	if (!str_eq(in->asked_pid, t->asked->pid))
		return fault_add(c, "kind", ERR_INPUT, "この画面を開いたあとで、依頼が出し直されました。新しい依頼を読んでから答えてください。");
	if (approves && is_own(c, t))
		return fault_add(c, "kind", ERR_INPUT, "自分の担当するケースや自分の依頼は、自分では承認できません。ほかの人に依頼してください。");
	return OK;
}

static err comment_tx(struct ctx *c, void *arg)
{
	const struct talking *in = arg;
	struct case_talk t;
	struct t_case_comment m;
	size_t before = c->n_faults;
	TRY(writable(c, in->pid, &t));
	bool answers = !str_eq(in->kind, "comment");
	GEN_CHECK_CODE(c, "kind", "「種類」", KINDS, in->kind, true);
	gen_check_text(c, "body", "「コメント」", in->body, !str_eq(in->kind, "approve"), 2000);
	if (c->n_faults > before)
		return c->faults[before].code;
	if (answers)
		TRY(may_answer(c, &t, in));
	row_init(&T_case_comment, &m);
	m.kind = in->kind;
	m.asked_id = answers ? t.asked->id : INT_NULL;
	m.body = str_lf(c->arena, str_or(in->body, ""));
	TRY(add(c, &t.kase.row, &m));
	return answers ? task_settle(c, "care_case", t.kase.row.id, "other", GEN_LABEL(KINDS, in->kind)) : OK;
}

err case_comment_add(struct ctx *c, const char *pid, const char *kind, const char *asked_pid, const char *body)
{
	struct talking in = {.pid = pid, .kind = kind, .asked_pid = str_or(asked_pid, ""), .body = body};
	return tx_run(c, comment_tx, &in);
}

err case_use_approval(struct ctx *c, const struct t_care_case *k, civil end_on, const char *reason, const char *note)
{
	struct case_talk t;
	struct t_case_comment m;
	TRY(load(c, k, &t));
	if (t.wants && !t.approved)
		return fault_add(c, "", ERR_INPUT, "この機関では、ケースの終了の前にほかの職員の承認が要ります。終了日と理由を添えて承認を頼み、承認されてから終了してください。");
	if (t.wants && (t.asked->end_on != end_on || !str_eq(t.asked->end_reason, reason) || !str_eq(t.asked->body, str_lf(c->arena, str_or(note, "")))))
		return fault_add(c, "", ERR_INPUT, "承認された終了日・理由・内容と違います。内容を変えるときは、もう一度承認を頼んでください。");
	if (!t.asked)
		return OK;
	row_init(&T_case_comment, &m); /* an approval is used once: after 終了の取り消し another is needed */
	m.kind = "done";
	m.asked_id = t.asked->id;
	return add(c, k, &m);
}
