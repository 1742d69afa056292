#include "register/history.h"

#include "base/str.h"

#include <stdlib.h>

struct told {
	struct history_act act;
	size_t part;
};

static void leave_out(struct ctx *c, struct history_act *a, const char *hidden)
{
	size_t n, k = 0;
	char **names = str_split(c->arena, hidden, '|', &n);
	for (size_t i = 0; i < a->n; i++) {
		bool told = true;
		for (size_t j = 0; j < n; j++)
			told = told && !str_eq(a->v[i].column, names[j]);
		if (told)
			a->v[k++] = a->v[i];
	}
	a->n = k;
}

static err tell(struct ctx *c, const struct history_part *p, size_t no, struct told **v, size_t *n, size_t *cap)
{
	struct row_version *r;
	size_t k;
	void *newer = arena_alloc(c->arena, p->table->size), *older = arena_alloc(c->arena, p->table->size);
	TRY(row_history(c, p->table, p->id, &r, &k));
	for (size_t i = 0; i < k; i++) {
		bool is_first = i + 1 == k, is_head = str_blank(p->what);
		if (*n == *cap) {
			struct told *more = ARENA_ARRAY(c->arena, *cap ? 2 * *cap : 64, struct told);
			for (size_t m = 0; m < *n; m++)
				more[m] = (*v)[m];
			*cap = *cap ? 2 * *cap : 64;
			*v = more;
		}
		struct told *t = &(*v)[(*n)++];
		*t = (struct told){.part = no, .act = {.at_ms = r[i].at_ms, .by = r[i].by, .version = r[i].version, .action = r[i].action, .reason = r[i].reason,
			.table = p->table->name, .what = p->what}};
		if (is_first && is_head)
			continue;
		TRY(row_at_version(c, p->table, p->id, r[i].version, newer));
		if (!is_first)
			TRY(row_at_version(c, p->table, p->id, r[i + 1].version, older));
		row_changes(c, p->table, is_first ? NULL : older, newer, &t->act.v, &t->act.n);
		if (p->hidden)
			leave_out(c, &t->act, p->hidden);
	}
	return OK;
}

static int newest(const void *a, const void *b)
{
	const struct told *x = a, *y = b;
	if (x->act.at_ms != y->act.at_ms)
		return x->act.at_ms > y->act.at_ms ? -1 : 1;
	if (x->part != y->part)
		return x->part < y->part ? -1 : 1;
	return x->act.version > y->act.version ? -1 : x->act.version < y->act.version;
}

err history_of(struct ctx *c, const struct history_part *parts, size_t n_parts, struct history_act **v, size_t *n)
{
	struct told *told = NULL;
	size_t k = 0, cap = 0;
	for (size_t i = 0; i < n_parts; i++)
		TRY(tell(c, &parts[i], i, &told, &k, &cap));
	if (k)
		qsort(told, k, sizeof *told, newest);
	*n = k < HISTORY_MOST ? k : HISTORY_MOST;
	*v = ARENA_ARRAY(c->arena, *n + 1, struct history_act);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = told[i].act;
	return OK;
}
