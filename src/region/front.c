#include "region/front.h"

#include "access/key.h"
#include "base/log.h"
#include "base/pid.h"
#include "base/str.h"
#include "codec/json.h"
#include "form/rules.h"
#include "region/front_own.h"
#include "store/revision.h"
#include "store/tx.h"

#include <string.h>

/* ---- rounds ----------------------------------------------------------------------------------------------------------- */

bool front_is_over(const struct ctx *c, const struct t_front_round *r) { return r->is_closed || c->today > r->closes_on; }

static const char *fresh_key(struct ctx *c)
{
	uint8_t k[32];
	char *hex = arena_alloc(c->arena, sizeof k * 2 + 1);
	rand_bytes(k, sizeof k);
	key_hex(k, sizeof k, hex);
	return hex;
}

err front_round_put(struct ctx *c, struct t_front_round *row)
{
	struct q_front_round_of_row known;
	bool found;
	TRY(q_front_round_of(c, &(struct q_front_round_of_in){.key = row->key}, &known, &found));
	if (!found) {
		if (str_blank(row->link_key))
			row->link_key = fresh_key(c);
		return row_insert(c, &T_front_round, row);
	}
	struct t_front_round stored;
	TRY(row_load(c, &T_front_round, known.id, &stored));
	if (stored.is_anonymous != row->is_anonymous || (!str_blank(row->link_key) && !str_eq(row->link_key, stored.link_key)))
		return ERR_SURVEY_FIXED;
	row->id = stored.id;
	row->pid = stored.pid;
	row->version = stored.version;
	row->link_key = stored.link_key;
	if (row->is_anonymous && front_is_over(c, row))
		TRY(front_drafts_end(c, row->key));
	if (row_same(&T_front_round, row, &stored)) {
		*row = stored;
		return OK;
	}
	return row_save(c, &T_front_round, row, NULL);
}

/* ---- seats and links ------------------------------------------------------------------------------------------------------ */

err front_seat_put(struct ctx *c, const char *round_key, const struct front_seat_new *s)
{
	struct q_front_round_of_row r;
	struct q_front_seat_of_row seat;
	struct t_front_round round;
	bool found;
	TRY(q_front_round_of(c, &(struct q_front_round_of_in){.key = round_key}, &r, &found));
	if (!found)
		return ERR_NOTFOUND;
	TRY(row_load(c, &T_front_round, r.id, &round));
	const char *label = round.is_anonymous ? "" : str_or(s->label, ""), *prefill = round.is_anonymous ? "" : s->prefill;
	TRY(q_front_seat_of(c, &(struct q_front_seat_of_in){.key = s->key}, &seat, &found));
	if (!found)
		return q_front_seat_add(c, &(struct q_front_seat_add_in){.round_id = r.id, .key = s->key, .serial = s->serial, .label = label,
			.prefill = str_or(prefill, ""), .is_revoked = s->is_revoked}, NULL);
	if (seat.round_id != r.id)
		return ERR_SURVEY_OTHER;
	return q_front_seat_change(c, &(struct q_front_seat_change_in){.id = seat.id, .serial = s->serial, .label = label, .prefill = prefill,
		.is_revoked = s->is_revoked}, NULL);
}

err front_key_of(struct ctx *c, const char *link_key, const char *purpose, const char *link, uint8_t out[32])
{
	uint8_t key[32];
	if (!key_unhex(link_key, key, sizeof key))
		return ERR_KEY;
	key_mac(key_of_bytes(c->arena, key), purpose, link, strlen(link), out);
	return OK;
}

static err hash_of(struct ctx *c, const char *link_key, const char *link, const char **hash)
{
	uint8_t mac[32];
	char *hex = arena_alloc(c->arena, sizeof mac * 2 + 1);
	TRY(front_key_of(c, link_key, "survey-link", link, mac));
	key_hex(mac, sizeof mac, hex);
	*hash = hex;
	return OK;
}

static err seat_of(struct ctx *c, const char *key, struct q_front_seat_of_row *out)
{
	bool found;
	TRY(q_front_seat_of(c, &(struct q_front_seat_of_in){.key = key}, out, &found));
	return found ? OK : ERR_NOTFOUND;
}

err front_link_hash(struct ctx *c, const char *seat_key, const char *link, const char **hash)
{
	struct q_front_seat_of_row seat;
	TRY(seat_of(c, seat_key, &seat));
	return hash_of(c, seat.link_key, link, hash);
}

