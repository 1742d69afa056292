/* The demo's courses of rehabilitation and short intensive service that ended, with the next place or without (C-207), and judgements of a prospect of
 * improvement, some of whom finish services (C-211). All texts are invented. Runs once after the year. */
#include "access/policy.h"
#include "base/str.h"
#include "care/prospect.h"
#include "care/rehab_goal.h"
#include "exchange/transfer.h"
#include "main/demo_acts.h"

enum { ENDED_MOST = 60, JUDGED_MOST = 40, IMPROVED_MOST = 6, SPREAD = 200 };

/* pick: a number of the person, so that every centre has all ways */
static err ended(struct ctx *c, const char *person, int n, int pick)
{
	static const struct {
		const char *type, *provider, *how, *places, *note;
		bool seen;
	} way[] = {
		{"c", "つなぎ市 元気アップ教室", "done", "kayoi", "北町体操の会", true}, {"c", "つなぎ市 元気アップ教室", "term", "kayoi|general", "浜の町いきいき教室", true},
		{"c", "つなぎ市 元気アップ教室", "done", "", "", false}, {"c", "つなぎ市 元気アップ教室", "done", "general", "市の転倒予防教室", false},
		{"14", "見本訪問リハビリ", "done", "day_care", "デイサービスあおば", true}, {"c", "つなぎ市 元気アップ教室", "term", "self", "自宅での体操と買い物", false},
		{"16", "通所リハビリテーションさくら", "done", "community_day", "小さなデイ すずらん", true}, {"c", "つなぎ市 元気アップ教室", "done", "kayoi", "坂上サロン", false},
		{"14", "見本訪問リハビリ", "hospital", "", "", false}, {"c", "つなぎ市 元気アップ教室", "stop", "", "", false},
		{"16", "通所リハビリテーションさくら", "term", "sogo|kayoi", "通所型サービスと湊の茶話会", false},
	};
	int k = (n + pick) % (int)(sizeof way / sizeof way[0]);
	struct t_rehab_goal g;
	TRY(rehab_goal_init(c, person, "", &g));
	civil ended_on = c->today - 8 - n * 37 % SPREAD;
	g.type_code = way[k].type;
	g.provider = way[k].provider;
	g.started_on = civil_add_months(ended_on, str_eq(g.type_code, "c") ? -3 : -8);
	g.set_on = g.started_on;
	g.goal = "一人で買い物に行く";
	g.end_on = ended_on;
	g.ended_on = ended_on;
	g.ended_how = way[k].how;
	g.next_places = way[k].places;
	g.next_note = way[k].note;
	if (way[k].seen && ended_on + 30 <= c->today)
		g.next_seen_on = ended_on + 30;
	return rehab_goal_save(c, person, &g, NULL);
}

static err judged(struct ctx *c, const struct t_care_case *k, int n)
{
	static const char *const why[][3] = {
		{"likely", "けがの前は一人で買い物に行っていた。杖で屋外を200メートル歩けるようになった。", "近くの店まで歩いて行きたい"},
		{"keep", "病気が進むことがあり、いまの暮らしを保つことを目標にする。", ""},
		{"likely", "理学療法士の助言で、入浴も見守りなしでできる見込み。", "一人で風呂に入りたい"},
		{"watch", "退院して間もない。1か月後の歩き方を見て決める。", ""},
	};
	struct t_case_prospect r;
	TRY(prospect_init(c, k->pid, &r));
	r.on_day = k->start_on > c->today - 120 ? k->start_on : c->today - 120 + n % 30;
	r.prospect = why[n % 4][0];
	r.reason = why[n % 4][1];
	r.aim = why[n % 4][2];
	return prospect_save(c, k->pid, &r, NULL);
}

/* People in care whose case the shown care manager has not: what the guided tour shows of hers stays as it is. */
static err all(struct ctx *c, void *arg)
{
	struct demo *d = arg;
	int n_ended = 0, n_judged = 0, n_improved = 0;
	for (size_t i = 0; i < d->n_people; i++) {
		struct demo_person *p = &d->people[i];
		struct case_view k;
		if (!*p->case_pid || p->end_on != CIVIL_NONE || str_eq(d->login[p->case_login].login, "cm1"))
			continue;
		demo_as(d, c, p->case_login);
		TRY(case_get(c, p->case_pid, &k));
		if (k.row.start_on == CIVIL_NONE || k.row.end_on != CIVIL_NONE)
			continue;
		if (i % 2 == 0 && n_ended < ENDED_MOST)
			{
			TRY(ended(c, p->pid, n_ended, (int)(i / 2 % 7)));
			n_ended++;
		}
		if (!case_is_prevention(k.row.kind) || i % 3 == 0 || n_judged >= JUDGED_MOST)
			continue;
		TRY(judged(c, &k.row, n_judged));
		/* the first of those with a prospect, and then some, finish services */
		if (n_judged++ % 4 == 0 && n_improved < IMPROVED_MOST && !*p->commission_pid && k.row.start_on < c->today - 150) {
			n_improved++;
			TRY(demo_case_end(d, c, p, c->today - 7 - n_improved * 11, "improved"));
		}
	}
	return OK;
}

err demo_make_moves(struct demo *d, struct ctx *c) { return demo_as_others(d, c, all, d); }
