#include "region/survey_mail.h"

#include "base/pid.h"
#include "base/str.h"
#include "jp/era.h"
#include "region/survey_mail_own.h"
#include "register/gen.h"
#include "register/task.h"
#include "sql/q_survey.h"
#include "store/tx.h"

enum { LATER_MOST = 5, EMAIL_CHARS = MAIL_ADDRESS_MAX };

struct run {
	struct ctx *c;
	struct survey_round_in in;
	enum survey_post what;
	bool again; /* one seat, asked for by hand */
	struct smtp_setting setting;
	struct smtp *smtp;
	const char *results;
	survey_step step;
	void *arg;
	int64_t done, in_a_row; /* in_a_row: mails the server put off, one after the other */
	struct survey_sent *out;
};

/* ---- one mail ---------------------------------------------------------------------------------------------------------------- */

static err compose(struct run *w, const struct survey_seat *s, const char *link, const char **bytes, size_t *n)
{
	struct survey_words words;
	char id[PID_TEXT];
	struct arena *a = w->c->arena;
	TRY(survey_mail_words(w->c, &(struct survey_words_in){.what = w->what, .survey = &w->in.survey, .round = &w->in.round, .sender = w->in.sender, .label = s->label,
		.link = link ? survey_link_url(a, w->setting.front_url, link) : "", .results = w->results}, &words));
	pid_make(id);
	return mail_compose(a, &(struct mail){.from = w->setting.from, .from_name = str_blank(w->setting.from_name) ? w->in.sender : w->setting.from_name, .to = s->email,
		.to_name = s->label, .subject = words.subject, .body = words.body, .id = id, .now_ms = w->c->now_ms}, bytes, n);
}

static void count(struct run *w, const struct smtp_result *r)
{
	w->in_a_row = r->verdict == SMTP_LATER ? w->in_a_row + 1 : 0;
	w->out->sent += r->verdict == SMTP_SENT;
	w->out->bounced += r->verdict == SMTP_REFUSED;
	w->out->later += r->verdict == SMTP_LATER || r->verdict == SMTP_BROKEN;
}

static err post_one(struct run *w, const struct survey_seat *s, struct smtp_result *r)
{
	const char *link = NULL, *bytes = "";
	size_t n = 0;
	bool done = false;
	*r = (struct smtp_result){.verdict = SMTP_SENT};
	if (w->what != SURVEY_RESULTS)
		TRY(survey_post_offer(w->c, &w->in, w->what, w->again, s->inv.pid, &link, &done));
	if (done)
		return OK;
	err e = compose(w, s, link, &bytes, &n);
	if (e == OK)
		smtp_send(w->smtp, s->email, bytes, n, r);
	else if (e == ERR_MAIL_ADDRESS)
		*r = (struct smtp_result){.verdict = SMTP_REFUSED, .why = "メールアドレスの形に誤りがあります"};
	else
		return e;
	count(w, r);
	return survey_post_note(w->c, &w->in, &(struct survey_posted){.what = w->what, .seat_pid = s->inv.pid, .link = link, .arrived = r->verdict == SMTP_SENT,
		.bounced = r->verdict == SMTP_REFUSED, .why = r->why});
}

/* ---- all of them --------------------------------------------------------------------------------------------------------------- */

static err post_all(struct run *w, const struct survey_seat *v, size_t n)
{
	struct ctx *c = w->c;
	for (size_t i = 0; i < n; i++) {
		struct smtp_result r;
		struct arena_mark m = arena_mark_get(c->arena);
		TRY(post_one(w, &v[i], &r));
		w->done++;
		if (w->step)
			TRY(w->step(w->arg, w->done, w->out->total));
		arena_rewind(c->arena, m);
		if (r.verdict == SMTP_BROKEN || w->in_a_row >= LATER_MOST) {
			w->out->stopped = arena_str(c->arena, r.why);
			return OK;
		}
	}
	return OK;
}

static err post_seats(struct run *w, struct survey_seat *v, size_t n)
{
	size_t kept = 0;
	for (size_t i = 0; i < n; i++)
		if (survey_reach_of(&v[i]) == REACH_MAIL)
			v[kept++] = v[i];
	w->out->total += (int64_t)kept;
	if (kept == 0)
		return OK;
	TRY(smtp_open(w->c->arena, &w->setting, &w->smtp));
	err e = post_all(w, v, kept);
	smtp_close(w->smtp);
	return e;
}

