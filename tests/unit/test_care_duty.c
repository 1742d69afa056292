/* Duties from the records: what a case's papers say on a day, who sees it, what the month asks before it is closed, and what a closed
 * month refuses. The rules themselves are held by test_duty_rules. */
#include "plan_world.h"

#include "base/str.h"
#include "care/caseload.h"
#include "care/duty_month.h"
#include "care/duty_waiver.h"
#include "care/monitor.h"
#include "care/office_record.h"
#include "law/duty.h"
#include "register/evidence.h"

#include <string.h>

static const char *const MENDS[] = {
#define DUTY_MEND(key, label, path) key,
#include "care/duty_mends.tbl.h"
#undef DUTY_MEND
};

struct put {
	struct evidence_new e;
};

static err put_tx(struct ctx *c, void *arg) { return evidence_add(c, &((struct put *)arg)->e); }

static void fact(struct world *w, const char *code, int class, civil on, const char *table, int64_t id, const char *body)
{
	struct put p = {{.code = code, .person_id = 1, .org_id = 1, .record_class = class, .on_day = on, .table_name = table, .row_id = id, .body = body}};
	ok(tx_run(&w->c, put_tx, &p));
}

/* A case of 居宅介護支援 since 1 September with a consented plan from 1 October; what the test wants stands in evidence. */
static const char *plan_in_use(struct world *w)
{
	certified(w, "c2", D(2026, 9, 1), D(2027, 8, 31));
	const char *pid = plan_new(w, "home", "home");
	world_sql(w, "UPDATE care_case SET start_on = '2026-09-01', contract_on = '2026-09-01', status = 'active' WHERE person_id = 1");
	world_sql(w, "UPDATE plan SET status = 'delivered', create_on = '2026-09-20', from_on = '2026-10-01', to_on = '2027-03-31', consented_on = '2026-09-25' WHERE pid = '%s'", pid);
	return pid;
}

static struct duty_list judged(struct world *w, civil on, const char *rule)
{
	struct duty_list l;
	ok(duty_list(&w->c, &(struct duty_list_query){.why = true, .q = {.on = on, .from = D(2026, 9, 1), .org_id = 1, .rule = rule}}, &l));
	return l;
}

static void is_line(const struct duty_list *l, size_t i, civil anchor, enum duty_status status)
{
	assert_true(i < l->n);
	if (l->v[i].anchor != anchor || l->v[i].status != status)
		fail_msg("line %zu: %d %s, wanted %d %s", i, l->v[i].anchor, duty_status_code(l->v[i].status), anchor, duty_status_code(status));
}

static void the_papers_of_a_case(void **state)
{
	struct world *w = *state;
	const char *pid = plan_in_use(w);
	civil today = w->c.today;
	struct duty_list l = judged(w, today, "R-CM-13-10-consent");
	is_line(&l, 0, D(2026, 10, 1), DUTY_OVERDUE); /* no paper of it: October and, still open, November */
	assert_int_equal(l.n, 2);
	assert_true(l.v[0].open);
	fact(w, "REC-CONSENT", CLASS_CARE, D(2026, 9, 25), "plan_consent", 1,
	     arena_fmt(w->arena, "{\"agreed_on\":\"2026-09-25\",\"target\":\"plan:%s:abc\",\"agreed_by\":\"self\",\"how\":\"paper\",\"electronic_ok_on\":null}", pid));
	l = judged(w, today, "R-CM-13-10-consent");
	assert_int_equal(l.n, 1);
	is_line(&l, 0, D(2026, 10, 1), DUTY_DONE);
	assert_string_equal(l.v[0].fact_table, "plan_consent");
	assert_int_equal(l.v[0].fact_on, D(2026, 9, 25));
	assert_true(strstr(l.v[0].why->computation, "→") && l.v[0].why->n_inputs > 0 && *l.v[0].rule->source);
	/* a consent to another plan does not count */
	world_sql(w, "UPDATE evidence SET body = replace(body, 'plan:%s', 'plan:other') WHERE code = 'REC-CONSENT'", pid);
	l = judged(w, today, "R-CM-13-10-consent");
	is_line(&l, 0, D(2026, 10, 1), DUTY_OVERDUE);
	/* an unreadable row counts for nothing and takes nothing away */
	world_sql(w, "UPDATE evidence SET body = '{' WHERE code = 'REC-CONSENT'");
	l = judged(w, today, "R-CM-13-10-consent");
	is_line(&l, 0, D(2026, 10, 1), DUTY_OVERDUE);
	/* months of interviews: from the plan's first month, none before */
	l = judged(w, today, "R-CM-13-14-monthly");
	assert_int_equal(l.n, 2);
	is_line(&l, 0, D(2026, 10, 1), DUTY_OVERDUE);
	is_line(&l, 1, D(2026, 11, 1), DUTY_DUE);
	fact(w, "REC-MON", CLASS_CARE, D(2026, 11, 5), "monitoring", 1, "{\"done_on\":\"2026-11-05\",\"how\":\"home\",\"by\":\"x\",\"written_on\":\"2026-11-06\",\"content\":true}");
	l = judged(w, today, "R-CM-13-14-monthly");
	is_line(&l, 1, D(2026, 11, 1), DUTY_DONE);
	l = judged(w, D(2026, 11, 4), "R-CM-13-14-monthly"); /* the day before nothing is known of it */
	is_line(&l, 1, D(2026, 11, 1), DUTY_DUE);
}

static void a_draft_begins_nothing_while_a_plan_runs(void **state)
{
	struct world *w = *state;
	(void)plan_in_use(w);
	world_sql(w, "INSERT INTO plan (pid, version, person_id, org_id, case_id, kind, status, version_no, revision_no, create_on, plan_on, from_on, to_on, created_ms, created_by, updated_ms, updated_by)"
	             " SELECT 'pln0000000000000000000draft', 1, 1, 1, case_id, kind, 'draft', 2, 0, '2026-10-20', '2026-10-20', '2026-11-01', '2027-03-31', 0, 0, 0, 0 FROM plan WHERE version_no = 1");
	struct duty_list l = judged(w, w->c.today, "R-CM-13-10-consent");
	for (size_t i = 0; i < l.n; i++)
		assert_string_not_equal(l.v[i].part, "pln0000000000000000000draft");
	/* once the first plan is over, the draft is what is in use, and lacks its consent */
	world_sql(w, "UPDATE plan SET to_on = '2026-10-31' WHERE version_no = 1");
	l = judged(w, w->c.today, "R-CM-13-10-consent");
	bool found = false;
	for (size_t i = 0; i < l.n; i++)
		found = found || (str_eq(l.v[i].part, "pln0000000000000000000draft") && l.v[i].status == DUTY_OVERDUE);
	assert_true(found);
}

/* A second version, agreed; days as ISO. */
static void second_version(struct world *w, const char *create_on, const char *consented_on, const char *from_on)
{
	world_sql(w, "INSERT INTO plan (pid, version, person_id, org_id, case_id, kind, status, version_no, revision_no, create_on, plan_on, consented_on, from_on, to_on, created_ms, created_by, updated_ms, updated_by)"
	             " SELECT 'pln000000000000000000second', 1, 1, 1, case_id, kind, 'delivered', 2, 0, '%s', '%s', '%s', '%s', '2027-05-31', 0, 0, 0, 0 FROM plan WHERE version_no = 1", create_on, create_on, consented_on, from_on);
}

static void equipment(struct world *w, int id, const char *plan)
{
	world_sql(w, "INSERT INTO plan_goal (id, pid, version, person_id, plan_id, need_id, no, created_ms, created_by, updated_ms, updated_by)"
	             " SELECT %d, 'gol%023d', 1, 1, id, 1, 1, 0, 0, 0, 0 FROM plan WHERE pid = '%s'", 900 + id, id, plan);
	world_sql(w, "INSERT INTO plan_service (pid, version, person_id, plan_id, goal_id, no, actor, type_code, office, reason, created_ms, created_by, updated_ms, updated_by)"
	             " SELECT 'srv%023d', 1, 1, id, %d, 1, 'formal', '17', '貸与の店', '歩行の支え', 0, 0, 0, 0 FROM plan WHERE pid = '%s'", id, 900 + id, plan);
}

static const char SCM[] = "{\"held_on\":\"2026-09-22\",\"attendees\":\"\",\"form\":\"\",\"tv_agreed\":false,\"absentees\":\"\"}";

static enum duty_status of_plan(struct world *w, const char *rule, civil anchor)
{
	struct duty_list l = judged(w, D(2026, 11, 26), rule);
	for (size_t i = 0; i < l.n; i++)
		if (l.v[i].anchor == anchor)
			return l.v[i].status;
	return DUTY_NOT_APPLICABLE;
}

