/* Papers of care/: PDF and sheet of what is saved, who may print, and the reprint that does not change with the person. */
#include "care_world.h"

#include "care/basic_info.h"
#include "care/intake.h"
#include "care/paper.h"
#include "register/issued.h"

static void fonts(struct world *w) { ok(pdf_fonts_open(w->arena, NULL, &w->house.fonts)); }

#define PAPER(f) cmocka_unit_test_setup_teardown(f, care_open, care_close)

static const char *sheet(struct world *w, int64_t person, civil on)
{
	struct answers *as = answers_new(w->arena, form_find(w->house.forms, "kihon-checklist", on));
	const char *pid;
	ok(answers_set_date(as, "kcl_date", on));
	ok(answers_set_text(as, "name", "見本 花子"));
	ok(answers_set_text(as, "address", "青葉市"));
	ok(answers_set_date(as, "birth_date", D(1944, 5, 6)));
	ok(answers_set_int(as, "kcl01", 1));
	ok(response_save(&w->c, &(struct response_input){.person_pid = prs(w, person), .answers = as}, &pid, NULL));
	return pid;
}

static const char *info(struct world *w, const char *hobby)
{
	struct answers *as = answers_new(w->arena, form_find(w->house.forms, "riyosha-kihon-joho", w->c.today));
	const char *pid;
	ok(answers_set_date(as, "consult_date", w->c.today));
	ok(answers_set_text(as, "hobby", hobby));
	ok(basic_info_save(&w->c, &(struct basic_info_input){.person_pid = prs(w, 1), .answers = as}, &pid, NULL));
	return pid;
}

static void drawn(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	fonts(w);
	const char *a = sheet(w, 1, D(2026, 5, 1)), *b = sheet(w, 1, D(2026, 11, 1)), *other = sheet(w, 2, D(2026, 11, 1));
	const char *pdf, *with, *xlsx;
	size_t n, n_with, n_xlsx;
	ok(paper_response(c, b, "", PAPER_PDF, &pdf, &n));
	ok(paper_response(c, b, a, PAPER_PDF, &with, &n_with));
	ok(paper_response(c, b, a, PAPER_SHEET, &xlsx, &n_xlsx));
	assert_true(n > 1000 && memcmp(pdf, "%PDF-", 5) == 0);
	assert_true(n_with != n || memcmp(pdf, with, n) != 0); /* the earlier one shows */
	assert_true(n_xlsx > 1000 && memcmp(xlsx, "PK", 2) == 0);
	is_err(paper_response(c, b, other, PAPER_PDF, &pdf, &n), ERR_NOTFOUND);
	const char *basic = info(w, "園芸");
	ok(paper_basic_info(c, prs(w, 1), basic, PAPER_PDF, &pdf, &n));
	assert_memory_equal(pdf, "%PDF-", 5);
	ok(paper_basic_info(c, prs(w, 1), basic, PAPER_SHEET, &xlsx, &n_xlsx));
	assert_memory_equal(xlsx, "PK", 2);
	is_err(paper_basic_info(c, prs(w, 2), basic, PAPER_PDF, &pdf, &n), ERR_NOTFOUND);
	/* printing asks for its own right */
	give(w, 2, 1, 0, RELATION_AREA);
	stranger(w);
	struct response_view v;
	ok(response_get(c, b, &v));
	is_err(paper_response(c, b, "", PAPER_PDF, &pdf, &n), policy_check(c, 1, CLASS_CARE, ACTION_PRINT));
	manager3(w);
	is_err(paper_response(c, b, "", PAPER_PDF, &pdf, &n), ERR_NOTFOUND);
	is_err(paper_basic_info(c, prs(w, 1), basic, PAPER_PDF, &pdf, &n), ERR_NOTFOUND);
}

static void reprint_is_what_was_issued(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	fonts(w);
	const char *pid, *first, *later, *response = sheet(w, 1, D(2026, 11, 1)), *issued_sheet;
	const void *again;
	size_t n, n_again, n_later;
	struct t_issued_doc row;
	is_err(paper_issue_basic_info(c, prs(w, 1), "", "", &pid), ERR_REQUIRED);
	fault_clear(c);
	const char *basic = info(w, "園芸");
	ok(paper_basic_info(c, prs(w, 1), basic, PAPER_PDF, &first, &n));
	ok(paper_issue_basic_info(c, prs(w, 1), basic, "東ケアプラン", &pid));
	ok(paper_issue_response(c, response, "", &issued_sheet));
	assert_int_equal(count_of(w, "issued_recipient", "name='東ケアプラン' AND kind='other'"), 1);
	assert_int_equal(count_of(w, "issued_recipient", "name='本人' AND kind='self'"), 1);
	/* name, address and the record itself move on; the clock too */
	world_sql(w, "UPDATE person SET name = '改姓 花子', home_address = '別の町1番' WHERE id = 1");
	struct basic_info_view v;
	ok(basic_info_get(c, prs(w, 1), basic, &v));
	struct answers *as = answers_copy(w->arena, v.answers);
	ok(answers_set_text(as, "hobby", "写真"));
	ok(basic_info_save(c, &(struct basic_info_input){prs(w, 1), basic, v.version, as}, &basic, NULL));
	ok(response_retire(c, response, "誤り"));
	world_clock(w, NOW + 40 * 86400000LL);
	ok(issued_read(c, pid, &again, &n_again, &row));
	assert_int_equal(n_again, n);
	assert_memory_equal(again, first, n);
	assert_true(strstr(row.answers, "園芸") && strstr(row.answers, "見本 花子") && !strstr(row.answers, "写真"));
	assert_true(row.row_version == v.version && str_eq(row.form_version, v.def->version) && str_eq(row.form_sha, v.def->sha256));
	ok(paper_basic_info(c, prs(w, 1), basic, PAPER_PDF, &later, &n_later));
	assert_true(n_later != n || memcmp(later, first, n) != 0); /* the test can fail: a new drawing differs */
	ok(issued_read(c, issued_sheet, &again, &n_again, &row)); /* the sheet is in the bin, its paper is not */
	assert_memory_equal(again, "%PDF-", 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {PAPER(drawn), PAPER(reprint_is_what_was_issued)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
