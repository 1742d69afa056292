/* The demo town agrees with itself and comes out the same for the same seed; what is exported comes back byte-equal; no
 * table, column or kind of file of the schema is forgotten. */
#include "access/account.h"
#include "access/audit.h"
#include "access/demo_secret.h"
#include "access/door.h"
#include "access/policy.h"
#include "access/session.h"
#include "base/house.h"
#include "base/pid.h"
#include "base/str.h"
#include "codec/pdf_font.h"
#include "exchange/export.h"
#include "exchange/import.h"
#include "exchange/transfer.h"
#include "exchange/transfer_dir.h"
#include "exchange/transfer_synth.h"
#include "main/demo_world.h"
#include "main/house_open.h"
#include "sql/all.h"
#include "sql/tables.h"
#include "store/archive.h"
#include "store/db.h"
#include "store/file.h"
#include "store/migrate.h"
#include "store/open.h"
#include "store/revision.h"
#include "store/tx.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NOW 1795154400000LL /* Friday 2026-11-20 15:00 in Japan */
#define PEOPLE 200
#define ok(expr) ok_at((expr), #expr, __LINE__)

struct place {
	struct arena *arena;
	const char *dir;
	struct house house;
	struct db *db;
	struct ctx c;
};
static struct place town, again, empty;
static char base[] = "/tmp/tsunagi-exchange-XXXXXX";

static void ok_at(err e, const char *what, int line)
{
	if (e != OK)
		print_error("%d: %s: %s %s\n", line, what, err_name(e), town.c.n_faults ? town.c.faults[town.c.n_faults - 1].message : "");
	assert_int_equal(e, OK);
}

static void open_place(struct place *p, const char *name, bool demo)
{
	p->arena = arena_new((size_t)512 << 20);
	p->dir = arena_fmt(p->arena, "%s/%s", base, name);
	p->house = (struct house){0};
	ok(door_make(p->dir, demo));
	ok(house_open(p->arena, p->dir, &p->house));
	struct file_store *files;
	ok(store_files(p->arena, p->dir, &files));
	p->house.files = files;
	ok(door_db(&p->house, &p->db));
	ctx_init(&p->c, p->arena, NOW);
	p->c.db = p->db;
	p->c.house = &p->house;
	session_act_as_console(&p->c, "tester", "test");
	ok(migrate_run(&p->c, NULL, "test", NULL));
}

static void close_place(struct place *p)
{
	if (!p->arena)
		return;
	door_close(&p->house, p->db);
	pdf_fonts_close(p->house.fonts);
	arena_free(p->arena);
	p->arena = NULL;
}

static void fill(struct place *p, uint64_t seed)
{
	struct demo d = {.arena = arena_new((size_t)256 << 20), .n_people = PEOPLE};
	struct ctx *c = &p->c;
	err e = demo_run(&d, c, p->house.share_dir, seed);
	if (e != OK && d.failed)
		print_error("stopped at %lld, event %lld\n", (long long)d.failed->at_ms, (long long)d.failed->seq);
	ok(e);
	arena_free(d.arena);
}

static int make_all(void **state)
{
	(void)state;
	if (!mkdtemp(base))
		return -1;
	open_place(&town, "town", true);
	fill(&town, 7);
	return 0;
}

static int drop_all(void **state)
{
	(void)state;
	close_place(&town);
	close_place(&again);
	close_place(&empty);
	store_set_change_hook(NULL);
	char command[128];
	snprintf(command, sizeof command, "rm -rf '%s'", base);
	return system(command);
}

static int64_t number(struct place *p, const char *sql)
{
	struct db_stmt *st;
	bool got;
	ok(db_get(p->db, sql, 0, sql, "", &st));
	ok(db_step(st, &got));
	int64_t n = got ? db_int(st, 0) : -1;
	db_done(st);
	return n;
}

/* --- the town agrees with itself --- */

