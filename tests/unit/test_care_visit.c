/* 支援経過, モニタリング, 評価 as records: append-only entries, what an interview asks and leaves behind, テレビ電話 refused with its reason,
 * the task of the next period, conflicts row by row, the bin, evaluation and the set of papers before a plan ends. */
#include "plan_world.h"

#include "base/str.h"
#include "care/care_log.h"
#include "care/evaluate.h"
#include "care/monitor.h"
#include "register/certification.h"

#include <string.h>

static err log_add(struct world *w, const char *item, civil on, const char *content)
{
	struct t_care_log r;
	fault_clear(&w->c);
	care_log_init(&w->c, &r);
	r.item = item;
	r.at_on = on;
	r.content = content;
	return care_log_add(&w->c, prs(w, 1), &r);
}

static void entries_are_never_altered(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct care_log_filter all = CARE_LOG_ALL();
	struct care_log_view *v, one;
	struct t_care_log r, with;
	size_t n;
	is_err(log_add(w, "visit", c->today + 1, "あした"), ERR_INPUT);
	is_err(log_add(w, "nosuch", c->today, "言葉"), ERR_INPUT);
	is_err(log_add(w, "visit", c->today, " "), ERR_INPUT);
	assert_int_equal(count_of(w, "care_log", "1 = 1"), 0);
	ok(log_add(w, "visit", c->today, "歩いて10分"));
	ok(care_log_list(c, prs(w, 1), &all, &v, &n));
	assert_int_equal(n, 1);
	r = v[0].row;
	assert_int_equal(on_timeline(w, 1), 1);
	/* a reason is asked; then both texts are there, one struck */
	care_log_init(c, &with);
	with.content = "歩いて20分";
	fault_clear(c);
	is_err(care_log_correct(c, r.pid, r.version, &with, "", NULL), ERR_INPUT);
	fault_clear(c);
	ok(care_log_correct(c, r.pid, r.version, &with, "書き間違い", NULL));
	ok(care_log_list(c, prs(w, 1), &all, &v, &n));
	assert_int_equal(n, 2);
	assert_int_equal(count_of(w, "care_log", "content = '歩いて10分' AND struck_ms IS NOT NULL AND struck_by = 11"), 1);
	assert_int_equal(on_timeline(w, 1), 1);
	ok(care_log_get(c, r.pid, &one));
	assert_string_equal(one.corrected_pid, with.pid);
	assert_false(one.may_write);
	care_log_init(c, &with);
	with.content = "もう一度";
	fault_clear(c);
	is_err(care_log_correct(c, r.pid, one.row.version, &with, "理由", NULL), ERR_CONFLICT);
	all.live = true;
	ok(care_log_list(c, prs(w, 1), &all, &v, &n));
	assert_int_equal(n, 1);
	/* by period, and nobody else */
	ok(log_add(w, "phone", D(2026, 9, 30), "九月"));
	struct care_log_filter september = {.from_on = D(2026, 9, 1), .to_on = D(2026, 9, 30)};
	int64_t count;
	ok(care_log_count(c, prs(w, 1), &september, &count));
	assert_int_equal(count, 1);
	stranger(w);
	is_err(care_log_list(c, prs(w, 1), &all, &v, &n), ERR_NOTFOUND);
	is_err(care_log_get(c, r.pid, &one), ERR_NOTFOUND);
	is_err(log_add(w, "visit", c->today, "よその人"), ERR_NOTFOUND);
}

static void good(struct monitor_tree *t, civil on)
{
	t->row.mon_on = on;
	t->row.method = "visit";
	t->row.interviewee = "self|family";
	t->row.user_wish = "続けたい";
	t->row.condition = "変わりない";
	t->row.new_issue = "2";
	t->row.plan_change = "none";
	for (size_t i = 0; i < t->n_services; i++)
		t->services[i].executed = "done";
	for (size_t i = 0; i < t->n_goals; i++)
		t->goals[i].status = "better";
}

