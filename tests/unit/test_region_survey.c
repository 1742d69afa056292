/* Surveys: design and publication, frame, rounds, answers by link, paper and the own desk, files, what will change.
 * Requirements by number: C-167, C-168, C-169, C-171, C-173, C-174, C-175, C-190, C-192, C-193 (community-process §4.15). */
#include "plan_world.h"

#include "base/str.h"
#include "region/front.h"
#include "region/survey_coding.h"
#include "region/survey_data.h"
#include "region/survey_differ.h"
#include "region/survey_outcome.h"
#include "region/survey_round.h"
#include "region/survey_seat.h"
#include "region/tab_ask.h"

#include <string.h>

/* ---- a survey to work with ------------------------------------------------------------------------------------------------ */

static int open_world(void **state)
{
	if (care_open(state) != 0)
		return -1;
	struct world *w = *state;
	w->house.share_dir = getenv("TSUNAGI_ROOT");
	return w->house.share_dir ? 0 : -1;
}
#define SURVEY(f) cmocka_unit_test_setup_teardown(f, open_world, world_close)

#define REFUSED(...) assert_int_equal(err_class_of(__VA_ARGS__), ERR_CLASS_INPUT)

static struct t_survey survey_of(struct world *w, const char *pid)
{
	struct t_survey s;
	ok(survey_get(&w->c, pid, &s));
	return s;
}

static struct t_survey from(struct world *w, const char *template)
{
	const char *pid;
	err e = survey_from_template(&w->c, template, &pid);
	for (size_t i = 0; e != OK && i < w->c.n_faults; i++)
		print_error("%s: %s\n", w->c.faults[i].field, w->c.faults[i].message);
	ok(e);
	return survey_of(w, pid);
}

static struct t_survey_form published(struct world *w, const struct t_survey *s)
{
	struct t_survey_form f;
	const char **problems = NULL;
	size_t n = 0;
	err e = survey_publish(&w->c, s->pid, "", &f, &problems, &n);
	for (size_t i = 0; i < n; i++)
		print_error("%s\n", problems[i]);
	ok(e);
	return f;
}

static struct t_survey_target target(struct world *w, const struct t_survey *s, const char *code, const char *label, const char *traits)
{
	struct t_survey_target t;
	survey_target_init(s, &t);
	t.code = code;
	t.label = label;
	t.email = arena_fmt(w->arena, "c%s@example.jp", code);
	t.traits = traits;
	ok(survey_target_save(&w->c, &t, NULL));
	return t;
}

static struct t_survey_round round_of(struct world *w, const struct t_survey *s, const char *name)
{
	struct t_survey_round r;
	survey_round_init(s, &r);
	r.name = name;
	r.period_from = D(2026, 7, 1);
	r.period_to = D(2026, 9, 30);
	r.opens_on = w->c.today - 5;
	r.closes_on = w->c.today + 5;
	ok(survey_round_save(&w->c, &r, NULL));
	return r;
}

static const char *link_of(struct world *w, const char *invitation)
{
	const char *link;
	ok(survey_link(&w->c, invitation, &link));
	return link;
}

static struct answers *say(struct world *w, const struct form_def *def, const char *const (*pairs)[2], size_t n)
{
	struct answers *as = answers_new(w->arena, def);
	for (size_t i = 0; i < n; i++)
		ok(answers_set(as, pairs[i][0], pairs[i][1]));
	return as;
}
#define SAY(w, def, ...) say(w, def, (const char *const[][2])__VA_ARGS__, sizeof((const char *const[][2])__VA_ARGS__) / (2 * sizeof(char *)))
#define YES {{"did", "yes"}, {"programme", "used"}, {"occasion", "case_conf,visit"}, {"occasion_case_conf_n", "2"}, {"occasion_visit_n", "3"}, {"timing", "first"}, {"reason", "difficult,links"}, {"effect", "very"}, {"plan", "yes"}, {"plan_programme", "yes"}}
#define NO {{"did", "no"}, {"no_reason_text", "時間がとれない。"}, {"plan", "yes"}, {"plan_programme", "no"}}

static err link_save(struct world *w, const char *link, const char *const (*pairs)[2], size_t n, bool submit)
{
	struct front_view v;
	ok(front_open(&w->c, link, &v));
	return front_save(&w->c, link, say(w, v.def, pairs, n), submit, v.version);
}
#define ANSWER(w, link, ...) ok(link_save(w, link, (const char *const[][2])__VA_ARGS__, sizeof((const char *const[][2])__VA_ARGS__) / (2 * sizeof(char *)), true))

static struct survey_seat *seats(struct world *w, const struct t_survey_round *r, enum survey_whom whom, size_t *n)
{
	struct survey_seat *v;
	ok(survey_seats(&w->c, r->pid, whom, &v, n));
	return v;
}

/* ---- design ------------------------------------------------------------------------------------------------------------------- */

