/* リハビリ of the demo: for some people of a care manager a goal with an end, one without either, a conference before the end, the information
 * in five items, two ADL/IADL evaluations and the interests then and now. All texts are invented. Runs once after the year. */
#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "care/interest.h"
#include "care/rehab_people.h"
#include "care/rehab_info.h"
#include "care/rehab_meeting.h"
#include "exchange/transfer.h"
#include "form/answer.h"
#include "main/demo_acts.h"

enum { PEOPLE = 4 };

static err measured(struct ctx *c, const char *person, const char *form, civil on, int low)
{
	const struct form_def *def = form_find(c->house->forms, form, on);
	const char *pid;
	if (!def)
		return ERR_FORM_DATE;
	struct answers *as = answers_new(c->arena, def);
	TRY(answers_set_date(as, "done_on", on));
	for (size_t i = 0, k = 0; i < def->n_items; i++) {
		const struct form_item *it = &def->items[i];
		if (it->type != ITEM_CODE || str_blank(it->no))
			continue;
		TRY(answers_set_code(as, it->path, (int)(k++ % 3) < low ? "1" : "2"));
	}
	return response_save(c, &(struct response_input){.person_pid = person, .form_id = form, .answers = as}, &pid, NULL);
}

/* Four months ago, and now: cooking and the talk with friends have become a part of the days. */
static err interests(struct ctx *c, const char *person, civil on, bool now)
{
	static const struct {
		const char *item, *then, *now;
	} marks[] = {{"toilet", "doing", "doing"}, {"clothes", "doing", "doing"}, {"eating", "doing", "doing"}, {"cooking", "want_to_try", "doing"}, {"shopping", "want_to_try", "want_to_try"},
		{"gardening", "interested", "want_to_try"}, {"talking", "interested", "doing"}, {"driving", "doing", ""}, {"singing", "want_to_try", "want_to_try"}, {"exercise", "", "want_to_try"},
		{"reading", "doing", "doing"}, {"traveling", "interested", "interested"}, {"other01", "want_to_try", "want_to_try"}};
	const struct form_def *def = form_find(c->house->forms, INTEREST_FORM, on);
	const char *pid;
	if (!def)
		return ERR_FORM_DATE;
	struct answers *as = answers_new(c->arena, def);
	TRY(response_prefill(c, person, def, as));
	TRY(answers_set_date(as, "done_on", on));
	TRY(answers_set_code(as, "filled_by", now ? "self" : "asked"));
	TRY(answers_set_text(as, "recorder_job", now ? "" : "理学療法士"));
	TRY(answers_set_text(as, "other01_name", "孫と公園で遊ぶ"));
	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
		if (*(now ? marks[i].now : marks[i].then))
			TRY(answers_set(as, marks[i].item, now ? marks[i].now : marks[i].then));
	return response_save(c, &(struct response_input){.person_pid = person, .form_id = INTEREST_FORM, .answers = as}, &pid, NULL);
}

