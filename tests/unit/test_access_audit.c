/* The chains: written with every change and look, and a thousand random ways of tampering all found. */
#include "access_world.h"

#include "access/chain.h"

#include <fcntl.h>
#include <sys/wait.h>

static uint32_t dice(uint32_t n)
{
	uint32_t r;
	rand_bytes(&r, sizeof r);
	return r % n;
}

static err change(struct ctx *c, void *arg)
{
	static const char *const actions[] = {"save", "insert", "retire", "export"};
	int64_t i = *(int64_t *)arg;
	return audit_change(c, actions[i % 4], i % 3 ? "person" : "consult", i * 7 % 50 + 1, i % 20 + 1);
}

enum { ENTRIES = 240, LOOKS = 120 };

static void fill(struct world *w)
{
	static const char *const actions[] = {"view", "list", "print", "denied"};
	for (int64_t i = 0; i < ENTRIES; i++) {
		world_clock(w, NOW + i * 1000);
		w->c.request_id = arena_fmt(w->arena, "r%lld", (long long)i);
		ok(tx_run(&w->c, change, &i));
	}
	for (int i = 0; i < LOOKS; i++) {
		int64_t ids[5];
		world_clock(w, i < LOOKS / 2 ? NOW - 30LL * 86400000 + i : NOW + i);
		size_t n = 1 + (size_t)i % 5;
		for (size_t k = 0; k < n; k++)
			ids[k] = 1 + (i * 3 + (int64_t)k) % 20;
		ok(audit_look(&w->c, actions[i % 4], "person.page", ids, n));
	}
	world_clock(w, NOW + 86400000);
}

static size_t faults_of(struct world *w, const char *anchor)
{
	struct audit_report r;
	struct arena_mark mark = arena_mark_get(w->arena);
	ok(audit_verify(&w->c, anchor, &r));
	size_t n = r.n_faults;
	arena_rewind(w->arena, mark);
	return n;
}

static void clean(struct world *w, const char *anchor)
{
	struct audit_report r;
	ok(audit_verify(&w->c, anchor, &r));
	for (size_t i = 0; i < r.n_faults; i++)
		print_error("%s\n", r.faults[i]);
	assert_int_equal(r.n_faults, 0);
}

static const char *anchor_file(struct world *w)
{
	const char *line, *path = arena_fmt(w->arena, "%s/anchors.txt", w->dir);
	ok(audit_anchor_make(&w->c, "printed", &line));
	FILE *f = fopen(path, "a");
	assert_non_null(f);
	fprintf(f, "# 印刷した控え\r\n\n%s\n", line);
	fclose(f);
	return path;
}

/* Someone who holds the key rewrites entry k and all that follows, and the end in the database. */
static void recompute(struct world *w, int64_t k, bool change_it)
{
	struct q_audit_entry_page_row *rows;
	size_t n;
	uint8_t prev[KEY_MAC];
	char hex[65];
	if (change_it)
		world_sql(w, "UPDATE audit_entry SET person_id = person_id + 1 WHERE id = %lld", (long long)k);
	ok(q_audit_entry_page(&w->c, &(struct q_audit_entry_page_in){.after = k - 2, .n = 100000}, &rows, &n));
	size_t first = k > 1 ? 1 : 0;
	if (k > 1)
		memcpy(prev, rows[0].hash.p, KEY_MAC);
	else
		chain_start(&w->c, "audit", prev);
	for (size_t i = first; i < n; i++) {
		uint8_t hash[KEY_MAC];
		chain_hash_entry(&w->c, prev, &rows[i], hash);
		key_hex(hash, KEY_MAC, hex);
		world_sql(w, "UPDATE audit_entry SET hash = x'%s' WHERE id = %lld", hex, (long long)rows[i].id);
		memcpy(prev, hash, KEY_MAC);
	}
	key_hex(prev, KEY_MAC, hex);
	world_sql(w, "UPDATE audit_head SET hash = x'%s', seq = (SELECT MAX(id) FROM audit_entry)", hex);
	world_sql(w, "UPDATE anchor SET hash = (SELECT hash FROM audit_entry e WHERE e.id = anchor.seq)");
}

