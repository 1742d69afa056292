/* pages/outside — the exchange files between this house and the host that takes the answers of surveys (exchange/front_file, front_carry):
 * keys, the next file, a file that came, what each held. Ownership: arena of the request. Tests: tests/http/test_survey_ways.py. */
#ifndef TSU_WEB_PAGES_OUTSIDE_H
#define TSU_WEB_PAGES_OUTSIDE_H

#include "exchange/front_carry.h"
#include "web/page.h"

struct outside_round {
	const struct front_carry_round *r;
	const char *state, *kind; /* tag */
};
struct outside_part {
	const struct front_carry_part *p;
	const char *what;         /* what of it was in the file */
};
struct outside_line {
	const struct front_carry_line *l;
	const char *way, *state, *kind;
	struct outside_part *parts;
	size_t n_parts;
};
struct outside_view {
	const struct page_view *page;
	const struct front_peer_view *peer;
	bool may_key, may_round;  /* may_round: the pages of surveys are open */
	struct outside_round *rounds;
	size_t n_rounds;
	struct outside_line *lines;
	size_t n_lines;
};

#endif
