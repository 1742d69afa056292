/* リハビリ専門職派遣事業, C-194 … C-200, C-202, C-212: the chain, its sides, the person under consent, tasks. Figures: test_region_dispatch_figures. */
#include "dispatch_world.h"

#include "region/dispatch_paper.h"
#include "register/bin.h"

static int64_t tasks_of(struct world *w, int64_t org, const char *kind)
{
	return count_of(w, "task", arena_fmt(w->arena, "org_id = %lld AND kind = '%s' AND state = 'open' AND retired_ms IS NULL", (long long)org, kind));
}

/* C-194: one chain with three dates; an inquiry alone stays an inquiry. */
static void an_inquiry_becomes_a_request_and_a_visit(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_dispatch d;
	struct dispatch_offer_view *o;
	struct dispatch_filter f = DISPATCH_ALL();
	size_t n;
	int64_t count;
	ok(dispatch_init(c, "inquiry", &d));
	is_err(dispatch_save(c, &d, NULL), ERR_INPUT);
	assert_non_null(fault_of(c, "inquiry_how"));
	assert_non_null(fault_of(c, "inquiry_text"));
	fault_clear(c);
	d.inquiry_on = D(2026, 11, 2);
	d.inquiry_how = "phone";
	d.inquiry_text = "リハビリ専門職に頼むことでしょうか";
	saved_dispatch(w, &d);
	assert_int_equal(tasks_of(w, 50, "dispatch"), 1);
	f.which = "inquiry";
	ok(dispatch_count(c, &f, &count));
	assert_int_equal(count, 1);
	is_err(dispatch_answer(c, d.pid, "はい", c->today), ERR_DENIED); /* the centre does not answer itself */
	officer(w);
	ok(dispatch_answer(c, d.pid, "訪問できます", c->today));
	assert_int_equal(tasks_of(w, 50, "dispatch"), 0);
	nurse(w);
	d = now_of(w, d.pid);
	struct t_dispatch asked = a_request(w);
	d.occasion = asked.occasion;
	d.timings = asked.timings;
	d.reasons = asked.reasons;
	d.case_label = asked.case_label;
	d.wish = asked.wish;
	d.urgency = "normal";
	is_err(dispatch_turn(c, &d, D(2026, 11, 1), NULL), ERR_INPUT); /* before the question */
	fault_clear(c);
	ok(dispatch_turn(c, &d, D(2026, 11, 5), NULL));
	is_err(dispatch_turn(c, &d, D(2026, 11, 6), NULL), ERR_INPUT); /* once */
	fault_clear(c);
	assert_int_equal(tasks_of(w, 50, "dispatch"), 1);
	ok(dispatch_count(c, &f, &count));
	assert_int_equal(count, 0);
	therapist(w);
	const char *pt = person_to_send(w, "見本 一", "pt", 0);
	officer(w);
	ok(dispatch_offer_make(c, d.pid, pt, c->today, "14:00", "1500"));
	therapist(w);
	ok(dispatch_offers(c, d.id, &o, &n));
	assert_int_equal(n, 1);
	assert_string_equal(o[0].row.time_to, "15:00");
	ok(dispatch_offer_accept(c, d.pid, o[0].row.pid));
	ok(dispatch_hold(c, d.pid, c->today, 60, "", CIVIL_NONE));
	d = now_of(w, d.pid);
	assert_int_equal(d.inquiry_on, D(2026, 11, 2));
	assert_int_equal(d.requested_on, D(2026, 11, 5));
	assert_int_equal(d.held_on, c->today);
	assert_string_equal(d.state, "held");
}

