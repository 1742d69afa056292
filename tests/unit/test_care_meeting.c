/* サービス担当者会議: call with the members of the plan, attendance, closing with its refusals, evidence, rights of the invited,
 * inquiry and its one-time link, paper, bin, two editors. */
#include "plan_world.h"

#include "care/inquiry.h"
#include "care/meeting_fill.h"
#include "register/evidence.h"

static struct t_care_meeting called(struct world *w, const char *plan_pid)
{
	struct t_care_meeting r;
	fault_clear(&w->c);
	ok(meeting_init(&w->c, prs(w, 1), plan_pid, &r));
	r.reason = "renew";
	r.held_on = w->c.today;
	ok(meeting_save(&w->c, prs(w, 1), &r, NULL));
	return r;
}

static struct meeting_view view(struct world *w, const char *pid)
{
	struct meeting_view v;
	ok(meeting_get(&w->c, pid, &v));
	return v;
}

/* The sheet filled in so that it can be closed. */
static void written(struct world *w, const char *pid)
{
	struct meeting_view v = view(w, pid);
	struct t_care_meeting *r = &v.row;
	r->place = "本人の自宅";
	r->held_from = "14:00";
	r->held_to = "15:00";
	r->user_attend = r->family_attend = "○";
	r->author_name = "見本 職員11";
	r->topics = "更新後の原案";
	r->discussion = "入浴の方法を話し合った";
	r->conclusion = "原案のとおり進める";
	r->remaining = "なし。次回は半年後";
	ok(meeting_save(&w->c, prs(w, 1), r, NULL));
}

static void member(struct world *w, const char *pid, const char *role, int64_t org_id, const char *attend, const char *reason)
{
	struct meeting_view v = view(w, pid);
	struct t_care_meeting_member m;
	row_init(&T_care_meeting_member, &m);
	for (size_t i = 0; i < v.n_members; i++)
		if (str_eq(v.members[i].org_role, role))
			m = v.members[i];
	m.no = m.no ? m.no : (int64_t)v.n_members + 1;
	m.kind = "provider";
	m.org_role = role;
	m.name = "担当";
	m.org_id = org_id;
	m.attend = attend;
	m.absent_reason = reason;
	struct child_edit e = {&m, false};
	fault_clear(&w->c);
	ok(meeting_members_save(&w->c, pid, &e, 1, NULL));
}

static void drop_all_members(struct world *w, const char *pid)
{
	struct meeting_view v = view(w, pid);
	struct child_edit *e = ARENA_ARRAY(w->arena, v.n_members + 1, struct child_edit);
	for (size_t i = 0; i < v.n_members; i++)
		e[i] = (struct child_edit){&v.members[i], true};
	ok(meeting_members_save(&w->c, pid, e, v.n_members, NULL));
}

static bool refused(struct world *w, const char *pid, const char *field)
{
	fault_clear(&w->c);
	err e = meeting_close(&w->c, pid);
	bool is = e == ERR_INPUT && *fault_text(&w->c, field);
	fault_clear(&w->c);
	return is;
}

static void members_come_from_the_plan(void **state)
{
	struct world *w = *state;
	const char *plan = plan_new(w, "home", "home");
	full_plan(w, plan);
	struct t_care_meeting r = called(w, plan);
	struct meeting_view v = view(w, r.pid);
	struct plan_tree t = tree(w, plan);
	assert_true(v.n_members > 0);
	assert_string_equal(v.plan_pid, plan);
	assert_non_null(strstr(v.members[0].org_role, t.services[0].office));
	assert_false(v.is_prevention);
	assert_string_equal(v.row.author_name, "見本 職員11");
	assert_int_equal(v.no, 1);
	assert_int_equal(count_of(w, "task", "kind = 'meeting' AND state = 'open'"), 1);
	assert_int_equal(count_of(w, "timeline", "kind = 'meeting' AND is_hidden = 0"), 1);
}

