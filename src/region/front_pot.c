/* The pot of anonymous answers and the sealed unfinished ones. Nothing here writes a time, a revision or an audit entry, and after each
 * change the journal of the store is emptied (tx_wipe): in it lies which rows were written together (decision 017). */
#include "access/key.h"
#include "base/buf.h"
#include "base/pid.h"
#include "base/str.h"
#include "codec/json.h"
#include "region/front_own.h"
#include "store/revision.h"
#include "store/tx.h"

#include <stdlib.h>
#include <string.h>

int64_t front_random_id(void)
{
	uint64_t v;
	do {
		rand_bytes(&v, sizeof v);
		v >>= 1;
	} while (v == 0);
	return (int64_t)v;
}

/* Evenly from 0 … n - 1. */
static size_t random_below(size_t n)
{
	uint64_t v, most = UINT64_MAX - UINT64_MAX % n;
	do
		rand_bytes(&v, sizeof v);
	while (v >= most);
	return (size_t)(v % n);
}

void front_shuffle(void *v, size_t n, size_t size, void *spare)
{
	char *at = v;
	for (size_t i = n; i > 1; i--) {
		size_t k = random_below(i);
		memcpy(spare, at + (i - 1) * size, size);
		memcpy(at + (i - 1) * size, at + k * size, size);
		memcpy(at + k * size, spare, size);
	}
}

static int by_id(const void *x, const void *y)
{
	const struct q_front_pot_all_row *a = x, *b = y;
	return a->id < b->id ? -1 : a->id > b->id;
}

/* In the order of the ids, which are drawn by lot: so every row is added at the end of the file's tree. A row put between others makes the
 * engine divide pages, and the halves that moved stay behind as bytes, whatever it wipes of what is deleted. */
err front_pot_rewrite(struct ctx *c, struct q_front_pot_all_row *v, size_t n)
{
	if (n > 1)
		qsort(v, n, sizeof *v, by_id);
	TRY(q_front_pot_clear(c, NULL));
	for (size_t i = 0; i < n; i++)
		TRY(q_front_pot_add(c, &(struct q_front_pot_add_in){.id = v[i].id, .round_key = v[i].round_key, .mode = v[i].mode, .batch = v[i].batch,
			.answers = v[i].answers}, NULL));
	tx_wipe(c);
	return OK;
}

err front_pot_add(struct ctx *c, const char *round_key, const char *mode, const struct answers *as)
{
	struct q_front_pot_all_row *old, *v;
	size_t n;
	TRY(q_front_pot_all(c, &old, &n));
	v = ARENA_ARRAY(c->arena, n + 1, struct q_front_pot_all_row);
	if (n > 0)
		memcpy(v, old, n * sizeof *v);
	v[n] = (struct q_front_pot_all_row){.id = front_random_id(), .round_key = round_key, .mode = mode, .answers = front_json_of(c, as)};
	return front_pot_rewrite(c, v, n + 1);
}

static err round_of(struct ctx *c, const char *key, struct t_front_round *out)
{
	struct q_front_round_of_row r;
	bool found;
	TRY(q_front_round_of(c, &(struct q_front_round_of_in){.key = key}, &r, &found));
	return found ? row_load(c, &T_front_round, r.id, out) : ERR_NOTFOUND;
}

err front_pot_take(struct ctx *c, const char *round_key, struct front_cast **v, size_t *n)
{
	struct q_front_pot_all_row *all;
	struct t_front_round round;
	struct front_cast spare;
	size_t n_all, kept = 0;
	*n = 0;
	TRY(round_of(c, round_key, &round));
	TRY(q_front_pot_all(c, &all, &n_all));
	*v = ARENA_ARRAY(c->arena, n_all + 1, struct front_cast);
	for (size_t i = 0; i < n_all; i++)
		if (str_eq(all[i].round_key, round_key))
			(*v)[(*n)++] = (struct front_cast){all[i].mode, all[i].answers};
		else
			all[kept++] = all[i];
	bool over = front_is_over(c, &round);
	if (over)
		TRY(front_drafts_end(c, round_key));
	if (*n < FRONT_POT_LEAST && !over)
		*n = 0;
	if (*n == 0)
		return OK;
	front_shuffle(*v, *n, sizeof **v, &spare);
	return front_pot_rewrite(c, all, kept);
}

