/* 興味・関心チェックシート: the same numbers for centre and care manager, old answers by date, then and now, wishes for a goal (C-209, F031);
 * members of a リハビリテーション会議 chosen from the register (C-204). */
#include "plan_world.h"

#include "care/interest.h"
#include "care/paper.h"
#include "care/rehab_people.h"
#include "register/relation.h"

#include <string.h>

struct mark {
	const char *item, *codes;
};

static const char *sheet(struct world *w, civil on, const struct mark *m, size_t n, const char *other)
{
	const struct form_def *def = form_find(w->house.forms, INTEREST_FORM, on);
	const char *pid = NULL;
	assert_non_null(def);
	struct answers *as = answers_new(w->arena, def);
	ok(answers_set_date(as, "done_on", on));
	for (size_t i = 0; i < n; i++)
		ok(answers_set(as, m[i].item, m[i].codes));
	if (*other)
		ok(answers_set_text(as, "other01_name", other));
	fault_clear(&w->c);
	err e = response_save(&w->c, &(struct response_input){.person_pid = prs(w, 1), .form_id = INTEREST_FORM, .answers = as}, &pid, NULL);
	for (size_t i = 0; e != OK && i < w->c.n_faults; i++)
		print_error("%s: %s\n", w->c.faults[i].field, w->c.faults[i].message);
	ok(e);
	return pid;
}

/* Five activities over the three states, as C-209 asks. */
static const struct mark FIVE[] = {{"toilet", "doing"}, {"shopping", "doing"}, {"cooking", "want_to_try"}, {"traveling", "interested"}, {"other01", "want_to_try"}};
static const struct mark LATER[] = {{"toilet", "doing"}, {"cooking", "doing"}, {"traveling", "want_to_try"}, {"other02", "doing"}};

static void c209_centre_and_care_manager_see_the_same_counts(void **state)
{
	struct world *w = *state;
	struct interest_sheet *v;
	size_t n;
	const char *pid = sheet(w, w->c.today - 40, FIVE, 5, "金魚すくい");
	(void)sheet(w, w->c.today, LATER, 3, "");
	give(w, 3, 1, 0, RELATION_CASE);
	for (int who = 0; who < 2; who++) {
		if (who)
			manager3(w);
		ok(interest_list(&w->c, prs(w, 1), &v, &n));
		assert_int_equal(n, 2); /* the old answers stay, by date */
		assert_int_equal(v[0].on, w->c.today);
		assert_int_equal(v[1].on, w->c.today - 40);
		assert_string_equal(v[1].pid, pid);
		assert_int_equal(v[1].counts[INTEREST_DOING], 2);
		assert_int_equal(v[1].counts[INTEREST_WANT], 2);
		assert_int_equal(v[1].counts[INTEREST_CURIOUS], 1);
		assert_int_equal(v[0].counts[INTEREST_DOING], 2);
		assert_int_equal(v[0].counts[INTEREST_CURIOUS], 0);
	}
	stranger(w); /* and nobody else */
	err e = interest_list(&w->c, prs(w, 1), &v, &n);
	assert_true(e != OK || n == 0);
	is_err(response_get(&w->c, pid, &(struct response_view){0}), ERR_NOTFOUND);
	nurse(w);
	assert_int_equal(count_of(w, "timeline", "table_name = 'response' AND title LIKE '%している 2件・してみたい 2件・興味がある 1件%'"), 1);
}

static const struct interest_line *line_of(const struct interest_line *l, size_t n, const char *label)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(l[i].label, label) == 0)
			return &l[i];
	fail_msg("no %s", label);
	return NULL;
}

