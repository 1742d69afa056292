/* Stays in hospital and information to doctors of the demo, in every state: told within three days, late, not yet; the hospital heard,
 * discharged; letters received and not passed on, sent with a consent, answered, judged not needed. All texts are invented. */
#include "access/policy.h"
#include "base/str.h"
#include "care/doctor_info.h"
#include "care/hospital_paper.h"
#include "main/demo_acts.h"

#include <stdio.h>
#include <string.h>

static int mix(const struct demo_person *p, int salt, int n)
{
	uint64_t z = (uint64_t)(uint32_t)p->birth_on * 0x8CB92BA72F3D8DD7u + (uint64_t)(p->block * 1061 + p->house * 43 + salt * 3571 + p->sex);
	z = (z ^ z >> 32) * 0xD6E8FEB86659FD93u;
	return (int)((z ^ z >> 32) % (uint64_t)n);
}

struct pair {
	const char *path, *text;
};
static err put(struct answers *as, const struct pair *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		TRY(answers_set(as, v[i].path, v[i].text));
	return OK;
}
#define PUT(as, v) put(as, v, sizeof v / sizeof v[0])

static const struct { const char *reason, *barrier, *need; } ILLS[] = {
	{"右大腿骨頸部骨折（自宅の廊下で転倒）", "玄関の段差と、浴槽のまたぎ", "手すりの取り付け、入浴の見守り、外出の付き添い"},
	{"誤嚥性肺炎", "むせやすく、食事に時間がかかる", "食形態の調整、口腔ケアの継続、訪問看護による観察"},
	{"慢性心不全の悪化", "息切れのため家事を続けにくい", "毎朝の体重測定、塩分の管理、家事の手伝い"},
	{"脱水症", "水分をとる習慣がない。日中ひとりになる", "水分をすすめる声かけ、昼食の確保"},
};
#define ILL(p) ILLS[mix(p, 1, 4)]

static err admit(struct demo *d, struct ctx *c, struct demo_person *p)
{
	struct t_hospital_stay r;
	hospital_init(c, &r);
	r.admitted_on = c->today;
	r.admitted_time = mix(p, 2, 3) ? "10:40" : "18:20";
	r.after_hours = str_eq(r.admitted_time, "18:20");
	r.ward = mix(p, 3, 2) ? "3階東" : "5階南 502";
	r.reason = ILL(p).reason;
	r.discharge_planned_on = c->today + 21;
	TRY(hospital_save(c, p->pid, &r, d->place[mix(p, 4, 3) ? PLACE_HOSPITAL1 : PLACE_HOSPITAL2].pid, NULL));
	snprintf(p->stay_pid, PID_TEXT, "%s", r.pid);
	return OK;
}

