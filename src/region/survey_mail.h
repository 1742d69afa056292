/* survey_mail — requests, reminders and results of a round by mail.
 *
 * Each mail carries a link of its own, made at the moment of sending and stored nowhere: the older link of the seat goes on working until
 * the server has taken the new mail, and then says that it was replaced (C-170). What was sent is marked mail by mail, each in a transaction
 * of its own, so that a cancelled or broken run can be started again and goes on where it stopped; one bad address stops nobody else's mail.
 * Reminders by rule (C-172): remind_days before closes_on, once per day, to those who have not answered and have not declined.
 * Anonymous rounds (C-193): a reminder goes to the seats whose link is not used, and nothing is written at a seat, neither a count nor a day
 * nor a bounce, for it would tell who has answered; results go to everybody who was asked.
 * Gate: survey_gate WRITE; the daily run is the house's own. The setting is codec/smtp's mail.ini.
 * Source: community-process C-170, C-172, C-173, C-190, §8. Units: civil days. Ownership: arena.
 * Errors: ERR_MAIL_NONE, ERR_MAIL_SETTING, ERR_MAIL_FRONT (no public address), ERR_SURVEY_CLOSED, ERR_SURVEY_EARLY, ERR_INPUT with faults,
 * what step returns (ERR_CANCELLED). Tests: tests/unit/test_region_survey_mail.c, tests/http/test_survey_mail.py. */
#ifndef TSU_REGION_SURVEY_MAIL_H
#define TSU_REGION_SURVEY_MAIL_H

#include "region/survey_round.h"

enum survey_post { SURVEY_REQUEST, SURVEY_REMINDER, SURVEY_RESULTS };

/* ---- the words ------------------------------------------------------------------------------------------------------- */
struct survey_words_in {
	enum survey_post what;
	const struct t_survey *survey;
	const struct t_survey_round *round;
	const char *sender, *label; /* whose survey; whom it is for */
	const char *link;           /* the whole address; "" = a line that says where it will stand (preview) */
	const char *results;        /* survey_results_text; SURVEY_RESULTS alone */
};
struct survey_words {
	const char *subject, *body;
};
MUST err survey_mail_words(struct ctx *c, const struct survey_words_in *in, struct survey_words *out);
/* The address of a link: front_url/a/LINK. Arena. */
const char *survey_link_url(struct arena *a, const char *front_url, const char *link);

/* ---- before sending ---------------------------------------------------------------------------------------------------- */
struct survey_mail_plan {
	struct t_survey survey;
	struct t_survey_round round;
	const char *sender;
	bool has_server;
	const char *problem;       /* "" or why no mail can be sent now, a plain sentence; *mend what to do */
	const char *mend;
	const char *server;        /* "mail.example.jp:587（STARTTLS）"; "" without a server */
	const char *from, *front_url;
	int64_t asked, sent, declined;
	int64_t by_mail, by_letter, without;      /* of those not asked yet: mail with an address, letter with an address, neither */
	int64_t remind_mail, remind_letter, remind_done; /* silent ones; _done: reminded today already. Anonymous: numbers alone */
	int64_t results_mail;      /* who would get the results */
	struct survey_seat *bounced;
	size_t n_bounced;
	civil reminders[8];        /* the days of the rule, in order */
	size_t n_reminders;
	struct survey_words request, reminder, results; /* results.body "": nothing was told yet */
	int64_t n_untold;          /* lines of 変えること that were not told yet */
};
MUST err survey_mail_plan_of(struct ctx *c, const char *round_pid, struct survey_mail_plan *out);

/* ---- sending, for jobs --------------------------------------------------------------------------------------------------- */
typedef err (*survey_step)(void *arg, int64_t done, int64_t total); /* after each mail; NULL = not */
struct survey_sent {
	int64_t total, sent, bounced, later, skipped; /* skipped: reminded today already */
	int64_t rounds;                               /* daily run: rounds whose day it is */
	const char *stopped;                          /* why the rest was not tried; "" = all were */
};
/* The requests that wait, or the one of seat_pid ("" = all): sent again too, whatever its state but declined. */
MUST err survey_mail_send(struct ctx *c, const char *round_pid, const char *seat_pid, survey_step step, void *arg, struct survey_sent *out);
MUST err survey_mail_remind(struct ctx *c, const char *round_pid, survey_step step, void *arg, struct survey_sent *out);
MUST err survey_mail_remind_due(struct ctx *c, survey_step step, void *arg, struct survey_sent *out); /* all rounds whose day it is */
MUST err survey_mail_results(struct ctx *c, const char *round_pid, survey_step step, void *arg, struct survey_sent *out);
const char *survey_sent_words(struct arena *a, enum survey_post what, const struct survey_sent *r); /* for the end of a job */

/* ---- by hand --------------------------------------------------------------------------------------------------------------- */
/* The address is corrected in the frame, the seat is asked by mail and waits again. base: version of the target. Fault on "email". */
MUST err survey_mail_readdress(struct ctx *c, const char *invitation_pid, const char *email, int64_t base);
bool survey_is_remind_day(const struct t_survey_round *r, civil on); /* closes_on less one of remind_days */

#endif
