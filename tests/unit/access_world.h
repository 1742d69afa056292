/* A house in a folder of its own for the tests of access/: migrated, with key and chain, two organisations and persons put in
 * by hand (register/ is above us). WORLD(f) is a test whose *state is a struct world. */
#ifndef TSU_TESTS_ACCESS_WORLD_H
#define TSU_TESTS_ACCESS_WORLD_H

#include "access/account.h"
#include "access/audit.h"
#include "access/door.h"
#include "access/key.h"
#include "access/once.h"
#include "access/policy.h"
#include "access/session.h"
#include "base/pid.h"
#include "base/str.h"
#include "sql/q_access.h"
#include "sql/tables.h"
#include "store/db.h"
#include "store/migrate.h"
#include "store/revision.h"
#include "store/tx.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NOW 1795000000000LL /* 2026-11-18 in Japan */

struct world {
	struct arena *arena;
	char dir[64];
	struct house house;
	struct db *db;
	struct ctx c;
};

#define ok(expr) assert_int_equal((expr), OK)

static inline void world_sql(struct world *w, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static inline void world_sql(struct world *w, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	const char *sql = arena_vfmt(w->arena, fmt, ap);
	va_end(ap);
	err e = db_exec(w->db, sql);
	if (e != OK)
		print_error("%s: %s\n", sql, db_message(w->db));
	assert_int_equal(e, OK);
}

static inline void world_clock(struct world *w, int64_t now_ms)
{
	w->c.now_ms = now_ms;
	w->c.today = civil_of_instant(now_ms);
}

static inline void world_console(struct world *w) { session_act_as_console(&w->c, "tester", "test"); }

static inline int world_open(void **state)
{
	struct arena *a = arena_new((size_t)256 << 20);
	struct world *w = ARENA_NEW(a, struct world);
	w->arena = a;
	strcpy(w->dir, "/tmp/tsunagi-access-XXXXXX");
	if (!mkdtemp(w->dir))
		return -1;
	ok(door_make(w->dir, false));
	ok(door_house(a, w->dir, &w->house));
	ok(door_db(&w->house, &w->db));
	ctx_init(&w->c, a, NOW);
	w->c.db = w->db;
	w->c.house = &w->house;
	ok(migrate_run(&w->c, NULL, "test", NULL));
	world_console(w);
	for (int i = 1; i <= 3; i++)
		world_sql(w, "INSERT INTO org (id, pid, version, kind, name, created_ms, created_by, updated_ms, updated_by)"
			" VALUES (%d, 'org%023d', 1, 'centre', '%s地域包括支援センター', 0, 0, 0, 0)", i, i, i == 1 ? "北" : i == 2 ? "南" : "東");
	*state = w;
	return 0;
}

static inline int world_close(void **state)
{
	struct world *w = *state;
	store_set_change_hook(NULL);
	door_close(&w->house, w->db);
	char command[128];
	snprintf(command, sizeof command, "rm -rf '%s'", w->dir);
	int rc = system(command);
	arena_free(w->arena);
	return rc;
}

#define WORLD(f) cmocka_unit_test_setup_teardown(f, world_open, world_close)

static inline void world_person(struct world *w, int64_t id, int64_t cluster)
{
	world_sql(w, "INSERT INTO person (id, pid, version, cluster_id, name, own_org_id, created_ms, created_by, updated_ms, updated_by)"
		" VALUES (%lld, 'prs%023lld', 1, %lld, '見本 花子', 1, 0, 0, 0, 0)", (long long)id, (long long)id, (long long)cluster);
}

static inline int64_t world_account(struct world *w, const char *login, int role, int64_t org_id, const uint8_t secret[20])
{
	int64_t id;
	char hash[CREDENTIAL_HASH_TEXT];
	ok(credential_hash("青い自転車で港まで行く", hash));
	struct actor was = w->c.actor;
	world_console(w);
	struct account_new in = {.login = login, .name = "見本 太郎", .role = role, .org_id = org_id, .staff_id = INT_NULL,
		.until_on = CIVIL_NONE};
	ok(account_make_ready(&w->c, &in, hash, secret, &id));
	w->c.actor = was;
	policy_load(&w->c);
	return id;
}

#endif
