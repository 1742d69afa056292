/* Organisations, areas, staff, postal codes: C-001 … C-005, with dated moves and hand-over. */
#include "register_world.h"

#include "register/task.h"

static bool lists(struct world *w, const struct org_filter *f, const char *pid)
{
	struct org *v;
	size_t n;
	ok(org_list(&w->c, f, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (strcmp(v[i].pid, pid) == 0)
			return true;
	return false;
}

/* C-004 */
static void spellings_are_one_entry(void **state)
{
	struct world *w = *state;
	struct org o, *v;
	size_t n;
	officer(w);
	make_org(w, &o, "volunteer", "いきいき百歳体操", "");
	static const char *const texts[] = {"いきいき100歳体操", "いきいき百歳体操", "いきいき１００歳体操", "イキイキ百歳", "１００歳"};
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		ok(org_find(&w->c, texts[i], 20, &v, &n));
		if (n != 1 || v[0].id != o.id)
			fail_msg("%s: %zu entries", texts[i], n);
	}
	ok(org_find(&w->c, "基幹在宅介護支援センター", 20, &v, &n));
	assert_int_equal(n, 0);
	ok(org_alias_add(&w->c, o.id, "基幹在宅介護支援センター"));
	ok(org_alias_add(&w->c, o.id, "基幹在宅介護支援センター"));
	ok(org_find(&w->c, "基幹 在宅介護支援ｾﾝﾀｰ", 20, &v, &n));
	assert_int_equal(n, 1);
	struct org_alias *al;
	ok(org_alias_list(&w->c, o.id, &al, &n));
	assert_int_equal(n, 1);
	struct org twin;
	org_init(&twin);
	twin.kind = "volunteer";
	twin.name = "いきいき１００歳体操";
	ok(org_duplicates(&w->c, &twin, &v, &n));
	assert_int_equal(n, 1);
	ok(org_alias_remove(&w->c, al[0].pid));
	ok(org_find(&w->c, "基幹在宅介護支援センター", 20, &v, &n));
	assert_int_equal(n, 0);
	ok(org_find(&w->c, "%", 20, &v, &n)); /* no sign of LIKE gets through */
	assert_int_equal(n, 0);
}

/* C-003 */
static void form_and_core_are_two(void **state)
{
	struct world *w = *state;
	struct org council, a, b;
	officer(w);
	make_org(w, &council, "council", "青葉市社会福祉協議会", "");
	org_init(&a);
	a.kind = "centre";
	a.name = "東センター";
	a.form = "commissioned";
	a.is_core = true;
	a.operator_org_id = council.id;
	ok(org_create(&w->c, &a));
	org_init(&b);
	b.kind = "centre";
	b.name = "西センター";
	b.form = "direct";
	b.is_core = true;
	ok(org_create(&w->c, &b));
	struct org_filter f = ORG_ALL();
	f.is_core = 1;
	f.form = "commissioned";
	assert_true(lists(w, &f, a.pid));
	assert_false(lists(w, &f, b.pid));
	f.form = "direct";
	assert_true(lists(w, &f, b.pid));
	assert_false(lists(w, &f, a.pid));
	f = (struct org_filter)ORG_ALL();
	f.kind_class = "centre";
	assert_true(lists(w, &f, a.pid));
	assert_false(lists(w, &f, council.pid));
	struct org bad = council;
	bad.is_core = true;
	assert_int_equal(org_save(&w->c, &bad, NULL), ERR_INPUT);
	fault_clear(&w->c);
	ok(org_get(&w->c, a.pid, &a));
	assert_int_equal(a.operator_org_id, council.id);
	ok(org_close(&w->c, a.pid, w->c.today, "委託の終わり", b.pid));
	f = (struct org_filter)ORG_ALL();
	f.on = w->c.today + 1;
	assert_false(lists(w, &f, a.pid));
	f.on = w->c.today;
	assert_true(lists(w, &f, a.pid));
	nurse_n(w); /* no nurse makes organisations */
	assert_int_equal(org_create(&w->c, &b), ERR_DENIED);
}

static void numbers_warn(void **state)
{
	struct world *w = *state;
	assert_null(org_number_warning(&w->c, "insurer", "131011"));
	assert_non_null(org_number_warning(&w->c, "insurer", "123456"));
	assert_null(org_number_warning(&w->c, "home_cm", "13A0100019"));
	assert_null(org_number_warning(&w->c, "home_cm", "１３７０１０００１６"));
	assert_non_null(org_number_warning(&w->c, "home_cm", "0300000100"));
	assert_null(org_number_warning(&w->c, "home_cm", ""));
	struct org o;
	officer(w);
	org_init(&o);
	o.kind = "home_cm";
	o.name = "番号ちがい居宅";
	o.office_no = "０３０００００１００"; /* the official sample: kept, evened out */
	ok(org_create(&w->c, &o));
	assert_string_equal(o.office_no, "0300000100");
	o.office_no = "12";
	assert_int_equal(org_save(&w->c, &o, NULL), ERR_INPUT);
	fault_clear(&w->c);
	struct row_conflict *cf = NULL;
	ok(org_get(&w->c, o.pid, &o));
	struct org p = o;
	p.phone = "111-1111";
	ok(org_save(&w->c, &p, &cf));
	o.phone = "222-2222";
	assert_int_equal(org_save(&w->c, &o, &cf), ERR_CONFLICT);
	assert_string_equal(cf->fields[0].column, "phone");
}

/* C-001 */
static void areas_move_on_a_date(void **state)
{
	struct world *w = *state;
	struct area a3, a8, a10;
	struct org branch;
	struct org_counts k;
	struct area_count *before, *after;
	size_t n, m;
	int64_t moved;
	officer(w);
	make_area(w, &a3, "③", "第三", "zone");
	make_area(w, &a8, "⑧", "第八", "zone");
	make_area(w, &a10, "⑩", "第十", "zone");
	org_init(&branch);
	branch.kind = "branch";
	branch.name = "ブランチ三";
	branch.branch_of_org_id = town.north.id;
	ok(org_create(&w->c, &branch));
	ok(territory_move(&w->c, town.zone_n.id, town.north.id, town.south.id, w->c.today, NULL)); /* leave three for the north */
	ok(territory_assign(&w->c, town.north.id, a3.id, "charge", CIVIL_NONE, CIVIL_NONE));
	ok(territory_assign(&w->c, town.north.id, a8.id, "charge", CIVIL_NONE, CIVIL_NONE));
	ok(territory_assign(&w->c, town.north.id, a10.id, "charge", CIVIL_NONE, CIVIL_NONE));
	ok(territory_assign(&w->c, branch.id, a3.id, "branch", CIVIL_NONE, CIVIL_NONE));
	assert_int_equal(territory_assign(&w->c, town.north.id, a8.id, "charge", w->c.today, CIVIL_NONE), ERR_INPUT); /* twice */
	fault_clear(&w->c);
	make_town(w, "第三町", 0, 0, a3.id);
	for (int i = 0; i < 5; i++)
		person_of(w, arena_fmt(w->arena, "人%d", i), "ヒト", arena_fmt(w->arena, "S%d.1.1", i + 5), "青葉市第三町1");
	ok(org_count_parts(&w->c, town.north.id, w->c.today, &k));
	assert_int_equal(k.areas, 3);
	assert_int_equal(k.branches, 1);
	assert_int_equal(k.persons, 5);
	struct area *found;
	ok(area_find(&w->c, "3", "zone", &found, &n)); /* ③ = 3 = Ⅲ */
	assert_true(n >= 1);
	assert_int_equal(found[0].id, a3.id);
	ok(area_alias_add(&w->c, a8.id, "Ⅷ地区"));
	ok(area_find(&w->c, "8地区", NULL, &found, &n));
	assert_int_equal(n, 1);
	/* the branch sees the people of its area */
	struct person_list_choice ch;
	int64_t count;
	person_list_choice_init(&ch);
	be(w, 31, branch.id, ROLE_BRANCH);
	ok(person_list_count(&w->c, &ch, &count));
	assert_int_equal(count, 5);
	/* from 60 days on ③ belongs to the south */
	civil day0 = w->c.today, from = day0 + 60;
	nurse_n(w);
	ok(territory_count(&w->c, "zone", day0, &before, &n));
	officer(w);
	ok(territory_move(&w->c, a3.id, town.north.id, town.south.id, from, &moved));
	assert_int_equal(moved, 5);
	assert_int_equal(territory_move(&w->c, a3.id, town.north.id, town.south.id, from, NULL), ERR_INPUT);
	fault_clear(&w->c);
	nurse_n(w);
	ok(person_list_count(&w->c, &ch, &count));
	assert_int_equal(count, 5); /* still the north's today */
	nurse_s(w);
	ok(person_list_count(&w->c, &ch, &count));
	assert_int_equal(count, 0);
	world_clock(w, NOW + 59LL * 86400000);
	nurse_n(w);
	ok(person_list_count(&w->c, &ch, &count));
	assert_int_equal(count, 5);
	world_clock(w, NOW + 61LL * 86400000);
	nurse_n(w);
	ok(person_list_count(&w->c, &ch, &count));
	assert_int_equal(count, 0);
	ok(territory_count(&w->c, "zone", day0, &after, &m)); /* the report of then has not changed */
	assert_int_equal(n, m);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(before[i].persons, after[i].persons);
		assert_int_equal(before[i].org_id, after[i].org_id);
	}
	ok(org_count_parts(&w->c, town.north.id, day0, &k));
	assert_int_equal(k.areas, 3);
	assert_int_equal(k.persons, 5);
	ok(org_count_parts(&w->c, town.north.id, w->c.today, &k));
	assert_int_equal(k.areas, 2);
	assert_int_equal(k.persons, 0);
	nurse_s(w);
	ok(person_list_count(&w->c, &ch, &count));
	assert_int_equal(count, 5);
	ok(org_count_parts(&w->c, town.south.id, w->c.today, &k));
	assert_int_equal(k.persons, 5);
	/* somebody new in ③ is the south's */
	officer(w);
	person_of(w, "新しい人", "アタラシイ ヒト", "S30.1.1", "青葉市第三町2");
	nurse_s(w);
	ok(person_list_count(&w->c, &ch, &count));
	assert_int_equal(count, 6);
}

