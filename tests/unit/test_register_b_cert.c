/* Certification: the periods of the law (T-NT-01 … T-NT-14), statuses, overlaps, "as of D, as known on D2"; code systems. */
#include "record_world.h"

#include "register/certification.h"
#include "register/ranks.h"

static void eq(civil day, const char *iso)
{
	char t[CIVIL_TEXT];
	civil_text(day, t);
	assert_string_equal(t, iso);
}

static struct certification_period propose(struct ctx *c, struct certification_propose in)
{
	struct certification_period p = {0};
	fault_clear(c);
	ok(certification_propose(c, &in, &p));
	return p;
}

/* A ctx with the law and nothing else. */
static void lawful(struct ctx *c, struct house *h, struct arena *a)
{
	ctx_init(c, a, NOW);
	ok(law_load(c, a, arena_fmt(a, "%s/law", getenv("TSUNAGI_ROOT")), &h->law));
	c->house = h;
}

static void periods(void **state)
{
	struct ctx c;
	struct house h = {0};
	lawful(&c, &h, *state);
	static const struct {
		int y, m, d, months;
		const char *to;
	} fresh[] = {
		{2026, 4, 15, 6, "2026-10-31"}, /* T-NT-01 */
		{2026, 4, 1, 6, "2026-09-30"},  /* T-NT-02 */
		{2026, 11, 20, 6, "2027-05-31"}, {2026, 11, 20, 12, "2027-11-30"}, {2026, 11, 20, 3, "2027-02-28"}, /* T-NT-03 */
		{2027, 8, 31, 6, "2028-02-29"},
	};
	for (size_t i = 0; i < sizeof fresh / sizeof fresh[0]; i++) {
		civil on = D(fresh[i].y, fresh[i].m, fresh[i].d);
		struct certification_period p = propose(&c, (struct certification_propose){"new", on, CIVIL_NONE, "s1", "", fresh[i].months});
		assert_int_equal(p.from_on, on);
		eq(p.to_on, fresh[i].to);
	}
	/* T-NT-04; the result counts from the day after the old period, not from the application (T-NT-13) */
	static const struct {
		int months;
		const char *level, *to;
	} renew[] = {{12, "c3", "2027-10-31"}, {36, "c3", "2029-10-31"}, {48, "c1", "2030-10-31"}, {0, "c3", "2027-10-31"}};
	for (size_t i = 0; i < sizeof renew / sizeof renew[0]; i++) {
		struct certification_period p = propose(&c,
			(struct certification_propose){"renew", D(2026, 9, 10), D(2026, 10, 31), renew[i].level, "c1", renew[i].months});
		eq(p.from_on, "2026-11-01");
		eq(p.to_on, renew[i].to);
	}
	/* T-NT-14 */
	struct certification_period p = propose(&c, (struct certification_propose){"change", D(2026, 11, 12), D(2027, 3, 31), "c3", "c1", 0});
	eq(p.from_on, "2026-11-12");
	eq(p.to_on, "2027-05-31");
}

static void limits(void **state)
{
	struct ctx c;
	struct house h = {0};
	lawful(&c, &h, *state);
	struct certification_period p;
	static const struct {
		struct certification_propose in;
		const char *says; /* NULL = allowed */
	} cases[] = {
		{{"renew", 20706, 20757, "c3", "c2", 48}, "36か月まで"},  /* T-NT-05: 2026-09-10, 2026-10-31 */
		{{"renew", 20706, 20757, "c3", "c2", 36}, NULL},
		{{"renew", 18717, 18747, "c2", "c2", 48}, "36か月まで"},  /* T-NT-06: 2021-03-31 */
		{{"renew", 18718, 18747, "c2", "c2", 48}, NULL},          /* 2021-04-01 */
		{{"renew", 20706, 20757, "c2", "c2", 49}, "48か月まで"},
		{{"renew", 20706, 20757, "c2", "c2", 2}, "3か月から"},
		{{"new", 20706, CIVIL_NONE, "c2", "", 13}, "12か月まで"},
		{{"new", 20706, CIVIL_NONE, "c2", "", 12}, NULL},
		{{"change", 20706, 20757, "c2", "c1", 2}, "3か月から"},
		{{"renew", 20706, CIVIL_NONE, "c2", "c1", 0}, "満了日が必要"},
		{{"transfer", 20706, CIVIL_NONE, "c2", "", 13}, "12か月まで"},
		{{"renew", 17621, 17651, "c2", "c2", 24}, "この申請日にはありません"}, /* 2018-03-31: nobody has confirmed the bounds of then */
		{{"new", 10000, CIVIL_NONE, "c2", "", 0}, "この申請日にはありません"}, /* 1997: no such law */
	};
	eq(20706, "2026-09-10");
	eq(18718, "2021-04-01");
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		fault_clear(&c);
		err e = certification_propose(&c, &cases[i].in, &p);
		if (!cases[i].says) {
			ok(e);
			continue;
		}
		assert_int_not_equal(e, OK);
		assert_non_null(strstr(c.faults[0].message, cases[i].says));
	}
}

