/* Acts on an assessment: confirm and take back, switch the view, copy, put proposals in, versions, the bin. */
#include "access/policy.h"
#include "base/buf.h"
#include "base/house.h"
#include "base/str.h"
#include "care/assess_own.h"
#include "care/copied.h"
#include "jp/era.h"
#include "law/codes.h"
#include "register/bin.h"
#include "register/conflict.h"
#include "care/evidence_writers.h"
#include "register/person.h"
#include "register/task.h"
#include "store/revision.h"
#include "store/tx.h"

/* plan_due: when the plan should stand after the assessment. Ours, a reminder and no legal limit (docs/open-questions.md). */
enum { PLAN_WITHIN_DAYS = 14 };

/* ---- confirm, take back ------------------------------------------------------------------------------------ */

struct act {
	const char *pid, *text;
	bool yes;
	size_t n;
	const char *out;
};

static err confirm_tx(struct ctx *c, void *arg)
{
	const struct act *a = arg;
	struct t_assessment row;
	struct assess_view v;
	TRY(assess_open(c, a->pid, ACTION_WRITE, &row));
	if (str_eq(row.status, "confirmed"))
		return OK;
	TRY(assess_complete(c, &row));
	TRY(assess_view_of(c, &row, false, &v));
	int percent = assess_untouched(&v);
	if (percent > COPIED_MOST_PERCENT && !a->yes)
		return fault_add(c, "accept", ERR_INPUT, "前回から写した項目の%d%%が、まだ見直されていません。内容を確かめ、このままでよければ「見直しました」に印を付けて、もう一度確定してください。", percent);
	row.status = "confirmed";
	row.confirmed_on = c->today;
	row.confirmed_by = c->actor.account_id;
	TRY(row_save(c, &T_assessment, &row, NULL));
	TRY(assess_follow(c, &row));
	return task_put(c, &(struct task_new){.kind = "plan_due", .person_id = row.person_id, .record_class = CLASS_CARE, .org_id = row.org_id,
		.assignee_staff_id = row.staff_id == INT_NULL ? 0 : row.staff_id, .due_on = c->today + PLAN_WITHIN_DAYS, .title = "アセスメントをもとに計画を作る",
		.reason = arena_fmt(c->arena, "%s のアセスメントを確定しました。", era_text(c->arena, row.done_on)), .table_name = "assessment", .row_id = row.id,
		.row_pid = row.pid}, NULL);
}

err assess_confirm(struct ctx *c, const char *pid, bool accept)
{
	struct act a = {.pid = pid, .yes = accept};
	return tx_run(c, confirm_tx, &a);
}

static err reopen_tx(struct ctx *c, void *arg)
{
	const struct act *a = arg;
	struct t_assessment row;
	TRY(assess_open(c, a->pid, ACTION_WRITE, &row));
	if (str_eq(row.status, "draft"))
		return OK;
	row.status = "draft";
	row.confirmed_on = CIVIL_NONE;
	row.confirmed_by = INT_NULL;
	TRY(row_save(c, &T_assessment, &row, NULL));
	TRY(assess_follow(c, &row));
	return task_settle(c, "assessment", row.id, "plan_due", "アセスメントの確定を取り消しました。");
}

err assess_reopen(struct ctx *c, const char *pid)
{
	struct act a = {.pid = pid};
	return tx_run(c, reopen_tx, &a);
}

static err view_tx(struct ctx *c, void *arg)
{
	const struct act *a = arg;
	struct t_assessment row;
	TRY(assess_open(c, a->pid, ACTION_WRITE, &row));
	if (!law_code_valid(c->house->law, "assess_view", a->text, c->today))
		return fault_add(c, "view", ERR_NOT_CHOICE, "「様式の見せ方」は、表示されている中から選んでください。");
	if (str_eq(row.view, a->text))
		return OK;
	row.view = a->text;
	TRY(row_save(c, &T_assessment, &row, NULL));
	return assess_settle(c, &row);
}

err assess_set_view(struct ctx *c, const char *pid, const char *view)
{
	struct act a = {.pid = pid, .text = view};
	return tx_run(c, view_tx, &a);
}

