/* Family and related persons, contacts shared by several clients, household, carers with work. */
#include "record_world.h"

#include "register/bin.h"
#include "register/carer.h"
#include "register/household.h"
#include "register/relation.h"
#include "register/timeline.h"

static struct t_relation rel(int64_t person, const char *kind)
{
	struct t_relation r;
	relation_init(&r);
	r.person_id = person;
	r.kind = kind;
	r.living = "apart";
	return r;
}

static struct t_contact daughter(void)
{
	struct t_contact k;
	contact_init(&k);
	k.name = "見本 ゆり";
	k.kana = "ミホン ユリ";
	k.phone = "03-0000-0001";
	return k;
}

static void every_kin_has_its_other_side(void **state)
{
	(void)state;
	for (size_t i = 0; i < relation_kin_count(); i++) {
		const char *code = relation_kin_code(i), *back = relation_kin_inverse(code);
		assert_true(*relation_kin_label_ja(back));
		if (!str_eq(back, "supported") && !str_eq(code, "supported"))
			assert_string_equal(relation_kin_inverse(back), code);
	}
	assert_string_equal(relation_kin_label_ja("nobody"), "");
}

static void one_contact_many_clients(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_relation a = rel(1, "child");
	a.label = "長女";
	a.is_key_person = a.is_main_carer = true;
	a.emergency_order = 1;
	struct t_contact k = daughter(), *found;
	ok(relation_save_contact(c, &a, &k, NULL));
	assert_int_equal(a.contact_id, k.id);
	size_t n;
	ok(contact_search(c, "みほん", &found, &n));
	assert_int_equal(n, 1);
	ok(contact_search(c, "03-0000-0001", &found, &n));
	assert_int_equal(n, 1);
	ok(contact_search(c, "ヤマ", &found, &n));
	assert_int_equal(n, 0);
	/* the father too, without typing again */
	struct t_relation b = rel(2, "child");
	b.contact_id = k.id;
	ok(relation_save(c, &b, NULL));
	assert_int_equal(count_of(w, "contact", "1=1"), 1);
	struct contact_client *clients;
	ok(contact_clients(c, k.pid, &clients, &n));
	assert_int_equal(n, 2);
	/* one telephone number changed once shows on both */
	k.phone = "090-0000-0002";
	ok(contact_save(c, &k, NULL));
	struct relation_view *v;
	for (int64_t p = 1; p <= 2; p++) {
		ok(relation_list(c, p, &v, &n));
		assert_int_equal(n, 1);
		assert_string_equal(v[0].phone, "090-0000-0002");
	}
	assert_string_equal(v[0].label, "子");
	/* who sees only the father's side sees one client; who sees none finds no such contact */
	stranger(w);
	ok(contact_search(c, "みほん", &found, &n));
	assert_int_equal(n, 0);
	struct t_contact got;
	is_err(contact_find(c, k.pid, &got), ERR_NOTFOUND);
	is_err(contact_save(c, &k, NULL), ERR_NOTFOUND);
	is_err(relation_list(c, 1, &v, &n), ERR_NOTFOUND);
	give(w, 2, 3, 0, RELATION_CASE);
	struct t_relation steal = rel(3, "child");
	steal.contact_id = k.id; /* a guessed id */
	is_err(relation_save(c, &steal, NULL), ERR_NOTFOUND);
	give(w, 2, 2, CLASS_NAMECARD | CLASS_FAMILY, RELATION_CONSENT);
	ok(contact_clients(c, k.pid, &clients, &n));
	assert_int_equal(n, 1);
	assert_int_equal(clients[0].person_id, 2);
	is_err(contact_save(c, &k, NULL), ERR_DENIED);
}

static void the_other_side(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_relation r = rel(1, "spouse");
	r.other_person_id = 2;
	r.label = "夫";
	ok(relation_save(c, &r, NULL));
	struct relation_view *v;
	size_t n;
	ok(relation_list(c, 1, &v, &n));
	assert_true(n == 1 && !v[0].is_back && v[0].shown_person_id == 2);
	assert_string_equal(v[0].label, "夫");
	ok(relation_list(c, 2, &v, &n));
	assert_true(n == 1 && v[0].is_back && v[0].shown_person_id == 1);
	assert_string_equal(v[0].label, "配偶者");
	/* a reader of the wife alone does not learn that the husband is in the register */
	give(w, 2, 1, CLASS_NAMECARD | CLASS_FAMILY, RELATION_CONSENT);
	stranger(w);
	ok(relation_list(c, 1, &v, &n));
	assert_int_equal(n, 0);
	struct t_relation got;
	is_err(relation_find(c, r.pid, &got), ERR_NOTFOUND);
	/* a person whom the actor does not see cannot be chosen, nor can oneself */
	nurse(w);
	struct t_relation bad = rel(1, "sibling");
	bad.other_person_id = 3;
	is_err(relation_save(c, &bad, NULL), ERR_NOTFOUND);
	bad.other_person_id = 1;
	is_err(relation_save(c, &bad, NULL), ERR_NOT_CHOICE);
	fault_clear(c);
	bad.other_person_id = INT_NULL;
	is_err(relation_save(c, &bad, NULL), ERR_REQUIRED);
}