static void windows_and_ages(void **state)
{
	(void)state;
	civil from, to;
	static const struct {
		int y, m, d;
		const char *from;
	} ends[] = {{2026, 10, 31, "2026-09-01"}, {2027, 3, 31, "2027-01-30"}, {2027, 2, 28, "2026-12-30"}, {2026, 12, 31, "2026-11-01"}};
	for (size_t i = 0; i < 4; i++) { /* T-NT-07, T-NT-08 */
		certification_renew_window(D(ends[i].y, ends[i].m, ends[i].d), &from, &to);
		eq(from, ends[i].from);
		assert_int_equal(to, D(ends[i].y, ends[i].m, ends[i].d));
	}
	eq(certification_decision_due(D(2026, 4, 15)), "2026-05-15"); /* T-NT-09 */
	eq(certification_decision_due(D(2026, 12, 5)), "2027-01-04");
	/* T-NT-10, T-NT-11: the day before the birthday */
	assert_string_equal(certification_insured_class(D(1961, 12, 1), D(2026, 11, 29)), "second");
	assert_string_equal(certification_insured_class(D(1961, 12, 1), D(2026, 11, 30)), "first");
	assert_string_equal(certification_insured_class(D(1964, 2, 29), D(2029, 2, 27)), "second");
	assert_string_equal(certification_insured_class(D(1964, 2, 29), D(2029, 2, 28)), "first");
	assert_string_equal(certification_insured_class(D(1962, 4, 1), D(2027, 3, 31)), "first");
	assert_string_equal(certification_insured_class(D(1962, 4, 2), D(2027, 3, 31)), "second");
	assert_string_equal(certification_insured_class(D(1990, 1, 1), D(2026, 1, 1)), "none");
	/* T-NT-12 */
	assert_false(certification_cause_ok(D(1971, 5, 1), D(2026, 11, 1), ""));
	assert_true(certification_cause_ok(D(1971, 5, 1), D(2026, 11, 1), "13"));
	assert_false(certification_cause_ok(D(1971, 5, 1), D(2026, 11, 1), "17"));
	assert_true(certification_cause_ok(D(1940, 5, 1), D(2026, 11, 1), ""));
	assert_false(certification_cause_ok(D(2000, 5, 1), D(2026, 11, 1), "13"));
}

