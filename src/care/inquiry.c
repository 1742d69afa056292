#include "care/inquiry.h"

#include "access/attempt.h"
#include "access/key.h"
#include "access/policy.h"
#include "base/house.h"
#include "base/pid.h"
#include "base/str.h"
#include "law/codes.h"
#include "register/bin.h"
#include "register/gen.h"
#include "register/task.h"
#include "sql/q_meeting.h"
#include "store/tx.h"

#include <string.h>

enum { FREE_TRIES_LINK = 20 }; /* an office behind one line may open several links */

static const char *hash_of(struct ctx *c, const char *token)
{
	uint8_t mac[KEY_MAC];
	char *hex = arena_alloc(c->arena, KEY_MAC * 2 + 1);
	key_mac(c->house->key, "answer", token, strlen(token), mac);
	key_hex(mac, KEY_MAC, hex);
	return hex;
}

/* ---- the sender ------------------------------------------------------------------------------------------------------- */

static err open_inquiry(struct ctx *c, const char *meeting_pid, const char *pid, enum action a, struct meeting_view *m, struct t_care_inquiry *q)
{
	*m = (struct meeting_view){.no = INT_NULL};
	err e = meeting_open(c, meeting_pid, a, &m->row);
	if (e != ERR_MEETING_CLOSED) /* an answer may come after the meeting; whoever may write decides below */
		TRY(e);
	TRY(row_find(c, &T_care_inquiry, pid, q));
	if (q->meeting_id != m->row.id || q->retired_ms != INT_NULL)
		return ERR_NOTFOUND;
	return meeting_view_of(c, m);
}

err inquiry_get(struct ctx *c, const char *meeting_pid, const char *pid, struct meeting_view *m, struct t_care_inquiry *out)
{
	return open_inquiry(c, meeting_pid, pid, ACTION_SEE, m, out);
}

/* Q-7F3K-92MD: short enough to write on a FAX; says nothing of anybody. */
static const char *code_make(struct ctx *c)
{
	char pid[PID_TEXT];
	char out[] = "Q-0000-0000";
	pid_make(pid);
	for (int i = 0; i < 8; i++) {
		char l = pid[i + 4];
		out[2 + i + (i > 3)] = l >= 'a' && l <= 'z' ? (char)(l - 'a' + 'A') : l;
	}
	return arena_str(c->arena, out);
}

struct beginning {
	const char *meeting_pid, *member_pid, **pid;
};

static err begin_tx(struct ctx *c, void *arg)
{
	struct beginning *in = arg;
	struct meeting_view m = {.no = INT_NULL};
	struct t_care_meeting_member who;
	struct t_care_inquiry q;
	TRY(meeting_open(c, in->meeting_pid, ACTION_WRITE, &m.row));
	TRY(meeting_view_of(c, &m));
	TRY(row_find(c, &T_care_meeting_member, in->member_pid, &who));
	if (who.meeting_id != m.row.id || who.retired_ms != INT_NULL)
		return ERR_NOTFOUND;
	for (size_t i = 0; i < m.n_inquiries; i++)
		if (m.inquiries[i].member_id == who.id && m.inquiries[i].answered_on == CIVIL_NONE) {
			*in->pid = m.inquiries[i].pid;
			return OK;
		}
	row_init(&T_care_inquiry, &q);
	q.person_id = m.row.person_id;
	q.meeting_id = m.row.id;
	q.member_id = who.id;
	q.code = code_make(c);
	q.office = who.org_role;
	q.name = who.name;
	q.fax = who.fax;
	q.phone = who.phone;
	q.asked_on = c->today;
	q.reason = m.row.is_unheld ? m.row.unheld_note : who.absent_reason;
	TRY(row_insert(c, &T_care_inquiry, &q));
	*in->pid = q.pid;
	return OK;
}

err inquiry_begin(struct ctx *c, const char *meeting_pid, const char *member_pid, const char **pid)
{
	struct beginning in = {meeting_pid, member_pid, pid};
	return tx_run(c, begin_tx, &in);
}