#define ENDED "COALESCE(p.death_on, p.moved_out_on, '9999-12-31')"
static const struct {
	const char *what, *sql;
	int64_t least, most;
} facts[] = {
	{"people", "SELECT count(*) FROM person", PEOPLE, PEOPLE},
	{"centres, one of them direct and core", "SELECT count(*) FROM org WHERE kind = 'centre' AND (form = 'commissioned' OR is_core = 1)", 3, 3},
	{"core", "SELECT count(*) FROM org WHERE is_core = 1 AND form = 'direct'", 1, 1},
	{"offices", "SELECT count(*) FROM org WHERE kind = 'home_cm'", 12, 12},
	{"everybody lives in an area with a centre", "SELECT count(*) FROM person p WHERE NOT EXISTS (SELECT 1 FROM org_area o WHERE o.area_id = p.area_id AND o.role = 'charge')", 0, 0},
	{"everybody lives in each smaller area too", "SELECT count(*) FROM person WHERE elementary_area_id IS NULL OR junior_area_id IS NULL OR minsei_area_id IS NULL OR district_area_id IS NULL", 0, 0},
	{"nobody under 40 or over 102", "SELECT count(*) FROM person WHERE birth_on > '1986-11-20' OR birth_on < '1924-11-20'", 0, 0},
	{"names of the rarer make are there", "SELECT count(*) FROM person WHERE name LIKE '%﨑%' OR name LIKE '%𠮷%' OR name LIKE '%邊%' OR name LIKE '%邉%' OR name LIKE '%齋%' OR name LIKE '%髙%'", 1, PEOPLE},
	{"some have died or moved", "SELECT count(*) FROM person p WHERE " ENDED " <> '9999-12-31'", 1, PEOPLE / 5},
	{"insured from 65", "SELECT count(*) FROM person p WHERE p.birth_on < '1961-11-01' AND p.death_on IS NULL AND p.moved_out_on IS NULL AND 1 <> (SELECT count(*) FROM person_insurance i WHERE i.person_id = p.id AND i.to_on = '9999-12-31' AND i.category = '1')", 0, 0},
	{"insured numbers are never given twice", "SELECT count(*) FROM person_insurance a JOIN person_insurance b ON a.insured_no = b.insured_no AND a.person_id < b.person_id", 0, 0},
	{"certified before birth", "SELECT count(*) FROM certification k JOIN person p ON p.id = k.person_id WHERE k.applied_on < p.birth_on OR k.from_on < p.birth_on", 0, 0},
	{"applied after the end", "SELECT count(*) FROM certification k JOIN person p ON p.id = k.person_id WHERE k.applied_on > " ENDED, 0, 0},
	{"periods overlap", "SELECT count(*) FROM certification a JOIN certification b ON a.person_id = b.person_id AND a.id < b.id WHERE a.status = 'certified' AND b.status = 'certified' AND a.from_on <= b.to_on AND b.from_on <= a.to_on", 0, 0},
	{"open applications are recent", "SELECT count(*) FROM certification k JOIN person p ON p.id = k.person_id WHERE k.status LIKE 'applying%' AND k.applied_on < '2026-09-20' AND " ENDED " = '9999-12-31'", 0, 0},
	{"decided after it was applied for", "SELECT count(*) FROM certification WHERE decided_on < applied_on", 0, 0},
	{"certified in all", "SELECT count(*) FROM certification WHERE status = 'certified'", PEOPLE / 5, PEOPLE * 3},
	{"a second insured names a disease", "SELECT count(*) FROM certification k JOIN person p ON p.id = k.person_id WHERE date(p.birth_on, '+65 years', '-1 day') > k.applied_on AND k.disease_code = ''", 0, 0},
	{"each certification has its evidence", "SELECT count(*) FROM certification k WHERE NOT EXISTS (SELECT 1 FROM evidence e WHERE e.table_name = 'certification' AND e.row_id = k.id)", 0, 0},
	{"consultations", "SELECT count(*) FROM consult", PEOPLE * 5 / 4, PEOPLE * 2},
	{"consultation after the end", "SELECT count(*) FROM consult k JOIN person p ON p.id = k.person_id WHERE k.received_on > " ENDED, 0, 0},
	{"consultation of the future", "SELECT count(*) FROM consult WHERE received_ms > 1795154400000", 0, 0},
	{"at the weekend", "SELECT count(*) FROM consult WHERE strftime('%w', received_on) IN ('0', '6')", 0, 0},
	{"another centre took it", "SELECT count(*) FROM consult k JOIN person p ON p.id = k.person_id WHERE NOT EXISTS (SELECT 1 FROM org_area o WHERE o.org_id = k.org_id AND o.area_id IN (p.area_id, p.elementary_area_id))", 0, 0},
	{"open, but its person is gone", "SELECT count(*) FROM consult k JOIN person p ON p.id = k.person_id WHERE k.status <> 'closed' AND " ENDED " <> '9999-12-31'", 0, 0},
	{"forgotten for weeks", "SELECT count(*) FROM consult WHERE status <> 'closed' AND next_on < '2026-11-08'", 0, 0},
	{"closed with a reason", "SELECT count(*) FROM consult WHERE status = 'closed' AND (close_reason = '' OR closed_on IS NULL)", 0, 0},
	{"some are open", "SELECT count(*) FROM consult WHERE status <> 'closed'", 2, PEOPLE / 4},
	{"without a name at first", "SELECT count(*) FROM consult WHERE person_id IS NULL OR linked_ms IS NOT NULL", 1, PEOPLE / 8},
	{"rights protection", "SELECT count(*) FROM consult WHERE record_class = 16", 1, PEOPLE / 5},
	{"rights protection is granted to accounts alone", "SELECT count(*) FROM access_grant WHERE (classes & 16) <> 0 AND account_id = 0", 0, 0},
	{"contact before the call", "SELECT count(*) FROM consult_entry e JOIN consult k ON k.id = e.consult_id WHERE e.at_ms < k.received_ms", 0, 0},
	{"checklists", "SELECT count(*) FROM response", PEOPLE / 4, PEOPLE},
	{"checklist before 65", "SELECT count(*) FROM response r JOIN person p ON p.id = r.person_id WHERE date(p.birth_on, '+65 years', '-1 day') > r.answered_on", 0, 0},
	{"checklist after the end", "SELECT count(*) FROM response r JOIN person p ON p.id = r.person_id WHERE r.answered_on > " ENDED, 0, 0},
	{"the result is one of three", "SELECT count(*) FROM response WHERE form_id = 'kihon-checklist' AND result_code NOT IN ('eligible', 'not-eligible', 'undetermined')", 0, 0},
	{"blanks were met", "SELECT count(*) FROM response r WHERE r.result_code = 'undetermined' OR EXISTS (SELECT 1 FROM revision v WHERE v.table_name = 'response' AND v.row_id = r.id AND v.version > 1)", 1, PEOPLE / 5},
	{"routed before its checklist", "SELECT count(*) FROM routing t JOIN response r ON r.id = t.response_id WHERE r.answered_on > t.decided_on OR r.person_id <> t.person_id", 0, 0},
	{"routed before its certification", "SELECT count(*) FROM routing t JOIN certification k ON k.id = t.certification_id WHERE k.person_id <> t.person_id OR k.from_on > t.decided_on OR k.to_on < t.decided_on", 0, 0},
	{"care management without a ground", "SELECT count(*) FROM routing t WHERE t.route LIKE 'cm_%' AND t.certification_id IS NULL AND NOT EXISTS (SELECT 1 FROM response r WHERE r.id = t.response_id AND r.result_code = 'eligible')", 0, 0},
	{"another centre routed", "SELECT count(*) FROM routing t JOIN person p ON p.id = t.person_id WHERE NOT EXISTS (SELECT 1 FROM org_area o WHERE o.org_id = t.org_id AND o.area_id = p.area_id)", 0, 0},
	{"routed ways", "SELECT count(DISTINCT route) FROM routing", 4, 10},
	{"an office has a case without 要介護", "SELECT count(*) FROM person_charge g JOIN org o ON o.id = g.org_id WHERE o.kind = 'home_cm' AND NOT EXISTS (SELECT 1 FROM certification k WHERE k.person_id = g.person_id AND k.level LIKE 'c%')", 0, 0},
	{"an office has a case without a consent", "SELECT count(*) FROM person_charge g JOIN org o ON o.id = g.org_id WHERE o.kind = 'home_cm' AND NOT EXISTS (SELECT 1 FROM consent k WHERE k.person_id = g.person_id AND k.org_id = g.org_id)", 0, 0},
	{"charges go on after the end", "SELECT count(*) FROM person_charge g JOIN person p ON p.id = g.person_id WHERE g.to_on > " ENDED " AND " ENDED " <> '9999-12-31'", 0, 0},
	{"tasks about people who are gone", "SELECT count(*) FROM task t JOIN person p ON p.id = t.person_id WHERE t.state = 'open' AND " ENDED " <> '9999-12-31'", 0, 0},
	{"tasks are there", "SELECT count(*) FROM task WHERE state = 'open'", 3, PEOPLE},
	{"carers at work", "SELECT count(*) FROM carer WHERE works IN ('yes', 'on_leave')", 1, PEOPLE},
	{"基本情報", "SELECT count(*) FROM basic_info", 1, PEOPLE},
	{"couples live together", "SELECT count(*) FROM relation r JOIN person a ON a.id = r.person_id JOIN person b ON b.id = r.other_person_id WHERE r.kind = 'spouse' AND a.home_address <> b.home_address", 0, 0},
	{"written in the order of time", "SELECT count(*) FROM revision a JOIN revision b ON b.id = a.id + 1 WHERE a.at_ms < 1795154400000 AND b.at_ms < a.at_ms", 0, 0},
	{"history begins two years ago", "SELECT count(*) FROM revision WHERE at_ms < 1795154400000 - 760 * 86400000", 0, 0},
	{"each row has its history", "SELECT count(*) FROM consult k WHERE NOT EXISTS (SELECT 1 FROM revision v WHERE v.table_name = 'consult' AND v.row_id = k.id AND v.version = k.version)", 0, 0},
};

