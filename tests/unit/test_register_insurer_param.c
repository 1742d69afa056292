/* What insurers set: bounds, no gap and no overlap, putting away and back, as known on a day, calendars. Newer tables of the law: they
 * hold from the next look, are kept, and go back. */
#include "record_world.h"

#include "law/duty.h"
#include "law/numbers.h"
#include "register/insurer_param.h"
#include "register/law_table.h"

static int insurer_open(void **state)
{
	if (record_open(state) != 0)
		return -1;
	struct world *w = *state;
	for (int i = 8; i <= 9; i++)
		world_sql(w, "INSERT INTO org (id, pid, version, kind, name, created_ms, created_by, updated_ms, updated_by)"
			" VALUES (%d, 'ins%023d', 1, 'insurer', '見本市%d', 0, 0, 0, 0)", i, i, i);
	w->house.share_dir = getenv("TSUNAGI_ROOT");
	be(w, 81, 8, ROLE_INSURER);
	return 0;
}
#define INSURER(f) cmocka_unit_test_setup_teardown(f, insurer_open, world_close)

static struct t_insurer_param value_of(const char *key, const char *value, civil from, civil to)
{
	struct t_insurer_param r;
	insurer_param_init(&r);
	r.insurer_org_id = 8;
	r.key = key;
	r.value = value;
	r.valid_from = from;
	r.valid_to = to;
	r.ground = "見本市要綱 第5条";
	return r;
}

static struct t_insurer_param set(struct world *w, const char *key, const char *value, civil from, civil to)
{
	struct t_insurer_param r = value_of(key, value, from, to);
	fault_clear(&w->c);
	err e = insurer_param_save(&w->c, &r, NULL);
	if (e != OK)
		fail_msg("%s: %s", err_name(e), w->c.n_faults ? w->c.faults[0].message : "");
	return r;
}

static void refused(struct world *w, const char *key, const char *value, civil from, civil to, const char *field, const char *says)
{
	struct t_insurer_param r = value_of(key, value, from, to);
	fault_clear(&w->c);
	assert_int_not_equal(insurer_param_save(&w->c, &r, NULL), OK);
	const struct fault *f = fault_of(&w->c, field);
	if (!f || !strstr(f->message, says))
		fail_msg("%s=%s: wanted %s at %s, got %s", key, value, says, field, w->c.n_faults ? w->c.faults[0].message : "nothing");
}

static const char *holds(struct world *w, const char *key, civil on)
{
	struct insurer_settings s;
	ok(insurer_settings_load(&w->c, w->arena, 0, &s));
	return law_param_text(law_param_find(w->house.law, key), &s.params, insurer_settings_name(&s, 8), on, NULL);
}

