/* 原案委託: the whole exchange between a centre (org 1) and an office (org 3), with what another office sees at every step: nothing. */
#include "plan_world.h"

#include "care/case.h"
#include "care/care_log.h"
#include "care/commission.h"
#include "care/evaluate.h"
#include "care/hospital.h"
#include "care/mandate.h"
#include "register/staff.h"

static void chief(struct world *w) { be(w, 17, 1, ROLE_CENTRE_CHIEF_CM); }
static void office(struct world *w) { be(w, 31, 3, ROLE_CM); }
static void other(struct world *w) { be(w, 41, 4, ROLE_CM); }

static int open_world(void **state)
{
	if (care_open(state) != 0)
		return -1;
	struct world *w = *state;
	world_sql(w, "UPDATE org SET kind = 'home_cm', name = '東居宅介護支援事業所' WHERE id = 3");
	world_sql(w, "INSERT INTO org (id, pid, version, kind, name, created_ms, created_by, updated_ms, updated_by) VALUES (4, 'org%023d', 1, 'home_cm', '西居宅介護支援事業所', 0, 0, 0, 0)", 4);
	care_account(w, 17, 1, ROLE_CENTRE_CHIEF_CM);
	care_account(w, 31, 3, ROLE_CM);
	care_account(w, 41, 4, ROLE_CM);
	chief(w);
	return 0;
}
#define COMMISSION(f) cmocka_unit_test_setup_teardown(f, open_world, world_close)

static const char *orgp(struct world *w, int id) { return arena_fmt(w->arena, "org%023d", id); }

static err ask(struct world *w, const char *case_pid, int to, struct t_commission *r)
{
	fault_clear(&w->c);
	commission_init(&w->c, r);
	r->council_on = w->c.today - 30;
	r->until_on = w->c.today + 180;
	r->note = "週1回の通所を希望";
	return commission_save(&w->c, prs(w, 1), r, case_pid, orgp(w, to), NULL);
}

static void asked(struct world *w, const char *case_pid, struct t_commission *r)
{
	err e = ask(w, case_pid, 3, r);
	for (size_t i = 0; e != OK && i < w->c.n_faults; i++)
		print_error("%s: %s\n", w->c.faults[i].field, w->c.faults[i].message);
	assert_int_equal(e, OK);
}

static int64_t seen(struct world *w)
{
	struct commission_row *v;
	size_t n;
	int64_t total;
	ok(commission_list(&w->c, "", false, 0, 0, &v, &n, &total));
	assert_int_equal(n, total);
	return total;
}

/* Neither the commission nor the person, for the actor of now; leaves the chief as actor. */
static void nothing(struct world *w, const char *pid)
{
	struct commission_view m;
	struct commission_event *e;
	size_t n;
	assert_int_equal(seen(w), 0);
	is_err(commission_get(&w->c, pid, &m), ERR_NOTFOUND);
	m.row.pid = pid;
	is_err(commission_events(&w->c, &m, &e, &n), ERR_NOTFOUND);
	is_err(commission_step(&w->c, pid, "accept", "", ""), ERR_NOTFOUND);
	is_err(policy_check(&w->c, 1, CLASS_NAMECARD, ACTION_SEE), ERR_NOTFOUND);
	assert_int_equal(open_tasks(w), 0);
	chief(w);
}

static void step(struct world *w, void (*who)(struct world *), const char *pid, const char *event, const char *body)
{
	who(w);
	err e = commission_step(&w->c, pid, event, body, str_eq(event, "eval_approve") && *body ? "continue" : "");
	for (size_t i = 0; e != OK && i < w->c.n_faults; i++)
		print_error("%s %s: %s\n", event, w->c.faults[i].field, w->c.faults[i].message);
	assert_int_equal(e, OK);
	other(w);
	nothing(w, pid);
}

static void stands(struct world *w, const char *pid, const char *status, enum commission_side turn)
{
	struct commission_view m;
	chief(w);
	ok(commission_get(&w->c, pid, &m));
	assert_string_equal(m.row.status, status);
	assert_int_equal(m.turn, turn);
	assert_int_equal(count_of(w, "task", "kind = 'commission' AND state = 'open' AND org_id = 1"), turn == COMMISSION_CENTRE);
	assert_int_equal(count_of(w, "task", "kind = 'commission' AND state = 'open' AND org_id = 3"), turn == COMMISSION_OFFICE);
}

