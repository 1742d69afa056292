/* The rights: the table against expectations written without it, against the SQL scope, and the three levels. */
#include "access_world.h"

#include "store/query.h"

enum { A = RELATION_AREA, K = RELATION_CASE, R = RELATION_REGISTRAR, C = RELATION_CONSENT, D = RELATION_DISPATCH, M = RELATION_MEETING,
	I = RELATION_INSURER, B = RELATION_BRANCH, G = RELATION_GROUP, O = RELATION_COMMISSION, P = RELATION_RECORDS };

/* What must hold whatever the table says; written from the roles and the law, not from policy.tbl.h. */
static const struct {
	const char *why;
	int role, cls, relation;
	enum action action;
	bool may;
} cells[] = {
	{"a nurse knows the residents of the area", ROLE_CENTRE_NURSE, CLASS_NAMECARD, A, ACTION_SEE, true},
	{"and writes what they tell", ROLE_CENTRE_NURSE, CLASS_CONSULTATION, A, ACTION_WRITE, true},
	{"living in the area opens no medical record", ROLE_CENTRE_NURSE, CLASS_MEDICAL, A, ACTION_SEE, false},
	{"consent does", ROLE_CENTRE_NURSE, CLASS_MEDICAL, C, ACTION_SEE, true},
	{"consent to see is no right to write", ROLE_CENTRE_NURSE, CLASS_MEDICAL, C, ACTION_WRITE, false},
	{"the area opens no rights protection", ROLE_CENTRE_NURSE, CLASS_RIGHTS, A, ACTION_SEE, false},
	{"a case opens no rights protection", ROLE_CENTRE_SOCIAL, CLASS_RIGHTS, K, ACTION_SEE, false},
	{"the team does", ROLE_CENTRE_SOCIAL, CLASS_RIGHTS, G, ACTION_WRITE, true},
	{"consent opens no rights protection", ROLE_CENTRE_HEAD, CLASS_RIGHTS, C, ACTION_SEE, false},
	{"the head passes a case on", ROLE_CENTRE_HEAD, CLASS_CARE, K, ACTION_GIVE, true},
	{"the nurse does not pass on what is only in the area", ROLE_CENTRE_NURSE, CLASS_CARE, A, ACTION_GIVE, false},
	{"the clerk sees the address for a letter", ROLE_CENTRE_CLERK, CLASS_NAMECARD, A, ACTION_SEE, true},
	{"but no consultation of the area", ROLE_CENTRE_CLERK, CLASS_CONSULTATION, A, ACTION_SEE, false},
	{"and no medical record", ROLE_CENTRE_CLERK, CLASS_MEDICAL, K, ACTION_SEE, false},
	{"and no family matters", ROLE_CENTRE_CLERK, CLASS_FAMILY, A, ACTION_SEE, false},
	{"but does the claims", ROLE_CENTRE_CLERK, CLASS_BENEFIT, A, ACTION_EXPORT, true},
	{"a branch enters consultations", ROLE_BRANCH, CLASS_CONSULTATION, B, ACTION_WRITE, true},
	{"a branch writes no plan of a resident", ROLE_BRANCH, CLASS_CARE, B, ACTION_WRITE, false},
	{"a branch sees no claims", ROLE_BRANCH, CLASS_BENEFIT, B, ACTION_SEE, false},
	{"a care manager writes the commissioned plan", ROLE_CM, CLASS_CARE, O, ACTION_WRITE, true},
	{"and the own one", ROLE_CM, CLASS_CARE, K, ACTION_WRITE, true},
	{"but not the name card, by which it could put itself in charge", ROLE_CM, CLASS_NAMECARD, O, ACTION_WRITE, false},
	{"nor certificates and burdens", ROLE_CM_MANAGER, CLASS_BENEFIT, O, ACTION_WRITE, false},
	{"the records of a case that is over are kept", ROLE_CM, CLASS_CARE, P, ACTION_SEE, true},
	{"and shown at an inspection", ROLE_CM_MANAGER, CLASS_CARE, P, ACTION_PRINT, true},
	{"and handed out for it", ROLE_CM_MANAGER, CLASS_CARE, P, ACTION_EXPORT, true},
	{"and not altered", ROLE_CM_MANAGER, CLASS_CARE, P, ACTION_WRITE, false},
	{"nor passed on", ROLE_CM_MANAGER, CLASS_CARE, P, ACTION_GIVE, false},
	{"nor is the name card", ROLE_CM, CLASS_NAMECARD, P, ACTION_WRITE, false},
	{"a centre keeps them when the person has moved away", ROLE_CENTRE_NURSE, CLASS_MEDICAL, P, ACTION_SEE, true},
	{"a provider has no case to keep", ROLE_PROVIDER, CLASS_NAMECARD, P, ACTION_SEE, false},
	{"consultations stay in the centre", ROLE_CM, CLASS_CONSULTATION, K, ACTION_SEE, false},
	{"also from the manager", ROLE_CM_MANAGER, CLASS_CONSULTATION, O, ACTION_SEE, false},
	{"no rights protection for a care manager, even in a team", ROLE_CM, CLASS_RIGHTS, G, ACTION_SEE, false},
	{"a commission alone opens no medical record", ROLE_CM, CLASS_MEDICAL, O, ACTION_SEE, false},
	{"a provider reads the plan", ROLE_PROVIDER, CLASS_CARE, K, ACTION_SEE, true},
	{"and takes nothing out", ROLE_PROVIDER, CLASS_CARE, K, ACTION_EXPORT, false},
	{"nor learns of the family without consent", ROLE_PROVIDER, CLASS_FAMILY, K, ACTION_SEE, false},
	{"the therapist sees the case of the dispatch", ROLE_REHAB, CLASS_CARE, D, ACTION_SEE, true},
	{"keeps no paper", ROLE_REHAB, CLASS_CARE, D, ACTION_PRINT, false},
	{"and exports nothing", ROLE_REHAB, CLASS_MEDICAL, D, ACTION_EXPORT, false},
	{"the hospital refers", ROLE_HOSPITAL, CLASS_CONSULTATION, R, ACTION_WRITE, true},
	{"and sees the plan by consent only", ROLE_HOSPITAL, CLASS_CARE, R, ACTION_SEE, false},
	{"consultation support works on the disability sheet", ROLE_DISABILITY, CLASS_DISABILITY, K, ACTION_WRITE, true},
	{"a consent gives only the look at it", ROLE_DISABILITY, CLASS_DISABILITY, C, ACTION_WRITE, false},
	{"the insurer has certification and benefit", ROLE_INSURER, CLASS_BENEFIT, I, ACTION_WRITE, true},
	{"not the consultations of the whole city", ROLE_INSURER, CLASS_CONSULTATION, I, ACTION_SEE, false},
	{"not the medical records", ROLE_INSURER, CLASS_MEDICAL, I, ACTION_SEE, false},
	{"not rights protection, even as insurer", ROLE_INSURER, CLASS_RIGHTS, I, ACTION_SEE, false},
	{"the officer for rights protection only in the team", ROLE_INSURER_RIGHTS, CLASS_RIGHTS, I, ACTION_SEE, false},
	{"in the team all of it", ROLE_INSURER_RIGHTS, CLASS_RIGHTS, G, ACTION_GIVE, true},
	{"young carers are not an affair of the area", ROLE_CENTRE_NURSE, CLASS_YOUNG_CARER, A, ACTION_SEE, false},
	{"young carers leave by no export", ROLE_CENTRE_HEAD, CLASS_YOUNG_CARER, K, ACTION_EXPORT, false},
	{"an attendant sees the meeting", ROLE_PROVIDER, CLASS_MEETING, M, ACTION_SEE, true},
	{"an administrator sees nobody", ROLE_ADMIN, CLASS_NAMECARD, A, ACTION_SEE, false},
	{"not even statistics of a person", ROLE_ADMIN, CLASS_STATISTICS, I, ACTION_SEE, false},
};

