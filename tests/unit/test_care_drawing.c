/* Family picture and ecomap over the register: what is inferred and what not, acts and their undoing, rights, two days. */
#include "care_world.h"

#include "care/ecomap.h"
#include "care/genogram.h"
#include "care/paper.h"
#include "register/household.h"

static const char *add(struct world *w, const char *kind, const char *label, const char *name, const char *tie, const char *to)
{
	struct genogram g;
	fault_clear(&w->c);
	err e = genogram_person_save(&w->c, prs(w, 1), &(struct genogram_person_input){.key = "", .kind = kind, .label = label, .living = "", .name = name,
		.kana = "", .sex = "", .birth_year = INT_NULL, .deceased_on = CIVIL_NONE, .tie_kind = tie, .tie_to = to}, NULL);
	for (size_t i = 0; e != OK && i < w->c.n_faults; i++)
		print_error("%s: %s\n", w->c.faults[i].field, w->c.faults[i].message);
	assert_int_equal(e, OK);
	ok(genogram_get(&w->c, prs(w, 1), &g));
	for (size_t i = 1; i < g.n; i++)
		if (str_eq(g.people[i].name, name))
			return g.who[i].key;
	return ""; /* not in the picture */
}

static bool tied(const struct genogram *g, enum geno_kind kind, const char *a, const char *b)
{
	for (size_t i = 0; i < g->n_ties; i++) {
		const struct geno_tie *t = &g->geno_ties[i];
		bool there = str_eq(g->people[t->a].name, a) && str_eq(g->people[t->b].name, b), back = str_eq(g->people[t->a].name, b) && str_eq(g->people[t->b].name, a);
		if (t->kind == kind && (there || (back && kind != GENO_PARENT && kind != GENO_ADOPTED)))
			return true;
	}
	return false;
}

static const char *me(struct genogram *g) { return g->people[0].name; }

static void inferred_only_without_doubt(void **state)
{
	struct world *w = *state;
	struct genogram g;
	add(w, "spouse", "夫", "夫", "", "");
	add(w, "child", "長男", "長男", "", "");
	add(w, "child", "長女", "長女", "", "");
	const char *wife = add(w, "child_in_law", "長男の妻", "長男の妻", "", "");
	const char *unknown = add(w, "child_in_law", "", "子の配偶者", "", "");
	add(w, "grandchild", "長男の長女", "孫一", "", "");
	const char *doubtful = add(w, "grandchild", "孫", "孫二", "", "");
	add(w, "friend", "", "友人", "", "");
	ok(genogram_get(&w->c, prs(w, 1), &g));
	assert_int_equal(genogram_find(&g, "me"), 0);
	assert_true(tied(&g, GENO_COUPLE, me(&g), "夫"));
	assert_true(tied(&g, GENO_PARENT, me(&g), "長男") && tied(&g, GENO_PARENT, "夫", "長男"));
	assert_true(tied(&g, GENO_COUPLE, "長男", "長男の妻") && !tied(&g, GENO_COUPLE, "長女", "長男の妻"));
	assert_true(tied(&g, GENO_PARENT, "長男", "孫一") && tied(&g, GENO_PARENT, "長男の妻", "孫一"));
	for (size_t i = 0; i < g.n; i++) {
		bool loose = str_eq(g.people[i].name, "孫二") || str_eq(g.people[i].name, "子の配偶者");
		(void)genogram_drawing(&w->c, &g, &GENO_SIZE_PAGE);
		assert_int_equal(g.who[i].loose, loose);
		assert_false(str_eq(g.people[i].name, "友人")); /* belongs to the ecomap */
	}
	assert_int_equal(g.people[genogram_find(&g, wife)].sex, GENO_WOMAN);
	assert_true(g.who[genogram_find(&g, wife)].sex_guessed);
	assert_int_equal(g.people[genogram_find(&g, doubtful)].sex, GENO_UNKNOWN);

	/* what is said goes before what is inferred */
	int daughter = -1;
	for (size_t i = 0; i < g.n; i++)
		daughter = str_eq(g.people[i].name, "長女") ? (int)i : daughter;
	struct genogram_tie_input tie = {.pid = "", .a = g.who[daughter].key, .b = unknown, .kind = "ex_couple", .from_on = CIVIL_NONE,
		.to_on = CIVIL_NONE, .sort_no = INT_NULL, .note = ""};
	ok(genogram_tie_save(&w->c, prs(w, 1), &tie, NULL));
	tie = (struct genogram_tie_input){.pid = "", .a = g.who[daughter].key, .b = doubtful, .kind = "parent_child", .from_on = CIVIL_NONE,
		.to_on = CIVIL_NONE, .sort_no = INT_NULL, .note = ""};
	ok(genogram_tie_save(&w->c, prs(w, 1), &tie, NULL));
	ok(genogram_get(&w->c, prs(w, 1), &g));
	assert_true(tied(&g, GENO_EX, "長女", "子の配偶者"));
	assert_true(tied(&g, GENO_PARENT, "長女", "孫二") && tied(&g, GENO_PARENT, "子の配偶者", "孫二"));
	/* a divorce changes the marriage, it does not stand beside it */
	tie = (struct genogram_tie_input){.pid = "", .a = "me", .b = g.who[1].key, .kind = "separated", .from_on = CIVIL_NONE, .to_on = CIVIL_NONE,
		.sort_no = INT_NULL, .note = ""};
	ok(genogram_tie_save(&w->c, prs(w, 1), &tie, NULL));
	tie.kind = "ex_couple";
	ok(genogram_tie_save(&w->c, prs(w, 1), &tie, NULL));
	ok(genogram_get(&w->c, prs(w, 1), &g));
	assert_true(tied(&g, GENO_EX, me(&g), g.people[1].name) && !tied(&g, GENO_COUPLE, me(&g), g.people[1].name));
}

