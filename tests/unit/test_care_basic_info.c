/* 利用者基本情報 and illnesses: every item the register holds is filled and marked, locked classes stay locked and kept, one
 * per 相談日, own items there and back, nothing of the register changed by the way, the reprint byte for byte. */
#include "care_world.h"

#include "care/basic_info.h"
#include "care/illness.h"
#include "care/intake.h"
#include "care/paper.h"
#include "register/certification.h"
#include "register/disability.h"
#include "register/issued.h"
#include "register/ranks.h"
#include "register/relation.h"

/* Everything the form can ask of the register. */
static void full_register(struct world *w)
{
	struct ctx *c = &w->c;
	world_sql(w, "UPDATE person SET kana = 'ミホン ハナコ', sex = '2', birth_on = '1944-05-06', home_address = '青葉市緑町一丁目1番1号',"
		" card_address = '青葉市本町3番', phone = '0312345678', fax = '0312345679' WHERE id = 1");
	world_sql(w, "INSERT INTO person_insurance (pid, version, person_id, insurer_no, insured_no, category, from_on, to_on, created_ms, created_by,"
		" updated_ms, updated_by) VALUES ('ins%023d', 1, 1, '131011', '0000000001', '1', '2020-01-01', '9999-12-31', 0, 0, 0, 0)", 1);
	world_sql(w, "INSERT INTO certification (pid, version, person_id, status, apply_kind, level, from_on, to_on, created_ms, created_by,"
		" updated_ms, updated_by) VALUES ('crt%023d', 1, 1, 'certified', 'new', 's1', '2024-04-01', '2025-03-31', 0, 0, 0, 0),"
		" ('crt%023d', 1, 1, 'certified', 'renew', 's2', '2025-04-01', '2027-03-31', 0, 0, 0, 0)", 1, 2);
	world_sql(w, "INSERT INTO person_rank (pid, version, person_id, kind, value, judged_on, source, created_ms, created_by, updated_ms, updated_by)"
		" VALUES ('rnk%023d', 1, 1, 'adl', 'J1', '2026-01-01', 'survey', 0, 0, 0, 0), ('rnk%023d', 1, 1, 'dementia', '2a', '2026-01-01', 'survey', 0, 0, 0, 0)",
		1, 2);
	static const char *const kinds[] = {"physical", "intellectual", "mental", "intractable"};
	for (int i = 0; i < 4; i++)
		world_sql(w, "INSERT INTO disability_cert (pid, version, person_id, kind, from_on, to_on, created_ms, created_by, updated_ms,"
			" updated_by) VALUES ('dis%023d', 1, 1, '%s', '2020-01-01', '9999-12-31', 0, 0, 0, 0)", i, kinds[i]);
	struct t_relation rel;
	struct t_contact who;
	relation_init(&rel);
	contact_init(&who);
	rel.person_id = 1;
	rel.kind = "child";
	rel.emergency_order = 1;
	who.name = "見本 一郎";
	who.phone = "0398765432";
	who.address = "港市1番";
	err e = relation_save_contact(c, &rel, &who, NULL);
	for (size_t i = 0; e != OK && i < c->n_faults; i++)
		print_error("%s: %s\n", c->faults[i].field, c->faults[i].message);
	assert_int_equal(e, OK);
	const char *pid;
	ok(illness_save(c, prs(w, 1), &(struct illness){.pid = "", .when_text = "H12年10月", .disease = "高血圧症", .doctor = "緑町医院",
		.is_primary = "1", .course = "01", .treatment = "内服"}, &pid, NULL));
	const struct form_def *def = form_find(w->house.forms, "kihon-checklist", c->today);
	struct answers *as = answers_new(w->arena, def);
	ok(answers_set_date(as, "kcl_date", D(2026, 11, 1)));
	ok(answers_set_text(as, "name", "見本 花子"));
	ok(answers_set_text(as, "address", "青葉市"));
	ok(answers_set_date(as, "birth_date", D(1944, 5, 6)));
	for (int i = 1; i <= 25; i++)
		ok(answers_set_int(as, arena_fmt(w->arena, i == 12 ? "kcl12_stated" : "kcl%02d", i), 1));
	ok(response_save(c, &(struct response_input){.person_pid = prs(w, 1), .answers = as}, &pid, NULL));
}

static bool in_list(const char *const *v, size_t n, const char *id)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i], id))
			return true;
	return false;
}