/* 入院時情報提供書 goes to the hospital. */
static err tell(struct ctx *c, struct demo_person *p)
{
	static const struct pair said[] = {
		{"hospital_staff", "地域連携室 山口"}, {"house_kind", "house"}, {"house_floors", "2"}, {"house_floor", "1"}, {"house_lift", "no"}, {"house_note", "玄関に20センチの段差がある。廊下に手すりあり。"},
		{"cert_apply", "none"}, {"rank_by", "cm"}, {"handicap", "no"}, {"pension", "kokumin"}, {"day_alone", "1"}, {"interest", "庭の手入れ、友人との電話"},
		{"life_history", "市内の工場に定年まで勤めた。町内会の世話役を長くつとめた。"}, {"enclosed", "plan"}, {"home_need", "家の中を一人で歩けること、入浴の見守り"},
		{"care_for_house", "no"}, {"after_carer", "same"}, {"care_power", "part"}, {"view_note", "緊張すると血圧が上がりやすい。ゆっくり話すと落ち着いて答えられる。"},
		{"conf_inside", "1"}, {"conf_before", "1"}, {"conf_wish", "退院の前に、家の段差について話し合いたい。"}, {"conf_visit", "1"},
		{"paralysis", "no"}, {"decubitus", "no"}, {"adl_move", "watch"}, {"move_in", "stick"}, {"move_out", "walker"}, {"adl_transfer", "self"}, {"adl_dress", "self"},
		{"adl_rise", "self"}, {"adl_groom", "self"}, {"adl_bath", "part"}, {"adl_eat", "self"}, {"meal_times", "朝7時・昼12時・夜18時"}, {"meal_limit", "yes"}, {"meal_limit_note", "塩分を控える"},
		{"meal_form", "normal"}, {"meal_way", "oral"}, {"thick", "no"}, {"water_limit", "no"}, {"swallow", "sometimes"}, {"denture", "yes"}, {"denture_kind", "part"},
		{"oral_clean", "good"}, {"breath", "no"}, {"urine", "self"}, {"stool", "self"}, {"portable", "night"}, {"diaper", "no"}, {"sleep", "bad"}, {"sleep_note", "夜中に2回目が覚める"},
		{"sleep_drug", "no"}, {"smoke", "no"}, {"drink", "no"}, {"sight", "some"}, {"glasses", "yes"}, {"hearing", "ok"}, {"hearing_aid", "no"}, {"speech", "ok"}, {"understand", "ok"},
		{"mental", "none"}, {"history", "fracture"}, {"stay_half", "no"}, {"stay_often", "seldom"}, {"procedure", "none"}, {"drug", "yes"}, {"drug_note", "血圧の薬、骨の薬（お薬手帳の写しを添付）"},
		{"drug_guide", "no"}, {"drug_keep", "self"}, {"drug_keep_by", "一包化、カレンダーで確認"}, {"drug_take", "some"}, {"doc_way", "go"}, {"doc_freq", "1"},
	};
	struct hospital_paper n;
	struct hospital_view v;
	const char *pid, *issued;
	TRY(hospital_paper_new(c, HOSPITAL_INFO, p->stay_pid, &n));
	TRY(PUT(n.fill.as, said));
	TRY(answers_set(n.fill.as, "given_date", demo_iso(c, c->today)));
	TRY(answers_set(n.fill.as, "household", p->alone ? "alone" : p->spouse ? "aged" : "child"));
	TRY(answers_set(n.fill.as, "after_household", p->alone ? "alone" : p->spouse ? "aged" : "child"));
	TRY(hospital_paper_save(c, &n, 0, n.fill.as, &pid, NULL));
	TRY(hospital_paper_get(c, HOSPITAL_INFO, pid, &n));
	TRY(hospital_paper_issue(c, &n, &issued));
	TRY(hospital_get(c, p->stay_pid, &v));
	v.row.told_on = c->today;
	v.row.told_time = "13:30";
	v.row.told_how = mix(p, 5, 2) ? "visit" : "fax";
	v.row.told_to = "地域連携室 山口";
	return hospital_save(c, p->pid, &v.row, v.hospital_org_pid, NULL);
}

/* What the hospital said: once by word, once in the conference before the discharge. */
static err hear(struct ctx *c, struct demo_person *p)
{
	static const struct pair said[] = {
		{"level_state", "none"}, {"doc_office", "青葉町内科クリニック"}, {"doc_way", "go"}, {"disease_2", "高血圧症"}, {"stable", "1,2"}, {"move", "walker"}, {"toilet", "toilet,portable"},
		{"bath", "shower"}, {"meal", "normal"}, {"swallow", "sometimes"}, {"denture", "part"}, {"denture_used", "yes"}, {"oral_clean", "good"}, {"oral_care", "self"}, {"sleep", "good"},
		{"sleep_drug", "no"}, {"mental", "decline"}, {"told_disease", "yes"}, {"accept_person", "歩けるようになってきたので、家に帰れると思っている。"},
		{"wish_person", "早く家に帰り、庭の手入れをしたい。"}, {"accept_family", "また転ぶのではないかと心配している。"}, {"wish_family", "手すりを付け、日中の見守りがあれば迎えられる。"},
		{"procedure", "none"}, {"nursing", "bp,drug"}, {"rehab", "muscle,balance,adl"}, {"forbidden", "yes"}, {"forbidden_note", "深くしゃがむ動作を避ける。"},
		{"prognosis", "室内は歩行器で自立、屋外は見守りが続く見込み。"}, {"eol", "no"},
		{"hearing.0.by", "病棟看護師 山野"}, {"hearing.0.conference", "no"}, {"hearing.1.by", "主治医 青山、理学療法士"}, {"hearing.1.conference", "yes"},
	};
	struct hospital_paper n;
	const char *pid;
	TRY(hospital_paper_new(c, HOSPITAL_RECORD, p->stay_pid, &n));
	TRY(PUT(n.fill.as, said));
	TRY(answers_set(n.fill.as, "disease_1", ILL(p).reason));
	TRY(answers_set(n.fill.as, "barrier", ILL(p).barrier));
	TRY(answers_set(n.fill.as, "home_need", ILL(p).need));
	TRY(answers_set(n.fill.as, "hearing.0.on", demo_iso(c, c->today - 4)));
	TRY(answers_set(n.fill.as, "hearing.1.on", demo_iso(c, c->today)));
	return hospital_paper_save(c, &n, 0, n.fill.as, &pid, NULL);
}

