/* 総合相談: intake, linking later, rights protection without a trace, the next step, entries, conflicts, bin, figures. */
#include "care_world.h"

#include "register/conflict.h"
#include "register/staff.h"

static const char *const ABUSE[] = {"dementia", "abuse"};

static void all_faults_at_once(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	const char *pid = NULL;
	struct consult_input in = {.channel = "x", .source = "", .content = " ", .minutes = "十五分くらい", .received_on = "令和8年2月30日",
		.status = "closed", .classes = (const char *const[]){"nothing"}, .n_classes = 1, .assignee_pid = "nobody"};
	is_err(consult_save(c, &in, &pid, NULL), ERR_INPUT);
	static const char *const fields[] = {"channel", "source", "content", "person_label", "minutes", "received_on", "close_reason",
		"classes", "assignee"};
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
		if (!*fault_text(c, fields[i]))
			fail_msg("no fault for %s", fields[i]);
	assert_int_equal(count_of(w, "consult", "1"), 0);
	/* the text stays as typed, line feeds and all; what is empty becomes now, normal, received */
	fault_clear(c);
	in = call(prs(w, 1));
	in.content = "一行目\r\n  二行目 \n";
	struct consult_view v;
	ok(consult_get(c, saved(w, &in), &v));
	assert_string_equal(v.content, "一行目\n  二行目 \n");
	assert_int_equal(v.received_ms, NOW);
	assert_string_equal(v.urgency, "normal");
	assert_string_equal(v.status, "received");
	assert_int_equal(v.minutes, 15);
	assert_string_equal(v.assignee_pid, stf(w, 11));
	assert_true(v.may_write);
	/* the future is refused, a time of day is read */
	in.received_on = "令和8年11月18日";
	in.received_time = "23:59";
	is_err(consult_save(c, &in, &pid, NULL), ERR_INPUT);
	assert_true(*fault_text(c, "received_time") != 0);
	in.received_on = "R8.11.17";
	in.received_time = "9時05分";
	ok(consult_get(c, saved(w, &in), &v));
	assert_int_equal(v.received_ms, civil_instant_start(D(2026, 11, 17)) + 545 * 60000);
	/* an edit that leaves them alone leaves the instant */
	in = call(prs(w, 1));
	pid = saved(w, &in);
	in = edit_of(w, pid);
	in.received_on = "2026-11-18";
	in.received_time = "";
	(void)saved(w, &in);
	ok(consult_get(c, pid, &v));
	assert_int_equal(v.received_ms, NOW);
	/* nobody of another organisation can be put in charge */
	in = edit_of(w, pid);
	in.assignee_pid = stf(w, 21);
	is_err(consult_save(c, &in, &pid, NULL), ERR_INPUT);
	assert_true(*fault_text(c, "assignee") != 0);
}

