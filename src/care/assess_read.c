#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "care/assess_own.h"
#include "care/copied.h"
#include "care/mandate.h"
#include "law/codes.h"
#include "register/person.h"
#include "sql/q_assess.h"
#include "sql/q_care.h"
#include "store/revision.h"

#include <stdlib.h>

struct assess_item *assess_item_of(struct assess_view *v, const char *code)
{
	for (size_t i = 0; i < v->n_items; i++)
		if (str_eq(v->items[i].def->code, code))
			return &v->items[i];
	return NULL;
}

static err names(struct ctx *c, struct assess_view *v)
{
	struct q_care_account_name_row who;
	struct q_care_staff_name_row staff;
	bool found = false;
	v->updated_by = v->confirmed_by = v->staff_name = "";
	if (v->row.staff_id != INT_NULL)
		TRY(q_care_staff_name(c, &(struct q_care_staff_name_in){.staff_id = v->row.staff_id}, &staff, &found));
	if (found)
		v->staff_name = staff.name;
	if (v->is_new)
		return OK;
	TRY(q_care_account_name(c, &(struct q_care_account_name_in){.account_id = v->row.updated_by}, &who, &found));
	if (found)
		v->updated_by = who.name;
	if (v->row.confirmed_by == INT_NULL)
		return OK;
	TRY(q_care_account_name(c, &(struct q_care_account_name_in){.account_id = v->row.confirmed_by}, &who, &found));
	if (found)
		v->confirmed_by = who.name;
	return OK;
}

static err items_of(struct ctx *c, struct assess_view *v)
{
	size_t n, n_parts, n_rows = 0;
	const struct law_assess_item **defs = law_assess_list(c->house->law, c->arena, v->row.done_on, false, &n);
	const struct law_assess_item **parts = law_assess_list(c->house->law, c->arena, v->row.done_on, true, &n_parts);
	struct q_assess_items_row *rows = NULL;
	if (!v->is_new)
		TRY(q_assess_items(c, &(struct q_assess_items_in){.assessment_id = v->row.id}, &rows, &n_rows));
	v->items = ARENA_ARRAY(c->arena, n + 1, struct assess_item);
	v->n_items = n;
	for (size_t i = 0; i < n; i++) {
		struct assess_item *it = &v->items[i];
		*it = (struct assess_item){.def = defs[i]};
		row_init(&T_assessment_item, &it->row);
		it->row.code = defs[i]->code;
		it->row.record_class = defs[i]->class_bit;
		it->row.detail = "{}";
		it->locked = policy_check(c, v->row.person_id, defs[i]->class_bit, ACTION_SEE) != OK;
		it->may_write = !it->locked && policy_check(c, v->row.person_id, defs[i]->class_bit, ACTION_WRITE) == OK;
		v->n_locked += it->locked;
		for (size_t k = 0; k < n_rows && !it->locked; k++)
			if (str_eq(rows[k].code, defs[i]->code))
				TRY(row_load(c, &T_assessment_item, rows[k].id, &it->row));
		it->parts = ARENA_ARRAY(c->arena, n_parts + 1, struct assess_part);
		for (size_t k = 0; k < n_parts; k++)
			if (*parts[k]->part && str_eq(parts[k]->code, defs[i]->code))
				it->parts[it->n_parts++] = (struct assess_part){parts[k], assess_detail(c, it->row.detail, parts[k]->part)};
	}
	return OK;
}

static err areas_of(struct ctx *c, struct assess_view *v)
{
	struct q_assess_areas_row *rows = NULL;
	size_t n = 0;
	if (!v->is_new)
		TRY(q_assess_areas(c, &(struct q_assess_areas_in){.assessment_id = v->row.id}, &rows, &n));
	for (size_t i = 0; i < ASSESS_AREAS; i++) {
		row_init(&T_assessment_area, &v->areas[i]);
		v->areas[i].area = ASSESS_AREA[i];
		for (size_t k = 0; k < n; k++)
			if (str_eq(rows[k].area, ASSESS_AREA[i]))
				TRY(row_load(c, &T_assessment_area, rows[k].id, &v->areas[i]));
	}
	return OK;
}

err assess_view_of(struct ctx *c, const struct t_assessment *row, bool is_new, struct assess_view *v)
{
	struct person p;
	*v = (struct assess_view){.row = *row, .is_new = is_new};
	TRY(person_load(c, row->person_id, &p));
	v->person_pid = p.cluster_pid;
	v->may_write = mandate_record(c, row->person_id, row->case_id, MANDATE_PLAN) == OK;
	void *source;
	TRY(copied_source(c, &T_assessment, row->copied_from_id, row->created_ms, &source));
	v->source = source;
	TRY(names(c, v));
	TRY(items_of(c, v));
	TRY(areas_of(c, v));
	TRY(assess_known(c, &p, v));
	return assess_carers(c, &p, v);
}

err assess_get(struct ctx *c, const char *pid, struct assess_view *out)
{
	struct t_assessment row;
	TRY(assess_open(c, pid, ACTION_SEE, &row));
	return assess_view_of(c, &row, false, out);
}