/* Somebody who comes before the day of the move is the old centre's until then. */
static void newcomer_before_the_move(void **state)
{
	struct world *w = *state;
	struct person_list_choice ch;
	int64_t count;
	person_list_choice_init(&ch);
	officer(w);
	ok(territory_move(&w->c, town.zone_n.id, town.north.id, town.south.id, w->c.today + 10, NULL));
	person_of(w, "間の人", "アイダ", "S30.1.1", "青葉市緑町一丁目1番");
	nurse_n(w);
	ok(person_list_count(&w->c, &ch, &count));
	assert_int_equal(count, 1);
	nurse_s(w);
	ok(person_list_count(&w->c, &ch, &count));
	assert_int_equal(count, 0);
	world_clock(w, NOW + 10LL * 86400000);
	nurse_n(w);
	ok(person_list_count(&w->c, &ch, &count));
	assert_int_equal(count, 0);
	nurse_s(w);
	ok(person_list_count(&w->c, &ch, &count));
	assert_int_equal(count, 1);
}

/* C-002 */
static void mismatch(void **state)
{
	struct world *w = *state;
	struct area_mismatch *v;
	size_t n;
	officer(w);
	ok(territory_mismatch(&w->c, w->c.today, &v, &n));
	assert_int_equal(n, 0);
	make_town(w, "緑町一丁目", 0, 0, town.minsei.id);
	ok(territory_mismatch(&w->c, w->c.today, &v, &n));
	assert_int_equal(n, 0); /* wholly in the north */
	make_town(w, "緑町二丁目", 0, 0, town.minsei.id);
	ok(territory_mismatch(&w->c, w->c.today, &v, &n));
	assert_int_equal(n, 2);
	assert_string_equal(v[0].area_name, "緑町民生委員区");
	assert_string_equal(v[0].org_name, "青葉市北地域包括支援センター");
	assert_string_equal(v[1].org_name, "青葉市南地域包括支援センター");
}

