/* Filled forms: judgement and its tasks, the snapshot, the version of the day, merging, FHIR, lists by cluster, the bin. */
#include "care_world.h"

#include "care/intake.h"
#include "codec/json.h"
#include "register/conflict.h"

#define KCL "kihon-checklist"

/* All 25 answered so that nothing applies; then `hits` (item numbers, 0 ends) turned to what applies. */
static struct answers *sheet(struct world *w, civil on, const int *hits)
{
	const struct form_def *def = form_find(w->house.forms, KCL, on);
	assert_non_null(def);
	struct answers *as = answers_new(w->arena, def);
	ok(answers_set_date(as, "kcl_date", on));
	ok(answers_set_text(as, "name", "見本 花子"));
	ok(answers_set_text(as, "address", "青葉市緑町一丁目1番1号"));
	ok(answers_set_date(as, "birth_date", D(1944, 5, 6)));
	for (int i = 1; i <= 25; i++) {
		const char *id = arena_fmt(w->arena, i == 12 ? "kcl12_stated" : "kcl%02d", i);
		const struct form_item *it = answers_item(as, id);
		assert_non_null(it);
		bool hit = false;
		for (int k = 0; hits && hits[k]; k++)
			hit = hit || hits[k] == i;
		/* options[0] = true: the side that gives a point is the one that applies */
		bool yes_counts = it->options[0].points > 0;
		if (i == 12)
			yes_counts = true;
		ok(answers_set_int(as, id, hit == yes_counts ? 1 : 0));
	}
	return as;
}

static const char *save(struct world *w, const struct answers *as, const char *pid, int64_t version)
{
	const char *out = NULL;
	fault_clear(&w->c);
	err e = response_save(&w->c, &(struct response_input){.pid = pid, .version = version, .person_pid = prs(w, 1), .form_id = KCL,
		.answers = as}, &out, NULL);
	for (size_t i = 0; e != OK && i < w->c.n_faults; i++)
		print_error("%s: %s\n", w->c.faults[i].field, w->c.faults[i].message);
	assert_int_equal(e, OK);
	return out;
}

static const char *result_of(struct world *w, const char *pid)
{
	struct response_view v;
	ok(response_get(&w->c, pid, &v));
	return form_result_code(v.result);
}