static const char *const cols[] = {"at_ms = at_ms + 1", "account_id = account_id + 1", "org_id = org_id + 1", "action = action || 'x'",
	"table_name = 'consultx'", "row_id = row_id + 1", "person_id = person_id + 1", "purpose = ''", "request_id = request_id || '0'"};

/* One way of tampering with the main chain, inside a transaction that is rolled back. Gives its kind for the message. */
static const char *tamper_main(struct world *w, int64_t last)
{
	int64_t k = 1 + dice((uint32_t)last), j = 1 + dice((uint32_t)last);
	if (j == k)
		j = k == 1 ? 2 : k - 1;
	switch (dice(10)) {
	case 0:
	case 1:
		world_sql(w, "UPDATE audit_entry SET %s WHERE id = %lld", cols[dice(9)], (long long)k);
		return "change";
	case 2:
		world_sql(w, "DELETE FROM audit_entry WHERE id = %lld", (long long)k);
		return "deletion";
	case 3: /* the end cut off and the head set back to match */
		if (k == last)
			k--;
		world_sql(w, "DELETE FROM audit_entry WHERE id > %lld", (long long)k);
		world_sql(w, "DELETE FROM anchor WHERE seq > %lld", (long long)k);
		world_sql(w, "UPDATE audit_head SET seq = %lld, hash = (SELECT hash FROM audit_entry WHERE id = %lld)", (long long)k, (long long)k);
		return "truncation";
	case 4: /* an entry more at the end */
		world_sql(w, "INSERT INTO audit_entry SELECT %lld, at_ms, account_id, org_id, action, table_name, row_id, person_id, purpose,"
			" request_id, hash FROM audit_entry WHERE id = %lld", (long long)last + 1, (long long)k);
		world_sql(w, "UPDATE audit_head SET seq = seq + 1, hash = (SELECT hash FROM audit_entry WHERE id = %lld)", (long long)last + 1);
		return "appending";
	case 5: /* one more in the middle, the rest moved up */
		world_sql(w, "UPDATE audit_entry SET id = -id - 1 WHERE id > %lld", (long long)k);
		world_sql(w, "UPDATE audit_entry SET id = -id WHERE id < 0");
		world_sql(w, "INSERT INTO audit_entry SELECT %lld, at_ms, account_id, org_id, action, table_name, row_id, person_id, purpose,"
			" request_id, hash FROM audit_entry WHERE id = %lld", (long long)k + 1, (long long)k);
		world_sql(w, "UPDATE audit_head SET seq = seq + 1");
		return "insertion";
	case 6: /* two change places, hashes and all */
		world_sql(w, "UPDATE audit_entry SET id = -1 WHERE id = %lld", (long long)k);
		world_sql(w, "UPDATE audit_entry SET id = %lld WHERE id = %lld", (long long)k, (long long)j);
		world_sql(w, "UPDATE audit_entry SET id = %lld WHERE id = -1", (long long)j);
		return "swap";
	case 7: /* one taken out, the rest moved down */
		world_sql(w, "DELETE FROM audit_entry WHERE id = %lld", (long long)k);
		world_sql(w, "UPDATE audit_entry SET id = -(id - 1) WHERE id > %lld", (long long)k);
		world_sql(w, "UPDATE audit_entry SET id = -id WHERE id < 0");
		world_sql(w, "UPDATE audit_head SET seq = seq - 1");
		return "removal with renumbering";
	case 8:
		world_sql(w, "UPDATE audit_entry SET hash = %s WHERE id = %lld", dice(2) ? "randomblob(32)" : "x''", (long long)k);
		return "hash";
	default:
		world_sql(w, "%s", dice(2) ? "UPDATE audit_head SET hash = randomblob(32)" : dice(2) ? "UPDATE audit_head SET seq = seq + 1" :
			"DELETE FROM audit_head");
		return "head";
	}
}