static void closing_refuses_what_is_not_allowed(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_care_meeting r = called(w, "");
	drop_all_members(w, r.pid);
	assert_true(refused(w, r.pid, "discussion"));
	assert_true(refused(w, r.pid, "members"));
	written(w, r.pid);
	assert_true(refused(w, r.pid, "members")); /* nobody came */
	member(w, r.pid, "訪問介護", INT_NULL, "", "");
	assert_true(refused(w, r.pid, "members"));
	member(w, r.pid, "訪問介護", INT_NULL, "absent", "");
	assert_true(refused(w, r.pid, "members"));
	is_err(meeting_close(c, r.pid), ERR_INPUT);
	assert_non_null(strstr(fault_text(c, "members"), "欠席の理由を書いてください"));
	member(w, r.pid, "訪問介護", INT_NULL, "absent", "診療のため");
	assert_true(refused(w, r.pid, "members")); /* still nobody */
	member(w, r.pid, "通所介護", INT_NULL, "online", "");
	/* video with the client needs consent */
	struct meeting_view v = view(w, r.pid);
	v.row.online_self = true;
	v.row.held_on = c->today + 1;
	ok(meeting_save(c, prs(w, 1), &v.row, NULL));
	assert_true(refused(w, r.pid, "online_agreed_on"));
	assert_true(refused(w, r.pid, "held_on"));
	assert_int_equal(count_of(w, "evidence", "code IN ('REC-SCM', 'REC-INQ', 'REC-EXC')"), 0);
	v = view(w, r.pid);
	v.row.held_on = v.row.online_agreed_on = c->today;
	v.row.online_agreed_by = "本人";
	v.row.tv_stable = true;
	ok(meeting_save(c, prs(w, 1), &v.row, NULL));
	/* テレビ電話: all three things and the doctor, or none; the 第4表 says so */
	assert_true(refused(w, r.pid, "tv_able"));
	v = view(w, r.pid);
	v.row.tv_able = v.row.tv_informed = true;
	ok(meeting_save(c, prs(w, 1), &v.row, NULL));
	assert_true(refused(w, r.pid, "tv_doctor"));
	v = view(w, r.pid);
	v.row.tv_doctor = "照会の回答（11月10日）";
	ok(meeting_save(c, prs(w, 1), &v.row, NULL));
	ok(meeting_close(c, r.pid));
	v = view(w, r.pid);
	assert_non_null(strstr(v.row.conclusion, "合意した（主治医: 照会の回答（11月10日））"));
	assert_true(v.is_closed);
	assert_int_equal(v.row.held_no, 1);
	assert_int_equal(count_of(w, "evidence", "code = 'REC-SCM' AND is_hidden = 0 AND body LIKE '%通所介護%診療のため%'"), 1);
	assert_int_equal(count_of(w, "task", "kind = 'meeting' AND state = 'open'"), 0);
	/* frozen, then opened again: the evidence goes with it; the next one counts on */
	is_err(meeting_save(c, prs(w, 1), &v.row, NULL), ERR_MEETING_CLOSED);
	is_err(meeting_members_save(c, r.pid, NULL, 0, NULL), ERR_MEETING_CLOSED);
	assert_int_equal(view(w, called(w, "").pid).no, 2);
	ok(meeting_reopen(c, r.pid));
	assert_int_equal(count_of(w, "evidence", "code = 'REC-SCM' AND is_hidden = 0"), 0);
	ok(meeting_close(c, r.pid));
	assert_int_equal(count_of(w, "evidence", "code = 'REC-SCM' AND is_hidden = 0"), 1);
}

static const char *asked(struct world *w, const char *meeting_pid, const char *question)
{
	const char *pid;
	struct meeting_view v = view(w, meeting_pid);
	struct t_care_inquiry q;
	ok(inquiry_begin(&w->c, meeting_pid, v.members[v.n_members - 1].pid, &pid));
	ok(inquiry_get(&w->c, meeting_pid, pid, &v, &q));
	q.question = question;
	q.reason = "診療のため";
	q.client_label = "M様";
	fault_clear(&w->c);
	ok(inquiry_save(&w->c, meeting_pid, &q, NULL));
	return pid;
}

