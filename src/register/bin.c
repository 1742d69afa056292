#include "register/bin.h"

#include "access/policy.h"
#include "base/pid.h"
#include "base/str.h"
#include "register/evidence.h"
#include "register/gen.h"
#include "register/timeline.h"
#include "sql/all.h"
#include "sql/q_record.h"
#include "store/tx.h"

#include <assert.h>
#include <string.h>

static const struct table_desc *table_named(const char *name)
{
	for (size_t i = 0; i < table_all_n; i++)
		if (str_eq(table_all[i]->name, name))
			return table_all[i];
	return NULL;
}

static err gate(struct ctx *c, int64_t person_id, int64_t org_id, int record_class, enum action a)
{
	if (person_id && person_id != INT_NULL)
		return policy_check_record(c, person_id, record_class, a);
	return policy_check_own(c, org_id, record_class, a);
}

/* Set once at start by the rooms above. */
static struct {
	const char *table;
	err (*fn)(struct ctx *c, int64_t row_id, bool alive);
} hooks[32];
static size_t n_hooks;

void bin_on_follow(const char *table, err (*fn)(struct ctx *c, int64_t row_id, bool alive))
{
	for (size_t i = 0; i < n_hooks; i++)
		if (str_eq(hooks[i].table, table)) {
			hooks[i].fn = fn;
			return;
		}
	assert(n_hooks < sizeof hooks / sizeof hooks[0]);
	hooks[n_hooks].table = table;
	hooks[n_hooks++].fn = fn;
}

/* What hangs on a record follows it: entries of the time line, evidence, and the grants and tasks of its kind. */
static err follow(struct ctx *c, const struct table_desc *t, int64_t row_id, bool alive)
{
	TRY(timeline_hide(c, t->name, row_id, !alive));
	TRY(evidence_write(c, t, row_id, alive));
	for (size_t i = 0; i < n_hooks; i++)
		if (str_eq(hooks[i].table, t->name))
			TRY(hooks[i].fn(c, row_id, alive));
	const struct gen_kind *k = gen_kind_of(t->name);
	return !k ? OK : alive ? gen_back(c, k, row_id) : gen_follow(c, k, row_id, false);
}

err bin_row_of(struct ctx *c, const struct table_desc *t, int64_t row_id, int64_t person_id)
{
	if (t->person_id < 0)
		return OK;
	void *row = arena_alloc(c->arena, t->size);
	TRY(row_load(c, t, row_id, row));
	int64_t of;
	memcpy(&of, (char *)row + t->cols[t->person_id].offset, sizeof of);
	return (of == INT_NULL ? 0 : of) == (person_id == INT_NULL ? 0 : person_id) ? OK : ERR_NOTFOUND;
}

struct putting {
	const struct bin_put *in;
	char pid[PID_TEXT];
};

static err put_tx(struct ctx *c, void *arg)
{
	struct putting *p = arg;
	const struct bin_put *in = p->in;
	TRY(bin_row_of(c, in->table, in->row_id, in->person_id));
	struct q_record_task_of_row_row *tasks;
	size_t n;
	TRY(q_record_task_of_row(c, &(struct q_record_task_of_row_in){.table_name = in->table->name, .row_id = in->row_id}, &tasks, &n));
	for (size_t i = 0; i < n; i++)
		TRY(row_retire(c, &T_task, tasks[i].id, "record"));
	TRY(row_retire(c, in->table, in->row_id, str_or(in->reason, "")));
	pid_make(p->pid);
	TRY(q_record_bin_insert(c, &(struct q_record_bin_insert_in){.pid = p->pid, .table_name = in->table->name, .row_id = in->row_id,
		.row_pid = str_or(in->row_pid, ""), .person_id = in->person_id ? in->person_id : INT_NULL,
		.org_id = in->org_id ? in->org_id : c->actor.org_id, .record_class = in->record_class, .title = in->title,
		.reason = str_or(in->reason, "")}, NULL));
	return follow(c, in->table, in->row_id, false);
}

err bin_put(struct ctx *c, const struct bin_put *in, const char **pid)
{
	if (class_index(in->record_class) < 0 || str_blank(in->title) || in->table->retired_ms < 0)
		return ERR_BUG;
	TRY(gate(c, in->person_id, in->org_id ? in->org_id : c->actor.org_id, in->record_class, ACTION_WRITE));
	struct putting p = {.in = in};
	TRY(tx_run(c, put_tx, &p));
	if (pid)
		*pid = arena_str(c->arena, p.pid);
	return OK;
}

