/* What flows through a record: time line, tasks, evidence, drafts, grants. */
#include "record_world.h"

#include "register/draft.h"
#include "register/evidence.h"
#include "register/task.h"
#include "register/timeline.h"

static void timeline_pages(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	world_sql(w, "INSERT INTO timeline (person_id, at_ms, on_day, kind, record_class, org_id, title, summary, table_name, row_id, row_pid,"
		" is_hidden, created_ms, created_by) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
		" SELECT 1, i / 3 * 86400000, date(i / 3 * 86400, 'unixepoch'), CASE i %% 2 WHEN 0 THEN 'phone' ELSE 'visit' END,"
		" CASE i %% 4 WHEN 0 THEN 16 ELSE 2 END, 1 + i %% 2, 'x', '', 't', i, '', i %% 10 = 7, 0, 0 FROM n");
	int64_t all;
	struct timeline_filter f = TIMELINE_ALL(1);
	ok(timeline_count(c, &f, &all));
	assert_int_equal(all, count_of(w, "timeline", "record_class=2 AND is_hidden=0")); /* rights: not in the number */
	int64_t seen = 0, last_ms = INT64_MAX, last_id = INT64_MAX;
	bool more = true;
	while (more) {
		struct timeline_entry *v;
		size_t n;
		ok(timeline_list(c, &f, &v, &n, &more));
		for (size_t i = 0; i < n; i++) {
			assert_true(v[i].at_ms < last_ms || (v[i].at_ms == last_ms && v[i].id < last_id));
			assert_int_equal(v[i].record_class, CLASS_CARE);
			last_ms = v[i].at_ms;
			last_id = v[i].id;
		}
		seen += (int64_t)n;
		f.before_ms = last_ms;
		f.before_id = last_id;
	}
	assert_int_equal(seen, all);
	struct timeline_filter g = TIMELINE_ALL(1);
	g.kind = "visit";
	g.org_id = 2;
	g.from_on = D(1970, 2, 1);
	g.to_on = D(1970, 2, 28);
	int64_t few;
	ok(timeline_count(c, &g, &few));
	assert_int_equal(few, count_of(w, "timeline", "record_class=2 AND is_hidden=0 AND kind='visit' AND org_id=2 AND on_day BETWEEN"
		" '1970-02-01' AND '1970-02-28'"));
	assert_true(few > 5);
}

static err put_task(struct ctx *c, void *arg) { return task_put(c, arg, NULL); }

