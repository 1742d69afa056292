#include "care/cert_follow.h"

#include "access/policy.h"
#include "base/str.h"
#include "care/case.h"
#include "jp/era.h"
#include "register/ranks.h"
#include "register/task.h"
#include "sql/q_care_case.h"
#include "sql/tables.h"
#include "store/revision.h"

static civil due_of(const struct t_certification *r, civil decided)
{
	struct ymd d = civil_ymd(decided);
	civil due = civil_eom(d.y, d.m);
	return r->from_on > decided && r->from_on < due ? r->from_on : due;
}

struct duty {
	int64_t org_id, staff_id;
	bool prevention, met;
};

/* Whose it is, and whether it is done: a plan made since the decision has taken it up, and so has a meeting or an inquiry. */
static err duty_of(struct ctx *c, const struct t_certification *r, civil decided, const struct q_cert_cases_row *k, struct duty *d)
{
	bool given = k->author_org_id != INT_NULL && k->author_org_id && k->author_org_id != k->org_id;
	struct q_cert_met_row met;
	*d = (struct duty){.org_id = given ? k->author_org_id : k->org_id, .staff_id = given ? k->author_staff_id : k->staff_id,
	                   .prevention = case_is_prevention(k->kind)};
	TRY(q_cert_met(c, &(struct q_cert_met_in){.person_id = r->person_id, .org_id = d->org_id, .from_on = decided}, &met));
	d->met = met.n > 0 || k->plan_on > decided;
	return OK;
}

static err ask(struct ctx *c, const struct t_certification *r, civil decided, const struct duty *d)
{
	const char *what = str_eq(r->apply_kind, "change") ? "区分変更の認定" : "更新認定";
	return task_put(c, &(struct task_new){.kind = "meeting", .person_id = r->person_id, .record_class = CLASS_CARE, .org_id = d->org_id,
		.assignee_staff_id = d->staff_id == INT_NULL ? 0 : d->staff_id, .due_on = due_of(r, decided),
		.title = arena_fmt(c->arena, "%sを受けた: 計画の変更が要るかを会議で聴く", what),
		.reason = arena_fmt(c->arena, "%sに%s（%s）を受けました。計画を変える必要があるか、サービス担当者会議（開けないときは照会）で担当者の意見を聴き、計画を見直します（%s）。",
			era_text(c->arena, decided), what, ranks_label_ja(CODE_LEVEL, r->level), d->prevention ? "予防基準30条17号、R-YB-30-17" : "居宅基準13条15号、R-CM-13-15-renewal"),
		.table_name = "certification", .row_id = r->id, .row_pid = r->pid}, NULL);
}

static err newest(struct ctx *c, const struct t_certification *r)
{
	civil decided = r->decided_on != CIVIL_NONE ? r->decided_on : civil_of_instant(r->created_ms);
	struct q_cert_cases_row *k;
	size_t n, open = 0;
	TRY(q_cert_cases(c, &(struct q_cert_cases_in){.person_id = r->person_id}, &k, &n));
	struct duty *d = ARENA_ARRAY(c->arena, n + 1, struct duty);
	for (size_t i = 0; i < n; i++) {
		TRY(duty_of(c, r, decided, &k[i], &d[i]));
		open += !d[i].met;
	}
	if (open < n || n == 0)
		TRY(task_settle(c, "certification", r->id, "meeting", "認定の後の会議または照会を記録しました"));
	for (size_t i = 0; i < n; i++)
		if (!d[i].met)
			TRY(ask(c, r, decided, &d[i]));
	return OK;
}

err cert_follow_person(struct ctx *c, int64_t person_id)
{
	struct q_cert_news_row *v;
	size_t n;
	TRY(q_cert_news(c, &(struct q_cert_news_in){.person_id = person_id}, &v, &n));
	for (size_t i = 0; i < n; i++) {
		struct t_certification r;
		TRY(row_load(c, &T_certification, v[i].id, &r));
		if (i == 0 && (r.to_on == CIVIL_NONE || r.to_on >= c->today))
			TRY(newest(c, &r));
		else
			TRY(task_settle(c, "certification", r.id, "meeting", "次の認定が出たか、期間が終わったか、取り消されました"));
	}
	return OK;
}

err cert_follow_row(struct ctx *c, const void *row, bool alive)
{
	(void)alive; /* the list leaves out what is in the bin, and its tasks go there with it */
	return cert_follow_person(c, ((const struct t_certification *)row)->person_id);
}