/* C-005 */
static void end_of_a_post(void **state)
{
	struct world *w = *state;
	struct staff a, b;
	struct staff_post *posts;
	struct staff_handover_row *h;
	struct charge *ch;
	const char *pid[3], *charge;
	size_t n;
	int64_t hidden, id;
	officer(w);
	staff_init(&a);
	a.name = "前任 一子";
	a.kana = "ぜんにん いちこ";
	ok(staff_create(&w->c, &a, town.north.id, "cm", w->c.today - 400, CIVIL_NONE));
	assert_string_equal(a.kana, "ゼンニン　イチコ");
	staff_init(&b);
	b.name = "後任 二子";
	ok(staff_create(&w->c, &b, town.north.id, "cm", w->c.today, CIVIL_NONE));
	nurse_n(w);
	for (int i = 0; i < 3; i++) {
		pid[i] = person_of(w, arena_fmt(w->arena, "人%d", i), "ヒト", arena_fmt(w->arena, "S%d.1.1", i + 5), "青葉市緑町一丁目1番");
		ok(person_id(&w->c, pid[i], &id));
		ok(charge_begin(&w->c, id, town.north.id, a.id, i == 2 ? "sub" : "main", w->c.today, &charge));
	}
	/* another main one takes over by itself */
	ok(charge_begin(&w->c, id, town.north.id, b.id, "main", w->c.today, &charge));
	ok(charge_begin(&w->c, id, town.north.id, a.id, "main", w->c.today + 1, &charge));
	ok(charge_list(&w->c, id, w->c.today, &ch, &n));
	assert_int_equal(n, 2); /* a as second, b as first */
	officer(w);
	ok(staff_post_list(&w->c, a.id, &posts, &n));
	assert_int_equal(n, 1);
	/* 常勤換算 from a day on; who only works there may not write it */
	struct staff_fte *fte;
	size_t n_fte;
	assert_int_equal(staff_post_fte(&w->c, posts[0].pid, w->c.today, 120), ERR_INPUT);
	assert_int_equal(staff_post_fte(&w->c, posts[0].pid, w->c.today - 401, 50), ERR_INPUT);
	fault_clear(&w->c);
	ok(staff_post_fte(&w->c, posts[0].pid, w->c.today - 10, 80));
	ok(staff_post_fte(&w->c, posts[0].pid, w->c.today - 10, 50)); /* the same day: put right */
	for (int i = 0; i < 2; i++) {
		ok(staff_fte_on(&w->c, town.north.id, w->c.today - 11 + i, &fte, &n_fte));
		for (size_t k = 0; k < n_fte; k++)
			if (fte[k].staff_id == a.id)
				assert_int_equal(fte[k].fte_100, i ? 50 : 100);
	}
	static const struct { const char *text; int64_t fte; } read[] = {{"1", 100}, {"0.5", 50}, {".75", 75}, {"1.0", 100}, {"0.05", 5}, {"", -1}, {".", -1}, {"0.505", -1}, {"-1", -1}, {"1.2.3", -1}, {"半分", -1}};
	for (size_t i = 0; i < sizeof read / sizeof read[0]; i++) {
		int64_t v = -1;
		assert_int_equal(staff_fte_parse(read[i].text, &v), read[i].fte >= 0);
		if (read[i].fte >= 0)
			assert_int_equal(v, read[i].fte);
	}
	assert_string_equal(staff_fte_ja(w->arena, 50), "0.5");
	assert_string_equal(staff_fte_ja(w->arena, 75), "0.75");
	assert_string_equal(staff_fte_ja(w->arena, 100), "1.0");
	ok(staff_handover_list(&w->c, posts[0].pid, w->c.today + 30, &h, &n, &hidden));
	assert_int_equal(n, 4);
	assert_int_equal(hidden, 0);
	assert_int_equal(staff_post_end(&w->c, posts[0].pid, w->c.today + 30, INT_NULL, NULL), ERR_INPUT);
	assert_non_null(fault_of(&w->c, "successor"));
	fault_clear(&w->c);
	assert_int_equal(staff_post_end(&w->c, posts[0].pid, w->c.today - 500, b.id, NULL), ERR_PERIOD_ORDER);
	fault_clear(&w->c);
	ok(staff_post_end(&w->c, posts[0].pid, w->c.today + 30, b.id, NULL));
	ok(staff_handover_list(&w->c, posts[0].pid, w->c.today + 30, &h, &n, &hidden));
	assert_int_equal(n, 0);
	ok(person_id(&w->c, pid[0], &id));
	ok(charge_list(&w->c, id, w->c.today + 30, &ch, &n));
	assert_int_equal(n, 1);
	assert_int_equal(ch[0].staff_id, a.id);
	ok(charge_list(&w->c, id, w->c.today + 31, &ch, &n));
	assert_int_equal(n, 1);
	assert_int_equal(ch[0].staff_id, b.id);
	struct staff_row *rows;
	struct staff_filter f = {.org_id = town.north.id, .on = w->c.today + 31};
	ok(staff_list(&w->c, &f, &rows, &n));
	assert_int_equal(n, 1);
	f.on = w->c.today;
	f.text = "ｾﾞﾝﾆﾝ";
	ok(staff_list(&w->c, &f, &rows, &n));
	assert_int_equal(n, 1);
	nurse_s(w);
	assert_int_equal(staff_post_end(&w->c, posts[0].pid, w->c.today, b.id, NULL), ERR_DENIED);
	assert_int_equal(staff_post_fte(&w->c, posts[0].pid, w->c.today, 50), ERR_DENIED);
}