static err save(struct world *w, struct monitor_tree *t)
{
	fault_clear(&w->c);
	return monitor_save(&w->c, t, NULL);
}

static void said(struct world *w, err e)
{
	for (size_t i = 0; e != OK && i < w->c.n_faults; i++)
		print_error("%s: %s\n", w->c.faults[i].field, w->c.faults[i].message);
	assert_int_equal(e, OK);
}

static civil task_due(struct world *w, const char *kind)
{
	struct task_filter f = TASK_OPEN();
	struct task_row *rows;
	size_t n;
	f.kind = kind;
	ok(task_list(&w->c, &f, &rows, &n));
	return n ? rows[0].due_on : CIVIL_NONE;
}

static void interview_with_all_that_follows(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct monitor_tree t, back;
	is_err(monitor_new(c, prs(w, 1), "", &t), ERR_PLAN_STATE);
	fault_clear(c);
	plan_running(w, "home", "home", D(2026, 10, 1), D(2027, 3, 31));
	ok(monitor_new(c, prs(w, 1), "", &t));
	assert_int_equal(t.n_services, 1);
	assert_int_equal(t.n_goals, 1);
	assert_string_equal(t.goals[0].short_text, "庭を歩ける");
	/* everything missing is said at once; nothing is written */
	t.row.method = "visit";
	is_err(save(w, &t), ERR_INPUT);
	static const char *const asked[] = {"interviewee", "svc.0.executed", "goal.0.status", "user_wish", "condition", "new_issue", "plan_change"};
	for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++)
		assert_true(*fault_text(c, asked[i]));
	good(&t, c->today + 1);
	is_err(save(w, &t), ERR_INPUT);
	assert_true(*fault_text(c, "mon_on"));
	good(&t, c->today);
	t.services[0].executed = "none";
	t.row.interviewee = "family";
	is_err(save(w, &t), ERR_INPUT);
	assert_true(*fault_text(c, "svc.0.reason") && *fault_text(c, "interviewee_note"));
	assert_int_equal(count_of(w, "monitoring", "1 = 1"), 0);
	assert_int_equal(count_of(w, "care_log", "1 = 1"), 0);
	good(&t, c->today);
	t.row.wants_assess = true;
	t.row.next_on = c->today + 14;
	said(w, save(w, &t));
	assert_int_equal(count_of(w, "evidence", "code = 'REC-MON' AND body LIKE '%\"how\":\"home\"%'"), 1);
	assert_int_equal(count_of(w, "care_log", "source_table = 'monitoring' AND is_monitoring = 1 AND content LIKE '%庭を歩ける%改善%'"), 1);
	assert_int_equal(count_of(w, "timeline", "kind = 'monitoring'"), 1);
	assert_int_equal(task_due(w, "monitoring"), D(2026, 12, 31)); /* this month is done: the next */
	assert_int_equal(count_of(w, "task", "kind = 'assess' AND state = 'open'"), 1);
	/* a correction strikes the entry of the log and keeps it; the same words again do not */
	ok(monitor_get(c, t.row.pid, &back));
	said(w, save(w, &back));
	assert_int_equal(count_of(w, "care_log", "1 = 1"), 1);
	back.row.condition = "歩く速さが増した";
	back.row.wants_assess = false;
	said(w, save(w, &back));
	assert_int_equal(count_of(w, "care_log", "struck_ms IS NOT NULL"), 1);
	assert_int_equal(count_of(w, "care_log", "1 = 1"), 2);
	assert_int_equal(count_of(w, "task", "kind = 'assess' AND state = 'open'"), 0);
	/* two editors: another row each is no dispute, the same row is, and a second save means it */
	struct monitor_tree a, b;
	ok(monitor_get(c, t.row.pid, &a));
	ok(monitor_get(c, t.row.pid, &b));
	a.goals[0].status = "done";
	b.services[0].executed = "part";
	b.services[0].reason = "雨";
	said(w, save(w, &a));
	said(w, save(w, &b));
	ok(monitor_get(c, t.row.pid, &a));
	assert_string_equal(a.goals[0].status, "done");
	assert_string_equal(a.services[0].executed, "part");
	b = a;
	b.goals = ARENA_NEW(w->arena, struct t_monitoring_goal);
	b.goals[0] = a.goals[0];
	a.goals[0].status = "same";
	b.goals[0].status = "worse";
	said(w, save(w, &a));
	is_err(save(w, &b), ERR_CONFLICT);
	assert_non_null(strstr(fault_text(c, "goal.0.status"), "維持"));
	said(w, save(w, &b));
	ok(monitor_get(c, t.row.pid, &a));
	assert_string_equal(a.goals[0].status, "worse");
	/* the story: act by act, the newest first, the words before and after, rows that went */
	struct history_act *h;
	size_t n_h, n_words = 0, n_status = 0;
	ok(monitor_history(c, t.row.pid, &h, &n_h));
	for (size_t i = 0; i < n_h; i++) {
		assert_true(i == 0 || h[i - 1].at_ms >= h[i].at_ms);
		for (size_t k = 0; k < h[i].n; k++) {
			n_words += str_eq(h[i].v[k].column, "condition") && str_eq(h[i].v[k].after, "歩く速さが増した") && !str_eq(h[i].v[k].before, h[i].v[k].after);
			n_status += str_eq(h[i].table, "monitoring_goal") && str_eq(h[i].v[k].column, "status") && str_eq(h[i].v[k].before, "same") && str_eq(h[i].v[k].after, "worse");
			assert_false(str_eq(h[i].v[k].column, "version") || str_eq(h[i].v[k].column, "updated_ms"));
		}
	}
	assert_int_equal(n_words, 1);
	assert_int_equal(n_status, 1);
	stranger(w);
	is_err(monitor_history(c, t.row.pid, &h, &n_h), ERR_NOTFOUND);
	nurse(w);
	/* to the bin and back: the entry of the log goes along, the period is open again */
	const char *bin;
	struct care_log_filter all = {.from_on = CIVIL_NONE, .to_on = CIVIL_NONE, .live = true};
	int64_t n;
	fault_clear(c);
	is_err(monitor_retire(c, t.row.pid, "", &bin), ERR_REQUIRED);
	fault_clear(c);
	ok(monitor_retire(c, t.row.pid, "別の人の記録", &bin));
	is_err(monitor_get(c, t.row.pid, &a), ERR_NOTFOUND);
	ok(care_log_count(c, prs(w, 1), &all, &n));
	assert_int_equal(n, 0);
	assert_int_equal(task_due(w, "monitoring"), D(2026, 10, 31));
	ok(bin_restore(c, bin));
	ok(care_log_count(c, prs(w, 1), &all, &n));
	assert_int_equal(n, 1);
	assert_int_equal(task_due(w, "monitoring"), D(2026, 12, 31));
	assert_int_equal(count_of(w, "evidence", "code = 'REC-MON' AND is_hidden = 0"), 1);
	stranger(w);
	is_err(monitor_get(c, t.row.pid, &a), ERR_NOTFOUND);
	is_err(monitor_new(c, prs(w, 1), "", &a), ERR_NOTFOUND);
}

