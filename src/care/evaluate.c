#include "care/evaluate.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "care/case.h"
#include "care/children.h"
#include "care/evaluate_own.h"
#include "care/mandate.h"
#include "care/monitor.h"
#include "care/plan.h"
#include "care/printables_of.h"
#include "care/retire.h"
#include "care/view_paper.h"
#include "jp/era.h"
#include "law/codes.h"
#include "register/gen.h"
#include "register/person.h"
#include "register/staff.h"
#include "register/timeline.h"
#include "sql/q_commission.h"
#include "sql/q_visit.h"
#include "store/tx.h"

enum { WORDS = 10000 };

bool evaluate_is_prevention(const struct t_evaluation *r) { return str_eq(r->form, "yobo-hyoka"); }

/* ---- read ------------------------------------------------------------------------------------------------------------- */

static err commission_of(struct ctx *c, struct evaluate_tree *t)
{
	struct q_commission_of_evaluation_row m;
	bool found = false;
	t->commission_pid = t->commission_status = "";
	if (t->row.is_commissioned)
		TRY(q_commission_of_evaluation(c, &(struct q_commission_of_evaluation_in){.evaluation_id = t->row.id, .case_id = t->row.case_id}, &m, &found));
	if (!found || (c->actor.org_id != t->row.org_id && c->actor.org_id != m.office_org_id))
		return OK; /* the two of a commission alone know of it */
	t->commission_pid = m.pid;
	t->commission_status = m.status;
	t->is_handed = m.is_handed;
	t->is_resting = m.is_handed && !str_eq(m.status, "eval_returned");
	return OK;
}

static err names(struct ctx *c, struct evaluate_tree *t)
{
	struct q_evaluation_names_row n;
	TRY(q_evaluation_names(c, &(struct q_evaluation_names_in){.id = t->row.id}, &n));
	t->person_pid = n.person_pid;
	t->person_name = n.person_name;
	t->plan_pid = n.plan_pid;
	t->plan_kind = n.plan_kind;
	t->case_pid = n.case_pid;
	t->case_kind = n.case_kind;
	t->org_name = n.org_name;
	t->updated_by = str_or(n.updated_by, "");
	t->may_write = mandate_record(c, t->row.person_id, t->row.case_id, MANDATE_EVALUATE) == OK;
	TRY(commission_of(c, t));
	t->may_write = t->may_write && !(t->is_resting && c->actor.org_id != t->row.org_id);
	t->may_opine = t->may_write && t->row.is_commissioned && c->actor.org_id == t->row.org_id;
	return OK;
}

err evaluate_get(struct ctx *c, const char *pid, struct evaluate_tree *out)
{
	struct q_evaluation_rows_row *r;
	*out = (struct evaluate_tree){0};
	TRY(row_find(c, &T_evaluation, pid, &out->row));
	TRY(policy_check_record(c, out->row.person_id, CLASS_CARE, ACTION_SEE));
	if (out->row.retired_ms != INT_NULL)
		return ERR_NOTFOUND;
	TRY(q_evaluation_rows(c, &(struct q_evaluation_rows_in){.evaluation_id = out->row.id}, &r, &out->n_rows));
	out->rows = ARENA_ARRAY(c->arena, out->n_rows + 1, struct t_evaluation_row);
	for (size_t i = 0; i < out->n_rows; i++)
		TRY(row_load(c, &T_evaluation_row, r[i].id, &out->rows[i]));
	return names(c, out);
}