/* 担当 opens the record to the organisation, and its end closes it. */
static void charge_gives_the_case(void **state)
{
	struct world *w = *state;
	struct org office;
	struct staff cm;
	const char *charge, *pid;
	int64_t id;
	struct person p;
	officer(w);
	make_org(w, &office, "home_cm", "みどり居宅介護支援事業所", "");
	staff_init(&cm);
	cm.name = "介護 支援";
	ok(staff_create(&w->c, &cm, office.id, "cm", w->c.today, CIVIL_NONE));
	nurse_n(w);
	pid = person_of(w, "山田 花子", "ヤマダ ハナコ", "", "青葉市緑町一丁目1番");
	ok(person_id(&w->c, pid, &id));
	assert_int_equal(charge_begin(&w->c, id, office.id, cm.id, "main", w->c.today, &charge), ERR_DENIED); /* a nurse has no case of hers to give */
	be(w, 14, town.north.id, ROLE_CENTRE_HEAD);
	assert_int_equal(charge_begin(&w->c, id, town.south.id, cm.id, "main", w->c.today, &charge), ERR_INPUT); /* not there */
	fault_clear(&w->c);
	be(w, 41, office.id, ROLE_CM);
	assert_int_equal(person_get(&w->c, pid, &p), ERR_NOTFOUND);
	be(w, 14, town.north.id, ROLE_CENTRE_HEAD);
	ok(charge_begin(&w->c, id, office.id, cm.id, "main", w->c.today, &charge));
	be(w, 41, office.id, ROLE_CM);
	ok(person_get(&w->c, pid, &p));
	be(w, 14, town.north.id, ROLE_CENTRE_HEAD);
	ok(charge_end(&w->c, charge, w->c.today, "終結"));
	world_clock(w, NOW + 86400000);
	be(w, 41, office.id, ROLE_CM);
	assert_int_equal(person_get(&w->c, pid, &p), ERR_NOTFOUND);
}