/* The meeting between the draft and the start of the first version was that version's: the second asks for its own, and so does its equipment. */
static void each_version_has_its_own_meeting(void **state)
{
	struct world *w = *state;
	const char *first = plan_in_use(w);
	second_version(w, "2026-11-10", "2026-11-20", "2026-11-24");
	world_sql(w, "INSERT INTO plan_need (id, pid, version, person_id, plan_id, no, created_ms, created_by, updated_ms, updated_by) SELECT 1, 'ned%023d', 1, 1, id, 1, 0, 0, 0, 0 FROM plan WHERE version_no = 1", 1);
	equipment(w, 1, first);
	equipment(w, 2, "pln000000000000000000second");
	fact(w, "REC-SCM", CLASS_MEETING, D(2026, 9, 22), "care_meeting", 1, SCM);
	fact(w, "REC-ASSESS", CLASS_CARE, D(2026, 9, 21), "assessment", 1,
	     "{\"done_on\":\"2026-09-21\",\"place\":\"home\",\"at_home\":true,\"met_person\":true,\"met_family\":true,\"items\":23,\"purpose_told\":true}");
	assert_int_equal(of_plan(w, "R-CM-13-09-scm", D(2026, 9, 25)), DUTY_DONE);
	assert_int_equal(of_plan(w, "R-CM-13-09-scm", D(2026, 11, 20)), DUTY_OVERDUE);
	assert_int_equal(of_plan(w, "R-CM-13-07-visit", D(2026, 11, 10)), DUTY_OVERDUE); /* nor is a visit before the first consent one for the second draft */
	assert_int_equal(of_plan(w, "R-CM-13-22-rental", D(2026, 10, 1)), DUTY_DONE);
	assert_int_equal(of_plan(w, "R-CM-13-22-rental", D(2026, 11, 24)), DUTY_OVERDUE);
	fact(w, "REC-SCM", CLASS_MEETING, D(2026, 11, 18), "care_meeting", 2, SCM);
	assert_int_equal(of_plan(w, "R-CM-13-09-scm", D(2026, 11, 20)), DUTY_DONE);
	assert_int_equal(of_plan(w, "R-CM-13-22-rental", D(2026, 11, 24)), DUTY_DONE);
	/* a 軽微な変更 leaves the meeting out, and the equipment stays as it was looked at */
	world_sql(w, "DELETE FROM evidence WHERE row_id = 2 AND table_name = 'care_meeting'");
	world_sql(w, "UPDATE plan SET change_kind = 'minor', change_minor_code = 'minor_day', change_judged_by = 111, change_reason = '曜日だけ' WHERE version_no = 2");
	assert_int_equal(of_plan(w, "R-CM-13-09-scm", D(2026, 11, 20)), DUTY_NOT_APPLICABLE);
	assert_int_equal(of_plan(w, "R-CM-13-22-rental", D(2026, 11, 24)), DUTY_DONE);
}

/* R-CM-PEN-3 「当該計画に係る月」: drafted in September for October, without a visit: nothing in September, October half, November nothing paid. */
static void a_plan_is_reduced_from_its_own_month(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct duty_month m;
	const char *pid = plan_in_use(w);
	fact(w, "REC-EXPL", CLASS_CARE, D(2026, 9, 1), "care_case", 1,
	     "{\"explained_on\":\"2026-09-01\",\"explained_by\":\"x\",\"to\":\"本人\",\"items\":\"choice|reason|hospital|important\",\"doc_version\":\"\",\"agreed\":true}");
	fact(w, "REC-SCM", CLASS_MEETING, D(2026, 9, 22), "care_meeting", 1, SCM);
	fact(w, "REC-CONSENT", CLASS_CARE, D(2026, 9, 25), "plan_consent", 1,
	     arena_fmt(w->arena, "{\"agreed_on\":\"2026-09-25\",\"target\":\"plan:%s:abc\",\"agreed_by\":\"self\",\"how\":\"paper\",\"electronic_ok_on\":null}", pid));
	for (int k = 10; k <= 11; k++)
		fact(w, "REC-MON", CLASS_CARE, D(2026, k, 5), "monitoring", k,
		     arena_fmt(w->arena, "{\"done_on\":\"2026-%d-05\",\"how\":\"home\",\"by\":\"x\",\"written_on\":\"2026-%d-06\",\"content\":true}", k, k));
	assert_int_equal(of_plan(w, "R-CM-13-07-visit", D(2026, 9, 20)), DUTY_OVERDUE); /* the day by which it had to be stays */
	ok(duty_month_read(c, D(2026, 9, 1), true, &m));
	assert_int_equal(m.n_cases, 0);
	assert_int_equal(m.n, 0);
	ok(duty_month_read(c, D(2026, 10, 1), true, &m));
	assert_int_equal(m.n_cases, 1);
	assert_int_equal(m.cases[0].percent, 50);
	assert_int_equal(m.cases[0].first, D(2026, 10, 1));
	ok(duty_month_read(c, D(2026, 11, 1), true, &m));
	assert_int_equal(m.cases[0].percent, 0);
	/* the visit made after the draft and before the plan began: late, and no month of the plan lacks it */
	fact(w, "REC-ASSESS", CLASS_CARE, D(2026, 9, 24), "assessment", 1,
	     "{\"done_on\":\"2026-09-24\",\"place\":\"home\",\"at_home\":true,\"met_person\":true,\"met_family\":true,\"items\":23,\"purpose_told\":true}");
	assert_int_equal(of_plan(w, "R-CM-13-07-visit", D(2026, 9, 20)), DUTY_OVERDUE);
	ok(duty_month_read(c, D(2026, 10, 1), true, &m));
	assert_int_equal(m.n_cases, 0);
}

/* Months are asked for while a plan is in use; where none is, a row of the house says so. */
static void without_a_plan(void **state)
{
	struct world *w = *state;
	struct duty_list l;
	(void)plan_in_use(w);
	world_sql(w, "UPDATE plan SET to_on = '2026-10-10'");
	l = judged(w, D(2026, 12, 15), "R-CM-13-14-monthly");
	assert_int_equal(l.n, 1);
	is_line(&l, 0, D(2026, 10, 1), DUTY_OVERDUE);
	l = judged(w, D(2026, 12, 15), "R-CM-14-claim");
	assert_int_equal(l.n, 1);
	is_line(&l, 0, D(2026, 10, 1), DUTY_OVERDUE);
	l = judged(w, D(2026, 12, 15), "HOUSE-PLAN-LAPSED");
	is_line(&l, 0, D(2026, 10, 11), DUTY_WARNED);
	assert_true(l.v[0].open && strstr(l.v[0].target, "10月10日"));
	assert_int_equal(l.n_open, 1); /* so the page does not say that there is nothing to do */
	ok(duty_list(&w->c, &(struct duty_list_query){.only_open = true, .statuses = DUTY_SEES(DUTY_DUE) | DUTY_SEES(DUTY_OVERDUE), .q = {.on = D(2026, 12, 15), .org_id = 1, .rule = "HOUSE-PLAN-LAPSED"}}, &l));
	assert_int_equal(l.n, 1);
	ok(duty_list(&w->c, &(struct duty_list_query){.only_open = true, .statuses = DUTY_SEES(DUTY_DUE), .soon_days = 30, .q = {.on = D(2026, 12, 15), .org_id = 1, .rule = "HOUSE-PLAN-LAPSED"}}, &l));
	assert_int_equal(l.n, 0); /* nothing of it falls due soon */
	/* a second version after a gap: its months, and no row of the house while it is agreed */
	second_version(w, "2026-11-10", "2026-11-20", "2026-12-24");
	l = judged(w, D(2026, 12, 15), "HOUSE-PLAN-LAPSED");
	assert_int_equal(l.n, 0);
	l = judged(w, D(2027, 1, 15), "R-CM-13-14-monthly");
	assert_int_equal(l.n, 3);
	is_line(&l, 1, D(2026, 12, 1), DUTY_OVERDUE);
	is_line(&l, 2, D(2027, 1, 1), DUTY_DUE);
	world_sql(w, "UPDATE plan SET from_on = '2026-10-11' WHERE version_no = 2"); /* the day after: nothing between */
	l = judged(w, D(2027, 1, 15), "R-CM-13-14-monthly");
	assert_int_equal(l.n, 4);
	/* no plan at all: from the start of support, waiting at first */
	world_sql(w, "UPDATE plan SET status = 'cancelled'");
	l = judged(w, D(2026, 9, 20), "HOUSE-PLAN-NONE");
	is_line(&l, 0, D(2026, 9, 1), DUTY_DUE);
	l = judged(w, D(2026, 12, 15), "HOUSE-PLAN-NONE");
	is_line(&l, 0, D(2026, 9, 1), DUTY_WARNED);
	assert_true(strstr(l.v[0].target, "105日") != NULL);
	world_sql(w, "UPDATE care_case SET end_on = '2026-11-30' WHERE person_id = 1");
	l = judged(w, D(2026, 12, 15), "HOUSE-PLAN-NONE");
	assert_int_equal(l.n, 0);
}