static void unknown_then_linked(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct consult_input in = call("");
	in.next_action = "折り返し電話";
	in.next_on = "R8.11.20";
	const char *pid = saved(w, &in);
	struct consult_view v;
	ok(consult_get(c, pid, &v));
	assert_true(v.person_id == INT_NULL && v.linked_ms == INT_NULL);
	assert_int_equal(listed(w, (struct consult_filter){ANY, .only = "unlinked"}), 1);
	assert_int_equal(open_tasks(w), 1);
	ok(consult_entry_add(c, &(struct consult_entry_input){.consult_pid = pid, .channel = "phone", .content = "留守", .reached = false,
		.consult_version = v.version, .status = "active", .next_action = "もう一度電話", .next_on = "R8.11.21"}));
	stranger(w);
	is_err(consult_get(c, pid, &v), ERR_NOTFOUND);
	nurse2(w);
	world_clock(w, NOW + 3600000);
	ok(consult_link_person(c, pid, prs(w, 1), ""));
	ok(consult_get(c, pid, &v));
	assert_int_equal(v.person_id, 1);
	assert_int_equal(v.received_ms, NOW);
	assert_int_equal(v.linked_ms, NOW + 3600000);
	assert_string_equal(v.linked_by, "見本 職員12");
	assert_int_equal(on_timeline(w, 1), 2); /* with the entry made before anybody knew */
	assert_int_equal(listed(w, (struct consult_filter){ANY, .only = "unlinked"}), 0);
	/* linking to another person asks why, keeps the first in the history, takes everything along */
	is_err(consult_link_person(c, pid, prs(w, 2), " "), ERR_REQUIRED);
	is_err(consult_link_person(c, pid, prs(w, 3), "間違い"), ERR_NOTFOUND);
	ok(consult_link_person(c, pid, prs(w, 2), "同姓の別の人だった"));
	assert_int_equal(on_timeline(w, 1), 0);
	assert_int_equal(on_timeline(w, 2), 3); /* and the entry that tells the reason */
	assert_int_equal(count_of(w, "task", "person_id=2 AND state='open'"), 1);
	assert_int_equal(count_of(w, "task", "person_id=1"), 0);
	assert_int_equal(count_of(w, "revision", "table_name='consult' AND body LIKE '%\"person_id\":1,%'"), 1);
	/* an edit does not do it by the way */
	in = edit_of(w, pid);
	in.person_pid = prs(w, 1);
	is_err(consult_save(c, &in, &pid, NULL), ERR_INPUT);
	assert_true(*fault_text(c, "person") != 0);
	/* linking through the edit page counts as linking */
	in = call("");
	pid = saved(w, &in);
	in = edit_of(w, pid);
	in.person_pid = prs(w, 3);
	is_err(consult_save(c, &in, &pid, NULL), ERR_NOTFOUND);
	in.person_pid = prs(w, 1);
	(void)saved(w, &in);
	ok(consult_get(c, pid, &v));
	assert_true(v.person_id == 1 && v.linked_ms == c->now_ms);
}

/* What an actor finds of a consultation about person 1, by any way. */
static int64_t traces(struct world *w, const char *pid)
{
	struct ctx *c = &w->c;
	struct consult_view v;
	int64_t n = listed(w, (struct consult_filter){ANY}) + listed(w, (struct consult_filter){ANY, .only = "open"}) +
		listed(w, (struct consult_filter){ANY, .class_code = "abuse"}) + open_tasks(w);
	fault_clear(c);
	err e = consult_get(c, pid, &v);
	assert_true(e == OK || e == ERR_NOTFOUND);
	if (e == OK)
		n++;
	struct policy_view see;
	ok(policy_visibility(c, 1, &see));
	if (see.namecard == VISIBILITY_OPEN)
		n += listed(w, (struct consult_filter){ANY, .person_pid = prs(w, 1)}) + on_timeline(w, 1);
	struct consult_figure *f;
	size_t nf;
	int64_t total;
	ok(consult_count_by(c, "class", CIVIL_NONE, CIVIL_NONE, &f, &nf, &total));
	struct bin_row *b;
	size_t nb;
	ok(bin_list(c, 0, 50, 0, &b, &nb));
	return n + (int64_t)nf + total + (int64_t)nb;
}

