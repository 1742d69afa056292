/* 事業所の記録: every kind saves, says what the law asks of it in its evidence, and takes it back with the bin; what is missing is named. */
#include "plan_world.h"

#include "base/str.h"
#include "care/children.h"
#include "care/office_record.h"
#include "law/codes.h"
#include "register/evidence.h"

#include <string.h>

static void *cell(struct t_office_record *r, const char *column) { return row_column(&T_office_record, r, column); }

/* Filled as the form would: every field, the first code of the list. */
static struct t_office_record filled(struct world *w, const struct office_kind *k)
{
	struct t_office_record r;
	size_t n, n_codes;
	office_record_init(&w->c, k->code, &r);
	const struct office_field *f = office_fields(k->code, &n);
	for (size_t i = 0; i < n; i++) {
		void *p = cell(&r, f[i].column);
		assert_non_null(p);
		switch (f[i].type) {
		case 'd': *(civil *)p = w->c.today; break;
		case 'm': *(civil *)p = civil_from(2026, 10, 1); break;
		case 'b': case 'c': *(bool *)p = true; break;
		case 'n': *(int64_t *)p = str_eq(k->code, "short_use") ? 12 : 12345; break;
		case 'i': *(const char **)p = "１２，３４５"; break;
		default: *(const char **)p = arena_fmt(w->arena, "%sの欄", f[i].label);
		}
	}
	if (*k->list) {
		const struct law_code **codes = law_code_list(w->house.law, w->arena, k->list, w->c.today, &n_codes);
		assert_true(n_codes > 0);
		r.what = codes[0]->code;
	}
	fault_clear(&w->c);
	return r;
}

static void every_kind_says_what_it_has_to(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	int open = 0;
	for (size_t i = 0; i < office_kind_count(); i++) {
		const struct office_kind *k = office_kind_at(i);
		assert_non_null(evidence_fields(k->evidence));
		for (int of_person = 0; of_person < 2; of_person++) {
			if (!office_kind_open(c, k, of_person))
				continue;
			struct t_office_record r = filled(w, k);
			err e = office_record_save(c, of_person ? prs(w, 1) : "", &r, NULL);
			for (size_t j = 0; e != OK && j < c->n_faults; j++)
				print_error("%s: %s: %s\n", k->code, c->faults[j].field, c->faults[j].message);
			ok(e);
			open++;
			char *where = arena_fmt(w->arena, "table_name = 'office_record' AND row_id = %lld AND code = '%s' AND is_hidden = 0 AND person_id IS %s AND record_class = %d",
				(long long)r.id, k->evidence, of_person ? "NOT NULL" : "NULL", of_person ? k->record_class : CLASS_MEETING);
			assert_int_equal(count_of(w, "evidence", where), 1);
			const char *bin;
			ok(office_record_retire(c, r.pid, "まちがい", &bin));
			assert_int_equal(count_of(w, "evidence", where), 0);
			ok(bin_restore(c, bin));
			assert_int_equal(count_of(w, "evidence", where), 1);
		}
	}
	assert_true(open >= 17);
	assert_int_equal(count_of(w, "evidence", "code = 'REC-BILL' AND body LIKE '%\"month\":\"2026-10\"%' AND body LIKE '%12345%'"), 1);
	assert_int_equal(count_of(w, "evidence", "code = 'HOUSE-RESTRAINT' AND body LIKE '%\"emergency\":\"confirmed\"%'"), 1);
	assert_int_equal(count_of(w, "evidence", "code = 'REC-DELIV' AND body LIKE '%\"kind\":\"docs\"%'"), 1);
	assert_int_equal(count_of(w, "evidence", "code = 'REC-MEDORD' AND body LIKE '%revoked_on%'"), 1);
}

