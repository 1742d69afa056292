/* 支援のケース: state from the days, one running case, explanation before contract before support, rights, charge, end, bin. */
#include "care_world.h"

#include "care/case.h"
#include "law/numbers.h"
#include "register/evidence.h"
#include "register/org.h"
#include "register/staff.h"
#include "sql/tables.h"

static struct t_care_case requested(struct world *w)
{
	struct t_care_case r;
	case_init(&w->c, &r);
	r.kind = "prevention";
	r.referred_by = "family";
	r.referred_note = "退院後の生活が心配";
	return r;
}

static void state_follows_the_days(void **state)
{
	struct world *w = *state;
	struct { civil expl, contract, start, end; const char *status, *expect; } rows[] = {
		{CIVIL_NONE, CIVIL_NONE, CIVIL_NONE, CIVIL_NONE, "", "referred"},
		{D(2026, 11, 1), CIVIL_NONE, CIVIL_NONE, CIVIL_NONE, "", "preparing"},
		{D(2026, 11, 1), D(2026, 11, 1), D(2099, 1, 1), CIVIL_NONE, "", "preparing"},
		{D(2026, 11, 1), D(2026, 11, 1), D(2026, 11, 2), CIVIL_NONE, "", "active"},
		{D(2026, 11, 1), D(2026, 11, 1), D(2026, 11, 2), CIVIL_NONE, "paused", "paused"},
		{D(2026, 11, 1), D(2026, 11, 1), D(2026, 11, 2), D(2026, 11, 20), "active", "active"},
		{D(2026, 11, 1), D(2026, 11, 1), D(2026, 11, 2), D(2026, 11, 19), "active", "closed"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct t_care_case r;
		row_init(&T_care_case, &r);
		r.expl_on = rows[i].expl;
		r.contract_on = rows[i].contract;
		r.start_on = rows[i].start;
		r.end_on = rows[i].end;
		r.status = rows[i].status;
		assert_string_equal(case_state(&r, D(2026, 11, 19)), rows[i].expect);
	}
	(void)w;
}

static err save(struct world *w, struct t_care_case *r, const char *staff)
{
	fault_clear(&w->c);
	return case_save(&w->c, prs(w, r->person_id ? r->person_id : 1), r, "", staff, NULL);
}

static void from_request_to_end(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	civil today = c->today;
	struct t_care_case r = requested(w);
	struct case_view v;
	struct charge *charges;
	struct task_filter tasks = TASK_OPEN();
	int64_t n_tasks;
	size_t n;
	tasks.kind = "plan_due";
	ok(save(w, &r, stf(w, 11)));
	ok(case_get(c, r.pid, &v));
	assert_string_equal(v.row.status, "referred");
	ok(charge_list(c, 1, today, &charges, &n));
	assert_int_equal(n, 1);
	assert_int_equal(charges[0].staff_id, 111);
	ok(task_count(c, &tasks, &n_tasks));
	assert_int_equal(n_tasks, 1);
	/* a second of the same kind is refused, another kind is not */
	struct t_care_case twice = requested(w), other = requested(w);
	is_err(save(w, &twice, ""), ERR_INPUT);
	assert_true(*fault_text(c, "kind"));
	other.kind = "prev_a";
	ok(save(w, &other, ""));
	/* support before contract, contract before explanation: refused with sentences, nothing written */
	struct t_care_case edit = v.row;
	edit.start_on = today;
	is_err(save(w, &edit, stf(w, 11)), ERR_INPUT);
	assert_true(*fault_text(c, "contract_on"));
	edit = v.row;
	edit.contract_on = today;
	is_err(save(w, &edit, stf(w, 11)), ERR_INPUT);
	assert_true(*fault_text(c, "expl_on"));
	edit = v.row;
	edit.expl_on = today + 1;
	is_err(save(w, &edit, stf(w, 11)), ERR_INPUT);
	assert_int_equal(count_of(w, "care_case", "version > 1"), 0);
	/* the right way; another one takes over */
	edit = v.row;
	edit.expl_on = edit.contract_on = edit.start_on = today;
	edit.expl_to = "本人・長女";
	edit.expl_items = "choice|hospital";
	ok(save(w, &edit, stf(w, 12)));
	ok(case_get(c, r.pid, &v));
	assert_string_equal(v.row.status, "active");
	assert_string_equal(v.staff_name, "見本 職員12");
	assert_int_equal(count_of(w, "evidence", "code = 'REC-EXPL'"), 1);
	/* the end */
	is_err(case_close(c, r.pid, today - 1, "moved", ""), ERR_INPUT); /* before it began */
	fault_clear(c);
	is_err(case_close(c, r.pid, today, "nosuch", ""), ERR_INPUT);
	fault_clear(c);
	ok(case_close(c, r.pid, today, "moved", "娘の家へ"));
	ok(case_get(c, r.pid, &v));
	assert_string_equal(v.row.status, "closed");
	assert_int_equal(count_of(w, "access_grant", arena_fmt(w->arena, "via_table = 'care_case' AND to_on < '9999' AND via_id = %lld", (long long)v.row.id)), 2); /* the case, then its records */
	assert_int_equal(count_of(w, "person_charge", "to_on = '9999-12-31' AND retired_ms IS NULL"), 0);
	ok(case_reopen(c, r.pid));
	ok(case_get(c, r.pid, &v));
	assert_string_equal(v.row.status, "active");
}

static void rights_and_bin(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_care_case r = requested(w);
	struct case_view v, *list;
	const char *bin;
	size_t n;
	ok(save(w, &r, ""));
	stranger(w);
	is_err(case_get(c, r.pid, &v), ERR_NOTFOUND);
	is_err(case_list(c, prs(w, 1), true, &list, &n), ERR_NOTFOUND);
	is_err(case_close(c, r.pid, c->today, "moved", ""), ERR_NOTFOUND);
	nurse(w);
	is_err(case_retire(c, r.pid, "", &bin), ERR_REQUIRED);
	fault_clear(c);
	ok(case_retire(c, r.pid, "まちがい", &bin));
	is_err(case_get(c, r.pid, &v), ERR_NOTFOUND);
	assert_int_equal(count_of(w, "access_grant", "via_table = 'care_case' AND to_on = '9999-12-31'"), 0);
	ok(bin_restore(c, bin));
	ok(case_get(c, r.pid, &v));
	assert_int_equal(count_of(w, "access_grant", "via_table = 'care_case' AND to_on = '9999-12-31'"), 1);
	/* two editors, different fields; then the same */
	struct t_care_case a = v.row, b = v.row;
	a.note = "鍵は隣家";
	b.referred_note = "デイを希望";
	ok(save(w, &a, ""));
	ok(save(w, &b, ""));
	assert_string_equal(b.note, "鍵は隣家");
	struct t_care_case x = b, y = b;
	struct row_conflict *conflict = NULL;
	x.note = "鍵は長男";
	y.note = "鍵は管理人";
	ok(save(w, &x, ""));
	is_err(case_save(c, prs(w, 1), &y, "", "", &conflict), ERR_CONFLICT);
	assert_string_equal(conflict->fields[0].theirs, "鍵は長男");
}

static int64_t grants(struct world *w, int relation, const char *more)
{
	return count_of(w, "access_grant", arena_fmt(w->arena, "via_table = 'care_case' AND relation = %d%s", relation, more));
}

/* The office of a case, for which nobody else is a reason to see the person: what it may, before and after each border. */
static void records_after_the_end(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct case_view v;
	civil end = c->today;
	int64_t finish = 0, years = 0;
	ok(law_number(w->house.law, "case_finish_days", end, &finish));
	years = 2; /* where the insurer has set nothing */
	struct t_care_case r = requested(w);
	ok(save(w, &r, ""));
	world_sql(w, "DELETE FROM access_grant WHERE via_table <> 'care_case'");
	ok(case_close(c, r.pid, end, "moved", ""));
	assert_int_equal(grants(w, RELATION_CASE, ""), 1);
	assert_int_equal(grants(w, RELATION_RECORDS, ""), 1);
	/* the last day for claims and hand-over */
	c->today = end + (civil)finish;
	ok(policy_check(c, 1, CLASS_CARE, ACTION_WRITE));
	ok(case_get(c, r.pid, &v));
	assert_true(v.may_write);
	/* the day after: to look at, print and export */
	c->today = end + (civil)finish + 1;
	ok(case_get(c, r.pid, &v));
	assert_false(v.may_write);
	is_err(case_reopen(c, r.pid), ERR_DENIED);
	is_err(policy_check(c, 1, CLASS_CARE, ACTION_WRITE), ERR_DENIED);
	is_err(policy_check(c, 1, CLASS_NAMECARD, ACTION_WRITE), ERR_DENIED);
	is_err(policy_check(c, 1, CLASS_CARE, ACTION_GIVE), ERR_DENIED);
	ok(policy_check(c, 1, CLASS_CARE, ACTION_PRINT));
	ok(policy_check(c, 1, CLASS_CARE, ACTION_EXPORT));
	is_err(policy_check_record(c, 1, CLASS_CONSULTATION, ACTION_SEE), ERR_NOTFOUND); /* no record of the case */
	is_err(policy_check_record(c, 1, CLASS_RIGHTS, ACTION_SEE), ERR_NOTFOUND);
	/* the last day of the two years, and the day after */
	c->today = civil_add_months(end, (int)years * 12);
	ok(case_get(c, r.pid, &v));
	ok(policy_check(c, 1, CLASS_CARE, ACTION_EXPORT));
	c->today++;
	is_err(case_get(c, r.pid, &v), ERR_NOTFOUND);
	is_err(policy_check(c, 1, CLASS_NAMECARD, ACTION_SEE), ERR_NOTFOUND);
	/* an end taken back in time: the case again, no kept records beside it; ended again, both anew */
	c->today = end + 1;
	ok(case_reopen(c, r.pid));
	assert_int_equal(grants(w, RELATION_CASE, " AND to_on = '9999-12-31'"), 1);
	assert_int_equal(grants(w, RELATION_RECORDS, ""), 0);
	ok(case_close(c, r.pid, end + 1, "moved", ""));
	assert_int_equal(grants(w, RELATION_CASE, arena_fmt(w->arena, " AND to_on = '%s'", iso(w, end + 1 + (civil)finish))), 1);
	assert_int_equal(grants(w, RELATION_RECORDS, arena_fmt(w->arena, " AND to_on = '%s'", iso(w, civil_add_months(end + 1, 24)))), 1);
}

/* How long the office sees the records is what the insurer has set for the day of the end, as the duty to keep them is (R-CM-29-records). */
static void the_insurer_says_how_long(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_care_case r = requested(w);
	ok(save(w, &r, ""));
	world_sql(w, "INSERT INTO org (id, pid, version, kind, name, name_fold, insurer_no, created_ms, created_by, updated_ms, updated_by) VALUES (77, 'org00000000000000000insurer', 1, 'insurer', '試験市', '試験市', '139999', 0, 0, 0, 0)");
	world_sql(w, "UPDATE org SET insurer_org_id = 77 WHERE id = 1");
	world_sql(w, "INSERT INTO insurer_param (id, pid, version, insurer_org_id, key, value, valid_from, valid_to, ground, created_ms, created_by, updated_ms, updated_by)"
	             " VALUES (1, 'par%023d', 1, 77, 'retention_years', '5', '2020-04-01', '9999-12-31', '条例', 0, 0, 0, 0)", 1);
	ok(case_close(c, r.pid, c->today, "moved", ""));
	assert_int_equal(grants(w, RELATION_RECORDS, arena_fmt(w->arena, " AND to_on = '%s'", iso(w, civil_add_months(c->today, 60)))), 1);
	/* a value that held only before that day is none of it */
	ok(case_reopen(c, r.pid));
	world_sql(w, "UPDATE insurer_param SET valid_to = '2020-12-31'");
	ok(case_close(c, r.pid, c->today, "moved", ""));
	assert_int_equal(grants(w, RELATION_RECORDS, arena_fmt(w->arena, " AND to_on = '%s'", iso(w, civil_add_months(c->today, 24)))), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {CARE(records_after_the_end), CARE(the_insurer_says_how_long), CARE(state_follows_the_days), CARE(from_request_to_end), CARE(rights_and_bin)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