/* C-167: the form of seed 000: Q2 yes leads to Q3 … Q7, Q2 no to the reasons; Q4 with counts per option. C-168: two Q7. */
static void c167_c168_templates_become_forms(void **state)
{
	struct world *w = *state;
	struct survey_template *t;
	size_t n;
	ok(survey_templates(&w->c, &t, &n));
	assert_int_equal(n, 3);
	for (size_t i = 0; i < n; i++) {
		struct t_survey s = from(w, t[i].id);
		struct t_survey_form f = published(w, &s);
		assert_int_equal(f.no, 1);
	}
	struct t_survey s = from(w, "rehab-quarter");
	struct t_survey_form f = published(w, &s);
	const struct form_def *def;
	ok(survey_form_def(&w->c, &f, &def));
	struct answers *as = SAY(w, def, YES);
	assert_true(answers_shown(as, form_item_find(def, "programme"), w->c.today));
	assert_true(answers_shown(as, form_item_find(def, "occasion_visit_n"), w->c.today));
	assert_false(answers_shown(as, form_item_find(def, "occasion_other_n"), w->c.today));
	assert_false(answers_shown(as, form_item_find(def, "no_reason_text"), w->c.today));
	as = SAY(w, def, NO);
	assert_false(answers_shown(as, form_item_find(def, "programme"), w->c.today));
	assert_true(answers_shown(as, form_item_find(def, "no_reason_text"), w->c.today));
	assert_true(answers_shown(as, form_item_find(def, "plan"), w->c.today));
	assert_true(str_starts(form_item_find(def, "effect")->label, "Q7 "));
	assert_true(str_starts(form_item_find(def, "plan")->label, "Q7 "));
}