static void refused(struct world *w, void (*who)(struct world *), const char *pid, const char *event, const char *body, const char *field)
{
	int64_t events = count_of(w, "commission_event", "1 = 1");
	who(w);
	assert_int_not_equal(commission_step(&w->c, pid, event, body, str_eq(event, "eval_approve") && *body ? "continue" : ""), OK);
	assert_true(*fault_text(&w->c, field));
	assert_int_equal(count_of(w, "commission_event", "1 = 1"), events);
}

/* The evaluation sheet of the office for its plan. */
static const char *evaluated(struct world *w, const char *plan)
{
	struct evaluate_tree t;
	office(w);
	world_sql(w, "UPDATE plan_need SET goal = '庭を歩ける'");
	ok(evaluate_new(&w->c, prs(w, 1), plan, "", &t));
	assert_true(t.row.is_commissioned);
	t.row.author_name = "見本 職員31";
	t.row.overall = "続ける";
	for (size_t i = 0; i < t.n_rows; i++) {
		t.rows[i].status = "庭を一周した";
		t.rows[i].achieved = "1";
		t.rows[i].next = "続ける";
	}
	err e = evaluate_save(&w->c, &t, NULL);
	for (size_t i = 0; e != OK && i < w->c.n_faults; i++)
		print_error("%s: %s\n", w->c.faults[i].field, w->c.faults[i].message);
	assert_int_equal(e, OK);
	return t.row.pid;
}

static void may_change(struct world *w, void (*who)(struct world *), const char *sheet, bool may)
{
	struct evaluate_tree t;
	who(w);
	fault_clear(&w->c);
	ok(evaluate_get(&w->c, sheet, &t));
	assert_int_equal(t.may_write, may);
	assert_true(*t.commission_pid);
	t.row.overall = arena_fmt(w->arena, "%s。", t.row.overall);
	assert_int_equal(evaluate_save(&w->c, &t, NULL) == OK, may);
	fault_clear(&w->c);
}

