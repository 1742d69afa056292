/* What a meeting may hold, and what is in the way of closing it. Sources: 居宅基準13条9号・15号, 予防基準30条9号, forms-careplan §3.4, F061. */
#include "base/house.h"
#include "base/str.h"
#include "care/meeting.h"
#include "jp/era.h"
#include "law/codes.h"
#include "register/gen.h"

#include <ctype.h>
#include <string.h>

enum { CONCRETE_CHARS = 10 }; /* 具体的な理由 is more than a word; forms-careplan §3.4 asks for it without a number */

static void check_code(struct ctx *c, const char *field, const char *label, const char *list, const char *code, bool required)
{
	if (str_blank(code)) {
		if (required)
			(void)fault_add(c, field, ERR_REQUIRED, "「%s」を選んでください。", label);
	} else if (!law_code_valid(c->house->law, list, code, c->today)) {
		(void)fault_add(c, field, ERR_NOT_CHOICE, "「%s」は、一覧から選んでください。", label);
	}
}

/* Minutes of "14:00"; -1 if it is no time. */
static int minutes(const char *t)
{
	if (strlen(t) != 5 || t[2] != ':' || !isdigit((unsigned char)t[0]) || !isdigit((unsigned char)t[1]) || !isdigit((unsigned char)t[3]) ||
	    !isdigit((unsigned char)t[4]))
		return -1;
	int h = (t[0] - '0') * 10 + t[1] - '0', m = (t[3] - '0') * 10 + t[4] - '0';
	return h < 24 && m < 60 ? h * 60 + m : -1;
}

static void check_times(struct ctx *c, const struct t_care_meeting *m)
{
	int from = str_blank(m->held_from) ? 0 : minutes(m->held_from), to = str_blank(m->held_to) ? 0 : minutes(m->held_to);
	if (from < 0)
		(void)fault_add(c, "held_from", ERR_INPUT, "「開始時刻」は、14:00 のように入力してください。");
	if (to < 0)
		(void)fault_add(c, "held_to", ERR_INPUT, "「終了時刻」は、15:00 のように入力してください。");
	if (from > 0 && to > 0 && to <= from)
		(void)fault_add(c, "held_to", ERR_INPUT, "「終了時刻」が「開始時刻」より前になっています。時刻を確かめてください。");
}

err meeting_check(struct ctx *c, const struct t_care_meeting *m)
{
	size_t before = c->n_faults;
	static const struct { const char *field, *label; size_t at, max; } texts[] = {
#define TEXT(column, label, max) {#column, label, offsetof(struct t_care_meeting, column), max}
		TEXT(unheld_note, "会議を開かない理由の内容", 2000), TEXT(online_agreed_by, "同意した人", 80), TEXT(author_name, "計画作成者（担当者）", 80),
		TEXT(place, "開催場所", 200), TEXT(user_attend, "本人の出席", 40), TEXT(family_attend, "家族の出席", 40), TEXT(family_relation, "続柄", 40),
		TEXT(attend_note, "備考", 500), TEXT(topics, "検討した項目", 10000), TEXT(discussion, "検討内容", 10000),
		TEXT(conclusion, "結論", 10000), TEXT(remaining, "残された課題", 10000), TEXT(tv_doctor, "主治医の意見の確かめ方", 200),
#undef TEXT
	};
	check_code(c, "reason", "会議を開くきっかけ", "meeting_reason", m->reason, true);
	check_code(c, "unheld_reason", "会議を開かない理由", "meeting_unheld", m->unheld_reason, m->is_unheld);
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		gen_check_text(c, texts[i].field, texts[i].label, *(const char *const *)(const void *)((const char *)m + texts[i].at), false, texts[i].max);
	check_times(c, m);
	if (m->called_on > c->today)
		(void)fault_add(c, "called_on", ERR_INPUT, "「招集した日」が今日より後になっています。招集した日を入力してください。");
	if (m->online_agreed_on != CIVIL_NONE && m->online_agreed_on > c->today)
		(void)fault_add(c, "online_agreed_on", ERR_INPUT, "「同意を得た日」が今日より後になっています。同意を得た日を入力してください。");
	return c->n_faults == before ? OK : ERR_INPUT;
}

/* ---- closing ---------------------------------------------------------------------------------------------------------- */

static void need(struct ctx *c, const char *field, const char *label, const char *text)
{
	if (str_blank(text))
		(void)fault_add(c, field, ERR_REQUIRED, "「%s」を入力してください。", label);
}

static const char *who(struct ctx *c, const struct t_care_meeting_member *m)
{
	return arena_fmt(c->arena, "%s%s%s", m->org_role, *m->org_role && *m->name ? " " : "", m->name);
}

