/* リハビリ専門職派遣事業 of the demo: the body of therapists with six of them, requests in every state, joint work outside the programme in the last
 * four quarters, a centre that does none. Every step as the account that would have done it, on its day. All texts and names are invented. */
#include "access/policy.h"
#include "base/str.h"
#include "main/demo_acts.h"
#include "region/dispatch.h"
#include "region/dispatch_match.h"
#include "region/dispatch_pool.h"
#include "region/dispatch_report.h"
#include "region/dispatch_town.h"
#include "register/territory.h"

#include <string.h>

struct therapist {
	const char *name, *kana, *profession, *specialty;
	int zone;      /* -1: every area */
	int week;      /* bit per weekday, Monday first */
	const char *from, *to;
};
static const struct therapist THERAPISTS[] = {
	{"森 大輔", "モリ ダイスケ", "pt", "歩行、転倒の予防", 0, 0x15, "13:00", "17:00"},
	{"岡田 美咲", "オカダ ミサキ", "pt", "住まいの環境", 1, 0x0A, "09:00", "12:00"},
	{"三宅 悠", "ミヤケ ユウ", "pt", "呼吸、体力づくり", -1, 0x04, "09:00", "16:00"},
	{"藤井 彩", "フジイ アヤ", "ot", "家事の動作、認知症", 2, 0x12, "13:00", "17:00"},
	{"西村 航", "ニシムラ ワタル", "ot", "福祉用具", -1, 0x08, "10:00", "15:00"},
	{"石川 静", "イシカワ シズカ", "st", "飲みこみ、話すこと", -1, 0x01, "13:00", "16:00"},
};

struct joint {
	const char *login;
	int days;
	const char *occasion, *conference, *partner_kind, *partner, *timings, *reasons;
};
static const struct joint JOINTS[] = {
	{"nurse", 20, "visit", "", "hospital", "つなぎ市立病院", "return_home", "return_home"},
	{"chief", 75, "other", "rehab_conf", "day_rehab", "通所リハビリテーションさくら", "review", "independence"},
	{"head", 160, "visit", "", "hospital", "つなぎ市立病院", "return_home|first", "return_home"},
	{"nurse", 250, "other", "", "visit_rehab", "訪問看護ステーションつなぎ", "review", "service_choice"},
	{"nurse2", 40, "case_conf", "case_study", "own_corp", "医療法人さくら会", "regular", "difficult|links"},
	{"chief2", 130, "visit", "", "prevention_centre", "介護予防推進センター", "first", "independence"},
	{"head2", 300, "other", "agencies", "own_corp", "医療法人さくら会", "regular", "links"},
};

enum step { ASKED_ONLY, ANSWERED, REQUESTED, OFFERED, DECLINED, ACCEPTED, HELD, REPORTED, DONE, CALLED_OFF };
struct chain {
	const char *login;
	int days;          /* of the request */
	enum step upto;
	const char *occasion, *profession, *timings, *reasons, *label, *wish, *urgency, *rating;
	bool with_person;
};
static const struct chain CHAINS[] = {
	{"nurse", 330, DONE, "visit", "pt", "first", "independence", "80代女性・要支援2・ひとり暮らし", "歩き方と、外へ出るための目標について見てほしい。", "normal", "very", true},
	{"chief", 240, DONE, "case_conf", "", "regular", "difficult|links", "", "長く訪問リハビリを続けている方の支援を一緒に考えてほしい。", "normal", "good", false},
	{"nurse2", 200, DONE, "visit", "ot", "return_home", "return_home", "70代男性・要支援1・夫婦世帯", "退院したあとの台所と風呂の動作を見てほしい。", "soon", "very", false},
	{"nurse", 60, REPORTED, "visit", "pt", "review", "independence|service_choice", "80代男性・要支援1", "杖と歩行器のどちらがよいかを見てほしい。", "normal", "good", true},
	{"chief2", 30, HELD, "case_conf", "", "regular", "independence", "", "目標の立て方について助言がほしい。", "normal", "", false},
	{"nurse", 12, ACCEPTED, "visit", "st", "first", "service_choice", "70代女性・事業対象者", "食事のときのむせについて見てほしい。", "normal", "", false},
	{"nurse2", 6, DECLINED, "visit", "pt", "first", "independence", "80代女性・要支援1", "玄関の段差の越え方を見てほしい。", "soon", "", false},
	{"chief", 4, OFFERED, "case_conf", "ot", "regular", "difficult", "", "認知症のある方の家事の続け方を考えたい。", "normal", "", false},
	{"nurse", 1, REQUESTED, "visit", "pt", "return_home", "return_home", "90代女性・要支援2・娘と同居", "来週の退院に合わせて、家の中の動きを見てほしい。", "urgent", "", false},
	{"social", 90, CALLED_OFF, "visit", "", "first", "service_choice", "70代男性", "体操の教室へ通えるかを見てほしい。", "normal", "", false},
	{"nurse2", 25, ANSWERED, "", "", "", "", "", "福祉用具の選び方は、リハビリ専門職に聞いてよいことでしょうか。", "", "", false},
	{"nurse", 2, ASKED_ONLY, "", "", "", "", "", "階段の手すりの高さについて、電話で聞けますか。", "", "", false},
};

