/* front_body — what an exchange file between the two houses of a survey says, as structs and as JSON. Pure.
 *
 * From the inside: rounds, seats, hashes of links, and how far it has read. From the outside: marks, named answers with their version,
 * and the pot, whose answers carry the number of the file that first held them, so that no file counts one twice.
 * Refused: unknown or missing members, wrong types, keys that are no keys. Ownership: arena, text of the tree. Errors: ERR_FRONT_FILE.
 * Tests: tests/unit/test_exchange_front.c, tests/fuzz/fuzz_front_file.c. */
#ifndef TSU_EXCHANGE_FRONT_BODY_H
#define TSU_EXCHANGE_FRONT_BODY_H

#include "base/arena.h"
#include "base/err.h"
#include "sql/tables.h"

struct front_body_seat {
	const char *key, *label, *prefill;
	int64_t serial;
	bool is_revoked;
};
struct front_body_link {
	const char *hash, *seat;
	bool is_replaced;
};
struct front_body_given {
	const char *seat, *state, *answers;
	int64_t version;
	civil submitted_on;
};
struct front_body_cast {
	const char *mode, *answers;
	int64_t batch;
};

struct front_body_round {
	struct t_front_round row; /* from the outside: key and is_anonymous alone */
	struct front_body_seat *seats;
	struct front_body_link *links;
	const char **opened, **spent; /* keys of seats */
	struct front_body_given *given;
	struct front_body_cast *pot;
	size_t n_seats, n_links, n_opened, n_spent, n_given, n_pot;
};

struct front_body {
	bool from_inside;
	const char *from, *to; /* public keys, hex */
	int64_t no;            /* number of this file */
	int64_t ack;           /* the newest file of the other side that the writer has read */
	struct front_body_round *rounds;
	size_t n;
};

const char *front_body_text(struct arena *a, const struct front_body *b);
MUST err front_body_parse(struct arena *a, const char *text, size_t n, struct front_body *out);

#endif
