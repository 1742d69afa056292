/* What follows a plan in the demo: 支援経過, monthly or three-monthly monitoring, receipts of 個別サービス計画. Some are late, as in a real
 * office. All texts are invented. */
#include "base/str.h"
#include "care/care_log.h"
#include "care/monitor.h"
#include "care/plan_deliver.h"
#include "care/visit_plan.h"
#include "main/demo_acts.h"

static int mix(const struct demo_person *p, int salt, int n)
{
	uint64_t z = (uint64_t)(uint32_t)p->birth_on * 0xC2B2AE3D27D4EB4Fu + (uint64_t)(p->block * 613 + p->house * 89 + salt * 5381 + p->sex);
	z = (z ^ z >> 32) * 0x9FB21C651E98DF25u;
	return (int)((z ^ z >> 32) % (uint64_t)n);
}

static const char *const wishes[] = {"体操の日が楽しみになった。このまま続けたい。", "入浴のとき見ていてもらえるので安心している。", "もう少し歩けるようになって、花を見に行きたい。", "今のままでよい。回数を増やしたくはない。"};
static const char *const family[] = {"帰りに顔を見ると元気なので安心している。", "夜のトイレが心配なので、廊下に明かりを付けた。", "仕事の日に様子が分かって助かっている。"};
static const char *const conditions[] = {"体調に大きな変化なし。血圧も落ち着いている。", "膝の痛みが少しやわらぎ、近所のポストまで歩いた。", "食が細くなり、体重が1キロ減った。水分をすすめた。", "受け答えははっきりしている。日付をまちがえることがあった。"};
static const char *const talks[] = {"デイサービスの相談員から、入浴を休まずに済んでいると連絡を受けた。", "長女から、通院の付き添いの日を変えたいと電話があった。事業所に伝えた。",
	"かかりつけ医の外来で、血圧の薬は今のままと言われたとのこと。", "訪問介護のサービス提供責任者から、掃除のときの立ち座りが楽になったと報告があった。"};

/* The last day that is no weekend and breaks no deadline, up to the one wished for; CIVIL_NONE: there is none. */
static err day_for_visit(struct ctx *c, const struct demo_person *p, civil wish, civil *on)
{
	struct case_view k;
	struct monitor_due due;
	struct ymd d = civil_ymd(c->today);
	TRY(case_get(c, p->case_pid, &k));
	TRY(monitor_due_of(c, &k.row, c->today, &due));
	civil last = due.interview_due != CIVIL_NONE && due.interview_due < c->today ? civil_eom(d.y, d.m) : CIVIL_OPEN;
	for (size_t i = 0; i < due.n; i++)
		if (due.v[i].due_on >= c->today && due.v[i].due_on < last)
			last = due.v[i].due_on;
	*on = wish < last ? wish : last;
	while (civil_weekday(*on) > 5)
		(*on)--;
	if (*on < c->today || (k.row.end_on != CIVIL_NONE && k.row.end_on < *on))
		*on = CIVIL_NONE;
	return OK;
}

static const char *const notes[] = {"負担割合証の写しをもらう。", "薬の残りを確かめる。血圧手帳を見せてもらう。", "玄関の鍵は長女が開けてくれる。犬がいる。", "車は裏の空き地にとめる。",
	"", "", "来月の利用票に署名をもらう。", "手すりの取り付けの具合を見る。"};

/* e->m: the day meant, as days after the first of the town's records. Times follow one another, so none meet. */
static err plan_visit(struct demo *d, struct ctx *c, struct demo_event *e)
{
	static const char *const purposes[] = {"monitoring", "monitoring", "monitoring", "monitoring", "delivery", "meeting", "assessment", "hospital"};
	struct demo_person *p = e->person;
	struct t_visit_plan r;
	struct visit_line *v;
	size_t n;
	civil on;
	if (!*p->case_pid)
		return OK;
	demo_as(d, c, p->case_login);
	TRY(day_for_visit(c, p, d->start_on + e->m, &on));
	if (on == CIVIL_NONE)
		return OK;
	visit_plan_init(c, &r);
	TRY(visit_plan_list(c, &(struct visit_filter){r.staff_id, on, on}, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].person_pid, p->pid))
			return OK;
	r.planned_on = on;
	r.purpose = e->n == 4 ? "monitoring" : purposes[mix(p, 15, 8)];
	r.place = str_eq(r.purpose, "hospital") ? "つなぎ市民病院" : "";
	r.note = notes[mix(p, 16, 8)];
	if (n < 6 && mix(p, 17, 5)) {
		r.from_min = 570 + (int64_t)n * 75;
		r.to_min = r.from_min + 60;
	}
	return visit_plan_save(c, p->pid, &r, d->login[p->case_login].staff_pid, "", NULL, NULL);
}

