#include "care/next_step.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "jp/era.h"
#include "law/numbers.h"
#include "register/certification.h"
#include "sql/q_care_case.h"

static const char *at(struct arena *a, const char *fmt, const char *pid) { return arena_fmt(a, fmt, pid); }

/* The first month without a monitoring, counted from the one after the last; CIVIL_NONE while none is due. */
static bool monitoring_due(const struct step_facts *f)
{
	if (f->start_on == CIVIL_NONE || f->start_on > f->today)
		return false;
	civil last = f->mon_on == CIVIL_NONE ? f->start_on : f->mon_on;
	struct ymd l = civil_ymd(last), t = civil_ymd(f->today);
	int64_t passed = (int64_t)(t.y - l.y) * 12 + t.m - l.m;
	return f->mon_on == CIVIL_NONE && f->months == 1 ? true : passed >= f->months;
}

static struct next_step before_plan(struct arena *a, const struct step_facts *f)
{
	if (f->expl_on == CIVIL_NONE || f->contract_on == CIVIL_NONE)
		return (struct next_step){"explain", "説明と契約を記録する", "支援を始める前に、重要事項を説明して契約します（基準4条）。", at(a, "/cases/%s/edit", f->case_pid), false};
	if (str_blank(f->assessment_pid))
		return (struct next_step){"assess", "アセスメントを始める", "居宅を訪問し、本人と家族に面接して課題を把握します（13条6号・7号）。",
			at(a, "/persons/%s/assessments/new", f->person_pid), false};
	if (f->assessed_on == CIVIL_NONE)
		return (struct next_step){"confirm", "アセスメントを続ける", "アセスメントが確定していません。", at(a, "/assessments/%s", f->assessment_pid), false};
	return (struct next_step){"plan", "計画の原案を作る", "アセスメントが確定しました。課題を引き継いで原案を作れます（13条8号）。",
		arena_fmt(a, "/persons/%s/plans?assessment=%s", f->person_pid, f->assessment_pid), false};
}

static struct next_step with_draft(struct arena *a, const struct step_facts *f)
{
	if (f->met_on == CIVIL_NONE)
		return (struct next_step){"meet", "サービス担当者会議を開く", "原案について、担当者の意見を会議で聴きます。開けないときは照会します（13条9号）。",
			at(a, "/persons/%s/meetings/new", f->person_pid), false};
	return (struct next_step){"consent", "説明と同意を記録する", "会議が済みました。原案を説明して、文書で同意を得ます（13条10号）。", at(a, "/plans/%s", f->plan_pid), false};
}

/* 暫定: first the result of the certification, then the definite plan; not later than the deadline that was set. */
static struct next_step provisional(struct arena *a, const struct step_facts *f)
{
	const char *until = f->provisional_until == CIVIL_NONE ? "暫定の期限は決まっていません。"
		: f->provisional_until < f->today ? arena_fmt(a, "暫定の期限（%s）を過ぎています。", era_text(a, f->provisional_until))
		: arena_fmt(a, "暫定の期限は%sです。", era_text(a, f->provisional_until));
	bool late = f->provisional_until != CIVIL_NONE && f->provisional_until < f->today;
	if (!f->certified)
		return (struct next_step){"certify", "認定の結果を確かめる", arena_fmt(a, "暫定の計画です。認定の結果が出たら記録し、本計画にします。%s", until),
			at(a, "/persons/%s/insurance", f->person_pid), late};
	if (str_eq(f->plan_status, "provisional"))
		return (struct next_step){"definite", "同意を得て本計画にする", arena_fmt(a, "暫定の計画です。認定が出ています。見直して同意を記録すると、本計画になります。%s", until),
			at(a, "/plans/%s/consent", f->plan_pid), true};
	return (struct next_step){"definite", "本計画にする", arena_fmt(a, "申請中に同意を得た暫定の計画です。認定が出たので、見直して本計画を作ります。%s", until),
		at(a, "/plans/%s/change?kind=full", f->plan_pid), true};
}

