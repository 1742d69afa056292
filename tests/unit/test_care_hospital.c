/* 入退院: the clock of 入院時情報連携加算, evidence and task, the papers of the stay, rights, two people, bin. */
#include "care_world.h"

#include "care/hospital_paper.h"
#include "care/illness.h"
#include "sql/tables.h"

static struct t_hospital_stay admitted(struct world *w)
{
	struct t_hospital_stay r;
	hospital_init(&w->c, &r);
	r.admitted_on = w->c.today - 1;
	r.admitted_time = "14:30";
	r.hospital = "見本市民病院";
	r.reason = "大腿骨頸部骨折";
	return r;
}

static err save(struct world *w, struct t_hospital_stay *r)
{
	fault_clear(&w->c);
	return hospital_save(&w->c, prs(w, 1), r, "", NULL);
}

static void clock_of_the_law(void **state)
{
	struct world *w = *state;
	const struct { civil admitted; bool after_hours; int told_after; enum hospital_told told; } rows[] = {
		{D(2026, 11, 2), false, 0, HOSPITAL_FIRST}, {D(2026, 11, 2), false, -1, HOSPITAL_FIRST}, {D(2026, 11, 2), false, 1, HOSPITAL_SECOND},
		{D(2026, 11, 2), true, 1, HOSPITAL_FIRST}, {D(2026, 11, 2), false, 2, HOSPITAL_SECOND}, {D(2026, 11, 2), false, 3, HOSPITAL_LATE},
		{D(2024, 3, 20), false, 3, HOSPITAL_FIRST}, {D(2024, 3, 20), false, 7, HOSPITAL_SECOND}, {D(2024, 3, 20), false, 8, HOSPITAL_LATE},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct t_hospital_stay r = admitted(w);
		struct hospital_clock k;
		r.admitted_on = rows[i].admitted;
		r.after_hours = rows[i].after_hours;
		ok(hospital_clock_of(&w->c, &r, &k));
		assert_int_equal(k.told, HOSPITAL_WAITING);
		r.told_on = r.admitted_on + rows[i].told_after;
		ok(hospital_clock_of(&w->c, &r, &k));
		assert_int_equal(k.told, rows[i].told);
		assert_true(*k.source);
	}
}

static void from_admission_to_discharge(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_hospital_stay r = admitted(w), bad = admitted(w);
	struct hospital_view v;
	int64_t before = open_tasks(w);
	bad.hospital = "";
	is_err(save(w, &bad), ERR_INPUT);
	assert_true(*fault_text(c, "hospital"));
	bad = admitted(w);
	bad.told_on = c->today;
	bad.discharged_on = bad.admitted_on - 1;
	bad.admitted_time = "25:00";
	is_err(save(w, &bad), ERR_INPUT);
	assert_true(*fault_text(c, "told_to") && *fault_text(c, "told_how") && *fault_text(c, "discharged_on") && *fault_text(c, "admitted_time"));
	assert_int_equal(count_of(w, "hospital_stay", "1 = 1"), 0);
	ok(save(w, &r));
	ok(hospital_get(c, r.pid, &v));
	assert_int_equal(v.clock.days, 1);
	assert_int_equal(v.clock.second_until, r.admitted_on + 2);
	assert_int_equal(open_tasks(w), before + 1);
	assert_int_equal(count_of(w, "evidence", "code = 'REC-HOSP' AND body LIKE '%見本市民病院%'"), 1);
	assert_int_equal(count_of(w, "timeline", "kind = 'hospital' AND table_name = 'hospital_stay'"), 1);
	struct t_hospital_stay edit = v.row;
	edit.told_on = c->today;
	edit.told_how = "fax";
	edit.told_to = "地域連携室 見本";
	edit.discharged_on = c->today;
	ok(save(w, &edit));
	ok(hospital_get(c, r.pid, &v));
	assert_int_equal(v.clock.told, HOSPITAL_SECOND);
	assert_int_equal(open_tasks(w), before);
	assert_int_equal(count_of(w, "evidence", "code = 'REC-HOSP'"), 1);
	/* two editors, the same field */
	struct t_hospital_stay a = v.row, b = v.row;
	struct row_conflict *conflict = NULL;
	a.ward = "3階東";
	b.ward = "4階西";
	ok(save(w, &a));
	is_err(hospital_save(c, prs(w, 1), &b, "", &conflict), ERR_CONFLICT);
	assert_string_equal(conflict->fields[0].theirs, "3階東");
	stranger(w);
	is_err(hospital_get(c, r.pid, &v), ERR_NOTFOUND);
	is_err(hospital_save(c, prs(w, 1), &a, "", NULL), ERR_NOTFOUND);
}

static void medical_words_stay_closed(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_hospital_stay r = admitted(w);
	struct hospital_view v;
	struct hospital_paper p;
	ok(save(w, &r));
	clerk(w);
	if (policy_check(c, 1, CLASS_MEDICAL, ACTION_SEE) != OK && policy_check(c, 1, CLASS_CARE, ACTION_SEE) == OK) {
		ok(hospital_get(c, r.pid, &v));
		assert_string_equal(v.row.reason, "");
		is_err(hospital_paper_new(c, HOSPITAL_INFO, r.pid, &p), ERR_DENIED);
	}
	nurse(w);
	ok(hospital_get(c, r.pid, &v));
	assert_string_equal(v.row.reason, "大腿骨頸部骨折");
}

