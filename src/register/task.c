#include "register/task.h"

#include "access/policy.h"
#include "base/pid.h"
#include "base/str.h"
#include "sql/q_record.h"
#include "sql/tables.h"
#include "store/tx.h"

static const struct {
	const char *code, *label;
} kinds[] = {
#define TASK_KIND(code, label) {code, label},
#include "register/task.tbl.h"
#undef TASK_KIND
};

size_t task_kind_count(void) { return sizeof kinds / sizeof kinds[0]; }
const char *task_kind_code(size_t i) { return i < task_kind_count() ? kinds[i].code : ""; }

const char *task_kind_label_ja(const char *kind)
{
	for (size_t i = 0; i < task_kind_count(); i++)
		if (str_eq(kinds[i].code, kind))
			return kinds[i].label;
	return "";
}

/* --- written by records --- */

static void fill(struct ctx *c, const struct task_new *in, struct t_task *t)
{
	t->kind = in->kind;
	t->person_id = in->person_id ? in->person_id : INT_NULL;
	t->consult_id = in->consult_id ? in->consult_id : INT_NULL;
	t->record_class = in->record_class;
	t->org_id = in->org_id ? in->org_id : c->actor.org_id;
	t->assignee_staff_id = in->assignee_staff_id ? in->assignee_staff_id : INT_NULL;
	t->due_on = in->due_on;
	t->state = "open";
	t->title = in->title;
	t->reason = str_or(in->reason, "");
	t->table_name = str_or(in->table_name, "");
	t->row_id = in->row_id;
	t->row_pid = str_or(in->row_pid, "");
}

err task_put(struct ctx *c, const struct task_new *in, int64_t *id)
{
	if (c->tx_depth == 0 || !*task_kind_label_ja(in->kind) || class_index(in->record_class) < 0 || str_blank(in->title))
		return ERR_BUG;
	struct t_task t;
	int64_t org = in->org_id ? in->org_id : c->actor.org_id;
	if (!str_blank(in->table_name)) {
		struct q_record_task_of_row_row *same;
		size_t n;
		TRY(q_record_task_of_row(c, &(struct q_record_task_of_row_in){.table_name = in->table_name, .row_id = in->row_id,
			.kind = in->kind}, &same, &n));
		for (size_t i = 0; i < n; i++) {
			if (same[i].org_id != org)
				continue;
			TRY(row_load(c, &T_task, same[i].id, &t));
			int64_t assignee = t.assignee_staff_id;
			fill(c, in, &t);
			if (!in->assignee_staff_id)
				t.assignee_staff_id = assignee; /* who took it keeps it */
			if (id)
				*id = t.id;
			return row_save(c, &T_task, &t, NULL);
		}
	}
	row_init(&T_task, &t);
	fill(c, in, &t);
	TRY(row_insert(c, &T_task, &t));
	if (id)
		*id = t.id;
	return OK;
}

static err close_task(struct ctx *c, int64_t id, const char *state, const char *note)
{
	struct t_task t;
	TRY(row_load(c, &T_task, id, &t));
	t.state = state;
	t.done_note = str_or(note, "");
	bool open = str_eq(state, "open");
	t.done_ms = open ? INT_NULL : c->now_ms;
	t.done_by = open ? INT_NULL : c->actor.account_id;
	return row_save(c, &T_task, &t, NULL);
}

err task_settle(struct ctx *c, const char *table_name, int64_t row_id, const char *kind, const char *note)
{
	if (c->tx_depth == 0)
		return ERR_BUG;
	struct q_record_task_of_row_row *open;
	size_t n;
	TRY(q_record_task_of_row(c, &(struct q_record_task_of_row_in){.table_name = table_name, .row_id = row_id, .kind = kind}, &open, &n));
	for (size_t i = 0; i < n; i++)
		TRY(close_task(c, open[i].id, "done", note));
	return OK;
}

/* --- by hand --- */

/* Who sees the tasks of a matter of rights protection about nobody yet: who sees the matter (consult_view asks the same). */
#define TASK_TEAM(c)                                                                                                 \
	.team = policy_rights_team((c), ACTION_SEE), .staff_id = (c)->actor.staff_id > 0 ? (c)->actor.staff_id : -1

static err find(struct ctx *c, const char *pid, struct q_record_task_find_row *row)
{
	return q_record_task_find(c, &(struct q_record_task_find_in){.pid = pid, TASK_TEAM(c)}, row);
}

/* `seen` was found by the scope, so the actor sees it; may the actor change it too? */
static err may_change(struct ctx *c, const struct q_record_task_find_row *seen)
{
	if (seen->person_id != INT_NULL)
		return policy_check_record(c, seen->person_id, (int)seen->record_class, ACTION_WRITE);
	if (seen->record_class == CLASS_RIGHTS && !c->actor.system)
		return policy_rights_team(c, ACTION_WRITE) ? OK : ERR_DENIED;
	return policy_check_own(c, seen->org_id, (int)seen->record_class, ACTION_WRITE);
}