static void telling_cells(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
		bool may = policy_relations(cells[i].role, class_index(cells[i].cls), cells[i].action) & (uint32_t)cells[i].relation;
		if (may != cells[i].may)
			fail_msg("%s", cells[i].why);
	}
}

static void table_is_sound(void **state)
{
	(void)state;
	for (int role = 1; role < ROLE_COUNT; role++) {
		uint32_t card = policy_relations(role, CLASS_I_NAMECARD, ACTION_SEE);
		for (int i = 0; i < CLASS_COUNT; i++) {
			uint32_t see = policy_relations(role, i, ACTION_SEE);
			for (int a = ACTION_WRITE; a < ACTION_COUNT; a++)
				assert_int_equal(policy_relations(role, i, (enum action)a) & ~see, 0); /* nothing without seeing */
			/* no relation opens a record of somebody whose name it does not show */
			assert_int_equal(see & ~card & ~(uint32_t)RELATION_OWN, 0);
			if (i == CLASS_I_RIGHTS)
				assert_int_equal(see & ~(uint32_t)G, 0);
			if (role == ROLE_ADMIN)
				assert_int_equal(see, 0);
		}
		assert_int_equal(role_of_code(role_code(role)), role);
		assert_true(role_class_of(role) && (role_class_of(role) & (role_class_of(role) - 1)) == 0);
	}
	for (int bit = 1; bit <= 1024; bit <<= 1) {
		assert_int_equal(relation_of_code(relation_code(bit)), bit);
		assert_true(relation_usual_classes(bit) & CLASS_NAMECARD);
		assert_true(bit == G || !(relation_usual_classes(bit) & CLASS_RIGHTS));
	}
}

