/* 原案委託 of the demo: some of the centre's cases go to an office, each by a course of its own, so that every state is there. Once a week
 * whoever's turn it is takes the next step. All texts are invented. */
#include "base/str.h"
#include "care/commission.h"
#include "care/evaluate.h"
#include "care/plan_create.h"
#include "main/demo_acts.h"
#include "register/org.h"

#include <stdio.h>
#include <string.h>

enum { LATEST = 300 /* days back */, STEPS = 8 };
static const char *const COURSES[][STEPS] = {
	{""},
	{"accept", "submit", "approve", "eval_submit", ""},
	{"accept", "submit", "return", ""},
	{"accept", "submit", "approve", "eval_submit", "eval_return", ""},
	{"accept", ""},
	{"accept", "submit", "return", "submit", "approve", ""},
	{"refuse", ""},
	{"accept", "submit", "approve", "eval_submit", "eval_approve", ""},
	{"accept", "submit", ""},
	{"accept", "submit", "approve", "eval_submit", "eval_approve", "end", ""},
	{"withdraw", ""},
	{"accept", "submit", "approve", ""},
};

err demo_commission_out(struct demo *d, struct ctx *c, struct demo_person *p, const char *case_pid, const char *case_kind, const char *note, int pick)
{
	struct t_commission m;
	struct org o;
	if (!commission_kind(case_kind) || c->today < d->today - LATEST || pick % 4)
		return OK;
	commission_init(c, &m);
	m.council_on = c->today - 20;
	m.note = note;
	m.documents = "利用者基本情報、基本チェックリスト";
	TRY(org_load(c, d->place[pick % 8 ? PLACE_OFFICE2 : PLACE_OFFICE1].id, &o));
	TRY(commission_save(c, p->pid, &m, case_pid, o.pid, NULL));
	snprintf(p->commission_pid, PID_TEXT, "%s", m.pid);
	p->commission_on = c->today;
	p->commission_login = demo_who(d, pick % 8 ? "cm2" : "cm1");
	p->commission_step = 0;
	p->commission_course = (int)(d->n_commissions++ % (sizeof COURSES / sizeof COURSES[0]));
	return OK;
}

static const char *words(const char *event)
{
	static const struct { const char *event, *body; } said[] = {
		{"accept", "お引き受けします。今週中にご本人を訪問します。"}, {"refuse", "担当できる件数に達しているため、今回はお受けできません。"},
		{"withdraw", "ご本人がセンターの担当者を希望されたため。"}, {"submit", "原案を作成しました。ご確認をお願いします。"},
		{"return", "通いの場の回数と、家族の役割をもう少し具体的に書いてください。"}, {"approve", "目標が本人の言葉で書かれています。原案のとおり進めてください。"},
		{"eval_submit", "6か月の評価です。歩ける距離が延び、外出が増えています。"}, {"eval_return", "達成しなかった目標の原因について、本人の話を加えてください。"},
		{"eval_approve", "外出の機会が増えている。計画を続けることが妥当である。"}, {"end", "目標に届き、地域の集まりで暮らしていけるため終了します。"}};
	for (size_t i = 0; i < sizeof said / sizeof said[0]; i++)
		if (str_eq(said[i].event, event))
			return said[i].body;
	return "";
}

/* The office writes its 原案 in the case of the centre. *done false: somebody else is writing one. */
static err draft(struct demo *d, struct ctx *c, const struct demo_person *p, bool again, bool *done)
{
	const char *pid;
	bool open;
	*done = true;
	if (again)
		return OK; /* the same 原案, mended */
	TRY(demo_plan_open(c, p, "prevention", &open));
	*done = !open;
	if (open)
		return OK;
	TRY(plan_create(c, p->case_pid, "prevention", "", &pid));
	return demo_write_plan(d, c, p, pid);
}

/* What belongs to the step besides: the consent after the approval. */
static err beside(struct demo *d, struct ctx *c, const struct demo_person *p, const char *event)
{
	struct commission_view v;
	if (!str_eq(event, "approve"))
		return OK;
	demo_as(d, c, p->commission_login);
	TRY(commission_get(c, p->commission_pid, &v));
	return demo_agree_plan(c, p, v.plan_pid);
}

static err next(struct demo *d, struct ctx *c, struct demo_person *p)
{
	struct commission_view v;
	struct evaluate_tree ev;
	bool ready = true;
	const char *event = COURSES[p->commission_course][p->commission_step];
	bool centre = str_eq(event, "return") || str_eq(event, "approve") || str_eq(event, "eval_return") || str_eq(event, "eval_approve") || str_eq(event, "end") ||
	              str_eq(event, "withdraw");
	demo_as(d, c, centre ? p->case_login : p->commission_login);
	if (str_eq(event, "submit"))
		TRY(draft(d, c, p, p->commission_step > 1, &ready));
	if (!ready)
		return OK;
	if (str_eq(event, "eval_submit")) {
		TRY(commission_get(c, p->commission_pid, &v));
		TRY(demo_evaluate(c, p, v.plan_pid, &ev));
	}
	TRY(commission_step(c, p->commission_pid, event, words(event), str_eq(event, "eval_approve") ? "continue" : ""));
	p->commission_step++;
	p->commission_on = c->today;
	return beside(d, c, p, event);
}

/* Each waits a week or two; the evaluation comes months after the approval. */
err demo_act_commissions(struct demo *d, struct ctx *c, struct demo_event *e)
{
	(void)e;
	for (size_t i = 0; i < d->n_people; i++) {
		struct demo_person *p = &d->people[i];
		if (!*p->commission_pid || !*p->case_pid || (p->end_on != CIVIL_NONE && p->end_on <= c->today))
			continue;
		const char *event = COURSES[p->commission_course][p->commission_step];
		if (!*event || c->today - p->commission_on < (str_eq(event, "eval_submit") ? 90 : 7))
			continue;
		TRY(next(d, c, p));
	}
	return OK;
}

void demo_plan_commissions(struct demo *d)
{
	for (civil day = d->today - LATEST; day < d->today; day += 7)
		demo_plan(d, demo_instant(d, day), demo_who(d, "head"), NULL, demo_act_commissions);
}
