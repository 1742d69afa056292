/* Plans of the demo: some days after an assessment, in every state: 原案, 説明済, 暫定, 同意済, 交付済, changed. All texts invented. */
#include "base/str.h"
#include "care/assess.h"
#include "care/plan_assist.h"
#include "care/plan_create.h"
#include "care/plan_deliver.h"
#include "care/plan_flow.h"
#include "main/demo_acts.h"

#include <stdio.h>

enum { START_DAYS = 10 };

static int mix(const struct demo_person *p, int salt, int n)
{
	uint64_t z = (uint64_t)(uint32_t)p->birth_on * 0xA24BAED4963EE407u + (uint64_t)(p->block * 911 + p->house * 127 + salt * 7919 + p->sex);
	z = (z ^ z >> 32) * 0x9FB21C651E98DF25u;
	return (int)((z ^ z >> 32) % (uint64_t)n);
}

struct offer {
	const char *need, *long_text, *short_text, *content, *type_code, *type, *days, *freq;
	int place, from, to; /* place -1: family or neighbours */
	const char *actor, *office;
};
static const struct offer OFFERS[] = {
	{"浴槽のまたぎが不安定で、転倒の心配がある", "安心して自宅で入浴できる", "見守りがあれば一人で湯船に入れる", "入浴の見守り、洗身の介助", "11", "訪問介護", "1001000", "",
		PLACE_HELP1, 600, 660, "formal", ""},
	{"外に出る機会が減り、足の力が落ちてきた", "近くの店まで歩いて買い物に行ける", "屋外を15分続けて歩ける", "歩行・体操などの機能訓練、送迎", "15", "通所介護", "0100100", "",
		PLACE_DAY1, 570, 960, "formal", ""},
	{"人と話す機会が減り、気分が沈みやすい", "週に1回は友人と過ごす", "通いの場に月2回参加する", "通いの場への声かけと付き添い", "", "地域の支え合い", "", "月2回",
		-1, 0, 0, "informal", "北町サロンの仲間"},
	{"薬の飲み忘れがあり、血圧が落ち着かない", "薬を忘れずに飲み、体調を保つ", "朝の薬を毎日飲む", "服薬の声かけ", "", "家族の支援", "1111111", "毎日",
		-1, 480, 490, "family", "長女"},
	{"重い物の買い物と掃除が負担になっている", "台所に立ち続け、自分で食事を用意する", "手伝いを得て掃除と買い物を続ける", "掃除・買い物をいっしょに行う", "11", "訪問介護", "0010000", "",
		PLACE_HELP2, 840, 900, "formal", ""},
};
enum { OFFERS_N = sizeof OFFERS / sizeof OFFERS[0] };

static void need_row(struct ctx *c, const struct demo_person *p, const struct offer *o, int no, const struct plan_tree *t, const struct demo_org *places,
                     struct plan_child *v)
{
	struct t_plan_need *need = ARENA_NEW(c->arena, struct t_plan_need);
	struct t_plan_goal *goal = ARENA_NEW(c->arena, struct t_plan_goal);
	struct t_plan_service *s = ARENA_NEW(c->arena, struct t_plan_service);
	bool home = str_eq(t->plan.kind, "home");
	row_init(&T_plan_need, need);
	row_init(&T_plan_goal, goal);
	row_init(&T_plan_service, s);
	need->no = no;
	need->text = o->need;
	need->whose = "person";
	goal->no = s->no = 1;
	if (home) {
		goal->long_text = o->long_text;
		goal->short_text = o->short_text;
		goal->long_from_on = goal->short_from_on = t->plan.from_on;
		goal->long_to_on = t->plan.to_on;
		goal->short_to_on = civil_add_months(t->plan.from_on, 3) - 1 < t->plan.to_on ? civil_add_months(t->plan.from_on, 3) - 1 : t->plan.to_on;
	} else {
		need->proposal = arena_fmt(c->arena, "%sことを目標に、体と暮らしの様子を見ながら少しずつ進める。", o->long_text);
		need->intent = mix(p, 30 + no, 2) ? "やってみたい。家族も手伝うと言っている。" : "無理のない範囲で続けたい。";
		need->goal = o->short_text;
		goal->point = "痛みや息切れがあるときは無理をしない。";
		goal->selfcare = "毎日、いすからの立ち座りを10回する。";
		goal->formal = *o->type_code ? o->content : "";
	}
	s->content = o->content;
	s->type_code = !home && str_eq(o->type_code, "11") ? "" : o->type_code;
	s->type = s->type_code == o->type_code ? o->type : str_eq(o->type_code, "11") ? "訪問型サービス" : o->type;
	s->actor = o->actor;
	s->office = o->office;
	s->days = o->days;
	s->freq = o->freq;
	if (o->place >= 0)
		s->org_id = places[o->place].id;
	if (o->to) {
		s->time_from = o->from;
		s->time_to = o->to;
	}
	s->covered = str_eq(o->actor, "formal") ? "Y" : "N";
	s->from_on = t->plan.from_on;
	s->to_on = t->plan.to_on;
	s->options_shown = str_eq(o->actor, "formal") ? 2 + mix(p, 40 + no, 3) : INT_NULL;
	s->choice_reason = str_eq(o->actor, "formal") ? "自宅から近く、本人が見学して選んだ。" : "";
	plan_service_complete(c, s);
	v[0] = (struct plan_child){.part = PLAN_NEED, .key = arena_fmt(c->arena, "n%d", no), .parent_key = "", .row = need};
	v[1] = (struct plan_child){.part = PLAN_GOAL, .key = arena_fmt(c->arena, "g%d", no), .parent_key = v[0].key, .row = goal};
	v[2] = (struct plan_child){.part = PLAN_SERVICE, .key = arena_fmt(c->arena, "s%d", no), .parent_key = v[1].key, .row = s};
}