static void what_is_missing_is_named(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_office_record r = filled(w, office_kind_find("committee"));
	r.partner = " ";
	r.what = "nosuch";
	r.on_day = c->today + 1;
	is_err(office_record_save(c, "", &r, NULL), ERR_INPUT);
	assert_non_null(fault_of(c, "partner"));
	assert_non_null(fault_of(c, "what"));
	assert_non_null(fault_of(c, "on_day"));
	r = filled(w, office_kind_find("request"));
	r.what = "discharge";
	r.other_on = CIVIL_NONE;
	is_err(office_record_save(c, prs(w, 1), &r, NULL), ERR_INPUT);
	assert_non_null(strstr(fault_text(c, "other_on"), "退院・退所の予定日"));
	r = filled(w, office_kind_find("order"));
	r.to_on = r.from_on - 1;
	is_err(office_record_save(c, prs(w, 1), &r, NULL), ERR_INPUT);
	r = filled(w, office_kind_find("measure"));
	r.what = "abuse_officer";
	r.partner = " ";
	r.other_on = r.on_day - 1;
	is_err(office_record_save(c, "", &r, NULL), ERR_INPUT);
	assert_non_null(strstr(fault_text(c, "partner"), "担当者の氏名"));
	assert_non_null(strstr(fault_text(c, "other_on"), "終わった日"));
	r = filled(w, office_kind_find("entrust")); /* the insurer's alone */
	is_err(office_record_save(c, "", &r, NULL), ERR_NOT_CHOICE);
	r = filled(w, office_kind_find("notify")); /* about nobody */
	is_err(office_record_save(c, "", &r, NULL), ERR_NOT_CHOICE);
	assert_int_equal(count_of(w, "office_record", "1 = 1"), 0);
	/* an incident that is not handled yet is a fact, not a fault */
	r = filled(w, office_kind_find("incident"));
	r.handling = "";
	r.other_on = CIVIL_NONE;
	ok(office_record_save(c, prs(w, 1), &r, NULL));
	assert_int_equal(count_of(w, "evidence", "code = 'HOUSE-INCIDENT' AND body LIKE '%\"handling\":\"\"%' AND body LIKE '%\"told_on\":null%'"), 1);
	r.handling = "家族に電話で知らせた";
	r.other_on = c->today;
	ok(office_record_save(c, prs(w, 1), &r, NULL));
	assert_int_equal(count_of(w, "evidence", "code = 'HOUSE-INCIDENT' AND body LIKE '%電話で知らせた%' AND body NOT LIKE '%null%'"), 1);
	assert_int_equal(count_of(w, "evidence", "code = 'HOUSE-INCIDENT'"), 1);
}

static void who_may(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct office_record_view v, *rows;
	const char *bin;
	int64_t total;
	size_t n;
	struct t_office_record own = filled(w, office_kind_find("committee")), of = filled(w, office_kind_find("notify"));
	ok(office_record_save(c, "", &own, NULL));
	ok(office_record_save(c, prs(w, 1), &of, NULL));
	ok(office_record_list(c, "", NULL, 0, 0, &rows, &n));
	assert_int_equal(n, 1); /* what is about a person stands with the person */
	ok(office_record_count(c, "notice", &total));
	assert_int_equal(total, 0);
	ok(office_record_list(c, prs(w, 1), NULL, 0, 0, &rows, &n));
	assert_int_equal(n, 1);
	assert_string_equal(rows[0].person_pid, prs(w, 1));
	assert_true(rows[0].may_write);
	social2(w);
	is_err(office_record_get(c, own.pid, &v), ERR_NOTFOUND);
	is_err(office_record_get(c, of.pid, &v), ERR_NOTFOUND);
	is_err(office_record_retire(c, own.pid, "x", &bin), ERR_NOTFOUND);
	is_err(office_record_save(c, "", &own, NULL), ERR_NOTFOUND);
	is_err(office_record_list(c, prs(w, 1), NULL, 0, 0, &rows, &n), ERR_NOTFOUND);
	ok(office_record_list(c, "", NULL, 0, 0, &rows, &n));
	assert_int_equal(n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {CARE(every_kind_says_what_it_has_to), CARE(what_is_missing_is_named), CARE(who_may)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