static void rights_leave_no_trace(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct consult_input in = call(prs(w, 1));
	in.classes = ABUSE;
	in.n_classes = 2;
	in.next_action = "訪問して確かめる";
	in.next_on = "R8.11.20";
	const char *pid = saved(w, &in);
	int64_t mine = traces(w, pid);
	/* list, open, by class, task, view, of the person, time line, two classes, total */
	assert_int_equal(mine, 10);
	nurse2(w);
	assert_int_equal(traces(w, pid), 0);
	is_err(consult_entry_add(c, &(struct consult_entry_input){.consult_pid = pid, .channel = "phone", .content = "x", .reached = true}),
		ERR_NOTFOUND);
	is_err(consult_retire(c, pid, "x"), ERR_NOTFOUND);
	is_err(consult_link_person(c, pid, prs(w, 2), "x"), ERR_NOTFOUND);
	clerk(w);
	assert_int_equal(traces(w, pid), 0);
	stranger(w);
	assert_int_equal(traces(w, pid), 0);
	social2(w);
	assert_int_equal(traces(w, pid), 0);
	social(w);
	assert_int_equal(traces(w, pid), mine);
	head(w);
	assert_int_equal(traces(w, pid), mine);
	/* who is put in charge joins the team */
	in = edit_of(w, pid);
	in.assignee_pid = stf(w, 12);
	(void)saved(w, &in);
	nurse2(w);
	assert_int_equal(traces(w, pid), mine);
	/* unticking does not open it */
	in = edit_of(w, pid);
	in.n_classes = 1;
	(void)saved(w, &in);
	struct consult_view v;
	ok(consult_get(c, pid, &v));
	assert_int_equal(v.record_class, CLASS_RIGHTS);
	be(w, 13, 1, ROLE_CENTRE_NURSE);
	assert_int_equal(traces(w, pid), 0);
	assert_int_equal(count_of(w, "audit_entry", "table_name='consult' AND person_id=1") > 2, 1);
}

/* 虐待 comes up later: what stood in the old class goes along. */
static void rights_later(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct consult_input in = call(prs(w, 1));
	in.next_action = "電話";
	in.next_on = "R8.11.20";
	const char *pid = saved(w, &in);
	struct consult_view v;
	ok(consult_get(c, pid, &v));
	ok(consult_entry_add(c, &(struct consult_entry_input){.consult_pid = pid, .channel = "home_visit", .content = "あざがある", .reached = true,
		.consult_version = v.version, .next_action = "", .next_on = ""}));
	in = edit_of(w, pid);
	in.next_action = "会議";
	in.next_on = "R8.11.21";
	(void)saved(w, &in);
	nurse2(w);
	assert_true(traces(w, pid) > 0);
	nurse(w);
	in = edit_of(w, pid);
	in.classes = ABUSE;
	in.n_classes = 2;
	(void)saved(w, &in);
	assert_int_equal(on_timeline(w, 1), 2);
	nurse2(w);
	assert_int_equal(traces(w, pid), 0);
	assert_int_equal(count_of(w, "timeline", "record_class=8"), 0);
	assert_int_equal(count_of(w, "task", "record_class=8"), 0);
	assert_int_equal(count_of(w, "task", "record_class=16"), 2); /* the settled one too */
}

static err charge_tx(struct ctx *c, void *arg)
{
	(void)arg;
	const char *pid;
	return charge_begin(c, 1, 1, 112, "main", c->today, &pid);
}

