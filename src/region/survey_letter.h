/* survey_letter — requests and reminders of a round on paper: one letter for each target, for a window envelope (A4 in three, 長形3号).
 *
 * Address at the top left, day and sender at the right, title, greeting, 記 with deadline, 受付番号, the link as QR code and in readable type;
 * behind it, if wished, the questions on paper with boxes (always, and without a link, where no address for answers is set), a branch as 「…とお答えの方へ」. Printing makes a fresh link for every seat printed
 * and marks it as sent (by letter); the older links go on working until the whole file is drawn. Whoever has the file can answer for those in
 * it: it is given away as the result of a job and wiped after 24 hours.
 * Reminders: named rounds to the silent ones; anonymous rounds to all who are asked by letter, for the list would tell who has answered.
 * Gate: survey_gate PRINT and WRITE. Source: community-process C-170 … C-172. Units: 0.1 mm. Ownership: arena.
 * Errors: ERR_MAIL_SETTING, ERR_SURVEY_CLOSED, ERR_INPUT with faults (nobody to print for), ERR_LIMIT, ERR_FONT, what step
 * returns. Tests: tests/http/test_survey_mail.py. */
#ifndef TSU_REGION_SURVEY_LETTER_H
#define TSU_REGION_SURVEY_LETTER_H

#include "region/survey_mail.h"

enum { SURVEY_LETTERS_MOST = 5000 };

struct survey_letter_order {
	const char *round_pid;
	enum survey_post what;        /* SURVEY_REQUEST or SURVEY_REMINDER */
	const char *const *seats;     /* invitations; NULL = those of the round that are asked by letter and wait, or are silent */
	size_t n_seats;
	bool paper;                   /* with the questions on paper */
	bool both_sides;              /* blank pages, so that each letter and each set of questions begins on a sheet of its own */
	survey_step step;
	void *arg;
};
MUST err survey_letters(struct ctx *c, const struct survey_letter_order *o, const char **pdf, size_t *n_pdf, struct survey_sent *out);
/* The letters of these invitations, all of one round, without progress. */
MUST err survey_letter_pdf(struct ctx *c, const char *round_pid, const char *const *invitation_pids, size_t n, bool paper, const char **pdf, size_t *n_pdf);
/* The questions alone, as a sheet to fill in by hand: as they stand while they are designed, and as a round asks them. Nobody's name or number;
 * nothing is marked. Gate: survey_gate PRINT. */
MUST err survey_questions_pdf(struct ctx *c, const char *survey_pid, const char **bytes, size_t *n);
MUST err survey_round_questions_pdf(struct ctx *c, const char *round_pid, const char **bytes, size_t *n);

#endif