/* n: 0 monitoring, 1 a word of the support log, 2 receipts of 個別サービス計画, 3 a visit put into the calendar, 4 one for monitoring */
err demo_act_visit(struct demo *d, struct ctx *c, struct demo_event *e)
{
	struct demo_person *p = e->person;
	struct monitor_tree t;
	if (!*p->case_pid)
		return OK;
	if (e->n >= 3)
		return plan_visit(d, c, e);
	demo_as(d, c, p->case_login);
	if (e->n == 1) {
		struct t_care_log row;
		care_log_init(c, &row);
		row.at_on = c->today;
		row.at_min = 540 + mix(p, e->m, 420);
		row.item = "phone";
		row.partner = mix(p, e->m + 1, 2) ? "長女" : "サービス事業所";
		row.content = talks[mix(p, e->m + 2, 4)];
		TRY(care_log_add(c, p->pid, &row));
		if (mix(p, e->m + 9, 40))
			return OK;
		struct t_care_log right; /* now and then an entry is struck through and written again */
		care_log_init(c, &right);
		right.at_on = row.at_on;
		right.at_min = row.at_min;
		right.item = "phone";
		right.partner = "長男";
		right.content = row.content;
		return care_log_correct(c, row.pid, row.version, &right, "相手を取りちがえていたため。", NULL);
	}
	err made = monitor_new(c, p->pid, "", &t);
	if (made == ERR_PLAN_STATE)
		return OK; /* no plan in use */
	TRY(made);
	if (e->n == 2) {
		struct plan_tree plan;
		TRY(plan_get(c, t.plan_pid, &plan));
		for (size_t i = 0; i < plan.n_provider_plans; i++) {
			const struct t_provider_plan *r = &plan.provider_plans[i];
			if (r->received_on != CIVIL_NONE || !str_blank(r->not_needed_reason))
				continue;
			TRY(provider_plan_save(c, t.plan_pid, &(struct provider_plan_edit){.pid = r->pid, .version = r->version,
				.asked_on = r->asked_on == CIVIL_NONE ? c->today : r->asked_on, .due_on = r->due_on, .received_on = c->today, .asked_how = "fax", .not_needed_reason = "",
				.note = ""}, NULL));
		}
		return OK;
	}
	t.row.mon_on = c->today;
	t.row.method = "visit";
	t.row.place = "自宅";
	t.row.interviewee = mix(p, e->m, 3) ? "self" : "self|family";
	t.row.user_wish = wishes[mix(p, e->m + 3, 4)];
	t.row.family_wish = mix(p, e->m + 4, 3) ? family[mix(p, e->m + 5, 3)] : "今回は聞けていない。";
	t.row.condition = conditions[mix(p, e->m + 6, 4)];
	t.row.new_issue = "2";
	t.row.plan_change = "none";
	for (size_t i = 0; i < t.n_services; i++)
		t.services[i].executed = "done";
	for (size_t i = 0; i < t.n_goals; i++) {
		static const char *const how[] = {"better", "same", "same", "worse", "better", "done"};
		t.goals[i].status = how[mix(p, e->m * 7 + (int)i, 6)];
		t.goals[i].note = "本人の話と事業所の報告から判断した。";
	}
	return monitor_save(c, &t, NULL);
}

/* A visit put into the calendar some days before. The instants are reckoned, not drawn: the rest of the town stays as it is. */
static void put_in_calendar(struct demo *d, struct demo_person *p, civil made, civil on, int n)
{
	struct demo_event *e = demo_plan(d, civil_instant_start(demo_weekday(made)) + (540 + mix(p, 18, 400)) * 60000LL, 0, p, demo_act_visit);
	e->n = n;
	e->m = (int)(on - d->start_on);
}

void demo_plan_visits(struct demo *d)
{
	size_t n = d->n_events;
	for (size_t i = 0; i < n; i++) {
		if (d->events[i].run != demo_act_plan)
			continue;
		struct demo_person *p = d->events[i].person;
		civil from = civil_of_instant(d->events[i].at_ms), day = from + 20 + mix(p, 5, 9);
		if (mix(p, 6, 8))
			demo_plan(d, demo_instant(d, from + 12 + mix(p, 7, 14)), 0, p, demo_act_visit)->n = 2;
		bool late = mix(p, 8, 6) == 0; /* who has fallen behind */
		int step = p->frailty > 45 ? 30 : 88;
		for (int k = 0; day < d->today - (late ? 45 : 0) && k < 12; k++, day += step) {
			struct demo_event *v = demo_plan(d, demo_instant(d, day), 0, p, demo_act_visit);
			v->m = 10 + k;
			struct demo_event *word = demo_plan(d, demo_instant(d, day - 8), 0, p, demo_act_visit);
			word->n = 1;
			word->m = 40 + k;
			if (day > d->today - 40 && mix(p, 12, 3) == 0) /* most of the last ones were planned */
				put_in_calendar(d, p, day - 7, demo_weekday(day), 4);
		}
		if (mix(p, 13, 3) == 0) /* and what is to come */
			put_in_calendar(d, p, d->today - 6 + mix(p, 14, 4), d->today + mix(p, 19, 26) - 1, mix(p, 20, 3) ? 4 : 3);
	}
}