err evaluate_list(struct ctx *c, const char *person_pid, struct evaluate_tree **v, size_t *n)
{
	int64_t person;
	struct q_evaluation_list_row *r;
	TRY(person_id(c, person_pid, &person));
	TRY(policy_check(c, person, CLASS_CARE, ACTION_SEE));
	TRY(q_evaluation_list(c, &(struct q_evaluation_list_in){.person_id = person}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct evaluate_tree);
	for (size_t i = 0; i < *n; i++) {
		TRY(row_load(c, &T_evaluation, r[i].id, &(*v)[i].row));
		TRY(names(c, &(*v)[i]));
	}
	return OK;
}

/* ---- new -------------------------------------------------------------------------------------------------------------- */

static const char *period_ja(struct ctx *c, const char *printed, civil from, civil to)
{
	if (*printed || (from == CIVIL_NONE && to == CIVIL_NONE))
		return printed;
	return arena_fmt(c->arena, "%s〜%s", from == CIVIL_NONE ? "" : era_text_short(c->arena, from), to == CIVIL_NONE ? "" : era_text_short(c->arena, to));
}

/* What the last モニタリング said of this goal. */
static const char *last_said(struct ctx *c, const struct monitor_line *lines, size_t n, int64_t origin)
{
	for (size_t i = 0; i < n; i++) {
		if (lines[i].origin_id != origin || lines[i].n == 0)
			continue;
		const struct monitor_point *p = &lines[i].v[lines[i].n - 1];
		return arena_fmt(c->arena, "%s（%s）%s%s", law_code_label(c->house->law, "mon_status", p->status), era_text_short(c->arena, p->on),
		                 *p->note ? "。" : "", p->note);
	}
	return "";
}

static struct t_evaluation_row *add(struct evaluate_tree *t, const struct t_plan_goal *g)
{
	struct t_evaluation_row *r = &t->rows[t->n_rows++];
	row_init(&T_evaluation_row, r);
	r->plan_goal_id = g->id;
	r->origin_id = g->origin_id == INT_NULL ? g->id : g->origin_id;
	r->no = (int64_t)t->n_rows;
	return r;
}

static void prevention_rows(struct ctx *c, const struct plan_tree *p, const struct monitor_line *lines, size_t n, struct evaluate_tree *t)
{
	for (size_t i = 0; i < p->n_needs; i++) {
		const struct t_plan_goal *first = NULL;
		for (size_t g = p->n_goals; g-- > 0;)
			if (p->goals[g].need_id == p->needs[i].id)
				first = &p->goals[g];
		if (!first || str_blank(p->needs[i].goal))
			continue;
		struct t_evaluation_row *r = add(t, first);
		r->goal = p->needs[i].goal;
		r->period = period_ja(c, "", p->plan.from_on, p->plan.to_on);
		r->status = last_said(c, lines, n, r->origin_id);
	}
}

static void home_rows(struct ctx *c, const struct plan_tree *p, struct evaluate_tree *t)
{
	for (size_t g = 0; g < p->n_goals; g++) {
		const struct t_plan_goal *goal = &p->goals[g];
		for (size_t s = 0; s < p->n_services; s++) {
			const struct t_plan_service *svc = &p->services[s];
			if (svc->goal_id != goal->id)
				continue;
			struct t_evaluation_row *r = add(t, goal);
			r->plan_service_id = svc->id;
			r->goal_no = (int64_t)g + 1;
			r->short_text = goal->short_text;
			r->period = period_ja(c, goal->short_period, goal->short_from_on, goal->short_to_on);
			r->content = svc->content;
			r->type = svc->type;
			r->office = svc->office;
		}
	}
}

static void head_of(struct ctx *c, const struct plan_tree *p, const char *form, struct t_evaluation *r)
{
	struct staff s;
	row_init(&T_evaluation, r);
	r->person_id = p->plan.person_id;
	r->org_id = p->plan.org_id;
	r->case_id = p->plan.case_id;
	r->plan_id = p->plan.id;
	r->form = str_blank(form) ? (str_eq(p->plan.kind, "prevention") ? "yobo-hyoka" : "hyoka-hyo") : form;
	r->eval_on = r->create_on = c->today;
	r->is_commissioned = str_eq(p->plan.consignment, "2") || (p->plan.author_org_id != INT_NULL && p->plan.author_org_id != p->plan.org_id);
	r->staff_id = c->actor.staff_id > 0 ? c->actor.staff_id : INT_NULL;
	r->author_name = *p->plan.author_name ? p->plan.author_name : "";
	if (str_blank(r->author_name) && c->actor.staff_id > 0 && staff_load(c, c->actor.staff_id, &s) == OK)
		r->author_name = s.name;
}

err evaluate_new(struct ctx *c, const char *person_pid, const char *plan_pid, const char *form, struct evaluate_tree *out)
{
	int64_t person;
	bool found = true;
	struct plan_tree p;
	struct t_care_case k;
	struct monitor_line *lines;
	size_t n;
	*out = (struct evaluate_tree){0};
	TRY(person_id(c, person_pid, &person));
	TRY(policy_check(c, person, CLASS_CARE, ACTION_WRITE));
	if (str_blank(plan_pid))
		TRY(plan_current(c, person, NULL, c->today, &p, &found));
	else
		TRY(plan_get(c, plan_pid, &p));
	if (!found)
		return fault_add(c, "", ERR_PLAN_STATE, "使っている計画がありません。評価は、同意を得た計画について行います。");
	if (!str_blank(form) && !str_eq(form, "yobo-hyoka") && !str_eq(form, "hyoka-hyo"))
		return ERR_NOTFOUND;
	TRY(mandate_record(c, p.plan.person_id, p.plan.case_id, MANDATE_EVALUATE));
	TRY(row_load(c, &T_care_case, p.plan.case_id, &k));
	TRY(monitor_trend(c, person_pid, &lines, &n));
	head_of(c, &p, form, &out->row);
	out->rows = ARENA_ARRAY(c->arena, p.n_needs + p.n_services + 1, struct t_evaluation_row);
	if (evaluate_is_prevention(&out->row))
		prevention_rows(c, &p, lines, n, out);
	else
		home_rows(c, &p, out);
	out->person_pid = p.person_pid;
	out->person_name = p.person_name;
	out->plan_pid = p.plan.pid;
	out->plan_kind = p.plan.kind;
	out->case_pid = p.case_pid;
	out->case_kind = k.kind;
	out->org_name = p.org_name;
	out->updated_by = "";
	out->may_write = true;
	out->commission_pid = out->commission_status = "";
	out->may_opine = out->row.is_commissioned && c->actor.org_id == out->row.org_id;
	return OK;
}

/* ---- checks ------------------------------------------------------------------------------------------------------------- */

static void code(struct ctx *c, const char *field, const char *label, const char *list, const char *value, bool required)
{
	if (str_blank(value)) {
		if (required)
			(void)fault_add(c, field, ERR_REQUIRED, "「%s」を選んでください。", label);
	} else if (!law_code_valid(c->house->law, list, value, c->today)) {
		(void)fault_add(c, field, ERR_NOT_CHOICE, "「%s」は、一覧から選んでください。", label);
	}
}

static void check_row(struct ctx *c, bool prevention, size_t i, const struct t_evaluation_row *r)
{
	struct arena *a = c->arena;
	if (!prevention) {
		code(c, arena_fmt(a, "row.%zu.result", i), arena_fmt(a, "%zu の結果", i + 1), "eval_result", r->result, true);
		gen_check_text(c, arena_fmt(a, "row.%zu.comment", i), arena_fmt(a, "%zu のコメント", i + 1), r->comment, true, WORDS);
		return;
	}
	bool unmet = str_eq(r->achieved, "0");
	gen_check_text(c, arena_fmt(a, "row.%zu.status", i), arena_fmt(a, "目標 %zu の達成状況", i + 1), r->status, true, WORDS);
	code(c, arena_fmt(a, "row.%zu.achieved", i), arena_fmt(a, "目標 %zu の達成・未達成", i + 1), "eval_achieved", r->achieved, true);
	gen_check_text(c, arena_fmt(a, "row.%zu.cause_user", i), arena_fmt(a, "目標 %zu の達成しない原因（本人・家族の意見）", i + 1), r->cause_user, unmet, WORDS);
	gen_check_text(c, arena_fmt(a, "row.%zu.cause_author", i), arena_fmt(a, "目標 %zu の達成しない原因（計画作成者の評価）", i + 1), r->cause_author, unmet, WORDS);
	gen_check_text(c, arena_fmt(a, "row.%zu.next", i), arena_fmt(a, "目標 %zu の今後の方針", i + 1), r->next, true, WORDS);
}

static err check(struct ctx *c, const struct evaluate_tree *t)
{
	size_t before = c->n_faults, n;
	const struct t_evaluation *r = &t->row;
	bool prevention = evaluate_is_prevention(r);
	if (r->eval_on == CIVIL_NONE)
		(void)fault_add(c, "eval_on", ERR_REQUIRED, "「評価日」を入力してください。");
	else if (r->eval_on > c->today)
		(void)fault_add(c, "eval_on", ERR_INPUT, "「評価日」が今日より後になっています。評価した日を入力してください。");
	gen_check_text(c, "author_name", "計画作成者氏名", r->author_name, prevention, 80);
	gen_check_text(c, "overall", "総合的な方針", r->overall, prevention, WORDS);
	gen_check_text(c, "center_opinion", "地域包括支援センター意見", r->center_opinion, false, WORDS);
	code(c, "center_decision", "地域包括支援センターの判断", "eval_decision", r->center_decision, false);
	if (*r->center_decision && str_blank(r->center_opinion))
		(void)fault_add(c, "center_opinion", ERR_REQUIRED, "判断を選んだときは、「地域包括支援センター意見」も書いてください。");
	char **v = str_split(c->arena, r->next_service, '|', &n);
	for (size_t i = 0; i < n; i++)
		code(c, "next_service", "移行先", "eval_next", v[i], false);
	if (t->n_rows == 0)
		(void)fault_add(c, "", ERR_INPUT, "この計画には評価する目標がありません。計画を確かめてください。");
	for (size_t i = 0; i < t->n_rows; i++)
		check_row(c, prevention, i, &t->rows[i]);
	return c->n_faults == before ? OK : ERR_INPUT;
}

/* ---- save ------------------------------------------------------------------------------------------------------------- */

struct saving {
	struct evaluate_tree *t;
	struct row_conflict **conflict;
	struct child_conflicts more;
};

static struct child_part part_of(const struct evaluate_tree *t)
{
	if (evaluate_is_prevention(&t->row))
		return (struct child_part){&T_evaluation_row, t->rows, t->n_rows, "row", "achieved", "achieved", "eval_achieved", NULL};
	return (struct child_part){&T_evaluation_row, t->rows, t->n_rows, "row", "result", "result", "eval_result", NULL};
}

static err opinion(struct ctx *c, const struct evaluate_tree *t, const struct t_evaluation *stored)
{
	struct t_evaluation *r = &((struct evaluate_tree *)(uintptr_t)t)->row;
	bool changed = !str_eq(r->center_opinion, stored->center_opinion) || !str_eq(r->center_decision, stored->center_decision);
	if (!changed)
		return OK;
	if (!r->is_commissioned || c->actor.org_id != r->org_id)
		return fault_add(c, "center_opinion", ERR_DENIED, "「地域包括支援センター意見」は、委託した地域包括支援センターの職員だけが書けます。");
	r->center_on = c->today;
	r->center_staff_id = c->actor.staff_id > 0 ? c->actor.staff_id : INT_NULL;
	return OK;
}

/* What was handed in waits for the centre's word, and what the centre has confirmed stays as it was confirmed. */
static err rests(struct ctx *c, const struct t_evaluation *stored)
{
	struct evaluate_tree t = {.row = *stored};
	TRY(commission_of(c, &t));
	if (t.is_resting && c->actor.org_id != stored->org_id)
		return fault_add(c, "", ERR_INPUT, "この評価表はセンターに提出してあるので、直せません。直すときは、センターに差し戻してもらってください。");
	return OK;
}

static err save_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	struct t_evaluation *r = &s->t->row, stored;
	s->more = (struct child_conflicts){0};
	TRY(policy_check_record(c, r->person_id, CLASS_CARE, ACTION_WRITE));
	row_init(&T_evaluation, &stored);
	if (r->id) {
		TRY(row_load(c, &T_evaluation, r->id, &stored));
		if (stored.retired_ms != INT_NULL)
			return ERR_NOTFOUND;
		TRY(rests(c, &stored));
		r->person_id = stored.person_id;
		r->org_id = stored.org_id;
		r->case_id = stored.case_id;
		r->plan_id = stored.plan_id;
		r->form = stored.form;
		r->is_commissioned = stored.is_commissioned;
		if (stored.version == r->version) {
			r->center_on = stored.center_on;
			r->center_staff_id = stored.center_staff_id;
		}
	}
	TRY(check(c, s->t));
	TRY(opinion(c, s->t, &stored));
	if (r->id)
		TRY(row_save(c, &T_evaluation, r, s->conflict));
	else
		TRY(row_insert(c, &T_evaluation, r));
	TRY(timeline_touch(c, "evaluation", r->id));
	struct child_part rows = part_of(s->t);
	TRY(children_save_parts(c, &rows, 1, "evaluation_id", r->id, r->person_id, &s->more));
	return evaluate_follow(c, s->t);
}