/* 0 and INT_NULL: nobody in particular. */
static err check_assignee(struct ctx *c, int64_t staff_id, int64_t org_id)
{
	if (staff_id == 0 || staff_id == INT_NULL)
		return OK;
	struct q_record_staff_in_org_row row;
	bool found;
	TRY(q_record_staff_in_org(c, &(struct q_record_staff_in_org_in){.staff_id = staff_id, .org_id = org_id}, &row, &found));
	return found ? OK : fault_add(c, "assignee", ERR_NOT_CHOICE, "担当者は、この仕事を受け持つ機関に今いる職員から選んでください。");
}

static err add_tx(struct ctx *c, void *arg)
{
	struct t_task *t = arg;
	tx_keep(c, t, sizeof *t);
	return row_insert(c, &T_task, t);
}

err task_add(struct ctx *c, const struct task_new *in, const char **pid)
{
	if (class_index(in->record_class) < 0)
		return ERR_BUG;
	if (in->person_id)
		TRY(policy_check(c, in->person_id, in->record_class, ACTION_WRITE));
	else
		TRY(policy_check_own(c, in->org_id ? in->org_id : c->actor.org_id, in->record_class, ACTION_WRITE));
	size_t n = c->n_faults;
	if (str_blank(in->title))
		(void)fault_add(c, "title", ERR_REQUIRED, "することを入力してください。");
	else if (str_count(in->title) > 100)
		(void)fault_add(c, "title", ERR_TOO_LONG, "することは100文字までです。くわしいことは理由の欄に書いてください。");
	if (!*task_kind_label_ja(in->kind))
		(void)fault_add(c, "kind", ERR_NOT_CHOICE, "仕事の種類を選んでください。");
	err e = check_assignee(c, in->assignee_staff_id, in->org_id ? in->org_id : c->actor.org_id);
	if (e != OK && err_class_of(e) != ERR_CLASS_INPUT)
		return e;
	if (c->n_faults > n)
		return c->faults[n].code;
	struct t_task t;
	row_init(&T_task, &t);
	fill(c, in, &t);
	TRY(tx_run(c, add_tx, &t));
	if (pid)
		*pid = t.pid;
	return OK;
}

enum change { DONE, WAIVE, REOPEN, ASSIGN, DUE };
struct changing {
	const char *pid, *note;
	enum change what;
	int64_t staff_id;
	civil due_on;
};

static err change_tx(struct ctx *c, void *arg)
{
	const struct changing *g = arg;
	struct q_record_task_find_row seen; /* the scope decides who finds it */
	TRY(find(c, g->pid, &seen));
	TRY(may_change(c, &seen));
	struct t_task t;
	TRY(row_load(c, &T_task, seen.id, &t));
	bool open = str_eq(t.state, "open");
	switch (g->what) {
	case DONE:
		return open ? close_task(c, t.id, "done", g->note) : OK;
	case WAIVE:
		return open ? close_task(c, t.id, "waived", g->note) : OK;
	case REOPEN:
		return open ? OK : close_task(c, t.id, "open", "");
	case ASSIGN:
		TRY(check_assignee(c, g->staff_id, t.org_id));
		t.assignee_staff_id = g->staff_id ? g->staff_id : INT_NULL;
		return row_save(c, &T_task, &t, NULL);
	case DUE:
		t.due_on = g->due_on;
		if (!str_blank(g->note))
			t.reason = *t.reason ? arena_fmt(c->arena, "%s\n期限の変更: %s", t.reason, g->note) : g->note;
		return row_save(c, &T_task, &t, NULL);
	}
	return ERR_BUG;
}

static err change(struct ctx *c, struct changing g)
{
	if (!g.pid || !pid_valid(g.pid))
		return ERR_NOTFOUND;
	if (g.note && str_count(g.note) > 500)
		return fault_add(c, "note", ERR_TOO_LONG, "メモは500文字までです。短くしてください。");
	return tx_run(c, change_tx, &g);
}

err task_done(struct ctx *c, const char *pid, const char *note) { return change(c, (struct changing){pid, note, DONE, 0, 0}); }
err task_reopen(struct ctx *c, const char *pid) { return change(c, (struct changing){pid, NULL, REOPEN, 0, 0}); }

err task_waive(struct ctx *c, const char *pid, const char *note)
{
	if (str_blank(note))
		return fault_add(c, "note", ERR_REQUIRED, "しないことにした理由を入力してください。");
	return change(c, (struct changing){pid, note, WAIVE, 0, 0});
}

err task_assign(struct ctx *c, const char *pid, int64_t staff_id)
{
	return change(c, (struct changing){pid, NULL, ASSIGN, staff_id, 0});
}

err task_set_due(struct ctx *c, const char *pid, civil due_on, const char *why)
{
	return change(c, (struct changing){pid, why, DUE, 0, due_on});
}

/* --- lists and numbers from one filter --- */

struct window {
	civil from, to; /* to = CIVIL_NONE: no filter by day */
};

