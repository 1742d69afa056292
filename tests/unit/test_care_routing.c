/* 振り分け: the four ways of C-022 and the others, face to face (C-023), frozen judgement, papers, ages at their borders. */
#include "care_world.h"

#include "care/intake.h"
#include "care/routing.h"
#include "register/certification.h"
#include "register/evidence.h"

static const char *some_pid(struct world *w)
{
	char *pid = arena_alloc(w->arena, PID_TEXT);
	pid_make(pid);
	return pid;
}

static void born(struct world *w, int64_t person, const char *day)
{
	world_sql(w, "UPDATE person SET birth_on = '%s' WHERE id = %lld", day, (long long)person);
}

static void certified(struct world *w, int64_t person, const char *level)
{
	world_sql(w, "INSERT INTO certification (pid, version, person_id, status, apply_kind, level, applied_on, decided_on, from_on, to_on,"
		" created_ms, created_by, updated_ms, updated_by) VALUES ('%s', 1, %lld, 'certified', 'new', '%s', '2026-04-01',"
		" '2026-04-20', '2026-04-01', '2027-03-31', 0, 0, 0, 0)", some_pid(w), (long long)person, level);
}

/* A full sheet: it applies if n_hits of the items 6, 7, 8 do; blank leaves item 16 open. */
static const char *checklist(struct world *w, int64_t person, int n_hits, bool blank)
{
	const struct form_def *def = form_find(w->house.forms, "kihon-checklist", w->c.today);
	struct answers *as = answers_new(w->arena, def);
	ok(answers_set_date(as, "kcl_date", w->c.today));
	ok(answers_set_text(as, "name", "見本 花子"));
	ok(answers_set_text(as, "address", "青葉市"));
	ok(answers_set_date(as, "birth_date", D(1944, 5, 6)));
	for (int i = 1; i <= 25; i++) {
		const char *id = arena_fmt(w->arena, i == 12 ? "kcl12_stated" : "kcl%02d", i);
		bool hit = i >= 6 && i < 6 + n_hits, counts = i == 12 || answers_item(as, id)->options[0].points > 0;
		if (!(blank && i == 16))
			ok(answers_set_int(as, id, hit == counts ? 1 : 0));
	}
	const char *pid;
	ok(response_save(&w->c, &(struct response_input){.person_pid = prs(w, person), .answers = as}, &pid, NULL));
	return pid;
}

static struct routing_view routed(struct world *w, const struct routing_input *in)
{
	struct routing_view v;
	const char *pid;
	fault_clear(&w->c);
	err e = routing_save(&w->c, in, &pid);
	for (size_t i = 0; e != OK && i < w->c.n_faults; i++)
		print_error("%s: %s\n", w->c.faults[i].field, w->c.faults[i].message);
	assert_int_equal(e, OK);
	ok(routing_get(&w->c, pid, &v));
	return v;
}

static int64_t tasks_of_kind(struct world *w, const char *kind)
{
	struct task_filter f = TASK_OPEN();
	int64_t n;
	f.kind = kind;
	ok(task_count(&w->c, &f, &n));
	return n;
}

static bool has_handin(const struct routing_view *v, const char *code)
{
	for (size_t i = 0; i < v->n_handins; i++)
		if (str_eq(v->handins[i].code, code))
			return *v->handins[i].label && v->handins[i].handed_on == CIVIL_NONE;
	return false;
}

static const char *const DESIGNATED[] = {"designated"};