static void six_hundred_ways_main(void **state)
{
	struct world *w = *state;
	struct audit_head head;
	fill(w);
	ok(audit_head_read(&w->c, &head));
	clean(w, NULL);
	rand_seed(20261120);
	for (int i = 0; i < 600; i++) {
		struct arena_mark mark = arena_mark_get(w->arena);
		ok(db_begin(w->db));
		const char *kind = tamper_main(w, head.seq);
		if (faults_of(w, NULL) == 0)
			fail_msg("way %d (%s) was not found", i, kind);
		db_rollback(w->db);
		arena_rewind(w->arena, mark);
	}
	clean(w, NULL);
}

static void the_key_holder(void **state)
{
	struct world *w = *state;
	struct audit_head head;
	fill(w);
	const char *anchors = anchor_file(w);
	ok(audit_head_read(&w->c, &head));
	clean(w, anchors);
	const char *head_path = arena_fmt(w->arena, "%s/audit.head", w->dir);
	rand_seed(7);
	for (int i = 0; i < 100; i++) {
		struct arena_mark mark = arena_mark_get(w->arena);
		int64_t k = 1 + dice((uint32_t)head.seq);
		ok(db_begin(w->db));
		if (i % 2) {
			recompute(w, k, true);
		} else { /* the last ones cut off, cleanly */
			world_sql(w, "DELETE FROM audit_entry WHERE id >= %lld", (long long)(k > 1 ? k : 2));
			world_sql(w, "DELETE FROM anchor");
			recompute(w, 1, false);
		}
		assert_int_not_equal(faults_of(w, NULL), 0); /* the head file outside the database tells */
		/* and when that is written anew as well, the printed anchor does */
		struct audit_head forged;
		uint8_t hash[KEY_MAC];
		assert_int_equal(rename(head_path, arena_fmt(w->arena, "%s.kept", head_path)), 0);
		ok(audit_head_read(&w->c, &forged));
		assert_true(key_unhex(forged.hash, hash, KEY_MAC));
		ok(chain_head_write(&w->c, head_path, "audit", forged.seq, hash));
		if (i % 2)
			assert_int_equal(faults_of(w, NULL), 0); /* nothing inside the house can tell this one */
		assert_int_not_equal(faults_of(w, anchors), 0);
		assert_int_equal(rename(arena_fmt(w->arena, "%s.kept", head_path), head_path), 0);
		db_rollback(w->db);
		arena_rewind(w->arena, mark);
	}
	clean(w, anchors);
}

static void look_sql(struct world *w, const char *month, const char *sql)
{
	struct db *db;
	ok(db_open(arena_fmt(w->arena, "%s/access-%s.db", w->dir, month), DB_WRITE, &db));
	err e = db_exec(db, sql);
	if (e != OK)
		print_error("%s: %s\n", sql, db_message(db));
	db_close(db);
	ok(e);
}

static void run(struct world *w, const char *fmt, const char *a, const char *b)
{
	(void)w;
	char command[512];
	snprintf(command, sizeof command, fmt, a, b);
	assert_int_equal(system(command), 0);
}