err evaluate_save(struct ctx *c, struct evaluate_tree *t, struct row_conflict **conflict)
{
	struct row_conflict *none = NULL;
	struct saving s = {.t = t, .conflict = conflict ? conflict : &none};
	struct evaluate_tree was = *t; /* as in monitor_save: the page shows the record again */
	was.rows = arena_copy(c->arena, t->rows, t->n_rows * sizeof *t->rows);
	err e = tx_run(c, save_tx, &s);
	if (e != OK)
		*t = was;
	struct child_part rows = part_of(t);
	if (e == ERR_CONFLICT)
		children_tell(c, &rows, 1, &s.more);
	return e;
}

/* ---- bin -------------------------------------------------------------------------------------------------------------- */

static err bin_gate(struct ctx *c, const void *row)
{
	const struct t_evaluation *r = row;
	return mandate_record(c, r->person_id, r->case_id, MANDATE_EVALUATE);
}

static const char *bin_title(struct ctx *c, const void *row) { return arena_fmt(c->arena, "評価: %s", era_text(c->arena, ((const struct t_evaluation *)row)->eval_on)); }

struct opining {
	const char *pid, *opinion, *decision;
};

static err opine_tx(struct ctx *c, void *arg)
{
	const struct opining *in = arg;
	struct evaluate_tree t;
	TRY(evaluate_get(c, in->pid, &t));
	t.row.center_opinion = str_trim(c->arena, in->opinion);
	t.row.center_decision = in->decision;
	return evaluate_save(c, &t, NULL);
}

