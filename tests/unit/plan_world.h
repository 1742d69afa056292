/* Plans for the tests of care/plan*: a case and a certificate of person 1, an assessment, a plan with one whole chain. */
#ifndef TSU_TESTS_PLAN_WORLD_H
#define TSU_TESTS_PLAN_WORLD_H

#include "care_world.h"

#include "care/plan_create.h"
#include "register/certification.h"
#include "store/tx.h"

union plan_any {
	struct t_plan head;
	struct t_plan_area area;
	struct t_plan_need need;
	struct t_plan_goal goal;
	struct t_plan_service service;
	struct t_plan_slot slot;
	struct t_plan_activity activity;
};

struct plan_row_in {
	const struct table_desc *t;
	void *row;
};

static inline err plan_insert_tx(struct ctx *c, void *arg)
{
	struct plan_row_in *in = arg;
	return row_insert(c, in->t, in->row);
}

static inline void put_row(struct world *w, const struct table_desc *t, void *row)
{
	ok(tx_run(&w->c, plan_insert_tx, &(struct plan_row_in){t, row}));
}

static inline const char *case_of(struct world *w, int64_t person_id, const char *kind)
{
	struct t_care_case k;
	row_init(&T_care_case, &k);
	k.person_id = person_id;
	k.org_id = 1;
	k.kind = kind;
	k.status = "preparing";
	k.staff_id = 111;
	put_row(w, &T_care_case, &k);
	return k.pid;
}

static inline const char *plan_new(struct world *w, const char *case_kind, const char *kind)
{
	const char *pid = NULL;
	ok(plan_create(&w->c, case_of(w, 1, case_kind), kind, NULL, &pid));
	return pid;
}

static inline struct plan_tree tree(struct world *w, const char *pid)
{
	struct plan_tree t;
	ok(plan_get(&w->c, pid, &t));
	return t;
}

static inline void certified(struct world *w, const char *level, civil from, civil to)
{
	struct t_certification k;
	certification_init(&k);
	k.person_id = 1;
	k.status = "certified";
	k.apply_kind = "new";
	k.level = level;
	k.applied_on = from > w->c.today ? w->c.today : from;
	k.decided_on = from + 20 > w->c.today ? w->c.today : from + 20;
	k.from_on = from;
	k.to_on = to;
	k.insurer_no = "139999";
	k.period_reason = "見本";
	err e = certification_save(&w->c, &k, NULL);
	for (size_t i = 0; e != OK && i < w->c.n_faults; i++)
		print_error("%s: %s\n", w->c.faults[i].field, w->c.faults[i].message);
	assert_int_equal(e, OK);
}

static inline const char *assessed(struct world *w)
{
	struct t_assessment a;
	row_init(&T_assessment, &a);
	a.person_id = 1;
	a.org_id = 1;
	a.view = "home";
	a.status = "confirmed";
	a.done_on = w->c.today;
	a.wish_person = "家で暮らしたい";
	a.own_words = "もう一度、畑に出たい";
	put_row(w, &T_assessment, &a);
	static const char *const items[][3] = {{"a12_adl", "屋外の歩行が不安定", "1"}, {"a15_social", "外出が減った", ""}, {"a21_carer", "娘が夜に眠れない", "1"}};
	for (size_t i = 0; i < 3; i++) {
		struct t_assessment_item k;
		row_init(&T_assessment_item, &k);
		k.person_id = 1;
		k.assessment_id = a.id;
		k.code = items[i][0];
		k.record_class = i == 2 ? CLASS_FAMILY : CLASS_CARE;
		k.judgement = items[i][1];
		k.is_issue = *items[i][2] != '\0';
		put_row(w, &T_assessment_item, &k);
	}
	return a.pid;
}

/* Head texts, one need, goal, formal service and slot; nothing in it that plan_check blocks. */
static inline void full_plan(struct world *w, const char *pid)
{
	struct plan_tree t = tree(w, pid);
	t.plan.analysis = t.plan.kind[0] == 'h' ? "歩く力を取り戻したい" : "";
	t.plan.wish_person = "畑に出たい";
	t.plan.overall_policy = "転倒を防ぎ、外に出る力を取り戻す";
	struct t_plan_need need;
	struct t_plan_goal goal;
	struct t_plan_service svc;
	struct t_plan_slot slot;
	row_init(&T_plan_need, &need);
	need.no = 1;
	need.text = "屋外の歩行が不安定";
	row_init(&T_plan_goal, &goal);
	goal.no = 1;
	goal.long_text = "畑まで歩ける";
	goal.short_text = "庭を歩ける";
	goal.long_from_on = goal.short_from_on = t.plan.from_on;
	goal.long_to_on = goal.short_to_on = t.plan.to_on;
	row_init(&T_plan_service, &svc);
	svc.no = 1;
	svc.actor = "formal";
	svc.content = "歩行の練習";
	svc.covered = "Y";
	svc.type = "通所介護";
	svc.type_code = "15";
	svc.org_id = 3;
	svc.office = "東デイサービス";
	svc.freq = "週1回";
	svc.times_week = 1;
	svc.days = "1000000";
	svc.time_from = 540;
	svc.time_to = 960;
	svc.from_on = t.plan.from_on;
	svc.to_on = t.plan.to_on;
	svc.options_shown = 2;
	row_init(&T_plan_slot, &slot);
	slot.service = "通所介護";
	slot.dow = 1;
	slot.from_min = 540;
	slot.to_min = 960;
	struct plan_child k[] = {{PLAN_NEED, "n1", "", &need, false}, {PLAN_GOAL, "g1", "n1", &goal, false},
	                         {PLAN_SERVICE, "s1", "g1", &svc, false}, {PLAN_SLOT, "l1", "s1", &slot, false}};
	err e = plan_save(&w->c, &(struct plan_edit){.pid = pid, .head = &t.plan, .children = k, .n_children = 4}, NULL, NULL);
	for (size_t i = 0; e != OK && i < w->c.n_faults; i++)
		print_error("%s: %s\n", w->c.faults[i].field, w->c.faults[i].message);
	assert_int_equal(e, OK);
}

/* Straight into a state, past the flow. */
static inline void set_status(struct world *w, const char *pid, const char *status)
{
	world_sql(w, "UPDATE plan SET status = '%s' WHERE pid = '%s'", status, pid);
}

/* A delivered plan of person 1 that began some months ago. */
static inline const char *plan_running(struct world *w, const char *case_kind, const char *kind, civil from, civil to)
{
	const char *pid = plan_new(w, case_kind, kind);
	full_plan(w, pid);
	if (str_eq(kind, "prevention"))
		world_sql(w, "UPDATE plan_need SET goal = '庭を歩ける'");
	world_sql(w, "UPDATE plan SET from_on = '%s', plan_on = '%s', to_on = '%s', status = 'delivered' WHERE pid = '%s'", iso(w, from), iso(w, from), iso(w, to), pid);
	world_sql(w, "UPDATE care_case SET start_on = '%s', expl_on = '%s', contract_on = '%s', status = 'active'", iso(w, from), iso(w, from), iso(w, from));
	return pid;
}

#endif