/* F028: loop over the bindings, so that a new item of the register that nobody fills fails here. */
static void every_register_item_is_filled(void **state)
{
	struct world *w = *state;
	full_register(w);
	struct basic_info_view v;
	ok(basic_info_get(&w->c, prs(w, 1), "", &v));
	size_t n = 0;
	for (size_t i = 0; i < v.def->n_items; i++) {
		const struct form_item *it = &v.def->items[i];
		if (!it->from_register)
			continue;
		n++;
		const struct answer *a = answers_get(v.answers, it->path);
		bool filled = it->type == ITEM_LIST ? a->n_rows > 0 : a->blank == BLANK_NONE;
		if (!filled)
			fail_msg("%s (%s) is not filled", it->id, it->binding);
		if (!in_list(v.from_register, v.n_from_register, it->id))
			fail_msg("%s is not marked", it->id);
	}
	assert_true(n >= 24);
	assert_int_equal(v.n_locked, 0);
	for (size_t i = 0; i < v.n_from_register; i++)
		if (!form_item_find(v.def, v.from_register[i])->from_register)
			fail_msg("%s is marked but its own", v.from_register[i]);
	assert_string_equal(answers_text(v.answers, "name_kana"), "ミホン ハナコ");
	assert_string_equal(answers_get(v.answers, "care_level")->text, ranks_code_out(CODE_LEVEL, CODE_BASIC, "s2"));
	assert_string_equal(answers_get(v.answers, "prev_care_level")->text, ranks_code_out(CODE_LEVEL, CODE_BASIC, "s1"));
	assert_string_equal(answers_text(v.answers, "med.0.when"), "H12年10月");
	assert_string_equal(answers_text(v.answers, "emergency.0.name"), "見本 一郎");
	assert_string_equal(answers_get(v.answers, "kcl_result")->text, "1");
	assert_non_null(strstr(answers_get(v.answers, "family_diagram")->text, "見本 一郎"));
	assert_string_equal(answers_text(v.answers, "author"), "見本 職員11");
	assert_int_equal(count_of(w, "basic_info", "1"), 0); /* opening writes nothing */
	/* as on the day: before the newer certification the older one holds */
	struct answers *as = v.answers;
	const char *pid;
	struct answers *own = answers_new(w->arena, v.def);
	(void)as;
	ok(answers_set_date(own, "consult_date", D(2024, 6, 1)));
	ok(basic_info_save(&w->c, &(struct basic_info_input){.person_pid = prs(w, 1), .answers = own}, &pid, NULL));
	ok(basic_info_get(&w->c, prs(w, 1), pid, &v));
	assert_string_equal(answers_get(v.answers, "care_level")->text, ranks_code_out(CODE_LEVEL, CODE_BASIC, "s1"));
}

/* A value for every own item, by its type. */
static void fill_own(struct world *w, struct answers *as)
{
	for (size_t i = 0; i < as->def->n_items; i++) {
		const struct form_item *it = &as->def->items[i];
		if (!str_starts(it->binding, "basic_info."))
			continue;
		switch (it->type) {
		case ITEM_TEXT: ok(answers_set_text(as, it->path, arena_fmt(w->arena, "値%zu", i))); break;
		case ITEM_MEMO: ok(answers_set_text(as, it->path, arena_fmt(w->arena, "一行目%zu\n二行目", i))); break;
		case ITEM_DATE: ok(answers_set_date(as, it->path, D(2026, 10, 1) + (civil)i % 20)); break;
		case ITEM_INT: ok(answers_set_int(as, it->path, 3)); break;
		case ITEM_BOOL: ok(answers_set_int(as, it->path, i % 2)); break;
		case ITEM_CODE: ok(answers_set_code(as, it->path, it->options[it->n_options - 1].code)); break;
		case ITEM_LIST:
			for (int r = 0; r < 3; r++)
				for (size_t k = 0; k < it->n_children; k++)
					if (!(r == 1 && k == 1))
						ok(answers_set_text(as, arena_fmt(w->arena, "%s.%d.%s", it->path, r, it->children[k].id),
							arena_fmt(w->arena, "%d時「%zu\"」", r + 6, k)));
			break;
		default: fail_msg("%s: a type nobody thought of", it->id);
		}
	}
	ok(answers_set_date(as, "prev_consult_date", D(2026, 9, 1)));
}