err evaluate_opine(struct ctx *c, const char *pid, const char *opinion, const char *decision)
{
	struct opining in = {pid, opinion, decision};
	return tx_run(c, opine_tx, &in);
}

static err bin_refused(struct ctx *c, const void *row)
{
	struct evaluate_tree t = {.row = *(const struct t_evaluation *)row};
	TRY(commission_of(c, &t));
	if (t.is_handed)
		return fault_add(c, "reason", ERR_INPUT, "この評価表は、原案委託でセンターに提出したものです。ごみ箱に移せません。");
	return OK;
}

err evaluate_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid)
{
	return retire_record(c, &(struct retire_kind){&T_evaluation, CLASS_CARE, bin_title, bin_gate, bin_refused}, pid, reason, bin_pid);
}

err evaluate_follow_bin(struct ctx *c, int64_t row_id, bool alive)
{
	struct t_evaluation r;
	(void)alive;
	TRY(row_load(c, &T_evaluation, row_id, &r));
	return monitor_refresh(c, r.case_id);
}

/* ---- paper -------------------------------------------------------------------------------------------------------------- */

static err source(struct ctx *c, const struct evaluate_tree *t, struct fill *f)
{
	TRY(fill_begin(c, t->row.form, t->row.eval_on, t->row.person_id, f));
	TRY(fill_register(f, t->row.eval_on));
	TRY(fill_row(f, &T_evaluation, &t->row));
	TRY(fill_rows(f, "evaluation_row", &T_evaluation_row, t->rows, t->n_rows));
	for (size_t i = 0; !evaluate_is_prevention(&t->row) && i < t->n_rows; i++)
		TRY(fill_cell(f, "evaluation_row", i, "short", t->rows[i].short_text));
	return OK;
}

