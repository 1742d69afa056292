/* Many people, many forms, one file: what is printed, what is said, what is refused; the same as a job. */
#include "care_world.h"

#include "base/buf.h"
#include "base/str.h"
#include "care/basic_info.h"
#include "care/bulk_print.h"
#include "care/intake.h"
#include "job/job.h"

#include <stdio.h>
#include <stdlib.h>

MUST err job_bulk_print(struct job_run *j); /* named in jobs.tbl.h */

static void fonts(struct world *w) { ok(pdf_fonts_open(w->arena, NULL, &w->house.fonts)); }

#define BULK(f) cmocka_unit_test_setup_teardown(f, care_open, care_close)

static void checklist(struct world *w, int64_t person, civil on, const char *service)
{
	struct answers *as = answers_new(w->arena, form_find(w->house.forms, "kihon-checklist", on));
	const char *pid;
	ok(answers_set_date(as, "kcl_date", on));
	ok(answers_set_text(as, "name", "見本 花子"));
	ok(answers_set_text(as, "address", "青葉市"));
	ok(answers_set_date(as, "birth_date", D(1944, 5, 6)));
	ok(answers_set_text(as, "desired_service", service));
	ok(response_save(&w->c, &(struct response_input){.person_pid = prs(w, person), .answers = as}, &pid, NULL));
}

static void info(struct world *w, int64_t person)
{
	struct answers *as = answers_new(w->arena, form_find(w->house.forms, "riyosha-kihon-joho", w->c.today));
	const char *pid;
	ok(answers_set_date(as, "consult_date", w->c.today));
	ok(answers_set_text(as, "hobby", "園芸"));
	ok(basic_info_save(&w->c, &(struct basic_info_input){.person_pid = prs(w, person), .answers = as}, &pid, NULL));
}

/* The text of a PDF, read by another program. */
static const char *text_of(struct world *w, const struct bulk_print_result *r)
{
	char path[] = "/tmp/bulk-print-XXXXXX", cmd[128];
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	FILE *f = fdopen(fd, "wb");
	assert_int_equal(fwrite(r->pdf, 1, r->n_pdf, f), r->n_pdf);
	fclose(f);
	snprintf(cmd, sizeof cmd, "pdftotext '%s' -", path);
	FILE *p = popen(cmd, "r");
	char *out = arena_alloc(w->arena, 1 << 20);
	size_t n = fread(out, 1, (1 << 20) - 1, p);
	out[n] = 0;
	assert_int_equal(pclose(p), 0);
	remove(path);
	return out;
}

static struct bulk_print_order order(struct world *w, bool newest, bool both_sides)
{
	struct bulk_print_order o = {.form_ids = {"riyosha-kihon-joho", "kihon-checklist"}, .n_forms = 2, .n_persons = 2,
	                             .period = {CIVIL_NONE, CIVIL_OPEN, newest}, .both_sides = both_sides};
	o.person_pids = ARENA_ARRAY(w->arena, 2, const char *);
	o.person_pids[0] = prs(w, 1);
	o.person_pids[1] = prs(w, 2);
	return o;
}

