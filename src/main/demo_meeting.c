/* サービス担当者会議 of the demo: called with the plan, held before its consent. Some members are absent and were asked by 照会, some have
 * not answered, one absence has no reason yet, and now and then the inquiry stands for the meeting. All texts are invented. */
#include "base/str.h"
#include "care/inquiry.h"
#include "main/demo_acts.h"

#include <stdio.h>
#include <string.h>

static int mix(const struct demo_person *p, int salt, int n)
{
	uint64_t z = (uint64_t)(uint32_t)p->birth_on * 0xD1B54A32D192ED03u + (uint64_t)(p->block * 977 + p->house * 71 + salt * 4211 + p->sex);
	z = (z ^ z >> 32) * 0xAEF17502108EF2D9u;
	return (int)((z ^ z >> 32) % (uint64_t)n);
}

/* How the meeting of a person goes. */
enum course { UNHELD, WITHOUT_REASON, UNANSWERED, ANSWERED_FAX, ANSWERED_PHONE, ONLINE, ALL_CAME };
static enum course course_of(const struct demo_person *p)
{
	static const enum course of[] = {UNHELD, WITHOUT_REASON, UNANSWERED, ANSWERED_FAX, ANSWERED_PHONE, ONLINE, ALL_CAME, ALL_CAME, ALL_CAME, ALL_CAME, ALL_CAME, ANSWERED_FAX};
	return p->whole ? ALL_CAME : of[mix(p, 1, sizeof of / sizeof of[0])];
}

static const char *const names[] = {"井口 美代", "大谷 修", "片桐 奈央", "久保 信也", "小松 理恵", "篠原 勇", "高木 佐和子", "千葉 隆文", "永井 瞳", "野沢 康平"};
static const char *const reasons[] = {"外来診療のため", "ほかの利用者の急な対応のため", "送迎の時間と重なるため"};

err demo_meeting_call(struct ctx *c, struct demo_person *p, const char *plan_pid, civil held_on)
{
	struct t_care_meeting r;
	*p->meeting_pid = '\0';
	TRY(meeting_init(c, p->pid, plan_pid, &r));
	if (str_blank(r.reason))
		r.reason = "renew";
	r.held_on = held_on;
	r.held_from = mix(p, 2, 2) ? "14:00" : "10:30";
	r.place = mix(p, 3, 4) ? "利用者宅" : "事業所の相談室";
	if (course_of(p) == UNHELD) {
		r.is_unheld = true;
		r.unheld_reason = "schedule";
		r.unheld_note = "担当者の都合が二週間のあいだ合わず、サービスの開始を遅らせないため。";
		r.held_from = r.place = "";
	}
	TRY(meeting_save(c, p->pid, &r, NULL));
	snprintf(p->meeting_pid, PID_TEXT, "%s", r.pid);
	return OK;
}

static void attendance(const struct demo_person *p, struct meeting_view *v, enum course how, size_t *absent)
{
	*absent = v->n_members;
	for (size_t i = 0; i < v->n_members; i++) {
		struct t_care_meeting_member *m = &v->members[i];
		bool family = str_eq(m->kind, "family"), doctor = str_eq(m->kind, "doctor");
		m->attend = "came";
		if (str_blank(m->name) && !doctor)
			m->name = str_eq(m->kind, "helper") ? "代表の方" : names[mix(p, 20 + (int)i, 10)];
		if (how == ONLINE && family)
			m->attend = "online";
		if (how < ONLINE && !family && *absent == v->n_members)
			*absent = i;
		if (doctor || i == *absent) {
			m->attend = "absent";
			m->absent_reason = doctor ? reasons[0] : how == WITHOUT_REASON ? "" : reasons[mix(p, 4, 3)];
		}
	}
}

static err ask(struct ctx *c, struct demo_person *p, const char *member_pid, enum course how)
{
	static const char *const answers[] = {"週1回から始め、慣れてから回数を増やすのがよいと思います。送迎は玄関まで伺います。",
		"入浴の前後に血圧を測ります。高いときは清拭に切りかえる対応でよいでしょうか。", "原案のとおりで異存ありません。初回は管理者が同行します。"};
	struct meeting_view v;
	struct t_care_inquiry q;
	const char *pid;
	TRY(inquiry_begin(c, p->meeting_pid, member_pid, &pid));
	TRY(inquiry_get(c, p->meeting_pid, pid, &v, &q));
	q.asked_on = v.row.called_on;
	q.due_on = v.row.held_on;
	q.how = how == ANSWERED_PHONE ? "phone" : "fax";
	q.client_label = "ご利用者様";
	if (str_blank(q.reason))
		q.reason = how == UNHELD ? v.row.unheld_note : "日程が合わないため";
	q.question = "計画の原案について、回数と内容に無理がないか、気をつけることがあれば教えてください。";
	q.plan_outline = "外に出る機会と入浴の安全を目標に、通所と訪問の支援を組み合わせます。";
	if (how != UNANSWERED && how != WITHOUT_REASON) {
		q.answer = answers[mix(p, 5, 3)];
		q.answered_on = c->today;
		q.answered_by = names[mix(p, 6, 10)];
	}
	return inquiry_save(c, p->meeting_pid, &q, NULL);
}

