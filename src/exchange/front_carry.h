/* front_carry — who may carry the exchange files of surveys (exchange/front_file), and the record of every file: made, brought here, refused.
 *
 * Keys belong to the house: administrators alone exchange them. Files are sealed for the other house and signed by it, so whoever answers
 * for a round that is answered outside may carry them too. Of the rounds of other organisations such a carrier is told nothing.
 * A refused file leaves a note with the sentence that was told, and nothing else.
 * Ownership: arena. Errors: ERR_DENIED. Tests: tests/http/test_survey_ways.py, tests/unit/test_exchange_front.c. */
#ifndef TSU_EXCHANGE_FRONT_CARRY_H
#define TSU_EXCHANGE_FRONT_CARRY_H

#include "exchange/front_file.h"

MUST err front_carry_gate(struct ctx *c);

/* Rounds that are answered outside: own ones; all of the house for an administrator. Newest first. */
struct front_carry_round {
	const char *pid, *survey_pid, *title, *name;
	civil opens_on, closes_on, closed_on;
	bool is_anonymous;
	bool is_asked; /* somebody was added, so it is in the file */
	bool is_own;   /* the actor's organisation asks it and the actor may write it */
};
MUST err front_carry_rounds(struct ctx *c, struct front_carry_round **v, size_t *n);

struct front_carry_part { /* made here: all that the file held; brought here: what was new */
	const char *round_pid, *title, *round_name;
	bool is_anonymous, is_own;
	int64_t seats, links, opened, given, spent, pot;
};
struct front_carry_line {
	const char *way, *state; /* out in; made taken old refused */
	const char *why;
	int64_t no, at_ms;       /* no: INT_NULL = could not be read */
	struct front_carry_part *parts;
	size_t n_parts;
};
enum { FRONT_CARRY_MOST = 50 };
MUST err front_carry_list(struct ctx *c, struct front_carry_line **v, size_t *n); /* the newest FRONT_CARRY_MOST, newest first */

/* For front_file alone. Inside a transaction. */
struct front_carry_note {
	const char *way, *state, *why;
	int64_t no;
	const char *bytes;
	size_t n;
	const struct front_carry_sum {
		const char *round_key;
		int64_t seats, links, opened, given, spent, pot;
	} *sums;
	size_t n_sums;
};
MUST err front_carry_write(struct ctx *c, const struct front_carry_note *note);
/* The way the same bytes went before and were not refused: out, in; "" = never seen. */
MUST err front_carry_seen(struct ctx *c, const char *bytes, size_t n, const char **way);

#endif