/* Who was in charge leaves without a successor: the case stays with the office, a task asks for the next one, and whoever
 * begins takes it over. */
static void case_outlives_the_charge(void **state)
{
	struct world *w = *state;
	struct org office;
	struct staff cm, next;
	struct staff_post *posts;
	struct charge *ch;
	struct task_filter f = TASK_OPEN();
	const char *charge, *pid;
	int64_t id, n_tasks;
	size_t n;
	struct person p;
	officer(w);
	make_org(w, &office, "home_cm", "みどり居宅介護支援事業所", "");
	staff_init(&cm);
	cm.name = "介護 支援";
	ok(staff_create(&w->c, &cm, office.id, "cm", w->c.today, CIVIL_NONE));
	staff_init(&next);
	next.name = "次 担当";
	ok(staff_create(&w->c, &next, office.id, "cm", w->c.today, CIVIL_NONE));
	nurse_n(w);
	pid = person_of(w, "山田 花子", "ヤマダ ハナコ", "", "青葉市緑町一丁目1番");
	ok(person_id(&w->c, pid, &id));
	be(w, 14, town.north.id, ROLE_CENTRE_HEAD);
	ok(charge_begin(&w->c, id, office.id, cm.id, "main", w->c.today, &charge));
	officer(w);
	ok(staff_post_list(&w->c, cm.id, &posts, &n));
	ok(staff_post_end(&w->c, posts[0].pid, w->c.today, INT_NULL, "後任は来月決める"));
	world_clock(w, NOW + 86400000);
	be(w, 41, office.id, ROLE_CM);
	ok(person_get(&w->c, pid, &p));
	ok(charge_list(&w->c, id, w->c.today, &ch, &n));
	assert_int_equal(n, 1);
	assert_int_equal(ch[0].staff_id, cm.id);
	assert_int_equal(ch[0].to_on, w->c.today - 1);
	ok(task_count(&w->c, &f, &n_tasks));
	assert_int_equal(n_tasks, 1);
	world_clock(w, NOW + 5 * 86400000LL);
	ok(charge_begin(&w->c, id, office.id, next.id, "main", w->c.today, &charge));
	ok(charge_list(&w->c, id, w->c.today, &ch, &n));
	assert_int_equal(n, 1);
	assert_int_equal(ch[0].staff_id, next.id);
	ok(task_count(&w->c, &f, &n_tasks));
	assert_int_equal(n_tasks, 0);
	officer(w);
	ok(staff_post_list(&w->c, next.id, &posts, &n));
	ok(staff_post_end(&w->c, posts[0].pid, w->c.today, INT_NULL, "閉鎖"));
	world_clock(w, NOW + 9 * 86400000LL);
	be(w, 41, office.id, ROLE_CM);
	ok(charge_list(&w->c, id, w->c.today, &ch, &n));
	assert_int_equal(n, 1);
	/* and the case itself ends by hand: last day inclusive */
	ok(charge_end(&w->c, ch[0].pid, w->c.today, "転居"));
	ok(person_get(&w->c, pid, &p));
	world_clock(w, NOW + 10 * 86400000LL);
	be(w, 41, office.id, ROLE_CM);
	assert_int_equal(person_get(&w->c, pid, &p), ERR_NOTFOUND);
}