static void without_meeting_only_for_a_reason(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	const char *plan = plan_new(w, "prevention", "prevention");
	struct t_care_meeting r = called(w, plan);
	member(w, r.pid, "主治医", INT_NULL, "", "");
	struct meeting_view v = view(w, r.pid);
	struct t_care_inquiry q;
	assert_true(v.is_prevention);
	v.row.is_unheld = true;
	fault_clear(c);
	is_err(meeting_save(c, prs(w, 1), &v.row, NULL), ERR_INPUT);
	assert_true(*fault_text(c, "unheld_reason"));
	v.row.unheld_reason = "terminal";
	v.row.topics = "退院後の原案";
	fault_clear(c);
	ok(meeting_save(c, prs(w, 1), &v.row, NULL));
	assert_true(refused(w, r.pid, "unheld_reason")); /* 予防 does not know this ground */
	assert_true(refused(w, r.pid, "unheld_note"));
	assert_true(refused(w, r.pid, "inquiries"));
	v = view(w, r.pid);
	v.row.unheld_reason = "urgent";
	v.row.unheld_note = "退院が急に決まり、サービスの開始まで二日しかなかった";
	ok(meeting_save(c, prs(w, 1), &v.row, NULL));
	const char *pid = asked(w, r.pid, "運動で気をつけることは何ですか");
	assert_true(refused(w, r.pid, "inquiries"));
	ok(meeting_tell_absent(c, r.pid)); /* still without the answer: the line grows with it */
	ok(inquiry_get(c, r.pid, pid, &v, &q));
	q.answer = "痛みのない範囲で";
	is_err(inquiry_save(c, r.pid, &q, NULL), ERR_INPUT); /* the day is missing */
	fault_clear(c);
	q.answered_on = c->today;
	ok(inquiry_save(c, r.pid, &q, NULL));
	ok(meeting_tell_absent(c, r.pid));
	ok(meeting_tell_absent(c, r.pid));
	v = view(w, r.pid);
	assert_non_null(strstr(v.row.topics, "痛みのない範囲で"));
	assert_null(strstr(strstr(v.row.topics, "痛みのない範囲で") + 1, "痛みのない範囲で")); /* once */
	assert_non_null(strstr(v.row.topics, "気をつけることは何ですか"));
	assert_null(strstr(strstr(v.row.topics, "気をつけることは何ですか") + 1, "気をつけることは何ですか"));
	ok(meeting_close(c, r.pid));
	v = view(w, r.pid);
	assert_int_equal(v.no, INT_NULL); /* no meeting, no number */
	assert_int_equal(count_of(w, "evidence", "code = 'REC-INQ' AND is_hidden = 0"), 1);
	assert_int_equal(count_of(w, "evidence", "code = 'REC-EXC' AND is_hidden = 0"), 1);
	assert_int_equal(count_of(w, "evidence", "code = 'REC-SCM'"), 0);
}

static void the_link_holds_once(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_care_meeting r = called(w, "");
	member(w, r.pid, "みほん内科", INT_NULL, "absent", "診療のため");
	const char *pid = asked(w, r.pid, "運動の範囲を教えてください"), *token, *old;
	struct inquiry_question ask;
	struct meeting_view v;
	struct t_care_inquiry q;
	ok(inquiry_link(c, r.pid, pid, &old));
	ok(inquiry_link(c, r.pid, pid, &token));
	assert_int_equal(count_of(w, "care_inquiry", arena_fmt(w->arena, "link_hash = '%s'", token)), 0); /* only a hash is kept */
	struct actor me = c->actor;
	c->actor = (struct actor){0};
	policy_load(c);
	is_err(inquiry_by_link(c, old, "192.0.2.1", &ask), ERR_ANSWER_LINK);
	is_err(inquiry_by_link(c, "00000000000000000000000000", "192.0.2.1", &ask), ERR_ANSWER_LINK);
	is_err(inquiry_by_link(c, "", "192.0.2.1", &ask), ERR_ANSWER_LINK);
	ok(inquiry_by_link(c, token, "192.0.2.1", &ask));
	assert_string_equal(ask.question, "運動の範囲を教えてください");
	assert_string_equal(ask.client_label, "M様");
	is_err(inquiry_answer(c, token, "192.0.2.1", "", "試験 医師"), ERR_INPUT);
	fault_clear(c);
	ok(inquiry_answer(c, token, "192.0.2.1", "歩くのはよい", "試験 医師"));
	is_err(inquiry_answer(c, token, "192.0.2.1", "ふたつめ", "だれか"), ERR_ANSWER_LINK);
	is_err(inquiry_by_link(c, token, "192.0.2.1", &ask), ERR_ANSWER_LINK);
	/* wrong links from one place have to wait, another place does not */
	for (int i = 0; i < 20; i++)
		is_err(inquiry_by_link(c, "00000000000000000000000000", "192.0.2.9", &ask), ERR_ANSWER_LINK);
	is_err(inquiry_by_link(c, "00000000000000000000000000", "192.0.2.9", &ask), ERR_LOCKED);
	fault_clear(c);
	is_err(inquiry_by_link(c, "00000000000000000000000000", "192.0.2.2", &ask), ERR_ANSWER_LINK);
	c->actor = me;
	policy_load(c);
	ok(inquiry_get(c, r.pid, pid, &v, &q));
	assert_string_equal(q.answer, "歩くのはよい");
	assert_int_equal(q.answered_on, c->today);
	assert_int_equal(count_of(w, "task", "table_name = 'care_inquiry' AND state = 'open'"), 1);
	/* expired */
	const char *late = asked(w, r.pid, "もうひとつ");
	ok(inquiry_link(c, r.pid, late, &token));
	c->now_ms += (INQUIRY_LINK_DAYS + 1) * 86400LL * 1000;
	is_err(inquiry_by_link(c, token, "192.0.2.3", &ask), ERR_ANSWER_LINK);
	c->now_ms -= (INQUIRY_LINK_DAYS + 1) * 86400LL * 1000;
	/* the name of the client makes no link */
	ok(inquiry_get(c, r.pid, late, &v, &q));
	q.question = arena_fmt(w->arena, "%sの運動について", v.person_name);
	ok(inquiry_save(c, r.pid, &q, NULL));
	is_err(inquiry_link(c, r.pid, late, &token), ERR_INPUT);
	assert_true(*fault_text(c, "question"));
}