static const int64_t DAY_MS = 86400000;

err bin_list(struct ctx *c, int64_t person_id, int limit, int offset, struct bin_row **v, size_t *n)
{
	struct q_record_bin_list_row *rows;
	TRY(q_record_bin_list(c, &(struct q_record_bin_list_in){.person_id = person_id ? person_id : INT_NULL,
		.limit = limit > 0 ? limit : 50, .offset = offset > 0 ? offset : 0}, &rows, n));
	*v = ARENA_ARRAY(c->arena, *n ? *n : 1, struct bin_row);
	for (size_t i = 0; i < *n; i++) {
		const struct q_record_bin_list_row *r = &rows[i];
		int64_t left = BIN_DAYS - (c->now_ms - r->retired_ms) / DAY_MS;
		struct bin_row *o = &(*v)[i];
		*o = (struct bin_row){.id = r->id, .row_id = r->row_id, .person_id = r->person_id == INT_NULL ? 0 : r->person_id, .org_id = r->org_id,
			.retired_ms = r->retired_ms, .retired_by = r->retired_by, .pid = r->pid, .table_name = r->table_name, .row_pid = r->row_pid,
			.title = r->title, .reason = r->reason, .retired_name = str_or(r->retired_name, ""), .record_class = (int)r->record_class,
			.days_left = left > 0 ? (int)left : 0};
		err e = gate(c, o->person_id, o->org_id, o->record_class, ACTION_WRITE);
		if (e != OK && e != ERR_DENIED && e != ERR_NOTFOUND)
			return e;
		o->may_restore = e == OK;
	}
	return OK;
}

static err restore_tx(struct ctx *c, void *arg)
{
	const char *pid = arg;
	struct q_record_bin_find_row b;
	bool found;
	TRY(q_record_bin_find(c, &(struct q_record_bin_find_in){.pid = pid}, &b, &found));
	if (!found || str_eq(b.state, "restored"))
		return ERR_NOTFOUND;
	TRY(gate(c, b.person_id, b.org_id, (int)b.record_class, ACTION_WRITE));
	if (str_eq(b.state, "final") || c->now_ms - b.retired_ms > BIN_DAYS * DAY_MS)
		return fault_add(c, "", ERR_BIN_FINAL, NULL);
	const struct table_desc *t = table_named(b.table_name);
	if (!t)
		return ERR_BUG;
	TRY(row_restore(c, t, b.row_id));
	struct q_record_task_binned_row *tasks;
	size_t n;
	TRY(q_record_task_binned(c, &(struct q_record_task_binned_in){.table_name = b.table_name, .row_id = b.row_id,
		.since_ms = b.retired_ms}, &tasks, &n));
	for (size_t i = 0; i < n; i++)
		TRY(row_restore(c, &T_task, tasks[i].id));
	TRY(q_record_bin_end(c, &(struct q_record_bin_end_in){.id = b.id, .state = "restored"}, NULL));
	return follow(c, t, b.row_id, true);
}

err bin_restore(struct ctx *c, const char *pid)
{
	if (!pid || !pid_valid(pid))
		return ERR_NOTFOUND;
	char *own = arena_str(c->arena, pid);
	return tx_run(c, restore_tx, own);
}

static err sweep_tx(struct ctx *c, void *arg)
{
	int64_t *n = arg;
	return q_record_bin_sweep(c, &(struct q_record_bin_sweep_in){.before_ms = c->now_ms - BIN_DAYS * DAY_MS}, n);
}

err bin_sweep(struct ctx *c, int64_t *n)
{
	if (!c->actor.system)
		return ERR_DENIED;
	return tx_run(c, sweep_tx, n);
}

struct undoing {
	const struct table_desc *t;
	int64_t row_id;
};

static err undo_tx(struct ctx *c, void *arg)
{
	const struct undoing *u = arg;
	struct row_version *v;
	size_t n;
	TRY(row_history(c, u->t, u->row_id, &v, &n));
	if (n < 2)
		return ERR_NOTFOUND;
	return row_revert(c, u->t, u->row_id, v[1].version);
}

err bin_undo(struct ctx *c, const struct table_desc *t, int64_t row_id, int64_t person_id, int record_class)
{
	TRY(gate(c, person_id, c->actor.org_id, record_class, ACTION_WRITE));
	TRY(bin_row_of(c, t, row_id, person_id));
	return tx_run(c, undo_tx, &(struct undoing){t, row_id});
}