static void who_sees_it(void **state)
{
	struct world *w = *state;
	struct duty_list l;
	(void)plan_in_use(w);
	fact(w, "REC-SCM", CLASS_MEETING, D(2026, 9, 22), "care_meeting", 1, "{\"held_on\":\"2026-09-22\",\"attendees\":\"\",\"form\":\"\",\"tv_agreed\":false,\"absentees\":\"\"}");
	l = judged(w, w->c.today, "R-CM-13-09-scm");
	is_line(&l, 0, D(2026, 9, 25), DUTY_DONE);
	assert_int_equal(l.blind, 0);
	/* who may not see meetings is told nothing of the duty, neither that it was kept nor that it was not */
	uint32_t was = w->c.may[CLASS_I_MEETING][ACTION_SEE];
	w->c.may[CLASS_I_MEETING][ACTION_SEE] = 0;
	l = judged(w, w->c.today, "R-CM-13-09-scm");
	assert_int_equal(l.n, 0);
	assert_int_equal(l.blind, CLASS_MEETING);
	w->c.may[CLASS_I_MEETING][ACTION_SEE] = was;
	stranger(w);
	ok(duty_list(&w->c, &(struct duty_list_query){.q = {.on = w->c.today, .from = CIVIL_NONE}}, &l));
	assert_int_equal(l.n_subjects, 0);
}

static void the_office_itself(void **state)
{
	struct world *w = *state;
	struct duty_list l;
	world_sql(w, "UPDATE org SET kind = 'centre', valid_from = '2024-04-01' WHERE id = 1");
	ok(duty_list(&w->c, &(struct duty_list_query){.q = {.on = w->c.today, .from = CIVIL_NONE, .org_id = 1, .subjects = DUTY_OF_OFFICE, .rule = "R-HC-STAFF"}}, &l));
	assert_int_equal(l.n, 1);
	assert_int_equal(l.v[0].status, DUTY_OVERDUE); /* nobody has a licence yet */
	static const char *const p[] = {"phn", "social_worker", "chief_cm"};
	for (int i = 0; i < 3; i++)
		world_sql(w, "INSERT INTO staff_licence (pid, version, staff_id, profession, created_ms, created_by, updated_ms, updated_by) VALUES ('lic%023d', 1, %d, '%s', 0, 0, 0, 0)", i, i == 0 ? 111 : i == 1 ? 115 : 116, p[i]);
	ok(duty_list(&w->c, &(struct duty_list_query){.q = {.on = w->c.today, .from = CIVIL_NONE, .org_id = 1, .subjects = DUTY_OF_OFFICE, .rule = "R-HC-STAFF"}}, &l));
	assert_int_equal(l.v[0].status, DUTY_DONE);
	world_sql(w, "UPDATE staff_licence SET expires_on = '%s' WHERE profession = 'chief_cm'", "2026-10-31");
	ok(duty_list(&w->c, &(struct duty_list_query){.q = {.on = w->c.today, .from = CIVIL_NONE, .org_id = 1, .subjects = DUTY_OF_OFFICE, .rule = "R-HC-STAFF"}}, &l));
	assert_int_equal(l.v[0].status, DUTY_OVERDUE);
}

static void record(struct world *w, const char *person_pid, struct t_office_record *r)
{
	err e = office_record_save(&w->c, person_pid, r, NULL);
	for (size_t i = 0; e != OK && i < w->c.n_faults; i++)
		print_error("%s: %s\n", w->c.faults[i].field, w->c.faults[i].message);
	assert_int_equal(e, OK);
}

static enum duty_status staffing(struct world *w, const char *rule)
{
	struct duty_list l;
	ok(duty_list(&w->c, &(struct duty_list_query){.why = true, .q = {.on = w->c.today, .from = CIVIL_NONE, .org_id = 1, .subjects = DUTY_OF_OFFICE, .rule = rule}}, &l));
	assert_true(l.n < 2);
	return l.n ? l.v[0].status : DUTY_NOT_APPLICABLE;
}

/* R-HC-STAFF-S, -L: by the number of people that the centre wrote down. T-YB-14: 1,500 with the council's word: two, one of them full time. */
static void how_many_a_centre_needs(void **state)
{
	struct world *w = *state;
	struct t_office_record r;
	static const char *const p[] = {"phn", "social_worker", "chief_cm"};
	world_sql(w, "UPDATE org SET kind = 'centre', valid_from = '2020-04-01' WHERE id = 1");
	world_sql(w, "UPDATE staff_post SET is_full_time = 0 WHERE org_id = 1");
	for (int i = 0; i < 2; i++)
		world_sql(w, "INSERT INTO staff_licence (pid, version, staff_id, profession, created_ms, created_by, updated_ms, updated_by) VALUES ('lic%023d', 1, %d, '%s', 0, 0, 0, 0)", i, i == 0 ? 111 : 115, p[i]);
	assert_int_equal(staffing(w, "R-HC-STAFF"), DUTY_OVERDUE); /* no number: one of each */
	assert_int_equal(staffing(w, "R-HC-STAFF-S"), DUTY_NOT_APPLICABLE);
	office_record_init(&w->c, "population", &r);
	r.what = "yes";
	r.from_on = D(2026, 4, 1);
	r.units = 1500;
	r.content = "住民基本台帳";
	record(w, "", &r);
	assert_int_equal(staffing(w, "R-HC-STAFF"), DUTY_NOT_APPLICABLE);
	assert_int_equal(staffing(w, "R-HC-STAFF-S"), DUTY_OVERDUE); /* two, but nobody full time */
	world_sql(w, "UPDATE staff_post SET is_full_time = 1 WHERE staff_id = 115");
	assert_int_equal(staffing(w, "R-HC-STAFF-S"), DUTY_DONE);
	r.what = "no"; /* the council has not said so */
	record(w, "", &r);
	assert_int_equal(staffing(w, "R-HC-STAFF-S"), DUTY_NOT_APPLICABLE);
	assert_int_equal(staffing(w, "R-HC-STAFF"), DUTY_OVERDUE);
	/* a later number takes its place: 8,000 is 2,000 over, one step of the default */
	world_sql(w, "INSERT INTO staff_licence (pid, version, staff_id, profession, created_ms, created_by, updated_ms, updated_by) VALUES ('lic%023d', 1, 116, 'chief_cm', 0, 0, 0, 0)", 2);
	office_record_init(&w->c, "population", &r);
	r.what = "no";
	r.from_on = D(2026, 10, 1);
	r.units = 8000;
	r.content = "住民基本台帳";
	record(w, "", &r);
	assert_int_equal(staffing(w, "R-HC-STAFF"), DUTY_DONE);
	assert_int_equal(staffing(w, "R-HC-STAFF-L"), DUTY_WARNED);
	world_sql(w, "INSERT INTO org (id, pid, version, kind, name, name_fold, insurer_no, created_ms, created_by, updated_ms, updated_by) VALUES (77, 'org00000000000000000insurer', 1, 'insurer', '試験市', '試験市', '138888', 0, 0, 0, 0)");
	world_sql(w, "UPDATE org SET insurer_org_id = 77 WHERE id = 1");
	world_sql(w, "INSERT INTO insurer_param (id, pid, version, insurer_org_id, key, value, valid_from, valid_to, ground, created_ms, created_by, updated_ms, updated_by)"
	             " VALUES (1, 'par%023d', 1, 77, 'hc_large_step', '2001', '2020-04-01', '9999-12-31', '条例', 0, 0, 0, 0)", 1);
	assert_int_equal(staffing(w, "R-HC-STAFF-L"), DUTY_DONE);
}

static enum duty_status line_of(struct world *w, civil on, const char *rule, civil month)
{
	struct duty_list l = judged(w, on, rule);
	for (size_t i = 0; i < l.n; i++)
		if (l.v[i].anchor == month)
			return l.v[i].status;
	return DUTY_NOT_APPLICABLE;
}

/* care/monitor_due plans ahead, the list of cases counts, law/duty judges: over all ways in which two months can be visited, telephoned by
 * picture or left out, they say the same of the third. */