/* Who is not in charge any more sees the matter to the end of the last day. */
static void right_ends_with_the_charge(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	const int64_t day = 86400000;
	int64_t now = c->now_ms;
	struct consult_view v;
	struct charge *ch;
	size_t n;
	/* in charge of the consultation: handed over */
	struct consult_input in = call(prs(w, 1));
	in.classes = ABUSE;
	in.n_classes = 2;
	const char *pid = saved(w, &in);
	in = edit_of(w, pid);
	in.assignee_pid = stf(w, 12);
	(void)saved(w, &in);
	nurse2(w);
	ok(consult_get(c, pid, &v));
	in = edit_of(w, pid);
	in.assignee_pid = stf(w, 15);
	(void)saved(w, &in); /* hands it over herself */
	ok(consult_get(c, pid, &v));
	world_clock(w, now + day);
	nurse2(w);
	is_err(consult_get(c, pid, &v), ERR_NOTFOUND);
	nurse(w); /* who took the call and never was in charge: others are now */
	is_err(consult_get(c, pid, &v), ERR_NOTFOUND);
	social(w);
	ok(consult_get(c, pid, &v));
	/* took the call and is in charge of the person: until the charge ends */
	nurse2(w);
	ok(tx_run(c, charge_tx, NULL));
	in = call(prs(w, 1));
	in.classes = ABUSE;
	in.n_classes = 2;
	in.assignee_pid = stf(w, 15);
	pid = saved(w, &in);
	social(w);
	ok(charge_list(c, 1, c->today, &ch, &n));
	assert_int_equal(n, 1);
	ok(charge_end(c, ch[0].pid, c->today + 2, "交代"));
	/* a save in between does not lengthen it */
	in = edit_of(w, pid);
	in.wish = "家にいたい";
	(void)saved(w, &in);
	world_clock(w, now + 3 * day);
	nurse2(w);
	ok(consult_get(c, pid, &v));
	world_clock(w, now + 4 * day);
	nurse2(w);
	is_err(consult_get(c, pid, &v), ERR_NOTFOUND);
	/* the bin and back does not give it again */
	social(w);
	ok(consult_retire(c, pid, "誤り"));
	struct bin_row *b;
	ok(bin_list(c, 0, 50, 0, &b, &n));
	ok(bin_restore(c, b[0].pid));
	nurse2(w);
	is_err(consult_get(c, pid, &v), ERR_NOTFOUND);
	social(w);
	ok(consult_get(c, pid, &v));
	/* who leaves the organisation leaves every team, also of what she still was in charge of */
	in = edit_of(w, pid);
	in.assignee_pid = stf(w, 12);
	(void)saved(w, &in);
	nurse2(w);
	ok(consult_get(c, pid, &v));
	head(w);
	struct staff_post *posts;
	ok(staff_post_list(c, 112, &posts, &n));
	ok(staff_post_end(c, posts[0].pid, c->today, INT_NULL, "退職"));
	world_clock(w, now + 5 * day);
	nurse2(w);
	is_err(consult_get(c, pid, &v), ERR_NOTFOUND);
	social(w);
	in = edit_of(w, pid);
	in.wish = "";
	(void)saved(w, &in);
	nurse2(w);
	is_err(consult_get(c, pid, &v), ERR_NOTFOUND);
}

/* Who took the call, and never was in charge of the person, sees it until it is closed; the day of closing is included. */
static void right_of_the_taker_ends(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	const int64_t day = 86400000;
	int64_t now = c->now_ms;
	struct consult_view v;
	struct consult_input in = call(prs(w, 1));
	in.classes = ABUSE;
	in.n_classes = 2;
	const char *pid = saved(w, &in);
	world_clock(w, now + 30 * day);
	nurse(w);
	ok(consult_get(c, pid, &v));
	/* also where nobody is in charge */
	world_sql(w, "UPDATE consult SET assignee_staff_id = NULL");
	social(w);
	in = edit_of(w, pid);
	in.wish = "家にいたい";
	(void)saved(w, &in);
	world_clock(w, now + 40 * day);
	nurse(w);
	ok(consult_get(c, pid, &v));
	world_sql(w, "UPDATE consult SET assignee_staff_id = 111");
	social(w);
	in = edit_of(w, pid);
	in.status = "closed";
	in.close_reason = "訪問看護につながった";
	(void)saved(w, &in);
	nurse(w);
	ok(consult_get(c, pid, &v));
	world_clock(w, now + 41 * day);
	nurse(w);
	is_err(consult_get(c, pid, &v), ERR_NOTFOUND);
	assert_int_equal(traces(w, pid), 0);
	social(w);
	ok(consult_get(c, pid, &v));
	/* opened again it is open to its taker again */
	in = edit_of(w, pid);
	in.status = "active";
	in.close_reason = "";
	(void)saved(w, &in);
	nurse(w);
	ok(consult_get(c, pid, &v));
}