static struct window window_of(const struct task_filter *f)
{
	if (f->due_from == CIVIL_NONE && f->due_to == CIVIL_NONE)
		return (struct window){civil_from(1868, 1, 1), CIVIL_NONE};
	return (struct window){f->due_from == CIVIL_NONE ? civil_from(1868, 1, 1) : f->due_from,
		f->due_to == CIVIL_NONE ? CIVIL_OPEN : f->due_to};
}

#define TASK_IN(c, f, w)                                                                                             \
	.org_id = (f)->org_id ? (f)->org_id : (c)->actor.org_id, .state = (f)->state ? (f)->state : "open",          \
	.assignee_staff_id = (f)->assignee_staff_id ? (f)->assignee_staff_id : INT_NULL, .unassigned = (f)->unassigned, \
	.person_id = (f)->person_id ? (f)->person_id : INT_NULL, .consult_id = (f)->consult_id ? (f)->consult_id : INT_NULL, \
	.kind = (f)->kind, .due_from = (w).from, .due_to = (w).to, TASK_TEAM(c)

static int64_t or_zero(int64_t v) { return v == INT_NULL ? 0 : v; }

#define TASK_ROW(c, r)                                                                                               \
	(struct task_row){.id = (r)->id, .version = (r)->version, .person_id = or_zero((r)->person_id),              \
		.consult_id = or_zero((r)->consult_id), .org_id = (r)->org_id,                                       \
		.assignee_staff_id = or_zero((r)->assignee_staff_id), .row_id = (r)->row_id, .pid = (r)->pid,        \
		.kind = (r)->kind, .state = (r)->state, .title = (r)->title, .reason = (r)->reason,                  \
		.table_name = (r)->table_name, .row_pid = (r)->row_pid, .done_note = (r)->done_note,                 \
		.person_pid = str_or((r)->person_pid, ""), .person_name = str_or((r)->person_name, ""),              \
		.record_class = (int)(r)->record_class, .due_on = (r)->due_on,                                       \
		.overdue = str_eq((r)->state, "open") && (r)->due_on != CIVIL_NONE && (r)->due_on < (c)->today,      \
		.done_ms = (r)->done_ms}

err task_list(struct ctx *c, const struct task_filter *f, struct task_row **v, size_t *n)
{
	struct window w = window_of(f);
	struct q_record_task_list_row *rows;
	TRY(q_record_task_list(c, &(struct q_record_task_list_in){TASK_IN(c, f, w), .limit = f->limit > 0 ? f->limit : 50,
		.offset = f->offset > 0 ? f->offset : 0}, &rows, n));
	*v = ARENA_ARRAY(c->arena, *n ? *n : 1, struct task_row);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = TASK_ROW(c, &rows[i]);
	return OK;
}

err task_count(struct ctx *c, const struct task_filter *f, int64_t *n)
{
	struct window w = window_of(f);
	struct q_record_task_count_row row;
	TRY(q_record_task_count(c, &(struct q_record_task_count_in){TASK_IN(c, f, w)}, &row));
	*n = row.n;
	return OK;
}

err task_find(struct ctx *c, const char *pid, struct task_row *out)
{
	if (!pid || !pid_valid(pid))
		return ERR_NOTFOUND;
	struct q_record_task_find_row row;
	TRY(find(c, pid, &row));
	*out = TASK_ROW(c, &row);
	return OK;
}

static const struct {
	const char *code, *label;
} numbers[TASK_NUMBERS] = {
	{"overdue", "期限を過ぎた仕事"}, {"today", "今日が期限の仕事"}, {"week", "7日以内の仕事"}, {"unassigned", "担当が決まっていない仕事"},
	{"mine", "自分の仕事"}, {"all", "すべての仕事"},
};

err task_number_filter(const struct ctx *c, const char *code, struct task_filter *out)
{
	struct task_filter f = TASK_OPEN();
	if (str_eq(code, "overdue"))
		f.due_to = c->today - 1;
	else if (str_eq(code, "today"))
		f.due_from = f.due_to = c->today;
	else if (str_eq(code, "week"))
		f.due_from = c->today, f.due_to = c->today + 7;
	else if (str_eq(code, "unassigned"))
		f.unassigned = true;
	else if (str_eq(code, "mine"))
		f.assignee_staff_id = c->actor.staff_id > 0 ? c->actor.staff_id : -1; /* -1: nobody, so no staff record gives none */
	else if (!str_eq(code, "all"))
		return ERR_NOTFOUND;
	*out = f;
	return OK;
}

err task_numbers(struct ctx *c, struct task_number out[TASK_NUMBERS])
{
	for (size_t i = 0; i < TASK_NUMBERS; i++) {
		out[i] = (struct task_number){.code = numbers[i].code, .label = numbers[i].label};
		TRY(task_number_filter(c, out[i].code, &out[i].filter));
		TRY(task_count(c, &out[i].filter, &out[i].n));
	}
	return OK;
}