static struct t_monitoring_info *one_info(struct world *w, const char *content)
{
	struct t_monitoring_info *i = ARENA_NEW(w->arena, struct t_monitoring_info);
	row_init(&T_monitoring_info, i);
	i->no = 1;
	i->office = *content ? "東デイサービス" : "";
	i->content = content;
	return i;
}

/* A closed meeting, whose 第4表 records the three things or does not. */
static const char *agreed_meeting(struct world *w, bool recorded)
{
	struct t_care_meeting m;
	row_init(&T_care_meeting, &m);
	m.person_id = 1;
	m.org_id = 1;
	m.status = "closed";
	m.called_on = D(2026, 9, 10);
	m.held_on = D(2026, 9, 20);
	m.closed_on = D(2026, 9, 20);
	m.held_no = 1;
	m.tv_stable = m.tv_able = m.tv_informed = recorded;
	m.tv_doctor = "出席";
	put_row(w, &T_care_meeting, &m);
	return m.pid;
}

static void video(struct world *w, struct monitor_tree *t, civil on)
{
	good(t, on);
	t->row.method = "video";
	t->row.consent_on = D(2026, 9, 1);
	t->row.consent_text = "重要事項説明書";
	ok(monitor_agree(&w->c, t, agreed_meeting(w, true)));
	t->infos = one_info(w, "食事は全部食べる");
	t->n_infos = 1;
}