static const char *tamper_looks(struct world *w, const char *month)
{
	static const char *const changes[] = {"at_ms = at_ms + 1", "account_id = account_id + 1", "org_id = 9", "action = action || 'x'",
		"what = 'x'", "purpose = 'x'", "request_id = request_id || 'x'", "n_persons = n_persons + 1", "hash = randomblob(32)"};
	int k = 1 + (int)dice(LOOKS / 2), j = k > 1 ? k - 1 : 2;
	const char *dir = w->dir;
	switch (dice(11)) {
	case 0:
	case 1:
		look_sql(w, month, arena_fmt(w->arena, "UPDATE look_entry SET %s WHERE id = %d", changes[dice(9)], k));
		return "change";
	case 2:
		look_sql(w, month, arena_fmt(w->arena, "UPDATE look_person SET person_id = person_id + 1 WHERE look_entry_id = %d", k));
		return "another person";
	case 3:
		look_sql(w, month, arena_fmt(w->arena, "DELETE FROM look_person WHERE look_entry_id = %d", k));
		return "person left out";
	case 4:
		look_sql(w, month, arena_fmt(w->arena, "INSERT INTO look_person (look_entry_id, person_id) VALUES (%d, 5)",
			dice(2) ? k : dice(2) ? 0 : 9999));
		return "person added";
	case 5:
		look_sql(w, month, arena_fmt(w->arena, "DELETE FROM look_person WHERE look_entry_id = %d; DELETE FROM look_entry WHERE id = %d", k, k));
		return "deletion";
	case 6:
		look_sql(w, month, arena_fmt(w->arena, "DELETE FROM look_person WHERE look_entry_id > %d; DELETE FROM look_entry WHERE id > %d",
			k - 1, k - 1));
		return "truncation";
	case 7:
		look_sql(w, month, arena_fmt(w->arena, "UPDATE look_entry SET id = -1 WHERE id = %d; UPDATE look_entry SET id = %d WHERE id = %d;"
			" UPDATE look_entry SET id = %d WHERE id = -1", k, k, j, j));
		return "swap";
	case 8:
		run(w, dice(2) ? "rm '%s/access-%s.db'" : "rm '%1$s/access-%2$s.db' '%1$s/access-%2$s.head'", dir, month);
		return "file gone";
	case 9:
		if (dice(2))
			run(w, "rm '%s/access-%s.head'", dir, month);
		else
			run(w, "sed -i 's/ 0*\\([0-9]*\\) / 0000000000000000001 /' '%s/access-%s.head'", dir, month);
		return "head file";
	default: /* the other month's file in its place */
		run(w, "cd '%s' && for f in access-*.db; do [ $f = access-%s.db ] || cp $f x; done", dir, month);
		run(w, "cd '%s' && mv x access-%s.db", dir, month);
		return "file swapped";
	}
}

static void three_hundred_ways_looks(void **state)
{
	struct world *w = *state;
	fill(w);
	clean(w, NULL);
	look_log_close(w->house.looks);
	run(w, "cd '%s' && mkdir keep && cp access-*%s keep", w->dir, "");
	rand_seed(424242);
	for (int i = 0; i < 300; i++) {
		struct arena_mark mark = arena_mark_get(w->arena);
		const char *kind = tamper_looks(w, dice(2) ? "2026-10" : "2026-11");
		if (faults_of(w, NULL) == 0)
			fail_msg("way %d (%s) was not found", i, kind);
		look_log_close(w->house.looks);
		run(w, "cd '%s' && rm -f access-* && cp keep/* .%s", w->dir, "");
		arena_rewind(w->arena, mark);
	}
	clean(w, NULL);
}

static err fails_after(struct ctx *c, void *arg)
{
	(void)arg;
	TRY(audit_change(c, "save", "person", 1, 1));
	return ERR_INPUT;
}

