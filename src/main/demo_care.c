/* Checklists, routings and 利用者基本情報 of the demo. */
#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "care/basic_info.h"
#include "care/illness.h"
#include "care/intake.h"
#include "care/routing.h"
#include "main/demo_acts.h"
#include "register/certification.h"
#include "register/task.h"

#include <stdio.h>
#include <string.h>

#define CHECKLIST "kihon-checklist"

static int mix(const struct demo_person *p, int salt, int n)
{
	uint64_t z = (uint64_t)(uint32_t)p->birth_on * 0xD6E8FEB86659FD93u + (uint64_t)(p->block * 757 + p->house * 131 + salt * 6151 + p->sex);
	z = (z ^ z >> 32) * 0xD6E8FEB86659FD93u;
	return (int)((z ^ z >> 32) % (uint64_t)n);
}

static bool certified_on(const struct demo_person *p, civil day)
{
	for (size_t i = 0; i < p->n_certs; i++)
		if (p->cert[i].applied_on <= day && p->cert[i].to_on >= day)
			return true;
	return false;
}

/* --- plans --- */

static void plan_route(struct demo *d, struct demo_person *p, civil day, int who, struct demo_consult *from)
{
	struct demo_event *e = demo_plan(d, demo_instant(d, day), who, p, demo_act_route);
	e->consult = from;
	e->n = demo_below(d, 1000);
	if (day < d->today - 60 || demo_percent(d, 96))
		demo_plan(d, demo_instant(d, day + demo_between(d, 6, 22)), who, p, demo_act_settle);
	if (demo_percent(d, 45))
		demo_plan(d, demo_instant(d, day + demo_between(d, 2, 9)), who, p, demo_act_basic_info);
}

void demo_plan_check(struct demo *d, struct demo_person *p, civil day, int who, struct demo_consult *from)
{
	if (p->n_checks == DEMO_CHECKS || day <= p->known_on + 4 || civil_attain_age(p->birth_on, 65) > day)
		return;
	int slot = (int)p->n_checks++;
	bool blanks = demo_percent(d, 8);
	struct demo_event *e = demo_plan(d, demo_instant(d, day), who, p, demo_act_check);
	e->n = slot;
	e->m = blanks ? demo_between(d, 1, 4) : 0;
	e->consult = from;
	if (blanks && demo_percent(d, 80)) {
		day += demo_between(d, 4, 9);
		demo_plan(d, demo_instant(d, day), who, p, demo_act_recheck)->n = slot;
	}
	if (demo_percent(d, from ? 85 : 30))
		plan_route(d, p, day + demo_between(d, 1, 8), who, from);
}

void demo_plan_checklists(struct demo *d)
{
	size_t want = d->n_people * 45 / 100, have = 0;
	for (size_t i = 0; i < d->n_people; i++)
		have += d->people[i].n_checks;
	for (size_t tries = 0; have < want && tries < d->n_people * 20; tries++) {
		struct demo_person *p = &d->people[demo_below(d, (int)d->n_people)];
		civil day = p->known_on + demo_between(d, 6, 700);
		if (day >= d->today || certified_on(p, day) || p->n_checks || civil_age(p->birth_on, day) < 65)
			continue;
		int who = demo_who_zone(d, p->zone, demo_percent(d, 60) ? ROLE_CENTRE_NURSE : ROLE_CENTRE_CHIEF_CM);
		int again = demo_percent(d, 10) ? demo_between(d, 1, 3) : 0;
		for (int k = 0; k <= again && day < d->today; k++, day += demo_between(d, 150, 230))
			demo_plan_check(d, p, day, who, NULL);
		have += p->n_checks;
	}
	for (size_t i = 0; i < d->n_people; i++) {
		struct demo_person *p = &d->people[i];
		for (size_t k = 0; k < p->n_certs; k++) {
			civil at = p->cert[k].decided_on + 5;
			int who = demo_who_zone(d, p->zone, ROLE_CENTRE_CHIEF_CM);
			if (p->cert[k].applied_on > p->known_on + 10 && k == 0 && demo_percent(d, 45))
				plan_route(d, p, p->cert[k].applied_on - 3, who, NULL);
			if (at > p->known_on + 10 && p->cert[k].level[0] != 'n' && demo_percent(d, p->cert[k].level[0] == 's' ? 70 : 25))
				plan_route(d, p, at, who, NULL);
		}
	}
}

