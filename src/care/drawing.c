#include "care/drawing.h"

#include "access/policy.h"
#include "base/str.h"
#include "register/bin.h"
#include "register/relation.h"
#include "sql/q_drawing.h"
#include "store/tx.h"

#include <string.h>

static const int64_t HOUR_MS = 3600000;
enum { OPEN_HOURS = 12, SWEEP_HOURS = 24 };

err drawing_begin(struct ctx *c, int64_t person_id, const char *drawing, const char *title, struct drawing_act *act)
{
	struct q_drawing_step_insert_row step;
	int64_t old = c->now_ms - SWEEP_HOURS * HOUR_MS;
	TRY(policy_check(c, person_id, CLASS_FAMILY, ACTION_WRITE));
	TRY(q_drawing_write_sweep(c, &(struct q_drawing_write_sweep_in){.before_ms = old}, NULL));
	TRY(q_drawing_step_sweep(c, &(struct q_drawing_step_sweep_in){.before_ms = old}, NULL));
	TRY(q_drawing_write_forget(c, &(struct q_drawing_write_forget_in){.person_id = person_id, .drawing = drawing}, NULL));
	TRY(q_drawing_step_forget(c, &(struct q_drawing_step_forget_in){.person_id = person_id, .drawing = drawing}, NULL));
	TRY(q_drawing_step_insert(c, &(struct q_drawing_step_insert_in){.person_id = person_id, .drawing = drawing, .title = title}, &step));
	act->step_id = step.id;
	return OK;
}

static err moved(struct ctx *c, const char *table, int64_t row_id, int64_t from, int64_t to)
{
	return q_drawing_write_moved(c, &(struct q_drawing_write_moved_in){.table_name = table, .row_id = row_id, .from_version = from,
	                                                                   .to_version = to}, NULL);
}

static err wrote(struct ctx *c, const struct drawing_act *act, const struct table_desc *t, int64_t row_id, int64_t from, int64_t to,
                 const char *bin_pid)
{
	if (from)
		TRY(moved(c, t->name, row_id, from, to));
	return q_drawing_write_insert(c, &(struct q_drawing_write_insert_in){.step_id = act->step_id, .table_name = t->name, .row_id = row_id,
		.from_version = from, .to_version = to, .is_removal = *bin_pid != 0, .bin_pid = bin_pid}, NULL);
}

err drawing_wrote(struct ctx *c, const struct drawing_act *act, const struct table_desc *t, int64_t row_id, int64_t from, int64_t to)
{
	return from == to ? OK : wrote(c, act, t, row_id, from, to, "");
}

static int64_t number(const struct table_desc *t, const void *row, int col)
{
	int64_t v;
	memcpy(&v, (const char *)row + t->cols[col].offset, sizeof v);
	return v;
}

static const char *pid_of(const struct table_desc *t, const void *row)
{
	const char *p;
	memcpy(&p, (const char *)row + t->cols[t->pid].offset, sizeof p);
	return p;
}

err drawing_save(struct ctx *c, const struct drawing_act *act, const struct gen_kind *k, void *row, struct row_conflict **conflict)
{
	const struct table_desc *t = k->table;
	int64_t id = number(t, row, t->id), from = 0;
	if (id) { /* the version in the table, not the one the form was filled from: the row may be merged */
		void *old = arena_alloc(c->arena, t->size);
		TRY(row_load(c, t, id, old));
		from = number(t, old, t->version);
	}
	TRY(gen_save(c, k, row, conflict));
	return drawing_wrote(c, act, t, number(t, row, t->id), from, number(t, row, t->version));
}

err drawing_removed(struct ctx *c, const struct drawing_act *act, const struct gen_kind *k, const char *pid, const char *reason)
{
	const struct table_desc *t = k->table;
	void *row = arena_alloc(c->arena, t->size);
	const char *bin = "";
	TRY(gen_find(c, k, pid, row));
	int64_t id = number(t, row, t->id), from = number(t, row, t->version);
	TRY(gen_retire(c, k, pid, reason, &bin));
	TRY(row_load(c, t, id, row));
	return wrote(c, act, t, id, from, number(t, row, t->version), bin);
}

