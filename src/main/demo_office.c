/* 事業所の記録 of the demo: what a head and a manager wrote in the last months (委員会・研修, 掲示, 苦情, 届出), some 届出・求め and exceptions of
 * their people. All texts are invented. Runs once after the year. */
#include "access/policy.h"
#include "base/str.h"
#include "care/duty_month.h"
#include "care/duty_waiver.h"
#include "care/office_record.h"
#include "exchange/transfer.h"
#include "main/demo_acts.h"

struct office_row {
	const char *kind, *what;
	int days; /* back from today */
	const char *partner, *content, *handling, *doc_no;
	bool yes;
};
static const struct office_row OF_OFFICE[] = {
	{"committee", "infection", 40, "管理者、介護支援専門員3人", "手指衛生と訪問時のマスクの扱いを確かめた。次回は嘔吐物の処理を練習する。", "", "", true},
	{"committee", "abuse_training", 75, "職員全員（4人）", "虐待の5つの種類と、気づいたときの知らせ方を学んだ。", "", "", true},
	{"committee", "bcp_drill", 130, "職員全員（4人）", "地震で電話が使えない場面の安否確認の訓練をした。", "", "", true},
	{"notice", "both", 100, "", "担当する職員の数を改めた。", "", "令和8年4月版", false},
	{"change", "important", 104, "", "職員の数と営業時間を改めた。", "", "", false},
	{"incident", "complaint", 58, "", "電話の折り返しが遅いとのお話があった。", "受けた電話はその日のうちに折り返すことを決め、全員に伝えた。", "", false},
	{"filing", "other", 20, "つなぎ市 介護保険課", "職員の異動による変更を届け出た。", "", "介保第123号", false},
};
static const struct office_row OF_PERSON[] = {
	{"request", "facility", 50, "長女", "施設も考えたいとのお話があった。", "", "", false},
	{"notify", "chiiki", 30, "つなぎ市 地域ケア会議", "個別の会議の資料を出した。", "", "", false},
	{"document", "hand", 44, "本人", "", "", "直近の計画と実施の状況の書類", false},
	{"event", "condition", 25, "", "転んでから外に出るのをこわがるようになった。", "", "", false},
};
enum { N_OFFICE = sizeof OF_OFFICE / sizeof OF_OFFICE[0], N_PERSON = sizeof OF_PERSON / sizeof OF_PERSON[0], PEOPLE_MOST = 8 };

static err save(struct ctx *c, const char *person_pid, const struct office_row *x)
{
	struct t_office_record r;
	office_record_init(c, x->kind, &r);
	r.what = x->what;
	r.on_day = c->today - x->days;
	r.partner = x->partner;
	r.content = x->content;
	r.handling = x->handling;
	r.doc_no = x->doc_no;
	r.is_yes = x->yes;
	if (str_eq(x->kind, "incident"))
		r.other_on = r.on_day;
	return office_record_save(c, person_pid, &r, NULL);
}

/* What the records do not hold: the number of people that a centre writes down, and the municipality's request to an office of care managers. */
static err figures(struct ctx *c, bool centre)
{
	struct t_office_record r;
	struct ymd d = civil_ymd(c->today);
	office_record_init(c, centre ? "population" : "share", &r);
	r.on_day = c->today - 10;
	if (centre) {
		r.what = "no";
		r.from_on = civil_from(d.m < 4 ? d.y - 1 : d.y, 4, 1);
		r.units = 4870;
		r.content = "つなぎ市の統計（年度の初めの日）";
	} else {
		r.partner = "つなぎ市 介護保険課";
		r.other_on = c->today + 25;
		r.doc_no = "7350000";
		r.hours = "10200000";
		r.state = "4480000";
		r.content = "訪問介護の多い計画を3件、検証して届け出るように求められた。";
	}
	return office_record_save(c, "", &r, NULL);
}

static err away(struct ctx *c, const char *person_pid)
{
	struct t_duty_waiver w;
	duty_waiver_init(c, &w);
	w.rule = "R-CM-13-07-visit";
	w.kind = "assess:away";
	w.ground = "退院の前日まで入院していたため、病棟で本人と家族に面接した。";
	w.from_on = w.to_on = c->today - 60;
	return duty_waiver_save(c, person_pid, "", &w, NULL);
}