/* About nobody yet there is no grant to hang on: the team is still the team, and nobody else. */
static void rights_unlinked(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct consult_input in = call("");
	in.classes = ABUSE;
	in.n_classes = 2;
	in.next_action = "訪問して確かめる";
	in.next_on = "R8.11.20";
	const char *pid = saved(w, &in);
	struct consult_view v;
	ok(consult_get(c, pid, &v)); /* who took the call finds it again */
	assert_true(v.may_write);
	assert_int_equal(listed(w, (struct consult_filter){ANY, .only = "unlinked"}), 1);
	/* what has to be done next stands in the work of whoever sees the consultation, and of nobody else */
	struct task_filter f = TASK_OPEN();
	struct task_row *t, one;
	size_t n;
	ok(task_list(c, &f, &t, &n));
	assert_int_equal(n, 1);
	assert_int_equal(open_tasks(w), 1);
	assert_string_equal(t[0].row_pid, pid);
	const char *task = t[0].pid;
	nurse2(w);
	assert_int_equal(traces(w, pid), 0);
	assert_int_equal(open_tasks(w), 0);
	is_err(task_find(c, task, &one), ERR_NOTFOUND);
	is_err(task_done(c, task, ""), ERR_NOTFOUND);
	clerk(w);
	assert_int_equal(traces(w, pid), 0);
	assert_int_equal(open_tasks(w), 0);
	be(w, 17, 1, ROLE_ADMIN);
	assert_int_equal(open_tasks(w), 0);
	social2(w);
	assert_int_equal(traces(w, pid), 0);
	f.org_id = 1;
	ok(task_list(c, &f, &t, &n));
	assert_int_equal(n, 0);
	is_err(task_find(c, task, &one), ERR_NOTFOUND);
	social(w);
	ok(consult_get(c, pid, &v));
	assert_int_equal(open_tasks(w), 1);
	ok(task_find(c, task, &one));
	/* the task given to somebody outside the team does not make a member: the matter stays closed to him */
	ok(task_assign(c, task, 112));
	nurse2(w);
	assert_int_equal(open_tasks(w), 0);
	/* put in charge of the matter, he is one */
	social(w);
	in = edit_of(w, pid);
	in.assignee_pid = stf(w, 12);
	(void)saved(w, &in);
	nurse2(w);
	ok(consult_get(c, pid, &v));
	assert_int_equal(open_tasks(w), 1);
	ok(task_done(c, task, "訪問した"));
	ok(task_reopen(c, task));
	/* the branch that took a call of its own sees what is to do, but changes nothing */
	be(w, 12, 1, ROLE_BRANCH);
	assert_int_equal(open_tasks(w), 1);
	is_err(task_done(c, task, ""), ERR_DENIED);
	social(w);
	in = edit_of(w, pid);
	in.assignee_pid = stf(w, 11);
	in.next_action = in.next_on = "";
	(void)saved(w, &in);
	nurse2(w);
	assert_int_equal(traces(w, pid), 0);
	social(w);
	assert_int_equal(listed(w, (struct consult_filter){ANY, .only = "idle"}), 1);
	is_err(consult_retire(c, pid, "誤り"), ERR_INPUT);
	ok(consult_link_person(c, pid, prs(w, 1), ""));
	assert_int_equal(on_timeline(w, 1), 1);
	nurse(w);
	ok(consult_get(c, pid, &v));
	nurse2(w);
	assert_int_equal(traces(w, pid), 0);
}