/* general only / eligible / support with preventive benefit / not eligible */
static void four_ways(void **state)
{
	struct world *w = *state;
	born(w, 1, "1944-05-06");
	born(w, 2, "1944-05-06");
	struct routing_view v = routed(w, &(struct routing_input){.person_pid = prs(w, 1), .answers = {.wish = "general", .needs_cert = "no"}});
	assert_string_equal(v.route, "general");
	assert_true(v.n_handins == 1 && has_handin(&v, "general_entry"));
	assert_true(open_tasks(w) == 1 && tasks_of_kind(w, "routing_handin") == 1);

	/* the wish for a service without a checklist leads to the checklist first */
	v = routed(w, &(struct routing_input){.person_pid = prs(w, 1), .answers = {.wish = "service", .needs_cert = "no"}});
	assert_string_equal(v.route, "checklist");
	assert_true(open_tasks(w) == 1 && tasks_of_kind(w, "checklist_again") == 1); /* the older routing's task is gone */
	(void)checklist(w, 1, 3, false);
	assert_int_equal(open_tasks(w), 0);
	v = routed(w, &(struct routing_input){.person_pid = prs(w, 1), .answers = {.wish = "service", .needs_cert = "no",
		.services = DESIGNATED, .n_services = 1}});
	assert_string_equal(v.route, "cm_a");
	assert_true(has_handin(&v, "cm_request") && has_handin(&v, "insurance_card") && has_handin(&v, "checklist_sheet"));
	assert_true(tasks_of_kind(w, "plan_due") == 1 && tasks_of_kind(w, "visit") == 1 && tasks_of_kind(w, "routing_handin") == 1);
	assert_int_equal(open_tasks(w), 3);
	assert_true(str_starts(v.reasons[0].rule, "RT-") && v.n_facts >= 8);

	certified(w, 2, "s1");
	v = routed(w, &(struct routing_input){.person_pid = prs(w, 2), .answers = {.wish = "benefit", .use_benefit = "yes"}});
	assert_string_equal(v.route, "yobo_shien");
	assert_true(has_handin(&v, "yobo_request") && has_handin(&v, "yobo_contract"));
	assert_int_equal(tasks_of_kind(w, "plan_due"), 2);

	(void)checklist(w, 1, 0, false);
	v = routed(w, &(struct routing_input){.person_pid = prs(w, 1), .answers = {.wish = "service", .needs_cert = "no",
		.services = DESIGNATED, .n_services = 1}});
	assert_string_equal(v.route, "general");
	assert_int_equal(tasks_of_kind(w, "plan_due"), 1); /* only the other person's */
	struct routing_view *rows;
	size_t n;
	ok(routing_list(&w->c, prs(w, 1), &rows, &n));
	assert_int_equal(n, 4);
	assert_int_equal(on_timeline(w, 1), 6); /* and two checklists */
	stranger(w);
	is_err(routing_get(&w->c, v.pid, &v), ERR_NOTFOUND);
	is_err(routing_list(&w->c, prs(w, 1), &rows, &n), ERR_NOTFOUND);
}

