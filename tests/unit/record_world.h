/* A house for the tests of the record of a person: persons, and actors of the kinds that matter. 1 = 北 centre, 2 = 南,
 * 3 = 東 (here a care office). The nurse of org 1 has the case of person 1; org 2 and 3 have nothing. */
#ifndef TSU_TESTS_RECORD_WORLD_H
#define TSU_TESTS_RECORD_WORLD_H

#include "access_world.h"

#include "law/tables.h"
#include "register/gen.h"
#include "register/grant.h"

#define D(y, m, d) civil_from(y, m, d)
#define is_err(expr, e) assert_string_equal(err_name(expr), err_name(e))

static inline void be(struct world *w, int64_t account, int64_t org, int role)
{
	w->c.actor = (struct actor){.account_id = account, .staff_id = account + 100, .org_id = org, .role = role, .login = "t",
		.purpose = "test"};
	policy_load(&w->c);
	fault_clear(&w->c);
}

static inline void nurse(struct world *w) { be(w, 11, 1, ROLE_CENTRE_NURSE); }
static inline void nurse2(struct world *w) { be(w, 12, 1, ROLE_CENTRE_NURSE); }
static inline void stranger(struct world *w) { be(w, 21, 2, ROLE_CENTRE_NURSE); }
static inline void manager3(struct world *w) { be(w, 31, 3, ROLE_CM); }

static inline err give_tx(struct ctx *c, void *arg) { return grant_write(c, arg); }

static inline void give(struct world *w, int64_t org, int64_t person, int classes, int relation)
{
	struct grant_new g = {.org_id = org, .person_id = person, .classes = classes, .relation = relation, .from_on = D(2020, 1, 1),
		.to_on = CIVIL_NONE, .via_table = "test", .via_id = person * 100 + relation};
	ok(tx_run(&w->c, give_tx, &g));
}

static inline int record_open(void **state)
{
	if (world_open(state) != 0)
		return -1;
	struct world *w = *state;
	ok(law_load(&w->c, w->arena, arena_fmt(w->arena, "%s/law", getenv("TSUNAGI_ROOT")), &w->house.law));
	world_person(w, 1, 1);
	world_person(w, 2, 2);
	world_person(w, 3, 3);
	give(w, 1, 1, 0, RELATION_CASE);
	give(w, 1, 2, 0, RELATION_CASE);
	nurse(w);
	return 0;
}

static inline int64_t count_of(struct world *w, const char *table, const char *where)
{
	struct db_stmt *st;
	const char *sql = arena_fmt(w->arena, "SELECT COUNT(*) FROM %s WHERE %s", table, where);
	bool row;
	ok(db_get(w->db, sql, 0, sql, "", &st)); /* the key is the text's own address */
	ok(db_step(st, &row));
	assert_true(row);
	int64_t n = db_int(st, 0);
	db_done(st);
	return n;
}

#define RECORD(f) cmocka_unit_test_setup_teardown(f, record_open, world_close)

#endif
