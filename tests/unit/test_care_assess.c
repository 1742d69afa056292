/* Assessment: items as data, both views side by side, gaps before it counts, evidence and task, merging by field and by
 * sub-item, copied marks, closed classes, ICF boxes, and 課題整理総括表 that never writes over what people typed. */
#include "care_world.h"

#include "care/assess.h"
#include "care/plan_diff.h"
#include "care/assess_own.h"
#include "care/assess_paper.h"
#include "care/issue_sheet.h"
#include "care/printables.h"
#include "law/codes.h"
#include "register/evidence.h"
#include "register/relation.h"
#include "register/carer.h"

static struct assess_input input_of(struct world *w, const struct assess_view *v)
{
	struct assess_input in = {.person_pid = v->person_pid, .pid = v->is_new ? "" : v->row.pid, .row = v->row};
	in.items = ARENA_ARRAY(w->arena, v->n_items, struct assess_item_input);
	for (size_t i = 0; i < v->n_items; i++) {
		const struct assess_item *it = &v->items[i];
		if (it->locked || !it->may_write)
			continue;
		struct assess_item_input *x = &in.items[in.n_items++];
		*x = (struct assess_item_input){.code = it->def->code, .row = it->row, .parts = ARENA_ARRAY(w->arena, it->n_parts + 1, struct assess_pair)};
		for (size_t k = 0; k < it->n_parts; k++)
			x->parts[x->n_parts++] = (struct assess_pair){it->parts[k].def->part, it->parts[k].value};
	}
	for (size_t i = 0; i < ASSESS_AREAS; i++)
		in.areas[i] = v->areas[i];
	return in;
}

static struct assess_item_input *at(struct assess_input *in, const char *code)
{
	for (size_t i = 0; i < in->n_items; i++)
		if (str_eq(in->items[i].code, code))
			return &in->items[i];
	fail_msg("no item %s", code);
	return NULL;
}

static void part(struct assess_input *in, const char *code, const char *key, const char *value)
{
	struct assess_item_input *x = at(in, code);
	for (size_t k = 0; k < x->n_parts; k++)
		if (str_eq(x->parts[k].key, key)) {
			x->parts[k].value = value;
			return;
		}
	fail_msg("no part %s", key);
}

static const char *save_ok(struct world *w, const struct assess_input *in)
{
	const char *pid = NULL;
	fault_clear(&w->c);
	err e = assess_save(&w->c, in, &pid, NULL);
	for (size_t i = 0; e != OK && i < w->c.n_faults; i++)
		print_error("%s: %s\n", w->c.faults[i].field, w->c.faults[i].message);
	assert_int_equal(e, OK);
	return pid;
}

static struct assess_view get(struct world *w, const char *pid)
{
	struct assess_view v;
	ok(assess_get(&w->c, pid, &v));
	return v;
}

static const char *fresh(struct world *w)
{
	struct assess_view v;
	ok(assess_new(&w->c, prs(w, 1), &v));
	struct assess_input in = input_of(w, &v);
	at(&in, "a11_adl")->row.fact = "つえで歩く";
	part(&in, "a11_adl", "bath", "part");
	part(&in, "a11_adl", "turn", "self");
	return save_ok(w, &in);
}

static void make_complete(struct world *w, const char *pid)
{
	struct assess_view v = get(w, pid);
	struct assess_input in = input_of(w, &v);
	in.row.place = "home";
	in.row.reason = str_blank(v.row.reason) ? "renew" : v.row.reason;
	in.row.interviewee = "本人、長女";
	in.row.met_person = in.row.purpose_told = true;
	for (size_t i = 0; i < in.n_items; i++)
		in.items[i].row.state = "filled";
	save_ok(w, &in);
}

static int evidence_count(struct world *w)
{
	return (int)count_of(w, "evidence", "code = 'REC-ASSESS' AND is_hidden = 0");
}