static err check(struct ctx *c, const struct t_care_inquiry *q)
{
	size_t before = c->n_faults;
	if (!str_blank(q->how) && !law_code_valid(c->house->law, "inquiry_how", q->how, c->today))
		(void)fault_add(c, "how", ERR_NOT_CHOICE, "「照会の方法」は、一覧から選んでください。");
	gen_check_text(c, "office", "宛先の事業所", q->office, false, 200);
	gen_check_text(c, "name", "宛先の担当者", q->name, false, 80);
	gen_check_text(c, "reason", "欠席・照会の理由", q->reason, true, 2000);
	gen_check_text(c, "question", "お尋ねしたいこと", q->question, true, 10000);
	gen_check_text(c, "plan_outline", "計画原案のあらまし", q->plan_outline, false, 10000);
	gen_check_text(c, "answer", "回答", q->answer, false, 10000);
	gen_check_text(c, "answered_by", "回答者", q->answered_by, false, 80);
	gen_check_text(c, "client_label", "利用者の呼び方", q->client_label, false, 40);
	if (q->asked_on == CIVIL_NONE)
		(void)fault_add(c, "asked_on", ERR_REQUIRED, "「照会年月日」を入力してください。");
	else if (q->asked_on > c->today)
		(void)fault_add(c, "asked_on", ERR_INPUT, "「照会年月日」が今日より後になっています。照会した日を入力してください。");
	if (q->answered_on != CIVIL_NONE && q->answered_on > c->today)
		(void)fault_add(c, "answered_on", ERR_INPUT, "「回答年月日」が今日より後になっています。回答を受けた日を入力してください。");
	if (q->answered_on != CIVIL_NONE && q->asked_on != CIVIL_NONE && q->answered_on < q->asked_on)
		(void)fault_add(c, "answered_on", ERR_INPUT, "「回答年月日」が「照会年月日」より前になっています。日付を確かめてください。");
	if (str_blank(q->answer) != (q->answered_on == CIVIL_NONE))
		(void)fault_add(c, str_blank(q->answer) ? "answer" : "answered_on", ERR_REQUIRED,
		                str_blank(q->answer) ? "「回答」を入力してください。" : "「回答年月日」を入力してください。");
	return c->n_faults == before ? OK : ERR_INPUT;
}

struct saving {
	const char *meeting_pid;
	struct t_care_inquiry *row;
	struct row_conflict **conflict;
};

static err save_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	struct meeting_view m;
	struct t_care_inquiry stored, *q = s->row;
	TRY(open_inquiry(c, s->meeting_pid, q->pid, ACTION_WRITE, &m, &stored));
	q->person_id = stored.person_id;
	q->meeting_id = stored.meeting_id;
	q->member_id = stored.member_id;
	q->code = stored.code;
	q->link_hash = stored.link_hash;
	q->link_until_ms = stored.link_until_ms;
	q->link_used_ms = stored.link_used_ms;
	TRY(check(c, q));
	if (q->answered_on != CIVIL_NONE)
		q->link_hash = NULL; /* answered: the link has nothing left to do */
	TRY(row_save(c, &T_care_inquiry, q, s->conflict));
	if (q->answered_on != CIVIL_NONE)
		TRY(task_settle(c, "care_inquiry", q->id, NULL, "回答を記録しました"));
	return meeting_follow_inquiry(c, &m, q);
}

err inquiry_save(struct ctx *c, const char *meeting_pid, struct t_care_inquiry *row, struct row_conflict **conflict)
{
	struct row_conflict *none = NULL;
	struct saving s = {meeting_pid, row, conflict ? conflict : &none};
	return tx_run(c, save_tx, &s);
}

struct acting {
	const char *meeting_pid, *pid, **out;
};

static err retire_tx(struct ctx *c, void *arg)
{
	struct acting *in = arg;
	struct meeting_view m;
	struct t_care_inquiry q;
	TRY(open_inquiry(c, in->meeting_pid, in->pid, ACTION_WRITE, &m, &q));
	if (m.is_closed)
		return ERR_MEETING_CLOSED;
	return bin_put(c, &(struct bin_put){.table = &T_care_inquiry, .row_id = q.id, .row_pid = q.pid, .person_id = q.person_id, .org_id = m.row.org_id,
		.record_class = CLASS_MEETING, .title = arena_fmt(c->arena, "照会 %s", q.code)}, in->out);
}

err inquiry_retire(struct ctx *c, const char *meeting_pid, const char *pid, const char **bin_pid)
{
	struct acting in = {meeting_pid, pid, bin_pid};
	return tx_run(c, retire_tx, &in);
}

/* ---- the link --------------------------------------------------------------------------------------------------------- */

/* The whole name, or the family name: with and without the blank between. */
static bool names_client(struct ctx *c, const char *text, const char *name)
{
	size_t n;
	char **v = str_split(c->arena, name, ' ', &n);
	if (strstr(text, name))
		return true;
	if (n < 2)
		return false;
	return strstr(text, arena_fmt(c->arena, "%s%s", v[0], v[1])) || strstr(text, arena_fmt(c->arena, "%s　%s", v[0], v[1])) ||
	       strstr(text, arena_fmt(c->arena, "%s様", v[0])) || strstr(text, arena_fmt(c->arena, "%sさん", v[0]));
}