static void papers(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_hospital_stay r = admitted(w);
	struct hospital_paper p, q;
	struct hospital_view v;
	const char *pid, *bin, *bytes, *issued;
	size_t n;
	ok(illness_save(c, prs(w, 1), &(struct illness){.pid = "", .when_text = "令和5年", .disease = "高血圧症", .doctor = "見本内科 見本太郎", .is_primary = "1",
	                .tel = "03-0000-0000", .course = "01", .treatment = ""}, &pid, NULL));
	ok(save(w, &r));
	/* the information: prefilled, typed over, kept */
	ok(hospital_paper_new(c, HOSPITAL_INFO, r.pid, &p));
	assert_string_equal(answers_text(p.fill.as, "doc_office"), "見本内科 見本太郎");
	assert_string_equal(answers_text(p.fill.as, "hospital"), "見本市民病院");
	assert_true(answers_has(p.fill.as, "name"));
	ok(answers_set(p.fill.as, "adl_bath", "part"));
	ok(answers_set(p.fill.as, "move_in", "stick,chair"));
	ok(answers_set(p.fill.as, "day_alone", "Y"));
	ok(hospital_paper_save(c, &p, 0, p.fill.as, &pid, NULL));
	ok(hospital_paper_get(c, HOSPITAL_INFO, pid, &q));
	assert_string_equal(((struct t_hospital_info *)q.row)->move_in, "stick|chair");
	assert_int_equal(((struct t_hospital_info *)q.row)->day_alone, 1);
	assert_string_equal(answers_text(q.fill.as, "adl_bath"), "一部介助");
	assert_false(answers_has(q.fill.as, "conf_inside")); /* nobody said: neither yes nor no */
	ok(hospital_paper_print(c, &q, PAPER_PDF, &bytes, &n));
	assert_true(n > 1000 && memcmp(bytes, "%PDF", 4) == 0);
	ok(hospital_paper_issue(c, &q, &issued));
	assert_int_equal(count_of(w, "issued_doc", "table_name = 'hospital_info' AND record_class = 4"), 1);
	/* the record: two hearings, one a conference; the stay knows the newest */
	ok(hospital_paper_new(c, HOSPITAL_RECORD, r.pid, &p));
	ok(answers_set(p.fill.as, "hearing.0.on", "2026-11-10"));
	ok(answers_set(p.fill.as, "hearing.0.by", "看護師 見本"));
	ok(answers_set(p.fill.as, "hearing.0.conference", "no"));
	ok(answers_set(p.fill.as, "hearing.1.on", "2026-11-12"));
	ok(answers_set(p.fill.as, "hearing.1.conference", "yes"));
	ok(hospital_paper_save(c, &p, 0, p.fill.as, &pid, NULL));
	ok(hospital_get(c, r.pid, &v));
	assert_int_equal(v.row.received_on, D(2026, 11, 12));
	assert_string_equal(v.row.received_how, "conference");
	assert_int_equal(v.n_infos, 1);
	assert_int_equal(v.n_records, 1);
	ok(hospital_paper_get(c, HOSPITAL_RECORD, pid, &q));
	assert_string_equal(answers_text(q.fill.as, "hearing.0.by"), "看護師 見本");
	assert_string_equal(answers_text(q.fill.as, "hearing.1.conference"), "有");
	int count, conferences;
	civil last;
	bool by_conference;
	ok(hospital_hearings(c, ((struct t_discharge_record *)q.row)->hearing, &count, &conferences, &last, &by_conference));
	assert_int_equal(count, 2);
	assert_int_equal(conferences, 1);
	/* the bin takes it from the stay and gives it back; the stay stays while papers hang on it */
	is_err(hospital_retire(c, r.pid, "まちがい", &bin), ERR_INPUT);
	fault_clear(c);
	is_err(hospital_paper_retire(c, HOSPITAL_RECORD, pid, "", &bin), ERR_REQUIRED);
	fault_clear(c);
	ok(hospital_paper_retire(c, HOSPITAL_RECORD, pid, "まちがい", &bin));
	ok(hospital_get(c, r.pid, &v));
	assert_int_equal(v.row.received_on, CIVIL_NONE);
	ok(bin_restore(c, bin));
	ok(hospital_get(c, r.pid, &v));
	assert_int_equal(v.row.received_on, D(2026, 11, 12));
	stranger(w);
	is_err(hospital_paper_get(c, HOSPITAL_RECORD, pid, &q), ERR_NOTFOUND);
	is_err(hospital_paper_new(c, HOSPITAL_INFO, r.pid, &q), ERR_NOTFOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {CARE(clock_of_the_law), CARE(from_admission_to_discharge), CARE(medical_words_stay_closed), 
	                                   CARE_PRINT(papers)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
