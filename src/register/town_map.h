/* town_map — many towns (町域) at once into an area, what that changes for people, and which towns are in no area yet.
 *
 * A mapping is dated. From its first day it takes the place of the rows that said something else for the same town, block
 * range and level: they end the day before, or go to the bin if they would have begun on it or later. Narrower block ranges
 * stay: they are exceptions and win over the whole town. The areas of people follow from that day, but never from a day that
 * has passed: what was counted stays as it was (C-001). Areas that were set by hand stay. Everybody's areas follow, also of
 * those whom the actor may not see; the effect tells numbers, never who.
 * A trial does everything and takes it back: its numbers are those of the act itself.
 * Up to TOWN_FOLLOW_NOW people follow in the same transaction; above that, and for a day to come, town_follow does it.
 * Gate: map, end, follow — administrator, console, insurer's staff; gaps — anybody logged in, from the addresses of the
 * people the actor may see. Days inclusive. Ownership: arena. Errors: ERR_INPUT with faults ("town", "area", "from_on",
 * "to_on", "block_to"), ERR_PERIOD_ORDER, ERR_DENIED, ERR_NOTFOUND. Tests: tests/unit/test_register_town.c. */
#ifndef TSU_REGISTER_TOWN_MAP_H
#define TSU_REGISTER_TOWN_MAP_H

#include "register/territory.h"

enum { TOWN_MAP_MAX = 1000, TOWN_FOLLOW_NOW = 500, TOWN_FOLLOW_SLICE = 200, TOWN_MOVES_MAX = 40, TOWN_GAP_PEOPLE = 5000 };

struct town_pick {
	const char *city, *town;
	int64_t block_from, block_to; /* 0, 0: the whole town */
};
struct town_map_new {
	int64_t area_id;
	const struct town_pick *v;
	size_t n;
	civil from_on;             /* CIVIL_NONE: since ever */
	bool without_people;       /* the caller calls town_follow himself, once for many of these */
};
struct town_effect {
	int64_t added, same, ended; /* rows made, there already, ended or taken away */
	int64_t persons;            /* who gets another area */
	bool is_later;              /* town_follow is still to be called, at once or on `on` */
	civil on;                   /* from when people follow: today at the earliest */
	struct town_move {          /* what is not listed any more is in persons all the same */
		int64_t from_area, to_area, persons; /* INT_NULL: none */
	} moves[TOWN_MOVES_MAX];
	size_t n_moves;
};
MUST err town_map_many(struct ctx *c, const struct town_map_new *in, bool trial, struct town_effect *out);
MUST err town_map_end(struct ctx *c, const char *town_area_pid, civil last_day, bool trial, struct town_effect *out);
/* The area's last day: it, its towns and whoever serves it end together. */
MUST err town_area_close(struct ctx *c, const char *area_pid, civil last_day, bool trial, struct town_effect *out);

/* The areas of everybody anew from the address and the tables of today; TOWN_FOLLOW_SLICE people after *after_id, in a
 * transaction of its own. *after_id moves on; *end: that was the last slice. *changed grows. To be run on the day a mapping begins. */
MUST err town_follow(struct ctx *c, int64_t *after_id, int64_t *changed, bool *end);
MUST err town_follow_all(struct ctx *c, int64_t *changed);

/* Towns without an area of a level: from the postal table of the insurer's municipality, and from the homes of people who
 * have no such area. By name. */
struct town_gap {
	const char *city, *town;
	bool is_postal;
	int64_t persons; /* whom the actor may see */
};
struct town_gaps {
	struct town_gap *v;
	size_t n;
	const char *city;    /* the municipality that was looked for; "" if the insurer has none */
	int64_t postal_rows; /* of that municipality in the postal table; 0: not imported */
	int64_t elsewhere;   /* people without an area whose address is in another municipality or has no town */
	bool is_cut;         /* only the first TOWN_GAP_PEOPLE people were looked at */
};
MUST err town_gap_list(struct ctx *c, int64_t insurer_org_id, const char *level, struct town_gaps *out);

/* The municipality of an organisation: its own, else its insurer's, else the insurer's name if it ends in 市区町村; "". */
MUST err town_city_of(struct ctx *c, int64_t org_id, const char **city);

#endif