static void code_systems(void **state)
{
	(void)state;
	assert_string_equal(ranks_code_out(CODE_LEVEL, CODE_LINK, "target"), "06");
	assert_string_equal(ranks_code_out(CODE_LEVEL, CODE_BASIC, "target"), "");
	assert_string_equal(ranks_code_out(CODE_LEVEL, CODE_YOBO, "target"), "3");
	assert_string_equal(ranks_code_out(CODE_LEVEL, CODE_YOBO, "c1"), "");
	assert_string_equal(ranks_code_out(CODE_LEVEL, CODE_LIFE, "none"), "01");
	/* the same digits, two meanings */
	assert_string_equal(ranks_code_in(CODE_LEVEL, CODE_LINK, "12"), "s1");
	assert_string_equal(ranks_code_in(CODE_ADL, CODE_LINK, "12"), "J2");
	assert_string_equal(ranks_code_in(CODE_ADL, CODE_LIFE, "2"), "J1");
	assert_null(ranks_code_in(CODE_ADL, CODE_LINK, "13"));
	assert_null(ranks_code_in(CODE_LEVEL, CODE_LINK, ""));
	assert_string_equal(ranks_code_in(CODE_LEVEL, CODE_LIFE, "11"), "k0");
	int seen = 0;
	for (int kind = CODE_LEVEL; kind <= CODE_DEMENTIA; kind++)
		for (size_t i = 0; i < ranks_count((enum code_kind)kind); i++)
			for (int system = CODE_LINK; system < CODE_SYSTEMS; system++) {
				const char *ours = ranks_code((enum code_kind)kind, i);
				const char *out = ranks_code_out((enum code_kind)kind, (enum code_system)system, ours);
				if (!*out)
					continue;
				assert_string_equal(ranks_code_in((enum code_kind)kind, (enum code_system)system, out), ours);
				seen++;
			}
	assert_int_equal(ranks_count(CODE_LEVEL), 9);
	assert_int_equal(ranks_count(CODE_ADL), 9);
	assert_int_equal(ranks_count(CODE_DEMENTIA), 8);
	/* levels: link 8, basic 8, plan 3, LIFE 9, ours 9; ranks: link, basic, LIFE, ours */
	assert_int_equal(seen, 8 + 8 + 3 + 9 + 9 + 4 * 9 + 4 * 8);
	static const struct {
		enum code_kind kind;
		const char *typed, *ours;
	} typed[] = {
		{CODE_DEMENTIA, "Ⅱａ", "2a"}, {CODE_DEMENTIA, "II a", "2a"}, {CODE_DEMENTIA, "2A", "2a"}, {CODE_DEMENTIA, "２ｂ", "2b"},
		{CODE_DEMENTIA, "Ⅳ", "4"}, {CODE_DEMENTIA, "IV", "4"}, {CODE_DEMENTIA, "I", "1"}, {CODE_DEMENTIA, "Ⅲb", "3b"},
		{CODE_DEMENTIA, "ｍ", "M"}, {CODE_DEMENTIA, "自立", "self"}, {CODE_ADL, "ｊ１", "J1"}, {CODE_ADL, "Ｃ 2", "C2"},
		{CODE_ADL, "自立", "self"}, {CODE_LEVEL, "要介護３", "c3"}, {CODE_LEVEL, "事業対象者", "target"},
	};
	for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++)
		assert_string_equal(str_or(ranks_read(typed[i].kind, typed[i].typed), "(none)"), typed[i].ours);
	assert_null(ranks_read(CODE_DEMENTIA, "Ⅱ"));
	assert_null(ranks_read(CODE_ADL, "D1"));
	assert_null(ranks_read(CODE_ADL, ""));
	assert_null(ranks_read(CODE_LEVEL, "経過的要介護"));
	assert_int_equal(ranks_level_group("s2"), 1);
	assert_int_equal(ranks_level_group("c5"), 2);
	assert_int_equal(ranks_level_group("target"), 0);
	assert_int_equal(ranks_level_group("c9"), -1);
}

static struct t_certification certified(const char *kind, const char *level, civil applied, civil from, civil to)
{
	struct t_certification r;
	certification_init(&r);
	r.person_id = 1;
	r.status = "certified";
	r.apply_kind = kind;
	r.level = level;
	r.applied_on = applied;
	r.from_on = from;
	r.to_on = to;
	return r;
}

static void overlap_shows_both(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_certification a = certified("new", "c1", D(2026, 1, 10), D(2026, 1, 10), D(2026, 7, 31));
	ok(certification_save(c, &a, NULL));
	struct t_certification b = certified("change", "c3", D(2026, 7, 31), D(2026, 7, 31), D(2027, 1, 31));
	is_err(certification_save(c, &b, NULL), ERR_CERT_OVERLAP);
	assert_non_null(strstr(c->faults[0].message, "要介護1（令和8年1月10日〜令和8年7月31日）"));
	assert_non_null(strstr(c->faults[0].message, "要介護3（令和8年7月31日〜令和9年1月31日）"));
	assert_int_equal(b.id, 0);
	assert_int_equal(count_of(w, "certification", "1=1"), 1);
	assert_int_equal(count_of(w, "timeline", "table_name='certification'"), 1);
	/* the day after is no overlap */
	fault_clear(c);
	struct t_certification d = certified("renew", "c1", D(2026, 7, 1), D(2026, 8, 1), D(2027, 7, 31));
	ok(certification_save(c, &d, NULL));
	/* closing: the older one ends the day before, history keeps its old end */
	struct t_certification e = certified("change", "c3", D(2026, 11, 12), D(2026, 11, 12), D(2027, 5, 31));
	ok(certification_save_closing(c, &e, NULL));
	struct t_certification cut;
	ok(certification_find(c, d.pid, &cut));
	eq(cut.to_on, "2026-11-11");
	eq(cut.superseded_on, "2026-11-12");
	struct t_certification was;
	ok(row_at_version(c, &T_certification, d.id, 1, &was));
	eq(was.to_on, "2027-07-31");
	struct certification_state s;
	ok(certification_state(c, 1, (struct gen_asof){D(2026, 11, 11), CIVIL_NONE}, &s));
	assert_string_equal(s.level, "c1");
	ok(certification_state(c, 1, (struct gen_asof){D(2026, 11, 12), CIVIL_NONE}, &s));
	assert_string_equal(s.level, "c3");
	assert_string_equal(s.prev_level, "c1");
}