static void the_whole_exchange(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_commission r;
	struct commission_event *e;
	struct commission_view m;
	const char *plan, *sheet_bin, *case_pid = case_of(w, 1, "prevention");
	size_t n;
	/* who may write for the person for another reason still does not write in the centre's case */
	give(w, 3, 1, 0, RELATION_CASE);
	office(w);
	is_err(plan_create(c, case_pid, "prevention", "", &plan), ERR_PLAN_STATE);
	chief(w);
	world_sql(w, "DELETE FROM access_grant WHERE org_id = 3");
	asked(w, case_pid, &r);
	stands(w, r.pid, "requested", COMMISSION_OFFICE);
	assert_int_equal(count_of(w, "task", arena_fmt(w->arena, "kind = 'commission' AND due_on = '%s'", iso(w, c->today + 7))), 1);
	other(w);
	nothing(w, r.pid);
	/* the office has the name card, and no more */
	office(w);
	assert_int_equal(seen(w), 1);
	ok(commission_get(c, r.pid, &m));
	assert_false(m.sees_care);
	ok(policy_check(c, 1, CLASS_NAMECARD, ACTION_SEE));
	assert_int_not_equal(policy_check(c, 1, CLASS_CARE, ACTION_SEE), OK);
	assert_int_not_equal(plan_create(c, case_pid, "prevention", "", &plan), OK);
	refused(w, office, r.pid, "submit", "", "event");
	refused(w, office, r.pid, "end", "やめる", "event");   /* the centre's step */
	refused(w, chief, r.pid, "accept", "", "event");       /* the office's step */
	refused(w, office, r.pid, "refuse", " ", "body");
	step(w, office, r.pid, "accept", "担当します");
	stands(w, r.pid, "accepted", COMMISSION_OFFICE);
	refused(w, office, r.pid, "submit", "", "event"); /* no draft yet */
	office(w);
	ok(policy_check(c, 1, CLASS_CARE, ACTION_WRITE));
	is_err(policy_check_record(c, 1, CLASS_CONSULTATION, ACTION_SEE), ERR_NOTFOUND);
	ok(plan_create(c, case_pid, "prevention", "", &plan));
	assert_int_equal(count_of(w, "plan", "author_org_id = 3 AND org_id = 1 AND consignment = '2'"), 1);
	full_plan(w, plan);
	step(w, office, r.pid, "submit", "");
	stands(w, r.pid, "submitted", COMMISSION_CENTRE);
	refused(w, chief, r.pid, "return", "", "body");
	step(w, chief, r.pid, "return", "目標を本人の言葉で");
	stands(w, r.pid, "returned", COMMISSION_OFFICE);
	assert_int_equal(count_of(w, "plan_comment", "kind = 'return' AND body = '目標を本人の言葉で'"), 1);
	step(w, office, r.pid, "submit", "直しました");
	step(w, chief, r.pid, "approve", "この計画でよい");
	stands(w, r.pid, "approved", COMMISSION_OFFICE);
	assert_int_equal(count_of(w, "plan", "center_opinion = 'この計画でよい' AND center_checked_by = 117 AND center_checked_on IS NOT NULL"), 1);
	refused(w, office, r.pid, "submit", "", "event"); /* it is checked already */
	refused(w, office, r.pid, "eval_submit", "目標を達した", "event"); /* words are no evaluation */
	const char *sheet = evaluated(w, plan);
	assert_int_equal(count_of(w, "task", "kind = 'evaluation' AND table_name = 'evaluation' AND state = 'open'"), 0);
	step(w, office, r.pid, "eval_submit", "目標を達した");
	assert_int_equal(count_of(w, "commission", arena_fmt(w->arena, "evaluation_id = (SELECT id FROM evaluation WHERE pid = '%s')", sheet)), 1);
	may_change(w, office, sheet, false);
	stands(w, r.pid, "eval_submitted", COMMISSION_CENTRE);
	refused(w, chief, r.pid, "eval_approve", "", "decision");
	assert_true(*fault_text(c, "body"));
	step(w, chief, r.pid, "eval_return", "根拠を書き足して");
	may_change(w, office, sheet, true);
	step(w, office, r.pid, "eval_submit", "歩数が増えた");
	step(w, chief, r.pid, "eval_approve", "目標の期間を延ばして続ける");
	assert_int_equal(count_of(w, "evaluation", "center_decision = 'continue' AND center_opinion = '目標の期間を延ばして続ける' AND center_on IS NOT NULL"), 1);
	assert_int_equal(count_of(w, "commission_event", "event = 'eval_approve' AND evaluation_id IS NOT NULL"), 1);
	may_change(w, office, sheet, false);
	is_err(evaluate_retire(c, sheet, "まちがい", &sheet_bin), ERR_INPUT);
	stands(w, r.pid, "eval_approved", COMMISSION_CENTRE);
	office(w);
	ok(commission_get(c, r.pid, &m));
	ok(commission_events(c, &m, &e, &n));
	assert_int_equal(n, 10);
	assert_string_equal(e[0].event, "request");
	assert_string_equal(e[1].staff_name, "見本 職員31");
	assert_string_equal(e[9].event, "eval_approve");
	step(w, chief, r.pid, "end", "自立した");
	stands(w, r.pid, "ended", COMMISSION_NOBODY);
	assert_int_equal(count_of(w, "timeline", "table_name = 'commission_event'"), 11);
	office(w);
	nothing(w, r.pid);
	/* the name card for another reason does not open what was */
	give(w, 3, 1, CLASS_NAMECARD, RELATION_CONSENT);
	office(w);
	assert_int_equal(seen(w), 0);
	is_err(commission_get(c, r.pid, &m), ERR_NOTFOUND);
	/* at the centre reception has the name card alone: nothing of it */
	clerk(w);
	give(w, 1, 1, CLASS_NAMECARD, RELATION_AREA);
	world_sql(w, "DELETE FROM access_grant WHERE org_id = 1 AND relation = %d", RELATION_CASE);
	assert_int_equal(seen(w), 0);
	is_err(commission_get(c, r.pid, &m), ERR_NOTFOUND);
}