static err leave(struct ctx *c, struct demo_person *p)
{
	struct hospital_view v;
	TRY(hospital_get(c, p->stay_pid, &v));
	v.row.discharged_on = c->today;
	v.row.note = "自宅に退院した。翌日から訪問のサービスを再開する。";
	return hospital_save(c, p->pid, &v.row, v.hospital_org_pid, NULL);
}

/* n: 0 admitted, 1 the hospital is told, 2 the hospital heard, 3 discharged */
err demo_act_stay(struct demo *d, struct ctx *c, struct demo_event *e)
{
	struct demo_person *p = e->person;
	if (!*p->case_pid || (e->n > 0 && !*p->stay_pid))
		return OK;
	demo_as(d, c, p->case_login);
	if (policy_check(c, p->id, CLASS_MEDICAL, ACTION_WRITE) != OK)
		return OK;
	return e->n == 0 ? admit(d, c, p) : e->n == 1 ? tell(c, p) : e->n == 2 ? hear(c, p) : leave(c, p);
}

/* --- information to doctors --- */

struct news {
	const char *topic, *item, *text, *from, *kind, *office, *question;
	enum demo_place to;
};
static const struct news NEWS[] = {
	{"medication", "medication", "朝の薬の飲み忘れが週に2回ほどある。残った薬が10日分見つかった。", "訪問介護ひだまり", "doctor", "青葉町内科クリニック", "一包化や、飲む回数を減らすことはできますか。", PLACE_CLINIC1},
	{"oral", "oral", "入れ歯が合わず、固いものを残す。食事の量が減っている。", "デイサービスあおば", "dentist", "はまの歯科医院", "入れ歯の調整をお願いできますか。", PLACE_NOWHERE},
	{"medication", "medication", "湿布と飲み薬の痛み止めを両方使っている。胃が痛むことがある。", "訪問看護ステーションつなぎ", "pharmacist", "かわら薬局", "重なりがないか見ていただけますか。", PLACE_PHARMACY},
	{"condition", "condition", "ひと月で体重が2キロ減った。夕方に足のむくみがある。", "デイサービス桜の丘", "doctor", "大橋整形外科", "受診を早めたほうがよいでしょうか。", PLACE_CLINIC2},
};

/* A third waits, one is judged not needed, the others are sent; half of these have a reply. */
static err pass_on(struct ctx *c, const struct demo_person *p, const char *pid)
{
	struct doctor_info d;
	const char *issued;
	TRY(doctor_info_send(c, pid, c->today, mix(p, 11, 2) ? "fax" : "visit", &issued));
	if (mix(p, 12, 2))
		return OK;
	TRY(doctor_info_get(c, pid, &d));
	TRY(answers_set(d.fill.as, "reply", "次の受診のときに確かめ、処方を見直します。変わったことがあれば早めに知らせてください。"));
	TRY(answers_set(d.fill.as, "replied_date", demo_iso(c, c->today)));
	TRY(answers_set(d.fill.as, "replied_by", "青山"));
	return doctor_info_save(c, &d, &(struct doctor_info_input){.typed = d.fill.as, .to_kind = d.row.to_kind, .to_org_pid = d.to_org_pid, .from_office = d.row.from_office,
		.consent_how = d.row.consent_how, .consent_topic = d.row.consent_topic, .received_on = d.row.received_on, .version = d.row.version}, NULL);
}