static void own_items_there_and_back(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	full_register(w);
	struct basic_info_view v;
	ok(basic_info_get(c, prs(w, 1), "", &v));
	struct answers *as = answers_copy(w->arena, v.answers);
	fill_own(w, as);
	const char *pid, *second;
	err e = basic_info_save(c, &(struct basic_info_input){.person_pid = prs(w, 1), .answers = as}, &pid, NULL);
	for (size_t i = 0; e != OK && i < c->n_faults; i++)
		print_error("%s: %s\n", c->faults[i].field, c->faults[i].message);
	assert_int_equal(e, OK);
	ok(basic_info_get(c, prs(w, 1), pid, &v));
	struct answer_diff *d;
	size_t n = answers_diff(w->arena, as, v.answers, &d);
	for (size_t i = 0; i < n; i++)
		if (!d[i].item->from_register && !(d[i].item->parent && d[i].item->parent->from_register) && d[i].item->type != ITEM_DERIVED)
			fail_msg("%s changed on the way", d[i].path);
	assert_int_equal(answers_get(v.answers, "day_schedule")->n_rows, 3);
	assert_string_equal(v.updated_by, "見本 職員11");
	assert_int_equal(on_timeline(w, 1) > 1, 1);
	/* one per 相談日 */
	is_err(basic_info_save(c, &(struct basic_info_input){.person_pid = prs(w, 1), .answers = as}, &second, NULL), ERR_UNIQUE);
	assert_true(*fault_text(c, "consult_date") != 0);
	fault_clear(c);
	/* in the bin it does not stand in the way; back beside a new one of the day it cannot come */
	is_err(basic_info_retire(c, prs(w, 1), pid, ""), ERR_REQUIRED);
	is_err(basic_info_retire(c, prs(w, 2), pid, "x"), ERR_NOTFOUND);
	ok(basic_info_retire(c, prs(w, 1), pid, "書き直す"));
	is_err(basic_info_get(c, prs(w, 1), pid, &v), ERR_NOTFOUND);
	ok(basic_info_save(c, &(struct basic_info_input){.person_pid = prs(w, 1), .answers = as}, &second, NULL));
	struct bin_row *b;
	size_t nb;
	ok(bin_list(c, 1, 10, 0, &b, &nb));
	assert_int_equal(nb, 1);
	is_err(bin_restore(c, b[0].pid), ERR_UNIQUE);
	ok(basic_info_retire(c, prs(w, 1), second, "x"));
	ok(bin_restore(c, b[0].pid));
	ok(basic_info_get(c, prs(w, 1), pid, &v));
	/* two editors: fields merge, the same field is asked about */
	struct answers *mine = answers_copy(w->arena, v.answers), *theirs = answers_copy(w->arena, v.answers);
	ok(answers_set_text(theirs, "hobby", "俳句"));
	ok(answers_set_text(mine, "life_history", "農家に生まれる"));
	int64_t version = v.version;
	ok(basic_info_save(c, &(struct basic_info_input){prs(w, 1), pid, version, theirs}, &pid, NULL));
	nurse2(w);
	ok(basic_info_save(c, &(struct basic_info_input){prs(w, 1), pid, version, mine}, &pid, NULL));
	ok(basic_info_get(c, prs(w, 1), pid, &v));
	assert_string_equal(answers_text(v.answers, "hobby"), "俳句");
	assert_string_equal(answers_text(v.answers, "life_history"), "農家に生まれる");
	ok(answers_set_text(mine, "hobby", "囲碁"));
	struct row_conflict *conflict = NULL;
	is_err(basic_info_save(c, &(struct basic_info_input){prs(w, 1), pid, version, mine}, &pid, &conflict), ERR_CONFLICT);
	assert_non_null(conflict);
	fault_clear(c);
	/* what is not a day, or lies ahead */
	ok(answers_set_date(as, "consult_date", c->today + 1));
	is_err(basic_info_save(c, &(struct basic_info_input){.person_pid = prs(w, 1), .answers = as}, &second, NULL), ERR_DATE_FUTURE);
}

static void register_items_stay(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	full_register(w);
	struct basic_info_view v;
	const char *pid;
	ok(basic_info_get(c, prs(w, 1), "", &v));
	struct answers *as = answers_copy(w->arena, v.answers);
	ok(answers_set_text(as, "name", "別の 名前"));
	ok(answers_set_text(as, "phone", "0300000000"));
	ok(answers_set_text(as, "med.0.disease", "糖尿病"));
	is_err(basic_info_save(c, &(struct basic_info_input){.person_pid = prs(w, 1), .answers = as}, &pid, NULL), ERR_INPUT);
	assert_non_null(strstr(fault_text(c, "name"), "「基本情報」"));
	assert_true(*fault_text(c, "phone") != 0);
	assert_non_null(strstr(fault_text(c, "med"), "現病歴"));
	assert_int_equal(count_of(w, "basic_info", "1"), 0);
	assert_int_equal(count_of(w, "person", "name='別の 名前'"), 0);
	/* sent as they are, or not at all: nothing to refuse */
	fault_clear(c);
	ok(basic_info_save(c, &(struct basic_info_input){.person_pid = prs(w, 1), .answers = v.answers}, &pid, NULL));
	stranger(w);
	is_err(basic_info_save(c, &(struct basic_info_input){.person_pid = prs(w, 1), .answers = v.answers}, &pid, NULL), ERR_NOTFOUND);
	is_err(basic_info_get(c, prs(w, 1), pid, &v), ERR_NOTFOUND);
}