static void task_numbers_equal_lists(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	for (int i = 0; i < 40; i++) {
		struct task_new t = {.kind = i % 2 ? "call" : "visit", .person_id = i % 5 == 0 ? 0 : 1 + i % 3,
			.record_class = i % 7 == 3 ? CLASS_RIGHTS : i % 5 == 0 ? CLASS_CONSULTATION : CLASS_CARE,
			.assignee_staff_id = i % 4 == 1 ? 111 : 0, .due_on = i % 6 == 5 ? CIVIL_NONE : c->today - 5 + i / 3, .title = "電話する",
			.table_name = "consult", .row_id = i};
		ok(tx_run(c, put_task, &t));
	}
	struct task_number num[TASK_NUMBERS];
	ok(task_numbers(c, num));
	int64_t total = 0;
	for (int i = 0; i < TASK_NUMBERS; i++) {
		struct task_filter f;
		ok(task_number_filter(c, num[i].code, &f));
		f.limit = 1000;
		struct task_row *v;
		size_t n;
		ok(task_list(c, &f, &v, &n));
		assert_int_equal(n, num[i].n);
		total += num[i].n;
		for (size_t k = 0; k < n; k++) {
			assert_int_not_equal(v[k].record_class, CLASS_RIGHTS); /* nobody is in the team */
			assert_int_not_equal(v[k].person_id, 3);               /* invisible */
			if (str_eq(num[i].code, "overdue"))
				assert_true(v[k].overdue && v[k].due_on < c->today);
			if (str_eq(num[i].code, "mine"))
				assert_int_equal(v[k].assignee_staff_id, 111);
		}
	}
	assert_true(total > 40);
	/* the same record again renews, and settles */
	struct task_new again = {.kind = "visit", .person_id = 2, .record_class = CLASS_CARE, .due_on = c->today, .title = "訪問する",
		.table_name = "consult", .row_id = 4};
	int64_t before = count_of(w, "task", "1=1");
	ok(tx_run(c, put_task, &again));
	assert_int_equal(count_of(w, "task", "1=1"), before);
	struct task_filter f = TASK_OPEN();
	f.kind = "visit";
	f.person_id = 2;
	struct task_row *v, one;
	size_t n;
	ok(task_list(c, &f, &v, &n));
	assert_true(n > 0);
	world_sql(w, "INSERT INTO staff (id, pid, version, name, created_ms, created_by, updated_ms, updated_by) VALUES"
		" (112, 's112', 1, '見本 次郎', 0, 0, 0, 0), (113, 's113', 1, '見本 三郎', 0, 0, 0, 0)");
	world_sql(w, "INSERT INTO staff_post (pid, version, staff_id, org_id, from_on, to_on, created_ms, created_by, updated_ms, updated_by)"
		" VALUES ('p1', 1, 112, 1, '2020-04-01', '9999-12-31', 0, 0, 0, 0), ('p2', 1, 113, 1, '2020-04-01', '2026-11-17', 0, 0, 0, 0),"
		" ('p3', 1, 113, 2, '2026-11-18', '9999-12-31', 0, 0, 0, 0)");
	is_err(task_assign(c, v[0].pid, 113), ERR_NOT_CHOICE); /* left yesterday */
	const char *by_hand;
	is_err(task_add(c, &(struct task_new){.kind = "call", .person_id = 2, .record_class = CLASS_CARE, .title = "", .assignee_staff_id = 113,
		.due_on = CIVIL_NONE}, &by_hand), ERR_REQUIRED);
	assert_true(fault_of(c, "title") && fault_of(c, "assignee"));
	fault_clear(c);
	is_err(task_add(c, &(struct task_new){.kind = "call", .person_id = 3, .record_class = CLASS_CARE, .title = "x", .due_on = CIVIL_NONE},
		&by_hand), ERR_NOTFOUND);
	ok(task_add(c, &(struct task_new){.kind = "call", .person_id = 2, .record_class = CLASS_CARE, .title = "娘に電話する",
		.assignee_staff_id = 112, .due_on = c->today + 3}, &by_hand));
	ok(task_set_due(c, by_hand, c->today + 5, "留守"));
	ok(task_find(c, by_hand, &one));
	assert_int_equal(one.due_on, c->today + 5);
	ok(task_assign(c, v[0].pid, 112));
	ok(task_done(c, v[0].pid, "会えた"));
	ok(task_find(c, v[0].pid, &one));
	assert_string_equal(one.state, "done");
	assert_int_equal(one.assignee_staff_id, 112);
	assert_true(one.done_ms == c->now_ms);
	is_err(task_waive(c, v[0].pid, " "), ERR_REQUIRED);
	stranger(w);
	is_err(task_done(c, v[0].pid, ""), ERR_NOTFOUND);
	is_err(task_find(c, v[0].pid, &one), ERR_NOTFOUND);
	int64_t none;
	struct task_filter theirs = TASK_OPEN();
	theirs.org_id = 1; /* asking for another organisation's tasks gives only what one may see */
	ok(task_count(c, &theirs, &none));
	assert_int_equal(none, 0);
}

static err bad_evidence(struct ctx *c, void *arg)
{
	(void)arg;
	struct evidence_new e = {.code = "REC-MON", .person_id = 1, .record_class = CLASS_CARE, .on_day = c->today, .table_name = "t", .row_id = 1,
		.body = "{\"done_on\":\"2026-11-01\"}"};
	is_err(evidence_add(c, &e), ERR_BUG); /* a field is missing */
	e.code = "REC-NONE";
	is_err(evidence_add(c, &e), ERR_BUG);
	e.code = "REC-MON";
	e.body = "{\"done_on\":\"2026-11-01\",\"how\":\"visit\",\"by\":\"\",\"written_on\":null,\"content\":\"a\\\"b\"}";
	ok(evidence_add(c, &e));
	e.row_id = 2;
	e.person_id = 3;
	ok(evidence_add(c, &e));
	e.row_id = 3;
	e.person_id = 1;
	e.record_class = CLASS_RIGHTS;
	return evidence_add(c, &e);
}

static err count_evidence(struct ctx *c, const struct evidence_row *row, void *arg)
{
	(void)c;
	assert_string_equal(row->code, "REC-MON");
	++*(int *)arg;
	return OK;
}