static void next_step(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct consult_input in = call(prs(w, 1));
	const char *pid = saved(w, &in);
	assert_int_equal(listed(w, (struct consult_filter){ANY, .only = "idle"}), 1);
	in = edit_of(w, pid);
	in.next_on = "R8.11.20";
	is_err(consult_save(c, &in, &pid, NULL), ERR_INPUT);
	assert_true(*fault_text(c, "next_action") != 0);
	in.next_action = "訪問";
	(void)saved(w, &in);
	assert_int_equal(open_tasks(w), 1);
	in = edit_of(w, pid);
	in.next_action = "再訪問";
	in.next_on = "R8.11.15";
	(void)saved(w, &in);
	assert_int_equal(count_of(w, "task", "1"), 1); /* renewed, not doubled */
	assert_int_equal(count_of(w, "task", "title='再訪問' AND due_on='2026-11-15' AND assignee_staff_id=111"), 1);
	assert_int_equal(listed(w, (struct consult_filter){ANY, .only = "overdue"}), 1);
	assert_int_equal(listed(w, (struct consult_filter){ANY, .only = "idle"}), 0);
	in = edit_of(w, pid);
	in.status = "closed";
	is_err(consult_save(c, &in, &pid, NULL), ERR_INPUT);
	in.close_reason = "訪問看護につながった";
	(void)saved(w, &in);
	assert_int_equal(open_tasks(w), 0);
	struct consult_view v;
	ok(consult_get(c, pid, &v));
	assert_true(v.closed_on == c->today && v.next_on == CIVIL_NONE);
	assert_int_equal(listed(w, (struct consult_filter){ANY, .only = "open"}), 0);
	/* taken up again by an entry; an entry that says nothing of the state leaves it */
	ok(consult_entry_add(c, &(struct consult_entry_input){.consult_pid = pid, .channel = "phone", .content = "また電話があった", .reached = true,
		.consult_version = v.version, .status = "active", .next_action = "訪問", .next_on = "R8.11.25"}));
	ok(consult_get(c, pid, &v));
	assert_true(v.closed_on == CIVIL_NONE && v.n_entries == 1);
	assert_string_equal(v.close_reason, "");
	ok(consult_entry_add(c, &(struct consult_entry_input){.consult_pid = pid, .channel = "phone", .content = "", .reached = false,
		.consult_version = v.version, .next_action = "訪問", .next_on = "R8.11.25"}));
	ok(consult_get(c, pid, &v));
	assert_string_equal(v.status, "active");
	fault_clear(c);
	is_err(consult_entry_add(c, &(struct consult_entry_input){.consult_pid = pid, .channel = "", .content = "", .reached = true,
		.minutes = "-1", .consult_version = v.version}), ERR_INPUT);
	assert_true(*fault_text(c, "channel") && *fault_text(c, "content") && *fault_text(c, "minutes"));
	assert_int_equal(v.n_entries, 2);
	assert_int_equal(on_timeline(w, 1), 3);
	/* two entries on one version that decide differently: the second is asked, and nothing of it is written */
	fault_clear(c);
	struct consult_entry_input e = {.consult_pid = pid, .channel = "phone", .content = "一", .reached = true, .consult_version = v.version,
		.next_action = "面談", .next_on = "R8.12.1"};
	ok(consult_entry_add(c, &e));
	e.next_on = "R8.12.2";
	is_err(consult_entry_add(c, &e), ERR_INPUT);
	assert_true(*fault_text(c, "status") != 0);
	ok(consult_get(c, pid, &v));
	assert_true(v.n_entries == 3 && v.next_on == D(2026, 12, 1));
	fault_clear(c);
	e.consult_version = v.version;
	ok(consult_entry_add(c, &e));
}

