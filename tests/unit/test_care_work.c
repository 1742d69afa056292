/* 今日の仕事: for every box, whole centre and mine, page by page: the number equals its rows. */
#include "care_world.h"

#include "care/intake.h"
#include "care/routing.h"
#include "care/assess.h"
#include "care/work.h"

static err put_task(struct ctx *c, void *arg) { return task_put(c, arg, NULL); }

static void fill(struct world *w)
{
	static const char *const days[] = {"", "R8.11.10", "R8.11.18", "R8.11.20", "R9.1.5"};
	for (int i = 0; i < 30; i++) {
		if (i % 3 == 2)
			nurse2(w);
		else
			nurse(w);
		struct consult_input in = call(i % 4 == 0 ? "" : prs(w, 1 + i % 2));
		in.next_on = days[i % 5];
		in.next_action = *in.next_on ? "電話" : "";
		in.classes = (const char *const[]){i % 7 == 6 ? "abuse" : "life"};
		in.n_classes = 1;
		if (i % 10 == 9) {
			in.status = "closed";
			in.close_reason = "解決";
		}
		(void)saved(w, &in);
	}
	world_sql(w, "UPDATE person SET birth_on = '1944-05-06'");
	const struct form_def *def = form_find(w->house.forms, "kihon-checklist", w->c.today);
	for (int i = 0; i < 4; i++) {
		if (i % 2)
			nurse2(w);
		else
			nurse(w);
		struct answers *as = answers_new(w->arena, def);
		const char *pid;
		ok(answers_set_date(as, "kcl_date", w->c.today - i));
		ok(answers_set_text(as, "name", "見本 花子"));
		ok(answers_set_text(as, "address", "青葉市"));
		ok(answers_set_date(as, "birth_date", D(1944, 5, 6)));
		ok(response_save(&w->c, &(struct response_input){.person_pid = prs(w, 1 + i % 2), .answers = as}, &pid, NULL));
		ok(routing_save(&w->c, &(struct routing_input){.person_pid = prs(w, 1 + i % 2), .decided_on = i == 3 ? "R8.11.1" : "",
			.answers = {.wish = "certification", .needs_cert = "no"}}, &pid));
	}
	for (int i = 1; i <= 2; i++)
		world_sql(w, "INSERT INTO certification (pid, version, person_id, status, apply_kind, level, from_on, to_on,"
			" created_ms, created_by, updated_ms, updated_by) VALUES ('crt%023d', 1, %d, 'certified', 'new', 's1',"
			" '2026-01-01', '%s', 0, 0, 0, 0)", i, i, i == 1 ? "2026-12-31" : "2027-03-31");
	for (int i = 0; i < 4; i++) { /* two drafts; two confirmed before the certification of today */
		struct assess_view v;
		const char *pid;
		if (i % 2)
			nurse2(w);
		else
			nurse(w);
		ok(assess_new(&w->c, prs(w, 1 + i % 2), &v));
		struct assess_input in = {.person_pid = v.person_pid, .pid = "", .row = v.row};
		in.row.done_on = i < 2 ? w->c.today : D(2025, 12, 1 + i);
		ok(assess_save(&w->c, &in, &pid, NULL));
	}
	world_sql(w, "UPDATE assessment SET status = 'confirmed' WHERE done_on < '2026-01-01'");
	world_sql(w, "UPDATE assessment SET retired_ms = 1 WHERE person_id = 2 AND status = 'draft'");
	nurse(w);
	world_sql(w, "UPDATE assessment SET staff_id = 111");
	for (int i = 0; i < 12; i++) {
		struct task_new t = {.kind = i % 2 ? "call" : "routing_handin", .person_id = i % 4, .record_class = CLASS_CARE,
			.assignee_staff_id = i % 3 ? 111 : 0, .due_on = w->c.today - 4 + i, .title = "x", .table_name = "test", .row_id = i};
		ok(tx_run(&w->c, put_task, &t));
	}
	for (int i = 0; i < 8; i++) { /* before, in and after this month; before and after the thirty days */
		struct task_new t = {.kind = i % 2 ? "monitoring" : "evaluation", .person_id = 1 + i % 3, .record_class = CLASS_CARE,
			.assignee_staff_id = i > 5 ? 0 : 111, .due_on = w->c.today + (i / 2 - 1) * 20, .title = "x", .table_name = "visit", .row_id = i};
		ok(tx_run(&w->c, put_task, &t));
	}
	for (int account = 11; account <= 21; account += 10) /* read long ago; the stranger may see neither */
		for (int i = 1; i <= 2; i++) {
			world_sql(w, "INSERT INTO person_seen (account_id, person_id, seen_ms) VALUES (%d, %d, 0)", account, i);
			world_sql(w, "INSERT INTO person_pin (account_id, person_id, created_ms) VALUES (%d, %d, 0)", account, i);
		}
}

static int64_t rows_of(struct world *w, const struct work_box *b, bool mine)
{
	struct ctx *c = &w->c;
	int64_t all = 0;
	const char *seen[300];
	for (;;) {
		struct work_box box;
		struct work_row *rows;
		size_t n;
		ok(work_rows(c, b->code, mine, all, 3, &box, &rows, &n));
		assert_int_equal(box.count, b->count);
		assert_string_equal(box.label, b->label);
		for (size_t i = 0; i < n; i++) {
			struct work_row *r = &rows[i];
			if (!*r->kind_label || !*r->title || !r->url || !r->assignee_name || !r->note || !r->task_pid || !r->person_pid ||
			    !r->person_name)
				fail_msg("%s: row %zu is not whole", b->code, i);
			const char *key = *r->task_pid ? r->task_pid : r->url;
			for (int64_t k = 0; k < all; k++)
				if (str_eq(seen[k], key))
					fail_msg("%s: twice on the pages", b->code);
			seen[all++] = key;
			assert_true(all < 300);
		}
		if (n < 3)
			return all;
	}
}