struct linking {
	const char *seat_key, *hash;
};

/* The hash becomes the seat's only link that works; known already: it stays as it is. */
static err link_tx(struct ctx *c, void *arg)
{
	const struct linking *in = arg;
	struct q_front_seat_of_row seat;
	struct q_front_token_known_row known;
	bool found;
	TRY(seat_of(c, in->seat_key, &seat));
	TRY(q_front_token_known(c, &(struct q_front_token_known_in){.hash = in->hash}, &known, &found));
	if (found)
		return known.seat_id == seat.id ? OK : ERR_SURVEY_OTHER;
	TRY(q_front_token_add(c, &(struct q_front_token_add_in){.hash = in->hash, .seat_id = seat.id}, NULL));
	return q_front_token_replace(c, &(struct q_front_token_replace_in){.seat_id = seat.id, .hash = in->hash}, NULL);
}

err front_link_put(struct ctx *c, const char *seat_key, const char *hash)
{
	uint8_t raw[32];
	if (!key_unhex(hash, raw, sizeof raw))
		return ERR_INPUT;
	return tx_run(c, link_tx, &(struct linking){seat_key, hash});
}

err front_link_make(struct ctx *c, const char *seat_key, const char **link)
{
	char text[PID_TEXT];
	const char *hash;
	pid_make(text);
	TRY(front_link_hash(c, seat_key, text, &hash));
	TRY(front_link_put(c, seat_key, hash));
	*link = arena_str(c->arena, text);
	return OK;
}

static err offer_tx(struct ctx *c, void *arg)
{
	const struct linking *in = arg;
	struct q_front_seat_of_row seat;
	TRY(seat_of(c, in->seat_key, &seat));
	return q_front_token_add(c, &(struct q_front_token_add_in){.hash = in->hash, .seat_id = seat.id}, NULL);
}

err front_link_offer(struct ctx *c, const char *seat_key, const char **link)
{
	char text[PID_TEXT];
	const char *hash;
	pid_make(text);
	TRY(front_link_hash(c, seat_key, text, &hash));
	TRY(tx_run(c, offer_tx, &(struct linking){seat_key, hash}));
	*link = arena_str(c->arena, text);
	return OK;
}

struct settling {
	const char *seat_key, *hash;
	bool arrived;
};

static err settle_tx(struct ctx *c, void *arg)
{
	const struct settling *in = arg;
	struct q_front_seat_of_row seat;
	TRY(seat_of(c, in->seat_key, &seat));
	if (in->arrived)
		return q_front_token_replace(c, &(struct q_front_token_replace_in){.seat_id = seat.id, .hash = in->hash}, NULL);
	return q_front_token_drop(c, &(struct q_front_token_drop_in){.seat_id = seat.id, .hash = in->hash}, NULL);
}

err front_link_settle(struct ctx *c, const char *seat_key, const char *link, bool arrived)
{
	struct settling in = {.seat_key = seat_key, .arrived = arrived};
	TRY(front_link_hash(c, seat_key, link, &in.hash));
	return tx_run(c, settle_tx, &in);
}

err front_seat_done(struct ctx *c, const char *seat_key, bool *done)
{
	struct q_front_seat_done_row r;
	TRY(q_front_seat_done(c, &(struct q_front_seat_done_in){.key = seat_key}, &r));
	*done = r.done;
	return OK;
}

static enum front_state state_of(const struct ctx *c, const struct front_link *l)
{
	if (l->seat.is_revoked)
		return FRONT_REVOKED;
	if (l->round.is_anonymous && l->seat.is_spent)
		return FRONT_SPENT;
	if (l->seat.is_replaced)
		return FRONT_REPLACED;
	if (front_is_over(c, &l->round))
		return FRONT_CLOSED;
	return c->today < l->round.opens_on ? FRONT_NOT_YET : FRONT_OPEN;
}

err front_link_find(struct ctx *c, const char *link, struct front_link *out)
{
	struct q_front_round_keys_row *rounds;
	size_t n;
	if (!pid_valid(link))
		return ERR_NOTFOUND;
	TRY(q_front_round_keys(c, &rounds, &n));
	for (size_t i = 0; i < n; i++) {
		const char *hash;
		bool found;
		TRY(hash_of(c, rounds[i].link_key, link, &hash));
		TRY(q_front_by_hash(c, &(struct q_front_by_hash_in){.hash = hash}, &out->seat, &found));
		if (!found || out->seat.round_id != rounds[i].id)
			continue;
		TRY(row_load(c, &T_front_round, rounds[i].id, &out->round));
		out->state = state_of(c, out);
		return OK;
	}
	return ERR_NOTFOUND;
}

