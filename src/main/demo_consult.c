/* Two years of 総合相談: who calls when, what follows, and what is still open today. */
#include "access/policy.h"
#include "base/str.h"
#include "care/consult.h"
#include "main/demo_acts.h"

#include <stdio.h>
#include <string.h>

/* --- plans --- */

static bool certified_on(const struct demo_person *p, civil day)
{
	for (size_t i = 0; i < p->n_certs; i++)
		if (p->cert[i].decided_on <= day && p->cert[i].to_on >= day && p->cert[i].level[0] != 'n')
			return true;
	return false;
}

/* The texts name a father, a wife, somebody who turns 65: the person must be one. */
static bool fits(const struct demo_sample *s, const struct demo_person *p, civil day)
{
	int age = civil_age(p->birth_on, day);
	if (strstr(s->content, "65歳になる"))
		return age >= 60 && age < 65;
	if (age < 65 && !str_eq(s->level, "any"))
		return false;
	if ((strstr(s->content, "父") || strstr(s->content, "夫が") || strstr(s->content, "夫の")) && p->sex != 1)
		return false;
	if (str_eq(s->relation, "妻") && !p->spouse)
		return false;
	if (strstr(s->content, "母") && p->sex != 2)
		return false;
	if (strstr(s->content, "一人暮らし") && !p->alone)
		return false;
	bool heavy = certified_on(p, day);
	return str_eq(s->level, "any") || heavy == str_eq(s->level, "heavy");
}

static const struct demo_sample *draw_sample(struct demo *d)
{
	for (;;) {
		const struct demo_sample *s = &d->sample[demo_below(d, (int)d->n_samples)];
		if (!s->guarded || demo_percent(d, 22))
			return s;
	}
}

static bool draw(struct demo *d, struct demo_consult *k, struct demo_person *given, civil day)
{
	for (int i = 0; i < 300; i++) {
		const struct demo_sample *s = draw_sample(d);
		struct demo_person *p = given ? given : &d->people[demo_below(d, (int)d->n_people)];
		if ((!given && p->known_on >= day) || (p->end_on != CIVIL_NONE && p->end_on <= day + 20) || !fits(s, p, day))
			continue;
		k->sample = s;
		k->person = p;
		return true;
	}
	return false;
}

static int taker(struct demo *d, const struct demo_consult *k)
{
	int zone = k->person->zone, r = demo_below(d, 10);
	if (k->sample->guarded)
		return demo_who_zone(d, zone, r < 7 ? ROLE_CENTRE_SOCIAL : ROLE_CENTRE_HEAD);
	if ((k->person->town == 4 || k->person->town == 5) && r < 4)
		return demo_who(d, "branch");
	return demo_who_zone(d, zone, r < 4 ? ROLE_CENTRE_NURSE : r < 8 ? ROLE_CENTRE_SOCIAL : ROLE_CENTRE_CHIEF_CM);
}

static void plan_entries(struct demo *d, struct demo_consult *k, civil day)
{
	static const int how_many[] = {0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3};
	k->n_entries = how_many[demo_below(d, 12)];
	k->watching = k->n_entries > 0 && demo_percent(d, 7);
	if (k->watching)
		k->n_entries = k->n_entries < 3 ? 4 : 5;
	k->stays_open = day > d->today - 90 && k->n_entries == 0 && demo_percent(d, 7);
	for (int i = 0; i < k->n_entries; i++) {
		day = demo_weekday(day + (k->watching && i > 1 ? demo_between(d, 40, 75) : demo_between(d, 2, 14)));
		k->next_on[i] = day;
		if (day >= d->today - 11 && day < d->today && demo_percent(d, 22))
			return; /* somebody forgot: it stands in 今日の仕事 as overdue */
		struct demo_event *e = demo_plan(d, demo_instant(d, day), k->who, NULL, demo_act_entry);
		e->consult = k;
		e->n = i;
	}
}

static void plan_one(struct demo *d, struct demo_person *given, int64_t at_ms)
{
	struct demo_consult *k = ARENA_NEW(d->arena, struct demo_consult);
	civil day = civil_of_instant(at_ms);
	if (!draw(d, k, given, day))
		return;
	k->who = taker(d, k);
	struct demo_person *p = k->person;
	struct demo_event *e = demo_plan(d, at_ms, k->who, NULL, demo_act_call);
	e->consult = k;
	e->n = demo_below(d, 1000);
	if (!given && !k->sample->guarded && demo_percent(d, 3)) {
		k->person = NULL;
		if (demo_percent(d, 60)) {
			k->later = p;
			demo_plan(d, demo_instant(d, day + demo_between(d, 1, 12)), k->who, NULL, demo_act_link)->consult = k;
		}
	}
	plan_entries(d, k, day);
	bool asks = strstr(k->sample->responses, "checklist") || strstr(k->sample->next_action, "基本チェックリスト");
	if (k->person && d->login[k->who].role != ROLE_BRANCH && !certified_on(p, day + 15) && (asks || demo_percent(d, 6)))
		demo_plan_check(d, p, day + demo_between(d, 3, 12), k->who, k);
}