static void test_town_agrees(void **state)
{
	(void)state;
	int wrong = 0;
	for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
		int64_t n = number(&town, facts[i].sql);
		if (n >= facts[i].least && n <= facts[i].most)
			continue;
		print_error("%s: %lld, not %lld to %lld\n", facts[i].what, (long long)n, (long long)facts[i].least, (long long)facts[i].most);
		wrong++;
	}
	assert_int_equal(wrong, 0);
	struct audit_report r;
	ok(audit_verify(&town.c, NULL, &r));
	assert_int_equal(r.n_faults, 0);
}

static void test_secret_is_for_demo(void **state)
{
	(void)state;
	char code[7];
	ok(demo_secret_code(&town.c, code));
	assert_int_equal(strlen(code), 6);
	bool was = town.house.demo;
	town.house.demo = false;
	assert_int_equal(demo_secret_code(&town.c, code), ERR_DENIED);
	town.house.demo = was;
}

/* --- out and back --- */

/* Each difference is printed; the two folders' data/ and files/ and the manifest's tables. */
static int differ(struct arena *a, const char *one, const char *two)
{
	const char **names, **others;
	size_t n, m;
	int wrong = 0;
	ok(transfer_dir_list(a, one, &names, &n));
	ok(transfer_dir_list(a, two, &others, &m));
	for (size_t i = 0; i < n || i < m; i++) {
		char x[65] = "", y[65] = "";
		const char *name = i < n ? names[i] : others[i];
		if (!str_starts(name, "data/") && !str_starts(name, "files/") && !str_eq(name, "schema.txt"))
			continue;
		(void)!transfer_dir_sum(a, arena_fmt(a, "%s/%s", one, name), x);
		(void)!transfer_dir_sum(a, arena_fmt(a, "%s/%s", two, name), y);
		if (!*x || strcmp(x, y) != 0) {
			print_error("%s differs\n", name);
			wrong++;
		}
	}
	return wrong;
}