static void a_request_and_its_faults(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_commission r, again, bad;
	struct commission_view m;
	const char *home = case_of(w, 1, "home"), *case_pid = case_of(w, 1, "prev_a");
	is_err(ask(w, home, 3, &r), ERR_INPUT);
	assert_true(*fault_text(c, "case"));
	is_err(ask(w, case_pid, 2, &r), ERR_INPUT); /* a centre is no office */
	assert_true(*fault_text(c, "office"));
	fault_clear(c);
	commission_init(c, &bad);
	bad.scope = "";
	bad.until_on = c->today - 1;
	is_err(commission_save(c, prs(w, 1), &bad, case_pid, orgp(w, 3), NULL), ERR_INPUT);
	assert_true(*fault_text(c, "scope") && *fault_text(c, "until_on") && *fault_text(c, "council_on"));
	assert_int_equal(count_of(w, "commission", "1 = 1"), 0);
	assert_int_equal(count_of(w, "access_grant", "via_table = 'commission'"), 0);
	asked(w, case_pid, &r);
	is_err(ask(w, case_pid, 4, &again), ERR_INPUT); /* one at a time */
	/* refused: the name card closes again, another office may be asked */
	step(w, office, r.pid, "refuse", "手いっぱいです");
	office(w);
	nothing(w, r.pid);
	asked(w, case_pid, &r);
	step(w, chief, r.pid, "withdraw", "本人が別の事業所を希望");
	office(w);
	nothing(w, r.pid);
	/* two editors; then a term that has run out closes the record by itself */
	asked(w, case_pid, &r);
	struct t_commission x = r, y = r;
	struct row_conflict *conflict = NULL;
	x.note = "週2回";
	y.note = "週3回";
	ok(commission_save(c, prs(w, 1), &x, "", "", NULL));
	is_err(commission_save(c, prs(w, 1), &y, "", "", &conflict), ERR_CONFLICT);
	assert_string_equal(conflict->fields[0].theirs, "週2回");
	step(w, office, r.pid, "accept", "");
	is_err((office(w), commission_save(c, prs(w, 1), &x, "", "", NULL)), ERR_DENIED);
	c->today += 181;
	office(w);
	is_err(commission_get(c, r.pid, &m), ERR_NOTFOUND);
	chief(w);
	ok(commission_get(c, r.pid, &m));
	assert_true(m.lapsed);
}

static void days_go_by(struct world *w, int days) { world_clock(w, w->c.now_ms + days * INT64_C(86400000)); }

static void bin_of_a_request(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_commission r;
	struct commission_view m;
	const char *bin;
	asked(w, case_of(w, 1, "prevention"), &r);
	is_err(commission_retire(c, r.pid, "", &bin), ERR_REQUIRED);
	fault_clear(c);
	/* the office's right began with the request, and stands so again when it comes back days later, and after the next step */
	const char *right = arena_fmt(w->arena, "via_table = 'commission' AND org_id = 3 AND from_on = '%s' AND to_on = '%s'", iso(w, c->today), iso(w, r.until_on));
	assert_int_equal(count_of(w, "access_grant", right), 1);
	days_go_by(w, 1);
	ok(commission_retire(c, r.pid, "まちがい", &bin));
	is_err(commission_get(c, r.pid, &m), ERR_NOTFOUND);
	assert_int_equal(count_of(w, "access_grant", right), 0);
	office(w);
	nothing(w, r.pid);
	days_go_by(w, 2);
	ok(bin_restore(c, bin));
	assert_int_equal(count_of(w, "access_grant", right), 1);
	office(w);
	ok(commission_get(c, r.pid, &m));
	is_err(commission_retire(c, r.pid, "まちがい", &bin), ERR_DENIED);
	step(w, office, r.pid, "accept", "");
	assert_int_equal(count_of(w, "access_grant", right), 1);
	is_err(commission_retire(c, r.pid, "まちがい", &bin), ERR_INPUT);
}

static void the_end_of_the_case(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_commission r;
	const char *bin, *case_pid = case_of(w, 1, "prevention");
	asked(w, case_pid, &r);
	step(w, office, r.pid, "accept", "");
	is_err(case_retire(c, case_pid, "まちがい", &bin), ERR_INPUT);
	fault_clear(c);
	ok(case_close(c, case_pid, c->today, "moved", ""));
	stands(w, r.pid, "ended", COMMISSION_NOBODY);
	office(w);
	nothing(w, r.pid);
}