err assess_new(struct ctx *c, const char *person_pid, struct assess_view *out)
{
	struct t_assessment row;
	int64_t id;
	size_t n;
	struct assess_row *before;
	TRY(person_id(c, person_pid, &id));
	TRY(policy_check(c, id, CLASS_CARE, ACTION_WRITE));
	TRY(assess_list(c, person_pid, &before, &n));
	row_init(&T_assessment, &row);
	row.person_id = id;
	row.org_id = c->actor.org_id;
	row.staff_id = c->actor.staff_id > 0 ? c->actor.staff_id : INT_NULL;
	row.view = n ? before[0].view : "home";
	row.status = "draft";
	row.done_on = c->today;
	row.reason = n ? "" : "first";
	row.plan_first = !n;
	return assess_view_of(c, &row, true, out);
}

err assess_list(struct ctx *c, const char *person_pid, struct assess_row **v, size_t *n)
{
	int64_t id;
	struct q_assess_of_person_row *r;
	TRY(person_id(c, person_pid, &id));
	TRY(policy_check(c, id, CLASS_CARE, ACTION_SEE));
	TRY(q_assess_of_person(c, &(struct q_assess_of_person_in){.person_id = id}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct assess_row);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct assess_row){.pid = r[i].pid, .view = r[i].view, .status = r[i].status, .reason = r[i].reason, .org_name = r[i].org_name,
		                              .staff_name = str_or(r[i].staff_name, ""), .done_on = r[i].done_on, .id = r[i].id, .updated_ms = r[i].updated_ms};
	return OK;
}

/* ---- history ----------------------------------------------------------------------------------------------- */

struct telling {
	struct assess_version *v;
	size_t n, cap;
};

static err tell(struct ctx *c, struct telling *t, const struct table_desc *table, int64_t id, const char *what, const char *code)
{
	struct row_version *r;
	size_t n;
	if (!id)
		return OK;
	TRY(row_history(c, table, id, &r, &n));
	while (t->n + n > t->cap) {
		size_t cap = t->cap ? 2 * t->cap : 256;
		struct assess_version *v = ARENA_ARRAY(c->arena, cap, struct assess_version);
		for (size_t i = 0; i < t->n; i++)
			v[i] = t->v[i];
		t->v = v;
		t->cap = cap;
	}
	for (size_t i = 0; i < n; i++) {
		if (*code && str_eq(r[i].action, "insert"))
			continue; /* the blank box of a new assessment is nobody's act */
		t->v[t->n++] = (struct assess_version){what, code, r[i].version, r[i].at_ms, r[i].by, r[i].action, i == 0};
	}
	return OK;
}

static int newest(const void *a, const void *b)
{
	const struct assess_version *x = a, *y = b;
	if (x->at_ms != y->at_ms)
		return x->at_ms > y->at_ms ? -1 : 1;
	return x->version > y->version ? -1 : x->version < y->version;
}

err assess_history(struct ctx *c, const char *pid, struct assess_version **v, size_t *n)
{
	struct assess_view view;
	struct telling t = {0};
	TRY(assess_get(c, pid, &view));
	TRY(tell(c, &t, &T_assessment, view.row.id, "実施の記録・本人の言葉", ""));
	for (size_t i = 0; i < view.n_items; i++)
		if (!view.items[i].locked)
			TRY(tell(c, &t, &T_assessment_item, view.items[i].row.id,
			         arena_fmt(c->arena, "%d %s", view.items[i].def->no, view.items[i].def->label), view.items[i].def->code));
	for (size_t i = 0; i < ASSESS_AREAS; i++)
		TRY(tell(c, &t, &T_assessment_area, view.areas[i].id, law_code_label(c->house->law, "assess_area", ASSESS_AREA[i]), ASSESS_AREA[i]));
	if (t.n)
		qsort(t.v, t.n, sizeof *t.v, newest);
	*v = t.v;
	*n = t.n;
	return OK;
}

/* ---- 今日の仕事 --------------------------------------------------------------------------------------------- */

err assess_work_count(struct ctx *c, bool again, int64_t staff_id, int64_t *n)
{
	if (again) {
		struct q_assess_again_count_row r;
		TRY(q_assess_again_count(c, &(struct q_assess_again_count_in){.staff_id = staff_id}, &r));
		*n = r.n;
		return OK;
	}
	struct q_assess_draft_count_row r;
	TRY(q_assess_draft_count(c, &(struct q_assess_draft_count_in){.staff_id = staff_id}, &r));
	*n = r.n;
	return OK;
}

err assess_work(struct ctx *c, bool again, int64_t staff_id, int64_t offset, int64_t limit, struct assess_work **v, size_t *n)
{
	if (again) {
		struct q_assess_again_row *r;
		TRY(q_assess_again(c, &(struct q_assess_again_in){.staff_id = staff_id, .offset = offset, .limit = limit}, &r, n));
		*v = ARENA_ARRAY(c->arena, *n + 1, struct assess_work);
		for (size_t i = 0; i < *n; i++)
			(*v)[i] = (struct assess_work){r[i].pid, r[i].person_pid, r[i].person_name, "", str_or(r[i].staff_name, ""), r[i].person_id, r[i].done_on,
			                               r[i].from_on};
		return OK;
	}
	struct q_assess_draft_row *r;
	TRY(q_assess_draft(c, &(struct q_assess_draft_in){.staff_id = staff_id, .offset = offset, .limit = limit}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct assess_work);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct assess_work){r[i].pid, r[i].person_pid, r[i].person_name, r[i].reason, str_or(r[i].staff_name, ""), r[i].person_id,
		                               r[i].done_on, CIVIL_NONE};
	return OK;
}