static void monitoring_says_the_same(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_care_case k;
	civil today = D(2026, 12, 10), december = D(2026, 12, 1);
	(void)plan_in_use(w);
	world_sql(w, "UPDATE plan SET plan_on = '2026-09-20'");
	fact(w, "REC-TVOK", CLASS_CARE, D(2026, 9, 25), "monitoring", 900, "{\"agreed_on\":\"2026-09-25\",\"parties_on\":\"2026-09-25\",\"meeting\":\"\",\"three_items\":true,\"informant\":\"\"}");
	w->c.today = today;
	w->c.now_ms += (int64_t)60 * 86400000;
	static const char *const how[] = {"", "visit", "video"};
	for (int way = 0; way < 27; way++) {
		const int m[3] = {way % 3, way / 3 % 3, way / 9}; /* October, November, the first days of December */
		world_sql(w, "DELETE FROM monitoring");
		world_sql(w, "DELETE FROM evidence WHERE code = 'REC-MON'");
		for (int i = 0; i < 3; i++) {
			if (!m[i])
				continue;
			world_sql(w, "INSERT INTO monitoring (id, pid, version, person_id, org_id, case_id, plan_id, kind, mon_on, mon_ym, method, created_ms, created_by, updated_ms, updated_by)"
			             " SELECT %d, 'mon%023d', 1, 1, 1, case_id, id, 'home', '2026-%d-05', '2026-%d', '%s', 0, 0, 0, 0 FROM plan", i + 1, i + 1, 10 + i, 10 + i, how[m[i]]);
			fact(w, "REC-MON", CLASS_CARE, D(2026, 10 + i, 5), "monitoring", i + 1,
			     arena_fmt(w->arena, "{\"done_on\":\"2026-%d-05\",\"how\":\"%s\",\"by\":1,\"written_on\":\"2026-%d-05\",\"content\":true}", 10 + i, m[i] == 1 ? "home" : "tv", 10 + i));
		}
		int64_t missing;
		struct monitor_due due;
		ok(row_load(c, &T_care_case, 1, &k));
		ok(monitor_due_of(c, &k, today, &due));
		ok(caseload_count(c, &(struct caseload_filter){.kind = "home", .only = "monitoring"}, &missing));
		enum duty_status now = line_of(w, today, "R-CM-13-14-monthly", december);
		if ((missing == 1) != (now == DUTY_DUE))
			fail_msg("way %d: the list says %lld, the duty %s", way, (long long)missing, duty_status_code(now));
		civil month = civil_from(civil_ymd(due.interview_due).y, civil_ymd(due.interview_due).m, 1);
		bool none_at_all = !m[0] && !m[1] && !m[2], behind = !m[2] && !m[1];
		assert_int_equal(month, m[2] ? D(2027, 1, 1) : !behind ? december : none_at_all ? D(2026, 10, 1) : D(2026, 11, 1));
		/* when that month has gone by with nothing, its interview is missing; with a テレビ電話 only, the visit is where it had to be one */
		assert_int_equal(line_of(w, due.interview_due + 1, "R-CM-13-14-monthly", month), DUTY_OVERDUE);
		w->c.now_ms += (int64_t)60 * 86400000;
		char day[CIVIL_TEXT];
		civil_text(month + 20, day);
		fact(w, "REC-MON", CLASS_CARE, month + 20, "monitoring", 9, arena_fmt(w->arena, "{\"done_on\":\"%s\",\"how\":\"tv\",\"by\":1,\"written_on\":\"%s\",\"content\":true}", day, day));
		enum duty_status home = line_of(w, due.interview_due + 1, "R-CM-13-14-home", month);
		w->c.now_ms -= (int64_t)60 * 86400000;
		if (!behind && due.must_visit != (home == DUTY_OVERDUE))
			fail_msg("way %d: must_visit %d, the duty %s", way, due.must_visit, duty_status_code(home));
	}
}

/* A service of the plan, under a need and a goal of its own. */
static void service(struct world *w, const char *plan_where, int id, const char *type, const char *columns, const char *values)
{
	world_sql(w, "INSERT INTO plan_need (id, pid, version, person_id, plan_id, no, created_ms, created_by, updated_ms, updated_by)"
	             " SELECT %d, 'ned%023d', 1, 1, id, %d, 0, 0, 0, 0 FROM plan WHERE %s", id, id, id, plan_where);
	world_sql(w, "INSERT INTO plan_goal (id, pid, version, person_id, plan_id, need_id, no, created_ms, created_by, updated_ms, updated_by)"
	             " SELECT %d, 'gol%023d', 1, 1, id, %d, %d, 0, 0, 0, 0 FROM plan WHERE %s", id, id, id, id, plan_where);
	world_sql(w, "INSERT INTO plan_service (id, pid, version, person_id, plan_id, goal_id, no, type_code, actor, created_ms, created_by, updated_ms, updated_by%s)"
	             " SELECT %d, 'svc%023d', 1, 1, id, %d, %d, '%s', 'formal', 0, 0, 0, 0%s FROM plan WHERE %s", columns, id, id, id, id, type, values, plan_where);
}

/* R-CM-13-21-short, R-YB-30-23: counted from the plans and from the days written down, never given from outside. */
static void short_stays_are_counted(void **state)
{
	struct world *w = *state;
	struct t_office_record r;
	struct duty_list l;
	(void)plan_in_use(w); /* 1 October to 31 March, in a certification of 365 days from 1 September */
	l = judged(w, w->c.today, "R-CM-13-21-short");
	assert_int_equal(l.n, 0);
	world_sql(w, "UPDATE plan SET to_on = '2027-08-31'"); /* eleven months */
	service(w, "version_no = 1", 701, "21", ", times_month", ", 16"); /* 176 days */
	l = judged(w, w->c.today, "R-CM-13-21-short");
	assert_int_equal(l.n, 0);
	world_sql(w, "UPDATE plan_service SET times_month = 17 WHERE id = 701"); /* 187 of 365 */
	l = judged(w, w->c.today, "R-CM-13-21-short");
	assert_int_equal(l.n, 1);
	is_line(&l, 0, w->c.today, DUTY_WARNED);
	assert_non_null(strstr(l.v[0].why->computation, "187"));
	/* a service of another kind is no stay; a week of four days is, for as long as the service runs */
	world_sql(w, "UPDATE plan_service SET type_code = '15' WHERE id = 701");
	assert_int_equal(judged(w, w->c.today, "R-CM-13-21-short").n, 0);
	world_sql(w, "UPDATE plan_service SET type_code = '22', times_month = NULL, times_week = 4 WHERE id = 701"); /* 335 days × 4/7 = 191 */
	l = judged(w, w->c.today, "R-CM-13-21-short");
	is_line(&l, 0, w->c.today, DUTY_WARNED);
	assert_non_null(strstr(l.v[0].why->computation, "191"));
	world_sql(w, "UPDATE plan_service SET to_on = '2027-07-31' WHERE id = 701"); /* 304 × 4/7 = 173 */
	assert_int_equal(judged(w, w->c.today, "R-CM-13-21-short").n, 0);
	/* what was used takes the place of what was foreseen: September had no plan, October was longer */
	office_record_init(&w->c, "short_use", &r);
	r.from_on = D(2026, 9, 1);
	r.units = 10; /* 183 */
	record(w, prs(w, 1), &r);
	l = judged(w, w->c.today, "R-CM-13-21-short");
	is_line(&l, 0, w->c.today, DUTY_WARNED);
	assert_non_null(strstr(l.v[0].why->computation, "183"));
	r.units = 9; /* 182, and 182.5 is half */
	record(w, prs(w, 1), &r);
	assert_int_equal(judged(w, w->c.today, "R-CM-13-21-short").n, 0);
	office_record_init(&w->c, "short_use", &r);
	r.from_on = D(2026, 10, 1);
	r.units = 31; /* for 17 5/7 */
	record(w, prs(w, 1), &r);
	l = judged(w, w->c.today, "R-CM-13-21-short");
	is_line(&l, 0, w->c.today, DUTY_WARNED);
	/* the reason that the law allows */
	struct t_duty_waiver x;
	duty_waiver_init(&w->c, &x);
	x.rule = "R-CM-13-21-short";
	x.kind = "short_stay:needed";
	x.ground = "介護者の入院が長引き、ほかに看る人がいない";
	x.from_on = w->c.today;
	x.to_on = D(2027, 8, 31);
	ok(duty_waiver_save(&w->c, prs(w, 1), "", &x, NULL));
	l = judged(w, w->c.today, "R-CM-13-21-short");
	is_line(&l, 0, w->c.today, DUTY_WAIVED);
	r.units = 32;
	is_err(office_record_save(&w->c, prs(w, 1), &r, NULL), ERR_INPUT);
	assert_non_null(strstr(fault_text(&w->c, "units"), "その月の日数"));
}

