/* Letters about certifications: who gets one, and that whoever has died, moved or applied already gets none. */
#include "plan_world.h"

#include "base/str.h"
#include "care/cert_notice.h"

#include <stdlib.h>
#include <string.h>

static const struct duty_item *of(const struct duty_list *l, const char *rule)
{
	for (size_t i = 0; i < l->n; i++)
		if (str_eq(l->v[i].rule->id, rule))
			return &l->v[i];
	return NULL;
}

static size_t letters(struct world *w, struct duty_list *l)
{
	const char *bytes;
	size_t n, n_letters;
	ok(cert_notice_lines(&w->c, w->c.today, 0, 180, l));
	ok(cert_notice_letters(&w->c, l, 0, &bytes, &n, &n_letters));
	assert_true(n_letters ? n > 1000 && strncmp(bytes, "%PDF", 4) == 0 : bytes == NULL);
	return n_letters;
}

static void renewal(void **state)
{
	struct world *w = *state;
	struct duty_list l;
	ok(pdf_fonts_open(w->arena, NULL, &w->house.fonts));
	civil to = w->c.today + 40;
	certified(w, "c2", civil_add_months(to, -12) + 1, to);
	(void)case_of(w, 1, "home");
	assert_int_equal(letters(w, &l), 1);
	const struct duty_item *i = of(&l, "R-NT-RENEW-WIN");
	assert_non_null(i);
	assert_int_equal(i->hi, to);
	assert_int_equal(i->lo, to - 60);
	/* an application for the renewal: nothing to remind of */
	struct t_certification k;
	certification_init(&k);
	k.person_id = 1;
	k.status = "applying_renew";
	k.apply_kind = "renew";
	k.applied_on = w->c.today;
	k.insurer_no = "139999";
	ok(certification_save(&w->c, &k, NULL));
	assert_int_equal(letters(w, &l), 0);
	assert_null(of(&l, "R-NT-RENEW-WIN"));
	assert_non_null(of(&l, "R-NT-30D")); /* its decision is awaited */
	world_sql(w, "DELETE FROM evidence WHERE table_name = 'certification' AND row_id = %lld", (long long)k.id);
	world_sql(w, "UPDATE certification SET status = 'withdrawn' WHERE id = %lld", (long long)k.id);
	assert_int_equal(letters(w, &l), 1);
	world_sql(w, "UPDATE person SET death_on = '2026-11-01' WHERE id = 1");
	assert_int_equal(letters(w, &l), 0);
	world_sql(w, "UPDATE person SET death_on = NULL WHERE id = 1");
	stranger(w);
	assert_int_equal(letters(w, &l), 0);
}

static void sixty_five(void **state)
{
	struct world *w = *state;
	struct duty_list l;
	ok(pdf_fonts_open(w->arena, NULL, &w->house.fonts));
	(void)case_of(w, 1, "home");
	struct ymd d = civil_ymd(civil_add_months(w->c.today, 2));
	world_sql(w, "UPDATE person SET birth_on = '%04d-%02d-15' WHERE id = 1", d.y - 65, d.m);
	assert_int_equal(letters(w, &l), 1);
	assert_non_null(of(&l, "R-NT-65"));
	world_sql(w, "UPDATE person SET birth_on = '%04d-%02d-15' WHERE id = 1", d.y - 64, d.m);
	assert_int_equal(letters(w, &l), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(renewal, care_open, care_close), cmocka_unit_test_setup_teardown(sixty_five, care_open, care_close)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