static void household_makes_the_outline(void **state)
{
	struct world *w = *state;
	struct genogram g;
	const char *son = add(w, "child", "長男", "長男", "", "");
	struct t_household h;
	ok(genogram_get(&w->c, prs(w, 1), &g));
	assert_false(g.people[0].together);
	household_init(&h);
	h.person_id = 1;
	h.from_on = D(2026, 1, 1);
	h.kind = "with_child";
	ok(household_save(&w->c, &h, NULL));
	ok(household_set_members(&w->c, h.pid, &g.who[genogram_find(&g, son)].relation_id, 1));
	ok(genogram_get(&w->c, prs(w, 1), &g));
	assert_true(g.people[0].together && g.people[1].together);
}

/* Twenty acts, all of them back and all of them forth; the picture is the same as it was. */
static const char *picture(struct world *w)
{
	struct genogram g;
	ok(genogram_get(&w->c, prs(w, 1), &g));
	return drawing_svg(w->arena, genogram_drawing(&w->c, &g, &GENO_SIZE_PAGE), "g");
}

static void twenty_acts_back_and_forth(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	const char *seen[21];
	const char *one = add(w, "child", "長男", "長男", "", ""), *two = add(w, "child", "次男", "次男", "", ""), *wife = "";
	struct drawing_steps s;
	ok(drawing_steps(c, 1, DRAWING_GENOGRAM, &s));
	assert_int_equal(s.n_undo, 2);
	c->now_ms += 13 * (int64_t)3600000; /* another day's work: these can no longer be undone */
	ok(drawing_steps(c, 1, DRAWING_GENOGRAM, &s));
	assert_int_equal(s.n_undo, 0);
	is_err(drawing_undo(c, 1, DRAWING_GENOGRAM), ERR_NOTFOUND);
	seen[0] = picture(w);
	for (int i = 1; i <= 20; i++) {
		struct genogram g;
		ok(genogram_get(c, prs(w, 1), &g));
		const struct genogram_entry *e = &g.who[genogram_find(&g, one)];
		switch (i % 5) {
		case 1: wife = add(w, "relative", "嫁", arena_fmt(w->arena, "嫁%d", i), "couple", i % 2 ? one : two); break;
		case 2: ok(genogram_move(c, prs(w, 1), one, i % 10 == 2)); break;
		case 3:
			ok(genogram_tie_save(c, prs(w, 1), &(struct genogram_tie_input){.pid = "", .a = wife, .b = (i - 2) % 2 ? one : two, .kind = "ex_couple",
				.from_on = CIVIL_NONE, .to_on = CIVIL_NONE, .sort_no = INT_NULL, .note = ""}, NULL));
			break;
		case 4:
			ok(genogram_person_save(c, prs(w, 1), &(struct genogram_person_input){.key = one, .version = e->rel->row.version,
				.contact_version = e->contact_version, .kind = "child", .label = "長男", .living = i % 2 ? "apart" : "together", .name = arena_fmt(w->arena, "長男%d", i),
				.kana = "", .sex = "1", .birth_year = 1960 + i, .is_deceased = i % 2, .deceased_on = CIVIL_NONE, .tie_kind = "", .tie_to = ""}, NULL));
			break;
		default: ok(genogram_person_remove(c, prs(w, 1), wife, "まちがい")); break;
		}
		seen[i] = picture(w);
		assert_false(str_eq(seen[i], seen[i - 1]));
	}
	for (int round = 0; round < 2; round++) {
		for (int i = 19; i >= 0; i--) {
			ok(drawing_undo(c, 1, DRAWING_GENOGRAM));
			assert_string_equal(picture(w), seen[i]);
		}
		is_err(drawing_undo(c, 1, DRAWING_GENOGRAM), ERR_NOTFOUND);
		for (int i = 1; i <= 20; i++) {
			ok(drawing_redo(c, 1, DRAWING_GENOGRAM));
			assert_string_equal(picture(w), seen[i]);
		}
		is_err(drawing_redo(c, 1, DRAWING_GENOGRAM), ERR_NOTFOUND);
	}
	/* a new act ends what could be redone */
	ok(drawing_undo(c, 1, DRAWING_GENOGRAM));
	add(w, "sibling", "妹", "妹", "", "");
	is_err(drawing_redo(c, 1, DRAWING_GENOGRAM), ERR_NOTFOUND);
}