static void the_invited_see_it_for_a_while(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_care_meeting r = called(w, "");
	struct meeting_view v;
	const char *bin;
	drop_all_members(w, r.pid);
	stranger(w);
	int64_t org = c->actor.org_id;
	is_err(meeting_get(c, r.pid, &v), ERR_NOTFOUND);
	nurse(w);
	member(w, r.pid, "ほかの機関", org, "came", "");
	stranger(w);
	ok(meeting_get(c, r.pid, &v));
	nurse(w);
	written(w, r.pid);
	ok(meeting_close(c, r.pid));
	stranger(w);
	ok(meeting_get(c, r.pid, &v));
	civil today = c->today;
	c->today = today + MEETING_AFTER_DAYS;
	ok(meeting_get(c, r.pid, &v));
	c->today = today + MEETING_AFTER_DAYS + 1;
	is_err(meeting_get(c, r.pid, &v), ERR_NOTFOUND);
	c->today = today;
	nurse(w);
	ok(meeting_reopen(c, r.pid));
	drop_all_members(w, r.pid); /* invited no more */
	stranger(w);
	is_err(meeting_get(c, r.pid, &v), ERR_NOTFOUND);
	nurse(w);
	is_err(meeting_retire(c, r.pid, "", &bin), ERR_REQUIRED);
	fault_clear(c);
	ok(meeting_retire(c, r.pid, "まちがい", &bin));
	is_err(meeting_get(c, r.pid, &v), ERR_NOTFOUND);
	ok(bin_restore(c, bin));
	ok(meeting_get(c, r.pid, &v));
}

/* F051: people, place and agenda of the meeting before; what is still as it was is told, and asked about once. */
static void copied_from_the_meeting_before(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	const char *plan = plan_new(w, "home", "home");
	full_plan(w, plan);
	struct t_care_meeting first = called(w, ""), next;
	drop_all_members(w, first.pid);
	member(w, first.pid, "みほん訪問介護", 2, "came", "");
	member(w, first.pid, "みほん内科", INT_NULL, "absent", "診療のため");
	written(w, first.pid);
	ok(meeting_tell_absent(c, first.pid)); /* who did not come then is no agenda of the next */
	assert_non_null(strstr(view(w, first.pid).row.topics, "欠席：みほん内科"));
	assert_int_equal(meeting_untouched(&(struct meeting_view){0}), 0);
	ok(meeting_close(c, first.pid));
	c->now_ms += 60000;
	ok(meeting_init_copy(c, prs(w, 1), plan, first.pid, &next));
	assert_int_equal(count_of(w, "care_meeting", "1 = 1"), 1); /* nothing is written yet */
	next.reason = "renew";
	next.held_on = c->today;
	ok(meeting_save(c, prs(w, 1), &next, NULL));
	struct meeting_view v = view(w, next.pid);
	struct plan_tree t = tree(w, plan);
	assert_string_equal(v.row.place, "本人の自宅");
	assert_string_equal(v.row.topics, "更新後の原案");
	assert_string_equal(v.row.discussion, "");
	assert_string_equal(v.row.user_attend, "");
	assert_string_equal(v.members[0].org_role, "みほん訪問介護");
	assert_int_equal(v.members[0].org_id, 2);
	assert_string_equal(v.members[0].attend, ""); /* whether they come is asked anew */
	assert_string_equal(v.members[1].absent_reason, "");
	assert_true(meeting_member_untouched(&v, 0) && meeting_member_untouched(&v, 1));
	bool of_plan = false; /* an office that only the new plan has is called too, unmarked */
	for (size_t i = 2; i < v.n_members; i++) {
		of_plan = of_plan || str_starts(v.members[i].org_role, t.services[0].office);
		assert_false(meeting_member_untouched(&v, i));
	}
	assert_true(of_plan);
	stranger(w);
	ok(meeting_get(c, next.pid, &v)); /* whoever was called with it */
	nurse(w);
	/* everything as it was: asked once */
	v = view(w, next.pid);
	struct child_edit *e = ARENA_ARRAY(w->arena, v.n_members + 1, struct child_edit);
	for (size_t i = 0; i < v.n_members; i++) {
		v.members[i].attend = "came";
		e[i] = (struct child_edit){&v.members[i], i > 1};
	}
	ok(meeting_members_save(c, next.pid, e, v.n_members, NULL));
	written(w, next.pid);
	v = view(w, next.pid);
	assert_int_equal(meeting_untouched(&v), 100); /* attendance is no change of who was called */
	assert_true(refused(w, next.pid, "accept"));
	v.row.topics = "更新後の原案と、入浴を自宅で続けるための手すりと福祉用具の選び方、長女の介護の負担";
	ok(meeting_save(c, prs(w, 1), &v.row, NULL));
	v = view(w, next.pid);
	assert_true(meeting_untouched(&v) < 80);
	/* the old words put back are told as the old words */
	v.row.topics = "更新後の原案";
	ok(meeting_save(c, prs(w, 1), &v.row, NULL));
	assert_true(refused(w, next.pid, "accept"));
	/* a later change of the source changes nothing of what was copied */
	ok(meeting_reopen(c, first.pid));
	c->now_ms += 60000;
	struct meeting_view old = view(w, first.pid);
	old.row.topics = "書き直した項目";
	ok(meeting_save(c, prs(w, 1), &old.row, NULL));
	assert_true(refused(w, next.pid, "accept"));
	ok(meeting_close_seen(c, next.pid, true));
	/* of the person alone */
	struct t_care_meeting none;
	is_err(meeting_init_copy(c, prs(w, 2), "", first.pid, &none), ERR_NOTFOUND);
}