static void values_follow_each_other(void **state)
{
	struct world *w = *state;
	assert_string_equal(holds(w, "retention_years", D(2026, 4, 1)), "2");
	struct t_insurer_param first = set(w, "retention_years", "５年", D(2020, 4, 1), CIVIL_NONE);
	assert_string_equal(first.value, "5");
	assert_int_equal(first.valid_to, CIVIL_OPEN);
	/* a new value ends the one that holds */
	struct t_insurer_param second = set(w, "retention_years", "3", D(2026, 4, 1), CIVIL_NONE);
	assert_string_equal(holds(w, "retention_years", D(2020, 3, 31)), "2");
	assert_string_equal(holds(w, "retention_years", D(2026, 3, 31)), "5");
	assert_string_equal(holds(w, "retention_years", D(2026, 4, 1)), "3");
	refused(w, "retention_years", "4", D(2026, 4, 1), CIVIL_NONE, "valid_from", "から始まる値がもうあります");
	refused(w, "retention_years", "4", D(2022, 4, 1), D(2027, 3, 31), "valid_to", "次の値と重なります");
	refused(w, "retention_years", "4", D(2022, 4, 1), D(2023, 3, 31), "valid_to", "すき間ができます");
	/* before the first one */
	refused(w, "retention_years", "4", D(2019, 4, 1), D(2019, 5, 1), "valid_to", "すき間ができます");
	set(w, "retention_years", "4", D(2019, 4, 1), CIVIL_NONE);
	assert_string_equal(holds(w, "retention_years", D(2020, 3, 31)), "4");
	/* correcting a border moves the neighbour */
	second.valid_from = D(2026, 10, 1);
	fault_clear(&w->c);
	ok(insurer_param_save(&w->c, &second, NULL));
	assert_string_equal(holds(w, "retention_years", D(2026, 9, 30)), "5");
	assert_string_equal(holds(w, "retention_years", D(2026, 10, 1)), "3");
	second.valid_from = D(2020, 4, 1);
	assert_int_not_equal(insurer_param_save(&w->c, &second, NULL), OK);
	fault_clear(&w->c);
	/* put away: the one before goes on; back again */
	ok(insurer_param_retire(&w->c, second.pid, "誤り"));
	assert_string_equal(holds(w, "retention_years", D(2026, 12, 1)), "5");
	struct t_insurer_param *rows;
	size_t n;
	ok(insurer_param_list(&w->c, 8, "retention_years", true, &rows, &n));
	assert_int_equal(n, 1);
	ok(insurer_param_restore(&w->c, second.pid));
	assert_string_equal(holds(w, "retention_years", D(2026, 12, 1)), "3");
	assert_string_equal(holds(w, "retention_years", D(2026, 9, 30)), "5");
	ok(insurer_param_list(&w->c, 8, "retention_years", false, &rows, &n));
	assert_int_equal(n, 3);
	for (size_t i = 0; i + 1 < n; i++)
		assert_int_equal(rows[i].valid_from, rows[i + 1].valid_to + 1);
	/* after an end the next may not leave a gap */
	set(w, "b_interval", "3", D(2024, 4, 1), D(2025, 3, 31));
	refused(w, "b_interval", "4", D(2025, 5, 1), CIVIL_NONE, "valid_from", "すき間ができます");
	set(w, "b_interval", "4", D(2025, 4, 1), CIVIL_NONE);
}

static void bounds(void **state)
{
	struct world *w = *state;
	refused(w, "retention_years", "11", D(2026, 4, 1), CIVIL_NONE, "value", "2 から 10 までの整数（年）");
	refused(w, "retention_years", "二", D(2026, 4, 1), CIVIL_NONE, "value", "整数");
	refused(w, "retention_years", "", D(2026, 4, 1), CIVIL_NONE, "value", "入力してください");
	refused(w, "tokudan_mode", "maybe", D(2026, 4, 1), CIVIL_NONE, "value", "一覧から選んで");
	refused(w, "no_such_key", "1", D(2026, 4, 1), CIVIL_NONE, "key", "一覧から選んで");
	refused(w, "retention_years", "5", CIVIL_NONE, CIVIL_NONE, "valid_from", "いつから");
	refused(w, "retention_years", "5", D(2026, 4, 1), D(2026, 3, 1), "valid_to", "より前");
	refused(w, "closed_days", "2026-12-29、年末", D(2026, 4, 1), CIVIL_NONE, "value", "「年末」が日付として読めません");
	refused(w, "closed_days", "2025-12-29", D(2026, 4, 1), CIVIL_NONE, "value", "有効期間の外");
	struct t_insurer_param r = value_of("retention_years", "5", D(2026, 4, 1), CIVIL_NONE);
	r.ground = " ";
	fault_clear(&w->c);
	assert_int_equal(insurer_param_save(&w->c, &r, NULL), ERR_INPUT);
	assert_non_null(fault_of(&w->c, "ground"));
	/* who may: the officers of the insurer, the administrator; no centre, no other insurer; nothing for an org that is none */
	fault_clear(&w->c);
	r = value_of("retention_years", "5", D(2026, 4, 1), CIVIL_NONE);
	r.insurer_org_id = 9;
	is_err(insurer_param_save(&w->c, &r, NULL), ERR_DENIED);
	nurse(w);
	r.insurer_org_id = 8;
	is_err(insurer_param_save(&w->c, &r, NULL), ERR_DENIED);
	be(w, 1, 0, ROLE_ADMIN);
	r.insurer_org_id = 1;
	is_err(insurer_param_save(&w->c, &r, NULL), ERR_NOTFOUND);
	r.insurer_org_id = 8;
	ok(insurer_param_save(&w->c, &r, NULL));
	nurse(w);
	is_err(insurer_param_retire(&w->c, r.pid, ""), ERR_DENIED);
	struct insurer_param_now *now;
	size_t n, own = 0;
	ok(insurer_param_now(&w->c, 8, D(2026, 11, 20), &now, &n));
	assert_int_equal(n, w->house.law->n_params);
	for (size_t i = 0; i < n; i++)
		own += now[i].set != NULL;
	assert_int_equal(own, 1);
	is_err(insurer_param_now(&w->c, 1, D(2026, 11, 20), &now, &n), ERR_NOTFOUND);
}