void demo_plan_consults(struct demo *d)
{
	size_t n = d->n_people * 3 / 2;
	/* Who came to be known by a call has that call. */
	for (size_t i = 0; i < d->n_people; i++)
		if (d->people[i].known_on > d->start_on + 30 && !d->people[i].by_city)
			plan_one(d, &d->people[i], d->people[i].known_ms + 600000);
	for (size_t i = 0; i < n; i++) {
		int64_t at = demo_instant(d, d->start_on + 32 + demo_below(d, d->today - d->start_on - 32));
		if (i % 150 == 0) /* a few of this very day */
			at = civil_instant_start(d->today) + (d->now_ms - civil_instant_start(d->today)) * demo_between(d, 60, 95) / 100;
		plan_one(d, NULL, at);
	}
}

/* --- acts --- */

static const char *const reasons[] = {"相談者が納得されたため", "サービスにつながったため", "情報提供で解決したため", "担当の介護支援専門員に引き継いだため"};
static const char *const labels[] = {"駅前の団地の80代くらいの女性", "商店街でよく見かける70代の男性", "名前を言わなかった高齢の女性", "川原町の橋のそばに住む男性",
	"バス停で困っていた杖の女性"};

static size_t split_codes(struct ctx *c, const char *text, const char *const **out)
{
	size_t n = 0;
	if (*text)
		*out = (const char *const *)str_split(c->arena, text, ',', &n);
	return n;
}

/* The state after the i-th contact (0: the call itself). */
static void step(struct ctx *c, const struct demo_consult *k, int i, const char **status, const char **action, const char **on, const char **why)
{
	*action = *on = *why = "";
	if (i < k->n_entries) {
		*status = k->watching && i > 0 ? "watching" : i == 0 ? "received" : "active";
		*action = i == 0 && *k->sample->next_action ? k->sample->next_action : k->watching && i > 0 ? "見守りの状況を確かめる" : "その後の様子を電話で確かめる";
		*on = demo_iso(c, k->next_on[i]);
		return;
	}
	*status = k->stays_open ? "active" : "closed";
	if (!k->stays_open)
		*why = reasons[(size_t)(k->next_on[0] + k->n_entries + k->who) % 4];
}

err demo_act_call(struct demo *d, struct ctx *c, struct demo_event *e)
{
	(void)d;
	struct demo_consult *k = e->consult;
	const struct demo_sample *s = k->sample;
	const struct demo_person *p = k->person;
	bool self = str_eq(s->source, "self"), family = str_eq(s->source, "family");
	struct consult_input in = {.person_pid = p ? p->pid : "", .person_label = p ? "" : labels[e->n % 5], .channel = s->channel, .source = s->source,
		.urgency = e->n % 31 == 0 ? "emergency" : s->guarded || e->n % 8 == 0 ? "soon" : "normal", .caller_relation = s->relation, .content = s->content,
		.wish = s->wish, .response_text = s->response, .minutes = arena_fmt(c->arena, "%d", 5 + e->n % 12 * 5), .assignee_pid = ""};
	if (p && self) {
		in.caller_name = p->name;
		in.caller_phone = p->phone;
	} else if (p && family) {
		in.caller_name = arena_fmt(c->arena, "%s さん", p->surname);
		in.caller_phone = arena_fmt(c->arena, "090-0000-%04d", e->n * 7 % 10000);
	}
	in.n_classes = split_codes(c, s->classes, &in.classes);
	in.n_responses = split_codes(c, s->responses, &in.responses);
	step(c, k, 0, &in.status, &in.next_action, &in.next_on, &in.close_reason);
	const char *pid;
	TRY(consult_save(c, &in, &pid, NULL));
	snprintf(k->pid, PID_TEXT, "%s", pid);
	return OK;
}

err demo_act_entry(struct demo *d, struct ctx *c, struct demo_event *e)
{
	(void)d;
	struct demo_consult *k = e->consult;
	struct consult_view v;
	static const char *const texts[] = {"電話で様子をうかがった。前より落ち着いて過ごされている。", "自宅を訪ねて話を聞いた。困りごとは減っているとのこと。",
		"家族と電話で話し、次の手続きを確かめた。", "関係機関に連絡し、分担を決めた。", "電話に出られず、留守番電話に伝言を残した。"};
	static const char *const channels[] = {"phone", "home_visit", "phone", "phone", "phone"};
	if (!*k->pid)
		return OK;
	TRY(consult_get(c, k->pid, &v));
	if (str_eq(v.status, "closed")) /* closed with the end of the person */
		return OK;
	int t = (int)((k->next_on[e->n] + k->who + e->n) % 5);
	bool last = e->n + 1 == k->n_entries;
	if (last && t == 4)
		t = 0;
	struct consult_entry_input in = {.consult_pid = k->pid, .channel = channels[t], .counterpart = t == 2 ? "家族" : t == 3 ? "関係機関" : "本人",
		.content = texts[t], .minutes = arena_fmt(c->arena, "%d", 10 + t * 5), .reached = t != 4, .consult_version = v.version};
	step(c, k, e->n + 1, &in.status, &in.next_action, &in.next_on, &in.close_reason);
	return consult_entry_add(c, &in);
}

err demo_act_link(struct demo *d, struct ctx *c, struct demo_event *e)
{
	(void)d;
	struct demo_consult *k = e->consult;
	if (!*k->pid || (k->later->end_on != CIVIL_NONE && k->later->end_on < c->today))
		return OK;
	TRY(consult_link_person(c, k->pid, k->later->pid, ""));
	k->person = k->later;
	return OK;
}