static void one_file_for_all(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct bulk_print_result r;
	fonts(w);
	checklist(w, 1, D(2026, 5, 1), "一枚目の希望");
	checklist(w, 1, D(2026, 11, 1), "二枚目の希望");
	info(w, 1);
	struct bulk_print_order o = order(w, false, false);
	ok(bulk_print(c, &o, NULL, NULL, &r));
	assert_int_equal(r.printed, 3);
	assert_int_equal(r.no_data, 2); /* person 2 has neither */
	assert_int_equal(r.denied, 0);
	assert_int_equal(r.pages, 1 + 2 + 2 * 2); /* the list; 利用者基本情報 has two pages, each checklist two */
	const char *text = text_of(w, &r);
	assert_non_null(strstr(text, "まとめ印刷の一覧"));
	assert_non_null(strstr(text, "印刷済 3件、データなし 2件、権限なし 0件"));
	assert_non_null(strstr(text, "基本チェックリスト：印刷済（2件）"));
	assert_non_null(strstr(text, "利用者基本情報：データなし"));
	assert_non_null(strstr(text, "一枚目の希望"));
	assert_non_null(strstr(text, "二枚目の希望"));
	/* the list stands first */
	assert_true(strstr(text, "まとめ印刷の一覧") < strstr(text, "一枚目の希望"));
	/* the newest only; a period; both sides: each person and the list end on an even page */
	o = order(w, true, true);
	ok(bulk_print(c, &o, NULL, NULL, &r));
	assert_int_equal(r.printed, 2);
	assert_int_equal(r.pages, 2 + 2 + 2);
	assert_null(strstr(text_of(w, &r), "一枚目の希望"));
	o = order(w, true, false);
	o.period.to = D(2026, 6, 1);
	ok(bulk_print(c, &o, NULL, NULL, &r));
	assert_non_null(strstr(text_of(w, &r), "一枚目の希望"));
	assert_null(strstr(text_of(w, &r), "二枚目の希望"));
	/* nothing at all: no file */
	o.period.to = D(2020, 1, 1);
	ok(bulk_print(c, &o, NULL, NULL, &r));
	assert_null(r.pdf);
	assert_int_equal(r.no_data, 4);
}

static void people_ticked_one_by_one(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	const char *persons[] = {prs(w, 2), prs(w, 2), prs(w, 1)}, *forms[] = {"monitoring"}, *pid;
	struct bulk_print_choice k;
	ok(bulk_print_choice_save(c, &(struct bulk_print_choice){.persons = persons, .n_persons = 3, .forms = forms, .n_forms = 1, .text = "見本", .from = "R8.5.1\nto=R9.1.1",
		.to = "", .which = "all", .both_sides = true}, &pid));
	ok(bulk_print_choice_get(c, pid, &k));
	assert_int_equal(k.n_persons, 2); /* each once, in their order */
	assert_string_equal(k.persons[0], prs(w, 2));
	assert_string_equal(k.forms[0], "monitoring");
	assert_string_equal(k.text, "見本");
	assert_string_equal(k.which, "all");
	assert_true(k.both_sides && !*k.from && !*k.to); /* a line break is no way into the next field */
	struct bulk_print_order o = {.form_ids = {"monitoring", "kyotaku-5", "keika-kiroku", "hyoka-hyo", "yobo-hyoka"}, .n_forms = 5, .chosen_pid = pid}, back;
	person_list_choice_init(&o.list);
	struct json *params = bulk_print_params(c, &o);
	ok(bulk_print_of_params(c, params, &back));
	assert_int_equal(back.n_persons, 2);
	assert_string_equal(back.person_pids[1], prs(w, 1));
	struct buf text = buf_new(w->arena);
	json_write(&text, params, false);
	assert_null(strstr(text.p, prs(w, 1))); /* the job holds nothing personal */
	struct bulk_print_result r;
	fonts(w);
	ok(bulk_print(c, &back, NULL, NULL, &r));
	assert_int_equal(r.no_data, 10);
	stranger(w);
	is_err(bulk_print_choice_get(c, pid, &k), ERR_NOTFOUND);
}

static void refused_in_words(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct bulk_print_result r;
	fonts(w);
	struct bulk_print_order o = order(w, true, false);
	o.n_forms = 0;
	is_err(bulk_print(c, &o, NULL, NULL, &r), ERR_INPUT);
	assert_non_null(fault_of(c, "forms"));
	fault_clear(c);
	o = order(w, true, false);
	o.n_persons = 0;
	is_err(bulk_print(c, &o, NULL, NULL, &r), ERR_INPUT);
	assert_non_null(fault_of(c, "persons"));
	fault_clear(c);
	o = order(w, true, false);
	o.form_ids[1] = "kyotaku-99";
	is_err(bulk_print(c, &o, NULL, NULL, &r), ERR_INPUT);
	fault_clear(c);
	o = order(w, true, false);
	o.period.from = D(2026, 5, 2);
	o.period.to = D(2026, 5, 1);
	is_err(bulk_print(c, &o, NULL, NULL, &r), ERR_INPUT);
	fault_clear(c);
}