static void head_texts(const struct demo_person *p, struct t_plan *h, civil today)
{
	if (h->from_on == CIVIL_NONE || h->from_on < today + START_DAYS) /* the services begin after the consent */
		h->from_on = h->cert_to_on != CIVIL_NONE && h->cert_to_on < today + 60 ? today : today + START_DAYS;
	civil year = civil_add_months(h->from_on, 6 + 6 * mix(p, 50, 2)) - 1;
	h->to_on = h->cert_to_on != CIVIL_NONE && h->cert_to_on < year ? h->cert_to_on : year;
	h->overall_policy = "できることを続けながら、転倒と閉じこもりを防ぎ、住み慣れた家での暮らしを続けられるように、家族・地域・事業所で支える。";
	if (str_eq(h->kind, "home")) {
		if (str_blank(h->wish_person))
			h->wish_person = "この家で暮らし続けたい。人の手を借りすぎず、自分でできることはしたい。";
		h->wish_family = p->alone ? "一人のときに転ばないか心配。" : "介護と仕事を両立できるようにしたい。";
		h->analysis = "下肢の力と持久力の低下により外出と入浴に不安がある。意欲は保たれており、運動の機会と見守りがあれば改善が見込める。";
		h->committee_opinion = "なし";
		h->emergency_policy = "体調が急に変わったときは、主治医と長女に連絡する。";
	} else {
		h->goal_day = "午前中に10分歩く。";
		h->goal_year = "友人と花見に出かける。";
		h->health_notice = "血圧は落ち着いている。膝の痛みが強い日は運動を控える。";
	}
}

err demo_write_plan(struct demo *d, struct ctx *c, const struct demo_person *p, const char *pid)
{
	struct plan_tree t;
	TRY(plan_get(c, pid, &t));
	struct t_plan head = t.plan;
	head_texts(p, &head, c->today);
	t.plan.from_on = head.from_on;
	t.plan.to_on = head.to_on;
	struct plan_child v[3 * OFFERS_N + 40];
	size_t n = 0;
	int first = mix(p, 60, OFFERS_N), wanted = 2 + mix(p, 61, 2);
	for (size_t i = 0; i < t.n_needs; i++) /* needs proposed by the assessment: the demo writes its own chain instead */
		v[n++] = (struct plan_child){.part = PLAN_NEED, .key = t.needs[i].pid, .parent_key = "", .row = &t.needs[i], .gone = true};
	for (int k = 0; k < wanted; k++, n += 3)
		need_row(c, p, &OFFERS[(first + k) % OFFERS_N], k + 1, &t, d->place, &v[n]);
	struct plan_conflicts conflicts;
	TRY(plan_save(c, &(struct plan_edit){.pid = pid, .head = &head, .children = v, .n_children = n}, NULL, &conflicts));
	if (!str_eq(head.kind, "home"))
		return OK;
	struct plan_slot_new *slots;
	size_t n_slots;
	TRY(plan_get(c, pid, &t));
	TRY(plan_week_missing(c, &t, &slots, &n_slots));
	for (size_t i = 0; i < n_slots && i < 3 * OFFERS_N; i++)
		v[i] = (struct plan_child){.part = PLAN_SLOT, .key = arena_fmt(c->arena, "w%zu", i), .parent_key = slots[i].service_key, .row = &slots[i].row};
	return plan_save(c, &(struct plan_edit){.pid = pid, .children = v, .n_children = n_slots < 3 * OFFERS_N ? n_slots : 3 * OFFERS_N}, NULL, &conflicts);
}

err demo_hand_over(struct ctx *c, const char *pid, bool all)
{
	struct plan_tree t;
	TRY(plan_get(c, pid, &t));
	for (size_t i = 0; i < t.n_deliveries; i++) {
		if (!all && i > 0)
			break;
		struct plan_delivery_edit in = {.pid = t.deliveries[i].pid, .version = t.deliveries[i].version, .how = i ? "fax" : "hand", .sent_on = c->today,
			.received_on = i && !all ? CIVIL_NONE : c->today, .receipt_note = ""};
		TRY(plan_deliver(c, pid, &in, NULL));
	}
	return OK;
}

