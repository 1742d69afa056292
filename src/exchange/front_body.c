#include "exchange/front_body.h"

#include "base/str.h"
#include "codec/json.h"
#include "store/revision.h"

#include <string.h>

static const char FORMAT[] = "tsunagi-front";
enum { VERSION = 1, KEY_MAX = 64, HASH_HEX = 64, PUBLIC_HEX = 128 };
static const struct json_limits LIMITS = {(size_t)64 << 20, 16, 4000000};

/* The text columns of a round that travel; its days and marks are written out below. */
static const struct {
	const char *name;
	size_t at;
} TEXTS[] = {
#define TEXT(x) {#x, offsetof(struct t_front_round, x)}
	TEXT(title), TEXT(round_name), TEXT(sender), TEXT(greeting), TEXT(contact), TEXT(form_id), TEXT(form_version), TEXT(form), TEXT(rules),
	TEXT(meta), TEXT(sha256), TEXT(link_key), TEXT(results),
#undef TEXT
};
static const struct {
	const char *name;
	size_t at;
} DAYS[] = {
#define DAY(x) {#x, offsetof(struct t_front_round, x)}
	DAY(period_from), DAY(period_to), DAY(opens_on), DAY(closes_on),
#undef DAY
};
enum { N_TEXTS = sizeof TEXTS / sizeof TEXTS[0], N_DAYS = sizeof DAYS / sizeof DAYS[0] };

/* ---- writing ----------------------------------------------------------------------------------------------------------------- */

static void put_text(struct arena *a, struct json *o, const char *key, const char *v) { json_set(a, o, key, json_new_text(a, v)); }
static void put_int(struct arena *a, struct json *o, const char *key, int64_t v) { json_set(a, o, key, json_new_int(a, v)); }
static void put_bool(struct arena *a, struct json *o, const char *key, bool v) { json_set(a, o, key, json_new_bool(a, v)); }

static void put_day(struct arena *a, struct json *o, const char *key, civil day)
{
	char iso[CIVIL_TEXT];
	civil_text(day, iso);
	put_text(a, o, key, iso);
}

static struct json *add(struct arena *a, struct json *list)
{
	struct json *o = json_new(a, JSON_OBJECT);
	json_add(a, list, o);
	return o;
}

static struct json *list_of(struct arena *a, struct json *o, const char *key)
{
	struct json *list = json_new(a, JSON_ARRAY);
	json_set(a, o, key, list);
	return list;
}

static void write_inside(struct arena *a, struct json *o, const struct front_body_round *r)
{
	const char *row = (const char *)&r->row;
	for (size_t i = 0; i < N_TEXTS; i++) {
		const char *v;
		memcpy(&v, row + TEXTS[i].at, sizeof v);
		put_text(a, o, TEXTS[i].name, v);
	}
	for (size_t i = 0; i < N_DAYS; i++) {
		civil day;
		memcpy(&day, row + DAYS[i].at, sizeof day);
		put_day(a, o, DAYS[i].name, day);
	}
	put_bool(a, o, "is_closed", r->row.is_closed);
	struct json *seats = list_of(a, o, "seats"), *links = list_of(a, o, "links");
	for (size_t i = 0; i < r->n_seats; i++) {
		struct json *s = add(a, seats);
		put_text(a, s, "key", r->seats[i].key);
		put_int(a, s, "serial", r->seats[i].serial);
		put_text(a, s, "label", r->seats[i].label);
		put_text(a, s, "prefill", r->seats[i].prefill);
		put_bool(a, s, "is_revoked", r->seats[i].is_revoked);
	}
	for (size_t i = 0; i < r->n_links; i++) {
		struct json *l = add(a, links);
		put_text(a, l, "hash", r->links[i].hash);
		put_text(a, l, "seat", r->links[i].seat);
		put_bool(a, l, "is_replaced", r->links[i].is_replaced);
	}
}

static void write_keys(struct arena *a, struct json *o, const char *name, const char **v, size_t n)
{
	struct json *list = list_of(a, o, name);
	for (size_t i = 0; i < n; i++)
		json_add(a, list, json_new_text(a, v[i]));
}