static void licences(void **state)
{
	struct world *w = *state;
	struct staff s;
	struct staff_licence l = {.profession = "chief_cm", .licence_no = "12345678", .from_on = CIVIL_NONE, .expires_on = 0}, *v;
	struct staff_expiry *e;
	size_t n;
	officer(w);
	l.expires_on = w->c.today + 100;
	staff_init(&s);
	s.name = "主任 花子";
	s.phone = "0743-00-1111";
	ok(staff_create(&w->c, &s, town.north.id, "chief_cm", w->c.today, CIVIL_NONE));
	ok(staff_licence_save(&w->c, s.id, &l));
	ok(staff_expiring(&w->c, INT_NULL, w->c.today + 99, &e, &n));
	assert_int_equal(n, 0);
	ok(staff_expiring(&w->c, INT_NULL, w->c.today + 100, &e, &n));
	assert_int_equal(n, 1);
	assert_string_equal(e[0].profession, "chief_cm");
	struct staff_licence bad = l;
	bad.id = 0;
	bad.profession = "magician";
	assert_int_equal(staff_licence_save(&w->c, s.id, &bad), ERR_INPUT);
	fault_clear(&w->c);
	nurse_s(w); /* another organisation sees the person, neither the number nor the telephone */
	ok(staff_licence_list(&w->c, s.id, &v, &n));
	assert_int_equal(n, 1);
	assert_string_equal(v[0].licence_no, "");
	struct staff seen;
	ok(staff_get(&w->c, s.pid, &seen));
	assert_string_equal(seen.phone, "");
	assert_int_equal(staff_save(&w->c, &seen, NULL), ERR_DENIED);
	nurse_n(w);
	ok(staff_get(&w->c, s.pid, &seen));
	assert_string_equal(seen.phone, "0743-00-1111");
}