static void somebody_elses_change_is_not_undone(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct genogram g;
	const char *son = add(w, "child", "長男", "長男", "", "");
	ok(genogram_get(c, prs(w, 1), &g));
	struct genogram_person_input in = {.key = son, .version = 1, .contact_version = 1, .kind = "child", .label = "長男", .living = "together", .name = "長男",
		.kana = "", .sex = "1", .birth_year = 1960, .deceased_on = CIVIL_NONE, .tie_kind = "", .tie_to = ""};
	ok(genogram_person_save(c, prs(w, 1), &in, NULL));
	social(w); /* a colleague: sees none of the nurse's steps and undoes none */
	struct drawing_steps s;
	ok(drawing_steps(c, 1, DRAWING_GENOGRAM, &s));
	assert_int_equal(s.n_undo, 0);
	is_err(drawing_undo(c, 1, DRAWING_GENOGRAM), ERR_NOTFOUND);
	struct t_relation r;
	ok(relation_find(c, son, &r));
	r.note = "同僚が書いた";
	ok(relation_save(c, &r, NULL));
	nurse(w);
	is_err(drawing_undo(c, 1, DRAWING_GENOGRAM), ERR_DRAWING_CHANGED);
	ok(relation_find(c, son, &r));
	assert_true(str_eq(r.living, "together") && str_eq(r.note, "同僚が書いた")); /* nothing by halves */
	/* a stale version of the form is a conflict that lists the field */
	struct row_conflict *conflict = NULL;
	in.living = "apart";
	in.version = 1;
	in.contact_version = 2;
	is_err(genogram_person_save(c, prs(w, 1), &in, &conflict), ERR_CONFLICT);
	assert_non_null(conflict);
}

static void without_the_right_nothing_is_seen_or_done(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct genogram g;
	struct ecomap e;
	bool exists;
	const char *bytes;
	size_t n;
	const char *son = add(w, "child", "長男", "長男", "", "");
	is_err(genogram_get(c, prs(w, 3), &g), ERR_NOTFOUND);
	is_err(ecomap_get(c, prs(w, 3), CIVIL_NONE, &e), ERR_NOTFOUND);
	/* a relation of somebody else cannot be tied in */
	struct t_kin_tie tie;
	kin_tie_init(&tie);
	tie.person_id = 2;
	tie.kind = "couple";
	ok(genogram_get(c, prs(w, 1), &g));
	tie.a_relation_id = g.who[1].relation_id;
	is_err(kin_tie_save(c, &tie, NULL), ERR_NOTFOUND);
	tie.person_id = 1;
	tie.b_relation_id = tie.a_relation_id;
	is_err(kin_tie_save(c, &tie, NULL), ERR_NOT_CHOICE);
	give(w, 2, 1, 0, RELATION_MEETING);
	stranger(w);
	is_err(genogram_get(c, prs(w, 1), &g), ERR_DENIED);
	is_err(genogram_pdf(c, prs(w, 1), &bytes, &n), ERR_DENIED);
	is_err(ecomap_get(c, prs(w, 1), CIVIL_NONE, &e), ERR_DENIED);
	is_err(ecomap_offer(c, 1, 1, "", &exists), ERR_DENIED);
	is_err(genogram_person_remove(c, prs(w, 1), son, "x"), ERR_DENIED);
	is_err(drawing_undo(c, 1, DRAWING_GENOGRAM), ERR_DENIED);
}

/* ---- ecomap ---- */

static const char *node(struct world *w, int64_t org, const char *label, civil from, civil to, bool stress)
{
	struct ecomap e;
	fault_clear(&w->c);
	ok(ecomap_node_save_act(&w->c, prs(w, 1), &(struct ecomap_node_input){.pid = "", .org_id = org, .relation_pid = "", .label = label, .kind = "community",
		.note = "", .from_on = from, .to_on = to, .strength = "normal", .flow = "in", .is_stress = stress}, NULL));
	ok(ecomap_get(&w->c, prs(w, 1), CIVIL_NONE, &e));
	return e.nodes[e.n_nodes - 1].row->pid;
}