static void c209_then_and_now(void **state)
{
	struct world *w = *state;
	struct interest_sheet *v;
	struct interest_line *l;
	size_t n;
	(void)sheet(w, w->c.today - 40, FIVE, 5, "金魚すくい");
	/* the same words stand in another line of その他 now */
	const struct form_def *def = form_find(w->house.forms, INTEREST_FORM, w->c.today);
	struct answers *as = answers_new(w->arena, def);
	const char *pid;
	ok(answers_set_date(as, "done_on", w->c.today));
	for (size_t i = 0; i < 4; i++)
		ok(answers_set(as, LATER[i].item, LATER[i].codes));
	ok(answers_set_text(as, "other02_name", "金魚すくい"));
	ok(response_save(&w->c, &(struct response_input){.person_pid = prs(w, 1), .form_id = INTEREST_FORM, .answers = as}, &pid, NULL));
	ok(interest_list(&w->c, prs(w, 1), &v, &n));
	n = interest_lines(w->arena, v[1].answers, v[0].answers, &l);
	assert_int_equal(n, 5);
	assert_false(line_of(l, n, "自分でトイレへ行く")->moved);
	assert_true(line_of(l, n, "料理を作る")->began);
	assert_true(line_of(l, n, "買い物")->stopped);
	assert_string_equal(line_of(l, n, "買い物")->id, "");
	const struct interest_line *t = line_of(l, n, "旅行・温泉");
	assert_true(t->moved && !t->began && !t->stopped && t->then[INTEREST_CURIOUS] && t->now[INTEREST_WANT]);
	assert_true(line_of(l, n, "金魚すくい")->began);
	assert_string_equal(line_of(l, n, "金魚すくい")->id, "other02");

	civil on;
	ok(interest_wishes(&w->c, prs(w, 1), &l, &n, &on));
	assert_int_equal(n, 1); /* of the newest sheet, and not what is done */
	assert_string_equal(l[0].label, "旅行・温泉");
	assert_int_equal(on, w->c.today);
}

static void a_sheet_is_checked_and_printed(void **state)
{
	static const struct mark both[] = {{"walking", "want_to_try,interested"}};
	struct world *w = *state;
	struct form_warnings warn = {0};
	const char *pid = NULL, *bytes;
	size_t n;
	const struct form_def *def = form_find(w->house.forms, INTEREST_FORM, w->c.today);
	struct answers *as = answers_new(w->arena, def);
	is_err(answers_set(as, "walking", "dreaming"), ERR_NOT_CHOICE);
	ok(answers_set_date(as, "done_on", w->c.today));
	ok(answers_set(as, "other03", "doing"));
	is_err(response_save(&w->c, &(struct response_input){.person_pid = prs(w, 1), .form_id = INTEREST_FORM, .answers = as}, &pid, NULL), ERR_INPUT);
	assert_non_null(strstr(fault_text(&w->c, "other03_name"), "何をすることか"));
	fault_clear(&w->c);
	assert_int_equal(count_of(w, "response", "1 = 1"), 0);
	as = answers_new(w->arena, def);
	ok(answers_set_date(as, "done_on", w->c.today));
	ok(answers_set(as, both[0].item, both[0].codes));
	ok(response_save(&w->c, &(struct response_input){.person_pid = prs(w, 1), .form_id = INTEREST_FORM, .answers = as, .warnings = &warn}, &pid, NULL));
	assert_int_equal(warn.n, 1); /* both may stand, and are asked about */
	ok(paper_response(&w->c, pid, NULL, PAPER_PDF, &bytes, &n));
	assert_memory_equal(bytes, "%PDF", 4);
	ok(response_to_fhir(&w->c, pid, &bytes));
	assert_non_null(strstr(bytes, "want_to_try"));
}

/* ---- members from the register ------------------------------------------------------------------------------------------- */

static const struct rehab_candidate *candidate(const struct rehab_candidate *v, size_t n, const char *label)
{
	for (size_t i = 0; i < n; i++)
		if (strstr(v[i].label, label))
			return &v[i];
	fail_msg("no candidate %s", label);
	return NULL;
}

