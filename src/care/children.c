#include "care/children.h"

#include "base/house.h"
#include "base/str.h"
#include "law/codes.h"
#include "sql/tables.h"

void *row_column(const struct table_desc *t, void *row, const char *column)
{
	for (size_t i = 0; i < t->n_cols; i++)
		if (str_eq(t->cols[i].name, column))
			return (char *)row + t->cols[i].offset;
	return NULL;
}

static int64_t *int_at(const struct table_desc *t, void *row, int col) { return (int64_t *)(void *)((char *)row + t->cols[col].offset); }

static const char *pid_of(const struct table_desc *t, void *row) { return *(const char **)(void *)((char *)row + t->cols[t->pid].offset); }

static void note(struct ctx *c, struct child_conflicts *more, struct row_conflict *conflict)
{
	if (more->n == more->cap) {
		size_t cap = more->cap ? 2 * more->cap : 8;
		struct row_conflict **v = ARENA_ARRAY(c->arena, cap, struct row_conflict *);
		for (size_t i = 0; i < more->n; i++)
			v[i] = more->v[i];
		more->v = v;
		more->cap = cap;
	}
	more->v[more->n++] = conflict;
}

/* Taken out by the editor: gone, unless somebody changed it since the editor read it. */
static err take_out(struct ctx *c, const struct table_desc *t, void *row, void *stored, struct child_conflicts *more)
{
	int64_t base = *int_at(t, row, t->version), now = *int_at(t, stored, t->version);
	if (*int_at(t, stored, t->retired_ms) != INT_NULL)
		return OK; /* somebody took it out before */
	if (base == now)
		return row_retire(c, t, *int_at(t, stored, t->id), "");
	struct row_conflict *conflict = ARENA_NEW(c->arena, struct row_conflict);
	struct row_conflict_field *f = ARENA_NEW(c->arena, struct row_conflict_field);
	*f = (struct row_conflict_field){.column = "retired_ms", .base = "", .theirs = "変更あり", .mine = "削除"};
	*conflict = (struct row_conflict){.table = t, .row_id = *int_at(t, stored, t->id), .theirs_version = now,
	                                  .theirs_by = *int_at(t, stored, t->updated_by), .theirs_ms = *int_at(t, stored, t->updated_ms),
	                                  .text_pid = "", .fields = f, .n = 1};
	note(c, more, conflict);
	return OK;
}

static err save_one(struct ctx *c, const struct table_desc *t, const char *head_column, int64_t head_id, int64_t person_id,
                    struct child_edit *e, struct child_conflicts *more)
{
	int64_t *head = row_column(t, e->row, head_column);
	if (!head || t->person_id < 0 || t->retired_ms < 0)
		return ERR_BUG;
	if (str_blank(pid_of(t, e->row))) {
		if (e->gone)
			return OK;
		*head = head_id;
		*int_at(t, e->row, t->person_id) = person_id;
		return row_insert(c, t, e->row);
	}
	void *stored = arena_alloc(c->arena, t->size);
	TRY(row_find(c, t, pid_of(t, e->row), stored));
	if (*(int64_t *)row_column(t, stored, head_column) != head_id)
		return ERR_NOTFOUND;
	if (e->gone)
		return take_out(c, t, e->row, stored, more);
	*head = head_id;
	*int_at(t, e->row, t->id) = *int_at(t, stored, t->id);
	*int_at(t, e->row, t->person_id) = *int_at(t, stored, t->person_id);
	if (row_same(t, e->row, stored)) { /* nobody changed anything: no new version for every row of every save */
		*int_at(t, e->row, t->version) = *int_at(t, stored, t->version);
		return OK;
	}
	struct row_conflict *conflict = NULL;
	err r = row_save(c, t, e->row, &conflict);
	if (r == ERR_CONFLICT && conflict) {
		note(c, more, conflict);
		return OK;
	}
	return r;
}

err children_save(struct ctx *c, const struct table_desc *t, const char *head_column, int64_t head_id, int64_t person_id,
                  struct child_edit *edits, size_t n, struct child_conflicts *more)
{
	size_t before = more->n;
	for (size_t i = 0; i < n; i++)
		TRY(save_one(c, t, head_column, head_id, person_id, &edits[i], more));
	return more->n > before ? ERR_CONFLICT : OK;
}

static void *row_at_no(const struct child_part *p, size_t i) { return (char *)p->rows + i * p->table->size; }

err children_save_parts(struct ctx *c, const struct child_part *parts, size_t n_parts, const char *head_column, int64_t head_id,
                        int64_t person_id, struct child_conflicts *more)
{
	size_t before = more->n;
	for (size_t p = 0; p < n_parts; p++) {
		struct child_edit *e = ARENA_ARRAY(c->arena, parts[p].n + 1, struct child_edit);
		for (size_t i = 0; i < parts[p].n; i++) {
			void *row = row_at_no(&parts[p], i);
			e[i] = (struct child_edit){row, parts[p].is_blank && parts[p].is_blank(row)};
		}
		err r = children_save(c, parts[p].table, head_column, head_id, person_id, e, parts[p].n, more);
		if (r != OK && r != ERR_CONFLICT)
			return r;
	}
	return more->n > before ? ERR_CONFLICT : OK;
}

static const char *who(struct ctx *c, int64_t account)
{
	struct t_account a;
	return account != INT_NULL && account > 0 && row_load(c, &T_account, account, &a) == OK ? a.name : "ほかの人";
}

static void tell_row(struct ctx *c, const struct child_part *p, size_t i, const struct row_conflict *k)
{
	const char *column = k->n ? k->fields[0].column : p->main, *theirs = k->n ? k->fields[0].theirs : "";
	*int_at(p->table, row_at_no(p, i), p->table->version) = k->theirs_version;
	if (p->code_column && str_eq(column, p->code_column))
		theirs = law_code_label(c->house->law, p->code_list, theirs);
	(void)fault_add(c, arena_fmt(c->arena, "%s.%zu.%s", p->prefix, i, str_eq(column, "retired_ms") ? p->main : column), ERR_CONFLICT,
	                "%sさんが先に「%s」と保存しています。あなたの入力でよければ、もう一度保存してください。", who(c, k->theirs_by), theirs);
}

void children_tell(struct ctx *c, const struct child_part *parts, size_t n_parts, const struct child_conflicts *more)
{
	for (size_t m = 0; m < more->n; m++)
		for (size_t p = 0; p < n_parts; p++)
			for (size_t i = 0; more->v[m]->table == parts[p].table && i < parts[p].n; i++)
				if (*int_at(parts[p].table, row_at_no(&parts[p], i), parts[p].table->id) == more->v[m]->row_id)
					tell_row(c, &parts[p], i, more->v[m]);
}
