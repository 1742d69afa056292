#include "care/children.h"

#include "base/str.h"

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