/* U08 */
static void postal_codes(void **state)
{
	struct world *w = *state;
	static const char file[] =
		"29999,\"630  \",\"6300001\",\"ナラケン\",\"アオバシ\",\"ミドリチョウ\",\"奈良県\",\"青葉市\",\"緑町一丁目\",0,0,0,0,0,0\r\n"
		"29999,\"630  \",\"6300000\",\"ナラケン\",\"アオバシ\",\"イカニケイサイガナイバアイ\",\"奈良県\",\"青葉市\",\"以下に掲載がない場合\",0,0,0,0,0,0\r\n"
		"こわれた行\r\n"
		"26104,\"604  \",\"6048571\",\"キョウトフ\",\"キョウトシナカギョウク\",\"カミホンノウジマエチョウ\",\"京都府\",\"京都市中京区\",\"上本能寺前町\",0,0,0,0,0,0\r\n";
	struct postal_done done;
	struct postal_place *v;
	struct postal_fill *f;
	size_t n;
	assert_int_equal(postal_import(&w->c, file, sizeof file - 1, &done), ERR_DENIED);
	officer(w);
	ok(postal_import(&w->c, file, sizeof file - 1, &done));
	assert_int_equal(done.n_rows, 3);
	assert_int_equal(done.n_bad, 1);
	assert_int_equal(done.first_bad_line, 3);
	ok(postal_find(&w->c, "〒６０４-８５７１", &v, &n));
	assert_int_equal(n, 1);
	assert_string_equal(v[0].prefecture, "京都府");
	assert_string_equal(v[0].city, "京都市中京区");
	assert_string_equal(v[0].town, "上本能寺前町");
	ok(postal_find(&w->c, "6300000", &v, &n));
	assert_string_equal(v[0].town, "");
	ok(postal_find(&w->c, "999", &v, &n));
	assert_int_equal(n, 0);
	ok(postal_fill(&w->c, "630-0001", &f, &n));
	assert_int_equal(n, 1);
	assert_string_equal(f[0].address, "奈良県青葉市緑町一丁目");
	assert_string_equal(f[0].area_name[AREA_SLOT_ZONE], "北圏域");
	assert_string_equal(f[0].area_name[AREA_SLOT_ELEMENTARY], "緑小学校区");
	/* a wrong file changes nothing */
	assert_int_equal(postal_import(&w->c, "a,b,c\n", 6, &done), ERR_CSV);
	fault_clear(&w->c);
	ok(postal_find(&w->c, "6048571", &v, &n));
	assert_int_equal(n, 1);
}

static void labels(void **state)
{
	struct world *w = *state;
	const char *t;
	ok(org_label(&w->c, town.insurer.id, "area.zone", "日常生活圏域", &t));
	assert_string_equal(t, "日常生活圏域");
	officer(w);
	ok(org_label_save(&w->c, town.insurer.id, "area.zone", "コミュニティ圏域"));
	ok(org_label_save(&w->c, town.insurer.id, "area.zone", "暮らしの圏域"));
	ok(org_label(&w->c, town.insurer.id, "area.zone", "日常生活圏域", &t));
	assert_string_equal(t, "暮らしの圏域");
}

static void no_circle_of_areas(void **state)
{
	struct world *w = *state;
	struct area a, b;
	officer(w);
	make_area(w, &a, "A", "大", "block");
	make_area(w, &b, "B", "小", "zone");
	b.parent_area_id = a.id;
	ok(area_save(&w->c, &b, NULL));
	a.parent_area_id = b.id;
	assert_int_equal(area_save(&w->c, &a, NULL), ERR_INPUT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		REGISTER(spellings_are_one_entry), REGISTER(form_and_core_are_two), REGISTER(numbers_warn), REGISTER(areas_move_on_a_date),
		REGISTER(newcomer_before_the_move), REGISTER(mismatch), REGISTER(end_of_a_post), REGISTER(charge_gives_the_case),
		REGISTER(case_outlives_the_charge), REGISTER(licences),
		REGISTER(postal_codes), REGISTER(labels), REGISTER(no_circle_of_areas),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
