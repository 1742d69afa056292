/* find — what search and person_list share. For register/ alone. Tests: tests/unit/test_register_a.c. */
#ifndef TSU_REGISTER_FIND_H
#define TSU_REGISTER_FIND_H

#include "register/search.h"
#include "sql/q_register_person.h"

void find_hit_of(const struct q_person_front_row *r, struct ctx *c, struct person_hit *h);
void find_hit_of_page(const struct q_person_page_row *r, struct ctx *c, struct person_hit *h);
/* The actor's organisation holds at most `limit` grants: beginning with them is quicker than asking the scope of each row. */
MUST err find_few(struct ctx *c, int64_t limit, bool *few);
/* The same for a list in an order: few against what must be walked through to fill a page. */
MUST err find_few_of_list(struct ctx *c, bool *few);
/* The range of folded readings of a row of the 五十音 table (0..9). */
void find_row_range(struct ctx *c, int row, const char **from, const char **to);

#endif