static struct t_survey_question question(struct world *w, const struct t_survey *s, const char *key)
{
	struct t_survey_question *q;
	size_t n;
	ok(survey_questions(&w->c, s->id, &q, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(q[i].key, key))
			return q[i];
	fail_msg("no question %s", key);
	return (struct t_survey_question){0};
}

static void a_question_says_what_is_wrong(void **state)
{
	struct world *w = *state;
	struct t_survey s = from(w, "rehab-quarter");
	struct t_survey_question q;
	survey_question_init(&s, &q);
	q.label = "新しい質問";
	q.kind = "single";
	REFUSED(survey_question_save(&w->c, &q, NULL));
	assert_non_null(strstr(fault_text(&w->c, "options"), "1行に1つずつ"));
	fault_clear(&w->c);
	q.options = "はい\nいいえ";
	q.shown_key = "did";
	q.shown_codes = "maybe";
	REFUSED(survey_question_save(&w->c, &q, NULL));
	assert_non_null(strstr(fault_text(&w->c, "shown_codes"), "maybe"));
	fault_clear(&w->c);
	q.shown_codes = "実施あり、ｎｏ"; /* the words of an option, or its code, also in wide letters */
	ok(survey_question_save(&w->c, &q, NULL));
	assert_string_equal(q.shown_codes, "yes,no");
	assert_string_equal(q.key, "q1");
	assert_string_equal(q.options, "1 はい\n2 いいえ");
	struct t_survey_question did = question(w, &s, "did");
	REFUSED(survey_question_retire(&w->c, did.pid)); /* others hang on it */
	fault_clear(&w->c);
	struct t_survey_question programme = question(w, &s, "programme");
	REFUSED(survey_question_move(&w->c, programme.pid, -1));
	fault_clear(&w->c);
	struct t_survey_question plan = question(w, &s, "plan");
	ok(survey_question_move(&w->c, plan.pid, -1));
	assert_true(question(w, &s, "plan").sort < question(w, &s, "no_reason_text").sort);
	struct t_survey empty;
	survey_init(&w->c, &empty);
	empty.title = "空の調査";
	ok(survey_save(&w->c, &empty, NULL));
	struct t_survey_form f;
	const char **problems;
	size_t n;
	REFUSED(survey_publish(&w->c, empty.pid, "", &f, &problems, &n));
	assert_int_equal(n, 1);
	assert_non_null(strstr(problems[0], "質問がまだありません"));
}

/* C-167: what an answer must not lose, and what a fault must name. */
static void c167_a_tick_needs_its_number_and_a_row_its_question(void **state)
{
	struct world *w = *state;
	struct t_survey s;
	const struct form_def *def;
	survey_init(&w->c, &s);
	s.title = "形の調査";
	ok(survey_save(&w->c, &s, NULL));
	const struct t_survey_question all[] = {
		{.key = "times", .label = "どんな機会に何回ありましたか。", .kind = "counts", .options = "conf 検討会\nvisit 訪問\nother その他", .other_code = "other", .asks_detail = true, .is_required = true},
		{.key = "steps", .label = "どの程度できていますか。", .kind = "matrix", .options = "yes できている\nno できていない", .parts = "link 連携\nrole 分担", .is_required = true, .help = "行ごとに1つ選んでください。"},
	};
	for (size_t i = 0; i < 2; i++) {
		struct t_survey_question q;
		survey_question_init(&s, &q);
		q.key = all[i].key;
		q.label = all[i].label;
		q.kind = all[i].kind;
		q.options = all[i].options;
		q.parts = str_or(all[i].parts, "");
		q.other_code = str_or(all[i].other_code, "");
		q.help = str_or(all[i].help, "");
		q.asks_detail = all[i].asks_detail;
		q.is_required = true;
		ok(survey_question_save(&w->c, &q, NULL));
	}
	struct t_survey_form f = published(w, &s);
	ok(survey_form_def(&w->c, &f, &def));
	REFUSED(answers_validate(&w->c, SAY(w, def, {{"times", "conf,visit"}, {"times_visit_n", "2"}, {"steps_link", "yes"}, {"steps_role", "no"}}), false, NULL));
	assert_non_null(strstr(fault_text(&w->c, "times_conf_n"), "検討会の回数"));
	assert_null(fault_of(&w->c, "times_visit_n"));
	fault_clear(&w->c);
	ok(answers_validate(&w->c, SAY(w, def, {{"times", "visit"}, {"times_visit_n", "2"}, {"steps_link", "yes"}, {"steps_role", "no"}}), false, NULL));
	/* a row is told with its question; the way to answer stands above the table; its own name below the question */
	REFUSED(answers_validate(&w->c, SAY(w, def, {{"times", "visit"}, {"times_visit_n", "2"}, {"steps_role", "no"}}), false, NULL));
	assert_non_null(strstr(fault_text(&w->c, "steps_link"), "どの程度できていますか。：連携"));
	fault_clear(&w->c);
	assert_string_equal(form_item_find(def, "steps_link")->short_label, "連携");
	assert_string_equal(form_item_find(def, "steps_head")->help, "行ごとに1つ選んでください。");
	/* その他 has one field for its words, not two */
	assert_non_null(form_item_find(def, "times_other"));
	assert_non_null(form_item_find(def, "times_conf_detail"));
	assert_null(form_item_find(def, "times_other_detail"));
}

/* C-174: the change of an option is kept with the old and the new words; that question alone is tabulated apart. */
static void c174_changed_words_open_a_new_series(void **state)
{
	struct world *w = *state;
	struct t_survey s = from(w, "rehab-quarter");
	struct t_survey_form f1 = published(w, &s), f2;
	assert_int_equal(published(w, &s).id, f1.id); /* nothing changed: no new version */
	struct t_survey_round r1 = round_of(w, &s, "第1回");
	struct t_survey_question q = question(w, &s, "effect");
	q.options = "very 大変効果があった\ngood 効果があった\nneither どちらとも言えない\nnone 効果はなかった";
	ok(survey_question_save(&w->c, &q, NULL));
	f2 = published(w, &s);
	assert_int_equal(f2.no, 2);
	struct survey_change *ch;
	size_t n;
	ok(survey_form_changes(&w->c, &f2, &ch, &n));
	assert_int_equal(n, 1);
	assert_string_equal(ch[0].key, "effect");
	assert_true(ch[0].breaks);
	assert_non_null(strstr(ch[0].before, "効果がなかった"));
	assert_non_null(strstr(ch[0].after, "効果はなかった"));
	struct t_survey_round r2 = round_of(w, &s, "第2回");
	assert_int_equal(r1.form_id, f1.id);
	assert_int_equal(r2.form_id, f2.id);
	struct tab_data *d;
	ok(survey_data_load(&w->c, s.pid, "", &d));
	const struct tab_question *effect = tab_question_find(d, "effect"), *did = tab_question_find(d, "did");
	assert_int_equal(effect->series[0], 1);
	assert_int_equal(effect->series[1], 2);
	assert_int_equal(did->series[0], 1);
	assert_int_equal(did->series[1], 1);
}

/* C-173, X-06: four quarters asked in July, October, January and March; the last before its period is over. */
static void c173_quarters_have_their_own_months(void **state)
{
	struct world *w = *state;
	struct t_survey s = from(w, "rehab-quarter");
	struct t_survey_round *r;
	int64_t added;
	size_t n;
	REFUSED(survey_rounds_quarters(&w->c, s.pid, 2026, &added)); /* no questions fixed yet */
	fault_clear(&w->c);
	published(w, &s);
	ok(survey_rounds_quarters(&w->c, s.pid, 2026, &added));
	assert_int_equal(added, 4);
	ok(survey_rounds_quarters(&w->c, s.pid, 2026, &added));
	assert_int_equal(added, 0);
	ok(survey_rounds(&w->c, s.id, &r, &n));
	assert_int_equal(n, 4);
	assert_int_equal(r[0].opens_on, D(2026, 7, 1));
	assert_int_equal(r[1].opens_on, D(2026, 10, 1));
	assert_int_equal(r[2].opens_on, D(2027, 1, 1));
	assert_int_equal(r[3].opens_on, D(2027, 3, 1));
	assert_int_equal(r[3].period_to, D(2027, 3, 31));
	assert_true(survey_round_is_early(&r[3], D(2027, 3, 10)));
	assert_false(survey_round_is_early(&r[0], D(2026, 7, 1)));
}

/* ---- a named round --------------------------------------------------------------------------------------------------------------- */

/* C-169, C-171, C-175: two by web, one mailed, one faxed; the rate and the list of the silent; links, closing, late paper. */
static void c169_c171_c175_answers_come_by_many_ways(void **state)
{
	struct world *w = *state;
	struct t_survey s = from(w, "rehab-quarter");
	struct survey_answer_view v;
	struct survey_rate rate;
	int64_t n_new;
	size_t n;
	published(w, &s);
	for (int i = 1; i <= 5; i++)
		target(w, &s, arena_fmt(w->arena, "%03d", i), arena_fmt(w->arena, "第%d包括", i), i % 2 ? "運営=委託" : "運営=直営");
	struct t_survey_round r = round_of(w, &s, "第2四半期");
	ok(survey_invite(&w->c, r.pid, &n_new));
	assert_int_equal(n_new, 5);
	ok(survey_invite(&w->c, r.pid, &n_new));
	assert_int_equal(n_new, 0);
	struct survey_seat *seat = seats(w, &r, SURVEY_ALL, &n);
	assert_int_equal(n, 5);
	const char *first = link_of(w, seat[0].inv.pid), *second = link_of(w, seat[1].inv.pid);
	ANSWER(w, first, YES);
	ok(survey_gathered(&w->c, seat[0].inv.pid)); /* what the page of the link does: its owner sees it at once */
	ok(survey_rate_of(&w->c, r.pid, &rate));
	assert_int_equal(rate.submitted, 1);
	ok(survey_gathered(&w->c, "00000000000000000000000000")); /* a seat of another house */
	ANSWER(w, second, NO);
	ok(survey_collect(&w->c, r.pid, false, &n_new));
	assert_int_equal(n_new, 1);
	ok(survey_collect(&w->c, r.pid, false, &n_new));
	assert_int_equal(n_new, 0);
	ok(survey_answer_get(&w->c, seat[2].inv.pid, &v));
	assert_int_equal(survey_answer_enter(&w->c, seat[2].inv.pid, 99, SAY(w, v.def, YES), "mail", "", true, 0), ERR_SURVEY_OTHER);
	fault_clear(&w->c);
	ok(survey_answer_enter(&w->c, seat[2].inv.pid, 3, SAY(w, v.def, YES), "mail", "", true, 0));
	ok(survey_answer_enter(&w->c, seat[3].inv.pid, INT_NULL, SAY(w, v.def, NO), "fax", "", true, 0));
	REFUSED(survey_answer_enter(&w->c, seat[4].inv.pid, INT_NULL, SAY(w, v.def, {{"did", "yes"}}), "fax", "", true, 0)); /* Q3 … are missing */
	fault_clear(&w->c);
	ok(survey_rate_of(&w->c, r.pid, &rate));
	assert_int_equal(rate.invited, 5);
	assert_int_equal(rate.submitted, 4);
	assert_int_equal(rate.n_modes, 3);
	for (size_t i = 0; i < rate.n_modes; i++)
		assert_int_equal(rate.modes[i].n, str_eq(rate.modes[i].mode, "web") ? 2 : 1);
	struct survey_seat *silent = seats(w, &r, SURVEY_SILENT, &n);
	assert_int_equal(n, 1);
	assert_string_equal(silent[0].label, "第5包括");
	ok(survey_answer_get(&w->c, seat[2].inv.pid, &v));
	assert_string_equal(v.row.mode, "mail");
	assert_true(v.row.staff_id != INT_NULL);
	/* answers to what a branch hides are not kept */
	ok(survey_answer_enter(&w->c, seat[3].inv.pid, INT_NULL, SAY(w, v.def, {{"did", "no"}, {"programme", "used"}, {"plan", "no"}}), "fax", "", true, 0));
	ok(survey_answer_get(&w->c, seat[3].inv.pid, &v));
	assert_false(answers_has(v.answers, "programme"));
	/* closed: a link is refused, late paper needs a reason */
	ok(survey_round_close(&w->c, r.pid));
	assert_int_equal(link_save(w, first, (const char *const[][2]){{"did", "no"}}, 1, true), ERR_SURVEY_CLOSED);
	fault_clear(&w->c);
	REFUSED(survey_answer_enter(&w->c, seat[4].inv.pid, INT_NULL, SAY(w, v.def, NO), "paper", "", true, 0));
	assert_non_null(strstr(fault_text(&w->c, "_note"), "理由"));
	fault_clear(&w->c);
	ok(survey_answer_enter(&w->c, seat[4].inv.pid, INT_NULL, SAY(w, v.def, NO), "paper", "締切のあとに届いたため", true, 0));
	ok(survey_answer_get(&w->c, seat[0].inv.pid, &v));
	assert_string_equal(answers_text(v.answers, "effect"), "大変効果があった");
}

static void differs(const struct survey_difference *d, size_t n, const char *label, const char *was, const char *now)
{
	for (size_t i = 0; i < n; i++)
		if (strstr(d[i].label, label)) {
			assert_string_equal(d[i].was, was);
			assert_string_equal(d[i].now, now);
			return;
		}
	fail_msg("no difference of %s", label);
}

/* F081: what the records do not have is 0 and なし there: three case conferences added are seen like a visit that became four. */
static void f081_what_the_records_lack_is_a_difference(void **state)
{
	struct world *w = *state;
	struct t_survey s = from(w, "rehab-quarter");
	struct survey_answer_view v;
	struct survey_difference *d;
	const char *json, *csv;
	int64_t n_new, *counts;
	size_t n, n_seats;
	published(w, &s);
	for (int i = 1; i <= 3; i++)
		target(w, &s, arena_fmt(w->arena, "%03d", i), arena_fmt(w->arena, "第%d包括", i), "");
	struct t_survey_round r = round_of(w, &s, "第2四半期");
	ok(survey_invite(&w->c, r.pid, &n_new));
	struct survey_seat *seat = seats(w, &r, SURVEY_ALL, &n_seats);
	ok(survey_answer_get(&w->c, seat[0].inv.pid, &v));
	const struct answers *known = SAY(w, v.def, {{"did", "yes"}, {"programme", "used"}, {"occasion", "visit"}, {"occasion_visit_n", "1"}, {"timing", "first"}, {"reason", "links"}});
	const struct answers *none = SAY(w, v.def, {{"did", "no"}});
#define SAID {{"did", "yes"}, {"programme", "used"}, {"occasion", "case_conf,visit"}, {"occasion_case_conf_n", "3"}, {"occasion_visit_n", "4"}, {"timing", "first"}, {"reason", "links"}, {"effect", "very"}, {"plan", "yes"}, {"plan_programme", "yes"}}
	const struct answers *said = SAY(w, v.def, SAID);
	ok(survey_differences(&w->c, known, said, &d, &n));
	assert_int_equal(n, 3); /* the ticks and two counts; 効果 and the plans are no records' */
	differs(d, n, "事例検討会（サービス担当者会議を含まない）の回数", "0", "3");
	differs(d, n, "アセスメント訪問の回数", "1", "4");
	/* the other way round, and a quarter without any record */
	ok(survey_differences(&w->c, said, known, &d, &n));
	differs(d, n, "事例検討会（サービス担当者会議を含まない）の回数", "3", "0");
	ok(survey_differences(&w->c, none, said, &d, &n));
	differs(d, n, "Q2", "実施なし", "実施あり");
	differs(d, n, "Q3", "なし", "活用あり");
	differs(d, n, "Q5", "なし", "支援の初回導入時");
	differs(d, n, "アセスメント訪問の回数", "0", "4");
	ok(survey_differences(&w->c, known, none, &d, &n));
	differs(d, n, "Q6", "地域のリハビリ専門職とのつながり強化", "なし");
	ok(survey_differences(&w->c, known, known, &d, &n));
	assert_int_equal(n, 0);
	ok(survey_differences(&w->c, NULL, said, &d, &n));
	assert_int_equal(n, 0);
	/* the round: who differs, and in what */
	ok(survey_answer_enter(&w->c, seat[0].inv.pid, INT_NULL, said, "fax", "", true, 0));
	ok(survey_answer_enter(&w->c, seat[1].inv.pid, INT_NULL, said, "fax", "", true, 0));
	ok(survey_store_answers(&w->c, known, &json));
	world_sql(w, "UPDATE survey_answer SET prefill = '%s' WHERE invitation_id = %lld", json, (long long)seat[0].inv.id);
	ok(survey_store_answers(&w->c, said, &json));
	world_sql(w, "UPDATE survey_answer SET prefill = '%s' WHERE invitation_id = %lld", json, (long long)seat[1].inv.id);
	ok(survey_differing(&w->c, r.pid, seat, n_seats, &counts));
	assert_int_equal(counts[0], 3);
	assert_int_equal(counts[1], 0);
	assert_int_equal(counts[2], INT_NULL); /* not handed in */
	ok(survey_differing_csv(&w->c, r.pid, &csv, &n));
	assert_non_null(strstr(csv, "第1包括,事例検討会（サービス担当者会議を含まない）の回数,0,3"));
	assert_null(strstr(csv, "第2包括"));
	stranger(w);
	assert_int_equal(survey_differing(&w->c, r.pid, seat, n_seats, &counts), ERR_NOTFOUND);
	assert_int_equal(survey_differing_csv(&w->c, r.pid, &csv, &n), ERR_NOTFOUND);
}

/* ---- coding ------------------------------------------------------------------------------------------------------------------ */

static err code_all(struct world *w, const struct t_survey *s, int coder, bool take)
{
	struct survey_coding_view v;
	ok(survey_coding_open(&w->c, s->pid, "no_reason_text", &v));
	struct survey_coding_said *said = ARENA_ARRAY(w->arena, v.n_texts + 1, struct survey_coding_said);
	for (size_t i = 0; i < v.n_texts; i++)
		said[i] = (struct survey_coding_said){v.texts[i].token, 1, ""};
	return survey_coding_put(&w->c, &(struct survey_coding_save){.survey_pid = s->pid, .key = "no_reason_text", .coder = coder, .take_over = take, .said = said, .n = v.n_texts});
}

/* C-183: two coders are two people. The seat is the account's; another one takes it over only by saying so. */
static void c183_a_coder_is_one_person(void **state)
{
	struct world *w = *state;
	struct t_survey s = from(w, "rehab-quarter");
	struct survey_answer_view v;
	struct survey_coding_view k;
	int64_t n_new;
	size_t n;
	published(w, &s);
	target(w, &s, "001", "第1包括", "");
	struct t_survey_round r = round_of(w, &s, "第2四半期");
	ok(survey_invite(&w->c, r.pid, &n_new));
	struct survey_seat *seat = seats(w, &r, SURVEY_ALL, &n);
	ok(survey_answer_get(&w->c, seat[0].inv.pid, &v));
	ok(survey_answer_enter(&w->c, seat[0].inv.pid, INT_NULL, SAY(w, v.def, NO), "fax", "", true, 0));
	ok(survey_coding_open(&w->c, s.pid, "no_reason_text", &k));
	if (k.n_groups == 0)
		ok(survey_group_add(&w->c, s.pid, "no_reason_text", "体制面の課題"));
	assert_int_equal(k.mine, 0);
	int64_t first = w->c.actor.account_id;
	ok(code_all(w, &s, 1, false));
	ok(code_all(w, &s, 1, false)); /* again, as the same */
	REFUSED(code_all(w, &s, 2, false));
	assert_non_null(strstr(fault_text(&w->c, "coder"), "1人で2人分"));
	fault_clear(&w->c);
	REFUSED(code_all(w, &s, 2, true)); /* nor by taking over */
	fault_clear(&w->c);
	w->c.actor.account_id = first + 1000; /* a colleague */
	ok(survey_coding_open(&w->c, s.pid, "no_reason_text", &k));
	assert_int_equal(k.mine, 0);
	assert_true(*k.holder[0] && !*k.holder[1]);
	REFUSED(code_all(w, &s, 1, false));
	assert_non_null(strstr(fault_text(&w->c, "take"), "引き継ぐ"));
	fault_clear(&w->c);
	ok(code_all(w, &s, 2, false));
	ok(survey_coding_open(&w->c, s.pid, "no_reason_text", &k));
	assert_int_equal(k.mine, 2);
	assert_int_equal(k.both, 1);
	assert_int_equal(count_of(w, "survey_coding", "retired_ms IS NULL"), 2);
	/* marks one person made in both seats, before seats were kept, stay; only the first seat is that person's */
	world_sql(w, "UPDATE survey_coding SET created_by = %lld", (long long)first);
	ok(survey_coding_open(&w->c, s.pid, "no_reason_text", &k));
	assert_true(k.mine == 0 && !*k.holder[1] && k.both == 1);
	ok(code_all(w, &s, 2, false));
	w->c.actor.account_id = first;
	ok(survey_coding_open(&w->c, s.pid, "no_reason_text", &k));
	assert_int_equal(k.mine, 1);
	/* a third takes the first seat over */
	w->c.actor.account_id = first + 2000;
	world_sql(w, "UPDATE survey_coding SET retired_ms = 1 WHERE coder = 2");
	ok(code_all(w, &s, 2, false));
	REFUSED(code_all(w, &s, 1, true));
	fault_clear(&w->c);
}

/* ---- an anonymous round ------------------------------------------------------------------------------------------------------------ */

/* C-193: answers come out of the pot without order or owner; nobody is told who is silent; nothing is known to history. */
static void c193_nobody_knows_who_said_what(void **state)
{
	struct world *w = *state;
	struct t_survey s = from(w, "planner-check");
	struct survey_rate rate;
	struct survey_answer_view v;
	struct survey_seat *seat;
	int64_t n_new;
	size_t n;
	published(w, &s);
	for (int i = 1; i <= 8; i++)
		target(w, &s, arena_fmt(w->arena, "%03d", i), arena_fmt(w->arena, "第%d専門員", i), "");
	struct t_survey_round r = round_of(w, &s, "今年度");
	ok(survey_invite(&w->c, r.pid, &n_new));
	seat = seats(w, &r, SURVEY_ALL, &n);
	for (int i = 0; i < 6; i++)
		ANSWER(w, link_of(w, seat[i].inv.pid), {{"profession", "planner"}, {"tool", "yes"}});
	ok(survey_rate_of(&w->c, r.pid, &rate));
	assert_int_equal(rate.in_pot, 6);
	assert_int_equal(rate.submitted, 0);
	assert_int_equal(survey_seats(&w->c, r.pid, SURVEY_SILENT, &seat, &n), ERR_DENIED);
	seat = seats(w, &r, SURVEY_ALL, &n);
	for (size_t i = 0; i < n; i++)
		assert_string_equal(seat[i].answer_state, "");
	assert_int_equal(survey_answer_get(&w->c, seat[0].inv.pid, &v), ERR_NOTFOUND);
	struct t_survey_form *f;
	const struct form_def *def;
	size_t n_forms;
	ok(survey_forms(&w->c, s.id, &f, &n_forms));
	ok(survey_form_def(&w->c, &f[0], &def));
	ok(survey_anon_enter(&w->c, r.pid, SAY(w, def, {{"profession", "cm"}, {"tool", "no"}}), "mail"));
	ok(survey_round_close(&w->c, r.pid));
	ok(survey_rate_of(&w->c, r.pid, &rate));
	assert_int_equal(rate.in_pot, 0);
	assert_int_equal(rate.submitted, 7);
	assert_int_equal(count_of(w, "revision", "table_name = 'survey_anon_answer'"), 0);
	assert_int_equal(count_of(w, "survey_answer", "1 = 1"), 0);
	struct tab_data *d;
	ok(survey_data_load(&w->c, s.pid, "", &d));
	assert_true(d->anonymous);
	assert_false(d->owner);
	assert_int_equal(d->answers.n, 7);
	s.is_anonymous = false; /* and it stays so */
	assert_int_equal(survey_save(&w->c, &s, NULL), ERR_SURVEY_FIXED);
}

/* C-238, F110: the areas of the town are the choices, and their differences a table of the report; a town without areas writes them by hand. */
static void c238_areas_of_the_self_check(void **state)
{
	struct world *w = *state;
	struct t_survey s = from(w, "planner-check");
	struct t_survey_question q = question(w, &s, "area");
	assert_non_null(strstr(q.options, "書きかえてください"));
	world_sql(w, "INSERT INTO area (id, pid, version, name, name_fold, level, sort, created_ms, created_by, updated_ms, updated_by) VALUES"
		" (71, 'ar1', 1, '第1圏域', '第1圏域', 'zone', 1, 0, 0, 0, 0), (72, 'ar2', 1, '第2圏域', '第2圏域', 'zone', 2, 0, 0, 0, 0), (73, 'ar3', 1, '第3圏域', '第3圏域', 'zone', 3, 0, 0, 0, 0)");
	s = from(w, "planner-check");
	q = question(w, &s, "area");
	assert_string_equal(q.options, "a1 第1圏域\na2 第2圏域\na3 第3圏域\nother そのほか・決まっていない");
	struct t_survey_cut *cuts;
	size_t n;
	ok(survey_cuts(&w->c, s.id, &cuts, &n));
	assert_int_equal(n, 1);
	assert_string_equal(cuts[0].row_key, "linked");
	assert_string_equal(cuts[0].col_key, "area");
	published(w, &s);
}

/* C-173, C-175: on the list is not asked; the day of the request is the day it went out. */
static void c175_asked_is_whose_request_went_out(void **state)
{
	struct world *w = *state;
	struct t_survey s = from(w, "rehab-quarter");
	struct tab_data *d;
	struct survey_seat *seat;
	int64_t n_new;
	size_t n;
	published(w, &s);
	for (int i = 1; i <= 3; i++)
		target(w, &s, arena_fmt(w->arena, "%03d", i), arena_fmt(w->arena, "第%d包括", i), "");
	struct t_survey_round r = round_of(w, &s, "第2四半期");
	ok(survey_invite(&w->c, r.pid, &n_new));
	ok(survey_data_load(&w->c, s.pid, "", &d));
	assert_true(d->rounds[0].planned);
	for (int i = 0; i < 3; i++)
		assert_int_equal(d->waiting[i], 1);
	seat = seats(w, &r, SURVEY_ALL, &n);
	ok(survey_seat_mark(&w->c, seat[1].inv.pid, "sent", ""));
	ok(survey_data_load(&w->c, s.pid, "", &d));
	assert_false(d->rounds[0].planned);
	assert_int_equal(d->rounds[0].asked_on, w->c.today); /* not the day that was planned */
	assert_int_equal(d->waiting[0], 1);
	assert_int_equal(d->waiting[1], 0);
	/* nothing went out from here, but an answer came: the whole list was asked by other means */
	ok(survey_seat_mark(&w->c, seat[1].inv.pid, "waiting", ""));
	ANSWER(w, link_of(w, seat[0].inv.pid), NO);
	ok(survey_gathered(&w->c, seat[0].inv.pid));
	ok(survey_data_load(&w->c, s.pid, "", &d));
	assert_false(d->rounds[0].planned);
	for (int i = 0; i < 3; i++)
		assert_int_equal(d->waiting[i], 0);
}

/* C-193: where the question it hangs on hides a number, nothing is told of a question that was asked of those alone. */
static void c193_no_base_tells_a_hidden_number(void **state)
{
	struct world *w = *state;
	struct t_survey s = from(w, "planner-check");
	struct t_survey_form *f;
	const struct form_def *def;
	struct tab_data *d;
	size_t n;
	published(w, &s);
	struct t_survey_round r = round_of(w, &s, "今年度");
	ok(survey_forms(&w->c, s.id, &f, &n));
	ok(survey_form_def(&w->c, &f[0], &def));
	for (int i = 0; i < 12; i++)
		ok(survey_anon_enter(&w->c, r.pid, SAY(w, def, {{"profession", "cm"}, {"discomfort", "no"}}), "mail"));
	for (int i = 0; i < 4; i++)
		ok(survey_anon_enter(&w->c, r.pid, SAY(w, def, {{"profession", "cm"}, {"discomfort", "yes"}, {"discomfort_text", "書類の締切"}}), "mail"));
	int64_t moved;
	ok(survey_collect(&w->c, r.pid, true, &moved));
	assert_int_equal(moved, 16);
	ok(survey_data_load(&w->c, s.pid, "", &d));
	assert_non_null(tab_question_find(d, "discomfort_text"));
	for (int i = 0; i < 6; i++)
		ok(survey_anon_enter(&w->c, r.pid, SAY(w, def, {{"profession", "cm"}, {"discomfort", i ? "no" : "unknown"}}), "mail"));
	ok(survey_collect(&w->c, r.pid, true, &moved));
	ok(survey_data_load(&w->c, s.pid, "", &d));
	assert_non_null(tab_question_find(d, "discomfort"));
	assert_null(tab_question_find(d, "discomfort_text"));
}

/* ---- files ------------------------------------------------------------------------------------------------------------------------- */

static const struct tab_table *table_of(struct world *w, const struct t_survey *s, const char *key)
{
	struct tab_data *d;
	const struct tab *t;
	struct tab_table *out;
	const char *why = "";
	ok(survey_data_load(&w->c, s->pid, "", &d));
	ok(tab_open(w->arena, d, &t, &why));
	ok(tab_question_table(t, &(struct tab_ask){.key = key, .by_round = true}, &out));
	return out;
}

static struct import_lines import(struct world *w, const struct t_survey *s, const char *text, bool trial)
{
	struct import_lines said = {0};
	ok(survey_raw_import(&w->c, s->pid, text, strlen(text), trial, &said));
	return said;
}

/* C-192: out and into an empty survey: every table is equal. Rows that cannot be read are told and block nobody. */
static void c192_raw_answers_out_and_in(void **state)
{
	struct world *w = *state;
	struct t_survey s = from(w, "rehab-quarter"), copy;
	const char *pid, *bytes;
	size_t n;
	published(w, &s);
	for (int i = 1; i <= 3; i++)
		target(w, &s, arena_fmt(w->arena, "%03d", i), arena_fmt(w->arena, "第%d包括", i), "");
	round_of(w, &s, "第1四半期");
	round_of(w, &s, "第2四半期");
	struct import_lines said = import(w, &s, "target,round,mode,submitted_on,did,programme,occasion,occasion_visit_n,effect,plan\n"
		"001,1,web,2026-07-03,yes,used,\"visit\",4,very,yes\n002,1,fax,令和8年7月4日,no,,,,,no\n009,1,web,,yes,,,,,\n001,1,web,,no,,,,,\n003,2,web,,yes,perhaps,,,,\n003,第2四半期,web,,yes,unused,visit,1,good,blank:unknown\n", false);
	assert_int_equal(said.n, 6);
	assert_false(said.v[0].is_bad);
	assert_false(said.v[1].is_bad);
	assert_true(said.v[2].is_bad); /* no such target */
	assert_true(said.v[3].is_bad); /* the same target and round again */
	assert_true(said.v[4].is_bad);
	assert_non_null(strstr(said.v[4].text, "perhaps"));
	assert_false(said.v[5].is_bad);
	struct import_lines refused = {0};
	static const char unknown[] = "target,round,did,didnt\n001,1,yes,no\n";
	assert_int_equal(survey_raw_import(&w->c, s.pid, unknown, strlen(unknown), false, &refused), ERR_SURVEY_FILE);
	assert_non_null(strstr(fault_text(&w->c, "file"), "didnt"));
	fault_clear(&w->c);
	/* the first round came by file alone: it asked the whole frame, and who has no row is silent (C-175) */
	struct survey_rate rate;
	struct t_survey_round *rounds;
	ok(survey_rounds(&w->c, s.id, &rounds, &n));
	ok(survey_rate_of(&w->c, rounds[0].pid, &rate));
	assert_int_equal(rate.invited, 3);
	assert_int_equal(rate.submitted, 2);
	ok(survey_raw_csv(&w->c, s.pid, "", false, &bytes, &n));
	ok(survey_copy(&w->c, s.pid, "写し", &pid));
	copy = survey_of(w, pid);
	published(w, &copy);
	struct t_survey_target *frame;
	size_t n_frame;
	ok(survey_targets(&w->c, copy.id, &frame, &n_frame));
	assert_int_equal(n_frame, 3); /* a copy has the frame of the survey it was made from */
	round_of(w, &copy, "第1四半期");
	round_of(w, &copy, "第2四半期");
	said = (struct import_lines){0};
	ok(survey_raw_import(&w->c, copy.pid, bytes, n, true, &said)); /* a trial writes nothing */
	assert_int_equal(said.n, 3);
	assert_int_equal(table_of(w, &copy, "did")->base.n, 0);
	ok(survey_raw_import(&w->c, copy.pid, bytes, n, false, &said));
	static const char *const keys[] = {"did", "programme", "occasion", "occasion_visit_n", "effect", "plan"};
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
		const char *why = "";
		if (!tab_table_equal(w->arena, table_of(w, &s, keys[i]), table_of(w, &copy, keys[i]), &why))
			fail_msg("%s: %s", keys[i], why);
	}
	ok(survey_raw_csv(&w->c, s.pid, "", true, &bytes, &n)); /* CP932 too */
	ok(survey_codebook_csv(&w->c, s.pid, false, &bytes, &n));
	assert_non_null(strstr(bytes, "case_conf"));
}

