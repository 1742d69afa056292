/* front — the side of a survey that the world sees: a personal link, the questions, the answers; no account, no register.
 *
 * The same module serves an open machine (its tables lie beside the register, which it never reads) and `serve --outside`
 * (a data folder that has nothing else). What it knows comes by front_publish, directly or out of an exchange file
 * (exchange/front_file); what it gathered goes back the same ways (region/survey_collect).
 *
 * Links: a link is a public id of 128 random bits; stored is only its hash, keyed with the random key of its round
 * (front_round.link_key), so that another host checks it without the key of this house. A newer link of the same seat makes the
 * older ones say that they were replaced. Of a named round everything is kept with its history. Of an
 * anonymous round the seat holds one mark, "used"; the answer goes into the pot under a random key, without time, history
 * or audit entry; unfinished answers are sealed with a key that only the link gives (decision 017).
 * Gate: the link. Units: civil days. Ownership: arena. Errors: ERR_NOTFOUND (no such link), ERR_SURVEY_CLOSED,
 * ERR_SURVEY_SPENT, ERR_SURVEY_REPLACED (with sentences of errors.tbl.h), ERR_INPUT with faults by question, ERR_CONFLICT.
 * Tests: tests/unit/test_region_front.c, tests/http/test_front.py. */
#ifndef TSU_REGION_FRONT_H
#define TSU_REGION_FRONT_H

#include "form/answer.h"
#include "sql/tables.h"

/* ---- what the inside gives it ------------------------------------------------------------------------------------- */

/* Insert or renew a round, found by row->key (row_init first); link_key and whether it is anonymous stay (ERR_SURVEY_FIXED). Inside a
 * transaction. is_outside: it is answered on the other host; here its links lead nowhere. */
MUST err front_round_put(struct ctx *c, struct t_front_round *row);
struct front_seat_new {
	const char *key;       /* survey_invitation.pid */
	int64_t serial;
	const char *label;     /* "" in anonymous rounds */
	const char *prefill;   /* "" or JSON of form/answer; "" in anonymous rounds; NULL = as it was */
	bool is_revoked;
};
MUST err front_seat_put(struct ctx *c, const char *round_key, const struct front_seat_new *s);
/* A fresh link for the seat; older ones are replaced. link: the public id, arena; it is told once and never stored. */
MUST err front_link_make(struct ctx *c, const char *seat_key, const char **link);
/* The same in two steps, for a link that has to travel first: until it is settled it works beside the older ones. arrived: the older ones
 * are replaced; else it is as if it had never been made. */
MUST err front_link_offer(struct ctx *c, const char *seat_key, const char **link);
MUST err front_link_settle(struct ctx *c, const char *seat_key, const char *link, bool arrived);
MUST err front_link_hash(struct ctx *c, const char *seat_key, const char *link, const char **hash); /* hex */
MUST err front_link_put(struct ctx *c, const char *seat_key, const char *hash); /* from an exchange file */

/* ---- what a respondent does ------------------------------------------------------------------------------------------ */

enum front_state { FRONT_OPEN, FRONT_NOT_YET, FRONT_CLOSED, FRONT_SPENT, FRONT_REPLACED, FRONT_REVOKED };

struct front_view {
	enum front_state state;
	struct t_front_round round;
	const char *seat_key, *label; /* "" in anonymous rounds */
	int64_t serial;
	const struct form_def *def;
	const struct answers *answers;  /* what stands: given, else filled in advance, else blank */
	const struct answers *prefill;  /* NULL: not filled in advance */
	bool is_given, is_submitted;    /* something was saved; it was handed in */
	bool is_early;                  /* the period asked about is not over (C-173) */
	int64_t version;                /* base of the next save; 0 = none yet */
};
/* Reading alone: FRONT_CLOSED still shows what was answered (named). Unknown links: ERR_NOTFOUND. */
MUST err front_open(struct ctx *c, const char *link, struct front_view *out);
/* Named: saved, `submit` hands in (may be handed in anew until closing; once handed in, every save is checked as handing in);
 * base = version it was filled from. Changes of others since then are merged question by question; the same question changed on
 * both sides is ERR_CONFLICT: show front_open's answers beside what was typed.
 * Anonymous: submit = false keeps sealed unfinished answers; true puts them into the pot, marks the seat, wipes the
 * unfinished ones. Answers to questions that a branch hides are left out of what is stored. One transaction. */
MUST err front_save(struct ctx *c, const char *link, const struct answers *as, bool submit, int64_t base);
/* After some fields could not be read: what else is wrong with handing in, so that all faults are told at once. Saves nothing. */
void front_faults(struct ctx *c, const struct answers *as);
MUST err front_mark_opened(struct ctx *c, const char *link); /* named rounds: 開封; harmless for others */
err front_state_error(enum front_state s);                    /* OK for FRONT_OPEN; what front_save gives */

/* ---- what the inside fetches ------------------------------------------------------------------------------------------- */

struct front_given {
	const char *seat_key, *answers, *state;
	const char *prefill; /* what the page was filled in with; "" nothing */
	bool is_opened;
	civil submitted_on;
	int64_t version;
};
/* Named: seats that were opened or answered; seat_key NULL = all of the round. */
MUST err front_given_list(struct ctx *c, const char *round_key, const char *seat_key, struct front_given **v, size_t *n);
/* One answer out of the pot, JSON of form/answer; mode: web, or as it was told to front_pot_add. */
struct front_cast {
	const char *mode, *answers;
};
/* While a round is open its pot is moved only when this many are in it, so that no single answer is seen to arrive. */
enum { FRONT_POT_LEAST = 5 };
/* Anonymous: the pot in random order, and emptied; n = 0 while the round is open and fewer than FRONT_POT_LEAST are in it. Inside a
 * transaction; write what comes in the order given. */
MUST err front_pot_take(struct ctx *c, const char *round_key, struct front_cast **v, size_t *n);
/* Answers of paper and telephone: into the pot of an anonymous round, without a seat. Inside a transaction. Checks nothing. */
MUST err front_pot_add(struct ctx *c, const char *round_key, const char *mode, const struct answers *as);
MUST err front_pot_count(struct ctx *c, const char *round_key, int64_t *in_pot, int64_t *spent, int64_t *seats);
MUST err front_unspent(struct ctx *c, const char *round_key, const char ***seat_keys, size_t *n); /* anonymous: links not used */

/* Handed in through the link by now (anonymous: the link is used). For reminders; nobody is shown it of an anonymous round. */
MUST err front_seat_done(struct ctx *c, const char *seat_key, bool *done);

/* Is the question asked, as the other answers stand? MAYBE: the question it depends on is not answered. */
enum front_asked { FRONT_HIDDEN, FRONT_ASKED, FRONT_MAYBE };
enum front_asked front_asked_of(struct ctx *c, const struct answers *as, const struct form_item *it);
/* The definition of a round or a published form, built from its texts. Arena. */
MUST err front_def(struct ctx *c, const char *form_id, const char *version, const char *form, const char *rules, const char *meta,
	const struct form_def **out);
/* Leaves out answers to questions that a branch hides (C-167), also where the question it depends on is hidden itself: a copy. */
struct answers *front_visible(struct ctx *c, const struct answers *as);

#endif
