/* The towns of territory.h: which 町域 lies in which areas, and the areas of an address (F007). */
#include "base/str.h"
#include "register/gate.h"
#include "register/keys.h"
#include "register/town_map.h"
#include "sql/q_register_org.h"
#include "sql/tables.h"
#include "store/tx.h"

#include <string.h>

static err add_tx(struct ctx *c, void *arg)
{
	struct town_area *t = arg;
	struct t_town_area r;
	row_init(&T_town_area, &r);
	r.insurer_org_id = t->insurer_org_id;
	r.city = t->city;
	r.town = t->town;
	r.town_fold = town_key_text(c, t->city, t->town);
	r.block_from = t->block_from;
	r.block_to = t->block_to;
	r.area_id = t->area_id;
	r.level = t->level;
	r.from_on = t->from_on;
	r.to_on = t->to_on;
	TRY(row_insert(c, &T_town_area, &r));
	t->id = r.id;
	t->pid = r.pid;
	return OK;
}

err town_area_add(struct ctx *c, struct town_area *t)
{
	struct area a;
	TRY(gate_territory(c));
	TRY(area_load(c, t->area_id, &a));
	size_t before = c->n_faults;
	t->city = str_trim(c->arena, str_or(t->city, ""));
	t->town = str_trim(c->arena, str_or(t->town, ""));
	t->level = a.level;
	t->area_name = a.name;
	if (t->block_to <= 0)
		t->block_to = 999999;
	if (t->to_on == CIVIL_NONE)
		t->to_on = CIVIL_OPEN;
	if (!*t->city)
		fault_add(c, "city", ERR_REQUIRED, "市区町村名を入力してください。");
	if (!*t->town)
		fault_add(c, "town", ERR_REQUIRED, "町域名を入力してください。");
	if (t->block_from < 0 || t->block_to < t->block_from)
		fault_add(c, "block_to", ERR_RANGE, "番地の範囲を確かめてください。");
	if (t->from_on != CIVIL_NONE && t->to_on < t->from_on)
		fault_add(c, "to_on", ERR_PERIOD_ORDER, NULL);
	return c->n_faults > before ? ERR_INPUT : tx_run(c, add_tx, t);
}

err town_area_list(struct ctx *c, int64_t area_id, struct town_area **v, size_t *n)
{
	struct q_town_area_list_row *r;
	TRY(gate_logged_in(c));
	TRY(q_town_area_list(c, &(struct q_town_area_list_in){.area_id = area_id}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n ? *n : 1, struct town_area);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct town_area){.id = r[i].id, .insurer_org_id = r[i].insurer_org_id, .area_id = area_id, .block_from = r[i].block_from,
			.block_to = r[i].block_to, .pid = r[i].pid, .city = r[i].city, .town = r[i].town, .level = r[i].level,
			.area_name = r[i].area_name, .from_on = r[i].from_on, .to_on = r[i].to_on};
	return OK;
}

struct end_job {
	int64_t id;
	civil last_day;
};

static err end_tx(struct ctx *c, void *arg)
{
	struct end_job *j = arg;
	struct t_town_area r;
	TRY(row_load(c, &T_town_area, j->id, &r));
	if (r.from_on != CIVIL_NONE && j->last_day < r.from_on)
		return fault_add(c, "to_on", ERR_PERIOD_ORDER, NULL);
	r.to_on = j->last_day;
	return row_save(c, &T_town_area, &r, NULL);
}

err town_area_end(struct ctx *c, const char *pid, civil last_day)
{
	struct t_town_area r;
	TRY(gate_territory(c));
	TRY(row_find(c, &T_town_area, pid, &r));
	return tx_run(c, end_tx, &(struct end_job){r.id, last_day});
}