static void a_frame_comes_from_the_register_and_from_files(void **state)
{
	struct world *w = *state;
	struct t_survey s = from(w, "rehab-quarter");
	struct t_survey_target *t;
	struct import_lines said = {0};
	int64_t added;
	size_t n;
	ok(survey_frame_orgs(&w->c, s.pid, "centre", w->c.today, &added));
	assert_true(added > 0);
	ok(survey_frame_orgs(&w->c, s.pid, "centre", w->c.today, &added));
	assert_int_equal(added, 0);
	ok(survey_targets(&w->c, s.id, &t, &n));
	size_t before = n;
	static const char file[] = "番号,名前,メール,運営\nX1,ひばり包括,a@example.jp,委託\nX2,,b@example.jp,直営\nX3,かもめ包括,not-an-address,直営\n";
	ok(survey_frame_import(&w->c, s.pid, file, strlen(file), false, &said));
	assert_int_equal(said.n, 3);
	assert_false(said.v[0].is_bad);
	assert_true(said.v[1].is_bad);
	assert_true(said.v[2].is_bad);
	ok(survey_targets(&w->c, s.id, &t, &n));
	assert_int_equal(n, before + 1);
	assert_string_equal(t[n - 1].traits, "運営=委託");
}

/* C-190: what will change is told once, and stands on the agenda. */
static void c190_what_will_change_is_told(void **state)
{
	struct world *w = *state;
	struct t_survey s = from(w, "rehab-quarter");
	int64_t n_new, tasks = open_tasks(w);
	published(w, &s);
	target(w, &s, "001", "第1包括", "");
	struct t_survey_round r = round_of(w, &s, "第2四半期");
	ok(survey_invite(&w->c, r.pid, &n_new));
	size_t n;
	struct survey_seat *seat = seats(w, &r, SURVEY_ALL, &n);
	const char *link = link_of(w, seat[0].inv.pid);
	REFUSED(survey_outcome_tell(&w->c, s.pid));
	fault_clear(&w->c);
	for (int i = 0; i < 2; i++) {
		struct t_survey_outcome o;
		survey_outcome_init(&s, &o);
		o.content = i ? "申込書を1枚にまとめる" : "相談の電話を1つにする";
		ok(survey_outcome_save(&w->c, &o, NULL));
	}
	ok(survey_outcome_tell(&w->c, s.pid));
	assert_int_equal(open_tasks(w), tasks + 1);
	struct front_view v;
	ok(front_open(&w->c, link, &v));
	assert_non_null(strstr(v.round.results, "申込書を1枚にまとめる"));
	assert_non_null(strstr(v.round.results, "相談の電話を1つにする"));
}

