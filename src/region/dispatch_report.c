#include "region/dispatch_report.h"

#include "access/policy.h"
#include "base/str.h"
#include "region/dispatch.h"
#include "region/dispatch_figures.h"
#include "region/dispatch_own.h"
#include "register/bin.h"
#include "register/gen.h"
#include "register/person.h"
#include "register/task.h"
#include "register/timeline.h"
#include "sql/q_dispatch.h"
#include "store/tx.h"

/* ---- whose text it is -------------------------------------------------------------------------------------------------- */

/* The centre and the therapist's organisation; with a person, class care of that person besides. */
static err text_gate(struct ctx *c, const struct t_dispatch *r, int64_t person_id, enum action a)
{
	int sides;
	if (a == ACTION_WRITE)
		TRY(dispatch_gate(c, r, DISPATCH_CENTRE | DISPATCH_REHAB, &sides));
	else
		TRY(dispatch_gate(c, r, 0, &sides));
	if (!(sides & (DISPATCH_CENTRE | DISPATCH_REHAB)))
		return ERR_DENIED;
	return person_id == INT_NULL ? OK : policy_check_record(c, person_id, CLASS_CARE, a);
}

static err allowed(err e, bool *yes)
{
	*yes = e == OK;
	return e == ERR_NOTFOUND || e == ERR_DENIED ? OK : e;
}

/* The person of a dispatch whose consent holds; INT_NULL none. */
static err person_of(struct ctx *c, int64_t dispatch_id, int64_t *person_id)
{
	struct q_dispatch_case_of_row k;
	bool found;
	TRY(q_dispatch_case_of(c, &(struct q_dispatch_case_of_in){.dispatch_id = dispatch_id}, &k, &found));
	*person_id = found && (k.withdrawn_on == CIVIL_NONE || k.withdrawn_on > c->today) ? k.person_id : INT_NULL;
	return OK;
}

/* ---- report ---------------------------------------------------------------------------------------------------------- */

err dispatch_report_of(struct ctx *c, const char *dispatch_pid, struct dispatch_report_view *out)
{
	struct t_dispatch r;
	struct q_dispatch_report_id_row x;
	*out = (struct dispatch_report_view){.by_org_name = ""};
	row_init(&T_dispatch_report, &out->row);
	TRY(dispatch_open(c, dispatch_pid, 0, &r, NULL));
	TRY(q_dispatch_report_id(c, &(struct q_dispatch_report_id_in){.dispatch_id = r.id}, &x, &out->found));
	if (!out->found) {
		int64_t person;
		TRY(person_of(c, r.id, &person));
		TRY(allowed(text_gate(c, &r, person, ACTION_WRITE), &out->may_write));
		out->may_write = out->may_write && dispatch_state_in(&r, "accepted|held|done");
		return OK;
	}
	TRY(row_load(c, &T_dispatch_report, x.id, &out->row));
	TRY(allowed(text_gate(c, &r, out->row.person_id, ACTION_SEE), &out->may_see));
	TRY(allowed(text_gate(c, &r, out->row.person_id, ACTION_WRITE), &out->may_write));
	out->may_retire = out->may_write && (out->row.person_id != INT_NULL || out->row.by_org_id == c->actor.org_id);
	if (!out->may_see) {
		const char *changed = out->row.goal_changed;
		row_init(&T_dispatch_report, &out->row);
		out->row.goal_changed = changed;
		return OK;
	}
	struct t_org o;
	TRY(row_load(c, &T_org, out->row.by_org_id, &o));
	out->by_org_name = o.name;
	return OK;
}

err dispatch_report_init(struct ctx *c, const char *dispatch_pid, struct t_dispatch_report *row)
{
	struct t_dispatch r;
	struct q_dispatch_names_row n;
	row_init(&T_dispatch_report, row);
	TRY(dispatch_open(c, dispatch_pid, DISPATCH_CENTRE | DISPATCH_REHAB, &r, NULL));
	TRY(q_dispatch_names(c, &(struct q_dispatch_names_in){.id = r.id}, &n));
	row->dispatch_id = r.id;
	row->org_id = r.org_id;
	row->by_org_id = c->actor.org_id;
	row->on_day = c->today;
	row->author = r.therapist_id == INT_NULL ? r.partner : str_or(n.therapist_name, "");
	return OK;
}

