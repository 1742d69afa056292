/* front_file — the exchange files of a survey between a closed network (inside) and the host the world sees (outside), carried by hand or
 * by a relay.
 *
 * Inside → outside: rounds answered outside, their seats, hashes of links, closings, results. Outside → inside: who opened and who used
 * the link, named answers with their version, the pot of anonymous answers in random order. Which of the two a house is says its data
 * folder (house.outside). A file always holds the whole state, so a lost one costs nothing; it carries a number that grows, and an older or
 * repeated one changes nothing (is_old). Anonymous answers stay in the outside pot until a file from the inside says that they have
 * arrived, and leave it only when FRONT_POT_LEAST of them can go together or the round is over.
 * Everything of a file is taken in one transaction or nothing. Form of the bytes: exchange/front_seal, exchange/front_body.
 * Gate: keys policy_may_administer (administrators, the console); files front_carry_gate. Every file is noted (exchange/front_carry), a
 * refused one too: so do not call front_file_read inside a transaction. Ownership: arena. Errors: ERR_DENIED, ERR_FRONT_FILE (with a fault that says
 * what is wrong with the file), ERR_FRONT_PEER (keys not exchanged yet), ERR_KEY. Docs: docs/outside.md.
 * Tests: tests/unit/test_exchange_front.c, tests/http/test_front.py. */
#ifndef TSU_EXCHANGE_FRONT_FILE_H
#define TSU_EXCHANGE_FRONT_FILE_H

#include "base/ctx.h"

#define FRONT_FILE_MAX ((size_t)64 << 20) /* bytes */

struct front_peer_view {
	const char *own_line, *own_check;   /* to give to the other side; the number to compare by telephone; "" = no key yet */
	bool is_known;
	const char *peer_check;             /* "" if not known yet */
	int64_t written_no, read_no, known_no; /* as table front_peer; 0 = none */
	int64_t updated_ms;                 /* the last file written or read; INT_NULL = never */
};
MUST err front_peer_of(struct ctx *c, struct front_peer_view *out); /* makes the own key on first use */
MUST err front_peer_see(struct ctx *c, struct front_peer_view *out); /* the same, and makes nothing */
/* The line of the other side. Another one than before: its numbers begin anew. ERR_INPUT with a fault on "key". */
MUST err front_peer_set(struct ctx *c, const char *line);

struct front_file_report {
	int64_t no;
	bool is_old; /* read before, or older than one that was: nothing was changed */
	const char *why_old; /* which of the two, in a sentence; "" if not old */
	int64_t rounds, seats, links, opened, given, spent, pot; /* what the file holds (written) or what was new (read) */
};
MUST err front_file_write(struct ctx *c, const char **bytes, size_t *n, struct front_file_report *out);
MUST err front_file_read(struct ctx *c, const char *bytes, size_t n, struct front_file_report *out);

#endif