static void video_is_refused_with_its_reason(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct monitor_tree t;
	plan_running(w, "home", "home", D(2026, 9, 1), D(2027, 2, 28));
	ok(monitor_new(c, prs(w, 1), "", &t));
	good(&t, D(2026, 10, 5));
	said(w, save(w, &t));
	static const char *const fields[] = {"consent_on", "consent_text", "agree_meeting", "agree_meeting", "agree_meeting", "agree_meeting", "agree_meeting", "info.0.content", "method"};
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
		ok(monitor_new(c, prs(w, 1), "", &t));
		video(w, &t, c->today);
		switch (i) {
		case 0: t.row.consent_on = c->today + 1; break;
		case 1: t.row.consent_text = ""; break;
		case 2: ok(monitor_agree(c, &t, "")); break;
		case 3: ok(monitor_agree(c, &t, agreed_meeting(w, false))); break;
		case 4: world_sql(w, "UPDATE care_meeting SET status = 'called'"); break;
		case 5: world_sql(w, "UPDATE care_meeting SET retired_ms = 5"); break;
		case 6: /* a day typed now is no agreement */
			ok(monitor_agree(c, &t, ""));
			t.row.agree_on = D(2026, 9, 20);
			t.row.agree_text = "担当者会議";
			t.row.is_stable = t.row.is_able = t.row.is_informed = true;
			break;
		case 7: t.infos = one_info(w, ""); break;
		default: t.row.is_changed = true;
		}
		is_err(save(w, &t), ERR_INPUT);
		if (!*fault_text(c, fields[i]))
			fail_msg("no reason at %s", fields[i]);
	}
	assert_int_equal(count_of(w, "monitoring", "method = 'video'"), 0);
	assert_int_equal(count_of(w, "evidence", "code = 'REC-TVOK'"), 0);
	ok(monitor_new(c, prs(w, 1), "", &t));
	video(w, &t, c->today);
	said(w, save(w, &t));
	assert_int_equal(count_of(w, "evidence", "code = 'REC-TVOK' AND body LIKE '%\"three_items\":true%'"), 1);
	/* made a visit after all: its evidence goes */
	struct monitor_tree back;
	ok(monitor_get(c, t.row.pid, &back));
	back.row.method = "visit";
	said(w, save(w, &back));
	assert_int_equal(count_of(w, "evidence", "code = 'REC-TVOK'"), 0);
	/* a second month in a row: refused for want of a visit */
	ok(monitor_get(c, t.row.pid, &back));
	video(w, &back, c->today);
	world_sql(w, "UPDATE monitoring SET mon_on = '2026-09-05' WHERE method = 'visit' AND mon_on = '2026-10-05'");
	back.infos[0].pid = "";
	is_err(save(w, &back), ERR_INPUT);
	assert_non_null(strstr(fault_text(c, "method"), "2か月に1回"));
}

