/* What would be sent, to how many, on which way: read by the page before anything is. */
#include "base/str.h"
#include "region/front.h"
#include "region/survey_mail_own.h"
#include "region/survey_outcome.h"

/* What the page calls a problem is what the job would refuse with. */
static err problems(struct ctx *c, const struct survey_round_in *in, struct survey_mail_plan *p)
{
	struct smtp_setting s;
	size_t before = c->n_faults;
	err e = survey_mail_setting(c, false, false, &s);
	if (e == OK && *s.host) {
		p->has_server = true;
		p->server = arena_fmt(c->arena, "%s:%lld（%s）", s.host, (long long)s.port, smtp_security_label(s.security));
		p->from = s.from;
	}
	if (e == OK) {
		p->front_url = s.front_url;
		e = survey_mail_setting(c, true, true, &s);
	}
	if (e == OK)
		e = survey_post_open(c, in, false);
	if (e != OK && c->n_faults == before)
		return e;
	if (e != OK) {
		const char *said = c->faults[c->n_faults - 1].message;
		bool plain = e == ERR_MAIL_NONE || e == ERR_MAIL_FRONT;
		p->problem = plain ? err_sentence_ja(e) : said;
		p->mend = plain || e == ERR_MAIL_SETTING ? err_mend_ja(e) : "";
	}
	c->n_faults = before; /* nothing was typed: these are no faults of a form */
	return OK;
}

static err bounced(struct ctx *c, struct survey_mail_plan *p, const struct survey_seat *all, size_t n)
{
	p->bounced = ARENA_ARRAY(c->arena, n + 1, struct survey_seat);
	for (size_t i = 0; i < n; i++) {
		if (!str_blank(all[i].inv.bounce))
			p->bounced[p->n_bounced++] = all[i];
		p->sent += str_eq(all[i].inv.state, "sent");
		p->declined += str_eq(all[i].inv.state, "declined");
	}
	p->asked = (int64_t)n;
	return OK;
}

static err counts(struct ctx *c, const struct survey_round_in *in, struct survey_mail_plan *p)
{
	struct survey_seat *v;
	size_t n;
	int64_t skipped;
	TRY(survey_post_seats(c, in, SURVEY_REQUEST, false, &v, &n, &skipped));
	for (size_t i = 0; i < n; i++)
		++*(survey_reach_of(&v[i]) == REACH_MAIL ? &p->by_mail : survey_reach_of(&v[i]) == REACH_LETTER ? &p->by_letter : &p->without);
	TRY(survey_post_seats(c, in, SURVEY_REMINDER, false, &v, &n, &p->remind_done));
	for (size_t i = 0; i < n; i++)
		p->remind_mail += survey_reach_of(&v[i]) == REACH_MAIL;
	TRY(survey_post_seats(c, in, SURVEY_REMINDER, true, &v, &n, &skipped));
	for (size_t i = 0; i < n; i++)
		p->remind_letter += survey_reach_of(&v[i]) != REACH_MAIL;
	TRY(survey_post_seats(c, in, SURVEY_RESULTS, false, &v, &n, &skipped));
	for (size_t i = 0; i < n; i++)
		p->results_mail += survey_reach_of(&v[i]) == REACH_MAIL;
	return OK;
}

static void reminders(const struct survey_round_in *in, struct survey_mail_plan *p)
{
	enum { MOST = sizeof p->reminders / sizeof p->reminders[0] };
	for (civil d = in->round.opens_on; d <= in->round.closes_on && p->n_reminders < MOST; d++)
		if (survey_is_remind_day(&in->round, d))
			p->reminders[p->n_reminders++] = d;
}

static err words(struct ctx *c, const struct survey_round_in *in, struct survey_mail_plan *p)
{
	struct survey_words_in w = {.survey = &in->survey, .round = &in->round, .sender = in->sender, .label = "（宛先の名前）", .link = "", .results = ""};
	struct t_survey_outcome *o;
	size_t n;
	TRY(survey_mail_words(c, &w, &p->request));
	w.what = SURVEY_REMINDER;
	TRY(survey_mail_words(c, &w, &p->reminder));
	TRY(survey_outcomes(c, in->survey.id, &o, &n));
	for (size_t i = 0; i < n; i++)
		p->n_untold += o[i].told_on == CIVIL_NONE;
	TRY(survey_results_text(c, &in->survey, &w.results));
	p->results = (struct survey_words){"", ""};
	if (str_blank(w.results))
		return OK;
	w.what = SURVEY_RESULTS;
	return survey_mail_words(c, &w, &p->results);
}

err survey_mail_plan_of(struct ctx *c, const char *round_pid, struct survey_mail_plan *out)
{
	struct survey_round_in in;
	struct survey_seat *all;
	size_t n;
	*out = (struct survey_mail_plan){.problem = "", .mend = "", .server = "", .from = "", .front_url = ""};
	TRY(survey_round_in_of(c, round_pid, ACTION_SEE, &in));
	out->survey = in.survey;
	out->round = in.round;
	out->sender = in.sender;
	TRY(problems(c, &in, out));
	TRY(survey_seats(c, round_pid, SURVEY_ALL, &all, &n));
	TRY(bounced(c, out, all, n));
	TRY(counts(c, &in, out));
	reminders(&in, out);
	return words(c, &in, out);
}