/* C-196: ranked by profession, area, free date; a decline with its reason offers the next. */
static void a_decline_offers_the_next(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct dispatch_suggestion *s;
	struct dispatch_offer_view *o;
	struct t_dispatch d = a_request(w);
	const char *next;
	size_t n;
	d.profession = "pt";
	d.area_id = 1;
	d.wished_days = "2026-11-24";
	saved_dispatch(w, &d);
	therapist(w);
	const char *first = person_to_send(w, "見本 一", "pt", 1);
	(void)person_to_send(w, "見本 二", "ot", 1);
	ok(dispatch_time_add(c, first, "off", D(2026, 11, 19), "", "", "研修"));
	therapist2(w);
	(void)person_to_send(w, "見本 三", "pt", 0);
	const char *elsewhere = person_to_send(w, "見本 四", "pt", 2);
	ok(dispatch_time_add(c, elsewhere, "off", D(2026, 11, 24), "", "", ""));
	is_err(dispatch_suggest(c, d.pid, &s, &n), ERR_NOTFOUND); /* no side of it */
	nurse(w);
	is_err(dispatch_suggest(c, d.pid, &s, &n), ERR_DENIED);
	officer(w);
	ok(dispatch_suggest(c, d.pid, &s, &n));
	assert_int_equal(n, 4);
	assert_string_equal(s[0].who->name, "見本 一");
	assert_true(s[0].profession_fits && s[0].area_fits && s[0].day_wished);
	assert_int_equal(s[0].on_day, D(2026, 11, 24));
	assert_string_equal(s[1].who->name, "見本 三");
	assert_string_equal(s[2].who->name, "見本 四"); /* right profession, wrong area, not on the day */
	assert_string_equal(s[3].who->name, "見本 二"); /* another profession comes last */
	assert_non_null(strstr(s[3].why, "とは違う"));
	ok(dispatch_offer_make(c, d.pid, first, D(2026, 11, 24), "13:00", "14:00"));
	is_err(dispatch_offer_make(c, d.pid, elsewhere, D(2026, 11, 25), "", ""), ERR_INPUT); /* one at a time */
	fault_clear(c);
	therapist2(w);
	is_err(dispatch_get(c, d.pid, &(struct dispatch_view){0}), ERR_NOTFOUND);
	therapist(w);
	ok(dispatch_offers(c, d.id, &o, &n));
	is_err(dispatch_offer_decline(c, d.pid, o[0].row.pid, "", "", &next), ERR_INPUT);
	assert_non_null(fault_of(c, "decline_reason"));
	fault_clear(c);
	ok(dispatch_offer_decline(c, d.pid, o[0].row.pid, "load", "", &next));
	assert_non_null(strstr(next, "見本 三"));
	is_err(dispatch_get(c, d.pid, &(struct dispatch_view){0}), ERR_NOTFOUND); /* who declined is out */
	therapist2(w);
	ok(dispatch_offers(c, d.id, &o, &n));
	assert_int_equal(n, 1);
	assert_int_equal(o[0].row.no, 2);
	assert_int_equal(tasks_of(w, 61, "dispatch"), 1);
	assert_int_equal(tasks_of(w, 60, "dispatch"), 0);
	ok(dispatch_offer_accept(c, d.pid, o[0].row.pid));
	is_err(dispatch_offer_accept(c, d.pid, o[0].row.pid), ERR_CONFLICT);
}