/* R-CM-13-18-3-office: what the municipality asked, as the office wrote it down. */
static void asked_by_the_municipality(void **state)
{
	struct world *w = *state;
	struct t_office_record r;
	struct duty_list l;
	struct duty_list_query q = {.why = true, .q = {.from = CIVIL_NONE, .org_id = 1, .subjects = DUTY_OF_OFFICE, .rule = "R-CM-13-18-3-office"}};
	world_sql(w, "UPDATE org SET kind = 'home_cm', valid_from = '2020-04-01' WHERE id = 1");
	q.q.on = w->c.today;
	ok(duty_list(&w->c, &q, &l));
	assert_int_equal(l.n, 0);
	office_record_init(&w->c, "share", &r);
	r.partner = "青葉市";
	r.other_on = w->c.today + 20;
	r.doc_no = "7,000,000";
	r.hours = "１０，０００，０００";
	r.state = "4200000";
	record(w, "", &r);
	ok(duty_list(&w->c, &q, &l));
	is_line(&l, 0, w->c.today + 20, DUTY_DUE);
	assert_int_equal(l.v[0].due_on, w->c.today + 20);
	r.state = "4199999"; /* under 60 % */
	record(w, "", &r);
	ok(duty_list(&w->c, &q, &l));
	assert_int_equal(l.n, 0);
	r.state = "−1";
	is_err(office_record_save(&w->c, "", &r, NULL), ERR_INPUT);
	assert_non_null(fault_of(&w->c, "state"));
	fault_clear(&w->c);
	r.state = "4200000";
	record(w, "", &r);
	office_record_init(&w->c, "filing", &r);
	r.what = "lifeaid_office";
	r.partner = "青葉市";
	record(w, "", &r);
	ok(duty_list(&w->c, &q, &l));
	is_line(&l, 0, w->c.today + 20, DUTY_DONE);
}

/* R-CM-29-records: from the end of the case; by the fee, where the insurer has it so; and not while something holds the records back. */
static void how_long_records_are_kept(void **state)
{
	struct world *w = *state;
	struct t_office_record r;
	struct duty_list l;
	(void)plan_in_use(w);
	world_sql(w, "UPDATE care_case SET end_on = '2026-10-31', end_reason = 'moved'");
	l = judged(w, w->c.today, "R-CM-29-records");
	is_line(&l, 0, D(2026, 10, 31), DUTY_BLOCKED);
	assert_int_equal(l.v[0].due_on, D(2028, 10, 31));
	l = judged(w, D(2028, 11, 1), "R-CM-29-records");
	is_line(&l, 0, D(2026, 10, 31), DUTY_DONE);
	world_sql(w, "INSERT INTO org (id, pid, version, kind, name, name_fold, insurer_no, created_ms, created_by, updated_ms, updated_by) VALUES (77, 'org00000000000000000insurer', 1, 'insurer', '試験市', '試験市', '138888', 0, 0, 0, 0)");
	world_sql(w, "UPDATE org SET insurer_org_id = 77 WHERE id = 1");
	world_sql(w, "UPDATE person_insurance SET insurer_no = '138888'");
	world_sql(w, "INSERT INTO insurer_param (id, pid, version, insurer_org_id, key, value, valid_from, valid_to, ground, created_ms, created_by, updated_ms, updated_by)"
	             " VALUES (1, 'par%023d', 1, 77, 'completion_rule', 'fee_received', '2020-04-01', '9999-12-31', '条例', 0, 0, 0, 0)", 1);
	/* no fee is known to have come in: the day is not known, so nothing may go */
	l = judged(w, D(2028, 11, 1), "R-CM-29-records");
	is_line(&l, 0, D(2026, 10, 31), DUTY_BLOCKED);
	office_record_init(&w->c, "bill", &r);
	r.on_day = D(2026, 11, 10);
	r.from_on = D(2026, 10, 1);
	r.other_on = D(2026, 11, 20);
	record(w, prs(w, 1), &r);
	l = judged(w, D(2028, 11, 20), "R-CM-29-records");
	is_line(&l, 0, D(2026, 11, 20), DUTY_BLOCKED);
	l = judged(w, D(2028, 11, 21), "R-CM-29-records");
	is_line(&l, 0, D(2026, 11, 20), DUTY_DONE);
	/* a dispute */
	office_record_init(&w->c, "hold", &r);
	r.from_on = D(2026, 11, 1);
	r.to_on = D(2029, 3, 31);
	r.content = "損害賠償の訴え";
	record(w, prs(w, 1), &r);
	is_line((l = judged(w, D(2029, 3, 31), "R-CM-29-records"), &l), 0, D(2026, 11, 20), DUTY_BLOCKED);
	is_line((l = judged(w, D(2029, 4, 1), "R-CM-29-records"), &l), 0, D(2026, 11, 20), DUTY_DONE);
}

/* R-CMY-LIMIT: the units of the 給付管理票 against the limit, of the months in which the person was 事業対象者. */
static void the_limit_of_target_people(void **state)
{
	struct world *w = *state;
	struct t_office_record r;
	(void)plan_in_use(w);
	world_sql(w, "UPDATE care_case SET kind = 'prev_a'");
	office_record_init(&w->c, "bill", &r);
	r.from_on = D(2026, 10, 1);
	r.units = 5033;
	record(w, prs(w, 1), &r);
	assert_int_equal(judged(w, w->c.today, "R-CMY-LIMIT").n, 0); /* 要介護2 */
	world_sql(w, "UPDATE certification SET level = 'target', from_on = '2026-10-01'");
	struct duty_list l = judged(w, w->c.today, "R-CMY-LIMIT");
	assert_int_equal(l.n, 1);
	is_line(&l, 0, D(2026, 10, 1), DUTY_WARNED);
	world_sql(w, "UPDATE certification SET from_on = '2026-10-02'"); /* not yet so at the month's beginning */
	assert_int_equal(judged(w, w->c.today, "R-CMY-LIMIT").n, 0);
	world_sql(w, "UPDATE certification SET from_on = '2026-10-01'");
	r.units = 5032;
	record(w, prs(w, 1), &r);
	assert_int_equal(judged(w, w->c.today, "R-CMY-LIMIT").n, 0);
}