static void calendar_and_knowledge(void **state)
{
	struct world *w = *state;
	int64_t t0 = NOW;
	struct t_insurer_param days = set(w, "closed_days", "令和8年12月29日\nR8.12.30、2026-12-31|2026-12-29", D(2026, 4, 1), CIVIL_NONE);
	assert_string_equal(days.value, "2026-12-29|2026-12-30|2026-12-31");
	struct insurer_settings s;
	ok(insurer_settings_load(&w->c, w->arena, 0, &s));
	const struct law_calendar *k = insurer_settings_calendar(&s, 8);
	assert_ptr_equal(k, insurer_settings_calendar(&s, 8));
	assert_int_equal(k->n_closed, 3);
	assert_false(law_open_day(k, D(2026, 12, 29)));
	assert_int_equal(law_prev_open(k, D(2026, 12, 31)), D(2026, 12, 28));
	assert_true(law_open_day(insurer_settings_calendar(&s, 9), D(2026, 12, 29)));
	assert_true(law_open_day(insurer_settings_calendar(&s, INT_NULL), D(2026, 12, 29)));
	assert_string_equal(insurer_settings_name(&s, 9), "");
	/* a later value takes over from its first day: days of the old one after it do not count */
	world_clock(w, t0 + 3600000);
	set(w, "closed_days", "2026-12-30", D(2026, 12, 30), CIVIL_NONE);
	ok(insurer_settings_load(&w->c, w->arena, 0, &s));
	assert_true(law_open_day(insurer_settings_calendar(&s, 8), D(2026, 12, 31)));
	assert_false(law_open_day(insurer_settings_calendar(&s, 8), D(2026, 12, 29)));
	/* as known an hour before */
	ok(insurer_settings_load(&w->c, w->arena, t0 + 1000, &s));
	assert_int_equal(s.params.n, 1);
	assert_int_equal(insurer_settings_calendar(&s, 8)->n_closed, 3);
	assert_int_equal(s.params.v[0].to, CIVIL_OPEN);
	ok(insurer_settings_load(&w->c, w->arena, t0 - 1000, &s));
	assert_int_equal(s.params.n, 0);
	const struct law_param *p = law_param_find(w->house.law, "conc_filing_shift");
	assert_string_equal(insurer_param_words(w->arena, p, "none", NULL), "そのまま（動かさない）");
	for (size_t i = 0; i < w->house.law->n_params; i++) { /* every choice has a word */
		p = &w->house.law->params[i];
		size_t n = 0;
		char **v = strcmp(p->type, "choice") == 0 ? str_split(w->arena, p->lower, '|', &n) : NULL;
		for (size_t j = 0; v && j < n; j++)
			assert_string_not_equal(insurer_param_choice_word(w->arena, p, v[j]), v[j]);
	}
}

static int64_t age_of(struct ctx *c)
{
	int64_t v;
	ok(law_number(c->house->law, "first_response_most", D(2026, 11, 20), &v));
	return v;
}