static void write_outside(struct arena *a, struct json *o, const struct front_body_round *r)
{
	write_keys(a, o, "opened", r->opened, r->n_opened);
	write_keys(a, o, "spent", r->spent, r->n_spent);
	struct json *given = list_of(a, o, "given"), *pot = list_of(a, o, "pot");
	for (size_t i = 0; i < r->n_given; i++) {
		struct json *g = add(a, given);
		put_text(a, g, "seat", r->given[i].seat);
		put_int(a, g, "version", r->given[i].version);
		put_text(a, g, "state", r->given[i].state);
		put_day(a, g, "submitted_on", r->given[i].submitted_on);
		put_text(a, g, "answers", r->given[i].answers);
	}
	for (size_t i = 0; i < r->n_pot; i++) {
		struct json *p = add(a, pot);
		put_int(a, p, "batch", r->pot[i].batch);
		put_text(a, p, "mode", r->pot[i].mode);
		put_text(a, p, "answers", r->pot[i].answers);
	}
}

const char *front_body_text(struct arena *a, const struct front_body *b)
{
	struct json *o = json_new(a, JSON_OBJECT);
	put_text(a, o, "format", FORMAT);
	put_int(a, o, "version", VERSION);
	put_text(a, o, "way", b->from_inside ? "in-to-out" : "out-to-in");
	put_text(a, o, "from", b->from);
	put_text(a, o, "to", b->to);
	put_int(a, o, "no", b->no);
	put_int(a, o, "ack", b->ack);
	struct json *rounds = list_of(a, o, "rounds");
	for (size_t i = 0; i < b->n; i++) {
		struct json *r = add(a, rounds);
		put_text(a, r, "key", b->rounds[i].row.key);
		put_bool(a, r, "is_anonymous", b->rounds[i].row.is_anonymous);
		(b->from_inside ? write_inside : write_outside)(a, r, &b->rounds[i]);
	}
	return json_to_text(a, o, true);
}

/* ---- reading ------------------------------------------------------------------------------------------------------------------- */

struct reader {
	struct arena *a;
	bool bad;
};

/* An object with exactly so many members: with each of them read, none is unknown. */
static bool object(struct reader *r, const struct json *v, size_t members)
{
	if (!json_is(v, JSON_OBJECT) || v->n != members)
		r->bad = true;
	return !r->bad;
}

static const char *text(struct reader *r, const struct json *o, const char *key)
{
	const char *v = json_get_text(o, key, NULL);
	if (!v)
		r->bad = true;
	return str_or(v, "");
}