/* ---- back and forth ---- */

static err list(struct ctx *c, int64_t person_id, const char *drawing, struct q_drawing_step_list_row **v, size_t *n)
{
	TRY(policy_check(c, person_id, CLASS_FAMILY, ACTION_WRITE));
	return q_drawing_step_list(c, &(struct q_drawing_step_list_in){.person_id = person_id, .drawing = drawing,
		.since_ms = c->now_ms - OPEN_HOURS * HOUR_MS, .limit = DRAWING_STEPS}, v, n);
}

err drawing_steps(struct ctx *c, int64_t person_id, const char *drawing, struct drawing_steps *out)
{
	struct q_drawing_step_list_row *v;
	size_t n;
	*out = (struct drawing_steps){.undo_title = "", .redo_title = ""};
	TRY(list(c, person_id, drawing, &v, &n));
	for (size_t i = 0; i < n; i++) {
		if (v[i].is_undone) {
			out->n_redo++;
			out->redo_title = v[i].title; /* the oldest of them is the next */
		} else if (!out->n_undo++) {
			out->undo_title = v[i].title;
		}
	}
	return OK;
}

static err move_row(struct ctx *c, const struct q_drawing_write_list_row *w, bool back)
{
	const struct gen_kind *k = gen_kind_of(w->table_name);
	const struct table_desc *t = k ? k->table : &T_contact;
	void *row = arena_alloc(c->arena, t->size);
	TRY(row_load(c, t, w->row_id, row));
	if (number(t, row, t->version) != w->now_version)
		return ERR_DRAWING_CHANGED;
	const char *pid = pid_of(t, row), *bin = "";
	bool made = w->from_version == 0, leaves = made ? back : w->is_removal && !back, returns = made ? !back : w->is_removal && back;
	if (made && !k) /* a contact without its relation is seen by nobody */
		return OK;
	if (leaves) {
		TRY(gen_retire(c, k, pid, back ? "図の編集を元に戻した" : "図の編集をやり直した", &bin));
		TRY(q_drawing_write_bin(c, &(struct q_drawing_write_bin_in){.id = w->id, .bin_pid = bin}, NULL));
	} else if (returns) {
		TRY(bin_restore(c, w->bin_pid));
	} else {
		int64_t to = back ? w->from_version : w->to_version;
		TRY(k ? gen_revert(c, k, pid, to) : contact_revert(c, pid, to));
	}
	TRY(row_load(c, t, w->row_id, row));
	return moved(c, t->name, w->row_id, w->now_version, number(t, row, t->version));
}

struct going {
	int64_t person_id;
	const char *drawing;
	bool back;
};

static err go_tx(struct ctx *c, void *arg)
{
	const struct going *g = arg;
	struct q_drawing_step_list_row *v;
	struct q_drawing_write_list_row *w;
	size_t n, n_writes, at;
	TRY(list(c, g->person_id, g->drawing, &v, &n));
	for (at = 0; at < n && v[at].is_undone; at++)
		;
	if (g->back ? at == n : at == 0)
		return ERR_NOTFOUND;
	at -= g->back ? 0 : 1;
	TRY(q_drawing_write_list(c, &(struct q_drawing_write_list_in){.step_id = v[at].id}, &w, &n_writes));
	for (size_t i = 0; i < n_writes; i++) {
		const struct q_drawing_write_list_row *one = &w[g->back ? n_writes - 1 - i : i];
		TRY(move_row(c, one, g->back));
	}
	return q_drawing_step_mark(c, &(struct q_drawing_step_mark_in){.id = v[at].id, .is_undone = g->back}, NULL);
}

err drawing_undo(struct ctx *c, int64_t person_id, const char *drawing)
{
	return tx_run(c, go_tx, &(struct going){person_id, drawing, true});
}

err drawing_redo(struct ctx *c, int64_t person_id, const char *drawing)
{
	return tx_run(c, go_tx, &(struct going){person_id, drawing, false});
}
