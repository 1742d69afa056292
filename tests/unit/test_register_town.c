/* Towns into areas, many at once and dated; what it changes for people; areas from CSV (F007, C-001). */
#include "register_world.h"

#include "jp/cp932.h"
#include "register/person_area.h"
#include "register/territory_import.h"
#include "register/town_map.h"

static int64_t zone_of(struct world *w, const char *pid)
{
	return count_sql(w, arena_fmt(w->arena, "SELECT COALESCE(area_id, 0) FROM person WHERE pid = '%s'", pid));
}

static struct town_map_new into(struct world *w, int64_t area_id, const char *name, civil from)
{
	struct town_pick *v = ARENA_NEW(w->arena, struct town_pick);
	*v = (struct town_pick){"青葉市", name, 0, 0};
	return (struct town_map_new){.area_id = area_id, .v = v, .n = 1, .from_on = from};
}

static void unmapped_people_follow_at_once(void **state)
{
	struct world *w = *state;
	struct town_effect e;
	const char *pid = person_of(w, "谷 花", "タニ ハナ", "S10.1.1", "青葉市谷町3-2"), *other = person_of(w, "原 次郎", "ハラ ジロウ", "S11.1.1", "別市谷町9");
	const char *bare = person_of(w, "橋 三郎", "ハシ サブロウ", "S12.1.1", "谷町5");
	assert_int_equal(zone_of(w, pid), 0);
	struct town_map_new in = into(w, town.zone_s.id, "谷町", CIVIL_NONE);
	assert_int_equal(town_map_many(&w->c, &in, false, &e), ERR_DENIED); /* a nurse draws no areas */
	officer(w);
	int64_t revisions = count_sql(w, "SELECT COUNT(*) FROM revision");
	ok(town_map_many(&w->c, &in, true, &e));
	assert_int_equal(e.persons, 2);
	assert_int_equal(e.added, 1);
	assert_int_equal(e.n_moves, 1);
	assert_int_equal(e.moves[0].from_area, INT_NULL);
	assert_int_equal(e.moves[0].to_area, town.zone_s.id);
	assert_int_equal(zone_of(w, pid), 0); /* a trial leaves nothing */
	assert_int_equal(count_sql(w, "SELECT COUNT(*) FROM revision"), revisions);
	ok(town_map_many(&w->c, &in, false, &e));
	assert_int_equal(e.persons, 2);
	assert_false(e.is_later);
	assert_int_equal(zone_of(w, pid), town.zone_s.id);
	assert_int_equal(zone_of(w, bare), town.zone_s.id); /* written without the municipality */
	assert_int_equal(zone_of(w, other), 0);
	nurse_s(w);
	struct person p;
	ok(person_get(&w->c, pid, &p)); /* the centre of the area sees them now */
	officer(w);
	ok(town_map_many(&w->c, &in, false, &e)); /* twice does nothing */
	assert_int_equal(e.same, 1);
	assert_int_equal(e.added + e.persons, 0);
}

