#include "care/copied.h"

#include "base/str.h"
#include "store/revision.h"

#include <string.h>

err copied_source(struct ctx *c, const struct table_desc *t, int64_t from_id, int64_t made_ms, void **source)
{
	*source = NULL;
	if (from_id == INT_NULL)
		return OK;
	void *row = arena_alloc(c->arena, t->size);
	err e = row_at(c, t, from_id, made_ms, row);
	if (e == ERR_NOTFOUND)
		return OK;
	TRY(e);
	*source = row;
	return OK;
}

static const char *text_at(const struct table_desc *t, const void *row, const char *column)
{
	for (size_t i = 0; i < t->n_cols; i++)
		if (t->cols[i].kind == COL_TEXT && strcmp(t->cols[i].name, column) == 0)
			return str_or(*(const char *const *)(const void *)((const char *)row + t->cols[i].offset), "");
	return "";
}

bool copied_is(const struct table_desc *t, const void *row, const void *source, const char *column)
{
	return source && !str_blank(text_at(t, row, column)) && str_eq(text_at(t, row, column), text_at(t, source, column));
}

void copied_add(struct copied_sum *s, const struct table_desc *t, const void *row, const void *source, const char *column)
{
	size_t n = str_count(text_at(t, row, column));
	s->all += n;
	s->left += copied_is(t, row, source, column) ? n : 0;
}

int copied_percent(const struct copied_sum *s) { return s->all ? (int)(100 * s->left / s->all) : 0; }