/* C-196: the area is that of the centre where the request names none; where none is known nothing is offered by itself; the urgency counts. */
static void area_and_urgency_decide_with(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct dispatch_suggestion *s;
	struct dispatch_offer_view *o;
	struct t_dispatch d = a_request(w), later;
	const char *next, *place;
	size_t n;
	assert_int_equal(d.area_id, INT_NULL); /* the centre has no area yet */
	d.urgency = "urgent";
	d.requested_on = D(2026, 11, 18);
	saved_dispatch(w, &d);
	therapist(w);
	const char *middle = person_to_send(w, "見本 中央", "pt", 2), *north = person_to_send(w, "見本 北", "pt", 1);
	officer(w);
	ok(dispatch_place(c, d.pid, &place));
	assert_string_equal(place, "");
	ok(dispatch_suggest(c, d.pid, &s, &n));
	assert_int_equal(n, 2);
	for (size_t i = 0; i < n; i++) {
		assert_true(s[i].area_open && !s[i].area_fits);
		assert_non_null(strstr(s[i].why, "圏域が決まっていない"));
		assert_non_null(strstr(s[i].why, "最も早い空きは令和8年11月19日（木）"));
	}
	ok(dispatch_offer_make(c, d.pid, north, D(2026, 11, 19), "13:00", "14:00"));
	therapist(w);
	ok(dispatch_offers(c, d.id, &o, &n));
	ok(dispatch_offer_decline(c, d.pid, o[0].row.pid, "load", "", &next));
	assert_string_equal(next, ""); /* back to the coordinator */
	nurse(w);
	assert_string_equal(now_of(w, d.pid).state, "requested");
	assert_int_equal(tasks_of(w, 50, "dispatch"), 1);

	/* the centre serves one area: it counts for the request that stands and is the first value of the next */
	world_sql(w, "INSERT INTO org_area (id, pid, version, org_id, area_id, role, from_on, to_on, created_ms, created_by, updated_ms, updated_by)"
		" VALUES (901, 'oar00000000000000000000901', 1, 1, 1, 'charge', '2026-04-01', '9999-12-31', 0, 0, 0, 0)");
	ok(dispatch_init(c, "requested", &later));
	assert_int_equal(later.area_id, 1);
	officer(w);
	ok(dispatch_place(c, d.pid, &place));
	assert_string_equal(place, "圏域1");
	ok(dispatch_suggest(c, d.pid, &s, &n));
	assert_string_equal(s[0].who->name, "見本 北");
	assert_true(s[0].area_fits && !s[1].area_fits);
	assert_non_null(strstr(s[0].why, "圏域1を担当している"));
	assert_non_null(strstr(s[1].why, "圏域1を担当していない"));

	/* of two who fit alike, the one in time comes first, although less free; the other is marked and not offered by itself */
	therapist(w);
	const char *slow = person_to_send(w, "見本 遅", "pt", 1);
	for (civil day = D(2026, 11, 19); day <= D(2026, 11, 25); day++)
		ok(dispatch_time_add(c, slow, "off", day, "", "", ""));
	for (civil day = D(2026, 11, 19); day <= D(2026, 12, 4); day++)
		if (day != D(2026, 11, 25))
			ok(dispatch_time_add(c, north, "off", day, "", "", ""));
	officer(w);
	ok(dispatch_suggest(c, d.pid, &s, &n));
	assert_string_equal(s[0].who->name, "見本 北");
	assert_int_equal(s[0].on_day, D(2026, 11, 25));
	assert_false(s[0].too_late);
	assert_string_equal(s[1].who->name, "見本 遅");
	assert_true(s[1].too_late);
	assert_non_null(strstr(s[1].why, "急ぎの期限（令和8年11月25日）に間に合わない"));
	ok(dispatch_offer_make(c, d.pid, middle, D(2026, 11, 20), "", ""));
	therapist(w);
	ok(dispatch_offers(c, d.id, &o, &n));
	ok(dispatch_offer_decline(c, d.pid, o[1].row.pid, "load", "", &next));
	assert_string_equal(next, ""); /* north declined before, slow comes too late */
	nurse(w);
	assert_string_equal(now_of(w, d.pid).state, "requested");

	/* two areas: only the centre knows which */
	world_sql(w, "INSERT INTO org_area (id, pid, version, org_id, area_id, role, from_on, to_on, created_ms, created_by, updated_ms, updated_by)"
		" VALUES (902, 'oar00000000000000000000902', 1, 1, 2, 'charge', '2026-04-01', '9999-12-31', 0, 0, 0, 0)");
	ok(dispatch_init(c, "requested", &later));
	assert_int_equal(later.area_id, INT_NULL);
}