/* ---- copy -------------------------------------------------------------------------------------------------- */

static err copy_tx(struct ctx *c, void *arg)
{
	struct act *a = arg;
	struct t_assessment from, row;
	struct assess_view v;
	struct person p;
	TRY(assess_open(c, a->pid, ACTION_SEE, &from));
	TRY(person_load(c, from.person_id, &p));
	TRY(assess_view_of(c, &from, false, &v));
	TRY(assess_head_new(c, p.cluster_pid, &row));
	row.view = from.view;
	row.done_on = c->today;
	row.copied_from_id = from.id;
	row.wish_person = from.wish_person;
	row.wish_family = from.wish_family;
	row.advocate = from.advocate;
	row.overall = from.overall;
	TRY(row_insert(c, &T_assessment, &row));
	TRY(assess_children_make(c, &row));
	struct assess_view now;
	TRY(assess_view_of(c, &row, false, &now));
	for (size_t i = 0; i < v.n_items; i++) {
		const struct t_assessment_item *was = &v.items[i].row;
		struct assess_item *to = assess_item_of(&now, v.items[i].def->code);
		if (v.items[i].locked || !was->id || !to || !to->may_write || !to->row.id)
			continue;
		struct t_assessment_item x = *was;
		x.id = to->row.id;
		x.pid = to->row.pid;
		x.version = to->row.version;
		x.assessment_id = row.id;
		x.person_id = row.person_id;
		x.is_untouched = !str_blank(was->fact) || !str_blank(was->judgement) || !str_eq(was->detail, "{}") || !str_blank(was->state);
		TRY(row_save(c, &T_assessment_item, &x, NULL));
	}
	for (size_t i = 0; i < ASSESS_AREAS; i++) {
		struct t_assessment_area x = now.areas[i];
		x.status_text = v.areas[i].status_text;
		x.intent = v.areas[i].intent;
		x.has_issue = v.areas[i].has_issue;
		x.issue = v.areas[i].issue;
		x.is_untouched = !str_blank(x.status_text) || !str_blank(x.issue);
		TRY(row_save(c, &T_assessment_area, &x, NULL));
	}
	a->out = row.pid;
	return assess_follow(c, &row);
}

err assess_copy(struct ctx *c, const char *from_pid, const char **pid)
{
	struct act a = {.pid = from_pid};
	TRY(tx_run(c, copy_tx, &a));
	*pid = a.out;
	return OK;
}

/* ---- proposals put in -------------------------------------------------------------------------------------- */

static err propose_tx(struct ctx *c, void *arg)
{
	struct act *a = arg;
	struct t_assessment row;
	struct assess_view v;
	TRY(assess_open(c, a->pid, ACTION_WRITE, &row));
	TRY(assess_view_of(c, &row, false, &v));
	a->n = 0;
	for (size_t k = 0; k < ASSESS_AREAS; k++) {
		struct t_assessment_area x = v.areas[k];
		struct buf status = buf_new(c->arena), issue = buf_new(c->arena);
		for (size_t i = 0; i < v.n_items; i++) {
			const struct assess_item *it = &v.items[i];
			/* The area is of class care: what is medical or the family's own is not carried over by itself. */
			if (it->locked || it->def->class_bit != CLASS_CARE || !str_eq(it->def->area, x.area))
				continue;
			const char *parts = assess_part_words(c, it, false);
			if (!str_blank(it->row.fact) || *parts)
				buf_fmt(&status, "%s%s: %s%s%s", status.n ? "\n" : "", it->def->label, it->row.fact, *parts && !str_blank(it->row.fact) ? " " : "", parts);
			if (it->row.is_issue && !str_blank(it->row.judgement))
				buf_fmt(&issue, "%s%s: %s", issue.n ? "\n" : "", it->def->label, it->row.judgement);
		}
		bool fills_status = str_blank(x.status_text) && status.n, fills_issue = str_blank(x.issue) && issue.n && !str_eq(x.has_issue, "2");
		if (fills_status)
			x.status_text = status.p;
		if (fills_issue)
			x.issue = issue.p;
		if (fills_issue && str_blank(x.has_issue))
			x.has_issue = "1";
		if (!fills_status && !fills_issue)
			continue;
		a->n += (size_t)fills_status + (size_t)fills_issue;
		TRY(row_save(c, &T_assessment_area, &x, NULL));
	}
	return a->n ? assess_settle(c, &row) : OK;
}

