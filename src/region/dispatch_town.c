#include "region/dispatch_town.h"

#include "access/policy.h"
#include "base/str.h"
#include "region/dispatch.h"
#include "region/dispatch_own.h"
#include "register/bin.h"
#include "register/gen.h"
#include "register/org.h"
#include "register/task.h"
#include "register/territory.h"
#include "sql/q_dispatch.h"
#include "store/tx.h"

enum { WEEKS_MOST = 52 };

struct saving {
	void *row;
	struct row_conflict **conflict;
};

/* The municipality of the actor: the one it coordinates, else the one it works for; INT_NULL none. */
static err town_of(struct ctx *c, int64_t *insurer)
{
	TRY(dispatch_town_of(c, insurer));
	return *insurer == INT_NULL ? territory_insurer(c, insurer) : OK;
}

/* ---- programme --------------------------------------------------------------------------------------------------------- */

err dispatch_programme_get(struct ctx *c, struct dispatch_programme_view *out)
{
	struct q_dispatch_runner_row r;
	struct org o;
	int64_t insurer;
	bool found;
	*out = (struct dispatch_programme_view){.insurer_pid = "", .insurer_name = "", .runner_name = ""};
	row_init(&T_dispatch_programme, &out->row);
	TRY(policy_check_own(c, c->actor.org_id, CLASS_STATISTICS, ACTION_SEE));
	TRY(town_of(c, &insurer));
	if (insurer == INT_NULL)
		return OK;
	TRY(org_load(c, insurer, &o));
	out->insurer_pid = o.pid;
	out->insurer_name = out->runner_name = o.name;
	TRY(q_dispatch_runner(c, &(struct q_dispatch_runner_in){.insurer_org_id = insurer}, &r, &found));
	if (found)
		TRY(row_load(c, &T_dispatch_programme, r.id, &out->row));
	out->row.insurer_org_id = insurer;
	if (out->row.runner_org_id != INT_NULL) {
		TRY(org_load(c, out->row.runner_org_id, &o));
		out->runner_name = o.name;
	}
	out->may_write = dispatch_town_gate(c, insurer, ACTION_WRITE) == OK;
	return OK;
}

static err programme_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	struct t_dispatch_programme *r = s->row, old;
	struct q_dispatch_runner_row there;
	bool found;
	TRY(dispatch_town_gate(c, r->insurer_org_id, ACTION_WRITE));
	TRY(q_dispatch_runner(c, &(struct q_dispatch_runner_in){.insurer_org_id = r->insurer_org_id}, &there, &found));
	if (found && there.id != r->id)
		return fault_add(c, "name", ERR_INPUT, "事業の案内は、もう書かれています。開き直して、そちらを直してください。");
	size_t before = c->n_faults;
	gen_check_text(c, "name", "事業の名前", r->name, true, DISPATCH_LINE);
	gen_check_text(c, "outline", "事業のあらまし", r->outline, true, DISPATCH_TEXT);
	gen_check_text(c, "ask_how", "気軽な問い合わせのしかた", r->ask_how, false, DISPATCH_TEXT);
	gen_check_text(c, "links", "研修・手引きの案内", r->links, false, DISPATCH_TEXT);
	gen_check_text(c, "email", "メール", r->email, false, DISPATCH_LINE);
	gen_check_text(c, "phone", "電話", r->phone, false, DISPATCH_LINE);
	if (r->follow_weeks == INT_NULL || r->follow_weeks < 1 || r->follow_weeks > WEEKS_MOST)
		(void)fault_add(c, "follow_weeks", ERR_RANGE, "「フォローまでの週数」は 1 から %d までの数で入力してください。", WEEKS_MOST);
	if (c->n_faults > before)
		return ERR_INPUT;
	if (!found)
		return row_insert(c, &T_dispatch_programme, r);
	TRY(row_load(c, &T_dispatch_programme, r->id, &old));
	/* who coordinates is the insurer's to say */
	if (old.runner_org_id != r->runner_org_id)
		TRY(policy_check_own(c, r->insurer_org_id, CLASS_STATISTICS, ACTION_WRITE));
	return row_save(c, &T_dispatch_programme, r, s->conflict);
}

err dispatch_programme_save(struct ctx *c, struct t_dispatch_programme *row, struct row_conflict **conflict)
{
	struct row_conflict *none = NULL;
	return tx_run(c, programme_tx, &(struct saving){row, conflict ? conflict : &none});
}

/* ---- examples ---------------------------------------------------------------------------------------------------------- */

static err example_view(struct ctx *c, struct dispatch_example_view *x)
{
	struct org o;
	TRY(org_load(c, x->row.org_id, &o));
	x->org_name = o.name;
	x->may_release = dispatch_town_gate(c, x->row.insurer_org_id, ACTION_WRITE) == OK;
	x->may_write = x->may_release || (!x->row.is_released && policy_check_own(c, x->row.org_id, CLASS_STATISTICS, ACTION_WRITE) == OK);
	return OK;
}