static void check_report(struct ctx *c, const struct t_dispatch *r, const struct t_dispatch_report *x)
{
	gen_check_text(c, "author", "助言した人", x->author, true, DISPATCH_LINE);
	gen_check_text(c, "observed", "見立て・確かめたこと", x->observed, true, DISPATCH_TEXT);
	gen_check_text(c, "advice", "助言", x->advice, true, DISPATCH_TEXT);
	gen_check_text(c, "possible", "できるようになること・なったこと", x->possible, false, DISPATCH_TEXT);
	gen_check_text(c, "goal_before", "助言の前の目標", x->goal_before, str_eq(x->goal_changed, "yes"), DISPATCH_TEXT);
	gen_check_text(c, "goal_after", "助言を受けた目標", x->goal_after, str_eq(x->goal_changed, "yes"), DISPATCH_TEXT);
	if (!dispatch_has("yes|no", x->goal_changed) && *x->goal_changed)
		(void)fault_add(c, "goal_changed", ERR_NOT_CHOICE, "「計画の目標」は、一覧から選んでください。");
	if (str_eq(x->goal_changed, "yes") && !str_blank(x->goal_after) && str_eq(x->goal_before, x->goal_after))
		(void)fault_add(c, "goal_after", ERR_INPUT, "目標が変わったときは、「助言を受けた目標」に新しい目標を書いてください。");
	if (x->on_day == CIVIL_NONE)
		(void)fault_add(c, "on_day", ERR_REQUIRED, "「報告の日」を入力してください。");
	else if (x->on_day > c->today)
		(void)fault_add(c, "on_day", ERR_DATE_FUTURE, "「報告の日」に、これから先の日付は入力できません。");
	if (!dispatch_state_in(r, "accepted|held|done"))
		(void)fault_add(c, "", ERR_INPUT, "報告を書けるのは、日程が決まったあとの派遣です。");
}

static err tell(struct ctx *c, const struct t_dispatch *r, const struct t_dispatch_report *x)
{
	if (x->person_id == INT_NULL)
		return OK;
	TRY(timeline_touch(c, "dispatch_report", x->id));
	return timeline_add(c, &(struct timeline_new){.person_id = x->person_id, .at_on = r->held_on == CIVIL_NONE ? x->on_day : r->held_on, .kind = "dispatch",
		.record_class = CLASS_CARE, .org_id = x->by_org_id, .title = arena_fmt(c->arena, "リハビリ専門職の助言%s", str_eq(x->goal_changed, "yes") ? "（目標を見直し）" : ""),
		.summary = x->advice, .table_name = "dispatch_report", .row_id = x->id, .row_pid = r->pid});
}

struct saving {
	const char *pid;
	void *row;
	struct row_conflict **conflict;
};

static err report_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	struct t_dispatch_report *x = s->row, old;
	struct t_dispatch r;
	struct q_dispatch_report_id_row there;
	bool found;
	TRY(dispatch_open(c, s->pid, DISPATCH_CENTRE | DISPATCH_REHAB, &r, NULL));
	TRY(q_dispatch_report_id(c, &(struct q_dispatch_report_id_in){.dispatch_id = r.id}, &there, &found));
	if (found && x->id != there.id)
		return fault_add(c, "advice", ERR_INPUT, "この派遣の報告は、もう書かれています。開き直して、そちらを直してください。");
	if (found) {
		TRY(row_load(c, &T_dispatch_report, there.id, &old));
		TRY(text_gate(c, &r, old.person_id, ACTION_WRITE));
		x->person_id = old.person_id;
		x->by_org_id = old.by_org_id;
	} else {
		TRY(person_of(c, r.id, &x->person_id));
		TRY(text_gate(c, &r, x->person_id, ACTION_WRITE));
		x->by_org_id = c->actor.org_id;
	}
	x->dispatch_id = r.id;
	x->org_id = r.org_id;
	size_t before = c->n_faults;
	check_report(c, &r, x);
	if (c->n_faults > before)
		return ERR_INPUT;
	TRY(found ? row_save(c, &T_dispatch_report, x, s->conflict) : row_insert(c, &T_dispatch_report, x));
	if (str_eq(r.state, "held"))
		TRY(task_settle(c, "dispatch", r.id, "dispatch", "報告が書かれました"));
	return tell(c, &r, x);
}

err dispatch_report_save(struct ctx *c, const char *dispatch_pid, struct t_dispatch_report *row, struct row_conflict **conflict)
{
	struct row_conflict *none = NULL;
	return tx_run(c, report_tx, &(struct saving){dispatch_pid, row, conflict ? conflict : &none});
}