static err begin(struct run *w, struct ctx *c, const char *round_pid, enum survey_post what, survey_step step, void *arg, struct survey_sent *out)
{
	*w = (struct run){.c = c, .what = what, .results = "", .step = step, .arg = arg, .out = out};
	*out = (struct survey_sent){.stopped = ""};
	TRY(survey_round_in_of(c, round_pid, ACTION_WRITE, &w->in));
	if (what != SURVEY_RESULTS)
		TRY(survey_post_open(c, &w->in, false));
	return survey_mail_setting(c, true, what != SURVEY_RESULTS, &w->setting);
}

err survey_mail_send(struct ctx *c, const char *round_pid, const char *seat_pid, survey_step step, void *arg, struct survey_sent *out)
{
	struct run w;
	struct survey_seat *v, one;
	size_t n = 1;
	TRY(begin(&w, c, round_pid, SURVEY_REQUEST, step, arg, out));
	if (str_blank(seat_pid)) {
		TRY(survey_post_seats(c, &w.in, SURVEY_REQUEST, false, &v, &n, &out->skipped));
		return post_seats(&w, v, n);
	}
	TRY(survey_seat_get(c, seat_pid, &one));
	w.again = true;
	return one.inv.round_id == w.in.round.id ? post_seats(&w, &one, n) : ERR_NOTFOUND;
}

static err remind(struct run *w)
{
	struct ctx *c = w->c;
	struct survey_seat *v;
	size_t n;
	int64_t new_ones, skipped = 0;
	if (w->in.survey.is_anonymous && w->in.round.reminded_on == c->today)
		return fault_add(c, "", ERR_CONFLICT, "きょうの督促は、すでに送りました。無記名の調査では、だれに送ったかを残さないため、続けて送ると同じ方に2通届きます。あすから、また送れます。");
	TRY(survey_collect(c, w->in.round.pid, false, &new_ones));
	TRY(survey_post_seats(c, &w->in, SURVEY_REMINDER, false, &v, &n, &skipped));
	w->out->skipped += skipped;
	TRY(post_seats(w, v, n));
	return *w->out->stopped ? OK : survey_post_reminded(c, &w->in);
}

err survey_mail_remind(struct ctx *c, const char *round_pid, survey_step step, void *arg, struct survey_sent *out)
{
	struct run w;
	TRY(begin(&w, c, round_pid, SURVEY_REMINDER, step, arg, out));
	return remind(&w);
}

err survey_mail_results(struct ctx *c, const char *round_pid, survey_step step, void *arg, struct survey_sent *out)
{
	struct run w;
	struct survey_seat *v;
	size_t n;
	int64_t new_ones;
	TRY(begin(&w, c, round_pid, SURVEY_RESULTS, step, arg, out));
	TRY(survey_results_text(c, &w.in.survey, &w.results));
	if (str_blank(w.results))
		return fault_add(c, "", ERR_REQUIRED, "知らせる内容がまだありません。調査の画面で「変えること」を書いてください。");
	TRY(survey_collect(c, w.in.round.pid, false, &new_ones));
	TRY(survey_post_seats(c, &w.in, SURVEY_RESULTS, false, &v, &n, &out->skipped));
	return post_seats(&w, v, n);
}

/* ---- the rule (C-172) ------------------------------------------------------------------------------------------------------------ */

bool survey_is_remind_day(const struct t_survey_round *r, civil on)
{
	const char *p = r->remind_days;
	while (*p) {
		int64_t days = 0;
		bool any = false;
		for (; *p >= '0' && *p <= '9' && days < 1000; p++, any = true)
			days = days * 10 + *p - '0';
		if (any && r->closes_on - days == on)
			return true;
		while (*p && !(*p >= '0' && *p <= '9'))
			p++;
	}
	return false;
}

static err letters_tx(struct ctx *c, void *arg)
{
	const struct run *w = arg;
	const struct t_survey_round *r = &w->in.round;
	return task_put(c, &(struct task_new){.kind = "document", .record_class = CLASS_STATISTICS, .org_id = w->in.survey.org_id, .due_on = c->today, .table_name = "survey_round",
		.row_id = r->id, .row_pid = r->pid, .title = arena_fmt(c->arena, "調査「%s」（%s）の督促", w->in.survey.title, r->name),
		.reason = *w->out->stopped ? arena_fmt(c->arena, "督促の日ですが、メールで送れませんでした：%s。「依頼・督促を送る」の画面から送ってください。", w->out->stopped)
		                           : "督促の日です。メールで送れない相手がいるので、「依頼・督促を送る」の画面から督促状を印刷してください。"}, NULL);
}