/* Others' surveys are not there. */
static void a_survey_belongs_to_its_organisation(void **state)
{
	struct world *w = *state;
	struct t_survey s = from(w, "rehab-quarter"), other;
	struct survey_line *v;
	size_t n;
	ok(survey_list(&w->c, &v, &n));
	assert_int_equal(n, 1);
	stranger(w);
	assert_int_equal(survey_get(&w->c, s.pid, &other), ERR_NOTFOUND);
	ok(survey_list(&w->c, &v, &n));
	assert_int_equal(n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SURVEY(c167_c168_templates_become_forms),
		SURVEY(a_question_says_what_is_wrong),
		SURVEY(c167_a_tick_needs_its_number_and_a_row_its_question),
		SURVEY(c174_changed_words_open_a_new_series),
		SURVEY(c173_quarters_have_their_own_months),
		SURVEY(c169_c171_c175_answers_come_by_many_ways),
		SURVEY(f081_what_the_records_lack_is_a_difference),
		SURVEY(c183_a_coder_is_one_person),
		SURVEY(c193_nobody_knows_who_said_what),
		SURVEY(c193_no_base_tells_a_hidden_number), SURVEY(c238_areas_of_the_self_check), SURVEY(c175_asked_is_whose_request_went_out),
		SURVEY(c192_raw_answers_out_and_in),
		SURVEY(a_frame_comes_from_the_register_and_from_files),
		SURVEY(c190_what_will_change_is_told),
		SURVEY(a_survey_belongs_to_its_organisation),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