static void two_editors(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_care_meeting r = called(w, "");
	struct t_care_meeting a = view(w, r.pid).row, b = a, x, y;
	struct row_conflict *conflict = NULL;
	a.discussion = "入浴のこと";
	b.conclusion = "見守りで行う";
	ok(meeting_save(c, prs(w, 1), &a, NULL));
	ok(meeting_save(c, prs(w, 1), &b, NULL));
	assert_string_equal(b.discussion, "入浴のこと");
	x = y = b;
	x.conclusion = "二人で行う";
	y.conclusion = "機械浴にする";
	ok(meeting_save(c, prs(w, 1), &x, NULL));
	is_err(meeting_save(c, prs(w, 1), &y, &conflict), ERR_CONFLICT);
	assert_string_equal(conflict->fields[0].theirs, "二人で行う");
}

static void papers(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_care_meeting r = called(w, "");
	struct meeting_view v;
	struct view_source s;
	struct t_care_inquiry q;
	drop_all_members(w, r.pid);
	member(w, r.pid, "みほん訪問介護（サービス提供責任者）", INT_NULL, "came", "");
	member(w, r.pid, "みほん内科（主治医）", INT_NULL, "absent", "診療のため");
	written(w, r.pid);
	const char *pid = asked(w, r.pid, "運動の範囲を教えてください");
	v = view(w, r.pid);
	ok(meeting_source(c, &v, &s));
	assert_string_equal(answers_text(s.f->as, "attendee.0.org_role"), "みほん訪問介護（サービス提供責任者）");
	assert_string_equal(answers_text(s.f->as, "attendee.1.org_role"), ""); /* the absent one is not among them */
	assert_string_equal(answers_text(s.f->as, "held_from"), "14:00");
	ok(inquiry_get(c, r.pid, pid, &v, &q));
	ok(meeting_inquiry_source(c, &v, &q, &s));
	assert_string_equal(answers_text(s.f->as, "question"), "運動の範囲を教えてください");
	assert_string_equal(answers_text(s.f->as, "code"), q.code);
	assert_string_equal(answers_text(s.f->as, "office_name"), v.org_name);
	assert_string_equal(answers_text(s.f->as, "author"), v.row.author_name);
}

int main(void)
{
	const struct CMUnitTest tests[] = {CARE(members_come_from_the_plan), CARE(closing_refuses_what_is_not_allowed),
		CARE(without_meeting_only_for_a_reason), CARE(the_link_holds_once), CARE(the_invited_see_it_for_a_while), CARE(copied_from_the_meeting_before), CARE(two_editors), CARE(papers)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