/* F080: who can go, by area, profession and day; what is promised is not free. */
static void free_days_leave_out_what_is_promised(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct dispatch_free *f;
	struct t_dispatch d = a_request(w);
	size_t n;
	saved_dispatch(w, &d);
	therapist(w);
	const char *pt = person_to_send(w, "見本 一", "pt", 1);
	ok(dispatch_time_add(c, pt, "off", D(2026, 11, 20), "", "", ""));
	ok(dispatch_time_add(c, pt, "slot", D(2026, 11, 22), "10:00", "12:00", "日曜に行けます"));
	is_err(dispatch_time_add(c, pt, "slot", D(2026, 11, 1), "10:00", "12:00", ""), ERR_INPUT);
	fault_clear(c);
	officer(w);
	ok(dispatch_offer_make(c, d.pid, pt, D(2026, 11, 19), "13:00", "14:30"));
	nurse(w);
	ok(dispatch_free_list(c, 1, "pt", D(2026, 11, 19), &f, &n));
	assert_int_equal(n, 1);
	assert_string_equal(f[0].day[0].from, "14:30"); /* Thursday, after the offer */
	assert_string_equal(f[0].day[0].to, "17:00");
	assert_string_equal(f[0].day[1].from, "");      /* off */
	assert_string_equal(f[0].day[2].from, "");      /* Saturday */
	assert_string_equal(f[0].day[3].from, "10:00"); /* Sunday by its own */
	assert_string_equal(f[0].day[4].from, "13:00");
	assert_int_equal(f[0].load, 1);
	ok(dispatch_free_list(c, 2, "", D(2026, 11, 19), &f, &n));
	assert_int_equal(n, 0);
	ok(dispatch_free_list(c, 1, "st", D(2026, 11, 19), &f, &n));
	assert_int_equal(n, 0);
	manager3(w);
	struct dispatch_therapist_view t;
	is_err(dispatch_therapist_get(c, pt, &t), ERR_NOTFOUND); /* an office of another municipality */
}

/* C-197: a サービス担当者会議 is no case conference. */
static void a_service_meeting_is_no_case_conference(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_dispatch d = a_request(w);
	d.occasion = "case_conf";
	d.conference = "service_meeting";
	is_err(dispatch_save(c, &d, NULL), ERR_INPUT);
	assert_non_null(strstr(fault_text(c, "occasion"), "サービス担当者会議"));
	fault_clear(c);
	d.conference = "";
	is_err(dispatch_save(c, &d, NULL), ERR_INPUT);
	assert_non_null(fault_of(c, "conference"));
	fault_clear(c);
	d.occasion = "other";
	d.conference = "service_meeting";
	saved_dispatch(w, &d);
	assert_int_equal(count_of(w, "dispatch", "occasion = 'case_conf'"), 0);
}

/* What a form leaves out is named, all at once. */
static void what_is_missing_is_named(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_dispatch d;
	ok(dispatch_init(c, "requested", &d));
	d.timings = "other";
	is_err(dispatch_save(c, &d, NULL), ERR_INPUT);
	static const char *const missing[] = {"occasion", "timing_note", "reasons", "wish"};
	for (size_t i = 0; i < sizeof missing / sizeof missing[0]; i++)
		assert_non_null(fault_of(c, missing[i]));
	assert_int_equal(count_of(w, "dispatch", "1 = 1"), 0);
	fault_clear(c);
	officer(w);
	is_err(dispatch_init(c, "requested", &d), ERR_DENIED); /* only centres ask */
}

static struct t_dispatch accepted(struct world *w, bool with_person)
{
	struct ctx *c = &w->c;
	struct t_dispatch d = a_request(w);
	struct dispatch_offer_view *o;
	size_t n;
	saved_dispatch(w, &d);
	if (with_person)
		ok(dispatch_case_tie(c, d.pid, prs(w, 1), c->today, "self", "paper"));
	therapist(w);
	const char *pt = person_to_send(w, "見本 一", "pt", 0);
	is_err(policy_check(c, 1, CLASS_CARE, ACTION_SEE), ERR_NOTFOUND);
	officer(w);
	ok(dispatch_offer_make(c, d.pid, pt, c->today, "13:00", "14:00"));
	therapist(w);
	is_err(policy_check(c, 1, CLASS_CARE, ACTION_SEE), ERR_NOTFOUND); /* asked is not accepted */
	ok(dispatch_offers(c, d.id, &o, &n));
	ok(dispatch_offer_accept(c, d.pid, o[0].row.pid));
	return now_of(w, d.pid);
}