err evaluate_paper(struct ctx *c, const char *pid, enum paper_kind kind, const char **bytes, size_t *n)
{
	struct evaluate_tree t;
	struct fill f;
	TRY(evaluate_get(c, pid, &t));
	TRY(source(c, &t, &f));
	return view_paper(c, &(struct view_source){.f = &f, .table_name = "evaluation", .row_id = t.row.id, .row_version = t.row.version}, kind, bytes, n);
}

static err of_form(struct ctx *c, const struct person *p, const char *form, const struct printable_period *period, struct printable_docs *out)
{
	struct evaluate_tree *v, t;
	size_t n, newest = SIZE_MAX;
	TRY(policy_check(c, p->id, CLASS_CARE, ACTION_PRINT));
	TRY(evaluate_list(c, p->pid, &v, &n));
	for (size_t i = n; i-- > 0;)
		if (str_eq(v[i].row.form, form) && printable_in(period, v[i].row.eval_on))
			newest = i; /* the list is newest first */
	for (size_t i = n; i-- > 0;) {
		struct fill f;
		if (!str_eq(v[i].row.form, form) || !printable_in(period, v[i].row.eval_on) || (period->newest && i != newest))
			continue;
		TRY(evaluate_get(c, v[i].row.pid, &t));
		TRY(source(c, &t, &f));
		printable_add_fill(c, out, &f, NULL);
	}
	return OK;
}

err printables_hyoka(struct ctx *c, const struct person *p, const struct printable_period *period, struct printable_docs *out)
{
	return of_form(c, p, "hyoka-hyo", period, out);
}

err printables_yobo_hyoka(struct ctx *c, const struct person *p, const struct printable_period *period, struct printable_docs *out)
{
	return of_form(c, p, "yobo-hyoka", period, out);
}