/* T-YB-11, T-YB-12 and the seven criteria at their borders */
static void judgement(void **state)
{
	struct world *w = *state;
	static const struct {
		int hits[12];
		const char *result;
	} rows[] = {
		{{6, 7, 8}, "eligible"}, {{6, 7}, "not-eligible"}, {{11}, "not-eligible"}, {{13}, "not-eligible"}, {{11, 12}, "eligible"},
		{{13, 14}, "eligible"}, {{16}, "eligible"}, {{17}, "not-eligible"}, {{18}, "eligible"}, {{21}, "not-eligible"},
		{{21, 25}, "eligible"}, {{0}, "not-eligible"}, {{1, 2, 3, 4, 5, 6, 7, 11, 13}, "not-eligible"},
		{{1, 2, 3, 4, 5, 6, 7, 11, 13, 17}, "eligible"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const char *pid = save(w, sheet(w, D(2026, 11, 1), rows[i].hits), "", 0);
		if (!str_eq(result_of(w, pid), rows[i].result))
			fail_msg("row %zu: %s", i, result_of(w, pid));
	}
	assert_int_equal(open_tasks(w), 0);
}

static void undetermined_asks_and_settles(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct answers *as = sheet(w, D(2026, 11, 17), (int[]){6, 7, 0});
	ok(answers_set_blank(as, "kcl08", BLANK_UNANSWERED));
	ok(answers_set_blank(as, "kcl16", BLANK_REFUSED));
	const char *pid = save(w, as, "", 0);
	assert_string_equal(result_of(w, pid), "undetermined");
	struct task_filter f = TASK_OPEN();
	struct task_row *t;
	size_t n;
	ok(task_list(c, &f, &t, &n));
	assert_int_equal(n, 1);
	assert_string_equal(t[0].kind, "checklist_again");
	if (!strstr(t[0].reason, "No.8") || !strstr(t[0].reason, "No.16") || strstr(t[0].reason, "No.7、"))
		fail_msg("%s", t[0].reason);
	/* kinds of blank survive */
	struct response_view v;
	ok(response_get(c, pid, &v));
	assert_int_equal(answers_get(v.answers, "kcl16")->blank, BLANK_REFUSED);
	/* the rest filled in */
	ok(answers_set_int(as, "kcl08", 0));
	ok(answers_set_int(as, "kcl16", answers_item(as, "kcl16")->options[0].points > 0 ? 0 : 1));
	assert_string_equal(save(w, as, pid, 1), pid);
	assert_string_not_equal(result_of(w, pid), "undetermined");
	assert_int_equal(open_tasks(w), 0);
	assert_int_equal(count_of(w, "timeline", "table_name='response'"), 1);
	/* a new full sheet settles what an older one asked for */
	ok(answers_set_blank(as, "kcl08", BLANK_UNANSWERED));
	ok(answers_set_blank(as, "kcl16", BLANK_UNANSWERED));
	(void)save(w, as, "", 0);
	assert_int_equal(open_tasks(w), 1);
	(void)save(w, sheet(w, D(2026, 11, 18), NULL), "", 0);
	assert_int_equal(open_tasks(w), 0);
	/* 記入日 is needed and cannot come later than today */
	as = sheet(w, D(2026, 11, 17), NULL);
	ok(answers_set_blank(as, "kcl_date", BLANK_UNANSWERED));
	is_err(response_save(c, &(struct response_input){.person_pid = prs(w, 1), .answers = as}, &pid, NULL), ERR_REQUIRED);
	fault_clear(c);
	is_err(response_save(c, &(struct response_input){.person_pid = prs(w, 3), .answers = sheet(w, D(2026, 11, 1), NULL)}, &pid, NULL),
		ERR_NOTFOUND);
}

static void snapshot_restored(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct answers *as = sheet(w, D(2026, 11, 1), (int[]){6, 7, 8, 18, 0});
	struct form_result now;
	form_score(w->arena, as, D(2026, 11, 1), &now);
	struct response_view v;
	ok(response_get(c, save(w, as, "", 0), &v));
	assert_true(answers_equal(v.answers, as));
	assert_int_equal(v.result->n, now.n);
	for (size_t i = 0; i < now.n; i++) {
		assert_true(v.result->outcomes[i].min == now.outcomes[i].min && v.result->outcomes[i].max == now.outcomes[i].max);
		assert_string_equal(v.result->explained[i], now.explained[i]);
	}
	const char *a = json_to_text(w->arena, form_result_snapshot(w->arena, v.result), false);
	assert_string_equal(a, json_to_text(w->arena, form_result_snapshot(w->arena, &now), false));
	/* the judgement is the saved one, not one made again: changed in the store, it shows changed */
	assert_string_equal(form_result_code(v.result), "eligible");
	struct answers *none = sheet(w, D(2026, 11, 1), NULL);
	struct form_result other;
	form_score(w->arena, none, D(2026, 11, 1), &other);
	world_sql(w, "UPDATE response SET scores = '%s'", json_to_text(w->arena, form_result_snapshot(w->arena, &other), false));
	assert_string_equal(result_of(w, v.pid), "not-eligible");
	assert_int_equal(v.answered_on, D(2026, 11, 1));
	assert_string_equal(v.staff_name, "見本 職員11");
	assert_string_equal(v.updated_by, "見本 職員11");
}

/* A version of the form from 2026-11-10 on, as a law that changes would bring it. */
static void law_of_the_day(void **state)
{
	struct world *w = *state;
	const char *command = arena_fmt(w->arena, "cp -r '%s/forms' '%s/forms2' && cp -r '%s/forms2/%s/2015-04-01' '%s/forms2/%s/2026-11-10'",
		getenv("TSUNAGI_ROOT"), w->dir, w->dir, KCL, w->dir, KCL);
	assert_int_equal(system(command), 0);
	struct form_catalogue *forms;
	struct form_problems p = {0};
	err e = form_load(w->arena, arena_fmt(w->arena, "%s/forms2", w->dir), &forms, &p);
	for (size_t i = 0; i < p.n; i++)
		print_error("%s\n", p.lines[i]);
	assert_int_equal(e, OK);
	w->house.forms = forms;
	struct response_view v;
	const char *old = save(w, sheet(w, D(2026, 11, 9), NULL), "", 0);
	ok(response_get(&w->c, old, &v));
	assert_string_equal(v.def->version, "2015-04-01");
	ok(response_get(&w->c, save(w, sheet(w, D(2026, 11, 10), NULL), "", 0), &v));
	assert_string_equal(v.def->version, "2026-11-10");
	/* typed into the new form, but filled in before: the old version counts, with every answer */
	struct answers *as = sheet(w, D(2026, 11, 12), (int[]){6, 7, 8, 0});
	ok(answers_set_date(as, "kcl_date", D(2026, 11, 2)));
	const char *pid = save(w, as, "", 0);
	ok(response_get(&w->c, pid, &v));
	assert_string_equal(v.def->version, "2015-04-01");
	assert_string_equal(form_result_code(v.result), "eligible");
	assert_string_equal(answers_text(v.answers, "name"), "見本 花子");
	/* no version at all on that day */
	as = sheet(w, D(2026, 11, 1), NULL);
	ok(answers_set_date(as, "kcl_date", D(2010, 1, 1)));
	fault_clear(&w->c);
	is_err(response_save(&w->c, &(struct response_input){.person_pid = prs(w, 1), .answers = as}, &pid, NULL), ERR_FORM_DATE);
}

static void two_editors(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct answers *base = sheet(w, D(2026, 11, 1), NULL), *a = answers_copy(w->arena, base), *b = answers_copy(w->arena, base),
		*d = answers_copy(w->arena, base);
	const char *pid = save(w, base, "", 0);
	ok(answers_set_text(a, "desired_service", "体操"));
	ok(answers_set_int(a, "kcl18", answers_item(a, "kcl18")->options[0].points > 0));
	(void)save(w, a, pid, 1);
	nurse2(w);
	ok(answers_set_int(b, "kcl06", !answers_num(b, "kcl06", 0)));
	(void)save(w, b, pid, 1);
	struct response_view v;
	ok(response_get(c, pid, &v));
	assert_string_equal(answers_text(v.answers, "desired_service"), "体操");
	assert_int_equal(answers_num(v.answers, "kcl06", -1), answers_num(b, "kcl06", -2));
	assert_string_equal(form_result_code(v.result), "eligible"); /* judged on both */
	ok(answers_set_text(d, "desired_service", "買い物の手伝い"));
	struct row_conflict *conflict = NULL;
	is_err(response_save(c, &(struct response_input){.pid = pid, .version = 1, .person_pid = prs(w, 1), .answers = d}, &pid, &conflict),
		ERR_CONFLICT);
	assert_non_null(conflict);
	struct conflict_row *rows;
	size_t n;
	ok(conflict_list(c, &T_response, v.id, 1, CLASS_CARE, &rows, &n));
	assert_int_equal(n, 1);
	struct conflict_field *f;
	ok(conflict_text_mine(c, &T_response, rows[0].pid, &f, &n));
	bool kept = false;
	for (size_t i = 0; i < n; i++)
		kept = kept || strstr(f[i].text, "買い物の手伝い");
	assert_true(kept);
	/* of another person: not found */
	is_err(response_save(c, &(struct response_input){.pid = v.pid, .version = v.version, .person_pid = prs(w, 2), .answers = d}, &pid,
		NULL), ERR_NOTFOUND);
}

static void warnings_and_age(void **state)
{
	struct world *w = *state;
	struct form_warnings warn = {0};
	struct answers *as = sheet(w, D(2026, 11, 1), (int[]){18, 0});
	const char *pid;
	/* 65 is reached on the day before the birthday */
	static const struct {
		int y, m, d;
		bool warned;
	} rows[] = {{1961, 11, 2, false}, {1961, 11, 3, true}, {1961, 11, 1, false}, {1985, 1, 1, true}};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		ok(answers_set_date(as, "birth_date", D(rows[i].y, rows[i].m, rows[i].d)));
		ok(response_save(&w->c, &(struct response_input){.person_pid = prs(w, 1), .answers = as, .warnings = &warn}, &pid, NULL));
		bool aged = false;
		for (size_t k = 0; k < warn.n; k++)
			aged = aged || str_eq(warn.w[k].rule, "check_age");
		if (aged != rows[i].warned)
			fail_msg("row %zu", i);
	}
}