static const char *at(const char *name) { return arena_fmt(town.arena, "%s/%s", base, name); }

static err put_photo(struct ctx *c, void *arg)
{
	struct t_stored_file *f = arg;
	return file_put(c, (struct blob){"ただの文字", strlen("ただの文字")}, f);
}

static void test_same_seed_same_town(void **state)
{
	(void)state;
	struct export_report r;
	ok(export_folder(&town.c, at("x1"), "test", &r));
	assert_int_equal(r.persons, PEOPLE);
	open_place(&again, "again", true);
	fill(&again, 7);
	ok(export_folder(&again.c, at("x2"), "test", &r));
	assert_int_equal(differ(town.arena, at("x1"), at("x2")), 0);
	close_place(&again);
	open_place(&again, "other", true);
	fill(&again, 8);
	ok(export_folder(&again.c, at("x3"), "test", &r));
	char x[65], y[65];
	ok(transfer_dir_sum(town.arena, at("x1/data/person.ndjson"), x));
	ok(transfer_dir_sum(town.arena, at("x3/data/person.ndjson"), y));
	assert_string_not_equal(x, y);
	close_place(&again);
}

static void test_out_and_back(void **state)
{
	(void)state;
	struct export_report r;
	struct import_report in;
	struct t_stored_file f;
	row_init(&T_stored_file, &f);
	f.name = "控え.txt";
	f.record_class = CLASS_CARE;
	f.org_id = 1;
	ok(export_folder(&town.c, at("y0"), "test", &r)); /* the documents issued in the demo are files too */
	int64_t before = (int64_t)r.files;
	ok(tx_run(&town.c, put_photo, &f));
	ok(export_file(&town.c, at("all.tar"), "合言葉は青い自転車", "test", &r));
	assert_int_equal(r.files, before + 1);
	ok(export_folder(&town.c, at("y1"), "test", &r));
	open_place(&empty, "empty", false);
	assert_int_equal(import_path(&empty.c, at("all.tar"), NULL, &in), ERR_BACKUP_LOCKED);
	ok(import_path(&empty.c, at("all.tar"), "合言葉は青い自転車", &in));
	assert_int_equal(in.files, before + 1);
	assert_int_equal(in.rows, r.rows);
	assert_true(in.demo);
	assert_int_equal(access(arena_fmt(town.arena, "%s/demo", empty.dir), F_OK), 0);
	ok(export_folder(&empty.c, at("y2"), "test", &r));
	assert_int_equal(differ(town.arena, at("y1"), at("y2")), 0);
	/* The search keys are there, the chain is whole, accounts wait for new secrets, and it is not read in twice. */
	assert_int_equal(number(&empty, "SELECT count(*) FROM person_key"), number(&town, "SELECT count(*) FROM person_key"));
	assert_int_equal(number(&empty, "SELECT count(*) FROM credential WHERE password = '' AND totp IS NULL"), number(&town, "SELECT count(*) FROM account"));
	struct audit_report v;
	ok(audit_verify(&empty.c, NULL, &v));
	assert_int_equal(v.n_faults, 0);
	assert_int_equal(import_path(&empty.c, at("y1"), NULL, &in), ERR_NOT_EMPTY);
	close_place(&empty);
}