err front_state_error(enum front_state s)
{
	static const err of[] = {[FRONT_OPEN] = OK, [FRONT_NOT_YET] = ERR_SURVEY_EARLY, [FRONT_CLOSED] = ERR_SURVEY_CLOSED,
		[FRONT_SPENT] = ERR_SURVEY_SPENT, [FRONT_REPLACED] = ERR_SURVEY_REPLACED, [FRONT_REVOKED] = ERR_NOTFOUND};
	return of[s];
}

/* ---- the questions --------------------------------------------------------------------------------------------------------- */

err front_def(struct ctx *c, const char *form_id, const char *version, const char *form, const char *rules, const char *meta,
	const struct form_def **out)
{
	struct form_def *def = NULL;
	struct form_problems p = {0};
	err e = form_build(c->arena, &(struct form_text){.id = form_id, .version = version, .form = form, .rules = rules, .meta = meta,
		.bindings = ""}, &def, &p);
	if (e != OK && p.n > 0)
		log_event(LOG_ERROR, "front_def", "problem", p.lines[0], NULL);
	*out = def;
	return e;
}

/* Does it depend on answers that are there, or only on questions nobody was asked? */
struct looked {
	bool any_open;   /* an unanswered question that is asked */
	bool any_hidden; /* one that is hidden */
};

static void look(const struct answers *as, const bool *hidden, const struct rule_expr *e, struct looked *l)
{
	if (e->item && !e->item->parent) {
		if (hidden[e->item->index])
			l->any_hidden = true;
		else if (as->a[e->item->index].blank == BLANK_UNANSWERED)
			l->any_open = true;
	}
	for (size_t i = 0; i < e->n; i++)
		look(as, hidden, e->args[i], l);
}

/* In the order of the form: a question depends on earlier ones. `as` has the hidden ones blank. */
static enum front_asked asked(struct ctx *c, const struct answers *as, const bool *hidden, const struct form_item *it)
{
	if (!it->shown_when)
		return FRONT_ASKED;
	enum tri t = rule_test(as, NULL, it->shown_when, c->today);
	struct looked l = {0};
	if (t != TRI_MAYBE)
		return t == TRI_YES ? FRONT_ASKED : FRONT_HIDDEN;
	look(as, hidden, it->shown_when, &l);
	return l.any_hidden && !l.any_open ? FRONT_HIDDEN : FRONT_MAYBE;
}

static void blank(struct answer *v) { *v = (struct answer){.blank = BLANK_UNANSWERED}; }

static enum front_asked walk(struct ctx *c, const struct answers *as, const struct form_item *until, struct answers **out)
{
	struct answers *v = answers_copy(c->arena, as);
	bool *hidden = ARENA_ARRAY(c->arena, v->n + 1, bool);
	enum front_asked a = FRONT_ASKED;
	for (size_t i = 0; i < v->n; i++) {
		a = asked(c, v, hidden, &v->items[i]);
		hidden[i] = a == FRONT_HIDDEN;
		if (hidden[i])
			blank(&v->a[i]);
		if (&v->items[i] == until)
			break;
	}
	*out = v;
	return a;
}

struct answers *front_visible(struct ctx *c, const struct answers *as)
{
	struct answers *out;
	walk(c, as, NULL, &out);
	return out;
}

enum front_asked front_asked_of(struct ctx *c, const struct answers *as, const struct form_item *it)
{
	struct answers *out;
	return walk(c, as, it, &out);
}

err front_answers_of(struct ctx *c, const struct form_def *def, const char *json, const struct answers **out)
{
	struct json *v;
	struct answers *as;
	const char *why;
	*out = NULL;
	if (str_blank(json))
		return OK;
	TRY(json_parse(c->arena, json, strlen(json), NULL, &v, NULL));
	TRY(answers_from_json(c->arena, def, v, &as, &why));
	*out = as;
	return OK;
}

const char *front_json_of(struct ctx *c, const struct answers *as) { return json_to_text(c->arena, answers_to_json(c->arena, as), true); }
