/* children — the child rows of a care record (needs, goals, services, items …), saved together with its head.
 *
 * A page sends each child with its pid and the version it was filled from. Each row is merged by itself (store/revision), so
 * two people on one plan conflict only on the same field of the same row; a new row is added, one the editor took out goes to
 * the bin's state unless somebody changed it meanwhile (then that is a conflict on retired_ms, nothing is lost).
 * All stand inside the caller's tx_run; the caller has passed the gate of the head. Order is the caller's column "no".
 * Conflicts are collected over all rows, then ERR_CONFLICT is returned once, with every one of them.
 * A head with several lists of rows (services, goals …) names them as child_part: children_save_parts saves them all, and
 * children_tell says on each field in dispute what the other one wrote.
 * Ownership: rows are the caller's array; *conflicts arena. Errors: ERR_CONFLICT, ERR_NOTFOUND (a pid that is not a child of
 * this head), those of store/revision. Tests: tests/unit/test_care_children.c.
 */
#ifndef TSU_CARE_CHILDREN_H
#define TSU_CARE_CHILDREN_H

#include "store/revision.h"

struct child_edit {
	void *row;      /* t_<table>; pid "" = new; version = the version the editor started from */
	bool gone;      /* the editor took it out */
};

struct child_conflicts {
	struct row_conflict **v; /* one per row in dispute; arena */
	size_t n, cap;
};

/* Columns of every child: head_column (e.g. "plan_id") is set to head_id, person_id to person_id. In a save of an existing row
 * the person and head stay those of the stored row, and another head's row is ERR_NOTFOUND. *more collects. */
MUST err children_save(struct ctx *c, const struct table_desc *t, const char *head_column, int64_t head_id, int64_t person_id,
                       struct child_edit *edits, size_t n, struct child_conflicts *more);

struct child_part {
	const struct table_desc *table;
	void *rows;             /* t_<table>[n] of the caller */
	size_t n;
	const char *prefix;     /* of the fields: "goal" gives goal.0.note */
	const char *main;       /* field to point at when a row was taken out */
	const char *code_column, *code_list; /* a column whose values are codes; NULL = none */
	bool (*is_blank)(const void *row);   /* such a row is taken out; NULL = none is */
};
MUST err children_save_parts(struct ctx *c, const struct child_part *parts, size_t n_parts, const char *head_column, int64_t head_id,
                             int64_t person_id, struct child_conflicts *more);
/* A fault for each row in dispute. Its version becomes theirs, so a second save means it. */
void children_tell(struct ctx *c, const struct child_part *parts, size_t n_parts, const struct child_conflicts *more);

/* The column of a row by name, for code that works on any table; ERR_BUG-safe: NULL if there is none. */
void *row_column(const struct table_desc *t, void *row, const char *column);

#endif