static struct t_dispatch_report a_report(struct world *w, const char *pid)
{
	struct t_dispatch_report x;
	ok(dispatch_report_init(&w->c, pid, &x));
	x.observed = "家の中はつたい歩き";
	x.advice = "玄関までの練習";
	x.possible = "店まで歩ける";
	x.goal_before = "家の中を歩く";
	x.goal_after = "店まで歩く";
	x.goal_changed = "yes";
	return x;
}

/* C-198, C-200: the report goes into the person's record under consent; the grant lasts from acceptance until the follow-up is done. */
static void the_person_is_seen_from_acceptance_to_the_follow_up(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_dispatch d = accepted(w, true);
	struct dispatch_follow_view f;
	struct dispatch_report_view v;
	struct timeline_entry *line;
	size_t n;
	bool more;
	ok(policy_check(c, 1, CLASS_CARE, ACTION_SEE)); /* the therapist, now */
	ok(dispatch_hold(c, d.pid, c->today, 60, "", D(2026, 11, 25)));
	struct t_dispatch_report x = a_report(w, d.pid);
	x.goal_after = x.goal_before;
	is_err(dispatch_report_save(c, d.pid, &x, NULL), ERR_INPUT); /* changed, and the same? */
	fault_clear(c);
	x = a_report(w, d.pid);
	ok(dispatch_report_save(c, d.pid, &x, NULL));
	assert_int_equal(x.person_id, 1);
	assert_int_equal(tasks_of(w, 60, "dispatch"), 0);
	is_err(dispatch_paper_report(c, d.pid, &(struct dispatch_paper){0}), ERR_DENIED); /* keeps no paper of it */
	give(w, 50, 1, 0, RELATION_INSURER);
	officer(w);
	ok(policy_check(c, 1, CLASS_CARE, ACTION_SEE)); /* may open the person's record, and still sees the case masked */
	struct dispatch_view town;
	ok(dispatch_get(c, d.pid, &town));
	assert_int_equal(town.person_id, 0);
	ok(dispatch_report_of(c, d.pid, &v));
	assert_true(v.found && !v.may_see);
	assert_string_equal(v.row.advice, "");
	assert_string_equal(v.row.goal_changed, "yes");
	nurse(w);
	ok(dispatch_report_of(c, d.pid, &v));
	assert_string_equal(v.row.goal_before, "家の中を歩く");
	assert_string_equal(v.row.goal_after, "店まで歩く");
	ok(timeline_list(c, &(struct timeline_filter)TIMELINE_ALL(1), &line, &n, &more));
	bool told = false;
	for (size_t i = 0; i < n; i++)
		told |= str_eq(line[i].kind, "dispatch");
	assert_true(told);
	/* C-200: on the dashboards of the centre and the coordinator until the result is there */
	assert_int_equal(tasks_of(w, 1, "dispatch_follow"), 1);
	assert_int_equal(tasks_of(w, 50, "dispatch_follow"), 1);
	world_clock(w, NOW + 30 * 86400000LL);
	struct task_filter late = TASK_OPEN();
	int64_t seen;
	late.kind = "dispatch_follow";
	late.due_to = c->today - 1;
	late.due_from = D(2020, 1, 1);
	ok(task_count(c, &late, &seen));
	assert_int_equal(seen, 1);
	officer(w);
	ok(task_count(c, &late, &seen));
	assert_int_equal(seen, 1);
	ok(dispatch_follow_of(c, d.pid, &f));
	assert_true(f.found && !f.may_write);
	nurse(w);
	ok(dispatch_follow_of(c, d.pid, &f));
	f.row.done_on = c->today;
	is_err(dispatch_follow_save(c, d.pid, &f.row, NULL), ERR_INPUT);
	fault_clear(c);
	f.row.result = "better";
	f.row.result_note = "店まで歩いている";
	ok(dispatch_follow_save(c, d.pid, &f.row, NULL));
	assert_int_equal(tasks_of(w, 1, "dispatch_follow") + tasks_of(w, 50, "dispatch_follow"), 0);
	assert_string_equal(now_of(w, d.pid).state, "done");
	therapist(w);
	is_err(policy_check(c, 1, CLASS_CARE, ACTION_SEE), ERR_NOTFOUND);
}