/* 「家族（長女）」 of the members → 長女; "" if no family is invited. */
static const char *family_of(struct ctx *c, const struct meeting_view *v)
{
	static const char head[] = "家族（", tail[] = "）";
	for (size_t i = 0; i < v->n_members; i++) {
		const char *role = v->members[i].org_role;
		if (str_eq(v->members[i].kind, "family") && str_starts(role, head) && strlen(role) > sizeof head + sizeof tail - 2)
			return arena_strn(c->arena, role + sizeof head - 1, strlen(role) - (sizeof head + sizeof tail - 2));
	}
	return "";
}

static void minutes(const struct demo_person *p, struct t_care_meeting *m, civil today, enum course how, const char *family)
{
	m->held_on = today;
	m->topics = "1 本人と家族の希望\n2 計画の原案（目標と支援の内容）\n3 転倒と急な体調の変化への備え";
	m->discussion = "本人から「この家で暮らし続けたい」との話があった。体の状態とこれまでの経過を共有し、原案の目標と回数を一つずつ確かめた。"
	                "入浴の前に体調を見ること、休む日の連絡のしかたを決めた。";
	m->conclusion = "原案のとおり始める。変わったことがあれば、介護支援専門員に連絡し、全員で共有する。";
	m->remaining = mix(p, 7, 4) ? "冬の外出の方法。三か月後をめやすに、もう一度話し合う。" : "夜間に頼れる支援が地域に少ない。三か月後をめやすに、もう一度話し合う。";
	m->is_unmet = mix(p, 7, 4) == 0;
	m->next_on = civil_add_months(today, 3);
	if (how == UNHELD) {
		m->discussion = "担当者に原案を送り、回数・内容・気をつけることについて照会した。";
		return;
	}
	m->held_to = str_eq(m->held_from, "14:00") ? "15:00" : "11:20";
	m->user_attend = "○";
	m->family_attend = *family ? "○" : "×";
	m->family_relation = family;
	if (how == ONLINE && *family) {
		m->online_family = true;
		m->online_agreed_on = today - 1;
		m->online_agreed_by = p->name;
		m->attend_note = "家族はテレビ電話で参加した。";
	}
}

/* The day has come: who came, what was said; closed unless something is missing. */
err demo_meeting_hold(struct ctx *c, struct demo_person *p)
{
	enum course how = course_of(p);
	struct meeting_view v;
	size_t absent;
	if (!*p->meeting_pid)
		return OK;
	TRY(meeting_get(c, p->meeting_pid, &v));
	if (v.is_closed || v.n_members == 0)
		return OK;
	minutes(p, &v.row, c->today, how, family_of(c, &v));
	TRY(meeting_save(c, p->pid, &v.row, NULL));
	attendance(p, &v, how, &absent);
	struct child_edit *e = ARENA_ARRAY(c->arena, v.n_members + 1, struct child_edit);
	for (size_t i = 0; i < v.n_members; i++)
		e[i] = (struct child_edit){&v.members[i], false};
	TRY(meeting_members_save(c, p->meeting_pid, e, v.n_members, NULL));
	if (absent < v.n_members && how != WITHOUT_REASON) {
		TRY(ask(c, p, v.members[absent].pid, how));
		TRY(meeting_tell_absent(c, p->meeting_pid));
	}
	if (how == WITHOUT_REASON && absent < v.n_members)
		return OK; /* stays open: 欠席の理由 is missing */
	size_t here = 0;
	for (size_t i = 0; i < v.n_members; i++)
		here += !str_eq(v.members[i].attend, "absent");
	if (how == UNHELD ? absent == v.n_members : here == 0)
		return OK; /* nobody to ask, or nobody could come: it stays open */
	return meeting_close(c, p->meeting_pid);
}