enum { HOLD_AFTER = 18, FOLLOW_DAYS = 56 }; /* a day offered lies within 14 days */
_Static_assert(sizeof CHAINS / sizeof CHAINS[0] <= DEMO_DISPATCHES, "room in demo_world.h");

#define N(table) (sizeof(table) / sizeof(table)[0])

/* ---- the frame ----------------------------------------------------------------------------------------------------- */

static err programme(struct demo *d, struct ctx *c, struct demo_event *ev)
{
	struct dispatch_programme_view p;
	struct t_dispatch_fee fee;
	(void)d;
	(void)ev;
	TRY(dispatch_programme_get(c, &p));
	p.row.name = "地域包括支援センター リハビリ専門職派遣事業";
	p.row.outline = "センターの事例検討会やアセスメント訪問に、理学療法士・作業療法士・言語聴覚士を派遣します。センターの費用の負担はありません。";
	p.row.ask_how = "「これはリハビリ専門職に頼むことだろうか」と思うことでも、まず電話やメールで聞いてください。この画面の「まず問い合わせる」からも聞けます。";
	p.row.phone = "099-000-0001";
	p.row.links = "自立を目指した介護予防の研修（年2回）\nつなぎ市 介護予防ケアマネジメントの手引き";
	p.row.follow_weeks = 8;
	TRY(dispatch_programme_save(c, &p.row, NULL));
	row_init(&T_dispatch_fee, &fee);
	fee.insurer_org_id = p.row.insurer_org_id;
	fee.yen = 8000;
	fee.valid_from = c->today - 30;
	fee.valid_to = CIVIL_NONE;
	fee.ground = "つなぎ市リハビリ専門職派遣事業実施要綱";
	return dispatch_fee_save(c, &fee, NULL);
}

static err therapists(struct demo *d, struct ctx *c, struct demo_event *ev)
{
	struct area *zone;
	size_t n;
	(void)d;
	(void)ev;
	TRY(area_list(c, "zone", c->today, &zone, &n));
	for (size_t i = 0; i < N(THERAPISTS); i++) {
		const struct therapist *x = &THERAPISTS[i];
		struct dispatch_therapist_view t;
		dispatch_therapist_init(c, &t);
		t.row.name = x->name;
		t.row.kana = x->kana;
		t.row.profession = x->profession;
		t.row.specialty = x->specialty;
		t.row.staff_id = i == 0 ? c->actor.staff_id : INT_NULL;
		if (x->zone >= 0 && (size_t)x->zone < n)
			t.areas[t.n_areas++] = zone[x->zone].id;
		for (int day = 0; day < DISPATCH_WEEK; day++)
			if (x->week & (1 << day))
				t.week[day] = (struct dispatch_hours){x->from, x->to};
		TRY(dispatch_therapist_save(c, &t, NULL));
	}
	return OK;
}

/* ---- outside the programme ------------------------------------------------------------------------------------------- */

static err joint(struct demo *d, struct ctx *c, struct demo_event *ev)
{
	const struct joint *x = &JOINTS[ev->n];
	struct t_dispatch r;
	(void)d;
	TRY(dispatch_init(c, "held", &r));
	r.occasion = x->occasion;
	r.conference = x->conference;
	r.partner_kind = x->partner_kind;
	r.partner = x->partner;
	r.timings = x->timings;
	r.reasons = x->reasons;
	r.case_label = "80代・要支援";
	r.minutes = 60;
	return dispatch_save(c, &r, NULL);
}

/* ---- the chain --------------------------------------------------------------------------------------------------------- */

/* Somebody whose case the organisation of the account has by then: the nth, or the first again in a small town. */
static const struct demo_person *somebody(const struct demo *d, int who, size_t nth)
{
	const struct demo_person *first = NULL;
	for (size_t i = 0; i < d->n_people; i++) {
		const struct demo_person *p = &d->people[i];
		if (!*p->case_pid || d->login[p->case_login].place != d->login[who].place || p->end_on != CIVIL_NONE)
			continue;
		if (nth-- == 0)
			return p;
		first = first ? first : p;
	}
	return first;
}