static void give(struct world *w, int64_t org, int64_t account, int64_t cluster, uint32_t classes, int relation, civil from, civil to)
{
	struct q_grant_insert_in in = {.org_id = org, .account_id = account, .role_classes = ROLE_CLASS_ALL, .cluster_id = cluster,
		.classes = classes, .relation = relation, .from_on = from, .to_on = to, .via_table = "test", .via_id = relation};
	ok(q_grant_insert(&w->c, &in, NULL));
}

static void be(struct world *w, int64_t account, int64_t org, int role)
{
	w->c.actor = (struct actor){.account_id = account, .org_id = org, .role = role, .login = "t", .purpose = "test"};
	policy_load(&w->c);
}

/* Every role × relation × class × action: policy_check, and the levels, follow from the table alone. */
static void gate_follows_table(void **state)
{
	struct world *w = *state;
	int rel = 0;
	for (int bit = 1; bit <= 1024; bit <<= 1, rel++) {
		world_person(w, 100 + rel, 100 + rel);
		give(w, 1, 0, 100 + rel, POLICY_ALL, bit, w->c.today, CIVIL_OPEN);
	}
	for (int role = 1; role < ROLE_COUNT; role++) {
		be(w, 7, 1, role);
		rel = 0;
		for (int bit = 1; bit <= 1024; bit <<= 1, rel++) {
			struct arena_mark mark = arena_mark_get(w->arena);
			bool card = policy_relations(role, CLASS_I_NAMECARD, ACTION_SEE) & (uint32_t)bit;
			struct policy_view v;
			ok(policy_visibility(&w->c, 100 + rel, &v));
			assert_int_equal(v.namecard, card ? VISIBILITY_OPEN : VISIBILITY_INVISIBLE);
			for (int i = 0; i < CLASS_COUNT; i++) {
				bool see = policy_relations(role, i, ACTION_SEE) & (uint32_t)bit;
				enum visibility expect = see ? VISIBILITY_OPEN : !card || i == CLASS_I_RIGHTS ? VISIBILITY_INVISIBLE : VISIBILITY_KNOWN;
				assert_int_equal(v.of[i], expect);
				for (int a = 0; a < ACTION_COUNT; a++) {
					bool may = policy_relations(role, i, (enum action)a) & (uint32_t)bit;
					err e = policy_check(&w->c, 100 + rel, 1 << i, (enum action)a);
					assert_int_equal(e, may ? OK : expect == VISIBILITY_INVISIBLE ? ERR_NOTFOUND : ERR_DENIED);
					assert_int_equal(may, (v.may[a] >> i) & 1);
				}
			}
			arena_rewind(w->arena, mark);
		}
	}
}