static void checks_collect_all(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_certification r = certified("new", "c9", D(2030, 1, 1), D(2026, 5, 1), D(2026, 4, 1));
	r.insurer_no = "1234";
	r.disease_code = "99";
	assert_int_not_equal(certification_save(c, &r, NULL), OK);
	static const char *const fields[] = {"level", "applied_on", "to_on", "insurer_no", "disease_code"};
	for (size_t i = 0; i < 5; i++)
		if (!fault_of(c, fields[i]))
			fail_msg("no fault on %s", fields[i]);
	/* 申請中 has no level */
	fault_clear(c);
	struct t_certification app = certified("new", "c1", D(2026, 11, 1), CIVIL_NONE, CIVIL_NONE);
	app.status = "applying_new";
	is_err(certification_save(c, &app, NULL), ERR_NOT_CHOICE);
	assert_non_null(fault_of(c, "level"));
	/* a period longer than the law, and with a reason */
	fault_clear(c);
	struct t_certification big = certified("new", "c1", D(2026, 1, 10), D(2026, 1, 10), D(2027, 2, 28));
	is_err(certification_save(c, &big, NULL), ERR_CERT_PERIOD);
	fault_clear(c);
	big.period_reason = "災害による延長の特例";
	ok(certification_save(c, &big, NULL));
	/* T-NT-05 at the save: 48 months with another level */
	struct t_certification renew = certified("renew", "c2", D(2027, 1, 10), D(2027, 3, 1), D(2031, 2, 28));
	world_clock(w, civil_instant_start(D(2027, 2, 1)));
	is_err(certification_save(c, &renew, NULL), ERR_CERT_PERIOD);
	assert_non_null(strstr(c->faults[0].message, "36か月"));
	fault_clear(c);
	renew.level = "c1";
	ok(certification_save(c, &renew, NULL));
}

static void application_to_result(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	world_clock(w, civil_instant_start(D(2026, 9, 10)) + 3600000);
	struct t_certification old = certified("renew", "c1", D(2025, 9, 1), D(2025, 11, 1), D(2026, 10, 31));
	ok(certification_save(c, &old, NULL));
	struct t_certification app = certified("", NULL, D(2026, 9, 10), CIVIL_NONE, CIVIL_NONE);
	app.status = "applying_renew";
	ok(certification_save(c, &app, NULL));
	assert_string_equal(app.apply_kind, "renew");
	assert_int_equal(count_of(w, "task", "kind='cert_result' AND state='open' AND due_on='2026-10-10'"), 1);
	assert_int_equal(count_of(w, "evidence", "code='REC-CERT' AND body LIKE '%applying_renew%'"), 1);
	struct t_certification second = app;
	second.id = 0;
	second.pid = "";
	is_err(certification_save(c, &second, NULL), ERR_CERT_OPEN);
	fault_clear(c);
	/* T-NT-13: the result comes, the new level holds from 1 November */
	world_clock(w, civil_instant_start(D(2026, 10, 8)) + 3600000);
	app.status = "certified";
	app.level = "c3";
	app.decided_on = D(2026, 10, 7);
	app.from_on = D(2026, 11, 1);
	app.to_on = D(2027, 10, 31);
	ok(certification_save(c, &app, NULL));
	assert_int_equal(count_of(w, "task", "kind='cert_result' AND state='open'"), 0);
	assert_int_equal(count_of(w, "timeline", "table_name='certification' AND person_id=1"), 2);
	struct certification_state s;
	static const struct {
		int y, m, d, ky, km, kd;
		const char *status, *level;
	} ask[] = {
		{2026, 10, 31, 2026, 12, 1, "certified", "c1"}, {2026, 11, 1, 2026, 12, 1, "certified", "c3"},
		{2026, 9, 9, 2026, 12, 1, "certified", "c1"},
		/* as known before the result: still applying, and after the old period nothing holds */
		{2026, 9, 20, 2026, 9, 20, "applying_renew", "c1"}, {2026, 11, 1, 2026, 9, 20, "applying_renew", ""},
		{2026, 11, 1, 2026, 10, 8, "certified", "c3"}, {2026, 11, 1, 2026, 10, 7, "applying_renew", ""},
		{2027, 11, 1, 2026, 12, 1, "expired", ""}, {2025, 10, 31, 2026, 12, 1, "none", ""},
		/* before anything was recorded nothing was known */
		{2026, 9, 20, 2026, 9, 9, "none", ""},
	};
	for (size_t i = 0; i < sizeof ask / sizeof ask[0]; i++) {
		ok(certification_state(c, 1, (struct gen_asof){D(ask[i].y, ask[i].m, ask[i].d), D(ask[i].ky, ask[i].km, ask[i].kd)}, &s));
		assert_string_equal(s.status, ask[i].status);
		assert_string_equal(s.level, ask[i].level);
	}
}