static void closing_a_month(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct duty_month m;
	(void)plan_in_use(w);
	/* everything before the plan's first day is in order; consent and delivery are not */
	fact(w, "REC-EXPL", CLASS_CARE, D(2026, 9, 1), "care_case", 1,
	     "{\"explained_on\":\"2026-09-01\",\"explained_by\":\"x\",\"to\":\"本人\",\"items\":\"choice|reason|hospital|important\",\"doc_version\":\"\",\"agreed\":true}");
	fact(w, "REC-ASSESS", CLASS_CARE, D(2026, 9, 10), "assessment", 1,
	     "{\"done_on\":\"2026-09-10\",\"place\":\"home\",\"at_home\":true,\"met_person\":true,\"met_family\":true,\"items\":23,\"purpose_told\":true}");
	fact(w, "REC-SCM", CLASS_MEETING, D(2026, 9, 22), "care_meeting", 1, "{\"held_on\":\"2026-09-22\",\"attendees\":\"\",\"form\":\"\",\"tv_agreed\":false,\"absentees\":\"\"}");
	ok(duty_month_read(c, D(2026, 10, 15), true, &m));
	assert_true(m.n > 0 && m.n_without == m.n && !m.may_close);
	/* the first month is halved, the second in a row pays nothing */
	assert_int_equal(m.n_cases, 1);
	assert_int_equal(m.cases[0].percent, 50);
	/* the units: none without a level at the month's end; (ⅰ) by it, of what is left */
	assert_true(m.cases[0].base ? m.cases[0].units == (m.cases[0].base->value + 1) / 2 : m.cases[0].units == INT_NULL);
	world_sql(w, "DELETE FROM certification");
	ok(duty_month_read(c, D(2026, 10, 15), false, &m));
	assert_true(m.n_cases == 1 && !m.cases[0].base && m.cases[0].units == INT_NULL);
	world_sql(w, "INSERT INTO certification (pid, version, person_id, status, apply_kind, level, decided_on, from_on, to_on, created_ms, created_by, updated_ms, updated_by)"
	             " VALUES ('crt%023d', 1, 1, 'certified', 'new', 'c3', '2026-09-10', '2026-09-01', '2027-08-31', 0, 0, 0, 0)", 1);
	ok(duty_month_read(c, D(2026, 10, 15), true, &m));
	assert_int_equal(m.cases[0].step, 1);
	assert_int_equal(m.cases[0].base->value, 1411);
	assert_int_equal(m.cases[0].units, 706); /* T-CM-07 */
	assert_int_equal(m.cases[0].first, D(2026, 10, 1));
	struct duty_month november;
	ok(duty_month_read(c, D(2026, 11, 1), false, &november));
	assert_int_equal(november.n_cases, 1);
	assert_int_equal(november.cases[0].percent, 0);
	assert_int_equal(november.cases[0].row, 2);
	is_err(duty_month_close(c, D(2026, 11, 1)), ERR_RANGE); /* not over */
	fault_clear(c);
	is_err(duty_month_close(c, D(2026, 10, 1)), ERR_REQUIRED);
	assert_true(strstr(fault_text(c, "month"), "理由のない行") != NULL);
	fault_clear(c);
	const struct duty_item *first = &m.v[0].i;
	is_err(duty_month_reason(c, D(2026, 10, 1), first->about->case_pid, first->rule->id, first->anchor, first->part, " "), ERR_REQUIRED);
	fault_clear(c);
	is_err(duty_month_reason(c, D(2026, 10, 1), first->about->case_pid, first->rule->id, D(2026, 9, 1), first->part, "別の月"), ERR_NOTFOUND);
	for (size_t i = 0; i < m.n; i++)
		ok(duty_month_reason(c, D(2026, 10, 1), m.v[i].i.about->case_pid, m.v[i].i.rule->id, m.v[i].i.anchor, m.v[i].i.part, "記録の入力もれ。次の月から計画を直す。"));
	ok(duty_month_close(c, D(2026, 10, 1)));
	ok(duty_month_read(c, D(2026, 10, 1), false, &m));
	assert_true(m.row.is_closed && m.row.lines == (int64_t)m.n && m.n_without == 0);
	assert_string_equal(m.v[0].reason, "記録の入力もれ。次の月から計画を直す。");
	/* a paper found afterwards answers a line; one that comes is told apart from those of the closing */
	int64_t lines = m.row.lines;
	world_sql(w, "UPDATE month_reason SET retired_ms = 1 WHERE id = (SELECT MIN(id) FROM month_reason)");
	ok(duty_month_read(c, D(2026, 10, 1), false, &m));
	assert_true(m.n_without == 1 && m.n_gone == 1 && m.row.lines == lines);
	world_sql(w, "UPDATE month_reason SET retired_ms = NULL");
	ok(duty_month_read(c, D(2026, 10, 1), false, &m));
	assert_true(m.n_without == 0 && m.n_gone == 0);
	/* nor is it excused afterwards: neither by a new exception nor by one that is moved into it */
	struct t_duty_waiver x;
	duty_waiver_init(c, &x);
	x.rule = "R-CM-13-14-monthly";
	x.kind = "monitoring:hospital";
	x.ground = "入院していた";
	x.from_on = D(2026, 10, 1);
	x.to_on = D(2026, 10, 31);
	is_err(duty_waiver_save(c, prs(w, 1), "", &x, NULL), ERR_RANGE);
	assert_true(strstr(fault_text(c, "from_on"), "令和8年10月") && strstr(fault_text(c, "from_on"), "毎月1回、本人に会います") && strstr(fault_text(c, "from_on"), "締めを開いて"));
	fault_clear(c);
	x.from_on = D(2026, 11, 1);
	x.to_on = D(2026, 11, 20);
	ok(duty_waiver_save(c, prs(w, 1), "", &x, NULL));
	x.from_on = D(2026, 10, 25);
	is_err(duty_waiver_save(c, prs(w, 1), "", &x, NULL), ERR_RANGE);
	fault_clear(c);
	duty_waiver_init(c, &x); /* of a rule that takes no fee away: nothing of the month changes */
	x.rule = "R-CM-13-13-2-medinfo";
	x.kind = "medinfo:not_needed";
	x.ground = "変化なし";
	x.from_on = x.to_on = D(2026, 10, 20);
	ok(duty_waiver_save(c, prs(w, 1), "", &x, NULL));
	/* what was closed is written no more, until somebody says why */
	is_err(duty_month_guard(c, 1, D(2026, 10, 31), "mon_on", "モニタリング"), ERR_RANGE);
	assert_true(strstr(fault_text(c, "mon_on"), "令和8年10月") && strstr(fault_text(c, "mon_on"), "13条14号"));
	fault_clear(c);
	ok(duty_month_guard(c, 1, D(2026, 11, 1), "mon_on", "モニタリング"));
	ok(duty_month_guard(c, 2, D(2026, 10, 31), "mon_on", "モニタリング")); /* the month of another office */
	is_err(duty_month_reason(c, D(2026, 10, 1), first->about->case_pid, first->rule->id, first->anchor, first->part, "あとから"), ERR_RANGE);
	fault_clear(c);
	is_err(duty_month_reopen(c, D(2026, 10, 1), ""), ERR_REQUIRED);
	fault_clear(c);
	ok(duty_month_reopen(c, D(2026, 10, 1), "訪問の記録が見つかった"));
	ok(duty_month_guard(c, 1, D(2026, 10, 31), "mon_on", "モニタリング"));
	is_err(duty_month_reopen(c, D(2026, 10, 1), "もう一度"), ERR_NOTFOUND);
	assert_int_equal(count_of(w, "revision", "table_name = 'month_close'"), 2);
	/* a reason taken away is in the history, and the month asks for it again */
	ok(duty_month_reason(c, D(2026, 10, 1), first->about->case_pid, first->rule->id, first->anchor, first->part, ""));
	ok(duty_month_read(c, D(2026, 10, 1), false, &m));
	assert_int_equal(m.n_without, 1);
}

static const char *const EXPLAINED = "{\"explained_on\":\"2026-08-30\",\"explained_by\":\"x\",\"to\":\"本人\",\"items\":\"important\",\"doc_version\":\"\",\"agreed\":%s}";

static enum duty_status known_on(struct world *w, civil known)
{
	struct duty_list l;
	ok(duty_list(&w->c, &(struct duty_list_query){.q = {.on = D(2026, 11, 1), .from = D(2026, 9, 1), .org_id = 1, .rule = "R-CM-04-1-info",
		.known_ms = known == CIVIL_NONE ? 0 : duty_known_ms(known)}}, &l));
	return l.n ? l.v[0].status : DUTY_NOT_APPLICABLE;
}

static void as_known_then(void **state)
{
	struct world *w = *state;
	int64_t now = w->c.now_ms;
	struct t_care_case k;
	world_clock(w, civil_instant_start(D(2026, 9, 2)));
	row_init(&T_care_case, &k);
	k.person_id = k.org_id = 1;
	k.kind = "home";
	k.status = "active";
	k.start_on = k.contract_on = D(2026, 9, 1);
	put_row(w, &T_care_case, &k);
	world_clock(w, civil_instant_start(D(2026, 9, 5)));
	fact(w, "REC-EXPL", CLASS_CARE, D(2026, 8, 30), "care_case", k.id, arena_fmt(w->arena, EXPLAINED, "true"));
	world_clock(w, civil_instant_start(D(2026, 10, 1)));
	fact(w, "REC-EXPL", CLASS_CARE, D(2026, 8, 30), "care_case", k.id, arena_fmt(w->arena, EXPLAINED, "false"));
	world_clock(w, civil_instant_start(D(2026, 10, 10)));
	fact(w, "REC-EXPL", CLASS_CARE, D(2026, 8, 30), "care_case", k.id, arena_fmt(w->arena, EXPLAINED, "false")); /* says the same: nothing new */
	world_clock(w, now);
	assert_int_equal(known_on(w, D(2026, 9, 1)), DUTY_NOT_APPLICABLE); /* nobody knew of the case */
	assert_int_equal(known_on(w, D(2026, 9, 4)), DUTY_OVERDUE);
	assert_int_equal(known_on(w, D(2026, 9, 5)), DUTY_DONE);
	assert_int_equal(known_on(w, D(2026, 9, 30)), DUTY_DONE);
	assert_int_equal(known_on(w, D(2026, 10, 1)), DUTY_OVERDUE);
	assert_int_equal(known_on(w, CIVIL_NONE), DUTY_OVERDUE);
	assert_int_equal(count_of(w, "evidence_past", "1 = 1"), 1);
}

static size_t lines_of(const struct duty_list *l, int64_t person_id)
{
	size_t n = 0;
	for (size_t i = 0; i < l->n; i++)
		n += l->v[i].about->person_id == person_id;
	return n;
}

static struct duty_list asked(struct world *w, int64_t staff_id, int64_t person_id)
{
	struct duty_list l;
	ok(duty_list(&w->c, &(struct duty_list_query){.q = {.on = w->c.today, .from = D(2026, 9, 1), .org_id = 1, .staff_id = staff_id, .person_id = person_id}}, &l));
	return l;
}