/* C-198: without consent the report stays with the dispatch and names nobody. */
static void without_consent_the_report_names_nobody(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_dispatch d = accepted(w, false);
	struct dispatch_report_view v;
	is_err(policy_check(c, 1, CLASS_CARE, ACTION_SEE), ERR_NOTFOUND);
	struct t_dispatch_report x = a_report(w, d.pid);
	ok(dispatch_report_save(c, d.pid, &x, NULL));
	assert_int_equal(x.person_id, INT_NULL);
	assert_int_equal(count_of(w, "timeline", "kind = 'dispatch'"), 0);
	nurse(w);
	ok(dispatch_report_of(c, d.pid, &v));
	assert_true(v.found && v.may_see);
	struct dispatch_paper p;
	ok(dispatch_paper_request(c, d.pid, &p));
	assert_memory_equal(p.bytes, "%PDF", 4);
	officer(w);
	ok(dispatch_report_of(c, d.pid, &v));
	assert_false(v.may_see);
	stranger(w);
	is_err(dispatch_report_of(c, d.pid, &v), ERR_NOTFOUND);
}

/* A consent taken back, a dispatch thrown away and brought back: the grant follows. */
static void the_grant_follows_consent_and_bin(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_dispatch d = accepted(w, true);
	const char *bin;
	ok(dispatch_hold(c, d.pid, c->today, INT_NULL, "", CIVIL_NONE));
	ok(policy_check(c, 1, CLASS_CARE, ACTION_SEE));
	nurse(w);
	is_err(dispatch_retire(c, d.pid, "", &bin), ERR_REQUIRED);
	fault_clear(c);
	ok(dispatch_retire(c, d.pid, "まちがい", &bin));
	therapist(w);
	is_err(policy_check(c, 1, CLASS_CARE, ACTION_SEE), ERR_NOTFOUND);
	nurse(w);
	struct bin_row *rows;
	size_t n;
	ok(bin_list(c, 0, 50, 0, &rows, &n));
	assert_int_equal(n, 1);
	ok(bin_restore(c, bin));
	therapist(w);
	ok(policy_check(c, 1, CLASS_CARE, ACTION_SEE));
	nurse(w);
	is_err(dispatch_case_withdraw(c, d.pid, c->today, ""), ERR_INPUT);
	fault_clear(c);
	ok(dispatch_case_withdraw(c, d.pid, c->today, "本人の希望"));
	therapist(w);
	is_err(policy_check(c, 1, CLASS_CARE, ACTION_SEE), ERR_NOTFOUND);
	nurse(w);
	ok(dispatch_end(c, d.pid, "フォローは要らない"));
	assert_string_equal(now_of(w, d.pid).state, "done");
}

/* Nobody ties a person whose record they may not pass on. */
static void a_person_is_tied_by_who_may_pass_on(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_dispatch d = a_request(w);
	saved_dispatch(w, &d);
	is_err(dispatch_case_tie(c, d.pid, prs(w, 3), c->today, "self", "paper"), ERR_REQUIRED); /* invisible: as if nobody was named */
	fault_clear(c);
	is_err(dispatch_case_tie(c, d.pid, prs(w, 1), CIVIL_NONE, "", ""), ERR_INPUT);
	fault_clear(c);
	ok(dispatch_case_tie(c, d.pid, prs(w, 1), c->today, "self", "oral"));
	is_err(dispatch_case_tie(c, d.pid, prs(w, 2), c->today, "self", "oral"), ERR_INPUT);
	fault_clear(c);
	stranger(w);
	is_err(dispatch_case_tie(c, d.pid, prs(w, 1), c->today, "self", "oral"), ERR_NOTFOUND);
}

