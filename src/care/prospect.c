#include "care/prospect.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "care/mandate.h"
#include "law/codes.h"
#include "register/bin.h"
#include "register/gen.h"
#include "register/timeline.h"
#include "sql/q_move.h"
#include "store/tx.h"

#define TABLE "case_prospect"

enum { TEXT = 2000 };

static const char *label_of(struct ctx *c, const char *code) { return law_code_label(c->house->law, "case_prospect", code); }

/* Who may write the plan of the case may judge: the organisation that has it, and an office with a commission for the plan. */
static err may_judge(struct ctx *c, const struct t_care_case *k) { return mandate_record(c, k->person_id, k->id, MANDATE_PLAN); }

/* ---- read ------------------------------------------------------------------------------------------------------------ */

static err view_of(struct ctx *c, struct prospect_view *v)
{
	struct q_prospect_names_row n;
	struct t_care_case k;
	TRY(q_prospect_names(c, &(struct q_prospect_names_in){.id = v->row.id}, &n));
	v->case_pid = n.case_pid;
	v->org_name = n.org_name;
	v->staff_name = str_or(n.staff_name, "");
	v->updated_by = str_or(n.updated_by, "");
	v->label = label_of(c, v->row.prospect);
	TRY(row_load(c, &T_care_case, v->row.case_id, &k));
	v->may_write = may_judge(c, &k) == OK;
	return OK;
}

static err open_row(struct ctx *c, const char *pid, struct t_case_prospect *row)
{
	TRY(row_find(c, &T_case_prospect, pid, row));
	TRY(policy_check_record(c, row->person_id, CLASS_CARE, ACTION_SEE));
	return row->retired_ms == INT_NULL ? OK : ERR_NOTFOUND;
}

err prospect_get(struct ctx *c, const char *pid, struct prospect_view *out)
{
	*out = (struct prospect_view){0};
	TRY(open_row(c, pid, &out->row));
	return view_of(c, out);
}