static void a_change_keeps_what_was(void **state)
{
	struct world *w = *state;
	struct town_effect e;
	const char *pid = person_of(w, "緑 花", "ミドリ ハナ", "S10.1.1", "青葉市緑町1丁目2-3");
	int64_t id;
	ok(person_id(&w->c, pid, &id));
	assert_int_equal(zone_of(w, pid), town.zone_n.id);
	officer(w);
	w->c.today += 40;
	struct town_map_new in = into(w, town.zone_s.id, "緑町一丁目", w->c.today - 10);
	ok(town_map_many(&w->c, &in, false, &e));
	assert_int_equal(e.ended, 1);
	assert_int_equal(e.persons, 1);
	assert_int_equal(e.on, w->c.today); /* never from a day that has passed */
	assert_int_equal(zone_of(w, pid), town.zone_s.id);
	struct person_area *v;
	size_t n, zones = 0;
	ok(person_area_list(&w->c, id, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (strcmp(v[i].level, "zone") == 0) {
			zones++;
			if (v[i].area_id == town.zone_n.id)
				assert_int_equal(v[i].to_on, w->c.today - 1);
			else
				assert_int_equal(v[i].from_on, w->c.today);
		}
	assert_int_equal(zones, 2);
	assert_int_equal(count_sql(w, "SELECT COUNT(*) FROM town_area WHERE town LIKE '緑町一%' AND level = 'zone' AND to_on < '9999'"), 1);
	/* the school stays: another level */
	assert_int_equal(count_sql(w, arena_fmt(w->arena, "SELECT COUNT(*) FROM person WHERE pid = '%s' AND elementary_area_id IS NOT NULL", pid)), 1);
}

static void a_day_to_come(void **state)
{
	struct world *w = *state;
	struct town_effect e;
	int64_t n;
	const char *pid = person_of(w, "緑 月", "ミドリ ツキ", "S10.1.1", "青葉市緑町1丁目9");
	officer(w);
	struct town_map_new in = into(w, town.zone_s.id, "緑町一丁目", w->c.today + 30);
	ok(town_map_many(&w->c, &in, false, &e));
	assert_true(e.is_later);
	assert_int_equal(e.persons, 1);
	assert_int_equal(e.on, w->c.today + 30);
	assert_int_equal(zone_of(w, pid), town.zone_n.id);
	ok(town_follow_all(&w->c, &n));
	assert_int_equal(n, 0);
	w->c.today += 30;
	ok(town_follow_all(&w->c, &n));
	assert_int_equal(n, 1);
	assert_int_equal(zone_of(w, pid), town.zone_s.id);
	ok(town_follow_all(&w->c, &n));
	assert_int_equal(n, 0);
	nurse_n(w);
	assert_int_equal(town_follow_all(&w->c, &n), ERR_DENIED);
}

static void by_hand_stays(void **state)
{
	struct world *w = *state;
	struct town_effect e;
	struct duplicate_list dup;
	const char *pid;
	struct person_input in = {.name = "手 で", .kana = "テ デ", .birth = "S10.2.2", .home = {"", "青葉市谷町1"}, .is_area_manual = true, .duplicate_reason = "別の人"};
	in.area_pid[AREA_SLOT_ZONE] = town.zone_n.pid;
	ok(person_create(&w->c, &in, &dup, &pid));
	officer(w);
	struct town_map_new m = into(w, town.zone_s.id, "谷町", CIVIL_NONE);
	ok(town_map_many(&w->c, &m, false, &e));
	assert_int_equal(e.persons, 0);
	assert_int_equal(zone_of(w, pid), town.zone_n.id);
}

static void blocks_are_exceptions(void **state)
{
	struct world *w = *state;
	struct town_effect e;
	officer(w);
	struct town_map_new whole = into(w, town.zone_n.id, "谷町", CIVIL_NONE);
	ok(town_map_many(&w->c, &whole, false, &e));
	struct town_pick part = {"青葉市", "谷町", 10, 20};
	ok(town_map_many(&w->c, &(struct town_map_new){.area_id = town.zone_s.id, .v = &part, .n = 1, .from_on = CIVIL_NONE}, false, &e));
	assert_int_equal(e.ended, 0);
	int64_t area[AREA_SLOTS];
	const char *fold;
	ok(territory_of_address(&w->c, "青葉市谷町15", w->c.today, area, &fold));
	assert_int_equal(area[AREA_SLOT_ZONE], town.zone_s.id);
	ok(territory_of_address(&w->c, "青葉市谷町25", w->c.today, area, &fold));
	assert_int_equal(area[AREA_SLOT_ZONE], town.zone_n.id);
	part.block_to = 5;
	assert_int_equal(town_map_many(&w->c, &(struct town_map_new){.area_id = town.zone_s.id, .v = &part, .n = 1, .from_on = CIVIL_NONE}, false, &e), ERR_INPUT);
}

/* The zone is drawn by towns, the school by 丁目: both are found. */
static void levels_at_different_depth(void **state)
{
	struct world *w = *state;
	struct town_effect e;
	int64_t area[AREA_SLOTS];
	const char *fold;
	const char *pid = person_of(w, "沢 花", "サワ ハナ", "S10.1.1", "青葉市沢町2-3");
	officer(w);
	struct town_map_new school = into(w, town.school.id, "沢町二丁目", CIVIL_NONE), zone = into(w, town.zone_n.id, "沢町", CIVIL_NONE);
	ok(town_map_many(&w->c, &school, false, &e));
	ok(town_map_many(&w->c, &zone, false, &e));
	assert_int_equal(e.persons, 1); /* found in a 丁目 of the town */
	assert_int_equal(zone_of(w, pid), town.zone_n.id);
	ok(territory_of_address(&w->c, "青葉市沢町2-3", w->c.today, area, &fold));
	assert_int_equal(area[AREA_SLOT_ZONE], town.zone_n.id);
	assert_int_equal(area[AREA_SLOT_ELEMENTARY], town.school.id);
	ok(territory_of_address(&w->c, "青葉市沢町1-3", w->c.today, area, &fold));
	assert_int_equal(area[AREA_SLOT_ZONE], town.zone_n.id);
	assert_int_equal(area[AREA_SLOT_ELEMENTARY], INT_NULL);
}

static void ends(void **state)
{
	struct world *w = *state;
	struct town_effect e;
	struct town_area *t;
	size_t n;
	const char *pid = person_of(w, "緑 花", "ミドリ ハナ", "S10.1.1", "青葉市緑町1丁目2-3");
	officer(w);
	ok(town_area_list(&w->c, town.zone_n.id, &t, &n));
	size_t one = strcmp(t[0].town, "緑町一丁目") == 0 ? 0 : 1;
	ok(town_map_end(&w->c, t[one].pid, w->c.today - 1, true, &e));
	assert_int_equal(e.persons, 1);
	assert_int_equal(e.moves[0].to_area, INT_NULL);
	assert_int_equal(zone_of(w, pid), town.zone_n.id);
	ok(town_area_close(&w->c, town.zone_n.pid, w->c.today - 1, false, &e));
	assert_int_equal(e.ended, 2);
	assert_int_equal(e.persons, 1);
	assert_int_equal(zone_of(w, pid), 0);
	struct org_area *o;
	ok(territory_of_area(&w->c, town.zone_n.id, w->c.today, &o, &n));
	assert_int_equal(n, 0);
	ok(territory_of_area(&w->c, town.zone_n.id, w->c.today - 1, &o, &n));
	assert_int_equal(n, 1);
	struct town_map_new in = into(w, town.zone_n.id, "谷町", CIVIL_NONE);
	assert_int_equal(town_map_many(&w->c, &in, false, &e), ERR_INPUT); /* into an area that has ended */
	fault_clear(&w->c);
	assert_int_equal(town_area_close(&w->c, town.zone_s.pid, CIVIL_NONE, false, &e), ERR_REQUIRED);
}

static const struct town_gap *gap(const struct town_gaps *g, const char *name)
{
	for (size_t i = 0; i < g->n; i++)
		if (strcmp(g->v[i].town, name) == 0)
			return &g->v[i];
	return NULL;
}

static void what_is_not_mapped(void **state)
{
	struct world *w = *state;
	struct town_gaps g;
	struct postal_done d;
	person_of(w, "谷 花", "タニ ハナ", "S10.1.1", "青葉市谷町3-2");
	person_of(w, "谷 月", "タニ ツキ", "S10.1.2", "青葉市谷町４番");
	person_of(w, "遠 花", "トオ ハナ", "S10.1.3", "別市本町1");
	static const char postal[] =
		"13999,\"100  \",\"1000001\",\"トウキョウト\",\"アオバシ\",\"ミドリチョウ\",\"東京都\",\"青葉市\",\"緑町\",0,0,0,0,0,0\r\n"
		"13999,\"100  \",\"1000002\",\"トウキョウト\",\"アオバシ\",\"サワマチ\",\"東京都\",\"青葉市\",\"沢町\",0,0,0,0,0,0\r\n"
		"13998,\"100  \",\"1000003\",\"トウキョウト\",\"ベッシ\",\"サワマチ\",\"東京都\",\"別市\",\"沢町\",0,0,0,0,0,0\r\n";
	officer(w);
	ok(postal_import(&w->c, postal, sizeof postal - 1, &d));
	nurse_n(w);
	ok(town_gap_list(&w->c, town.insurer.id, "zone", &g));
	assert_string_equal(g.city, "青葉市");
	assert_int_equal(g.postal_rows, 2);
	assert_null(gap(&g, "緑町")); /* its 丁目 are mapped */
	assert_non_null(gap(&g, "沢町"));
	assert_true(gap(&g, "沢町")->is_postal);
	assert_int_equal(gap(&g, "谷町")->persons, 2);
	assert_int_equal(g.elsewhere, 1);
	nurse_s(w); /* who may not see them finds nothing of them */
	ok(town_gap_list(&w->c, town.insurer.id, "zone", &g));
	assert_null(gap(&g, "谷町"));
	assert_int_equal(g.elsewhere, 0);
	assert_int_equal(town_gap_list(&w->c, town.insurer.id, "nolevel", &g), ERR_NOTFOUND);
}

static void words_of_the_municipality(void **state)
{
	struct world *w = *state;
	const char *word;
	ok(area_level_word(&w->c, "zone", &word));
	assert_string_equal(word, "日常生活圏域");
	officer(w);
	ok(org_label_save(&w->c, town.insurer.id, "area.zone", "暮らしの圏域"));
	nurse_n(w);
	ok(area_level_word(&w->c, "zone", &word));
	assert_string_equal(word, "暮らしの圏域");
	struct area_alias *v;
	size_t n;
	officer(w);
	ok(area_alias_add(&w->c, town.zone_n.id, "きた"));
	ok(area_alias_list(&w->c, town.zone_n.id, &v, &n));
	assert_int_equal(n, 1);
	assert_int_equal(area_alias_remove(&w->c, town.zone_s.id, v[0].pid), ERR_NOTFOUND);
	ok(area_alias_remove(&w->c, town.zone_n.id, v[0].pid));
	ok(area_alias_list(&w->c, town.zone_n.id, &v, &n));
	assert_int_equal(n, 0);
}

static const char CSV[] =
	"種類,番号,名前,別の呼び名,上の区域,担当の機関,市区町村,町域,知らない列\n"
	"日常生活圏域,③,西圏域,にし／西部,,青葉市南地域包括支援センター,青葉市,西町,x\n"
	"日常生活圏域,③,西圏域,,,,,西町二丁目,\n"
	"変な種類,,あ,,,,,,\n"
	"日常生活圏域,④,東圏域,,,無いセンター,,東町,\n"
	"日常生活圏域,④,東圏域,,,,,東町,\n"
	"小学校区,,西小学校区,,西圏域,,,西町,\n"
	"日常生活圏域,,,,,,,,\n";

static void import_says_which_line(struct world *w, const void *bytes, size_t n_bytes)
{
	struct territory_import t;
	struct area a;
	struct org_area *o;
	size_t n;
	const char *pid = person_of(w, "西 花", "ニシ ハナ", "S10.1.1", "青葉市西町7");
	officer(w);
	ok(territory_import_csv(&w->c, bytes, n_bytes, true, 0, &t));
	assert_int_equal(t.good, 4);
	assert_int_equal(t.bad, 3);
	assert_int_equal(t.areas, 3);
	assert_int_equal(t.persons, 1);
	assert_int_equal(w->c.n_faults, 0);
	ok(area_named(&w->c, "西圏域", NULL, &a, &n));
	assert_int_equal(n, 0);
	ok(territory_import_csv(&w->c, bytes, n_bytes, false, 0, &t));
	assert_int_equal(t.good, 4);
	assert_int_equal(t.areas, 3);
	assert_int_equal(t.aliases, 2);
	assert_int_equal(t.assigned, 1);
	assert_int_equal(t.towns, 4);
	assert_int_equal(t.persons, 1);
	assert_string_equal(t.said.unread, "知らない列");
	static const int bad_lines[] = {4, 5, 8};
	for (size_t i = 0, k = 0; i < t.said.n; i++)
		if (t.said.v[i].is_bad)
			assert_int_equal(t.said.v[i].line, bad_lines[k++]);
	ok(area_named(&w->c, "西部", "zone", &a, &n));
	assert_int_equal(n, 1);
	assert_string_equal(a.code, "③");
	assert_int_equal(zone_of(w, pid), a.id);
	ok(territory_of_area(&w->c, a.id, w->c.today, &o, &n));
	assert_int_equal(n, 1);
	assert_int_equal(o[0].org_id, town.south.id);
	int64_t rows = count_sql(w, "SELECT COUNT(*) FROM revision");
	ok(territory_import_csv(&w->c, bytes, n_bytes, false, 0, &t)); /* again: nothing new */
	assert_int_equal(t.areas + t.aliases + t.assigned + t.towns + t.persons, 0);
	assert_int_equal(count_sql(w, "SELECT COUNT(*) FROM revision"), rows);
}

static void import_utf8(void **state) { import_says_which_line(*state, CSV, sizeof CSV - 1); }

static void import_cp932(void **state)
{
	struct world *w = *state;
	char *out;
	size_t n;
	struct cp932_report report;
	ok(cp932_encode(w->arena, CSV, NULL, &out, &n, &report));
	import_says_which_line(w, out, n);
}

static void import_of_what_is_none(void **state)
{
	struct world *w = *state;
	struct territory_import t;
	assert_int_equal(territory_import_csv(&w->c, CSV, sizeof CSV - 1, false, 0, &t), ERR_DENIED);
	officer(w);
	static const char *const bad[] = {"", "\xff\xfe\x01", "あ,い\n1,2\n", "種類,名前\n"};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		fault_clear(&w->c);
		assert_int_equal(territory_import_csv(&w->c, bad[i], strlen(bad[i]), false, 0, &t), ERR_CSV);
		assert_non_null(fault_of(&w->c, "file"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		REGISTER(unmapped_people_follow_at_once), REGISTER(a_change_keeps_what_was), REGISTER(a_day_to_come), REGISTER(by_hand_stays),
		REGISTER(blocks_are_exceptions), REGISTER(levels_at_different_depth), REGISTER(ends), REGISTER(what_is_not_mapped),
		REGISTER(words_of_the_municipality), REGISTER(import_utf8), REGISTER(import_cp932), REGISTER(import_of_what_is_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
