#include "register/town_map.h"

#include "base/map.h"
#include "base/str.h"
#include "register/gate.h"
#include "register/keys.h"
#include "register/person_area.h"
#include "sql/q_register_org.h"
#include "sql/q_register_person.h"
#include "sql/tables.h"
#include "store/tx.h"

#include <string.h>

enum { WHOLE_TO = 999999, PAGE = 500, TOWN_CHARS = 60 };

/* --- whose areas change --- */

struct follow {
	struct town_effect *out;
	civil on;
	struct map done; /* ids looked at */
	int64_t *change; /* ids that change, the first TOWN_FOLLOW_NOW */
};

static void note_move(struct town_effect *e, int64_t from, int64_t to)
{
	e->persons++;
	for (size_t i = 0; i < e->n_moves; i++)
		if (e->moves[i].from_area == from && e->moves[i].to_area == to) {
			e->moves[i].persons++;
			return;
		}
	if (e->n_moves < TOWN_MOVES_MAX)
		e->moves[e->n_moves++] = (struct town_move){from, to, 1};
}

/* What the address says on the day, into the row; *changed: an area of the person is another one. */
static err areas_anew(struct ctx *c, struct t_person *r, civil on, int64_t now[AREA_SLOTS], int64_t then[AREA_SLOTS], bool *changed,
	bool *other_town)
{
	const char *fold;
	person_area_of_row(r, now);
	TRY(territory_of_address_in(c, r->home_address, r->insurer_org_id != INT_NULL ? r->insurer_org_id : r->own_org_id, on, then, &fold));
	*changed = memcmp(now, then, sizeof now[0] * AREA_SLOTS) != 0;
	*other_town = !str_eq(fold, r->home_town_fold);
	r->home_town_fold = fold;
	return OK;
}

static err apply_person(struct ctx *c, int64_t id)
{
	struct t_person r;
	int64_t now[AREA_SLOTS], then[AREA_SLOTS];
	bool changed, other_town;
	TRY(row_load(c, &T_person, id, &r));
	TRY(areas_anew(c, &r, c->today, now, then, &changed, &other_town));
	if (!changed && !other_town)
		return OK;
	person_area_to_row(then, &r);
	TRY(row_save(c, &T_person, &r, NULL));
	return changed ? person_area_set(c, id, then, false) : OK;
}

static err count_person(struct ctx *c, struct follow *f, int64_t id)
{
	struct t_person r;
	int64_t now[AREA_SLOTS], then[AREA_SLOTS];
	bool changed, other_town;
	TRY(row_load(c, &T_person, id, &r));
	TRY(areas_anew(c, &r, f->on, now, then, &changed, &other_town));
	if (!changed)
		return OK;
	if (f->out->persons < TOWN_FOLLOW_NOW)
		f->change[f->out->persons] = id;
	for (int s = 0; s < AREA_SLOTS; s++)
		if (now[s] != then[s]) { /* the largest level that changes tells the move */
			note_move(f->out, now[s], then[s]);
			break;
		}
	return OK;
}

/* Towns from..to (exclusive). base: only addresses with this text in their folded form can be meant; "" = all. */
static err count_town(struct ctx *c, struct follow *f, const char *town, const char *town_end, const char *base)
{
	int64_t after = 0;
	for (size_t n = PAGE; n == PAGE;) {
		struct q_person_of_town_row *r;
		TRY(q_person_of_town(c, &(struct q_person_of_town_in){.town = town, .town_end = town_end, .after_id = after, .limit = PAGE}, &r, &n));
		for (size_t i = 0; i < n; i++) {
			const char *key = arena_fmt(c->arena, "%lld", (long long)r[i].id);
			after = r[i].id;
			if ((*base && !strstr(town_key_of(c, r[i].home_address).base, base)) || map_get(&f->done, key))
				continue;
			map_set(&f->done, key, f);
			TRY(count_person(c, f, r[i].id));
		}
	}
	return OK;
}

/* The people whom a row for (city, town) can concern: found in this town or a 丁目 of it ("town#1" < "town$"), in a beginning of
 * it, or in none so far. */
