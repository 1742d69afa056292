/* The towns of town_map.h that lie in no area yet. */
#include "base/map.h"
#include "base/str.h"
#include "register/gate.h"
#include "register/keys.h"
#include "register/town_map.h"
#include "sql/q_register_org.h"
#include "sql/q_register_person.h"

#include <stdlib.h>
#include <string.h>

/* Where the number of an address begins: 緑町3-2 → 緑町, but 緑町3丁目2 keeps its 丁目. */
static size_t town_bytes(const char *text)
{
	static const char *const numerals[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"};
	const char *at = strstr(text, "丁目");
	if (at)
		return (size_t)(at - text) + strlen("丁目");
	for (const char *p = text; *p;) {
		const char *q = p;
		uint32_t u = str_next(&q);
		if ((u >= '0' && u <= '9') || (u >= 0xFF10 && u <= 0xFF19))
			return (size_t)(p - text);
		for (size_t i = 0; i < sizeof numerals / sizeof numerals[0]; i++)
			if (str_starts(p, numerals[i]) && (str_starts(q, "番") || str_starts(q, "号")))
				return (size_t)(p - text);
		p = q;
	}
	return strlen(text);
}

/* Behind the municipality; NULL if the address is in another one. */
static const char *behind_city(const char *address, const char *city)
{
	const char *at = strstr(address, city);
	if (at)
		return at + strlen(city);
	return strstr(address, "市") || strstr(address, "郡") || strstr(address, "県") || strstr(address, "都") ? NULL : address;
}

static int by_town(const void *a, const void *b)
{
	const struct town_gap *x = a, *y = b;
	int d = strcmp(x->city, y->city);
	return d ? d : strcmp(x->town, y->town);
}

struct gaps {
	struct town_gaps *out;
	struct map at; /* key → struct town_gap */
	size_t cap;
};

static struct town_gap *gap_of(struct ctx *c, struct gaps *g, const char *city, const char *town)
{
	const char *key = town_key_text(c, city, town);
	struct town_gap *v = map_get(&g->at, key);
	if (v || g->out->n == g->cap)
		return v;
	v = &g->out->v[g->out->n++];
	*v = (struct town_gap){.city = city, .town = town};
	map_set(&g->at, key, v);
	return v;
}

static void people(struct ctx *c, struct gaps *g, const struct q_person_without_area_row *r, size_t n)
{
	struct town_gaps *out = g->out;
	for (size_t i = 0; i < n; i++) {
		const char *rest = *out->city ? behind_city(r[i].home_address, out->city) : NULL;
		size_t len = rest ? town_bytes(rest) : 0;
		const char *town = rest ? str_trim(c->arena, arena_strn(c->arena, rest, len)) : "";
		struct town_gap *v = *town && str_count(town) <= 30 ? gap_of(c, g, out->city, town) : NULL;
		if (v)
			v->persons++;
		else
			out->elsewhere++;
	}
	out->is_cut = n == TOWN_GAP_PEOPLE;
}

err town_gap_list(struct ctx *c, int64_t insurer_org_id, const char *level, struct town_gaps *out)
{
	struct q_postal_towns_row *p = NULL;
	struct q_person_without_area_row *r;
	size_t n_postal = 0, n_people;
	*out = (struct town_gaps){.city = ""};
	TRY(gate_logged_in(c));
	if (!*area_level_label_ja(level))
		return ERR_NOTFOUND;
	TRY(town_city_of(c, insurer_org_id, &out->city));
	if (*out->city)
		TRY(q_postal_towns(c, &(struct q_postal_towns_in){.city = out->city, .city_end = keys_end(c, out->city),
			.gun = arena_fmt(c->arena, "%%郡%s", out->city), .level = level}, &p, &n_postal));
	TRY(q_person_without_area(c, &(struct q_person_without_area_in){.level = level, .limit = TOWN_GAP_PEOPLE}, &r, &n_people));
	struct gaps g = {.out = out, .at = map_new(c->arena), .cap = n_postal + n_people};
	out->v = ARENA_ARRAY(c->arena, g.cap ? g.cap : 1, struct town_gap);
	out->postal_rows = (int64_t)n_postal;
	for (size_t i = 0; i < n_postal; i++) {
		struct town_gap *v = p[i].mapped ? NULL : gap_of(c, &g, p[i].city, p[i].town);
		if (v)
			v->is_postal = true;
	}
	people(c, &g, r, n_people);
	qsort(out->v, out->n, sizeof *out->v, by_town);
	return OK;
}