/* --- the checklist --- */

/* What is はい without a point: 1–8, 16 and 19. The others score with はい. */
static bool good_is_yes(int item) { return item <= 8 || item == 16 || item == 19; }

/* How likely a point is for each item at full frailty, per cent. */
static const int weight[26] = {0, 60, 70, 40, 45, 35, 75, 55, 70, 45, 80, 20, 0, 55, 40, 50, 25, 65, 35, 20, 45, 50, 40, 50, 35, 65};

static err answer_items(struct answers *as, const struct demo_person *p, int slot, int blanks)
{
	for (int i = 1; i <= 25; i++) {
		if (i == 12)
			continue;
		char id[8];
		snprintf(id, sizeof id, "kcl%02d", i);
		bool skip = false;
		for (int b = 0; b < blanks; b++)
			skip = skip || mix(p, 300 + slot * 10 + b, 24) + 1 == i;
		if (skip)
			continue;
		bool point = mix(p, 100 + i * 7 + slot, 100) * 100 < weight[i] * (p->frailty + slot * 6);
		TRY(answers_set_int(as, id, good_is_yes(i) ? !point : point));
	}
	int height = (p->sex == 1 ? 1560 : 1420) + mix(p, 400, 160), bmi10 = 175 + mix(p, 401, 100) - p->frailty / 5;
	char text[32];
	snprintf(text, sizeof text, "%d.%d", height / 10, height % 10);
	TRY(answers_set(as, "height_cm", text));
	int64_t kg10 = (int64_t)bmi10 * height * height / 10000000;
	snprintf(text, sizeof text, "%d.%d", (int)(kg10 / 10), (int)(kg10 % 10));
	return answers_set(as, "weight_kg", text);
}

err demo_act_check(struct demo *d, struct ctx *c, struct demo_event *e)
{
	(void)d;
	struct demo_person *p = e->person;
	const struct form_def *def = form_find(c->house->forms, CHECKLIST, c->today);
	if (!def)
		return ERR_FORM_UNKNOWN;
	struct answers *as = answers_new(c->arena, def);
	TRY(response_prefill(c, p->pid, def, as));
	TRY(answer_items(as, p, e->n, e->m));
	TRY(answers_set_code(as, "respondent", mix(p, 402, 6) ? "self" : "family"));
	if (!mix(p, 402, 6))
		TRY(answers_set_text(as, "respondent_relation", "長女"));
	bool named = e->consult && e->consult->person == p && *e->consult->pid && !e->consult->sample->guarded;
	const char *pid;
	TRY(response_save(c, &(struct response_input){.person_pid = p->pid, .form_id = CHECKLIST, .answers = as,
		.consult_pid = named ? e->consult->pid : NULL}, &pid, NULL));
	snprintf(p->check_pid[e->n], PID_TEXT, "%s", pid);
	return OK;
}

/* The blanks are asked for by telephone and filled in. */
err demo_act_recheck(struct demo *d, struct ctx *c, struct demo_event *e)
{
	(void)d;
	struct demo_person *p = e->person;
	struct response_view v;
	if (!*p->check_pid[e->n])
		return OK;
	TRY(response_get(c, p->check_pid[e->n], &v));
	TRY(answer_items(v.answers, p, e->n, 0));
	const char *pid;
	return response_save(c, &(struct response_input){.pid = v.pid, .version = v.version, .person_pid = p->pid, .form_id = CHECKLIST,
		.answers = v.answers}, &pid, NULL);
}

/* --- routing --- */