/* What is damaged or left out is refused, and nothing is read in. */
static void test_damage_is_refused(void **state)
{
	(void)state;
	static const struct {
		const char *what, *harm;
	} cases[] = {
		{"a word changed", "sed -i '1s/1/2/' data/relation.ndjson"},
		{"a line lost", "sed -i 1d data/person.ndjson"},
		{"a table lost", "rm data/consult_class.ndjson"},
		{"a table not in the manifest", "sed -i 's/\"name\":\"routing\"/\"name\":\"rooting\"/' manifest.json"},
		{"another schema", "sed -i 's/0004_care/0004_cure/' schema.txt"},
		{"another program's", "sed -i 's/tsunagi-export/other/' manifest.json"},
		{"no manifest", "rm manifest.json"},
		{"stored bytes lost", "rm files/*"},
		{"stored bytes changed", "for f in files/*; do echo x >> $f; done"},
	};
	open_place(&empty, "empty2", false);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct import_report in;
		const char *dir = at("bad");
		assert_int_equal(system(arena_fmt(town.arena, "rm -rf '%s' && cp -r '%s' '%s' && cd '%s' && %s", dir, at("y1"), dir, dir, cases[i].harm)), 0);
		fault_clear(&empty.c);
		err e = import_folder(&empty.c, dir, &in);
		if (e != ERR_BACKUP_BAD)
			print_error("%s: %s\n", cases[i].what, err_name(e));
		assert_int_equal(e, ERR_BACKUP_BAD);
		assert_int_equal(number(&empty, "SELECT count(*) FROM person"), 0);
	}
	close_place(&empty);
}

