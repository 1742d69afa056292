/* What follows a plan in the demo: 支援経過, monthly or three-monthly monitoring, receipts of 個別サービス計画. Some are late, as in a real
 * office. All texts are invented. */
#include "base/str.h"
#include "care/care_log.h"
#include "care/monitor.h"
#include "care/plan_deliver.h"
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

/* n: 0 monitoring, 1 a word of the support log, 2 receipts of 個別サービス計画 */
err demo_act_visit(struct demo *d, struct ctx *c, struct demo_event *e)
{
	struct demo_person *p = e->person;
	struct monitor_tree t;
	if (!*p->case_pid)
		return OK;
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
		}
	}
}