static void opening_writes_nothing_and_saving_makes_every_box(void **state)
{
	struct world *w = *state;
	struct assess_view v;
	ok(assess_new(&w->c, prs(w, 1), &v));
	assert_int_equal(v.n_items, 23);
	assert_int_equal(count_of(w, "assessment", "1 = 1"), 0);
	const char *pid = fresh(w);
	assert_int_equal(count_of(w, "assessment_item", "1 = 1"), 23);
	assert_int_equal(count_of(w, "assessment_area", "1 = 1"), 4);
	v = get(w, pid);
	struct assess_item *adl = assess_item_of(&v, "a11_adl");
	assert_string_equal(adl->row.fact, "つえで歩く");
	assert_string_equal(adl->row.state, "filled");
	assert_string_equal(assess_part_words(&w->c, adl, false), "一部介助: 入浴");
	assert_string_equal(assess_part_words(&w->c, adl, true), "一部介助: 入浴／自立: 寝返り");
	struct assess_input body = input_of(w, &v);
	part(&body, "a10_health", "height", "160");
	part(&body, "a10_health", "weight", "47.4");
	save_ok(w, &body);
	v = get(w, pid);
	assert_non_null(strstr(assess_part_words(&w->c, assess_item_of(&v, "a10_health"), true), "BMI 18.5"));
	int64_t revisions = count_of(w, "revision", "1 = 1");
	struct assess_input again = input_of(w, &v);
	save_ok(w, &again);
	assert_int_equal(count_of(w, "revision", "1 = 1"), revisions); /* nothing changed, nothing written */
}

static void bad_input_names_its_field(void **state)
{
	struct world *w = *state;
	const char *pid = fresh(w), *out;
	struct assess_view v = get(w, pid);
	struct assess_input in = input_of(w, &v);
	in.row.done_on = w->c.today + 1;
	in.row.place = "moon";
	part(&in, "a11_adl", "bath", "trouble");
	part(&in, "a10_health", "height", "ひくい");
	at(&in, "a12_iadl")->row.as_of = w->c.today + 2;
	in.areas[0].has_issue = "3";
	assert_int_equal(assess_save(&w->c, &in, &out, NULL), ERR_INPUT);
	for (const char *const *f = (const char *const[]){"done_on", "place", "a11_adl.d.bath", "a10_health.d.height", "a12_iadl.as_of", "move.has_issue", NULL}; *f; f++)
		if (!*fault_text(&w->c, *f))
			fail_msg("no fault on %s", *f);
	assert_string_equal(get(w, pid).row.place, "");
}

static void it_counts_only_when_complete(void **state)
{
	struct world *w = *state;
	const char *pid = fresh(w), *out;
	struct assess_view v = get(w, pid);
	struct assess_gap *gaps;
	size_t n;
	ok(assess_missing(&w->c, &v, &gaps, &n));
	assert_int_equal(n, 4 + 22); /* place, interviewee, met, told; one item is stated */
	assert_int_equal(assess_confirm(&w->c, pid, false), ERR_INPUT);
	assert_true(*fault_text(&w->c, "a12_iadl.state"));
	assert_int_equal(evidence_count(w), 0);
	make_complete(w, pid);
	int64_t tasks = open_tasks(w);
	ok(assess_confirm(&w->c, pid, false));
	assert_int_equal(evidence_count(w), 1);
	assert_int_equal(open_tasks(w), tasks + 1);
	assert_int_equal(count_of(w, "evidence", "code = 'REC-ASSESS' AND body LIKE '%\"at_home\":true%' AND body LIKE '%\"items\":23%'"), 1);
	/* a confirmed one stays complete */
	v = get(w, pid);
	struct assess_input in = input_of(w, &v);
	at(&in, "a20_social")->row.state = "";
	fault_clear(&w->c);
	assert_int_equal(assess_save(&w->c, &in, &out, NULL), ERR_INPUT);
	assert_true(*fault_text(&w->c, "a20_social.state"));
	v = get(w, pid);
	in = input_of(w, &v);
	in.row.place = "hospital";
	assert_int_equal(assess_save(&w->c, &in, &out, NULL), ERR_INPUT);
	in.row.place_reason = "入院中で、退院前に病室で面接した。";
	save_ok(w, &in);
	assert_int_equal(count_of(w, "evidence", "code = 'REC-ASSESS' AND is_hidden = 0 AND body LIKE '%\"at_home\":false%'"), 1);
	ok(assess_reopen(&w->c, pid));
	assert_int_equal(evidence_count(w), 0);
	assert_int_equal(open_tasks(w), tasks);
	/* through the bin and back: a draft has no evidence */
	const char *bin;
	ok(assess_retire(&w->c, pid, "まちがい", &bin));
	ok(bin_restore(&w->c, bin));
	assert_int_equal(evidence_count(w), 0);
}