/* C-202: centres without joint work, their reasons, plans, and the coordinator's contact. */
static void a_centre_without_joint_work_is_contacted(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct dispatch_nonuse_view *v;
	struct t_dispatch_nonuse x;
	size_t n;
	(void)held(w, 2, D(2026, 10, 1), "visit", "hospital", false);
	nurse(w);
	ok(dispatch_nonuse_init(c, 0, &x));
	is_err(dispatch_nonuse_save(c, &x, NULL), ERR_INPUT);
	fault_clear(c);
	x.reasons = "links|capacity";
	x.plans_joint = "yes";
	x.plans_use = "no";
	x.contact_due_on = D(2026, 12, 1);
	ok(dispatch_nonuse_save(c, &x, NULL));
	assert_int_equal(tasks_of(w, 50, "dispatch"), 1);
	is_err(dispatch_nonuse_contact(c, x.pid, c->today, "電話した"), ERR_NOTFOUND); /* the coordinator's to do */
	stranger(w);
	is_err(dispatch_nonuse_get(c, x.pid, &(struct dispatch_nonuse_view){0}), ERR_NOTFOUND);
	officer(w);
	ok(dispatch_nonuse_list(c, D(2026, 4, 1), D(2027, 3, 31), &v, &n));
	assert_int_equal(n, 1);
	assert_int_equal(v[0].org_id, 1);
	assert_string_equal(v[0].row.reasons, "links|capacity");
	ok(dispatch_nonuse_contact(c, x.pid, c->today, "説明に行く約束をした"));
	assert_int_equal(tasks_of(w, 50, "dispatch"), 0);
}

/* C-199: a rating outside the four levels is refused. C-212: an example counts once it is released. */
static void ratings_and_examples(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_dispatch_effect x;
	struct t_dispatch_example e;
	int64_t id = held(w, 1, D(2026, 10, 1), "visit", "own_corp", false), released;
	struct t_dispatch d;
	bool found;
	ok(row_load(c, &T_dispatch, id, &d));
	ok(dispatch_effect_get(c, d.pid, CIVIL_NONE, &x, &found));
	assert_false(found);
	x.rating = "excellent";
	is_err(dispatch_effect_save(c, d.pid, &x, NULL), ERR_INPUT);
	fault_clear(c);
	x.rating = "very";
	x.aspects = "motivation";
	ok(dispatch_effect_save(c, d.pid, &x, NULL));
	assert_int_equal(x.quarter_on, D(2026, 10, 1));
	ok(dispatch_effect_get(c, "", D(2026, 11, 1), &x, &found));
	assert_false(found);
	x.quarter_on = D(2026, 11, 1);
	x.rating = "good";
	ok(dispatch_effect_save(c, "", &x, NULL));
	ok(dispatch_effect_get(c, "", D(2026, 12, 31), &x, &found));
	assert_true(found);
	ok(dispatch_example_init(c, d.pid, &e));
	e.title = "店まで歩けるようになった例";
	e.case_text = "80代の方";
	e.possible = "店まで歩けるようになった";
	ok(dispatch_example_save(c, &e, NULL));
	is_err(dispatch_example_release(c, e.pid, true), ERR_DENIED);
	stranger(w);
	is_err(dispatch_example_get(c, e.pid, &(struct dispatch_example_view){0}), ERR_NOTFOUND);
	ok(dispatch_example_count(c, &released));
	assert_int_equal(released, 0);
	officer(w);
	ok(dispatch_example_release(c, e.pid, true));
	stranger(w);
	ok(dispatch_example_get(c, e.pid, &(struct dispatch_example_view){0}));
	ok(dispatch_example_count(c, &released));
	assert_int_equal(released, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		DISPATCH(an_inquiry_becomes_a_request_and_a_visit),
		DISPATCH(a_decline_offers_the_next), DISPATCH(area_and_urgency_decide_with),
		DISPATCH(free_days_leave_out_what_is_promised),
		DISPATCH(a_service_meeting_is_no_case_conference),
		DISPATCH(what_is_missing_is_named),
		DISPATCH(the_person_is_seen_from_acceptance_to_the_follow_up),
		DISPATCH(without_consent_the_report_names_nobody),
		DISPATCH(the_grant_follows_consent_and_bin),
		DISPATCH(a_person_is_tied_by_who_may_pass_on),
		DISPATCH(a_centre_without_joint_work_is_contacted),
		DISPATCH(ratings_and_examples),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