/* The table of ways, each with what must be known. */
static void all_ways(void **state)
{
	struct world *w = *state;
	static const char *const SHORT[] = {"short_term"}, *const EASED[] = {"other_service"}, *const LOCALS[] = {"resident"};
	static const char *const MIX[] = {"resident", "designated"}, *const BC[] = {"resident", "other_service"};
	static const struct {
		const char *birth, *level;
		struct routing_answers a;
		int hits; /* -1: no checklist, 0..3; 9: with a blank */
		const char *route;
	} rows[] = {
		{"1944-05-06", "c2", {0}, -1, "kyotaku"},
		{"1944-05-06", NULL, {.wish = "service", .needs_cert = "yes"}, -1, "apply"},
		{"1944-05-06", NULL, {.wish = "certification", .needs_cert = "no"}, -1, "apply"},
		{"1944-05-06", NULL, {.wish = "benefit", .needs_cert = "no"}, -1, "apply"},
		{"1944-05-06", NULL, {.wish = "unsure", .needs_cert = "no"}, -1, "checklist"},
		{"1944-05-06", NULL, {.wish = "service", .needs_cert = "no"}, 9, "checklist"},
		{"1944-05-06", "s2", {.wish = "service", .use_benefit = "no", .services = SHORT, .n_services = 1}, -1, "cm_a"},
		{"1944-05-06", "s2", {.wish = "service", .use_benefit = "no", .services = EASED, .n_services = 1}, -1, "cm_b"},
		{"1944-05-06", "s1", {.wish = "service", .use_benefit = "no", .services = LOCALS, .n_services = 1}, -1, "cm_c"},
		/* T-YB-13, R-CMY-MIX: A before B before C */
		{"1944-05-06", "s1", {.wish = "service", .use_benefit = "no", .services = MIX, .n_services = 2}, -1, "cm_a"},
		{"1944-05-06", NULL, {.wish = "service", .needs_cert = "no", .services = MIX, .n_services = 2}, 3, "cm_a"},
		{"1944-05-06", NULL, {.wish = "service", .needs_cert = "no", .services = BC, .n_services = 2}, 3, "cm_b"},
		{"1944-05-06", NULL, {.wish = "service", .needs_cert = "no", .services = LOCALS, .n_services = 1}, 3, "cm_c"},
		{"1944-05-06", NULL, {.wish = "service", .needs_cert = "no", .services = LOCALS, .n_services = 1}, 2, "general"},
		/* 第2号 */
		{"1970-05-06", NULL, {.wish = "service", .tokutei = "yes"}, 3, "apply"},
		{"1970-05-06", NULL, {.wish = "service", .tokutei = "no"}, 3, "consult"},
		{"1990-05-06", NULL, {.wish = "service"}, -1, "consult"},
		/* R-NT-65, R-NT-40: reached on the day before the birthday; today is 2026-11-18 */
		{"1961-11-19", NULL, {.wish = "general", .needs_cert = "no"}, -1, "general"},
		{"1961-11-20", NULL, {.wish = "general", .tokutei = "no"}, -1, "consult"},
		{"1986-11-19", NULL, {.wish = "service", .tokutei = "yes"}, -1, "apply"},
		{"1986-11-20", NULL, {.wish = "service", .tokutei = "yes"}, -1, "consult"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		world_sql(w, "UPDATE response SET retired_ms = 1");
		world_sql(w, "UPDATE certification SET retired_ms = 1");
		born(w, 1, rows[i].birth);
		if (rows[i].level)
			certified(w, 1, rows[i].level);
		if (rows[i].hits >= 0)
			(void)checklist(w, 1, rows[i].hits == 9 ? 0 : rows[i].hits, rows[i].hits == 9);
		struct routing_proposal p;
		ok(routing_propose(&w->c, prs(w, 1), &rows[i].a, w->c.today, &p));
		if (!p.route || !str_eq(p.route, rows[i].route))
			fail_msg("row %zu: %s, missing %s", i, p.route ? p.route : "open", p.decision.n_missing ? p.decision.missing[0] : "-");
		if (rows[i].hits >= 0)
			assert_true(p.response_id != INT_NULL && *p.response_pid);
	}
	/* an application open: wait for it; a renewal while certified does not stop anything */
	world_sql(w, "UPDATE certification SET retired_ms = 1");
	born(w, 1, "1944-05-06");
	world_sql(w, "INSERT INTO certification (pid, version, person_id, status, apply_kind, applied_on, created_ms, created_by, updated_ms,"
		" updated_by) VALUES ('%s', 1, 1, 'applying_new', 'new', '2026-11-10', 0, 0, 0, 0)", some_pid(w));
	struct routing_view v = routed(w, &(struct routing_input){.person_pid = prs(w, 1), .answers = {.wish = "service"}});
	assert_string_equal(v.route, "wait");
	assert_int_equal(tasks_of_kind(w, "cert_result"), 1);
	certified(w, 1, "c1");
	v = routed(w, &(struct routing_input){.person_pid = prs(w, 1)});
	assert_string_equal(v.route, "kyotaku");
	assert_int_equal(tasks_of_kind(w, "cert_result"), 0);
}

/* What is not known is asked for, never taken for a no. */
static void unknown_is_asked(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	const char *pid;
	is_err(routing_save(c, &(struct routing_input){.person_pid = prs(w, 1), .answers = {.wish = "general"}}, &pid), ERR_REQUIRED);
	if (!strstr(fault_text(c, "route"), "生年月日"))
		fail_msg("%s", fault_text(c, "route"));
	born(w, 1, "1944-05-06");
	struct routing_proposal p;
	ok(routing_propose(c, prs(w, 1), &(struct routing_answers){0}, c->today, &p));
	assert_null(p.route);
	assert_true(p.decision.n_missing > 0);
	assert_int_equal(count_of(w, "routing", "1"), 0); /* proposing writes nothing */
	certified(w, 1, "s1");
	fault_clear(c);
	is_err(routing_save(c, &(struct routing_input){.person_pid = prs(w, 1), .answers = {.wish = "service"}}, &pid), ERR_REQUIRED);
	if (!strstr(fault_text(c, "route"), "予防給付"))
		fail_msg("%s", fault_text(c, "route"));
	/* all faults of the answers at once */
	fault_clear(c);
	is_err(routing_save(c, &(struct routing_input){.person_pid = prs(w, 1), .answers = {.wish = "x", .needs_cert = "x", .tokutei = "x",
		.use_benefit = "x", .services = (const char *const[]){"x"}, .n_services = 1}}, &pid), ERR_INPUT);
	assert_int_equal(c->n_faults, 5);
	fault_clear(c);
	is_err(routing_save(c, &(struct routing_input){.person_pid = prs(w, 1), .decided_on = "2030-01-01", .answers = {.wish = "service"}},
		&pid), ERR_DATE_FUTURE);
}

static void override_needs_a_reason(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	const char *pid;
	born(w, 1, "1944-05-06");
	struct routing_input in = {.person_pid = prs(w, 1), .answers = {.wish = "general", .needs_cert = "no"}, .route = "apply"};
	is_err(routing_save(c, &in, &pid), ERR_REQUIRED);
	assert_true(*fault_text(c, "override_reason") != 0);
	in.override_reason = "  訪問したら明らかに介助が必要だった ";
	struct routing_view v = routed(w, &in);
	assert_string_equal(v.route, "apply");
	assert_string_equal(v.proposed_route_label, "一般介護予防事業のみ");
	assert_string_equal(v.override_reason, "訪問したら明らかに介助が必要だった");
	assert_true(has_handin(&v, "apply_form"));
	assert_int_equal(tasks_of_kind(w, "cert_result"), 1);
	in.route = "nowhere";
	fault_clear(c);
	is_err(routing_save(c, &in, &pid), ERR_NOT_CHOICE);
}

/* C-023 */
static void met_in_person(void **state)
{
	struct world *w = *state;
	static const struct {
		const char *source, *channel;
		bool visit;
	} rows[] = {{"self", "visit_office", false}, {"self", "home_visit", false}, {"self", "desk", false}, {"self", "phone", true},
		{"self", "letter", true}, {"family", "visit_office", true}, {"minsei", "home_visit", true}};
	born(w, 1, "1944-05-06");
	certified(w, 1, "s1");
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct consult_input in = call(prs(w, 1));
		in.source = rows[i].source;
		in.channel = rows[i].channel;
		const char *consult = saved(w, &in);
		struct routing_view v = routed(w, &(struct routing_input){.person_pid = prs(w, 1), .consult_pid = consult,
			.answers = {.wish = "benefit", .use_benefit = "yes"}});
		assert_string_equal(v.consult_pid, consult);
		if (tasks_of_kind(w, "visit") != (rows[i].visit ? 1 : 0))
			fail_msg("row %zu", i);
	}
	/* a rights matter is no origin for who may not see it; another person's neither */
	struct consult_input in = call(prs(w, 1));
	in.classes = (const char *const[]){"fraud"};
	in.n_classes = 1;
	const char *secret = saved(w, &in), *pid;
	struct routing_view v = routed(w, &(struct routing_input){.person_pid = prs(w, 1), .consult_pid = secret,
		.answers = {.wish = "benefit", .use_benefit = "yes"}});
	nurse2(w);
	struct routing_view seen;
	ok(routing_get(&w->c, v.pid, &seen));
	assert_string_equal(seen.consult_pid, "");
	is_err(routing_save(&w->c, &(struct routing_input){.person_pid = prs(w, 1), .consult_pid = secret,
		.answers = {.wish = "benefit", .use_benefit = "yes"}}, &pid), ERR_NOTFOUND);
	in = call(prs(w, 2));
	const char *other = saved(w, &in);
	is_err(routing_save(&w->c, &(struct routing_input){.person_pid = prs(w, 1), .consult_pid = other,
		.answers = {.wish = "benefit", .use_benefit = "yes"}}, &pid), ERR_NOTFOUND);
}