static void conflicts(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct consult_input in = call(prs(w, 1));
	const char *pid = saved(w, &in);
	struct consult_input a = edit_of(w, pid), b = a, d = a;
	static const char *const money[] = {"money"}, *const life[] = {"life"};
	a.wish = "家にいたい";
	a.classes = money;
	a.n_classes = 1;
	(void)saved(w, &a);
	nurse2(w);
	b.response_text = "訪問を約束";
	b.classes = life;
	b.n_classes = 1;
	(void)saved(w, &b);
	struct consult_view v;
	ok(consult_get(c, pid, &v));
	assert_string_equal(v.wish, "家にいたい");
	assert_string_equal(v.response_text, "訪問を約束");
	assert_int_equal(v.n_classes, 2); /* both boxes */
	d.wish = "施設に入りたい";
	struct row_conflict *conflict = NULL;
	is_err(consult_save(c, &d, &pid, &conflict), ERR_CONFLICT);
	assert_non_null(conflict);
	assert_int_equal(conflict->n, 1);
	assert_string_equal(conflict->fields[0].column, "wish");
	assert_string_equal(conflict->fields[0].mine, "施設に入りたい");
	struct conflict_row *rows;
	size_t n;
	ok(conflict_list(c, &T_consult, v.id, 1, CLASS_CONSULTATION, &rows, &n));
	assert_int_equal(n, 1);
	struct conflict_field *f;
	ok(conflict_text_mine(c, &T_consult, rows[0].pid, &f, &n));
	bool kept = false;
	for (size_t i = 0; i < n; i++)
		kept = kept || str_eq(f[i].text, "施設に入りたい");
	assert_true(kept);
	ok(consult_get(c, pid, &v));
	assert_string_equal(v.wish, "家にいたい");
	/* a box unticked by one stays unticked when the other saves an older page */
	a = edit_of(w, pid);
	b = a;
	a.classes = money;
	a.n_classes = 1;
	(void)saved(w, &a);
	b.caller_relation = "長女の夫";
	(void)saved(w, &b);
	ok(consult_get(c, pid, &v));
	assert_int_equal(v.n_classes, 1);
	assert_string_equal(v.classes[0], "money");
	assert_int_equal(count_of(w, "consult_class", "1"), 1);
}

static void bin_and_back(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct consult_input in = call(prs(w, 1));
	in.classes = ABUSE;
	in.n_classes = 2;
	in.next_action = "会議";
	in.next_on = "R8.11.20";
	const char *pid = saved(w, &in);
	struct consult_view v;
	ok(consult_get(c, pid, &v));
	ok(consult_entry_add(c, &(struct consult_entry_input){.consult_pid = pid, .channel = "home_visit", .content = "あざ", .reached = true,
		.consult_version = v.version, .next_action = "会議", .next_on = "R8.11.20"}));
	assert_int_equal(on_timeline(w, 1), 2);
	is_err(consult_retire(c, pid, ""), ERR_REQUIRED);
	ok(consult_retire(c, pid, "二重に入力した"));
	assert_int_equal(on_timeline(w, 1), 0);
	assert_int_equal(open_tasks(w), 0);
	is_err(consult_get(c, pid, &v), ERR_NOTFOUND);
	is_err(consult_retire(c, pid, "もう一度"), ERR_NOTFOUND);
	is_err(consult_link_person(c, pid, prs(w, 2), "x"), ERR_NOTFOUND);
	assert_int_equal(listed(w, (struct consult_filter){ANY}), 0);
	struct bin_row *b;
	size_t n;
	nurse2(w);
	ok(bin_list(c, 0, 50, 0, &b, &n));
	assert_int_equal(n, 0);
	social(w);
	ok(bin_list(c, 0, 50, 0, &b, &n));
	assert_int_equal(n, 1);
	/* the right of the team ends with the way back */
	assert_int_equal(count_of(w, "access_grant", "via_table='consult' AND to_on='2026-12-18'"),
		count_of(w, "access_grant", "via_table='consult'"));
	ok(bin_restore(c, b[0].pid));
	assert_int_equal(count_of(w, "access_grant", "via_table='consult' AND to_on<>'9999-12-31'"), 0);
	nurse(w);
	ok(consult_get(c, pid, &v));
	assert_int_equal(v.n_entries, 1);
	assert_int_equal(on_timeline(w, 1), 2);
	assert_int_equal(open_tasks(w), 1);
	nurse2(w);
	assert_int_equal(traces(w, pid), 0);
	/* an old person's time line does not come back with it */
	nurse(w);
	in = call(prs(w, 1));
	pid = saved(w, &in);
	ok(consult_link_person(c, pid, prs(w, 2), "別の人"));
	ok(consult_retire(c, pid, "x"));
	ok(bin_list(c, 2, 50, 0, &b, &n));
	assert_int_equal(n, 1);
	ok(bin_restore(c, b[0].pid));
	assert_int_equal(on_timeline(w, 1), 2);
	assert_int_equal(on_timeline(w, 2), 2);
}