static void views_stand_side_by_side(void **state)
{
	struct world *w = *state;
	const char *pid = fresh(w);
	size_t n;
	ok(assess_set_view(&w->c, pid, "prevention"));
	struct assess_view v = get(w, pid);
	struct assess_input in = input_of(w, &v);
	in.areas[3].status_text = "毎朝血圧をはかる";
	save_ok(w, &in);
	ok(assess_propose_areas(&w->c, pid, &n));
	assert_int_equal(n, 1);
	v = get(w, pid);
	assert_string_equal(v.areas[0].status_text, "ADL: つえで歩く 一部介助: 入浴");
	assert_string_equal(v.areas[3].status_text, "毎朝血圧をはかる"); /* typed text is never overwritten */
	ok(assess_propose_areas(&w->c, pid, &n));
	assert_int_equal(n, 0);
	ok(assess_set_view(&w->c, pid, "home"));
	v = get(w, pid);
	assert_string_equal(v.areas[3].status_text, "毎朝血圧をはかる");
	assert_string_equal(assess_item_of(&v, "a11_adl")->row.fact, "つえで歩く");
	struct assess_gap *gaps;
	v.row.view = "prevention";
	ok(assess_missing(&w->c, &v, &gaps, &n));
	for (size_t i = 0; i < n; i++)
		assert_null(strstr(gaps[i].field, "a12_iadl")); /* the four areas are what 介護予防 asks for */
}

static void two_people_merge_by_field_and_by_part(void **state)
{
	struct world *w = *state;
	const char *pid = fresh(w), *out;
	struct assess_clashes clash;
	struct assess_view v = get(w, pid);
	struct assess_input mine = input_of(w, &v), theirs = input_of(w, &v);
	nurse2(w);
	part(&theirs, "a11_adl", "dress", "watch");
	at(&theirs, "a11_adl")->row.judgement = "下肢の筋力が落ちている";
	at(&theirs, "a12_iadl")->row.fact = "買物は長女";
	save_ok(w, &theirs);
	nurse(w);
	part(&mine, "a11_adl", "eat", "self");
	at(&mine, "a11_adl")->row.fact = "屋内は伝い歩き";
	save_ok(w, &mine);
	v = get(w, pid);
	const char *d = assess_item_of(&v, "a11_adl")->row.detail;
	assert_string_equal(assess_detail(&w->c, d, "dress"), "watch");
	assert_string_equal(assess_detail(&w->c, d, "eat"), "self");
	assert_string_equal(assess_detail(&w->c, d, "bath"), "part");
	assert_string_equal(assess_item_of(&v, "a11_adl")->row.judgement, "下肢の筋力が落ちている");
	assert_string_equal(assess_item_of(&v, "a11_adl")->row.fact, "屋内は伝い歩き");
	/* the same sub-item and the same text on both sides */
	mine = input_of(w, &v);
	theirs = input_of(w, &v);
	part(&theirs, "a11_adl", "bath", "full");
	part(&theirs, "a11_adl", "groom", "watch");
	at(&theirs, "a12_iadl")->row.fact = "買物は宅配";
	save_ok(w, &theirs);
	part(&mine, "a11_adl", "bath", "watch");
	at(&mine, "a12_iadl")->row.fact = "買物は本人と長女";
	assert_int_equal(assess_save(&w->c, &mine, &out, &clash), ERR_CONFLICT);
	bool bath = false, fact = false, groom = false;
	for (size_t i = 0; i < clash.n; i++) {
		const struct assess_clash *k = &clash.v[i];
		bath = bath || (str_eq(k->name, "a11_adl.d.bath") && k->disputed && str_eq(k->theirs, "full") && str_eq(k->mine, "watch"));
		groom = groom || (str_eq(k->name, "a11_adl.d.groom") && !k->disputed && str_eq(k->theirs, "watch"));
		fact = fact || (str_eq(k->name, "a12_iadl.fact") && k->disputed && str_eq(k->theirs, "買物は宅配"));
	}
	assert_true(bath && fact && groom);
	assert_int_equal(clash.n_versions, 2);
	assert_int_equal(count_of(w, "conflict_text", "mine LIKE '%watch%' AND mine LIKE '%groom%'"), 1); /* what is kept takes nothing of theirs back */
	v = get(w, pid);
	assert_string_equal(assess_item_of(&v, "a12_iadl")->row.fact, "買物は宅配");
}