static void not_certified_and_target(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_certification t = certified("checklist", "target", D(2026, 5, 1), D(2026, 5, 1), CIVIL_NONE);
	ok(certification_save(c, &t, NULL));
	assert_int_equal(t.to_on, CIVIL_OPEN);
	struct certification_state s;
	ok(certification_state(c, 1, (struct gen_asof){D(2026, 11, 1), CIVIL_NONE}, &s));
	assert_string_equal(s.level, "target");
	/* 非該当 has no period and disturbs nothing */
	struct t_certification none = certified("new", "none", D(2026, 6, 1), D(2026, 6, 1), D(2026, 11, 30));
	ok(certification_save(c, &none, NULL));
	assert_int_equal(none.from_on, CIVIL_NONE);
	struct t_certification bad = certified("new", "target", D(2026, 6, 1), D(2026, 6, 1), D(2026, 11, 30));
	is_err(certification_save(c, &bad, NULL), ERR_NOT_CHOICE);
}

static void advice(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_certification a = certified("new", "c1", D(2026, 1, 10), D(2026, 1, 10), D(2026, 7, 31)), b;
	struct advice *v;
	size_t n;
	ok(certification_advice(c, &a, &v, &n));
	assert_int_equal(n, 0);
	ok(certification_save(c, &a, NULL));
	ok(certification_advice(c, &a, &v, &n));
	assert_int_equal(n, 0);
	b = certified("renew", "c1", D(2026, 6, 1), D(2026, 8, 1), D(2027, 7, 31)); /* the first day of the window */
	ok(certification_advice(c, &b, &v, &n));
	assert_int_equal(n, 0);
	b.applied_on = D(2026, 5, 31);
	b.from_on = D(2026, 8, 2);
	b.to_on = D(2027, 7, 30);
	ok(certification_advice(c, &b, &v, &n));
	assert_int_equal(n, 3);
	assert_string_equal(v[0].field, "to_on");
	assert_string_equal(v[1].field, "from_on");
	assert_string_equal(v[2].field, "applied_on");
	a.from_on = D(2026, 1, 11);
	ok(certification_advice(c, &a, &v, &n));
	assert_int_equal(n, 1);
	world_sql(w, "UPDATE person SET birth_on = '1971-05-01' WHERE id = 1");
	a.from_on = a.applied_on;
	ok(certification_advice(c, &a, &v, &n));
	assert_true(n == 1 && str_eq(v[0].field, "disease_code"));
	a.disease_code = "13";
	ok(certification_advice(c, &a, &v, &n));
	assert_int_equal(n, 0);
	stranger(w);
	is_err(certification_advice(c, &a, &v, &n), ERR_NOTFOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(periods), UNIT(limits), cmocka_unit_test(windows_and_ages), cmocka_unit_test(code_systems), RECORD(overlap_shows_both),
		RECORD(checks_collect_all), RECORD(application_to_result), RECORD(not_certified_and_target), RECORD(advice),
	};
	return cmocka_run_group_tests_name("register_b_cert", tests, NULL, NULL);
}