static void evidence_rows(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	ok(tx_run(c, bad_evidence, NULL));
	int n = 0;
	ok(evidence_cursor(c, &(struct evidence_filter)EVIDENCE_ALL(), count_evidence, &n));
	assert_int_equal(n, 1); /* neither the invisible person nor rights protection */
	n = 0;
	world_console(w);
	ok(evidence_cursor(c, &(struct evidence_filter)EVIDENCE_ALL(), count_evidence, &n));
	assert_int_equal(n, 3);
	struct evidence_filter f = EVIDENCE_ALL();
	f.known_ms = c->now_ms - 1;
	n = 0;
	ok(evidence_cursor(c, &f, count_evidence, &n));
	assert_int_equal(n, 0);
	struct evidence_field body[] = {{"a", 't', .text = "「\"\\\n」"}, {"b", 'd', .day = D(2026, 2, 28)}, {"c", 'b', .yes = true},
		{"d", 'n', .number = -5}, {"e", 'n', .number = INT_NULL}, {"f", 'd', .day = CIVIL_NONE}};
	assert_string_equal(evidence_body(c, body, 6), "{\"a\":\"「\\\"\\\\\\n」\",\"b\":\"2026-02-28\",\"c\":true,\"d\":-5,\"e\":null,\"f\":null}");
}

static void drafts(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	world_sql(w, "INSERT INTO account (id, pid, version, login, name, role, org_id, state, created_ms, created_by, updated_ms, updated_by)"
		" VALUES (11, 'a11', 1, 'n1', '佐藤', 'centre_nurse', 1, 'active', 0,0,0,0), (12, 'a12', 1, 'n2', '鈴木', 'centre_nurse', 1, 'active',"
		" 0,0,0,0), (21, 'a21', 1, 's1', '田中', 'centre_nurse', 2, 'active', 0,0,0,0)");
	struct draft d = {.key = "person/x/basic", .seen_ms = INT_NULL, .title = "利用者基本情報", .subject_person_id = 1, .record_class = CLASS_CARE,
		.fields = "{\"note\":\"途中まで\"}", .focus = "note:3", .base_version = 4}, got;
	bool found;
	ok(draft_get(c, d.key, &got, &found));
	assert_false(found);
	assert_int_equal(count_of(w, "draft", "1=1"), 0); /* looking writes nothing */
	ok(draft_save(c, &d));
	d.fields = "{\"note\":\"途中までと、その先\"}";
	ok(draft_save(c, &d));
	assert_int_equal(count_of(w, "draft", "1=1"), 1);
	/* a text that does not follow the stored one never replaces it, whatever its PC thinks of the time */
	int64_t first = d.updated_ms;
	d.seen_ms = 0;
	is_err(draft_save(c, &d), ERR_CONFLICT);
	d.seen_ms = first + 86400000;
	is_err(draft_save(c, &d), ERR_CONFLICT);
	d.seen_ms = first;
	ok(draft_save(c, &d));
	assert_true(d.updated_ms > first); /* within the same millisecond too */
	d.seen_ms = first;
	is_err(draft_save(c, &d), ERR_CONFLICT);
	d.seen_ms = INT_NULL;
	ok(draft_save(c, &d));
	ok(draft_get(c, d.key, &got, &found));
	assert_true(found && got.base_version == 4);
	assert_string_equal(got.fields, "{\"note\":\"途中までと、その先\"}");
	assert_string_equal(got.focus, "note:3");
	d.fields = "[1]";
	is_err(draft_save(c, &d), ERR_JSON);
	d.fields = "{";
	is_err(draft_save(c, &d), ERR_JSON);
	/* nobody else, not even of the same organisation, not even the supervisor, sees the text */
	nurse2(w);
	ok(draft_get(c, "person/x/basic", &got, &found));
	assert_false(found);
	is_err(draft_hand_over(c, d.pid, 12), ERR_NOTFOUND);
	be(w, 19, 1, ROLE_CENTRE_HEAD);
	ok(draft_get(c, "person/x/basic", &got, &found));
	assert_false(found);
	struct draft *v;
	size_t n;
	ok(draft_list_org(c, 1, &v, &n));
	assert_int_equal(n, 1);
	assert_null(v[0].fields);
	is_err(draft_list_org(c, 2, &v, &n), ERR_DENIED);
	is_err(draft_hand_over(c, d.pid, 21), ERR_NOT_CHOICE);
	/* B has a draft of the same page: both stay */
	nurse2(w);
	struct draft own = {.key = "person/x/basic", .fields = "{\"note\":\"B\"}"};
	ok(draft_save(c, &own));
	be(w, 19, 1, ROLE_CENTRE_HEAD);
	ok(draft_hand_over(c, d.pid, 12));
	nurse2(w);
	ok(draft_get(c, "person/x/basic", &got, &found));
	assert_string_equal(got.fields, "{\"note\":\"B\"}");
	ok(draft_get(c, "person/x/basic#2", &got, &found));
	assert_true(found && got.from_account_id == 11);
	assert_string_equal(got.fields, "{\"note\":\"途中までと、その先\"}");
	nurse(w);
	ok(draft_get(c, "person/x/basic", &got, &found));
	assert_false(found);
	nurse2(w);
	ok(draft_discard(c, "person/x/basic#2"));
	ok(draft_list(c, &v, &n));
	assert_int_equal(n, 1);
	/* too big: refused with a sentence, the old draft stays */
	char *big = arena_alloc(w->arena, DRAFT_MAX_BYTES + 20);
	memset(big, 'a', DRAFT_MAX_BYTES + 10);
	own.fields = big;
	is_err(draft_save(c, &own), ERR_LIMIT);
	ok(draft_get(c, "person/x/basic", &got, &found));
	assert_string_equal(got.fields, "{\"note\":\"B\"}");
}