err dispatch_example_list(struct ctx *c, struct dispatch_example_view **v, size_t *n)
{
	struct q_dispatch_examples_row *r;
	int64_t insurer, mine;
	*n = 0;
	TRY(policy_check_own(c, c->actor.org_id, CLASS_STATISTICS, ACTION_SEE));
	TRY(dispatch_town_of(c, &mine));
	TRY(town_of(c, &insurer));
	TRY(q_dispatch_examples(c, &(struct q_dispatch_examples_in){.insurer_org_id = insurer, .org_id = c->actor.org_id, .everything = mine != INT_NULL && mine == insurer}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct dispatch_example_view);
	for (size_t i = 0; i < *n; i++) {
		(*v)[i] = (struct dispatch_example_view){0};
		TRY(row_load(c, &T_dispatch_example, r[i].id, &(*v)[i].row));
		TRY(example_view(c, &(*v)[i]));
	}
	return OK;
}

err dispatch_example_get(struct ctx *c, const char *pid, struct dispatch_example_view *out)
{
	int64_t insurer;
	*out = (struct dispatch_example_view){0};
	TRY(row_find(c, &T_dispatch_example, pid, &out->row));
	TRY(policy_check_own(c, c->actor.org_id, CLASS_STATISTICS, ACTION_SEE));
	TRY(town_of(c, &insurer));
	bool released = out->row.is_released && out->row.insurer_org_id == insurer;
	if (!released && out->row.org_id != c->actor.org_id)
		TRY(dispatch_town_gate(c, out->row.insurer_org_id, ACTION_SEE));
	return out->row.retired_ms == INT_NULL ? example_view(c, out) : ERR_NOTFOUND;
}

err dispatch_example_init(struct ctx *c, const char *dispatch_pid, struct t_dispatch_example *row)
{
	struct t_dispatch r;
	row_init(&T_dispatch_example, row);
	TRY(policy_check_own(c, c->actor.org_id, CLASS_STATISTICS, ACTION_WRITE));
	row->org_id = c->actor.org_id;
	if (str_blank(dispatch_pid))
		return dispatch_insurer_of(c, c->actor.org_id, &row->insurer_org_id);
	TRY(dispatch_open(c, dispatch_pid, 0, &r, NULL));
	row->insurer_org_id = r.insurer_org_id;
	row->occasion = r.occasion;
	row->profession = r.profession;
	return OK;
}

static err example_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	struct t_dispatch_example *r = s->row;
	size_t before = c->n_faults;
	if (r->id) {
		struct dispatch_example_view old;
		TRY(dispatch_example_get(c, r->pid, &old));
		if (!old.may_write)
			return ERR_DENIED;
		r->org_id = old.row.org_id;
		r->insurer_org_id = old.row.insurer_org_id;
		r->is_released = old.row.is_released;
		r->released_on = old.row.released_on;
	} else {
		struct t_dispatch_example fresh;
		TRY(dispatch_example_init(c, "", &fresh));
		r->org_id = fresh.org_id;
		r->insurer_org_id = fresh.insurer_org_id;
		r->is_released = false;
		r->released_on = CIVIL_NONE;
	}
	gen_check_text(c, "title", "題", r->title, true, DISPATCH_LINE);
	gen_check_text(c, "case_text", "事例（だれか分からない書き方で）", r->case_text, true, DISPATCH_TEXT);
	gen_check_text(c, "advice", "助言", r->advice, false, DISPATCH_TEXT);
	gen_check_text(c, "possible", "できるようになったこと", r->possible, true, DISPATCH_TEXT);
	dispatch_check_code(c, "occasion", "連携の機会", "dispatch_occasion", r->occasion, false);
	if (*r->profession && !dispatch_has("pt|ot|st", r->profession))
		(void)fault_add(c, "profession", ERR_NOT_CHOICE, "「職種」は、一覧から選んでください。");
	if (c->n_faults > before)
		return ERR_INPUT;
	return r->id ? row_save(c, &T_dispatch_example, r, s->conflict) : row_insert(c, &T_dispatch_example, r);
}

err dispatch_example_save(struct ctx *c, struct t_dispatch_example *row, struct row_conflict **conflict)
{
	struct row_conflict *none = NULL;
	return tx_run(c, example_tx, &(struct saving){row, conflict ? conflict : &none});
}

struct releasing {
	const char *pid, *reason, *bin_pid;
	bool released;
};