static err count_touched(struct ctx *c, struct follow *f, struct map *towns, const char *city, const char *town)
{
	const char *key = town_key_text(c, city, town), *base = town_key_of(c, arena_fmt(c->arena, "%s%s", city, town)).base;
	const char *alone = town_key_of(c, town).base;
	for (size_t n = strlen(key); n > 9; n--) {
		if (((unsigned char)key[n] & 0xC0) == 0x80)
			continue;
		const char *part = arena_strn(c->arena, key, n);
		if (map_get(towns, part))
			continue;
		map_set(towns, part, f);
		TRY(count_town(c, f, part, arena_fmt(c->arena, n == strlen(key) ? "%s$" : "%s\x01", part), n == strlen(key) ? "" : base));
	}
	if (map_get(towns, arena_fmt(c->arena, "?%s", alone)))
		return OK;
	map_set(towns, arena_fmt(c->arena, "?%s", alone), f);
	return count_town(c, f, "", "\x01", alone);
}

struct touched {
	const char *city, *town;
};

/* Counts, and lets follow whoever is to follow now. */
static err follow_touched(struct ctx *c, const struct touched *t, size_t n, civil from_on, struct town_effect *out)
{
	struct follow f = {.out = out, .on = from_on == CIVIL_NONE || from_on < c->today ? c->today : from_on, .done = map_new(c->arena),
		.change = ARENA_ARRAY(c->arena, TOWN_FOLLOW_NOW, int64_t)};
	struct map towns = map_new(c->arena);
	out->on = f.on;
	for (size_t i = 0; i < n; i++)
		TRY(count_touched(c, &f, &towns, t[i].city, t[i].town));
	out->is_later = f.on > c->today || out->persons > TOWN_FOLLOW_NOW;
	for (int64_t i = 0; i < out->persons && !out->is_later; i++)
		TRY(apply_person(c, f.change[i]));
	return OK;
}

/* --- a trial is the act, taken back --- */

struct act {
	err (*run)(struct ctx *c, void *arg);
	void *arg;
	bool trial, ran;
};

static err act_tx(struct ctx *c, void *arg)
{
	struct act *a = arg;
	a->ran = false;
	TRY(a->run(c, a->arg));
	a->ran = true;
	return a->trial ? ERR_INPUT : OK; /* any error takes everything back */
}

static err act(struct ctx *c, err (*run)(struct ctx *c, void *arg), void *arg, bool trial)
{
	struct act a = {run, arg, trial, false};
	if (trial && c->tx_depth > 0)
		return ERR_BUG; /* it would take back what it stands in */
	err e = tx_run(c, act_tx, &a);
	return trial && a.ran && e == ERR_INPUT ? OK : e;
}

/* --- mapping --- */

struct map_job {
	const struct town_map_new *in;
	struct area area;
	struct town_effect *out;
};

/* What said something else for the same piece of the town makes room. *there: it lies in the area from the day on already. */
static err make_room(struct ctx *c, struct map_job *j, const struct town_pick *p, bool *there)
{
	struct q_town_area_same_row *r;
	size_t n;
	civil from = j->in->from_on;
	*there = false;
	TRY(q_town_area_same(c, &(struct q_town_area_same_in){.town_fold = town_key_text(c, p->city, p->town), .level = j->area.level,
		.block_from = p->block_from, .block_to = p->block_to > 0 ? p->block_to : WHOLE_TO}, &r, &n));
	for (size_t i = 0; i < n; i++)
		*there |= r[i].area_id == j->in->area_id && r[i].to_on == CIVIL_OPEN && (r[i].from_on == CIVIL_NONE || (from != CIVIL_NONE && r[i].from_on <= from));
	for (size_t i = 0; i < n && !*there; i++) {
		struct t_town_area row;
		if (from != CIVIL_NONE && r[i].to_on < from)
			continue;
		TRY(row_load(c, &T_town_area, r[i].id, &row));
		j->out->ended++;
		if (from == CIVIL_NONE || (row.from_on != CIVIL_NONE && row.from_on >= from)) {
			TRY(row_retire(c, &T_town_area, row.id, "町域の区域の変更"));
			continue;
		}
		row.to_on = from - 1;
		TRY(row_save(c, &T_town_area, &row, NULL));
	}
	return OK;
}