/* Org 2 has the person by its area alone: no right to 医療, 障害. */
static void locked_classes(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	full_register(w);
	struct basic_info_view v;
	const char *pid;
	ok(basic_info_get(c, prs(w, 1), "", &v));
	struct answers *as = answers_copy(w->arena, v.answers);
	fill_own(w, as);
	ok(basic_info_save(c, &(struct basic_info_input){.person_pid = prs(w, 1), .answers = as}, &pid, NULL));
	give(w, 2, 1, 0, RELATION_AREA);
	stranger(w);
	ok(basic_info_get(c, prs(w, 1), pid, &v));
	static const char *const medical[] = {"med", "adl_rank", "dementia_rank", "dis_physical", "dis_note"};
	for (size_t i = 0; i < sizeof medical / sizeof medical[0]; i++) {
		const struct answer *a = answers_get(v.answers, medical[i]);
		if (a->blank == BLANK_NONE || a->n_rows)
			fail_msg("%s is open", medical[i]);
		if (!in_list(v.locked, v.n_locked, medical[i]))
			fail_msg("%s is not named as locked", medical[i]);
		if (in_list(v.from_register, v.n_from_register, medical[i]))
			fail_msg("%s is marked as filled", medical[i]);
	}
	for (size_t i = 0; i < v.n_locked; i++)
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(v.locked[i], v.locked[k]);
	assert_string_equal(answers_text(v.answers, "hobby"), answers_text(as, "hobby"));
	/* a save by who does not see them leaves them as they were */
	ok(answers_set_text(v.answers, "hobby", "手芸"));
	ok(basic_info_save(c, &(struct basic_info_input){prs(w, 1), pid, v.version, v.answers}, &pid, NULL));
	nurse(w);
	ok(basic_info_get(c, prs(w, 1), pid, &v));
	assert_string_equal(answers_text(v.answers, "hobby"), "手芸");
	assert_string_equal(answers_text(v.answers, "dis_note"), answers_text(as, "dis_note"));
	assert_int_equal(v.n_locked, 0);
}

static void illnesses(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	const char *pid;
	static const char *const when[] = {"昭和40年頃", "H12年10月", "令和2年5月3日", "", "平成15年"};
	static const char *const order[] = {"令和2年5月3日", "平成15年", "H12年10月", "昭和40年頃", ""};
	for (size_t i = 0; i < 5; i++)
		ok(illness_save(c, prs(w, 1), &(struct illness){.pid = "", .when_text = when[i], .disease = "病名"}, &pid, NULL));
	struct illness *v;
	size_t n;
	ok(illness_list(c, prs(w, 1), &v, &n));
	assert_int_equal(n, 5);
	for (size_t i = 0; i < n; i++)
		assert_string_equal(v[i].when_text, order[i]); /* as typed; newest first, undated last */
	is_err(illness_save(c, prs(w, 1), &(struct illness){.pid = "", .when_text = "いつか", .disease = "", .is_primary = "7", .course = "7",
		.tel = "abc"}, &pid, NULL), ERR_INPUT);
	assert_int_equal(c->n_faults, 5);
	fault_clear(c);
	/* edit, conflict, bin */
	struct illness a = v[0], b = v[0];
	a.disease = "脳梗塞";
	ok(illness_save(c, prs(w, 1), &a, &pid, NULL));
	b.disease = "肺炎";
	struct row_conflict *conflict = NULL;
	is_err(illness_save(c, prs(w, 1), &b, &pid, &conflict), ERR_CONFLICT);
	is_err(illness_save(c, prs(w, 2), &a, &pid, NULL), ERR_NOTFOUND);
	ok(illness_retire(c, a.pid, "誤り"));
	int64_t person;
	is_err(illness_get(c, a.pid, &b, &person), ERR_NOTFOUND);
	struct bin_row *bin;
	ok(bin_list(c, 1, 10, 0, &bin, &n));
	assert_int_equal(n, 1);
	ok(bin_restore(c, bin[0].pid));
	ok(illness_get(c, a.pid, &b, &person));
	assert_true(person == 1 && str_eq(b.disease, "脳梗塞"));
	/* without the right to 医療 the person is known, the illnesses are not */
	give(w, 2, 1, 0, RELATION_AREA);
	stranger(w);
	is_err(illness_list(c, prs(w, 1), &v, &n), ERR_DENIED);
	is_err(illness_get(c, a.pid, &b, &person), ERR_NOTFOUND); /* a record's own id tells nobody that there is one */
	is_err(illness_save(c, prs(w, 1), &a, &pid, NULL), ERR_DENIED);
	is_err(illness_retire(c, a.pid, "x"), ERR_NOTFOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CARE(every_register_item_is_filled), CARE(own_items_there_and_back), CARE(register_items_stay), CARE(locked_classes),
		CARE(illnesses),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