/* Cases of others stand between those asked for: nothing of theirs is told, and nothing of the own is lost. */
static void others_stand_between(void **state)
{
	struct world *w = *state;
	(void)plan_in_use(w);
	world_console(w);
	static const char copy[] = "INSERT INTO care_case (id, pid, version, person_id, org_id, staff_id, kind, status, contract_on, start_on, created_ms, created_by, updated_ms, updated_by)"
		" SELECT id + %d, 'cas0000000000000000000000%d', 1, %d, org_id, %d, kind, status, '2026-09-01', '2026-09-01', 0, 0, 0, 0 FROM care_case WHERE pid NOT LIKE 'cas%%'";
	world_sql(w, "UPDATE care_case SET staff_id = 1");
	world_sql(w, copy, 1, 1, 2, 2);
	world_sql(w, copy, 2, 2, 1, 1);
	for (int64_t i = 0; i < 3; i++)
		world_sql(w, "INSERT INTO evidence (code, person_id, org_id, record_class, on_day, recorded_ms, table_name, row_id, body)"
		             " VALUES ('REC-MON', %d, 1, 2, '2026-10-05', 0, 'monitoring', %d, '{\"how\":\"home\",\"content\":true}')", i == 1 ? 2 : 1, (int)i + 1);
	struct duty_list all = asked(w, 0, 0), mine = asked(w, 1, 0), one = asked(w, 0, 1), other = asked(w, 2, 0);
	assert_true(lines_of(&all, 1) > 0 && lines_of(&all, 2) > 0);
	assert_int_equal(mine.n, lines_of(&all, 1));
	assert_int_equal(one.n, mine.n);
	assert_int_equal(other.n, lines_of(&all, 2));
	for (size_t i = 0; i < mine.n; i++)
		assert_true(str_eq(mine.v[i].rule->id, one.v[i].rule->id) && mine.v[i].status == one.v[i].status && mine.v[i].fact_row == one.v[i].fact_row);
	/* two people who turned out to be one: the record of either counts, the earlier written first */
	world_sql(w, "UPDATE person SET cluster_id = 1 WHERE id = 2");
	world_sql(w, "UPDATE evidence SET person_id = 3 - person_id WHERE row_id < 3");
	mine = asked(w, 1, 0);
	bool kept = false;
	for (size_t i = 0; i < mine.n; i++)
		if (str_eq(mine.v[i].rule->id, "R-CM-13-14-monthly") && mine.v[i].anchor == D(2026, 10, 1)) {
			kept = true;
			assert_int_equal(mine.v[i].fact_row, 1);
		}
	assert_true(kept);
}

struct binned {
	const struct table_desc *t;
	int64_t id;
};

static err bin_tx(struct ctx *c, void *arg)
{
	const struct binned *b = arg;
	return row_retire(c, b->t, b->id, "まちがい");
}

static size_t lines_known(struct world *w, const char *rule, civil known)
{
	struct duty_list l;
	ok(duty_list(&w->c, &(struct duty_list_query){.q = {.on = D(2026, 11, 10), .from = D(2026, 9, 1), .org_id = 1, .rule = rule,
		.known_ms = known == CIVIL_NONE ? 0 : duty_known_ms(known)}}, &l));
	return l.n;
}

/* A recipient put away since, a case in the bin since: then they stood. */
static void what_is_in_the_bin_stood_then(void **state)
{
	struct world *w = *state;
	int64_t now = w->c.now_ms;
	struct t_care_case k;
	struct t_plan p;
	struct t_plan_delivery d;
	struct t_certification cert;
	world_clock(w, civil_instant_start(D(2026, 9, 20)));
	row_init(&T_care_case, &k);
	k.person_id = k.org_id = 1;
	k.kind = "home";
	k.status = "active";
	k.start_on = k.contract_on = D(2026, 9, 1);
	put_row(w, &T_care_case, &k);
	row_init(&T_plan, &p);
	p.person_id = p.org_id = 1;
	p.case_id = k.id;
	p.kind = "home";
	p.status = "consented";
	p.version_no = 1;
	p.create_on = p.plan_on = p.consented_on = D(2026, 9, 20);
	p.from_on = D(2026, 10, 1);
	p.to_on = D(2027, 3, 31);
	put_row(w, &T_plan, &p);
	row_init(&T_plan_delivery, &d);
	d.person_id = 1;
	d.plan_id = p.id;
	d.kind = "office";
	d.name = "見本ヘルプ";
	put_row(w, &T_plan_delivery, &d);
	row_init(&T_certification, &cert);
	cert.person_id = 1;
	cert.status = "certified";
	cert.apply_kind = "new";
	cert.level = "c3";
	cert.applied_on = D(2026, 7, 1);
	cert.decided_on = D(2026, 7, 20);
	cert.from_on = D(2026, 7, 1);
	cert.to_on = D(2026, 10, 31);
	put_row(w, &T_certification, &cert);
	size_t one = lines_known(w, "R-CM-13-11-deliver", D(2026, 9, 20));
	assert_true(one > 0);
	world_clock(w, civil_instant_start(D(2026, 9, 25)));
	row_init(&T_plan_delivery, &d);
	d.person_id = 1;
	d.plan_id = p.id;
	d.kind = "office";
	d.name = "見本デイ";
	put_row(w, &T_plan_delivery, &d);
	world_clock(w, civil_instant_start(D(2026, 10, 5)));
	ok(tx_run(&w->c, bin_tx, &(struct binned){&T_plan_delivery, d.id}));
	world_clock(w, civil_instant_start(D(2026, 10, 20)));
	ok(tx_run(&w->c, bin_tx, &(struct binned){&T_certification, cert.id}));
	ok(tx_run(&w->c, bin_tx, &(struct binned){&T_plan, p.id}));
	world_clock(w, civil_instant_start(D(2026, 11, 5)));
	ok(tx_run(&w->c, bin_tx, &(struct binned){&T_care_case, k.id}));
	world_clock(w, now);
	size_t renewals = lines_known(w, "R-NT-RENEW-WIN", D(2026, 10, 21));
	assert_int_equal(lines_known(w, "R-CM-13-11-deliver", D(2026, 9, 19)), 0);
	assert_int_equal(lines_known(w, "R-CM-13-11-deliver", D(2026, 9, 24)), one);
	assert_true(lines_known(w, "R-CM-13-11-deliver", D(2026, 9, 25)) > one); /* two offices */
	assert_int_equal(lines_known(w, "R-CM-13-11-deliver", D(2026, 10, 5)), one);
	assert_int_equal(lines_known(w, "R-CM-13-11-deliver", D(2026, 10, 20)), 0); /* the plan in the bin */
	assert_int_equal(lines_known(w, "R-NT-RENEW-WIN", D(2026, 9, 19)), renewals); /* the certification was not known */
	assert_int_equal(lines_known(w, "R-NT-RENEW-WIN", D(2026, 9, 20)), renewals + 1);
	assert_int_equal(lines_known(w, "R-NT-RENEW-WIN", D(2026, 10, 19)), renewals + 1);
	assert_int_equal(lines_known(w, "R-NT-RENEW-WIN", D(2026, 10, 20)), renewals); /* it is in the bin */
	assert_true(lines_known(w, "R-CM-04-1-info", D(2026, 10, 20)) > 0);
	assert_int_equal(lines_known(w, "R-CM-04-1-info", D(2026, 11, 5)), 0); /* the case in the bin */
	assert_int_equal(lines_known(w, "R-CM-04-1-info", CIVIL_NONE), 0);
}

static void every_line_leads_somewhere(void **state)
{
	struct world *w = *state;
	const struct law_catalogue *law = w->house.law;
	for (size_t i = 0; i < duty_rule_count(law); i++) {
		const struct duty_rule_view *r = duty_rule_view(duty_rule_at(law, i));
		bool found = false;
		for (size_t k = 0; k < sizeof MENDS / sizeof MENDS[0]; k++)
			found = found || str_eq(MENDS[k], r->mend);
		if (!found)
			fail_msg("%s: no page for %s", r->id, r->mend);
	}
}

/* 2,400 cases: three ranges, so that hands share them. */
static void many_cases(struct world *w)
{
	world_sql(w, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2400)"
	             " INSERT INTO person (id, pid, version, cluster_id, name, kana, own_org_id, created_ms, created_by, updated_ms, updated_by)"
	             " SELECT 1000 + i, printf('prs%%023d', 1000 + i), 1, 1000 + i, '見本 ' || i, 'ミホン', 1 + i %% 3, 0, 0, 0, 0 FROM n");
	world_sql(w, "INSERT INTO care_case (pid, version, person_id, org_id, kind, status, contract_on, start_on, created_ms, created_by, updated_ms, updated_by)"
	             " SELECT printf('cas%%023d', id), 1, id, own_org_id, 'home', 'active', '2026-09-01', '2026-09-' || printf('%%02d', 1 + id %% 30), 0, 0, 0, 0 FROM person WHERE id > 1000");
	world_sql(w, "INSERT INTO evidence (code, person_id, org_id, record_class, on_day, recorded_ms, table_name, row_id, body)"
	             " SELECT 'REC-CONSENT', id, own_org_id, 2, '2026-09-25', 0, 'plan_consent', id, '{\"agreed_on\":\"2026-09-25\",\"target\":\"plan:x:y\"}' FROM person WHERE id > 1000");
}