err assess_propose_areas(struct ctx *c, const char *pid, size_t *n)
{
	struct act a = {.pid = pid};
	TRY(tx_run(c, propose_tx, &a));
	*n = a.n;
	return OK;
}

static err known_tx(struct ctx *c, void *arg)
{
	const struct act *a = arg;
	struct t_assessment row;
	struct assess_view v;
	TRY(assess_open(c, a->pid, ACTION_WRITE, &row));
	TRY(assess_view_of(c, &row, false, &v));
	struct assess_item *it = assess_item_of(&v, a->text);
	if (!it || it->locked || !it->may_write || !it->row.id)
		return ERR_NOTFOUND;
	if (!it->n_known)
		return OK;
	struct buf b = buf_new(c->arena);
	buf_str(&b, it->row.fact);
	for (size_t i = 0; i < it->n_known; i++)
		buf_fmt(&b, "%s%s（%s、%s）", b.n ? "\n" : "", it->known[i].text, it->known[i].source, era_text_short(c->arena, c->today));
	it->row.fact = b.p;
	if (str_blank(it->row.state))
		it->row.state = "filled";
	it->row.is_untouched = false;
	TRY(row_save(c, &T_assessment_item, &it->row, NULL));
	return assess_settle(c, &row);
}

err assess_take_known(struct ctx *c, const char *pid, const char *code)
{
	struct act a = {.pid = pid, .text = code};
	return tx_run(c, known_tx, &a);
}

/* ---- versions, bin ----------------------------------------------------------------------------------------- */

/* The row behind a code: "" the head, an item or an area; ERR_NOTFOUND for what is locked. */
static err row_of(struct assess_view *v, const char *code, bool writing, const struct table_desc **t, int64_t *id, int *record_class)
{
	struct assess_item *it = assess_item_of(v, code);
	*t = &T_assessment;
	*id = v->row.id;
	*record_class = CLASS_CARE;
	if (str_blank(code))
		return OK;
	*id = 0;
	if (it && !it->locked && (it->may_write || !writing)) {
		*t = &T_assessment_item;
		*id = it->row.id;
		*record_class = it->def->class_bit;
	}
	for (size_t i = 0; i < ASSESS_AREAS && !it; i++)
		if (str_eq(v->areas[i].area, code)) {
			*t = &T_assessment_area;
			*id = v->areas[i].id;
		}
	return *id ? OK : ERR_NOTFOUND;
}

static err conflicts_of(struct ctx *c, struct assess_view *v, const char *code, const char *what, struct assess_conflict *out, size_t *n, size_t max)
{
	const struct table_desc *t;
	struct conflict_row *rows;
	int64_t id;
	int record_class;
	size_t k;
	if (row_of(v, code, false, &t, &id, &record_class) != OK)
		return OK;
	TRY(conflict_list(c, t, id, v->row.person_id, record_class, &rows, &k));
	for (size_t i = 0; i < k && *n < max; i++) {
		struct assess_conflict *x = &out[(*n)++];
		*x = (struct assess_conflict){.what = what, .code = code, .pid = rows[i].pid, .table = t->name, .columns = rows[i].columns, .name = rows[i].name,
		                              .at_ms = rows[i].at_ms, .is_own = rows[i].is_own};
		struct conflict_field *f;
		if (!rows[i].is_own)
			continue;
		TRY(conflict_text_mine(c, t, rows[i].pid, &f, &x->n_text));
		x->text = arena_array(c->arena, x->n_text + 1, sizeof *x->text);
		for (size_t j = 0; j < x->n_text; j++) {
			x->text[j][0] = f[j].column;
			x->text[j][1] = f[j].text;
		}
	}
	return OK;
}