static void lists_and_figures(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	static const char *const both[] = {"dementia", "money"};
	for (int i = 0; i < 7; i++) {
		struct consult_input in = call(prs(w, 1 + i % 2));
		in.received_on = i < 3 ? "R8.10.5" : "R8.11.10";
		in.received_time = "10:00";
		in.channel = i % 3 ? "phone" : "visit_office";
		in.source = i == 6 ? "minsei" : "family";
		in.classes = both;
		in.n_classes = i < 4 ? 2 : 1;
		(void)saved(w, &in);
	}
	struct consult_figure *f;
	size_t n;
	int64_t total;
	ok(consult_count_by(c, "class", CIVIL_NONE, CIVIL_NONE, &f, &n, &total));
	assert_int_equal(total, 7);
	assert_int_equal(n, 2);
	assert_true(str_eq(f[0].code, "dementia") && f[0].n == 7 && str_eq(f[1].code, "money") && f[1].n == 4);
	ok(consult_count_by(c, "month", CIVIL_NONE, CIVIL_NONE, &f, &n, &total));
	assert_true(n == 2 && str_eq(f[0].code, "2026-10") && f[0].n == 3 && f[1].n == 4);
	ok(consult_count_by(c, "source", D(2026, 11, 1), D(2026, 11, 30), &f, &n, &total));
	assert_true(total == 4 && n == 2 && str_eq(f[1].code, "minsei") && f[1].n == 1);
	ok(consult_count_by(c, "channel", D(2026, 10, 1), D(2026, 10, 31), &f, &n, &total));
	assert_true(total == 3 && n == 2 && f[0].n == 2 && f[1].n == 1);
	is_err(consult_count_by(c, "name", CIVIL_NONE, CIVIL_NONE, &f, &n, &total), ERR_NOTFOUND);
	/* one person's, with filters; merged records are one person */
	assert_int_equal(listed(w, (struct consult_filter){ANY, .person_pid = prs(w, 1)}), 4);
	assert_int_equal(listed(w, (struct consult_filter){ANY, .person_pid = prs(w, 1), .class_code = "money"}), 2);
	struct consult_row *rows;
	ok(consult_list(c, &(struct consult_filter){ANY, .person_pid = prs(w, 1), .limit = 3, .offset = 3}, &rows, &n, &total));
	assert_true(n == 1 && total == 4);
	is_err(consult_count(c, &(struct consult_filter){ANY, .person_pid = prs(w, 3)}, &total), ERR_NOTFOUND);
	head(w);
	const char *event;
	ok(cluster_merge(c, prs(w, 1), prs(w, 2), "同じ人", &event));
	nurse(w);
	assert_int_equal(listed(w, (struct consult_filter){ANY, .person_pid = prs(w, 2)}), 7);
	assert_int_equal(listed(w, (struct consult_filter){ANY, .assignee = "me"}), 7);
	nurse2(w);
	assert_int_equal(listed(w, (struct consult_filter){ANY, .assignee = "me"}), 0);
	c->actor.staff_id = 0; /* no staff record: nobody's */
	assert_int_equal(listed(w, (struct consult_filter){ANY, .assignee = "me"}), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CARE(all_faults_at_once), CARE(unknown_then_linked), CARE(rights_leave_no_trace), CARE(rights_later), CARE(right_ends_with_the_charge), CARE(right_of_the_taker_ends), CARE(rights_unlinked),
		CARE(next_step), CARE(conflicts), CARE(bin_and_back), CARE(lists_and_figures),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