static void fhir_there_and_back(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct answers *as = sheet(w, D(2026, 11, 1), (int[]){6, 7, 8, 0});
	ok(answers_set_blank(as, "kcl20", BLANK_UNKNOWN));
	ok(answers_set(as, "height_cm", "150.5"));
	const char *pid = save(w, as, "", 0), *json, *back;
	ok(response_to_fhir(c, pid, &json));
	ok(response_from_fhir(c, prs(w, 1), json, IMPORT_UNASKED, NULL, &back));
	struct response_view a, b;
	ok(response_get(c, pid, &a));
	ok(response_get(c, back, &b));
	assert_string_not_equal(a.pid, b.pid);
	struct answer_diff *d;
	size_t n = answers_diff(w->arena, a.answers, b.answers, &d);
	for (size_t i = 0; i < n; i++)
		print_error("%s\n", d[i].path);
	assert_int_equal(n, 0);
	fault_clear(c);
	is_err(response_from_fhir(c, prs(w, 1), "{", IMPORT_UNASKED, NULL, &back), ERR_FHIR);
	assert_true(*fault_text(c, "file") != 0);
	/* on another person's page: nothing is written before somebody says it is the same person, and then the register's name stays */
	int64_t before = count_of(w, "response", "1=1");
	struct identity who;
	fault_clear(c);
	world_sql(w, "UPDATE person SET name = '別 人' WHERE id = %d", 2);
	is_err(response_from_fhir(c, prs(w, 2), json, IMPORT_UNASKED, &who, &back), ERR_REQUIRED);
	assert_true(who.differs);
	assert_true(*fault_text(c, "same") != 0);
	assert_int_equal(count_of(w, "response", "1=1"), before);
	fault_clear(c);
	ok(response_from_fhir(c, prs(w, 2), json, IMPORT_SAME, &who, &back));
	ok(response_get(c, back, &b));
	assert_string_equal(answers_text(b.answers, "name"), "別 人");
	stranger(w);
	is_err(response_to_fhir(c, pid, &json), ERR_NOTFOUND);
}