static err map_tx(struct ctx *c, void *arg)
{
	struct map_job *j = arg;
	*j->out = (struct town_effect){0};
	struct touched *t = ARENA_ARRAY(c->arena, j->in->n, struct touched);
	for (size_t i = 0; i < j->in->n; i++) {
		const struct town_pick *p = &j->in->v[i];
		bool there;
		t[i] = (struct touched){p->city, p->town};
		TRY(make_room(c, j, p, &there));
		if (there) {
			j->out->same++;
			continue;
		}
		struct town_area row = {.insurer_org_id = j->area.insurer_org_id, .city = p->city, .town = p->town, .area_id = j->in->area_id,
			.block_from = p->block_from, .block_to = p->block_to, .from_on = j->in->from_on, .to_on = CIVIL_OPEN};
		TRY(town_area_add(c, &row));
		j->out->added++;
	}
	return j->in->without_people ? OK : follow_touched(c, t, j->in->n, j->in->from_on, j->out);
}

static err check_map(struct ctx *c, const struct town_map_new *in, const struct area *a)
{
	size_t before = c->n_faults;
	if (in->n == 0)
		fault_add(c, "town", ERR_REQUIRED, "町域を1つ以上選んでください。");
	if (in->n > TOWN_MAP_MAX)
		fault_add(c, "town", ERR_LIMIT, "町域は一度に%d件までです。分けて保存してください。", TOWN_MAP_MAX);
	if (a->valid_to != CIVIL_OPEN && (in->from_on == CIVIL_NONE || in->from_on > a->valid_to))
		fault_add(c, "area", ERR_INPUT, "区域「%s」は終わっています。ほかの区域を選ぶか、日付を確かめてください。", a->name);
	for (size_t i = 0; i < in->n && c->n_faults == before; i++) {
		const struct town_pick *p = &in->v[i];
		if (str_blank(str_or(p->city, "")))
			fault_add(c, "city", ERR_REQUIRED, "市区町村名を入力してください。");
		if (str_blank(str_or(p->town, "")))
			fault_add(c, "town", ERR_REQUIRED, "町域名を入力してください。");
		gate_length(c, "city", "市区町村名", str_or(p->city, ""), TOWN_CHARS);
		gate_length(c, "town", "町域名", str_or(p->town, ""), TOWN_CHARS);
		if (p->block_from < 0 || (p->block_to > 0 && p->block_to < p->block_from) || p->block_to > WHOLE_TO)
			fault_add(c, "block_to", ERR_RANGE, "番地の範囲を確かめてください。");
	}
	return c->n_faults > before ? ERR_INPUT : OK;
}

err town_map_many(struct ctx *c, const struct town_map_new *in, bool trial, struct town_effect *out)
{
	struct map_job j = {.in = in, .out = out};
	TRY(gate_territory(c));
	TRY(area_load(c, in->area_id, &j.area));
	TRY(check_map(c, in, &j.area));
	return act(c, map_tx, &j, trial);
}

/* --- ending --- */

struct end_job {
	struct t_town_area row;
	struct area area;
	civil last_day;
	struct town_effect *out;
};

static err end_row(struct ctx *c, int64_t id, civil last_day)
{
	struct t_town_area r;
	TRY(row_load(c, &T_town_area, id, &r));
	if (r.from_on != CIVIL_NONE && r.from_on > last_day)
		return row_retire(c, &T_town_area, id, "町域の区域の取りやめ");
	r.to_on = last_day;
	return row_save(c, &T_town_area, &r, NULL);
}

static err end_tx(struct ctx *c, void *arg)
{
	struct end_job *j = arg;
	*j->out = (struct town_effect){.ended = 1};
	TRY(end_row(c, j->row.id, j->last_day));
	return follow_touched(c, &(struct touched){j->row.city, j->row.town}, 1, j->last_day + 1, j->out);
}