static void judgement_is_frozen(void **state)
{
	struct world *w = *state;
	born(w, 1, "1944-05-06");
	const char *sheet = checklist(w, 1, 3, false);
	struct routing_view a = routed(w, &(struct routing_input){.person_pid = prs(w, 1), .answers = {.wish = "service", .needs_cert = "no",
		.services = DESIGNATED, .n_services = 1}}), b;
	ok(response_retire(&w->c, sheet, "書き直し"));
	(void)checklist(w, 1, 0, false);
	born(w, 1, "1990-01-01");
	certified(w, 1, "c5");
	/* and the law itself changes */
	struct law_catalogue later = *w->house.law;
	later.n_rules = 0;
	w->house.law = &later;
	ok(routing_get(&w->c, a.pid, &b));
	assert_string_equal(a.route, b.route);
	assert_int_equal(a.n_reasons, b.n_reasons);
	bool decided = false;
	for (size_t i = 0; i < a.n_reasons; i++) {
		assert_string_equal(a.reasons[i].text, b.reasons[i].text);
		assert_string_equal(a.reasons[i].truth, b.reasons[i].truth);
		assert_string_equal(a.reasons[i].source, b.reasons[i].source);
		assert_int_equal(a.reasons[i].decided, b.reasons[i].decided);
		decided = decided || (b.reasons[i].decided && str_eq(b.reasons[i].rule, "RT-14a") && str_eq(b.reasons[i].truth, "当てはまる"));
	}
	assert_true(decided);
	assert_int_equal(a.n_facts, b.n_facts);
	for (size_t i = 0; i < a.n_facts; i++)
		assert_string_equal(a.facts[i].value, b.facts[i].value);
}