static void ecomap_of_two_days(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct ecomap e;
	bool exists;
	const char *club = node(w, INT_NULL, "老人クラブ", D(2025, 4, 1), D(2026, 3, 31), false);
	const char *shop = node(w, INT_NULL, "近くの店", CIVIL_NONE, CIVIL_NONE, true);
	ok(ecomap_get(c, prs(w, 1), D(2026, 2, 1), &e));
	assert_true(e.nodes[0].holds && e.nodes[1].holds && e.ties[0].holds && e.ties[1].row->is_stress);
	const char *then = drawing_svg(w->arena, ecomap_drawing(c, &e), "e");
	assert_non_null(strstr(then, "老人クラブ"));
	ok(ecomap_get(c, prs(w, 1), D(2026, 6, 1), &e));
	const char *now = drawing_svg(w->arena, ecomap_drawing(c, &e), "e");
	assert_true(!e.nodes[0].holds && !strstr(now, "老人クラブ") && strstr(now, "近くの店"));
	/* does a plan need to offer a node? */
	ok(ecomap_offer(c, 1, 1, "", &exists));
	assert_false(exists);
	node(w, 1, "", CIVIL_NONE, CIVIL_NONE, false);
	ok(ecomap_offer(c, 1, 1, "", &exists));
	assert_true(exists);
	ok(ecomap_offer(c, 1, INT_NULL, "近くの店", &exists));
	assert_true(exists);
	ok(ecomap_offer(c, 1, INT_NULL, "老人クラブ", &exists)); /* it ended */
	assert_int_equal(exists, D(2026, 3, 31) >= c->today);
	/* the client is always the first of a tie: the arrow turns */
	ok(ecomap_tie_save_act(c, prs(w, 1), &(struct ecomap_tie_input){.pid = "", .a = shop, .b = "me", .strength = "strong", .flow = "out", .note = "",
		.from_on = CIVIL_NONE, .to_on = CIVIL_NONE}, NULL));
	ok(ecomap_get(c, prs(w, 1), CIVIL_NONE, &e));
	const struct ecomap_tie *t = &e.ties[e.n_ties - 1];
	assert_true(t->a == -1 && str_eq(t->row->flow, "in"));
	is_err(ecomap_tie_save_act(c, prs(w, 1), &(struct ecomap_tie_input){.pid = "", .a = "me", .b = "me", .strength = "strong", .flow = "", .note = "",
		.from_on = CIVIL_NONE, .to_on = CIVIL_NONE}, NULL), ERR_REQUIRED);
	/* a node takes its ties along and brings them back */
	size_t n_ties = e.n_ties;
	ok(ecomap_remove(c, prs(w, 1), shop, "閉店"));
	ok(ecomap_get(c, prs(w, 1), CIVIL_NONE, &e));
	assert_true(e.n_nodes == 2 && e.n_ties == n_ties - 2);
	ok(drawing_undo(c, 1, DRAWING_ECOMAP));
	ok(ecomap_move(c, prs(w, 1), club, true));
	ok(ecomap_get(c, prs(w, 1), CIVIL_NONE, &e));
	assert_true(e.n_nodes == 3 && e.n_ties == n_ties && str_eq(e.nodes[1].row->pid, club));
	is_err(ecomap_move(c, prs(w, 1), shop, false), ERR_RANGE);
	const char *bytes;
	size_t n;
	ok(pdf_fonts_open(w->arena, NULL, &w->house.fonts));
	ok(ecomap_pdf(c, prs(w, 1), D(2026, 2, 1), D(2026, 6, 1), &bytes, &n));
	assert_true(n > 2000 && memcmp(bytes, "%PDF", 4) == 0);
	pdf_fonts_close(w->house.fonts);
}

static void ecomap_places_never_meet(void **state)
{
	(void)state;
	for (size_t n = 0; n <= 40; n++) {
		struct ecomap_place at[40];
		int w, h;
		ecomap_layout(n, at, &w, &h);
		for (size_t i = 0; i < n; i++) {
			assert_true(at[i].x - at[i].w / 2 > 0 && at[i].x + at[i].w / 2 < w && at[i].y - at[i].h / 2 > 0 && at[i].y + at[i].h / 2 < h);
			assert_true(abs(at[i].x - w / 2) > at[i].w / 2 + 100 || abs(at[i].y - h / 2) > at[i].h / 2 + 100); /* the client's circle */
			for (size_t k = 0; k < i; k++)
				assert_true(abs(at[i].x - at[k].x) >= at[i].w || abs(at[i].y - at[k].y) >= at[i].h);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CARE(inferred_only_without_doubt), CARE(household_makes_the_outline), CARE(twenty_acts_back_and_forth),
		CARE(somebody_elses_change_is_not_undone), CARE(without_the_right_nothing_is_seen_or_done), CARE(ecomap_of_two_days),
		CARE(ecomap_places_never_meet),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