err town_map_end(struct ctx *c, const char *town_area_pid, civil last_day, bool trial, struct town_effect *out)
{
	struct end_job j = {.last_day = last_day, .out = out};
	TRY(gate_territory(c));
	TRY(row_find(c, &T_town_area, town_area_pid, &j.row));
	if (last_day == CIVIL_NONE)
		return fault_add(c, "last_day", ERR_REQUIRED, "最後の日を入力してください。");
	if (j.row.to_on < last_day)
		return fault_add(c, "last_day", ERR_INPUT, "この町域は、その日より前に終わっています。日付を確かめてください。");
	return act(c, end_tx, &j, trial);
}

static err close_tx(struct ctx *c, void *arg)
{
	struct end_job *j = arg;
	struct town_area *towns;
	struct org_area *served;
	size_t n, m, k = 0;
	*j->out = (struct town_effect){0};
	TRY(town_area_list(c, j->area.id, &towns, &n));
	struct touched *t = ARENA_ARRAY(c->arena, n ? n : 1, struct touched);
	for (size_t i = 0; i < n; i++) {
		if (towns[i].to_on <= j->last_day)
			continue;
		TRY(end_row(c, towns[i].id, j->last_day));
		t[k++] = (struct touched){towns[i].city, towns[i].town};
	}
	TRY(territory_of_area(c, j->area.id, CIVIL_NONE, &served, &m));
	for (size_t i = 0; i < m; i++)
		if (served[i].to_on > j->last_day)
			TRY(territory_end(c, served[i].pid, j->last_day));
	j->area.valid_to = j->last_day;
	TRY(area_save(c, &j->area, NULL));
	j->out->ended = (int64_t)k;
	return follow_touched(c, t, k, j->last_day + 1, j->out);
}

err town_area_close(struct ctx *c, const char *area_pid, civil last_day, bool trial, struct town_effect *out)
{
	struct end_job j = {.last_day = last_day, .out = out};
	TRY(gate_territory(c));
	TRY(area_get(c, area_pid, &j.area));
	if (last_day == CIVIL_NONE)
		return fault_add(c, "last_day", ERR_REQUIRED, "最後の日を入力してください。");
	if (j.area.valid_from != CIVIL_NONE && last_day < j.area.valid_from)
		return fault_add(c, "last_day", ERR_PERIOD_ORDER, NULL);
	return act(c, close_tx, &j, trial);
}

/* --- everybody --- */

struct slice_job {
	int64_t after_id, changed;
	size_t n;
};

static err slice_tx(struct ctx *c, void *arg)
{
	struct slice_job *j = arg;
	struct slice_job done = *j; /* a try that is done again begins anew */
	struct q_person_with_home_row *r;
	TRY(q_person_with_home(c, &(struct q_person_with_home_in){.after_id = j->after_id, .limit = TOWN_FOLLOW_SLICE}, &r, &done.n));
	for (size_t i = 0; i < done.n; i++) {
		struct t_person p;
		int64_t now[AREA_SLOTS], then[AREA_SLOTS];
		bool changed, other_town;
		TRY(row_load(c, &T_person, r[i].id, &p));
		TRY(areas_anew(c, &p, c->today, now, then, &changed, &other_town));
		if (changed || other_town)
			TRY(apply_person(c, r[i].id));
		done.changed += changed;
		done.after_id = r[i].id;
	}
	tx_keep(c, j, sizeof *j);
	*j = done;
	return OK;
}

err town_follow(struct ctx *c, int64_t *after_id, int64_t *changed, bool *end)
{
	struct slice_job j = {.after_id = *after_id};
	TRY(gate_territory(c));
	TRY(tx_run(c, slice_tx, &j));
	*after_id = j.after_id;
	*changed += j.changed;
	*end = j.n < TOWN_FOLLOW_SLICE;
	return OK;
}

err town_follow_all(struct ctx *c, int64_t *changed)
{
	int64_t after = 0;
	*changed = 0;
	for (bool end = false; !end;) {
		struct arena_mark m = arena_mark_get(c->arena);
		TRY(town_follow(c, &after, changed, &end));
		if (c->tx_depth == 0)
			arena_rewind(c->arena, m);
	}
	return OK;
}