/* The text of {{scope}} as sqlc expands it, taken from a statement of the register that lists persons. */
static void gate_equals_scope(void **state)
{
	struct world *w = *state;
	rand_seed(11);
	for (int p = 1; p <= 12; p++)
		world_person(w, p, p % 5 == 0 ? p - 1 : p); /* some are merged */
	for (int i = 0; i < 400; i++) {
		uint8_t r[8];
		rand_bytes(r, sizeof r);
		struct q_grant_insert_in in = {.org_id = 1 + r[0] % 2, .account_id = r[1] % 3 == 0 ? 7 + r[1] % 2 : 0,
			.role_classes = r[2] % 2 ? ROLE_CLASS_ALL : 1 << r[2] % 10, .cluster_id = 1 + r[3] % 12,
			.classes = (r[4] | r[5] << 8) & POLICY_ALL, .relation = 1 << r[6] % 10, .from_on = w->c.today - 3 + r[7] % 5,
			.to_on = w->c.today - 2 + r[0] % 5, .via_table = "test", .via_id = i};
		ok(q_grant_insert(&w->c, &in, NULL));
	}
	int open = 0;
	for (int role = 1; role < ROLE_COUNT; role++) {
		be(w, 7, 1, role);
		for (int64_t p = 1; p <= 13; p++) { /* 13 does not exist */
			struct q_access_probe_row row;
			bool found;
			struct arena_mark mark = arena_mark_get(w->arena);
			ok(q_access_probe(&w->c, &(struct q_access_probe_in){.id = p}, &row, &found));
			const bool scope[4] = {found && row.card, found && row.medical, found && row.rights_give, found && row.care_row};
			const struct {
				int cls;
				enum action a;
			} ask[4] = {{CLASS_NAMECARD, ACTION_SEE}, {CLASS_MEDICAL, ACTION_PRINT}, {CLASS_RIGHTS, ACTION_GIVE}, {CLASS_CARE, ACTION_WRITE}};
			for (int k = 0; k < 4; k++) {
				assert_int_equal(policy_check(&w->c, p, ask[k].cls, ask[k].a) == OK, scope[k]);
				open += scope[k];
			}
			arena_rewind(w->arena, mark);
		}
	}
	assert_in_range(open, 100, 500); /* neither all shut nor all open */
}

static void periods_accounts_clusters(void **state)
{
	struct world *w = *state;
	world_person(w, 1, 1);
	world_person(w, 2, 1); /* merged with 1 */
	world_person(w, 3, 3);
	civil today = w->c.today;
	be(w, 7, 1, ROLE_CENTRE_SOCIAL);
	give(w, 1, 0, 1, POLICY_ALL_BUT_RIGHTS, A, today, today);
	ok(policy_check(&w->c, 1, CLASS_CARE, ACTION_SEE));
	ok(policy_check(&w->c, 2, CLASS_CARE, ACTION_SEE)); /* rights reach the whole cluster */
	assert_int_equal(policy_check(&w->c, 3, CLASS_NAMECARD, ACTION_SEE), ERR_NOTFOUND);
	assert_int_equal(policy_check(&w->c, 999, CLASS_NAMECARD, ACTION_SEE), ERR_NOTFOUND);
	w->c.today = today + 1;
	assert_int_equal(policy_check(&w->c, 1, CLASS_CARE, ACTION_SEE), ERR_NOTFOUND); /* over */
	w->c.today = today - 1;
	assert_int_equal(policy_check(&w->c, 1, CLASS_CARE, ACTION_SEE), ERR_NOTFOUND); /* not yet */
	w->c.today = today;
	be(w, 7, 2, ROLE_CENTRE_SOCIAL);
	assert_int_equal(policy_check(&w->c, 1, CLASS_CARE, ACTION_SEE), ERR_NOTFOUND); /* another centre */
	be(w, 7, 1, ROLE_CENTRE_SOCIAL);
	assert_int_equal(policy_check(&w->c, 1, CLASS_RIGHTS, ACTION_SEE), ERR_NOTFOUND); /* never "known" */
	assert_int_equal(policy_check(&w->c, 1, CLASS_MEDICAL, ACTION_SEE), ERR_DENIED);  /* known */
	give(w, 1, 8, 1, POLICY_ALL, G, today, CIVIL_OPEN); /* the team: account 8 only */
	assert_int_equal(policy_check(&w->c, 1, CLASS_RIGHTS, ACTION_SEE), ERR_NOTFOUND);
	be(w, 8, 1, ROLE_CENTRE_SOCIAL);
	ok(policy_check(&w->c, 1, CLASS_RIGHTS, ACTION_WRITE));
	/* a grant for care managers is nothing for the centre's people of the same organisation */
	be(w, 9, 3, ROLE_CENTRE_NURSE);
	struct q_grant_insert_in in = {.org_id = 3, .role_classes = ROLE_CLASS_CM, .cluster_id = 3, .classes = POLICY_ALL, .relation = C,
		.from_on = today, .to_on = CIVIL_OPEN, .via_table = "consent", .via_id = 5};
	ok(q_grant_insert(&w->c, &in, NULL));
	assert_int_equal(policy_check(&w->c, 3, CLASS_NAMECARD, ACTION_SEE), ERR_NOTFOUND);
	be(w, 9, 3, ROLE_CM);
	ok(policy_check(&w->c, 3, CLASS_NAMECARD, ACTION_SEE));
	int64_t n;
	ok(q_grant_end(&w->c, &(struct q_grant_end_in){.via_table = "consent", .via_id = 5, .to_on = today - 1}, &n));
	assert_int_equal(n, 1);
	assert_int_equal(policy_check(&w->c, 3, CLASS_NAMECARD, ACTION_SEE), ERR_NOTFOUND); /* withdrawn: at once */
	be(w, 0, 0, ROLE_NONE);
	assert_int_equal(policy_check(&w->c, 1, CLASS_NAMECARD, ACTION_SEE), ERR_NOTFOUND);
	world_console(w);
	ok(policy_check(&w->c, 1, CLASS_RIGHTS, ACTION_EXPORT));
	assert_int_equal(policy_check(&w->c, 999, CLASS_NAMECARD, ACTION_SEE), ERR_NOTFOUND);
	assert_int_equal(policy_check(&w->c, 1, 3, ACTION_SEE), ERR_BUG);
}