static err request(struct ctx *c, const struct chain *x, struct t_dispatch *r)
{
	bool inquiry = x->upto <= ANSWERED;
	TRY(dispatch_init(c, inquiry ? "inquiry" : "requested", r));
	r->inquiry_how = !inquiry ? "" : x->upto == ANSWERED ? "mail" : "phone";
	r->inquiry_text = inquiry ? x->wish : "";
	r->wish = inquiry ? "" : x->wish;
	r->occasion = x->occasion;
	r->conference = str_eq(x->occasion, "case_conf") ? "case_study" : "";
	r->profession = x->profession;
	r->timings = x->timings;
	r->reasons = x->reasons;
	r->case_label = x->label;
	r->urgency = inquiry ? "" : x->urgency;
	return dispatch_save(c, r, NULL);
}

static err ask(struct demo *d, struct ctx *c, struct demo_event *ev)
{
	const struct chain *x = &CHAINS[ev->n];
	struct t_dispatch r;
	TRY(request(c, x, &r));
	memcpy(d->dispatch_pid[ev->n], r.pid, PID_TEXT);
	if (x->upto == CALLED_OFF)
		return dispatch_cancel(c, r.pid, "ご本人が入院されたため");
	const struct demo_person *p = x->with_person ? somebody(d, ev->who, (size_t)ev->n) : NULL;
	return p ? dispatch_case_tie(c, r.pid, p->pid, c->today, "self", "paper") : OK;
}

static err answer(struct demo *d, struct ctx *c, struct demo_event *ev)
{
	return dispatch_answer(c, d->dispatch_pid[ev->n], "はい。福祉用具のことも聞けます。見てほしい動作があれば、派遣の依頼に進めてください。", c->today);
}

/* To the best suggestion. */
static err offer(struct demo *d, struct ctx *c, struct demo_event *ev)
{
	struct dispatch_suggestion *s;
	size_t n;
	TRY(dispatch_suggest(c, d->dispatch_pid[ev->n], &s, &n));
	for (size_t i = 0; i < n; i++)
		if (s[i].on_day != CIVIL_NONE)
			return dispatch_offer_make(c, d->dispatch_pid[ev->n], s[i].who->therapist_pid, s[i].on_day, s[i].hours.from, s[i].hours.to);
	return ERR_NOTFOUND;
}

static err answer_offer(struct demo *d, struct ctx *c, struct demo_event *ev)
{
	const char *pid = d->dispatch_pid[ev->n];
	struct dispatch_view v;
	struct dispatch_offer_view *o;
	size_t n;
	TRY(dispatch_get(c, pid, &v));
	TRY(dispatch_offers(c, v.row.id, &o, &n));
	if (!n)
		return ERR_NOTFOUND;
	return CHAINS[ev->n].upto == DECLINED ? dispatch_offer_decline(c, pid, o[n - 1].row.pid, "no_day", "", NULL) : dispatch_offer_accept(c, pid, o[n - 1].row.pid);
}

static err hold(struct demo *d, struct ctx *c, struct demo_event *ev)
{
	struct dispatch_view v;
	TRY(dispatch_get(c, d->dispatch_pid[ev->n], &v));
	return dispatch_hold(c, v.row.pid, v.row.planned_on, 60, "", v.row.planned_on + FOLLOW_DAYS);
}

static err report(struct demo *d, struct ctx *c, struct demo_event *ev)
{
	struct t_dispatch_report x;
	TRY(dispatch_report_init(c, d->dispatch_pid[ev->n], &x));
	x.observed = "家の中は家具につかまって歩いている。外では休み休み100メートルほど歩ける。";
	x.advice = "玄関から門まで毎日2回歩く。ベンチのある道を選び、週ごとに少しずつ距離を伸ばす。";
	x.possible = "ひとりで近くの店まで歩いて行けるようになる。";
	x.goal_before = "家の中を転ばずに歩く";
	x.goal_after = "週2回、ひとりで店まで歩いて買い物をする";
	x.goal_changed = "yes";
	return dispatch_report_save(c, d->dispatch_pid[ev->n], &x, NULL);
}

static err effect(struct demo *d, struct ctx *c, struct demo_event *ev)
{
	struct t_dispatch_effect e;
	bool found;
	TRY(dispatch_effect_get(c, d->dispatch_pid[ev->n], CIVIL_NONE, &e, &found));
	e.rating = CHAINS[ev->n].rating;
	e.aspects = "care_management|motivation";
	e.comment = "目標が具体的になり、ご本人が自分から歩くようになった。";
	return dispatch_effect_save(c, d->dispatch_pid[ev->n], &e, NULL);
}

static err follow(struct demo *d, struct ctx *c, struct demo_event *ev)
{
	struct dispatch_follow_view f;
	TRY(dispatch_follow_of(c, d->dispatch_pid[ev->n], &f));
	f.row.done_on = c->today;
	f.row.result = "better";
	f.row.result_note = "店まで歩けている。週2回の買い物が続いている。";
	return dispatch_follow_save(c, d->dispatch_pid[ev->n], &f.row, NULL);
}