err demo_act_letter(struct demo *d, struct ctx *c, struct demo_event *e)
{
	struct demo_person *p = e->person;
	struct doctor_info i;
	if (!*p->case_pid)
		return OK;
	demo_as(d, c, p->case_login);
	if (policy_check(c, p->id, CLASS_MEDICAL, ACTION_WRITE) != OK)
		return OK;
	TRY(doctor_info_new(c, p->pid, &i));
	const struct news *n = &NEWS[e->m % (int)(sizeof NEWS / sizeof NEWS[0])];
	bool waits = e->n % 3 == 0, agreed = !waits;
	const struct pair said[] = {{"to_office", n->office}, {"to_name", "青山"}, {"topic", n->topic}, {n->item, n->text}, {"observed", n->from},
		{"life", "週に2回の通所と訪問の支援を使い、家で暮らしている。"}, {"question", n->question}, {"answer_wanted", "1"}, {"due_date", demo_iso(c, c->today + 14)}, {"reply_by", "fax,tel"}};
	TRY(PUT(i.fill.as, said));
	if (agreed) {
		TRY(answers_set(i.fill.as, "consent_date", demo_iso(c, c->today)));
		TRY(answers_set(i.fill.as, "consent_by", "本人"));
	}
	TRY(doctor_info_save(c, &i, &(struct doctor_info_input){.typed = i.fill.as, .to_kind = n->kind, .to_org_pid = n->to == PLACE_NOWHERE ? "" : d->place[n->to].pid,
		.from_office = n->from, .consent_how = agreed ? "oral" : "", .consent_topic = agreed ? n->topic : "", .received_on = c->today, .version = 0}, NULL));
	if (waits)
		return OK;
	if (e->n % 7 == 1)
		return doctor_info_not_needed(c, i.row.pid, "前日の受診で、主治医がすでに把握していた。");
	return pass_on(c, p, i.row.pid);
}

/* --- plans --- */

static void plan_stay(struct demo *d, struct demo_person *p, civil day, int i)
{
	demo_plan(d, demo_instant(d, day), 0, p, demo_act_stay)->n = 0;
	day = demo_weekday(day);
	if (i % 6 == 5)
		return; /* nobody has told the hospital */
	civil told = demo_weekday(day + (i % 6 == 4 ? 6 : 1 + i % 2));
	demo_plan(d, demo_instant(d, told), 0, p, demo_act_stay)->n = 1;
	civil heard = demo_weekday(told + 9 + i % 5);
	demo_plan(d, demo_instant(d, heard), 0, p, demo_act_stay)->n = 2;
	demo_plan(d, demo_instant(d, heard + 3), 0, p, demo_act_stay)->n = 3;
}

/* Who has a plan: every fifth was or is in hospital, every fourth had something for the doctor. */
void demo_plan_hospital(struct demo *d)
{
	static const int ago[] = {0, 2, 5, 9, 14, 30, 75, 48, 120, 3, 20, 160};
	size_t n = d->n_events;
	int i = 0, k = 0;
	for (size_t x = 0; x < n; x++) {
		if (d->events[x].run != demo_act_plan)
			continue;
		struct demo_person *p = d->events[x].person;
		civil written = civil_of_instant(d->events[x].at_ms);
		if (d->today - written > 25 && mix(p, 20, 5) == 0 && p->end_on == CIVIL_NONE) {
			civil day = d->today - ago[i % (int)(sizeof ago / sizeof ago[0])];
			if (day > written + 20)
				plan_stay(d, p, day, i++);
		}
		if (d->today - written > 30 && mix(p, 21, 4) == 0) {
			civil day = d->today - 1 - mix(p, 22, d->today - written - 25 < 200 ? d->today - written - 25 : 200);
			struct demo_event *e = demo_plan(d, demo_instant(d, day), 0, p, demo_act_letter);
			e->n = e->m = k++;
		}
	}
}