static void lists_after_a_merge(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	(void)save(w, sheet(w, D(2026, 10, 1), NULL), "", 0);
	const char *newest;
	ok(response_save(c, &(struct response_input){.person_pid = prs(w, 2), .answers = sheet(w, D(2026, 11, 1), (int[]){18, 0})}, &newest,
		NULL));
	struct response_row *rows;
	size_t n;
	ok(response_list(c, prs(w, 1), KCL, &rows, &n));
	assert_int_equal(n, 1);
	head(w);
	const char *event;
	ok(cluster_merge(c, prs(w, 1), prs(w, 2), "同じ人", &event));
	nurse(w);
	ok(response_list(c, prs(w, 1), KCL, &rows, &n));
	assert_int_equal(n, 2);
	assert_string_equal(rows[0].pid, newest);
	struct response_view v;
	bool found;
	ok(response_latest(c, 1, KCL, D(2026, 11, 18), &v, &found));
	assert_true(found && str_eq(v.pid, newest));
	ok(response_latest(c, 1, KCL, D(2026, 10, 31), &v, &found));
	assert_true(found && v.answered_on == D(2026, 10, 1));
	ok(response_latest(c, 1, KCL, D(2026, 9, 30), &v, &found));
	assert_false(found);
	/* the bin and back */
	ok(answers_set_blank(v.answers, "kcl18", BLANK_UNANSWERED));
	const char *open = save(w, v.answers, "", 0);
	assert_int_equal(open_tasks(w), 1);
	is_err(response_retire(c, open, ""), ERR_REQUIRED);
	ok(response_retire(c, open, "誤り"));
	assert_int_equal(open_tasks(w), 0);
	is_err(response_get(c, open, &v), ERR_NOTFOUND);
	is_err(response_retire(c, open, "x"), ERR_NOTFOUND);
	ok(response_list(c, prs(w, 1), KCL, &rows, &n));
	assert_int_equal(n, 2);
	struct bin_row *b;
	ok(bin_list(c, 1, 10, 0, &b, &n));
	assert_int_equal(n, 1);
	ok(bin_restore(c, b[0].pid));
	assert_int_equal(open_tasks(w), 1);
	ok(response_get(c, open, &v));
}

static void origin_and_prefill(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	world_sql(w, "UPDATE person SET home_address = '青葉市緑町二丁目2番', mobile = '090-0000-0000', birth_on = '1944-05-06' WHERE id = 1");
	struct answers *as = answers_new(w->arena, form_find(w->house.forms, KCL, c->today));
	ok(response_prefill(c, prs(w, 1), as->def, as));
	assert_string_equal(answers_text(as, "name"), "見本 花子");
	assert_string_equal(answers_text(as, "address"), "青葉市緑町二丁目2番");
	assert_string_equal(answers_text(as, "phone"), "090-0000-0000");
	assert_int_equal(answers_num(as, "birth_date", 0), D(1944, 5, 6));
	assert_int_equal(answers_num(as, "kcl_date", 0), c->today);
	struct consult_input in = call(prs(w, 2));
	const char *other = saved(w, &in), *pid;
	is_err(response_save(c, &(struct response_input){.person_pid = prs(w, 1), .consult_pid = other,
		.answers = sheet(w, D(2026, 11, 1), NULL)}, &pid, NULL), ERR_NOTFOUND);
	in = call(prs(w, 1));
	other = saved(w, &in);
	ok(response_save(c, &(struct response_input){.person_pid = prs(w, 1), .consult_pid = other,
		.answers = sheet(w, D(2026, 11, 1), NULL)}, &pid, NULL));
	struct response_view v;
	ok(response_get(c, pid, &v));
	assert_string_equal(v.consult_pid, other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CARE(judgement), CARE(undetermined_asks_and_settles), CARE(snapshot_restored), CARE(law_of_the_day), CARE(two_editors),
		CARE(warnings_and_age), CARE(fhir_there_and_back), CARE(lists_after_a_merge), CARE(origin_and_prefill),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