err front_pot_count(struct ctx *c, const char *round_key, int64_t *in_pot, int64_t *spent, int64_t *seats)
{
	struct q_front_pot_size_row pot;
	struct q_front_seat_counts_row counts;
	struct t_front_round round;
	TRY(round_of(c, round_key, &round));
	TRY(q_front_pot_size(c, &(struct q_front_pot_size_in){.round_key = round_key}, &pot));
	TRY(q_front_seat_counts(c, &(struct q_front_seat_counts_in){.round_id = round.id}, &counts));
	*in_pot = pot.n;
	*spent = counts.spent;
	*seats = counts.seats;
	return OK;
}

/* ---- unfinished answers ----------------------------------------------------------------------------------------------------- */

static err draft_id(struct ctx *c, const struct t_front_round *r, const char *link, int64_t *id)
{
	uint8_t mac[32];
	uint64_t v;
	TRY(front_key_of(c, r->link_key, "survey-draft-name", link, mac));
	memcpy(&v, mac, sizeof v);
	*id = (int64_t)(v >> 1);
	return OK;
}

static err draft_key(struct ctx *c, const struct t_front_round *r, const char *link, const struct house_key **key)
{
	uint8_t mac[32];
	TRY(front_key_of(c, r->link_key, "survey-draft-key", link, mac));
	*key = key_of_bytes(c->arena, mac);
	return OK;
}

err front_draft_read(struct ctx *c, const struct t_front_round *r, const char *link, struct front_draft *out, bool *found)
{
	struct q_front_draft_get_row row;
	const struct house_key *key;
	int64_t id;
	*out = (struct front_draft){.answers = ""};
	TRY(draft_id(c, r, link, &id));
	TRY(q_front_draft_get(c, &(struct q_front_draft_get_in){.id = id}, &row, found));
	if (!*found)
		return OK;
	void *p;
	size_t n;
	struct json *v;
	TRY(draft_key(c, r, link, &key));
	TRY(key_open(c->arena, key, "survey-draft", row.body.p, row.body.n, &p, &n));
	TRY(json_parse(c->arena, p, n, NULL, &v, NULL));
	out->answers = json_get_text(v, "answers", "");
	return json_int(json_get(v, "version"), &out->version) ? OK : ERR_JSON;
}

err front_drafts_end(struct ctx *c, const char *round_key)
{
	tx_wipe(c);
	return q_front_draft_wipe_round(c, &(struct q_front_draft_wipe_round_in){.round_key = round_key}, NULL);
}

err front_draft_write(struct ctx *c, const struct t_front_round *r, const char *link, const struct front_draft *d)
{
	const struct house_key *key;
	int64_t id;
	TRY(draft_id(c, r, link, &id));
	TRY(q_front_draft_wipe(c, &(struct q_front_draft_wipe_in){.id = id}, NULL));
	tx_wipe(c);
	if (!d)
		return OK;
	struct json *o = json_new(c->arena, JSON_OBJECT);
	json_set(c->arena, o, "version", json_new_int(c->arena, d->version));
	json_set(c->arena, o, "answers", json_new_text(c->arena, d->answers));
	const char *text = json_to_text(c->arena, o, true);
	struct blob body;
	TRY(draft_key(c, r, link, &key));
	body.p = key_seal(c->arena, key, "survey-draft", text, strlen(text), &body.n);
	return q_front_draft_put(c, &(struct q_front_draft_put_in){.id = id, .round_key = r->key, .body = body}, NULL);
}