static void number_equals_rows(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	fill(w);
	static void (*const actors[])(struct world *) = {nurse, nurse2, social, clerk, stranger};
	for (size_t a = 0; a < sizeof actors / sizeof actors[0]; a++) {
		actors[a](w);
		for (int mine = 0; mine < 2; mine++) {
			struct work_box *boxes;
			size_t n;
			ok(work_boxes(c, mine, &boxes, &n));
			assert_true(n >= 11);
			for (size_t i = 0; i < n; i++) {
				int64_t got = rows_of(w, &boxes[i], mine);
				if (got != boxes[i].count)
					fail_msg("actor %zu %s %s: %d rows, %d counted", a, boxes[i].code, mine ? "mine" : "all", (int)got, (int)boxes[i].count);
				if (a == 0 && boxes[i].count == 0)
					fail_msg("%s is empty: the test proves nothing", boxes[i].code);
				if (a == 4)
					assert_int_equal(boxes[i].count, 0);
			}
		}
	}
	struct work_box box;
	struct work_row *rows;
	size_t n;
	nurse(w);
	is_err(work_rows(c, "nothing", false, 0, 0, &box, &rows, &n), ERR_NOTFOUND);
	/* mine of somebody without a staff record is nothing, not everything */
	c->actor.staff_id = 0;
	world_sql(w, "DELETE FROM person_pin"); /* 「自分の担当」 is the account's own word, whoever it is */
	struct work_box *boxes;
	ok(work_boxes(c, true, &boxes, &n));
	for (size_t i = 0; i < n; i++)
		if (boxes[i].count)
			fail_msg("%s counts %d for nobody", boxes[i].code, (int)boxes[i].count);
}

static int64_t count_in(struct world *w, const char *code)
{
	struct work_box box;
	struct work_row *rows;
	size_t n;
	ok(work_rows(&w->c, code, false, 0, 0, &box, &rows, &n));
	return box.count;
}

/* Each box by hand: what comes into it and what leaves it. */
static void what_counts(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct consult_input in = call(prs(w, 1));
	const char *pid = saved(w, &in);
	assert_true(count_in(w, "consult_idle") == 1 && count_in(w, "consult_open") == 1 && count_in(w, "today") == 0);
	in = edit_of(w, pid);
	in.next_action = "電話";
	in.next_on = iso(w, c->today);
	(void)saved(w, &in);
	assert_true(count_in(w, "consult_idle") == 0 && count_in(w, "today") == 1 && count_in(w, "consult_overdue") == 0);
	world_clock(w, NOW + 86400000);
	assert_true(count_in(w, "today") == 0 && count_in(w, "overdue") == 1 && count_in(w, "consult_overdue") == 1);
	world_clock(w, NOW);
	/* certification: the window of renewal opens 60 days before the last day */
	world_sql(w, "INSERT INTO certification (id, pid, version, person_id, status, apply_kind, level, from_on, to_on, created_ms,"
		" created_by, updated_ms, updated_by) VALUES (1, 'crt%023d', 1, 1, 'certified', 'new', 's1', '2026-01-01', '%s', 0, 0, 0, 0)", 1,
		iso(w, c->today + 61));
	assert_int_equal(count_in(w, "cert_ending"), 0);
	world_sql(w, "UPDATE certification SET to_on = '%s'", iso(w, c->today + 60));
	assert_int_equal(count_in(w, "cert_ending"), 1);
	world_sql(w, "UPDATE certification SET to_on = '%s'", iso(w, c->today));
	assert_int_equal(count_in(w, "cert_ending"), 1);
	world_sql(w, "INSERT INTO certification (id, pid, version, person_id, status, apply_kind, applied_on, created_ms, created_by,"
		" updated_ms, updated_by) VALUES (2, 'crt%023d', 1, 1, 'applying_renew', 'renew', '2026-11-01', 0, 0, 0, 0)", 2);
	assert_int_equal(count_in(w, "cert_ending"), 0);
	/* an undetermined checklist of a merged record is settled by the newer one of the other */
	world_sql(w, "INSERT INTO response (pid, version, person_id, form_id, form_version, form_sha, record_class, answered_on, org_id,"
		" answers, result_code, created_ms, created_by, updated_ms, updated_by) VALUES ('rsp%023d', 1, 1, 'kihon-checklist', 'x', 'x', 2,"
		" '2026-11-01', 1, '{}', 'undetermined', 0, 0, 0, 0)", 1);
	assert_int_equal(count_in(w, "checklist_open"), 1);
	world_sql(w, "INSERT INTO response (pid, version, person_id, form_id, form_version, form_sha, record_class, answered_on, org_id,"
		" answers, result_code, created_ms, created_by, updated_ms, updated_by) VALUES ('rsp%023d', 1, 2, 'kihon-checklist', 'x', 'x', 2,"
		" '2026-11-02', 1, '{}', 'eligible', 0, 0, 0, 0)", 2);
	assert_int_equal(count_in(w, "checklist_open"), 1);
	const char *event;
	head(w);
	ok(cluster_merge(c, prs(w, 1), prs(w, 2), "同じ人", &event));
	nurse(w);
	assert_int_equal(count_in(w, "checklist_open"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {CARE(number_equals_rows), CARE(what_counts)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