err assess_conflicts(struct ctx *c, const char *pid, struct assess_conflict **out, size_t *n)
{
	enum { MOST = 200 };
	struct assess_view v;
	TRY(assess_get(c, pid, &v));
	*out = ARENA_ARRAY(c->arena, MOST, struct assess_conflict);
	*n = 0;
	TRY(conflicts_of(c, &v, "", "実施の記録・本人の言葉", *out, n, MOST));
	for (size_t i = 0; i < v.n_items; i++)
		if (v.items[i].row.id)
			TRY(conflicts_of(c, &v, v.items[i].def->code, arena_fmt(c->arena, "%d %s", v.items[i].def->no, v.items[i].def->label), *out, n, MOST));
	for (size_t i = 0; i < ASSESS_AREAS; i++)
		TRY(conflicts_of(c, &v, ASSESS_AREA[i], law_code_label(c->house->law, "assess_area", ASSESS_AREA[i]), *out, n, MOST));
	return OK;
}

static err take_tx(struct ctx *c, void *arg)
{
	const struct act *a = arg;
	struct t_assessment row;
	struct assess_view v;
	const struct table_desc *t;
	int64_t id;
	int record_class;
	TRY(assess_open(c, a->pid, ACTION_WRITE, &row));
	TRY(assess_view_of(c, &row, false, &v));
	TRY(row_of(&v, a->text, true, &t, &id, &record_class));
	TRY(conflict_take_mine(c, t, id, row.person_id, record_class, a->out));
	TRY(row_load(c, &T_assessment, row.id, &row));
	return assess_settle(c, &row);
}

err assess_conflict_take(struct ctx *c, const char *pid, const char *code, const char *conflict_pid)
{
	struct act a = {.pid = pid, .text = code, .out = conflict_pid};
	return tx_run(c, take_tx, &a);
}

static err revert_tx(struct ctx *c, void *arg)
{
	const struct act *a = arg;
	struct t_assessment row;
	struct assess_view v;
	const struct table_desc *t;
	int64_t id;
	int record_class;
	TRY(assess_open(c, a->pid, ACTION_WRITE, &row));
	TRY(assess_view_of(c, &row, false, &v));
	TRY(row_of(&v, a->text, true, &t, &id, &record_class));
	const char *status = row.status;
	TRY(row_revert(c, t, id, (int64_t)a->n));
	TRY(row_load(c, &T_assessment, row.id, &row));
	if (!str_eq(status, row.status)) /* confirming is an act of its own, with its evidence and task */
		return fault_add(c, "", ERR_INPUT, "確定の前後の版には、ここからは戻せません。「確定を取り消す」または「確定する」を使ってください。");
	return assess_settle(c, &row);
}

err assess_revert(struct ctx *c, const char *pid, const char *code, int64_t version)
{
	if (version < 1)
		return ERR_NOTFOUND;
	struct act a = {.pid = pid, .text = code, .n = (size_t)version};
	return tx_run(c, revert_tx, &a);
}

static err retire_tx(struct ctx *c, void *arg)
{
	struct act *a = arg;
	struct t_assessment row;
	TRY(assess_open(c, a->pid, ACTION_WRITE, &row));
	if (str_blank(a->text))
		return fault_add(c, "reason", ERR_REQUIRED, "ごみ箱に移す理由を書いてください。");
	return bin_put(c, &(struct bin_put){.table = &T_assessment, .row_id = row.id, .row_pid = row.pid, .person_id = row.person_id,
		.org_id = row.org_id, .record_class = CLASS_CARE, .reason = a->text,
		.title = arena_fmt(c->arena, "アセスメント（%s）", era_text(c->arena, row.done_on))}, &a->out);
}

err assess_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid)
{
	struct act a = {.pid = pid, .text = reason};
	TRY(tx_run(c, retire_tx, &a));
	if (bin_pid)
		*bin_pid = a.out;
	return OK;
}

err assess_bin(struct ctx *c, int64_t row_id, bool alive)
{
	(void)alive;
	return assess_evidence(c, row_id); /* a draft says nothing, also when it comes back */
}