/* Who is eligible and begins care management becomes 事業対象者 from that day. */
static err make_target(struct ctx *c, struct demo_person *p, const struct routing_proposal *prop)
{
	struct response_view v;
	struct t_certification r;
	struct row_conflict *conflict = NULL;
	if (p->target || p->n_certs || !prop->response_pid || !*prop->response_pid)
		return OK;
	TRY(response_get(c, prop->response_pid, &v));
	certification_init(&r);
	r.person_id = p->id;
	r.status = "certified";
	r.apply_kind = "checklist";
	r.level = "target";
	r.applied_on = v.answered_on;
	r.decided_on = r.from_on = c->today;
	r.to_on = CIVIL_OPEN;
	r.insurer_no = DEMO_INSURER_NO;
	p->target = true;
	return certification_save(c, &r, &conflict);
}

err demo_act_route(struct demo *d, struct ctx *c, struct demo_event *e)
{
	struct demo_person *p = e->person;
	static const char *const wishes[] = {"service", "service", "service", "service", "general", "certification", "unsure"};
	static const char *const kinds[][2] = {{"designated", NULL}, {"short_term", NULL}, {"designated", "resident"}, {"other_service", NULL}, {"resident", NULL}};
	const char *const *chosen = kinds[e->n % 5];
	bool applies = p->n_certs && p->cert[0].applied_on > c->today;
	struct routing_answers a = {.wish = applies ? "certification" : wishes[e->n % 7], .needs_cert = "no", .tokutei = "yes",
		.use_benefit = e->n % 3 ? "yes" : "no", .services = chosen, .n_services = chosen[1] ? 2 : 1};
	struct routing_proposal prop;
	TRY(routing_propose(c, p->pid, &a, c->today, &prop));
	bool named = e->consult && e->consult->person == p && *e->consult->pid && !e->consult->sample->guarded;
	struct routing_input in = {.person_pid = p->pid, .consult_pid = named ? e->consult->pid : NULL, .answers = a};
	const char *route = prop.route;
	if (!route) {
		in.route = route = "consult";
		in.override_reason = "ご本人の気持ちが決まっていないため、相談を続けます。";
	}
	const char *pid;
	TRY(routing_save(c, &in, &pid));
	snprintf(p->routing_pid, PID_TEXT, "%s", pid);
	bool care = str_starts(route, "cm_") || str_eq(route, "yobo_shien");
	if (!care)
		return OK;
	if (str_starts(route, "cm_"))
		TRY(make_target(c, p, &prop));
	return demo_centre_charge(d, c, p);
}