/* --- nothing of the schema is forgotten --- */

static void test_schema_is_covered(void **state)
{
	(void)state;
	int wrong = 0;
	assert_null(transfer_unknown_name(town.arena));
	for (size_t i = 0; i < table_all_n; i++) {
		const struct table_desc *t = table_all[i];
		enum transfer_kind kind = transfer_kind_of(t->name);
		if (kind != TRANSFER_DATA && !*transfer_reason(t->name)) {
			print_error("%s is left out without a reason\n", t->name);
			wrong++;
		}
		const char *p;
		size_t n;
		const char *file = arena_fmt(town.arena, "%s/data/%s.ndjson", at("y1"), t->name);
		err e = transfer_dir_read(town.arena, file, &p, &n);
		assert_int_equal(e, kind == TRANSFER_DATA ? OK : ERR_NOTFOUND);
		for (size_t k = 0; k < t->n_cols; k++) {
			if (transfer_is_file(t, k) < 0) {
				print_error("%s.%s: say in transfer_files.tbl.h whether it names stored bytes\n", t->name, t->cols[k].name);
				wrong++;
			}
			if (e == OK && n && !strstr(p, arena_fmt(town.arena, "\"%s\":", t->cols[k].name))) {
				print_error("%s.%s is not in the export\n", t->name, t->cols[k].name);
				wrong++;
			}
		}
	}
	assert_int_equal(wrong, 0);
}

static void test_only_the_console(void **state)
{
	(void)state;
	struct export_report r;
	struct import_report in;
	struct actor was = town.c.actor;
	int64_t before = number(&town, "SELECT count(*) FROM audit_entry WHERE action = 'export'");
	for (int role = ROLE_CENTRE_NURSE; role < ROLE_COUNT; role++) {
		town.c.actor = (struct actor){.account_id = 1, .org_id = 1, .role = role, .login = "x", .purpose = "test"};
		policy_load(&town.c);
		assert_int_equal(export_folder(&town.c, at("no"), "test", &r), ERR_DENIED);
		assert_int_equal(export_file(&town.c, at("no.tar"), NULL, "test", &r), ERR_DENIED);
		assert_int_equal(import_path(&town.c, at("y1"), NULL, &in), ERR_DENIED);
	}
	assert_int_not_equal(access(at("no"), F_OK), 0);
	town.c.actor = was;
	policy_load(&town.c);
	assert_int_equal(number(&town, "SELECT count(*) FROM audit_entry WHERE action = 'export'"), before);
	assert_true(before >= 3);
	assert_int_equal(export_folder(&town.c, at("y1"), "test", &r), ERR_NOT_EMPTY);
}

/* --- the bulk path for benches leaves what the register would have left --- */

/* How many rows of one person have no like among those of another, both ways. */
static int64_t unlike(const char *rows, int64_t one, int64_t two)
{
	const char *x = arena_fmt(town.arena, rows, (long long)one), *y = arena_fmt(town.arena, rows, (long long)two);
	return number(&town, arena_fmt(town.arena, "SELECT (SELECT count(*) FROM (%s EXCEPT %s)) + (SELECT count(*) FROM (%s EXCEPT %s))", x, y, y, x));
}