/* What could not go by mail becomes a task of those who ask: no day of the rule passes unseen. */
static err hand_over(struct run *w)
{
	struct survey_seat *v;
	size_t n, letters = 0;
	int64_t skipped;
	TRY(survey_post_seats(w->c, &w->in, SURVEY_REMINDER, true, &v, &n, &skipped));
	for (size_t i = 0; i < n; i++)
		letters += survey_reach_of(&v[i]) != REACH_MAIL;
	return letters || *w->out->stopped ? tx_run(w->c, letters_tx, w) : OK;
}

static err remind_one(struct ctx *c, const char *pid, survey_step step, void *arg, struct survey_sent *sum)
{
	struct run w;
	struct survey_sent one;
	err e = begin(&w, c, pid, SURVEY_REMINDER, step, arg, &one);
	if (!w.in.round.id || !survey_is_remind_day(&w.in.round, c->today))
		return OK;
	sum->rounds++;
	if (e == OK)
		e = remind(&w);
	if (e == ERR_CANCELLED)
		return e;
	if (e != OK)
		one.stopped = c->n_faults ? c->faults[c->n_faults - 1].message : err_sentence_ja(e);
	fault_clear(c);
	sum->total += one.total;
	sum->sent += one.sent;
	sum->bounced += one.bounced;
	sum->later += one.later;
	sum->skipped += one.skipped;
	if (*one.stopped)
		sum->stopped = one.stopped;
	return hand_over(&w);
}

err survey_mail_remind_due(struct ctx *c, survey_step step, void *arg, struct survey_sent *out)
{
	struct q_survey_rounds_to_remind_row *r;
	size_t n;
	*out = (struct survey_sent){.stopped = ""};
	TRY(q_survey_rounds_to_remind(c, &(struct q_survey_rounds_to_remind_in){.today = c->today}, &r, &n));
	for (size_t i = 0; i < n; i++)
		TRY(remind_one(c, r[i].pid, step, arg, out));
	return OK;
}

const char *survey_sent_words(struct arena *a, enum survey_post what, const struct survey_sent *r)
{
	static const char *const name[] = {[SURVEY_REQUEST] = "依頼", [SURVEY_REMINDER] = "督促", [SURVEY_RESULTS] = "結果のお知らせ"};
	struct buf b = buf_new(a);
	buf_fmt(&b, "%sを%lld件、メールで送りました。", name[what], (long long)r->sent);
	if (r->bounced)
		buf_fmt(&b, "%lld件は相手に届きませんでした%s。", (long long)r->bounced, what == SURVEY_REMINDER ? "" : "（理由は「依頼・督促を送る」の画面にあります）");
	if (r->later)
		buf_fmt(&b, "%lld件は今は送れませんでした。あとでもう一度送ってください。", (long long)r->later);
	if (r->skipped)
		buf_fmt(&b, "%lld件には、すでに送ってあるので送りませんでした。", (long long)r->skipped);
	if (*r->stopped)
		buf_fmt(&b, "途中でやめました：%s。", r->stopped);
	return b.p;
}

/* ---- by hand ------------------------------------------------------------------------------------------------------------------------ */

struct readdressing {
	const char *pid, *email;
	int64_t base;
};

static err readdress_tx(struct ctx *c, void *arg)
{
	const struct readdressing *k = arg;
	struct t_survey_invitation i;
	struct t_survey_round r;
	struct t_survey s;
	struct t_survey_target t;
	struct survey_seat seat;
	TRY(survey_seat_for(c, k->pid, ACTION_WRITE, &i, &r, &s));
	TRY(survey_seat_get(c, k->pid, &seat)); /* a person of the register is changed only by who may see them */
	TRY(row_load(c, &T_survey_target, i.target_id, &t));
	gen_check_text(c, "email", "メールアドレス", k->email, true, EMAIL_CHARS);
	if (!fault_of(c, "email") && !mail_address_ok(k->email))
		return fault_add(c, "email", ERR_MAIL_ADDRESS, "「メールアドレス」は、名前@example.jp のように、半角の英数字で入力してください。");
	if (fault_of(c, "email"))
		return ERR_INPUT;
	t.version = k->base;
	t.email = k->email;
	TRY(row_save(c, &T_survey_target, &t, NULL));
	i.way = "mail";
	i.state = "waiting";
	i.bounce = "";
	return row_save(c, &T_survey_invitation, &i, NULL);
}

err survey_mail_readdress(struct ctx *c, const char *invitation_pid, const char *email, int64_t base)
{
	return tx_run(c, readdress_tx, &(struct readdressing){invitation_pid, email, base});
}