static err bad_grants(struct ctx *c, void *arg)
{
	(void)arg;
	struct grant_new g = {.org_id = 2, .person_id = 1, .relation = RELATION_CASE, .from_on = CIVIL_NONE, .to_on = CIVIL_NONE,
		.via_table = "case", .via_id = 7};
	struct grant_new bad = g;
	bad.via_table = "";
	is_err(grant_write(c, &bad), ERR_BUG);
	bad = g;
	bad.relation = RELATION_CASE | RELATION_AREA;
	is_err(grant_write(c, &bad), ERR_BUG);
	bad = g;
	bad.classes = CLASS_RIGHTS;
	is_err(grant_write(c, &bad), ERR_BUG); /* rights protection: accounts only */
	bad = g;
	bad.from_on = c->today;
	bad.to_on = c->today - 1;
	is_err(grant_write(c, &bad), ERR_PERIOD_ORDER);
	bad = g;
	bad.person_id = 12345;
	is_err(grant_write(c, &bad), ERR_NOTFOUND);
	ok(grant_write(c, &g));
	return grant_write(c, &g);
}

static err end_grants(struct ctx *c, void *arg) { return grant_end(c, "case", 7, c->today + 10, arg); }
static err end_all(struct ctx *c, void *arg) { return grant_end(c, "case", 7, c->today, arg); }

static void grants(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	is_err(grant_write(c, &(struct grant_new){.org_id = 2, .person_id = 1, .relation = RELATION_CASE, .via_table = "case"}), ERR_BUG);
	ok(tx_run(c, bad_grants, NULL));
	assert_int_equal(count_of(w, "access_grant", "via_table='case'"), 1);
	struct grant_row *v;
	size_t n;
	ok(grant_list(c, 1, &v, &n));
	assert_int_equal(n, 2);
	int64_t ended;
	ok(tx_run(c, end_grants, &ended));
	assert_int_equal(ended, 1);
	stranger(w);
	ok(policy_check(c, 1, CLASS_CARE, ACTION_SEE));
	world_clock(w, NOW + 10 * 86400000LL);
	is_err(policy_check(c, 1, CLASS_CARE, ACTION_SEE), ERR_NOTFOUND);
	world_clock(w, NOW);
	is_err(grant_list(c, 3, &v, &n), ERR_NOTFOUND);
	ok(tx_run(c, end_all, &ended)); /* ended on its first day: it never was in force */
	assert_int_equal(count_of(w, "access_grant", "via_table='case'"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		RECORD(timeline_pages), RECORD(task_numbers_equal_lists), RECORD(evidence_rows), RECORD(drafts), RECORD(grants),
	};
	return cmocka_run_group_tests_name("register_b_flow", tests, NULL, NULL);
}