static err of_people(struct demo *d, struct ctx *c, int who)
{
	int n = 0;
	for (size_t i = 0; i < d->n_people && n < PEOPLE_MOST; i++) {
		const struct demo_person *p = &d->people[i];
		if (!*p->case_pid || p->case_login != who || p->end_on != CIVIL_NONE)
			continue;
		TRY(save(c, p->pid, &OF_PERSON[n % N_PERSON]));
		if (n++ % 4 == 0)
			TRY(away(c, p->pid));
	}
	return OK;
}

/* The office of the first care manager closes its months: of the last one three omissions are left to be found. A 給付管理票 was forgotten
 * (all others are sent), and two people were not visited (demo_whole leaves them out); every other open line has its reason. */
static bool is_behind(const struct demo *d, const char *person_pid)
{
	for (size_t i = 0; i < d->n_people; i++)
		if (d->people[i].behind && str_eq(d->people[i].pid, person_pid))
			return true;
	return false;
}

static err bills(const struct demo *d, struct ctx *c)
{
	struct ymd today = civil_ymd(c->today);
	civil last = civil_add_months(civil_from(today.y, today.m, 1), -1);
	struct duty_list l;
	bool forgotten = false;
	TRY(duty_list(c, &(struct duty_list_query){.statuses = DUTY_SEES(DUTY_OVERDUE), .consequence = "no_claim",
		.q = {.on = c->today, .from = c->today - 900, .org_id = c->actor.org_id, .subjects = DUTY_OF_CASE}}, &l));
	for (size_t i = l.n; i-- > 0;) {
		const struct duty_item *x = &l.v[i];
		struct t_office_record r;
		if (x->about->org_id != c->actor.org_id || x->anchor > last)
			continue;
		if (x->anchor == last && !forgotten && !is_behind(d, x->about->person_pid)) {
			forgotten = true;
			continue;
		}
		office_record_init(c, "bill", &r);
		r.from_on = x->anchor;
		r.on_day = civil_add_months(x->anchor, 1) + 7;
		r.units = 14000 + 37 * (int64_t)(i % 90);
		TRY(office_record_save(c, x->about->person_pid, &r, NULL));
	}
	return OK;
}

static err reasons(struct ctx *c)
{
	struct ymd d = civil_ymd(c->today);
	civil last = civil_add_months(civil_from(d.y, d.m, 1), -1);
	struct duty_month m;
	int64_t left[2] = {0, 0};
	TRY(duty_month_read(c, last, false, &m));
	for (size_t i = 0; i < m.n; i++) {
		const struct duty_item *x = &m.v[i].i;
		if (!str_eq(x->rule->id, "R-CM-13-14-monthly") || x->mended_on != CIVIL_NONE || left[0] == x->about->id)
			continue;
		left[left[0] ? 1 : 0] = x->about->id;
		if (left[1])
			break;
	}
	for (size_t i = 0; i < m.n; i++) {
		const struct duty_item *x = &m.v[i].i;
		bool interview = str_starts(x->rule->id, "R-CM-13-14");
		if (((x->about->id == left[0] || x->about->id == left[1]) && interview) || str_eq(x->rule->consequence, "no_claim"))
			continue;
		TRY(duty_month_reason(c, last, x->about->case_pid, x->rule->id, x->anchor, x->part,
			!interview ? "書面を探しているが見つからない。減算として扱い、次の計画でやり直す。" : x->mended_on != CIVIL_NONE ? "翌月に済ませた。前の月の分は減算として扱う。"
			: "本人の都合で日が合わなかった。次の訪問で済ませ、減算として扱う。"));
	}
	return OK;
}

static err all(struct ctx *c, void *arg)
{
	struct demo *d = arg;
	for (size_t i = 0; i < d->n_logins; i++) {
		const struct demo_login *l = &d->login[i];
		demo_as(d, c, (int)i);
		for (size_t k = 0; k < N_OFFICE && (l->role == ROLE_CM_MANAGER || l->role == ROLE_CENTRE_HEAD); k++)
			TRY(save(c, "", &OF_OFFICE[k]));
		if (l->role == ROLE_CM_MANAGER || l->role == ROLE_CENTRE_HEAD)
			TRY(figures(c, l->role == ROLE_CENTRE_HEAD));
		if (l->role == ROLE_CM)
			TRY(of_people(d, c, (int)i));
		if (str_eq(l->login, "cm1"))
			TRY(bills(d, c));
		if (str_eq(l->login, "cm1"))
			TRY(reasons(c));
	}
	return OK;
}

err demo_make_office_records(struct demo *d, struct ctx *c) { return demo_as_others(d, c, all, d); }