/* What was typed before meetings could be chosen stays readable and goes on to count. */
static void a_typed_agreement_stays(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct monitor_tree t, back;
	struct monitor_agreement *v;
	size_t n;
	bool typed;
	plan_running(w, "home", "home", D(2026, 9, 1), D(2027, 2, 28));
	ok(monitor_new(c, prs(w, 1), "", &t));
	good(&t, D(2026, 10, 5));
	said(w, save(w, &t));
	world_sql(w, "UPDATE monitoring SET agree_on = '2026-09-20', agree_text = '担当者会議（入力）', is_stable = 1, is_able = 1, is_informed = 1, consent_on = '2026-09-01', consent_text = '重要事項説明書'");
	ok(monitor_new(c, prs(w, 1), "", &t));
	assert_string_equal(t.row.agree_text, "担当者会議（入力）");
	ok(monitor_had_typed(c, &t, &typed));
	assert_true(typed);
	good(&t, c->today);
	t.row.method = "video";
	t.infos = one_info(w, "食事は全部食べる");
	t.n_infos = 1;
	said(w, save(w, &t));
	ok(monitor_get(c, t.row.pid, &back));
	assert_string_equal(back.row.agree_text, "担当者会議（入力）");
	assert_string_equal(back.meeting_pid, "");
	/* a meeting that is none of this person's is no choice */
	const char *pid = agreed_meeting(w, true);
	world_sql(w, "UPDATE care_meeting SET person_id = 2");
	ok(monitor_agreements(c, prs(w, 1), &v, &n));
	assert_int_equal(n, 0);
	is_err(monitor_agree(c, &back, pid), ERR_NOT_CHOICE);
}

static void special_grounds(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct monitor_tree t;
	plan_running(w, "home", "home", D(2026, 10, 1), D(2027, 3, 31));
	ok(monitor_new(c, prs(w, 1), "", &t));
	t.row.method = "other";
	t.row.special_reason = "肺炎で入院";
	t.row.special_code = "device";
	is_err(save(w, &t), ERR_INPUT);
	assert_non_null(strstr(fault_text(c, "special_code"), "機器の不具合"));
	t.row.special_code = "hospital";
	said(w, save(w, &t));
	assert_int_equal(count_of(w, "evidence", "code = 'REC-EXC' AND body LIKE '%hospital%'"), 1);
	assert_int_equal(task_due(w, "monitoring"), D(2026, 12, 31));
}

static void certificate(struct world *w, const char *kind, civil from, civil to)
{
	struct t_certification k;
	certification_init(&k);
	k.person_id = 1;
	k.status = "certified";
	k.apply_kind = kind;
	k.level = "c2";
	k.applied_on = k.decided_on = from < w->c.today ? from : w->c.today;
	k.from_on = from;
	k.to_on = to;
	k.insurer_no = "139999";
	k.period_reason = "見本";
	said(w, certification_save(&w->c, &k, NULL));
}

/* A renewed certification that is decided before the last one ends: what ends next is its end, or that of the plan. */
static void a_decided_renewal_counts(void **state)
{
	struct world *w = *state;
	struct renewal set;
	bool found;
	plan_running(w, "home", "home", D(2026, 10, 1), D(2027, 8, 31));
	certificate(w, "new", D(2026, 6, 11), D(2026, 12, 10));
	ok(evaluate_renewal(&w->c, prs(w, 1), &set, &found));
	assert_true(found && set.near);
	assert_int_equal(set.cert_to_on, D(2026, 12, 10));
	certificate(w, "renew", D(2026, 12, 11), D(2027, 12, 31));
	ok(evaluate_renewal(&w->c, prs(w, 1), &set, &found));
	assert_int_equal(set.cert_to_on, D(2027, 12, 31));
	assert_int_equal(set.due_on, D(2027, 8, 31));
	assert_false(set.near);
}