static void closed_classes_are_locked_and_kept(void **state)
{
	struct world *w = *state;
	const char *pid = fresh(w);
	struct assess_view v = get(w, pid);
	struct assess_input in = input_of(w, &v);
	at(&in, "a10_health")->row.fact = "心不全で治療中";
	at(&in, "a21_family")->row.fact = "長女は夜勤がある";
	save_ok(w, &in);
	world_sql(w, "UPDATE access_grant SET classes = classes & ~%d WHERE cluster_id = 1", CLASS_MEDICAL | CLASS_FAMILY);
	nurse(w);
	v = get(w, pid);
	assert_int_equal(v.n_locked, 2);
	assert_true(assess_item_of(&v, "a10_health")->locked);
	assert_string_equal(assess_item_of(&v, "a10_health")->row.fact, "");
	struct assess_icf boxes[ASSESS_ICF_BOXES];
	ok(assess_icf(&w->c, &v, boxes));
	assert_string_equal(boxes[0].text, "");
	in = input_of(w, &v);
	at(&in, "a11_adl")->row.fact = "変えた";
	in.items = ARENA_ARRAY(w->arena, 30, struct assess_item_input);
	in.items[0] = (struct assess_item_input){.code = "a10_health", .row = assess_item_of(&v, "a10_health")->row};
	in.items[0].row.version = 2;
	in.n_items = 1;
	save_ok(w, &in); /* written past the page: nothing happens to it */
	assert_int_equal(count_of(w, "assessment_item", "code = 'a10_health' AND fact = '心不全で治療中'"), 1);
	const char *copy;
	ok(assess_copy(&w->c, pid, &copy));
	assert_int_equal(count_of(w, "assessment_item", "fact = '心不全で治療中'"), 1);
	struct assess_version *h;
	size_t n;
	ok(assess_history(&w->c, pid, &h, &n));
	for (size_t i = 0; i < n; i++)
		assert_string_not_equal(h[i].code, "a10_health");
	assert_int_equal(assess_revert(&w->c, pid, "a10_health", 1), ERR_NOTFOUND);
	assert_int_equal(assess_take_known(&w->c, pid, "a21_family"), ERR_NOTFOUND);
	social2(w);
	assert_int_equal(assess_get(&w->c, pid, &v), ERR_NOTFOUND);
}