static void whom_to_ask(void **state)
{
	struct world *w = *state;
	struct policy_view v;
	civil today = w->c.today;
	world_person(w, 1, 1);
	give(w, 1, 0, 1, POLICY_ALL_BUT_RIGHTS, A, today, CIVIL_OPEN);
	give(w, 2, 0, 1, POLICY_ALL_BUT_RIGHTS, K, today, CIVIL_OPEN);
	give(w, 3, 5, 1, POLICY_ALL, G, today, CIVIL_OPEN);
	be(w, 7, 1, ROLE_CENTRE_NURSE);
	ok(policy_visibility(&w->c, 1, &v));
	assert_int_equal(v.namecard, VISIBILITY_OPEN);
	assert_int_equal(v.of[CLASS_I_MEDICAL], VISIBILITY_KNOWN);
	assert_int_equal(v.of[CLASS_I_RIGHTS], VISIBILITY_INVISIBLE);
	assert_string_equal(v.locked_ja, "同意なし（医療・服薬、ヤングケアラー、障害福祉）");
	assert_string_equal(v.ask, "南地域包括支援センター"); /* not ourselves, and the team of 3 stays unknown */
	be(w, 7, 3, ROLE_CENTRE_NURSE);
	ok(policy_visibility(&w->c, 1, &v));
	assert_int_equal(v.namecard, VISIBILITY_INVISIBLE);
	assert_string_equal(v.ask, "");
	for (int a = 0; a < ACTION_COUNT; a++)
		assert_int_equal(v.may[a], 0);
}

static void own_records(void **state)
{
	struct world *w = *state;
	be(w, 7, 1, ROLE_CENTRE_CLERK);
	ok(policy_check_own(&w->c, 1, CLASS_CONSULTATION, ACTION_WRITE)); /* the unnamed caller */
	assert_int_equal(policy_check_own(&w->c, 1, CLASS_CONSULTATION, ACTION_EXPORT), ERR_DENIED);
	assert_int_equal(policy_check_own(&w->c, 2, CLASS_CONSULTATION, ACTION_SEE), ERR_NOTFOUND);
	assert_int_equal(policy_check_own(&w->c, 1, CLASS_RIGHTS, ACTION_SEE), ERR_NOTFOUND);
	be(w, 7, 0, ROLE_CENTRE_HEAD); /* without organisation: owns nothing */
	assert_int_equal(policy_check_own(&w->c, 0, CLASS_MEETING, ACTION_SEE), ERR_NOTFOUND);
	be(w, 7, 1, ROLE_CENTRE_HEAD);
	assert_true(policy_may_manage_accounts_of(&w->c, 1));
	assert_false(policy_may_manage_accounts_of(&w->c, 2));
	assert_false(policy_may_administer(&w->c));
	be(w, 7, 1, ROLE_CENTRE_NURSE);
	assert_false(policy_may_manage_accounts_of(&w->c, 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(telling_cells), cmocka_unit_test(table_is_sound), WORLD(gate_follows_table), WORLD(gate_equals_scope),
		WORLD(periods_accounts_clusters), WORLD(whom_to_ask), WORLD(own_records),
	};
	return cmocka_run_group_tests_name("access_policy", tests, NULL, NULL);
}