static struct next_step in_force(struct arena *a, const struct step_facts *f)
{
	bool ending = f->plan_to_on != CIVIL_NONE && f->plan_to_on - f->today <= f->notice_days;
	if (f->plan_provisional || str_eq(f->plan_status, "provisional"))
		return provisional(a, f);
	if (str_eq(f->plan_status, "consented"))
		return (struct next_step){"deliver", "交付を記録する", "同意を得た計画を、本人と担当者すべてに交付します（13条11号）。", at(a, "/plans/%s", f->plan_pid), false};
	if (monitoring_due(f))
		return (struct next_step){"monitor", "モニタリングを記録する",
			f->months == 1 ? "今月のモニタリングがまだです（13条14号）。" : "前のモニタリングから3か月になります（予防基準30条16号）。",
			at(a, "/persons/%s/monitorings/new", f->person_pid), false};
	if (ending && !f->evaluated)
		return (struct next_step){"evaluate", "評価をする",
			arena_fmt(a, "計画の期間が%sに終わります。評価をして、次の計画の準備をします。", era_text(a, f->plan_to_on)),
			at(a, "/persons/%s/evaluations/new", f->person_pid), f->plan_to_on < f->today};
	if (ending)
		return (struct next_step){"assess", "再アセスメントを始める", "評価が済みました。次の計画のために、もう一度アセスメントをします。",
			at(a, "/persons/%s/assessments/new", f->person_pid), f->plan_to_on < f->today};
	return (struct next_step){"wait", "", "今することはありません。", "", false};
}

struct next_step next_step(struct arena *a, const struct step_facts *f)
{
	if (f->closed)
		return (struct next_step){"none", "", "支援は終了しています。", "", false};
	if (str_blank(f->plan_status) || str_eq(f->plan_status, "replaced") || str_eq(f->plan_status, "ended"))
		return before_plan(a, f);
	if (str_eq(f->plan_status, "draft") || str_eq(f->plan_status, "explained"))
		return with_draft(a, f);
	return in_force(a, f);
}

err next_step_of(struct ctx *c, const struct case_view *v, struct next_step *out)
{
	struct q_case_facts_row r;
	struct step_facts f = {.case_pid = v->row.pid, .person_pid = v->person_pid, .kind = v->row.kind, .closed = str_eq(v->row.status, "closed"),
		.expl_on = v->row.expl_on, .contract_on = v->row.contract_on, .start_on = v->row.start_on, .today = c->today,
		.months = case_is_prevention(v->row.kind) ? 3 : 1};
	TRY(policy_check(c, v->row.person_id, CLASS_CARE, ACTION_SEE));
	TRY(q_case_facts(c, &(struct q_case_facts_in){.case_id = v->row.id}, &r));
	f.assessment_pid = str_or(r.assessment_pid, "");
	f.assessment_status = str_or(r.assessment_status, "");
	f.assessed_on = r.assessed_on;
	f.plan_pid = str_or(r.plan_pid, "");
	f.plan_status = str_or(r.plan_status, "");
	f.plan_on = r.plan_on;
	f.plan_to_on = r.plan_to_on;
	f.plan_provisional = r.plan_provisional != INT_NULL && r.plan_provisional != 0;
	f.provisional_until = r.provisional_until;
	struct certification_state st;
	err e = certification_state(c, v->row.person_id, (struct gen_asof){c->today, CIVIL_NONE}, &st);
	if (e != OK && e != ERR_DENIED)
		return e;
	f.certified = e == OK && st.has_current && !st.has_application;
	f.mon_on = r.mon_on;
	f.met_on = r.met_on != CIVIL_NONE && (f.assessed_on == CIVIL_NONE || r.met_on >= f.assessed_on) ? r.met_on : CIVIL_NONE;
	f.evaluated = r.evaluated_on != CIVIL_NONE && f.plan_on != CIVIL_NONE && r.evaluated_on >= f.plan_on;
	TRY(law_number(c->house->law, "plan_end_notice", c->today, &f.notice_days));
	*out = next_step(c->arena, &f);
	return OK;
}