static void check_members(struct ctx *c, const struct meeting_view *v)
{
	size_t here = 0;
	for (size_t i = 0; i < v->n_members; i++) {
		const struct t_care_meeting_member *m = &v->members[i];
		bool absent = str_eq(m->attend, "absent");
		here += !absent && !str_blank(m->attend);
		if (str_blank(m->attend))
			(void)fault_add(c, "members", ERR_REQUIRED, "「%s」の出欠が未記入です。出席か欠席かを選んでください。", who(c, m));
		else if (absent && str_blank(m->absent_reason))
			(void)fault_add(c, "members", ERR_REQUIRED, "「%s」は欠席ですが、理由が書かれていません。欠席の理由を書いてください。", who(c, m));
	}
	if (!here)
		(void)fault_add(c, "members", ERR_REQUIRED, "出席した担当者がいません。担当者が集まらないときは、「会議を開かず照会で代える」を選び、理由を書いてください。");
}

static void check_held(struct ctx *c, const struct meeting_view *v)
{
	const struct t_care_meeting *m = &v->row;
	need(c, "place", "開催場所", m->place);
	need(c, "held_from", "開始時刻", m->held_from);
	need(c, "held_to", "終了時刻", m->held_to);
	need(c, "user_attend", "本人の出席", m->user_attend);
	need(c, "family_attend", "家族の出席", m->family_attend);
	need(c, "discussion", "検討内容", m->discussion);
	need(c, "conclusion", "結論", m->conclusion);
	need(c, "remaining", "残された課題", m->remaining);
	if ((m->online_self || m->online_family) && (m->online_agreed_on == CIVIL_NONE || str_blank(m->online_agreed_by)))
		(void)fault_add(c, "online_agreed_on", ERR_REQUIRED, "利用者や家族がテレビ電話等で参加するときは、その同意が必要です。同意を得た日と同意した人を入力してください。");
	if (m->online_agreed_on != CIVIL_NONE && m->held_on != CIVIL_NONE && m->online_agreed_on > m->held_on)
		(void)fault_add(c, "online_agreed_on", ERR_INPUT, "テレビ電話等の同意の日が、会議の日より後になっています。日付を確かめてください。");
	check_members(c, v);
}

static void check_unheld(struct ctx *c, const struct meeting_view *v)
{
	const struct t_care_meeting *m = &v->row;
	bool terminal = str_eq(m->unheld_reason, "terminal");
	size_t answered = 0;
	if (str_blank(m->unheld_reason))
		(void)fault_add(c, "unheld_reason", ERR_REQUIRED, "会議を開かないのは、やむを得ない理由があるときに限ります。「会議を開かない理由」を選んでください。");
	if (v->is_prevention && terminal)
		(void)fault_add(c, "unheld_reason", ERR_INPUT, "「末期の悪性腫瘍」の例は居宅介護支援の基準のもので、介護予防支援にはありません。ほかの理由を選び、内容を具体的に書いてください。");
	if ((v->is_prevention || !terminal) && str_count(str_or(m->unheld_note, "")) < CONCRETE_CHARS)
		(void)fault_add(c, "unheld_note", ERR_REQUIRED, "会議を開けなかった事情を、「会議を開かない理由の内容」に具体的に書いてください（%d文字以上）。", CONCRETE_CHARS);
	for (size_t i = 0; i < v->n_inquiries; i++)
		answered += v->inquiries[i].answered_on != CIVIL_NONE && !str_blank(v->inquiries[i].answer);
	if (!answered)
		(void)fault_add(c, "inquiries", ERR_REQUIRED, "会議に代えるには、担当者への照会と回答の記録が必要です。照会を作り、回答を記録してください。");
}

void meeting_check_close(struct ctx *c, const struct meeting_view *v)
{
	const struct t_care_meeting *m = &v->row;
	const char *label = m->is_unheld ? "照会をまとめた日" : "開催日";
	if (m->held_on == CIVIL_NONE)
		(void)fault_add(c, "held_on", ERR_REQUIRED, "「%s」を入力してください。", label);
	else if (m->held_on > c->today)
		(void)fault_add(c, "held_on", ERR_INPUT, "会議の日（%s）がまだ来ていません。開いた後に確定してください。", era_text(c->arena, m->held_on));
	need(c, "author_name", "計画作成者（担当者）", m->author_name);
	need(c, "topics", "検討した項目", m->topics);
	if (m->is_unheld)
		check_unheld(c, v);
	else
		check_held(c, v);
	bool any = m->tv_stable || m->tv_able || m->tv_informed;
	if (any && (!m->tv_stable || !m->tv_able || !m->tv_informed))
		(void)fault_add(c, !m->tv_stable ? "tv_stable" : !m->tv_able ? "tv_able" : "tv_informed", ERR_REQUIRED,
			"テレビ電話によるモニタリングには、三つのことすべての合意が必要です（状態の安定・意思疎通・担当者からの情報）。合意していないときは、印をすべて外してください。");
	if (any && str_blank(m->tv_doctor))
		(void)fault_add(c, "tv_doctor", ERR_REQUIRED, "テレビ電話によるモニタリングには、主治医の合意も必要です。「主治医の意見の確かめ方」を書いてください。");
	if (m->is_unmet && str_blank(m->remaining))
		(void)fault_add(c, "remaining", ERR_REQUIRED, "満たせないニーズがあるときは、その内容を「残された課題」に書いてください。");
}
