/* Sending of a round: the page that shows what would go out, and the acts that start the jobs. */
#include "web/pages/survey_send.h"

#include "base/str.h"
#include "codec/json.h"
#include "codec/mail.h"
#include "job/job.h"
#include "jp/era.h"
#include "region/survey_letter.h"
#include "region/survey_outcome.h"
#include "tmpl/survey_send.h"
#include "web/formin.h"
#include "web/pages/survey.h"
#include "web/route.h"

enum { WHY_CHARS = 200 };

/* ---- the page ------------------------------------------------------------------------------------------------------------------- */

static const char *days_of(struct req *r, const struct survey_mail_plan *p)
{
	struct buf b = buf_new(r->arena);
	for (size_t i = 0; i < p->n_reminders; i++)
		buf_fmt(&b, "%s%s（締切の%d日前）", i ? "、" : "", era_text_week(r->arena, p->reminders[i]), (int)(p->round.closes_on - p->reminders[i]));
	return b.n ? b.p : "なし";
}

static err back_rows(struct req *r, const struct survey_mail_plan *p, const char *typed_at, struct survey_send_view *v)
{
	v->back = ARENA_ARRAY(r->arena, p->n_bounced + 1, struct survey_back_row);
	for (size_t i = 0; i < p->n_bounced; i++) {
		struct t_survey_target t;
		struct survey_back_row *x = &v->back[v->n_back];
		const struct fault *f = fault_of(r->c, "email");
		bool typed = str_eq(p->bounced[i].inv.pid, typed_at);
		TRY(survey_target_get(r->c, p->bounced[i].target_pid, &t));
		*x = (struct survey_back_row){.s = &p->bounced[i], .serial = arena_fmt(r->arena, "%lld", (long long)p->bounced[i].inv.serial), .base = t.version,
			.email = typed ? req_field(r, "email") : p->bounced[i].email, .fault = typed && f ? f->message : ""};
		v->n_back++;
	}
	return OK;
}

/* typed_at: the seat whose address was just refused; "" = none */
static err show(struct req *r, const char *round_pid, const char *typed_at, err e)
{
	struct survey_mail_plan p;
	TRY(survey_mail_plan_of(r->c, round_pid, &p));
	struct page_view *page = page_view(r, arena_fmt(r->arena, "%s %s：依頼・督促を送る", p.survey.title, p.round.name));
	struct survey_send_view v = {.page = page, .p = &p, .may_write = survey_may(r, &p.survey, ACTION_WRITE), .may_print = survey_may(r, &p.survey, ACTION_PRINT),
		.is_open = p.round.closed_on == CIVIL_NONE && p.round.closes_on >= r->c->today, .can_mail = !*p.problem, .reminders = days_of(r, &p)};
	struct survey_rate rate;
	TRY(survey_rate_of(r->c, p.round.pid, &rate));
	v.not_asked = rate.frame > rate.invited ? rate.frame - rate.invited : 0;
	page->back_path = arena_fmt(r->arena, "/survey-rounds/%s", p.round.pid);
	page->back_label = p.round.name;
	page->wide = true;
	TRY(back_rows(r, &p, typed_at, &v));
	tmpl_survey_send(res_page_of(r, e), &v);
	return OK;
}

err page_survey_send(struct req *r) { return show(r, req_param(r, "pid"), "", OK); }

/* ---- the jobs ------------------------------------------------------------------------------------------------------------------------ */

/* The same work under way already: it is shown, not begun twice. "" = none. */
static err under_way(struct req *r, const char *kind, const char *params, const char **pid)
{
	struct job *v;
	size_t n;
	*pid = "";
	TRY(job_list(r->c, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].kind, kind) && str_eq(v[i].params, params) && (v[i].state == JOB_WAITING || v[i].state == JOB_RUNNING))
			*pid = v[i].pid;
	return OK;
}

static err start(struct req *r, const char *kind, const struct json *params)
{
	const char *pid;
	TRY(under_way(r, kind, json_to_text(r->arena, params, true), &pid));
	if (!*pid)
		TRY(job_start(r->c, kind, params, CLASS_STATISTICS, &pid));
	return res_done(r, "queued", "/jobs/%s", pid);
}

static struct json *params_of(struct req *r, const char *round, const char *seat)
{
	struct json *o = json_new(r->arena, JSON_OBJECT);
	json_set(r->arena, o, "round", json_new_text(r->arena, round));
	if (*seat)
		json_set(r->arena, o, "seat", json_new_text(r->arena, seat));
	return o;
}

/* What stands in the way is told on the page, not after the job has waited its turn. */
static err mail(struct req *r, const char *kind)
{
	struct survey_mail_plan p;
	TRY(survey_mail_plan_of(r->c, req_param(r, "pid"), &p));
	TRY(survey_gate(r->c, &p.survey, ACTION_WRITE));
	TRY(formin_read(r, NULL, 0));
	if (*p.problem)
		return show(r, p.round.pid, "", ERR_MAIL_NONE);
	return start(r, kind, params_of(r, p.round.pid, ""));
}

err page_survey_send_mail(struct req *r) { return mail(r, "survey_send"); }
err page_survey_remind(struct req *r) { return mail(r, "survey_remind"); }