static void with_the_transaction(void **state)
{
	struct world *w = *state;
	static const uint8_t secret[20] = "x";
	struct audit_head head;
	world_account(w, "nurse", ROLE_CENTRE_NURSE, 1, secret);
	struct q_audit_entry_page_row *rows;
	size_t n;
	ok(q_audit_entry_page(&w->c, &(struct q_audit_entry_page_in){.after = 0, .n = 10}, &rows, &n));
	assert_int_equal(n, 1);
	assert_string_equal(rows[0].action, "insert"); /* the store's own hook */
	assert_string_equal(rows[0].table_name, "account");
	assert_string_equal(rows[0].purpose, "test@tester");
	assert_int_equal(rows[0].person_id, 0);
	assert_int_equal(tx_run(&w->c, fails_after, NULL), ERR_INPUT);
	ok(audit_head_read(&w->c, &head));
	assert_int_equal(head.seq, 1); /* rolled back together */
	assert_int_equal(audit_change(&w->c, "save", "person", 1, 1), ERR_BUG);
	const struct house *was = w->c.house;
	struct house bare = {.data_dir = w->dir};
	w->c.house = &bare;
	assert_int_equal(tx_run(&w->c, fails_after, NULL), ERR_KEY); /* without a key nothing is changed */
	bare.key = was->key;
	assert_int_equal(audit_look(&w->c, "view", "x", (int64_t[]){1}, 1), ERR_BUG);
	w->c.house = was;
	ok(audit_look(&w->c, "view", "x", NULL, 0));
	clean(w, NULL);
	/* the head file never goes back */
	int64_t seq;
	uint8_t hash[KEY_MAC], zero[KEY_MAC] = {0};
	const char *path = arena_fmt(w->arena, "%s/audit.head", w->dir);
	ok(chain_head_write(&w->c, path, "audit", 0, zero));
	assert_int_equal(chain_head_read(&w->c, path, "audit", &seq, hash), CHAIN_HEAD_GOOD);
	assert_int_equal(seq, 1);
	assert_int_equal(chain_head_read(&w->c, path, "other", &seq, hash), CHAIN_HEAD_BAD);
	assert_int_equal(chain_head_read(&w->c, "/nowhere/x", "audit", &seq, hash), CHAIN_HEAD_NONE);
}

static err thousand(struct ctx *c, void *arg)
{
	for (int64_t i = 0; i < 1000; i++)
		TRY(change(c, &i));
	return audit_change(c, arg, "person", 1, 1);
}

/* A job of many rows leaves the head file at its last one. */
static void one_head_for_many(void **state)
{
	struct world *w = *state;
	int64_t seq;
	uint8_t hash[KEY_MAC];
	ok(tx_run(&w->c, thousand, (void *)(uintptr_t)"save"));
	assert_int_equal(chain_head_read(&w->c, arena_fmt(w->arena, "%s/audit.head", w->dir), "audit", &seq, hash), CHAIN_HEAD_GOOD);
	assert_int_equal(seq, 1001);
	clean(w, NULL);
}

/* Four processes write at once: one chain without gaps in each file. */
static void many_writers(void **state)
{
	struct world *w = *state;
	pid_t child[4];
	db_close(w->db);
	w->db = NULL;
	for (int p = 0; p < 4; p++) {
		child[p] = fork();
		if (child[p] == 0) {
			struct db *db;
			if (door_db(&w->house, &db) != OK)
				_exit(1);
			w->c.db = db;
			for (int64_t i = 0; i < 40; i++) {
				world_clock(w, NOW + i);
				if (tx_run(&w->c, change, &i) != OK || audit_look(&w->c, "view", "p", &(int64_t){i + 1}, 1) != OK)
					_exit(2);
			}
			door_close(&w->house, db);
			_exit(0);
		}
	}
	for (int p = 0; p < 4; p++) {
		int status;
		assert_int_equal(waitpid(child[p], &status, 0), child[p]);
		assert_int_equal(status, 0);
	}
	ok(door_db(&w->house, &w->db));
	w->c.db = w->db;
	struct audit_report r;
	ok(audit_verify(&w->c, NULL, &r));
	for (size_t i = 0; i < r.n_faults; i++)
		print_error("%s\n", r.faults[i]);
	assert_int_equal(r.n_faults, 0);
	assert_in_range(r.entries, 161, 164); /* and the note of the month's file */
	assert_int_equal(r.looks, 160);
}

