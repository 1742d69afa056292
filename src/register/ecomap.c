#include "register/ecomap.h"

#include "base/str.h"
#include "register/kin_tie.h"
#include "register/org.h"
#include "sql/q_drawing.h"

static const struct gen_code kinds[] = {
	{"family", "家族・親族"}, {"friend", "友人・近隣"}, {"community", "地域の活動・民生委員"}, {"medical", "医療"}, {"care", "介護サービス"},
	{"welfare", "福祉・障害"}, {"official", "行政・包括"}, {"work", "仕事・学校"}, {"other", "そのほか"},
};
static const struct gen_code strengths[] = {{"strong", "強い"}, {"normal", "ふつう"}, {"weak", "弱い"}};
static const struct gen_code flows[] = {{"out", "本人・左から相手へ（→）"}, {"in", "相手から（←）"}, {"both", "おたがいに（↔）"}};

/* ---- nodes ---- */

static err node_ids(struct ctx *c, int64_t person_id, bool with_retired, int64_t **out, size_t *n)
{
	struct q_drawing_ecomap_node_ids_row *rows;
	TRY(q_drawing_ecomap_node_ids(c, &(struct q_drawing_ecomap_node_ids_in){.person_id = person_id, .with_retired = with_retired}, &rows, n));
	*out = (int64_t *)rows;
	return OK;
}

static void period_check(struct ctx *c, civil from, civil to)
{
	if (from != CIVIL_NONE && to < from)
		(void)fault_add(c, "to_on", ERR_PERIOD_ORDER, NULL);
}

static void node_check(struct ctx *c, void *row)
{
	struct t_ecomap_node *r = row;
	gen_check_text(c, "label", "名前", r->label, r->org_id == INT_NULL && r->relation_id == INT_NULL, 60);
	gen_check_text(c, "note", "備考", r->note, false, 500);
	GEN_CHECK_CODE(c, "kind", "種類", kinds, r->kind, true);
	period_check(c, r->from_on, r->to_on);
}

static void node_period(const void *row, civil *from, civil *to)
{
	const struct t_ecomap_node *r = row;
	*from = r->from_on;
	*to = r->to_on;
}

static const char *node_text(struct ctx *c, const void *row)
{
	return arena_fmt(c->arena, "エコマップの資源: %s", GEN_LABEL(kinds, ((const struct t_ecomap_node *)row)->kind));
}

static err node_before(struct ctx *c, void *row, void *arg)
{
	struct t_ecomap_node *r = row;
	struct org o;
	(void)arg;
	if (r->org_id != INT_NULL)
		TRY(org_load(c, r->org_id, &o));
	return kin_own_relation(c, r->person_id, r->relation_id);
}

const struct gen_kind GEN_ECOMAP_NODE = {.label = "エコマップの資源", .table = &T_ecomap_node, .class_bit = CLASS_FAMILY, .ids = node_ids,
	.check = node_check, .period = node_period, .text = node_text, .before = node_before};
GEN_FACE_C(ecomap_node, t_ecomap_node, GEN_ECOMAP_NODE);

/* ---- ties ---- */

static err tie_ids(struct ctx *c, int64_t person_id, bool with_retired, int64_t **out, size_t *n)
{
	struct q_drawing_ecomap_tie_ids_row *rows;
	TRY(q_drawing_ecomap_tie_ids(c, &(struct q_drawing_ecomap_tie_ids_in){.person_id = person_id, .with_retired = with_retired}, &rows, n));
	*out = (int64_t *)rows;
	return OK;
}

static void tie_check(struct ctx *c, void *row)
{
	struct t_ecomap_tie *r = row;
	if (r->a_node_id == r->b_node_id)
		(void)fault_add(c, "b", ERR_NOT_CHOICE, "同じものどうしはつなげません。相手を選び直してください。");
	GEN_CHECK_CODE(c, "strength", "つながりの強さ", strengths, r->strength, true);
	GEN_CHECK_CODE(c, "flow", "支えの向き", flows, r->flow, false);
	gen_check_text(c, "note", "備考", r->note, false, 500);
	period_check(c, r->from_on, r->to_on);
}

static void tie_period(const void *row, civil *from, civil *to)
{
	const struct t_ecomap_tie *r = row;
	*from = r->from_on;
	*to = r->to_on;
}

static const char *tie_text(struct ctx *c, const void *row)
{
	const struct t_ecomap_tie *r = row;
	return arena_fmt(c->arena, "エコマップのつながり: %s%s", GEN_LABEL(strengths, r->strength), r->is_stress ? "（ストレス）" : "");
}

/* Both ends must be nodes of the same person (or of one merged with them). */
static err own_node(struct ctx *c, int64_t person_id, int64_t node_id)
{
	struct t_ecomap_node node;
	struct t_person a, b;
	if (node_id == INT_NULL)
		return OK;
	TRY(row_load(c, &T_ecomap_node, node_id, &node));
	TRY(row_load(c, &T_person, person_id, &a));
	TRY(row_load(c, &T_person, node.person_id, &b));
	return a.cluster_id == b.cluster_id && node.retired_ms == INT_NULL ? OK : ERR_NOTFOUND;
}

static err tie_before(struct ctx *c, void *row, void *arg)
{
	struct t_ecomap_tie *r = row;
	(void)arg;
	TRY(own_node(c, r->person_id, r->a_node_id));
	return own_node(c, r->person_id, r->b_node_id);
}

const struct gen_kind GEN_ECOMAP_TIE = {.label = "エコマップのつながり", .table = &T_ecomap_tie, .class_bit = CLASS_FAMILY, .ids = tie_ids,
	.check = tie_check, .period = tie_period, .text = tie_text, .before = tie_before};
GEN_FACE_C(ecomap_tie, t_ecomap_tie, GEN_ECOMAP_TIE);

GEN_CHOICES_C(ecomap_kind_choices, kinds);
GEN_CHOICES_C(ecomap_strength_choices, strengths);
GEN_CHOICES_C(ecomap_flow_choices, flows);