/* A meeting about the plan is called for the day of its consent. */
static civil agree_day(const struct demo_person *p, civil written) { return demo_weekday(written + 3 + mix(p, 81, 4)); }

/* Is a 原案 of the kind being written for the person? (A write that fails would undo the whole batch.) */
err demo_plan_open(struct ctx *c, const struct demo_person *p, const char *kind, bool *open)
{
	struct plan_row *v;
	size_t n;
	*open = false;
	TRY(plan_list(c, p->pid, kind, &v, &n));
	for (size_t i = 0; i < n; i++)
		*open = *open || str_eq(v[i].status, "draft") || str_eq(v[i].status, "explained");
	return OK;
}

/* The 原案, from the assessment; the meeting about it is called. */
err demo_act_plan(struct demo *d, struct ctx *c, struct demo_event *e)
{
	struct demo_person *p = e->person;
	struct assess_row *rows;
	size_t n;
	const char *pid, *assessment = "";
	*p->plan_pid = '\0';
	if (!*p->case_pid)
		return OK;
	demo_as(d, c, p->case_login);
	TRY(assess_list(c, p->pid, &rows, &n));
	for (size_t i = 0; i < n && !*assessment; i++)
		if (str_eq(rows[i].status, "confirmed"))
			assessment = rows[i].pid;
	if (!*assessment)
		return OK;
	const char *kind = p->office >= 0 ? "home" : "prevention";
	bool open;
	TRY(demo_plan_open(c, p, kind, &open));
	if (open)
		return OK;
	TRY(plan_create(c, p->case_pid, kind, assessment, &pid));
	TRY(demo_write_plan(d, c, p, pid));
	snprintf(p->plan_pid, PID_TEXT, "%s", pid);
	return demo_meeting_call(c, p, pid, agree_day(p, c->today));
}

static err consent(struct ctx *c, const struct demo_person *p, const char *pid, civil on)
{
	return plan_consent(c, pid, &(struct plan_consent_new){.explained_on = CIVIL_NONE, .told_benefit = true, .agreed_on = on, .agreed_by = "self",
		.agreed_name = p->name, .agreed_relation = "", .how = "sign", .electronic_ok_on = CIVIL_NONE, .signature = "", .note = "原本は支援ファイルに保管"});
}

err demo_agree_plan(struct ctx *c, const struct demo_person *p, const char *pid)
{
	TRY(plan_explain(c, pid, &(struct plan_explain){.on = c->today, .untouched_ok = true, .warnings_ok = true}));
	TRY(consent(c, p, pid, c->today));
	return demo_hand_over(c, pid, true);
}

/* m: days from the 原案 to today; the state a plan has reached follows from them. Some are left as they should not be: 暫定 over its
 * deadline, a consent older than the plan, a provider without its copy. */
err demo_act_agree(struct demo *d, struct ctx *c, struct demo_event *e)
{
	struct demo_person *p = e->person;
	int how = p->whole ? 6 : mix(p, 70, 10);
	if (!*p->plan_pid || !*p->case_pid)
		return OK;
	demo_as(d, c, p->case_login);
	TRY(demo_meeting_hold(c, p));
	if (e->m < 20 && how < 5)
		return OK; /* 原案 */
	if (e->m > 60 && how == 0 && mix(p, 71, 2))
		return plan_cancel(c, p->plan_pid, "本人が「しばらくは家族とやってみたい」と話し、サービスを始めないことになったため。");
	bool early = how == 9 && mix(p, 72, 2) == 0;
	civil on = early ? c->today - 12 : c->today;
	TRY(plan_explain(c, p->plan_pid, &(struct plan_explain){.on = on, .untouched_ok = true, .warnings_ok = true}));
	if (e->m < 20 && how < 7)
		return OK; /* 説明済 */
	if (how == 7 && (e->m < 40 || mix(p, 73, 2)))
		return plan_provisional(c, p->plan_pid, &(struct plan_provisional){.reason = "退院が急に決まり、認定の結果を待たずにサービスを始めるため。",
			.until = c->today + 30, .expected_level = "c1"});
	TRY(consent(c, p, p->plan_pid, on));
	return demo_hand_over(c, p->plan_pid, how != 8);
}

void demo_plan_plans(struct demo *d)
{
	size_t n = d->n_events; /* the assessments are planned; each may be followed by a plan */
	for (size_t i = 0; i < n; i++) {
		if (d->events[i].run != demo_act_assess)
			continue;
		struct demo_person *p = d->events[i].person;
		civil day = civil_of_instant(d->events[i].at_ms) + 2 + mix(p, 80, 6);
		if (day >= d->today)
			continue;
		int64_t at = demo_instant(d, day);
		int m = d->today - day;
		civil written = civil_of_instant(at);
		demo_plan(d, at, 0, p, demo_act_plan)->m = m;
		demo_plan(d, demo_instant(d, agree_day(p, written)), 0, p, demo_act_agree)->m = m;
	}
}
