/* The order of the visits of one of the staff on a day. Numbers go in tens, so that one more finds its place without touching the rest. */
#include "care/visit_plan_own.h"

#include "access/policy.h"
#include "base/str.h"
#include "care/mandate.h"
#include "sql/q_visit_plan.h"
#include "store/tx.h"

enum { STEP = 10 };

static err day_of(struct ctx *c, int64_t staff_id, civil on, enum q_visit_plan_list_sort sort, struct q_visit_plan_list_row **v, size_t *n)
{
	return q_visit_plan_list(c, &(struct q_visit_plan_list_in){.staff_id = staff_id, .from_on = on, .to_on = on, .sort = sort}, v, n);
}

/* Each row gets the number of its place; only those that move are written, and only by who may write them. */
static err number(struct ctx *c, const struct q_visit_plan_list_row *v, size_t n)
{
	struct t_visit_plan r;
	for (size_t i = 0; i < n; i++) {
		int64_t no = (int64_t)(i + 1) * STEP;
		if (v[i].sort_no == no)
			continue;
		TRY(row_load(c, &T_visit_plan, v[i].id, &r));
		TRY(mandate_record(c, r.person_id, r.case_id, MANDATE_LOG));
		r.sort_no = no;
		TRY(row_save(c, &T_visit_plan, &r, NULL));
	}
	return OK;
}

err visit_place(struct ctx *c, struct t_visit_plan *row)
{
	struct q_visit_plan_list_row *v;
	size_t n, at, k = 0;
	TRY(day_of(c, row->staff_id, row->planned_on, Q_VISIT_PLAN_LIST_SORT_ROUTE, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (v[i].id != row->id)
			v[k++] = v[i];
	for (at = 0; at < k; at++)
		if (row->from_min != INT_NULL && v[at].from_min != INT_NULL && v[at].from_min > row->from_min)
			break;
	int64_t before = at ? v[at - 1].sort_no : 0;
	if (at == k) {
		row->sort_no = before + STEP;
		return OK;
	}
	row->sort_no = (before + v[at].sort_no) / 2;
	if (row->sort_no > before && row->sort_no < v[at].sort_no)
		return OK;
	TRY(number(c, v, k)); /* no room between them */
	row->sort_no = (int64_t)at * STEP + STEP / 2;
	return OK;
}

struct stepping {
	const char *pid;
	int by;
};

static err step_tx(struct ctx *c, void *arg)
{
	const struct stepping *in = arg;
	struct t_visit_plan r;
	struct q_visit_plan_list_row *v;
	size_t n, at = 0;
	TRY(row_find(c, &T_visit_plan, in->pid, &r));
	TRY(mandate_record(c, r.person_id, r.case_id, MANDATE_LOG));
	if (r.retired_ms != INT_NULL || r.org_id != c->actor.org_id)
		return ERR_NOTFOUND;
	TRY(day_of(c, r.staff_id, r.planned_on, Q_VISIT_PLAN_LIST_SORT_ROUTE, &v, &n));
	while (at < n && v[at].id != r.id)
		at++;
	size_t to = at + (size_t)(in->by < 0 ? -1 : 1);
	while (to < n && str_eq(v[to].state, "cancelled")) /* past what is called off, which has no number */
		to += (size_t)(in->by < 0 ? -1 : 1);
	if (at >= n || to >= n)
		return OK;
	struct q_visit_plan_list_row mine = v[at];
	for (size_t i = at; i != to; i = in->by < 0 ? i - 1 : i + 1)
		v[i] = v[in->by < 0 ? i - 1 : i + 1];
	v[to] = mine;
	return number(c, v, n);
}

err visit_plan_step(struct ctx *c, const char *pid, int by) { return tx_run(c, step_tx, &(struct stepping){pid, by}); }

struct arranging {
	int64_t staff_id;
	civil on;
	enum visit_order how;
};

/* Stable: a visit without a time stays behind the one it stands behind. */
static void by_time(struct q_visit_plan_list_row *v, size_t n)
{
	int64_t last = -1;
	for (size_t i = 0; i < n; i++) { /* such a visit is sorted by the time of that one */
		if (v[i].from_min != INT_NULL)
			last = v[i].from_min;
		else
			v[i].from_min = last;
	}
	for (size_t i = 1; i < n; i++)
		for (size_t k = i; k > 0 && v[k].from_min < v[k - 1].from_min; k--) {
			struct q_visit_plan_list_row x = v[k];
			v[k] = v[k - 1];
			v[k - 1] = x;
		}
}

static err arrange_tx(struct ctx *c, void *arg)
{
	const struct arranging *in = arg;
	struct q_visit_plan_list_row *v;
	size_t n;
	TRY(day_of(c, in->staff_id, in->on, in->how == VISIT_BY_TOWN ? Q_VISIT_PLAN_LIST_SORT_TOWN : Q_VISIT_PLAN_LIST_SORT_ROUTE, &v, &n));
	if (in->how == VISIT_BY_TIME)
		by_time(v, n);
	return number(c, v, n);
}

err visit_plan_arrange(struct ctx *c, int64_t staff_id, civil on, enum visit_order how)
{
	return tx_run(c, arrange_tx, &(struct arranging){staff_id, on, how});
}