static void who_looked(void **state)
{
	struct world *w = *state;
	static const uint8_t secret[20] = "x";
	int64_t nurse = world_account(w, "nurse", ROLE_CENTRE_NURSE, 1, secret), *ids;
	struct audit_look_row *v;
	size_t n, k;
	world_person(w, 1, 1);
	world_person(w, 2, 1); /* the same person, entered twice */
	world_person(w, 3, 3);
	civil today = w->c.today;
	ok(q_grant_insert(&w->c, &(struct q_grant_insert_in){.org_id = 1, .role_classes = ROLE_CLASS_ALL, .cluster_id = 1,
		.classes = POLICY_ALL_BUT_RIGHTS, .relation = RELATION_AREA, .from_on = today - 100, .to_on = CIVIL_OPEN, .via_table = "t",
		.via_id = 1}, NULL));
	ok(session_act_as(&w->c, nurse, "page"));
	ok(audit_look(&w->c, "view", "person.page", (int64_t[]){1}, 1));
	world_clock(w, NOW + 1000);
	ok(audit_look(&w->c, "list", "person.find", (int64_t[]){3, 2}, 2));
	world_clock(w, NOW + 20LL * 86400000);
	ok(audit_look(&w->c, "print", "form.pdf", (int64_t[]){2}, 1));
	ok(audit_look(&w->c, "denied", "person.page", (int64_t[]){3}, 1));
	ok(audit_person_ids(&w->c, "prs00000000000000000000002", &ids, &n));
	assert_int_equal(n, 2);
	ok(audit_looks_of(&w->c, ids, n, today, today + 30, &v, &k));
	assert_int_equal(k, 3);
	assert_string_equal(v[0].action, "view");
	assert_string_equal(v[0].login, "nurse");
	assert_string_equal(v[0].name, "見本 太郎");
	assert_int_equal(v[1].n_persons, 2);
	assert_string_equal(v[2].what, "form.pdf");
	ok(audit_looks_of(&w->c, ids, n, today, today, &v, &k));
	assert_int_equal(k, 2);
	ok(audit_looks_of(&w->c, ids, n, today + 1, today + 19, &v, &k));
	assert_int_equal(k, 0);
	assert_int_equal(audit_looks_of(&w->c, (int64_t[]){3}, 1, today, today + 30, &v, &k), ERR_NOTFOUND);
	assert_int_equal(audit_person_ids(&w->c, "nobody", &ids, &n), ERR_NOTFOUND);
	clean(w, NULL);
	const char **months;
	ok(audit_look_months(&w->c, &months, &n));
	assert_int_equal(n, 2);
	assert_string_equal(months[1], "2026-12");
}

static void anchor_lines(void **state)
{
	(void)state;
	static const char hash[] = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
	char line[200];
	struct audit_head h;
	snprintf(line, sizeof line, "tsunagi-anchor 1 42 %s 2026-11-20\r", hash);
	assert_true(audit_anchor_parse(line, &h));
	assert_int_equal(h.seq, 42);
	assert_string_equal(h.hash, hash);
	static const char *const bad[] = {"tsunagi-anchor 2 42 %s 2026-11-20", "tsunagi-anchor 1 -2 %s 2026-11-20", "tsunagi-anchor 1 x %s 2026-11-20",
		"tsunagi-anchor 1 42 %s 2026-02-30", "tsunagi-anchor 1 42 %s", "tsunagi-anchor 1 42 %sff 2026-11-20", "tsunagi-anchor 1  %s 2026-11-20",
		"tsunagi-anchor 1 9999999999999999999 %s 2026-11-20", "tsunagi-anchor 1 42 %s 2026-11-20 x", "tsunagi-anchor 1 42 "};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		snprintf(line, sizeof line, bad[i], hash);
		if (audit_anchor_parse(line, &h))
			fail_msg("%s", line);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD(with_the_transaction), WORLD(one_head_for_many), WORLD(many_writers), WORLD(who_looked), cmocka_unit_test(anchor_lines),
		WORLD(six_hundred_ways_main), WORLD(the_key_holder), WORLD(three_hundred_ways_looks),
	};
	return cmocka_run_group_tests_name("access_audit", tests, NULL, NULL);
}