err demo_act_settle(struct demo *d, struct ctx *c, struct demo_event *e)
{
	(void)d;
	struct demo_person *p = e->person;
	struct routing_view v;
	struct task_row *t;
	size_t n;
	if (!*p->routing_pid)
		return OK;
	TRY(routing_get(c, p->routing_pid, &v));
	for (size_t i = 0; i < v.n_handins; i++)
		if (v.handins[i].handed_on == CIVIL_NONE)
			TRY(routing_handin_done(c, p->routing_pid, v.handins[i].code, ""));
	struct task_filter f = TASK_OPEN();
	f.person_id = p->id;
	f.limit = 100;
	TRY(task_list(c, &f, &t, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(t[i].table_name, "routing"))
			TRY(task_done(c, t[i].pid, str_eq(t[i].kind, "visit") ? "ご自宅で面接しました。" : "済みました。"));
	return OK;
}

/* --- 利用者基本情報 --- */

static err set_text(struct answers *as, const char *item, const char *text)
{
	return answers_item(as, item) ? answers_set_text(as, item, text) : OK;
}

static err life_of(struct answers *as, const struct demo_person *p)
{
	static const char *const lives[] = {"つなぎ市で生まれ育ち、結婚後は夫婦で商店を営んだ。子育てを終えてからは地域の婦人会で長く活動した。",
		"県外で会社勤めをし、定年後につなぎ市に戻った。数年前まで畑仕事を続けていた。",
		"浜ノ町の漁師の家に育ち、市場で60歳まで働いた。孫の世話を楽しみにしてきた。"};
	static const char *const days[] = {"午前中は家の片づけと散歩、午後はテレビを見て過ごす。買い物は週2回。", "体操の会に週1回通う。ほかの日は庭の手入れをしている。",
		"外に出るのは通院のときだけで、日中は座って過ごすことが多い。"};
	static const char *const joys[] = {"園芸、川柳", "編み物、歌番組", "囲碁、野球観戦", "料理、友人とのお茶"};
	TRY(set_text(as, "life_history", lives[mix(p, 500, 3)]));
	TRY(set_text(as, "day_overview", days[mix(p, 501, 3)]));
	TRY(set_text(as, "hobby", joys[mix(p, 502, 4)]));
	TRY(set_text(as, "relation", mix(p, 503, 2) ? "隣の方と毎日あいさつをする。通いの場に友人がいる。" : "近所付き合いは減ったが、民生委員が月1回訪ねている。"));
	TRY(set_text(as, "family_note", p->alone ? "一人暮らし。子が週末に様子を見に来る。" : p->spouse ? "夫婦二人暮らし。互いに支え合っている。" : "子の家族と同居。日中は一人になる。"));
	TRY(set_text(as, "svc_informal", mix(p, 504, 2) ? "ごみ出しを近所の方が手伝っている。" : ""));
	TRY(answers_set_code(as, "housing_type", mix(p, 505, 4) ? "01" : "03"));
	TRY(answers_set_int(as, "room_floor", 1));
	TRY(answers_set_code(as, "home_modification", mix(p, 506, 3) ? "2" : "1"));
	return answers_set_int(as, mix(p, 507, 3) ? "econ_kokumin" : "econ_kosei", 1);
}

static err illnesses(struct ctx *c, const struct demo_person *p)
{
	static const struct {
		const char *disease, *doctor, *treatment;
	} ills[] = {{"高血圧症", "青葉町内科クリニック", "降圧薬の内服"}, {"変形性膝関節症", "大橋整形外科", "月1回の通院"},
		{"2型糖尿病", "青葉町内科クリニック", "食事療法と内服"}, {"腰部脊柱管狭窄症", "つなぎ市立病院", "経過観察"},
		{"もの忘れ（軽度認知障害）", "湊本町もの忘れ・心療クリニック", "3か月ごとの受診"}};
	int first = mix(p, 508, 5), n = 1 + mix(p, 509, 2);
	for (int i = 0; i < n; i++) {
		int k = (first + i) % 5;
		const char *pid;
		struct illness in = {.pid = "", .when_text = arena_fmt(c->arena, "令和%d年%d月", 2 + mix(p, 510 + i, 4), 1 + mix(p, 512 + i, 12)), .disease = ills[k].disease,
			.doctor = ills[k].doctor, .is_primary = i == 0 ? "1" : "2", .tel = "0000-00-2000", .course = "01", .treatment = ills[k].treatment};
		TRY(illness_save(c, p->pid, &in, &pid, NULL));
	}
	return OK;
}

err demo_act_basic_info(struct demo *d, struct ctx *c, struct demo_event *e)
{
	struct demo_person *p = e->person;
	struct basic_info_view v;
	struct basic_info_row *rows;
	size_t n;
	if (!p->has_charge) /* who is not in the centre's care has no 基本情報 there */
		return OK;
	TRY(basic_info_list(c, p->pid, &rows, &n));
	if (n && rows[0].consult_on > c->today - 200)
		return OK;
	TRY(basic_info_get(c, p->pid, "", &v));
	TRY(life_of(v.answers, p));
	TRY(answers_set_date(v.answers, "consult_date", c->today));
	TRY(answers_set_code(v.answers, "plan_kind", p->target ? "2" : "1"));
	TRY(answers_set_code(v.answers, "consignment", "1"));
	TRY(answers_set_text(v.answers, "author", d->login[e->who].name));
	TRY(answers_set_code(v.answers, "consult_method", mix(p, 514, 3) ? "01" : "02"));
	TRY(answers_set_code(v.answers, "consult_count", n ? "02" : "01"));
	TRY(answers_set_code(v.answers, "current_place", "01"));
	TRY(answers_set_date(v.answers, "consent_date", c->today));
	TRY(answers_set_text(v.answers, "consent_name", p->name));
	const char *pid;
	TRY(basic_info_save(c, &(struct basic_info_input){.person_pid = p->pid, .pid = "", .answers = v.answers}, &pid, NULL));
	return n ? OK : illnesses(c, p);
}