static void several_hands_find_the_same(void **state)
{
	struct world *w = *state;
	struct duty_list one, three;
	(void)plan_in_use(w);
	many_cases(w);
	world_console(w);
	struct duty_list_query q = {.why = true, .q = {.on = w->c.today, .from = D(2026, 9, 1), .subjects = DUTY_OF_CASE | DUTY_OF_PERSON | DUTY_OF_OFFICE | DUTY_OF_INSURER}};
	ok(duty_list(&w->c, &q, &one));
	q.hands = 3;
	assert_true(duty_hands_may(&w->c, &q.q));
	ok(duty_list(&w->c, &q, &three));
	assert_true(one.n > 4800 && one.n == three.n && one.n_subjects == three.n_subjects && one.n_open == three.n_open);
	assert_memory_equal(one.count, three.count, sizeof one.count);
	for (size_t i = 0; i < one.n; i++) {
		const struct duty_item *a = &one.v[i], *b = &three.v[i];
		if (a->rule != b->rule || a->about->id != b->about->id || a->about->kind != b->about->kind || a->status != b->status || a->anchor != b->anchor || a->fact_row != b->fact_row)
			fail_msg("line %zu: %s of %lld, by hands %s of %lld", i, a->rule->id, (long long)a->about->id, b->rule->id, (long long)b->about->id);
		assert_string_equal(a->why->computation, b->why->computation);
		assert_string_equal(a->about->name, b->about->name);
	}
	/* nobody but the whole house is shared out, and nothing inside a transaction */
	q.q.org_id = 1;
	assert_false(duty_hands_may(&w->c, &q.q));
	q.q.org_id = 0;
	w->c.tx_depth = 1;
	assert_false(duty_hands_may(&w->c, &q.q));
	w->c.tx_depth = 0;
	/* memory that does not hold what the hands found: an error and no half list */
	struct arena *own = w->c.arena, *small = arena_new((size_t)256 << 10);
	w->c.arena = small;
	is_err(duty_list(&w->c, &q, &three), ERR_NOMEM);
	w->c.arena = own;
	arena_free(small);
	/* each hand has the rights of the caller, no more: a centre sees its own people */
	w->c.actor = (struct actor){.account_id = 1, .staff_id = 1, .org_id = 1, .role = ROLE_CENTRE_NURSE, .login = "n", .purpose = "test"};
	policy_load(&w->c);
	q.hands = 1;
	ok(duty_list(&w->c, &q, &one));
	q.hands = 2;
	ok(duty_list(&w->c, &q, &three));
	assert_true(one.n == three.n && one.n_subjects == three.n_subjects && one.n_subjects < 2400);
}

static err count_lines(struct ctx *c, const struct duty_item *i, void *arg)
{
	(void)c;
	*(int64_t *)arg += *i->rule->id && i->why;
	return OK;
}

static void a_stream_keeps_nothing(void **state)
{
	struct world *w = *state;
	struct duty_list kept, passed;
	int64_t n = 0;
	(void)plan_in_use(w);
	many_cases(w);
	world_console(w);
	struct duty_list_query q = {.why = true, .only_open = true, .q = {.on = w->c.today, .from = D(2026, 9, 1)}};
	ok(duty_list(&w->c, &q, &kept));
	q.each = count_lines;
	q.each_arg = &n;
	size_t before = arena_used(w->c.arena);
	ok(duty_list(&w->c, &q, &passed));
	assert_int_equal(n, kept.n);
	assert_true(passed.n == 0 && passed.n_subjects == kept.n_subjects);
	assert_true(arena_used(w->c.arena) - before < 100000);
}

static void measure(struct world *w, const char *kind, const char *what, civil on)
{
	struct t_office_record r;
	office_record_init(&w->c, kind, &r);
	r.what = what;
	r.on_day = on;
	r.partner = "山本 順子";
	r.content = "定めた";
	r.is_yes = true;
	ok(office_record_save(&w->c, "", &r, NULL));
}

static bool lacks_part(const struct duty_lack *l, const char *rule, civil since)
{
	for (size_t i = 0; i < l->n; i++)
		if (str_eq(l->v[i].rule, rule))
			return l->v[i].since == since;
	return false;
}

/* R-FE-07: any one measure against abuse, and the plan for emergencies, by the months of the tables. */
static void what_the_office_lacks(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct duty_month m;
	int64_t left;
	(void)plan_in_use(w);
	world_sql(w, "UPDATE org SET kind = 'home_cm', valid_from = '%s' WHERE id = 1", "2020-04-01");
	c->today = D(2026, 12, 20);
	c->now_ms = civil_instant_start(c->today);
	ok(duty_month_read(c, D(2026, 10, 1), false, &m));
	assert_true(m.lacks.judged && m.lacks.n == 2 && m.lacks.percent == 1 && m.lacks.cases == 1);
	assert_int_equal(m.lacks.v[0].n, 4);
	assert_true(lacks_part(&m.lacks.v[0], "R-CM-27-2-abuse-guide", D(2024, 4, 1)) && lacks_part(&m.lacks.v[0], "R-CM-27-2-abuse", D(2025, 4, 2)));
	assert_true(m.lacks.v[0].first == D(2024, 5, 1) && m.lacks.v[0].last == CIVIL_OPEN);
	assert_true(m.lacks.v[1].n == 1 && m.lacks.v[1].first == D(2025, 4, 1)); /* from the month itself: it was lacking on its first day */
	/* both are taken from what 運営基準減算 leaves */
	assert_int_equal(m.lacks.before, m.cases[0].units);
	ok(law_lack_units(c->house->law, law_month_of(D(2026, 10, 1)), m.lacks.before, 2, &left));
	assert_int_equal(m.lacks.after, left);
	/* the plan is made: the month in which it is mended is still reduced, the next is not (T-CM-36) */
	measure(w, "measure", "bcp_plan", D(2026, 10, 10));
	ok(duty_month_read(c, D(2026, 10, 1), false, &m));
	assert_true(m.lacks.n == 2 && m.lacks.v[1].v[0].mended == D(2026, 10, 10) && m.lacks.v[1].last == D(2026, 10, 1));
	ok(duty_month_read(c, D(2026, 11, 1), false, &m));
	assert_true(m.lacks.n == 1 && m.lacks.v[0].n == 4);
	/* three of four are not enough */
	measure(w, "measure", "abuse_guide", D(2026, 11, 9));
	measure(w, "committee", "abuse", D(2026, 11, 9));
	measure(w, "committee", "abuse_training", D(2026, 11, 9));
	ok(duty_month_read(c, D(2026, 12, 1), false, &m));
	assert_true(m.lacks.n == 1 && m.lacks.v[0].n == 1 && str_eq(m.lacks.v[0].v[0].rule, "R-CM-27-2-abuse-officer"));
	measure(w, "measure", "abuse_officer", D(2026, 11, 30));
	ok(duty_month_read(c, D(2026, 12, 1), false, &m));
	assert_int_equal(m.lacks.n, 0);
	ok(duty_month_read(c, D(2026, 11, 1), false, &m));
	assert_true(m.lacks.n == 1 && m.lacks.v[0].last == D(2026, 11, 1));
	ok(duty_month_read(c, D(2024, 3, 1), false, &m)); /* before the law */
	assert_int_equal(m.lacks.n, 0);
	/* whoever may not see the records of the office is told nothing, neither that something is lacking nor that nothing is */
	c->may_own[ACTION_SEE] &= ~(unsigned)CLASS_MEETING;
	ok(duty_month_read(c, D(2026, 10, 1), false, &m));
	assert_true(!m.lacks.judged && m.lacks.n == 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {CARE(what_the_office_lacks), CARE(the_papers_of_a_case), CARE(a_draft_begins_nothing_while_a_plan_runs), CARE(who_sees_it),
		CARE(the_office_itself), CARE(monitoring_says_the_same), CARE(closing_a_month), CARE(each_version_has_its_own_meeting), CARE(a_plan_is_reduced_from_its_own_month), CARE(without_a_plan), CARE(as_known_then), CARE(what_is_in_the_bin_stood_then), CARE(others_stand_between), CARE(several_hands_find_the_same), CARE(a_stream_keeps_nothing), CARE(every_line_leads_somewhere), CARE(short_stays_are_counted), CARE(asked_by_the_municipality), CARE(how_long_records_are_kept), CARE(how_many_a_centre_needs), CARE(the_limit_of_target_people)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
