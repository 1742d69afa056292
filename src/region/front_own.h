/* front_own — inside region/front* and exchange/front_file only: a link looked up, and the pot. */
#ifndef TSU_REGION_FRONT_OWN_H
#define TSU_REGION_FRONT_OWN_H

#include "region/front.h"
#include "sql/q_front.h"

struct front_link {
	struct t_front_round round;
	struct q_front_by_hash_row seat;
	enum front_state state;
};
/* ERR_NOTFOUND: no such link. */
MUST err front_link_find(struct ctx *c, const char *link, struct front_link *out);
MUST err front_key_of(struct ctx *c, const char *link_key, const char *purpose, const char *link, uint8_t out[32]);
bool front_is_over(const struct ctx *c, const struct t_front_round *r);

/* JSON of form/answer as answers of the definition; "" gives *out = NULL. */
MUST err front_answers_of(struct ctx *c, const struct form_def *def, const char *json, const struct answers **out);
const char *front_json_of(struct ctx *c, const struct answers *as);
/* What stands before a save: checks (submit) or what can be read (draft). ERR_INPUT with faults; *out is what is stored. */
MUST err front_check(struct ctx *c, const struct answers *as, bool submit, struct answers **out);

/* The pot written anew in random order; batch as in front_pot. Inside a transaction. */
MUST err front_pot_rewrite(struct ctx *c, struct q_front_pot_all_row *v, size_t n);
int64_t front_random_id(void);
void front_shuffle(void *v, size_t n, size_t size, void *spare);

/* Unfinished answers of an anonymous round; *found false: none. */
struct front_draft {
	int64_t version;
	const char *answers;
};
MUST err front_draft_read(struct ctx *c, const struct t_front_round *r, const char *link, struct front_draft *out, bool *found);
MUST err front_drafts_end(struct ctx *c, const char *round_key); /* the round is over: what was not handed in is of no use any more */
MUST err front_draft_write(struct ctx *c, const struct t_front_round *r, const char *link, const struct front_draft *d); /* NULL wipes */

#endif