/* ---- the rest ------------------------------------------------------------------------------------------------------------ */

static err example(struct demo *d, struct ctx *c, struct demo_event *ev)
{
	struct t_dispatch_example e;
	(void)ev;
	TRY(dispatch_example_init(c, "", &e));
	e.title = "より遠い店まで歩けることに気づき、目標を見直した例";
	e.occasion = "visit";
	e.profession = "pt";
	e.case_text = "80代の方。家の中は家具につかまって歩き、外出は通院だけだった。";
	e.advice = "歩き方を見て、休める場所のある道で少しずつ距離を伸ばすよう助言を受けた。";
	e.possible = "週2回、ひとりで店まで歩いて買い物ができるようになった。";
	TRY(dispatch_example_save(c, &e, NULL));
	memcpy(d->example_pid, e.pid, PID_TEXT);
	TRY(dispatch_example_init(c, "", &e)); /* another waits for the coordinator */
	e.title = "退院したあとの台所の動作を見てもらった例";
	e.occasion = "visit";
	e.profession = "ot";
	e.case_text = "70代の方。退院したあと、台所に立つ自信がないと話していた。";
	e.advice = "物の置き場所を変え、座ってできる作業から始めるよう助言を受けた。";
	e.possible = "朝食を自分で用意するようになった。";
	return dispatch_example_save(c, &e, NULL);
}

static err release(struct demo *d, struct ctx *c, struct demo_event *ev)
{
	(void)ev;
	return dispatch_example_release(c, d->example_pid, true);
}

static err no_joint_work(struct demo *d, struct ctx *c, struct demo_event *ev)
{
	struct t_dispatch_nonuse x;
	(void)ev;
	TRY(dispatch_nonuse_init(c, 0, &x));
	x.reasons = "links|capacity";
	x.comment = "地域の専門職とのつながりがまだ少なく、事例検討会の準備の時間もとりにくい。";
	x.plans_joint = "yes";
	x.plans_use = "yes";
	x.contact_due_on = d->today + 10;
	return dispatch_nonuse_save(c, &x, NULL);
}

static err quarter_effect(struct demo *d, struct ctx *c, struct demo_event *ev)
{
	struct t_dispatch_effect e;
	bool found;
	civil last = civil_add_months(c->today, -3);
	(void)d;
	TRY(dispatch_effect_get(c, "", last, &e, &found));
	e.quarter_on = last;
	e.rating = ev->n ? "good" : "very";
	e.aspects = "care_management|assessment";
	return dispatch_effect_save(c, "", &e, NULL);
}

/* By the account at its work that many days ago, some hours after nine; the order within an hour is that of planning. */
static void plan_at(struct demo *d, const char *login, int days, size_t n, int hours, err (*run)(struct demo *d, struct ctx *c, struct demo_event *e))
{
	civil day = demo_weekday(d->today - days);
	if (days >= 0 && day <= d->today)
		demo_plan(d, civil_instant_start(day) + ((9 + hours) * 60 + (int64_t)n) * 60000, demo_who(d, login), NULL, run)->n = (int)n;
}

static void plan(struct demo *d, const char *login, int days, size_t n, err (*run)(struct demo *d, struct ctx *c, struct demo_event *e)) { plan_at(d, login, days, n, 0, run); }

void demo_plan_dispatches(struct demo *d)
{
	plan(d, "city", 420, 0, programme);
	plan(d, "pt1", 410, 0, therapists);
	for (size_t i = 0; i < N(JOINTS); i++)
		plan(d, JOINTS[i].login, JOINTS[i].days, i, joint);
	for (size_t i = 0; i < N(CHAINS); i++) {
		const struct chain *x = &CHAINS[i];
		plan(d, x->login, x->days, i, ask);
		if (x->upto == ANSWERED)
			plan(d, "city", x->days - 4, i, answer);
		if (x->upto >= OFFERED && x->upto != CALLED_OFF)
			plan(d, "city", x->days - 1, i, offer);
		if (x->upto >= DECLINED && x->upto != CALLED_OFF)
			plan_at(d, "pt1", x->days - 1, i, 5, answer_offer);
		if (x->upto >= HELD && x->upto <= DONE)
			plan(d, x->login, x->days - HOLD_AFTER, i, hold);
		if (x->upto >= REPORTED && x->upto <= DONE) {
			plan(d, "pt1", x->days - HOLD_AFTER - 3, i, report);
			plan(d, x->login, x->days - HOLD_AFTER - 7, i, effect);
		}
		if (x->upto == DONE)
			plan(d, x->login, x->days - 90, i, follow);
	}
	plan(d, "head", 150, 0, example);
	plan(d, "city", 140, 0, release);
	plan(d, "head3", 45, 0, no_joint_work);
	plan(d, "head", 7, 0, quarter_effect);
	plan(d, "head2", 7, 1, quarter_effect);
}
