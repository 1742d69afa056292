/* survey_mail_own — what mails and letters of a survey share. For region/survey_mail* and survey_letter* alone. */
#ifndef TSU_REGION_SURVEY_MAIL_OWN_H
#define TSU_REGION_SURVEY_MAIL_OWN_H

#include "codec/smtp.h"
#include "region/survey_mail.h"
#include "region/survey_seat.h"

enum survey_reach { REACH_MAIL, REACH_LETTER, REACH_NONE };
enum survey_reach survey_reach_of(const struct survey_seat *s);

struct survey_round_in {
	struct t_survey survey;
	struct t_survey_round round;
	const char *sender; /* name of the organisation that asks */
};
MUST err survey_round_in_of(struct ctx *c, const char *round_pid, enum action a, struct survey_round_in *out);

/* Whom a letter of this kind is for, on whatever way: requests those that wait and have not answered, reminders those who were asked and are silent, results those
 * who answered. Anonymous: see survey_mail.h; by_letter: the list is shown on paper, so it tells nothing of who answered. *skipped: had theirs
 * today already. */
MUST err survey_post_seats(struct ctx *c, const struct survey_round_in *in, enum survey_post what, bool by_letter, struct survey_seat **v, size_t *n, int64_t *skipped);
/* May it be answered now? Faults and codes for people. Letters may be printed before the first day. */
MUST err survey_post_open(struct ctx *c, const struct survey_round_in *in, bool by_letter);

/* A link on its way, and what became of it; each is a transaction of its own. *done: nothing to send any more (declined, answered meanwhile,
 * or another run was faster). again: sent whatever was sent before. */
MUST err survey_post_offer(struct ctx *c, const struct survey_round_in *in, enum survey_post what, bool again, const char *seat_pid, const char **link, bool *done);
struct survey_posted {
	enum survey_post what;
	const char *seat_pid, *link; /* NULL: it carried none */
	bool arrived, bounced, by_letter;
	const char *why;
};
MUST err survey_post_note(struct ctx *c, const struct survey_round_in *in, const struct survey_posted *p);
MUST err survey_post_reminded(struct ctx *c, const struct survey_round_in *in); /* the round was reminded today */

/* The setting: with a server, with the address of the answering page, or both. ERR_MAIL_NONE, ERR_MAIL_SETTING, ERR_MAIL_FRONT, each with a
 * fault "" that says more. */
MUST err survey_mail_setting(struct ctx *c, bool with_server, bool with_link, struct smtp_setting *out);

const char *survey_addressee(struct arena *a, const struct t_survey *s, const char *label); /* 名 御中; of a care manager 事業所 in a line of its own, 名 様 */

#endif
