/* 終結の承認: what was asked for is what is ended with, nobody approves his own, an approval is used once, and the time is measured. */
#include "care_world.h"

#include "care/case_talk.h"

static const char *active(struct world *w)
{
	struct t_care_case r;
	case_init(&w->c, &r);
	r.kind = "prevention";
	r.expl_on = r.contract_on = r.start_on = r.referred_on = w->c.today - 30;
	r.expl_to = "本人";
	ok(case_save(&w->c, prs(w, 1), &r, "", stf(w, 11), NULL));
	world_sql(w, "UPDATE org SET wants_close_approval = 1 WHERE id = 1");
	return r.pid;
}

static struct case_talk talk(struct world *w, const char *pid)
{
	struct case_talk t;
	ok(case_talk_get(&w->c, pid, &t));
	return t;
}

static void later(struct world *w, int64_t minutes) { w->c.now_ms += minutes * 60000; }

#define OPEN_TASK "title = 'ケースの終了の承認' AND state = 'open' AND retired_ms IS NULL"

static void asked_approved_ended(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	const char *pid = active(w);
	civil day = c->today;
	is_err(case_close(c, pid, day, "moved", "娘の家へ"), ERR_INPUT);
	assert_non_null(strstr(fault_text(c, ""), "承認が要ります"));
	fault_clear(c);
	is_err(case_ask_close(c, pid, CIVIL_NONE, "moved", ""), ERR_INPUT);
	fault_clear(c);
	is_err(case_ask_close(c, pid, day, "nosuch", ""), ERR_INPUT);
	fault_clear(c);
	ok(case_ask_close(c, pid, day, "moved", "娘の家へ"));
	assert_int_equal(count_of(w, "task", OPEN_TASK), 1);
	struct case_talk t = talk(w, pid);
	assert_true(t.wants && t.asked && !t.answer && t.clock.waits);
	/* asked for is not approved; one's own is not approved by oneself, nor by whoever has the case in charge */
	is_err(case_close(c, pid, day, "moved", "娘の家へ"), ERR_INPUT);
	fault_clear(c);
	is_err(case_comment_add(c, pid, "approve", t.asked->pid, ""), ERR_INPUT);
	assert_false(case_talk_may_answer(c, &t));
	fault_clear(c);
	/* returned, with a reason */
	head(w);
	assert_true(case_talk_may_answer(c, &t));
	is_err(case_comment_add(c, pid, "return", t.asked->pid, ""), ERR_REQUIRED);
	fault_clear(c);
	later(w, 20);
	ok(case_comment_add(c, pid, "return", t.asked->pid, "引き継ぎ先を書いてください"));
	assert_int_equal(count_of(w, "task", OPEN_TASK), 0);
	nurse(w);
	is_err(case_close(c, pid, day, "moved", "娘の家へ"), ERR_INPUT);
	fault_clear(c);
	/* asked anew; an answer to the request before it is refused */
	later(w, 60);
	const char *old = t.asked->pid;
	ok(case_ask_close(c, pid, day, "moved", "娘の家へ。\nいずみ事業所へ引き継ぐ"));
	head(w);
	is_err(case_comment_add(c, pid, "approve", old, ""), ERR_INPUT);
	assert_non_null(strstr(fault_text(c, "kind"), "出し直されました"));
	fault_clear(c);
	later(w, 150);
	t = talk(w, pid);
	ok(case_comment_add(c, pid, "approve", t.asked->pid, ""));
	t = talk(w, pid);
	assert_true(t.approved);
	assert_int_equal(t.clock.took_ms, 150 * 60000);
	assert_string_equal(approval_span_ja(w->arena, t.clock.took_ms), "2時間");
	/* ended with what was approved and nothing else */
	nurse(w);
	is_err(case_close(c, pid, day - 1, "moved", "娘の家へ。\nいずみ事業所へ引き継ぐ"), ERR_INPUT);
	fault_clear(c);
	is_err(case_close(c, pid, day, "death", "娘の家へ。\nいずみ事業所へ引き継ぐ"), ERR_INPUT);
	fault_clear(c);
	is_err(case_close(c, pid, day, "moved", "施設へ"), ERR_INPUT);
	assert_int_equal(count_of(w, "care_case", "end_on IS NOT NULL"), 0);
	fault_clear(c);
	ok(case_close(c, pid, day, "moved", "娘の家へ。\r\nいずみ事業所へ引き継ぐ"));
	assert_int_equal(count_of(w, "care_case", "status = 'closed'"), 1);
	is_err(case_ask_close(c, pid, day, "moved", ""), ERR_INPUT);
	fault_clear(c);
	/* taken back: the approval was used */
	ok(case_reopen(c, pid));
	is_err(case_close(c, pid, day, "moved", "娘の家へ。\nいずみ事業所へ引き継ぐ"), ERR_INPUT);
	fault_clear(c);
	assert_null(talk(w, pid).asked);
	/* the switch off: as ever */
	world_sql(w, "UPDATE org SET wants_close_approval = 0 WHERE id = 1");
	ok(case_close(c, pid, day, "death", ""));
}