static err report_retire_tx(struct ctx *c, void *arg)
{
	const char **in = arg;
	struct t_dispatch r;
	struct dispatch_report_view v;
	TRY(dispatch_open(c, in[0], DISPATCH_CENTRE | DISPATCH_REHAB, &r, NULL));
	TRY(dispatch_report_of(c, in[0], &v));
	if (!v.found)
		return ERR_NOTFOUND;
	if (!v.may_retire)
		return ERR_DENIED;
	if (str_blank(in[1]))
		return fault_add(c, "reason", ERR_REQUIRED, "ごみ箱に移す理由を書いてください。");
	return bin_put(c, &(struct bin_put){.table = &T_dispatch_report, .row_id = v.row.id, .row_pid = v.row.pid, .person_id = v.row.person_id == INT_NULL ? 0 : v.row.person_id,
		.org_id = v.row.by_org_id, .record_class = v.row.person_id == INT_NULL ? CLASS_STATISTICS : CLASS_CARE, .title = "リハビリ専門職の助言の報告", .reason = in[1]}, &in[2]);
}

err dispatch_report_retire(struct ctx *c, const char *dispatch_pid, const char *reason, const char **bin_pid)
{
	const char *in[] = {dispatch_pid, reason, NULL};
	TRY(tx_run(c, report_retire_tx, in));
	if (bin_pid)
		*bin_pid = in[2];
	return OK;
}

err dispatch_reports_of_person(struct ctx *c, int64_t person_id, struct t_dispatch_report **v, size_t *n)
{
	struct q_dispatch_reports_of_row *r;
	TRY(policy_check(c, person_id, CLASS_CARE, ACTION_SEE));
	TRY(q_dispatch_reports_of(c, &(struct q_dispatch_reports_of_in){.person_id = person_id}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct t_dispatch_report);
	for (size_t i = 0; i < *n; i++)
		TRY(row_load(c, &T_dispatch_report, r[i].id, &(*v)[i]));
	return OK;
}

/* ---- effect ------------------------------------------------------------------------------------------------------------ */

/* Of a dispatch, or of a quarter of the actor's centre: which row is there. */
static err effect_of(struct ctx *c, const struct t_dispatch *r, civil quarter_on, int64_t *id)
{
	struct q_dispatch_effect_id_row x;
	struct q_dispatch_effect_id_in in = {.org_id = r ? r->org_id : c->actor.org_id, .dispatch_id = r ? r->id : INT_NULL, .whole = !r,
		.quarter_on = r ? CIVIL_NONE : quarter_on};
	bool found;
	TRY(q_dispatch_effect_id(c, &in, &x, &found));
	*id = found ? x.id : 0;
	return OK;
}

static civil quarter_first(civil day)
{
	civil from, to, year;
	int number;
	dispatch_quarter_of(day, &from, &to, &number, &year);
	return from;
}

err dispatch_effect_get(struct ctx *c, const char *dispatch_pid, civil quarter_on, struct t_dispatch_effect *out, bool *found)
{
	struct t_dispatch r;
	int64_t id;
	bool of_one = !str_blank(dispatch_pid);
	row_init(&T_dispatch_effect, out);
	*found = false;
	if (of_one)
		TRY(dispatch_open(c, dispatch_pid, 0, &r, NULL));
	else
		TRY(policy_check_own(c, c->actor.org_id, CLASS_STATISTICS, ACTION_SEE));
	TRY(effect_of(c, of_one ? &r : NULL, of_one ? CIVIL_NONE : quarter_first(quarter_on), &id));
	if (!id)
		return OK;
	*found = true;
	return row_load(c, &T_dispatch_effect, id, out);
}

static err effect_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	struct t_dispatch_effect *x = s->row;
	struct t_dispatch r;
	int64_t there;
	bool of_one = !str_blank(s->pid);
	size_t before = c->n_faults;
	if (of_one) {
		TRY(dispatch_open(c, s->pid, DISPATCH_CENTRE, &r, NULL));
		if (!dispatch_state_in(&r, "held|done"))
			return fault_add(c, "rating", ERR_INPUT, "効果を入れられるのは、実施した連携です。");
		x->dispatch_id = r.id;
		x->org_id = r.org_id;
		x->insurer_org_id = r.insurer_org_id;
		x->quarter_on = quarter_first(r.held_on);
	} else {
		if (!dispatch_is_centre(c))
			return ERR_DENIED;
		TRY(policy_check_own(c, c->actor.org_id, CLASS_STATISTICS, ACTION_WRITE));
		if (x->quarter_on == CIVIL_NONE || quarter_first(x->quarter_on) > c->today)
			return fault_add(c, "quarter_on", ERR_INPUT, "「四半期」は、始まっている四半期から選んでください。");
		x->dispatch_id = INT_NULL;
		x->org_id = c->actor.org_id;
		TRY(dispatch_insurer_of(c, x->org_id, &x->insurer_org_id));
		x->quarter_on = quarter_first(x->quarter_on);
	}
	dispatch_check_code(c, "rating", "連携の効果", "dispatch_effect", x->rating, true);
	dispatch_check_codes(c, "aspects", "効果があったところ", "dispatch_aspect", x->aspects, false);
	gen_check_text(c, "comment", "意見（自由記載）", x->comment, false, DISPATCH_TEXT);
	if (c->n_faults > before)
		return ERR_INPUT;
	TRY(effect_of(c, of_one ? &r : NULL, x->quarter_on, &there));
	if (there && there != x->id)
		return fault_add(c, "rating", ERR_INPUT, "効果は、もう入力されています。開き直して、そちらを直してください。");
	return there ? row_save(c, &T_dispatch_effect, x, s->conflict) : row_insert(c, &T_dispatch_effect, x);
}

