#include "register/household.h"

#include "access/policy.h"
#include "base/str.h"
#include "sql/q_record.h"
#include "store/tx.h"

static const struct gen_code kinds[] = {
	{"alone", "独居"}, {"couple_old", "高齢者夫婦のみ"}, {"old_only", "高齢者のみ"}, {"with_child", "子と同居"}, {"other", "その他"},
};

const char *household_kind_label_ja(const char *kind) { return GEN_LABEL(kinds, kind); }

static err ids(struct ctx *c, int64_t person_id, bool with_retired, int64_t **out, size_t *n)
{
	struct q_record_household_ids_row *rows;
	TRY(q_record_household_ids(c, &(struct q_record_household_ids_in){.person_id = person_id, .with_retired = with_retired}, &rows, n));
	*out = (int64_t *)rows;
	return OK;
}

static void check(struct ctx *c, void *row)
{
	struct t_household *r = row;
	GEN_CHECK_CODE(c, "kind", "世帯の形", kinds, r->kind, true);
	gen_check_period(c, "from_on", r->from_on, "to_on", r->to_on);
	if (r->size != INT_NULL && (r->size < 1 || r->size > 30))
		(void)fault_add(c, "size", ERR_RANGE, "世帯の人数は、本人を入れて1人から30人までです。");
	else if (str_eq(r->kind, "alone") && r->size != INT_NULL && r->size != 1)
		(void)fault_add(c, "size", ERR_RANGE, "独居のときの世帯の人数は1人です。世帯の形か人数を直してください。");
	gen_check_text(c, "note", "備考", r->note, false, 2000);
}

static void period(const void *row, civil *from, civil *to)
{
	*from = ((const struct t_household *)row)->from_on;
	*to = ((const struct t_household *)row)->to_on;
}

static const char *text(struct ctx *c, const void *row)
{
	const struct t_household *r = row;
	const char *size = r->size == INT_NULL ? "" : arena_fmt(c->arena, " %lld人", (long long)r->size);
	return arena_fmt(c->arena, "世帯 %s%s（%s）", household_kind_label_ja(r->kind), size, gen_period_ja(c, r->from_on, r->to_on));
}

const struct gen_kind GEN_HOUSEHOLD = {.label = "世帯", .table = &T_household, .class_bit = CLASS_FAMILY, .timeline = "family",
	.refuse_overlap = true, .overlap_code = ERR_PERIOD_OVERLAP, .ids = ids, .check = check, .period = period, .text = text};
GEN_FACE_C(household, t_household, GEN_HOUSEHOLD);

/* --- members --- */

struct naming {
	struct t_household row;
	const int64_t *want;
	size_t n;
};

static bool among(const int64_t *list, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (list[i] == id)
			return true;
	return false;
}

static err members_tx(struct ctx *c, void *arg)
{
	const struct naming *g = arg;
	struct q_record_household_member_ids_row *have;
	size_t n;
	TRY(q_record_household_member_ids(c, &(struct q_record_household_member_ids_in){.household_id = g->row.id}, &have, &n));
	int64_t *named = ARENA_ARRAY(c->arena, n + 1, int64_t);
	for (size_t i = 0; i < n; i++) {
		named[i] = have[i].relation_id;
		if (!among(g->want, g->n, have[i].relation_id))
			TRY(row_retire(c, &T_household_member, have[i].id, "household"));
	}
	for (size_t i = 0; i < g->n; i++) {
		if (among(named, n, g->want[i]) || among(g->want, i, g->want[i]))
			continue;
		struct t_relation r;
		TRY(row_load(c, &T_relation, g->want[i], &r));
		if (r.person_id != g->row.person_id || r.retired_ms != INT_NULL)
			return ERR_NOTFOUND;
		struct t_household_member m;
		row_init(&T_household_member, &m);
		m.person_id = g->row.person_id;
		m.household_id = g->row.id;
		m.relation_id = g->want[i];
		TRY(row_insert(c, &T_household_member, &m));
	}
	return OK;
}

err household_set_members(struct ctx *c, const char *pid, const int64_t *relation_ids, size_t n)
{
	struct naming g = {.want = relation_ids, .n = n};
	TRY(household_find(c, pid, &g.row));
	TRY(policy_check(c, g.row.person_id, CLASS_FAMILY, ACTION_WRITE));
	if (g.row.size != INT_NULL && (int64_t)n > g.row.size - 1)
		return fault_add(c, "size", ERR_RANGE, "世帯の人数は%lld人ですが、本人のほかに%zu人が選ばれています。人数か選び方を直してください。",
			(long long)g.row.size, n);
	return tx_run(c, members_tx, &g);
}

err household_members(struct ctx *c, const char *pid, int64_t **relation_ids, size_t *n)
{
	struct t_household row;
	TRY(household_find(c, pid, &row));
	struct q_record_household_member_ids_row *have;
	TRY(q_record_household_member_ids(c, &(struct q_record_household_member_ids_in){.household_id = row.id}, &have, n));
	*relation_ids = ARENA_ARRAY(c->arena, *n + 1, int64_t);
	for (size_t i = 0; i < *n; i++)
		(*relation_ids)[i] = have[i].relation_id;
	return OK;
}

GEN_CHOICES_C(household_kind_choices, kinds);