/* Takes what the rows of a town say; a block of INT64_MIN fits only rows for the whole town. */
static err take(struct ctx *c, const char *key, int64_t block, civil on, int64_t area_id[AREA_SLOTS], bool *found)
{
	struct q_town_area_find_row *r;
	size_t n;
	TRY(q_town_area_find(c, &(struct q_town_area_find_in){.town_fold = key, .on_day = on}, &r, &n));
	*found = n > 0;
	for (size_t i = 0; i < n; i++)
		for (int s = 0; s < AREA_SLOTS; s++) {
			bool whole = r[i].block_from == 0 && r[i].block_to == 999999;
			if (area_id[s] == INT_NULL && str_eq(r[i].level, area_slot_level((enum area_slot)s)) &&
				(whole || (block >= r[i].block_from && block <= r[i].block_to)))
				area_id[s] = r[i].area_id;
		}
	return OK;
}

/* base#1 with the block after it, then base alone with the first number as block, for the levels that the 丁目 leaves open. */
static err try_base(struct ctx *c, const struct town_key *k, const char *base, civil on, int64_t area_id[AREA_SLOTS], const char **town_fold,
	bool *found)
{
	bool by_chome = false, by_base;
	if (k->n_numbers && !k->is_banchi) {
		const char *key = arena_fmt(c->arena, "%s#%lld", base, (long long)k->numbers[0]);
		TRY(take(c, key, k->n_numbers > 1 ? k->numbers[1] : INT64_MIN, on, area_id, &by_chome));
		if (by_chome)
			*town_fold = key;
	}
	int64_t block = !k->n_numbers ? INT64_MIN : k->is_chome || by_chome ? (k->n_numbers > 1 ? k->numbers[1] : INT64_MIN) : k->numbers[0];
	TRY(take(c, base, block, on, area_id, &by_base));
	if (by_base && !by_chome)
		*town_fold = base;
	*found = by_chome || by_base;
	return OK;
}

static bool ends_as_city(const char *name)
{
	return str_ends(name, "市") || str_ends(name, "区") || str_ends(name, "町") || str_ends(name, "村");
}

err town_city_of(struct ctx *c, int64_t org_id, const char **city)
{
	struct t_org o;
	*city = "";
	for (int step = 0; step < 2 && org_id > 0; step++) {
		err e = row_load(c, &T_org, org_id, &o);
		if (e != OK)
			return e == ERR_NOTFOUND ? OK : e;
		if (*o.municipality || (str_eq(o.kind, "insurer") && ends_as_city(o.name))) {
			*city = *o.municipality ? o.municipality : o.name;
			return OK;
		}
		org_id = o.insurer_org_id;
	}
	return OK;
}

err territory_of_address(struct ctx *c, const char *address, civil on, int64_t area_id[AREA_SLOTS], const char **town_fold)
{
	return territory_of_address_in(c, address, c->actor.org_id, on, area_id, town_fold);
}

err territory_of_address_in(struct ctx *c, const char *address, int64_t org_id, civil on, int64_t area_id[AREA_SLOTS],
	const char **town_fold)
{
	for (int s = 0; s < AREA_SLOTS; s++)
		area_id[s] = INT_NULL;
	*town_fold = "";
	if (!address || str_blank(address))
		return OK;
	struct town_key k = town_key_of(c, address);
	const char *city;
	bool found;
	TRY(try_base(c, &k, k.base, on, area_id, town_fold, &found));
	if (found || !*k.base)
		return OK;
	/* Written without the town's name before it: the own municipality's. */
	TRY(town_city_of(c, org_id, &city));
	if (*city) {
		TRY(try_base(c, &k, arena_fmt(c->arena, "%s%s", town_key_of(c, city).base, k.base), on, area_id, town_fold, &found));
		if (found)
			return OK;
	}
	/* Something follows the town (字, a building): the longest beginning that the table knows. */
	struct town_key plain = {.base = k.base};
	char *base = arena_str(c->arena, k.base);
	for (size_t n = strlen(base); n > 9;) { /* three characters at least */
		while (n > 0 && ((unsigned char)base[n - 1] & 0xC0) == 0x80)
			n--;
		base[--n] = '\0';
		TRY(try_base(c, &plain, arena_str(c->arena, base), on, area_id, town_fold, &found));
		if (found)
			return OK;
	}
	return OK;
}