/* The care manager of the list stands in the register. */
static err from_register(struct ctx *c, const struct t_rehab_meeting *m, struct t_rehab_meeting_member *x)
{
	struct rehab_candidate *v;
	size_t n;
	TRY(rehab_people(c, m, NULL, 0, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (v[i].staff_id != INT_NULL && v[i].staff_id == c->actor.staff_id)
			return rehab_people_pick(c, v, n, v[i].key, NULL, 0, x);
	return OK;
}

static err conference(struct ctx *c, const char *person, const char *goal, bool closed)
{
	struct t_rehab_meeting m;
	static const char *const who[][4] = {{"self", "", "", "came"}, {"pt", "森 大輔", "見本訪問リハビリ", "came"}, {"care_manager", "見本 ケアマネ", "", "online"}, {"doctor", "見本 医師", "見本内科", "absent"},
		{"next_place", "北町体操の会 世話人", "", "came"}};
	enum { N = sizeof who / sizeof who[0] };
	struct t_rehab_meeting_member rows[N];
	struct child_edit edits[N];
	TRY(rehab_meeting_init(c, person, goal, closed ? "end" : "review", &m));
	m.held_on = c->today - 9;
	m.held_from = "14:00";
	m.held_to = "14:40";
	m.place = "自宅";
	m.policy = "近くの店まで歩けることを保ち、リハビリのあとは体操の会に通う。";
	m.content = "屋外の歩行と、段差の上り下りの練習。";
	m.coordination = "通所介護でも同じ歩き方で歩く。";
	m.next_plan = "3か月後に、歩く距離を確かめる。";
	m.next_places = closed ? "kayoi" : "";
	m.next_note = closed ? "北町体操の会" : "";
	m.handover = closed ? "体操の会への参加を計画に入れる。" : "";
	for (size_t i = 0; i < N; i++) {
		row_init(&T_rehab_meeting_member, &rows[i]);
		rows[i].no = (int64_t)i + 1;
		rows[i].role = who[i][0];
		rows[i].name = who[i][1];
		rows[i].org_name = who[i][2];
		rows[i].attend = who[i][3];
		rows[i].absent_reason = str_eq(who[i][3], "absent") ? "診療のため" : "";
		if (str_eq(who[i][0], "care_manager"))
			TRY(from_register(c, &m, &rows[i]));
		edits[i] = (struct child_edit){&rows[i], str_eq(who[i][0], "next_place") && !closed};
	}
	TRY(rehab_meeting_save(c, person, &m, edits, N, NULL, NULL));
	return closed ? rehab_meeting_close(c, m.pid) : OK;
}

static err information(struct ctx *c, const char *person, const char *goal, bool sent)
{
	struct t_rehab_info i;
	TRY(rehab_info_init(c, person, goal, &i));
	i.made_on = c->today - 5;
	i.author = "森 大輔（理学療法士）";
	i.wishes = "孫と近くの公園まで歩きたい。体操の会に行ってみたい。";
	i.abilities = "室内は伝い歩きで自立。屋外は杖で200メートル。あと2か月で500メートルの見込み。";
	i.care_ways = "立ち上がりは手を引かず、手すりを使うのを待つ。";
	i.surroundings = "玄関の段差に台を置いた。";
	TRY(rehab_info_save(c, person, &i, NULL));
	return sent ? rehab_info_send(c, i.pid, true) : OK;
}

/* n: 0 everything, 1 a review and a draft of the information, 2 a goal without an end, 3 without either */
static err one(struct ctx *c, const struct demo_person *p, int n)
{
	struct t_rehab_goal g;
	TRY(rehab_goal_init(c, p->pid, "", &g));
	g.type_code = n % 2 ? "16" : "14";
	g.provider = n % 2 ? "見本通所リハビリ" : "見本訪問リハビリ";
	g.started_on = civil_add_months(c->today, n == 3 ? -14 : -5);
	g.set_on = c->today - 140;
	g.goal = n == 3 ? "" : "近くの店まで一人で買い物に行く";
	g.end_on = n < 2 ? civil_add_months(c->today, n ? 4 : 1) - 5 : CIVIL_NONE;
	TRY(rehab_goal_save(c, p->pid, &g, NULL));
	if (n > 1)
		return OK;
	TRY(measured(c, p->pid, "barthel", c->today - 130, 2));
	TRY(measured(c, p->pid, "barthel", c->today - 12, 1));
	TRY(measured(c, p->pid, "fai", c->today - 12, 1));
	TRY(interests(c, p->pid, c->today - 120, false));
	TRY(interests(c, p->pid, c->today - 8, true));
	TRY(conference(c, p->pid, g.pid, !n));
	return information(c, p->pid, g.pid, !n);
}

/* The first people of the shown care manager, then of anybody. */
static err all(struct ctx *c, void *arg)
{
	struct demo *d = arg;
	int n = 0;
	for (int shown = 1; shown >= 0; shown--)
		for (size_t k = 0; k < d->n_people && n < PEOPLE; k++) {
			const struct demo_person *p = &d->people[k];
			if (!*p->case_pid || p->end_on != CIVIL_NONE || str_eq(d->login[p->case_login].login, "cm1") != (shown == 1))
				continue;
			demo_as(d, c, p->case_login);
			TRY(one(c, p, n++));
		}
	return OK;
}

err demo_make_rehab(struct demo *d, struct ctx *c) { return demo_as_others(d, c, all, d); }
