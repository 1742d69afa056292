#include "care/printables.h"

#include "base/str.h"
#include "care/printables_of.h"

#include <string.h>

static const struct printable table[] = {
#define PRINTABLE(form_id, label, fn) {form_id, label, fn},
#include "care/printables.tbl.h"
#undef PRINTABLE
};

const struct printable *printables(size_t *n)
{
	*n = sizeof table / sizeof table[0];
	return table;
}

const struct printable *printable_find(const char *form_id)
{
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		if (str_eq(table[i].form_id, form_id))
			return &table[i];
	return NULL;
}

void printable_add(struct ctx *c, struct printable_docs *d, const struct print_job *job)
{
	if (d->n == d->cap) {
		size_t cap = d->cap ? d->cap * 2 : 4;
		struct print_job *v = ARENA_ARRAY(c->arena, cap, struct print_job);
		if (d->n)
			memcpy(v, d->v, d->n * sizeof *v);
		d->v = v;
		d->cap = cap;
	}
	d->v[d->n++] = *job;
}

static const char *words(void *arg, const struct form_item *item, const char *key)
{
	(void)arg;
	(void)item;
	return key; /* a fill gives the words themselves */
}

void printable_add_fill(struct ctx *c, struct printable_docs *d, const struct fill *f, const char *notice)
{
	printable_add(c, d, &(struct print_job){.as = f->as, .ref_name = words,
	                                        .notice = notice ? notice : f->n_locked ? "閲覧の権限がない項目は空欄です" : NULL});
}
