#include "register/kin_tie.h"

#include "base/str.h"
#include "register/relation.h"
#include "sql/q_drawing.h"

static const struct gen_code kinds[] = {
	{"couple", "婚姻"}, {"separated", "別居中の夫婦"}, {"ex_couple", "離婚"}, {"partner", "内縁"},
	{"parent_child", "親と子"}, {"adopted", "養親と養子"}, {"sibling", "きょうだい"},
};

err kin_own_relation(struct ctx *c, int64_t person_id, int64_t relation_id)
{
	struct t_relation row;
	struct t_person a, b;
	if (relation_id == INT_NULL)
		return OK;
	TRY(row_load(c, &T_relation, relation_id, &row));
	TRY(row_load(c, &T_person, person_id, &a));
	TRY(row_load(c, &T_person, row.person_id, &b));
	if (a.cluster_id == b.cluster_id)
		return OK;
	/* seen from the other side: the daughter's own record names her mother */
	if (row.other_person_id == INT_NULL)
		return ERR_NOTFOUND;
	TRY(policy_check(c, row.person_id, CLASS_FAMILY, ACTION_SEE));
	TRY(row_load(c, &T_person, row.other_person_id, &b));
	return a.cluster_id == b.cluster_id ? OK : ERR_NOTFOUND;
}

/* ---- ties ---- */

static err tie_ids(struct ctx *c, int64_t person_id, bool with_retired, int64_t **out, size_t *n)
{
	struct q_drawing_kin_tie_ids_row *rows;
	TRY(q_drawing_kin_tie_ids(c, &(struct q_drawing_kin_tie_ids_in){.person_id = person_id, .with_retired = with_retired}, &rows, n));
	*out = (int64_t *)rows;
	return OK;
}

static void tie_check(struct ctx *c, void *row)
{
	struct t_kin_tie *r = row;
	GEN_CHECK_CODE(c, "kind", "つながり", kinds, r->kind, true);
	if (r->a_relation_id == r->b_relation_id)
		(void)fault_add(c, "b", ERR_NOT_CHOICE, "同じ人どうしはつなげません。相手を選び直してください。");
	if (r->from_on != CIVIL_NONE && r->to_on < r->from_on)
		(void)fault_add(c, "to_on", ERR_PERIOD_ORDER, NULL);
	if (r->sort_no != INT_NULL && (r->sort_no < 1 || r->sort_no > 20))
		(void)fault_add(c, "sort_no", ERR_RANGE, "何回目の結婚かは、1から20までの数字です。");
	gen_check_text(c, "note", "備考", r->note, false, 500);
}

static void tie_period(const void *row, civil *from, civil *to)
{
	*from = ((const struct t_kin_tie *)row)->from_on;
	*to = ((const struct t_kin_tie *)row)->to_on;
}

static const char *tie_text(struct ctx *c, const void *row)
{
	return arena_fmt(c->arena, "家族のつながり: %s", GEN_LABEL(kinds, ((const struct t_kin_tie *)row)->kind));
}

static err tie_before(struct ctx *c, void *row, void *arg)
{
	struct t_kin_tie *r = row;
	(void)arg;
	TRY(kin_own_relation(c, r->person_id, r->a_relation_id));
	return kin_own_relation(c, r->person_id, r->b_relation_id);
}

const struct gen_kind GEN_KIN_TIE = {.label = "家族のつながり", .table = &T_kin_tie, .class_bit = CLASS_FAMILY, .ids = tie_ids,
	.check = tie_check, .period = tie_period, .text = tie_text, .before = tie_before};
GEN_FACE_C(kin_tie, t_kin_tie, GEN_KIN_TIE);
GEN_CHOICES_C(kin_tie_kind_choices, kinds);

/* ---- places ---- */

static err place_ids(struct ctx *c, int64_t person_id, bool with_retired, int64_t **out, size_t *n)
{
	struct q_drawing_kin_place_ids_row *rows;
	TRY(q_drawing_kin_place_ids(c, &(struct q_drawing_kin_place_ids_in){.person_id = person_id, .with_retired = with_retired}, &rows, n));
	*out = (int64_t *)rows;
	return OK;
}

static void place_check(struct ctx *c, void *row)
{
	struct t_kin_place *r = row;
	if (r->sort_no < 1 || r->sort_no > 99)
		(void)fault_add(c, "sort_no", ERR_RANGE, "並びの番号は1から99までです。");
}

static void place_period(const void *row, civil *from, civil *to)
{
	(void)row;
	*from = *to = CIVIL_NONE;
}

static const char *place_text(struct ctx *c, const void *row)
{
	return arena_fmt(c->arena, "家族の図の並び: %lld番目", (long long)((const struct t_kin_place *)row)->sort_no);
}

static err place_before(struct ctx *c, void *row, void *arg)
{
	struct t_kin_place *r = row;
	(void)arg;
	return kin_own_relation(c, r->person_id, r->relation_id);
}

const struct gen_kind GEN_KIN_PLACE = {.label = "家族の図の並び", .table = &T_kin_place, .class_bit = CLASS_FAMILY, .ids = place_ids,
	.check = place_check, .period = place_period, .text = place_text, .before = place_before};
GEN_FACE_C(kin_place, t_kin_place, GEN_KIN_PLACE);