static void test_synth_is_like_the_register(void **state)
{
	(void)state;
	static const struct {
		const char *what, *rows;
	} alike[] = {
		{"the person", "SELECT name, kana, name_fold, kana_fold, sex, birth_on, home_postal, home_address, home_town_fold, phone, insurer_org_id, own_org_id, area_id, "
		               "elementary_area_id, junior_area_id, minsei_area_id, district_area_id, is_area_manual, is_unnamed, cluster_id = id, retired_ms FROM person WHERE id = %lld"},
		{"search keys", "SELECT kind, key FROM person_key WHERE person_id = %lld"},
		{"areas", "SELECT level, area_id, to_on, is_manual FROM person_area WHERE person_id = %lld"},
		{"grants", "SELECT org_id, account_id, role_classes, classes, relation, to_on FROM access_grant WHERE via_table IN ('person', 'person_area') AND cluster_id = %lld"},
		{"insured", "SELECT insurer_no, insured_no, category, from_on, to_on FROM person_insurance WHERE person_id = %lld"},
	};
	int64_t id = number(&town, "SELECT p.id FROM person p WHERE p.version = 1 AND p.is_area_manual = 0 AND p.phone <> '' AND p.mobile = '' "
		"AND p.birth_on >= '1936-01-01' AND NOT EXISTS (SELECT 1 FROM person_name n WHERE n.person_id = p.id) "
		"AND (SELECT count(*) FROM person_insurance i WHERE i.person_id = p.id AND i.category = '1' AND i.version = 1) = 1 "
		"AND (SELECT count(*) FROM person_insurance i WHERE i.person_id = p.id) = 1 ORDER BY p.id LIMIT 1");
	assert_true(id > 0);
	struct t_person r;
	struct t_person_insurance i;
	ok(row_load(&town.c, &T_person, id, &r));
	ok(row_load(&town.c, &T_person_insurance, number(&town, arena_fmt(town.arena, "SELECT id FROM person_insurance WHERE person_id = %lld", (long long)id)), &i));
	struct synth_person v[2] = {{.name = r.name, .kana = r.kana, .sex = r.sex, .postal = r.home_postal, .address = r.home_address, .phone = r.phone,
		.insurer_no = i.insurer_no, .insured_no = i.insured_no, .place = "here", .birth_on = r.birth_on, .own_org_id = r.own_org_id,
		.insurer_org_id = r.insurer_org_id}};
	v[1] = v[0];
	v[1].level = "c2";
	v[1].from_on = civil_from(2026, 4, 10);
	v[1].to_on = civil_from(2027, 4, 30);
	int64_t before = number(&town, "SELECT max(id) FROM person"), revisions = number(&town, "SELECT count(*) FROM revision");
	town.house.demo = false;
	assert_int_equal(transfer_synth_add(&town.c, v, 2), ERR_DENIED);
	town.house.demo = true;
	assert_int_equal(number(&town, "SELECT max(id) FROM person"), before);
	ok(transfer_synth_add(&town.c, v, 2));
	assert_int_equal(number(&town, "SELECT max(id) FROM person"), before + 2);
	for (int64_t made = before + 1; made <= before + 2; made++)
		for (size_t k = 0; k < sizeof alike / sizeof alike[0]; k++) {
			assert_true(number(&town, arena_fmt(town.arena, "SELECT count(*) FROM (%s)", arena_fmt(town.arena, alike[k].rows, (long long)made))) > 0);
			if (unlike(alike[k].rows, id, made) != 0)
				print_error("%s of person %lld is not like that of %lld\n", alike[k].what, (long long)made, (long long)id);
			assert_int_equal(unlike(alike[k].rows, id, made), 0);
		}
	/* The certification of the second alone; no history, one entry in the log. */
	assert_int_equal(number(&town, arena_fmt(town.arena, "SELECT count(*) FROM certification WHERE person_id > %lld", (long long)before)), 1);
	assert_int_equal(number(&town, arena_fmt(town.arena, "SELECT count(*) FROM certification WHERE person_id = %lld AND status = 'certified' AND level = 'c2' "
		"AND applied_on = '2026-04-10' AND from_on = '2026-04-10' AND decided_on = '2026-05-08' AND to_on = '2027-04-30'", (long long)(before + 2))), 1);
	assert_int_equal(number(&town, "SELECT count(*) FROM revision"), revisions);
	assert_int_equal(number(&town, "SELECT count(*) FROM audit_entry WHERE action = 'synth'"), 1);
	struct audit_report report;
	ok(audit_verify(&town.c, NULL, &report));
	assert_int_equal(report.n_faults, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_town_agrees), cmocka_unit_test(test_secret_is_for_demo), cmocka_unit_test(test_same_seed_same_town),
		cmocka_unit_test(test_out_and_back), cmocka_unit_test(test_damage_is_refused), cmocka_unit_test(test_schema_is_covered),
		cmocka_unit_test(test_only_the_console), cmocka_unit_test(test_synth_is_like_the_register),
	};
	setenv("TSUNAGI_SHARE", getenv("TSUNAGI_ROOT"), 1);
	return cmocka_run_group_tests(tests, make_all, drop_all);
}