err dispatch_effect_save(struct ctx *c, const char *dispatch_pid, struct t_dispatch_effect *row, struct row_conflict **conflict)
{
	struct row_conflict *none = NULL;
	return tx_run(c, effect_tx, &(struct saving){dispatch_pid, row, conflict ? conflict : &none});
}

/* ---- follow-up ------------------------------------------------------------------------------------------------------- */

err dispatch_follow_of(struct ctx *c, const char *dispatch_pid, struct dispatch_follow_view *out)
{
	struct t_dispatch r;
	struct q_dispatch_follow_id_row x;
	int sides;
	*out = (struct dispatch_follow_view){0};
	row_init(&T_dispatch_follow, &out->row);
	TRY(dispatch_open(c, dispatch_pid, 0, &r, &sides));
	TRY(q_dispatch_follow_id(c, &(struct q_dispatch_follow_id_in){.dispatch_id = r.id}, &x, &out->found));
	if (!out->found)
		return OK;
	TRY(row_load(c, &T_dispatch_follow, x.id, &out->row));
	TRY(allowed(text_gate(c, &r, out->row.person_id, ACTION_SEE), &out->may_see));
	TRY(allowed(text_gate(c, &r, out->row.person_id, ACTION_WRITE), &out->may_write));
	out->may_write = out->may_write && (sides & DISPATCH_CENTRE);
	if (!out->may_see)
		out->row.result_note = "";
	return OK;
}

static err follow_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	struct t_dispatch_follow *x = s->row, old;
	struct t_dispatch r;
	TRY(dispatch_open(c, s->pid, DISPATCH_CENTRE, &r, NULL));
	TRY(row_load(c, &T_dispatch_follow, x->id, &old));
	if (old.dispatch_id != r.id || old.retired_ms != INT_NULL)
		return ERR_NOTFOUND;
	TRY(text_gate(c, &r, old.person_id, ACTION_WRITE));
	x->person_id = old.person_id;
	x->dispatch_id = r.id;
	x->org_id = old.org_id;
	x->due_on = old.due_on;
	size_t before = c->n_faults;
	dispatch_check_code(c, "result", "利用者の結果", "dispatch_result", x->result, true);
	gen_check_text(c, "result_note", "結果のようす", x->result_note, true, DISPATCH_TEXT);
	if (x->done_on == CIVIL_NONE)
		(void)fault_add(c, "done_on", ERR_REQUIRED, "「確かめた日」を入力してください。");
	else if (x->done_on > c->today || x->done_on < r.held_on)
		(void)fault_add(c, "done_on", ERR_INPUT, "「確かめた日」は、実施した日から今日までの日付にしてください。");
	if (c->n_faults > before)
		return ERR_INPUT;
	TRY(row_save(c, &T_dispatch_follow, x, s->conflict));
	TRY(task_settle(c, "dispatch", r.id, "dispatch_follow", "結果を入れました"));
	if (!str_eq(r.state, "held"))
		return OK;
	r.ended_on = x->done_on;
	return dispatch_move(c, &r, "done");
}

err dispatch_follow_save(struct ctx *c, const char *dispatch_pid, struct t_dispatch_follow *row, struct row_conflict **conflict)
{
	struct row_conflict *none = NULL;
	return tx_run(c, follow_tx, &(struct saving){dispatch_pid, row, conflict ? conflict : &none});
}