static void a_day_ahead_waits_for_the_day(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	const char *pid = active(w);
	civil day = c->today + 3;
	ok(case_ask_close(c, pid, day, "facility", ""));
	head(w);
	ok(case_comment_add(c, pid, "approve", talk(w, pid).asked->pid, ""));
	nurse(w);
	is_err(case_close(c, pid, day, "facility", ""), ERR_INPUT);
	assert_true(*fault_text(c, "end_on"));
	fault_clear(c);
	c->today = day;
	ok(case_close(c, pid, day, "facility", ""));
}

static void rights(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	const char *pid = active(w);
	struct case_talk t;
	ok(case_ask_close(c, pid, c->today, "moved", ""));
	const char *asked = talk(w, pid).asked->pid;
	stranger(w);
	is_err(case_talk_get(c, pid, &t), ERR_NOTFOUND);
	is_err(case_ask_close(c, pid, c->today, "moved", ""), ERR_NOTFOUND);
	is_err(case_comment_add(c, pid, "approve", asked, ""), ERR_NOTFOUND);
	assert_int_equal(count_of(w, "case_comment", "1 = 1"), 1);
	/* a comment that names no request is one of the thread, not an answer */
	nurse(w);
	ok(case_comment_add(c, pid, "comment", "", "家族に確かめます"));
	t = talk(w, pid);
	assert_int_equal(t.n, 2);
	assert_null(t.answer);
	is_err(case_comment_add(c, pid, "done", asked, ""), ERR_NOT_CHOICE);
}

static void the_report_counts_and_measures(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	const char *pid = active(w);
	struct approval_report r;
	civil since = c->today - 90;
	ok(case_ask_close(c, pid, c->today, "moved", ""));
	later(w, 30);
	ok(approval_report(c, since, &r));
	assert_int_equal(r.cases.n_waiting, 1);
	assert_int_equal(r.n_waits, 1);
	assert_string_equal(r.waits[0].pid, pid);
	assert_string_equal(r.waits[0].who, "見本 職員11");
	assert_true(r.cases.middle_ms == INT_NULL);
	head(w);
	ok(case_comment_add(c, pid, "return", talk(w, pid).asked->pid, "もう一度"));
	later(w, 30);
	ok(case_comment_add(c, pid, "approve", talk(w, pid).asked->pid, ""));
	nurse(w);
	ok(case_close(c, pid, c->today, "moved", ""));
	ok(case_reopen(c, pid));
	ok(case_ask_close(c, pid, c->today, "death", ""));
	head(w);
	later(w, 240);
	ok(case_comment_add(c, pid, "approve", talk(w, pid).asked->pid, ""));
	ok(approval_report(c, since, &r));
	assert_int_equal(r.cases.n_approved, 2);
	assert_int_equal(r.cases.n_returned, 1);
	assert_int_equal(r.cases.n_waiting, 0);
	assert_int_equal(r.n_waits, 0);
	assert_int_equal(r.cases.middle_ms, 60 * 60000);
	assert_int_equal(r.cases.most_ms, 240 * 60000);
	assert_int_equal(r.plans.n_approved, 0);
	/* before the period: not counted; in the bin: neither */
	ok(approval_report(c, c->today + 2, &r));
	assert_int_equal(r.cases.n_approved, 0);
	stranger(w);
	ok(approval_report(c, since, &r));
	assert_int_equal(r.cases.n_approved, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {CARE(asked_approved_ended), CARE(a_day_ahead_waits_for_the_day), CARE(rights), CARE(the_report_counts_and_measures)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