static void copied_text_is_marked_until_touched(void **state)
{
	struct world *w = *state;
	const char *pid = fresh(w), *copy, *out, *twice;
	make_complete(w, pid);
	ok(assess_copy(&w->c, pid, &copy));
	struct assess_view v = get(w, copy);
	assert_string_equal(v.row.status, "draft");
	assert_false(v.row.met_person);
	assert_int_equal(assess_untouched(&v), 100);
	assert_false(assess_head_untouched(&v, "overall")); /* nothing stood there */
	make_complete(w, copy);
	fault_clear(&w->c);
	assert_int_equal(assess_confirm(&w->c, copy, false), ERR_INPUT);
	assert_true(*fault_text(&w->c, "accept"));
	v = get(w, copy);
	struct assess_input in = input_of(w, &v);
	for (size_t i = 0; i < 4; i++)
		in.items[i].seen = true;
	at(&in, "a11_adl")->row.fact = "歩行器で歩く";
	save_ok(w, &in);
	v = get(w, copy);
	assert_int_equal(assess_untouched(&v), 78);
	/* the texts of the head bear the mark too, until they are changed */
	in = input_of(w, &v);
	in.row.overall = "家での暮らしを続けられる";
	in.row.wish_person = "畑に行きたい";
	save_ok(w, &in);
	ok(assess_copy(&w->c, copy, &twice));
	v = get(w, twice);
	assert_true(assess_head_untouched(&v, "overall") && assess_head_untouched(&v, "wish_person"));
	in = input_of(w, &v);
	in.row.overall = "家での暮らしを続けるには、入浴の見守りがいる";
	save_ok(w, &in);
	v = get(w, twice);
	assert_false(assess_head_untouched(&v, "overall"));
	assert_true(assess_head_untouched(&v, "wish_person"));
	ok(assess_retire(&w->c, twice, "試し", NULL));
	v = get(w, copy);
	in = input_of(w, &v);
	in.row.overall = in.row.wish_person = "";
	save_ok(w, &in);
	fault_clear(&w->c);
	ok(assess_confirm(&w->c, copy, false));
	struct assess_view before = get(w, pid), after = get(w, copy);
	struct assess_difference *d;
	size_t n;
	ok(assess_compare(&w->c, &before, &after, &d, &n));
	assert_int_equal(n, 2); /* the reason, and what was typed */
	assert_string_equal(d[1].before, "つえで歩く");
	assert_string_equal(d[1].after, "歩行器で歩く");
	assert_int_equal(d[0].n_pieces, 0); /* a choice is told as a whole */
	const char *back = "", *forth = "";  /* both texts can be put together again */
	bool split = false;
	for (size_t i = 0; i < d[1].n_pieces; i++) {
		const struct diff_piece *x = &d[1].pieces[i];
		back = x->kind == DIFF_IN ? back : arena_fmt(w->arena, "%s%s", back, x->text);
		forth = x->kind == DIFF_OUT ? forth : arena_fmt(w->arena, "%s%s", forth, x->text);
		split = split || x->kind == DIFF_SAME;
	}
	assert_string_equal(back, d[1].before);
	assert_string_equal(forth, d[1].after);
	assert_true(split);
	/* back to an older version of one item */
	ok(assess_revert(&w->c, copy, "a11_adl", 2));
	v = get(w, copy);
	assert_string_equal(assess_item_of(&v, "a11_adl")->row.fact, "つえで歩く");
	(void)out;
}

static void the_register_is_shown_and_taken_over_with_its_source(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	world_sql(w, "INSERT INTO certification (pid, version, person_id, status, apply_kind, level, from_on, to_on, council_opinion, created_ms, created_by,"
		" updated_ms, updated_by) VALUES ('crt%023d', 1, 1, 'certified', 'new', 'c1', '2025-04-01', '2027-03-31', '転倒に注意', 0, 0, 0, 0)", 1);
	struct t_relation rel;
	struct t_contact who;
	struct t_carer carer;
	relation_init(&rel);
	contact_init(&who);
	rel.person_id = 1;
	rel.kind = "child";
	who.name = "見本 一郎";
	ok(relation_save_contact(c, &rel, &who, NULL));
	carer_init(&carer);
	carer.person_id = 1;
	carer.relation_id = rel.id;
	carer.from_on = D(2026, 1, 1);
	carer.works = "yes";
	carer.strain = "腰痛";
	ok(carer_save(c, &carer, NULL));
	const char *pid = fresh(w);
	struct assess_view v = get(w, pid);
	struct assess_item *cert = assess_item_of(&v, "a08_cert");
	assert_int_equal(cert->n_known, 2);
	assert_non_null(strstr(cert->known[0].text, "要介護1"));
	ok(assess_take_known(c, pid, "a08_cert"));
	v = get(w, pid);
	assert_non_null(strstr(assess_item_of(&v, "a08_cert")->row.fact, "転倒に注意"));
	assert_non_null(strstr(assess_item_of(&v, "a08_cert")->row.fact, "保険・認定、R8."));
	assert_int_equal(v.n_carers, 1);
	assert_non_null(strstr(v.carers[0].facts, "腰痛"));
	struct assess_input in = input_of(w, &v);
	struct assess_item_input *family = at(&in, "a21_family");
	family->parts[family->n_parts++] = (struct assess_pair){assess_carer_key(c, v.carers[0].pid, "goal"), "週に1日は自分の時間を持つ"};
	at(&in, "a11_adl")->row.is_issue = true;
	at(&in, "a11_adl")->row.judgement = "ひとりで入浴したい";
	save_ok(w, &in);
	v = get(w, pid);
	struct assess_need *needs;
	size_t n;
	ok(assess_needs(c, &v, &needs, &n));
	assert_int_equal(n, 2);
	assert_string_equal(needs[0].text, "ひとりで入浴したい");
	assert_string_equal(needs[1].whose, "family");
	assert_string_equal(needs[1].text, "週に1日は自分の時間を持つ");
}

