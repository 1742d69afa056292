/* Child rows of a care record: merged row by row, new ones added, taken-out ones retired; and forms filled from tables. */
#include "care_world.h"

#include "care/basic_info.h"
#include "care/children.h"
#include "care/fill.h"
#include "care/illness.h"
#include "store/tx.h"

struct act {
	int64_t head;
	struct child_edit *edits;
	size_t n;
	struct child_conflicts *more;
};

static err make_head(struct ctx *c, void *arg)
{
	struct t_assessment *a = arg;
	return row_insert(c, &T_assessment, a);
}

static int64_t new_head(struct world *w)
{
	struct t_assessment a;
	row_init(&T_assessment, &a);
	a.person_id = 1;
	a.org_id = 1;
	a.view = "home";
	a.status = "draft";
	a.done_on = w->c.today;
	ok(tx_run(&w->c, make_head, &a));
	return a.id;
}

static err save_tx(struct ctx *c, void *arg)
{
	struct act *a = arg;
	return children_save(c, &T_assessment_item, "assessment_id", a->head, 1, a->edits, a->n, a->more);
}

static err save(struct world *w, int64_t head_id, struct child_edit *e, size_t n, struct child_conflicts *more)
{
	*more = (struct child_conflicts){0};
	return tx_run(&w->c, save_tx, &(struct act){head_id, e, n, more});
}

static struct t_assessment_item item(const char *code, const char *fact)
{
	struct t_assessment_item r;
	row_init(&T_assessment_item, &r);
	r.code = code;
	r.record_class = CLASS_CARE;
	r.fact = fact;
	return r;
}

static void rows_merge_by_themselves(void **state)
{
	struct world *w = *state;
	int64_t h = new_head(w), other = new_head(w);
	struct child_conflicts more;
	struct t_assessment_item a = item("a11_adl", "歩行は杖"), b = item("a12_iadl", "調理は娘");
	ok(save(w, h, (struct child_edit[]){{&a, false}, {&b, false}}, 2, &more));
	assert_int_equal(a.version, 1);
	assert_int_equal(a.assessment_id, h);
	/* saved again unchanged: no new version */
	ok(save(w, h, (struct child_edit[]){{&a, false}, {&b, false}}, 2, &more));
	assert_int_equal(count_of(w, "assessment_item", "version > 1"), 0);
	/* two editors, different rows */
	struct t_assessment_item a1 = a, b1 = b, a2 = a, b2 = b;
	a1.fact = "歩行は歩行器";
	b2.fact = "調理は本人";
	ok(save(w, h, (struct child_edit[]){{&a1, false}, {&b1, false}}, 2, &more));
	ok(save(w, h, (struct child_edit[]){{&a2, false}, {&b2, false}}, 2, &more));
	assert_string_equal(a2.fact, "歩行は歩行器"); /* theirs stands where mine did not change */
	assert_int_equal(count_of(w, "assessment_item", "fact = '調理は本人'"), 1);
	/* the same field of the same row: every dispute is told, nothing of the save is written */
	struct t_assessment_item a3 = a, b3 = b, c3 = item("a18_oral", "入れ歯");
	a3.fact = "車いす";
	b3.fact = "配食";
	is_err(save(w, h, (struct child_edit[]){{&a3, false}, {&b3, false}, {&c3, false}}, 3, &more), ERR_CONFLICT);
	assert_int_equal(more.n, 2);
	assert_string_equal(more.v[0]->fields[0].theirs, "歩行は歩行器");
	assert_string_equal(more.v[1]->fields[0].mine, "配食");
	assert_int_equal(count_of(w, "assessment_item", "code = 'a18_oral'"), 0);
	/* another head's row is not reached */
	is_err(save(w, other, (struct child_edit[]){{&a1, false}}, 1, &more), ERR_NOTFOUND);
}

static void taking_out(void **state)
{
	struct world *w = *state;
	int64_t h = new_head(w);
	struct child_conflicts more;
	struct t_assessment_item a = item("a11_adl", "杖"), none = item("a12_iadl", "");
	ok(save(w, h, (struct child_edit[]){{&a, false}, {&none, true}}, 2, &more)); /* new and taken out: never was */
	assert_int_equal(count_of(w, "assessment_item", "1"), 1);
	struct t_assessment_item old = a;
	a.fact = "歩行器";
	ok(save(w, h, (struct child_edit[]){{&a, false}}, 1, &more));
	is_err(save(w, h, (struct child_edit[]){{&old, true}}, 1, &more), ERR_CONFLICT); /* changed meanwhile: not lost */
	assert_string_equal(more.v[0]->fields[0].column, "retired_ms");
	assert_int_equal(count_of(w, "assessment_item", "retired_ms IS NULL"), 1);
	ok(save(w, h, (struct child_edit[]){{&a, true}}, 1, &more));
	ok(save(w, h, (struct child_edit[]){{&a, true}}, 1, &more)); /* twice is once */
	assert_int_equal(count_of(w, "assessment_item", "retired_ms IS NULL"), 0);
}

static void filled_from_tables(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct fill f;
	struct t_basic_info row;
	row_init(&T_basic_info, &row);
	row.hobby = "園芸";
	row.consult_on = D(2026, 11, 1);
	row.consult_method = "02";
	row.econ_kosei = true;
	row.room_floor = 2;
	ok(fill_begin(c, "riyosha-kihon-joho", c->today, 1, &f));
	ok(fill_row(&f, &T_basic_info, &row));
	assert_string_equal(answers_text(f.as, "hobby"), "園芸");
	assert_string_equal(answers_text(f.as, "consult_method"), "電話");
	assert_int_equal(answers_num(f.as, "room_floor", 0), 2);
	assert_int_equal(answers_num(f.as, "econ_kosei", 0), 1);
	assert_int_equal(answers_num(f.as, "econ_kokumin", 1), 0);
	assert_int_equal(answers_num(f.as, "consult_date", 0), D(2026, 11, 1));
	ok(fill_cell(&f, "basic_info.day_schedule", 1, "self", "畑仕事"));
	assert_string_equal(answers_text(f.as, "day_schedule.1.self"), "畑仕事");
	is_err(fill_cell(&f, "basic_info.day_schedule", 0, "nosuch", "x"), ERR_FORM_FIELD);
	ok(fill_text(&f, "of.another.version", "x"));
	ok(fill_register(&f, c->today));
	assert_true(answers_has(f.as, "name"));
	assert_true(f.n_from_register > 0);
	is_err(fill_begin(c, "no-such-form", c->today, 1, &f), ERR_FORM_UNKNOWN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CARE(rows_merge_by_themselves),
		CARE(taking_out),
		CARE(filled_from_tables),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