static err release_tx(struct ctx *c, void *arg)
{
	const struct releasing *in = arg;
	struct dispatch_example_view x;
	TRY(dispatch_example_get(c, in->pid, &x));
	if (!x.may_release)
		return ERR_DENIED;
	x.row.is_released = in->released;
	x.row.released_on = in->released ? c->today : CIVIL_NONE;
	return row_save(c, &T_dispatch_example, &x.row, NULL);
}

err dispatch_example_release(struct ctx *c, const char *pid, bool released) { return tx_run(c, release_tx, &(struct releasing){.pid = pid, .released = released}); }

static err example_retire_tx(struct ctx *c, void *arg)
{
	struct releasing *in = arg;
	struct dispatch_example_view x;
	TRY(dispatch_example_get(c, in->pid, &x));
	if (!x.may_write || x.row.org_id != c->actor.org_id)
		return ERR_DENIED;
	if (str_blank(in->reason))
		return fault_add(c, "reason", ERR_REQUIRED, "ごみ箱に移す理由を書いてください。");
	return bin_put(c, &(struct bin_put){.table = &T_dispatch_example, .row_id = x.row.id, .row_pid = x.row.pid, .org_id = x.row.org_id, .record_class = CLASS_STATISTICS,
		.title = "リハビリ専門職との連携の事例", .reason = in->reason}, &in->bin_pid);
}

err dispatch_example_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid)
{
	struct releasing in = {.pid = pid, .reason = reason};
	TRY(tx_run(c, example_retire_tx, &in));
	if (bin_pid)
		*bin_pid = in.bin_pid;
	return OK;
}

err dispatch_example_count(struct ctx *c, int64_t *n)
{
	struct dispatch_example_view *v;
	size_t rows;
	*n = 0;
	TRY(dispatch_example_list(c, &v, &rows));
	for (size_t i = 0; i < rows; i++)
		*n += v[i].row.is_released;
	return OK;
}

/* ---- centres without joint work (C-202) -------------------------------------------------------------------------------- */

err dispatch_nonuse_list(struct ctx *c, civil from, civil to, struct dispatch_nonuse_view **v, size_t *n)
{
	struct q_dispatch_nonuses_row *r;
	int64_t insurer, mine;
	size_t rows;
	TRY(policy_check_own(c, c->actor.org_id, CLASS_STATISTICS, ACTION_SEE));
	TRY(dispatch_town_of(c, &mine));
	TRY(town_of(c, &insurer));
	TRY(q_dispatch_nonuses(c, &(struct q_dispatch_nonuses_in){.insurer_org_id = insurer, .from_on = from, .to_on = to}, &r, &rows));
	*v = ARENA_ARRAY(c->arena, rows + 1, struct dispatch_nonuse_view);
	*n = 0;
	for (size_t i = 0; i < rows; i++) {
		struct dispatch_nonuse_view *x = &(*v)[*n];
		if (r[i].joint || (mine == INT_NULL && r[i].org_id != c->actor.org_id))
			continue;
		*x = (struct dispatch_nonuse_view){.org_id = r[i].org_id, .org_pid = r[i].org_pid, .org_name = r[i].org_name};
		row_init(&T_dispatch_nonuse, &x->row);
		if (r[i].nonuse_id != INT_NULL)
			TRY(row_load(c, &T_dispatch_nonuse, r[i].nonuse_id, &x->row));
		++*n;
	}
	return OK;
}

/* The centre itself, or its town. */
static err nonuse_gate(struct ctx *c, const struct t_dispatch_nonuse *r, enum action a)
{
	err e = policy_check_own(c, r->org_id, CLASS_STATISTICS, a);
	return e == ERR_NOTFOUND ? dispatch_town_gate(c, r->insurer_org_id, a) : e;
}

err dispatch_nonuse_get(struct ctx *c, const char *pid, struct dispatch_nonuse_view *out)
{
	struct org o;
	*out = (struct dispatch_nonuse_view){0};
	TRY(row_find(c, &T_dispatch_nonuse, pid, &out->row));
	TRY(nonuse_gate(c, &out->row, ACTION_SEE));
	if (out->row.retired_ms != INT_NULL)
		return ERR_NOTFOUND;
	TRY(org_load(c, out->row.org_id, &o));
	out->org_id = o.id;
	out->org_pid = o.pid;
	out->org_name = o.name;
	return OK;
}

err dispatch_nonuse_init(struct ctx *c, int64_t org_id, struct t_dispatch_nonuse *row)
{
	struct org o;
	row_init(&T_dispatch_nonuse, row);
	row->org_id = org_id ? org_id : c->actor.org_id;
	row->on_day = c->today;
	TRY(org_load(c, row->org_id, &o));
	if (!str_eq(org_kind_class(o.kind), "centre"))
		return ERR_NOTFOUND;
	TRY(dispatch_insurer_of(c, row->org_id, &row->insurer_org_id));
	return nonuse_gate(c, row, ACTION_WRITE);
}