static void without_right_nothing_is_printed(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct bulk_print_result r;
	fonts(w);
	checklist(w, 1, D(2026, 11, 1), "秘密の希望");
	give(w, 2, 1, 0, RELATION_AREA); /* known by name, no more */
	stranger(w);
	struct bulk_print_order o = order(w, false, false);
	err e = bulk_print(c, &o, NULL, NULL, &r);
	ok(e);
	if (policy_check(c, 1, CLASS_CARE, ACTION_PRINT) != OK) {
		assert_null(r.pdf);
		assert_int_equal(r.denied, 4);
		assert_int_equal(r.printed, 0);
	}
	manager3(w); /* sees nobody of them */
	o = order(w, false, false);
	ok(bulk_print(c, &o, NULL, NULL, &r));
	assert_null(r.pdf);
	assert_int_equal(r.denied, 4);
}

static err stop_after_one(void *arg, int64_t done, int64_t total)
{
	int *calls = arg;
	++*calls;
	assert_int_equal(total, 2);
	return done == 1 ? ERR_CANCELLED : OK;
}

static void cancelled(void **state)
{
	struct world *w = *state;
	struct bulk_print_result r;
	int calls = 0;
	fonts(w);
	struct bulk_print_order o = order(w, true, false);
	is_err(bulk_print(&w->c, &o, stop_after_one, &calls, &r), ERR_CANCELLED);
	assert_int_equal(calls, 1);
	assert_null(r.pdf);
}

static void kept_and_run_as_a_job(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	const char *pid, *name;
	const void *bytes;
	size_t n;
	bool found;
	struct bulk_print_order o = order(w, true, true), back;
	struct job j;
	fonts(w);
	checklist(w, 1, D(2026, 11, 1), "希望");
	o.period.from = D(2026, 1, 1);
	person_list_choice_init(&o.list);
	struct json *params = bulk_print_params(c, &o);
	ok(bulk_print_of_params(c, params, &back));
	assert_true(back.n_persons >= 2); /* the list as it is now, not the people named above */
	assert_int_equal(back.n_forms, 2);
	assert_string_equal(back.form_ids[1], "kihon-checklist");
	assert_int_equal(back.period.from, D(2026, 1, 1));
	assert_int_equal(back.period.to, CIVIL_OPEN);
	assert_true(back.period.newest && back.both_sides);
	size_t people = back.n_persons;
	ok(job_start(c, "bulk_print", params, CLASS_CARE, &pid));
	ok(queue_take(c, &j, &found));
	assert_true(found && str_eq(j.kind, "bulk_print"));
	struct job_run run = {.c = c, .id = j.id, .params = params};
	ok(job_bulk_print(&run));
	assert_string_equal(run.message, arena_fmt(w->arena, "%zu人、2様式：印刷済 1件、データなし %zu件、権限なし 0件", people, people * 2 - 1));
	assert_memory_equal(run.result, "%PDF-", 5);
	assert_string_equal(run.result_name, "まとめ印刷.pdf");
	ok(queue_end(c, j.id, OK, run.message, run.result, run.n_result, run.result_name));
	ok(job_get(c, pid, &j));
	assert_int_equal(j.done, (int64_t)people);
	ok(job_bytes(c, pid, &bytes, &n, &name));
	assert_int_equal(n, run.n_result);
	assert_null(strstr(j.params, prs(w, 1))); /* nobody is named where jobs are kept */
}

static void every_printable_is_a_form(void **state)
{
	struct world *w = *state;
	size_t n;
	const struct printable *v = printables(&n);
	fonts(w);
	assert_true(n >= 2);
	for (size_t i = 0; i < n; i++) {
		assert_true(form_known(w->house.forms, v[i].form_id));
		assert_ptr_equal(printable_find(v[i].form_id), &v[i]);
	}
	assert_null(printable_find("nothing"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {BULK(one_file_for_all),
		BULK(people_ticked_one_by_one), BULK(refused_in_words), BULK(without_right_nothing_is_printed),
	                                   BULK(cancelled), BULK(kept_and_run_as_a_job), BULK(every_printable_is_a_form)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