static const char *cell(struct issue_sheet_view *v, const char *code, const char *column)
{
	for (size_t i = 0; i < v->n_lines; i++)
		if (str_eq(v->lines[i].def->code, code)) {
			const struct t_issue_sheet_row *r = &v->lines[i].row;
			return str_eq(column, "now") ? r->now : str_eq(column, "factor") ? r->factor : str_eq(column, "prospect") ? r->prospect : r->note;
		}
	return NULL;
}

static struct issue_sheet_input sheet_input(struct world *w, const struct issue_sheet_view *v)
{
	struct issue_sheet_input in = {.pid = v->row.pid, .row = v->row};
	for (size_t i = 0; i < ISSUE_BARRIERS; i++)
		in.barrier[i] = v->barrier[i];
	in.rows = ARENA_ARRAY(w->arena, v->n_lines, struct issue_sheet_row_in);
	in.needs = ARENA_ARRAY(w->arena, v->n_needs, struct issue_sheet_need_in);
	for (size_t i = 0; i < v->n_lines; i++)
		in.rows[in.n_rows++].row = v->lines[i].row;
	for (size_t i = 0; i < v->n_needs; i++)
		in.needs[in.n_needs++].row = v->needs[i];
	return in;
}

static void the_issue_sheet_follows_the_assessment_but_not_over_typed_cells(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	const char *pid = fresh(w), *sheet, *copy;
	struct assess_view v = get(w, pid);
	struct assess_input in = input_of(w, &v);
	at(&in, "a11_adl")->row.is_issue = true;
	at(&in, "a11_adl")->row.judgement = "右ひざの痛みで入浴に手助けがいる";
	at(&in, "a10_health")->row.is_issue = true;
	at(&in, "a10_health")->row.judgement = "心不全の悪化";
	part(&in, "a18_oral", "teeth", "ok");
	part(&in, "a18_oral", "state", "trouble");
	in.row.wish_person = "家で暮らしたい";
	save_ok(w, &in);
	ok(issue_sheet_make(c, pid, &sheet));
	struct issue_sheet_view s;
	ok(issue_sheet_get(c, sheet, &s));
	assert_int_equal(s.n_lines, 27);
	assert_string_equal(cell(&s, "bathing", "now"), "part");
	assert_string_equal(cell(&s, "bathing", "factor"), "1");
	assert_string_equal(cell(&s, "oral_hygiene", "now"), "trouble"); /* the heaviest of the two */
	assert_string_equal(cell(&s, "shopping", "now"), "");
	assert_string_equal(s.barrier[0], "右ひざの痛みで入浴に手助けがいる");
	assert_string_equal(s.barrier[1], ""); /* medical: not carried over by itself */
	assert_string_equal(s.row.wish, "本人: 家で暮らしたい");
	assert_string_equal(s.needs[0].need, "右ひざの痛みで入浴に手助けがいる");
	assert_string_equal(s.needs[0].need_order, "1");
	struct issue_sheet_input si = sheet_input(w, &s);
	si.rows[10].row.prospect = "improve"; /* bathing */
	si.rows[10].row.note = "手すりをつければ一人で";
	si.needs[0].row.need_order = "-";
	si.needs[1].row.need = "外出をふやす";
	ok(issue_sheet_save(c, &si, NULL));
	v = get(w, pid);
	in = input_of(w, &v);
	part(&in, "a11_adl", "bath", "full");
	part(&in, "a12_iadl", "shop", "watch");
	at(&in, "a11_adl")->row.judgement = "両ひざの痛み";
	save_ok(w, &in);
	ok(issue_sheet_remake(c, sheet));
	ok(issue_sheet_get(c, sheet, &s));
	assert_string_equal(cell(&s, "bathing", "now"), "full");
	assert_string_equal(cell(&s, "bathing", "prospect"), "improve");
	assert_string_equal(cell(&s, "bathing", "note"), "手すりをつければ一人で");
	assert_string_equal(cell(&s, "shopping", "now"), "watch");
	assert_string_equal(s.barrier[0], "両ひざの痛み");
	assert_string_equal(s.needs[0].need, "両ひざの痛み");
	assert_string_equal(s.needs[0].need_order, "−");
	assert_string_equal(s.needs[1].need, "外出をふやす");
	assert_true(issue_sheet_is_edited(s.lines[10].row.edited, "note"));
	assert_false(issue_sheet_is_edited(s.lines[10].row.edited, "now"));
	/* from the next assessment the prospect is proposed by what changed */
	ok(assess_copy(c, pid, &copy));
	v = get(w, copy);
	in = input_of(w, &v);
	part(&in, "a11_adl", "bath", "part");
	save_ok(w, &in);
	const char *second;
	ok(issue_sheet_make(c, copy, &second));
	ok(issue_sheet_get(c, second, &s));
	assert_string_equal(cell(&s, "bathing", "prospect"), "improve");
	assert_string_equal(cell(&s, "shopping", "prospect"), "keep");
	/* bad cells */
	si = sheet_input(w, &s);
	si.rows[0].row.now = "trouble"; /* the other scale */
	si.rows[0].row.factor = "7";
	si.needs[0].row.need_order = "0";
	fault_clear(c);
	assert_int_equal(issue_sheet_save(c, &si, NULL), ERR_INPUT);
	assert_true(*fault_text(c, "indoor.now") && *fault_text(c, "indoor.factor") && *fault_text(c, "need1.need_order"));
}