err prospect_list(struct ctx *c, const char *case_pid, struct case_view *kase, struct prospect_view **v, size_t *n, bool *may_write)
{
	struct case_view k;
	struct q_prospect_of_case_row *r;
	TRY(case_get(c, case_pid, &k));
	TRY(q_prospect_of_case(c, &(struct q_prospect_of_case_in){.case_id = k.row.id}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct prospect_view);
	for (size_t i = 0; i < *n; i++) {
		TRY(row_load(c, &T_case_prospect, r[i].id, &(*v)[i].row));
		TRY(view_of(c, &(*v)[i]));
	}
	if (kase)
		*kase = k;
	if (may_write)
		*may_write = case_is_prevention(k.row.kind) && may_judge(c, &k.row) == OK;
	return OK;
}

err prospect_history(struct ctx *c, const char *pid, struct prospect_version **v, size_t *n)
{
	struct t_case_prospect row;
	struct row_version *h;
	TRY(open_row(c, pid, &row));
	TRY(row_history(c, &T_case_prospect, row.id, &h, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct prospect_version);
	for (size_t i = 0; i < *n; i++) {
		(*v)[i].at_ms = h[i].at_ms;
		(*v)[i].by = h[i].by;
		TRY(row_at_version(c, &T_case_prospect, row.id, h[i].version, &(*v)[i].row));
	}
	return OK;
}

err prospect_init(struct ctx *c, const char *case_pid, struct t_case_prospect *row)
{
	struct case_view k;
	row_init(&T_case_prospect, row);
	TRY(case_get(c, case_pid, &k));
	TRY(may_judge(c, &k.row));
	row->person_id = k.row.person_id;
	row->case_id = k.row.id;
	row->org_id = c->actor.org_id;
	row->staff_id = c->actor.staff_id > 0 ? c->actor.staff_id : INT_NULL;
	row->on_day = c->today;
	return OK;
}

/* ---- save ------------------------------------------------------------------------------------------------------------ */

static err check(struct ctx *c, const struct t_care_case *k, struct t_case_prospect *r)
{
	struct q_prospect_same_day_row same;
	bool found;
	size_t before = c->n_faults;
	r->reason = str_lf(c->arena, str_trim(c->arena, str_or(r->reason, "")));
	r->aim = str_lf(c->arena, str_trim(c->arena, str_or(r->aim, "")));
	if (!case_is_prevention(k->kind))
		(void)fault_add(c, "prospect", ERR_INPUT, "改善の見込みを記録するのは、介護予防支援と介護予防ケアマネジメントのケースです。このケースは居宅介護支援です。");
	if (str_blank(r->prospect))
		(void)fault_add(c, "prospect", ERR_REQUIRED, "「改善の見込み」を選んでください。");
	else if (!law_code_valid(c->house->law, "case_prospect", r->prospect, c->today))
		(void)fault_add(c, "prospect", ERR_NOT_CHOICE, "「改善の見込み」は、一覧から選んでください。");
	gen_check_text(c, "reason", "そう考えた理由", r->reason, true, TEXT);
	gen_check_text(c, "aim", "もう一度できるようになりたいこと", r->aim, false, TEXT);
	if (r->on_day == CIVIL_NONE)
		(void)fault_add(c, "on_day", ERR_REQUIRED, "「見立てた日」を入力してください。");
	else if (r->on_day > c->today)
		(void)fault_add(c, "on_day", ERR_DATE_FUTURE, "「見立てた日」に、これから先の日付は入力できません。");
	else if (k->end_on != CIVIL_NONE && r->on_day > k->end_on)
		(void)fault_add(c, "on_day", ERR_INPUT, "「見立てた日」が、ケースの終了日より後になっています。日付を確かめてください。");
	if (r->on_day != CIVIL_NONE) {
		TRY(q_prospect_same_day(c, &(struct q_prospect_same_day_in){.case_id = k->id, .on_day = r->on_day, .id = r->id}, &same, &found));
		if (found)
			(void)fault_add(c, "on_day", ERR_INPUT, "この日の見立ては、もう記録されています。直すときは、その記録を開いてください。");
	}
	return c->n_faults > before ? ERR_INPUT : OK;
}

static err tell(struct ctx *c, const struct t_case_prospect *r)
{
	TRY(timeline_touch(c, TABLE, r->id));
	return timeline_add(c, &(struct timeline_new){.person_id = r->person_id, .at_on = r->on_day, .kind = "rehab", .record_class = CLASS_CARE, .org_id = r->org_id,
		.title = arena_fmt(c->arena, "改善の見込み: %s", label_of(c, r->prospect)), .summary = r->reason, .table_name = TABLE, .row_id = r->id, .row_pid = r->pid});
}

struct saving {
	const char *case_pid;
	struct t_case_prospect *row;
	struct row_conflict **conflict;
};

static err save_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	struct t_case_prospect *r = s->row, old;
	struct case_view k;
	TRY(case_get(c, s->case_pid, &k));
	TRY(may_judge(c, &k.row));
	if (r->id) {
		TRY(open_row(c, r->pid, &old));
		if (old.case_id != k.row.id)
			return ERR_NOTFOUND;
		r->org_id = old.org_id;
		r->staff_id = old.staff_id;
	}
	r->person_id = k.row.person_id;
	r->case_id = k.row.id;
	TRY(check(c, &k.row, r));
	TRY(r->id ? row_save(c, &T_case_prospect, r, s->conflict) : row_insert(c, &T_case_prospect, r));
	return tell(c, r);
}

err prospect_save(struct ctx *c, const char *case_pid, struct t_case_prospect *row, struct row_conflict **conflict)
{
	struct row_conflict *none = NULL;
	return tx_run(c, save_tx, &(struct saving){case_pid, row, conflict ? conflict : &none});
}

static err retire_tx(struct ctx *c, void *arg)
{
	const char **a = arg;
	struct prospect_view v;
	TRY(prospect_get(c, a[0], &v));
	if (!v.may_write)
		return ERR_DENIED;
	return bin_put(c, &(struct bin_put){.table = &T_case_prospect, .row_id = v.row.id, .row_pid = v.row.pid, .person_id = v.row.person_id, .org_id = v.row.org_id,
		.record_class = CLASS_CARE, .reason = a[1], .title = arena_fmt(c->arena, "改善の見込み: %s", v.label)}, &a[2]);
}

err prospect_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid)
{
	const char *a[3] = {pid, reason, NULL};
	TRY(tx_run(c, retire_tx, a));
	if (bin_pid)
		*bin_pid = a[2];
	return OK;
}