static const char *key_text(struct reader *r, const char *v)
{
	size_t n = strlen(v);
	if (n == 0 || n > KEY_MAX || strspn(v, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") != n)
		r->bad = true;
	return v;
}

static const char *hex(struct reader *r, const char *v, size_t n)
{
	if (strlen(v) != n || strspn(v, "0123456789abcdef") != n)
		r->bad = true;
	return v;
}

static int64_t number(struct reader *r, const struct json *o, const char *key)
{
	int64_t v = 0;
	if (!json_int(json_get(o, key), &v) || v < 0)
		r->bad = true;
	return v;
}

static bool yes(struct reader *r, const struct json *o, const char *key)
{
	const struct json *v = json_get(o, key);
	if (!json_is(v, JSON_BOOL))
		r->bad = true;
	return json_bool(v, false);
}

static civil day(struct reader *r, const struct json *o, const char *key, bool may_miss)
{
	civil d = CIVIL_NONE;
	const char *v = text(r, o, key);
	if ((*v || !may_miss) && !civil_parse(v, &d))
		r->bad = true;
	return d;
}

static const struct json *list(struct reader *r, const struct json *o, const char *key, size_t *n)
{
	const struct json *v = json_get(o, key);
	*n = 0;
	if (!json_is(v, JSON_ARRAY)) {
		r->bad = true;
		return NULL;
	}
	*n = v->n;
	return v;
}

static void read_inside(struct reader *r, const struct json *o, struct front_body_round *out)
{
	char *row = (char *)&out->row;
	if (!object(r, o, 2 + N_TEXTS + N_DAYS + 1 + 2))
		return;
	for (size_t i = 0; i < N_TEXTS; i++) {
		const char *v = text(r, o, TEXTS[i].name);
		memcpy(row + TEXTS[i].at, &v, sizeof v);
	}
	for (size_t i = 0; i < N_DAYS; i++) {
		civil d = day(r, o, DAYS[i].name, false);
		memcpy(row + DAYS[i].at, &d, sizeof d);
	}
	(void)hex(r, out->row.link_key, HASH_HEX);
	out->row.is_closed = yes(r, o, "is_closed");
	const struct json *seats = list(r, o, "seats", &out->n_seats), *links = list(r, o, "links", &out->n_links);
	out->seats = ARENA_ARRAY(r->a, out->n_seats + 1, struct front_body_seat);
	for (size_t i = 0; i < out->n_seats && !r->bad; i++) {
		const struct json *s = json_at(seats, i);
		if (object(r, s, 5))
			out->seats[i] = (struct front_body_seat){.key = key_text(r, text(r, s, "key")), .label = text(r, s, "label"),
				.prefill = text(r, s, "prefill"), .serial = number(r, s, "serial"), .is_revoked = yes(r, s, "is_revoked")};
	}
	out->links = ARENA_ARRAY(r->a, out->n_links + 1, struct front_body_link);
	for (size_t i = 0; i < out->n_links && !r->bad; i++) {
		const struct json *l = json_at(links, i);
		if (object(r, l, 3))
			out->links[i] = (struct front_body_link){.hash = hex(r, text(r, l, "hash"), HASH_HEX), .seat = key_text(r, text(r, l, "seat")),
				.is_replaced = yes(r, l, "is_replaced")};
	}
}

static const char **keys(struct reader *r, const struct json *o, const char *name, size_t *n)
{
	const struct json *v = list(r, o, name, n);
	const char **out = ARENA_ARRAY(r->a, *n + 1, const char *);
	for (size_t i = 0; i < *n; i++)
		out[i] = key_text(r, json_text(json_at(v, i), ""));
	return out;
}

static void read_outside(struct reader *r, const struct json *o, struct front_body_round *out)
{
	if (!object(r, o, 2 + 4))
		return;
	out->opened = keys(r, o, "opened", &out->n_opened);
	out->spent = keys(r, o, "spent", &out->n_spent);
	const struct json *given = list(r, o, "given", &out->n_given), *pot = list(r, o, "pot", &out->n_pot);
	out->given = ARENA_ARRAY(r->a, out->n_given + 1, struct front_body_given);
	for (size_t i = 0; i < out->n_given && !r->bad; i++) {
		const struct json *g = json_at(given, i);
		if (object(r, g, 5))
			out->given[i] = (struct front_body_given){.seat = key_text(r, text(r, g, "seat")), .state = text(r, g, "state"),
				.answers = text(r, g, "answers"), .version = number(r, g, "version"), .submitted_on = day(r, g, "submitted_on", true)};
		r->bad |= !r->bad && !str_eq(out->given[i].state, "partial") && !str_eq(out->given[i].state, "submitted");
	}
	out->pot = ARENA_ARRAY(r->a, out->n_pot + 1, struct front_body_cast);
	for (size_t i = 0; i < out->n_pot && !r->bad; i++) {
		const struct json *p = json_at(pot, i);
		if (object(r, p, 3))
			out->pot[i] = (struct front_body_cast){.mode = key_text(r, text(r, p, "mode")), .answers = text(r, p, "answers"),
				.batch = number(r, p, "batch")};
	}
}

err front_body_parse(struct arena *a, const char *bytes, size_t n, struct front_body *out)
{
	struct reader r = {.a = a};
	struct json *o;
	size_t rounds;
	*out = (struct front_body){.from = "", .to = ""};
	err e = json_parse(a, bytes, n, &LIMITS, &o, NULL);
	if (e != OK)
		return ERR_FRONT_FILE;
	if (!object(&r, o, 8) || !str_eq(text(&r, o, "format"), FORMAT) || number(&r, o, "version") != VERSION)
		return ERR_FRONT_FILE;
	const char *way = text(&r, o, "way");
	out->from_inside = str_eq(way, "in-to-out");
	if (!out->from_inside && !str_eq(way, "out-to-in"))
		return ERR_FRONT_FILE;
	out->from = hex(&r, text(&r, o, "from"), PUBLIC_HEX);
	out->to = hex(&r, text(&r, o, "to"), PUBLIC_HEX);
	out->no = number(&r, o, "no");
	out->ack = number(&r, o, "ack");
	const struct json *v = list(&r, o, "rounds", &rounds);
	out->rounds = ARENA_ARRAY(a, rounds + 1, struct front_body_round);
	for (size_t i = 0; i < rounds && !r.bad; i++) {
		const struct json *x = json_at(v, i);
		struct front_body_round *round = &out->rounds[out->n++];
		row_init(&T_front_round, &round->row);
		round->row.key = key_text(&r, text(&r, x, "key"));
		round->row.is_anonymous = yes(&r, x, "is_anonymous");
		(out->from_inside ? read_inside : read_outside)(&r, x, round);
	}
	return r.bad ? ERR_FRONT_FILE : OK;
}
