/* plan_part — what a plan consists of, as data: its parts, their tables, and the columns an editor may write with their
 * official words (care/plan_fields.tbl.h). Save, differences, content sum, marks of copies and checks of characters all
 * walk this one list, so that none of them forgets a column.
 * Ownership: all static. Tests: tests/unit/test_care_plan.c (every column of every table is a field or known not to be). */
#ifndef TSU_CARE_PLAN_PART_H
#define TSU_CARE_PLAN_PART_H

#include "store/table.h"

#include "base/arena.h"

enum plan_part { PLAN_AREA, PLAN_NEED, PLAN_GOAL, PLAN_SERVICE, PLAN_SLOT, PLAN_ACTIVITY, PLAN_PARTS, PLAN_HEAD = PLAN_PARTS };

struct plan_part_desc {
	const char *code;   /* head area need goal service slot activity: in field names and conflicts */
	const char *label;  /* 課題（ニーズ） … */
	const struct table_desc *table;
	const char *parent; /* column that names the parent row; NULL: none */
	enum plan_part parent_part;
	bool parent_required;
};
const struct plan_part_desc *plan_part(enum plan_part p);

struct plan_field {
	enum plan_part part;
	const char *column, *label;
	char form;      /* H B Y */
	bool is_marked; /* text that a copy marks as untouched */
};
size_t plan_field_count(void);
const struct plan_field *plan_field_at(size_t i);
/* Official words of a column; "" if it has none. */
const char *plan_field_label_ja(enum plan_part p, const char *column);

/* The value of a column of a row as words without codes resolved: text, ISO day, number, 1 or "". Arena or borrowed. */
const char *plan_value(struct arena *a, const struct table_desc *t, const void *row, const char *column);
bool plan_same_value(const struct table_desc *t, const void *row_a, const void *row_b, const char *column);
/* Copies one column from one row into another of the same table. */
void plan_copy_value(const struct table_desc *t, void *to, const void *from, const char *column);

#endif
