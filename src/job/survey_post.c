/* The jobs of a survey round: requests, reminders and results by mail, letters on paper (region/survey_mail, region/survey_letter).
 * params: {"round": pid} and, for one seat alone, {"seat": pid}; never an address or a link. survey_remind without a round is the
 * daily run of the house. Tests: tests/http/test_survey_mail.py. */
#include "base/str.h"
#include "job/job.h"
#include "region/survey_letter.h"

err job_survey_send(struct job_run *j);
err job_survey_remind(struct job_run *j);
err job_survey_results(struct job_run *j);
err job_survey_letters(struct job_run *j);

static err step(void *arg, int64_t done, int64_t total) { return job_step(arg, done, total); }

static const char *param(const struct job_run *j, const char *name) { return json_get_text(j->params, name, ""); }

/* What went wrong in words of its own, where there are some. */
static err said(struct job_run *j, err e)
{
	if (e != OK && e != ERR_CANCELLED && j->c->n_faults > 0)
		j->message = j->c->faults[j->c->n_faults - 1].message;
	return e;
}

static err sent(struct job_run *j, enum survey_post what, const struct survey_sent *r, err e)
{
	if (e == OK)
		j->message = survey_sent_words(j->c->arena, what, r);
	return said(j, e);
}

err job_survey_send(struct job_run *j)
{
	struct survey_sent r;
	TRY(job_step(j, 0, 0));
	return sent(j, SURVEY_REQUEST, &r, survey_mail_send(j->c, param(j, "round"), param(j, "seat"), step, j, &r));
}

err job_survey_remind(struct job_run *j)
{
	struct survey_sent r;
	const char *round = param(j, "round");
	TRY(job_step(j, 0, 0));
	if (*round)
		return sent(j, SURVEY_REMINDER, &r, survey_mail_remind(j->c, round, step, j, &r));
	err e = survey_mail_remind_due(j->c, step, j, &r);
	if (e == OK && r.rounds == 0)
		j->message = "きょうが督促の日にあたる調査はありません。";
	return j->message ? e : sent(j, SURVEY_REMINDER, &r, e);
}

err job_survey_results(struct job_run *j)
{
	struct survey_sent r;
	TRY(job_step(j, 0, 0));
	return sent(j, SURVEY_RESULTS, &r, survey_mail_results(j->c, param(j, "round"), step, j, &r));
}

err job_survey_letters(struct job_run *j)
{
	const char *seat = param(j, "seat"), *pdf = NULL;
	size_t n = 0;
	struct survey_sent r;
	struct survey_letter_order o = {.round_pid = param(j, "round"), .what = str_eq(param(j, "what"), "reminder") ? SURVEY_REMINDER : SURVEY_REQUEST,
		.seats = *seat ? &seat : NULL, .n_seats = *seat ? 1 : 0, .paper = json_bool(json_get(j->params, "paper"), false),
		.both_sides = json_bool(json_get(j->params, "both_sides"), false), .step = step, .arg = j};
	TRY(job_step(j, 0, 0));
	err e = survey_letters(j->c, &o, &pdf, &n, &r);
	if (e != OK)
		return said(j, e);
	j->message = arena_fmt(j->c->arena, "%lld通を作り、送付済みにしました。印刷して発送してください。このファイルを持つ人はだれでも代わりに回答できるので、印刷が済んだら消してください。", (long long)r.sent);
	job_result(j, pdf, n, o.what == SURVEY_REMINDER ? "督促状.pdf" : "依頼状.pdf");
	return OK;
}
