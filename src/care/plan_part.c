#include "care/plan_part.h"

#include "base/str.h"
#include "sql/tables.h"

#include <string.h>

static const struct plan_part_desc PARTS[] = {
	[PLAN_AREA] = {"area", "アセスメント領域", &T_plan_area, NULL, PLAN_HEAD, false},
	[PLAN_NEED] = {"need", "課題（ニーズ）", &T_plan_need, NULL, PLAN_HEAD, false},
	[PLAN_GOAL] = {"goal", "目標", &T_plan_goal, "need_id", PLAN_NEED, true},
	[PLAN_SERVICE] = {"service", "援助内容", &T_plan_service, "goal_id", PLAN_GOAL, true},
	[PLAN_SLOT] = {"slot", "週間サービス計画表", &T_plan_slot, "service_id", PLAN_SERVICE, false},
	[PLAN_ACTIVITY] = {"activity", "主な日常生活上の活動", &T_plan_activity, NULL, PLAN_HEAD, false},
	[PLAN_HEAD] = {"head", "計画の全体", &T_plan, NULL, PLAN_HEAD, false},
};

#define FORM_H 'H'
#define FORM_B 'B'
#define FORM_Y 'Y'
#define MARK_T true
#define MARK_N false
static const struct plan_field FIELDS[] = {
#define PLAN_FIELD(part, column, label, form, mark) {PLAN_##part, #column, label, FORM_##form, MARK_##mark},
#include "care/plan_fields.tbl.h"
#undef PLAN_FIELD
};

const struct plan_part_desc *plan_part(enum plan_part p) { return &PARTS[p]; }

size_t plan_field_count(void) { return sizeof FIELDS / sizeof FIELDS[0]; }

const struct plan_field *plan_field_at(size_t i) { return &FIELDS[i]; }

const char *plan_field_label_ja(enum plan_part p, const char *column)
{
	for (size_t i = 0; i < plan_field_count(); i++)
		if (FIELDS[i].part == p && str_eq(FIELDS[i].column, column))
			return FIELDS[i].label;
	return "";
}

static const struct col_desc *column_of(const struct table_desc *t, const char *column)
{
	for (size_t i = 0; i < t->n_cols; i++)
		if (str_eq(t->cols[i].name, column))
			return &t->cols[i];
	return NULL;
}

const char *plan_value(struct arena *a, const struct table_desc *t, const void *row, const char *column)
{
	const struct col_desc *col = column_of(t, column);
	if (!col)
		return "";
	const char *at = (const char *)row + col->offset;
	if (col->kind == COL_TEXT || col->kind == COL_PID)
		return str_or(*(const char *const *)(const void *)at, "");
	if (col->kind == COL_BOOL)
		return *(const bool *)(const void *)at ? "1" : "";
	if (col->kind == COL_DAY) {
		char text[CIVIL_TEXT];
		civil_text(*(const civil *)(const void *)at, text);
		return arena_str(a, text);
	}
	if (col->kind == COL_BLOB)
		return "";
	int64_t v = *(const int64_t *)(const void *)at;
	return v == INT_NULL ? "" : arena_fmt(a, "%lld", (long long)v);
}

static size_t size_of(enum col_kind k)
{
	switch (k) {
	case COL_TEXT:
	case COL_PID: return sizeof(const char *);
	case COL_BOOL: return sizeof(bool);
	case COL_DAY: return sizeof(civil);
	case COL_BLOB: return sizeof(struct blob);
	default: return sizeof(int64_t);
	}
}

bool plan_same_value(const struct table_desc *t, const void *row_a, const void *row_b, const char *column)
{
	const struct col_desc *col = column_of(t, column);
	if (!col)
		return true;
	const char *a = (const char *)row_a + col->offset, *b = (const char *)row_b + col->offset;
	if (col->kind == COL_TEXT || col->kind == COL_PID)
		return str_eq(str_or(*(const char *const *)(const void *)a, ""), str_or(*(const char *const *)(const void *)b, ""));
	return memcmp(a, b, size_of(col->kind)) == 0;
}

void plan_copy_value(const struct table_desc *t, void *to, const void *from, const char *column)
{
	const struct col_desc *col = column_of(t, column);
	if (col)
		memcpy((char *)to + col->offset, (const char *)from + col->offset, size_of(col->kind));
}