static void c204_members_from_the_register(void **state)
{
	struct world *w = *state;
	struct t_rehab_meeting m;
	struct t_rehab_meeting_member x[3];
	struct child_edit edits[3];
	struct rehab_meeting_view v;
	struct rehab_candidate *k;
	size_t n;
	struct t_relation rel;
	struct t_contact contact;
	relation_init(&rel);
	contact_init(&contact);
	rel.person_id = 1;
	rel.kind = "child";
	contact.name = "見本 春子";
	err e = relation_save_contact(&w->c, &rel, &contact, NULL);
	for (size_t i = 0; e != OK && i < w->c.n_faults; i++)
		print_error("%s: %s\n", w->c.faults[i].field, w->c.faults[i].message);
	ok(e);
	world_sql(w, "INSERT INTO staff_licence (pid, version, staff_id, profession, created_ms, created_by, updated_ms, updated_by) VALUES ('lic%023d', 1, 112, 'pt', 0, 0, 0, 0)", 1);
	(void)case_of(w, 1, "home");
	ok(rehab_meeting_init(&w->c, prs(w, 1), "", "review", &m));
	ok(rehab_people(&w->c, &m, NULL, 0, &k, &n));
	for (int i = 0; i < 3; i++) {
		row_init(&T_rehab_meeting_member, &x[i]);
		x[i].no = i + 1;
		edits[i] = (struct child_edit){&x[i], false};
	}
	const struct rehab_candidate *therapist = candidate(k, n, "見本 職員12"), *daughter = candidate(k, n, "見本 春子");
	ok(rehab_people_pick(&w->c, k, n, therapist->key, NULL, 0, &x[0]));
	assert_string_equal(x[0].role, "pt"); /* by the licence */
	assert_string_equal(x[0].name, "見本 職員12");
	assert_int_equal(x[0].staff_id, 112);
	assert_int_equal(x[0].member_org_id, 1);
	ok(rehab_people_pick(&w->c, k, n, daughter->key, NULL, 1, &x[1]));
	assert_string_equal(x[1].role, "family");
	assert_int_equal(x[1].relation_id, rel.id);
	x[2].role = "next_place";
	x[2].name = "体操の会 世話人";
	ok(rehab_people_pick(&w->c, k, n, "", NULL, 2, &x[2])); /* nobody of the register: as written */
	assert_int_equal(x[2].staff_id, INT_NULL);
	is_err(rehab_people_pick(&w->c, k, n, "staff-unknown", NULL, 2, &x[2]), ERR_NOT_CHOICE);
	assert_true(*fault_text(&w->c, "pick_2"));
	fault_clear(&w->c);
	ok(rehab_meeting_save(&w->c, prs(w, 1), &m, edits, 3, NULL, NULL));
	assert_int_equal(count_of(w, "revision", "table_name = 'rehab_meeting_member' AND body LIKE '%\"staff_id\":112%'"), 1);

	/* the staff leaves: who was there stays, and can be kept; a name typed by hand is nobody of the register */
	world_sql(w, "UPDATE staff_post SET to_on = '2020-12-31' WHERE staff_id = 112");
	ok(rehab_meeting_get(&w->c, m.pid, &v));
	ok(rehab_people(&w->c, &v.row, v.members, v.n_members, &k, &n));
	const char *key = rehab_people_key(k, n, &v.members[0]);
	assert_true(strncmp(key, "kept-", 5) == 0);
	struct t_rehab_meeting_member typed = v.members[0];
	ok(rehab_people_pick(&w->c, k, n, key, &v.members[0], 0, &typed));
	assert_int_equal(typed.staff_id, 112);
	typed.name = "別の 職員";
	ok(rehab_people_pick(&w->c, k, n, key, &v.members[0], 0, &typed));
	assert_int_equal(typed.staff_id, INT_NULL);
	assert_string_equal(typed.name, "別の 職員");
	assert_string_equal(rehab_people_key(k, n, &v.members[2]), "");

	/* who may not see the family is not offered it */
	for (size_t i = 0; i < n; i++)
		assert_true(strncmp(k[i].key, "kin-", 4) != 0 || k[i].relation_id == rel.id);
	stranger(w);
	is_err(rehab_people(&w->c, &v.row, NULL, 0, &k, &n), ERR_NOTFOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CARE(c209_centre_and_care_manager_see_the_same_counts),
		CARE(c209_then_and_now),
		CARE_PRINT(a_sheet_is_checked_and_printed),
		CARE(c204_members_from_the_register),
	};
	return cmocka_run_group_tests_name("care_interest", tests, NULL, NULL);
}