static void two_people_on_one_sheet(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	const char *pid = fresh(w), *sheet;
	struct issue_sheet_view s;
	struct assess_clashes clash;
	ok(issue_sheet_make(c, pid, &sheet));
	ok(issue_sheet_get(c, sheet, &s));
	struct issue_sheet_input mine = sheet_input(w, &s), theirs = sheet_input(w, &s);
	theirs.rows[0].row.note = "a";
	theirs.barrier[1] = "段差";
	ok(issue_sheet_save(c, &theirs, NULL));
	mine.rows[0].row.prospect = "keep";
	mine.barrier[0] = "ひざの痛み";
	ok(issue_sheet_save(c, &mine, NULL));
	ok(issue_sheet_get(c, sheet, &s));
	assert_string_equal(s.lines[0].row.note, "a");
	assert_string_equal(s.lines[0].row.prospect, "keep");
	assert_true(issue_sheet_is_edited(s.lines[0].row.edited, "note") && issue_sheet_is_edited(s.lines[0].row.edited, "prospect"));
	assert_true(issue_sheet_is_edited(s.row.edited, "barrier_1") && issue_sheet_is_edited(s.row.edited, "barrier_2"));
	mine = sheet_input(w, &s);
	theirs = sheet_input(w, &s);
	theirs.rows[0].row.note = "b";
	ok(issue_sheet_save(c, &theirs, NULL));
	mine.rows[0].row.note = "c";
	assert_int_equal(issue_sheet_save(c, &mine, &clash), ERR_CONFLICT);
	assert_string_equal(clash.v[0].name, "indoor.note");
	assert_string_equal(clash.v[0].theirs, "b");
}

static void on_paper(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	const char *pid = fresh(w), *sheet, *bytes;
	size_t n;
	make_complete(w, pid);
	ok(issue_sheet_make(c, pid, &sheet));
	struct fill f;
	int64_t id, version;
	ok(assess_fill(c, pid, &f, &id, &version));
	assert_string_equal(answers_get(f.as, "a11_adl_fact")->text, "つえで歩く");
	assert_non_null(strstr(answers_get(f.as, "a11_adl_detail")->text, "一部介助: 入浴"));
	ok(issue_sheet_fill(c, sheet, &f, &id, &version));
	ok(assess_icf_fill(c, pid, &f, &id, &version));
	assert_non_null(strstr(answers_get(f.as, "activity")->text, "つえで歩く"));
	for (enum assess_form k = ASSESS_FORM; k <= ASSESS_FORM_ISSUE; k++) {
		ok(assess_paper(c, k, k == ASSESS_FORM_ISSUE ? sheet : pid, PAPER_PDF, &bytes, &n));
		assert_true(n > 1000);
		ok(assess_paper(c, k, k == ASSESS_FORM_ISSUE ? sheet : pid, PAPER_SHEET, &bytes, &n));
		assert_true(n > 1000);
	}
}

