#include "exchange/front_carry.h"

#include "access/key.h"
#include "access/policy.h"
#include "base/str.h"
#include "sql/q_front.h"
#include "sql/tables.h"
#include "store/revision.h"

#include <sodium.h>

err front_carry_gate(struct ctx *c)
{
	struct q_front_carry_may_row r;
	bool found;
	if (policy_may_administer(c))
		return OK;
	TRY(q_front_carry_may(c, &r, &found));
	return found ? OK : ERR_DENIED;
}

err front_carry_rounds(struct ctx *c, struct front_carry_round **v, size_t *n)
{
	struct q_front_carry_rounds_row *r;
	TRY(front_carry_gate(c));
	TRY(q_front_carry_rounds(c, &(struct q_front_carry_rounds_in){.every = policy_may_administer(c)}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct front_carry_round);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct front_carry_round){.pid = r[i].pid, .survey_pid = r[i].survey_pid, .title = r[i].title, .name = r[i].name, .opens_on = r[i].opens_on,
			.closes_on = r[i].closes_on, .closed_on = r[i].closed_on, .is_anonymous = r[i].is_anonymous, .is_asked = r[i].is_asked, .is_own = r[i].is_own};
	return OK;
}

static void part_of(const struct q_front_carry_round_list_row *r, struct front_carry_part *p)
{
	*p = (struct front_carry_part){.round_pid = r->round_key, .title = r->title, .round_name = r->round_name, .is_anonymous = r->is_anonymous, .is_own = r->is_own,
		.seats = r->seats, .links = r->links, .opened = r->opened, .given = r->given, .spent = r->spent, .pot = r->pot};
}

err front_carry_list(struct ctx *c, struct front_carry_line **v, size_t *n)
{
	struct q_front_carry_list_row *r;
	struct q_front_carry_round_list_row *p;
	size_t n_parts, at = 0;
	TRY(front_carry_gate(c));
	TRY(q_front_carry_list(c, &(struct q_front_carry_list_in){.limit = FRONT_CARRY_MOST}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct front_carry_line);
	if (*n == 0)
		return OK;
	TRY(q_front_carry_round_list(c, &(struct q_front_carry_round_list_in){.from_id = r[*n - 1].id, .every = policy_may_administer(c)}, &p, &n_parts));
	for (size_t i = 0; i < *n; i++) { /* both run from the newest to the oldest */
		struct front_carry_line *x = &(*v)[i];
		*x = (struct front_carry_line){.way = r[i].way, .state = r[i].state, .why = r[i].why, .no = r[i].no, .at_ms = r[i].created_ms,
			.parts = ARENA_ARRAY(c->arena, n_parts - at + 1, struct front_carry_part)};
		for (; at < n_parts && p[at].carry_id == r[i].id; at++)
			part_of(&p[at], &x->parts[x->n_parts++]);
	}
	return OK;
}

/* ---- for front_file ------------------------------------------------------------------------------------------------------------------ */

static const char *sum_of(struct ctx *c, const char *bytes, size_t n)
{
	uint8_t sum[crypto_hash_sha256_BYTES];
	char *hex = arena_alloc(c->arena, sizeof sum * 2 + 1);
	crypto_hash_sha256(sum, (const uint8_t *)bytes, n);
	key_hex(sum, sizeof sum, hex);
	return hex;
}

err front_carry_write(struct ctx *c, const struct front_carry_note *note)
{
	struct t_front_carry row;
	row_init(&T_front_carry, &row);
	row.way = note->way;
	row.state = note->state;
	row.why = note->why;
	row.no = note->no;
	row.sha256 = sum_of(c, note->bytes, note->n);
	TRY(row_insert(c, &T_front_carry, &row));
	for (size_t i = 0; i < note->n_sums; i++) {
		const struct front_carry_sum *s = &note->sums[i];
		TRY(q_front_carry_put(c, &(struct q_front_carry_put_in){.carry_id = row.id, .round_key = s->round_key, .seats = s->seats, .links = s->links,
			.opened = s->opened, .given = s->given, .spent = s->spent, .pot = s->pot}, NULL));
	}
	return OK;
}

err front_carry_seen(struct ctx *c, const char *bytes, size_t n, const char **way)
{
	struct q_front_carry_known_row r;
	bool found;
	TRY(q_front_carry_known(c, &(struct q_front_carry_known_in){.sha256 = sum_of(c, bytes, n)}, &r, &found));
	*way = found ? r.way : "";
	return OK;
}
