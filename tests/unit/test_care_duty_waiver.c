/* Exceptions of duties: only kinds the rule accepts, only as long as its period, with a ground; evidence written, changed, hidden, shown. */
#include "plan_world.h"

#include "base/str.h"
#include "care/duty_waiver.h"
#include "law/duty_span.h"

static struct t_duty_waiver waiver(struct world *w, const char *rule, const char *kind, civil from, civil to)
{
	struct t_duty_waiver r;
	duty_waiver_init(&w->c, &r);
	r.rule = rule;
	r.kind = kind;
	r.ground = "入院が続き、居宅で会えない";
	r.from_on = from;
	r.to_on = to;
	fault_clear(&w->c);
	return r;
}

static err saves(struct world *w, const char *person, struct t_duty_waiver *r) { return duty_waiver_save(&w->c, person, "", r, NULL); }

static void the_rule_decides_what_counts(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct duty_waiver_kind *k;
	size_t n;
	duty_waiver_kinds(c, "R-CM-13-14-monthly", &k, &n);
	assert_int_equal(n, 3);
	assert_string_equal(k[0].kind, "monitoring:hospital");
	assert_string_equal(k[0].label, "入院");
	duty_waiver_kinds(c, "R-NO-SUCH", &k, &n);
	assert_int_equal(n, 0);
	assert_int_equal(duty_waiver_months(c, "R-CM-13-14-monthly"), 1);
	assert_int_equal(duty_waiver_months(c, "R-CM-13-14-home"), 2);
	assert_int_equal(duty_waiver_months(c, "R-YB-30-16-3m"), 3);
	assert_int_equal(duty_waiver_months(c, "R-YB-30-16-home"), 6);
	assert_int_equal(duty_waiver_months(c, "R-CM-03-mgr"), 12);
	struct t_duty_waiver r = waiver(w, "R-CM-13-14-monthly", "no_meeting:urgent", c->today, c->today);
	is_err(saves(w, prs(w, 1), &r), ERR_INPUT);
	assert_non_null(fault_of(c, "kind"));
	r = waiver(w, "R-CM-13-14-monthly", "", c->today, c->today);
	is_err(saves(w, prs(w, 1), &r), ERR_INPUT);
	assert_non_null(fault_of(c, "kind"));
	r = waiver(w, "R-CM-03-mgr", "manager:shortage", c->today, c->today); /* a rule of offices, about a person */
	is_err(saves(w, prs(w, 1), &r), ERR_INPUT);
	assert_non_null(fault_of(c, "rule"));
	r = waiver(w, "", "", c->today, c->today);
	is_err(saves(w, prs(w, 1), &r), ERR_INPUT);
	assert_non_null(fault_of(c, "rule"));
	assert_int_equal(count_of(w, "duty_waiver", "1 = 1"), 0);
}

static void a_ground_and_one_period(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_duty_waiver r = waiver(w, "R-CM-13-14-monthly", "monitoring:hospital", c->today, c->today);
	r.ground = " 　";
	is_err(saves(w, prs(w, 1), &r), ERR_INPUT);
	assert_string_equal(fault_text(c, "ground"), "理由を書いてください。");
	civil from = c->today - 10, last = civil_add_months(from, 1) - 1;
	r = waiver(w, "R-CM-13-14-monthly", "monitoring:hospital", from, last + 1);
	is_err(saves(w, prs(w, 1), &r), ERR_INPUT);
	assert_non_null(strstr(fault_text(c, "to_on"), "1か月まで"));
	r = waiver(w, "R-CM-13-14-monthly", "monitoring:hospital", from, from - 1);
	is_err(saves(w, prs(w, 1), &r), ERR_INPUT);
	r = waiver(w, "R-CM-13-14-monthly", "monitoring:hospital", c->today + 20, c->today + 45); /* later than today + its period */
	is_err(saves(w, prs(w, 1), &r), ERR_INPUT);
	assert_non_null(strstr(fault_text(c, "to_on"), "先すぎます"));
	r = waiver(w, "R-CM-13-14-monthly", "monitoring:hospital", CIVIL_NONE, CIVIL_NONE);
	is_err(saves(w, prs(w, 1), &r), ERR_INPUT);
	assert_int_equal(c->n_faults, 2);
	r = waiver(w, "R-CM-13-14-monthly", "monitoring:hospital", from, last);
	ok(saves(w, prs(w, 1), &r));
	assert_int_equal(count_of(w, "evidence", "code = 'REC-EXC' AND table_name = 'duty_waiver' AND person_id = 1 AND record_class = 2"), 1);
}