static void in_the_bulk_print(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct person p;
	const char *pid = fresh(w), *copy, *sheet;
	make_complete(w, pid);
	ok(assess_confirm(c, pid, false));
	ok(assess_copy(c, pid, &copy));
	ok(issue_sheet_make(c, copy, &sheet));
	ok(person_load(c, 1, &p));
	static const char *const ids[] = {"assessment", "icf", "kadai-seiri"};
	for (size_t i = 0; i < 3; i++) {
		const struct printable *k = printable_find(ids[i]);
		struct printable_docs all = {0}, newest = {0}, none = {0};
		assert_non_null(k);
		ok(k->docs(c, &p, &(struct printable_period){CIVIL_NONE, CIVIL_OPEN, false}, &all));
		assert_int_equal(all.n, i == 2 ? 1 : 2);
		ok(k->docs(c, &p, &(struct printable_period){CIVIL_NONE, CIVIL_OPEN, true}, &newest));
		assert_int_equal(newest.n, 1);
		if (i < 2) {
			assert_null(all.v[0].notice);
			assert_string_equal(newest.v[0].notice, "作成中（確定していません）");
		}
		ok(k->docs(c, &p, &(struct printable_period){D(2020, 1, 1), D(2020, 12, 31), false}, &none));
		assert_int_equal(none.n, 0);
		stranger(w);
		assert_int_equal(k->docs(c, &p, &(struct printable_period){CIVIL_NONE, CIVIL_OPEN, false}, &none), ERR_NOTFOUND);
		nurse(w);
	}
}

static void what_waits_today(void **state)
{
	struct world *w = *state;
	int64_t n;
	struct assess_work *rows;
	size_t k;
	const char *pid = fresh(w);
	ok(assess_work_count(&w->c, false, INT_NULL, &n));
	assert_int_equal(n, 1);
	ok(assess_work(&w->c, false, INT_NULL, 0, 50, &rows, &k));
	assert_int_equal(k, 1);
	struct assess_view v = get(w, pid);
	struct assess_input in = input_of(w, &v);
	in.row.done_on = D(2026, 1, 10);
	save_ok(w, &in);
	make_complete(w, pid);
	ok(assess_confirm(&w->c, pid, false));
	ok(assess_work_count(&w->c, true, INT_NULL, &n));
	assert_int_equal(n, 0);
	world_sql(w, "INSERT INTO certification (pid, version, person_id, status, apply_kind, level, from_on, to_on, created_ms, created_by,"
		" updated_ms, updated_by) VALUES ('crt%023d', 1, 1, 'certified', 'renew', 'c2', '2026-10-01', '2028-09-30', 0, 0, 0, 0)", 1);
	ok(assess_work_count(&w->c, true, INT_NULL, &n));
	assert_int_equal(n, 1);
	ok(assess_work(&w->c, true, INT_NULL, 0, 50, &rows, &k));
	assert_int_equal(k, 1);
	assert_string_equal(rows[0].pid, pid);
	ok(assess_work_count(&w->c, true, 999, &n));
	assert_int_equal(n, 0);
	fresh(w); /* a new one is under way */
	ok(assess_work_count(&w->c, true, INT_NULL, &n));
	assert_int_equal(n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CARE(opening_writes_nothing_and_saving_makes_every_box), CARE(bad_input_names_its_field), CARE(it_counts_only_when_complete),
		CARE(views_stand_side_by_side), CARE(two_people_merge_by_field_and_by_part), CARE(closed_classes_are_locked_and_kept),
		CARE(copied_text_is_marked_until_touched), CARE(the_register_is_shown_and_taken_over_with_its_source),
		CARE(the_issue_sheet_follows_the_assessment_but_not_over_typed_cells), CARE(two_people_on_one_sheet), CARE(what_waits_today), CARE(in_the_bulk_print),
		CARE_PRINT(on_paper),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