static void the_case_is_closed_to(struct world *w, const char *case_pid)
{
	struct ctx *c = &w->c;
	struct case_view k;
	struct t_care_case changed;
	const char *bin;
	int64_t revisions = count_of(w, "revision", "table_name = 'care_case'");
	ok(case_get(c, case_pid, &k));
	assert_false(k.may_write);
	changed = k.row;
	changed.note = "書き換え";
	is_err(case_save(c, prs(w, 1), &changed, "", "", NULL), ERR_DENIED);
	changed.org_id = 3; /* what the caller says of the owner does not count */
	is_err(case_save(c, prs(w, 1), &changed, "", "", NULL), ERR_DENIED);
	is_err(case_close(c, case_pid, c->today, "moved", ""), ERR_DENIED);
	is_err(case_reopen(c, case_pid), ERR_DENIED);
	is_err(case_retire(c, case_pid, "まちがい", &bin), ERR_DENIED);
	assert_int_equal(count_of(w, "revision", "table_name = 'care_case'"), revisions);
}

/* The office sees the centre's case and writes what it has taken on, no more: neither the case nor what would give it more rights. */
static void what_a_commission_gives(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_commission r;
	struct t_care_case own;
	struct t_hospital_stay stay;
	struct t_care_log log;
	struct t_care_case k;
	const char *pid, *case_pid = case_of(w, 1, "prevention");
	asked(w, case_pid, &r);
	office(w);
	is_err(mandate_record(c, 1, r.case_id, MANDATE_LOG), ERR_NOTFOUND); /* asked, not yet taken */
	step(w, office, r.pid, "accept", "");
	office(w);
	the_case_is_closed_to(w, case_pid);
	case_init(c, &own);
	is_err(case_save(c, prs(w, 1), &own, "", "", NULL), ERR_DENIED); /* a case of its own would open all records */
	is_err(charge_begin(c, 1, 3, 131, "main", c->today, &pid), ERR_DENIED); /* so would the charge */
	is_err(mandate_person(c, 1), ERR_DENIED);
	hospital_init(c, &stay);
	stay.admitted_on = c->today;
	is_err(hospital_save(c, prs(w, 1), &stay, "", NULL), ERR_DENIED);
	for (int part = MANDATE_PLAN; part <= MANDATE_LOG; part++) {
		ok(mandate_record(c, 1, r.case_id, (enum mandate)part));
		ok(mandate_record(c, 1, INT_NULL, (enum mandate)part));
	}
	care_log_init(c, &log);
	log.content = "電話で様子を聞いた";
	log.item = "phone";
	ok(care_log_add(c, prs(w, 1), &log));
	/* another case of the person is not in it */
	chief(w);
	ok(row_find(c, &T_care_case, case_of(w, 1, "prev_b"), &k));
	office(w);
	is_err(mandate_record(c, 1, k.id, MANDATE_PLAN), ERR_DENIED);
	is_err(mandate_record(c, 1, k.id, MANDATE_LOG), ERR_DENIED);
	/* nor what the scope does not name */
	world_sql(w, "UPDATE commission SET scope = 'monitoring'");
	is_err(mandate_record(c, 1, r.case_id, MANDATE_PLAN), ERR_DENIED);
	is_err(plan_create(c, case_pid, "prevention", "", &pid), ERR_PLAN_STATE);
	is_err(mandate_record(c, 1, r.case_id, MANDATE_EVALUATE), ERR_DENIED);
	ok(mandate_record(c, 1, r.case_id, MANDATE_MONITOR));
	/* a case of its own, for another kind, does not open the centre's to writing either */
	give(w, 3, 1, 0, RELATION_CASE);
	office(w);
	the_case_is_closed_to(w, case_pid);
	ok(mandate_person(c, 1));
	/* the centre goes on writing its case */
	chief(w);
	ok(case_close(c, case_pid, c->today, "moved", ""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {COMMISSION(the_whole_exchange), COMMISSION(what_a_commission_gives), COMMISSION(a_request_and_its_faults), COMMISSION(bin_of_a_request), COMMISSION(the_end_of_the_case)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