static void a_newer_table(void **state)
{
	struct world *w = *state;
	const char *now, *pid;
	struct law_trial t;
	struct law_now n;
	be(w, 1, 0, ROLE_ADMIN);
	ok(law_table_text(&w->c, "numbers.tsv", &now));
	const char *newer = arena_fmt(w->arena, "\xEF\xBB\xBF%sfirst_response_most\t3\t日\t数\t2020-04-01\t\t見本\tB\r\n", now);
	ok(law_table_try(&w->c, "", newer, strlen(newer), &t));
	assert_string_equal(t.file->name, "numbers.tsv");
	assert_int_equal(t.diff.n, 1);
	assert_int_equal(t.diff.n_of[LAW_ADDED], 1);
	is_err(law_table_import(&w->c, "", newer, strlen(newer), " ", &t, &pid), ERR_INPUT);
	assert_non_null(fault_of(&w->c, "ground"));
	fault_clear(&w->c);
	is_err(law_table_import(&w->c, "", now, strlen(now), "見本", &t, &pid), ERR_INPUT); /* nothing to take */
	fault_clear(&w->c);
	ok(law_table_import(&w->c, "", newer, strlen(newer), "見本通知", &t, &pid));
	struct ctx c = w->c;
	law_now_init(&n, &w->house);
	law_now_look(&n, &c);
	assert_int_equal(age_of(&c), 3);
	assert_ptr_not_equal(c.house->law, w->house.law);
	/* a duty may lean on it; then the number cannot go first */
	const char *duties, *pid2;
	ok(law_table_text(&c, "duties.tsv", &duties));
	const char *leaning = arena_fmt(w->arena, "%sX-1\t1\t名\tcase\tkind=home\tduty\tdue\tanchor=start_on;n=first_response_most\tREC-SCM\t\tguidance\tcase\tact\t2020-04-01\t\t出典\tA\n", duties);
	ok(law_table_import(&w->c, "duties.tsv", leaning, strlen(leaning), "見本通知", &t, &pid2));
	law_now_look(&n, &c);
	assert_non_null(duty_rule_find(c.house->law, "X-1", D(2026, 11, 20)));
	is_err(law_table_take_back(&w->c, pid, ""), ERR_INPUT);
	fault_clear(&w->c);
	ok(law_table_take_back(&w->c, pid2, ""));
	ok(law_table_take_back(&w->c, pid, "誤り"));
	law_now_look(&n, &c);
	assert_ptr_equal(c.house->law, w->house.law);
	/* the history stays; a table compared with another shipped file is not used */
	struct law_table_view *v;
	size_t k;
	ok(law_table_list(&w->c, NULL, &v, &k));
	assert_int_equal(k, 2);
	assert_false(v[0].in_force || v[1].in_force || v[0].outdated);
	ok(law_table_import(&w->c, "", newer, strlen(newer), "見本通知", &t, &pid));
	world_sql(w, "UPDATE law_table SET base_sha256 = 'x', version = version + 1 WHERE pid = '%s'", pid);
	ok(law_table_list(&w->c, NULL, &v, &k));
	assert_true(v[0].outdated && !v[0].in_force);
	law_now_look(&n, &c);
	assert_ptr_equal(c.house->law, w->house.law);
	law_now_close(&n);
	/* only the administrator; what is no table says so */
	is_err(law_table_try(&w->c, "x.txt", "abc\n", 4, &t), ERR_INPUT);
	fault_clear(&w->c);
	is_err(law_table_try(&w->c, "x.txt", "\xff\xfe", 2, &t), ERR_NOT_UTF8);
	fault_clear(&w->c);
	const char *items;
	ok(law_table_text(&w->c, "assess_items.tsv", &items));
	is_err(law_table_try(&w->c, "", items, strlen(items), &t), ERR_INPUT);
	fault_clear(&w->c);
	be(w, 81, 8, ROLE_INSURER);
	is_err(law_table_try(&w->c, "", newer, strlen(newer), &t), ERR_DENIED);
	is_err(law_table_take_back(&w->c, pid, ""), ERR_DENIED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {INSURER(values_follow_each_other), INSURER(bounds), INSURER(calendar_and_knowledge), INSURER(a_newer_table)};
	return cmocka_run_group_tests_name("register_insurer_param", tests, NULL, NULL);
}
