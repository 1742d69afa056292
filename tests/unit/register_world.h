/* A small town for the tests of register/: 青葉市 with two areas, a centre for each, an insurer, and people who act.
 * REGISTER(f) is a test whose *state is a struct world with the town in place; actor: the nurse of the northern centre. */
#ifndef TSU_TESTS_REGISTER_WORLD_H
#define TSU_TESTS_REGISTER_WORLD_H

#include "access_world.h"

#include "jp/fold.h"
#include "register/address.h"
#include "register/cluster.h"
#include "register/org.h"
#include "register/person_list.h"
#include "register/person.h"
#include "register/staff.h"

struct town {
	struct org insurer, north, south;
	struct area zone_n, zone_s, school, minsei;
};
static struct town town;

static inline void be(struct world *w, int64_t account, int64_t org, int role)
{
	w->c.actor = (struct actor){.account_id = account, .org_id = org, .role = role, .login = "t", .purpose = "test"};
	policy_load(&w->c);
	fault_clear(&w->c);
}
static inline void nurse_n(struct world *w) { be(w, 11, town.north.id, ROLE_CENTRE_NURSE); }
static inline void nurse_s(struct world *w) { be(w, 12, town.south.id, ROLE_CENTRE_NURSE); }
static inline void officer(struct world *w) { be(w, 13, town.insurer.id, ROLE_INSURER); }

static inline void make_org(struct world *w, struct org *o, const char *kind, const char *name, const char *form)
{
	org_init(o);
	o->kind = kind;
	o->name = name;
	o->form = form;
	o->municipality = "青葉市";
	if (strcmp(kind, "insurer") != 0)
		o->insurer_org_id = town.insurer.id;
	ok(org_create(&w->c, o));
}

static inline void make_area(struct world *w, struct area *a, const char *code, const char *name, const char *level)
{
	area_init(a);
	a->code = code;
	a->name = name;
	a->level = level;
	a->insurer_org_id = town.insurer.id;
	ok(area_create(&w->c, a));
}

static inline void make_town(struct world *w, const char *name, int64_t from, int64_t to, int64_t area_id)
{
	struct town_area t = {.insurer_org_id = town.insurer.id, .city = "青葉市", .town = name, .block_from = from, .block_to = to,
		.area_id = area_id, .from_on = CIVIL_NONE, .to_on = CIVIL_NONE};
	ok(town_area_add(&w->c, &t));
}

static inline int register_open(void **state)
{
	if (world_open(state) != 0)
		return -1;
	struct world *w = *state;
	struct fold_table *fold;
	ok(fold_open(w->arena, arena_fmt(w->arena, "%s/share/jp/itaiji.tsv", getenv("TSUNAGI_ROOT")), &fold, NULL));
	w->house.fold = fold;
	make_org(w, &town.insurer, "insurer", "青葉市", "");
	make_org(w, &town.north, "centre", "青葉市北地域包括支援センター", "direct");
	make_org(w, &town.south, "centre", "青葉市南地域包括支援センター", "commissioned");
	make_area(w, &town.zone_n, "①", "北圏域", "zone");
	make_area(w, &town.zone_s, "②", "南圏域", "zone");
	make_area(w, &town.school, "", "緑小学校区", "elementary");
	make_area(w, &town.minsei, "", "緑町民生委員区", "minsei");
	make_town(w, "緑町一丁目", 0, 0, town.zone_n.id);
	make_town(w, "緑町二丁目", 0, 0, town.zone_s.id);
	make_town(w, "緑町一丁目", 0, 0, town.school.id);
	make_town(w, "本町", 1, 100, town.zone_n.id);
	make_town(w, "本町", 101, 999, town.zone_s.id);
	ok(territory_assign(&w->c, town.north.id, town.zone_n.id, "charge", CIVIL_NONE, CIVIL_NONE));
	ok(territory_assign(&w->c, town.south.id, town.zone_s.id, "charge", CIVIL_NONE, CIVIL_NONE));
	nurse_n(w);
	return 0;
}

/* Registers somebody with no more than this; the pid. A duplicate is named as another person. */
static inline const char *person_of(struct world *w, const char *name, const char *kana, const char *birth, const char *address)
{
	struct duplicate_list dup;
	const char *pid = NULL;
	struct person_input in = {.name = name, .kana = kana, .birth = birth, .home = {"", address}, .duplicate_reason = "別の人と確認した"};
	err e = person_create(&w->c, &in, &dup, &pid);
	if (e != OK)
		print_error("%s: %s %s\n", name, err_name(e), w->c.n_faults ? w->c.faults[0].message : "");
	assert_int_equal(e, OK);
	return pid;
}

static inline int64_t count_sql(struct world *w, const char *sql)
{
	struct db_stmt *st;
	bool row;
	ok(db_get(w->db, sql, 0, sql, "", &st));
	ok(db_step(st, &row));
	int64_t n = row ? db_int(st, 0) : -1;
	db_done(st);
	return n;
}

#define REGISTER(f) cmocka_unit_test_setup_teardown(f, register_open, world_close)

#endif