/* The 経過措置 of the manager ends with the law, whatever is written. */
static void no_longer_than_the_law(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_duty_waiver r = waiver(w, "R-CM-03-mgr", "manager:transitional", D(2026, 11, 1), D(2027, 10, 31));
	is_err(saves(w, "", &r), ERR_INPUT);
	assert_non_null(strstr(fault_text(c, "to_on"), "令和9年3月31日まで"));
	fault_clear(c);
	r = waiver(w, "R-CM-03-mgr", "manager:transitional", D(2027, 4, 1), D(2027, 4, 30));
	is_err(saves(w, "", &r), ERR_INPUT);
	assert_non_null(strstr(fault_text(c, "from_on"), "令和9年3月31日まで"));
	fault_clear(c);
	r = waiver(w, "R-CM-03-mgr", "manager:transitional", D(2021, 3, 31), D(2021, 4, 30));
	is_err(saves(w, "", &r), ERR_INPUT);
	assert_non_null(strstr(fault_text(c, "from_on"), "令和3年4月1日から"));
	fault_clear(c);
	r = waiver(w, "R-CM-03-mgr", "manager:transitional", D(2026, 11, 1), D(2027, 3, 31));
	ok(saves(w, "", &r));
	r = waiver(w, "R-CM-03-mgr", "manager:shortage", D(2026, 11, 1), D(2027, 10, 31));
	ok(saves(w, "", &r));
}

static void evidence_follows_the_record(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct duty_waiver_view v, *rows;
	struct t_duty_waiver r = waiver(w, "R-CM-13-07-visit", "assess:away", c->today, c->today);
	const char *bin;
	size_t n;
	ok(saves(w, prs(w, 1), &r));
	assert_int_equal(count_of(w, "evidence", "code = 'REC-EXC' AND body LIKE '%assess:away%' AND body LIKE '%written_by\":111%'"), 1);
	ok(duty_waiver_get(c, r.pid, &v));
	assert_true(v.may_write);
	assert_string_equal(v.org_pid, arena_fmt(w->arena, "org%023d", 1));
	v.row.ground = "施設に入っている";
	ok(duty_waiver_save(c, prs(w, 1), "", &v.row, NULL));
	assert_int_equal(count_of(w, "evidence", "code = 'REC-EXC' AND body LIKE '%施設に入っている%'"), 1);
	ok(duty_waiver_list(c, prs(w, 1), &rows, &n));
	assert_int_equal(n, 1);
	assert_int_equal(on_timeline(w, 1), 1);
	is_err(duty_waiver_retire(c, r.pid, "", &bin), ERR_REQUIRED);
	fault_clear(c);
	ok(duty_waiver_retire(c, r.pid, "まちがい", &bin));
	assert_int_equal(count_of(w, "evidence", "code = 'REC-EXC' AND is_hidden = 0"), 0);
	is_err(duty_waiver_get(c, r.pid, &v), ERR_NOTFOUND);
	ok(bin_restore(c, bin));
	assert_int_equal(count_of(w, "evidence", "code = 'REC-EXC' AND is_hidden = 0"), 1);
	/* person 3 is nobody's here; another centre sees nothing of person 1 */
	r = waiver(w, "R-CM-13-07-visit", "assess:away", c->today, c->today);
	is_err(saves(w, prs(w, 3), &r), ERR_NOTFOUND);
	social2(w);
	is_err(duty_waiver_get(c, v.row.pid ? v.row.pid : rows[0].row.pid, &v), ERR_NOTFOUND);
	is_err(duty_waiver_list(c, prs(w, 1), &rows, &n), ERR_NOTFOUND);
}

static void an_office_has_its_own(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct duty_waiver_view v, *rows;
	struct duty_waiver_rule *rules;
	const char *bin;
	size_t n;
	struct t_duty_waiver r = waiver(w, "R-HC-STAFF", "staffing:council", c->today - 30, c->today + 60);
	ok(saves(w, "", &r));
	assert_int_equal(count_of(w, "evidence", "code = 'REC-EXC' AND person_id IS NULL AND org_id = 1 AND record_class = 256"), 1);
	ok(duty_waiver_list(c, "", &rows, &n));
	assert_int_equal(n, 1);
	duty_waiver_rules(c, true, &rules, &n);
	assert_int_equal(n, 4); /* R-CM-03-mgr, R-HC-STAFF, -S, -L */
	assert_string_equal(duty_waiver_path(c->arena, "", "org1", "R-HC-STAFF", "", ""), "/orgs/org1/waivers/new?rule=R-HC-STAFF");
	assert_string_equal(duty_waiver_path(c->arena, "p1", "", "R-X", "a:b", "k1"), "/persons/p1/waivers/new?rule=R-X&kind=a:b&case=k1");
	social2(w); /* another office */
	is_err(duty_waiver_get(c, r.pid, &v), ERR_NOTFOUND);
	is_err(duty_waiver_retire(c, r.pid, "x", &bin), ERR_NOTFOUND);
	ok(duty_waiver_list(c, "", &rows, &n));
	assert_int_equal(n, 0);
	nurse(w);
	ok(duty_waiver_retire(c, r.pid, "まちがい", &bin));
	struct bin_row *b;
	ok(bin_list(c, 0, 10, 0, &b, &n));
	assert_int_equal(n, 1);
	assert_true(b[0].may_restore);
	ok(bin_restore(c, bin));
	assert_int_equal(count_of(w, "evidence", "code = 'REC-EXC' AND is_hidden = 0"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {CARE(the_rule_decides_what_counts), CARE(a_ground_and_one_period), CARE(evidence_follows_the_record),
		CARE(an_office_has_its_own), CARE(no_longer_than_the_law)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