static void emergency_order(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	const char *pids[3];
	for (int i = 0; i < 3; i++) {
		struct t_relation r = rel(1, "child");
		struct t_contact k = daughter();
		k.name = arena_fmt(w->arena, "見本 %d", i);
		k.is_deceased = i == 2;
		r.emergency_order = i == 0 ? 1 : INT_NULL;
		ok(relation_save_contact(c, &r, &k, NULL));
		pids[i] = r.pid;
	}
	struct relation_view *v;
	size_t n;
	ok(relation_emergency(c, 1, &v, &n));
	assert_int_equal(n, 1);
	const char *order[] = {pids[1], pids[2], pids[0]};
	ok(relation_set_emergency(c, 1, order, 3));
	ok(relation_emergency(c, 1, &v, &n)); /* the dead are not called */
	assert_int_equal(n, 2);
	assert_string_equal(v[0].name, "見本 1");
	assert_string_equal(v[1].name, "見本 0");
	order[1] = "00000000000000000000000000";
	is_err(relation_set_emergency(c, 1, order, 2), ERR_NOTFOUND);
	ok(relation_emergency(c, 1, &v, &n)); /* nothing half */
	assert_int_equal(n, 2);
	ok(relation_set_emergency(c, 1, NULL, 0));
	ok(relation_emergency(c, 1, &v, &n));
	assert_int_equal(n, 0);
}

static void faults_of_both_at_once(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_relation r = rel(1, "");
	r.emergency_order = 0;
	struct t_contact k = daughter();
	k.name = " ";
	k.birth_year = 2100;
	assert_int_not_equal(relation_save_contact(c, &r, &k, NULL), OK);
	assert_true(fault_of(c, "kind") && fault_of(c, "emergency_order") && fault_of(c, "name") && fault_of(c, "birth_year"));
	assert_int_equal(count_of(w, "contact", "1=1"), 0);
	assert_int_equal(count_of(w, "relation", "1=1"), 0);
}

static void bin_of_a_relation(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_relation r = rel(1, "child"), got;
	struct t_contact k = daughter();
	ok(relation_save_contact(c, &r, &k, NULL));
	const char *bin;
	ok(relation_retire(c, r.pid, "", &bin));
	struct relation_view *v;
	size_t n;
	ok(relation_list(c, 1, &v, &n));
	assert_int_equal(n, 0);
	ok(bin_restore(c, bin));
	ok(relation_find(c, r.pid, &got));
	ok(relation_list(c, 1, &v, &n));
	assert_int_equal(n, 1);
	assert_string_equal(v[0].name, "見本 ゆり");
}

static void household_and_carer(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_relation r = rel(1, "child"), other = rel(2, "child");
	struct t_contact k = daughter(), k2 = daughter();
	ok(relation_save_contact(c, &r, &k, NULL));
	ok(relation_save_contact(c, &other, &k2, NULL));
	struct t_household h;
	household_init(&h);
	h.person_id = 1;
	h.kind = "alone";
	h.size = 2;
	h.from_on = D(2020, 1, 1);
	is_err(household_save(c, &h, NULL), ERR_RANGE);
	fault_clear(c);
	h.kind = "with_child";
	ok(household_save(c, &h, NULL));
	int64_t *members;
	size_t n;
	ok(household_set_members(c, h.pid, &r.id, 1));
	ok(household_set_members(c, h.pid, &r.id, 1)); /* twice is once */
	ok(household_members(c, h.pid, &members, &n));
	assert_true(n == 1 && members[0] == r.id);
	assert_int_equal(count_of(w, "household_member", "1=1"), 1);
	is_err(household_set_members(c, h.pid, &other.id, 1), ERR_NOTFOUND); /* another client's family */
	ok(household_members(c, h.pid, &members, &n));
	assert_int_equal(n, 1);
	int64_t two[] = {r.id, other.id};
	is_err(household_set_members(c, h.pid, two, 2), ERR_RANGE);
	ok(household_set_members(c, h.pid, NULL, 0));
	ok(household_members(c, h.pid, &members, &n));
	assert_int_equal(n, 0);

	struct t_carer m;
	carer_init(&m);
	m.person_id = 1;
	m.relation_id = other.id;
	m.works = "yes";
	m.from_on = D(2026, 4, 1);
	is_err(carer_save(c, &m, NULL), ERR_NOTFOUND);
	m.relation_id = r.id;
	m.leave_days_used = 94;
	fault_clear(c);
	is_err(carer_save(c, &m, NULL), ERR_RANGE);
	fault_clear(c);
	m.leave_days_used = 90;
	m.occupation = "会社員（造船）";
	m.work_hours = "8:30–17:15";
	ok(carer_save(c, &m, NULL));
	assert_int_equal(carer_leave_days_left(&m, c->today), 3);
	assert_true(carer_leave_days_left(&m, D(2000, 1, 1)) == INT_NULL);
	struct t_carer again = m;
	again.id = 0;
	again.pid = "";
	again.from_on = D(2026, 5, 1);
	is_err(carer_save(c, &again, NULL), ERR_PERIOD_OVERLAP);
	stranger(w);
	give(w, 2, 1, CLASS_NAMECARD | CLASS_CARE, RELATION_CONSENT);
	struct t_carer *rows;
	is_err(carer_list(c, 1, GEN_ALL, &rows, &n), ERR_DENIED);
	is_err(household_find(c, h.pid, &h), ERR_NOTFOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kin_has_its_other_side), RECORD(one_contact_many_clients), RECORD(the_other_side),
		RECORD(emergency_order), RECORD(faults_of_both_at_once), RECORD(bin_of_a_relation), RECORD(household_and_carer),
	};
	return cmocka_run_group_tests_name("register_b_family", tests, NULL, NULL);
}