static void papers_and_bin(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	born(w, 1, "1944-05-06");
	struct routing_view v = routed(w, &(struct routing_input){.person_pid = prs(w, 1), .answers = {.wish = "certification",
		.needs_cert = "no"}});
	assert_int_equal(v.n_handins, 3);
	ok(routing_handin_done(c, v.pid, "doctor_name", ""));
	assert_int_equal(count_of(w, "evidence", "code='REC-NOTIFY'"), 0); /* no notification in law */
	ok(routing_handin_done(c, v.pid, "apply_form", "令和8年11月16日"));
	assert_int_equal(count_of(w, "evidence", "code='REC-NOTIFY' AND on_day='2026-11-16' AND person_id=1 AND record_class=2 AND"
		" body LIKE '%\"kind\":\"apply_form\"%' AND body LIKE '%市町村%' AND body LIKE '%receipt_no%'"), 1);
	assert_int_equal(tasks_of_kind(w, "routing_handin"), 1);
	is_err(routing_handin_done(c, v.pid, "kyotaku_contract", ""), ERR_NOTFOUND);
	is_err(routing_handin_done(c, v.pid, "insurance_card", "2030-01-01"), ERR_DATE_FUTURE);
	ok(routing_handin_done(c, v.pid, "insurance_card", ""));
	assert_int_equal(tasks_of_kind(w, "routing_handin"), 0);
	ok(routing_get(c, v.pid, &v));
	for (size_t i = 0; i < v.n_handins; i++)
		assert_int_equal(v.handins[i].handed_on, str_eq(v.handins[i].code, "apply_form") ? D(2026, 11, 16) : c->today);
	assert_int_equal(tasks_of_kind(w, "cert_result"), 1);
	is_err(routing_retire(c, v.pid, " "), ERR_REQUIRED);
	ok(routing_retire(c, v.pid, "人違い"));
	is_err(routing_get(c, v.pid, &v), ERR_NOTFOUND);
	assert_int_equal(open_tasks(w), 0);
	assert_int_equal(count_of(w, "evidence", "code='REC-NOTIFY' AND is_hidden=0"), 0);
	struct bin_row *b;
	size_t n;
	ok(bin_list(c, 1, 10, 0, &b, &n));
	ok(bin_restore(c, b[0].pid));
	assert_int_equal(tasks_of_kind(w, "cert_result"), 1);
	assert_int_equal(count_of(w, "evidence", "code='REC-NOTIFY' AND is_hidden=0"), 1);
	clerk(w); /* a clerk writes no routing */
	const char *pid;
	err e = routing_save(c, &(struct routing_input){.person_pid = prs(w, 1), .answers = {.wish = "certification"}}, &pid);
	assert_true(e == ERR_DENIED || e == ERR_NOTFOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CARE(four_ways), CARE(all_ways), CARE(unknown_is_asked), CARE(override_needs_a_reason), CARE(met_in_person),
		CARE(judgement_is_frozen), CARE(papers_and_bin),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