static void check_nonuse(struct ctx *c, const struct t_dispatch_nonuse *r)
{
	dispatch_check_codes(c, "reasons", "連携していない理由", "dispatch_nonuse", r->reasons, str_blank(r->comment));
	gen_check_text(c, "comment", "理由（自由記載）", r->comment, false, DISPATCH_TEXT);
	const char *const plans[][3] = {{"plans_joint", "連携の予定", r->plans_joint}, {"plans_use", "派遣事業の活用の予定", r->plans_use}};
	for (size_t i = 0; i < 2; i++)
		if (*plans[i][2] && !dispatch_has("yes|no", plans[i][2]))
			(void)fault_add(c, plans[i][0], ERR_NOT_CHOICE, "「%s」は、一覧から選んでください。", plans[i][1]);
	if (r->on_day == CIVIL_NONE)
		(void)fault_add(c, "on_day", ERR_REQUIRED, "「聞いた日」を入力してください。");
	else if (r->on_day > c->today)
		(void)fault_add(c, "on_day", ERR_DATE_FUTURE, "「聞いた日」に、これから先の日付は入力できません。");
	if (r->contact_due_on != CIVIL_NONE && r->on_day != CIVIL_NONE && r->contact_due_on < r->on_day)
		(void)fault_add(c, "contact_due_on", ERR_PERIOD_ORDER, "「連絡する期限」は、聞いた日からあとの日付にしてください。");
}

static err nonuse_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	struct t_dispatch_nonuse *r = s->row;
	struct org o;
	int64_t town;
	if (r->id) {
		struct t_dispatch_nonuse old;
		TRY(row_load(c, &T_dispatch_nonuse, r->id, &old));
		r->org_id = old.org_id;
		r->insurer_org_id = old.insurer_org_id;
	} else {
		struct t_dispatch_nonuse fresh;
		TRY(dispatch_nonuse_init(c, r->org_id, &fresh));
		r->insurer_org_id = fresh.insurer_org_id;
	}
	TRY(nonuse_gate(c, r, ACTION_WRITE));
	size_t before = c->n_faults;
	check_nonuse(c, r);
	if (c->n_faults > before)
		return ERR_INPUT;
	TRY(r->id ? row_save(c, &T_dispatch_nonuse, r, s->conflict) : row_insert(c, &T_dispatch_nonuse, r));
	if (r->contacted_on != CIVIL_NONE || r->contact_due_on == CIVIL_NONE)
		return task_settle(c, "dispatch_nonuse", r->id, NULL, "連絡しました");
	TRY(org_load(c, r->org_id, &o));
	TRY(dispatch_coordinator(c, r->insurer_org_id, &town));
	return task_put(c, &(struct task_new){.kind = "dispatch", .record_class = CLASS_STATISTICS, .org_id = town, .due_on = r->contact_due_on,
		.title = arena_fmt(c->arena, "連携していないセンターに連絡する（%s）", o.name), .reason = "リハビリ専門職との連携をまだ行っていないセンターです。", .table_name = "dispatch_nonuse",
		.row_id = r->id, .row_pid = r->pid}, NULL);
}

err dispatch_nonuse_save(struct ctx *c, struct t_dispatch_nonuse *row, struct row_conflict **conflict)
{
	struct row_conflict *none = NULL;
	return tx_run(c, nonuse_tx, &(struct saving){row, conflict ? conflict : &none});
}

struct contacting {
	const char *pid, *note;
	civil on;
};

static err contact_tx(struct ctx *c, void *arg)
{
	const struct contacting *in = arg;
	struct dispatch_nonuse_view v;
	TRY(dispatch_nonuse_get(c, in->pid, &v));
	TRY(dispatch_town_gate(c, v.row.insurer_org_id, ACTION_WRITE));
	size_t before = c->n_faults;
	if (in->on == CIVIL_NONE)
		(void)fault_add(c, "contacted_on", ERR_REQUIRED, "「連絡した日」を入力してください。");
	else if (in->on > c->today || in->on < v.row.on_day)
		(void)fault_add(c, "contacted_on", ERR_INPUT, "「連絡した日」は、聞いた日から今日までの日付にしてください。");
	gen_check_text(c, "contact_note", "連絡の結果", in->note, true, DISPATCH_TEXT);
	if (c->n_faults > before)
		return ERR_INPUT;
	v.row.contacted_on = in->on;
	v.row.contact_note = in->note;
	TRY(row_save(c, &T_dispatch_nonuse, &v.row, NULL));
	return task_settle(c, "dispatch_nonuse", v.row.id, NULL, "連絡しました");
}

err dispatch_nonuse_contact(struct ctx *c, const char *pid, civil on, const char *note)
{
	return tx_run(c, contact_tx, &(struct contacting){pid, note, on});
}