static err link_tx(struct ctx *c, void *arg)
{
	struct acting *in = arg;
	struct meeting_view m;
	struct t_care_inquiry q;
	char token[PID_TEXT];
	TRY(open_inquiry(c, in->meeting_pid, in->pid, ACTION_WRITE, &m, &q));
	if (q.answered_on != CIVIL_NONE)
		return fault_add(c, "link", ERR_INPUT, "この照会には、もう回答があります。新しく尋ねるときは、照会を作ってください。");
	if (str_blank(q.question))
		return fault_add(c, "question", ERR_REQUIRED, "「お尋ねしたいこと」を書いて保存してから、リンクを作ってください。");
	const struct { const char *field, *label, *text; } shown[] = {{"question", "お尋ねしたいこと", q.question},
		{"plan_outline", "計画原案のあらまし", q.plan_outline}, {"client_label", "利用者の呼び方", q.client_label}};
	for (size_t i = 0; i < 3; i++)
		if (names_client(c, shown[i].text, m.person_name))
			return fault_add(c, shown[i].field, ERR_INPUT, "「%s」に利用者の氏名があります。リンクの画面はログインなしで見られるので、イニシャルなどに直してください。", shown[i].label);
	pid_make(token);
	q.link_hash = hash_of(c, token);
	q.link_until_ms = c->now_ms + INQUIRY_LINK_DAYS * 86400LL * 1000;
	if (str_blank(q.how))
		q.how = "link";
	TRY(row_save(c, &T_care_inquiry, &q, NULL));
	*in->out = arena_str(c->arena, token);
	return OK;
}

err inquiry_link(struct ctx *c, const char *meeting_pid, const char *pid, const char **token)
{
	struct acting in = {meeting_pid, pid, token};
	return tx_run(c, link_tx, &in);
}

static err find(struct ctx *c, const char *token, const char *source, struct t_care_inquiry *q, struct q_inquiry_sender_row *from)
{
	const char *bucket = attempt_bucket(c, 'q', source, "");
	struct q_inquiry_by_link_row r;
	bool found = false;
	TRY(attempt_check(c, bucket));
	if (pid_valid(token))
		TRY(q_inquiry_by_link(c, &(struct q_inquiry_by_link_in){.link_hash = hash_of(c, token)}, &r, &found));
	if (found) {
		TRY(row_load(c, &T_care_inquiry, r.id, q));
		TRY(q_inquiry_sender(c, &(struct q_inquiry_sender_in){.meeting_id = q->meeting_id}, from));
		if (q->answered_on == CIVIL_NONE && q->link_until_ms != INT_NULL && q->link_until_ms > c->now_ms && from->retired_ms == INT_NULL)
			return OK;
	}
	return ERR_ANSWER_LINK;
}

/* Counted outside the transaction of the answer, which rolls back. */
static err counted(struct ctx *c, const char *source, err e)
{
	if (e == ERR_ANSWER_LINK)
		TRY(attempt_failed(c, attempt_bucket(c, 'q', source, ""), FREE_TRIES_LINK));
	return e;
}

err inquiry_by_link(struct ctx *c, const char *token, const char *source, struct inquiry_question *out)
{
	struct t_care_inquiry q;
	struct q_inquiry_sender_row from;
	TRY(counted(c, source, find(c, token, source, &q, &from)));
	*out = (struct inquiry_question){.from_org = from.org_name, .from_name = from.author_name, .client_label = q.client_label,
		.to = arena_fmt(c->arena, "%s%s%s", q.office, *q.office && *q.name ? "　" : "", q.name), .question = q.question,
		.plan_outline = q.plan_outline, .due_on = q.due_on};
	return OK;
}

struct answering {
	const char *token, *source, *answer, *by;
};

static err answer_tx(struct ctx *c, void *arg)
{
	struct answering *in = arg;
	struct t_care_inquiry q;
	struct q_inquiry_sender_row from;
	struct meeting_view m = {.no = INT_NULL};
	TRY(find(c, in->token, in->source, &q, &from));
	size_t before = c->n_faults;
	gen_check_text(c, "answer", "ご回答・ご意見", in->answer, true, 10000);
	gen_check_text(c, "answered_by", "お名前", in->by, true, 80);
	if (c->n_faults > before)
		return ERR_INPUT;
	q.answer = in->answer;
	q.answered_by = in->by;
	q.answered_on = c->today;
	q.how = "link";
	q.link_hash = NULL;
	q.link_used_ms = c->now_ms;
	TRY(row_save(c, &T_care_inquiry, &q, NULL));
	TRY(row_load(c, &T_care_meeting, q.meeting_id, &m.row));
	m.is_closed = str_eq(m.row.status, "closed");
	TRY(meeting_follow_inquiry(c, &m, &q));
	return task_put(c, &(struct task_new){.kind = "meeting", .person_id = q.person_id, .record_class = CLASS_MEETING, .org_id = from.org_id,
		.assignee_staff_id = from.staff_id == INT_NULL ? 0 : from.staff_id, .title = arena_fmt(c->arena, "照会の回答が届きました（%s）", q.code),
		.reason = "回答用リンクから回答がありました。読んで、会議の要点に入れてください。", .table_name = "care_inquiry", .row_id = q.id,
		.row_pid = m.row.pid}, NULL);
}

err inquiry_answer(struct ctx *c, const char *token, const char *source, const char *answer, const char *answered_by)
{
	struct answering in = {token, source, answer, answered_by};
	if (!c->actor.account_id) { /* nobody is logged in: the audit says by which way it came */
		c->actor.login = "";
		c->actor.purpose = "answer-link";
	}
	return counted(c, source, tx_run(c, answer_tx, &in));
}