static void evaluation_and_renewal(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct evaluate_tree e, back;
	struct monitor_tree m;
	struct renewal set;
	bool found;
	const char *bin;
	plan_running(w, "prevention", "prevention", D(2026, 6, 1), D(2026, 12, 10));
	ok(monitor_new(c, prs(w, 1), "", &m));
	good(&m, c->today);
	said(w, save(w, &m));
	assert_int_equal(task_due(w, "evaluation"), D(2026, 12, 10));
	ok(evaluate_renewal(c, prs(w, 1), &set, &found));
	assert_true(found && set.near);
	assert_int_equal(set.n, 4);
	assert_false(set.v[0].done);
	ok(evaluate_new(c, prs(w, 1), "", "", &e));
	assert_string_equal(e.row.form, "yobo-hyoka");
	assert_int_equal(e.n_rows, 1);
	assert_non_null(strstr(e.rows[0].status, "改善")); /* from the monitoring */
	e.row.overall = "続ける";
	e.rows[0].achieved = "0";
	e.rows[0].next = "歩く練習を続ける";
	e.rows[0].cause_user = "暑さで外に出なかった";
	fault_clear(c);
	is_err(evaluate_save(c, &e, NULL), ERR_INPUT); /* both causes */
	assert_true(*fault_text(c, "row.0.cause_author") && !*fault_text(c, "row.0.cause_user"));
	e.rows[0].cause_author = "目標が高かった";
	fault_clear(c);
	said(w, evaluate_save(c, &e, NULL));
	ok(evaluate_get(c, e.row.pid, &back));
	assert_string_equal(evaluate_next(&back), "full");
	assert_int_equal(task_due(w, "evaluation"), CIVIL_NONE);
	assert_int_equal(count_of(w, "timeline", "kind = 'evaluation' AND is_hidden = 0"), 1);
	ok(evaluate_renewal(c, prs(w, 1), &set, &found));
	assert_true(set.v[0].done);
	/* the centre's opinion is its own, and only of a commissioned plan */
	back.row.center_opinion = "よい";
	back.row.center_decision = "continue";
	fault_clear(c);
	is_err(evaluate_save(c, &back, NULL), ERR_DENIED);
	fault_clear(c);
	ok(evaluate_retire(c, e.row.pid, "やり直し", &bin));
	assert_int_equal(task_due(w, "evaluation"), D(2026, 12, 10));
	ok(bin_restore(c, bin));
	assert_int_equal(task_due(w, "evaluation"), CIVIL_NONE);
	stranger(w);
	is_err(evaluate_get(c, e.row.pid, &back), ERR_NOTFOUND);
	is_err(evaluate_renewal(c, prs(w, 1), &set, &found), ERR_NOTFOUND);
}

static void home_results_lead_on(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct evaluate_tree e;
	plan_running(w, "home", "home", D(2026, 6, 1), D(2026, 12, 10));
	ok(evaluate_new(c, prs(w, 1), "", "", &e));
	assert_string_equal(e.row.form, "hyoka-hyo");
	assert_string_equal(e.rows[0].office, "東デイサービス");
	static const char *const rows[][2] = {{"A1", ""}, {"A2", ""}, {"B", "minor"}, {"C1", "full"}, {"C2", "full"}};
	for (size_t i = 0; i < 5; i++) {
		e.rows[0].result = rows[i][0];
		assert_string_equal(evaluate_next(&e), rows[i][1]);
	}
	e.rows[0].result = "D";
	e.rows[0].comment = "よくなった";
	fault_clear(c);
	is_err(evaluate_save(c, &e, NULL), ERR_INPUT);
	e.rows[0].result = "B";
	fault_clear(c);
	said(w, evaluate_save(c, &e, NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {CARE(entries_are_never_altered), CARE(interview_with_all_that_follows), CARE(video_is_refused_with_its_reason),
		CARE(a_typed_agreement_stays), CARE(special_grounds), CARE(a_decided_renewal_counts), CARE(evaluation_and_renewal), CARE(home_results_lead_on)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