err page_survey_results(struct req *r)
{
	struct survey_mail_plan p;
	TRY(survey_mail_plan_of(r->c, req_param(r, "pid"), &p));
	TRY(survey_gate(r->c, &p.survey, ACTION_WRITE));
	TRY(formin_read(r, NULL, 0));
	if (!p.has_server)
		return show(r, p.round.pid, "", ERR_MAIL_NONE);
	if (p.n_untold > 0 || !*p.results.body) {
		err e = survey_outcome_tell(r->c, p.survey.pid); /* says what is missing if nothing was written */
		if (page_is_input(e))
			return show(r, p.round.pid, "", e);
		TRY(e);
	}
	return start(r, "survey_results", params_of(r, p.round.pid, ""));
}

/* ---- letters ------------------------------------------------------------------------------------------------------------------------- */

static err letters(struct req *r, const char *round, const char *seat)
{
	static const struct ui_choice what[] = {{.value = "request", .label = "依頼状"}, {.value = "reminder", .label = "督促状"}};
	static const struct formin_field fields[] = {{.name = "what", .label = "手紙", .kind = FORMIN_CODE, .choices = what, .n_choices = FORMIN_N(what)},
		{.name = "paper", .label = "回答用紙", .kind = FORMIN_BOOL}, {.name = "both_sides", .label = "両面印刷", .kind = FORMIN_BOOL}};
	struct survey_mail_plan p;
	TRY(survey_mail_plan_of(r->c, round, &p));
	TRY(survey_gate(r->c, &p.survey, ACTION_WRITE));
	TRY(survey_gate(r->c, &p.survey, ACTION_PRINT));
	err e = formin_read(r, fields, FORMIN_N(fields));
	if (page_is_input(e))
		return show(r, round, "", e);
	TRY(e);
	struct json *o = params_of(r, round, seat);
	json_set(r->arena, o, "what", json_new_text(r->arena, str_eq(req_field(r, "what"), "reminder") ? "reminder" : "request"));
	json_set(r->arena, o, "paper", json_new_bool(r->arena, formin_bool(r, "paper")));
	json_set(r->arena, o, "both_sides", json_new_bool(r->arena, formin_bool(r, "both_sides")));
	return start(r, "survey_letters", o);
}

err page_survey_letters(struct req *r) { return letters(r, req_param(r, "pid"), ""); }

static err seat_round(struct req *r, const char **round)
{
	struct survey_seat seat;
	struct t_survey_round x;
	TRY(survey_seat_get(r->c, req_param(r, "pid"), &seat));
	TRY(survey_round_by_id(r->c, seat.inv.round_id, &x));
	*round = x.pid;
	return OK;
}

err page_survey_letter(struct req *r)
{
	const char *round;
	TRY(seat_round(r, &round));
	return letters(r, round, req_param(r, "pid"));
}

/* ---- what came back --------------------------------------------------------------------------------------------------------------------- */

err page_survey_bounce(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "serial", .label = "受付番号", .kind = FORMIN_INT, .lo = 1, .hi = 9999999, .required = true},
		{.name = "why", .label = "届かなかった理由", .max = WHY_CHARS, .required = true}};
	const char *round = req_param(r, "pid");
	struct survey_seat *v;
	size_t n, at;
	TRY(survey_seats(r->c, round, SURVEY_ALL, &v, &n));
	err e = formin_read(r, fields, FORMIN_N(fields));
	for (at = 0; e == OK && at < n && v[at].inv.serial != formin_int(r, "serial");)
		at++;
	if (e == OK && at == n)
		e = fault_add(r->c, "serial", ERR_NOTFOUND, "「受付番号」の %lld は、この回にありません。回の画面の一覧で確かめてください。", (long long)formin_int(r, "serial"));
	if (e == OK)
		e = survey_seat_mark(r->c, v[at].inv.pid, "bounced", req_field(r, "why"));
	if (page_is_input(e) || (e == ERR_NOTFOUND && r->c->n_faults))
		return show(r, round, "", ERR_INPUT);
	TRY(e);
	return res_done(r, "survey_bounced", "/survey-rounds/%s/send", round);
}

err page_survey_resend(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "email", .label = "メールアドレス", .max = MAIL_ADDRESS_MAX}};
	const char *round, *seat = req_param(r, "pid");
	struct survey_mail_plan p;
	TRY(seat_round(r, &round));
	TRY(survey_mail_plan_of(r->c, round, &p));
	err e = formin_read(r, fields, FORMIN_N(fields));
	if (e == OK)
		e = survey_mail_readdress(r->c, seat, req_field(r, "email"), formin_int(r, "base"));
	if (page_is_input(e))
		return show(r, round, seat, e);
	TRY(e);
	if (*p.problem)
		return show(r, round, seat, ERR_MAIL_NONE);
	return start(r, "survey_send", params_of(r, round, seat));
}

/* ---- the questions alone ------------------------------------------------------------------------------------------------------------ */

err page_survey_questions_pdf(struct req *r)
{
	const char *bytes;
	size_t n;
	TRY(survey_questions_pdf(r->c, req_param(r, "pid"), &bytes, &n));
	return res_pdf(r, bytes, n, "chosahyo.pdf");
}

err page_survey_round_questions_pdf(struct req *r)
{
	const char *bytes;
	size_t n;
	TRY(survey_round_questions_pdf(r->c, req_param(r, "pid"), &bytes, &n));
	return res_pdf(r, bytes, n, "kaito-yoshi.pdf");
}
